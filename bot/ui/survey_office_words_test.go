package ui

import "tsugite/programme"

// composedForOffice are the keys about surveys that are put together from stored words
// and the fields of the office's forms.
func composedForOffice() []string {
	keys := []string{
		"survey_launch.form.opens", "survey_launch.form.opens.hint", "survey_launch.form.closes", "survey_launch.form.closes.hint",
		"survey_extend.form.closes", "survey_reopen.form.until", "engagement.form.atsugi", "engagement.form.mentor", "engagement.form.sessions",
	}
	for _, k := range programme.QuestionKinds {
		keys = append(keys, "survey.kind."+string(k))
	}
	for _, state := range []programme.ResponseState{programme.Asked, programme.Started, programme.Done, programme.Declined} {
		keys = append(keys, "survey.stands."+string(state))
	}
	for _, via := range []programme.Via{programme.ViaChat, programme.ViaForm, programme.ViaPhone, programme.ViaPaper} {
		keys = append(keys, "survey.via."+string(via))
	}
	for _, ask := range []string{"survey.chase", "survey.newcomers", "survey.close"} {
		keys = append(keys, ask+"_title", ask+"_yes")
	}
	return keys
}
