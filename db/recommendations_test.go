package db

import (
	"errors"
	"testing"

	"tsugite/programme"
)

func TestRecommendationsAndHandoversComeBackVerbatim(t *testing.T) {
	for _, s := range odd {
		db := newDB(t)
		savePeople(t, db, person("a"), person("b"))
		r := programme.Recommendation{
			ID: "r", Organisation: s, By: "a", Contact: "b", At: t0, State: programme.RecommendSent, Since: t0.Add(1), Firm: s, Name: s, Kana: s,
			Prefecture: s, Craft: s, Why: s, MayContact: true, Email: s, Phone: s, OwnNo: true, Reason: s, Told: s, Person: "a", Version: 1,
		}
		h := programme.Handover{ID: "h", Organisation: s, From: "a", Name: s, Kana: s, Email: s, By: "b", At: t0, State: programme.HandoverAsked,
			Since: t0.Add(1), Version: 1}
		a := programme.Allowance{Organisation: s, Quota: 3, Reason: s, By: "a", At: t0}
		keep := func(tx programme.Tx) error {
			return errors.Join(tx.CreateRecommendation("op", r), tx.CreateHandover("op", h), tx.AddAllowance("op", a))
		}
		if err := db.Write(t.Context(), keep); err != nil {
			t.Fatal(err)
		}
		for kept, f := range map[string]func(tx programme.Tx) error{
			"recommendation": func(tx programme.Tx) error { return tx.CreateRecommendation("op", r) },
			"handover":       func(tx programme.Tx) error { return tx.CreateHandover("op", h) },
			"allowance":      func(tx programme.Tx) error { return tx.AddAllowance("op", a) },
		} {
			if err := db.Write(t.Context(), f); !errors.Is(err, programme.ErrRepeated) {
				t.Errorf("a second %s of the form: %v", kept, err)
			}
		}
		exact(t, read(t, db, func(tx programme.Tx) (programme.Recommendation, error) { return tx.RecommendationByOp("op") }), r)
		exact(t, read(t, db, func(tx programme.Tx) ([]programme.Recommendation, error) { return tx.RecommendationsOf(s) }), []programme.Recommendation{r})
		exact(t, read(t, db, func(tx programme.Tx) (programme.Handover, error) { return tx.HandoverByOp("op") }), h)
		exact(t, read(t, db, programme.Tx.Allowances), []programme.Allowance{a})

		r.Contact, r.State, r.Person, r.Email, h.State, h.To = "a", programme.RecommendDeclined, "", "", programme.HandoverDone, "b"
		change := func(tx programme.Tx) error { return errors.Join(tx.SaveRecommendation(r), tx.SaveHandover(h)) }
		if err := db.Write(t.Context(), change); err != nil {
			t.Fatal(err)
		}
		if err := db.Write(t.Context(), change); !errors.Is(err, programme.ErrStale) {
			t.Errorf("saved over a newer one: %v", err)
		}
		r.Version, h.Version = 2, 2
		exact(t, read(t, db, func(tx programme.Tx) (programme.Recommendation, error) { return tx.Recommendation("r") }), r)
		exact(t, read(t, db, programme.Tx.Handovers), []programme.Handover{h})
	}
}
