package rehearsal_test

import (
	"testing"

	"tsugite/rehearsal"
)

// TestAChosenErrorIsAnsweredAndNothingIsDone: an app that falls back to plainer
// blocks can be seen doing so.
func TestAChosenErrorIsAnsweredAndNothingIsDone(t *testing.T) {
	s := start(t, rehearsal.Options{})
	to := general(t, s)
	before := len(channelOf(t, state(t, s, alice), to)["messages"].([]any))
	wantOK(t, second(post(t, s, "_/faults", object{"method": "chat.postMessage", "error": "invalid_blocks"})))
	wantError(t, form(t, s, "chat.postMessage", "channel", to, "text", "charts"), "invalid_blocks")
	if n := len(channelOf(t, state(t, s, alice), to)["messages"].([]any)); n != before {
		t.Errorf("%d messages stand after a refusal", n-before)
	}
	wantOK(t, form(t, s, "chat.postMessage", "channel", to, "text", "plain"))
}

// TestWhatIsLateArrivesAfterWhatWasDoneLater, as with two connections, and says when
// it was done.
func TestWhatIsLateArrivesAfterWhatWasDoneLater(t *testing.T) {
	s := start(t, rehearsal.Options{})
	l, _ := dial(t, s)
	to := general(t, s)
	wantOK(t, second(post(t, s, "_/faults", object{"method": "events_api", "late_ms": 300})))
	say := func(words string) func() object {
		return during(t, s, object{"as": alice, "say": object{"channel": to, "text": words}})
	}
	first := say("first")
	waitFor(t, func() bool {
		return len(second(send(t, "GET", s.URL()+"_/faults", "", ""))["faults"].([]any)) == 0
	})
	later := say("later")
	var order, at []string
	for range 2 {
		e := l.read()
		l.ack(e, nil)
		order = append(order, dig(t, e, "payload", "event", "text").(string))
		at = append(at, dig(t, e, "payload", "event", "event_ts").(string))
	}
	wantOK(t, first())
	wantOK(t, later())
	if order[0] != "later" || order[1] != "first" || at[0] <= at[1] {
		t.Errorf("arrived: %v, of the moments %v", order, at)
	}
	if resp, _ := post(t, s, "_/faults", object{"late_ms": -1}); resp.StatusCode != 400 {
		t.Errorf("a negative delay: %d", resp.StatusCode)
	}
}
