package programme_test

import (
	"slices"
	"testing"

	"tsugite/programme"
)

// shows makes somebody show themself, by their own hand.
func (h *house) shows(who programme.PersonID, to programme.ShownTo, fields ...programme.ProfileField) {
	h.t.Helper()
	_, prof, err := h.OwnProfile(h.t.Context(), programme.As(who))
	must(h.t, err)
	must(h.t, h.ShowMe(h.t.Context(), programme.As(who), programme.DirectoryForm{Version: prof.Version, Shown: to, Fields: fields, Share: "染めの話"}))
}

// seenBy is what somebody sees of another one.
func (h *house) seenBy(who, other programme.PersonID) (programme.DirectoryEntry, bool) {
	h.t.Helper()
	seen, err := h.Directory(h.t.Context(), programme.As(who), "")
	if e, refused := programme.AsError(err); err != nil && (!refused || e.Code != programme.CodeDenied && e.Code != programme.CodeUnknown && e.Code != programme.CodeNotFound) {
		h.t.Fatal(err)
	}
	i := slices.IndexFunc(seen, func(e programme.DirectoryEntry) bool { return e.ID == other })
	if i < 0 {
		return programme.DirectoryEntry{}, false
	}
	return seen[i], true
}

// mine gives the owner of the directory's table words for every field.
func (h *house) owner() programme.PersonID {
	h.t.Helper()
	h.enter(programme.Person{ID: "owner", Name: "織部谷 蓮", Kana: "おりべや れん", Organisation: "織部谷染織", Craft: "染色", Email: "ren@example.jp",
		Phone: "090", SlackID: "UOWNER", Roles: []programme.Role{programme.Atsugi}})
	return "owner"
}

// sees says by viewer and opened-to who sees somebody; whoever is not named sees nobody.
var sees = map[programme.ShownTo][]programme.PersonID{
	programme.ShownToNobody:    {},
	programme.ShownToAtsugi:    {"atsugi", "other-atsugi"},
	programme.ShownToExperts:   {"expert", "other-expert"},
	programme.ShownToBoth:      {"atsugi", "other-atsugi", "expert", "other-expert"},
	programme.ShownToEverybody: {"atsugi", "other-atsugi", "expert", "other-expert", "senior", "supporter", "office", "bureau"},
}

// TestWhoSeesWhomInTheDirectory is the whole table: viewer, opened to, fields, and hidden
// from nobody, from the viewer, from their organisation, or by a name as one types it.
func TestWhoSeesWhomInTheDirectory(t *testing.T) {
	ways := map[string]func(who programme.PersonID) []programme.Hidden{
		"nobody": func(programme.PersonID) []programme.Hidden { return nil },
		"the viewer": func(who programme.PersonID) []programme.Hidden {
			return []programme.Hidden{programme.HiddenPerson(who)}
		},
		"an organisation": func(programme.PersonID) []programme.Hidden {
			return []programme.Hidden{programme.HiddenName("見知らぬ信用金庫")}
		},
		"a typed name": func(who programme.PersonID) []programme.Hidden {
			return []programme.Hidden{programme.HiddenName("鶴見 " + string(who))}
		},
		"somebody else": func(programme.PersonID) []programme.Hidden {
			return []programme.Hidden{programme.HiddenName("無関係商店")}
		},
	}
	walled := map[string]bool{"the viewer": true, "an organisation": true, "a typed name": true}
	for _, to := range programme.ShownTos {
		h := newHouse(t)
		owner := h.owner()
		for _, who := range cast {
			if who == "nobody" {
				continue
			}
			p := h.inRow(who)
			p.Organisation, p.Name = "株式会社見知らぬ信用金庫 "+string(who)+"支店", "鶴見 "+string(who)
			h.enter(p)
		}
		h.shows(owner, to, programme.ProfileFields...)
		for way, hidden := range ways {
			for _, who := range cast {
				var list []programme.Hidden
				if who != "nobody" {
					list = hidden(who)
				}
				was, err := h.HiddenFrom(t.Context(), programme.As(owner), owner)
				must(t, err)
				must(t, h.HideFrom(t.Context(), programme.As(owner), owner, programme.HiddenPrint(was), list))
				_, got := h.seenBy(who, owner)
				if want := slices.Contains(sees[to], who) && !walled[way]; got != want {
					t.Errorf("opened to %q, hidden from %s: %s sees them: %v, want %v", to, way, who, got, want)
				}
			}
		}
	}
}

// TestOnlyTheFieldsThatWereOpenedAreShown: each of them alone, none of the others, and never
// an address or a number; what is not shown is not found by searching either.
func TestOnlyTheFieldsThatWereOpenedAreShown(t *testing.T) {
	h := newHouse(t)
	owner := h.owner()
	full := programme.DirectoryEntry{ID: owner, Name: "織部谷 蓮", Kana: "おりべや れん", Firm: "織部谷染織", Craft: "染色", Share: "染めの話"}
	words := map[programme.ProfileField]string{programme.FieldKana: "オリベヤ", programme.FieldFirm: "染織", programme.FieldCraft: "染色", programme.FieldShare: "染めの"}
	for mask := range 1 << len(programme.ProfileFields) {
		var fields []programme.ProfileField
		want := programme.DirectoryEntry{ID: full.ID, Name: full.Name}
		for i, f := range programme.ProfileFields {
			if mask&(1<<i) == 0 {
				continue
			}
			fields = append(fields, f)
			switch f {
			case programme.FieldKana:
				want.Kana = full.Kana
			case programme.FieldFirm:
				want.Firm = full.Firm
			case programme.FieldCraft:
				want.Craft = full.Craft
			case programme.FieldShare:
				want.Share = full.Share
			}
		}
		h.shows(owner, programme.ShownToEverybody, fields...)
		if got, _ := h.seenBy("atsugi", owner); got != want {
			t.Errorf("of %v: %+v", fields, got)
		}
		for f, word := range words {
			found, err := h.Directory(t.Context(), programme.As("atsugi"), word)
			must(t, err)
			if got, want := len(found) == 1, slices.Contains(fields, f); got != want {
				t.Errorf("of %v: %q finds them: %v", fields, word, got)
			}
		}
		for _, word := range []string{"ren@example.jp", "090", "アトツギ"} {
			if found, err := h.Directory(t.Context(), programme.As("atsugi"), word); err != nil || len(found) > 0 {
				t.Errorf("%q finds them (%v)", word, err)
			}
		}
	}
}

// TestWhoLeftIsGoneAtOnce, from the directory and to it; and closing it closes it at once.
func TestWhoLeftIsGoneAtOnce(t *testing.T) {
	h := newHouse(t)
	owner := h.owner()
	h.shows(owner, programme.ShownToEverybody)
	must(t, h.LeavePerson(t.Context(), programme.As("office"), owner))
	if _, there := h.seenBy("atsugi", owner); there {
		t.Error("who left is still shown")
	}
	if _, err := h.Directory(t.Context(), programme.As(owner), ""); err == nil {
		t.Error("who left still looks")
	}
	must(t, h.TakeBack(t.Context(), programme.As("office"), owner))
	if _, there := h.seenBy("atsugi", owner); !there {
		t.Error("who is back is not shown")
	}
	h.shows(owner, programme.ShownToNobody)
	if _, there := h.seenBy("atsugi", owner); there {
		t.Error("who closed it is still shown")
	}
}

// TestANewNameOpensNoDoor: somebody by whom another one would rather not be seen is not shown
// them for calling themself something else.
func TestANewNameOpensNoDoor(t *testing.T) {
	h := newHouse(t)
	owner := h.owner()
	p := h.inRow("atsugi")
	p.Name, p.Organisation = "黄瀬 一", "黄瀬商店"
	h.enter(p)
	h.shows(owner, programme.ShownToEverybody)
	must(t, h.HideFrom(t.Context(), programme.As(owner), owner, "", []programme.Hidden{programme.HiddenName("黄瀬商店")}))
	_, err := h.ConfirmProfile(t.Context(), programme.As("atsugi"), programme.ProfileForm{Op: "n", Name: "別府 次郎", Organisation: "別府商会"})
	must(t, err)
	if h.inRow("atsugi").Organisation != "別府商会" {
		t.Fatal("an atsugi's own word counts at once")
	}
	if _, there := h.seenBy("atsugi", owner); there {
		t.Error("a new name opened the door")
	}
}

// TestTwoDevicesDoNotUndoEachOther: a setting that was made on another device stands.
func TestTwoDevicesDoNotUndoEachOther(t *testing.T) {
	h := newHouse(t)
	owner := h.owner()
	h.shows(owner, programme.ShownToEverybody)
	err := h.ShowMe(t.Context(), programme.As(owner), programme.DirectoryForm{Shown: programme.ShownToAtsugi})
	wantCode(t, err, programme.CodeConflict)
}
