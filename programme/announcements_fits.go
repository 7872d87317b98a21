package programme

import (
	"errors"
	"slices"
)

// stillFits says whether somebody whom an announcement was made for is still meant when it goes
// out: what people answered may be something else by then. Named people always are, and so is
// everybody about an event or a survey that is gone.
func stillFits(tx Tx, to AnnouncementAudience, p Person) (bool, error) {
	if slices.Contains(to.People, p.ID) {
		return true, nil
	}
	if len(to.Answers) > 0 {
		fits, err := fitsAnswers(tx, to.Answers, p)
		if err != nil || !fits {
			return fits, err
		}
	}
	if to.Survey == nil {
		return true, nil
	}
	if _, err := tx.Survey(to.Survey.Survey); errors.Is(err, ErrNoRow) {
		return true, nil
	} else if err != nil {
		return false, err
	}
	r, err := tx.ResponseOf(to.Survey.Survey, p.ID)
	switch {
	case errors.Is(err, ErrNoRow):
		return false, nil
	case err != nil:
		return false, err
	case to.Survey.Answered:
		return r.State == Done, nil
	}
	return r.State.Unanswered(), nil
}

// fitsAnswers is for one person what saidAbout is for all: nothing here walks the event's people.
func fitsAnswers(tx Tx, answers []AudienceAnswers, p Person) (bool, error) {
	for _, x := range answers {
		e, err := tx.Event(x.Event)
		if errors.Is(err, ErrNoRow) {
			return true, nil
		} else if err != nil {
			return false, err
		}
		s := eventSaid{event: e, which: x.Which, known: map[AttendeeID]Attendee{}}
		if s.known[AttendeeID(p.ID)], err = aboutAttendee(tx, e, p.ID); err != nil {
			return false, err
		}
		if s.includes(p) {
			return true, nil
		}
	}
	return false, nil
}

// aboutAttendee is what is known of one person at an event, as far as their answer goes.
func aboutAttendee(tx Tx, event Event, p PersonID) (a Attendee, err error) {
	said, err := tx.Attendance(event.ID, p)
	if err != nil && !errors.Is(err, ErrNoRow) {
		return a, err
	}
	speaker, err := tx.Speaker(event.ID, p)
	if err != nil && !errors.Is(err, ErrNoRow) {
		return a, err
	}
	here, _, err := tx.Arrived(event.ID, AttendeeID(p))
	a = Attendee{Answer: said.Answer, Speaker: speaker.Status}
	if here {
		a.Arrived = event.Start // when does not matter
	}
	return a, err
}
