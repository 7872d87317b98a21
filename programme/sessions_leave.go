package programme

// keeps says whether somebody can still be the one of the two that they are: they take
// part, as an atsugi, or as an expert who is named to the bureau and pledged. Of anybody
// else it says only whether they take part.
func (s Session) keeps(p Person, today Date) bool {
	return p.Active() && (s.Atsugi != p.ID || p.Has(Atsugi)) && (s.Mentor != p.ID || p.takesEngagements(today))
}

// giveUpSessions frees the times of sessions to come of somebody who can be no part of
// them any more: they left, are no atsugi or expert now, or are not admitted as one, their
// pledge being taken off the roster. The sessions are the office's
// to see to; the other one and their calendar are told that an agreed time is off. What
// has begun stays as it was.
func (c *change) giveUpSessions(p Person) error {
	if p.Version == 0 {
		return nil // new on the roster
	}
	running, err := c.Sessions(SessionFilter{Person: p.ID, States: []SessionState{SessionOpen, SessionBooked}})
	if err != nil {
		return err
	}
	today := c.office.Settings.Today(c.now)
	for _, s := range running {
		if s.keeps(p, today) || s.State == SessionBooked && !c.now.Before(s.Span.From) {
			continue
		}
		if err := c.giveUp(s, p.ID); err != nil {
			return err
		}
		if err := c.notify(Notice{
			Kind: NoticeSessionOrphaned, Subject: string(s.ID), To: ToChannel(ChannelOffice), Occasion: string(p.ID),
		}); err != nil {
			return err
		}
	}
	return nil
}

// giveUp takes back what was agreed on or proposed.
func (c *change) giveUp(s Session, left PersonID) error {
	was := s.Span
	if s.State == SessionOpen && !s.Proposal.Waits() {
		return nil
	}
	if s.onlyRequested() { // which nobody agreed to: the atsugi can ask another expert
		return c.cancelSession(s, "", "session.orphan")
	}
	if s.State == SessionBooked {
		s.Last = SessionChange{Was: was, Emptied: s.Last.Emptied}
	}
	s.State, s.Span, s.Proposal = SessionOpen, Span{}, Proposal{}
	s.Seq++
	if err := c.keepSession(&s, "", "session.orphan"); err != nil || was == (Span{}) {
		return err
	}
	if err := c.redrawEvents(s, was); err != nil {
		return err
	}
	for _, kind := range []NoticeKind{NoticeSessionCancelled, NoticeSessionCalendar} {
		if err := c.notify(Notice{
			Kind: kind, Subject: string(s.ID), To: ToPerson(s.Other(left)), Occasion: ChangeOccasion(s.Seq), UsefulUntil: was.Until,
		}); err != nil {
			return err
		}
	}
	return nil
}

// endSessions calls off what is not agreed on yet of an engagement that ended. An agreed
// time stands, and cannot be changed any more: requests to do so are withdrawn, and its
// messages offer it no longer.
func (c *change) endSessions(id EngagementID) error {
	running, err := c.Sessions(SessionFilter{Engagement: id, States: []SessionState{SessionOpen, SessionBooked}})
	for _, s := range running {
		switch {
		case s.State == SessionOpen:
			err = c.cancelSession(s, "", "session.cancel")
		case s.Proposal.By != "":
			s.Proposal = Proposal{}
			err = c.keepSession(&s, "", "session.withdraw")
		default:
			err = c.redrawSession(s.ID)
		}
		if err != nil {
			return err
		}
	}
	return err
}
