package papers_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	arran "github.com/arran4/golang-ical"

	"tsugite/bot/papers"
)

// talk is a session of an hour that begins at half past eleven at night in Tokyo.
func talk() papers.Entry {
	start := time.Date(2026, 10, 6, 23, 30, 0, 0, time.FixedZone("JST", 9*60*60))
	return papers.Entry{
		UID: papers.SessionEntryID("01J8ZC3N5T0000000000000001"), Seq: 1, Made: start.AddDate(0, 0, -7),
		Start: start, End: start.Add(time.Hour), Title: "個別フォローアップ", Place: "オンライン", Link: "https://example.com/room",
		Meeting: &papers.Meeting{Organiser: "アトツギの輪 事務局", Attendee: "檜川 茜", Mail: "hikawa@example.jp", ID: "01J8ZC3N5T0000000000000002"},
	}
}

// entered is what a reader found in a file.
type entered struct {
	Method, UID, Seq, Status, Start, End string
	Organiser, Attendee                  string
	Name, Part, Reply                    string // of the attendee: CN, PARTSTAT, RSVP
}

// readers are two that share no code.
var readers = map[string]func(testing.TB, []byte) entered{
	"emersion": func(t testing.TB, data []byte) entered {
		c, v := read(t, data)
		value := func(name string) string {
			if p := v.Props.Get(name); p != nil {
				return p.Value
			}
			return ""
		}
		if n := len(v.Props.Values("ATTENDEE")); n != 1 {
			t.Fatalf("%d attendees", n)
		}
		who := v.Props.Get("ATTENDEE").Params
		return entered{
			Method: c.Props.Get("METHOD").Value, UID: value("UID"), Seq: value("SEQUENCE"), Status: value("STATUS"),
			Start: value("DTSTART"), End: value("DTEND"), Organiser: value("ORGANIZER"), Attendee: value("ATTENDEE"),
			Name: who.Get("CN"), Part: who.Get("PARTSTAT"), Reply: strings.ToUpper(who.Get("RSVP")),
		}
	},
	"arran4": func(t testing.TB, data []byte) entered {
		c, err := arran.ParseCalendar(bytes.NewReader(data))
		if err != nil || len(c.Events()) != 1 {
			t.Fatalf("%v\n%s", err, data)
		}
		v := c.Events()[0]
		value := func(name arran.ComponentProperty) string {
			if p := v.GetProperty(name); p != nil {
				return p.Value
			}
			return ""
		}
		method := ""
		for _, p := range c.CalendarProperties {
			if p.IANAToken == "METHOD" {
				method = p.Value
			}
		}
		if len(v.Attendees()) != 1 {
			t.Fatalf("%d attendees", len(v.Attendees()))
		}
		who := v.Attendees()[0].ICalParameters
		first := func(key string) string { return strings.Join(who[key], ",") }
		return entered{
			Method: method, UID: value("UID"), Seq: value("SEQUENCE"), Status: value("STATUS"),
			Start: value("DTSTART"), End: value("DTEND"), Organiser: value("ORGANIZER"), Attendee: value("ATTENDEE"),
			Name: first("CN"), Part: first("PARTSTAT"), Reply: strings.ToUpper(first("RSVP")),
		}
	},
}

// TestASessionsEntryThroughMoveAndCancel: booked, moved to after an autumn change of
// clocks elsewhere, called off; one entry all along, each file above the one before.
func TestASessionsEntryThroughMoveAndCancel(t *testing.T) {
	booked := talk()
	moved := booked
	moved.Seq, moved.Start, moved.End = 2, booked.Start.AddDate(0, 0, 26), booked.End.AddDate(0, 0, 26)
	off := moved
	off.Seq, off.Cancelled = 3, true
	as := func(method, seq, status, start, end string) entered {
		return entered{
			Method: method, UID: "session-01J8ZC3N5T0000000000000001@tsugite.invalid", Seq: seq, Status: status, Start: start, End: end,
			Organiser: "mailto:office@tsugite.invalid", Attendee: "mailto:hikawa@example.jp", Name: "檜川 茜", Part: "ACCEPTED", Reply: "FALSE",
		}
	}
	for name, c := range map[string]struct {
		e    papers.Entry
		want entered
	}{
		"booked":    {booked, as("REQUEST", "1", "CONFIRMED", "20261006T143000Z", "20261006T153000Z")},
		"moved":     {moved, as("REQUEST", "2", "CONFIRMED", "20261101T143000Z", "20261101T153000Z")},
		"cancelled": {off, as("CANCEL", "3", "CANCELLED", "20261101T143000Z", "20261101T153000Z")},
	} {
		data := write(t, c.e)
		for reader, readBy := range readers {
			if got := readBy(t, data); got != c.want {
				t.Errorf("%s, read by %s:\n got %+v\nwant %+v", name, reader, got, c.want)
			}
		}
	}
}

func TestWhoHasNoMailAddressIsAnAttendeeAllTheSame(t *testing.T) {
	for _, mail := range []string{"", "not an address", "茜@example.jp", "a@example.jp\r\nX-EVIL:1", "Akane <a@example.jp>", `"a b"@example.jp`, "a@b?cc=c@example.jp"} {
		e := talk()
		e.Meeting.Mail = mail
		if _, v := read(t, write(t, e)); v.Props.Get("ATTENDEE").Value != "mailto:01J8ZC3N5T0000000000000002@people.tsugite.invalid" {
			t.Errorf("%q became %s", mail, v.Props.Get("ATTENDEE").Value)
		}
	}
}

func FuzzMeeting(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Add(`O'Brien; "the" old: one, really\`)
	f.Add("x;RSVP=TRUE")
	f.Fuzz(func(t *testing.T, s string) {
		e := talk()
		e.Meeting.Attendee, e.Meeting.Organiser, e.Meeting.Mail = s, s, s
		data := write(t, e)
		for reader, readBy := range readers {
			got := readBy(t, data)
			if got.Method != "REQUEST" || got.UID != e.UID || got.Reply != "FALSE" || got.Part != "ACCEPTED" ||
				got.Organiser != "mailto:office@tsugite.invalid" {
				t.Errorf("%q, read by %s: %+v", s, reader, got)
			}
		}
		for l := range bytes.SplitSeq(bytes.TrimSuffix(data, []byte("\r\n")), []byte("\r\n")) {
			if len(l) > 75 || !utf8.Valid(l) || bytes.ContainsAny(l, "\r\n\x00") {
				t.Errorf("%q: a line of %d bytes: %q", s, len(l), l)
			}
		}
	})
}
