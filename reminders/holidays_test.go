package reminders_test

import (
	"sync"
	"testing"

	"tsugite/programme"
	"tsugite/reminders"
)

func TestHolidaysAreNationalOnes(t *testing.T) {
	holiday := reminders.Holidays()
	for _, c := range []struct {
		rule string
		day  programme.Date
		want bool
	}{
		{"a weekday", "2026-10-01", false},
		{"a Sunday", "2026-10-04", false},
		{"the last day of the year", "2026-12-31", false},
		{"a national holiday", "2026-11-03", true},
		{"one on a Sunday", "2027-03-21", true},
		{"its substitute", "2027-03-22", true},
		{"the day between two", "2026-09-22", true},
		{"no day at all", "", false},
		{"a day that there is not", "2026-02-30", false},
	} {
		if got := holiday(c.day); got != c.want {
			t.Errorf("%s, %s: %v", c.rule, c.day, got)
		}
	}
	// Any number of people look at times at once.
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for day := programme.Date("2026-04-01"); day < "2027-04-01"; day = day.Add(0, 1) {
				holiday(day)
			}
		})
	}
	all.Wait()
}
