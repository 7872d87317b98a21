package calendars

import (
	"bytes"
	"context"
	"strings"

	"tsugite/programme"
)

const (
	// maxLine is how long a line may be, folds undone; lists of exceptions are the longest.
	maxLine = 64 << 10
	// maxHead is how much of it may stand before the value: the name and where its zone is.
	maxHead = 512
)

// wanted are the parts of a calendar that say when somebody is busy, and nothing else.
var wanted = map[string]map[string]bool{
	"VCALENDAR": set("X-WR-TIMEZONE"),
	"VEVENT": set("UID", "SEQUENCE", "RECURRENCE-ID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE",
		"STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS"),
	"VFREEBUSY": set("FREEBUSY"),
	"VTIMEZONE": set("TZID"),
	"STANDARD":  set("DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"),
	"DAYLIGHT":  set("DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"),
}

// within is which part a wanted part must stand in.
var within = map[string]string{
	"VCALENDAR": "", "VEVENT": "VCALENDAR", "VFREEBUSY": "VCALENDAR", "VTIMEZONE": "VCALENDAR",
	"STANDARD": "VTIMEZONE", "DAYLIGHT": "VTIMEZONE",
}

func set(names ...string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, n := range names {
		m[n] = true
	}
	return m
}

// sieve goes through a calendar line by line.
type sieve struct {
	out    bytes.Buffer
	open   []string // wanted parts that have begun, outermost first
	inside []string // unwanted ones, inside the innermost of those
	seen   bool     // there was a calendar
	faulty int      // wanted lines that could not be kept
}

// maxDepth is how deep unwanted parts may stand in each other.
const maxDepth = 20

// sift leaves of a calendar what says when somebody is busy: whole lines, folds undone,
// of bounded length, in parts that end where they should. Titles, places and people do not
// get past it, and neither does what the library would choke on. faulty is how many lines
// were wanted and could not be kept. What is no calendar, or breaks off, is a Fault; the
// other error is ctx's.
func sift(ctx context.Context, data []byte) (text []byte, faulty int, err error) {
	s := &sieve{}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	for len(data) > 0 {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		var line []byte
		line, data = logicalLine(data)
		if len(line) == 0 {
			continue
		}
		if !s.take(line) {
			return nil, 0, fault(programme.BusyNoCalendar)
		}
	}
	if !s.seen || len(s.open)+len(s.inside) > 0 {
		return nil, 0, fault(programme.BusyNoCalendar)
	}
	return s.out.Bytes(), s.faulty, nil
}

// logicalLine takes the first line off data, with what continues it on further lines.
func logicalLine(data []byte) (line, rest []byte) {
	line, rest = cutLine(data)
	if !continues(rest) {
		return line, rest
	}
	line = bytes.Clone(line)
	for continues(rest) {
		var more []byte
		more, rest = cutLine(rest[1:])
		line = append(line, more...)
	}
	return line, rest
}

func continues(rest []byte) bool { return len(rest) > 0 && (rest[0] == ' ' || rest[0] == '\t') }

func cutLine(data []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(data, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), rest
}

// take keeps a line or leaves it out; false says that this is no calendar.
func (s *sieve) take(line []byte) bool {
	name, value := nameOf(line), ""
	if name == "BEGIN" || name == "END" {
		if len(line) > maxHead {
			return false
		}
		_, value, _ = strings.Cut(string(line), ":")
		value = strings.ToUpper(strings.TrimSpace(value))
	}
	switch {
	case name == "BEGIN":
		return s.begin(value)
	case name == "END":
		return s.end(value)
	case len(s.open) == 0:
		return false // something stands outside of every calendar
	case len(s.inside) > 0 || !wanted[s.open[len(s.open)-1]][name]:
		return true
	}
	if head := headOf(line); head < 0 || head > maxHead || len(line) > maxLine {
		s.faulty++
		return true
	}
	s.write(string(line))
	return true
}

func (s *sieve) begin(part string) bool {
	outer := ""
	if len(s.open) > 0 {
		outer = s.open[len(s.open)-1]
	}
	if place, ok := within[part]; ok && len(s.inside) == 0 && place == outer {
		s.seen = true
		s.open = append(s.open, part)
		s.write("BEGIN:" + part)
		return true
	}
	s.inside = append(s.inside, part)
	return outer != "" && part != "" && len(s.inside) <= maxDepth
}

func (s *sieve) end(part string) bool {
	if n := len(s.inside); n > 0 {
		same := s.inside[n-1] == part
		s.inside = s.inside[:n-1]
		return same
	}
	n := len(s.open)
	if n == 0 || s.open[n-1] != part {
		return false
	}
	s.open = s.open[:n-1]
	s.write("END:" + part)
	return true
}

func (s *sieve) write(line string) {
	s.out.WriteString(line)
	s.out.WriteString("\r\n")
}

// nameOf is the name that a line begins with, in capitals, "" if it is none of those that
// stand in the format.
func nameOf(line []byte) string {
	i := bytes.IndexAny(line, ";:")
	if i <= 0 || i > maxHead {
		return ""
	}
	return strings.ToUpper(strings.TrimSpace(string(line[:i])))
}

// headOf is how much stands before the colon that begins the value, -1 if there is none.
// A colon in quotes does not.
func headOf(line []byte) int {
	quoted := false
	for i, b := range line {
		switch {
		case b == '"':
			quoted = !quoted
		case b == ':' && !quoted:
			return i
		}
	}
	return -1
}
