package programme

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"
)

// takes is the time that the session takes of the two: what was agreed on, until it is
// called off, and what is proposed. The expert's goes on over their buffer.
func (s Session) takes(buffer time.Duration) []Occupied {
	var spans []Span
	if !s.Span.From.IsZero() && s.State != SessionCancelled {
		spans = append(spans, s.Span)
	}
	if s.Running() {
		spans = append(spans, s.Proposal.Spans...)
	}
	out := make([]Occupied, 0, 2*len(spans))
	for _, span := range spans {
		out = append(out,
			Occupied{Holder: string(s.ID), Person: s.Atsugi, Span: span},
			Occupied{Holder: string(s.ID), Person: s.Mentor, Span: Span{From: span.From, Until: span.Until.Add(buffer)}})
	}
	return out
}

// outcome is what holds of what was said: the office's word, or what both say; one word
// alone is none yet.
func (s Session) outcome() Word {
	switch {
	case s.OfficeSays != Unsaid:
		return s.OfficeSays
	case s.AtsugiSays == s.MentorSays:
		return s.AtsugiSays
	}
	return Unsaid
}

// settle brings the session in line with what was said of its time. One that takes place
// at another time is open again: nobody said anything else of the old one (see mayReopen),
// which people are told together with the new one, and a higher number tells calendars
// that have it.
func (s *Session) settle() {
	switch s.outcome() {
	case SaysHeld:
		s.State = SessionHeld
	case SaysNotHeld:
		s.State = SessionNotHeld
	case SaysMoved:
		s.State, s.Span, s.Last = SessionOpen, Span{}, SessionChange{
			Was: s.Span, Reopened: true,
			Emptied: EmptiedTime{Span: s.Span, AtsugiSays: s.AtsugiSays, MentorSays: s.MentorSays},
		}
		s.Proposal = Proposal{}
		s.AtsugiSays, s.MentorSays, s.OfficeSays = Unsaid, Unsaid, Unsaid
		s.Moves++
		s.Seq++
	default:
		return
	}
	if s.Proposal.Waits() {
		s.Proposal = Proposal{} // there is nothing left to pick it for
	}
}

// reopened says whether the session is open because of a word alone, so that the office can
// still take that back: it may have been pressed by mistake. It cannot while other times
// wait to be picked.
func (s Session) reopened(now time.Time) bool {
	return s.State == SessionOpen && s.Last.Reopened && !s.Proposal.waitsAt(now)
}

// Said is what the two say of the session's time, or, as long as none is agreed on in its
// place, what they said of the one that their word emptied.
func (s Session) Said() (atsugi, mentor Word) {
	if s.Span.From.IsZero() {
		return s.Last.Emptied.AtsugiSays, s.Last.Emptied.MentorSays
	}
	return s.AtsugiSays, s.MentorSays
}

// takenBack is a reopened session as it was before.
func (s Session) takenBack() Session {
	s.AtsugiSays, s.MentorSays = s.Last.Emptied.AtsugiSays, s.Last.Emptied.MentorSays
	s.State, s.Span, s.Proposal, s.Last = SessionBooked, s.Last.Was, Proposal{}, SessionChange{}
	s.Moves--
	return s
}

// mayReopen says whether a word that the session takes place at another time would be
// evidence of nothing lost: what is settled or written up stays as it is, and the office
// does not say it over somebody who said that it took place, or that it did not.
func (s Session) mayReopen(as sessionSight, memo bool) bool {
	said := func(w Word) bool { return w != Unsaid && w != SaysMoved }
	return s.State == SessionBooked && !memo && (as.own || !said(s.AtsugiSays) && !said(s.MentorSays))
}

// over says whether the agreed time went by, so that it can be said what came of it.
func (s Session) over(now time.Time) bool {
	past := []SessionState{SessionBooked, SessionHeld, SessionNotHeld}
	return slices.Contains(past, s.State) && !now.Before(s.Span.Until)
}

// SayWord keeps what somebody says of a session whose time went by: each of the two, who
// may change their word until they agree, and the office, whose word decides. The
// atsugi's lines may come later, also from the office, which took them down; one that is
// blank leaves what was written, unless the atsugi emptied it (Lines). Saying the same
// again changes nothing. The answer is the session as its reader may see it; an error's
// Field is "word", "next" or "to_office".
func (o *Office) SayWord(ctx context.Context, who Actor, id SessionID, f WordForm) (Session, error) {
	var s Session
	err := o.write(ctx, who, func(c *change) (err error) {
		if s, err = c.Session(id); err != nil {
			return orMissing(err, "error.session_gone")
		}
		as := o.sessionSightOf(who, c.me, s, c.now)
		st := c.stand(s, as, s.Version)
		if f.Word != SaysMoved {
			st = st.heard()
		}
		if s = st.Session; !as.any() {
			return missing("error.session_gone")
		}
		if err := st.mayHear(f); err != nil {
			return err
		}
		if err := c.mayMoveOn(s, f.Word, as); err != nil {
			return err
		}
		before := s
		s.hear(f, as, c.me.ID)
		if s.saysMoreThan(before) {
			s.settle()
			if err := c.keepWord(before, &s, as); err != nil {
				return err
			}
		}
		s = s.seenBy(c.me.ID, as)
		return nil
	})
	return answered(s, err)
}

// mayHear checks the form of who says something.
func (st sessionStand) mayHear(f WordForm) error {
	next, toOffice := strings.TrimSpace(f.Next), strings.TrimSpace(f.ToOffice)
	switch {
	case !st.as.acts() || !st.as.office && st.me != st.Atsugi && next+toOffice != "":
		return denied("error.denied")
	case !slices.Contains(Words, f.Word):
		return invalid("word", "error.choice")
	}
	if err := cmp.Or(sessionText("next", next, maxPart), sessionText("to_office", toOffice, maxPart)); err != nil {
		return err
	}
	if st.State == SessionOpen && st.Moves > 0 && f.Word == SaysMoved {
		return nil
	}
	err := st.maySay()
	if errors.Is(err, &refusedSettled) && f.Word == st.outcome() {
		return nil
	}
	return err
}

// mayMoveOn refuses the word that a session takes place at another time where that would
// take back what somebody said or wrote of it.
func (c *change) mayMoveOn(s Session, word Word, as sessionSight) error {
	if word != SaysMoved || s.State == SessionOpen {
		return nil
	}
	memos, err := c.SessionsWithMemo()
	if err == nil && !s.mayReopen(as, memos[s.ID]) {
		err = &Error{Code: CodeConflict, Key: "error.session_said_otherwise"}
	}
	return err
}

// hear takes in the word and the lines. Of what is settled the same word says nothing
// new, and another one is the office's.
func (s *Session) hear(f WordForm, as sessionSight, me PersonID) {
	settled := s.State != SessionBooked
	switch {
	case s.State == SessionOpen, settled && f.Word == s.outcome():
	case as.office:
		s.OfficeSays = f.Word
	case me == s.Atsugi:
		s.AtsugiSays = f.Word
	default:
		s.MentorSays = f.Word
	}
	taken := f.Lines && me == s.Atsugi
	if next := strings.TrimSpace(f.Next); taken || next != "" {
		s.Next = next
	}
	if toOffice := strings.TrimSpace(f.ToOffice); taken || toOffice != "" {
		s.ToOffice = toOffice
	}
}

func (s Session) saysMoreThan(old Session) bool {
	said := func(s Session) [5]string {
		return [5]string{string(s.AtsugiSays), string(s.MentorSays), string(s.OfficeSays), s.Next, s.ToOffice}
	}
	return said(s) != said(old)
}

// keepWord keeps what was said. If the two say different things the office is told, which
// asks both; neither is told what the other said. If the office says that it takes place
// at another time, both are told to look for one.
func (c *change) keepWord(before Session, s *Session, as sessionSight) error {
	verb := "session.say"
	if as.office {
		verb = "session.decide"
	}
	if err := c.keepSession(s, "", verb); err != nil {
		return err
	}
	if before.State == SessionBooked && s.State == SessionOpen && verb == "session.decide" {
		return c.tellBoth(*s, time.Time{}, NoticeSessionReopened)
	}
	if !s.Disputed() {
		return nil
	}
	return c.notify(Notice{
		Kind: NoticeSessionDisputed, Subject: string(s.ID), To: ToChannel(ChannelOffice), Occasion: SessionOccasion("", before),
	})
}
