package programme

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"
)

// DirectoryEntry is somebody as another one sees them: what they opened, and no more. What
// they did not open is empty. Addresses and telephone numbers never are in it.
type DirectoryEntry struct {
	ID    PersonID
	Name  string
	Kana  string
	Firm  string
	Craft string
	Share string // what they can talk about
}

// maxSought is how much may be typed into the directory's search, in characters.
const maxSought = 100

// Directory lists those who show themselves to the reader and in whose shown words all of
// sought is found, by kana; nobody by default (programme.md "Who and why": need to know).
// Atsugi and experts see who opened to them; seniors and advisers, who may be competitors,
// support organisations, bureau and office see who opened to everybody. By whom
// somebody would rather not be seen, they are not. Looking is not recorded: each entry was
// put there to be read. The reader is not in it.
func (o *Office) Directory(ctx context.Context, who Actor, sought string) ([]DirectoryEntry, error) {
	var out []DirectoryEntry
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		if utf8.RuneCountInString(sought) > maxSought {
			return invalid("sought", "error.too_long", "Max", maxSought)
		}
		seen, err := o.directory(tx, who, me)
		want := strings.Fields(fold(sought))
		for _, e := range seen {
			if e.says(want) {
				out = append(out, e)
			}
		}
		return err
	})
	return out, err
}

// directory is everybody whom the reader may see, by kana.
func (o *Office) directory(tx Tx, who Actor, me Person) ([]DirectoryEntry, error) {
	if who.Kind != ByPerson {
		return nil, denied("error.denied")
	}
	if !me.Admitted(o.Settings.Today(o.Now())) {
		return nil, nil // before the dates of notice and pledge they see nobody (programme.md duty 4)
	}
	shown, err := tx.ShownProfiles()
	if err != nil || len(shown) == 0 {
		return nil, err
	}
	hidden, err := tx.HiddenOfShown()
	if err != nil {
		return nil, err
	}
	looks, err := o.onlookerFaces(tx, me)
	if err != nil {
		return nil, err
	}
	people, err := tx.People()
	if err != nil {
		return nil, err
	}
	byID := make(map[PersonID]Profile, len(shown))
	for _, p := range shown {
		byID[p.Person] = p
	}
	var out []DirectoryEntry
	for _, p := range people {
		prof, ok := byID[p.ID]
		if ok && p.ID != me.ID && p.Active() && prof.Shown.includes(me) && !hiddenFromAny(p, hidden[p.ID], looks) {
			out = append(out, entryOf(p, prof))
		}
	}
	return out, nil
}

// includes says whether somebody who takes part is among those to whom it is shown.
func (s ShownTo) includes(p Person) bool {
	switch s {
	case ShownToEverybody:
		return true
	case ShownToAtsugi:
		return p.Has(Atsugi)
	case ShownToExperts:
		return p.expert()
	case ShownToBoth:
		return p.Has(Atsugi) || p.expert()
	}
	return false
}

// onlookerFaces are the reader, also by the name and firm that they had before they said
// otherwise themself: until the office took note of it, a new name opens no door.
func (o *Office) onlookerFaces(tx Tx, me Person) (onlookers, error) {
	faces := []Person{me}
	open, err := tx.OpenProfileChanges(me.ID)
	for _, ch := range open {
		if ch.Source != FromSelf || !ch.Applied {
			continue
		}
		was := me
		for _, f := range ch.Fields {
			*textField(&was, f.Column) = f.From
		}
		faces = append(faces, was)
	}
	return onlookersOf(faces, nil), err
}

// hiddenFromAny says whether somebody named the reader, or the organisation that they are of.
func hiddenFromAny(p Person, hidden []HiddenEntry, reader onlookers) bool {
	if len(hidden) == 0 {
		return false
	}
	return slices.ContainsFunc(wallsOf(p, hidden, reader), func(w Wall) bool { return w.Kind == WallHidden })
}

func entryOf(p Person, prof Profile) DirectoryEntry {
	e := DirectoryEntry{ID: p.ID, Name: p.Name}
	for _, f := range prof.Fields {
		switch f {
		case FieldKana:
			e.Kana = p.Kana
		case FieldFirm:
			e.Firm = p.Organisation
		case FieldCraft:
			e.Craft = p.Craft
		case FieldShare:
			e.Share = prof.Share
		}
	}
	return e
}

// says whether each of the folded words is in something that is shown.
func (e DirectoryEntry) says(want []string) bool {
	for _, w := range want {
		if !slices.ContainsFunc([]string{e.Name, e.Kana, e.Firm, e.Craft, e.Share}, func(s string) bool {
			return strings.Contains(foldName(s), foldName(w))
		}) {
			return false
		}
	}
	return true
}

// DirectoryForm is to whom somebody shows themself, and what of.
type DirectoryForm struct {
	Version int // of the profile that the form showed
	Shown   ShownTo
	Fields  []ProfileField
	Share   string
}

// ShowMe keeps to whom somebody shows themself, themself alone. CodeConflict if it is another
// by now, as from another device. It counts at once, also for what is open elsewhere.
func (o *Office) ShowMe(ctx context.Context, who Actor, f DirectoryForm) error {
	return o.write(ctx, who, func(c *change) error {
		if c.me.ID == "" {
			return denied("error.denied")
		}
		if !slices.Contains(ShownTos, f.Shown) {
			return invalid("shown", "error.choice")
		}
		for _, field := range f.Fields {
			if !slices.Contains(ProfileFields, field) {
				return invalid("fields", "error.choice")
			}
		}
		if utf8.RuneCountInString(f.Share) > maxShare {
			return invalid("share", "error.too_long", "Max", maxShare)
		}
		prof, err := profileOf(c.Tx, c.me.ID)
		if err != nil {
			return err
		}
		if prof.Version != f.Version {
			return &Error{Code: CodeConflict, Key: "error.profile_changed"}
		}
		prof.Shown, prof.Share, prof.Fields = f.Shown, strings.TrimSpace(f.Share), nil
		for _, field := range ProfileFields { // each once, in order
			if slices.Contains(f.Fields, field) {
				prof.Fields = append(prof.Fields, field)
			}
		}
		if err := c.SaveProfile(prof); err != nil {
			return err
		}
		return c.auditChange("profile.show", string(c.me.ID), "shown="+string(prof.Shown))
	})
}
