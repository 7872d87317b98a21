package reminders

import (
	"context"
	"sync"
	"time"
)

// bell wakes one loop, and tells others when that loop has nothing left to do.
// Moments are of the programme's clock, which may stand still, tick or leap:
// whoever makes it leap rings.
type bell struct {
	mu      sync.Mutex
	rung    uint64
	heard   uint64
	resting bool          // the loop waits, and has done all that was rung for
	until   time.Time     // when it will go on by itself; zero for never
	changed chan struct{} // closed and made anew whenever something above changes
}

// ring wakes the loop, also when it is about to rest.
func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rung++
	b.tell()
}

func (b *bell) tell() {
	if b.changed != nil {
		close(b.changed)
	}
	b.changed = make(chan struct{})
}

// change is closed when the bell's state changes. b.mu is held.
func (b *bell) change() <-chan struct{} {
	if b.changed == nil {
		b.changed = make(chan struct{})
	}
	return b.changed
}

// hear begins a round of the loop: what was rung before it is dealt with in it.
func (b *bell) hear() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.heard, b.resting = b.rung, false
}

// longestNap bounds how late a loop notices that the machine slept: timers
// stand still meanwhile. Only the clock is looked at.
const longestNap = time.Minute

// rest ends a round: it returns when the bell rang since hear, when the clock
// reaches until (zero for never), or when ctx ends. busy says that the loop
// still waits for its own doing, so it is no rest to others.
func (b *bell) rest(ctx context.Context, now func() time.Time, until time.Time, busy bool) {
	for ctx.Err() == nil {
		b.mu.Lock()
		if b.rung != b.heard {
			b.mu.Unlock()
			return
		}
		b.resting, b.until = !busy, until
		b.tell()
		changed := b.change()
		b.mu.Unlock()

		nap := longestNap
		if !until.IsZero() {
			left := until.Sub(now())
			if left <= 0 {
				return
			}
			nap = min(nap, left)
		}
		timer := time.NewTimer(nap)
		select {
		case <-ctx.Done():
		case <-changed:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// quiet waits until the loop rests and nothing is due at the present moment.
func (b *bell) quiet(ctx context.Context, now func() time.Time) error {
	for {
		b.mu.Lock()
		still := b.resting && b.rung == b.heard && (b.until.IsZero() || b.until.After(now()))
		changed := b.change()
		b.mu.Unlock()
		if still {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		}
	}
}

// next is the moment until which the loop rests; ok is false if it does not
// rest, or has no moment in view.
func (b *bell) next() (at time.Time, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.until, b.resting && !b.until.IsZero()
}
