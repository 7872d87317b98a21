// Package dbtest opens databases for tests. They begin as a copy of one that was brought
// to this version once: the steps from an empty file are db's own to test, and take ten
// times as long as the rest of opening.
package dbtest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"tsugite/db"
)

// Open opens a new database, which is closed and gone when the test ends.
func Open(t testing.TB) *db.DB {
	t.Helper()
	blank, err := blank()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "tsugite.db")
	if err := os.WriteFile(path, blank, 0o600); err != nil {
		t.Fatal(err)
	}
	store, err := db.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

// blank is the file of a database of this version without a row.
var blank = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "tsugite-blank-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "blank.db")
	store, err := db.Open(context.Background(), path)
	if err != nil {
		return nil, err
	}
	if err := store.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})
