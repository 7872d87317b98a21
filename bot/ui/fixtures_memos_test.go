package ui_test

import (
	"slices"
	"testing"
	"time"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// memoFormData is a new form about the atsugi, changed as a case wants it.
func (c cast) memoFormData(change func(*programme.MemoDraft)) ui.MemoFormData {
	d := programme.MemoDraft{
		Form:     programme.MemoForm{Op: "01KOP", Kind: programme.OfSession, Held: "2026-09-04", Parts: map[string]string{}},
		Subjects: []programme.Person{c.atsugi}, Events: []programme.Event{c.workshop},
	}
	if change != nil {
		change(&d)
	}
	return ui.MemoFormData{Draft: d, Parts: c.parts, Today: "2026-09-04"}
}

// memoPage is the memo's page for somebody.
func (c cast) memoPage(v programme.MemoView, me programme.Person) ui.MemoPageData {
	switch me.ID {
	case c.office.ID:
		v.As = []programme.Reader{programme.ReadOffice}
	case c.mentor.ID:
		v.As = []programme.Reader{programme.ReadMentor}
	case c.atsugi.ID:
		v.As = []programme.Reader{programme.ReadParticipant}
	case c.bureau.ID:
		v.As = []programme.Reader{programme.ReadBureau}
	}
	return ui.MemoPageData{View: v, Parts: c.parts, Me: me}
}

// reviewed, shared and corrected are the memo further on its way.
func (c cast) reviewed() programme.MemoView {
	v := c.memo
	v.Memo.Version, v.Memo.Reviewed, v.Memo.ReviewedBy = 1, at(9, 4, 11, 0), c.office.ID
	return v
}

func (c cast) sharedMemo() programme.MemoView {
	v := c.reviewed()
	v.Memo.Shared, v.Memo.SharedVersion = at(9, 5, 9, 30), 1
	return v
}

func (c cast) corrected() programme.MemoView {
	v := c.sharedMemo()
	v.Memo.Version, v.Memo.Reviewed, v.Memo.ReviewedBy = 2, time.Time{}, "" // not looked at yet
	v.Memo.Place, v.Memo.Present = c.workshop.Place, c.topic
	return v
}

// eventMemo is a memo about nobody.
func (c cast) eventMemo() programme.MemoView {
	v := c.reviewed()
	v.Memo.Kind, v.Memo.Event, v.Memo.Atsugi = programme.OfEvent, c.workshop.ID, ""
	v.Atsugi, v.Event = programme.Person{}, c.workshop
	return v
}

// correction is what the atsugi asks to have put right.
func (c cast) correction(state programme.CorrectionState) programme.CorrectionView {
	v := programme.CorrectionView{
		Correction: programme.Correction{ID: "01KCORR", Memo: c.memo.Memo.ID, By: c.atsugi.ID, At: at(9, 5, 12, 0), Text: c.typed, State: state},
		Memo:       c.sharedMemo(), Asker: c.atsugi, Decide: true,
	}
	v.Memo.Memo.Parts = nil
	if state != programme.CorrectionWaits {
		v.Reason, v.Decided = c.typed, at(9, 6, 9, 0)
	}
	return v
}

// drafts are unfinished: about the atsugi, about nobody yet, of an event, of a correction.
func (c cast) drafts() []programme.MemoDraft {
	about := programme.MemoDraft{Version: 2, At: at(9, 4, 8, 30), Atsugi: c.atsugi,
		Form: programme.MemoForm{Op: "01KDRAFT1", Kind: programme.OfSession, Atsugi: c.atsugi.ID, Held: "2026-09-03"}}
	nobody := programme.MemoDraft{Version: 1, At: at(9, 4, 8, 40), Form: programme.MemoForm{Op: "01KDRAFT2", Kind: programme.OfCall, Held: "2026-09-03"}}
	event := programme.MemoDraft{Version: 1, At: at(9, 4, 8, 50), Event: c.workshop,
		Form: programme.MemoForm{Op: "01KDRAFT3", Kind: programme.OfEvent, Event: c.workshop.ID, Held: "2026-09-18"}}
	correction := about
	correction.Form.Op, correction.Memo = "01KDRAFT4", c.memo.Memo.ID
	return []programme.MemoDraft{about, nobody, event, correction}
}

// desk is full of everything.
func (c cast) desk() programme.MemoDesk {
	return programme.MemoDesk{
		Office: true, Drafts: c.drafts(), Review: []programme.MemoView{c.memo, c.corrected()}, ToReview: 30,
		Unshared: []programme.MemoView{c.reviewed(), c.eventMemo()}, ToShare: 2,
		Corrections: []programme.CorrectionView{c.correction(programme.CorrectionWaits)},
		Due: []programme.MemoDue{
			{Session: "01KSESS", Writer: c.mentor, Atsugi: c.atsugi, Since: at(9, 1, 15, 0), Due: at(9, 4, 15, 0), Late: true},
			{Event: c.workshop.ID, Title: c.workshop.Title, Since: at(9, 18, 16, 30)},
		}, ToWrite: 2,
		Questions: []programme.DeskQuestion{{MemoQuestion: c.asked(false).MemoQuestion, View: c.sharedMemo(), Who: c.bureau}},
		Recent:    slices.Repeat([]programme.MemoView{c.sharedMemo()}, 11),
	}
}

func (c cast) memos(t testing.TB, l ui.Locale, out map[string]drawing) {
	card := func(kind programme.NoticeKind, v programme.MemoView) drawing {
		v.Memo.Parts = nil
		return message(t, programme.Matter{Notice: notice(kind), To: c.atsugi, Memo: v}, l)
	}
	out["memo-written"] = card(programme.NoticeMemoWritten, c.memo)
	out["memo-written-reviewed"] = card(programme.NoticeMemoWritten, c.reviewed())
	out["memo-written-shared"] = card(programme.NoticeMemoWritten, c.sharedMemo())
	out["memo-written-event"] = card(programme.NoticeMemoWritten, c.eventMemo())
	out["memo-written-again"] = card(programme.NoticeMemoWritten, c.corrected())
	out["memo-shared"] = card(programme.NoticeMemoShared, c.sharedMemo())
	out["memo-corrected"] = card(programme.NoticeMemoCorrected, c.corrected())
	for name, v := range map[string]programme.MemoView{"": c.memo, "-shared": c.sharedMemo(), "-corrected": c.corrected(), "-event": c.eventMemo()} {
		out["memo-page-office"+name] = view(t, ui.MemoPage(c.memoPage(v, c.office), l))
	}
	out["memo-page-mentor"] = view(t, ui.MemoPage(c.memoPage(c.memo, c.mentor), l))
	out["memo-page-atsugi"] = view(t, ui.MemoPage(c.memoPage(c.corrected(), c.atsugi), l))
	out["memo-page-bureau"] = view(t, ui.MemoPage(c.memoPage(c.sharedMemo(), c.bureau), l))
	c.memoForms(t, l, out)
	c.corrections(t, l, out)
	out["memo-desk"] = view(t, ui.MemoDesk(c.desk(), l))
	out["memo-desk-expert"] = view(t, ui.MemoDesk(programme.MemoDesk{Drafts: c.drafts()[:1]}, l))
	out["memo-desk-empty"] = view(t, ui.MemoDesk(programme.MemoDesk{Office: true}, l))
}

func (c cast) memoForms(t testing.TB, l ui.Locale, out map[string]drawing) {
	filled := func(d *programme.MemoDraft) {
		d.Subjects, d.Version, d.At = []programme.Person{c.atsugi, c.supporter}, 3, at(9, 4, 14, 2)
		d.Form.Kind, d.Form.Atsugi, d.Form.Held = programme.OfCall, c.supporter.ID, "2026-09-01"
		d.Form.Place, d.Form.Present, d.Form.Parts = "笠間工芸会館", "ご家族", map[string]string{"advice": c.typed}
		d.Form.Readers = map[string][]programme.Reader{"advice": {programme.ReadMentor, programme.ReadOffice, programme.ReadBureau}}
	}
	event := func(d *programme.MemoDraft) { d.Form.Kind = programme.OfEvent }
	correction := func(d *programme.MemoDraft) {
		d.Memo, d.Reason, d.Atsugi, d.Latest, d.Cut, d.Form.Corrects = c.memo.Memo.ID, c.typed, c.atsugi, c.corrected().Memo, true, 1
		d.Form.Atsugi, d.Form.Parts = c.atsugi.ID, map[string]string{"situation": c.typed}
		d.Asked = []programme.Correction{c.correction(programme.CorrectionAccepted).Correction}
		d.Openings = []programme.Opening{{Organisation: c.supporter.Organisation, Version: 1, At: at(9, 5, 9, 0)}}
	}
	for name, change := range map[string]func(*programme.MemoDraft){"": nil, "-filled": filled, "-event": event, "-correction": correction} {
		data := c.memoFormData(change)
		out["memo-form"+name] = view(t, ui.MemoForm(data, l))
		out["memo-readers"+name] = view(t, ui.MemoReaders(data, name == "-filled", l))
	}
	apart := c.memoFormData(filled)
	apart.Note, apart.From, apart.Draft.Office = ui.MemoApart, ui.ActionMemoDesk, true
	out["memo-form-apart"] = view(t, ui.MemoForm(apart, l))
	out["memo-readers-office"] = view(t, ui.MemoReaders(apart, false, l))
	out["memo-form-nobody"] = view(t, ui.MemoForm(c.memoFormData(func(d *programme.MemoDraft) { d.Subjects = nil }), l))
}

func (c cast) corrections(t testing.TB, l ui.Locale, out map[string]drawing) {
	for name, state := range map[string]programme.CorrectionState{
		"waits": programme.CorrectionWaits, "yes": programme.CorrectionAccepted, "no": programme.CorrectionRefused,
	} {
		v := c.correction(state)
		out["correction-card-"+name] = message(t, programme.Matter{Notice: notice(programme.NoticeMemoCorrection), Correction: v}, l)
		out["correction-answer-"+name] = view(t, ui.CorrectionAnswer(v, l))
		if state != programme.CorrectionWaits {
			out["correction-decided-"+name] = message(t, programme.Matter{Notice: notice(programme.NoticeMemoDecided), To: c.atsugi, Correction: v}, l)
		}
	}
	out["correction-ask"] = view(t, ui.CorrectionAsk(ui.Form{Op: "01KOP"}, c.memo, l))
	out["correction-decide"] = view(t, ui.CorrectionDecide(ui.Form{Op: "01KOP"}, c.correction(programme.CorrectionWaits), l))
	past := programme.MemoPast{MemoVersion: programme.MemoVersion{Version: 2, At: at(9, 6, 9, 0), By: c.mentor.ID, Reason: c.typed}, Who: c.mentor, View: c.corrected()}
	before := programme.MemoPast{MemoVersion: programme.MemoVersion{Version: 1, At: at(9, 4, 10, 0)}, View: c.memo}
	before.View.Memo.Parts = append([]programme.Part{{Key: "praise", Text: c.typed}, {Key: "situation", Text: c.typed}}, c.memo.Memo.Parts[0])
	out["memo-history"] = view(t, ui.MemoHistory([]programme.MemoPast{past, before}, c.parts, l))
}
