package programme

import (
	"strings"
	"time"
	"unicode/utf8"
)

// HoursText is how an expert writes their hours: one line for each weekly time, single
// time and stretch of days off.
type HoursText struct{ Weekly, Single, Off string }

// HoursLines are on which line of its text each of the hours was written, from 1, in the
// order of the hours: one line can say several.
type HoursLines struct{ Weekly, Single, Off []int }

// MaxHoursText is how many characters each of the three may have: what Slack's text input
// takes (slack.md Sizes).
const MaxHoursText = 3000

// datesBack is how many days back a date without its year can be: one that is over by less
// is a slip to be told, one that is over by more is meant for the next year.
const datesBack = 90

// ParseHours reads the lines of a form as people write them, in Japanese and English and
// in any width: 火 18:00-21:00, 毎週火曜 午後6時〜9時, 月・水 10-12時, Tue 6-9pm and, over
// midnight, 金 22:00-25:00 or 22:00-1:00; for single times 10/3 13:00-15:00, 2026-10-03(土)
// 13時〜15時, Oct 3 1-3pm; for days off 10/10-10/12 or 12月28日〜1月5日. Lines left blank say
// nothing. Times are on Grid.
//
// Single times are in the zone place, the one in which the form is filled in, and come in
// UTC; of an hour that comes twice the first is meant. A date without its year is the next
// one of that day, or one that was over less than three months ago. The hours have nothing
// but Weekly, Single and Off, in the order of the lines, which come with them.
//
// The error is a Faults, one for each of "weekly", "single" and "off" at most, about the
// first line that cannot be read: Args Line counts lines from 1.
func ParseHours(t HoursText, now time.Time, place *time.Location) (Hours, HoursLines, error) {
	r := hoursReader{place: place, since: DateOf(now, place).Add(0, -datesBack)}
	var faults Faults
	for _, part := range []struct {
		field, text string
		read        func(*scanner) *hoursFault
		lines       *[]int
		count       func() int
	}{
		{"weekly", t.Weekly, r.weekly, &r.lines.Weekly, func() int { return len(r.hours.Weekly) }},
		{"single", t.Single, r.single, &r.lines.Single, func() int { return len(r.hours.Single) }},
		{"off", t.Off, r.off, &r.lines.Off, func() int { return len(r.hours.Off) }},
	} {
		err := readLines(part.field, part.text, func(line int, s *scanner) *hoursFault {
			fault := part.read(s)
			for len(*part.lines) < part.count() {
				*part.lines = append(*part.lines, line)
			}
			return fault
		})
		if err != nil {
			faults = append(faults, err)
		}
	}
	if len(faults) > 0 {
		return Hours{}, HoursLines{}, faults
	}
	return r.hours, r.lines, nil
}

// hoursFault is what is wrong with a line.
type hoursFault struct {
	key  string
	args []any
}

func unread(key string, args ...any) *hoursFault { return &hoursFault{key, args} }

// readLines reads a text line by line, up to the first one that cannot be read.
func readLines(field, text string, read func(line int, s *scanner) *hoursFault) *Error {
	if utf8.RuneCountInString(text) > MaxHoursText {
		return invalid(field, "error.too_long", "Max", MaxHoursText)
	}
	for i, line := range strings.Split(text, "\n") {
		if blank(line) {
			continue
		}
		fault := read(i+1, newScanner(line))
		if fault != nil {
			return invalid(field, fault.key, append(fault.args, "Line", i+1)...)
		}
	}
	return nil
}

// hoursReader puts together the hours that lines say.
type hoursReader struct {
	place *time.Location
	since Date // the earliest day that a date without its year can be
	hours Hours
	lines HoursLines
}

// weekly reads days of the week and one or more times, which hold on each of them.
func (r *hoursReader) weekly(s *scanner) *hoursFault {
	days := s.days()
	if len(days) == 0 {
		return unread("error.hours_weekly")
	}
	times, fault := s.times("error.hours_weekly")
	for _, day := range days {
		for _, t := range times {
			r.hours.Weekly = append(r.hours.Weekly, WeeklyTime{Day: day, From: t.from, Until: t.until})
		}
	}
	return fault
}

// single reads a date and one or more times on it.
func (r *hoursReader) single(s *scanner) *hoursFault {
	day, fault := r.day(s, r.since, "error.hours_single")
	if fault != nil {
		return fault
	}
	times, fault := s.times("error.hours_single")
	if fault != nil {
		return fault
	}
	for _, t := range times {
		from, shownFrom := firstShown(day, t.from, r.place)
		until, shownUntil := firstShown(day, t.until, r.place)
		if !shownFrom || !shownUntil {
			return unread("error.hours_skipped")
		}
		r.hours.Single = append(r.hours.Single, Span{From: from, Until: until})
	}
	return nil
}

// off reads a date, or a first and a last one, of which the last may be the day alone; or
// several of them.
func (r *hoursReader) off(s *scanner) *hoursFault {
	for {
		first, fault := r.day(s, r.since, "error.hours_off")
		if fault != nil {
			return fault
		}
		last := first
		if s.take(hyphen) != nil {
			if last, fault = r.lastDay(s, first); fault != nil {
				return fault
			}
		}
		s.take(wholeDay)
		r.hours.Off = append(r.hours.Off, DaySpan{First: first, Last: last})
		parted := s.take(between) != nil
		switch {
		case s.done():
			return nil
		case !parted:
			return unread("error.hours_off")
		}
	}
}

// lastDay reads the last of some days off. Without its year it is the next one of that day
// after the first, without its month a later day of the same month.
func (r *hoursReader) lastDay(s *scanner, first Date) (Date, *hoursFault) {
	last, fault := r.day(s, first, "error.hours_off")
	if fault != nil && fault.key == "error.hours_off" {
		d, ok := s.dayOfMonth(first)
		if !ok {
			return "", fault
		}
		last, fault = r.checked(s, d, first)
	}
	if fault == nil && last < first {
		fault = unread("error.hours_end")
	}
	return last, fault
}

// day reads a date with its day of the week, if one is given. since is the earliest day
// that it can be without its year; key is for what is no date.
func (r *hoursReader) day(s *scanner, since Date, key string) (Date, *hoursFault) {
	before, said := s.weekday()
	d, ok := s.date()
	if !ok {
		return "", unread(key)
	}
	day, fault := r.checked(s, d, since)
	if fault == nil && said && !isOn(day, before) {
		fault = unread("error.hours_weekday", "Date", day)
	}
	return day, fault
}

// checked is the day that a date names, which has to be the day of the week that follows
// in brackets or without.
func (r *hoursReader) checked(s *scanner, d writtenDate, since Date) (Date, *hoursFault) {
	day, ok := d.from(since)
	if !ok {
		return "", unread("error.hours_day")
	}
	if after, said := s.weekday(); said && !isOn(day, after) {
		return "", unread("error.hours_weekday", "Date", day)
	}
	return day, nil
}

func isOn(day Date, weekday time.Weekday) bool {
	return day.At(0, 0, time.UTC).Weekday() == weekday
}

// writtenDate is a date as it stands in a line: a whole one, or a month and a day.
type writtenDate struct {
	whole      Date
	month, day int
}

// from is the day that the date names, the first one from since on if it has no year. ok
// says that there is such a day.
func (d writtenDate) from(since Date) (day Date, ok bool) {
	if d.whole != "" {
		return d.whole, true
	}
	first := since.At(0, 0, time.UTC)
	for _, year := range []int{first.Year(), first.Year() + 1} {
		on := time.Date(year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
		day := Date(on.Format(time.DateOnly))
		if int(on.Month()) == d.month && day >= since {
			return day, true
		}
	}
	return "", false
}

// firstShown is the first moment at which the clock of a place shows some minutes after
// midnight of a day, which may be past the next midnight; in UTC. shown is false if clocks
// skip that time.
func firstShown(day Date, after int, place *time.Location) (at time.Time, shown bool) {
	shows := day.At(0, 0, time.UTC).Add(minutes(after))
	around := clocksIn(Span{From: shows.AddDate(0, 0, -2), Until: shows.AddDate(0, 0, 2)}, place)
	spans := around.spans(shows, shows.Add(time.Minute))
	if len(spans) == 0 {
		return time.Time{}, false
	}
	return spans[0].From, true
}
