package reminders

import (
	"slices"
	"time"

	"tsugite/programme"
)

// rest is for how long after an invitation, a chaser by hand or the moment at which
// somebody wanted to be asked again nobody chases them: who was asked in the
// afternoon is not chased the next morning.
const rest = 20 * time.Hour

// surveys adds the chasers of all surveys, to who is still to answer. The first comes
// a day after the survey opened at the earliest; each is of use until the next one, or
// until the closing. Their occasion has the closing in it: a survey that stays open
// longer has chasers of its own, and nobody gets more than the steps for one closing.
//
// Whoever was told of the survey in some other way after a step was due, or shortly
// before, is not chased by that step (rest).
func (p *planning) surveys() {
	for i := range p.Surveys {
		s := &p.Surveys[i]
		known := p.Rules.awake(s.Opens.Add(24*time.Hour), p.cal)
		var moments []moment
		for _, step := range p.sorted(s.Closes, func(s Step) bool { return s.Kind == programme.NoticeSurveyChase }) {
			due := p.Rules.before(step.Offset, s.Closes, p.cal)
			if due.Before(known) {
				due = known
			}
			moments = append(moments, moment{programme.SurveyOccasion(step.ID, *s), due, known, s.Closes})
		}
		p.climb(rung{kind: programme.NoticeSurveyChase, subject: string(s.ID), survey: s}, moments)
	}
}

// poll is what is known of people who are still to answer a survey.
type poll struct {
	waiting []int             // by index of people, sorted
	rests   map[int]time.Time // until when somebody is left alone, by index of people
}

// leave leaves somebody alone for a while after the moment.
func (p *poll) leave(i int, at time.Time) {
	if until := at.Add(rest); until.After(p.rests[i]) {
		p.rests[i] = until
	}
}

// poll fills the polls.
func (c crowd) poll() {
	for _, r := range c.facts.Waiting {
		p, i, found := c.polled(r.Survey, r.Person)
		if !found || !r.State.Unanswered() {
			continue
		}
		p.waiting = append(p.waiting, i)
		if !r.Later.IsZero() {
			p.leave(i, r.Later)
		}
	}
	for _, told := range c.facts.SurveyHeard {
		if p, i, found := c.polled(told.Survey, told.Person); found {
			p.leave(i, told.At)
		}
	}
	for _, p := range c.polls {
		slices.Sort(p.waiting)
	}
}

// polled finds a survey of the rungs, and somebody by index who can be reached.
func (c crowd) polled(s programme.SurveyID, id programme.PersonID) (p *poll, i int, found bool) {
	if p = c.polls[s]; p == nil {
		return nil, 0, false
	}
	i, found = c.index[id]
	return p, i, found
}
