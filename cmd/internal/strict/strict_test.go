package strict

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// read asks a file for the keys of a small schema, as a caller would.
func read(data string) error {
	r, m := NewReader("f.yaml", []byte(data))
	m.Need("name").TextUpTo(10)
	m.Get("count").Int(1, 9)
	m.Get("open").Bool()
	for _, item := range m.Get("list").List() {
		im := item.Map()
		im.Need("id").Text()
		im.Get("kind").OneOf("workshop", "seminar")
	}
	m.Get("words").Texts()
	return r.Err()
}

func TestEveryMistakeIsToldWithItsPlace(t *testing.T) {
	for name, c := range map[string]struct {
		file string
		want []string
	}{
		"a good file": {"name: 名\ncount: 3\nopen: true\nlist:\n  - {id: a, kind: seminar}\nwords: [x, y]\n", nil},
		"unknown keys, with the word that was meant": {"name: n\ncuont: 3\n",
			[]string{`f.yaml:2:1: unknown key "cuont" (did you mean count?)`}},
		"unknown keys far from any": {"name: n\nzzzzzz: 3\n",
			[]string{`f.yaml:2:1: unknown key "zzzzzz" (known here: name, count, open, list, words)`}},
		"unknown keys deep inside": {"name: n\nlist:\n  - id: a\n    kindd: seminar\n",
			[]string{`f.yaml:4:5: list[1]: unknown key "kindd" (did you mean kind?)`}},
		"a missing key":                    {"count: 3\n", []string{"f.yaml:1:1: name: is missing"}},
		"a key without a value is missing": {"name:\ncount: 3\n", []string{"f.yaml:1:1: name: is missing"}},
		"all mistakes at once, by line": {"name: 12345678901\ncount: 12\nopen: maybe\nlist: 3\nwords: {a: b}\n", []string{
			"f.yaml:1:7: name: has 11 characters (10 at most)",
			"f.yaml:2:8: count: must be a whole number (1 to 9)",
			"f.yaml:3:7: open: must be true or false",
			"f.yaml:4:7: list: must be a list (begin each entry with - )",
			"f.yaml:5:8: words: must be a list (begin each entry with - )",
		}},
		"a word that is none, with the one that was meant": {"name: n\nlist: [{id: a, kind: workshp}]\n",
			[]string{`f.yaml:2:22: list[1].kind: unknown word "workshp" (did you mean workshop?)`}},
		"an empty place of a list": {"name: n\nlist:\n  -\n", []string{"f.yaml:3:3: list: entry 1 is empty (remove the -, or write something after it)"}},
		"a text where a mapping belongs": {"name: n\nlist: [a]\n", []string{
			"f.yaml:2:8: list[1]: must be a mapping (write key: value lines below it, indented)"}},
		"a mapping where a text belongs": {"name: {a: b}\n", []string{
			"f.yaml:1:7: name: must be a text (write one value here, in quotes if it has special characters)"}},
		"anchors stand for nothing": {"name: &a n\ncount: 3\n", []string{
			"f.yaml:1:7: name: must be a text (write one value here, in quotes if it has special characters)"}},
		"control characters": {"name: \"a\\u0007b\"\n", []string{
			"f.yaml:1:7: name: holds a control character or broken UTF-8 (type the text anew and save the file as UTF-8)"}},
		"a mark of Windows editors at the start": {"\ufeffname: n\n", nil},
		"another encoding, or half a character":  {"name: n\nlist: [{id: \"名\x82\"}]\n", []string{"f.yaml:2:15: is not UTF-8 (save the file as UTF-8)"}},
		"an empty file":                          {"# nothing\n", []string{"f.yaml: the file is empty (start from config.example.yaml)"}},
		"a second document":                      {"name: n\n---\nname: m\n", []string{"f.yaml:3:5: a second document (keep everything in one document, without ---)"}},
		"the same key twice":                     {"name: n\nname: m\n", []string{`f.yaml:2:1: mapping key "name" already defined at [1:1]`}},
		"broken YAML":                            {"name: [n\n", []string{"f.yaml:1:7: sequence end token ']' not found"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			var faults Faults
			if err := read(c.file); errors.As(err, &faults) {
				for _, f := range faults {
					got = append(got, f.Error())
				}
			} else if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestPlacesAreToldAfterTheFileWasRead(t *testing.T) {
	r, m := NewReader("f.yaml", []byte("name: n\nlist:\n  - {id: a}\n"))
	list := m.Get("list").List()
	m.Get("name")
	item := list[0].Map()
	id, absent := item.Get("id"), item.Get("kind")
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	if id.Place() != "3:10: list[1].id" || absent.Place() != "list[1].kind" {
		t.Errorf("%q and %q", id.Place(), absent.Place())
	}
}

func TestAFileOfAnySizeOrDepthIsAnswered(t *testing.T) {
	for _, file := range []string{
		strings.Repeat("a", maxBytes+1),
		strings.Repeat("[", maxBytes),
		strings.Repeat("{a: ", maxBytes/4),
		strings.Repeat("- ", maxBytes/2),
		strings.Repeat("a: ", maxBytes/3),
		strings.Repeat("!t ", maxBytes/3),
		strings.Repeat("\"", maxBytes),
		strings.Repeat("- - - -\n", maxBytes/8),
		strings.Repeat("#\n", maxBytes/2),
		nestedBlocks(600),
	} {
		if read(file) == nil {
			t.Errorf("%.20q… was taken", file)
		}
	}
}

// nestedBlocks is a file whose every line lies one blank deeper.
func nestedBlocks(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

func FuzzRead(f *testing.F) {
	f.Add("name: n\ncount: 3\nlist:\n  - {id: a}\n")
	f.Add("name: |\n  a\n  b\n? x\n: y\n")
	f.Add("name: !!binary aGk=\n<<: *a\n")
	f.Fuzz(func(t *testing.T, file string) {
		err := read(file)
		var faults Faults
		if err != nil && !errors.As(err, &faults) {
			t.Fatalf("%T", err)
		}
		for _, fault := range faults {
			if fault.Text == "" {
				t.Fatal("a fault without words", fmt.Sprint(fault))
			}
		}
	})
}
