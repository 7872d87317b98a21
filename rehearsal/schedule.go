package rehearsal

import (
	"encoding/json"
	"sort"
	"strconv"
	"time"
)

// Limits of scheduled messages (slack.md Sending).
const (
	farthestSchedule = 120 * 24 * time.Hour
	scheduleWindow   = 5 * time.Minute
	scheduleInWindow = 30
	lastCancel       = time.Minute // before it is posted
)

// scheduledMessage waits for its time.
type scheduledMessage struct {
	ID       string          `json:"id"`
	Channel  string          `json:"channel"`
	PostAt   int64           `json:"post_at"` // Unix seconds on the workspace's clock
	Created  int64           `json:"created"`
	Text     string          `json:"text"`
	Blocks   json.RawMessage `json:"blocks,omitempty"`
	Attached json.RawMessage `json:"attachments,omitempty"`
	Metadata json.RawMessage `json:"metadata,omitempty"`
	Thread   string          `json:"thread_ts,omitempty"`

	cancel func()
}

func (c *call) scheduleMessage() (reply, error) {
	k, err := c.content()
	if err != nil {
		return nil, err
	}
	at, err := strconv.ParseInt(c.args.str("post_at"), 10, 64)
	if err != nil {
		return nil, fail("invalid_time")
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
		thread, err := t.parent(c.args.str("thread_ts"))
		if err != nil {
			return err
		}
		if err := ch.mayScheduleAt(t, at); err != nil {
			return err
		}
		to := t.open(ch)
		m := &scheduledMessage{ID: ch.ids.next("Q"), Channel: to.ID, PostAt: at, Created: ch.now.Unix(), Text: k.text,
			Blocks: k.blocks, Attached: k.attachments, Metadata: k.metadata, Thread: thread}
		ch.ws.scheduled[m.ID] = m
		ch.save(rowScheduled, m.ID, m)
		ch.Server.arm(m)
		shown := ch.botMessage(k)
		out = reply{"channel": to.ID, "scheduled_message_id": m.ID, "post_at": at, "message": reply{"text": k.text, "username": c.bot.name, "user": c.bot.user,
			"bot_id": c.bot.id, "app_id": c.bot.app, "team": ch.ws.team.ID, "type": "delayed_message", "subtype": "bot_message",
			"bot_profile": shown.BotProfile, "blocks": orEmpty(ch.settle(k.blocks, m.ID)), "attachments": orEmpty(k.attachments)}}
		return nil
	})
	return out, err
}

func orEmpty(list json.RawMessage) json.RawMessage {
	if !filled(list) {
		return json.RawMessage("[]")
	}
	return list
}

func (ch *change) mayScheduleAt(t target, at int64) error {
	when := time.Unix(at, 0)
	switch {
	case when.Before(ch.now):
		return fail("time_in_past")
	case when.Sub(ch.now) > farthestSchedule:
		return fail("time_too_far")
	}
	near := 0
	for _, m := range ch.ws.scheduled {
		if t.channel != nil && m.Channel == t.channel.ID && absolute(time.Unix(m.PostAt, 0).Sub(when)) < scheduleWindow {
			near++
		}
	}
	if near >= scheduleInWindow {
		return fail("restricted_too_many")
	}
	return nil
}

func absolute(d time.Duration) time.Duration { return max(d, -d) }

// arm sets the timer of a scheduled message. One with metadata never posts: a
// documented bug of Slack's that apps must know.
func (s *Server) arm(m *scheduledMessage) {
	due := time.Unix(m.PostAt, 0)
	m.cancel = s.clock.after(due, func() { s.postScheduled(m.ID) })
}

func (s *Server) postScheduled(id string) {
	// The change cannot fail but for the disk, and then every later one tells of it.
	_ = s.change(func(ch *change) error {
		m := ch.ws.scheduled[id]
		if m == nil {
			return nil
		}
		delete(ch.ws.scheduled, id)
		ch.forget(rowScheduled, id)
		c := ch.ws.channels[m.Channel]
		if filled(m.Metadata) || c == nil || c.Archived || !c.has(ch.bot.user) && !ch.grants.has("chat:write.public") {
			return nil
		}
		post := ch.botMessage(content{text: m.Text, blocks: m.Blocks, attachments: m.Attached})
		if c.byTS[m.Thread] != nil {
			post.ThreadTS = m.Thread
		}
		ch.post(c, post)
		return nil
	})
}

func (c *call) deleteScheduled() (reply, error) {
	return c.withChannel(func(ch *change, one *channel) (reply, error) {
		m := ch.ws.scheduled[c.args.str("scheduled_message_id")]
		if m == nil || m.Channel != one.ID || time.Unix(m.PostAt, 0).Sub(ch.now) < lastCancel {
			return nil, fail("invalid_scheduled_message_id")
		}
		m.cancel()
		delete(ch.ws.scheduled, m.ID)
		ch.forget(rowScheduled, m.ID)
		return nil, nil
	})
}

func (c *call) listScheduled() (reply, error) {
	var out reply
	err := c.change(func(ch *change) error {
		channel := c.args.str("channel")
		if channel != "" {
			if _, err := ch.channel(channel); err != nil {
				return err
			}
		}
		oldest, _ := strconv.ParseInt(c.args.str("oldest"), 10, 64)
		latest, err := strconv.ParseInt(c.args.str("latest"), 10, 64)
		if err != nil {
			latest = 1 << 60
		}
		var found []*scheduledMessage
		for _, m := range ch.ws.scheduled {
			if (channel == "" || m.Channel == channel) && m.PostAt >= oldest && m.PostAt <= latest {
				found = append(found, m)
			}
		}
		sort.Slice(found, func(i, j int) bool {
			return found[i].PostAt < found[j].PostAt || found[i].PostAt == found[j].PostAt && found[i].ID < found[j].ID
		})
		page, next, err := slicePage(c, "scheduled", found, 100, 1000)
		if err != nil {
			return err
		}
		list := make([]reply, len(page))
		for i, m := range page {
			list[i] = reply{"id": m.ID, "channel_id": m.Channel, "post_at": m.PostAt, "date_created": m.Created, "text": m.Text}
		}
		out = reply{"scheduled_messages": list, "response_metadata": nextPage(next)}
		return nil
	})
	return out, err
}
