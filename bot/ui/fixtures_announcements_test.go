package ui_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// announcement is one that the office wrote; its text is what somebody typed.
func (c cast) announcement() programme.Announcement {
	a := programme.Announcement{
		ID: "01KANNOUNCE", Title: programme.Text{Ja: "会場が変わりました", En: "Another room"},
		Body:  programme.Text{Ja: "*会場* が変わりました。\n> 会議室B\n" + c.typed + "\n<!channel> @here https://example.jp/map?a=1&b=2", En: "The *room* has changed."},
		Event: c.workshop.ID, Survey: "01KSURVEY", Channels: []programme.Purpose{programme.ChannelAnnounce}, Direct: true,
		To: programme.AnnouncementAudience{
			Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}, Cohorts: []string{"R8"}, Prefectures: []string{"群馬県"},
				Organisations: []string{c.atsugi.Organisation}, People: []programme.PersonID{c.mentor.ID}},
			Answers: []programme.AudienceAnswers{{Event: c.workshop.ID, Which: []programme.EventAnswer{programme.AnswerComing, programme.AnswerSilent}}},
			Survey:  &programme.AudienceSurvey{Survey: "01KSURVEY"}, Except: []programme.PersonID{c.supporter.ID},
		},
		Acknowledge: true, State: programme.AnnouncementDraft, By: c.office.ID, Made: at(9, 3, 10, 0), Edition: 1, Version: 3,
	}
	if c.filled {
		a.Title, a.Body = programme.Text{Ja: c.typed, En: c.typed}, programme.Text{Ja: c.typed, En: c.typed}
	}
	return a
}

func (c cast) announcements(t testing.TB, l ui.Locale, out map[string]drawing) {
	a := c.announcement()
	survey := programme.Survey{ID: "01KSURVEY", Def: c.def, Opens: at(9, 1, 9, 0), Closes: at(9, 15, 17, 0)}
	attached := programme.Attached{Event: c.workshop, Survey: survey}
	abroad := time.FixedZone("BST", 60*60)
	sheet := programme.AnnouncementSheet{
		Announcement: a, Events: []programme.Event{c.workshop, c.seminar}, Surveys: []programme.Survey{survey}, Channels: append(slices.Clone(programme.Purposes), programme.CohortChannel("R8"), programme.ChannelMentors, programme.ChannelSupporters),
		Cohorts: []string{"R7", "R8"}, Prefectures: []string{"群馬県", "東京都"}, Organisations: []string{c.atsugi.Organisation},
		Named: []programme.Person{c.mentor}, Excepted: []programme.Person{c.supporter},
	}
	form := ui.Form{Op: "01KOP", Subject: string(a.ID), Version: 3}
	out["announce-start"] = view(t, ui.AnnounceStart(sheet, ui.Form{Op: "01KOP"}, l))
	out["announce-text"] = view(t, ui.AnnounceText(ui.AnnounceFormData{Sheet: sheet, Form: form, Note: ui.AnnounceKept(l)}, l))
	for _, template := range programme.AnnouncementTemplates {
		filled := sheet
		filled.Announcement = ui.AnnounceFilled(template, c.workshop, l)
		out["announce-template-"+string(template)] = view(t, ui.AnnounceText(ui.AnnounceFormData{Sheet: filled, Form: ui.Form{Op: "01KOP"}}, l))
	}
	bare := programme.AnnouncementSheet{Announcement: ui.AnnounceFilled(programme.TemplateMaterials, programme.Event{}, l)}
	out["announce-text-new"] = view(t, ui.AnnounceText(ui.AnnounceFormData{Sheet: bare, Form: ui.Form{Op: "01KOP"}}, l))
	out["announce-to"] = view(t, ui.AnnounceTo(ui.AnnounceFormData{Sheet: sheet, Form: form}, l))
	bare.Channels = programme.Purposes
	lacks, _ := ui.AnnounceLacks(programme.Faults{{Field: "channels", Key: "error.required"}, {Field: "body", Key: "error.required"}}, l)
	out["announce-to-lacks"] = view(t, ui.AnnounceTo(ui.AnnounceFormData{Sheet: bare, Form: form, Note: lacks}, l))
	out["announce-to-new"] = view(t, ui.AnnounceTo(ui.AnnounceFormData{Sheet: bare, Form: form}, l))
	out["announce-conflict"] = view(t, ui.AnnounceConflict(a, l))

	off := programme.Person{ID: "01JO", Name: "鈴木 実", Organisation: c.atsugi.Organisation, Phone: "027-000-0000"}
	preview := programme.AnnouncementPreview{Announcement: a, Attached: attached, Fingerprint: "print",
		Reach: []programme.Person{c.atsugi, c.mentor}, Off: []programme.UnreachedPerson{{Person: off, Why: programme.UnreachedOff}, {Person: c.supporter, Why: programme.UnreachedClosed}}}
	data := ui.AnnouncePreviewData{Preview: preview, Form: ui.Form{Op: "01KOP"}, Now: at(9, 4, 9, 0)}
	out["announce-preview"] = view(t, ui.AnnouncePreview(data, l))
	planned := data
	planned.Preview.Announcement.At, planned.Zones, planned.Held = at(9, 5, 9, 0), []*time.Location{abroad, tokyo}, true
	planned.Preview.Announcement.Acknowledge, planned.Said = false, ui.AnnounceTested(l)
	out["announce-preview-planned"] = view(t, ui.AnnouncePreview(planned, l))
	channel := data
	channel.Preview = programme.AnnouncementPreview{Announcement: a}
	channel.Preview.Announcement.Direct = false
	out["announce-preview-channel"] = view(t, ui.AnnouncePreview(channel, l))
	nobody := data
	nobody.Preview = programme.AnnouncementPreview{Announcement: programme.Announcement{ID: a.ID, Direct: true}}
	out["announce-preview-nobody"] = view(t, ui.AnnouncePreview(nobody, l))
	crowd := data
	crowd.Preview.Reach = nil
	for i := range 1000 {
		p := c.atsugi
		p.ID, p.Name = programme.PersonID(fmt.Sprint(i)), fmt.Sprintf("%s %d", p.Name, i)
		crowd.Preview.Reach = append(crowd.Preview.Reach, p)
	}
	crowd.From = 300
	out["announce-preview-crowd"] = view(t, ui.AnnouncePreview(crowd, l))

	c.announcementPages(t, l, out, a, attached, off)
	c.announcementLetters(t, l, out, a, attached)
}

func (c cast) announcementPages(t testing.TB, l ui.Locale, out map[string]drawing, a programme.Announcement, attached programme.Attached, off programme.Person) {
	a.State, a.Sent, a.Edition = programme.AnnouncementSent, at(9, 4, 9, 0), 2
	receipt := func(p programme.Person, s programme.ReceiptState) programme.AnnouncementReceipt {
		return programme.AnnouncementReceipt{Person: p, State: s}
	}
	acked, refused, ticked := receipt(c.mentor, programme.ReceiptSent), receipt(c.bureau, programme.ReceiptRefused), receipt(c.supporter, programme.ReceiptTicked)
	acked.Acknowledged, refused.Error, ticked.Ticked = at(9, 4, 9, 30), "user_disabled", at(9, 4, 11, 0)
	standing := programme.AnnouncementStanding{Announcement: a, Attached: attached, People: 5, Acknowledged: 1, ToChase: 1,
		Receipts: []programme.AnnouncementReceipt{{Channel: programme.ChannelAnnounce, State: programme.ReceiptSent},
			receipt(c.atsugi, programme.ReceiptSent), acked, refused, receipt(off, programme.ReceiptOff), ticked},
		Counts: map[programme.ReceiptState]int{programme.ReceiptSent: 3, programme.ReceiptRefused: 1, programme.ReceiptOff: 1, programme.ReceiptTicked: 1}}
	page := func(s programme.AnnouncementStanding, said string) drawing {
		return view(t, ui.AnnouncePage(ui.AnnouncePageData{Standing: s, Said: said}, l))
	}
	out["announce-page"] = page(standing, ui.AnnounceChased(1, l))
	of := func(state programme.AnnouncementState, states ...programme.ReceiptState) programme.AnnouncementStanding {
		s := programme.AnnouncementStanding{Announcement: a, People: len(states), Counts: map[programme.ReceiptState]int{}}
		s.Announcement.State, s.Announcement.Edition = state, 1
		s.Announcement.At, s.Announcement.Recalled = at(9, 5, 9, 0), at(9, 5, 10, 0)
		for i, r := range states {
			one := receipt([]programme.Person{c.atsugi, c.mentor, c.supporter}[i%3], r)
			if r == programme.ReceiptKept {
				one.Error = "message_too_old"
			}
			s.Receipts, s.Counts[r] = append(s.Receipts, one), s.Counts[r]+1
		}
		return s
	}
	sending := of(programme.AnnouncementSending, programme.ReceiptSent, programme.ReceiptWaiting, programme.ReceiptUnknown)
	stopped := of(programme.AnnouncementStopped, programme.ReceiptSent, programme.ReceiptWaiting)
	recalled := of(programme.AnnouncementRecalled, programme.ReceiptKept, programme.ReceiptDeleted, programme.ReceiptNot, programme.ReceiptDeleting)
	out["announce-page-scheduled"] = page(of(programme.AnnouncementScheduled, programme.ReceiptWaiting), "")
	out["announce-page-sending"] = page(sending, "")
	out["announce-text-put-back"] = view(t, ui.AnnounceText(ui.AnnounceFormData{Sheet: programme.AnnouncementSheet{Announcement: a}, Note: ui.AnnouncePutBack(l)}, l))
	out["announce-page-stopped"] = page(stopped, ui.AnnounceStopped(l))
	out["announce-page-recalled"] = page(recalled, ui.AnnounceRecalled(l))
	out["announce-off"] = view(t, ui.AnnounceOff(standing, 0, l))
	out["announce-mail"] = view(t, ui.AnnounceMail(standing, l))
	out["announce-mail-nobody"] = view(t, ui.AnnounceMail(recalled, l))
	out["announce-correct"] = view(t, ui.AnnounceCorrect(standing, ui.Form{Op: "01KOP"}, l))
	out["announce-conflict-sent"] = view(t, ui.AnnounceConflict(standing.Announcement, l))
	for name, s := range map[string]programme.AnnouncementStanding{"": standing, "-draft": of(programme.AnnouncementDraft), "-sending": sending, "-stopped": stopped, "-recalled": recalled} {
		out["announce-progress"+name] = message(t, programme.Matter{Notice: notice(programme.NoticeAnnouncementProgress), To: c.office,
			Announcement: programme.AnnouncementMatter{Announcement: s.Announcement, Standing: s}}, l)
	}
	var all []programme.AnnouncementLine
	for _, state := range []programme.AnnouncementState{programme.AnnouncementSent, programme.AnnouncementDraft, programme.AnnouncementScheduled,
		programme.AnnouncementSending, programme.AnnouncementStopped, programme.AnnouncementRecalled} {
		one := of(state).Announcement
		all = append(all, programme.AnnouncementLine{Announcement: one, ByName: c.office.Name, People: 12})
	}
	all[1].People = 0
	out["announce-list"] = view(t, ui.AnnounceList(all, 0, "", l))
	out["announce-list-long"] = view(t, ui.AnnounceList(many(all[0], 70), 30, "", l))
	out["announce-list-none"] = view(t, ui.AnnounceList(nil, 0, ui.AnnounceDropped(l), l))
}

func (c cast) announcementLetters(t testing.TB, l ui.Locale, out map[string]drawing, a programme.Announcement, attached programme.Attached) {
	a.State = programme.AnnouncementSending
	of := func(kind programme.NoticeKind, change func(*programme.Matter)) drawing {
		m := programme.Matter{Notice: notice(kind), To: c.atsugi,
			Announcement: programme.AnnouncementMatter{Announcement: a, Attached: attached, Now: at(9, 4, 9, 0)}}
		if change != nil {
			change(&m)
		}
		return message(t, m, l)
	}
	acked := func(m *programme.Matter) { m.Announcement.Acknowledged = at(9, 4, 9, 30) }
	out["announcement"] = of(programme.NoticeAnnouncement, nil)
	out["announcement-acknowledged"] = of(programme.NoticeAnnouncement, acked)
	out["announcement-channel"] = of(programme.NoticeAnnouncement, func(m *programme.Matter) { m.To = programme.Person{} })
	out["announcement-plain"] = of(programme.NoticeAnnouncement, func(m *programme.Matter) {
		m.Announcement.Attached, m.Announcement.Announcement.Acknowledge, m.Announcement.Announcement.Edition = programme.Attached{}, false, 2
	})
	out["announcement-over"] = of(programme.NoticeAnnouncement, func(m *programme.Matter) { m.Announcement.Now = at(10, 4, 9, 0) })
	out["announcement-cancelled"] = of(programme.NoticeAnnouncement, func(m *programme.Matter) { m.Announcement.Attached.Event.Cancelled = at(9, 4, 8, 0) })
	held := func(m *programme.Matter) {
		m.To, m.Announcement.Announcement.State = programme.Person{}, programme.AnnouncementStopped
	}
	out["announcement-held"] = of(programme.NoticeAnnouncementHeld, held)
	out["announcement-held-cancelled"] = of(programme.NoticeAnnouncementHeld, func(m *programme.Matter) {
		held(m)
		m.Announcement.Attached.Event.Cancelled = at(9, 4, 8, 0)
	})
	out["announcement-test"] = of(programme.NoticeAnnouncementTest, nil)
	out["announcement-chase"] = of(programme.NoticeAnnouncementChase, nil)
	out["announcement-chase-acknowledged"] = of(programme.NoticeAnnouncementChase, acked)
	own := programme.Matter{To: c.atsugi, Event: c.workshop}
	out["announce-event"] = view(t, ui.OwnEventPage(own, l))
	own.Attendance.Answer = programme.Yes
	out["announce-event-yes"] = view(t, ui.OwnEventPage(own, l))
	own.To, own.Attendance.Answer = c.supporter, ""
	out["announce-event-others"] = view(t, ui.OwnEventPage(own, l))
	own.To, own.Over = c.atsugi, true
	out["announce-event-over"] = view(t, ui.OwnEventPage(own, l))
}
