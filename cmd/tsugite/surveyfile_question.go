package main

import (
	"fmt"
	"slices"
	"strings"

	"tsugite/cmd/internal/strict"
	"tsugite/programme"
)

// takes are the keys of a question that belong to some kinds only.
var takes = []struct {
	key   string
	kinds []programme.QuestionKind
}{
	{"choices", []programme.QuestionKind{programme.Single, programme.Multi, programme.Ranking}},
	{"least", []programme.QuestionKind{programme.Multi}},
	{"most", []programme.QuestionKind{programme.Multi, programme.Ranking}},
	{"max", []programme.QuestionKind{programme.Scale, programme.Short, programme.LongText}},
	{"low", []programme.QuestionKind{programme.Scale}},
	{"high", []programme.QuestionKind{programme.Scale}},
	{"unit", []programme.QuestionKind{programme.Number}},
	{"from", []programme.QuestionKind{programme.Number}},
	{"until", []programme.QuestionKind{programme.Number}},
	{"earliest", []programme.QuestionKind{programme.Day}},
	{"latest", []programme.QuestionKind{programme.Day}},
	{"audience", []programme.QuestionKind{programme.Whom}},
}

// question reads one question but for its id, its section and its condition.
func (s *surveyReader) question(m *strict.Map) programme.Question {
	kind := m.Need("kind")
	q := programme.Question{
		Kind:     programme.QuestionKind(kind.OneOf(words(programme.QuestionKinds)...)),
		Words:    s.text(m.Need("words"), maxQuestion),
		Help:     s.text(m.Get("help"), maxHelp),
		Optional: m.Get("optional").Bool(),
	}
	readShownTo(&q, m.Get("shown_to"))
	for _, t := range takes {
		if v := m.Get(t.key); v.Given() && q.Kind != "" && !slices.Contains(t.kinds, q.Kind) {
			v.Fault(fmt.Sprintf("a question of kind %s takes no %s", q.Kind, t.key),
				"remove it, or make the question "+strings.Join(words(t.kinds), " or "))
		}
	}
	switch q.Kind {
	case programme.Single, programme.Multi, programme.Ranking:
		s.choiceQuestion(&q, m)
	case programme.Scale:
		q.Max = m.Need("max").Int(2, maxScale)
		q.Low, q.High = s.text(m.Get("low"), maxChoice), s.text(m.Get("high"), maxChoice)
	case programme.Number:
		s.numberQuestion(&q, m)
	case programme.Day:
		q.Earliest, q.Latest = readDate(m.Get("earliest")), readDate(m.Get("latest"))
		if q.Earliest != "" && q.Latest != "" && q.Earliest > q.Latest {
			m.Get("latest").Fault("is before the earliest", "make it later, or leave one of them out")
		}
	case programme.Whom:
		if q.Audience = readAudience(m.Need("audience").Map()); s.def.Anonymous {
			kind.Fault("an anonymous survey asks for nobody", "ask in other words, or make the survey one with names")
		}
	case programme.Short:
		q.Max = m.Get("max").Int(1, maxShortTyped)
	case programme.LongText:
		q.Max = m.Get("max").Int(1, maxTyped)
	}
	return q
}

// readShownTo reads who sees an answer besides the office: answers are for the office,
// and these may be let in (design.md section 5). totals keeps the office out, too.
func readShownTo(q *programme.Question, list strict.Value) {
	const totals = "totals"
	for _, v := range list.List() {
		switch s := v.OneOf(string(programme.ReadMentor), string(programme.ReadBureau), totals); s {
		case "":
		case totals:
			q.TotalsOnly = true
		default:
			q.ShownTo = append(q.ShownTo, programme.Reader(s))
		}
	}
	if q.TotalsOnly && len(q.ShownTo) > 0 {
		list.Fault("totals stands beside other readers", "write shown_to: [totals] alone: everyone sees the totals")
	}
}

func (s *surveyReader) numberQuestion(q *programme.Question, m *strict.Map) {
	q.Unit = s.text(m.Get("unit"), maxUnit)
	q.From, q.Until = readNumber(m.Get("from")), readNumber(m.Get("until"))
	if q.From != nil && q.Until != nil && *q.From > *q.Until && m.Sound() {
		m.Get("until").Fault("is less than from", "make it larger, or leave one of them out")
	}
}

// readNumber reads a number, nil if none is given.
func readNumber(v strict.Value) *int {
	if !v.Given() {
		return nil
	}
	n := v.Int(-maxNumber, maxNumber)
	return &n
}

func (s *surveyReader) choiceQuestion(q *programme.Question, m *strict.Map) {
	choices, least, most := m.Get("choices"), m.Get("least"), m.Get("most")
	if !choices.Given() {
		m.Fault("has no choices", "add choices: with an id and words each")
		return
	}
	q.Choices = s.choices(choices, q.Kind)
	n := len(q.Choices)
	if q.Kind == programme.Ranking {
		if q.Most = q.Places(); most.Given() {
			q.Most = most.Int(2, programme.MaxRanked)
		}
	} else {
		q.Least, q.Most = least.Int(1, maxChoices), most.Int(1, maxChoices)
	}
	several := 0 // that go together
	for _, c := range q.Choices {
		if !c.Alone {
			several++
		}
	}
	switch {
	case q.Most > 0 && q.Least > q.Most:
		least.Fault("is more than most", "make it smaller, or leave one of them out")
	case q.Least > several:
		least.Fault(fmt.Sprintf("only %d choices go together", several), "make it smaller")
	case most.Given() && q.Most > n:
		most.Fault(fmt.Sprintf("there are only %d choices", n), "make it smaller, or leave it out")
	}
}

func (s *surveyReader) choices(list strict.Value, kind programme.QuestionKind) []programme.Choice {
	var out []programme.Choice
	writes := false
	for _, item := range list.List() {
		m := item.Map()
		id, write, alone := m.Need("id"), m.Get("write"), m.Get("alone")
		c := programme.Choice{
			ID: readID(id), Words: s.text(m.Need("words"), maxChoice), Write: write.Bool(), Alone: alone.Bool(),
		}
		twin := func(o programme.Choice) bool { return o.ID == c.ID || o.Words.Ja == c.Words.Ja }
		switch {
		case c.ID != "" && c.Words.Ja != "" && slices.ContainsFunc(out, twin):
			id.Fault("the same choice twice, by id or by words", "give each choice an id and words of its own")
		case m.Sound() && taken(out, c):
			m.Fault("its words are the same as another's when they are typed", "choose words that differ in more than width, kana or capitals")
		}
		switch {
		case c.Write && kind == programme.Ranking:
			write.Fault("a choice of a ranking is not written out", "ask for it in a question of its own")
		case c.Write && writes:
			write.Fault("a second choice to be written out", "keep one: its words stand beside the others")
		}
		if c.Alone && kind != programme.Multi {
			alone.Fault("a choice stands alone only among several", "remove it, or make the question multi")
		}
		writes = writes || c.Write
		out = append(out, c)
	}
	if n := len(out); n < 2 || n > maxChoices {
		list.Fault(fmt.Sprintf("%d choices", n), fmt.Sprintf("2 to %d", maxChoices))
	}
	return out
}

// taken says whether the words of c, typed, are read as one of the others.
func taken(others []programme.Choice, c programme.Choice) bool {
	q := programme.Question{Kind: programme.Single, Choices: append(slices.Clone(others), c)}
	for _, label := range []string{c.Words.Ja, c.Words.En} {
		a, err := q.Read(programme.Input{Text: label}, programme.Answer{}, nil)
		if label != "" && (err != nil || !slices.Contains(a.Picked, c.ID)) {
			return true
		}
	}
	return false
}
