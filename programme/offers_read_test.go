package programme_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tsugite/programme"
)

// hoursNow is when the forms of these tests are filled in: Tuesday 1 September 2026.
var hoursNow = time.Date(2026, 9, 1, 9, 0, 0, 0, tokyo)

// TestParseWeekly: weekly times as people write them.
func TestParseWeekly(t *testing.T) {
	const evening = "Tue 18:00-21:00"
	for _, c := range []struct{ rule, text, want string }{
		{"nothing", "\n  \n", ""},
		{"as shown", "火 18:00-21:00", evening},
		{"in words", "毎週火曜日 18時から21時まで", evening},
		{"with a wave", "毎週火曜 18時〜21時", evening},
		{"with another wave", "火曜 18:00～21:00", evening},
		{"full width", "（火）１８：００－２１：００", evening},
		{"with a long vowel for a dash", "火 18:00ー21:00", evening},
		{"hours alone", "火18-21", evening},
		{"four digits", "火 1800-2100", evening},
		{"with a stop and です", "火曜の18時〜21時です。", evening},
		{"with a bullet", "・火曜：18:00〜21:00", evening},
		{"the evening, said once", "火 午後6時〜9時", evening},
		{"the evening, said twice", "火 午後6時〜午後9時", evening},
		{"with half an hour", "火 午後6時半〜8時半", "Tue 18:30-20:30"},
		{"minutes in words", "火 18時30分〜20時15分", "Tue 18:30-20:15"},
		{"over noon", "火 午前10時〜午後2時", "Tue 10:00-14:00"},
		{"noon", "火 正午から13時", "Tue 12:00-13:00"},
		{"in English", "Tue 18:00-21:00", evening},
		{"in English, at length", "Every Tuesday from 6 pm to 9 p.m.", evening},
		{"in English, said once", "Tuesdays 6-9pm", evening},
		{"in English, over noon", "tue 10-2pm", "Tue 10:00-14:00"},
		{"in English, noon and midnight", "Tue 12pm-1pm\nWed 11pm-12am", "Tue 12:00-13:00\nWed 23:00-24:00"},
		{"over midnight", "金 22:00-1:00", "Fri 22:00-25:00"},
		{"over midnight, the evening said once", "金 午後10時〜1時", "Fri 22:00-25:00"},
		{"up to noon, the morning said once", "Tue 10am-12", "Tue 10:00-12:00"},
		{"over midnight, counted on", "金 22:00-25:00", "Fri 22:00-25:00"},
		{"over midnight, the next day", "金 22:00〜翌1:00", "Fri 22:00-25:00"},
		{"up to midnight", "金 22:00-24:00\n土 22:00-0:00", "Fri 22:00-24:00\nSat 22:00-24:00"},
		{"day and night", "金 9:00-翌9:00", "Fri 9:00-33:00"},
		{"some days", "火・木 18:00-21:00", "Tue 18:00-21:00\nThu 18:00-21:00"},
		{"some days together", "月水金 10-12時", "Mon 10:00-12:00\nWed 10:00-12:00\nFri 10:00-12:00"},
		{"some days in English", "Mon, Wed and Fri 10-12", "Mon 10:00-12:00\nWed 10:00-12:00\nFri 10:00-12:00"},
		{"from a day to another", "木曜から土曜 10:00-12:00", "Thu 10:00-12:00\nFri 10:00-12:00\nSat 10:00-12:00"},
		{"the weekend", "土日 10:00-12:00", "Sat 10:00-12:00\nSun 10:00-12:00"},
		{"working days", "平日 9:00-10:00", "Mon 9:00-10:00\nTue 9:00-10:00\nWed 9:00-10:00\nThu 9:00-10:00\nFri 9:00-10:00"},
		{"two times of a day", "火 10:00-12:00、14:00-16:00", "Tue 10:00-12:00\nTue 14:00-16:00"},
		{"lines", "火 18:00-21:00\r\n\r\n日 10:00-12:00", "Tue 18:00-21:00\nSun 10:00-12:00"},
	} {
		h, _, err := programme.ParseHours(programme.HoursText{Weekly: c.text}, hoursNow, tokyo)
		if err != nil {
			t.Errorf("%s: %v", c.rule, err)
			continue
		}
		var got []string
		for _, w := range h.Weekly {
			got = append(got, fmt.Sprintf("%.3s %d:%02d-%d:%02d", w.Day, w.From/60, w.From%60, w.Until/60, w.Until%60))
		}
		if diff := cmp.Diff(c.want, strings.Join(got, "\n")); diff != "" {
			t.Errorf("%s: %s", c.rule, diff)
		}
	}
}

// TestParseSingle: single times as people write them. Without its year a date is one to
// come, or one just past.
func TestParseSingle(t *testing.T) {
	const afternoon = "2026-10-03 13:00 to 2026-10-03 15:00"
	for _, c := range []struct{ rule, text, want string }{
		{"as shown", "10/3 13:00-15:00", afternoon},
		{"with its day of the week", "10/3(土) 13:00-15:00", afternoon},
		{"in words", "10月3日（土曜日）13時〜15時", afternoon},
		{"in words with a blank", "10月 3日 土曜 13時から15時まで", afternoon},
		{"with its year", "2026-10-03 13:00-15:00", afternoon},
		{"with its year in words", "2026年10月3日 13:00-15:00", afternoon},
		{"with the year of the era", "令和8年10月3日 13:00-15:00", afternoon},
		{"in English", "Oct 3 1-3pm", afternoon},
		{"in English, at length", "Saturday, October 3rd, 2026, 13:00 to 15:00", afternoon},
		{"in English, the day first", "3 Oct 2026 13:00-15:00", afternoon},
		{"over midnight", "10/3 22:00-1:00", "2026-10-03 22:00 to 2026-10-04 01:00"},
		{"a Sunday", "10/4日曜 9-10時", "2026-10-04 09:00 to 2026-10-04 10:00"},
		{"twice a day", "10/3 9-10、11-12", "2026-10-03 09:00 to 2026-10-03 10:00, 2026-10-03 11:00 to 2026-10-03 12:00"},
		{"today", "9/1 13-15", "2026-09-01 13:00 to 2026-09-01 15:00"},
		{"a month ago", "8/1 13-15", "2026-08-01 13:00 to 2026-08-01 15:00"},
		{"next year", "3/1 13-15", "2027-03-01 13:00 to 2027-03-01 15:00"},
	} {
		h, _, err := programme.ParseHours(programme.HoursText{Single: c.text}, hoursNow, tokyo)
		if err != nil {
			t.Errorf("%s: %v", c.rule, err)
			continue
		}
		var got []string
		for _, s := range h.Single {
			got = append(got, s.From.In(tokyo).Format("2006-01-02 15:04")+" to "+s.Until.In(tokyo).Format("2006-01-02 15:04"))
		}
		if diff := cmp.Diff(c.want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("%s: %s", c.rule, diff)
		}
	}
}

// TestParseSingleAbroad: single times are in the zone of the form; of an hour that comes
// twice the first is meant, and one that is skipped is refused.
func TestParseSingleAbroad(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"2026-10-24 13:00-15:00", "12:00-14:00"},
		{"2026-10-25 0:30-1:30", "23:30-00:30"},
		{"2026-10-25 1:30-3:00", "00:30-03:00"},
		{"2027-03-28 0:00-3:00", "00:00-02:00"},
		{"2027-03-28 1:30-3:00", "invalid: error.hours_skipped (single)"},
		{"2027-03-28 0:00-1:00", "invalid: error.hours_skipped (single)"},
	} {
		h, _, err := programme.ParseHours(programme.HoursText{Single: c.text}, hoursNow, place(t, london))
		got := fmt.Sprint(err)
		if err == nil {
			got = h.Single[0].From.Format("15:04-") + h.Single[0].Until.Format("15:04")
		}
		if got != c.want {
			t.Errorf("%s: %s, not %s", c.text, got, c.want)
		}
	}
}

// TestParseOff: days off as people write them.
func TestParseOff(t *testing.T) {
	const three = "2026-10-10..2026-10-12"
	for _, c := range []struct{ rule, text, want string }{
		{"as shown", "10/10-10/12", three},
		{"the day alone", "10/10〜12", three},
		{"in words", "10月10日から12日まで", three},
		{"with days of the week", "10/10(土)〜10/12(月)", three},
		{"with years", "2026-10-10 - 2026-10-12", three},
		{"with years and no blank", "2026-10-10-2026-10-12", three},
		{"in English", "Oct 10 to Oct 12", three},
		{"one day", "10/10", "2026-10-10..2026-10-10"},
		{"all of it", "10月10日 終日", "2026-10-10..2026-10-10"},
		{"several", "10/10、10/20-22", "2026-10-10..2026-10-10 2026-10-20..2026-10-22"},
		{"over the new year", "12/28-1/5", "2026-12-28..2027-01-05"},
		{"that have begun", "8/20-9/10", "2026-08-20..2026-09-10"},
	} {
		h, _, err := programme.ParseHours(programme.HoursText{Off: c.text}, hoursNow, tokyo)
		if err != nil {
			t.Errorf("%s: %v", c.rule, err)
			continue
		}
		var got []string
		for _, d := range h.Off {
			got = append(got, string(d.First+".."+d.Last))
		}
		if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s: %s", c.rule, diff)
		}
	}
}

// TestUnreadHours: what cannot be read is told by its line, the first one of each input.
func TestUnreadHours(t *testing.T) {
	for _, c := range []struct{ rule, field, text, key string }{
		{"no day", "weekly", "18:00-21:00", "error.hours_weekly"},
		{"no time", "weekly", "火", "error.hours_weekly"},
		{"no end", "weekly", "火 18:00-", "error.hours_weekly"},
		{"something besides", "weekly", "火 18:00-21:00 オンラインのみ", "error.hours_weekly"},
		{"every other week", "weekly", "第2火曜 18:00-21:00", "error.hours_weekly"},
		{"holidays", "weekly", "土日祝 10:00-12:00", "error.hours_weekly"},
		{"a date", "weekly", "10/3 13:00-15:00", "error.hours_weekly"},
		{"an emoji", "weekly", "🙂", "error.hours_weekly"},
		{"no such minute", "weekly", "火 18:75-21:00", "error.hours_time"},
		{"no such hour", "weekly", "火 18:00-49:00", "error.hours_time"},
		{"a beginning after midnight", "weekly", "火 25:00-26:00", "error.hours_time"},
		{"longer than a day", "weekly", "火 10:00-35:00", "error.hours_time"},
		{"the next day, longer than a day", "weekly", "火 10:00-翌11:00", "error.hours_time"},
		{"what is noon to some and midnight to others", "weekly", "火 午前10時-午後12時", "error.hours_time"},
		{"13 pm", "weekly", "Tue 13pm-15pm", "error.hours_time"},
		{"not a multiple of five", "weekly", "火 18:03-21:00", "error.hours_grid"},
		{"the end before the start", "weekly", "火 18:00-17:00", "error.hours_end"},
		{"the end at the start", "weekly", "火 18:00-18:00", "error.hours_end"},
		{"the end in the morning", "weekly", "火 午前10時-3時", "error.hours_end"},
		{"office hours in English", "weekly", "Mon-Fri 9-5", "error.hours_end"},
		{"no date", "single", "火 13:00-15:00", "error.hours_single"},
		{"no time of it", "single", "10/3", "error.hours_single"},
		{"no such day", "single", "2/30 13:00-15:00", "error.hours_day"},
		{"no such day of that year", "single", "2027年2月29日 13:00-15:00", "error.hours_day"},
		{"no such month", "single", "13/1 13:00-15:00", "error.hours_day"},
		{"another day of the week", "single", "10/3(日) 13:00-15:00", "error.hours_weekday"},
		{"another day of the week before it", "single", "Sun Oct 3 13:00-15:00", "error.hours_weekday"},
		{"a time on a day off", "off", "10/10 13:00-15:00", "error.hours_off"},
		{"a time after a day off", "off", "10/10-12:00", "error.hours_off"},
		{"words", "off", "夏休み", "error.hours_off"},
		{"the last before the first", "off", "2026-10-12 - 2026-10-10", "error.hours_end"},
		{"the last before the first, the day alone", "off", "10/12-10", "error.hours_end"},
		{"a last that is no day", "off", "10/10-32", "error.hours_day"},
		{"a last of another day of the week", "off", "10/10-12(火)", "error.hours_weekday"},
		{"too much", "off", strings.Repeat("あ", 3001), "error.too_long"},
	} {
		good := map[string]string{"weekly": "水 9:00-10:00", "single": "10/1 9:00-10:00", "off": "10/2"}[c.field]
		text := map[string]string{c.field: good + "\n\n" + c.text + "\n？"}
		_, _, err := programme.ParseHours(programme.HoursText{Weekly: text["weekly"], Single: text["single"], Off: text["off"]}, hoursNow, tokyo)
		e, ok := programme.AsError(err)
		if !ok || e.Code != programme.CodeInvalid || e.Key != c.key || e.Field != c.field {
			t.Errorf("%s: %v", c.rule, err)
			continue
		}
		if e.Key != "error.too_long" && e.Args["Line"] != 3 {
			t.Errorf("%s: line %v", c.rule, e.Args["Line"])
		}
	}
}

// TestUnreadHoursOfEachInput: one fault for each.
func TestUnreadHoursOfEachInput(t *testing.T) {
	h, _, err := programme.ParseHours(programme.HoursText{Weekly: "火 18:00-21:00\n？\n？", Single: "10/3(日) 9-10", Off: "いつか"}, hoursNow, tokyo)
	var faults programme.Faults
	if !errors.As(err, &faults) {
		t.Fatal(err)
	}
	var got []string
	for _, f := range faults {
		got = append(got, fmt.Sprint(f.Field, " ", f.Args["Line"], " ", f.Args["Date"]))
	}
	if diff := cmp.Diff([]string{"weekly 2 <nil>", "single 1 2026-10-03", "off 1 <nil>"}, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(programme.Hours{}, h); diff != "" {
		t.Errorf("beside a fault: %s", diff)
	}
}

// TestHoursComeWithTheirLines: blank lines count, and one line can say several times.
func TestHoursComeWithTheirLines(t *testing.T) {
	_, lines, err := programme.ParseHours(programme.HoursText{Weekly: "\n月・水 10-12時\n\n金 18:00-21:00", Single: "10/3 9-10", Off: "\n10/10、10/12"}, hoursNow, tokyo)
	want := programme.HoursLines{Weekly: []int{2, 2, 4}, Single: []int{1}, Off: []int{2, 2}}
	if diff := cmp.Diff(want, lines); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

// TestHoursText: how hours are written, in both languages.
func TestHoursText(t *testing.T) {
	h := programme.Hours{
		Weekly: []programme.WeeklyTime{
			{Day: time.Monday, From: hm(9, 5), Until: hm(24, 0)}, {Day: time.Friday, From: hm(22, 0), Until: hm(25, 30)},
			{Day: time.Sunday, From: hm(9, 0), Until: hm(33, 0)},
		},
		Single: []programme.Span{spanIn(t, japan, "2026-10-03 13:00", "15:00"), spanIn(t, japan, "2026-10-03 22:00", "2026-10-04 01:00")},
		Off:    []programme.DaySpan{{First: "2026-10-10", Last: "2026-10-12"}, {First: "2026-10-20", Last: "2026-10-20"}, {First: "2026-12-28", Last: "2027-01-05"}},
	}
	for _, c := range []struct {
		english bool
		want    programme.HoursText
	}{
		{false, programme.HoursText{
			Weekly: "月 9:05-24:00\n金 22:00-1:30\n日 9:00-33:00",
			Single: "2026/10/3(土) 13:00-15:00\n2026/10/3(土) 22:00-1:00",
			Off:    "2026/10/10(土)-10/12(月)\n2026/10/20(火)\n2026/12/28(月)-2027/1/5(火)",
		}},
		{true, programme.HoursText{
			Weekly: "Mon 9:05-24:00\nFri 22:00-1:30\nSun 9:00-33:00",
			Single: "2026/10/3(Sat) 13:00-15:00\n2026/10/3(Sat) 22:00-1:00",
			Off:    "2026/10/10(Sat)-10/12(Mon)\n2026/10/20(Tue)\n2026/12/28(Mon)-2027/1/5(Tue)",
		}},
	} {
		if diff := cmp.Diff(c.want, h.Text(tokyo, c.english)); diff != "" {
			t.Error(diff)
		}
	}
	if diff := cmp.Diff(programme.HoursText{}, programme.Hours{}.Text(tokyo, false)); diff != "" {
		t.Errorf("no hours: %s", diff)
	}
}

// TestWrittenHoursAreReadAgain as they are, in either language, on any day, and in zones
// whose clocks change.
func TestWrittenHoursAreReadAgain(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		zone := place(t, rapid.SampledFrom([]string{"Asia/Tokyo", "Europe/London", "America/New_York", "Australia/Lord_Howe"}).Draw(rt, "zone"))
		now := hoursNow.Add(time.Duration(rapid.IntRange(0, 400*24).Draw(rt, "now")) * time.Hour)
		var h programme.Hours
		for range rapid.IntRange(0, 5).Draw(rt, "weekly times") {
			w := programme.WeeklyTime{Day: time.Weekday(rapid.IntRange(0, 6).Draw(rt, "weekday")), From: rapid.IntRange(0, 287).Draw(rt, "from") * 5}
			w.Until = w.From + rapid.IntRange(1, 288).Draw(rt, "long")*5
			h.Weekly = append(h.Weekly, w)
		}
		for range rapid.IntRange(0, 3).Draw(rt, "single times") {
			day := now.AddDate(0, 0, rapid.IntRange(-10, 360).Draw(rt, "single"))
			hour := rapid.IntRange(4, 23).Draw(rt, "hour") // when clocks run evenly, up to the next night
			from := time.Date(day.Year(), day.Month(), day.Day(), hour, rapid.IntRange(0, 11).Draw(rt, "minute")*5, 0, 0, zone).UTC()
			h.Single = append(h.Single, programme.Span{From: from, Until: from.Add(time.Duration(rapid.IntRange(1, 12).Draw(rt, "single for")) * 5 * time.Minute)})
		}
		for range rapid.IntRange(0, 3).Draw(rt, "days off") {
			first := now.AddDate(0, 0, rapid.IntRange(-10, 360).Draw(rt, "first"))
			last := first.AddDate(0, 0, rapid.IntRange(0, 500).Draw(rt, "last"))
			h.Off = append(h.Off, programme.DaySpan{First: programme.DateOf(first, zone), Last: programme.DateOf(last, zone)})
		}
		text := h.Text(zone, rapid.Bool().Draw(rt, "English"))
		again, _, err := programme.ParseHours(text, now, zone)
		if err != nil {
			rt.Fatalf("%+v: %v", text, err)
		}
		if diff := cmp.Diff(h, again); diff != "" {
			rt.Fatalf("%+v: %s", text, diff)
		}
	})
}

// FuzzParseHours: whatever is typed is a refusal for people beside its input, or sound
// hours; and those are read again as they are when they are written.
func FuzzParseHours(f *testing.F) {
	for _, s := range []string{
		"", "火 18:00-21:00", "毎週火・木曜 午後6時半〜9時", "10/3(土) 13:00-15:00", "12/28-1/5", "Oct 3, 2026 1-3pm", "令和8年10月3日 13時から翌1時まで",
		"平日 0:00-24:00", "毎日1-2", "9999/12/31 23:55-48:00", "1000/1/1 0:00-0:05", "2/29-3/1", "\x00", "火18:00-21:00\n\n日 0-48", "2026-03-29 1:30-2:30",
	} {
		f.Add(s, s, s)
	}
	zone := place(f, london)
	f.Fuzz(func(t *testing.T, weekly, single, off string) {
		h, _, err := programme.ParseHours(programme.HoursText{Weekly: weekly, Single: single, Off: off}, hoursNow, zone)
		if err != nil {
			e, ok := programme.AsError(err)
			if !ok || !slices.Contains([]string{"weekly", "single", "off"}, e.Field) {
				t.Fatalf("%v is not meant for people", err)
			}
			return
		}
		for _, w := range h.Weekly {
			if w.Day < 0 || w.Day > 6 || w.From < 0 || w.From >= 24*60 || w.Until <= w.From || w.Until > w.From+24*60 || w.From%5 != 0 || w.Until%5 != 0 {
				t.Fatalf("%q became %+v", weekly, w)
			}
		}
		for _, s := range h.Single {
			if !s.From.Before(s.Until) || s.Until.Sub(s.From) > 25*time.Hour {
				t.Fatalf("%q became %v", single, s)
			}
		}
		for _, d := range h.Off {
			if d.First > d.Last || d.First.At(0, 0, time.UTC).IsZero() || d.Last.At(0, 0, time.UTC).IsZero() {
				t.Fatalf("%q became %v", off, d)
			}
		}
		text := h.Text(zone, false)
		if len(text.Weekly)+len(text.Single)+len(text.Off) > programme.MaxHoursText {
			return // longer than it was: times of many days stand in a line each
		}
		again, _, err := programme.ParseHours(text, hoursNow, zone)
		if err != nil {
			t.Fatalf("%+v: %v", text, err)
		}
		if diff := cmp.Diff(h, again); diff != "" {
			t.Fatalf("%+v: %s", text, diff)
		}
	})
}
