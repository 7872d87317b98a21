package ui_test

import (
	"fmt"
	"testing"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// officeSurvey is a survey with every kind of question that ends in a wish.
func (c cast) officeSurvey() programme.Survey {
	def := fullSurvey()
	def.Wish = "follow"
	def.Questions = append(def.Questions,
		programme.Question{ID: "follow", Section: "wishes", Kind: programme.YesNo, Words: pair("個別フォローアップを希望しますか。", "Would you like follow-up?")},
		programme.Question{ID: "way", Section: "wishes", Kind: programme.Single, Words: pair("どの方法がよいですか。", "Which way?"),
			Choices: []programme.Choice{{ID: "online", Words: pair("オンライン", "Online")}, {ID: "site", Words: pair("訪問", "On site")}},
			When:    programme.Condition{Question: "follow", Is: []string{"yes"}}})
	if c.filled {
		def = worded(def, c.typed, len(c.def.Questions[0].Choices))
	}
	return programme.Survey{ID: "01KS", Def: def, Edition: 2, Launched: at(9, 1, 9, 0), Opens: at(9, 1, 9, 0), Closes: at(9, 15, 23, 59)}
}

// worded has the text in every place that holds words, and as many choices.
func worded(def programme.SurveyDef, s string, choices int) programme.SurveyDef {
	words := programme.Text{Ja: s, En: s}
	def.Title, def.Intro = words, words
	for i := range def.Questions {
		q := &def.Questions[i]
		q.Words, q.Help, q.Low, q.High, q.Unit = words, words, words, words, words
		if len(q.Choices) > 0 {
			q.Choices = nil
			for n := range choices {
				q.Choices = append(q.Choices, programme.Choice{ID: fmt.Sprintf("c%d", n), Words: words, Write: n == choices-1})
			}
		}
	}
	return def
}

// board is a survey with one person of each sort.
func (c cast) board() programme.SurveyBoard {
	s := c.officeSurvey()
	asked := func(n int, p programme.Person, state programme.ResponseState, invite programme.DeliveryState) programme.SurveyAsked {
		return programme.SurveyAsked{Invite: invite, Answered: 2, Due: 9, Dialogue: programme.Dialogue{Survey: s, Person: p,
			Response: programme.Response{ID: programme.ResponseID(fmt.Sprintf("01KR%d", n)), Survey: s.ID, Person: p.ID, State: state}}}
	}
	off := c.supporter
	off.SlackID = ""
	later := asked(2, c.mentor, programme.Started, programme.Sent)
	later.Dialogue.Response.Later = at(9, 5, 8, 0)
	counts := programme.SurveyCounts{programme.Asked: 4, programme.Started: 1, programme.Done: 2, programme.Declined: 1}
	return programme.SurveyBoard{
		Survey: s, Now: at(9, 4, 9, 0), Counts: counts, Sent: 7, OffSlack: 1, ToChase: 3, Newcomers: 2,
		Cohorts:     []programme.Group{{Name: c.cohort(), Counts: counts}, {Counts: programme.SurveyCounts{programme.Asked: 1}}},
		Prefectures: []programme.Group{{Name: "埼玉県", Counts: counts}},
		Asked: []programme.SurveyAsked{
			asked(1, c.atsugi, programme.Done, programme.Sent), later, asked(3, off, programme.Asked, ""),
			asked(4, c.office, programme.Asked, programme.Pending), asked(5, c.bureau, programme.Asked, programme.Refused),
			asked(6, c.atsugi, programme.Asked, programme.Unknown), asked(7, c.bureau, programme.Declined, programme.Sent),
		},
	}
}

func (c cast) cohort() string {
	if c.filled {
		return c.typed
	}
	return "R7"
}

// answered are answers of each kind to the office's survey.
func (c cast) answered() (programme.Dialogue, []programme.Answer) {
	s := c.officeSurvey()
	d := c.way(s.Def, len(s.Def.Questions), programme.Done, "")
	d.Survey, d.Response.DoneAt = s, at(9, 3, 10, 0)
	d.People[c.office.ID] = c.office
	var all []programme.Answer
	for id, a := range d.Answers {
		a.By, a.Via, a.At, a.Version = c.atsugi.ID, programme.ViaChat, at(9, 3, 9, 30), 1
		if id == "staff" {
			old := a
			a.By, a.Via, a.At, a.Version = c.office.ID, programme.ViaPhone, at(9, 4, 8, 0), 2
			all = append(all, old)
		}
		d.Answers[id] = a
		all = append(all, a)
	}
	return d, all
}

// results are those of the office's survey: with and without enough answers.
func (c cast) results() programme.Results {
	s := c.officeSurvey()
	r := programme.Results{Survey: s, Now: at(9, 16, 9, 0), Counts: c.board().Counts,
		ByCohort: map[string][]programme.Cross{}, ByPlace: map[string][]programme.Cross{},
		People: map[programme.PersonID]programme.Person{c.mentor.ID: c.mentor}}
	for i, q := range s.Def.Questions {
		t := tally(q)
		if q.Kind == programme.LongText || q.Kind == programme.Short {
			t.Said = []programme.Saying{{Person: c.atsugi, Answer: programme.Answer{Text: c.typed}}, {Answer: programme.Answer{Text: c.typed}}}
		}
		if q.Kind == programme.Whom {
			t.Said = []programme.Saying{{Person: c.atsugi, Answer: programme.Answer{Picked: []string{string(c.mentor.ID)}}}}
		}
		if len(q.Choices) > 0 && q.Choices[len(q.Choices)-1].Write {
			t.Said = []programme.Saying{{Person: c.atsugi, Choice: q.Choices[len(q.Choices)-1].ID, Answer: programme.Answer{Text: c.typed}}}
		}
		if i == 1 {
			t = programme.Tally{Question: q, Hidden: true}
		}
		r.Tallies = append(r.Tallies, t)
		few := programme.Tally{Question: q, Hidden: true}
		r.ByCohort[q.ID] = []programme.Cross{{Group: c.cohort(), Tally: t}, {Tally: few}}
		r.ByPlace[q.ID] = []programme.Cross{{Group: "埼玉県", Tally: programme.Tally{Question: q}}}
	}
	r.Parts = 1
	for programme.ResultsOf(r, r.Parts) != nil {
		r.Parts++
	}
	return r
}

// tally is eight answers to a question, spread over its choices.
func tally(q programme.Question) programme.Tally {
	t := programme.Tally{Question: q, Answered: 8, Skipped: 2}
	options := q.Options()
	for i, choice := range options {
		t.Marks = append(t.Marks, programme.Mark{Choice: choice, N: []int{5, 0, 3}[i%3]})
	}
	if q.Kind == programme.Scale || q.Kind == programme.Number {
		t.Ranged, t.Mean, t.Spread, t.Median, t.Least, t.Most = true, 3.25, 1.08, 3.5, 1, 5
	}
	return t
}

func (c cast) engagement() programme.EngagementView {
	return programme.EngagementView{Office: true, AtsugiPerson: c.atsugi, MentorPerson: c.mentor, Engagement: programme.Engagement{
		ID: "01KE", Atsugi: c.atsugi.ID, Mentor: c.mentor.ID, Survey: "01KS", Sessions: 3, Made: at(9, 16, 10, 0)}}
}

func (c cast) wishes() []programme.Wish {
	d, _ := c.answered()
	return []programme.Wish{
		{Person: c.atsugi, Response: "01KR1", Answers: d.Answers, Engaged: []programme.EngagementView{c.engagement()}},
		{Person: c.supporter, Response: "01KR2", Answers: d.Answers},
	}
}

// surveyOffice draws what the office sees of surveys.
func (c cast) surveyOffice(t testing.TB, l ui.Locale, out map[string]drawing) {
	launch := ui.SurveyLaunchData{Form: ui.Form{Op: "01KOP", Subject: c.def.ID}, Def: c.def, Edition: 1, Closes: at(9, 18, 23, 59),
		Reach: []programme.Person{c.atsugi, c.supporter}, Off: []programme.Person{c.bureau, c.atsugi}}
	out["survey-launch"] = view(t, ui.SurveyLaunch(launch, l))
	full := launch
	full.Def, full.Edition = c.officeSurvey().Def, 2
	full.Def.Anonymous = true
	out["survey-launch-anonymous"] = view(t, ui.SurveyLaunch(full, l))
	launch.Reach, launch.Off = nil, nil
	out["survey-launch-nobody"] = view(t, ui.SurveyLaunch(launch, l))

	b := c.board()
	out["survey-board"] = view(t, ui.SurveyBoard(ui.SurveyBoardData{Board: b, Said: ui.SurveyChased(3, l)}, l))
	closed := b
	closed.Now, closed.Launching, closed.ToChase = at(9, 16, 9, 0), true, 0
	out["survey-board-closed"] = view(t, ui.SurveyBoard(ui.SurveyBoardData{Board: closed}, l))
	secret := b
	secret.Now, secret.Survey.Def.Anonymous, secret.Newcomers, secret.ToChase = at(8, 31, 9, 0), true, 0, 0
	out["survey-board-anonymous"] = view(t, ui.SurveyBoard(ui.SurveyBoardData{Board: secret}, l))
	form := ui.Form{Op: "01KOP", Subject: "01KS"}
	out["survey-extend"] = view(t, ui.SurveyExtend(b.Survey, b.Now, form, l))
	out["survey-extend-closed"] = view(t, ui.SurveyExtend(b.Survey, closed.Now, form, l))
	out["survey-mail"] = view(t, ui.SurveyMail(b, l))
	out["survey-mail-nobody"] = view(t, ui.SurveyMail(programme.SurveyBoard{Survey: b.Survey}, l))

	d, versions := c.answered()
	person := ui.SurveyPersonData{Dialogue: d, Versions: versions, Now: b.Now}
	out["survey-person"] = view(t, ui.SurveyPerson(person, l))
	person.Now = closed.Now
	out["survey-person-closed"] = view(t, ui.SurveyPerson(person, l))
	out["survey-reopen"] = view(t, ui.SurveyReopen(d, closed.Now, ui.Form{Op: "01KOP", Subject: "01KR"}, l))

	changes := []programme.AnswerChange{{Question: d.Survey.Def.Questions[2]}, {Question: d.Survey.Def.Questions[5]}}
	out["survey-changed"] = message(t, programme.Matter{Notice: notice(programme.NoticeSurveyChanged), Dialogue: d, Changes: changes}, l)
	r := c.results()
	for part := range r.Parts {
		out[fmt.Sprintf("survey-results-%d", part+1)] = message(t, programme.Matter{Notice: notice(programme.NoticeSurveyResults), Results: r, Part: part}, l)
	}
	r.TooFew = true
	out["survey-results-few"] = message(t, programme.Matter{Notice: notice(programme.NoticeSurveyResults), Results: r}, l)

	out["wishes"] = view(t, ui.SurveyWishes(ui.SurveyWishesData{Survey: b.Survey, Wishes: c.wishes()}, l))
	out["wishes-none"] = view(t, ui.SurveyWishes(ui.SurveyWishesData{Survey: b.Survey}, l))
	engage := ui.Form{Op: "01KOP", Subject: "01KS", Item: string(c.atsugi.ID)}
	out["engagement-form"] = view(t, ui.EngagementForm(engage, c.atsugi, []programme.Person{c.mentor}, l))
	out["engagement-form-nobody"] = view(t, ui.EngagementForm(engage, c.atsugi, nil, l))
	ended := c.engagement()
	ended.Ended = at(10, 1, 9, 0)
	out["engagements"] = view(t, ui.Engagements([]programme.EngagementView{c.engagement(), ended}, 0, l))
	out["engagements-none"] = view(t, ui.Engagements(nil, 0, l))
	for to, p := range map[string]programme.Person{"atsugi": c.atsugi, "expert": c.mentor} {
		out["engagement-made-"+to] = message(t, programme.Matter{Notice: notice(programme.NoticeEngagement), To: p, Engagement: c.engagement()}, l)
	}

	h := c.homes()["office"]
	h.Surveys = many(programme.SurveyLine{Survey: b.Survey, Counts: b.Counts}, 6)
	out["home-office-surveys"] = view(t, ui.Home(h, nil, l))
	out["survey-list"] = view(t, ui.SurveysPage(h, []programme.SurveyDef{c.def}, l))
	out["survey-list-bureau"] = view(t, ui.SurveysPage(c.homes()["bureau"], []programme.SurveyDef{c.def}, l))
	out["survey-list-none"] = view(t, ui.SurveysPage(programme.Home{Me: c.atsugi}, nil, l))
}
