package programme_test

import (
	"fmt"
	"testing"
	"time"

	"tsugite/db"
	"tsugite/programme"
)

func surveyDef() programme.SurveyDef {
	words := func(s string) programme.Text { return programme.Text{Ja: s, En: s} }
	return programme.SurveyDef{
		ID: "status", Title: words("現状把握"), Minutes: 3, OpenDays: 14,
		Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}},
		Questions: []programme.Question{
			{ID: "one", Kind: programme.YesNo, Words: words("一")},
			{ID: "two", Kind: programme.LongText, Words: words("二")},
			{ID: "three", Kind: programme.Short, Words: words("三"), Optional: true},
		},
	}
}

// launched sends the survey out and answers the atsugi's response.
func (h *house) launched() programme.Response {
	h.t.Helper()
	s, err := h.LaunchSurvey(h.t.Context(), programme.As("office"), "launch", surveyDef(), programme.Window{})
	if err != nil {
		h.t.Fatal(err)
	}
	var r programme.Response
	if err := h.Store.Read(h.t.Context(), func(tx programme.Tx) (err error) {
		r, err = tx.ResponseOf(s.ID, "atsugi")
		return err
	}); err != nil {
		h.t.Fatal(err)
	}
	return r
}

func TestDialogueAsksOneByOneAndThanks(t *testing.T) {
	h := newHouse(t)
	r, me := h.launched(), programme.As("atsugi")
	d, err := h.StartSurvey(t.Context(), me, r.ID)
	if err != nil || d.Response.Current != "one" || d.Response.State != programme.Started {
		t.Fatalf("started at %q %q: %v", d.Response.Current, d.Response.State, err)
	}
	for _, step := range []struct {
		question string
		in       programme.Input
		next     string
		state    programme.ResponseState
	}{
		{"one", programme.Input{Picked: []string{"yes"}}, "two", programme.Started},
		{"two", programme.Input{Text: "跡継ぎの相談"}, "three", programme.Started},
		{"three", programme.Input{Skip: true}, "", programme.Done},
	} {
		d, err = h.AnswerQuestion(t.Context(), me, r.ID, step.question, step.in)
		if err != nil || d.Response.Current != step.next || d.Response.State != step.state {
			t.Fatalf("after %s: at %q %q: %v", step.question, d.Response.Current, d.Response.State, err)
		}
	}
	if n := h.notices()["survey.receipt p:atsugi"]; n != 1 {
		t.Errorf("thanked %d times, want once", n)
	}
}

func TestChangedAnswerStandsAndTheDialogueGoesOn(t *testing.T) {
	h := newHouse(t)
	r, me := h.launched(), programme.As("atsugi")
	steps := func(question string, in programme.Input) programme.Dialogue {
		d, err := h.AnswerQuestion(t.Context(), me, r.ID, question, in)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	steps("one", programme.Input{Picked: []string{"yes"}})
	d, err := h.ChangeAnswer(t.Context(), me, r.ID, "one")
	if err != nil || d.Response.Current != "one" {
		t.Fatalf("asked %q again: %v", d.Response.Current, err)
	}
	d = steps("one", programme.Input{Picked: []string{"no"}})
	if d.Answers["one"].Picked[0] != "no" || d.Response.Current != "two" {
		t.Errorf("kept %v and asks %q", d.Answers["one"].Picked, d.Response.Current)
	}
}

// TestLaterPressStands: two sockets have no common order, so of two answers the
// one that was pressed later counts, whichever arrives first.
func TestLaterPressStands(t *testing.T) {
	h := newHouse(t)
	r := h.launched()
	h.now = h.now.Add(time.Hour)
	early, late := programme.As("atsugi"), programme.As("atsugi")
	early.At, late.At = h.now.Add(-2*time.Second), h.now.Add(-time.Second)
	if _, err := h.AnswerQuestion(t.Context(), late, r.ID, "one", programme.Input{Picked: []string{"yes"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.AnswerQuestion(t.Context(), early, r.ID, "one", programme.Input{Picked: []string{"no"}}); err != nil {
		t.Fatal(err)
	}
	d, err := h.Dialogue(t.Context(), early, r.ID)
	if err != nil || d.Answers["one"].Picked[0] != "yes" {
		t.Errorf("stands %v: %v", d.Answers["one"].Picked, err)
	}
}

func TestOnlyTheAskedAnswerAndOnlyWhileOpen(t *testing.T) {
	h := newHouse(t)
	r := h.launched()
	yes := programme.Input{Picked: []string{"yes"}}
	for _, who := range cast {
		if who == "atsugi" {
			continue
		}
		if _, err := h.AnswerQuestion(t.Context(), programme.As(who), r.ID, "one", yes); err == nil {
			t.Errorf("%s answered for the atsugi", who)
		}
	}
	h.now = h.now.AddDate(0, 0, 30)
	_, err := h.AnswerQuestion(t.Context(), programme.As("atsugi"), r.ID, "one", yes)
	wantCode(t, err, programme.CodeClosed)
}

func TestDeclineCanBeTakenBack(t *testing.T) {
	h := newHouse(t)
	r, me := h.launched(), programme.As("atsugi")
	d, err := h.DeclineSurvey(t.Context(), me, r.ID)
	if err != nil || d.Response.State != programme.Declined {
		t.Fatalf("%q: %v", d.Response.State, err)
	}
	d, err = h.StartSurvey(t.Context(), me, r.ID)
	if err != nil || d.Response.State != programme.Started || d.Response.Current != "one" {
		t.Errorf("%q at %q: %v", d.Response.State, d.Response.Current, err)
	}
}

// post makes what is due stand in Slack at the moment t.
func (h *house) post(at time.Time) {
	h.t.Helper()
	queue := h.Store.(*db.DB)
	for {
		due, err := queue.Claim(h.t.Context(), "test", h.now, time.Minute, 10)
		if err != nil {
			h.t.Fatal(err)
		}
		if len(due) == 0 {
			return
		}
		outcomes := make([]programme.Outcome, len(due))
		for i, d := range due {
			outcomes[i] = programme.Outcome{Delivery: d, State: programme.Sent, SlackID: "D1", SlackTS: fmt.Sprintf("%d.%06d", at.Unix(), at.Nanosecond()/1000)}
		}
		if _, err := queue.Settle(h.t.Context(), outcomes); err != nil {
			h.t.Fatal(err)
		}
	}
}

// TestTypedBeforeTheQuestionWasInSight: people write one thought in two messages,
// and the second must not become the answer to a question they have not seen.
func TestTypedBeforeTheQuestionWasInSight(t *testing.T) {
	h := newHouse(t)
	r := h.launched()
	typed := func(at time.Time, text string) error {
		who := programme.As("atsugi")
		who.At = at
		_, err := h.AnswerTyped(t.Context(), who, text, "")
		return err
	}
	if _, err := h.StartSurvey(t.Context(), programme.As("atsugi"), r.ID); err != nil {
		t.Fatal(err)
	}
	h.post(h.now)
	if err := typed(h.now.Add(time.Second), "はい"); err != nil {
		t.Fatal(err)
	}
	wantCode(t, typed(h.now.Add(2*time.Second), "まだ見えない質問への答え"), programme.CodeConflict)

	shown := h.now.Add(3 * time.Second)
	h.now = h.now.Add(time.Minute)
	h.post(shown)
	for _, say := range []struct {
		at   time.Duration
		text string
	}{{1, "一つ目"}, {2, "続き"}} {
		if err := typed(shown.Add(say.at*time.Second), say.text); err != nil {
			t.Fatal(err)
		}
	}
	h.post(shown.Add(5 * time.Second))
	if err := typed(shown.Add(4*time.Second), "もう一言"); err != nil {
		t.Fatal(err)
	}
	if err := typed(shown.Add(6*time.Second), "三つ目"); err != nil {
		t.Fatal(err)
	}
	d, err := h.Dialogue(t.Context(), programme.As("atsugi"), r.ID)
	if err != nil || d.Answers["two"].Text != "一つ目\n続き\nもう一言" || d.Answers["three"].Text != "三つ目" {
		t.Errorf("two %q, three %q: %v", d.Answers["two"].Text, d.Answers["three"].Text, err)
	}
}
