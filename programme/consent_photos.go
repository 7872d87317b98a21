package programme

import (
	"context"
	"slices"
	"time"
)

// picture is what is known of a picture from every photo that is it: the same one may be
// kept with a memo and with an event.
type picture struct {
	photo  Photo // the oldest of them, zero if none is kept any more
	people []Depicted
	marked bool // the office has said of each who may be recognised in it
}

// pictureOf gathers it; of no picture there is nothing.
func pictureOf(tx Tx, hash string) (picture, error) {
	if hash == "" {
		return picture{}, nil
	}
	photos, err := tx.PhotosByHash(hash)
	if err != nil || len(photos) == 0 {
		return picture{}, err
	}
	pic := picture{photo: photos[0], marked: true}
	for _, p := range photos {
		pic.marked = pic.marked && !p.Marked.IsZero()
		for _, d := range p.People {
			if !slices.ContainsFunc(pic.people, d.is) {
				pic.people = append(pic.people, d)
			}
		}
	}
	return pic, nil
}

// needs are those of the publication, and then whoever is in the picture beside them.
func (pic picture) needs(p Publication) []Need {
	needs := slices.Clone(p.Needs)
	for _, d := range pic.people {
		asked := func(n Need) bool { return n.Party == PartyDepicted && d.is(n.depicted()) }
		if (d.Person == "" || d.Person != p.Person) && !slices.ContainsFunc(needs, asked) {
			needs = append(needs, Need{Party: PartyDepicted, Person: d.Person, Name: d.Name})
		}
	}
	return needs
}

func (n Need) depicted() Depicted { return Depicted{Person: n.Person, Name: n.Name} }

// photoToPublish is a photo that may be proposed: the office has said who is in it.
func (c *change) photoToPublish(id PhotoID) (origin, error) {
	p, err := c.office.photoOfOffice(c, id)
	if err != nil {
		return origin{}, err
	}
	pic, err := pictureOf(c.Tx, p.Hash)
	if err != nil {
		return origin{}, err
	}
	if !pic.marked {
		return origin{}, invalid("photo", "error.photo_who")
	}
	from := origin{source: PhotoSource(p.Hash), text: p.Caption, picture: pic}
	if p.Memo != "" {
		m, err := c.Memo(p.Memo)
		if err != nil {
			return origin{}, err
		}
		from.person = m.Atsugi
	}
	return from, nil
}

// photoFree says whether a photo may leave the house: the office looked at it, and
// everybody who may be recognised in the picture agreed to this very one and refused it
// nowhere.
func (o *Office) photoFree(tx Tx, p Photo) (bool, error) {
	pic, err := pictureOf(tx, p.Hash)
	if err != nil || !pic.marked || len(pic.people) == 0 {
		return pic.marked, err
	}
	publications, err := tx.PublicationsOf(PhotoSource(p.Hash))
	if err != nil {
		return false, err
	}
	agreed := make([]bool, len(pic.people))
	for _, of := range publications {
		s, err := o.standingOf(tx, of)
		if err != nil {
			return false, err
		}
		for _, party := range s.Parties {
			i := slices.IndexFunc(pic.people, party.depicted().is)
			switch {
			case i < 0 || party.Says == "":
			case !party.Says.Agrees():
				return false, nil
			default:
				agreed[i] = agreed[i] || !s.Gone
			}
		}
	}
	return !slices.Contains(agreed, false), nil
}

// AskDepicted asks those, too, who were found to be in the picture since it was proposed.
// What others said of it stands.
func (o *Office) AskDepicted(ctx context.Context, who Actor, id PublicationID, version int) (Publication, error) {
	return o.managePublication(ctx, who, id, version, func(c *change, p *Publication) error {
		pic, err := pictureOf(c.Tx, p.Picture())
		if err != nil {
			return err
		}
		needs, err := checkedNeeds(c.Tx, pic.needs(*p), p.Person)
		if err != nil || len(needs) == len(p.Needs) {
			return err
		}
		p.Needs = needs
		if err := c.SavePublication(*p); err != nil {
			return err
		}
		p.Version++
		if err := c.audit("publication.ask_depicted", string(p.ID)); err != nil {
			return err
		}
		return c.tellParties(*p, NoticeConsentAsk, func(s PartyStanding) bool { return s.Says == "" })
	})
}

// mayLookAt says whether somebody of the roster may look at a publication's picture
// because of the publication: who is asked about it, and the office unless it is about
// themself.
func (o *Office) mayLookAt(p Publication, who Actor, me Person, now time.Time) bool {
	_, asked := p.askedAs(me.ID)
	return asked || p.Person != me.ID && o.may(who, me, now, Coordinator)
}

// SendPicture has a publication's picture sent as a file to who is asked about it, so that
// they see what they are asked, and to the office. Each press of the button, which op
// names, sends it once.
func (o *Office) SendPicture(ctx context.Context, who Actor, op string, id PublicationID) error {
	return o.write(ctx, who, func(c *change) error {
		p, err := c.Publication(id)
		if err != nil {
			return orMissing(err, "error.publication_gone")
		}
		if c.actor.Kind != ByPerson || !o.mayLookAt(p, who, c.me, c.now) {
			return missing("error.publication_gone")
		}
		pic, err := pictureOf(c.Tx, p.Picture())
		if err != nil {
			return err
		}
		if pic.photo.ID == "" {
			return missing("error.photo_gone")
		}
		if err := c.audit("publication.picture", string(p.ID)); err != nil {
			return err
		}
		return c.notify(Notice{
			Kind: NoticeConsentPhoto, Subject: string(p.ID), To: ToPerson(c.me.ID), Occasion: op,
			UsefulUntil: c.now.Add(24 * time.Hour),
		})
	})
}

// lookAtPicture is for a publication's picture on its way to somebody, if they still may
// see it.
func (o *Office) lookAtPicture(tx Tx, m *Matter) error {
	p, err := tx.Publication(PublicationID(m.Notice.Subject))
	if err != nil {
		return err
	}
	pic, err := pictureOf(tx, p.Picture())
	if err != nil {
		return err
	}
	if pic.photo.ID == "" || !o.mayLookAt(p, As(m.To.ID), m.To, o.Now()) {
		m.Withdrawn = withdrawnDenied
	}
	m.Photo.Photo = pic.photo
	return nil
}
