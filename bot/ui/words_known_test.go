package ui

import "tsugite/programme"

// composedForKnown are the keys of the page and the file of what is known about somebody.
func composedForKnown() (keys []string) {
	add := func(group string, names ...string) {
		for _, name := range names {
			keys = append(keys, "known."+group+"."+name)
		}
	}
	for _, k := range programme.Kinds {
		add("kind", string(k))
	}
	for _, s := range []programme.SessionState{
		programme.SessionOpen, programme.SessionBooked, programme.SessionHeld, programme.SessionNotHeld, programme.SessionCancelled,
	} {
		add("session", string(s))
	}
	for _, c := range []programme.Coming{programme.Yes, programme.Online, programme.No, programme.NotYet, programme.Waiting} {
		add("coming", string(c))
	}
	for _, d := range []programme.Decision{programme.DecisionYes, programme.DecisionNameless, programme.DecisionNo, programme.DecisionWithdrawn} {
		add("decision", string(d))
	}
	add("how", "screen", programme.CopyDigest, programme.CopyExport)
	add("field", "name", "kana", "email", "phone", "role", "kind", "organisation", "prefecture", "cohort", "recommended_by",
		"mentor", "craft", "bank", "notified", "pledged")
	add("column", "item", "text", "date", "kind", "writer", "part", "version", "place", "present", "until", "said", "organisation", "how", "times", "state", "other", "event",
		"answer", "here", "reason", "survey", "question", "via", "paper", "hidden", "caption")
	return keys
}
