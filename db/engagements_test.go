package db

import (
	"errors"
	"testing"

	"tsugite/programme"
)

func engage(t *testing.T, db *DB, op string, e programme.Engagement) error {
	t.Helper()
	return db.Write(t.Context(), func(tx programme.Tx) error { return tx.CreateEngagement(op, e) })
}

// newEngagements are a database with two firms, two experts and a survey.
func newEngagements(t *testing.T) *DB {
	t.Helper()
	db := newDB(t)
	savePeople(t, db, person("a"), person("b"), person("m"), person("n"), person("office"))
	write(t, db, func(tx programme.Tx) error {
		return tx.CreateSurvey("op-s", programme.Survey{ID: "s", Launched: t0, Opens: t0, Closes: t0})
	})
	return db
}

func TestEngagementComesBack(t *testing.T) {
	db := newEngagements(t)
	want := programme.Engagement{ID: "e1", Atsugi: "a", Mentor: "m", Survey: "s", Sessions: 3, Made: minutes(1), By: "office"}
	bare := programme.Engagement{ID: "e2", Atsugi: "b", Mentor: "m", Sessions: 2, Made: minutes(2)}
	if err := errors.Join(engage(t, db, "op1", want), engage(t, db, "op2", bare)); err != nil {
		t.Fatal(err)
	}
	want.Version, bare.Version = 1, 1
	exact(t, read(t, db, func(tx programme.Tx) (programme.Engagement, error) { return tx.Engagement("e1") }), want)
	exact(t, read(t, db, func(tx programme.Tx) (programme.Engagement, error) { return tx.EngagementByOp("op2") }), bare)
	for id, find := range map[string]func(programme.Tx) error{
		"id": func(tx programme.Tx) error { _, err := tx.Engagement("e9"); return err },
		"op": func(tx programme.Tx) error { _, err := tx.EngagementByOp("op9"); return err },
	} {
		if err := db.Read(t.Context(), find); !errors.Is(err, programme.ErrNoRow) {
			t.Errorf("an unknown %s: %v", id, err)
		}
	}
}

func TestEngagementsRunningOnesFirstThenNewest(t *testing.T) {
	db := newEngagements(t)
	for i, e := range []programme.Engagement{
		{ID: "old", Atsugi: "a", Mentor: "m"}, {ID: "ended", Atsugi: "b", Mentor: "m"}, {ID: "new", Atsugi: "a", Mentor: "n"},
	} {
		e.Made = minutes(i)
		if e.ID == "ended" {
			e.Made, e.Ended = minutes(8), minutes(9)
		}
		if err := engage(t, db, string(e.ID), e); err != nil {
			t.Fatal(err)
		}
	}
	var order []programme.EngagementID
	for _, e := range read(t, db, programme.Tx.Engagements) {
		order = append(order, e.ID)
	}
	exact(t, order, []programme.EngagementID{"new", "old", "ended"})
}

// An atsugi and an expert have one running engagement at most, and a form makes one.
func TestEngagementIsMadeOnce(t *testing.T) {
	db := newEngagements(t)
	first := programme.Engagement{ID: "e1", Atsugi: "a", Mentor: "m", Sessions: 2, Made: t0}
	if err := engage(t, db, "op1", first); err != nil {
		t.Fatal(err)
	}
	other := programme.Engagement{ID: "e2", Atsugi: "a", Mentor: "m", Sessions: 3, Made: t0}
	wantError(t, engage(t, db, "op1", other), programme.ErrRepeated)
	wantError(t, engage(t, db, "op2", other), programme.ErrTaken)
	if err := engage(t, db, "op3", programme.Engagement{ID: "e3", Atsugi: "a", Mentor: "n", Made: t0}); err != nil {
		t.Errorf("another expert: %v", err)
	}
	first.Version, first.Ended = 1, minutes(3)
	write(t, db, func(tx programme.Tx) error { return tx.SaveEngagement(first) })
	wantError(t, db.Write(t.Context(), func(tx programme.Tx) error { return tx.SaveEngagement(first) }), programme.ErrStale)
	if err := engage(t, db, "op2", other); err != nil {
		t.Errorf("after the first ended: %v", err)
	}
}

// An engaged expert is seen with the atsugi wherever people are read, and the list in
// memory is read anew when an engagement begins or ends.
func TestPeopleCarryTheirEngagements(t *testing.T) {
	db := newEngagements(t)
	savePeople(t, db, func() programme.Person {
		p := person("c")
		p.Mentors = []programme.PersonID{"n"}
		return p
	}())
	e := programme.Engagement{ID: "e1", Atsugi: "c", Mentor: "m", Sessions: 2, Made: t0}
	check := func(when string, engaged []programme.PersonID, ofM string) {
		t.Helper()
		one := read(t, db, func(tx programme.Tx) (programme.Person, error) { return tx.Person("c") })
		people := read(t, db, programme.Tx.People)
		listed := people[slicesIndex(people, "c")]
		for where, p := range map[string]programme.Person{"Person": one, "People": listed} {
			if len(p.Mentors) != 1 || p.Mentors[0] != "n" {
				t.Errorf("%s, %s: the roster's experts are %v", when, where, p.Mentors)
			}
			if len(p.Engaged) != len(engaged) || len(engaged) == 1 && p.Engaged[0] != engaged[0] {
				t.Errorf("%s, %s: engaged are %v, want %v", when, where, p.Engaged, engaged)
			}
		}
		got := ""
		for _, p := range read(t, db, func(tx programme.Tx) ([]programme.Person, error) { return tx.AssignedTo("m") }) {
			got += string(p.ID)
		}
		if got != ofM {
			t.Errorf("%s: m is assigned to %q, want %q", when, got, ofM)
		}
	}
	check("before", nil, "")
	if err := engage(t, db, "op1", e); err != nil {
		t.Fatal(err)
	}
	check("while it runs", []programme.PersonID{"m"}, "c")
	write(t, db, func(tx programme.Tx) error { // saving the roster's row leaves the engagement alone
		p, err := tx.Person("c")
		p.Note, p.Engaged = "追記", nil
		return errors.Join(err, tx.SavePerson(p))
	})
	check("after the roster was saved", []programme.PersonID{"m"}, "c")
	e.Version, e.Ended = 1, minutes(5)
	write(t, db, func(tx programme.Tx) error { return tx.SaveEngagement(e) })
	check("after it ended", nil, "")
}

// Memos of an expert's own atsugi are those of the roster and of running engagements.
func TestMemosOfEngagedAtsugi(t *testing.T) {
	db := newEngagements(t)
	write(t, db, func(tx programme.Tx) error {
		return tx.CreateMemo("op", programme.Memo{ID: "memo", Kind: programme.OfSession, Atsugi: "a", Writer: "m", Written: t0})
	})
	count := func() int {
		return read(t, db, func(tx programme.Tx) (int, error) { return tx.CountMemos(programme.MemoFilter{Mentor: "m"}) })
	}
	before := count()
	e := programme.Engagement{ID: "e1", Atsugi: "a", Mentor: "m", Made: t0}
	if err := engage(t, db, "op1", e); err != nil {
		t.Fatal(err)
	}
	during := count()
	e.Version, e.Ended = 1, minutes(5)
	write(t, db, func(tx programme.Tx) error { return tx.SaveEngagement(e) })
	if before != 0 || during != 1 || count() != 0 {
		t.Errorf("%d, %d, %d memos before, while and after it ran; want 0, 1, 0", before, during, count())
	}
}
