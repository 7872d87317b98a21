package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"tsugite/cmd/internal/strict"
	"tsugite/programme"
)

// The surveys that come with the program.
//
//go:embed surveys
var surveyFiles embed.FS

// What fits the blocks that show a survey (slack.md Sizes), with room for the
// words around it: a section takes 3,000 characters, a choice 75, a select 100.
const (
	maxQuestions = 40
	maxQuestion  = 300
	maxHelp      = 300
	maxChoice    = 75
	maxChoices   = 100
	maxIntro     = 1000
	maxScale     = 10
	maxTyped     = 3000
)

// bundledSurvey is a survey that comes with the program.
func bundledSurvey(id string) (programme.SurveyDef, error) {
	name := "surveys/" + id + ".yaml"
	data, err := fs.ReadFile(surveyFiles, name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return programme.SurveyDef{}, fmt.Errorf("no survey %q comes with the program (name an existing file, or %sstatus)", id, bundled)
	}
	if err != nil {
		return programme.SurveyDef{}, err
	}
	return parseSurvey(bundled+id, data)
}

// parseSurvey reads a survey file; name is what faults call it. The error lists
// every fault (strict.Faults).
func parseSurvey(name string, data []byte) (programme.SurveyDef, error) {
	r, m := strict.NewReader(name, data)
	d := programme.SurveyDef{
		ID:       readID(m.Need("id")),
		Title:    readText(m.Need("title"), maxTitle),
		Intro:    readText(m.Get("intro"), maxIntro),
		Minutes:  m.Need("minutes").Int(1, 120),
		OpenDays: m.Need("open_days").Int(1, 365),
	}
	// The questionnaire of an event is for those who were there.
	if d.AfterEvents = m.Get("after_events").Bool(); !d.AfterEvents {
		d.Audience = readAudience(m.Need("audience").Map())
	}
	list := m.Need("questions")
	seen := map[string]bool{}
	for _, item := range list.List() {
		qm := item.Map()
		id := qm.Need("id")
		q := readQuestion(qm)
		q.ID = readID(id)
		if q.ID != "" && seen[q.ID] {
			id.Fault(fmt.Sprintf("a second question with the id %q", q.ID), "give each question an id of its own")
		}
		seen[q.ID] = true
		d.Questions = append(d.Questions, q)
	}
	if n := len(d.Questions); list.Given() && (n == 0 || n > maxQuestions) {
		list.Fault(fmt.Sprintf("%d questions", n), fmt.Sprintf("1 to %d", maxQuestions))
	}
	if err := r.Err(); err != nil {
		return programme.SurveyDef{}, err
	}
	return d, nil
}

var questionKinds = []programme.QuestionKind{
	programme.Single, programme.Multi, programme.Scale, programme.YesNo, programme.Short, programme.LongText,
}

func readQuestion(m *strict.Map) programme.Question {
	q := programme.Question{
		Kind:     programme.QuestionKind(m.Need("kind").OneOf(words(questionKinds)...)),
		Words:    readText(m.Need("words"), maxQuestion),
		Help:     readText(m.Get("help"), maxHelp),
		Optional: m.Get("optional").Bool(),
	}
	for _, v := range m.Get("shown_to").List() {
		// Answers are for the office; these two may be let in (design.md section 5).
		if s := v.OneOf(string(programme.ReadMentor), string(programme.ReadBureau)); s != "" {
			q.ShownTo = append(q.ShownTo, programme.Reader(s))
		}
	}
	choices, limit := m.Get("choices"), m.Get("max")
	takesChoices := q.Kind == programme.Single || q.Kind == programme.Multi
	switch {
	case takesChoices && !choices.Given():
		m.Fault("has no choices", "add choices: with an id and words each")
	case !takesChoices && choices.Given() && q.Kind != "":
		choices.Fault("a question of kind "+string(q.Kind)+" takes no choices", "remove them, or make it single or multi")
	}
	q.Choices = readChoices(choices)
	switch q.Kind {
	case programme.Scale:
		q.Max = m.Need("max").Int(2, maxScale)
	case programme.Short, programme.LongText:
		q.Max = limit.Int(1, maxTyped)
	default:
		if limit.Given() && q.Kind != "" {
			limit.Fault("a question of kind "+string(q.Kind)+" takes no max", "remove it")
		}
	}
	return q
}

func readChoices(v strict.Value) []programme.Choice {
	var out []programme.Choice
	for _, item := range v.List() {
		m := item.Map()
		id := m.Need("id")
		c := programme.Choice{ID: readID(id), Words: readText(m.Need("words"), maxChoice)}
		twin := func(o programme.Choice) bool { return o.ID == c.ID || o.Words.Ja == c.Words.Ja }
		if c.ID != "" && c.Words.Ja != "" && slices.ContainsFunc(out, twin) {
			id.Fault("the same choice twice, by id or by words", "give each choice an id and words of its own")
		}
		out = append(out, c)
	}
	if n := len(out); v.Given() && (n < 2 || n > maxChoices) {
		v.Fault(fmt.Sprintf("%d choices", n), fmt.Sprintf("2 to %d", maxChoices))
	}
	return out
}
