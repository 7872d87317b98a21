package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// surveyStop asks somebody who typed やめる or あとで what they mean: to go on later, and
// when, or not to answer at all. It shows what they chose.
func surveyStop(m programme.Matter, l Locale) (string, []slack.Block) {
	d := m.Dialogue
	title := small(bold(surveyTitle(d.Survey.Def, l)))
	if !m.Asked || m.Over || d.Response.State == programme.Declined {
		return l.T("survey.stop.done", nil), append([]slack.Block{title}, stopped(m, l)...)
	}
	id := string(d.Response.ID)
	pause := button(ActionSurveyPause, id, l.T("button.survey_stop_pause", nil))
	goOn := button(ActionSurveyStart, id, l.T("button.survey_go_on", nil))
	if m.WantsLater() {
		return l.T("survey.stop.text_later", nil), []slack.Block{
			title, section(bold(l.T("survey.stop.title_later", nil)), nil), laterMenu(d, l), row(pause, goOn),
		}
	}
	return l.T("survey.stop.text", nil), []slack.Block{
		title,
		section(lines(bold(l.T("survey.stop.title", nil)), l.T("survey.stop.help", nil)), nil),
		row(pause, button(ActionSurveyDecline, id, l.T("button.survey_decline", nil)), goOn),
	}
}

// stopped is what came of the question what was meant.
func stopped(m programme.Matter, l Locale) []slack.Block {
	d := m.Dialogue
	switch {
	case m.Over || d.Response.State != programme.Started:
		return whereOneStands(m, l)
	case d.Response.Current != "":
		return []slack.Block{small(l.T("survey.stop.on", nil))}
	}
	return []slack.Block{
		small(or(laterWords(d, l), l.T("survey.state.paused", nil))),
		row(startButton(d, "button.survey_continue", l)),
	}
}

// surveyLater comes at the moment that the person wished for.
func surveyLater(m programme.Matter, l Locale) (string, []slack.Block) {
	return reminded(m, "survey.later", l)
}

// surveyReopened tells somebody that the survey is open for them once more.
func surveyReopened(m programme.Matter, l Locale) (string, []slack.Block) {
	return reminded(m, "survey.reopened", l)
}

// reminded is a message that brings somebody back to a survey, by its keys.
func reminded(m programme.Matter, key string, l Locale) (string, []slack.Block) {
	d := m.Dialogue
	until := words{"Until": l.Moment(d.Closes())}
	return l.T(key+".text", until), append([]slack.Block{section(lines(
		bold(surveyTitle(d.Survey.Def, l)),
		l.T(key+".help", until),
	), nil)}, whereOneStands(m, l)...)
}

// surveyChase reminds those who are not done, with how far they are themselves.
func surveyChase(m programme.Matter, l Locale) (string, []slack.Block) {
	d := wishedSince(m)
	done, due := d.Progress()
	how, below := "", whereOneStands(m, l)
	switch {
	case m.Over || laterWords(d, l) != "":
	case d.Response.State == programme.Started && due > done:
		how, below = l.T("survey.chase.left", words{"Count": due - done}), waysIn(d, l)
	case d.Response.State == programme.Asked:
		how = l.T("survey.chase.not_begun", words{"Minutes": max(d.Survey.Def.Minutes, 1)})
	}
	until := words{"Until": l.Moment(d.Closes())}
	return l.T("survey.chase.text", until), append([]slack.Block{section(lines(
		bold(surveyTitle(d.Survey.Def, l)), how, l.T("survey.chase.until", until),
	), nil)}, below...)
}

// EditTaken says that an answer is now what its message was changed to.
func EditTaken(l Locale) string { return l.T("survey.edited", nil) }

// FileDropped says that of a message with a file only the words were taken.
func FileDropped(l Locale) string { return l.T("survey.file_dropped", nil) }

// FileOnly says that a file or a sticker is no answer.
func FileOnly(l Locale) string { return l.T("survey.file_only", nil) }
