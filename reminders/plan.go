package reminders

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"tsugite/programme"
)

// Facts are all that reminders are planned from.
type Facts struct {
	programme.Facts
	Rules Rules
	Zone  *time.Location
	// Since leaves out notices whose use was over by then. The zero time leaves
	// out nothing: Plan answers with everything since the start.
	Since time.Time
}

// Plan lists the notices that should exist at now: everything that has become
// due, sorted by Due, Kind, Subject, Occasion and To. It is pure, and for
// constant facts what it lists at one moment it lists at every later one.
//
// Of events that are announced and not cancelled, people of the audience who
// can be reached get event.reminder while they say they come, event.ask while
// they have not said so, and nothing once they said no. A step is of use until
// the next step of its kind or the start. Steps that were due before people
// could know of the event are compressed into one. An answer given after a step
// was due settles that step: nobody is told at once what they just read.
func Plan(now time.Time, f Facts) []programme.Notice {
	rungs := f.rungs()
	past, _ := slices.BinarySearchFunc(rungs, now, func(r rung, t time.Time) int {
		if r.due.After(t) {
			return 1
		}
		return -1
	})
	rungs = slices.DeleteFunc(rungs[:past], func(r rung) bool { return !r.until.After(f.Since) })
	crowd := f.crowd(rungs)
	size := 0
	for _, r := range rungs {
		size += len(crowd.invited[r.event.ID])
	}
	notices := make([]programme.Notice, 0, size)
	for _, r := range rungs {
		notices = slices.AppendSeq(notices, crowd.notices(r))
	}
	return notices
}

// Next is the first moment after now at which Plan lists something new, as long
// as the facts stay the same; ok is false if there is none.
func Next(now time.Time, f Facts) (at time.Time, ok bool) {
	rungs := slices.DeleteFunc(f.rungs(), func(r rung) bool { return !r.due.After(now) })
	for len(rungs) > 0 {
		// One moment at a time: looking at who is invited is the costly part.
		same := slices.IndexFunc(rungs, func(r rung) bool { return r.due.After(rungs[0].due) })
		if same < 0 {
			same = len(rungs)
		}
		crowd := f.crowd(rungs[:same])
		for _, r := range rungs[:same] {
			for range crowd.notices(r) {
				return r.due, true
			}
		}
		rungs = rungs[same:]
	}
	return time.Time{}, false
}

// rung is one step of one event's ladder, with its window.
type rung struct {
	event      *programme.Event
	kind       programme.NoticeKind
	occasion   string
	due, until time.Time
}

// rungs are the ladders of all events in the order of the plan.
func (f Facts) rungs() []rung {
	cal := NewCalendar(f.Zone, f.Rules.Closed)
	rungs := make([]rung, 0, len(f.Events)*len(f.Rules.Steps))
	for i := range f.Events {
		e := &f.Events[i]
		// The bureau's approval comes before any announcement (programme.md).
		if e.Approved == "" || !e.Cancelled.IsZero() {
			continue
		}
		for _, kind := range []programme.NoticeKind{programme.NoticeEventAsk, programme.NoticeEventReminder} {
			rungs = f.climb(rungs, cal, e, kind)
		}
	}
	slices.SortFunc(rungs, func(a, b rung) int {
		return cmp.Or(a.due.Compare(b.due), strings.Compare(string(a.kind), string(b.kind)),
			strings.Compare(string(a.event.ID), string(b.event.ID)), strings.Compare(a.occasion, b.occasion))
	})
	return rungs
}

// climb adds the ladder of one kind for one event, from its top down: each step
// is of use until the one after it is due. A step without any time of use, such
// as one that another step overtakes, is not in the ladder.
func (f Facts) climb(rungs []rung, cal *Calendar, e *programme.Event, kind programme.NoticeKind) []rung {
	known := e.Approved.At(0, 0, f.Zone)
	steps := make([]Step, 0, len(f.Rules.Steps))
	for _, s := range f.Rules.Steps {
		if s.Kind == kind && s.appliesTo(e.Kind) {
			steps = append(steps, s)
		}
	}
	slices.SortStableFunc(steps, func(a, b Step) int {
		return a.Offset.At(e.Start, cal).Compare(b.Offset.At(e.Start, cal))
	})
	until := e.Start
	for _, s := range slices.Backward(steps) {
		due := f.Rules.due(s, e.Start, cal)
		if due.Before(known) {
			due = f.Rules.Quiet.later(known, f.Zone)
		}
		if !due.Before(until) {
			continue
		}
		rungs = append(rungs, rung{event: e, kind: kind, occasion: programme.EventOccasion(s.ID, *e), due: due, until: until})
		until = due
	}
	return rungs
}
