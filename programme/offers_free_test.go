package programme_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

const (
	japan  = "Asia/Tokyo"
	london = "Europe/London" // on 2026-03-29 1:00 becomes 2:00, on 2026-10-25 2:00 becomes 1:00
)

// hm is a time of day in minutes.
func hm(hour, minute int) int { return hour*60 + minute }

// weekly is a weekly time in whole hours.
func weekly(day time.Weekday, from, until int) programme.WeeklyTime {
	return programme.WeeklyTime{Day: day, From: hm(from, 0), Until: hm(until, 0)}
}

// spanIn reads two moments of a place, without the second's date if it is the same.
func spanIn(t *testing.T, zone, from, until string) programme.Span {
	t.Helper()
	if len(until) < len(from) {
		until = from[:len("2006-01-02 ")] + until
	}
	return programme.Span{From: momentIn(t, zone, from), Until: momentIn(t, zone, until)}
}

func momentIn(t *testing.T, zone, at string) time.Time {
	t.Helper()
	m, err := time.ParseInLocation("2006-01-02 15:04", at, place(t, zone))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func place(t testing.TB, zone string) *time.Location {
	t.Helper()
	p, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// shown are spans in a place, as people see them.
func shown(spans []programme.Span, place *time.Location) (out []string) {
	for _, s := range spans {
		out = append(out, s.From.In(place).Format("Mon 2 15:04-")+s.Until.In(place).Format("15:04"))
	}
	return out
}

// TestFree: what is published, and nothing that is off, a holiday or busy. The week is that
// of Monday 5 October 2026; Wednesday is a holiday here.
func TestFree(t *testing.T) {
	holiday := func(d programme.Date) bool { return d == "2026-10-07" }
	for _, c := range []struct {
		rule  string
		hours programme.Hours
		busy  []programme.Span
		want  []string
	}{
		{"a weekly time", programme.Hours{Weekly: []programme.WeeklyTime{weekly(time.Tuesday, 18, 21)}}, nil,
			[]string{"Tue 6 18:00-21:00"}},
		{"without what is busy, in any order", programme.Hours{Weekly: []programme.WeeklyTime{weekly(time.Tuesday, 18, 21)}},
			[]programme.Span{
				spanIn(t, japan, "2026-10-06 20:00", "20:30"), spanIn(t, japan, "2026-10-06 17:00", "18:15"),
				spanIn(t, japan, "2026-10-06 20:15", "20:45"), spanIn(t, japan, "2026-10-06 21:00", "22:00"),
			},
			[]string{"Tue 6 18:15-20:00", "Tue 6 20:45-21:00"}},
		{"a busy time that ends before it begins is none", programme.Hours{Weekly: []programme.WeeklyTime{weekly(time.Tuesday, 18, 21)}},
			[]programme.Span{spanIn(t, japan, "2026-10-06 20:00", "19:00"), spanIn(t, japan, "2026-10-06 19:30", "19:30")},
			[]string{"Tue 6 18:00-21:00"}},
		{"times that touch or overlap are one", programme.Hours{
			Weekly: []programme.WeeklyTime{weekly(time.Friday, 0, 1), weekly(time.Thursday, 22, 24)},
			Single: []programme.Span{spanIn(t, japan, "2026-10-08 21:00", "22:30")},
		}, nil, []string{"Thu 8 21:00-01:00"}},
		{"over midnight", programme.Hours{Weekly: []programme.WeeklyTime{weekly(time.Friday, 22, 25)}}, nil,
			[]string{"Fri 9 22:00-01:00"}},
		{"over midnight into a day off: it belongs to the day on which it began", programme.Hours{
			Weekly: []programme.WeeklyTime{weekly(time.Friday, 22, 25), weekly(time.Saturday, 22, 25)},
			Off:    []programme.DaySpan{{First: "2026-10-10", Last: "2026-10-10"}},
		}, nil, []string{"Fri 9 22:00-01:00"}},
		{"a single time over midnight into a day off, too, and out of one", programme.Hours{
			Single: []programme.Span{spanIn(t, japan, "2026-10-07 23:00", "2026-10-08 01:00"), spanIn(t, japan, "2026-10-08 23:00", "2026-10-09 01:00")},
			Off:    []programme.DaySpan{{First: "2026-10-08", Last: "2026-10-08"}},
		}, nil, []string{"Wed 7 23:00-01:00"}},
		{"both ends of days off are off", programme.Hours{
			Weekly: []programme.WeeklyTime{weekly(time.Monday, 9, 10), weekly(time.Tuesday, 9, 10), weekly(time.Thursday, 9, 10), weekly(time.Friday, 9, 10)},
			Off:    []programme.DaySpan{{First: "2026-10-06", Last: "2026-10-08"}},
		}, nil, []string{"Mon 5 09:00-10:00", "Fri 9 09:00-10:00"}},
		{"a holiday takes weekly times away", programme.Hours{Weekly: []programme.WeeklyTime{weekly(time.Tuesday, 23, 25), weekly(time.Wednesday, 9, 10)}}, nil,
			[]string{"Tue 6 23:00-01:00"}},
		{"unless they hold on holidays, too", programme.Hours{Weekly: []programme.WeeklyTime{weekly(time.Wednesday, 9, 10)}, Holidays: true}, nil,
			[]string{"Wed 7 09:00-10:00"}},
		{"a single time holds on a holiday, but not on a day off", programme.Hours{
			Single: []programme.Span{spanIn(t, japan, "2026-10-07 13:00", "15:00"), spanIn(t, japan, "2026-10-08 13:00", "15:00")},
			Off:    []programme.DaySpan{{First: "2026-10-08", Last: "2026-10-08"}},
		}, nil, []string{"Wed 7 13:00-15:00"}},
		{"what makes no sense publishes nothing", programme.Hours{
			Weekly: []programme.WeeklyTime{weekly(time.Tuesday, 21, 18), weekly(time.Tuesday, 25, 26), weekly(time.Tuesday, 1, 26), weekly(7, 9, 10)},
			Single: []programme.Span{spanIn(t, japan, "2026-10-07 15:00", "13:00")},
			Off:    []programme.DaySpan{{First: "2026-10-20", Last: "2026-10-01"}},
		}, nil, nil},
	} {
		c.hours.Zone = japan
		in := spanIn(t, japan, "2026-10-05 00:00", "2026-10-11 12:00")
		busy := slices.Clone(c.busy)
		got := programme.Offer{Hours: c.hours}.Free(in, busy, holiday)
		if diff := cmp.Diff(c.want, shown(got, place(t, japan))); diff != "" {
			t.Errorf("%s: %s", c.rule, diff)
		}
		if diff := cmp.Diff(c.busy, busy); diff != "" {
			t.Errorf("%s: the busy times were changed: %s", c.rule, diff)
		}
	}
}

// TestFreeIsClipped: to the span, within a stretch, too.
func TestFreeIsClipped(t *testing.T) {
	offer := programme.Offer{Hours: programme.Hours{Zone: japan, Weekly: []programme.WeeklyTime{weekly(time.Tuesday, 18, 26)}}}
	for _, c := range []struct {
		from, until string
		want        []string
	}{
		{"2026-10-06 19:10", "2026-10-07 00:30", []string{"Tue 6 19:10-00:30"}},
		{"2026-10-07 01:00", "2026-10-08 00:00", []string{"Wed 7 01:00-02:00"}},
		{"2026-10-07 02:00", "2026-10-08 00:00", nil},
		{"2026-10-06 00:00", "2026-10-06 18:00", nil},
		{"2026-10-06 20:00", "2026-10-06 19:00", nil},
	} {
		got := offer.Free(spanIn(t, japan, c.from, c.until), nil, nil)
		if diff := cmp.Diff(c.want, shown(got, place(t, japan))); diff != "" {
			t.Errorf("%s to %s: %s", c.from, c.until, diff)
		}
	}
}

// TestFreeByTheClockOnTheWall: an hour that clocks skip has no time, one that comes twice
// has twice as much, and what is between those two hours is as long as ever. All on a
// Sunday in London, written in UTC.
func TestFreeByTheClockOnTheWall(t *testing.T) {
	sunday := func(fromHour, fromMinute, untilHour, untilMinute int) []programme.WeeklyTime {
		return []programme.WeeklyTime{{Day: time.Sunday, From: hm(fromHour, fromMinute), Until: hm(untilHour, untilMinute)}}
	}
	for _, c := range []struct {
		rule   string
		day    string
		weekly []programme.WeeklyTime
		want   []string
	}{
		{"over the hour that is skipped", "2026-03-29", sunday(0, 30, 2, 30), []string{"Sun 29 00:30-01:30"}},
		{"in the hour that is skipped", "2026-03-29", sunday(1, 0, 2, 0), nil},
		{"from it on", "2026-03-29", sunday(1, 30, 3, 0), []string{"Sun 29 01:00-02:00"}},
		{"up to it", "2026-03-29", sunday(0, 0, 1, 30), []string{"Sun 29 00:00-01:00"}},
		{"over the hour that comes twice", "2026-10-25", sunday(0, 30, 2, 30), []string{"Sat 24 23:30-02:30"}},
		{"in the hour that comes twice", "2026-10-25", sunday(1, 15, 1, 45), []string{"Sun 25 00:15-00:45", "Sun 25 01:15-01:45"}},
		{"half of it and on", "2026-10-25", sunday(1, 30, 3, 0), []string{"Sun 25 00:30-01:00", "Sun 25 01:30-03:00"}},
		{"a Sunday like others", "2026-07-05", sunday(1, 30, 3, 0), []string{"Sun 5 00:30-02:00"}},
	} {
		day := momentIn(t, london, c.day+" 12:00")
		in := programme.Span{From: day.Add(-24 * time.Hour), Until: day.Add(24 * time.Hour)}
		got := programme.Offer{Hours: programme.Hours{Zone: london, Weekly: c.weekly}}.Free(in, nil, nil)
		if diff := cmp.Diff(c.want, shown(got, time.UTC)); diff != "" {
			t.Errorf("%s: %s", c.rule, diff)
		}
	}
}

// TestZonesThatAreNotKnown are read as the programme's.
func TestZonesThatAreNotKnown(t *testing.T) {
	for _, zone := range []string{"", "Local", "Asia/Edo", "../etc/passwd", "Asia//Tokyo", "JST"} {
		offer := programme.Offer{
			Hours:  programme.Hours{Zone: zone, Weekly: []programme.WeeklyTime{weekly(time.Tuesday, 18, 19)}},
			Length: time.Hour, PerWeek: 1,
		}
		in := spanIn(t, japan, "2026-10-05 00:00", "2026-10-11 12:00")
		want := []string{"Tue 6 18:00-19:00"}
		if diff := cmp.Diff(want, shown(offer.Free(in, nil, nil), tokyo)); diff != "" {
			t.Errorf("%q, free: %s", zone, diff)
		}
		times := shown(offer.Times(in.From, programme.Taken{}, tokyo, nil), tokyo)
		if diff := cmp.Diff(want, times[:min(len(times), 1)]); diff != "" {
			t.Errorf("%q, times: %s", zone, diff)
		}
	}
}

// TestTimes: what can be asked for of Tuesday 6 October 2026, from 18:00 to 21:00 in
// Tokyo, seen the day before at 9:00.
func TestTimes(t *testing.T) {
	evening := programme.Offer{
		Hours:  programme.Hours{Zone: japan, Weekly: []programme.WeeklyTime{weekly(time.Tuesday, 18, 21)}},
		Length: time.Hour, Buffer: 15 * time.Minute, PerWeek: 2,
	}
	with := func(change func(*programme.Offer)) programme.Offer {
		o := evening
		o.Hours.Weekly = slices.Clone(o.Hours.Weekly)
		change(&o)
		return o
	}
	busy := func(from, until string) programme.Taken {
		return programme.Taken{Busy: []programme.Span{spanIn(t, japan, "2026-10-06 "+from, until)}}
	}
	for _, c := range []struct {
		rule  string
		offer programme.Offer
		taken programme.Taken
		want  []string
	}{
		{"every half an hour, the buffer past the end", evening, programme.Taken{}, []string{"18:00", "18:30", "19:00", "19:30", "20:00"}},
		{"half an hour each", with(func(o *programme.Offer) { o.Length = 30 * time.Minute }), programme.Taken{},
			[]string{"18:00", "18:30", "19:00", "19:30", "20:00", "20:30"}},
		{"none longer than what is published", with(func(o *programme.Offer) { o.Length = 90 * time.Minute }), programme.Taken{},
			[]string{"18:00", "18:30", "19:00", "19:30"}},
		{"no shift after a time that is taken", evening, busy("17:00", "18:50"), []string{"19:00", "19:30", "20:00"}},
		{"the buffer ends before what is next", evening, busy("20:15", "20:20"), []string{"18:00", "18:30", "19:00"}},
		{"it may touch", evening, busy("19:15", "20:00"), []string{"18:00", "20:00"}},
		{"past the end, too", evening, busy("21:10", "22:00"), []string{"18:00", "18:30", "19:00", "19:30"}},
		{"without buffer", with(func(o *programme.Offer) { o.Buffer = 0 }), busy("21:00", "22:00"), []string{"18:00", "18:30", "19:00", "19:30", "20:00"}},
		{"notice", with(func(o *programme.Offer) { o.Notice = 34 * time.Hour }), programme.Taken{}, []string{"19:00", "19:30", "20:00"}},
		{"notice by the minute", with(func(o *programme.Offer) { o.Notice = 34*time.Hour + time.Minute }), programme.Taken{}, []string{"19:30", "20:00"}},
		{"a week that is full", evening, programme.Taken{Starts: []time.Time{
			momentIn(t, japan, "2026-10-05 00:00"), momentIn(t, japan, "2026-10-11 23:55"),
		}}, nil},
		{"the weeks beside it", evening, programme.Taken{Starts: []time.Time{
			momentIn(t, japan, "2026-10-04 23:55"), momentIn(t, japan, "2026-10-06 09:00"), momentIn(t, japan, "2026-10-12 00:00"),
		}}, []string{"18:00", "18:30", "19:00", "19:30", "20:00"}},
		{"none at all in a week", with(func(o *programme.Offer) { o.PerWeek = 0 }), programme.Taken{}, nil},
		{"without a length", with(func(o *programme.Offer) { o.Length = 0 }), programme.Taken{}, nil},
		{"on a multiple of five minutes", with(func(o *programme.Offer) { o.Hours.Weekly[0].From = hm(18, 7) }), programme.Taken{},
			[]string{"18:10", "18:40", "19:10", "19:40"}},
		{"over two stretches that touch, each from its beginning", with(func(o *programme.Offer) {
			o.Hours.Weekly = []programme.WeeklyTime{{Day: 2, From: hm(18, 0), Until: hm(19, 15)}, {Day: 2, From: hm(19, 15), Until: hm(20, 30)}}
		}), programme.Taken{}, []string{"18:00", "18:30", "19:00", "19:15"}},
	} {
		times := c.offer.Times(momentIn(t, japan, "2026-10-05 09:00"), c.taken, tokyo, nil)
		var got []string
		for _, s := range times {
			if s.Until.Sub(s.From) != c.offer.Length {
				t.Errorf("%s: %v is not of the length", c.rule, s)
			}
			if start := s.From.In(tokyo); start.Format(time.DateOnly) == "2026-10-06" {
				got = append(got, start.Format("15:04"))
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.rule, diff)
		}
	}
}

// TestTimesEndAfterFourWeeks, to the minute, and begin after now.
func TestTimesEndAfterFourWeeks(t *testing.T) {
	offer := programme.Offer{
		Hours:  programme.Hours{Zone: japan, Weekly: []programme.WeeklyTime{weekly(time.Tuesday, 18, 20)}},
		Length: time.Hour, PerWeek: 1,
	}
	for _, c := range []struct{ now, first, last string }{
		{"2026-10-06 17:59", "Tue 6 18:00-19:00", "Tue 27 19:00-20:00"},
		{"2026-10-06 18:00", "Tue 6 18:30-19:30", "Tue 27 19:00-20:00"},
		{"2026-10-06 18:01", "Tue 6 18:30-19:30", "Tue 3 18:00-19:00"},
	} {
		got := shown(offer.Times(momentIn(t, japan, c.now), programme.Taken{}, tokyo, nil), tokyo)
		if len(got) == 0 || got[0] != c.first || got[len(got)-1] != c.last {
			t.Errorf("at %s: %q", c.now, got)
		}
	}
}

// TestTimesOverTheEnd: a time that begins within the four weeks may go on after them, into
// another stretch, too.
func TestTimesOverTheEnd(t *testing.T) {
	offer := programme.Offer{
		Hours: programme.Hours{Zone: japan, Weekly: []programme.WeeklyTime{
			{Day: time.Tuesday, From: hm(18, 0), Until: hm(19, 15)}, {Day: time.Tuesday, From: hm(19, 15), Until: hm(20, 30)},
		}},
		Length: time.Hour, PerWeek: 1,
	}
	got := shown(offer.Times(momentIn(t, japan, "2026-10-06 19:10"), programme.Taken{}, tokyo, nil), tokyo)
	if last := got[max(0, len(got)-3):]; !slices.Equal(last, []string{"Tue 3 18:00-19:00", "Tue 3 18:30-19:30", "Tue 3 19:00-20:00"}) {
		t.Errorf("%q", last)
	}
}

// TestTimesWhileClocksChange: they go on every half an hour, whatever clocks do meanwhile.
// Two Sundays in London, from 0:15 to 3:15, written in UTC.
func TestTimesWhileClocksChange(t *testing.T) {
	offer := programme.Offer{
		Hours:  programme.Hours{Zone: london, Weekly: []programme.WeeklyTime{{Day: time.Sunday, From: hm(0, 15), Until: hm(3, 15)}}},
		Length: time.Hour, PerWeek: 1,
	}
	for now, want := range map[string][]string{
		"2026-03-28 12:00": {"00:15", "00:45", "01:15"},
		"2026-10-24 12:00": {"23:15", "23:45", "00:15", "00:45", "01:15", "01:45", "02:15"},
	} {
		day := momentIn(t, london, now)
		var got []string
		for _, s := range offer.Times(day, programme.Taken{}, tokyo, nil) {
			if s.From.Before(day.Add(24 * time.Hour)) {
				got = append(got, s.From.Format("15:04"))
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", now, diff)
		}
	}
}

// TestTimesStay: what was shown as a time is one until its notice is over, whatever the hour
// at which one looks, of somebody who is there day and night, too.
func TestTimesStay(t *testing.T) {
	offer := programme.Offer{Hours: programme.Hours{Zone: japan}, Length: time.Hour, PerWeek: 1}
	for day := time.Sunday; day <= time.Saturday; day++ {
		offer.Hours.Weekly = append(offer.Hours.Weekly, programme.WeeklyTime{Day: day, From: hm(9, 15), Until: hm(33, 15)})
	}
	now := momentIn(t, japan, "2026-10-05 09:00")
	before := offer.Times(now, programme.Taken{}, tokyo, nil)
	for range 100 {
		now = now.Add(37 * time.Minute)
		after := map[int64]bool{}
		for _, s := range offer.Times(now, programme.Taken{}, tokyo, nil) {
			after[s.From.Unix()] = true
		}
		for _, s := range before {
			if s.From.After(now) && !after[s.From.Unix()] {
				t.Fatalf("at %s %s is gone", now, s.From.In(tokyo))
			}
		}
	}
}
