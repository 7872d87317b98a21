package programme

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestMeasureTargets(t *testing.T) {
	day := func(m time.Month, d int) time.Time { return time.Date(2026, m, d, 14, 0, 0, 0, time.UTC) }
	event := func(k EventKind, start time.Time) Event {
		return Event{Kind: k, Start: start, End: start.Add(2 * time.Hour), Approved: "2026-07-01"}
	}
	unapproved := event(StepUp, day(time.August, 1))
	unapproved.Approved = ""
	cancelled := event(Workshop, day(time.November, 6))
	cancelled.Cancelled = day(time.September, 1)
	events := []Event{
		event(Seminar, day(time.August, 26)),
		event(Workshop, day(time.September, 18)), event(Workshop, day(time.October, 23)), cancelled, unapproved,
		event(Meeting, day(time.September, 20)),
	}
	now := day(time.September, 18).Add(time.Hour) // in the middle of the first workshop
	survey := func(opens, closes time.Time) Survey { return Survey{Opens: opens, Closes: closes} }
	surveys := []Survey{
		survey(day(time.July, 1), day(time.July, 20)), survey(now, day(time.October, 1)),
		survey(day(time.December, 1), day(time.December, 20)),
		survey(day(time.October, 1), day(time.August, 1)), // closed before it opened
		{Event: "seminar", Opens: day(time.July, 1), Closes: day(time.July, 20)},
	}
	follow := func(k SessionKind, s SessionState, from time.Time) Session {
		return Session{Kind: k, State: s, Span: Span{From: from, Until: from.Add(time.Hour)}}
	}
	sessions := []Session{
		follow(FollowUp, SessionHeld, day(time.August, 3)), follow(FollowUp, SessionHeld, day(time.September, 1)),
		follow(FollowUp, SessionBooked, day(time.September, 2)), // over, and nobody said what came of it
		follow(FollowUp, SessionBooked, day(time.October, 6)), follow(FollowUp, SessionOpen, day(time.October, 7)),
		follow(Between, SessionHeld, day(time.August, 5)), follow(Between, SessionBooked, day(time.September, 30)),
	}
	want := []Progress{
		{Target: Target{Code: TargetSeminar, Least: 1}, Done: 1},
		{Target: Target{Code: TargetWorkshop, Least: 3}, Planned: 2, Next: day(time.September, 18)},
		{Target: Target{Code: TargetReport, Least: 1}},
		{Target: Target{Code: TargetSurvey, Least: 1}, Done: 2, Planned: 1, Next: day(time.December, 1)},
		{Target: Target{Code: TargetFollowUp, Least: 10, Most: 15}, Done: 6, Planned: 2, Next: day(time.October, 6)},
		{Target: Target{Code: TargetStepUp, Least: 1}},
	}
	got := measure(now, DefaultTargets(), progressFacts{events: events, surveys: surveys, sessions: sessions, elsewhere: 4})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	missing := []int{0, 1, 1, 0, 2, 1}
	for i, p := range got {
		if p.Missing() != missing[i] {
			t.Errorf("%s: missing %d, want %d", p.Code, p.Missing(), missing[i])
		}
	}
}
