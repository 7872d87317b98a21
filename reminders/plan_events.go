package reminders

import (
	"slices"
	"time"

	"tsugite/programme"
)

// eventKinds are the kinds of notice that steps are made of: before an event, and
// after it.
var (
	beforeEvent = []programme.NoticeKind{programme.NoticeEventAsk, programme.NoticeEventReminder}
	afterEvent  = []programme.NoticeKind{programme.NoticeEventThanks, programme.NoticeEventCatchUp, programme.NoticeEventMemo}
)

// usefulAfter is how long what follows an event is worth sending.
const usefulAfter = 14 * 24 * time.Hour

// events adds the ladders of all events. event.ask goes to people of the audience
// who have not said whether they come and do not speak; event.reminder to who
// comes, waits for a place or speaks; afterwards event.thanks to who was there,
// event.catch_up to who meant to come and could not, if there are materials, and
// event.memo to the office. Who said no is asked and reminded of nothing.
//
// An answer given after a step was due settles that step: nobody is told at once
// what they just read.
func (p *planning) events() {
	for i := range p.Events {
		e := &p.Events[i]
		// The bureau's approval comes before any announcement (programme.md).
		if e.Approved == "" || !e.Cancelled.IsZero() {
			continue
		}
		for _, kind := range beforeEvent {
			p.before(e, kind)
		}
		if e.End.Before(p.From) {
			continue
		}
		for _, kind := range afterEvent {
			if kind != programme.NoticeEventCatchUp || e.Materials != "" {
				p.after(e, kind)
			}
		}
	}
}

// steps are those of a kind for an event, in the order of their moments told from
// anchor.
func (p *planning) steps(e *programme.Event, kind programme.NoticeKind, anchor time.Time) []Step {
	return p.sorted(anchor, func(s Step) bool { return s.Kind == kind && s.appliesTo(e.Kind) })
}

// sorted are the steps that are meant, in the order of their moments told from
// anchor.
func (p *planning) sorted(anchor time.Time, meant func(Step) bool) []Step {
	var steps []Step
	for _, s := range p.Rules.Steps {
		if meant(s) {
			steps = append(steps, s)
		}
	}
	slices.SortStableFunc(steps, func(a, b Step) int {
		return a.Offset.At(anchor, p.cal).Compare(b.Offset.At(anchor, p.cal))
	})
	return steps
}

// before adds what goes out before an event: until its start, and nobody is asked
// once registration is over.
func (p *planning) before(e *programme.Event, kind programme.NoticeKind) {
	known := p.Rules.Quiet.later(e.Approved.At(0, 0, p.Zone), p.Zone)
	latest := e.Start
	if kind == programme.NoticeEventAsk && !e.Deadline.IsZero() && e.Deadline.Before(latest) {
		latest = e.Deadline
	}
	var moments []moment
	for _, s := range p.steps(e, kind, e.Start) {
		due := p.Rules.before(s.Offset, e.Start, p.cal)
		if due.Before(known) {
			due = known
		}
		moments = append(moments, moment{programme.EventOccasion(s.ID, *e), due, known, latest})
	}
	p.climb(rung{kind: kind, subject: string(e.ID), event: e}, moments)
}

// after adds what follows an event.
func (p *planning) after(e *programme.Event, kind programme.NoticeKind) {
	earliest := e.End
	if known := e.Approved.At(0, 0, p.Zone); known.After(earliest) {
		earliest = known
	}
	var moments []moment
	for _, s := range p.steps(e, kind, e.End) {
		due := p.Rules.after(s.Offset, e.End, earliest, p.cal)
		moments = append(moments, moment{programme.EventOccasion(s.ID, *e), due, earliest, due.Add(usefulAfter)})
	}
	p.climb(rung{kind: kind, subject: string(e.ID), event: e}, moments)
}
