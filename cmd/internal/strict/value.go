package strict

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// Value is what a key or a list's place holds, perhaps nothing. Asking it for
// something that it is not reports a mistake and answers the zero value.
type Value struct {
	r    *Reader
	node ast.Node
	path string
}

// Given says whether there is a value.
func (v Value) Given() bool { return v.node != nil }

// Fault reports what is wrong with the value and how to mend it.
func (v Value) Fault(text, mend string) {
	var t *token.Token
	if v.node != nil {
		t = v.node.GetToken()
	}
	v.r.fault(t, v.path, text, mend)
}

// Text is a scalar as it is written. Control characters other than line breaks
// are mistakes, so no line of output can be forged by a file.
func (v Value) Text() string {
	if v.node == nil {
		return ""
	}
	var s string
	switch n := v.node.(type) {
	case *ast.StringNode:
		s = n.Value
	case *ast.LiteralNode:
		s = n.Value.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NanNode, *ast.InfinityNode:
		s = v.node.GetToken().Value
	default:
		v.Fault("must be a text", "write one value here, in quotes if it has special characters")
		return ""
	}
	bad := func(r rune) bool { return unicode.IsControl(r) && r != '\n' }
	if !utf8.ValidString(s) || strings.ContainsFunc(s, bad) {
		v.Fault("holds a control character or broken UTF-8", "type the text anew and save the file as UTF-8")
		return ""
	}
	return strings.TrimRight(s, "\n")
}

// TextUpTo is Text of max characters at most, which Slack or a screen can show.
func (v Value) TextUpTo(limit int) string {
	s := v.Text()
	if n := utf8.RuneCountInString(s); n > limit {
		v.Fault(fmt.Sprintf("has %d characters", n), fmt.Sprintf("%d at most", limit))
		return ""
	}
	return s
}

// Int is a whole number from low to high.
func (v Value) Int(low, high int) int {
	if v.node == nil {
		return 0
	}
	n, err := strconv.Atoi(v.Text())
	if err != nil || n < low || n > high {
		v.Fault("must be a whole number", fmt.Sprintf("%d to %d", low, high))
		return 0
	}
	return n
}

// Bool is true or false.
func (v Value) Bool() bool {
	if v.node == nil {
		return false
	}
	if b, ok := v.node.(*ast.BoolNode); ok {
		return b.Value
	}
	v.Fault("must be true or false", "")
	return false
}

// OneOf is a text that must be one of the words.
func (v Value) OneOf(words ...string) string {
	s := v.Text()
	if s == "" || slices.Contains(words, s) {
		return s
	}
	mend := "one of: " + strings.Join(words, ", ")
	if near := nearest(s, words); near != "" {
		mend = "did you mean " + near + "?"
	}
	v.Fault(fmt.Sprintf("unknown word %q", s), mend)
	return ""
}

// IsMap says whether the value is a mapping, for what may be written in two ways.
func (v Value) IsMap() bool {
	switch v.node.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return true
	}
	return false
}

// Map is a mapping. Absent or wrong, it is one without keys.
func (v Value) Map() *Map {
	m := &Map{r: v.r, path: v.path}
	switch n := v.node.(type) {
	case nil:
		return m
	case *ast.MappingNode:
		m.pairs = n.Values
	case *ast.MappingValueNode:
		m.pairs = []*ast.MappingValueNode{n}
	default:
		v.Fault("must be a mapping", "write key: value lines below it, indented")
		return m
	}
	m.at = v.node.GetToken()
	if len(m.pairs) > 0 {
		m.at = m.pairs[0].Key.GetToken()
	}
	v.r.maps = append(v.r.maps, m)
	return m
}

// List is the values of a list, none if it is absent.
func (v Value) List() []Value {
	if v.node == nil {
		return nil
	}
	seq, ok := v.node.(*ast.SequenceNode)
	if !ok {
		v.Fault("must be a list", "begin each entry with - ")
		return nil
	}
	vs := make([]Value, 0, len(seq.Values))
	for i, n := range seq.Values {
		item := Value{r: v.r, node: n, path: v.path + "[" + strconv.Itoa(i+1) + "]"}
		if n == nil || n.Type() == ast.NullType {
			v.Fault(fmt.Sprintf("entry %d is empty", i+1), "remove the -, or write something after it")
			continue
		}
		vs = append(vs, item)
	}
	return vs
}

// Texts is a list of texts.
func (v Value) Texts() []string {
	var out []string
	for _, item := range v.List() {
		if s := item.Text(); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// nearest is the word that is at most two slips of the finger away, or "".
func nearest(s string, words []string) string {
	best, word := 3, ""
	for _, w := range words {
		if d := distance(s, w); d < best && d < len(s) {
			best, word = d, w
		}
	}
	return word
}

// distance counts the letters to insert, delete or replace to get from a to b.
func distance(a, b string) int {
	if len(a) > 64 || len(b) > 64 {
		return 64
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := before
			if a[i] != b[j] {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// Place is where the value stands, as faults tell it: line, column and path. It is
// for mistakes that show only after the file was read.
func (v Value) Place() string {
	if v.node == nil {
		return v.path
	}
	at := v.node.GetToken().Position
	return fmt.Sprintf("%d:%d: %s", at.Line, at.Column, v.path)
}
