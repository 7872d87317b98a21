package programme

import (
	"errors"
	"slices"
	"time"
)

// bufferOf is how long an expert has to themself after each session: as they say where
// they publish times, else as the configuration says.
func (c *change) bufferOf(mentor PersonID) (time.Duration, error) {
	set := c.office.Settings.Sessions
	if set.Offering != OfferingOpen {
		return set.Buffer, nil
	}
	offer, err := c.Offer(mentor)
	if errors.Is(err, ErrNoRow) {
		return set.Buffer, nil
	}
	return offer.Buffer, err
}

// takes is the time that the session takes of the two. The buffer may have become longer
// since the session got its time, or the session given it up meanwhile: then what others
// have by now of the expert's stays theirs.
func (c *change) takes(s Session) ([]Occupied, error) {
	buffer, err := c.bufferOf(s.Mentor)
	if err != nil {
		return nil, err
	}
	times := s.takes(buffer)
	stands, err := c.Session(s.ID)
	if err != nil && !errors.Is(err, ErrNoRow) {
		return nil, err
	}
	for i, o := range times {
		if o.Person != s.Mentor {
			continue
		}
		end := o.Span.Until.Add(-buffer)
		if c.now.Before(end) && !stands.hasTime(Span{From: o.Span.From, Until: end}) {
			continue
		}
		taken, err := c.Occupied(o.Person, o.Span)
		if err != nil {
			return nil, err
		}
		times[i].Span.Until = s.givesWay(o.Span, end, taken)
	}
	return times, nil
}

// hasTime says whether the session has that very time, agreed on or proposed.
func (s Session) hasTime(at Span) bool {
	return slices.ContainsFunc(s.takes(0), func(x Occupied) bool { return x.Span.Same(at) })
}

// givesWay is until when the session takes the expert's time, which it has already, or which
// went by: up to what others have in the buffer after its end. It can be said of a session
// that is over that it took place, whatever was booked since.
func (s Session) givesWay(at Span, end time.Time, taken []Occupied) time.Time {
	for _, x := range taken {
		if x.Holder != string(s.ID) && !x.Span.From.Before(end) {
			return x.Span.From
		}
	}
	return at.Until
}
