package db

import (
	"errors"
	"testing"

	"tsugite/programme"
)

func someMemo(id programme.MemoID) programme.Memo {
	return programme.Memo{
		ID: id, Kind: programme.OfCall, Atsugi: "a", Writer: "a", Held: "2026-09-01", Place: "会館", Present: "二人", Written: t0, Version: 1,
		Parts: []programme.Part{{Key: "advice", Text: "助言", Readers: []programme.Reader{programme.ReadOffice}}},
	}
}

// wantErr checks what a transaction answers, and leaves nothing behind of it if it failed.
func wantErr(t *testing.T, db *DB, want error, f func(programme.Tx) error) {
	t.Helper()
	if err := db.Write(t.Context(), f); !errors.Is(err, want) {
		t.Errorf("answers %v, want %v", err, want)
	}
}

// TestAMemoKeepsItsVersions, each as it was; the same form writes once, and whoever looked
// at an earlier row does not write over it.
func TestAMemoKeepsItsVersions(t *testing.T) {
	db := newDB(t)
	savePeople(t, db, person("a"))
	first := someMemo("m")
	write(t, db, func(tx programme.Tx) error { return tx.CreateMemo("op", first) })
	wantErr(t, db, programme.ErrRepeated, func(tx programme.Tx) error { return tx.CreateMemo("op", someMemo("n")) })

	first = read(t, db, func(tx programme.Tx) (programme.Memo, error) { return tx.Memo("m") })
	second := first
	second.Version, second.Held, second.Place, second.Present = 2, "2026-08-31", "", "三人"
	second.Parts = []programme.Part{{Key: "next", Text: "取組", Readers: []programme.Reader{programme.ReadOffice}}}
	how := programme.MemoVersion{Version: 2, At: minutes(5), By: "a", Reason: "聞き違い"}
	wantErr(t, db, programme.ErrRepeated, func(tx programme.Tx) error { return tx.AddMemoVersion("op", second, how) })
	write(t, db, func(tx programme.Tx) error { return tx.AddMemoVersion("op2", second, how) })
	third := second
	third.Version = 3
	wantErr(t, db, programme.ErrStale, func(tx programme.Tx) error { return tx.AddMemoVersion("op3", third, how) })

	second.Revision++
	exact(t, read(t, db, func(tx programme.Tx) (programme.Memo, error) { return tx.Memo("m") }), second)
	exact(t, read(t, db, func(tx programme.Tx) (programme.Memo, error) { return tx.MemoByOp("op2") }), second)
	first.Revision = second.Revision
	exact(t, read(t, db, func(tx programme.Tx) (programme.Memo, error) { return tx.MemoAsOf("m", 1) }), first)
	exact(t, read(t, db, func(tx programme.Tx) ([]programme.MemoVersion, error) { return tx.MemoVersions("m") }),
		[]programme.MemoVersion{{Version: 1, At: t0, By: "a"}, how})
	if _, err := one(t.Context(), db.writer, single[int], `SELECT 1 FROM memo_versions WHERE op = 'op3'`); !errors.Is(err, programme.ErrNoRow) {
		t.Errorf("what was stale left a version: %v", err)
	}
}

// TestADraftIsComparedAndSet, and comes back with every field that the form has.
func TestADraftIsComparedAndSet(t *testing.T) {
	db := newDB(t)
	savePeople(t, db, person("a"))
	d := programme.MemoDraft{Person: "a", At: t0, Reason: "理由", Form: programme.MemoForm{
		Op: "op", Kind: programme.OfEvent, Atsugi: "x", Event: "e", Session: "s", Held: "2026-09-01", Place: "会館", Present: "二人",
		Parts: map[string]string{"advice": "助言"}, Readers: map[string][]programme.Reader{"advice": {programme.ReadOffice}, "praise": {}}, Corrects: 3,
	}}
	save := func(tx programme.Tx) error { return tx.SaveMemoDraft(d) }
	write(t, db, save)
	wantErr(t, db, programme.ErrStale, save)
	d.Version, d.Form.DraftVersion = 1, 1
	exact(t, read(t, db, func(tx programme.Tx) (programme.MemoDraft, error) { return tx.MemoDraft("op") }), d)
	d.At, d.Form.Parts["advice"] = minutes(1), "別の助言"
	write(t, db, save)
	wantErr(t, db, programme.ErrStale, save)
	other := programme.MemoDraft{Person: "a", At: minutes(2), Form: programme.MemoForm{Op: "later"}}
	write(t, db, func(tx programme.Tx) error { return tx.SaveMemoDraft(other) })
	d.Version, d.Form.DraftVersion, other.Version, other.Form.DraftVersion = 2, 2, 1, 1
	exact(t, read(t, db, func(tx programme.Tx) ([]programme.MemoDraft, error) { return tx.MemoDraftsOf("a") }), []programme.MemoDraft{other, d})
	write(t, db, func(tx programme.Tx) error { return tx.DropMemoDraft("op") })
	wantErr(t, db, programme.ErrNoRow, func(tx programme.Tx) error { _, err := tx.MemoDraft("op"); return err })
}

// TestACorrectionIsOpenUntilItIsMadeOrRefused, the oldest first; that is never changed.
func TestACorrectionIsOpenUntilItIsMadeOrRefused(t *testing.T) {
	db := newDB(t)
	savePeople(t, db, person("a"))
	write(t, db, func(tx programme.Tx) error { return tx.CreateMemo("op", someMemo("m")) })
	late := programme.Correction{ID: "1", Memo: "m", By: "a", At: minutes(1), Text: "直して"}
	early := programme.Correction{ID: "2", Memo: "m", By: "a", At: t0, Text: "これも"}
	write(t, db, func(tx programme.Tx) error {
		return errors.Join(tx.CreateCorrection("one", late), tx.CreateCorrection("two", early))
	})
	wantErr(t, db, programme.ErrRepeated, func(tx programme.Tx) error {
		return tx.CreateCorrection("one", programme.Correction{ID: "3", Memo: "m", By: "a", At: t0})
	})
	waiting := func(limit int) []programme.Correction {
		return read(t, db, func(tx programme.Tx) ([]programme.Correction, error) { return tx.OpenCorrections(limit) })
	}
	exact(t, waiting(9), []programme.Correction{early, late})
	exact(t, waiting(1), []programme.Correction{early})
	early.State, early.Reason, early.Decided, early.DecidedBy = programme.CorrectionRefused, "理由", minutes(2), "a"
	decide := func(tx programme.Tx) error { return tx.DecideCorrection(early) }
	write(t, db, decide)
	wantErr(t, db, programme.ErrStale, decide)
	exact(t, waiting(9), []programme.Correction{late})
	late.State, late.Decided, late.DecidedBy = programme.CorrectionAccepted, minutes(3), "a"
	keep := func(tx programme.Tx) error { return tx.DecideCorrection(late) }
	write(t, db, keep)
	exact(t, waiting(9), []programme.Correction{late})
	late.Made = 2
	write(t, db, keep)
	wantErr(t, db, programme.ErrStale, keep)
	exact(t, waiting(9), []programme.Correction(nil))
	exact(t, read(t, db, func(tx programme.Tx) (programme.Correction, error) { return tx.CorrectionByOp("two") }), early)
	exact(t, read(t, db, func(tx programme.Tx) ([]programme.Correction, error) { return tx.CorrectionsOf("m") }), []programme.Correction{early, late})
}
