package programme

import (
	"slices"
	"time"
)

// sound says whether the stretch begins within its day and ends after that, within a day.
func (w WeeklyTime) sound() bool {
	return 0 <= w.From && w.From < minutesOfDay && w.From < w.Until && w.Until <= w.From+minutesOfDay
}

// Place is the zone in which weekly times and days off are read: the expert's own, or the
// programme's if theirs is not known.
func (h Hours) Place(programmes *time.Location) *time.Location {
	if own := ZoneNamed(h.Zone); own != nil {
		return own
	}
	return programmes
}

// published are the stretches in which somebody can be asked for time and that touch a
// span, each from its beginning to its end, in UTC.
//
// A minute is published if the clock on the wall shows it so: of an hour that clocks skip
// there is nothing, one that comes twice counts twice. A stretch over midnight belongs to
// the day on which it began; that day decides whether it is off or a holiday. Days off
// take single times away, too; holidays only weekly ones.
func (h Hours) published(in Span, programmes *time.Location, holiday func(Date) bool) []Span {
	place := h.Place(programmes)
	var out []Span
	for _, s := range h.Single {
		if s.From.Before(s.Until) && s.Overlaps(in) && !h.off(DateOf(s.From, place)) {
			out = append(out, Span{From: s.From.UTC(), Until: s.Until.UTC()})
		}
	}
	clocks := clocksIn(Span{From: in.From.AddDate(0, 0, -4), Until: in.Until.AddDate(0, 0, 4)}, place)
	// Two days before reach over midnight, and clocks that are put back over midnight show
	// a day that is past again.
	last := wall(in.Until, place).AddDate(0, 0, 1)
	for day := wall(in.From, place).Truncate(24*time.Hour).AddDate(0, 0, -2); !day.After(last); day = day.AddDate(0, 0, 1) {
		for _, w := range h.weeklyOn(day, holiday) {
			for _, s := range clocks.spans(day.Add(minutes(w.From)), day.Add(minutes(w.Until))) {
				if s.Overlaps(in) {
					out = append(out, s)
				}
			}
		}
	}
	slices.SortStableFunc(out, bySpan)
	return out
}

// weeklyOn are the weekly times that begin on a day.
func (h Hours) weeklyOn(day time.Time, holiday func(Date) bool) []WeeklyTime {
	var out []WeeklyTime
	for _, w := range h.Weekly {
		if w.Day == day.Weekday() && w.sound() {
			out = append(out, w)
		}
	}
	if len(out) == 0 {
		return nil
	}
	date := Date(day.Format(time.DateOnly))
	if h.off(date) || !h.Holidays && holiday != nil && holiday(date) {
		return nil
	}
	return out
}

func (h Hours) off(day Date) bool {
	return slices.ContainsFunc(h.Off, func(d DaySpan) bool { return d.First <= day && day <= d.Last })
}

// wall is what the clock on the wall shows at a moment, written as if it were UTC: such
// times can be counted on by the day, whatever clocks do.
func wall(t time.Time, place *time.Location) time.Time {
	_, ahead := t.In(place).Zone()
	return t.UTC().Add(time.Duration(ahead) * time.Second)
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }

// clock is a stretch of time in which the clocks of a place run evenly.
type clock struct {
	Span
	ahead time.Duration // of UTC
}

// clocks are such stretches, one after the other.
type clocks []clock

// clocksIn are the clocks of a place in a span, in UTC.
func clocksIn(in Span, place *time.Location) clocks {
	var out clocks
	for from := in.From; from.Before(in.Until); from = out[len(out)-1].Until {
		local := from.In(place)
		_, ahead := local.Zone()
		_, end := local.ZoneBounds()
		if end.IsZero() || end.After(in.Until) {
			end = in.Until
		}
		out = append(out, clock{Span{From: from.UTC(), Until: end.UTC()}, time.Duration(ahead) * time.Second})
	}
	return out
}

// spans are when clocks on the wall show times from one up to the other: one stretch, none,
// or two around an hour of which a part comes twice.
func (c clocks) spans(from, until time.Time) []Span {
	var out []Span
	for _, even := range c {
		s := Span{From: from.Add(-even.ahead), Until: until.Add(-even.ahead)}.within(even.Span)
		last := len(out) - 1
		switch {
		case !s.From.Before(s.Until):
		case last >= 0 && out[last].Until.Equal(s.From):
			out[last].Until = s.Until
		default:
			out = append(out, s)
		}
	}
	return out
}
