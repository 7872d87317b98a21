package calendars

import (
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-ical"

	"tsugite/programme"
)

const (
	layoutDay  = "20060102"
	layoutTime = "20060102T150405"
)

// longestEntry is more than anybody's entry lasts: beyond it a length is a slip.
const longestEntry = 10 * 366 * 24 * time.Hour

// moment is a point of time as a calendar writes it: in the zone that it is written in, so
// that what recurs keeps its hour there. Of a day, it is the day's beginning.
type moment struct {
	time.Time
	day bool
}

// moment reads a value of a property: a day, a time of a zone, or one of UTC.
func (r *reading) moment(p *ical.Prop, value string) (moment, bool) {
	value = strings.ToUpper(strings.TrimSpace(value))
	switch len(value) {
	case len(layoutDay):
		t, err := time.ParseInLocation(layoutDay, value, r.zone)
		return moment{t, true}, err == nil
	case len(layoutTime):
		t, err := time.ParseInLocation(layoutTime, value, r.zoneOf(p))
		return moment{Time: t}, err == nil
	default:
		t, err := time.Parse(layoutTime+"Z", value)
		return moment{Time: t}, err == nil
	}
}

// period reads a stretch of time: its beginning, and its end or how long it lasts.
func (r *reading) period(p *ical.Prop, value string) (programme.Span, bool) {
	from, until, ok := strings.Cut(value, "/")
	start, good := r.moment(p, from)
	if !ok || !good {
		return programme.Span{}, false
	}
	if end, ok := r.moment(p, until); ok {
		return programme.Span{From: start.Time, Until: end.Time}, true
	}
	length, ok := lasting(until)
	return programme.Span{From: start.Time, Until: start.Add(length)}, ok
}

// lasting reads a length of time.
func lasting(value string) (time.Duration, bool) {
	p := ical.NewProp(ical.PropDuration)
	p.Value = strings.TrimSpace(value)
	length, err := p.Duration()
	return length, err == nil && length >= 0 && length <= longestEntry
}

// entry is one entry of a calendar.
type entry struct {
	start  moment
	length time.Duration // of one that is not of whole days
	days   int
	seq    int
	free   bool // it takes nobody's time
	props  ical.Props
}

// span is the time that the entry takes if it begins at t.
func (e *entry) span(t time.Time) programme.Span {
	if e.start.day {
		return programme.Span{From: t, Until: t.AddDate(0, 0, e.days)}
	}
	return programme.Span{From: t, Until: t.Add(e.length)}
}

// series is an entry with what was changed of single times of it.
type series struct {
	whole   *entry
	instead map[string]*entry // by the time that it replaces, see entered
	changed except
}

// entered tells the times of a series apart.
func entered(m moment) string {
	if m.day {
		return m.Format(layoutDay)
	}
	return m.UTC().Format(layoutTime)
}

// enter puts an entry among the others of its series. Of two states of the same one the
// later counts. An entry without an id, told by its place, is a series of its own.
func (r *reading) enter(all map[string]*series, place int, props ical.Props) {
	e, ok := r.entry(props)
	if !ok {
		r.faulty++
		return
	}
	uid := "\x00" + strconv.Itoa(place)
	if p := props.Get(ical.PropUID); p != nil && p.Value != "" {
		uid = p.Value
	}
	s := all[uid]
	if s == nil {
		s = &series{instead: map[string]*entry{}}
		all[uid] = s
	}
	p := props.Get(ical.PropRecurrenceID)
	if p == nil {
		if s.whole == nil || s.whole.seq <= e.seq {
			s.whole = e
		}
		return
	}
	of, ok := r.moment(p, p.Value)
	key := uid
	if ok {
		key = entered(of)
		s.changed.add(of)
	}
	if !ok || p.Params.Get("RANGE") != "" { // of the latter the one time is right, the following are not
		r.faulty++
	}
	if before := s.instead[key]; before == nil || before.seq <= e.seq {
		s.instead[key] = e
	}
}

func (r *reading) entry(props ical.Props) (*entry, bool) {
	p := props.Get(ical.PropDateTimeStart)
	if p == nil {
		return nil, false
	}
	e := &entry{props: props, free: free(props)}
	var ok bool
	if e.start, ok = r.moment(p, p.Value); !ok {
		return nil, false
	}
	if p := props.Get(ical.PropSequence); p != nil {
		e.seq, _ = strconv.Atoi(strings.TrimSpace(p.Value)) // none is the first state
	}
	return e, r.measure(e, props)
}

// measure finds how long an entry lasts: until its end, else for its length, else for the
// day if it is of one, else for no time.
func (r *reading) measure(e *entry, props ical.Props) bool {
	if p := props.Get(ical.PropDateTimeEnd); p != nil {
		end, ok := r.moment(p, p.Value)
		e.length = end.Sub(e.start.Time)
		if !ok || e.length < 0 || e.length > longestEntry {
			return false
		}
	} else if p := props.Get(ical.PropDuration); p != nil {
		var ok bool
		if e.length, ok = lasting(p.Value); !ok {
			return false
		}
	}
	// A day may have 23 or 25 hours.
	e.days = max(1, int((e.length+12*time.Hour)/(24*time.Hour)))
	return true
}

// free says whether an entry is cancelled or marked as leaving its time free.
func free(props ical.Props) bool {
	is := func(name, value string) bool {
		p := props.Get(name)
		return p != nil && strings.EqualFold(strings.TrimSpace(p.Value), value)
	}
	return is(ical.PropStatus, "CANCELLED") || is(ical.PropTransparency, "TRANSPARENT") || is("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
}

// except are times of a series that do not take place as it says.
type except struct {
	at   map[int64]bool
	days map[string]bool
}

func (x *except) add(m moment) {
	if x.at == nil {
		x.at, x.days = map[int64]bool{}, map[string]bool{}
	}
	if m.day {
		x.days[m.Format(layoutDay)] = true
	} else {
		x.at[m.Unix()] = true
	}
}

// has says whether the time is one of them, or on one of their days where it is entered.
func (x *except) has(t time.Time) bool { return x.at[t.Unix()] || x.days[t.Format(layoutDay)] }
