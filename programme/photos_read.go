package programme

import (
	"context"
	"slices"
	"time"
)

// PhotoView is a photo as one reader may see it, with those whom it names.
type PhotoView struct {
	Photo  Photo
	By     Person
	People []Person // of Photo.People, those of the roster
	Office bool     // the reader may change it
	SentTo []Person // who was sent the picture as a file; for the office alone
}

// PhotoPage is what is kept in one place, as much of it as the reader may see.
type PhotoPage struct {
	Place  PhotoPlace
	Event  Event // if they belong to one
	Photos []PhotoView
}

// Photos are those of a memo, or of an event, that the person may see.
func (o *Office) Photos(ctx context.Context, who Actor, place PhotoPlace) (PhotoPage, error) {
	page := PhotoPage{Place: place}
	err := o.readAs(ctx, who, func(tx Tx, me Person) (err error) {
		if place.Event != "" {
			if page.Event, err = tx.Event(place.Event); err != nil {
				return orMissing(err, "error.event_gone")
			}
			page.Photos, err = o.photosAt(tx, who, me, place)
			return err
		}
		m, err := tx.Memo(place.Memo)
		if err != nil {
			return orMissing(err, "error.memo_gone")
		}
		page.Photos, err = o.photosWith(tx, who, me, m)
		return err
	})
	return page, err
}

// photosWith are the photos that somebody sees with a memo: its own, and those of the
// event that it is of.
func (o *Office) photosWith(tx Tx, who Actor, me Person, m Memo) ([]PhotoView, error) {
	out, err := o.photosAt(tx, who, me, PhotoPlace{Memo: m.ID})
	if err != nil || m.Event == "" {
		return out, err
	}
	more, err := o.photosAt(tx, who, me, PhotoPlace{Event: m.Event})
	return append(out, more...), err
}

func (o *Office) photosAt(tx Tx, who Actor, me Person, place PhotoPlace) (out []PhotoView, err error) {
	photos, err := tx.PhotosAt(place)
	for _, p := range photos {
		if err == nil {
			out, err = o.addPhoto(tx, who, me, p, out)
		}
	}
	return out, err
}

func (o *Office) addPhoto(tx Tx, who Actor, me Person, p Photo, to []PhotoView) ([]PhotoView, error) {
	as, err := o.photoReader(tx, who, me, p, o.Now())
	if err != nil || as == "" {
		return to, err
	}
	v, err := photoView(tx, p)
	if v.Office = as == ReadOffice; v.Office && err == nil {
		v.SentTo, err = photoSentTo(tx, p)
	}
	return append(to, v), err
}

func photoView(tx Tx, p Photo) (v PhotoView, err error) {
	v.Photo = p
	if p.By != "" {
		if v.By, err = tx.Person(p.By); err != nil {
			return v, err
		}
	}
	for _, d := range p.People {
		if d.Person == "" {
			continue
		}
		person, err := tx.Person(d.Person)
		if err != nil {
			return v, err
		}
		v.People = append(v.People, person)
	}
	return v, nil
}

// PhotoOf is one photo, if the person may see it.
func (o *Office) PhotoOf(ctx context.Context, who Actor, id PhotoID) (PhotoView, error) {
	var v PhotoView
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		p, err := o.photoFor(tx, who, me, id)
		if err != nil {
			return err
		}
		all, err := o.addPhoto(tx, who, me, p, nil)
		if err == nil {
			v = all[0]
		}
		return err
	})
	return v, err
}

// photoFor finds a photo that the person may see.
func (o *Office) photoFor(tx Tx, who Actor, me Person, id PhotoID) (Photo, error) {
	p, err := tx.Photo(id)
	if err != nil {
		return p, orMissing(err, "error.photo_gone")
	}
	as, err := o.photoReader(tx, who, me, p, o.Now())
	if err == nil && as == "" {
		err = missing("error.photo_gone")
	}
	return p, err
}

// photoReader says as whom somebody may see the photo, "" for not at all. Until the office
// has said who may be recognised in it, it is for the office, who sent it, and the writer
// and the atsugi of its memo; then for everybody who reads the memo as its expert, too. The
// bureau sees it with a memo that was shared, if nobody is recognised in it or everybody
// who is has agreed. One of an event is seen by who reads a memo of the event, and before
// there is one by the office and who sent it.
func (o *Office) photoReader(tx Tx, who Actor, me Person, p Photo, now time.Time) (Reader, error) {
	if !p.Removed.IsZero() {
		return "", nil
	}
	memos, err := memosOf(tx, p.PhotoPlace)
	if err != nil {
		return "", err
	}
	if p.Memo == "" {
		switch {
		case o.may(who, me, now, Coordinator):
			return ReadOffice, nil
		case who.Kind == ByPerson && me.ID == p.By && o.may(who, me, now, Mentor):
			return ReadMentor, nil
		}
	}
	for _, m := range memos {
		v, err := memoView(tx, m)
		if err != nil {
			return "", err
		}
		rs, err := o.readerOf(tx, who, me, v.Atsugi, m, now)
		if err != nil {
			return "", err
		}
		as, err := o.photoReads(tx, me, m, p, rs)
		if err != nil || as != "" {
			return as, err
		}
	}
	return "", nil
}

// memosOf are the memos with which photos of a place are seen.
func memosOf(tx Tx, place PhotoPlace) ([]Memo, error) {
	if place.Memo == "" {
		return tx.Memos(MemoFilter{Event: place.Event})
	}
	m, err := tx.Memo(place.Memo)
	return []Memo{m}, err
}

// photoReads is as which of the memo's readers somebody sees the photo.
func (o *Office) photoReads(tx Tx, me Person, m Memo, p Photo, rs []Reader) (Reader, error) {
	own := me.ID != "" && (me.ID == p.By || me.ID == m.Writer)
	switch {
	case slices.Contains(rs, ReadOffice):
		return ReadOffice, nil
	case slices.Contains(rs, ReadMentor) && (own || !p.Marked.IsZero()):
		return ReadMentor, nil
	case slices.Contains(rs, ReadParticipant) && me.ID != "" && me.ID == m.Atsugi:
		return ReadParticipant, nil
	case slices.Contains(rs, ReadBureau):
		free, err := o.photoFree(tx, p)
		if free {
			return ReadBureau, err
		}
		return "", err
	}
	return "", nil
}

// PhotoFile is what a photo shows. A file that is gone is an error of its own: the row
// says that there was one.
func (o *Office) PhotoFile(ctx context.Context, p Photo) ([]byte, error) {
	data, err := o.Album.GetPhoto(ctx, p.Hash, p.Mime)
	return data, orMissing(err, "error.photo_lost")
}

// PhotoTargets are where somebody may have pictures kept: their newest memos, and what
// took place lately or takes place today.
type PhotoTargets struct {
	Memos  []MemoView
	Events []Event
	Office bool
}

const (
	targetMemos = 50
	targetSince = 60 * 24 * time.Hour
)

// PhotoTargets is for the form of a parcel, which must be the person's own.
func (o *Office) PhotoTargets(ctx context.Context, who Actor, id ParcelID) (PhotoTargets, error) {
	var out PhotoTargets
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		c := &change{Tx: tx, office: o, now: o.Now(), actor: who, me: me}
		if _, err := c.ownParcel(id); err != nil {
			return err
		}
		out.Office = o.may(who, me, c.now, Coordinator)
		memos, err := o.memosFor(tx, who, me, c.now, targetMemos)
		if err != nil {
			return err
		}
		for _, v := range memos {
			if overlap(v.As, []Reader{ReadOffice, ReadMentor}) {
				out.Memos = append(out.Memos, v)
			}
		}
		return out.addEvents(c)
	})
	return out, err
}

// addEvents adds the person's own of the last weeks, newest first.
func (t *PhotoTargets) addEvents(c *change) error {
	events, err := c.Events()
	if err != nil {
		return err
	}
	for _, e := range slices.Backward(events) {
		if !e.Cancelled.IsZero() || e.Start.After(c.now) || e.End.Before(c.now.Add(-targetSince)) {
			continue
		}
		own, err := c.office.ownEvent(c.Tx, c.actor, c.me, e, c.now)
		if err != nil {
			return err
		}
		if own {
			t.Events = append(t.Events, e)
		}
	}
	return nil
}

// lookAtParcel is for the question where pictures belong, and what came of it.
func lookAtParcel(tx Tx, m *Matter) (err error) {
	if m.Parcel, err = tx.Parcel(ParcelID(m.Notice.Subject)); err != nil {
		return err
	}
	if m.Parcel.Person != m.To.ID {
		m.Withdrawn = withdrawnDenied
	}
	return nil
}
