package rehearsal

import (
	"context"
	"sync"
	"time"
)

// traffic knows whether anything is on the wire: calls being answered and payloads
// not yet acknowledged. An act waits for it to become quiet.
type traffic struct {
	mu     sync.Mutex
	active int
	last   time.Time
}

// begin counts something in; the result counts it out.
func (t *traffic) begin() (end func()) {
	t.mu.Lock()
	t.active++
	t.mu.Unlock()
	return func() {
		t.mu.Lock()
		t.active--
		t.last = time.Now()
		t.mu.Unlock()
	}
}

func (t *traffic) touch() {
	t.mu.Lock()
	t.last = time.Now()
	t.mu.Unlock()
}

// calm is how long nothing has been going on; negative while something is.
func (t *traffic) calm() time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.active > 0 {
		return -1
	}
	return time.Since(t.last)
}

// quiet waits until nothing has been going on for a while, or says that the
// context ended first.
func (t *traffic) quiet(ctx context.Context, while time.Duration) bool {
	for {
		calm := t.calm()
		if calm >= while {
			return true
		}
		wait := 5 * time.Millisecond
		if calm >= 0 {
			wait = while - calm
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return false
		case <-timer.C:
		}
	}
}
