package reminders_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
	"tsugite/reminders"
)

// calendar is a rig with a Planner beside the Courier, as the program has them:
// both stop and start again on the same database.
type calendar struct {
	*rig
	rules reminders.Rules
	from  time.Time
}

func newCalendar(t *testing.T, rules reminders.Rules, events ...programme.Event) *calendar {
	c := &calendar{rig: newRig(t, 3, nil), rules: rules}
	c.from = c.slack.Now()
	noError(t, c.office.SyncEvents(context.Background(), events))
	return c
}

// up runs Planner and Courier until the returned function is called, and comes
// back when all that is due has been done.
func (c *calendar) up() (down func()) {
	c.t.Helper()
	c.Courier = &reminders.Courier{
		Queue: c.db, Post: c.poster, Now: c.slack.Now, Owner: newID(), Timeout: 5 * time.Second, Log: slog.New(slog.DiscardHandler),
	}
	planner := &reminders.Planner{
		Facts: func(ctx context.Context) (reminders.Facts, error) {
			f, err := c.office.Facts(ctx)
			return reminders.Facts{Facts: f, Rules: c.rules, Zone: c.office.Settings.Zone, From: c.from, To: c.from.AddDate(2, 0, 0)}, err
		},
		Enqueue: c.office.EnqueueAll, Now: c.slack.Now, Since: c.from, Pause: time.Nanosecond, Log: slog.New(slog.DiscardHandler),
	}
	c.Courier.Asleep, c.Courier.Withdrawn = c.rules.Quiet.Asleep(c.office.Settings.Zone), planner.Withdrawn
	c.office.NoticesDue, c.office.FactsChanged = c.Courier.Wake, planner.Wake
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 2)
	go func() { done <- planner.Run(ctx) }()
	go func() { done <- c.Courier.Run(ctx) }()
	waiting, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	noError(c.t, planner.Quiet(waiting))
	noError(c.t, c.Courier.Quiet(waiting))
	return func() {
		stop()
		noError(c.t, <-done)
		noError(c.t, <-done)
	}
}

// at moves the clock on while nothing runs, then starts everything and stops it
// again once it rests.
func (c *calendar) at(moment time.Time) {
	c.t.Helper()
	_, err := c.slack.Advance(context.Background(), moment)
	noError(c.t, err)
	c.up()()
}

// stands lists every delivery as kind, step, recipient and state.
func (c *calendar) stands() map[string]programme.DeliveryState {
	c.t.Helper()
	out := map[string]programme.DeliveryState{}
	for _, d := range everyDelivery(c.t, c.db) {
		out[fmt.Sprintf("%s %s %s", d.Kind, d.Occasion, d.To)] = d.State
	}
	return out
}

func (c *calendar) says(person int, e programme.EventID, a programme.Coming) {
	c.t.Helper()
	_, _, err := c.office.AnswerEvent(context.Background(), programme.As(atsugi(person).ID), e, a, "")
	noError(c.t, err)
}

// TestAWeekOfDowntime: the machine is off from the 18th to the 25th of September.
// The workshop of the 24th was to be asked about on the 21st (over by now), and
// the one of the 28th on the 21st, too (still of use until the 27th).
func TestAWeekOfDowntime(t *testing.T) {
	rules := reminders.Rules{Steps: []reminders.Step{
		{ID: "ask-3d", Kind: programme.NoticeEventAsk, Offset: offset(t, "-3d 10:00"), Events: []programme.EventKind{programme.Workshop}},
		{ID: "ask-1w", Kind: programme.NoticeEventAsk, Offset: offset(t, "-7d 10:00"), Events: []programme.EventKind{programme.Seminar}},
		{ID: "thanks", Kind: programme.NoticeEventThanks, Offset: offset(t, "+1d 10:00")},
	}}
	late := workshop(t, 1)
	late.Kind, late.Start, late.End = programme.Seminar, moment(t, "2026-09-28T18:00:00+09:00"), moment(t, "2026-09-28T20:00:00+09:00")
	c := newCalendar(t, rules, late)
	c.says(0, "ws0", programme.Yes)
	c.at(moment(t, "2026-09-18T10:00:00+09:00"))
	calendars := map[string]programme.DeliveryState{"event.calendar 0 p:person00000": programme.Sent}
	if diff := cmp.Diff(calendars, c.stands()); diff != "" {
		t.Fatalf("before anything is due (-want +got):\n%s", diff)
	}
	want := map[string]programme.DeliveryState{
		"event.calendar 0 p:person00000":                   programme.Sent,
		"event.ask ask-3d@20260924T0900Z p:person00001":    programme.Lapsed,
		"event.ask ask-3d@20260924T0900Z p:person00002":    programme.Lapsed,
		"event.ask ask-1w@20260928T0900Z p:person00000":    programme.Sent,
		"event.ask ask-1w@20260928T0900Z p:person00001":    programme.Sent,
		"event.ask ask-1w@20260928T0900Z p:person00002":    programme.Sent,
		"event.thanks thanks@20260924T0900Z p:person00000": programme.Sent,
	}
	for _, restart := range []string{"2026-09-25T12:00:00+09:00", "2026-09-25T12:00:00+09:00", "2026-09-26T12:00:00+09:00"} {
		c.at(moment(t, restart))
		if diff := cmp.Diff(want, c.stands()); diff != "" {
			t.Fatalf("at %s (-want +got):\n%s", restart, diff)
		}
	}
	if n := c.calls("chat.postMessage"); n != 4 {
		t.Errorf("%d messages were posted, want 4", n)
	}
}

// TestAWeekOfDowntimeHasOneChaser: the machine is off from the 18th to the 25th of
// September, over the first chaser of a survey and into the time of the second.
// Whoever answered meanwhile gets neither.
func TestAWeekOfDowntimeHasOneChaser(t *testing.T) {
	c := newCalendar(t, reminders.Rules{Quiet: quiet(t, "21:00-08:00"), Steps: []reminders.Step{
		{ID: "week", Kind: programme.NoticeSurveyChase, Offset: offset(t, "-7d 10:00")},
		{ID: "last", Kind: programme.NoticeSurveyChase, Offset: offset(t, "-2d 10:00")},
	}})
	c.invite(3, moment(t, "2026-09-26T23:59:00+09:00"))
	c.at(moment(t, "2026-09-18T09:00:00+09:00"))
	want := map[string]programme.DeliveryState{}
	for i := range 3 {
		want[fmt.Sprint("survey.invite  ", programme.ToPerson(atsugi(i).ID))] = programme.Sent
	}
	if diff := cmp.Diff(want, c.stands()); diff != "" {
		t.Fatalf("before anything is due (-want +got):\n%s", diff)
	}
	noError(t, c.db.Write(context.Background(), func(tx programme.Tx) error {
		r, err := tx.Response("r0")
		if err != nil {
			return err
		}
		r.State, r.DoneAt = programme.Done, c.slack.Now()
		return tx.SaveResponse(r)
	}))
	for _, i := range []int{1, 2} {
		to := programme.ToPerson(atsugi(i).ID)
		want[fmt.Sprint("survey.chase week@20260926T1459Z ", to)] = programme.Lapsed
		want[fmt.Sprint("survey.chase last@20260926T1459Z ", to)] = programme.Sent
	}
	for _, restart := range []string{"2026-09-25T12:00:00+09:00", "2026-09-25T12:00:00+09:00", "2026-09-26T12:00:00+09:00", "2026-09-27T12:00:00+09:00"} {
		c.at(moment(t, restart))
		if diff := cmp.Diff(want, c.stands()); diff != "" {
			t.Fatalf("at %s (-want +got):\n%s", restart, diff)
		}
	}
	if n := c.calls("chat.postMessage"); n != 5 {
		t.Errorf("%d messages were posted, want 5", n)
	}
}

// TestYearEndAndLeapDay: a reminder of 4 January is moved before the holidays, one
// of 1 March 2028 is due on the leap day, and each goes out once.
func TestYearEndAndLeapDay(t *testing.T) {
	rules := reminders.Rules{
		Quiet: quiet(t, "21:00-08:00"), BusinessDays: true, Closed: []reminders.Period{period(t, "12-29..01-03")},
		Steps: []reminders.Step{{ID: "eve", Kind: programme.NoticeEventReminder, Offset: offset(t, "-1d 17:00")}},
	}
	january, march := workshop(t, 1), workshop(t, 2)
	january.Start, january.End = moment(t, "2027-01-04T10:00:00+09:00"), moment(t, "2027-01-04T12:00:00+09:00")
	march.Start, march.End = moment(t, "2028-03-01T10:00:00+09:00"), moment(t, "2028-03-01T12:00:00+09:00")
	c := newCalendar(t, rules, january, march)
	c.says(0, "ws1", programme.Yes)
	c.says(0, "ws2", programme.Yes)
	reminded := func(when string) (n int) {
		t.Helper()
		c.at(moment(t, when))
		for line, s := range c.stands() {
			if s == programme.Sent && line[:len("event.reminder")] == "event.reminder" {
				n++
			}
		}
		return n
	}
	for _, step := range []struct {
		when string
		want int
	}{
		{"2026-12-28T16:59:00+09:00", 0}, {"2026-12-28T17:00:00+09:00", 1}, // the last day that people work
		{"2027-01-03T17:00:00+09:00", 1},
		{"2028-02-29T16:59:00+09:00", 1}, {"2028-02-29T17:00:00+09:00", 2}, {"2028-03-01T09:00:00+09:00", 2},
	} {
		if n := reminded(step.when); n != step.want {
			t.Fatalf("at %s %d reminders have gone out, want %d", step.when, n, step.want)
		}
	}
}

// TestReleaseSendsWhatIsStillOfUse: a question that is held for two days goes out
// when it is released; what lost its use meanwhile does not.
func TestReleaseSendsWhatIsStillOfUse(t *testing.T) {
	rules := reminders.Rules{Steps: []reminders.Step{
		{ID: "ask-6d", Kind: programme.NoticeEventAsk, Offset: offset(t, "-6d 10:00")},
		{ID: "ask-3d", Kind: programme.NoticeEventAsk, Offset: offset(t, "-3d 10:00")},
	}}
	c := newCalendar(t, rules)
	ctx, office := context.Background(), programme.Operator
	noError(t, c.office.OverrideNotice(ctx, office, programme.Override{Subject: "ws0", Action: programme.OverrideHold}))
	c.at(moment(t, "2026-09-18T12:00:00+09:00"))
	c.at(moment(t, "2026-09-21T12:00:00+09:00"))
	if got := c.stands(); len(got) > 0 {
		t.Fatalf("on hold: %v", got)
	}
	noError(t, c.office.ReleaseNotice(ctx, office, "ws0", "", ""))
	c.at(moment(t, "2026-09-21T12:00:01+09:00"))
	want := map[string]programme.DeliveryState{}
	for i := range 3 {
		want["event.ask ask-6d@20260924T0900Z "+string(programme.ToPerson(atsugi(i).ID))] = programme.Lapsed
		want["event.ask ask-3d@20260924T0900Z "+string(programme.ToPerson(atsugi(i).ID))] = programme.Sent
	}
	if diff := cmp.Diff(want, c.stands()); diff != "" {
		t.Errorf("released (-want +got):\n%s", diff)
	}
}
