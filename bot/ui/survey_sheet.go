package ui

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// sheetForm names the blocks of a sheet: "sheet.", the question's id, and for a further
// input of the same question a part behind a hash.
const (
	sheetForm  = "sheet"
	partWrite  = "#write"
	sheetVia   = "#via"
	rankedPart = "#" // and the place, from 2
)

// SheetData is a page of a survey's form and what there is to say about it.
type SheetData struct {
	programme.Sheet
	Op     string
	Opened time.Time     // when it was drawn first
	Added  bool          // it comes again: what was answered on it led to further questions
	Kept   string        // what became of a draft, "" if none was kept
	Via    programme.Via // as the office said on the page before, "" if it did not
}

// SurveySheet is a page of a survey as a form, filled with what was said already.
func SurveySheet(s SheetData, l Locale) slack.ModalViewRequest {
	form := Form{Op: s.Op, Subject: string(s.Response.ID), Item: s.Page.ID, Opened: s.Opened.UnixMilli()}
	blocks := append(sheetTop(s, l), sheetInputs(s.Sheet, l)...)
	submit := "button.survey_sheet_next"
	if s.Place == s.Of {
		submit = "button.survey_sheet_send"
	}
	v := modal(l.T("survey.sheet.title", nil), l)
	if s.Of > 1 {
		v.Title = plain(l.T("survey.sheet.title_page", words{"N": s.Place, "Of": s.Of}), maxModalWord)
	}
	v.Blocks = fit(blocks, sheetTail(s, l), small(l.T("page.more", nil)))
	v.Submit = plain(l.T(submit, nil), maxModalWord)
	v.CallbackID = CallbackSheet
	v.PrivateMetadata = form.encode()
	return v
}

// sheetTop says which survey it is and, to the office, whose; then the page's title.
func sheetTop(s SheetData, l Locale) []slack.Block {
	def := s.Survey.Def
	title := bold(surveyTitle(def, l))
	var blocks []slack.Block
	switch {
	case !s.Own:
		blocks = append(blocks,
			section(lines(title, l.mrkdwn("survey.sheet.whose", words{"Name": nameAndFirm(s.Person, l)})), nil),
			viaInput(s.Via, l))
	case def.Anonymous:
		blocks = append(blocks, section(lines(title, escape(cut(l.Text(def.Intro), 1500)), shownTo(def, l), l.T("survey.sheet.once", nil)), nil))
	default:
		blocks = append(blocks, small(lines(title, l.T("survey.invite.until", words{"Until": l.Moment(s.Closes())}))))
	}
	if s.Added {
		blocks = append(blocks, section(bold(l.T("survey.sheet.added", nil)), nil))
	}
	if strings.TrimSpace(l.Text(s.Page.Section.Title)) != "" {
		blocks = append(blocks, sectionWords(s.Page.Section, l)...)
	}
	return blocks
}

// viaInput asks the office in which way it got the answers.
func viaInput(via programme.Via, l Locale) slack.Block {
	ways := options([]labelled{
		{string(programme.ViaPhone), l.T("survey.sheet.phone", nil)},
		{string(programme.ViaPaper), l.T("survey.sheet.paper", nil)},
	}, 2)
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, inputValue, ways...)
	menu.InitialOption = first(chosen(ways, []string{string(via)}))
	return formInput(sheetForm, sheetVia, l.T("survey.sheet.via", nil), "", menu)
}

// sheetTail is the way to stop half-way: swiping a modal away tells nobody anything.
func sheetTail(s SheetData, l Locale) []slack.Block {
	if s.Survey.Def.Anonymous {
		return nil
	}
	var tail []slack.Block
	if s.Kept != "" {
		tail = append(tail, slack.NewSectionBlock(plain(s.Kept, maxSection), nil, nil))
	}
	return append(tail, row(button(ActionSurveyDraft, string(s.Response.ID), l.T("button.survey_draft", nil))))
}

func sheetInputs(s programme.Sheet, l Locale) []slack.Block {
	var blocks []slack.Block
	for _, q := range s.Due {
		blocks = append(blocks, sheetQuestion(q, s, l)...)
	}
	return blocks
}

// sheetQuestion are the inputs of a question.
func sheetQuestion(q programme.Question, s programme.Sheet, l Locale) []slack.Block {
	a := s.Answers[q.ID]
	in := sheetInput(q.ID, cut(l.Text(q.Words), 1900), sheetHint(q, l), sheetElement(q, a, s.People, l))
	in.Optional = q.Optional
	blocks := append(sheetChoices(q, l), in)
	if q.Kind == programme.Ranking {
		return append(blocks, furtherPlaces(q, a, l)...)
	}
	for _, c := range q.Choices {
		if c.Write {
			words := fields{sheetForm, l}.words(writtenFor(q, a), q.Longest(), false)
			w := sheetInput(q.ID+partWrite, l.T("survey.sheet.write", map[string]any{"Choice": choiceWords(c, l)}), "", words)
			w.Optional = true
			return append(blocks, w)
		}
	}
	return blocks
}

func sheetInput(field, label, hint string, e slack.BlockElement) *slack.InputBlock {
	return formInput(sheetForm, field, or(label, nothing), hint, e)
}

// writtenFor is what was written out for one of the picked choices.
func writtenFor(q programme.Question, a programme.Answer) string {
	if q.Writes(a.Picked) {
		return a.Text
	}
	return ""
}

// sheetChoices spell out choices that an option has no room for.
func sheetChoices(q programme.Question, l Locale) []slack.Block {
	if !tooLong(q, l) {
		return nil
	}
	numbers := make([]string, 0, len(q.Options()))
	for i, c := range q.Options() {
		numbers = append(numbers, strconv.Itoa(i+1)+". "+escape(line(l.Text(c.Words), 300)))
	}
	return []slack.Block{section(lines(bold(cut(l.Text(q.Words), 500)), cutEscaped(strings.Join(numbers, "\n"), 2000)), nil)}
}

// tooLong says whether an option has no room for some choice.
func tooLong(q programme.Question, l Locale) bool {
	return slices.ContainsFunc(q.Choices, func(c programme.Choice) bool { return size(l.Text(c.Words)) > maxOption })
}

// sheetLabels are the choices as options of a sheet.
func sheetLabels(q programme.Question, l Locale) []labelled {
	numbered := tooLong(q, l)
	var out []labelled
	for i, c := range q.Options() {
		label := line(l.Text(c.Words), maxOption)
		switch {
		case numbered:
			label = strconv.Itoa(i+1) + ". " + line(l.Text(c.Words), maxOption-5)
		case q.Kind == programme.Scale && endOf(q, i+1, l) != "":
			label = line(scaleWords(q, i+1, l), maxOption)
		}
		out = append(out, labelled{c.ID, label})
	}
	return out
}

// sheetElement is the input of a question, filled with what was said.
func sheetElement(q programme.Question, a programme.Answer, people map[programme.PersonID]programme.Person, l Locale) slack.BlockElement {
	switch {
	case len(q.Options()) > 0:
		return choiceElement(q, a, l)
	case q.Kind == programme.Number:
		return numberInput(q, a)
	case q.Kind == programme.Day:
		return dayPicker(inputValue, a, l)
	case q.Kind == programme.Whom:
		return namedMenu(peopleOptions(peopleIn(a, people), l), l)
	}
	return fields{sheetForm, l}.words(a.Text, q.Longest(), q.Kind == programme.LongText)
}

func choiceElement(q programme.Question, a programme.Answer, l Locale) slack.BlockElement {
	switch q.Kind {
	case programme.Multi:
		return someOf(inputValue, sheetLabels(q, l), a.Picked, q.Most, l)
	case programme.Ranking:
		return placeMenu(q, a, 1, l)
	case programme.Scale:
		return oneOf(sheetLabels(q, l), []string{strconv.Itoa(a.Number)}, l)
	}
	return oneOf(sheetLabels(q, l), a.Picked, l)
}

func peopleIn(a programme.Answer, people map[programme.PersonID]programme.Person) []programme.Person {
	var out []programme.Person
	for _, id := range a.Picked {
		if p, ok := people[programme.PersonID(id)]; ok {
			out = append(out, p)
		}
	}
	return out
}

// oneOf are radio buttons, or a menu where there are too many.
func oneOf(cs []labelled, picked []string, l Locale) slack.BlockElement {
	os := options(cs, maxChoices)
	if len(os) <= maxChecks {
		radio := slack.NewRadioButtonsBlockElement(inputValue, os...)
		radio.InitialOption = first(chosen(os, picked))
		return radio
	}
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(l.T("survey.choose_one", nil), maxPlaceholder), inputValue, os...)
	menu.InitialOption = first(chosen(os, picked))
	return menu
}

// furtherPlaces are the menus of a ranking from the second place on: it may end early.
func furtherPlaces(q programme.Question, a programme.Answer, l Locale) []slack.Block {
	var blocks []slack.Block
	for place := 2; place <= q.Places(); place++ {
		in := sheetInput(q.ID+rankedPart+strconv.Itoa(place), l.T("survey.sheet.place", words{"N": place}), "", placeMenu(q, a, place, l))
		in.Optional = true
		blocks = append(blocks, in)
	}
	return blocks
}

func placeMenu(q programme.Question, a programme.Answer, place int, l Locale) slack.BlockElement {
	os := options(sheetLabels(q, l), maxChoices)
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic,
		plain(l.T("survey.sheet.place", words{"N": place}), maxPlaceholder), inputValue, os...)
	if place <= len(a.Picked) {
		menu.InitialOption = first(chosen(os, a.Picked[place-1:place]))
	}
	return menu
}

func numberInput(q programme.Question, a programme.Answer) slack.BlockElement {
	e := slack.NewNumberInputBlockElement(nil, inputValue, false)
	if a.Version > 0 && !a.Skipped {
		e.InitialValue = strconv.Itoa(a.Number)
	}
	if q.From != nil {
		e.MinValue = strconv.Itoa(*q.From)
	}
	if q.Until != nil {
		e.MaxValue = strconv.Itoa(*q.Until)
	}
	return e
}
