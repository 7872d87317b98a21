package programme_test

import (
	"errors"
	"strings"
	"testing"

	"tsugite/programme"
)

// anonymous is one sheet without names.
func anonymous() programme.SurveyDef {
	def := branching()
	def.ID, def.Anonymous, def.Sections = "anonymous", true, nil
	def.Questions = []programme.Question{def.Questions[0], def.Questions[2], def.Questions[4]}
	for i := range def.Questions {
		def.Questions[i].Section = ""
	}
	def.Questions[1].Optional = true
	return def
}

func (t *talker) ballots() []programme.Ballot {
	t.t.Helper()
	var bs []programme.Ballot
	must(t.t, t.Store.Read(t.t.Context(), func(tx programme.Tx) error {
		r, err := tx.Response(t.id)
		if err != nil {
			return err
		}
		bs, err = tx.Ballots(r.Survey)
		return err
	}))
	return bs
}

func TestABallotIsCastOnceAndTellsNothing(t *testing.T) {
	talk := newHouse(t).talker(anonymous())
	in := inputs{"plan": {Picked: []string{"other"}, Text: "未定"}, "story": {}, "call": picked("yes")}
	before := talk.trail()
	must(t, talk.CastBallot(t.Context(), talk.at(), talk.id, in))
	bs := talk.ballots()
	if len(bs) != 1 || len(bs[0].Answers) != 3 {
		t.Fatalf("ballots %v", bs)
	}
	for _, a := range bs[0].Answers {
		if a.By != "" || !a.At.IsZero() || a.Response != "" || a.Via != "" {
			t.Errorf("a ballot tells %+v", a)
		}
	}
	d, err := talk.Dialogue(t.Context(), programme.As("atsugi"), talk.id)
	if err != nil || d.Response.State != programme.Done || !d.Response.DoneAt.IsZero() || len(d.Answers) != 0 {
		t.Errorf("%+v with %v: %v", d.Response, d.Answers, err)
	}
	if after := talk.trail(); len(after) != len(before) {
		t.Errorf("the trail tells %s", after[0])
	}
	for kind := range talk.notices() {
		if strings.HasPrefix(kind, "survey.receipt") || strings.HasPrefix(kind, "survey.question") {
			t.Errorf("sent %s", kind)
		}
	}
	wantCode(t, talk.CastBallot(t.Context(), talk.at(), talk.id, in), programme.CodeClosed)
	if n := len(talk.ballots()); n != 1 {
		t.Errorf("%d ballots of one person", n)
	}
}

func TestAFaultyBallotIsNotCast(t *testing.T) {
	talk := newHouse(t).talker(anonymous())
	err := talk.CastBallot(t.Context(), talk.at(), talk.id, inputs{"plan": picked("other"), "story": text("話")})
	var faults programme.Faults
	if !errors.As(err, &faults) || len(faults) != 2 || faults[0].Field != "plan" || faults[1].Field != "call" {
		t.Errorf("faults %v of %v", faults, err)
	}
	if d, err := talk.Dialogue(t.Context(), programme.As("atsugi"), talk.id); err != nil || d.Response.State != programme.Asked || len(talk.ballots()) != 0 {
		t.Errorf("%s with %d ballots: %v", d.Response.State, len(talk.ballots()), err)
	}
}

func TestAnAnonymousSurveyHasNoDialogue(t *testing.T) {
	whole := inputs{"plan": picked("soon"), "story": {}, "call": picked("yes")}
	for rule, c := range map[string]struct {
		do   func(t *talker) error
		want programme.Code
	}{
		"in the chat":           {func(t *talker) error { return second(t.start()) }, programme.CodeConflict},
		"by a button":           {func(t *talker) error { return second(t.pick("plan", "soon")) }, programme.CodeConflict},
		"saved page by page":    {func(t *talker) error { return second(t.sheet("1", whole)) }, programme.CodeConflict},
		"for the office to see": {func(t *talker) error { return second(t.Dialogue(t.t.Context(), programme.As("office"), t.id)) }, programme.CodeNotFound},
		"for the office to fill in": {func(t *talker) error {
			return t.CastBallot(t.t.Context(), programme.As("office"), t.id, whole)
		}, programme.CodeNotFound},
		"with a history": {func(t *talker) error {
			_, _, err := t.AnswerHistory(t.t.Context(), programme.As("office"), t.id)
			return err
		}, programme.CodeNotFound},
		"after the end": {func(t *talker) error {
			t.now = t.now.AddDate(0, 0, 30)
			return t.CastBallot(t.t.Context(), t.at(), t.id, whole)
		}, programme.CodeClosed},
		"but can be declined": {func(t *talker) error { return second(t.DeclineSurvey(t.t.Context(), t.at(), t.id)) }, ""},
		"and put off": {func(t *talker) error {
			return second(t.LaterSurvey(t.t.Context(), t.at(), t.id, programme.LaterTonight))
		}, ""},
		"and opened as one sheet": {func(t *talker) error {
			s, err := t.SurveySheet(t.t.Context(), t.at(), t.id, "")
			if err == nil && (len(s.Due) != 3 || s.Of != 1) {
				t.t.Errorf("%d questions on one of %d pages", len(s.Due), s.Of)
			}
			return err
		}, ""},
	} {
		t.Run(rule, func(t *testing.T) { wantCode(t, c.do(newHouse(t).talker(anonymous())), c.want) })
	}
}

// TestABallotOfAnotherSurvey: what is said with a name is never kept without one.
func TestABallotOfAnotherSurvey(t *testing.T) {
	talk := newHouse(t).talker(branching())
	wantCode(t, talk.CastBallot(t.Context(), talk.at(), talk.id, inputs{}), programme.CodeNotFound)
}
