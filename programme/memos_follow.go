package programme

// CreateMemo, AddMemoVersion and SaveMemo are the store's. Whatever follows from what a memo
// says, and from how it stands, is kept in step with it here, so that no use case can forget
// to: the search, the next actions, who is asked for a memo, and messages that show it.
func (c *change) CreateMemo(op string, m Memo) error {
	if err := c.Tx.CreateMemo(op, m); err != nil {
		return err
	}
	return c.memoSays(m)
}

func (c *change) AddMemoVersion(op string, m Memo, v MemoVersion) error {
	if err := c.Tx.AddMemoVersion(op, m, v); err != nil {
		return err
	}
	if err := c.memoSays(m); err != nil {
		return err
	}
	return c.wordsGone(m)
}

// SaveMemo with a memo that is withdrawn takes its words out of every message, too.
func (c *change) SaveMemo(m Memo) error {
	if err := c.Tx.SaveMemo(m); err != nil {
		return err
	}
	if m.Withdrawn.IsZero() {
		return c.memoStands(m.ID)
	}
	if err := c.memoSays(m); err != nil {
		return err
	}
	return c.wordsGone(m)
}

// memoSays is for another text of a memo, or none any more.
func (c *change) memoSays(m Memo) error {
	if err := c.keepActions(m); err != nil {
		return err
	}
	if err := c.memoThere(m); err != nil {
		return err
	}
	if m.Session != "" {
		if err := c.redraw(Notice{Kind: NoticeSessionAfter, Subject: string(m.Session)}); err != nil {
			return err
		}
	}
	return c.memoStands(m.ID)
}

// memoStands is for another state of a memo.
func (c *change) memoStands(id MemoID) error {
	if err := c.indexMemo(id); err != nil {
		return err
	}
	return c.redrawMemo(id)
}

// redrawMemo draws anew the cards that show how a memo stands.
func (c *change) redrawMemo(id MemoID) error {
	return c.redrawKinds(string(id), NoticeMemoWritten, NoticeMemoOwn, NoticeMemoShared, NoticeMemoReshared, NoticeMemoOpened)
}

// wordsGone draws anew the messages in which stand words of, or about, a version that is not
// what the memo says: what the bureau asked and was answered, and the messages about sessions
// with its atsugi in which is what was agreed on.
func (c *change) wordsGone(m Memo) error {
	questions, err := c.MemoQuestions(m.ID)
	if err != nil {
		return err
	}
	for _, q := range questions {
		if err := c.redrawKinds(string(q.ID), NoticeMemoQuestion, NoticeMemoAsked, NoticeMemoAnswer); err != nil {
			return err
		}
	}
	if m.Atsugi == "" {
		return nil
	}
	sessions, err := c.Sessions(SessionFilter{Person: m.Atsugi})
	if err != nil {
		return err
	}
	for _, s := range sessions {
		if err := c.redrawKinds(string(s.ID), NoticeSessionReminder, NoticeSessionBriefing); err != nil {
			return err
		}
	}
	return nil
}

// redrawKinds is redraw of all messages of some kinds about one subject.
func (c *change) redrawKinds(subject string, kinds ...NoticeKind) error {
	c.notices = true
	return c.RedrawKinds(kinds, subject, c.now)
}
