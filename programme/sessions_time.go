package programme

import (
	"errors"
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
	for i, o := range times {
		if o.Person != s.Mentor {
			continue
		}
		taken, err := c.Occupied(o.Person, o.Span)
		if err != nil {
			return nil, err
		}
		times[i].Span.Until = s.givesWay(o.Span, o.Span.Until.Add(-buffer), taken, c.now)
	}
	return times, nil
}

// givesWay is until when the session takes the expert's time: up to what others have in
// the buffer after its end, if it has the time before that already, or if that went by: it
// can be said of a session that is over that it took place, whatever was booked since.
func (s Session) givesWay(at Span, end time.Time, taken []Occupied, now time.Time) time.Time {
	had, over := false, !now.Before(end)
	for _, x := range taken {
		switch {
		case x.Holder == string(s.ID):
			had = had || !x.Span.From.After(at.From) && !x.Span.Until.Before(end)
		case had, over && !x.Span.From.Before(end):
			return x.Span.From
		}
	}
	return at.Until
}
