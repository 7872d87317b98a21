package programme_test

import (
	"slices"
	"testing"

	"tsugite/programme"
)

// TestWallsBeforeAShare: what the roster and the atsugi's own list say about who would read.
func TestWallsBeforeAShare(t *testing.T) {
	for _, c := range []struct {
		rule         string
		bank, by     string
		organisation string // of the bureau's reader
		hidden       []programme.Hidden
		want         []programme.WallKind
	}{
		{rule: "nothing is known", organisation: "関東経済産業局"},
		{rule: "no organisation is no bank"},
		{rule: "the own bank, in another width", bank: "ｵｵﾀ銀行", organisation: "オオタ 銀行", want: []programme.WallKind{programme.WallBank}},
		{rule: "another bank", bank: "オオタ銀行", organisation: "サノ銀行"},
		{rule: "who recommended them", by: "足利商工会議所", organisation: "足利商工会議所", want: []programme.WallKind{programme.WallChamber}},
		{rule: "bank and recommender at once", bank: "オオタ銀行", by: "オオタ銀行", organisation: "オオタ銀行",
			want: []programme.WallKind{programme.WallBank, programme.WallChamber}},
		{rule: "a person named privately", hidden: []programme.Hidden{programme.HiddenPerson("bureau")}, want: []programme.WallKind{programme.WallHidden}},
		{rule: "somebody else named privately", hidden: []programme.Hidden{programme.HiddenPerson("senior")}},
		{rule: "an organisation named privately", organisation: "関東経済産業局", hidden: []programme.Hidden{programme.HiddenName("関東経済産業局")},
			want: []programme.WallKind{programme.WallHidden}},
		{rule: "a name that was typed", hidden: []programme.Hidden{programme.HiddenName("試験　ＢＵＲＥＡＵ")}, want: []programme.WallKind{programme.WallHidden}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := newHouse(t)
			h.edit("atsugi", func(p *programme.Person) { p.Bank, p.RecommendedBy = c.bank, c.by })
			h.edit("bureau", func(p *programme.Person) { p.Organisation = c.organisation })
			must(t, h.HideFrom(t.Context(), programme.As("atsugi"), "atsugi", "", c.hidden))
			m := h.memo("op")
			_, err := h.ShareMemos(t.Context(), programme.As("office"), []programme.MemoID{m.ID}, programme.Over{Reason: " "})
			if got := wallKinds(err); !slices.Equal(got, c.want) {
				t.Fatalf("warned of %v, want %v: %v", got, c.want, err)
			}
			if shared := h.memoNow(m.ID).SharedVersion > 0; shared == (len(c.want) > 0) {
				t.Fatalf("shared %v with the walls %v", shared, c.want)
			}
			must(t, h.shareOver("office", "本人の了承を電話で得た", m.ID))
			if h.memoNow(m.ID).SharedVersion != 1 {
				t.Error("with a reason it does not go on")
			}
		})
	}
}

func wallKinds(err error) (kinds []programme.WallKind) {
	for _, w := range programme.WallsOf(err) {
		kinds = append(kinds, w.Kind)
	}
	return kinds
}

// shareOver shares memos past whatever wall is shown.
func (h *house) shareOver(who programme.PersonID, reason string, ids ...programme.MemoID) error {
	h.t.Helper()
	over := programme.Over{Reason: reason}
	_, err := h.ShareMemos(h.t.Context(), programme.As(who), ids, over)
	if ws := programme.WallsOf(err); len(ws) > 0 {
		over.Seen = programme.WallsPrint(ws)
		_, err = h.ShareMemos(h.t.Context(), programme.As(who), ids, over)
	}
	return err
}

// TestAReasonIsForTheWallsThatWereShown: a wall that arose while somebody typed why is shown
// before anything goes out, and says of which memo it is.
func TestAReasonIsForTheWallsThatWereShown(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	h.edit("atsugi", func(p *programme.Person) { p.Name = "檜川 茜" })
	must(t, h.hide("atsugi", "atsugi", programme.HiddenPerson("bureau")))
	share := func(over programme.Over) error {
		_, err := h.ShareMemos(t.Context(), programme.As("office"), []programme.MemoID{m.ID}, over)
		return err
	}
	shown := programme.WallsOf(share(programme.Over{Reason: "前もって書いた理由"}))
	if len(shown) != 1 || shown[0].Memo != m.ID || shown[0].Of != "檜川 茜" {
		t.Fatalf("shown %+v", shown)
	}
	h.edit("atsugi", func(p *programme.Person) { p.Bank = "オオタ銀行" })
	h.edit("bureau", func(p *programme.Person) { p.Organisation = "オオタ銀行" })
	err := share(programme.Over{Reason: "本人の了承済み", Seen: programme.WallsPrint(shown)})
	now := programme.WallsOf(err)
	if len(now) != 2 {
		t.Fatalf("the reason for one wall goes over another: %v", err)
	}
	must(t, share(programme.Over{Reason: "本人の了承済み", Seen: programme.WallsPrint(now)}))
}

// TestTheReasonForAWallIsKeptWithTheCopy, and the audit trail knows the kinds alone.
func TestTheReasonForAWallIsKeptWithTheCopy(t *testing.T) {
	h := newHouse(t)
	must(t, h.HideFrom(t.Context(), programme.As("atsugi"), "atsugi", "", []programme.Hidden{programme.HiddenPerson("bureau")}))
	m := h.memo("op")
	must(t, h.shareOver("office", "本人の了承済み", m.ID))
	s, err := h.SharingOf(t.Context(), programme.As("office"), m.ID)
	must(t, err)
	if len(s.Copies) != 1 || s.Copies[0].Reason != "本人の了承済み" {
		t.Errorf("copies: %+v", s.Copies)
	}
	if details := h.details("memo.share"); !slices.Equal(details, []string{"walls=hidden"}) {
		t.Errorf("the trail says %q", details)
	}
}

// TestAnotherVersionIsNotSharedOnOverAWall: whether the office reviews it or corrects the
// memo, the bureau reads on what it had until somebody says why.
func TestAnotherVersionIsNotSharedOnOverAWall(t *testing.T) {
	for rule, by := range map[string]programme.PersonID{"corrected by the expert, reviewed": "expert", "corrected by the office": "office"} {
		t.Run(rule, func(t *testing.T) {
			h := newHouse(t)
			m := h.memo("op")
			must(t, h.share("office", m.ID))
			must(t, h.hide("atsugi", "atsugi", programme.HiddenPerson("bureau")))
			_, err := h.correct(by, m.ID, "op2", "advice", "別の窯に変えた")
			must(t, err)
			_, err = h.ReviewMemo(t.Context(), programme.As("office"), m.ID, 2)
			must(t, err)
			if now := h.memoNow(m.ID); now.SharedVersion != 1 || now.Reviewed.IsZero() {
				t.Fatalf("the bureau reads version %d; reviewed %v", now.SharedVersion, now.Reviewed)
			}
			if n := h.notices()["memo.corrected_shared c:bureau"]; n != 0 {
				t.Error("the bureau is told of what it does not read")
			}
			must(t, h.shareOver("office", "本人の了承済み", m.ID))
			if now := h.memoNow(m.ID); now.SharedVersion != 2 {
				t.Errorf("with a reason the bureau reads version %d", now.SharedVersion)
			}
		})
	}
}

// details are what the trail says of an action beside its subject.
func (h *house) details(action string) (out []string) {
	h.t.Helper()
	must(h.t, h.Store.Read(h.t.Context(), func(tx programme.Tx) error {
		entries, err := tx.AuditTrail(1000)
		for _, e := range entries {
			if e.Action == action {
				out = append(out, e.Detail)
			}
		}
		return err
	}))
	return out
}

// TestSeveralAreSharedTogetherOrNotAtAll: one that is a wall, gone, not reviewed or taken
// back keeps the others back.
func TestSeveralAreSharedTogetherOrNotAtAll(t *testing.T) {
	for rule, spoil := range map[string]func(*house, programme.MemoID) programme.MemoID{
		"a wall": func(h *house, id programme.MemoID) programme.MemoID {
			h.edit("atsugi", func(p *programme.Person) { p.Bank = "オオタ銀行" })
			h.edit("bureau", func(p *programme.Person) { p.Organisation = "オオタ銀行" })
			return id
		},
		"no memo":      func(*house, programme.MemoID) programme.MemoID { return "no-memo" },
		"not reviewed": func(h *house, _ programme.MemoID) programme.MemoID { return h.memo("third").ID },
		"taken back": func(h *house, id programme.MemoID) programme.MemoID {
			must(h.t, h.WithdrawMemo(h.t.Context(), programme.As("office"), id, "別の方の話"))
			return id
		},
	} {
		t.Run(rule, func(t *testing.T) {
			h := newHouse(t)
			ids := []programme.MemoID{h.memo("first").ID, h.memo("second").ID}
			for _, id := range ids {
				_, err := h.ReviewMemo(t.Context(), programme.As("office"), id, 1)
				must(t, err)
			}
			fault := spoil(h, ids[1])
			if _, err := h.ShareMemos(t.Context(), programme.As("office"), []programme.MemoID{ids[0], fault}, programme.Over{}); err == nil {
				t.Error("went through")
			}
			if h.memoNow(ids[0]).SharedVersion != 0 || h.notices()["memo.shared c:bureau"] != 0 {
				t.Error("the other one is shared")
			}
			must(t, h.shareOver("office", "了承済み", ids[0]))
		})
	}
}

// TestAnExpertWhomTheAtsugiHidesNeedsAReason.
func TestAnExpertWhomTheAtsugiHidesNeedsAReason(t *testing.T) {
	h := newHouse(t)
	must(t, h.HideFrom(t.Context(), programme.As("other-atsugi"), "other-atsugi", "", []programme.Hidden{programme.HiddenPerson("expert")}))
	f := engagementForm("op")
	_, err := h.MakeEngagement(t.Context(), programme.As("office"), f)
	wantCode(t, err, programme.CodeConflict)
	if got := wallKinds(err); !slices.Equal(got, []programme.WallKind{programme.WallHidden}) {
		t.Errorf("warned of %v", got)
	}
	f.Reason = "本人に確かめた"
	_, err = h.MakeEngagement(t.Context(), programme.As("office"), f)
	must(t, err)
	if details := h.details("engagement.make"); !slices.Equal(details, []string{"walls=hidden"}) {
		t.Errorf("the trail says %q", details)
	}
}

// TestTwoAreBroughtTogetherOverAWallWithAReasonAlone: a session without engagement, too, has
// the expert read what is about the atsugi.
func TestTwoAreBroughtTogetherOverAWallWithAReasonAlone(t *testing.T) {
	h := newHouse(t)
	must(t, h.hide("other-atsugi", "other-atsugi", programme.HiddenPerson("expert")))
	f := h.timesForm("op", "", "10 14:00")
	f.Atsugi, f.Mentor = "other-atsugi", "expert"
	_, err := h.BookSession(t.Context(), programme.As("office"), f)
	if e, ok := programme.AsError(err); !ok || e.Field != "over" || !slices.Equal(wallKinds(err), []programme.WallKind{programme.WallHidden}) {
		t.Fatalf("warned of %v", err)
	}
	f.Over = "本人に確かめた"
	_, err = h.BookSession(t.Context(), programme.As("office"), f)
	must(t, err)
	if details := h.details("session.pair"); !slices.Equal(details, []string{"walls=hidden"}) {
		t.Errorf("the trail says %q", details)
	}
}
