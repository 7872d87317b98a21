package programme

import "time"

// TargetCode is an activity of the programme. The strings are the contract's own
// (programme.md "What happens, and the targets it is measured by").
type TargetCode string

const (
	TargetSeminar  TargetCode = "2-①"
	TargetWorkshop TargetCode = "2-②"
	TargetReport   TargetCode = "2-②報告会"
	TargetSurvey   TargetCode = "2-③a"
	TargetFollowUp TargetCode = "2-③b"
	TargetStepUp   TargetCode = "2-③c"
)

// Target is what an activity is measured by: at least Least times. For the
// survey Least is 1, and everyone of its audience has to be asked.
type Target struct {
	Code  TargetCode
	Least int
	Most  int // 0 for no upper end
}

// DefaultTargets are those of the contract for Reiwa 8 (programme.md).
func DefaultTargets() []Target {
	return []Target{
		{Code: TargetSeminar, Least: 1},
		{Code: TargetWorkshop, Least: 3},
		{Code: TargetReport, Least: 1},
		{Code: TargetSurvey, Least: 1},
		{Code: TargetFollowUp, Least: 10, Most: 15},
		{Code: TargetStepUp, Least: 1},
	}
}

// Progress is how far one target is: done and planned (still to come) count
// occurrences, Missing is what neither covers.
type Progress struct {
	Target
	Done    int
	Planned int
	Next    time.Time // start of the next planned one, zero if none
}

// Missing is how many are neither done nor planned.
func (p Progress) Missing() int { return max(0, p.Least-p.Done-p.Planned) }

// kindOfTarget says which events count towards which target.
var kindOfTarget = map[TargetCode]EventKind{
	TargetSeminar: Seminar, TargetWorkshop: Workshop, TargetReport: Report, TargetStepUp: StepUp,
}

// progressFacts are what the targets are measured by. Surveys are without trials;
// elsewhere counts the sessions that were not booked here.
type progressFacts struct {
	events    []Event
	surveys   []Survey
	sessions  []Session
	elsewhere int
}

// measure counts the targets at now.
func measure(now time.Time, targets []Target, f progressFacts) []Progress {
	out := make([]Progress, 0, len(targets))
	for _, t := range targets {
		p := Progress{Target: t}
		switch t.Code {
		case TargetSurvey:
			p.countSurveys(now, f.surveys)
		case TargetFollowUp:
			p.countSessions(now, f.sessions, f.elsewhere)
		default:
			p.count(now, kindOfTarget[t.Code], f.events)
		}
		out = append(out, p)
	}
	return out
}

// countSessions counts those of intensive follow-up by the numbers that the board shows
// (SessionTallies); what lies between workshops counts for 2-②, and for no target of its
// own. The memo of a session that was booked here adds nothing to it, one of a session that
// was agreed on elsewhere stands for it (programme.md 2-③b). A session that is over, of which
// nobody settled what came of it, is still planned, but is not the next one.
func (p *Progress) countSessions(now time.Time, sessions []Session, elsewhere int) {
	n := talliesOf(sessions, elsewhere)
	for _, s := range sessions {
		if s.Kind == FollowUp && s.State == SessionBooked && !s.over(now) {
			p.comes(s.Span.From)
		}
	}
	p.Done, p.Planned = n.FollowUp.Held, n.FollowUp.Booked
}

func (p *Progress) count(now time.Time, kind EventKind, events []Event) {
	for _, e := range events {
		switch {
		case e.Kind != kind || !e.Cancelled.IsZero():
		case e.Held(now):
			if e.Approved != "" { // what the bureau did not approve was not held under the contract
				p.Done++
			}
		default:
			p.plan(e.Start)
		}
	}
}

// countSurveys counts surveys that asked all of their audience: an event's
// questionnaire is no status survey, and one that was closed before it opened asked
// nobody.
func (p *Progress) countSurveys(now time.Time, surveys []Survey) {
	for _, s := range surveys {
		switch {
		case s.Event != "" || !s.Opens.Before(s.Closes):
		case !now.Before(s.Opens):
			p.Done++
		default:
			p.plan(s.Opens)
		}
	}
}

// plan counts one that is still to come.
func (p *Progress) plan(at time.Time) {
	p.Planned++
	p.comes(at)
}

// comes keeps the earliest that is to come.
func (p *Progress) comes(at time.Time) {
	if p.Next.IsZero() || at.Before(p.Next) {
		p.Next = at
	}
}
