package db

import "tsugite/programme"

func (t *tx) AddConsentQuestion(q programme.ConsentQuestion) error {
	return once(t.exec(`INSERT INTO consent_questions (op, publication_id, person_id, at, text) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (op) DO NOTHING`, q.Op, q.Publication, q.Person, stamp(q.At), q.Text))
}

func (t *tx) ConsentQuestions(id programme.PublicationID) ([]programme.ConsentQuestion, error) {
	return all(t.ctx, t.q, func(r row) (q programme.ConsentQuestion, err error) {
		return q, r.Scan(&q.Op, &q.Publication, &q.Person, Time{&q.At}, &q.Text)
	}, `SELECT op, publication_id, person_id, at, text FROM consent_questions WHERE publication_id = $1 ORDER BY at, op`, id)
}
