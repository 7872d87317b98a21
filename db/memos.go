package db

import (
	"fmt"
	"strings"
	"time"

	"tsugite/programme"
)

const memoColumns = `m.id, m.kind, m.atsugi_id, coalesce(m.writer_id, ''), m.held, m.written_at, m.shared_at, m.version,
	coalesce(m.session_id, '')`

func scanMemo(r row) (programme.Memo, error) {
	var m programme.Memo
	err := r.Scan(&m.ID, &m.Kind, &m.Atsugi, &m.Writer, &m.Held, Time{&m.Written}, Time{&m.Shared}, &m.Version, &m.Session)
	return m, err
}

func (t *tx) CreateMemo(op string, m programme.Memo) error {
	err := once(t.exec(`INSERT INTO memos (id, op, kind, atsugi_id, writer_id, held, written_at, shared_at, session_id, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1) ON CONFLICT (op) DO NOTHING`,
		m.ID, op, m.Kind, m.Atsugi, orNull(m.Writer), m.Held, stamp(m.Written), stamp(m.Shared), orNull(m.Session)))
	if err != nil {
		return err
	}
	for i, p := range m.Parts {
		readers, err := asJSON(p.Readers)
		if err != nil {
			return err
		}
		if _, err := t.exec(`INSERT INTO memo_parts (memo_id, position, key, text, readers)
			VALUES ($1, $2, $3, $4, $5)`, m.ID, i, p.Key, p.Text, readers); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) Memo(id programme.MemoID) (programme.Memo, error) { return t.memo(`m.id = $1`, id) }

func (t *tx) MemoByOp(op string) (programme.Memo, error) { return t.memo(`m.op = $1`, op) }

func (t *tx) memo(where string, arg any) (programme.Memo, error) {
	m, err := one(t.ctx, t.q, scanMemo, `SELECT `+memoColumns+` FROM memos m WHERE `+where, arg)
	if err != nil {
		return m, err
	}
	parts, err := t.parts(`m.id = $1`, m.ID)
	m.Parts = parts[m.ID]
	return m, err
}

// parts reads the parts of the memos that match, in the order they were written.
func (t *tx) parts(where string, args ...any) (map[programme.MemoID][]programme.Part, error) {
	type line struct {
		memo programme.MemoID
		part programme.Part
	}
	lines, err := all(t.ctx, t.q, func(r row) (l line, err error) {
		return l, r.Scan(&l.memo, &l.part.Key, &l.part.Text, JSON{&l.part.Readers})
	}, `SELECT p.memo_id, p.key, p.text, p.readers FROM memos m JOIN memo_parts p ON p.memo_id = m.id
		WHERE `+where+` ORDER BY p.memo_id, p.position`, args...)
	byMemo := make(map[programme.MemoID][]programme.Part)
	for _, l := range lines {
		byMemo[l.memo] = append(byMemo[l.memo], l.part)
	}
	return byMemo, err
}

// memoWhere is the filter as a condition on m and its arguments.
func memoWhere(f programme.MemoFilter) (string, []any) {
	conditions, args := []string{"1 = 1"}, []any(nil)
	add := func(condition string, arg any) {
		args = append(args, arg)
		conditions = append(conditions, fmt.Sprintf(condition, len(args)))
	}
	if f.Atsugi != "" {
		add(`m.atsugi_id = $%d`, f.Atsugi)
	}
	if f.Mentor != "" {
		add(`m.atsugi_id IN (SELECT a.atsugi_id FROM assignments a WHERE a.mentor_id = $%[1]d
			UNION SELECT e.atsugi_id FROM engagements e WHERE e.mentor_id = $%[1]d AND e.ended_at IS NULL)`, f.Mentor)
	}
	if f.Writer != "" {
		add(`m.writer_id = $%d`, f.Writer)
	}
	if f.Kind != "" {
		add(`m.kind = $%d`, f.Kind)
	}
	if f.NoSession {
		conditions = append(conditions, `m.session_id IS NULL`)
	}
	if f.OnlyShared {
		conditions = append(conditions, `m.shared_at IS NOT NULL`)
	}
	if f.Unshared {
		conditions = append(conditions, `m.shared_at IS NULL`)
	}
	return strings.Join(conditions, " AND "), args
}

func (t *tx) Memos(f programme.MemoFilter) ([]programme.Memo, error) {
	where, args := memoWhere(f)
	order := where + ` ORDER BY m.written_at DESC, m.id DESC`
	if f.Limit > 0 {
		args = append(args, f.Limit)
		order += fmt.Sprintf(` LIMIT $%d`, len(args))
	}
	memos, err := all(t.ctx, t.q, scanMemo, `SELECT `+memoColumns+` FROM memos m WHERE `+order, args...)
	if err != nil {
		return nil, err
	}
	parts, err := t.parts(`m.id IN (SELECT m.id FROM memos m WHERE `+order+`)`, args...)
	for i := range memos {
		memos[i].Parts = parts[memos[i].ID]
	}
	return memos, err
}

// CountMemos counts what the filter names; its Limit does not matter.
func (t *tx) CountMemos(f programme.MemoFilter) (int, error) {
	where, args := memoWhere(f)
	return one(t.ctx, t.q, single[int], `SELECT count(*) FROM memos m WHERE `+where, args...)
}

func (t *tx) SessionsWithMemo() (map[programme.SessionID]bool, error) {
	ids, err := all(t.ctx, t.q, single[programme.SessionID], `SELECT session_id FROM memos WHERE session_id IS NOT NULL`)
	out := make(map[programme.SessionID]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out, err
}

func (t *tx) ShareMemo(id programme.MemoID, at time.Time) (done bool, err error) {
	n, err := t.exec(`UPDATE memos SET shared_at = $2, version = version + 1 WHERE id = $1 AND shared_at IS NULL`,
		id, stamp(at))
	if err != nil || n > 0 {
		return n > 0, err
	}
	_, err = one(t.ctx, t.q, single[string], `SELECT id FROM memos WHERE id = $1`, id)
	return false, err // shared before, or ErrNoRow
}

func (t *tx) RecordReading(r programme.Reading) error {
	_, err := t.exec(`INSERT INTO readings (memo_id, person_id, at) VALUES ($1, $2, $3)`,
		r.Memo, orNull(r.Person), stamp(r.At))
	return err
}

func (t *tx) Readings(id programme.MemoID) ([]programme.Reading, error) {
	return all(t.ctx, t.q, func(r row) (v programme.Reading, err error) {
		return v, r.Scan(&v.Memo, &v.Person, Time{&v.At})
	}, `SELECT memo_id, coalesce(person_id, ''), at FROM readings WHERE memo_id = $1 ORDER BY at, rowid`, id)
}
