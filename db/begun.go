package db

import (
	"context"
	"time"
)

// Begun is when the programme began to be kept in this database: now, if this is
// the first time that anybody asks. What was due before is history.
func (db *DB) Begun(ctx context.Context, now time.Time) (time.Time, error) {
	return batched(ctx, db.batch, func(ctx context.Context, q querier) (time.Time, error) {
		if _, err := exec(ctx, q, `INSERT INTO moments (name, at) VALUES ('begun', $1) ON CONFLICT (name) DO NOTHING`, stamp(now)); err != nil {
			return time.Time{}, err
		}
		return one(ctx, q, func(r row) (t time.Time, err error) { return t, r.Scan(Time{&t}) }, `SELECT at FROM moments WHERE name = 'begun'`)
	})
}
