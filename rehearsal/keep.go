package rehearsal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"sync"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// row is one thing to keep: the newest body of a key, or none to forget it.
type row struct {
	kind, key string
	body      []byte
}

// Kinds of rows. They are stored: never rename them.
const (
	rowMeta      = "meta"      // seed, epoch, team
	rowClock     = "clock"     // how far the clock is from wall time
	rowPerson    = "person"    // by user id
	rowChannel   = "channel"   // by channel id
	rowMember    = "member"    // channel/user
	rowRead      = "read"      // channel/user: last message read
	rowMessage   = "message"   // channel/ts
	rowFile      = "file"      // by file id
	rowContent   = "content"   // bytes of a file
	rowView      = "view"      // open modals, by view id
	rowHome      = "home"      // Home tabs, by user id
	rowScheduled = "scheduled" // by scheduled message id
)

const keepVersion = 1

// keeper makes changes durable. Many changes share one commit (group commit), in
// the order in which they were made. Without a file it only keeps that order.
type keeper struct {
	db *sql.DB

	mu      sync.Mutex
	pending []kept
	wake    chan struct{}
	stopped chan struct{}
	failed  error
}

type kept struct {
	rows  []row
	after []func()
	done  chan error
}

// openKeeper opens the file of a workspace, or nothing for an empty path. Two
// processes cannot have the same file open: SQLite's exclusive lock keeps the second out.
func openKeeper(path string) (*keeper, error) {
	k := &keeper{wake: make(chan struct{}, 1), stopped: make(chan struct{})}
	if path == "" {
		close(k.stopped)
		return k, nil
	}
	if err := createPrivate(path); err != nil {
		return nil, fmt.Errorf("workspace file %s: %w", path, err)
	}
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() + "?_txlock=immediate&_pragma=busy_timeout(2000)" +
		"&_pragma=locking_mode(EXCLUSIVE)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=trusted_schema(0)"
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	if err := prepareFile(db); err != nil {
		var locked *sqlite.Error
		if errors.As(err, &locked) && locked.Code() == sqlite3.SQLITE_BUSY {
			err = errors.New("another workspace has it open")
		}
		return nil, errors.Join(fmt.Errorf("workspace file %s: %w", path, err), db.Close())
	}
	if err := makePrivate(path); err != nil {
		return nil, errors.Join(fmt.Errorf("workspace file %s: %w", path, err), db.Close())
	}
	k.db = db
	go k.run()
	return k, nil
}

// createPrivate makes a new file that its owner alone may read; SQLite gives the
// files beside it the same mode. A file that is there is not opened, because closing
// it again would take away the locks this process may hold on it.
func createPrivate(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// makePrivate takes a workspace file, and what lies beside it, away from everybody
// but its owner. It is for files made by others or by earlier versions.
func makePrivate(path string) error {
	for _, suffix := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(path + suffix)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if mode := info.Mode().Perm(); mode&0o077 != 0 {
			if err := os.Chmod(path+suffix, mode&0o700); err != nil {
				return err
			}
		}
	}
	return nil
}

func prepareFile(db *sql.DB) error {
	var version int
	if err := db.QueryRow("PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version > keepVersion {
		return fmt.Errorf("written by a newer version (%d, this one knows %d)", version, keepVersion)
	}
	_, err := db.Exec(`CREATE TABLE IF NOT EXISTS records (
		kind TEXT NOT NULL, key TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID`)
	if err != nil {
		return err
	}
	_, err = db.Exec(fmt.Sprintf("PRAGMA user_version = %d", keepVersion))
	return err
}

// load reads everything that was kept of a kind, ordered by key.
func (k *keeper) load(kind string, each func(key string, body []byte) error) (err error) {
	if k.db == nil {
		return nil
	}
	rows, err := k.db.Query("SELECT key, body FROM records WHERE kind = $1 ORDER BY key", kind)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var key string
		var body []byte
		if err := rows.Scan(&key, &body); err != nil {
			return err
		}
		if err := each(key, body); err != nil {
			return fmt.Errorf("%s %s: %w", kind, key, err)
		}
	}
	return rows.Err()
}

// content reads the bytes of one file.
func (k *keeper) content(id string) ([]byte, error) {
	var body []byte
	err := k.db.QueryRow("SELECT body FROM records WHERE kind = $1 AND key = $2", rowContent, id).Scan(&body)
	return body, err
}

// keep queues rows and what shall happen once they are durable. The result is nil
// when that has already happened. It is called under the workspace's lock, which
// gives the order.
func (k *keeper) keep(rows []row, after []func()) <-chan error {
	if k.db == nil {
		for _, f := range after {
			f()
		}
		return nil
	}
	if len(rows) == 0 && len(after) == 0 {
		return nil
	}
	done := make(chan error, 1)
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.failed != nil {
		done <- k.failed
		return done
	}
	k.pending = append(k.pending, kept{rows, after, done})
	select {
	case k.wake <- struct{}{}:
	default:
	}
	return done
}

func (k *keeper) take() []kept {
	k.mu.Lock()
	defer k.mu.Unlock()
	batch := k.pending
	k.pending = nil
	return batch
}

func (k *keeper) run() {
	defer close(k.stopped)
	for range k.wake {
		batch := k.take()
		err := k.commit(batch)
		if err != nil {
			k.mu.Lock()
			k.failed = err
			k.mu.Unlock()
		}
		for _, b := range batch {
			if err == nil {
				for _, f := range b.after {
					f()
				}
			}
			b.done <- err
		}
	}
}

// commit writes a batch in one transaction. A change without rows costs nothing.
func (k *keeper) commit(batch []kept) error {
	var n int
	for _, b := range batch {
		n += len(b.rows)
	}
	if n == 0 {
		return nil
	}
	ctx := context.Background()
	tx, err := k.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	put, err := tx.PrepareContext(ctx, "INSERT INTO records (kind, key, body) VALUES ($1, $2, $3) ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body")
	if err != nil {
		return err
	}
	for _, b := range batch {
		for _, r := range b.rows {
			if r.body == nil {
				_, err = tx.ExecContext(ctx, "DELETE FROM records WHERE kind = $1 AND key = $2", r.kind, r.key)
			} else {
				_, err = put.ExecContext(ctx, r.kind, r.key, r.body)
			}
			if err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}

// close commits what is pending and closes the file. Nothing may be kept afterwards.
func (k *keeper) close() error {
	if k.db == nil {
		return nil
	}
	k.mu.Lock()
	if k.failed == nil {
		k.failed = errors.New("the workspace is closed")
	}
	close(k.wake)
	k.mu.Unlock()
	<-k.stopped
	for _, b := range k.take() {
		b.done <- k.failed
	}
	return k.db.Close()
}
