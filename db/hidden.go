package db

import "tsugite/programme"

func (t *tx) HiddenFrom(person programme.PersonID) ([]programme.HiddenEntry, error) {
	return all(t.ctx, t.q, func(r row) (e programme.HiddenEntry, err error) {
		return e, r.Scan(&e.Hidden, Time{&e.At}, &e.By)
	}, `SELECT other, at, coalesce(entered_by, '') FROM hidden_from WHERE person_id = $1 ORDER BY at, other`, person)
}

func (t *tx) Hide(person programme.PersonID, e programme.HiddenEntry) error {
	_, err := t.exec(`INSERT INTO hidden_from (person_id, other, at, entered_by) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
		person, e.Hidden, stamp(e.At), orNull(e.By))
	return err
}

func (t *tx) Unhide(person programme.PersonID, h programme.Hidden) error {
	_, err := t.exec(`DELETE FROM hidden_from WHERE person_id = $1 AND other = $2`, person, h)
	return err
}
