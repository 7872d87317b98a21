package programme_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// TestReadingsAreKnownByOrganisationAndDay: never by name; one's own are not counted, and
// those of memos that one may not open are.
func TestReadingsAreKnownByOrganisationAndDay(t *testing.T) {
	h := newHouse(t)
	h.edit("expert", func(p *programme.Person) { p.Organisation = "継手経営" })
	own := h.memo("op")
	h.Settings.Parts = []programme.PartDef{{Key: "situation", Readers: []programme.Reader{programme.ReadOffice}}}
	f := memoForm("inside")
	f.Parts = map[string]string{"situation": "現状の言葉"}
	inside, err := h.WriteMemo(t.Context(), programme.As("office"), f)
	must(t, err)
	read := func(who programme.PersonID, id programme.MemoID) {
		t.Helper()
		_, err := h.ReadMemo(t.Context(), programme.As(who), id)
		must(t, err)
	}
	read("atsugi", own.ID)
	read("expert", own.ID)
	read("expert", own.ID)
	read("office", inside.ID)
	h.now = h.now.Add(24 * time.Hour)
	read("expert", own.ID)
	k, err := h.KnownAboutMe(t.Context(), programme.As("atsugi"))
	must(t, err)
	want := []programme.KnownReading{
		{Day: "2026-09-02", Organisation: "継手経営", Times: 1},
		{Day: "2026-09-01", Role: programme.Coordinator, Times: 1},
		{Day: "2026-09-01", Organisation: "継手経営", Times: 2},
	}
	if diff := cmp.Diff(want, k.Readings); diff != "" {
		t.Error(diff)
	}
	if len(k.Memos) != 1 || k.Memos[0].Memo.ID != own.ID {
		t.Errorf("memos to open: %v", k.Memos)
	}
}

// TestFilesWithAMemoAreKnown: the digest for the bureau and the office's export, each apart
// from what was read on screen; that the bureau may read it is no reading.
func TestFilesWithAMemoAreKnown(t *testing.T) {
	h := digestHouse(t)
	m := h.memo("op")
	_, err := h.ShareMemos(t.Context(), programme.As("office"), []programme.MemoID{m.ID}, programme.Over{})
	must(t, err)
	h.now = h.now.Add(24 * time.Hour)
	d, err := h.HandOutDigest(t.Context(), digestNotice("d1"))
	must(t, err)
	if len(d.Memos) != 1 {
		t.Fatalf("%d memos in the digest", len(d.Memos))
	}
	_, err = h.ExportMemos(t.Context(), programme.Operator)
	must(t, err)
	k, err := h.KnownAboutMe(t.Context(), programme.As("atsugi"))
	must(t, err)
	want := []programme.KnownReading{
		{Day: "2026-09-02", Role: programme.Bureau, File: programme.CopyDigest, Times: 1},
		{Day: "2026-09-02", Role: programme.Coordinator, File: programme.CopyExport, Times: 1},
	}
	if diff := cmp.Diff(want, k.Readings); diff != "" {
		t.Error(diff)
	}
}

// TestTheOfficesRemarkIsNotShown: a formal request for disclosure is the office's to answer.
func TestTheOfficesRemarkIsNotShown(t *testing.T) {
	h := newHouse(t)
	h.edit("atsugi", func(p *programme.Person) { p.Note = "事務局の備考" })
	k, err := h.KnownAboutMe(t.Context(), programme.As("atsugi"))
	must(t, err)
	if k.Me.ID != "atsugi" || k.Me.Note != "" {
		t.Errorf("%+v", k.Me)
	}
}

// TestOnesOwnDataIsSentThriceADay, each once, to oneself alone.
func TestOnesOwnDataIsSentThriceADay(t *testing.T) {
	h := newHouse(t)
	send := func(who programme.PersonID, op string) error { return h.SendMeAll(t.Context(), programme.As(who), op) }
	for n := range 3 {
		op := fmt.Sprint("op", n)
		must(t, send("atsugi", op))
		must(t, send("atsugi", op)) // the same press again
	}
	wantCode(t, send("atsugi", "op4"), programme.CodeConflict)
	must(t, send("bureau", "op4")) // others have their own three
	if n := h.notices()["own.data p:atsugi"]; n != 3 {
		t.Errorf("%d files for the atsugi, want 3", n)
	}
	h.now = h.now.Add(25 * time.Hour)
	must(t, send("atsugi", "op4"))
	for who, want := range map[programme.PersonID]programme.Code{"left": programme.CodeUnknown, "nobody": programme.CodeNotFound} {
		wantCode(t, send(who, "op"), want)
	}
	wantCode(t, h.SendMeAll(t.Context(), programme.Operator, "op"), programme.CodeDenied)
	n := programme.Notice{Kind: programme.NoticeOwnData, Subject: "atsugi", To: programme.ToPerson("bureau"), Occasion: "op"}
	m, err := h.Matter(t.Context(), n, false)
	must(t, err)
	if m.Withdrawn != "denied" || m.Known.Me.ID != "" {
		t.Errorf("somebody else's file: %q %v", m.Withdrawn, m.Known.Me.ID)
	}
}

// TestWhatSomebodySaidIsKnown: corrections asked for with their answers, how next actions
// stand, and what was asked about a text; of others nothing.
func TestWhatSomebodySaidIsKnown(t *testing.T) {
	h := newHouse(t)
	f := memoForm("op")
	f.Place, f.Present = "京都の工房", "叔父"
	f.Parts[programme.NextActions] = "原価を書き出す"
	m, err := h.WriteMemo(t.Context(), programme.As("expert"), f)
	must(t, err)
	asked, err := h.AskCorrection(t.Context(), programme.As("atsugi"), "ask", m.ID, "父ではなく叔父です")
	must(t, err)
	_, err = h.DecideCorrection(t.Context(), programme.As("office"), asked.ID, false, "録音のとおりです")
	must(t, err)
	l, err := h.Actions(t.Context(), programme.As("atsugi"), "atsugi")
	must(t, err)
	if len(l.Actions) != 1 {
		t.Fatalf("%d next actions", len(l.Actions))
	}
	_, err = h.SayAction(t.Context(), programme.As("atsugi"), l.Actions[0].ID, programme.ActionDone)
	must(t, err)
	k, err := h.KnownAboutMe(t.Context(), programme.As("atsugi"))
	must(t, err)
	if len(k.Corrections) != 1 || k.Corrections[0].Text != "父ではなく叔父です" || k.Corrections[0].Reason != "録音のとおりです" {
		t.Errorf("corrections: %+v", k.Corrections)
	}
	if len(k.Actions) != 1 || k.Actions[0].What != "原価を書き出す" || k.Actions[0].State != programme.ActionDone {
		t.Errorf("next actions: %+v", k.Actions)
	}
	if len(k.Memos) != 1 || k.Memos[0].Memo.Place != "京都の工房" || k.Memos[0].Memo.Present != "叔父" {
		t.Errorf("memos: %+v", k.Memos)
	}
	other, err := h.KnownAboutMe(t.Context(), programme.As("expert"))
	must(t, err)
	if len(other.Corrections)+len(other.Actions)+len(other.Questions) != 0 {
		t.Errorf("the expert has %+v %+v %+v", other.Corrections, other.Actions, other.Questions)
	}
}
