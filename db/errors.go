package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// OpenError says in one line why a database cannot be used and how to mend it.
type OpenError struct {
	Path   string
	Reason string
	Hint   string
	Err    error // what the system said, nil if our own check refused
}

func (e *OpenError) Error() string {
	return fmt.Sprintf("database %s: %s (%s)", e.Path, e.Reason, e.Hint)
}

func (e *OpenError) Unwrap() error { return e.Err }

// ErrNewer is inside the OpenError for a database that a newer version made.
var ErrNewer = errors.New("db: made by a newer version of tsugite")

// explain turns what SQLite or the system said about the file into a reason
// and a hint. Errors that are already explained, and those of a context that
// ended, stay as they are.
func explain(path string, err error) error {
	var done *OpenError
	if err == nil || errors.As(err, &done) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	e := &OpenError{Path: path, Err: err}
	switch code := primaryCode(err); {
	case code == sqlite3.SQLITE_NOTADB:
		e.Reason, e.Hint = "the file is not a database", "name another file, or move this one away"
	case code == sqlite3.SQLITE_CORRUPT:
		e.Reason, e.Hint = "the file is damaged", "restore it from a backup"
	case code == sqlite3.SQLITE_CANTOPEN, code == sqlite3.SQLITE_READONLY, code == sqlite3.SQLITE_PERM,
		errors.Is(err, fs.ErrPermission):
		e.Reason, e.Hint = "the file or its folder cannot be written", "check their owner and permissions"
	case code == sqlite3.SQLITE_FULL:
		e.Reason, e.Hint = "the disk is full", "free some space"
	case code == sqlite3.SQLITE_BUSY:
		e.Reason, e.Hint = "another program holds it locked", "try again once that program is done"
	case errors.Is(err, syscall.ENOTDIR):
		e.Reason, e.Hint = "its folder is a file", "name another file"
	case errors.Is(err, fs.ErrNotExist):
		e.Reason, e.Hint = "its folder does not exist", "create the folder, or name another file"
	default:
		e.Reason, e.Hint = "it cannot be opened: "+err.Error(), "check the path and the disk"
	}
	return e
}

// primaryCode is SQLite's result code without its extension, 0 if err is none
// of SQLite's.
func primaryCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}
