package programme

import "slices"

// knownSaid are what the person said of memos about them and of texts, with what the office
// answered: what they asked to have put right, how their next actions stand, and what they
// wanted to know of a text. Of next actions they have those of the memos in k that say them
// to them. Words of their own stay with them when the memo or the text is gone.
func knownSaid(tx Tx, k *Known) error {
	memos, err := tx.Memos(MemoFilter{Atsugi: k.Me.ID, Withdrawn: true})
	if err != nil {
		return err
	}
	for _, m := range memos {
		asked, err := tx.CorrectionsOf(m.ID)
		if err != nil {
			return err
		}
		for _, a := range asked {
			if a.By == k.Me.ID {
				k.Corrections = append(k.Corrections, a)
			}
		}
	}
	actions, err := tx.ActionsAbout(k.Me.ID)
	if err != nil {
		return err
	}
	for _, a := range actions {
		if slices.ContainsFunc(k.Memos, func(v MemoView) bool { return v.Memo.ID == a.Memo && saysNext(v) }) {
			k.Actions = append(k.Actions, a)
		}
	}
	texts, err := tx.Publications(k.Me.ID)
	if err != nil {
		return err
	}
	for _, p := range texts {
		asked, err := tx.ConsentQuestions(p.ID)
		if err != nil {
			return err
		}
		for _, q := range asked {
			if q.Person == k.Me.ID {
				k.Questions = append(k.Questions, q)
			}
		}
	}
	return nil
}

// mostAskedKnown is how many of somebody's questions to the office they have on paper.
const mostAskedKnown = 1000

// knownEnquiries are what the person asked the office, with what it answered: nothing that
// stays inside.
func knownEnquiries(tx Tx, k *Known) error {
	asked, err := tx.EnquiriesOf(k.Me.ID, mostAskedKnown, EnquiryFound, EnquiryOpen, EnquiryClosed)
	if err != nil {
		return err
	}
	for _, e := range asked {
		v, err := enquiryView(tx, e, false)
		if err != nil {
			return err
		}
		v.Words = slices.DeleteFunc(v.Words, EnquiryWord.Gone)
		k.Enquiries = append(k.Enquiries, v)
	}
	return nil
}
