package programme_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

func (h *house) exported(ref string) programme.AnswersExport {
	h.t.Helper()
	e, err := h.ExportAnswers(h.t.Context(), programme.Operator, ref)
	if err != nil {
		h.t.Fatal(err)
	}
	return e
}

func questionIDs(qs []programme.Question) string {
	var out []string
	for _, q := range qs {
		out = append(out, q.ID)
	}
	return strings.Join(out, " ")
}

// TestExportHasARowForEveryoneAsked, by kana, with the answers that count: not what is
// set aside, open, of totals only, or of somebody who declined.
func TestExportHasARowForEveryoneAsked(t *testing.T) {
	h := newHouse(t)
	h.answered()
	h.write(func(tx programme.Tx) error { // who left still counts
		p, err := tx.Person("f1")
		if err != nil {
			return err
		}
		p.Left = h.now
		return tx.SavePerson(p)
	})
	e := h.exported("s")
	if got := questionIDs(e.Columns); got != "role tried mood people when rank whom wish topic word" {
		t.Errorf("columns %s", got)
	}
	if got := questionIDs(e.Omitted); got != "secret" {
		t.Errorf("left out %s", got)
	}
	want := []struct {
		person    programme.PersonID
		state     programme.ResponseState
		questions string
	}{
		{"f1", programme.Done, "mood people rank role topic tried when whom wish word"},
		{"f2", programme.Done, "mood people rank role tried when whom wish"}, // the topic was set aside
		{"f3", programme.Started, "mood role tried"},
		{"f4", programme.Done, "mood people rank role tried when whom wish"},
		{"f5", programme.Done, "mood people role tried"},
		{"f6", programme.Done, "mood"}, // the role is open
		{"f7", programme.Declined, ""},
	}
	if len(e.Rows) != len(want) {
		t.Fatalf("%d rows, want %d", len(e.Rows), len(want))
	}
	for i, w := range want {
		var got []string
		for q := range e.Rows[i].Answers {
			got = append(got, q)
		}
		slices.Sort(got)
		if row := e.Rows[i]; row.Person.ID != w.person || row.Response.State != w.state || strings.Join(got, " ") != w.questions {
			t.Errorf("row %d: %s %s %v, want %v", i, row.Person.ID, row.Response.State, got, w)
		}
	}
	if len(e.People) != 2 || e.People["senior"].Name == "" {
		t.Errorf("named are %v", e.People)
	}
}

func TestExportTellsWhoEnteredAndWhatChanged(t *testing.T) {
	h := newHouse(t)
	h.firms()
	h.sent("s", resultsDef())
	phone := programme.Answer{Question: "mood", Number: 4, By: "office", Via: programme.ViaPhone}
	paper := programme.Answer{Question: "people", Number: 4, By: "office", Via: programme.ViaPaper}
	at := func(a programme.Answer, d time.Duration) programme.Answer { a.At = h.now.Add(d); return a }
	open := programme.Answer{Question: "tried", Picked: []string{"other"}, Open: true}
	h.said("s", "f1", programme.Done, at(number("mood", 2), 0), at(phone, 1), at(paper, 2),
		at(pick("role", "head"), 0), at(pick("role", "head"), 1), // the same once more is no change
		at(open, 0), at(write("tried", "展示会", "other"), 1)) // nor is what was still open
	row := h.exported("s").Rows[0]
	if row.ByOffice[programme.ViaPhone] != 1 || row.ByOffice[programme.ViaPaper] != 1 || len(row.ByOffice) != 2 {
		t.Errorf("by the office: %v", row.ByOffice)
	}
	if !slices.Equal(row.Changed, []string{"mood"}) {
		t.Errorf("changed: %v", row.Changed)
	}
}

func TestExportFindsTheSurvey(t *testing.T) {
	h := newHouse(t)
	h.firms()
	def := resultsDef()
	h.sent("old", def)
	h.later(time.Hour)
	h.sent("new", def)
	h.later(time.Hour)
	other := resultsDef()
	other.ID = "other"
	h.write(func(tx programme.Tx) error {
		return tx.CreateSurvey(programme.EventSurveyOps+"e1", programme.Survey{ID: "event", Def: other, Launched: h.now, Opens: h.now, Closes: h.now})
	})
	for ref, want := range map[string]programme.SurveyID{"old": "old", "status": "new", "": "new", "other": "event"} {
		if got := h.exported(ref).Survey.ID; got != want {
			t.Errorf("%q is %s, want %s", ref, got, want)
		}
	}
	_, err := h.ExportAnswers(t.Context(), programme.Operator, "nothing")
	wantCode(t, err, programme.CodeNotFound)
	trail := h.trail()
	if !slices.Contains(trail, "survey.export new") || slices.Contains(trail, "survey.export nothing") {
		t.Errorf("the trail says %v", trail)
	}
}

func TestExportOfAnAnonymousSurvey(t *testing.T) {
	h := newHouse(t)
	h.firms()
	s := h.sent("v", anonymousDef())
	h.ballots("v", 4)
	h.write(func(tx programme.Tx) error {
		return tx.CastBallot(programme.Ballot{Survey: "v", Answers: []programme.Answer{
			number("mood", 5), {Question: "rare", Text: "一人だけ"},
		}})
	})
	_, err := h.ExportAnswers(t.Context(), programme.Operator, "v")
	wantCode(t, err, programme.CodeConflict)
	h.now = s.Closes
	e := h.exported("v")
	if questionIDs(e.Columns) != "mood" || questionIDs(e.Omitted) != "word rare" || len(e.Rows) != 5 {
		t.Errorf("columns %s, left out %s, %d rows", questionIDs(e.Columns), questionIDs(e.Omitted), len(e.Rows))
	}
	for _, row := range e.Rows {
		if row.Person.ID != "" || row.Response.ID != "" || len(row.Answers) != 1 || row.Answers["mood"].By != "" {
			t.Errorf("a ballot says %v", row)
		}
	}
}

// TestNamelessAnswersAreNotExportedTogether: nothing shows what one person answered to
// several questions, each column is in an order of its own.
func TestNamelessAnswersAreNotExportedTogether(t *testing.T) {
	h := newHouse(t)
	h.firms()
	s := h.sent("v", anonymousDef())
	h.write(func(tx programme.Tx) error {
		for i, word := range []string{"a", "b", "c", "d", "e"} {
			if err := tx.CastBallot(programme.Ballot{Survey: "v", Answers: []programme.Answer{
				number("mood", 5-i), {Question: "word", Text: word},
			}}); err != nil {
				return err
			}
		}
		return nil
	})
	h.now = s.Closes
	var rows []string
	for _, row := range h.exported("v").Rows {
		rows = append(rows, fmt.Sprint(row.Answers["mood"].Number, row.Answers["word"].Text))
	}
	if want := []string{"1a", "2b", "3c", "4d", "5e"}; !slices.Equal(rows, want) { // cast were 5a, 4b, 3c …
		t.Errorf("rows %v, want %v", rows, want)
	}
}
