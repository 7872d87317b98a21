package ui

import (
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// How many choices are offered in which way (slack.md Sizes; a phone shows about
// 30 characters of a button).
const (
	maxChoiceButtons = 5
	maxScaleButtons  = 10
	maxChecks        = 10
	maxChoices       = 100
	shortLabel       = 20
)

func buttons(q programme.Question) bool {
	n := len(q.Options())
	return q.Kind == programme.YesNo || q.Kind == programme.Single && n <= maxChoiceButtons ||
		q.Kind == programme.Scale && n <= maxScaleButtons
}

// controls are what one answers with, what stands already, and the ways past the
// question.
func controls(d programme.Dialogue, q programme.Question, l Locale) []slack.Block {
	a, begun := d.Answers[q.ID]
	var blocks []slack.Block
	if begun && !a.Open {
		blocks = append(blocks, slack.NewContextBlock("", slack.NewTextBlockObject(slack.PlainTextType,
			l.T("survey.now", words{"Answer": shortAnswer(q, a, d.People, l)}), false, false)))
	}
	return append(append(blocks, answerWith(d, q, a, l)...), waysOn(d, q, l)...)
}

// answerWith are the elements by which a question of this kind is answered.
func answerWith(d programme.Dialogue, q programme.Question, a programme.Answer, l Locale) []slack.Block {
	block := answerBlock + join(d, q)
	switch {
	case q.Kind == programme.Ranking:
		return rankNext(d, q, a, l)
	case q.Kind == programme.Day:
		return []slack.Block{slack.NewActionBlock(block, dayPicker(ActionSurveyDate, a, l)), small(dayHint(q, l))}
	case q.Kind == programme.Whom:
		return []slack.Block{slack.NewActionBlock(block, namedMenu(nil, l))}
	case len(q.Options()) == 0:
		return []slack.Block{small(typeHint(q, l))}
	case buttons(q):
		return append([]slack.Block{pickButtons(d, q, a, l)}, writeOut(q, a, l)...)
	case q.Kind == programme.Multi:
		send := button(ActionSurveySend, join(d, q), l.T("button.next", nil)).WithStyle(slack.StylePrimary)
		return append([]slack.Block{small(howMany(q, l)), slack.NewActionBlock(block, someOf(ActionSurveySelect, choiceLabels(q, l), a.Picked, q.Most, l)), row(send)},
			writeOut(q, a, l)...)
	}
	return append([]slack.Block{slack.NewActionBlock(block, singleMenu(q, l))}, writeOut(q, a, l)...)
}

// writeOut asks for the words of a choice that has to be put into words.
func writeOut(q programme.Question, a programme.Answer, l Locale) []slack.Block {
	for _, c := range q.Choices {
		switch {
		case !c.Write:
		case a.Open && slices.Contains(a.Picked, c.ID):
			return []slack.Block{section(bold(l.T("survey.write_out", words{"Choice": choiceWords(c, l)})), nil)}
		default:
			return []slack.Block{small(l.mrkdwn("survey.write_hint", words{"Choice": choiceWords(c, l)}))}
		}
	}
	return nil
}

func pickButtons(d programme.Dialogue, q programme.Question, a programme.Answer, l Locale) slack.Block {
	var out []slack.BlockElement
	for i, c := range choiceLabels(q, l) {
		b := button(PickID(ActionSurveyPick, i), join(d, q)+"|"+c.value, c.label)
		if a.Version > 0 && (slices.Contains(a.Picked, c.value) || q.Kind == programme.Scale && strconv.Itoa(a.Number) == c.value) {
			b.WithStyle(slack.StylePrimary)
		}
		out = append(out, b)
	}
	return row(out...)
}

func singleMenu(q programme.Question, l Locale) slack.BlockElement {
	return slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(l.T("survey.choose_one", nil), maxPlaceholder),
		ActionSurveySelect, options(choiceLabels(q, l), maxChoices)...)
}

// someOf are boxes to tick, or a menu where there are too many; most is 0 for any
// number.
func someOf(action string, cs []labelled, picked []string, most int, l Locale) slack.BlockElement {
	os := options(cs, maxChoices)
	if len(os) <= maxChecks {
		boxes := slack.NewCheckboxGroupsBlockElement(action, os...)
		boxes.InitialOptions = chosen(os, picked)
		return boxes
	}
	menu := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic,
		plain(l.T("survey.choose_some", nil), maxPlaceholder), action, os...)
	menu.InitialOptions = chosen(os, picked)
	if most > 0 {
		menu.MaxSelectedItems = &most
		menu.InitialOptions = menu.InitialOptions[:min(most, len(menu.InitialOptions))]
	}
	return menu
}

// dayPicker starts from the day that stands; without one, the phone opens on today.
func dayPicker(action string, a programme.Answer, l Locale) *slack.DatePickerBlockElement {
	e := slack.NewDatePickerBlockElement(action)
	e.Placeholder = plain(l.T("survey.choose_day", nil), maxPlaceholder)
	if !a.Date.At(12, 0, time.UTC).IsZero() {
		e.InitialDate = string(a.Date)
	}
	return e
}

// namedMenu asks whom to offer for what is typed.
func namedMenu(picked []labelled, l Locale) *slack.SelectBlockElement {
	least := 1
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, plain(l.T("survey.find_person", nil), maxPlaceholder),
		MenuSurveyPeople)
	menu.MinQueryLength = &least
	menu.InitialOption = first(options(picked, 1))
	return menu
}

// rankNext asks for the next place of a ranking, the most important first: what was
// ranked so far stands above what is left.
func rankNext(d programme.Dialogue, q programme.Question, a programme.Answer, l Locale) []slack.Block {
	if !a.Open {
		a = programme.Answer{} // one that was ranked to the end is ranked anew
	}
	var blocks []slack.Block
	if len(a.Picked) > 0 {
		blocks = append(blocks, slack.NewSectionBlock(plain(lines(rankedWords(q, a, l)...), maxSection), nil, nil))
	}
	blocks = append(blocks, section(bold(l.T("survey.rank_next", words{"N": len(a.Picked) + 1, "Most": q.Places()})), nil))
	left := slices.DeleteFunc(choiceLabels(q, l), func(c labelled) bool { return slices.Contains(a.Picked, c.value) })
	// The block's id changes with the place: Slack keeps what a menu of the same id shows.
	block := answerBlock + join(d, q) + "|" + strconv.Itoa(len(a.Picked)+1)
	if len(left) > 0 {
		blocks = append(blocks, slack.NewActionBlock(block, rankElements(d, q, left, l)...))
	}
	if len(a.Picked) > 0 {
		blocks = append(blocks, row(button(ActionSurveyRankEnd, join(d, q), l.T("button.survey_rank_end", words{"Count": len(a.Picked)}))))
	}
	return blocks
}

func rankElements(d programme.Dialogue, q programme.Question, left []labelled, l Locale) []slack.BlockElement {
	if len(left) > maxChoiceButtons {
		return []slack.BlockElement{slack.NewOptionsSelectBlockElement(slack.OptTypeStatic,
			plain(l.T("survey.choose_one", nil), maxPlaceholder), ActionSurveyRank, options(left, maxChoices)...)}
	}
	var out []slack.BlockElement
	for i, c := range left {
		out = append(out, button(PickID(ActionSurveyRank, i), join(d, q)+"|"+c.value, c.label))
	}
	return out
}

// waysOn are the ways past a question: back, past it if it is optional, out, and to
// the sheet. Somebody who changes an answer can leave it as it was.
func waysOn(d programme.Dialogue, q programme.Question, l Locale) []slack.Block {
	id := string(d.Response.ID)
	var out []slack.BlockElement
	if len(d.Survey.Def.Due(d.Answers)) > 0 && d.Survey.Def.Due(d.Answers)[0].ID != q.ID && !isDone(d) {
		out = append(out, button(ActionSurveyBack, id, l.T("button.survey_back", nil)))
	}
	if q.Optional {
		out = append(out, button(ActionSurveySkip, join(d, q), l.T("button.skip", nil)))
	}
	pause := "button.survey_pause"
	if isDone(d) {
		pause = "button.survey_leave"
	}
	return []slack.Block{row(append(out,
		button(ActionSurveyPause, id, l.T(pause, nil)),
		button(ActionSurveyForm, id, l.T("button.survey_sheet", nil)))...)}
}
