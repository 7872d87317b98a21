package db

import (
	"time"

	"tsugite/programme"
)

func (t *tx) Held() (held bool, why string, err error) {
	found, err := all(t.ctx, t.q, single[string], `SELECT why FROM switches WHERE name = 'hold' AND is_on = 1`)
	if err != nil || len(found) == 0 {
		return false, "", err
	}
	return true, found[0], nil
}

// SetHold stops Claim until somebody says go.
func (t *tx) SetHold(why string) error {
	_, err := t.exec(`INSERT INTO switches (name, is_on, why) VALUES ('hold', $1, $2)
		ON CONFLICT (name) DO UPDATE SET is_on = excluded.is_on, why = excluded.why`, why != "", why)
	return err
}

// late is the condition of the index deliveries_late: a quarter of an hour.
const late = `state = 'sent' AND CAST(slack_ts AS REAL) > unixepoch(due_at) + 900`

// LateDeliveries counts those that wait and those that arrived apart: each is found
// by an index of its own.
func (t *tx) LateDeliveries(now time.Time, limit int) ([]programme.Delivery, int, error) {
	const waiting = `state IN ('pending', 'sending') AND slack_ts = '' AND due_at < $1`
	before := stamp(now.Add(-programme.LateAfter))
	n, err := one(t.ctx, t.q, single[int], `SELECT (SELECT count(*) FROM deliveries WHERE `+waiting+`)
		+ (SELECT count(*) FROM deliveries INDEXED BY deliveries_late WHERE `+late+`)`, before)
	if err != nil {
		return nil, 0, err
	}
	ds, err := all(t.ctx, t.q, scanDelivery, `SELECT `+deliveryColumns+` FROM deliveries WHERE `+waiting+
		` ORDER BY id DESC LIMIT $2`, before, limit)
	if err != nil || len(ds) >= limit {
		return ds, n, err
	}
	arrived, err := all(t.ctx, t.q, scanDelivery, `SELECT `+deliveryColumns+` FROM deliveries INDEXED BY deliveries_late
		WHERE `+late+` ORDER BY id DESC LIMIT $1`, limit-len(ds))
	return append(ds, arrived...), n, err
}
