package reminders_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
	"tsugite/reminders"
)

// ladder are the steps that most tests use.
func ladder(t testing.TB) []reminders.Step {
	step := func(id string, kind programme.NoticeKind, at string) reminders.Step {
		return reminders.Step{ID: id, Kind: kind, Offset: offset(t, at)}
	}
	return []reminders.Step{
		step("ask-2w", programme.NoticeEventAsk, "-14d 10:00"),
		step("ask-3d", programme.NoticeEventAsk, "-3d 10:00"),
		step("eve", programme.NoticeEventReminder, "-1d 17:00"),
		step("hour", programme.NoticeEventReminder, "-1h"),
	}
}

// world has one workshop on Friday 18 September 2026 at 14:00 in Tokyo, for
// atsugi: aki comes, bun is asked, chi said no, dai does not know yet, eri comes
// online, fumi left, gen has no account, hana is a mentor and not invited.
func world(t testing.TB) reminders.Facts {
	person := func(id programme.PersonID, role programme.Role) programme.Person {
		return programme.Person{ID: id, SlackID: "U" + string(id), Roles: []programme.Role{role}}
	}
	fumi, gen := person("fumi", programme.Atsugi), person("gen", programme.Atsugi)
	fumi.Left, gen.SlackID = moment(t, "2026-09-01T00:00:00+09:00"), ""
	answer := func(p programme.PersonID, a programme.Coming) programme.Attendance {
		return programme.Attendance{Event: "ws1", Person: p, Answer: a, At: moment(t, "2026-08-20T12:00:00+09:00")}
	}
	return reminders.Facts{
		Facts: programme.Facts{
			Events: []programme.Event{{
				ID: "ws1", Kind: programme.Workshop, Approved: "2026-08-01",
				Start: moment(t, "2026-09-18T14:00:00+09:00"), End: moment(t, "2026-09-18T17:00:00+09:00"),
				Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}},
			}},
			People: []programme.Person{
				person("hana", programme.Mentor), person("eri", programme.Atsugi), person("dai", programme.Atsugi),
				person("chi", programme.Atsugi), person("bun", programme.Atsugi), person("aki", programme.Atsugi), fumi, gen,
			},
			Attendance: []programme.Attendance{
				answer("aki", programme.Yes), answer("chi", programme.No), answer("dai", programme.NotYet),
				answer("eri", programme.Online), answer("fumi", programme.Yes), answer("gen", programme.Yes),
			},
		},
		Rules: reminders.Rules{Quiet: quiet(t, "21:00-07:30"), Steps: ladder(t)},
		Zone:  zone(t, "Asia/Tokyo"),
	}
}

// lines writes a plan so that it can be read: kind step who due..until, in Tokyo.
func lines(ns []programme.Notice) []string {
	tokyo := time.FixedZone("", 9*60*60)
	out := make([]string, len(ns))
	for i, n := range ns {
		step, _, _ := strings.Cut(n.Occasion, "@")
		out[i] = fmt.Sprintf("%s %s %s %s..%s", strings.TrimPrefix(string(n.Kind), "event."), step, n.To.Person(),
			n.Due.In(tokyo).Format("01-02 15:04"), n.UsefulUntil.In(tokyo).Format("01-02 15:04"))
	}
	return out
}

func TestPlan(t *testing.T) {
	const dayBefore, after = "2026-09-17T18:00:00+09:00", "2026-12-01T00:00:00+09:00"
	for _, c := range []struct {
		rule   string
		now    string
		change func(*reminders.Facts)
		want   []string
	}{
		{"nothing before the first step", "2026-09-04T09:59:59+09:00", nil, nil},
		{"the first step at its moment, to the undecided and nobody else", "2026-09-04T10:00:00+09:00", nil, []string{
			"ask ask-2w bun 09-04 10:00..09-15 10:00", "ask ask-2w dai 09-04 10:00..09-15 10:00"}},
		{"those who come are reminded, once the day before", dayBefore, nil, []string{
			"ask ask-2w bun 09-04 10:00..09-15 10:00", "ask ask-2w dai 09-04 10:00..09-15 10:00",
			"ask ask-3d bun 09-15 10:00..09-18 14:00", "ask ask-3d dai 09-15 10:00..09-18 14:00",
			"reminder eve aki 09-17 17:00..09-18 13:00", "reminder eve eri 09-17 17:00..09-18 13:00"}},
		{"what lost its use by Since is left out", dayBefore, func(f *reminders.Facts) { f.Since = moment(t, "2026-09-15T10:00:00+09:00") }, []string{
			"ask ask-3d bun 09-15 10:00..09-18 14:00", "ask ask-3d dai 09-15 10:00..09-18 14:00",
			"reminder eve aki 09-17 17:00..09-18 13:00", "reminder eve eri 09-17 17:00..09-18 13:00"}},
		{"nothing of a cancelled event", after, func(f *reminders.Facts) { f.Events[0].Cancelled = f.Events[0].Start.AddDate(0, 0, -20) }, nil},
		{"nothing that the bureau did not approve", after, func(f *reminders.Facts) { f.Events[0].Approved = "" }, nil},
		{"nothing of an event approved afterwards", after, func(f *reminders.Facts) { f.Events[0].Approved = "2026-09-19" }, nil},
		{"a late approval compresses the ladder, and waits for the morning", "2026-09-16T12:00:00+09:00",
			func(f *reminders.Facts) { f.Events[0].Approved = "2026-09-16" }, []string{
				"ask ask-3d bun 09-16 07:30..09-18 14:00", "ask ask-3d dai 09-16 07:30..09-18 14:00"}},
		{"an answer given after a step settles that step", dayBefore, func(f *reminders.Facts) {
			f.Attendance[0].At = moment(t, "2026-09-17T17:00:01+09:00") // aki
			f.Attendance[2].At = moment(t, "2026-09-10T08:00:00+09:00") // dai
		}, []string{
			"ask ask-2w bun 09-04 10:00..09-15 10:00",
			"ask ask-3d bun 09-15 10:00..09-18 14:00", "ask ask-3d dai 09-15 10:00..09-18 14:00",
			"reminder eve eri 09-17 17:00..09-18 13:00"}},
		{"steps for another kind of event", after, func(f *reminders.Facts) {
			for i := range f.Rules.Steps {
				f.Rules.Steps[i].Events = []programme.EventKind{programme.Seminar}
			}
		}, nil},
		{"a step in the quiet hours goes out the evening before", "2026-09-18T09:00:00+09:00", func(f *reminders.Facts) {
			f.Events[0].Start = moment(t, "2026-09-18T08:00:00+09:00")
			f.Rules.Steps = f.Rules.Steps[3:]
		}, []string{
			"reminder hour aki 09-17 20:30..09-18 08:00", "reminder hour eri 09-17 20:30..09-18 08:00"}},
		{"of two steps moved to one evening the later stays", "2026-09-18T09:00:00+09:00", func(f *reminders.Facts) {
			f.Events[0].Start = moment(t, "2026-09-18T08:00:00+09:00")
			f.Rules.Steps[2].Offset = offset(t, "-1d 21:30")
			f.Rules.Steps = f.Rules.Steps[2:]
		}, []string{
			"reminder hour aki 09-17 20:30..09-18 08:00", "reminder hour eri 09-17 20:30..09-18 08:00"}},
		{"the day itself is too late for an event before it", after, func(f *reminders.Facts) {
			f.Rules.Steps = f.Rules.Steps[2:3]
			f.Rules.Steps[0].Offset = offset(t, "0d 15:00")
		}, nil},
		{"days are moved off a weekend, hours are not", "2026-10-04T13:00:00+09:00", func(f *reminders.Facts) {
			f.Rules.BusinessDays = true
			f.Events[0].Start = moment(t, "2026-10-04T14:00:00+09:00") // a Sunday
			f.Rules.Steps = f.Rules.Steps[2:]
		}, []string{
			"reminder eve aki 10-02 17:00..10-04 13:00", "reminder eve eri 10-02 17:00..10-04 13:00",
			"reminder hour aki 10-04 13:00..10-04 14:00", "reminder hour eri 10-04 13:00..10-04 14:00"}},
		{"the day of the event stays, weekend or not", "2026-10-04T13:00:00+09:00", func(f *reminders.Facts) {
			f.Rules.BusinessDays = true
			f.Events[0].Start = moment(t, "2026-10-04T14:00:00+09:00")
			f.Rules.Steps = f.Rules.Steps[2:3]
			f.Rules.Steps[0].Offset = offset(t, "0d 08:00")
		}, []string{"reminder eve aki 10-04 08:00..10-04 14:00", "reminder eve eri 10-04 08:00..10-04 14:00"}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			f := world(t)
			if c.change != nil {
				c.change(&f)
			}
			samePlan(t, c.want, lines(reminders.Plan(moment(t, c.now), f)))
		})
	}
}

func TestMovingAnEventChangesEveryOccasion(t *testing.T) {
	f := world(t)
	before := reminders.Plan(f.Events[0].Start, f)
	f.Events[0].Start = f.Events[0].Start.Add(time.Hour)
	after := reminders.Plan(f.Events[0].Start, f)
	if len(before) != 8 || len(after) != 8 {
		t.Fatalf("%d and %d notices, want 8 each", len(before), len(after))
	}
	for _, n := range after {
		if slices.ContainsFunc(before, func(b programme.Notice) bool { return b.Occasion == n.Occasion }) {
			t.Errorf("occasion %s is of the old start too", n.Occasion)
		}
	}
	f.Rules.Steps[2].Offset = offset(t, "-1d 16:00")
	if got := reminders.Plan(f.Events[0].Start, f)[4]; got.Occasion != after[4].Occasion {
		t.Errorf("another offset made occasion %s of %s", got.Occasion, after[4].Occasion)
	}
}

func TestNext(t *testing.T) {
	f := world(t)
	want := []string{"2026-09-04T10:00:00+09:00", "2026-09-15T10:00:00+09:00", "2026-09-17T17:00:00+09:00", "2026-09-18T13:00:00+09:00"}
	now := moment(t, "2026-04-01T00:00:00+09:00")
	for _, w := range want {
		at, ok := reminders.Next(now, f)
		if !ok || !at.Equal(moment(t, w)) {
			t.Fatalf("after %v comes %v %v, want %s", now, at, ok, w)
		}
		now = at
	}
	if at, ok := reminders.Next(now, f); ok {
		t.Errorf("after the last step comes %v", at)
	}
	f.Attendance = nil // nobody comes: no reminder is worth waking up for
	if at, ok := reminders.Next(moment(t, want[1]), f); ok {
		t.Errorf("woken at %v for nobody", at)
	}
}
