package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// memoOwn tells somebody, without content, of a memo about them that they may read.
func memoOwn(m programme.Matter, l Locale) (string, []slack.Block) {
	text := l.T("memo.own.text", nil)
	if m.Over {
		return text, []slack.Block{section(lines(text, l.T("memo.opened.over", nil)), nil)}
	}
	return text, []slack.Block{
		section(lines(text, l.T("memo.own.help", nil)), nil),
		row(button(ActionMemoOpen, string(m.Memo.Memo.ID), l.T("button.open", nil))),
	}
}
