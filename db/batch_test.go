package db

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	osexec "os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"tsugite/programme"
)

// together runs jobs in one batch: they wait while a write holds the writer.
func together(t *testing.T, db *DB, jobs ...func()) {
	t.Helper()
	var wg sync.WaitGroup
	write(t, db, func(programme.Tx) error {
		for _, job := range jobs {
			wg.Go(job)
		}
		return nil
	})
	wg.Wait()
}

func TestOneThatFailsTakesNoOtherWithIt(t *testing.T) {
	db := newDB(t)
	failed := errors.New("failed")
	var jobs []func()
	for i := range 20 {
		jobs = append(jobs, func() {
			_, err := batched(t.Context(), db.batch, func(ctx context.Context, q querier) (int64, error) {
				n, err := exec(ctx, q, `INSERT INTO switches (name, is_on) VALUES ($1, 1)`, fmt.Sprint(i))
				if i == 7 {
					err = failed
				}
				return n, err
			})
			if i == 7 {
				if !errors.Is(err, failed) {
					t.Errorf("the one that failed got %v", err)
				}
			} else if err != nil {
				t.Errorf("job %d: %v", i, err)
			}
		})
	}
	together(t, db, jobs...)
	if n := must[int](t)(one(t.Context(), db.writer, single[int], `SELECT count(*) FROM switches`)); n != 19 {
		t.Errorf("%d rows, want the 19 that succeeded", n)
	}
}

func TestOneWhoGaveUpIsNotTold(t *testing.T) {
	db := newDB(t)
	ctx, cancel := context.WithCancel(t.Context())
	together(t, db, func() {
		cancel()
		_, _, err := db.Receive(ctx, programme.Inbound{Key: "k", At: t0})
		wantError(t, err, context.Canceled)
	}, func() {
		if _, _, err := db.Receive(t.Context(), programme.Inbound{Key: "l", At: t0}); err != nil {
			t.Error(err)
		}
	})
}

// Many wait at once, so they share commits: far fewer than one each.
func TestWritesShareCommits(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.db")
	db := open(t, path)
	const n = 500
	var jobs []func()
	var mu sync.Mutex
	sessions := map[querier]bool{}
	for i := range n {
		jobs = append(jobs, func() {
			_, err := batched(t.Context(), db.batch, func(ctx context.Context, q querier) (int64, error) {
				mu.Lock()
				sessions[q] = true
				mu.Unlock()
				return exec(ctx, q, `INSERT INTO switches (name, is_on) VALUES ($1, 1)`, fmt.Sprint(i))
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	together(t, db, jobs...)
	if len(sessions) > n/2 {
		t.Errorf("%d writes took %d commits", n, len(sessions))
	}
}

// keeper is what the killed process does: it says which keys are safe.
const keeper = "TSUGITE_TEST_KEEPER"

func TestMain(m *testing.M) {
	if path := os.Getenv(keeper); path != "" {
		keepReceiving(path)
		return
	}
	os.Exit(m.Run())
}

func keepReceiving(path string) {
	db, err := Open(context.Background(), path)
	if err != nil {
		fmt.Println("error", err)
		return
	}
	for worker := range 16 {
		go func() {
			for i := 0; ; i++ {
				key := fmt.Sprintf("%d-%d", worker, i)
				if _, _, err := db.Receive(context.Background(), programme.Inbound{Key: key, Payload: []byte(key), At: t0}); err != nil {
					fmt.Println("error", err)
					return
				}
				fmt.Println("kept " + key) // one write: whole lines only
			}
		}()
	}
	_, _ = io.Copy(io.Discard, os.Stdin) // until killed, or the test is gone
}

func TestWhatWasAnsweredSurvivesAKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.db")
	kept := map[string]bool{}
	for range 3 {
		child := osexec.Command(os.Args[0])
		child.Env = append(os.Environ(), keeper+"="+path)
		stdin, err := child.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		defer stdin.Close()
		stdout, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(stdout)
		for n := 0; lines.Scan(); n++ {
			key, ok := strings.CutPrefix(lines.Text(), "kept ")
			if !ok {
				t.Fatal(lines.Text())
			}
			kept[key] = true
			if n == 300 {
				if err := child.Process.Kill(); err != nil { // SIGKILL
					t.Fatal(err)
				}
			}
		}
		_ = child.Wait() // killed
		db := open(t, path)
		found := map[string]bool{}
		for _, in := range must[[]programme.Inbound](t)(db.Unfinished(t.Context())) {
			found[in.Key] = string(in.Payload) == in.Key
		}
		for key := range kept {
			if !found[key] {
				t.Errorf("%s was answered and is gone", key)
			}
		}
		if len(kept) < 300 {
			t.Fatalf("only %d were kept before the kill", len(kept))
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		// The next child sends the same keys again: they are repeats, and fine.
	}
}
