package reminders

import (
	"fmt"
	"regexp"
	"slices"
	"time"

	"tsugite/programme"
)

// Step is one rung of a ladder of reminders, of events, surveys or sessions. ID is
// stable: with the start of the event or session, or the survey's closing, it is the
// occasion under which a notice is kept for ever, so the offset's text may change
// without anything being sent twice.
type Step struct {
	ID string
	// Kind is event.ask, .reminder, .thanks, .catch_up or .memo, survey.chase, or
	// session.reminder or .briefing.
	Kind programme.NoticeKind
	// Events are the kinds of event that the step is for; none means all.
	Events []programme.EventKind
	// Offset is told from the start of the event or session, or after an event from its
	// end; of a survey from its closing.
	Offset Offset
}

func (s Step) appliesTo(k programme.EventKind) bool {
	return len(s.Events) == 0 || slices.Contains(s.Events, k)
}

// Rules are the configuration's section on reminders.
type Rules struct {
	Quiet QuietHours
	// BusinessDays moves reminders counted in days off weekends, holidays and
	// Closed to the open day before, and what follows an event to the one after.
	// The day of the event itself, hours and minutes stay: who has an event on a
	// Sunday works on that Sunday.
	BusinessDays bool
	Closed       []Period
	Steps        []Step
	Digests      []Digest
	// KeyDates are when people are reminded of the programme's key dates, told from
	// the day to work to; KeyDatesOf of one date, by its id, where they differ.
	KeyDates   []Offset
	KeyDatesOf map[string][]Offset
	// MemoDue is how long after what it is of a memo is to be written; the zero Offset
	// has nobody chased.
	MemoDue Offset
}

var stepID = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,39}$`)

// most is how many steps of a kind an event may have. Who does not answer is
// asked once and chased twice, and is a line on the office's list from then on.
// Nobody is thanked twice.
var most = map[programme.NoticeKind]struct {
	steps int
	why   string
}{
	programme.NoticeEventAsk:     {3, "one question and two chasers; who does not answer then is on the office's list"},
	programme.NoticeEventThanks:  {1, "people are thanked once"},
	programme.NoticeEventCatchUp: {1, "people get the materials once"},
}

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
	if err := r.checkNumbers(); err != nil {
		return err
	}
	if err := r.checkOthers(); err != nil {
		return err
	}
	return r.checkByCalendar()
}

func (s Step) check() error {
	after := slices.Contains(afterEvent, s.Kind)
	chase := s.Kind == programme.NoticeSurveyChase
	other := chase || slices.Contains(beforeSession, s.Kind)
	switch {
	case !stepID.MatchString(s.ID):
		return fmt.Errorf("step id %.60q: write small letters, digits, - and _, such as day-before", s.ID)
	case !after && !other && !slices.Contains(beforeEvent, s.Kind):
		return fmt.Errorf("step %q: %.40q is no kind of notice about an event, survey or session (one of %v)", s.ID, s.Kind,
			slices.Concat(beforeEvent, afterEvent, []programme.NoticeKind{programme.NoticeSurveyChase}, beforeSession))
	case other && len(s.Events) > 0:
		return fmt.Errorf("step %q: %s is about no event (leave out events)", s.ID, s.Kind)
	case s.Offset == (Offset{}):
		return fmt.Errorf("step %q has no time (write at: -1d 17:00)", s.ID)
	case chase && !s.Offset.Before():
		return fmt.Errorf("step %q: %s is after the closing; people are chased before it (write -2bd 10:00)", s.ID, s.Offset)
	case !after && !s.Offset.Before():
		return fmt.Errorf("step %q: %s is after the start; people are asked and reminded before it", s.ID, s.Offset)
	case after && !s.Offset.After():
		return fmt.Errorf("step %q: %s is before the end; %s follows the event (write +1bd 10:00)", s.ID, s.Offset, s.Kind)
	}
	for _, k := range s.Events {
		if !slices.Contains(programme.EventKinds, k) {
			return fmt.Errorf("step %q: %.40q is no kind of event (one of %v)", s.ID, k, programme.EventKinds)
		}
	}
	return nil
}

// checkNumbers counts what one event gets of each kind.
func (r Rules) checkNumbers() error {
	for _, event := range programme.EventKinds {
		n := map[programme.NoticeKind]int{}
		for _, s := range r.Steps {
			if s.appliesTo(event) {
				n[s.Kind]++
			}
		}
		for _, kind := range slices.Concat(beforeEvent, afterEvent) {
			if limit, has := most[kind]; has && n[kind] > limit.steps {
				return fmt.Errorf("events of kind %s have %d steps of %s (at most %d: %s)", event, n[kind], kind, limit.steps, limit.why)
			}
		}
	}
	return nil
}

// mostOthers is how many steps of a kind a survey or session may have.
var mostOthers = []struct {
	of    string
	kind  programme.NoticeKind
	steps int
	why   string
}{
	{"surveys", programme.NoticeSurveyChase, 2, "who does not answer then is left in peace, or telephoned"},
	{"sessions", programme.NoticeSessionBriefing, 1, "the expert is briefed once"},
}

// checkOthers counts what the people of a survey or session get.
func (r Rules) checkOthers() error {
	n := map[programme.NoticeKind]int{}
	for _, s := range r.Steps {
		n[s.Kind]++
	}
	for _, m := range mostOthers {
		if n[m.kind] > m.steps {
			return fmt.Errorf("%s have %d steps of %s (at most %d: %s)", m.of, n[m.kind], m.kind, m.steps, m.why)
		}
	}
	return nil
}

// checkByCalendar checks digests and key dates.
func (r Rules) checkByCalendar() error {
	for i, d := range r.Digests {
		if err := d.check(); err != nil {
			return err
		}
		if slices.ContainsFunc(r.Digests[:i], func(other Digest) bool { return other.ID == d.ID }) {
			return fmt.Errorf("two digests are called %q (ids tell what was sent already: give each its own)", d.ID)
		}
	}
	if err := checkKeyDateSteps(r.KeyDates); err != nil {
		return err
	}
	for _, steps := range r.KeyDatesOf {
		if err := checkKeyDateSteps(steps); err != nil {
			return err
		}
	}
	return nil
}

func overlap(a, b Step) bool {
	return len(a.Events) == 0 || len(b.Events) == 0 || slices.ContainsFunc(a.Events, b.appliesTo)
}

// before is when a step before start goes out: by its offset, off the closed days
// and out of the quiet hours, always to an earlier moment.
func (r Rules) before(o Offset, start time.Time, cal *Calendar) time.Time {
	return r.Quiet.earlier(r.open(o, o.At(start, cal), -1, cal), cal.zone)
}

// after is when a step that follows the end of something goes out: likewise, but
// always to a later moment, and not before earliest.
func (r Rules) after(o Offset, end, earliest time.Time, cal *Calendar) time.Time {
	t := o.At(end, cal)
	if t.Before(earliest) {
		t = earliest // such as the end itself, for a time of that day when it was still on
	}
	t = r.Quiet.later(r.open(o, t, +1, cal), cal.zone)
	// The morning after the quiet hours may be that of a closed day, and a day on
	// which clocks leap may put the same time of day into the quiet hours.
	return r.Quiet.later(r.open(o, t, +1, cal), cal.zone)
}

// awake is the first moment from t on that is in no quiet hours, and on no closed day
// if those count.
func (r Rules) awake(t time.Time, cal *Calendar) time.Time {
	t = r.Quiet.later(t, cal.zone)
	if !r.BusinessDays {
		return t
	}
	return r.Quiet.later(cal.open(t, +1), cal.zone)
}

// open moves a moment that is counted in days, but not on the day itself, off the
// closed days, to the same time of day.
func (r Rules) open(o Offset, t time.Time, step int, cal *Calendar) time.Time {
	if !r.BusinessDays || o.n == 0 || o.unit != days && o.unit != businessDays {
		return t
	}
	return cal.open(t, step)
}
