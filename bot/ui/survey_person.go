package ui

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// SurveyPersonData is what the page of one person's answers is drawn from.
type SurveyPersonData struct {
	Dialogue programme.Dialogue
	Versions []programme.Answer // every answer ever given, newest last
	Now      time.Time
	From     int // how many questions come before the page
}

// Bounds of a person's page: within 100 blocks and 250 KB, whatever was written.
const (
	questionsAPage = 15
	earlierShown   = 600 // characters of earlier answers to a question
)

// SurveyPerson shows the office what somebody answered, who entered it, and what they
// had said before; from here the office fills in for them or opens the survey again.
func SurveyPerson(d SurveyPersonData, l Locale) slack.ModalViewRequest {
	def, id := d.Dialogue.Survey.Def, string(d.Dialogue.Response.ID)
	blocks := []slack.Block{section(lines(
		bold(nameAndFirm(d.Dialogue.Person, l)),
		escape(surveyTitle(def, l)),
		personStands(d, l),
	), nil), personButtons(d, l)}
	from := min(d.From, max(len(def.Questions)-1, 0)/questionsAPage*questionsAPage)
	due := d.Dialogue.Survey.Def.Due(d.Dialogue.Answers)
	for i, q := range def.Questions[from:min(from+questionsAPage, len(def.Questions))] {
		isDue := slices.ContainsFunc(due, func(x programme.Question) bool { return x.ID == q.ID })
		blocks = append(blocks, personAnswer(d, q, from+i+1, isDue, l)...)
	}
	blocks = append(blocks, turning(ActionSurveyPerson, id, from, questionsAPage, len(def.Questions), l)...)
	return modal(l.T("survey.person.title", nil), l, blocks...)
}

// personStands is how far somebody is and until when they can answer.
func personStands(d SurveyPersonData, l Locale) string {
	r := d.Dialogue.Response
	answered, due := d.Dialogue.Progress()
	state := l.T("survey.stands."+string(r.State), nil)
	switch {
	case r.State == programme.Done && !r.DoneAt.IsZero():
		state = l.T("survey.person.done_at", words{"When": l.Moment(r.DoneAt)})
	case r.State == programme.Started:
		state += "　" + l.T("survey.board.at", words{"Done": answered, "All": due})
	}
	until := "survey.stands.open"
	if !d.Dialogue.Open(d.Now) {
		until = "survey.stands.closed"
		if d.Now.Before(d.Dialogue.Survey.Opens) {
			until = "survey.stands.before"
		}
	}
	reopened := ""
	if r.OpenUntil.After(d.Dialogue.Survey.Closes) && d.Now.Before(r.OpenUntil) {
		reopened = l.T("survey.person.reopened", nil)
	}
	return lines(state, l.T(until, words{"From": l.Moment(d.Dialogue.Survey.Opens), "Until": l.Moment(d.Dialogue.Closes())}), reopened)
}

// personButtons are what the office can do for this person.
func personButtons(d SurveyPersonData, l Locale) slack.Block {
	id := string(d.Dialogue.Response.ID)
	var out []slack.BlockElement
	if d.Dialogue.Open(d.Now) {
		out = append(out, button(ActionSurveyFill, id, l.T("button.survey_fill", nil)).WithStyle(slack.StylePrimary))
	} else if !d.Now.Before(d.Dialogue.Survey.Opens) {
		out = append(out, button(ActionSurveyReopen, id, l.T("button.survey_reopen", nil)).WithStyle(slack.StylePrimary))
	}
	back := button(ActionSurveyBoard, string(d.Dialogue.Survey.ID), l.T("button.survey_back_to_board", nil))
	back.ActionID = PickID(ActionSurveyBoard, 0)
	return row(append(out, back)...)
}

// personAnswer is one question with what stands, who said it and when, and what was
// said before.
func personAnswer(d SurveyPersonData, q programme.Question, n int, due bool, l Locale) []slack.Block {
	title := bold(strconv.Itoa(n) + ". " + line(l.Text(q.Words), 500))
	answer, given := d.Dialogue.Answers[q.ID]
	switch {
	case q.TotalsOnly:
		return []slack.Block{section(lines(title, l.T("survey.person.totals_only", nil)), nil)}
	case !given && !due:
		return []slack.Block{section(lines(title, l.T("survey.person.not_due", nil)), nil)}
	case !given:
		return []slack.Block{section(lines(title, l.T("survey.unanswered", nil)), nil)}
	}
	aside, said := "", answerWords(q, answer, d.Dialogue.People, l)
	switch {
	case !due:
		aside = l.T("survey.person.aside", nil)
	case answer.Open:
		aside = l.T("survey.person.unfinished", nil)
	}
	var blocks []slack.Block
	if size(said) > maxSection/2 {
		blocks = append([]slack.Block{section(lines(title, aside), nil)}, verbatim(said)...)
	} else {
		blocks = []slack.Block{section(lines(title, escape(said), aside), nil)}
	}
	blocks = append(blocks, publishAnswerButton(d, q.ID, l)...)
	return append(blocks, small(lines(provenance(d.Dialogue, answer, l), earlier(d, q, answer, l))))
}

// provenance is who gave an answer, in which way and when.
func provenance(d programme.Dialogue, a programme.Answer, l Locale) string {
	args := words{"When": l.Moment(a.At), "Way": l.T("survey.via."+string(a.Via), nil)}
	if a.By == d.Response.Person {
		return l.T("survey.person.by_self", args)
	}
	who := l.T("person.office", nil)
	if p, known := d.People[a.By]; known {
		who = name(p, l)
	}
	args["Who"] = who
	return l.mrkdwn("survey.person.by_office", args)
}

// earlier are the answers that a later one replaced, the newest first.
func earlier(d SurveyPersonData, q programme.Question, stands programme.Answer, l Locale) string {
	var out []string
	for _, a := range slices.Backward(d.Versions) {
		if a.Question == q.ID && a.Version != stands.Version {
			out = append(out, l.mrkdwn("survey.person.earlier", words{
				"When": l.Moment(a.At), "Answer": shortAnswer(q, a, d.Dialogue.People, l)}))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return cutEscaped(strings.Join(out, "\n"), earlierShown)
}

// SurveyReopen is the form that opens a survey again for one person.
func SurveyReopen(d programme.Dialogue, now time.Time, form Form, l Locale) slack.ModalViewRequest {
	f := fields{form: "survey_reopen", l: l}
	v := modal(l.T("survey.reopen.title", nil), l,
		section(lines(bold(nameAndFirm(d.Person, l)), escape(surveyTitle(d.Survey.Def, l)), l.T("survey.reopen.help", nil)), nil),
		f.input("until", f.moment(aWeekOn(now, l))))
	return asForm(v, CallbackSurveyReopen, "button.survey_reopen_yes", form, l)
}

// ReadSurveyReopen reads until when the survey is open for the person.
func ReadSurveyReopen(view slack.View) time.Time { return readFields(view).moment("until") }

// SurveyReopened says what became of it.
func SurveyReopened(d programme.Dialogue, until time.Time, l Locale) string {
	key := "survey.reopened"
	if !d.Person.Reachable() {
		key = "survey.reopened_off_slack"
	}
	return l.T(key, words{"Name": name(d.Person, l), "Until": l.Moment(until)})
}

// DraftWithoutWay says to the office that nothing of a page was kept yet.
func DraftWithoutWay(l Locale) string { return l.T("survey.sheet.way_first", nil) }

// surveyChanged is the office's card about somebody who changed their answers after
// the receipt. What they say now is behind the button: a channel has no content.
func surveyChanged(m programme.Matter, l Locale) (string, []slack.Block) {
	d := m.Dialogue
	var changed []string
	for _, c := range m.Changes {
		_, i := d.Survey.Def.Question(c.Question.ID)
		changed = append(changed, "• "+escape(strconv.Itoa(i+1)+". "+line(l.Text(c.Question.Words), maxTitle)))
	}
	return l.T("survey.changed.text", nil), []slack.Block{
		section(lines(bold(l.T("survey.changed.title", nil)),
			l.mrkdwn("survey.changed.who", words{"Who": nameAndFirm(d.Person, l), "Survey": surveyTitle(d.Survey.Def, l)}),
			cutEscaped(strings.Join(changed, "\n"), 2000)), nil),
		row(button(ActionSurveyPerson, string(d.Response.ID), l.T("button.survey_look", nil))),
	}
}

// ReadChosen is the id that a click stands for and how much comes before the page: the
// value of a button, or what was chosen in a menu.
func ReadChosen(click slack.BlockAction) (id string, from int) {
	if v := click.SelectedOption.Value; v != "" {
		return v, 0
	}
	return ReadPlace(click.Value)
}
