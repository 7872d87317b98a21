package ui_test

import (
	"slices"
	"testing"
	"time"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// hour is a session's time from some moment.
func hour(from time.Time) programme.Span {
	return programme.Span{From: from, Until: from.Add(time.Hour)}
}

// session is one that is booked, as one of the two sees it before the cut-off.
func (c cast) session() programme.SessionView {
	return programme.SessionView{
		Session: programme.Session{
			ID: "01KSESSION", Kind: programme.FollowUp, Engagement: "01KE", Atsugi: c.atsugi.ID, Mentor: c.mentor.ID,
			State: programme.SessionBooked, Span: hour(at(12, 1, 14, 0)), Venue: programme.Venue{Mode: programme.ModeOnline, URL: c.link("https://example.jp/room")},
			Topic: c.typed, Bring: c.words("釉薬の記録"), Contest: true, Seq: 1, Version: 3, Made: at(11, 20, 9, 0),
		},
		AtsugiPerson: c.atsugi, MentorPerson: c.mentor, Now: at(11, 24, 9, 0), MayMove: true, MayCancel: true, MayVenue: true,
	}
}

// proposed is one for which the expert named three times.
func (c cast) proposed() programme.SessionView {
	v := c.session()
	v.State, v.Span, v.Seq = programme.SessionOpen, programme.Span{}, 0
	v.Proposal = programme.Proposal{By: c.mentor.ID, For: c.atsugi.ID, At: at(11, 24, 8, 30), Venue: programme.Venue{Mode: programme.ModeOnSite, Place: c.place},
		Spans: []programme.Span{hour(at(12, 1, 14, 0)), hour(at(12, 2, 10, 30)), hour(at(12, 3, 18, 0))}}
	v.MayPropose, v.MayPick, v.MayMove, v.MayCancel, v.MayVenue = true, true, false, false, false
	return v
}

// over is one whose time went by.
func (c cast) over() programme.SessionView {
	v := c.session()
	v.Now, v.MayMove, v.MayCancel, v.MayVenue, v.MaySay, v.MayReopen = at(12, 1, 15, 0), false, false, false, true, true
	return v
}

// paid is one that was held, of which some papers arrived.
func (c cast) paid() programme.SessionView {
	v := c.over()
	v.State, v.AtsugiSays, v.MentorSays, v.MayReopen, v.Paid, v.MayPapers = programme.SessionHeld, programme.SaysHeld, programme.SaysHeld, false, true, true
	v.Papers = programme.FeePapers{Appointment: programme.PaperReceived, Receipts: programme.PaperAwaited}
	return v
}

// proposal is the occasion of the notice about the proposed times.
const proposal = "2026-11-23T23:30:00Z"

func (c cast) sessions(t testing.TB, l ui.Locale, out map[string]drawing) {
	c.sessionAgreed(t, l, out)
	c.sessionAfter(t, l, out)
	c.sessionForms(t, l, out)
	c.sessionPages(t, l, out)
	c.lapses(t, l, out)
	c.kinds(t, l, out)
	c.requests(t, l, out)
	c.offers(t, l, out)
}

// told is a message about a session to somebody; the zero person is the office's channel.
func (c cast) told(t testing.TB, l ui.Locale, kind programme.NoticeKind, to programme.Person, v programme.SessionView, over ...bool) drawing {
	m := programme.Matter{Notice: notice(kind), To: to, Session: v, Over: slices.Contains(over, true)}
	m.Notice.Occasion = proposal
	return message(t, m, l)
}

// sessionAgreed draws what is said until a session begins.
func (c cast) sessionAgreed(t testing.TB, l ui.Locale, out map[string]drawing) {
	say := func(name string, kind programme.NoticeKind, to programme.Person, v programme.SessionView, over ...bool) {
		out["session-"+name] = c.told(t, l, kind, to, v, over...)
	}
	v := c.proposed()
	say("proposed", programme.NoticeSessionProposed, c.atsugi, v)
	late := v
	late.Now = at(12, 1, 20, 0)
	say("proposed-late", programme.NoticeSessionProposed, c.atsugi, late)
	move := c.session()
	move.Proposal, move.MayPick, move.Proposal.Reason = v.Proposal, true, c.words("窯の修理が入りました。")
	say("proposed-move", programme.NoticeSessionProposed, c.atsugi, move)
	out["session-proposed-abroad"] = c.told(t, l.Abroad(time.FixedZone("CET", 60*60)), programme.NoticeSessionProposed, c.atsugi, v)

	booked := c.session()
	say("proposed-picked", programme.NoticeSessionProposed, c.atsugi, booked, true)
	countered := v
	countered.Proposal.By, countered.Proposal.For, countered.MayPick = c.atsugi.ID, c.mentor.ID, false
	say("proposed-countered", programme.NoticeSessionProposed, c.atsugi, countered, true)
	declined := v
	declined.Proposal.Spans, declined.Reason, declined.MayPick = nil, c.words("年末は窯焚きが続きます。"), false
	say("proposed-declined", programme.NoticeSessionProposed, c.atsugi, declined, true)
	newer := v
	newer.Proposal.At = at(11, 25, 9, 0)
	say("proposed-newer", programme.NoticeSessionProposed, c.atsugi, newer, true)
	past := v
	past.Now, past.MayPick = at(12, 4, 9, 0), false
	say("proposed-past", programme.NoticeSessionProposed, c.atsugi, past)

	say("declined", programme.NoticeSessionDeclined, c.mentor, declined)
	kept := move
	kept.Proposal.Spans, kept.Reason = nil, declined.Reason
	say("declined-move", programme.NoticeSessionDeclined, c.atsugi, kept)
	say("declined-since", programme.NoticeSessionDeclined, c.mentor, v, true)
	say("declined-office-move", programme.NoticeSessionDeclined, programme.Person{}, kept)
	say("declined-office", programme.NoticeSessionDeclined, programme.Person{}, declined)
	say("declined-office-booked", programme.NoticeSessionDeclined, programme.Person{}, booked, true)

	say("booked-atsugi", programme.NoticeSessionBooked, c.atsugi, booked)
	say("booked-mentor", programme.NoticeSessionBooked, c.mentor, booked)
	moved := booked
	moved.Mode, moved.Place, moved.URL = programme.ModeOnSite, c.place, ""
	moved.Last.Was, moved.Last.Reason = hour(at(11, 30, 10, 0)), move.Proposal.Reason
	moved.MayMove, moved.MayCancel, moved.OfficeOnly = false, false, true
	say("booked-moved", programme.NoticeSessionBooked, c.atsugi, moved)
	out["session-booked-abroad"] = c.told(t, l.Abroad(time.FixedZone("CET", 60*60)), programme.NoticeSessionBooked, c.atsugi, moved)
	say("booked-since", programme.NoticeSessionBooked, c.atsugi, moved, true)
	say("booked-move-asked", programme.NoticeSessionBooked, c.atsugi, move)
	waits := move
	waits.MayPick, waits.MayWithdraw = false, true
	say("booked-move-waits", programme.NoticeSessionBooked, c.mentor, waits)
	bare := booked
	bare.URL = ""
	say("booked-no-address", programme.NoticeSessionBooked, c.atsugi, bare)
	say("reminder-no-address", programme.NoticeSessionReminder, c.mentor, bare)
	venue := booked
	venue.Last.Where = true
	say("booked-venue", programme.NoticeSessionBooked, c.atsugi, venue)
	used := booked
	used.MayMove, used.MovesUsed, used.Moves = false, true, 3
	say("booked-moves-used", programme.NoticeSessionBooked, c.atsugi, used)

	cancelled := booked
	cancelled.State, cancelled.Reason = programme.SessionCancelled, c.words("体調を崩しました。")
	say("cancelled", programme.NoticeSessionCancelled, c.atsugi, cancelled)
	withdrawn := cancelled
	withdrawn.Span = programme.Span{}
	say("withdrawn", programme.NoticeSessionCancelled, c.atsugi, withdrawn)
	for name, m := range map[string]programme.Matter{
		"room":           {Session: booked, Room: []programme.Person{c.atsugi, c.mentor}},
		"room-office":    {Session: booked, Room: []programme.Person{c.atsugi, c.mentor, c.office}},
		"room-cancelled": {Session: cancelled, Room: []programme.Person{c.atsugi, c.mentor}, Over: true},
	} {
		m.Notice = notice(programme.NoticeSessionRoom)
		out["session-"+name] = message(t, m, l)
	}
	say("reminder", programme.NoticeSessionReminder, c.atsugi, booked)
	say("reminder-cancelled", programme.NoticeSessionReminder, c.atsugi, cancelled, true)
	for _, who := range []struct {
		name string
		left programme.PersonID
	}{{"orphaned", c.mentor.ID}, {"orphaned-atsugi", c.atsugi.ID}} {
		m := programme.Matter{Notice: notice(programme.NoticeSessionOrphaned), Session: declined}
		m.Notice.Occasion = string(who.left)
		out["session-"+who.name] = message(t, m, l)
	}
	c.sessionBriefings(t, l, out)
}

func (c cast) sessionBriefings(t testing.TB, l ui.Locale, out map[string]drawing) {
	m := programme.Matter{Notice: notice(programme.NoticeSessionBriefing), To: c.mentor, Session: c.session(), Agreed: c.words("釉薬の記録を整理する。\n次回までに試し焼きをする。")}
	m.Shared = []programme.SharedAnswers{{Survey: programme.Survey{Def: c.def}, Person: c.atsugi, Items: []programme.SharedAnswer{
		{Question: c.def.Questions[1], Answer: programme.Answer{Picked: []string{"c1", "c4"}}},
		{Question: c.def.Questions[5], Answer: programme.Answer{Text: c.typed}},
	}}}
	out["session-briefing"] = message(t, m, l)
	held := m
	held.Session.State, held.Over = programme.SessionHeld, true
	out["session-briefing-held"] = message(t, held, l)
	long := m
	for range 6 {
		long.Shared = append(long.Shared, programme.SharedAnswers{Survey: programme.Survey{Def: c.def}, Items: many(m.Shared[0].Items[1], 6)})
	}
	out["session-briefing-long"] = message(t, long, l)
	m.Session.Topic, m.Session.Bring, m.Session.Contest, m.Agreed, m.Shared = "", "", false, "", nil
	out["session-briefing-bare"] = message(t, m, l)
}

// sessionAfter draws what is said once the time went by.
func (c cast) sessionAfter(t testing.TB, l ui.Locale, out map[string]drawing) {
	say := func(name string, to programme.Person, change func(*programme.SessionView), over ...bool) {
		v := c.over()
		change(&v)
		out["session-after-"+name] = c.told(t, l, programme.NoticeSessionAfter, to, v, over...)
	}
	say("asked", c.atsugi, func(*programme.SessionView) {})
	say("said-atsugi", c.atsugi, func(v *programme.SessionView) { v.AtsugiSays = programme.SaysHeld }, true)
	say("said-mentor", c.mentor, func(v *programme.SessionView) { v.MentorSays = programme.SaysHeld }, true)
	say("said-not-held", c.mentor, func(v *programme.SessionView) { v.MentorSays = programme.SaysNotHeld }, true)
	settled := func(s programme.SessionState) func(*programme.SessionView) {
		return func(v *programme.SessionView) { v.State, v.MaySay = s, false }
	}
	say("held-atsugi", c.atsugi, func(v *programme.SessionView) {
		settled(programme.SessionHeld)(v)
		v.AtsugiSays, v.Next = programme.SaysHeld, c.typed
	}, true)
	say("held-mentor", c.mentor, settled(programme.SessionHeld), true)
	say("held-memo", c.mentor, func(v *programme.SessionView) { settled(programme.SessionHeld)(v); v.Memo = true }, true)
	say("not-held", c.atsugi, settled(programme.SessionNotHeld), true)
	say("moved", c.mentor, func(v *programme.SessionView) {
		v.State, v.Span, v.MaySay, v.MayPropose, v.Moves = programme.SessionOpen, programme.Span{}, false, true, 1
	}, true)
	say("cancelled", c.mentor, settled(programme.SessionCancelled), true)

	reopened := c.proposed()
	reopened.Proposal, reopened.Last, reopened.MayPick = programme.Proposal{}, programme.SessionChange{Was: c.session().Span}, false
	out["session-reopened"] = c.told(t, l, programme.NoticeSessionReopened, c.atsugi, reopened)
	out["session-reopened-since"] = c.told(t, l, programme.NoticeSessionReopened, c.mentor, c.session(), true)

	disputed := c.over()
	disputed.AtsugiSays, disputed.MentorSays, disputed.MayReopen = programme.SaysHeld, programme.SaysMoved, false
	out["session-disputed"] = c.told(t, l, programme.NoticeSessionDisputed, programme.Person{}, disputed)
	own := disputed
	own.MentorPerson.Roles = append(slices.Clone(own.MentorPerson.Roles), programme.Coordinator)
	out["session-disputed-own"] = c.told(t, l, programme.NoticeSessionDisputed, programme.Person{}, own)
	disputed.OfficeSays, disputed.State = programme.SaysHeld, programme.SessionHeld
	out["session-disputed-settled"] = c.told(t, l, programme.NoticeSessionDisputed, programme.Person{}, disputed, true)
}

func (c cast) sessionForms(t testing.TB, l ui.Locale, out map[string]drawing) {
	open := c.session()
	open.State, open.Span, open.ID, open.Version = programme.SessionOpen, programme.Span{}, "", 0
	open.Topic, open.Bring, open.Contest, open.URL = "", "", false, ""
	form := ui.Form{Op: "01KOP", Item: "01KE"}
	out["session-form-new"] = view(t, ui.SessionTimesForm(ui.SessionFormData{Form: form, Session: open, Me: c.mentor.ID, Length: time.Hour}, l))
	out["session-form-counter"] = view(t, ui.SessionTimesForm(c.counterForm(), l))
	out["session-form-move"] = view(t, ui.SessionTimesForm(ui.SessionFormData{Form: ui.Form{Op: "01KOP", Subject: "01KSESSION", Version: 3},
		Session: c.session(), Me: c.mentor.ID, Length: time.Hour}, l))
	answers := c.proposed() // the atsugi's times, of which the expert reads what they want to talk about
	answers.Proposal.By, answers.Proposal.For, answers.Bring = c.atsugi.ID, c.mentor.ID, ""
	out["session-form-expert"] = view(t, ui.SessionTimesForm(ui.SessionFormData{Form: ui.Form{Op: "01KOP", Subject: "01KSESSION", Version: 3},
		Session: answers, Me: c.mentor.ID, Length: time.Hour}, l))
	out["session-form-office"] = view(t, ui.SessionTimesForm(c.refusedForm(), l))

	engagements := []programme.EngagementView{{Engagement: programme.Engagement{ID: "01KE"}, AtsugiPerson: c.atsugi, MentorPerson: c.mentor}}
	book := func(d ui.SessionBookData) drawing {
		d.Length = time.Hour
		if d.Form.Op == "" {
			d.Form.Op = "01KOP"
		}
		return view(t, ui.SessionBookForm(d, l))
	}
	out["session-book-new"] = book(ui.SessionBookData{Engagements: engagements})
	out["session-book-none"] = book(ui.SessionBookData{})
	out["session-book-between"] = book(ui.SessionBookData{Between: true, Atsugi: []programme.Person{c.atsugi}, Mentors: []programme.Person{c.mentor}})
	out["session-book-nobody"] = book(ui.SessionBookData{Between: true})
	out["session-book-again"] = book(ui.SessionBookData{SessionFormData: ui.SessionFormData{
		Form: ui.Form{Op: "01KOP", Subject: "01KSESSION", Version: 3}, Session: c.session()}})

	op := ui.Form{Op: "01KOP"}
	out["session-none"] = view(t, ui.SessionNoneForm(op, c.proposed(), l))
	out["session-stop"] = view(t, ui.SessionStopForm(op, c.session(), c.atsugi.ID, l))
	out["session-venue"] = view(t, ui.SessionVenueForm(op, c.session(), c.atsugi.ID, l))
	out["session-papers"] = view(t, ui.SessionPapersForm(op, c.paid(), l))
	words := c.over()
	words.Next = c.typed
	out["session-words"] = view(t, ui.SessionWordsForm(op, words, l))
	for name, said := range map[string]string{
		"proposed": ui.SessionProposed(l), "booked": ui.SessionBooked(c.session().Session, l), "declined": ui.SessionDeclined(l),
		"stopped": ui.SessionStopped(c.session(), l), "words": ui.SessionWordsKept(l),
		"venue": ui.SessionVenueKept(l), "papers": ui.SessionPapersKept(l),
	} {
		out["session-done-"+name] = view(t, ui.Saved(ui.AppName, said, l))
	}
}

// counterForm is filled in by the atsugi with other times, the second row left blank.
func (c cast) counterForm() ui.SessionFormData {
	return ui.SessionFormData{
		Form: ui.Form{Op: "01KOP", Subject: "01KSESSION", Version: 3}, Session: c.proposed(), Me: c.atsugi.ID, Length: time.Hour,
		Filled: programme.SessionForm{Op: "01KOP", Venue: programme.Venue{Mode: programme.ModeOnSite, Place: c.place}, Topic: c.typed, Bring: c.words("試し焼きの皿"), Contest: true,
			Spans: []programme.Span{{From: at(12, 5, 9, 5), Until: at(12, 5, 9, 50)}, {}, {From: at(12, 6, 23, 30), Until: at(12, 7, 0, 15)}}},
	}
}

// refusedForm is the office's, which was refused by a quota.
func (c cast) refusedForm() ui.SessionFormData {
	open := c.proposed()
	open.Proposal, open.Office = programme.Proposal{}, true
	return ui.SessionFormData{
		Form: ui.Form{Op: "01KOP", Subject: "01KSESSION", Version: 3}, Session: open, Length: time.Hour,
		Filled:  programme.SessionForm{Op: "01KOP", For: c.atsugi.ID, Venue: programme.Venue{Mode: programme.ModeOnline, URL: "https://example.jp/room"}, Spans: []programme.Span{hour(at(12, 5, 9, 0))}},
		Refused: &programme.Error{Code: programme.CodeConflict, Field: "time1", Key: "error.quota_week", Args: map[string]any{"Most": 5}},
	}
}

func (c cast) sessionPages(t testing.TB, l ui.Locale, out map[string]drawing) {
	page := func(name string, v programme.SessionView, me programme.Person) {
		v.Office = me.ID == c.office.ID
		out["session-page-"+name] = view(t, ui.SessionPage(v, me.ID, l))
	}
	page("booked", c.session(), c.atsugi)
	page("proposed", c.proposed(), c.atsugi)
	waits := c.proposed()
	waits.MayPick, waits.MayCancel = false, true
	page("waits", waits, c.mentor)
	behalf := c.proposed()
	behalf.MayCancel = true
	page("office", behalf, c.office)
	disputed := c.over()
	disputed.AtsugiSays, disputed.MentorSays, disputed.ToOffice = programme.SaysHeld, programme.SaysNotHeld, c.typed
	disputed.MayReopen = false
	page("disputed", disputed, c.office)
	page("unsaid", c.over(), c.office)
	off := c.proposed() // put off by a word
	off.Proposal, off.MayPick, off.MaySay = programme.Proposal{}, false, true
	off.Last = programme.SessionChange{Was: c.session().Span, Reopened: true}
	page("reopened", off, c.office)
	page("papers", c.paid(), c.office)
	papers := c.paid()
	papers.MayPapers, papers.MaySay, papers.AtsugiSays, papers.MentorSays = false, false, programme.Unsaid, programme.Unsaid
	page("papers-bureau", papers, c.bureau)
	page("over", c.over(), c.mentor)
	bureau := c.session()
	bureau.Topic, bureau.Bring, bureau.URL, bureau.Contest, bureau.MayMove, bureau.MayCancel, bureau.MayVenue = "", "", "", false, false, false, false
	page("bureau", bureau, c.bureau)

	cancelled := c.session()
	cancelled.State, cancelled.Reason, cancelled.MayMove, cancelled.MayCancel, cancelled.MayVenue = programme.SessionCancelled, c.typed, false, false, false
	page("cancelled", cancelled, c.mentor)
	all := []programme.SessionView{c.session(), c.proposed(), c.over(), cancelled}
	out["session-list"] = view(t, ui.SessionList(all, c.atsugi.ID, l))
	out["session-list-none"] = view(t, ui.SessionList(nil, c.atsugi.ID, l))
	out["session-list-long"] = view(t, ui.SessionList(many(c.session(), 55), c.atsugi.ID, l))
	for name, b := range map[string]programme.Board{"": c.sessionBoard(), "-none": {Office: true, Now: at(11, 24, 9, 0), Most: 15}} {
		out["session-board"+name] = view(t, ui.SessionBoard(ui.SessionBoardData{Board: b}, l))
		b.Office, b.Disputed = false, nil // who said what is not for the bureau
		out["session-board-bureau"+name] = view(t, ui.SessionBoard(ui.SessionBoardData{Board: b}, l))
	}
	long := c.sessionBoard()
	long.Engagements = many(long.Engagements[0], 45)
	long.Waiting = many(long.Waiting[0], 12)
	long.Mentors = many(long.Mentors[0], 40)
	out["session-board-long"] = view(t, ui.SessionBoard(ui.SessionBoardData{Board: long, From: 15}, l))
	for name, h := range c.sessionHomes() {
		out["home-sessions-"+name] = view(t, ui.Home(h, nil, l))
	}
}

// engagementLine is a firm with one of three sessions held and one booked.
func (c cast) engagementLine() programme.EngagementLine {
	return programme.EngagementLine{SessionTally: programme.SessionTally{Held: 1, Booked: 1}, EngagementView: programme.EngagementView{
		Engagement:   programme.Engagement{ID: "01KE", Atsugi: c.atsugi.ID, Mentor: c.mentor.ID, Sessions: 3, Made: at(11, 1, 9, 0)},
		AtsugiPerson: c.atsugi, MentorPerson: c.mentor}}
}

func (c cast) sessionBoard() programme.Board {
	ended := c.engagementLine()
	ended.Ended = at(11, 20, 9, 0)
	stuck := c.proposed()
	stuck.Proposal = programme.Proposal{}
	return programme.Board{
		Office: true, Now: at(11, 27, 9, 0), Most: 15, Engagements: []programme.EngagementLine{c.engagementLine(), ended},
		Between: []programme.BetweenLine{{AtsugiPerson: c.atsugi, MentorPerson: c.mentor, SessionTally: programme.SessionTally{Held: 1, Open: 1}}},
		Mentors: []programme.MentorLoad{
			{Person: c.mentor, SessionTallies: programme.SessionTallies{FollowUp: programme.SessionTally{Held: 2, Booked: 1}}, ThisWeek: 1},
			{Person: c.mentor, SessionTallies: programme.SessionTallies{Between: programme.SessionTally{Held: 1}}},
		},
		Waiting: []programme.SessionView{c.proposed()}, Stuck: []programme.SessionView{stuck},
		Unsaid: []programme.SessionView{c.over()}, Disputed: []programme.SessionView{c.over()}, NoMemo: []programme.SessionView{c.over()},
		NoPapers: []programme.SessionView{c.paid()},
		Counts: programme.SessionTallies{
			FollowUp: programme.SessionTally{Held: 2, Booked: 1, Open: 1}, Between: programme.SessionTally{Held: 1, Open: 1},
		},
	}
}

// sessionHomes are Homes on which sessions stand.
func (c cast) sessionHomes() map[string]programme.Home {
	ahead := c.engagementLine()
	ahead.Booked = 0
	open := c.proposed()
	open.Proposal, open.MayPick = programme.Proposal{}, false
	now := at(11, 24, 9, 0)
	return map[string]programme.Home{
		"atsugi": {Me: c.atsugi, Now: now, Sessions: []programme.SessionView{c.session(), c.proposed(), c.over()},
			Engagements: []programme.EngagementLine{c.engagementLine()}},
		"mentor": {Me: c.mentor, Now: now, Writes: true, Sessions: []programme.SessionView{open}, Engagements: []programme.EngagementLine{ahead}},
		"many":   {Me: c.mentor, Now: now, Sessions: many(c.proposed(), 9), Engagements: many(ahead, 9)},
		"supporter": {Me: c.supporter, Now: now,
			Recommended: programme.SessionTallies{FollowUp: programme.SessionTally{Held: 2, Booked: 1}, Between: programme.SessionTally{Open: 1}}},
		"office": {Me: c.office, Now: now, Office: true,
			Board: programme.BoardCounts{SessionTallies: c.sessionBoard().Counts, Most: 15, Waiting: 1, Disputed: 1}},
	}
}
