package main

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"tsugite/cmd/internal/sheet"
	"tsugite/programme"
)

// codebook lists the questions of a survey, in its order, with what is needed to read
// the answers: ids and words in both languages, who sees them and when they are asked.
func codebook(e programme.AnswersExport, say speech) sheet.Sheet {
	s := sheet.Sheet{
		Name: say.say("export.codebook", nil),
		Header: say.words("export.number", "export.question", "export.words_ja", "export.words_en", "export.question_kind",
			"export.required", "export.choices", "export.range", "export.condition", "export.shown_to", "export.remark"),
		Numbers: []int{0},
	}
	for i, q := range e.Survey.Def.Questions {
		remark := ""
		switch {
		case leftOut(e, q):
			remark = say.say("export.remark_left_out", nil)
		case e.Survey.Def.Anonymous:
			remark = say.say("export.remark_own_order", nil)
		}
		s.Rows = append(s.Rows, []string{
			strconv.Itoa(i + 1), q.ID, q.Words.Ja, q.Words.En, say.questionKind(q.Kind),
			say.say(map[bool]string{true: "export.may_skip", false: "export.must_answer"}[q.Optional], nil),
			choiceList(q), say.bounds(q), say.condition(e.Survey.Def, q.When), say.shownTo(q), remark,
		})
	}
	return s
}

// aboutExport says what the export is of.
func aboutExport(e programme.AnswersExport, zone *time.Location, say speech) sheet.Sheet {
	s := e.Survey
	at := func(t time.Time) string { return clock(stampOf(t, zone)) }
	rows := [][]string{
		{say.say("export.title", nil), say.text(s.Def.Title)},
		{say.say("export.survey", nil), string(s.ID)},
		{say.say("export.definition", nil), s.Def.ID},
		{say.say("export.edition", nil), strconv.Itoa(s.Edition)},
		{say.say("export.opens", nil), at(s.Opens)},
		{say.say("export.closes", nil), at(s.Closes)},
		{say.say("export.taken_out", nil), at(e.Now)},
		{say.say("export.rows", nil), strconv.Itoa(len(e.Rows))},
	}
	if s.Def.Anonymous {
		rows = append(rows, []string{say.say("export.names", nil), say.say("export.nameless", nil)},
			[]string{say.say("export.order", nil), say.say("export.rows_nobodys", nil)})
	}
	for _, state := range []programme.ResponseState{programme.Asked, programme.Started, programme.Done, programme.Declined} {
		n := 0
		for _, row := range e.Rows {
			if row.Response.State == state {
				n++
			}
		}
		if !s.Def.Anonymous {
			rows = append(rows, []string{say.response(state), strconv.Itoa(n)})
		}
	}
	return sheet.Sheet{
		Name: say.say("export.about", nil), Header: say.words("export.item", "export.content"), Rows: rows, Numbers: []int{1},
	}
}

// questionKind is how a question is answered.
func (s speech) questionKind(k programme.QuestionKind) string {
	switch k {
	case programme.Single:
		return s.say("export.kind_single", nil)
	case programme.Multi:
		return s.say("export.kind_multi", nil)
	case programme.Ranking:
		return s.say("export.kind_ranking", nil)
	case programme.Scale:
		return s.say("export.kind_scale", nil)
	case programme.YesNo:
		return s.say("export.kind_yes_no", nil)
	case programme.Number:
		return s.say("export.kind_number", nil)
	case programme.Day:
		return s.say("export.kind_date", nil)
	case programme.Whom:
		return s.say("export.kind_person", nil)
	case programme.Short:
		return s.say("export.kind_short", nil)
	}
	return s.say("export.kind_long", nil)
}

// choiceList has a line for each choice: its id and its words in both languages.
func choiceList(q programme.Question) string {
	if q.Kind == programme.Scale {
		return ""
	}
	var lines []string
	for _, c := range q.Options() {
		words := slices.DeleteFunc([]string{c.Words.Ja, c.Words.En}, func(w string) bool { return w == "" })
		lines = append(lines, c.ID+": "+strings.Join(slices.Compact(words), " / "))
	}
	return strings.Join(lines, "\n")
}

// bounds are the limits and the unit of what may be answered.
func (s speech) bounds(q programme.Question) string {
	span := func(least, most string) string {
		if least == "" && most == "" {
			return ""
		}
		return s.say("export.span", slots("Least", least, "Most", most))
	}
	limit := func(n *int) string {
		if n == nil {
			return ""
		}
		return strconv.Itoa(*n)
	}
	count := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	var parts []string
	switch q.Kind {
	case programme.Scale:
		parts = append(parts, span("1", strconv.Itoa(q.Max)), s.end(1, q.Low), s.end(q.Max, q.High))
	case programme.Number:
		parts = append(parts, span(limit(q.From), limit(q.Until)), s.text(q.Unit))
	case programme.Day:
		parts = append(parts, span(string(q.Earliest), string(q.Latest)))
	case programme.Multi, programme.Ranking:
		parts = append(parts, span(count(q.Least), count(q.Most)))
	}
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), "\n")
}

// end is what an end of a scale means.
func (s speech) end(n int, t programme.Text) string {
	if s.text(t) == "" {
		return ""
	}
	return strconv.Itoa(n) + ": " + s.text(t)
}

// shownTo are the readers of a question's answers.
func (s speech) shownTo(q programme.Question) string {
	if q.TotalsOnly {
		return s.say("export.totals_only", nil)
	}
	readers := s.words("export.reader_office")
	for _, r := range q.ShownTo {
		switch r {
		case programme.ReadMentor:
			readers = append(readers, s.say("export.reader_mentor", nil))
		case programme.ReadBureau:
			readers = append(readers, s.say("export.reader_bureau", nil))
		}
	}
	return strings.Join(readers, s.say("export.and", nil))
}

// condition is a condition in words, "" for none.
func (s speech) condition(def programme.SurveyDef, c programme.Condition) string {
	several := func(cs []programme.Condition, join string) string {
		parts := make([]string, len(cs))
		for i, x := range cs {
			if parts[i] = s.condition(def, x); len(cs) > 1 && max(len(x.All), len(x.Any), len(s.comparisons(def, x))) > 1 {
				parts[i] = s.say("export.when_group", slots("Condition", parts[i]))
			}
		}
		return strings.Join(parts, s.say(join, nil))
	}
	switch {
	case c.Always():
		return ""
	case len(c.All) > 0:
		return several(c.All, "export.when_and")
	case len(c.Any) > 0:
		return several(c.Any, "export.when_or")
	case c.Not != nil:
		return s.say("export.when_not", slots("Condition", s.condition(def, *c.Not)))
	}
	return strings.Join(s.comparisons(def, c), s.say("export.when_and", nil))
}

// comparisons are what a condition asks of one question.
func (s speech) comparisons(def programme.SurveyDef, c programme.Condition) []string {
	q, _ := def.Question(c.Question)
	var out []string
	add := func(key, name string, value any) {
		out = append(out, s.say(key, slots("Question", c.Question, name, value)))
	}
	if len(c.Is) > 0 {
		words := make([]string, len(c.Is))
		for i, id := range c.Is {
			words[i] = s.say("export.quoted", slots("Text", s.picked(q, programme.Answer{}, id, nil)))
		}
		add("export.when_is", "Choices", strings.Join(words, s.say("export.when_either", nil)))
	}
	if c.AtLeast != nil {
		add("export.when_at_least", "N", *c.AtLeast)
	}
	if c.AtMost != nil {
		add("export.when_at_most", "N", *c.AtMost)
	}
	if c.Since != "" {
		add("export.when_since", "Date", string(c.Since))
	}
	if c.Before != "" {
		add("export.when_before", "Date", string(c.Before))
	}
	if c.Answered || len(out) == 0 {
		out = append(out, s.say("export.when_answered", slots("Question", c.Question)))
	}
	return out
}
