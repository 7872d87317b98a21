package ui

import (
	"slices"
	"strconv"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// publicationsPage is how many texts are listed on one page.
const publicationsPage = 30

// Publications is the office's list of what is to be published, what waits for the office
// first.
func Publications(desk programme.PublicationDesk, from int, l Locale) slack.ModalViewRequest {
	views := slices.Clone(desk.Views)
	place := func(v programme.PublicationView) int { return slices.Index(programme.PublicationSteps, v.Step) }
	slices.SortStableFunc(views, func(a, b programme.PublicationView) int { return place(a) - place(b) })
	counts := map[programme.PublicationStep]int{}
	for _, v := range views {
		counts[v.Step]++
	}
	blocks := append([]slack.Block{section(publicationCounts(counts, len(views), l), nil)}, publicationDeeds(desk, counts, l)...)
	from = max(0, min(from, len(views)-1))
	for _, v := range views[from:min(len(views), from+publicationsPage)] {
		blocks = append(blocks, section(lines(
			bold(nameAndFirm(v.Person, l)),
			l.mrkdwn("consent.text.line", words{"Code": publicationCode(v.Publication.ID), "Text": line(v.Publication.Text, 50)}),
			l.T("publication.step."+string(v.Step), nil)),
			button(ActionPublicationOpen, string(v.Publication.ID), l.T("button.open", nil))))
	}
	blocks = append(blocks, pageTurner(ActionPublications, "", from, publicationsPage, len(views), l)...)
	return modal(l.T("publication.list.title", nil), l, blocks...)
}

// publicationCounts says how many texts are at which step.
func publicationCounts(counts map[programme.PublicationStep]int, all int, l Locale) string {
	if all == 0 {
		return l.T("publication.list.none", nil)
	}
	out := []string{l.T("publication.list.help", nil)}
	for _, step := range programme.PublicationSteps {
		if n := counts[step]; n > 0 {
			out = append(out, l.T("publication.count", words{"Step": l.T("publication.step."+string(step), nil), "N": n}))
		}
	}
	return lines(out...)
}

// publicationDeeds are what the office does with all of them.
func publicationDeeds(desk programme.PublicationDesk, counts map[programme.PublicationStep]int, l Locale) []slack.Block {
	if !desk.Delivered.IsZero() {
		blocks := []slack.Block{small(l.T("publication.delivered", words{"When": l.Moment(desk.Delivered)}))}
		if desk.Undo {
			ask := sure(l, l.T("publication.undo.title", nil), l.T("publication.undo.ask", nil), l.T("button.publication_undo", nil))
			blocks = append(blocks, row(button(ActionPublicationUndo, "", l.T("button.publication_undo", nil)).WithConfirm(ask)))
		}
		return append(blocks, divider())
	}
	buttons := []slack.BlockElement{button(ActionPublicationNew, "", l.T("button.publication_words", nil))}
	if counts[programme.StepProof] > 0 {
		ask := sure(l, l.T("publication.proof.title", nil), l.T("publication.proof.ask", nil), l.T("button.publication_proof", nil))
		buttons = append(buttons, button(ActionPublicationProof, "", l.T("button.publication_proof", nil)).
			WithStyle(slack.StylePrimary).WithConfirm(ask))
	}
	if counts[programme.StepReady] > 0 {
		ask := sure(l, l.T("publication.deliver.title", nil), l.T("publication.deliver.ask", nil), l.T("button.publication_given", nil))
		buttons = append(buttons, button(ActionPublicationGiven, "", l.T("button.publication_given", nil)).WithConfirm(ask))
	}
	return []slack.Block{row(buttons...), divider()}
}

// PublicationPage is one text as the office sees it: who said what to it, what is next, and
// which copies are out.
func PublicationPage(v programme.PublicationView, l Locale) slack.ModalViewRequest {
	p := v.Publication
	blocks := []slack.Block{
		section(lines(bold(nameAndFirm(v.Person, l)), l.T("publication.step."+string(v.Step), nil)), nil),
		small(lines(l.T("publication.of."+string(p.Kind), nil), l.T("consent.card.code", words{"Code": publicationCode(p.ID)}),
			l.T("publication.wording", words{"N": p.Last().Version, "When": l.Moment(p.Last().At)}), provenWords(v, l), namelessWords(v, l), unmarkedWords(v, l))),
		divider(),
	}
	blocks = append(blocks, verbatim(p.Text)...)
	blocks = append(blocks, pictureRow(p, l)...)
	if v.Standing.Reworded {
		blocks = append(blocks, difference("publication.reworded", p.Before().Text, p.Text, l)...)
	}
	open := v.Delivered.IsZero() && !v.Standing.Gone
	if open {
		blocks = append(blocks, row(publicationButtons(v, l)...))
	}
	blocks = append(blocks, divider(), section(bold(l.T("publication.parties", nil)), nil))
	for i, party := range v.Standing.Parties {
		var paper slack.BlockElement
		if open {
			paper = button(PickID(ActionPublicationPaper, i), string(p.ID)+"|"+strconv.Itoa(i), l.T("button.publication_paper", nil))
		}
		blocks = append(blocks, section(partyLine(party, v, l), paper))
	}
	blocks = append(blocks, questionsAsked(v, l)...)
	blocks = append(blocks, small(copiesWords(v.Copies, l)))
	return modal(l.T("publication.page.title", nil), l, blocks...)
}

func provenWords(v programme.PublicationView, l Locale) string {
	switch {
	case v.Standing.Proven:
		return l.T("publication.proven", nil)
	case !v.Publication.Proof.IsZero():
		return l.T("publication.proof_since", words{"When": l.Moment(v.Publication.Proof)})
	}
	return ""
}

func namelessWords(v programme.PublicationView, l Locale) string {
	if v.Standing.Agreed && v.Standing.Nameless {
		return l.T("publication.nameless", nil)
	}
	return ""
}

// unmarkedWords says what keeps a picture back.
func unmarkedWords(v programme.PublicationView, l Locale) string {
	if v.Standing.Unmarked && !v.Standing.Gone {
		return l.T("publication.unmarked", nil)
	}
	return ""
}

func publicationButtons(v programme.PublicationView, l Locale) []slack.BlockElement {
	p := v.Publication
	value := string(p.ID) + "|" + strconv.Itoa(p.Version)
	var out []slack.BlockElement
	if v.Standing.Reworded {
		out = append(out, button(ActionPublicationAccept, value, l.T("button.publication_accept", nil)).WithStyle(slack.StylePrimary))
	}
	if v.Standing.Unasked && !v.Standing.Unmarked {
		out = append(out, button(ActionPublicationPeople, value, l.T("button.publication_people", nil)).WithStyle(slack.StylePrimary))
	}
	drop := sure(l, l.T("publication.drop.title", nil), l.T("publication.drop.ask", nil), l.T("button.publication_drop", nil))
	return append(out,
		button(ActionPublicationEdit, string(p.ID), l.T("button.publication_edit", nil)),
		button(ActionPublicationDrop, value, l.T("button.publication_drop", nil)).WithConfirm(drop))
}

// ReadPublicationValue reads the value of a button about a publication as it was seen, or
// about one of its parties.
func ReadPublicationValue(value string) (programme.PublicationID, int) {
	id, n := ReadPlace(value)
	return programme.PublicationID(id), n
}

// partyLine is one party and what they said, as escaped markup.
func partyLine(party programme.PartyStanding, v programme.PublicationView, l Locale) string {
	who := line(party.Name, maxName)
	if party.Person != "" {
		who = name(v.People[party.Person], l)
	}
	return lines(escape(partyName(party.Party, who, l)), partyState(party, l))
}

func partyName(p programme.Party, who string, l Locale) string {
	if who == "" {
		return l.T("consent.party."+string(p), nil)
	}
	return l.T("consent.party_named", words{"Party": l.T("consent.party."+string(p), nil), "Name": who})
}

func partyState(party programme.PartyStanding, l Locale) string {
	if party.Waits != "" {
		return lines(partySaid(party, l), l.T("publication.paper_waits", words{"Date": l.fullDate(party.Waits)}))
	}
	return partySaid(party, l)
}

func partySaid(party programme.PartyStanding, l Locale) string {
	c := party.Consent
	switch {
	case c.Decision == "":
		return l.T("publication.says.none", nil)
	case party.Says == "":
		return l.T("publication.says.other", nil)
	case c.Paper != "":
		return l.mrkdwn("publication.says_paper."+string(c.Decision), words{"Date": l.fullDate(c.Paper), "Witness": line(c.Witness, maxName)})
	}
	return l.T("publication.says."+string(c.Decision), words{"When": l.Moment(c.At)})
}

// publishButton is the office's way from a memo to the report, nil for others, and for a
// memo of which nobody can be asked.
func publishButton(m programme.Memo, office bool, l Locale) []slack.BlockElement {
	if !office || m.Atsugi == "" || !m.Withdrawn.IsZero() {
		return nil
	}
	return []slack.BlockElement{button(ActionPublicationPick, string(m.ID), l.T("button.publication_pick", nil))}
}

// publishPhotoButton is the office's way from a photo to the report, once it has said who
// is in it.
func publishPhotoButton(v programme.PhotoView, l Locale) []slack.BlockElement {
	if !v.Office || v.Photo.Marked.IsZero() {
		return nil
	}
	value := publicationValue(programme.PublicationForm{Kind: programme.PublishPhoto, Photo: v.Photo.ID})
	return []slack.BlockElement{button(PickID(ActionPublicationNew, 0), value, l.T("button.publication_pick", nil))}
}

// publishAnswerButton is the office's way from what somebody wrote in a survey to the
// report, nil for what is not to be proposed.
func publishAnswerButton(d SurveyPersonData, question string, l Locale) []slack.Block {
	if !d.Dialogue.Publishable(question, d.Now) {
		return nil
	}
	value := publicationValue(programme.PublicationForm{Kind: programme.PublishAnswer, Response: d.Dialogue.Response.ID, Question: question})
	return []slack.Block{row(button(ActionPublicationNew, value, l.T("button.publication_pick", nil)))}
}

// pictureRow has the picture of a publication sent to who looks at its page.
func pictureRow(p programme.Publication, l Locale) []slack.Block {
	if p.Picture() == "" {
		return nil
	}
	return []slack.Block{small(l.T("consent.picture.help", nil)), row(button(ActionConsentPhoto, string(p.ID), l.T("button.consent_photo", nil)))}
}

// PublicationParts lets the office choose the part of a memo that is to be published.
func PublicationParts(v programme.MemoView, parts []programme.PartDef, l Locale) slack.ModalViewRequest {
	blocks := []slack.Block{section(lines(bold(nameAndFirm(v.Atsugi, l)), l.T("publication.pick.help", nil)), nil)}
	inside := 0
	for i, p := range inOrder(v.Memo.Parts, parts) {
		if !p.Publishable() {
			if p.Key != programme.Confidential {
				inside++
			}
			continue
		}
		blocks = append(blocks, section(lines(bold(partTitle(p.Key, parts, l)), escape(line(p.Text, maxAnswer))),
			button(PickID(ActionPublicationNew, i), publicationValue(programme.PublicationForm{Kind: programme.PublishPart, Memo: v.Memo.ID, Part: p.Key}),
				l.T("button.publication_part", nil))))
	}
	if inside > 0 {
		blocks = append(blocks, small(l.T("publication.pick.inside", words{"Count": inside})))
	}
	return modal(l.T("publication.form.title", nil), l, blocks...)
}
