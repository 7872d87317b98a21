package programme

import (
	"context"
	"errors"
	"slices"
	"time"
)

// An atsugi who asked for a published time (offering: open) can name others in its place,
// in answer to the expert's, or in place of the one that was agreed on. They are those of
// the offer: what asking takes of an expert's time is what the expert gave for it, whether
// it is asked for at once or afterwards.

// asksAgain says whether what the actor names who acts for that side are times that the
// expert published: of the atsugi, for a session that they asked for, once it was agreed on
// as long as times are published. The office, who spoke with the two, names what they said.
func (o *Office) asksAgain(s Session, side PersonID, as sessionSight) bool {
	open := o.Settings.Sessions.Offering == OfferingOpen
	return as.own && s.Requested && side == s.Atsugi && (open || s.onlyRequested())
}

// askAgain finds the form's times, as mayPropose does, if the expert offers them, and gives
// the form the expert's room: where they meet is not the atsugi's to say, who may not even
// know it. They meet as it was asked or answered, or in another of the offer's ways.
func (c *change) askAgain(s Session, as sessionSight, f SessionForm) (SessionForm, []candidate, error) {
	ch, of, err := c.office.chooseInstead(c.Tx, c.actor, c.me, s, c.now)
	if err != nil {
		return f, nil, err
	}
	room := s.Venue
	if f.Mode != s.Mode {
		if err := of.mustMeet(f.Mode); err != nil {
			return f, nil, err
		}
		room = of.venue(f.Mode)
	}
	f.Venue = room
	times, err := c.mayPropose(s, as, f)
	if err != nil {
		return f, nil, err
	}
	published, err := ch.experts(of)
	for _, t := range times {
		if err == nil && !slices.ContainsFunc(published, t.Same) {
			err = &Error{Code: CodeConflict, Field: t.field, Key: "error.time_not_offered"}
		}
	}
	return f, times, err
}

// chooseInstead is what somebody can choose in place of the time of a session of theirs.
func (o *Office) chooseInstead(tx Tx, who Actor, me Person, s Session, now time.Time) (*chooser, offered, error) {
	ch, err := o.chooser(tx, who, me, now)
	if err != nil {
		return nil, offered{}, err
	}
	if err := ch.insteadOf(s.ID); err != nil {
		return nil, offered{}, err
	}
	of, err := ch.one(s.Mentor)
	return ch, of, err
}

// TimesInstead are the times that the atsugi can choose in place of those of a session that
// they asked for (SessionView.Published), by start, and the expert's offer.
func (o *Office) TimesInstead(ctx context.Context, who Actor, id SessionID) (OfferLine, []Span, error) {
	var line OfferLine
	var times []Span
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		now := o.Now()
		s, err := tx.Session(id)
		if err != nil {
			return orMissing(err, "error.session_gone")
		}
		if !s.Running() || !o.asksAgain(s, me.ID, o.sessionSightOf(who, me, s, now)) {
			return missing("error.session_gone")
		}
		ch, of, err := o.chooseInstead(tx, who, me, s, now)
		if err != nil {
			return err
		}
		if times, err = ch.times(of); err != nil {
			return err
		}
		times = slices.DeleteFunc(times, s.Span.Same) // which is agreed on
		waiting, err := ch.waiting()
		line = of.line(times, waiting[of.Mentor])
		return err
	})
	return line, times, err
}

// Rooms are where an expert meets people (offering: open), for forms to begin with: the
// place, for who can ask them for a time, and the address online, for themself and the
// office. They are "" where nothing is published or it is not the reader's to know.
func (o *Office) Rooms(ctx context.Context, who Actor, mentor PersonID) (place, url string, err error) {
	err = o.readAs(ctx, who, func(tx Tx, me Person) error {
		offer, err := tx.Offer(mentor)
		if o.mustBeOpen() != nil || errors.Is(err, ErrNoRow) {
			return nil
		}
		if err != nil {
			return err
		}
		now := o.Now()
		if o.may(who, me, now, Coordinator) || me.ID == mentor && o.may(who, me, now, Mentor) {
			place, url = offer.Place, offer.URL
			return nil
		}
		ch, err := o.chooser(tx, who, me, now)
		if err == nil {
			_, err = ch.one(mentor)
		}
		if _, refused := AsError(err); refused {
			return nil
		}
		place = offer.Place
		return err
	})
	return place, url, err
}
