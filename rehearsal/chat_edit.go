package rehearsal

import (
	"encoding/json"
	"slices"
	"unicode/utf8"
)

func (c *call) updateMessage() (reply, error) {
	k, err := c.content()
	if err != nil {
		return nil, err
	}
	var out reply
	err = c.change(func(ch *change) error {
		to, m, err := ch.ownMessage(c, "cant_update_message")
		if err != nil {
			return err
		}
		if utf8.RuneCountInString(k.text) > maxUpdateText {
			return fail("msg_too_long")
		}
		if !k.hasText && len(k.blocks) == 0 && len(k.attachments) == 0 && !c.args.has("file_ids") || k.empty() && !keepsSomething(m, k) {
			return fail("no_text")
		}
		before := m.copy(true)
		ch.rewrite(to, m, k)
		m.Edited = &edited{User: m.User, TS: formatTS(ch.now)}
		if c.args.boolean("reply_broadcast") && m.isReply() {
			m.Subtype = "thread_broadcast"
			to.place(m)
		}
		ch.saveMessage(to, m)
		ch.changed("message", to.ID, m.User, m.TS)
		ch.tellChanged(to, before, m)
		out = reply{"channel": to.ID, "ts": m.TS, "text": m.Text, "message": m.copy(true)}
		return nil
	})
	return out, err
}

// keepsSomething says whether an update without text and blocks leaves content.
func keepsSomething(m *message, k content) bool {
	return len(m.Files) > 0 || len(k.blocks) == 0 && filled(m.Blocks) || len(k.attachments) == 0 && filled(m.Attachments)
}

// rewrite replaces what was given; blocks, attachments and metadata that were not
// given stay, empty ones go (chat.update's documentation).
func (ch *change) rewrite(c *channel, m *message, k content) {
	if k.hasText || len(k.blocks) > 0 {
		m.Text = k.text
	}
	if len(k.blocks) > 0 {
		m.Blocks = ch.settle(k.blocks, c.ID+m.TS)
	}
	if len(k.attachments) > 0 {
		m.Attachments = nil
		if filled(k.attachments) {
			m.Attachments = k.attachments
			ch.settleAttachments(c, m)
		}
	}
	if len(k.metadata) > 0 {
		m.Metadata = nil
		if string(k.metadata) != "{}" {
			m.Metadata = k.metadata
		}
	}
}

// ownMessage finds a message of the app's bot, or says what is in the way.
func (ch *change) ownMessage(c *call, otherwise string) (*channel, *message, error) {
	to, err := ch.channel(c.args.str("channel"))
	if err != nil {
		return nil, nil, err
	}
	m := to.byTS[c.args.str("ts")]
	switch {
	case m == nil || m.Subtype == "tombstone":
		return nil, nil, fail("message_not_found")
	case m.BotID != ch.bot.id:
		return nil, nil, fail(otherwise)
	case to.Archived:
		return nil, nil, fail("is_archived")
	}
	return to, m, nil
}

func (c *call) deleteMessage() (reply, error) {
	var out reply
	err := c.change(func(ch *change) error {
		to, m, err := ch.ownMessage(c, "cant_delete_message")
		if err != nil {
			return err
		}
		ch.erase(to, m)
		out = reply{"channel": to.ID, "ts": m.TS}
		return nil
	})
	return out, err
}

// erase deletes a message; the head of a thread leaves a tombstone.
func (ch *change) erase(c *channel, m *message) {
	before := m.copy(true)
	if m.ReplyCount > 0 {
		stone := &message{Type: "message", Subtype: "tombstone", User: slackbotID, Text: "This message was deleted.", Hidden: true,
			TS: m.TS, ThreadTS: m.ThreadTS, ReplyCount: m.ReplyCount, ReplyUsersCount: m.ReplyUsersCount,
			LatestReply: m.LatestReply, ReplyUsers: m.ReplyUsers, IsLocked: m.IsLocked, Subscribed: m.Subscribed}
		c.place(stone)
		ch.saveMessage(c, stone)
		ch.changed("message", c.ID, m.User, m.TS)
		ch.tellChanged(c, before, stone)
		return
	}
	c.remove(m)
	ch.forget(rowMessage, c.ID+"/"+m.TS)
	if m.isReply() {
		ch.uncount(c, m)
	}
	ch.changed("message", c.ID, m.User, m.TS)
	ch.tellDeleted(c, before)
}

// uncount takes a deleted reply out of its parent's figures.
func (ch *change) uncount(c *channel, m *message) {
	parent := c.byTS[m.ThreadTS]
	if parent == nil {
		return
	}
	replies := c.threads[parent.TS]
	parent.ReplyCount, parent.LatestReply = len(replies), ""
	var users []string
	for _, r := range replies {
		parent.LatestReply = r.TS
		if !slices.Contains(users, r.User) {
			users = append(users, r.User)
		}
	}
	parent.ReplyUsers, parent.ReplyUsersCount = users, len(users)
	if len(replies) == 0 {
		parent.ThreadTS, parent.IsLocked, parent.Subscribed = "", nil, nil
	}
	ch.saveMessage(c, parent)
}

func (c *call) postEphemeral() (reply, error) {
	k, err := c.content()
	if err != nil {
		return nil, err
	}
	var out reply
	err = c.change(func(ch *change) error {
		t, err := ch.target(c.args.str("channel"))
		if err != nil {
			return err
		}
		if err := ch.mayPost(t, k, nil); err != nil {
			return err
		}
		user := c.args.str("user")
		switch p := ch.ws.people[user]; {
		case p == nil:
			return fail("user_not_found")
		case !t.has(user):
			return fail("user_not_in_channel")
		}
		thread, err := t.parent(c.args.str("thread_ts"))
		if err != nil {
			return err
		}
		to := t.open(ch)
		m := ch.botMessage(k)
		m.ThreadTS = thread
		ch.whisper(to, user, m)
		out = reply{"message_ts": m.TS}
		return nil
	})
	return out, err
}

// whisper shows a message to one person alone. Such messages are never kept and
// no event tells of them.
func (ch *change) whisper(c *channel, user string, m *message) {
	m.TS = formatTS(ch.clock.stamp())
	m.IsEphemeral = true
	m.Blocks = ch.settle(m.Blocks, c.ID+m.TS)
	ch.settleAttachments(c, m)
	key := c.ID + "/" + user
	list := append(ch.ws.ephemerals[key], m)
	if len(list) > maxEphemerals {
		list = list[len(list)-maxEphemerals:]
	}
	ch.ws.ephemerals[key] = list
	ch.changed("message", c.ID, user, m.TS)
}

// maxEphemerals bounds what one person keeps in one conversation.
const maxEphemerals = 50

// ephemeral finds a message that only this person sees.
func (w *workspace) ephemeral(c *channel, user, ts string) *message {
	for _, m := range w.ephemerals[c.ID+"/"+user] {
		if m.TS == ts {
			return m
		}
	}
	return nil
}

func (ch *change) dropEphemeral(c *channel, user, ts string) {
	key := c.ID + "/" + user
	ch.ws.ephemerals[key] = slices.DeleteFunc(slices.Clone(ch.ws.ephemerals[key]), func(m *message) bool { return m.TS == ts })
	ch.changed("message", c.ID, user, ts)
}

// rawObject reads a JSON object's fields.
func rawObject(raw json.RawMessage) map[string]json.RawMessage {
	var m map[string]json.RawMessage
	if json.Unmarshal(raw, &m) != nil {
		return nil
	}
	return m
}
