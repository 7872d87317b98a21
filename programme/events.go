package programme

import "time"

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

// Host says who hosts an event. The strings are stored and used in the configuration.
type Host string

const (
	ByBureau Host = "bureau" // 主催: the bureau approves the details first (programme.md)
	ByOffice Host = "office" // the office's own: announced when it is entered
)

// Event is something that people come to.
type Event struct {
	ID        EventID
	Kind      EventKind
	Title     string
	Start     time.Time
	End       time.Time
	Place     string // "" if it is online only
	Map       string // address of a map of the place
	URL       string // for those who come online; "" if nobody can
	Audience  Audience
	Capacity  int       // seats in the room, 0 for no limit
	Deadline  time.Time // until when people register; zero: until the end
	Host      Host
	CoHosts   []string // organisations that host too: their staff see names and attendance
	Bring     string   // what to bring
	Materials string   // where the materials are, for those who came and those who could not
	Notes     string   // the office's own, shown to nobody else
	Survey    string   // definition of the questionnaire afterwards, "" for none

	Submitted    time.Time // the bureau was asked to approve
	Returned     string    // what the bureau wants changed, "" when it said nothing
	Approved     Date      // the bureau approved the details; nothing is announced before
	Cancelled    time.Time
	CancelReason string
	Code         string // 受付コード of the day, "" until it is needed
	// Seq counts the changes that calendars must know of: the SEQUENCE of RFC 5545.
	Seq int
	// Touched is set once somebody changed the event in the program: from then on
	// the configuration no longer overwrites it (design.md section 8).
	Touched bool
	Version int
}

// Announced says whether participants may know of the event on that day.
func (e Event) Announced(today Date) bool { return e.Approved.Reached(today) }

// Open says whether an answer still makes sense at now.
func (e Event) Open(now time.Time) bool { return e.Cancelled.IsZero() && now.Before(e.End) }

// Registers says whether people may still say that they come.
func (e Event) Registers(now time.Time) bool {
	return e.Open(now) && (e.Deadline.IsZero() || now.Before(e.Deadline))
}

// mustTakePlace refuses what makes no sense for an event that was called off.
func (e Event) mustTakePlace() error {
	if !e.Cancelled.IsZero() {
		return &Error{Code: CodeClosed, Key: "error.event_cancelled"}
	}
	return nil
}

// mustBeOpen refuses what makes no sense for an event that was called off or is over.
func (e Event) mustBeOpen(now time.Time) error {
	if err := e.mustTakePlace(); err != nil {
		return err
	}
	if !e.Open(now) {
		return &Error{Code: CodeClosed, Key: "error.event_over"}
	}
	return nil
}

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
	// Waiting is for a place in the room: who says yes when the room is full waits,
	// in the order of the answers.
	Waiting Coming = "waiting" // キャンセル待ち
)

// Comes says whether the answer means being there, in the room or online.
func (c Coming) Comes() bool { return c == Yes || c == Online }

// Expected says whether somebody comes or waits for a place: they get reminders,
// and are asked no more.
func (c Coming) Expected() bool { return c.Comes() || c == Waiting }

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
	// EventsIn lists what takes place in a span and was not called off, by start, and
	// AnswersIn what somebody answered to such events.
	EventsIn(Span) ([]Event, error)
	AnswersIn(PersonID, Span) ([]Attendance, error)
	// Attend saves the answer unless a later one (by At) is kept already; saved
	// says which.
	Attend(Attendance) (saved bool, err error)
	// AddEventChange keeps what an event says from its change Seq on.
	AddEventChange(EventChange) error
	EventChanges(EventID) ([]EventChange, error) // by Seq
	// SeatsTaken counts who comes to the room and takes part still, guests included.
	SeatsTaken(EventID) (int, error)
	// WaitingFor lists who waits for a place, by the moment of the answer.
	WaitingFor(EventID) ([]AttendeeID, error)
	// Told lists who was left a notice of a moved event, once for each notice.
	Told() ([]Told, error)
}
