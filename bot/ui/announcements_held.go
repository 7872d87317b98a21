package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// announcementHeld tells the office that an announcement does not go out by itself any more, and
// why: the event that it is about is off, or at another time or place.
func announcementHeld(m programme.Matter, l Locale) (string, []slack.Block) {
	a, e := m.Announcement.Announcement, m.Announcement.Attached.Event
	why := l.T("announce.held.moved", nil)
	if !e.Cancelled.IsZero() {
		why = l.T("announce.held.cancelled", nil)
	}
	text := l.mrkdwn("announce.held.text", words{"Title": innerBrackets.Replace(announceTitle(a, l))})
	return text, []slack.Block{
		section(lines(bold(l.T("announce.held.title", nil)), escape(announceTitle(a, l))), nil),
		section(lines(why, bold(eventTitle(e, l)), eventFacts(e, programme.Undecided, l)), nil),
		small(l.T("announce.held.help", nil)),
		row(button(ActionAnnounceOpen, string(a.ID), l.T("button.announce_open", nil))),
	}
}

// TakenBack stands in the place of a message that was recalled and that Slack does not delete.
func TakenBack(l Locale) (string, []slack.Block) {
	text := l.T("announce.taken_back", nil)
	return text, []slack.Block{section(text, nil)}
}
