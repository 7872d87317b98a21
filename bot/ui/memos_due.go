package ui

import (
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// memoDue asks the expert of a session for its memo, and once more if that did not help.
func memoDue(m programme.Matter, l Locale) (string, []slack.Block) {
	when := words{"When": l.Span(m.Session.Span.From, m.Session.Span.Until)}
	note := "memo.due.note"
	if strings.HasPrefix(m.Notice.Occasion, "again@") {
		note = "memo.due.again"
	}
	blocks := []slack.Block{section(lines(
		bold(l.T("memo.due.title", nil)),
		l.mrkdwn("memo.about", words{"Atsugi": nameAndFirm(m.Due.Atsugi, l)}),
		whenLine(m.Session.Span, l),
	), nil)}
	text := l.T("memo.due.text", when)
	if m.Over {
		return text, append(blocks, small(l.T("memo.due.over", nil)))
	}
	return text, append(blocks, small(l.T(note, nil)),
		row(button(ActionSessionMemo, string(m.Due.Session), l.T("button.memo_new", nil)).WithStyle(slack.StylePrimary)))
}

// memoOverdue tells the office, in its private channel, that a memo is still not there: of
// what and by whom, nothing of what was said.
func memoOverdue(m programme.Matter, l Locale) (string, []slack.Block) {
	text, facts, note := "", "", "memo.overdue.note"
	var ways []slack.BlockElement
	if m.Due.Session == "" {
		text = l.T("memo.overdue.event", words{"Event": "「" + line(m.Due.Title, maxTitle) + "」"})
		facts, note = escape(line(m.Due.Title, maxTitle)), "event.memo.note"
		ways = append(ways, button(ActionMemoEvent, string(m.Due.Event), l.T("button.memo_new", nil)))
	} else {
		text = l.T("memo.overdue.text", words{"When": l.Span(m.Session.Span.From, m.Session.Span.Until)})
		facts = lines(escape(l.T("session.pair", words{"Atsugi": nameAndFirm(m.Due.Atsugi, l), "Expert": name(m.Due.Writer, l)})),
			whenLine(m.Session.Span, l))
		ways = append(ways, button(ActionSessionOpen, string(m.Due.Session), l.T("button.open", nil)),
			button(ActionSessionMemo, string(m.Due.Session), l.T("button.memo_new", nil)))
	}
	blocks := []slack.Block{section(lines(bold(l.T("memo.overdue.title", nil)), facts), nil)}
	if m.Over {
		return text, append(blocks, small(l.T("memo.due.over", nil)))
	}
	return text, append(blocks, small(l.T(note, nil)), row(ways...))
}
