package db

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tsugite/programme"
)

// run is one run of the Courier on the database at path: it starts at now, settles
// so many messages, and ends. It answers why it was on hold.
func run(t *testing.T, path string, now time.Time, settles int) string {
	t.Helper()
	db, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	unlock := must[func()](t)(db.TryLock())
	why := must[string](t)(db.Start(t.Context(), now))
	for range settles {
		if _, err := db.Settle(t.Context(), []programme.Outcome{{Delivery: programme.Delivery{ID: "x", FirstTryAt: now}, State: programme.Sent}}); err != nil {
			t.Fatal(err)
		}
	}
	unlock()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return why
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestStartsOnHold(t *testing.T) {
	for rule, c := range map[string]struct {
		happens func(t *testing.T, path string) string // answers where the database is now
		now     time.Time
		want    string
	}{
		"never after an ordinary stop": {func(_ *testing.T, path string) string { return path }, minutes(30), ""},
		"when a backup of the same run was put back": {func(t *testing.T, path string) string {
			backup := path + ".backup"
			copyFile(t, path, backup)
			run(t, path, minutes(10), 1)
			copyFile(t, backup, path)
			return path
		}, minutes(30), programme.HeldRestored},
		"when a backup went elsewhere": {func(t *testing.T, path string) string {
			elsewhere := filepath.Join(t.TempDir(), "copy.db")
			copyFile(t, path, elsewhere)
			return elsewhere
		}, minutes(30), programme.HeldRestored},
		"when the clock is more than a day behind": {func(_ *testing.T, path string) string { return path }, t0.Add(-25 * time.Hour), programme.HeldClock},
		"not when it is hours behind":              {func(_ *testing.T, path string) string { return path }, t0.Add(-23 * time.Hour), ""},
	} {
		t.Run(rule, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "t.db")
			if why := run(t, path, t0, 3); why != "" {
				t.Fatalf("a new database starts on hold: %s", why)
			}
			path = c.happens(t, path)
			if why := run(t, path, c.now, 0); why != c.want {
				t.Errorf("on hold for %q, want %q", why, c.want)
			}
			db := open(t, path)
			err := db.Read(t.Context(), func(tx programme.Tx) error {
				held, why, err := tx.Held()
				if held != (c.want != "") || why != c.want {
					t.Errorf("kept as %v, %q", held, why)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestBackupOfThisVeryRunShows: between two starts the number grows with what is
// settled, so that a copy made while the program ran is older too.
func TestBackupOfThisVeryRunShows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.db")
	db, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	unlock := must[func()](t)(db.TryLock())
	must[string](t)(db.Start(t.Context(), t0))
	backup := filepath.Join(t.TempDir(), "backup.db")
	if _, err := db.writer.Exec(`VACUUM INTO '` + backup + `'`); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Settle(t.Context(), []programme.Outcome{{Delivery: programme.Delivery{ID: "x"}, State: programme.Sent}}); err != nil {
		t.Fatal(err)
	}
	unlock()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	copyFile(t, backup, path)
	if why := run(t, path, minutes(1), 0); why != programme.HeldRestored {
		t.Errorf("on hold for %q", why)
	}
}

// TestHoldLastsUntilSomebodySaysGo: starting again is no go, and a go is for good.
func TestHoldLastsUntilSomebodySaysGo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.db")
	run(t, path, t0, 0)
	if err := os.Remove(path + ".lock"); err != nil {
		t.Fatal(err)
	}
	if why := run(t, path, minutes(1), 0); why != programme.HeldRestored {
		t.Fatalf("on hold for %q", why)
	}
	held := func() (string, bool) {
		db := open(t, path)
		defer db.Close()
		var why string
		var held bool
		err := db.Read(t.Context(), func(tx programme.Tx) (err error) {
			held, why, err = tx.Held()
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return why, held
	}
	if why := run(t, path, minutes(2), 0); why != "" {
		t.Errorf("found once more: %q", why)
	}
	if why, on := held(); !on || why != programme.HeldRestored {
		t.Errorf("let go by a restart: %v %q", on, why)
	}
	db := open(t, path)
	hold(t, db, "")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	run(t, path, minutes(3), 0)
	if why, on := held(); on {
		t.Errorf("on hold again: %q", why)
	}
}
