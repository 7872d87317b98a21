package reminders_test

import (
	"context"
	"syscall"
	"testing"
	"time"

	"tsugite/programme"
	"tsugite/rehearsal"
)

// BenchmarkCourierIdle measures what the process of a Courier uses that has sent
// 10,000 messages and nothing to do for days. The local Slack is idle in it, too.
func BenchmarkCourierIdle(b *testing.B) {
	const people, each, watched = 2000, 5, 10 * time.Second
	r := newRig(b, people, func(o *rehearsal.Options) { o.Frozen = false })
	r.askOften(people, each)
	r.markSent(people * each)
	r.enqueue(func(n *programme.Notice) { n.Occasion, n.Due = "later", n.Due.AddDate(0, 0, 3) }, 0)
	r.start()
	r.settled()
	var used time.Duration
	for b.Loop() {
		before := processTime(b)
		<-time.After(watched)
		used += processTime(b) - before
	}
	r.expect(programme.DeliveryCounts{programme.Sent: people * each, programme.Pending: 1})
	share := 100 * used.Seconds() / (watched.Seconds() * float64(b.N))
	b.ReportMetric(share, "%-of-a-core")
	if share > 0.5 {
		b.Errorf("an idle Courier uses %.2f %% of a core, want at most 0.5", share)
	}
}

// processTime is what this process has used of all cores.
func processTime(t testing.TB) time.Duration {
	t.Helper()
	var u syscall.Rusage
	noError(t, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// markSent lets n deliveries that are due stand as sent, without a Slack.
func (r *rig) markSent(n int) {
	r.t.Helper()
	for n > 0 {
		claimed, err := r.db.Claim(context.Background(), "history", r.slack.Now(), time.Hour, n)
		noError(r.t, err)
		outcomes := make([]programme.Outcome, len(claimed))
		for i, d := range claimed {
			outcomes[i] = programme.Outcome{Delivery: d, State: programme.Sent, SlackID: "D0", SlackTS: "1.0"}
		}
		_, err = r.db.Settle(context.Background(), outcomes)
		noError(r.t, err)
		if len(claimed) == 0 {
			r.t.Fatalf("%d deliveries are not to be had", n)
		}
		n -= len(claimed)
	}
}
