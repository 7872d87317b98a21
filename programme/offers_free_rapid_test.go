package programme_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tsugite/programme"
)

// shifts are days on which clocks change somewhere, or on which nothing happens, by zone.
var shifts = map[string][]string{
	"Asia/Tokyo":          {"2026-10-06"},
	"Europe/London":       {"2026-03-29", "2026-10-25", "2026-06-10"},
	"America/New_York":    {"2026-03-08", "2026-11-01", "2026-12-30"},
	"Australia/Lord_Howe": {"2026-04-05", "2026-10-04"}, // by half an hour
	"America/St_Johns":    {"2011-03-13", "2011-11-06"}, // at one minute past midnight, back over it
	"America/Havana":      {"2026-03-08", "2026-11-01"}, // at midnight
	"Asia/Kathmandu":      {"2026-02-28"},               // 5:45 ahead
}

// someOffer is an offer with whatever hours, and the moment around which it is looked at.
func someOffer(rt *rapid.T) (programme.Offer, time.Time) {
	var zones []string
	for _, z := range []string{"Asia/Tokyo", "Europe/London", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "America/Havana", "Asia/Kathmandu"} {
		for range shifts[z] {
			zones = append(zones, z)
		}
	}
	zone := rapid.SampledFrom(zones).Draw(rt, "zone")
	place, err := time.LoadLocation(zone)
	if err != nil {
		rt.Fatal(err)
	}
	day, err := time.ParseInLocation(time.DateOnly, rapid.SampledFrom(shifts[zone]).Draw(rt, "day"), place)
	if err != nil {
		rt.Fatal(err)
	}
	minute := func(from, to int, name string) int {
		if rapid.IntRange(0, 5).Draw(rt, name+"'s grid") == 0 {
			return rapid.IntRange(from, to).Draw(rt, name)
		}
		return rapid.IntRange((from+4)/5, to/5).Draw(rt, name) * 5
	}
	hours := programme.Hours{Zone: zone, Holidays: rapid.Bool().Draw(rt, "on holidays")}
	for range rapid.IntRange(0, 4).Draw(rt, "weekly times") {
		w := programme.WeeklyTime{Day: (day.Weekday() + time.Weekday(rapid.IntRange(5, 9).Draw(rt, "weekday"))) % 7}
		w.From = minute(0, 24*60-1, "from")
		w.Until = minute(w.From, w.From+24*60, "until")
		hours.Weekly = append(hours.Weekly, w)
	}
	for range rapid.IntRange(0, 2).Draw(rt, "single times") {
		from := day.Add(time.Duration(minute(-2*24*60, 2*24*60, "single")) * time.Minute)
		hours.Single = append(hours.Single, programme.Span{From: from, Until: from.Add(time.Duration(minute(-30, 600, "long")) * time.Minute)})
	}
	for range rapid.IntRange(0, 2).Draw(rt, "days off") {
		first := day.AddDate(0, 0, rapid.IntRange(-3, 3).Draw(rt, "first"))
		last := first.AddDate(0, 0, rapid.IntRange(-1, 2).Draw(rt, "last"))
		hours.Off = append(hours.Off, programme.DaySpan{
			First: programme.Date(first.Format(time.DateOnly)), Last: programme.Date(last.Format(time.DateOnly)),
		})
	}
	return programme.Offer{Hours: hours}, day
}

// someBusy are spans around a moment, in no order.
func someBusy(rt *rapid.T, around time.Time) (out []programme.Span) {
	for range rapid.IntRange(0, 6).Draw(rt, "busy") {
		from := around.Add(time.Duration(rapid.IntRange(-3*24*60, 3*24*60).Draw(rt, "busy from")) * time.Minute)
		out = append(out, programme.Span{From: from, Until: from.Add(time.Duration(rapid.IntRange(-10, 400).Draw(rt, "busy for")) * time.Minute)})
	}
	return out
}

func oddDays(d programme.Date) bool { return d[len(d)-1]%2 == 1 }

// diary is the reference: a record for every minute of a stretch of time, filled in by
// looking at the clock on the wall in each of them, one after the other.
type diary struct {
	from    time.Time
	minutes []minute
}

type minute struct {
	open, busy bool
	begins     []int // the minutes in which the stretches began that are open
}

// diaryOf fills in a diary from a moment on.
func diaryOf(o programme.Offer, busy []programme.Span, from time.Time, length time.Duration) diary {
	place, err := time.LoadLocation(o.Hours.Zone)
	if err != nil {
		panic(err)
	}
	d := diary{from: from, minutes: make([]minute, int(length/time.Minute))}
	lastOpen, began := map[string]int{}, map[string]int{} // by stretch, the minutes
	for i := range d.minutes {
		at := from.Add(time.Duration(i) * time.Minute)
		for _, name := range openAt(o.Hours, at, place) {
			if last, before := lastOpen[name]; !before || last < i-1 {
				began[name] = i
			}
			lastOpen[name] = i
			d.minutes[i].open = true
			d.minutes[i].begins = append(d.minutes[i].begins, began[name])
		}
		for _, b := range busy {
			d.minutes[i].busy = d.minutes[i].busy || !at.Before(b.From) && at.Before(b.Until)
		}
	}
	return d
}

// openAt names the stretches that are open in the minute, each by the day it began.
func openAt(h programme.Hours, at time.Time, place *time.Location) (out []string) {
	off := func(day string) bool {
		for _, o := range h.Off {
			if string(o.First) <= day && day <= string(o.Last) {
				return true
			}
		}
		return false
	}
	clock := at.In(place)
	weekday, minute := clock.Weekday(), clock.Hour()*60+clock.Minute()
	for n, w := range h.Weekly {
		for ago := range 3 {
			shows := minute + ago*24*60
			if (weekday+7-time.Weekday(ago))%7 != w.Day || shows < w.From || shows >= w.Until {
				continue
			}
			year, month, day := clock.Date()
			date := time.Date(year, month, day-ago, 12, 0, 0, 0, time.UTC).Format("2006-01-02")
			if !off(date) && (h.Holidays || !oddDays(programme.Date(date))) {
				out = append(out, fmt.Sprint("weekly ", n, date))
			}
		}
	}
	for n, s := range h.Single {
		if !at.Before(s.From) && at.Before(s.Until) && !off(s.From.In(place).Format("2006-01-02")) {
			out = append(out, fmt.Sprint("single ", n))
		}
	}
	return out
}

// TestFreeByTheMinute: Free is what a diary says that looks at every minute, in zones
// whose clocks change and whose do not.
func TestFreeByTheMinute(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		offer, day := someOffer(rt)
		busy := someBusy(rt, day)
		in := programme.Span{
			From:  day.Add(time.Duration(rapid.IntRange(-2*24*60, 24*60).Draw(rt, "in from")) * time.Minute),
			Until: day.Add(time.Duration(rapid.IntRange(-24*60, 2*24*60).Draw(rt, "in until")) * time.Minute),
		}
		got := offer.Free(in, busy, oddDays)
		for i, s := range got {
			if !s.From.Before(s.Until) || i > 0 && !got[i-1].Until.Before(s.From) || s.From.Location() != time.UTC {
				rt.Fatalf("no spans by start that are apart, in UTC: %v", got)
			}
		}
		d := diaryOf(offer, busy, day.AddDate(0, 0, -5), 10*24*time.Hour)
		for i, m := range d.minutes {
			at := d.from.Add(time.Duration(i) * time.Minute)
			want := m.open && !m.busy && !at.Before(in.From) && at.Before(in.Until)
			if isIn(got, at) != want {
				rt.Fatalf("%s (%s): free %v, the diary says %v", at.In(day.Location()), at.UTC(), !want, want)
			}
		}
	})
}

func isIn(spans []programme.Span, at time.Time) bool {
	for _, s := range spans {
		if !at.Before(s.From) && at.Before(s.Until) {
			return true
		}
	}
	return false
}

// TestTimesByTheMinute: Times are those that can be counted out in a diary.
func TestTimesByTheMinute(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		offer, day := someOffer(rt)
		offer.Length = rapid.SampledFrom(programme.SessionLengths).Draw(rt, "length")
		offer.Buffer = time.Duration(rapid.IntRange(0, 6).Draw(rt, "buffer")) * programme.Grid
		offer.Notice = time.Duration(rapid.IntRange(0, 4*24*60).Draw(rt, "notice")) * time.Minute
		offer.PerWeek = rapid.IntRange(1, 3).Draw(rt, "per week")
		// The day is at the beginning of the four weeks, or at their end.
		now := day.Add(time.Duration(rapid.IntRange(-3*24*60, 24*60).Draw(rt, "now")) * time.Minute)
		if rapid.Bool().Draw(rt, "at the end") {
			now = now.Add(-27 * 24 * time.Hour)
		}
		taken := programme.Taken{Busy: someBusy(rt, day)}
		for range rapid.IntRange(0, 5).Draw(rt, "sessions") {
			taken.Starts = append(taken.Starts, day.Add(time.Duration(rapid.IntRange(-10*24*60, 10*24*60).Draw(rt, "session"))*time.Minute))
		}
		programmes, err := time.LoadLocation(rapid.SampledFrom([]string{"Asia/Tokyo", "Europe/London"}).Draw(rt, "programme's zone"))
		if err != nil {
			rt.Fatal(err)
		}

		got := map[time.Time]bool{}
		var last time.Time
		for _, s := range offer.Times(now, taken, programmes, oddDays) {
			if s.Until.Sub(s.From) != offer.Length || !s.From.After(last) {
				rt.Fatalf("%v after %v is not of the length, or not by start", s, last)
			}
			got[s.From], last = true, s.From
		}
		d := diaryOf(offer, taken.Busy, now.Add(-3*24*time.Hour).Truncate(time.Minute).UTC(), 33*24*time.Hour)
		for i := range d.minutes {
			at := d.from.Add(time.Duration(i) * time.Minute)
			if want := d.offers(i, offer, now, taken.Starts, programmes); got[at] != want {
				rt.Fatalf("%s (%s): offered %v, the diary says %v", at.In(day.Location()), at, !want, want)
			}
			delete(got, at)
		}
		if len(got) > 0 {
			rt.Fatalf("offered besides: %v", got)
		}
	})
}

// offers says whether a time can be asked for that begins in the minute, by each rule in
// turn.
func (d diary) offers(i int, o programme.Offer, now time.Time, starts []time.Time, programmes *time.Location) bool {
	at := d.from.Add(time.Duration(i) * time.Minute)
	if !at.After(now) || at.Before(now.Add(o.Notice)) || !at.Before(now.Add(28*24*time.Hour)) {
		return false
	}
	if !d.onStep(i) {
		return false
	}
	for k := range int(o.Length / time.Minute) {
		if i+k >= len(d.minutes) || !d.minutes[i+k].open {
			return false
		}
	}
	for k := range int((o.Length + o.Buffer) / time.Minute) {
		if d.minutes[i+k].busy {
			return false
		}
	}
	sessions := 0
	for _, s := range starts {
		if weekName(s, programmes) == weekName(at, programmes) {
			sessions++
		}
	}
	return sessions < o.PerWeek
}

// onStep says whether a time begins in the minute: every thirty minutes from the first
// multiple of five of a stretch.
func (d diary) onStep(i int) bool {
	for _, begin := range d.minutes[i].begins {
		began := d.from.Add(time.Duration(begin) * time.Minute)
		ago, late := i-begin, (5-began.Minute()%5)%5 // zones are whole multiples of five minutes ahead
		if ago >= late && (ago-late)%30 == 0 {
			return true
		}
	}
	return false
}

// weekName names the week of a moment, Monday to Sunday.
func weekName(at time.Time, place *time.Location) string {
	year, week := at.In(place).ISOWeek()
	return fmt.Sprint(year, "-", week)
}

// TestTimesBreakNoRule: whatever is published and taken, no time that is offered overlaps
// what is busy, its buffer included, begins before the notice is over or in a full week.
func TestTimesBreakNoRule(t *testing.T) {
	offered := 0
	rapid.Check(t, func(rt *rapid.T) {
		now := time.Date(2026, 10, 12, 9, 0, 0, 0, tokyo).Add(time.Duration(rapid.IntRange(0, 30*24*60).Draw(rt, "now")) * time.Minute)
		offer := programme.Offer{
			Length:  rapid.SampledFrom(programme.SessionLengths).Draw(rt, "length"),
			Buffer:  time.Duration(rapid.IntRange(0, 12).Draw(rt, "buffer")) * programme.Grid,
			Notice:  time.Duration(rapid.IntRange(0, 10*24*60).Draw(rt, "notice")) * time.Minute,
			PerWeek: rapid.IntRange(0, 4).Draw(rt, "per week"),
			Hours:   programme.Hours{Zone: rapid.SampledFrom([]string{"Asia/Tokyo", "Europe/London", "nowhere"}).Draw(rt, "zone")},
		}
		for range rapid.IntRange(1, 12).Draw(rt, "weekly times") {
			w := programme.WeeklyTime{Day: time.Weekday(rapid.IntRange(0, 6).Draw(rt, "weekday")), From: rapid.IntRange(0, 287).Draw(rt, "from") * 5}
			w.Until = w.From + rapid.IntRange(1, 288).Draw(rt, "long")*5
			offer.Hours.Weekly = append(offer.Hours.Weekly, w)
		}
		var taken programme.Taken
		for range rapid.IntRange(0, 40).Draw(rt, "busy") {
			from := now.Add(time.Duration(rapid.IntRange(-24*60, 30*24*60).Draw(rt, "busy from")) * time.Minute)
			taken.Busy = append(taken.Busy, programme.Span{From: from, Until: from.Add(time.Duration(rapid.IntRange(1, 2000).Draw(rt, "busy for")) * time.Minute)})
			taken.Starts = append(taken.Starts, from)
		}
		for _, s := range offer.Times(now, taken, tokyo, nil) {
			offered++
			inWeek := 0
			for i, b := range taken.Busy {
				if s.From.Before(b.Until) && b.From.Before(s.Until.Add(offer.Buffer)) {
					rt.Fatalf("%v overlaps %v", s, b)
				}
				if weekName(taken.Starts[i], tokyo) == weekName(s.From, tokyo) {
					inWeek++
				}
			}
			if inWeek >= offer.PerWeek {
				rt.Fatalf("%v is in a full week", s)
			}
			if ahead := s.From.Sub(now); ahead <= 0 || ahead < offer.Notice || ahead >= programme.OfferedFor || s.From.Truncate(programme.Grid) != s.From {
				rt.Fatalf("%v begins %v after now", s, ahead)
			}
		}
	})
	if offered == 0 {
		t.Error("nothing was offered, so nothing was looked at")
	}
}

// fiftyExperts are offers as busy people make them, each with sixty spans that are taken in
// the coming eight weeks, a fifth of them sessions.
func fiftyExperts(now time.Time) (offers []programme.Offer, taken []programme.Taken) {
	zones := []string{"Asia/Tokyo", "Europe/London", "America/New_York", "Australia/Lord_Howe"}
	for n := range 50 {
		o := programme.Offer{
			Length: time.Hour, Buffer: 15 * time.Minute, Notice: 48 * time.Hour, PerWeek: 3,
			Hours: programme.Hours{
				Zone:   zones[n%len(zones)],
				Single: []programme.Span{{From: now.AddDate(0, 0, 9), Until: now.AddDate(0, 0, 9).Add(3 * time.Hour)}},
				Off:    []programme.DaySpan{{First: "2026-10-20", Last: "2026-10-23"}},
			},
		}
		for day := time.Monday; day <= time.Friday; day++ {
			o.Hours.Weekly = append(o.Hours.Weekly, weekly(day, 9, 12), weekly(day, 18, 25))
		}
		var t programme.Taken
		for k := range 60 {
			from := now.Add(time.Duration((n*7+k*23)%(56*24)) * time.Hour)
			t.Busy = append(t.Busy, programme.Span{From: from, Until: from.Add(75 * time.Minute)})
			if k%5 == 0 {
				t.Starts = append(t.Starts, from)
			}
		}
		offers, taken = append(offers, o), append(taken, t)
	}
	return offers, taken
}

// BenchmarkFree is the free time of 50 experts in 8 weeks.
func BenchmarkFree(b *testing.B) {
	now := time.Date(2026, 10, 5, 9, 0, 0, 0, tokyo)
	offers, taken := fiftyExperts(now)
	spans := 0
	for b.Loop() {
		for i, o := range offers {
			spans += len(o.Free(programme.Span{From: now, Until: now.AddDate(0, 0, 56)}, taken[i].Busy, oddDays))
		}
	}
	b.ReportMetric(float64(spans)/float64(b.N), "spans/op")
}

// BenchmarkTimes is what can be asked for of 50 experts in 8 weeks: twice the four that are
// ever looked at.
func BenchmarkTimes(b *testing.B) {
	now := time.Date(2026, 10, 5, 9, 0, 0, 0, tokyo)
	offers, taken := fiftyExperts(now)
	times := 0
	for b.Loop() {
		for i, o := range offers {
			times += len(o.Times(now, taken[i], tokyo, oddDays))
			times += len(o.Times(now.Add(programme.OfferedFor), taken[i], tokyo, oddDays))
		}
	}
	b.ReportMetric(float64(times)/float64(b.N), "times/op")
}
