package ui

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// readersForm is the name of the page for who reads what, in block ids.
const readersForm = "readers"

// readersHint says under a part who will read it, before it is written.
func readersHint(def programme.PartDef, d MemoFormData, l Locale) string {
	if def.Key == programme.Confidential {
		return l.T("memo.form.confidential", nil)
	}
	names := readerNames(d.readersOf(def), l)
	if slices.Contains(d.readersOf(def), programme.ReadParticipant) {
		names = append(names, openedTo(d.Draft.Openings, d.Draft.Latest.Version+1, l)...)
	}
	return cut(l.T("memo.form.readers", words{"Readers": l.list(names)}), 1000)
}

// readersOf are those for whom a part is meant as the form stands.
func (d MemoFormData) readersOf(def programme.PartDef) []programme.Reader {
	return def.Audience(d.Draft.Form.Readers[def.Key], d.Draft.Form.Kind, d.Draft.Office)
}

// readerList names readers in a fixed order, each once.
func readerList(rs []programme.Reader, l Locale) string { return l.list(readerNames(rs, l)) }

func readerNames(rs []programme.Reader, l Locale) (names []string) {
	for _, r := range programme.Readers {
		if slices.Contains(rs, r) {
			names = append(names, l.T("memo.reader."+string(r), nil))
		}
	}
	return names
}

// readersLine says under the form who will read what, a phrase for each group of those who
// read the same: escaped markup.
func readersLine(d MemoFormData, l Locale) string {
	var groups []readersGroup
	for _, r := range programme.Readers {
		read := d.readBy(r)
		nobody := len(read) == 0
		if nobody && (r == programme.ReadPublic || r == programme.ReadParticipant && d.Draft.Form.Kind == programme.OfEvent) {
			continue
		}
		i := slices.IndexFunc(groups, func(g readersGroup) bool { return slices.Equal(g.parts, read) })
		if i < 0 {
			groups = append(groups, readersGroup{parts: read})
			i = len(groups) - 1
		}
		groups[i].readers = append(groups[i].readers, r)
	}
	var phrases []string
	for _, g := range groups {
		phrases = append(phrases, l.T("memo.read.phrase", words{"Readers": readerList(g.readers, l), "Parts": d.partsPhrase(g.parts, l)}))
	}
	return escape(l.T("memo.read.line", words{"Phrases": strings.Join(phrases, l.T("memo.read.between", nil))}))
}

// readersGroup are readers of the same parts.
type readersGroup struct {
	readers []programme.Reader
	parts   []string
}

// readBy are the keys of the parts that are meant for a reader.
func (d MemoFormData) readBy(r programme.Reader) (keys []string) {
	for _, def := range d.Parts {
		if slices.Contains(d.readersOf(def), r) {
			keys = append(keys, def.Key)
		}
	}
	return keys
}

// partsPhrase names parts in as few words as there are: all, none, all but one or two, or
// each.
func (d MemoFormData) partsPhrase(keys []string, l Locale) string {
	var in, out []string
	for _, def := range d.Parts {
		title := shortTitle(or(l.Text(def.Title), def.Key))
		if slices.Contains(keys, def.Key) {
			in = append(in, title)
		} else {
			out = append(out, title)
		}
	}
	switch {
	case len(in) == 0:
		return l.T("memo.read.none", nil)
	case len(out) == 0:
		return l.T("memo.read.all", nil)
	case len(out) <= 2 && len(out) < len(in):
		return l.T("memo.read.but", words{"Parts": l.list(out)})
	}
	return l.list(in)
}

// shortTitle is a part's title without what stands in brackets behind it.
func shortTitle(title string) string {
	short, _, _ := strings.Cut(title, "（")
	short, _, _ = strings.Cut(short, " (")
	return line(or(short, title), 30)
}

// MemoReaders is the page on which the writer says for whom each part is, within their
// right: who always reads it, and who never does, cannot be chosen.
func MemoReaders(d MemoFormData, instead bool, l Locale) slack.ModalViewRequest {
	blocks := []slack.Block{section(l.T("memo.readers.intro", nil), nil)}
	f := d.Draft.Form
	for _, def := range d.Parts {
		always, may := choosable(def, f.Kind, d.Draft.Office)
		title := or(l.Text(def.Title), def.Key)
		if len(may) == 0 {
			blocks = append(blocks, section(lines(bold(title), escape(l.T("memo.page.readers", words{"Readers": readerList(always, l)}))), nil))
			continue
		}
		var on []string
		for _, r := range d.readersOf(def) {
			on = append(on, string(r))
		}
		in := formInput(readersForm, def.Key, title, l.T("memo.readers.always", words{"Readers": readerList(always, l)}), readerTicks(may, on, l))
		in.Optional = true
		blocks = append(blocks, in)
	}
	form := d.metadata()
	form.Instead = instead
	return formView(l.T("memo.readers.title", nil), l.T("button.memo_readers_save", nil), CallbackMemoReaders, form, l, blocks...)
}

func readerTicks(may []programme.Reader, on []string, l Locale) slack.BlockElement {
	var cs []labelled
	for _, r := range may {
		cs = append(cs, labelled{string(r), l.T("memo.reader."+string(r), nil)})
	}
	return ticks(cs, on)
}

// choosable are the readers of a part about whom its writer has no choice, and those about
// whom they have.
func choosable(def programme.PartDef, kind programme.MemoKind, office bool) (always, may []programme.Reader) {
	always = def.Audience([]programme.Reader{}, kind, office)
	for _, r := range def.Audience(programme.Readers, kind, office) {
		if !slices.Contains(always, r) {
			may = append(may, r)
		}
	}
	return always, may
}

// ReadMemoReaders reads the page into the draft: what is as configured is not kept, so that
// it follows the configuration. Instead says whether the page took the form's place.
func ReadMemoReaders(view slack.View, d *programme.MemoDraft, parts []programme.PartDef) {
	v := readFields(view)
	chosen := map[string][]programme.Reader{}
	for _, def := range parts {
		always, may := choosable(def, d.Form.Kind, d.Office)
		in, asked := v[def.Key]
		if !asked || len(may) == 0 {
			if was := d.Form.Readers[def.Key]; was != nil {
				chosen[def.Key] = was
			}
			continue
		}
		readers := slices.Clone(always)
		for _, o := range in.SelectedOptions {
			if r := programme.Reader(o.Value); slices.Contains(may, r) {
				readers = append(readers, r)
			}
		}
		usual := def.Audience(nil, d.Form.Kind, d.Office)
		if now := def.Audience(readers, d.Form.Kind, d.Office); d.Memo != "" || !slices.Equal(now, usual) {
			chosen[def.Key] = now
		}
	}
	d.Form.Readers = chosen
}

// readerLetters stand for the readers in what a form carries.
var readerLetters = map[programme.Reader]string{
	programme.ReadParticipant: "p", programme.ReadMentor: "m", programme.ReadOffice: "o",
	programme.ReadBureau: "b", programme.ReadPublic: "u",
}

// encodeReaders writes who reads which part in few letters: a form carries 3,000 at most
// (slack.md Sizes).
func encodeReaders(readers map[string][]programme.Reader) string {
	var out []string
	for key, rs := range readers {
		letters := ""
		for _, r := range rs {
			letters += readerLetters[r]
		}
		out = append(out, key+"="+letters)
	}
	slices.Sort(out)
	return strings.Join(out, ";")
}

func decodeReaders(s string) map[string][]programme.Reader {
	if s == "" {
		return nil
	}
	out := map[string][]programme.Reader{}
	for _, entry := range strings.Split(s, ";") {
		key, letters, _ := strings.Cut(entry, "=")
		readers := []programme.Reader{}
		for _, r := range programme.Readers {
			if strings.Contains(letters, readerLetters[r]) {
				readers = append(readers, r)
			}
		}
		out[key] = readers
	}
	return out
}
