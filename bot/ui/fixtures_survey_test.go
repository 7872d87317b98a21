package ui_test

import (
	"fmt"
	"testing"
	"time"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func pair(ja, en string) programme.Text { return programme.Text{Ja: ja, En: en} }

func number(n int) *int { return &n }

// fullSurvey has every kind of question, sections and a condition.
func fullSurvey() programme.SurveyDef {
	issues := []programme.Choice{
		{ID: "sales", Words: pair("売り先を広げること", "Finding new customers")},
		{ID: "people", Words: pair("人手・働く人のこと", "Finding and keeping people")},
		{ID: "money", Words: pair("お金まわり", "Money")},
		{ID: "family", Words: pair("先代・家族との話し合い", "Talking with the owner and family")},
		{ID: "skills", Words: pair("技術・技能の受け継ぎ", "Passing on the craft")},
		{ID: "alone", Words: pair("相談相手がいないこと", "Having nobody to talk to")},
		{ID: "other", Words: pair("そのほか", "Something else"), Write: true},
	}
	return programme.SurveyDef{
		ID: "full", Title: pair("現状把握アンケート", "Status survey"), Minutes: 5, OpenDays: 14,
		Intro: pair("その後のご様子をお聞かせください。", "Please tell us how things are."),
		Sections: []programme.Section{
			{ID: "firm", Title: pair("代替わりについて", "Taking over"), Help: pair("今のお考えで結構です。", "Your present feeling is enough.")},
			{ID: "wishes", Title: pair("これからのこと", "What comes next")},
		},
		Questions: []programme.Question{
			{ID: "taken", Section: "firm", Kind: programme.YesNo, Words: pair("もう代表になりましたか。", "Do you represent the firm already?")},
			{ID: "since", Section: "firm", Kind: programme.Day, Words: pair("いつからですか。", "Since when?"), Latest: "2026-09-30", Optional: true,
				When: programme.Condition{Question: "taken", Is: []string{"yes"}}},
			{ID: "staff", Section: "firm", Kind: programme.Number, Words: pair("働く方は何人ですか。", "How many people work there?"),
				Unit: pair("人", "people"), From: number(0), Until: number(5000)},
			{ID: "issues", Section: "firm", Kind: programme.Ranking, Words: pair("気にかかることを順にお選びください。", "What is on your mind, in order?"),
				Choices: issues[:6], Most: 3},
			{ID: "role", Section: "wishes", Kind: programme.Single, Words: pair("いまのお立場は。", "What is your position?"), Choices: []programme.Choice{
				{ID: "owner", Words: pair("代表", "Owner")}, {ID: "board", Words: pair("役員", "Board member")},
				{ID: "other", Words: pair("そのほか", "Something else"), Write: true}}},
			{ID: "tried", Section: "wishes", Kind: programme.Multi, Words: pair("試したことはありますか。", "What did you try?"), Choices: issues, Most: 3,
				TotalsOnly: true},
			{ID: "sure", Section: "wishes", Kind: programme.Scale, Max: 5, Words: pair("自信はどのくらいですか。", "How confident are you?"),
				Low: pair("まったくない", "Not at all"), High: pair("とてもある", "Very")},
			{ID: "whom", Section: "wishes", Kind: programme.Whom, Words: pair("話してみたい人は。", "Whom would you like to talk to?"), Optional: true},
			{ID: "word", Section: "wishes", Kind: programme.Short, Words: pair("ひとことで言うと。", "In a word?")},
			{ID: "free", Section: "wishes", Kind: programme.LongText, Words: pair("ほかに伝えたいことは。", "Anything else?"), Optional: true},
		},
	}
}

func secretSurvey() programme.SurveyDef {
	d := fullSurvey()
	d.ID, d.Anonymous, d.Sections = "secret", true, nil
	d.Questions = []programme.Question{d.Questions[4], d.Questions[6], d.Questions[9]}
	for i := range d.Questions {
		d.Questions[i].Section = ""
	}
	return d
}

// dialogue is somebody's way through the short survey: the first n questions answered.
func (c cast) dialogue(n int, state programme.ResponseState, current string) programme.Dialogue {
	return c.way(c.def, n, state, current)
}

// way is somebody's way through a survey: the first n questions answered.
func (c cast) way(def programme.SurveyDef, n int, state programme.ResponseState, current string) programme.Dialogue {
	d := programme.Dialogue{
		Person:   c.atsugi,
		Survey:   programme.Survey{ID: "01KS", Def: def, Closes: at(9, 15, 23, 59)},
		Response: programme.Response{ID: "01KR", Survey: "01KS", Person: c.atsugi.ID, State: state, Current: current},
		Answers:  map[string]programme.Answer{},
		People:   map[programme.PersonID]programme.Person{c.mentor.ID: c.mentor},
	}
	for _, q := range def.Questions[:min(n, len(def.Questions))] {
		d.Answers[q.ID] = c.answerTo(q)
	}
	return d
}

func (c cast) answerTo(q programme.Question) programme.Answer {
	a := programme.Answer{Question: q.ID, Version: 1, Via: programme.ViaChat}
	switch options := q.Options(); {
	case q.Kind == programme.Multi && len(options) > 2:
		a.Picked = []string{options[1].ID, options[2].ID}
	case q.Kind == programme.Ranking && len(options) > 2:
		a.Picked = []string{options[2].ID, options[0].ID}
	case q.Kind == programme.Scale:
		a.Number = q.Max
	case q.Kind == programme.Number:
		a.Number = 1200
	case q.Kind == programme.Day:
		a.Date = "2026-04-01"
	case q.Kind == programme.Whom:
		a.Picked = []string{string(c.mentor.ID)}
	case len(options) > 0:
		a.Picked = []string{options[0].ID}
	default:
		a.Text = c.typed
	}
	return a
}

// answering is all that somebody who is asked sees of a survey.
func (c cast) answering(t testing.TB, l ui.Locale, out map[string]drawing) {
	draw := func(kind programme.NoticeKind, d programme.Dialogue, q programme.Question) drawing {
		n := notice(kind)
		n.Due = at(9, 2, 9, 0)
		return message(t, programme.Matter{Notice: n, To: c.atsugi, Dialogue: d, Question: q,
			Asked: q.ID != "" && d.Response.Current == q.ID}, l)
	}
	c.invitations(draw, out)
	for _, def := range []programme.SurveyDef{c.def, c.full} {
		name := "survey"
		if def.ID == "full" {
			name = "full"
		}
		all := len(def.Questions)
		for i, q := range def.Questions {
			out[name+"-asked-"+q.ID] = draw(programme.NoticeSurveyQuestion, c.way(def, i, programme.Started, q.ID), q)
			out[name+"-again-"+q.ID] = draw(programme.NoticeSurveyQuestion, c.way(def, all, programme.Done, q.ID), q)
			out[name+"-answered-"+q.ID] = draw(programme.NoticeSurveyQuestion, c.way(def, all, programme.Done, ""), q)
		}
	}
	c.halfAnswers(draw, out)
	c.stops(t, l, out)
	c.sheets(t, l, out)
	out["sheet-done"] = view(t, ui.SheetDone(c.way(c.full, 9, programme.Done, ""), true, l))
	out["sheet-entered"] = view(t, ui.SheetDone(c.way(c.full, 9, programme.Done, ""), false, l))
	out["sheet-cast"] = view(t, ui.SheetDone(c.way(c.secret, 0, programme.Done, ""), true, l))
	out["sheet-loading"] = view(t, ui.SheetLoading(l))
	out["shared-none"] = view(t, ui.SharedPage(c.atsugi, nil, l))
	out["shared"] = view(t, ui.SharedPage(c.atsugi, []programme.SharedAnswers{{
		Survey: programme.Survey{Def: c.full}, Person: c.atsugi, Answered: at(9, 3, 10, 0),
		Items:  []programme.SharedAnswer{{Question: c.full.Questions[3], Answer: c.answerTo(c.full.Questions[3])}, {Question: c.full.Questions[9], Answer: c.answerTo(c.full.Questions[9])}},
		People: map[programme.PersonID]programme.Person{c.mentor.ID: c.mentor},
	}}, l))
}

type draws func(programme.NoticeKind, programme.Dialogue, programme.Question) drawing

// invitations are the messages that bring somebody to a survey, or speak of it.
func (c cast) invitations(draw draws, out map[string]drawing) {
	all, none := len(c.def.Questions), programme.Question{}
	later := func(d programme.Dialogue) programme.Dialogue {
		d.Response.Later = at(9, 3, 8, 0)
		return d
	}
	trial := c.dialogue(0, programme.Asked, "")
	trial.Survey.Trial = true
	byPhone := c.way(c.full, 10, programme.Done, "")
	for id, a := range byPhone.Answers {
		if a.Via = programme.ViaPhone; id != "staff" {
			byPhone.Answers[id] = a
		}
	}
	for name, d := range map[string]programme.Dialogue{
		"":          c.dialogue(0, programme.Asked, ""),
		"-branches": c.way(c.full, 0, programme.Asked, ""),
		"-trial":    trial,
		"-secret":   c.way(c.secret, 0, programme.Asked, ""),
		"-cast":     c.way(c.secret, 0, programme.Done, ""),
		"-started":  c.dialogue(2, programme.Started, ""),
		"-later":    later(c.dialogue(2, programme.Started, "")),
		"-done":     c.dialogue(all, programme.Done, ""),
		"-declined": c.dialogue(1, programme.Declined, ""),
	} {
		out["survey-invite"+name] = draw(programme.NoticeSurveyInvite, d, none)
	}
	out["survey-receipt"] = draw(programme.NoticeSurveyReceipt, c.dialogue(all, programme.Done, ""), none)
	out["survey-receipt-phone"] = draw(programme.NoticeSurveyReceipt, byPhone, none)
	for name, kind := range map[string]programme.NoticeKind{"later": programme.NoticeSurveyLater, "chase": programme.NoticeSurveyChase,
		"reopened": programme.NoticeSurveyReopened} {
		out["survey-"+name] = draw(kind, c.dialogue(0, programme.Asked, ""), none)
		out["survey-"+name+"-started"] = draw(kind, c.dialogue(2, programme.Started, "where"), none)
	}
	out["survey-reopened-done"] = draw(programme.NoticeSurveyReopened, c.dialogue(all, programme.Done, ""), none)
}

// stops are what somebody sees who typed やめる or あとで.
func (c cast) stops(t testing.TB, l ui.Locale, out map[string]drawing) {
	asked := c.dialogue(2, programme.Started, "where")
	paused := c.dialogue(2, programme.Started, "")
	for name, m := range map[string]programme.Matter{
		"":          {Notice: programme.Notice{Occasion: "stop:1"}, Dialogue: asked, Asked: true},
		"-when":     {Notice: programme.Notice{Occasion: "later:1"}, Dialogue: asked, Asked: true},
		"-on":       {Notice: programme.Notice{Occasion: "stop:1"}, Dialogue: asked},
		"-paused":   {Notice: programme.Notice{Occasion: "stop:1"}, Dialogue: paused},
		"-declined": {Notice: programme.Notice{Occasion: "stop:1"}, Dialogue: c.dialogue(2, programme.Declined, "")},
		"-over":     {Notice: programme.Notice{Occasion: "stop:1"}, Dialogue: asked, Asked: true, Over: true},
	} {
		m.Notice.Kind, m.To = programme.NoticeSurveyStop, c.atsugi
		out["survey-stop"+name] = message(t, m, l)
	}
}

// halfAnswers are questions between asked and answered.
func (c cast) halfAnswers(draw draws, out map[string]drawing) {
	ask := func(d programme.Dialogue, q programme.Question) drawing {
		return draw(programme.NoticeSurveyQuestion, d, q)
	}
	out["survey-left-open"] = ask(c.dialogue(0, programme.Started, "where"), c.def.Questions[1])
	out["survey-paused"] = ask(c.dialogue(0, programme.Started, ""), c.def.Questions[0])
	out["survey-asked-declined"] = ask(c.dialogue(0, programme.Declined, ""), c.def.Questions[0])
	taken, since, issues, role := c.full.Questions[0], c.full.Questions[1], c.full.Questions[3], c.full.Questions[4]
	d := c.way(c.full, 2, programme.Started, "staff")
	d.Answers[taken.ID] = programme.Answer{Question: taken.ID, Picked: []string{"no"}, Version: 2}
	out["survey-set-aside"] = ask(d, since)
	d = c.way(c.full, 3, programme.Started, issues.ID)
	a := c.answerTo(issues)
	a.Open = true
	d.Answers[issues.ID] = a
	out["survey-ranking"] = ask(d, issues)
	d = c.way(c.full, 4, programme.Started, role.ID)
	last := role.Choices[max(0, len(role.Choices)-1):]
	if len(last) == 0 {
		return
	}
	d.Answers[role.ID] = programme.Answer{Question: role.ID, Picked: []string{last[0].ID}, Open: true, Version: 1}
	out["survey-write-out"] = ask(d, role)
	d.Answers[role.ID] = programme.Answer{Question: role.ID, Picked: []string{last[0].ID}, Text: c.typed, Version: 2}
	out["survey-written-out"] = ask(d, role)
}

// sheets are the pages of the form.
func (c cast) sheets(t testing.TB, l ui.Locale, out map[string]drawing) {
	page := func(d programme.Dialogue, i int) ui.SheetData {
		pages := d.Survey.Def.Pages()
		return ui.SheetData{Op: "01KOP", Opened: time.UnixMilli(1_788_300_000_123), Sheet: programme.Sheet{
			Dialogue: d, Page: pages[i], Place: i + 1, Of: len(pages), Due: pages[i].Questions, Own: true}}
	}
	for i := range 2 {
		blank, filled := page(c.way(c.full, 0, programme.Asked, ""), i), page(c.way(c.full, 10, programme.Done, ""), i)
		filled.Kept = ui.DraftKept(c.full, programme.Faults{{Field: "word", Key: "error.too_long", Args: map[string]any{"Max": 300}}}, l)
		filled.Added = i == 1
		out[fmt.Sprintf("sheet-%d", i+1)] = view(t, ui.SurveySheet(blank, l))
		out[fmt.Sprintf("sheet-%d-filled", i+1)] = view(t, ui.SurveySheet(filled, l))
	}
	office := page(c.way(c.full, 3, programme.Started, ""), 0)
	office.Own = false
	out["sheet-office"] = view(t, ui.SurveySheet(office, l))
	office.Via = programme.ViaPhone
	out["sheet-office-phone"] = view(t, ui.SurveySheet(office, l))
	out["sheet-secret"] = view(t, ui.SurveySheet(page(c.way(c.secret, 0, programme.Asked, ""), 0), l))
}
