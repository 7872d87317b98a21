package programme_test

import (
	"slices"
	"strings"
	"testing"

	"tsugite/programme"
)

// TestWhoDoesWhatWithASharedMemo is the table of acts on what the bureau reads.
func TestWhoDoesWhatWithASharedMemo(t *testing.T) {
	acts := []struct {
		act string
		do  func(*house, programme.PersonID, programme.MemoID) error
		may []programme.PersonID
	}{
		{"takes it back", func(h *house, who programme.PersonID, id programme.MemoID) error {
			return h.WithdrawMemo(t.Context(), programme.As(who), id, "別の方の話")
		}, []programme.PersonID{"office"}},
		{"confirms it", func(h *house, who programme.PersonID, id programme.MemoID) error {
			return h.ConfirmReceipt(t.Context(), programme.As(who), id, 1)
		}, []programme.PersonID{"bureau"}},
		{"asks of it", func(h *house, who programme.PersonID, id programme.MemoID) error {
			_, err := h.AskOfMemo(t.Context(), programme.As(who), "ask-"+string(who), id, "いつのことですか")
			return err
		}, []programme.PersonID{"bureau"}},
		{"opens it to an organisation", func(h *house, who programme.PersonID, id programme.MemoID) error {
			return h.OpenToOrganisation(t.Context(), programme.As(who), id, 1, "足利商工会議所", false)
		}, []programme.PersonID{"atsugi"}},
	}
	for _, a := range acts {
		t.Run(a.act, func(t *testing.T) {
			for _, who := range cast {
				h := newHouse(t)
				h.edit("supporter", func(p *programme.Person) { p.Organisation = "足利商工会議所" })
				m := h.memo("op")
				must(t, h.share("office", m.ID))
				err := a.do(h, who, m.ID)
				if want := slices.Contains(a.may, who); (err == nil) != want {
					t.Errorf("%s: %v", who, err)
				}
				if _, refused := programme.AsError(err); err != nil && !refused {
					t.Errorf("%s: %v is no refusal", who, err)
				}
			}
		})
	}
}

// TestTheBureauSaysNothingOfWhatItDoesNotRead: before it is shared, and taken back.
func TestTheBureauSaysNothingOfWhatItDoesNotRead(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	says := func() (failed int) {
		if h.ConfirmReceipt(t.Context(), programme.As("bureau"), m.ID, 1) != nil {
			failed++
		}
		if _, err := h.AskOfMemo(t.Context(), programme.As("bureau"), "q", m.ID, "質問"); err != nil {
			failed++
		}
		return failed
	}
	if n := says(); n != 2 {
		t.Errorf("unshared: %d of 2 refused", n)
	}
	must(t, h.share("office", m.ID))
	must(t, h.WithdrawMemo(t.Context(), programme.As("office"), m.ID, "別の方の話"))
	if n := says(); n != 2 {
		t.Errorf("taken back: %d of 2 refused", n)
	}
	if err := h.share("office", m.ID); err == nil {
		t.Error("what was taken back is shared again")
	}
}

// TestAMemoTakenBackIsTheOfficesAlone: those who had received it are told, without a word
// of it, and the office sees why and what is out.
func TestAMemoTakenBackIsTheOfficesAlone(t *testing.T) {
	h := newHouse(t)
	h.edit("supporter", func(p *programme.Person) { p.Organisation = "足利商工会議所" })
	m := h.memo("op")
	must(t, h.share("office", m.ID))
	must(t, h.OpenToOrganisation(t.Context(), programme.As("atsugi"), m.ID, 1, "足利商工会議所", false))
	for _, who := range []programme.PersonID{"atsugi", "supporter", "bureau"} {
		if h.word(who, m.ID, "advice") == "" {
			t.Fatalf("%s reads nothing", who)
		}
	}
	h.deliver()
	must(t, h.WithdrawMemo(t.Context(), programme.As("office"), m.ID, "別の方の話"))
	told := slices.DeleteFunc(h.deliver(), func(s string) bool { return !strings.HasPrefix(s, "memo.withdrawn ") })
	want := []string{"memo.withdrawn c:bureau", "memo.withdrawn p:atsugi", "memo.withdrawn p:expert", "memo.withdrawn p:supporter"}
	if !slices.Equal(told, want) {
		t.Errorf("told: %q, want %q", told, want)
	}
	for _, who := range cast {
		reads := h.word(who, m.ID, "advice") != ""
		if want := who == "office"; reads != want {
			t.Errorf("%s reads it: %v", who, reads)
		}
	}
	s, err := h.SharingOf(t.Context(), programme.As("office"), m.ID)
	must(t, err)
	if s.Withdrawn.Reason != "別の方の話" || len(s.Copies) != 2 || s.Copies[1].To.Organisation() != "足利商工会議所" {
		t.Errorf("the office sees %+v", s)
	}
	letter := h.matter(programme.NoticeMemoWithdrawn, string(m.ID), "", programme.ToPerson("atsugi"))
	if len(letter.Memo.Memo.Parts) != 0 || letter.Withdrawn != "" || letter.TakenBack != (programme.MemoWithdrawal{}) {
		t.Errorf("the letter: %+v", letter)
	}
	letter = h.matter(programme.NoticeMemoWithdrawn, string(m.ID), "", programme.ToPerson("expert"))
	if letter.Person.ID != "office" || letter.TakenBack.Reason != "別の方の話" {
		t.Errorf("who wrote it is told %+v by %q", letter.TakenBack, letter.Person.ID)
	}
}

// TestTheDeskListsMemosAndQuestions: the newest memos, and what the bureau asks until it is
// answered or the memo taken back.
func TestTheDeskListsMemosAndQuestions(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	must(t, h.share("office", m.ID))
	desk := func() programme.MemoDesk {
		d, err := h.MemoDesk(t.Context(), programme.As("office"))
		must(t, err)
		return d
	}
	ask := func(op string) programme.MemoQuestion {
		q, err := h.AskOfMemo(t.Context(), programme.As("bureau"), op, m.ID, "質問")
		must(t, err)
		return q
	}
	q := ask("first")
	if d := desk(); len(d.Questions) != 1 || d.Questions[0].ID != q.ID || d.Questions[0].Who.ID != "bureau" || len(d.Recent) != 1 || d.Recent[0].Memo.ID != m.ID {
		t.Errorf("the desk has %+v and %+v", d.Questions, d.Recent)
	}
	must(t, h.AnswerOfMemo(t.Context(), programme.As("office"), q.ID, "回答"))
	if d := desk(); len(d.Questions) != 0 {
		t.Errorf("answered: %+v", d.Questions)
	}
	ask("second")
	must(t, h.WithdrawMemo(t.Context(), programme.As("office"), m.ID, "別の方の話"))
	if d := desk(); len(d.Questions) != 0 || len(d.Recent) != 0 {
		t.Errorf("taken back: %+v and %+v", d.Questions, d.Recent)
	}
}

// TestTheBureauIsToldOnceAVersion: of the first by a card, of each further one that it
// reads by news; of one that was overtaken before it went out it hears nothing.
func TestTheBureauIsToldOnceAVersion(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	must(t, h.share("office", m.ID))
	must(t, h.share("office", m.ID))
	toBureau := func() []string {
		return slices.DeleteFunc(h.deliver(), func(s string) bool { return !strings.HasSuffix(s, "c:bureau") })
	}
	if told := toBureau(); !slices.Equal(told, []string{"memo.shared c:bureau"}) {
		t.Errorf("told %q", told)
	}
	for _, op := range []string{"second", "third"} {
		_, err := h.correct("office", m.ID, op, "advice", op)
		must(t, err)
	}
	if told := toBureau(); !slices.Equal(told, []string{"memo.corrected_shared c:bureau"}) {
		t.Errorf("told %q", told)
	}
	_, err := h.correct("expert", m.ID, "fourth", "advice", "fourth")
	must(t, err)
	if told := toBureau(); len(told) != 0 || h.word("bureau", m.ID, "advice") != "third" {
		t.Errorf("told %q before the office looked at it", told)
	}
	if err := h.share("office", m.ID); err == nil {
		t.Error("what nobody reviewed since it was corrected is shared by an old button")
	}
	s, err := h.SharingOf(t.Context(), programme.As("office"), m.ID)
	must(t, err)
	if len(s.Copies) != 3 || s.Copies[2].Version != 3 {
		t.Errorf("copies: %+v", s.Copies)
	}
}

// TestAReceiptIsOfAVersion: it is said once, and again of a corrected one.
func TestAReceiptIsOfAVersion(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	must(t, h.share("office", m.ID))
	confirm := func(version int) { must(t, h.ConfirmReceipt(t.Context(), programme.As("bureau"), m.ID, version)) }
	confirm(1)
	confirm(1)
	_, err := h.correct("office", m.ID, "second", "advice", "別の助言")
	must(t, err)
	s, err := h.SharingOf(t.Context(), programme.As("bureau"), m.ID)
	must(t, err)
	if len(s.Receipts) != 1 || s.Confirmed || s.Copies != nil {
		t.Errorf("after the correction: %+v", s)
	}
	confirm(2)
	if card := h.matter(programme.NoticeMemoShared, string(m.ID), "", programme.ToChannel(programme.ChannelBureau)); len(card.Receipts) != 2 {
		t.Errorf("the card has %+v", card.Receipts)
	}
}

// TestAQuestionIsAnsweredOnce, in the thread of the bureau's card.
func TestAQuestionIsAnsweredOnce(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	must(t, h.share("office", m.ID))
	h.deliver()
	q, err := h.AskOfMemo(t.Context(), programme.As("bureau"), "q", m.ID, "いつのことですか")
	must(t, err)
	again, err := h.AskOfMemo(t.Context(), programme.As("bureau"), "q", m.ID, "いつのことですか")
	must(t, err)
	if again.ID != q.ID {
		t.Error("one form asked twice")
	}
	for _, c := range []struct {
		who  programme.PersonID
		text string
		want programme.Code
	}{
		{"bureau", "8月です", programme.CodeDenied}, {"expert", "8月です", programme.CodeDenied},
		{"office", " ", programme.CodeInvalid}, {"office", strings.Repeat("長", 1001), programme.CodeInvalid},
		{"office", "8月です", ""}, {"office", "8月です", ""}, {"office", "9月です", programme.CodeConflict},
	} {
		wantCode(t, h.AnswerOfMemo(t.Context(), programme.As(c.who), q.ID, c.text), c.want)
	}
	told := h.deliver()
	want := []string{"memo.answer c:bureau", "memo.asked c:bureau"} // the office answered before it was told
	if !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
	card, ok, err := h.ThreadOf(t.Context(), programme.Notice{Kind: programme.NoticeMemoAnswer, Subject: string(q.ID), To: programme.ToChannel(programme.ChannelBureau)})
	if err != nil || !ok || card.Kind != programme.NoticeMemoShared || card.SlackTS == "" {
		t.Errorf("the thread is %+v, %v, %v", card, ok, err)
	}
}

// TestOnlyItsAtsugiOpensAMemo: the organisation's people read what the atsugi reads, until
// it is closed; their own bank is asked for twice.
func TestOnlyItsAtsugiOpensAMemo(t *testing.T) {
	h := newHouse(t)
	h.edit("supporter", func(p *programme.Person) { p.Organisation = "オオタ銀行" })
	h.edit("atsugi", func(p *programme.Person) { p.Bank = "オオタ銀行" })
	m := h.memo("op")
	opens := func(organisation string, sure bool) error {
		return h.OpenToOrganisation(t.Context(), programme.As("atsugi"), m.ID, 1, organisation, sure)
	}
	wantCode(t, opens("知らない機関", true), programme.CodeInvalid)
	wantCode(t, opens("", true), programme.CodeInvalid)
	wantCode(t, opens("オオタ銀行", false), programme.CodeConflict)
	if h.keysOf("supporter", m.ID) != "" {
		t.Error("read before it was opened")
	}
	must(t, opens("オオタ銀行", true))
	must(t, opens("オオタ銀行", false)) // it is open
	if keys := h.keysOf("supporter", m.ID); keys != h.keysOf("atsugi", m.ID) {
		t.Errorf("the supporter reads %q", keys)
	}
	if memos := h.home("supporter").Memos; len(memos) != 1 || memos[0].Memo.ID != m.ID {
		t.Errorf("on their Home: %+v", memos)
	}
	must(t, h.CloseToOrganisation(t.Context(), programme.As("atsugi"), m.ID, "オオタ銀行"))
	if h.keysOf("supporter", m.ID) != "" || len(h.home("supporter").Memos) != 0 {
		t.Error("read after it was closed")
	}
}

// TestAnOrganisationReadsWhatWasOpenedToIt until its atsugi opens the newer version; its people
// are told of each, and each is listed as a copy.
func TestAnOrganisationReadsWhatWasOpenedToIt(t *testing.T) {
	h := newHouse(t)
	h.edit("supporter", func(p *programme.Person) { p.Organisation = "足利商工会議所" })
	m := h.memo("op")
	opens := func(version int) error {
		return h.OpenToOrganisation(t.Context(), programme.As("atsugi"), m.ID, version, "足利商工会議所", false)
	}
	must(t, opens(1))
	first := h.word("supporter", m.ID, "advice")
	_, err := h.correct("office", m.ID, "second", "advice", "別の助言")
	must(t, err)
	if got := h.word("supporter", m.ID, "advice"); first == "" || got != first {
		t.Errorf("before it is opened again: %q, want %q", got, first)
	}
	wantCode(t, opens(1), programme.CodeConflict)
	must(t, opens(2))
	if got := h.word("supporter", m.ID, "advice"); got != "別の助言" {
		t.Errorf("after it is opened again: %q", got)
	}
	s, err := h.SharingOf(t.Context(), programme.As("office"), m.ID)
	must(t, err)
	if len(s.Copies) != 2 || s.Copies[0].Version != 1 || s.Copies[1].Version != 2 {
		t.Errorf("copies: %+v", s.Copies)
	}
	told := slices.DeleteFunc(h.deliver(), func(s string) bool { return !strings.HasPrefix(s, "memo.opened ") })
	if !slices.Equal(told, []string{"memo.opened p:supporter"}) { // the first was overtaken before it went out
		t.Errorf("told %q", told)
	}
}

// TestAReceiptIsOfWhatWasBeforeThem: not of what was shared since.
func TestAReceiptIsOfWhatWasBeforeThem(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	must(t, h.share("office", m.ID))
	_, err := h.correct("office", m.ID, "second", "advice", "別の助言")
	must(t, err)
	wantCode(t, h.ConfirmReceipt(t.Context(), programme.As("bureau"), m.ID, 1), programme.CodeConflict)
	must(t, h.ConfirmReceipt(t.Context(), programme.As("bureau"), m.ID, 2))
}

// TestQuestionsAreBounded: three wait at a time, and a form says nothing else a second time.
func TestQuestionsAreBounded(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	must(t, h.share("office", m.ID))
	asks := func(op, text string) error {
		_, err := h.AskOfMemo(t.Context(), programme.As("bureau"), op, m.ID, text)
		return err
	}
	for _, op := range []string{"a", "b", "c"} {
		must(t, asks(op, "いつですか"))
	}
	must(t, asks("c", "いつですか"))
	wantCode(t, asks("c", "どこですか"), programme.CodeInvalid)
	wantCode(t, asks("d", "どこですか"), programme.CodeConflict)
}

// TestWordsOfAnEarlierVersionLeaveTheChannel: a question and its answer are over once the
// bureau reads another version.
func TestWordsOfAnEarlierVersionLeaveTheChannel(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	must(t, h.share("office", m.ID))
	q, err := h.AskOfMemo(t.Context(), programme.As("bureau"), "q", m.ID, "いつですか")
	must(t, err)
	over := func() bool {
		return h.matter(programme.NoticeMemoAsked, string(q.ID), "", programme.ToChannel(programme.ChannelBureau)).Over
	}
	if over() {
		t.Error("over while it is of what the bureau reads")
	}
	_, err = h.correct("office", m.ID, "second", "advice", "別の助言")
	must(t, err)
	if !over() {
		t.Error("the words stand on after a correction")
	}
}

// TestAPageDrawnAgainIsNoReading, but the first sight of a version is.
func TestAPageDrawnAgainIsNoReading(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	readings := func() (n int) {
		h.write(func(tx programme.Tx) error {
			rs, err := tx.Readings(m.ID)
			n = len(rs)
			return err
		})
		return n
	}
	for i, want := range []int{1, 1, 2} {
		show := h.ShowMemo
		if i == 2 {
			show = h.ReadMemo
		}
		_, err := show(t.Context(), programme.As("atsugi"), m.ID)
		must(t, err)
		if n := readings(); n != want {
			t.Errorf("%d: %d readings, want %d", i, n, want)
		}
	}
}

// TestTheOfficeAsksForWhomItDoesNotReach, and that it did is kept.
func TestTheOfficeAsksForWhomItDoesNotReach(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	asks := func(op string) (programme.Correction, error) {
		return h.AskCorrection(t.Context(), programme.As("office"), op, m.ID, "日付が違います")
	}
	_, err := asks("a")
	wantCode(t, err, programme.CodeNotFound)
	h.edit("atsugi", func(p *programme.Person) { p.SlackID = "" })
	k, err := asks("b")
	must(t, err)
	if k.By != "atsugi" || k.EnteredBy != "office" {
		t.Errorf("kept as %+v", k)
	}
}

// TestWhoSharesSeveralIsToldOfThose: what somebody else shared before is not counted again.
func TestWhoSharesSeveralIsToldOfThose(t *testing.T) {
	h := newHouse(t)
	first, next := h.memo("op"), h.writesAbout("op2", "other-atsugi", "現状", "助言")
	for _, m := range []programme.Memo{first, next} {
		must(t, second(h.ReviewMemo(t.Context(), programme.As("office"), m.ID, m.Version)))
	}
	must(t, h.share("office", first.ID))
	both := []programme.MemoID{first.ID, next.ID}
	for _, want := range []int{1, 0} {
		shared, err := h.ShareMemos(t.Context(), programme.As("office"), both, programme.Over{})
		if err != nil || len(shared) != want {
			t.Errorf("%d were shared, want %d: %v", len(shared), want, err)
		}
	}
}
