package papers

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"

	"tsugite/programme"
)

// Entry is what a calendar says about an event, in its reader's words. Nothing in
// it need be fit for the format: any text is escaped, and cut where it is endless.
type Entry struct {
	UID        string // the same for all of an event's files: see EntryID
	Seq        int    // programme.Event.Seq: the higher one stands
	Made       time.Time
	Start, End time.Time // End is left out unless it is after Start
	Title      string
	Place      string
	Notes      string
	Link       string // of those who come online; left out unless it is a web address
	Cancelled  bool
	// Meeting makes the entry one of two people who agreed on its time; nil for an
	// event.
	Meeting *Meeting
}

// EntryID is the UID of an event's entry. Ids of configured events come again every
// fiscal year (ws1), so the year belongs to it; the programme's name does not,
// because a corrected name must not make every entry a second one.
func EntryID(e programme.EventID, fiscalYear int) string {
	return fmt.Sprintf("%s@%d.tsugite.invalid", url.PathEscape(string(e)), fiscalYear)
}

// Sizes of texts in an entry, in characters: calendars on phones show less.
const (
	maxLine  = 300
	maxNotes = 3000
)

// product names the program in the file; it is no address.
const product = "-//Tsugite//Tsugite//JA"

// Calendar writes an iCalendar file (RFC 5545) with the one entry.
//
// Of an event the method is PUBLISH, also for a change, and CANCEL for a cancellation.
// REQUEST would make it an invitation: it needs an organiser and an attendee with mail
// addresses, which many here have not given, and mail programs would send the
// answer to a box that nobody reads, while the answer is given in Slack. A published
// entry is taken by iPhone, Google and Outlook alike on opening or importing the
// file, and the same UID with a higher SEQUENCE takes the place of the older entry
// where the calendar supports it. No calendar is made to delete an entry that was
// imported by hand, so the message beside the file says how.
//
// There is no ORGANIZER in it, which RFC 5546 wants and calendars do not: with one,
// Apple's shows the entry as somebody else's, which its owner cannot move or delete.
// For a Meeting, just that is meant.
//
// Times are in UTC: every phone shows them in its own zone, Tokyo has no daylight
// saving time, and no zone definition can be read wrong.
func Calendar(e Entry) ([]byte, error) {
	c := ics.NewCalendar()
	c.SetProductId(product)
	c.SetCalscale("GREGORIAN")
	v := c.AddEvent(e.UID)
	v.SetSequence(e.Seq)
	v.SetDtStampTime(e.Made)
	v.SetStartAt(e.Start)
	if e.End.After(e.Start) {
		v.SetEndAt(e.End)
	}
	v.SetSummary(line(e.Title, maxLine))
	if place := line(e.Place, maxLine); place != "" {
		v.SetLocation(place)
	}
	if notes := text(e.Notes, maxNotes); notes != "" {
		v.SetDescription(notes)
	}
	if link := webAddress(e.Link); link != "" {
		v.SetURL(link)
	}
	c.SetMethod(ics.MethodPublish)
	v.SetStatus(ics.ObjectStatusConfirmed)
	if e.Meeting != nil {
		c.SetMethod(ics.MethodRequest)
		e.Meeting.enter(v)
	}
	if e.Cancelled {
		c.SetMethod(ics.MethodCancel)
		v.SetStatus(ics.ObjectStatusCancelled)
	}
	var out bytes.Buffer
	if err := c.SerializeTo(&out, ics.WithNewLine("\r\n"), ics.WithLineLength(75)); err != nil {
		return nil, fmt.Errorf("papers: writing a calendar entry: %w", err)
	}
	return out.Bytes(), nil
}

// line is s on one line.
func line(s string, limit int) string {
	return text(strings.Join(strings.Fields(s), " "), limit)
}

// text is s without what is no text: broken characters, and control characters but
// for the ends of lines.
func text(s string, limit int) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\r', r == '\u2028', r == '\u2029', r == '\u0085':
			return '\n'
		case r == '\t':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
	return cut(strings.TrimSpace(s), limit)
}

func cut(s string, limit int) string {
	n := 0
	for i := range s {
		if n == limit {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// webAddress is s if it is one, "" if not. The value of a URL is not escaped in the
// file, so nothing else may pass.
func webAddress(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	out := u.String()
	for _, r := range out {
		if r <= ' ' || r == 0x7f || r > unicode.MaxASCII {
			return ""
		}
	}
	return out
}
