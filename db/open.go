package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	sqlite3 "modernc.org/sqlite/lib"
)

// DB is an open database. Its methods may be called from many goroutines.
type DB struct {
	path string
	temp string // the folder of a temporary database, removed on Close

	writer  *sql.DB // one connection
	readers *sql.DB // query_only
	tidier  *sql.DB // one connection, for checkpoints
	writing *statements
	reading *statements
	// turn is held by whoever writes: a queue in order of arrival, which the
	// pool's own is not.
	turn    chan struct{}
	batch   *batcher
	life    life
	log     *checkpointer
	roster  roster
	foreign foreign

	closing sync.Once
	closed  error
}

// maxReaders is how many reads may run at once.
const maxReaders = 4

// Open opens the database at path, creates it if there is none, and brings it to
// this version. An empty path means a temporary database, which is a file too
// and is removed on Close. What the operator can mend is an *OpenError.
func Open(ctx context.Context, path string) (*DB, error) {
	db := &DB{path: path, turn: make(chan struct{}, 1)}
	if path == "" {
		var err error
		if db.temp, err = os.MkdirTemp("", "tsugite-"); err != nil {
			return nil, explain(os.TempDir(), err)
		}
		db.path = filepath.Join(db.temp, "temporary.db")
	}
	if err := db.openPatiently(ctx); err != nil {
		return nil, errors.Join(explain(db.path, err), db.closePools())
	}
	db.log = startCheckpointer(db.tidier)
	db.batch = startBatcher(db)
	return db, nil
}

// openPatiently opens again, for busyFor, what another program holds: SQLite
// does not wait by itself while the file of two that start at once turns to its
// write-ahead log.
func (db *DB) openPatiently(ctx context.Context) error {
	for until := time.Now().Add(busyFor); ; {
		err := db.open(ctx)
		if primaryCode(err) != sqlite3.SQLITE_BUSY || time.Now().After(until) {
			return err
		}
		if err := db.closeFiles(); err != nil {
			return err
		}
		select {
		case <-time.After(10 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (db *DB) open(ctx context.Context) error {
	var err error
	if db.path, err = filepath.Abs(db.path); err != nil {
		return err
	}
	at, err := inspect(ctx, db.path)
	if err != nil {
		return err
	}
	if db.writer, err = sql.Open("sqlite", dsn(db.path, writerOptions)); err != nil {
		return err
	}
	db.writer.SetMaxOpenConns(1)
	if err := migrate(ctx, db.writer, db.path, at); err != nil {
		return err
	}
	if err := db.writer.PingContext(ctx); err != nil {
		return err
	}
	if db.readers, err = sql.Open("sqlite", dsn(db.path, readerOptions)); err != nil {
		return err
	}
	db.readers.SetMaxOpenConns(maxReaders)
	db.readers.SetMaxIdleConns(maxReaders)
	if db.tidier, err = sql.Open("sqlite", dsn(db.path, tidierOptions)); err != nil {
		return err
	}
	db.tidier.SetMaxOpenConns(1)
	db.writing, db.reading = newStatements(db.writer), newStatements(db.readers)
	return db.readers.PingContext(ctx)
}

// Path is the database's file, absolute.
func (db *DB) Path() string { return db.path }

// Close finishes the writes in hand and closes the file. It may be called twice.
func (db *DB) Close() error {
	db.closing.Do(func() {
		db.batch.stop()
		db.log.stop()
		db.closed = db.closePools()
	})
	return db.closed
}

func (db *DB) closePools() error {
	err := db.closeFiles()
	if db.temp != "" {
		err = errors.Join(err, os.RemoveAll(db.temp))
	}
	return err
}

func (db *DB) closeFiles() error {
	var errs []error
	for _, pool := range []*sql.DB{db.readers, db.tidier, db.writer} { // the last to close tidies the log up
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(errs...)
}

// busyFor is how long to wait for what another program holds.
const busyFor = 5 * time.Second

var waitWhenBusy = fmt.Sprintf("_pragma=busy_timeout(%d)", busyFor.Milliseconds())

// The pragmas of each sort of connection (slack.md "modernc.org/sqlite"). They
// stand in the DSN because one set by Exec holds for one connection of a pool.
var (
	inspectOptions = []string{waitWhenBusy, "_pragma=trusted_schema(0)", "_query_only=1"}
	readerOptions  = []string{waitWhenBusy, "_pragma=foreign_keys(1)", "_pragma=trusted_schema(0)", "_query_only=1"}
	writerOptions  = []string{
		"_txlock=immediate", waitWhenBusy, "_pragma=journal_mode(WAL)", "_pragma=synchronous(FULL)",
		"_pragma=foreign_keys(1)", "_pragma=secure_delete(1)", "_pragma=trusted_schema(0)",
		"_pragma=wal_autocheckpoint(16000)", // 64 MB: a bound, for checkpointer comes much earlier
	}
	tidierOptions = []string{waitWhenBusy, "_pragma=synchronous(FULL)", "_pragma=secure_delete(1)", "_pragma=trusted_schema(0)"}
)

// dsn names the file as a URI, so that no character of its path is taken for an
// option.
func dsn(path string, options []string) string {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") { // a drive letter
		slashed = "/" + slashed
	}
	u := url.URL{Path: slashed}
	return "file:" + u.EscapedPath() + "?_time_format=sqlite&_timezone=UTC&" + strings.Join(options, "&")
}

// inspect looks at what is at path without changing it: the version of the
// database there, 0 for none. A file that it creates belongs to its owner alone,
// because it will hold what people entrusted to the programme.
func inspect(ctx context.Context, path string) (version int64, err error) {
	existed, err := lookAtPath(path)
	if err != nil {
		return 0, err
	}
	pool, err := sql.Open("sqlite", dsn(path, inspectOptions))
	if err != nil {
		return 0, err
	}
	defer pool.Close()
	pool.SetMaxOpenConns(1)
	if err := pool.PingContext(ctx); err != nil {
		return 0, err
	}
	if !existed {
		if err := os.Chmod(path, 0o600); err != nil {
			return 0, err
		}
	}
	return storedVersion(ctx, pool, path)
}

func lookAtPath(path string) (existed bool, err error) {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return true, &OpenError{Path: path, Reason: "it is a folder", Hint: "name a file in it, for example " + filepath.Join(path, "tsugite.db")}
	case err == nil && !info.Mode().IsRegular():
		return true, &OpenError{Path: path, Reason: "it is not an ordinary file", Hint: "name another file"}
	case err == nil:
		return true, nil
	case !errors.Is(err, fs.ErrNotExist):
		return false, err
	}
	folder := filepath.Dir(path)
	if info, err := os.Stat(folder); err != nil {
		return false, err
	} else if !info.IsDir() {
		return false, syscall.ENOTDIR
	}
	return false, nil
}
