package reminders

import "tsugite/programme"

// nudges adds session.nudge, to each expert who has not answered a request, once and in
// good time before it lapses. Who was told of the request shortly before is not reminded
// of it. A moment in the quiet hours goes to the evening before them, or, of a request
// that came later than that, to the morning after.
func (p *planning) nudges() {
	for _, s := range p.Proposed {
		due := s.NudgeAt()
		known := s.Proposal.At.Add(justTold)
		if due.IsZero() || due.Before(known) {
			continue
		}
		if due = p.Rules.Quiet.earlier(due, p.Zone); due.Before(known) {
			due = p.Rules.Quiet.later(s.NudgeAt(), p.Zone)
		}
		p.climb(rung{kind: programme.NoticeSessionNudge, subject: string(s.ID), session: &programme.BookedSession{Session: s}}, []moment{{
			occasion: programme.ProposalOccasion(s.Proposal), due: due, earliest: known, latest: s.Proposal.Lapses(),
		}})
	}
}
