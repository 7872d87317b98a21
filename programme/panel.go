package programme

import (
	"context"
	"time"
)

// Why nothing goes out. The strings are stored.
const (
	HeldByPerson = "person"   // a coordinator said so
	HeldRestored = "restored" // the database is an older copy: it does not know what was sent since
	HeldClock    = "clock"    // the clock is more than a day behind what was written last
)

// HoldTx keeps the switch that stops every delivery (design.md section 3).
type HoldTx interface {
	// Held says whether deliveries are on hold, and why.
	Held() (held bool, why string, err error)
	// SetHold puts them on hold, for a reason, or with "" lets them go.
	SetHold(why string) error
	// LateDeliveries counts what arrived, or still waits at now, later than
	// LateAfter, and lists limit of it at most: first what waits.
	LateDeliveries(now time.Time, limit int) ([]Delivery, int, error)
}

// LateAfter is how long after its moment a message counts as late. Pacing and a
// restart stay below it. The index that finds late ones knows it too.
const LateAfter = 15 * time.Minute

// panelLines is how many deliveries of each sort the panel lists.
const panelLines = 5

// Panel is how the deliveries stand, for the coordinator.
type Panel struct {
	Held    bool
	HeldWhy string
	Due     int // waits to go out, or is on its way
	Sent    int
	Late    int // sent, or still waiting, more than a quarter of an hour after its moment
	Lapsed  int // too late to be of use: did not go out
	Refused int
	Unknown int

	// The newest of each, for links and for what to do about them.
	RefusedLines, LapsedLines, LateLines, UnknownLines []UnsettledLine
}

// Panel says how the deliveries stand.
func (o *Office) Panel(ctx context.Context, who Actor) (Panel, error) {
	var p Panel
	err := o.readAsOffice(ctx, who, func(tx Tx) (err error) {
		p, err = panel(tx, o.Now())
		return err
	})
	return p, err
}

func panel(tx Tx, now time.Time) (Panel, error) {
	var p Panel
	var err error
	if p.Held, p.HeldWhy, err = tx.Held(); err != nil {
		return p, err
	}
	counts, err := tx.DeliveryCounts()
	if err != nil {
		return p, err
	}
	p.Due, p.Sent = counts[Pending]+counts[Sending], counts[Sent]
	p.Lapsed, p.Refused, p.Unknown = counts[Lapsed], counts[Refused], counts[Unknown]
	for _, part := range []struct {
		state DeliveryState
		lines *[]UnsettledLine
	}{{Refused, &p.RefusedLines}, {Lapsed, &p.LapsedLines}, {Unknown, &p.UnknownLines}} {
		found, err := tx.Deliveries(part.state, panelLines)
		if err != nil {
			return p, err
		}
		if *part.lines, err = addressed(tx, found); err != nil {
			return p, err
		}
	}
	late, n, err := tx.LateDeliveries(now, panelLines)
	if err != nil {
		return p, err
	}
	p.Late = n
	p.LateLines, err = addressed(tx, late)
	return p, err
}

// addressed finds to whom deliveries went.
func addressed(tx Tx, ds []Delivery) ([]UnsettledLine, error) {
	var lines []UnsettledLine
	for _, d := range ds {
		line := UnsettledLine{Delivery: d}
		if id := d.To.Person(); id != "" {
			var err error
			if line.Person, err = tx.Person(id); err != nil {
				return nil, err
			}
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// DeliveriesHeld says whether nothing goes out, messages drawn again included.
// That is no secret: whoever presses a button has to know why nothing moves.
func (o *Office) DeliveriesHeld(ctx context.Context) (bool, error) {
	held := false
	err := o.read(ctx, func(tx Tx) (err error) {
		held, _, err = tx.Held()
		return err
	})
	return held, err
}

// HoldDeliveries stops everything that would go out, or says go.
func (o *Office) HoldDeliveries(ctx context.Context, who Actor, on bool) error {
	return o.manage(ctx, who, func(c *change) error {
		held, _, err := c.Held()
		if err != nil || held == on {
			return err
		}
		why, action := "", "deliveries.go"
		if on {
			why, action = HeldByPerson, "deliveries.hold"
		}
		if err := c.SetHold(why); err != nil {
			return err
		}
		c.notices = true // the Courier looks again
		return c.audit(action, "")
	})
}
