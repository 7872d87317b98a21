package programme

import "slices"

// lookAtReminder adds to the first reminder that an atsugi gets of a session what they have
// still to do: named once, and not again when the session moves.
func (o *Office) lookAtReminder(tx Tx, m *Matter) error {
	if m.To.ID != m.Session.Atsugi {
		return nil
	}
	reminders, err := tx.DeliveriesOf(Notice{Kind: NoticeSessionReminder, Subject: m.Notice.Subject, To: m.Notice.To})
	if err != nil {
		return err
	}
	if slices.ContainsFunc(reminders, func(d Delivery) bool { return d.stands() && d.Due.Before(m.Notice.Due) }) {
		return nil
	}
	own, err := o.ownActions(tx, m.To, o.Now())
	m.Actions = slices.DeleteFunc(own, func(a MemoAction) bool { return !a.Waits() })
	return err
}

// lookAtProgress adds to a briefing how what was agreed on stands. Of the latest memo that
// takes the place of what it says in its own words.
func lookAtProgress(tx Tx, m *Matter, latest MemoID, as func(Memo) ([]Reader, error)) error {
	var err error
	m.Actions, err = actionsAbout(tx, m.Session.Atsugi, func(memo Memo) (bool, error) {
		if !memo.Withdrawn.IsZero() {
			return false, nil
		}
		readers, err := as(memo)
		return saysNext(MemoView{Memo: visible(memo, readers)}), err
	})
	m.Listed = slices.ContainsFunc(m.Actions, func(a MemoAction) bool { return a.Memo == latest })
	return err
}

// lookAtHelp fills in who would like help, for whoever may know with what.
func (o *Office) lookAtHelp(tx Tx, m *Matter, update bool) (err error) {
	if m.Action, err = tx.MemoAction(ActionID(m.Notice.Subject)); err != nil {
		return err
	}
	if m.Person, err = tx.Person(m.Action.Atsugi); err != nil {
		return err
	}
	m.Over = m.Action.State != ActionHelp
	if m.Over && !update {
		m.Withdrawn = withdrawnAnswered
	}
	if m.To.ID == "" || m.Withdrawn != "" {
		return nil
	}
	memo, err := tx.Memo(m.Action.Memo)
	if err != nil {
		return err
	}
	v, err := o.seenBy(tx, As(m.To.ID), m.To, memo, o.Now())
	if err == nil && !saysNext(v) && !update {
		m.Withdrawn = withdrawnDenied
	}
	return err
}
