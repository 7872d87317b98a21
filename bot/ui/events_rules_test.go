package ui_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func TestASecondQuestionReadsUnlikeTheFirst(t *testing.T) {
	for _, lang := range ui.Languages {
		drawn := sample().drawings(t, ui.NewLocale(lang, tokyo))
		first, second, later := drawn["event-ask"], drawn["event-ask-again"], drawn["event-ask-again-later"]
		if first.Text == second.Text || first.Text == later.Text || string(first.Blocks) == string(second.Blocks) {
			t.Errorf("%s: a later question reads like the first: %s", lang, second.Text)
		}
	}
}

func TestNamesOfStepsDoNotShow(t *testing.T) {
	c, l := sample(), ui.NewLocale("ja", tokyo)
	m := programme.Matter{Notice: notice(programme.NoticeEventAsk), To: c.atsugi, Event: c.workshop}
	one, other := m, m
	one.Notice.Occasion, other.Notice.Occasion = "ask-2w@20260918T0500Z", "the-boss-insists@20260918T0500Z"
	if d := cmp.Diff(message(t, one, l), message(t, other, l)); d != "" {
		t.Error(d)
	}
}

// TestOnlyAnswersThatAreTakenAreOffered goes through what the Office takes: see
// programme's mayAnswer.
func TestOnlyAnswersThatAreTakenAreOffered(t *testing.T) {
	const yes, online, no, later, reason = ui.ActionComeYes, ui.ActionComeOnline, ui.ActionComeNo, ui.ActionComeLater, ui.ActionComeReason
	c, l := sample(), ui.NewLocale("ja", tokyo)
	for _, test := range []struct {
		rule         string
		answer       programme.Coming
		closed, room bool // registration is over; nobody can come online
		want         []string
	}{
		{"at first, all", programme.Undecided, false, false, []string{yes, online, no, later}},
		{"in a room only, no online", programme.Undecided, false, true, []string{yes, no, later}},
		{"who comes may change", programme.Yes, false, false, []string{online, no, later}},
		{"who waits may join online or stop waiting", programme.Waiting, false, false, []string{online, no}},
		{"who does not come may say why", programme.No, false, false, []string{yes, online, later, reason}},
		{"nor who cannot tell", programme.NotYet, false, false, []string{yes, online, no, reason}},
		{"too late to say that one comes", programme.Undecided, true, false, []string{no}},
		{"too late to come back", programme.No, true, false, []string{reason}},
		{"who comes may still withdraw, not waver", programme.Yes, true, false, []string{online, no}},
		{"online people may still change to the room", programme.Online, true, false, []string{yes, no, ui.ActionLink}},
	} {
		m := programme.Matter{Notice: notice(programme.NoticeEventAsk), To: c.atsugi, Event: c.workshop, Closed: test.closed,
			Attendance: programme.Attendance{Answer: test.answer}}
		if test.room {
			m.Event.URL = ""
		}
		if d := cmp.Diff(test.want, actionsOf(t, message(t, m, l))); d != "" {
			t.Errorf("%s: %s", test.rule, d)
		}
	}
}

func TestTheMonthsDigestAsksOnlyWhereAnAnswerIsOwed(t *testing.T) {
	c, l := sample(), ui.NewLocale("ja", tokyo)
	for name, want := range map[string]bool{"digest-month": true, "digest-month-answered": false} {
		got := string(message(t, c.digests()[name], l).Blocks)
		if strings.Contains(got, "出欠は、ホームで答えられます") != want {
			t.Errorf("%s asks for an answer: %v", name, !want)
		}
	}
}

func TestWhoIsNotInvitedIsNotAsked(t *testing.T) {
	c, l := sample(), ui.NewLocale("ja", tokyo)
	m := c.eventLetters()["event-moved"]
	m.To = c.mentor
	if got := actionsOf(t, message(t, m, l)); len(got) != 0 {
		t.Errorf("somebody outside the audience is offered %v", got)
	}
	m.Attendance.Answer = programme.Yes // the office entered it
	if got := actionsOf(t, message(t, m, l)); !slices.Contains(got, ui.ActionComeNo) {
		t.Errorf("whom the office entered cannot say no: %v", got)
	}
}

func TestAKeyDateOnAHolidaySaysSo(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	holiday, plain := drawn["key-date-holiday"].Text, drawn["key-date"].Text
	if !strings.Contains(holiday, "2月26日(金)") || !strings.Contains(holiday, "2月28日(日)") || strings.Contains(plain, "休み") {
		t.Errorf("%s / %s", holiday, plain)
	}
}

func TestNamesOfWhoCameAreForCoHostsOnly(t *testing.T) {
	c, l := sample(), ui.NewLocale("ja", tokyo)
	m := c.digests()["digest-support"]
	if got := string(message(t, m, l).Blocks); !strings.Contains(got, c.atsugi.Name) {
		t.Error("a co-host does not read who came")
	}
	m.Digest.Events[0].CoHosts = false
	if got := string(message(t, m, l).Blocks); strings.Contains(got, c.atsugi.Name) {
		t.Error("who does not co-host reads who came")
	}
}

func TestALongDigestFitsAMessage(t *testing.T) {
	for what, s := range hostile {
		c := filled(s, 3)
		for name, m := range c.digests() {
			m.Digest.Events = slices.Concat(many(m.Digest.Events, 40)...)
			for i := range m.Digest.Events {
				m.Digest.Events[i].Silent, m.Digest.Events[i].Names = many(c.atsugi, 300), many(s, 300)
			}
			m.Digest.Unapproved, m.Digest.Dates = many(c.seminar, 100), many(c.digests()["key-date-holiday"].KeyDate, 60)
			check(t, what+" "+name, message(t, m, ui.NewLocale("ja", tokyo)))
		}
	}
}
