package programme

import "time"

// OverrideAction is what the coordinator decided about planned notices. The
// strings are stored.
type OverrideAction string

const (
	OverrideHold  OverrideAction = "hold"  // waits until it is released
	OverrideSkip  OverrideAction = "skip"  // does not go out
	OverrideEarly OverrideAction = "early" // goes out at At instead of when it would be due
)

// Override is a decision about one planned notice, to whomever it goes, or about
// all of an event's: then Kind and Occasion are "".
type Override struct {
	Subject  string // event, digest or key date
	Kind     NoticeKind
	Occasion string
	Action   OverrideAction
	By       PersonID
	At       time.Time
}

// Upcoming is a planned notice that is still to come, to everyone it goes to.
type Upcoming struct {
	Kind     NoticeKind
	Subject  string
	Occasion string
	Due      time.Time
	People   int            // how many would get it as things stand
	Action   OverrideAction // "" unless the coordinator decided otherwise
}

// OverridesTx keeps what the coordinator decided about planned notices.
type OverridesTx interface {
	Overrides() ([]Override, error)
	SetOverride(Override) error // inserts or replaces
	DropOverride(subject string, kind NoticeKind, occasion string) (dropped bool, err error)
}
