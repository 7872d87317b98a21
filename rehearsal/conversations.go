package rehearsal

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// conversationObject is a conversation in Slack's own JSON, as the app sees it.
func (s *Server) conversationObject(c *channel, count bool) reply {
	team := s.ws.team.ID
	o := reply{"id": c.ID, "created": c.Created, "updated": c.Updated, "is_archived": c.Archived, "is_org_shared": false, "context_team_id": team}
	if c.Kind == kindIM {
		p := s.ws.people[c.User]
		o["is_im"], o["user"], o["priority"] = true, c.User, 0
		o["is_user_deleted"] = p != nil && p.Deleted
		return o
	}
	shared := s.sharedTeams(c)
	o["name"], o["name_normalized"] = c.Name, c.Name
	o["is_channel"], o["is_group"] = c.Kind == kindChannel, c.Kind == kindPrivate
	o["is_im"], o["is_mpim"], o["is_private"] = false, c.Kind == kindMPIM, c.Kind != kindChannel
	o["is_general"], o["unlinked"] = c.General, 0
	o["is_shared"], o["is_ext_shared"], o["is_pending_ext_shared"] = len(shared) > 1, len(shared) > 1, false
	o["pending_shared"], o["pending_connected_team_ids"] = []string{}, []string{}
	o["parent_conversation"], o["creator"], o["shared_team_ids"] = nil, c.Creator, shared
	o["is_member"] = c.has(s.bot.user)
	o["topic"], o["purpose"] = c.Topic, c.Purpose
	o["previous_names"] = append([]string{}, c.PreviousNames...)
	if count {
		o["num_members"] = len(c.members)
	}
	return o
}

// sharedTeams are the workspaces whose people are in a channel, ours first.
func (s *Server) sharedTeams(c *channel) []string {
	teams := []string{s.ws.team.ID}
	if c.isDM() || !s.ws.outsiders {
		return teams
	}
	for _, user := range c.members {
		if p := s.ws.people[user]; p != nil && p.Outsider && !slices.Contains(teams, p.Team) {
			teams = append(teams, p.Team)
		}
	}
	return teams
}

// types reads the argument of the same name.
func (c *call) types() (map[channelKind]bool, error) {
	words := c.args.list("types")
	if len(words) == 0 {
		words = []string{"public_channel"}
	}
	kinds := map[channelKind]bool{}
	for _, word := range words {
		kind, ok := map[string]channelKind{"public_channel": kindChannel, "private_channel": kindPrivate, "mpim": kindMPIM, "im": kindIM}[word]
		if !ok {
			return nil, fail("invalid_types")
		}
		scope := map[channelKind]string{kindChannel: "channels:read", kindPrivate: "groups:read", kindMPIM: "mpim:read", kindIM: "im:read"}[kind]
		if !c.grants.has(scope) {
			return nil, c.missingScope(scope)
		}
		kinds[kind] = true
	}
	return kinds, nil
}

func (c *call) conversationsList() (reply, error) {
	kinds, err := c.types()
	if err != nil {
		return nil, err
	}
	var out reply
	err = c.change(func(ch *change) error {
		page, next, err := c.page(ch.ws.all, kinds)
		if err != nil {
			return err
		}
		list := make([]reply, len(page))
		for i, one := range page {
			list[i] = c.conversationObject(one, true)
		}
		out = reply{"channels": list, "response_metadata": nextPage(next)}
		return nil
	})
	return out, err
}

// page are those of the conversations that are of the kinds asked for and that the
// app can see, a page of them.
func (c *call) page(all []*channel, kinds map[channelKind]bool) (page []*channel, next string, err error) {
	var found []*channel
	for _, one := range all {
		if kinds[one.Kind] && c.visible(one) == nil && !(one.Archived && c.args.boolean("exclude_archived")) {
			found = append(found, one)
		}
	}
	return slicePage(c, "conversation", found, 100, 1000)
}

// withChannel runs f on the conversation that the argument channel names.
func (c *call) withChannel(f func(*change, *channel) (reply, error)) (reply, error) {
	var out reply
	err := c.change(func(ch *change) error {
		one, err := ch.channel(c.args.str("channel"))
		if err != nil {
			return err
		}
		out, err = f(ch, one)
		return err
	})
	return out, err
}

func (c *call) conversationsInfo() (reply, error) {
	return c.withChannel(func(ch *change, one *channel) (reply, error) {
		o := c.conversationObject(one, c.args.boolean("include_num_members"))
		if one.has(c.bot.user) {
			if read := one.read[c.bot.user]; read != "" {
				o["last_read"] = read
			} else if one.isDM() {
				o["last_read"] = "0000000000.000000"
			}
			if n := len(one.messages); n > 0 && one.isDM() {
				o["latest"] = one.messages[n-1].copy(false)
			}
		}
		if one.Kind == kindIM {
			o["is_open"] = true
		}
		if c.args.boolean("include_locale") {
			o["locale"] = "en-US"
		}
		return reply{"channel": o}, nil
	})
}

func (c *call) conversationsMembers() (reply, error) {
	return c.withChannel(func(ch *change, one *channel) (reply, error) {
		page, next, err := slicePage(c, "member", one.members, 100, 1000)
		if err != nil {
			return nil, err
		}
		return reply{"members": append([]string{}, page...), "response_metadata": nextPage(next)}, nil
	})
}

// channelNameProblem is Slack's code for a name that a channel cannot have.
func channelNameProblem(name string) string {
	switch {
	case name == "":
		return "invalid_name_required"
	case utf8.RuneCountInString(name) > 80:
		return "invalid_name_maxlength"
	}
	meaning := false
	for _, r := range name {
		switch {
		case r == '-' || r == '_':
		case unicode.IsUpper(r) || unicode.IsSpace(r) || r < 128 && !unicode.IsLetter(r) && !unicode.IsDigit(r):
			return "invalid_name_specials"
		case unicode.IsPunct(r) || unicode.IsSymbol(r) && r < 0x1f000:
			return "invalid_name_specials"
		default:
			meaning = true
		}
	}
	if !meaning {
		return "invalid_name_punctuation"
	}
	return ""
}

func (c *call) conversationsCreate() (reply, error) {
	name := strings.TrimPrefix(c.args.str("name"), "#")
	if code := channelNameProblem(name); code != "" {
		return nil, fail(code)
	}
	kind, scope := kindChannel, "channels:manage"
	if c.args.boolean("is_private") {
		kind, scope = kindPrivate, "groups:write"
	}
	if !c.grants.has(scope) {
		return nil, c.missingScope(scope)
	}
	var out reply
	err := c.change(func(ch *change) error {
		if ch.ws.byName[name] != nil {
			return fail("name_taken")
		}
		one := ch.newChannel(ch.ids.next("C"), name, kind, c.bot.user)
		ch.join(one, c.bot.user)
		ch.changed("channel", one.ID, "", "")
		ch.tellChannel("channel_created", one)
		out = reply{"channel": c.conversationObject(one, false)}
		return nil
	})
	return out, err
}

// managed is withChannel for what only members may change in channels.
func (c *call) managed(f func(*change, *channel) (reply, error)) (reply, error) {
	return c.withChannel(func(ch *change, one *channel) (reply, error) {
		switch {
		case one.isDM():
			return nil, fail("method_not_supported_for_channel_type")
		case !one.has(c.bot.user):
			return nil, fail("not_in_channel")
		}
		return f(ch, one)
	})
}

func (c *call) conversationsRename() (reply, error) {
	name := strings.TrimPrefix(c.args.str("name"), "#")
	return c.managed(func(ch *change, one *channel) (reply, error) {
		if code := channelNameProblem(name); code != "" {
			return nil, fail(code)
		}
		if one.Archived {
			return nil, fail("is_archived")
		}
		if one.Creator != c.bot.user { // an app is no administrator
			return nil, fail("not_authorized")
		}
		if other := ch.ws.byName[name]; other != nil && other != one {
			return nil, fail("name_taken")
		}
		old := one.Name
		delete(ch.ws.byName, old)
		one.PreviousNames = append(slices.Clone(one.PreviousNames), old)
		one.Name = name
		ch.ws.byName[name] = one
		ch.touch(one)
		ch.post(one, &message{Type: "message", Subtype: "channel_name", User: c.bot.user, Name: name, OldName: old,
			Text: `has renamed the channel from "` + old + `" to "` + name + `"`})
		ch.tellChannel("channel_rename", one)
		return reply{"channel": c.conversationObject(one, false)}, nil
	})
}

// touch keeps a changed channel.
func (ch *change) touch(one *channel) {
	one.Updated = ch.now.UnixMilli()
	ch.save(rowChannel, one.ID, one)
	ch.changed("channel", one.ID, "", "")
}

const maxTopic = 250

func (c *call) conversationsTopic() (reply, error) {
	return c.note("topic", func(one *channel) *note { return &one.Topic })
}

func (c *call) conversationsPurpose() (reply, error) {
	return c.note("purpose", func(one *channel) *note { return &one.Purpose })
}

func (c *call) note(name string, field func(*channel) *note) (reply, error) {
	value := c.args.str(name)
	if !c.args.has(name) {
		return nil, badArguments("[ERROR] missing required field: " + name)
	}
	if utf8.RuneCountInString(value) > maxTopic {
		return nil, fail("too_long")
	}
	return c.withChannel(func(ch *change, one *channel) (reply, error) {
		switch {
		case one.Kind == kindIM:
			return nil, fail("method_not_supported_for_channel_type")
		case !one.has(c.bot.user):
			return nil, fail("not_in_channel")
		case one.Archived:
			return nil, fail("is_archived")
		}
		*field(one) = note{Value: value, Creator: c.bot.user, LastSet: ch.now.Unix()}
		ch.touch(one)
		m := &message{Type: "message", Subtype: "channel_" + name, User: c.bot.user, Text: "set the channel " + name + ": " + value}
		if name == "topic" {
			m.Topic = value
		} else {
			m.Purpose = value
		}
		ch.post(one, m)
		return reply{"channel": c.conversationObject(one, true)}, nil
	})
}

// conversationsArchive takes the app out of the channel, as Slack does without saying so
// (github.com/slack-go/slack/issues/1066): it sees no more of a private one, and cannot
// bring back any.
func (c *call) conversationsArchive() (reply, error) {
	return c.withChannel(func(ch *change, one *channel) (reply, error) {
		switch {
		case one.isDM():
			return nil, fail("method_not_supported_for_channel_type")
		case one.Archived:
			return nil, fail("already_archived")
		case !one.has(c.bot.user):
			return nil, fail("not_in_channel")
		case one.General:
			return nil, fail("cant_archive_general")
		}
		one.Archived = true
		ch.touch(one)
		ch.tellChannel("channel_archive", one)
		ch.leave(one, c.bot.user)
		ch.changed("channel", one.ID, c.bot.user, "")
		return nil, nil
	})
}

func (c *call) conversationsUnarchive() (reply, error) {
	return c.withChannel(func(ch *change, one *channel) (reply, error) {
		switch {
		case one.isDM():
			return nil, fail("method_not_supported_for_channel_type")
		case !one.Archived:
			return nil, fail("not_archived")
		case !one.has(c.bot.user): // see conversationsArchive
			return nil, fail("not_in_channel")
		}
		one.Archived = false
		ch.touch(one)
		ch.tellChannel("channel_unarchive", one)
		return nil, nil
	})
}

func (c *call) conversationsMark() (reply, error) {
	return c.withChannel(func(ch *change, one *channel) (reply, error) {
		if !one.has(c.bot.user) {
			return nil, fail("not_in_channel")
		}
		if _, ok := parseTS(c.args.str("ts")); !ok {
			return nil, fail("invalid_timestamp")
		}
		ch.markRead(one, c.bot.user, c.args.str("ts"))
		return nil, nil
	})
}

func (ch *change) markRead(c *channel, user, ts string) {
	if !tsLess(c.read[user], ts) {
		return
	}
	c.read[user] = ts
	ch.save(rowRead, c.ID+"/"+user, ts)
}

// unread counts what a person has not read in a channel, own messages apart.
func (c *channel) unread(user string) int {
	last := c.read[user]
	from := sort.Search(len(c.messages), func(i int) bool { return last == "" || tsLess(last, c.messages[i].TS) })
	n := 0
	for _, m := range c.messages[from:] {
		if m.User != user {
			n++
		}
	}
	return n
}
