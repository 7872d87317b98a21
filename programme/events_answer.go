package programme

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"
)

// MaxReason is how many characters a reason may have: a few lines on a phone.
const MaxReason = 300

// AnswerEvent keeps whether a person comes. Anyone of the event's audience, or
// whom the office entered, may answer until it ends, and change it; of two answers
// the later press stands. Who says yes to a full room waits.
func (o *Office) AnswerEvent(ctx context.Context, who Actor, id EventID, answer Coming, reason string) (Event, Attendance, error) {
	var e Event
	var a Attendance
	err := o.write(ctx, who, func(c *change) error {
		var err error
		if e, err = c.Event(id); err != nil {
			return orMissing(err, "error.event_gone")
		}
		if err := c.mustBeInvited(e); err != nil {
			return err
		}
		a, err = c.answer(e, c.me, answer, reason)
		return err
	})
	return e, a, err
}

// mustBeInvited lets those answer whom the event is for, and those whom the office
// has on the list already.
func (c *change) mustBeInvited(e Event) error {
	if !e.Announced(c.office.Settings.Today(c.now)) {
		return missing("error.event_gone")
	}
	if e.Audience.Includes(c.me) {
		return nil
	}
	_, err := c.Attendance(e.ID, c.me.ID)
	return orMissing(err, "error.event_gone")
}

// AnswerFor enters an answer that somebody gave the office by telephone or mail;
// it is marked as entered by the office.
func (o *Office) AnswerFor(ctx context.Context, who Actor, id EventID, person PersonID, answer Coming, reason string) (Event, Attendance, error) {
	var e Event
	var a Attendance
	err := o.manage(ctx, who, func(c *change) (err error) {
		if e, err = c.Event(id); err != nil {
			return orMissing(err, "error.event_gone")
		}
		p, err := c.activePerson(person)
		if err != nil {
			return err
		}
		a, err = c.answer(e, p, answer, reason)
		return err
	})
	return e, a, err
}

// EventReason is what the person who acts answered so far, for the form in which
// they add a reason.
func (o *Office) EventReason(ctx context.Context, who Actor, id EventID) (Event, Attendance, error) {
	var e Event
	var a Attendance
	err := o.readAs(ctx, who, func(tx Tx, me Person) (err error) {
		e, a, err = reasonable(tx, me, id, o.Now())
		return err
	})
	return e, a, err
}

// GiveReason adds a reason to the answer that the person gave before. The answer
// keeps its moment: it was given then.
func (o *Office) GiveReason(ctx context.Context, who Actor, id EventID, reason string) (Attendance, error) {
	var a Attendance
	err := o.write(ctx, who, func(c *change) error {
		e, old, err := reasonable(c, c.me, id, c.now)
		if err != nil {
			return err
		}
		if err := checkReason(reason); err != nil {
			return err
		}
		a = old
		a.Reason, a.By = strings.TrimSpace(reason), c.me.ID
		if _, err := c.Attend(a); err != nil {
			return err
		}
		if err := c.redrawLetters(e, c.me); err != nil {
			return err
		}
		return c.audit("event.reason", string(e.ID))
	})
	return a, err
}

// reasonable finds an answer that a reason can be added to: a no, or one that is
// still open.
func reasonable(tx Tx, me Person, id EventID, now time.Time) (Event, Attendance, error) {
	e, err := tx.Event(id)
	if err != nil {
		return e, Attendance{}, orMissing(err, "error.event_gone")
	}
	a, err := tx.Attendance(id, me.ID)
	if err != nil {
		return e, a, orMissing(err, "error.event_gone")
	}
	if err := e.mustBeOpen(now); err != nil {
		return e, a, err
	}
	if a.Answer != No && a.Answer != NotYet {
		return e, a, &Error{Code: CodeConflict, Key: "error.reason_answer"}
	}
	return e, a, nil
}

// answer keeps the answer of p, whoever entered it, and what follows from it.
func (c *change) answer(e Event, p Person, answer Coming, reason string) (Attendance, error) {
	old, err := c.Attendance(e.ID, p.ID)
	if err != nil && !errors.Is(err, ErrNoRow) {
		return old, err
	}
	if err := c.mayAnswer(e, old.Answer, answer, reason); err != nil {
		return old, err
	}
	a := Attendance{Event: e.ID, Person: p.ID, Answer: answer, Reason: reason, By: c.me.ID, At: c.when()}
	if answer == Yes && old.Answer != Yes {
		full, err := c.full(e)
		if err != nil {
			return old, err
		}
		if full && old.Answer == Waiting {
			return old, nil // keeps the place in the line
		}
		if full && old.Answer == Online {
			return old, &Error{Code: CodeConflict, Key: "error.event_full_online"} // keeps the place online
		}
		if full {
			a.Answer = Waiting
		}
	}
	saved, err := c.Attend(a)
	if err != nil {
		return old, err
	}
	if !saved {
		return c.Attendance(e.ID, p.ID)
	}
	if err := c.answered(e, p, a); err != nil {
		return a, err
	}
	if old.Answer == Yes && a.Answer != Yes {
		err = c.fillPlaces(e)
	}
	return a, errors.Join(err, c.tellAbsence(e, p, old, a), c.audit("event.answer", string(e.ID)+"/"+string(p.ID)))
}

// tellAbsence lets the office know at once when somebody cannot come after all on
// the day itself: it is at the door by then.
func (c *change) tellAbsence(e Event, p Person, old, a Attendance) error {
	if !old.Answer.Comes() || a.Answer != No || !c.office.today(e, c.now) {
		return nil
	}
	return c.notify(Notice{
		Kind: NoticeEventAbsent, Subject: string(e.ID), To: ToChannel(ChannelOffice),
		Occasion: string(p.ID) + "/" + momentOccasion(a.At), UsefulUntil: e.End,
	})
}

// answered draws a person's messages about the event again, and sends the file
// for the calendar to who comes.
func (c *change) answered(e Event, p Person, a Attendance) error {
	c.factsChanged()
	if err := c.redrawLetters(e, p); err != nil {
		return err
	}
	if !a.Answer.Comes() || !p.Reachable() {
		return nil
	}
	return c.notify(Notice{
		Kind: NoticeEventCalendar, Subject: string(e.ID), To: ToPerson(p.ID),
		Occasion: ChangeOccasion(e.Seq), UsefulUntil: e.End,
	})
}

// redrawLetters draws a person's messages about the event again.
func (c *change) redrawLetters(e Event, p Person) error {
	for _, kind := range eventLetters {
		if err := c.redraw(Notice{Kind: kind, Subject: string(e.ID), To: ToPerson(p.ID)}); err != nil {
			return err
		}
	}
	return c.redrawShown(p.ID)
}

func (c *change) mayAnswer(e Event, old, answer Coming, reason string) error {
	if err := e.mustBeOpen(c.now); err != nil {
		return err
	}
	coming := answer.Comes() && !old.Expected()
	switch {
	case coming && !e.Registers(c.now) && !c.office.may(c.actor, c.me, c.now, Coordinator):
		return &Error{Code: CodeClosed, Key: "error.event_registration_over"}
	case answer == Online && e.URL == "":
		return invalid("answer", "error.event_not_online")
	case answer != Yes && answer != No && answer != Online && answer != NotYet:
		return invalid("answer", "error.choice")
	}
	return checkReason(reason)
}

func checkReason(reason string) error {
	if utf8.RuneCountInString(reason) > MaxReason {
		return invalid("reason", "error.too_long", "Max", MaxReason)
	}
	return nil
}

// full says whether the room has no place left. Somebody who waits comes first
// even if a place is free at this very moment.
func (c *change) full(e Event) (bool, error) {
	if e.Capacity == 0 {
		return false, nil
	}
	taken, err := c.SeatsTaken(e.ID)
	if err != nil || taken >= e.Capacity {
		return true, err
	}
	waiting, err := c.WaitingFor(e.ID)
	return len(waiting) > 0, err
}

// fillPlaces gives places that are free to those who wait, in their order. They
// keep the moment of their answer, so that a press made since stands.
func (c *change) fillPlaces(e Event) error {
	if !e.Open(c.now) {
		return nil
	}
	waiting, err := c.WaitingFor(e.ID)
	if err != nil || len(waiting) == 0 {
		return err
	}
	if e.Capacity > 0 {
		taken, err := c.SeatsTaken(e.ID)
		if err != nil {
			return err
		}
		waiting = waiting[:min(len(waiting), max(0, e.Capacity-taken))]
	}
	for _, id := range waiting {
		if err := c.seat(e, id); err != nil {
			return err
		}
	}
	return nil
}

// seat gives one who waited a place and has them told: on Slack by the bot, else
// by the office.
func (c *change) seat(e Event, id AttendeeID) error {
	c.factsChanged()
	if err := c.audit("event.place", string(e.ID)+"/"+string(id)); err != nil {
		return err
	}
	a, err := c.Attendance(e.ID, PersonID(id))
	if errors.Is(err, ErrNoRow) {
		return c.seatGuest(e, GuestID(id))
	}
	if err != nil {
		return err
	}
	p, err := c.Person(a.Person)
	if err != nil {
		return err
	}
	a.Answer = Yes
	if _, err := c.Attend(a); err != nil {
		return err
	}
	if !p.Reachable() {
		return errors.Join(c.notify(guestPlace(e, id, a.At)), c.answered(e, p, a))
	}
	// The good news comes before the calendar's file.
	return errors.Join(c.notify(Notice{
		Kind: NoticeEventPlace, Subject: string(e.ID), To: ToPerson(p.ID),
		Occasion: momentOccasion(a.At), UsefulUntil: e.Start,
	}), c.answered(e, p, a))
}

func (c *change) seatGuest(e Event, id GuestID) error {
	g, err := c.Guest(id)
	if err != nil {
		return err
	}
	g.Answer = Yes
	return errors.Join(c.SaveGuest(g), c.notify(guestPlace(e, AttendeeID(id), g.At)))
}

// guestPlace asks the office to tell somebody whom the bot cannot reach.
func guestPlace(e Event, id AttendeeID, at time.Time) Notice {
	return Notice{
		Kind: NoticeGuestPlace, Subject: string(e.ID), To: ToChannel(ChannelOffice),
		Occasion: string(id) + "/" + momentOccasion(at), UsefulUntil: e.Start,
	}
}

// momentOccasion is the occasion of what happens to somebody once at a moment.
func momentOccasion(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }
