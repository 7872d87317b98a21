package ui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// surveyQuestion draws one question: with its controls while it is being asked, with
// the answer and a way to change it afterwards, so that the conversation reads as a
// record. The text is what family and staff may see on the phone: it does not say what
// was asked (programme.md duty 9).
func surveyQuestion(m programme.Matter, l Locale) (string, []slack.Block) {
	d, q := m.Dialogue, m.Question
	due := d.Survey.Def.Due(d.Answers)
	i := slices.IndexFunc(due, func(x programme.Question) bool { return x.ID == q.ID })
	a, begun := d.Answers[q.ID]
	if i < 0 && (begun || d.Response.Current != q.ID) {
		return setAside(q, l)
	}
	at := words{"N": i + 1, "All": len(due)}
	blocks := append(sectionStart(d.Survey.Def, due, i, l), questionWords(q, at, l))
	change := button(ActionSurveyChange, join(d, q), l.T("button.change", nil))
	switch {
	case m.Asked && !m.Over:
		return l.T("survey.question.text", at), append(blocks, controls(d, q, l)...)
	case begun && !a.Open:
		return l.T("survey.answered.text", at), append(blocks, answerBlocks(q, a, d, change, l)...)
	}
	return l.T("survey.open.text", at), append(blocks, leftOpen(m, q, l)...)
}

// setAside is a question that other answers made needless.
func setAside(q programme.Question, l Locale) (string, []slack.Block) {
	return l.T("survey.aside.text", nil), []slack.Block{
		small(escape(cut(l.Text(q.Words), 1000))),
		small(l.T("survey.aside", nil)),
	}
}

// leftOpen is under a question that has no answer and is not being asked by this
// message.
func leftOpen(m programme.Matter, q programme.Question, l Locale) []slack.Block {
	d := m.Dialogue
	next, more := d.Survey.Def.Next(d.Answers)
	switch {
	case m.Over:
		return []slack.Block{small(l.T("survey.state.closed", nil))}
	case d.Response.State == programme.Declined:
		return []slack.Block{small(l.T("survey.state.declined", nil)), row(startButton(d, "button.survey_after_all", l))}
	case d.Response.Current == q.ID:
		return []slack.Block{small(l.T("survey.asked_below", nil))}
	case d.Response.Current == "" && more && next.ID == q.ID:
		return []slack.Block{
			small(or(laterWords(d, l), l.T("survey.state.paused", nil))),
			row(startButton(d, "button.survey_continue", l).WithStyle(slack.StylePrimary)),
		}
	}
	return []slack.Block{row(button(ActionSurveyChange, join(d, q), l.T("button.answer_this", nil)))}
}

// sectionStart is the title of a section above its first question.
func sectionStart(def programme.SurveyDef, due []programme.Question, i int, l Locale) []slack.Block {
	if i < 0 || due[i].Section == "" || i > 0 && due[i-1].Section == due[i].Section {
		return nil
	}
	for _, s := range def.Sections {
		if s.ID == due[i].Section {
			return sectionWords(s, l)
		}
	}
	return nil
}

func sectionWords(s programme.Section, l Locale) []slack.Block {
	blocks := []slack.Block{header(line(l.Text(s.Title), maxHeader))}
	if help := cut(l.Text(s.Help), 500); strings.TrimSpace(help) != "" {
		blocks = append(blocks, small(escape(help)))
	}
	return blocks
}

// questionWords are the words of a question with its place among the others.
func questionWords(q programme.Question, at words, l Locale) slack.Block {
	return section(lines(
		l.T("survey.progress", at),
		bold(cut(l.Text(q.Words), 1000)),
		escape(cut(l.Text(q.Help), 500)),
		seenBy(q, l),
		spelledOut(q, l),
	), nil)
}

// spelledOut lists what a phone would not show whole: choices whose words are too long
// for a button or a menu, and what the ends of a scale mean.
func spelledOut(q programme.Question, l Locale) string {
	if q.Kind == programme.Scale {
		return scaleEnds(q, l)
	}
	if !long(q, l) {
		return ""
	}
	var out []string
	for i, c := range q.Options() {
		out = append(out, fmt.Sprintf("%d. %s", i+1, escape(line(l.Text(c.Words), 150))))
	}
	return cutEscaped(strings.Join(out, "\n"), 1200)
}

func scaleEnds(q programme.Question, l Locale) string {
	low, high := line(l.Text(q.Low), maxTitle), line(l.Text(q.High), maxTitle)
	if low == "" || high == "" {
		return ""
	}
	return l.mrkdwn("survey.scale_ends", words{"Low": low, "High": high, "Max": q.Max})
}

// long says whether a phone would not show the choices whole.
func long(q programme.Question, l Locale) bool {
	limit := maxOption - 5
	if buttons(q) {
		limit = shortLabel
	}
	return slices.ContainsFunc(q.Options(), func(c programme.Choice) bool { return size(l.Text(c.Words)) > limit })
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

// join is the value of a button that belongs to a question.
func join(d programme.Dialogue, q programme.Question) string {
	return string(d.Response.ID) + "|" + q.ID
}
