package programme

import (
	"context"
	"slices"
)

// MemoRecord is a memo as the record has it: with every version of it, and how often it
// was read.
type MemoRecord struct {
	MemoView
	ReviewedBy Person     // zero while nobody reviewed it
	Versions   []MemoPast // from the first on, with what each said
	Readings   int
}

// copiesAtOnce is how many copies are kept in one transaction: some tens of ms.
const copiesAtOnce = 200

// ExportMemos lists memos for the record, oldest first, those that were taken back among
// them and marked (Memo.Withdrawn). The office gets every part; of a memo about themself a
// coordinator gets what a participant reads. That they are out is kept with each memo, before
// anybody has the file.
func (o *Office) ExportMemos(ctx context.Context, who Actor) ([]MemoRecord, error) {
	var out []MemoRecord
	err := o.export(ctx, who, "memos.export", func(tx Tx) (err error) {
		out, err = o.memoRecords(tx, who)
		return err
	})
	if err != nil {
		return nil, err
	}
	to := toOperator
	if who.Kind == ByPerson {
		to = ToPerson(who.Person)
	}
	for some := range slices.Chunk(out, copiesAtOnce) {
		err := o.write(ctx, who, func(c *change) error {
			for _, r := range some {
				if err := c.copied(CopyExport, string(r.Memo.ID), r.Memo.Version, to); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// memoRecords are the memos that the person may have, with all their versions.
func (o *Office) memoRecords(tx Tx, who Actor) ([]MemoRecord, error) {
	me, err := load(tx, who)
	if err != nil {
		return nil, err
	}
	memos, err := tx.Memos(MemoFilter{Withdrawn: true})
	if err != nil {
		return nil, err
	}
	var out []MemoRecord
	for _, m := range slices.Backward(memos) {
		v, err := o.seenBy(tx, who, me, m, o.Now())
		if err != nil {
			return nil, err
		}
		if len(v.Memo.Parts) == 0 {
			continue
		}
		r, err := memoRecord(tx, v)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// memoRecord adds to a memo all its versions, as the reader may see them.
func memoRecord(tx Tx, v MemoView) (r MemoRecord, err error) {
	r.MemoView = v
	if id := v.Memo.ReviewedBy; id != "" {
		if r.ReviewedBy, err = tx.Person(id); err != nil {
			return r, err
		}
	}
	versions, err := tx.MemoVersions(v.Memo.ID)
	if err != nil {
		return r, err
	}
	for _, version := range versions {
		past, err := pastAs(tx, v, version)
		if err != nil {
			return r, err
		}
		r.Versions = append(r.Versions, past)
	}
	readings, err := tx.Readings(v.Memo.ID)
	r.Readings = len(readings)
	return r, err
}
