package programme

import (
	"context"
	"errors"
)

// AccountChanged notes what Slack says now of somebody's account. If its name or address is
// another than it was, and another than the roster's, the office is shown the difference
// once: the roster keeps its own. A change of what Slack shows beside these is none.
func (o *Office) AccountChanged(ctx context.Context, a Account) error {
	var now AccountSeen
	same := false
	err := o.read(ctx, func(tx Tx) error {
		p, err := tx.PersonBySlack(a.SlackID)
		if err != nil {
			return err
		}
		was, err := tx.SlackAccount(p.ID)
		now = AccountSeen{Person: p.ID, SlackID: a.SlackID, Name: headOf(a.Name, maxJoinName), Email: headOf(a.Email, maxJoinName), Guest: a.Guest, At: was.At}
		same = err == nil && was == now
		if errors.Is(err, ErrNoRow) {
			err = nil
		}
		return err
	})
	if errors.Is(err, ErrNoRow) || err == nil && same {
		return nil
	}
	if err != nil {
		return err
	}
	return o.write(ctx, System, func(c *change) error {
		p, err := c.PersonBySlack(a.SlackID)
		if err != nil {
			return orMissing(err, "error.not_in_roster")
		}
		was, err := c.SlackAccount(p.ID)
		if err != nil && !errors.Is(err, ErrNoRow) {
			return err
		}
		now.At = c.now
		if err := c.SaveSlackAccount(now); err != nil {
			return err
		}
		if !p.Active() {
			return nil
		}
		says := map[Column]string{}
		if now.Name != was.Name && now.Name != "" && nameBy(p, now.Name) != ByName {
			says[ColName] = now.Name
		}
		if FoldEmail(now.Email) != FoldEmail(was.Email) && now.Email != "" && FoldEmail(now.Email) != FoldEmail(p.Email) {
			says[ColEmail] = now.Email
		}
		return c.sayOtherwise(c.office.NewID(), ProfileChange{Person: p.ID, Source: FromSlack, Fields: differing(p, says)})
	})
}

// ProfileChangeView is a change with who it is about, and who decided.
type ProfileChangeView struct {
	ProfileChange
	Of Person
	By Person
}

func profileChangeView(tx Tx, id string) (v ProfileChangeView, err error) {
	if v.ProfileChange, err = tx.ProfileChange(id); err != nil {
		return v, err
	}
	if v.Of, err = tx.Person(v.Person); err != nil {
		return v, err
	}
	if v.DecidedBy != "" {
		v.By, err = tx.Person(v.DecidedBy)
	}
	return v, err
}

// DecideChange says whether the roster is to have what a change says. Fields that are others
// by now stay as they are. Whoever comes second is told who decided. Of their own change a
// coordinator leaves it to another.
func (o *Office) DecideChange(ctx context.Context, who Actor, id string, take bool) error {
	return o.manage(ctx, who, func(c *change) error {
		v, err := profileChangeView(c.Tx, id)
		if err != nil {
			return orMissing(err, "error.change_gone")
		}
		switch {
		case v.State != ChangeOpen:
			return c.decidedBefore(v.DecidedBy)
		case v.Person == c.me.ID && v.Source == FromSelf:
			return denied("error.change_own")
		}
		if err := c.setFields(v, take); err != nil {
			return err
		}
		ch := v.ProfileChange
		ch.State, ch.Decided, ch.DecidedBy = ChangeDropped, c.now, c.me.ID
		if take {
			ch.State = ChangeTaken
		}
		if err := c.SaveProfileChange(ch); err != nil {
			return err
		}
		if err := c.redraw(Notice{Kind: NoticeProfileChange, Subject: id}); err != nil {
			return err
		}
		if !take && v.Source == FromSelf {
			if err := c.notify(Notice{Kind: NoticeProfileDropped, Subject: id, To: ToPerson(v.Person)}); err != nil {
				return err
			}
		}
		return c.auditChange("profile.decide", string(v.Person), "state="+string(ch.State))
	})
}

// setFields brings the roster to what was decided, if it is not so.
func (c *change) setFields(v ProfileChangeView, take bool) error {
	if take == v.Applied {
		return nil
	}
	p, changed := v.Of, false
	for _, f := range v.Fields {
		from, to := f.From, f.To
		if v.Applied {
			from, to = to, from
		}
		if at := textField(&p, f.Column); *at == from {
			*at, changed = to, true
		}
	}
	if !changed {
		return nil
	}
	people, err := c.People()
	if err != nil {
		return err
	}
	if err := c.savePerson(p, "person.change"); err != nil {
		return err
	}
	return c.tellOfImport(RosterPlan{Change: []RosterChange{{Person: p}}}, people) // a new firm may stand behind a wall
}

// lookAtChange fills in a change for the office, or for the person.
func (o *Office) lookAtChange(tx Tx, m *Matter, update bool) (err error) {
	m.Change, err = profileChangeView(tx, m.Notice.Subject)
	m.Person = m.Change.Of
	if err == nil && !update && m.Notice.Kind == NoticeProfileChange && m.Change.State != ChangeOpen {
		m.Withdrawn = withdrawnAnswered
	}
	return err
}
