package reminders_test

import (
	"testing"
	"time"

	"tsugite/programme"
	"tsugite/rehearsal"
)

// BenchmarkCourier sends a message to each of 2,000 people through a local Slack
// without limits, drawn from the database's facts and recorded with
// synchronous=FULL. The Slack runs on the same cores: cpu-µs/message is what both
// use together, and tells on a busy machine more than messages/s does.
func BenchmarkCourier(b *testing.B) {
	const people = 2000
	all := make([]int, people)
	for i := range all {
		all[i] = i
	}
	var took, used time.Duration
	for b.Loop() {
		b.StopTimer()
		r := newRig(b, people, func(o *rehearsal.Options) { o.Frozen = false })
		r.ask(all...)
		b.StartTimer()
		began, before := time.Now(), processTime(b)
		r.start()
		r.waitFor("every message", func() bool { return r.counts()[programme.Sent] == people })
		took += time.Since(began)
		used += processTime(b) - before
	}
	b.ReportMetric(float64(b.N*people)/took.Seconds(), "messages/s")
	b.ReportMetric(float64(used.Microseconds())/float64(b.N*people), "cpu-µs/message")
}
