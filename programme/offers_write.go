package programme

import (
	"fmt"
	"strings"
	"time"
)

// Text writes the hours as a form shows them, a line each, so that ParseHours reads them
// again as they are. place is the zone of the form. The days of the week are in Japanese,
// or in English.
func (h Hours) Text(place *time.Location, english bool) HoursText {
	w := hoursWriter{place: place, weekdays: weekdayKanji}
	if english {
		w.weekdays = []string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}
	}
	return HoursText{Weekly: each(h.Weekly, w.weekly), Single: each(h.Single, w.single), Off: each(h.Off, w.off)}
}

func each[T any](list []T, write func(T) string) string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = write(x)
	}
	return strings.Join(out, "\n")
}

type hoursWriter struct {
	place    *time.Location
	weekdays []string
}

func (w hoursWriter) weekly(t WeeklyTime) string {
	return w.weekdays[(t.Day%7+7)%7] + " " + clockWords(t.From, t.Until)
}

func (w hoursWriter) single(s Span) string {
	from := wall(s.From, w.place)
	midnight := from.Truncate(24 * time.Hour)
	after := func(t time.Time) int { return int(t.Sub(midnight) / time.Minute) }
	return w.date(from, "2006/1/2") + " " + clockWords(after(from), after(wall(s.Until, w.place)))
}

func (w hoursWriter) off(d DaySpan) string {
	first, last := d.First.At(0, 0, time.UTC), d.Last.At(0, 0, time.UTC)
	switch {
	case first.Equal(last):
		return w.date(first, "2006/1/2")
	case first.Year() == last.Year():
		return w.date(first, "2006/1/2") + "-" + w.date(last, "1/2")
	}
	return w.date(first, "2006/1/2") + "-" + w.date(last, "2006/1/2")
}

// date is a day with its day of the week.
func (w hoursWriter) date(day time.Time, layout string) string {
	return day.Format(layout) + "(" + w.weekdays[day.Weekday()] + ")"
}

// clockWords are a stretch in minutes after midnight: 22:00-1:00 over midnight, but
// 18:00-33:00 for an end that would be read as a slip otherwise.
func clockWords(from, until int) string {
	if until > minutesOfDay && until-from <= longestOvernight {
		until -= minutesOfDay
	}
	return fmt.Sprintf("%d:%02d-%d:%02d", from/60, from%60, until/60, until%60)
}
