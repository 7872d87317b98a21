package reminders

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

var noon = time.Date(2026, 9, 18, 3, 0, 0, 0, time.UTC)

func testPolicy() policy {
	return policy{lease: 60 * time.Second, timeout: 15 * time.Second, settle: 20 * time.Second, maxAttempts: 3, backoff: doubling}
}

// What of an outcome is decided, beside the delivery itself.
type decision struct {
	State    programme.DeliveryState
	In       time.Duration // NextAt after noon; 0 if the delivery is over
	Unsure   bool
	GiveBack bool
	Error    string
}

func decided(o programme.Outcome) decision {
	d := decision{State: o.State, Unsure: o.Unsure, GiveBack: o.GiveBack, Error: o.Error}
	if o.State == programme.Pending {
		d.In = o.NextAt.Sub(noon)
	}
	return d
}

func sendError(v programme.SendVerdict) error {
	return errors.Join(errors.New("bot"), &programme.SendError{Verdict: v, Code: "code", RetryAfter: 30 * time.Second})
}

func TestSendFailed(t *testing.T) {
	post := func(attempts int) programme.Delivery {
		return programme.Delivery{ID: "d", Op: programme.OpPost, Attempts: attempts}
	}
	update := func(attempts int) programme.Delivery {
		d := post(attempts)
		d.Op, d.SlackID, d.SlackTS = programme.OpUpdate, "D1", "1.2"
		return d
	}
	const s = time.Second
	for _, c := range []struct {
		rule     string
		delivery programme.Delivery
		err      error
		want     decision
	}{
		{"429 is no attempt", post(1), sendError(programme.SendLimited), decision{programme.Pending, 30 * s, false, true, "code"}},
		{"429 is no attempt, the last neither", post(3), sendError(programme.SendLimited), decision{programme.Pending, 30 * s, false, true, "code"}},
		{"a clear no is for good", post(1), sendError(programme.SendRefused), decision{programme.Refused, 0, false, false, "code"}},
		{"a no for now is tried again", post(2), sendError(programme.SendRetry), decision{programme.Pending, 2 * s, false, false, "code"}},
		{"a no for now too often is a no", post(3), sendError(programme.SendRetry), decision{programme.Refused, 0, false, false, "code"}},
		{"no connection backs off", post(3), sendError(programme.SendNeverLeft), decision{programme.Pending, 4 * s, false, false, "code"}},
		{"a lost answer waits for Slack to settle", post(1), sendError(programme.SendLost), decision{programme.Pending, 20 * s, true, false, "code"}},
		{"the last lost answer is looked up too", post(3), sendError(programme.SendLost), decision{programme.Pending, 20 * s, true, false, "code"}},
		{"a back-off longer than settling", post(7), sendError(programme.SendLost), decision{programme.Pending, 64 * s, true, false, "code"}},
		{"an error without verdict may mean anything", post(1), context.DeadlineExceeded, decision{programme.Pending, 20 * s, true, false, "unclear"}},
		{"an update is repeated without looking", update(1), sendError(programme.SendLost), decision{programme.Pending, 20 * s, false, false, "code"}},
		{"a refused update leaves the message sent", update(1), sendError(programme.SendRefused), decision{programme.Sent, 0, false, false, "code"}},
		{"an update lost too often leaves the message sent", update(3), sendError(programme.SendLost), decision{programme.Sent, 0, false, false, "code"}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			o := testPolicy().sendFailed(c.delivery, c.err, noon)
			if diff := cmp.Diff(c.want, decided(o)); diff != "" {
				t.Errorf("decision (-want +got):\n%s", diff)
			}
			if o.SlackTS != c.delivery.SlackTS || o.SlackID != c.delivery.SlackID {
				t.Errorf("the message at %q %q is now at %q %q", c.delivery.SlackID, c.delivery.SlackTS, o.SlackID, o.SlackTS)
			}
		})
	}
}

func TestLookFailed(t *testing.T) {
	const s = time.Second
	for _, c := range []struct {
		rule     string
		attempts int
		err      error
		want     decision
	}{
		{"no answer: still unsure", 1, sendError(programme.SendLost), decision{programme.Pending, 1 * s, true, false, "code"}},
		{"no connection: still unsure", 2, sendError(programme.SendNeverLeft), decision{programme.Pending, 2 * s, true, false, "code"}},
		{"429 is no attempt", 3, sendError(programme.SendLimited), decision{programme.Pending, 30 * s, true, true, "code"}},
		{"no look-ups allowed: a person decides", 1, sendError(programme.SendRefused), decision{programme.Unknown, 0, false, false, "code"}},
		{"too often: a person decides", 3, sendError(programme.SendLost), decision{programme.Unknown, 0, false, false, "code"}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			d := programme.Delivery{ID: "d", Op: programme.OpPost, Attempts: c.attempts, Unsure: true}
			if diff := cmp.Diff(c.want, decided(testPolicy().lookFailed(d, c.err, noon))); diff != "" {
				t.Errorf("decision (-want +got):\n%s", diff)
			}
		})
	}
}

func TestArrivedKeepsWhereTheMessageStands(t *testing.T) {
	d := programme.Delivery{Unsure: true, SlackID: "D1"}
	o := testPolicy().arrived(d, programme.Receipt{SlackTS: "1.2"})
	if o.State != programme.Sent || o.Unsure || o.SlackID != "D1" || o.SlackTS != "1.2" {
		t.Errorf("outcome %+v", o)
	}
}

func TestDoubling(t *testing.T) {
	for attempts, want := range map[int]time.Duration{0: time.Second, 1: time.Second, 2: 2 * time.Second, 9: 256 * time.Second, 10: 300 * time.Second, 1 << 40: 300 * time.Second} {
		if got := doubling(attempts); got != want {
			t.Errorf("after %d attempts %v, want %v", attempts, got, want)
		}
	}
}

func TestPolicyCheck(t *testing.T) {
	p := testPolicy()
	if err := p.check(); err != nil {
		t.Error(err)
	}
	p.lease = 35 * time.Second
	if p.check() == nil {
		t.Error("a lease that ends with the settling was taken")
	}
}
