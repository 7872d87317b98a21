package reminders

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/jp"

	"tsugite/programme"
)

// Calendar knows which days people work: not at weekends, not on Japan's
// national holidays, not in the configured periods (year-end, お盆). It is for
// one goroutine.
type Calendar struct {
	zone   *time.Location
	work   *cal.BusinessCalendar
	closed []Period
}

// NewCalendar makes the calendar of a zone with its closed periods.
func NewCalendar(zone *time.Location, closed []Period) *Calendar {
	return &Calendar{zone: zone, work: japan(), closed: closed}
}

func japan() *cal.BusinessCalendar {
	work := cal.NewBusinessCalendar()
	work.Cacheable = true
	for _, h := range jp.Holidays {
		work.AddHoliday(h.Clone(nil)) // the library's own are written to while it counts
	}
	return work
}

// Holidays answers whether a day is one of Japan's national holidays, or their substitute.
// Weekends and closed periods are none. Any number of goroutines may ask at once.
func Holidays() func(programme.Date) bool {
	var mu sync.Mutex
	holidays := japan()
	return func(d programme.Date) bool {
		day := d.At(0, 0, time.UTC)
		if day.IsZero() {
			return false
		}
		mu.Lock()
		defer mu.Unlock()
		actual, observed, _ := holidays.IsHoliday(day)
		return actual || observed
	}
}

// Open says whether people work on a day.
func (c *Calendar) Open(day time.Time) bool {
	for _, p := range c.closed {
		if p.includes(day) {
			return false
		}
	}
	return c.work.IsWorkday(day)
}

// mostClosed is how many days a year the configuration may close. Weekends and
// holidays make of it at most longestClosed in a row, where every search for an
// open day ends.
const (
	mostClosed    = 40
	longestClosed = 90
)

// addBusinessDays counts n open days on from the day, which itself is not
// counted; back if n is negative.
func (c *Calendar) addBusinessDays(day time.Time, n int) time.Time {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for range n {
		day = c.nextOpen(day.AddDate(0, 0, step), step)
	}
	return day
}

// nextOpen is the first open day from the day on, in steps of one day.
func (c *Calendar) nextOpen(day time.Time, step int) time.Time {
	for range longestClosed {
		if c.Open(day) {
			break
		}
		day = day.AddDate(0, 0, step)
	}
	return day
}

// open moves a moment on a closed day to the first open day, in steps of one day,
// at the same time of day.
func (c *Calendar) open(t time.Time, step int) time.Time {
	local := t.In(c.zone)
	day := dayOf(local)
	open := c.nextOpen(day, step)
	if open.Equal(day) {
		return t
	}
	return clockTime(local.Hour()*60+local.Minute()).on(open, c.zone)
}

// WorkBy is the day to which everyone works who has to be ready by the day d: d
// itself, or the last open day before a weekend, holiday or closed period
// (programme.md table row 3). A malformed Date stays as it is.
func (c *Calendar) WorkBy(d programme.Date) programme.Date {
	day := d.At(0, 0, time.UTC)
	if day.IsZero() {
		return d
	}
	return programme.DateOf(c.nextOpen(day, -1), time.UTC)
}

// Period is a stretch of days in every year, written 12-29..01-03 with both
// ends in it.
type Period struct {
	from, to monthDay
}

// monthDay is month × 100 + day, so that it compares by date.
type monthDay int

const periodForm = "write 08-13..08-16, or 12-29..01-03"

// ParsePeriod reads a period.
func ParsePeriod(s string) (Period, error) {
	a, b, found := strings.Cut(s, "..")
	if !found {
		return Period{}, fmt.Errorf("%.40q is not a period of days (%s)", s, periodForm)
	}
	from, err := parseMonthDay(a)
	if err != nil {
		return Period{}, err
	}
	to, err := parseMonthDay(b)
	return Period{from: from, to: to}, err
}

func parseMonthDay(s string) (monthDay, error) {
	t, err := time.Parse("2006-01-02", "2000-"+s) // a leap year
	if err != nil {
		return 0, fmt.Errorf("%.20q is not a day of the year (%s)", s, periodForm)
	}
	return monthDayOf(t), nil
}

func monthDayOf(t time.Time) monthDay { return monthDay(int(t.Month())*100 + t.Day()) }

func (p Period) includes(day time.Time) bool {
	d := monthDayOf(day)
	if p.from <= p.to {
		return p.from <= d && d <= p.to
	}
	return d >= p.from || d <= p.to
}

// length is how many days the period has in a leap year.
func (p Period) length() int {
	n := 0
	for day := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() == 2000; day = day.AddDate(0, 0, 1) {
		if p.includes(day) {
			n++
		}
	}
	return n
}

// String writes the period as the configuration does.
func (p Period) String() string {
	if p == (Period{}) {
		return ""
	}
	return fmt.Sprintf("%02d-%02d..%02d-%02d", p.from/100, p.from%100, p.to/100, p.to%100)
}
