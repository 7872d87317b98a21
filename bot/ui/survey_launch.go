package ui

import (
	"fmt"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// Bounds of the preview: names first, so that the office sees every one of a
// programme of ordinary size.
const (
	maxNamesListed     = 300
	maxQuestionsListed = 40
)

// SurveyLaunch shows the office what would be sent and to whom; submitting sends
// it. reach get the invitation on Slack, off have to be asked another way.
func SurveyLaunch(def programme.SurveyDef, reach, off []programme.Person, form Form, l Locale) slack.ModalViewRequest {
	blocks := []slack.Block{section(lines(
		bold(surveyTitle(def, l)),
		escape(cut(l.Text(def.Intro), 1000)),
		l.T("survey.launch.days", words{"Count": max(def.OpenDays, 1)}),
		shownTo(def, l),
	), nil)}
	if len(reach)+len(off) == 0 {
		blocks = append(blocks, section(l.T("error.audience_empty", nil), nil))
		return modal(l.T("survey.launch.title", nil), l, blocks...)
	}
	blocks = append(blocks, nameBlocks(l.T("survey.launch.reach", words{"Count": len(reach)}), reach, name, l)...)
	if len(off) > 0 {
		blocks = append(blocks, nameBlocks(l.T("survey.launch.off", words{"Count": len(off)}), off, nameAndMail, l)...)
	}
	blocks = append(blocks, divider())
	blocks = append(blocks, questionList(def, l)...)
	v := modal(l.T("survey.launch.title", nil), l, blocks...)
	v.Submit = plain(l.T("button.survey_launch", nil), maxModalWord)
	v.Close = plain(l.T("button.survey_not_now", nil), maxModalWord)
	v.CallbackID = CallbackSurvey
	v.PrivateMetadata = form.encode()
	return v
}

// SurveyLaunched confirms that a survey is on its way.
func SurveyLaunched(l Locale) string { return l.T("survey.launched", nil) }

// nameBlocks lists names under a title, as many as are sensible.
func nameBlocks(title string, people []programme.Person, call func(programme.Person, Locale) string, l Locale) []slack.Block {
	shown := people[:min(len(people), maxNamesListed)]
	blocks := []slack.Block{section(bold(title), nil)}
	var names []string
	length := 0
	flush := func() {
		if len(names) > 0 {
			blocks = append(blocks, section(l.list(names), nil))
		}
		names, length = nil, 0
	}
	for _, p := range shown {
		n := escape(call(p, l))
		if length += size(n) + 2; length > maxSection {
			flush()
			length = size(n) + 2
		}
		names = append(names, n)
	}
	flush()
	if rest := len(people) - len(shown); rest > 0 {
		blocks = append(blocks, small(l.T("survey.launch.more_people", words{"Count": rest})))
	}
	return blocks
}

// nameAndMail is for those whom the office has to write to.
func nameAndMail(p programme.Person, l Locale) string {
	mail := or(line(p.Email, maxTitle), l.T("person.no_mail", nil))
	return l.T("person.with_mail", words{"Name": name(p, l), "Mail": mail})
}

func questionList(def programme.SurveyDef, l Locale) []slack.Block {
	blocks := []slack.Block{section(bold(l.T("survey.launch.questions", words{"Count": len(def.Questions)})), nil)}
	for i, q := range def.Questions {
		if i == maxQuestionsListed {
			blocks = append(blocks, small(l.T("survey.receipt.more", words{"Count": len(def.Questions) - i})))
			break
		}
		optional := ""
		if q.Optional {
			optional = l.T("survey.launch.optional", nil)
		}
		var choices []string
		for _, c := range choiceLabels(q, l) {
			choices = append(choices, c.label)
		}
		blocks = append(blocks, section(lines(
			escape(fmt.Sprintf("%d. %s%s", i+1, line(l.Text(q.Words), 500), optional)),
			cutEscaped(escape(l.list(choices)), 1000),
		), nil))
	}
	return blocks
}
