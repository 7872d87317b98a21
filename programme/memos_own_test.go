package programme_test

import (
	"testing"

	"tsugite/programme"
)

// TestTheAtsugiHearsOfAMemoTheyMayRead: once, without content, and not of one in which
// nothing is for them, nor of one that was taken back before they were told.
func TestTheAtsugiHearsOfAMemoTheyMayRead(t *testing.T) {
	office := []programme.Reader{programme.ReadOffice}
	for _, c := range []struct {
		rule    string
		readers map[string][]programme.Reader
		told    int
	}{
		{"as the configuration says", nil, 1},
		{"nothing is for them", map[string][]programme.Reader{"situation": office, "advice": office}, 0},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := newHouse(t)
			m, err := h.WriteMemo(t.Context(), programme.As("expert"), programme.MemoForm{Op: "m", Kind: programme.OfHearing, Atsugi: "atsugi",
				Held: "2026-08-20", Place: "窯場", Parts: map[string]string{"situation": "窯を直した。", "advice": "展示会に出る。"}, Readers: c.readers})
			must(t, err)
			if told := h.notices()["memo.own p:atsugi"]; told != c.told {
				t.Fatalf("they are told %d times, want %d", told, c.told)
			}
			if c.told == 0 {
				return
			}
			look := func() programme.Matter {
				return h.matter(programme.NoticeMemoOwn, string(m.ID), "", programme.ToPerson("atsugi"))
			}
			if got := look(); got.Withdrawn != "" || len(got.Memo.Memo.Parts) > 0 || got.Memo.Memo.Place != "" {
				t.Errorf("withdrawn %q, with %+v", got.Withdrawn, got.Memo.Memo)
			}
			must(t, h.WithdrawMemo(t.Context(), programme.As("office"), m.ID, "別の方のことでした。"))
			if got := look(); got.Withdrawn != "denied" {
				t.Errorf("after it was taken back: %q", got.Withdrawn)
			}
		})
	}
}
