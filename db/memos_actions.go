package db

import "tsugite/programme"

const actionColumns = `a.id, a.memo_id, a.position, a.atsugi_id, a.whose, a.what, a.until, a.state, a.said_at`

func scanAction(r row) (a programme.MemoAction, err error) {
	return a, r.Scan(&a.ID, &a.Memo, &a.Position, &a.Atsugi, &a.Whose, &a.What, &a.Until, &a.State, Time{&a.Said})
}

func (t *tx) SaveMemoAction(a programme.MemoAction) error {
	_, err := t.exec(`INSERT INTO memo_actions (id, memo_id, position, atsugi_id, whose, what, until, state, said_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (id) DO UPDATE SET position = $3, whose = $5, what = $6, until = $7, state = $8, said_at = $9`,
		a.ID, a.Memo, a.Position, a.Atsugi, a.Whose, a.What, a.Until, a.State, stamp(a.Said))
	return err
}

func (t *tx) MemoAction(id programme.ActionID) (programme.MemoAction, error) {
	return one(t.ctx, t.q, scanAction, `SELECT `+actionColumns+` FROM memo_actions a WHERE a.id = $1`, id)
}

func (t *tx) ActionsOf(id programme.MemoID) ([]programme.MemoAction, error) {
	return all(t.ctx, t.q, scanAction, `SELECT `+actionColumns+` FROM memo_actions a
		WHERE a.memo_id = $1 AND a.state <> 'gone' ORDER BY a.position`, id)
}

func (t *tx) ActionsAbout(atsugi programme.PersonID) ([]programme.MemoAction, error) {
	return all(t.ctx, t.q, scanAction, `SELECT `+actionColumns+` FROM memo_actions a JOIN memos m ON m.id = a.memo_id
		WHERE a.atsugi_id = $1 AND a.state <> 'gone' ORDER BY m.seq DESC, a.position`, atsugi)
}
