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
	// From and To are the stretch of time that the programme is kept here. What
	// ended before From is history: nobody is thanked for it. Digests are told of
	// moments between the two; without From there are none.
	From, To time.Time
}

// Plan lists the notices that should exist at now: everything that has become
// due, sorted by Due, Kind, Subject, Occasion and To. It is pure, and for
// constant facts what it lists at one moment it lists at every later one.
//
// Only people who can be reached get notices, and an event's only while it is
// announced and not cancelled (plan_events.go); digests and key dates come by
// the calendar (digests.go, keydates.go), who is still to answer a survey is chased
// before it closes (plan_surveys.go), and the two of a session are reminded of it and
// asked whether it took place (plan_sessions.go); who does not write a memo is asked for
// it (plan_memos.go), and the office is reminded of whom it has not answered
// (plan_enquiries.go). A step is of use until the next step of its kind at most. Steps that
// were due before people could know of the event or survey are compressed into one. What
// the coordinator holds or skips is left out.
func Plan(now time.Time, f Facts) []programme.Notice {
	rungs := f.rungs()
	past, _ := slices.BinarySearchFunc(rungs, now, func(r rung, t time.Time) int {
		if r.due.After(t) {
			return 1
		}
		return -1
	})
	rungs = slices.DeleteFunc(rungs[:past], func(r rung) bool { return !r.until.After(f.Since) || r.decision.Stops() })
	crowd := f.crowd(rungs)
	size := 0
	for _, r := range rungs {
		size += crowd.most(r)
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
	rungs := slices.DeleteFunc(f.rungs(), func(r rung) bool { return !r.due.After(now) || r.decision.Stops() })
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

// rung is one step of one ladder, with its window.
type rung struct {
	kind       programme.NoticeKind
	subject    string
	occasion   string
	due, until time.Time
	event      *programme.Event   // of an event's steps
	keyDate    *programme.KeyDate // of a key date's
	survey     *programme.Survey  // of a survey's
	session    *programme.BookedSession
	memo       *programme.MemoDue // of one that is to be written
	decision   programme.Override // the coordinator's, zero for none
}

// planning is Plan at work: the ladders so far, in no order.
type planning struct {
	Facts
	cal   *Calendar
	rungs []rung
}

// rungs are all ladders in the order of the plan.
func (f Facts) rungs() []rung {
	p := planning{Facts: f, cal: NewCalendar(f.Zone, f.Rules.Closed)}
	p.rungs = make([]rung, 0, len(f.Events)*len(f.Rules.Steps))
	p.events()
	p.digests()
	p.keyDates()
	p.surveys()
	p.sessions()
	p.memos()
	p.enquiries()
	slices.SortFunc(p.rungs, func(a, b rung) int {
		return cmp.Or(a.due.Compare(b.due), strings.Compare(string(a.kind), string(b.kind)),
			strings.Compare(a.subject, b.subject), strings.Compare(a.occasion, b.occasion))
	})
	return p.rungs
}

// moment is a step of a ladder before its window is known.
type moment struct {
	occasion string
	due      time.Time
	// earliest is before when the coordinator's "early" does not send it.
	earliest time.Time
	// latest is when its use is over in any case.
	latest time.Time
}

// climb adds a ladder, from its top down: each step is of use until the one after
// it is due. A step without any time of use, such as one that another step
// overtakes, is not in the ladder. Windows do not depend on what is held or
// skipped: what lapsed once does not come back because a later step is skipped.
func (p *planning) climb(of rung, moments []moment) {
	var next time.Time
	for _, m := range slices.Backward(moments) {
		r := of
		r.occasion, r.due, r.until = m.occasion, m.due, m.latest
		r.decision, _ = programme.Decided(p.Overrides, r.subject, r.kind, r.occasion)
		if r.decision.Action == programme.OverrideEarly {
			r.due = p.early(r.decision.At, m)
		}
		if !next.IsZero() && next.Before(r.until) {
			r.until = next
		}
		if !r.due.Before(r.until) {
			continue
		}
		p.rungs = append(p.rungs, r)
		next = r.due
	}
}

// early is when a step goes out that the coordinator sends early: not in the
// quiet hours, and never later than it would have.
func (p *planning) early(at time.Time, m moment) time.Time {
	if at.Before(m.earliest) {
		at = m.earliest
	}
	if at = p.Rules.Quiet.later(at, p.Zone); at.Before(m.due) {
		return at
	}
	return m.due
}
