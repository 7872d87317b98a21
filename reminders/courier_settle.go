package reminders

import (
	"context"
	"time"

	"tsugite/programme"
)

// company is how long, on wall time, an outcome waits for others to be recorded
// with. A commit costs the same for one and for sixteen.
const company = 5 * time.Millisecond

// settleAll records outcomes until there are no more, in groups that share the
// cost of the disk.
func (c *Courier) settleAll(ctx context.Context) {
	for first := range c.outcomes {
		batch := c.gather(first)
		for err := c.settle(ctx, batch); err != nil; err = c.settle(ctx, batch) {
			c.Log.Error("outcomes of deliveries cannot be recorded", "count", len(batch), "error", err)
			if ctx.Err() != nil {
				return // the next run looks them up
			}
			pause(ctx, pauseAfterFault)
		}
		c.bell.ring()
	}
}

// gather adds to the first outcome those that come soon after it. It waits for
// nobody when all that is in hand has come, as in an idle Courier, or when half
// of what can be in hand has: the other half keeps the line busy meanwhile.
func (c *Courier) gather(first programme.Outcome) []programme.Outcome {
	batch := []programme.Outcome{first}
	late := time.NewTimer(company)
	defer late.Stop()
	for len(batch) < min(c.inHand(), (c.Workers+1)/2) {
		select {
		case o, open := <-c.outcomes:
			if !open {
				return batch
			}
			batch = append(batch, o)
		case <-late.C:
			return batch
		}
	}
	return batch
}

// settle records a batch, each outcome under the latest claim on its row.
func (c *Courier) settle(ctx context.Context, batch []programme.Outcome) error {
	c.turn.Lock()
	defer c.turn.Unlock()
	c.mu.Lock()
	for i := range batch {
		d := &batch[i].Delivery
		claim := c.flying[d.ID]
		// What was drawn is still of the first claim: Rev stays.
		d.Owner, d.Attempts, d.NextAt = claim.Owner, claim.Attempts, claim.NextAt
	}
	c.mu.Unlock()
	write, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.policy.timeout)
	defer cancel()
	accepted, err := c.Queue.Settle(write, batch)
	if err != nil {
		return err
	}
	c.mu.Lock()
	for _, o := range batch {
		delete(c.flying, o.Delivery.ID)
		delete(c.asking, o.Delivery.ID)
	}
	c.mu.Unlock()
	for i, o := range batch {
		c.report(o, accepted[i])
	}
	return nil
}

func (c *Courier) report(o programme.Outcome, accepted bool) {
	d := o.Delivery
	switch {
	case !accepted:
		c.Log.Warn("an outcome came too late to be recorded", "delivery", d.ID, "state", o.State)
	case o.State == programme.Refused || o.State == programme.Unknown:
		c.Log.Warn("a message was not delivered", "delivery", d.ID, "kind", d.Kind, "state", o.State, "code", o.Error)
	case o.State == programme.Cancelled && c.Withdrawn != nil:
		c.Withdrawn(d.Notice)
	}
}
