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
	as := func(kind programme.NoticeKind, s reminders.Step) reminders.Step {
		s.Kind = kind
		return s
	}
	asks := []reminders.Step{ask("a", "-14d 10:00"), ask("b", "-7d 10:00"), ask("c", "-3d 10:00")}
	weekly := schedule(t, "0 9 * * 1")
	dates := func(texts ...string) (r reminders.Rules) {
		for _, s := range texts {
			r.KeyDates = append(r.KeyDates, offset(t, s))
		}
		return r
	}

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
		{"not of an event", reminders.Rules{Steps: []reminders.Step{other}}, "no kind of notice about an event, survey or session"},
		{"an unknown kind of event", reminders.Rules{Steps: []reminders.Step{ask("x", "-1d", "party")}}, "no kind of event"},
		{"a question and two chasers", reminders.Rules{Steps: asks}, ""},
		{"a third chaser", reminders.Rules{Steps: append(asks[:3:3], ask("d", "-1d 10:00", programme.Workshop))},
			"events of kind workshop have 4 steps of event.ask (at most 3: one question and two chasers"},
		{"a third chaser, of another kind of event each", reminders.Rules{Steps: append(asks[:2:2],
			ask("d", "-1d 10:00", programme.Workshop), ask("d", "-1d 10:00", programme.Seminar))}, ""},
		{"any number of reminders", reminders.Rules{Steps: []reminders.Step{
			as(programme.NoticeEventReminder, ask("a", "-7d")), as(programme.NoticeEventReminder, ask("b", "-3d")),
			as(programme.NoticeEventReminder, ask("c", "-1d")), as(programme.NoticeEventReminder, ask("d", "-1h"))}}, ""},
		{"what follows an event", reminders.Rules{Steps: []reminders.Step{
			as(programme.NoticeEventThanks, ask("t", "+2h")), as(programme.NoticeEventCatchUp, ask("c", "+1bd 10:00")),
			as(programme.NoticeEventMemo, ask("m", "0d 18:00")), as(programme.NoticeEventMemo, ask("m2", "+5bd 10:00"))}}, ""},
		{"thanks beforehand", reminders.Rules{Steps: []reminders.Step{as(programme.NoticeEventThanks, ask("t", "-1d"))}},
			"-1d is before the end; event.thanks follows the event (write +1bd 10:00)"},
		{"thanks twice", reminders.Rules{Steps: []reminders.Step{
			as(programme.NoticeEventThanks, ask("t", "+1bd")), as(programme.NoticeEventThanks, ask("u", "+2bd"))}}, "people are thanked once"},
		{"two chasers of a survey", reminders.Rules{Steps: chasers(t)}, ""},
		{"a third one", reminders.Rules{Steps: append(chasers(t), as(programme.NoticeSurveyChase, ask("c", "-1d 10:00")))},
			"surveys have 3 steps of survey.chase (at most 2: who does not answer then is left in peace, or telephoned)"},
		{"a chaser after the closing", reminders.Rules{Steps: []reminders.Step{as(programme.NoticeSurveyChase, ask("c", "+1d 10:00"))}},
			"+1d 10:00 is after the closing; people are chased before it (write -2bd 10:00)"},
		{"a chaser of a survey for workshops", reminders.Rules{Steps: []reminders.Step{as(programme.NoticeSurveyChase, ask("c", "-1d", programme.Workshop))}},
			"leave out events"},
		{"reminders of a session, and a briefing", reminders.Rules{Steps: meetings(t)}, ""},
		{"a second briefing", reminders.Rules{Steps: append(meetings(t), as(programme.NoticeSessionBriefing, ask("b", "-2d 10:00")))},
			"sessions have 2 steps of session.briefing (at most 1: the expert is briefed once)"},
		{"a reminder of a session after its start", reminders.Rules{Steps: []reminders.Step{as(programme.NoticeSessionReminder, ask("s", "+1h"))}},
			"+1h is after the start"},
		{"a briefing for workshops", reminders.Rules{Steps: []reminders.Step{as(programme.NoticeSessionBriefing, ask("s", "-1d", programme.Workshop))}},
			"leave out events"},
		{"whether it took place is asked without a step", reminders.Rules{Steps: []reminders.Step{as(programme.NoticeSessionAfter, ask("s", "-1d"))}},
			"no kind of notice"},
		{"digests", reminders.Rules{Digests: []reminders.Digest{
			{ID: "week", Kind: programme.NoticeDigestWeek, Schedule: weekly}, {ID: "month", Kind: programme.NoticeDigestMonth, Schedule: weekly}}}, ""},
		{"a digest twice", reminders.Rules{Digests: []reminders.Digest{
			{ID: "week", Kind: programme.NoticeDigestWeek, Schedule: weekly}, {ID: "week", Kind: programme.NoticeDigestMonth, Schedule: weekly}}}, `two digests are called "week"`},
		{"a digest of nothing", reminders.Rules{Digests: []reminders.Digest{{ID: "week", Kind: programme.NoticeEventAsk, Schedule: weekly}}}, "no kind of digest"},
		{"a digest at no time", reminders.Rules{Digests: []reminders.Digest{{ID: "week", Kind: programme.NoticeDigestWeek}}}, "has no cron line"},
		{"key dates", dates("-14d 10:00", "-3bd 10:00", "0d 09:00"), ""},
		{"a key date has no time to count hours from", dates("-1h"), "a key date is a day without a time"},
		{"nor a time of day", dates("-3d"), "a key date is a day without a time"},
		{"after a key date", dates("+1d 10:00"), "is after the day"},
		{"a key date twice on a day", dates("-3d 10:00", "-3d 17:00"), "two key date reminders -3d"},
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
