package programme

import (
	"context"
	"errors"
	"reflect"
	"time"
	"unicode/utf8"
)

// EventID is the event's id in the configuration, or a ULID for one made in chat.
type EventID string

// EventKind says which activity of the programme an event belongs to. The
// strings are stored and used in the configuration.
type EventKind string

const (
	Seminar   EventKind = "seminar"    // 2-① awareness seminar
	Workshop  EventKind = "workshop"   // 2-② consecutive mini-workshops
	Report    EventKind = "report"     // 2-② report meeting 発表・講評
	StepUp    EventKind = "step_up"    // 2-③c step-up event
	Meeting   EventKind = "meeting"    // individual meeting
	OtherKind EventKind = "other_kind" // anything else
)

// EventKinds lists every kind that a configuration may name.
var EventKinds = []EventKind{Seminar, Workshop, Report, StepUp, Meeting, OtherKind}

// Event is something that people come to.
type Event struct {
	ID        EventID
	Kind      EventKind
	Title     string
	Start     time.Time
	End       time.Time
	Place     string
	URL       string // for those who come online; "" if nobody can
	Audience  Audience
	Capacity  int    // seats, 0 for no limit
	Bring     string // what to bring
	Approved  Date   // the bureau approved the details; nothing is announced before
	Cancelled time.Time
	// Touched is set once somebody changed the event in the program: from then on
	// the configuration no longer overwrites it (design.md section 8).
	Touched bool
	Version int
}

// Announced says whether participants may know of the event on that day.
func (e Event) Announced(today Date) bool { return e.Approved.Reached(today) }

// Open says whether an answer still makes sense at now.
func (e Event) Open(now time.Time) bool { return e.Cancelled.IsZero() && now.Before(e.End) }

// Held says whether the event took place before now.
func (e Event) Held(now time.Time) bool { return e.Cancelled.IsZero() && !now.Before(e.End) }

// Coming is what somebody answered to an invitation. The strings are stored.
type Coming string

const (
	Undecided Coming = ""       // no answer
	Yes       Coming = "yes"    // 参加
	Online    Coming = "online" // オンラインで参加
	No        Coming = "no"     // 欠席
	NotYet    Coming = "later"  // まだ分からない
)

// Comes says whether the answer means being there, in the room or online.
func (c Coming) Comes() bool { return c == Yes || c == Online }

// Attendance is one person's answer to one event; the latest stands.
type Attendance struct {
	Event  EventID
	Person PersonID
	Answer Coming
	Reason string
	By     PersonID // who entered it: the person, or the office on their behalf
	At     time.Time
}

// EventsTx keeps events and who comes.
type EventsTx interface {
	Event(EventID) (Event, error)
	Events() ([]Event, error) // by start
	SaveEvent(Event) error    // inserts (Version 0) or updates if unchanged, else ErrStale
	Attendance(EventID, PersonID) (Attendance, error)
	AttendanceOf(EventID) ([]Attendance, error)
	AllAttendance() ([]Attendance, error)
	// Attend saves the answer unless a later one (by At) is kept already; saved
	// says which.
	Attend(Attendance) (saved bool, err error)
}

// SyncEvents brings the configuration's events in: new ids are added, others
// updated unless somebody changed them since.
func (o *Office) SyncEvents(ctx context.Context, events []Event) error {
	return o.write(ctx, System, func(c *change) error {
		for _, e := range events {
			old, err := c.Event(e.ID)
			switch {
			case errors.Is(err, ErrNoRow):
			case err != nil:
				return err
			case old.Touched:
				continue
			default:
				e.Version, e.Cancelled = old.Version, old.Cancelled
			}
			if err := c.syncEvent(old, e); err != nil {
				return err
			}
		}
		return nil
	})
}

// syncEvent saves an event that is not as it was and draws its messages again.
func (c *change) syncEvent(old, e Event) error {
	if e.Version > 0 && sameEvent(old, e) {
		return nil
	}
	if err := c.SaveEvent(e); err != nil {
		return err
	}
	for _, kind := range []NoticeKind{NoticeEventAsk, NoticeEventReminder} {
		if err := c.redraw(Notice{Kind: kind, Subject: string(e.ID)}); err != nil {
			return err
		}
	}
	c.factsChanged()
	return c.audit("event.sync", string(e.ID))
}

// sameEvent compares what a configuration says; the same moment in another zone
// is the same.
func sameEvent(a, b Event) bool {
	a.Start, a.End, a.Cancelled = a.Start.UTC(), a.End.UTC(), a.Cancelled.UTC()
	b.Start, b.End, b.Cancelled = b.Start.UTC(), b.End.UTC(), b.Cancelled.UTC()
	return reflect.DeepEqual(a, b)
}

// maxReason is how many characters a reason may have; one line on a phone or two.
const maxReason = 300

// AnswerEvent keeps whether a person comes. Anyone of the event's audience may
// answer until it ends, and change it; of two answers the later press stands.
func (o *Office) AnswerEvent(ctx context.Context, who Actor, id EventID, answer Coming, reason string) (Event, Attendance, error) {
	var e Event
	var a Attendance
	err := o.write(ctx, who, func(c *change) error {
		var err error
		if e, err = c.Event(id); err != nil {
			return orMissing(err, "error.event_gone")
		}
		if err := c.mayAnswer(e, answer, reason); err != nil {
			return err
		}
		a = Attendance{Event: id, Person: c.me.ID, Answer: answer, Reason: reason, By: c.me.ID, At: c.when()}
		saved, err := c.Attend(a)
		if err != nil || !saved {
			return err
		}
		c.factsChanged()
		for _, kind := range []NoticeKind{NoticeEventAsk, NoticeEventReminder} {
			if err := c.redraw(Notice{Kind: kind, Subject: string(id), To: ToPerson(c.me.ID)}); err != nil {
				return err
			}
		}
		return c.audit("event.answer", string(id))
	})
	return e, a, err
}

func (c *change) mayAnswer(e Event, answer Coming, reason string) error {
	switch {
	case !e.Audience.Includes(c.me) || !e.Announced(c.office.Settings.Today(c.now)):
		return missing("error.event_gone")
	case !e.Cancelled.IsZero():
		return &Error{Code: CodeClosed, Key: "error.event_cancelled"}
	case !e.Open(c.now):
		return &Error{Code: CodeClosed, Key: "error.event_over"}
	case answer == Online && e.URL == "":
		return invalid("answer", "error.event_not_online")
	case answer != Yes && answer != No && answer != Online && answer != NotYet:
		return invalid("answer", "error.choice")
	case utf8.RuneCountInString(reason) > maxReason:
		return invalid("reason", "error.too_long", "Max", maxReason)
	}
	return nil
}
