package programme

// tellOfMemo tells its atsugi, once and without content, that a memo was written of which
// something is theirs to read. What becomes of it later they hear as a correction.
func (c *change) tellOfMemo(m Memo) error {
	if m.Atsugi == "" || len(visible(m, []Reader{ReadParticipant}).Parts) == 0 {
		return nil
	}
	return c.notify(Notice{Kind: NoticeMemoOwn, Subject: string(m.ID), To: ToPerson(m.Atsugi)})
}

// lookAtOwn is for its atsugi, who is told of a memo as long as it is theirs to read.
func (o *Office) lookAtOwn(tx Tx, m *Matter, update bool) error {
	memo, err := tx.Memo(MemoID(m.Notice.Subject))
	if err != nil {
		return err
	}
	v, err := o.seenBy(tx, As(m.To.ID), m.To, memo, o.Now())
	if err != nil {
		return err
	}
	m.Over = len(v.Memo.Parts) == 0
	if m.Over && !update {
		m.Withdrawn = withdrawnDenied
	}
	m.Memo, err = memoView(tx, memo.withoutWords())
	return err
}
