package programme

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
)

// codeSigns are what a 受付コード is made of: thirty-two signs that nobody mistakes
// for one another when they are read out.
const codeSigns = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// codeLength is how many of them: a million codes, for a few hundred people.
const codeLength = 4

// From when before the start, and until when after the end, the day's code counts.
const (
	codeBefore = 2 * time.Hour
	codeAfter  = time.Hour
)

// OpenCheckIn gives the event its code of the day, once.
func (o *Office) OpenCheckIn(ctx context.Context, who Actor, id EventID) (Event, error) {
	var e Event
	err := o.manage(ctx, who, func(c *change) (err error) {
		if e, err = c.notCancelled(id); err != nil || e.Code != "" {
			return err
		}
		if e.Code, err = c.newCode(); err != nil {
			return err
		}
		if err := c.SaveEvent(e); err != nil {
			return err
		}
		e.Version++
		return c.audit("event.open", string(id))
	})
	return e, err
}

// notCancelled is an event that takes place or took place: what happened on the
// day is entered during it and afterwards.
func (c *change) notCancelled(id EventID) (Event, error) {
	e, err := c.Event(id)
	if err != nil {
		return e, orMissing(err, "error.event_gone")
	}
	return e, e.mustTakePlace()
}

// newCode makes a code that no other event has.
func (c *change) newCode() (string, error) {
	events, err := c.Events()
	if err != nil {
		return "", err
	}
	taken := map[string]bool{}
	for _, e := range events {
		taken[e.Code] = true
	}
	for range 100 {
		if code := codeFrom(c.office.NewID()); code != "" && !taken[code] {
			return code, nil
		}
	}
	return "", errors.New("programme: no free code for the check-in")
}

// codeFrom turns the last signs of a ULID, which are random, into a code; "" if
// they are no signs of a ULID.
func codeFrom(id string) string {
	const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // the alphabet of ULIDs
	if len(id) < codeLength {
		return ""
	}
	var code strings.Builder
	for _, r := range strings.ToUpper(id[len(id)-codeLength:]) {
		i := strings.IndexRune(crockford, r)
		if i < 0 {
			return ""
		}
		code.WriteByte(codeSigns[i])
	}
	return code.String()
}

// CheckIn ticks somebody of the event's list, or takes the tick back.
func (o *Office) CheckIn(ctx context.Context, who Actor, id EventID, attendee AttendeeID, here bool) error {
	return o.manage(ctx, who, func(c *change) error {
		e, err := c.onTheDay(id)
		if err != nil {
			return err
		}
		changed, err := c.tick(e, attendee, here)
		if err != nil || !changed {
			return err
		}
		c.factsChanged()
		return c.audit("event.check_in", string(id))
	})
}

// CheckInSet keeps a page of ticks: of those shown, who is in here was there, the
// others were not. Who came in by the code stays: their tick may be newer than the
// page. CheckIn alone takes it back.
func (o *Office) CheckInSet(ctx context.Context, who Actor, id EventID, shown, here []AttendeeID) error {
	return o.manage(ctx, who, func(c *change) error {
		e, err := c.onTheDay(id)
		if err != nil {
			return err
		}
		arrivals, err := c.ArrivalsOf(id)
		if err != nil {
			return err
		}
		byCode := map[AttendeeID]bool{}
		for _, a := range arrivals {
			byCode[a.Attendee] = a.Attendee == AttendeeID(a.By)
		}
		any := false
		for _, attendee := range shown {
			ticked := slices.Contains(here, attendee)
			if !ticked && byCode[attendee] {
				continue
			}
			changed, err := c.tick(e, attendee, ticked)
			if err != nil {
				return err
			}
			any = any || changed
		}
		if !any {
			return nil
		}
		c.factsChanged()
		return c.audit("event.check_in", string(id))
	})
}

// onTheDay is an event whose day has come: ticks before that are mistakes.
func (c *change) onTheDay(id EventID) (Event, error) {
	e, err := c.notCancelled(id)
	zone := c.office.Settings.Zone
	if err == nil && DateOf(c.now, zone) < DateOf(e.Start, zone) {
		return e, &Error{Code: CodeClosed, Key: "error.check_in_early"}
	}
	return e, err
}

// tick notes that an attendee was there, or that they were not.
func (c *change) tick(e Event, attendee AttendeeID, here bool) (changed bool, err error) {
	if !here {
		return c.DropArrival(e.ID, attendee)
	}
	if err := c.isAttendee(e, attendee); err != nil {
		return false, err
	}
	return c.SaveArrival(Arrival{Event: e.ID, Attendee: attendee, By: c.me.ID, At: c.when()})
}

// isAttendee says no to whoever is neither in the roster nor a guest of the event.
func (c *change) isAttendee(e Event, id AttendeeID) error {
	g, err := c.Guest(GuestID(id))
	if err == nil && g.Event == e.ID {
		return nil
	}
	if err != nil && !errors.Is(err, ErrNoRow) {
		return err
	}
	_, err = c.Person(PersonID(id))
	return orMissing(err, "error.attendee_gone")
}

// CheckInByCode is a person who types the code that is shown in the room. Whoever
// is in the roster may have come along; the time alone is limited.
func (o *Office) CheckInByCode(ctx context.Context, who Actor, code string) (Event, error) {
	var e Event
	err := o.write(ctx, who, func(c *change) (err error) {
		if c.me.ID == "" {
			return denied("error.denied")
		}
		if e, err = c.eventOfCode(code); err != nil {
			return err
		}
		saved, err := c.SaveArrival(Arrival{Event: e.ID, Attendee: AttendeeID(c.me.ID), By: c.me.ID, At: c.when()})
		if err != nil || !saved {
			return err
		}
		c.factsChanged()
		return c.audit("event.check_in", string(e.ID))
	})
	return e, err
}

// eventOfCode finds the event that has the code, in whatever width, case and
// spacing it was typed.
func (c *change) eventOfCode(typed string) (Event, error) {
	events, err := c.Events()
	if err != nil {
		return Event{}, err
	}
	typed = strings.ReplaceAll(foldName(typed), "-", "")
	for _, e := range events {
		if e.Code == "" || fold(e.Code) != typed || !e.Cancelled.IsZero() {
			continue
		}
		if c.now.Before(e.Start.Add(-codeBefore)) || c.now.After(e.End.Add(codeAfter)) {
			return e, &Error{Code: CodeClosed, Key: "error.check_in_closed"}
		}
		return e, nil
	}
	return Event{}, &Error{Code: CodeNotFound, Field: "code", Key: "error.code_unknown"}
}
