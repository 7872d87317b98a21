package programme

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"
)

// MemoDue is a memo that is to be written: of a session, by its expert, or of an event, by
// the office.
type MemoDue struct {
	Session SessionID
	Event   EventID // one of the two
	Writer  Person  // zero of an event
	Atsugi  Person  // likewise
	Title   string  // of an event
	// Since is from when on it can be written: the end of what it is of, or when that
	// was entered afterwards.
	Since time.Time
	// Due is until when it is to be written; zero if nobody said (Office.MemoDue).
	Due time.Time
	// Late says that this is past, on the desk.
	Late bool
}

// Subject is what it is of, as a notice's subject.
func (d MemoDue) Subject() string { return string(cmp.Or(d.Session, SessionID(d.Event))) }

// MemoOccasion is the occasion of a step of asking for a memo: the step's stable id and
// since when it can be written, so that a moved session has new ones.
func MemoOccasion(step string, d MemoDue) string {
	return step + "@" + d.Since.UTC().Format(occasionForm)
}

// MemosDueTx finds what has no memo.
type MemosDueTx interface {
	// UnwrittenSessions are those that are agreed on or took place, that end (or ended)
	// since then, and that no memo which stands is of.
	UnwrittenSessions(since time.Time) ([]Session, error)
	// EventsWithMemo are the events of which a memo stands.
	EventsWithMemo() (map[EventID]bool, error)
	// HasMemo says whether a memo of the session stands.
	HasMemo(SessionID) (bool, error)
}

// dueRecent is for how long after its end a missing memo is a fact for reminders: longer
// than anybody is chased, whatever is configured.
const dueRecent = 120 * 24 * time.Hour

// addUnwritten adds the memos that are or will be to write. Those of sessions to come are
// among them, so that it is known when the next reminder is due.
func (f *Facts) addUnwritten(tx Tx, now time.Time) error {
	sessions, err := tx.UnwrittenSessions(now.Add(-dueRecent))
	if err != nil {
		return err
	}
	if f.Unwritten, err = duesOf(tx, sessions); err != nil {
		return err
	}
	events, err := eventsWithoutMemo(tx, f.Events)
	if err != nil {
		return err
	}
	for _, e := range events {
		if e.End.After(now.Add(-dueRecent)) {
			f.Unwritten = append(f.Unwritten, dueOfEvent(e))
		}
	}
	return nil
}

// memosDue are the memos that can be written by now and are not, the oldest first.
func (o *Office) memosDue(tx Tx, now time.Time) ([]MemoDue, error) {
	sessions, err := tx.UnwrittenSessions(time.Time{})
	if err != nil {
		return nil, err
	}
	dues, err := duesOf(tx, sessions)
	if err != nil {
		return nil, err
	}
	events, err := tx.Events()
	if err != nil {
		return nil, err
	}
	if events, err = eventsWithoutMemo(tx, events); err != nil {
		return nil, err
	}
	for _, e := range events {
		dues = append(dues, dueOfEvent(e))
	}
	dues = slices.DeleteFunc(dues, func(d MemoDue) bool { return d.Since.After(now) })
	for i := range dues {
		if o.MemoDue != nil {
			dues[i].Due = o.MemoDue(dues[i].Since)
		}
	}
	slices.SortStableFunc(dues, func(a, b MemoDue) int { return a.Since.Compare(b.Since) })
	return dues, nil
}

// duesOf are the memos of those sessions that have one to write.
func duesOf(tx Tx, sessions []Session) ([]MemoDue, error) {
	var out []MemoDue
	for _, s := range sessions {
		if !s.owesMemo() {
			continue
		}
		d, err := dueOfSession(tx, s)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

func dueOfSession(tx Tx, s Session) (d MemoDue, err error) {
	d = MemoDue{Session: s.ID, Since: s.Span.Until}
	if s.Made.After(d.Since) {
		d.Since = s.Made
	}
	if d.Writer, err = tx.Person(s.Mentor); err != nil {
		return d, err
	}
	d.Atsugi, err = tx.Person(s.Atsugi)
	return d, err
}

func dueOfEvent(e Event) MemoDue { return MemoDue{Event: e.ID, Title: e.Title, Since: e.End} }

// owesMemo says whether the session has a memo to write once it is over: it took place, or
// nobody says otherwise.
func (s Session) owesMemo() bool {
	otherwise := func(w Word) bool { return w != Unsaid && w != SaysHeld }
	return s.State == SessionHeld ||
		s.State == SessionBooked && !otherwise(s.AtsugiSays) && !otherwise(s.MentorSays) && !otherwise(s.OfficeSays)
}

// eventsWithoutMemo are the events that take or took place and have no memo.
func eventsWithoutMemo(tx Tx, events []Event) ([]Event, error) {
	written, err := tx.EventsWithMemo()
	return slices.DeleteFunc(slices.Clone(events), func(e Event) bool {
		return e.Approved == "" || !e.Cancelled.IsZero() || written[e.ID]
	}), err
}

// memoThere has what asks for the memo say that it is there, or not any more.
func (c *change) memoThere(m Memo) error {
	subject := MemoDue{Session: m.Session, Event: m.Event}.Subject()
	if subject == "" {
		return nil
	}
	c.factsChanged()
	return c.redrawKinds(subject, NoticeMemoDue, NoticeMemoOverdue)
}

// lookAtMemoDue fills in whose memo is asked for, if it is still to be written.
func (o *Office) lookAtMemoDue(tx Tx, m *Matter, update bool) error {
	due, owed, err := dueOf(tx, m.Notice.Subject)
	if err != nil {
		return err
	}
	m.Due, m.Over = due, !owed
	if m.Due.Session != "" {
		v, err := tx.Session(m.Due.Session)
		if err != nil {
			return err
		}
		m.Session.Session = v.withoutWords()
	}
	if o.MemoDue != nil {
		m.Due.Due = o.MemoDue(m.Due.Since)
	}
	switch {
	case update:
	case !owed:
		m.Withdrawn = withdrawnAnswered
	case !strings.HasSuffix(m.Notice.Occasion, MemoOccasion("", m.Due)):
		m.Withdrawn = withdrawnMoved
	case m.To.ID != "" && (m.To.ID != m.Due.Writer.ID || !o.may(As(m.To.ID), m.To, o.Now(), Mentor)):
		m.Withdrawn = withdrawnDenied
	}
	return nil
}

// dueOf is the memo of the session or event with that id; owed says whether it is to be
// written.
func dueOf(tx Tx, subject string) (d MemoDue, owed bool, err error) {
	s, err := tx.Session(SessionID(subject))
	if err == nil {
		written, err := tx.HasMemo(s.ID)
		if err != nil {
			return d, false, err
		}
		d, err = dueOfSession(tx, s)
		return d, s.owesMemo() && !written, err
	}
	if !errors.Is(err, ErrNoRow) {
		return d, false, err
	}
	e, err := tx.Event(EventID(subject))
	if err != nil {
		return d, false, err
	}
	left, err := eventsWithoutMemo(tx, []Event{e})
	return dueOfEvent(e), len(left) == 1, err
}
