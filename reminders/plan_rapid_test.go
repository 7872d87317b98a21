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

// Zones with no, ordinary, half-hour and midnight changes of daylight saving.
var zones = []string{"Asia/Tokyo", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Asuncion"}

// drawWorld makes facts of a year in some zone.
func drawWorld(t *testing.T, r *rapid.T) reminders.Facts {
	f := reminders.Facts{Zone: zone(t, rapid.SampledFrom(zones).Draw(r, "zone"))}
	f.From = time.Date(2026, 2, 1, 0, 0, 0, 0, f.Zone)
	f.To = f.From.AddDate(0, rapid.IntRange(1, 12).Draw(r, "months"), 0)
	drawRules(t, r, &f)
	for i := range rapid.IntRange(1, 4).Draw(r, "events") {
		f.Events = append(f.Events, drawEvent(r, f, fmt.Sprint("e", i)))
	}
	for i := range rapid.IntRange(1, 5).Draw(r, "people") {
		drawPerson(r, &f, fmt.Sprint("p", i))
	}
	if rapid.Bool().Draw(r, "key date") {
		date := programme.DateOf(drawTime(r, "key date"), f.Zone)
		f.KeyDates = []programme.KeyDate{{ID: "k", Date: date, WorkBy: date.Add(0, -rapid.IntRange(0, 3).Draw(r, "days off")),
			For: programme.Audience{Roles: []programme.Role{programme.Mentor}}}}
	}
	for i := range rapid.IntRange(0, 2).Draw(r, "surveys") {
		drawSurvey(r, &f, fmt.Sprint("s", i))
	}
	for i := range rapid.IntRange(0, 2).Draw(r, "sessions") {
		drawSession(r, &f, fmt.Sprint("m", i))
	}
	drawOverrides(r, &f)
	return f
}

func drawRules(t *testing.T, r *rapid.T, f *reminders.Facts) {
	f.Rules.Quiet = quiet(t, rapid.SampledFrom([]string{"", "21:00-07:30", "23:30-00:30", "00:00-06:00", "12:00-13:00"}).Draw(r, "quiet"))
	f.Rules.BusinessDays = rapid.Bool().Draw(r, "business days")
	f.Rules.Closed = []reminders.Period{period(t, "12-29..01-03")}
	steps := func(id string, kinds []programme.NoticeKind, most int, offsets ...string) {
		for i := range rapid.IntRange(0, most).Draw(r, id) {
			f.Rules.Steps = append(f.Rules.Steps, reminders.Step{
				ID: fmt.Sprint(id, i), Offset: offset(t, rapid.SampledFrom(offsets).Draw(r, "offset")), Kind: rapid.SampledFrom(kinds).Draw(r, "kind"),
			})
		}
	}
	steps("b", []programme.NoticeKind{programme.NoticeEventAsk, programme.NoticeEventReminder}, 6,
		"-14d 10:00", "-7d", "-3d", "-2bd 17:00", "-1d 17:00", "-1d 22:00", "0d 08:00", "0d 02:30", "-12h", "-1h", "-30m")
	steps("a", []programme.NoticeKind{programme.NoticeEventThanks, programme.NoticeEventCatchUp, programme.NoticeEventMemo}, 4,
		"+1bd 10:00", "+1d 22:00", "+2h", "0d 12:00", "+3d", "+30m", "+2d 02:30")
	steps("c", []programme.NoticeKind{programme.NoticeSurveyChase}, 2,
		"-14d 10:00", "-7d", "-2bd 10:00", "-1d 22:00", "0d 08:00", "0d 02:30", "-12h", "-30m")
	steps("m", []programme.NoticeKind{programme.NoticeSessionReminder, programme.NoticeSessionBriefing}, 3,
		"-1d 10:00", "-7d", "-2bd 10:00", "-1d 22:00", "0d 08:00", "0d 02:30", "-12h", "-1h", "-30m")
	f.Rules.KeyDates = []reminders.Offset{offset(t, "-14d 10:00"), offset(t, "-3bd 23:00"), offset(t, "0d 02:30")}
	kinds := []programme.NoticeKind{programme.NoticeDigestWeek, programme.NoticeDigestMonth, programme.NoticeDigestSupport}
	for i := range rapid.IntRange(0, 2).Draw(r, "digests") {
		f.Rules.Digests = append(f.Rules.Digests, reminders.Digest{ID: fmt.Sprint("d", i), Kind: rapid.SampledFrom(kinds).Draw(r, "digest"),
			Schedule: schedule(t, rapid.SampledFrom([]string{"0 9 * * 1", "30 2 * * *", "30 1 1 * *", "0 0 29 2 *", "15 23 */3 * *"}).Draw(r, "cron"))})
	}
}

func drawTime(r *rapid.T, label string) time.Time {
	minutes := rapid.IntRange(0, 400*24*60).Draw(r, label)
	return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(minutes) * time.Minute)
}

func drawEvent(r *rapid.T, f reminders.Facts, id string) programme.Event {
	e := programme.Event{ID: programme.EventID(id), Start: drawTime(r, "start"), Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}}}
	e.End = e.Start.Add(time.Duration(rapid.IntRange(1, 30*60).Draw(r, "length")) * time.Minute)
	e.Materials = rapid.SampledFrom([]string{"", "https://example.jp"}).Draw(r, "materials")
	if approved := rapid.IntRange(-40, 2).Draw(r, "approved"); approved > -40 {
		e.Approved = programme.DateOf(e.Start.AddDate(0, 0, approved), f.Zone)
	}
	if rapid.IntRange(0, 9).Draw(r, "cancelled") == 0 {
		e.Cancelled = drawTime(r, "cancelled at")
	}
	if rapid.IntRange(0, 3).Draw(r, "deadline") == 0 {
		e.Deadline = e.Start.Add(-time.Duration(rapid.IntRange(0, 10*24).Draw(r, "hours ahead")) * time.Hour)
	}
	return e
}

func drawPerson(r *rapid.T, f *reminders.Facts, id string) {
	p := programme.Person{ID: programme.PersonID(id), SlackID: "U" + id, Roles: []programme.Role{programme.Atsugi}}
	switch rapid.IntRange(0, 9).Draw(r, "person") {
	case 0:
		p.Left = drawTime(r, "left")
	case 1:
		p.SlackID = ""
	case 2:
		p.Roles = []programme.Role{programme.Mentor}
		if rapid.Bool().Draw(r, "pledged") {
			p.Notified, p.Pledged = "2026-06-01", "2026-06-01"
		}
	case 3:
		p.Roles, p.Notified, p.Pledged = []programme.Role{programme.Coordinator}, "2026-06-01", "2026-06-01"
	case 4:
		p.Roles = []programme.Role{programme.Supporter}
	}
	f.People = append(f.People, p)
	answers := []programme.Coming{"none", programme.Undecided, programme.Yes, programme.Online, programme.No, programme.NotYet, programme.Waiting}
	for _, e := range f.Events {
		at := e.Start.Add(-time.Duration(rapid.IntRange(0, 30*24).Draw(r, "answered")) * time.Hour)
		if answer := rapid.SampledFrom(answers).Draw(r, "answer"); answer != "none" {
			f.Attendance = append(f.Attendance, programme.Attendance{Event: e.ID, Person: p.ID, Answer: answer, At: at})
		}
		if rapid.IntRange(0, 4).Draw(r, "speaker") == 0 {
			status := rapid.SampledFrom(programme.SpeakerStatuses).Draw(r, "status")
			f.Speakers = append(f.Speakers, programme.Speaker{Event: e.ID, Person: p.ID, Status: status, At: at})
		}
		if rapid.IntRange(0, 4).Draw(r, "arrived") == 0 {
			f.Arrivals = append(f.Arrivals, programme.Arrival{Event: e.ID, Attendee: programme.AttendeeID(p.ID), At: e.Start})
		}
	}
}

// drawOverrides decides about some of what would be planned.
func drawOverrides(r *rapid.T, f *reminders.Facts) {
	var decided []programme.Override
	for _, n := range reminders.Plan(never, *f) {
		if rapid.IntRange(0, 9).Draw(r, "decide") > 0 {
			continue
		}
		o := programme.Override{Subject: n.Subject, Kind: n.Kind, Occasion: n.Occasion,
			Action: rapid.SampledFrom([]programme.OverrideAction{programme.OverrideHold, programme.OverrideSkip, programme.OverrideEarly}).Draw(r, "action"),
			At:     n.Due.Add(-time.Duration(rapid.IntRange(0, 10*24).Draw(r, "earlier")) * time.Hour)}
		if o.Action != programme.OverrideEarly && rapid.Bool().Draw(r, "all of it") {
			o.Kind, o.Occasion = "", ""
		}
		if !slices.ContainsFunc(decided, func(d programme.Override) bool {
			return d.Subject == o.Subject && d.Kind == o.Kind && d.Occasion == o.Occasion
		}) {
			decided = append(decided, o)
		}
	}
	f.Overrides = decided
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
				if m.UsefulUntil.After(n.Due) && !(ofSession(m.Kind) && m.Kind != n.Kind) { // an expert is reminded and briefed
					r.Fatalf("two notices of use at once: %v and %v", m, n)
				}
			}
		}
	})
}

// checkNotice holds one notice against the facts, by other means than Plan's.
func checkNotice(r *rapid.T, f reminders.Facts, n programme.Notice) {
	_, asleep := f.Rules.Quiet.Asleep(f.Zone)(n, n.Due)
	switch {
	case !n.Due.Before(n.UsefulUntil):
		r.Fatalf("no window: %v", n)
	case n.Kind == "" || !n.Kind.Planned() || asleep:
		r.Fatalf("in the quiet hours %v: %v", f.Rules.Quiet, n)
	}
	for _, o := range f.Overrides {
		mine := o.Subject == n.Subject && (o.Kind == "" || o.Kind == n.Kind && o.Occasion == n.Occasion)
		if mine && o.Action != programme.OverrideEarly {
			r.Fatalf("on %s: %v", o.Action, n)
		}
	}
	var p programme.Person
	if id := n.To.Person(); id != "" {
		p = f.People[slices.IndexFunc(f.People, func(p programme.Person) bool { return p.ID == id })]
		if !p.Left.IsZero() || p.SlackID == "" {
			r.Fatalf("not to be reached: %v", n)
		}
	}
	switch n.Kind {
	case programme.NoticeKeyDate:
		if !p.Has(programme.Mentor) || n.Due.After(f.KeyDates[0].WorkBy.At(23, 59, f.Zone)) {
			r.Fatalf("not for %v, or after %v: %v", p.Roles, f.KeyDates[0].WorkBy, n)
		}
	case programme.NoticeDigestWeek, programme.NoticeDigestMonth, programme.NoticeDigestSupport:
		checkDigest(r, f, n, p)
	case programme.NoticeSurveyChase:
		checkChaser(r, f, n)
	case programme.NoticeSessionReminder, programme.NoticeSessionBriefing, programme.NoticeSessionAfter, programme.NoticeSessionLapsed,
		programme.NoticeSessionNudge:
		checkSessionNotice(r, f, n)
	default:
		e := f.Events[slices.IndexFunc(f.Events, func(e programme.Event) bool { return string(e.ID) == n.Subject })]
		if e.Approved == "" || programme.DateOf(n.Due, f.Zone) < e.Approved || !e.Cancelled.IsZero() {
			r.Fatalf("not announced (%q): %v", e.Approved, n)
		}
		checkEventNotice(r, f, e, n, p)
	}
}

func checkDigest(r *rapid.T, f reminders.Facts, n programme.Notice, p programme.Person) {
	at, err := time.Parse("20060102T1504Z", n.Occasion)
	switch {
	case err != nil || at.Before(f.From) || at.After(f.To) || n.Due.After(at):
		r.Fatalf("not of a moment from %v to %v: %v", f.From, f.To, n)
	case n.Kind == programme.NoticeDigestWeek && (!p.Has(programme.Coordinator) || n.Due.Before(time.Date(2026, 5, 31, 0, 0, 0, 0, time.UTC))),
		n.Kind == programme.NoticeDigestSupport && !p.Has(programme.Supporter):
		r.Fatalf("not for %v: %v", p.Roles, n)
	}
}

// standing is what the facts say of one person at one event.
type standing struct {
	answer         programme.Coming
	at             time.Time
	speaks         bool
	arrived, ticks int // this person, and anybody
}

func aboutPerson(f reminders.Facts, e programme.EventID, p programme.PersonID) (a standing) {
	for _, each := range f.Attendance {
		if each.Event == e && each.Person == p {
			a.answer, a.at = each.Answer, each.At
		}
	}
	for _, each := range f.Speakers {
		if each.Event == e && each.Person == p {
			a.speaks = each.Status != programme.SpeakerAsked && each.Status != programme.SpeakerDeclined
		}
	}
	for _, each := range f.Arrivals {
		if each.Event == e {
			a.ticks++
			if each.Attendee == programme.AttendeeID(p) {
				a.arrived++
			}
		}
	}
	return a
}

func checkEventNotice(r *rapid.T, f reminders.Facts, e programme.Event, n programme.Notice, p programme.Person) {
	a := aboutPerson(f, e.ID, p.ID)
	comes := a.answer == programme.Yes || a.answer == programme.Online
	early := n.Kind == programme.NoticeEventAsk || n.Kind == programme.NoticeEventReminder
	ok := false
	switch n.Kind {
	case programme.NoticeEventAsk:
		ok = p.Has(programme.Atsugi) && !a.speaks && (a.answer == programme.Undecided || a.answer == programme.NotYet) &&
			(e.Deadline.IsZero() || !n.UsefulUntil.After(e.Deadline))
	case programme.NoticeEventReminder:
		ok = comes || a.answer == programme.Waiting || a.speaks && a.answer != programme.No
	case programme.NoticeEventThanks:
		ok = a.arrived > 0 || a.ticks == 0 && (comes || a.speaks && a.answer != programme.No)
	case programme.NoticeEventCatchUp:
		late := a.answer == programme.No && programme.DateOf(a.at, f.Zone) >= programme.DateOf(e.Start, f.Zone).Add(0, -1)
		ok = e.Materials != "" && a.arrived == 0 && (late || a.ticks > 0 && comes)
	case programme.NoticeEventMemo:
		ok = n.To == programme.ToChannel(programme.ChannelOffice)
	}
	switch {
	case !ok:
		r.Fatalf("not for %+v: %v", a, n)
	case early && n.UsefulUntil.After(e.Start):
		r.Fatalf("of use after the start %v: %v", e.Start, n)
	case !early && (n.Due.Before(e.End) || n.UsefulUntil.Sub(n.Due) > 25*24*time.Hour):
		r.Fatalf("before the end %v, or of use too long: %v", e.End, n)
	}
}

// TestMovingAnEventLeavesNothingStale: the plan of a moved event has no occasion
// of the old start, and what it says of other things stays.
func TestMovingAnEventLeavesNothingStale(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := drawWorld(t, r)
		before := reminders.Plan(never, f)
		by := time.Duration(rapid.IntRange(1, 60*24*60).Draw(r, "moved by")) * time.Minute
		f.Events = slices.Clone(f.Events)
		e := &f.Events[0]
		e.Start, e.End = e.Start.Add(by), e.End.Add(by)
		mine := func(n programme.Notice) bool { return n.Subject == string(e.ID) }
		after := reminders.Plan(never, f)
		for _, n := range after {
			if mine(n) && !strings.HasSuffix(n.Occasion, "@"+e.Start.UTC().Format("20060102T1504Z")) {
				r.Fatalf("not of the new start %v: %v", e.Start, n)
			}
		}
		if !slices.Equal(slices.DeleteFunc(before, mine), slices.DeleteFunc(after, mine)) {
			r.Fatal("moving one event changed what is planned for others")
		}
	})
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

// crowded is 10,000 people and 200 events over a year for all of them, to a tenth
// of which half of them come, with what follows an event, a digest for everyone and
// a key date, at a moment in the middle of the year.
func crowded(b *testing.B) (reminders.Facts, time.Time) {
	f := reminders.Facts{Zone: zone(b, "Asia/Tokyo"), Rules: reminders.Rules{
		Quiet: quiet(b, "21:00-07:30"), BusinessDays: true, Steps: append(ladder(b), afterwards(b)...),
		Digests: []reminders.Digest{
			{ID: "week", Kind: programme.NoticeDigestWeek, Schedule: schedule(b, "0 9 * * 1")},
			{ID: "month", Kind: programme.NoticeDigestMonth, Schedule: schedule(b, "0 10 1 * *")},
		},
		KeyDates: []reminders.Offset{offset(b, "-3bd 10:00")},
	}}
	for i := range 10_000 {
		f.People = append(f.People, programme.Person{
			ID: programme.PersonID(fmt.Sprintf("01K%023d", i)), SlackID: fmt.Sprint("U", i), Roles: []programme.Role{programme.Atsugi}})
	}
	everyone := programme.Audience{Roles: []programme.Role{programme.Atsugi}}
	f.From = moment(b, "2026-04-01T14:00:00+09:00")
	f.To = f.From.AddDate(1, 0, 0)
	for i := range 200 {
		start := f.From.AddDate(0, 0, i*365/200)
		e := programme.Event{ID: programme.EventID(fmt.Sprint("e", i)), Start: start, End: start.Add(3 * time.Hour), Approved: "2026-03-01", Audience: everyone}
		f.Events = append(f.Events, e)
		if i%10 == 0 {
			for j := 0; j < len(f.People); j += 2 {
				f.Attendance = append(f.Attendance, programme.Attendance{Event: e.ID, Person: f.People[j].ID, Answer: programme.Yes})
			}
		}
	}
	f.KeyDates = []programme.KeyDate{{ID: "k", Date: "2026-10-05", WorkBy: "2026-10-05", For: everyone}}
	now := moment(b, "2026-10-01T12:00:00+09:00")
	f.Since = now.Add(-time.Hour)
	return f, now
}

// BenchmarkPlan lists everything that is still of use.
func BenchmarkPlan(b *testing.B) {
	f, now := crowded(b)
	b.ReportAllocs()
	var n int
	for b.Loop() {
		n = len(reminders.Plan(now, f))
	}
	b.ReportMetric(float64(n), "notices")
}

// BenchmarkNext finds the moment of the next step.
func BenchmarkNext(b *testing.B) {
	f, now := crowded(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := reminders.Next(now, f); !ok {
			b.Fatal("nothing comes")
		}
	}
}
