package programme

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"
)

// AnswersExport are the answers to a survey as they leave the program: a row a person.
// Of ballots each column is in an order of its own: a row is nobody's.
type AnswersExport struct {
	Survey Survey
	Now    time.Time
	// Columns are the questions whose answers are in the rows, Omitted those whose
	// answers are not: they are for totals only, or too few answered them namelessly.
	Columns, Omitted []Question
	Rows             []AnswersRow        // by kana
	People           map[PersonID]Person // named in answers
}

// AnswersRow is what one person said. Person and Response are zero of a ballot.
type AnswersRow struct {
	Person   Person
	Response Response
	Answers  map[string]Answer // those that count
	// ByOffice counts the standing answers that the office entered, by the way in which
	// they came.
	ByOffice map[Via]int
	Changed  []string // ids of questions, in order, to which another answer was given before
}

// ExportAnswers takes the answers to a survey out, once it is written down who did. ref
// is a survey's id, or a definition's for the newest that was sent out of it; "" is
// the newest survey that was sent out by itself.
//
// Everyone who was asked has a row, also those who did not answer or left since;
// answers count as in Results. Of an anonymous survey there are ballots, and those
// only when Results would show it.
func (o *Office) ExportAnswers(ctx context.Context, who Actor, ref string) (AnswersExport, error) {
	e := AnswersExport{Now: o.Now()}
	err := o.manage(ctx, who, func(c *change) (err error) {
		if e.Survey, err = surveyByRef(c.Tx, ref); err != nil {
			return err
		}
		return c.audit("survey.export", string(e.Survey.ID))
	})
	if err != nil {
		return e, err
	}
	err = o.read(ctx, func(tx Tx) error {
		if e.Survey.Def.Anonymous {
			return e.addBallots(tx)
		}
		return e.addAsked(tx)
	})
	return e, err
}

// surveyByRef finds a survey as people name it.
func surveyByRef(tx Tx, ref string) (Survey, error) {
	s, err := tx.Survey(SurveyID(ref))
	if err == nil && !s.Trial || err != nil && !errors.Is(err, ErrNoRow) {
		return s, err
	}
	surveys, err := tx.Surveys() // newest first
	i := slices.IndexFunc(surveys, func(s Survey) bool { return s.Def.ID == ref || ref == "" && s.Event == "" })
	if err != nil || i < 0 {
		return Survey{}, errors.Join(err, missing("error.survey_gone"))
	}
	return surveys[i], nil
}

func (e *AnswersExport) addAsked(tx Tx) error {
	for _, q := range e.Survey.Def.Questions {
		if q.TotalsOnly {
			e.Omitted = append(e.Omitted, q)
		} else {
			e.Columns = append(e.Columns, q)
		}
	}
	all, err := surveyAsked(tx, e.Survey, time.Time{})
	if err != nil {
		return err
	}
	versions, err := tx.SurveyVersions(e.Survey.ID)
	if err != nil {
		return err
	}
	for _, a := range all {
		row := AnswersRow{Person: a.person, Response: a.response, Answers: e.kept(a.answers), ByOffice: map[Via]int{}}
		for _, x := range row.Answers {
			if x.By != a.person.ID {
				row.ByOffice[x.Via]++
			}
		}
		row.Changed = e.changed(row.Answers, versions[a.response.ID])
		e.Rows = append(e.Rows, row)
	}
	return e.addPeople(tx)
}

// kept are the answers to the columns.
func (e *AnswersExport) kept(answers map[string]Answer) map[string]Answer {
	out := make(map[string]Answer, len(answers))
	for _, q := range e.Columns {
		if a, ok := answers[q.ID]; ok {
			out[q.ID] = a
		}
	}
	return out
}

// changed are the columns to which something else was said before what counts.
func (e *AnswersExport) changed(counted map[string]Answer, versions []Answer) []string {
	var out []string
	for _, q := range e.Columns {
		stands, ok := counted[q.ID]
		if ok && slices.ContainsFunc(versions, func(v Answer) bool {
			return v.Question == q.ID && !v.Open && !v.says(stands)
		}) {
			out = append(out, q.ID)
		}
	}
	return out
}

// says whether two answers say the same, whoever gave them and when.
func (a Answer) says(b Answer) bool {
	return slices.Equal(a.Picked, b.Picked) && a.Text == b.Text && a.Number == b.Number &&
		a.Date == b.Date && a.Skipped == b.Skipped
}

func (e *AnswersExport) addBallots(tx Tx) error {
	ballots, err := ballotsTaken(tx, e.Survey.ID)
	if err != nil {
		return err
	}
	if !shownBallots(e.Survey, e.Now, len(ballots)) {
		return &Error{Code: CodeConflict, Key: "error.ballots_hidden", Args: pairs([]any{"Least", FewestShown})}
	}
	for _, q := range e.Survey.Def.Questions {
		t := tallyOf(q, ballots, viewer{office: true}.sight(e.Survey.Def, q))
		if t.Hidden || q.TotalsOnly {
			e.Omitted = append(e.Omitted, q)
		} else {
			e.Columns = append(e.Columns, q)
		}
	}
	e.Rows = make([]AnswersRow, len(ballots))
	for i := range e.Rows {
		e.Rows[i].Answers = map[string]Answer{}
	}
	for _, q := range e.Columns {
		for i, a := range answersTo(q, ballots) {
			e.Rows[i].Answers[q.ID] = a
		}
	}
	return e.addPeople(tx)
}

// answersTo are the answers to one question of ballots in an order of their own, so
// that nothing shows which answers one person gave together.
func answersTo(q Question, ballots []taken) []Answer {
	var given []Answer
	for _, b := range ballots {
		if a, ok := b.answers[q.ID]; ok {
			given = append(given, a)
		}
	}
	slices.SortFunc(given, func(a, b Answer) int {
		return cmp.Or(slices.Compare(a.Picked, b.Picked), strings.Compare(a.Text, b.Text), a.Number-b.Number,
			strings.Compare(string(a.Date), string(b.Date)))
	})
	return given
}

func (e *AnswersExport) addPeople(tx Tx) (err error) {
	var answers []Answer
	for _, q := range e.Columns {
		for _, row := range e.Rows {
			if a, ok := row.Answers[q.ID]; ok && q.Kind == Whom {
				answers = append(answers, a)
			}
		}
	}
	e.People, err = namedIn(tx, answers)
	return err
}
