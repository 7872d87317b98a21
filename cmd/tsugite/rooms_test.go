package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport is the table of the house (design.md section 1): every arrow points
// to programme, bot draws with its own ui, rehearsal knows Slack's protocol and
// nothing of ours, and only cmd sees two rooms at once.
var mayImport = map[string][]string{
	"programme":               {},
	"bot":                     {"programme", "bot/papers", "bot/pictures", "bot/ui"},
	"bot/papers":              {"programme"},
	"bot/pictures":            {},
	"bot/terse":               {},
	"bot/ui":                  {"programme"},
	"reminders":               {"programme"},
	"calendars":               {"programme"},
	"db":                      {"programme"},
	"db/dbtest":               {"db"},
	"prompts":                 {"programme"},
	"rehearsal":               {"rehearsal/blockkit", "rehearsal/page"},
	"rehearsal/blockkit":      {},
	"rehearsal/page":          {},
	"cmd/internal/sheet":      {},
	"cmd/internal/strict":     {},
	"cmd/internal/yearreport": {"programme"},
	"cmd/tsugite":             {"programme", "bot", "bot/terse", "bot/ui", "calendars", "reminders", "db", "prompts", "rehearsal", "cmd/internal/sheet", "cmd/internal/strict", "cmd/internal/yearreport"},
}

// foreign are libraries that only some rooms may know.
var foreign = map[string][]string{
	"github.com/slack-go/slack":      {"bot", "bot/ui", "cmd/tsugite"},
	"database/sql":                   {"db", "rehearsal"},
	"github.com/bep/imagemeta":       {"bot/pictures"},
	"github.com/emersion/go-ical":    {"calendars"},
	"image":                          {"bot/pictures"},
	"github.com/teambition/rrule-go": {"calendars"},
	"modernc.org/sqlite":             {"db", "rehearsal"},
	"net/http":                       {"calendars", "rehearsal", "rehearsal/page", "bot/terse", "cmd/tsugite", "prompts"},
}

// TestRoomsImportOnlyWhatTheyMay reads every import of every room, tests aside.
func TestRoomsImportOnlyWhatTheyMay(t *testing.T) {
	root := filepath.Join("..", "..")
	seen := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && path != root {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		room := filepath.ToSlash(rel)
		seen[room] = true
		checkImports(t, room, path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for room := range mayImport {
		if _, err := os.Stat(filepath.Join(root, room)); err == nil && !seen[room] {
			t.Errorf("%s is in the table but holds no Go file", room)
		}
	}
}

func checkImports(t *testing.T, room, path string) {
	t.Helper()
	allowed, known := mayImport[room]
	if !known {
		t.Errorf("%s: the room %s is not in the table", path, room)
		return
	}
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Error(err)
		return
	}
	for _, spec := range file.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if own, ours := strings.CutPrefix(name, "tsugite/"); ours && !slices.Contains(allowed, own) {
			t.Errorf("%s: %s must not know %s", path, room, own)
		}
		for library, rooms := range foreign {
			if (name == library || strings.HasPrefix(name, library+"/")) && !slices.Contains(rooms, room) {
				t.Errorf("%s: %s must not know %s", path, room, library)
			}
		}
	}
}
