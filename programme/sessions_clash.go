package programme

import (
	"context"
	"slices"
	"time"
)

// mustBeAtNoEvent refuses a time at which the person is counted on at an event. They
// themselves are told which, and that declining it frees the time; so is the office, which
// can enter their answer. Where the other one goes is nobody else's business.
func (c *change) mustBeAtNoEvent(events []Event, id PersonID, at candidate) error {
	if len(events) == 0 {
		return nil
	}
	p, err := c.Person(id)
	if err != nil {
		return err
	}
	parts, err := partsIn(c.Tx, id, at.Span)
	if err != nil {
		return err
	}
	for _, e := range events {
		if part := parts[e.ID]; e.countsOn(p, part, c.office.Settings.Today(c.now)) {
			return c.atEvent(e, p, part.speaks, at.field)
		}
	}
	return nil
}

// atEvent is what is said of a time at which p is counted on at the event.
func (c *change) atEvent(e Event, p Person, speaks bool, field string) error {
	office := c.office.may(c.actor, c.me, c.now, Coordinator)
	out := &Error{Code: CodeConflict, Field: field, Key: "error.time_taken"}
	known := p.ID == c.me.ID && (speaks || e.Announced(c.office.Settings.Today(c.now)))
	if !known && !office {
		return out
	}
	switch out.Args = pairs([]any{"Event", e, "Who", []Person{p}}); {
	case speaks:
		out.Key = "error.time_speaks"
	case p.ID == c.me.ID:
		out.Key = "error.time_event"
	default:
		out.Key = "error.time_event_of"
	}
	return out
}

// AgreedTime is a session of somebody that is agreed on, and when it is.
type AgreedTime struct {
	Session SessionID
	Span    Span
}

// Clash is an agreed session at whose time one of the two is counted on at an event:
// they said so later, or it was announced or moved since.
type Clash struct {
	Session SessionView
	Event   Event
	Person  Person // who is to be in two places
	Answer  Coming // theirs to the event
	Speaks  bool   // they are counted on to speak there
}

// agreedDuring says whether the session is agreed on for a time of the event, and both are
// still to take place.
func (s Session) agreedDuring(e Event, now time.Time) bool {
	return s.State == SessionBooked && e.Open(now) && now.Before(s.Span.Until) && s.Span.Overlaps(e.span())
}

// agreedTimes are somebody's sessions that are agreed on for a time of the event, by start.
func agreedTimes(tx Tx, e Event, p PersonID, now time.Time) (out []AgreedTime, err error) {
	if !e.Open(now) {
		return nil, nil
	}
	sessions, err := tx.Sessions(SessionFilter{Person: p, States: []SessionState{SessionBooked}})
	for _, s := range sessions {
		if s.agreedDuring(e, now) {
			out = append(out, AgreedTime{Session: s.ID, Span: s.Span})
		}
	}
	return out, err
}

// AgreedDuring tells the office which sessions somebody has while an event lasts, when it
// enters their answer.
func (o *Office) AgreedDuring(ctx context.Context, who Actor, id EventID, person PersonID) ([]AgreedTime, error) {
	var out []AgreedTime
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		if !o.may(who, me, o.Now(), Coordinator) {
			return denied("error.denied")
		}
		e, err := tx.Event(id)
		if err != nil {
			return orMissing(err, "error.event_gone")
		}
		out, err = agreedTimes(tx, e, person, o.Now())
		return err
	})
	return out, err
}

// clashes are those of sessions to come, by start.
func (r *sessionReader) clashes(sessions []Session) (out []Clash, err error) {
	events, err := r.tx.Events()
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		for _, s := range sessions {
			if !s.agreedDuring(e, r.now) {
				continue
			}
			for _, id := range []PersonID{s.Atsugi, s.Mentor} {
				if out, err = r.clash(out, e, s, id); err != nil {
					return nil, err
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Clash) int { return byStart(a.Session.Session, b.Session.Session) })
	return out, nil
}

// clash adds that of a person who is counted on at the event.
func (r *sessionReader) clash(out []Clash, e Event, s Session, id PersonID) ([]Clash, error) {
	p, err := r.person(id)
	if err != nil {
		return nil, err
	}
	parts, err := partsIn(r.tx, id, e.span())
	part := parts[e.ID]
	if err != nil || !e.countsOn(p, part, r.office.Settings.Today(r.now)) {
		return out, err
	}
	views, err := r.views([]Session{s})
	if err != nil || len(views) == 0 {
		return out, err
	}
	return append(out, Clash{Session: views[0], Event: e, Person: p, Answer: part.answer, Speaks: part.speaks}), nil
}

// redrawEvents draws the messages of the two again about events at a time that was agreed
// on and no longer is: they said that somebody would be in two places.
func (c *change) redrawEvents(s Session, was Span) error {
	if was.From.IsZero() {
		return nil
	}
	events, err := c.EventsIn(was)
	if err != nil {
		return err
	}
	for _, e := range events {
		if !e.Open(c.now) {
			continue
		}
		for _, id := range []PersonID{s.Atsugi, s.Mentor} {
			if err := c.redrawLetters(e, Person{ID: id}); err != nil {
				return err
			}
		}
	}
	return nil
}

// EventsInTheWay are announced events, by start, at whose time the atsugi can choose none of
// experts' times, and could if they declined.
func (o *Office) EventsInTheWay(ctx context.Context, who Actor) ([]Event, error) {
	var out []Event
	err := o.chooseAs(ctx, who, func(ch *chooser) error {
		parts, err := partsIn(ch.tx, ch.Atsugi.ID, ch.in)
		if err != nil {
			return err
		}
		today := o.Settings.Today(ch.now)
		for _, e := range ch.events {
			if part := parts[e.ID]; e.countsOn(ch.Atsugi, part, today) && !part.speaks && e.Announced(today) {
				out = append(out, e)
			}
		}
		return nil
	})
	return out, err
}
