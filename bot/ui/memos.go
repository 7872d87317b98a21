package ui

import (
	"slices"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// MemoFormData is what the form for a memo is drawn from.
type MemoFormData struct {
	Form     Form
	Subjects []programme.Person // the atsugi to choose from, by kana
	Parts    []programme.PartDef
	Today    programme.Date
	Filled   programme.MemoForm // what is in the form already; its Op is not looked at
}

// memoInput is the action id of every input: their block ids tell them apart.
const memoInput = "value"

// memoFieldBlock is the block id of a field of the memo form: "atsugi", "held",
// "kind" or the key of a part, as in programme.Error.Field.
func memoFieldBlock(field string) string { return "memo." + field }

// MemoForm asks for a memo: about whom, when, what it was, then each part with a
// hint who will read it.
func MemoForm(f MemoFormData, l Locale) slack.ModalViewRequest {
	v := modal(l.T("memo.form.title", nil), l, memoInputs(f, l)...)
	v.Submit = plain(l.T("button.memo_save", nil), maxModalWord)
	v.Close = plain(l.T("button.cancel", nil), maxModalWord)
	v.CallbackID = CallbackMemo
	v.PrivateMetadata = f.Form.encode()
	return v
}

func memoInputs(f MemoFormData, l Locale) []slack.Block {
	held := f.Filled.Held
	if held == "" {
		held = f.Today
	}
	date := slack.NewDatePickerBlockElement(memoInput)
	if !held.At(0, 0, time.UTC).IsZero() {
		date.InitialDate = string(held)
	}
	blocks := []slack.Block{
		input("atsugi", l.T("memo.form.atsugi", nil), "", peopleMenu(f.Subjects, f.Filled.Atsugi, l)),
		input("held", l.T("memo.form.held", nil), "", date),
		input("kind", l.T("memo.form.kind", nil), "", kindMenu(f.Filled.Kind, l)),
	}
	for _, def := range f.Parts {
		text := slack.NewPlainTextInputBlockElement(nil, memoInput).
			WithMultiline(true).WithMaxLength(maxInput).
			WithInitialValue(take(f.Filled.Parts[def.Key], maxInput))
		hint := lines(cut(l.Text(def.Help), 500), readersHint(def, l))
		block := input(def.Key, or(l.Text(def.Title), def.Key), hint, text)
		block.Optional = !def.Required
		blocks = append(blocks, block)
	}
	return blocks
}

func input(field, label, hint string, e slack.BlockElement) *slack.InputBlock {
	return formInput("memo", field, label, hint, e)
}

// Bytes that a menu of people may take, so that the rest of the form has room: about
// 1,000 people.
const maxSubjectBytes = 150_000

// peopleMenu offers people, in groups of 100 when there are more.
func peopleMenu(from []programme.Person, picked programme.PersonID, l Locale) slack.BlockElement {
	var people []labelled
	room := maxSubjectBytes
	for _, p := range from {
		label := nameAndFirm(p, l)
		if room -= len(label) + 130; room < 0 {
			break
		}
		people = append(people, labelled{string(p.ID), label})
	}
	os := options(people, len(people))
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic,
		plain(l.T("memo.form.choose", nil), maxPlaceholder), memoInput)
	menu.InitialOption = first(chosen(os, []string{string(picked)}))
	if len(os) == 1 {
		menu.InitialOption = os[0]
	}
	return byHundred(menu, os)
}

// byHundred is the menu with the options, in groups of 100 when there are more.
func byHundred(menu *slack.SelectBlockElement, os []*slack.OptionBlockObject) *slack.SelectBlockElement {
	if len(os) <= maxChoices {
		menu.Options = os
		return menu
	}
	for group := range slices.Chunk(os, maxChoices) {
		label := plain(group[0].Text.Text+" –", maxOption)
		menu.OptionGroups = append(menu.OptionGroups, slack.NewOptionGroupBlockElement(label, group...))
	}
	return menu
}

func kindMenu(kind programme.MemoKind, l Locale) slack.BlockElement {
	var kinds []labelled
	for _, k := range programme.MemoKinds {
		kinds = append(kinds, labelled{string(k), memoKind(k, l)})
	}
	os := options(kinds, len(kinds))
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, memoInput, os...)
	menu.InitialOption = os[0]
	if c := chosen(os, []string{string(kind)}); len(c) > 0 {
		menu.InitialOption = c[0]
	}
	return menu
}

func memoKind(k programme.MemoKind, l Locale) string {
	if s, ok := l.say("memo.kind."+string(k), nil); ok {
		return s
	}
	return string(k)
}

// readersHint says who will read a part, before it is written.
func readersHint(def programme.PartDef, l Locale) string {
	if def.Key == programme.Confidential {
		return l.T("memo.form.confidential", nil)
	}
	readers := slices.Clone(def.Readers)
	if def.Core {
		readers = append(readers, programme.ReadBureau)
	}
	readers = append(readers, programme.ReadOffice)
	return l.T("memo.form.readers", words{"Readers": readerList(readers, l)})
}

// readerList names readers in a fixed order, each once.
func readerList(rs []programme.Reader, l Locale) string {
	var names []string
	for _, r := range []programme.Reader{programme.ReadParticipant, programme.ReadMentor,
		programme.ReadOffice, programme.ReadBureau, programme.ReadPublic} {
		if slices.Contains(rs, r) {
			names = append(names, l.T("memo.reader."+string(r), nil))
		}
	}
	return l.list(names)
}

// ReadMemoForm reads what the form brought. What is not there is empty: the use
// case says so beside the field. A form of another program is an Error.
func ReadMemoForm(view slack.View, parts []programme.PartDef) (programme.MemoForm, error) {
	form, err := ReadForm(view.PrivateMetadata)
	f := programme.MemoForm{Op: form.Op, Session: programme.SessionID(form.Subject), Parts: map[string]string{}}
	if err != nil || view.State == nil {
		return f, err
	}
	value := func(field string) slack.BlockAction {
		return view.State.Values[memoFieldBlock(field)][memoInput]
	}
	f.Kind = programme.MemoKind(value("kind").SelectedOption.Value)
	f.Atsugi = programme.PersonID(value("atsugi").SelectedOption.Value)
	f.Held = programme.Date(value("held").SelectedDate)
	for _, def := range parts {
		f.Parts[def.Key] = value(def.Key).Value
	}
	return f, nil
}

// MemoKept thanks for a memo.
func MemoKept(l Locale) string { return l.T("memo.kept", nil) }

// memoCode is 整理番号: what office and bureau call a memo by, on the card and on
// its page, without saying whom it is about.
func memoCode(id programme.MemoID) string {
	s := string(id)
	return s[max(0, len(s)-6):]
}

// MemoPage shows a memo, as much of it as the view holds, part by part with
// those who read it.
func MemoPage(v programme.MemoView, parts []programme.PartDef, l Locale) slack.ModalViewRequest {
	m := v.Memo
	blocks := []slack.Block{
		section(lines(
			bold(nameAndFirm(v.Atsugi, l)),
			l.T("memo.page.held", words{"Date": l.Date(m.Held), "Kind": memoKind(m.Kind, l)}),
			writtenBy(v, l),
		), nil),
		small(lines(l.T("memo.code", words{"Code": memoCode(m.ID)}), sharedState(m, l))),
	}
	for _, p := range inOrder(m.Parts, parts) {
		blocks = append(blocks, divider(), section(bold(partTitle(p.Key, parts, l)), nil))
		blocks = append(blocks, verbatim(p.Text)...)
		blocks = append(blocks, small(l.T("memo.page.readers", words{"Readers": readerList(p.Readers, l)})))
	}
	return modal(l.T("memo.page.title", nil), l, blocks...)
}

func writtenBy(v programme.MemoView, l Locale) string {
	writer := l.T("person.office", nil) // entered from the command line
	if v.Writer.ID != "" {
		writer = name(v.Writer, l)
	}
	return l.mrkdwn("memo.page.writer", words{"Writer": writer})
}

func sharedState(m programme.Memo, l Locale) string {
	if m.Shared.IsZero() {
		return ""
	}
	return l.T("memo.shared_at", words{"When": l.Moment(m.Shared)})
}

// inOrder sorts parts as configured; those that the configuration no longer
// knows come last.
func inOrder(ps []programme.Part, defs []programme.PartDef) []programme.Part {
	place := func(p programme.Part) int {
		i := slices.IndexFunc(defs, func(d programme.PartDef) bool { return d.Key == p.Key })
		if i < 0 {
			return len(defs)
		}
		return i
	}
	out := slices.Clone(ps)
	slices.SortStableFunc(out, func(a, b programme.Part) int { return place(a) - place(b) })
	return out
}

func partTitle(key string, defs []programme.PartDef, l Locale) string {
	for _, d := range defs {
		if d.Key == key {
			return or(cut(l.Text(d.Title), maxTitle), key)
		}
	}
	return key
}

// memoWritten tells the office, in its private channel, that a memo came in:
// about whom and by whom, nothing of what it says.
func memoWritten(v programme.MemoView, l Locale) (string, []slack.Block) {
	m := v.Memo
	args := words{"Date": l.Date(m.Held), "Kind": memoKind(m.Kind, l)}
	facts := section(lines(
		bold(l.T("memo.written.title", nil)),
		l.mrkdwn("memo.about", words{"Atsugi": nameAndFirm(v.Atsugi, l)}),
		l.T("memo.page.held", args),
		writtenBy(v, l),
	), nil)
	state := lines(l.T("memo.code", words{"Code": memoCode(m.ID)}), sharedState(m, l))
	return l.T("memo.written.text", args), []slack.Block{facts, small(state), row(memoButtons(m, true, l)...)}
}

// memoShared tells the bureau's channel that there is a memo to open: no name,
// no firm, no content (programme.md duty 9).
func memoShared(v programme.MemoView, l Locale) (string, []slack.Block) {
	m := v.Memo
	args := words{"Date": l.Date(m.Held), "Kind": memoKind(m.Kind, l)}
	return l.T("memo.shared.text", args), []slack.Block{
		section(lines(bold(l.T("memo.shared.title", nil)), l.T("memo.page.held", args)), nil),
		small(l.T("memo.code", words{"Code": memoCode(m.ID)})),
		row(memoButtons(m, false, l)...),
	}
}

// memoButtons opens a memo and, for the office, shares it with the bureau.
func memoButtons(m programme.Memo, share bool, l Locale) []slack.BlockElement {
	out := []slack.BlockElement{button(ActionMemoOpen, string(m.ID), l.T("button.open", nil))}
	if share && m.Shared.IsZero() {
		ask := sure(l, l.T("memo.share.title", nil), l.T("memo.share.ask", nil), l.T("button.share", nil))
		out = append(out, button(ActionMemoShare, string(m.ID), l.T("button.memo_share", nil)).
			WithStyle(slack.StylePrimary).WithConfirm(ask))
	}
	return out
}
