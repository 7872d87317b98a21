package programme

import (
	"strconv"
	"time"
)

// stretch is a time of a day as it was written, in minutes after midnight.
type stretch struct{ from, until int }

// longestOvernight is how long a stretch can be whose end is written as an earlier hour
// than its beginning, in minutes: 22:00-1:00 goes on over midnight, 18:00-17:00 is a slip.
const longestOvernight = minutesOfDay / 2

// times reads one or more times up to the end of the line. key is for what is none.
func (s *scanner) times(key string) ([]stretch, *hoursFault) {
	s.take(mark)
	var out []stretch
	for {
		t, fault := s.stretch(key)
		if fault != nil {
			return nil, fault
		}
		out = append(out, t)
		parted := s.take(between) != nil
		switch {
		case s.done():
			return out, nil
		case !parted:
			return nil, unread(key)
		}
	}
}

// stretch reads a time from … to.
func (s *scanner) stretch(key string) (stretch, *hoursFault) {
	from, ok := s.hour()
	if !ok || s.take(hyphen) == nil {
		return stretch{}, unread(key)
	}
	until, ok := s.hour()
	if !ok {
		return stretch{}, unread(key)
	}
	return over(from, until)
}

// hour is a time of day as it was written.
type hour struct {
	next         bool   // of the next day
	half         string // 午前, 午後, "a" or "p", "" if it was not said
	hour, minute int
}

// hour reads a time of day.
func (s *scanner) hour() (hour, bool) {
	m := s.take(clockTime)
	if m == nil {
		return hour{}, false
	}
	h := hour{next: m[1] != "", half: m[2] + m[9]}
	h.hour, _ = strconv.Atoi(m[3] + m[5])
	h.minute, _ = strconv.Atoi(m[4] + m[6] + m[7])
	if m[8] != "" {
		h.minute = 30
	}
	return h, true
}

// noon is how many minutes a half of the day has.
const noon = minutesOfDay / 2

// minutes are those after midnight; ok is false for what no clock shows. Hours past 24 are
// of the next day.
func (h hour) minutes() (n int, ok bool) {
	n = h.hour*60 + h.minute
	switch h.half {
	case "":
		ok = n <= 2*minutesOfDay
	case "午前", "午後": // 午後12時 is noon to some and midnight to others
		ok = h.hour < 12
	case "a", "p":
		ok = 1 <= h.hour && h.hour <= 12
		if h.hour == 12 {
			n -= noon
		}
	}
	if h.half == "午後" || h.half == "p" {
		n += noon
	}
	return n, ok && h.minute < 60
}

// over is the stretch between two times of day. Half of a day that was said of one of them
// alone goes for both, if that makes sense: 午後6時〜9時, 6-9pm, but not 10-2pm.
func over(a, b hour) (stretch, *hoursFault) {
	from, fromShown := a.minutes()
	until, untilShown := b.minutes()
	switch {
	case a.half == "" && (b.half == "a" || b.half == "p"):
		same := hour{half: b.half, hour: a.hour, minute: a.minute}
		if n, ok := same.minutes(); ok && n < until {
			from = n
		}
	case b.half == "" && !b.next:
		same := hour{half: a.half, hour: b.hour, minute: b.minute}
		if n, ok := same.minutes(); ok && n > from {
			until = n
		}
	}
	const cell = int(Grid / time.Minute)
	night := until + minutesOfDay
	switch {
	case !fromShown || !untilShown || from >= minutesOfDay || b.next && until > minutesOfDay:
		return stretch{}, unread("error.hours_time")
	case from%cell != 0 || until%cell != 0:
		return stretch{}, unread("error.hours_grid", "Minutes", cell)
	case b.next, until <= from && night-from <= longestOvernight:
		until = night
	}
	switch {
	case until <= from:
		return stretch{}, unread("error.hours_end")
	case until > from+minutesOfDay:
		return stretch{}, unread("error.hours_time")
	}
	return stretch{from, until}, nil
}
