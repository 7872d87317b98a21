package programme_test

import (
	"slices"
	"testing"

	"tsugite/programme"
)

func TestOnlyTheOfficeChoosesFromTheRoster(t *testing.T) {
	h := newHouse(t)
	e := h.workshop()
	for _, who := range cast {
		want := programme.CodeDenied
		switch who {
		case "office":
			want = ""
		case "left":
			want = programme.CodeUnknown
		case "nobody":
			want = programme.CodeNotFound
		}
		as := programme.As(who)
		for rule, call := range map[string]func() error{
			"sheet": func() error { _, err := h.EventSheet(t.Context(), as, e.ID); return err },
			"new":   func() error { _, err := h.EventSheet(t.Context(), as, ""); return err },
			"reach": func() error { _, err := h.EventReach(t.Context(), as, e.ID); return err },
			"people": func() error {
				found, err := h.FindPeople(t.Context(), as, "", 5)
				if err != nil && found != nil {
					t.Errorf("%s is refused and gets %v", who, found)
				}
				return err
			},
			"organisations": func() error { _, err := h.FindOrganisations(t.Context(), as, "", 5); return err },
		} {
			t.Run(string(who)+" "+rule, func(t *testing.T) {
				wantCode(t, call(), want)
			})
		}
	}
}

func TestPeopleAreFoundByAnySpelling(t *testing.T) {
	h := newHouse(t)
	h.write(func(tx programme.Tx) error {
		for _, p := range []programme.Person{
			{ID: "kiln", Name: "髙橋 陶子", Kana: "たかはし とうこ", Organisation: "髙橋窯", Email: "Toko@example.jp"},
			{ID: "gone", Name: "髙橋 元", Kana: "たかはし はじめ", Organisation: "元の窯", Left: h.now},
		} {
			if err := tx.SavePerson(p); err != nil {
				return err
			}
		}
		return nil
	})
	for _, typed := range []string{"髙橋", "ﾀｶﾊｼ", "たかはしとう", "タカハシ　トウコ", "窯", "toko@", "陶子"} {
		found, err := h.FindPeople(t.Context(), programme.As("office"), typed, 5)
		if err != nil || len(found) != 1 || found[0].ID != "kiln" {
			t.Errorf("%q finds %v: %v", typed, found, err)
		}
	}
	if found, err := h.FindPeople(t.Context(), programme.As("office"), "", 3); err != nil || len(found) != 3 {
		t.Errorf("nothing typed finds %d: %v", len(found), err)
	}
	firms, err := h.FindOrganisations(t.Context(), programme.As("office"), "窯", 5)
	if err != nil || !slices.Equal(firms, []string{"髙橋窯"}) {
		t.Errorf("firms %v: %v", firms, err)
	}
}

func TestWhomAChangeWouldReach(t *testing.T) {
	h := newHouse(t)
	e := h.workshop()
	reach := func() programme.EventReach {
		t.Helper()
		r, err := h.EventReach(t.Context(), programme.As("office"), e.ID)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if r := reach(); len(r.Slack)+len(r.Others)+len(r.Guests) != 0 {
		t.Errorf("nobody was asked, yet %+v", r)
	}
	h.write(func(tx programme.Tx) error {
		return tx.SavePerson(programme.Person{ID: "by-mail", Name: "試験", Roles: []programme.Role{programme.Atsugi}, Cohorts: []string{"R8"}})
	})
	if _, _, err := h.AnswerEvent(t.Context(), programme.As("atsugi"), e.ID, programme.Yes, ""); err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.AnswerFor(t.Context(), programme.As("office"), e.ID, "by-mail", programme.Yes, ""); err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.AnswerFor(t.Context(), programme.As("office"), e.ID, "other-atsugi", programme.No, ""); err != nil {
		t.Fatal(err)
	}
	h.write(func(tx programme.Tx) error {
		for id, answer := range map[programme.GuestID]programme.Coming{"comes": programme.Yes, "does-not": programme.No} {
			if err := tx.SaveGuest(programme.Guest{ID: id, Event: e.ID, Name: "来賓", Answer: answer, At: h.now}); err != nil {
				return err
			}
		}
		return nil
	})
	r := reach()
	if len(r.Slack) != 1 || r.Slack[0].ID != "atsugi" || len(r.Others) != 1 || r.Others[0].ID != "by-mail" ||
		len(r.Guests) != 1 || r.Guests[0].ID != "comes" {
		t.Errorf("reaches %+v", r)
	}
	if _, err := h.CancelEvent(t.Context(), programme.As("office"), e.ID, ""); err != nil {
		t.Fatal(err)
	}
	if r := reach(); len(r.Slack)+len(r.Others)+len(r.Guests) != 0 {
		t.Errorf("it is called off, yet %+v", r)
	}
}

func TestACopyHasNoDatesAndIsNoOldEvent(t *testing.T) {
	h := newHouse(t)
	e := h.workshop()
	f := e.Form().Undated()
	if f.ID != "" || f.Version != 0 || !f.Start.IsZero() || !f.End.IsZero() || !f.Deadline.IsZero() || f.Title != e.Title {
		t.Errorf("%+v", f)
	}
}
