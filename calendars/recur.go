package calendars

import (
	"errors"
	"strings"
	"time"

	"github.com/emersion/go-ical"
	"github.com/teambition/rrule-go"
)

// block takes the times of a series.
func (r *reading) block(s *series) {
	for _, e := range s.instead {
		if !e.free {
			r.take(e.span(e.start.Time))
		}
	}
	e := s.whole
	if e == nil || e.free {
		return
	}
	off := r.exceptions(e)
	at := func(t time.Time) {
		if !off.has(t) && !s.changed.has(t) {
			r.take(e.span(t))
		}
	}
	at(e.start.Time)
	r.further(e, &off, at)
	for _, p := range e.props[ical.PropRecurrenceRule] {
		rule, err := r.rule(p.Value, e.start.Location(), e.start.day)
		if err != nil {
			r.faulty++
			continue
		}
		rule.Dtstart, rule.Until = e.start.Time, earlier(rule.Until, r.in.Until)
		r.each(rule, at)
	}
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}

// exceptions are the times at which an entry does not recur. Of an entry of whole days,
// the day counts however it is written.
func (r *reading) exceptions(e *entry) except {
	var off except
	r.values(e.props[ical.PropExceptionDates], func(p *ical.Prop, v string) {
		m, ok := r.moment(p, v)
		if !ok {
			r.faulty++
			return
		}
		m.day = m.day || e.start.day
		off.add(m)
	})
	return off
}

// further goes through the times that an entry lists besides its rule, which may have
// ends of their own.
func (r *reading) further(e *entry, off *except, at func(time.Time)) {
	r.values(e.props[ical.PropRecurrenceDates], func(p *ical.Prop, v string) {
		if s, ok := r.period(p, v); ok {
			if !off.has(s.From) {
				r.take(s)
			}
			return
		}
		if m, ok := r.moment(p, v); ok {
			at(m.Time)
		} else {
			r.faulty++
		}
	})
}

const (
	maxRule     = 500  // characters of a rule
	maxInterval = 1000 // years, months, weeks, days
)

var errRule = errors.New("calendars: a rule that calendars of people do not have")

// rule reads a rule of what recurs by days, weeks, months or years. What recurs by the
// hour or oftener, and lists that no calendar makes, are refused: the library can lose
// itself in them. Until is UTC or in loc; one that is a day includes all of it.
func (r *reading) rule(text string, loc *time.Location, days bool) (*rrule.ROption, error) {
	text = strings.Trim(strings.ToUpper(strings.TrimSpace(text)), ";")
	if len(text) > maxRule || strings.Contains(text, "DTSTART") || strings.ContainsAny(text, "\r\n") {
		return nil, errRule
	}
	o, err := rrule.StrToROptionInLocation(text, loc)
	if err != nil {
		return nil, err
	}
	if o.Freq > rrule.DAILY || o.Interval > maxInterval || len(o.Byeaster) > 0 ||
		len(o.Byhour) > 24 || len(o.Byminute) > 60 || len(o.Bysecond) > 1 {
		return nil, errRule
	}
	if _, until, ok := strings.Cut(text, "UNTIL="); ok && !days {
		if until, _, _ = strings.Cut(until, ";"); len(until) == len(layoutDay) {
			o.Until = o.Until.AddDate(0, 0, 1).Add(-time.Second)
		}
	}
	return o, nil
}

// each goes through the times of a rule up to its Until. Those of one that the library
// refuses, or breaks down over, are left out and counted as faulty.
func (r *reading) each(o *rrule.ROption, at func(time.Time)) {
	defer func() {
		if p := recover(); p != nil {
			r.faulty++
		}
	}()
	if r.end() != nil {
		return
	}
	rule, err := rrule.NewRRule(*o)
	if err != nil {
		r.faulty++
		return
	}
	next := rule.Iterator()
	for t, ok := next(); ok && r.end() == nil; t, ok = next() {
		if r.times--; r.times < 0 {
			r.over = true
			return
		}
		at(t)
	}
}
