package programme_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

func (h *house) board(id programme.SurveyID) programme.SurveyBoard {
	h.t.Helper()
	b, err := h.SurveyBoard(h.t.Context(), programme.As("office"), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return b
}

func TestTheBoardShowsHowASurveyStands(t *testing.T) {
	h := newHouse(t)
	h.person("atsugi", func(p *programme.Person) { p.Kana, p.Prefecture, p.Cohorts = "い", "茨城県", []string{"R6", "R8"} })
	h.person("other-atsugi", func(p *programme.Person) { p.Kana, p.Prefecture = "う", "群馬県" })
	h.person("no-slack", func(p *programme.Person) { p.Kana, p.SlackID = "あ", "" })
	def := surveyDef()
	def.Questions[2].TotalsOnly = true
	s := h.launch("launch", def, programme.Window{})
	h.deliver()
	rs, me, office := h.responses(s.ID), programme.As("atsugi"), programme.As("office")
	for _, err := range []error{
		second(h.AnswerQuestion(t.Context(), me, rs["atsugi"].ID, "one", programme.Input{Picked: []string{"yes"}})),
		second(h.AnswerQuestion(t.Context(), me, rs["atsugi"].ID, "three", programme.Input{Text: "秘密"})),
		second(h.DeclineSurvey(t.Context(), programme.As("other-atsugi"), rs["other-atsugi"].ID)),
		second(h.AnswerSheet(t.Context(), office, rs["no-slack"].ID, programme.SheetInput{
			Page: "1", Draft: true, Via: programme.ViaPhone, Answers: map[string]programme.Input{"one": {Picked: []string{"no"}}},
		})),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	b := h.board(s.ID)
	if diff := cmp.Diff(programme.SurveyCounts{programme.Started: 2, programme.Declined: 1}, b.Counts); diff != "" {
		t.Error(diff)
	}
	if b.Sent != 2 || b.OffSlack != 1 || b.Newcomers != 0 || b.Launching || b.Survey.ID != s.ID || !b.Now.Equal(h.now) {
		t.Errorf("sent %d, off Slack %d, newcomers %d", b.Sent, b.OffSlack, b.Newcomers)
	}
	started, declined := programme.SurveyCounts{programme.Started: 1}, programme.SurveyCounts{programme.Declined: 1}
	wantGroups := []programme.Group{{Name: "R6", Counts: started}, {Name: "R7", Counts: declined}, {Name: "R8", Counts: started}, {Name: "", Counts: started}}
	if diff := cmp.Diff(wantGroups, b.Cohorts); diff != "" {
		t.Error(diff)
	}
	wantGroups = []programme.Group{{Name: "群馬県", Counts: declined}, {Name: "茨城県", Counts: started}, {Name: "", Counts: started}}
	if diff := cmp.Diff(wantGroups, b.Prefectures); diff != "" {
		t.Error(diff)
	}
	var lines []string
	for _, a := range b.Asked {
		lines = append(lines, fmt.Sprint(a.Dialogue.Person.ID, " ", a.Dialogue.Response.State, " ", a.Answered, "/", a.Due, " ", a.Invite, " ", a.ByOffice))
		if said := a.Dialogue.Answers["three"].Text; said != "" {
			t.Errorf("the office reads %q, of which only totals are shown", said)
		}
	}
	if diff := cmp.Diff([]string{"no-slack started 1/3  true", "atsugi started 2/3 sent false", "other-atsugi declined 0/3 sent false"}, lines); diff != "" {
		t.Error(diff)
	}
}

func TestTheBoardOfAnAnonymousSurveySaysWhoTookPartOnly(t *testing.T) {
	h := newHouse(t)
	def := surveyDef()
	def.Anonymous = true
	s := h.launch("launch", def, programme.Window{})
	r := h.responses(s.ID)["atsugi"]
	err := h.CastBallot(t.Context(), programme.As("atsugi"), r.ID, map[string]programme.Input{
		"one": {Picked: []string{"yes"}}, "two": {Text: "本音"}, "three": {Skip: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	b := h.board(s.ID)
	if b.Counts[programme.Done] != 1 || b.Counts[programme.Asked] != 1 {
		t.Errorf("counts %v", b.Counts)
	}
	for _, a := range b.Asked {
		if len(a.Dialogue.Answers) > 0 || a.Answered+a.Due > 0 || a.ByOffice || !a.Dialogue.Response.DoneAt.IsZero() {
			t.Errorf("%s: %+v", a.Dialogue.Person.ID, a)
		}
	}
}

func TestHomeHasTheSurveysThatResultsAreShownOf(t *testing.T) {
	h := newHouse(t)
	open, nameless, later := surveyDef(), surveyDef(), surveyDef()
	open.ID, nameless.ID, later.ID = "open", "nameless", "later"
	nameless.Anonymous = true
	h.launch("open", open, programme.Window{})
	h.launch("nameless", nameless, programme.Window{})
	h.launch("later", later, programme.Window{Opens: h.now.AddDate(0, 0, 3)})
	for _, who := range cast {
		if who == "left" || who == "nobody" {
			continue
		}
		want := "[]"
		switch who {
		case "office":
			want = "[later nameless open]"
		case "bureau", "supporter":
			want = "[open]"
		}
		got := []string{}
		for _, l := range h.home(who).Surveys {
			got = append(got, l.Survey.Def.ID)
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%s sees %v, want %s", who, got, want)
		}
	}
	h.now = h.now.Add(30 * 24 * time.Hour)
	if n := len(h.home("bureau").Surveys); n != 2 { // two ballots at most are too few
		t.Errorf("the bureau sees %d surveys after they closed, want 2", n)
	}
}
