package programme

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// How much is said about a picture.
const (
	MaxCaption      = 200 // characters
	maxDepicted     = 20  // people in a picture
	maxDepictedName = 100 // characters
)

// PhotoForm is what a form says about pictures.
type PhotoForm struct {
	Caption string
	People  []PersonID // of the roster; the office alone chooses from it
	Names   string     // of others who may be recognised, one a line
	Others  bool       // those of Names are not the people of the roster who are called so
	Nobody  bool       // nobody may be recognised
}

// read checks the form; said is what the office said of the picture before. For the office
// it must say one of the two: with its word a photo counts as looked at. What anybody else
// types is a name and no more, until the office says whose.
func (f PhotoForm) read(c *change, must bool, said []Depicted) (w PhotoWords, err error) {
	office := c.must(Coordinator) == nil
	if w.Caption = strings.TrimSpace(f.Caption); utf8.RuneCountInString(w.Caption) > MaxCaption {
		return w, invalid("caption", "error.too_long", "Max", MaxCaption)
	}
	if w.People, err = c.depicted(f, office, said); err != nil {
		return w, err
	}
	switch {
	case f.Nobody && len(w.People) > 0:
		return w, invalid("names", "error.photo_both")
	case must && !f.Nobody && len(w.People) == 0:
		return w, invalid("names", "error.photo_who")
	}
	w.Marked = office && (f.Nobody || len(w.People) > 0)
	return w, nil
}

// depicted are the people of a form: those whom the office chose from the roster, then the
// names. A yes of somebody who is only called the same must free no picture: the office
// says of such a name whose it is.
func (c *change) depicted(f PhotoForm, office bool, said []Depicted) (out []Depicted, err error) {
	chosen, err := c.chosenInPhoto(f.People, office)
	if err != nil {
		return nil, err
	}
	for _, p := range chosen {
		out = append(out, Depicted{Person: p.ID})
	}
	for line := range strings.Lines(f.Names) {
		d := Depicted{Name: strings.Join(strings.Fields(line), " ")}
		called := func(p Person) bool { return sameName(p.Name, d.Name) }
		switch {
		case d.Name == "", slices.ContainsFunc(out, d.is), !f.Others && slices.ContainsFunc(chosen, called):
			continue
		case utf8.RuneCountInString(d.Name) > maxDepictedName:
			return nil, invalid("names", "error.photo_name_long", "Max", maxDepictedName)
		case office && !f.Others && !slices.ContainsFunc(said, d.is):
			if err := c.mustBeNoneOfRoster(d.Name); err != nil {
				return nil, err
			}
		}
		out = append(out, d)
	}
	if len(out) > maxDepicted {
		return nil, invalid("names", "error.photo_names", "Max", maxDepicted)
	}
	return out, nil
}

// is says whether two are one: the same person of the roster, or a name of the same
// spelling that is nobody's there.
func (d Depicted) is(other Depicted) bool {
	return d.Person == other.Person && (d.Person != "" || sameName(d.Name, other.Name))
}

// chosenInPhoto are those whom the office chose, each once.
func (c *change) chosenInPhoto(ids []PersonID, office bool) (out []Person, err error) {
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			continue
		}
		p, err := c.Person(id)
		if errors.Is(err, ErrNoRow) || err == nil && !office {
			return nil, invalid("people", "error.choice")
		}
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// mustBeNoneOfRoster refuses a name that people of the roster have.
func (c *change) mustBeNoneOfRoster(name string) error {
	roster, err := c.People()
	if err != nil {
		return err
	}
	var same []Person
	for _, p := range roster {
		if sameName(p.Name, name) && p.Active() {
			same = append(same, p)
		}
	}
	if len(same) > 0 {
		return invalid("names", "error.photo_namesake", "Who", same)
	}
	return nil
}

// with adds what was said of the same picture when it was sent again: nobody who was
// recognised and no word is lost. Somebody who was not known to be in it before has the
// office look at it anew, unless the office has just said who is.
func (p Photo) with(of Parcel) Photo {
	was := len(p.People)
	for _, d := range of.People {
		if !slices.ContainsFunc(p.People, d.is) {
			p.People = append(slices.Clone(p.People), d)
		}
	}
	switch {
	case of.Marked && len(p.People) == len(of.People):
		p.Marked = of.At
	case len(p.People) > was:
		p.Marked = time.Time{}
	}
	switch both := p.Caption + "／" + of.Caption; {
	case p.Caption == "":
		p.Caption = of.Caption
	case of.Caption != "" && !strings.Contains(p.Caption, of.Caption) && utf8.RuneCountInString(both) <= MaxCaption:
		p.Caption = both
	}
	return p
}
