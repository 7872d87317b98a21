package rehearsal

import (
	"encoding/json"
	"path"
	"strings"
	"unicode/utf8"
)

// place where a person writes: a conversation, or somebody whose DM is opened.
func (d *doing) conversation(ch *change, id string) (*channel, *refusal) {
	if p := ch.ws.people[id]; p != nil {
		if p.ID == ch.bot.user && !ch.grants.messagesTab() {
			return nil, &refusal{"messages_tab_disabled", "Sending messages to this app has been turned off."}
		}
		c, _ := ch.openPair(id, d.person.ID)
		if id != ch.bot.user {
			c, _ = ch.openPair(d.person.ID, id)
		}
		return c, nil
	}
	if id == ch.dmID(ch.bot.user, d.person.ID) {
		return d.conversation(ch, ch.bot.user)
	}
	c, no := ch.seen(d.person.ID, id)
	if no != nil {
		return nil, no
	}
	switch {
	case !c.has(d.person.ID):
		return nil, &refusal{"not_in_channel", "Join the channel to write in it."}
	case c.Archived:
		return nil, &refusal{"is_archived", "This channel has been archived."}
	case c.Kind == kindIM && c.has(ch.bot.user) && ch.grants.messagesReadOnly():
		return nil, &refusal{"messages_tab_read_only", "Sending messages to this app has been turned off."}
	}
	return c, nil
}

const maxTyped = 12000 // characters that Slack's client takes

var typedTooLong = &refusal{"msg_too_long", "This message is too long: 12,000 characters fit."}

func (d *doing) say() *refusal {
	v := d.act.Say
	switch {
	case strings.TrimSpace(v.Text) == "" && len(v.Files) == 0:
		return &refusal{"no_text", "There is nothing to send."}
	case utf8.RuneCountInString(v.Text) > maxTyped:
		return typedTooLong
	}
	return d.do(func(ch *change) *refusal {
		files := make([]*file, len(v.Files))
		for i, id := range v.Files {
			if files[i] = ch.ws.files[id]; files[i] == nil || files[i].User != d.person.ID {
				return &refusal{"file_not_found", "This file is not yours, or not there."}
			}
		}
		c, no := d.conversation(ch, v.Channel)
		if no != nil {
			return no
		}
		thread, err := target{channel: c}.parent(v.ThreadTS)
		if err != nil {
			return &refusal{err.Error(), "There is no such thread."}
		}
		m := d.typed(ch, v.Text)
		m.ThreadTS = thread
		if thread != "" && v.Broadcast {
			m.Subtype = "thread_broadcast"
		}
		if len(files) > 0 {
			ch.postFiles(c, m, files, thread)
		} else {
			ch.post(c, m)
		}
		d.answer.TS, d.answer.Channel = m.TS, c.ID
		return nil
	})
}

// typed is a message of a person, not yet anywhere.
func (d *doing) typed(ch *change, text string) *message {
	escaped := escapeTyped(text)
	m := &message{Type: "message", User: d.person.ID, Team: ch.ws.team.ID, Text: escaped, ClientMsgID: ch.ids.uuid("client message")}
	if d.person.Outsider {
		m.Team = d.person.Team
	}
	if escaped != "" {
		m.Blocks = richText("", escaped)
	}
	return m
}

// mine finds a message that the person wrote.
func (d *doing) mine(ch *change, channel, ts, code string) (*channel, *message, *refusal) {
	c, no := ch.seen(d.person.ID, channel)
	if no != nil {
		return nil, nil, no
	}
	m := c.byTS[ts]
	switch {
	case m == nil:
		return nil, nil, &refusal{"message_not_found", "This message is not there any more."}
	case m.User != d.person.ID || m.BotID != "":
		return nil, nil, &refusal{code, "This is somebody else's message."}
	}
	return c, m, nil
}

func (d *doing) edit() *refusal {
	v := d.act.Edit
	switch {
	case strings.TrimSpace(v.Text) == "":
		return &refusal{"no_text", "There is nothing to send."}
	case utf8.RuneCountInString(v.Text) > maxTyped:
		return typedTooLong
	}
	return d.do(func(ch *change) *refusal {
		c, m, no := d.mine(ch, v.Channel, v.TS, "cant_update_message")
		if no != nil {
			return no
		}
		before := m.copy(true)
		m.Text = escapeTyped(v.Text)
		m.Blocks = ch.settle(richText("", m.Text), c.ID+m.TS)
		m.Edited = &edited{User: d.person.ID, TS: formatTS(ch.now)}
		ch.saveMessage(c, m)
		ch.changed("message", c.ID, d.person.ID, m.TS)
		ch.tellChanged(c, before, m)
		d.answer.TS, d.answer.Channel = m.TS, c.ID
		return nil
	})
}

func (d *doing) delete() *refusal {
	v := d.act.Delete
	return d.do(func(ch *change) *refusal {
		if c := ch.ws.channels[v.Channel]; c != nil && ch.ws.ephemeral(c, d.person.ID, v.TS) != nil {
			ch.dropEphemeral(c, d.person.ID, v.TS)
			return nil
		}
		c, m, no := d.mine(ch, v.Channel, v.TS, "cant_delete_message")
		if no == nil {
			ch.erase(c, m)
		}
		return no
	})
}

func (d *doing) react() *refusal {
	v := d.act.React
	return d.do(func(ch *change) *refusal {
		c, no := ch.seen(d.person.ID, v.Channel)
		if no != nil {
			return no
		}
		m := c.byTS[v.TS]
		if m == nil {
			return &refusal{"message_not_found", "This message is not there any more."}
		}
		do := ch.react
		if v.Remove {
			do = ch.unreact
		}
		if err := do(c, m, d.person.ID, v.Name); err != nil {
			return &refusal{err.Error(), "This reaction cannot be given."}
		}
		return nil
	})
}

func (d *doing) upload() *refusal {
	v := d.act.Upload
	name := path.Base(strings.ReplaceAll(v.Name, `\`, "/"))
	switch {
	case v.Name == "" || name == "." || name == "/":
		return &refusal{"invalid_name", "A file needs a name."}
	case len(v.Content) == 0:
		return &refusal{"file_empty", "This file is empty."}
	case utf8.RuneCountInString(v.Text) > maxTyped:
		return typedTooLong
	}
	return d.do(func(ch *change) *refusal {
		var c *channel
		thread := ""
		if v.Channel != "" {
			var no *refusal
			if c, no = d.conversation(ch, v.Channel); no != nil {
				return no
			}
			var err error
			if thread, err = (target{channel: c}).parent(v.ThreadTS); err != nil {
				return &refusal{err.Error(), "There is no such thread."}
			}
		}
		u := &upload{id: ch.ids.next("F"), name: name, length: len(v.Content)}
		ch.storeContent(u.id, v.Content)
		f := ch.newFile(u, "", d.person.ID)
		if c != nil {
			m := d.typed(ch, v.Text)
			ch.postFiles(c, m, []*file{f}, thread)
			f = m.Files[0]
			d.answer.TS, d.answer.Channel = m.TS, c.ID
		}
		d.answer.File = encode(f)
		return nil
	})
}

func (d *doing) click() *refusal {
	v := d.act.Click
	var payload json.RawMessage
	no := d.do(func(ch *change) (no *refusal) {
		at, no := ch.find(d.person.ID, v.ViewID, v.Channel, v.TS)
		if no == nil {
			payload, no = ch.click(d.person, at, v.Action, v.Values)
		}
		return no
	})
	if no == nil && !d.grants.interactive() {
		no = &refusal{"interactivity_disabled", "This app is not configured to handle interactive responses."}
	}
	if no != nil {
		return no
	}
	return d.background(func() *refusal { return d.deliver(payload, false) })
}

// deliver sends an interactive payload whose acknowledgement says nothing more.
func (d *doing) deliver(payload json.RawMessage, accepts bool) *refusal {
	if a := d.ask(envInteractive, payload, accepts); a.failure != "" {
		return d.trouble(d.person.ID, a.failure)
	}
	return nil
}

func (d *doing) suggest() *refusal {
	v := d.act.Suggest
	var payload json.RawMessage
	no := d.do(func(ch *change) (no *refusal) {
		at, no := ch.find(d.person.ID, v.ViewID, v.Channel, v.TS)
		if no == nil {
			payload, no = ch.suggestion(d.person, at, v.BlockID, v.ActionID, v.Value)
		}
		return no
	})
	if no != nil {
		return no
	}
	if no := d.deliver(payload, true); no != nil {
		return no
	}
	answer := rawObject(d.answer.Ack)
	if answer["options"] == nil && answer["option_groups"] == nil {
		return &refusal{"invalid_acknowledgement", "The app offered no options."}
	}
	return nil
}

func (d *doing) submit() *refusal {
	v := d.act.Submit
	var sub submission
	no := d.do(func(ch *change) (no *refusal) {
		sub, no = ch.submission(d.person, v.ViewID, v.Values)
		return no
	})
	if no != nil {
		return no
	}
	if sub.errors != nil {
		d.answer.Errors = sub.errors
		return nil
	}
	return d.background(func() *refusal {
		ack, errors, no := d.Server.submit(d.ctx, d.person.ID, sub)
		if len(ack) > 0 {
			d.answer.Ack = ack
		}
		d.answer.Errors = errors
		return no
	})
}

func (d *doing) close() *refusal {
	v := d.act.Close
	var payloads []json.RawMessage
	no := d.do(func(ch *change) (no *refusal) {
		payloads, no = ch.closing(d.person, v.ViewID, v.All)
		return no
	})
	if no != nil {
		return no
	}
	return d.background(func() *refusal {
		for _, payload := range payloads {
			d.ask(envInteractive, payload, false) // the view is closed for the person, whatever the app says
		}
		return nil
	})
}

func (d *doing) openHome() *refusal {
	tab := d.act.OpenHome.Tab
	if tab == "" {
		tab = "home"
	}
	return d.do(func(ch *change) *refusal {
		switch {
		case tab != "home" && tab != "messages" && tab != "about":
			return &refusal{"invalid_tab", "The tabs are home, messages and about."}
		case tab == "home" && !ch.grants.homeTab():
			return &refusal{"home_tab_disabled", "This app has no Home."}
		}
		ch.openDM(d.person.ID)
		ch.tellHome(d.person.ID, tab)
		return nil
	})
}

func (d *doing) read() *refusal {
	v := d.act.Read
	return d.do(func(ch *change) *refusal {
		c, no := ch.seen(d.person.ID, v.Channel)
		if no != nil {
			return no
		}
		ts := v.TS
		if ts == "" && len(c.messages) > 0 {
			ts = c.messages[len(c.messages)-1].TS
		}
		ch.markRead(c, d.person.ID, ts)
		ch.changed("read", c.ID, d.person.ID, "")
		return nil
	})
}
