package papers_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"

	"tsugite/bot/papers"
)

func entry() papers.Entry {
	start := time.Date(2026, 9, 18, 14, 0, 0, 0, time.FixedZone("JST", 9*60*60))
	return papers.Entry{
		UID: papers.EntryID("ws1", 2026), Seq: 2, Made: start.AddDate(0, 0, -7), Start: start, End: start.Add(2 * time.Hour),
		Title: "第1回ミニワークショップ", Place: "さいたま新都心 会議室", Notes: "持ち物：名刺", Link: "https://example.com/room?id=1&x=2",
	}
}

// read parses a file with another's parser and answers its one event.
func read(t testing.TB, data []byte) (*ical.Calendar, *ical.Event) {
	t.Helper()
	c, err := ical.NewDecoder(bytes.NewReader(data)).Decode()
	if err != nil {
		t.Fatalf("another's parser refuses it: %v\n%s", err, data)
	}
	events := c.Events()
	if len(events) != 1 || len(c.Children) != 1 {
		t.Fatalf("%d events and %d components, want one\n%s", len(events), len(c.Children), data)
	}
	return c, &events[0]
}

func write(t testing.TB, e papers.Entry) []byte {
	t.Helper()
	data, err := papers.Calendar(e)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func said(t testing.TB, p ical.Props, name string) string {
	t.Helper()
	s, err := p.Text(name)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return s
}

func TestAnEntrySaysWhenWhereAndWhat(t *testing.T) {
	c, v := read(t, write(t, entry()))
	for name, want := range map[string]string{
		"UID": "ws1@2026.tsugite.invalid", "SEQUENCE": "2", "STATUS": "CONFIRMED", "URL": "https://example.com/room?id=1&x=2",
		"DTSTAMP": "20260911T050000Z", "DTSTART": "20260918T050000Z", "DTEND": "20260918T070000Z",
	} {
		if p := v.Props.Get(name); p == nil || p.Value != want {
			t.Errorf("%s is %v, want %s", name, p, want)
		}
	}
	for name, want := range map[string]string{
		"SUMMARY": "第1回ミニワークショップ", "LOCATION": "さいたま新都心 会議室", "DESCRIPTION": "持ち物：名刺",
	} {
		if got := said(t, v.Props, name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{"METHOD": "PUBLISH", "VERSION": "2.0", "CALSCALE": "GREGORIAN"} {
		if p := c.Props.Get(name); p == nil || p.Value != want {
			t.Errorf("%s is %v, want %s", name, p, want)
		}
	}
	if v.Props.Get("ORGANIZER") != nil || v.Props.Get("ATTENDEE") != nil {
		t.Error("a published entry invites somebody")
	}
}

func TestACancelledEntryIsTheSameEntryCancelled(t *testing.T) {
	e := entry()
	e.Seq, e.Cancelled = 3, true
	c, v := read(t, write(t, e))
	if m, s := c.Props.Get("METHOD").Value, v.Props.Get("STATUS").Value; m != "CANCEL" || s != "CANCELLED" {
		t.Errorf("method %s, status %s", m, s)
	}
	if id, seq := v.Props.Get("UID").Value, v.Props.Get("SEQUENCE").Value; id != "ws1@2026.tsugite.invalid" || seq != "3" {
		t.Errorf("UID %s, SEQUENCE %s", id, seq)
	}
}

func TestAnEntryWithoutAnEndHasNone(t *testing.T) {
	for name, end := range map[string]time.Time{"none given": {}, "before the start": entry().Start.Add(-time.Hour)} {
		e := entry()
		e.End = end
		if _, v := read(t, write(t, e)); v.Props.Get("DTEND") != nil {
			t.Errorf("%s: there is an end", name)
		}
	}
}

func TestOnlyAWebAddressIsALink(t *testing.T) {
	for _, link := range []string{
		"", "当日お知らせします", "javascript:alert(1)", "https://example.com/\r\nATTENDEE:mailto:a@example.com", "https:///x", "ftp://example.com/",
	} {
		e := entry()
		e.Link = link
		if _, v := read(t, write(t, e)); v.Props.Get("URL") != nil {
			t.Errorf("%q became %s", link, v.Props.Get("URL").Value)
		}
	}
}

var hostile = []string{
	"一行目\n二行目\r\n三行目", "a,b;c\\n\\,d:\"e\"", "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:x", "👩‍👩‍👧‍👦🏯𠮷野家", "tab\there", "\x00\x07\x1b[31m",
	"broken \xff\xfe utf-8", strings.Repeat("長", 1000), strings.Repeat("x", 1000), strings.Repeat("👍", 400), "< > <a> 〜", " ",
	"\u2028next\u2029", "bom \ufeff", "\u202eright to left", "", "=1+1", "\\",
}

func TestAnyTextIsOneEntry(t *testing.T) {
	for _, s := range hostile {
		checkEntry(t, s)
	}
}

func FuzzCalendar(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkEntry(t, s) })
}

// checkEntry puts s everywhere and holds the file to RFC 5545.
func checkEntry(t *testing.T, s string) {
	t.Helper()
	e := entry()
	e.UID, e.Title, e.Place, e.Notes, e.Link = papers.EntryID("id", 2026), s, s, s, s
	data := write(t, e)
	_, v := read(t, data)
	if len(v.Props.Values("UID")) != 1 || v.Props.Get("UID").Value != "id@2026.tsugite.invalid" {
		t.Errorf("%q changes the UID", s)
	}
	if v.Props.Get("ATTENDEE") != nil {
		t.Errorf("%q makes an attendee", s)
	}
	for l := range bytes.SplitSeq(bytes.TrimSuffix(data, []byte("\r\n")), []byte("\r\n")) {
		if len(l) > 75 || !utf8.Valid(l) || bytes.ContainsAny(l, "\r\n\x00") {
			t.Errorf("%q: a line of %d bytes: %q", s, len(l), l)
		}
	}
	// What another's parser reads is what was written, up to the cut.
	plain := strings.TrimSpace(s)
	if got := ""; utf8.ValidString(plain) && !strings.ContainsFunc(plain, odd) && utf8.RuneCountInString(plain) <= 300 && plain != "" {
		if got = said(t, v.Props, "DESCRIPTION"); got != plain {
			t.Errorf("%q was read as %q", plain, got)
		}
	}
}

// odd are characters that an entry leaves out or replaces.
func odd(r rune) bool {
	return r < ' ' && r != '\n' || r >= 0x7f && r <= 0xa0 || r == '\u2028' || r == '\u2029'
}
