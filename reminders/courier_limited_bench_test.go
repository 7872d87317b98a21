package reminders_test

import (
	"context"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"tsugite/db"
	"tsugite/programme"
	"tsugite/rehearsal"
)

// BenchmarkCourierLimited sends five notices to each of 2,000 people through a
// local Slack that takes 300 messages a minute, with all of Slack's other limits.
// The clock stands still while anything can be done at its present moment, and
// then leaps to the Courier's next one: what is measured is the programme's time.
func BenchmarkCourierLimited(b *testing.B) {
	const people, each, perMinute = 2000, 5, 300
	// Of its 300 a minute this Slack takes a tenth at once (rehearsal.Limits).
	allowed := time.Duration(people*each-perMinute/10) * time.Minute / perMinute
	var took time.Duration
	var refused int64
	for b.Loop() {
		b.StopTimer()
		wire := new(traffic)
		r := newRig(b, people, func(o *rehearsal.Options) {
			limits := rehearsal.SlackLimits()
			limits.WorkspacePerMinute = perMinute
			o.Limits, o.OnLog = &limits, wire.count
		})
		r.askOften(people, each)
		b.StartTimer()
		began := r.slack.Now()
		r.start()
		r.runDry()
		took += r.slack.Now().Sub(began)
		refused += wire.limited.Load()
		r.expect(programme.DeliveryCounts{programme.Sent: people * each})
		if n := wire.taken.Load(); n != people*each {
			b.Errorf("Slack took %d messages, want %d", n, people*each)
		}
	}
	over := took.Seconds()/(allowed.Seconds()*float64(b.N)) - 1
	b.ReportMetric(took.Seconds()/float64(b.N), "clock-s/op")
	b.ReportMetric(100*over, "%-over-limit")
	b.ReportMetric(float64(refused)/float64(b.N), "429s/op")
	if over > 0.03 {
		b.Errorf("%.1f %% more than the %v that the limit allows", 100*over, allowed)
	}
}

// What the pace does not let go is not claimed either: a delivery that is claimed
// in vain is handed back behind everything else that is due.
func TestCourierClaimsAtThePace(t *testing.T) {
	const people, workers = 100, 32
	wire := new(traffic)
	r := newRig(t, people, func(o *rehearsal.Options) {
		o.Limits, o.OnLog = &rehearsal.Limits{WorkspacePerMinute: 300}, wire.count
	})
	wide := http.DefaultTransport.(*http.Transport).Clone()
	t.Cleanup(wide.CloseIdleConnections) // else the Slack waits, when it ends, for those that were never used
	r.poster.API = slack.New(r.slack.BotToken(), slack.OptionAPIURL(r.slack.APIURL()), slack.OptionHTTPClient(&http.Client{Transport: wide}))
	queue := &countedQueue{DB: r.db}
	r.Queue, r.Workers = queue, workers
	r.askOften(people, 1)
	r.start()
	r.runDry()
	r.once(people)
	// Beside what Slack refused: what was under way when the first gate fell.
	if most := people + wire.limited.Load() + workers; queue.claimed.Load() > most {
		t.Errorf("%d claims for %d messages, want at most %d", queue.claimed.Load(), people, most)
	}
}

// countedQueue counts what it hands out.
type countedQueue struct {
	*db.DB
	claimed atomic.Int64
}

func (q *countedQueue) Claim(ctx context.Context, owner string, now time.Time, lease time.Duration, n int) ([]programme.Delivery, error) {
	ds, err := q.DB.Claim(ctx, owner, now, lease, n)
	q.claimed.Add(int64(len(ds)))
	return ds, err
}

// traffic counts what a Slack did with messages.
type traffic struct{ taken, limited atomic.Int64 }

func (w *traffic) count(e rehearsal.LogEntry) {
	switch {
	case e.Method != post:
	case e.Accepted:
		w.taken.Add(1)
	case e.Status == 429:
		w.limited.Add(1)
	}
}

// askOften enqueues event.ask of several events for everybody, due now.
func (r *rig) askOften(people, events int) {
	r.t.Helper()
	all := make([]int, people)
	for i := range all {
		all[i] = i
	}
	for i := range events {
		e := workshop(r.t, i)
		noError(r.t, r.office.SyncEvents(context.Background(), []programme.Event{e}))
		r.enqueue(func(n *programme.Notice) { n.Subject = string(e.ID) }, all...)
	}
}

// runDry lets the clock leap from one moment of the Courier to the next until
// there is none.
func (r *rig) runDry() {
	r.t.Helper()
	for {
		r.settled()
		at, ok := r.NextAt()
		if !ok {
			return
		}
		noError(r.t, r.slack.Move(at))
		r.Wake()
	}
}
