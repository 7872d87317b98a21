package programme_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"tsugite/programme"
)

type inputs = map[string]programme.Input

func picked(ids ...string) programme.Input { return programme.Input{Picked: ids} }
func text(s string) programme.Input        { return programme.Input{Text: s} }

func TestSheets(t *testing.T) {
	for rule, c := range map[string]struct {
		before func(t *talker)
		page   string
		in     inputs
		next   string
		want   string
	}{
		"a page is kept and the next one shown": {nil, "firm", inputs{"plan": picked("soon"), "story": text("話")}, "wish",
			"started - plan=soon story=話 2/3"},
		"a page that makes more of its own due comes again": {nil, "firm", inputs{"plan": picked("later"), "story": text("話")}, "firm",
			"started - plan=later story=話 2/5"},
		"an optional field left empty is left out": {func(t *talker) {
			must(t.t, second(t.sheet("firm", inputs{"plan": {Picked: []string{"other"}, Text: "未定"}, "story": text("話")})))
		}, "wish", inputs{"rank": {}, "call": picked("no")}, "", "done - plan=other:未定 story=話 rank=skipped call=no 4/4"},
		"the last page leads back to what is missing": {nil, "wish", inputs{"rank": picked("people", "money"), "call": picked("no")}, "firm",
			"started - rank=people+money call=no 2/4"},
		"while the chat asks it goes on in the chat, too": {func(t *talker) { must(t.t, second(t.start())) },
			"firm", inputs{"plan": picked("soon"), "story": text("話")}, "wish", "started call plan=soon story=話 2/3"},
		"words in the field of the choice to be written out are that choice": {nil, "firm", inputs{"plan": text("未定"), "story": text("話")}, "wish",
			"started - plan=other:未定 story=話 2/4"},
		"what is cleared is left out if it may be": {func(t *talker) {
			must(t.t, second(t.sheet("wish", inputs{"rank": picked("people", "money"), "call": picked("no")})))
		}, "wish", inputs{"rank": {}, "call": picked("no")}, "firm", "started - rank=skipped call=no 2/4"},
		"what a fault is about may not be due any more": {func(t *talker) {
			must(t.t, second(t.sheet("firm", inputs{"plan": picked("later"), "story": text("話")})))
		}, "firm", inputs{"plan": picked("soon"), "years": text("いつか"), "story": text("話")}, "wish", "started - plan=soon story=話 2/3"},
	} {
		t.Run(rule, func(t *testing.T) {
			talk := newHouse(t).talker(branching())
			if c.before != nil {
				c.before(talk)
			}
			got, err := talk.sheet(c.page, c.in)
			if err != nil || got.Next != c.next {
				t.Errorf("next %q, want %q: %v", got.Next, c.next, err)
			}
			if got := talk.stands(); got != c.want {
				t.Errorf("%s\nwant %s", got, c.want)
			}
		})
	}
}

func TestAFaultySheetIsNotKept(t *testing.T) {
	talk := newHouse(t).talker(branching())
	in := inputs{"plan": picked("other"), "story": {}}
	_, err := talk.sheet("firm", in)
	var faults programme.Faults
	if !errors.As(err, &faults) || len(faults) != 2 || faults[0].Field != "plan" || faults[1].Field != "story" {
		t.Fatalf("faults %v of %v", faults, err)
	}
	if got, want := talk.stands(), "asked - 0/4"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestADraftKeepsWhatIsGood(t *testing.T) {
	talk := newHouse(t).talker(branching())
	must(t, second(talk.sheet("firm", inputs{"plan": picked("later"), "story": text("話")})))
	got, err := talk.AnswerSheet(t.Context(), talk.at(), talk.id, programme.SheetInput{
		Page: "firm", Opened: talk.now, Draft: true,
		Answers: inputs{"plan": picked("later"), "years": text("いつか"), "story": text("別の話")},
	})
	if err != nil || got.Next != "firm" || len(got.Faults) != 1 || got.Faults[0].Field != "years" {
		t.Errorf("next %q, faults %v: %v", got.Next, got.Faults, err)
	}
	got, err = talk.AnswerSheet(t.Context(), talk.at(), talk.id, programme.SheetInput{
		Page: "firm", Opened: talk.now, Draft: true, Answers: inputs{"plan": picked("later"), "story": {}},
	})
	if err != nil || len(got.Faults) != 0 {
		t.Errorf("faults %v: %v", got.Faults, err)
	}
	if got, want := talk.stands(), "started - plan=later story=別の話 2/5"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestAFormNeverUndoesTheChat: two devices at once, a form that was opened before the
// chat went on.
func TestAFormNeverUndoesTheChat(t *testing.T) {
	talk := newHouse(t).talker(branching())
	must(t, second(talk.sheet("firm", inputs{"plan": picked("soon"), "story": text("話")})))
	opened := talk.now
	must(t, second(talk.pick("plan", "later")))
	in := programme.SheetInput{Page: "firm", Opened: opened, Answers: inputs{"plan": picked("soon"), "story": text("別の話")}}
	got, err := talk.AnswerSheet(t.Context(), talk.at(), talk.id, in)
	if err != nil || got.Next != "firm" {
		t.Errorf("next %q: %v", got.Next, err)
	}
	if got, want := talk.stands(), "started years plan=later story=別の話 2/5"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestPagesOfASheet(t *testing.T) {
	talk := newHouse(t).talker(branching())
	page := func(id string) string {
		s, err := talk.SurveySheet(t.Context(), talk.at(), talk.id, id)
		if err != nil {
			return err.Error()
		}
		due := ""
		for _, q := range s.Due {
			due += " " + q.ID
		}
		return fmt.Sprintf("%s %d/%d%s", s.Page.ID, s.Place, s.Of, due)
	}
	for id, want := range map[string]string{
		"": "firm 1/2 plan story", "firm": "firm 1/2 plan story", "wish": "wish 2/2 rank call", "nothing": "conflict: error.form_old",
	} {
		if got := page(id); got != want {
			t.Errorf("page %q: %s, want %s", id, got, want)
		}
	}
	must(t, second(talk.sheet("firm", inputs{"plan": picked("later"), "story": text("話")})))
	if got, want := page("firm"), "firm 1/2 plan years story"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	must(t, second(talk.sheet("firm", inputs{"plan": picked("soon"), "story": text("話")})))
	if got, want := page(""), "wish 2/2 call"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	talk.now = talk.now.AddDate(0, 0, 30)
	if got, want := page(""), "closed: error.survey_closed"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestTheSheetOpensAtAQuestion(t *testing.T) {
	after := func(days int) func(t *talker) {
		return func(t *talker) { t.whole(); t.now = t.now.AddDate(0, 0, days) }
	}
	for rule, c := range map[string]struct {
		before         func(t *talker)
		question, want string
	}{
		"on the first page":              {after(0), "story", "firm"},
		"on a later page":                {after(0), "call", "wish"},
		"one that is no longer due":      {after(0), "years", "conflict: error.survey_aside"},
		"one that there is not":          {after(0), "nothing", "not_found: error.survey_gone"},
		"after the end":                  {after(30), "story", "closed: error.survey_closed"},
		"after the end, nor one not due": {after(30), "years", "closed: error.survey_closed"},
	} {
		t.Run(rule, func(t *testing.T) {
			talk := newHouse(t).talker(branching())
			c.before(talk)
			s, err := talk.QuestionSheet(t.Context(), talk.at(), talk.id, c.question)
			got := s.Page.ID
			if err != nil {
				got = err.Error()
			}
			if got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestAPageOnWhichNothingIsDue(t *testing.T) {
	def := branching()
	def.Questions[3].Section, def.Questions[4].Section = "wish", "firm"
	def.Questions[3], def.Questions[4] = def.Questions[4], def.Questions[3] // the ranking alone on its page
	talk := newHouse(t).talker(def)
	must(t, second(talk.sheet("firm", inputs{"plan": picked("soon"), "story": text("話"), "call": picked("yes")})))
	s, err := talk.SurveySheet(t.Context(), talk.at(), talk.id, "wish")
	if err != nil || s.Page.ID != "firm" || s.Place != 1 || s.Of != 1 {
		t.Errorf("page %q, %d of %d: %v", s.Page.ID, s.Place, s.Of, err)
	}
}

// TestTheOfficeFillsIn after a telephone call or from paper, and it shows.
func TestTheOfficeFillsIn(t *testing.T) {
	h := newHouse(t)
	talk := h.talker(branching())
	in := programme.SheetInput{Page: "firm", Via: programme.ViaPaper, Opened: h.now, Answers: inputs{"plan": picked("soon"), "story": text("紙から")}}
	for _, who := range cast {
		if who == "atsugi" || who == "office" {
			continue
		}
		if _, err := h.AnswerSheet(t.Context(), programme.As(who), talk.id, in); err == nil {
			t.Errorf("%s filled in for the atsugi", who)
		}
		if _, err := h.SurveySheet(t.Context(), programme.As(who), talk.id, ""); err == nil {
			t.Errorf("%s sees the atsugi's answers", who)
		}
	}
	got, err := h.AnswerSheet(t.Context(), programme.As("office"), talk.id, in)
	if a := got.Dialogue.Answers["story"]; err != nil || a.By != "office" || a.Via != programme.ViaPaper {
		t.Errorf("entered by %q via %q: %v", a.By, a.Via, err)
	}
	must(t, second(talk.sheet("wish", inputs{"call": picked("yes")})))
	h.now = h.now.Add(time.Hour)
	in = programme.SheetInput{Page: "wish", Via: programme.ViaPhone, Opened: h.now, Answers: inputs{"call": picked("no")}}
	got, err = h.AnswerSheet(t.Context(), programme.As("office"), talk.id, in)
	if a := got.Dialogue.Answers["call"]; err != nil || a.By != "office" || a.Via != programme.ViaPhone || a.Picked[0] != "no" {
		t.Errorf("entered after the end: %+v: %v", a, err)
	}
	h.leaves("atsugi")
	_, err = h.AnswerSheet(t.Context(), programme.As("office"), talk.id, in)
	wantCode(t, err, programme.CodeNotFound)
}

func (h *house) leaves(id programme.PersonID) {
	h.write(func(tx programme.Tx) error {
		p, err := tx.Person(id)
		if err != nil {
			return err
		}
		p.Left = h.now
		return tx.SavePerson(p)
	})
}

// TestTotalsOnly: the office sees that it was answered, not what was said, and filling
// in the rest of the page for somebody changes nothing of it.
func TestTotalsOnly(t *testing.T) {
	def := branching()
	def.Questions[2].TotalsOnly = true
	h := newHouse(t)
	talk := h.talker(def)
	must(t, second(talk.sheet("firm", inputs{"plan": picked("soon"), "story": text("秘密")})))
	office := programme.As("office")
	d, err := h.Dialogue(t.Context(), office, talk.id)
	if a := d.Answers["story"]; err != nil || a.Text != "" || a.Version != 1 {
		t.Errorf("the office sees %+v: %v", a, err)
	}
	s, err := h.SurveySheet(t.Context(), office, talk.id, "firm")
	if err != nil || s.Answers["story"].Text != "" {
		t.Errorf("and on the sheet %+v: %v", s.Answers["story"], err)
	}
	_, versions, err := h.AnswerHistory(t.Context(), office, talk.id)
	for _, a := range versions {
		if err != nil || a.Text != "" {
			t.Errorf("and in the history %+v: %v", a, err)
		}
	}
	in := programme.SheetInput{Page: "firm", Via: programme.ViaPhone, Opened: h.now.Add(time.Second), Answers: inputs{"plan": picked("later"), "story": {}}}
	h.now = h.now.Add(time.Minute)
	got, err := h.AnswerSheet(t.Context(), office, talk.id, in)
	if err != nil || got.Dialogue.Answers["story"].Text != "" {
		t.Errorf("after filling in %+v: %v", got.Dialogue.Answers["story"], err)
	}
	if got, want := talk.stands(), "started - plan=later story=秘密 2/5"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestWhoMayBeNamed(t *testing.T) {
	def := branching()
	def.Questions = append(def.Questions, programme.Question{
		ID: "whom", Section: "wish", Kind: programme.Whom, Words: programme.Text{Ja: "誰"}, Optional: true,
		Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi, programme.Mentor}},
	})
	h := newHouse(t)
	talk := h.talker(def)
	names := func(who programme.PersonID, typed string, limit int) string {
		people, err := h.SurveyPeople(t.Context(), programme.As(who), talk.id, "whom", typed, limit)
		out := ""
		for _, p := range people {
			out += string(p.ID) + " "
		}
		if err != nil {
			out = err.Error()
		}
		return out
	}
	for _, c := range []struct {
		rule  string
		who   programme.PersonID
		typed string
		limit int
		want  string
	}{
		{"everyone but oneself", "atsugi", "", 10, "expert other-atsugi other-expert senior unpledged "},
		{"by a part of the name", "atsugi", " ＥＸＰ", 10, "expert other-expert "},
		{"not more than asked for", "atsugi", "", 2, "expert other-atsugi "},
		{"the office may look for somebody", "office", "sen", 10, "senior "},
		{"nobody else may", "expert", "", 10, "not_found: error.survey_gone"},
	} {
		if got := names(c.who, c.typed, c.limit); got != c.want {
			t.Errorf("%s: %s, want %s", c.rule, got, c.want)
		}
	}
	d, err := talk.pick("whom", "expert")
	if err != nil || d.People["expert"].Name == "" {
		t.Errorf("named %v: %v", d.People, err)
	}
	_, err = talk.pick("whom", "bureau")
	wantCode(t, err, programme.CodeInvalid)
}
