package reminders_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
	"tsugite/reminders"
)

func schedule(t testing.TB, s string) reminders.Schedule {
	t.Helper()
	c, err := reminders.ParseSchedule(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestParseSchedule(t *testing.T) {
	for _, good := range []string{"0 9 * * 1", "30 17 1 * *", "0 9 5 4-12 *", "0 9 * * MON", "0 10 1,15 * *", "0 9 29 2 *"} {
		if s, err := reminders.ParseSchedule(good); err != nil || s.String() != good {
			t.Errorf("%q: %q, %v", good, s, err)
		}
	}
	for _, bad := range []string{
		"", "0 9 * *", "0 9 * * 1 *", "@weekly", "@every 5m", "TZ=Asia/Tokyo", "TZ=Asia/Tokyo 0 9 * * 1", "CRON_TZ=UTC 0 9 * * 1",
		"*/5 9 * * *", "0 9,17 * * *", "0 * * * *", "60 9 * * *", "0 24 * * *", "0 9 30 2 *", "0 9 * * 8", "0 9 * 13 *", "0 9 * * 1/0",
	} {
		if s, err := reminders.ParseSchedule(bad); err == nil || !strings.Contains(err.Error(), "0 9 * * 1") {
			t.Errorf("%q was read as %q, %v", bad, s, err)
		}
	}
}

func FuzzParseSchedule(f *testing.F) {
	for _, s := range []string{"0 9 * * 1", "0 9 1 * *", "TZ=Asia/Tokyo", "0 9 */2 1-3,5 0-7/3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if c, err := reminders.ParseSchedule(s); err == nil && c.String() != s {
			t.Errorf("%q was read as %q", s, c)
		}
	})
}

// offices is a programme with two coordinators, of whom one is not yet named to
// the bureau, a supporter and an atsugi, from 1 June 2026 to 31 March 2027.
func offices(t testing.TB, tz string) reminders.Facts {
	z := zone(t, tz)
	return reminders.Facts{
		Facts: programme.Facts{People: []programme.Person{
			{ID: "ono", SlackID: "U1", Roles: []programme.Role{programme.Coordinator}, Notified: "2026-06-01", Pledged: "2026-06-01"},
			{ID: "neu", SlackID: "U2", Roles: []programme.Role{programme.Coordinator}, Notified: "2026-12-20", Pledged: "2026-12-21"},
			{ID: "sup", SlackID: "U3", Roles: []programme.Role{programme.Supporter}},
			{ID: "aki", SlackID: "U4", Roles: []programme.Role{programme.Atsugi}},
			{ID: "off", Roles: []programme.Role{programme.Atsugi}},
		}},
		Rules: reminders.Rules{Quiet: quiet(t, "21:00-07:30"), BusinessDays: true, Closed: []reminders.Period{period(t, "12-29..01-03")}},
		Zone:  z,
		From:  time.Date(2026, 6, 1, 0, 0, 0, 0, z), To: time.Date(2027, 4, 1, 0, 0, 0, 0, z),
	}
}

// whole writes a plan with the whole occasion, in the zone of the facts.
func whole(ns []programme.Notice, z *time.Location) []string {
	out := make([]string, len(ns))
	for i, n := range ns {
		out[i] = fmt.Sprintf("%s %s %s %s %s..%s", n.Kind, n.Subject, n.To.Person(), n.Occasion,
			n.Due.In(z).Format("2006-01-02 15:04"), n.UsefulUntil.In(z).Format("01-02 15:04"))
	}
	return out
}

func TestDigests(t *testing.T) {
	for _, c := range []struct {
		rule, zone, cron string
		kind             programme.NoticeKind
		since, now       string
		want             []string
	}{
		{"a week goes to coordinators who are admitted", "Asia/Tokyo", "0 9 * * 1", programme.NoticeDigestWeek,
			"2026-09-03T09:00:00+09:00", "2026-09-14T12:00:00+09:00", []string{
				"digest.week d ono 20260907T0000Z 2026-09-07 09:00..09-10 09:00",
				"digest.week d ono 20260914T0000Z 2026-09-14 09:00..09-17 09:00"}},
		{"on a holiday it comes on the business day before: 21 September is one, 18 a Friday", "Asia/Tokyo", "0 9 * * 1", programme.NoticeDigestWeek,
			"2026-09-17T09:00:00+09:00", "2026-09-18T09:00:00+09:00", []string{
				"digest.week d ono 20260921T0000Z 2026-09-18 09:00..09-24 09:00"}},
		{"over the year-end, to the one who was named meanwhile, too", "Asia/Tokyo", "0 9 1 * *", programme.NoticeDigestWeek,
			"2026-12-05T09:00:00+09:00", "2026-12-28T09:00:00+09:00", []string{
				"digest.week d neu 20270101T0000Z 2026-12-28 09:00..01-04 09:00",
				"digest.week d ono 20270101T0000Z 2026-12-28 09:00..01-04 09:00"}},
		{"a month goes to everyone on Slack", "Asia/Tokyo", "0 9 1 * *", programme.NoticeDigestMonth,
			"2026-09-12T09:00:00+09:00", "2026-10-01T09:00:00+09:00", []string{
				"digest.month d aki 20261001T0000Z 2026-10-01 09:00..10-11 09:00",
				"digest.month d neu 20261001T0000Z 2026-10-01 09:00..10-11 09:00",
				"digest.month d ono 20261001T0000Z 2026-10-01 09:00..10-11 09:00",
				"digest.month d sup 20261001T0000Z 2026-10-01 09:00..10-11 09:00"}},
		{"support organisations have theirs", "Asia/Tokyo", "0 9 5 * *", programme.NoticeDigestSupport,
			"2026-09-30T09:00:00+09:00", "2026-10-05T09:00:00+09:00", []string{
				"digest.support d sup 20261005T0000Z 2026-10-05 09:00..10-19 09:00"}},
		{"a night's digest comes the evening before", "Asia/Tokyo", "0 6 7 10 *", programme.NoticeDigestSupport,
			"", "2027-04-30T09:00:00+09:00", []string{
				"digest.support d sup 20261006T2100Z 2026-10-06 20:30..10-21 06:00"}},
		{"nothing before the contract and after the completion", "Asia/Tokyo", "0 9 1 4,5,6 *", programme.NoticeDigestSupport,
			"", "2030-01-01T09:00:00+09:00", []string{
				"digest.support d sup 20260601T0000Z 2026-06-01 09:00..06-15 09:00"}},
		{"of days moved to one the last stays: 19 to 23 September are off", "Asia/Tokyo", "0 9 * 9 *", programme.NoticeDigestSupport,
			"2026-09-18T09:00:00+09:00", "2026-09-24T09:00:00+09:00", []string{
				"digest.support d sup 20260923T0000Z 2026-09-18 09:00..09-24 09:00",
				"digest.support d sup 20260924T0000Z 2026-09-24 09:00..09-25 09:00"}},
		{"an hour that the clock leaps over is the leap", "Europe/Berlin", "30 2 28 3 *", programme.NoticeDigestSupport,
			"", "2030-01-01T09:00:00+09:00", []string{
				"digest.support d sup 20270328T0100Z 2027-03-28 03:00..04-11 03:00"}},
		{"an hour that it shows twice is the first", "Europe/Berlin", "30 2 25 10 *", programme.NoticeDigestSupport,
			"", "2030-01-01T09:00:00+09:00", []string{
				"digest.support d sup 20261025T0030Z 2026-10-25 02:30..11-08 01:30"}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			f := offices(t, c.zone)
			f.Rules.Digests = []reminders.Digest{{ID: "d", Kind: c.kind, Schedule: schedule(t, c.cron)}}
			if c.since != "" {
				f.Since = moment(t, c.since)
			}
			if c.zone != "Asia/Tokyo" { // the hour itself is of interest
				f.Rules.Quiet, f.Rules.BusinessDays = reminders.QuietHours{}, false
			}
			samePlan(t, c.want, whole(reminders.Plan(moment(t, c.now), f), f.Zone))
		})
	}
}

// TestTheFirstDayOfDigests: what would have come before the programme was kept here
// is history, on the first day, too.
func TestTheFirstDayOfDigests(t *testing.T) {
	f := offices(t, "Asia/Tokyo")
	f.Rules.Digests = []reminders.Digest{{ID: "d", Kind: programme.NoticeDigestSupport, Schedule: schedule(t, "0 9 1,15 6 *")}}
	for from, want := range map[string][]string{
		"2026-06-01T09:00:00+09:00": {"digest.support d sup 20260601T0000Z 2026-06-01 09:00..06-15 09:00", "digest.support d sup 20260615T0000Z 2026-06-15 09:00..06-29 09:00"},
		"2026-06-01T09:00:01+09:00": {"digest.support d sup 20260615T0000Z 2026-06-15 09:00..06-29 09:00"},
	} {
		f.From = moment(t, from)
		samePlan(t, want, whole(reminders.Plan(never, f), f.Zone))
	}
}

func TestDigestsNeedAStretchOfTime(t *testing.T) {
	f := offices(t, "Asia/Tokyo")
	f.Rules.Digests = []reminders.Digest{{ID: "d", Kind: programme.NoticeDigestMonth, Schedule: schedule(t, "0 9 1 * *")}}
	for rule, change := range map[string]func(*reminders.Facts){
		"no beginning": func(f *reminders.Facts) { f.From = time.Time{} },
		"no end":       func(f *reminders.Facts) { f.To = time.Time{} },
	} {
		g := f
		change(&g)
		if got := reminders.Plan(never, g); len(got) > 0 {
			t.Errorf("%s: %v", rule, got[0])
		}
	}
}

// TestKeyDates has the final report's dates of fiscal 2026 (programme.md table row
// 3): the draft on Sunday 28 February 2027, worked to on Friday 26; Tuesday 23 is a
// holiday.
func TestKeyDates(t *testing.T) {
	for _, c := range []struct {
		rule   string
		change func(*reminders.Facts)
		want   []string
	}{
		{"told from the day to work to", nil, []string{
			"key_date draft ono -14d@2027-02-28 2027-02-12 10:00..02-22 10:00",
			"key_date draft ono -3bd@2027-02-28 2027-02-22 10:00..02-26 09:00",
			"key_date draft ono 0d@2027-02-28 2027-02-26 09:00..03-01 00:00"}},
		{"its own steps", func(f *reminders.Facts) {
			f.Rules.KeyDatesOf = map[string][]reminders.Offset{"draft": {offset(t, "-1bd 17:00")}, "other": nil}
		}, []string{"key_date draft ono -1bd@2027-02-28 2027-02-25 17:00..03-01 00:00"}},
		{"no steps", func(f *reminders.Facts) {
			f.Rules.KeyDatesOf = map[string][]reminders.Offset{"draft": {}}
		}, nil},
		{"a Saturday before it is no day to work", func(f *reminders.Facts) {
			f.Rules.KeyDates = []reminders.Offset{offset(t, "-6d 10:00")} // Saturday 20
		}, []string{"key_date draft ono -6d@2027-02-28 2027-02-19 10:00..03-01 00:00"}},
		{"the time of day may change, the occasion does not", func(f *reminders.Facts) {
			f.Rules.KeyDates = []reminders.Offset{offset(t, "-14d 11:00")}
		}, []string{"key_date draft ono -14d@2027-02-28 2027-02-12 11:00..03-01 00:00"}},
		{"skipped", func(f *reminders.Facts) {
			f.Rules.KeyDates = f.Rules.KeyDates[2:]
			f.Overrides = []programme.Override{{Subject: "draft", Kind: programme.NoticeKeyDate, Occasion: "0d@2027-02-28", Action: programme.OverrideSkip}}
		}, nil},
	} {
		t.Run(c.rule, func(t *testing.T) {
			f := offices(t, "Asia/Tokyo")
			f.KeyDates = []programme.KeyDate{{ID: "draft", Date: "2027-02-28", WorkBy: "2027-02-26",
				For: programme.Audience{Roles: []programme.Role{programme.Coordinator}}}}
			f.People[1].Roles = nil // neu
			f.Rules.KeyDates = []reminders.Offset{offset(t, "-14d 10:00"), offset(t, "-3bd 10:00"), offset(t, "0d 09:00")}
			if c.change != nil {
				c.change(&f)
			}
			samePlan(t, c.want, whole(reminders.Plan(never, f), f.Zone))
		})
	}
}

func TestWorkBy(t *testing.T) {
	cal := reminders.NewCalendar(zone(t, "Asia/Tokyo"), []reminders.Period{period(t, "12-29..01-03")})
	for date, want := range map[programme.Date]programme.Date{
		"2027-02-28": "2027-02-26", // a Sunday
		"2027-03-21": "2027-03-19", // a Sunday
		"2027-03-22": "2027-03-19", // its substitute holiday
		"2027-03-31": "2027-03-31",
		"2026-11-20": "2026-11-20",
		"2027-01-01": "2026-12-28",
		"2028-02-29": "2028-02-29", // a Tuesday
		"":           "",
	} {
		if got := cal.WorkBy(date); got != want {
			t.Errorf("%s is worked to by %s, want %s", date, got, want)
		}
	}
}
