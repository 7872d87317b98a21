package papers

import (
	"fmt"
	"net/mail"
	"net/url"
	"strings"

	ics "github.com/arran4/golang-ical"

	"tsugite/programme"
)

// Meeting is what makes an entry a meeting that the receiver of the file agreed to
// (METHOD:REQUEST of RFC 5546, CANCEL when it is called off), organised by the office,
// through which its time changes: calendars show it as somebody else's, which it is.
//
// The receiver is its one ATTENDEE, because Outlook takes a request in which it does
// not find the reader as one for others, and because nobody's mail address is handed
// to anybody else. They have accepted and no answer is asked for (RSVP=FALSE).
type Meeting struct {
	Organiser string // the programme's name
	Attendee  string // the receiver's name
	// Mail is the receiver's; without one, or with one that is none, an address that
	// cannot exist stands for it.
	Mail string
	// ID is the receiver's, for that.
	ID programme.PersonID
}

// SessionEntryID is the UID of a session's entry, the same through every move and in
// both people's files.
func SessionEntryID(s programme.SessionID) string {
	return fmt.Sprintf("session-%s@tsugite.invalid", url.PathEscape(string(s)))
}

// organiserMail takes no answers: nothing can be sent to the domain (RFC 2606).
const organiserMail = "office@tsugite.invalid"

// enter names organiser and attendee.
func (m Meeting) enter(v *ics.VEvent) {
	v.SetOrganizer(organiserMail, ics.WithCN(commonName(m.Organiser)))
	address := m.Mail
	if !mailable(address) {
		address = url.PathEscape(string(m.ID)) + "@people.tsugite.invalid"
	}
	v.AddAttendee(address, ics.CalendarUserTypeIndividual, ics.ParticipationRoleReqParticipant,
		ics.ParticipationStatusAccepted, ics.WithRSVP(false), ics.WithCN(commonName(m.Attendee)))
}

// mailable says whether s is a bare mail address that can stand in a file as it is.
func mailable(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && strings.IndexFunc(s, func(r rune) bool {
		return r <= ' ' || r >= 0x7f || strings.ContainsRune(`",:;<>\%?&`, r)
	}) < 0
}

// commonName is a name without the signs that end or quote a parameter, for which
// calendars know no escape in common.
func commonName(s string) string {
	return line(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`",:;\'`, r) {
			return ' '
		}
		return r
	}, s), 60)
}
