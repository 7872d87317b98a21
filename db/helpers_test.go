package db

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"tsugite/programme"
)

// tokyo is an arbitrary zone that is not UTC.
var tokyo = time.FixedZone("JST", 9*60*60)

// t0 is the moment at which tests begin.
var t0 = time.Date(2026, 9, 1, 9, 0, 0, 0, tokyo)

func minutes(n int) time.Time { return t0.Add(time.Duration(n) * time.Minute) }

// open opens the database at path and closes it when the test ends.
func open(t testing.TB, path string) *DB {
	t.Helper()
	db, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func newDB(t testing.TB) *DB {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "tsugite.db"))
}

// write runs f in a transaction that must succeed.
func write(t testing.TB, db *DB, f func(programme.Tx) error) {
	t.Helper()
	if err := db.Write(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

// read answers what f reads in a transaction that must succeed.
func read[T any](t testing.TB, db *DB, f func(programme.Tx) (T, error)) T {
	t.Helper()
	var v T
	err := db.Read(context.Background(), func(tx programme.Tx) (err error) {
		v, err = f(tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// inside is like write for an f that answers something.
func inside[T any](t testing.TB, db *DB, f func(programme.Tx) (T, error)) T {
	t.Helper()
	var v T
	write(t, db, func(tx programme.Tx) (err error) {
		v, err = f(tx)
		return err
	})
	return v
}

// must is for calls that cannot fail in the test.
func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func wantError(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("error is %v, want %v", err, want)
	}
}

// person is somebody with that id.
func person(id programme.PersonID, roles ...programme.Role) programme.Person {
	return programme.Person{ID: id, Name: "継手 " + string(id), Kana: "つぎて " + string(id), Roles: roles}
}

func savePeople(t testing.TB, db *DB, people ...programme.Person) {
	t.Helper()
	write(t, db, func(tx programme.Tx) error {
		for _, p := range people {
			if err := tx.SavePerson(p); err != nil {
				return err
			}
		}
		return nil
	})
}

// notice is the n-th thing to say to somebody, due n minutes after t0.
func notice(to programme.Recipient, n int) programme.Notice {
	return programme.Notice{
		Kind: programme.NoticeSurveyQuestion, Subject: "response", To: to,
		Occasion: fmt.Sprintf("q%d", n), Due: minutes(n),
	}
}

func enqueue(t testing.TB, db *DB, id string, n programme.Notice) {
	t.Helper()
	write(t, db, func(tx programme.Tx) error { return tx.Enqueue(id, n) })
}

func delivery(t testing.TB, db *DB, id string) programme.Delivery {
	t.Helper()
	return read(t, db, func(tx programme.Tx) (programme.Delivery, error) { return tx.Delivery(id) })
}
