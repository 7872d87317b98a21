package programme

import "time"

// limitedFor is how long a press counts among those that are limited.
const limitedFor = 24 * time.Hour

// The most that an atsugi asks for in limitedFor, whatever became of it: every request is a
// message to the expert, and up to four if it is agreed to at once and called off. Three are
// enough for who chose a wrong time twice; ten for who asks one expert after the other.
const (
	mostRequestsToExpert = 3
	mostRequests         = 10
)

// mostVenues is how often in limitedFor one of the two can say anew how and where they meet
// for one session, before only the office does: each time is a message and a calendar entry
// to both, and an address is seldom wrong more than once or twice. What the other one said
// does not count, so that nobody uses up what both have.
const mostVenues = 3

// mostProposals is how often in limitedFor one of the two names times to the other, for one
// session and as new sessions of the two, before only the office does: each is a message,
// and keeps time of both free.
const mostProposals = 5

// actionPropose is what the trail calls that somebody named times.
const actionPropose = "session.propose"

// actionVenue is what the trail calls that somebody said how and where they meet.
const actionVenue = "session.venue"

// mustBeAFewRequests refuses another request to an expert of who asked often just now.
func (c *change) mustBeAFewRequests(r asking) error {
	sessions, err := c.Sessions(SessionFilter{Atsugi: r.s.Atsugi, MadeAfter: c.now.Add(-limitedFor)})
	all, same := 0, 0
	for _, s := range sessions {
		if !s.Requested {
			continue
		}
		if all++; s.Mentor == r.s.Mentor {
			same++
		}
	}
	switch {
	case err != nil:
		return err
	case same >= mostRequestsToExpert:
		return tooOften("error.request_often_expert", mostRequestsToExpert)
	case all >= mostRequests:
		return tooOften("error.request_often", mostRequests)
	}
	return nil
}

// mustBeAFewVenues refuses to tell the two anew how and where they meet to who did so often
// just now. The office may.
func (c *change) mustBeAFewVenues(s Session, as sessionSight) error {
	if as.office {
		return nil
	}
	n, err := c.CountAudited(c.me.ID, actionVenue, string(s.ID), c.now.Add(-limitedFor))
	if err == nil && n >= mostVenues {
		err = tooOften("error.session_venue_often", mostVenues)
	}
	return err
}

// mustBeAFewProposals refuses more times of who named some to the other one so often just now.
// The office may.
func (c *change) mustBeAFewProposals(s Session, as sessionSight) error {
	if as.office {
		return nil
	}
	n, err := c.CountAudited(c.me.ID, actionPropose, string(s.ID), c.now.Add(-limitedFor))
	if err != nil {
		return err
	}
	if s.Version == 0 {
		begun, err := c.Sessions(SessionFilter{Atsugi: s.Atsugi, MadeAfter: c.now.Add(-limitedFor)})
		if err != nil {
			return err
		}
		for _, b := range begun {
			if b.Mentor == s.Mentor && b.By == c.me.ID && !b.Requested {
				n++
			}
		}
	}
	if n >= mostProposals {
		return tooOften("error.session_propose_often", mostProposals)
	}
	return nil
}

func tooOften(key string, most int) *Error {
	return &Error{Code: CodeConflict, Key: key, Args: pairs([]any{"Most", most})}
}
