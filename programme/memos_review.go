package programme

import (
	"context"
	"strconv"
)

// aboutSelf says whether the memo is about the actor: then they are its participant alone,
// whatever else they are in the programme.
func aboutSelf(who Actor, me Person, m Memo) bool {
	return who.Kind == ByPerson && me.ID != "" && m.Atsugi == me.ID
}

// mustNotBeAbout refuses what a coordinator may not do with a memo about themself.
func (c *change) mustNotBeAbout(m Memo) error {
	if aboutSelf(c.actor, c.me, m) {
		return denied("error.memo_about_you")
	}
	return nil
}

// ReviewMemo is the office's: it looked at that very version, else CodeConflict. If the
// bureau reads an earlier version, it reads this one from now on and is told, unless walls
// stand (see review). Doing it again changes nothing.
func (o *Office) ReviewMemo(ctx context.Context, who Actor, id MemoID, version int) (Memo, error) {
	var m Memo
	err := o.manage(ctx, who, func(c *change) error {
		old, err := c.Memo(id)
		if err != nil {
			return orMissing(err, "error.memo_gone")
		}
		if err := c.mustNotBeAbout(old); err != nil {
			return err
		}
		m = old
		switch {
		case !m.Withdrawn.IsZero():
			return &Error{Code: CodeClosed, Key: "error.memo_withdrawn"}
		case m.Version != version:
			return &Error{Code: CodeConflict, Key: "error.memo_newer"}
		case !m.Reviewed.IsZero():
			return nil
		}
		if err := c.review(&m); err != nil {
			return err
		}
		if err := c.SaveMemo(m); err != nil {
			return err
		}
		m.Revision++
		if err := c.auditChange("memo.review", string(id), "version="+strconv.Itoa(version)); err != nil {
			return err
		}
		versions, err := c.MemoVersions(id)
		if err != nil {
			return err
		}
		if err := c.putRight(m, versions[len(versions)-1].At); err != nil {
			return err
		}
		return c.bureauReads(old.SharedVersion, m, "")
	})
	if err != nil {
		return Memo{}, err
	}
	return m, nil
}

// review marks the latest version as looked at by the office. What the bureau reads already,
// it reads in this version, unless walls stand: then it reads on what it had until somebody
// shares this version and says why (ShareMemos).
func (c *change) review(m *Memo) error {
	m.Reviewed, m.ReviewedBy = c.now, c.me.ID
	if m.SharedVersion == 0 {
		return nil
	}
	_, ws, err := c.bureauWalls([]Memo{*m})
	if err == nil && len(ws) == 0 {
		m.SharedVersion = m.Version
	}
	return err
}
