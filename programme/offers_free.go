package programme

import (
	"slices"
	"sort"
	"time"
)

// Taken is what cannot be used of an expert's time.
type Taken struct {
	// Busy are sessions with their buffers, events, and what calendars say: in any
	// order, and they may overlap.
	Busy []Span
	// Starts are when the sessions begin that use up the expert's weeks.
	Starts []time.Time
}

// offeredEvery is how far apart the times are that can be chosen of one stretch.
const offeredEvery = 30 * time.Minute

// Free is when the expert has published time and nothing else to do: what Hours publish
// without what is busy, within a span, in UTC, by start, merged. Zones that are not known
// are read as that of in.From. holiday says which days of the expert's zone are public
// holidays; nil: none are.
func (o Offer) Free(in Span, busy []Span, holiday func(Date) bool) []Span {
	var out []Span
	taken := merged(busy)
	for _, open := range merged(o.Hours.published(in, in.From.Location(), holiday)) {
		out = append(out, open.within(in).without(taken)...)
	}
	return out
}

// Times are the times that can be asked for, in UTC, by start, each of the offer's Length.
//
// They begin every half an hour from the beginning of a published stretch, so that a time
// that was shown does not shift when another is taken. All of a time is published, and
// nothing is busy from its start to the end of its buffer, which may stick out of what is
// published. It begins after now, not before Notice is over, within OfferedFor, and in no
// week that is full (PerWeek), Monday to Sunday of zone, the programme's, in which hours are
// read, too, whose own is not known. holiday is as in Free.
func (o Offer) Times(now time.Time, taken Taken, zone *time.Location, holiday func(Date) bool) []Span {
	first := now.Add(o.Notice)
	if !first.After(now) {
		first = now.Add(1) // what begins at this very moment is past
	}
	return o.timesIn(Span{From: first, Until: now.Add(OfferedFor)}, taken, zone, holiday)
}

// timesIn are the times that begin in a span.
func (o Offer) timesIn(in Span, taken Taken, zone *time.Location, holiday func(Date) bool) []Span {
	if o.Length <= 0 || o.PerWeek <= 0 {
		return nil
	}
	stretches := o.Hours.published(Span{From: in.From, Until: in.Until.Add(o.Length)}, zone, holiday)
	open, busy, full := merged(stretches), merged(taken.Busy), fullWeeks(taken.Starts, o.PerWeek, zone)
	var out []Span
	for _, s := range stretches {
		end := overlapping(open, s).Until // of all that is published without a gap
		for start := s.firstStart(in.From); start.Before(s.Until) && start.Before(in.Until); start = start.Add(offeredEvery) {
			t := Span{From: start, Until: start.Add(o.Length)}
			if t.Until.After(end) {
				break
			}
			buffered := Span{From: start, Until: t.Until.Add(o.Buffer)}
			if !anyOverlaps(busy, buffered) && !anyOverlaps(full, Span{From: start, Until: start.Add(1)}) {
				out = append(out, t)
			}
		}
	}
	slices.SortFunc(out, bySpan)
	return slices.CompactFunc(out, Span.Same) // of stretches that overlap
}

// firstStart is the first time that is offered of a stretch, not before a moment. It is on
// Grid, even if the stretch is not.
func (s Span) firstStart(notBefore time.Time) time.Time {
	start := s.From.Truncate(Grid)
	if start.Before(s.From) {
		start = start.Add(Grid)
	}
	if late := notBefore.Sub(start); late > 0 {
		start = start.Add((late + offeredEvery - 1) / offeredEvery * offeredEvery)
	}
	return start
}

// fullWeeks are the weeks in which no more sessions fit.
func fullWeeks(starts []time.Time, most int, zone *time.Location) []Span {
	var weeks, full []Span
	count := map[int]int{} // by index of weeks
	for _, start := range starts {
		i := slices.IndexFunc(weeks, func(w Span) bool { return !start.Before(w.From) && start.Before(w.Until) })
		if i < 0 {
			i, weeks = len(weeks), append(weeks, Settings{Zone: zone}.week(start))
		}
		if count[i]++; count[i] == most {
			full = append(full, weeks[i])
		}
	}
	return merged(full)
}

// merged are spans by start, those that overlap or touch made one, in UTC. Spans without
// length are left out.
func merged(spans []Span) []Span {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, bySpan)
	out := make([]Span, 0, len(spans))
	for _, s := range spans {
		last := len(out) - 1
		switch {
		case !s.From.Before(s.Until):
		case last >= 0 && !out[last].Until.Before(s.From):
			out[last].Until = later(out[last].Until, s.Until.UTC())
		default:
			out = append(out, Span{From: s.From.UTC(), Until: s.Until.UTC()})
		}
	}
	return out
}

// without is what is left of the span, by start. taken is merged.
func (s Span) without(taken []Span) []Span {
	var out []Span
	for _, t := range taken[firstPast(taken, s.From):] {
		if !t.From.Before(s.Until) {
			break
		}
		if s.From.Before(t.From) {
			out = append(out, Span{From: s.From, Until: t.From})
		}
		s.From = t.Until
	}
	if s.From.Before(s.Until) {
		out = append(out, s)
	}
	return out
}

// within is the part of the span that is in another one. It has no length, or less, if
// there is none.
func (s Span) within(in Span) Span {
	return Span{From: later(s.From, in.From.UTC()), Until: earlier(s.Until, in.Until.UTC())}
}

// overlapping is the first of merged spans that shares a moment with s, zero if none does.
func overlapping(spans []Span, s Span) Span {
	if i := firstPast(spans, s.From); i < len(spans) && spans[i].Overlaps(s) {
		return spans[i]
	}
	return Span{}
}

func anyOverlaps(spans []Span, s Span) bool { return overlapping(spans, s) != (Span{}) }

// firstPast is the index of the first of merged spans that ends after a moment.
func firstPast(spans []Span, t time.Time) int {
	return sort.Search(len(spans), func(i int) bool { return spans[i].Until.After(t) })
}

func bySpan(a, b Span) int { return a.From.Compare(b.From) }

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
