package ui_test

import (
	"fmt"
	"testing"
	"time"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// attendees are a list of the day with one of each sort.
func (c cast) attendees() []programme.Attendee {
	id := func(p programme.Person) programme.AttendeeID { return programme.AttendeeID(p.ID) }
	guest := c.guest()
	return []programme.Attendee{
		{ID: id(c.atsugi), Person: c.atsugi, Answer: programme.Yes, Arrived: at(9, 18, 13, 50)},
		{ID: id(c.mentor), Person: c.mentor, Speaker: programme.SpeakerAgreed},
		{ID: id(c.supporter), Person: c.supporter, Answer: programme.Online},
		{ID: programme.AttendeeID(guest.ID), Guest: guest, Answer: programme.Waiting},
		{ID: id(c.office), Person: c.office, Answer: programme.No},
		{ID: id(c.bureau), Person: c.bureau, Asked: true},
	}
}

func (c cast) guest() programme.Guest {
	return programme.Guest{ID: "01JG", Event: c.workshop.ID, Name: c.guestName, Kana: "くらもと みなと", Organisation: c.atsugi.Organisation,
		Prefecture: "埼玉県", Email: "kuramoto@example.jp", Phone: "048-000-0000", Role: programme.Supporter, Note: c.typed, Answer: programme.Waiting, Version: 2}
}

func (c cast) eventPage() programme.EventPage {
	e := c.workshop
	e.Code = "K7Q2"
	speaker := func(p programme.Person, s programme.SpeakerStatus) programme.SpeakerLine {
		return programme.SpeakerLine{Person: p, Speaker: programme.Speaker{Event: e.ID, Person: p.ID, Topic: c.typed, Status: s}}
	}
	off := c.supporter
	off.SlackID = ""
	return programme.EventPage{Event: e, Attendees: c.attendees(), Arrived: 1, Asked: 5, Manages: true,
		Speakers: []programme.SpeakerLine{speaker(c.mentor, programme.SpeakerAgreed), speaker(off, programme.SpeakerAsked)}}
}

func (c cast) contacts() programme.Contacts {
	list := c.attendees()
	list[0].Person.Phone = "0480-00-0000"
	list[1].Person.Email = ""
	return programme.Contacts{Event: c.workshop, Mail: list[1:4], Phone: []programme.Attendee{list[0], list[2], list[3]}}
}

func (c cast) upcoming() []programme.Upcoming {
	of := func(kind programme.NoticeKind, due time.Time, n int, action programme.OverrideAction) programme.Upcoming {
		return programme.Upcoming{Kind: kind, Subject: string(c.workshop.ID), Title: c.workshop.Title, Occasion: "remind-1d@20260918T0500Z", Due: due, People: n, Action: action}
	}
	return []programme.Upcoming{
		of(programme.NoticeEventAsk, at(9, 10, 10, 0), 12, ""),
		of(programme.NoticeEventReminder, at(9, 17, 17, 0), 8, programme.OverrideHold),
		of(programme.NoticeEventReminder, at(9, 18, 8, 0), 8, programme.OverrideSkip),
		{Kind: programme.NoticeDigestWeek, Subject: "week", Occasion: "2026-09-21", Due: at(9, 21, 9, 0), People: 1},
	}
}

func (c cast) panel() programme.Panel {
	lineOf := func(kind programme.NoticeKind, to programme.Recipient, p programme.Person, code string) programme.UnsettledLine {
		return programme.UnsettledLine{Person: p, Delivery: programme.Delivery{ID: "01KD", LastError: code, SlackID: "C0OFFICE1", SlackTS: "1789600000.000100",
			Notice: programme.Notice{Kind: kind, To: to, Due: at(9, 17, 10, 0)}}}
	}
	me, office := programme.ToPerson(c.atsugi.ID), programme.ToChannel(programme.ChannelOffice)
	none := programme.Person{}
	waiting := lineOf(programme.NoticeEventReminder, me, c.atsugi, "")
	waiting.SlackTS = ""
	return programme.Panel{Due: 3, Sent: 64, Late: 7, Lapsed: 1, Refused: 5, Unknown: 1,
		RefusedLines: []programme.UnsettledLine{
			lineOf(programme.NoticeEventReminder, me, c.atsugi, "user_disabled"), lineOf(programme.NoticeMemoWritten, office, none, "channel_not_found"),
			lineOf(programme.NoticeMemoWritten, office, none, "not_in_channel"), lineOf(programme.NoticeMemoWritten, office, none, "is_archived"),
			lineOf(programme.NoticeEventAsk, me, c.atsugi, "message_limit_exceeded"), lineOf(programme.NoticeEventAsk, me, c.atsugi, "out_of_cheese")},
		LapsedLines:  []programme.UnsettledLine{lineOf(programme.NoticeEventAsk, me, c.atsugi, "")},
		LateLines:    []programme.UnsettledLine{lineOf(programme.NoticeMemoWritten, office, none, ""), waiting},
		UnknownLines: []programme.UnsettledLine{lineOf(programme.NoticeEventReminder, me, c.atsugi, "timeout")},
	}
}

// coordinator draws what the coordinator's office sees of events and deliveries.
func (c cast) coordinator(t testing.TB, l ui.Locale, out map[string]drawing) {
	page := c.eventPage()
	out["checkin"] = view(t, ui.CheckInPage(ui.CheckInData{Page: page, Op: "01KOP"}, l))
	out["checkin-nobody"] = view(t, ui.CheckInPage(ui.CheckInData{Page: programme.EventPage{Event: c.workshop, Manages: true}, Op: "01KOP"}, l))
	out["checkin-saved"] = view(t, ui.CheckInSaved(page, 150, l))
	long := c.crowd(325) // the last of three pages
	out["checkin-turned"] = view(t, ui.CheckInPage(ui.CheckInData{Page: long, From: 300, Op: "01KOP"}, l))

	out["guests"] = view(t, ui.GuestsPage(page, 0, l))
	form := ui.Form{Op: "01KOP", Subject: string(c.workshop.ID), From: ui.ActionCheckInGuest}
	out["guest-walk-in"] = view(t, ui.GuestForm(ui.GuestFormData{Form: form, Event: c.workshop}, l))
	change := ui.Form{Op: "01KOP", Subject: string(c.workshop.ID), Item: "01JG", Version: 2, From: ui.ActionGuests}
	out["guest-change"] = view(t, ui.GuestForm(ui.GuestFormData{Form: change, Event: c.workshop, Guest: c.guest()}, l))
	out["guest-new"] = view(t, ui.GuestForm(ui.GuestFormData{Form: ui.Form{Op: "01KOP", From: ui.ActionGuests}, Event: c.seminar}, l))
	out["guest-kept"] = view(t, ui.GuestKept(change, c.guest(), l))
	out["guest-kept-walk-in"] = view(t, ui.GuestKept(form, c.guest(), l))

	out["speakers"] = view(t, ui.SpeakersPage(page, l))
	out["speakers-none"] = view(t, ui.SpeakersPage(programme.EventPage{Event: c.workshop}, l))
	people := []programme.Person{c.mentor, c.atsugi}
	out["speaker-form"] = view(t, ui.SpeakerForm(ui.Form{Op: "01KOP", Subject: string(c.workshop.ID)}, c.workshop, people, l))
	out["speaker-form-nobody"] = view(t, ui.SpeakerForm(ui.Form{Op: "01KOP"}, c.workshop, nil, l))
	out["speaker-kept"] = view(t, ui.SpeakerKept(page, c.mentor.ID, l))
	out["speaker-kept-off-slack"] = view(t, ui.SpeakerKept(page, c.supporter.ID, l))

	contacts := c.contacts()
	out["mail"] = view(t, ui.MailPage(contacts, l))
	out["phones"] = view(t, ui.PhonesPage(contacts, l))
	contacts.Event.Cancelled, contacts.Event.CancelReason = at(9, 17, 18, 0), c.typed
	out["mail-cancelled"] = view(t, ui.MailPage(contacts, l))
	moved := c.contacts()
	moved.Before = programme.EventChange{Start: at(9, 11, 14, 0), End: at(9, 11, 16, 30), Place: c.place, URL: c.workshop.URL}
	out["mail-moved"] = view(t, ui.MailPage(moved, l))
	out["mail-nobody"] = view(t, ui.MailPage(programme.Contacts{Event: c.workshop}, l))

	out["upcoming"] = view(t, ui.UpcomingPage(c.upcoming(), l))
	out["upcoming-none"] = view(t, ui.UpcomingPage(nil, l))

	page.Held = true
	out["event-page-held"] = view(t, ui.EventPage(ui.EventPageData{Page: page, Now: at(9, 10, 9, 0), Today: "2026-09-10", Overview: true}, l))

	p := c.panel()
	out["panel"] = view(t, ui.PanelPage(p, "https://kanto.slack.com/", l))
	out["hold"] = view(t, ui.HoldPage(p, l))
	p.Held = true
	for _, why := range []string{programme.HeldByPerson, programme.HeldRestored, programme.HeldClock} {
		p.HeldWhy = why
		out["held-"+why] = view(t, ui.HoldPage(p, l))
	}
	h := c.homes()["office"]
	h.Panel.Held, h.Panel.HeldWhy, h.Panel.Due = true, programme.HeldRestored, 3
	out["home-office-held"] = view(t, ui.Home(h, nil, l))
}

// crowd is an event that many come to.
func (c cast) crowd(n int) programme.EventPage {
	page := c.eventPage()
	page.Attendees = nil
	for i := range n {
		p := c.atsugi
		p.ID = programme.PersonID(fmt.Sprintf("01%024d", i))
		a := programme.Attendee{ID: programme.AttendeeID(p.ID), Person: p, Answer: programme.Yes}
		if i%2 == 0 {
			a.Arrived = at(9, 18, 13, 50)
		}
		page.Attendees = append(page.Attendees, a)
	}
	page.Arrived = (n + 1) / 2
	return page
}
