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
	text, faulty, err := sift(data)
	if err != nil {
		return nil, false, err
	}
	var taken []programme.Span
	times := maxTimes
	for dec := ical.NewDecoder(bytes.NewReader(text)); ; {
		cal, err := decode(dec)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, false, fault(programme.BusyNoCalendar)
		}
		r := &reading{ctx: ctx, in: in, zone: zone, times: times}
		if err := r.read(cal); err != nil {
			return nil, false, err
		}
		times = r.times
		faulty += r.faulty
		if taken = append(taken, r.taken...); len(taken) > programme.MostBusy {
			return nil, false, fault(programme.BusyTooLarge)
		}
	}
	return merged(taken), faulty > 0, nil
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

// reading is one calendar being read.
type reading struct {
	ctx    context.Context // of the one call that reads
	in     programme.Span
	zone   *time.Location             // of what names none
	zones  map[string]*time.Location  // by their name in this calendar
	custom map[string]*ical.Component // zones that the calendar itself describes
	times  int                        // how many more times of recurring entries are looked at
	faulty int                        // entries that cannot be understood
	taken  []programme.Span
}

func (r *reading) read(cal *ical.Calendar) error {
	r.zones, r.custom = map[string]*time.Location{}, map[string]*ical.Component{}
	if p := cal.Props.Get("X-WR-TIMEZONE"); p != nil {
		if z := namedZone(p.Value); z != nil {
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
		switch c.Name {
		case ical.CompEvent:
			r.enter(all, i, c.Props)
		case ical.CompFreeBusy:
			r.freeBusy(c.Props)
		}
	}
	for _, s := range all {
		if err := r.block(s); err != nil {
			return err
		}
	}
	return r.ctx.Err()
}

// freeBusy takes what a list of busy times says, which has no entries.
func (r *reading) freeBusy(props ical.Props) {
	for _, p := range props["FREEBUSY"] {
		if strings.EqualFold(p.Params.Get("FBTYPE"), "FREE") {
			continue
		}
		for _, v := range strings.Split(p.Value, ",") {
			if s, ok := r.period(&p, v); ok {
				r.take(s)
			} else {
				r.faulty++
			}
		}
	}
}

// take blocks what of a span lies in the time that is looked at.
func (r *reading) take(s programme.Span) {
	if !s.Overlaps(r.in) || !s.From.Before(s.Until) {
		return
	}
	if s.From.Before(r.in.From) {
		s.From = r.in.From
	}
	if s.Until.After(r.in.Until) {
		s.Until = r.in.Until
	}
	r.taken = append(r.taken, programme.Span{From: s.From.UTC(), Until: s.Until.UTC()})
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
