package ui_test

import (
	"testing"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// receipts are what the bureau said of a memo that was corrected.
func (c cast) receipts() []programme.MemoReceiptView {
	first := programme.MemoReceiptView{MemoReceipt: programme.MemoReceipt{Version: 1, Person: c.bureau.ID, At: at(9, 6, 10, 0)}, Who: c.bureau}
	second := first
	second.Version, second.At = 2, at(9, 12, 10, 0)
	return []programme.MemoReceiptView{first, second}
}

// asked is a question of the bureau, answered or not.
func (c cast) asked(answered bool) programme.MemoQuestionView {
	q := programme.MemoQuestionView{MemoQuestion: programme.MemoQuestion{ID: "01KQ", By: c.bureau.ID, At: at(9, 7, 9, 0), Text: c.words("直販は、いつからですか。")}, Who: c.bureau}
	if answered {
		q.Answer, q.Answered, q.AnsweredBy = c.words("昨年の春からです。"), at(9, 8, 9, 0), c.office.ID
	}
	return q
}

// wallsOfMemos are the walls of several memos.
func (c cast) wallsOfMemos(ids []programme.MemoID) (ws []programme.Wall) {
	for _, id := range ids {
		for _, w := range c.walls() {
			w.Memo, w.Of = id, c.memo.Atsugi.Name
			ws = append(ws, w)
		}
	}
	return ws
}

// walls are all warnings that there are.
func (c cast) walls() []programme.Wall {
	return []programme.Wall{{Kind: programme.WallBank, Who: c.words("笠間信用金庫")}, {Kind: programme.WallChamber, Who: c.words("笠間商工会")}, {Kind: programme.WallHidden, Who: c.bureau.Name}}
}

// shares draws what becomes of a memo once it is written.
func (c cast) shares(t testing.TB, l ui.Locale, out map[string]drawing) {
	letter := func(name string, kind programme.NoticeKind, change func(*programme.Matter)) {
		m := programme.Matter{Notice: notice(kind), Memo: c.memo, Person: c.bureau}
		m.Memo.Memo.Parts, m.Memo.Memo.Version, m.Memo.Memo.Shared, m.Memo.Memo.SharedVersion = nil, 1, at(9, 5, 9, 30), 1
		change(&m)
		out[name] = message(t, m, l)
	}
	letter("memo-confirmed", programme.NoticeMemoShared, func(m *programme.Matter) { m.Receipts = c.receipts()[:1] })
	letter("memo-reshared", programme.NoticeMemoReshared, func(m *programme.Matter) {
		m.Receipts, m.Memo.Memo.Version, m.Memo.Memo.SharedVersion = c.receipts(), 2, 2
	})
	letter("memo-shared-gone", programme.NoticeMemoShared, func(m *programme.Matter) { m.Memo.Memo.Withdrawn = at(9, 20, 9, 0) })
	letter("memo-corrected-earlier", programme.NoticeMemoCorrected, func(m *programme.Matter) { m.Earlier = true })
	letter("memo-withdrawn", programme.NoticeMemoWithdrawn, func(m *programme.Matter) { m.Memo.Memo.Withdrawn = at(9, 20, 9, 0) })
	letter("memo-withdrawn-writer", programme.NoticeMemoWithdrawn, func(m *programme.Matter) {
		m.Memo.Memo.Withdrawn, m.Person = at(9, 20, 9, 0), c.office
		m.TakenBack = programme.MemoWithdrawal{Memo: m.Memo.Memo.ID, By: c.office.ID, At: at(9, 20, 9, 0), Reason: c.words("別の方の話が入っていた")}
	})
	letter("question-card", programme.NoticeMemoQuestion, func(m *programme.Matter) { m.MemoQuestion = c.asked(false).MemoQuestion })
	letter("question-card-answered", programme.NoticeMemoQuestion, func(m *programme.Matter) { m.MemoQuestion = c.asked(true).MemoQuestion })
	letter("question-asked", programme.NoticeMemoAsked, func(m *programme.Matter) { m.MemoQuestion = c.asked(false).MemoQuestion })
	letter("question-answer", programme.NoticeMemoAnswer, func(m *programme.Matter) { m.MemoQuestion = c.asked(true).MemoQuestion })
	c.sharingPages(t, l, out)
	c.sharingForms(t, l, out)
}

func (c cast) sharingPages(t testing.TB, l ui.Locale, out map[string]drawing) {
	memo := c.memo.Memo
	memo.Parts, memo.Version, memo.Reviewed, memo.Shared, memo.SharedVersion = nil, 2, at(9, 10, 9, 0), at(9, 5, 9, 30), 1
	page := func(name string, v programme.MemoView, me programme.Person, s programme.MemoSharing) {
		out[name] = view(t, ui.MemoPage(ui.MemoPageData{View: v, Parts: c.parts, Me: me, Sharing: s}, l))
	}
	opened := []programme.Opening{{Memo: memo.ID, Organisation: c.supporter.Organisation, Version: 1, At: at(9, 9, 9, 0)},
		{Memo: memo.ID, Organisation: "閉じた機関", At: at(9, 9, 9, 0), Closed: at(9, 10, 9, 0)}}
	toBureau := programme.ToChannel(programme.ChannelBureau)
	made := c.correction(programme.CorrectionAccepted).Correction
	made.Made = 2
	asked := []programme.Correction{made, c.correction(programme.CorrectionRefused).Correction, c.correction(programme.CorrectionWaits).Correction}
	s := programme.MemoSharing{
		Memo: memo, Office: true, Receipts: c.receipts(), Openings: opened, Asked: asked,
		Questions: []programme.MemoQuestionView{c.asked(true), c.asked(false)},
		Copies: []programme.Copy{
			{Kind: programme.CopyShared, Version: 1, To: toBureau, At: at(9, 5, 9, 30), Reason: c.words("本人の了承を得た")},
			{Kind: programme.CopyDigest, Version: 1, To: toBureau, At: at(9, 6, 9, 0)},
			{Kind: programme.CopyOpened, Version: 1, To: programme.ToOrganisation(c.supporter.Organisation), At: at(9, 9, 9, 0)},
		},
	}
	v := c.memo
	v.As = []programme.Reader{programme.ReadOffice}
	page("memo-page-office", v, c.office, s)
	unread := c.memo.Memo
	unread.Version = 1
	page("memo-page-office-unread", v, c.office, programme.MemoSharing{Memo: unread, Office: true})
	s.Memo.Withdrawn = at(9, 20, 9, 0)
	s.Withdrawn = programme.MemoWithdrawal{Memo: memo.ID, By: c.office.ID, At: at(9, 20, 9, 0), Reason: c.words("別の方の話が入っていた")}
	page("memo-page-withdrawn", v, c.office, s)
	v.As = []programme.Reader{programme.ReadBureau}
	page("memo-page-bureau", v, c.bureau, programme.MemoSharing{Memo: memo, Bureau: true, Receipts: c.receipts()[:1], Questions: s.Questions})
	v.As = []programme.Reader{programme.ReadParticipant}
	page("memo-page-own", v, c.atsugi, programme.MemoSharing{Memo: memo, Own: true, Openings: opened, Asked: asked})
}

// standing are walls of every kind where something was given already.
func (c cast) standing() []programme.StandingWall {
	return []programme.StandingWall{
		{Wall: programme.Wall{Kind: programme.WallHidden, Who: c.bureau.Name}, Given: programme.GivenBureau},
		{Wall: programme.Wall{Kind: programme.WallHidden, Who: c.mentor.Name}, Given: programme.GivenAssigned},
		{Wall: programme.Wall{Kind: programme.WallBank, Who: c.supporter.Organisation}, Given: programme.GivenOpened, To: c.supporter.Organisation},
		{Wall: programme.Wall{Kind: programme.WallChamber, Who: c.supporter.Organisation}, Given: programme.GivenOpened, To: c.supporter.Organisation},
	}
}

func (c cast) sharingForms(t testing.TB, l ui.Locale, out map[string]drawing) {
	form := ui.Form{Op: "01KOP", Subject: string(c.memo.Memo.ID)}
	ids := []programme.MemoID{c.memo.Memo.ID, "01K4MEMO00000000000ABCDEG"}
	many := make([]programme.MemoView, 25)
	for i := range many {
		many[i] = c.memo
		many[i].Memo.ID = programme.MemoID(string(rune('A'+i)) + string(c.memo.Memo.ID[1:]))
	}
	out["share-form"] = view(t, ui.MemoShareForm(form, many, l))
	out["share-form-none"] = view(t, ui.MemoShareForm(form, nil, l))
	out["wall-form"] = view(t, ui.MemoWallForm(form, ids, c.wallsOfMemos(ids), "", l))
	out["wall-form-again"] = view(t, ui.MemoWallForm(form, ids[:1], c.walls(), "了承済み", l))
	out["withdraw-form"] = view(t, ui.MemoWithdrawForm(form, l))
	out["question-form"] = view(t, ui.MemoQuestionForm(form, l))
	out["answer-form"] = view(t, ui.MemoAnswerForm(form, c.asked(false).MemoQuestion, l))
	out["answer-form-answered"] = view(t, ui.MemoAnswerForm(form, c.asked(true).MemoQuestion, l))
	names := []string{c.supporter.Organisation}
	out["open-form"] = view(t, ui.MemoOpenForm(form, names, l))
	out["open-form-none"] = view(t, ui.MemoOpenForm(form, nil, l))
	out["open-sure"] = view(t, ui.MemoOpenSure(form, c.supporter.Organisation, c.walls()[:2], l))
	kept := func(name string) programme.Hidden { // no longer than what HideFrom keeps
		r := []rune(name)
		return programme.HiddenName(string(r[:min(len(r), 100)]))
	}
	hidden := []programme.HiddenView{
		{Hidden: programme.HiddenPerson(c.bureau.ID), Who: c.bureau}, {Hidden: kept(c.supporter.Organisation)},
		{Hidden: kept(c.words("笠間 太郎")), Behalf: true},
	}
	out["hidden-form"] = view(t, ui.HiddenForm(form, hidden, nil, l))
	out["hidden-form-stands"] = view(t, ui.HiddenForm(form, hidden, c.standing(), l))
	out["wall-stands"] = message(t, programme.Matter{Notice: notice(programme.NoticeWallStands), Person: c.atsugi}, l)
	out["hidden-form-empty"] = view(t, ui.HiddenForm(form, nil, nil, l))
}
