package db

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"tsugite/programme"
)

// life tells a database from an older copy of itself: a number that grows with
// every start of the Courier and with everything that it settles, kept in the
// database and, after the commit, in the lock file beside it. A backup that is put
// back has a smaller one than the file; a copy that is put elsewhere has no file.
// Neither knows what was sent since it was made.
type life struct {
	mu    sync.Mutex
	file  *os.File // nil unless this process has the lock
	stood bool     // the file was there before the lock was taken
	n     int64    // what it says
}

// clockBack is how far the clock may be behind what was written last.
const clockBack = 24 * time.Hour

// lifeForm is how the number stands in the file: of one length, so that writing it
// again leaves nothing of the old one.
const lifeForm = "%020d\n"

// open reads the lock file. One without a number is of a version that wrote none.
func (l *life) open(path string, stood bool) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(io.LimitReader(f, 64))
	if err != nil {
		return errors.Join(err, f.Close())
	}
	n, _ := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.file, l.stood, l.n = f, stood, n
	return nil
}

func (l *life) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file != nil {
		_ = l.file.Close() // everything in it was written already
		l.file = nil
	}
}

func (l *life) running() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.file != nil
}

// grow counts one more, at the moment at, inside the transaction of what is counted.
// Without the lock nothing is counted.
func (l *life) grow(ctx context.Context, q querier, at time.Time) (int64, error) {
	if !l.running() {
		return 0, nil
	}
	return one(ctx, q, single[int64], `UPDATE life SET n = n + 1, at = coalesce($1, at) RETURNING n`, stamp(at))
}

// keep writes the number into the file once it is committed. It must never be
// ahead of the database, and may be behind: so it is not forced to the disk, and a
// disk that is full costs no more than that an older copy goes unnoticed.
func (l *life) keep(n int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil || n <= l.n {
		return
	}
	if _, err := fmt.Fprintf(io.NewOffsetWriter(l.file, 0), lifeForm, n); err == nil {
		l.n = n
	}
}

// Start is for the program that has the lock, before it delivers. It puts
// deliveries on hold if the database was restored or copied, or if the clock is
// more than a day behind what was written last, and answers why ("" for neither): a
// person has to say go.
func (db *DB) Start(ctx context.Context, now time.Time) (why string, err error) {
	l := &db.life
	var n int64
	err = db.write(ctx, func(q *session) error {
		var latest time.Time
		n, latest, err = livedUntil(ctx, q)
		switch {
		case err != nil:
			return err
		case l.n > n || n > 0 && !l.stood:
			why = programme.HeldRestored
		case latest.Sub(now) > clockBack:
			why = programme.HeldClock
		}
		if why != "" {
			t := &tx{ctx: ctx, q: q, db: db, writes: true}
			if err := t.SetHold(why); err != nil {
				return err
			}
		}
		n = max(n, l.n) + 1
		_, err := exec(ctx, q, `UPDATE life SET n = $1, at = $2`, n, stamp(now))
		return err
	})
	if err == nil {
		l.keep(n)
	}
	return why, err
}

// livedUntil is the number in the database and the latest moment that something
// was written in it: the Courier's, a person's act, or what Slack brought. The
// command line is left out: it has the machine's clock, which is not the demo's.
func livedUntil(ctx context.Context, q querier) (n int64, latest time.Time, err error) {
	n, err = one(ctx, q, single[int64], `SELECT n FROM life`)
	if err != nil {
		return 0, latest, err
	}
	moments, err := all(ctx, q, func(r row) (t time.Time, err error) { return t, r.Scan(Time{&t}) },
		`SELECT at FROM life WHERE at IS NOT NULL
		UNION ALL SELECT * FROM (SELECT at FROM audit WHERE by_kind <> 'operator' ORDER BY seq DESC LIMIT 1)
		UNION ALL SELECT * FROM (SELECT at FROM inbox ORDER BY seq DESC LIMIT 1)`)
	for _, t := range moments {
		if t.After(latest) {
			latest = t
		}
	}
	return n, latest, err
}
