package ui

import (
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// homeOpenSurveys are the surveys put to the person: to be answered, or to be looked
// through again until they close.
func homeOpenSurveys(h programme.Home, l Locale) []slack.Block {
	if len(h.Dialogues) == 0 {
		return nil
	}
	blocks := title("home.surveys_mine", l)
	for _, d := range h.Dialogues[:min(len(h.Dialogues), homeDialogues)] {
		if !d.Response.Later.After(h.Now) {
			d.Response.Later = time.Time{} // the moment is over
		}
		blocks = append(blocks, section(lines(
			bold(surveyTitle(d.Survey.Def, l)),
			l.T("survey.invite.until", words{"Until": l.Moment(d.Closes())}),
		), nil))
		blocks = append(blocks, invitationState(d, l)...)
	}
	return blocks
}

// sharedMenu leads an expert to what one of their own atsugi said in surveys for them.
func sharedMenu(atsugi []programme.Person, l Locale) slack.BlockElement {
	return slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(l.T("button.shared", nil), maxPlaceholder),
		ActionShared, options(peopleOptions(atsugi, l), maxChoices)...)
}

// SharedPage is what an atsugi said in surveys that is meant for their expert, newest
// survey first.
func SharedPage(atsugi programme.Person, surveys []programme.SharedAnswers, l Locale) slack.ModalViewRequest {
	blocks := []slack.Block{section(bold(nameAndFirm(atsugi, l)), nil)}
	if len(surveys) == 0 {
		blocks = append(blocks, section(l.T("shared.none", nil), nil))
	}
	for _, s := range surveys {
		blocks = append(blocks, header(surveyTitle(s.Survey.Def, l)),
			small(l.T("shared.answered", words{"When": l.Moment(s.Answered)})))
		for _, item := range s.Items {
			blocks = append(blocks, section(bold(cut(l.Text(item.Question.Words), 1000)), nil))
			blocks = append(blocks, answerBlocks(item.Question, item.Answer, programme.Dialogue{People: s.People}, nil, l)...)
		}
	}
	return modal(l.T("shared.title", nil), l, blocks...)
}
