package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

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

// surveyInvitation asks somebody to answer, or shows that they are at it, done
// with it or have declined.
func surveyInvitation(d programme.Dialogue, l Locale) (string, []slack.Block) {
	def := d.Survey.Def
	blocks := []slack.Block{
		section(lines(bold(surveyTitle(def, l)), escape(cut(l.Text(def.Intro), 1500))), nil),
		section(surveyFacts(d, l), nil),
	}
	text := l.T("survey.invite.text", words{"Until": l.Moment(d.Survey.Closes)})
	switch d.Response.State {
	case programme.Done:
		text = l.T("survey.state.done", nil)
	case programme.Declined:
		text = l.T("survey.state.declined", nil)
	}
	return text, append(blocks, invitationState(d, l)...)
}

func surveyTitle(def programme.SurveyDef, l Locale) string {
	return or(line(l.Text(def.Title), maxTitle), l.T("survey.untitled", nil))
}

// surveyFacts are who asks, how long it takes, until when, and who sees what.
func surveyFacts(d programme.Dialogue, l Locale) string {
	def := d.Survey.Def
	return lines(
		l.T("survey.invite.who", nil),
		l.T("survey.invite.length", words{"Count": len(def.Questions), "Minutes": max(def.Minutes, 1)}),
		l.T("survey.invite.until", words{"Until": l.Moment(d.Survey.Closes)}),
		shownTo(def, l),
	)
}

// shownTo says who sees the answers: the office all, the bureau the counts, and
// others what the survey marks for them (design.md section 5).
func shownTo(def programme.SurveyDef, l Locale) string {
	some := ""
	for _, q := range def.Questions {
		if readers(q, l) != "" {
			some = l.T("survey.invite.seen_some", nil)
		}
	}
	return lines(l.T("survey.invite.seen", nil), some)
}

// readers names those besides the office who see the answers to a question.
func readers(q programme.Question, l Locale) string {
	return readerList(slices.DeleteFunc(slices.Clone(q.ShownTo),
		func(r programme.Reader) bool { return r == programme.ReadOffice }), l)
}

func invitationState(d programme.Dialogue, l Locale) []slack.Block {
	id := string(d.Response.ID)
	decline := button(ActionSurveyDecline, id, l.T("button.survey_decline", nil))
	start := func(key string) *slack.ButtonBlockElement {
		return button(ActionSurveyStart, id, l.T(key, nil)).WithStyle(slack.StylePrimary)
	}
	switch d.Response.State {
	case programme.Done:
		return []slack.Block{small(l.T("survey.state.done", nil))}
	case programme.Declined:
		return []slack.Block{
			small(l.T("survey.state.declined", nil)),
			row(button(ActionSurveyStart, id, l.T("button.survey_after_all", nil))),
		}
	case programme.Started:
		return []slack.Block{
			small(l.T("survey.state.started", words{"Done": len(d.Answers), "All": len(d.Survey.Def.Questions)})),
			row(start("button.survey_continue"), decline),
		}
	}
	return []slack.Block{row(start("button.survey_start"), decline)}
}

// surveyQuestion draws one question: with its controls while it is being asked,
// with the answer and a way to change it afterwards.
func surveyQuestion(d programme.Dialogue, q programme.Question, asking bool, l Locale) (string, []slack.Block) {
	_, i := d.Survey.Def.Question(q.ID)
	at := words{"N": i + 1, "All": len(d.Survey.Def.Questions)}
	answer, answered := d.Answers[q.ID]
	asked := question(q, at, l)
	change := button(ActionSurveyChange, join(d, q), l.T("button.change", nil))
	switch {
	case asking:
		blocks := []slack.Block{asked}
		if answered {
			blocks = append(blocks, small(l.mrkdwn("survey.now", words{"Answer": shortAnswer(q, answer, l)})))
		}
		at["Question"] = line(l.Text(q.Words), 500)
		return l.T("survey.question.text", at), append(blocks, controls(d, q, answer, l)...)
	case answered:
		return l.T("survey.answered.text", at),
			[]slack.Block{asked, section(escape(cut(answerWords(q, answer, l), 1000)), change)}
	}
	change.Text = plain(l.T("button.answer_this", nil), maxButton)
	return l.T("survey.open.text", at), []slack.Block{asked, row(change)}
}

// question are the words of a question with its place among the others.
func question(q programme.Question, at words, l Locale) slack.Block {
	seen := ""
	if who := readers(q, l); who != "" {
		seen = l.T("survey.seen_too", words{"Readers": who})
	}
	return section(lines(
		l.T("survey.progress", at),
		bold(cut(l.Text(q.Words), 1000)),
		escape(cut(l.Text(q.Help), 500)),
		seen,
		spelledOut(q, l),
	), nil)
}

// spelledOut lists choices whose words are too long for a button or a menu.
func spelledOut(q programme.Question, l Locale) string {
	if !long(q, l) {
		return ""
	}
	var out []string
	for i, c := range q.Options() {
		out = append(out, fmt.Sprintf("%d. %s", i+1, escape(line(l.Text(c.Words), 150))))
	}
	return cutEscaped(strings.Join(out, "\n"), 1200)
}

// long says whether a phone would not show the choices whole.
func long(q programme.Question, l Locale) bool {
	limit := maxOption - 5
	if buttons(q) {
		limit = shortLabel
	}
	for _, c := range q.Options() {
		if size(l.Text(c.Words)) > limit {
			return true
		}
	}
	return false
}

func buttons(q programme.Question) bool {
	n := len(q.Options())
	return q.Kind == programme.YesNo || q.Kind == programme.Single && n <= maxChoiceButtons ||
		q.Kind == programme.Scale && n <= maxScaleButtons
}

// controls are what one answers with, and a way past an optional question.
func controls(d programme.Dialogue, q programme.Question, old programme.Answer, l Locale) []slack.Block {
	var blocks []slack.Block
	var extra []slack.BlockElement
	switch n := len(q.Options()); {
	case n == 0: // text
		blocks = append(blocks, small(l.T("survey.type_"+typed(q), words{"Max": q.Longest()})))
	case buttons(q):
		blocks = append(blocks, pickButtons(d, q, l))
	case q.Kind == programme.Multi:
		blocks = append(blocks, slack.NewActionBlock(answerBlock+join(d, q), multiMenu(q, old, l)))
		extra = append(extra, button(ActionSurveySend, join(d, q), l.T("button.next", nil)).WithStyle(slack.StylePrimary))
	default:
		blocks = append(blocks, slack.NewActionBlock(answerBlock+join(d, q), singleMenu(q, l)))
	}
	if q.Optional {
		extra = append(extra, button(ActionSurveySkip, join(d, q), l.T("button.skip", nil)))
	}
	if len(extra) > 0 {
		blocks = append(blocks, row(extra...))
	}
	return blocks
}

// typed tells a line from several, for the hint where to type.
func typed(q programme.Question) string {
	if q.Kind == programme.LongText {
		return "long"
	}
	return "short"
}

func pickButtons(d programme.Dialogue, q programme.Question, l Locale) slack.Block {
	var out []slack.BlockElement
	for i, c := range choiceLabels(q, l) {
		out = append(out, button(PickID(ActionSurveyPick, i), join(d, q)+"|"+c.value, c.label))
	}
	return row(out...)
}

// choiceLabels are the choices with numbers where the words stand above.
func choiceLabels(q programme.Question, l Locale) []labelled {
	numbered := long(q, l)
	var out []labelled
	for i, c := range q.Options() {
		label := line(l.Text(c.Words), maxOption)
		if numbered {
			label = fmt.Sprintf("%d. %s", i+1, line(l.Text(c.Words), maxOption-5))
		}
		out = append(out, labelled{c.ID, label})
	}
	return out
}

func singleMenu(q programme.Question, l Locale) slack.BlockElement {
	return slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(l.T("survey.choose_one", nil), maxPlaceholder),
		ActionSurveySelect, options(choiceLabels(q, l), maxChoices)...)
}

func multiMenu(q programme.Question, old programme.Answer, l Locale) slack.BlockElement {
	if len(q.Options()) <= maxChecks {
		os := options(choiceLabels(q, l), maxChecks)
		boxes := slack.NewCheckboxGroupsBlockElement(ActionSurveySelect, os...)
		boxes.InitialOptions = chosen(os, old.Picked)
		return boxes
	}
	os := options(choiceLabels(q, l), maxChoices)
	menu := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic,
		plain(l.T("survey.choose_some", nil), maxPlaceholder), ActionSurveySelect, os...)
	menu.InitialOptions = chosen(os, old.Picked)
	return menu
}

// answerWords is an answer as people read it.
func answerWords(q programme.Question, a programme.Answer, l Locale) string {
	switch {
	case a.Skipped:
		return l.T("survey.skipped", nil)
	case q.Kind == programme.Scale:
		return l.T("survey.scale", words{"N": a.Number, "Max": q.Max})
	case len(a.Picked) > 0:
		var picked []string
		for _, c := range q.Options() {
			for _, id := range a.Picked {
				if id == c.ID {
					picked = append(picked, or(line(l.Text(c.Words), 300), c.ID))
				}
			}
		}
		return l.list(picked)
	}
	return or(a.Text, nothing)
}

// shortAnswer is an answer on one line of a list.
func shortAnswer(q programme.Question, a programme.Answer, l Locale) string {
	return or(line(answerWords(q, a, l), maxAnswer), nothing)
}

// surveyReceipt thanks, and lists every answer with a way to change it.
func surveyReceipt(d programme.Dialogue, l Locale) (string, []slack.Block) {
	def := d.Survey.Def
	blocks := []slack.Block{section(lines(
		bold(l.T("survey.receipt.title", nil)),
		l.T("survey.receipt.change", words{"Until": l.Moment(d.Survey.Closes)}),
	), nil)}
	for i, q := range def.Questions {
		if len(blocks) == maxMessageBlocks-1 && i < len(def.Questions)-1 {
			blocks = append(blocks, small(l.T("survey.receipt.more", words{"Count": len(def.Questions) - i})))
			break
		}
		answer := l.T("survey.unanswered", nil)
		if a, ok := d.Answers[q.ID]; ok {
			answer = shortAnswer(q, a, l)
		}
		title := bold(strconv.Itoa(i+1) + ". " + line(l.Text(q.Words), maxTitle))
		blocks = append(blocks, section(lines(title, escape(answer)),
			button(ActionSurveyChange, join(d, q), l.T("button.change", nil))))
	}
	return l.T("survey.receipt.text", nil), blocks
}

// join is the value of a button that belongs to a question.
func join(d programme.Dialogue, q programme.Question) string {
	return string(d.Response.ID) + "|" + q.ID
}

// answerBlock begins the block id of a question's menu, which has no value of
// its own; the rest is what join says.
const answerBlock = "answer|"

// Answered is what a click in a survey says.
type Answered struct {
	Response programme.ResponseID
	Question string
	Input    programme.Input
}

// WaitsForSend says whether the click only ticked a box or added to a menu: the
// answer comes with the button below.
func WaitsForSend(click slack.BlockAction) bool {
	return ActionOf(click.ActionID) == ActionSurveySelect && click.SelectedOption.Value == ""
}

// ReadAnswer reads a click on a control of a question. state is what the
// message's menus hold, as Slack sends it along. A click that cannot be read was
// drawn by another program: an Error of CodeClosed.
func ReadAnswer(click slack.BlockAction, state map[string]map[string]slack.BlockAction) (Answered, error) {
	action := ActionOf(click.ActionID)
	value := click.Value
	if action == ActionSurveySelect {
		value = strings.TrimPrefix(click.BlockID, answerBlock)
	}
	response, rest, ok := strings.Cut(value, "|")
	a := Answered{Response: programme.ResponseID(response), Question: rest}
	switch action {
	case ActionSurveyPick:
		var choice string
		a.Question, choice, ok = strings.Cut(rest, "|")
		a.Input.Picked = []string{choice}
	case ActionSurveySelect:
		a.Input.Picked = []string{click.SelectedOption.Value}
	case ActionSurveySend:
		for _, o := range state[answerBlock+value][ActionSurveySelect].SelectedOptions {
			a.Input.Picked = append(a.Input.Picked, o.Value)
		}
	case ActionSurveySkip:
		a.Input.Skip = true
	}
	if !ok {
		return Answered{}, &programme.Error{Code: programme.CodeClosed, Key: "error.message_old"}
	}
	return a, nil
}
