package ui

import (
	"slices"
	"strconv"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// EventFormData is what the form for an event is drawn from.
type EventFormData struct {
	Form    Form // Subject: the event that is changed; Item: the one that is copied
	Sheet   programme.EventSheet
	Filled  programme.EventForm // what is in the form already
	Surveys []programme.SurveyDef
}

// eventForm is the name of all forms about an event in block ids.
const eventForm = "event"

// EventForm asks for everything about an event, in the order in which an office
// thinks of it: what, when, where, for whom, and then what may be left empty.
func EventForm(f EventFormData, l Locale) slack.ModalViewRequest {
	in, e := fields{eventForm, l}, f.Filled
	kind := e.Kind
	if kind == "" {
		kind = programme.Workshop
	}
	var blocks []slack.Block
	if f.Form.Item != "" {
		blocks = append(blocks, section(l.T("event.form.copied", nil), nil))
	}
	if f.Form.Subject != "" {
		blocks = append(blocks, section(l.T("event.form.tells", nil), nil))
	}
	blocks = append(blocks,
		in.input("title", in.words(e.Title, programme.MaxEventTitle, false)),
		in.input("kind", in.one(eventKinds(l), string(kind))),
		in.input("start", in.moment(e.Start)),
		in.input("end", in.moment(e.End)),
		in.optional("place", in.words(e.Place, programme.MaxEventPlace, false)),
		in.optional("url", in.words(e.URL, programme.MaxEventURL, false)),
		in.optional("map", in.words(e.Map, programme.MaxEventURL, false)),
	)
	blocks = append(blocks, audienceInputs(in, f)...)
	blocks = append(blocks,
		in.input("host", hostChoice(in, e.Host)),
		in.optional("capacity", seatsInput(e.Capacity)),
		in.optional("deadline", in.moment(e.Deadline)),
		in.optional("bring", in.words(e.Bring, programme.MaxEventText, true)),
		in.optional("materials", in.words(e.Materials, programme.MaxEventText, true)),
	)
	if cs := surveyChoices(f.Surveys, e.Survey, l); len(cs) > 0 {
		blocks = append(blocks, in.optional("survey", in.one(cs, e.Survey)))
	}
	blocks = append(blocks, in.optional("notes", in.words(e.Notes, programme.MaxEventNotes, true)))
	title := l.T("event.form.new", nil)
	if f.Form.Subject != "" {
		title = l.T("event.form.change", nil)
	}
	return formView(title, l.T("button.event_save", nil), CallbackEvent, f.Form, l, blocks...)
}

// formView is a page with inputs.
func formView(title, submit, callback string, f Form, l Locale, blocks ...slack.Block) slack.ModalViewRequest {
	v := modal(title, l, blocks...)
	v.Submit = plain(submit, maxModalWord)
	v.CallbackID = callback
	v.PrivateMetadata = f.encode()
	return v
}

func eventKinds(l Locale) []labelled {
	var out []labelled
	for _, k := range programme.EventKinds {
		out = append(out, labelled{string(k), eventKind(k, l)})
	}
	return out
}

func eventKind(k programme.EventKind, l Locale) string {
	if s, ok := l.say("event.kind."+string(k), nil); ok {
		return s
	}
	return string(k)
}

func hostChoice(in fields, host programme.Host) slack.BlockElement {
	if host == "" {
		host = programme.ByBureau
	}
	var hosts []labelled
	for _, h := range []programme.Host{programme.ByBureau, programme.ByOffice} {
		hosts = append(hosts, labelled{string(h), in.l.T("event.host."+string(h), nil)})
	}
	os := options(hosts, len(hosts))
	radio := slack.NewRadioButtonsBlockElement(inputValue, os...)
	radio.InitialOption = first(chosen(os, []string{string(host)}))
	return radio
}

func seatsInput(seats int) slack.BlockElement {
	e := slack.NewNumberInputBlockElement(nil, inputValue, false).
		WithMinValue("0").WithMaxValue(strconv.Itoa(programme.MaxSeats))
	if seats > 0 && seats <= programme.MaxSeats {
		e.InitialValue = strconv.Itoa(seats)
	}
	return e
}

// surveyChoices are the questionnaires that can follow the event, and the one that
// it has although the configuration no longer knows it.
func surveyChoices(defs []programme.SurveyDef, has string, l Locale) []labelled {
	var out []labelled
	known := has == ""
	for _, d := range defs {
		out = append(out, labelled{d.ID, surveyTitle(d, l)})
		known = known || d.ID == has
	}
	if !known && size(has) <= maxOptionValue {
		out = append(out, labelled{has, has})
	}
	return out
}

// maxMenuBytes is how much one of the menus may take, so that the whole form fits
// into a view whatever things are called.
const maxMenuBytes = 36_000

// audienceInputs say for whom the event is. What is more than a menu holds is
// said, and stays as it is.
func audienceInputs(in fields, f EventFormData) []slack.Block {
	a := f.Filled.Audience
	var roles []labelled
	var picked []string
	for _, r := range programme.Roles {
		roles = append(roles, labelled{string(r), in.l.T("role."+string(r), nil)})
	}
	for _, r := range a.Roles {
		picked = append(picked, string(r))
	}
	os := options(roles, len(roles))
	ticks := slack.NewCheckboxGroupsBlockElement(inputValue, os...)
	ticks.InitialOptions = chosen(os, picked)
	blocks := []slack.Block{in.optional("audience", ticks)}
	add := func(field string, have int, draw func() slack.BlockElement) {
		if menu := in.optional(field, draw()); have <= maxChoices && bytesOf(menu) <= maxMenuBytes {
			blocks = append(blocks, menu)
			return
		}
		blocks = append(blocks, small(in.l.T("event.form.too_many_"+field, nil)))
	}
	if cohorts := union(f.Sheet.Cohorts, a.Cohorts); len(cohorts) > 0 {
		add("cohorts", len(cohorts), func() slack.BlockElement { return in.some(namedOptions(cohorts), keysOf(a.Cohorts)) })
	}
	prefectures := union(programme.Prefectures, a.Prefectures)
	add("prefectures", len(prefectures), func() slack.BlockElement { return in.some(namedOptions(prefectures), keysOf(a.Prefectures)) })
	add("organisations", len(a.Organisations), func() slack.BlockElement {
		return in.asks(MenuOrganisations, namedOptions(a.Organisations))
	})
	add("people", len(f.Sheet.Named), func() slack.BlockElement { return in.asks(MenuPeople, peopleOptions(f.Sheet.Named, in.l)) })
	add("cohosts", len(f.Filled.CoHosts), func() slack.BlockElement { return in.asks(MenuOrganisations, namedOptions(f.Filled.CoHosts)) })
	return blocks
}

// union is a, and what b has beside it.
func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func keysOf(names []string) []string {
	var out []string
	for _, n := range names {
		out = append(out, optionKey(n))
	}
	return out
}

// ReadEventForm reads what the form brought, with the names from the sheet of the
// event that it was drawn from. What is not there is empty: the use case says so
// beside the field. A form of another program is an Error.
func ReadEventForm(view slack.View, sheet programme.EventSheet) (programme.EventForm, error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err != nil {
		return programme.EventForm{}, err
	}
	v := readFields(view)
	f := programme.EventForm{
		Op: form.Op, ID: programme.EventID(form.Subject), Version: form.Version,
		Kind: programme.EventKind(v.one("kind")), Title: v.words("title"), Start: v.moment("start"), End: v.moment("end"),
		Place: v.words("place"), URL: v.words("url"), Map: v.words("map"), Audience: readAudience(v, sheet),
		Capacity: v.number("capacity"), Deadline: v.moment("deadline"), Host: programme.Host(v.one("host")),
		CoHosts: v.names("cohosts", sheet.Organisations, sheet.Event.CoHosts),
		Bring:   v.words("bring"), Materials: v.words("materials"), Notes: v.words("notes"), Survey: v.one("survey"),
	}
	return f, nil
}

func readAudience(v fieldValues, sheet programme.EventSheet) programme.Audience {
	had := sheet.Event.Audience
	a := programme.Audience{
		Cohorts:       v.names("cohorts", sheet.Cohorts, had.Cohorts),
		Prefectures:   v.names("prefectures", programme.Prefectures, had.Prefectures),
		Organisations: v.names("organisations", sheet.Organisations, had.Organisations),
	}
	for _, r := range v.some("audience") {
		a.Roles = append(a.Roles, programme.Role(r))
	}
	for _, id := range v.some("people") {
		a.People = append(a.People, programme.PersonID(id))
	}
	if _, asked := v["people"]; !asked {
		a.People = had.People
	}
	return a
}

// number is 0 if nothing was typed, and less than any number allowed if it was none.
func (v fieldValues) number(field string) int {
	s := v.words(field)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// names are the chosen ones among those that could be chosen and those that were
// before; if the form did not ask, the latter.
func (v fieldValues) names(field string, offered, had []string) []string {
	if _, asked := v[field]; !asked {
		return had
	}
	byKey := map[string]string{}
	for _, n := range slices.Concat(offered, had) {
		byKey[optionKey(n)] = n
	}
	var out []string
	for _, key := range v.some(field) {
		if n, ok := byKey[key]; ok {
			out = append(out, n)
		}
	}
	return out
}
