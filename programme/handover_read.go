package programme

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// detail is what moved, for the audit: numbers alone.
func (m HandoverMoves) detail() string {
	return fmt.Sprintf("recommendations=%d events=%d cohosts=%d memos=%d", m.Recommendations, m.Events, m.CoHosts, m.Memos)
}

func handoverView(tx Tx, h Handover) (v HandoverView, err error) {
	v.Handover = h
	for _, who := range []struct {
		id PersonID
		p  *Person
	}{{h.From, &v.FromPerson}, {h.To, &v.ToPerson}, {h.By, &v.ByPerson}} {
		if who.id == "" {
			continue
		}
		if *who.p, err = tx.Person(who.id); err != nil {
			return v, err
		}
	}
	return v, nil
}

// openHandovers are those that wait for the office, oldest first.
func openHandovers(tx Tx) (out []HandoverView, err error) {
	all, err := tx.Handovers()
	if err != nil {
		return nil, err
	}
	for _, h := range all {
		if h.State != HandoverAsked {
			continue
		}
		v, err := handoverView(tx, h)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// HandoverPage is a hand-over with what it moves, for the office.
func (o *Office) HandoverPage(ctx context.Context, who Actor, id HandoverID) (HandoverView, HandoverMoves, error) {
	var v HandoverView
	var moves HandoverMoves
	err := o.readAsOffice(ctx, who, func(tx Tx) error {
		h, err := tx.Handover(id)
		if err != nil {
			return orMissing(err, "error.handover_gone")
		}
		if v, err = handoverView(tx, h); err != nil {
			return err
		}
		moves, err = o.movesOf(tx, v.FromPerson, o.Now())
		return err
	})
	return v, moves, err
}

// Farewell is for the account of somebody who handed their part over and is out: who they
// are and who follows them. Anybody else's account answers ErrNoRow.
func (o *Office) Farewell(ctx context.Context, slackID string) (HandoverView, error) {
	var v HandoverView
	err := o.read(ctx, func(tx Tx) error {
		p, err := tx.PersonBySlack(slackID)
		if err == nil && p.Active() {
			err = ErrNoRow
		}
		if err != nil {
			return err
		}
		all, err := tx.Handovers()
		if err != nil {
			return err
		}
		for _, h := range slices.Backward(all) {
			if h.From == p.ID && h.State == HandoverDone {
				v, err = handoverView(tx, h)
				return err
			}
		}
		return ErrNoRow
	})
	return v, err
}

// lookAtHandover fills in a hand-over. The successor reads what is theirs as things are at
// that moment.
func (o *Office) lookAtHandover(tx Tx, m *Matter, update bool) error {
	h, err := tx.Handover(HandoverID(m.Notice.Subject))
	if err != nil {
		return err
	}
	if m.Handover.HandoverView, err = handoverView(tx, h); err != nil {
		return err
	}
	m.Handover.Organisation, m.Handover.Recommends = h.Organisation, o.Settings.Recommend.On()
	whose := m.Handover.FromPerson
	if h.State == HandoverDone {
		whose = m.Handover.ToPerson
	}
	if m.Handover.Moves, err = o.movesOf(tx, whose, o.Now()); err != nil {
		return err
	}
	if m.Notice.Kind == NoticeHandover && !update && (!m.To.Has(Supporter) || m.To.Organisation != h.Organisation) {
		m.Withdrawn = withdrawnDenied
	}
	return nil
}

// welcomeSuccessor tells somebody who is on Slack now what was handed over to them: a
// message that could not reach them before is due again.
func (c *change) welcomeSuccessor(p Person) error {
	all, err := c.Handovers()
	for _, h := range all {
		if h.To != p.ID || h.State != HandoverDone {
			continue
		}
		if err := c.notify(Notice{Kind: NoticeHandover, Subject: string(h.ID), To: ToPerson(p.ID)}); err != nil {
			return err
		}
	}
	return err
}

// tellOfNobodyLeft tells the office when somebody was the last of a support organisation who
// could be reached in the programme.
func (c *change) tellOfNobodyLeft(was, now Person) error {
	there := func(p Person) bool { return p.Active() && p.Has(Supporter) && p.OffSlack.IsZero() }
	if was.Organisation == "" || !there(was) || there(now) && now.Organisation == was.Organisation {
		return nil
	}
	staff, err := supportersOf(c.Tx, was.Organisation)
	if err != nil || slices.ContainsFunc(staff, there) {
		return err
	}
	return c.notify(Notice{
		Kind: NoticeNobodyLeft, Subject: string(was.ID), To: ToChannel(ChannelOffice), Occasion: DigestOccasion(c.now),
	})
}

// lookAtNobodyLeft is for the office's card. Somebody who came meanwhile makes it needless.
func (o *Office) lookAtNobodyLeft(tx Tx, m *Matter, update bool) error {
	p, err := tx.Person(PersonID(m.Notice.Subject))
	if err != nil {
		return err
	}
	m.Handover.FromPerson, m.Handover.Organisation = p, p.Organisation
	staff, err := supportersOf(tx, p.Organisation)
	if !update && slices.ContainsFunc(staff, func(p Person) bool { return p.OffSlack.IsZero() }) {
		m.Withdrawn = withdrawnTaken
	}
	return err
}

// saveAccount keeps what Slack says of somebody's account.
func (c *change) saveAccount(p Person) error {
	was, err := c.Person(p.ID)
	if err != nil && !errors.Is(err, ErrNoRow) {
		return err
	}
	if err := c.SavePerson(p); err != nil {
		return err
	}
	if was.Reachable() && !p.Reachable() {
		if err := c.unhear(p.ID); err != nil {
			return err
		}
	}
	return c.tellOfNobodyLeft(was, p)
}
