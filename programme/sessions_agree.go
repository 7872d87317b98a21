package programme

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
)

// ProposeTimes names up to three times of which the other side picks one: for a new
// session of an engagement, in place of times that wait (the other side's, too), or in
// place of an agreed time, which stands until one of the new ones is picked. The times are
// kept free for both until then. Either side may, and the office on behalf of one. What
// atsugi name for a session that they asked for is bound to what the expert offers: see askAgain.
//
// The same form sent again answers what stands. An error's Field is "time1" to "time3",
// "for", "mode", "place", "url", "topic", "bring", "avoid" or "reason".
func (o *Office) ProposeTimes(ctx context.Context, who Actor, f SessionForm) (Session, error) {
	var s Session
	err := o.write(ctx, who, func(c *change) error {
		var as sessionSight
		var repeated bool
		var err error
		if s, as, repeated, err = c.formSession(f); err != nil {
			return err
		}
		side, err := s.side(c.me.ID, as, f.For)
		if err == nil && !repeated && !f.stands(s, side, c.office.asksAgain(s, side, as)) {
			err = c.propose(&s, side, as, f)
		}
		s = s.seenBy(c.me.ID, as)
		return err
	})
	return answered(s, err)
}

// stands says whether the form came before, and what it proposed stands. Who chose from
// published times (asksAgain) said how they meet, and not where.
func (f SessionForm) stands(s Session, side PersonID, published bool) bool {
	p := s.Proposal
	meets := f.Venue == p.Venue || published && f.Mode == p.Mode
	return f.Version != s.Version && p.Waits() && p.By == side && sameSpans(f.filled(), p.Spans) && meets
}

func (c *change) propose(s *Session, side PersonID, as sessionSight, f SessionForm) error {
	var times []candidate
	var err error
	if c.office.asksAgain(*s, side, as) {
		f, times, err = c.askAgain(*s, as, f)
	} else {
		times, err = c.mayPropose(*s, as, f)
	}
	if err != nil {
		return err
	}
	if err := c.mustBeFree(*s, times); err != nil {
		return err
	}
	if err := c.mustBeWithinQuota(*s, times, as, f.Override); err != nil {
		return err
	}
	if err := c.mustBeAFewProposals(*s, as); err != nil {
		return err
	}
	s.fill(f, side == s.Atsugi || as.office)
	s.Reason = ""
	s.Proposal = Proposal{
		By: side, For: s.Other(side), Spans: spansOf(times), At: s.proposedAt(c.now),
		Venue: f.Venue,
	}
	if s.State == SessionBooked {
		s.Proposal.Reason = f.Reason
	} else {
		s.Venue = f.Venue
	}
	if err := c.keepSession(s, f.Op, actionPropose); err != nil {
		return err
	}
	return c.tellProposed(*s, as)
}

// mayPropose finds the times of the form, if the actor may name times for the session.
func (c *change) mayPropose(s Session, as sessionSight, f SessionForm) ([]candidate, error) {
	if err := c.mayChange(s, as, f); err != nil {
		return nil, err
	}
	if s.State == SessionBooked && strings.TrimSpace(f.Reason) == "" {
		return nil, invalid("reason", "error.required")
	}
	times, err := f.times(c.now, MaxTimes)
	for _, t := range times {
		if s.State == SessionBooked && t.Same(s.Span) {
			return nil, invalid(t.field, "error.time_agreed")
		}
	}
	return times, err
}

// tellProposed asks the other side to pick, and tells on whose behalf the office proposed.
func (c *change) tellProposed(s Session, as sessionSight) error {
	p := s.Proposal
	n := Notice{
		Kind: NoticeSessionProposed, Subject: string(s.ID), To: ToPerson(p.For), Occasion: ProposalOccasion(p), UsefulUntil: p.Lapses(),
	}
	if err := c.notify(n); err != nil || as.own && p.By == c.me.ID {
		return err
	}
	n.Kind, n.To = NoticeSessionBehalf, ToPerson(p.By)
	return c.notify(n)
}

// fill takes in what is to be talked about. That is the atsugi's to say, and the office's,
// who writes down what they said: what their form leaves blank is blank, and one that does
// not ask for it brings what there was. From the expert's it fills what is blank so far.
func (s *Session) fill(f SessionForm, theirs bool) {
	if theirs {
		s.Topic, s.Bring, s.Avoid, s.Contest = f.Topic, f.Bring, f.Avoid, f.Contest
		return
	}
	s.Topic, s.Bring = cmp.Or(s.Topic, f.Topic), cmp.Or(s.Bring, f.Bring)
}

// ProposalOccasion is the occasion of notices about proposed times.
func ProposalOccasion(p Proposal) string { return momentOccasion(p.At) }

// proposedAt is when times are proposed: to the second, as the occasion of their notice and
// the buttons of their card have it, and never when those were whose place they take, or
// that were taken back before them.
func (s Session) proposedAt(now time.Time) time.Time {
	at := now.Truncate(time.Second)
	for _, before := range []time.Time{s.Proposal.At, s.Last.Withdrawn} {
		if !at.After(before) {
			at = before.Add(time.Second)
		}
	}
	return at
}

// PickTime agrees on the time that begins at start, of those proposed at proposedAt: only
// the side to which they were proposed may, or the office on their behalf. If others were
// proposed since, or the same at another place, the error is of CodeConflict: nobody agrees
// to what they did not see. Picked again, it answers what stands.
func (o *Office) PickTime(ctx context.Context, who Actor, id SessionID, proposedAt, start time.Time, behalf PersonID) (Session, error) {
	var s Session
	err := o.write(ctx, who, func(c *change) error {
		var as sessionSight
		var err error
		if s, as, err = c.sessionFor(id); err != nil {
			return err
		}
		i := slices.IndexFunc(s.Proposal.Spans, func(x Span) bool { return x.From.Equal(start) })
		if i < 0 || !s.Proposal.At.Equal(proposedAt) {
			if s.State == SessionBooked && s.Span.From.Equal(start) {
				s = s.seenBy(c.me.ID, as)
				return nil // picked before
			}
			return proposalChanged(s)
		}
		if err := c.stand(s, as, s.Version).mayAnswer(behalf); err != nil {
			return err
		}
		if err := c.mayPick(s, s.Proposal.Spans[i]); err != nil {
			return err
		}
		err = c.book(&s, s.Proposal.Spans[i], s.Proposal.Venue, s.Proposal.Reason, "", "session.pick")
		s = s.seenBy(c.me.ID, as)
		return err
	})
	return answered(s, err)
}

// proposalChanged says why what somebody saw can be answered no more.
func proposalChanged(s Session) error {
	if s.State == SessionCancelled {
		return &Error{Code: CodeClosed, Key: "error.session_cancelled"}
	}
	return &Error{Code: CodeConflict, Key: "error.proposal_changed"}
}

// mayPick checks the time as things stand: it was kept free of other sessions, yet the
// moment may be over, or one of the two goes to an event then.
func (c *change) mayPick(s Session, picked Span) error {
	if err := c.mustAgree(s); err != nil {
		return err
	}
	if !picked.From.After(c.now) {
		return &Error{Code: CodeClosed, Key: "error.time_over"}
	}
	return c.mustBeFree(s, []candidate{{Span: picked}})
}

// DeclineTimes says that none of the times proposed at proposedAt suits. They are free
// again, an agreed time stands, and the office sees to it from there: who proposed is told
// that, and why, if a reason is given. A request that its expert declines is off: see
// declineRequest. Declined again, nothing changes; what went by can be declined no more
// (CodeClosed).
func (o *Office) DeclineTimes(ctx context.Context, who Actor, id SessionID, proposedAt time.Time, reason string) error {
	return o.write(ctx, who, func(c *change) error {
		s, as, err := c.sessionFor(id)
		if err != nil {
			return err
		}
		if !s.Proposal.At.Equal(proposedAt) || s.Proposal.At.IsZero() {
			return proposalChanged(s)
		}
		if !s.Proposal.Waits() {
			return nil // declined before
		}
		if err := c.stand(s, as, s.Version).mayAnswer(""); err != nil {
			return err
		}
		if err := sessionText("reason", reason, MaxSessionReason); err != nil {
			return err
		}
		was := s.Proposal.Spans
		s.Proposal.Spans, s.Reason = nil, reason
		if s.onlyRequested() && s.Proposal.For == s.Mentor {
			s.Last = SessionChange{Was: was[0]}
			return c.declineRequest(s)
		}
		if err := c.keepSession(&s, "", "session.decline"); err != nil {
			return err
		}
		for _, to := range []Recipient{ToPerson(s.Proposal.By), ToChannel(ChannelOffice)} {
			if err := c.notify(Notice{
				Kind: NoticeSessionDeclined, Subject: string(s.ID), To: to, Occasion: ProposalOccasion(s.Proposal),
			}); err != nil {
				return err
			}
		}
		return nil
	})
}
