package db

import (
	"database/sql"
	"path/filepath"
	"testing"

	"tsugite/programme"
)

// oldMemos are two memos as version 5 kept them: one shared, read, with parts and of a
// session; one that is none of these, written before it.
const oldMemos = `
INSERT INTO sessions (id, op, kind, engagement_id, atsugi_id, mentor_id, state, start_at, end_at, mode, place, url, topic, stage,
	bring, avoid, contest, requested, proposal, last_change, lapses_at, moves, reason, atsugi_says, mentor_says, office_says,
	next, to_office, papers, made_at, by_id, seq, version)
VALUES ('s', 'ops', 'between', NULL, 'before', 'before', 'held', $1, $2, '', '', '', '', '', '', '', 0, 0, '{}', '{}', NULL, 0, '',
	'', '', '', '', '', '{}', $1, NULL, 0, 1);
INSERT INTO memos (id, op, kind, atsugi_id, writer_id, held, written_at, shared_at, version, session_id)
VALUES ('b', 'op-b', 'session', 'before', 'before', '2026-08-31', $2, $3, 7, 's'),
	('a', 'op-a', 'call', 'before', NULL, '2026-08-30', $1, NULL, 1, NULL);
INSERT INTO memo_parts (memo_id, position, key, text, readers)
VALUES ('b', 0, 'situation', '  現状「」' || char(10) || '二行', '["mentor","office","bureau"]'),
	('b', 1, 'confidential', '取扱注意', '["mentor","office"]'), ('a', 0, 'advice', '助言', '["participant","office"]');
INSERT INTO readings (memo_id, person_id, at) VALUES ('b', 'before', $3), ('b', NULL, $3)`

// TestMemosOfAnEarlierVersionComeThroughVerbatim, as their first version.
func TestMemosOfAnEarlierVersionComeThroughVerbatim(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.db")
	stopAt(t, path, 5)
	pool, err := sql.Open("sqlite", dsn(path, writerOptions))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec(oldMemos, stamp(t0), stamp(minutes(60)), stamp(minutes(90))); err != nil {
		t.Fatal(err)
	}
	if err := pool.Close(); err != nil {
		t.Fatal(err)
	}
	db := open(t, path)
	if bad := must[[]string](t)(all(t.Context(), db.writer, single[string], `SELECT "table" FROM pragma_foreign_key_check`)); len(bad) > 0 {
		t.Errorf("rows lead nowhere: %v", bad)
	}
	shared := programme.Memo{
		ID: "b", Seq: 2, Kind: programme.OfSession, Atsugi: "before", Writer: "before", Session: "s", Held: "2026-08-31",
		Written: minutes(60), Version: 1, Reviewed: minutes(90), Shared: minutes(90), SharedVersion: 1, Revision: 7,
		Parts: []programme.Part{
			{Key: "situation", Text: "  現状「」\n二行", Readers: []programme.Reader{programme.ReadMentor, programme.ReadOffice, programme.ReadBureau}},
			{Key: programme.Confidential, Text: "取扱注意", Readers: []programme.Reader{programme.ReadMentor, programme.ReadOffice}},
		},
	}
	exact(t, read(t, db, func(tx programme.Tx) ([]programme.Memo, error) { return tx.Memos(programme.MemoFilter{}) }), []programme.Memo{shared, {
		ID: "a", Seq: 1, Kind: programme.OfCall, Atsugi: "before", Held: "2026-08-30", Written: t0, Version: 1, Revision: 1,
		Parts: []programme.Part{{Key: "advice", Text: "助言", Readers: []programme.Reader{programme.ReadParticipant, programme.ReadOffice}}},
	}})
	exact(t, read(t, db, func(tx programme.Tx) (programme.Memo, error) { return tx.MemoByOp("op-b") }), shared)
	exact(t, read(t, db, func(tx programme.Tx) ([]programme.MemoVersion, error) { return tx.MemoVersions("b") }),
		[]programme.MemoVersion{{Version: 1, At: minutes(60), By: "before"}})
	exact(t, read(t, db, func(tx programme.Tx) ([]programme.Reading, error) { return tx.Readings("b") }), []programme.Reading{
		{Memo: "b", Version: 1, Person: "before", At: minutes(90)}, {Memo: "b", Version: 1, At: minutes(90)},
	})
	exact(t, read(t, db, func(tx programme.Tx) (map[programme.SessionID]bool, error) { return tx.SessionsWithMemo() }),
		map[programme.SessionID]bool{"s": true})
}
