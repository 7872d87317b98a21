package programme

import (
	"context"
	"strconv"
)

// MemoDigest is what a file for the bureau holds: the memos that are new since the last
// one, each in the version and with the parts that the bureau reads.
type MemoDigest struct {
	Memos []DigestMemo // by day
}

// DigestMemo is a memo in a digest.
type DigestMemo struct {
	MemoView
	Corrected bool // the bureau had an earlier version
}

// lookAtMemoDigest withdraws a digest in which nothing is new. What is in it is asked for
// when the file is made (HandOutDigest).
func (o *Office) lookAtMemoDigest(tx Tx, m *Matter) error {
	memos, err := tx.MemosUndigested(m.Notice.Occasion)
	if o.Settings.BureauWay != BureauDigest || len(memos) == 0 {
		m.Withdrawn = withdrawnEmpty
	}
	return err
}

// HandOutDigest gathers what goes into the file of a notice, and keeps that it goes out.
// Asked again for the same notice it answers with the same, but for what was taken back
// or shared meanwhile.
func (o *Office) HandOutDigest(ctx context.Context, n Notice) (MemoDigest, error) {
	var d MemoDigest
	err := o.write(ctx, System, func(c *change) error {
		memos, err := c.MemosUndigested(n.Occasion)
		if err != nil {
			return err
		}
		for _, m := range memos {
			line, err := c.digestMemo(m, n)
			if err != nil {
				return err
			}
			d.Memos = append(d.Memos, line)
		}
		return nil
	})
	return d, err
}

// digestMemo is one memo of the file, kept as given out.
func (c *change) digestMemo(m Memo, n Notice) (DigestMemo, error) {
	shared, err := c.MemoAsOf(m.ID, m.SharedVersion)
	if err != nil {
		return DigestMemo{}, err
	}
	copies, err := c.CopiesOf(string(m.ID))
	if err != nil {
		return DigestMemo{}, err
	}
	var line DigestMemo
	for _, one := range copies {
		line.Corrected = line.Corrected || one.Kind == CopyDigest && one.Version < m.SharedVersion
	}
	as := []Reader{ReadBureau}
	if line.MemoView, err = memoView(c.Tx, visible(shared, as)); err != nil {
		return line, err
	}
	line.As = as
	err = c.copy(Copy{Kind: CopyDigest, Subject: string(m.ID), Version: m.SharedVersion, To: n.To, Occasion: n.Occasion})
	if err != nil {
		return line, err
	}
	return line, c.auditChange("memo.digest", string(m.ID), "version="+strconv.Itoa(m.SharedVersion))
}
