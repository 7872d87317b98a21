package reminders

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"tsugite/programme"
)

// Queue is the stored deliveries. Every moment is of the programme's clock.
type Queue interface {
	// Claim takes up to n deliveries that are due at now, one per recipient at
	// most, and lends them to owner for the lease. One that was claimed before
	// and never settled comes back unsure.
	Claim(ctx context.Context, owner string, now time.Time, lease time.Duration, n int) ([]programme.Delivery, error)
	// Settle records outcomes in one transaction. accepted says for each whether
	// the claim still held.
	Settle(ctx context.Context, outcomes []programme.Outcome) (accepted []bool, err error)
	// NoteFile keeps what Slack calls the file of a claimed delivery, if the claim
	// still holds.
	NoteFile(ctx context.Context, d programme.Delivery, fileID string) (accepted bool, err error)
	// NextAt is the earliest moment at which Claim may find something; there is
	// none while a person holds everything.
	NextAt(ctx context.Context) (time.Time, bool, error)
	// Orphans lets what an earlier process left in its hands become due at the
	// moment, and says how many there are.
	Orphans(ctx context.Context, at time.Time) (int, error)
}

// Post draws messages and takes them to Slack. Errors of all but Draw are
// programme.SendErrors; of any other the Courier assumes the worst.
type Post interface {
	// Draw makes the letter from today's facts.
	Draw(ctx context.Context, d programme.Delivery) (programme.Letter, error)
	// Open resolves the channel, and opens the direct message if there is none.
	Open(ctx context.Context, d programme.Delivery) (channelID string, err error)
	// Reserve asks for a place for the letter's file, and Upload brings the
	// content there. Nobody sees anything yet.
	Reserve(ctx context.Context, l programme.Letter) (programme.Upload, error)
	Upload(ctx context.Context, u programme.Upload, l programme.Letter) error
	// Send posts the letter with d.ID as the key in its metadata, or updates the
	// message that stands, or shares the file d.FileID that was uploaded. It tries
	// once.
	Send(ctx context.Context, d programme.Delivery, l programme.Letter) (programme.Receipt, error)
	// Delete removes the message that stands. It tries once, and one that is gone already
	// is no error: after it nothing stands.
	Delete(ctx context.Context, d programme.Delivery) error
	// Find looks for d.ID in the channel's history from FirstTryAt minus a minute,
	// and for a file at where it was shared. The receipt of a file that was not
	// names it if it is there, waiting to be shared.
	Find(ctx context.Context, d programme.Delivery) (programme.Receipt, bool, error)
}

// Courier takes deliveries to Slack, each one once: design.md section 3. Its
// exported fields are set before anything else; those that are zero take the
// values for Slack itself.
type Courier struct {
	Queue Queue
	Post  Post
	Now   func() time.Time // the programme's clock
	Owner string           // of this process; no other process has had it
	// Workers is how many messages are in hand at once, from claim to settlement.
	Workers int
	// Lease is how long a claim holds, Timeout how long one call to Slack may
	// take on wall time, Settle how long Slack may still take in a request whose
	// answer was lost. Looking for it earlier finds nothing, and then sends a
	// second message. Lease must be longer than the other two together.
	Lease, Timeout, Settle time.Duration
	// MaxAttempts is after how many a person is asked, Backoff how long to wait
	// after so many.
	MaxAttempts int
	Backoff     func(attempts int) time.Duration
	// Asleep, if not nil, says that a notice must not go out now. It waits until the
	// moment; without one it is cancelled, and planned again when its time comes.
	Asleep func(n programme.Notice, now time.Time) (until time.Time, asleep bool)
	// Withdrawn, if not nil, is told of every notice that was cancelled.
	Withdrawn func(programme.Notice)
	Log       *slog.Logger

	policy policy
	bell   bell
	pace   pace
	// turn is held by whoever talks to the queue about claims: Claim and Settle
	// take turns, each together with the change to flying that belongs to it.
	turn     sync.Mutex
	mu       sync.Mutex
	flying   map[string]programme.Delivery // from claim to settlement: the latest claim, by delivery id
	asking   map[string]bool               // of those, which have yet to ask whether they may leave
	outcomes chan programme.Outcome
}

// Wake tells the Courier that there is something new: a notice, the end of a
// hold, a leap of the clock.
func (c *Courier) Wake() { c.bell.ring() }

// Quiet waits until nothing is under way and nothing may go out at the present
// moment of the clock.
func (c *Courier) Quiet(ctx context.Context) error { return c.bell.quiet(ctx, c.Now) }

// NextAt is the moment at which the Courier will go on by itself; ok is false
// while it is at work, or when nothing is left. It is what a clock that leaps
// leaps to.
func (c *Courier) NextAt() (at time.Time, ok bool) { return c.bell.next() }

// pauseAfterFault is how long the Courier waits, on wall time, when the queue
// itself fails.
const pauseAfterFault = time.Second

// Run delivers until ctx ends, and then finishes what is in hand: at most one
// call to Slack and one settlement more. It returns an error only if it cannot
// begin.
func (c *Courier) Run(ctx context.Context) error {
	if err := c.prepare(); err != nil {
		return err
	}
	n, err := c.Queue.Orphans(ctx, c.Now().Add(c.policy.settle))
	if err != nil {
		return fmt.Errorf("reminders: taking over deliveries: %w", err)
	}
	if n > 0 {
		c.Log.Info("deliveries left by an earlier run will be looked up", "count", n)
	}
	var workers, settler sync.WaitGroup
	settler.Go(func() { c.settleAll(ctx) })
	for ctx.Err() == nil {
		c.bell.hear()
		// Asked before the queue is: what is settled meanwhile rings.
		busy := c.inHand() > 0
		until, err := c.round(ctx, &workers)
		if err != nil && ctx.Err() == nil {
			c.Log.Error("the queue of deliveries fails", "error", err)
			pause(ctx, pauseAfterFault)
			continue
		}
		c.bell.rest(ctx, c.Now, until, busy)
	}
	workers.Wait()
	close(c.outcomes)
	settler.Wait()
	return nil
}

// prepare checks the fields, and fills in what is usual.
func (c *Courier) prepare() error {
	workers := cmp.Or(c.Workers, usualWorkers)
	c.policy = policy{
		lease: cmp.Or(c.Lease, usualLease), timeout: cmp.Or(c.Timeout, usualTimeout), settle: cmp.Or(c.Settle, usualSettle),
		maxAttempts: cmp.Or(c.MaxAttempts, usualMaxAttempts), backoff: c.Backoff,
	}
	if c.policy.backoff == nil {
		c.policy.backoff = doubling
	}
	if c.Owner == "" || workers < 1 {
		return errors.New("reminders: a courier needs an owner and workers")
	}
	c.Workers, c.outcomes = workers, make(chan programme.Outcome, workers)
	c.flying, c.asking = make(map[string]programme.Delivery), make(map[string]bool)
	return c.policy.check()
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// inHand is how many deliveries are between claim and settlement.
func (c *Courier) inHand() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.flying)
}

// room is how many may be claimed at now; if none, at says when, and the zero
// time that a settlement will ring.
func (c *Courier) room(now time.Time) (n int, at time.Time) {
	c.mu.Lock()
	free, asking := c.Workers-len(c.flying), len(c.asking)
	c.mu.Unlock()
	if free <= 0 {
		return 0, time.Time{}
	}
	return c.pace.room(now, free, asking)
}

// round claims and starts as much as workers, pace and queue allow, and answers
// when there may be more; the zero time is never. A settlement rings when it is
// done, so it need not be foreseen.
func (c *Courier) round(ctx context.Context, workers *sync.WaitGroup) (time.Time, error) {
	due, ok, err := c.Queue.NextAt(ctx)
	now := c.Now()
	if !ok || err != nil || due.After(now) {
		return due, err
	}
	n, at := c.room(now)
	if n == 0 {
		return at, nil
	}
	claimed, err := c.claim(ctx, workers, now, n)
	if err != nil {
		return time.Time{}, err
	}
	switch {
	case claimed > 0:
		c.bell.ring() // there may be more
		return time.Time{}, nil
	case c.inHand() > 0:
		return time.Time{}, nil // what is due waits for what is under way
	}
	// Due but not to be had: another process has it, or had.
	return now.Add(c.policy.settle), nil
}

// claim takes up to n deliveries and gives each to a worker. The end of ctx does not
// cut it short: what the queue has given out would be in nobody's hand.
func (c *Courier) claim(ctx context.Context, workers *sync.WaitGroup, now time.Time, n int) (int, error) {
	c.turn.Lock()
	defer c.turn.Unlock()
	claimed, err := c.Queue.Claim(context.WithoutCancel(ctx), c.Owner, now, c.policy.lease, n)
	for _, d := range claimed {
		if c.takeOff(d) {
			workers.Go(func() { c.outcomes <- c.deliver(ctx, d, now) })
		}
	}
	return len(claimed), err
}

// takeOff notes the claim. It is false for a delivery that is under way here
// already: the clock leapt over its lease, and what is under way goes on under
// the new claim.
func (c *Courier) takeOff(d programme.Delivery) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, flying := c.flying[d.ID]
	c.flying[d.ID] = d
	if !flying {
		c.asking[d.ID] = true
	}
	return !flying
}
