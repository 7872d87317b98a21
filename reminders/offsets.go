package reminders

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// Offset is a moment told from the start of an event, or from its end for what
// comes after it, as the configuration writes it. The zero Offset is no offset at
// all.
//
//	-14d 10:00   14 days before, at ten
//	-3d          3 days before, at the clock time of the start
//	0d 08:00     on the day itself, at eight
//	-2bd 17:00   2 business days before, at five
//	+1bd 10:00   on the next business day, at ten
//	-1h  -30m    an hour, half an hour before
type Offset struct {
	n        int
	unit     unit
	clock    clockTime
	hasClock bool
}

type unit string

const (
	days         unit = "d"
	businessDays unit = "bd"
	hours        unit = "h"
	minutes      unit = "m"
)

// furthest is how far an offset may reach: a year of days, a week of hours.
var furthest = map[unit]int{days: 366, businessDays: 250, hours: 168, minutes: 1440}

var offsetForm = regexp.MustCompile(`^([+-]?)(0|[1-9][0-9]{0,3})(bd|d|h|m)(?: ([0-9]{2}:[0-9]{2}))?$`)

// ParseOffset reads an offset. It takes the forms above and nothing else, and
// its errors say what to write.
func ParseOffset(s string) (Offset, error) {
	m := offsetForm.FindStringSubmatch(s)
	if m == nil {
		return Offset{}, fmt.Errorf("%.40q is not an offset (write -14d 10:00, -3d, 0d 08:00, -2bd 17:00, +1bd 10:00, -1h or -30m)", s)
	}
	o := Offset{unit: unit(m[3]), hasClock: m[4] != ""}
	o.n, _ = strconv.Atoi(m[2]) // at most four digits
	if m[1] == "-" {
		o.n = -o.n
	}
	if o.hasClock {
		var err error
		if o.clock, err = parseClock(m[4]); err != nil {
			return Offset{}, fmt.Errorf("offset %q: %w", s, err)
		}
	}
	return o, o.check(s, m[1])
}

func (o Offset) check(s, sign string) error {
	switch most := furthest[o.unit]; {
	case o.n == 0 && (sign != "" || o.unit != days || !o.hasClock):
		return fmt.Errorf("offset %q: for the day itself write 0d and a time, such as 0d 08:00", s)
	case o.n != 0 && sign == "":
		return fmt.Errorf("offset %q: write -%s for before the start or +%s for after it", s, s, s)
	case (o.unit == hours || o.unit == minutes) && o.hasClock:
		return fmt.Errorf("offset %q: hours and minutes take no clock time; write -1h, or -1d 17:00", s)
	case o.n > most || o.n < -most:
		return fmt.Errorf("offset %q: at most %d%s", s, most, o.unit)
	}
	return nil
}

// String writes the offset as the configuration does.
func (o Offset) String() string {
	if o.unit == "" {
		return ""
	}
	s := fmt.Sprintf("%+d%s", o.n, o.unit)
	if o.n == 0 {
		s = s[1:]
	}
	if o.hasClock {
		s += " " + o.clock.String()
	}
	return s
}

// Before says whether the offset lies before the start. The day of the start
// counts as before it.
func (o Offset) Before() bool { return o.n <= 0 }

// After says whether the offset lies after the end of an event. The day of the
// end counts as after it.
func (o Offset) After() bool { return o.n >= 0 }

// At is the moment for something that starts at start. Days are days of the
// calendar's zone, so that ten o'clock stays ten o'clock over a change of
// daylight saving; hours and minutes are lengths of time.
func (o Offset) At(start time.Time, cal *Calendar) time.Time {
	switch o.unit {
	case hours:
		return start.Add(time.Duration(o.n) * time.Hour)
	case minutes:
		return start.Add(time.Duration(o.n) * time.Minute)
	}
	local := start.In(cal.zone)
	day := dayOf(local)
	if o.unit == businessDays {
		day = cal.addBusinessDays(day, o.n)
	} else {
		day = day.AddDate(0, 0, o.n)
	}
	clock := o.clock
	if !o.hasClock {
		clock = clockTime(local.Hour()*60 + local.Minute())
	}
	return clock.on(day, cal.zone)
}
