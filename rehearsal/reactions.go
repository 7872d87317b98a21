package rehearsal

import (
	"regexp"
	"slices"
	"strings"
)

var emojiForm = regexp.MustCompile(`^[a-z0-9_+'\p{L}\p{N}-]+(::skin-tone-[2-6])?$`)

// reacted finds the message that a call speaks of.
func (c *call) reacted(f func(*change, *channel, *message) (reply, error)) (reply, error) {
	id, ts := c.args.str("channel"), c.args.str("timestamp")
	if id == "" || ts == "" {
		return nil, fail("no_item_specified")
	}
	return c.withChannel(func(ch *change, one *channel) (reply, error) {
		if _, ok := parseTS(ts); !ok {
			return nil, fail("bad_timestamp")
		}
		m := one.byTS[ts]
		switch {
		case m == nil:
			return nil, fail("message_not_found")
		case !one.has(c.bot.user) && one.Kind != kindChannel:
			return nil, fail("channel_not_found")
		case !one.has(c.bot.user):
			return nil, fail("not_in_channel")
		case one.Archived:
			return nil, fail("is_archived")
		}
		return f(ch, one, m)
	})
}

func (c *call) reactionsAdd() (reply, error) {
	return c.reacted(func(ch *change, one *channel, m *message) (reply, error) {
		return nil, ch.react(one, m, c.bot.user, c.args.str("name"))
	})
}

func (c *call) reactionsRemove() (reply, error) {
	return c.reacted(func(ch *change, one *channel, m *message) (reply, error) {
		return nil, ch.unreact(one, m, c.bot.user, c.args.str("name"))
	})
}

func (c *call) reactionsGet() (reply, error) {
	return c.reacted(func(ch *change, one *channel, m *message) (reply, error) {
		return reply{"type": "message", "channel": one.ID, "message": m.copy(false)}, nil
	})
}

const maxReactions = 23 // different ones on a message, by one person

func (ch *change) react(c *channel, m *message, user, name string) error {
	name = strings.Trim(name, ":")
	if !emojiForm.MatchString(name) || len(name) > 100 {
		return fail("invalid_name")
	}
	mine, at := 0, -1
	for i, r := range m.Reactions {
		if slices.Contains(r.Users, user) {
			mine++
		}
		if r.Name == name {
			at = i
		}
	}
	switch {
	case at >= 0 && slices.Contains(m.Reactions[at].Users, user):
		return fail("already_reacted")
	case mine >= maxReactions:
		return fail("too_many_reactions")
	case at >= 0:
		m.Reactions[at].Users = append(slices.Clone(m.Reactions[at].Users), user)
		m.Reactions[at].Count++
	default:
		m.Reactions = append(slices.Clone(m.Reactions), reaction{name, []string{user}, 1})
	}
	ch.saveMessage(c, m)
	ch.changed("reaction", c.ID, user, m.TS)
	ch.tellReaction("reaction_added", c, m, user, name)
	return nil
}

func (ch *change) unreact(c *channel, m *message, user, name string) error {
	name = strings.Trim(name, ":")
	if !emojiForm.MatchString(name) {
		return fail("invalid_name")
	}
	at := slices.IndexFunc(m.Reactions, func(r reaction) bool { return r.Name == name && slices.Contains(r.Users, user) })
	if at < 0 {
		return fail("no_reaction")
	}
	list := slices.Clone(m.Reactions)
	list[at].Users = slices.DeleteFunc(slices.Clone(list[at].Users), func(u string) bool { return u == user })
	list[at].Count--
	if list[at].Count == 0 {
		list = slices.Delete(list, at, at+1)
	}
	m.Reactions = list
	ch.saveMessage(c, m)
	ch.changed("reaction", c.ID, user, m.TS)
	ch.tellReaction("reaction_removed", c, m, user, name)
	return nil
}
