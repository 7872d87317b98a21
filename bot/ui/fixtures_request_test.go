package ui_test

import (
	"testing"
	"time"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// offer is what the expert offers to atsugi who choose for themselves.
func (c cast) offer() programme.Offer {
	return programme.Offer{
		Mentor: c.mentor.ID, Help: c.words("商品の見せ方と、値段の決め方。\n工房の数字の読み方も。"), Fields: []string{"ブランディング", "販路"},
		Languages: c.words("日本語、英語"), Online: true, OnSite: true, Place: c.place, Length: time.Hour, Version: 1,
	}
}

// offered are three experts: one's own, one without time now, one for whose time one waits.
func (c cast) offered() []programme.OfferLine {
	known := programme.OfferLine{Offer: c.offer(), Person: c.mentor, Known: true,
		Next: []programme.Span{hour(at(12, 1, 18, 0)), hour(at(12, 1, 18, 30)), hour(at(12, 8, 23, 30))}}
	other := programme.OfferLine{Offer: programme.Offer{Fields: []string{"経営"}, Online: true, Length: 45 * time.Minute}, Person: c.supporter}
	other.Person.Name = c.words("加藤 恵")
	waiting := other
	waiting.Person.ID, waiting.Waiting = "01JW", true
	return []programme.OfferLine{known, other, waiting}
}

// timeLines are times of one day and the next, one of them two experts'.
func (c cast) timeLines() []programme.TimeLine {
	return []programme.TimeLine{
		{Span: hour(at(12, 1, 18, 0)), Mentors: []programme.Person{c.mentor}},
		{Span: hour(at(12, 1, 18, 30)), Mentors: []programme.Person{c.mentor, c.supporter}},
		{Span: hour(at(12, 2, 23, 30)), Mentors: []programme.Person{c.supporter}},
	}
}

// every are so many times, 45 minutes each, so far from each other.
func every(step time.Duration, n int) []programme.Span {
	var out []programme.Span
	for i := range n {
		from := at(12, 1, 0, 0).Add(time.Duration(i) * step)
		out = append(out, programme.Span{From: from, Until: from.Add(45 * time.Minute)})
	}
	return out
}

func (c cast) requestForm() ui.RequestFormData {
	return ui.RequestFormData{Form: ui.Form{Op: "01KOP"}, Expert: c.offered()[0], Filled: programme.RequestForm{
		Op: "01KOP", Mentor: c.mentor.ID, Start: at(12, 1, 18, 0), Mode: programme.ModeOnSite, Topic: c.typed, Stage: programme.StageTrying,
		Bring: c.words("試し焼きの皿"), Avoid: c.words("親族の間の話"), Contest: true,
	}}
}

func (c cast) requests(t testing.TB, l ui.Locale, out map[string]drawing) {
	fields := programme.DefaultSessions().Fields
	experts := func(name string, d ui.RequestData, l ui.Locale) {
		d.Fields = fields
		out["request-experts"+name] = view(t, ui.RequestExperts(d, l))
	}
	experts("", ui.RequestData{Lines: c.offered()}, l)
	experts("-field", ui.RequestData{Lines: c.offered(), Field: "経営"}, l)
	experts("-none", ui.RequestData{}, l)
	experts("-abroad", ui.RequestData{Lines: c.offered()[:1]}, l.Abroad(time.FixedZone("CET", 60*60)))
	experts("-long", ui.RequestData{Lines: many(c.offered()[0], 20), From: 8}, l)

	expert := func(name string, line programme.OfferLine, times []programme.Span, from int) {
		out["request-expert"+name] = view(t, ui.RequestExpert(line, times, fields, from, l))
	}
	lines := c.offered()
	expert("", lines[0], lines[0].Next, 0)
	expert("-none", lines[1], nil, 0)
	expert("-waiting", lines[2], nil, 0)
	expert("-long", lines[0], every(30*time.Minute, 28*48), 7)

	out["request-days"] = view(t, ui.RequestDays(c.timeLines(), l))
	out["request-days-none"] = view(t, ui.RequestDays(nil, l))
	var long []programme.TimeLine
	for _, s := range every(30*time.Minute, 28*48) {
		long = append(long, programme.TimeLine{Span: s, Mentors: many(c.mentor, 50)})
	}
	out["request-days-long"] = view(t, ui.RequestDays(long, l))
	out["request-day"] = view(t, ui.RequestDay(c.timeLines(), "2026-12-01", 0, l))
	out["request-day-none"] = view(t, ui.RequestDay(c.timeLines(), "2026-12-05", 0, l))
	out["request-day-long"] = view(t, ui.RequestDay(long, "2026-12-02", 20, l))
	c.requestForms(t, l, out)
	c.requestsAgain(t, l, out)
	c.requestLetters(t, l, out)
	c.requestHomes(t, l, out)
}

func (c cast) requestForms(t testing.TB, l ui.Locale, out map[string]drawing) {
	next := []programme.Span{hour(at(12, 1, 19, 0)), hour(at(12, 8, 18, 0)), hour(at(12, 8, 18, 30))}
	out["request-taken"] = view(t, ui.RequestTaken(c.mentor.ID, next, l))
	met := c.requested()
	met.MayPick, met.MayCancel = false, true
	out["request-met"] = view(t, ui.RequestMet(met, c.atsugi.ID, l))
	out["request-taken-none"] = view(t, ui.RequestTaken(c.mentor.ID, nil, l))
	d := c.requestForm()
	again := d
	again.Taken, again.Next = true, next
	out["request-form-taken"] = view(t, ui.RequestForm(again, l))
	again.Next = nil
	out["request-form-none"] = view(t, ui.RequestForm(again, l))
	out["request-form-filled"] = view(t, ui.RequestForm(d, l))
	d.Filled = programme.RequestForm{Op: "01KOP", Mentor: c.mentor.ID, Start: at(12, 1, 18, 0)}
	out["request-form"] = view(t, ui.RequestForm(d, l))
	d.Expert.Offer.Accepts, d.Expert.Offer.OnSite = true, false
	out["request-form-at-once"] = view(t, ui.RequestForm(d, l.Abroad(time.FixedZone("CET", 60*60))))
	out["request-done"] = view(t, ui.Saved(ui.AppName, ui.SessionRequested(c.requested().Session, l), l))
	out["request-done-at-once"] = view(t, ui.Saved(ui.AppName, ui.SessionRequested(c.session().Session, l), l))
	out["request-done-refused"] = view(t, ui.Saved(ui.AppName, ui.SessionRefused(l), l))
}

// requested is a session for which the atsugi chose one of the expert's times, as the expert
// sees it.
func (c cast) requested() programme.SessionView {
	v := c.proposed()
	v.Requested, v.Stage, v.Avoid = true, programme.StageLooking, c.words("親族の間の話")
	v.Proposal.By, v.Proposal.For, v.Proposal.Spans = c.atsugi.ID, c.mentor.ID, []programme.Span{hour(at(12, 1, 14, 0))}
	return v
}

// declinedRequest is one that the expert declined.
func (c cast) declinedRequest() programme.SessionView {
	v := c.requested()
	v.State, v.Last.Was, v.Reason = programme.SessionCancelled, v.Proposal.Spans[0], c.words("年末は窯焚きが続きます。")
	v.Proposal.Spans = nil
	v.MayPick, v.MayPropose = false, false
	return v
}

// withdrawnRequest is one that the atsugi took back.
func (c cast) withdrawnRequest() programme.SessionView {
	v := c.requested()
	v.State, v.Seq, v.Last, v.Proposal = programme.SessionCancelled, 1, programme.SessionChange{Was: v.Proposal.Spans[0]}, programme.Proposal{}
	v.MayPick, v.MayPropose = false, false
	return v
}

func (c cast) requestLetters(t testing.TB, l ui.Locale, out map[string]drawing) {
	v := c.requested()
	out["request-asked"] = c.told(t, l, programme.NoticeSessionProposed, c.mentor, v)
	out["request-asked-abroad"] = c.told(t, l.Abroad(time.FixedZone("CET", 60*60)), programme.NoticeSessionProposed, c.mentor, v)
	several := v
	several.Proposal.Spans = append(several.Proposal.Spans, hour(at(12, 2, 10, 30)))
	out["request-asked-several"] = c.told(t, l, programme.NoticeSessionProposed, c.mentor, several)
	out["request-asked-refused"] = c.told(t, l, programme.NoticeSessionProposed, c.mentor, c.declinedRequest(), true)
	out["request-refuse"] = view(t, ui.SessionNoneForm(ui.Form{Op: "01KOP"}, v, l))
	waits := v
	waits.MayPick, waits.MayPropose, waits.MayCancel = false, true, true
	out["request-page-atsugi"] = view(t, ui.SessionPage(waits, c.atsugi.ID, l))
	out["request-page-expert"] = view(t, ui.SessionPage(v, c.mentor.ID, l))
	behalf := v
	behalf.MayCancel, behalf.Office = true, true
	out["request-page-office"] = view(t, ui.SessionPage(behalf, c.office.ID, l))

	out["request-nudge"] = c.told(t, l, programme.NoticeSessionNudge, c.mentor, v)
	out["request-nudge-abroad"] = c.told(t, l.Abroad(time.FixedZone("CET", 60*60)), programme.NoticeSessionNudge, c.mentor, v)
	out["request-nudge-agreed"] = c.told(t, l, programme.NoticeSessionNudge, c.mentor, c.session(), true)
	out["request-withdraw"] = view(t, ui.SessionStopForm(ui.Form{Op: "01KOP"}, waits, c.atsugi.ID, l))
	out["request-withdraw-office"] = view(t, ui.SessionStopForm(ui.Form{Op: "01KOP"}, behalf, c.office.ID, l))
	withdrawn := c.withdrawnRequest()
	out["request-withdrawn"] = c.told(t, l, programme.NoticeSessionCancelled, c.mentor, withdrawn)
	out["request-withdrawn-yours"] = c.told(t, l, programme.NoticeSessionCancelled, c.atsugi, withdrawn)
	out["request-asked-withdrawn"] = c.told(t, l, programme.NoticeSessionProposed, c.mentor, withdrawn, true)
	out["request-page-withdrawn"] = view(t, ui.SessionPage(withdrawn, c.atsugi.ID, l))
	out["request-page-declined"] = view(t, ui.SessionPage(c.declinedRequest(), c.atsugi.ID, l))
	out["request-done-withdrawn"] = view(t, ui.Saved(ui.AppName, ui.SessionStopped(withdrawn, l), l))

	m := programme.Matter{Notice: notice(programme.NoticeSessionDeclined), To: c.atsugi, Session: c.declinedRequest(), Over: true}
	m.Notice.Occasion = proposal
	out["request-refused-none"] = message(t, m, l)
	m.Times = []programme.Span{hour(at(12, 8, 18, 0)), hour(at(12, 8, 18, 30)), hour(at(12, 9, 18, 0))}
	out["request-refused"] = message(t, m, l)

	free := programme.Matter{Notice: notice(programme.NoticeSessionFree), To: c.atsugi, Expert: c.mentor, Times: m.Times}
	out["request-free"] = message(t, free, l)
	free.Times = nil
	out["request-free-gone"] = message(t, free, l)
	free.Over = true
	out["request-free-over"] = message(t, free, l)

	briefing := programme.Matter{Notice: notice(programme.NoticeSessionBriefing), To: c.mentor, Session: c.session()}
	briefing.Session.Stage, briefing.Session.Avoid = v.Stage, v.Avoid
	out["request-briefing"] = message(t, briefing, l)
}

func (c cast) requestHomes(t testing.TB, l ui.Locale, out map[string]drawing) {
	open := programme.Settings{Zone: tokyo, Sessions: programme.SessionSettings{Offering: programme.OfferingOpen}}
	waits := c.requested()
	waits.MayPick, waits.MayCancel = false, true
	now := at(11, 24, 9, 0)
	for name, h := range map[string]programme.Home{
		"begin":  {Me: c.atsugi, Now: now, Settings: open},
		"atsugi": {Me: c.atsugi, Now: now, Settings: open, Sessions: []programme.SessionView{waits}},
		"expert": {Me: c.mentor, Now: now, Settings: open, Sessions: []programme.SessionView{c.requested()}},
	} {
		out["home-request-"+name] = view(t, ui.Home(h, nil, l))
	}
	out["request-list"] = view(t, ui.WithRequest(ui.SessionList([]programme.SessionView{waits}, c.atsugi.ID, l), l))
}
