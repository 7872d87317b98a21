package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// consentAsk asks somebody to look at a text: not which, nor about what (family and staff
// see the phone).
func consentAsk(m programme.Matter, l Locale) (string, []slack.Block) {
	text := l.T("consent.ask.text", nil)
	state := ""
	switch {
	case m.Consent.Says != "":
		state = l.T("consent.ask.answered", nil)
	case m.Over:
		state = l.T("consent.ask.over", nil)
	}
	open := button(ActionConsentText, string(m.Consent.Publication.ID), l.T("button.open", nil))
	if m.Consent.Says == "" && !m.Over {
		open = open.WithStyle(slack.StylePrimary)
	}
	return text, []slack.Block{section(lines(text, state), nil), row(open)}
}

// consentChanged tells of a correction of spelling in a text that somebody agreed to.
func consentChanged(m programme.Matter, l Locale) (string, []slack.Block) {
	text := l.T("consent.changed.text", nil)
	return text, []slack.Block{section(text, nil),
		row(button(ActionConsentText, string(m.Consent.Publication.ID), l.T("button.open", nil)))}
}

// consentProof asks for the final proof: one message, however many texts. If it is of one
// alone, its button opens that.
func consentProof(m programme.Matter, l Locale) (string, []slack.Block) {
	text := l.T("consent.proof.text", nil)
	count := l.T("consent.proof.done", nil)
	if m.Consent.Open > 0 {
		count = l.T("consent.proof.count", words{"Count": m.Consent.Open})
	}
	open := button(ActionConsents, "", l.T("button.open", nil))
	if m.Consent.Open == 1 {
		open = button(ActionConsentText, string(m.Consent.Publication.ID), l.T("button.open", nil))
	}
	return text, []slack.Block{section(lines(text, count), nil), row(open)}
}

// consentPaper tells somebody that a paper was entered for them: not what it says, nor of
// what.
func consentPaper(m programme.Matter, l Locale) (string, []slack.Block) {
	text, waits := l.T("consent.paper.text", nil), ""
	if m.Consent.Waits {
		waits = l.T("consent.paper.waits", nil)
	}
	open := button(ActionConsents, "", l.T("button.open", nil))
	if id := m.Consent.Publication.ID; id != "" {
		open = button(ActionConsentText, string(id), l.T("button.open", nil))
	}
	return text, []slack.Block{section(lines(text, waits), nil), row(open)}
}

// consentReworded and consentQuestion tell the office's channel who waits for it, without
// the words.
func consentReworded(m programme.Matter, l Locale) (string, []slack.Block) {
	return consentCard("consent.reworded", m, l)
}

func consentQuestion(m programme.Matter, l Locale) (string, []slack.Block) {
	return consentCard("consent.question", m, l)
}

func consentCard(key string, m programme.Matter, l Locale) (string, []slack.Block) {
	p := m.Consent.Publication
	return l.T(key+".text", nil), []slack.Block{
		section(lines(bold(l.T(key+".text", nil)), l.mrkdwn("consent.card.who", words{"Who": nameAndFirm(m.Consent.Person, l)})), nil),
		small(l.T("consent.card.code", words{"Code": publicationCode(p.ID)})),
		row(button(ActionPublicationOpen, string(p.ID), l.T("button.open", nil))),
	}
}

// consentWithdrawn tells the office what was taken back, and which copies are out already.
func consentWithdrawn(m programme.Matter, l Locale) (string, []slack.Block) {
	c := m.Consent
	text := l.T("consent.withdrawn.text", nil)
	if c.Late {
		text = l.T("consent.withdrawn.late", nil)
	}
	given := ""
	switch c.Kind {
	case programme.ConsentPublication, programme.ConsentNamed:
		given = copiesWords(c.Copies, l)
	case programme.ConsentTakingPart:
		text, given = l.T("consent.withdrawn.taking_part", nil), l.T("consent.withdrawn.given", nil)
	}
	blocks := []slack.Block{section(lines(bold(text),
		l.mrkdwn("consent.card.who", words{"Who": nameAndFirm(c.Person, l)}),
		l.T("consent.withdrawn.what", words{"Kind": l.T("consent.kind."+string(c.Kind), nil)}), given), nil)}
	if c.Publication.ID == "" {
		return text, blocks
	}
	return text, append(blocks, small(l.T("consent.card.code", words{"Code": publicationCode(c.Publication.ID)})),
		row(button(ActionPublicationOpen, string(c.Publication.ID), l.T("button.open", nil))))
}

// maxCopiesOut is how many copies are listed; the latest are what somebody has to ask for.
const maxCopiesOut = 10

// copiesWords lists what was given out already, the latest first.
func copiesWords(copies []programme.Copy, l Locale) string {
	if len(copies) == 0 {
		return l.T("consent.copies.none", nil)
	}
	out := []string{l.T("consent.copies", words{"Count": len(copies)})}
	for i := range min(len(copies), maxCopiesOut) {
		c := copies[len(copies)-1-i]
		key := "consent.copy"
		if c.Kind == programme.CopyNameless {
			key = "consent.copy_nameless"
		}
		out = append(out, "• "+l.T(key, words{"When": l.Moment(c.At), "Version": c.Version, "Code": publicationCode(programme.PublicationID(c.Subject))}))
	}
	return lines(out...)
}
