package programme

import "slices"

// OfCorrection says whether notices of this kind are about what was, or is to be, put right
// in a memo.
func (k NoticeKind) OfCorrection() bool {
	return k == NoticeMemoCorrection || k == NoticeMemoDecided || k == NoticeMemoCorrected
}

// lookAtCorrected finds the memo that the notice is about, and what was asked for. Nothing
// that somebody wrote in a memo goes out with a message.
func (o *Office) lookAtCorrected(tx Tx, m *Matter, update bool) error {
	if m.Notice.Kind == NoticeMemoCorrected {
		return o.lookAtVersion(tx, m, update)
	}
	k, err := tx.Correction(CorrectionID(m.Notice.Subject))
	if err != nil {
		return err
	}
	if m.Correction, err = o.correctionView(tx, As(m.To.ID), m.To, k); err != nil {
		return err
	}
	m.Memo = m.Correction.Memo
	m.Earlier, err = earlierOpen(tx, m.To, m.Memo.Memo)
	switch {
	case err != nil || update:
	case m.Notice.Kind == NoticeMemoCorrection && k.State != CorrectionWaits:
		m.Withdrawn = withdrawnAnswered
	case m.Notice.Kind == NoticeMemoDecided && m.Notice.Occasion != k.occasion():
		m.Withdrawn = withdrawnMoved // a newer notice says how it stands
	}
	return err
}

// lookAtVersion is for who is told that a memo was corrected: only if they may read it still,
// and in that version.
func (o *Office) lookAtVersion(tx Tx, m *Matter, update bool) error {
	memo, err := tx.Memo(MemoID(m.Notice.Subject))
	if err != nil {
		return err
	}
	v, err := o.seenBy(tx, As(m.To.ID), m.To, memo, o.Now())
	if err != nil {
		return err
	}
	switch {
	case update:
	case len(v.Memo.Parts) == 0:
		m.Withdrawn = withdrawnDenied
	case m.Notice.Occasion != versionOf(memo.Version):
		m.Withdrawn = withdrawnMoved // a newer notice says what stands
	}
	if m.Earlier, err = earlierOpen(tx, m.To, memo); err != nil {
		return err
	}
	m.Memo, err = memoView(tx, memo.withoutWords())
	return err
}

// earlierOpen says whether somebody is the memo's atsugi and has an earlier version of it open
// to an organisation, which stays with that until they open this one.
func earlierOpen(tx Tx, to Person, m Memo) (bool, error) {
	if to.ID == "" || to.ID != m.Atsugi {
		return false, nil
	}
	list, err := tx.Openings(m.ID)
	return slices.ContainsFunc(list, func(v Opening) bool { return v.Stands() && v.Version < m.Version }), err
}

// withoutWords is the memo without anything that somebody wrote.
func (m Memo) withoutWords() Memo {
	m.Parts, m.Place, m.Present = nil, "", ""
	return m
}
