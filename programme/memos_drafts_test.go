package programme_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tsugite/programme"
)

// TestADraftIsTakenUpOnAnyDevice, with all that was typed and chosen.
func TestADraftIsTakenUpOnAnyDevice(t *testing.T) {
	h := newHouse(t)
	d, err := h.BeginMemo(t.Context(), programme.As("expert"), programme.MemoStart{Atsugi: "atsugi"})
	must(t, err)
	if d.Version != 0 || d.Atsugi.ID != "atsugi" || d.Office || len(d.Subjects) != 1 {
		t.Fatalf("a new form is %+v", d)
	}
	d.Form.Place, d.Form.Present, d.Form.Held = "会館", "本人", "2026-08-30"
	d.Form.Parts = map[string]string{"praise": "丁寧"}
	d.Form.Readers = map[string][]programme.Reader{"praise": {programme.ReadParticipant}}
	kept, err := h.SaveDraft(t.Context(), programme.As("expert"), d)
	must(t, err)
	if kept.Form.Op != d.Form.Op || kept.Version != 1 {
		t.Errorf("kept as %s, version %d", kept.Form.Op, kept.Version)
	}
	again, err := h.BeginMemo(t.Context(), programme.As("expert"), programme.MemoStart{Draft: d.Form.Op})
	must(t, err)
	f := again.Form
	if f.Place != "会館" || f.Present != "本人" || f.Held != "2026-08-30" || f.Parts["praise"] != "丁寧" ||
		fmt.Sprint(f.Readers) != "map[praise:[participant]]" || f.Atsugi != "atsugi" || again.Version != 1 || f.DraftVersion != 1 {
		t.Errorf("taken up as %+v", again)
	}
	for _, who := range cast {
		if _, err := h.BeginMemo(t.Context(), programme.As(who), programme.MemoStart{Draft: d.Form.Op}); (err == nil) != (who == "expert") {
			t.Errorf("%s takes it up: %v", who, err)
		}
		if who != "expert" {
			_ = h.DropDraft(t.Context(), programme.As(who), d.Form.Op)
		}
	}
	if len(h.drafts("expert")) != 1 {
		t.Fatal("somebody else dropped it")
	}
	must(t, h.DropDraft(t.Context(), programme.As("expert"), d.Form.Op))
	must(t, h.DropDraft(t.Context(), programme.As("expert"), d.Form.Op))
	if ds := h.drafts("expert"); len(ds) != 0 {
		t.Errorf("dropped, there is %v", ds)
	}
}

// TestWhoKeepsDrafts: those who write memos, each their own.
func TestWhoKeepsDrafts(t *testing.T) {
	h := newHouse(t)
	for _, who := range append(cast, "") {
		d := programme.MemoDraft{Form: memoForm("op-" + string(who))}
		_, err := h.SaveDraft(t.Context(), programme.As(who), d)
		if writes := who == "expert" || who == "other-expert" || who == "senior" || who == "office"; (err == nil) != writes {
			t.Errorf("%q keeps a draft: %v", who, err)
		}
	}
	_, err := h.SaveDraft(t.Context(), programme.As("office"), programme.MemoDraft{Form: memoForm("op-expert"), Version: 1})
	wantCode(t, err, programme.CodeInvalid)
	_, err = h.SaveDraft(t.Context(), programme.Operator, programme.MemoDraft{Form: memoForm("op")})
	wantCode(t, err, programme.CodeDenied)
}

// TestWhatADraftIsNotKeptOf: a form in which nothing is typed, and one that became a memo
// just so.
func TestWhatADraftIsNotKeptOf(t *testing.T) {
	h := newHouse(t)
	h.memo("sent")
	empty := memoForm("empty")
	empty.Parts = map[string]string{"situation": " 　\n"}
	for _, f := range []programme.MemoForm{empty, memoForm("sent")} {
		kept, err := h.SaveDraft(t.Context(), programme.As("expert"), programme.MemoDraft{Form: f})
		must(t, err)
		if kept.Version != 0 || kept.Form.Op != f.Op || len(h.drafts("expert")) != 0 {
			t.Errorf("%s is kept: %+v", f.Op, kept)
		}
	}
	late := memoForm("sent") // closed on another device, with more in it
	late.Parts["praise"] = "もう一言"
	kept, err := h.SaveDraft(t.Context(), programme.As("expert"), programme.MemoDraft{Form: late})
	must(t, err)
	if kept.Version != 1 || kept.Form.Op == "sent" {
		t.Errorf("what came late is %+v", kept)
	}
}

// TestDraftsAreLimited where a form is begun: what is typed into one begun before is kept.
func TestDraftsAreLimited(t *testing.T) {
	h := newHouse(t)
	save := func(op string) error {
		_, err := h.SaveDraft(t.Context(), programme.As("expert"), programme.MemoDraft{Form: memoForm(op)})
		return err
	}
	for n := range 20 {
		must(t, save(fmt.Sprint("op", n)))
	}
	_, err := h.BeginMemo(t.Context(), programme.As("expert"), programme.MemoStart{})
	wantCode(t, err, programme.CodeConflict)
	_, err = h.BeginMemo(t.Context(), programme.As("expert"), programme.MemoStart{Draft: "op3"})
	wantCode(t, err, "")
	for n := 20; n < 40; n++ {
		wantCode(t, save(fmt.Sprint("op", n)), "")
	}
	wantCode(t, save("op40"), programme.CodeConflict)
	wantCode(t, save("op39"), "")
	f := memoForm("long")
	f.Parts["advice"] = strings.Repeat("継", 120_001)
	_, err = h.SaveDraft(t.Context(), programme.As("office"), programme.MemoDraft{Form: f})
	wantCode(t, err, programme.CodeInvalid)
}

// TestAMessageBecomesAMemo: it goes into the first required part, verbatim and marked as a
// quotation; what has no room is not passed over in silence.
func TestAMessageBecomesAMemo(t *testing.T) {
	h := newHouse(t)
	for text, want := range map[string]string{
		"一行\n  二行": "「一行\n  二行」", " ": "", strings.Repeat("継", 2999): "「" + strings.Repeat("継", 2998) + "」",
	} {
		d, err := h.BeginMemo(t.Context(), programme.As("office"), programme.MemoStart{Text: text})
		must(t, err)
		if d.Form.Parts["situation"] != want || d.Cut != (len(text) > 3000) {
			t.Errorf("%.20q becomes %.20q, cut %v", text, d.Form.Parts["situation"], d.Cut)
		}
	}
}

// TestAFormOfASessionOrEventIsFilledAsFarAsIsKnown, and a second press goes on with the
// first one's draft.
func TestAFormOfASessionOrEventIsFilledAsFarAsIsKnown(t *testing.T) {
	h := newHouse(t)
	h.kept("s", nil)
	open := func(s programme.MemoStart) programme.MemoDraft {
		t.Helper()
		d, err := h.BeginMemo(t.Context(), programme.As("expert"), s)
		must(t, err)
		return d
	}
	_, err := h.BeginMemo(t.Context(), programme.As("expert"), programme.MemoStart{Session: "s"})
	wantCode(t, err, programme.CodeConflict) // it is to come
	h.now = sessionStart.AddDate(0, 0, 1)
	h.heldEvent("event", "expert")
	d := open(programme.MemoStart{Session: "s"})
	if f := d.Form; f.Kind != programme.OfSession || f.Atsugi != "atsugi" || f.Held != "2026-09-10" || f.Session != "s" {
		t.Errorf("of the session: %+v", f)
	}
	d.Form.Parts["advice"] = "助言"
	must(t, second(h.SaveDraft(t.Context(), programme.As("expert"), d)))
	if again := open(programme.MemoStart{Session: "s"}); again.Form.Op != d.Form.Op || again.Form.Parts["advice"] != "助言" {
		t.Errorf("pressed again: %+v", again.Form)
	}
	if other := open(programme.MemoStart{Event: "event"}); other.Form.Kind != programme.OfEvent || other.Form.Atsugi != "" ||
		other.Form.Held != "2026-09-11" || other.Form.Place != "会館" || other.Event.ID != "event" {
		t.Errorf("of the event: %+v", other.Form)
	}
	for _, s := range []programme.MemoStart{{Session: "s"}, {Event: "event"}} {
		if _, err := h.BeginMemo(t.Context(), programme.As("other-expert"), s); err == nil {
			t.Errorf("another expert begins one of %+v", s)
		}
	}
}

// device is what one of two devices has on its screen.
type device struct {
	op      string
	version int
	text    string
}

// TestNothingTypedIsLost: two devices open, change, save, send and drop the same form in
// any order. Whatever was saved or sent last by a device is in a memo or a draft, unless
// that device's own owner went on from it, or dropped it.
func TestNothingTypedIsLost(t *testing.T) {
	h := newHouse(t)
	expert := programme.As("expert")
	round := 0
	rapid.Check(t, func(r *rapid.T) {
		round++
		op := fmt.Sprint("round", round)
		screens := []*device{{op: op}, {op: op}}
		live := map[string]bool{} // words that must be somewhere
		words := 0
		form := func(d *device) programme.MemoForm {
			f := memoForm(d.op)
			f.Parts["advice"], f.DraftVersion = "助言 "+d.text, d.version
			return f
		}
		r.Repeat(map[string]func(*rapid.T){
			"type and save": func(r *rapid.T) {
				d := screens[rapid.IntRange(0, 1).Draw(r, "device")]
				was := d.text
				words++
				d.text = fmt.Sprintf("%s-%d.", op, words)
				kept, err := h.SaveDraft(t.Context(), expert, programme.MemoDraft{Form: form(d), Version: d.version})
				if full(err) {
					r.Skip("no room")
				}
				must(r, err)
				if kept.Form.Op == d.op { // it went on from its own words
					delete(live, was)
				}
				d.op, d.version, live[d.text] = kept.Form.Op, kept.Version, true
			},
			"save again": func(r *rapid.T) {
				d := screens[rapid.IntRange(0, 1).Draw(r, "device")]
				if d.text == "" {
					r.Skip("nothing typed")
				}
				_, err := h.SaveDraft(t.Context(), expert, programme.MemoDraft{Form: form(d), Version: d.version})
				if !full(err) {
					must(r, err)
					live[d.text] = true
				}
			},
			"take up": func(r *rapid.T) {
				d := screens[rapid.IntRange(0, 1).Draw(r, "device")]
				got, err := h.BeginMemo(t.Context(), expert, programme.MemoStart{Draft: d.op})
				if err != nil {
					r.Skip("gone")
				}
				*d = device{op: d.op, version: got.Version, text: strings.TrimPrefix(got.Form.Parts["advice"], "助言 ")}
			},
			"send": func(r *rapid.T) {
				d := screens[rapid.IntRange(0, 1).Draw(r, "device")]
				if d.text == "" {
					r.Skip("nothing typed")
				}
				_, err := h.WriteMemo(t.Context(), expert, form(d))
				if e, refused := programme.AsError(err); err == nil || refused && e.Key == "error.memo_kept_before" {
					live[d.text] = true
				}
			},
			"": func(r *rapid.T) {
				there := h.allWords()
				for w := range live {
					if !strings.Contains(there, w) {
						r.Fatalf("%q is nowhere", w)
					}
				}
			},
		})
		for _, d := range h.drafts("expert") {
			must(r, h.DropDraft(t.Context(), expert, d.Form.Op))
		}
	})
}

func full(err error) bool {
	return errors.Is(err, &programme.Error{Code: programme.CodeConflict, Key: "error.memo_drafts_full"})
}

// allWords are the advice of every memo and of every draft of the expert's.
func (h *house) allWords() string {
	h.t.Helper()
	var b strings.Builder
	for _, d := range h.drafts("expert") {
		b.WriteString(d.Form.Parts["advice"])
	}
	h.write(func(tx programme.Tx) error {
		memos, err := tx.Memos(programme.MemoFilter{})
		for _, m := range memos {
			for _, p := range m.Parts {
				b.WriteString(p.Text)
			}
		}
		return err
	})
	return b.String()
}
