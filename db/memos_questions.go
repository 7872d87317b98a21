package db

import (
	"time"

	"tsugite/programme"
)

func (t *tx) RecordReceipt(r programme.MemoReceipt) (bool, error) {
	n, err := t.exec(`INSERT INTO memo_receipts (memo_id, version, person_id, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
		r.Memo, r.Version, r.Person, stamp(r.At))
	return n > 0, err
}

func (t *tx) MemoReceipts(id programme.MemoID) ([]programme.MemoReceipt, error) {
	return all(t.ctx, t.q, func(r row) (v programme.MemoReceipt, err error) {
		return v, r.Scan(&v.Memo, &v.Version, &v.Person, Time{&v.At})
	}, `SELECT memo_id, version, person_id, at FROM memo_receipts WHERE memo_id = $1 ORDER BY at, person_id`, id)
}

const memoQuestionColumns = `id, memo_id, version, coalesce(by_id, ''), at, text, answer, answered_at, coalesce(answered_by, '')`

func scanMemoQuestion(r row) (q programme.MemoQuestion, err error) {
	return q, r.Scan(&q.ID, &q.Memo, &q.Version, &q.By, Time{&q.At}, &q.Text, &q.Answer, Time{&q.Answered}, &q.AnsweredBy)
}

func (t *tx) CreateMemoQuestion(op string, q programme.MemoQuestion) error {
	return once(t.exec(`INSERT INTO memo_questions (id, op, memo_id, version, by_id, at, text, answer) VALUES ($1, $2, $3, $4, $5, $6, $7, '')
		ON CONFLICT (op) DO NOTHING`, q.ID, op, q.Memo, q.Version, orNull(q.By), stamp(q.At), q.Text))
}

func (t *tx) MemoQuestion(id programme.MemoQuestionID) (programme.MemoQuestion, error) {
	return one(t.ctx, t.q, scanMemoQuestion, `SELECT `+memoQuestionColumns+` FROM memo_questions WHERE id = $1`, id)
}

func (t *tx) MemoQuestionByOp(op string) (programme.MemoQuestion, error) {
	return one(t.ctx, t.q, scanMemoQuestion, `SELECT `+memoQuestionColumns+` FROM memo_questions WHERE op = $1`, op)
}

func (t *tx) MemoQuestions(id programme.MemoID) ([]programme.MemoQuestion, error) {
	return all(t.ctx, t.q, scanMemoQuestion, `SELECT `+memoQuestionColumns+` FROM memo_questions WHERE memo_id = $1 ORDER BY at, id`, id)
}

func (t *tx) OpenMemoQuestions(notAbout programme.PersonID, limit int) ([]programme.MemoQuestion, error) {
	return all(t.ctx, t.q, scanMemoQuestion, `SELECT `+memoQuestionColumns+` FROM memo_questions WHERE answered_at IS NULL
		AND memo_id IN (SELECT id FROM memos WHERE withdrawn_at IS NULL AND ($1 = '' OR coalesce(atsugi_id, '') <> $1))
		ORDER BY at, id LIMIT $2`, notAbout, limit)
}

func (t *tx) AnswerMemoQuestion(id programme.MemoQuestionID, answer string, by programme.PersonID, at time.Time) error {
	return fresh(t.exec(`UPDATE memo_questions SET answer = $2, answered_by = $3, answered_at = $4
		WHERE id = $1 AND answered_at IS NULL`, id, answer, orNull(by), stamp(at)))
}

func (t *tx) RecordWithdrawal(w programme.MemoWithdrawal) error {
	_, err := t.exec(`INSERT INTO memo_withdrawals (memo_id, by_id, at, reason) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
		w.Memo, orNull(w.By), stamp(w.At), w.Reason)
	return err
}

func (t *tx) Withdrawal(id programme.MemoID) (programme.MemoWithdrawal, error) {
	return one(t.ctx, t.q, func(r row) (w programme.MemoWithdrawal, err error) {
		return w, r.Scan(&w.Memo, &w.By, Time{&w.At}, &w.Reason)
	}, `SELECT memo_id, coalesce(by_id, ''), at, reason FROM memo_withdrawals WHERE memo_id = $1`, id)
}
