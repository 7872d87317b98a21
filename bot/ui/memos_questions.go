package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// memoQuestion tells the office that the bureau asks something of a memo. What it asks is
// in the form alone.
func memoQuestion(m programme.Matter, l Locale) (string, []slack.Block) {
	v, q := m.Memo, m.MemoQuestion
	args := words{"Date": l.Date(v.Memo.Held), "Kind": memoKind(v.Memo.Kind, l)}
	blocks := []slack.Block{
		section(lines(bold(l.T("question.card", nil)), l.T("memo.page.held", args)), nil),
		small(l.T("memo.code", words{"Code": memoCode(v.Memo.ID)})),
	}
	switch {
	case !v.Memo.Withdrawn.IsZero():
		blocks = append(blocks, section(l.T("memo.withdrawn.title", nil), nil))
	case !q.Waits():
		blocks = append(blocks, section(l.T("question.answered", words{"When": l.Moment(q.Answered)}), nil))
	default:
		blocks = append(blocks, row(button(ActionMemoAnswer, string(q.ID), l.T("button.memo_answer", nil)).WithStyle(slack.StylePrimary)))
	}
	return l.T("question.text", args), blocks
}

// memoAsked is the bureau's question under its card of the memo, in its own words.
func memoAsked(m programme.Matter, l Locale) (string, []slack.Block) {
	if m.Over {
		return l.T("question.asked_text", nil), questionOver(m, "question.asked_before", l)
	}
	who := section(bold(l.mrkdwn("question.asked", words{"Who": name(m.Person, l)})), nil)
	return l.T("question.asked_text", nil), append([]slack.Block{who}, verbatim(m.MemoQuestion.Text)...)
}

// memoAnswer is the office's answer under it.
func memoAnswer(m programme.Matter, l Locale) (string, []slack.Block) {
	if m.Over {
		return l.T("question.answer_text", nil), questionOver(m, "question.answer_before", l)
	}
	who := section(bold(l.T("question.answer", nil)), nil)
	return l.T("question.answer_text", nil), append([]slack.Block{who}, verbatim(m.MemoQuestion.Answer)...)
}

// questionOver stands in the place of words about a version that the bureau reads no longer:
// they are on the memo's page, unless that was taken back.
func questionOver(m programme.Matter, key string, l Locale) []slack.Block {
	memo := m.Memo.Memo
	if !memo.Withdrawn.IsZero() {
		return []slack.Block{section(l.T("memo.withdrawn.title", nil), nil)}
	}
	return []slack.Block{section(l.T(key, nil), button(ActionMemoOpen, string(memo.ID), l.T("button.open", nil)))}
}

// questionLines are what the bureau asked of a memo, on its page.
func questionLines(s programme.MemoSharing, l Locale) []slack.Block {
	var blocks []slack.Block
	for _, q := range s.Questions {
		blocks = append(blocks, divider(), section(bold(l.mrkdwn("question.asked", words{"Who": name(q.Who, l)})), nil))
		blocks = append(blocks, verbatim(q.Text)...)
		switch {
		case !q.Waits():
			blocks = append(blocks, section(bold(l.T("question.answer", nil)), nil))
			blocks = append(blocks, verbatim(q.Answer)...)
		case s.Office && s.Memo.Withdrawn.IsZero():
			blocks = append(blocks, row(button(ActionMemoAnswer, string(q.ID), l.T("button.memo_answer", nil))))
		default:
			blocks = append(blocks, small(l.T("question.waits", nil)))
		}
	}
	return blocks
}

// How long a question and its answer may be, in characters.
const maxMemoQuestion = 1000

// questionFields is the name of both forms in block ids.
const questionFields = "question"

// MemoQuestionForm asks what the bureau would like to know.
func MemoQuestionForm(form Form, l Locale) slack.ModalViewRequest {
	f := fields{questionFields, l}
	return formView(l.T("question.title", nil), l.T("button.question_send", nil), CallbackMemoQuestion, form, l,
		section(l.T("question.help", nil), nil), f.input("text", f.words("", maxMemoQuestion, true)))
}

// MemoAnswerForm shows the office the question and asks for the answer. Form.Subject is
// the question.
func MemoAnswerForm(form Form, q programme.MemoQuestion, l Locale) slack.ModalViewRequest {
	blocks := append([]slack.Block{section(bold(l.T("question.theirs", nil)), nil)}, verbatim(q.Text)...)
	if !q.Waits() {
		blocks = append(blocks, section(bold(l.T("question.answer", nil)), nil))
		return modal(l.T("question.answer_title", nil), l, append(blocks, verbatim(q.Answer)...)...)
	}
	f := fields{questionFields, l}
	in := formInput(questionFields, "text", l.T("question.form.answer", nil), l.T("question.form.answer.hint", nil), f.words("", maxMemoQuestion, true))
	return formView(l.T("question.answer_title", nil), l.T("button.question_answer", nil), CallbackMemoAnswer, form, l, append(blocks, in)...)
}

// QuestionSent and QuestionAnswered say where it went.
func QuestionSent(l Locale) string     { return l.T("question.sent", nil) }
func QuestionAnswered(l Locale) string { return l.T("question.answer_sent", nil) }
