package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// oneLine is what a refused command says: the reason and how to mend it.
var oneLine = regexp.MustCompile(`^tsugite: [^\n]+ \([^\n]+\)\n$`)

// TestCommandTranscripts runs the commands as processes of their own, as people do
// (testdata/script). The commands of the scripts beside testscript's:
//
//	refused CODE tsugite …   ends with CODE, one line on stderr, nothing on stdout
//	faulty tsugite …         the same with 1 and several lines, one a fault
//	await FILE PATTERN       waits until the file holds the pattern
//	env-from FILE            takes NAME=VALUE lines as the environment
//	home ID                  opens the app's Home as ID, in the workspace of SLACK_API_URL
//	busy-port NAME           takes a port until the script ends and sets NAME to it
//	newer FILE               makes the database look as if a later version had made it
//	answered FILE            makes a database with a survey and its answers
//	met FILE                 makes a database with sessions
//	json EXPR FILE           the file is one JSON value that holds the words
func TestCommandTranscripts(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	example, err := os.ReadFile("../../config.example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			bin := filepath.Join(e.WorkDir, ".bin")
			if err := os.Mkdir(bin, 0o700); err != nil {
				return err
			}
			e.Setenv("PATH", bin+string(os.PathListSeparator)+e.Getenv("PATH"))
			e.Setenv(childEnv, "1")
			e.Setenv("LANG", "C.UTF-8")
			if err := os.WriteFile(filepath.Join(e.WorkDir, "example.yaml"), example, 0o600); err != nil {
				return err
			}
			return os.Symlink(exe, filepath.Join(bin, "tsugite"))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"refused": func(ts *testscript.TestScript, _ bool, args []string) {
				code, stderr := refuse(ts, args[1:])
				if want := args[0]; strconv.Itoa(code) != want || !oneLine.MatchString(stderr) {
					ts.Fatalf("exit %d, want %s and one line: %q", code, want, stderr)
				}
			},
			"faulty": func(ts *testscript.TestScript, _ bool, args []string) {
				code, stderr := refuse(ts, args)
				for line := range strings.Lines(stderr) {
					if code != 1 || !strings.HasPrefix(line, "tsugite: ") {
						ts.Fatalf("exit %d: %q", code, line)
					}
				}
			},
			"answered":  answered,
			"met":       met,
			"await":     await,
			"env-from":  envFrom,
			"home":      home,
			"busy-port": busyPort,
			"newer":     newer,
			"json":      isJSON,
		},
	})
}

// refuse runs a command that must not succeed.
func refuse(ts *testscript.TestScript, args []string) (code int, stderr string) {
	cmd := exec.Command(filepath.Join(ts.MkAbs("."), ".bin", "tsugite"), args[1:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), childEnv+"=1", "LANG=C.UTF-8")
	for _, name := range []string{"SLACK_API_URL", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	timer := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	err := cmd.Run()
	if err == nil || out.Len() > 0 {
		ts.Fatalf("not refused: %v, stdout %q", err, out.String())
	}
	_, _ = io.WriteString(ts.Stderr(), errs.String())
	return cmd.ProcessState.ExitCode(), errs.String()
}

// waitFor polls until f is satisfied.
func waitFor(ts *testscript.TestScript, what string, f func() bool) {
	for deadline := time.Now().Add(30 * time.Second); !f(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			ts.Fatalf("waited in vain for %s", what)
		}
	}
}

func await(ts *testscript.TestScript, _ bool, args []string) {
	pattern := regexp.MustCompile(args[1])
	waitFor(ts, args[0]+" to hold "+args[1], func() bool {
		data, err := os.ReadFile(ts.MkAbs(args[0]))
		return err == nil && pattern.Match(data)
	})
}

func envFrom(ts *testscript.TestScript, _ bool, args []string) {
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		ts.Setenv(name, value)
	}
}

func home(ts *testscript.TestScript, _ bool, args []string) {
	base := strings.TrimSuffix(ts.Getenv("SLACK_API_URL"), "api/")
	waitFor(ts, "a Home for "+args[0], func() bool {
		body := strings.NewReader(`{"as":"` + args[0] + `","open_home":{}}`)
		if resp, err := http.Post(base+"_/act", "application/json", body); err == nil {
			resp.Body.Close()
		}
		resp, err := http.Get(base + "_/state?as=" + args[0])
		if err != nil {
			return false
		}
		defer resp.Body.Close()
		var s seenState
		return json.NewDecoder(resp.Body).Decode(&s) == nil && s.Home != nil
	})
}

func busyPort(ts *testscript.TestScript, _ bool, args []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { l.Close() })
	_, port, err := net.SplitHostPort(l.Addr().String())
	ts.Check(err)
	ts.Setenv(args[0], port)
}

func newer(ts *testscript.TestScript, _ bool, args []string) {
	store, err := sql.Open("sqlite", "file:"+ts.MkAbs(args[0]))
	ts.Check(err)
	defer store.Close()
	_, err = store.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`)
	ts.Check(err)
}

func isJSON(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	if !json.Valid([]byte(text)) {
		ts.Fatalf("%s is not JSON", args[0])
	}
	for _, word := range args[1:] {
		if !strings.Contains(text, strconv.Quote(word)) {
			ts.Fatalf("%s does not hold %q", args[0], word)
		}
	}
}
