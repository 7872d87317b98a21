package db

import (
	"time"

	"tsugite/programme"
)

func (t *tx) UnwrittenSessions(since time.Time) ([]programme.Session, error) {
	return all(t.ctx, t.q, scanSession, `SELECT `+sessionColumns+` FROM sessions
		WHERE state IN ('booked', 'held') AND ($1 IS NULL OR end_at >= $1)
			AND NOT EXISTS (SELECT 1 FROM memos m WHERE m.session_id = sessions.id AND m.withdrawn_at IS NULL)
		ORDER BY end_at, id`, stamp(since))
}

func (t *tx) EventsWithMemo() (map[programme.EventID]bool, error) {
	ids, err := all(t.ctx, t.q, single[programme.EventID],
		`SELECT e.id FROM events e WHERE EXISTS (SELECT 1 FROM memos m WHERE m.event_id = e.id AND m.withdrawn_at IS NULL)`)
	out := make(map[programme.EventID]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out, err
}

func (t *tx) HasMemo(id programme.SessionID) (bool, error) {
	return one(t.ctx, t.q, single[bool],
		`SELECT EXISTS (SELECT 1 FROM memos WHERE session_id = $1 AND withdrawn_at IS NULL)`, id)
}
