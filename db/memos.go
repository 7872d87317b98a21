package db

import (
	"fmt"
	"strings"

	"tsugite/programme"
)

// A memo's row with what its latest version says; memo_versions of another version is
// joined in its place by memoAs.
const memoColumns = `m.id, m.seq, m.kind, coalesce(m.atsugi_id, ''), coalesce(m.event_id, ''), coalesce(m.writer_id, ''),
	coalesce(m.session_id, ''), m.held, m.place, m.present, m.written_at, m.version, m.reviewed_at, coalesce(m.reviewed_by, ''),
	m.shared_at, m.shared_version, m.withdrawn_at, m.revision`

func scanMemo(r row) (programme.Memo, error) {
	var m programme.Memo
	err := r.Scan(&m.ID, &m.Seq, &m.Kind, &m.Atsugi, &m.Event, &m.Writer, &m.Session, &m.Held, &m.Place, &m.Present,
		Time{&m.Written}, &m.Version, Time{&m.Reviewed}, &m.ReviewedBy, Time{&m.Shared}, &m.SharedVersion,
		Time{&m.Withdrawn}, &m.Revision)
	return m, err
}

func (t *tx) CreateMemo(op string, m programme.Memo) error {
	err := once(t.exec(`INSERT INTO memos (id, seq, op, kind, atsugi_id, event_id, session_id, writer_id, held, place, present,
			written_at, version, reviewed_at, reviewed_by, shared_at, shared_version, withdrawn_at, revision)
		VALUES ($1, (SELECT coalesce(max(seq), 0) + 1 FROM memos), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12, $13, $14, $15, $16, 1)
		ON CONFLICT (op) DO NOTHING`,
		m.ID, op, m.Kind, orNull(m.Atsugi), orNull(m.Event), orNull(m.Session), orNull(m.Writer), m.Held, m.Place, m.Present,
		stamp(m.Written), stamp(m.Reviewed), orNull(m.ReviewedBy), stamp(m.Shared), m.SharedVersion, stamp(m.Withdrawn)))
	if err != nil {
		return err
	}
	m.Version = 1
	return t.addVersion(op, m, programme.MemoVersion{At: m.Written, By: m.Writer})
}

// addVersion keeps what m says as its version.
func (t *tx) addVersion(op string, m programme.Memo, v programme.MemoVersion) error {
	err := once(t.exec(`INSERT INTO memo_versions (memo_id, version, op, at, by_id, reason, held, place, present)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (op) DO NOTHING`,
		m.ID, m.Version, op, stamp(v.At), orNull(v.By), v.Reason, m.Held, m.Place, m.Present))
	if err != nil {
		return err
	}
	for i, p := range m.Parts {
		readers, err := asJSON(p.Readers)
		if err != nil {
			return err
		}
		if _, err := t.exec(`INSERT INTO memo_parts (memo_id, version, position, key, text, readers)
			VALUES ($1, $2, $3, $4, $5, $6)`, m.ID, m.Version, i, p.Key, p.Text, readers); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) AddMemoVersion(op string, m programme.Memo, v programme.MemoVersion) error {
	if err := t.addVersion(op, m, v); err != nil {
		return err
	}
	return t.SaveMemo(m)
}

func (t *tx) SaveMemo(m programme.Memo) error {
	return fresh(t.exec(`UPDATE memos SET held = $3, place = $4, present = $5, version = $6, reviewed_at = $7, reviewed_by = $8,
			shared_at = $9, shared_version = $10, withdrawn_at = $11, revision = revision + 1
		WHERE id = $1 AND revision = $2`,
		m.ID, m.Revision, m.Held, m.Place, m.Present, m.Version, stamp(m.Reviewed), orNull(m.ReviewedBy),
		stamp(m.Shared), m.SharedVersion, stamp(m.Withdrawn)))
}

func (t *tx) Memo(id programme.MemoID) (programme.Memo, error) {
	m, err := one(t.ctx, t.q, scanMemo, `SELECT `+memoColumns+` FROM memos m WHERE m.id = $1`, id)
	if err != nil {
		return m, err
	}
	parts, err := t.parts(`m.id = $1`, m.ID)
	m.Parts = parts[m.ID]
	return m, err
}

func (t *tx) MemoAsOf(id programme.MemoID, version int) (programme.Memo, error) {
	m, err := one(t.ctx, t.q, scanMemo, `SELECT `+memoColumns+` FROM memos m WHERE m.id = $1`, id)
	if err != nil {
		return m, err
	}
	m.Version = version
	if m, err = one(t.ctx, t.q, func(r row) (programme.Memo, error) {
		return m, r.Scan(&m.Held, &m.Place, &m.Present)
	}, `SELECT held, place, present FROM memo_versions WHERE memo_id = $1 AND version = $2`, id, version); err != nil {
		return m, err
	}
	m.Parts, err = all(t.ctx, t.q, scanPart, `SELECT key, text, readers FROM memo_parts
		WHERE memo_id = $1 AND version = $2 ORDER BY position`, id, version)
	return m, err
}

func scanPart(r row) (p programme.Part, err error) {
	return p, r.Scan(&p.Key, &p.Text, JSON{&p.Readers})
}

func (t *tx) MemoByOp(op string) (programme.Memo, error) {
	type wrote struct {
		id      programme.MemoID
		version int
	}
	w, err := one(t.ctx, t.q, func(r row) (w wrote, err error) { return w, r.Scan(&w.id, &w.version) },
		`SELECT memo_id, version FROM memo_versions WHERE op = $1`, op)
	if err != nil {
		return programme.Memo{}, err
	}
	return t.MemoAsOf(w.id, w.version)
}

func (t *tx) MemoVersions(id programme.MemoID) ([]programme.MemoVersion, error) {
	return all(t.ctx, t.q, func(r row) (v programme.MemoVersion, err error) {
		return v, r.Scan(&v.Version, Time{&v.At}, &v.By, &v.Reason)
	}, `SELECT version, at, coalesce(by_id, ''), reason FROM memo_versions WHERE memo_id = $1 ORDER BY version`, id)
}

// parts reads the parts of the latest version of the memos that match, in the order they
// were written.
func (t *tx) parts(where string, args ...any) (map[programme.MemoID][]programme.Part, error) {
	type line struct {
		memo programme.MemoID
		part programme.Part
	}
	lines, err := all(t.ctx, t.q, func(r row) (l line, err error) {
		return l, r.Scan(&l.memo, &l.part.Key, &l.part.Text, JSON{&l.part.Readers})
	}, `SELECT p.memo_id, p.key, p.text, p.readers FROM memos m JOIN memo_parts p ON p.memo_id = m.id AND p.version = m.version
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
	if f.NotAbout != "" {
		add(`m.atsugi_id IS NOT $%d`, f.NotAbout)
	}
	if f.Event != "" {
		add(`m.event_id = $%d`, f.Event)
	}
	if f.Session != "" {
		add(`m.session_id = $%d`, f.Session)
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
		conditions = append(conditions, `m.shared_version > 0`)
	}
	if f.Unshared {
		conditions = append(conditions, `m.shared_version < m.version`)
	}
	if f.Reviewed {
		conditions = append(conditions, `m.reviewed_at IS NOT NULL`)
	}
	if f.OpenTo != "" {
		add(`m.id IN (SELECT o.memo_id FROM memo_openings o WHERE o.organisation = $%d AND o.closed_at IS NULL)`, f.OpenTo)
	}
	if f.Unreviewed {
		conditions = append(conditions, `m.reviewed_at IS NULL`)
	}
	if !f.Withdrawn {
		conditions = append(conditions, `m.withdrawn_at IS NULL`)
	}
	return strings.Join(conditions, " AND "), args
}

func (t *tx) Memos(f programme.MemoFilter) ([]programme.Memo, error) {
	where, args := memoWhere(f)
	order := where + ` ORDER BY m.written_at DESC, m.id DESC`
	if f.Oldest {
		order = where + ` ORDER BY m.written_at, m.id`
	}
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
	ids, err := all(t.ctx, t.q, single[programme.SessionID], `SELECT session_id FROM memos WHERE session_id IS NOT NULL AND withdrawn_at IS NULL`)
	out := make(map[programme.SessionID]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out, err
}

func (t *tx) RecordReading(r programme.Reading) error {
	_, err := t.exec(`INSERT INTO readings (memo_id, person_id, version, at) VALUES ($1, $2, $3, $4)`,
		r.Memo, orNull(r.Person), r.Version, stamp(r.At))
	return err
}

func (t *tx) Readings(id programme.MemoID) ([]programme.Reading, error) {
	return all(t.ctx, t.q, func(r row) (v programme.Reading, err error) {
		return v, r.Scan(&v.Memo, &v.Person, &v.Version, Time{&v.At})
	}, `SELECT memo_id, coalesce(person_id, ''), version, at FROM readings WHERE memo_id = $1 ORDER BY at, rowid`, id)
}
