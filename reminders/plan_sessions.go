package reminders

import (
	"slices"
	"strings"
	"time"

	"tsugite/programme"
)

// beforeSession are the kinds of notice that a session's steps are made of.
var beforeSession = []programme.NoticeKind{programme.NoticeSessionReminder, programme.NoticeSessionBriefing}

// justTold is for how long after they were told of a session's time the two are not
// reminded of it.
const justTold = time.Hour

// usefulAfterSession is how long it is worth asking whether a session took place.
const usefulAfterSession = 7 * 24 * time.Hour

// sessions adds the ladders of all sessions at an agreed time: session.reminder to both,
// session.briefing to the expert, and session.after, once it is over, to whoever has
// not said whether it took place. Occasions have the start in them: a session that is
// moved has notices of its own. Of one without an agreed time there is nothing to tell.
func (p *planning) sessions() {
	for i := range p.Sessions {
		s := &p.Sessions[i]
		if s.State != programme.SessionBooked {
			continue
		}
		for _, kind := range beforeSession {
			p.beforeSession(s, kind)
		}
		due := p.Rules.Quiet.later(s.Span.Until, p.Zone)
		p.climb(rung{kind: programme.NoticeSessionAfter, subject: string(s.ID), session: s}, []moment{{
			occasion: programme.SessionOccasion("", s.Session), due: due, earliest: due, latest: s.Span.Until.Add(usefulAfterSession),
		}})
	}
	p.nudges()
	p.lapses()
}

// lapses adds session.lapsed, to who proposed times of which none was picked, and to the
// office, once the last of them begins. Where another time is agreed on it is of use as
// long as that can still be changed.
func (p *planning) lapses() {
	for _, s := range p.Proposed {
		over := s.Proposal.Lapses()
		latest := over.Add(usefulAfterSession)
		if s.State == programme.SessionBooked {
			latest = s.Span.From
		}
		due := p.Rules.Quiet.later(over, p.Zone)
		p.climb(rung{kind: programme.NoticeSessionLapsed, subject: string(s.ID), session: &programme.BookedSession{Session: s}}, []moment{{
			occasion: programme.ProposalOccasion(s.Proposal), due: due, earliest: due, latest: latest,
		}})
	}
}

// beforeSession adds what goes out before a session, of use until its start. Who was
// told of the time after a reminder was due, or shortly before, knows what it says; a
// briefing says something else, and then comes at once.
func (p *planning) beforeSession(s *programme.BookedSession, kind programme.NoticeKind) {
	reminds := kind == programme.NoticeSessionReminder
	known := s.Told
	if reminds {
		known = known.Add(justTold)
	}
	known = p.Rules.Quiet.later(known, p.Zone)
	var moments []moment
	for _, step := range p.sorted(s.Span.From, func(s Step) bool { return s.Kind == kind }) {
		due := p.Rules.before(step.Offset, s.Span.From, p.cal)
		if due.Before(known) {
			if reminds {
				continue
			}
			due = known
		}
		moments = append(moments, moment{programme.SessionOccasion(step.ID, s.Session), due, known, s.Span.From})
	}
	p.climb(rung{kind: kind, subject: string(s.ID), session: s}, moments)
}

// pair are the two of a session, by index, as far as they can be reached.
func (c crowd) pair(s *programme.BookedSession) []int {
	two := make([]int, 0, 2)
	for _, id := range []programme.PersonID{s.Atsugi, s.Mentor} {
		if i, reached := c.index[id]; reached {
			two = append(two, i)
		}
	}
	slices.Sort(two)
	return two
}

// meets says whether one of the two of a session, by index, gets the rung's notice. An
// expert who is not admitted any more gets none (programme.md duty 4).
func (c crowd) meets(r rung, i int) bool {
	if r.kind == programme.NoticeSessionLapsed && c.people[i].ID != r.session.Proposal.By ||
		r.kind == programme.NoticeSessionNudge && c.people[i].ID != r.session.Proposal.For {
		return false
	}
	said := r.session.AtsugiSays
	if c.people[i].ID == r.session.Mentor {
		said = r.session.MentorSays
		if !c.people[i].Admitted(programme.DateOf(r.due, c.facts.Zone)) {
			return false
		}
	} else if r.kind == programme.NoticeSessionBriefing {
		return false
	}
	return r.kind != programme.NoticeSessionAfter || said == programme.Unsaid
}

// names are those of the two of a session, the atsugi's first.
func (c crowd) names(s *programme.BookedSession) string {
	var names []string
	for _, id := range []programme.PersonID{s.Atsugi, s.Mentor} {
		if i := slices.IndexFunc(c.facts.People, func(p programme.Person) bool { return p.ID == id }); i >= 0 {
			names = append(names, c.facts.People[i].Name)
		}
	}
	return strings.Join(names, " × ")
}
