package ui

import (
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// speakersShown bounds the page of speakers: more than any event has.
const speakersShown = 45

const speakerBlock = "speaker|"

// SpeakersPage lists an event's speakers with how far each is, to be changed at
// once by choosing.
func SpeakersPage(page programme.EventPage, l Locale) slack.ModalViewRequest {
	e := page.Event
	blocks := []slack.Block{
		section(lines(bold(eventTitle(e, l)), l.T("event.when", words{"When": l.Span(e.Start, e.End)})), nil),
		small(l.T("speaker.help", nil)),
		row(button(ActionSpeakerNew, string(e.ID), l.T("button.speaker_new", nil)).WithStyle(slack.StylePrimary)),
	}
	if len(page.Speakers) == 0 {
		blocks = append(blocks, section(l.T("speaker.none", nil), nil))
	}
	for i, s := range page.Speakers {
		if i == speakersShown {
			blocks = append(blocks, small(l.T("home.more_people", words{"Count": len(page.Speakers) - i})))
			break
		}
		blocks = append(blocks, speakerLine(e, s, l))
	}
	return modal(l.T("speaker.title", nil), l, blocks...)
}

func speakerLine(e programme.Event, s programme.SpeakerLine, l Locale) slack.Block {
	topic := ""
	if s.Topic != "" {
		topic = l.mrkdwn("speaker.topic", words{"Topic": line(s.Topic, maxPlace)})
	}
	off := ""
	if !s.Person.Reachable() {
		off = l.T("speaker.off_slack", nil)
	}
	var statuses []labelled
	for _, status := range programme.SpeakerStatuses {
		statuses = append(statuses, labelled{string(status), l.T("speaker.status."+string(status), nil)})
	}
	os := options(statuses, len(statuses))
	choose := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, ActionSpeakerStatus, os...)
	choose.InitialOption = first(chosen(os, []string{string(s.Status)}))
	return slack.NewSectionBlock(
		markup(lines(bold(nameAndFirm(s.Person, l)), topic, off), maxSection), nil, slack.NewAccessory(choose),
		slack.SectionBlockOptionBlockID(speakerBlock+itemOf(e.ID, string(s.Person.ID))))
}

// ReadSpeakerStatus reads which speaker's status was chosen, and which.
func ReadSpeakerStatus(a slack.BlockAction) (programme.EventID, programme.PersonID, programme.SpeakerStatus) {
	e, person := ReadItem(strings.TrimPrefix(a.BlockID, speakerBlock))
	return e, programme.PersonID(person), programme.SpeakerStatus(a.SelectedOption.Value)
}

// SpeakerForm asks whom to ask to speak, and about what. people are those to choose
// from, the likeliest first.
func SpeakerForm(form Form, e programme.Event, people []programme.Person, l Locale) slack.ModalViewRequest {
	in := fields{"speaker", l}
	blocks := []slack.Block{
		section(bold(eventTitle(e, l)), nil),
		in.input("person", peopleMenu(people, "", l)),
		in.optional("topic", in.words("", programme.MaxEventText, true)),
		small(l.T("speaker.form_help", nil)),
	}
	if len(people) == 0 {
		return modal(l.T("speaker.form.title", nil), l, section(l.T("speaker.nobody", nil), nil))
	}
	v := modal(l.T("speaker.form.title", nil), l, blocks...)
	v.Submit = plain(l.T("button.ask", nil), maxModalWord)
	v.Close = plain(l.T("button.cancel", nil), maxModalWord)
	v.CallbackID = CallbackSpeaker
	v.PrivateMetadata = form.encode()
	return v
}

// ReadSpeakerForm reads whom the form names and about what. A form of another
// program is an Error.
func ReadSpeakerForm(view slack.View) (form Form, person programme.PersonID, topic string, err error) {
	form, err = ReadForm(view.PrivateMetadata)
	if err != nil || view.State == nil {
		return form, "", "", err
	}
	in := readFields(view)
	return form, programme.PersonID(in.one("person")), in.words("topic"), nil
}

// SpeakerKept says that somebody was asked, or how far they are, and leads back.
func SpeakerKept(page programme.EventPage, person programme.PersonID, l Locale) slack.ModalViewRequest {
	said := "speaker.asked_by_bot"
	for _, s := range page.Speakers {
		if s.Person.ID == person && !s.Person.Reachable() {
			said = "speaker.asked_by_office"
		}
	}
	return done(l.T("speaker.title", nil), l.T(said, nil), l,
		button(PickID(ActionSpeakers, 0), string(page.Event.ID), l.T("button.speakers", nil)).WithStyle(slack.StylePrimary))
}
