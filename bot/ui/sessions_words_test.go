package ui

import (
	"strconv"

	"tsugite/programme"
)

// sessionFields are the fields of the forms about a session, and whether a hint stands
// below.
var sessionFields = map[string]bool{
	"for": false, "length": false, "mode": false, "place": true, "url": true, "topic": true, "bring": false,
	"contest": false, "reason": true, "next": true, "to_office": true, "engagement": false, "atsugi": false, "mentor": false,
	"override": false, "appointment": false, "travel": false, "receipts": false, "kind": false,
	"stage": false, "avoid": true, "over": true,
}

// composedForSessions are the keys about sessions that are put together from stored words
// and the fields of forms.
func composedForSessions() []string {
	var keys []string
	for field, hint := range sessionFields {
		keys = append(keys, "session.form."+field)
		if hint {
			keys = append(keys, "session.form."+field+".hint")
		}
	}
	for n := 1; n <= programme.MaxTimes; n++ {
		keys = append(keys, "session.form.day"+strconv.Itoa(n), "session.form.time"+strconv.Itoa(n))
	}
	for _, w := range programme.Words {
		keys = append(keys, "session.says."+string(w))
	}
	for _, m := range []programme.SessionMode{programme.ModeOnline, programme.ModeOnSite} {
		keys = append(keys, "session.mode."+string(m))
	}
	for _, u := range []programme.Unsettled{programme.AwaitsWords, programme.AwaitsVerdict} {
		keys = append(keys, "session.state."+string(u))
	}
	for _, k := range []programme.SessionKind{programme.FollowUp, programme.Between} {
		keys = append(keys, "session.kind."+string(k))
	}
	for _, s := range []programme.SessionState{programme.SessionOpen, programme.SessionBooked, programme.SessionHeld,
		programme.SessionNotHeld, programme.SessionCancelled} {
		keys = append(keys, "session.fate."+string(s))
		if s != programme.SessionBooked {
			keys = append(keys, "session.state."+string(s))
		}
	}
	for _, p := range programme.PaperStatuses {
		keys = append(keys, "session.paper."+string(p))
	}
	for _, fate := range []string{"countered", "declined", "newer", "past", "request_past", "refused", "withdrawn"} {
		keys = append(keys, "session.fate."+fate)
	}
	for _, stage := range programme.IdeaStages {
		keys = append(keys, "session.stage."+string(stage))
	}
	for _, soon := range []string{"", "_soon", "_today", "_tomorrow"} {
		keys = append(keys, "session.reminder.title"+soon, "session.reminder.text"+soon)
	}
	for _, help := range []string{"session.declined.office", "session.lapsed.office"} {
		keys = append(keys, help, help+"_text", help+"_help")
	}
	for _, help := range []string{"session.stop.help", "session.stop.request_help"} {
		keys = append(keys, help, help+"_office")
	}
	for _, asks := range []string{"session.requested", "session.nudge"} {
		keys = append(keys, asks+".title", asks+".text")
	}
	for _, quota := range []string{"engagement", "atsugi", "week", "programme"} {
		keys = append(keys, "session.full."+quota)
	}
	return keys
}
