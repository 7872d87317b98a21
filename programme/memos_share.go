package programme

import (
	"context"
	"slices"
	"strconv"
)

// BureauWay is how the bureau hears of memos that are shared with it. The strings are the
// configuration's.
type BureauWay string

const (
	BureauCards  BureauWay = "cards"  // a card without content for each; also ""
	BureauDigest BureauWay = "digest" // a file by the calendar of what is new
)

// mostShared is how many memos are shared at once.
const mostShared = 20

// ShareMemos shares the latest version of memos with the bureau, all or none of them, and
// answers those that it shared: what the bureau reads already is left as it is. A first version that nobody reviewed is
// reviewed by being shared alone: who presses has looked at it. If the bureau's people or
// organisation are walls to one of the atsugi, it is CodeConflict with Args Walls until a
// reason is given for these very walls, which is kept with the copy. Nobody shares a memo
// about themself.
func (o *Office) ShareMemos(ctx context.Context, who Actor, ids []MemoID, over Over) ([]Memo, error) {
	var out []Memo
	err := o.manage(ctx, who, func(c *change) error {
		memos, err := c.toShare(ids)
		if err != nil {
			return err
		}
		each, all, err := c.bureauWalls(memos)
		if err != nil {
			return err
		}
		if err := over.mustBeOf(all); err != nil {
			return err
		}
		for i := range memos {
			if memos[i].SharedVersion == memos[i].Version {
				continue
			}
			if err := c.share(&memos[i], each[memos[i].ID], over.Reason); err != nil {
				return err
			}
			out = append(out, memos[i])
		}
		return nil
	})
	return out, err
}

// toShare finds the memos and says whether each is the actor's to share.
func (c *change) toShare(ids []MemoID) ([]Memo, error) {
	if len(ids) == 0 || len(ids) > mostShared {
		return nil, invalid("memos", "error.memo_choose", "Max", mostShared)
	}
	var out []Memo
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			continue
		}
		m, err := c.Memo(id)
		switch {
		case err != nil:
			return nil, orMissing(err, "error.memo_gone")
		case aboutSelf(c.actor, c.me, m):
			return nil, denied("error.memo_about_you")
		case !m.Withdrawn.IsZero():
			return nil, &Error{Code: CodeClosed, Key: "error.memo_withdrawn"}
		case m.SharedVersion < m.Version && m.Reviewed.IsZero() && (m.Version > 1 || len(ids) > 1):
			return nil, &Error{Code: CodeConflict, Field: "memos", Key: "error.memo_unreviewed"}
		}
		out = append(out, m)
	}
	return out, nil
}

// bureauWalls are the warnings before these memos are shared with the bureau, by memo and
// all together. Of those that it reads already there are none.
func (c *change) bureauWalls(memos []Memo) (each map[MemoID][]Wall, all []Wall, err error) {
	readers, err := bureauPeople(c.Tx)
	if err != nil {
		return nil, nil, err
	}
	each = make(map[MemoID][]Wall, len(memos))
	for _, m := range memos {
		if m.SharedVersion == m.Version || m.Atsugi == "" {
			continue
		}
		atsugi, err := c.Person(m.Atsugi)
		if err != nil {
			return nil, nil, err
		}
		ws, err := walls(c, atsugi, readers, nil)
		if err != nil {
			return nil, nil, err
		}
		for i := range ws {
			ws[i].Memo, ws[i].Of = m.ID, atsugi.Name
		}
		each[m.ID], all = ws, append(all, ws...)
	}
	return each, all, nil
}

// share lets the bureau read the latest version of the memo, and tells it.
func (c *change) share(m *Memo, over []Wall, reason string) error {
	if m.Reviewed.IsZero() {
		m.Reviewed, m.ReviewedBy = c.now, c.me.ID
	}
	was := m.SharedVersion
	if was == 0 {
		m.Shared = c.now
	}
	m.SharedVersion = m.Version
	if err := c.SaveMemo(*m); err != nil {
		return err
	}
	m.Revision++
	if err := c.auditChange("memo.share", string(m.ID), wallDetail(over)); err != nil {
		return err
	}
	if len(over) == 0 {
		reason = ""
	}
	return c.bureauReads(was, *m, reason)
}

// bureauReads keeps that the bureau can read what it reads of the memo from now on, unless
// that is the version which it had, and tells its channel, once a version, unless it gets
// files by the calendar. The caller has saved m.
func (c *change) bureauReads(had int, m Memo, reason string) error {
	if m.SharedVersion == had {
		return nil
	}
	err := c.copy(Copy{
		Kind: CopyShared, Subject: string(m.ID), Version: m.SharedVersion, To: ToChannel(ChannelBureau),
		Occasion: versionOf(m.SharedVersion), Reason: reason,
	})
	if err != nil || c.office.Settings.BureauWay == BureauDigest {
		return err
	}
	n := Notice{Kind: NoticeMemoShared, Subject: string(m.ID), To: ToChannel(ChannelBureau)}
	if had > 0 {
		n.Kind, n.Occasion = NoticeMemoReshared, versionOf(m.SharedVersion)
	}
	return c.notify(n)
}

// versionOf is the occasion of what is about one version of a memo.
func versionOf(version int) string { return "v" + strconv.Itoa(version) }
