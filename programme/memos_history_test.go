package programme_test

import (
	"fmt"
	"strings"
	"testing"

	"tsugite/programme"
)

// TestHistoryShowsEachReaderTheirVersions: why it was corrected is for those inside, a
// version that is the same to a reader is left out, and the bureau has the one that was
// shared with it.
func TestHistoryShowsEachReaderTheirVersions(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	must(t, h.share("office", m.ID))
	must(t, second(h.ReadMemo(t.Context(), programme.As("atsugi"), m.ID)))
	f := memoForm("op2")
	f.Corrects, f.Parts[programme.Confidential] = 1, "別の取扱注意"
	must(t, second(h.CorrectMemo(t.Context(), programme.As("expert"), m.ID, f, "内々の理由")))
	f.Op, f.Corrects, f.Parts["advice"] = "op3", 2, "別の助言"
	must(t, second(h.CorrectMemo(t.Context(), programme.As("expert"), m.ID, f, "聞き違い")))
	for who, want := range map[programme.PersonID]string{
		"office": "3 聞き違い expert 6, 2 内々の理由 expert 6, 1  expert 6",
		"expert": "3 聞き違い expert 6, 2 内々の理由 expert 6, 1  expert 6",
		"atsugi": "3  expert 3, 1  expert 3",
		"bureau": "1  expert 5",
	} {
		past, err := h.MemoHistory(t.Context(), programme.As(who), m.ID)
		must(t, err)
		var got []string
		for _, p := range past {
			got = append(got, fmt.Sprintf("%d %s %s %d", p.Version, p.Reason, p.Who.ID, len(p.View.Memo.Parts)))
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s sees %q, want %q", who, strings.Join(got, ", "), want)
		}
	}
	f.Op, f.Corrects, f.Readers = "op4", 3, map[string][]programme.Reader{"advice": {programme.ReadMentor}}
	must(t, second(h.CorrectMemo(t.Context(), programme.As("expert"), m.ID, f, "本人に見せない")))
	past, err := h.MemoHistory(t.Context(), programme.As("atsugi"), m.ID)
	if must(t, err); len(past) != 1 || len(past[0].View.Memo.Parts) != 2 {
		t.Errorf("what is not for them any more is in the history: %+v", past)
	}
	n := map[programme.PersonID]int{}
	h.write(func(tx programme.Tx) error {
		readings, err := tx.Readings(m.ID)
		for _, r := range readings {
			n[r.Person]++
		}
		return err
	})
	if n["office"] != 3 || n["atsugi"] != 4 || n["bureau"] != 1 {
		t.Errorf("readings are %v: each version that is shown is one", n)
	}
}

// TestWhatWasPutRightBeforeItWasReadIsNotInTheHistory of whom it concerns.
func TestWhatWasPutRightBeforeItWasReadIsNotInTheHistory(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	f := memoForm("op2")
	f.Corrects, f.Parts["advice"] = 1, "よその会社の話を除いた助言"
	must(t, second(h.CorrectMemo(t.Context(), programme.As("office"), m.ID, f, "よその会社の話")))
	past, err := h.MemoHistory(t.Context(), programme.As("atsugi"), m.ID)
	if must(t, err); len(past) != 1 || past[0].Version != 2 {
		t.Errorf("the atsugi finds %+v", past)
	}
	past, err = h.MemoHistory(t.Context(), programme.As("expert"), m.ID)
	if must(t, err); len(past) != 2 {
		t.Errorf("the expert finds %d versions", len(past))
	}
}

// TestDeskListsWhatIsToBeDone: for the office what waits for it, oldest first and not about
// the reader themself; for an expert their own.
func TestDeskListsWhatIsToBeDone(t *testing.T) {
	h := newHouse(t)
	first, next, own := h.memo("first"), h.memo("next"), h.memo("own")
	h.kept("s", nil)
	h.now = sessionStart.AddDate(0, 0, 1)
	k, err := h.AskCorrection(t.Context(), programme.As("atsugi"), "ask", first.ID, "直して")
	must(t, err)
	must(t, second(h.ReviewMemo(t.Context(), programme.As("office"), next.ID, 1)))
	must(t, h.WithdrawMemo(t.Context(), programme.As("office"), own.ID, "誤り"))
	draft := programme.MemoDraft{Form: memoForm("draft")}
	must(t, second(h.SaveDraft(t.Context(), programme.As("expert"), draft)))

	desk := func(who programme.PersonID) string {
		t.Helper()
		d, err := h.MemoDesk(t.Context(), programme.As(who))
		must(t, err)
		var b strings.Builder
		for _, x := range d.Drafts {
			fmt.Fprintf(&b, "draft %s %s;", x.Form.Op, x.Atsugi.ID)
		}
		for _, v := range d.Review {
			fmt.Fprintf(&b, "review %s;", v.Memo.ID)
			if len(v.Memo.Parts) > 0 {
				t.Error("a title has parts")
			}
		}
		for _, v := range d.Unshared {
			fmt.Fprintf(&b, "share %s;", v.Memo.ID)
		}
		for _, c := range d.Corrections {
			fmt.Fprintf(&b, "decide %s;", c.ID)
		}
		for _, x := range d.Due {
			fmt.Fprintf(&b, "write %s%s;", x.Session, x.Event)
		}
		return b.String()
	}
	offices := fmt.Sprintf("review %s;share %s;decide %s;write s;", first.ID, next.ID, k.ID)
	for who, want := range map[programme.PersonID]string{"office": offices, "expert": "draft draft atsugi;write s;", "other-expert": ""} {
		if got := desk(who); got != want {
			t.Errorf("%s: %q, want %q", who, got, want)
		}
	}
	h.joinsTheOffice("atsugi")
	if got := desk("atsugi"); got != "" {
		t.Errorf("a coordinator's desk has what is about them: %q", got)
	}
}
