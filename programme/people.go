package programme

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"
)

// PersonID is a ULID that the program gives; it outlives Slack accounts.
type PersonID string

// Role is what somebody is in the programme. The strings are stored.
type Role string

const (
	Atsugi      Role = "atsugi"      // アトツギ
	Mentor      Role = "mentor"      // 専門家
	Supporter   Role = "supporter"   // 支援機関
	Coordinator Role = "coordinator" // 事務局
	Bureau      Role = "bureau"      // 関東経済産業局
)

// Roles lists every role in the order in which the office thinks of them.
var Roles = []Role{Atsugi, Mentor, Supporter, Coordinator, Bureau}

// Kind tells apart people of one role: an expert advises firms, a senior atsugi
// speaks and may be a competitor, an adviser advises the office (programme.md
// "Who and why").
type Kind string

const (
	Expert       Kind = "expert"
	Senior       Kind = "senior"
	Adviser      Kind = "adviser"
	Municipality Kind = "municipality"
	Chamber      Kind = "chamber"
	Bank         Kind = "bank"
)

// Kinds lists every kind a roster may name.
var Kinds = []Kind{Expert, Senior, Adviser, Municipality, Chamber, Bank}

// Person is one row of the roster.
type Person struct {
	ID            PersonID
	SlackID       string // "" for those who are not on Slack, or not yet
	Name          string
	Kana          string
	Email         string
	Phone         string
	Roles         []Role
	Kind          Kind
	Organisation  string // the firm, or the organisation somebody works for
	Prefecture    string
	Cohorts       []string // R6, R7, R8: fiscal years of the Reiwa era
	RecommendedBy string
	Mentors       []PersonID // experts assigned on the roster
	Engaged       []PersonID // experts of running engagements, which keep them; SavePerson does not
	Craft         string
	Bank          string
	Notified      Date // the bureau was told the name (programme.md duty 4)
	Pledged       Date // the pledge of secrecy was signed
	Note          string
	Locale        string    // "ja", "en" or "": as Slack says
	Left          time.Time // zero while taking part
	OffSlack      time.Time // since when the account takes no messages, zero while it does
	Version       int
}

// Has says whether the person has the role.
func (p Person) Has(r Role) bool { return slices.Contains(p.Roles, r) }

// Active says whether the person still takes part.
func (p Person) Active() bool { return p.Left.IsZero() }

// Reachable says whether the person can get a direct message.
func (p Person) Reachable() bool { return p.Active() && p.SlackID != "" && p.OffSlack.IsZero() }

// Admitted says whether the person may see what others entrusted to the
// programme. Office and experts must have been named to the bureau and have
// signed the pledge (programme.md duty 4); others need nothing.
func (p Person) Admitted(today Date) bool {
	if !p.Active() {
		return false
	}
	if p.Has(Coordinator) || p.Has(Mentor) {
		return p.Notified.Reached(today) && p.Pledged.Reached(today)
	}
	return true
}

// Advises says whether p is an expert assigned to the atsugi, on the roster or by
// an engagement: "own atsugi" of design.md section 5. Seniors and advisers have none.
func (p Person) Advises(atsugi Person) bool {
	return p.expert() && (slices.Contains(atsugi.Mentors, p.ID) || slices.Contains(atsugi.Engaged, p.ID))
}

// expert says whether p is a mentor of the kind that advises firms, which a
// mentor of no stated kind is.
func (p Person) expert() bool { return p.Has(Mentor) && (p.Kind == Expert || p.Kind == "") }

// WritesMemos says whether it is the person's part to write follow-up memos; the
// Office decides at every memo.
func (p Person) WritesMemos() bool { return p.Has(Coordinator) || p.expert() }

// Audience says whom something is for. Fields narrow each other, values within
// a field add up; People are in whatever the other fields say. The zero
// Audience is nobody.
type Audience struct {
	Roles         []Role     `json:"roles,omitempty"`
	Cohorts       []string   `json:"cohorts,omitempty"`
	Prefectures   []string   `json:"prefectures,omitempty"`
	Organisations []string   `json:"organisations,omitempty"`
	People        []PersonID `json:"people,omitempty"`
}

// Empty says whether the audience names nobody at all.
func (a Audience) Empty() bool {
	return len(a.Roles)+len(a.Cohorts)+len(a.Prefectures)+len(a.Organisations)+len(a.People) == 0
}

// Includes says whether the person is meant. People who left never are.
func (a Audience) Includes(p Person) bool {
	if !p.Active() || a.Empty() {
		return false
	}
	if slices.Contains(a.People, p.ID) {
		return true
	}
	if len(a.Roles)+len(a.Cohorts)+len(a.Prefectures)+len(a.Organisations) == 0 {
		return false
	}
	return (len(a.Roles) == 0 || overlap(a.Roles, p.Roles)) &&
		(len(a.Cohorts) == 0 || overlap(a.Cohorts, p.Cohorts)) &&
		(len(a.Prefectures) == 0 || slices.Contains(a.Prefectures, p.Prefecture)) &&
		(len(a.Organisations) == 0 || slices.Contains(a.Organisations, p.Organisation))
}

func overlap[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(x T) bool { return slices.Contains(b, x) })
}

// PeopleTx keeps the roster.
type PeopleTx interface {
	Person(PersonID) (Person, error)
	PersonBySlack(slackID string) (Person, error)
	// PeopleByEmail finds by folded address; more than one is possible.
	PeopleByEmail(email string) ([]Person, error)
	// AssignedTo lists the people to whom the roster or an engagement assigns this mentor.
	AssignedTo(mentor PersonID) ([]Person, error)
	// People lists everyone, also those who left, by kana then name. The list
	// is shared: clone it before changing it.
	People() ([]Person, error)
	// SavePerson inserts (Version 0) or updates if the stored version is still
	// p.Version, else ErrStale.
	SavePerson(p Person) error
}

// ErrStale is what a Store answers when a row was changed since it was loaded.
var ErrStale = errors.New("programme: changed by somebody else")

// Account is what Slack says about somebody who came to the bot.
type Account struct {
	SlackID, Email, Locale string
	Name                   string // as people see it in Slack
	Guest                  bool   // of single or several channels
	// Stranger is somebody of another workspace: never matched by e-mail,
	// because the address is that workspace's word.
	Stranger bool
}

// AccountClosed notes that a Slack account takes no messages any more: its person
// is told by mail or telephone from then on, until the account comes back.
func (o *Office) AccountClosed(ctx context.Context, slackID string) error {
	return o.write(ctx, System, func(c *change) error {
		p, err := c.PersonBySlack(slackID)
		if errors.Is(err, ErrNoRow) || err == nil && !p.OffSlack.IsZero() {
			return nil
		}
		if err != nil {
			return err
		}
		p.OffSlack = c.now
		if err := c.saveAccount(p); err != nil {
			return err
		}
		c.factsChanged()
		if err := c.tellOfAccount(NoticeAccountShut, p); err != nil {
			return err
		}
		return c.audit("person.off_slack", string(p.ID))
	})
}

// Recognise finds the person of the roster that a Slack account belongs to. An
// account seen for the first time is linked when exactly one active person
// without an account has its e-mail; anything less clear is for the office to
// decide, and the caller gets an Error of CodeUnknown. The language that the
// account is set to is kept.
func (o *Office) Recognise(ctx context.Context, a Account) (Person, error) {
	p, err := o.PersonBySlack(ctx, a.SlackID)
	if err == nil && p.OffSlack.IsZero() && (a.Locale == "" || a.Locale == p.Locale) {
		return p, nil
	}
	if e, refused := AsError(err); err != nil && (!refused || e.Code != CodeUnknown || a.Stranger || a.Email == "") {
		return p, err
	}
	err = o.write(ctx, System, func(c *change) (err error) {
		if p, err = c.accountOf(a); err != nil {
			return err
		}
		fresh, back := p.SlackID == "", !p.OffSlack.IsZero()
		p.SlackID, p.Locale, p.OffSlack = a.SlackID, a.Locale, time.Time{}
		if err := c.SavePerson(p); err != nil {
			return err
		}
		p.Version++
		if !fresh && !back {
			return c.audit("person.locale", string(p.ID))
		}
		c.factsChanged()
		if fresh {
			err = c.linked(p, a)
		} else {
			err = c.tellOfAccount(NoticeAccountAgain, p)
		}
		if err != nil {
			return err
		}
		if err := c.welcomeSuccessor(p); err != nil {
			return err
		}
		return c.audit("person.link", string(p.ID))
	})
	return p, err
}

// accountOf is the one person that the account is, or can only be.
func (c *change) accountOf(a Account) (Person, error) {
	p, err := c.PersonBySlack(a.SlackID)
	if err == nil && !p.Active() {
		return p, notInRoster()
	}
	if !errors.Is(err, ErrNoRow) {
		return p, err
	}
	found, err := c.PeopleByEmail(a.Email)
	if err != nil {
		return p, err
	}
	found = slices.DeleteFunc(found, func(p Person) bool { return !p.Active() || p.SlackID != "" })
	if len(found) != 1 || a.Stranger || a.Email == "" {
		return p, notInRoster()
	}
	return found[0], nil
}

// PersonBySlack finds who acts behind a Slack account. Accounts that are in
// nobody's row, and people who left, get an Error of CodeUnknown.
func (o *Office) PersonBySlack(ctx context.Context, slackID string) (Person, error) {
	var p Person
	err := o.read(ctx, func(tx Tx) (err error) {
		p, err = tx.PersonBySlack(slackID)
		return err
	})
	if errors.Is(err, ErrNoRow) || err == nil && !p.Active() {
		return Person{}, notInRoster()
	}
	return p, err
}

func notInRoster() *Error { return &Error{Code: CodeUnknown, Key: "error.not_in_roster"} }

// SortByKana orders people as the roster does: by kana, then name, then id.
func SortByKana(people []Person) { slices.SortFunc(people, byKana) }

func byKana(a, b Person) int {
	return cmp.Or(strings.Compare(a.Kana, b.Kana), strings.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
}
