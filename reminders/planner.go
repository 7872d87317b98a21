package reminders

import (
	"cmp"
	"context"
	"log/slog"
	"sync"
	"time"

	"tsugite/programme"
)

// Planner asks Plan whenever facts change or a moment of the plan comes, and
// enqueues what is new. Its exported fields are set before anything else.
type Planner struct {
	Facts   func(context.Context) (Facts, error)
	Enqueue func(context.Context, []programme.Notice) error
	// TellWaiting, if not nil, is called before every plan: it tells people what they
	// wait for and no plan knows of. While anybody waits it is called once an hour at
	// least, since time itself may bring it about.
	TellWaiting func(context.Context) (waiting bool, err error)
	Now         func() time.Time // the programme's clock
	// Since is when anything was planned last, before this process. What lost its
	// use before is history: nobody wants it recorded as lapsed. What lost its
	// use after it was missed, and is.
	Since time.Time
	// Pause is how long, on wall time, further changes are gathered after a plan
	// was made; the first change after a rest is planned for at once. Zero is a
	// fifth of a second.
	Pause time.Duration
	Log   *slog.Logger

	bell bell
	mu   sync.Mutex
	// listed is what the latest plan had, so that thousands of notices are not
	// enqueued again for one answer.
	listed map[listing]bool
	// again are notices that were cancelled on their way, since the facts last
	// changed. Each is enqueued once more if it is still in the plan.
	again map[listing]bool
}

// listing is what makes a notice unique.
type listing struct {
	kind     programme.NoticeKind
	subject  string
	to       programme.Recipient
	occasion string
}

func listingOf(n programme.Notice) listing { return listing{n.Kind, n.Subject, n.To, n.Occasion} }

// Wake tells the Planner that facts changed or that the clock leapt.
func (p *Planner) Wake() {
	p.mu.Lock()
	p.again = nil
	p.mu.Unlock()
	p.bell.ring()
}

// Withdrawn is for Courier.Withdrawn. A notice that was cancelled because of
// facts that are the other way round by now is enqueued anew, and one that came
// in the quiet hours is when they are over; but not time and again, should the
// plan and the message's rules ever disagree.
func (p *Planner) Withdrawn(n programme.Notice) {
	p.mu.Lock()
	l := listingOf(n)
	known := p.again[l]
	if !known {
		if p.again == nil {
			p.again = make(map[listing]bool)
		}
		p.again[l] = true
		delete(p.listed, l)
	}
	p.mu.Unlock()
	if !known {
		p.bell.ring()
	}
}

// Quiet waits until all that is due at the present moment of the clock has been
// enqueued.
func (p *Planner) Quiet(ctx context.Context) error { return p.bell.quiet(ctx, p.Now) }

// NextAt is the moment at which the Planner will go on by itself; ok is false
// while it is at work, or when nothing more is planned.
func (p *Planner) NextAt() (at time.Time, ok bool) { return p.bell.next() }

// Run plans until ctx ends.
func (p *Planner) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		p.bell.hear()
		until, err := p.round(ctx)
		if err != nil {
			if ctx.Err() == nil {
				p.Log.Error("reminders cannot be planned", "error", err)
			}
			pause(ctx, pauseAfterFault)
			continue
		}
		gathered := time.After(cmp.Or(p.Pause, usualPause))
		p.bell.rest(ctx, p.Now, until, false)
		select {
		case <-gathered:
		case <-ctx.Done():
		}
	}
	return nil
}

const usualPause = 200 * time.Millisecond

// round enqueues what is new and answers when there will be more; the zero time
// is never. In the quiet hours it enqueues nothing: what is due then is late,
// and waits for the morning.
func (p *Planner) round(ctx context.Context) (until time.Time, err error) {
	waiting := p.tellWaiting(ctx)
	facts, err := p.Facts(ctx)
	if err != nil {
		return until, err
	}
	now := p.Now()
	if _, end, quiet := facts.Rules.Quiet.around(now, facts.Zone); quiet {
		return end, nil
	}
	facts.Since = p.Since
	if fresh := p.fresh(Plan(now, facts)); len(fresh) > 0 {
		if err := p.Enqueue(ctx, fresh); err != nil {
			p.forget()
			return until, err
		}
	}
	p.Since = now
	until, some := Next(now, facts)
	if hour := now.Add(time.Hour); waiting && (!some || until.After(hour)) {
		until = hour
	}
	return until, nil
}

// tellWaiting says whether anybody waits. If they cannot be told now that is tried again
// within the hour; reminders are planned all the same.
func (p *Planner) tellWaiting(ctx context.Context) bool {
	if p.TellWaiting == nil {
		return false
	}
	waiting, err := p.TellWaiting(ctx)
	if err != nil && ctx.Err() == nil {
		p.Log.Error("those who wait cannot be told", "error", err)
	}
	return waiting || err != nil
}

// fresh is what the latest plan did not have; from then on this is the latest.
func (p *Planner) fresh(plan []programme.Notice) []programme.Notice {
	p.mu.Lock()
	defer p.mu.Unlock()
	listed := make(map[listing]bool, len(plan))
	var fresh []programme.Notice
	for _, n := range plan {
		l := listingOf(n)
		listed[l] = true
		if !p.listed[l] {
			fresh = append(fresh, n)
		}
	}
	p.listed = listed
	return fresh
}

// forget makes the next plan be enqueued in full.
func (p *Planner) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.listed = nil
}
