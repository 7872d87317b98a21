package programme

import (
	"context"
	"errors"
	"slices"
	"time"
)

// CopyPhoto is a picture that was sent to somebody as a file. Its subject is PhotoSource,
// as that of a picture that is published.
const CopyPhoto = string(NoticeMemoPhoto)

// PhotoToSend is a photo that the person may have as a file.
func (o *Office) PhotoToSend(ctx context.Context, who Actor, id PhotoID) (Photo, error) {
	var v PhotoView
	err := o.readAs(ctx, who, func(tx Tx, me Person) (err error) {
		v, err = o.photoToSend(tx, who, me, id)
		return err
	})
	return v.Photo, err
}

// photoToSend is a photo that somebody may see. Of one in which they are, and which they may
// not see otherwise, they have the picture and its day: the memo is somebody else's.
func (o *Office) photoToSend(tx Tx, who Actor, me Person, id PhotoID) (PhotoView, error) {
	p, err := o.photoFor(tx, who, me, id)
	if err == nil {
		return photoView(tx, p)
	}
	if e, refused := AsError(err); refused && e.Code == CodeNotFound && p.shows(me.ID) {
		return PhotoView{Photo: p.bare()}, nil
	}
	return PhotoView{}, err
}

// shows says whether the office recognised the person in a photo that is still kept.
func (p Photo) shows(id PersonID) bool {
	return id != "" && p.Removed.IsZero() && slices.ContainsFunc(p.People, func(d Depicted) bool { return d.Person == id })
}

// bare is a picture and its day, without a word of what it is kept with.
func (p Photo) bare() Photo {
	return Photo{ID: p.ID, Hash: p.Hash, Mime: p.Mime, Bytes: p.Bytes, Width: p.Width, Height: p.Height, At: p.At}
}

// SendPhoto has a photo sent to the person who asks, as a file. Each press of the button,
// which op names, sends it once; that it was given out is kept.
func (o *Office) SendPhoto(ctx context.Context, who Actor, op string, id PhotoID) error {
	return o.write(ctx, who, func(c *change) error {
		if c.me.ID == "" {
			return denied("error.denied")
		}
		v, err := o.photoToSend(c.Tx, who, c.me, id)
		if err != nil {
			return err
		}
		return c.sendPhoto(v.Photo, op)
	})
}

// sendPhoto sends a photo that the person may have to them.
func (c *change) sendPhoto(p Photo, op string) error {
	n := Notice{
		Kind: NoticeMemoPhoto, Subject: string(p.ID), To: ToPerson(c.me.ID), Occasion: op,
		UsefulUntil: c.now.Add(24 * time.Hour),
	}
	if _, err := c.DeliveryOf(n); !errors.Is(err, ErrNoRow) {
		return err // the same press again
	}
	if err := c.copy(Copy{Kind: CopyPhoto, Subject: PhotoSource(p.Hash), To: n.To, Occasion: op}); err != nil {
		return err
	}
	if err := c.audit("photo.send", string(p.ID)); err != nil {
		return err
	}
	return c.notify(n)
}

// lookAtPhoto is for a photo on its way to somebody, if they still may have it.
func (o *Office) lookAtPhoto(tx Tx, m *Matter) (err error) {
	m.Photo, err = o.photoToSend(tx, As(m.To.ID), m.To, PhotoID(m.Notice.Subject))
	if e, refused := AsError(err); refused && e.Code == CodeNotFound || errors.Is(err, ErrNoRow) {
		m.Withdrawn = withdrawnDenied
		return nil
	}
	return err
}

// photoSentTo are those who were sent the picture, each once, the first first.
func photoSentTo(tx Tx, p Photo) (out []Person, err error) {
	copies, err := tx.CopiesOf(PhotoSource(p.Hash))
	if err != nil {
		return nil, err
	}
	for _, c := range copies {
		id := c.To.Person()
		if c.Kind != CopyPhoto || id == "" || slices.ContainsFunc(out, func(p Person) bool { return p.ID == id }) {
			continue
		}
		person, err := tx.Person(id)
		if err != nil {
			return nil, err
		}
		out = append(out, person)
	}
	return out, nil
}
