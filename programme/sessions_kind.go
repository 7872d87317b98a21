package programme

import (
	"context"
	"fmt"
	"slices"
)

// SessionTally is how many sessions there are of some sort.
type SessionTally struct{ Held, Booked, Open int }

func (t *SessionTally) count(s Session) {
	switch s.State {
	case SessionHeld:
		t.Held++
	case SessionBooked:
		t.Booked++
	case SessionOpen:
		t.Open++
	}
}

// SessionTallies count the two kinds apart (programme.md 2-② and 2-③b): the targets, and
// what the contract has at most, are of follow-up alone.
type SessionTallies struct{ FollowUp, Between SessionTally }

func (t *SessionTallies) count(s Session) {
	if s.Kind == FollowUp {
		t.FollowUp.count(s)
	} else {
		t.Between.count(s)
	}
}

// agreedElsewhere is how many sessions were held that were not booked here: they are known by
// their memos.
func agreedElsewhere(tx Tx) (int, error) {
	return tx.CountMemos(MemoFilter{Kind: OfSession, NoSession: true})
}

// talliesOf counts sessions, and those that were agreed on elsewhere.
func talliesOf(sessions []Session, elsewhere int) SessionTallies {
	t := SessionTallies{FollowUp: SessionTally{Held: elsewhere}}
	for _, s := range sessions {
		t.count(s)
	}
	return t
}

// SetSessionKind says what a session counts for, as it was seen: for the running engagement
// of its two (2-③b), or for none (2-②). The office alone does, within the quotas of that
// kind unless it goes beyond them, until the papers of the fee are complete: by then the
// accounts rest on it. Nobody is told, as nothing changes for the two. The same again
// changes nothing.
func (o *Office) SetSessionKind(ctx context.Context, who Actor, id SessionID, version int, kind SessionKind, override bool) (Session, error) {
	var s Session
	err := o.manage(ctx, who, func(c *change) error {
		var as sessionSight
		var err error
		if s, as, err = c.sessionFor(id); err != nil || s.Kind == kind {
			return err
		}
		if kind != FollowUp && kind != Between {
			return invalid("kind", "error.choice")
		}
		if err := c.stand(s, as, version).mayCountOtherwise(); err != nil {
			return err
		}
		changed := fmt.Sprintf("kind=%s>%s", s.Kind, kind)
		s.Kind, s.Engagement = kind, ""
		if kind == FollowUp {
			if s.Engagement, err = runningOf(c.Tx, s.Atsugi, s.Mentor); err != nil {
				return err
			}
			if s.Engagement == "" {
				return &Error{Code: CodeConflict, Field: "kind", Key: "error.session_no_engagement"}
			}
		}
		if err := c.mayCountAs(s, as, override); err != nil {
			return err
		}
		if err := c.SaveSession(s); err != nil {
			return err
		}
		s.Version++
		if err := c.redrawSession(s.ID); err != nil {
			return err
		}
		c.factsChanged()
		return c.auditChange("session.kind", string(s.ID), changed)
	})
	return answered(s, err)
}

// mayCountAs looks at the quotas of the session's kind as if it were made now. One that did
// not take place uses up none, nor one whose proposed times went by.
func (c *change) mayCountAs(s Session, as sessionSight, override bool) error {
	if !slices.Contains(counting, s.State) || s.lapsed(c.now) {
		return nil
	}
	s.Version = 0
	return c.mustBeWithinQuota(s, nil, as, override)
}

// engaged says whether the two have a running engagement.
func (r *sessionReader) engaged(s Session) (bool, error) {
	if r.pairs == nil {
		es, err := r.tx.Engagements()
		if err != nil {
			return false, err
		}
		r.pairs = map[[2]PersonID]bool{}
		for _, e := range es {
			if e.Runs() {
				r.pairs[[2]PersonID{e.Atsugi, e.Mentor}] = true
			}
		}
	}
	return r.pairs[[2]PersonID{s.Atsugi, s.Mentor}], nil
}
