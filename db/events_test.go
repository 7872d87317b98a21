package db

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"tsugite/programme"
)

// saveEvents saves events of these ids.
func saveEvents(t *testing.T, db *DB, ids ...programme.EventID) {
	t.Helper()
	write(t, db, func(tx programme.Tx) error {
		for _, id := range ids {
			if err := tx.SaveEvent(programme.Event{ID: id, Start: t0, End: minutes(60)}); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestEventComesBackVerbatim(t *testing.T) {
	for _, s := range odd {
		db := newDB(t)
		want := programme.Event{
			ID: "e1", Kind: programme.Workshop, Title: s, Start: t0, End: minutes(60), Place: s, Map: s, URL: s,
			Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}}, Capacity: 7, Deadline: minutes(-60), Host: programme.ByOffice,
			CoHosts: []string{"商工会", "信用金庫"}, Bring: s, Materials: s, Notes: s, Survey: s, Submitted: minutes(-90),
			Returned: s, Approved: "2026-08-21", Cancelled: minutes(-5), CancelReason: s, Code: "A2B3", Seq: 4, Touched: true,
		}
		change := programme.EventChange{Event: "e1", Seq: 4, Title: s, Start: t0, End: minutes(60), Place: s, URL: s, At: minutes(-5)}
		write(t, db, func(tx programme.Tx) error { return errors.Join(tx.SaveEvent(want), tx.AddEventChange(change)) })
		want.Version = 1
		exact(t, read(t, db, func(tx programme.Tx) (programme.Event, error) { return tx.Event("e1") }), want)
		exact(t, read(t, db, programme.Tx.Events), []programme.Event{want})
		exact(t, read(t, db, func(tx programme.Tx) ([]programme.EventChange, error) { return tx.EventChanges("e1") }), []programme.EventChange{change})
	}
}

func TestChangesOfAnEventAreInTheirOrder(t *testing.T) {
	db := newDB(t)
	saveEvents(t, db, "e1", "e2")
	write(t, db, func(tx programme.Tx) error {
		for _, c := range []programme.EventChange{{Event: "e1", Seq: 10}, {Event: "e1", Seq: 2}, {Event: "e2", Seq: 0}, {Event: "e1", Seq: 0}} {
			c.At = t0
			if err := tx.AddEventChange(c); err != nil {
				return err
			}
		}
		return nil
	})
	var got []int
	for _, c := range read(t, db, func(tx programme.Tx) ([]programme.EventChange, error) { return tx.EventChanges("e1") }) {
		got = append(got, c.Seq)
	}
	if !slices.Equal(got, []int{0, 2, 10}) {
		t.Errorf("in the order %v", got)
	}
	err := db.Write(t.Context(), func(tx programme.Tx) error {
		return tx.AddEventChange(programme.EventChange{Event: "e1", Seq: 2, At: t0})
	})
	if err == nil {
		t.Error("one change was kept twice")
	}
}

func TestGuestComesBackVerbatim(t *testing.T) {
	for _, s := range odd {
		db := newDB(t)
		saveEvents(t, db, "e1")
		savePeople(t, db, person("office"))
		want := programme.Guest{
			ID: "g1", Event: "e1", Name: s, Kana: s, Organisation: s, Prefecture: s, Email: s, Phone: s, Role: programme.Atsugi,
			Note: s, Answer: programme.Waiting, By: "office", At: t0.Add(123456789 * time.Nanosecond),
		}
		write(t, db, func(tx programme.Tx) error { return tx.SaveGuest(want) })
		want.Version = 1
		exact(t, read(t, db, func(tx programme.Tx) (programme.Guest, error) { return tx.Guest("g1") }), want)
		exact(t, read(t, db, func(tx programme.Tx) ([]programme.Guest, error) { return tx.GuestsOf("e1") }), []programme.Guest{want})
	}
}

// TestAGuestIsSavedOnceAndChangedInTurn: an id that exists is a form that came
// twice, an old version somebody else's change.
func TestAGuestIsSavedOnceAndChangedInTurn(t *testing.T) {
	db := newDB(t)
	saveEvents(t, db, "e1")
	for _, step := range []struct {
		version int
		want    error
	}{{0, nil}, {0, programme.ErrRepeated}, {1, nil}, {1, programme.ErrStale}, {2, nil}, {99, programme.ErrStale}} {
		err := db.Write(t.Context(), func(tx programme.Tx) error {
			return tx.SaveGuest(programme.Guest{ID: "g1", Event: "e1", At: t0, Version: step.version})
		})
		if !errors.Is(err, step.want) {
			t.Errorf("saving version %d: %v, want %v", step.version, err, step.want)
		}
	}
	err := db.Write(t.Context(), func(tx programme.Tx) error { return tx.SaveGuest(programme.Guest{ID: "g2", Event: "nowhere", At: t0}) })
	if err == nil {
		t.Error("a guest of no event")
	}
}

func TestGuestsAreInTheOrderOfKana(t *testing.T) {
	db := newDB(t)
	saveEvents(t, db, "e1", "e2")
	write(t, db, func(tx programme.Tx) error {
		for i, g := range []programme.Guest{{Kana: "わ", Event: "e1"}, {Kana: "あ", Name: "乙", Event: "e1"}, {Kana: "あ", Name: "一", Event: "e1"}, {Kana: "か", Event: "e2"}} {
			g.ID, g.At = programme.GuestID(fmt.Sprint("g", i)), t0
			if err := tx.SaveGuest(g); err != nil {
				return err
			}
		}
		return nil
	})
	var got []programme.GuestID
	for _, g := range read(t, db, func(tx programme.Tx) ([]programme.Guest, error) { return tx.GuestsOf("e1") }) {
		got = append(got, g.ID)
	}
	if !slices.Equal(got, []programme.GuestID{"g2", "g1", "g0"}) {
		t.Errorf("in the order %v", got)
	}
}

func TestSomebodyArrivesOnce(t *testing.T) {
	db := newDB(t)
	saveEvents(t, db, "e1", "e2")
	savePeople(t, db, person("p1"))
	first := programme.Arrival{Event: "e1", Attendee: "p1", By: "p1", At: t0}
	again := programme.Arrival{Event: "e1", Attendee: "p1", At: minutes(5)}
	other := programme.Arrival{Event: "e2", Attendee: "g1", At: t0}
	for _, c := range []struct {
		a     programme.Arrival
		saved bool
	}{{first, true}, {again, false}, {other, true}} {
		if saved := inside(t, db, func(tx programme.Tx) (bool, error) { return tx.SaveArrival(c.a) }); saved != c.saved {
			t.Errorf("%+v saved: %v", c.a, saved)
		}
	}
	exact(t, read(t, db, func(tx programme.Tx) ([]programme.Arrival, error) { return tx.ArrivalsOf("e1") }), []programme.Arrival{first})
	exact(t, read(t, db, programme.Tx.AllArrivals), []programme.Arrival{first, other})
	for _, dropped := range []bool{true, false} {
		if got := inside(t, db, func(tx programme.Tx) (bool, error) { return tx.DropArrival("e1", "p1") }); got != dropped {
			t.Errorf("dropped: %v, want %v", got, dropped)
		}
	}
	exact(t, read(t, db, programme.Tx.AllArrivals), []programme.Arrival{other})
}

func TestASpeakerIsReplaced(t *testing.T) {
	db := newDB(t)
	saveEvents(t, db, "e1", "e2")
	savePeople(t, db, person("p1"), person("p2"))
	first := programme.Speaker{Event: "e1", Person: "p1", Topic: odd[1], Status: programme.SpeakerAsked, By: "p2", At: t0}
	now := programme.Speaker{Event: "e1", Person: "p1", Topic: "継ぐ", Status: programme.SpeakerAgreed, By: "p1", At: minutes(1)}
	other := programme.Speaker{Event: "e2", Person: "p2", Status: programme.SpeakerDeclined, At: t0}
	for _, s := range []programme.Speaker{first, other, now} {
		write(t, db, func(tx programme.Tx) error { return tx.SaveSpeaker(s) })
	}
	exact(t, read(t, db, func(tx programme.Tx) (programme.Speaker, error) { return tx.Speaker("e1", "p1") }), now)
	exact(t, read(t, db, func(tx programme.Tx) ([]programme.Speaker, error) { return tx.SpeakersOf("e1") }), []programme.Speaker{now})
	exact(t, read(t, db, programme.Tx.AllSpeakers), []programme.Speaker{now, other})
	err := db.Read(t.Context(), func(tx programme.Tx) error {
		_, err := tx.Speaker("e1", "p2")
		return err
	})
	wantError(t, err, programme.ErrNoRow)
}

func TestAnOverrideIsReplacedAndDropped(t *testing.T) {
	db := newDB(t)
	savePeople(t, db, person("p1"))
	whole := programme.Override{Subject: "e1", Action: programme.OverrideHold, By: "p1", At: t0}
	one := programme.Override{Subject: "e1", Kind: programme.NoticeEventAsk, Occasion: "ask@1", Action: programme.OverrideEarly, At: minutes(1)}
	other := programme.Override{Subject: "e2", Action: programme.OverrideSkip, At: t0}
	for _, o := range []programme.Override{{Subject: "e1", Action: programme.OverrideSkip, At: minutes(9)}, one, other, whole} {
		write(t, db, func(tx programme.Tx) error { return tx.SetOverride(o) })
	}
	exact(t, read(t, db, programme.Tx.Overrides), []programme.Override{whole, one, other})
	exact(t, read(t, db, func(tx programme.Tx) ([]programme.Override, error) { return tx.OverridesOf("e1") }), []programme.Override{whole, one})
	for _, dropped := range []bool{true, false} {
		got := inside(t, db, func(tx programme.Tx) (bool, error) { return tx.DropOverride("e1", "", "") })
		if got != dropped {
			t.Errorf("dropped: %v, want %v", got, dropped)
		}
	}
	exact(t, read(t, db, programme.Tx.Overrides), []programme.Override{one, other})
}

// TestLateDeliveries: what arrived or still waits more than a quarter of an hour
// after its moment; an update of an old message is not late.
func TestLateDeliveries(t *testing.T) {
	db := newDB(t)
	for i, to := range []programme.Recipient{"p:in-time", "p:late", "p:updated", "p:waits", "p:new"} {
		n := notice(to, 0)
		if to == "p:new" {
			n.Due = minutes(20)
		}
		enqueue(t, db, fmt.Sprint(i, to), n)
	}
	sent := func(to programme.Recipient, at time.Time) {
		t.Helper()
		for _, d := range claim(t, db, "me", at, 10) {
			o := programme.Outcome{Delivery: d, State: programme.Pending, NextAt: d.Due}
			if d.To == to {
				o = programme.Outcome{Delivery: d, State: programme.Sent, SlackID: "D1", SlackTS: fmt.Sprintf("%d.000000", at.Unix())}
			}
			settled(t, db, o)
		}
	}
	sent("p:in-time", minutes(15))
	sent("p:updated", minutes(1))
	sent("p:late", minutes(16))
	write(t, db, func(tx programme.Tx) error { return tx.Redraw(notice("p:updated", 0), minutes(21)) })
	for limit, want := range map[int][]string{5: {"3p:waits", "1p:late"}, 1: {"3p:waits"}} {
		err := db.Read(t.Context(), func(tx programme.Tx) error {
			ds, n, err := tx.LateDeliveries(minutes(30), limit)
			var got []string
			for _, d := range ds {
				got = append(got, d.ID)
			}
			if n != 2 || !slices.Equal(got, want) {
				t.Errorf("%d are late, listed %v; want 2, %v", n, got, want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestWhatTakesPlaceInASpan: events, and somebody's part in them, that share a moment with
// it and were not called off.
func TestWhatTakesPlaceInASpan(t *testing.T) {
	db := newDB(t)
	span := programme.Span{From: minutes(60), Until: minutes(120)}
	write(t, db, func(tx programme.Tx) (errs error) {
		for _, p := range []programme.PersonID{"p1", "p2"} {
			errs = errors.Join(errs, tx.SavePerson(programme.Person{ID: p, Name: string(p), SlackID: "U" + string(p)}))
		}
		for _, e := range []programme.Event{
			{ID: "until it begins", Start: minutes(0), End: minutes(60)},
			{ID: "into it", Start: minutes(0), End: minutes(61)},
			{ID: "all of it", Start: minutes(0), End: minutes(180)},
			{ID: "called off", Start: minutes(70), End: minutes(80), Cancelled: minutes(1)},
			{ID: "out of it", Start: minutes(119), End: minutes(180)},
			{ID: "when it ends", Start: minutes(120), End: minutes(180)},
		} {
			errs = errors.Join(errs, tx.SaveEvent(e), tx.SaveSpeaker(programme.Speaker{Event: e.ID, Person: "p1", Status: programme.SpeakerAsked, At: t0}))
			_, err := tx.Attend(programme.Attendance{Event: e.ID, Person: "p1", Answer: programme.Yes, At: t0})
			errs = errors.Join(errs, err)
		}
		return errs
	})
	want := []programme.EventID{"all of it", "into it", "out of it"}
	check := func(what string, got []programme.EventID, want ...programme.EventID) {
		t.Helper()
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	events := read(t, db, func(tx programme.Tx) ([]programme.Event, error) { return tx.EventsIn(span) })
	var got []programme.EventID
	for _, e := range events {
		got = append(got, e.ID)
	}
	check("events", got, want...)
	for person, want := range map[programme.PersonID][]programme.EventID{"p1": want, "p2": nil} {
		got = nil
		for _, a := range read(t, db, func(tx programme.Tx) ([]programme.Attendance, error) { return tx.AnswersIn(person, span) }) {
			got = append(got, a.Event)
		}
		check("answers of "+string(person), got, want...)
		got = nil
		for _, s := range read(t, db, func(tx programme.Tx) ([]programme.Speaker, error) { return tx.SpeakingIn(person, span) }) {
			got = append(got, s.Event)
		}
		check("parts of "+string(person), got, want...)
	}
}
