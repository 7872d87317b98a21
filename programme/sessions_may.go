package programme

import (
	"errors"
	"time"
)

// sessionStand is a session as somebody stands to it at a moment. What it refuses is refused
// by the Office, and not offered by the session's page: both ask here, so that they cannot
// differ. What depends on the two people and their engagement, mayMeet says.
type sessionStand struct {
	Session
	me   PersonID
	as   sessionSight
	seen int // the version that they saw
	now  time.Time
	set  SessionSettings
}

// stand is how the actor stands to the session, of which they saw that version.
func (c *change) stand(s Session, as sessionSight, seen int) sessionStand {
	return sessionStand{Session: s, me: c.me.ID, as: as, seen: seen, now: c.now, set: c.office.Settings.Sessions}
}

// What the two are refused by themselves, and the office is not.
var (
	refusedCutOff = Error{Code: CodeClosed, Key: "error.session_cut_off"}
	refusedMoves  = Error{Code: CodeConflict, Key: "error.session_moves"}
)

// mayName refuses to name times: where none is agreed on, or in place of the agreed one.
func (st sessionStand) mayName() error {
	booked := st.State == SessionBooked
	switch {
	case !st.as.acts():
		return denied("error.denied")
	case st.State == SessionCancelled:
		return &Error{Code: CodeClosed, Key: "error.session_cancelled"}
	case !st.Running(), booked && !st.ahead(st.now):
		return &Error{Code: CodeClosed, Key: "error.session_over"}
	case st.seen != st.Version:
		return &Error{Code: CodeConflict, Key: "error.session_changed"}
	case st.as.office || !booked:
		return nil
	case !st.set.beforeCutOff(st.Span.From, st.now):
		return new(refusedCutOff)
	case st.Moves >= st.set.Moves:
		return &Error{Code: refusedMoves.Code, Key: refusedMoves.Key, Args: pairs([]any{"Most", st.set.Moves})}
	}
	return nil
}

// mayAnswer refuses to pick one of the proposed times, or to decline them: only the side to
// which they were proposed may, or the office on its behalf ("" for whichever it is).
func (st sessionStand) mayAnswer(behalf PersonID) error {
	if behalf == "" && !st.as.own {
		behalf = st.Proposal.For
	}
	side, err := st.side(st.me, st.as, behalf)
	switch {
	case err != nil:
		return err
	case side != st.Proposal.For:
		return denied("error.session_own_proposal")
	case st.State == SessionBooked && !st.ahead(st.now):
		return &Error{Code: CodeClosed, Key: "error.session_over"}
	case !st.waitsAt(st.now):
		return &Error{Code: CodeClosed, Key: "error.time_over"}
	}
	return nil
}

// mayWithdraw refuses to take back a request to change the agreed time.
func (st sessionStand) mayWithdraw() error {
	switch {
	case !st.as.acts():
		return denied("error.denied")
	case !st.ahead(st.now) || !st.waitsAt(st.now):
		return proposalChanged(st.Session)
	case !st.as.office && st.Proposal.By != st.me:
		return denied("error.session_not_proposer")
	}
	return nil
}

// mayCancel refuses to call the session off.
func (st sessionStand) mayCancel() error {
	booked := st.State == SessionBooked
	switch {
	case !st.as.acts():
		return denied("error.denied")
	case !st.Running(), booked && !st.now.Before(st.Span.Until):
		return &Error{Code: CodeClosed, Key: "error.session_over"}
	case st.seen != st.Version:
		return &Error{Code: CodeConflict, Key: "error.session_changed"}
	case st.as.office:
		return nil
	case booked && !st.set.beforeCutOff(st.Span.From, st.now):
		return new(refusedCutOff)
	case !booked && (!st.Proposal.Waits() || st.Proposal.By != st.me):
		return denied("error.session_not_proposer")
	}
	return nil
}

// mayMeetElsewhere refuses to say how and where the two meet at the agreed time.
func (st sessionStand) mayMeetElsewhere() error {
	switch {
	case !st.as.acts():
		return denied("error.denied")
	case st.State == SessionCancelled:
		return &Error{Code: CodeClosed, Key: "error.session_cancelled"}
	case st.State == SessionOpen:
		return &Error{Code: CodeClosed, Key: "error.session_off"}
	case st.State != SessionBooked || !st.now.Before(st.Span.Until):
		return &Error{Code: CodeClosed, Key: "error.session_over"}
	case st.seen != st.Version:
		return &Error{Code: CodeConflict, Key: "error.session_changed"}
	}
	return nil
}

// refusedSettled is what is said anew of a session of which both said the same.
var refusedSettled = Error{Code: CodeConflict, Key: "error.session_settled"}

// maySay refuses to say what came of the session, or anything else than holds of it.
func (st sessionStand) maySay() error {
	switch {
	case !st.as.acts():
		return denied("error.denied")
	case st.State == SessionOpen || st.State == SessionCancelled:
		return &Error{Code: CodeClosed, Key: "error.session_off"}
	case !st.over(st.now):
		return &Error{Code: CodeConflict, Key: "error.session_early"}
	case st.State != SessionBooked && !st.as.office:
		return new(refusedSettled)
	}
	return nil
}

// mayCountOtherwise refuses to say anew what the session counts for.
func (st sessionStand) mayCountOtherwise() error {
	if err := st.as.mustBeOffice(); err != nil {
		return err
	}
	switch {
	case st.seen != st.Version:
		return &Error{Code: CodeConflict, Key: "error.session_changed"}
	case st.State == SessionCancelled:
		return &Error{Code: CodeClosed, Key: "error.session_cancelled"}
	case st.Papers.Complete():
		return &Error{Code: CodeClosed, Key: "error.session_papers_done"}
	}
	return nil
}

// mayMeet refuses times for two people who cannot meet: one takes part no longer, the expert
// is not admitted, or their engagement ended.
func (s Session) mayMeet(atsugi, mentor Person, ended bool, today Date) error {
	switch {
	case !s.keeps(atsugi, today) || !s.keeps(mentor, today):
		return &Error{Code: CodeConflict, Key: "error.session_people"}
	case ended:
		return &Error{Code: CodeClosed, Key: "error.engagement_over"}
	}
	return nil
}

// allow says what the reader may do with the session, as they see it now. agrees says that
// the two can still meet.
func (v *SessionView) allow(st sessionStand, agrees bool) {
	booked := st.State == SessionBooked
	naming, cancelling := st.mayName(), st.mayCancel()
	v.MayPropose = agrees && !booked && naming == nil
	v.MayMove = agrees && booked && naming == nil
	v.MovesUsed = agrees && errors.Is(naming, &refusedMoves)
	v.MayPick = agrees && st.mayAnswer("") == nil
	v.MayWithdraw = st.mayWithdraw() == nil
	v.MayCancel = cancelling == nil
	v.OfficeOnly = errors.Is(cancelling, &refusedCutOff)
	v.MayVenue = st.mayMeetElsewhere() == nil
	v.MayReopen = st.maySay() == nil && st.mayReopen(st.as, v.Memo)
	v.MaySay = st.heard().maySay() == nil
	v.MayKind = st.mayCountOtherwise() == nil
}

// heard is the session as a word of theirs is heard: the office's takes back one that
// emptied the agreed time (see reopened).
func (st sessionStand) heard() sessionStand {
	if st.as.office && st.reopened(st.now) {
		st.Session = st.takenBack()
	}
	return st
}
