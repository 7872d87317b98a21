package programme

import (
	"context"
	"slices"
	"strings"
)

// MaxRoom is how many people a group conversation holds beside the bot (design.md
// section 2). Where there would be more, there is none: everybody is told alone anyway.
const MaxRoom = 8

// openRoom leaves the card of an agreed session to the conversation of those concerned, if
// the configuration wants one and all of them can be in it. Who that is is settled once,
// in the notice's occasion: the same people are the same conversation, in which a card
// whose arrival is not known can be looked for. There is one card, drawn again when the
// session changes.
func (c *change) openRoom(s Session) error {
	if c.office.Settings.Sessions.Group == GroupNone {
		return nil
	}
	n := Notice{Kind: NoticeSessionRoom, Subject: string(s.ID), To: ToRoom(s.ID), UsefulUntil: s.Span.Until}
	there, err := c.DeliveriesOf(n)
	if err != nil {
		return err
	}
	if len(there) > 0 {
		n.Occasion = there[0].Occasion
		return c.notify(n)
	}
	people, err := c.roomOf(s)
	if err != nil || len(people) == 0 {
		return err
	}
	ids := make([]string, len(people))
	for i, p := range people {
		ids[i] = string(p.ID)
	}
	n.Occasion = strings.Join(ids, ",")
	return c.notify(n)
}

// roomOf is who is in the conversation about a session: the two, and the coordinators if
// the configuration says so. Nobody, if one of the two is not on Slack or there are too many.
func (c *change) roomOf(s Session) ([]Person, error) {
	var people []Person
	for _, id := range []PersonID{s.Atsugi, s.Mentor} {
		p, err := c.Person(id)
		if err != nil || !p.Reachable() {
			return nil, err
		}
		people = append(people, p)
	}
	if c.office.Settings.Sessions.Group == GroupOffice {
		all, err := c.People()
		if err != nil {
			return nil, err
		}
		today := c.office.Settings.Today(c.now)
		for _, p := range all {
			if p.coordinates(today) && p.Reachable() && !s.Of(p.ID) {
				people = append(people, p)
			}
		}
	}
	if len(people) > MaxRoom {
		return nil, nil
	}
	return people, nil
}

// coordinates says whether p is of the office today.
func (p Person) coordinates(today Date) bool { return p.Has(Coordinator) && p.Admitted(today) }

// redrawRooms draws the cards again of conversations that somebody is in as a coordinator,
// when they are of the office no longer, or again: the cards do not tell who is not how to
// get to a session. Those of the two are drawn again with their sessions.
func (c *change) redrawRooms(was, p Person) error {
	today := c.office.Settings.Today(c.now)
	if was.coordinates(today) == p.coordinates(today) {
		return nil
	}
	sessions, err := c.Sessions(SessionFilter{})
	if err != nil {
		return err
	}
	for _, s := range sessions {
		rooms, err := c.DeliveriesOf(Notice{Kind: NoticeSessionRoom, Subject: string(s.ID)})
		if err != nil {
			return err
		}
		for _, d := range rooms {
			if !slices.Contains(strings.Split(d.Occasion, ","), string(p.ID)) {
				continue
			}
			if err := c.redraw(d.Notice); err != nil {
				return err
			}
		}
	}
	return nil
}

// inRoom are the people of a notice to a conversation.
func inRoom(tx Tx, n Notice) ([]Person, error) {
	var people []Person
	for _, id := range strings.Split(n.Occasion, ",") {
		p, err := tx.Person(PersonID(id))
		if err != nil {
			return nil, err
		}
		people = append(people, p)
	}
	return people, nil
}

// RoomOf finds who is in the conversation to which a notice goes, for the hand that
// delivers it.
func (o *Office) RoomOf(ctx context.Context, n Notice) ([]Person, error) {
	var people []Person
	err := o.read(ctx, func(tx Tx) (err error) {
		people, err = inRoom(tx, n)
		return err
	})
	return people, err
}

// lookAtRoom fills in when and where the two meet, and nothing of what about: the office
// may be in the conversation, and what one wrote to the other stays between them. Once
// somebody in it takes part no longer, it says no more where.
func (o *Office) lookAtRoom(tx Tx, m *Matter, update bool) error {
	s, err := tx.Session(SessionID(m.Notice.Subject))
	if err != nil {
		return err
	}
	if m.Room, err = inRoom(tx, m.Notice); err != nil {
		return err
	}
	today := o.Settings.Today(o.Now())
	gone := slices.ContainsFunc(m.Room, func(p Person) bool {
		return !p.Reachable() || !s.Of(p.ID) && !p.coordinates(today)
	})
	switch m.Over = s.State != SessionBooked || s.over(o.Now()); {
	case update:
	case s.State == SessionCancelled:
		m.Withdrawn = withdrawnCancelled
	case s.State != SessionBooked:
		m.Withdrawn = withdrawnMoved
	case gone || o.Settings.Sessions.Group == GroupNone:
		m.Withdrawn = withdrawnLeft
	}
	r, err := o.sessionReader(tx, Actor{}, Person{})
	if err != nil {
		return err
	}
	if m.Session, err = r.view(s, sessionSight{bureau: true}); err != nil {
		return err
	}
	if gone {
		m.Session.Place = ""
	} else {
		m.Session.URL = s.URL
	}
	return nil
}
