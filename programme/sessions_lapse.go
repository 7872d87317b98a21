package programme

import (
	"errors"
	"slices"
	"time"
)

// waitsAt says whether one of the times can still be picked.
func (p Proposal) waitsAt(now time.Time) bool { return now.Before(p.Lapses()) }

// Lapses is when the last of the proposed times begins: from then on there is nothing left
// to pick. It is zero while nothing is proposed.
func (p Proposal) Lapses() time.Time {
	if !p.Waits() {
		return time.Time{}
	}
	return slices.MaxFunc(p.Spans, func(a, b Span) int { return a.From.Compare(b.From) }).From
}

// waitsAt says whether somebody is still to pick a time. A request to change the agreed
// time ends when that begins.
func (s Session) waitsAt(now time.Time) bool {
	return s.Proposal.waitsAt(now) && (s.State == SessionOpen || s.ahead(now))
}

// ahead says whether the agreed time is still to come.
func (s Session) ahead(now time.Time) bool {
	return s.State == SessionBooked && now.Before(s.Span.From)
}

// lapsed says whether times were proposed that all went by, and nothing is agreed on.
func (s Session) lapsed(now time.Time) bool {
	return s.State == SessionOpen && s.Proposal.Waits() && !s.Proposal.waitsAt(now)
}

// unmoved says whether the agreed time was to change, which came to nothing: the other
// times were declined, or went by.
func (s Session) unmoved(now time.Time) bool {
	return s.ahead(now) && s.Proposal.By != "" && !s.Proposal.waitsAt(now)
}

// Since is when somebody last named times for the session, or else when it was made.
func (s Session) Since() time.Time {
	if s.Proposal.At.IsZero() {
		return s.Made
	}
	return s.Proposal.At
}

// Waits says whether one of the proposed times can still be picked, by whomever.
func (v SessionView) Waits() bool { return v.waitsAt(v.Now) }

// Lapsed says whether times were proposed that all went by, and nothing is agreed on.
func (v SessionView) Lapsed() bool { return v.lapsed(v.Now) }

// Unmoved says whether the agreed time was to change, which came to nothing.
func (v SessionView) Unmoved() bool { return v.unmoved(v.Now) }

// replaceLapsed calls off what was arranged between the two and went by, in whose place s
// comes: else the office would go on looking for a time. Nobody is told, as s says more.
func (c *change) replaceLapsed(s Session) error {
	open, err := c.Sessions(SessionFilter{Atsugi: s.Atsugi, Kind: s.Kind, States: []SessionState{SessionOpen}})
	for _, x := range open {
		same := x.Mentor == s.Mentor && x.Engagement == s.Engagement && (x.Requested || x.Engagement != "")
		if !same || !x.lapsed(c.now) {
			continue
		}
		x.State, x.Proposal, x.Last = SessionCancelled, Proposal{}, SessionChange{Emptied: x.Last.Emptied}
		if err := c.keepSession(&x, "", "session.replace"); err != nil {
			return err
		}
	}
	return err
}

// showLapsed draws the messages again of sessions whose proposed times went by, and frees
// times proposed in place of an agreed one that is over: of those that are news among the
// planned notices.
func (c *change) showLapsed(planned []Notice) error {
	for _, n := range planned {
		if n.Kind == NoticeSessionAfter {
			if err := c.endRequest(SessionID(n.Subject)); err != nil {
				return err
			}
		}
		if n.Kind != NoticeSessionLapsed || n.To != ToChannel(ChannelOffice) {
			continue
		}
		_, err := c.DeliveryOf(n)
		if errors.Is(err, ErrNoRow) {
			err = c.redrawSession(SessionID(n.Subject))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// redrawSession draws all messages about a session again.
func (c *change) redrawSession(id SessionID) error {
	c.notices = true
	return c.RedrawKinds(sessionLetters, string(id), c.now)
}
