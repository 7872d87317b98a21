package programme

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// How long the texts of a session may be, in characters: what fits the blocks that show
// them (slack.md Sizes), with room for the words around it.
const (
	MaxSessionText   = 1000 // topic, what to bring
	MaxSessionReason = 300
)

// MaxTimes is how many times are proposed at once.
const MaxTimes = 3

// sessionsAhead is how many days ahead a session may be.
const sessionsAhead = 120

// Same says whether two spans begin and end together.
func (s Span) Same(o Span) bool { return s.From.Equal(o.From) && s.Until.Equal(o.Until) }

// candidate is a time of a form, and the field that it stands in.
type candidate struct {
	Span
	field string
}

// times are the times of the form that are filled in. A zero span is a row left blank. An
// error's Field is "time1" to "time3", by the row.
func (f SessionForm) times(now time.Time, most int) ([]candidate, error) {
	var out []candidate
	for i, s := range f.Spans {
		if s == (Span{}) {
			continue
		}
		t := candidate{Span: s, field: "time" + strconv.Itoa(i+1)}
		if i >= most {
			return nil, invalid(t.field, "error.time_many", "Most", most)
		}
		if err := t.check(now); err != nil {
			return nil, err
		}
		for _, o := range out {
			if s.Same(o.Span) {
				return nil, invalid(t.field, "error.time_twice")
			}
			if s.Overlaps(o.Span) {
				return nil, invalid(t.field, "error.time_overlaps")
			}
		}
		out = append(out, t)
	}
	if len(out) == 0 {
		return nil, invalid("time1", "error.time_missing")
	}
	return out, nil
}

// check is what every time has to be, whosesoever it is.
func (t candidate) check(now time.Time) error {
	switch {
	case !t.From.After(now):
		return invalid(t.field, "error.time_past")
	case !t.From.Truncate(Grid).Equal(t.From):
		return invalid(t.field, "error.time_grid", "Minutes", int(Grid/time.Minute))
	case !slices.Contains(SessionLengths, t.Until.Sub(t.From)):
		return invalid(t.field, "error.time_length")
	case t.From.After(now.AddDate(0, 0, sessionsAhead)):
		return invalid(t.field, "error.time_far", "Days", sessionsAhead)
	}
	return nil
}

// spansOf are the times by start.
func spansOf(times []candidate) []Span {
	var out []Span
	for _, t := range times {
		out = append(out, t.Span)
	}
	slices.SortFunc(out, func(a, b Span) int { return a.From.Compare(b.From) })
	return out
}

// check finds the first thing that is wrong with the form besides its times, by field.
func (f SessionForm) check() error {
	if f.Op == "" {
		return invalid("", "error.form_old")
	}
	if err := f.Venue.check(); err != nil {
		return err
	}
	for _, t := range []struct {
		field, text string
		most        int
	}{
		{"topic", f.Topic, MaxSessionText},
		{"bring", f.Bring, MaxSessionText}, {"avoid", f.Avoid, MaxSessionText}, {"reason", f.Reason, MaxSessionReason},
	} {
		if err := sessionText(t.field, t.text, t.most); err != nil {
			return err
		}
	}
	return nil
}

func sessionText(field, text string, most int) error {
	if strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && unprintable(r) }) {
		return invalid(field, "error.unprintable")
	}
	if utf8.RuneCountInString(text) > most {
		return invalid(field, "error.too_long", "Max", most)
	}
	return nil
}

// formSession finds the session that the form is about, or makes up the new one. repeated
// says that the form made it before.
func (c *change) formSession(f SessionForm) (s Session, as sessionSight, repeated bool, err error) {
	if f.Op == "" {
		return s, as, false, invalid("", "error.form_old")
	}
	if f.Session != "" {
		s, as, err = c.sessionFor(f.Session)
		return s, as, false, err
	}
	s, err = c.SessionByOp(f.Op)
	switch {
	case errors.Is(err, ErrNoRow):
		s, as, err = c.newSession(f)
		return s, as, false, err
	case err != nil:
		return s, as, false, err
	}
	if as, err = c.sightOf(s); err == nil && !f.made(s) {
		err = &Error{Code: CodeConflict, Key: "error.session_made_before"}
	}
	return s, as, true, err
}

// made says whether s can be what the form made. Its times may have changed since.
func (f SessionForm) made(s Session) bool {
	same := f.Engagement != "" && f.Engagement == s.Engagement ||
		f.Engagement == "" && f.Atsugi == s.Atsugi && f.Mentor == s.Mentor
	if s.Version > 1 {
		return same
	}
	stands := s.Proposal.Spans
	if s.State == SessionBooked {
		stands = []Span{s.Span}
	}
	return same && sameSpans(f.filled(), stands)
}

// filled are the rows that are filled in.
func (f SessionForm) filled() []Span {
	return slices.DeleteFunc(slices.Clone(f.Spans), func(s Span) bool { return s == (Span{}) })
}

// sameSpans says whether two lists have the same times, in whatever order.
func sameSpans(a, b []Span) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(x Span) bool { return !slices.ContainsFunc(b, x.Same) })
}

// newSession makes up a session of an engagement, or of two people whom the office brings
// together between the workshops (programme.md 2-②).
func (c *change) newSession(f SessionForm) (Session, sessionSight, error) {
	s := Session{
		ID: SessionID(c.office.NewID()), Kind: Between, Atsugi: f.Atsugi, Mentor: f.Mentor,
		State: SessionOpen, Made: c.now, By: c.me.ID,
	}
	if f.Engagement == "" {
		return s, sessionSight{office: true}, c.mayBringTogether(s, f.Over)
	}
	e, err := c.Engagement(f.Engagement)
	if err != nil {
		return s, sessionSight{}, orMissing(err, "error.engagement_gone")
	}
	s.Kind, s.Engagement, s.Atsugi, s.Mentor = FollowUp, e.ID, e.Atsugi, e.Mentor
	as, err := c.sightOf(s)
	if err != nil {
		err = missing("error.engagement_gone")
	}
	if err == nil && !as.office {
		err = c.mustBeOnlyOpen(SessionFilter{Engagement: e.ID})
	}
	return s, as, err
}

// mustBeOnlyOpen refuses another session of an engagement while one of it, of those chosen,
// has no time yet: where both sides name times at once, the later ones answer the earlier.
func (c *change) mustBeOnlyOpen(of SessionFilter) error {
	of.States = []SessionState{SessionOpen}
	open, err := c.Sessions(of)
	if err == nil && len(open) > 0 {
		err = &Error{Code: CodeConflict, Key: keySessionOpen, Args: pairs([]any{"Session", open[0].ID})}
	}
	return err
}

// mayBringTogether checks the two people of a session without engagement, as those of an
// engagement. Walls are gone over with a reason alone, which is kept: the expert reads what
// is about the atsugi from then on.
func (c *change) mayBringTogether(s Session, reason string) error {
	if err := c.must(Coordinator); err != nil {
		return err
	}
	f := EngagementForm{Op: string(s.ID), Atsugi: s.Atsugi, Mentor: s.Mentor, Sessions: fewestSessions, Reason: reason}
	if err := c.mayEngage(f); err != nil {
		return err
	}
	ws, err := c.overEngagement(f)
	if err != nil {
		if e, ok := AsError(err); ok {
			e.Field = "over"
		}
		return err
	}
	if len(ws) == 0 {
		return nil
	}
	if err := c.copy(Copy{Kind: CopyEngaged, Subject: string(s.ID), To: ToPerson(s.Mentor), Reason: reason}); err != nil {
		return err
	}
	return c.auditChange("session.pair", string(s.ID), wallDetail(ws))
}

// sessionFor finds a session for one of the two or the office; for everybody else there
// is none to act on.
func (c *change) sessionFor(id SessionID) (Session, sessionSight, error) {
	s, err := c.Session(id)
	if err != nil {
		return s, sessionSight{}, orMissing(err, "error.session_gone")
	}
	as, err := c.sightOf(s)
	return s, as, err
}

func (c *change) sightOf(s Session) (sessionSight, error) {
	as := c.office.sessionSightOf(c.actor, c.me, s, c.now)
	if !as.own && !as.office {
		return as, missing("error.session_gone")
	}
	return as, nil
}

// side is for which of the two the actor acts: for themselves, or, from the office, for
// whom the form names.
func (s Session) side(me PersonID, as sessionSight, behalf PersonID) (PersonID, error) {
	switch {
	case as.own && (behalf == "" || behalf == me):
		return me, nil
	case !as.office:
		return "", denied("error.denied")
	case !s.Of(behalf):
		return "", invalid("for", "error.choice")
	}
	return behalf, nil
}

// mustAgree refuses times for two people who cannot meet.
func (c *change) mustAgree(s Session) error {
	atsugi, err := c.Person(s.Atsugi)
	if err != nil {
		return err
	}
	mentor, err := c.Person(s.Mentor)
	if err != nil {
		return err
	}
	ended := false
	if s.Engagement != "" {
		e, err := c.Engagement(s.Engagement)
		if err != nil {
			return err
		}
		ended = !e.Runs()
	}
	return s.mayMeet(atsugi, mentor, ended, c.office.Settings.Today(c.now))
}
