package reminders

import (
	"context"
	"errors"
	"time"

	"tsugite/programme"
)

// A file goes to Slack in three calls: a place is reserved, the content is brought
// there, the file is shared. Only the last can be seen by anybody, so only its
// answer matters: what is lost before is begun anew. Files carry no metadata to be
// found by (slack.md Sending), so the file's id is kept before it is shared, and an
// attempt of which nobody knows is looked up by that.

// upload does all but the sharing, in the time of one call. ok is false if the
// file must not be shared now.
func (c *Courier) upload(ctx context.Context, d *programme.Delivery, l programme.Letter, claimed time.Time) (o programme.Outcome, ok bool) {
	err := c.call(ctx, func(ctx context.Context) error { return c.bring(ctx, d, l) })
	now := c.Now()
	switch {
	case err != nil:
		return c.failed(*d, unshared(err), now), false
	case c.stale(claimed, now):
		return c.policy.handBack(*d, now), false
	}
	return o, true
}

func (c *Courier) bring(ctx context.Context, d *programme.Delivery, l programme.Letter) error {
	if err := c.open(ctx, d); err != nil {
		return err
	}
	u, err := c.Post.Reserve(ctx, l)
	if err != nil {
		return err
	}
	accepted, err := c.Queue.NoteFile(ctx, c.latest(*d), u.FileID)
	if err != nil {
		return err
	}
	if !accepted {
		return &programme.SendError{Verdict: programme.SendRetry, Code: codeClaimOver}
	}
	d.FileID = u.FileID
	return c.Post.Upload(ctx, u, l)
}

// latest is the delivery under the claim by which we hold it now.
func (c *Courier) latest(d programme.Delivery) programme.Delivery {
	c.mu.Lock()
	defer c.mu.Unlock()
	claim := c.flying[d.ID]
	d.Owner, d.Attempts, d.NextAt = claim.Owner, claim.Attempts, claim.NextAt
	return d
}

// unshared is the error of a step that nobody can see: whether Slack did it or
// not, it may be done again.
func unshared(err error) error {
	var e *programme.SendError
	if !errors.As(err, &e) {
		return &programme.SendError{Verdict: programme.SendRetry, Code: codeUnclear}
	}
	if e.Verdict == programme.SendLost {
		return &programme.SendError{Verdict: programme.SendRetry, Code: e.Code}
	}
	return err
}
