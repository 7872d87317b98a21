package ui

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// homeFirst is the notice of use, until it is answered: what is kept, who sees it, how
// long, and how to end it (programme.md duty 16). It stands above everything and is in the
// way of nothing.
func homeFirst(h programme.Home, l Locale) []slack.Block {
	if !h.Consents.First {
		return nil
	}
	return append(useNotice(h.Settings.Completion, h.Settings.Parts, l), row(
		button(ActionConsentFirst, "", l.T("button.consent_first", nil)).WithStyle(slack.StylePrimary),
		button(ActionConsents, "", l.T("button.consents", nil))), divider())
}

// useNotice says what is kept and who reads it, in plain words: of a memo each part that
// the configuration means for the bureau, by its title.
func useNotice(completion programme.Date, parts []programme.PartDef, l Locale) []slack.Block {
	until := l.T("consent.first.until_open", nil)
	if completion != "" {
		until = l.T("consent.first.until", words{"Date": l.fullDate(completion)})
	}
	return []slack.Block{
		header(l.T("consent.first.title", nil)),
		section(lines(l.T("consent.first.what", nil), l.T("consent.first.who", nil), bureauReads(parts, l), until, l.T("consent.first.end", nil)), nil),
	}
}

// bureauReads says what of a memo goes to the bureau.
func bureauReads(parts []programme.PartDef, l Locale) string {
	var titles []string
	for _, d := range programme.BureauReads(parts) {
		titles = append(titles, l.T("consent.first.part", words{"Title": l.Text(d.Title)}))
	}
	if len(titles) == 0 {
		return ""
	}
	return l.mrkdwn("consent.first.bureau", words{"Parts": l.list(titles)})
}

// homeConsents leads to one's own consents, and says how many texts wait for an answer.
func homeConsents(h programme.Home, l Locale) []slack.Block {
	n := h.Consents
	if !h.Me.Has(programme.Atsugi) && n.Asks == 0 || n.First && n.Asks == 0 {
		return nil
	}
	open := button(ActionConsents, "", l.T("button.consents", nil))
	switch {
	case n.Asks == 0:
		return []slack.Block{row(open)}
	case n.ToProve == n.Asks:
		return []slack.Block{section(bold(l.T("consent.home.prove", words{"Count": n.Asks})), open.WithStyle(slack.StylePrimary))}
	}
	return []slack.Block{section(bold(l.T("consent.home.asks", words{"Count": n.Asks})), open.WithStyle(slack.StylePrimary))}
}

// consentsPage is how many texts are listed on one page.
const consentsPage = 20

// ConsentsPage shows somebody what they agreed to, and lets them change it. What waits for
// their answer stands first.
func ConsentsPage(own programme.OwnConsents, from int, l Locale) slack.ModalViewRequest {
	texts := waitingFirst(own.Publications)
	from = max(0, min(from, len(texts)-1))
	shown := texts[from:min(len(texts), from+consentsPage)]
	waiting := slices.IndexFunc(shown, func(p programme.OwnPublication) bool { return !p.Asks() })
	if waiting < 0 {
		waiting = len(shown)
	}
	blocks := textRows("consent.texts_asked", shown[:waiting], l)
	blocks = append(blocks, useNotice(own.Completion, own.Parts, l)...)
	blocks = append(blocks, small(consentEnd(own, l)))
	for i, s := range own.States {
		if !own.Me.Has(programme.Atsugi) && s.Kind != programme.ConsentTakingPart && s.Kind != programme.ConsentLLM {
			continue
		}
		blocks = append(blocks, divider(), section(lines(
			bold(l.T("consent.kind."+string(s.Kind), nil)),
			l.T("consent.about."+string(s.Kind), nil),
			consentState(s, l)), nil))
		if own.Delivered.IsZero() || s.Kind != programme.ConsentNamed {
			blocks = append(blocks, row(consentButtons(s, i, l)...))
		}
	}
	blocks = append(blocks, divider())
	blocks = append(blocks, textRows("consent.texts", shown[waiting:], l)...)
	blocks = append(blocks, pageTurner(ActionConsents, "", from, consentsPage, len(texts), l)...)
	return modal(l.T("consent.page.title", nil), l, blocks...)
}

// consentEnd says until when all of it can be changed.
func consentEnd(own programme.OwnConsents, l Locale) string {
	if own.Delivered.IsZero() {
		return l.T("consent.page.until", nil)
	}
	return l.T("consent.page.delivered", words{"When": l.Moment(own.Delivered)})
}

func consentState(s programme.ConsentState, l Locale) string {
	switch {
	case s.Decision == "" && s.Kind == programme.ConsentTakingPart:
		return l.T("consent.state.unanswered", nil)
	case s.Decision == "":
		return l.T("consent.state.none", nil)
	case s.Paper != "":
		return l.T("consent.state_paper."+string(s.Decision), words{"Date": l.fullDate(s.Paper)})
	}
	return l.T("consent.state."+string(s.Decision), words{"When": l.Moment(s.Since)})
}

// consentButtons say what somebody has not said of a general kind: yes, no, or either while
// nothing was said. Each asks once more, with what it is about.
func consentButtons(s programme.ConsentState, n int, l Locale) []slack.BlockElement {
	about := "consent.about." + string(s.Kind)
	no, title, sureNo := l.T("button.consent_no", nil), l.T("consent.sure.title", nil), "consent.sure.ask"
	if s.Decision == "" {
		no, title, sureNo = l.T("button.consent_decline", nil), l.T("consent.sure.decline_title", nil), "consent.sure.decline"
	}
	if s.Kind == programme.ConsentTakingPart {
		sureNo = "consent.sure.taking_part"
	}
	yes := button(PickID(ActionConsentSay, n), string(s.Kind)+"|yes", l.T("button.consent_yes", nil)).
		WithConfirm(sure(l, l.T("consent.sure.agree", nil), l.T(about, nil), l.T("button.consent_yes", nil)))
	decline := button(PickID(ActionConsentSay, len(programme.GeneralConsents)+n), string(s.Kind)+"|no", no).
		WithConfirm(sure(l, title, l.T(sureNo, nil), no))
	switch {
	case s.Decision == "":
		return []slack.BlockElement{yes, decline}
	case s.Decision == programme.DecisionYes:
		return []slack.BlockElement{decline}
	}
	return []slack.BlockElement{yes}
}

// ReadConsentSay reads the value of a button that says yes or no to a general kind.
func ReadConsentSay(value string) (programme.ConsentKind, bool) {
	kind, said, _ := strings.Cut(value, "|")
	return programme.ConsentKind(kind), said == "yes"
}

// waitingFirst are the texts that somebody is asked about, those that wait first.
func waitingFirst(ps []programme.OwnPublication) []programme.OwnPublication {
	texts := slices.Clone(ps)
	slices.SortStableFunc(texts, func(a, b programme.OwnPublication) int {
		switch {
		case a.Asks() == b.Asks():
			return 0
		case a.Asks():
			return -1
		}
		return 1
	})
	return texts
}

// textRows lists texts under a title, nil if there are none. What waits is shown in blue.
func textRows(title string, texts []programme.OwnPublication, l Locale) []slack.Block {
	if len(texts) == 0 {
		return nil
	}
	blocks := []slack.Block{header(l.T(title, nil))}
	for _, p := range texts {
		open := button(ActionConsentText, string(p.Publication.ID), l.T("button.open", nil))
		if p.Asks() {
			open = open.WithStyle(slack.StylePrimary)
		}
		blocks = append(blocks, section(
			lines(l.mrkdwn("consent.text.line", words{"Code": publicationCode(p.Publication.ID), "Text": line(p.Publication.Text, maxTitle)}), bold(ownState(p, l))), open))
	}
	return append(blocks, divider())
}

// ownState is where somebody stands with a text.
func ownState(p programme.OwnPublication, l Locale) string {
	switch {
	case p.Gone:
		return l.T("consent.text.gone", nil)
	case p.Reworded:
		return l.T("consent.text.reworded", nil)
	case p.ToProve:
		return l.T("consent.text.prove", nil)
	case p.Says == "":
		return l.T("consent.text.asked", nil)
	case p.Unnamed:
		return l.T("consent.text.unnamed", words{"When": l.Moment(p.Since)})
	}
	return l.T("consent.text."+string(p.Says), words{"When": l.Moment(p.Since)})
}

// publicationCode is what office and person call a text by.
func publicationCode(id programme.PublicationID) string {
	s := string(id)
	return s[max(0, len(s)-6):]
}

// ConsentTextData is what the form about one text is drawn from.
type ConsentTextData struct {
	Form      Form
	Own       programme.OwnPublication
	Delivered bool
}

// ConsentText shows exactly what is to be published, and asks what the person says to it.
func ConsentText(d ConsentTextData, l Locale) slack.ModalViewRequest {
	p, own := d.Own.Publication, d.Own
	blocks := []slack.Block{
		section(l.T(consentIntro(own), nil), nil),
		small(l.T("consent.text.code", words{"Code": publicationCode(p.ID), "State": ownState(own, l)})),
		divider(),
	}
	blocks = append(blocks, verbatim(p.Text)...)
	blocks = append(append(blocks, pictureRow(p, l)...), divider())
	if was := spelledBefore(own); was != "" {
		blocks = append(blocks, difference("consent.text.spelling", was, p.Text, l)...)
	}
	if own.Unnamed {
		blocks = append(blocks, section(l.T("consent.text.unnamed_about", nil), nil))
	}
	if own.Says.Agrees() {
		blocks = append(blocks, awaited(own.Awaits, l)...)
	}
	ask := row(button(ActionConsentAsk, string(p.ID), l.T("button.consent_ask", nil)))
	if d.Delivered || own.Gone {
		return modal(l.T("consent.text.title", nil), l, append(blocks, ask)...)
	}
	blocks = append(blocks, ask)
	in := fields{"consent_text", l}
	blocks = append(blocks, in.input("decision", in.one(decisionOptions(own.As, l), string(own.Says))))
	if own.As == programme.PartySelf {
		blocks = append(blocks, in.optional("wording", in.words(p.Text, maxInput, true)))
	}
	blocks = append(blocks, small(l.T("consent.page.until", nil)))
	v := modal(l.T("consent.text.title", nil), l, blocks...)
	v.Submit = plain(l.T("button.consent_send", nil), maxModalWord)
	v.CallbackID = CallbackConsentText
	d.Form.Subject, d.Form.Item = string(p.ID), p.Hash
	v.PrivateMetadata = d.Form.encode()
	return v
}

// spelledBefore is the text before its spelling was corrected, "" if it was not: the one to
// which they agreed, else the last one before.
func spelledBefore(own programme.OwnPublication) string {
	p := own.Publication
	switch {
	case own.Answered != "":
		return own.Answered
	case p.Last().Spelling && p.Before().Text != p.Text:
		return p.Before().Text
	}
	return ""
}

// difference shows all that two texts have instead of each other, exactly as written.
func difference(title, from, to string, l Locale) []slack.Block {
	was, is := programme.Difference(from, to)
	blocks := append([]slack.Block{section(l.T(title, nil), nil), small(l.T("consent.difference.was", nil))}, verbatim(was)...)
	return append(append(blocks, small(l.T("consent.difference.is", nil))), verbatim(is)...)
}

// awaited says who else has to agree before a text is published.
func awaited(others []programme.Party, l Locale) []slack.Block {
	if len(others) == 0 {
		return nil
	}
	return []slack.Block{section(awaitedWords(others, l), nil)}
}

func awaitedWords(others []programme.Party, l Locale) string {
	if len(others) == 0 {
		return ""
	}
	var names []string
	for _, p := range others {
		names = append(names, l.T("consent.party."+string(p), nil))
	}
	return l.T("consent.text.awaits", words{"Who": l.list(names)})
}

// consentIntro is the key of what is asked, and why.
func consentIntro(own programme.OwnPublication) string {
	switch {
	case own.As != programme.PartySelf:
		return "consent.text.intro_depicted"
	case own.ToProve:
		return "consent.text.intro_proof"
	case own.Publication.Kind == programme.PublishPhoto:
		return "consent.text.intro_photo"
	case own.Publication.Kind == programme.PublishAnswer:
		return "consent.text.intro_answer"
	}
	return "consent.text.intro"
}

// decisionOptions are what can be said of a text: whom it concerns may want no name.
func decisionOptions(as programme.Party, l Locale) []labelled {
	said := []programme.Decision{programme.DecisionYes, programme.DecisionNameless, programme.DecisionNo}
	key := "consent.decision."
	if as != programme.PartySelf {
		said, key = []programme.Decision{programme.DecisionYes, programme.DecisionNo}, "consent.decision_depicted."
	}
	var out []labelled
	for _, d := range said {
		out = append(out, labelled{string(d), l.T(key+string(d), nil)})
	}
	return out
}

// ReadConsentText reads what the form about a text brought.
func ReadConsentText(view slack.View) (programme.DecisionForm, error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err != nil {
		return programme.DecisionForm{}, err
	}
	in := readFields(view)
	d := programme.DecisionForm{
		Op: form.Op, Publication: programme.PublicationID(form.Subject), Hash: form.Item,
		Decision: programme.Decision(in.one("decision")), Wording: in.words("wording"),
	}
	if d.Decision == "" {
		return d, &programme.Error{Code: programme.CodeInvalid, Field: "decision", Key: "error.required"}
	}
	return d, nil
}

// ConsentSaid thanks for an answer to a text, says who else has to agree, and leads to the
// next one.
func ConsentSaid(d programme.Decision, own programme.OwnPublication, l Locale) slack.ModalViewRequest {
	key, others := "consent.said."+string(d), ""
	if own.Reworded && d.Agrees() {
		key = "consent.said.reworded"
	} else if d.Agrees() {
		others = awaitedWords(own.Awaits, l)
	}
	return done(l.T("consent.text.title", nil), lines(l.T(key, nil), others), l,
		button(PickID(ActionConsents, 0), "", l.T("button.consents", nil)))
}

// ConsentFirstSaid says what was done by a press.
func ConsentFirstSaid(l Locale) string { return l.T("consent.first.said", nil) }
