package programme

import (
	"context"
	"slices"
)

// MemoSharing is what became of a memo after it was written, as the reader may know it:
// the office everything, the bureau what it said itself, the atsugi to whom they opened it.
type MemoSharing struct {
	Memo      Memo // without parts
	Office    bool // may share and take back
	Bureau    bool // may confirm and ask
	Own       bool // may open it to support organisations
	Receipts  []MemoReceiptView
	Questions []MemoQuestionView
	Copies    []Copy // for the office
	// Openings are those to support organisations: for the office, the atsugi and their experts
	// all, for an organisation's people their own. Who else reads it knows only that there
	// is one that stands: Opened.
	Openings []Opening
	Opened   bool
	// Asked is what was asked to be put right, oldest first: for the office and the atsugi.
	Asked     []Correction
	Withdrawn MemoWithdrawal
	Confirmed bool // the reader confirmed the version that the bureau reads
}

// MemoReceiptView is a receipt with who confirmed.
type MemoReceiptView struct {
	MemoReceipt
	Who Person
}

// MemoQuestionView is a question with who asked.
type MemoQuestionView struct {
	MemoQuestion
	Who Person
}

// SharingOf shows what became of a memo to who may read it.
func (o *Office) SharingOf(ctx context.Context, who Actor, id MemoID) (MemoSharing, error) {
	var s MemoSharing
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		m, err := tx.Memo(id)
		if err != nil {
			return orMissing(err, "error.memo_gone")
		}
		v, err := o.seenBy(tx, who, me, m, o.Now())
		if err != nil {
			return err
		}
		if len(v.Memo.Parts) == 0 {
			return missing("error.memo_gone")
		}
		s, err = sharingFor(tx, me, m, v.As)
		return err
	})
	return s, err
}

func sharingFor(tx Tx, me Person, m Memo, as []Reader) (MemoSharing, error) {
	m = m.withoutWords()
	s := MemoSharing{Memo: m, Own: me.ID != "" && me.ID == m.Atsugi}
	for _, r := range as {
		s.Office = s.Office || r == ReadOffice
		s.Bureau = s.Bureau || r == ReadBureau && me.Has(Bureau)
	}
	var err error
	if s.Office || s.Bureau {
		if err = s.addBureau(tx, me); err != nil {
			return s, err
		}
	}
	if err = s.addOpenings(tx, me, s.Office || s.Own || slices.Contains(as, ReadMentor)); err != nil {
		return s, err
	}
	if s.Office || s.Own {
		if s.Asked, err = tx.CorrectionsOf(m.ID); err != nil {
			return s, err
		}
	}
	if !s.Office {
		return s, nil
	}
	if s.Copies, err = tx.CopiesOf(string(m.ID)); err != nil {
		return s, err
	}
	s.Withdrawn, err = withdrawal(tx, m.ID)
	return s, err
}

// addOpenings adds to whom the memo is, and was, open, as far as the reader may know.
func (s *MemoSharing) addOpenings(tx Tx, me Person, all bool) error {
	list, err := tx.Openings(s.Memo.ID)
	for _, v := range list {
		s.Opened = s.Opened || v.Stands()
		own := me.Has(Supporter) && v.Stands() && v.Organisation == me.Organisation
		if all || own {
			s.Openings = append(s.Openings, v)
		}
		if own && !all {
			s.Memo.Version = v.Version // that there is a newer one is not theirs to know
		}
	}
	return err
}

// addBureau adds what the bureau said.
func (s *MemoSharing) addBureau(tx Tx, me Person) error {
	receipts, err := receiptsOf(tx, s.Memo.ID)
	if err != nil {
		return err
	}
	s.Receipts = receipts
	for _, r := range receipts {
		s.Confirmed = s.Confirmed || r.Person == me.ID && r.Version == s.Memo.SharedVersion
	}
	questions, err := tx.MemoQuestions(s.Memo.ID)
	if err != nil {
		return err
	}
	for _, q := range questions {
		v := MemoQuestionView{MemoQuestion: q}
		if q.By != "" {
			if v.Who, err = tx.Person(q.By); err != nil {
				return err
			}
		}
		s.Questions = append(s.Questions, v)
	}
	return nil
}

// receiptsOf are a memo's receipts with who confirmed.
func receiptsOf(tx Tx, id MemoID) ([]MemoReceiptView, error) {
	list, err := tx.MemoReceipts(id)
	if err != nil {
		return nil, err
	}
	out := make([]MemoReceiptView, len(list))
	for i, r := range list {
		out[i].MemoReceipt = r
		if out[i].Who, err = tx.Person(r.Person); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// sharedKinds are the kinds of notice that tell of a memo that was shared, and of what
// the bureau asked of it.
var sharedKinds = map[NoticeKind]bool{
	NoticeMemoWritten: true, NoticeMemoShared: true, NoticeMemoReshared: true, NoticeMemoWithdrawn: true,
	NoticeMemoQuestion: true, NoticeMemoAsked: true, NoticeMemoAnswer: true,
}

// lookAtShared fills in a memo without a word of it, who confirmed it, and the bureau's
// question. The bureau's channel hears nothing of a version that is not shared. What was
// asked of a version that the bureau reads no longer, or of a memo that was taken back, and
// the answer, are over: their words go out of the channel. Who wrote a memo that was taken
// back is told by whom and why.
func (o *Office) lookAtShared(tx Tx, m *Matter, update bool) error {
	id := MemoID(m.Notice.Subject)
	switch m.Notice.Kind {
	case NoticeMemoQuestion, NoticeMemoAsked, NoticeMemoAnswer:
		q, err := tx.MemoQuestion(MemoQuestionID(m.Notice.Subject))
		if err != nil {
			return err
		}
		m.MemoQuestion, id = q, q.Memo
		if q.By != "" {
			if m.Person, err = tx.Person(q.By); err != nil {
				return err
			}
		}
	}
	memo, err := tx.Memo(id)
	if err != nil {
		return err
	}
	if m.Notice.To == ToChannel(ChannelBureau) && memo.SharedVersion > 0 {
		if memo, err = tx.MemoAsOf(id, memo.SharedVersion); err != nil {
			return err
		}
	}
	m.Over = !memo.Withdrawn.IsZero() || m.MemoQuestion.ID != "" && m.MemoQuestion.Version != memo.SharedVersion
	if m.Memo, err = memoView(tx, memo.withoutWords()); err != nil {
		return err
	}
	if m.Receipts, err = receiptsOf(tx, id); err != nil || update {
		return err
	}
	m.Withdrawn = staleShared(m.Notice, memo, m.MemoQuestion)
	if m.Notice.Kind != NoticeMemoWithdrawn || memo.Writer == "" || m.Notice.To != ToPerson(memo.Writer) {
		return nil
	}
	if m.TakenBack, err = withdrawal(tx, id); err == nil && m.TakenBack.By != "" {
		m.Person, err = tx.Person(m.TakenBack.By)
	}
	return err
}

// staleShared says why a notice of a memo must not go out any more, "" if it must.
func staleShared(n Notice, m Memo, q MemoQuestion) string {
	switch gone := !m.Withdrawn.IsZero(); {
	case n.Kind == NoticeMemoWithdrawn:
		return ""
	case gone:
		return withdrawnGone
	case n.Kind == NoticeMemoReshared && n.Occasion != versionOf(m.SharedVersion):
		return withdrawnMoved // a newer notice says what stands
	case n.Kind == NoticeMemoQuestion && !q.Waits():
		return withdrawnAnswered
	}
	return ""
}
