package main

import (
	"errors"
	"fmt"
	"hash/fnv"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"tsugite/cmd/internal/strict"
	"tsugite/programme"
)

// What fits the message that shows an answer (slack.md Sizes), and as many as the search
// looks through in memory.
const (
	maxFaqEntries  = 300
	maxFaqQuestion = 200
	maxFaqAnswer   = 1500
	maxFaqWords    = 20
	maxFaqWord     = 30
	maxFaqFile     = 256 << 10 // bytes
)

// faqPrefix begins the ids of entries of the file, which the office's own have not.
const faqPrefix = "file:"

// readFaq reads the file of questions that are asked often. Faults inside it carry its own
// name and come back apart.
func readFaq(c *Config, v strict.Value, open opener) strict.Faults {
	if !v.Given() {
		return nil
	}
	name := readFileName(v)
	if name == "" {
		return nil
	}
	data, err := open(name)
	if err != nil {
		v.Fault(unreadable(name, err, "name an existing file").Error(), "")
		return nil
	}
	var faults strict.Faults
	if c.settings.Faq, err = parseFaq(name, data); errors.As(err, &faults) {
		return faults
	}
	return nil
}

// parseFaq reads a FAQ file, YAML or by its extension Markdown; name is what faults call it.
// The error is of all faults (strict.Faults).
func parseFaq(name string, data []byte) ([]programme.FaqEntry, error) {
	if ext := strings.ToLower(filepath.Ext(name)); ext == ".md" || ext == ".markdown" {
		return parseFaqMarkdown(name, data)
	}
	r, m := strict.NewReader(name, data)
	var out []programme.FaqEntry
	seen := map[string]bool{}
	list := m.Need("faq")
	items := list.List()
	if len(items) > maxFaqEntries {
		list.Fault(fmt.Sprintf("has %d entries", len(items)), fmt.Sprintf("%d at most", maxFaqEntries))
		items = nil
	}
	for _, item := range items {
		e := item.Map()
		at := e.Need("id")
		f := programme.FaqEntry{
			ID: faqPrefix + readID(at), Question: readFaqText(e.Need("question"), maxFaqQuestion),
			Answer: readFaqText(e.Need("answer"), maxFaqAnswer), Words: readFaqWords(e.Get("words")),
		}
		if seen[f.ID] && f.ID != faqPrefix {
			at.Fault("the same id twice", "give each entry an id of its own")
		}
		seen[f.ID] = true
		out = append(out, f)
	}
	if err := r.Err(); err != nil {
		return nil, err
	}
	return out, nil
}

func readFaqText(v strict.Value, most int) programme.Text {
	if !v.Given() {
		return programme.Text{}
	}
	m := v.Map()
	ja, en := m.Need("ja"), m.Get("en")
	t := programme.Text{Ja: ja.TextUpTo(most), En: en.TextUpTo(most)}
	if ja.Given() && m.Sound() && strings.TrimSpace(t.Ja) == "" {
		ja.Fault("says nothing", "write the words")
	}
	return t
}

func readFaqWords(v strict.Value) []string {
	var out []string
	for i, w := range v.List() {
		if i == maxFaqWords {
			v.Fault("has too many words", fmt.Sprintf("%d at most", maxFaqWords))
			return nil
		}
		word := w.TextUpTo(maxFaqWord)
		if word != "" && utf8.RuneCountInString(strings.TrimSpace(word)) < 2 {
			w.Fault("is too short to be looked for", "two characters or more")
		}
		out = append(out, word)
	}
	return out
}

// parseFaqMarkdown reads entries written as "## question" and the text below it. What stands
// before the first of them, such as a title, is for who reads the file. An entry's id is made
// of its question, so that it stays when others come and go.
func parseFaqMarkdown(name string, data []byte) ([]programme.FaqEntry, error) {
	if len(data) > maxFaqFile {
		return nil, strict.Faults{{File: name, Text: fmt.Sprintf("the file has %d bytes", len(data)), Mend: fmt.Sprintf("%d at most", maxFaqFile)}}
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	if !utf8.ValidString(text) {
		return nil, strict.Faults{{File: name, Text: "is not UTF-8", Mend: "save the file as UTF-8"}}
	}
	m := faqMarkdown{file: name, seen: map[string]bool{}}
	for i, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		m.line(i+1, line)
	}
	m.end()
	switch {
	case len(m.out) == 0 && len(m.faults) == 0:
		m.fault(1, "has no questions", "write each as a line that begins with ##, and its answer below")
	case len(m.out) > maxFaqEntries:
		m.fault(1, fmt.Sprintf("has %d questions", len(m.out)), fmt.Sprintf("%d at most", maxFaqEntries))
	}
	if len(m.faults) > 0 {
		return nil, m.faults
	}
	return m.out, nil
}

// faqMarkdown gathers entries line by line.
type faqMarkdown struct {
	file   string
	at     int // line of the question that is open, 0 for none
	open   programme.FaqEntry
	answer []string
	out    []programme.FaqEntry
	seen   map[string]bool
	faults strict.Faults
}

func (m *faqMarkdown) line(n int, line string) {
	question, ok := strings.CutPrefix(line, "## ")
	switch {
	case ok:
		m.end()
		m.at, m.open = n, programme.FaqEntry{Question: programme.Text{Ja: strings.TrimSpace(question)}}
	case strings.HasPrefix(line, "# "):
		m.end()
	case m.at > 0:
		m.answer = append(m.answer, line)
	}
}

// end takes up the entry that is open.
func (m *faqMarkdown) end() {
	if m.at == 0 {
		return
	}
	f, at := m.open, m.at
	f.Answer.Ja = strings.TrimSpace(strings.Join(m.answer, "\n"))
	m.at, m.answer = 0, nil
	for _, c := range []struct {
		what, text string
		most       int
	}{{"the question", f.Question.Ja, maxFaqQuestion}, {"the answer", f.Answer.Ja, maxFaqAnswer}} {
		if c.text == "" {
			m.fault(at, c.what+" says nothing", "write the words")
		}
		if n := utf8.RuneCountInString(c.text); n > c.most {
			m.fault(at, fmt.Sprintf("%s has %d characters", c.what, n), fmt.Sprintf("%d at most", c.most))
		}
		if strings.ContainsFunc(c.text, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7F }) {
			m.fault(at, c.what+" holds a control character", "type the text anew")
		}
	}
	sum := fnv.New64a()
	sum.Write([]byte(f.Question.Ja))
	f.ID = fmt.Sprintf("%smd-%016x", faqPrefix, sum.Sum64())
	if m.seen[f.ID] {
		m.fault(at, "the same question twice", "keep one of them")
	}
	m.seen[f.ID] = true
	m.out = append(m.out, f)
}

func (m *faqMarkdown) fault(line int, text, mend string) {
	m.faults = append(m.faults, strict.Fault{File: m.file, Line: line, Column: 1, Text: text, Mend: mend})
}
