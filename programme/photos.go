package programme

import (
	"context"
	"errors"
	"time"
)

// PhotoID and ParcelID are ULIDs.
type (
	PhotoID  string
	ParcelID string
)

// Photo is a picture that is kept with a memo or with an event: what the program made of
// the one that somebody sent, the pixels alone.
type Photo struct {
	ID            PhotoID
	Op            string // the parcel and Slack's id of the file: kept once
	Hash          string // SHA-256 of what is kept, as hex: the name of its file
	Mime          string // image/jpeg or image/png
	Bytes         int
	Width, Height int
	By            PersonID // who sent it
	At            time.Time
	PhotoPlace
	Caption string
	People  []Depicted
	Marked  time.Time // the office said who may be recognised, zero until then
	Removed time.Time
}

// PhotoPlace is where a photo belongs: one of the two.
type PhotoPlace struct {
	Memo  MemoID
	Event EventID
}

// Depicted is somebody who may be recognised in a photo: of the roster, or by name.
type Depicted struct {
	Person PersonID `json:"person,omitempty"`
	Name   string   `json:"name,omitempty"`
}

// Picture is what a file holds once it was looked at.
type Picture struct {
	Data          []byte
	Mime          string
	Width, Height int
}

// ParcelState is what becomes of pictures that came together. The strings are stored.
type ParcelState string

const (
	ParcelAsked   ParcelState = "asked"   // where they belong is not said yet: nothing is kept
	ParcelWanted  ParcelState = "wanted"  // to be fetched and kept
	ParcelDone    ParcelState = "done"    // kept, or not for the reasons in Faults
	ParcelDropped ParcelState = "dropped" // not to be kept
)

// Parcel is pictures that came together, in a message or with a form. What they show is
// in Slack alone until somebody says where they belong.
type Parcel struct {
	ID     ParcelID
	Op     string // of the message or form: taken once
	Person PersonID
	At     time.Time
	Files  []string // Slack's ids
	PhotoPlace
	PhotoWords
	State   ParcelState
	Kept    int
	Faults  []PhotoFault // of those that were not kept
	Version int
}

// PhotoWords are what is said about pictures as they are kept.
type PhotoWords struct {
	Caption string
	People  []Depicted
	Marked  bool // the office has said who may be recognised
}

// PhotoFault is why a picture was not kept. The strings are stored.
type PhotoFault string

const (
	FaultKind   PhotoFault = "kind"   // no picture, or of another kind
	FaultHEIC   PhotoFault = "heic"   // as iPhones keep them
	FaultWebP   PhotoFault = "webp"   //
	FaultSize   PhotoFault = "size"   // too many bytes or pixels
	FaultBroken PhotoFault = "broken" // cannot be read
	FaultGone   PhotoFault = "gone"   // Slack has it no more, or not for the bot
	FaultFull   PhotoFault = "full"   // there are as many as there may be
	FaultPlace  PhotoFault = "place"  // the memo or event is there no more
)

// PhotoFaults lists every reason.
var PhotoFaults = []PhotoFault{FaultKind, FaultHEIC, FaultWebP, FaultSize, FaultBroken, FaultGone, FaultFull, FaultPlace}

const (
	// MaxParcel is how many pictures may come at once: as many as a message of Slack has.
	MaxParcel = 10
	// maxPhotos is how many a memo or an event may have: as many as a page shows.
	maxPhotos = 40
)

// Album keeps the pictures themselves, named by what they hold.
type Album interface {
	// PutPhoto is durable when it returns. What is there already is left as it is.
	PutPhoto(ctx context.Context, hash, mime string, data []byte) error
	// GetPhoto answers ErrNoRow if the file is not there.
	GetPhoto(ctx context.Context, hash, mime string) ([]byte, error)
	DropPhoto(ctx context.Context, hash, mime string) error
	// SweepPhotos removes what none of the hashes names and was not written lately.
	SweepPhotos(ctx context.Context, named map[string]bool, age time.Duration) (int, error)
}

// PhotosTx keeps photos and the parcels in which they come.
type PhotosTx interface {
	// CreatePhoto inserts; a second insert with the same op answers ErrRepeated.
	CreatePhoto(Photo) error
	// SavePhoto updates caption, people, marked and removed.
	SavePhoto(Photo) error
	Photo(PhotoID) (Photo, error)
	// PhotosAt lists those that were not removed, oldest first.
	PhotosAt(PhotoPlace) ([]Photo, error)
	// PhotosShowing lists those in which the office recognised the person and that were not
	// removed, newest first.
	PhotosShowing(PersonID) ([]Photo, error)
	// PhotosUnmarked counts, for each place, those that the office did not look at, the
	// oldest first: without memos that were withdrawn or are about that person.
	PhotosUnmarked(notAbout PersonID) ([]PhotosToMark, error)
	// PhotoHashes are those of photos that were not removed.
	PhotoHashes() (map[string]bool, error)
	// CreateParcel inserts; a second insert with the same op answers ErrRepeated.
	CreateParcel(Parcel) error
	// SaveParcel updates if the stored version is still p.Version, else ErrStale.
	SaveParcel(Parcel) error
	Parcel(ParcelID) (Parcel, error)
	// ParcelsWanted lists what is to be fetched, oldest first.
	ParcelsWanted() ([]Parcel, error)
	// CardAt is the notice of one of the kinds whose message stands there.
	CardAt(slackID, slackTS string, kinds []NoticeKind) (Notice, error)
}

// OfferPhotos takes note of pictures that somebody sent to the bot, and asks them where
// they belong. A message that comes again is asked about once. ErrNoRow says that the
// person keeps no photos here.
func (o *Office) OfferPhotos(ctx context.Context, who Actor, op string, files []string) error {
	err := o.write(ctx, who, func(c *change) error {
		if c.must(Mentor, Coordinator) != nil || !c.me.WritesMemos() || len(files) == 0 {
			return ErrNoRow
		}
		p := Parcel{
			ID: ParcelID(o.NewID()), Op: op, Person: c.me.ID, At: c.now, State: ParcelAsked,
			Files: files[:min(len(files), MaxParcel)],
		}
		if err := c.CreateParcel(p); err != nil {
			return err
		}
		return c.notify(Notice{Kind: NoticePhotoAsk, Subject: string(p.ID), To: ToPerson(c.me.ID)})
	})
	if errors.Is(err, ErrRepeated) {
		return nil
	}
	return err
}

// PhotosWithMemo has pictures kept that came with a memo's form. They are fetched later:
// that takes longer than a form may. Who sent them is told once they are kept.
func (o *Office) PhotosWithMemo(ctx context.Context, who Actor, op string, memo MemoID, files []string) error {
	if len(files) == 0 {
		return nil
	}
	err := o.write(ctx, who, func(c *change) error {
		place := PhotoPlace{Memo: memo}
		if err := o.mayKeepAt(c, place); err != nil {
			return err
		}
		return c.wantPhotos(op, place, files)
	})
	if errors.Is(err, ErrRepeated) {
		return nil
	}
	o.tellToFetch(err)
	return err
}

func (o *Office) tellToFetch(err error) {
	if err == nil && o.PhotosToFetch != nil {
		o.PhotosToFetch()
	}
}

// mayKeepAt says whether the person may have a photo kept there: with a memo that they
// read as its office or expert, or with an event of theirs.
func (o *Office) mayKeepAt(c *change, place PhotoPlace) error {
	if place.Memo != "" {
		m, err := c.Memo(place.Memo)
		if err != nil {
			return orMissing(err, "error.memo_gone")
		}
		v, err := o.seenBy(c.Tx, c.actor, c.me, m, c.now)
		if err != nil {
			return err
		}
		if !overlap(v.As, []Reader{ReadOffice, ReadMentor}) {
			return missing("error.memo_gone")
		}
		return nil
	}
	e, err := c.Event(place.Event)
	if err != nil {
		return orMissing(err, "error.event_gone")
	}
	own, err := o.ownEvent(c.Tx, c.actor, c.me, e, c.now)
	if err == nil && !own {
		err = missing("error.event_gone")
	}
	return err
}

// ownEvent says whether somebody may write of the event: the office, and experts who
// speak at it.
func (o *Office) ownEvent(tx Tx, who Actor, me Person, e Event, now time.Time) (bool, error) {
	switch {
	case o.may(who, me, now, Coordinator):
		return true, nil
	case !o.may(who, me, now, Mentor) || !me.expert():
		return false, nil
	}
	s, err := tx.Speaker(e.ID, me.ID)
	if errors.Is(err, ErrNoRow) {
		return false, nil
	}
	return s.Status.Speaks(), err
}

// WishPhotos says where the pictures of a parcel belong, and that they are to be kept.
// Only who sent them says so.
func (o *Office) WishPhotos(ctx context.Context, who Actor, id ParcelID, place PhotoPlace, w PhotoForm) (Parcel, error) {
	var p Parcel
	err := o.write(ctx, who, func(c *change) (err error) {
		if p, err = c.ownParcel(id); err != nil {
			return err
		}
		if err := o.mayKeepAt(c, place); err != nil {
			return invalid("place", "error.photo_place")
		}
		if p.PhotoWords, err = w.read(c, false, nil); err != nil {
			return err
		}
		p.PhotoPlace, p.State = place, ParcelWanted
		return c.settleParcel(p, "photo.want")
	})
	o.tellToFetch(err)
	return p, err
}

// DropPhotos says that the pictures of a parcel are not to be kept.
func (o *Office) DropPhotos(ctx context.Context, who Actor, id ParcelID) error {
	return o.write(ctx, who, func(c *change) error {
		p, err := c.ownParcel(id)
		if err != nil {
			return err
		}
		p.State = ParcelDropped
		return c.settleParcel(p, "photo.drop")
	})
}

// ownParcel is a parcel of the person's that waits for their word.
func (c *change) ownParcel(id ParcelID) (Parcel, error) {
	p, err := c.Parcel(id)
	switch {
	case err != nil:
		return p, orMissing(err, "error.photo_gone")
	case p.Person != c.me.ID || c.me.ID == "":
		return p, missing("error.photo_gone")
	case p.State != ParcelAsked:
		return p, &Error{Code: CodeConflict, Key: "error.photo_settled"}
	}
	return p, nil
}

// settleParcel saves what was said of a parcel; the question that stands shows it.
func (c *change) settleParcel(p Parcel, action string) error {
	if err := c.SaveParcel(p); err != nil {
		return err
	}
	if err := c.redraw(Notice{Kind: NoticePhotoAsk, Subject: string(p.ID)}); err != nil {
		return err
	}
	return c.audit(action, string(p.ID))
}
