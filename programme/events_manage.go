package programme

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// EventForm is what the coordinator's form says about an event.
type EventForm struct {
	Op      string  // operation id of the form: the id of an event that it makes
	ID      EventID // "" for a new event
	Version int     // of the event as the form showed it; 0 for a new one

	Kind      EventKind
	Title     string
	Start     time.Time
	End       time.Time
	Place     string
	Map       string
	URL       string
	Audience  Audience
	Capacity  int
	Deadline  time.Time
	Host      Host
	CoHosts   []string
	Bring     string
	Materials string
	Notes     string
	Survey    string
}

// How long the texts of an event may be, in characters: what fits the blocks that
// show them (slack.md Sizes), with room for the words around it.
const (
	MaxEventTitle = 100
	MaxEventPlace = 200
	MaxEventURL   = 500
	MaxEventText  = 300
	MaxEventNotes = 2000
	MaxSeats      = 100_000
)

// check finds the first thing that is wrong with the form, by field.
func (f EventForm) check(s Settings) error {
	long := func(field, text string, most int) error {
		if strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && unprintable(r) }) {
			return invalid(field, "error.unprintable")
		}
		if utf8.RuneCountInString(text) > most {
			return invalid(field, "error.too_long", "Max", most)
		}
		return nil
	}
	address := func(field, text string) error {
		if text != "" && !webAddress(text) {
			return invalid(field, "error.web_address")
		}
		return long(field, text, MaxEventURL)
	}
	switch {
	case !slices.Contains(EventKinds, f.Kind):
		return invalid("kind", "error.choice")
	case strings.TrimSpace(f.Title) == "":
		return invalid("title", "error.required")
	case f.Start.IsZero():
		return invalid("start", "error.required")
	case !f.End.After(f.Start):
		return invalid("end", "error.event_end")
	case f.Place == "" && f.URL == "":
		return invalid("place", "error.event_nowhere")
	case f.Audience.Empty():
		return invalid("audience", "error.audience_missing")
	case f.Capacity < 0 || f.Capacity > MaxSeats:
		return invalid("capacity", "error.number", "Min", 0, "Max", MaxSeats)
	case !f.Deadline.IsZero() && f.Deadline.After(f.Start):
		return invalid("deadline", "error.event_deadline")
	case f.Host != ByBureau && f.Host != ByOffice:
		return invalid("host", "error.choice")
	case s.Contract != "" && DateOf(f.Start, s.Zone) < s.Contract:
		return invalid("start", "error.event_before_contract", "Date", s.Contract)
	case s.Completion != "" && DateOf(f.End, s.Zone) > s.Completion:
		return invalid("end", "error.event_after_completion", "Date", s.Completion)
	}
	return errors.Join( // of several, people see the first
		long("title", f.Title, MaxEventTitle), long("place", f.Place, MaxEventPlace), address("map", f.Map), address("url", f.URL),
		long("bring", f.Bring, MaxEventText), long("materials", f.Materials, MaxEventText), long("notes", f.Notes, MaxEventNotes),
	)
}

// webAddress says whether people can be sent to it.
func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil && !strings.ContainsFunc(s, unprintable)
}

// apply is the event with what the form says.
func (f EventForm) apply(e Event) Event {
	e.Kind, e.Title, e.Start, e.End = f.Kind, strings.TrimSpace(f.Title), f.Start, f.End
	e.Place, e.Map, e.URL, e.Audience = strings.TrimSpace(f.Place), f.Map, f.URL, f.Audience
	e.Capacity, e.Deadline, e.Host, e.CoHosts = f.Capacity, f.Deadline, f.Host, f.CoHosts
	e.Bring, e.Materials, e.Notes, e.Survey = f.Bring, f.Materials, f.Notes, f.Survey
	e.Touched = true
	return e
}

// Form is the event as the form shows it, to be changed or copied.
func (e Event) Form() EventForm {
	return EventForm{
		ID: e.ID, Version: e.Version, Kind: e.Kind, Title: e.Title, Start: e.Start, End: e.End, Place: e.Place,
		Map: e.Map, URL: e.URL, Audience: e.Audience, Capacity: e.Capacity, Deadline: e.Deadline, Host: e.Host,
		CoHosts: e.CoHosts, Bring: e.Bring, Materials: e.Materials, Notes: e.Notes, Survey: e.Survey,
	}
}

// PutEvent makes an event, or changes one. The same form makes one event, however
// often it is submitted. Of two people who change one event at once, the second
// is told to look again. What the office hosts itself needs no approval.
func (o *Office) PutEvent(ctx context.Context, who Actor, f EventForm) (Event, error) {
	var e Event
	err := o.manage(ctx, who, func(c *change) (err error) {
		if err = f.check(o.Settings); err != nil {
			return err
		}
		if f.ID == "" {
			e, err = c.newEvent(f)
			return err
		}
		old, err := c.Event(f.ID)
		switch {
		case err != nil:
			return orMissing(err, "error.event_gone")
		case old.Version != f.Version:
			return &Error{Code: CodeConflict, Key: "error.event_changed"}
		}
		if err := old.mustTakePlace(); err != nil {
			return err
		}
		if e = f.apply(old); sameEvent(old, e) {
			return nil
		}
		if err := mayHost(old, e); err != nil {
			return err
		}
		switch moved := !e.Start.Equal(old.Start) || !e.End.Equal(old.End); {
		case moved && !old.Open(c.now):
			return &Error{Code: CodeClosed, Key: "error.event_over"} // what took place took place
		case !e.Start.Equal(old.Start):
			if err := c.ahead(e.Start); err != nil {
				return err
			}
		}
		e, err = c.changeEvent(old, c.approvedByHost(e), "event.change")
		return err
	})
	return e, err
}

func (c *change) newEvent(f EventForm) (Event, error) {
	if old, err := c.Event(EventID(f.Op)); !errors.Is(err, ErrNoRow) {
		return old, err // the form came twice
	}
	if err := c.ahead(f.Start); err != nil {
		return Event{}, err
	}
	if !f.Deadline.IsZero() && !f.Deadline.After(c.now) {
		return Event{}, invalid("deadline", "error.event_past_deadline")
	}
	return c.addEvent(c.approvedByHost(f.apply(Event{ID: EventID(f.Op)})), "event.add")
}

// approvedByHost gives the office's own events leave to be announced.
func (c *change) approvedByHost(e Event) Event {
	if e.Host == ByOffice && e.Approved == "" {
		e.Approved = c.office.Settings.Today(c.now)
	}
	return e
}

// mayHost refuses to make the office's own event the bureau's, which would then
// seem to be approved.
func mayHost(old, e Event) error {
	if old.Host == ByOffice && e.Host == ByBureau && old.Approved != "" {
		return invalid("host", "error.event_host")
	}
	return nil
}

// ahead refuses a start that is over: the targets would count it as held.
func (c *change) ahead(start time.Time) error {
	if !start.After(c.now) {
		return invalid("start", "error.event_past")
	}
	return nil
}

// MoveEvent changes time and place. Version is that of the event as the form showed
// it, 0 for whatever it is. An end that is zero keeps the length, an empty place
// the place.
func (o *Office) MoveEvent(ctx context.Context, who Actor, id EventID, version int, start, end time.Time, place string) (Event, error) {
	var e Event
	err := o.manage(ctx, who, func(c *change) error {
		old, err := c.openEvent(id)
		if err != nil {
			return err
		}
		if version != 0 && version != old.Version {
			return &Error{Code: CodeConflict, Key: "error.event_changed"}
		}
		e = old
		e.Start, e.End, e.Touched = start, end, true
		if end.IsZero() {
			e.End = start.Add(old.End.Sub(old.Start))
		}
		if !e.Deadline.IsZero() { // stays as far ahead as it was
			e.Deadline = e.Deadline.Add(e.Start.Sub(old.Start))
		}
		if place != "" {
			e.Place = place
		}
		if err := errors.Join(e.Form().check(o.Settings), c.ahead(start)); err != nil {
			return err
		}
		e, err = c.changeEvent(old, e, "event.move")
		return err
	})
	return e, err
}

// CancelEvent calls an event off, for good. Everyone who may come is told.
func (o *Office) CancelEvent(ctx context.Context, who Actor, id EventID, reason string) (Event, error) {
	var e Event
	err := o.manage(ctx, who, func(c *change) error {
		old, err := c.openEvent(id)
		if err != nil {
			return err
		}
		if utf8.RuneCountInString(reason) > MaxEventText {
			return invalid("reason", "error.too_long", "Max", MaxEventText)
		}
		e = old
		e.Cancelled, e.CancelReason, e.Touched = c.now, strings.TrimSpace(reason), true
		e, err = c.changeEvent(old, e, "event.cancel")
		return err
	})
	return e, err
}

// openEvent is an event that can still be changed: neither over nor cancelled.
func (c *change) openEvent(id EventID) (Event, error) {
	e, err := c.Event(id)
	if err != nil {
		return e, orMissing(err, "error.event_gone")
	}
	return e, e.mustBeOpen(c.now)
}

// SubmitEvent asks the bureau to approve the details of an event that it hosts;
// nothing is announced before (programme.md "bureau").
func (o *Office) SubmitEvent(ctx context.Context, who Actor, id EventID) (Event, error) {
	var e Event
	err := o.manage(ctx, who, func(c *change) error {
		old, err := c.openEvent(id)
		if err != nil {
			return err
		}
		if old.Approved != "" {
			return &Error{Code: CodeConflict, Key: "error.event_approved"}
		}
		e = old
		e.Submitted, e.Returned, e.Touched = c.now, "", true
		if e, err = c.changeEvent(old, e, "event.submit"); err != nil {
			return err
		}
		return c.notify(Notice{
			Kind: NoticeEventApproval, Subject: string(id), To: ToChannel(ChannelBureau),
			Occasion: momentOccasion(c.now), UsefulUntil: e.End,
		})
	})
	return e, err
}

// DecideEvent is the bureau's own word on an event's details: approved on a day,
// or returned with what is to be changed.
func (o *Office) DecideEvent(ctx context.Context, who Actor, id EventID, approved Date, returned string) (Event, error) {
	return o.decideEvent(ctx, who, id, approved, returned, Bureau)
}

// EnterApproval is the bureau's approval as the office had it by mail or telephone.
func (o *Office) EnterApproval(ctx context.Context, who Actor, id EventID, approved Date) (Event, error) {
	if approved == "" {
		return Event{}, invalid("approved", "error.required")
	}
	return o.decideEvent(ctx, who, id, approved, "", Coordinator)
}

func (o *Office) decideEvent(ctx context.Context, who Actor, id EventID, approved Date, returned string, role Role) (Event, error) {
	var e Event
	err := o.write(ctx, who, func(c *change) error {
		if err := c.must(role); err != nil {
			return err
		}
		old, err := c.openEvent(id)
		if err != nil {
			return err
		}
		switch {
		case old.Approved != "":
			return &Error{Code: CodeConflict, Key: "error.event_approved"}
		case approved == "" && strings.TrimSpace(returned) == "":
			return invalid("returned", "error.required")
		case approved != "" && !approved.Reached(o.Settings.Today(c.now)):
			return invalid("approved", "error.date_ahead")
		case utf8.RuneCountInString(returned) > MaxEventText:
			return invalid("returned", "error.too_long", "Max", MaxEventText)
		}
		e = old
		e.Approved, e.Returned, e.Touched = approved, strings.TrimSpace(returned), true
		action := "event.approve"
		switch {
		case approved == "":
			e.Submitted, action = time.Time{}, "event.return"
		case role == Coordinator:
			action = "event.enter_approval"
		}
		if e, err = c.changeEvent(old, e, action); err != nil {
			return err
		}
		return c.notify(Notice{
			Kind: NoticeEventDecided, Subject: string(id), To: ToChannel(ChannelOffice),
			Occasion: momentOccasion(c.now), UsefulUntil: e.End,
		})
	})
	return e, err
}
