package programme

import (
	"fmt"
	"time"
)

// Date is a calendar day in the programme's zone, written 2006-01-02. The empty
// Date means "not given". Dates compare as strings.
type Date string

// ParseDate reads a day written 2006-01-02, 2006/1/2 or 2006.1.2.
func ParseDate(s string) (Date, error) {
	for _, layout := range []string{"2006-01-02", "2006/1/2", "2006.1.2"} {
		if t, err := time.Parse(layout, s); err == nil {
			return Date(t.Format(time.DateOnly)), nil
		}
	}
	return "", fmt.Errorf("%q is not a date (write 2026-09-18)", s)
}

// DateOf is the day of t in the zone loc.
func DateOf(t time.Time, loc *time.Location) Date {
	return Date(t.In(loc).Format(time.DateOnly))
}

// At is the moment hh:mm of this day in the zone loc; the zero time if the
// Date is empty or malformed.
func (d Date) At(hour, minute int, loc *time.Location) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, string(d), loc)
	if err != nil {
		return time.Time{}
	}
	return time.Date(t.Year(), t.Month(), t.Day(), hour, minute, 0, 0, loc)
}

// Reached says whether the day has come by today. An empty Date never comes.
func (d Date) Reached(today Date) bool { return d != "" && d <= today }

// Add is the day some months and days on, or back if they are negative; "" if the
// Date is empty or malformed.
func (d Date) Add(months, days int) Date {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return Date(t.AddDate(0, months, days).Format(time.DateOnly))
}
