package reminders

import (
	"fmt"
	"time"
)

// clockTime is a time of day in minutes after midnight.
type clockTime int

// parseClock reads 00:00 to 23:59.
func parseClock(s string) (clockTime, error) {
	t, err := time.Parse("15:04", s)
	if err != nil || len(s) != len("15:04") {
		return 0, fmt.Errorf("%.20q is not a time of day (write 00:00 to 23:59)", s)
	}
	return clockTime(t.Hour()*60 + t.Minute()), nil
}

func (c clockTime) String() string { return fmt.Sprintf("%02d:%02d", c/60, c%60) }

// dayOf is the calendar day of t in t's own zone, as midnight UTC: a day to
// count with, not a moment.
func dayOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// on is the moment at which clocks in zone show c on the day. When daylight
// saving ends and they show it twice, it is the first time; when it begins and
// they leap over it, it is the moment of the leap.
func (c clockTime) on(day time.Time, zone *time.Location) time.Time {
	naive := day.Add(time.Duration(c) * time.Minute)
	_, before := naive.Add(-26 * time.Hour).In(zone).Zone()
	_, after := naive.Add(26 * time.Hour).In(zone).Zone()
	first := naive.Add(-time.Duration(max(before, after)) * time.Second).In(zone)
	second := naive.Add(-time.Duration(min(before, after)) * time.Second).In(zone)
	for _, t := range []time.Time{first, second} {
		if dayOf(t).Equal(day) && clockTime(t.Hour()*60+t.Minute()) == c {
			return t
		}
	}
	leap, _ := second.ZoneBounds()
	return leap
}
