package calendars

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-ical"

	"tsugite/programme"
)

// zoneOf is the zone of a property's times: by its name in the tz database, else as the
// calendar describes it. A name that nobody explains is counted as faulty, and its times
// are taken for those of the calendar's zone.
func (r *reading) zoneOf(p *ical.Prop) *time.Location {
	id := strings.TrimSpace(p.Params.Get(ical.PropTimezoneID))
	if id == "" {
		return r.zone
	}
	if z, known := r.zones[id]; known {
		return z
	}
	z := r.namedZone(id)
	if c := r.custom[id]; z == nil && c != nil {
		z = r.described(id, c)
	}
	if z == nil {
		r.faulty++
		z = r.zone
	}
	r.zones[id] = z
	return z
}

// maxNames is how many different names of zones are looked up for one file: looking for a
// name that is no zone's is slow, and people's calendars have a handful.
const maxNames = 200

// namedZone finds a zone by its name, which some programs write behind a path of their
// own; nil if there is none.
func (f *file) namedZone(id string) *time.Location {
	z, known := f.named[id]
	switch {
	case known:
	case len(f.named) == maxNames:
		f.over = true
	default:
		z = loadZone(id)
		f.named[id] = z
	}
	return z
}

// loadZone looks in the tz database.
func loadZone(id string) *time.Location {
	parts := strings.Split(strings.Trim(strings.TrimSpace(id), `"/`), "/")
	for n := min(3, len(parts)); n > 0; n-- {
		name := strings.Join(parts[len(parts)-n:], "/")
		if n == 1 && len(parts) > 1 {
			continue
		}
		if z := programme.ZoneNamed(name); z != nil {
			return z
		}
	}
	return nil
}

// turn is a moment from which a zone is another distance from UTC.
type turn struct {
	at     int64 // Unix time
	offset int   // seconds east
}

// zoneEnd is until when the turns of a described zone are worked out.
func (r *reading) zoneEnd() time.Time { return r.in.Until.AddDate(0, 0, 2) }

// described is a zone as a calendar's VTIMEZONE describes it, nil if it does not.
func (r *reading) described(id string, c *ical.Component) *time.Location {
	var turns []turn
	first := turn{at: 1<<63 - 1}
	for _, part := range c.Children {
		if r.end() != nil {
			return nil
		}
		from, ok1 := offset(part.Props.Get(ical.PropTimezoneOffsetFrom))
		to, ok2 := offset(part.Props.Get(ical.PropTimezoneOffsetTo))
		p := part.Props.Get(ical.PropDateTimeStart)
		if !ok1 || !ok2 || p == nil || len(p.Value) != len(layoutTime) {
			return nil
		}
		start, err := time.Parse(layoutTime, p.Value) // by the clock on the wall, before the turn
		if err != nil {
			return nil
		}
		at := func(wall time.Time) { turns = append(turns, turn{wall.Unix() - int64(from), to}) }
		at(start)
		if t := turns[len(turns)-1]; t.at < first.at {
			first = turn{t.at, from}
		}
		if !r.turnsOf(part.Props, start, from, at) {
			return nil
		}
	}
	if len(turns) == 0 {
		return nil
	}
	return location(id, first.offset, turns)
}

// turnsOf goes through the further turns of a part of a zone, by the clock on the wall.
func (r *reading) turnsOf(props ical.Props, start time.Time, from int, at func(time.Time)) bool {
	r.values(props[ical.PropRecurrenceDates], func(_ *ical.Prop, v string) {
		if t, err := time.Parse(layoutTime, strings.TrimSpace(v)); err == nil {
			at(t)
		}
	})
	faulty := r.faulty
	for _, p := range props[ical.PropRecurrenceRule] {
		rule, err := r.rule(p.Value, time.UTC, false)
		if err != nil {
			return false
		}
		if !rule.Until.IsZero() {
			rule.Until = rule.Until.Add(time.Duration(from) * time.Second)
		}
		rule.Dtstart, rule.Until = start, earlier(rule.Until, r.zoneEnd())
		r.each(rule, at)
	}
	return r.faulty == faulty && r.end() == nil
}

// offset reads a distance from UTC, +hhmm or +hhmmss, in seconds.
func offset(p *ical.Prop) (int, bool) {
	if p == nil {
		return 0, false
	}
	s := strings.TrimSpace(p.Value)
	if len(s) != len("+0900") && len(s) != len("+090000") || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	digits := s[1:]
	if len(digits) == 4 {
		digits += "00"
	}
	n, err := strconv.ParseUint(digits, 10, 32)
	h, m, sec := int(n/10000), int(n/100%100), int(n%100)
	if err != nil || h > 24 || m > 59 || sec > 59 {
		return 0, false
	}
	seconds := h*3600 + m*60 + sec
	if s[0] == '-' {
		seconds = -seconds
	}
	return seconds, true
}

// maxOffsets is how many distances from UTC one zone may have.
const maxOffsets = 50

// location makes a zone of its turns, by way of the format of the tz database (RFC 8536),
// which is how a Location is made of anything but one distance.
func location(name string, before int, turns []turn) *time.Location {
	slices.SortFunc(turns, func(a, b turn) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.offset, b.offset)) })
	turns = slices.CompactFunc(turns, func(a, b turn) bool { return a.at == b.at })
	offsets := []int{before}
	for _, t := range turns {
		if !slices.Contains(offsets, t.offset) {
			offsets = append(offsets, t.offset)
		}
	}
	if len(offsets) > maxOffsets {
		return nil
	}
	const noName = "-\x00"
	var b bytes.Buffer
	header := func(times, types, chars int) {
		b.WriteString("TZif2" + strings.Repeat("\x00", 15))
		for _, n := range []int{0, 0, 0, times, types, chars} { // no leap seconds, no indicators
			_ = binary.Write(&b, binary.BigEndian, uint32(n)) // a Buffer takes everything
		}
	}
	header(0, 0, 0) // for readers of times of 32 bits
	header(len(turns), len(offsets), len(noName))
	for _, t := range turns {
		_ = binary.Write(&b, binary.BigEndian, t.at)
	}
	for _, t := range turns {
		b.WriteByte(byte(slices.Index(offsets, t.offset)))
	}
	for _, o := range offsets {
		_ = binary.Write(&b, binary.BigEndian, int32(o))
		b.WriteString("\x00\x00") // no word on summer time; the name's place
	}
	b.WriteString(noName)
	b.WriteString("\n\n")
	z, err := time.LoadLocationFromTZData(name, b.Bytes())
	if err != nil {
		return nil
	}
	return z
}
