package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// maxAsked is how long a question to the office may be, in UTF-16 code units.
const maxAsked = 1000

// ConsentAskForm asks what somebody wants to know of a text before they decide.
func ConsentAskForm(form Form, l Locale) slack.ModalViewRequest {
	in := fields{"consent_ask", l}
	v := modal(l.T("button.consent_ask", nil), l, in.optional("text", in.words("", maxAsked, true)))
	v.Submit = plain(l.T("button.consent_ask_send", nil), maxModalWord)
	v.CallbackID = CallbackConsentAsk
	v.PrivateMetadata = form.encode()
	return v
}

// ReadConsentAsk reads what the form brought.
func ReadConsentAsk(view slack.View) (Form, string, error) {
	form, err := ReadForm(view.PrivateMetadata)
	return form, readFields(view).words("text"), err
}

// ConsentAsked says that the office was told.
func ConsentAsked(l Locale) slack.ModalViewRequest {
	return modal(l.T("button.consent_ask", nil), l, section(l.T("consent.asked", nil), nil))
}

// questionsAsked shows the office what those who are asked want to know.
func questionsAsked(v programme.PublicationView, l Locale) []slack.Block {
	if len(v.Questions) == 0 {
		return nil
	}
	blocks := []slack.Block{divider(), section(bold(l.T("publication.asked", nil)), nil)}
	for _, q := range v.Questions[max(0, len(v.Questions)-maxQuestionsShown):] {
		blocks = append(blocks, small(l.mrkdwn("publication.asked_by", words{"Who": name(v.People[q.Person], l), "When": l.Moment(q.At)})))
		blocks = append(blocks, verbatim(or(q.Text, l.T("publication.asked_nothing", nil)))...)
	}
	return blocks
}

// maxQuestionsShown is how many of them stand on the page, the latest.
const maxQuestionsShown = 10
