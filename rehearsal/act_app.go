package rehearsal

import (
	"encoding/json"
	"regexp"
	"strings"
)

var commandForm = regexp.MustCompile(`^/[^\s/]+$`)

// command types a slash command. Outsiders have none; it never works in a thread.
func (d *doing) command() *refusal {
	v := d.act.Command
	name := strings.TrimSpace(v.Command)
	if !commandForm.MatchString(name) || !d.grants.answers(name) {
		return &refusal{"unknown_command", name + " " + sayInvalid}
	}
	if d.person.Outsider {
		return &refusal{"not_allowed", "Slash commands of this workspace are not available to you."}
	}
	var payload json.RawMessage
	var where *channel
	no := d.do(func(ch *change) *refusal {
		id := v.Channel
		if id == "" {
			id = ch.bot.user
		}
		c, no := d.conversation(ch, id)
		if no != nil {
			return no
		}
		where = c
		payload = ch.commandPayload(d.person, c, name, v.Text)
		return nil
	})
	if no != nil {
		return no
	}
	return d.background(func() *refusal {
		a := d.ask(envCommands, payload, true)
		switch a.failure {
		case failTimeout:
			return d.sayToSelf(where, "operation_timeout", name+" "+sayNoResponse)
		case failNoConnection:
			return d.sayToSelf(where, "dispatch_failed", name+" "+sayNotListening)
		}
		return d.commandAnswer(where, a.payload)
	})
}

func (ch *change) commandPayload(p *Person, c *channel, name, typed string) json.RawMessage {
	return encode(reply{"token": ch.bot.id, "team_id": ch.ws.team.ID, "team_domain": ch.ws.team.Domain,
		"channel_id": c.ID, "channel_name": c.payloadName(), "user_id": p.ID, "user_name": p.Name,
		"command": name, "text": escapeTyped(strings.TrimSpace(typed)), "api_app_id": ch.bot.app, "is_enterprise_install": "false",
		"response_url": ch.newResponseURL(c, p.ID, "", false), "trigger_id": ch.trigger(p.ID)})
}

// sayToSelf shows what Slackbot would: a sentence for this person alone.
func (d *doing) sayToSelf(c *channel, code, sentence string) *refusal {
	if no := d.do(func(ch *change) *refusal {
		ch.whisper(c, d.person.ID, &message{Type: "message", User: slackbotID, Text: sentence})
		return nil
	}); no != nil {
		return no
	}
	return &refusal{code, sentence}
}

// commandAnswer posts what the app acknowledged a command with.
func (d *doing) commandAnswer(c *channel, ack json.RawMessage) *refusal {
	var r response
	if len(ack) == 0 || string(ack) == "{}" || string(ack) == "null" {
		return nil
	}
	if s := text(ack); s != "" {
		r.Text = s
	} else if json.Unmarshal(ack, &r) != nil {
		return d.sayToSelf(c, "invalid_acknowledgement", d.act.Command.Command+" "+sayNotListening)
	}
	k, err := r.content()
	if err != nil {
		return d.sayToSelf(c, err.Error(), d.act.Command.Command+" "+sayNotListening)
	}
	if k.empty() {
		return nil
	}
	return d.do(func(ch *change) *refusal {
		ch.answer(c, d.person.ID, r, k)
		return nil
	})
}

// shortcut runs a global shortcut, or one of a message's menu.
func (d *doing) shortcut() *refusal {
	v := d.act.Shortcut
	kind := "global"
	if v.Channel != "" || v.TS != "" {
		kind = "message"
	}
	if !d.grants.shortcut(v.CallbackID, kind) {
		return &refusal{"unknown_shortcut", "This app has no such shortcut."}
	}
	var payload json.RawMessage
	no := d.do(func(ch *change) *refusal {
		if kind == "global" {
			out := ch.interaction("shortcut", d.person)
			out["callback_id"], out["trigger_id"], out["action_ts"] = v.CallbackID, ch.trigger(d.person.ID), formatTS(ch.clock.stamp())
			payload = encode(out)
			return nil
		}
		at, no := ch.find(d.person.ID, "", v.Channel, v.TS)
		if no != nil {
			return no
		}
		out := ch.interaction("message_action", d.person)
		out["callback_id"], out["trigger_id"], out["action_ts"] = v.CallbackID, ch.trigger(d.person.ID), formatTS(ch.clock.stamp())
		out["message_ts"], out["message"] = at.message.TS, at.message.copy(true)
		out["channel"] = reply{"id": at.channel.ID, "name": at.channel.payloadName()}
		out["response_url"] = ch.newResponseURL(at.channel, d.person.ID, at.message.TS, at.message.IsEphemeral)
		payload = encode(out)
		return nil
	})
	if no != nil {
		return no
	}
	return d.background(func() *refusal { return d.deliver(payload, false) })
}
