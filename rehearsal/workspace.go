package rehearsal

import (
	"encoding/json"
	"slices"
	"sort"
	"strings"
	"time"
)

// channelKind is the kind of a conversation.
type channelKind string

// Kinds of conversations, as /_/state names them. They are stored.
const (
	kindChannel channelKind = "channel"
	kindPrivate channelKind = "private"
	kindIM      channelKind = "im"
	kindMPIM    channelKind = "mpim"
)

// note is a topic or a purpose.
type note struct {
	Value   string `json:"value"`
	Creator string `json:"creator"`
	LastSet int64  `json:"last_set"`
}

// channel is a conversation with its members and messages.
type channel struct {
	ID            string      `json:"id"`
	Name          string      `json:"name"`
	Kind          channelKind `json:"kind"`
	Created       int64       `json:"created"`
	Updated       int64       `json:"updated"` // milliseconds, as Slack has it
	Creator       string      `json:"creator"`
	Archived      bool        `json:"archived,omitempty"`
	General       bool        `json:"general,omitempty"`
	Topic         note        `json:"topic"`
	Purpose       note        `json:"purpose"`
	PreviousNames []string    `json:"previous_names,omitempty"`
	User          string      `json:"user,omitempty"` // an im's person
	Order         int         `json:"order"`

	members  []string // in order of joining
	member   map[string]int
	joined   int
	messages []*message // shown in the channel itself, ascending by ts
	byTS     map[string]*message
	threads  map[string][]*message // replies by the parent's ts, ascending
	read     map[string]string     // by person: the last ts they have read
}

func (c *channel) has(user string) bool { _, ok := c.member[user]; return ok }

func (c *channel) isDM() bool { return c.Kind == kindIM || c.Kind == kindMPIM }

// channelType is the channel_type of message events.
func (c *channel) channelType() string {
	switch c.Kind {
	case kindPrivate:
		return "group"
	case kindIM, kindMPIM:
		return string(c.Kind)
	}
	return "channel"
}

// payloadName is the channel's name in interaction payloads.
func (c *channel) payloadName() string {
	switch c.Kind {
	case kindIM:
		return "directmessage"
	case kindPrivate:
		return "privategroup"
	}
	return c.Name
}

// workspace is the model: everybody and everything in it. It has no lock of its
// own; the Server's guards it.
type workspace struct {
	team      Team
	outsiders bool // somebody of another workspace is known
	people    map[string]*Person
	everyone  []*Person
	byEmail   map[string]string
	channels  map[string]*channel
	all       []*channel // in order of creation
	byName    map[string]*channel
	groups    map[string]*channel // group DMs by their sorted members
	of        map[string]map[string]*channel

	files      map[string]*file
	scheduled  map[string]*scheduledMessage
	views      map[string]*view
	externals  map[string]*view
	stacks     map[string][]*view
	homes      map[string]*view
	ephemerals map[string][]*message // by channel/user
	notices    map[string]string     // by person: what Slack itself last told them
}

func newWorkspace() *workspace {
	return &workspace{
		people: map[string]*Person{}, byEmail: map[string]string{},
		channels: map[string]*channel{}, byName: map[string]*channel{}, groups: map[string]*channel{},
		of:    map[string]map[string]*channel{},
		files: map[string]*file{}, scheduled: map[string]*scheduledMessage{},
		views: map[string]*view{}, externals: map[string]*view{}, stacks: map[string][]*view{}, homes: map[string]*view{},
		ephemerals: map[string][]*message{}, notices: map[string]string{},
	}
}

func (w *workspace) addPerson(p *Person) {
	if old := w.people[p.ID]; old != nil {
		delete(w.byEmail, strings.ToLower(old.Email))
		*old = *p
		p = old
	} else {
		w.people[p.ID] = p
		w.everyone = append(w.everyone, p)
	}
	w.outsiders = w.outsiders || p.Outsider
	if p.Email != "" {
		w.byEmail[strings.ToLower(p.Email)] = p.ID
	}
}

func (w *workspace) addChannel(c *channel) {
	c.member, c.byTS = map[string]int{}, map[string]*message{}
	c.threads, c.read = map[string][]*message{}, map[string]string{}
	w.channels[c.ID] = c
	w.all = append(w.all, c)
	if c.Kind == kindChannel || c.Kind == kindPrivate {
		w.byName[c.Name] = c
	}
}

func (w *workspace) addMember(c *channel, user string) {
	if c.has(user) {
		return
	}
	c.joined++
	c.member[user] = c.joined
	c.members = append(c.members, user)
	if w.of[user] == nil {
		w.of[user] = map[string]*channel{}
	}
	w.of[user][c.ID] = c
}

func (w *workspace) removeMember(c *channel, user string) {
	delete(c.member, user)
	c.members = slices.DeleteFunc(c.members, func(u string) bool { return u == user })
	delete(w.of[user], c.ID)
}

// channelsOf lists a person's conversations in order of creation.
func (w *workspace) channelsOf(user string) []*channel {
	out := make([]*channel, 0, len(w.of[user]))
	for _, c := range w.of[user] {
		out = append(out, c)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Order < out[j].Order })
	return out
}

// stranger says whether an outsider shares no channel with the app.
func (w *workspace) stranger(p *Person, bot string) bool {
	if !p.Outsider {
		return false
	}
	for _, c := range w.of[p.ID] {
		if c.Kind != kindIM && c.has(bot) {
			return false
		}
	}
	return true
}

func memberKey(members []string) string {
	sorted := slices.Clone(members)
	slices.Sort(sorted)
	return strings.Join(sorted, ",")
}

// place puts a message where its timestamp and thread say.
func (c *channel) place(m *message) {
	c.byTS[m.TS] = m
	if m.isReply() {
		c.threads[m.ThreadTS] = insertMessage(c.threads[m.ThreadTS], m)
		if m.Subtype != "thread_broadcast" {
			return
		}
	}
	c.messages = insertMessage(c.messages, m)
}

func insertMessage(list []*message, m *message) []*message {
	if n := len(list); n == 0 || tsLess(list[n-1].TS, m.TS) {
		return append(list, m)
	}
	at := sort.Search(len(list), func(i int) bool { return !tsLess(list[i].TS, m.TS) })
	if at < len(list) && list[at].TS == m.TS {
		list[at] = m
		return list
	}
	return slices.Insert(list, at, m)
}

func removeMessage(list []*message, ts string) []*message {
	at := sort.Search(len(list), func(i int) bool { return !tsLess(list[i].TS, ts) })
	if at < len(list) && list[at].TS == ts {
		return slices.Delete(list, at, at+1)
	}
	return list
}

// remove takes a message out of the channel.
func (c *channel) remove(m *message) {
	delete(c.byTS, m.TS)
	c.messages = removeMessage(c.messages, m.TS)
	if m.isReply() {
		c.threads[m.ThreadTS] = removeMessage(c.threads[m.ThreadTS], m.TS)
	}
}

// change is one change of the workspace: it runs under the lock, collects what to
// keep and what to do once that is durable, and sees one time.
type change struct {
	*Server
	now   time.Time
	rows  []row
	after []func()
}

// change runs f under the workspace's lock and returns once what it did is durable.
// What f did before it failed stays done, in memory as in the file, so that the two
// never differ; f checks before it changes anything.
func (s *Server) change(f func(*change) error) error {
	s.mu.Lock()
	ch := &change{Server: s, now: s.clock.now()}
	failed := f(ch)
	done := s.keeper.keep(ch.rows, ch.after)
	s.mu.Unlock()
	if done == nil {
		return failed
	}
	if err := <-done; err != nil {
		return err
	}
	return failed
}

// look runs f under the workspace's lock, to read.
func (s *Server) look(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

// save keeps the present state of something as a row.
func (ch *change) save(kind, key string, v any) {
	if ch.keeper.db == nil {
		return
	}
	ch.rows = append(ch.rows, row{kind, key, encode(v)})
}

func (ch *change) forget(kind, key string) {
	if ch.keeper.db == nil {
		return
	}
	ch.rows = append(ch.rows, row{kind: kind, key: key})
}

// then queues something to be done, in the order of changes, once this one is
// durable. It may be called under the workspace's lock, so it must not take it.
func (ch *change) then(f func()) { ch.after = append(ch.after, f) }

func (ch *change) saveMessage(c *channel, m *message) { ch.save(rowMessage, c.ID+"/"+m.TS, m) }

// join makes somebody a member, silently.
func (ch *change) join(c *channel, user string) {
	ch.ws.addMember(c, user)
	ch.save(rowMember, c.ID+"/"+user, c.member[user])
}

func (ch *change) leave(c *channel, user string) {
	ch.ws.removeMember(c, user)
	ch.forget(rowMember, c.ID+"/"+user)
}

// newChannel adds a conversation.
func (ch *change) newChannel(id, name string, kind channelKind, creator string) *channel {
	c := &channel{ID: id, Name: name, Kind: kind, Creator: creator, Created: ch.now.Unix(), Updated: ch.now.UnixMilli(), Order: len(ch.ws.all)}
	ch.ws.addChannel(c)
	ch.save(rowChannel, c.ID, c)
	return c
}

func (s *Server) dmID(a, b string) string {
	if b < a {
		a, b = b, a
	}
	return s.ids.fixed("D", a, b)
}

// openDM is the direct conversation of the app's bot and a person.
func (ch *change) openDM(user string) (c *channel, isNew bool) {
	return ch.openPair(ch.bot.user, user)
}

// openPair is the direct conversation of two; for an im with the bot, User is the
// person, otherwise the second.
func (ch *change) openPair(a, b string) (c *channel, isNew bool) {
	id := ch.dmID(a, b)
	if c := ch.ws.channels[id]; c != nil {
		return c, false
	}
	c = ch.newChannel(id, "", kindIM, a)
	c.User = b
	ch.save(rowChannel, c.ID, c)
	ch.join(c, a)
	if a != b {
		ch.join(c, b)
	}
	ch.changed("channel", c.ID, "", "")
	return c, true
}

// encode is JSON without HTML escapes, as Slack sends it.
func encode(v any) json.RawMessage {
	b, err := marshal(v)
	if err != nil {
		// Only values this package made are encoded; a failure is a programming error
		// that shows as an explicit null instead of stopping the workspace.
		return json.RawMessage("null")
	}
	return b
}
