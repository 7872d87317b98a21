package db

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"

	"tsugite/programme"
)

func TestOpenSaysWhatIsWrongInOneLine(t *testing.T) {
	dir := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	cases := map[string]struct{ path, reason, hint string }{
		"a folder":                     {dir, "it is a folder", "name a file in it"},
		"a missing folder":             {filepath.Join(dir, "no", "t.db"), "its folder does not exist", "create the folder"},
		"a file as folder":             {filepath.Join(file("plain", "x"), "t.db"), "its folder is a file", "name another file"},
		"not a database":               {file("text", strings.Repeat("氏名,役割\n", 500)), "not a database", "name another file"},
		"another program's database":   {foreignDatabase(t, dir), "another program", "name another file"},
		"a newer version's":            {newerDatabase(t, dir), "newer version", "install that version"},
		"a device":                     {os.DevNull, "not an ordinary file", "name another file"},
		"a damaged header, rest right": {damagedDatabase(t, dir), "not a database", "name another file"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			before, _ := os.ReadFile(c.path)
			db, err := Open(context.Background(), c.path)
			if err == nil {
				t.Fatal(errors.Join(errors.New("it was opened"), db.Close()))
			}
			var explained *OpenError
			if !errors.As(err, &explained) || !strings.Contains(explained.Reason, c.reason) || !strings.Contains(explained.Hint, c.hint) {
				t.Fatalf("error is %q, want %q and %q", err, c.reason, c.hint)
			}
			if strings.ContainsRune(err.Error(), '\n') {
				t.Errorf("more than one line: %q", err)
			}
			if after, _ := os.ReadFile(c.path); string(after) != string(before) {
				t.Error("the file was changed")
			}
		})
	}
}

func foreignDatabase(t *testing.T, dir string) string {
	path := filepath.Join(dir, "foreign.db")
	execOn(t, path, `CREATE TABLE bookmarks (url TEXT)`)
	return path
}

func newerDatabase(t *testing.T, dir string) string {
	path := filepath.Join(dir, "newer.db")
	if err := open(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	execOn(t, path, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`)
	return path
}

func damagedDatabase(t *testing.T, dir string) string {
	path := filepath.Join(dir, "damaged.db")
	if err := open(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt([]byte("0000"), 0); err != nil {
		t.Fatal(err)
	}
	return path
}

// execOn runs SQL on a file without our DB.
func execOn(t testing.TB, path, query string, args ...any) {
	t.Helper()
	pool, err := sql.Open("sqlite", dsn(path, nil))
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.Exec(query, args...); err != nil {
		t.Fatal(err)
	}
}

func TestNewerVersionCanBeTold(t *testing.T) {
	_, err := Open(context.Background(), newerDatabase(t, t.TempDir()))
	wantError(t, err, ErrNewer)
}

// asNobody runs f without the right to write what is not its own.
func asNobody(t *testing.T, f func()) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("changes the thread's user as Linux does")
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if os.Getuid() == 0 {
		if err := syscall.Setfsuid(65534); err != nil {
			t.Skip(err)
		}
		defer syscall.Setfsuid(0) // it was ours before
	}
	f()
}

func TestOpenUnwritable(t *testing.T) {
	locked := filepath.Join(t.TempDir(), "locked")
	if err := os.Mkdir(locked, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(locked, 0o755) })
	asNobody(t, func() {
		_, err := inspect(context.Background(), filepath.Join(locked, "t.db"))
		var explained *OpenError
		if !errors.As(explain("t.db", err), &explained) || !strings.Contains(explained.Reason, "cannot be written") {
			t.Errorf("error is %v", err)
		}
	})
}

func TestTemporaryDatabaseIsAFileThatGoes(t *testing.T) {
	db, err := Open(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(db.Path()); err != nil {
		t.Error(err)
	}
	savePeople(t, db, person("p1"))
	for range 2 { // twice does no harm
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(filepath.Dir(db.Path())); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("its folder is still there: %v", err)
	}
	_, _, err = db.Receive(context.Background(), programme.Inbound{Key: "k", At: t0})
	wantError(t, err, errClosed)
}

func TestAnyPathWillDo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a?b#c%41 継手&mode=ro;.db")
	db := open(t, path)
	savePeople(t, db, person("p1"))
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v", info.Mode())
	}
}

func TestPragmasHoldOnEveryConnection(t *testing.T) {
	db := newDB(t)
	for name, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000",
		"secure_delete": "1", "trusted_schema": "0", "query_only": "0",
	} {
		got := must[string](t)(one(t.Context(), db.writer, single[string], `PRAGMA `+name))
		if got != want {
			t.Errorf("writer: %s is %s, want %s", name, got, want)
		}
	}
	for range 4 {
		conn := must[*sql.Conn](t)(db.readers.Conn(t.Context()))
		defer conn.Close()
		if got := must[string](t)(one(t.Context(), conn, single[string], `PRAGMA query_only`)); got != "1" {
			t.Error("a reader may write")
		}
	}
}

// Two programs may be started on a new file at the same moment.
func TestOpenAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.db")
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			db, err := Open(context.Background(), path)
			if err != nil {
				t.Error(err)
				return
			}
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestOneCourierAtATime(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.db")
	first, second := open(t, path), open(t, path)
	unlock := must[func()](t)(first.TryLock())
	_, err := second.TryLock()
	wantError(t, err, ErrServed)
	unlock()
	unlock = must[func()](t)(second.TryLock())
	unlock()
}

func TestDataVersionIsAboutOthers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.db")
	ours, theirs := open(t, path), open(t, path)
	version := func() int64 { return must[int64](t)(ours.DataVersion(t.Context())) }
	before := version()
	savePeople(t, ours, person("p1"))
	must[[]programme.Delivery](t)(ours.Claim(t.Context(), "me", t0, 1, 1))
	if version() != before {
		t.Error("our own write showed")
	}
	savePeople(t, theirs, person("p2"))
	after := version()
	if after == before {
		t.Error("somebody else's write did not show")
	}
	if version() != after {
		t.Error("it changed without a write")
	}
}
