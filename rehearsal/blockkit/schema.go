package blockkit

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"
)

// A check looks at one decoded JSON value, found at a JSON pointer, and
// reports what is wrong with it.
type check func(w *walk, at string, v any)

// An object is the table of one JSON object: its fields in the order in which
// problems are reported, and the rules across them.
type object struct {
	fields []field
	rules  []rule
}

// A field is one property of an object.
type field struct {
	name  string
	must  bool
	check check
}

// A rule looks at several fields of an object at once. It runs after the
// fields' own checks and must not assume that they passed.
type rule func(w *walk, at string, m map[string]any)

func must(name string, c check) field { return field{name, true, c} }
func may(name string, c check) field  { return field{name, false, c} }

// fields makes a table without rules across fields.
func fields(fs ...field) object { return object{fields: fs} }

// with returns the table with further rules across its fields.
func (o object) with(rules ...rule) object {
	return object{o.fields, slices.Concat(o.rules, rules)}
}

// and returns the table with further fields.
func (o object) and(fs ...field) object {
	return object{slices.Concat(o.fields, fs), o.rules}
}

// check is the check of an object without a type of its own.
func (o object) check(w *walk, at string, v any) {
	m, ok := v.(map[string]any)
	if !ok {
		w.report(at, "must provide an object")
		return
	}
	o.checkFields(w, at, m)
}

// checkFields looks at each known field, then for unknown ones, then at the
// rules across fields. The field `type` is the caller's: it chose the table.
func (o object) checkFields(w *walk, at string, m map[string]any) {
	known := 0
	for _, f := range o.fields {
		v, ok := m[f.name]
		switch {
		case ok:
			known++
			f.check(w, at+"/"+f.name, v)
		case f.must:
			w.report(at, "missing required field: "+f.name)
		}
	}
	if has(m, "type") {
		known++
	}
	if known < len(m) {
		o.reportUnknown(w, at, m)
	}
	for _, r := range o.rules {
		r(w, at, m)
	}
}

// reportUnknown names the properties that the table does not have, sorted.
func (o object) reportUnknown(w *walk, at string, m map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(m)) {
		known := slices.ContainsFunc(o.fields, func(f field) bool { return f.name == name })
		if !known && name != "type" {
			w.report(at, "invalid additional property: "+cut(name))
		}
	}
}

// typeOf reads an object's type, or reports why it has none.
func typeOf(w *walk, at string, v any) (m map[string]any, name string, ok bool) {
	m, ok = v.(map[string]any)
	if !ok {
		w.report(at, "must provide an object")
		return nil, "", false
	}
	t, present := m["type"]
	if !present {
		w.report(at, "missing required field: type")
		return nil, "", false
	}
	name, ok = t.(string)
	if !ok {
		w.report(at+"/type", "must provide a string")
		return nil, "", false
	}
	return m, name, true
}

// oneOf is an object whose type chooses its table.
func oneOf(types map[string]object) check {
	return func(w *walk, at string, v any) {
		m, name, ok := typeOf(w, at, v)
		if !ok {
			return
		}
		o, ok := types[name]
		if !ok {
			w.unsupported(at, name)
			return
		}
		o.checkFields(w, at, m)
	}
}

// str is a string of least to most characters; most < 0 means no limit.
func str(least, most int) check {
	return func(w *walk, at string, v any) {
		s, ok := v.(string)
		if !ok {
			w.report(at, "must provide a string")
			return
		}
		w.length(at, s, least, most)
	}
}

// format is a string that ok accepts; what says what it should have been.
func format(what string, ok func(string) bool) check {
	return func(w *walk, at string, v any) {
		s, isString := v.(string)
		switch {
		case !isString:
			w.report(at, "must provide a string")
		case !ok(s):
			w.report(at, what)
		}
	}
}

// enum is one of a few strings.
func enum(values ...string) check {
	return func(w *walk, at string, v any) {
		s, ok := v.(string)
		switch {
		case !ok:
			w.report(at, "must provide a string")
		case !slices.Contains(values, s):
			w.report(at, "must be a valid enum value")
		}
	}
}

func boolean(w *walk, at string, v any) {
	if _, ok := v.(bool); !ok {
		w.report(at, "must provide a boolean")
	}
}

func number(w *walk, at string, v any) {
	if _, ok := v.(json.Number); !ok {
		w.report(at, "must provide a number")
	}
}

// integer is a whole number from least to most.
func integer(least, most int) check {
	return func(w *walk, at string, v any) {
		n, ok := asInt(v)
		switch {
		case !ok:
			w.report(at, "must provide an integer")
		case n < least:
			w.report(at, fmt.Sprintf("must be greater than %d", least-1))
		case n > most:
			w.report(at, fmt.Sprintf("must be less than %d", most+1))
		}
	}
}

// list is an array of least to most items.
func list(least, most int, item check) check {
	return func(w *walk, at string, v any) {
		items, ok := v.([]any)
		if !ok {
			w.report(at, "must provide an array")
			return
		}
		w.count(at, len(items), least, most)
		for i, v := range items[:min(len(items), most)] {
			item(w, at+"/"+strconv.Itoa(i), v)
		}
	}
}

// orNull also accepts null.
func orNull(c check) check {
	return func(w *walk, at string, v any) {
		if v != nil {
			c(w, at, v)
		}
	}
}

// oneField demands exactly one of two fields.
func oneField(a, b string) rule {
	return func(w *walk, at string, m map[string]any) {
		if has(m, a) == has(m, b) {
			w.report(at, fmt.Sprintf("must define either `%s` or `%s`", a, b))
		}
	}
}

// ordered demands that two whole numbers, where both are given, rise.
func ordered(low, high string) rule {
	return func(w *walk, at string, m map[string]any) {
		a, okA := asInt(m[low])
		b, okB := asInt(m[high])
		if okA && okB && a > b {
			w.report(at+"/"+low, fmt.Sprintf("`%s` must not be greater than `%s`", low, high))
		}
	}
}

func has(m map[string]any, name string) bool {
	_, ok := m[name]
	return ok
}

func asInt(v any) (int, bool) {
	n, ok := v.(json.Number)
	if !ok {
		return 0, false
	}
	i, err := strconv.Atoi(n.String())
	return i, err == nil
}

func chars(s string) int { return utf8.RuneCountInString(s) }

// cut shortens what a hostile request would have us repeat.
func cut(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return s
}
