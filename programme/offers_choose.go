package programme

import (
	"context"
	"slices"
	"time"
)

// chooser finds what an atsugi can choose of experts' published times, in one transaction.
// The office chooses for nobody: it books what it agreed on with the two (BookSession).
type chooser struct {
	*diary
	Atsugi Person
	busy   []Span // when the atsugi has something else
	met    map[PersonID]meeting
}

// meeting is what an atsugi has or had with an expert.
type meeting struct{ toCome, held bool }

// offered is an offer with whose it is.
type offered struct {
	Offer
	person Person
	known  bool // to the atsugi
}

// chooseAs reads for an atsugi who chooses.
func (o *Office) chooseAs(ctx context.Context, who Actor, f func(*chooser) error) error {
	return o.readAs(ctx, who, func(tx Tx, me Person) error {
		ch, err := o.chooser(tx, who, me, o.Now())
		if err != nil {
			return err
		}
		return f(ch)
	})
}

// chooser is for an atsugi alone.
func (o *Office) chooser(tx Tx, who Actor, me Person, now time.Time) (*chooser, error) {
	if err := o.mustBeOpen(); err != nil {
		return nil, err
	}
	if who.Kind != ByPerson || !o.may(who, me, now, Atsugi) {
		return nil, denied("error.denied")
	}
	return o.chooserFor(tx, me, now)
}

// chooserFor is chooser for whoever was checked before.
func (o *Office) chooserFor(tx Tx, atsugi Person, now time.Time) (*chooser, error) {
	d, err := o.diary(tx, now)
	if err != nil {
		return nil, err
	}
	ch := &chooser{diary: d, Atsugi: atsugi, met: map[PersonID]meeting{}}
	if ch.busy, err = d.busy(atsugi, atsugi.ID); err != nil {
		return nil, err
	}
	sessions, err := tx.Sessions(SessionFilter{Atsugi: atsugi.ID, States: counting})
	for _, s := range sessions {
		m := ch.met[s.Mentor]
		m.toCome, m.held = m.toCome || s.Running(), m.held || s.State == SessionHeld
		ch.met[s.Mentor] = m
	}
	return ch, err
}

// one is what an expert offers, if the atsugi may choose of it.
func (ch *chooser) one(mentor PersonID) (offered, error) {
	offer, err := ch.tx.Offer(mentor)
	if err != nil {
		return offered{}, orMissing(err, "error.offer_gone")
	}
	p, err := ch.tx.Person(mentor)
	if err != nil {
		return offered{}, err
	}
	if !ch.mayChoose(offer, p) {
		return offered{}, missing("error.offer_gone")
	}
	return offered{Offer: offer, person: p, known: ch.knows(p)}, nil
}

// all are the offers of which the atsugi may choose, by kana.
func (ch *chooser) all() ([]offered, error) {
	offers, err := ch.tx.Offers()
	if err != nil {
		return nil, err
	}
	people, err := ch.tx.People()
	if err != nil {
		return nil, err
	}
	by := make(map[PersonID]Offer, len(offers))
	for _, offer := range offers {
		by[offer.Mentor] = offer
	}
	var out []offered
	for _, p := range people {
		if offer, made := by[p.ID]; made && ch.mayChoose(offer, p) {
			out = append(out, offered{Offer: offer, person: p, known: ch.knows(p)})
		}
	}
	return out, nil
}

// mayChoose says whether the atsugi may choose of the offer: it is open to everyone, or
// they are one of the expert's own, by the roster, an engagement that runs or a session to
// come. Who left, or is not admitted, offers nothing.
func (ch *chooser) mayChoose(offer Offer, mentor Person) bool {
	if !mentor.takesEngagements(ch.office.Settings.Today(ch.now)) || mentor.ID == ch.Atsugi.ID {
		return false
	}
	return offer.Everyone || mentor.Advises(ch.Atsugi) || ch.met[mentor.ID].toCome
}

// knows says whether the atsugi knows the expert.
func (ch *chooser) knows(mentor Person) bool {
	m := ch.met[mentor.ID]
	return mentor.Advises(ch.Atsugi) || m.toCome || m.held
}

// times are those of an offer that the atsugi can choose, by start: at which they have
// nothing else.
func (ch *chooser) times(of offered) ([]Span, error) {
	times, err := ch.experts(of)
	return slices.DeleteFunc(times, func(s Span) bool { return slices.ContainsFunc(ch.busy, s.Overlaps) }), err
}

// experts are the times of an offer at which its expert has nothing else, by start.
func (ch *chooser) experts(of offered) ([]Span, error) {
	taken, err := ch.taken(of.person, ch.Atsugi.ID)
	if err != nil {
		return nil, err
	}
	return ch.diary.times(of.Offer, taken), nil
}

// insteadOf has the atsugi choose another time for a session of theirs: what that takes
// counts as free.
func (ch *chooser) insteadOf(s SessionID) (err error) {
	ch.but = s
	ch.busy, err = ch.diary.busy(ch.Atsugi, ch.Atsugi.ID)
	return err
}

// line is an offer as the atsugi sees it, with the times that they can choose.
func (of offered) line(times []Span, waiting bool) OfferLine {
	l := OfferLine{Offer: of.Offer, Person: of.person.nameOnly(), Next: times[:min(len(times), nextTimes)], Known: of.known, Waiting: waiting}
	l.Offer.Hours, l.Offer.URL = Hours{}, ""
	return l
}

// waiting are the experts for whose times the atsugi waits.
func (ch *chooser) waiting() (map[PersonID]bool, error) {
	out := map[PersonID]bool{}
	waits, err := ch.tx.Waits()
	for _, w := range waits {
		if w.Atsugi == ch.Atsugi.ID && w.Told.IsZero() {
			out[w.Mentor] = true
		}
	}
	return out, err
}
