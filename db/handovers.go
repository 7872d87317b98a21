package db

import "tsugite/programme"

const handoverColumns = `id, organisation, from_id, coalesce(to_id, ''), name, kana, email, coalesce(by_id, ''), at, state, since, version`

func scanHandover(r row) (h programme.Handover, err error) {
	return h, r.Scan(&h.ID, &h.Organisation, &h.From, &h.To, &h.Name, &h.Kana, &h.Email, &h.By, Time{&h.At}, &h.State,
		Time{&h.Since}, &h.Version)
}

func (t *tx) CreateHandover(op string, h programme.Handover) error {
	return once(t.exec(`INSERT INTO handovers (id, op, organisation, from_id, to_id, name, kana, email, by_id, at, state, since, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1) ON CONFLICT (op) DO NOTHING`,
		h.ID, op, h.Organisation, h.From, orNull(h.To), h.Name, h.Kana, h.Email, orNull(h.By), stamp(h.At), h.State, stamp(h.Since)))
}

func (t *tx) Handover(id programme.HandoverID) (programme.Handover, error) {
	return one(t.ctx, t.q, scanHandover, `SELECT `+handoverColumns+` FROM handovers WHERE id = $1`, id)
}

func (t *tx) HandoverByOp(op string) (programme.Handover, error) {
	return one(t.ctx, t.q, scanHandover, `SELECT `+handoverColumns+` FROM handovers WHERE op = $1`, op)
}

func (t *tx) Handovers() ([]programme.Handover, error) {
	return all(t.ctx, t.q, scanHandover, `SELECT `+handoverColumns+` FROM handovers ORDER BY at, id`)
}

func (t *tx) SaveHandover(h programme.Handover) error {
	return fresh(t.exec(`UPDATE handovers SET to_id = $3, name = $4, kana = $5, email = $6, state = $7, since = $8,
		version = version + 1 WHERE id = $1 AND version = $2`,
		h.ID, h.Version, orNull(h.To), h.Name, h.Kana, h.Email, h.State, stamp(h.Since)))
}
