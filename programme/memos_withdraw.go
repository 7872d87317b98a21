package programme

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"
)

// MemoWithdrawal is that the office took a memo back, and why: for the office and who wrote it.
type MemoWithdrawal struct {
	Memo   MemoID
	By     PersonID // "" from the command line
	At     time.Time
	Reason string
}

// WithdrawMemo takes a memo back altogether: nobody but the office reads it any more, its
// actions are gone, its session has no memo. Those who had received it are told that, and
// nothing else; who wrote it is told who took it back and why. Nobody takes back a memo about themself.
// Doing it again changes nothing.
func (o *Office) WithdrawMemo(ctx context.Context, who Actor, id MemoID, reason string) error {
	return o.manage(ctx, who, func(c *change) error {
		m, err := c.Memo(id)
		switch {
		case err != nil:
			return orMissing(err, "error.memo_gone")
		case aboutSelf(c.actor, c.me, m):
			return denied("error.memo_about_you")
		case !m.Withdrawn.IsZero():
			return nil
		case strings.TrimSpace(reason) == "":
			return invalid("reason", "error.reason_missing")
		case utf8.RuneCountInString(reason) > maxReason:
			return invalid("reason", "error.too_long", "Max", maxReason)
		}
		m.Withdrawn = c.now
		if err := c.SaveMemo(m); err != nil {
			return err
		}
		if err := c.RecordWithdrawal(MemoWithdrawal{Memo: id, By: c.me.ID, At: c.now, Reason: reason}); err != nil {
			return err
		}
		if err := c.audit("memo.withdraw", string(id)); err != nil {
			return err
		}
		return c.tellWithdrawn(m)
	})
}

// tellWithdrawn tells those who had received the memo: the bureau's channel, everyone who
// read it, and the people of organisations to which it is open; and who wrote it, in any
// case. The bureau's people and the office's have their channels and lists.
func (c *change) tellWithdrawn(m Memo) error {
	told := map[PersonID]bool{m.Writer: true}
	readings, err := c.Readings(m.ID)
	if err != nil {
		return err
	}
	for _, r := range readings {
		told[r.Person] = true
	}
	openings, err := c.Openings(m.ID)
	if err != nil {
		return err
	}
	for _, v := range openings {
		staff, err := supportersOf(c.Tx, v.Organisation)
		if err != nil {
			return err
		}
		for _, p := range staff {
			told[p.ID] = told[p.ID] || v.Stands()
		}
	}
	var ns []Notice
	if m.SharedVersion > 0 {
		ns = append(ns, Notice{Kind: NoticeMemoWithdrawn, Subject: string(m.ID), To: ToChannel(ChannelBureau)})
	}
	people, err := c.People()
	if err != nil {
		return err
	}
	for _, p := range people {
		listed := overlap(p.Roles, []Role{Bureau, Coordinator}) && p.ID != m.Atsugi && p.ID != m.Writer
		if told[p.ID] && p.Active() && p.ID != c.me.ID && !listed {
			ns = append(ns, Notice{Kind: NoticeMemoWithdrawn, Subject: string(m.ID), To: ToPerson(p.ID)})
		}
	}
	return c.notify(ns...)
}

// withdrawal is why a memo was taken back, zero if it was not.
func withdrawal(tx Tx, id MemoID) (MemoWithdrawal, error) {
	w, err := tx.Withdrawal(id)
	if errors.Is(err, ErrNoRow) {
		return MemoWithdrawal{}, nil
	}
	return w, err
}
