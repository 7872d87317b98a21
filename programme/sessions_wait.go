package programme

import (
	"context"
	"errors"
	"slices"
	"time"
)

// waitsFor is how long somebody waits to be told that an expert has time.
const waitsFor = 90 * 24 * time.Hour

// WaitFor puts an atsugi among those who are told when the expert has time for them
// (offering: open). Who waits already keeps their place; who was told waits anew.
func (o *Office) WaitFor(ctx context.Context, who Actor, mentor PersonID) error {
	return o.write(ctx, who, func(c *change) error {
		from, err := o.chooser(c.Tx, who, c.me, c.now)
		if err != nil {
			return err
		}
		if _, err := from.one(mentor); err != nil {
			return err
		}
		waits, err := c.Waits()
		if err != nil {
			return err
		}
		for _, w := range waits {
			if !w.of(mentor, c.me.ID) {
				continue
			}
			if w.Told.IsZero() {
				return nil
			}
			if err := c.redraw(w.notice()); err != nil { // what they were told is settled
				return err
			}
		}
		if err := c.SaveWait(Wait{Mentor: mentor, Atsugi: c.me.ID, Since: c.now}); err != nil {
			return err
		}
		c.factsChanged()
		return c.audit("session.wait", string(mentor))
	})
}

// StopWaiting takes an atsugi off those who are told when the expert has time. Who waits
// no more is off already.
func (o *Office) StopWaiting(ctx context.Context, who Actor, mentor PersonID) error {
	return o.write(ctx, who, func(c *change) error {
		waited, err := c.endWait(mentor, c.me.ID)
		if err != nil || !waited {
			return err
		}
		return c.audit("session.wait_stop", string(mentor))
	})
}

// endWait takes somebody off those who wait, and draws what they were told again.
func (c *change) endWait(mentor, atsugi PersonID) (waited bool, err error) {
	waits, err := c.Waits()
	for _, w := range waits {
		if !w.of(mentor, atsugi) {
			continue
		}
		if err := c.RemoveWait(mentor, atsugi); err != nil {
			return true, err
		}
		return true, c.redraw(w.notice())
	}
	return false, err
}

func (w Wait) of(mentor, atsugi PersonID) bool { return w.Mentor == mentor && w.Atsugi == atsugi }

// WaitOccasion is the occasion of the notice to somebody who waits: since when they do.
func WaitOccasion(w Wait) string { return momentOccasion(w.Since) }

func (w Wait) notice() Notice {
	return Notice{Kind: NoticeSessionFree, Subject: string(w.Mentor), To: ToPerson(w.Atsugi), Occasion: WaitOccasion(w)}
}

// TellWaiting tells those who wait for an expert, in the order in which they began to,
// when the expert has a time that they can ask for: each once, and who asks for it first
// gets it. It is called whenever time may have come free; time comes free by itself as
// days go by, so as long as anybody waits it is to be called now and then. Who waits for
// longer than 90 days does so no more.
func (o *Office) TellWaiting(ctx context.Context) (waiting bool, err error) {
	if o.Settings.Sessions.Offering != OfferingOpen {
		return false, nil
	}
	due := false
	err = o.read(ctx, func(tx Tx) error {
		return o.eachWait(tx, func(_ Wait, n waitNews) error {
			due, waiting = due || n.due(), waiting || n.none()
			return nil
		})
	})
	if err != nil || !due {
		return waiting, err
	}
	err = o.write(ctx, System, func(c *change) error {
		waiting = false
		return o.eachWait(c.Tx, func(w Wait, n waitNews) error {
			waiting = waiting || n.none()
			return c.tellWaiting(w, n)
		})
	})
	return waiting, err
}

// eachWait looks at all who wait, in the order in which they began to.
func (o *Office) eachWait(tx Tx, f func(Wait, waitNews) error) error {
	waits, err := tx.Waits()
	if err != nil {
		return err
	}
	for _, w := range waits {
		n, err := o.newsFor(tx, w)
		if err != nil {
			return err
		}
		if err := f(w, n); err != nil {
			return err
		}
	}
	return nil
}

// waitNews is what there is to tell somebody who waits.
type waitNews struct {
	told  bool // they were told
	over  bool // they waited for too long
	times []Span
}

func (n waitNews) due() bool  { return n.over || len(n.times) > 0 }
func (n waitNews) none() bool { return !n.told && !n.due() }

func (o *Office) newsFor(tx Tx, w Wait) (n waitNews, err error) {
	if n.over = w.Since.Add(waitsFor).Before(o.Now()); n.over {
		return n, nil
	}
	if !w.Told.IsZero() {
		d, err := tx.DeliveryOf(w.notice())
		if err != nil && !errors.Is(err, ErrNoRow) {
			return n, err
		}
		// Else the time was gone again before the message went out.
		if n.told = d.State != Cancelled && d.State != Lapsed; n.told {
			return n, nil
		}
	}
	n.times, err = o.timesOfWait(tx, w)
	return n, err
}

// tellWaiting tells one who waits, if there is something to tell.
func (c *change) tellWaiting(w Wait, news waitNews) error {
	switch {
	case news.over:
		_, err := c.endWait(w.Mentor, w.Atsugi)
		return err
	case len(news.times) == 0:
		return nil
	}
	w.Told = c.now
	if err := c.SaveWait(w); err != nil {
		return err
	}
	n := w.notice()
	n.UsefulUntil = news.times[len(news.times)-1].From
	return c.notify(n)
}

// lookAtFree fills in whose time came free, and which. Who asked for some meanwhile, or
// waits no more, is not told; nor is anybody if it is gone again.
func (o *Office) lookAtFree(tx Tx, m *Matter, update bool) error {
	mentor, err := tx.Person(PersonID(m.Notice.Subject))
	if err != nil {
		return err
	}
	m.Expert = mentor.nameOnly()
	waits, err := tx.Waits()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(waits, func(w Wait) bool { return w.of(mentor.ID, m.To.ID) && WaitOccasion(w) == m.Notice.Occasion })
	if i < 0 {
		if m.Over = true; !update {
			m.Withdrawn = withdrawnAnswered
		}
		return nil
	}
	if m.Times, err = o.nextOf(tx, waits[i]); err == nil && len(m.Times) == 0 && !update {
		m.Withdrawn = withdrawnTaken
	}
	return err
}

// lookAtDeclined finds what an atsugi can ask for in place of a request that was declined:
// not at that time, although it is published still.
func (o *Office) lookAtDeclined(tx Tx, m *Matter, s Session) error {
	if !s.RequestDeclined() || m.To.ID != s.Atsugi || o.Settings.Sessions.Offering != OfferingOpen {
		return nil
	}
	times, err := o.timesOfWait(tx, Wait{Mentor: s.Mentor, Atsugi: s.Atsugi})
	times = slices.DeleteFunc(times, s.Last.Was.Overlaps)
	m.Times = times[:min(len(times), nextTimes)]
	return err
}

// nextOf are the next times of which one is offered to somebody.
func (o *Office) nextOf(tx Tx, w Wait) ([]Span, error) {
	times, err := o.timesOfWait(tx, w)
	return times[:min(len(times), nextTimes)], err
}

// timesOfWait are the times that somebody who waits can ask for: none of an expert who
// offers them nothing any more, or if they take part no longer.
func (o *Office) timesOfWait(tx Tx, w Wait) ([]Span, error) {
	atsugi, err := tx.Person(w.Atsugi)
	if err != nil || !atsugi.Reachable() || !atsugi.Has(Atsugi) {
		return nil, err
	}
	from, err := o.chooserFor(tx, atsugi, o.Now())
	if err != nil {
		return nil, err
	}
	offer, err := from.one(w.Mentor)
	if e, refused := AsError(err); refused && e.Code == CodeNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return from.times(offer)
}
