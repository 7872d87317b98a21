package programme

import (
	"errors"
	"slices"
	"strings"
	"time"
)

// mustBeFree refuses times that another session has of one of the two, or at which one of
// them is counted on at an event. Whose time it is, is said to nobody whom it does not concern.
func (c *change) mustBeFree(s Session, times []candidate) error {
	if err := c.ExpireHolds(c.now); err != nil {
		return err
	}
	for _, t := range times {
		events, err := c.EventsIn(t.Span)
		if err != nil {
			return err
		}
		then := Session{ID: s.ID, Atsugi: s.Atsugi, Mentor: s.Mentor, State: SessionBooked, Span: t.Span}
		needs, err := c.takes(then)
		if err != nil {
			return err
		}
		for _, o := range needs {
			taken, err := c.Occupied(o.Person, o.Span)
			if err != nil {
				return err
			}
			if i := slices.IndexFunc(taken, func(x Occupied) bool { return x.Holder != string(s.ID) }); i >= 0 {
				key, err := c.takenKey(s, o, taken[i].Holder)
				if err != nil {
					return err
				}
				return &Error{Code: CodeConflict, Field: t.field, Key: key}
			}
			if err := c.mustBeAtNoEvent(events, o.Person, t); err != nil {
				return err
			}
		}
	}
	return nil
}

// takenKey is the key of what is said of a time that somebody else has. What waits to be
// picked for another session of the actor's own is theirs to know.
func (c *change) takenKey(s Session, wanted Occupied, holder string) (string, error) {
	const taken = "error.time_taken"
	other, err := c.Session(SessionID(holder))
	if errors.Is(err, ErrNoRow) { // a form that is open
		return taken, nil
	}
	if err != nil || s.Requested || !other.Of(c.me.ID) {
		return taken, err
	}
	other.Proposal.Spans = nil
	agreed, err := c.takes(other)
	if slices.ContainsFunc(agreed, func(x Occupied) bool { return x.Person == wanted.Person && x.Span.Overlaps(wanted.Span) }) {
		return taken, err
	}
	return "error.time_proposed", err
}

// mustBeWithinQuota refuses a session, or times of it, beyond what was agreed on for the
// engagement, the atsugi, the programme or the expert's week. Only the office goes beyond,
// which is audited. 2-③b and 2-② are counted apart (programme.md); of 2-② what the office
// brings about is without limit, what atsugi ask for is not (offering: open).
//
// Times that wait to be picked count like agreed ones, so that a pick is never too much;
// those that went by count no longer, and new ones in their place are looked at again.
func (c *change) mustBeWithinQuota(s Session, times []candidate, as sessionSight, override bool) error {
	if override && !as.office {
		return denied("error.denied")
	}
	full, err := c.quotaReached(s, times)
	if err != nil || full == nil {
		return err
	}
	if override {
		return c.auditChange("session.override", string(s.ID), strings.TrimPrefix(full.Key, "error."))
	}
	return full
}

// counting are the states of sessions that use up a quota.
var counting = []SessionState{SessionOpen, SessionBooked, SessionHeld}

// quotaReached is the first quota that the session would go beyond, nil if there is none.
func (c *change) quotaReached(s Session, times []candidate) (*Error, error) {
	if (s.Version == 0 || s.lapsed(c.now)) && (s.Kind == FollowUp || s.Requested) {
		if full, err := c.totalReached(s); err != nil || full != nil {
			return full, err
		}
	}
	others, err := c.Sessions(c.office.Settings.usingWeeks(s.Mentor, c.now))
	if err != nil {
		return nil, err
	}
	others = slices.DeleteFunc(others, func(x Session) bool { return x.ID == s.ID })
	for _, t := range times {
		if most := c.office.Settings.Sessions.PerWeek; c.inWeekOf(t.From, others) >= most {
			return quotaFull(t.field, "error.quota_week", most), nil
		}
	}
	return nil, nil
}

// totalReached looks at the quotas that a session uses up once, when it is made or comes
// back after its proposed times went by.
func (c *change) totalReached(s Session) (*Error, error) {
	type quota struct {
		of   SessionFilter
		most int
		key  string
	}
	set := c.office.Settings.Sessions
	quotas := []quota{
		{SessionFilter{Atsugi: s.Atsugi}, set.PerAtsugi, "error.quota_atsugi"},
		{SessionFilter{}, set.Most, "error.quota_programme"},
	}
	if s.Engagement != "" {
		e, err := c.Engagement(s.Engagement)
		if err != nil {
			return nil, err
		}
		quotas = slices.Insert(quotas, 0, quota{SessionFilter{Engagement: s.Engagement}, e.Sessions, "error.quota_engagement"})
	}
	for _, q := range quotas {
		q.of.Kind, q.of.States, q.of.WithoutLapsedAt = s.Kind, counting, c.now
		n, err := c.CountSessions(q.of)
		if err != nil {
			return nil, err
		}
		if n >= q.most {
			return quotaFull("", q.key, q.most), nil
		}
	}
	return nil, nil
}

func quotaFull(field, key string, most int) *Error {
	return &Error{Code: CodeConflict, Field: field, Key: key, Args: pairs([]any{"Most", most})}
}

// inWeekOf counts those of an expert's sessions that are, or may come to be, in the week of
// that moment, Monday to Sunday.
func (c *change) inWeekOf(at time.Time, sessions []Session) (n int) {
	week := c.office.Settings.week(at)
	within := func(t time.Time) bool { return !t.Before(week.From) && t.Before(week.Until) }
	for _, x := range sessions {
		if slices.ContainsFunc(x.weeks(c.office.Settings, c.now), within) {
			n++
		}
	}
	return n
}
