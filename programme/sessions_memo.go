package programme

import (
	"errors"
	"slices"
	"time"
)

// sessionOfMemo is the session that a memo is of, the zero one if none is kept here. What the form
// names must be the writer's own with this atsugi, and have begun. Without a name it is
// the session that the writer had with the atsugi on that day (for the office: that
// anybody had), the first that has no memo yet: else a session whose memo is written from
// Home would be counted twice, as a session and as a memo of its own.
func (c *change) sessionOfMemo(f MemoForm) (Session, error) {
	if f.Kind != OfSession {
		return Session{}, nil
	}
	if f.Session != "" {
		s, err := c.Session(f.Session)
		switch {
		case errors.Is(err, ErrNoRow), err == nil && !c.mayWriteOf(s):
			return Session{}, missing("error.session_gone")
		case err != nil:
			return Session{}, err
		case s.Atsugi != f.Atsugi:
			return Session{}, invalid("atsugi", "error.memo_session_of_other")
		case !s.begun(c.now):
			return Session{}, &Error{Code: CodeConflict, Key: "error.memo_session_not_held"}
		}
		return s, nil
	}
	sessions, err := sessionsToWriteOf(c.Tx, SessionFilter{Person: f.Atsugi}, c.now)
	if err != nil {
		return Session{}, err
	}
	for _, s := range sessions {
		if s.Atsugi == f.Atsugi && c.mayWriteOf(s) && DateOf(s.Span.From, c.office.Settings.Zone) == f.Held {
			return s, nil
		}
	}
	return Session{}, nil
}

// sessionsToWriteOf are those of the filter that began, by start, whose memo is not
// written.
func sessionsToWriteOf(tx Tx, f SessionFilter, now time.Time) ([]Session, error) {
	sessions, err := tx.Sessions(f)
	if err != nil {
		return nil, err
	}
	written, err := tx.SessionsWithMemo()
	sessions = slices.DeleteFunc(sessions, func(s Session) bool { return !s.begun(now) || written[s.ID] })
	slices.SortFunc(sessions, byStart)
	return sessions, err
}

// mayWriteOf says whether the session's memo is the actor's to write: its expert's, and the
// office's, but for a coordinator who is the atsugi of it.
func (c *change) mayWriteOf(s Session) bool {
	if s.Of(c.me.ID) {
		return s.Mentor == c.me.ID && c.must(Mentor) == nil && c.me.expert()
	}
	return c.must(Coordinator) == nil
}

// begun says whether the session takes or took place, as far as is known.
func (s Session) begun(now time.Time) bool {
	return (s.State == SessionBooked || s.State == SessionHeld) && !s.Span.From.After(now)
}

// advised says whether the memo is of an expert's own atsugi, or the expert's own of an
// event or of a session of theirs, whatever that counts for: who wrote down what they
// advised keeps it.
func advised(tx Tx, me, atsugi Person, m Memo) (bool, error) {
	if me.Advises(atsugi) {
		return true, nil
	}
	if !me.expert() || m.Writer != me.ID || m.Session == "" {
		return m.Event != "" && m.Writer == me.ID, nil
	}
	s, err := tx.Session(m.Session)
	return s.Mentor == me.ID, err
}
