package programme

import "time"

// nudgeBefore is how long before a request lapses its expert is reminded of it at the
// latest: a day, so that they can still look at their diary, and the atsugi at another time.
const nudgeBefore = 24 * time.Hour

// asks says whether an expert is still to answer a request that nobody agreed to yet. The
// time that is asked for may have gone by.
func (s Session) asks() bool {
	return s.onlyRequested() && s.Proposal.Waits() && s.Proposal.For == s.Mentor
}

// Asks says whether the session is a request that waits for its expert's answer.
func (v SessionView) Asks() bool { return v.asks() && v.Waits() }

// RequestLapsed says whether the session is a request whose time went by without an answer.
func (v SessionView) RequestLapsed() bool { return v.asks() && v.Lapsed() }

// NudgeAt is when the expert is reminded of a request that they have not answered: a day
// before it lapses, or half the way there, if that is later. It is zero if there is nothing
// to answer. Quiet hours are for who plans it.
func (s Session) NudgeAt() time.Time {
	if !s.asks() {
		return time.Time{}
	}
	lapses := s.Proposal.Lapses()
	return lapses.Add(-min(nudgeBefore, lapses.Sub(s.Proposal.At)/2))
}
