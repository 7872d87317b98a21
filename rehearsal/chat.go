package rehearsal

import (
	"bytes"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"tsugite/rehearsal/blockkit"
)

// Sizes of messages (slack.md Sizes).
const (
	maxPostText   = 40000 // characters; more is cut with a warning
	maxUpdateText = 4000
	maxMarkdown   = 12000
	maxMetadata   = 16 << 10 // bytes
	maxAttached   = 100
)

// content is what a message says, checked.
type content struct {
	text        string
	hasText     bool
	blocks      json.RawMessage
	attachments json.RawMessage
	metadata    json.RawMessage
}

func (k content) empty() bool { return k.text == "" && !filled(k.blocks) && !filled(k.attachments) }

// filled says whether a JSON array has anything in it.
func filled(list json.RawMessage) bool {
	trimmed := bytes.TrimSpace(list)
	return len(trimmed) > 0 && !bytes.Equal(trimmed, []byte("[]")) && !bytes.Equal(trimmed, []byte("null"))
}

// content reads and checks text, blocks, attachments and metadata of a call.
func (c *call) content() (content, error) {
	k := content{text: c.args.str("text"), hasText: c.args.has("text")}
	k.blocks, k.attachments, k.metadata = c.args.raw("blocks"), c.args.raw("attachments"), c.args.raw("metadata")
	if md := c.args.str("markdown_text"); md != "" {
		if k.text != "" || filled(k.blocks) {
			return k, fail("markdown_text_conflict")
		}
		if utf8.RuneCountInString(md) > maxMarkdown {
			return k, fail("msg_too_long")
		}
		k.text, k.hasText = md, true
		k.blocks = encode([]any{map[string]any{"type": "markdown", "text": md}})
	}
	return k, k.check()
}

func (k *content) check() error {
	if len(k.blocks) > 0 && string(k.blocks) != "null" {
		if err := checkBlocks(k.blocks); err != nil {
			return err
		}
	}
	if err := k.checkAttachments(); err != nil {
		return err
	}
	if unsaid(k.metadata) {
		k.metadata = nil
	}
	return checkMetadata(k.metadata)
}

func (k *content) checkAttachments() error {
	if !filled(k.attachments) {
		return nil
	}
	var list []map[string]json.RawMessage
	if json.Unmarshal(k.attachments, &list) != nil {
		return fail("invalid_attachments")
	}
	if len(list) > maxAttached {
		return fail("too_many_attachments")
	}
	for i, a := range list {
		if filled(a["blocks"]) {
			if err := checkBlocks(a["blocks"]); err != nil {
				return err
			}
		}
		a["id"] = encode(i + 1)
		if _, ok := a["fallback"]; !ok {
			a["fallback"] = json.RawMessage(`"[no preview available]"`)
		}
	}
	k.attachments = encode(list)
	return nil
}

// unsaid says whether metadata is spelled out without anything in it, as clients do
// that write the field whether or not it was asked for. Slack takes that for none.
// A bare {} is not unsaid: in an update it asks to remove what there was.
func unsaid(raw json.RawMessage) bool {
	var fields map[string]json.RawMessage
	if len(raw) == 0 || json.Unmarshal(raw, &fields) != nil || fields != nil && len(fields) == 0 {
		return false
	}
	for name, value := range fields {
		null, blank := string(value) == "null", string(value) == `""`
		if name != "event_type" && name != "event_payload" || !null && !(blank && name == "event_type") {
			return false
		}
	}
	return true
}

// checkMetadata asks for {event_type, event_payload} and nothing larger than 16 KB.
func checkMetadata(raw json.RawMessage) error {
	if len(raw) == 0 || string(raw) == "{}" {
		return nil
	}
	var m struct {
		EventType    *string         `json:"event_type"`
		EventPayload json.RawMessage `json:"event_payload"`
	}
	if json.Unmarshal(raw, &m) != nil || m.EventType == nil || *m.EventType == "" || !bytes.HasPrefix(bytes.TrimSpace(m.EventPayload), []byte("{")) {
		return fail("invalid_metadata_format")
	}
	if len(raw) > maxMetadata {
		return fail("metadata_too_large")
	}
	return nil
}

// cut shortens a text by characters and says whether it had to.
func cut(text string, limit int) (string, bool) {
	if len(text) <= limit || utf8.RuneCountInString(text) <= limit {
		return text, false
	}
	return string([]rune(text)[:limit]), true
}

// settle gives a message's blocks their ids, which follow from the message's own.
func (s *Server) settle(blocks json.RawMessage, key string) json.RawMessage {
	if !filled(blocks) {
		return nil
	}
	n := 0
	return blockkit.NormaliseBlocks(blocks, func() string {
		n++
		return spell(digest(s.ids.seed, "block", key, string(rune('a'+n))), 5)
	})
}

func (c *call) postMessage() (reply, error) {
	k, err := c.content()
	if err != nil {
		return nil, err
	}
	var out reply
	err = c.change(func(ch *change) error {
		target, err := ch.target(c.args.str("channel"))
		if err != nil {
			return err
		}
		if err := ch.mayPost(target, k, c.args.list("file_ids")); err != nil {
			return err
		}
		thread, err := target.parent(c.args.str("thread_ts"))
		if err != nil {
			return err
		}
		if wait := ch.limiter.take(ch.now, ch.limiter.posting(target.rateKey())...); wait > 0 {
			return ratelimited(wait)
		}
		if text, long := cut(k.text, maxPostText); long {
			k.text = text
			c.warn("message_truncated")
		}
		to := target.open(ch)
		m := ch.botMessage(k)
		ch.override(m, c.args)
		m.ThreadTS = thread
		if thread != "" && c.args.boolean("reply_broadcast") {
			m.Subtype = "thread_broadcast"
		}
		ch.post(to, m)
		out = reply{"channel": to.ID, "ts": m.TS, "message": m.copy(true)}
		return nil
	})
	return out, err
}

func (c *call) meMessage() (reply, error) {
	var out reply
	err := c.change(func(ch *change) error {
		target, err := ch.target(c.args.str("channel"))
		if err != nil {
			return err
		}
		k := content{text: c.args.str("text")}
		if err := ch.mayPost(target, k, nil); err != nil {
			return err
		}
		to := target.open(ch)
		m := ch.botMessage(k)
		m.Subtype = "me_message"
		ch.post(to, m)
		out = reply{"channel": to.ID, "ts": m.TS}
		return nil
	})
	return out, err
}

// target is where a message goes: a conversation, or a person whose DM is opened
// once everything else is in order.
type target struct {
	channel *channel
	person  string
}

func (t target) open(ch *change) *channel {
	if t.channel != nil {
		return t.channel
	}
	c, _ := ch.openDM(t.person)
	return c
}

func (t target) has(user string) bool {
	return t.channel != nil && t.channel.has(user) || t.channel == nil && t.person == user
}

func (t target) rateKey() string {
	if t.channel != nil {
		return t.channel.ID
	}
	return t.person
}

// parent resolves a thread_ts; a reply's own ts leads to its thread.
func (t target) parent(ts string) (string, error) {
	if ts == "" {
		return "", nil
	}
	if _, ok := parseTS(ts); !ok {
		return "", fail("invalid_thread_ts")
	}
	if t.channel == nil || t.channel.byTS[ts] == nil {
		return "", fail("thread_not_found")
	}
	m := t.channel.byTS[ts]
	if m.isReply() {
		return m.ThreadTS, nil
	}
	return ts, nil
}

// target finds the conversation that an argument of chat.postMessage names: an id,
// a channel's name with or without #, or a person.
func (ch *change) target(name string) (target, error) {
	ws := ch.ws
	if c := ws.channels[name]; c != nil {
		return target{channel: c}, ch.visible(c)
	}
	if p := ws.people[name]; p != nil {
		return ch.personTarget(p)
	}
	if c := ws.byName[strings.TrimPrefix(name, "#")]; c != nil {
		return target{channel: c}, ch.visible(c)
	}
	return target{}, fail("channel_not_found")
}

// visible hides what the app is not in: private channels and other people's DMs.
func (s *Server) visible(c *channel) error {
	if c.Kind != kindChannel && !c.has(s.bot.user) {
		return fail("channel_not_found")
	}
	return nil
}

func (ch *change) personTarget(p *Person) (target, error) {
	switch {
	case p.ID == ch.bot.user || p.ID == slackbotID || ch.ws.stranger(p, ch.bot.user):
		return target{}, fail("channel_not_found")
	case p.Deleted:
		return target{}, fail("user_disabled")
	}
	if c := ch.ws.channels[ch.dmID(ch.bot.user, p.ID)]; c != nil {
		return target{channel: c}, nil
	}
	return target{person: p.ID}, nil
}

// mayPost checks membership, the state of the channel and that something is said.
func (ch *change) mayPost(t target, k content, files []string) error {
	if c := t.channel; c != nil {
		switch {
		case c.Archived:
			return fail("is_archived")
		case c.Kind == kindIM && ch.ws.people[c.User].Deleted:
			return fail("user_disabled")
		case !c.has(ch.bot.user) && !ch.grants.has("chat:write.public"):
			return fail("not_in_channel")
		}
	}
	if (t.channel == nil || t.channel.Kind == kindIM) && !ch.grants.messagesTab() {
		return fail("messages_tab_disabled")
	}
	if k.empty() && len(files) == 0 {
		return fail("no_text")
	}
	return nil
}

// botMessage is a message of the app's bot, not yet anywhere.
func (s *Server) botMessage(k content) *message {
	m := &message{Type: "message", User: s.bot.user, BotID: s.bot.id, AppID: s.bot.app, Team: s.ws.team.ID,
		Text: k.text, BotProfile: s.botProfile(), Attachments: k.attachments, Blocks: k.blocks}
	if filled(k.metadata) && string(k.metadata) != "{}" {
		m.Metadata = k.metadata
	}
	return m
}

func (s *Server) botProfile() *botProfile {
	return &botProfile{ID: s.bot.id, AppID: s.bot.app, UserID: s.bot.user, Name: s.bot.name,
		Icons: s.botIcons(), Updated: s.botUpdated(), TeamID: s.ws.team.ID}
}

// override applies username and icon, which need chat:write.customize; without it
// Slack leaves them out.
func (ch *change) override(m *message, a args) {
	if !ch.grants.has("chat:write.customize") {
		return
	}
	name, emoji, icon := a.str("username"), a.str("icon_emoji"), a.str("icon_url")
	if name == "" && emoji == "" && icon == "" {
		return
	}
	m.Subtype, m.Username = "bot_message", name
	if emoji != "" {
		m.Icons = map[string]any{"emoji": emoji}
	} else if icon != "" {
		m.Icons = map[string]any{"image_48": icon}
	}
}

// post puts a message into a conversation: timestamp, ids, thread counts, events.
func (ch *change) post(c *channel, m *message) {
	m.TS = formatTS(ch.clock.stamp())
	m.Blocks = ch.settle(m.Blocks, c.ID+m.TS)
	ch.settleAttachments(c, m)
	if m.ThreadTS != "" {
		ch.reply(c, m)
	}
	c.place(m)
	ch.saveMessage(c, m)
	if m.User != "" && m.User != ch.bot.user && !m.isReply() {
		ch.markRead(c, m.User, m.TS)
	}
	ch.changed("message", c.ID, m.User, m.TS)
	ch.tellMessage(c, m)
}

func (ch *change) settleAttachments(c *channel, m *message) {
	if !bytes.Contains(m.Attachments, []byte(`"blocks"`)) {
		return
	}
	var list []map[string]json.RawMessage
	if json.Unmarshal(m.Attachments, &list) != nil {
		return
	}
	for i := range list {
		if filled(list[i]["blocks"]) {
			list[i]["blocks"] = ch.settle(list[i]["blocks"], c.ID+m.TS+string(rune('0'+i)))
		}
	}
	m.Attachments = encode(list)
}

// reply counts a message in its thread.
func (ch *change) reply(c *channel, m *message) {
	parent := c.byTS[m.ThreadTS]
	if parent == nil {
		return
	}
	m.ParentUserID = parent.User
	no := false
	parent.ThreadTS, parent.IsLocked, parent.Subscribed = parent.TS, &no, &no
	parent.ReplyCount++
	parent.LatestReply = m.TS
	if !slices.Contains(parent.ReplyUsers, m.User) {
		parent.ReplyUsers = append(slices.Clone(parent.ReplyUsers), m.User)
		parent.ReplyUsersCount = len(parent.ReplyUsers)
	}
	if m.Subtype == "thread_broadcast" {
		root := *parent
		root.Root = nil
		m.Root = &root
	}
	ch.saveMessage(c, parent)
}

func (c *call) permalink() (reply, error) {
	return c.withChannel(func(ch *change, to *channel) (reply, error) {
		m := to.byTS[c.args.str("message_ts")]
		if m == nil {
			return nil, fail("message_not_found")
		}
		return reply{"channel": to.ID, "permalink": c.permalinkOf(to, m)}, nil
	})
}

func (s *Server) permalinkOf(c *channel, m *message) string {
	link := s.URL() + "archives/" + c.ID + "/p" + strings.ReplaceAll(m.TS, ".", "")
	if m.isReply() {
		link += "?" + url.Values{"thread_ts": {m.ThreadTS}, "cid": {c.ID}}.Encode()
	}
	return link
}

var channelRef = regexp.MustCompile(`^[CGD][A-Z0-9]+$`)

// channel finds a conversation by its id, as all methods but chat.postMessage want it.
func (ch *change) channel(id string) (*channel, error) {
	c := ch.ws.channels[id]
	if c == nil || !channelRef.MatchString(id) {
		return nil, fail("channel_not_found")
	}
	return c, ch.visible(c)
}
