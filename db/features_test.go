package db

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// exact compares what was kept with what came back; only the zone may differ.
func exact(t *testing.T, got, want any) {
	t.Helper()
	sameMoment := cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })
	if diff := cmp.Diff(want, got, sameMoment); diff != "" {
		t.Errorf("came back different (-kept +got):\n%s", diff)
	}
}

// odd are strings that databases, encodings and languages stumble over.
var odd = []string{
	"", "髙﨑𠮷", "a\x00b", "\xff\xfe", "'; DROP TABLE people; --", "$1 ?1 :a", "\u202eright to left", "👨‍👩‍👧‍👦",
	" spaces \t\r\n", "2026-09-18", "2026-09-18 14:00:00+00:00", "null", "0012", "1e5", strings.Repeat("継", 3000),
}

func TestPersonComesBackVerbatim(t *testing.T) {
	for _, s := range odd {
		db := newDB(t)
		want := programme.Person{
			ID: "p1", SlackID: "U" + s, Name: s, Kana: s, Email: s, Phone: s, Roles: []programme.Role{programme.Mentor, programme.Atsugi},
			Kind: programme.Expert, Organisation: s, Prefecture: s, Cohorts: []string{"R6", "R8"}, RecommendedBy: s,
			Mentors: []programme.PersonID{"m2", "m1"}, Craft: s, Bank: s, Notified: "2026-08-01", Pledged: "", Note: s,
			Locale: "ja", Left: t0.Add(123456789 * time.Nanosecond),
		}
		savePeople(t, db, want, person("m1"), person("m2")) // the atsugi before its experts
		want.Version = 1
		exact(t, read(t, db, func(tx programme.Tx) (programme.Person, error) { return tx.Person("p1") }), want)
		exact(t, read(t, db, func(tx programme.Tx) (programme.Person, error) { return tx.PersonBySlack("U" + s) }), want)
		listed := read(t, db, programme.Tx.People)
		exact(t, listed[slicesIndex(listed, "p1")], want)
	}
}

func slicesIndex(people []programme.Person, id programme.PersonID) int {
	for i, p := range people {
		if p.ID == id {
			return i
		}
	}
	return -1
}

func FuzzPersonComesBackVerbatim(f *testing.F) {
	for _, s := range odd {
		f.Add(s, s)
	}
	db := newDB(f)
	savePeople(f, db, person("p1"))
	f.Fuzz(func(t *testing.T, name, note string) {
		p := read(t, db, func(tx programme.Tx) (programme.Person, error) { return tx.Person("p1") })
		p.Name, p.Note = name, note
		savePeople(t, db, p)
		got := read(t, db, func(tx programme.Tx) (programme.Person, error) { return tx.Person("p1") })
		if got.Name != name || got.Note != note {
			t.Errorf("%q, %q came back as %q, %q", name, note, got.Name, got.Note)
		}
	})
}

func TestPeopleAreFoundByFoldedAddress(t *testing.T) {
	db := newDB(t)
	a, b, none := person("a"), person("b"), person("none")
	a.Email, b.Email = "Hanako@Example.jp ", "ｈａｎａｋｏ@example.jp"
	savePeople(t, db, a, b, none)
	found := func(email string) int {
		return len(read(t, db, func(tx programme.Tx) ([]programme.Person, error) { return tx.PeopleByEmail(email) }))
	}
	if n := found("hanako@example.jp"); n != 2 {
		t.Errorf("found %d, want both", n)
	}
	if n := found(""); n != 0 {
		t.Errorf("an empty address found %d", n)
	}
}

func TestSavingWhatSomebodyElseChangedIsStale(t *testing.T) {
	db := newDB(t)
	event := programme.Event{ID: "e1", Start: t0, End: minutes(60)}
	savers := map[string]func(tx programme.Tx, version int) error{
		"person": func(tx programme.Tx, v int) error {
			p := person("p1")
			p.Version = v
			return tx.SavePerson(p)
		},
		"event": func(tx programme.Tx, v int) error {
			event.Version = v
			return tx.SaveEvent(event)
		},
	}
	for name, save := range savers {
		t.Run(name, func(t *testing.T) {
			for _, step := range []struct {
				version int
				want    error
			}{{0, nil}, {0, programme.ErrStale}, {1, nil}, {1, programme.ErrStale}, {2, nil}, {99, programme.ErrStale}} {
				err := db.Write(t.Context(), func(tx programme.Tx) error { return save(tx, step.version) })
				if !errors.Is(err, step.want) {
					t.Errorf("saving version %d: %v, want %v", step.version, err, step.want)
				}
			}
		})
	}
}

func TestExpertMustExistWhenCommitted(t *testing.T) {
	db := newDB(t)
	p := person("p1")
	p.Mentors = []programme.PersonID{"nobody"}
	if err := db.Write(t.Context(), func(tx programme.Tx) error { return tx.SavePerson(p) }); err == nil {
		t.Error("assigned to nobody")
	}
}

// The roster in memory is only used for the revision that it was read at.
func TestPeopleAreNeverOld(t *testing.T) {
	db := newDB(t)
	count := func() int { return len(read(t, db, programme.Tx.People)) }
	savePeople(t, db, person("p1"))
	if n := count(); n != 1 {
		t.Fatalf("%d people, want 1", n)
	}
	undone := errors.New("undone")
	err := db.Write(t.Context(), func(tx programme.Tx) error {
		if err := tx.SavePerson(person("p2")); err != nil {
			return err
		}
		if people, err := tx.People(); err != nil || len(people) != 2 {
			t.Errorf("inside: %d people, %v; want 2", len(people), err)
		}
		if n := count(); n != 1 {
			t.Errorf("outside: %d people, want 1", n)
		}
		return undone
	})
	wantError(t, err, undone)
	savePeople(t, db, person("p3")) // the revision that was rolled back is given again
	people := read(t, db, programme.Tx.People)
	if len(people) != 2 || slicesIndex(people, "p3") < 0 {
		t.Errorf("people are %v", people)
	}
	p3 := people[slicesIndex(people, "p3")]
	p3.Mentors = []programme.PersonID{"p1"}
	savePeople(t, db, p3)
	if people := read(t, db, programme.Tx.People); len(people[slicesIndex(people, "p3")].Mentors) != 1 {
		t.Error("a change of the experts alone did not show")
	}
}

func TestEventComesBackInAnyZone(t *testing.T) {
	db := newDB(t)
	ny := time.FixedZone("EST", -5*60*60)
	want := programme.Event{
		ID: "e1", Kind: programme.Workshop, Title: "第1回", Start: t0.In(ny), End: time.Date(2026, 9, 1, 3, 0, 0, 1, time.UTC),
		Place: "大宮", URL: "https://example.jp", Audience: programme.Audience{Cohorts: []string{"R8"}, People: []programme.PersonID{"p"}},
		Capacity: 12, Bring: "筆記用具", Approved: "2026-08-21", Cancelled: minutes(1), Touched: true,
	}
	write(t, db, func(tx programme.Tx) error { return tx.SaveEvent(want) })
	want.Version = 1
	got := read(t, db, func(tx programme.Tx) (programme.Event, error) { return tx.Event("e1") })
	exact(t, got, want)
	if got.Start.Location() != time.UTC {
		t.Errorf("came back in %v, want UTC", got.Start.Location())
	}
}

func TestEventsAreInOrderOfTime(t *testing.T) {
	db := newDB(t)
	starts := map[programme.EventID]time.Time{
		"third": t0.Add(time.Second), "first": t0, "second": t0.Add(time.Nanosecond).UTC(), "fourth": t0.Add(1500 * time.Millisecond),
	}
	write(t, db, func(tx programme.Tx) (err error) {
		for id, start := range starts {
			err = errors.Join(err, tx.SaveEvent(programme.Event{ID: id, Start: start, End: start}))
		}
		return err
	})
	var order []programme.EventID
	for _, e := range read(t, db, programme.Tx.Events) {
		order = append(order, e.ID)
	}
	exact(t, order, []programme.EventID{"first", "second", "third", "fourth"})
}

func TestLaterPressStandsWhicheverArrivesFirst(t *testing.T) {
	db := newDB(t)
	savePeople(t, db, person("p1"))
	write(t, db, func(tx programme.Tx) error {
		return errors.Join(
			tx.SaveEvent(programme.Event{ID: "e1", Start: t0, End: t0}),
			tx.CreateSurvey("op", programme.Survey{ID: "s1", Launched: t0, Closes: t0}),
			tx.CreateResponse(programme.Response{ID: "r1", Survey: "s1", Person: "p1", State: programme.Asked}),
		)
	})
	for _, step := range []struct {
		text  string
		at    time.Time
		saved bool
		stand string
	}{
		{"at two", minutes(2), true, "at two"},
		{"at one, late in arriving", minutes(1), false, "at two"},
		{"at two, once more", minutes(2), true, "at two, once more"},
		{"a nanosecond later, in another zone", minutes(2).Add(1).UTC(), true, "a nanosecond later, in another zone"},
	} {
		saved := inside(t, db, func(tx programme.Tx) (bool, error) {
			return tx.Attend(programme.Attendance{Event: "e1", Person: "p1", Answer: programme.No, Reason: step.text, By: "p1", At: step.at})
		})
		got := read(t, db, func(tx programme.Tx) (programme.Attendance, error) { return tx.Attendance("e1", "p1") })
		if saved != step.saved || got.Reason != step.stand {
			t.Errorf("attendance %q: saved %v, %q stands", step.text, saved, got.Reason)
		}
		saved = inside(t, db, func(tx programme.Tx) (bool, error) {
			return tx.SaveAnswer(programme.Answer{Response: "r1", Question: "q1", Text: step.text, By: "p1", At: step.at})
		})
		answers := read(t, db, func(tx programme.Tx) (map[string]programme.Answer, error) { return tx.Answers("r1") })
		if saved != step.saved || answers["q1"].Text != step.stand {
			t.Errorf("answer %q: saved %v, %q stands", step.text, saved, answers["q1"].Text)
		}
	}
	kept := must[int](t)(one(t.Context(), db.writer, single[int], `SELECT count(*) FROM answers`))
	if kept != 4 {
		t.Errorf("%d versions of the answer are kept, want all 4", kept)
	}
}

func TestSurveyGoesThrough(t *testing.T) {
	db := newDB(t)
	savePeople(t, db, person("p1"), person("p2"), person("office"))
	def := programme.SurveyDef{ID: "status", Title: programme.Text{Ja: "現状"}, Questions: []programme.Question{
		{ID: "q1", Kind: programme.Multi, Choices: []programme.Choice{{ID: "a"}}, ShownTo: []programme.Reader{programme.ReadMentor}},
	}}
	s1 := programme.Survey{ID: "s1", Def: def, Launched: t0, Closes: minutes(9), By: "office"}
	s2 := programme.Survey{ID: "s2", Launched: minutes(1), Closes: minutes(9)}
	write(t, db, func(tx programme.Tx) error {
		err := errors.Join(tx.CreateSurvey("op1", s1), tx.CreateSurvey("op2", s2))
		wantError(t, tx.CreateSurvey("op1", programme.Survey{ID: "s3", Launched: t0, Closes: t0}), programme.ErrRepeated)
		for _, r := range []programme.Response{
			{ID: "r1", Survey: "s1", Person: "p1", State: programme.Asked}, {ID: "r2", Survey: "s2", Person: "p1", State: programme.Asked},
			{ID: "r3", Survey: "s1", Person: "p2", State: programme.Done, DoneAt: minutes(3)},
		} {
			err = errors.Join(err, tx.CreateResponse(r))
		}
		return err
	})
	exact(t, read(t, db, programme.Tx.Surveys), []programme.Survey{s2, s1})
	exact(t, read(t, db, func(tx programme.Tx) (programme.SurveyCounts, error) { return tx.SurveyCounts("s1") }),
		programme.SurveyCounts{programme.Asked: 1, programme.Done: 1})
	exact(t, read(t, db, func(tx programme.Tx) (programme.Response, error) { return tx.ResponseOf("s1", "p2") }),
		programme.Response{ID: "r3", Survey: "s1", Person: "p2", State: programme.Done, DoneAt: minutes(3), Version: 1})
	var ids []programme.ResponseID
	for _, r := range read(t, db, func(tx programme.Tx) ([]programme.Response, error) { return tx.ResponsesOf("p1") }) {
		ids = append(ids, r.ID)
	}
	exact(t, ids, []programme.ResponseID{"r2", "r1"})
}

func TestTypedTextAnswersTheQuestionAskedLast(t *testing.T) {
	db := newDB(t)
	savePeople(t, db, person("p1"))
	write(t, db, func(tx programme.Tx) (err error) {
		for _, s := range []programme.SurveyID{"s1", "s2"} {
			err = errors.Join(err, tx.CreateSurvey("op"+string(s), programme.Survey{ID: s, Launched: t0, Closes: t0}),
				tx.CreateResponse(programme.Response{ID: programme.ResponseID("r" + s), Survey: s, Person: "p1", State: programme.Asked}))
		}
		return err
	})
	open := func() (programme.Response, error) {
		var r programme.Response
		err := db.Read(t.Context(), func(tx programme.Tx) (err error) {
			r, err = tx.OpenResponse("p1")
			return err
		})
		return r, err
	}
	ask := func(id programme.ResponseID, question string) {
		write(t, db, func(tx programme.Tx) error {
			r, err := tx.Response(id)
			r.State, r.Current = programme.Started, question
			return errors.Join(err, tx.SaveResponse(r))
		})
	}
	_, err := open()
	wantError(t, err, programme.ErrNoRow)
	for _, step := range []struct {
		id       programme.ResponseID
		question string
		want     programme.ResponseID
	}{{"rs1", "q1", "rs1"}, {"rs2", "q1", "rs2"}, {"rs1", "q2", "rs1"}, {"rs1", "", "rs2"}} {
		ask(step.id, step.question)
		if r, err := open(); err != nil || r.ID != step.want {
			t.Errorf("after %s was asked %q: %s is open (%v), want %s", step.id, step.question, r.ID, err, step.want)
		}
	}
	err = db.Write(t.Context(), func(tx programme.Tx) error {
		return tx.SaveResponse(programme.Response{ID: "rs1", Version: 1})
	})
	wantError(t, err, programme.ErrStale)
}

func TestMemoComesBackVerbatim(t *testing.T) {
	db := newDB(t)
	savePeople(t, db, person("a"), person("m"))
	for i, s := range odd {
		id := programme.MemoID(rune('A' + i))
		want := programme.Memo{ID: id, Kind: programme.OfSession, Atsugi: "a", Writer: "m", Held: "2026-08-31", Written: minutes(i), Parts: []programme.Part{
			{Key: "situation", Text: s, Readers: []programme.Reader{programme.ReadOffice}}, {Key: programme.Confidential, Text: s + s},
		}}
		write(t, db, func(tx programme.Tx) error { return tx.CreateMemo("op"+string(id), want) })
		wantError(t, db.Write(t.Context(), func(tx programme.Tx) error { return tx.CreateMemo("op"+string(id), want) }), programme.ErrRepeated)
		want.Version, want.Seq, want.Revision = 1, int64(i+1), 1
		exact(t, read(t, db, func(tx programme.Tx) (programme.Memo, error) { return tx.Memo(id) }), want)
		exact(t, read(t, db, func(tx programme.Tx) (programme.Memo, error) { return tx.MemoByOp("op" + string(id)) }), want)
	}
}

func TestMemoFilters(t *testing.T) {
	db := newDB(t)
	mine := person("mine")
	mine.Mentors = []programme.PersonID{"m"}
	savePeople(t, db, person("m"), mine, person("other"))
	write(t, db, func(tx programme.Tx) (err error) {
		for i, m := range []programme.Memo{
			{ID: "1", Kind: programme.OfSession, Atsugi: "mine"}, {ID: "2", Kind: programme.OfCall, Atsugi: "mine", Shared: t0, SharedVersion: 1},
			{ID: "3", Kind: programme.OfSession, Atsugi: "other", Shared: t0, SharedVersion: 1},
			{ID: "4", Kind: programme.OfEvent, Withdrawn: t0},
		} {
			m.Written, m.Parts = minutes(i), []programme.Part{{Key: "situation", Text: string(m.ID)}}
			err = errors.Join(err, tx.CreateMemo(string(m.ID), m))
		}
		return err
	})
	for rule, c := range map[string]struct {
		filter programme.MemoFilter
		want   string
	}{
		"newest first":             {programme.MemoFilter{}, "321"},
		"a limit takes the newest": {programme.MemoFilter{Limit: 2}, "32"},
		"of an atsugi":             {programme.MemoFilter{Atsugi: "other"}, "3"},
		"of an expert's own":       {programme.MemoFilter{Mentor: "m"}, "21"},
		"of a kind":                {programme.MemoFilter{Kind: programme.OfSession}, "31"},
		"shared":                   {programme.MemoFilter{OnlyShared: true}, "32"},
		"not shared, of a kind":    {programme.MemoFilter{Unshared: true, Kind: programme.OfSession, Limit: 5}, "1"},
	} {
		got := ""
		for _, m := range read(t, db, func(tx programme.Tx) ([]programme.Memo, error) { return tx.Memos(c.filter) }) {
			got += m.Parts[0].Text
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", rule, got, c.want)
		}
		c.filter.Limit = 0
		if n := read(t, db, func(tx programme.Tx) (int, error) { return tx.CountMemos(c.filter) }); n < len(c.want) {
			t.Errorf("%s: counted %d", rule, n)
		}
	}
	m := read(t, db, func(tx programme.Tx) (programme.Memo, error) { return tx.Memo("1") })
	write(t, db, func(tx programme.Tx) error { return tx.SaveMemo(m) })
	wantError(t, db.Write(t.Context(), func(tx programme.Tx) error { return tx.SaveMemo(m) }), programme.ErrStale)
	reading := []programme.Reading{{Memo: "1", Person: "m", At: t0}, {Memo: "1", At: minutes(1)}}
	write(t, db, func(tx programme.Tx) error {
		return errors.Join(tx.RecordReading(reading[0]), tx.RecordReading(reading[1]))
	})
	exact(t, read(t, db, func(tx programme.Tx) ([]programme.Reading, error) { return tx.Readings("1") }), reading)
}

func TestTimesKeepTheirMomentAndOrder(t *testing.T) {
	db := newDB(t)
	var last time.Time
	moment := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	for range 300 {
		moment = moment.Add(time.Duration(rand.Int64N(int64(400 * 24 * time.Hour))))
		zone := time.FixedZone("", rand.IntN(28*3600)-14*3600)
		if _, err := db.writer.ExecContext(context.Background(), `INSERT INTO moments (name, at) VALUES ($1, $2)`,
			moment.String(), stamp(moment.In(zone))); err != nil {
			t.Fatal(err)
		}
		got := must[time.Time](t)(one(t.Context(), db.writer, func(r row) (at time.Time, err error) { return at, r.Scan(Time{&at}) },
			`SELECT max(at) FROM moments`))
		if !got.Equal(moment) || !got.After(last) {
			t.Fatalf("%v came back as %v", moment, got)
		}
		last = got
	}
}
