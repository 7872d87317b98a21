package ui

import "tsugite/programme"

// composedForConsents are the keys of consents that are put together from what is stored.
func composedForConsents() []string {
	keys := []string{
		"consent.state.none", "consent.state.unanswered", "consent.sure.decline", "consent.texts", "consent.texts_asked", "consent.said.reworded", "publication.says.none", "publication.says.other",
		"consent.reworded.text", "consent.question.text", "consent.sure.ask", "consent.sure.taking_part",
		"consent.text.intro", "consent.text.intro_proof", "consent.text.intro_depicted", "consent.text.intro_photo", "consent.text.intro_answer",
		"consent_ask.form.text", "consent_ask.form.text.hint", "consent_text.form.decision", "consent_text.form.wording", "consent_text.form.wording.hint",
		"publication_edit.form.text", "publication_edit.form.sort",
		"paper.form.decision", "paper.form.day", "paper.form.witness",
		"publication.form.text.hint", "publication.edit.title", "publication.form.title", "paper.title",
		"publication.proposed", "publication.saved", "button.publication_propose",
	}
	for _, field := range []string{"person", "text", "owner", "organisation", "depicted", "author"} {
		keys = append(keys, "publication.form."+field)
	}
	for _, kind := range programme.GeneralConsents {
		keys = append(keys, "consent.kind."+string(kind), "consent.about."+string(kind))
	}
	keys = append(keys, "consent.kind."+string(programme.ConsentPublication), "consent.party."+string(programme.PartySelf))
	for _, party := range programme.OtherParties {
		keys = append(keys, "consent.party."+string(party))
	}
	for _, kind := range []programme.PublicationKind{programme.PublishPart, programme.PublishAnswer, programme.PublishPhoto, programme.PublishWords} {
		keys = append(keys, "publication.of."+string(kind))
	}
	for _, step := range programme.PublicationSteps {
		keys = append(keys, "publication.step."+string(step))
	}
	for _, said := range []string{"yes", "nameless", "no", "withdrawn"} {
		keys = append(keys, "consent.text."+said, "publication.says."+said, "publication.says_paper."+said, "paper.decision."+said)
		if said != "nameless" {
			keys = append(keys, "consent.state."+said, "consent.state_paper."+said)
		}
		if said != "withdrawn" {
			keys = append(keys, "consent.decision."+said, "consent.said."+said)
		}
	}
	return append(keys, "consent.decision_depicted.yes", "consent.decision_depicted.no")
}
