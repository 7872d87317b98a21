// Package strict reads YAML files that people write by hand: every mistake is
// found in one pass and reported with its line, its column and how to mend it,
// and a key that nothing asked for is a mistake.
//
// It knows YAML and nothing of what the files say: whoever reads a file asks
// for keys (Map.Need, Map.Get), turns values into what it wants and reports
// what does not fit with Value.Fault. The keys asked for are the schema, so the
// two cannot drift apart.
package strict

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// maxBytes is how large a file may be and maxDepth how deeply nested: far above
// any real one. The parser's work grows with the square of the depth.
const (
	maxBytes = 256 << 10
	maxDepth = 50
)

// Fault is one mistake in a file. Line and Column count from 1; 0 means the
// file as a whole.
type Fault struct {
	File         string
	Line, Column int
	Path         string // programme.events[2].end, "" for the whole file
	Text         string // what is wrong
	Mend         string // what to write instead
}

func (f Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", f.Line, f.Column)
	}
	b.WriteString(": ")
	if f.Path != "" {
		b.WriteString(f.Path + ": ")
	}
	b.WriteString(f.Text)
	if f.Mend != "" {
		b.WriteString(" (" + f.Mend + ")")
	}
	return b.String()
}

// Faults are all mistakes of a file, in the order of its lines.
type Faults []Fault

func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// Reader reads one file and gathers its mistakes.
type Reader struct {
	file   string
	faults Faults
	maps   []*Map
}

// NewReader reads data, which came from the file of that name. What it returns
// can always be asked for keys; Err says in the end whether all was well.
func NewReader(file string, data []byte) (*Reader, *Map) {
	r := &Reader{file: file}
	empty := &Map{r: r}
	if len(data) > maxBytes {
		r.fault(nil, "", fmt.Sprintf("the file has %d bytes", len(data)), fmt.Sprintf("%d at most", maxBytes))
		return r, empty
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // which editors on Windows write
	if line, column := notUTF8(data); line > 0 {
		r.faults = append(r.faults, Fault{File: file, Line: line, Column: column, Text: "is not UTF-8", Mend: "save the file as UTF-8"})
		return r, empty
	}
	if line := tooDeep(data); line > 0 {
		r.faults = append(r.faults, Fault{File: file, Line: line, Column: 1, Text: "is nested too deeply", Mend: fmt.Sprintf("%d levels at most", maxDepth)})
		return r, empty
	}
	f, err := parser.ParseBytes(data, 0)
	if err != nil {
		r.syntax(err)
		return r, empty
	}
	var bodies []ast.Node
	for _, d := range f.Docs {
		if d.Body != nil {
			bodies = append(bodies, d.Body)
		}
	}
	switch len(bodies) {
	case 0:
		r.fault(nil, "", "the file is empty", "start from config.example.yaml")
		return r, empty
	case 1:
		return r, Value{r: r, node: bodies[0]}.Map()
	default:
		r.fault(bodies[1].GetToken(), "", "a second document", "keep everything in one document, without ---")
		return r, empty
	}
}

// notUTF8 is where the first byte stands that is not UTF-8; 0 if there is none. The
// parser would put another character in its place and say nothing.
func notUTF8(data []byte) (line, column int) {
	line, column = 1, 1
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && n == 1:
			return line, column
		case r == '\n':
			line, column = line+1, 1
		default:
			column++
		}
		data = data[n:]
	}
	return 0, 0
}

// tooDeep is the line on which brackets, or marks that nest by themselves, are
// more than maxDepth deep; 0 if none is. It looks at signs only, also at those
// within texts.
func tooDeep(data []byte) int {
	line, depth, marks := 1, 0, 0
	for _, b := range data {
		switch b {
		case '\n':
			line, marks = line+1, 0
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(0, depth-1)
		case '-', '?', ':', '!', '&', '*', '|', '>':
			marks++
		}
		if depth > maxDepth || marks > 20*maxDepth {
			return line
		}
	}
	return 0
}

func (r *Reader) syntax(err error) {
	var e yaml.Error
	if errors.As(err, &e) {
		r.fault(e.GetToken(), "", e.GetMessage(), "")
		return
	}
	r.fault(nil, "", err.Error(), "")
}

func (r *Reader) fault(t *token.Token, path, text, mend string) {
	f := Fault{File: r.file, Path: path, Text: text, Mend: mend}
	if t != nil && t.Position != nil {
		f.Line, f.Column = t.Position.Line, t.Position.Column
	}
	r.faults = append(r.faults, f)
}

// Err is all mistakes as Faults, or nil. Call it once, after every key was
// asked for: keys that nobody asked for are mistakes too.
func (r *Reader) Err() error {
	for _, m := range r.maps {
		m.unknown()
	}
	r.maps = nil
	if len(r.faults) == 0 {
		return nil
	}
	slices.SortStableFunc(r.faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return r.faults
}

// Map is a mapping of keys to values.
type Map struct {
	r     *Reader
	at    *token.Token
	path  string
	pairs []*ast.MappingValueNode
	asked []string
}

// Given says whether there is such a mapping in the file at all.
func (m *Map) Given() bool { return m.at != nil }

// Sound says whether nothing was wrong in the mapping so far, so that checks
// across its keys do not repeat what is known.
func (m *Map) Sound() bool {
	return !slices.ContainsFunc(m.r.faults, func(f Fault) bool { return strings.HasPrefix(f.Path, m.path) })
}

// Get is the value of an optional key; it may be absent (Value.Given).
func (m *Map) Get(key string) Value {
	if !slices.Contains(m.asked, key) {
		m.asked = append(m.asked, key)
	}
	v := Value{r: m.r, path: key}
	if m.path != "" {
		v.path = m.path + "." + key
	}
	for _, p := range m.pairs {
		if keyOf(p) == key {
			if p.Value.Type() != ast.NullType {
				v.node = p.Value
			}
			return v
		}
	}
	return v
}

// Need is the value of a key that must be there.
func (m *Map) Need(key string) Value {
	v := m.Get(key)
	if !v.Given() && m.Given() {
		m.r.fault(m.at, v.path, "is missing", "")
	}
	return v
}

// Fault reports a mistake that concerns the mapping as a whole.
func (m *Map) Fault(text, mend string) { m.r.fault(m.at, m.path, text, mend) }

func (m *Map) unknown() {
	for _, p := range m.pairs {
		key := keyOf(p)
		if slices.Contains(m.asked, key) {
			continue
		}
		mend := "known here: " + strings.Join(m.asked, ", ")
		if near := nearest(key, m.asked); near != "" {
			mend = "did you mean " + near + "?"
		}
		if len(m.asked) == 0 {
			mend = "remove it"
		}
		m.r.fault(p.Key.GetToken(), m.path, fmt.Sprintf("unknown key %q", key), mend)
	}
}

func keyOf(p *ast.MappingValueNode) string { return p.Key.GetToken().Value }
