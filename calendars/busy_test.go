package calendars_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tsugite/calendars"
	"tsugite/programme"
)

var tokyo = zone("Asia/Tokyo")

func zone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return z
}

// The window of these tests: five weeks from Monday 31 August 2026, 9:00 in Tokyo.
var window = programme.Span{
	From:  time.Date(2026, 8, 31, 9, 0, 0, 0, tokyo),
	Until: time.Date(2026, 10, 6, 9, 0, 0, 0, tokyo),
}

// ics is a calendar of these lines.
func ics(lines ...string) []byte {
	return []byte("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VCALENDAR\r\n")
}

// event is an entry of these lines.
func event(lines ...string) string {
	return "BEGIN:VEVENT\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT"
}

// written are spans as "09-10 14:00-15:00" in Tokyo, with the day of the end if it is
// another.
func written(spans []programme.Span) (out []string) {
	for _, s := range spans {
		from, until := s.From.In(tokyo), s.Until.In(tokyo)
		end := until.Format("15:04")
		if from.Format("0102") != until.Format("0102") {
			end = until.Format("01-02 15:04")
		}
		out = append(out, from.Format("01-02 15:04")+"-"+end)
	}
	return out
}

// odd is a zone as calendar programs describe it under a name that no database knows.
var (
	odd = strings.Join([]string{
		"BEGIN:VTIMEZONE", "TZID:Customized Time Zone",
		"BEGIN:STANDARD", "DTSTART:16010101T020000", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500",
		"RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11", "END:STANDARD",
		"BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400",
		"RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", "END:DAYLIGHT", "END:VTIMEZONE",
	}, "\r\n")
	// turning leaves summer time on 20 September 2026, which no real zone does.
	turning = strings.Join([]string{
		"BEGIN:VTIMEZONE", "TZID:Turning",
		"BEGIN:DAYLIGHT", "DTSTART:20260301T000000", "TZOFFSETFROM:+0900", "TZOFFSETTO:+1000", "END:DAYLIGHT",
		"BEGIN:STANDARD", "DTSTART:20260920T020000", "TZOFFSETFROM:+1000", "TZOFFSETTO:+0900", "END:STANDARD",
		"END:VTIMEZONE",
	}, "\r\n")
)

func TestBusyIsWhatTakesTime(t *testing.T) {
	for rule, c := range map[string]struct {
		calendar []byte
		want     []string
		partly   bool
	}{
		"nothing": {ics(), nil, false},
		"a time in UTC": {ics(event("DTSTART:20260910T050000Z", "DTEND:20260910T060000Z")),
			[]string{"09-10 14:00-15:00"}, false},
		"a time of a zone": {ics(event("DTSTART;TZID=Europe/London:20260910T140000", "DTEND;TZID=Europe/London:20260910T150000")),
			[]string{"09-10 22:00-23:00"}, false},
		"a zone in quotes, behind a path": {ics(event(`DTSTART;TZID="/mozilla.org/20050126_1/Europe/London":20260910T140000`, "DURATION:PT1H")),
			[]string{"09-10 22:00-23:00"}, false},
		"a floating time is of the programme's zone": {ics(event("DTSTART:20260910T140000", "DTEND:20260910T150000")),
			[]string{"09-10 14:00-15:00"}, false},
		"a floating time is of the calendar's zone if it has one": {ics("X-WR-TIMEZONE:Europe/London", event("DTSTART:20260910T140000", "DTEND:20260910T150000")),
			[]string{"09-10 22:00-23:00"}, false},
		"a zone that the calendar describes": {ics(odd, event("DTSTART;TZID=Customized Time Zone:20260910T140000", "DURATION:PT1H")),
			[]string{"09-11 03:00-04:00"}, false},
		"what recurs keeps its hour when a described zone turns": {ics(turning, event("DTSTART;TZID=Turning:20260914T140000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2")),
			[]string{"09-14 13:00-14:00", "09-21 14:00-15:00"}, false},
		"a described zone turns at the hour that it says": {ics(turning, event("DTSTART;TZID=Turning:20260920T003000", "DURATION:PT15M"),
			event("DTSTART;TZID=Turning:20260920T050000", "DURATION:PT1H")),
			[]string{"09-19 23:30-23:45", "09-20 05:00-06:00"}, false},
		"a name that nobody explains is the calendar's zone": {ics(event("DTSTART;TZID=Mars/Base:20260910T140000", "DURATION:PT1H")),
			[]string{"09-10 14:00-15:00"}, true},
		"the machine's zone is nobody's": {ics(event("DTSTART;TZID=Local:20260910T140000", "DURATION:PT1H")),
			[]string{"09-10 14:00-15:00"}, true},

		"a whole day": {ics(event("DTSTART;VALUE=DATE:20260910", "DTEND;VALUE=DATE:20260911")),
			[]string{"09-10 00:00-09-11 00:00"}, false},
		"a whole day without an end": {ics(event("DTSTART;VALUE=DATE:20260910")),
			[]string{"09-10 00:00-09-11 00:00"}, false},
		"a whole day that ends as it begins": {ics(event("DTSTART;VALUE=DATE:20260910", "DTEND;VALUE=DATE:20260910")),
			[]string{"09-10 00:00-09-11 00:00"}, false},
		"days": {ics(event("DTSTART;VALUE=DATE:20260910", "DTEND;VALUE=DATE:20260913")),
			[]string{"09-10 00:00-09-13 00:00"}, false},
		"days that last": {ics(event("DTSTART;VALUE=DATE:20260910", "DURATION:P2D")),
			[]string{"09-10 00:00-09-12 00:00"}, false},
		"a whole day of the calendar's zone": {ics("X-WR-TIMEZONE:Europe/London", event("DTSTART;VALUE=DATE:20260910")),
			[]string{"09-10 08:00-09-11 08:00"}, false},
		"a day is no mark of being busy": {ics(event("DTSTART;VALUE=DATE:20260910", "TRANSP:TRANSPARENT")), nil, false},

		"what is cancelled takes no time":  {ics(event("DTSTART:20260910T140000", "DURATION:PT1H", "STATUS:CANCELLED")), nil, false},
		"nor what is marked as free":       {ics(event("DTSTART:20260910T140000", "DURATION:PT1H", "X-MICROSOFT-CDO-BUSYSTATUS:FREE")), nil, false},
		"nor what has no length":           {ics(event("DTSTART:20260910T140000")), nil, false},
		"nor what lies outside the window": {ics(event("DTSTART:20260830T140000", "DURATION:PT1H"), event("DTSTART:20261006T090000", "DURATION:PT1H")), nil, false},
		"what is not certain does": {ics(event("DTSTART:20260910T140000", "DURATION:PT1H", "STATUS:TENTATIVE")),
			[]string{"09-10 14:00-15:00"}, false},
		"of what lasts on, what is in the window": {ics(event("DTSTART:20260801T140000", "DTEND:20260901T000000"), event("DTSTART:20261006T080000", "DURATION:P3D")),
			[]string{"08-31 09:00-09-01 00:00", "10-06 08:00-09:00"}, false},
		"what overlaps or touches is one": {ics(event("DTSTART:20260910T140000", "DURATION:PT1H"), event("DTSTART:20260910T143000", "DURATION:PT15M"),
			event("DTSTART:20260910T150000", "DURATION:PT1H"), event("DTSTART:20260910T170000", "DURATION:PT1H")),
			[]string{"09-10 14:00-16:00", "09-10 17:00-18:00"}, false},

		"every week but some": {ics(event("UID:1", "DTSTART:20260805T140000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY",
			"EXDATE:20260902T140000,20260909T050000Z", "EXDATE;VALUE=DATE:20260916")),
			[]string{"09-23 14:00-15:00", "09-30 14:00-15:00"}, false},
		"one of them moved, one called off": {ics(
			event("UID:1", "DTSTART;TZID=Asia/Tokyo:20260902T140000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=4"),
			event("UID:1", "RECURRENCE-ID;TZID=Asia/Tokyo:20260909T140000", "DTSTART;TZID=Asia/Tokyo:20260911T100000", "DURATION:PT2H"),
			event("UID:1", "RECURRENCE-ID:20260916T050000Z", "DTSTART;TZID=Asia/Tokyo:20260916T140000", "DURATION:PT1H", "STATUS:CANCELLED")),
			[]string{"09-02 14:00-15:00", "09-11 10:00-12:00", "09-23 14:00-15:00"}, false},
		"one moved whose series is not there": {ics(
			event("UID:1", "RECURRENCE-ID:20260916T050000Z", "DTSTART:20260917T140000", "DURATION:PT1H")),
			[]string{"09-17 14:00-15:00"}, false},
		"until a moment": {ics(event("DTSTART:20260902T140000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;UNTIL=20260909T050000Z")),
			[]string{"09-02 14:00-15:00", "09-09 14:00-15:00"}, false},
		"until a day, which is in it": {ics(event("DTSTART:20260902T140000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;UNTIL=20260909")),
			[]string{"09-02 14:00-15:00", "09-09 14:00-15:00"}, false},
		"so many times, counted from before the window": {ics(event("DTSTART:20260805T140000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=5")),
			[]string{"09-02 14:00-15:00"}, false},
		"for ever, from long ago": {ics(event("DTSTART:16040101T140000", "DURATION:PT1H", "RRULE:FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=3")),
			[]string{"09-03 14:00-15:00"}, false},
		"the last Friday of every other month": {ics(event("DTSTART:20260529T140000", "DURATION:PT1H", "RRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR;WKST=SU;")),
			[]string{"09-25 14:00-15:00"}, false},
		"days of every week": {ics(event("DTSTART;VALUE=DATE:20260912", "RRULE:FREQ=WEEKLY;BYDAY=SA,SU;COUNT=3", "EXDATE:20260913T000000Z")),
			[]string{"09-12 00:00-09-13 00:00", "09-19 00:00-09-20 00:00"}, false},
		"what does not follow its own rule begins when it says": {ics(event("DTSTART:20260903T140000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260908")),
			[]string{"09-03 14:00-15:00", "09-07 14:00-15:00"}, false},
		"at listed times, with ends of their own": {ics(event("DTSTART:20260903T140000", "DURATION:PT1H",
			"RDATE:20260904T140000,20260905T140000", "RDATE;VALUE=PERIOD:20260906T050000Z/PT2H,20260907T050000Z/20260907T053000Z", "EXDATE:20260905T140000")),
			[]string{"09-03 14:00-15:00", "09-04 14:00-15:00", "09-06 14:00-16:00", "09-07 14:00-14:30"}, false},
		"the later state of an entry": {ics(event("UID:1", "SEQUENCE:2", "DTSTART:20260911T140000", "DURATION:PT1H"),
			event("UID:1", "SEQUENCE:1", "DTSTART:20260910T140000", "DURATION:PT1H")),
			[]string{"09-11 14:00-15:00"}, false},
		"a list of busy times": {ics("BEGIN:VFREEBUSY", "FREEBUSY:20260910T050000Z/PT1H,20260910T070000Z/20260910T080000Z",
			"FREEBUSY;FBTYPE=FREE:20260911T050000Z/PT1H", "END:VFREEBUSY"),
			[]string{"09-10 14:00-15:00", "09-10 16:00-17:00"}, false},

		"as others write it": {[]byte("\xef\xbb\xbfbegin:vcalendar\nBEGIN:VEVENT\nDTST\n ART;TZID=Asia\n\t/Tokyo:2026091\n 0T140000\nduration:PT1H\nBEGIN:VALARM\nTRIGGER:-PT5M\nDURATION:PT9H\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR"),
			[]string{"09-10 14:00-15:00"}, false},
		"of several calendars each its own": {append(ics("X-WR-TIMEZONE:Europe/London", event("DTSTART:20260910T140000", "DURATION:PT1H")),
			ics(event("DTSTART:20260910T140000", "DURATION:PT1H"))...),
			[]string{"09-10 14:00-15:00", "09-10 22:00-23:00"}, false},
		"titles and places may hold anything": {ics(event("SUMMARY;X=\"unfinished:\x00\xff", "DESCRIPTION", strings.Repeat("X", 1<<20), "DTSTART:20260910T140000", "DURATION:PT1H", "LOCATION:BEGIN:VEVENT")),
			[]string{"09-10 14:00-15:00"}, false},
		"tasks are none": {ics("BEGIN:VTODO", "DTSTART:20260910T140000", "DURATION:PT1H", "END:VTODO"), nil, false},

		"an entry that cannot be understood is left out": {ics(event("DTSTART:tomorrow", "DURATION:PT1H"), event("DTSTART:20260910T140000", "DURATION:PT1H")),
			[]string{"09-10 14:00-15:00"}, true},
		"one without a beginning":          {ics(event("DTEND:20260910T140000")), nil, true},
		"one that ends before it begins":   {ics(event("DTSTART:20260910T140000", "DTEND:20260910T130000")), nil, true},
		"one that lasts for ever":          {ics(event("DTSTART:20260910T140000", "DURATION:P99999999999W")), nil, true},
		"one whose beginning is cut short": {ics(event("DTSTART;TZID=Asia/Tokyo", "DURATION:PT1H")), nil, true},
		"one whose zone's quotes stay open": {ics(event(`DTSTART;TZID="Asia/Tokyo:20260910T140000`, "DURATION:PT1H")),
			nil, true},
		"of a rule by the hour, the first time": {ics(event("DTSTART:20260910T140000", "DURATION:PT1H", "RRULE:FREQ=HOURLY;INTERVAL=24;BYHOUR=5")),
			[]string{"09-10 14:00-15:00"}, true},
		"of a rule that is none, the first time": {ics(event("DTSTART:20260910T140000", "DURATION:PT1H", "RRULE:FREQ=OFTEN")),
			[]string{"09-10 14:00-15:00"}, true},
		"of a rule that breaks the library, the first time": {ics(event("DTSTART:20260910T140000", "DURATION:PT1H", "RRULE:FREQ=MONTHLY;BYDAY=-53MO")),
			[]string{"09-10 14:00-15:00"}, true},
		"of a rule of a thousand hours, the first time": {ics(event("DTSTART:20260910T140000", "DURATION:PT1H", "RRULE:FREQ=DAILY;BYHOUR=1"+strings.Repeat(",1", 60))),
			[]string{"09-10 14:00-15:00"}, true},
		"of one that is moved with all that follow, the one": {ics(
			event("UID:1", "DTSTART:20260902T140000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3"),
			event("UID:1", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260909T140000", "DTSTART:20260909T160000", "DURATION:PT1H")),
			[]string{"09-02 14:00-15:00", "09-09 16:00-17:00", "09-16 14:00-15:00"}, true},
		"an exception that is none": {ics(event("DTSTART:20260910T140000", "DURATION:PT1H", "EXDATE:yesterday")),
			[]string{"09-10 14:00-15:00"}, true},
	} {
		t.Run(rule, func(t *testing.T) {
			spans, partly, err := calendars.Busy(t.Context(), c.calendar, window, tokyo)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, written(spans)); diff != "" || partly != c.partly {
				t.Errorf("partly %v, want %v; %s", partly, c.partly, diff)
			}
		})
	}
}

func TestWhatIsNoWholeCalendarIsAFault(t *testing.T) {
	whole := string(ics(event("DTSTART:20260910T140000", "DURATION:PT1H")))
	daily := func(since, until string) (out []string) {
		for i := range 200 {
			out = append(out, event(fmt.Sprintf("UID:%d", i), fmt.Sprintf("DTSTART:%sT%02d%02d00", since, i/60, i%60), "DURATION:PT1M", "RRULE:FREQ=DAILY;UNTIL="+until))
		}
		return out
	}
	named := func(from, until int) (out []string) {
		for i := from; i < until; i++ {
			out = append(out, event(fmt.Sprintf("DTSTART;TZID=Zone/%d:20260910T140000", i), "DURATION:PT1H"))
		}
		return out
	}
	for rule, c := range map[string]struct {
		calendar string
		want     programme.BusyFault
	}{
		"nothing":                          {"", programme.BusyNoCalendar},
		"a page":                           {"<!DOCTYPE html><html>Sign in</html>", programme.BusyNoCalendar},
		"something else in front":          {"hello\r\n" + whole, programme.BusyNoCalendar},
		"an entry alone":                   {event("DTSTART:20260910T140000"), programme.BusyNoCalendar},
		"what breaks off in an entry":      {whole[:len(whole)-40], programme.BusyNoCalendar},
		"what breaks off between entries":  {strings.TrimSuffix(whole, "END:VCALENDAR\r\n"), programme.BusyNoCalendar},
		"parts that end in each other":     {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\nEND:VEVENT\n", programme.BusyNoCalendar},
		"an end too many":                  {whole + "END:VCALENDAR\n", programme.BusyNoCalendar},
		"a hundred thousand parts, nested": {"BEGIN:VCALENDAR\n" + strings.Repeat("BEGIN:X\n", 100_000), programme.BusyNoCalendar},
		"more times than are kept":         {string(ics(daily("20260801", "20261231")...)), programme.BusyTooLarge},
		"more times than are looked at":    {string(ics(daily("20000101", "20260101")...)), programme.BusyTooLarge},
		"more zones than anybody is in":    {string(ics(named(0, 201)...)), programme.BusyTooLarge},
		"as many in several calendars":     {string(ics(named(0, 101)...)) + string(ics(named(101, 201)...)), programme.BusyTooLarge},
	} {
		t.Run(rule, func(t *testing.T) {
			spans, _, err := calendars.Busy(t.Context(), []byte(c.calendar), window, tokyo)
			var f *calendars.Fault
			if !errors.As(err, &f) || f.Why != c.want || spans != nil {
				t.Errorf("%v %v, want %s", spans, err, c.want)
			}
		})
	}
}

// Whoever reads does not wait for rules that never come true.
func TestReadingEndsWhenItsTimeIsUp(t *testing.T) {
	var lines []string
	for i := range 1000 {
		lines = append(lines, event(fmt.Sprintf("UID:%d", i), "DTSTART:20260101T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"))
	}
	ctx, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer stop()
	if _, _, err := calendars.Busy(ctx, ics(lines...), window, tokyo); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

// looks is a context that ends when it has been looked at so often.
type looks struct {
	context.Context
	left int
}

func (l *looks) Err() error {
	if l.left--; l.left < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

// Whatever a calendar has much of, the time left is looked at while going through it, not
// only before and after.
func TestTimeIsWatchedInWhateverThereIsMuchOf(t *testing.T) {
	const many = 2000
	listed := func(of, value string) string { return of + value + strings.Repeat(","+value, many-1) }
	entries := slices.Repeat([]string{event("DTSTART:20260910T050000Z")}, many)
	turning := []string{"BEGIN:VTIMEZONE", "TZID:Odd", "BEGIN:STANDARD", "DTSTART:20000101T000000", "TZOFFSETFROM:+0900", "TZOFFSETTO:+1000",
		listed("RDATE:", "20260901T000000"), "END:STANDARD", "END:VTIMEZONE", event("DTSTART;TZID=Odd:20260910T140000")}
	for rule, calendar := range map[string][]byte{
		"lists of busy times":    ics("BEGIN:VFREEBUSY", listed("FREEBUSY:", "20260910T050000Z/PT1H"), "END:VFREEBUSY"),
		"lists of further times": ics(event("DTSTART:20260910T050000Z", listed("RDATE:", "20260911T050000Z"))),
		"lists of exceptions":    ics(event("DTSTART:20260910T050000Z", listed("EXDATE:", "20260911T050000Z"))),
		"times of a rule":        ics(event("DTSTART:20100910T050000Z", "RRULE:FREQ=DAILY")),
		"turns of a zone":        ics(turning...),
		"entries":                ics(entries...),
		"calendars":              bytes.Repeat(ics(), many),
	} {
		t.Run(rule, func(t *testing.T) {
			lines := bytes.Count(calendar, []byte("\n"))
			ctx := &looks{t.Context(), lines + many/2}
			if _, _, err := calendars.Busy(ctx, calendar, window, tokyo); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%v with %d looks left", err, ctx.left)
			}
		})
	}
}

// What recurs by days and weeks is what somebody with a paper calendar would enter, day by
// day, whatever the zone does meanwhile.
func TestRulesAgainstAPaperCalendar(t *testing.T) {
	names := []string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}
	rapid.Check(t, func(t *rapid.T) {
		z := zone(rapid.SampledFrom([]string{"Asia/Tokyo", "Europe/London", "America/New_York", "Australia/Lord_Howe"}).Draw(t, "zone"))
		from := time.Date(2026, 1, 1, 0, 0, 0, 0, z).AddDate(0, 0, rapid.IntRange(0, 300).Draw(t, "window"))
		in := programme.Span{From: from, Until: from.AddDate(0, 0, 36)}
		first := from.AddDate(0, 0, -rapid.IntRange(0, 60).Draw(t, "begun"))
		hour := rapid.IntRange(6, 20).Draw(t, "hour")
		weekly := rapid.Bool().Draw(t, "weekly")
		every := rapid.IntRange(1, 4).Draw(t, "every")
		count := rapid.IntRange(1, 60).Draw(t, "count")
		days := map[time.Weekday]bool{first.Weekday(): true}
		rule := fmt.Sprintf("FREQ=DAILY;INTERVAL=%d;COUNT=%d", every, count)
		if weekly {
			list := names[first.Weekday()]
			for _, d := range rapid.SliceOfNDistinct(rapid.IntRange(0, 6), 0, 3, rapid.ID[int]).Draw(t, "days") {
				if !days[time.Weekday(d)] {
					days[time.Weekday(d)] = true
					list += "," + names[d]
				}
			}
			rule = fmt.Sprintf("FREQ=WEEKLY;INTERVAL=%d;COUNT=%d;BYDAY=%s", every, count, list)
		}
		var want []programme.Span
		for day, n := 0, 0; n < count; day++ {
			date := first.AddDate(0, 0, day)
			monday := (int(first.Weekday()) + 6) % 7 // days since Monday of the first
			if weekly && ((day+monday)/7%every != 0 || !days[date.Weekday()]) || !weekly && day%every != 0 {
				continue
			}
			n++
			begin := time.Date(date.Year(), date.Month(), date.Day(), hour, 0, 0, 0, z)
			if s := (programme.Span{From: begin.UTC(), Until: begin.Add(time.Hour).UTC()}); s.Overlaps(in) {
				want = append(want, s)
			}
		}
		start := fmt.Sprintf("DTSTART;TZID=%s:%sT%02d0000", z, first.Format("20060102"), hour)
		got, partly, err := calendars.Busy(context.Background(), ics(event(start, "DURATION:PT1H", "RRULE:"+rule)), in, time.UTC)
		if err != nil || partly {
			t.Fatal(err, partly)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s %s: %s", start, rule, diff)
		}
	})
}

// Whatever comes from somebody else's server, reading it ends, and what it gives can be
// kept.
func FuzzBusy(f *testing.F) {
	for _, c := range [][]byte{
		ics(odd, event("UID:1", "DTSTART;TZID=Customized Time Zone:20260902T140000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=MO,-1FR;UNTIL=20261001", "EXDATE:20260909T140000"),
			event("UID:1", "RECURRENCE-ID;VALUE=DATE:20260916", "DTSTART:20260917T050000Z", "DTEND:20260917T060000Z")),
		ics("BEGIN:VFREEBUSY", "FREEBUSY;FBTYPE=BUSY:20260910T050000Z/PT1H", "END:VFREEBUSY"),
		ics(event(`DTSTART;X="a:b`, "RDATE;VALUE=PERIOD:20260910T050000Z/P1D")),
		[]byte("BEGIN:VCALENDAR\n BEGIN:\nEND:VCALENDAR\n"),
	} {
		f.Add(c)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		ctx, stop := context.WithTimeout(t.Context(), 2*time.Second)
		defer stop()
		spans, _, err := calendars.Busy(ctx, data, window, tokyo)
		if err != nil {
			return
		}
		if len(spans) > programme.MostBusy {
			t.Fatalf("%d spans", len(spans))
		}
		last := time.Time{}
		for _, s := range spans {
			if !s.From.Before(s.Until) || !s.From.After(last) || s.From.Before(window.From) || s.Until.After(window.Until) {
				t.Fatalf("%v in %v", s, spans)
			}
			last = s.Until
		}
	})
}
