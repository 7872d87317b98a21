package ui

import "tsugite/programme"

// composedForRecommendations are the keys of recommendations and hand-overs that the code
// puts together: fields of the forms, and what is stored.
func composedForRecommendations() (keys []string) {
	for form, names := range map[string][]string{
		recommendFields:        {"firm", "name", "kana", "prefecture", "craft", "why", "agreed", "agreed.hint", "email", "email.hint", "phone"},
		agreeFields:            {"who", "cohort", "cohort.hint", "email", "email.hint", "phone"},
		recommendDeclineFields: {"whose", "reason", "reason.hint", "told", "told.hint"},
		quotaFields:            {"quota", "reason", "reason.hint"},
		handoverFields:         {"to", "name", "kana", "email", "email.hint", "sure"},
	} {
		for _, name := range names {
			keys = append(keys, form+".form."+name)
		}
	}
	for _, s := range programme.RecommendStates {
		keys = append(keys, "recommend.state."+string(s))
	}
	for _, s := range []programme.RecommendState{programme.RecommendApproached, programme.RecommendAgreed} {
		keys = append(keys, "recommend.letter."+string(s))
	}
	for _, s := range []programme.RecommendState{programme.RecommendAgreed, programme.RecommendDeclined} {
		keys = append(keys, "recommend.decided."+string(s))
	}
	for _, s := range []programme.HandoverState{programme.HandoverAsked, programme.HandoverDone, programme.HandoverDeclined} {
		keys = append(keys, "handover.card."+string(s))
	}
	for _, s := range []programme.HandoverState{programme.HandoverAsked, programme.HandoverDone} {
		keys = append(keys, "handover.kept."+string(s))
	}
	return keys
}
