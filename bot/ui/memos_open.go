package ui

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// openFields is the name of the form in block ids.
const openFields = "open"

// MemoOpenForm asks to which support organisation the atsugi would like to show a memo.
// Form.Subject is the memo.
func MemoOpenForm(form Form, names []string, l Locale) slack.ModalViewRequest {
	title := l.T("open.title", nil)
	os := namedOptions(names)
	if len(os) == 0 {
		return modal(title, l, section(l.T("open.none", nil), nil))
	}
	f := fields{openFields, l}
	return formView(title, l.T("button.open_yes", nil), CallbackMemoOpenTo, form, l,
		section(l.T("open.help", nil), nil), f.input("organisation", f.one(os, "")))
}

// MemoOpenSure asks once more, since the organisation is one that the program warns of.
func MemoOpenSure(form Form, organisation string, ws []programme.Wall, l Locale) slack.ModalViewRequest {
	form.Item = optionKey(organisation)
	return formView(l.T("open.sure_title", nil), l.T("button.open_sure", nil), CallbackMemoOpenTo, form, l,
		section(lines(bold(l.T("open.sure", nil)), cutEscaped(escape(OwnWallWords(ws, l)), 2500)), nil))
}

// ReadMemoOpen reads to whom a memo is to be opened, and whether that was asked twice;
// names are those that the form offered.
func ReadMemoOpen(view slack.View, names []string) (form Form, organisation string, confirmed bool, err error) {
	if form, err = ReadForm(view.PrivateMetadata); err != nil {
		return form, "", false, err
	}
	key := or(form.Item, readFields(view).one("organisation"))
	organisation, _ = named(names, key)
	return form, organisation, form.Item != "", nil
}

// openingLines are to whom the memo is open now, with a way to close it for its atsugi.
func openingLines(s programme.MemoSharing, l Locale) []slack.Block {
	var blocks []slack.Block
	for i, v := range s.Openings {
		if !v.Stands() {
			continue
		}
		if len(blocks) == 0 {
			blocks = append(blocks, divider())
		}
		words := l.mrkdwn("open.line", words{"Who": line(v.Organisation, maxName), "When": l.Moment(v.At)})
		earlier := v.Version < s.Memo.Version
		if earlier {
			words = lines(words, l.T("open.earlier", nil))
		}
		blocks = append(blocks, section(words, nil))
		if !s.Own {
			continue
		}
		value := string(s.Memo.ID) + "|" + strconv.Itoa(i)
		var buttons []slack.BlockElement
		if earlier {
			buttons = append(buttons, button(ActionMemoOpenNewer, value+"|"+strconv.Itoa(s.Memo.Version), l.T("button.open_newer", nil)))
		}
		blocks = append(blocks, row(append(buttons, button(PickID(ActionMemoCloseTo, i), value, l.T("button.open_end", nil)))...))
	}
	return blocks
}

// pageReaders says under a part of a memo that was written for whom it is, and to which
// organisations its atsugi opened it: of one that reads an earlier version, which.
func pageReaders(p programme.Part, s programme.MemoSharing, l Locale) string {
	names := readerNames(p.Readers, l)
	if slices.Contains(p.Readers, programme.ReadParticipant) {
		named := openedTo(s.Openings, s.Memo.Version, l)
		if s.Opened && len(named) == 0 {
			named = []string{l.T("memo.reader.opened", nil)}
		}
		names = append(names, named...)
	}
	return cutEscaped(l.mrkdwn("memo.page.readers", words{"Readers": l.list(names)}), 1500)
}

// openedTo are the organisations to which a memo is open, each with the version that it reads
// if that is not this one.
func openedTo(openings []programme.Opening, version int, l Locale) (names []string) {
	for _, v := range openings {
		if !v.Stands() {
			continue
		}
		name := line(v.Organisation, maxName)
		if v.Version < version {
			name = l.T("memo.reader.earlier", words{"Who": name, "Version": v.Version})
		}
		names = append(names, name)
	}
	return names
}

// ReadMemoNewer reads which opening of a memo is to be of which version.
func ReadMemoNewer(value string) (programme.MemoID, int, int, error) {
	i := max(0, strings.LastIndex(value, "|"))
	opening, number := value[:i], strings.TrimPrefix(value[i:], "|")
	id, place, err := ReadMemoClose(opening)
	version, wrong := strconv.Atoi(number)
	if err != nil || wrong != nil || version < 1 {
		return "", 0, 0, &programme.Error{Code: programme.CodeClosed, Key: "error.message_old"}
	}
	return id, place, version, nil
}

// ReadMemoClose reads which opening of a memo is to end: its place in the list, which only
// grows.
func ReadMemoClose(value string) (programme.MemoID, int, error) {
	id, place, _ := strings.Cut(value, "|")
	n, err := strconv.Atoi(place)
	if err != nil || n < 0 {
		return "", 0, &programme.Error{Code: programme.CodeClosed, Key: "error.message_old"}
	}
	return programme.MemoID(id), n, nil
}

// MemoOpened says who can read it from now on.
func MemoOpened(l Locale) string { return l.T("open.done", nil) }

// named finds the name that an option stands for.
func named(names []string, key string) (string, bool) {
	for _, n := range names {
		if optionKey(n) == key {
			return n, true
		}
	}
	return "", false
}

// memoOpened tells an organisation's people that an atsugi opened a memo to them: nothing of
// whom it is about or what it says.
func memoOpened(m programme.Matter, l Locale) (string, []slack.Block) {
	memo := m.Memo.Memo
	head := bold(l.T("memo.opened.title", nil))
	if m.Over {
		return l.T("memo.opened.text", nil), []slack.Block{section(lines(head, l.T("memo.opened.over", nil)), nil)}
	}
	return l.T("memo.opened.text", nil), []slack.Block{
		section(lines(head, l.T("memo.opened.help", nil)), nil),
		row(button(ActionMemoOpen, string(memo.ID), l.T("button.open", nil)).WithStyle(slack.StylePrimary)),
	}
}
