package programme

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"
)

// Attendee is one line of an event's list: a person of the audience, who answered
// or speaks or was there, or a guest. Exactly one of Person and Guest is filled.
type Attendee struct {
	ID      AttendeeID
	Person  Person
	Guest   Guest
	Answer  Coming
	Reason  string
	At      time.Time // of the answer
	By      PersonID  // who entered the answer
	Arrived time.Time // zero for who was not there, or not yet
	Speaker SpeakerStatus
	Asked   bool // of the audience
}

// Name, Kana, Organisation, Prefecture, Email and Phone are those of the person or
// of the guest.
func (a Attendee) Name() string         { return cmp.Or(a.Person.Name, a.Guest.Name) }
func (a Attendee) Kana() string         { return cmp.Or(a.Person.Kana, a.Guest.Kana) }
func (a Attendee) Organisation() string { return cmp.Or(a.Person.Organisation, a.Guest.Organisation) }
func (a Attendee) Prefecture() string   { return cmp.Or(a.Person.Prefecture, a.Guest.Prefecture) }
func (a Attendee) Email() string        { return cmp.Or(a.Person.Email, a.Guest.Email) }
func (a Attendee) Phone() string        { return cmp.Or(a.Person.Phone, a.Guest.Phone) }

// Roles are the person's, or what the guest said.
func (a Attendee) Roles() []Role {
	if a.Guest.Role != "" {
		return []Role{a.Guest.Role}
	}
	return a.Person.Roles
}

// expected says whether somebody counts on the attendee to be there.
func (a Attendee) expected() bool {
	return a.Answer.Comes() || a.Speaker.Speaks() || !a.Arrived.IsZero()
}

// Awaited says whether an answer is still waited for: the attendee was asked, said
// nothing, and neither speaks nor is there.
func (a Attendee) Awaited() bool {
	return a.Asked && a.Answer == Undecided && !a.Speaker.Speaks() && a.Arrived.IsZero()
}

// SpeakerLine is a speaker and who that is.
type SpeakerLine struct {
	Speaker
	Person Person
}

// EventPage is everything about one event that its reader may see.
type EventPage struct {
	Event     Event
	Attendees []Attendee     // by kana
	Counts    map[Coming]int // of the answers; Undecided is whose is awaited
	Arrived   int
	Asked     int // size of the audience
	Speakers  []SpeakerLine
	Changes   []EventChange // by Seq
	Manages   bool          // the reader may change things
	Held      bool          // what is planned for the event waits until the coordinator releases it
}

// EventPage gathers an event with its list. The coordinator and the bureau see all
// of it; staff of a co-hosting organisation and experts who speak there see names
// and attendance, without reasons, addresses and numbers (design.md section 5).
func (o *Office) EventPage(ctx context.Context, who Actor, id EventID) (EventPage, error) {
	var page EventPage
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		e, err := tx.Event(id)
		if err != nil {
			return orMissing(err, "error.event_gone")
		}
		now := o.Now()
		manages := o.may(who, me, now, Coordinator)
		whole := manages || o.may(who, me, now, Bureau)
		if !whole {
			if err := o.mayReadNames(tx, who, me, e, now); err != nil {
				return err
			}
		}
		if page, err = eventPage(tx, e); err != nil {
			return err
		}
		page.Manages = manages
		if !manages {
			page.Event.Notes, page.Event.Code = "", ""
		}
		if !whole {
			page.namesOnly()
		}
		return nil
	})
	return page, err
}

// mayReadNames is for supporters whose organisation hosts the event too, once it is
// announced, and for experts who have agreed to speak.
func (o *Office) mayReadNames(tx Tx, who Actor, me Person, e Event, now time.Time) error {
	if o.may(who, me, now, Supporter) && me.Organisation != "" && slices.Contains(e.CoHosts, me.Organisation) &&
		e.Announced(o.Settings.Today(now)) {
		return nil
	}
	if o.may(who, me, now, Mentor) {
		s, err := tx.Speaker(e.ID, me.ID)
		if err != nil && !errors.Is(err, ErrNoRow) {
			return err
		}
		if s.Status.Speaks() {
			return nil
		}
	}
	return denied("error.denied")
}

// namesOnly leaves names, organisations and attendance.
func (p *EventPage) namesOnly() {
	for i, a := range p.Attendees {
		a.Reason, a.By, a.Person, a.Guest = "", "", a.Person.nameOnly(), a.Guest.nameOnly()
		if !a.Speaker.Speaks() {
			a.Speaker = ""
		}
		p.Attendees[i] = a
	}
	p.Speakers = slices.DeleteFunc(p.Speakers, func(s SpeakerLine) bool { return !s.Status.Speaks() })
	for i, s := range p.Speakers {
		p.Speakers[i].Person = s.Person.nameOnly()
	}
}

func (p Person) nameOnly() Person {
	return Person{
		ID: p.ID, Name: p.Name, Kana: p.Kana, Roles: p.Roles, Organisation: p.Organisation,
		Prefecture: p.Prefecture, Cohorts: p.Cohorts,
	}
}

func (g Guest) nameOnly() Guest {
	return Guest{
		ID: g.ID, Event: g.Event, Name: g.Name, Kana: g.Kana, Organisation: g.Organisation,
		Prefecture: g.Prefecture, Role: g.Role, Answer: g.Answer,
	}
}

func eventPage(tx Tx, e Event) (EventPage, error) {
	page := EventPage{Event: e}
	var err error
	if page.Attendees, err = roll(tx, e); err != nil {
		return page, err
	}
	page.Counts, page.Asked = tally(page.Attendees)
	decided, err := tx.OverridesOf(string(e.ID))
	if err != nil {
		return page, err
	}
	page.Held = slices.ContainsFunc(decided, func(o Override) bool { return o.Kind == "" && o.Occasion == "" && o.Stops() })
	for _, a := range page.Attendees {
		if !a.Arrived.IsZero() {
			page.Arrived++
		}
	}
	if page.Changes, err = tx.EventChanges(e.ID); err != nil {
		return page, err
	}
	speakers, err := tx.SpeakersOf(e.ID)
	if err != nil {
		return page, err
	}
	for _, s := range speakers {
		p, err := tx.Person(s.Person)
		if err != nil {
			return page, err
		}
		page.Speakers = append(page.Speakers, SpeakerLine{Speaker: s, Person: p})
	}
	slices.SortStableFunc(page.Speakers, func(a, b SpeakerLine) int { return cmp.Compare(a.Person.Kana, b.Person.Kana) })
	return page, nil
}

// roll is the event's list, by kana. Of those who left the programme it has only
// who was there.
func roll(tx Tx, e Event) ([]Attendee, error) {
	people, err := tx.People()
	if err != nil {
		return nil, err
	}
	known, err := aboutAttendees(tx, e.ID)
	if err != nil {
		return nil, err
	}
	var list []Attendee
	for _, p := range people {
		id := AttendeeID(p.ID)
		a := known[id]
		a.ID, a.Person, a.Asked = id, p, e.Audience.Includes(p)
		someone := a.Asked || a.Answer != Undecided || a.Speaker != ""
		if p.Active() && someone || !a.Arrived.IsZero() {
			list = append(list, a)
		}
	}
	guests, err := tx.GuestsOf(e.ID)
	if err != nil {
		return nil, err
	}
	for _, g := range guests {
		id := AttendeeID(g.ID)
		list = append(list, Attendee{ID: id, Guest: g, Answer: g.Answer, At: g.At, By: g.By, Arrived: known[id].Arrived})
	}
	slices.SortFunc(list, func(a, b Attendee) int {
		return cmp.Or(cmp.Compare(a.Kana(), b.Kana()), cmp.Compare(a.Name(), b.Name()), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// aboutAttendees is what the tables say about whoever has to do with the event.
func aboutAttendees(tx Tx, id EventID) (map[AttendeeID]Attendee, error) {
	answers, err := tx.AttendanceOf(id)
	if err != nil {
		return nil, err
	}
	speakers, err := tx.SpeakersOf(id)
	if err != nil {
		return nil, err
	}
	arrivals, err := tx.ArrivalsOf(id)
	if err != nil {
		return nil, err
	}
	known := make(map[AttendeeID]Attendee, len(answers)+len(arrivals))
	for _, a := range answers {
		known[AttendeeID(a.Person)] = Attendee{Answer: a.Answer, Reason: a.Reason, At: a.At, By: a.By}
	}
	for _, s := range speakers {
		a := known[AttendeeID(s.Person)]
		a.Speaker = s.Status
		known[AttendeeID(s.Person)] = a
	}
	for _, r := range arrivals {
		a := known[r.Attendee]
		a.Arrived = r.At
		known[r.Attendee] = a
	}
	return known, nil
}

// tally counts the answers, and as Undecided whose is still awaited. Who said
// nothing and is not waited for, a speaker or who came without a word, is in no
// count. asked is the audience: guests and others who answered are not of it.
func tally(list []Attendee) (counts map[Coming]int, asked int) {
	counts = map[Coming]int{}
	for _, a := range list {
		if a.Awaited() || a.Answer != Undecided {
			counts[a.Answer]++
		}
		if a.Asked {
			asked++
		}
	}
	return counts, asked
}

// ManagedEvents lists every event by start, with counts, for the coordinator and
// the bureau.
func (o *Office) ManagedEvents(ctx context.Context, who Actor) ([]EventLine, error) {
	var lines []EventLine
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		if !o.may(who, me, o.Now(), Coordinator, Bureau) {
			return denied("error.denied")
		}
		manages := o.may(who, me, o.Now(), Coordinator)
		events, err := tx.Events()
		if err != nil {
			return err
		}
		for _, e := range events {
			list, err := roll(tx, e)
			if err != nil {
				return err
			}
			line := EventLine{Event: e, Mine: e.Audience.Includes(me) && e.Announced(o.Settings.Today(o.Now()))}
			line.Counts, line.Asked = tally(list)
			for _, a := range list {
				if me.ID != "" && a.ID == AttendeeID(me.ID) {
					line.Answer = a.Answer
				}
			}
			if !manages {
				line.Event.Notes, line.Event.Code = "", ""
			}
			lines = append(lines, line)
		}
		return nil
	})
	return lines, err
}

// ParticipationBy is what a line of the participation is about. The strings are
// used in exports.
type ParticipationBy string

const (
	ByAll        ParticipationBy = "all"
	ByRole       ParticipationBy = "role"       // Of is a Role, "" for guests who said none
	ByCohort     ParticipationBy = "cohort"     // Of is R6, R7, …
	ByPrefecture ParticipationBy = "prefecture" // Of is "" where it is not known
)

// ParticipationLine says how many of some kind were there, and how many were
// expected: who said that they come, speaks, or came without a word. Somebody of
// two roles is in both lines.
type ParticipationLine struct {
	By             ParticipationBy
	Of             string
	Came, Expected int
}

// Participation is the attendance of an event as a whole, by role, by cohort and
// by prefecture from north to south. Counts of participation are never suppressed
// (programme.md "Consent and sharing in practice").
func Participation(page EventPage) []ParticipationLine {
	type key struct {
		by ParticipationBy
		of string
	}
	lines := map[key]*ParticipationLine{}
	count := func(by ParticipationBy, of string, came bool) {
		l := lines[key{by, of}]
		if l == nil {
			l = &ParticipationLine{By: by, Of: of}
			lines[key{by, of}] = l
		}
		l.Expected++
		if came {
			l.Came++
		}
	}
	for _, a := range page.Attendees {
		if !a.expected() {
			continue
		}
		came := !a.Arrived.IsZero()
		count(ByAll, "", came)
		count(ByPrefecture, a.Prefecture(), came)
		for _, c := range a.Person.Cohorts {
			count(ByCohort, c, came)
		}
		for _, r := range a.Roles() {
			count(ByRole, string(r), came)
		}
		if len(a.Roles()) == 0 {
			count(ByRole, "", came)
		}
	}
	out := make([]ParticipationLine, 0, len(lines))
	for _, l := range lines {
		out = append(out, *l)
	}
	slices.SortFunc(out, compareParticipation)
	return out
}

func compareParticipation(a, b ParticipationLine) int {
	order := []ParticipationBy{ByAll, ByRole, ByCohort, ByPrefecture}
	last := func(i int) int { // what is not known comes last
		if i < 0 {
			return 1000
		}
		return i
	}
	place := func(l ParticipationLine) int {
		switch l.By {
		case ByRole:
			return last(slices.Index(Roles, Role(l.Of)))
		case ByPrefecture:
			return last(slices.Index(Prefectures, l.Of))
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(slices.Index(order, a.By), slices.Index(order, b.By)),
		cmp.Compare(place(a), place(b)), cmp.Compare(len(a.Of), len(b.Of)), cmp.Compare(a.Of, b.Of),
	)
}
