package db

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"tsugite/programme"
)

func TestWriteLeavesNothingBehind(t *testing.T) {
	failed := errors.New("failed")
	cases := map[string]func(db *DB) error{
		"after an error": func(db *DB) error {
			return db.Write(context.Background(), func(tx programme.Tx) error {
				return errors.Join(tx.SavePerson(person("p1")), failed)
			})
		},
		"after a panic": func(db *DB) (err error) {
			defer func() { err, _ = recover().(error) }()
			return db.Write(context.Background(), func(tx programme.Tx) error {
				if err := tx.SavePerson(person("p1")); err != nil {
					return err
				}
				panic(failed)
			})
		},
		"when its context ends": func(db *DB) error {
			ctx, cancel := context.WithCancel(context.Background())
			err := db.Write(ctx, func(tx programme.Tx) error {
				if err := tx.SavePerson(person("p1")); err != nil {
					return err
				}
				cancel()
				return nil
			})
			if errors.Is(err, context.Canceled) {
				return failed
			}
			return err
		},
	}
	for name, f := range cases {
		t.Run(name, func(t *testing.T) {
			db := newDB(t)
			wantError(t, f(db), failed)
			err := db.Read(context.Background(), func(tx programme.Tx) error {
				_, err := tx.Person("p1")
				return err
			})
			wantError(t, err, programme.ErrNoRow)
			savePeople(t, db, person("p1")) // the writer is free again
		})
	}
}

func TestWriteWaitsNoLongerThanItsContext(t *testing.T) {
	db := newDB(t)
	write(t, db, func(programme.Tx) error {
		ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
		defer cancel()
		wantError(t, db.Write(ctx, func(programme.Tx) error { return nil }), context.DeadlineExceeded)
		return nil
	})
}

func TestReadSeesOneSnapshot(t *testing.T) {
	db := newDB(t)
	savePeople(t, db, person("p1"))
	err := db.Read(context.Background(), func(tx programme.Tx) error {
		before, err := tx.People()
		if err != nil {
			return err
		}
		savePeople(t, db, person("p2"))
		_, err = tx.Person("p2")
		wantError(t, err, programme.ErrNoRow)
		after, err := tx.People()
		if len(before) != 1 || len(after) != 1 {
			t.Errorf("people in one snapshot: %d, then %d; want 1 and 1", len(before), len(after))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestReadCannotWrite(t *testing.T) {
	db := newDB(t)
	err := db.Read(context.Background(), func(tx programme.Tx) error { return tx.SavePerson(person("p1")) })
	if primaryCode(err) != 8 { // SQLITE_READONLY
		t.Fatalf("error is %v, want that of a read-only connection", err)
	}
}

func TestTxIsDeadAfterwards(t *testing.T) {
	db := newDB(t)
	var kept programme.Tx
	write(t, db, func(tx programme.Tx) error { kept = tx; return nil })
	wantError(t, kept.SavePerson(person("p1")), sql.ErrTxDone)
}

// Two programs on one file: serve and a command of the operator.
func TestTwoHandlesWriteAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tsugite.db")
	first, second := open(t, path), open(t, path)
	savePeople(t, first, person("p1"))
	const each = 50
	var wg sync.WaitGroup
	for _, db := range []*DB{first, second} {
		for range each {
			wg.Go(func() {
				err := db.Write(context.Background(), func(tx programme.Tx) error {
					p, err := tx.Person("p1") // read, then write: needs the immediate lock
					if err != nil {
						return err
					}
					return tx.SavePerson(p)
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	got := read(t, second, func(tx programme.Tx) (programme.Person, error) { return tx.Person("p1") })
	if got.Version != 1+2*each {
		t.Errorf("version is %d after %d writes, want %d", got.Version, 2*each, 1+2*each)
	}
}

func TestBegunIsTheFirstTimeAsked(t *testing.T) {
	db := newDB(t)
	for _, now := range []time.Time{t0, minutes(5), minutes(-5)} {
		if got := must[time.Time](t)(db.Begun(t.Context(), now)); !got.Equal(t0) {
			t.Errorf("asked at %v, it had begun at %v, want %v", now, got, t0)
		}
	}
}
