package programme

import (
	"context"
	"slices"
	"time"
)

// MemoPast is a version of a memo as one reader may see it, and how it came about.
type MemoPast struct {
	MemoVersion
	Who  Person // By, zero for the command line
	View MemoView
}

// MemoHistory lists the versions of a memo, newest first, each with the parts that the
// reader may see; each is a reading. A part that they do not find in the latest version any
// more, as it was narrowed or taken out, is not theirs in the earlier ones either, unless
// they are the office. A version that is to them the same as the one before is left out. Why
// a memo was corrected is for those inside alone, as it may speak of parts that others do
// not read. Its atsugi finds of earlier versions those that they read while they stood: what
// was put right before they saw it is not shown to them behind that. Everybody else who is
// not inside has the version that they read now.
func (o *Office) MemoHistory(ctx context.Context, who Actor, id MemoID) ([]MemoPast, error) {
	var out []MemoPast
	err := o.write(ctx, who, func(c *change) error {
		m, err := c.Memo(id)
		if err != nil {
			return orMissing(err, "error.memo_gone")
		}
		if out, err = o.pastOf(c.Tx, who, c.me, m, c.now); err != nil {
			return err
		}
		if len(out) == 0 {
			return missing("error.memo_gone")
		}
		for _, p := range out {
			if err := c.reads(p.View.Memo); err != nil {
				return err
			}
		}
		return c.audit("memo.read", string(id))
	})
	return out, err
}

func (o *Office) pastOf(tx Tx, who Actor, me Person, m Memo, now time.Time) ([]MemoPast, error) {
	latest, err := o.seenBy(tx, who, me, m, now)
	if err != nil || len(latest.As) == 0 {
		return nil, err
	}
	inside := overlap(latest.As, []Reader{ReadMentor, ReadOffice})
	versions, err := tx.MemoVersions(m.ID)
	if err != nil {
		return nil, err
	}
	var had map[int]bool
	if !inside && aboutSelf(who, me, m) {
		if had, err = versionsRead(tx, m.ID, me.ID); err != nil {
			return nil, err
		}
	}
	var out []MemoPast
	for _, version := range versions {
		if !inside && version.Version != latest.Memo.Version && !had[version.Version] {
			continue
		}
		p, err := pastAs(tx, latest, version)
		if err != nil {
			return nil, err
		}
		if len(p.View.Memo.Parts) == 0 || len(out) > 0 && out[len(out)-1].View.Memo.same(p.View.Memo) {
			continue
		}
		out = append(out, p)
	}
	slices.Reverse(out)
	return out, nil
}

// versionsRead are the versions of a memo that somebody read.
func versionsRead(tx Tx, id MemoID, who PersonID) (map[int]bool, error) {
	readings, err := tx.Readings(id)
	had := map[int]bool{}
	for _, r := range readings {
		if r.Person == who {
			had[r.Version] = true
		}
	}
	return had, err
}

// pastAs is a version of a memo to who has the latest as that view.
func pastAs(tx Tx, latest MemoView, version MemoVersion) (p MemoPast, err error) {
	as, err := tx.MemoAsOf(latest.Memo.ID, version.Version)
	if err != nil {
		return p, err
	}
	p = MemoPast{MemoVersion: version, View: latest}
	if p.View.Memo = visible(as, latest.As); !slices.Contains(latest.As, ReadOffice) {
		p.View.Memo.Parts = slices.DeleteFunc(p.View.Memo.Parts, func(q Part) bool { return !latest.Memo.says(q.Key) })
	}
	if !overlap(latest.As, []Reader{ReadMentor, ReadOffice}) {
		p.Reason = ""
	}
	if version.By != "" {
		p.Who, err = tx.Person(version.By)
	}
	return p, err
}

// says says whether there is a part of that key.
func (m Memo) says(key string) bool {
	return slices.ContainsFunc(m.Parts, func(p Part) bool { return p.Key == key })
}
