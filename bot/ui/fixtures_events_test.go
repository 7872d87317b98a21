package ui_test

import (
	"testing"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// eventLetters are the messages that people get about events, one for each way in
// which their words differ.
func (c cast) eventLetters() map[string]programme.Matter {
	said := func(answer programme.Coming, reason string) programme.Attendance {
		return programme.Attendance{Event: c.workshop.ID, Person: c.atsugi.ID, Answer: answer, Reason: reason}
	}
	speaks := func(status programme.SpeakerStatus) programme.Speaker {
		return programme.Speaker{Event: c.workshop.ID, Person: c.mentor.ID, Topic: c.topic, Status: status}
	}
	full, cancelled := c.workshop, c.workshop
	full.Deadline = at(9, 16, 17, 0)
	cancelled.Cancelled, cancelled.CancelReason = at(9, 10, 9, 0), c.typed
	wrote, plain := c.workshop, c.workshop
	wrote.Materials = c.place
	plain.Map, plain.Materials = "", ""
	letter := func(kind programme.NoticeKind, e programme.Event, a programme.Attendance) programme.Matter {
		return programme.Matter{Notice: notice(kind), To: c.atsugi, Event: e, Attendance: a}
	}
	again := letter(programme.NoticeEventAsk, c.workshop, said("", ""))
	again.Again = true
	againLater := letter(programme.NoticeEventAsk, c.workshop, said(programme.NotYet, ""))
	againLater.Again = true
	closed := letter(programme.NoticeEventAsk, full, said("", ""))
	closed.Closed = true
	closedLater := letter(programme.NoticeEventAsk, full, said(programme.NotYet, ""))
	closedLater.Closed = true
	closedYes := letter(programme.NoticeEventAsk, full, said(programme.Yes, ""))
	closedYes.Closed = true
	thanks := letter(programme.NoticeEventThanks, c.workshop, said(programme.Yes, ""))
	thanks.Questionnaire = true
	speaker := letter(programme.NoticeEventReminder, c.workshop, said("", ""))
	speaker.To, speaker.Speaker = c.mentor, speaks(programme.SpeakerAgreed)
	thanksSpeaker := letter(programme.NoticeEventThanks, plain, said("", ""))
	thanksSpeaker.To, thanksSpeaker.Speaker = c.mentor, speaks(programme.SpeakerTravel)
	spokeNo := speaker
	spokeNo.Speaker = speaks(programme.SpeakerDeclined)
	ms := map[string]programme.Matter{
		"event-reminder-spoke-no": spokeNo,
		"event-thanks-speaker":    thanksSpeaker,
		"event-ask-deadline":      letter(programme.NoticeEventAsk, full, said("", "")),
		"event-ask-again":         again,
		"event-ask-again-later":   againLater,
		"event-ask-waiting":       letter(programme.NoticeEventAsk, c.workshop, said(programme.Waiting, "")),
		"event-ask-no":            letter(programme.NoticeEventAsk, c.workshop, said(programme.No, c.typed)),
		"event-ask-closed":        closed,
		"event-ask-closed-later":  closedLater,
		"event-ask-online":        letter(programme.NoticeEventAsk, c.workshop, said(programme.Online, "")),
		"event-ask-closed-yes":    closedYes,
		"event-reminder-waiting":  letter(programme.NoticeEventReminder, c.workshop, said(programme.Waiting, "")),
		"event-reminder-no-map":   letter(programme.NoticeEventReminder, plain, said(programme.Yes, "")),
		"event-reminder-speaker":  speaker,
		"event-cancelled":         letter(programme.NoticeEventCancelled, cancelled, said(programme.Yes, "")),
		"event-place":             letter(programme.NoticeEventPlace, c.workshop, said(programme.Yes, "")),
		"event-place-declined":    letter(programme.NoticeEventPlace, c.workshop, said(programme.No, "")),
		"event-thanks":            letter(programme.NoticeEventThanks, plain, said(programme.Yes, "")),
		"event-thanks-survey":     thanks,
		"event-catch-up":          letter(programme.NoticeEventCatchUp, c.workshop, said(programme.No, "")),
		"event-catch-up-where":    letter(programme.NoticeEventCatchUp, wrote, said(programme.No, "")),
		"event-memo":              {Notice: notice(programme.NoticeEventMemo), Event: c.workshop},
		"event-guest-place": {Notice: notice(programme.NoticeGuestPlace), Event: c.workshop,
			Guest: programme.Guest{Name: c.supporter.Name, Email: "hana@example.jp", Phone: "048-000-0000"}},
		"event-guest-place-person": {Notice: notice(programme.NoticeGuestPlace), Event: c.workshop, Person: c.supporter},
	}
	for _, s := range []programme.SpeakerStatus{programme.SpeakerAsked, programme.SpeakerAgreed, programme.SpeakerDeclined} {
		m := letter(programme.NoticeSpeakerAsk, c.workshop, said("", ""))
		m.To, m.Speaker = c.mentor, speaks(s)
		ms["event-speaker-"+string(s)] = m
		ms["event-spoken-"+string(s)] = programme.Matter{Notice: notice(programme.NoticeSpeakerAnswer), Event: c.workshop,
			Person: c.mentor, Speaker: speaks(s)}
	}
	c.moves(ms)
	return ms
}

// digests are the letters that come by the calendar.
func (c cast) digests() map[string]programme.Matter {
	draft := programme.KeyDate{ID: "draft", Title: c.deadline, Date: "2027-02-28", WorkBy: "2027-02-26"}
	done := programme.KeyDate{ID: "done", Title: c.deadline, Date: "2027-03-31", WorkBy: "2027-03-31"}
	days := programme.Digest{From: "2026-09-14", To: "2026-09-20", Dates: []programme.KeyDate{draft, done}}
	week, month, support := days, days, days
	week.Events = []programme.DigestEvent{{Event: c.workshop, Asked: 10, Silent: []programme.Person{c.atsugi, c.supporter},
		Counts: map[programme.Coming]int{programme.Yes: 8, programme.Undecided: 2}}}
	returned, shut := c.seminar, c.workshop
	shut.Deadline = at(9, 11, 17, 0) // before the digest's days
	returned.Returned = c.typed
	week.Unapproved = []programme.Event{c.seminar, returned}
	week.Deliveries = programme.DeliveryCounts{programme.Refused: 1, programme.Unknown: 2, programme.Sent: 40}
	month.Events = []programme.DigestEvent{{Event: c.workshop}, {Event: c.workshop, Answer: programme.Online}, {Event: c.seminar, Speaks: true}, {Event: shut}}
	support.Firms = 3
	answered := days
	answered.Events = []programme.DigestEvent{{Event: c.workshop, Answer: programme.Yes}, {Event: shut}}
	meets := c.session()
	meets.Span = hour(at(9, 16, 14, 0))
	month.Sessions = []programme.SessionView{meets}
	own := days
	own.Dates, own.Sessions = nil, month.Sessions
	support.Events = []programme.DigestEvent{
		{Event: c.workshop, Expected: 9, CheckedIn: true, Came: 8, FirmsCame: 2, CoHosts: true, Names: []string{c.atsugi.Name, c.mentor.Name}},
		{Event: c.seminar, Expected: 40, FirmsCame: 1},
	}
	to := func(kind programme.NoticeKind, p programme.Person, d programme.Digest) programme.Matter {
		return programme.Matter{Notice: notice(kind), To: p, Digest: d}
	}
	return map[string]programme.Matter{
		"digest-week":           to(programme.NoticeDigestWeek, c.office, week),
		"digest-week-quiet":     to(programme.NoticeDigestWeek, c.office, programme.Digest{From: days.From, To: days.To, Unapproved: week.Unapproved}),
		"digest-month":          to(programme.NoticeDigestMonth, c.atsugi, month),
		"digest-month-answered": to(programme.NoticeDigestMonth, c.atsugi, answered),
		"digest-month-sessions": to(programme.NoticeDigestMonth, c.mentor, own),
		"digest-support":        to(programme.NoticeDigestSupport, c.supporter, support),
		"key-date":              {Notice: notice(programme.NoticeKeyDate), To: c.office, KeyDate: done},
		"key-date-holiday":      {Notice: notice(programme.NoticeKeyDate), To: c.office, KeyDate: draft},
	}
}

// moves are the messages about another time or place.
func (c cast) moves(ms map[string]programme.Matter) {
	e := c.workshop
	now := programme.EventChange{Event: e.ID, Seq: 2, Title: e.Title, Start: e.Start, End: e.End, Place: e.Place, URL: e.URL}
	before := now
	before.Seq, before.Start, before.End = 0, at(9, 11, 14, 0), at(9, 11, 16, 30)
	elsewhere := now
	elsewhere.Place, elsewhere.URL = c.place, ""
	older := before
	older.Start, older.End = at(9, 4, 14, 0), at(9, 4, 16, 30)
	m := programme.Matter{Notice: notice(programme.NoticeEventMoved), To: c.atsugi, Event: e, Before: before, After: now}
	ms["event-moved"] = m
	online := m
	online.Before.URL, online.Attendance.Answer = c.room, programme.Online
	ms["event-moved-online"] = online
	place := m
	place.Before, place.Attendance.Answer = elsewhere, programme.Yes
	ms["event-moved-place"] = place
	since := m
	since.Before, since.After = older, before
	ms["event-moved-since"] = since
	speaker := m
	speaker.To, speaker.Speaker = c.mentor, programme.Speaker{Status: programme.SpeakerAgreed}
	ms["event-moved-speaker"] = speaker
	off := m
	off.Event.Cancelled = at(9, 10, 9, 0)
	ms["event-moved-cancelled"] = off
}

// eventHomes are the Homes of people with a part in an event.
func (c cast) eventHomes() map[string]programme.Home {
	answered := func(e programme.Event, a programme.Coming) programme.EventLine {
		return programme.EventLine{Event: e, Mine: true, Answer: a}
	}
	moved := answered(c.workshop, programme.Waiting)
	moved.Moved = true
	no := answered(c.seminar, programme.No)
	no.Reason = c.typed
	speaker := programme.EventLine{Event: c.workshop, Speaker: programme.Speaker{Topic: c.topic, Status: programme.SpeakerAsked}}
	settings, now := programme.Settings{Name: "後継者支援ネットワーク事業", Zone: tokyo}, at(9, 4, 9, 0)
	return map[string]programme.Home{
		"home-events": {Me: c.atsugi, Settings: settings, Now: now, Today: true,
			Events: []programme.EventLine{moved, answered(c.workshop, programme.Online), no},
			Past:   []programme.EventLine{answered(c.workshop, programme.Yes)}},
		"home-speaker":    {Me: c.mentor, Settings: settings, Now: now, Events: []programme.EventLine{speaker}},
		"home-unapproved": {Me: c.office, Settings: settings, Now: now, Office: true, Events: c.unapproved()},
		"home-here": {Me: c.atsugi, Settings: settings, Now: now, More: 2,
			Events: []programme.EventLine{{Event: c.workshop, Mine: true, Answer: programme.Online, Here: true}}},
		"home-more": {Me: c.office, Settings: settings, Now: now, Office: true, More: 12,
			Events: []programme.EventLine{{Event: c.workshop, Asked: 10, Counts: map[programme.Coming]int{programme.Yes: 10}}}},
		"home-silent": {Me: c.office, Settings: settings, Now: now, Office: true, Events: []programme.EventLine{{Event: c.workshop, Asked: 10, Silent: 2,
			Counts: map[programme.Coming]int{programme.Yes: 5, programme.Waiting: 1, programme.Undecided: 4}}}},
	}
}

// unapproved are events that participants do not know of yet, one for each reason.
func (c cast) unapproved() (lines []programme.EventLine) {
	draft := c.workshop
	draft.Approved = ""
	submitted, returned, ahead := draft, draft, draft
	submitted.Submitted = at(9, 1, 9, 0)
	returned.Returned = c.typed
	ahead.Approved = "2026-09-10"
	for _, e := range []programme.Event{draft, submitted, returned, ahead} {
		lines = append(lines, programme.EventLine{Event: e, Asked: 10, Counts: map[programme.Coming]int{programme.Undecided: 10}})
	}
	return lines
}

func (c cast) moreEvents(t testing.TB, l ui.Locale, out map[string]drawing) {
	for name, m := range c.eventLetters() {
		out[name] = message(t, m, l)
	}
	for name, m := range c.digests() {
		out[name] = message(t, m, l)
	}
	for name, h := range c.eventHomes() {
		out[name] = view(t, ui.Home(h, nil, l))
	}
	form := ui.Form{Op: "01KOP", Subject: string(c.workshop.ID)}
	out["event-reason-form"] = view(t, ui.ReasonForm(form, c.workshop, programme.Attendance{Answer: programme.No, Reason: c.typed}, l))
	out["checkin-code-form"] = view(t, ui.CodeForm(form, l))
	out["checkin-code-done"] = view(t, ui.Saved(ui.AppName, ui.CheckedIn(c.workshop, l), l))
}
