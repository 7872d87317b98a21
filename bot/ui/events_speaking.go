package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// speaking says whether it is as a speaker that the event concerns somebody: who
// declined to speak may still come.
func (v invited) speaking() bool {
	return v.speaker.Status != "" && (v.speaker.Status != programme.SpeakerDeclined || !v.answers)
}

// speakerAsk asks somebody to speak. Once answered, the same message shows the
// answer and lets it be changed.
func speakerAsk(v invited, l Locale) (string, []slack.Block) {
	blocks := eventHead(l.T("event.speaker.title", nil), v, l)
	key := "event.answered.text"
	if v.speaker.Status == programme.SpeakerAsked {
		key = "event.speaker.text"
	}
	return eventText(key, v, l), append(blocks, speakerAnswer(v, l)...)
}

// speakerAnswer shows the topic, what was answered, and the buttons.
func speakerAnswer(v invited, l Locale) []slack.Block {
	if v.cancelled() {
		return []slack.Block{section(bold(l.T("event.cancelled", nil)), nil)}
	}
	said := l.T("event.speaker.please", nil)
	switch {
	case v.speaker.Status.Speaks():
		said = bold(l.T("event.speaker.agreed", nil))
	case v.speaker.Status == programme.SpeakerDeclined:
		said = bold(l.T("event.speaker.declined", nil))
	}
	blocks := append([]slack.Block{section(lines(topicWords(v.speaker, l), said), nil)}, eventClashes(v, l)...)
	return append(blocks, row(speakButtons(v, l)...))
}

func topicWords(s programme.Speaker, l Locale) string {
	if s.Topic == "" {
		return ""
	}
	return l.mrkdwn("event.speaker.topic", words{"Topic": line(s.Topic, programme.MaxEventText)})
}

// speakButtons are what a speaker can still answer.
func speakButtons(v invited, l Locale) []slack.BlockElement {
	id := string(v.event.ID)
	switch {
	case v.speaker.Status.Speaks():
		return []slack.BlockElement{button(ActionSpeakNo, id, l.T("button.speak_no_more", nil))}
	case v.speaker.Status == programme.SpeakerDeclined:
		return []slack.BlockElement{button(ActionSpeakYes, id, l.T("button.speak_after_all", nil))}
	}
	return []slack.BlockElement{
		button(ActionSpeakYes, id, l.T("button.speak_yes", nil)).WithStyle(slack.StylePrimary),
		button(ActionSpeakNo, id, l.T("button.speak_no", nil)),
	}
}

// speakerSpoke tells the office what somebody who was asked to speak answered.
func speakerSpoke(m programme.Matter, l Locale) (string, []slack.Block) {
	e := m.Event
	said := "event.spoken.asked"
	switch {
	case m.Speaker.Status.Speaks():
		said = "event.spoken.yes"
	case m.Speaker.Status == programme.SpeakerDeclined:
		said = "event.spoken.no"
	}
	return l.T("event.spoken.text", words{"Event": quotedTitle(e, l)}), []slack.Block{
		section(lines(
			bold(l.T(said, nil)), l.mrkdwn("event.spoken.who", words{"Who": nameAndFirm(m.Person, l)}),
			escape(eventTitle(e, l)), l.T("event.when", words{"When": l.Span(e.Start, e.End)}), topicWords(m.Speaker, l),
		), nil),
		row(button(ActionEventOpen, string(e.ID), l.T("button.open", nil))),
	}
}
