package programme

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// BusyFault is why an expert's own calendar could not be read, or not wholly: a word for
// the office, which never tells an address or what is in the calendar. The strings are
// stored.
type BusyFault string

const (
	BusyUnreachable BusyFault = "unreachable" // no answer in time, or no such file
	BusyRefused     BusyFault = "refused"     // the server did not give it out
	BusyForbidden   BusyFault = "forbidden"   // the address leads where nothing is read from
	BusyTooLarge    BusyFault = "too_large"   // more than is read of one calendar
	BusyNoCalendar  BusyFault = "no_calendar" // what came is no whole calendar
	BusyPartly      BusyFault = "partly"      // it was read, but some entries say nothing that can be understood
)

// MostBusy is how many stretches are kept of one person.
const MostBusy = 5000

// everBusy is all the time that busy calendars may speak of.
var everBusy = Span{From: time.Unix(0, 0), Until: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)}

// BusyPerson finds whose calendar it is by their address: the one active expert who has
// it. CodeNotFound says that there is none, or more than one.
func (o *Office) BusyPerson(ctx context.Context, who Actor, email string) (PersonID, error) {
	if err := onlySystem(who); err != nil {
		return "", err
	}
	var found []Person
	err := o.read(ctx, func(tx Tx) (err error) {
		found, err = tx.PeopleByEmail(email)
		return err
	})
	found = slices.DeleteFunc(found, func(p Person) bool { return !p.Active() || !p.expert() })
	if err == nil && len(found) != 1 {
		err = missing("error.not_in_roster")
	}
	if err != nil {
		return "", err
	}
	return found[0].ID, nil
}

// KeepBusy puts what a person's calendars say is taken in place of what they said before.
// Nothing about what it is taken for is kept. Only the program itself reads calendars.
func (o *Office) KeepBusy(ctx context.Context, who Actor, p PersonID, spans []Span) error {
	if err := onlySystem(who); err != nil {
		return err
	}
	if len(spans) > MostBusy {
		return fmt.Errorf("programme: %d stretches of busy time, %d at most", len(spans), MostBusy)
	}
	for _, s := range spans {
		if !s.From.Before(s.Until) || s.From.Before(everBusy.From) || s.Until.After(everBusy.Until) {
			return fmt.Errorf("programme: busy time from %v to %v", s.From, s.Until)
		}
	}
	return o.write(ctx, who, func(c *change) error {
		before, err := c.Busy(p, everBusy)
		if err != nil {
			return err
		}
		if !slices.EqualFunc(before, spans, Span.Same) {
			if err := c.SetBusy(p, spans); err != nil {
				return err
			}
			c.factsChanged() // somebody may wait for an hour that is free now
		}
		return c.SaveBusyReading(BusyReading{Person: p, Read: c.now})
	})
}

// BusyFailed notes that a person's calendars could not be read. What they said when they
// were last read stands.
func (o *Office) BusyFailed(ctx context.Context, who Actor, p PersonID, fault BusyFault) error {
	if err := onlySystem(who); err != nil {
		return err
	}
	return o.write(ctx, who, func(c *change) error {
		readings, err := c.BusyReadings()
		if err != nil {
			return err
		}
		b := BusyReading{Person: p}
		if i := slices.IndexFunc(readings, func(r BusyReading) bool { return r.Person == p }); i >= 0 {
			b = readings[i]
		}
		if b.Failed.IsZero() || b.Fault != string(fault) {
			b.Failed = c.now // since when, not when last
		}
		b.Fault = string(fault)
		return c.SaveBusyReading(b)
	})
}

// ForgetBusy removes what is kept of everyone but those whose calendars are still read.
func (o *Office) ForgetBusy(ctx context.Context, who Actor, read []PersonID) error {
	if err := onlySystem(who); err != nil {
		return err
	}
	var stale []PersonID
	err := o.read(ctx, func(tx Tx) error {
		readings, err := tx.BusyReadings()
		for _, r := range readings {
			if !slices.Contains(read, r.Person) {
				stale = append(stale, r.Person)
			}
		}
		return err
	})
	if err != nil || len(stale) == 0 {
		return err
	}
	return o.write(ctx, who, func(c *change) error {
		for _, p := range stale {
			if err := c.RemoveBusy(p); err != nil {
				return err
			}
		}
		c.factsChanged()
		return nil
	})
}

func onlySystem(who Actor) error {
	if who.Kind != BySystem {
		return denied("error.denied")
	}
	return nil
}
