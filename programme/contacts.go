package programme

import (
	"context"
	"slices"
	"time"
)

// Contacts are the ways off Slack to those whom news of an event concerns: who
// comes, waits, speaks or was asked, and guests (programme.md "Not everyone is on
// Slack").
type Contacts struct {
	Event Event
	Mail  []Attendee // not reachable on Slack, also those without an address
	Phone []Attendee // everyone, on Slack or not, also those without a number
	// Before is what was announced before the latest move of time or place, zero if
	// there was none.
	Before EventChange
}

// Contacts gathers addresses and numbers for the coordinator, by kana. Beside those
// whom a change concerns it has people of the audience whom no message can reach
// and who have not said no: the office wrote to them, or will.
func (o *Office) Contacts(ctx context.Context, who Actor, id EventID) (Contacts, error) {
	var out Contacts
	err := o.readAsOffice(ctx, who, func(tx Tx) error {
		e, err := tx.Event(id)
		if err != nil {
			return orMissing(err, "error.event_gone")
		}
		out.Event = e
		people, err := concerned(tx, e)
		if err != nil {
			return err
		}
		told := make(map[AttendeeID]bool, len(people))
		for _, p := range people {
			told[AttendeeID(p.ID)] = true
		}
		list, err := roll(tx, e)
		if err != nil {
			return err
		}
		for _, a := range list {
			guest := a.Person.ID == ""
			offSlack := guest || !a.Person.Reachable()
			invited := offSlack && !guest && a.Asked && a.Answer != No
			if !told[a.ID] && !invited && !(guest && a.Answer.Expected()) {
				continue
			}
			if offSlack {
				out.Mail = append(out.Mail, a)
			}
			out.Phone = append(out.Phone, a)
		}
		changes, err := tx.EventChanges(id)
		out.Before = movedFrom(e, changes, o.Settings.Zone)
		return err
	})
	return out, err
}

// movedFrom is what the event said before its latest move, zero if it never moved
// after it was approved: before that nobody knew of it.
func movedFrom(e Event, changes []EventChange, zone *time.Location) EventChange {
	for i, was := range slices.Backward(changes) {
		if !e.stands(e.Start).Moved(was) {
			continue
		}
		if i+1 < len(changes) && e.Approved != "" && DateOf(changes[i+1].At, zone) >= e.Approved {
			return was
		}
		break
	}
	return EventChange{}
}

// packUseful is how long somebody waits for a print pack.
const packUseful = 24 * time.Hour

// RequestPack has the print pack of an event sent to the coordinator who asks, once
// for each operation op.
func (o *Office) RequestPack(ctx context.Context, who Actor, id EventID, op string) error {
	return o.manage(ctx, who, func(c *change) error {
		if c.me.ID == "" { // the operator has no conversation to send it to
			return denied("error.denied")
		}
		if _, err := c.Event(id); err != nil {
			return orMissing(err, "error.event_gone")
		}
		err := c.notify(Notice{
			Kind: NoticeEventPack, Subject: string(id), To: ToPerson(c.me.ID),
			Occasion: op, UsefulUntil: c.now.Add(packUseful),
		})
		if err != nil {
			return err
		}
		return c.audit("event.pack", string(id))
	})
}
