package rehearsal

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// slackbotID is the user id of Slackbot in every workspace.
const slackbotID = "USLACKBOT"

// userObject is a person in Slack's own JSON.
func (s *Server) userObject(p *Person, locale bool) reply {
	team := s.ws.team.ID
	if p.Outsider {
		team = p.Team
	}
	bot := p.ID == s.bot.user
	u := reply{"id": p.ID, "team_id": team, "name": p.Name, "deleted": p.Deleted, "profile": s.profile(p, team),
		"is_bot": bot, "is_app_user": false, "updated": p.Updated}
	if locale {
		u["locale"] = p.Locale
	}
	if p.Outsider {
		u["is_stranger"] = s.ws.stranger(p, s.bot.user)
	}
	if p.Deleted {
		u["is_forgotten"] = false
		return u
	}
	zone, label, offset := zoneOf(p.TZ, s.clock.now())
	u["color"] = spellColour(p.ID)
	u["real_name"] = p.RealName
	u["tz"], u["tz_label"], u["tz_offset"] = zone, label, offset
	u["is_admin"], u["is_owner"], u["is_primary_owner"] = p.Admin || p.Owner, p.Owner, false
	u["is_restricted"], u["is_ultra_restricted"] = p.Guest || p.SingleChannelGuest, p.SingleChannelGuest
	u["is_email_confirmed"], u["who_can_share_contact_card"] = true, "EVERYONE"
	return u
}

func (s *Server) profile(p *Person, team string) reply {
	first, last, _ := strings.Cut(p.RealName, " ")
	out := reply{"title": p.Title, "phone": "", "skype": "", "real_name": p.RealName, "real_name_normalized": p.RealName,
		"display_name": p.DisplayName, "display_name_normalized": p.DisplayName, "fields": nil,
		"status_text": "", "status_emoji": "", "status_emoji_display_info": []any{}, "status_expiration": 0,
		"avatar_hash": strings.ToLower(p.ID), "first_name": first, "last_name": last, "status_text_canonical": "", "team": team}
	if p.Email != "" && s.grants.has("users:read.email") {
		out["email"] = p.Email
	}
	for _, size := range []int{24, 32, 48, 72, 192, 512} {
		out[fmt.Sprintf("image_%d", size)] = s.avatarURL(p.ID)
	}
	if p.ID == s.bot.user {
		out["bot_id"], out["api_app_id"], out["always_active"] = s.bot.id, s.bot.app, true
	}
	return out
}

func (s *Server) avatarURL(user string) string { return s.URL() + "_/avatars/" + user + ".svg" }

func zoneOf(name string, now time.Time) (zone, label string, offset int) {
	place, err := time.LoadLocation(name)
	if err != nil {
		return "UTC", "UTC", 0
	}
	label, offset = now.In(place).Zone()
	if long, ok := zoneLabels[label]; ok {
		label = long
	}
	return name, label, offset
}

var zoneLabels = map[string]string{"JST": "Japan Standard Time", "GMT": "Greenwich Mean Time", "BST": "British Summer Time",
	"CET": "Central European Time", "CEST": "Central European Summer Time", "EST": "Eastern Standard Time", "EDT": "Eastern Daylight Time",
	"PST": "Pacific Standard Time", "PDT": "Pacific Daylight Time", "UTC": "Coordinated Universal Time"}

var colours = []string{"9f69e7", "4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "5b89d5", "2b6836", "d55aef", "b14cbc", "43761b", "ea2977"}

func spellColour(id string) string { return colours[int(digest(0, "colour", id)[0])%len(colours)] }

// serveAvatar draws a person's picture: a coloured square with the name's first character.
func (s *Server) serveAvatar(w http.ResponseWriter, r *http.Request) {
	id := strings.TrimSuffix(r.PathValue("name"), ".svg")
	letter := "?"
	s.look(func() {
		if p := s.ws.people[id]; p != nil {
			for _, name := range []string{p.DisplayName, p.RealName, p.Name} {
				if name != "" {
					letter = strings.ToUpper(string([]rune(name)[:1]))
					break
				}
			}
		}
	})
	switch letter {
	case "<", "&", ">":
		letter = "?"
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	w.Header().Set("Cache-Control", "max-age=3600")
	fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72"><rect width="72" height="72" fill="#%s"/>`+
		`<text x="36" y="48" font-family="sans-serif" font-size="36" fill="#fff" text-anchor="middle">%s</text></svg>`, spellColour(id), letter)
}

func (c *call) usersList() (reply, error) {
	var out reply
	err := c.change(func(ch *change) error {
		listed := make([]*Person, 0, len(ch.ws.everyone))
		for _, p := range ch.ws.everyone {
			if !p.Outsider {
				listed = append(listed, p)
			}
		}
		page, next, err := slicePage(c, "user", listed, max(len(listed), 1), 1000)
		if err != nil {
			return err
		}
		members := make([]reply, len(page))
		for i, p := range page {
			members[i] = c.userObject(p, c.args.boolean("include_locale"))
		}
		out = reply{"members": members, "cache_ts": ch.now.Unix(), "response_metadata": nextPage(next)}
		return nil
	})
	return out, err
}

// person finds somebody by user id.
func (c *call) person(id string) (*Person, error) {
	if p := c.ws.people[id]; p != nil {
		return p, nil
	}
	return nil, fail("user_not_found")
}

func (c *call) usersInfo() (reply, error) {
	var out reply
	err := c.change(func(*change) error {
		p, err := c.person(c.args.str("user"))
		if err != nil {
			return err
		}
		out = reply{"user": c.userObject(p, c.args.boolean("include_locale"))}
		return nil
	})
	return out, err
}

func (c *call) usersByEmail() (reply, error) {
	var out reply
	err := c.change(func(ch *change) error {
		p := ch.ws.people[ch.ws.byEmail[strings.ToLower(strings.TrimSpace(c.args.str("email")))]]
		if p == nil || p.Deleted || p.Outsider {
			return fail("users_not_found")
		}
		out = reply{"user": c.userObject(p, false)}
		return nil
	})
	return out, err
}

func (c *call) usersPresence() (reply, error) {
	id := c.args.str("user")
	if id == "" {
		id = c.bot.user
	}
	var out reply
	err := c.change(func(*change) error {
		p, err := c.person(id)
		if err != nil {
			return err
		}
		out = reply{"presence": p.Presence}
		return nil
	})
	return out, err
}

func (c *call) usersProfile() (reply, error) {
	id := c.args.str("user")
	if id == "" {
		id = c.bot.user
	}
	var out reply
	err := c.change(func(ch *change) error {
		p, err := c.person(id)
		if err != nil {
			return err
		}
		profile := c.profile(p, ch.ws.team.ID)
		delete(profile, "team")
		out = reply{"profile": profile}
		return nil
	})
	return out, err
}

// usersConversations lists where somebody is: the app itself, or the part of a
// person's conversations that the app can see.
func (c *call) usersConversations() (reply, error) {
	user := c.args.str("user")
	if user == "" {
		user = c.bot.user
	}
	var out reply
	err := c.change(func(ch *change) error {
		if _, err := c.person(user); err != nil {
			return err
		}
		kinds, err := c.types()
		if err != nil {
			return err
		}
		page, next, err := c.page(ch.ws.channelsOf(user), kinds)
		if err != nil {
			return err
		}
		list := make([]reply, len(page))
		for i, one := range page {
			list[i] = c.conversationObject(one, false)
			delete(list[i], "is_member")
		}
		out = reply{"channels": list, "response_metadata": nextPage(next)}
		return nil
	})
	return out, err
}
