package main

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/db/dbtest"
	"tsugite/programme"
	"tsugite/rehearsal"
)

// roomed are the messages in conversations of several that somebody sees.
func (a actor) roomed() (out []string) {
	a.t.Helper()
	var state struct {
		Channels []struct {
			Kind     string
			Messages []struct{ TS, Text string }
		}
	}
	a.call("GET", "_/state?as="+a.id, nil, &state)
	for _, c := range state.Channels {
		if c.Kind != "mpim" {
			continue
		}
		for _, m := range c.Messages {
			out = append(out, m.TS+" "+m.Text)
		}
	}
	return out
}

// openTogether is openLocal with conversations of the two and the office.
func openTogether(t *testing.T, file string) *local {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	d, err := startDemo(ctx, demoCmd{Port: 0, DB: file, Now: sampleNow, Patience: 15 * time.Second}, quietLog())
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	d.app.Office.Settings.Sessions.Group = programme.GroupOffice
	return listening(t, ctx, cancel, d)
}

// TestSessionIsToldInOneConversation: the two and the office get one card together, though
// Slack's answers are lost and the program ends before it can look; it is drawn again when
// the session moves and is called off.
func TestSessionIsToldInOneConversation(t *testing.T) {
	t.Parallel()
	file := dbtest.File(t)
	l := openTogether(t, file)
	l.demo.slack.AddFault(rehearsal.Fault{Method: "chat.postMessage", AcceptThenDrop: true, Times: 4})
	s := talked(t, l, engaged(t, l, comes, mentor), "2026-10-06T14:00:00+09:00")
	eventually(t, "a card in a conversation of several", func() (bool, bool) {
		return true, len(l.as(comes).roomed()) > 0
	})
	l.stop()

	l = openTogether(t, file)
	l.moveTo("2026-09-01T10:00:00+09:00")
	check(t, l.demo.app.Settled(t.Context()))
	looked := slices.ContainsFunc(l.demo.slack.Log(0), func(e rehearsal.LogEntry) bool {
		return e.Method == "conversations.open" && strings.Contains(string(e.Request), mentor) && strings.Contains(string(e.Request), comes)
	})
	if !looked {
		t.Error("the card's arrival was never in doubt")
	}
	first := l.as(comes).roomed()
	if len(first) != 1 || !strings.Contains(first[0], "14:00") {
		t.Fatalf("the conversation reads %q", first)
	}
	for _, who := range []string{mentor, coordinator} {
		if got := l.as(who).roomed(); len(got) != 1 || got[0] != first[0] {
			t.Errorf("%s reads %q", who, got)
		}
	}
	if got := l.as(silent).roomed(); len(got) != 0 {
		t.Errorf("somebody else reads %q", got)
	}

	office, who := l.demo.app.Office, programme.As(l.person(coordinator).ID)
	moved := time.Date(2026, 10, 7, 1, 0, 0, 0, time.UTC)
	s, err := office.BookSession(t.Context(), who, programme.SessionForm{
		Op: office.NewID(), Session: s.ID, Version: s.Version, Spans: []programme.Span{{From: moved, Until: moved.Add(time.Hour)}},
		Venue: programme.Venue{Mode: programme.ModeOnline, URL: s.URL}, Reason: "ご都合により",
	})
	check(t, err)
	check(t, l.demo.app.Settled(t.Context()))
	ts, _, _ := strings.Cut(first[0], " ")
	if got := l.as(comes).roomed(); len(got) != 1 || !strings.HasPrefix(got[0], ts+" ") || !strings.Contains(got[0], "10:00") {
		t.Errorf("moved: %q", got)
	}
	check(t, office.CancelSession(t.Context(), who, s.ID, s.Version, "大雨のため"))
	check(t, l.demo.app.Settled(t.Context()))
	if got := l.as(comes).roomed(); len(got) != 1 || !strings.HasPrefix(got[0], ts+" ") || strings.Contains(got[0], "10:00") || strings.Contains(got[0], "大雨") {
		t.Errorf("called off: %q", got)
	}
}
