package programme_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

func (h *house) results(who programme.PersonID, id programme.SurveyID) programme.Results {
	h.t.Helper()
	r, err := h.Results(h.t.Context(), programme.As(who), id)
	if err != nil {
		h.t.Fatalf("%s: %v", who, err)
	}
	return r
}

func tallyOf(t *testing.T, r programme.Results, question string) programme.Tally {
	t.Helper()
	for _, x := range r.Tallies {
		if x.Question.ID == question {
			return x
		}
	}
	t.Fatalf("no tally of %s", question)
	return programme.Tally{}
}

// told writes a tally as one line: hidden or answered/skipped, marks, and what was said
// by whom.
func told(x programme.Tally) string {
	if x.Hidden {
		return "hidden"
	}
	out := []string{fmt.Sprintf("%d/%d", x.Answered, x.Skipped)}
	for _, m := range x.Marks {
		out = append(out, fmt.Sprintf("%s=%d", m.Choice.ID, m.N))
	}
	for _, s := range x.Said {
		out = append(out, fmt.Sprintf("%s(%s)%s%s%s", s.Person.ID, s.Choice, s.Answer.Text, s.Answer.Date, map[bool]string{true: strings.Join(s.Answer.Picked, "+")}[x.Question.Kind == programme.Whom]))
	}
	return strings.Join(out, " ")
}

// TestEachReaderSeesWhatIsTheirs goes through every kind of question for everyone who
// reads results: the office while the survey is open, who sees totals alone when it closed.
func TestEachReaderSeesWhatIsTheirs(t *testing.T) {
	h := newHouse(t)
	s := h.answered()
	begun := h.now
	for _, reader := range []programme.PersonID{"bureau", "supporter"} {
		if got := tallyOf(t, h.results(reader, "s"), "mood"); !got.Hidden || !got.AtEnd || got.Answered != 0 {
			t.Errorf("%s sees totals while answers are taken: %s", reader, told(got))
		}
	}
	for reader, want := range map[programme.PersonID]map[string]string{
		"office": {
			"role": "5/0 head=2 staff=2 other=1 f3(other)相談役", "tried": "4/1 sales=3 craft=2 other=1 f4(other)展示会",
			"mood": "6/0 1=1 2=2 3=0 4=2 5=1", "people": "4/0", "when": "3/0 2027=2 2030=1 f1()2027-04-01 f2()2027-10-01 f4()2030-04-01",
			"rank": "3/0 money=5 heirs=5 sales=4", "whom": "3/0 expert=2 senior=1 f1()expert f2()expert f4()senior",
			"wish": "3/0 yes=1 no=2", "topic": "1/0 f1()資金", "secret": "hidden", "word": "1/0 f1()一言",
		},
		"bureau": {
			"role": "5/0 head=2 staff=2 other=1 f3(other)相談役", "tried": "hidden",
			"mood": "6/0 1=1 2=2 3=0 4=2 5=1", "people": "hidden", "when": "hidden", "rank": "hidden", "whom": "hidden",
			"wish": "hidden", "topic": "hidden", "secret": "5/0 yes=1 no=4", "word": "hidden",
		},
		"supporter": {
			"role": "5/0 head=2 staff=2 other=1", "tried": "hidden",
			"mood": "6/0 1=1 2=2 3=0 4=2 5=1", "people": "hidden", "when": "hidden", "rank": "hidden", "whom": "hidden",
			"wish": "hidden", "topic": "hidden", "secret": "5/0 yes=1 no=4", "word": "hidden",
		},
	} {
		h.now = s.Closes
		if reader == "office" {
			h.now = begun
		}
		r := h.results(reader, "s")
		for question, line := range want {
			if got := told(tallyOf(t, r, question)); got != line {
				t.Errorf("%s, %s:\n got %s\nwant %s", reader, question, got, line)
			}
		}
		if len(r.Tallies) != len(want) {
			t.Errorf("%s: %d tallies", reader, len(r.Tallies))
		}
		if r.Counts[programme.Done] != 5 || r.Counts.Total() != 7 {
			t.Errorf("%s: counts %v", reader, r.Counts)
		}
		if marks := tallyOf(t, r, "whom").Marks; reader == "office" && marks[0].Choice.Words.Ja != "試験 expert" {
			t.Errorf("named are %v", marks)
		}
		if (r.People["expert"].ID != "") != (reader == "office") {
			t.Errorf("%s: named are %v", reader, r.People)
		}
	}
}

func TestScaleAndNumberAreMeasured(t *testing.T) {
	h := newHouse(t)
	h.answered()
	r := h.results("office", "s")
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("%s is %v, want %v", what, got, want)
		}
	}
	mood := tallyOf(t, r, "mood") // 1 2 2 4 4 5
	near("mean", mood.Mean, 3)
	near("spread", mood.Spread, math.Sqrt(2)) // squares 4+1+1+1+1+4 over 6
	near("median", mood.Median, 3)
	people := tallyOf(t, r, "people") // 3 5 10 40
	near("mean", people.Mean, 14.5)
	near("median", people.Median, 7.5)
	if people.Least != 3 || people.Most != 40 {
		t.Errorf("from %d to %d, want 3 to 40", people.Least, people.Most)
	}
}

// TestTotalsOnlyAreThoseOfTheEnd: the totals before and after an answer would tell what
// it was, while the survey is open, or open again for somebody.
func TestTotalsOnlyAreThoseOfTheEnd(t *testing.T) {
	h := newHouse(t)
	s := h.answered()
	secret := func(who programme.PersonID) string { return told(tallyOf(t, h.results(who, "s"), "secret")) }
	if got := secret("office"); got != "hidden" {
		t.Errorf("while open: %s", got)
	}
	h.now = s.Closes
	for _, who := range []programme.PersonID{"office", "bureau", "supporter"} {
		if got := secret(who); got != "5/0 yes=1 no=4" {
			t.Errorf("%s, after closing: %s", who, got)
		}
	}
	h.write(func(tx programme.Tx) error {
		r, err := tx.Response(responseOf("s", "f7"))
		if err != nil {
			return err
		}
		r.OpenUntil = h.now.Add(time.Hour)
		if err := tx.SaveResponse(r); err != nil {
			return err
		}
		_, err = tx.SaveAnswer(programme.Answer{Response: r.ID, Question: "secret", Picked: []string{"yes"}, By: "f7", Via: programme.ViaForm, At: h.now})
		return err
	})
	for _, who := range []programme.PersonID{"office", "bureau", "supporter"} {
		if got := secret(who); got != "5/0 yes=1 no=4" {
			t.Errorf("%s, after somebody's answer: %s", who, got)
		}
	}
}

func TestTotalsOnlyOfFewStayHidden(t *testing.T) {
	h := newHouse(t)
	s := h.answered()
	h.said("s", "f6", programme.Declined)
	h.now = s.Closes
	if got := told(tallyOf(t, h.results("office", "s"), "secret")); got != "hidden" {
		t.Errorf("of four: %s", got)
	}
}

// groups writes a question's tallies by group.
func groups(cs []programme.Cross) string {
	var out []string
	for _, c := range cs {
		out = append(out, c.Group+": "+told(c.Tally))
	}
	return strings.Join(out, " | ")
}

// TestGroupsOfFewAreHiddenSoThatNoneCanBeWorkedOut: the office sees all. Others see the
// totals of the end, by cohort alone; a group of one is hidden, and so is the only other
// group, from which with the total it could be worked out.
func TestGroupsOfFewAreHiddenSoThatNoneCanBeWorkedOut(t *testing.T) {
	h := newHouse(t)
	s := h.answered()
	const byCohort = "R6: 5/0 1=1 2=2 3=0 4=1 5=1 | R7: 1/0 1=0 2=0 3=0 4=1 5=0"
	office := h.results("office", "s")
	if got := groups(office.ByCohort["mood"]); got != byCohort {
		t.Errorf("office: %s", got)
	}
	if got := groups(office.ByPlace["mood"]); got != "茨城県: 6/0 1=1 2=2 3=0 4=2 5=1" {
		t.Errorf("office: %s", got)
	}
	h.now = s.Closes
	for _, who := range []programme.PersonID{"bureau", "supporter"} {
		r := h.results(who, "s")
		if got := groups(r.ByCohort["mood"]); got != "R6: hidden | R7: hidden" {
			t.Errorf("%s: %s", who, got)
		}
		if got := groups(r.ByPlace["mood"]); got != "" {
			t.Errorf("%s sees two crosses, of which few could be told apart: %s", who, got)
		}
	}
	r := h.results("bureau", "s")
	if got := groups(r.ByCohort["role"]); got != "R6: 5/0 head=2 staff=2 other=1" {
		t.Errorf("what is marked for the bureau: %s", got)
	}
	if _, ok := r.ByCohort["word"]; ok {
		t.Error("texts are crossed")
	}
	if got := groups(r.ByCohort["wish"]); got != "R6: hidden" {
		t.Errorf("a question that few answered: %s", got)
	}
}

func TestAnonymousResultsWaitForClosingAndFive(t *testing.T) {
	for rule, c := range map[string]struct {
		ballots int
		closed  bool
		shown   bool
	}{
		"open": {9, false, false}, "closed with four": {4, true, false}, "closed with five": {5, true, true},
	} {
		t.Run(rule, func(t *testing.T) {
			h := newHouse(t)
			h.firms()
			s := h.sent("v", anonymousDef())
			h.ballots("v", c.ballots)
			if c.closed {
				h.now = s.Closes
			}
			for _, who := range []programme.PersonID{"office", "bureau", "supporter"} {
				r := h.results(who, "v")
				if r.TooFew == c.shown || (len(r.Tallies) > 0) != c.shown || len(r.ByCohort["mood"]) > 0 {
					t.Errorf("%s: too few %v, %d tallies", who, r.TooFew, len(r.Tallies))
				}
				if !c.shown {
					continue
				}
				if got := told(tallyOf(t, r, "mood")); got != "5/0 1=1 2=1 3=1 4=1 5=1" {
					t.Errorf("%s: %s", who, got)
				}
				said := tallyOf(t, r, "word").Said
				if (len(said) == 5) != (who == "office") {
					t.Errorf("%s reads %d texts", who, len(said))
				}
				for _, x := range said {
					if x.Person.ID != "" || x.Answer.By != "" || !x.Answer.At.IsZero() {
						t.Errorf("%s reads whose text it is", who)
					}
				}
			}
		})
	}
}

func TestResultsOfTrialsThereAreNone(t *testing.T) {
	h := newHouse(t)
	h.write(func(tx programme.Tx) error {
		return tx.CreateSurvey("op", programme.Survey{ID: "t", Trial: true, Def: resultsDef(), Launched: h.now, Opens: h.now, Closes: h.now})
	})
	for _, id := range []programme.SurveyID{"t", "none"} {
		_, err := h.Results(t.Context(), programme.As("office"), id)
		wantCode(t, err, programme.CodeNotFound)
		_, err = h.ExportAnswers(t.Context(), programme.Operator, string(id))
		wantCode(t, err, programme.CodeNotFound)
	}
}

// TestResultsComeInParts: two questions that can be charts and six questions a message.
func TestResultsComeInParts(t *testing.T) {
	h := newHouse(t)
	h.answered()
	r := h.results("office", "s")
	want := []string{"role tried", "mood people when", "rank whom", "wish topic secret word"}
	for part, questions := range want {
		var got []string
		for _, x := range programme.ResultsOf(r, part) {
			got = append(got, x.Question.ID)
		}
		if strings.Join(got, " ") != questions {
			t.Errorf("part %d is %v, want %s", part, got, questions)
		}
	}
	if r.Parts != len(want) || programme.ResultsOf(r, r.Parts) != nil || programme.ResultsOf(r, -1) != nil {
		t.Errorf("%d parts, want %d", r.Parts, len(want))
	}
	for range 2 { // the same press twice
		parts, err := h.RequestResults(t.Context(), programme.As("office"), "s", "op")
		if err != nil || parts != len(want) {
			t.Fatalf("%d parts: %v", parts, err)
		}
	}
	if n := h.notices()["survey.results p:office"]; n != len(want) {
		t.Errorf("%d messages, want %d", n, len(want))
	}
	_, err := h.RequestResults(t.Context(), programme.Operator, "s", "op")
	wantCode(t, err, programme.CodeDenied)
}

// TestResultsAreDrawnForWhatTheReaderMaySeeThen: who was let go between asking and
// sending gets nothing.
func TestResultsAreDrawnForWhatTheReaderMaySeeThen(t *testing.T) {
	h := newHouse(t)
	h.answered()
	notice := func(to programme.PersonID, occasion string) programme.Notice {
		return programme.Notice{Kind: programme.NoticeSurveyResults, Subject: "s", To: programme.ToPerson(to), Occasion: occasion}
	}
	for _, c := range []struct {
		rule      string
		to        programme.PersonID
		occasion  string
		withdrawn bool
		said      int
	}{
		{"all with names to the office", "office", "op/1", false, 1},
		{"totals to a support organisation", "supporter", "op/0", false, 0},
		{"nothing to an atsugi", "atsugi", "op/0", true, 0},
		{"nothing to an office that is not admitted", "new-office", "op/0", true, 0},
		{"no part that there is not", "office", "op/7", true, 0},
		{"no occasion that is none", "office", "op", true, 0},
	} {
		m, err := h.Matter(t.Context(), notice(c.to, c.occasion), false)
		if err != nil {
			t.Fatalf("%s: %v", c.rule, err)
		}
		if (m.Withdrawn != "") != c.withdrawn {
			t.Errorf("%s: withdrawn %q", c.rule, m.Withdrawn)
		}
		if c.withdrawn {
			continue
		}
		if said := len(tallyOf(t, m.Results, "role").Said); said != c.said || m.Survey.ID != "s" {
			t.Errorf("%s: %d said, survey %q", c.rule, said, m.Survey.ID)
		}
	}
	m, err := h.Matter(t.Context(), notice("office", "op/1"), false)
	if err != nil || m.Part != 1 {
		t.Errorf("part %d: %v", m.Part, err)
	}
}

// TestANumbersRangeIsSomebodysOwn: the least and the most are what one person said, and
// of few answers mean, spread and median together tell them all.
func TestANumbersRangeIsSomebodysOwn(t *testing.T) {
	h := newHouse(t)
	s := h.answered()
	h.said("s", "f6", programme.Done, number("people", 7))
	h.now = s.Closes
	if x := tallyOf(t, h.results("office", "s"), "people"); !x.Ranged || x.Least != 3 || x.Most != 40 || x.Median != 7 {
		t.Errorf("the office sees %+v", x)
	}
	for _, who := range []programme.PersonID{"bureau", "supporter"} {
		x := tallyOf(t, h.results(who, "s"), "people")
		if x.Answered != 5 || x.Mean != 13 || x.Ranged || x.Least != 0 || x.Most != 0 || x.Median != 0 || x.Spread != 0 {
			t.Errorf("%s sees %+v", who, x)
		}
	}
}
