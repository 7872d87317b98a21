package programme

import (
	"context"
	"slices"
)

// Complete says whether nothing more is to come: each paper was received, or is not needed.
func (p FeePapers) Complete() bool {
	for _, status := range []PaperStatus{p.Appointment, p.Travel, p.Receipts} {
		if status != PaperReceived && status != PaperNotNeeded {
			return false
		}
	}
	return true
}

// check finds the first status that cannot be chosen. What nothing was said of stays blank.
func (p FeePapers) check() error {
	for _, each := range []struct {
		field  string
		status PaperStatus
	}{{"appointment", p.Appointment}, {"travel", p.Travel}, {"receipts", p.Receipts}} {
		if each.status != PaperUnsaid && !slices.Contains(PaperStatuses, each.status) {
			return invalid(each.field, "error.choice")
		}
	}
	return nil
}

// SetPapers records where the papers of a session's fee stand, as the session was seen:
// the office alone does, before or after it takes place, and nobody of their own. The same again changes nothing.
// An error's Field is "appointment", "travel" or "receipts".
func (o *Office) SetPapers(ctx context.Context, who Actor, id SessionID, version int, papers FeePapers) (Session, error) {
	var s Session
	err := o.manage(ctx, who, func(c *change) error {
		var as sessionSight
		var err error
		if s, as, err = c.sessionFor(id); err != nil {
			return err
		}
		if err := as.mustBeOffice(); err != nil {
			return err
		}
		if s.Papers == papers {
			return nil
		}
		if s.Version != version {
			return &Error{Code: CodeConflict, Key: "error.session_changed"}
		}
		if err := c.mustBePaid(s); err != nil {
			return err
		}
		if err := papers.check(); err != nil {
			return err
		}
		was := s
		s.Papers = papers
		if err := c.SaveSession(s); err != nil {
			return err
		}
		s.Version++
		return c.auditChange("session.papers", string(s.ID), s.changedFrom(was))
	})
	return answered(s, err)
}

// mustBePaid refuses papers where no fee is due: only experts are paid for what they advise
// (programme.md "What happens").
func (c *change) mustBePaid(s Session) error {
	mentor, err := c.Person(s.Mentor)
	if err == nil && !mentor.expert() {
		err = &Error{Code: CodeClosed, Key: "error.session_no_fee"}
	}
	return err
}

// takeOverAppointment gives a new session what the office last recorded of the expert's
// acceptance: they accept for all of their sessions at once. The other papers are of each.
func (c *change) takeOverAppointment(s *Session) error {
	sessions, err := c.Sessions(SessionFilter{Mentor: s.Mentor})
	var latest Session
	for _, x := range sessions {
		if x.Papers.Appointment != PaperUnsaid && (latest.ID == "" || x.Made.After(latest.Made)) {
			latest = x
		}
	}
	s.Papers.Appointment = latest.Papers.Appointment
	return err
}

// withoutPapers are the sessions, by start, for which a fee is due and some paper is still
// to come.
func (r *sessionReader) withoutPapers(sessions []Session) ([]Session, error) {
	var out []Session
	for _, s := range sessions {
		if s.State != SessionHeld || s.Papers.Complete() {
			continue
		}
		mentor, err := r.person(s.Mentor)
		if err != nil {
			return nil, err
		}
		if mentor.expert() {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, byStart)
	return out, nil
}
