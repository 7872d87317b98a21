package programme

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Hidden is somebody by whom an atsugi would rather not be seen (見せたくない相手), as one
// stored word: a person of the roster, or the name of an organisation or of somebody who
// is not on it.
type Hidden string

// HiddenPerson and HiddenName make one.
func HiddenPerson(id PersonID) Hidden { return Hidden("p:" + string(id)) }
func HiddenName(name string) Hidden   { return Hidden("o:" + name) }

// Person is the person of the roster, "" for a name.
func (h Hidden) Person() PersonID {
	if id, ok := strings.CutPrefix(string(h), "p:"); ok {
		return PersonID(id)
	}
	return ""
}

// Name is the organisation's or somebody's name, "" for a person of the roster.
func (h Hidden) Name() string {
	if name, ok := strings.CutPrefix(string(h), "o:"); ok {
		return name
	}
	return ""
}

// HiddenEntry is one of somebody's list, and who put it there.
type HiddenEntry struct {
	Hidden
	At time.Time
	By PersonID // "" for the operator
}

// HiddenTx keeps whom people named privately.
type HiddenTx interface {
	// HiddenFrom lists those of one person, by when they were entered.
	HiddenFrom(PersonID) ([]HiddenEntry, error)
	// Hide adds one to a person's list; one that is on it stays as it is.
	Hide(PersonID, HiddenEntry) error
	Unhide(PersonID, Hidden) error
}

// HiddenView is one of them with who it is.
type HiddenView struct {
	Hidden
	Who    Person // zero for a name
	Behalf bool   // somebody else entered it for them
}

// hiddenViews are the person's list as it is shown.
func hiddenViews(tx Tx, person PersonID) ([]HiddenView, error) {
	list, err := tx.HiddenFrom(person)
	if err != nil {
		return nil, err
	}
	var out []HiddenView
	for _, e := range list {
		v := HiddenView{Hidden: e.Hidden, Behalf: e.By != person}
		if id := e.Person(); id != "" {
			if v.Who, err = tx.Person(id); err != nil {
				return nil, err
			}
		}
		out = append(out, v)
	}
	return out, nil
}

// HiddenPrint tells whether a list is still the one that was shown; "" of an empty one.
func HiddenPrint(list []HiddenView) string {
	var words []string
	for _, v := range list {
		words = append(words, string(v.Hidden))
	}
	return fingerprint(words)
}

// fingerprint is of these words in whatever order, "" of none.
func fingerprint(words []string) string {
	if len(words) == 0 {
		return ""
	}
	slices.Sort(words)
	sum := sha256.Sum256([]byte(strings.Join(words, "\x00")))
	return hex.EncodeToString(sum[:8])
}

const (
	maxHidden     = 20
	maxHiddenName = 100
)

// mayHide finds the atsugi whose list it is: their own, or for the office to enter on
// their behalf.
func (o *Office) mayHide(tx Tx, who Actor, me Person, id PersonID) (Person, error) {
	p, err := tx.Person(id)
	if err != nil {
		return p, orMissing(err, "error.choice")
	}
	own := who.Kind == ByPerson && me.ID == id
	if !p.Has(Atsugi) || !own && !o.may(who, me, o.Now(), Coordinator) {
		return p, denied("error.denied")
	}
	return p, nil
}

// HideFrom makes these the people and organisations by whom somebody would rather not be
// seen, if their list is the one that was shown (HiddenPrint), else CodeConflict: what was
// added meanwhile on another device or by the office is not lost. Nobody but they and the
// office ever learns of the list. Somebody from whose list the office takes one away is told
// that it changed, not what. If somebody on it has something already, the office is told.
func (o *Office) HideFrom(ctx context.Context, who Actor, person PersonID, shown string, others []Hidden) error {
	return o.write(ctx, who, func(c *change) error {
		whose, err := o.mayHide(c.Tx, who, c.me, person)
		if err != nil {
			return err
		}
		list, err := hiddenViews(c.Tx, person)
		if err != nil {
			return err
		}
		if HiddenPrint(list) != shown {
			return &Error{Code: CodeConflict, Key: "error.hidden_changed"}
		}
		kept, err := hiddenFrom(c.Tx, person, others)
		if err != nil {
			return err
		}
		before, err := c.HiddenFrom(person)
		if err != nil {
			return err
		}
		if err := c.hide(person, list, kept); err != nil {
			return err
		}
		return c.tellOfList(whose, before)
	})
}

// hide takes from the list what is not kept, and adds what is new.
func (c *change) hide(person PersonID, list []HiddenView, kept []Hidden) error {
	added, removed := 0, 0
	for _, v := range list {
		if slices.Contains(kept, v.Hidden) {
			continue
		}
		if err := c.Unhide(person, v.Hidden); err != nil {
			return err
		}
		removed++
	}
	for _, h := range kept {
		if slices.ContainsFunc(list, func(v HiddenView) bool { return v.Hidden == h }) {
			continue
		}
		if err := c.Hide(person, HiddenEntry{Hidden: h, At: c.now, By: c.me.ID}); err != nil {
			return err
		}
		added++
	}
	if added+removed == 0 {
		return nil
	}
	if removed > 0 && c.me.ID != person {
		n := Notice{Kind: NoticeHiddenChanged, Subject: string(person), To: ToPerson(person), Occasion: c.office.NewID()}
		if err := c.notify(n); err != nil {
			return err
		}
	}
	return c.auditChange("hidden.save", string(person), fmt.Sprintf("added=%d removed=%d", added, removed))
}

// hiddenFrom checks a list and leaves out what is in it twice.
func hiddenFrom(tx Tx, person PersonID, others []Hidden) ([]Hidden, error) {
	var kept []Hidden
	for _, h := range others {
		if name := strings.TrimSpace(h.Name()); h.Person() == "" {
			if name == "" {
				continue
			}
			if utf8.RuneCountInString(name) > maxHiddenName {
				return nil, invalid("names", "error.too_long", "Max", maxHiddenName)
			}
			h = HiddenName(name)
		} else if _, err := tx.Person(h.Person()); errors.Is(err, ErrNoRow) || h.Person() == person {
			return nil, invalid("who", "error.choice")
		} else if err != nil {
			return nil, err
		}
		if !slices.Contains(kept, h) {
			kept = append(kept, h)
		}
	}
	if len(kept) > maxHidden {
		return nil, invalid("names", "error.hidden_many", "Max", maxHidden)
	}
	return kept, nil
}

// tellOfList tells the office if somebody who is on the list now, and was not before, has
// something about whose list it is.
func (c *change) tellOfList(whose Person, before []HiddenEntry) error {
	now, err := c.HiddenFrom(whose.ID)
	if err != nil {
		return err
	}
	facts, err := wallFactsNow(c.Tx)
	if err != nil {
		return err
	}
	experts := facts.experts(whose)
	return c.tellOfWalls(whose.ID, facts.walls(whose, before, experts), facts.walls(whose, now, experts))
}

// HiddenFrom lists by whom somebody would rather not be seen, to them and to the office.
func (o *Office) HiddenFrom(ctx context.Context, who Actor, person PersonID) ([]HiddenView, error) {
	var out []HiddenView
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		if _, err := o.mayHide(tx, who, me, person); err != nil {
			return err
		}
		var err error
		out, err = hiddenViews(tx, person)
		return err
	})
	return out, err
}

// HideChoices are whom somebody can pick from for their list for what was typed: those who
// take part as expert, supporter or of the bureau, by kana, and organisations of these, by
// name; of each limit at most. They name no other atsugi: those are not to be shown to each
// other.
func (o *Office) HideChoices(ctx context.Context, who Actor, person PersonID, typed string, limit int) (people []Person, names []string, err error) {
	err = o.readAs(ctx, who, func(tx Tx, me Person) error {
		if _, err := o.mayHide(tx, who, me, person); err != nil {
			return err
		}
		all, err := tx.People()
		want := foldName(typed)
		all = slices.DeleteFunc(slices.Clone(all), func(p Person) bool {
			return !p.Active() || p.ID == person || !overlap(p.Roles, []Role{Mentor, Supporter, Bureau})
		})
		for _, p := range all {
			if len(people) < limit && holds(want, p.Name, p.Kana, p.Organisation) {
				people = append(people, p)
			}
		}
		for _, name := range organisations(all) {
			if len(names) < limit && holds(want, name) && utf8.RuneCountInString(name) <= maxHiddenName {
				names = append(names, name)
			}
		}
		return err
	})
	return people, names, err
}
