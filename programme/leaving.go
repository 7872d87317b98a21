package programme

import (
	"context"
	"errors"
	"slices"
	"time"
)

// The notices of people who leave, and of accounts.
const (
	NoticePersonLeft   NoticeKind = "person.left"    // subject: person, occasion: moment; to the office: somebody left, and what is left to see to
	NoticeAccountShut  NoticeKind = "account.closed" // subject: person, occasion: moment; to the office: the account takes no messages any more
	NoticeAccountAgain NoticeKind = "account.back"   // subject: person, occasion: moment; to the office: it does again
)

// LeavingView is what there is of somebody that leaving touches.
type LeavingView struct {
	Person      Person
	Account     AccountSeen
	Profile     Profile
	Sessions    []SessionView    // to come: their times are given back, the office sees to them
	Engagements []EngagementView // that run: the office ends them or finds somebody else
	Memos       []MemoDue        // that are theirs to write
	Waiting     []ProfileChange  // what is other than the roster says, and not decided on
	Self        bool             // the reader themself, who cannot leave by their own hand
}

// PersonPage shows the office somebody of the roster, what leaving would do, and who left.
func (o *Office) PersonPage(ctx context.Context, who Actor, id PersonID) (LeavingView, error) {
	var v LeavingView
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		if !o.may(who, me, o.Now(), Coordinator) {
			return denied("error.denied")
		}
		p, err := tx.Person(id)
		if err != nil {
			return orMissing(err, "error.choice")
		}
		v, err = o.leavingView(tx, p)
		v.Self = me.ID != "" && me.ID == id
		return err
	})
	return v, err
}

// leavingView is what hangs on somebody now.
func (o *Office) leavingView(tx Tx, p Person) (v LeavingView, err error) {
	v.Person = p
	if v.Account, err = tx.SlackAccount(p.ID); err != nil && !errors.Is(err, ErrNoRow) {
		return v, err
	}
	if v.Profile, err = profileOf(tx, p.ID); err != nil {
		return v, err
	}
	if v.Waiting, err = tx.OpenProfileChanges(p.ID); err != nil {
		return v, err
	}
	es, err := tx.Engagements()
	if err != nil {
		return v, err
	}
	for _, e := range es {
		if !e.Runs() || !e.of(p.ID) {
			continue
		}
		view, err := engagementView(tx, e)
		if err != nil {
			return v, err
		}
		v.Engagements = append(v.Engagements, view)
	}
	if v.Sessions, err = o.sessionsLeft(tx, p); err != nil {
		return v, err
	}
	v.Memos, err = o.memosLeft(tx, p)
	return v, err
}

// sessionsLeft are the sessions that have not begun.
func (o *Office) sessionsLeft(tx Tx, p Person) (out []SessionView, err error) {
	running, err := tx.Sessions(SessionFilter{Person: p.ID, States: []SessionState{SessionOpen, SessionBooked}})
	if err != nil {
		return nil, err
	}
	for _, s := range running {
		if s.State == SessionBooked && !o.Now().Before(s.Span.From) {
			continue
		}
		v := SessionView{Session: s}
		if v.AtsugiPerson, err = tx.Person(s.Atsugi); err != nil {
			return nil, err
		}
		if v.MentorPerson, err = tx.Person(s.Mentor); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// memosLeft are the memos that are the person's to write.
func (o *Office) memosLeft(tx Tx, p Person) ([]MemoDue, error) {
	dues, err := o.memosDue(tx, o.Now())
	return slices.DeleteFunc(dues, func(d MemoDue) bool { return d.Writer.ID != p.ID }), err
}

// LeavePerson ends somebody's part in the programme at once, for the office: they are told
// nothing more and every press of theirs is refused, times that were kept with them are
// given back and the other one is told. What they did and said stays. Nobody puts
// themself out. Doing it again changes nothing.
func (o *Office) LeavePerson(ctx context.Context, who Actor, id PersonID) error {
	return o.manage(ctx, who, func(c *change) error {
		if id == c.me.ID {
			return denied("error.leave_self")
		}
		p, err := c.Person(id)
		if err != nil {
			return orMissing(err, "error.choice")
		}
		if !p.Active() {
			return nil
		}
		return c.leave(p)
	})
}

// leave ends the part of somebody who takes part, and shows the office what is left.
func (c *change) leave(p Person) error {
	if err := c.endPart(p); err != nil {
		return err
	}
	return c.notify(Notice{
		Kind: NoticePersonLeft, Subject: string(p.ID), To: ToChannel(ChannelOffice), Occasion: toTheMilli(c.now),
	})
}

// TakeBack undoes LeavePerson: they take part again. Times that were given back are to be
// agreed on anew. Doing it again changes nothing.
func (o *Office) TakeBack(ctx context.Context, who Actor, id PersonID) error {
	return o.manage(ctx, who, func(c *change) error {
		p, err := c.Person(id)
		if err != nil {
			return orMissing(err, "error.choice")
		}
		if p.Active() {
			return nil
		}
		return c.takeBack(p)
	})
}

// endPart puts somebody out of the programme as of now.
func (c *change) endPart(p Person) error {
	p.Left = c.now
	return c.savePerson(p, "person.leave")
}

func (c *change) takeBack(p Person) error {
	left := p.Left
	p.Left = time.Time{}
	if err := c.savePerson(p, "person.return"); err != nil {
		return err
	}
	if err := c.redraw(Notice{Kind: NoticePersonLeft, Subject: string(p.ID), Occasion: toTheMilli(left)}); err != nil || p.SlackID == "" {
		return err
	}
	n, err := c.NewcomerBySlack(p.SlackID)
	if errors.Is(err, ErrNoRow) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := c.placed(n, NewcomerMatched, p.ID); err != nil {
		return err
	}
	return c.closeWishes(p.SlackID, p.ID)
}

// WhoLeft lists those who left, the last first, limit at most.
func (o *Office) WhoLeft(ctx context.Context, who Actor, limit int) ([]Person, error) {
	var out []Person
	err := o.readAsOffice(ctx, who, func(tx Tx) error {
		people, err := tx.People()
		for _, p := range people {
			if !p.Active() {
				out = append(out, p)
			}
		}
		slices.SortStableFunc(out, func(a, b Person) int { return b.Left.Compare(a.Left) })
		out = out[:min(limit, len(out))]
		return err
	})
	return out, err
}

// lookAtLeft fills in what is left of somebody who left, or whose account is closed.
func (o *Office) lookAtLeft(tx Tx, m *Matter, update bool) (err error) {
	if m.Person, err = tx.Person(PersonID(m.Notice.Subject)); err != nil {
		return err
	}
	if m.Leaving, err = o.leavingView(tx, m.Person); err != nil || update {
		return err
	}
	switch m.Notice.Kind {
	case NoticePersonLeft:
		if m.Notice.Occasion != toTheMilli(m.Person.Left) {
			m.Withdrawn = withdrawnAnswered
		}
	case NoticeAccountShut:
		if !m.Person.Active() || m.Person.OffSlack.IsZero() {
			m.Withdrawn = withdrawnAnswered
		}
	case NoticeAccountAgain:
		if !m.Person.Reachable() {
			m.Withdrawn = withdrawnAnswered
		}
	}
	return nil
}

// toTheMilli writes a moment so that two of one minute are two occasions.
func toTheMilli(t time.Time) string { return t.UTC().Format("20060102T150405.000Z") }
