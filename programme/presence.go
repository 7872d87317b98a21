package programme

import "time"

// Presence is what is known of one person at one event: what they said, and
// whether they were there. The plan of notices and the look at the facts before
// one is sent both decide by it, so that they never disagree.
type Presence struct {
	Attendance Attendance
	Speaks     bool
	Arrived    bool
	// CheckedIn says that somebody was checked in at the event, so that who was
	// not stayed away. Without it, who said they come counts as there.
	CheckedIn bool
	// Told is when the event last moved, for somebody who is told so: what was due
	// before would repeat it.
	Told time.Time
}

// WasThere says whether the person was at the event, as far as anybody knows.
func (p Presence) WasThere() bool {
	if p.CheckedIn {
		return p.Arrived
	}
	return p.Attendance.Answer.Comes() || p.Speaks && p.Attendance.Answer != No
}

// Missed says whether somebody who meant to come could not: they said so on the
// day before the start or later, or they were not seen although others were.
func (p Presence) Missed(e Event, zone *time.Location) bool {
	switch a := p.Attendance; {
	case p.Arrived:
		return false
	case a.Answer == No:
		return !a.At.Before(DateOf(e.Start, zone).Add(0, -1).At(0, 0, zone))
	default:
		return p.CheckedIn && a.Answer.Comes()
	}
}

// presence finds what is known of one person, "" for nobody, at one event.
func presence(tx Tx, e Event, p PersonID, a Attendance, s Speaker) (Presence, error) {
	here, anybody, err := tx.Arrived(e.ID, AttendeeID(p))
	return Presence{Attendance: a, Speaks: s.Status.Speaks(), Arrived: here, CheckedIn: anybody}, err
}
