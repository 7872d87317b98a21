package programme

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// How much an offer holds: what its form and the pages that show it can.
const (
	MaxOfferHelp      = 500 // characters
	MaxOfferLanguages = 100
	MaxOfferTimes     = 50 // weekly times, single times and stretches of days off, each
)

// How long an expert can set the pause after a session, and how long before a time it has
// to be asked for.
const (
	MaxOfferBuffer = 4 * time.Hour
	MaxOfferNotice = 14 * 24 * time.Hour
)

const (
	minutesOfDay  = 24 * 60
	minutesOfWeek = 7 * minutesOfDay
	// offerDays is how many days ahead single times and days off can be said.
	offerDays = 366
)

// tidy is the offer as it is kept: without blanks around words, fields said twice, and words
// about ways to meet that are not offered. Times keep their order, to which errors refer.
func (of Offer) tidy(zone *time.Location) Offer {
	for _, s := range []*string{&of.Help, &of.Languages, &of.URL, &of.Place} {
		*s = strings.TrimSpace(*s)
	}
	var fields []string
	for _, f := range of.Fields {
		if !slices.Contains(fields, f) {
			fields = append(fields, f)
		}
	}
	of.Fields = fields
	if !of.Online {
		of.URL = ""
	}
	if !of.OnSite {
		of.Place = ""
	}
	if of.Hours.Zone == "" {
		of.Hours.Zone = zone.String()
	}
	of.Hours.Single = slices.Clone(of.Hours.Single)
	for i, s := range of.Hours.Single {
		of.Hours.Single[i] = Span{From: s.From.UTC(), Until: s.Until.UTC()}
	}
	return of
}

// sort orders the hours as they are kept, weeks beginning on Monday.
func (h *Hours) sort() {
	h.Weekly = sorted(h.Weekly, func(a, b WeeklyTime) int {
		return cmp.Or(cmp.Compare((a.Day+6)%7, (b.Day+6)%7), cmp.Compare(a.From, b.From))
	})
	h.Single = sorted(h.Single, func(a, b Span) int { return cmp.Or(a.From.Compare(b.From), a.Until.Compare(b.Until)) })
	h.Off = sorted(h.Off, func(a, b DaySpan) int { return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last)) })
}

// sorted is nil for nothing, as what was kept is read back.
func sorted[T any](list []T, compare func(a, b T) int) []T {
	if len(list) == 0 {
		return nil
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, compare)
	return list
}

// check finds what is wrong with an offer: all of it, but of each sort of times the first
// alone. What is over now and stood in the old one before is not held against it.
func (of Offer) check(old Offer, lines HoursLines, set Settings, now time.Time) Faults {
	faults := append(of.checkWords(set.Sessions), of.checkNumbers(set.Sessions)...)
	faults.add(of.Hours.Zone != set.Zone.String() && ZoneNamed(of.Hours.Zone) == nil, "zone", "error.choice")
	for _, fault := range []*Error{
		of.checkWeekly(lines.Weekly), of.checkSingle(old.Hours.Single, lines.Single, now), of.Hours.checkOff(old.Hours.Off, lines.Off, set.Today(now)),
	} {
		if fault != nil {
			faults = append(faults, fault)
		}
	}
	return faults
}

// add puts a fault beside a field, if there is one.
func (f *Faults) add(wrong bool, field, key string, args ...any) {
	if wrong {
		*f = append(*f, invalid(field, key, args...))
	}
}

func (of Offer) checkWords(set SessionSettings) (faults Faults) {
	for _, t := range []struct {
		field, text string
		most        int
	}{
		{"help", of.Help, MaxOfferHelp}, {"languages", of.Languages, MaxOfferLanguages},
		{"url", of.URL, MaxEventURL}, {"place", of.Place, MaxEventPlace},
	} {
		if e, wrong := AsError(sessionText(t.field, t.text, t.most)); wrong {
			faults = append(faults, e)
		}
	}
	unknown := func(f string) bool {
		return !slices.ContainsFunc(set.Fields, func(t Text) bool { return t.Ja == f })
	}
	faults.add(of.Help == "", "help", "error.required")
	faults.add(slices.ContainsFunc(of.Fields, unknown), "fields", "error.choice")
	faults.add(!of.Online && !of.OnSite, "url", "error.offer_mode")
	faults.add(of.URL != "" && !webAddress(of.URL), "url", "error.web_address")
	faults.add(of.OnSite && of.Place == "", "place", "error.session_place")
	return faults
}

func (of Offer) checkNumbers(set SessionSettings) (faults Faults) {
	faults.add(!slices.Contains(SessionLengths, of.Length), "length", "error.time_length")
	faults.add(of.Buffer < 0 || of.Buffer > MaxOfferBuffer || of.Buffer%Grid != 0, "buffer", "error.choice")
	faults.add(of.Notice < 0 || of.Notice > MaxOfferNotice || of.Notice%time.Minute != 0,
		"notice", "error.number", "Min", 0, "Max", int(MaxOfferNotice/time.Hour))
	faults.add(of.PerWeek < 1 || of.PerWeek > set.PerWeek, "week", "error.number", "Min", 1, "Max", set.PerWeek)
	return faults
}

// lineOf is the line on which the one at that index was written. Of hours that nobody wrote
// it is which one it is.
func lineOf(lines []int, i int) int {
	if i < len(lines) {
		return lines[i]
	}
	return i + 1
}

// checkWeekly refuses weekly times that make no sense, or of which two overlap, over
// midnight and from Sunday to Monday, too.
func (of Offer) checkWeekly(lines []int) *Error {
	weekly := of.Hours.Weekly
	if len(weekly) > MaxOfferTimes {
		return invalid("weekly", "error.offer_many", "Most", MaxOfferTimes)
	}
	const cell = int(Grid / time.Minute)
	for i, w := range weekly {
		known := time.Sunday <= w.Day && w.Day <= time.Saturday && 0 <= w.From && w.From < minutesOfDay
		if !known || w.From%cell != 0 || w.Until%cell != 0 {
			return invalid("weekly", "error.offer_grid", "Line", lineOf(lines, i), "Minutes", cell)
		}
		if err := of.checkLength("weekly", lineOf(lines, i), time.Duration(w.Until-w.From)*time.Minute); err != nil {
			return err
		}
		for j, o := range weekly[:i] {
			if w.overlaps(o) {
				return invalid("weekly", "error.offer_overlaps", "Line", lineOf(lines, i), "Other", lineOf(lines, j))
			}
		}
	}
	return nil
}

// checkLength refuses stretches that no session fits into, or that are longer than a day.
func (of Offer) checkLength(field string, line int, length time.Duration) *Error {
	switch {
	case length <= 0:
		return invalid(field, "error.offer_end", "Line", line)
	case length < of.Length:
		return invalid(field, "error.offer_short", "Line", line, "Minutes", int(of.Length/time.Minute))
	case length > 24*time.Hour:
		return invalid(field, "error.offer_long", "Line", line)
	}
	return nil
}

// overlaps says whether two weekly times share a minute of the week.
func (w WeeklyTime) overlaps(o WeeklyTime) bool {
	a, b := int(w.Day)*minutesOfDay+w.From, int(o.Day)*minutesOfDay+o.From
	for _, shift := range []int{-minutesOfWeek, 0, minutesOfWeek} {
		if a < b+shift+o.Until-o.From && b+shift < a+w.Until-w.From {
			return true
		}
	}
	return false
}

func (of Offer) checkSingle(old []Span, lines []int, now time.Time) *Error {
	single := of.Hours.Single
	if len(single) > MaxOfferTimes {
		return invalid("single", "error.offer_many", "Most", MaxOfferTimes)
	}
	for i, s := range single {
		over := !s.Until.After(now)
		if over && slices.ContainsFunc(old, s.Same) {
			continue
		}
		if !s.From.Truncate(Grid).Equal(s.From) || !s.Until.Truncate(Grid).Equal(s.Until) {
			return invalid("single", "error.offer_grid", "Line", lineOf(lines, i), "Minutes", int(Grid/time.Minute))
		}
		if err := of.checkLength("single", lineOf(lines, i), s.Until.Sub(s.From)); err != nil {
			return err
		}
		if over {
			return invalid("single", "error.offer_past", "Line", lineOf(lines, i))
		}
		if s.From.After(now.AddDate(0, 0, offerDays)) {
			return invalid("single", "error.offer_far", "Line", lineOf(lines, i))
		}
	}
	return nil
}

func (h Hours) checkOff(old []DaySpan, lines []int, today Date) *Error {
	if len(h.Off) > MaxOfferTimes {
		return invalid("off", "error.offer_many", "Most", MaxOfferTimes)
	}
	for i, d := range h.Off {
		switch {
		case d.Last < today && slices.Contains(old, d):
		case d.First.Add(0, 0) != d.First || d.Last.Add(0, 0) != d.Last || d.First == "" || d.Last == "":
			return invalid("off", "error.offer_day", "Line", lineOf(lines, i))
		case d.Last < d.First:
			return invalid("off", "error.offer_end", "Line", lineOf(lines, i))
		case d.Last < today:
			return invalid("off", "error.offer_past", "Line", lineOf(lines, i))
		case d.Last > today.Add(0, offerDays):
			return invalid("off", "error.offer_far", "Line", lineOf(lines, i))
		}
	}
	return nil
}
