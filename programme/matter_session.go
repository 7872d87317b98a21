package programme

import (
	"slices"
	"strings"
)

// sessionKinds are the kinds of notice that tell one person, or the office's channel, of
// the session that is their subject.
var sessionKinds = []NoticeKind{
	NoticeSessionProposed, NoticeSessionBooked, NoticeSessionCalendar, NoticeSessionCancelled, NoticeSessionDeclined,
	NoticeSessionBehalf, NoticeSessionLapsed, NoticeSessionNudge, NoticeSessionReminder, NoticeSessionBriefing,
	NoticeSessionAfter, NoticeSessionDisputed, NoticeSessionReopened, NoticeSessionOrphaned,
}

// OfSession says whether a notice of the kind tells somebody of a session.
func (k NoticeKind) OfSession() bool { return slices.Contains(sessionKinds, k) }

// sessionLetters are the kinds of message that show a session and are drawn again when it
// changes: all but the file, the first one in the conversation of the two, and what asks for
// its memo.
var sessionLetters = append(slices.DeleteFunc(slices.Clone(sessionKinds), NoticeKind.IsFile),
	NoticeSessionRoom, NoticeMemoDue, NoticeMemoOverdue)

// lookAtSession fills in a session as the receiver may see it. Who may not see it any
// more is told nothing new, and of what they were told the words go.
func (o *Office) lookAtSession(tx Tx, m *Matter, update bool) error {
	s, err := tx.Session(SessionID(m.Notice.Subject))
	if err != nil {
		return err
	}
	stale := s.stale(m.Notice)
	m.Over = stale != ""
	if !update {
		m.Withdrawn = stale
	}
	who, as := As(m.To.ID), sessionSight{office: true}
	if m.To.ID != "" {
		if as = o.sessionSightOf(who, m.To, s, o.Now()); !as.own {
			as.bureau = true
			if !update && m.Withdrawn == "" {
				m.Withdrawn = withdrawnDenied
			}
		}
	}
	r, err := o.sessionReader(tx, who, m.To)
	if err != nil {
		return err
	}
	if m.Session, err = r.view(s.calledOff(m.Notice), as); err != nil {
		return err
	}
	if m.To.ID == "" { // what people wrote is on the session's page alone, not in a channel
		m.Session.Session = m.Session.withoutWords()
	}
	if m.Withdrawn != "" {
		return nil
	}
	switch m.Notice.Kind {
	case NoticeSessionCalendar:
		return lookAtSessionFile(tx, m, update)
	case NoticeSessionReminder:
		return o.lookAtReminder(tx, m)
	case NoticeSessionBriefing:
		return o.lookAtBriefing(tx, m, as)
	case NoticeSessionDeclined:
		return o.lookAtDeclined(tx, m, s)
	}
	return nil
}

// stale says why a notice must not go out any more as things stand, "" if it must.
func (s Session) stale(n Notice) string {
	switch n.Kind {
	case NoticeSessionOrphaned:
		return s.unlessOpen(s.State == SessionOpen && !s.Proposal.Waits())
	case NoticeSessionDeclined:
		if s.RequestDeclined() && n.Occasion == ProposalOccasion(s.Proposal) {
			return ""
		}
		return s.unlessOpen(!s.Proposal.Waits() && n.Occasion == ProposalOccasion(s.Proposal))
	case NoticeSessionProposed:
		return s.unlessOpen(s.Proposal.Waits() && n.Occasion == ProposalOccasion(s.Proposal) && n.To == ToPerson(s.Proposal.For))
	case NoticeSessionNudge:
		return s.unlessOpen(s.asks() && n.Occasion == ProposalOccasion(s.Proposal) && n.To == ToPerson(s.Proposal.For))
	case NoticeSessionBehalf:
		return s.unlessOpen(s.Proposal.Waits() && n.Occasion == ProposalOccasion(s.Proposal) && n.To == ToPerson(s.Proposal.By))
	case NoticeSessionLapsed: // it is planned for when they went by
		return s.unlessOpen(s.Running() && s.Proposal.Waits() && n.Occasion == ProposalOccasion(s.Proposal))
	case NoticeSessionDisputed:
		return s.unlessOpen(s.Disputed() && n.Occasion == SessionOccasion("", s))
	case NoticeSessionReopened:
		return s.unlessOpen(s.State == SessionOpen && !s.Proposal.Waits() && n.Occasion == ChangeOccasion(s.Seq))
	case NoticeSessionBooked, NoticeSessionCancelled, NoticeSessionCalendar:
		if n.Occasion != ChangeOccasion(s.Seq) {
			return withdrawnMoved // a newer notice says what stands
		}
	case NoticeSessionReminder, NoticeSessionBriefing, NoticeSessionAfter:
		return s.stalePlanned(n)
	}
	return ""
}

// unlessOpen is why a question is not to be asked, "" while it still is one.
func (s Session) unlessOpen(asks bool) string {
	switch {
	case s.State == SessionCancelled:
		return withdrawnCancelled
	case !asks:
		return withdrawnAnswered
	}
	return ""
}

// stalePlanned is for what is planned from the agreed time: it is of that start alone.
func (s Session) stalePlanned(n Notice) string {
	said := s.AtsugiSays
	if n.To == ToPerson(s.Mentor) {
		said = s.MentorSays
	}
	switch {
	case s.State == SessionCancelled:
		return withdrawnCancelled
	case s.State == SessionOpen || !strings.HasSuffix(n.Occasion, SessionOccasion("", s)):
		return withdrawnMoved
	case s.State != SessionBooked || n.Kind == NoticeSessionAfter && (said != Unsaid || s.OfficeSays != Unsaid):
		return withdrawnAnswered
	}
	return ""
}

// calledOff is a session whose agreed time was given up, because one of the two takes part
// no longer, as the other one and their calendar are told of it: that it is off.
func (s Session) calledOff(n Notice) Session {
	if s.State == SessionOpen && (n.Kind == NoticeSessionCancelled || n.Kind == NoticeSessionCalendar) {
		s.State, s.Span, s.Reason = SessionCancelled, s.Last.Was, ""
	}
	return s
}

// lookAtSessionFile says whether an earlier file went out. A session that is off needs one
// only then: there is no entry to take away.
func lookAtSessionFile(tx Tx, m *Matter, update bool) error {
	if err := lookForEarlierFile(tx, m); err != nil {
		return err
	}
	if !update && m.Session.State == SessionCancelled && !m.Refiled {
		m.Withdrawn = withdrawnEmpty
	}
	return nil
}

// NextActions is the key of the part of a memo in which is what was agreed on (今後の取組).
// A configuration that has no part of that key has briefings without it.
const NextActions = "next"

// lookAtBriefing finds what the expert is to know beforehand: what the atsugi said for their
// experts in surveys, and what was agreed on last time. The expert of a session that the
// office or an engagement brought about may see that as of their own atsugi (design.md
// section 5). Whom an atsugi chose from those that are open to everyone is none of their
// experts by that: they read what was written for this session, and of memos what they may
// read anyway.
func (o *Office) lookAtBriefing(tx Tx, m *Matter, as sessionSight) error {
	if !as.own || m.To.ID != m.Session.Mentor {
		return nil
	}
	atsugi, err := tx.Person(m.Session.Atsugi)
	if err != nil {
		return err
	}
	theirs := !m.Session.Requested || m.To.Advises(atsugi)
	if theirs {
		if m.Shared, err = sharedAnswers(tx, m.Session.AtsugiPerson); err != nil {
			return err
		}
	}
	reads := func(memo Memo) ([]Reader, error) {
		if theirs {
			return []Reader{ReadMentor}, nil
		}
		return o.readerOf(tx, As(m.To.ID), m.To, atsugi, memo, o.Now())
	}
	var latest MemoID
	if m.Agreed, latest, err = lastAgreed(tx, atsugi.ID, reads); err != nil {
		return err
	}
	return lookAtProgress(tx, m, latest, reads)
}

// lastAgreed is what the latest memo of an atsugi says of next actions to those as which
// somebody reads it, and which memo that is.
func lastAgreed(tx Tx, atsugi PersonID, as func(Memo) ([]Reader, error)) (agreed string, latest MemoID, err error) {
	memos, err := tx.Memos(MemoFilter{Atsugi: atsugi})
	var held Date
	for _, memo := range memos { // newest first: of one day the one written last
		readers, err := as(memo)
		if err != nil {
			return "", "", err
		}
		for _, p := range visible(memo, readers).Parts {
			if p.Key == NextActions && memo.Held > held {
				agreed, latest, held = p.Text, memo.ID, memo.Held
			}
		}
	}
	return agreed, latest, err
}
