package ui_test

import (
	"testing"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// joining are the drawings of joining, leaving and the directory.
func (c cast) joining(t testing.TB, l ui.Locale, out map[string]drawing) {
	form := ui.Form{Op: "op", Subject: "n1"}
	n := programme.Newcomer{ID: "n1", SlackID: "UNEW", Name: "鶉野 <香>", Email: "kaoru@example.jp", Seen: at(9, 1, 9, 0), State: programme.NewcomerWaits, Guest: true}
	r := programme.JoinRequest{ID: "r1", SlackID: "UNEW", Name: "鶉野 香", Kana: "うずらの かおる", Organisation: "鶉野染織 & 孫", ToldBy: "商工会",
		Message: "<!channel> 参加したいです", Made: at(9, 1, 9, 0), State: programme.RequestOpen}
	left, has := c.atsugi, c.mentor
	left.Left, left.SlackID = at(8, 1, 9, 0), "UNEW"
	has.SlackID = "UHAS"
	free := programme.Person{ID: "free", Name: "鶉野 香", Organisation: "鶉野染織"}
	page := programme.JoiningPage{Newcomer: n, Cohorts: []string{"R8", "R7"}, Candidates: []programme.Candidate{
		{Person: free, By: programme.ByMail}, {Person: has, By: programme.ByFirm}, {Person: left, By: programme.ByName}, {Person: free, By: programme.ByFamily}}}
	letter := func(kind programme.NoticeKind, p programme.JoiningPage) drawing {
		return message(t, programme.Matter{Notice: notice(kind), Joining: p}, l)
	}
	out["join-who"] = letter(programme.NoticeNewcomer, page)
	nobody := page
	nobody.Candidates, nobody.Newcomer.Stranger, nobody.Newcomer.Email = nil, true, ""
	out["join-who-nobody"] = letter(programme.NoticeNewcomer, nobody)
	done := programme.JoiningPage{Newcomer: n, Person: free, By: c.office}
	done.Newcomer.State, done.Newcomer.Decided = programme.NewcomerMatched, at(9, 1, 10, 0)
	out["join-who-matched"] = letter(programme.NoticeNewcomer, done)
	done.By = programme.Person{}
	out["join-who-mail"] = letter(programme.NoticeNewcomer, done)
	not := programme.JoiningPage{Newcomer: n, By: c.office}
	not.Newcomer.State, not.Newcomer.Decided = programme.NewcomerNotOurs, at(9, 1, 10, 0)
	out["join-who-not"] = letter(programme.NoticeNewcomer, not)
	wish, taken, declined := page, page, page
	wish.Request, taken.Request, declined.Request = r, r, r
	taken.Request.State, taken.Request.Decided, taken.By = programme.RequestTaken, at(9, 1, 10, 0), c.office
	declined.Request.State, declined.Request.Decided, declined.By, declined.Request.Reason = programme.RequestDeclined, at(9, 1, 10, 0), c.office, "今年度は<定員>に達しました。"
	out["join-request"] = letter(programme.NoticeJoinRequest, wish)
	out["join-request-taken"] = letter(programme.NoticeJoinRequest, taken)
	out["join-request-declined"] = letter(programme.NoticeJoinRequest, declined)
	out["join-received"] = letter(programme.NoticeJoinReceived, wish)
	out["join-received-taken"] = letter(programme.NoticeJoinReceived, taken)
	out["join-declined"] = letter(programme.NoticeJoinDeclined, declined)
	out["join-form"] = view(t, ui.JoinForm(form, l))
	out["join-page"] = view(t, ui.JoiningPage(wish, l))
	taken.Newcomer.State, taken.Newcomer.Decided, taken.Person = programme.NewcomerMatched, at(9, 1, 10, 0), free
	out["join-page-taken"] = view(t, ui.JoiningPage(taken, l))
	out["join-find"] = view(t, ui.JoinFindForm(form, l))
	out["join-take"] = view(t, ui.JoinTakeForm(form, wish, l))
	out["join-decline"] = view(t, ui.JoinDeclineForm(form, l))
	out["join-list"] = view(t, ui.JoiningList(programme.JoiningList{Newcomers: []programme.Newcomer{n}, Requests: []programme.JoinWish{{JoinRequest: r, Newcomer: n}}}, l))
	out["join-list-none"] = view(t, ui.JoiningList(programme.JoiningList{}, l))
	out["home-stranger-waits"] = view(t, ui.HomeStranger(programme.JoinStanding{Request: r}, l))
	out["home-stranger-declined"] = view(t, ui.HomeStranger(programme.JoinStanding{Request: declined.Request}, l))
	out["home-stranger-left"] = view(t, ui.HomeStranger(programme.JoinStanding{Left: true}, l))

	out["welcome-atsugi"] = message(t, programme.Matter{Notice: notice(programme.NoticeWelcome), To: c.atsugi,
		Welcome: programme.WelcomeMatter{Name: "後継者支援ネットワーク事業", Office: []programme.Person{c.office}, Experts: []programme.Person{c.mentor},
			Channels: []string{"C0ANNOUNCE", "C0COHORT"}}}, l)
	out["welcome-expert"] = message(t, programme.Matter{Notice: notice(programme.NoticeWelcome), To: c.mentor}, l)
	c.leaving(t, l, out)
	c.directory(t, l, out)
}

func (c cast) leaving(t testing.TB, l ui.Locale, out map[string]drawing) {
	form := ui.Form{Op: "op"}
	out["profile-form"] = view(t, ui.ProfileForm(form, c.atsugi, programme.Profile{Wants: "販路を広げたい"}, l))
	fields := []programme.FieldChange{{Column: programme.ColName, From: "織部谷 蓮", To: "結婚後 <蓮>"}, {Column: programme.ColKana, To: "れん"},
		{Column: programme.ColOrganisation, From: "織部谷染織", To: ""}, {Column: programme.ColEmail, From: "a@example.jp", To: "b@example.jp"}}
	for name, ch := range map[string]programme.ProfileChange{
		"self":    {Source: programme.FromSelf, Applied: true, State: programme.ChangeOpen},
		"asks":    {Source: programme.FromSelf, State: programme.ChangeOpen},
		"slack":   {Source: programme.FromSlack, State: programme.ChangeOpen},
		"taken":   {Source: programme.FromSelf, Applied: true, State: programme.ChangeTaken, Decided: at(9, 1, 10, 0)},
		"dropped": {Source: programme.FromSlack, State: programme.ChangeDropped, Decided: at(9, 1, 10, 0)},
	} {
		ch.ID, ch.Fields = "c1", fields
		m := programme.Matter{Change: programme.ProfileChangeView{ProfileChange: ch, Of: c.atsugi, By: c.office}}
		m.Notice = notice(programme.NoticeProfileChange)
		out["profile-change-"+name] = message(t, m, l)
		m.Notice = notice(programme.NoticeProfileDropped)
		out["profile-reverted"] = message(t, m, l)
	}
	gone, two, self, guest, shut := c.atsugi, c.mentor, c.office, c.atsugi, c.atsugi
	gone.Left, two.Roles, two.SlackID = at(9, 1, 10, 0), []programme.Role{programme.Mentor, programme.Atsugi}, ""
	guest.SlackID, shut.SlackID, shut.OffSlack = "U1", "U1", at(9, 1, 10, 0)
	out["person-find"] = view(t, ui.PersonFindForm(form, []programme.Person{gone}, l))
	pair := programme.EngagementView{Engagement: programme.Engagement{ID: "e1"}, AtsugiPerson: c.atsugi, MentorPerson: c.mentor}
	booked := programme.SessionView{AtsugiPerson: c.atsugi, MentorPerson: c.mentor}
	booked.State, booked.Span = programme.SessionBooked, programme.Span{From: at(9, 18, 14, 0), Until: at(9, 18, 15, 0)}
	open := booked
	open.State, open.Span = programme.SessionOpen, programme.Span{}
	leaving := programme.LeavingView{Person: two, Engagements: []programme.EngagementView{pair}, Sessions: []programme.SessionView{booked, open},
		Memos:   []programme.MemoDue{{Atsugi: c.atsugi, Since: at(8, 20, 15, 0)}},
		Waiting: []programme.ProfileChange{{}}, Profile: programme.Profile{Wants: "販路を広げたい"}}
	out["person-page"] = view(t, ui.PersonPage(leaving, l))
	out["person-page-self"] = view(t, ui.PersonPage(programme.LeavingView{Person: self, Self: true}, l))
	out["person-page-left"] = view(t, ui.PersonPage(programme.LeavingView{Person: gone}, l))
	out["person-page-guest"] = view(t, ui.PersonPage(programme.LeavingView{Person: guest, Account: programme.AccountSeen{Guest: true}}, l))
	out["person-page-shut"] = view(t, ui.PersonPage(programme.LeavingView{Person: shut}, l))
	leaving.Person = gone
	for name, m := range map[string]programme.Matter{
		"person-left":         {Notice: notice(programme.NoticePersonLeft), Person: gone, Leaving: leaving},
		"person-left-nothing": {Notice: notice(programme.NoticePersonLeft), Person: gone},
		"person-left-back":    {Notice: notice(programme.NoticePersonLeft), Person: c.atsugi},
		"account-closed":      {Notice: notice(programme.NoticeAccountShut), Person: shut},
		"account-back":        {Notice: notice(programme.NoticeAccountAgain), Person: c.atsugi},
	} {
		out[name] = message(t, m, l)
	}
}

func (c cast) directory(t testing.TB, l ui.Locale, out map[string]drawing) {
	form := ui.Form{Op: "op"}
	var many []programme.DirectoryEntry
	for range 12 {
		many = append(many, programme.DirectoryEntry{ID: "p", Name: "織部谷 <蓮>", Kana: "おりべや れん", Firm: "織部谷染織 & 孫", Craft: "染色", Share: "染めの*話*"})
	}
	many[0] = programme.DirectoryEntry{ID: "q", Name: "石蕗 葵"}
	out["directory"] = view(t, ui.Directory(ui.DirectoryView{Form: form, Seen: many, Own: programme.Profile{Shown: programme.ShownToEverybody}}, l))
	out["directory-last"] = view(t, ui.Directory(ui.DirectoryView{Form: form, Seen: many, From: 10, Sought: "染色", Own: programme.Profile{Shown: programme.ShownToAtsugi}}, l))
	out["directory-none"] = view(t, ui.Directory(ui.DirectoryView{Form: form, Own: programme.Profile{Shown: programme.ShownToExperts}}, l))
	out["directory-not-found"] = view(t, ui.Directory(ui.DirectoryView{Form: form, Sought: "陶芸", Own: programme.Profile{Shown: programme.ShownToBoth}}, l))
	out["directory-nobody"] = view(t, ui.Directory(ui.DirectoryView{Form: form, Seen: many[:1]}, l))
	out["directory-show"] = view(t, ui.ShowForm(form, programme.Profile{}, l))
	out["directory-show-again"] = view(t, ui.ShowForm(form, programme.Profile{Version: 2, Shown: programme.ShownToBoth, Fields: []programme.ProfileField{programme.FieldKana}, Share: "染め"}, l))
}
