package reminders_test

import (
	"testing"
	"time"

	"tsugite/programme"
	"tsugite/reminders"
)

// request is world with a request that aki made to hana, an expert, on 1 September 2026 at
// noon, for Thursday 17 September at 14:00.
func request(t testing.TB) reminders.Facts {
	f := proposal(t)
	s := &f.Proposed[0]
	s.Requested, s.Proposal.By, s.Proposal.For = true, "aki", "hana"
	s.Proposal.Spans = s.Proposal.Spans[:1]
	return f
}

// TestPlanOfRequestsThatWaitForAnAnswer: the expert is reminded once, in good time and not
// at night.
func TestPlanOfRequestsThatWaitForAnAnswer(t *testing.T) {
	const lapsed = "2026-09-17T13:59:00+09:00"
	asked := func(made, start string) func(*reminders.Facts) {
		return func(f *reminders.Facts) {
			p := &f.Proposed[0].Proposal
			p.At = moment(t, made)
			p.Spans = []programme.Span{{From: moment(t, start), Until: moment(t, start).Add(time.Hour)}}
		}
	}
	for _, c := range []struct {
		rule   string
		now    string
		change func(*reminders.Facts)
		want   []string
	}{
		{"nobody until a day before", "2026-09-16T13:59:59+09:00", nil, nil},
		{"the expert, a day before", "2026-09-16T14:00:00+09:00", nil, []string{"session.nudge p:hana 09-16 14:00..09-17 14:00"}},
		{"and not again", lapsed, nil, []string{"session.nudge p:hana 09-16 14:00..09-17 14:00"}},
		{"half the way, if there is no day", lapsed, asked("2026-09-16T20:00:00+09:00", "2026-09-17T14:00:00+09:00"),
			// 5:00 is in the night; the evening before it, 20:30, is too soon after.
			[]string{"session.nudge p:hana 09-17 07:30..09-17 14:00"}},
		{"half the way, by day", lapsed, asked("2026-09-17T08:00:00+09:00", "2026-09-17T14:00:00+09:00"),
			[]string{"session.nudge p:hana 09-17 11:00..09-17 14:00"}},
		{"the evening before the night", "2026-09-18T21:59:00+09:00", asked("2026-09-01T12:00:00+09:00", "2026-09-18T22:00:00+09:00"),
			[]string{"session.nudge p:hana 09-17 20:30..09-18 22:00"}},
		{"nobody, where it lapses in the night", "2026-09-18T05:59:00+09:00", asked("2026-09-17T20:00:00+09:00", "2026-09-18T06:00:00+09:00"), nil},
		{"nobody who was told within the hour", lapsed, asked("2026-09-17T12:01:00+09:00", "2026-09-17T14:00:00+09:00"), nil},
		{"up to the last, of two times", lapsed, func(f *reminders.Facts) {
			p := &f.Proposed[0].Proposal
			early := moment(t, "2026-09-10T14:00:00+09:00")
			p.Spans = append([]programme.Span{{From: early, Until: early.Add(time.Hour)}}, p.Spans...)
		}, []string{"session.nudge p:hana 09-16 14:00..09-17 14:00"}},
		{"nobody whom the expert made another proposal", lapsed, func(f *reminders.Facts) {
			p := &f.Proposed[0].Proposal
			p.By, p.For = p.For, p.By
		}, nil},
		{"nobody, of times that were not asked for", lapsed, func(f *reminders.Facts) { f.Proposed[0].Requested = false }, nil},
		{"nobody, of a request that was agreed on once", lapsed, func(f *reminders.Facts) { f.Proposed[0].Seq = 1 }, nil},
		{"nobody, of another time for what is agreed on", lapsed, func(f *reminders.Facts) {
			at := moment(t, "2026-09-20T14:00:00+09:00")
			f.Proposed[0].State, f.Proposed[0].Span = programme.SessionBooked, programme.Span{From: at, Until: at.Add(time.Hour)}
		}, nil},
		{"no expert who is not admitted any more", lapsed, func(f *reminders.Facts) {
			for i := range f.People {
				if f.People[i].ID == "hana" {
					f.People[i].Pledged = ""
				}
			}
		}, nil},
	} {
		t.Run(c.rule, func(t *testing.T) {
			f := request(t)
			if c.change != nil {
				c.change(&f)
			}
			samePlan(t, c.want, planned(reminders.Plan(moment(t, c.now), f)))
		})
	}
	f := request(t)
	for _, n := range reminders.Plan(moment(t, lapsed), f) {
		if want := programme.ProposalOccasion(f.Proposed[0].Proposal); n.Occasion != want || n.Subject != "s1" {
			t.Errorf("of %s, %q; want %q", n.Subject, n.Occasion, want)
		}
	}
	if at, ok := reminders.Next(f.Proposed[0].Proposal.At, f); !ok || !at.Equal(moment(t, "2026-09-16T14:00:00+09:00")) {
		t.Errorf("woken at %v %v", at, ok)
	}
	if list := reminders.Upcoming(f.Proposed[0].Proposal.At, f, 9); len(list) != 0 {
		t.Errorf("the office is shown as planned what comes only if nobody answers: %+v", list)
	}
}
