package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// eventReminder is 開催直前のご案内, in words that fit the person: who speaks, who
// waits for a place, who comes to the room, who joins online.
func eventReminder(v invited, l Locale) (string, []slack.Block) {
	blocks := eventHead(l.T("event.reminder.title", nil), v, l)
	switch {
	case v.cancelled():
		return eventText("", v, l), append(blocks, eventAnswer(v, l)...)
	case v.speaker.Status.Speaks():
		text := lines(eventText("event.reminder.text", v, l), l.T("event.speaker.early", nil))
		return text, append(blocks, remindSpeaker(v, l)...)
	case v.coming() == programme.Waiting:
		return eventText("event.waiting.text", v, l), append(blocks, remindWaiting(v, l)...)
	case v.coming().Comes():
		return remindText(v, l), append(blocks, remindComing(v, l)...)
	case v.speaking():
		return eventText("event.answered.text", v, l), append(blocks, speakerAnswer(v, l)...)
	}
	return eventText("event.answered.text", v, l), append(blocks, eventAnswer(v, l)...)
}

// remindText has what must be known on the way, for who only hears it.
func remindText(v invited, l Locale) string {
	text := eventText("event.reminder.text", v, l)
	if v.event.Bring == "" {
		return text
	}
	return lines(text, l.T("event.bring", words{"Bring": line(v.event.Bring, maxPlace)}))
}

// remindComing leads to the room or its map, and lets somebody say in one press
// that they cannot come after all.
func remindComing(v invited, l Locale) []slack.Block {
	blocks := append([]slack.Block{section(bold(l.T("event.answer."+string(v.coming()), nil)), nil)}, eventClashes(v, l)...)
	no := button(ActionComeNo, string(v.event.ID), l.T("button.change_to_no", nil))
	return append(blocks, wayThere(v, l, no)...)
}

func remindWaiting(v invited, l Locale) []slack.Block {
	said := section(lines(comingWords(v, l), l.T("event.waiting_reminder", nil)), nil)
	return append(append([]slack.Block{said}, eventClashes(v, l)...), row(comeButtons(v, l)...))
}

func remindSpeaker(v invited, l Locale) []slack.Block {
	said := section(lines(
		bold(l.T("event.speaker.thanks", nil)),
		topicWords(v.speaker, l),
		l.T("event.speaker.early", nil),
	), nil)
	no := button(ActionSpeakNo, string(v.event.ID), l.T("button.change_to_no", nil))
	return append(append([]slack.Block{said}, eventClashes(v, l)...), wayThere(v, l, no)...)
}

// wayThere is a row of buttons that lead to the online room or a map of the
// place, before those given. What is no address is shown as it was written.
func wayThere(v invited, l Locale, more ...slack.BlockElement) []slack.Block {
	e := v.event
	if v.coming() == programme.Online || e.Place == "" {
		return leadTo(e.URL, "button.online_room", l, more...)
	}
	return leadTo(e.Map, "button.map", l, more...)
}

// leadTo is a row with a button that opens the address, before those given.
func leadTo(address, label string, l Locale, more ...slack.BlockElement) []slack.Block {
	var blocks []slack.Block
	if to := link(address); to != "" {
		open := button(ActionLink, "", l.T(label, nil)).WithURL(to)
		if label == "button.online_room" {
			open.Style = slack.StylePrimary
		}
		more = append([]slack.BlockElement{open}, more...)
	} else if address != "" {
		blocks = append(blocks, section(escape(line(address, maxPlace)), nil))
	}
	if len(more) == 0 {
		return blocks
	}
	return append(blocks, row(more...))
}
