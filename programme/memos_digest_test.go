package programme_test

import (
	"slices"
	"testing"

	"tsugite/db"
	"tsugite/programme"
)

func digestNotice(occasion string) programme.Notice {
	return programme.Notice{
		Kind: programme.NoticeMemoDigest, Subject: "memos", Occasion: occasion, To: programme.ToChannel(programme.ChannelBureau),
	}
}

// digestHouse is a house whose bureau gets files.
func digestHouse(t *testing.T) *house {
	h := newHouse(t)
	h.Settings.BureauWay = programme.BureauDigest
	return h
}

// plan leaves a digest to be sent.
func (h *house) plan(occasion string) {
	h.t.Helper()
	n := digestNotice(occasion)
	n.Due = h.now
	must(h.t, h.EnqueueAll(h.t.Context(), []programme.Notice{n}))
}

// handOut is what a digest holds, as the version and the words of advice.
func (h *house) handOut(occasion string) (out []string) {
	h.t.Helper()
	d, err := h.HandOutDigest(h.t.Context(), digestNotice(occasion))
	must(h.t, err)
	for _, m := range d.Memos {
		for _, p := range m.Memo.Parts {
			if p.Key == "advice" {
				out = append(out, p.Text)
			}
			if !slices.Contains(p.Readers, programme.ReadBureau) {
				h.t.Errorf("%s is not for the bureau", p.Key)
			}
		}
	}
	return out
}

// TestADigestHoldsWhatIsNew: each shared version once, without a card, and nothing that was
// taken back; without news there is none.
func TestADigestHoldsWhatIsNew(t *testing.T) {
	h := digestHouse(t)
	first := h.memo("first")
	h.memo("unshared")
	if m := h.matter(programme.NoticeMemoDigest, "memos", "d1", programme.ToChannel(programme.ChannelBureau)); m.Withdrawn == "" {
		t.Error("a digest without news")
	}
	must(t, h.share("office", first.ID))
	if h.notices()["memo.shared c:bureau"] != 0 {
		t.Error("a card beside the file")
	}
	h.plan("d1")
	for range 2 { // the file is made anew after a failure
		if got := h.handOut("d1"); !slices.Equal(got, []string{"助言の言葉"}) {
			t.Errorf("the first file has %q", got)
		}
	}
	h.deliver()
	if got := h.handOut("d2"); len(got) != 0 {
		t.Errorf("the second file has %q again", got)
	}
	second := h.memo("second")
	must(t, h.share("office", second.ID))
	must(t, h.WithdrawMemo(t.Context(), programme.As("office"), second.ID, "別の方の話"))
	_, err := h.correct("expert", first.ID, "c", "advice", "直した助言")
	must(t, err)
	if got := h.handOut("d2"); len(got) != 0 {
		t.Errorf("taken back, or not reviewed: %q", got)
	}
	_, err = h.ReviewMemo(t.Context(), programme.As("office"), first.ID, 2)
	must(t, err)
	d, err := h.HandOutDigest(t.Context(), digestNotice("d2"))
	if err != nil || len(d.Memos) != 1 || !d.Memos[0].Corrected || d.Memos[0].Memo.Version != 2 {
		t.Errorf("the correction: %+v, %v", d, err)
	}
}

// TestWhatDidNotGoOutIsInTheNextDigest.
func TestWhatDidNotGoOutIsInTheNextDigest(t *testing.T) {
	for _, c := range []struct {
		state programme.DeliveryState
		again int
	}{
		{programme.Sent, 0}, {programme.Unknown, 0}, {programme.Pending, 0},
		{programme.Refused, 1}, {programme.Lapsed, 1}, {programme.Cancelled, 1},
	} {
		h := digestHouse(t)
		must(t, h.share("office", h.memo("op").ID))
		h.plan("d1")
		h.handOut("d1")
		store := h.Store.(*db.DB)
		claimed, err := store.Claim(t.Context(), "courier", h.now, 1, 100)
		must(t, err)
		for _, d := range claimed {
			if d.Kind == programme.NoticeMemoDigest {
				_, err := store.Settle(t.Context(), []programme.Outcome{{Delivery: d, State: c.state, NextAt: h.now}})
				must(t, err)
			}
		}
		if got := h.handOut("d2"); len(got) != c.again {
			t.Errorf("%s: the next one has %d", c.state, len(got))
		}
	}
}
