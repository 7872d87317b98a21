package ui

import "tsugite/programme"

// composedForJoining are the keys of joining, leaving and the directory that the code puts
// together.
func composedForJoining() (keys []string) {
	for form, names := range map[string][]string{
		"join":         {"name", "kana", "organisation", "told_by", "message"},
		"join_find":    {"person", "sure", "sure.hint", "tick"},
		"join_take":    {"name", "kana", "organisation", "role", "cohort", "prefecture", "recommended_by", "sure", "sure.hint", "tick"},
		"join_decline": {"reason"},
		"profile":      {"name", "kana", "organisation", "craft", "wants", "wants.hint"},
		"person":       {"who"},
		"directory":    {"sought"},
		"show":         {"shown", "fields", "share", "share.hint"},
	} {
		for _, name := range names {
			keys = append(keys, form+".form."+name)
		}
	}
	for _, c := range []programme.Column{programme.ColName, programme.ColKana, programme.ColOrganisation, programme.ColEmail} {
		keys = append(keys, "profile.column."+string(c))
	}
	for _, to := range programme.ShownTos {
		word := string(to)
		if to == programme.ShownToNobody {
			word = "nobody"
		}
		keys = append(keys, "directory.to_"+word, "directory.shown_"+word)
	}
	for _, f := range programme.ProfileFields {
		keys = append(keys, "show.field."+string(f))
	}
	for _, key := range []string{"account.closed", "account.back"} {
		keys = append(keys, key, key+".text")
	}
	return keys
}
