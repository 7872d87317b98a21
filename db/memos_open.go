package db

import (
	"time"

	"tsugite/programme"
)

func (t *tx) Openings(id programme.MemoID) ([]programme.Opening, error) {
	return all(t.ctx, t.q, func(r row) (v programme.Opening, err error) {
		return v, r.Scan(&v.Memo, &v.Organisation, &v.Version, Time{&v.At}, Time{&v.Closed})
	}, `SELECT memo_id, organisation, version, at, closed_at FROM memo_openings WHERE memo_id = $1 ORDER BY at, organisation`, id)
}

func (t *tx) OpenMemoTo(v programme.Opening) error {
	if err := t.CloseMemoTo(v.Memo, v.Organisation, v.At); err != nil {
		return err
	}
	_, err := t.exec(`INSERT INTO memo_openings (memo_id, organisation, version, at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (memo_id, organisation, at) DO UPDATE SET version = $3, closed_at = NULL`, v.Memo, v.Organisation, v.Version, stamp(v.At))
	return err
}

func (t *tx) CloseMemoTo(id programme.MemoID, organisation string, at time.Time) error {
	_, err := t.exec(`UPDATE memo_openings SET closed_at = $3 WHERE memo_id = $1 AND organisation = $2 AND closed_at IS NULL`,
		id, organisation, stamp(at))
	return err
}
