package reminders_test

import (
	"strings"
	"testing"

	"tsugite/programme"
	"tsugite/reminders"
)

func TestRulesCheck(t *testing.T) {
	ask := func(id, at string, kinds ...programme.EventKind) reminders.Step {
		return reminders.Step{ID: id, Kind: programme.NoticeEventAsk, Offset: offset(t, at), Events: kinds}
	}
	remind := ask("day-before", "-1d 17:00")
	remind.Kind = programme.NoticeEventReminder
	other := ask("x", "-1d")
	other.Kind = programme.NoticeMemoShared

	for _, c := range []struct {
		rule  string
		rules reminders.Rules
		says  string // "" for no error
	}{
		{"one id for two kinds of notice", reminders.Rules{Steps: []reminders.Step{ask("day-before", "-1d 17:00"), remind}}, ""},
		{"one id for different events", reminders.Rules{Steps: []reminders.Step{
			ask("eve", "-1d 17:00", programme.Workshop), ask("eve", "-1d 12:00", programme.Seminar)}}, ""},
		{"one id twice", reminders.Rules{Steps: []reminders.Step{ask("eve", "-1d"), ask("eve", "-2d", programme.Workshop)}}, `called "eve"`},
		{"an id that occasions cannot hold", reminders.Rules{Steps: []reminders.Step{ask("eve@home", "-1d")}}, "write small letters"},
		{"no id", reminders.Rules{Steps: []reminders.Step{ask("", "-1d")}}, "write small letters"},
		{"after the start", reminders.Rules{Steps: []reminders.Step{ask("late", "+1bd 10:00")}}, "after the start"},
		{"no time", reminders.Rules{Steps: []reminders.Step{{ID: "x", Kind: programme.NoticeEventAsk}}}, "has no time"},
		{"not of an event", reminders.Rules{Steps: []reminders.Step{other}}, "neither event.ask nor event.reminder"},
		{"an unknown kind of event", reminders.Rules{Steps: []reminders.Step{ask("x", "-1d", "party")}}, "no kind of event"},
		{"closed for the season", reminders.Rules{Closed: []reminders.Period{period(t, "07-01..08-31")}}, "at most 40"},
		{"year-end and お盆", reminders.Rules{Closed: []reminders.Period{period(t, "12-29..01-03"), period(t, "08-13..08-16")}}, ""},
	} {
		t.Run(c.rule, func(t *testing.T) {
			switch err := c.rules.Check(); {
			case c.says == "" && err != nil:
				t.Error(err)
			case c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)):
				t.Errorf("error %v, want one that says %q", err, c.says)
			}
		})
	}
}
