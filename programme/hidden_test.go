package programme_test

import (
	"slices"
	"testing"

	"tsugite/programme"
)

// hide enters one more than is on the person's list.
func (h *house) hide(who, person programme.PersonID, others ...programme.Hidden) error {
	h.t.Helper()
	list, err := h.HiddenFrom(h.t.Context(), programme.As(who), person)
	if err != nil {
		return err
	}
	for _, v := range list {
		others = append(others, v.Hidden)
	}
	return h.HideFrom(h.t.Context(), programme.As(who), person, programme.HiddenPrint(list), others)
}

// TestWhoKnowsWhomSomebodyHides: they and the office, nobody else.
func TestWhoKnowsWhomSomebodyHides(t *testing.T) {
	h := newHouse(t)
	must(t, h.hide("office", "atsugi", programme.HiddenName(" 叔父 "), programme.HiddenName("叔父"), programme.HiddenName("")))
	for _, who := range cast {
		list, err := h.HiddenFrom(t.Context(), programme.As(who), "atsugi")
		knows := err == nil && len(list) == 1 && list[0].Name() == "叔父" && list[0].Behalf
		if want := who == "atsugi" || who == "office"; knows != want {
			t.Errorf("%s knows %v, want %v (%v)", who, knows, want, err)
		}
		err = h.HideFrom(t.Context(), programme.As(who), "atsugi", programme.HiddenPrint([]programme.HiddenView{{Hidden: programme.HiddenName("叔父")}}),
			[]programme.Hidden{programme.HiddenName("叔父")})
		if want := who == "atsugi" || who == "office"; (err == nil) != want {
			t.Errorf("%s may enter it: %v", who, err)
		}
		_, _, err = h.HideChoices(t.Context(), programme.As(who), "atsugi", "", 5)
		if want := who == "atsugi" || who == "office"; (err == nil) != want {
			t.Errorf("%s may pick for it: %v", who, err)
		}
	}
}

// TestAListThatChangedIsNotSavedOver: what was added on the phone while the office had the
// form open stays.
func TestAListThatChangedIsNotSavedOver(t *testing.T) {
	h := newHouse(t)
	bank, uncle := programme.HiddenName("オオタ銀行"), programme.HiddenName("叔父")
	must(t, h.hide("atsugi", "atsugi", uncle))
	shown, err := h.HiddenFrom(t.Context(), programme.As("office"), "atsugi")
	must(t, err)
	must(t, h.hide("atsugi", "atsugi", bank))
	err = h.HideFrom(t.Context(), programme.As("office"), "atsugi", programme.HiddenPrint(shown), []programme.Hidden{uncle})
	wantCode(t, err, programme.CodeConflict)
	list, err := h.HiddenFrom(t.Context(), programme.As("atsugi"), "atsugi")
	must(t, err)
	if len(list) != 2 || list[0].Behalf || list[1].Behalf {
		t.Errorf("the list is %+v", list)
	}
}

// TestWhatTheOfficeTakesOffAListIsToldAndKept: the trail says how many, the atsugi that there
// was a change; what they or the office add is told to nobody.
func TestWhatTheOfficeTakesOffAListIsToldAndKept(t *testing.T) {
	h := newHouse(t)
	clear := func(who programme.PersonID) {
		list, err := h.HiddenFrom(t.Context(), programme.As(who), "atsugi")
		must(t, err)
		must(t, h.HideFrom(t.Context(), programme.As(who), "atsugi", programme.HiddenPrint(list), nil))
	}
	const told = "hidden.changed p:atsugi"
	must(t, h.hide("atsugi", "atsugi", programme.HiddenName("叔父"), programme.HiddenPerson("bureau")))
	must(t, h.hide("office", "atsugi", programme.HiddenName("オオタ銀行")))
	must(t, h.hide("office", "atsugi")) // nothing changes
	if n := h.notices()[told]; n != 0 {
		t.Errorf("told of what was added: %d", n)
	}
	clear("office")
	if n := h.notices()[told]; n != 1 {
		t.Errorf("told %d times", n)
	}
	must(t, h.hide("atsugi", "atsugi", programme.HiddenName("叔父")))
	clear("atsugi")
	if n := h.notices()[told]; n != 1 {
		t.Errorf("told of what they did themself: %d", n)
	}
	want := []string{"added=0 removed=1", "added=1 removed=0", "added=0 removed=3", "added=1 removed=0", "added=2 removed=0"}
	if got := h.details("hidden.save"); !slices.Equal(got, want) {
		t.Errorf("the trail says %q, want %q", got, want)
	}
}

// TestWhomAnAtsugiCanPick: any number, by what is typed, and no other atsugi.
func TestWhomAnAtsugiCanPick(t *testing.T) {
	h := newHouse(t)
	h.edit("bureau", func(p *programme.Person) {
		p.Name, p.Kana, p.Organisation = "関 東子", "せき とうこ", "関東経済産業局"
	})
	for typed, want := range map[string]string{"せき": "関 東子", "セキ": "関 東子", "関東経済": "関 東子", "該当なし": ""} {
		people, _, err := h.HideChoices(t.Context(), programme.As("atsugi"), "atsugi", typed, 25)
		must(t, err)
		if got := namesOf(people); (want == "") != (len(got) == 0) || want != "" && !slices.Contains(got, want) {
			t.Errorf("%q offers %q", typed, got)
		}
	}
	people, _, err := h.HideChoices(t.Context(), programme.As("atsugi"), "atsugi", "", 25)
	must(t, err)
	for _, p := range people {
		if p.Has(programme.Atsugi) && !p.Has(programme.Supporter) && !p.Has(programme.Mentor) {
			t.Errorf("another atsugi is offered: %s", p.Name)
		}
	}
	if one, _, err := h.HideChoices(t.Context(), programme.As("atsugi"), "atsugi", "", 1); err != nil || len(one) != 1 {
		t.Errorf("of one at most %d are offered: %v", len(one), err)
	}
}

func namesOf(people []programme.Person) (names []string) {
	for _, p := range people {
		names = append(names, p.Name)
	}
	return names
}
