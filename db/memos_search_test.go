package db

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"tsugite/programme"
)

// TestMemosOfAnEarlierVersionAreSearched once they are indexed, a part at a time; what was
// indexed is not done again.
func TestMemosOfAnEarlierVersionAreSearched(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.db")
	stopAt(t, path, 5)
	pool, err := sql.Open("sqlite", dsn(path, writerOptions))
	if err != nil {
		t.Fatal(err)
	}
	const memos = 120 // more than are indexed at once
	for n := range memos {
		id := fmt.Sprintf("m%03d", n)
		if _, err := pool.Exec(`INSERT INTO memos (id, op, kind, atsugi_id, writer_id, held, written_at, version)
			VALUES ($1, $1, 'call', 'before', NULL, '2026-08-31', $2, 1)`, id, stamp(minutes(n))); err != nil {
			t.Fatal(err)
		}
		if _, err := pool.Exec(`INSERT INTO memo_parts (memo_id, position, key, text, readers)
			VALUES ($1, 0, 'advice', '登り窯の改善', '["office"]')`, id); err != nil {
			t.Fatal(err)
		}
	}
	if err := pool.Close(); err != nil {
		t.Fatal(err)
	}
	db := open(t, path)
	office := &programme.Office{Store: db, Now: func() time.Time { return t0 }, NewID: func() string { return "id" }}
	find := func() []programme.MemoID {
		return read(t, db, func(tx programme.Tx) ([]programme.MemoID, error) {
			found, _, err := tx.FindMemos(programme.MemoSearch{Words: []string{"改善", "窯"}, As: []programme.MemoMarks{{{"roffice"}}}, Limit: 200})
			return found, err
		})
	}
	if n := len(find()); n != 0 {
		t.Errorf("%d memos found before any was indexed", n)
	}
	for range 2 {
		if err := office.IndexMemos(t.Context()); err != nil {
			t.Fatal(err)
		}
		if found := find(); len(found) != memos || found[0] != "m119" || found[memos-1] != "m000" {
			t.Errorf("%d memos found, want %d, newest first: %v", len(found), memos, found)
		}
	}
	left := read(t, db, func(tx programme.Tx) ([]programme.MemoID, error) { return tx.MemosToIndex(1) })
	if len(left) != 0 {
		t.Errorf("left to index: %v", left)
	}
}
