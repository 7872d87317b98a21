package db

import (
	"errors"
	"testing"
	"time"

	"tsugite/programme"
)

// TestWhatIsKeptOfJoiningComesBack verbatim, and is gone after its time.
func TestWhatIsKeptOfJoiningComesBack(t *testing.T) {
	for i, s := range odd {
		db := newDB(t)
		savePeople(t, db, person("p1"))
		n := programme.Newcomer{ID: "n", SlackID: "U" + s, Name: s, Email: s, Locale: "ja", Stranger: i%2 == 0, Guest: i%2 == 1, Seen: t0, State: programme.NewcomerWaits}
		r := programme.JoinRequest{ID: "r", SlackID: n.SlackID, Name: s, Kana: s, Organisation: s, ToldBy: s, Message: s, Made: t0, State: programme.RequestOpen}
		p := programme.Profile{Person: "p1", Wants: s, Confirmed: t0, Shown: programme.ShownToBoth, Fields: []programme.ProfileField{programme.FieldFirm}, Share: s}
		ch := programme.ProfileChange{ID: "c", Person: "p1", Source: programme.FromSelf, Applied: true, Made: t0, State: programme.ChangeOpen,
			Fields: []programme.FieldChange{{Column: programme.ColName, From: s, To: s + "x"}}}
		a := programme.AccountSeen{Person: "p1", SlackID: "U" + s, Name: s, Email: s, Guest: true, At: t0}
		write(t, db, func(tx programme.Tx) error {
			return errors.Join(tx.SaveNewcomer(n), tx.CreateJoinRequest("op", r), tx.SaveProfile(p), tx.CreateProfileChange("op", ch), tx.SaveSlackAccount(a))
		})
		n.Version, r.Version, p.Version, ch.Version = 1, 1, 1, 1
		exact(t, read(t, db, func(tx programme.Tx) (programme.Newcomer, error) { return tx.NewcomerBySlack(n.SlackID) }), n)
		exact(t, read(t, db, func(tx programme.Tx) (programme.JoinRequest, error) { return tx.JoinRequest("r") }), r)
		exact(t, read(t, db, func(tx programme.Tx) (programme.Profile, error) { return tx.Profile("p1") }), p)
		exact(t, read(t, db, func(tx programme.Tx) (programme.AccountSeen, error) { return tx.SlackAccount("p1") }), a)
		if s == "\xff\xfe" { // JSON takes no such bytes
			continue
		}
		exact(t, read(t, db, func(tx programme.Tx) (programme.ProfileChange, error) { return tx.ProfileChange("c") }), ch)
	}
}

// TestJoiningIsForgotten: requests go by when they were made, accounts once they have none.
func TestJoiningIsForgotten(t *testing.T) {
	db := newDB(t)
	write(t, db, func(tx programme.Tx) error {
		return errors.Join(
			tx.SaveNewcomer(programme.Newcomer{ID: "old", SlackID: "U1", Seen: t0, State: programme.NewcomerWaits}),
			tx.SaveNewcomer(programme.Newcomer{ID: "asks", SlackID: "U2", Seen: t0, State: programme.NewcomerWaits}),
			tx.CreateJoinRequest("op", programme.JoinRequest{ID: "r", SlackID: "U2", Made: t0.Add(48 * time.Hour), State: programme.RequestOpen}))
	})
	left := func(before time.Time) (gone int) {
		write(t, db, func(tx programme.Tx) (err error) {
			gone, err = tx.ForgetJoining(before)
			return err
		})
		return gone
	}
	if n := left(t0.Add(time.Hour)); n != 1 {
		t.Errorf("%d gone, want the account without a request", n)
	}
	if n := left(t0.Add(72 * time.Hour)); n != 2 {
		t.Errorf("%d gone, want the request and its account", n)
	}
}

// TestOneOpenRequestForAnAccount, whatever the form; the same form is one.
func TestOneOpenRequestForAnAccount(t *testing.T) {
	db := newDB(t)
	r := programme.JoinRequest{ID: "r", SlackID: "U", Made: t0, State: programme.RequestOpen}
	write(t, db, func(tx programme.Tx) error { return tx.CreateJoinRequest("op", r) })
	for op, want := range map[string]error{"op": programme.ErrRepeated, "other": programme.ErrTaken} {
		r.ID = "r" + op
		err := db.Write(t.Context(), func(tx programme.Tx) error { return tx.CreateJoinRequest(op, r) })
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", op, err, want)
		}
	}
}
