package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tsugite/cmd/internal/strict"
	"tsugite/programme"
)

// TestBundledStatusSurvey: seven questions for everyone, in both languages, that lead to
// a wish for follow-up; the others hang on answers (programme.md 2-③a).
func TestBundledStatusSurvey(t *testing.T) {
	d, err := bundledSurvey("status")
	if err != nil {
		t.Fatal(err)
	}
	var always, branches []string
	for _, q := range d.Questions {
		if q.When.Always() {
			always = append(always, q.ID)
		} else {
			branches = append(branches, q.ID)
		}
	}
	if diff := cmp.Diff([]string{"timing", "role", "tried", "issue", "resources", "follow-up", "contact"}, always); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"right", "results", "koshien", "way", "talk-about"}, branches); diff != "" {
		t.Error(diff)
	}
	if d.Minutes != 3 || d.Wish != "follow-up" || len(d.Sections) != 4 {
		t.Errorf("%d minutes, wish %q, %d sections", d.Minutes, d.Wish, len(d.Sections))
	}
	// Everyone who took part in earlier years (programme.md 2-③a).
	audience := programme.Audience{Roles: []programme.Role{programme.Atsugi}, Cohorts: []string{"R6", "R7"}}
	if diff := cmp.Diff(audience, d.Audience); diff != "" {
		t.Error(diff)
	}
}

// TestBundledStatusSurveyBranches: who is asked what, by what they said.
func TestBundledStatusSurveyBranches(t *testing.T) {
	d, err := bundledSurvey("status")
	if err != nil {
		t.Fatal(err)
	}
	for rule, c := range map[string]struct {
		said map[string]string
		want []string
	}{
		"the head of a firm who tried nothing and wants nothing": {
			map[string]string{"role": "head", "tried": "not-yet", "follow-up": "no"}, nil},
		"an employee has no right of representation": {
			map[string]string{"role": "staff", "tried": "not-yet"}, []string{"koshien"}},
		"a director is asked for it": {
			map[string]string{"role": "director"}, []string{"right"}},
		"a director without it may enter the contest": {
			map[string]string{"role": "director", "right": "no"}, []string{"right", "koshien"}},
		"a director who has it may not": {
			map[string]string{"role": "director", "right": "yes"}, []string{"right"}},
		"who tried something is asked what came of it": {
			map[string]string{"role": "head", "tried": "plan"}, []string{"results"}},
		"who wants follow-up is asked how": {
			map[string]string{"role": "head", "follow-up": "yes"}, []string{"way", "talk-about"}},
	} {
		answers := map[string]programme.Answer{}
		for question, choice := range c.said {
			answers[question] = programme.Answer{Question: question, Picked: []string{choice}}
		}
		var got []string
		for _, q := range d.Due(answers) {
			if !q.When.Always() {
				got = append(got, q.ID)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", rule, diff)
		}
	}
}

func TestBundledSurveysAfterEvents(t *testing.T) {
	for id, most := range map[string]int{"event": 3, "step-up": 7} {
		d, err := bundledSurvey(id)
		if err != nil {
			t.Fatal(err)
		}
		if !d.AfterEvents || len(d.Questions) > most || d.Title.En == "" {
			t.Errorf("%s: %+v", id, d)
		}
	}
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
		"neither questions nor sections": {strings.TrimSuffix(surveyHead, "questions:\n"), []string{"s.yaml:1:1: has no questions (add questions:, or sections: with an id, a title and questions each)"}},
		"no questions":                   {surveyHead + "  []\n", []string{"s.yaml:7:3: questions: 0 questions (1 to 40)"}},
		"the same question id twice": {surveyHead + "  - {id: q, kind: yes_no, words: {ja: 問}}\n  - {id: q, kind: short, words: {ja: 問}}\n",
			[]string{`s.yaml:8:10: questions[2].id: a second question with the id "q" (give each question an id of its own)`}},
		"no Japanese words": {surveyHead + "  - {id: q, kind: yes_no, words: {en: Q}}\n", []string{
			"s.yaml:2:9: title: has no English words (add en:, which other texts of the file have, or remove it everywhere)",
			"s.yaml:7:35: questions[1].words.ja: is missing"}},
		"an unknown kind": {surveyHead + "  - {id: q, kind: singel, words: {ja: 問}}\n", []string{`s.yaml:7:19: questions[1].kind: unknown word "singel" (did you mean single?)`}},
		"no choices":      {surveyHead + "  - {id: q, kind: single, words: {ja: 問}}\n", []string{"s.yaml:7:6: questions[1]: has no choices (add choices: with an id and words each)"}},
		"one choice":      {many(1), []string{"s.yaml:11:7: questions[1].choices: 1 choices (2 to 100)"}},
		"101 choices":     {many(101), []string{"s.yaml:11:7: questions[1].choices: 101 choices (2 to 100)"}},
		"the same choice twice": {surveyHead + "  - {id: q, kind: single, words: {ja: 問}, choices: [{id: a, words: {ja: あ}}, {id: a, words: {ja: い}}]}\n",
			[]string{"s.yaml:7:83: questions[1].choices[2].id: the same choice twice, by id or by words (give each choice an id and words of its own)"}},
		"choices of a question that takes none": {surveyHead + "  - {id: q, kind: yes_no, words: {ja: 問}, choices: [{id: a, words: {ja: あ}}, {id: b, words: {ja: い}}]}\n",
			[]string{"s.yaml:7:52: questions[1].choices: a question of kind yes_no takes no choices (remove it, or make the question single or multi or ranking)"}},
		"a question too long": {surveyHead + "  - {id: q, kind: yes_no, words: {ja: " + strings.Repeat("問", 301) + "}}\n",
			[]string{"s.yaml:7:39: questions[1].words.ja: has 301 characters (300 at most)"}},
		"a choice too long": {surveyHead + "  - {id: q, kind: single, words: {ja: 問}, choices: [{id: a, words: {ja: " + strings.Repeat("選", 76) + "}}, {id: b, words: {ja: い}}]}\n",
			[]string{"s.yaml:7:73: questions[1].choices[1].words.ja: has 76 characters (75 at most)"}},
		"a scale of one":      {surveyHead + "  - {id: q, kind: scale, words: {ja: 問}, max: 1}\n", []string{"s.yaml:7:47: questions[1].max: must be a whole number (2 to 10)"}},
		"a scale without end": {surveyHead + "  - {id: q, kind: scale, words: {ja: 問}}\n", []string{"s.yaml:7:6: questions[1].max: is missing"}},
		"answers for everyone": {surveyHead + "  - {id: q, kind: yes_no, words: {ja: 問}, shown_to: [public]}\n",
			[]string{`s.yaml:7:54: questions[1].shown_to[1]: unknown word "public" (one of: mentor, bureau, totals)`}},
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

// oneQuestion is a file with one question of these keys.
func oneQuestion(keys string) string {
	return surveyHead + "  - {id: q, words: {ja: 問}, " + keys + "}\n"
}

const fourChoices = "choices: [{id: a, words: {ja: あ}}, {id: b, words: {ja: い}}, {id: c, words: {ja: う}}, {id: d, words: {ja: え}, alone: true}]"

func TestFaultsOfOneQuestion(t *testing.T) {
	for rule, c := range map[string]struct{ file, want string }{
		"least over most":                   {oneQuestion("kind: multi, least: 3, most: 2, " + fourChoices), "least: is more than most (make it smaller, or leave one of them out)"},
		"least over those that go together": {oneQuestion("kind: multi, least: 4, " + fourChoices), "least: only 3 choices go together (make it smaller)"},
		"most over all choices":             {oneQuestion("kind: multi, most: 5, " + fourChoices), "most: there are only 4 choices (make it smaller, or leave it out)"},
		"least of a ranking":                {oneQuestion("kind: ranking, least: 2, " + strings.ReplaceAll(fourChoices, ", alone: true", "")), "least: a question of kind ranking takes no least (remove it, or make the question multi)"},
		"a ranking of six places":           {oneQuestion("kind: ranking, most: 6, " + strings.ReplaceAll(fourChoices, ", alone: true", "")), "most: must be a whole number (2 to 5)"},
		"a ranking written out":             {oneQuestion("kind: ranking, choices: [{id: a, words: {ja: あ}}, {id: b, words: {ja: い}, write: true}]"), "choices[2].write: a choice of a ranking is not written out (ask for it in a question of its own)"},
		"two written out":                   {oneQuestion("kind: multi, choices: [{id: a, words: {ja: あ}, write: true}, {id: b, words: {ja: い}, write: true}]"), "choices[2].write: a second choice to be written out (keep one: its words stand beside the others)"},
		"alone in a single question":        {oneQuestion("kind: single, choices: [{id: a, words: {ja: あ}}, {id: b, words: {ja: い}, alone: true}]"), "choices[2].alone: a choice stands alone only among several (remove it, or make the question multi)"},
		"labels that type the same":         {oneQuestion("kind: single, choices: [{id: a, words: {ja: はい}}, {id: b, words: {ja: ハイ}}]"), "choices[2]: its words are the same as another's when they are typed (choose words that differ in more than width, kana or capitals)"},
		"from over until":                   {oneQuestion("kind: number, from: 3, until: 2"), "until: is less than from (make it larger, or leave one of them out)"},
		"a unit of no number":               {oneQuestion("kind: short, unit: {ja: 人}"), "unit: a question of kind short takes no unit (remove it, or make the question number)"},
		"earliest after latest":             {oneQuestion("kind: date, earliest: 2027-04-02, latest: 2027-04-01"), "latest: is before the earliest (make it later, or leave one of them out)"},
		"a day that does not exist":         {oneQuestion("kind: date, earliest: 2027-02-29"), `earliest: "2027-02-29" is not a date (write 2026-09-18)`},
		"a person of no audience":           {oneQuestion("kind: person"), "audience: is missing"},
		"totals beside others":              {oneQuestion("kind: yes_no, shown_to: [bureau, totals]"), "shown_to: totals stands beside other readers (write shown_to: [totals] alone: everyone sees the totals)"},
		"a word that says nothing":          {oneQuestion("kind: number, unit: {ja: ' '}"), "unit.ja: says nothing (write the words)"},
		"an unknown key":                    {oneQuestion("kind: yes_no, optionall: true"), `unknown key "optionall" (did you mean optional?)`},
	} {
		t.Run(rule, func(t *testing.T) {
			_, err := parseSurvey("s.yaml", []byte(c.file))
			got := faultLines(t, err)
			if len(got) != 1 || !strings.HasPrefix(got[0], "s.yaml:") || !strings.HasSuffix(got[0], c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// asked are three questions of which the last hangs on a condition.
func asked(when string) string {
	return surveyHead + `  - {id: tried, kind: multi, words: {ja: 問}, ` + fourChoices + `}
  - {id: sure, kind: scale, max: 5, words: {ja: 問}}
  - {id: ok, kind: yes_no, words: {ja: 問}}
  - {id: staff, kind: number, from: 0, until: 100, words: {ja: 問}}
  - {id: day, kind: date, words: {ja: 問}}
  - {id: line, kind: short, words: {ja: 問}}
  - {id: secret, kind: yes_no, words: {ja: 問}, shown_to: [totals]}
  - {id: last, kind: short, words: {ja: 問}, when: ` + when + `}
  - {id: after, kind: yes_no, words: {ja: 問}}
`
}

func TestConditions(t *testing.T) {
	two, four := 2, 4
	for when, want := range map[string]programme.Condition{
		"{question: tried, is: [a, b]}":             {Question: "tried", Is: []string{"a", "b"}},
		"{question: ok, is: [yes]}":                 {Question: "ok", Is: []string{"yes"}},
		"{question: ok, is: [no]}":                  {Question: "ok", Is: []string{"no"}},
		`{question: ok, is: ["yes"]}`:               {Question: "ok", Is: []string{"yes"}},
		"{question: sure, at_least: 2, at_most: 4}": {Question: "sure", AtLeast: &two, AtMost: &four},
		"{question: day, since: 2026/4/1}":          {Question: "day", Since: "2026-04-01"},
		"{question: line, answered: true}":          {Question: "line", Answered: true},
		"{not: {question: ok, is: [no]}}":           {Not: &programme.Condition{Question: "ok", Is: []string{"no"}}},
		"{all: [{question: ok, is: [yes]}, {any: [{question: line, answered: true}]}]}": {All: []programme.Condition{
			{Question: "ok", Is: []string{"yes"}}, {Any: []programme.Condition{{Question: "line", Answered: true}}}}},
	} {
		d, err := parseSurvey("s.yaml", []byte(asked(when)))
		if err != nil {
			t.Errorf("%s: %v", when, err)
			continue
		}
		q, _ := d.Question("last")
		if diff := cmp.Diff(want, q.When); diff != "" {
			t.Errorf("%s: %s", when, diff)
		}
	}
}

func TestFaultsOfConditions(t *testing.T) {
	const earlier = "(earlier questions: tried, sure, ok, staff, day, line, secret)"
	for when, want := range map[string]string{
		"{question: trid, is: [a]}":                              `when.question: no question has the id "trid" ` + earlier,
		"{question: last, answered: true}":                       "when.question: the question waits for its own answer " + earlier,
		"{question: after, is: [yes]}":                           "when.question: the question after is asked later (move it up, or depend on an earlier one)",
		"{question: secret, is: [yes]}":                          "when.question: whoever is asked this would tell their answer to secret, of which only totals are shown (ask everyone, or let the office see who says what there)",
		"{question: tried, is: [x]}":                             `when.is[1]: unknown word "x" (one of: a, b, c, d)`,
		"{question: ok, is: [yess]}":                             `when.is[1]: unknown word "yess" (did you mean yes?)`,
		"{question: ok, is: []}":                                 "when.is: names no choice (one or more of: yes, no)",
		"{question: sure, is: [3]}":                              "when.is: sure, of kind scale, is not compared with is (use at_least or at_most or answered)",
		"{question: ok, at_least: 1}":                            "when.at_least: ok, of kind yes_no, is not compared with at_least (use is or answered)",
		"{question: line, since: 2026-01-01}":                    "when.since: line, of kind short, is not compared with since (use answered)",
		"{question: ok}":                                         "when: says nothing of the answer to ok (add is or answered)",
		"{question: ok, answered: false}":                        "when.answered: must be true (for the contrary write not: {question: ok, answered: true})",
		"{question: ok, is: [yes], answered: true}":              "when.answered: goes without saying beside a comparison (remove it)",
		"{question: sure, at_least: 6}":                          "when.at_least: no answer to sure is so large (5 at most)",
		"{question: staff, at_most: -1}":                         "when.at_most: no answer to staff is so small (0 at least)",
		"{question: sure, at_least: 4, at_most: 3}":              "when.at_most: is less than at_least: no number is meant (make it larger)",
		"{question: day, since: 2026-04-01, before: 2026-04-01}": "when.before: is not after since: no day is meant (make it later)",
		"{all: []}": "when.all: holds no conditions (write at least one below it)",
		"{all: [{question: ok, is: [yes]}], any: [{question: ok, is: [no]}]}": "when: has 2 of all, any, not and question (write exactly one of them)",
		"yes": "when: must be a mapping (write key: value lines below it, indented)",
	} {
		_, err := parseSurvey("s.yaml", []byte(asked(when)))
		got := faultLines(t, err)
		if len(got) != 1 || !strings.HasPrefix(got[0], "s.yaml:14:") || !strings.HasSuffix(got[0], want) {
			t.Errorf("%s: %q, want %q", when, got, want)
		}
	}
}

func TestQuestionsThatWaitForEachOther(t *testing.T) {
	_, err := parseSurvey("s.yaml", []byte(surveyHead+`  - {id: a, kind: yes_no, words: {ja: 問}, when: {question: c, is: [yes]}}
  - {id: b, kind: yes_no, words: {ja: 問}, when: {not: {question: a, is: [yes]}}}
  - {id: c, kind: yes_no, words: {ja: 問}, when: {any: [{question: b, is: [yes]}]}}
`))
	want := []string{"s.yaml:7:60: questions[1].when.question: questions wait for each other: a → c → b → a (let each depend on earlier questions only)"}
	if diff := cmp.Diff(want, faultLines(t, err)); diff != "" {
		t.Error(diff)
	}
}

func TestFaultsOfTheWholeSurvey(t *testing.T) {
	head := strings.TrimSuffix(surveyHead, "questions:\n")
	ask := func(n int, keys string) string {
		var b strings.Builder
		b.WriteString("questions:\n")
		for i := range n {
			fmt.Fprintf(&b, "  - {id: q%d, words: {ja: 問}, %s}\n", i, keys)
		}
		return b.String()
	}
	section := func(id, question string) string {
		return "  - {id: " + id + ", title: {ja: 題}, questions: [{id: " + question + ", kind: yes_no, words: {ja: 問}}]}\n"
	}
	for rule, c := range map[string]struct {
		file string
		want []string
	}{
		"the same section twice": {head + "sections:\n" + section("a", "q") + section("a", "r"),
			[]string{`s.yaml:8:10: sections[2].id: a second section with the id "a" (give each section an id of its own)`}},
		"the same question in two sections": {head + "sections:\n" + section("a", "q") + section("b", "q"),
			[]string{`s.yaml:8:46: sections[2].questions[1].id: a second question with the id "q" (give each question an id of its own)`}},
		"a section without questions": {head + "sections:\n" + section("a", "q") + "  - {id: b, title: {ja: 題}, questions: []}\n",
			[]string{"s.yaml:8:40: sections[2].questions: a section without questions (add questions, or remove the section)"}},
		"questions beside sections": {head + "sections:\n" + section("a", "q") + ask(1, "kind: yes_no"),
			[]string{"s.yaml:9:3: questions: questions beside sections (put each question into a section)"}},
		"a wish of no question": {head + "wish: x\n" + ask(1, "kind: yes_no"),
			[]string{`s.yaml:6:7: wish: no question has the id "x" (name the yes_no question that asks for follow-up)`}},
		"a wish that is no yes or no": {head + "wish: q0\n" + ask(1, "kind: short"),
			[]string{"s.yaml:6:7: wish: the question q0 is no yes_no question (name the yes_no question that asks for follow-up)"}},
		"a wish that nobody sees": {head + "wish: q0\n" + ask(1, "kind: yes_no, shown_to: [totals]"),
			[]string{"s.yaml:6:7: wish: nobody could see who has the wish (remove it, or let the office see who says what)"}},
		"an anonymous survey with branches": {head + "anonymous: true\n" + ask(1, "kind: yes_no") + "  - {id: r, kind: short, words: {ja: 問}, when: {question: q0, is: [yes]}}\n",
			[]string{"s.yaml:9:48: questions[2].when: an anonymous survey is one sheet, the same for everyone (remove the condition)"}},
		"an anonymous survey that asks for people": {head + "anonymous: true\n" + ask(1, "kind: person, audience: {roles: [mentor]}"),
			[]string{"s.yaml:8:36: questions[1].kind: an anonymous survey asks for nobody (ask in other words, or make the survey one with names)"}},
		"an anonymous survey of 31 questions": {head + "anonymous: true\n" + ask(31, "kind: yes_no"),
			[]string{"s.yaml:8:3: questions: 31 questions (1 to 30)"}},
		"an audience after events": {head + "after_events: true\n" + ask(1, "kind: yes_no"),
			[]string{"s.yaml:5:11: audience: a survey after events goes to those who were there (remove the audience, or after_events)"}},
		"a page past Slack's": {head + ask(2, "kind: ranking, choices: ["+manyChoices(100)+"]"),
			[]string{"s.yaml:1:1: the page of the form from q0 on does not fit Slack (ask for less, in shorter words, or in more sections)"}},
		"two languages out of step": {"id: s\ntitle: {ja: 題, en: T}\nintro: {ja: 挨拶}\nminutes: 3\nopen_days: 7\naudience: {roles: [atsugi]}\nquestions:\n" +
			"  - id: q\n    kind: single\n    words: {ja: 問, en: Q}\n    choices: [{id: a, words: {ja: あ, en: A}}, {id: b, words: {ja: い}}]\n  - {id: r, kind: number, words: {en: R}, unit: {ja: 人}}\n",
			[]string{
				"s.yaml:3:9: intro: has no English words (add en:, which other texts of the file have, or remove it everywhere)",
				"s.yaml:11:63: questions[1].choices[2].words: has no English words (add en:, which other texts of the file have, or remove it everywhere)",
				"s.yaml:12:35: questions[2].words.ja: is missing",
				"s.yaml:12:50: questions[2].unit: has no English words (add en:, which other texts of the file have, or remove it everywhere)",
			}},
		"everything at once": {"id: S!\ntitle: {ja: 題}\nminutes: 0\nopen_days: 7\naudience: {}\nquestions:\n  - {id: q, kind: singel, words: {ja: 問}, when: {question: z}}\n",
			[]string{
				`s.yaml:1:5: id: "S!" is not an id (small letters, digits, - and _, such as workshop-1)`,
				"s.yaml:3:10: minutes: must be a whole number (1 to 120)",
				"s.yaml:5:11: audience: names nobody (write roles: [atsugi], and narrow it with cohorts, prefectures or organisations)",
				`s.yaml:7:19: questions[1].kind: unknown word "singel" (did you mean single?)`,
				`s.yaml:7:60: questions[1].when.question: no question has the id "z" (the first question has no condition)`,
			}},
	} {
		t.Run(rule, func(t *testing.T) {
			_, err := parseSurvey("s.yaml", []byte(c.file))
			if diff := cmp.Diff(c.want, faultLines(t, err)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func manyChoices(n int) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf("{id: c%d, words: {ja: %s%d}}", i, strings.Repeat("選", 60), i))
	}
	return strings.Join(list, ", ")
}

// FuzzParseSurvey: a file is refused with all its faults, or is a survey that can be
// asked: conditions speak of earlier questions, and every question can be answered.
func FuzzParseSurvey(f *testing.F) {
	f.Add(surveyHead + "  - {id: q, kind: yes_no, words: {ja: 問}}\n")
	f.Add(surveyHead + "  - {id: q, kind: multi, words: {ja: 問}, choices: [{id: a, words: {ja: あ}}, {id: b, words: {ja: い}}]}\n")
	f.Add(asked("{all: [{question: ok, is: [yes]}, {not: {question: sure, at_least: 3}}]}"))
	for _, id := range []string{"status", "event", "step-up"} {
		data, err := surveyFiles.ReadFile("surveys/" + id + ".yaml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Fuzz(func(t *testing.T, file string) {
		d, err := parseSurvey("s.yaml", []byte(file))
		var faults strict.Faults
		switch {
		case err != nil && !errors.As(err, &faults):
			t.Fatalf("%T %v", err, err)
		case err != nil:
			return
		}
		for i, q := range d.Questions {
			chosen := slices.Contains([]programme.QuestionKind{programme.Single, programme.Multi, programme.Ranking}, q.Kind)
			if q.ID == "" || q.Words.Ja == "" || chosen != (len(q.Choices) > 1) || q.Kind == programme.Scale && q.Max < 2 ||
				q.Kind == programme.Ranking && (q.Most < 2 || q.Most > programme.MaxRanked) || q.Most > 0 && q.Least > q.Most {
				t.Errorf("a question was taken that nobody could answer: %+v", q)
			}
			for _, id := range spokenOf(q.When) {
				if _, at := d.Question(id); at < 0 || at >= i {
					t.Errorf("question %d hangs on %q at %d", i, id, at)
				}
			}
		}
	})
}

// spokenOf are the questions that a condition speaks of.
func spokenOf(c programme.Condition) []string {
	var ids []string
	for _, part := range slices.Concat(c.All, c.Any) {
		ids = append(ids, spokenOf(part)...)
	}
	if c.Not != nil {
		ids = append(ids, spokenOf(*c.Not)...)
	}
	if c.Question != "" {
		ids = append(ids, c.Question)
	}
	return ids
}

// TestTheDocumentedExampleIsASurvey: the example of docs/survey-files.md is taken as
// it stands.
func TestTheDocumentedExampleIsASurvey(t *testing.T) {
	page, err := os.ReadFile("../../docs/survey-files.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(page), "```yaml\n")
	example, _, _ = strings.Cut(example, "```")
	d, err := parseSurvey("docs/survey-files.md", []byte(example))
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Sections) != 2 || len(d.Questions) != 4 || d.Wish != "talk" {
		t.Errorf("%+v", d)
	}
}
