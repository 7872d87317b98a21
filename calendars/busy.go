package calendars

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-ical"

	"tsugite/programme"
)

// maxTimes is how many times of recurring entries are looked at, counted from when they
// began: two hundred daily ones that are twenty years old.
const maxTimes = 1_500_000

// Busy is what a calendar says is taken in a span: by start, without overlaps. All-day
// entries, and times that name no zone, are of the calendar's zone, else of zone. partly
// says that entries were left out because they cannot be understood. The error is a Fault,
// or ctx's.
//
// Taken is what blocks time: not what is cancelled, nor marked as free (TRANSP, and
// Microsoft's BUSYSTATUS), nor what lasts no time at all.
func Busy(ctx context.Context, data []byte, in programme.Span, zone *time.Location) (spans []programme.Span, partly bool, err error) {
	text, faulty, err := sift(ctx, data)
	if err != nil {
		return nil, false, err
	}
	f := &file{ctx: ctx, in: in, times: maxTimes, named: map[string]*time.Location{}, faulty: faulty}
	for dec := ical.NewDecoder(bytes.NewReader(text)); f.end() == nil; {
		cal, err := decode(dec)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, false, fault(programme.BusyNoCalendar)
		}
		r := &reading{file: f, zone: zone, zones: map[string]*time.Location{}, custom: map[string]*ical.Component{}}
		r.read(cal)
	}
	if err := f.end(); err != nil {
		return nil, false, err
	}
	return merged(f.taken), f.faulty > 0, nil
}

// decode reads the next calendar. The library panics where a line breaks off in its
// middle; for its caller that is no calendar, either.
func decode(dec *ical.Decoder) (cal *ical.Calendar, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("calendars: broken line: %v", p)
		}
	}()
	return dec.Decode()
}

// file is what is read as one, which may hold several calendars: what reading it may still
// cost, and what it came to.
type file struct {
	ctx    context.Context // of the one call that reads
	in     programme.Span
	times  int                       // how many more times of recurring entries are looked at
	named  map[string]*time.Location // see namedZone; nil for a name that is no zone's
	over   bool                      // it holds more than is looked at
	faulty int                       // entries that cannot be understood
	taken  []programme.Span
}

// end is why reading goes no further: ctx's error, or a Fault. Every loop over what the file
// holds asks it, so that no sort of content, however much there is of it, outlasts ctx by
// more than one rule takes.
func (f *file) end() error {
	if f.over {
		return fault(programme.BusyTooLarge)
	}
	return f.ctx.Err()
}

// reading is one calendar of a file being read.
type reading struct {
	*file
	zone   *time.Location             // of what names none
	zones  map[string]*time.Location  // by their name in this calendar
	custom map[string]*ical.Component // zones that the calendar itself describes
}

func (r *reading) read(cal *ical.Calendar) {
	if p := cal.Props.Get("X-WR-TIMEZONE"); p != nil {
		if z := r.namedZone(p.Value); z != nil {
			r.zone = z
		}
	}
	for _, c := range cal.Children {
		if id := c.Props.Get(ical.PropTimezoneID); c.Name == ical.CompTimezone && id != nil {
			r.custom[strings.TrimSpace(id.Value)] = c
		}
	}
	all := map[string]*series{}
	for i, c := range cal.Children {
		if r.end() != nil {
			return
		}
		switch c.Name {
		case ical.CompEvent:
			r.enter(all, i, c.Props)
		case ical.CompFreeBusy:
			r.freeBusy(c.Props)
		}
	}
	for _, s := range all {
		if r.end() != nil {
			return
		}
		r.block(s)
	}
}

// values goes through those that the properties of one name list.
func (r *reading) values(of []ical.Prop, each func(p *ical.Prop, value string)) {
	for _, p := range of {
		for v := range strings.SplitSeq(p.Value, ",") {
			if r.end() != nil {
				return
			}
			each(&p, v)
		}
	}
}

// freeBusy takes what a list of busy times says, which has no entries.
func (r *reading) freeBusy(props ical.Props) {
	r.values(props["FREEBUSY"], func(p *ical.Prop, v string) {
		if strings.EqualFold(p.Params.Get("FBTYPE"), "FREE") {
			return
		}
		if s, ok := r.period(p, v); ok {
			r.take(s)
		} else {
			r.faulty++
		}
	})
}

// take blocks what of a span lies in the time that is looked at.
func (f *file) take(s programme.Span) {
	if !s.Overlaps(f.in) || !s.From.Before(s.Until) {
		return
	}
	if len(f.taken) == programme.MostBusy {
		f.over = true
		return
	}
	if s.From.Before(f.in.From) {
		s.From = f.in.From
	}
	if s.Until.After(f.in.Until) {
		s.Until = f.in.Until
	}
	f.taken = append(f.taken, programme.Span{From: s.From.UTC(), Until: s.Until.UTC()})
}

// merged puts spans in order, those that overlap or touch as one.
func merged(spans []programme.Span) []programme.Span {
	slices.SortFunc(spans, func(a, b programme.Span) int {
		return cmp.Or(a.From.Compare(b.From), a.Until.Compare(b.Until))
	})
	var out []programme.Span
	for _, s := range spans {
		if last := len(out) - 1; last >= 0 && !s.From.After(out[last].Until) {
			if s.Until.After(out[last].Until) {
				out[last].Until = s.Until
			}
			continue
		}
		out = append(out, s)
	}
	return out
}
