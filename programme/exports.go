package programme

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// export checks that the actor may take data out, writes it down, and then reads in
// a snapshot: a long list does not hold the writer up.
func (o *Office) export(ctx context.Context, who Actor, action string, f func(Tx) error) error {
	err := o.manage(ctx, who, func(c *change) error { return c.audit(action, "") })
	if err != nil {
		return err
	}
	return o.read(ctx, f)
}

// ExportAttendance lists every event by start, with everyone who was asked, answered,
// spoke or was there.
func (o *Office) ExportAttendance(ctx context.Context, who Actor) ([]EventPage, error) {
	var pages []EventPage
	err := o.export(ctx, who, "attendance.export", func(tx Tx) error {
		events, err := tx.Events()
		if err != nil {
			return err
		}
		for _, e := range events {
			page, err := eventPage(tx, e)
			if err != nil {
				return err
			}
			pages = append(pages, page)
		}
		return nil
	})
	return pages, err
}

// ExportDeliveries lists everything that was or will be sent, by the moment it was
// due. Nobody keeps what the messages said.
func (o *Office) ExportDeliveries(ctx context.Context, who Actor) ([]UnsettledLine, error) {
	var lines []UnsettledLine
	err := o.export(ctx, who, "deliveries.export", func(tx Tx) error {
		for _, state := range DeliveryStates {
			ds, err := tx.Deliveries(state, math.MaxInt32)
			if err != nil {
				return err
			}
			part, err := addressed(tx, ds)
			if err != nil {
				return err
			}
			lines = append(lines, part...)
		}
		return nil
	})
	slices.SortFunc(lines, func(a, b UnsettledLine) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Delivery.ID, b.Delivery.ID))
	})
	return lines, err
}
