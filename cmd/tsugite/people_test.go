package main

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/japanese"

	"tsugite/cmd/internal/sheet"
)

// TestPeopleTranscripts runs the command line as an office would (testdata/people).
func TestPeopleTranscripts(t *testing.T) {
	t.Setenv("LANG", "ja_JP.UTF-8")
	testscript.Run(t, testscript.Params{
		Dir: "testdata/people",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			// tsugite runs a command within this process; file names are the script's.
			"tsugite": func(ts *testscript.TestScript, fails bool, args []string) {
				for i, a := range args {
					if strings.Contains(a, ".") && !strings.HasPrefix(a, "-") {
						args[i] = ts.MkAbs(a)
					}
				}
				code := run(args, streams{ts.Stdout(), ts.Stderr()})
				if fails != (code != 0) {
					ts.Fatalf("tsugite %s: exit %d", strings.Join(args, " "), code)
				}
			},
			// shiftjis writes a file anew in Shift_JIS, as older spreadsheets do.
			"shiftjis": func(ts *testscript.TestScript, _ bool, args []string) {
				text, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte(ts.ReadFile(args[0])))
				ts.Check(err)
				ts.Check(os.WriteFile(ts.MkAbs(args[1]), text, 0o600))
			},
		},
		Setup: func(e *testscript.Env) error {
			roster, err := fs.ReadFile(sampleFiles, "sample/people.csv")
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(e.WorkDir, "sample.csv"), roster, 0o600)
		},
	})
}

// keysInCode finds the keys of sentences in the sources of a folder.
func keysInCode(t *testing.T, pattern, folder string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		for _, m := range regexp.MustCompile(pattern).FindAllSubmatch(data, -1) {
			keys = append(keys, string(m[1]))
		}
	}
	return keys
}

// TestEverySentenceExistsInBothLanguages compares what the code says with what
// there are words for: nothing is missing, nothing is left over, and both
// languages fill the same slots.
func TestEverySentenceExistsInBothLanguages(t *testing.T) {
	said := slices.Concat(
		keysInCode(t, `"((?:people|event|export|survey|consent)\.[a-z_]+)"`, "."),
		keysInCode(t, `"(rehearse\.[a-z_]+)"`, "../internal/yearreport"),
		keysInCode(t, `"((?:roster|guests)\.[a-z_]+)"`, "../../programme"),
		sheet.FaultKeys,
	)
	said = slices.DeleteFunc(said, func(k string) bool { return k == "roster.export" || k == "people.csv" }) // no sentences
	said = composed(t, said, "export.memo_", []string{"session", "event", "hearing", "call"})
	said = composed(t, said, "consent.said_", []string{"yes", "nameless", "no", "withdrawn"})
	said = composed(t, said, "consent.of_", []string{"part", "answer", "photo", "words"})
	slices.Sort(said)
	said = slices.Compact(said)
	slot := regexp.MustCompile(`\{\{\.\w+\}\}`)
	slots := map[string]map[string][]string{}
	for _, lang := range languages {
		data, err := fs.ReadFile(localeFiles, "locales/"+lang+".yaml")
		if err != nil {
			t.Fatal(err)
		}
		var words map[string]string
		if err := yaml.Unmarshal(data, &words); err != nil {
			t.Fatal(err)
		}
		var keys []string
		slots[lang] = map[string][]string{}
		for k, s := range words {
			keys = append(keys, k)
			found := slot.FindAllString(s, -1)
			slices.Sort(found)
			slots[lang][k] = slices.Compact(found)
		}
		slices.Sort(keys)
		if diff := cmp.Diff(said, keys); diff != "" {
			t.Errorf("%s: %s", lang, diff)
		}
	}
	if diff := cmp.Diff(slots["ja"], slots["en"]); diff != "" {
		t.Error(diff)
	}
}

// composed puts in place of a key's beginning, which the code ends with a kind, what it
// becomes with each of the kinds.
func composed(t *testing.T, keys []string, begins string, kinds []string) []string {
	t.Helper()
	i := slices.Index(keys, begins)
	if i < 0 {
		t.Fatalf("nothing in the code begins with %q", begins)
	}
	keys = slices.Delete(keys, i, i+1)
	for _, kind := range kinds {
		keys = append(keys, begins+kind)
	}
	return keys
}

func TestExportKeepsTheOldFileWhenItFails(t *testing.T) {
	name := filepath.Join(t.TempDir(), "roster.csv")
	if err := os.WriteFile(name, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := replaceFile(name, func(io.Writer) error { return fs.ErrInvalid }); err == nil {
		t.Error("no error")
	}
	got, err := os.ReadFile(name)
	if err != nil || !bytes.Equal(got, []byte("old")) {
		t.Errorf("%q %v", got, err)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(name), ".tsugite-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}
