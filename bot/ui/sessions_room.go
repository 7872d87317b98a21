package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// sessionRoom is the card in the conversation of the two: when and where they meet. It has
// no buttons but links, as others may be in there, and what moves or cancels a session is
// each one's own to press.
func sessionRoom(m programme.Matter, l Locale) (string, []slack.Block) {
	v := m.Session
	if v.State != programme.SessionBooked || m.Over {
		return l.T("session.answered.text", nil), []slack.Block{section(lines(sessionPair(v, "", l), sessionStands(v, "", l)), nil)}
	}
	office := ""
	if len(m.Room) > 2 {
		office = l.T("session.room.office", nil)
	}
	blocks := []slack.Block{
		small(l.T("session.booked.title", nil)),
		section(lines(sessionPair(v, "", l), whenLine(v.Span, l), whereLine(v.Mode, v.Place, l)), nil),
	}
	blocks = append(blocks, sessionWay(v, l)...)
	return sessionText("session.booked.text", v, l), append(blocks, small(lines(l.T("session.room.help", nil), office)))
}
