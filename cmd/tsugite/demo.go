package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"tsugite/db"
	"tsugite/programme"
	"tsugite/rehearsal"
)

// demoCmd opens a local workspace with the bot and a sample cohort.
type demoCmd struct {
	Port int    `default:"8484" help:"Port on 127.0.0.1; 0 takes a free one."`
	DB   string `placeholder:"FILE" help:"Keep everything: the bot's in FILE, the workspace's in FILE.slack."`
	Now  string `default:"2026-09-01T09:00" help:"Where the clock begins, Asia/Tokyo."`
	// Offering "" is as in the sample.
	Offering programme.Offering `default:"office" enum:"office,open" help:"How sessions are agreed on: through the office, or open: atsugi choose from times that experts publish."`
	// Survey files are tried beside those of the sample, or in the place of one with the same id.
	Survey []string `placeholder:"FILE" sep:"none" help:"A survey file of your own to try."`
	// Patience is how long a trigger opens a form, for tests on a busy machine; 0 is
	// as long as Slack's do.
	Patience time.Duration `kong:"-"`
}

// demoMemory bounds the heap: the demo runs beside everything else on a laptop.
const demoMemory = 48 << 20

// Run serves until ctx ends.
func (c demoCmd) Run(ctx context.Context, std streams) error {
	debug.SetMemoryLimit(demoMemory)
	log := slog.New(slog.NewTextHandler(std.Err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	d, err := startDemo(ctx, c, log)
	if err != nil {
		return err
	}
	fmt.Fprintf(std.Out, "workspace: %s\n", d.slack.URL())
	err = d.app.Run(ctx)
	return errors.Join(err, d.close())
}

// demo is a running local workspace with the bot in it.
type demo struct {
	slack *rehearsal.Server
	app   *App
}

// startDemo makes the workspace, brings the sample cohort in and connects the bot.
func startDemo(ctx context.Context, c demoCmd, log *slog.Logger) (*demo, error) {
	sample, err := sampleConfig()
	if err != nil {
		return nil, err
	}
	if err := sample.addSurveys(c.Survey); err != nil {
		return nil, err
	}
	people, err := samplePeople()
	if err != nil {
		return nil, err
	}
	begin, err := time.ParseInLocation("2006-01-02T15:04", c.Now, sample.Settings().Zone)
	if err != nil {
		return nil, withHint(fmt.Errorf("--now %q is no time", c.Now), "write it like 2026-09-01T09:00")
	}
	manifest, err := ownManifest(sample.Settings())
	if err != nil {
		return nil, err
	}
	if err := usable(ctx, c.DB); err != nil {
		return nil, err
	}
	o := rehearsal.Options{Addr: loopback(c.Port), Now: begin, Cast: sampleCast(people), Manifest: manifest,
		TriggerLife: c.Patience}
	if c.DB != "" {
		o.Path = c.DB + ".slack"
	}
	server, err := startWorkspace(o)
	if err != nil {
		return nil, err
	}
	d := &demo{slack: server}
	plan := sample.plan()
	plan.settings.Sessions.Offering = cmp.Or(c.Offering, plan.settings.Sessions.Offering)
	if d.app, err = connect(ctx, server, plan, c.DB, log); err != nil {
		return nil, errors.Join(err, server.Close())
	}
	if err := d.enter(ctx, people); err != nil {
		return nil, errors.Join(err, d.close())
	}
	return d, nil
}

// enter brings in the sample's people and, where experts publish times, some of those.
func (d *demo) enter(ctx context.Context, people []samplePerson) error {
	err := enterSample(ctx, d.app.Office, people)
	if err == nil && d.app.Office.Settings.Sessions.Offering == programme.OfferingOpen {
		err = enterOffers(ctx, d.app.Office)
	}
	return err
}

// usable says whether the bot's own file can be opened, before the workspace makes
// one beside it.
func usable(ctx context.Context, file string) error {
	if file == "" {
		return nil
	}
	store, err := db.Open(ctx, file)
	if err != nil {
		return err
	}
	return store.Close()
}

// ownManifest is the bot's manifest as the local Slack takes it, so that the demo
// also shows that its scopes and events suffice.
func ownManifest(settings programme.Settings) (*rehearsal.Manifest, error) {
	text, err := manifestText(settings)
	if err != nil {
		return nil, err
	}
	return rehearsal.ParseManifest(text)
}

// connect wires the App to a local Slack, on that Slack's clock.
func connect(ctx context.Context, server *rehearsal.Server, p plan, database string, log *slog.Logger) (*App, error) {
	api, err := newSlack(slackOptions{
		BotToken: server.BotToken(), AppToken: server.AppToken(), APIURL: server.APIURL(), Loopback: true,
	})
	if err != nil {
		return nil, err
	}
	app, err := newApp(ctx, parts{
		plan: p, database: database, api: api, now: server.Now, log: log,
		connections: 2, workers: 16, senders: 8, pace: localPace,
	})
	if err != nil {
		return nil, err
	}
	server.SetHooks(rehearsal.Hooks{
		NextDue: app.NextDue,
		Settled: app.Settled,
		OnClock: func(time.Time) { app.WakeAll() },
	})
	return app, nil
}

func (d *demo) close() error { return errors.Join(d.app.Close(), d.slack.Close()) }
