package ui

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// SearchData is what the search in memos is drawn from.
type SearchData struct {
	Form  Form
	Query programme.MemoQuery // After is where the page of hits begins
	Hits  *programme.MemoHits // nil before anything was searched
	Parts []programme.PartDef
	Me    programme.Person // who searches
}

// searchForm is the form's name in block ids and words.
const searchForm = "search"

// anything is the option of a menu that narrows nothing: a menu cannot be emptied again.
const anything = "*"

// SearchPage asks what to look for, beneath what was found. It stays open: the next search
// takes the place of this one.
func SearchPage(d SearchData, l Locale) slack.ModalViewRequest {
	blocks := searchInputs(d, l)
	if d.Hits != nil {
		blocks = append(searchHits(d, l), blocks...)
	}
	v := modal(l.T("search.title", nil), l, blocks...)
	v.Submit = plain(l.T("button.search_go", nil), maxModalWord)
	v.CallbackID = CallbackSearch
	v.PrivateMetadata = d.Form.encode()
	return v
}

// searchInputs are the fields. Somebody who can find no memo but those about themself is
// not asked whose, nor where.
func searchInputs(d SearchData, l Locale) []slack.Block {
	f, q := fields{searchForm, l}, d.Query
	kinds := []labelled{{anything, l.T("search.any", nil)}}
	for _, k := range programme.MemoKinds {
		kinds = append(kinds, labelled{string(k), memoKind(k, l)})
	}
	blocks := []slack.Block{
		f.optional("words", f.words(q.Words, maxSearched, false)),
	}
	if d.Me.FindsOthers() {
		places := append([]labelled{{anything, l.T("search.any", nil)}}, namedOptions(programme.Prefectures)...)
		blocks = append(blocks, f.optional("about", f.words(q.About, maxSearched, false)),
			f.optional("prefecture", f.one(places, cmp.Or(q.Prefecture, anything))))
	}
	return append(blocks,
		f.optional("from", datePicker(q.From)), f.optional("till", datePicker(q.Till)),
		f.optional("kind", f.one(kinds, cmp.Or(string(q.Kind), anything))))
}

// maxSearched is how many characters a field of the search takes.
const maxSearched = 100

func datePicker(d programme.Date) *slack.DatePickerBlockElement {
	e := slack.NewDatePickerBlockElement(inputValue)
	if d.Add(0, 0) == d {
		e.InitialDate = string(d)
	}
	return e
}

// searchHits are the memos found, each with the words in their sentences.
func searchHits(d SearchData, l Locale) []slack.Block {
	var blocks []slack.Block
	for _, h := range d.Hits.Hits {
		v := h.View
		about := ""
		if v.Memo.Kind == programme.OfEvent || v.Atsugi.ID != d.Me.ID {
			about = bold(memoAbout(v, l))
		}
		blocks = append(blocks, section(lines(about, escape(heldLine(v.Memo, l)), writtenBy(v, l)),
			button(ActionMemoOpen, string(v.Memo.ID), l.T("button.open", nil))))
		for _, s := range h.Snippets {
			blocks = append(blocks, snippet(s, d.Parts, l))
		}
	}
	switch {
	case d.Hits.More:
		if len(d.Hits.Hits) == 0 {
			blocks = append(blocks, section(l.T("search.go_on", nil), nil))
		}
		blocks = append(blocks, row(button(PickID(ActionSearchMore, 0), moreValue(d), l.T("button.search_more", nil))))
	case len(d.Hits.Hits) == 0 && d.Query.After > 0:
		blocks = append(blocks, section(l.T("search.no_more", nil), nil))
	case len(d.Hits.Hits) == 0:
		blocks = append(blocks, section(l.T("search.nothing", nil), nil))
	}
	return append(blocks, divider())
}

// snippet is a piece of a part in the writer's words, with what was found in bold.
func snippet(s programme.Snippet, parts []programme.PartDef, l Locale) slack.Block {
	var out []slack.RichTextSectionElement
	say := func(text string, bold bool) {
		text = strings.ToValidUTF8(strings.ReplaceAll(text, "\n", " "), "\uFFFD")
		var style *slack.RichTextSectionTextStyle
		if bold {
			style = &slack.RichTextSectionTextStyle{Bold: true}
		}
		if text != "" {
			out = append(out, slack.NewRichTextSectionTextElement(text, style))
		}
	}
	say(l.T("search.part", words{"Part": snippetOf(s.Key, parts, l)}), false)
	if s.CutBefore {
		say(ellipsis, false)
	}
	at := 0
	for _, f := range s.Found {
		say(s.Text[at:f.From], false)
		say(s.Text[f.From:f.To], true)
		at = f.To
	}
	say(s.Text[at:], false)
	if s.CutAfter {
		say(ellipsis, false)
	}
	return slack.NewRichTextBlock("", slack.NewRichTextSection(out...))
}

func snippetOf(key string, parts []programme.PartDef, l Locale) string {
	switch key {
	case programme.SnippetPlace:
		return l.T("search.place", nil)
	case programme.SnippetPresent:
		return l.T("search.present", nil)
	}
	return partTitle(key, parts, l)
}

// moreValue is where the next page begins, and what the page was searched for: who has
// changed the fields since begins anew.
func moreValue(d SearchData) string {
	return strconv.FormatInt(d.Hits.Next, 10) + "|" + fingerprint(d.Query)
}

func fingerprint(q programme.MemoQuery) string {
	q.After = 0
	raw, err := json.Marshal(q)
	if err != nil { // strings and numbers marshal
		return ""
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:8])
}

// ReadSearch reads what stands in the form's fields.
func ReadSearch(view slack.View) programme.MemoQuery {
	v := readFields(view)
	some := func(s string) string {
		if s == anything {
			return ""
		}
		return s
	}
	return programme.MemoQuery{
		Words: v.words("words"), About: v.words("about"), Prefecture: some(v.one("prefecture")),
		From: programme.Date(v["from"].SelectedDate), Till: programme.Date(v["till"].SelectedDate),
		Kind: programme.MemoKind(some(v.one("kind"))),
	}
}

// ReadSearchMore is the next page of what stands in the form's fields: the first one if
// that is something else than the page before was of.
func ReadSearchMore(view slack.View, value string) programme.MemoQuery {
	q := ReadSearch(view)
	next, of, _ := strings.Cut(value, "|")
	if n, err := strconv.ParseInt(next, 10, 64); err == nil && n > 0 && of == fingerprint(q) {
		q.After = n
	}
	return q
}
