package db

import (
	"fmt"
	"strings"

	"tsugite/programme"
)

const sessionColumns = `id, kind, coalesce(engagement_id, ''), atsugi_id, mentor_id, state, start_at, end_at, mode, place, url, topic, stage, bring, avoid,
	contest, requested, proposal, last_change, moves, reason, atsugi_says, mentor_says, office_says, next, to_office, papers, made_at, coalesce(by_id, ''), seq, version`

func scanSession(r row) (programme.Session, error) {
	var s programme.Session
	err := r.Scan(&s.ID, &s.Kind, &s.Engagement, &s.Atsugi, &s.Mentor, &s.State, Time{&s.Span.From}, Time{&s.Span.Until},
		&s.Mode, &s.Place, &s.URL, &s.Topic, &s.Stage, &s.Bring, &s.Avoid, &s.Contest, &s.Requested, JSON{&s.Proposal}, JSON{&s.Last}, &s.Moves, &s.Reason,
		&s.AtsugiSays, &s.MentorSays, &s.OfficeSays, &s.Next, &s.ToOffice, JSON{&s.Papers}, Time{&s.Made}, &s.By, &s.Seq, &s.Version)
	return s, err
}

func (t *tx) CreateSession(op string, s programme.Session) error {
	proposal, last, papers, err := sessionJSON(s)
	if err != nil {
		return err
	}
	return once(t.exec(`INSERT INTO sessions (id, op, kind, engagement_id, atsugi_id, mentor_id, state, start_at, end_at, mode, place, url,
			topic, stage, bring, avoid, contest, requested, proposal, lapses_at, moves, reason, atsugi_says, mentor_says, office_says, next, to_office,
			papers, made_at, by_id, seq, version, last_change)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
			$27, $28, $29, $30, $31, 1, $32)
		ON CONFLICT (op) DO NOTHING`,
		s.ID, op, s.Kind, orNull(s.Engagement), s.Atsugi, s.Mentor, s.State, stamp(s.Span.From), stamp(s.Span.Until), s.Mode, s.Place, s.URL,
		s.Topic, s.Stage, s.Bring, s.Avoid, s.Contest, s.Requested, proposal, stamp(s.Proposal.Lapses()), s.Moves, s.Reason, s.AtsugiSays, s.MentorSays,
		s.OfficeSays, s.Next, s.ToOffice, papers, stamp(s.Made), orNull(s.By), s.Seq, last))
}

func sessionJSON(s programme.Session) (proposal, last, papers string, err error) {
	if proposal, err = asJSON(s.Proposal); err == nil {
		last, err = asJSON(s.Last)
	}
	if err == nil {
		papers, err = asJSON(s.Papers)
	}
	return proposal, last, papers, err
}

func (t *tx) SaveSession(s programme.Session) error {
	proposal, last, papers, err := sessionJSON(s)
	if err != nil {
		return err
	}
	return fresh(t.exec(`UPDATE sessions SET state = $2, start_at = $3, end_at = $4, mode = $5, place = $6, url = $7, topic = $8, stage = $9,
			bring = $10, avoid = $11, contest = $12, requested = $13, proposal = $14, moves = $15, reason = $16, atsugi_says = $17,
			mentor_says = $18, office_says = $19, next = $20, to_office = $21, papers = $22, seq = $23, lapses_at = $24, kind = $26, engagement_id = $27,
			last_change = $28,
			version = version + 1
		WHERE id = $1 AND version = $25`,
		s.ID, s.State, stamp(s.Span.From), stamp(s.Span.Until), s.Mode, s.Place, s.URL, s.Topic, s.Stage, s.Bring, s.Avoid,
		s.Contest, s.Requested, proposal, s.Moves, s.Reason, s.AtsugiSays, s.MentorSays, s.OfficeSays, s.Next,
		s.ToOffice, papers, s.Seq, stamp(s.Proposal.Lapses()), s.Version, s.Kind, orNull(s.Engagement), last))
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
	if f.Mentor != "" {
		where = append(where, "mentor_id = "+arg(f.Mentor))
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
	if !f.Since.IsZero() {
		since := arg(stamp(f.Since))
		where = append(where, "(start_at >= "+since+" OR lapses_at >= "+since+")")
	}
	if !f.WithoutLapsedAt.IsZero() {
		where = append(where, "(state <> 'open' OR lapses_at IS NULL OR lapses_at > "+arg(stamp(f.WithoutLapsedAt))+")")
	}
	if !f.MadeAfter.IsZero() {
		where = append(where, "made_at > "+arg(stamp(f.MadeAfter)))
	}
	return strings.Join(where, " AND "), args
}
