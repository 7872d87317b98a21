package ui

import (
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// sheetHint is what stands below an input: help, bounds and who else sees the answer.
func sheetHint(q programme.Question, l Locale) string {
	bounds := ""
	switch q.Kind {
	case programme.Multi:
		bounds = howMany(q, l)
	case programme.Ranking:
		bounds = l.T("survey.sheet.ranking", words{"Most": q.Places()})
	case programme.Number:
		bounds = numberBounds(q, l)
	case programme.Day:
		bounds = dayBounds(q, l)
	case programme.LongText, programme.Short:
		bounds = l.T("survey.sheet.longest", words{"Max": q.Longest()})
	}
	return lines(cut(l.Text(q.Help), 1000), bounds, seenBy(q, l))
}

// ReadSheet reads a sheet's page that came back, submitted or kept as a draft. The
// inputs say themselves what they hold; what an answer must be like, and whether an
// empty one is left out, the Office knows.
func ReadSheet(view slack.View, draft bool) (Form, programme.SheetInput, error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err != nil {
		return Form{}, programme.SheetInput{}, err
	}
	held := readFields(view)
	in := programme.SheetInput{
		Page: form.Item, Opened: time.UnixMilli(form.Opened).UTC(), Draft: draft, Via: programme.ViaForm,
		Answers: map[string]programme.Input{},
	}
	if way := held.one(sheetVia); way != "" {
		in.Via = programme.Via(way)
	}
	for _, b := range view.Blocks.BlockSet {
		if input, ok := b.(*slack.InputBlock); ok && !strings.Contains(fieldOf(input.BlockID), "#") {
			in.Answers[fieldOf(input.BlockID)] = sheetAnswer(held, fieldOf(input.BlockID))
		}
	}
	return form, in, nil
}

// sheetAnswer reads the inputs of one question.
func sheetAnswer(held fieldValues, field string) programme.Input {
	v := held[field]
	in := programme.Input{Text: v.Value, Date: programme.Date(v.SelectedDate), Picked: held.some(field)}
	if one := held.one(field); one != "" {
		in.Picked = append(in.Picked, one)
	}
	for place := 2; place <= programme.MaxRanked; place++ {
		if next := held.one(field + rankedPart + string(rune('0'+place))); next != "" {
			in.Picked = append(in.Picked, next)
		}
	}
	if in.Text == "" {
		in.Text = held[field+partWrite].Value
	}
	return in
}

// DraftKept says that a page was kept half-way, and what of it was not.
func DraftKept(def programme.SurveyDef, faults programme.Faults, l Locale) string {
	said := []string{l.T("survey.sheet.saved", nil)}
	if len(faults) > 0 {
		said = append(said, l.T("survey.sheet.unsaved", nil))
	}
	for _, f := range faults {
		q, _ := def.Question(f.Field)
		_, why := Sentence(f, "", l)
		said = append(said, l.T("survey.sheet.unsaved_line", words{"Question": line(l.Text(q.Words), maxTitle), "Why": line(why, maxAnswer)}))
	}
	return strings.Join(said, "\n")
}

// SheetDone thanks for a sheet that was sent.
func SheetDone(d programme.Dialogue, own bool, l Locale) slack.ModalViewRequest {
	key := "survey.sheet.done"
	switch {
	case d.Survey.Def.Anonymous:
		key = "survey.sheet.cast"
	case !own:
		key = "survey.sheet.entered"
	}
	return modal(l.T("survey.sheet.title", nil), l,
		section(lines(bold(l.T("survey.receipt.title", nil)), l.T(key, nil)), nil))
}

// SheetLoading stands where a page is too big to travel in an acknowledgement
// (slack.md Receiving).
func SheetLoading(l Locale) slack.ModalViewRequest {
	return modal(l.T("survey.sheet.title", nil), l, section(l.T("survey.sheet.loading", nil), nil))
}

// Offered says what a menu of people in a survey asks for: the response and the
// question. In a sheet the response stands in its private_metadata.
func Offered(block string, view *slack.View) (programme.ResponseID, string, error) {
	if view != nil && view.PrivateMetadata != "" {
		form, err := ReadForm(view.PrivateMetadata)
		return programme.ResponseID(form.Subject), fieldOf(block), err
	}
	response, question, ok := strings.Cut(strings.TrimPrefix(block, answerBlock), "|")
	if !ok {
		return "", "", &programme.Error{Code: programme.CodeClosed, Key: "error.message_old"}
	}
	return programme.ResponseID(response), question, nil
}

// LaterWished reads the menu あとで: whose survey, and when.
func LaterWished(click slack.BlockAction) (programme.ResponseID, programme.Later, error) {
	id, ok := strings.CutPrefix(click.BlockID, laterBlock)
	when := programme.Later(click.SelectedOption.Value)
	if !ok || !slices.Contains(programme.Laters, when) {
		return "", "", &programme.Error{Code: programme.CodeClosed, Key: "error.message_old"}
	}
	return programme.ResponseID(id), when, nil
}
