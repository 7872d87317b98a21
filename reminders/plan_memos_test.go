package reminders_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tsugite/programme"
	"tsugite/reminders"
)

// memoDue is how long a memo may take, as the configuration says it.
func memoDue(t testing.TB, s string) reminders.Offset {
	t.Helper()
	o, err := reminders.ParseMemoDue(s)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// unwritten is world with a session of aki and hana, an expert, that ended on Thursday 17
// September 2026 at 15:00. Monday to Wednesday after are holidays.
func unwritten(t testing.TB) reminders.Facts {
	f := meeting(t)
	f.Events, f.Sessions, f.Rules.Steps = nil, nil, nil
	f.Rules.BusinessDays, f.Rules.MemoDue = true, memoDue(t, "3bd")
	f.Unwritten = []programme.MemoDue{{
		Session: "s1", Since: moment(t, "2026-09-17T15:00:00+09:00"),
		Writer: programme.Person{ID: "hana", Name: "塩﨑 一"}, Atsugi: programme.Person{ID: "aki", Name: "髙橋 陶子"},
	}}
	return f
}

func TestPlanOfMemosThatAreNotWritten(t *testing.T) {
	const (
		later  = "2026-12-01T00:00:00+09:00"
		first  = "memo.due p:hana 09-25 10:00..09-29 10:00"
		again  = "memo.due p:hana 09-29 10:00..10-01 10:00"
		office = "memo.overdue c:office 10-01 10:00..10-15 10:00"
	)
	since := func(at string) func(*reminders.Facts) {
		return func(f *reminders.Facts) { f.Unwritten[0].Since = moment(t, at) }
	}
	within := func(s string) func(*reminders.Facts) {
		return func(f *reminders.Facts) { f.Rules.MemoDue = memoDue(t, s) }
	}
	for _, c := range []struct {
		rule   string
		now    string
		change func(*reminders.Facts)
		want   []string
	}{
		{"nobody before the third business day", "2026-09-25T09:59:59+09:00", nil, nil},
		{"the expert on that day at ten", "2026-09-25T10:00:00+09:00", nil, []string{first}},
		{"once more two business days on", "2026-09-29T10:00:00+09:00", nil, []string{first, again}},
		{"then the office, once", later, nil, []string{first, again, office}},
		{"nobody once it is written", later, func(f *reminders.Facts) { f.Unwritten = nil }, nil},
		{"nobody where nobody is chased", later, func(f *reminders.Facts) { f.Rules.MemoDue = reminders.Offset{} }, nil},
		{"days off are left out of days, too", later, within("2d"),
			[]string{"memo.due p:hana 09-24 10:00..09-28 10:00", "memo.due p:hana 09-28 10:00..09-30 10:00", "memo.overdue c:office 09-30 10:00..10-14 10:00"}},
		{"and are not, where they do not count", later, func(f *reminders.Facts) { within("2d")(f); f.Rules.BusinessDays = false },
			[]string{"memo.due p:hana 09-19 10:00..09-25 10:00", "memo.due p:hana 09-25 10:00..09-29 10:00", "memo.overdue c:office 09-29 10:00..10-13 10:00"}},
		{"not in the quiet hours", later, func(f *reminders.Facts) { within("1bd")(f); f.Rules.Quiet = quiet(t, "09:00-11:00") },
			[]string{"memo.due p:hana 09-18 11:00..09-25 11:00", "memo.due p:hana 09-25 11:00..09-29 11:00", "memo.overdue c:office 09-29 11:00..10-13 11:00"}},
		{"what is entered later is due later", later, since("2026-10-05T09:00:00+09:00"),
			[]string{"memo.due p:hana 10-08 10:00..10-13 10:00", "memo.due p:hana 10-13 10:00..10-15 10:00", "memo.overdue c:office 10-15 10:00..10-29 10:00"}},
		{"what was over before the programme was kept here is history", later,
			func(f *reminders.Facts) { f.From = moment(t, "2026-09-17T15:00:01+09:00") }, nil},
		{"no expert who left: the office hears all the same", later, func(f *reminders.Facts) {
			f.People = slices.DeleteFunc(f.People, func(p programme.Person) bool { return p.ID == "hana" })
		}, []string{office}},
		{"no expert who is not admitted any more", later, func(f *reminders.Facts) {
			for i := range f.People {
				f.People[i].Pledged = ""
			}
		}, []string{office}},
		{"of an event nobody is chased but the office, on the day", later, func(f *reminders.Facts) {
			f.Unwritten[0] = programme.MemoDue{Event: "ws1", Title: "ワークショップ", Since: f.Unwritten[0].Since}
		}, []string{"memo.overdue c:office 09-25 10:00..10-09 10:00"}},
		{"what the coordinator skips is left out", later, func(f *reminders.Facts) {
			f.Overrides = []programme.Override{{Subject: "s1", Kind: programme.NoticeMemoDue, Occasion: "again@20260917T0600Z", Action: programme.OverrideSkip}}
		}, []string{first, office}},
		{"early is not before the session is over", later, func(f *reminders.Facts) {
			f.Overrides = []programme.Override{{Subject: "s1", Kind: programme.NoticeMemoDue, Occasion: "due@20260917T0600Z", Action: programme.OverrideEarly, At: moment(t, "2026-09-01T09:00:00+09:00")}}
		}, []string{"memo.due p:hana 09-17 15:00..09-29 10:00", again, office}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			f := unwritten(t)
			if c.change != nil {
				c.change(&f)
			}
			samePlan(t, c.want, planned(reminders.Plan(moment(t, c.now), f)))
		})
	}
}

// TestTheOfficeSeesWhichMemosWillBeAskedFor: of what is over, with whom; not of what is to
// come, of which nobody knows yet that it takes place.
func TestTheOfficeSeesWhichMemosWillBeAskedFor(t *testing.T) {
	f := unwritten(t)
	before, after := f.Unwritten[0].Since.Add(-time.Minute), f.Unwritten[0].Since
	if list := reminders.Upcoming(before, f, 9); len(list) != 0 {
		t.Errorf("before it is over: %+v", list)
	}
	list := reminders.Upcoming(after, f, 9)
	if len(list) != 3 || list[0].Kind != programme.NoticeMemoDue || list[0].Title != "髙橋 陶子 × 塩﨑 一" || list[0].People != 1 || list[2].Kind != programme.NoticeMemoOverdue {
		t.Errorf("%+v", list)
	}
	if at, ok := reminders.Next(before, f); !ok || !at.Equal(moment(t, "2026-09-25T10:00:00+09:00")) {
		t.Errorf("woken at %v %v", at, ok)
	}
}

func TestHowLongAMemoMayTake(t *testing.T) {
	for s, want := range map[string]string{"3bd": "+3bd 10:00", "5d": "+5d 10:00", "49d": "+49d 10:00"} {
		if got := memoDue(t, s).String(); got != want {
			t.Errorf("%s is %s, want %s", s, got, want)
		}
	}
	for _, s := range []string{"", "0bd", "3", "bd", "+3bd", "-3bd", "3h", "50d", "100d", "3bd 10:00", "３bd"} {
		if _, err := reminders.ParseMemoDue(s); err == nil || !strings.Contains(err.Error(), "write 3bd") {
			t.Errorf("%q: %v", s, err)
		}
	}
	by := reminders.Rules{MemoDue: memoDue(t, "3bd")}.MemoDueBy(zone(t, "Asia/Tokyo"))
	if at := by(moment(t, "2026-09-17T15:00:00+09:00")); !at.Equal(moment(t, "2026-09-25T10:00:00+09:00")) {
		t.Errorf("due at %v", at)
	}
	if (reminders.Rules{}).MemoDueBy(time.UTC) != nil {
		t.Error("somebody is late though nobody is chased")
	}
}

// TestNobodyIsChasedForAMemoMoreThanTwice, nor on a day off or in the quiet hours, nor once it
// is written, whatever is configured and whenever it ended.
func TestNobodyIsChasedForAMemoMoreThanTwice(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := unwritten(t)
		f.Unwritten = nil
		f.Rules.MemoDue = memoDue(t, fmt.Sprintf("%d%s", rapid.IntRange(1, 49).Draw(r, "n"), rapid.SampledFrom([]string{"d", "bd"}).Draw(r, "unit")))
		f.Rules.Closed = []reminders.Period{period(t, "08-13..08-16"), period(t, "12-28..01-04")}
		cal := reminders.NewCalendar(f.Zone, f.Rules.Closed)
		for i := range rapid.IntRange(1, 4).Draw(r, "memos") {
			d := programme.MemoDue{Since: moment(t, "2026-06-01T00:00:00+09:00").Add(time.Duration(rapid.IntRange(0, 400*24*60).Draw(r, "since")) * time.Minute)}
			if rapid.Bool().Draw(r, "event") {
				d.Event = programme.EventID(fmt.Sprint("e", i))
			} else {
				d.Session, d.Writer.ID = programme.SessionID(fmt.Sprint("s", i)), "hana"
			}
			f.Unwritten = append(f.Unwritten, d)
		}
		n, last := map[string]int{}, map[string]time.Time{}
		for _, p := range reminders.Plan(never, f) {
			key := string(p.Kind) + " " + p.Subject
			n[key]++
			if most := map[programme.NoticeKind]int{programme.NoticeMemoDue: 2, programme.NoticeMemoOverdue: 1}[p.Kind]; n[key] > most {
				r.Fatalf("%s for the %d. time", key, n[key])
			}
			local := p.Due.In(f.Zone)
			if !cal.Open(time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, time.UTC)) || local.Hour() != 10 {
				r.Fatalf("%s at %v", key, local)
			}
			if !p.Due.After(last[p.Subject]) || !p.UsefulUntil.After(p.Due) {
				r.Fatalf("%s at %v, until %v, after %v", key, p.Due, p.UsefulUntil, last[p.Subject])
			}
			last[p.Subject] = p.Due
		}
		written := rapid.IntRange(0, len(f.Unwritten)-1).Draw(r, "written")
		subject := f.Unwritten[written].Subject()
		f.Unwritten = slices.Delete(f.Unwritten, written, written+1)
		for _, p := range reminders.Plan(never, f) {
			if p.Subject == subject {
				r.Fatalf("%s is asked for, and is written", subject)
			}
		}
	})
}
