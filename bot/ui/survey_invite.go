package ui

import (
	"slices"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// surveyInvitation asks somebody to answer, or shows that they are at it, done
// with it or have declined.
func surveyInvitation(m programme.Matter, l Locale) (string, []slack.Block) {
	d := m.Dialogue
	blocks := []slack.Block{
		section(lines(bold(surveyTitle(d.Survey.Def, l)), escape(cut(l.Text(d.Survey.Def.Intro), 1500))), nil),
		section(surveyFacts(d, l), nil),
	}
	text := l.T("survey.invite.text", words{"Until": l.Moment(d.Closes())})
	switch d.Response.State {
	case programme.Done:
		text = l.T("survey.state.done", nil)
	case programme.Declined:
		text = l.T("survey.state.declined", nil)
	}
	return text, append(blocks, whereOneStands(m, l)...)
}

func surveyTitle(def programme.SurveyDef, l Locale) string {
	return or(line(l.Text(def.Title), maxTitle), l.T("survey.untitled", nil))
}

// surveyFacts are who asks, how long it takes, until when, and who sees what.
func surveyFacts(d programme.Dialogue, l Locale) string {
	def := d.Survey.Def
	trial := ""
	if d.Survey.Trial {
		trial = l.T("survey.invite.trial", nil)
	}
	return lines(
		trial,
		l.T("survey.invite.who", nil),
		surveyLength(def, l),
		l.T("survey.invite.until", words{"Until": l.Moment(d.Closes())}),
		shownTo(def, l),
	)
}

// surveyLength says how many questions there are; more may follow from the answers.
func surveyLength(def programme.SurveyDef, l Locale) string {
	n := len(def.Due(nil))
	more := ""
	if len(def.Questions) > n {
		more = l.T("survey.invite.branches", nil)
	}
	how := "survey.invite.pause"
	if def.Anonymous {
		how = "survey.invite.once"
	}
	return lines(l.T("survey.invite.length", words{"Count": n, "Minutes": max(def.Minutes, 1)})+more, l.T(how, nil))
}

// shownTo says who sees the answers: the office all, the bureau and the support
// organisations the totals, and others what the survey marks for them (design.md
// section 5).
func shownTo(def programme.SurveyDef, l Locale) string {
	least := words{"Least": programme.FewestShown}
	if def.Anonymous {
		return l.T("survey.invite.anonymous", least)
	}
	some := ""
	if slices.ContainsFunc(def.Questions, func(q programme.Question) bool { return seenBy(q, l) != "" }) {
		some = l.T("survey.invite.seen_some", nil)
	}
	return lines(l.T("survey.invite.seen", least), some)
}

// seenBy says who sees the answers to a question, where that is not the office alone.
func seenBy(q programme.Question, l Locale) string {
	if q.TotalsOnly {
		return l.T("survey.seen_totals", nil)
	}
	if who := readers(q, l); who != "" {
		return l.T("survey.seen_too", words{"Readers": who})
	}
	return ""
}

// readers names those besides the office who see the answers to a question.
func readers(q programme.Question, l Locale) string {
	return readerList(slices.DeleteFunc(slices.Clone(q.ShownTo),
		func(r programme.Reader) bool { return r == programme.ReadOffice }), l)
}

// whereOneStands is invitationState under a message, whose buttons go when the survey
// is over.
func whereOneStands(m programme.Matter, l Locale) []slack.Block {
	if m.Over && !isDone(m.Dialogue) {
		return []slack.Block{small(l.T("survey.state.closed", nil))}
	}
	return invitationState(wishedSince(m), l)
}

// wishedSince is the dialogue without a wish to be asked later that the message itself
// fulfilled, or came after.
func wishedSince(m programme.Matter) programme.Dialogue {
	if !m.Dialogue.Response.Later.After(m.Notice.Due) {
		m.Dialogue.Response.Later = time.Time{}
	}
	return m.Dialogue
}

func isDone(d programme.Dialogue) bool { return d.Response.State == programme.Done }

// invitationState says how far the person is, with what they can do next.
func invitationState(d programme.Dialogue, l Locale) []slack.Block {
	id := string(d.Response.ID)
	switch {
	case isDone(d) && d.Survey.Def.Anonymous:
		return []slack.Block{small(l.T("survey.state.cast", nil))}
	case isDone(d):
		return []slack.Block{
			small(l.T("survey.state.done", nil)),
			row(button(ActionSurveyForm, id, l.T("button.survey_review", nil))),
		}
	case d.Response.State == programme.Declined:
		return []slack.Block{small(l.T("survey.state.declined", nil)), row(startButton(d, "button.survey_after_all", l))}
	}
	var blocks []slack.Block
	if d.Response.State == programme.Started {
		done, due := d.Progress()
		blocks = append(blocks, small(l.T("survey.state.started", words{"Done": done, "All": due})))
	}
	if again := laterWords(d, l); again != "" {
		blocks = append(blocks, small(again))
	}
	return append(blocks, waysIn(d, l)...)
}

// waysIn are the buttons by which one answers, now or later.
func waysIn(d programme.Dialogue, l Locale) []slack.Block {
	key := "button.survey_start"
	if d.Response.State == programme.Started {
		key = "button.survey_continue"
	}
	doors := []slack.BlockElement{startButton(d, key, l).WithStyle(slack.StylePrimary)}
	if !d.Survey.Def.Anonymous {
		doors = append(doors, button(ActionSurveyForm, string(d.Response.ID), l.T("button.survey_form", nil)))
	}
	return []slack.Block{row(doors...), notNow(d, l)}
}

// startButton is the button that leads to the questions: one at a time, or the sheet of an
// anonymous survey.
func startButton(d programme.Dialogue, key string, l Locale) *slack.ButtonBlockElement {
	action := ActionSurveyStart
	if d.Survey.Def.Anonymous {
		action, key = ActionSurveyForm, "button.survey_cast"
	}
	return button(action, string(d.Response.ID), l.T(key, nil))
}

// laterWords say when the person is asked again, "" if they did not wish to be or are
// at it.
func laterWords(d programme.Dialogue, l Locale) string {
	if d.Response.Later.IsZero() || d.Response.Current != "" {
		return ""
	}
	return l.T("survey.state.later", words{"When": l.Moment(d.Response.Later)})
}

// laterBlock begins the block id of the menu あとで; the rest is the response id.
const laterBlock = "later|"

// notNow is the menu of when to ask again, and the way to say no.
func notNow(d programme.Dialogue, l Locale) slack.Block {
	return laterMenu(d, l, button(ActionSurveyDecline, string(d.Response.ID), l.T("button.survey_decline", nil)))
}

// laterMenu is the menu of when to ask again, with what stands beside it.
func laterMenu(d programme.Dialogue, l Locale, beside ...slack.BlockElement) slack.Block {
	var whens []labelled
	for _, when := range programme.Laters {
		whens = append(whens, labelled{string(when), l.T("survey.later_"+string(when), nil)})
	}
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(l.T("button.survey_later", nil), maxPlaceholder),
		ActionSurveyLater, options(whens, len(whens))...)
	return slack.NewActionBlock(laterBlock+string(d.Response.ID), append([]slack.BlockElement{menu}, beside...)...)
}
