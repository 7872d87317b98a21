package programme

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
)

// QuestionKind says how a question is answered. The strings are stored and used
// in survey files.
type QuestionKind string

const (
	Single   QuestionKind = "single"  // one of the choices
	Multi    QuestionKind = "multi"   // any of the choices
	Ranking  QuestionKind = "ranking" // some of the choices, the most important first
	Scale    QuestionKind = "scale"   // 1 to Max
	YesNo    QuestionKind = "yes_no"
	Number   QuestionKind = "number" // a whole number, with a unit
	Day      QuestionKind = "date"   // a day
	Whom     QuestionKind = "person" // somebody of the roster
	Short    QuestionKind = "short"  // one line of text
	LongText QuestionKind = "long"   // several lines
)

// QuestionKinds lists every kind that a survey file may name.
var QuestionKinds = []QuestionKind{Single, Multi, Ranking, Scale, YesNo, Number, Day, Whom, Short, LongText}

// MaxRanked is how many places a ranking has at most.
const MaxRanked = 5

// Choice is one possible answer.
type Choice struct {
	ID    string `json:"id"`
	Words Text   `json:"words"`
	// Write is "other: write": whoever picks it says in words what.
	Write bool `json:"write,omitempty"`
	// Alone is a choice of several that goes with no other one, such as "none of these".
	Alone bool `json:"alone,omitempty"`
}

// Section is a part of a survey, and one page of its form.
type Section struct {
	ID    string `json:"id"`
	Title Text   `json:"title"`
	Help  Text   `json:"help,omitzero"`
}

// Question is one question of a survey. What does not belong to its kind is zero.
type Question struct {
	ID       string       `json:"id"`
	Section  string       `json:"section,omitempty"` // "" in a survey without sections
	Kind     QuestionKind `json:"kind"`
	Words    Text         `json:"words"`
	Help     Text         `json:"help,omitzero"`
	Optional bool         `json:"optional,omitempty"`
	Choices  []Choice     `json:"choices,omitempty"` // single, multi, ranking
	// Least and Most are how many choices of a multi are picked; Most is how many
	// places a ranking has. 0 is no limit; a ranking always has one.
	Least int  `json:"least,omitempty"`
	Most  int  `json:"most,omitempty"`
	Max   int  `json:"max,omitempty"`   // scale: highest number; text: characters
	Low   Text `json:"low,omitzero"`    // scale: what 1 means
	High  Text `json:"high,omitzero"`   // scale: what Max means
	Unit  Text `json:"unit,omitzero"`   // number
	From  *int `json:"from,omitempty"`  // number: least, nil for no limit
	Until *int `json:"until,omitempty"` // number: most, nil for no limit
	// Earliest and Latest bound a date, "" for no limit.
	Earliest Date     `json:"earliest,omitempty"`
	Latest   Date     `json:"latest,omitempty"`
	Audience Audience `json:"audience,omitzero"` // person: who may be named
	// When says after which answers the question is asked; the zero Condition is
	// always. It speaks of earlier questions only.
	When Condition `json:"when,omitzero"`
	// ShownTo are the readers besides the office (survey results row of
	// design.md section 5): "mentor", "bureau".
	ShownTo []Reader `json:"shown_to,omitempty"`
	// TotalsOnly keeps who said what even from the office: only totals are shown.
	TotalsOnly bool `json:"totals_only,omitempty"`
}

// Condition is what earlier answers must be like. One of All, Any, Not and
// Question is given; the zero Condition holds always. A comparison with a question
// that was not asked, was left out or is still open does not hold.
type Condition struct {
	All      []Condition `json:"all,omitempty"`
	Any      []Condition `json:"any,omitempty"`
	Not      *Condition  `json:"not,omitempty"`
	Question string      `json:"question,omitempty"`
	// Is holds when one of these was picked: choice ids, or yes and no.
	Is []string `json:"is,omitempty"`
	// AtLeast and AtMost compare a scale or a number.
	AtLeast *int `json:"at_least,omitempty"`
	AtMost  *int `json:"at_most,omitempty"`
	// Since and Before compare a date: on that day or later, and before that day.
	Since  Date `json:"since,omitempty"`
	Before Date `json:"before,omitempty"`
	// Answered holds when anything was answered.
	Answered bool `json:"answered,omitempty"`
}

// Always says whether the condition is none.
func (c Condition) Always() bool {
	return len(c.All)+len(c.Any) == 0 && c.Not == nil && c.Question == ""
}

// holds decides over the answers that count; kinds of answers were checked when
// the survey was read.
func (c Condition) holds(answers map[string]Answer) bool {
	switch {
	case c.Always():
		return true
	case len(c.All) > 0:
		return !slices.ContainsFunc(c.All, func(x Condition) bool { return !x.holds(answers) })
	case len(c.Any) > 0:
		return slices.ContainsFunc(c.Any, func(x Condition) bool { return x.holds(answers) })
	case c.Not != nil:
		return !c.Not.holds(answers)
	}
	a, ok := answers[c.Question]
	return ok && !a.Skipped &&
		(len(c.Is) == 0 || overlap(c.Is, a.Picked)) &&
		(c.AtLeast == nil || a.Number >= *c.AtLeast) &&
		(c.AtMost == nil || a.Number <= *c.AtMost) &&
		(c.Since == "" || a.Date >= c.Since) &&
		(c.Before == "" || a.Date < c.Before)
}

// SurveyDef is a survey as a file defines it. A launched survey keeps a frozen
// copy, so a changed file never bends old answers.
type SurveyDef struct {
	ID        string     `json:"id"`
	Title     Text       `json:"title"`
	Intro     Text       `json:"intro"`
	Minutes   int        `json:"minutes"`
	OpenDays  int        `json:"open_days"` // days until it closes, unless said otherwise
	Audience  Audience   `json:"audience"`
	Sections  []Section  `json:"sections,omitempty"`
	Questions []Question `json:"questions"` // by section, in the order in which they are asked
	// AfterEvents marks the questionnaire of events, which comes with the thanks to
	// those who were there and is not sent out by itself.
	AfterEvents bool `json:"after_events,omitempty"`
	// Anonymous surveys are one sheet, saved once; who took part and what was said
	// are kept apart, and nothing but totals of at least FewestShown is ever shown.
	Anonymous bool `json:"anonymous,omitempty"`
	// Wish is the yes/no question whose yes asks for intensive follow-up
	// (programme.md 2-③b), "" if there is none.
	Wish string `json:"wish,omitempty"`
}

// FewestShown is of how many answers totals of opinions are shown at least: those
// of fewer could be guessed (programme.md Consent and sharing).
const FewestShown = 5

// Question finds a question by id; its index is -1 if there is none.
func (d SurveyDef) Question(id string) (Question, int) {
	for i, q := range d.Questions {
		if q.ID == id {
			return q, i
		}
	}
	return Question{}, -1
}

// Fingerprint tells one definition from another: of two that differ in anything that
// is stored it is not the same.
func (d SurveyDef) Fingerprint() string {
	stored, err := json.Marshal(d)
	if err != nil { // words, numbers and lists of them marshal
		return ""
	}
	sum := sha256.Sum256(stored)
	return hex.EncodeToString(sum[:12])
}

// sealed says whether there are totals that everybody saw when the survey closed: of
// more answers later one could tell what they were.
func (d SurveyDef) sealed() bool {
	return d.Anonymous || slices.ContainsFunc(d.Questions, func(q Question) bool { return q.TotalsOnly })
}

// Due are the questions that are put to somebody with these answers. Answers to
// other questions are kept and do not count, here or anywhere.
func (d SurveyDef) Due(answers map[string]Answer) []Question {
	due := make([]Question, 0, len(d.Questions))
	counted := make(map[string]Answer, len(answers))
	for _, q := range d.Questions {
		if !q.When.holds(counted) {
			continue
		}
		due = append(due, q)
		if a, ok := answers[q.ID]; ok && !a.Open {
			counted[q.ID] = a
		}
	}
	return due
}

// Counted are the answers that count: given to the end, to questions that are due.
func (d SurveyDef) Counted(answers map[string]Answer) map[string]Answer {
	counted := make(map[string]Answer, len(answers))
	for _, q := range d.Due(answers) {
		if a, ok := answers[q.ID]; ok && !a.Open {
			counted[q.ID] = a
		}
	}
	return counted
}

// Next is the first due question without an answer that counts.
func (d SurveyDef) Next(answers map[string]Answer) (Question, bool) {
	for _, q := range d.Due(answers) {
		if a, ok := answers[q.ID]; !ok || a.Open {
			return q, true
		}
	}
	return Question{}, false
}

// Page is one page of a survey's form: a section, or a run of questions of a survey
// that has none.
type Page struct {
	ID        string
	Section   Section // zero without sections
	Questions []Question
}

// pageOf is how many questions a page has in a survey without sections.
const pageOf = 6

// Pages are the pages of the form, with all questions, due or not: which page a
// question is on does not depend on answers. An anonymous survey has one page.
func (d SurveyDef) Pages() []Page {
	var pages []Page
	for i, q := range d.Questions {
		id := q.Section
		if len(d.Sections) == 0 {
			id = strconv.Itoa(i/pageOf + 1)
		}
		if d.Anonymous {
			id = "1"
		}
		if len(pages) == 0 || pages[len(pages)-1].ID != id {
			p := Page{ID: id}
			for _, s := range d.Sections {
				if s.ID == id {
					p.Section = s
				}
			}
			pages = append(pages, p)
		}
		last := &pages[len(pages)-1]
		last.Questions = append(last.Questions, q)
	}
	return pages
}

// Options are the choices that can be picked: those of the file, yes and no, or
// the numbers of a scale.
func (q Question) Options() []Choice {
	switch q.Kind {
	case YesNo:
		return []Choice{
			{ID: "yes", Words: Text{Ja: "はい", En: "Yes"}},
			{ID: "no", Words: Text{Ja: "いいえ", En: "No"}},
		}
	case Scale:
		cs := make([]Choice, q.Max)
		for i := range cs {
			n := strconv.Itoa(i + 1)
			cs[i] = Choice{ID: n, Words: Text{Ja: n, En: n}}
		}
		return cs
	}
	return q.Choices
}

// Measured says whether the answers are numbers, which have a mean.
func (q Question) Measured() bool { return q.Kind == Scale || q.Kind == Number }

// Writes says whether one of the picked choices has to be put into words.
func (q Question) Writes(picked []string) bool {
	return slices.ContainsFunc(q.Choices, func(c Choice) bool { return c.Write && slices.Contains(picked, c.ID) })
}
