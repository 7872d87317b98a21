package ui_test

import (
	"slices"
	"testing"
	"time"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// appointment is an event at which somebody may be in the room or online.
func appointment() programme.Event {
	start := time.Date(2026, 9, 18, 5, 0, 0, 0, time.UTC)
	return programme.Event{
		ID: "ws1", Title: "第1回 <b> & ワークショップ", Start: start, End: start.Add(2 * time.Hour), Place: "会議室 <3F>",
		Map: "https://example.com/map", URL: "https://example.com/room?a=1&b=2", Bring: "名刺 & 筆記具",
	}
}

// of makes the matter of a notice about an event, for somebody who answered.
func of(kind programme.NoticeKind, e programme.Event, answer programme.Coming) programme.Matter {
	return programme.Matter{Notice: programme.Notice{Kind: kind}, Event: e, Attendance: programme.Attendance{Answer: answer}}
}

func inTokyo(lang string) ui.Locale { return ui.NewLocale(lang, time.FixedZone("JST", 9*60*60)) }

func TestACalendarEntrySaysWhereThePersonGoes(t *testing.T) {
	e, nowhere := appointment(), appointment()
	nowhere.Place, nowhere.Map, nowhere.Bring, nowhere.URL = "", "", "", "当日お知らせします"
	off := appointment()
	off.Cancelled = off.Start.AddDate(0, 0, -1)
	for name, c := range map[string]struct {
		m    programme.Matter
		l    ui.Locale
		want ui.CalendarWords
	}{
		"in the room: map and what to bring": {of(programme.NoticeEventCalendar, e, programme.Yes), inTokyo("ja"), ui.CalendarWords{
			Title: "第1回 <b> & ワークショップ", Place: "会議室 <3F>", Notes: "持ち物：名刺 & 筆記具\n地図：https://example.com/map"}},
		"online: the address": {of(programme.NoticeEventCalendar, e, programme.Online), inTokyo("en"), ui.CalendarWords{
			Title: "第1回 <b> & ワークショップ", Place: "Online", Notes: "Please bring: 名刺 & 筆記具\nOnline: https://example.com/room?a=1&b=2",
			Link: "https://example.com/room?a=1&b=2"}},
		"online only, with no address yet": {of(programme.NoticeEventCalendar, nowhere, programme.Yes), inTokyo("ja"), ui.CalendarWords{
			Title: "第1回 <b> & ワークショップ", Place: "オンライン", Notes: "オンライン：当日お知らせします"}},
		"cancelled, for calendars that keep it": {of(programme.NoticeEventCalendar, off, programme.Yes), inTokyo("ja"), ui.CalendarWords{
			Title: "【中止】第1回 <b> & ワークショップ", Place: "会議室 <3F>", Notes: "持ち物：名刺 & 筆記具\n地図：https://example.com/map"}},
	} {
		if got := ui.CalendarEntry(c.m, c.l); got != c.want {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, c.want)
		}
	}
}

func TestTheCommentBesideAFile(t *testing.T) {
	changed, off := appointment(), appointment()
	changed.Seq = 2
	refiled := of(programme.NoticeEventCalendar, changed, programme.Yes)
	refiled.Refiled = true
	off.Seq, off.Cancelled = 3, off.Start.AddDate(0, 0, -1)
	for name, c := range map[string]struct {
		m              programme.Matter
		l              ui.Locale
		want, fileName string
	}{
		"a calendar's does not say what for": {of(programme.NoticeEventCalendar, appointment(), programme.Yes), inTokyo("ja"),
			"9月18日(金) 14:00〜16:00 の予定です。ファイルを開くと、カレンダーに入ります。", "予定-20260918-1400.ics"},
		"the first file of an event that moved is no new one": {of(programme.NoticeEventCalendar, changed, programme.Yes), inTokyo("ja"),
			"9月18日(金) 14:00〜16:00 の予定です。ファイルを開くと、カレンダーに入ります。", "予定-20260918-1400.ics"},
		"a changed one's": {refiled, inTokyo("ja"),
			"9月18日(金) 14:00〜16:00 の予定の、新しいファイルです。開くとカレンダーに入ります。前の予定が残ったときは、お手数ですが消してください。", "予定-20260918-1400.ics"},
		"a cancelled one's says what some calendars need": {of(programme.NoticeEventCalendar, off, programme.Yes), inTokyo("en"),
			"Fri 18 Sep, 14:00–16:00 has been cancelled. If the entry is still in your calendar after you open this file, please delete it.", "event-20260918-1400.ics"},
		"a print pack's, as markup": {of(programme.NoticeEventPack, appointment(), programme.Undecided), inTokyo("ja"),
			"「第1回 &lt;b&gt; &amp; ワークショップ」（9月18日(金) 14:00〜16:00）の印刷用ファイルです。名簿・名札・受付表が入っています。個人情報ですので、取扱いにご注意ください。", "印刷一式-20260918.xlsx"},
	} {
		letter, err := ui.Letter(c.m, c.l)
		if err != nil {
			t.Fatal(err)
		}
		if letter.Text != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, letter.Text, c.want)
		}
		if got := ui.FileName(c.m, c.l); got != c.fileName {
			t.Errorf("%s: the file is called %s, want %s", name, got, c.fileName)
		}
	}
}

// TestCalendarFilesAreToldApart: those of a day, and an event's from a session's.
func TestCalendarFilesAreToldApart(t *testing.T) {
	e := appointment()
	later := e
	later.Start = e.Start.Add(3 * time.Hour)
	meets := programme.Matter{Notice: programme.Notice{Kind: programme.NoticeSessionCalendar}}
	meets.Session.Span = programme.Span{From: e.Start, Until: e.Start.Add(time.Hour)}
	for lang, want := range map[string][]string{
		"ja": {"予定-20260918-1400.ics", "予定-20260918-1700.ics", "相談-20260918-1400.ics"},
		"en": {"event-20260918-1400.ics", "event-20260918-1700.ics", "session-20260918-1400.ics"},
	} {
		var got []string
		for _, m := range []programme.Matter{of(programme.NoticeEventCalendar, e, programme.Yes), of(programme.NoticeEventCalendar, later, programme.Yes), meets} {
			got = append(got, ui.FileName(m, inTokyo(lang)))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}
