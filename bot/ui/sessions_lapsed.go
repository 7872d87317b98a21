package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// sessionLapsed tells who proposed times that they went by without an answer, with the way
// to others, and asks the office to help.
func sessionLapsed(m programme.Matter, l Locale) (string, []slack.Block) {
	v := m.Session
	if m.To.ID == "" {
		return officeHelps("session.lapsed", m, l)
	}
	text := l.T("session.lapsed.text", nil)
	if m.Over {
		return text, []slack.Block{section(lines(sessionPair(v, m.To.ID, l), sessionStands(v, m.To.ID, l)), nil)}
	}
	title, ways := "session.lapsed.title", otherTimesWays(v, m.To.ID, l)
	if v.Requested && m.To.ID == v.Atsugi {
		title = "session.lapsed.requested"
	}
	blocks := []slack.Block{section(lines(
		sessionPair(v, m.To.ID, l), l.T(title, nil), spanLines(v.Proposal.Spans, l), keptLine(v, l), l.T("session.lapsed.next", nil),
	), nil)}
	if len(ways) > 0 {
		blocks = append(blocks, small(l.T("session.lapsed.other", nil)), row(ways...))
	}
	return text, blocks
}

// otherTimesWays lead to other times: who asked for one that an expert published, to those.
func otherTimesWays(v programme.SessionView, me programme.PersonID, l Locale) []slack.BlockElement {
	switch {
	case v.Requested && me == v.Atsugi && v.State == programme.SessionOpen:
		return []slack.BlockElement{
			button(ActionRequestExpert, expertPlace(v.Mentor), l.T("button.request_others", nil)),
			button(ActionRequest, "", l.T("button.request_experts", nil)),
		}
	case !v.MayPropose && !v.MayMove:
		return nil
	case v.MayMove:
		return []slack.BlockElement{button(ActionSessionMove, string(v.ID), l.T("button.session_move", nil))}
	}
	return []slack.BlockElement{button(ActionSessionTimes, string(v.ID), l.T("button.session_times", nil))}
}

// officeHelps asks the office to find a time, in the words under a key; once something
// else stands, the card says so. Why times were declined is on the session's page alone.
func officeHelps(key string, m programme.Matter, l Locale) (string, []slack.Block) {
	v, text, said := m.Session, l.T(key+".office_text", nil), key+".office"
	if key == "session.lapsed" && (v.RequestLapsed() || m.Over && v.Requested) {
		said = "session.lapsed.office_request"
	}
	if m.Over {
		return text, []slack.Block{
			section(lines(bold(l.T(said, nil)), sessionPair(v, "", l), kindName(v.Kind, l)), nil), small(sessionStands(v, "", l)), row(openSession(v, l)),
		}
	}
	var buttons []slack.BlockElement
	if v.MayPropose || v.MayMove {
		buttons = append(buttons, button(ActionSessionBook, string(v.ID), l.T("button.session_book", nil)).WithStyle(slack.StylePrimary))
	}
	if v.State == programme.SessionOpen && v.MayPropose {
		buttons = append(buttons, button(ActionSessionTimes, string(v.ID), l.T("button.session_times", nil)))
	}
	return text, []slack.Block{
		section(lines(bold(l.T(said, nil)), sessionPair(v, "", l), kindName(v.Kind, l), keptLine(v, l)), nil),
		small(l.T(key+".office_help", nil)), row(append(buttons, openSession(v, l))...),
	}
}

// sessionBehalf tells somebody that the office named times for them.
func sessionBehalf(m programme.Matter, l Locale) (string, []slack.Block) {
	v := m.Session
	if m.Over || !v.Waits() {
		return l.T("session.answered.text", nil), []slack.Block{section(lines(sessionPair(v, m.To.ID, l), sessionStands(v, m.To.ID, l)), nil)}
	}
	change := ""
	if v.State == programme.SessionBooked {
		change = lines(l.mrkdwn("session.proposed.instead_of", words{"When": when(v.Span, l)}), reasonLine(v.Proposal.Reason, l))
	}
	var times []string
	for _, s := range v.Proposal.Spans {
		times = append(times, l.Span(s.From, s.Until))
	}
	return l.T("session.behalf.text", words{"Times": l.list(times)}), []slack.Block{
		small(l.T("session.behalf.title", nil)),
		section(lines(sessionPair(v, m.To.ID, l), change, spanLines(v.Proposal.Spans, l), whereLine(v.Proposal.Mode, v.Proposal.Place, l), sessionAbout(v, l)), nil),
		small(l.T("session.behalf.help", nil)),
	}
}
