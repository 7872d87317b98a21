package ui_test

import (
	"testing"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// agreed is what was agreed on with the atsugi, in every state.
func (c cast) agreed() []programme.MemoAction {
	a := programme.MemoAction{ID: "01KA1", Memo: "01KM", Atsugi: c.atsugi.ID, Whose: programme.ReadParticipant, What: c.words("釉薬の記録を整理する"),
		Until: "2026-12-10", State: programme.ActionOpen}
	help, later, done, theirs := a, a, a, a
	help.ID, help.State, help.Until = "01KA2", programme.ActionHelp, ""
	later.ID, later.State = "01KA3", programme.ActionNotNow
	done.ID, done.State, done.Until = "01KA4", programme.ActionDone, ""
	theirs.ID, theirs.Whose, theirs.What = "01KA5", programme.ReadMentor, c.words("販路の資料を送る")
	return []programme.MemoAction{a, theirs, help, later, done}
}

// next draws next actions, and what asks for memos.
func (c cast) next(t testing.TB, l ui.Locale, out map[string]drawing) {
	all := c.agreed()
	h := c.homes()["atsugi"]
	h.Dialogues, h.Events, h.Memos = nil, nil, nil
	h.Actions = []programme.MemoAction{all[0], all[2], all[3]}
	out["home-next"] = view(t, ui.Home(h, nil, l))
	done := all[4]
	done.Said = h.Now
	h.Actions = []programme.MemoAction{all[0], done}
	out["home-next-said"] = view(t, ui.Home(h, nil, l))
	h.Actions = all[4:]
	out["home-next-done"] = view(t, ui.Home(h, nil, l))
	out["next-own"] = view(t, ui.NextActions(programme.ActionList{Atsugi: c.atsugi, Own: true, Actions: all}, l))
	out["next-expert"] = view(t, ui.NextActions(programme.ActionList{Atsugi: c.atsugi, Actions: all}, l))
	out["next-none"] = view(t, ui.NextActions(programme.ActionList{Atsugi: c.atsugi}, l))

	reminder := programme.Matter{Notice: notice(programme.NoticeSessionReminder), To: c.atsugi, Session: c.session()}
	reminder.Actions = []programme.MemoAction{all[0], all[2], all[0], all[2], all[0]}
	out["next-reminder"] = message(t, reminder, l)
	briefing := programme.Matter{Notice: notice(programme.NoticeSessionBriefing), To: c.mentor, Session: c.session(), Actions: all, Listed: true, Agreed: c.typed}
	out["next-briefing"] = message(t, briefing, l)
	briefing.Listed = false
	out["next-briefing-both"] = message(t, briefing, l)

	call := programme.Matter{Notice: notice(programme.NoticeMemoHelp), Person: c.atsugi, Action: all[2]}
	out["next-help"] = message(t, call, l)
	call.Over, call.Action = true, all[4]
	out["next-help-over"] = message(t, call, l)
	c.dues(t, l, out)
}

func (c cast) dues(t testing.TB, l ui.Locale, out map[string]drawing) {
	v := c.over()
	v.Session = programme.Session{ID: v.ID, Atsugi: v.Atsugi, Mentor: v.Mentor, Span: v.Span, State: v.State}
	m := programme.Matter{Notice: notice(programme.NoticeMemoDue), To: c.mentor, Session: v,
		Due: programme.MemoDue{Session: v.ID, Writer: c.mentor, Atsugi: c.atsugi, Since: v.Span.Until}}
	m.Notice.Occasion = programme.MemoOccasion("due", m.Due)
	out["memo-due"] = message(t, m, l)
	m.Notice.Occasion = programme.MemoOccasion("again", m.Due)
	out["memo-due-again"] = message(t, m, l)
	m.Over = true
	out["memo-due-over"] = message(t, m, l)
	m.Notice.Kind, m.To = programme.NoticeMemoOverdue, programme.Person{}
	out["memo-overdue-over"] = message(t, m, l)
	m.Over = false
	out["memo-overdue"] = message(t, m, l)
	m.Session, m.Due = programme.SessionView{}, programme.MemoDue{Event: c.workshop.ID, Title: c.workshop.Title, Since: c.workshop.End}
	out["memo-overdue-event"] = message(t, m, l)
}
