package rehearsal

import (
	"encoding/json"
	"strings"
	"time"
)

// messageEvent is a message as an event tells of it.
type messageEvent struct {
	*message
	Channel     string `json:"channel"`
	ChannelType string `json:"channel_type"`
	EventTS     string `json:"event_ts"`
}

// retryAfter is when an event that was not acknowledged comes again, on the
// workspace's clock (slack.md Receiving).
var retryAfter = []time.Duration{0, time.Minute, 5 * time.Minute}

// maxRetries bounds the events that wait to be sent again, as an app that is never
// there would let them pile up.
const maxRetries = 2000

// tell sends an event to the app if it is subscribed to it.
func (ch *change) tell(subscription string, event any) {
	if !ch.grants.hears(subscription) {
		return
	}
	eventID := ch.ids.next("Ev")
	payload := encode(reply{
		"token": ch.bot.id, "team_id": ch.ws.team.ID, "context_team_id": ch.ws.team.ID, "context_enterprise_id": nil,
		"api_app_id": ch.bot.app, "event": event, "type": "event_callback", "event_id": eventID, "event_time": ch.now.Unix(),
		"authorizations": []reply{{"enterprise_id": nil, "team_id": ch.ws.team.ID, "user_id": ch.bot.user,
			"is_bot": true, "is_enterprise_install": false}},
		"is_ext_shared_channel": false, "event_context": "4-" + strings.ToLower(eventID),
	})
	s := ch.Server
	ch.then(func() { s.deliverEvent(payload, 0, "") })
}

// deliverEvent sends an event, and again when it is not acknowledged.
func (s *Server) deliverEvent(payload json.RawMessage, attempt int, reason string) {
	e := envelope{Type: envEvents, Payload: payload, RetryAttempt: &attempt, RetryReason: &reason}
	again := s.faults.redeliver(envEvents, payload)
	s.sendLate(s.faults.late(envEvents, payload), e, func(a acknowledgement) {
		switch {
		case a.failure == "" && again:
			s.deliverEvent(payload, attempt+1, failTimeout)
		case a.failure == "" || s.ctx.Err() != nil || attempt >= len(retryAfter):
		case retryAfter[attempt] == 0 && a.failure == failTimeout:
			s.deliverEvent(payload, attempt+1, failTimeout)
		case s.retries.Add(1) > maxRetries:
			s.retries.Add(-1)
		default:
			wait := max(retryAfter[attempt], time.Second)
			s.clock.after(s.clock.now().Add(wait), func() {
				s.retries.Add(-1)
				s.deliverEvent(payload, attempt+1, a.failure)
			})
		}
	})
}

// tellMessage tells of a new message where the app is.
func (ch *change) tellMessage(c *channel, m *message) {
	if !c.has(ch.bot.user) {
		return
	}
	event := messageEvent{m.copy(m.Metadata != nil && ch.grants.has("metadata.message:read")), c.ID, c.channelType(), m.TS}
	ch.tell(subscriptionOf(c), event)
	if m.User != ch.bot.user && !c.isDM() && m.Subtype == "" && strings.Contains(m.Text, "<@"+ch.bot.user) {
		mention := *m.copy(false)
		mention.Type = "app_mention"
		ch.tell("app_mention", struct {
			*message
			Channel string `json:"channel"`
			EventTS string `json:"event_ts"`
		}{&mention, c.ID, m.TS})
	}
}

func subscriptionOf(c *channel) string {
	return map[channelKind]string{kindChannel: "message.channels", kindPrivate: "message.groups", kindIM: "message.im", kindMPIM: "message.mpim"}[c.Kind]
}

func (ch *change) tellChanged(c *channel, before, now *message) {
	if !c.has(ch.bot.user) {
		return
	}
	at := formatTS(ch.clock.stamp())
	ch.tell(subscriptionOf(c), reply{"type": "message", "subtype": "message_changed", "hidden": true, "channel": c.ID, "ts": at,
		"event_ts": at, "channel_type": c.channelType(), "message": now.copy(false), "previous_message": before.copy(false)})
}

func (ch *change) tellDeleted(c *channel, before *message) {
	if !c.has(ch.bot.user) {
		return
	}
	at := formatTS(ch.clock.stamp())
	ch.tell(subscriptionOf(c), reply{"type": "message", "subtype": "message_deleted", "hidden": true, "channel": c.ID, "ts": at,
		"event_ts": at, "deleted_ts": before.TS, "channel_type": c.channelType(), "previous_message": before.copy(false)})
}

// tellChannel tells of a channel that was created, renamed, archived.
func (ch *change) tellChannel(kind string, c *channel) {
	if c.Kind != kindChannel && !c.has(ch.bot.user) {
		return
	}
	if c.Kind == kindPrivate {
		kind = "group" + strings.TrimPrefix(kind, "channel")
	}
	event := reply{"type": kind, "event_ts": formatTS(ch.clock.stamp())}
	switch {
	case strings.HasSuffix(kind, "_created"):
		event["channel"] = reply{"id": c.ID, "is_channel": true, "name": c.Name, "name_normalized": c.Name, "created": c.Created,
			"creator": c.Creator, "is_shared": false, "is_org_shared": false, "context_team_id": ch.ws.team.ID}
	case strings.HasSuffix(kind, "_rename"):
		event["channel"] = reply{"id": c.ID, "is_channel": c.Kind == kindChannel, "name": c.Name, "name_normalized": c.Name, "created": c.Created}
	default:
		event["channel"], event["user"] = c.ID, ch.bot.user
	}
	ch.tell(kind, event)
}

// tellMember tells of somebody who joined or left.
func (ch *change) tellMember(kind string, c *channel, user, inviter string) {
	if !c.has(ch.bot.user) || c.isDM() {
		return
	}
	letter := "C"
	if c.Kind == kindPrivate {
		letter = "G"
	}
	event := reply{"type": kind, "user": user, "channel": c.ID, "channel_type": letter, "team": ch.ws.team.ID, "event_ts": formatTS(ch.clock.stamp())}
	if inviter != "" {
		event["inviter"] = inviter
	}
	ch.tell(kind, event)
}

// tellPerson tells of somebody new or changed.
func (ch *change) tellPerson(kind string, p *Person) {
	at := formatTS(ch.clock.stamp())
	user := ch.userObject(p, true)
	ch.tell(kind, reply{"type": kind, "user": user, "cache_ts": ch.now.Unix(), "event_ts": at})
	if kind == "user_change" {
		ch.tell("user_profile_changed", reply{"type": "user_profile_changed", "user": user, "cache_ts": ch.now.Unix(), "event_ts": at})
	}
}

// tellHome tells that somebody opened the app's Home.
func (ch *change) tellHome(user, tab string) {
	event := reply{"type": "app_home_opened", "user": user, "tab": tab, "event_ts": formatTS(ch.clock.stamp()),
		"channel": ch.dmID(ch.bot.user, user)}
	if v := ch.ws.homes[user]; v != nil && tab == "home" {
		event["view"] = json.RawMessage(encode(v.object(nil)))
	}
	ch.tell("app_home_opened", event)
}

// tellReaction tells of a reaction that came or went.
func (ch *change) tellReaction(kind string, c *channel, m *message, user, name string) {
	if !c.has(ch.bot.user) {
		return
	}
	ch.tell(kind, reply{"type": kind, "user": user, "reaction": name, "item_user": m.User, "event_ts": formatTS(ch.clock.stamp()),
		"item": reply{"type": "message", "channel": c.ID, "ts": m.TS}})
}

// tellFile tells of a file that was created or shared.
func (ch *change) tellFile(kind string, f *file, channel string) {
	event := reply{"type": kind, "file_id": f.ID, "user_id": f.User, "file": reply{"id": f.ID}, "event_ts": formatTS(ch.clock.stamp())}
	if channel != "" {
		if c := ch.ws.channels[channel]; c == nil || !c.has(ch.bot.user) {
			return
		}
		event["channel_id"] = channel
	}
	ch.tell(kind, event)
}
