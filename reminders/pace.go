package reminders

import (
	"sync"
	"time"

	"tsugite/programme"
)

// pace is how fast messages may go out, learned from Slack's own 429s and never
// assumed: the workspace's limit is "several hundred a minute", a channel's is
// about one a second (slack.md Sending). All moments are of the programme's clock.
//
// A 429 shuts the gate for everybody until its Retry-After is over. What came
// through between two gates, over the time it took, is what Slack allows: from
// then on messages are spaced by it, and the longer no 429 comes, the bolder the
// spacing shrinks. When the 429 hit a channel that had just got a message, it is
// the channels that are spaced.
type pace struct {
	mu   sync.Mutex
	gate time.Time // nothing goes out before

	every   time.Duration // spacing of all messages, 0 while nothing is known
	next    time.Time     // when the next may go, by that spacing
	opened  time.Time     // when the present stretch of sending began
	latest  time.Time     // the latest message
	through int           // messages in this stretch
	calm    int           // messages since the spacing last changed
	bolder  float64       // share by which it shrinks next time

	channelEvery time.Duration
	last         map[programme.Recipient]time.Time // latest message of each channel, for a while
	forgot       time.Time                         // when old ones were last dropped from it
}

const (
	// slowest is the widest spacing: what allows less is left to the gates.
	slowest = time.Second
	// slack is how far behind its spacing a sender that overslept may catch up.
	slack = time.Second
	// idle is after how long without a message nothing is learned from the
	// time that passed: nobody was waiting.
	idle = 2 * time.Second
	// calmEnough is after how many messages without a 429 the spacing shrinks.
	calmEnough = 30
	timid      = 0.01
	boldest    = 0.32
	// channelMemory is how soon after a channel's last message a 429 is put
	// down to that channel; slowestChannel the widest spacing within one.
	channelMemory  = 2 * time.Second
	slowestChannel = 3 * time.Second
	// forgetAt is how many channels are remembered before old ones are dropped.
	forgetAt = 1024
)

// room is how many of want messages may start at now, behind those that were
// claimed and have yet to ask admit; if none, at says when.
func (p *pace) room(now time.Time, want, asking int) (n int, at time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Before(p.gate) {
		return 0, p.gate
	}
	if p.every == 0 {
		return want, now
	}
	next := later(p.next, now.Add(-slack)).Add(time.Duration(asking) * p.every)
	if now.Before(next) {
		return 0, next
	}
	return min(want, 1+int(now.Sub(next)/p.every)), now
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// admit lets one message to a recipient go at now, or says when it may.
func (p *pace) admit(now time.Time, to programme.Recipient) (at time.Time, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Before(p.gate) {
		return p.gate, false
	}
	if free := p.last[to].Add(p.channelEvery); now.Before(free) {
		return free, false
	}
	if p.every == 0 {
		return now, true
	}
	if now.Before(p.next) {
		return p.next, false
	}
	p.next = later(p.next, now.Add(-slack)).Add(p.every)
	return now, true
}

// sent learns from a message that Slack took at now.
func (p *pace) sent(now time.Time, to programme.Recipient) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Sub(p.latest) > idle {
		p.opened, p.through = now, 0
	}
	p.latest = now
	p.through++
	p.remember(now, to)
	if p.every == 0 {
		return
	}
	if p.calm++; p.calm >= calmEnough {
		p.every = time.Duration(float64(p.every) * (1 - p.bolder))
		p.bolder = min(2*p.bolder, boldest)
		p.calm = 0
	}
}

// remember keeps what counts within one channel. It drops old channels once in
// their lifetime and not at each message: at a thousand messages a second none
// is old, and looking for one would take longer than anything else here.
func (p *pace) remember(now time.Time, to programme.Recipient) {
	if len(p.last) >= forgetAt && now.Sub(p.forgot) > slowestChannel {
		p.forgot = now
		for r, t := range p.last {
			if now.Sub(t) > slowestChannel {
				delete(p.last, r)
			}
		}
	}
	if p.last == nil {
		p.last = make(map[programme.Recipient]time.Time)
	}
	p.last[to] = now
}

// limited learns from a 429 at now and says when the gate opens.
func (p *pace) limited(now time.Time, to programme.Recipient, retryAfter time.Duration) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	opens := now.Add(max(retryAfter, time.Second)) // Slack counts in whole seconds
	shut := now.Before(p.gate)
	if opens.After(p.gate) {
		p.gate = opens
	}
	if shut {
		return p.gate // one of those under way when the gate fell: nothing new
	}
	if last, ok := p.last[to]; ok && now.Sub(last) < channelMemory {
		p.channelEvery = min(max(p.channelEvery, p.gate.Sub(last)), slowestChannel)
		return p.gate
	}
	if p.through > 0 {
		p.every = min(p.gate.Sub(p.opened)/time.Duration(p.through), slowest)
	}
	p.next, p.opened = p.gate, p.gate
	p.through, p.calm, p.bolder = 0, 0, timid
	return p.gate
}

// open says whether anything at all may go at now: updates and deletions are under another
// limit than new messages, but a 429 stops them too.
func (p *pace) open(now time.Time) (at time.Time, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.gate, !now.Before(p.gate)
}
