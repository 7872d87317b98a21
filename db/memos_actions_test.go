package db

import (
	"fmt"
	"testing"

	"tsugite/programme"
)

// TestNextActionsAreKeptAndGone: those of one atsugi, newest memo first, as they were last
// saved.
func TestNextActionsAreKeptAndGone(t *testing.T) {
	db := newDB(t)
	savePeople(t, db, person("a", programme.Atsugi), person("b", programme.Atsugi))
	write(t, db, func(tx programme.Tx) error {
		for i, atsugi := range []programme.PersonID{"a", "a", "b"} {
			m := programme.Memo{ID: programme.MemoID(fmt.Sprint("m", i)), Kind: programme.OfCall, Atsugi: atsugi, Held: "2026-09-01", Written: minutes(i), Version: 1}
			if err := tx.CreateMemo(string(m.ID), m); err != nil {
				return err
			}
			for pos := range 2 {
				a := programme.MemoAction{ID: programme.ActionID(fmt.Sprint(m.ID, pos)), Memo: m.ID, Position: pos, Atsugi: atsugi,
					Whose: programme.ReadParticipant, What: fmt.Sprint("何か", pos), Until: "2026-09-10", State: programme.ActionOpen}
				if err := tx.SaveMemoAction(a); err != nil {
					return err
				}
			}
		}
		a, err := tx.MemoAction("m10")
		if err != nil {
			return err
		}
		a.State, a.Said = programme.ActionHelp, minutes(9)
		if err := tx.SaveMemoAction(a); err != nil {
			return err
		}
		a.ID, a.State = "m01", programme.ActionGone
		return tx.SaveMemoAction(a)
	})
	got := read(t, db, func(tx programme.Tx) (out []string, err error) {
		all, err := tx.ActionsAbout("a")
		for _, a := range all {
			out = append(out, string(a.ID)+" "+string(a.State))
		}
		return out, err
	})
	if fmt.Sprint(got) != "[m10 help m11 open m00 open]" {
		t.Errorf("about a: %v", got)
	}
	of := read(t, db, func(tx programme.Tx) ([]programme.MemoAction, error) { return tx.ActionsOf("m0") })
	if len(of) != 1 || of[0].What != "何か0" || of[0].Until != "2026-09-10" || of[0].Whose != programme.ReadParticipant || !of[0].Said.IsZero() {
		t.Errorf("of m0: %+v", of)
	}
	said := read(t, db, func(tx programme.Tx) (programme.MemoAction, error) { return tx.MemoAction("m10") })
	if !said.Said.Equal(minutes(9)) {
		t.Errorf("said at %v", said.Said)
	}
	err := db.Read(t.Context(), func(tx programme.Tx) error { _, err := tx.MemoAction("none"); return err })
	wantError(t, err, programme.ErrNoRow)
}
