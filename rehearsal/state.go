package rehearsal

import (
	"encoding/json"
	"errors"
	"net/http"
	"sort"
	"strconv"
	"time"
)

// channelState is a conversation as one person sees it.
type channelState struct {
	ID         string                `json:"id"`
	Name       string                `json:"name"`
	Kind       channelKind           `json:"kind"`
	Unread     int                   `json:"unread"`
	IsMember   bool                  `json:"is_member"`
	IsArchived bool                  `json:"is_archived"`
	Topic      string                `json:"topic,omitempty"`
	Purpose    string                `json:"purpose,omitempty"`
	User       string                `json:"user,omitempty"`
	Members    []string              `json:"members,omitempty"`
	NumMembers int                   `json:"num_members"`
	LastRead   string                `json:"last_read,omitempty"`
	Messages   []*message            `json:"messages"`
	HasMore    bool                  `json:"has_more"`
	Threads    map[string][]*message `json:"threads,omitempty"`
}

// personState is what one person sees.
type personState struct {
	Me       reply             `json:"me"`
	Channels []channelState    `json:"channels"`
	Home     json.RawMessage   `json:"home"`
	Views    []json.RawMessage `json:"views"`
	Notice   *string           `json:"notice"`
	Now      time.Time         `json:"now"`
}

// StateQuery narrows a state: one channel, how many messages a channel, those
// before a timestamp. Zero values mean all channels and the latest 200 messages.
type StateQuery struct {
	Channel string
	Limit   int
	Before  string
}

const stateMessages = 200

// errNobody says that there is no such person.
var errNobody = errors.New("there is nobody with this id")

// State is what a person sees, as JSON (testdata/schemas/state.schema.json).
func (s *Server) State(as string, q StateQuery) (json.RawMessage, error) {
	if q.Limit <= 0 {
		q.Limit = stateMessages
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.ws.people[as]
	if p == nil {
		return nil, errNobody
	}
	out := personState{Me: s.userObject(p, true), Channels: []channelState{}, Views: []json.RawMessage{}, Home: json.RawMessage("null"), Now: s.clock.now()}
	for _, c := range s.visibleTo(p) {
		if q.Channel == "" || q.Channel == c.ID {
			out.Channels = append(out.Channels, s.channelState(c, p, q))
		}
	}
	if v := s.ws.homes[as]; v != nil {
		out.Home = encode(v.object(v.state(nil)))
	}
	for _, v := range s.ws.stacks[as] {
		out.Views = append(out.Views, encode(v.object(v.state(nil))))
	}
	if n := s.ws.notices[as]; n != "" {
		out.Notice = &n
	}
	return encode(out), nil
}

// visibleTo lists a person's conversations, the public channels, and the app's DM
// even before anybody has written in it.
func (s *Server) visibleTo(p *Person) []*channel {
	out := s.ws.channelsOf(p.ID)
	if !p.Outsider && !p.Guest && !p.SingleChannelGuest {
		for _, c := range s.ws.all {
			if c.Kind == kindChannel && !c.has(p.ID) {
				out = append(out, c)
			}
		}
	}
	if id := s.dmID(s.bot.user, p.ID); s.ws.channels[id] == nil && p.ID != s.bot.user && s.grants.messagesTab() {
		out = append(out, &channel{ID: id, Kind: kindIM, User: p.ID, Order: len(s.ws.all), members: []string{s.bot.user, p.ID},
			member: map[string]int{s.bot.user: 1, p.ID: 2}})
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Order < out[j].Order })
	return out
}

func (s *Server) channelState(c *channel, p *Person, q StateQuery) channelState {
	out := channelState{ID: c.ID, Name: c.Name, Kind: c.Kind, IsMember: c.has(p.ID), IsArchived: c.Archived, Topic: c.Topic.Value,
		Purpose: c.Purpose.Value, NumMembers: len(c.members), LastRead: c.read[p.ID], Messages: []*message{}}
	if c.isDM() {
		out.Members = c.members
		out.User = s.otherSide(c, p.ID)
	}
	if c.Kind == kindIM {
		if other := s.ws.people[out.User]; other != nil {
			out.Name = other.Name
		}
	}
	if !out.IsMember {
		return out
	}
	out.Unread = c.unread(p.ID)
	list := c.messages
	if q.Before != "" {
		list = span{latest: q.Before}.cut(list)
	}
	if len(list) > q.Limit {
		list, out.HasMore = list[len(list)-q.Limit:], true
	}
	whispers := s.ws.ephemerals[c.ID+"/"+p.ID]
	out.Messages = s.seenMessages(list, whispers, q, out.HasMore)
	for _, m := range list {
		if replies := c.threads[m.TS]; len(replies) > 0 {
			if out.Threads == nil {
				out.Threads = map[string][]*message{}
			}
			out.Threads[m.TS] = replies
		}
	}
	for _, w := range whispers {
		if w.isReply() {
			if out.Threads == nil {
				out.Threads = map[string][]*message{}
			}
			out.Threads[w.ThreadTS] = insertMessage(append([]*message{}, out.Threads[w.ThreadTS]...), w)
		}
	}
	return out
}

// seenMessages puts what only this person sees among the others.
func (s *Server) seenMessages(list, whispers []*message, q StateQuery, more bool) []*message {
	out := append([]*message{}, list...)
	for _, w := range whispers {
		tooOld := more && len(list) > 0 && tsLess(w.TS, list[0].TS)
		if w.isReply() || tooOld || q.Before != "" && !tsLess(w.TS, q.Before) {
			continue
		}
		out = insertMessage(out, w)
	}
	return out
}

// otherSide is who else is in a DM of two.
func (s *Server) otherSide(c *channel, user string) string {
	if c.Kind != kindIM {
		return ""
	}
	for _, m := range c.members {
		if m != user {
			return m
		}
	}
	return user
}

func (s *Server) serveState(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	limit := 0
	if text := q.Get("limit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 10000 {
			refuse(w, http.StatusBadRequest, "invalid_limit", "limit is between 1 and 10000")
			return
		}
		limit = n
	}
	if ts := q.Get("before"); ts != "" {
		if _, ok := parseTS(ts); !ok {
			refuse(w, http.StatusBadRequest, "invalid_before", "before is a message timestamp")
			return
		}
	}
	body, err := s.State(q.Get("as"), StateQuery{q.Get("channel"), limit, q.Get("before")})
	if err != nil {
		refuse(w, http.StatusNotFound, "user_not_found", err.Error())
		return
	}
	writeJSON(w, http.StatusOK, body)
}

// listedPerson is somebody as /_/people lists them.
type listedPerson struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	RealName    string `json:"real_name"`
	DisplayName string `json:"display_name"`
	Email       string `json:"email,omitempty"`
	Title       string `json:"title,omitempty"`
	Locale      string `json:"locale"`
	TZ          string `json:"tz"`
	Kind        string `json:"kind"`
	Admin       bool   `json:"admin"`
	Deleted     bool   `json:"deleted"`
	Presence    string `json:"presence"`
	Image       string `json:"image"`
}

func (s *Server) listPerson(p *Person) listedPerson {
	kind := "member"
	switch {
	case p.ID == slackbotID:
		kind = "slackbot"
	case p.ID == s.bot.user:
		kind = "bot"
	case p.Outsider:
		kind = "outsider"
	case p.SingleChannelGuest:
		kind = "single_channel_guest"
	case p.Guest:
		kind = "guest"
	}
	return listedPerson{p.ID, p.Name, p.RealName, p.DisplayName, p.Email, p.Title, p.Locale, p.TZ, kind, p.Admin || p.Owner, p.Deleted,
		p.Presence, "/_/avatars/" + p.ID + ".svg"}
}

func (s *Server) servePeople(w http.ResponseWriter, r *http.Request) {
	connections := s.socket.connections()
	var body json.RawMessage
	s.look(func() {
		people := make([]listedPerson, len(s.ws.everyone))
		for i, p := range s.ws.everyone {
			people[i] = s.listPerson(p)
		}
		body = encode(reply{"team": s.ws.team, "people": people, "app": s.listApp(connections)})
	})
	writeJSON(w, http.StatusOK, body)
}

// listApp is what the page needs to know of the app.
func (s *Server) listApp(connections int) reply {
	commands, shortcuts := []reply{}, []reply{}
	if m := s.grants.manifest; m != nil {
		for _, c := range m.Features.Commands {
			commands = append(commands, reply{"command": c.Command, "description": c.Description, "usage_hint": c.UsageHint})
		}
		for _, c := range m.Features.Shortcuts {
			shortcuts = append(shortcuts, reply{"callback_id": c.CallbackID, "name": c.Name, "type": c.Type, "description": c.Description})
		}
	}
	return reply{"id": s.bot.app, "name": s.bot.name, "user": s.bot.user, "bot_id": s.bot.id, "home": s.grants.homeTab(),
		"messages": s.grants.messagesTab(), "connections": connections, "commands": commands, "shortcuts": shortcuts}
}
