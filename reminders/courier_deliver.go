package reminders

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tsugite/programme"
)

// deliver is one attempt at one delivery, claimed at the moment claimed. It
// never fails: whatever happens is an outcome. ctx ends when the Courier should
// stop; a call that has begun is finished all the same.
func (c *Courier) deliver(ctx context.Context, d programme.Delivery, claimed time.Time) (o programme.Outcome) {
	sending := false
	defer func() {
		if r := recover(); r != nil {
			c.Log.Error("a delivery broke", "delivery", d.ID, "kind", d.Kind, "cause", fmt.Sprint(r))
			if sending {
				o = c.policy.lost(d, c.Now(), codeUnclear)
			} else {
				o = c.policy.again(d, c.Now(), codeUndrawn)
			}
		}
	}()
	if d.Op == programme.OpDelete {
		return c.remove(ctx, d, claimed)
	}
	if d.Unsure && d.Op == programme.OpPost {
		o, known := c.look(ctx, &d)
		if known {
			return o
		}
	} else {
		d.FileID = "" // of an earlier attempt, which was not shared
	}
	now := c.Now()
	if d.Op == programme.OpPost && !d.UsefulUntil.IsZero() && !now.Before(d.UsefulUntil) {
		return c.policy.over(d, programme.Lapsed, codeTooLate)
	}
	if until, asleep := c.asleep(d, now); asleep && until.IsZero() {
		return c.policy.over(d, programme.Cancelled, codeQuiet)
	} else if asleep {
		return c.policy.handBack(d, until)
	}
	letter, err := c.draw(ctx, d)
	switch {
	case err != nil:
		return c.policy.again(d, c.Now(), codeUndrawn)
	case letter.Withdrawn != "":
		return c.policy.over(d, programme.Cancelled, letter.Withdrawn)
	case letter.File != nil && d.Op == programme.OpUpdate:
		return c.policy.over(d, programme.Sent, "") // a file stands as it was sent
	}
	if at, ok := c.mayLeave(ctx, d, claimed); !ok {
		return c.policy.handBack(d, at)
	}
	if letter.File != nil && d.FileID == "" {
		if o, ok := c.upload(ctx, &d, letter, claimed); !ok {
			return o
		}
	}
	sending = true
	return c.send(ctx, d, letter)
}

// remove takes back a message that was recalled. One of which nobody knows whether it
// arrived is looked for first, and one that certainly did not needs nothing more.
func (c *Courier) remove(ctx context.Context, d programme.Delivery, claimed time.Time) programme.Outcome {
	if d.Unsure && d.SlackTS == "" {
		o, known := c.look(ctx, &d)
		if known && o.State != programme.Sent {
			return o
		}
		if known { // it stands: there
			d.SlackID, d.SlackTS, d.Unsure = o.SlackID, o.SlackTS, false
		}
	}
	if d.SlackTS == "" && (d.FileID == "" || !d.Kind.IsFile()) {
		return c.policy.over(d, programme.Cancelled, d.LastError)
	}
	if at, ok := c.mayLeave(ctx, d, claimed); !ok {
		return c.policy.handBack(d, at)
	}
	if err := c.call(ctx, func(ctx context.Context) error { return c.Post.Delete(ctx, d) }); err != nil {
		return c.failed(d, err, c.Now())
	}
	return c.policy.over(d, programme.Deleted, "")
}

// asleep is Asleep for a message that does not stand yet.
func (c *Courier) asleep(d programme.Delivery, now time.Time) (until time.Time, asleep bool) {
	if d.Op != programme.OpPost || c.Asleep == nil {
		return time.Time{}, false
	}
	return c.Asleep(d.Notice, now)
}

// look finds out about an earlier attempt whose answer was lost. known is false
// when the message certainly does not stand and may be sent again; then d is
// sure, and has its channel.
func (c *Courier) look(ctx context.Context, d *programme.Delivery) (o programme.Outcome, known bool) {
	if d.Kind.IsFile() && d.FileID == "" {
		d.Unsure = false // it ended before there was a file to share
		return programme.Outcome{}, false
	}
	if err := c.call(ctx, func(ctx context.Context) error { return c.open(ctx, d) }); err != nil {
		return c.policy.lookFailed(*d, err, c.Now()), true
	}
	var receipt programme.Receipt
	var found bool
	err := c.call(ctx, func(ctx context.Context) (err error) {
		receipt, found, err = c.Post.Find(ctx, *d)
		return err
	})
	switch {
	case err != nil:
		return c.policy.lookFailed(*d, err, c.Now()), true
	case found:
		d.Rev = 0 // what stands may have been drawn before the facts changed first
		return c.policy.arrived(*d, receipt), true
	case d.Op == programme.OpPost && d.Attempts > c.policy.maxAttempts:
		return c.policy.giveUp(*d, codeGaveUp), true
	}
	d.Unsure, d.FileID = false, receipt.FileID
	return programme.Outcome{}, false
}

// open finds out the channel of a delivery that has none yet.
func (c *Courier) open(ctx context.Context, d *programme.Delivery) (err error) {
	if d.SlackID != "" {
		return nil
	}
	if d.SlackID, err = c.Post.Open(ctx, *d); err == nil && d.SlackID == "" {
		return &programme.SendError{Verdict: programme.SendRefused, Code: codeUnopened}
	}
	return err
}

func (c *Courier) draw(ctx context.Context, d programme.Delivery) (l programme.Letter, err error) {
	err = c.call(ctx, func(ctx context.Context) (err error) {
		l, err = c.Post.Draw(ctx, d)
		return err
	})
	if err != nil {
		c.Log.Error("a message cannot be drawn", "delivery", d.ID, "kind", d.Kind, "error", err)
	}
	return l, err
}

// mayLeave is asked right before sending: not when the Courier stops, not when
// so much of the lease is gone (the process was frozen, the clock leapt) that
// somebody else may hold the row before this request is over, and not faster
// than Slack allows.
func (c *Courier) mayLeave(ctx context.Context, d programme.Delivery, claimed time.Time) (at time.Time, ok bool) {
	defer c.asked(d.ID)
	now := c.Now()
	if ctx.Err() != nil || c.stale(claimed, now) {
		return now, false
	}
	if d.Op != programme.OpPost {
		return c.pace.open(now)
	}
	return c.pace.admit(now, d.To)
}

// asked notes that the pace counts a delivery by itself from now on.
func (c *Courier) asked(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.asking, id)
}

// stale says that a claim is too old for its message to be sent at now.
func (c *Courier) stale(claimed, now time.Time) bool {
	return now.Sub(claimed) > c.policy.sendWithin()
}

func (c *Courier) send(ctx context.Context, d programme.Delivery, l programme.Letter) programme.Outcome {
	var receipt programme.Receipt
	err := c.call(ctx, func(ctx context.Context) (err error) {
		receipt, err = c.Post.Send(ctx, d, l)
		return err
	})
	now := c.Now()
	if err == nil {
		c.pace.sent(now, d.To)
		return c.policy.arrived(d, receipt)
	}
	return c.failed(d, err, now)
}

// failed decides what a call that failed means for the delivery, and learns the
// pace from it.
func (c *Courier) failed(d programme.Delivery, err error, now time.Time) programme.Outcome {
	o := c.policy.sendFailed(d, err, now)
	var e *programme.SendError
	if errors.As(err, &e) && e.Verdict == programme.SendLimited {
		o.NextAt = c.pace.limited(now, d.To, e.RetryAfter)
	}
	return o
}

// call runs one call to Post with its time-out, also while the Courier stops.
func (c *Courier) call(ctx context.Context, f func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.policy.timeout)
	defer cancel()
	return f(ctx)
}
