package programme_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"tsugite/programme"
)

func memoForm(op string) programme.MemoForm {
	return programme.MemoForm{
		Op: op, Kind: programme.OfSession, Atsugi: "atsugi", Held: "2026-08-31",
		Parts: map[string]string{
			"situation": "現状の言葉", "issues": "課題の言葉", "advice": "助言の言葉", "next": "今後の言葉",
			"praise": "評価の言葉", programme.Confidential: "取扱注意の言葉",
		},
	}
}

func (h *house) memo(op string) programme.Memo {
	h.t.Helper()
	m, err := h.WriteMemo(context.Background(), programme.As("expert"), memoForm(op))
	if err != nil {
		h.t.Fatal(err)
	}
	return m
}

// share has the person share a memo with the bureau, past whatever wall.
func (h *house) share(who programme.PersonID, id programme.MemoID) error {
	h.t.Helper()
	return h.shareOver(who, "了承済み", id)
}

// TestWhoWritesMemos is the row "memos: writes" of design.md section 5.
func TestWhoWritesMemos(t *testing.T) {
	want := map[programme.PersonID]programme.Code{
		"atsugi": programme.CodeDenied, "other-atsugi": programme.CodeDenied, "supporter": programme.CodeDenied,
		"bureau": programme.CodeDenied, "unpledged": programme.CodeDenied, "new-office": programme.CodeDenied,
		"other-expert": programme.CodeInvalid, "senior": programme.CodeInvalid, // not about this atsugi
		"left": programme.CodeUnknown, "nobody": programme.CodeNotFound,
		"expert": "", "office": "",
	}
	h := newHouse(t)
	for _, who := range cast {
		t.Run(string(who), func(t *testing.T) {
			_, err := h.WriteMemo(t.Context(), programme.As(who), memoForm("op-"+string(who)))
			wantCode(t, err, want[who])
		})
	}
}

// TestWhoReadsWhichParts is the rule of the memo's parts and their readers,
// before and after the office shared it with the bureau.
func TestWhoReadsWhichParts(t *testing.T) {
	const (
		all      = "situation issues advice next praise confidential"
		core     = "situation issues advice next praise"
		forThem  = "advice next praise"
		nothing  = ""
		unshared = 0
		shared   = 1
	)
	want := map[programme.PersonID][2]string{
		"atsugi": {forThem, forThem}, "expert": {all, all}, "office": {all, all}, "bureau": {nothing, core},
	}
	h := newHouse(t)
	m := h.memo("op")
	for stage := unshared; stage <= shared; stage++ {
		for _, who := range cast {
			v, err := h.ReadMemo(t.Context(), programme.As(who), m.ID)
			var got []string
			for _, p := range v.Memo.Parts {
				got = append(got, p.Key)
			}
			if expect := want[who][stage]; strings.Join(got, " ") != expect {
				t.Errorf("stage %d: %s reads %q, want %q", stage, who, got, expect)
			}
			if (err == nil) != (len(got) > 0) {
				t.Errorf("stage %d: %s: error %v with parts %q", stage, who, err, got)
			}
		}
		must(t, h.share("office", m.ID))
	}
}

// TestWhoSharesMemos: the office alone, and twice is once.
func TestWhoSharesMemos(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	for _, who := range cast {
		if who == "office" {
			continue
		}
		if err := h.share(who, m.ID); err == nil {
			t.Errorf("%s could share", who)
		}
	}
	for range 2 {
		wantCode(t, h.share("office", m.ID), "")
	}
	if n := h.notices()["memo.shared c:bureau"]; n != 1 {
		t.Errorf("the bureau is told %d times, want once", n)
	}
}

func TestSameFormIsKeptOnce(t *testing.T) {
	h := newHouse(t)
	first, second := h.memo("op"), h.memo("op")
	if first.ID != second.ID {
		t.Errorf("the repeat was kept as %s beside %s", second.ID, first.ID)
	}
	if n := h.notices()["memo.written c:office"]; n != 1 {
		t.Errorf("the office is told %d times, want once", n)
	}
}

func TestMemoFormRefuses(t *testing.T) {
	h := newHouse(t)
	for _, c := range []struct {
		rule, field string
		change      func(*programme.MemoForm)
	}{
		{"a day to come", "held", func(f *programme.MemoForm) { f.Held = "2026-09-02" }},
		{"a place too long by one", "place", func(f *programme.MemoForm) { f.Place = strings.Repeat("京", 201) }},
		{"people present too long by one", "present", func(f *programme.MemoForm) { f.Present = strings.Repeat("継", 501) }},
		{"an event that is not named", "event", func(f *programme.MemoForm) { f.Kind = programme.OfEvent }},
		{"a kind that there is not", "kind", func(f *programme.MemoForm) { f.Kind = "gossip" }},
		{"an atsugi that there is not", "atsugi", func(f *programme.MemoForm) { f.Atsugi = "who" }},
		{"somebody who is no atsugi", "atsugi", func(f *programme.MemoForm) { f.Atsugi = "bureau" }},
		{"a required part with spaces only", "situation", func(f *programme.MemoForm) { f.Parts["situation"] = "　 \n" }},
		{"a part too long by one", "advice", func(f *programme.MemoForm) { f.Parts["advice"] = strings.Repeat("継", 3001) }},
		{"a form without an operation", "", func(f *programme.MemoForm) { f.Op = "" }},
	} {
		t.Run(c.rule, func(t *testing.T) {
			f := memoForm("op-" + c.rule)
			c.change(&f)
			_, err := h.WriteMemo(t.Context(), programme.As("expert"), f)
			wantCode(t, err, programme.CodeInvalid)
			if e, ok := programme.AsError(err); ok && e.Field != c.field {
				t.Errorf("stands beside %q, want %q", e.Field, c.field)
			}
		})
	}
	if len(h.notices()) != 0 {
		t.Errorf("refused forms left notices: %v", h.notices())
	}
}

// TestNoConfigurationOpensConfidentialOrClosesCore: two rules stand above the file.
func TestNoConfigurationOpensConfidentialOrClosesCore(t *testing.T) {
	h := newHouse(t)
	h.Settings.Parts = []programme.PartDef{
		{Key: "situation", Core: true, Readers: []programme.Reader{programme.ReadMentor}},
		{Key: programme.Confidential, Readers: []programme.Reader{programme.ReadBureau, programme.ReadParticipant, programme.ReadPublic}},
	}
	m := h.memo("op")
	must(t, h.share("office", m.ID))
	v, err := h.ReadMemo(t.Context(), programme.As("bureau"), m.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Memo.Parts) != 1 || v.Memo.Parts[0].Key != "situation" {
		t.Errorf("the bureau reads %v", v.Memo.Parts)
	}
	if _, err := h.ReadMemo(t.Context(), programme.As("atsugi"), m.ID); err == nil {
		t.Error("the atsugi reads a part that is not theirs")
	}
}

func TestListedMemosCanBeOpened(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	for _, who := range cast {
		home, err := h.Home(t.Context(), programme.As(who))
		if err != nil && who != "left" && who != "nobody" {
			t.Fatalf("%s: %v", who, err)
		}
		listed := slices.ContainsFunc(home.Memos, func(v programme.MemoView) bool { return v.Memo.ID == m.ID })
		_, err = h.ReadMemo(t.Context(), programme.As(who), m.ID)
		if listed != (err == nil) {
			t.Errorf("%s: listed %v, opening says %v", who, listed, err)
		}
	}
}

// TestOnesOwnMemosAreReadAsAParticipant, by a coordinator and by somebody of the bureau as
// well, opened and on Home; memos about others are read as before.
func TestOnesOwnMemosAreReadAsAParticipant(t *testing.T) {
	for role, others := range map[programme.Role]int{programme.Coordinator: 6, programme.Bureau: 5} {
		h := newHouse(t)
		h.joinsTheOffice("atsugi")
		h.edit("atsugi", func(p *programme.Person) { p.Roles = []programme.Role{programme.Atsugi, role} })
		h.engaged("e")
		about := func(op string, atsugi programme.PersonID) programme.MemoID {
			f := memoForm(op)
			f.Atsugi = atsugi
			m, err := h.WriteMemo(t.Context(), programme.As("expert"), f)
			must(t, err)
			must(t, h.share("office", m.ID))
			return m.ID
		}
		for id, want := range map[programme.MemoID]int{about("theirs", "other-atsugi"): others, about("own", "atsugi"): 3} {
			v, err := h.ReadMemo(t.Context(), programme.As("atsugi"), id)
			if err != nil || len(v.Memo.Parts) != want {
				t.Errorf("%s: %d parts of a memo about %s, want %d: %v", role, len(v.Memo.Parts), v.Atsugi.ID, want, err)
			}
			i := slices.IndexFunc(h.home("atsugi").Memos, func(v programme.MemoView) bool { return v.Memo.ID == id })
			if i < 0 || len(h.home("atsugi").Memos[i].Memo.Parts) != want {
				t.Errorf("%s: on Home at %d, with other parts than opened", role, i)
			}
		}
	}
}

// TestMemosAboutThemselfLeaveRoomForOthers: a coordinator's list is as long as ever,
// although the latest memos are about them and have nothing for them.
func TestMemosAboutThemselfLeaveRoomForOthers(t *testing.T) {
	h := newHouse(t)
	h.joinsTheOffice("atsugi")
	h.engaged("e")
	h.Settings.Parts = []programme.PartDef{{Key: "situation", Readers: []programme.Reader{programme.ReadOffice}}}
	for n := range 12 { // more than Home has room for
		f := memoForm(fmt.Sprint("op", n))
		f.Parts = map[string]string{"situation": "現状の言葉"}
		if n == 0 {
			f.Atsugi = "other-atsugi"
		}
		_, err := h.WriteMemo(t.Context(), programme.As("office"), f)
		must(t, err)
	}
	if memos := h.home("atsugi").Memos; len(memos) != 1 || memos[0].Memo.Atsugi != "other-atsugi" {
		t.Errorf("%d memos on Home: %+v", len(memos), memos)
	}
}
