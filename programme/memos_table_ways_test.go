package programme_test

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// tableWord is how the words of the table look, wherever they stand.
var tableWord = regexp.MustCompile(`(own|met|talk|old|self|open)(situation|issues|advice|next|praise|confidential|team|report)[12]`)

// collect adds the words that stand anywhere in what came out: in any field, however deep,
// error or not.
func collect(into map[string]bool, things ...any) {
	seen := map[uintptr]bool{}
	var look func(reflect.Value)
	look = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			for _, word := range tableWord.FindAllString(v.String(), -1) {
				into[word] = true
			}
		case reflect.Pointer:
			if !v.IsNil() && !seen[v.Pointer()] {
				seen[v.Pointer()] = true
				look(v.Elem())
			}
		case reflect.Interface:
			if !v.IsNil() {
				look(v.Elem())
			}
		case reflect.Struct:
			for i := range v.NumField() {
				look(v.Field(i))
			}
		case reflect.Slice, reflect.Array:
			if v.Type().Elem().Kind() == reflect.Uint8 {
				for _, word := range tableWord.FindAllString(fmt.Sprintf("%s", v), -1) {
					into[word] = true
				}
				return
			}
			for i := range v.Len() {
				look(v.Index(i))
			}
		case reflect.Map:
			for _, key := range v.MapKeys() {
				look(key)
				look(v.MapIndex(key))
			}
		}
	}
	for _, thing := range things {
		look(reflect.ValueOf(thing))
		if err, ok := thing.(error); ok {
			look(reflect.ValueOf(err.Error()))
		}
	}
}

// nothingBut checks that no word was found but those that may be held.
func nothingBut(t *testing.T, found, holds map[string]bool, format string, args ...any) {
	t.Helper()
	for word := range found {
		if !holds[word] {
			t.Errorf("%s: finds %s", fmt.Sprintf(format, args...), word)
		}
	}
}

func sorted(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }

// tableWays are the ways in which words may come out, beside reading a memo, its history,
// the search and what is sent. Some are of one memo, some of none.
var tableWays = map[string]func(*house, programme.PersonID, programme.MemoID) []any{
	"Home": func(h *house, who programme.PersonID, _ programme.MemoID) []any {
		v, err := h.Home(h.t.Context(), tableActor(who))
		return []any{v, err}
	},
	"desk": func(h *house, who programme.PersonID, _ programme.MemoID) []any {
		v, err := h.MemoDesk(h.t.Context(), tableActor(who))
		return []any{v, err}
	},
	"form of a correction": func(h *house, who programme.PersonID, id programme.MemoID) []any {
		v, err := h.BeginMemo(h.t.Context(), tableActor(who), programme.MemoStart{Correct: id})
		return []any{v, err}
	},
	"what was shared": func(h *house, who programme.PersonID, id programme.MemoID) []any {
		v, err := h.SharingOf(h.t.Context(), tableActor(who), id)
		return []any{v, err}
	},
	"next actions": func(h *house, who programme.PersonID, _ programme.MemoID) (out []any) {
		for _, atsugi := range []programme.PersonID{"atsugi", "other-atsugi", "both"} {
			v, err := h.Actions(h.t.Context(), tableActor(who), atsugi)
			out = append(out, v, err)
		}
		return out
	},
	"what is known about them": func(h *house, who programme.PersonID, _ programme.MemoID) []any {
		v, err := h.KnownAboutMe(h.t.Context(), tableActor(who))
		return []any{v, err}
	},
	"file of their own": func(h *house, who programme.PersonID, _ programme.MemoID) []any {
		n := programme.Notice{Kind: programme.NoticeOwnData, Subject: string(who), To: programme.ToPerson(who), Occasion: "op"}
		v, err := h.Matter(h.t.Context(), n, false)
		return []any{v, err}
	},
	"somebody else's file": func(h *house, who programme.PersonID, _ programme.MemoID) []any {
		n := programme.Notice{Kind: programme.NoticeOwnData, Subject: "atsugi", To: programme.ToPerson(who), Occasion: "op"}
		v, err := h.Matter(h.t.Context(), n, false)
		return []any{v, err}
	},
	"export": func(h *house, who programme.PersonID, _ programme.MemoID) []any {
		v, err := h.ExportMemos(h.t.Context(), tableActor(who))
		return []any{v, err}
	},
	"session": func(h *house, who programme.PersonID, _ programme.MemoID) []any {
		one, err := h.SessionPage(h.t.Context(), tableActor(who), "s")
		all, err2 := h.Sessions(h.t.Context(), tableActor(who))
		board, err3 := h.SessionBoard(h.t.Context(), tableActor(who))
		return []any{one, err, all, err2, board, err3}
	},
	"event": func(h *house, who programme.PersonID, _ programme.MemoID) []any {
		v, err := h.EventPage(h.t.Context(), tableActor(who), "lecture")
		return []any{v, err}
	},
	"briefing": func(h *house, who programme.PersonID, _ programme.MemoID) []any {
		n := programme.Notice{Kind: programme.NoticeSessionBriefing, Subject: "next", To: programme.ToPerson(who),
			Occasion: programme.SessionOccasion("step", h.session("next"))}
		v, err := h.Matter(h.t.Context(), n, false)
		return []any{v, err}
	},
}

// checkReadings: of each memo exactly the words of the table, and what is known about
// somebody holds exactly those of the memos about them.
func checkReadings(t *testing.T, h *house, ids map[string]programme.MemoID, who programme.PersonID, stage int) {
	t.Helper()
	known := map[string]bool{}
	for _, m := range memoTable {
		v, err := h.ReadMemo(t.Context(), tableActor(who), ids[m.name])
		got, want := map[string]bool{}, map[string]bool{}
		collect(got, v, err)
		for _, word := range m.words(who, stage) {
			want[word] = true
			if m.form.Atsugi == who {
				known[word] = true
			}
		}
		if diff := cmp.Diff(sorted(want), sorted(got)); diff != "" {
			t.Errorf("state %d: %s reads of %s: %s", stage, who, m.name, diff)
		}
		if (err == nil) != (len(want) > 0) {
			t.Errorf("state %d: %s of %s: %v with %d words", stage, who, m.name, err, len(want))
		}
	}
	k, err := h.KnownAboutMe(t.Context(), tableActor(who))
	got := map[string]bool{}
	collect(got, k, err)
	if diff := cmp.Diff(sorted(known), sorted(got)); diff != "" {
		t.Errorf("state %d: what is known about %s: %s", stage, who, diff)
	}
}

// checkHistory: what stands, and the earlier wording of it, and nothing of parts that are
// not the reader's any more.
func checkHistory(t *testing.T, h *house, ids map[string]programme.MemoID, who programme.PersonID, stage int) {
	t.Helper()
	for _, m := range memoTable {
		past, err := h.MemoHistory(t.Context(), tableActor(who), ids[m.name])
		got, want := map[string]bool{}, map[string]bool{}
		collect(got, past, err)
		for _, word := range append(m.words(who, stage), m.past(who, stage)...) {
			want[word] = true
		}
		if diff := cmp.Diff(sorted(want), sorted(got)); diff != "" {
			t.Errorf("state %d: %s finds in the history of %s: %s", stage, who, m.name, diff)
		}
	}
}

// checkSearch: each word is found by those who may hold it, and what is shown with it is
// theirs to read, too.
func checkSearch(t *testing.T, h *house, who programme.PersonID, stage int) {
	t.Helper()
	holds := allowed(who, stage)
	for _, m := range memoTable {
		for word := range tableWords(m) {
			hits, err := h.SearchMemos(t.Context(), tableActor(who), programme.MemoQuery{Words: word})
			found := map[string]bool{}
			collect(found, hits, err)
			nothingBut(t, found, holds, "state %d: %s searches for %s", stage, who, word)
			if len(hits.Hits) > 0 != holds[word] {
				t.Errorf("state %d: %s searches for %s: %d hits", stage, who, word, len(hits.Hits))
			}
		}
	}
}

func tableWords(m tableMemo) map[string]bool {
	out := map[string]bool{}
	for _, as := range []string{"o1", "o2"} {
		for _, part := range tableWord.FindAllString(m.name+regexp.MustCompile(` `).ReplaceAllString(m.says[as], " "+m.name), -1) {
			out[part] = true
		}
	}
	return out
}

// checkNotices: whatever was told, drawn anew from the facts, holds no word but those of its
// reader; channels hold none at all.
func checkNotices(t *testing.T, h *house, stage int) {
	t.Helper()
	var told []programme.Delivery
	h.read(func(tx programme.Tx) error {
		for _, state := range programme.DeliveryStates {
			some, err := tx.Deliveries(state, 1000)
			if err != nil {
				return err
			}
			told = append(told, some...)
		}
		return nil
	})
	if len(told) == 0 {
		t.Error("nobody was told anything")
	}
	for _, d := range told {
		for _, update := range []bool{false, true} {
			m, err := h.Matter(t.Context(), d.Notice, update)
			found := map[string]bool{}
			collect(found, m, err)
			nothingBut(t, found, allowed(d.To.Person(), stage), "state %d: %s to %s", stage, d.Kind, d.To)
		}
	}
}

// checkDigest: a file for the bureau made in this state holds the bureau's words alone, and
// all of them the first time that there are some.
func checkDigest(t *testing.T, h *house, stage int) {
	t.Helper()
	d, err := h.HandOutDigest(t.Context(), digestNotice(fmt.Sprint("state ", stage)))
	must(t, err)
	found := map[string]bool{}
	collect(found, d)
	holds := allowed("bureau", stage)
	nothingBut(t, found, holds, "state %d: the digest", stage)
	if stage == stageShared && len(found) != len(holds) {
		t.Errorf("the first digest holds %d words of %d", len(found), len(holds))
	}
}

// checkTrail: the audit trail holds ids and states alone (programme.md duty 3).
func checkTrail(t *testing.T, h *house) {
	t.Helper()
	h.read(func(tx programme.Tx) error {
		trail, err := tx.AuditTrail(100000)
		found := map[string]bool{}
		collect(found, trail)
		nothingBut(t, found, nil, "the trail")
		return err
	})
}
