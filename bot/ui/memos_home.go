package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// homeDrafts is how many drafts Home shows; the desk has all of them.
const homeDrafts = 3

// homeMemoList are one's own drafts and the memos that the person may open; the office
// shares from here, too, what it reviewed.
func homeMemoList(h programme.Home, l Locale) []slack.Block {
	blocks := draftLines(h.Drafts, homeDrafts, l)
	if len(h.Memos) == 0 {
		return blocks
	}
	blocks = append(blocks, title("home.memos", l)...)
	for _, v := range h.Memos[:min(len(h.Memos), homeMemos)] {
		blocks = append(blocks, section(homeMemo(v, h, l), nil), row(memoButtons(v.Memo, h.Office, l)...))
	}
	return append(blocks, row(button(ActionSearch, "", l.T("button.search", nil))))
}

// homeMemo says what a memo is; to its participant it need not say about whom.
func homeMemo(v programme.MemoView, h programme.Home, l Locale) string {
	about, state := "", sharedState(v.Memo, l)
	if v.Atsugi.ID != h.Me.ID || v.Memo.Kind == programme.OfEvent {
		about = bold(memoAbout(v, l))
	}
	if h.Office {
		state = memoState(v.Memo, l)
	}
	return lines(about, escape(heldLine(v.Memo, l)), writtenBy(v, l), escape(versionLine(v.Memo, l)), escape(state))
}
