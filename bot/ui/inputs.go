package ui

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// inputValue is the action id of every input that is no menu: block ids tell
// inputs apart.
const inputValue = "value"

// fields draws the inputs of a form and reads them again. Block ids are the form's
// name, a full stop and the field, as in programme.Error.Field.
type fields struct {
	form string
	l    Locale
}

// input is one question of a form, by the keys form.field and form.field.hint.
func (f fields) input(field string, e slack.BlockElement) *slack.InputBlock {
	hint, _ := f.l.say(f.form+".form."+field+".hint", nil)
	return formInput(f.form, field, f.l.T(f.form+".form."+field, nil), hint, e)
}

// optional is input for what may be left empty.
func (f fields) optional(field string, e slack.BlockElement) *slack.InputBlock {
	b := f.input(field, e)
	b.Optional = true
	return b
}

// words is a text of most characters; one that is longer already stays whole, and
// the rules say that it is too long.
func (f fields) words(value string, most int, several bool) slack.BlockElement {
	value = take(strings.ToValidUTF8(value, "\uFFFD"), maxInput)
	return slack.NewPlainTextInputBlockElement(nil, inputValue).WithMultiline(several).
		WithMaxLength(min(max(most, size(value)), maxInput)).WithInitialValue(value)
}

// moment is a day and time; none is chosen if t is zero.
func (f fields) moment(t time.Time) slack.BlockElement {
	e := slack.NewDateTimePickerBlockElement(inputValue)
	if s := t.Unix(); !t.IsZero() && s >= 1e9 && s < 1e10 { // ten digits are Slack's bounds
		e.InitialDateTime = s
	}
	return e
}

// one is a menu of options.
func (f fields) one(cs []labelled, value string) slack.BlockElement {
	os := options(cs, maxChoices)
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, inputValue, os...)
	menu.InitialOption = first(chosen(os, []string{value}))
	return menu
}

// some is a menu of which several may be chosen.
func (f fields) some(cs []labelled, values []string) slack.BlockElement {
	os := options(cs, maxChoices)
	return slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, nil, inputValue, os...).
		WithInitialOptions(chosen(os, values)...)
}

// asks is a menu that asks what to offer for what is typed; those chosen already
// are its options.
func (f fields) asks(action string, picked []labelled) slack.BlockElement {
	least := 0
	menu := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeExternal,
		plain(f.l.T("form.find", nil), maxPlaceholder), action)
	menu.MinQueryLength = &least
	return menu.WithInitialOptions(options(picked, maxChoices)...)
}

// asksOne is asks for a single one, picked if it has an id.
func (f fields) asksOne(action string, picked labelled) slack.BlockElement {
	least := 0
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, plain(f.l.T("form.find", nil), maxPlaceholder), action)
	menu.MinQueryLength = &least
	if picked.value != "" {
		menu.InitialOption = options([]labelled{picked}, 1)[0]
	}
	return menu
}

// fieldValues are what a form's inputs hold, by field.
type fieldValues map[string]slack.BlockAction

// readFields reads what a submitted view holds, under the form's name.
func readFields(view slack.View) fieldValues {
	out := fieldValues{}
	if view.State == nil {
		return out
	}
	for block, inputs := range view.State.Values {
		for _, in := range inputs { // an input block has one
			out[fieldOf(block)] = in
		}
	}
	return out
}

func (v fieldValues) words(field string) string { return strings.TrimSpace(v[field].Value) }
func (v fieldValues) one(field string) string   { return v[field].SelectedOption.Value }

func (v fieldValues) some(field string) []string {
	var out []string
	for _, o := range v[field].SelectedOptions {
		out = append(out, o.Value)
	}
	return out
}

// moment is a day and time, zero if none was chosen.
func (v fieldValues) moment(field string) time.Time {
	if s := v[field].SelectedDateTime; s > 0 {
		return time.Unix(s, 0).UTC()
	}
	return time.Time{}
}

// maxOptionValue is Slack's.
const maxOptionValue = 150

// optionKey is the value of an option that stands for a name. Names are their own
// values as long as Slack takes them.
func optionKey(name string) string {
	if size(name) <= maxOptionValue && strings.ToValidUTF8(name, "") == name {
		return name
	}
	sum := sha256.Sum256([]byte(name))
	return "#" + hex.EncodeToString(sum[:16])
}

func namedOptions(names []string) []labelled {
	var out []labelled
	for _, n := range names {
		if n != "" {
			out = append(out, labelled{optionKey(n), or(line(n, maxOption), nothing)})
		}
	}
	return out
}

// peopleOptions offer people with their firms.
func peopleOptions(people []programme.Person, l Locale) []labelled {
	var out []labelled
	for _, p := range people {
		out = append(out, labelled{string(p.ID), nameAndFirm(p, l)})
	}
	return out
}

// offerBytes bounds what a menu is offered at once: an acknowledgement of more
// than 20 KB is dropped (slack.md Receiving).
const offerBytes = 18_000

// OfferMost is how many options a menu is offered at once, at most.
const OfferMost = 50

// OfferPeople and OfferOrganisations are what a menu offers for what was typed.
func OfferPeople(people []programme.Person, l Locale) []*slack.OptionBlockObject {
	return offer(peopleOptions(people, l))
}

func OfferOrganisations(names []string) []*slack.OptionBlockObject { return offer(namedOptions(names)) }

func offer(cs []labelled) []*slack.OptionBlockObject {
	os, room := options(cs, OfferMost), offerBytes
	for i, o := range os {
		raw, err := json.Marshal(o)
		if room -= len(raw) + 1; err != nil || room < 0 {
			return os[:i]
		}
	}
	return os
}
