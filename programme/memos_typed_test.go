package programme_test

import (
	"testing"

	"tsugite/programme"
)

// typedOn is what somebody has in a form on a screen.
func typedOn(op, screen, advice string) programme.MemoDraft {
	f := memoForm(op)
	f.Screen, f.Parts = screen, map[string]string{"advice": advice}
	return programme.MemoDraft{Form: f}
}

// TestWhatIsTypedIsKeptAsItIs: each key on one screen goes into one draft; another screen
// never wipes it, and has one of its own.
func TestWhatIsTypedIsKeptAsItIs(t *testing.T) {
	h := newHouse(t)
	expert := programme.As("expert")
	for _, text := range []string{"値", "値札", "値札を"} {
		must(t, h.KeepTyped(t.Context(), expert, typedOn("op", "V1", text)))
		must(t, h.KeepTyped(t.Context(), expert, typedOn("op", "V2", text+"別の")))
	}
	got := map[string]bool{}
	for _, d := range h.drafts("expert") {
		got[d.Form.Parts["advice"]] = true
	}
	if len(got) != 2 || !got["値札を"] || !got["値札を別の"] {
		t.Errorf("kept: %v", got)
	}
	if err := h.KeepTyped(t.Context(), programme.As("atsugi"), typedOn("theirs", "V3", "私")); err == nil {
		t.Error("who writes no memos keeps a draft")
	}
}

// TestAFormThatWasSentLeavesNoDraft, neither of what was typed last and is not in it, nor of
// what is told too late.
func TestAFormThatWasSentLeavesNoDraft(t *testing.T) {
	h := newHouse(t)
	expert := programme.As("expert")
	must(t, h.KeepTyped(t.Context(), expert, typedOn("op", "V1", "消した言葉")))
	f := memoForm("op")
	f.Screen = "V1"
	must(t, second(h.WriteMemo(t.Context(), expert, f)))
	must(t, h.KeepTyped(t.Context(), expert, typedOn("op", "V1", "遅れて届いた言葉")))
	if left := h.drafts("expert"); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}
