package programme

import (
	"context"
	"errors"
	"slices"
	"time"
)

// repliedTo are the messages to an asker under which a word of theirs is of that enquiry.
var repliedTo = []NoticeKind{NoticeEnquiryReply, NoticeEnquiryTold, NoticeEnquiryClosed, NoticeEnquiryFound}

// enquiryOfWord finds the enquiry to which somebody's further words belong: that of the message
// under which they stand, else the open one that was spoken of last, else one that was closed
// lately; ErrNoRow if there is none.
func enquiryOfWord(tx Tx, p PersonID, s Said, now time.Time) (Enquiry, error) {
	goesOn := func(e Enquiry) bool {
		return e.Person == p && (e.State == EnquiryOpen || e.State == EnquiryClosed && now.Before(e.Closed.Add(ReopenWithin)))
	}
	if s.Thread != "" {
		e, err := enquiryRepliedTo(tx, s)
		if err == nil && goesOn(e) || err != nil && !errors.Is(err, ErrNoRow) {
			return e, err
		}
	}
	for _, state := range []EnquiryState{EnquiryOpen, EnquiryClosed} {
		es, err := tx.EnquiriesOf(p, 1, state)
		if err != nil {
			return Enquiry{}, err
		}
		if len(es) > 0 && goesOn(es[0]) {
			return es[0], nil
		}
	}
	return Enquiry{}, ErrNoRow
}

// enquiryRepliedTo is the enquiry of the message to its asker under which something stands.
func enquiryRepliedTo(tx Tx, s Said) (Enquiry, error) {
	n, err := tx.CardAt(s.Channel, s.Thread, repliedTo)
	if err != nil {
		return Enquiry{}, err
	}
	if n.Kind != NoticeEnquiryReply {
		return tx.Enquiry(EnquiryID(n.Subject))
	}
	e, _, _, err := enquiryOf(tx, n)
	return e, err
}

// goOn reopens an enquiry that was closed, as its asker speaks of it again.
func (c *change) goOn(e *Enquiry) error {
	if e.State != EnquiryClosed {
		return nil
	}
	return c.reopen(e)
}

// bringFirst has the files sent under the card that came before the office was told.
func (c *change) bringFirst(e Enquiry) error {
	words, err := c.EnquiryWords(e.ID)
	for _, w := range words {
		if err == nil {
			err = c.bringFiles(w, ToChannel(ChannelOffice))
		}
	}
	return err
}

// CloseEnquiry says that an enquiry is done: its asker, or the office. The other side is told.
// Doing it again changes nothing.
func (o *Office) CloseEnquiry(ctx context.Context, who Actor, id EnquiryID) error {
	return o.write(ctx, who, func(c *change) error {
		e, err := c.Enquiry(id)
		if err != nil {
			return orMissing(err, "error.enquiry_gone")
		}
		if _, err := o.enquiryFor(c.Tx, who, c.me, e); err != nil {
			return err
		}
		switch e.State {
		case EnquiryClosed:
			return nil
		case EnquiryOpen:
		default:
			return missing("error.enquiry_gone")
		}
		e.State, e.Closed, e.ClosedBy = EnquiryClosed, c.now, c.me.ID
		if err := c.saveEnquiry(&e); err != nil {
			return err
		}
		c.factsChanged()
		if err := c.redrawEnquiry(e); err != nil {
			return err
		}
		if err := c.audit("enquiry.close", string(id)); err != nil {
			return err
		}
		to := ToPerson(e.Person)
		if c.me.ID == e.Person {
			to = ToChannel(ChannelOffice)
		}
		return c.notify(Notice{Kind: NoticeEnquiryClosed, Subject: string(id), To: to, Occasion: instant(e.Closed)})
	})
}

// waitsSince is since when the asker of an open enquiry waits for the office: the first of
// their words that it did not answer, or when it was told of that; the zero time if it did.
func waitsSince(e Enquiry, words []EnquiryWord) time.Time {
	if e.State != EnquiryOpen {
		return time.Time{}
	}
	for _, w := range words {
		if w.Side == FromAsker && w.Deleted.IsZero() && w.At.After(e.Answered) {
			return later(w.At, e.Opened)
		}
	}
	return time.Time{}
}

// WaitingEnquiry is one that the office has not answered.
type WaitingEnquiry struct {
	ID    EnquiryID
	Since time.Time
}

// ChaseOccasion is the occasion of a step of chasing an enquiry that waits since then.
func ChaseOccasion(step string, since time.Time) string { return step + "@" + instant(since) }

// mostWaiting bounds how many open enquiries are looked at.
const mostWaiting = 1000

// waitingEnquiries are those of which the office is reminded.
func waitingEnquiries(tx Tx) ([]WaitingEnquiry, error) {
	open, err := tx.Enquiries(EnquiryOpen, mostWaiting)
	if err != nil {
		return nil, err
	}
	var out []WaitingEnquiry
	for _, e := range open {
		words, err := tx.EnquiryWords(e.ID)
		if err != nil {
			return nil, err
		}
		if since := waitsSince(e, words); !since.IsZero() {
			out = append(out, WaitingEnquiry{e.ID, since})
		}
	}
	return out, nil
}

// enquiryCard finds the office's card of the enquiry that a notice is about; ErrNoRow if the
// notice goes to somebody else.
func enquiryCard(tx Tx, n Notice) (Delivery, error) {
	if n.To != ToChannel(ChannelOffice) {
		return Delivery{}, ErrNoRow
	}
	e, _, _, err := enquiryOf(tx, n)
	if err != nil {
		return Delivery{}, err
	}
	return tx.DeliveryOf(Notice{Kind: NoticeEnquiryCard, Subject: string(e.ID), To: n.To})
}

// EnquiryLine is an open enquiry on the office's list.
type EnquiryLine struct {
	EnquiryView
	Since time.Time // since when it waits for the office; zero if that answered
	Card  Delivery  // where the conversation stands; zero if it is not there yet
}

// mostListed is how many open enquiries the office's list has.
const mostListed = 100

// OpenEnquiries lists for the office what is open: first what waits, by since when, then what
// was answered, newest first.
func (o *Office) OpenEnquiries(ctx context.Context, who Actor) ([]EnquiryLine, error) {
	var out []EnquiryLine
	err := o.readAsOffice(ctx, who, func(tx Tx) error {
		open, err := tx.Enquiries(EnquiryOpen, mostListed)
		if err != nil {
			return err
		}
		for _, e := range open {
			line := EnquiryLine{}
			if line.EnquiryView, err = enquiryView(tx, e, true); err != nil {
				return err
			}
			line.Since = waitsSince(e, line.Words)
			line.Card, err = tx.DeliveryOf(Notice{Kind: NoticeEnquiryCard, Subject: string(e.ID), To: ToChannel(ChannelOffice)})
			if err != nil && !errors.Is(err, ErrNoRow) {
				return err
			}
			out = append(out, line)
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b EnquiryLine) int {
		switch {
		case a.Since.IsZero() && b.Since.IsZero():
			return b.Answered.Compare(a.Answered)
		case a.Since.IsZero():
			return 1
		case b.Since.IsZero():
			return -1
		}
		return a.Since.Compare(b.Since)
	})
	return out, err
}

// EnquiryCounts are how many enquiries are open, and how many of them wait for the office.
type EnquiryCounts struct{ Open, Waiting int }

func enquiryCounts(tx Tx) (EnquiryCounts, error) {
	open, err := tx.Enquiries(EnquiryOpen, mostWaiting)
	n := EnquiryCounts{Open: len(open)}
	for _, e := range open {
		if e.Waits() {
			n.Waiting++
		}
	}
	return n, err
}

// aloudAgain is how long the office's channel is left in peace after it was reminded of a
// question that waits: reminders of others stand under their cards alone.
const aloudAgain = 12 * time.Hour

// ChaseAloud says whether a reminder of a question that waits is shown in the office's channel,
// too: not if another one was lately, whose way to the list leads to this one.
func (o *Office) ChaseAloud(ctx context.Context, d Delivery) (aloud bool, err error) {
	aloud = true
	err = o.read(ctx, func(tx Tx) error {
		waiting, err := waitingEnquiries(tx)
		if err != nil {
			return err
		}
		for _, e := range waiting {
			chases, err := tx.DeliveriesOf(Notice{Kind: NoticeEnquiryChase, Subject: string(e.ID), To: d.To})
			if err != nil {
				return err
			}
			lately := func(other Delivery) bool {
				at := Moment(other.SlackTS)
				return other.ID != d.ID && other.SlackTS != "" && at.After(o.Now().Add(-aloudAgain))
			}
			aloud = aloud && !slices.ContainsFunc(chases, lately)
		}
		return nil
	})
	return aloud, err
}
