package ui

import (
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// Bounds of what is shown: on an event's message sessions, of which hardly more can be at
// the same time, and on the board clashes.
const (
	clashesShown  = 2
	clashesListed = 4
)

// eventClashes tell somebody who comes to an event, or still may, which session they
// agreed on for that time. They name nobody.
func eventClashes(v invited, l Locale) []slack.Block {
	declined := v.coming() == programme.No || v.coming() == programme.Undecided && v.speaker.Status == programme.SpeakerDeclined
	if declined || v.cancelled() {
		return nil
	}
	var blocks []slack.Block
	for _, m := range v.meetings[:min(len(v.meetings), clashesShown)] {
		blocks = append(blocks, section(l.T("event.clash", words{"When": l.Span(m.Span.From, m.Span.Until)}),
			button(ActionSessionOpen, string(m.Session), l.T("button.clash_session", nil))))
	}
	return blocks
}

// answeredClash tells the office, which enters somebody's answer, of a session of theirs
// at that time; "" if there is none or they do not come.
func answeredClash(a programme.Attendance, meetings []programme.AgreedTime, l Locale) string {
	if !a.Answer.Expected() || len(meetings) == 0 {
		return ""
	}
	at := meetings[0].Span
	return l.T("event.answer_for.clash", words{"When": l.Span(at.From, at.Until)})
}

// boardClashes are the agreed sessions for which one of the two would have to be in two
// places: the office talks with them.
func boardClashes(clashes []programme.Clash, l Locale) []slack.Block {
	if len(clashes) == 0 {
		return nil
	}
	blocks := []slack.Block{divider(), section(bold(l.T("session.board.clashes", words{"Count": len(clashes)})), nil)}
	for _, c := range clashes[:min(len(clashes), clashesListed)] {
		e := c.Event
		blocks = append(blocks, section(lines(
			sessionPair(c.Session, "", l), sessionStands(c.Session, "", l),
			l.mrkdwn("session.board.clash", words{"Who": name(c.Person, l), "Event": quotedTitle(e, l), "When": l.Span(e.Start, e.End), "Answer": clashAnswer(c, l)}),
		), openSession(c.Session, l)))
	}
	if rest := len(clashes) - clashesListed; rest > 0 {
		blocks = append(blocks, small(l.T("session.more", words{"Count": rest})))
	}
	return blocks
}

// clashAnswer is why somebody is counted on at the event.
func clashAnswer(c programme.Clash, l Locale) string {
	switch {
	case c.Speaks:
		return l.T("session.board.clash_speaks", nil)
	case c.Answer == programme.Undecided:
		return l.T("session.board.clash_invited", nil)
	}
	return l.T("event.answer."+string(c.Answer), nil)
}

// WithEvents tells, on a page of experts' times, at the time of which events there are none
// to choose, and what the person can do about that.
func WithEvents(page slack.ModalViewRequest, events []programme.Event, l Locale) slack.ModalViewRequest {
	if len(events) == 0 {
		return page
	}
	said := []string{l.T("session.request.events", nil)}
	for _, e := range events[:min(len(events), clashesListed)] {
		said = append(said, l.mrkdwn("session.request.event", words{"Event": quotedTitle(e, l), "When": l.Span(e.Start, e.End)}))
	}
	page.Blocks = fit(append(page.Blocks.BlockSet, small(strings.Join(said, "\n"))), nil, small(l.T("page.more", nil)))
	return page
}
