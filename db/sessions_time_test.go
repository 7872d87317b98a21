package db

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tsugite/programme"
)

// holds is time of a person, of no holder yet.
func holds(p programme.PersonID, s programme.Span) programme.Occupied {
	return programme.Occupied{Person: p, Span: s}
}

func occupy(t testing.TB, db *DB, holder programme.SessionID, times ...programme.Occupied) error {
	t.Helper()
	return db.Write(t.Context(), func(tx programme.Tx) error { return tx.Occupy(holder, times) })
}

// day is what is taken of a person's time on the day of t0 and the next.
func day(t testing.TB, db *DB, p programme.PersonID) []programme.Occupied {
	t.Helper()
	in := programme.Span{From: t0.AddDate(0, 0, -1), Until: t0.AddDate(0, 0, 2)}
	return read(t, db, func(tx programme.Tx) ([]programme.Occupied, error) { return tx.Occupied(p, in) })
}

func taken(holder programme.SessionID, p programme.PersonID, s programme.Span) programme.Occupied {
	return programme.Occupied{Holder: string(holder), Person: p, Span: s}
}

func TestTimeOfAPersonIsTakenOnce(t *testing.T) {
	first := []programme.Occupied{holds("a", span(0, 60)), holds("m", span(0, 75))} // with the expert's buffer
	for rule, c := range map[string]struct {
		times []programme.Occupied
		taken bool
	}{
		"the same time":                          {[]programme.Occupied{holds("m", span(0, 75))}, true},
		"over its end":                           {[]programme.Occupied{holds("m", span(70, 60))}, true},
		"over its begin":                         {[]programme.Occupied{holds("m", span(-55, 60))}, true},
		"around it":                              {[]programme.Occupied{holds("m", span(-60, 240))}, true},
		"inside it":                              {[]programme.Occupied{holds("m", span(30, 5))}, true},
		"in the buffer":                          {[]programme.Occupied{holds("b", span(60, 60)), holds("m", span(60, 75))}, true},
		"the other one of the two is not free":   {[]programme.Occupied{holds("n", span(30, 60)), holds("a", span(30, 60))}, true},
		"of three times the last":                {[]programme.Occupied{holds("m", span(300, 60)), holds("m", span(400, 60)), holds("m", span(70, 60))}, true},
		"touching its end":                       {[]programme.Occupied{holds("m", span(75, 60))}, false},
		"touching its begin":                     {[]programme.Occupied{holds("m", span(-60, 60))}, false},
		"the same time of two other people":      {[]programme.Occupied{holds("b", span(0, 60)), holds("n", span(0, 75))}, false},
		"the atsugi has no buffer":               {[]programme.Occupied{holds("a", span(60, 60)), holds("n", span(60, 75))}, false},
		"the same time a day later":              {[]programme.Occupied{holds("m", span(24*60, 75))}, false},
		"overlapping times of one's own session": {[]programme.Occupied{holds("m", span(75, 60)), holds("m", span(100, 60)), holds("m", span(75, 60))}, false},
	} {
		t.Run(rule, func(t *testing.T) {
			db := newSessions(t)
			emptySessions(t, db, "1", "2")
			old := holds("n", span(600, 60))
			if err := errors.Join(occupy(t, db, "1", first...), occupy(t, db, "2", old)); err != nil {
				t.Fatal(err)
			}
			err := occupy(t, db, "2", c.times...)
			if c.taken {
				wantError(t, err, programme.ErrTaken)
				exact(t, day(t, db, "n"), []programme.Occupied{taken("2", "n", span(600, 60))})
			} else if err != nil {
				t.Fatal(err)
			}
			exact(t, day(t, db, "a")[0], taken("1", "a", span(0, 60)))
			if !slices.ContainsFunc(day(t, db, "m"), func(o programme.Occupied) bool {
				return o.Holder == "1" && o.Span.From.Equal(t0) && o.Span.Until.Equal(minutes(75))
			}) {
				t.Errorf("the expert's time is %+v", day(t, db, "m"))
			}
		})
	}
}

// Who is refused may still do something else in the same transaction: try other times,
// or save what was not about time.
func TestRefusedTimesChangeNothing(t *testing.T) {
	db := newSessions(t)
	emptySessions(t, db, "1", "2")
	if err := errors.Join(occupy(t, db, "1", holds("m", span(0, 60))), occupy(t, db, "2", holds("m", span(60, 60)), holds("b", span(60, 60)))); err != nil {
		t.Fatal(err)
	}
	write(t, db, func(tx programme.Tx) error {
		wantError(t, tx.Occupy("2", []programme.Occupied{holds("b", span(200, 60)), holds("m", span(30, 60))}), programme.ErrTaken)
		return nil
	})
	exact(t, day(t, db, "m"), []programme.Occupied{taken("1", "m", span(0, 60)), taken("2", "m", span(60, 60))})
	exact(t, day(t, db, "b"), []programme.Occupied{taken("2", "b", span(60, 60))})
	write(t, db, func(tx programme.Tx) error {
		wantError(t, tx.Occupy("2", []programme.Occupied{holds("m", span(0, 5))}), programme.ErrTaken)
		return tx.Occupy("2", []programme.Occupied{holds("m", span(120, 60))})
	})
	exact(t, day(t, db, "m"), []programme.Occupied{taken("1", "m", span(0, 60)), taken("2", "m", span(120, 60))})
}

func TestNewTimesTakeThePlaceOfTheOld(t *testing.T) {
	db := newSessions(t)
	emptySessions(t, db, "1", "2")
	for _, step := range []struct {
		rule  string
		times []programme.Occupied
		want  []programme.Occupied
	}{
		{"three that are proposed", []programme.Occupied{holds("m", span(0, 60)), holds("m", span(60, 60)), holds("m", span(300, 60))},
			[]programme.Occupied{taken("1", "m", span(0, 120)), taken("1", "m", span(300, 60))}},
		{"the one that is picked", []programme.Occupied{holds("m", span(60, 75))}, []programme.Occupied{taken("1", "m", span(60, 75))}},
		{"moved by a little", []programme.Occupied{holds("m", span(90, 75))}, []programme.Occupied{taken("1", "m", span(90, 75))}},
		{"freed", nil, nil},
		{"freed again", nil, nil},
	} {
		if err := occupy(t, db, "1", step.times...); err != nil {
			t.Fatal(step.rule, err)
		}
		exact(t, day(t, db, "m"), step.want)
	}
	if err := occupy(t, db, "2", holds("m", span(90, 75))); err != nil {
		t.Errorf("what was freed cannot be taken: %v", err)
	}
}

// Midnight, of Tokyo (15:00 UTC) and of UTC (09:00 in Tokyo), is no border.
func TestTimeIsTakenAcrossMidnight(t *testing.T) {
	db := newSessions(t)
	emptySessions(t, db, "1", "2", "3")
	at := func(hour, minute int) time.Time { return time.Date(2026, 9, 1, hour, minute, 0, 0, tokyo) }
	tokyoMidnight := programme.Span{From: at(23, 30), Until: at(24, 30)}
	if err := errors.Join(occupy(t, db, "1", holds("m", tokyoMidnight)), occupy(t, db, "2", holds("m", span(-30, 60)))); err != nil {
		t.Fatal(err)
	}
	exact(t, day(t, db, "m"), []programme.Occupied{taken("2", "m", span(-30, 60)), taken("1", "m", tokyoMidnight)})
	for rule, c := range map[string]struct {
		span programme.Span
		want error
	}{
		"from midnight":                 {programme.Span{From: at(24, 0), Until: at(24, 30)}, programme.ErrTaken},
		"until midnight":                {programme.Span{From: at(23, 0), Until: at(24, 0)}, programme.ErrTaken},
		"said in UTC":                   {programme.Span{From: at(24, 25).UTC(), Until: at(25, 0).UTC()}, programme.ErrTaken},
		"from the end, the day after":   {programme.Span{From: at(24, 30), Until: at(25, 0)}, nil},
		"until the begin, the same day": {programme.Span{From: at(23, 0), Until: at(23, 30)}, nil},
	} {
		err := occupy(t, db, "3", holds("m", c.span))
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", rule, err, c.want)
		}
		if err := occupy(t, db, "3"); err != nil {
			t.Fatal(err)
		}
	}
}

// A span that ends inside five minutes would leave the rest of them free for others.
func TestTimesOffTheGridAreRefused(t *testing.T) {
	db := newSessions(t)
	emptySessions(t, db, "1")
	for rule, s := range map[string]programme.Span{
		"begins off the grid":       {From: minutes(2), Until: minutes(60)},
		"ends off the grid":         {From: minutes(0), Until: minutes(63)},
		"ends a moment after it":    {From: minutes(0), Until: minutes(60).Add(1)},
		"takes no time":             {From: minutes(5), Until: minutes(5)},
		"ends before it begins":     {From: minutes(60), Until: minutes(0)},
		"has no begin and no end":   {},
		"goes on for three hundred": {From: t0, Until: t0.AddDate(300, 0, 0)},
	} {
		if err := occupy(t, db, "1", holds("m", s)); err == nil || errors.Is(err, programme.ErrTaken) {
			t.Errorf("%s: %v", rule, err)
		}
	}
	exact(t, day(t, db, "m"), []programme.Occupied(nil))
}

func TestOccupiedAnswersWhatASpanTouches(t *testing.T) {
	db := newSessions(t)
	emptySessions(t, db, "1", "2")
	if err := errors.Join(occupy(t, db, "1", holds("m", span(0, 30)), holds("a", span(0, 60))), occupy(t, db, "2", holds("m", span(30, 30)))); err != nil {
		t.Fatal(err)
	}
	for rule, c := range map[string]struct {
		in   programme.Span
		want []programme.Occupied
	}{
		"all":                       {span(0, 60), []programme.Occupied{taken("1", "m", span(0, 30)), taken("2", "m", span(30, 30))}},
		"up to where it begins":     {span(-60, 60), nil},
		"from where it ends":        {span(60, 60), nil},
		"the part that is asked":    {span(20, 20), []programme.Occupied{taken("1", "m", span(20, 10)), taken("2", "m", span(30, 10))}},
		"a minute of it":            {span(32, 1), []programme.Occupied{taken("2", "m", span(30, 5))}},
		"a minute before its begin": {span(-1, 1), nil},
	} {
		got := read(t, db, func(tx programme.Tx) ([]programme.Occupied, error) { return tx.Occupied("m", c.in) })
		t.Run(rule, func(t *testing.T) { exact(t, got, c.want) })
	}
}

// The key of the table refuses what a program that is wrong would write.
func TestDatabaseItselfRefusesADoubleRow(t *testing.T) {
	db := newSessions(t)
	emptySessions(t, db, "1", "2")
	const row = `INSERT INTO occupied (person_id, cell, holder) VALUES ($1, $2, $3)`
	for _, step := range []struct {
		rule            string
		person, session string
		cell            int
		refused         string
	}{
		{"the first", "m", "1", 7, ""},
		{"somebody else", "a", "1", 7, ""},
		{"the next five minutes", "m", "2", 8, ""},
		{"another session", "m", "2", 7, "UNIQUE constraint failed: occupied.person_id, occupied.cell"},
		{"the same session", "m", "1", 7, "UNIQUE constraint failed: occupied.person_id, occupied.cell"},
		{"a form that is open, which is no session", "m", "form", 9, ""},
		{"a person who is not there", "nobody", "1", 9, "FOREIGN KEY constraint failed"},
	} {
		_, err := db.writer.ExecContext(t.Context(), row, step.person, step.cell, step.session)
		if (err == nil) != (step.refused == "") || err != nil && !strings.Contains(err.Error(), step.refused) {
			t.Errorf("%s: %v, want %q", step.rule, err, step.refused)
		}
	}
}

// TestTimeIsTakenAsMinuteByMinute plays proposals, picks and cancellations of three
// sessions against a calendar that knows who has which five minutes.
func TestTimeIsTakenAsMinuteByMinute(t *testing.T) {
	db := newSessions(t)
	emptySessions(t, db, "1", "2", "3")
	type cellOf struct {
		person programme.PersonID
		from   int // minutes after t0
	}
	people := []programme.PersonID{"a", "m"}
	undone := errors.New("undone")
	rapid.Check(t, func(r *rapid.T) {
		calendar := map[cellOf]programme.SessionID{}
		err := db.Write(t.Context(), func(tx programme.Tx) error {
			r.Repeat(map[string]func(*rapid.T){
				"occupy": func(r *rapid.T) {
					holder := rapid.SampledFrom([]programme.SessionID{"1", "2", "3"}).Draw(r, "holder")
					var times []programme.Occupied
					wanted, free := map[cellOf]bool{}, true
					for range rapid.IntRange(0, 3).Draw(r, "spans") {
						p := rapid.SampledFrom(people).Draw(r, "person")
						from, n := 5*rapid.IntRange(-6, 12).Draw(r, "from"), 5*rapid.IntRange(1, 6).Draw(r, "cells")
						times = append(times, holds(p, span(from, n)))
						for m := from; m < from+n; m += 5 {
							wanted[cellOf{p, m}] = true
							other, is := calendar[cellOf{p, m}]
							free = free && (!is || other == holder)
						}
					}
					err := tx.Occupy(holder, times)
					if free != (err == nil) || !free && !errors.Is(err, programme.ErrTaken) {
						r.Fatalf("%s takes %v: %v, free: %v", holder, times, err, free)
					}
					if !free {
						return
					}
					for c, h := range calendar {
						if h == holder {
							delete(calendar, c)
						}
					}
					for c := range wanted {
						calendar[c] = holder
					}
				},
				"": func(r *rapid.T) {
					found := map[cellOf]programme.SessionID{}
					for _, p := range people {
						all, err := tx.Occupied(p, span(-100, 300))
						if err != nil {
							r.Fatal(err)
						}
						for _, o := range all {
							for at := o.Span.From; at.Before(o.Span.Until); at = at.Add(5 * time.Minute) {
								found[cellOf{p, int(at.Sub(t0) / time.Minute)}] = programme.SessionID(o.Holder)
							}
						}
					}
					if len(found) != len(calendar) {
						r.Fatalf("taken are %v, want %v", found, calendar)
					}
					for c, h := range calendar {
						if found[c] != h {
							r.Fatalf("taken are %v, want %v", found, calendar)
						}
					}
				},
			})
			return undone
		})
		if !errors.Is(err, undone) {
			r.Fatal(err)
		}
	})
}
