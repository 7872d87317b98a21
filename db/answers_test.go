package db

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"tsugite/programme"
)

// newAnswers are a database with a survey that p1, p2 and p3 were asked by.
func newAnswers(t *testing.T) *DB {
	t.Helper()
	db := newDB(t)
	savePeople(t, db, person("p1"), person("p2"), person("p3"), person("office"))
	write(t, db, func(tx programme.Tx) error {
		err := tx.CreateSurvey("op-s", programme.Survey{ID: "s", Launched: t0, Opens: t0, Closes: minutes(60)})
		for _, p := range []string{"1", "2", "3"} {
			err = errors.Join(err, tx.CreateResponse(programme.Response{
				ID: programme.ResponseID("r" + p), Survey: "s", Person: programme.PersonID("p" + p), State: programme.Asked,
			}))
		}
		return err
	})
	return db
}

func saveAnswer(t *testing.T, db *DB, a programme.Answer) bool {
	t.Helper()
	return inside(t, db, func(tx programme.Tx) (bool, error) { return tx.SaveAnswer(a) })
}

func TestAnswerComesBackWhole(t *testing.T) {
	db := newAnswers(t)
	for i, text := range odd {
		want := programme.Answer{
			Response: "r1", Question: fmt.Sprint("q", i), Picked: []string{"b", "a"}, Text: text, Number: -5, Date: "2027-04-01",
			Skipped: i%2 == 0, Open: i%2 == 1, By: "office", Via: programme.ViaPhone, Source: "D1/1.5", At: minutes(i),
		}
		if !saveAnswer(t, db, want) {
			t.Error("a first answer does not stand")
		}
		want.Version = 1
		answers := read(t, db, func(tx programme.Tx) (map[string]programme.Answer, error) { return tx.Answers("r1") })
		exact(t, answers[want.Question], want)
	}
}

// Every version is kept, the standing one last, whichever came first; what stands is
// the same for one response and for the survey.
func TestEveryVersionOfAnAnswerIsKept(t *testing.T) {
	db := newAnswers(t)
	for _, a := range []struct {
		response, question, text string
		at                       int
	}{{"r1", "q1", "second", 2}, {"r1", "q1", "first, late in arriving", 1}, {"r1", "q1", "third", 3}, {"r1", "q2", "only", 1}, {"r2", "q1", "of another", 9}} {
		saveAnswer(t, db, programme.Answer{
			Response: programme.ResponseID(a.response), Question: a.question, Text: a.text, By: "p1", Via: programme.ViaChat, At: minutes(a.at),
		})
	}
	var told []string
	for _, a := range read(t, db, func(tx programme.Tx) ([]programme.Answer, error) { return tx.AnswerVersions("r1") }) {
		told = append(told, fmt.Sprintf("%s:%s#%d", a.Question, a.Text, a.Version))
	}
	exact(t, told, []string{"q1:first, late in arriving#2", "q1:second#1", "q1:third#3", "q2:only#1"})
	ofSurvey := func(s programme.SurveyID) map[programme.ResponseID][]programme.Answer {
		return read(t, db, func(tx programme.Tx) (map[programme.ResponseID][]programme.Answer, error) {
			return tx.SurveyVersions(s)
		})
	}
	if n, other := len(ofSurvey("s")), len(ofSurvey("other")); n != 2 || other != 0 {
		t.Errorf("versions of %d responses, of another survey %d", n, other)
	}
	for _, r := range []programme.ResponseID{"r1", "r2"} {
		exact(t, ofSurvey("s")[r], read(t, db, func(tx programme.Tx) ([]programme.Answer, error) { return tx.AnswerVersions(r) }))
	}
	all := read(t, db, func(tx programme.Tx) (map[programme.ResponseID]map[string]programme.Answer, error) {
		return tx.SurveyAnswers("s", time.Time{})
	})
	if len(all) != 2 || len(all["r1"]) != 2 || all["r1"]["q1"].Text != "third" || all["r2"]["q1"].Text != "of another" {
		t.Errorf("stand %v", all)
	}
	exact(t, read(t, db, func(tx programme.Tx) (map[string]programme.Answer, error) { return tx.Answers("r1") }), all["r1"])
}

// The answer typed in a message is the latest of that person; a message of somebody
// else with the same name, and answers that were not typed, are none.
func TestAnswerBySource(t *testing.T) {
	db := newAnswers(t)
	for i, a := range []programme.Answer{
		{Response: "r1", Question: "q1", Text: "a", Source: "m1"}, {Response: "r1", Question: "q2", Text: "b", Source: "m1"},
		{Response: "r2", Question: "q1", Text: "c", Source: "m1"}, {Response: "r1", Question: "q3", Text: "d"},
	} {
		a.By, a.At = "p1", minutes(i)
		saveAnswer(t, db, a)
	}
	for _, c := range []struct {
		rule, source, text string
		person             programme.PersonID
	}{
		{"the latest in the message", "m1", "b", "p1"}, {"of that person", "m1", "c", "p2"},
		{"who typed nothing", "m1", "", "p3"}, {"in another message", "m2", "", "p1"}, {"no message", "", "", "p1"},
	} {
		var got programme.Answer
		err := db.Read(t.Context(), func(tx programme.Tx) (err error) {
			got, err = tx.AnswerBySource(c.person, c.source)
			return err
		})
		if got.Text != c.text || (c.text == "") != errors.Is(err, programme.ErrNoRow) {
			t.Errorf("%s: %q, %v", c.rule, got.Text, err)
		}
	}
}

// A ballot tells nothing of when it came: there is no column for it, no row number, no
// id that holds the time, and ballots come back in another order than they were cast.
func TestBallotsTellNoOrder(t *testing.T) {
	db := newAnswers(t)
	columns := must[[]string](t)(all(t.Context(), db.writer, single[string], `SELECT name FROM pragma_table_info('ballots')`))
	exact(t, columns, []string{"survey_id", "key", "question", "picked", "text", "number", "date", "skipped"})
	if _, err := all(t.Context(), db.writer, single[int], `SELECT rowid FROM ballots`); err == nil {
		t.Error("ballots have a row number")
	}
	var cast []string
	for i := range 40 {
		text := fmt.Sprintf("%02d", i)
		cast = append(cast, text)
		write(t, db, func(tx programme.Tx) error {
			return tx.CastBallot(programme.Ballot{Survey: "s", Answers: []programme.Answer{
				{Question: "q1", Picked: []string{"a"}, Number: i, Date: "2027-04-01"}, {Question: "q2", Text: text, By: "p1", At: minutes(i), Source: "m"},
				{Question: "q3", Skipped: true},
			}})
		})
	}
	var back []string
	for _, b := range read(t, db, func(tx programme.Tx) ([]programme.Ballot, error) { return tx.Ballots("s") }) {
		if len(b.Answers) != 3 {
			t.Fatalf("a ballot of %d answers", len(b.Answers))
		}
		n := b.Answers[0].Number
		exact(t, b, programme.Ballot{Survey: "s", Answers: []programme.Answer{
			{Question: "q1", Picked: []string{"a"}, Number: n, Date: "2027-04-01"}, {Question: "q2", Text: fmt.Sprintf("%02d", n)},
			{Question: "q3", Skipped: true},
		}})
		back = append(back, b.Answers[1].Text)
	}
	if slices.Equal(back, cast) { // by chance once in 40! times
		t.Error("ballots come back in the order in which they were cast")
	}
	slices.Sort(back)
	exact(t, back, cast)
}

// The pages of the file keep rows in the order in which they were written; even they
// have ballots by their keys.
func TestBallotsLieInTheFileByTheirKeys(t *testing.T) {
	db := newAnswers(t)
	const n = 12 // they fit one page
	for i := range n {
		write(t, db, func(tx programme.Tx) error {
			return tx.CastBallot(programme.Ballot{Survey: "s", Answers: []programme.Answer{{Question: "q", Text: fmt.Sprintf("said-%02d", i)}}})
		})
	}
	if _, err := db.writer.Exec(`PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		t.Fatal(err)
	}
	held, err := os.ReadFile(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	var lies []string
	for i := range n {
		text := fmt.Sprintf("said-%02d", i)
		if bytes.Count(held, []byte(text)) != 1 {
			t.Fatalf("%s stands %d times in the file", text, bytes.Count(held, []byte(text)))
		}
		lies = append(lies, text)
	}
	slices.SortFunc(lies, func(a, b string) int { // a page is filled from its end
		return bytes.Index(held, []byte(b)) - bytes.Index(held, []byte(a))
	})
	var keyed []string
	for _, b := range read(t, db, func(tx programme.Tx) ([]programme.Ballot, error) { return tx.Ballots("s") }) {
		keyed = append(keyed, b.Answers[0].Text)
	}
	exact(t, lies, keyed)
}

// Trials count nowhere: they are not listed and nobody waits for them.
func TestTrialsAreNotListed(t *testing.T) {
	db := newAnswers(t)
	write(t, db, func(tx programme.Tx) error {
		return errors.Join(
			tx.CreateSurvey("op-trial", programme.Survey{ID: "trial", Trial: true, Launched: minutes(1), Opens: t0, Closes: minutes(60)}),
			tx.CreateResponse(programme.Response{ID: "rt", Survey: "trial", Person: "office", State: programme.Asked}),
		)
	})
	for _, s := range read(t, db, programme.Tx.Surveys) {
		if s.ID != "s" {
			t.Errorf("%s is listed", s.ID)
		}
	}
	trial := read(t, db, func(tx programme.Tx) (programme.Survey, error) { return tx.Survey("trial") })
	if !trial.Trial {
		t.Error("the trial is not known as one")
	}
	for _, r := range waiting(t, db, t0) {
		if r == "rt" {
			t.Error("the trial waits for an answer")
		}
	}
}

func waiting(t *testing.T, db *DB, now time.Time) []programme.ResponseID {
	t.Helper()
	var ids []programme.ResponseID
	for _, r := range read(t, db, func(tx programme.Tx) ([]programme.Response, error) { return tx.WaitingResponses(now) }) {
		ids = append(ids, r.ID)
	}
	return ids
}

func TestWaitingResponses(t *testing.T) {
	db := newAnswers(t)
	state := func(id programme.ResponseID, s programme.ResponseState) {
		write(t, db, func(tx programme.Tx) error {
			r, err := tx.Response(id)
			r.State = s
			return errors.Join(err, tx.SaveResponse(r))
		})
	}
	write(t, db, func(tx programme.Tx) error { // a questionnaire of an event is not chased
		return errors.Join(
			tx.CreateSurvey(programme.EventSurveyOps+"e1", programme.Survey{ID: "of-event", Launched: t0, Opens: t0, Closes: minutes(60)}),
			tx.CreateResponse(programme.Response{ID: "re", Survey: "of-event", Person: "p1", State: programme.Asked}),
		)
	})
	exact(t, waiting(t, db, t0), []programme.ResponseID{"r1", "r2", "r3"})
	state("r1", programme.Started)
	state("r2", programme.Done)
	exact(t, waiting(t, db, t0), []programme.ResponseID{"r1", "r3"})
	state("r3", programme.Declined)
	exact(t, waiting(t, db, t0), []programme.ResponseID{"r1"})
	if ids := waiting(t, db, minutes(60)); len(ids) != 0 {
		t.Errorf("%v wait after closing", ids)
	}
}

// Where invitations stand, by response; somebody off Slack has none.
func TestSurveyInvites(t *testing.T) {
	db := newAnswers(t)
	write(t, db, func(tx programme.Tx) error {
		return errors.Join(
			tx.Enqueue("d1", programme.Notice{Kind: programme.NoticeSurveyInvite, Subject: "r1", To: programme.ToPerson("p1"), Due: t0}),
			tx.Enqueue("d2", programme.Notice{Kind: programme.NoticeSurveyInvite, Subject: "r2", To: programme.ToPerson("p2"), Due: minutes(5)}),
			tx.Enqueue("d3", programme.Notice{Kind: programme.NoticeSurveyReceipt, Subject: "r3", To: programme.ToPerson("p3"), Due: t0}),
		)
	})
	if due := must[[]programme.Delivery](t)(db.Claim(t.Context(), "test", t0, time.Minute, 10)); len(due) != 2 {
		t.Fatalf("%d are due", len(due))
	}
	exact(t, read(t, db, func(tx programme.Tx) (map[programme.ResponseID]programme.DeliveryState, error) {
		return tx.SurveyInvites("s")
	}),
		map[programme.ResponseID]programme.DeliveryState{"r1": programme.Sending, "r2": programme.Pending})
}
