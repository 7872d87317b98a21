package programme

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"time"
)

// PhotosWanted lists the parcels whose pictures are to be fetched, oldest first. It is for
// the hand that fetches them; what a stop left undone is among them.
func (o *Office) PhotosWanted(ctx context.Context) ([]Parcel, error) {
	var out []Parcel
	err := o.read(ctx, func(tx Tx) (err error) {
		out, err = tx.ParcelsWanted()
		return err
	})
	return out, err
}

// KeepPhoto keeps one picture of a parcel, file being Slack's id of it: first what it
// shows, then the row that names it. Done again it is kept once, and so is a picture that
// is there already. A fault says why it is not kept.
func (o *Office) KeepPhoto(ctx context.Context, id ParcelID, file string, pic Picture) (PhotoFault, error) {
	sum := sha256.Sum256(pic.Data)
	hash := hex.EncodeToString(sum[:])
	o.photoFiles.Lock()
	defer o.photoFiles.Unlock()
	if err := o.Album.PutPhoto(ctx, hash, pic.Mime, pic.Data); err != nil {
		return "", err
	}
	var fault PhotoFault
	err := o.write(ctx, System, func(c *change) error {
		p, err := c.Parcel(id)
		if err != nil || p.State != ParcelWanted {
			return err
		}
		if fault, err = c.placeGone(p.PhotoPlace); err != nil || fault != "" {
			return err
		}
		there, err := c.PhotosAt(p.PhotoPlace)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(there, func(x Photo) bool { return x.Hash == hash }); i >= 0 {
			return c.keepAgain(there[i], p)
		}
		if len(there) >= maxPhotos {
			fault = FaultFull
			return nil
		}
		photo := Photo{
			ID: PhotoID(o.NewID()), Op: string(id) + "|" + file, Hash: hash, Mime: pic.Mime, Bytes: len(pic.Data),
			Width: pic.Width, Height: pic.Height, By: p.Person, At: c.now, PhotoPlace: p.PhotoPlace,
			Caption: p.Caption, People: p.People,
		}
		if p.Marked {
			photo.Marked = c.now
		}
		if err := c.CreatePhoto(photo); err != nil {
			return err
		}
		return c.audit("photo.keep", string(photo.ID))
	})
	if errors.Is(err, ErrRepeated) {
		err = nil
	}
	if err == nil && fault != "" {
		err = o.dropUnnamed(ctx, hash, pic.Mime)
	}
	return fault, err
}

// keepAgain adds what a parcel says to a photo that is there already.
func (c *change) keepAgain(there Photo, p Parcel) error {
	again := there.with(p)
	if again.Caption == there.Caption && again.Marked.Equal(there.Marked) && len(again.People) == len(there.People) {
		return nil
	}
	if err := c.SavePhoto(again); err != nil {
		return err
	}
	return c.audit("photo.again", string(there.ID))
}

// dropUnnamed removes a picture's file unless some photo is that picture. The files are
// guarded.
func (o *Office) dropUnnamed(ctx context.Context, hash, mime string) error {
	named, err := o.photoHashes(ctx)
	if err != nil || named[hash] {
		return err
	}
	return o.Album.DropPhoto(ctx, hash, mime)
}

func (o *Office) photoHashes(ctx context.Context) (map[string]bool, error) {
	var named map[string]bool
	err := o.read(ctx, func(tx Tx) (err error) {
		named, err = tx.PhotoHashes()
		return err
	})
	return named, err
}

// placeGone says whether there is nothing any more with which a photo could be kept.
func (c *change) placeGone(place PhotoPlace) (PhotoFault, error) {
	gone := false
	var err error
	if place.Memo != "" {
		var m Memo
		m, err = c.Memo(place.Memo)
		gone = !m.Withdrawn.IsZero()
	} else {
		_, err = c.Event(place.Event)
	}
	if gone || errors.Is(err, ErrNoRow) {
		return FaultPlace, nil
	}
	return "", err
}

// EndParcel says that everything of a parcel was looked at, and tells who sent it.
func (o *Office) EndParcel(ctx context.Context, id ParcelID, faults []PhotoFault) error {
	return o.write(ctx, System, func(c *change) error {
		p, err := c.Parcel(id)
		if err != nil || p.State != ParcelWanted {
			return err
		}
		p.State, p.Faults, p.Kept = ParcelDone, faults, len(p.Files)-len(faults)
		if err := c.SaveParcel(p); err != nil {
			return err
		}
		n := Notice{Kind: NoticePhotoAsk, Subject: string(id)}
		if err := c.redraw(n); err != nil {
			return err
		}
		n.To = ToPerson(p.Person)
		return c.notify(n) // of what came with a form nothing stands yet
	})
}

// MarkPhoto has the office say who may be recognised in a photo, and what it shows.
func (o *Office) MarkPhoto(ctx context.Context, who Actor, id PhotoID, f PhotoForm) (Photo, error) {
	var p Photo
	err := o.write(ctx, who, func(c *change) (err error) {
		if p, err = o.photoOfOffice(c, id); err != nil {
			return err
		}
		var said []Depicted
		if !p.Marked.IsZero() {
			said = p.People
		}
		w, err := f.read(c, true, said)
		if err != nil {
			return err
		}
		p.Caption, p.People, p.Marked = w.Caption, w.People, c.now
		if err := c.SavePhoto(p); err != nil {
			return err
		}
		return c.audit("photo.mark", string(id))
	})
	return p, err
}

// RemovePhoto has the office take a photo away, with its file unless another photo is the
// same picture. What was sent to somebody before, they have.
func (o *Office) RemovePhoto(ctx context.Context, who Actor, id PhotoID) (Photo, error) {
	o.photoFiles.Lock()
	defer o.photoFiles.Unlock()
	var p Photo
	err := o.write(ctx, who, func(c *change) (err error) {
		if p, err = o.photoOfOffice(c, id); err != nil {
			return err
		}
		p.Removed, p.Caption, p.People = c.now, "", nil
		if err := c.SavePhoto(p); err != nil {
			return err
		}
		return c.audit("photo.remove", string(id))
	})
	if err == nil {
		err = o.dropUnnamed(ctx, p.Hash, p.Mime) // what a stop leaves is swept at the next start
	}
	return p, err
}

// photoOfOffice is a photo that the person may change: as the office, and of a memo about
// themself as nobody.
func (o *Office) photoOfOffice(c *change, id PhotoID) (Photo, error) {
	if err := c.must(Coordinator); err != nil {
		return Photo{}, err
	}
	p, err := c.Photo(id)
	if err != nil {
		return p, orMissing(err, "error.photo_gone")
	}
	as, err := o.photoReader(c.Tx, c.actor, c.me, p, c.now)
	if err == nil && as != ReadOffice {
		err = missing("error.photo_gone")
	}
	return p, err
}

// sweepAfter is how old a file is before it is taken for forgotten.
const sweepAfter = time.Hour

// SweepPhotos removes the files that no photo names: of what a stop interrupted. It is
// done at the start, and not while a database is on hold that may be an older copy.
func (o *Office) SweepPhotos(ctx context.Context) (int, error) {
	o.photoFiles.Lock()
	defer o.photoFiles.Unlock()
	named, err := o.photoHashes(ctx)
	if err != nil {
		return 0, err
	}
	return o.Album.SweepPhotos(ctx, named, sweepAfter)
}
