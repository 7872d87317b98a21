package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
	"tsugite/reminders"
)

// aboutSessions are a configuration's steps of sessions, as "kind id offset".
func aboutSessions(c *Config) []string {
	var out []string
	for _, s := range c.Rules.Steps {
		if s.Kind == programme.NoticeSessionReminder || s.Kind == programme.NoticeSessionBriefing {
			out = append(out, string(s.Kind)+" "+s.ID+" "+s.Offset.String())
		}
	}
	return out
}

// Without steps of its own, and as the example and the demo write it, a configuration
// reminds both of a session on the day before and an hour before, and briefs the expert.
func TestStepsOfSessionsAreTheDefaultsUnlessSaidOtherwise(t *testing.T) {
	want := []string{"session.reminder session-1d -1d 10:00", "session.reminder session-1h -1h", "session.briefing briefing-1d -1d 10:00"}
	for rule, load := range map[string]func() (*Config, error){
		"no steps":    func() (*Config, error) { return parseConfig("c.yaml", []byte(minimal), nil) },
		"the example": func() (*Config, error) { return LoadConfig("../../config.example.yaml") },
		"the demo":    sampleConfig,
	} {
		c, err := load()
		if err != nil {
			t.Fatal(rule, err)
		}
		if diff := cmp.Diff(want, aboutSessions(c)); diff != "" {
			t.Errorf("%s: %s", rule, diff)
		}
	}
}

func TestConfigurationReadsStepsOfSessions(t *testing.T) {
	read := func(steps string) (*Config, error) {
		return parseConfig("c.yaml", []byte(minimal+"reminders:\n  steps: ["+steps+"]\n"), nil)
	}
	c, err := read("{id: a, kind: session, offset: -2bd 17:00}, {id: b, kind: briefing, offset: -3d}")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"session.reminder a -2bd 17:00", "session.briefing b -3d"}, aboutSessions(c)); diff != "" {
		t.Error(diff)
	}
	for rule, bad := range map[string]struct{ steps, want string }{
		"after the start": {"{id: a, kind: session, offset: +1h}",
			`c.yaml:8:3: reminders: step "a": +1h is after the start; people are asked and reminded before it`},
		"a second briefing": {"{id: a, kind: briefing, offset: -2d}, {id: b, kind: briefing, offset: -1d}",
			"c.yaml:8:3: reminders: sessions have 2 steps of session.briefing (at most 1: the expert is briefed once)"},
		"for workshops": {"{id: a, kind: session, offset: -1d, events: [workshop]}",
			`c.yaml:8:3: reminders: step "a": session.reminder is about no event (leave out events)`},
		"an unknown kind": {"{id: a, kind: meeting, offset: -1d}",
			`c.yaml:8:25: reminders.steps[1].kind: unknown word "meeting" (one of: ask, reminder, thanks, catch_up, memo, survey, session, briefing)`},
	} {
		_, err := read(bad.steps)
		if diff := cmp.Diff([]string{bad.want}, faultLines(t, err)); diff != "" {
			t.Errorf("%s: %s", rule, diff)
		}
	}
}

// The words of steps are of kinds that the planner takes.
func TestEveryWordForAStepIsAKindOfStep(t *testing.T) {
	for word, kind := range stepKinds {
		offset := "-1d 10:00"
		if word == "thanks" || word == "catch_up" || word == "memo" {
			offset = "+1d 10:00"
		}
		rules := reminders.Rules{Steps: []reminders.Step{{ID: "a", Kind: kind, Offset: offsets(offset)[0]}}}
		if err := rules.Check(); err != nil {
			t.Errorf("%s: %v", word, err)
		}
	}
}
