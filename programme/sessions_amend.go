package programme

import (
	"context"
	"strings"
	"time"
)

// WithdrawTimes takes back the request to change an agreed time that was made at
// proposedAt: who made it may, and the office. The times are free again and the agreed one
// stands. Withdrawn again, nothing changes; once the other side answered, or the agreed
// time has begun, the error is of CodeConflict.
func (o *Office) WithdrawTimes(ctx context.Context, who Actor, id SessionID, proposedAt time.Time) (Session, error) {
	var s Session
	err := o.write(ctx, who, func(c *change) error {
		var as sessionSight
		var err error
		if s, as, err = c.sessionFor(id); err != nil {
			return err
		}
		switch {
		case s.State == SessionBooked && !proposedAt.IsZero() && s.Last.Withdrawn.Equal(proposedAt):
			s = s.seenBy(c.me.ID, as)
			return nil // withdrawn before
		case !s.Proposal.At.Equal(proposedAt):
			return proposalChanged(s)
		}
		if err := c.stand(s, as, s.Version).mayWithdraw(); err != nil {
			return err
		}
		s.Proposal, s.Last.Withdrawn = Proposal{}, s.Proposal.At
		err = c.keepSession(&s, "", "session.withdraw")
		s = s.seenBy(c.me.ID, as)
		return err
	})
	return answered(s, err)
}

// endRequest frees the times that were proposed in place of an agreed one which has begun
// since: nobody can pick them any more.
func (c *change) endRequest(id SessionID) error {
	s, err := c.Session(id)
	if err != nil || s.State != SessionBooked || s.ahead(c.now) || !s.Proposal.Waits() {
		return err
	}
	s.Proposal = Proposal{}
	return c.keepSession(&s, "", "session.lapse")
}

// check finds the first thing that is wrong with it, by field.
func (v Venue) check() error {
	switch {
	case v.Mode != ModeOnline && v.Mode != ModeOnSite:
		return invalid("mode", "error.choice")
	case v.Mode == ModeOnSite && strings.TrimSpace(v.Place) == "":
		return invalid("place", "error.session_place")
	case v.URL != "" && !webAddress(v.URL):
		return invalid("url", "error.web_address")
	}
	if err := sessionText("place", v.Place, MaxEventPlace); err != nil {
		return err
	}
	return sessionText("url", v.URL, MaxEventURL)
}

// SetVenue says how and where the two meet at the agreed time, which stands: either of them
// may until it is over, past the cut-off too, since an address is often known late; so may
// the office, however often. Both are told, and their calendars. The same again changes
// nothing. An error's Field is "mode", "place" or "url".
func (o *Office) SetVenue(ctx context.Context, who Actor, id SessionID, version int, v Venue) (Session, error) {
	var s Session
	err := o.write(ctx, who, func(c *change) error {
		var as sessionSight
		var err error
		if s, as, err = c.sessionFor(id); err != nil {
			return err
		}
		if v == s.Venue {
			version = s.Version // the form came twice
		}
		if err := c.stand(s, as, version).mayMeetElsewhere(); err != nil {
			return err
		}
		if err := v.check(); err != nil {
			return err
		}
		if v != s.Venue {
			if err := c.mustBeAFewVenues(s, as); err != nil {
				return err
			}
			s.Venue = v
			s.Last.Where = true
			s.Seq++
			if err := c.keepSession(&s, "", actionVenue); err != nil {
				return err
			}
			err = c.tellBoth(s, s.Span.Until, NoticeSessionBooked, NoticeSessionCalendar)
		}
		s = s.seenBy(c.me.ID, as)
		return err
	})
	return answered(s, err)
}
