package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// eventPageTools are the coordinator's tools on an event's page: the list of the
// day, who comes beside the roster, who speaks, the ways off Slack, what to print, its
// photos, and the event's notices. Two buttons a row fit a phone.
func eventPageTools(page programme.EventPage, l Locale) []slack.Block {
	if !page.Manages {
		return nil
	}
	id := string(page.Event.ID)
	press := func(action, label string) *slack.ButtonBlockElement { return button(action, id, l.T(label, nil)) }
	contacts := row(press(ActionMail, "button.mail"), press(ActionPhones, "button.phones"))
	if !page.Event.Cancelled.IsZero() {
		return []slack.Block{contacts}
	}
	return append([]slack.Block{
		row(press(ActionCheckIn, "button.checkin"), press(ActionPack, "button.pack")),
		row(press(ActionGuests, "button.guests"), press(ActionSpeakers, "button.speakers")),
		contacts,
		row(eventPhotosButton(page.Event, l)),
	}, eventNotices(page, l)...)
}

// eventNotices hold what is planned for the event, or let it go again.
func eventNotices(page programme.EventPage, l Locale) []slack.Block {
	id := string(page.Event.ID)
	if page.Held {
		return []slack.Block{
			section(bold(l.T("event.held", nil)), nil),
			row(button(ActionEventGo, id, l.T("button.event_go", nil)).WithStyle(slack.StylePrimary)),
		}
	}
	ask := sure(l, l.T("event.hold_title", nil), l.T("event.hold_ask", nil), l.T("button.event_hold", nil))
	return []slack.Block{row(button(ActionEventHold, id, l.T("button.event_hold", nil)).WithConfirm(ask))}
}

// PackOnItsWay says that the files to print are being made.
func PackOnItsWay(l Locale) string { return l.T("pack.on_its_way", nil) }
