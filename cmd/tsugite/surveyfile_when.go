package main

import (
	"fmt"
	"slices"
	"strings"

	"tsugite/cmd/internal/strict"
	"tsugite/programme"
)

// comparison is one comparison of a condition, to be checked when every question is
// known.
type comparison struct {
	owner int // index of the question that is asked on this condition
	with  programme.Condition
	at    *strict.Map
}

// when reads the condition of the question with the index owner.
func (s *surveyReader) when(v strict.Value, owner int) programme.Condition {
	if !v.Given() {
		return programme.Condition{}
	}
	if s.def.Anonymous {
		v.Fault("an anonymous survey is one sheet, the same for everyone", "remove the condition")
	}
	return s.condition(v, owner)
}

// condition reads a mapping with exactly one of all, any, not and question.
func (s *surveyReader) condition(v strict.Value, owner int) programme.Condition {
	m := v.Map()
	var given []string
	for _, key := range []string{"all", "any", "not", "question"} {
		if m.Get(key).Given() {
			given = append(given, key)
		}
	}
	if len(given) != 1 {
		if m.Given() {
			m.Fault(fmt.Sprintf("has %d of all, any, not and question", len(given)), "write exactly one of them")
		}
		return programme.Condition{}
	}
	var c programme.Condition
	switch value := m.Get(given[0]); given[0] {
	case "all":
		c.All = s.conditions(value, owner)
	case "any":
		c.Any = s.conditions(value, owner)
	case "not":
		not := s.condition(value, owner)
		c.Not = &not
	case "question":
		return s.comparison(m, owner)
	}
	return c
}

func (s *surveyReader) conditions(list strict.Value, owner int) []programme.Condition {
	var out []programme.Condition
	items := list.List()
	for _, item := range items {
		out = append(out, s.condition(item, owner))
	}
	if len(items) == 0 {
		list.Fault("holds no conditions", "write at least one below it")
	}
	return out
}

func (s *surveyReader) comparison(m *strict.Map, owner int) programme.Condition {
	c := programme.Condition{
		Question: readID(m.Need("question")),
		Is:       m.Get("is").Texts(),
		AtLeast:  readNumber(m.Get("at_least")),
		AtMost:   readNumber(m.Get("at_most")),
		Since:    readDate(m.Get("since")),
		Before:   readDate(m.Get("before")),
		Answered: m.Get("answered").Bool(),
	}
	if c.Question != "" {
		s.comparisons = append(s.comparisons, comparison{owner, c, m})
	}
	return c
}

// checkConditions checks comparisons against the questions that they speak of.
func (s *surveyReader) checkConditions() {
	for _, c := range s.comparisons {
		q, i := s.def.Question(c.with.Question)
		at := c.at.Get("question")
		switch {
		case i < 0:
			at.Fault(fmt.Sprintf("no question has the id %q", c.with.Question), s.known(c.owner))
		case i == c.owner:
			at.Fault("the question waits for its own answer", s.known(c.owner))
		case i > c.owner:
			s.forward(at, c.owner, i)
		case q.TotalsOnly:
			at.Fault(fmt.Sprintf("whoever is asked this would tell their answer to %s, of which only totals are shown", q.ID),
				"ask everyone, or let the office see who says what there")
		default:
			checkComparison(c, q)
		}
	}
}

// known names the questions that a condition may speak of.
func (s *surveyReader) known(owner int) string {
	var ids []string
	for _, q := range s.def.Questions[:min(owner, len(s.def.Questions))] {
		ids = append(ids, q.ID)
	}
	if len(ids) == 0 {
		return "the first question has no condition"
	}
	return "earlier questions: " + strings.Join(ids, ", ")
}

// forward tells a condition on a later question, and as a cycle if that one waits for
// this one in turn.
func (s *surveyReader) forward(at strict.Value, owner, later int) {
	if way := s.way(later, owner, map[int]bool{}); way != nil {
		ids := []string{s.def.Questions[owner].ID}
		for _, i := range way {
			ids = append(ids, s.def.Questions[i].ID)
		}
		at.Fault("questions wait for each other: "+strings.Join(ids, " → "), "let each depend on earlier questions only")
		return
	}
	at.Fault(fmt.Sprintf("the question %s is asked later", s.def.Questions[later].ID), "move it up, or depend on an earlier one")
}

// way is how one question waits for another, over others perhaps; nil if it does not.
func (s *surveyReader) way(from, to int, passed map[int]bool) []int {
	if from == to {
		return []int{to}
	}
	passed[from] = true
	for _, c := range s.comparisons {
		_, next := s.def.Question(c.with.Question)
		if c.owner != from || next < 0 || passed[next] {
			continue
		}
		if way := s.way(next, to, passed); way != nil {
			return append([]int{from}, way...)
		}
	}
	return nil
}

// compares are the ways to compare, and the kinds of question that they fit.
var compares = []struct {
	key   string
	kinds []programme.QuestionKind
}{
	{"is", []programme.QuestionKind{programme.Single, programme.Multi, programme.Ranking, programme.YesNo}},
	{"at_least", []programme.QuestionKind{programme.Scale, programme.Number}},
	{"at_most", []programme.QuestionKind{programme.Scale, programme.Number}},
	{"since", []programme.QuestionKind{programme.Day}},
	{"before", []programme.QuestionKind{programme.Day}},
	{"answered", programme.QuestionKinds},
}

// checkComparison: the comparison fits the kind of the question, and some answer can
// meet it.
func checkComparison(c comparison, q programme.Question) {
	var given []string
	for _, way := range compares {
		v := c.at.Get(way.key)
		if !v.Given() {
			continue
		}
		given = append(given, way.key)
		if q.Kind != "" && !slices.Contains(way.kinds, q.Kind) {
			v.Fault(fmt.Sprintf("%s, of kind %s, is not compared with %s", q.ID, q.Kind, way.key),
				"use "+strings.Join(fittingWith(q.Kind), " or "))
			return
		}
	}
	if !c.at.Sound() {
		return
	}
	answered := c.at.Get("answered")
	switch {
	case len(given) == 0:
		c.at.Fault("says nothing of the answer to "+q.ID, "add "+strings.Join(fittingWith(q.Kind), " or "))
	case answered.Given() && !c.with.Answered:
		answered.Fault("must be true", "for the contrary write not: {question: "+q.ID+", answered: true}")
	case answered.Given() && len(given) > 1:
		answered.Fault("goes without saying beside a comparison", "remove it")
	case q.Measured():
		checkRange(c, q)
	case c.with.Since != "" && c.with.Before != "" && c.with.Since >= c.with.Before:
		c.at.Get("before").Fault("is not after since: no day is meant", "make it later")
	case c.at.Get("is").Given():
		checkPicked(c.at.Get("is"), q)
	}
}

func fittingWith(kind programme.QuestionKind) []string {
	var out []string
	for _, way := range compares {
		if slices.Contains(way.kinds, kind) {
			out = append(out, way.key)
		}
	}
	return out
}

// checkPicked: a condition names choices that the question has. The words yes and no
// stand for themselves.
func checkPicked(list strict.Value, q programme.Question) {
	var ids []string
	for _, c := range q.Options() {
		ids = append(ids, c.ID)
	}
	items := list.List()
	if len(items) == 0 {
		list.Fault("names no choice", "one or more of: "+strings.Join(ids, ", "))
	}
	for _, v := range items {
		v.OneOf(ids...)
	}
}

// checkRange: some number that the question takes meets the condition.
func checkRange(c comparison, q programme.Question) {
	low, high := q.From, q.Until
	if q.Kind == programme.Scale {
		one, most := 1, q.Max
		low, high = &one, &most
	}
	least, most := c.with.AtLeast, c.with.AtMost
	switch {
	case least != nil && most != nil && *least > *most:
		c.at.Get("at_most").Fault("is less than at_least: no number is meant", "make it larger")
	case least != nil && high != nil && *least > *high:
		c.at.Get("at_least").Fault(fmt.Sprintf("no answer to %s is so large", q.ID), fmt.Sprintf("%d at most", *high))
	case most != nil && low != nil && *most < *low:
		c.at.Get("at_most").Fault(fmt.Sprintf("no answer to %s is so small", q.ID), fmt.Sprintf("%d at least", *low))
	}
}
