package ui_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tsugite/bot/ui"
)

var update = flag.Bool("update", false, "write the golden files anew; then read them")

// golden writes a drawing as a person reads it in a review.
func golden(t *testing.T, d drawing) []byte {
	t.Helper()
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(d); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWhatPeopleSee(t *testing.T) {
	for _, lang := range ui.Languages {
		for name, d := range sample().drawings(t, ui.NewLocale(lang, tokyo)) {
			t.Run(name+"."+lang, func(t *testing.T) {
				for _, p := range d.problems() {
					t.Error(p)
				}
				got := golden(t, d)
				if strings.Contains(string(got), "<no value>") {
					t.Error("a sentence lacks an argument")
				}
				if strings.Contains(string(got), "…") {
					t.Error("words of ours are cut")
				}
				compare(t, filepath.Join("testdata", name+"."+lang+".json"), got)
			})
		}
	}
}

func compare(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("looks different (-want +got); if it should, run with -update and read it:\n%s", d)
	}
}

func TestEveryGoldenFileIsDrawn(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	files, err := filepath.Glob("testdata/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		name, _, _ := strings.Cut(filepath.Base(file), ".")
		if _, ok := drawn[name]; !ok {
			t.Errorf("%s is of nothing that is drawn", file)
		}
	}
}
