package reminders

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"tsugite/programme"
)

// crowd is who can be told of something, and what is known of them at some events,
// laid out so that ten thousand people are gone through quickly.
type crowd struct {
	facts  Facts
	people []*programme.Person   // who can be reached, by id
	to     []programme.Recipient // the same
	all    []int                 // indexes of people
	index  map[programme.PersonID]int
	rolls  map[programme.EventID]*roll
	polls  map[programme.SurveyID]*poll
}

// roll is what is known of people at one event.
type roll struct {
	present map[int]*programme.Presence // by index of people: who answered, was told, speaks or was there
	invited []int                       // of the audience; made when it is first asked for
	known   []int                       // the keys of present, sorted; likewise
}

// crowd gathers the people for the rungs.
func (f Facts) crowd(rungs []rung) crowd {
	c := crowd{facts: f, rolls: make(map[programme.EventID]*roll), polls: make(map[programme.SurveyID]*poll)}
	for i := range f.People {
		if f.People[i].Reachable() {
			c.people = append(c.people, &f.People[i])
		}
	}
	slices.SortFunc(c.people, func(a, b *programme.Person) int { return strings.Compare(string(a.ID), string(b.ID)) })
	c.to, c.all = make([]programme.Recipient, len(c.people)), make([]int, len(c.people))
	c.index = make(map[programme.PersonID]int, len(c.people))
	for i, p := range c.people {
		c.to[i], c.all[i], c.index[p.ID] = programme.ToPerson(p.ID), i, i
	}
	for _, r := range rungs {
		if r.event != nil && c.rolls[r.event.ID] == nil {
			c.rolls[r.event.ID] = &roll{present: make(map[int]*programme.Presence)}
		}
		if r.survey != nil {
			c.polls[r.survey.ID] = &poll{rests: make(map[int]time.Time)}
		}
	}
	c.call()
	c.poll()
	return c
}

// call fills the rolls.
func (c crowd) call() {
	about := func(e programme.EventID, p programme.PersonID, tell func(*programme.Presence)) {
		r := c.rolls[e]
		if r == nil {
			return
		}
		i, reached := c.index[p]
		if !reached {
			return
		}
		known := r.present[i]
		if known == nil {
			known = &programme.Presence{}
			r.present[i] = known
		}
		tell(known)
	}
	for _, a := range c.facts.Attendance {
		about(a.Event, a.Person, func(p *programme.Presence) { p.Attendance = a })
	}
	for _, t := range c.facts.Told {
		about(t.Event, t.Person, func(p *programme.Presence) {
			if t.At.After(p.Told) {
				p.Told = t.At
			}
		})
	}
	for _, s := range c.facts.Speakers {
		about(s.Event, s.Person, func(p *programme.Presence) { p.Speaks = s.Status.Speaks() })
	}
	checkedIn := map[programme.EventID]bool{}
	for _, a := range c.facts.Arrivals {
		checkedIn[a.Event] = true // a guest's arrival, too
		about(a.Event, programme.PersonID(a.Attendee), func(p *programme.Presence) { p.Arrived = true })
	}
	for e := range checkedIn {
		if r := c.rolls[e]; r != nil {
			for _, p := range r.present {
				p.CheckedIn = true
			}
		}
	}
}

// candidates are the people, by index, who may get a rung's notice: the audience
// of a question, whoever is known of at an event or still to answer a survey, the two
// of a session, who writes a memo, else everyone.
func (c crowd) candidates(r rung) []int {
	switch {
	case r.survey != nil:
		return c.polls[r.survey.ID].waiting
	case r.session != nil:
		return c.pair(r.session)
	case r.memo != nil:
		if i, reached := c.index[r.memo.Writer.ID]; reached {
			return []int{i}
		}
		return nil
	case r.event == nil:
		return c.all
	}
	roll := c.rolls[r.event.ID]
	if r.kind != programme.NoticeEventAsk {
		if roll.known == nil {
			roll.known = slices.Sorted(maps.Keys(roll.present))
		}
		return roll.known
	}
	if roll.invited == nil {
		roll.invited = make([]int, 0, len(c.people))
		for i, p := range c.people {
			if r.event.Audience.Includes(*p) {
				roll.invited = append(roll.invited, i)
			}
		}
	}
	return roll.invited
}

// most is how many notices of a rung there are at most.
func (c crowd) most(r rung) int {
	if r.kind == programme.NoticeEventMemo || r.kind == programme.NoticeMemoDigest || r.kind == programme.NoticeEnquiryChase {
		return 1
	}
	return len(c.candidates(r)) + 1 // the office, perhaps
}

// notices are those of one rung, by recipient.
func (c crowd) notices(r rung) iter.Seq[programme.Notice] {
	return func(yield func(programme.Notice) bool) {
		n := programme.Notice{
			Kind: r.kind, Subject: r.subject, Occasion: r.occasion, Due: r.due, UsefulUntil: r.until,
		}
		if r.kind == programme.NoticeEventMemo || r.kind == programme.NoticeMemoOverdue || r.kind == programme.NoticeEnquiryChase {
			n.To = programme.ToChannel(programme.ChannelOffice)
			yield(n)
			return
		}
		if r.kind == programme.NoticeMemoDigest {
			n.To = programme.ToChannel(programme.ChannelBureau)
			yield(n)
			return
		}
		if r.kind == programme.NoticeSessionLapsed {
			if n.To = programme.ToChannel(programme.ChannelOffice); !yield(n) {
				return
			}
		}
		for _, i := range c.candidates(r) {
			if n.To = c.to[i]; c.concerns(r, i) && !yield(n) {
				return
			}
		}
	}
}

// concerns says whether a person, by index, gets the rung's notice.
func (c crowd) concerns(r rung, i int) bool {
	switch {
	case r.keyDate != nil:
		return r.keyDate.For.Includes(*c.people[i])
	case r.survey != nil:
		return !r.due.Before(c.polls[r.survey.ID].rests[i])
	case r.session != nil:
		return c.meets(r, i)
	case r.memo != nil:
		return c.writes(r, i)
	case r.event == nil:
		return readsDigest(r.kind, c.people[i], r.due, c.facts.Zone)
	}
	p := c.rolls[r.event.ID].present[i]
	if p == nil {
		return r.kind == programme.NoticeEventAsk
	}
	a := &p.Attendance
	// Who answered since, or is told that the event moved, knows what this would say.
	settled := a.At.After(r.due) || !p.Told.Before(r.due)
	switch r.kind {
	case programme.NoticeEventAsk:
		return (a.Answer == programme.Undecided || a.Answer == programme.NotYet) && !p.Speaks && !settled
	case programme.NoticeEventReminder:
		return a.Answer.Expected() && !settled || p.Speaks && a.Answer != programme.No && p.Told.Before(r.due)
	case programme.NoticeEventThanks:
		return p.WasThere()
	default:
		return p.Missed(*r.event, c.facts.Zone)
	}
}
