package programme

import (
	"context"
	"slices"
	"time"
)

// ReadMemo shows a memo, only the parts meant for the reader, and records that
// it was read.
func (o *Office) ReadMemo(ctx context.Context, who Actor, id MemoID) (MemoView, error) {
	return o.showMemo(ctx, who, id, true)
}

// ShowMemo is ReadMemo for a page that somebody has open and that is drawn again, beneath a
// form or after a button: no reading, unless they have not read that version before.
func (o *Office) ShowMemo(ctx context.Context, who Actor, id MemoID) (MemoView, error) {
	return o.showMemo(ctx, who, id, false)
}

func (o *Office) showMemo(ctx context.Context, who Actor, id MemoID, opened bool) (MemoView, error) {
	var v MemoView
	err := o.write(ctx, who, func(c *change) error {
		m, err := c.Memo(id)
		if err != nil {
			return orMissing(err, "error.memo_gone")
		}
		if v, err = o.seenBy(c.Tx, who, c.me, m, c.now); err != nil {
			return err
		}
		if len(v.Memo.Parts) == 0 {
			return missing("error.memo_gone")
		}
		photos, err := o.photosWith(c.Tx, who, c.me, m)
		if err != nil {
			return err
		}
		v.Photos = len(photos)
		if !opened {
			if opened, err = c.unread(v.Memo); err != nil || !opened {
				return err
			}
		}
		if err := c.reads(v.Memo); err != nil {
			return err
		}
		return c.audit("memo.read", string(id))
	})
	return v, err
}

// reads records that the actor reads that version of the memo now.
func (c *change) reads(m Memo) error {
	return c.RecordReading(Reading{Memo: m.ID, Version: m.Version, Person: c.me.ID, At: c.now})
}

// unread says whether the actor never read that version of the memo.
func (c *change) unread(m Memo) (bool, error) {
	readings, err := c.Readings(m.ID)
	return !slices.ContainsFunc(readings, func(r Reading) bool { return r.Person == c.me.ID && r.Version == m.Version }), err
}

// memosFor lists the memos that the person may open, newest first in each of
// their roles, each with the parts meant for them. Listing is not reading: it is
// drawn as titles only.
func (o *Office) memosFor(tx Tx, who Actor, me Person, now time.Time, limit int) ([]MemoView, error) {
	var filters []MemoFilter
	switch {
	case o.may(who, me, now, Coordinator):
		all := MemoFilter{Limit: limit}
		if me.Has(Atsugi) {
			all.Limit = 0 // of what is about themself some is not theirs to read
		}
		filters = []MemoFilter{all}
	default:
		if o.may(who, me, now, Bureau) {
			filters = append(filters, MemoFilter{OnlyShared: true, Limit: limit})
		}
		if o.may(who, me, now, Mentor) {
			filters = append(filters, MemoFilter{Mentor: me.ID}, MemoFilter{Writer: me.ID, Kind: OfSession}, MemoFilter{Writer: me.ID, Kind: OfEvent})
		}
		if o.may(who, me, now, Supporter) && me.Organisation != "" {
			filters = append(filters, MemoFilter{OpenTo: me.Organisation, Limit: limit})
		}
		if me.Has(Atsugi) {
			filters = append(filters, MemoFilter{Atsugi: me.ID})
		}
	}
	var out []MemoView
	seen := map[MemoID]bool{} // somebody of two roles finds a memo by both
	for _, f := range filters {
		memos, err := tx.Memos(f)
		if err != nil {
			return nil, err
		}
		for _, m := range memos {
			if seen[m.ID] {
				continue
			}
			seen[m.ID] = true
			v, err := o.seenBy(tx, who, me, m, now)
			if err != nil {
				return nil, err
			}
			if len(v.Memo.Parts) > 0 {
				out = append(out, v)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b MemoView) int { return b.Memo.Written.Compare(a.Memo.Written) })
	return out[:min(len(out), limit)], nil
}
