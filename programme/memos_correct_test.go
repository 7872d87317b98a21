package programme_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"tsugite/programme"
)

// correctedForm is the memo's form with another word in a part.
func correctedForm(op, part, text string) programme.MemoForm {
	f := memoForm(op)
	f.Parts[part] = text
	return f
}

func (h *house) correct(who programme.PersonID, id programme.MemoID, op, part, text string) (programme.Memo, error) {
	f := correctedForm(op, part, text)
	f.Corrects = h.memoNow(id).Version
	return h.CorrectMemo(context.Background(), programme.As(who), id, f, "聞き違い")
}

// memoNow is the memo as it is stored.
func (h *house) memoNow(id programme.MemoID) (m programme.Memo) {
	h.t.Helper()
	must(h.t, h.Store.Read(context.Background(), func(tx programme.Tx) (err error) {
		m, err = tx.Memo(id)
		return err
	}))
	return m
}

// word is what the person reads in a part of the memo, "" for nothing.
func (h *house) word(who programme.PersonID, id programme.MemoID, part string) string {
	v, err := h.ReadMemo(context.Background(), programme.As(who), id)
	if err != nil {
		return ""
	}
	i := slices.IndexFunc(v.Memo.Parts, func(p programme.Part) bool { return p.Key == part })
	if i < 0 {
		return ""
	}
	return v.Memo.Parts[i].Text
}

// TestWhoDoesWhatWithAMemo is the table of role and act, about somebody else and about
// themself.
func TestWhoDoesWhatWithAMemo(t *testing.T) {
	const denied, missing = programme.CodeDenied, programme.CodeNotFound
	type codes map[programme.PersonID]programme.Code
	nobody := func(c programme.Code, but codes) codes {
		all := codes{"left": programme.CodeUnknown, "nobody": missing}
		for _, who := range cast {
			if _, said := all[who]; !said {
				all[who] = c
			}
		}
		for who, code := range but {
			all[who] = code
		}
		return all
	}
	for _, act := range []struct {
		name string
		do   func(*house, programme.PersonID, programme.Memo, programme.CorrectionID) error
		want codes
	}{
		{"correct", func(h *house, who programme.PersonID, m programme.Memo, _ programme.CorrectionID) error {
			return second(h.correct(who, m.ID, "op-correct", "advice", "直し"))
		}, nobody(missing, codes{"expert": "", "office": "", "atsugi": denied})},
		{"begin a correction", func(h *house, who programme.PersonID, m programme.Memo, _ programme.CorrectionID) error {
			return second(h.BeginMemo(context.Background(), programme.As(who), programme.MemoStart{Correct: m.ID}))
		}, nobody(denied, codes{"expert": "", "office": "", "other-expert": missing, "senior": missing})},
		{"review", func(h *house, who programme.PersonID, m programme.Memo, _ programme.CorrectionID) error {
			return second(h.ReviewMemo(context.Background(), programme.As(who), m.ID, 1))
		}, nobody(denied, codes{"office": ""})},
		{"share", func(h *house, who programme.PersonID, m programme.Memo, _ programme.CorrectionID) error {
			return h.share(who, m.ID)
		}, nobody(denied, codes{"office": ""})},
		{"take back", func(h *house, who programme.PersonID, m programme.Memo, _ programme.CorrectionID) error {
			return h.WithdrawMemo(context.Background(), programme.As(who), m.ID, "誤り")
		}, nobody(denied, codes{"office": ""})},
		{"ask for a correction", func(h *house, who programme.PersonID, m programme.Memo, _ programme.CorrectionID) error {
			return second(h.AskCorrection(context.Background(), programme.As(who), "op-ask", m.ID, "直してください"))
		}, nobody(missing, codes{"atsugi": ""})},
		{"decide", func(h *house, who programme.PersonID, _ programme.Memo, k programme.CorrectionID) error {
			return second(h.DecideCorrection(context.Background(), programme.As(who), k, true, ""))
		}, nobody(denied, codes{"office": ""})},
		{"see the request", func(h *house, who programme.PersonID, _ programme.Memo, k programme.CorrectionID) error {
			return second(h.CorrectionOf(context.Background(), programme.As(who), k))
		}, nobody(missing, codes{"office": "", "atsugi": ""})},
		{"see the history", func(h *house, who programme.PersonID, m programme.Memo, _ programme.CorrectionID) error {
			return second(h.MemoHistory(context.Background(), programme.As(who), m.ID))
		}, nobody(missing, codes{"office": "", "atsugi": "", "expert": ""})},
		{"see the desk", func(h *house, who programme.PersonID, _ programme.Memo, _ programme.CorrectionID) error {
			return second(h.MemoDesk(context.Background(), programme.As(who)))
		}, nobody(denied, codes{"office": "", "expert": "", "other-expert": "", "senior": ""})},
	} {
		for _, who := range append(cast, "themself") {
			t.Run(act.name+" "+string(who), func(t *testing.T) {
				h := newHouse(t)
				m := h.memo("op")
				k, err := h.AskCorrection(t.Context(), programme.As("atsugi"), "asked", m.ID, "違います")
				must(t, err)
				want := act.want[who]
				if who == "themself" { // a coordinator whom the memo is about is its participant alone
					h.joinsTheOffice("atsugi")
					who, want = "atsugi", act.want["atsugi"]
					if act.name == "see the desk" {
						want = ""
					}
					if act.name == "begin a correction" {
						want = denied
					}
				}
				wantCode(t, act.do(h, who, m, k.ID), want)
			})
		}
	}
}

// TestACorrectionIsAVersion with who made it, when and why; the bureau reads on what it had
// until the office looked at it.
func TestACorrectionIsAVersion(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	must(t, h.share("office", m.ID))
	c, err := h.correct("expert", m.ID, "op2", "advice", "直した助言")
	must(t, err)
	if c.Version != 2 || !c.Reviewed.IsZero() || c.SharedVersion != 1 || c.Atsugi != "atsugi" || c.Seq != 1 {
		t.Errorf("corrected it is %+v", c)
	}
	reads := func(step string, want map[programme.PersonID]string) {
		t.Helper()
		for who, word := range want {
			if got := h.word(who, m.ID, "advice"); got != word {
				t.Errorf("%s: %s reads %q, want %q", step, who, got, word)
			}
		}
	}
	reads("corrected", map[programme.PersonID]string{"atsugi": "直した助言", "expert": "直した助言", "office": "直した助言", "bureau": "助言の言葉"})
	if n := h.notices(); n["memo.written c:office"] != 2 || n["memo.corrected p:atsugi"] != 1 || n["memo.corrected_shared c:bureau"] != 0 {
		t.Errorf("told: %v", n)
	}
	_, err = h.ReviewMemo(t.Context(), programme.As("office"), m.ID, 1)
	wantCode(t, err, programme.CodeConflict)
	for range 2 {
		r, err := h.ReviewMemo(t.Context(), programme.As("office"), m.ID, 2)
		if must(t, err); r.SharedVersion != 2 || r.ReviewedBy != "office" {
			t.Errorf("looked at, it is %+v", r)
		}
	}
	reads("looked at", map[programme.PersonID]string{"bureau": "直した助言"})
	if n := h.notices()["memo.corrected_shared c:bureau"]; n != 1 {
		t.Errorf("the bureau is told %d times, want once", n)
	}
	_, err = h.correct("office", m.ID, "op3", "advice", "事務局の直し")
	must(t, err)
	reads("by the office", map[programme.PersonID]string{"bureau": "事務局の直し"})
	if now := h.memoNow(m.ID); now.Version != 3 || now.SharedVersion != 3 || now.ReviewedBy != "office" {
		t.Errorf("by the office it is %+v", now)
	}
	if n := h.notices(); n["memo.corrected p:expert"] != 1 || n["memo.corrected_shared c:bureau"] != 2 {
		t.Errorf("told at last: %v", n)
	}
}

// TestWhatIsNotACorrection is refused beside its field, and leaves the memo as it was.
func TestWhatIsNotACorrection(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	for _, c := range []struct {
		rule, field, reason string
		change              func(*programme.MemoForm)
	}{
		{"without a reason", "reason", " 　", nil},
		{"a reason too long by one", "reason", strings.Repeat("理", 201), nil},
		{"nothing is another", "", "理由", func(f *programme.MemoForm) { f.Parts = memoForm("").Parts }},
		{"a required part emptied", "situation", "理由", func(f *programme.MemoForm) { f.Parts["situation"] = "" }},
		{"a day to come", "held", "理由", func(f *programme.MemoForm) { f.Held = "2027-01-01" }},
		{"an old form", "", "理由", func(f *programme.MemoForm) { f.Op = "" }},
	} {
		f := correctedForm("op-"+c.rule, "advice", "直し")
		f.Corrects = 1
		if c.change != nil {
			c.change(&f)
		}
		_, err := h.CorrectMemo(t.Context(), programme.As("expert"), m.ID, f, c.reason)
		wantCode(t, err, programme.CodeInvalid)
		if e, _ := programme.AsError(err); e == nil || e.Field != c.field {
			t.Errorf("%s: %v, want it beside %q", c.rule, err, c.field)
		}
	}
	if now := h.memoNow(m.ID); now.Version != 1 {
		t.Errorf("it has %d versions", now.Version)
	}
}

// TestWhomAMemoIsOfStays, whatever the form of a correction says; so does who reads a part,
// unless the form says otherwise, and a part that the configuration does not know any more.
func TestWhomAMemoIsOfStays(t *testing.T) {
	h := newHouse(t)
	f := memoForm("op")
	f.Readers = map[string][]programme.Reader{"praise": {programme.ReadMentor}}
	m, err := h.WriteMemo(t.Context(), programme.As("expert"), f)
	must(t, err)
	h.Settings.Parts = slices.DeleteFunc(programme.DefaultParts(), func(d programme.PartDef) bool { return d.Key == "issues" })
	g := correctedForm("op2", "praise", "直した評価")
	g.Kind, g.Atsugi, g.Event, g.Session, g.Corrects = programme.OfEvent, "other-atsugi", "event", "s", 1
	delete(g.Parts, "issues")
	c, err := h.CorrectMemo(t.Context(), programme.As("office"), m.ID, g, "理由")
	must(t, err)
	if c.Kind != programme.OfSession || c.Atsugi != "atsugi" || c.Event != "" || c.Session != "" {
		t.Errorf("it is of %+v", c)
	}
	if got := h.keysOf("atsugi", m.ID); got != "advice next" {
		t.Errorf("the atsugi reads %q: a part that was not for them", got)
	}
	if got := h.word("office", m.ID, "issues"); got != "課題の言葉" {
		t.Errorf("the part without a name any more says %q", got)
	}
}

// TestAWriterWhoReadsNotAllOfIt may not correct it: they would write over what they cannot
// see. Nor may one who advises the atsugi no more.
func TestAWriterWhoReadsNotAllOfIt(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	f := memoForm("op2")
	f.Readers, f.Corrects = map[string][]programme.Reader{"praise": {programme.ReadOffice}}, 1
	must(t, second(h.CorrectMemo(t.Context(), programme.As("office"), m.ID, f, "理由")))
	_, err := h.correct("expert", m.ID, "op3", "advice", "直し")
	wantCode(t, err, programme.CodeDenied)
	n := h.memo("op4")
	h.edit("atsugi", func(p *programme.Person) { p.Mentors = nil })
	_, err = h.correct("expert", n.ID, "op5", "advice", "直し")
	wantCode(t, err, programme.CodeNotFound)
}

// TestACorrectionOfWhatIsNotTheLatestAnyMore is kept as a draft, which says so when it is
// taken up again; the same form twice corrects once.
func TestACorrectionOfWhatIsNotTheLatestAnyMore(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	d, err := h.BeginMemo(t.Context(), programme.As("expert"), programme.MemoStart{Correct: m.ID})
	must(t, err)
	if d.Form.Corrects != 1 || d.Memo != m.ID || d.Form.Parts[programme.Confidential] != "取扱注意の言葉" || d.Atsugi.ID != "atsugi" {
		t.Errorf("the form is %+v", d)
	}
	must(t, second(h.correct("office", m.ID, "office", "advice", "事務局の直し")))
	d.Form.Parts["advice"] = "専門家の直し"
	for range 2 {
		_, err = h.CorrectMemo(t.Context(), programme.As("expert"), m.ID, d.Form, "理由")
		wantCode(t, err, programme.CodeConflict)
	}
	ds := h.drafts("expert")
	if len(ds) != 1 || ds[0].Memo != m.ID || ds[0].Reason != "理由" || ds[0].Form.Parts["advice"] != "専門家の直し" {
		t.Fatalf("drafts are %+v", ds)
	}
	again, err := h.BeginMemo(t.Context(), programme.As("expert"), programme.MemoStart{Correct: m.ID})
	must(t, err)
	if !again.Newer() || again.Form.Corrects != 1 || again.Latest.Version != 2 || again.Form.Op != ds[0].Form.Op {
		t.Errorf("taken up again it is %+v", again)
	}
	again.Form.Over = again.Latest.Version
	for range 2 {
		c, err := h.CorrectMemo(t.Context(), programme.As("expert"), m.ID, again.Form, "理由")
		if must(t, err); c.Version != 3 {
			t.Errorf("it is version %d", c.Version)
		}
	}
	if ds := h.drafts("expert"); len(ds) != 0 {
		t.Errorf("the draft stays: %+v", ds)
	}
}

// TestToSeeANewerVersionIsNotToDecide: however often the form is kept and taken up again, it
// knows that it began with an older one, and writes over nothing until its writer says so, of
// that very version.
func TestToSeeANewerVersionIsNotToDecide(t *testing.T) {
	h := newHouse(t)
	m, expert := h.memo("op"), programme.As("expert")
	d, err := h.BeginMemo(t.Context(), expert, programme.MemoStart{Correct: m.ID})
	must(t, err)
	d.Form.Parts["praise"] = "もう一言"
	must(t, second(h.correct("office", m.ID, "office", "advice", "秘密を除いた助言")))
	for range 3 {
		kept, err := h.SaveDraft(t.Context(), expert, d)
		must(t, err)
		if d, err = h.BeginMemo(t.Context(), expert, programme.MemoStart{Draft: kept.Form.Op}); err != nil || !d.Newer() {
			t.Fatalf("drawn anew, the form knows nothing of the newer version: %v %+v", err, d.Form)
		}
		d.Form.Place += "会館" // something is other each time
	}
	send := func(over int, want programme.Code) {
		t.Helper()
		d.Form.Over = over
		_, err := h.CorrectMemo(t.Context(), expert, m.ID, d.Form, "理由")
		wantCode(t, err, want)
	}
	send(0, programme.CodeConflict)
	if got := h.word("atsugi", m.ID, "advice"); got != "秘密を除いた助言" {
		t.Errorf("the atsugi reads %q again", got)
	}
	must(t, second(h.correct("office", m.ID, "office again", "advice", "短い助言")))
	send(2, programme.CodeConflict)
	if ds := h.drafts("expert"); len(ds) != 1 || ds[0].Form.Parts["praise"] != "もう一言" {
		t.Errorf("what was typed is %+v", ds)
	}
	send(3, "")
}

// TestWhatAnAtsugiAsksFor waits for the office, is answered once, and never more than three
// at a time.
func TestWhatAnAtsugiAsksFor(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	ask := func(op, text string) (programme.Correction, error) {
		return h.AskCorrection(t.Context(), programme.As("atsugi"), op, m.ID, text)
	}
	for _, text := range []string{" ", strings.Repeat("継", 1001)} {
		_, err := ask("bad", text)
		wantCode(t, err, programme.CodeInvalid)
	}
	var asked []programme.Correction
	for _, op := range []string{"one", "one", "two", "three"} {
		k, err := ask(op, "直して "+op)
		must(t, err)
		asked = append(asked, k)
	}
	if asked[0].ID != asked[1].ID || h.notices()["memo.correction c:office"] != 3 {
		t.Errorf("the same form asks twice: %v", h.notices())
	}
	_, err := ask("four", "もう一つ")
	wantCode(t, err, programme.CodeConflict)

	decide := func(k programme.Correction, yes bool, reason string) error {
		return second(h.DecideCorrection(t.Context(), programme.As("office"), k.ID, yes, reason))
	}
	wantCode(t, decide(asked[0], false, " "), programme.CodeInvalid)
	wantCode(t, decide(asked[0], false, strings.Repeat("理", 501)), programme.CodeInvalid)
	wantCode(t, decide(asked[0], false, "記録のとおりです"), "")
	wantCode(t, decide(asked[0], false, "記録のとおりです"), "")
	wantCode(t, decide(asked[0], true, ""), programme.CodeConflict)
	wantCode(t, decide(asked[2], true, ""), "")
	wantCode(t, second(ask("four", "もう一つ")), "")
	if n := h.notices()["memo.decided p:atsugi"]; n != 2 {
		t.Errorf("they are told %d times, want twice", n)
	}
	v, err := h.CorrectionOf(t.Context(), programme.As("atsugi"), asked[0].ID)
	if must(t, err); v.State != programme.CorrectionRefused || v.Reason != "記録のとおりです" || v.Decide || len(v.Memo.Memo.Parts) != 0 {
		t.Errorf("they see %+v", v)
	}
	if now := h.memoNow(m.ID); now.Version != 1 {
		t.Error("a decision alone changed the memo")
	}
}

// TestNewsOfACorrectionGoToThemWhoseWordsAreOthers: an atsugi hears nothing of parts that
// are not theirs, and nobody of what they may not read any more.
func TestNewsOfACorrectionGoToThemWhoseWordsAreOthers(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	must(t, second(h.correct("office", m.ID, "op2", programme.Confidential, "別の取扱注意")))
	if n := h.notices(); n["memo.corrected p:atsugi"] != 0 || n["memo.corrected p:expert"] != 1 {
		t.Errorf("of 取扱注意 they are told: %v", n)
	}
	withdrawn := func(to programme.PersonID, version int) string {
		t.Helper()
		return h.matter(programme.NoticeMemoCorrected, string(m.ID), fmt.Sprint("v", version), programme.ToPerson(to)).Withdrawn
	}
	if got := withdrawn("expert", 2); got != "" {
		t.Errorf("the writer's is withdrawn: %s", got)
	}
	v := h.matter(programme.NoticeMemoCorrected, string(m.ID), "v2", programme.ToPerson("expert")).Memo.Memo
	if len(v.Parts) != 0 || v.Place != "" || v.Present != "" {
		t.Errorf("words go out with the message: %+v", v)
	}
	must(t, second(h.correct("office", m.ID, "op3", "advice", "別の助言")))
	if old, now := withdrawn("expert", 2), withdrawn("expert", 3); old == "" || now != "" {
		t.Errorf("the older news stand: %q, the newer: %q", old, now)
	}
	h.edit("atsugi", func(p *programme.Person) { p.Mentors = nil })
	if withdrawn("expert", 3) == "" {
		t.Error("told of what they may not read any more")
	}
}
