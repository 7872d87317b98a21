package programme

import "time"

// SessionID is a ULID of a session.
type SessionID string

// Span is a stretch of time, its end not included.
type Span struct {
	From  time.Time
	Until time.Time
}

// Overlaps says whether two spans share a moment. Spans that touch do not.
func (s Span) Overlaps(o Span) bool { return s.From.Before(o.Until) && o.From.Before(s.Until) }

// Minutes is the length of the span.
func (s Span) Minutes() int { return int(s.Until.Sub(s.From) / time.Minute) }

// SessionState is where a session stands. The strings are stored.
type SessionState string

const (
	SessionOpen      SessionState = "open"      // no time is agreed: a proposal waits, or the office is to help
	SessionBooked    SessionState = "booked"    // both agreed on a time
	SessionHeld      SessionState = "held"      // it took place
	SessionNotHeld   SessionState = "not_held"  // its time went by without it
	SessionCancelled SessionState = "cancelled" // called off, or never agreed
)

// SessionKind says what a session counts for (programme.md 2-② and 2-③b are counted
// apart). The strings are stored.
type SessionKind string

const (
	FollowUp SessionKind = "follow_up" // 2-③b, of an engagement
	Between  SessionKind = "between"   // 2-②, between the workshops
)

// SessionMode is how the two meet. The strings are stored.
type SessionMode string

const (
	ModeOnline SessionMode = "online"
	ModeOnSite SessionMode = "on_site"
)

// Venue is how and where the two of a session meet.
type Venue struct {
	Mode  SessionMode
	Place string // on site
	URL   string // online
}

// Proposal is times of which the other side picks one. They are kept free for both
// until it is answered or withdrawn, so a pick never comes too late.
type Proposal struct {
	By     PersonID // who proposes; the office may for either
	For    PersonID // who is to pick
	Spans  []Span   // by start, 1 to 3; none while nothing is proposed
	Reason string   // why the agreed time is to change, "" for the first proposal
	At     time.Time
	// Venue is how they would meet then. That of the session is how they meet at the
	// agreed time, as long as it stands.
	Venue
}

// Waits says whether somebody is to pick.
func (p Proposal) Waits() bool { return len(p.Spans) > 0 }

// SessionChange is what last became of what was agreed on, as people are told of it. Times
// that are proposed leave it as it is.
type SessionChange struct {
	// Was is the agreed time that the present one took the place of, or that was given up;
	// zero if there was none. Of a request that was declined or taken back it is the time
	// that was asked for.
	Was    Span
	Reason string // why they meet at another time
	Where  bool   // the agreed time stands, and how or where they meet is what changed
	// Reopened says that Was went by, and somebody's word that they meet at another time
	// emptied it. Unless other times wait, the office can still say otherwise, also once
	// some were named and declined, or went by.
	Reopened bool
	// Withdrawn is when those times were proposed in place of the agreed one that were
	// last taken back; zero if none were.
	Withdrawn time.Time
	// Emptied stays, as evidence, whatever changes after it.
	Emptied EmptiedTime
}

// EmptiedTime is an agreed time that went by and of which it was said that the two meet at
// another one, with what either of them said of it; zero if there was none.
type EmptiedTime struct {
	Span                   Span
	AtsugiSays, MentorSays Word
}

// Word is what somebody says of a session whose time went by. The strings are stored.
type Word string

const (
	Unsaid      Word = ""
	SaysHeld    Word = "held"
	SaysNotHeld Word = "not_held"
	SaysMoved   Word = "moved" // it takes place at another time
)

// Words lists what can be said.
var Words = []Word{SaysHeld, SaysNotHeld, SaysMoved}

// Session is one sounding-board session (個別相談・壁打ち) of an atsugi and an expert. Who,
// whom, when, how long and what kind is evidence for the accounts (programme.md 2-③b).
type Session struct {
	ID         SessionID
	Kind       SessionKind
	Engagement EngagementID // of a FollowUp, else ""
	Atsugi     PersonID
	Mentor     PersonID
	State      SessionState
	Span       Span // agreed on; zero while SessionOpen
	Venue
	Topic   string // what the atsugi wants to talk about
	Stage   IdeaStage
	Bring   string // what they bring
	Avoid   string // what they would rather not be asked about
	Contest bool   // for アトツギ甲子園
	// Requested says that the atsugi chose a time that the expert had published
	// (offering: open).
	Requested bool
	Proposal  Proposal
	Last      SessionChange
	// Moves counts how often an agreed time was given up for another.
	Moves  int
	Reason string // why it was cancelled or the times declined; the other side sees it

	// What each side says afterwards; the office's word stands before theirs.
	AtsugiSays, MentorSays, OfficeSays Word
	// Next is what the atsugi does next; ToOffice is for the office alone.
	Next, ToOffice string
	Papers         FeePapers

	Made time.Time
	By   PersonID
	// Seq counts the changes that calendars must know of: the SEQUENCE of RFC 5545.
	Seq     int
	Version int
}

// Of says whether the person is one of the two.
func (s Session) Of(p PersonID) bool { return p != "" && (p == s.Atsugi || p == s.Mentor) }

// Other is the other one of the two.
func (s Session) Other(p PersonID) PersonID {
	if p == s.Atsugi {
		return s.Mentor
	}
	return s.Atsugi
}

// Running says whether the session is still to take place or to be agreed on.
func (s Session) Running() bool { return s.State == SessionOpen || s.State == SessionBooked }

// SessionsTx keeps sessions, and the time that they take of people.
type SessionsTx interface {
	// CreateSession inserts; a second insert with the same op answers ErrRepeated.
	CreateSession(op string, s Session) error
	Session(SessionID) (Session, error)
	SessionByOp(op string) (Session, error)
	// Sessions lists those of a filter: booked ones by start, then the others, newest
	// first.
	Sessions(SessionFilter) ([]Session, error)
	CountSessions(SessionFilter) (int, error)
	SaveSession(Session) error // compare and set on Version, else ErrStale

	// Occupy takes time of people for a holder, in place of all that the holder had;
	// none frees it. ErrTaken says that somebody else has some of it, and then
	// nothing is changed. Spans begin and end on multiples of five minutes (Grid).
	Occupy(holder SessionID, times []Occupied) error
	// Hold takes time for a form that is open ("form <person> <op>"), until a moment
	// (UTC), from which on it counts as free: see ExpireHolds.
	Hold(holder string, times []Occupied, until time.Time) error
	// ExpireHolds frees what forms held whose time is up. Whoever takes time calls it first.
	ExpireHolds(now time.Time) error
	// ReleaseHold frees what one form holds, and nothing of a session's.
	ReleaseHold(holder string) error
	// Occupied lists what is taken of a person's time in a span, by start.
	Occupied(p PersonID, in Span) ([]Occupied, error)
}

// IdeaStage is how far an idea has come. The strings are stored.
type IdeaStage string

const (
	StageUnsaid  IdeaStage = ""
	StageThought IdeaStage = "thought" // thought of
	StageLooking IdeaStage = "looking" // looked into
	StageTrying  IdeaStage = "trying"  // tried out
	StageDoing   IdeaStage = "doing"   // under way
)

// IdeaStages lists the stages that can be chosen.
var IdeaStages = []IdeaStage{StageThought, StageLooking, StageTrying, StageDoing}

// FeePapers are the papers that the accounts need for a fee, by status alone: neither the
// papers nor numbers of accounts are kept here (programme.md 2-③b).
type FeePapers struct {
	Appointment PaperStatus // the expert's acceptance of the appointment
	Travel      PaperStatus // the travel plan
	Receipts    PaperStatus
}

// PaperStatus is where a paper stands. The strings are stored.
type PaperStatus string

const (
	PaperUnsaid    PaperStatus = ""
	PaperNotNeeded PaperStatus = "not_needed"
	PaperAwaited   PaperStatus = "awaited"
	PaperReceived  PaperStatus = "received"
)

// PaperStatuses lists what the office can choose.
var PaperStatuses = []PaperStatus{PaperNotNeeded, PaperAwaited, PaperReceived}

// Grid is what sessions begin and end on. Times are kept free by it: two sessions of one
// person cannot share a cell, which the database itself refuses.
const Grid = 5 * time.Minute

// Occupied is time of one person that a session takes. A mentor's goes on over their
// buffer.
type Occupied struct {
	Holder string // a session's id, or "form <person> <op>" of an open form
	Person PersonID
	Span   Span
	Until  time.Time // of an open form: it is free from then on; zero for a session
}

// SessionFilter chooses sessions; zero fields choose all.
type SessionFilter struct {
	Person     PersonID // as atsugi or mentor
	Atsugi     PersonID
	Mentor     PersonID
	Kind       SessionKind
	Engagement EngagementID
	States     []SessionState
	// Since leaves out those of which neither the agreed time nor a proposed one begins
	// then or later.
	Since time.Time
	// WithoutLapsedAt leaves out those that are not agreed on whose proposed times had all begun
	// by then.
	WithoutLapsedAt time.Time
	// MadeAfter leaves out those that were made at that moment or before.
	MadeAfter time.Time
}
