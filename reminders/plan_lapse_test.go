package reminders_test

import (
	"fmt"
	"testing"
	"time"

	"tsugite/programme"
	"tsugite/reminders"
)

// proposal is world with times that hana, an expert, proposed to aki on 1 September 2026:
// Thursday 17 and Wednesday 16 September at 14:00.
func proposal(t testing.TB) reminders.Facts {
	f := meeting(t)
	f.Sessions = nil
	s := programme.Session{ID: "s1", Atsugi: "aki", Mentor: "hana", State: programme.SessionOpen}
	s.Proposal = programme.Proposal{By: "hana", For: "aki", At: moment(t, "2026-09-01T12:00:00+09:00")}
	for _, at := range []string{"2026-09-17T14:00:00+09:00", "2026-09-16T14:00:00+09:00"} {
		start := moment(t, at)
		s.Proposal.Spans = append(s.Proposal.Spans, programme.Span{From: start, Until: start.Add(time.Hour)})
	}
	f.Proposed = []programme.Session{s}
	return f
}

// planned writes a plan as "kind recipient due..until", in Tokyo.
func planned(ns []programme.Notice) []string {
	tokyo := time.FixedZone("", 9*60*60)
	var out []string
	for _, n := range ns {
		out = append(out, fmt.Sprintf("%s %s %s..%s", n.Kind, n.To, n.Due.In(tokyo).Format("01-02 15:04"), n.UsefulUntil.In(tokyo).Format("01-02 15:04")))
	}
	return out
}

func TestPlanOfTimesThatGoBy(t *testing.T) {
	const (
		over   = "2026-12-01T00:00:00+09:00"
		office = "session.lapsed c:office 09-17 14:00..09-24 14:00"
		hana   = "session.lapsed p:hana 09-17 14:00..09-24 14:00"
	)
	booked := func(at string) func(*reminders.Facts) {
		return func(f *reminders.Facts) {
			s := &f.Proposed[0]
			s.State, s.Span = programme.SessionBooked, programme.Span{From: moment(t, at), Until: moment(t, at).Add(time.Hour)}
		}
	}
	for _, c := range []struct {
		rule   string
		now    string
		change func(*reminders.Facts)
		want   []string
	}{
		{"nothing while the last of them is ahead", "2026-09-17T13:59:59+09:00", nil, nil},
		{"who proposed and the office, when it begins", "2026-09-17T14:00:00+09:00", nil, []string{office, hana}},
		{"and nobody later", over, nil, []string{office, hana}},
		{"the office alone, if who proposed cannot be reached", over, func(f *reminders.Facts) { f.Proposed[0].Proposal.By = "gen" }, []string{office}},
		{"in the morning, if they go by in the night", over, func(f *reminders.Facts) {
			at := moment(t, "2026-09-17T22:00:00+09:00")
			f.Proposed[0].Proposal.Spans[0] = programme.Span{From: at, Until: at.Add(time.Hour)}
		}, []string{"session.lapsed c:office 09-18 07:30..09-24 22:00", "session.lapsed p:hana 09-18 07:30..09-24 22:00"}},
		{"beside an agreed time, until that begins", over, booked("2026-09-18T14:00:00+09:00"),
			[]string{"session.lapsed c:office 09-17 14:00..09-18 14:00", "session.lapsed p:hana 09-17 14:00..09-18 14:00"}},
		{"nothing if the agreed time comes before them", over, booked("2026-09-16T10:00:00+09:00"), nil},
	} {
		t.Run(c.rule, func(t *testing.T) {
			f := proposal(t)
			if c.change != nil {
				c.change(&f)
			}
			samePlan(t, c.want, planned(reminders.Plan(moment(t, c.now), f)))
		})
	}
	f := proposal(t)
	for _, n := range reminders.Plan(never, f) {
		if want := programme.ProposalOccasion(f.Proposed[0].Proposal); n.Occasion != want || n.Subject != "s1" {
			t.Errorf("of %s, %q; want %q", n.Subject, n.Occasion, want)
		}
	}
	if at, ok := reminders.Next(f.Proposed[0].Proposal.At, f); !ok || !at.Equal(moment(t, "2026-09-17T14:00:00+09:00")) {
		t.Errorf("woken at %v %v", at, ok)
	}
	if list := reminders.Upcoming(f.Proposed[0].Proposal.At, f, 9); len(list) != 0 {
		t.Errorf("the office is shown as planned what comes only if nobody answers: %+v", list)
	}
}
