package main

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tsugite/db/dbtest"
	"tsugite/programme"
	"tsugite/rehearsal"
)

const dialogueFiles = "testdata/dialogues"

// TestDialogues plays every script of testdata/dialogues with the real bot on the
// local Slack, each in a workspace of its own.
func TestDialogues(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(dialogueFiles, "*.yaml"))
	check(t, err)
	if len(files) == 0 {
		t.Fatal("no scripts")
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			t.Parallel()
			d, err := loadDialogue(file)
			check(t, err)
			t.Logf("shows: %s", d.Shows)
			play(t, d)
		})
	}
}

// play does the steps of a script and looks into the database afterwards.
func play(t *testing.T, d dialogue) {
	p := &player{t: t, file: dbtest.File(t), log: &record{}, cast: dialogueCast(t), hands: map[string]*hand{}, offering: d.Offering, abroad: d.Abroad}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the log:\n%s", p.log)
		}
	})
	p.start()
	for i, s := range d.Steps {
		p.at = i + 1
		p.step(s)
	}
	p.at = 0
	p.quiet()
	p.kept(d)
	p.local.stop()
	log := p.log.String()
	if strings.Contains(log, "panic") || !d.Logs && strings.Contains(log, "could not handle") {
		t.Error("something went wrong that the log tells")
	}
}

// dialogueCast are the sample's people by family name.
func dialogueCast(t *testing.T) map[string]string {
	t.Helper()
	people, err := samplePeople()
	check(t, err)
	cast := map[string]string{"事務局": coordinator, "当局": officer, "専門家": mentor}
	for _, p := range people {
		family, _, _ := strings.Cut(p.Row.Cell(programme.ColName), " ")
		cast[family] = p.Row.Cell(programme.ColSlackID)
	}
	return cast
}

// start opens the workspace and the bot, or opens them again. Slack's limits are off,
// as they have tests of their own, and surveys of testdata/surveys are there, too.
func (p *player) start() {
	p.t.Helper()
	sample, err := sampleConfig()
	check(p.t, err)
	people, err := samplePeople()
	check(p.t, err)
	manifest, err := ownManifest(sample.Settings())
	check(p.t, err)
	plan := sample.plan()
	plan.settings.Surveys = append(plan.settings.Surveys, p.testSurveys()...)
	if p.offering != "" {
		plan.settings.Sessions.Offering = p.offering
	}
	begin, err := time.ParseInLocation("2006-01-02T15:04", sampleNow, sample.Settings().Zone)
	check(p.t, err)
	unlimited := rehearsal.Unlimited()
	cast := sampleCast(people)
	for i, one := range cast.People {
		for name, zone := range p.abroad {
			if p.person(name) == one.ID {
				cast.People[i].TZ = zone
			}
		}
	}
	server, err := startWorkspace(rehearsal.Options{
		Addr: loopback(0), Path: p.file + ".slack", Now: begin, Cast: cast, Manifest: manifest,
		Limits: &unlimited, TriggerLife: 15 * time.Second,
	})
	check(p.t, err)
	ctx, cancel := context.WithCancel(context.Background())
	p.t.Cleanup(cancel)
	log := slog.New(slog.NewTextHandler(p.log, &slog.HandlerOptions{Level: slog.LevelWarn}))
	app, err := connect(ctx, server, plan, p.file, log)
	check(p.t, err)
	check(p.t, enterSample(ctx, app.Office, people))
	p.surveys = plan.settings.Surveys
	p.local = listening(p.t, ctx, cancel, &demo{slack: server, app: app})
}
