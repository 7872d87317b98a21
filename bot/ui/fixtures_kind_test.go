package ui_test

import (
	"testing"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// kinds are what the office sees of what a session counts for.
func (c cast) kinds(t testing.TB, l ui.Locale, out map[string]drawing) {
	between := c.paid()
	between.Kind, between.Engagement, between.MayKind, between.Office = programme.Between, "", true, true
	out["session-page-kind-none"] = view(t, ui.SessionPage(between, c.office.ID, l))
	between.Engaged = true
	out["session-page-kind"] = view(t, ui.SessionPage(between, c.office.ID, l))
	d := ui.SessionKindData{Form: ui.Form{Op: "01KOP"}, Session: between}
	out["session-kind"] = view(t, ui.SessionKindForm(d, l))
	out["session-kind-full"] = view(t, ui.SessionKindForm(c.kindRefused(between), l))
	out["session-done-kind"] = view(t, ui.Saved(ui.AppName, ui.SessionKindKept(l), l))

	request := c.lapsed()
	request.Requested, request.Seq, request.Kind = true, 0, programme.Between
	request.Proposal.By, request.Proposal.For = c.atsugi.ID, c.mentor.ID
	request.Proposal.Spans = request.Proposal.Spans[:1]
	out["session-lapsed-requested-office"] = c.told(t, l, programme.NoticeSessionLapsed, programme.Person{}, request)

	ended := c.sessionBoard()
	ended.Engagements = ended.Engagements[1:]
	out["session-board-ended"] = view(t, ui.SessionBoard(ui.SessionBoardData{Board: ended}, l))
	long := c.sessionBoard()
	long.Between = many(long.Between[0], 20)
	out["session-board-between"] = view(t, ui.SessionBoard(ui.SessionBoardData{Board: long, From: 15}, l))
}

// kindRefused is the form that a quota refused.
func (c cast) kindRefused(v programme.SessionView) ui.SessionKindData {
	return ui.SessionKindData{
		Form: ui.Form{Op: "01KOP", Subject: "01KSESSION", Version: 3}, Session: v, Filled: programme.FollowUp,
		Refused: &programme.Error{Code: programme.CodeConflict, Key: "error.quota_engagement", Args: map[string]any{"Most": 3}},
	}
}
