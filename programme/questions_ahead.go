package programme

import (
	"errors"
	"time"
)

// AskerAhead is what lies ahead for who asks, so that the office knows of what they may speak:
// the next event at which they are counted on, and their next session; zero if there is none.
type AskerAhead struct {
	Event   Event
	Answer  Coming
	Session Session
	Other   Person // with whom they meet
}

// aheadOf looks up what lies ahead for somebody.
func aheadOf(tx Tx, p PersonID, now time.Time) (a AskerAhead, err error) {
	events, err := tx.Events()
	if err != nil {
		return a, err
	}
	for _, e := range events {
		if !e.Open(now) || a.Event.ID != "" && !e.Start.Before(a.Event.Start) {
			continue
		}
		answer, err := tx.Attendance(e.ID, p)
		if err != nil && !errors.Is(err, ErrNoRow) {
			return a, err
		}
		if answer.Answer.Expected() {
			a.Event, a.Answer = e, answer.Answer
		}
	}
	booked, err := tx.Sessions(SessionFilter{Person: p, States: []SessionState{SessionBooked}})
	for _, s := range booked {
		if s.Span.From.After(now) && (a.Session.ID == "" || s.Span.From.Before(a.Session.Span.From)) {
			a.Session = s
		}
	}
	if err != nil || a.Session.ID == "" {
		return a, err
	}
	other := a.Session.Atsugi
	if other == p {
		other = a.Session.Mentor
	}
	a.Other, err = tx.Person(other)
	return a, err
}

// officeAsks is what the office is told that types to the bot: it would ask itself.
func officeAsks(text string) error {
	if WishOf(text) == WishGreeting {
		return ErrNoRow
	}
	return &Error{Code: CodeClosed, Key: "error.enquiry_office"}
}
