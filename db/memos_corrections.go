package db

import "tsugite/programme"

const correctionColumns = `id, memo_id, by_id, coalesce(entered_by, ''), at, text, decision, reason, decided_at, coalesce(decided_by, ''), made_version`

// correctionOpen is programme.Correction.Open, as the index of open ones has it.
const correctionOpen = `decision <> 'no' AND made_version = 0`

func scanCorrection(r row) (k programme.Correction, err error) {
	return k, r.Scan(&k.ID, &k.Memo, &k.By, &k.EnteredBy, Time{&k.At}, &k.Text, &k.State, &k.Reason, Time{&k.Decided}, &k.DecidedBy, &k.Made)
}

func (t *tx) CreateCorrection(op string, k programme.Correction) error {
	return once(t.exec(`INSERT INTO memo_corrections (id, op, memo_id, by_id, entered_by, at, text, decision, reason, decided_at, decided_by, made_version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (op) DO NOTHING`,
		k.ID, op, k.Memo, k.By, orNull(k.EnteredBy), stamp(k.At), k.Text, k.State, k.Reason, stamp(k.Decided), orNull(k.DecidedBy), k.Made))
}

func (t *tx) CorrectionByOp(op string) (programme.Correction, error) {
	return one(t.ctx, t.q, scanCorrection, `SELECT `+correctionColumns+` FROM memo_corrections WHERE op = $1`, op)
}

func (t *tx) Correction(id programme.CorrectionID) (programme.Correction, error) {
	return one(t.ctx, t.q, scanCorrection, `SELECT `+correctionColumns+` FROM memo_corrections WHERE id = $1`, id)
}

func (t *tx) DecideCorrection(k programme.Correction) error {
	return fresh(t.exec(`UPDATE memo_corrections SET decision = $2, reason = $3, decided_at = $4, decided_by = $5, made_version = $6
		WHERE id = $1 AND `+correctionOpen, k.ID, k.State, k.Reason, stamp(k.Decided), orNull(k.DecidedBy), k.Made))
}

func (t *tx) CorrectionsOf(id programme.MemoID) ([]programme.Correction, error) {
	return all(t.ctx, t.q, scanCorrection, `SELECT `+correctionColumns+` FROM memo_corrections WHERE memo_id = $1 ORDER BY at, id`, id)
}

func (t *tx) OpenCorrections(limit int) ([]programme.Correction, error) {
	return all(t.ctx, t.q, scanCorrection, `SELECT `+correctionColumns+` FROM memo_corrections
		WHERE `+correctionOpen+` AND memo_id NOT IN (SELECT id FROM memos WHERE withdrawn_at IS NOT NULL)
		ORDER BY at, id LIMIT $1`, limit)
}
