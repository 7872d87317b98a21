package ui

import (
	"strconv"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// surveyReceipt thanks, and lists every answer that counts with a way to change it on
// the sheet until the survey closes.
func surveyReceipt(m programme.Matter, l Locale) (string, []slack.Block) {
	d := m.Dialogue
	until, trial := "survey.receipt.change", ""
	if m.Over {
		until = "survey.receipt.closed"
	}
	if d.Survey.Trial {
		trial = l.T("survey.invite.trial", nil)
	}
	blocks := []slack.Block{section(lines(
		bold(l.T("survey.receipt.title", nil)),
		escape(surveyTitle(d.Survey.Def, l)),
		trial,
		l.T(until, words{"Until": l.Moment(d.Closes())}),
	), nil)}
	tail := []slack.Block{row(button(ActionSurveyForm, string(d.Response.ID), l.T("button.survey_review", nil)))}
	due := d.Survey.Def.Due(d.Answers)
	for i, q := range due {
		entry := receiptEntry(d, q, i, len(due), l)
		if len(blocks)+len(entry)+len(tail) >= maxMessageBlocks && i < len(due)-1 {
			blocks = append(blocks, small(l.T("survey.receipt.more", words{"Count": len(due) - i})))
			break
		}
		blocks = append(blocks, entry...)
	}
	return l.T("survey.receipt.text", nil), append(blocks, tail...)
}

// wordyReceipt is how many questions a receipt has room for with their answers in
// blocks of their own, and who entered them; beyond, a question and its answer share
// one.
const wordyReceipt = 15

func receiptEntry(d programme.Dialogue, q programme.Question, i, of int, l Locale) []slack.Block {
	a, given := d.Answers[q.ID]
	title := strconv.Itoa(i+1) + ". " + line(l.Text(q.Words), maxTitle)
	change := button(ActionSurveyChange, join(d, q), l.T("button.change", nil))
	words := l.T("survey.unanswered", nil)
	if given && !a.Open {
		words = answerWords(q, a, d.People, l)
	}
	if of > wordyReceipt {
		return []slack.Block{slack.NewSectionBlock(slack.NewTextBlockObject(slack.PlainTextType,
			lines(title, line(words, maxAnswer), enteredBy(a, l)), false, false), nil, slack.NewAccessory(change))}
	}
	out := []slack.Block{
		section(bold(title), change),
		slack.NewSectionBlock(slack.NewTextBlockObject(slack.PlainTextType, or(cut(words, maxReceipt), nothing), false, false), nil, nil),
	}
	if by := enteredBy(a, l); by != "" {
		out = append(out, small(by))
	}
	return out
}

// maxReceipt is how much of an answer a receipt repeats; the conversation has it whole.
const maxReceipt = 1000
