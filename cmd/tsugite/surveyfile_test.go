package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tsugite/cmd/internal/strict"
	"tsugite/programme"
)

func TestBundledStatusSurvey(t *testing.T) {
	d, err := bundledSurvey("status")
	if err != nil {
		t.Fatal(err)
	}
	var kinds []programme.QuestionKind
	for _, q := range d.Questions {
		kinds = append(kinds, q.Kind)
		for _, text := range append([]programme.Text{q.Words}, choiceWords(q)...) {
			if text.Ja == "" || text.En == "" {
				t.Errorf("%s lacks words in a language: %+v", q.ID, text)
			}
		}
	}
	want := []programme.QuestionKind{programme.Single, programme.Single, programme.Multi, programme.YesNo, programme.LongText}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Error(diff)
	}
	if n := len(d.Questions[1].Choices); n <= 5 {
		t.Errorf("%d choices of the second question fit buttons: it is to be a select", n)
	}
	if !d.Questions[4].Optional {
		t.Error("what somebody would like to talk about may be left out")
	}
	// Everyone who took part in earlier years (programme.md 2-③a).
	audience := programme.Audience{Roles: []programme.Role{programme.Atsugi}, Cohorts: []string{"R6", "R7"}}
	if diff := cmp.Diff(audience, d.Audience); diff != "" {
		t.Error(diff)
	}
}

func choiceWords(q programme.Question) []programme.Text {
	var out []programme.Text
	for _, c := range q.Choices {
		out = append(out, c.Words)
	}
	return out
}

const surveyHead = "id: s\ntitle: {ja: 題}\nminutes: 3\nopen_days: 7\naudience: {roles: [atsugi]}\nquestions:\n"

func TestSurveyFaults(t *testing.T) {
	many := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "      - {id: c%d, words: {ja: 選%d}}\n", i, i)
		}
		return surveyHead + "  - id: q\n    kind: single\n    words: {ja: 問}\n    choices:\n" + b.String()
	}
	for rule, c := range map[string]struct {
		file string
		want []string
	}{
		"no questions": {surveyHead + "  []\n", []string{"s.yaml:7:3: questions: 0 questions (1 to 40)"}},
		"the same question id twice": {surveyHead + "  - {id: q, kind: yes_no, words: {ja: 問}}\n  - {id: q, kind: short, words: {ja: 問}}\n",
			[]string{`s.yaml:8:10: questions[2].id: a second question with the id "q" (give each question an id of its own)`}},
		"no Japanese words": {surveyHead + "  - {id: q, kind: yes_no, words: {en: Q}}\n", []string{"s.yaml:7:35: questions[1].words.ja: is missing"}},
		"an unknown kind":   {surveyHead + "  - {id: q, kind: singel, words: {ja: 問}}\n", []string{`s.yaml:7:19: questions[1].kind: unknown word "singel" (did you mean single?)`}},
		"no choices":        {surveyHead + "  - {id: q, kind: single, words: {ja: 問}}\n", []string{"s.yaml:7:6: questions[1]: has no choices (add choices: with an id and words each)"}},
		"one choice":        {many(1), []string{"s.yaml:11:7: questions[1].choices: 1 choices (2 to 100)"}},
		"101 choices":       {many(101), []string{"s.yaml:11:7: questions[1].choices: 101 choices (2 to 100)"}},
		"the same choice twice": {surveyHead + "  - {id: q, kind: single, words: {ja: 問}, choices: [{id: a, words: {ja: あ}}, {id: a, words: {ja: い}}]}\n",
			[]string{"s.yaml:7:83: questions[1].choices[2].id: the same choice twice, by id or by words (give each choice an id and words of its own)"}},
		"choices of a question that takes none": {surveyHead + "  - {id: q, kind: yes_no, words: {ja: 問}, choices: [{id: a, words: {ja: あ}}, {id: b, words: {ja: い}}]}\n",
			[]string{"s.yaml:7:52: questions[1].choices: a question of kind yes_no takes no choices (remove them, or make it single or multi)"}},
		"a question too long": {surveyHead + "  - {id: q, kind: yes_no, words: {ja: " + strings.Repeat("問", 301) + "}}\n",
			[]string{"s.yaml:7:39: questions[1].words.ja: has 301 characters (300 at most)"}},
		"a choice too long": {surveyHead + "  - {id: q, kind: single, words: {ja: 問}, choices: [{id: a, words: {ja: " + strings.Repeat("選", 76) + "}}, {id: b, words: {ja: い}}]}\n",
			[]string{"s.yaml:7:73: questions[1].choices[1].words.ja: has 76 characters (75 at most)"}},
		"a scale of one":      {surveyHead + "  - {id: q, kind: scale, words: {ja: 問}, max: 1}\n", []string{"s.yaml:7:47: questions[1].max: must be a whole number (2 to 10)"}},
		"a scale without end": {surveyHead + "  - {id: q, kind: scale, words: {ja: 問}}\n", []string{"s.yaml:7:6: questions[1].max: is missing"}},
		"answers for everyone": {surveyHead + "  - {id: q, kind: yes_no, words: {ja: 問}, shown_to: [public]}\n",
			[]string{`s.yaml:7:54: questions[1].shown_to[1]: unknown word "public" (one of: mentor, bureau)`}},
	} {
		t.Run(rule, func(t *testing.T) {
			_, err := parseSurvey("s.yaml", []byte(c.file))
			if diff := cmp.Diff(c.want, faultLines(t, err)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestExactlyAHundredChoicesFit(t *testing.T) {
	var b strings.Builder
	for i := range maxChoices {
		fmt.Fprintf(&b, "      - {id: c%d, words: {ja: %s%d}}\n", i, strings.Repeat("選", 70), i)
	}
	file := surveyHead + "  - id: q\n    kind: single\n    words: {ja: " + strings.Repeat("問", maxQuestion) + "}\n    choices:\n" + b.String()
	if _, err := parseSurvey("s.yaml", []byte(file)); err != nil {
		t.Error(err)
	}
}

func FuzzParseSurvey(f *testing.F) {
	f.Add(surveyHead + "  - {id: q, kind: yes_no, words: {ja: 問}}\n")
	f.Add(surveyHead + "  - {id: q, kind: multi, words: {ja: 問}, choices: [{id: a, words: {ja: あ}}, {id: b, words: {ja: い}}]}\n")
	f.Fuzz(func(t *testing.T, file string) {
		d, err := parseSurvey("s.yaml", []byte(file))
		var faults strict.Faults
		switch {
		case err != nil && !errors.As(err, &faults):
			t.Fatalf("%T %v", err, err)
		case err != nil:
			return
		}
		for _, q := range d.Questions {
			kind := slices.Contains([]programme.QuestionKind{programme.Single, programme.Multi}, q.Kind)
			if q.ID == "" || q.Words.Ja == "" || kind != (len(q.Choices) > 0) || q.Kind == programme.Scale && q.Max < 2 {
				t.Errorf("a question was taken that nobody could answer: %+v", q)
			}
		}
	})
}
