package db

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"tsugite/programme"
)

const sessionColumns = `id, kind, coalesce(engagement_id, ''), atsugi_id, mentor_id, state, start_at, end_at, mode, place, url, topic, bring,
	contest, proposal, moves, reason, atsugi_says, mentor_says, office_says, next, to_office, made_at, coalesce(by_id, ''), seq, version`

func scanSession(r row) (programme.Session, error) {
	var s programme.Session
	err := r.Scan(&s.ID, &s.Kind, &s.Engagement, &s.Atsugi, &s.Mentor, &s.State, Time{&s.Span.From}, Time{&s.Span.Until},
		&s.Mode, &s.Place, &s.URL, &s.Topic, &s.Bring, &s.Contest, JSON{&s.Proposal}, &s.Moves, &s.Reason,
		&s.AtsugiSays, &s.MentorSays, &s.OfficeSays, &s.Next, &s.ToOffice, Time{&s.Made}, &s.By, &s.Seq, &s.Version)
	return s, err
}

func (t *tx) CreateSession(op string, s programme.Session) error {
	proposal, err := asJSON(s.Proposal)
	if err != nil {
		return err
	}
	return once(t.exec(`INSERT INTO sessions (id, op, kind, engagement_id, atsugi_id, mentor_id, state, start_at, end_at, mode, place, url,
			topic, bring, contest, proposal, moves, reason, atsugi_says, mentor_says, office_says, next, to_office, made_at, by_id, seq, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, 1)
		ON CONFLICT (op) DO NOTHING`,
		s.ID, op, s.Kind, orNull(s.Engagement), s.Atsugi, s.Mentor, s.State, stamp(s.Span.From), stamp(s.Span.Until), s.Mode, s.Place, s.URL,
		s.Topic, s.Bring, s.Contest, proposal, s.Moves, s.Reason, s.AtsugiSays, s.MentorSays, s.OfficeSays, s.Next, s.ToOffice,
		stamp(s.Made), orNull(s.By), s.Seq))
}

func (t *tx) SaveSession(s programme.Session) error {
	proposal, err := asJSON(s.Proposal)
	if err != nil {
		return err
	}
	return fresh(t.exec(`UPDATE sessions SET state = $2, start_at = $3, end_at = $4, mode = $5, place = $6, url = $7, topic = $8, bring = $9,
			contest = $10, proposal = $11, moves = $12, reason = $13, atsugi_says = $14, mentor_says = $15, office_says = $16, next = $17,
			to_office = $18, seq = $19, version = version + 1
		WHERE id = $1 AND version = $20`,
		s.ID, s.State, stamp(s.Span.From), stamp(s.Span.Until), s.Mode, s.Place, s.URL, s.Topic, s.Bring,
		s.Contest, proposal, s.Moves, s.Reason, s.AtsugiSays, s.MentorSays, s.OfficeSays, s.Next,
		s.ToOffice, s.Seq, s.Version))
}

func (t *tx) Session(id programme.SessionID) (programme.Session, error) {
	return one(t.ctx, t.q, scanSession, `SELECT `+sessionColumns+` FROM sessions WHERE id = $1`, id)
}

func (t *tx) SessionByOp(op string) (programme.Session, error) {
	return one(t.ctx, t.q, scanSession, `SELECT `+sessionColumns+` FROM sessions WHERE op = $1`, op)
}

func (t *tx) Sessions(f programme.SessionFilter) ([]programme.Session, error) {
	where, args := sessionsWhere(f)
	return all(t.ctx, t.q, scanSession, `SELECT `+sessionColumns+` FROM sessions WHERE `+where+`
		ORDER BY state <> 'booked', CASE WHEN state = 'booked' THEN start_at END, made_at DESC, id DESC`, args...)
}

func (t *tx) CountSessions(f programme.SessionFilter) (int, error) {
	where, args := sessionsWhere(f)
	return one(t.ctx, t.q, single[int], `SELECT count(*) FROM sessions WHERE `+where, args...)
}

// sessionsWhere is the filter as a condition with its values.
func sessionsWhere(f programme.SessionFilter) (string, []any) {
	where, args := []string{"1 = 1"}, []any{}
	arg := func(v any) string {
		args = append(args, v)
		return fmt.Sprintf("$%d", len(args))
	}
	if f.Person != "" {
		p := arg(f.Person)
		where = append(where, "(atsugi_id = "+p+" OR mentor_id = "+p+")")
	}
	if f.Atsugi != "" {
		where = append(where, "atsugi_id = "+arg(f.Atsugi))
	}
	if f.Kind != "" {
		where = append(where, "kind = "+arg(f.Kind))
	}
	if f.Engagement != "" {
		where = append(where, "engagement_id = "+arg(f.Engagement))
	}
	if len(f.States) > 0 {
		var in []string
		for _, s := range f.States {
			in = append(in, arg(s))
		}
		where = append(where, "state IN ("+strings.Join(in, ", ")+")")
	}
	return strings.Join(where, " AND "), args
}

// cell numbers the five minutes that a moment is in.
func cell(at time.Time) int64 { return at.Unix() / int64(programme.Grid/time.Second) }

// longest is more than anything of a session takes.
const longest = 24 * time.Hour

// onGrid refuses time that cells cannot hold exactly: what is left over of one would be
// free for others.
func onGrid(o programme.Occupied) error {
	from, until := o.Span.From, o.Span.Until
	if !from.Truncate(programme.Grid).Equal(from) || !until.Truncate(programme.Grid).Equal(until) {
		return fmt.Errorf("db: %v to %v is not on the grid of %v", from, until, programme.Grid)
	}
	if length := until.Sub(from); length <= 0 || length > longest {
		return fmt.Errorf("db: a session takes %v of somebody's time", length)
	}
	return nil
}

// Occupy goes back to where it began when somebody else has some of the time: its caller
// may go on with the transaction.
func (t *tx) Occupy(holder programme.SessionID, times []programme.Occupied) error {
	for _, o := range times {
		if err := onGrid(o); err != nil {
			return err
		}
	}
	if _, err := t.exec(`SAVEPOINT occupy`); err != nil {
		return err
	}
	err := t.take(holder, times)
	if errors.Is(err, programme.ErrTaken) {
		if _, undo := t.exec(`ROLLBACK TO SAVEPOINT occupy`); undo != nil {
			return undo
		}
	} else if err != nil {
		return err
	}
	if _, release := t.exec(`RELEASE SAVEPOINT occupy`); release != nil {
		return release
	}
	return err
}

// take relies on the table's key: what somebody else has is not written, and then the
// rows do not add up.
func (t *tx) take(holder programme.SessionID, times []programme.Occupied) error {
	if _, err := t.exec(`DELETE FROM occupied WHERE session_id = $1`, holder); err != nil {
		return err
	}
	for _, o := range times {
		first, end := cell(o.Span.From), cell(o.Span.Until)
		n, err := t.exec(`WITH RECURSIVE cells (cell) AS (SELECT CAST($3 AS BIGINT) UNION ALL SELECT cell + 1 FROM cells WHERE cell + 1 < $4)
			INSERT INTO occupied (person_id, cell, session_id) SELECT $1, cell, $2 FROM cells WHERE true
			ON CONFLICT (person_id, cell) DO UPDATE SET session_id = excluded.session_id WHERE occupied.session_id = excluded.session_id`,
			o.Person, holder, first, end)
		if err != nil {
			return err
		}
		if n != end-first {
			return programme.ErrTaken
		}
	}
	return nil
}

func (t *tx) Occupied(p programme.PersonID, in programme.Span) ([]programme.Occupied, error) {
	cells, err := all(t.ctx, t.q, func(r row) (programme.Occupied, error) {
		o := programme.Occupied{Person: p}
		var n int64
		err := r.Scan(&n, &o.Holder)
		o.Span.From = time.Unix(n*int64(programme.Grid/time.Second), 0).UTC()
		o.Span.Until = o.Span.From.Add(programme.Grid)
		return o, err
	}, `SELECT cell, session_id FROM occupied WHERE person_id = $1 AND cell >= $2 AND cell < $3 ORDER BY cell`,
		p, cell(in.From), cell(in.Until.Add(programme.Grid-time.Nanosecond)))
	var out []programme.Occupied
	for _, c := range cells {
		if last := len(out) - 1; last >= 0 && out[last].Holder == c.Holder && out[last].Span.Until.Equal(c.Span.From) {
			out[last].Span.Until = c.Span.Until
			continue
		}
		out = append(out, c)
	}
	return out, err
}
