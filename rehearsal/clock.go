package rehearsal

import (
	"container/heap"
	"errors"
	"fmt"
	"sync"
	"time"
)

// errBackwards says that a clock was asked to go back.
var errBackwards = errors.New("the clock only goes forward")

// maxYearsAhead is how far one move goes. Times far beyond any plan no longer fit
// the formats that timestamps are written in.
const maxYearsAhead = 10

// errTooFar says that a clock was asked to leap.
var errTooFar = fmt.Errorf("the clock moves %d years ahead at most", maxYearsAhead)

// clock is the workspace's time. It either ticks beside the wall clock at a
// distance, or stands still until it is moved. It never goes backwards.
type clock struct {
	mu      sync.Mutex
	frozen  bool
	at      time.Time     // now, when frozen
	offset  time.Duration // now minus wall time, when ticking
	seen    time.Time     // the latest time anybody was told
	stamped time.Time     // the latest message timestamp
	timers  timerHeap
	seq     uint64
	wake    chan struct{}

	running sync.Mutex // one runDue at a time, so timers fire in order
}

type clockTimer struct {
	due   time.Time
	seq   uint64
	run   func()
	index int
}

func newClock(start time.Time, frozen bool) *clock {
	c := &clock{frozen: frozen, wake: make(chan struct{}, 1)}
	if frozen {
		c.at = start
	} else if !start.IsZero() {
		c.offset = time.Until(start)
	}
	return c
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.nowLocked()
}

func (c *clock) nowLocked() time.Time {
	t := c.at
	if !c.frozen {
		t = time.Now().Add(c.offset).Round(0)
	}
	if t.Before(c.seen) {
		t = c.seen
	}
	c.seen = t
	return t.UTC()
}

// stamp is a time for a message: unique, strictly increasing, in microseconds.
func (c *clock) stamp() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.nowLocked().Truncate(time.Microsecond)
	if !t.After(c.stamped) {
		t = c.stamped.Add(time.Microsecond)
	}
	c.stamped = t
	return t
}

// stampedBefore tells the clock of timestamps given out by an earlier run.
func (c *clock) stampedBefore(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t.After(c.stamped) {
		c.stamped = t
	}
}

// after runs f once the clock reaches due. The function must not block.
func (c *clock) after(due time.Time, f func()) (cancel func()) {
	c.mu.Lock()
	c.seq++
	t := &clockTimer{due: due, seq: c.seq, run: f}
	heap.Push(&c.timers, t)
	c.mu.Unlock()
	c.poke()
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if t.index >= 0 && t.index < len(c.timers) && c.timers[t.index] == t {
			heap.Remove(&c.timers, t.index)
		}
	}
}

func (c *clock) poke() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// move takes the clock forward to a time, stopping at every timer on the way so
// that each sees the time it was set for.
func (c *clock) move(to time.Time) error {
	c.running.Lock()
	defer c.running.Unlock()
	c.mu.Lock()
	now := c.nowLocked()
	c.mu.Unlock()
	if to.Before(now) {
		return errBackwards
	}
	if to.After(now.AddDate(maxYearsAhead, 0, 0)) {
		return errTooFar
	}
	for {
		t := c.pop(to)
		if t == nil {
			break
		}
		c.set(t.due)
		t.run()
	}
	c.set(to)
	c.poke()
	return nil
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t.Before(c.nowLocked()) {
		return
	}
	c.at = t
	c.offset = time.Until(t)
	c.seen = t
}

// pop takes the first timer that is due by a time.
func (c *clock) pop(by time.Time) *clockTimer {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.timers) == 0 || c.timers[0].due.After(by) {
		return nil
	}
	return heap.Pop(&c.timers).(*clockTimer)
}

// run fires timers as time passes, until stop is closed.
func (c *clock) run(stop <-chan struct{}) {
	for {
		c.running.Lock()
		for {
			t := c.pop(c.now())
			if t == nil {
				break
			}
			t.run()
		}
		c.running.Unlock()
		var tick <-chan time.Time
		var timer *time.Timer
		if wait, ok := c.untilNext(); ok {
			timer = time.NewTimer(wait)
			tick = timer.C
		}
		select {
		case <-stop:
			return
		case <-c.wake:
		case <-tick:
		}
		if timer != nil {
			timer.Stop()
		}
	}
}

// untilNext is the wall time until the first timer, when the clock ticks.
func (c *clock) untilNext() (time.Duration, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.frozen || len(c.timers) == 0 {
		return 0, false
	}
	return max(c.timers[0].due.Sub(c.nowLocked()), time.Millisecond), true
}

type timerHeap []*clockTimer

func (h timerHeap) Len() int { return len(h) }
func (h timerHeap) Less(i, j int) bool {
	if h[i].due.Equal(h[j].due) {
		return h[i].seq < h[j].seq
	}
	return h[i].due.Before(h[j].due)
}
func (h timerHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}
func (h *timerHeap) Push(x any) {
	t := x.(*clockTimer)
	t.index = len(*h)
	*h = append(*h, t)
}
func (h *timerHeap) Pop() any {
	old := *h
	t := old[len(old)-1]
	*h = old[:len(old)-1]
	t.index = -1
	return t
}
