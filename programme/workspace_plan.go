package programme

import (
	"cmp"
	"slices"
)

// ActualWorkspace is what a look at Slack found, and what is kept of earlier work there.
type ActualWorkspace struct {
	Bot      string // the bot's own account
	Channels []ActualChannel
	Known    []Channel
	// Troubles are the codes of refusals that a person has to do something about, by
	// WorkspaceStep.Key.
	Troubles map[string]string
	// Accounts are those in channels that are in nobody's row of the roster.
	Accounts map[string]SlackAccount
}

// ActualChannel is a channel as Slack shows it to the bot.
type ActualChannel struct {
	ID, Name  string
	Private   bool
	Archived  bool
	Joined    bool // the bot is in it
	General   bool // everybody's, which nobody can be taken out of
	Topic     string
	CreatedBy string
	Members   []string // accounts; nil unless it was looked into
}

// SlackAccount is somebody whom the roster does not know.
type SlackAccount struct {
	Name  string
	Bot   bool
	Email string // "" unless the workspace itself vouches for it
}

// maxInvited is how many people one step invites.
const maxInvited = 100

// PlanWorkspace says what is to be done so that the workspace is as wanted, in a stable
// order: channel by channel what the bot does, then who is taken out and what is archived
// with an explicit yes, then what only a person can do. Once all of it is done the plan is empty but for
// what a person has to do.
func PlanWorkspace(wanted []WantedChannel, actual ActualWorkspace, roster []Person) []WorkspaceStep {
	p := &arranger{ActualWorkspace: actual, byAccount: map[string]Person{}, unmatched: unmatched(actual.Accounts, roster), used: map[string]bool{}}
	for _, one := range roster {
		if one.SlackID != "" {
			p.byAccount[one.SlackID] = one
		}
	}
	for _, w := range wanted {
		p.channel(w)
	}
	p.archives(wanted)
	p.bring(wanted)
	return slices.Concat(p.steps, p.asks, p.hand)
}

// ChannelsToLookInto are those channels whose members the plan needs.
func ChannelsToLookInto(wanted []WantedChannel, actual ActualWorkspace) (ids []string) {
	p := &arranger{ActualWorkspace: actual, used: map[string]bool{}}
	for _, w := range wanted {
		if c := p.match(w); c != nil {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

type arranger struct {
	ActualWorkspace
	byAccount         map[string]Person
	unmatched         map[string]Person // by account: active rows without one whose mail address it has
	used              map[string]bool   // channels that serve a purpose by now
	steps, asks, hand []WorkspaceStep
	waiting           bool // the channel at hand waits for a person
}

// add adds what the bot does, with what came of it before.
func (p *arranger) add(s WorkspaceStep) {
	s.Trouble, s.Waits = p.Troubles[s.Key()], p.waiting
	p.steps = append(p.steps, s)
}

// first is add for what all else in the channel needs.
func (p *arranger) first(s WorkspaceStep) {
	p.add(s)
	p.waiting = p.waiting || p.Troubles[s.Key()] != ""
}

func (p *arranger) known(purpose Purpose) (Channel, bool) {
	i := slices.IndexFunc(p.Known, func(c Channel) bool { return c.Purpose == purpose })
	if i < 0 {
		return Channel{}, false
	}
	return p.Known[i], true
}

// match finds the channel that serves the purpose: by id where one is known, else by name
// unless it serves another.
func (p *arranger) match(w WantedChannel) *ActualChannel {
	known, ok := p.known(w.Purpose)
	found := p.find(func(c ActualChannel) bool {
		if w.ID != "" {
			return c.ID == w.ID
		}
		return ok && c.ID == known.SlackID && (!w.Configured || known.Name == w.Name) // a new name in the configuration is another channel
	})
	if found == nil && w.ID == "" {
		found = p.find(func(c ActualChannel) bool { return c.Name == w.Name && !p.servesAnother(c.ID, w.Purpose) })
	}
	if found != nil {
		p.used[found.ID] = true
	}
	return found
}

func (p *arranger) find(f func(ActualChannel) bool) *ActualChannel {
	for i, c := range p.Channels {
		if f(c) && !p.used[c.ID] {
			return &p.Channels[i]
		}
	}
	return nil
}

func (p *arranger) servesAnother(id string, purpose Purpose) bool {
	return slices.ContainsFunc(p.Known, func(c Channel) bool { return c.SlackID == id && c.Purpose != purpose })
}

func (p *arranger) channel(w WantedChannel) {
	c := p.match(w)
	p.waiting = false
	switch {
	case c == nil && w.ID != "":
		p.hand = append(p.hand, WorkspaceStep{Kind: StepShow, Purpose: w.Purpose, Name: w.Name, Channel: w.ID})
		return
	case c == nil:
		p.first(WorkspaceStep{Kind: StepCreate, Purpose: w.Purpose, Name: w.Name, Private: w.Private})
		c = &ActualChannel{Name: w.Name, Private: w.Private, Joined: true}
	case w.Private && !c.Private: // nobody is brought to where everyone reads along
		p.hand = append(p.hand, WorkspaceStep{Kind: StepClose, Purpose: w.Purpose, Channel: c.ID, Name: c.Name})
		return
	default:
		p.put(w, c)
	}
	name := c.Name
	if c.Topic != w.Topic && w.Topic != "" {
		p.add(WorkspaceStep{Kind: StepTopic, Purpose: w.Purpose, Channel: c.ID, Name: name, Topic: w.Topic})
	}
	p.invite(w, c)
	p.remove(w, c)
	if w.Everyone {
		p.hand = append(p.hand, WorkspaceStep{Kind: StepPosting, Purpose: w.Purpose, Channel: c.ID, Name: name})
	}
}

// put makes a channel that is there ready for its purpose.
func (p *arranger) put(w WantedChannel, c *ActualChannel) {
	step := WorkspaceStep{Purpose: w.Purpose, Channel: c.ID, Name: c.Name, Private: c.Private}
	of := func(k StepKind) WorkspaceStep { step.Kind = k; return step }
	if c.Archived {
		p.first(of(StepUnarchive))
	}
	if !c.Joined && !c.Private {
		p.first(of(StepJoin))
	}
	known, ok := p.known(w.Purpose)
	switch {
	case !ok || known.SlackID != c.ID || known.Name != w.Name && c.Name == w.Name:
		adopt := of(StepAdopt)
		if adopt.Made = c.CreatedBy == p.Bot && p.Bot != ""; !adopt.Made && !w.Everyone {
			adopt.People = p.unmeant(w, c)
			adopt.Others = len(adopt.People)
		}
		p.add(adopt)
		p.waiting = p.waiting || adopt.Asks()
	case !w.Configured && known.Name != w.Name: // the configuration calls it otherwise by now; a name that people gave it stays
		rename := of(StepRename)
		rename.Old, rename.Name = c.Name, w.Name
		p.add(rename)
	}
}

// invite brings those who should be in the channel and are on Slack.
func (p *arranger) invite(w WantedChannel, c *ActualChannel) {
	step := WorkspaceStep{Kind: StepInvite, Purpose: w.Purpose, Channel: c.ID, Name: c.Name}
	var together, alone []StepPerson
	for _, m := range w.Members {
		if !m.Reachable() || slices.Contains(c.Members, m.SlackID) {
			continue
		}
		one := stepPerson(m)
		step.People = []StepPerson{one}
		if p.Troubles[step.Key()] != "" {
			alone = append(alone, one)
		} else {
			together = append(together, one)
		}
	}
	for some := range slices.Chunk(together, maxInvited) {
		step.People = some
		p.add(step)
	}
	for _, one := range alone {
		step.People = []StepPerson{one}
		p.add(step)
	}
}

func stepPerson(p Person) StepPerson {
	return StepPerson{ID: p.ID, Account: p.SlackID, Name: p.Name, Mail: p.Email != ""}
}

// remove proposes to take out whoever may not be in the channel.
func (p *arranger) remove(w WantedChannel, c *ActualChannel) {
	for _, who := range p.unmeant(w, c) {
		if _, soon := p.unmatched[who.Account]; soon {
			continue
		}
		p.ask(WorkspaceStep{Kind: StepRemove, Purpose: w.Purpose, Channel: c.ID, Name: c.Name, People: []StepPerson{who}})
	}
}

// unmeant are those in the channel who may not be there: in one that is for everyone those
// who left, else all who are not meant and are no app.
func (p *arranger) unmeant(w WantedChannel, c *ActualChannel) (out []StepPerson) {
	for _, account := range slices.Sorted(slices.Values(c.Members)) {
		one, listed := p.byAccount[account]
		if soon, ok := p.unmatched[account]; ok {
			one, listed = soon, true
		}
		stranger := p.Accounts[account]
		switch {
		case c.General || account == p.Bot || !listed && stranger.Bot:
			continue
		case w.Everyone && (!listed || one.Active()):
			continue
		case slices.ContainsFunc(w.Members, func(m Person) bool { return m.SlackID == account || m.ID == one.ID && listed }):
			continue
		}
		who := StepPerson{Account: account, Name: cmp.Or(stranger.Name, account)}
		if listed {
			who = stepPerson(one)
			who.Account = account
		}
		out = append(out, who)
	}
	return out
}

func (p *arranger) ask(s WorkspaceStep) {
	s.Trouble = p.Troubles[s.Key()]
	p.asks = append(p.asks, s)
}

// archives proposes to archive what the bot made for a purpose that is no more.
func (p *arranger) archives(wanted []WantedChannel) {
	for _, known := range p.Known {
		if !known.Made || slices.ContainsFunc(wanted, func(w WantedChannel) bool { return w.Purpose == known.Purpose }) {
			continue
		}
		c := p.find(func(c ActualChannel) bool { return c.ID == known.SlackID && !c.Archived && !c.General })
		if c != nil {
			p.ask(WorkspaceStep{Kind: StepArchive, Purpose: known.Purpose, Channel: c.ID, Name: c.Name, Private: c.Private})
		}
	}
}

// bring lists those who should be in a channel and are not on Slack.
func (p *arranger) bring(wanted []WantedChannel) {
	var people []Person
	for _, w := range wanted {
		for _, m := range w.Members {
			if !m.Reachable() && !slices.ContainsFunc(people, func(o Person) bool { return o.ID == m.ID }) {
				people = append(people, m)
			}
		}
	}
	SortByKana(people)
	bring, match := WorkspaceStep{Kind: StepBring}, WorkspaceStep{Kind: StepMatch}
	here := map[PersonID]bool{}
	for _, one := range p.unmatched {
		here[one.ID] = true
	}
	for _, one := range people {
		if here[one.ID] {
			match.People = append(match.People, stepPerson(one))
		} else {
			bring.People = append(bring.People, stepPerson(one))
		}
	}
	for _, step := range []WorkspaceStep{bring, match} {
		if len(step.People) > 0 {
			p.hand = append(p.hand, step)
		}
	}
}

// unmatched are the accounts whose mail address is that of an active row without an
// account: they get it when they first open the app.
func unmatched(accounts map[string]SlackAccount, roster []Person) map[string]Person {
	rows := map[string]Person{}
	for _, one := range roster {
		if mail := FoldEmail(one.Email); mail != "" && one.SlackID == "" && one.Active() {
			rows[mail] = one
		}
	}
	out := map[string]Person{}
	for account, a := range accounts {
		if one, ok := rows[FoldEmail(a.Email)]; ok && !a.Bot {
			out[account] = one
		}
	}
	return out
}
