// Package dbtest opens databases for tests. They begin as a copy of one that was brought
// to this version once: the steps from an empty file are db's own to test, and take ten
// times as long as the rest of opening. They lie in memory where the machine lets files
// do so: a disk that is asked to keep every transaction for good is most of what tests
// would wait for, and what a power cut leaves is not what they are about.
package dbtest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"tsugite/db"
)

// Open opens a new database, which is closed and gone when the test ends.
func Open(t testing.TB) *db.DB {
	t.Helper()
	return open(t, File(t))
}

// Filled opens databases that begin with what fill wrote into the first of them.
func Filled(fill func(*db.DB) error) func(testing.TB) *db.DB {
	file := sync.OnceValues(func() ([]byte, error) { return made(fill) })
	return func(t testing.TB) *db.DB {
		t.Helper()
		return open(t, copied(t, file))
	}
}

func open(t testing.TB, path string) *db.DB {
	t.Helper()
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

// File is the path of a new database without a row, in a folder of its own that is gone
// when the test ends.
func File(t testing.TB) string {
	t.Helper()
	return copied(t, blank)
}

// copied is the path of a copy of a file, in a folder of its own.
func copied(t testing.TB, file func() ([]byte, error)) string {
	t.Helper()
	data, err := file()
	if err != nil {
		t.Fatal(err)
	}
	folder, err := os.MkdirTemp(memory(), "tsugite-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	path := filepath.Join(folder, "tsugite.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const (
	inMemory = "/dev/shm"
	// roomWanted is more than the tests of all packages need at a time; where less is
	// free, as in many containers, they use the disk.
	roomWanted = 1 << 30
)

// memory is a folder of files in memory, "" (the usual one for temporary files) if there
// is none with room.
var memory = sync.OnceValue(func() string {
	var at syscall.Statfs_t
	if err := syscall.Statfs(inMemory, &at); err != nil || at.Bavail*uint64(at.Bsize) < roomWanted {
		return ""
	}
	probe, err := os.MkdirTemp(inMemory, "tsugite-test-")
	if err != nil || os.Remove(probe) != nil {
		return ""
	}
	return inMemory
})

// blank is the file of a database of this version without a row.
var blank = sync.OnceValues(func() ([]byte, error) {
	return made(func(*db.DB) error { return nil })
})

// made is the file of a database of this version with what fill wrote.
func made(fill func(*db.DB) error) ([]byte, error) {
	folder, err := os.MkdirTemp(memory(), "tsugite-blank-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "blank.db")
	store, err := db.Open(context.Background(), path)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(fill(store), store.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}
