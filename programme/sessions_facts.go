package programme

import "time"

// BookedSession is a session at an agreed time, as reminders are planned from it.
type BookedSession struct {
	Session
	Told time.Time // when the two were last told of the time
}

// SessionOccasion is the occasion of a step of a session's reminders: the step's stable
// id and the start in UTC, so that a moved session has new ones. The occasions of one
// start all end in that of the step "", which is the start itself.
func SessionOccasion(step string, s Session) string {
	at := s.Span.From.UTC().Format(occasionForm)
	if step == "" {
		return at
	}
	return step + "@" + at
}

// sessionRecent is for how long after its end a session that nobody accounted for is a fact
// for reminders: longer than asking whether it took place is of use, so that after an
// outage the office sees what could not be asked.
const sessionRecent = 14 * 24 * time.Hour

// addSessions adds the sessions at an agreed time that are to come, or were over a short
// while ago and neither held nor not held as far as is known, and those of whose proposed
// times none was picked, as long.
func (f *Facts) addSessions(tx Tx, now time.Time) error {
	running, err := tx.Sessions(SessionFilter{States: []SessionState{SessionBooked, SessionOpen}})
	if err != nil {
		return err
	}
	for _, s := range running {
		if s.Proposal.Waits() && s.Proposal.Lapses().Add(sessionRecent).After(now) {
			f.Proposed = append(f.Proposed, s)
		}
		if s.State != SessionBooked || s.Span.Until.Add(sessionRecent).Before(now) {
			continue
		}
		news, err := tx.DeliveriesOf(Notice{Kind: NoticeSessionBooked, Subject: string(s.ID)})
		if err != nil {
			return err
		}
		b := BookedSession{Session: s, Told: s.Made}
		for _, d := range news {
			if d.Due.After(b.Told) {
				b.Told = d.Due
			}
		}
		f.Sessions = append(f.Sessions, b)
	}
	return nil
}
