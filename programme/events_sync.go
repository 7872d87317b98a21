package programme

import (
	"context"
	"errors"
	"reflect"
)

// SyncEvents brings the configuration's events in: new ids are added, others
// updated unless somebody changed them in the program since. Who knew another
// time or place is told as if the coordinator had changed it.
func (o *Office) SyncEvents(ctx context.Context, events []Event) error {
	return o.write(ctx, System, func(c *change) error {
		for _, e := range events {
			if e.Host == "" {
				e.Host = ByBureau
			}
			old, err := c.Event(e.ID)
			switch {
			case errors.Is(err, ErrNoRow):
				_, err = c.addEvent(c.approvedByHost(e), "event.sync")
			case err != nil || old.Touched:
			default:
				if e = c.approvedByHost(e.keeping(old)); !sameEvent(old, e) {
					_, err = c.changeEvent(old, e, "event.sync")
				}
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// keeping is the configuration's event with what only the program knows of it.
func (e Event) keeping(old Event) Event {
	e.Submitted, e.Returned, e.Code = old.Submitted, old.Returned, old.Code
	e.Cancelled, e.CancelReason = old.Cancelled, old.CancelReason
	e.Seq, e.Version = old.Seq, old.Version
	if e.Host == ByOffice && e.Approved == "" {
		e.Approved = old.Approved // what the office hosts itself it approves by entering it
	}
	return e
}

// sameEvent compares what a configuration says; the same moment in another zone
// is the same.
func sameEvent(a, b Event) bool {
	a.Start, a.End, a.Deadline, a.Cancelled, a.Submitted = a.Start.UTC(), a.End.UTC(), a.Deadline.UTC(), a.Cancelled.UTC(), a.Submitted.UTC()
	b.Start, b.End, b.Deadline, b.Cancelled, b.Submitted = b.Start.UTC(), b.End.UTC(), b.Deadline.UTC(), b.Cancelled.UTC(), b.Submitted.UTC()
	return reflect.DeepEqual(a, b)
}
