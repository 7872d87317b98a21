package db

import (
	"testing"

	"tsugite/programme"
)

// TestSessionsWhoseTimesWentByAreLeftOut from the start of the last of them, as long as
// nothing is agreed on, and until there are others.
func TestSessionsWhoseTimesWentByAreLeftOut(t *testing.T) {
	db := newSessions(t)
	two := programme.Proposal{By: "a", For: "m", Spans: []programme.Span{span(300, 60), span(200, 60)}}
	for _, s := range []programme.Session{
		{ID: "proposed", State: programme.SessionOpen, Proposal: two},
		{ID: "bare", State: programme.SessionOpen},
		{ID: "moving", State: programme.SessionBooked, Span: span(900, 60), Proposal: two},
	} {
		s.Kind, s.Atsugi, s.Mentor, s.Made = programme.Between, "a", "m", t0
		createSession(t, db, s)
	}
	count := func(rule string, after, want int) {
		t.Helper()
		n := read(t, db, func(tx programme.Tx) (int, error) {
			return tx.CountSessions(programme.SessionFilter{WithoutLapsedAt: minutes(after)})
		})
		if n != want {
			t.Errorf("%s: %d, want %d", rule, n, want)
		}
	}
	count("the first of the times went by", 299, 3)
	count("the last begins", 300, 2)
	s := read(t, db, func(tx programme.Tx) (programme.Session, error) { return tx.Session("proposed") })
	s.Proposal.Spans = []programme.Span{span(400, 60)}
	write(t, db, func(tx programme.Tx) error { return tx.SaveSession(s) })
	count("others take their place", 300, 3)
	count("and go by", 400, 2)
	s.Version, s.Proposal.Spans = s.Version+1, nil
	write(t, db, func(tx programme.Tx) error { return tx.SaveSession(s) })
	count("and are declined", 400, 3)
}
