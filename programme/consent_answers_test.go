package programme_test

import (
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

// TestAnAnswerIsProposedToWhoGaveItAlone: in the words that they wrote, once the survey is
// over; and it is gone when they take the answer back.
func TestAnAnswerIsProposedToWhoGaveItAlone(t *testing.T) {
	h := newHouse(t)
	s := h.talker(branching())
	const story = "父が倒れて、急に継ぐことになりました。"
	must(t, second(s.sheet("firm", map[string]programme.Input{"plan": {Picked: []string{"soon"}}, "story": {Text: story}})))
	propose := func(op, question string) (programme.Publication, error) {
		return h.wouldPublish(op, func(f *programme.PublicationForm) {
			f.Kind, f.Response, f.Question, f.Person, f.Text = programme.PublishAnswer, s.id, question, "other-atsugi", "事務局の言葉"
		})
	}
	_, err := propose("early", "story")
	refused(t, "while it is open", err, "invalid text error.publication_answer")
	d, err := h.Dialogue(t.Context(), programme.As("office"), s.id)
	must(t, err)
	must(t, second(h.CloseSurvey(t.Context(), programme.As("office"), d.Survey.ID)))
	_, err = propose("choice", "plan")
	refused(t, "a choice", err, "invalid text error.publication_answer")
	p, err := propose("story", "story")
	must(t, err)
	if p.Person != "atsugi" || p.Text != story {
		t.Errorf("%q is proposed to %s", p.Text, p.Person)
	}
	for to, n := range h.notices() {
		if strings.HasPrefix(to, "consent.ask ") && to != "consent.ask p:atsugi" {
			t.Errorf("%d times %s", n, to)
		}
	}
	h.write(func(tx programme.Tx) error {
		r, err := tx.Response(s.id)
		if err != nil {
			return err
		}
		r.State = programme.Declined
		return tx.SaveResponse(r)
	})
	if v := h.publication(p.ID); v.Step != programme.StepGone {
		t.Errorf("the answer is taken back, and the step is %s", v.Step)
	}
}

// TestWhatWasPromisedToWhoAnsweredIsKept: what nobody is to know whose it is, what is not in
// their own words and what they may still change is not proposed.
func TestWhatWasPromisedToWhoAnsweredIsKept(t *testing.T) {
	now := time.Date(2026, 9, 10, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		may    bool
		change func(*programme.Dialogue)
	}{
		"under one's name, in one's words, closed": {true, func(*programme.Dialogue) {}},
		"anonymous":        {false, func(d *programme.Dialogue) { d.Survey.Def.Anonymous = true }},
		"for totals only":  {false, func(d *programme.Dialogue) { d.Survey.Def.Questions[0].TotalsOnly = true }},
		"a trial":          {false, func(d *programme.Dialogue) { d.Survey.Trial = true }},
		"open":             {false, func(d *programme.Dialogue) { d.Survey.Closes = now.Add(time.Hour) }},
		"open for them":    {false, func(d *programme.Dialogue) { d.Response.OpenUntil = now.Add(time.Hour) }},
		"declined":         {false, func(d *programme.Dialogue) { d.Response.State = programme.Declined }},
		"by no atsugi":     {false, func(d *programme.Dialogue) { d.Person.Roles = []programme.Role{programme.Supporter} }},
		"left out":         {false, func(d *programme.Dialogue) { d.Answers["story"] = programme.Answer{Skipped: true} }},
		"not given yet":    {false, func(d *programme.Dialogue) { d.Answers["story"] = programme.Answer{Text: "途中", Open: true} }},
		"without words":    {false, func(d *programme.Dialogue) { d.Answers["story"] = programme.Answer{Picked: []string{"yes"}} }},
		"another question": {false, func(d *programme.Dialogue) { d.Survey.Def.Questions[0].ID = "another" }},
	} {
		d := programme.Dialogue{
			Survey: programme.Survey{Opens: now.Add(-48 * time.Hour), Closes: now, Def: programme.SurveyDef{
				Questions: []programme.Question{{ID: "story", Kind: programme.LongText}}}},
			Response: programme.Response{State: programme.Done},
			Person:   programme.Person{ID: "atsugi", Roles: []programme.Role{programme.Atsugi}},
			Answers:  map[string]programme.Answer{"story": {Text: "父が倒れました。"}},
		}
		c.change(&d)
		if got := d.Publishable("story", now); got != c.may {
			t.Errorf("%s: %v", name, got)
		}
	}
}
