package ui_test

import (
	"testing"
	"time"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// meeting is an event with everything that an event can have, made in chat.
func (c cast) meeting() programme.Event {
	return programme.Event{
		ID: "01KEVENT", Kind: programme.Report, Title: c.words("報告会（発表・講評）"), Host: programme.ByBureau, Version: 3,
		Start: at(12, 18, 13, 30), End: at(12, 18, 17, 0), Deadline: at(12, 11, 17, 0), Capacity: 60,
		Place: c.words("つぎて会館 大ホール"), Map: c.link("https://example.jp/map"), URL: c.link("https://example.jp/room"),
		Bring: c.words("発表資料"), Materials: c.words("https://example.jp/materials"), Notes: c.words("講評者の控室は301。"), Survey: c.def.ID,
		CoHosts: []string{c.words("笠間商工会")},
		Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi, programme.Supporter}, Cohorts: []string{c.words("R8")},
			Prefectures: []string{c.words("茨城県"), c.words("埼玉県")}, Organisations: []string{c.words("髙橋窯")}, People: []programme.PersonID{"01JM"}},
	}
}

// words and link are what the cast was filled with, if it was.
func (c cast) words(s string) string {
	if c.filled {
		return c.typed
	}
	return s
}

func (c cast) link(s string) string { return c.words(s) }

func (c cast) sheet(e programme.Event) programme.EventSheet {
	return programme.EventSheet{Event: e, Named: []programme.Person{c.mentor}, Cohorts: []string{"R6", "R7", "R8"},
		Organisations: []string{c.words("笠間商工会"), c.words("髙橋窯")}}
}

// page is an event's page with somebody of every answer.
func (c cast) page(e programme.Event, manages bool) programme.EventPage {
	guest := programme.Guest{ID: "01KG", Name: c.words("来賓 太郎"), Answer: programme.Yes}
	return programme.EventPage{
		Event: e, Manages: manages, Asked: 4, Arrived: 1,
		Counts: map[programme.Coming]int{programme.Yes: 2, programme.No: 1, programme.Waiting: 1, programme.Undecided: 1},
		Attendees: []programme.Attendee{
			{ID: "01JA", Person: c.atsugi, Answer: programme.Yes, Arrived: at(12, 18, 13, 10)},
			{ID: "01JS", Person: c.supporter, Answer: programme.No, Reason: c.words("出張のため")},
			{ID: "01KG", Guest: guest, Answer: programme.Yes},
			{ID: "01JM", Person: c.mentor, Answer: programme.Waiting},
			{ID: "01JB", Person: c.bureau, Asked: true},
			{ID: "01JW", Person: programme.Person{ID: "01JW", Name: c.supporter.Name}, Arrived: at(12, 18, 13, 20)},
			{ID: "01JP", Person: programme.Person{ID: "01JP", Name: c.mentor.Name}, Asked: true, Speaker: programme.SpeakerAgreed},
		},
	}
}

func (c cast) reach(e programme.Event) programme.EventReach {
	return programme.EventReach{Event: e, Slack: []programme.Person{c.atsugi, c.mentor}, Others: []programme.Person{c.supporter},
		Guests: []programme.Guest{{ID: "01KG", Name: c.words("来賓 太郎"), Email: c.words("guest@example.jp")}}}
}

func (c cast) eventPages(t testing.TB, l ui.Locale, out map[string]drawing) {
	now, today := at(12, 1, 9, 0), programme.Date("2026-12-01")
	draft := c.meeting()
	submitted, returned, approved, cancelled := draft, draft, draft, draft
	submitted.Submitted = at(11, 30, 15, 0)
	returned.Returned = c.words("定員を50人にしてください。")
	approved.Approved = "2026-12-01"
	cancelled.Approved, cancelled.Cancelled, cancelled.CancelReason = "2026-11-20", at(11, 30, 9, 0), c.words("台風のため")

	page := func(e programme.Event, manages, decides bool) drawing {
		return view(t, ui.EventPage(ui.EventPageData{Page: c.page(e, manages), Now: now, Today: today, Decides: decides,
			Overview: manages || decides, Survey: l.Text(c.def.Title)}, l))
	}
	out["event-page-draft"] = page(draft, true, false)
	out["event-page-submitted"] = page(submitted, true, false)
	out["event-page-returned"] = page(returned, true, false)
	out["event-page-announced"] = page(approved, true, false)
	out["event-page-cancelled"] = page(cancelled, true, false)
	out["event-page-bureau"] = page(submitted, false, true)
	out["event-page-cohost"] = page(approved, false, false)

	c.eventLists(t, l, now, out, []programme.Event{draft, submitted, returned, approved, cancelled, c.workshop, c.seminar})
	c.eventForms(t, l, draft, out)

	card := func(kind programme.NoticeKind, e programme.Event) drawing {
		return message(t, programme.Matter{Notice: notice(kind), Event: e}, l)
	}
	out["event-approval"] = card(programme.NoticeEventApproval, submitted)
	out["event-approval-approved"] = card(programme.NoticeEventApproval, approved)
	out["event-approval-returned"] = card(programme.NoticeEventApproval, returned)
	out["event-approval-cancelled"] = card(programme.NoticeEventApproval, cancelled)
	again := programme.Matter{Notice: notice(programme.NoticeEventApproval), Event: submitted}
	again.Notice.Occasion = "2026-11-20T00:00:00Z"
	out["event-approval-again"] = message(t, again, l)
	out["event-decided-approved"] = card(programme.NoticeEventDecided, approved)
	out["event-decided-returned"] = card(programme.NoticeEventDecided, returned)
}

func (c cast) eventLists(t testing.TB, l ui.Locale, now time.Time, out map[string]drawing, events []programme.Event) {
	list := func(lines []programme.EventLine, from int, manages bool) drawing {
		return view(t, ui.EventList(ui.EventListData{Lines: lines, From: from, Now: now, Today: "2026-12-01", Manages: manages}, l))
	}
	var lines, many []programme.EventLine
	for _, e := range events {
		lines = append(lines, programme.EventLine{Event: e, Counts: map[programme.Coming]int{programme.Yes: 5, programme.Undecided: 3}})
	}
	for range 20 {
		many = append(many, lines...)
	}
	out["event-list"] = list(lines, 0, true)
	out["event-list-bureau"] = list(lines, 0, false)
	out["event-list-none"] = list(nil, 0, true)
	out["event-list-middle"] = list(many, 80, true)
}

func (c cast) eventForms(t testing.TB, l ui.Locale, e programme.Event, out map[string]drawing) {
	surveys := []programme.SurveyDef{c.def}
	op := ui.Form{Op: "01KOP"}
	form := func(f ui.EventFormData) drawing { return view(t, ui.EventForm(f, l)) }
	out["event-form-new"] = form(ui.EventFormData{Form: op, Sheet: programme.EventSheet{Cohorts: []string{"R7", "R8"}}, Surveys: surveys})
	out["event-form-change"] = form(ui.EventFormData{Form: ui.Form{Op: "01KOP", Subject: string(e.ID), Version: e.Version},
		Sheet: c.sheet(e), Filled: e.Form(), Surveys: surveys})
	out["event-form-copy"] = form(ui.EventFormData{Form: ui.Form{Op: "01KOP", Item: string(e.ID)},
		Sheet: c.sheet(e), Filled: e.Form().Undated(), Surveys: surveys})
	out["event-move"] = view(t, ui.EventMove(c.reach(e), op, l))
	out["event-move-nobody"] = view(t, ui.EventMove(programme.EventReach{Event: e}, op, l))
	held := c.reach(e)
	held.Held = true
	out["event-move-held"] = view(t, ui.EventMove(held, op, l))
	out["event-cancel-held-done"] = view(t, ui.EventCancelled(e, held, l))
	out["event-move-done"] = view(t, ui.EventMoved(e, c.reach(e), l))
	out["event-cancel"] = view(t, ui.EventCancel(c.reach(e), op, l))
	out["event-cancel-done"] = view(t, ui.EventCancelled(e, c.reach(e), l))
	out["event-answer-for"] = view(t, ui.EventAnswerFor(e, op, l))
	out["event-return"] = view(t, ui.EventReturn(e, op, l))
	out["event-approved"] = view(t, ui.EventApproved(e, "2026-12-01", op, l))
	out["event-saved-new"] = view(t, ui.EventSaved(e, true, l))
	out["event-saved-changed"] = view(t, ui.EventSaved(e, false, l))
}
