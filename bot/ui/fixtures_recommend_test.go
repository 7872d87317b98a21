package ui_test

import (
	"testing"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// recommendation is one that the office has, of somebody who agreed to be approached.
func (c cast) recommendation(state programme.RecommendState) programme.RecommendationView {
	return programme.RecommendationView{
		Recommendation: programme.Recommendation{
			ID: "01RE", Organisation: c.supporter.Organisation, By: c.supporter.ID, Contact: c.supporter.ID, At: at(9, 2, 10, 0), State: state, Since: at(9, 3, 11, 0),
			Firm: c.words("小暮製作所"), Name: c.words("小暮 匠"), Kana: "こぐれ たくみ", Prefecture: "群馬県", Craft: c.words("金属加工"),
			Why: c.typed, MayContact: true, Email: "kogure@example.jp", Version: 1,
		},
		Sender: c.supporter, ContactP: c.supporter, Cohort: "R8",
	}
}

// recommends draws what support organisations recommend, on both sides.
func (c cast) recommends(t testing.TB, l ui.Locale, out map[string]drawing) {
	set := programme.Settings{Name: "後継者支援ネットワーク事業", Zone: tokyo,
		Recommend: programme.RecommendSettings{PerOrganisation: 3, Until: "2026-09-30", Contact: "office@example.jp"}}
	home := c.homes()["supporter"]
	home.Supports, home.Settings = true, set
	out["home-supports"] = view(t, ui.Home(home, nil, l))

	sent, declined, unasked := c.recommendation(programme.RecommendSent), c.recommendation(programme.RecommendDeclined), c.recommendation(programme.RecommendSent)
	declined.OwnNo, declined.Told = true, c.words("来年度にまたご相談したいとのことです")
	unasked.MayContact, unasked.Email, unasked.Reason = false, "", ""
	own := programme.OwnRecommendations{Me: c.supporter, Settings: set, Quota: programme.Quota{Used: 1, Most: 3}, Takes: true,
		All: []programme.RecommendationView{sent, declined}}
	out["recommend-list"] = view(t, ui.Recommendations(own, 0, l))
	own.Quota.Used, own.Takes = 3, false
	out["recommend-list-full"] = view(t, ui.Recommendations(own, 0, l))
	own.Over, own.All = true, nil
	out["recommend-list-over"] = view(t, ui.Recommendations(own, 0, l))
	form := ui.Form{Op: "01OP", Subject: "01RE", Version: 1}
	out["recommend-form"] = view(t, ui.RecommendForm(ui.Form{Op: "01OP"}, l))
	out["recommend-invitation"] = view(t, ui.Invitation(set, c.supporter, l))
	letter := programme.Matter{Notice: notice(programme.NoticeInvitation), To: c.supporter}
	letter.Recommend.Settings = set
	out["recommend-invitation-letter"] = message(t, letter, l)
	for name, v := range map[string]programme.RecommendationView{
		"approached": c.recommendation(programme.RecommendApproached), "agreed": c.recommendation(programme.RecommendAgreed), "declined": declined,
	} {
		m := programme.Matter{Notice: notice(programme.NoticeRecommendState), To: c.supporter}
		m.Recommend.Recommendation = v.Recommendation
		out["recommend-letter-"+name] = message(t, m, l)
	}
	c.recommendedToOffice(t, l, out, set, sent, unasked, form)
}

func (c cast) recommendedToOffice(t testing.TB, l ui.Locale, out map[string]drawing, set programme.Settings, sent, unasked programme.RecommendationView, form ui.Form) {
	card := programme.Matter{Notice: notice(programme.NoticeRecommended)}
	card.Recommend = programme.RecommendMatter{Recommendation: sent.Recommendation, Waiting: 2, Alike: 1, Settings: set}
	out["recommend-card"] = message(t, card, l)
	card.Recommend = programme.RecommendMatter{Recommendation: unasked.Recommendation, Waiting: 1, Settings: set}
	out["recommend-card-unasked"] = message(t, card, l)
	sent.Alike, sent.OnRoster = []programme.Recommendation{unasked.Recommendation}, []programme.Person{c.atsugi}
	out["recommend-page"] = view(t, ui.RecommendationPage(sent, l))
	out["recommend-page-unasked"] = view(t, ui.RecommendationPage(unasked, l))
	out["recommend-page-approached"] = view(t, ui.RecommendationPage(c.recommendation(programme.RecommendApproached), l))
	out["recommend-agree"] = view(t, ui.AgreeForm(form, sent, l))
	out["recommend-decline"] = view(t, ui.DeclineForm(form, sent, l))
	away := c.supporter
	away.OffSlack = at(9, 1, 9, 0)
	line := programme.SupportOrganisation{Name: c.supporter.Organisation, Staff: []programme.Person{c.supporter, away}, Quota: programme.Quota{Used: 1, Most: 3},
		Counts: map[programme.RecommendState]int{programme.RecommendSent: 1, programme.RecommendDeclined: 2}}
	out["recommend-quota"] = view(t, ui.QuotaForm(form, line, l))
	empty := programme.SupportOrganisation{Name: "笠間信用金庫", Quota: programme.Quota{Most: 3}}
	board := programme.SupportBoard{Settings: set, Organisations: []programme.SupportOrganisation{empty, line},
		Open: []programme.RecommendationView{sent, unasked}, Handovers: []programme.HandoverView{c.handover()}}
	out["support-board"] = view(t, ui.SupportBoard(board, 0, l))
	out["support-board-none"] = view(t, ui.SupportBoard(programme.SupportBoard{Settings: set}, 0, l))
}

// handover is one to somebody new, which waits for the office.
func (c cast) handover() programme.HandoverView {
	return programme.HandoverView{
		Handover: programme.Handover{ID: "01HO", Organisation: c.supporter.Organisation, From: c.supporter.ID, Name: c.words("古賀 さやか"), Kana: "こが さやか",
			Email: "koga@example.jp", By: c.supporter.ID, At: at(9, 2, 10, 0), State: programme.HandoverAsked, Since: at(9, 2, 10, 0), Version: 1},
		FromPerson: c.supporter, ByPerson: c.supporter,
	}
}

// handovers draws what becomes of somebody's part in a support organisation.
func (c cast) handovers(t testing.TB, l ui.Locale, out map[string]drawing) {
	moves := programme.HandoverMoves{Recommendations: 2, Events: 1, CoHosts: 1, Memos: 3}
	colleague := programme.Person{ID: "01JS2", SlackID: "U9", Name: "大島 進", Organisation: c.supporter.Organisation, Roles: []programme.Role{programme.Supporter}}
	plan := programme.HandoverPlan{From: c.supporter, Staff: []programme.Person{colleague}, Moves: moves}
	out["handover-page"] = view(t, ui.HandoverPage(plan, true, l))
	out["handover-form"] = view(t, ui.HandoverForm(ui.Form{Op: "01OP"}, plan, l))
	alone := programme.HandoverPlan{From: c.supporter, Direct: true, StaysWith: true}
	out["handover-page-office"] = view(t, ui.HandoverPage(alone, false, l))
	out["handover-form-office"] = view(t, ui.HandoverForm(ui.Form{Op: "01OP", Subject: "01JS"}, alone, l))
	asked := c.handover()
	out["handover-look"] = view(t, ui.HandoverLook(asked, moves, l))
	m := programme.Matter{Notice: notice(programme.NoticeHandoverAsked)}
	m.Handover = programme.HandoverMatter{HandoverView: asked, Moves: moves, Recommends: true, Organisation: asked.Organisation}
	out["handover-card-asked"] = message(t, m, l)
	done := asked
	done.State, done.To, done.ToPerson = programme.HandoverDone, colleague.ID, colleague
	m.Handover.HandoverView, m.Notice = done, notice(programme.NoticeHandoverDone)
	out["handover-card-done"] = message(t, m, l)
	m.Notice, m.To = notice(programme.NoticeHandover), colleague
	out["handover-welcome"] = message(t, m, l)
	out["handover-goodbye"] = view(t, ui.HomeGoodbye(done, l))
	m = programme.Matter{Notice: notice(programme.NoticeNobodyLeft), Person: c.supporter}
	m.Handover.Organisation = c.supporter.Organisation
	out["organisation-empty"] = message(t, m, l)
}

// months draws a support organisation's month.
func (c cast) months(t testing.TB, l ui.Locale, out map[string]drawing) {
	m := programme.SupportMonth{
		Settings: programme.Settings{Name: "後継者支援ネットワーク事業", Zone: tokyo}, Organisation: c.supporter.Organisation,
		First: "2026-09-01", Last: "2026-09-30", Before: "2026-08-01", After: "2026-10-01", Recommends: true,
		Held: []programme.MonthEvent{{DigestEvent: programme.DigestEvent{Event: c.workshop, Came: 7}, Own: 1}}, Next: []programme.Event{c.seminar},
		Firms: []programme.FirmPresence{{Firm: "髙橋窯", Events: 1}}, Recommended: 2, Quota: programme.Quota{Used: 1, Most: 3},
		States: map[programme.RecommendState]int{programme.RecommendAgreed: 1}, CoHosted: 1, OwnCoHosted: 1,
	}
	out["month"] = view(t, ui.SupportMonth(m, l))
	m.Held, m.Next, m.Firms, m.Before, m.After, m.Recommends = nil, nil, nil, "", "", false
	out["month-empty"] = view(t, ui.SupportMonth(m, l))
}
