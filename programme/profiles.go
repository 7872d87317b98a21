package programme

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
)

// The notices about what somebody is called.
const (
	NoticeProfileChange  NoticeKind = "profile.changed"  // subject: change; to the office: somebody, or Slack, says otherwise than the roster
	NoticeProfileDropped NoticeKind = "profile.reverted" // subject: change; to the person: the office left the roster as it was
)

// ShownTo is to whom somebody shows themself in the directory. The strings are stored.
type ShownTo string

const (
	ShownToNobody    ShownTo = ""
	ShownToAtsugi    ShownTo = "atsugi"
	ShownToExperts   ShownTo = "experts"
	ShownToBoth      ShownTo = "both" // atsugi and experts
	ShownToEverybody ShownTo = "everybody"
)

// ShownTos are all of them, nobody first.
var ShownTos = []ShownTo{ShownToNobody, ShownToAtsugi, ShownToExperts, ShownToBoth, ShownToEverybody}

// ProfileField is what can be shown beside the name. The strings are stored.
type ProfileField string

const (
	FieldKana  ProfileField = "kana"
	FieldFirm  ProfileField = "firm"
	FieldCraft ProfileField = "craft"
	FieldShare ProfileField = "share" // what I can talk about
)

// ProfileFields are all of them, as they are shown.
var ProfileFields = []ProfileField{FieldKana, FieldFirm, FieldCraft, FieldShare}

// Profile is what somebody says of themself beside the roster.
type Profile struct {
	Person    PersonID
	Wants     string    // from the programme; to them and the office
	Confirmed time.Time // they looked at their row, zero if never
	Shown     ShownTo
	Fields    []ProfileField
	Share     string
	Version   int
}

// AccountSeen is what Slack said last about somebody's account.
type AccountSeen struct {
	Person  PersonID
	SlackID string
	Name    string
	Email   string
	Guest   bool
	At      time.Time
}

// ChangeSource is who says otherwise. The strings are stored.
type ChangeSource string

const (
	FromSelf  ChangeSource = "self"
	FromSlack ChangeSource = "slack"
)

// ChangeState is what the office said of it. The strings are stored.
type ChangeState string

const (
	ChangeOpen    ChangeState = "open"
	ChangeTaken   ChangeState = "taken"   // the roster has it
	ChangeDropped ChangeState = "dropped" // the roster is as it was
)

// ProfileChange is a name, reading, firm or address that is other than the roster said.
// Applied says that the roster has it already: what an atsugi says of themself counts at
// once. Of all others access hangs on name and organisation, and so the office decides.
type ProfileChange struct {
	ID        string
	Person    PersonID
	Source    ChangeSource
	Applied   bool
	Fields    []FieldChange
	Made      time.Time
	State     ChangeState
	Decided   time.Time
	DecidedBy PersonID
	Version   int
}

// ProfilesTx keeps what people say of themselves.
type ProfilesTx interface {
	Profile(PersonID) (Profile, error)
	SaveProfile(Profile) error // inserts (Version 0) or updates, else ErrStale
	// ShownProfiles lists those that are shown to somebody.
	ShownProfiles() ([]Profile, error)
	// HiddenOfShown is by whom those would rather not be seen.
	HiddenOfShown() (map[PersonID][]HiddenEntry, error)
	// CreateProfileChange inserts; a second insert with the same op answers ErrRepeated.
	CreateProfileChange(op string, ch ProfileChange) error
	ProfileChange(id string) (ProfileChange, error)
	OpenProfileChanges(PersonID) ([]ProfileChange, error) // oldest first
	SaveProfileChange(ProfileChange) error                // what the office said; else ErrStale
	SlackAccount(PersonID) (AccountSeen, error)
	SaveSlackAccount(AccountSeen) error
}

// actionProfile is what the trail calls that somebody confirmed their row; mostProfiles is how
// often in limitedFor they may: each may be a card for the office.
const (
	actionProfile = "profile.confirm"
	mostProfiles  = 10
)

const (
	maxWants = 500
	maxShare = 300
	maxCraft = 100
)

// MaxWants, MaxShare and MaxCraft are for the forms, in characters.
const (
	MaxWants = maxWants
	MaxShare = maxShare
	MaxCraft = maxCraft
)

// profileOf is somebody's profile, the zero one if they never said anything.
func profileOf(tx Tx, id PersonID) (Profile, error) {
	p, err := tx.Profile(id)
	if errors.Is(err, ErrNoRow) {
		return Profile{Person: id}, nil
	}
	return p, err
}

// OwnProfile is one's own row and profile.
func (o *Office) OwnProfile(ctx context.Context, who Actor) (me Person, p Profile, err error) {
	err = o.readAs(ctx, who, func(tx Tx, reader Person) (err error) {
		if reader.ID == "" {
			return denied("error.denied")
		}
		me = reader
		p, err = profileOf(tx, me.ID)
		return err
	})
	return me, p, err
}

// ProfileForm is what somebody says of themself.
type ProfileForm struct {
	Op                       string
	Name, Kana, Organisation string
	Craft, Wants             string
}

// ConfirmProfile keeps what somebody says of themself, once for f.Op. Craft and wishes count
// at once; name, reading and firm of an atsugi, too, and the office is shown the difference;
// of others the office decides (ProfileChange). waits says that it does.
func (o *Office) ConfirmProfile(ctx context.Context, who Actor, f ProfileForm) (waits bool, err error) {
	err = o.write(ctx, who, func(c *change) error {
		if c.me.ID == "" {
			return denied("error.denied")
		}
		if err := f.check(); err != nil {
			return err
		}
		n, err := c.CountAudited(c.me.ID, actionProfile, string(c.me.ID), c.now.Add(-limitedFor))
		if err != nil {
			return err
		}
		if n >= mostProfiles {
			return tooOften("error.profile_often", mostProfiles)
		}
		p := c.me
		fields := differing(p, map[Column]string{
			ColName: strings.TrimSpace(f.Name), ColKana: strings.TrimSpace(f.Kana), ColOrganisation: strings.TrimSpace(f.Organisation)})
		p.Craft = strings.TrimSpace(f.Craft)
		applied := ownWord(p)
		if applied {
			for _, ch := range fields {
				*textField(&p, ch.Column) = ch.To
			}
		}
		if p.Craft != c.me.Craft || applied && len(fields) > 0 {
			if err := c.savePerson(p, "person.own"); err != nil {
				return err
			}
		}
		if err := c.keepWants(f.Wants); err != nil {
			return err
		}
		waits = !applied && len(fields) > 0
		return c.sayOtherwise(f.Op, ProfileChange{Person: p.ID, Source: FromSelf, Applied: applied, Fields: fields})
	})
	if errors.Is(err, ErrRepeated) {
		err = nil
	}
	return waits, err
}

// ownWord says whether what somebody says of their name and firm counts at once: nothing is
// open to an atsugi by these.
func ownWord(p Person) bool { return len(p.Roles) == 1 && p.Has(Atsugi) }

func (f ProfileForm) check() error {
	if f.Op == "" {
		return invalid("", "error.form_old")
	}
	if strings.TrimSpace(f.Name) == "" {
		return invalid("name", "error.words_missing")
	}
	return withinLengths([]lengthOf{
		{"name", f.Name, maxJoinName}, {"kana", f.Kana, maxJoinName}, {"organisation", f.Organisation, maxJoinName},
		{"craft", f.Craft, maxCraft}, {"wants", f.Wants, maxWants},
	})
}

// differing are the fields whose words are others than the roster's, in its order.
func differing(p Person, to map[Column]string) (out []FieldChange) {
	for _, col := range Columns {
		if v, asked := to[col]; asked && v != *textField(&p, col) {
			out = append(out, FieldChange{Column: col, From: *textField(&p, col), To: v})
		}
	}
	return out
}

func (c *change) keepWants(wants string) error {
	prof, err := profileOf(c.Tx, c.me.ID)
	if err != nil {
		return err
	}
	prof.Wants, prof.Confirmed = strings.TrimSpace(wants), c.now
	if err := c.SaveProfile(prof); err != nil {
		return err
	}
	return c.audit(actionProfile, string(c.me.ID))
}

// sayOtherwise shows the office a change, if it is one. An open one that says the same is
// enough.
func (c *change) sayOtherwise(op string, ch ProfileChange) error {
	if len(ch.Fields) == 0 {
		return nil
	}
	open, err := c.OpenProfileChanges(ch.Person)
	if err != nil {
		return err
	}
	for _, was := range open {
		if was.Source == ch.Source && !ch.Applied && slices.Equal(was.Fields, ch.Fields) {
			return nil
		}
	}
	ch.ID, ch.Made, ch.State = c.office.NewID(), c.now, ChangeOpen
	if err := c.CreateProfileChange(op, ch); err != nil {
		return err
	}
	return c.notify(Notice{Kind: NoticeProfileChange, Subject: ch.ID, To: ToChannel(ChannelOffice)})
}
