package programme

import (
	"context"
	"errors"
	"strings"
	"time"
)

// BookSession books a time for both, as the office agreed with them by telephone: a new
// session, or another time of one that runs. Both are told. With the time that is agreed
// on already it changes how and where they meet. An error's Field is as of ProposeTimes,
// or "atsugi" or "mentor".
func (o *Office) BookSession(ctx context.Context, who Actor, f SessionForm) (Session, error) {
	var s Session
	err := o.manage(ctx, who, func(c *change) error {
		var as sessionSight
		var repeated bool
		var err error
		if s, as, repeated, err = c.formSession(f); err != nil {
			return err
		}
		if err := as.mustBeOffice(); err != nil || repeated {
			return err
		}
		stays := s.State == SessionBooked && sameSpans(f.filled(), []Span{s.Span})
		if stays && f.Version != s.Version && f.Venue == s.Venue {
			return nil // the form came twice
		}
		at, err := c.mayBook(s, stays, as, f)
		if err != nil {
			return err
		}
		s.fill(f, true)
		return c.book(&s, at, f.Venue, f.Reason, f.Op, "session.book")
	})
	return answered(s, err)
}

// mayBook finds the form's one time, if it can be booked. The time that is agreed on, if it
// stays, was looked at before.
func (c *change) mayBook(s Session, stays bool, as sessionSight, f SessionForm) (Span, error) {
	if err := c.mayChange(s, as, f); err != nil {
		return Span{}, err
	}
	if s.State == SessionBooked && !stays && strings.TrimSpace(f.Reason) == "" {
		return Span{}, invalid("reason", "error.required")
	}
	times, err := f.times(c.now, 1)
	if err != nil || stays {
		return s.Span, err
	}
	at := Session{ID: s.ID, Atsugi: s.Atsugi, Mentor: s.Mentor, State: SessionBooked, Span: times[0].Span}
	needs, err := c.takes(at)
	if err != nil {
		return Span{}, err
	}
	// What the two agreed on by telephone comes before a form that somebody has open.
	if err := c.clearWay(needs, func(x Occupied) bool { return !x.Until.IsZero() }); err != nil {
		return Span{}, err
	}
	if err := c.mustBeFree(s, times); err != nil {
		return Span{}, err
	}
	return times[0].Span, c.mustBeWithinQuota(s, times, as, f.Override)
}

// mayChange says whether the actor may name times for the session as they saw it, and
// looks at the rest of the form.
func (c *change) mayChange(s Session, as sessionSight, f SessionForm) error {
	if err := c.stand(s, as, f.Version).mayName(); err != nil {
		return err
	}
	if err := f.check(); err != nil {
		return err
	}
	return c.mustAgree(s)
}

// book agrees on a time, how and where they meet then, and tells both, why too if another
// was agreed on before, with the entry for their calendars.
func (c *change) book(s *Session, at Span, venue Venue, reason, op, action string) error {
	last := SessionChange{Reason: reason, Emptied: s.Last.Emptied}
	switch {
	case s.State == SessionOpen:
		last.Was = s.Last.Was // given up before, as they were not told anew
	case !s.Span.Same(at):
		s.Moves++
		last.Was = s.Span
	default:
		last.Where = true
	}
	s.Proposal, s.Last = Proposal{}, last
	s.State, s.Span, s.Venue, s.Reason = SessionBooked, at, venue, ""
	s.Seq++
	if err := c.keepSession(s, op, action); err != nil {
		return err
	}
	if err := c.redrawEvents(*s, s.Last.Was); err != nil {
		return err
	}
	if err := c.openRoom(*s); err != nil {
		return err
	}
	return c.tellBoth(*s, at.Until, NoticeSessionBooked, NoticeSessionCalendar)
}

// CancelSession calls a session off, as it was seen: the two before the cut-off, the
// office until its end. What is not agreed on yet is withdrawn by who proposed, or by the
// office. Its time is free again, and both are told why; who takes back a request that was
// not answered need not say it. Done again, nothing changes.
func (o *Office) CancelSession(ctx context.Context, who Actor, id SessionID, version int, reason string) error {
	return o.write(ctx, who, func(c *change) error {
		s, as, err := c.sessionFor(id)
		if err != nil || s.State == SessionCancelled {
			return err
		}
		if err := c.stand(s, as, version).mayCancel(); err != nil {
			return err
		}
		if strings.TrimSpace(reason) == "" && !s.asks() {
			return invalid("reason", "error.required")
		}
		if err := sessionText("reason", reason, MaxSessionReason); err != nil {
			return err
		}
		if s.asks() {
			return c.withdrawRequest(s, reason)
		}
		return c.cancelSession(s, reason, "session.cancel")
	})
}

// cancelSession calls it off. The change that calendars know of is of one that had a time.
func (c *change) cancelSession(s Session, reason, action string) error {
	kinds := []NoticeKind{NoticeSessionCancelled}
	useful := time.Time{}
	if s.State == SessionBooked {
		kinds, useful = append(kinds, NoticeSessionCalendar), s.Span.Until
	}
	s.State, s.Reason, s.Proposal, s.Last = SessionCancelled, reason, Proposal{}, SessionChange{Emptied: s.Last.Emptied}
	s.Seq++
	if err := c.keepSession(&s, "", action); err != nil {
		return err
	}
	if err := c.redrawEvents(s, s.Span); err != nil {
		return err
	}
	return c.tellBoth(s, useful, kinds...)
}

// storeSession saves a session, a new one under the form's op, and answers what was stored
// before, zero of a new one.
func (c *change) storeSession(s *Session, op string) (was Session, err error) {
	if s.Version == 0 {
		if err = c.takeOverAppointment(s); err == nil {
			err = c.CreateSession(op, *s)
		}
	} else if was, err = c.Session(s.ID); err == nil {
		err = c.SaveSession(*s)
	}
	s.Version++
	return was, err
}

// keepSession saves a session as it is now, a new one under the form's op, keeps its times
// free, and draws its messages again.
func (c *change) keepSession(s *Session, op, action string) error {
	was, err := c.storeSession(s, op)
	if err != nil {
		return err
	}
	if err := c.ExpireHolds(c.now); err != nil {
		return err
	}
	times, err := c.takes(*s)
	if err != nil {
		return err
	}
	err = c.Occupy(s.ID, times)
	if errors.Is(err, ErrTaken) { // by a transaction beside this one, since it was looked at
		return &Error{Code: CodeConflict, Key: "error.time_taken"}
	}
	if err != nil {
		return err
	}
	if err := c.redrawSession(s.ID); err != nil {
		return err
	}
	c.factsChanged()
	return c.auditChange(action, string(s.ID), s.changedFrom(was))
}

// tellBoth leaves notices of the session's present change to both. Who is not on Slack has
// one all the same, so that the office sees among those that did not go out who is to be
// told another way.
func (c *change) tellBoth(s Session, usefulUntil time.Time, kinds ...NoticeKind) error {
	for _, p := range []PersonID{s.Atsugi, s.Mentor} {
		for _, kind := range kinds {
			if err := c.notify(Notice{
				Kind: kind, Subject: string(s.ID), To: ToPerson(p), Occasion: ChangeOccasion(s.Seq), UsefulUntil: usefulUntil,
			}); err != nil {
				return err
			}
		}
	}
	return nil
}
