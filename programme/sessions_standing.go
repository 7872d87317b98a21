package programme

import "time"

// Unsettled is what a session waits for whose agreed time went by.
type Unsettled string

const (
	Settled       Unsettled = ""
	AwaitsWords   Unsettled = "unsaid"   // somebody has not said what came of it
	AwaitsVerdict Unsettled = "disputed" // the two said different things
)

// Unsettled says what the session waits for, Settled if for nothing or if its time is still
// to come.
func (s Session) Unsettled(now time.Time) Unsettled {
	switch {
	case s.State != SessionBooked || !s.over(now):
		return Settled
	case s.Disputed():
		return AwaitsVerdict
	}
	return AwaitsWords
}

// Asked is the time for which a request asked that nobody agreed to: it waits, was declined
// or taken back. It is zero for any other session.
func (s Session) Asked() Span {
	switch {
	case s.RequestDeclined(), s.RequestWithdrawn():
		return s.Last.Was
	case s.onlyRequested() && s.Proposal.Waits():
		return s.Proposal.Spans[0]
	}
	return Span{}
}
