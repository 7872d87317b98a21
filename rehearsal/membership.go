package rehearsal

import (
	"slices"
	"strings"
)

// maxGroup is how many people a group DM holds beside the app.
const maxGroup = 8

func (c *call) conversationsOpen() (reply, error) {
	if c.args.str("channel") != "" {
		return c.withChannel(func(ch *change, one *channel) (reply, error) {
			if !one.isDM() {
				return nil, fail("method_not_supported_for_channel_type")
			}
			return c.opened(one, false), nil
		})
	}
	users := c.args.list("users")
	slices.Sort(users)
	users = slices.Compact(users)
	if len(users) == 0 {
		return nil, fail("users_list_not_supplied")
	}
	var out reply
	err := c.change(func(ch *change) error {
		for _, user := range users {
			if err := ch.mayOpen(user); err != nil {
				return err
			}
		}
		one, isNew, err := ch.openWith(users, c.args.boolean("prevent_creation"))
		if err == nil {
			out = c.opened(one, isNew)
		}
		return err
	})
	return out, err
}

// mayOpen says whether the app can write to somebody directly.
func (ch *change) mayOpen(user string) error {
	p := ch.ws.people[user]
	switch {
	case p == nil:
		return fail("user_not_found")
	case ch.ws.stranger(p, ch.bot.user):
		return fail("user_not_visible")
	case p.Deleted:
		return fail("user_disabled")
	case user == ch.bot.user || user == slackbotID:
		return fail("cannot_dm_bot")
	}
	return nil
}

func (ch *change) openWith(users []string, prevent bool) (one *channel, isNew bool, err error) {
	if len(users) > maxGroup {
		return nil, false, fail("too_many_users")
	}
	scope := "im:write"
	if len(users) > 1 {
		scope = "mpim:write"
	}
	if !ch.grants.has(scope) {
		return nil, false, ch.missingScope(scope)
	}
	if len(users) == 1 {
		one = ch.ws.channels[ch.dmID(ch.bot.user, users[0])]
	} else {
		one = ch.ws.groups[memberKey(append([]string{ch.bot.user}, users...))]
	}
	if one != nil {
		return one, false, nil
	}
	if prevent {
		return nil, false, fail("channel_not_found")
	}
	if len(users) == 1 {
		one, _ = ch.openDM(users[0])
		return one, true, nil
	}
	return ch.newGroup(users), true, nil
}

// newGroup opens a group DM of the app and up to eight people.
func (ch *change) newGroup(users []string) *channel {
	names := make([]string, len(users))
	for i, user := range users {
		names[i] = ch.ws.people[user].Name
	}
	everyone := append([]string{ch.bot.user}, users...)
	key := memberKey(everyone)
	one := ch.newChannel(ch.ids.fixed("G", key), "mpdm-"+strings.Join(append(names, ch.ws.people[ch.bot.user].Name), "--")+"-1", kindMPIM, ch.bot.user)
	for _, user := range everyone {
		ch.join(one, user)
	}
	ch.ws.groups[key] = one
	ch.changed("channel", one.ID, "", "")
	return one
}

func (c *call) opened(one *channel, isNew bool) reply {
	object := reply{"id": one.ID}
	if c.args.boolean("return_im") {
		object = c.conversationObject(one, false)
		object["is_open"] = true
	}
	out := reply{"channel": object}
	if !isNew {
		out["no_op"], out["already_open"] = true, true
	}
	return out
}

func (c *call) conversationsClose() (reply, error) {
	return c.withChannel(func(ch *change, one *channel) (reply, error) {
		if !one.isDM() {
			return nil, fail("method_not_supported_for_channel_type")
		}
		return reply{}, nil
	})
}

func (c *call) conversationsJoin() (reply, error) {
	return c.withChannel(func(ch *change, one *channel) (reply, error) {
		switch {
		case one.Kind != kindChannel:
			return nil, fail("method_not_supported_for_channel_type")
		case one.Archived:
			return nil, fail("is_archived")
		case one.has(c.bot.user):
			c.warn("already_in_channel")
		default:
			ch.enter(one, c.bot.user, "")
		}
		return reply{"channel": c.conversationObject(one, false)}, nil
	})
}

// enter lets somebody into a channel, with the message and the event.
func (ch *change) enter(one *channel, user, inviter string) {
	ch.join(one, user)
	subtype := "channel_join"
	if one.Kind == kindPrivate {
		subtype = "group_join"
	}
	ch.changed("channel", one.ID, user, "")
	ch.post(one, &message{Type: "message", Subtype: subtype, User: user, Inviter: inviter, Text: "<@" + user + "> has joined the channel"})
	ch.tellMember("member_joined_channel", one, user, inviter)
}

// depart takes somebody out of a channel.
func (ch *change) depart(one *channel, user string) {
	ch.tellMember("member_left_channel", one, user, "")
	subtype := "channel_leave"
	if one.Kind == kindPrivate {
		subtype = "group_leave"
	}
	ch.post(one, &message{Type: "message", Subtype: subtype, User: user, Text: "<@" + user + "> has left the channel"})
	ch.leave(one, user)
	ch.changed("channel", one.ID, user, "")
}

func (c *call) conversationsLeave() (reply, error) {
	return c.withChannel(func(ch *change, one *channel) (reply, error) {
		switch {
		case one.isDM():
			return nil, fail("method_not_supported_for_channel_type")
		case one.Archived:
			return nil, fail("is_archived")
		case one.General:
			return nil, fail("cant_leave_general")
		case !one.has(c.bot.user):
			return reply{"not_in_channel": true}, nil
		}
		ch.depart(one, c.bot.user)
		return nil, nil
	})
}

func (c *call) conversationsInvite() (reply, error) {
	users := c.args.list("users")
	if len(users) == 0 {
		return nil, fail("no_user")
	}
	if len(users) > 1000 {
		return nil, fail("too_many_users")
	}
	return c.managed(func(ch *change, one *channel) (reply, error) {
		if one.Archived {
			return nil, fail("is_archived")
		}
		var good []string
		var problems []reply
		for _, user := range users {
			if code := ch.mayInvite(one, user); code != "" {
				problems = append(problems, reply{"ok": false, "error": code, "user": user})
				continue
			}
			if !slices.Contains(good, user) {
				good = append(good, user)
			}
		}
		if len(problems) > 0 && (len(good) == 0 || !c.args.boolean("force")) {
			return nil, &apiError{code: problems[0]["error"].(string), extra: reply{"errors": problems}}
		}
		for _, user := range good {
			ch.enter(one, user, c.bot.user)
		}
		out := reply{"channel": c.conversationObject(one, false)}
		if len(problems) > 0 {
			out["errors"] = problems
		}
		return out, nil
	})
}

// mayInvite is Slack's code for what stands against an invitation, or empty.
func (ch *change) mayInvite(one *channel, user string) string {
	p := ch.ws.people[user]
	switch {
	case user == ch.bot.user:
		return "cant_invite_self"
	case p == nil || p.Deleted || ch.ws.stranger(p, ch.bot.user):
		return "user_not_found"
	case one.has(user):
		return "already_in_channel"
	case p.SingleChannelGuest && ch.inAnotherChannel(user):
		return "ura_max_channels"
	}
	return ""
}

func (ch *change) inAnotherChannel(user string) bool {
	for _, c := range ch.ws.of[user] {
		if !c.isDM() {
			return true
		}
	}
	return false
}

func (c *call) conversationsKick() (reply, error) {
	user := c.args.str("user")
	return c.managed(func(ch *change, one *channel) (reply, error) {
		switch {
		case user == c.bot.user:
			return nil, fail("cant_kick_self")
		case ch.ws.people[user] == nil:
			return nil, fail("user_not_found")
		case !one.has(user):
			return nil, fail("not_in_channel")
		case one.General:
			return nil, fail("cant_kick_from_general")
		}
		ch.depart(one, user)
		return reply{"errors": reply{}}, nil
	})
}
