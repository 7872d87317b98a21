package db

import "tsugite/programme"

const overrideColumns = `subject, kind, occasion, action, coalesce(by_id, ''), at`

func scanOverride(r row) (o programme.Override, err error) {
	return o, r.Scan(&o.Subject, &o.Kind, &o.Occasion, &o.Action, &o.By, Time{&o.At})
}

func (t *tx) Overrides() ([]programme.Override, error) {
	return all(t.ctx, t.q, scanOverride, `SELECT `+overrideColumns+` FROM overrides ORDER BY subject, kind, occasion`)
}

func (t *tx) OverridesOf(subject string) ([]programme.Override, error) {
	return remembered(t, &t.overrides, subject, func() ([]programme.Override, error) {
		return all(t.ctx, t.q, scanOverride,
			`SELECT `+overrideColumns+` FROM overrides WHERE subject = $1 ORDER BY kind, occasion`, subject)
	})
}

func (t *tx) SetOverride(o programme.Override) error {
	_, err := t.exec(`INSERT INTO overrides (subject, kind, occasion, action, by_id, at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (subject, kind, occasion) DO UPDATE
		SET action = excluded.action, by_id = excluded.by_id, at = excluded.at`,
		o.Subject, o.Kind, o.Occasion, o.Action, orNull(o.By), stamp(o.At))
	return err
}

func (t *tx) DropOverride(subject string, kind programme.NoticeKind, occasion string) (dropped bool, err error) {
	n, err := t.exec(`DELETE FROM overrides WHERE subject = $1 AND kind = $2 AND occasion = $3`, subject, kind, occasion)
	return n > 0, err
}
