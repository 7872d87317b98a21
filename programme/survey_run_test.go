package programme_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/db"
	"tsugite/programme"
)

// chased are those to whom a chaser is or was on its way, with how many.
func (h *house) chased() string {
	h.t.Helper()
	var out []string
	for notice, n := range h.notices() {
		if to, ok := strings.CutPrefix(notice, "survey.chase p:"); ok {
			out = append(out, fmt.Sprint(to, " ", n))
		}
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

func TestWhoIsChasedByHand(t *testing.T) {
	h := newHouse(t)
	for _, id := range []programme.PersonID{"started", "done", "declined", "later", "paper"} {
		h.person(id, func(*programme.Person) {})
	}
	s := h.launch("launch", surveyDef(), programme.Window{})
	office, rs := programme.As("office"), h.responses(s.ID)
	h.deliver()
	h.person("paper", func(p *programme.Person) { p.OffSlack = h.now })
	h.now = h.now.Add(11 * time.Hour)
	announced := func(when string, want int) {
		t.Helper()
		if n := h.board(s.ID).ToChase; n != want {
			t.Errorf("%s: the board speaks of %d to be chased, want %d", when, n, want)
		}
	}
	announced("in the evening of the invitation", 0)
	if n, err := h.ChaseSurvey(t.Context(), office, s.ID, "early"); err != nil || n != 0 {
		t.Errorf("%d chased in the evening of the invitation: %v", n, err)
	}
	for _, err := range []error{
		second(h.StartSurvey(t.Context(), programme.As("started"), rs["started"].ID)),
		second(h.DeclineSurvey(t.Context(), programme.As("declined"), rs["declined"].ID)),
		second(h.LaterSurvey(t.Context(), programme.As("later"), rs["later"].ID, programme.LaterThreeDay)),
		second(h.StartSurvey(t.Context(), programme.As("done"), rs["done"].ID)),
		second(h.AnswerQuestion(t.Context(), programme.As("done"), rs["done"].ID, "one", programme.Input{Picked: []string{"yes"}})),
		second(h.AnswerQuestion(t.Context(), programme.As("done"), rs["done"].ID, "two", programme.Input{Text: "一言"})),
		second(h.AnswerQuestion(t.Context(), programme.As("done"), rs["done"].ID, "three", programme.Input{Skip: true})),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	h.now = h.now.Add(2 * time.Hour)
	announced("before anybody was chased", 3)
	// The press comes twice, and a colleague presses at the same moment.
	total := 0
	for _, op := range []string{"a", "a", "b"} {
		n, err := h.ChaseSurvey(t.Context(), office, s.ID, op)
		if err != nil {
			t.Fatal(err)
		}
		total += n
	}
	if got := h.chased(); total != 3 || got != "atsugi 1, other-atsugi 1, started 1" {
		t.Errorf("%d chased: %s", total, got)
	}
	announced("after the press", 0)
	sent := h.deliver()
	if got := strings.Join(sent, ", "); !strings.Contains(got, "survey.chase p:atsugi") || !strings.Contains(got, "survey.chase p:started") {
		t.Errorf("went out: %s", got)
	}
	h.now = h.now.Add(13 * time.Hour)
	for op, want := range map[string]int{"a": 0, "c": 3} {
		if n, err := h.ChaseSurvey(t.Context(), office, s.ID, op); err != nil || n != want {
			t.Errorf("%d chased the next day for %s, want %d: %v", n, op, want, err)
		}
	}
	h.now = s.Closes
	announced("after the closing", 0)
	_, err := h.ChaseSurvey(t.Context(), office, s.ID, "d")
	wantCode(t, err, programme.CodeClosed)
}

func TestNobodyIsChasedBeforeItOpens(t *testing.T) {
	h := newHouse(t)
	s := h.launch("launch", surveyDef(), programme.Window{Opens: h.now.AddDate(0, 0, 3)})
	h.now = h.now.AddDate(0, 0, 2)
	_, err := h.ChaseSurvey(t.Context(), programme.As("office"), s.ID, "op")
	wantCode(t, err, programme.CodeConflict)
	if got := h.chased(); got != "" {
		t.Errorf("chased: %s", got)
	}
}

// TestManyAreChasedAFewAtATime: as with asking.
func TestManyAreChasedAFewAtATime(t *testing.T) {
	h := newHouse(t)
	h.crowd(598)
	s := h.launch("launch", surveyDef(), programme.Window{})
	h.post(h.now)
	h.now = h.now.AddDate(0, 0, 2)
	w := h.watch(0)
	n, err := h.ChaseSurvey(t.Context(), programme.As("office"), s.ID, "op")
	if err != nil || n != 600 || fmt.Sprint(w.rows) != "[100 100 100 100 100 100]" {
		t.Errorf("%d chased, by transaction %v: %v", n, w.rows, err)
	}
}

// TestANewEndShowsEverywhere: what stands is drawn again; an invitation that waited
// or came too late goes out.
func TestANewEndShowsEverywhere(t *testing.T) {
	h := newHouse(t)
	h.person("asleep", func(*programme.Person) {})
	s := h.launch("launch", surveyDef(), programme.Window{})
	office, me := programme.As("office"), programme.As("atsugi")
	r := h.responses(s.ID)["atsugi"]
	h.sendBut("asleep")
	if _, err := h.StartSurvey(t.Context(), me, r.ID); err != nil {
		t.Fatal(err)
	}
	h.deliver()
	h.now = s.Closes.Add(time.Hour)
	_, err := h.AnswerQuestion(t.Context(), me, r.ID, "one", programme.Input{Picked: []string{"yes"}})
	wantCode(t, err, programme.CodeClosed)

	closes := h.now.AddDate(0, 0, 7)
	if s, err = h.ExtendSurvey(t.Context(), office, s.ID, closes); err != nil || !s.Closes.Equal(closes) {
		t.Fatalf("closes %s: %v", s.Closes, err)
	}
	want := map[string]programme.DeliveryOp{
		"survey.invite p:atsugi": programme.OpUpdate, "survey.invite p:other-atsugi": programme.OpUpdate,
		"survey.invite p:asleep": programme.OpPost, "survey.question p:atsugi": programme.OpUpdate,
	}
	if got := h.pending(); !maps.Equal(got, want) {
		t.Errorf("to be drawn: %v\nwant %v", got, want)
	}
	for id, d := range h.invites() {
		if !d.UsefulUntil.Equal(closes) {
			t.Errorf("the invitation of %s is of use until %s", id, d.UsefulUntil)
		}
	}
	h.deliver()
	if _, err := h.AnswerQuestion(t.Context(), me, r.ID, "one", programme.Input{Picked: []string{"yes"}}); err != nil {
		t.Error(err)
	}
	h.deliver()
	if _, err := h.ExtendSurvey(t.Context(), office, s.ID, closes); err != nil || len(h.pending()) != 0 {
		t.Errorf("the same end once more draws %v: %v", h.pending(), err)
	}
	if _, err = h.CloseSurvey(t.Context(), office, s.ID); err != nil {
		t.Fatal(err)
	}
	if got := h.pending(); len(got) != 4 {
		t.Errorf("closing draws %v", got)
	}
	_, err = h.AnswerQuestion(t.Context(), me, r.ID, "two", programme.Input{Text: "遅い"})
	wantCode(t, err, programme.CodeClosed)
	if again, err := h.CloseSurvey(t.Context(), office, s.ID); err != nil || !again.Closes.Equal(h.now) {
		t.Errorf("closed again at %s: %v", again.Closes, err)
	}
}

// sendBut sends what is due, but for what goes to somebody, which comes too late.
func (h *house) sendBut(late programme.PersonID) {
	h.t.Helper()
	queue := h.Store.(*db.DB)
	due, err := queue.Claim(h.t.Context(), "test", h.now, time.Minute, 100)
	if err != nil {
		h.t.Fatal(err)
	}
	outcomes := make([]programme.Outcome, len(due))
	for i, d := range due {
		outcomes[i] = programme.Outcome{Delivery: d, State: programme.Sent, SlackID: "D1", SlackTS: fmt.Sprintf("%d.000100", h.now.Unix())}
		if d.To.Person() == late {
			outcomes[i] = programme.Outcome{Delivery: d, State: programme.Lapsed}
		}
	}
	if _, err := queue.Settle(h.t.Context(), outcomes); err != nil {
		h.t.Fatal(err)
	}
}

// pending is what waits to be sent or drawn again, as "kind to".
func (h *house) pending() map[string]programme.DeliveryOp {
	h.t.Helper()
	out := map[string]programme.DeliveryOp{}
	h.read(func(tx programme.Tx) error {
		ds, err := tx.Deliveries(programme.Pending, 10_000)
		for _, d := range ds {
			out[string(d.Kind)+" "+string(d.To)] = d.Op
		}
		return err
	})
	return out
}

func TestASurveyIsExtendedWithinReason(t *testing.T) {
	anonymous := func(d *programme.SurveyDef) { d.Anonymous = true }
	for name, c := range map[string]struct {
		def    func(*programme.SurveyDef)
		opens  time.Duration // after the launch
		at     time.Duration // when it is extended
		closes time.Duration // after that
		want   programme.Code
	}{
		"while it is open":       {at: 24 * time.Hour, closes: 30 * 24 * time.Hour},
		"to end sooner":          {at: 24 * time.Hour, closes: time.Hour},
		"too soon":               {at: 24 * time.Hour, closes: 59 * time.Minute, want: programme.CodeInvalid},
		"for 200 days":           {closes: 200 * 24 * time.Hour},
		"for more than 200 days": {closes: 201 * 24 * time.Hour, want: programme.CodeInvalid},
		"before it opens":        {opens: 72 * time.Hour, closes: 96 * time.Hour},
		"before it opens, to end before it opens": {opens: 72 * time.Hour, closes: 48 * time.Hour, want: programme.CodeInvalid},
		"after it closed":                         {at: 400 * time.Hour, closes: 48 * time.Hour},
		"an open anonymous one":                   {def: anonymous, at: 24 * time.Hour, closes: 30 * 24 * time.Hour},
		"an anonymous one that closed":            {def: anonymous, at: 400 * time.Hour, closes: 48 * time.Hour, want: programme.CodeClosed},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			def := surveyDef()
			if c.def != nil {
				c.def(&def)
			}
			s := h.launch("launch", def, programme.Window{Opens: h.now.Add(c.opens)})
			h.now = h.now.Add(c.at)
			got, err := h.ExtendSurvey(t.Context(), programme.As("office"), s.ID, h.now.Add(c.closes))
			wantCode(t, err, c.want)
			if c.want == "" && !got.Closes.Equal(h.now.Add(c.closes)) {
				t.Errorf("closes %s", got.Closes)
			}
		})
	}
}

// TestThanksForTheLastAnswerAreStillSent: somebody answers a moment before the office
// closes the survey.
func TestThanksForTheLastAnswerAreStillSent(t *testing.T) {
	h := newHouse(t)
	s := h.launch("launch", surveyDef(), programme.Window{})
	r := h.responses(s.ID)["atsugi"]
	for question, in := range map[string]programme.Input{"one": {Picked: []string{"yes"}}, "two": {Text: "一言"}, "three": {Skip: true}} {
		if _, err := h.AnswerQuestion(t.Context(), programme.As("atsugi"), r.ID, question, in); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.CloseSurvey(t.Context(), programme.As("office"), s.ID); err != nil {
		t.Fatal(err)
	}
	h.read(func(tx programme.Tx) error {
		d, err := tx.DeliveryOf(programme.Notice{Kind: programme.NoticeSurveyReceipt, Subject: string(r.ID), To: "p:atsugi"})
		if !d.UsefulUntil.After(h.now) {
			t.Errorf("the receipt is of use until %s", d.UsefulUntil)
		}
		return err
	})
}

// TestTwoOfADefinitionAreNeverOpen: not by extending the older one either.
func TestTwoOfADefinitionAreNeverOpen(t *testing.T) {
	h := newHouse(t)
	first := h.launch("1", surveyDef(), programme.Window{})
	h.now = first.Closes
	h.launch("2", surveyDef(), programme.Window{})
	_, err := h.ExtendSurvey(t.Context(), programme.As("office"), first.ID, h.now.AddDate(0, 0, 7))
	wantCode(t, err, programme.CodeConflict)
}

func TestASurveyClosedBeforeItOpensNeverOpens(t *testing.T) {
	h := newHouse(t)
	s := h.launch("launch", surveyDef(), programme.Window{Opens: h.now.AddDate(0, 0, 3)})
	if _, err := h.CloseSurvey(t.Context(), programme.As("office"), s.ID); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.AddDate(0, 0, 4)
	if got := h.deliver(); len(got) != 0 {
		t.Errorf("sent %v", got)
	}
	h.launch("again", surveyDef(), programme.Window{})
}

func TestASurveyIsOpenedAgainForOne(t *testing.T) {
	h := newHouse(t)
	s := h.launch("launch", surveyDef(), programme.Window{})
	h.deliver()
	office, me := programme.As("office"), programme.As("atsugi")
	r := h.responses(s.ID)["atsugi"]
	if _, err := h.DeclineSurvey(t.Context(), me, r.ID); err != nil {
		t.Fatal(err)
	}
	h.now = s.Closes.AddDate(0, 0, 3)
	h.deliver()
	wantCode(t, h.ReopenSurvey(t.Context(), office, r.ID, h.now.Add(time.Minute)), programme.CodeInvalid)
	until := h.now.AddDate(0, 0, 2)
	for range 2 { // the second press is the same press
		if err := h.ReopenSurvey(t.Context(), office, r.ID, until); err != nil {
			t.Fatal(err)
		}
	}
	if got := h.deliver(); fmt.Sprint(got) != "[survey.reopened p:atsugi]" {
		t.Errorf("sent %v", got)
	}
	if _, err := h.StartSurvey(t.Context(), me, r.ID); err != nil {
		t.Error(err)
	}
	_, err := h.StartSurvey(t.Context(), programme.As("other-atsugi"), h.responses(s.ID)["other-atsugi"].ID)
	wantCode(t, err, programme.CodeClosed)
	if _, err := h.ExtendSurvey(t.Context(), office, s.ID, h.now.AddDate(0, 0, 1)); err != nil {
		t.Fatal(err)
	}
	if d := h.invites()["atsugi"]; !d.UsefulUntil.Equal(until) {
		t.Errorf("a shorter extension takes %s from who has until %s", d.UsefulUntil, until)
	}
	h.now = until
	_, err = h.AnswerQuestion(t.Context(), me, r.ID, "one", programme.Input{Picked: []string{"yes"}})
	wantCode(t, err, programme.CodeClosed)
}

func TestNothingAnonymousIsOpenedAgain(t *testing.T) {
	h := newHouse(t)
	def := surveyDef()
	def.Anonymous = true
	s := h.launch("launch", def, programme.Window{})
	err := h.ReopenSurvey(t.Context(), programme.As("office"), h.responses(s.ID)["atsugi"].ID, s.Closes.AddDate(0, 0, 3))
	wantCode(t, err, programme.CodeDenied)
}

func TestTheSheetGoesToWhoAskedForIt(t *testing.T) {
	h := newHouse(t)
	s := h.launch("launch", surveyDef(), programme.Window{})
	for range 2 {
		if err := h.RequestSurveySheet(t.Context(), programme.As("office"), s.ID, "op"); err != nil {
			t.Fatal(err)
		}
	}
	if n := h.notices()["survey.sheet p:office"]; n != 1 {
		t.Errorf("%d sheets", n)
	}
	if m := h.matter(programme.NoticeSurveySheet, string(s.ID), "op", "p:office"); m.Withdrawn != "" || m.Survey.ID != s.ID {
		t.Errorf("withdrawn %q, survey %q", m.Withdrawn, m.Survey.ID)
	}
	if m := h.matter(programme.NoticeSurveySheet, string(s.ID), "op", "p:atsugi"); m.Withdrawn == "" {
		t.Error("goes to somebody who is not of the office")
	}
	wantCode(t, h.RequestSurveySheet(t.Context(), programme.Operator, s.ID, "op"), programme.CodeDenied)
}
