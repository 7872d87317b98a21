package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// SessionBoardData is what the board of the sessions is drawn from.
type SessionBoardData struct {
	Board  programme.Board
	From   int  // how many engagements come before the page
	Office bool // may book and decide; the bureau sees only
}

// SessionBoard shows how the sessions of the programme stand.
func SessionBoard(d SessionBoardData, l Locale) slack.ModalViewRequest {
	return modal(l.T("session.board.title", nil), l)
}
