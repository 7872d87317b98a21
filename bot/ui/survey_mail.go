package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// SurveyMail is the way off Slack: addresses, a subject and a text for those who
// were asked, have not answered, and whom the bot does not reach.
func SurveyMail(b programme.SurveyBoard, l Locale) slack.ModalViewRequest {
	s := b.Survey
	var off []addressee
	for _, a := range b.Asked {
		if p := a.Dialogue.Person; a.Dialogue.Response.State.Unanswered() && p.Active() && !p.Reachable() {
			off = append(off, addressee{name(p, l), p.Email})
		}
	}
	if len(off) == 0 {
		return modal(l.T("mail.title", nil), l, section(lines(bold(surveyTitle(s.Def, l)), l.T("survey.mail.nobody", nil)), nil))
	}
	blocks := []slack.Block{section(lines(bold(surveyTitle(s.Def, l)), l.T("mail.help", words{"Count": len(off)}),
		l.T("survey.mail.sheet", nil)), nil)}
	return mailForm(blocks, mailDraft{
		subject: l.T("survey.mail.subject", words{"Survey": surveyTitle(s.Def, l), "Until": l.Moment(s.Closes)}),
		text:    surveyMailText(s, l), about: string(s.ID), to: off,
	}, l)
}

// surveyMailText is what the mail says: who asks, why, how long it takes, until when,
// who sees it, and how to answer.
func surveyMailText(s programme.Survey, l Locale) string {
	def := s.Def
	return lines(
		l.T("survey.mail.opening", words{"Survey": surveyTitle(def, l)}),
		cut(l.Text(def.Intro), 1500),
		surveyAtAGlance(def, 0, l),
		l.T("survey.invite.until", words{"Until": l.Moment(s.Closes)}),
		whoSees(def, l),
		l.T("survey.mail.closing", nil),
	)
}
