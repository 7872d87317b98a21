package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// eventMoved says what has changed, old and new, and asks for the answer again.
func eventMoved(m programme.Matter, l Locale) (string, []slack.Block) {
	v, b, a := invitedTo(m), m.Before, m.After
	title := section(lines(bold(eventTitle(v.event, l)), bold(l.T("event.moved", nil))), nil)
	blocks := []slack.Block{title, section(movedWords(b, a, v, l), nil)}
	switch {
	case v.cancelled():
		return eventText("", v, l), append(blocks, eventAnswer(v, l)...)
	case a.Moved(present(v.event)):
		return movedText(v, a, l), append(blocks, section(bold(l.T("event.moved.since", nil)), nil))
	case v.speaker.Status.Speaks():
		blocks = append(append(blocks, section(l.T("event.moved.speaker", nil), nil)), eventClashes(v, l)...)
		blocks = append(blocks, row(speakButtons(v, l)...))
	case v.speaking():
		blocks = append(blocks, speakerAnswer(v, l)...)
	default:
		blocks = append(blocks, eventAnswer(v, l)...)
	}
	return movedText(v, a, l), append(blocks, onlineRoom(v, l)...)
}

// present is what the event says now, to be compared with a change.
func present(e programme.Event) programme.EventChange {
	return programme.EventChange{Start: e.Start, End: e.End, Place: e.Place, URL: e.URL}
}

func movedText(v invited, a programme.EventChange, l Locale) string {
	return l.T("event.moved.text", words{
		"Event": quotedTitle(v.event, l), "When": l.Span(a.Start, a.End),
		"Where": placeWords(a.Place, a.URL, v.coming() == programme.Online, l),
	})
}

// movedWords set old and new one below the other, as escaped markup.
func movedWords(b, a programme.EventChange, v invited, l Locale) string {
	online := v.coming() == programme.Online
	was, is := l.Span(b.Start, b.End), l.Span(a.Start, a.End)
	from, to := placeWords(b.Place, b.URL, online, l), placeWords(a.Place, a.URL, online, l)
	when, where := l.T("event.when", words{"When": is}), l.mrkdwn("event.where", words{"Where": to})
	if was != is {
		when = lines(l.T("event.moved.when_before", words{"When": was}), bold(l.T("event.moved.when_after", words{"When": is})))
	}
	if from != to {
		where = lines(l.mrkdwn("event.moved.where_before", words{"Where": from}), bold(l.T("event.moved.where_after", words{"Where": to})))
	}
	return lines(when, where, onlineMoved(b, a, l))
}

// onlineMoved says what became of the online room.
func onlineMoved(b, a programme.EventChange, l Locale) string {
	switch {
	case a.URL == b.URL:
		return ""
	case b.URL == "":
		return l.T("event.moved.online_new", nil)
	case a.URL == "":
		return l.T("event.moved.online_gone", nil)
	}
	return l.T("event.moved.online_other", nil)
}

// eventCancelled says that the event does not take place; why, only inside.
func eventCancelled(v invited, l Locale) (string, []slack.Block) {
	reason := ""
	if v.event.CancelReason != "" {
		reason = l.mrkdwn("event.reason", words{"Reason": line(v.event.CancelReason, programme.MaxEventText)})
	}
	return l.T("event.cancelled.text", words{"Event": quotedTitle(v.event, l), "When": l.Span(v.event.Start, v.event.End)}),
		[]slack.Block{
			section(lines(bold(eventTitle(v.event, l)), l.T("event.when", words{"When": l.Span(v.event.Start, v.event.End)})), nil),
			section(lines(bold(l.T("event.cancelled", nil)), reason), nil),
			small(l.T("event.cancelled.sorry", nil)),
		}
}

// eventPlaceFree tells somebody who waited that a place is theirs, and lets them
// decline it in one press.
func eventPlaceFree(v invited, l Locale) (string, []slack.Block) {
	blocks := eventHead(l.T("event.place.title", nil), v, l)
	if v.cancelled() || v.coming() != programme.Yes {
		return eventText("event.answered.text", v, l), append(blocks, eventAnswer(v, l)...)
	}
	decline := button(ActionComeNo, string(v.event.ID), l.T("button.decline_place", nil))
	blocks = append(blocks, section(bold(l.T("event.place.yours", nil)), nil), small(l.T("event.place.note", nil)))
	return eventText("event.place.text", v, l), append(blocks, wayThere(v, l, decline)...)
}

// eventThanks is a word to those who were there, with the questionnaire.
func eventThanks(v invited, l Locale) (string, []slack.Block) {
	e, thanks, invitation := v.event, "event.thanks", ""
	if v.speaker.Status.Speaks() {
		thanks = "event.thanks.speaker"
	}
	blocks := []slack.Block{section(lines(bold(eventTitle(e, l)), l.T(thanks, nil)), nil)}
	var answer []slack.BlockElement
	if v.questionnaire {
		invitation = l.T("event.thanks.survey", nil)
		blocks = append(blocks, small(invitation))
		answer = append(answer, button(ActionEventSurvey, string(e.ID), l.T("button.event_survey", nil)).
			WithStyle(slack.StylePrimary))
	}
	text := lines(l.T("event.thanks.text", words{"Event": quotedTitle(e, l), "Thanks": l.T(thanks, nil)}), invitation)
	return text, append(blocks, materials(e, l, answer...)...)
}

// eventCatchUp leads those who could not come to the materials.
func eventCatchUp(v invited, l Locale) (string, []slack.Block) {
	e := v.event
	blocks := []slack.Block{section(lines(bold(eventTitle(e, l)), l.T("event.catch_up", nil)), nil)}
	return l.T("event.catch_up.text", words{"Event": quotedTitle(e, l)}), append(blocks, materials(e, l)...)
}

// materials lead to what was handed out, beside the buttons given.
func materials(e programme.Event, l Locale, more ...slack.BlockElement) []slack.Block {
	if e.Materials == "" || link(e.Materials) != "" {
		return leadTo(e.Materials, "button.materials", l, more...)
	}
	where := section(l.mrkdwn("event.materials", words{"Where": line(e.Materials, programme.MaxEventText)}), nil)
	return append([]slack.Block{where}, leadTo("", "button.materials", l, more...)...)
}

// eventMemo reminds the office of the memo that every event has (programme.md).
func eventMemo(m programme.Matter, l Locale) (string, []slack.Block) {
	e := m.Event
	return l.T("event.memo.text", words{"Event": quotedTitle(e, l)}), []slack.Block{
		section(lines(bold(l.T("event.memo.title", nil)), escape(eventTitle(e, l)),
			l.T("event.when", words{"When": l.Span(e.Start, e.End)})), nil),
		small(l.T("event.memo.note", nil)),
		row(button(ActionMemoEvent, string(e.ID), l.T("button.memo_new", nil)).WithStyle(slack.StylePrimary)),
	}
}

// guestPlace asks the office to tell somebody whom the bot cannot: name and event
// only, the address is on the event's page.
func guestPlace(m programme.Matter, l Locale) (string, []slack.Block) {
	who := or(line(m.Guest.Name, maxName), nameAndFirm(m.Person, l))
	e := m.Event
	return l.T("event.guest_place.text", words{"Event": quotedTitle(e, l)}), []slack.Block{
		section(lines(
			bold(l.T("event.guest_place.title", nil)), escape(eventTitle(e, l)),
			l.T("event.when", words{"When": l.Span(e.Start, e.End)}),
			l.mrkdwn("event.guest_place.who", words{"Who": who}),
		), nil),
		small(l.T("event.guest_place.note", nil)),
		row(button(ActionEventOpen, string(e.ID), l.T("button.open", nil))),
	}
}
