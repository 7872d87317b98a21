package programme_test

import (
	"testing"
	"time"

	"tsugite/programme"
)

// askedAndAccepted is a memo of which its atsugi asked something to be put right, and the
// office said yes.
func askedAndAccepted(t *testing.T, h *house) (programme.Memo, programme.Correction) {
	t.Helper()
	m := h.memo("op")
	k, err := h.AskCorrection(t.Context(), programme.As("atsugi"), "ask", m.ID, "父ではなく叔父です")
	must(t, err)
	k, err = h.DecideCorrection(t.Context(), programme.As("office"), k.ID, true, "ありがとうございます")
	must(t, err)
	return m, k
}

// open are the requests on the office's desk.
func (h *house) openCorrections(t *testing.T) int {
	t.Helper()
	desk, err := h.MemoDesk(t.Context(), programme.As("office"))
	must(t, err)
	return len(desk.Corrections)
}

// TestACorrectionThatWasAgreedToIsOpenUntilItIsMade: on the desk it stays, who asked hears of
// it before the others, once, and on the memo's page they find it as it stands.
func TestACorrectionThatWasAgreedToIsOpenUntilItIsMade(t *testing.T) {
	h := newHouse(t)
	m, k := askedAndAccepted(t, h)
	if n := h.openCorrections(t); n != 1 {
		t.Fatalf("%d requests on the desk after yes alone", n)
	}
	said := func(occasion string) string {
		t.Helper()
		return h.matter(programme.NoticeMemoDecided, string(k.ID), occasion, programme.ToPerson("atsugi")).Withdrawn
	}
	if said("yes") != "" {
		t.Error("the answer does not go out")
	}
	for who, want := range map[programme.PersonID]int{"office": 1, "expert": 0} {
		d, err := h.BeginMemo(t.Context(), programme.As(who), programme.MemoStart{Correct: m.ID})
		if must(t, err); len(d.Asked) != want || want > 0 && d.Asked[0].Text != "父ではなく叔父です" {
			t.Errorf("on the form of %s stands %+v", who, d.Asked)
		}
	}
	must(t, second(h.correct("office", m.ID, "op2", "advice", "叔父と話す")))
	if n := h.openCorrections(t); n != 0 {
		t.Errorf("%d requests on the desk after the correction", n)
	}
	if n := h.notices(); n["memo.decided p:atsugi"] != 2 || n["memo.corrected p:atsugi"] != 0 {
		t.Errorf("who asked is told: %v", n)
	}
	if said("yes") == "" || said("v2") != "" {
		t.Error("the older answer goes out, or the newer does not")
	}
	s, err := h.SharingOf(t.Context(), programme.As("atsugi"), m.ID)
	if must(t, err); len(s.Asked) != 1 || s.Asked[0].Made != 2 || s.Asked[0].Text != "父ではなく叔父です" {
		t.Errorf("on the memo's page they find %+v", s.Asked)
	}
	for _, other := range []programme.PersonID{"expert"} {
		if s, err := h.SharingOf(t.Context(), programme.As(other), m.ID); err != nil || len(s.Asked) != 0 {
			t.Errorf("%s finds %+v %v", other, s.Asked, err)
		}
	}
}

// TestAfterYesTheOfficeMayStillSayNo, with a reason, until the memo is corrected.
func TestAfterYesTheOfficeMayStillSayNo(t *testing.T) {
	h := newHouse(t)
	m, k := askedAndAccepted(t, h)
	decide := func(yes bool, reason string) error {
		return second(h.DecideCorrection(t.Context(), programme.As("office"), k.ID, yes, reason))
	}
	wantCode(t, decide(true, "ありがとうございます"), "")
	wantCode(t, decide(true, "別の言葉"), programme.CodeConflict)
	wantCode(t, decide(false, " "), programme.CodeInvalid)
	wantCode(t, decide(false, "記録のとおりでした"), "")
	if n := h.openCorrections(t); n != 0 || h.notices()["memo.decided p:atsugi"] != 2 {
		t.Errorf("%d on the desk, told %v", n, h.notices())
	}
	must(t, second(h.correct("office", m.ID, "op2", "advice", "叔父と話す")))
	if n := h.notices()["memo.decided p:atsugi"]; n != 2 {
		t.Errorf("told %d times: the correction was not the one they asked for", n)
	}
}

// TestTheWritersCorrectionIsTheOneAskedFor once the office looked at it, and only if it was
// written after the office agreed.
func TestTheWritersCorrectionIsTheOneAskedFor(t *testing.T) {
	h := newHouse(t)
	m, _ := askedAndAccepted(t, h)
	h.now = h.now.Add(time.Minute)
	must(t, second(h.correct("expert", m.ID, "op2", "advice", "叔父と話す")))
	if n := h.openCorrections(t); n != 1 {
		t.Fatalf("%d requests on the desk before the office looked", n)
	}
	late, err := h.AskCorrection(t.Context(), programme.As("atsugi"), "late", m.ID, "日付も")
	must(t, err)
	h.now = h.now.Add(time.Minute)
	must(t, second(h.DecideCorrection(t.Context(), programme.As("office"), late.ID, true, "")))
	must(t, second(h.ReviewMemo(t.Context(), programme.As("office"), m.ID, 2)))
	desk, err := h.MemoDesk(t.Context(), programme.As("office"))
	if must(t, err); len(desk.Corrections) != 1 || desk.Corrections[0].ID != late.ID {
		t.Errorf("on the desk is %+v", desk.Corrections)
	}
}

// TestOrganisationsStayWithTheVersionThatWasOpened, which every reader's page can name, and of
// which the atsugi hears when the memo is corrected, until they open the newer one.
func TestOrganisationsStayWithTheVersionThatWasOpened(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	const bank = "つむぎ信用金庫"
	h.edit("supporter", func(p *programme.Person) { p.Organisation = bank })
	open := func(version int) {
		t.Helper()
		must(t, h.OpenToOrganisation(t.Context(), programme.As("atsugi"), m.ID, version, bank, true))
	}
	open(1)
	for _, who := range []programme.PersonID{"atsugi", "expert", "office", "supporter"} {
		s, err := h.SharingOf(t.Context(), programme.As(who), m.ID)
		if must(t, err); !s.Opened || len(s.Openings) != 1 || s.Openings[0].Organisation != bank {
			t.Errorf("%s finds %+v", who, s.Openings)
		}
	}
	must(t, second(h.ShareMemos(t.Context(), programme.As("office"), []programme.MemoID{m.ID}, programme.Over{})))
	if s, err := h.SharingOf(t.Context(), programme.As("bureau"), m.ID); err != nil || !s.Opened || len(s.Openings) != 0 {
		t.Errorf("the bureau finds %v %+v: that it is open, not to whom", err, s)
	}
	must(t, second(h.correct("office", m.ID, "op2", "advice", "借入の話")))
	behind := func(to programme.PersonID) bool {
		t.Helper()
		return h.matter(programme.NoticeMemoCorrected, string(m.ID), "v2", programme.ToPerson(to)).Earlier
	}
	if !behind("atsugi") || behind("expert") {
		t.Error("not the atsugi alone hears that an organisation reads the earlier version")
	}
	if h.word("supporter", m.ID, "advice") == "借入の話" {
		t.Error("the organisation reads what was not opened to it")
	}
	open(2)
	if behind("atsugi") || h.word("supporter", m.ID, "advice") != "借入の話" {
		t.Error("opened anew, the newer version is not read")
	}
}
