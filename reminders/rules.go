package reminders

import (
	"fmt"
	"regexp"
	"slices"
	"time"

	"tsugite/programme"
)

// Step is one rung of an event's ladder of reminders. ID is stable: with the
// event's start it is the occasion under which a notice is kept for ever, so
// the offset's text may change without anything being sent twice.
type Step struct {
	ID     string
	Kind   programme.NoticeKind  // event.ask or event.reminder
	Events []programme.EventKind // which kinds of event; none means all
	Offset Offset
}

// planned says whether Plan makes notices of the kind.
func planned(k programme.NoticeKind) bool {
	return k == programme.NoticeEventAsk || k == programme.NoticeEventReminder
}

func (s Step) appliesTo(k programme.EventKind) bool {
	return len(s.Events) == 0 || slices.Contains(s.Events, k)
}

// Rules are the configuration's section on reminders.
type Rules struct {
	Quiet QuietHours
	// BusinessDays moves reminders counted in days off weekends, holidays and
	// Closed to the open day before. The day of the event itself, hours and
	// minutes stay: who has an event on a Sunday works on that Sunday.
	BusinessDays bool
	Closed       []Period
	Steps        []Step
}

var stepID = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,39}$`)

// Check finds what is wrong with the rules and says what to write.
func (r Rules) Check() error {
	closed := 0
	for _, p := range r.Closed {
		closed += p.length()
	}
	if closed > mostClosed {
		return fmt.Errorf("the closed periods have %d days a year together (at most %d, beside weekends and holidays)", closed, mostClosed)
	}
	for i, s := range r.Steps {
		if err := s.check(); err != nil {
			return err
		}
		for _, other := range r.Steps[:i] {
			if other.ID == s.ID && other.Kind == s.Kind && overlap(other, s) {
				return fmt.Errorf("two steps of %s are called %q (ids tell what was sent already: give each its own)", s.Kind, s.ID)
			}
		}
	}
	return nil
}

func (s Step) check() error {
	switch {
	case !stepID.MatchString(s.ID):
		return fmt.Errorf("step id %.60q: write small letters, digits, - and _, such as day-before", s.ID)
	case !planned(s.Kind):
		return fmt.Errorf("step %q: kind %.40q is neither %s nor %s", s.ID, s.Kind, programme.NoticeEventAsk, programme.NoticeEventReminder)
	case s.Offset == (Offset{}):
		return fmt.Errorf("step %q has no time (write at: -1d 17:00)", s.ID)
	case !s.Offset.Before():
		return fmt.Errorf("step %q: %s is after the start; people are asked and reminded before it", s.ID, s.Offset)
	}
	for _, k := range s.Events {
		if !slices.Contains(programme.EventKinds, k) {
			return fmt.Errorf("step %q: %.40q is no kind of event (one of %v)", s.ID, k, programme.EventKinds)
		}
	}
	return nil
}

func overlap(a, b Step) bool {
	return len(a.Events) == 0 || len(b.Events) == 0 || slices.ContainsFunc(a.Events, b.appliesTo)
}

// due is when the step of something that starts at start goes out: by its
// offset, off the closed days and out of the quiet hours, always to an earlier
// moment.
func (r Rules) due(s Step, start time.Time, cal *Calendar) time.Time {
	t := s.Offset.At(start, cal)
	if r.BusinessDays && s.Offset.n != 0 && (s.Offset.unit == days || s.Offset.unit == businessDays) {
		local := t.In(cal.zone)
		day := dayOf(local)
		if open := cal.nextOpen(day, -1); !open.Equal(day) {
			t = clockTime(local.Hour()*60+local.Minute()).on(open, cal.zone)
		}
	}
	return r.Quiet.earlier(t, cal.zone)
}
