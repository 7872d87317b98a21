package db

import (
	"errors"

	"tsugite/programme"
)

const engagementColumns = `id, atsugi_id, mentor_id, coalesce(survey_id, ''), sessions, made_at, coalesce(by_id, ''), ended_at, version`

func scanEngagement(r row) (programme.Engagement, error) {
	var e programme.Engagement
	err := r.Scan(&e.ID, &e.Atsugi, &e.Mentor, &e.Survey, &e.Sessions, Time{&e.Made}, &e.By, Time{&e.Ended}, &e.Version)
	return e, err
}

func (t *tx) CreateEngagement(op string, e programme.Engagement) error {
	t.people = nil // they carry who is engaged
	_, err := one(t.ctx, t.q, single[string], `SELECT id FROM engagements
		WHERE mentor_id = $1 AND atsugi_id = $2 AND ended_at IS NULL AND op <> $3`, e.Mentor, e.Atsugi, op)
	if err == nil {
		return programme.ErrTaken
	}
	if !errors.Is(err, programme.ErrNoRow) {
		return err
	}
	return once(t.exec(`INSERT INTO engagements (id, op, atsugi_id, mentor_id, survey_id, sessions, made_at, by_id, ended_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1) ON CONFLICT (op) DO NOTHING`,
		e.ID, op, e.Atsugi, e.Mentor, orNull(e.Survey), e.Sessions, stamp(e.Made), orNull(e.By), stamp(e.Ended)))
}

func (t *tx) Engagement(id programme.EngagementID) (programme.Engagement, error) {
	return t.engagement(`id = $1`, id)
}

func (t *tx) EngagementByOp(op string) (programme.Engagement, error) {
	return t.engagement(`op = $1`, op)
}

func (t *tx) engagement(where string, arg any) (programme.Engagement, error) {
	return one(t.ctx, t.q, scanEngagement, `SELECT `+engagementColumns+` FROM engagements WHERE `+where, arg)
}

func (t *tx) Engagements() ([]programme.Engagement, error) {
	return all(t.ctx, t.q, scanEngagement, `SELECT `+engagementColumns+` FROM engagements
		ORDER BY ended_at IS NOT NULL, made_at DESC, id DESC`)
}

func (t *tx) SaveEngagement(e programme.Engagement) error {
	t.people = nil
	return fresh(t.exec(`UPDATE engagements SET sessions = $2, ended_at = $3, version = version + 1
		WHERE id = $1 AND version = $4`, e.ID, e.Sessions, stamp(e.Ended), e.Version))
}
