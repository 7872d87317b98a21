package rehearsal

import (
	"bytes"
	"context"
	"encoding/json"
	"time"

	"tsugite/rehearsal/blockkit"
)

// What Slack's client tells a person when the app does not do its part.
const (
	sayTrouble      = "We had some trouble connecting. Try again?"
	sayNoResponse   = "failed because the app did not respond"
	sayNotListening = "failed with the error “dispatch_failed”"
	sayInvalid      = "is not a valid command. In Slack, messages that start with the “/” character are interpreted as commands."
)

// ask sends a payload to the app and waits for its acknowledgement.
func (s *Server) ask(ctx context.Context, kind string, payload json.RawMessage, accepts bool) acknowledgement {
	answer := make(chan acknowledgement, 1)
	again := s.faults.redeliver(kind, payload)
	s.sendLate(s.faults.late(kind, payload), envelope{Type: kind, Payload: payload, AcceptsPayload: accepts}, func(a acknowledgement) {
		if again && a.failure == "" {
			s.socket.send(envelope{Type: kind, Payload: payload, AcceptsPayload: accepts}, func(acknowledgement) {})
		}
		answer <- a
	})
	select {
	case a := <-answer:
		return a
	case <-ctx.Done():
		return acknowledgement{failure: failTimeout}
	}
}

// sendLate sends an envelope after a while, on wall time.
func (s *Server) sendLate(wait time.Duration, e envelope, tell func(acknowledgement)) {
	if wait == 0 {
		s.socket.send(e, tell)
		return
	}
	done := s.traffic.begin()
	time.AfterFunc(wait, func() { s.socket.send(e, tell); done() })
}

// interaction is what every interactive payload has.
func (s *Server) interaction(kind string, p *Person) reply {
	team := s.ws.team.ID
	if p.Outsider {
		team = p.Team
	}
	return reply{"type": kind, "token": s.bot.id, "api_app_id": s.bot.app, "enterprise": nil, "is_enterprise_install": false,
		"team": reply{"id": s.ws.team.ID, "domain": s.ws.team.Domain},
		"user": reply{"id": p.ID, "username": p.Name, "name": p.Name, "team_id": team}}
}

// place is where a click happened: a message or a view.
type place struct {
	channel *channel
	message *message
	view    *view
}

// blocks are those that hold the element.
func (p place) blocks() json.RawMessage {
	if p.view != nil {
		return rawObject(p.view.Body)["blocks"]
	}
	if !bytes.Contains(p.message.Attachments, []byte(`"blocks"`)) {
		return p.message.Blocks
	}
	var all []json.RawMessage
	_ = json.Unmarshal(orEmpty(p.message.Blocks), &all)
	var attachments []map[string]json.RawMessage
	_ = json.Unmarshal(p.message.Attachments, &attachments)
	for _, a := range attachments {
		var more []json.RawMessage
		if json.Unmarshal(a["blocks"], &more) == nil {
			all = append(all, more...)
		}
	}
	return encode(all)
}

func (p place) asView() json.RawMessage { return encode(reply{"blocks": p.blocks()}) }

// state is the values of everything in the place.
func (p place) state(now values) values {
	if p.view != nil {
		return p.view.state(now)
	}
	return overlay(blockkit.InitialState(p.asView()), now)
}

// find is the place that an act names, if the person can see it.
func (ch *change) find(user, viewID, channelID, ts string) (place, *refusal) {
	if viewID != "" {
		v := ch.ws.views[viewID]
		if v == nil || v.User != user {
			return place{}, &refusal{"view_not_found", "This view is not open any more."}
		}
		return place{view: v}, nil
	}
	c, no := ch.seen(user, channelID)
	if no != nil {
		return place{}, no
	}
	m := c.byTS[ts]
	if m == nil {
		m = ch.ws.ephemeral(c, user, ts)
	}
	if m == nil {
		return place{}, &refusal{"message_not_found", "This message is not there any more."}
	}
	return place{channel: c, message: m}, nil
}

// seen is a conversation that somebody can see: their own, or a public one.
func (ch *change) seen(user, id string) (*channel, *refusal) {
	c := ch.ws.channels[id]
	if c == nil || !c.has(user) && (c.Kind != kindChannel || ch.ws.people[user].Outsider) {
		return nil, &refusal{"channel_not_found", "You cannot see this conversation."}
	}
	return c, nil
}

// describe adds to a payload where it came from.
func (p place) describe(ch *change, user string, out reply) {
	if p.view != nil {
		out["container"] = reply{"type": "view", "view_id": p.view.ID}
		out["view"] = p.view.object(p.view.state(nil))
		return
	}
	m := p.message
	container := reply{"type": "message", "message_ts": m.TS, "channel_id": p.channel.ID, "is_ephemeral": m.IsEphemeral}
	if m.ThreadTS != "" {
		container["thread_ts"] = m.ThreadTS
	}
	out["container"] = container
	out["channel"] = reply{"id": p.channel.ID, "name": p.channel.payloadName()}
	if !m.IsEphemeral {
		out["message"] = m.copy(true)
	}
	out["response_url"] = ch.newResponseURL(p.channel, user, m.TS, m.IsEphemeral)
}

// click is a press, a choice or a dispatched input, as block_actions.
func (ch *change) click(p *Person, at place, action json.RawMessage, given values) (json.RawMessage, *refusal) {
	done, no := at.action(action, formatTS(ch.clock.stamp()))
	if no != nil {
		return nil, no
	}
	block, name := text(done["block_id"]), text(done["action_id"])
	now := overlay(given)
	if initial, keeps := at.state(nil)[block][name]; keeps {
		now = overlay(given, values{block: {name: stateOf(initial, done)}})
	}
	if wrong := blockkit.CheckInputs(at.asView(), restrict(at.state(now), at.asView())); wrong[block] != "" && stateful(at, block, name) {
		return nil, &refusal{"invalid_action", wrong[block]}
	}
	if at.view != nil {
		at.view.Values = restrict(overlay(at.view.Values, now), at.view.Body)
		ch.saveView(at.view)
	}
	out := ch.interaction("block_actions", p)
	out["trigger_id"] = ch.trigger(p.ID)
	at.describe(ch, p.ID, out)
	if at.view == nil {
		out["state"] = reply{"values": at.state(now)}
	}
	out["actions"] = []any{done}
	return encode(out), nil
}

func (ch *change) saveView(v *view) {
	if v.Type == "home" {
		ch.save(rowHome, v.User, v)
	} else {
		ch.save(rowView, v.ID, v)
	}
}

// stateful says whether an element keeps a value and somebody is choosing one; an
// emptied choice is for the app to judge.
func stateful(at place, block, action string) bool {
	value := rawObject(at.state(nil)[block][action])
	return value != nil && !inputBlock(at.blocks(), block)
}

// stateOf is an action as state.values has it.
func stateOf(initial json.RawMessage, action map[string]json.RawMessage) json.RawMessage {
	value := rawObject(initial)
	for name := range value {
		if given, ok := action[name]; ok {
			value[name] = given
		}
	}
	return encode(value)
}

// blockOf is a block by its id.
func blockOf(blocks json.RawMessage, id string) map[string]json.RawMessage {
	var list []map[string]json.RawMessage
	if json.Unmarshal(blocks, &list) != nil {
		return nil
	}
	for _, b := range list {
		if text(b["block_id"]) == id {
			return b
		}
	}
	return nil
}

func inputBlock(blocks json.RawMessage, id string) bool {
	return text(blockOf(blocks, id)["type"]) == "input"
}

// copied are the parts of an element that its action repeats.
var copied = []string{"text", "value", "style", "placeholder", "initial_option", "initial_options", "initial_date", "initial_time",
	"initial_date_time", "initial_user", "initial_users", "initial_channel", "initial_channels", "initial_conversation", "initial_conversations", "timezone"}

// action completes an action from the element that was drawn, so that nobody can
// send what was not there.
func (p place) action(raw json.RawMessage, at string) (map[string]json.RawMessage, *refusal) {
	given := rawObject(raw)
	block, name := text(given["block_id"]), text(given["action_id"])
	found, ok := blockkit.FindAction(p.blocks(), block, name)
	if !ok {
		return nil, &refusal{"action_not_found", "There is nothing like that to press here."}
	}
	element := rawObject(found)
	if text(given["type"]) != text(element["type"]) {
		return nil, &refusal{"invalid_action", "This is a " + text(element["type"]) + "."}
	}
	if inputBlock(p.blocks(), block) && string(blockOf(p.blocks(), block)["dispatch_action"]) != "true" {
		return nil, &refusal{"no_dispatch_action", "This input is sent with the form only."}
	}
	out := map[string]json.RawMessage{}
	for name, value := range given {
		out[name] = value
	}
	for _, name := range copied {
		if value, ok := element[name]; ok && (name != "value" || text(element["type"]) == "button") {
			out[name] = value
		} else if name == "value" && text(element["type"]) == "button" {
			delete(out, name)
		}
	}
	if text(element["type"]) == "overflow" && !offers(element["options"], out["selected_option"]) {
		return nil, &refusal{"invalid_action", "That is not one of the options."}
	}
	out["action_ts"] = encode(at)
	return out, nil
}

// offers says whether options have one with the value of a chosen one.
func offers(options, chosen json.RawMessage) bool {
	var list []map[string]json.RawMessage
	if json.Unmarshal(options, &list) != nil {
		return false
	}
	value := text(rawObject(chosen)["value"])
	for _, o := range list {
		if text(o["value"]) == value {
			return true
		}
	}
	return false
}

// suggestion asks for the options of an external select.
func (ch *change) suggestion(p *Person, at place, block, name, typed string) (json.RawMessage, *refusal) {
	found, ok := blockkit.FindAction(at.blocks(), block, name)
	if !ok && block == "" {
		block, ok = at.holder(name)
		found, _ = blockkit.FindAction(at.blocks(), block, name)
	}
	kind := text(rawObject(found)["type"])
	if !ok || kind != "external_select" && kind != "multi_external_select" {
		return nil, &refusal{"action_not_found", "There is no such menu here."}
	}
	out := ch.interaction("block_suggestion", p)
	out["action_id"], out["block_id"], out["value"] = name, block, typed
	at.describe(ch, p.ID, out)
	delete(out, "response_url")
	return encode(out), nil
}

// holder is the block that has an action of a name.
func (p place) holder(action string) (string, bool) {
	var list []map[string]json.RawMessage
	if json.Unmarshal(p.blocks(), &list) != nil {
		return "", false
	}
	for _, b := range list {
		if _, ok := blockkit.FindAction(p.blocks(), text(b["block_id"]), action); ok {
			return text(b["block_id"]), true
		}
	}
	return "", false
}
