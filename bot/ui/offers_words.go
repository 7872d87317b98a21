package ui

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"tsugite/programme"
)

// timeOfDay writes minutes after midnight: past it, the next day's.
func timeOfDay(minutes int, l Locale) string {
	if minutes <= 24*60 {
		return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)
	}
	minutes -= 24 * 60
	return l.T("offer.next_day", words{"Time": fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)})
}

// fromTo joins the two ends of a stretch, as Span does.
func fromTo(from, until string, l Locale) string {
	if l.Language() == "en" {
		return from + "–" + until
	}
	return from + "〜" + until
}

// weekday is the day's short name.
func weekday(d time.Weekday, l Locale) string {
	if l.Language() == "en" {
		return d.String()[:3]
	}
	return weekdaysJa[d]
}

// weeklyWords are the times of every week on one line, from Monday on; in which zone, if
// it is not the programme's.
func weeklyWords(h programme.Hours, l Locale) string {
	sorted := slices.SortedStableFunc(slices.Values(h.Weekly), func(a, b programme.WeeklyTime) int {
		return cmp.Or(cmp.Compare((a.Day+6)%7, (b.Day+6)%7), cmp.Compare(a.From, b.From))
	})
	var out []string
	for _, w := range sorted {
		out = append(out, weekday(w.Day, l)+" "+fromTo(timeOfDay(w.From, l), timeOfDay(w.Until, l), l))
	}
	if len(out) == 0 {
		return ""
	}
	said := l.T("offer.weekly", words{"Times": l.list(out)})
	if h.Zone != "" && zoneCalled(h.Zone, l) != zoneName(l) {
		said = l.T("offer.in_zone", words{"Times": said, "Zone": zoneCalled(h.Zone, l)})
	}
	return said
}

// zoneCalled is what a zone of the tz database is called.
func zoneCalled(zone string, l Locale) string {
	if zone == "Asia/Tokyo" || zone == "JST" {
		return l.T("session.zone_tokyo", nil)
	}
	return zone
}

// published says whether an expert offers any time.
func published(h programme.Hours) bool { return len(h.Weekly)+len(h.Single) > 0 }

// inOffersZone is the locale for somebody's own times: in the zone that they publish them
// in, too, if that is not the programme's.
func inOffersZone(h programme.Hours, l Locale) Locale {
	if place := h.Place(l.zoneOrUTC()); zoneCalled(place.String(), l) != zoneName(l) {
		return l.Abroad(place)
	}
	return l
}

// spansOn writes stretches of time with each day once:
// 9月8日(火) 18:00〜19:00、20:00〜21:00.
func (l Locale) spansOn(spans []programme.Span) string {
	var out []string
	last := ""
	for _, s := range spans {
		from, until := l.in(s.From), l.in(s.Until)
		end := until.Hour()*60 + until.Minute()
		if until.Format(time.DateOnly) != from.Format(time.DateOnly) {
			end += 24 * 60
		}
		said := fromTo(timeOfDay(from.Hour()*60+from.Minute(), l), timeOfDay(end, l), l)
		if day := l.day(s.From); day != last {
			said, last = day+" "+said, day
		}
		out = append(out, said)
	}
	return l.list(out)
}

// dayLines are stretches of time, a line for each day on which there are any: in the
// reader's own zone, and in the programme's where that shows another time. weeks are the
// lines of each week, Monday to Sunday.
func dayLines(spans []programme.Span, l Locale) (weeks [][]string) {
	near := l
	if l.own != nil {
		near = NewLocale(l.lang, l.own)
	}
	monday := ""
	for _, each := range byDay(near.cutAtMidnight(spans), func(s programme.Span) time.Time { return s.From }, near) {
		first := near.in(each[0].From)
		if week := first.AddDate(0, 0, -int(first.Weekday()+6)%7).Format(time.DateOnly); week != monday {
			weeks, monday = append(weeks, nil), week
		}
		last := len(weeks) - 1
		weeks[last] = append(weeks[last], dayLine(each, near, l))
	}
	return weeks
}

// cutAtMidnight cuts what goes on for longer than a day at the midnights of the zone; an
// evening that goes on over midnight stays whole.
func (l Locale) cutAtMidnight(spans []programme.Span) []programme.Span {
	var out []programme.Span
	for _, s := range spans {
		for s.Until.Sub(s.From) > wholeDay {
			from := l.in(s.From)
			midnight := time.Date(from.Year(), from.Month(), from.Day()+1, 0, 0, 0, 0, from.Location())
			out = append(out, programme.Span{From: s.From, Until: midnight})
			s.From = midnight
		}
		out = append(out, s)
	}
	return out
}

func dayLine(spans []programme.Span, near, l Locale) string {
	said := near.spansOn(spans)
	_, here := l.in(spans[0].From).Zone()
	if _, there := near.in(spans[0].From).Zone(); there == here {
		return said
	}
	return l.T("offer.day_both", words{"Own": said, "Zone": zoneName(l), "There": l.spansOn(spans)})
}
