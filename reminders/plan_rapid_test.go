package reminders_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tsugite/programme"
	"tsugite/reminders"
)

// Zones with no, ordinary, half-hour and midnight changes of daylight saving.
var zones = []string{"Asia/Tokyo", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Asuncion"}

// drawWorld makes facts of a year in some zone.
func drawWorld(t *testing.T, r *rapid.T) reminders.Facts {
	f := reminders.Facts{Zone: zone(t, rapid.SampledFrom(zones).Draw(r, "zone"))}
	f.Rules.Quiet = quiet(t, rapid.SampledFrom([]string{"", "21:00-07:30", "23:30-00:30", "00:00-06:00", "12:00-13:00"}).Draw(r, "quiet"))
	f.Rules.BusinessDays = rapid.Bool().Draw(r, "business days")
	f.Rules.Closed = []reminders.Period{period(t, "12-29..01-03")}
	offsets := rapid.SampledFrom([]string{"-14d 10:00", "-7d", "-3d", "-2bd 17:00", "-1d 17:00", "-1d 22:00", "0d 08:00", "0d 02:30", "-12h", "-1h", "-30m"})
	for i := range rapid.IntRange(1, 6).Draw(r, "steps") {
		f.Rules.Steps = append(f.Rules.Steps, reminders.Step{
			ID: fmt.Sprint("s", i), Offset: offset(t, offsets.Draw(r, "offset")),
			Kind: rapid.SampledFrom([]programme.NoticeKind{programme.NoticeEventAsk, programme.NoticeEventReminder}).Draw(r, "kind"),
		})
	}
	minutes := rapid.IntRange(0, 400*24*60)
	when := func(label string) time.Time {
		return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(minutes.Draw(r, label)) * time.Minute)
	}
	for i := range rapid.IntRange(1, 4).Draw(r, "events") {
		e := programme.Event{ID: programme.EventID(fmt.Sprint("e", i)), Start: when("start"),
			Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}}}
		if approved := rapid.IntRange(-40, 2).Draw(r, "approved"); approved > -40 {
			e.Approved = programme.DateOf(e.Start.AddDate(0, 0, approved), f.Zone)
		}
		if rapid.IntRange(0, 9).Draw(r, "cancelled") == 0 {
			e.Cancelled = when("cancelled at")
		}
		f.Events = append(f.Events, e)
	}
	for i := range rapid.IntRange(1, 5).Draw(r, "people") {
		p := programme.Person{ID: programme.PersonID(fmt.Sprint("p", i)), SlackID: fmt.Sprint("U", i), Roles: []programme.Role{programme.Atsugi}}
		switch rapid.IntRange(0, 9).Draw(r, "person") {
		case 0:
			p.Left = when("left")
		case 1:
			p.SlackID = ""
		case 2:
			p.Roles = []programme.Role{programme.Mentor}
		}
		f.People = append(f.People, p)
		for _, e := range f.Events {
			answer := rapid.SampledFrom([]programme.Coming{"none", programme.Undecided, programme.Yes, programme.Online, programme.No, programme.NotYet}).Draw(r, "answer")
			if answer != "none" {
				at := e.Start.Add(-time.Duration(rapid.IntRange(0, 30*24).Draw(r, "answered")) * time.Hour)
				f.Attendance = append(f.Attendance, programme.Attendance{Event: e.ID, Person: p.ID, Answer: answer, At: at})
			}
		}
	}
	return f
}

// moments are some in the order of time, around the dues of the plan.
func moments(r *rapid.T, all []programme.Notice) []time.Time {
	out := []time.Time{time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}
	for _, n := range all {
		if rapid.Bool().Draw(r, "look") {
			out = append(out, n.Due.Add(time.Duration(rapid.IntRange(-2, 2).Draw(r, "beside"))*time.Minute))
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return out
}

var never = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)

func TestPlanningAgainGivesTheSameSet(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := drawWorld(t, r)
		all := reminders.Plan(never, f)
		for _, now := range moments(r, all) {
			got := reminders.Plan(now, f)
			want := slices.DeleteFunc(slices.Clone(all), func(n programme.Notice) bool { return n.Due.After(now) })
			if !slices.Equal(got, want) {
				r.Fatalf("at %v the plan has %d notices, but %d of the final plan were due", now, len(got), len(want))
			}
		}
	})
}

func TestNextIsWhenThePlanGrows(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := drawWorld(t, r)
		for _, now := range moments(r, reminders.Plan(never, f)) {
			before := len(reminders.Plan(now, f))
			at, ok := reminders.Next(now, f)
			switch {
			case !ok && len(reminders.Plan(never, f)) != before:
				r.Fatalf("nothing comes after %v, yet the plan grows", now)
			case ok && len(reminders.Plan(at.Add(-time.Nanosecond), f)) != before:
				r.Fatalf("the plan grew between %v and %v", now, at)
			case ok && len(reminders.Plan(at, f)) <= before:
				r.Fatalf("the plan did not grow at %v", at)
			}
		}
	})
}

func TestEveryNoticeIsInItsPlace(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := drawWorld(t, r)
		all := reminders.Plan(never, f)
		for i, n := range all {
			checkNotice(r, f, n)
			for _, m := range all[:i] {
				if m.Due.After(n.Due) {
					r.Fatalf("%v comes before %v", m, n)
				}
				if m.Subject != n.Subject || m.To != n.To {
					continue
				}
				if m.Kind == n.Kind && m.Occasion == n.Occasion {
					r.Fatalf("twice: %v", n)
				}
				if m.UsefulUntil.After(n.Due) {
					r.Fatalf("two notices of use at once: %v and %v", m, n)
				}
			}
		}
	})
}

// checkNotice holds one notice against the facts, by other means than Plan's.
func checkNotice(r *rapid.T, f reminders.Facts, n programme.Notice) {
	e := f.Events[slices.IndexFunc(f.Events, func(e programme.Event) bool { return string(e.ID) == n.Subject })]
	p := f.People[slices.IndexFunc(f.People, func(p programme.Person) bool { return p.ID == n.To.Person() })]
	a := slices.IndexFunc(f.Attendance, func(a programme.Attendance) bool { return a.Event == e.ID && a.Person == p.ID })
	var answer programme.Coming
	if a >= 0 {
		answer = f.Attendance[a].Answer
	}
	comes := answer == programme.Yes || answer == programme.Online
	switch {
	case !n.Due.Before(n.UsefulUntil) || n.UsefulUntil.After(e.Start):
		r.Fatalf("no window before the start %v: %v", e.Start, n)
	case programme.DateOf(n.Due, f.Zone) < e.Approved || e.Approved == "" || !e.Cancelled.IsZero():
		r.Fatalf("not announced (%q): %v", e.Approved, n)
	case !p.Left.IsZero() || p.SlackID == "" || !p.Has(programme.Atsugi):
		r.Fatalf("not to be reached or not invited: %v", n)
	case answer == programme.No || comes != (n.Kind == programme.NoticeEventReminder):
		r.Fatalf("not for answer %q: %v", answer, n)
	case f.Rules.Quiet.Asleep(f.Zone)(n, n.Due):
		r.Fatalf("in the quiet hours %v: %v", f.Rules.Quiet, n)
	}
}

func TestSinceLeavesOutWhatLostItsUse(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := drawWorld(t, r)
		all := reminders.Plan(never, f)
		for _, since := range moments(r, all) {
			f.Since = since
			want := slices.DeleteFunc(slices.Clone(all), func(n programme.Notice) bool { return !n.UsefulUntil.After(since) })
			if got := reminders.Plan(never, f); !slices.Equal(got, want) {
				r.Fatalf("since %v: %d notices, want %d", since, len(got), len(want))
			}
		}
	})
}

// BenchmarkPlan is 10,000 people and 200 events over a year for all of them,
// half of whom answered, in the middle of the year: the plan of an hour's step
// and the plan of a start, when everything still of use is listed.
func BenchmarkPlan(b *testing.B) {
	f := reminders.Facts{Zone: zone(b, "Asia/Tokyo"), Rules: reminders.Rules{Quiet: quiet(b, "21:00-07:30"), BusinessDays: true, Steps: ladder(b)}}
	for i := range 10_000 {
		f.People = append(f.People, programme.Person{
			ID: programme.PersonID(fmt.Sprintf("01K%023d", i)), SlackID: fmt.Sprint("U", i), Roles: []programme.Role{programme.Atsugi}})
	}
	first := moment(b, "2026-04-01T14:00:00+09:00")
	for i := range 200 {
		e := programme.Event{ID: programme.EventID(fmt.Sprint("e", i)), Start: first.AddDate(0, 0, i*365/200), Approved: "2026-03-01",
			Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}}}
		f.Events = append(f.Events, e)
		if i%20 == 0 { // answers pile up for some events
			for j := 0; j < len(f.People); j += 2 {
				f.Attendance = append(f.Attendance, programme.Attendance{Event: e.ID, Person: f.People[j].ID, Answer: programme.Yes})
			}
		}
	}
	now := moment(b, "2026-10-01T12:00:00+09:00")
	f.Since = now.Add(-time.Hour)
	b.ReportAllocs()
	var n int
	for b.Loop() {
		n = len(reminders.Plan(now, f))
		reminders.Next(now, f)
	}
	b.ReportMetric(float64(n), "notices")
}
