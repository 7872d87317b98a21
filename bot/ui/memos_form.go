package ui

import (
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// MemoNote says what was done with the draft as the form is drawn.
type MemoNote string

const (
	MemoDrafted MemoNote = "drafted" // kept
	MemoApart   MemoNote = "apart"   // kept as a second draft: another device wrote into the first
)

// MemoFormData is what the form for a memo is drawn from.
type MemoFormData struct {
	Draft programme.MemoDraft // what is in the form, and from what it is drawn
	Parts []programme.PartDef
	Today programme.Date
	Note  MemoNote
	From  string // action id of the page on which the form lies, "" for none that shows memos
}

// memoInput is the action id of every input but the one for the kind: their block ids
// tell them apart.
const memoInput = inputValue

// memoForm is the form's name in block ids and keys.
const memoForm = "memo"

// How much of what stands beside the parts may be typed (programme.md 2-③b).
const (
	maxMemoPlace   = 200
	maxMemoPresent = 500
	maxMemoReason  = 200
)

// MemoForm asks for a memo: what it is of, about whom, when, then each part with a hint
// who will read it. What is needed comes before what may stay empty, and behind that what is
// other in a version that is newer than what the form began with. What is
// typed is kept while it is: of a form that is closed Slack does not promise to say what was
// in it.
func MemoForm(d MemoFormData, l Locale) slack.ModalViewRequest {
	title := l.T("memo.form.title", nil)
	if d.Draft.Memo != "" {
		title = l.T("memo.correct.title", nil)
	}
	blocks := slices.Concat(memoNotes(d, l), memoHead(d, l), memoParts(d, l), memoAside(d, l), memoNewer(d, l))
	v := formView(title, l.T("button.memo_save", nil), CallbackMemo, d.metadata(), l, blocks...)
	v.Close = plain(l.T("button.close", nil), maxModalWord)
	v.Blocks = fit(blocks, memoFoot(d, l), small(l.T("page.more", nil)))
	v.NotifyOnClose = true // what was typed is kept then, if it is told
	return v
}

// metadata is what the form carries and does not ask for.
func (d MemoFormData) metadata() Form {
	f := d.Draft.Form
	return Form{
		Op: f.Op, Subject: string(f.Session), Item: string(d.Draft.Memo), Version: d.Draft.Version, From: d.From,
		Kind: string(f.Kind), Atsugi: string(f.Atsugi), Event: string(f.Event),
		Readers: encodeReaders(f.Readers), Was: f.Corrects,
	}
}

// memoNotes are what the writer should know before they go on.
func memoNotes(d MemoFormData, l Locale) (blocks []slack.Block) {
	newer := d.Draft.Newer()
	for _, n := range []struct {
		holds bool
		key   string
	}{
		{d.Note == MemoApart, "memo.form.apart"},
		{newer && d.Draft.Form.Corrects > 0, "memo.form.newer"},
		{newer && d.Draft.Form.Corrects == 0, "memo.form.second"},
		{d.Draft.Cut, "memo.form.cut"},
	} {
		if n.holds {
			blocks = append(blocks, section(bold(l.T(n.key, words{"Version": d.Draft.Latest.Version})), nil))
		}
	}
	return blocks
}

// memoHead says or asks what the memo is of, about whom and when. A correction is of the
// same meeting with the same people.
func memoHead(d MemoFormData, l Locale) []slack.Block {
	f := d.Draft.Form
	held := memoField("held", l, heldPicker(f.Held, d.Today))
	if d.Draft.Memo != "" {
		about := section(lines(bold(memoSubject(d.Draft.Form.Kind, d.Draft.Atsugi, d.Draft.Event, l)), memoKind(f.Kind, l)), nil)
		reason := keptAsTyped(memoField("reason", l, fields{memoForm, l}.words(d.Draft.Reason, maxMemoReason, false)))
		return append(append([]slack.Block{about}, askedWords(d.Draft.Asked, l)...), reason, held)
	}
	kind := memoField("kind", l, kindMenu(f.Kind, l))
	kind.DispatchAction = true // an event is about nobody: it asks for something else
	if f.Kind == programme.OfEvent {
		return []slack.Block{kind, memoField("event", l, eventMenu(d.Draft.Events, f.Event, l)), held}
	}
	return []slack.Block{kind, memoField("atsugi", l, peopleMenu(d.Draft.Subjects, f.Atsugi, l)), held}
}

// memoSubject is whom or what a memo is about.
func memoSubject(kind programme.MemoKind, atsugi programme.Person, event programme.Event, l Locale) string {
	if kind == programme.OfEvent {
		return eventTitle(event, l)
	}
	return nameAndFirm(atsugi, l)
}

func memoParts(d MemoFormData, l Locale) (blocks []slack.Block) {
	for _, def := range d.Parts {
		text := slack.NewPlainTextInputBlockElement(nil, memoInput).
			WithMultiline(true).WithMaxLength(maxInput).
			WithInitialValue(take(d.Draft.Form.Parts[def.Key], maxInput))
		hint := lines(cut(l.Text(def.Help), 500), readersHint(def, d, l))
		block := formInput(memoForm, def.Key, or(l.Text(def.Title), def.Key), hint, text)
		block.Optional = !def.Required
		blocks = append(blocks, keptAsTyped(block))
	}
	return blocks
}

// keptAsTyped has Slack tell what is in the form while somebody types in this field: of a
// form that is closed it says no more what was in it.
func keptAsTyped(in *slack.InputBlock) *slack.InputBlock {
	if text, ok := in.Element.(*slack.PlainTextInputBlockElement); ok {
		in.DispatchAction, text.ActionID = true, ActionMemoTyped
		text.DispatchActionConfig = &slack.DispatchActionConfig{TriggerActionsOn: []string{"on_character_entered"}}
	}
	return in
}

// memoAside is what may be added.
func memoAside(d MemoFormData, l Locale) []slack.Block {
	in, f := fields{memoForm, l}, d.Draft.Form
	return []slack.Block{
		keptAsTyped(in.optional("place", in.words(f.Place, maxMemoPlace, false))),
		keptAsTyped(in.optional("present", in.words(f.Present, maxMemoPresent, true))),
		photosInput(in),
	}
}

// memoNewer is what is other in a version of which the form knew nothing, and the tick
// that what is typed replaces it. It follows what is typed, which must have room first.
func memoNewer(d MemoFormData, l Locale) []slack.Block {
	if !d.Draft.Newer() {
		return nil
	}
	now, f := d.Draft.Latest, d.Draft.Form
	version := words{"Version": now.Version}
	blocks := []slack.Block{
		memoField("over", l, ticks([]labelled{{strconv.Itoa(now.Version), l.T("memo.form.over.tick", version)}}, nil)),
		divider(), section(bold(l.T("memo.form.now", version)), nil),
	}
	if now.Held != f.Held || now.Place != f.Place || now.Present != f.Present {
		blocks = append(blocks, section(lines(heldLine(now, l), placeLine(now, l), presentLine(now, l)), nil))
	}
	for _, def := range d.Parts {
		var p programme.Part
		if i := slices.IndexFunc(now.Parts, func(p programme.Part) bool { return p.Key == def.Key }); i >= 0 {
			p = now.Parts[i]
		}
		typed := f.Parts[def.Key]
		read := p.Key != "" && typed != "" && !slices.Equal(p.Readers, d.readersOf(def))
		if p.Text == typed && !read {
			continue
		}
		title := partTitle(def.Key, d.Parts, l)
		if p.Key == "" {
			blocks = append(blocks, small(l.mrkdwn("memo.form.now_empty", words{"Part": title})))
			continue
		}
		blocks = append(blocks, small(bold(title)))
		blocks = append(blocks, verbatim(p.Text)...)
		blocks = append(blocks, small(l.T("memo.page.readers", words{"Readers": readerList(p.Readers, l)})))
	}
	return blocks
}

// memoFoot says who will read it, and has the buttons that keep what is typed.
func memoFoot(d MemoFormData, l Locale) []slack.Block {
	kept := l.T("memo.form.close", nil)
	if d.Draft.Version > 0 && !d.Draft.At.IsZero() {
		kept = l.T("memo.form.kept", words{"When": l.Moment(d.Draft.At)})
	}
	return []slack.Block{
		small(lines(readersLine(d, l), escape(kept))),
		row(button(ActionMemoSave, "", l.T("button.memo_draft", nil)),
			button(ActionMemoReaders, "", l.T("button.memo_readers", nil))),
	}
}

func memoField(field string, l Locale, e slack.BlockElement) *slack.InputBlock {
	return fields{memoForm, l}.input(field, e)
}

// heldPicker is a day, today unless another one is chosen.
func heldPicker(held, today programme.Date) slack.BlockElement {
	if held == "" {
		held = today
	}
	date := slack.NewDatePickerBlockElement(memoInput)
	if !held.At(0, 0, time.UTC).IsZero() {
		date.InitialDate = string(held)
	}
	return date
}

// Bytes that a menu of people may take, so that the rest of the form has room: about
// 700 people.
const maxSubjectBytes = 110_000

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
	return onlyOf(people, string(picked), "memo.form.choose", l)
}

// eventMenu offers events, each with its day.
func eventMenu(from []programme.Event, picked programme.EventID, l Locale) slack.BlockElement {
	var events []labelled
	for _, e := range from[:min(len(from), maxChoices)] {
		events = append(events, labelled{string(e.ID), l.T("memo.form.event_line", words{"Title": cut(eventTitle(e, l), 55), "When": l.day(e.Start)})})
	}
	return onlyOf(events, string(picked), "memo.form.choose_event", l)
}

// onlyOf is a menu of which one is to be chosen; the only one there is, is.
func onlyOf(cs []labelled, picked, placeholder string, l Locale) slack.BlockElement {
	os := options(cs, len(cs))
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(l.T(placeholder, nil), maxPlaceholder), memoInput)
	if len(os) == 0 { // Slack refuses a menu without options
		os = options([]labelled{{nothing, l.T("memo.form.none", nil)}}, 1)
		menu.Options = os
		return menu
	}
	menu.InitialOption = first(chosen(os, []string{picked}))
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
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, ActionMemoKind, os...)
	menu.InitialOption = os[0]
	if c := chosen(os, []string{string(kind)}); len(c) > 0 {
		menu.InitialOption = c[0]
	}
	return menu
}

// ReadMemoDraft reads what is in the form, sent or still open, and from which page it came.
// What is not there is empty: the use case says so beside the field. A form of another
// program is an Error.
func ReadMemoDraft(view slack.View, parts []programme.PartDef) (d programme.MemoDraft, from string, err error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err != nil {
		return d, "", err
	}
	d.Form = programme.MemoForm{
		Op: form.Op, Session: programme.SessionID(form.Subject), Kind: programme.MemoKind(form.Kind),
		Atsugi: programme.PersonID(form.Atsugi), Event: programme.EventID(form.Event),
		Parts: map[string]string{}, Readers: decodeReaders(form.Readers), DraftVersion: form.Version, Screen: view.ID, Corrects: form.Was,
	}
	d.Memo, d.Version = programme.MemoID(form.Item), form.Version
	v := readFields(view)
	if in, asked := v["kind"]; asked {
		d.Form.Kind = programme.MemoKind(in.SelectedOption.Value)
	}
	if in, asked := v["atsugi"]; asked {
		d.Form.Atsugi = programme.PersonID(pickedOf(in))
	}
	if in, asked := v["event"]; asked {
		d.Form.Event = programme.EventID(pickedOf(in))
	}
	d.Form.Held = programme.Date(v["held"].SelectedDate)
	d.Form.Place, d.Form.Present, d.Reason = v.words("place"), v.words("present"), v.words("reason")
	for _, def := range parts {
		d.Form.Parts[def.Key] = v[def.Key].Value
	}
	for _, version := range v.some("over") {
		d.Form.Over, _ = strconv.Atoi(version) // of another program: as if nothing were ticked
	}
	return d, form.From, nil
}

// pickedOf is what a menu of onlyOf has picked, "" for its sign that there is nothing.
func pickedOf(in slack.BlockAction) string {
	if in.SelectedOption.Value == nothing {
		return ""
	}
	return in.SelectedOption.Value
}

// MemoTyped says whether a form holds anything else than what it was drawn with, as far
// as Slack says what it holds: of one that was closed it may say nothing.
func MemoTyped(view slack.View) bool {
	if view.State == nil {
		return false
	}
	for _, b := range view.Blocks.BlockSet {
		in, ok := b.(*slack.InputBlock)
		if !ok {
			continue
		}
		text, ok := in.Element.(*slack.PlainTextInputBlockElement)
		if !ok {
			continue
		}
		value, told := view.State.Values[in.BlockID][text.ActionID]
		if told && value.Value != text.InitialValue {
			return true
		}
	}
	return false
}

// MemoCorrected thanks for a correction.
func MemoCorrected(l Locale) string { return l.T("memo.correct.kept", nil) }

// MemoKept thanks for a memo.
func MemoKept(l Locale) string { return l.T("memo.kept", nil) }
