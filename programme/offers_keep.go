package programme

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"time"
)

// OfferView is an expert's offer as they or the office see it.
type OfferView struct {
	Offer  Offer // with what is filled in at first, if they never made one (Version 0)
	Person Person
	Now    time.Time
	// Free is what is left of the published times in the coming four weeks (OfferedFor),
	// by start, as far as atsugi can ask for it: without days off, what is taken, holidays
	// unless they are offered, full weeks, what Notice is too long for, and rests into
	// which no session fits.
	Free []Span
	// Times are the first that atsugi can choose, mostOfferTimes of them at most.
	Times []Span
	Busy  *BusyReading // how their own calendar was read; nil if none is
	Mine  bool         // the reader is the expert
}

// OfferForm is an offer as its form was filled in. Version is that of the offer that the
// form showed, 0 for a first one; the Offer's own and its Mentor are not read from it if
// the expert themself saves it.
type OfferForm struct {
	Offer
	Version int
	Lines   HoursLines // of Hours; errors refer to them
	// Unread are the lines that could not be read, whose Hours are missing: they are
	// refused with what else is wrong.
	Unread Faults
}

// mostOfferTimes is how many times an expert is shown of their own.
const mostOfferTimes = 60

// OfferPage shows what an expert offers to themself, and to the office: "" is oneself. There
// is one under OfferingOpen alone (CodeClosed).
func (o *Office) OfferPage(ctx context.Context, who Actor, mentor PersonID) (OfferView, error) {
	var v OfferView
	err := o.readAs(ctx, who, func(tx Tx, me Person) (err error) {
		if mentor == "" {
			mentor = me.ID
		}
		now := o.Now()
		p, err := o.offering(tx, who, me, mentor, now)
		if err != nil {
			return err
		}
		v, err = o.offerView(tx, me, p, now)
		return err
	})
	return v, err
}

// SaveOffer keeps what an expert offers: they themself, or the office for one. What is
// agreed on or asked for already stays as it is. The same form sent again answers what
// stands; one that showed an older offer is of CodeConflict. What is wrong with a form is a
// Faults, each of Field "help", "fields", "languages", "url", "place", "length", "buffer",
// "notice", "week", "zone", "weekly", "single" or "off"; Args Line and Other are lines of
// that field.
func (o *Office) SaveOffer(ctx context.Context, who Actor, f OfferForm) (OfferView, error) {
	var v OfferView
	err := o.write(ctx, who, func(c *change) error {
		if f.Mentor == "" {
			f.Mentor = c.me.ID
		}
		p, err := o.offering(c.Tx, who, c.me, f.Mentor, c.now)
		if err != nil {
			return err
		}
		if err := c.saveOffer(f); err != nil {
			return err
		}
		v, err = o.offerView(c.Tx, c.me, p, c.now)
		return err
	})
	return v, err
}

// offering finds an expert whose offer the actor may see and change.
func (o *Office) offering(tx Tx, who Actor, me Person, mentor PersonID, now time.Time) (Person, error) {
	if err := o.mustBeOpen(); err != nil {
		return Person{}, err
	}
	office := o.may(who, me, now, Coordinator)
	own := who.Kind == ByPerson && mentor == me.ID && me.takesEngagements(o.Settings.Today(now))
	if !office && !own {
		return Person{}, denied("error.denied")
	}
	p, err := tx.Person(mentor)
	if err == nil && !p.takesEngagements(o.Settings.Today(now)) {
		err = ErrNoRow
	}
	return p, orMissing(err, "error.offer_gone")
}

// mustBeOpen refuses what there is only where atsugi choose from published times.
func (o *Office) mustBeOpen() error {
	if o.Settings.Sessions.Offering != OfferingOpen {
		return &Error{Code: CodeClosed, Key: "error.offering_office"}
	}
	return nil
}

// offerOf is what the expert offers, or what the form of a first offer shows.
func (o *Office) offerOf(tx Tx, mentor PersonID) (Offer, error) {
	offer, err := tx.Offer(mentor)
	if errors.Is(err, ErrNoRow) {
		return o.firstOffer(mentor), nil
	}
	return offer, err
}

// firstNotice is how long before a time it can still be asked for, unless the expert says
// otherwise.
const firstNotice = 48 * time.Hour

func (o *Office) firstOffer(mentor PersonID) Offer {
	set := o.Settings.Sessions
	return Offer{
		Mentor: mentor, Online: true, Length: set.Length, Buffer: set.Buffer, Notice: firstNotice,
		PerWeek: min(2, set.PerWeek), Hours: Hours{Zone: o.Settings.Zone.String()},
	}
}

func (o *Office) offerView(tx Tx, me, mentor Person, now time.Time) (OfferView, error) {
	v := OfferView{Person: mentor, Now: now, Mine: me.ID == mentor.ID}
	var err error
	if v.Offer, err = o.offerOf(tx, mentor.ID); err != nil {
		return v, err
	}
	v.Offer.Hours = v.Offer.Hours.coming(now, o.Settings.Zone)
	d, err := o.diary(tx, now)
	if err != nil {
		return v, err
	}
	taken, err := d.taken(mentor, "")
	if err != nil {
		return v, err
	}
	times := d.times(v.Offer, taken)
	free := v.Offer.Free(Span{From: now.In(o.Settings.Zone), Until: now.Add(OfferedFor)}, taken.Busy, o.Holiday)
	v.Free, v.Times = askable(free, times), times[:min(len(times), mostOfferTimes)]
	readings, err := tx.BusyReadings()
	if i := slices.IndexFunc(readings, func(b BusyReading) bool { return b.Person == mentor.ID }); i >= 0 {
		v.Busy = &readings[i]
	}
	return v, err
}

// askable is what times make up of the free stretches, from the start of a first one to the
// end of a last one: no rest that is too short for a session, and none that cannot be asked
// for yet. Both are by start.
func askable(free, times []Span) []Span {
	var out []Span
	for _, s := range free {
		first, _ := slices.BinarySearchFunc(times, s, bySpan)
		past, _ := slices.BinarySearchFunc(times, Span{From: s.Until}, bySpan)
		out = append(out, merged(times[first:past])...)
	}
	return out
}

// coming are the hours without single times and days off that are over.
func (h Hours) coming(now time.Time, zone *time.Location) Hours {
	h.Single = slices.DeleteFunc(slices.Clone(h.Single), func(s Span) bool { return !s.Until.After(now) })
	h.Off = slices.DeleteFunc(slices.Clone(h.Off), func(d DaySpan) bool { return d.Last < DateOf(now, zone) })
	return h
}

func (c *change) saveOffer(f OfferForm) error {
	old, err := c.Offer(f.Mentor)
	if err != nil && !errors.Is(err, ErrNoRow) {
		return err
	}
	offer := f.Offer.tidy(c.office.Settings.Zone)
	if faults := append(f.Unread, offer.check(old, f.Lines, c.office.Settings, c.now)...); len(faults) > 0 {
		return faults
	}
	offer.Hours = offer.Hours.coming(c.now, c.office.Settings.Zone)
	offer.Hours.sort()
	offer.Version = old.Version
	switch {
	case f.Version != old.Version && reflect.DeepEqual(offer, old):
		return nil // the form came twice
	case f.Version != old.Version:
		return &Error{Code: CodeConflict, Key: "error.offer_changed"}
	}
	if err := c.SaveOffer(offer); err != nil {
		return err
	}
	c.factsChanged()
	return c.audit("offer.save", string(offer.Mentor))
}

// giveUpWaits ends the waiting of and for somebody who can be no part of it any more: they
// left, or are no atsugi or expert now. What an expert offers is kept, and offers nothing
// until they are back.
func (c *change) giveUpWaits(p Person) error {
	if p.Version == 0 {
		return nil // new on the roster
	}
	waits, err := c.Waits()
	for _, w := range waits {
		gone := w.Atsugi == p.ID && !(p.Active() && p.Has(Atsugi)) || w.Mentor == p.ID && !(p.Active() && p.expert())
		if !gone {
			continue
		}
		if err := c.RemoveWait(w.Mentor, w.Atsugi); err != nil {
			return err
		}
	}
	return err
}
