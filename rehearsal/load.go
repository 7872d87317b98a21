package rehearsal

import (
	"encoding/json"
	"errors"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"
)

// Keys of the meta rows. They are stored.
const (
	metaSeed  = "seed"
	metaEpoch = "epoch"
	metaTeam  = "team"
)

// keptClock is how the clock stood when it was last moved.
type keptClock struct {
	Offset time.Duration `json:"offset"`
	At     time.Time     `json:"at"`
}

// load brings back what was kept, or begins a workspace, and adds the cast.
func (s *Server) load() error {
	meta := map[string]string{}
	if err := s.keeper.load(rowMeta, func(key string, body []byte) error { meta[key] = string(body); return nil }); err != nil {
		return err
	}
	seed, epoch := s.opts.Seed, int64(1)
	if meta[metaSeed] != "" {
		var err error
		if seed, err = strconv.ParseInt(meta[metaSeed], 10, 64); err != nil {
			return err
		}
		if epoch, err = strconv.ParseInt(meta[metaEpoch], 10, 64); err != nil {
			return err
		}
		epoch++
	}
	s.ids = newIDs(seed, epoch)
	if err := s.loadClock(); err != nil {
		return err
	}
	if err := s.loadTeam(meta[metaTeam]); err != nil {
		return err
	}
	s.identify()
	if err := s.loadRows(); err != nil {
		return err
	}
	return s.change(func(ch *change) error {
		ch.save(rowMeta, metaSeed, seed)
		ch.save(rowMeta, metaEpoch, epoch)
		ch.save(rowMeta, metaTeam, ch.ws.team)
		ch.keepClock()
		return ch.cast(ch.opts.Cast)
	})
}

func (s *Server) loadClock() error {
	var kept keptClock
	err := s.keeper.load(rowClock, func(_ string, body []byte) error { return json.Unmarshal(body, &kept) })
	if err != nil {
		return err
	}
	start := s.opts.Now
	if !kept.At.IsZero() {
		start = kept.At
		if !s.opts.Frozen {
			start = time.Now().Add(kept.Offset)
			if start.Before(kept.At) {
				start = kept.At
			}
		}
		if s.opts.Now.After(start) {
			start = s.opts.Now
		}
	}
	s.clock = newClock(start, s.opts.Frozen)
	return nil
}

// keepClock keeps how the clock stands.
func (ch *change) keepClock() {
	now := ch.clock.now()
	ch.save(rowClock, "clock", keptClock{Offset: time.Until(now), At: now})
}

func (s *Server) loadTeam(kept string) error {
	s.ws.team = s.opts.Cast.Team
	if kept != "" {
		if err := json.Unmarshal([]byte(kept), &s.ws.team); err != nil {
			return err
		}
	}
	t := &s.ws.team
	if t.ID == "" {
		t.ID = s.ids.fixed("T", "team")
	}
	if t.Name == "" {
		t.Name = "Rehearsal"
	}
	if t.Domain == "" {
		t.Domain = "rehearsal"
	}
	return nil
}

// identify makes the app's ids and tokens, which follow from the seed alone.
func (s *Server) identify() {
	name := "app"
	s.grants = grants{manifest: s.opts.Manifest, scopes: allScopes}
	if m := s.opts.Manifest; m != nil {
		s.grants.scopes = m.OAuth.Scopes.Bot
		name = m.DisplayInformation.Name
		if m.Features.BotUser.DisplayName != "" {
			name = m.Features.BotUser.DisplayName
		}
	}
	s.bot = botIdentity{user: s.ids.fixed("U", "bot"), id: s.ids.fixed("B", "bot"), app: s.ids.fixed("A", "app"), name: name}
	seed := s.ids.seed
	bot, app := s.opts.BotToken, s.opts.AppToken
	if bot == "" {
		bot = "xoxb-" + digits(seed, 12, "team") + "-" + digits(seed, 12, "bot") + "-" + spell(digest(seed, "bot token"), 24)
	}
	if app == "" {
		app = "xapp-1-" + s.bot.app + "-" + digits(seed, 12, "app") + "-" + strings.ToLower(spell(digest(seed, "app token"), 32)+spell(digest(seed, "app token 2"), 32))
	}
	s.tokens = map[string]tokenKind{bot: tokenBot, app: tokenApp}
}

func (s *Server) botUpdated() int64 {
	if p := s.ws.people[s.bot.user]; p != nil {
		return p.Updated
	}
	return 0
}

func (s *Server) botIcons() map[string]string {
	u := s.avatarURL(s.bot.user)
	return map[string]string{"image_36": u, "image_48": u, "image_72": u}
}

// read is a loader of rows into fresh values of a type.
func read[T any](use func(key string, v *T) error) func(string, []byte) error {
	return func(key string, body []byte) error {
		v := new(T)
		if err := json.Unmarshal(body, v); err != nil {
			return err
		}
		return use(key, v)
	}
}

var errOrphan = errors.New("belongs to a channel that is not there")

func (s *Server) loadRows() error {
	ws := s.ws
	var people []*Person
	var channels []*channel
	if err := s.keeper.load(rowPerson, read(func(_ string, p *Person) error { people = append(people, p); return nil })); err != nil {
		return err
	}
	if err := s.keeper.load(rowChannel, read(func(_ string, c *channel) error { channels = append(channels, c); return nil })); err != nil {
		return err
	}
	sort.Slice(people, func(i, j int) bool { return people[i].Order < people[j].Order })
	for _, p := range people {
		ws.addPerson(p)
	}
	sort.Slice(channels, func(i, j int) bool { return channels[i].Order < channels[j].Order })
	for _, c := range channels {
		ws.addChannel(c)
	}
	if err := s.loadMembers(); err != nil {
		return err
	}
	if err := s.loadMessages(); err != nil {
		return err
	}
	return s.loadViews()
}

func (s *Server) loadMembers() error {
	joined := map[*channel]map[int]string{}
	err := s.keeper.load(rowMember, read(func(key string, order *int) error {
		id, user, _ := strings.Cut(key, "/")
		c := s.ws.channels[id]
		if c == nil {
			return errOrphan
		}
		if joined[c] == nil {
			joined[c] = map[int]string{}
		}
		joined[c][*order] = user
		return nil
	}))
	if err != nil {
		return err
	}
	for c, byOrder := range joined {
		orders := make([]int, 0, len(byOrder))
		for n := range byOrder {
			orders = append(orders, n)
		}
		sort.Ints(orders)
		for _, n := range orders {
			c.joined = n - 1
			s.ws.addMember(c, byOrder[n])
		}
		if c.Kind == kindMPIM {
			s.ws.groups[memberKey(c.members)] = c
		}
	}
	return s.keeper.load(rowRead, read(func(key string, ts *string) error {
		id, user, _ := strings.Cut(key, "/")
		if c := s.ws.channels[id]; c != nil {
			c.read[user] = *ts
		}
		return nil
	}))
}

func (s *Server) loadMessages() error {
	if err := s.keeper.load(rowFile, read(func(_ string, f *file) error { s.ws.files[f.ID] = f; return nil })); err != nil {
		return err
	}
	err := s.keeper.load(rowMessage, read(func(key string, m *message) error {
		id, _, _ := strings.Cut(key, "/")
		c := s.ws.channels[id]
		if c == nil {
			return errOrphan
		}
		for i, f := range m.Files {
			if known := s.ws.files[f.ID]; known != nil {
				m.Files[i] = known
			}
		}
		c.place(m)
		if at, ok := parseTS(m.TS); ok {
			s.clock.stampedBefore(at)
		}
		return nil
	}))
	if err != nil {
		return err
	}
	return s.keeper.load(rowScheduled, read(func(_ string, m *scheduledMessage) error {
		s.ws.scheduled[m.ID] = m
		s.arm(m)
		return nil
	}))
}

func (s *Server) loadViews() error {
	revive := func(v *view) {
		v.team, v.app, v.bot = s.ws.team.ID, s.bot.app, s.bot.id
		s.ws.views[v.ID] = v
		if v.External != "" {
			s.ws.externals[v.External] = v
		}
	}
	err := s.keeper.load(rowHome, read(func(_ string, v *view) error {
		revive(v)
		s.ws.homes[v.User] = v
		return nil
	}))
	if err != nil {
		return err
	}
	err = s.keeper.load(rowView, read(func(_ string, v *view) error {
		revive(v)
		s.ws.stacks[v.User] = append(s.ws.stacks[v.User], v)
		return nil
	}))
	for _, stack := range s.ws.stacks {
		sort.Slice(stack, func(i, j int) bool { return stack[i].Depth < stack[j].Depth })
	}
	return err
}

// cast adds the people and channels that the workspace does not have yet.
func (ch *change) cast(c *Cast) error {
	ch.castBot()
	byName := map[string]string{}
	for _, p := range ch.ws.everyone {
		byName[p.Name] = p.ID
	}
	for _, p := range c.People {
		if p.ID == "" && byName[p.Name] != "" {
			continue
		}
		if p.ID == "" {
			p.ID = ch.ids.fixed("U", "person", p.Name)
		}
		if ch.ws.people[p.ID] != nil {
			continue
		}
		if other := byName[p.Name]; other != "" {
			return fmt.Errorf("the name %s belongs to %s already", p.Name, other)
		}
		byName[p.Name] = ch.admit(p).ID
	}
	general := len(ch.ws.byName) == 0
	for _, one := range c.Channels {
		if ch.ws.byName[one.Name] != nil || one.ID != "" && ch.ws.channels[one.ID] != nil {
			continue
		}
		if err := ch.castChannel(one, byName, general); err != nil {
			return err
		}
		general = false
	}
	return nil
}

func (ch *change) castBot() {
	name := strings.ToLower(strings.ReplaceAll(ch.bot.name, " ", "_"))
	if p := ch.ws.people[ch.bot.user]; p == nil {
		ch.admit(Person{ID: slackbotID, Name: "slackbot", RealName: "Slackbot", DisplayName: "Slackbot", Presence: "active"})
		ch.admit(Person{ID: ch.bot.user, Name: name, RealName: ch.bot.name, Presence: "active"})
	} else if p.RealName != ch.bot.name {
		p.Name, p.RealName = name, ch.bot.name
		ch.save(rowPerson, p.ID, p)
	}
}

// admit makes somebody a person of the workspace.
func (ch *change) admit(p Person) *Person {
	if p.RealName == "" {
		p.RealName = p.Name
	}
	if p.Locale == "" {
		p.Locale = "en-US"
	}
	if p.TZ == "" {
		p.TZ = "Asia/Tokyo"
	}
	if p.Presence == "" {
		p.Presence = "active"
	}
	if p.Outsider && p.Team == "" {
		p.Team = ch.ids.fixed("T", "outside", p.ID)
	}
	p.Updated, p.Order = ch.now.Unix(), len(ch.ws.everyone)
	ch.ws.addPerson(&p)
	ch.save(rowPerson, p.ID, &p)
	return ch.ws.people[p.ID]
}

func (ch *change) castChannel(one Channel, byName map[string]string, general bool) error {
	kind := kindChannel
	if one.Private {
		kind = kindPrivate
	}
	id := one.ID
	if id == "" {
		id = ch.ids.fixed("C", "channel", one.Name)
	}
	c := ch.newChannel(id, one.Name, kind, slackbotID)
	c.General = general && !one.Private
	c.Topic, c.Purpose = note{Value: one.Topic, Creator: slackbotID, LastSet: ch.now.Unix()}, note{Value: one.Purpose, Creator: slackbotID, LastSet: ch.now.Unix()}
	ch.save(rowChannel, c.ID, c)
	if one.App {
		ch.join(c, ch.bot.user)
	}
	for _, who := range one.Members {
		user := who
		if ch.ws.people[user] == nil {
			user = byName[who]
		}
		if user == "" {
			return fmt.Errorf("channel %s: no person %q", one.Name, who)
		}
		ch.join(c, user)
	}
	if one.Members == nil {
		for _, p := range ch.ws.everyone {
			if !p.Outsider && !p.SingleChannelGuest && !p.Deleted && p.ID != ch.bot.user && p.ID != slackbotID {
				ch.join(c, p.ID)
			}
		}
	}
	return nil
}
