package programme

import (
	"context"
	"errors"
	"slices"
)

// deskLines is how many of each kind the desk lists: the page behind it leads on by search.
const deskLines = 20

// MemoDesk is what is to be done about memos: for the office all of it, for an expert
// their own. The memos are titles, without parts.
type MemoDesk struct {
	Office      bool
	Drafts      []MemoDraft      // the reader's own, newest first
	Review      []MemoView       // not looked at by the office, oldest first
	ToReview    int              // how many there are of these in all
	Unshared    []MemoView       // looked at, and not with the bureau in this version, oldest first
	ToShare     int              // likewise
	Corrections []CorrectionView // to decide of, or to make, oldest first
	Photos      []PhotosToMark   // of which the office did not say who is in them, oldest first
	ToMark      int              // how many photos these are in all
	Due         []MemoDue        // that can be written and are not, the oldest first; an expert's own
	ToWrite     int              // how many there are of these in all
	Questions   []DeskQuestion   // of the bureau that wait for an answer, oldest first
	Recent      []MemoView       // the newest for the office, whatever became of them but taken back
}

// DeskQuestion is a question of the bureau with the memo that it is about, without parts,
// and who asks.
type DeskQuestion struct {
	MemoQuestion
	View MemoView
	Who  Person
}

// MemoDesk is for those who write memos.
func (o *Office) MemoDesk(ctx context.Context, who Actor) (MemoDesk, error) {
	var desk MemoDesk
	err := o.read(ctx, func(tx Tx) error {
		me, err := load(tx, who)
		if err != nil {
			return err
		}
		c := &change{Tx: tx, office: o, now: o.Now(), actor: who, me: me}
		if c.must(Mentor, Coordinator) != nil {
			return denied("error.memo_denied")
		}
		desk.Office = c.must(Coordinator) == nil
		if desk.Drafts, err = c.deskDrafts(desk.Office); err != nil {
			return err
		}
		if err := c.deskDues(&desk); err != nil || !desk.Office {
			return err
		}
		return c.deskOfOffice(&desk)
	})
	return desk, err
}

// deskDrafts are one's own drafts with whom and what they are of.
func (c *change) deskDrafts(office bool) ([]MemoDraft, error) {
	drafts, err := c.ownDrafts()
	if err != nil || len(drafts) == 0 {
		return nil, err
	}
	for i := range drafts {
		d := &drafts[i]
		d.Office = office
		if d.Form.Event != "" {
			if d.Event, err = c.Event(d.Form.Event); err != nil && !errors.Is(err, ErrNoRow) {
				return nil, err
			}
		}
		if d.Form.Atsugi == "" {
			continue
		}
		p, err := c.Person(d.Form.Atsugi)
		if errors.Is(err, ErrNoRow) { // a form holds what was sent: the memo is looked at
			continue
		}
		if err != nil {
			return nil, err
		}
		if office && p.ID != c.me.ID || c.me.Advises(p) {
			d.Atsugi = p
		}
	}
	return drafts, nil
}

// deskDues are the memos that are to be written: an expert's own, for the office all but
// those of sessions in which the reader is the atsugi.
func (c *change) deskDues(desk *MemoDesk) error {
	dues, err := c.office.memosDue(c.Tx, c.now)
	if err != nil {
		return err
	}
	dues = slices.DeleteFunc(dues, func(d MemoDue) bool {
		own := c.me.ID != "" && d.Writer.ID == c.me.ID
		return !own && !desk.Office || c.me.ID != "" && d.Atsugi.ID == c.me.ID
	})
	for i := range dues {
		dues[i].Late = !dues[i].Due.IsZero() && dues[i].Due.Before(c.now)
	}
	desk.Due, desk.ToWrite = dues[:min(len(dues), deskLines)], len(dues)
	return nil
}

func (c *change) deskOfOffice(desk *MemoDesk) (err error) {
	if desk.Review, desk.ToReview, err = c.titles(MemoFilter{Unreviewed: true}); err != nil {
		return err
	}
	if desk.Unshared, desk.ToShare, err = c.titles(MemoFilter{Unshared: true, Reviewed: true}); err != nil {
		return err
	}
	if err := c.deskPhotos(desk); err != nil {
		return err
	}
	if desk.Recent, err = c.listed(MemoFilter{NotAbout: c.me.ID, Limit: deskLines}); err != nil {
		return err
	}
	if err := c.deskQuestions(desk); err != nil {
		return err
	}
	waiting, err := c.OpenCorrections(deskLines)
	if err != nil {
		return err
	}
	for _, k := range waiting {
		v, err := c.office.correctionView(c.Tx, c.actor, c.me, k)
		if err != nil {
			return err
		}
		if v.Decide {
			desk.Corrections = append(desk.Corrections, v)
		}
	}
	return nil
}

// titles are the oldest memos of the filter, and how many there are, but for those about
// the reader themself.
func (c *change) titles(f MemoFilter) ([]MemoView, int, error) {
	f.NotAbout = c.me.ID
	n, err := c.CountMemos(f)
	if err != nil {
		return nil, 0, err
	}
	f.Oldest, f.Limit = true, deskLines
	out, err := c.listed(f)
	return out, n, err
}

// listed are the memos of the filter without their words.
func (c *change) listed(f MemoFilter) ([]MemoView, error) {
	memos, err := c.Memos(f)
	if err != nil {
		return nil, err
	}
	out := make([]MemoView, len(memos))
	for i, m := range memos {
		if out[i], err = memoView(c.Tx, m.withoutWords()); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// deskQuestions are what the bureau asks and nobody answered, but of memos about the reader.
func (c *change) deskQuestions(desk *MemoDesk) error {
	waiting, err := c.OpenMemoQuestions(c.me.ID, deskLines)
	if err != nil {
		return err
	}
	for _, q := range waiting {
		m, err := c.Memo(q.Memo)
		if err != nil {
			return err
		}
		v := DeskQuestion{MemoQuestion: q}
		if v.View, err = memoView(c.Tx, m.withoutWords()); err != nil {
			return err
		}
		if v.Who, err = c.Person(q.By); err != nil && !errors.Is(err, ErrNoRow) {
			return err
		}
		desk.Questions = append(desk.Questions, v)
	}
	return nil
}
