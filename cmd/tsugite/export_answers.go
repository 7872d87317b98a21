package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tsugite/cmd/internal/sheet"
	"tsugite/programme"
)

// exportAnswers writes a row a person, or a ballot, with a column a question. A workbook
// has the questions and what the export is of on sheets of their own.
type exportAnswers struct {
	outlet
	Survey string `placeholder:"REF" help:"The survey's id, or its file's for the newest sent out of it; else the newest sent out by itself."`
}

// answersLine is one line of the export. Moments are RFC 3339 in the programme's zone;
// of a ballot there are the survey and the answers alone.
type answersLine struct {
	Survey       programme.SurveyID        `json:"survey"`
	Definition   string                    `json:"definition"`
	Edition      int                       `json:"edition"`
	Person       programme.PersonID        `json:"person,omitempty"`
	Name         string                    `json:"name,omitempty"`
	Kana         string                    `json:"kana,omitempty"`
	Organisation string                    `json:"organisation,omitempty"`
	Prefecture   string                    `json:"prefecture,omitempty"`
	Cohorts      []string                  `json:"cohorts,omitempty"`
	State        programme.ResponseState   `json:"state,omitempty"`
	Done         string                    `json:"done,omitempty"`
	ByOffice     map[programme.Via]int     `json:"by_office,omitempty"`
	Changed      []string                  `json:"changed,omitempty"`
	Answers      map[string]exportedAnswer `json:"answers"`

	row programme.AnswersRow
}

// exportedAnswer is an answer by ids: choices in the order of the question, of a
// ranking in the person's, of a question for a person that person's.
type exportedAnswer struct {
	Picked  []string      `json:"picked,omitempty"`
	Text    string        `json:"text,omitempty"`
	Number  *int          `json:"number,omitempty"`
	Date    string        `json:"date,omitempty"`
	Skipped bool          `json:"skipped,omitempty"`
	Via     programme.Via `json:"via,omitempty"`
	At      string        `json:"at,omitempty"`
}

// Run writes what was answered. What is left out is said on Err.
func (c exportAnswers) Run(ctx context.Context, std streams) error {
	say := speechFor(c.Lang)
	e, zone, err := takeOut(ctx, c.where, func(o *programme.Office, ctx context.Context, who programme.Actor) (programme.AnswersExport, error) {
		return o.ExportAnswers(ctx, who, c.Survey)
	})
	if refused, ours := programme.AsError(err); ours {
		hint := say.say("export.hint_closed", nil)
		if refused.Code == programme.CodeNotFound {
			hint = say.say("export.hint_survey", nil)
		}
		return withHint(say.refusal(refused), hint)
	}
	if err != nil {
		return err
	}
	if err := write(c.outlet, std, answersTable(e, zone, say)); err != nil {
		return err
	}
	if e.Survey.Def.Anonymous {
		fmt.Fprintf(std.Err, "tsugite: %s\n", say.say("export.rows_nobodys", nil))
	}
	for _, q := range e.Omitted {
		fmt.Fprintf(std.Err, "tsugite: %s\n", say.say("export.left_out", slots("Question", q.ID)))
	}
	return nil
}

func answersTable(e programme.AnswersExport, zone *time.Location, say speech) table[answersLine] {
	t := table[answersLine]{
		name:   say.say("export.answers", nil),
		lines:  answersLines(e, zone),
		beside: []sheet.Sheet{codebook(e, say), aboutExport(e, zone, say)},
	}
	if !e.Survey.Def.Anonymous {
		t.header = say.words("export.name", "export.kana", "export.organisation", "export.prefecture", "export.cohort",
			"export.state", "export.answered", "export.by_office", "export.changed")
	}
	for _, q := range e.Columns {
		if q.Measured() {
			t.numbers = append(t.numbers, len(t.header))
		}
		t.header = append(t.header, say.text(q.Words))
	}
	t.cells = func(l answersLine) []string {
		var cells []string
		if !e.Survey.Def.Anonymous {
			cells = []string{
				l.Name, l.Kana, l.Organisation, l.Prefecture, strings.Join(l.Cohorts, ";"), say.response(l.State),
				clock(l.Done), say.byOffice(l.ByOffice), asInCodebook(e.Survey.Def, l.Changed),
			}
		}
		for _, q := range e.Columns {
			a, ok := l.row.Answers[q.ID]
			cells = append(cells, say.cell(q, a, ok, e.People))
		}
		return cells
	}
	return t
}

// asInCodebook names questions as the codebook does, by number and id.
func asInCodebook(def programme.SurveyDef, ids []string) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		_, at := def.Question(id)
		out[i] = strconv.Itoa(at+1) + " " + id
	}
	return strings.Join(out, ";")
}

func answersLines(e programme.AnswersExport, zone *time.Location) []answersLine {
	lines := make([]answersLine, len(e.Rows))
	for i, row := range e.Rows {
		p, r := row.Person, row.Response
		lines[i] = answersLine{
			Survey: e.Survey.ID, Definition: e.Survey.Def.ID, Edition: e.Survey.Edition,
			Person: p.ID, Name: p.Name, Kana: p.Kana, Organisation: p.Organisation, Prefecture: p.Prefecture, Cohorts: p.Cohorts,
			State: r.State, Done: stampOf(r.DoneAt, zone), ByOffice: row.ByOffice, Changed: row.Changed,
			Answers: map[string]exportedAnswer{}, row: row,
		}
		for _, q := range e.Columns {
			if a, ok := row.Answers[q.ID]; ok {
				lines[i].Answers[q.ID] = exportedFrom(q, a, zone)
			}
		}
	}
	return lines
}

func exportedFrom(q programme.Question, a programme.Answer, zone *time.Location) exportedAnswer {
	x := exportedAnswer{
		Picked: a.Picked, Text: a.Text, Date: string(a.Date), Skipped: a.Skipped, Via: a.Via, At: stampOf(a.At, zone),
	}
	if !a.Skipped && q.Measured() {
		x.Number = &a.Number
	}
	return x
}

// cell is an answer as a spreadsheet shows it: choices in words, what was written out
// beside its choice, a ranking with its places. It is empty for who was not asked or
// has not answered yet, and says so of who left the question out.
func (s speech) cell(q programme.Question, a programme.Answer, answered bool, people map[programme.PersonID]programme.Person) string {
	switch {
	case !answered:
		return ""
	case a.Skipped:
		return s.say("export.skipped", nil)
	case q.Measured():
		return strconv.Itoa(a.Number)
	case q.Kind == programme.Day:
		return string(a.Date)
	case len(a.Picked) == 0:
		return a.Text
	}
	words := make([]string, len(a.Picked))
	for i, id := range a.Picked {
		words[i] = s.picked(q, a, id, people)
		if q.Kind == programme.Ranking {
			words[i] = s.say("export.place", slots("N", i+1, "Choice", words[i]))
		}
	}
	return strings.Join(words, s.say("export.and", nil))
}

// quotesDoubled has what closes a quotation twice, so that nobody's words end their own.
var quotesDoubled = strings.NewReplacer("」", "」」", "”", "””")

// picked is a choice in words, with what was written out for it in quotes: a comma
// between those is the person's, one outside is between choices.
func (s speech) picked(q programme.Question, a programme.Answer, id string, people map[programme.PersonID]programme.Person) string {
	if q.Kind == programme.Whom {
		return cmp.Or(people[programme.PersonID(id)].Name, id)
	}
	for _, c := range q.Options() {
		if c.ID == id && c.Write && a.Text != "" {
			return s.say("export.written", slots("Choice", s.choice(c), "Text", quotesDoubled.Replace(a.Text)))
		}
		if c.ID == id {
			return s.choice(c)
		}
	}
	return id
}

// text is a text in the language of the speech.
func (s speech) text(t programme.Text) string {
	if !s.japanese() && t.En != "" {
		return t.En
	}
	return t.Ja
}

func (s speech) choice(c programme.Choice) string { return cmp.Or(s.text(c.Words), c.ID) }

// response is how far somebody is with a survey.
func (s speech) response(state programme.ResponseState) string {
	switch state {
	case programme.Started:
		return s.say("export.response_started", nil)
	case programme.Done:
		return s.say("export.response_done", nil)
	case programme.Declined:
		return s.say("export.response_declined", nil)
	}
	return s.say("export.response_asked", nil)
}

// byOffice is how many answers the office entered, by the way in which they came.
func (s speech) byOffice(counts map[programme.Via]int) string {
	var out []string
	for _, v := range []struct {
		via programme.Via
		key string
	}{
		{programme.ViaPhone, "export.via_phone"}, {programme.ViaPaper, "export.via_paper"},
		{programme.ViaForm, "export.via_form"}, {programme.ViaChat, "export.via_chat"},
	} {
		if n := counts[v.via]; n > 0 {
			out = append(out, s.say(v.key, slots("N", n)))
		}
	}
	return strings.Join(out, s.say("export.and", nil))
}

// leftOut says whether the question's answers are not in the export.
func leftOut(e programme.AnswersExport, q programme.Question) bool {
	return slices.ContainsFunc(e.Omitted, func(o programme.Question) bool { return o.ID == q.ID })
}
