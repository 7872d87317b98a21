package reminders_test

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"tsugite/reminders"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// moment reads a local time with its offset, so that no zone rule is used to
// write down what is expected.
func moment(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func offset(t testing.TB, s string) reminders.Offset {
	t.Helper()
	o, err := reminders.ParseOffset(s)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func period(t testing.TB, s string) reminders.Period {
	t.Helper()
	p, err := reminders.ParsePeriod(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestOffsetAt(t *testing.T) {
	for _, c := range []struct{ rule, zone, offset, start, want string }{
		{"days at a clock time", "Asia/Tokyo", "-14d 10:00", "2026-09-18T14:00:00+09:00", "2026-09-04T10:00:00+09:00"},
		{"days alone keep the start's clock time", "Asia/Tokyo", "-3d", "2026-09-18T14:05:00+09:00", "2026-09-15T14:05:00+09:00"},
		{"the day itself", "Asia/Tokyo", "0d 08:00", "2026-09-18T14:00:00+09:00", "2026-09-18T08:00:00+09:00"},
		{"hours", "Asia/Tokyo", "-1h", "2026-09-18T14:00:00+09:00", "2026-09-18T13:00:00+09:00"},
		{"minutes", "Asia/Tokyo", "-30m", "2026-09-18T00:10:00+09:00", "2026-09-17T23:40:00+09:00"},
		{"days after", "Asia/Tokyo", "+2d 09:00", "2026-12-30T14:00:00+09:00", "2027-01-01T09:00:00+09:00"},
		{"the day is the zone's, not UTC's", "Asia/Tokyo", "-1d 17:00", "2026-09-18T08:00:00+09:00", "2026-09-17T17:00:00+09:00"},
		{"a leap day", "Asia/Tokyo", "-1d 17:00", "2028-03-01T08:00:00+09:00", "2028-02-29T17:00:00+09:00"},

		{"business days skip a weekend", "Asia/Tokyo", "-2bd 17:00", "2026-10-05T10:00:00+09:00", "2026-10-01T17:00:00+09:00"},
		{"business days skip the holidays of September 2026", "Asia/Tokyo", "-1bd 17:00", "2026-09-24T10:00:00+09:00", "2026-09-18T17:00:00+09:00"},
		{"business days after", "Asia/Tokyo", "+1bd 10:00", "2026-09-18T14:00:00+09:00", "2026-09-24T10:00:00+09:00"},
		{"business days from a Sunday", "Asia/Tokyo", "-1bd 17:00", "2026-10-04T10:00:00+09:00", "2026-10-02T17:00:00+09:00"},
		{"a substitute holiday", "Asia/Tokyo", "-1bd", "2027-03-23T10:00:00+09:00", "2027-03-19T10:00:00+09:00"},
		{"configured closed days over the year-end", "Asia/Tokyo", "-1bd 10:00", "2027-01-04T13:00:00+09:00", "2026-12-28T10:00:00+09:00"},

		{"days keep the clock time over spring", "Europe/Berlin", "-1d 17:00", "2026-03-29T12:00:00+02:00", "2026-03-28T17:00:00+01:00"},
		{"days keep the clock time over autumn", "Europe/Berlin", "-1d", "2026-10-25T12:00:00+01:00", "2026-10-24T12:00:00+02:00"},
		{"hours are lengths over spring", "Europe/Berlin", "-2h", "2026-03-29T04:00:00+02:00", "2026-03-29T01:00:00+01:00"},
		{"a skipped clock time becomes the moment of the leap", "America/New_York", "-1d 02:30", "2026-03-09T12:00:00-04:00", "2026-03-08T03:00:00-04:00"},
		{"a doubled clock time is the first one", "America/New_York", "-1d 01:30", "2026-11-02T12:00:00-05:00", "2026-11-01T01:30:00-04:00"},
		{"a skipped midnight", "America/Asuncion", "-1d 00:00", "2023-10-02T12:00:00-03:00", "2023-10-01T01:00:00-03:00"},
		{"half an hour of daylight saving", "Australia/Lord_Howe", "-1d 02:15", "2026-10-05T12:00:00+11:00", "2026-10-04T02:30:00+11:00"},
		{"a skipped day", "Pacific/Apia", "-1d 10:00", "2011-12-31T12:00:00+14:00", "2011-12-31T00:00:00+14:00"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			cal := reminders.NewCalendar(zone(t, c.zone), []reminders.Period{period(t, "12-29..01-03")})
			got := offset(t, c.offset).At(moment(t, c.start), cal)
			if want := moment(t, c.want); !got.Equal(want) {
				t.Errorf("%s of %s is %v, want %v", c.offset, c.start, got, want)
			}
		})
	}
}

func TestParseOffsetRefuses(t *testing.T) {
	for _, c := range []struct{ rule, text, says string }{
		{"nothing", "", "write -14d 10:00"},
		{"no sign", "3d", "write -3d for before"},
		{"a plus on the day itself", "+0d 08:00", "write 0d"},
		{"the day itself without a time", "0d", "write 0d and a time"},
		{"no hours at all", "0h", "write 0d"},
		{"a clock time on hours", "-1h 10:00", "take no clock time"},
		{"a short clock time", "-1d 9:00", "is not an offset"},
		{"an hour that is not", "-1d 24:00", "write 00:00 to 23:59"},
		{"a minute that is not", "-1d 10:60", "write 00:00 to 23:59"},
		{"leading zeros", "-01d", "is not an offset"},
		{"two blanks", "-1d  10:00", "is not an offset"},
		{"blanks around", " -1d", "is not an offset"},
		{"full-width digits", "-１d", "is not an offset"},
		{"an unknown unit", "-1w", "is not an offset"},
		{"too far by days", "-367d", "at most 366d"},
		{"too far by hours", "-169h", "at most 168h"},
		{"more than a number", "-99999999999999999999d", "is not an offset"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			_, err := reminders.ParseOffset(c.text)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%q: error %v, want one that says %q", c.text, err, c.says)
			}
		})
	}
}

func FuzzParseOffset(f *testing.F) {
	for _, s := range []string{"-14d 10:00", "-3d", "0d 08:00", "-1h", "-30m", "+1bd 10:00", "-2bd 17:00", "", "-0d", "+999h"} {
		f.Add(s)
	}
	cal := reminders.NewCalendar(zone(f, "America/New_York"), nil)
	start := moment(f, "2026-03-08T02:30:00-05:00")
	f.Fuzz(func(t *testing.T, s string) {
		o, err := reminders.ParseOffset(s)
		if err != nil {
			return
		}
		if o.String() != s {
			t.Errorf("%q is written back as %q", s, o)
		}
		if d := o.At(start, cal).Sub(start).Abs(); d > 560*24*time.Hour {
			t.Errorf("%q reaches %v", s, d)
		}
	})
}

func TestParsePeriod(t *testing.T) {
	for _, s := range []string{"", "12-29", "12-29-01-03", "13-01..13-02", "02-30..03-01", "1-1..1-3", "12-29..01-03x"} {
		if p, err := reminders.ParsePeriod(s); err == nil {
			t.Errorf("%q was taken for %v", s, p)
		}
	}
	if p := period(t, "12-29..01-03"); p.String() != "12-29..01-03" {
		t.Errorf("written back as %q", p)
	}
}

func TestCalendarOpen(t *testing.T) {
	cal := reminders.NewCalendar(zone(t, "Asia/Tokyo"), []reminders.Period{period(t, "12-29..01-03"), period(t, "08-13..08-16")})
	for _, c := range []struct {
		rule, day string
		open      bool
	}{
		{"a weekday", "2026-10-01", true},
		{"Saturday", "2026-10-03", false},
		{"Sunday", "2026-10-04", false},
		{"a national holiday", "2026-11-03", false},
		{"the day between two holidays", "2026-09-22", false},
		{"a substitute holiday", "2027-03-22", false},
		{"the equinox itself", "2027-03-21", false},
		{"first of a closed period", "2026-12-29", false},
		{"last of a closed period", "2027-01-03", false},
		{"after a closed period", "2027-01-04", true},
		{"before a closed period", "2026-12-28", true},
		{"お盆", "2026-08-14", false},
	} {
		t.Run(c.rule, func(t *testing.T) {
			if got := cal.Open(moment(t, c.day+"T00:00:00Z")); got != c.open {
				t.Errorf("%s open: %v", c.day, got)
			}
		})
	}
}
