package rehearsal

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
)

// Person is somebody in the workspace, as a people file describes them.
type Person struct {
	// ID is the Slack user id (U…). Empty: one is derived from the name.
	ID string `yaml:"id" json:"id"`
	// Name is the handle: lower case, unique, without spaces.
	Name        string `yaml:"name" json:"name"`
	RealName    string `yaml:"real_name" json:"real_name"`
	DisplayName string `yaml:"display_name" json:"display_name"`
	Email       string `yaml:"email" json:"email"`
	Title       string `yaml:"title" json:"title"`
	// Locale is an IETF tag such as ja-JP; en-US when empty.
	Locale string `yaml:"locale" json:"locale"`
	// TZ is an IANA time zone; Asia/Tokyo when empty.
	TZ string `yaml:"tz" json:"tz"`
	// Guest is a multi-channel guest (is_restricted).
	Guest bool `yaml:"guest" json:"guest"`
	// SingleChannelGuest is is_ultra_restricted (and is_restricted).
	SingleChannelGuest bool `yaml:"single_channel_guest" json:"single_channel_guest"`
	// Outsider belongs to another workspace and comes through Slack Connect: not in
	// users.list, no slash commands, a stranger unless they share a channel with the app.
	Outsider bool `yaml:"outsider" json:"outsider"`
	// Team is an outsider's own workspace id (T…); one is made up when empty.
	Team     string `yaml:"team" json:"team"`
	Admin    bool   `yaml:"admin" json:"admin"`
	Owner    bool   `yaml:"owner" json:"owner"`
	Deleted  bool   `yaml:"deleted" json:"deleted"`
	Presence string `yaml:"presence" json:"presence"` // active (default) or away

	// Updated is when the profile changed last, in Unix seconds on the workspace's clock.
	Updated int64 `yaml:"-" json:"updated"`
	// Order keeps the people in the order in which they came.
	Order int `yaml:"-" json:"order"`
}

// Channel is a channel to begin with.
type Channel struct {
	ID      string `yaml:"id"` // C…; derived from the name when empty
	Name    string `yaml:"name"`
	Private bool   `yaml:"private"`
	Topic   string `yaml:"topic"`
	Purpose string `yaml:"purpose"`
	// Members are user ids or names; nobody given means every member of the
	// workspace (multi-channel guests, too, but neither single-channel guests nor outsiders).
	Members []string `yaml:"members"`
	// App says that the app's bot is a member.
	App bool `yaml:"app"`
}

// Team is the workspace's own name.
type Team struct {
	ID     string `yaml:"id" json:"id"` // T…; derived from the seed when empty
	Name   string `yaml:"name" json:"name"`
	Domain string `yaml:"domain" json:"domain"`
}

// Cast is what a people file holds: the workspace's name, its people, its channels.
type Cast struct {
	Team     Team      `yaml:"team"`
	People   []Person  `yaml:"people"`
	Channels []Channel `yaml:"channels"`
}

// LoadCast reads a people file in YAML or JSON: an object with team, people and
// channels, or just a list of people. Unknown keys are refused with their place.
func LoadCast(path string) (Cast, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return Cast{}, err
	}
	c, err := ParseCast(text)
	if err != nil {
		return Cast{}, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

// ParseCast reads the text of a people file; see LoadCast.
func ParseCast(text []byte) (Cast, error) {
	var c Cast
	if listed(text) {
		if err := yaml.UnmarshalWithOptions(text, &c.People, yaml.Strict()); err != nil {
			return Cast{}, err
		}
	} else if err := yaml.UnmarshalWithOptions(text, &c, yaml.Strict()); err != nil {
		return Cast{}, err
	}
	return c, c.check()
}

// listed tells a bare list of people from an object.
func listed(text []byte) bool {
	for line := range strings.Lines(string(text)) {
		line = strings.TrimPrefix(line, "\ufeff")
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") || line == "---" {
			continue
		}
		return strings.HasPrefix(line, "[") || strings.HasPrefix(line, "- ") || line == "-"
	}
	return false
}

var (
	userIDForm    = regexp.MustCompile(`^[UW][A-Z0-9]{2,20}$`)
	channelIDForm = regexp.MustCompile(`^[CG][A-Z0-9]{2,20}$`)
	handleForm    = regexp.MustCompile(`^[\p{Ll}\p{Lo}\p{Lm}\p{Mn}0-9][\p{Ll}\p{Lo}\p{Lm}\p{Mn}0-9._-]{0,79}$`)
)

func (c *Cast) check() error {
	seen := map[string]string{}
	once := func(what, key, name string) error {
		if key == "" {
			return nil
		}
		if other, twice := seen[what+key]; twice {
			return fmt.Errorf("%s %s is given twice, to %s and %s", what, key, other, name)
		}
		seen[what+key] = name
		return nil
	}
	for i, p := range c.People {
		if err := p.check(); err != nil {
			return fmt.Errorf("person %d: %w", i+1, err)
		}
		for what, key := range map[string]string{"id": p.ID, "name": p.Name, "email": strings.ToLower(p.Email)} {
			if err := once(what+" ", key, p.Name); err != nil {
				return err
			}
		}
	}
	for i, ch := range c.Channels {
		if code := channelNameProblem(ch.Name); code != "" {
			return fmt.Errorf("channel %d: name %q: %s", i+1, ch.Name, code)
		}
		if ch.ID != "" && !channelIDForm.MatchString(ch.ID) {
			return fmt.Errorf("channel %d: id %q is not of the form C0123456789", i+1, ch.ID)
		}
		if err := once("channel ", ch.Name, ch.Name); err != nil {
			return err
		}
	}
	return nil
}

func (p Person) check() error {
	switch {
	case p.ID != "" && !userIDForm.MatchString(p.ID):
		return fmt.Errorf("id %q is not of the form U0123456789", p.ID)
	case !handleForm.MatchString(p.Name):
		return fmt.Errorf("name %q: a handle has lower-case letters, digits, '.', '_' and '-'", p.Name)
	case p.Presence != "" && p.Presence != "active" && p.Presence != "away":
		return fmt.Errorf("presence %q: active or away", p.Presence)
	}
	if p.TZ != "" {
		if _, err := time.LoadLocation(p.TZ); err != nil {
			return fmt.Errorf("tz: %w", err)
		}
	}
	return nil
}

// defaultCast is a small workspace for an app that brings no people of its own.
func defaultCast() Cast {
	return Cast{
		Team: Team{Name: "Rehearsal", Domain: "rehearsal"},
		People: []Person{
			{ID: "U0000ALICE", Name: "alice", RealName: "Alice Adams", DisplayName: "alice", Email: "alice@example.com", Locale: "en-US", TZ: "Asia/Tokyo", Admin: true, Owner: true},
			{ID: "U00000BOB0", Name: "bob", RealName: "Bob Brown", DisplayName: "bob", Email: "bob@example.com", Locale: "en-GB", TZ: "Europe/London"},
			{ID: "U000HANAKO", Name: "hanako", RealName: "山田 花子", DisplayName: "花子", Email: "hanako@example.com", Locale: "ja-JP", TZ: "Asia/Tokyo"},
			{ID: "U0000GUEST", Name: "gail", RealName: "Gail Guest", DisplayName: "gail", Email: "gail@example.org", Locale: "en-US", TZ: "Asia/Tokyo", Guest: true},
			{ID: "U000000OUT", Name: "otto", RealName: "Otto Outsider", DisplayName: "otto", Email: "otto@example.net", Locale: "en-US", TZ: "Europe/Berlin", Outsider: true},
			{ID: "U0000GONE0", Name: "dora", RealName: "Dora Departed", DisplayName: "dora", Email: "dora@example.com", Locale: "en-US", TZ: "Asia/Tokyo", Deleted: true},
		},
		Channels: []Channel{
			{Name: "general", Purpose: "Announcements and matters of the whole workspace", App: true},
			{Name: "random", Purpose: "Anything else"},
			{Name: "staff", Private: true, Members: []string{"alice", "bob"}},
		},
	}
}
