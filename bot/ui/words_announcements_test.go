package ui

import "tsugite/programme"

// announceFields are the fields of the forms about an announcement, and whether a hint stands
// below.
var announceFields = map[string]bool{
	"template": false, "event_of": true, "title": true, "body": true, "title_en": false, "body_en": true, "event": true, "survey": true,
	"channels": false, "to": false, "roles": true, "cohorts": false, "prefectures": false, "organisations": false,
	"answers_event": false, "answers": true, "survey_of": false, "survey_state": false, "people": true, "except": true,
	"acknowledge": false, "at": true,
}

// composedForAnnouncements are the keys that are put together from stored words, and Slack's.
func composedForAnnouncements() []string {
	var keys []string
	for field, hint := range announceFields {
		keys = append(keys, "announce.form."+field)
		if hint {
			keys = append(keys, "announce.form."+field+".hint")
		}
	}
	for _, t := range programme.AnnouncementTemplates {
		key := "announce.template." + string(t)
		keys = append(keys, key, key+".title", key+".opening", key+".closing")
	}
	for _, p := range []programme.Purpose{programme.ChannelAnnounce, programme.ChannelOffice, programme.ChannelBureau,
		programme.ChannelMentors, programme.ChannelSupporters} {
		keys = append(keys, "announce.where."+string(p))
	}
	for _, w := range programme.EventAnswers {
		keys = append(keys, "announce.which."+string(w))
	}
	for _, answered := range []bool{true, false} {
		keys = append(keys, "announce.survey_state."+answeredState(answered))
	}
	for _, s := range announceOrder {
		keys = append(keys, "announce.list."+string(s), "announce.state."+string(s))
	}
	for _, s := range receiptOrder {
		keys = append(keys, "announce.count."+string(s), "announce.group."+string(s))
	}
	for _, why := range []programme.Unreached{programme.UnreachedOff, programme.UnreachedClosed} {
		keys = append(keys, "announce.unreached."+string(why))
	}
	for _, code := range []string{"user_disabled", "account_inactive", "channel_not_configured", "channel_not_found", "not_in_channel",
		"is_archived", "cant_delete_message", "restricted_action", "unfit"} {
		keys = append(keys, "announce.refused."+code)
	}
	return keys
}
