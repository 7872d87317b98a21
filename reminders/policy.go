package reminders

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"tsugite/programme"
)

// policy is what the Courier's decisions rest on. The fields are the Courier's.
type policy struct {
	lease, timeout, settle time.Duration
	maxAttempts            int
	backoff                func(attempts int) time.Duration
}

// What a Courier takes that is told nothing else (design.md section 3).
const (
	usualLease       = 60 * time.Second
	usualTimeout     = 15 * time.Second
	usualSettle      = 20 * time.Second
	usualMaxAttempts = 12
	usualWorkers     = 32
	firstBackoff     = time.Second
	longestBackoff   = 5 * time.Minute
)

// doubling waits a second, then twice that, and so on, five minutes at most.
func doubling(attempts int) time.Duration {
	d := firstBackoff
	for ; attempts > 1 && d < longestBackoff; attempts-- {
		d *= 2
	}
	return min(d, longestBackoff)
}

// check says whether the lengths fit each other.
func (p policy) check() error {
	if p.timeout <= 0 || p.settle <= 0 || p.sendWithin() <= 0 {
		return fmt.Errorf("reminders: lease %v must be longer than timeout %v and settle %v together", p.lease, p.timeout, p.settle)
	}
	return nil
}

// sendWithin is how old a claim may be when its message is sent: with the
// request's time-out and the settle after it, the lease is still ours.
func (p policy) sendWithin() time.Duration { return p.lease - p.timeout - p.settle }

// The Courier's own words for last_error.
const (
	codeGaveUp    = "gave_up"    // tried often, and it does not stand in Slack
	codeUndrawn   = "undrawn"    // drawing it failed: a fault of ours
	codeUnopened  = "no_channel" // the conversation to look in is unknown
	codeUnclear   = "unclear"    // an error that says nothing about arrival
	codeTooLate   = "too_late"   // its use was over
	codeQuiet     = "quiet_hours"
	codeClaimOver = "claim_over" // the row was lent to somebody else meanwhile
)

// outcome is the delivery as it stands, to be filled in.
func outcome(d programme.Delivery, s programme.DeliveryState) programme.Outcome {
	return programme.Outcome{Delivery: d, State: s, Unsure: d.Unsure, SlackID: d.SlackID, SlackTS: d.SlackTS}
}

// arrived says that the message stands in Slack.
func (p policy) arrived(d programme.Delivery, r programme.Receipt) programme.Outcome {
	o := outcome(d, programme.Sent)
	o.Unsure, o.SlackID, o.SlackTS = false, cmp.Or(r.SlackID, d.SlackID), cmp.Or(r.SlackTS, d.SlackTS)
	return o
}

// over says that nothing is to be sent any more. A message that stands stays
// sent, whatever became of its update.
func (p policy) over(d programme.Delivery, s programme.DeliveryState, why string) programme.Outcome {
	if d.Op == programme.OpUpdate {
		s = programme.Sent
	}
	o := outcome(d, s)
	o.Unsure, o.Error = false, why
	return o
}

// handBack returns a delivery that was not tried, for later.
func (p policy) handBack(d programme.Delivery, at time.Time) programme.Outcome {
	o := outcome(d, programme.Pending)
	o.NextAt, o.GiveBack, o.Error = at, true, d.LastError
	return o
}

// limited hands back a delivery that a 429 refused, for when Slack says.
func (p policy) limited(d programme.Delivery, e *programme.SendError, now time.Time) programme.Outcome {
	o := p.handBack(d, now.Add(e.RetryAfter))
	o.Error = e.Code
	return o
}

// later tries again after the back-off.
func (p policy) later(d programme.Delivery, now time.Time, code string) programme.Outcome {
	o := outcome(d, programme.Pending)
	o.NextAt, o.Error = now.Add(p.backoff(d.Attempts)), code
	return o
}

// again tries later, or gives up for good when it was tried often enough.
func (p policy) again(d programme.Delivery, now time.Time, code string) programme.Outcome {
	if d.Attempts >= p.maxAttempts {
		return p.giveUp(d, code)
	}
	return p.later(d, now, code)
}

// giveUp ends it: refused when it certainly does not stand, else a person decides.
func (p policy) giveUp(d programme.Delivery, code string) programme.Outcome {
	if d.Unsure {
		return p.over(d, programme.Unknown, code)
	}
	return p.over(d, programme.Refused, code)
}

// sendFailed decides by the one question that matters: may it have arrived?
func (p policy) sendFailed(d programme.Delivery, err error, now time.Time) programme.Outcome {
	e := asSendError(err)
	switch e.Verdict {
	case programme.SendLimited:
		return p.limited(d, e, now)
	case programme.SendRefused:
		return p.over(d, programme.Refused, e.Code)
	case programme.SendNeverLeft:
		// Without a connection nothing is known about this one message: it waits
		// as long as it is of use.
		return p.later(d, now, e.Code)
	case programme.SendRetry:
		return p.again(d, now, e.Code)
	}
	return p.lost(d, now, e.Code)
}

// lost is an attempt of which nobody knows whether it arrived. It is looked up
// once Slack has settled, the last attempt too. An update or a deletion may simply be repeated.
func (p policy) lost(d programme.Delivery, now time.Time, code string) programme.Outcome {
	if d.Op != programme.OpPost && d.Attempts >= p.maxAttempts {
		return p.giveUp(d, code)
	}
	o := outcome(d, programme.Pending)
	o.Unsure = d.Op == programme.OpPost
	o.NextAt, o.Error = now.Add(max(p.settle, p.backoff(d.Attempts))), code
	return o
}

// lookFailed decides after a look-up that gave no answer: still unsure.
func (p policy) lookFailed(d programme.Delivery, err error, now time.Time) programme.Outcome {
	e := asSendError(err)
	switch e.Verdict {
	case programme.SendLimited:
		return p.limited(d, e, now)
	case programme.SendRefused:
		return p.giveUp(d, e.Code)
	}
	return p.again(d, now, e.Code)
}

// asSendError finds the verdict in err. An error without one may mean anything,
// so it counts as lost.
func asSendError(err error) *programme.SendError {
	var e *programme.SendError
	if errors.As(err, &e) {
		return e
	}
	return &programme.SendError{Verdict: programme.SendLost, Code: codeUnclear}
}
