package reminders_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
	"tsugite/reminders"
)

// desk runs a Planner over facts and a clock that the test moves.
type desk struct {
	*reminders.Planner
	t        *testing.T
	mu       sync.Mutex
	now      time.Time
	facts    reminders.Facts
	failing  int
	enqueued []programme.Notice
}

func newDesk(t *testing.T, now string) *desk {
	d := &desk{t: t, now: moment(t, now), facts: world(t)}
	d.Planner = &reminders.Planner{
		Facts: func(context.Context) (reminders.Facts, error) {
			d.mu.Lock()
			defer d.mu.Unlock()
			f := d.facts
			f.Attendance = append([]programme.Attendance(nil), f.Attendance...)
			return f, nil
		},
		Enqueue: func(_ context.Context, ns []programme.Notice) error {
			d.mu.Lock()
			defer d.mu.Unlock()
			if d.failing > 0 {
				d.failing--
				return errors.New("disk full")
			}
			d.enqueued = append(d.enqueued, ns...)
			return nil
		},
		Now: func() time.Time {
			d.mu.Lock()
			defer d.mu.Unlock()
			return d.now
		},
		Since: moment(t, now), Pause: time.Nanosecond, Log: slog.New(slog.DiscardHandler),
	}
	return d
}

func (d *desk) start() {
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := d.Run(ctx); err != nil {
			d.t.Error(err)
		}
	}()
	d.t.Cleanup(func() { stop(); <-done })
}

// then makes a change, wakes the Planner, and says what it enqueued.
func (d *desk) then(change func()) []string {
	d.t.Helper()
	d.mu.Lock()
	d.enqueued = nil
	if change != nil {
		change()
	}
	d.mu.Unlock()
	d.Wake()
	return d.settled()
}

func (d *desk) settled() []string {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := d.Quiet(ctx); err != nil {
		d.t.Fatal(err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return lines(d.enqueued)
}

func (d *desk) at(s string) func() { return func() { d.now = moment(d.t, s) } }

func (d *desk) expect(what string, got []string, want ...string) {
	d.t.Helper()
	if diff := cmp.Diff(want, got); diff != "" && len(want)+len(got) > 0 {
		d.t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

const (
	ask2wBun = "ask ask-2w bun 09-04 10:00..09-15 10:00"
	ask2wDai = "ask ask-2w dai 09-04 10:00..09-15 10:00"
	ask3dBun = "ask ask-3d bun 09-15 10:00..09-18 14:00"
	ask3dDai = "ask ask-3d dai 09-15 10:00..09-18 14:00"
	eveAki   = "reminder eve aki 09-17 17:00..09-18 13:00"
	eveEri   = "reminder eve eri 09-17 17:00..09-18 13:00"
)

func TestPlannerEnqueuesWhatIsNew(t *testing.T) {
	d := newDesk(t, "2026-09-01T09:00:00+09:00")
	d.start()
	d.expect("before anything is due", d.settled())
	if at, ok := d.NextAt(); !ok || !at.Equal(moment(t, "2026-09-04T10:00:00+09:00")) {
		t.Errorf("goes on at %v %v", at, ok)
	}
	d.expect("the first step", d.then(d.at("2026-09-04T10:00:00+09:00")), ask2wBun, ask2wDai)
	d.expect("woken for nothing", d.then(nil))
	d.expect("an answer", d.then(func() {
		d.facts.Attendance = append(d.facts.Attendance, programme.Attendance{Event: "ws1", Person: "bun", Answer: programme.No, At: d.now})
	}))
	d.expect("the day before", d.then(d.at("2026-09-17T18:00:00+09:00")), ask3dDai, eveAki, eveEri)
}

func TestPlannerWaitsForTheMorning(t *testing.T) {
	d := newDesk(t, "2026-09-17T16:00:00+09:00")
	d.start()
	d.expect("the step that is of use", d.settled(), ask3dBun, ask3dDai)
	d.expect("switched off over the evening", d.then(d.at("2026-09-17T22:00:00+09:00")))
	if at, ok := d.NextAt(); !ok || !at.Equal(moment(t, "2026-09-18T07:30:00+09:00")) {
		t.Errorf("goes on at %v %v", at, ok)
	}
	d.expect("in the morning", d.then(d.at("2026-09-18T07:30:00+09:00")), eveAki, eveEri)
}

// TestPlannerTellsThoseWhoWait: before every plan, and once an hour for as long as anybody
// waits, unless something is planned for earlier.
func TestPlannerTellsThoseWhoWait(t *testing.T) {
	d := newDesk(t, "2026-09-01T09:00:00+09:00")
	var calls int
	waiting := true
	d.TellWaiting = func(context.Context) (bool, error) {
		d.mu.Lock()
		defer d.mu.Unlock()
		calls++
		return waiting, nil
	}
	d.start()
	d.settled()
	for _, c := range []struct {
		now, next string
		calls     int
		waiting   bool
	}{
		{"2026-09-01T09:00:00+09:00", "2026-09-01T10:00:00+09:00", 1, true},
		{"2026-09-01T10:00:00+09:00", "2026-09-01T11:00:00+09:00", 2, true},
		{"2026-09-04T09:30:00+09:00", "2026-09-04T10:00:00+09:00", 3, true},
		{"2026-09-04T09:40:00+09:00", "2026-09-04T10:00:00+09:00", 4, false},
		{"2026-09-04T10:00:00+09:00", "2026-09-04T11:00:00+09:00", 5, true},
		{"2026-09-04T10:10:00+09:00", "2026-09-15T10:00:00+09:00", 6, false},
	} {
		if calls != c.calls {
			d.then(func() { d.now, waiting = moment(t, c.now), c.waiting })
		}
		if at, ok := d.NextAt(); !ok || !at.Equal(moment(t, c.next)) || calls != c.calls {
			t.Errorf("%s: goes on at %v, called %d times, want %d", c.now, at, calls, c.calls)
		}
	}
}

func TestPlannerPlansThoughNobodyCanBeTold(t *testing.T) {
	d := newDesk(t, "2026-09-17T16:00:00+09:00")
	d.TellWaiting = func(context.Context) (bool, error) { return false, errors.New("disk full") }
	d.start()
	d.expect("the step that is of use", d.settled(), ask3dBun, ask3dDai)
	if at, ok := d.NextAt(); !ok || !at.Equal(moment(t, "2026-09-17T17:00:00+09:00")) {
		t.Errorf("goes on at %v %v", at, ok)
	}
	d.then(d.at("2026-09-17T17:00:00+09:00"))
	if at, ok := d.NextAt(); !ok || !at.Equal(moment(t, "2026-09-17T18:00:00+09:00")) {
		t.Errorf("tries again at %v %v", at, ok)
	}
}

func TestPlannerListsWhatDowntimeMissed(t *testing.T) {
	d := newDesk(t, "2026-09-16T09:00:00+09:00")
	d.Since = moment(t, "2026-09-10T09:00:00+09:00")
	d.start()
	d.expect("after a week of downtime", d.settled(), ask2wBun, ask2wDai, ask3dBun, ask3dDai)
	d.expect("a newcomer gets what is of use, not the history", d.then(func() {
		d.facts.People = append(d.facts.People, programme.Person{ID: "ivy", SlackID: "Uivy", Roles: []programme.Role{programme.Atsugi}})
	}), "ask ask-3d ivy 09-15 10:00..09-18 14:00")
}

func TestPlannerTriesAgain(t *testing.T) {
	d := newDesk(t, "2026-09-16T09:00:00+09:00")
	d.failing = 1
	d.start()
	d.expect("after a failed write", d.settled(), ask3dBun, ask3dDai)
}

func TestPlannerRevivesWhatWasWithdrawn(t *testing.T) {
	d := newDesk(t, "2026-09-17T18:00:00+09:00")
	d.start()
	d.expect("the day before", d.settled(), ask3dBun, ask3dDai, eveAki, eveEri)
	eve := d.enqueued[2]
	withdraw := func(n programme.Notice) []string {
		d.mu.Lock()
		d.enqueued = nil
		d.mu.Unlock()
		d.Withdrawn(n)
		return d.settled()
	}
	d.expect("aki said no and yes again while it was drawn", withdraw(eve), eveAki)
	d.expect("once, should plan and message disagree", withdraw(eve))
	d.expect("and again when facts change", d.then(nil))
	d.expect("then it may be withdrawn anew", withdraw(eve), eveAki)
}
