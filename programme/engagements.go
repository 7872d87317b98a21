package programme

import "time"

// EngagementID is a ULID of an engagement.
type EngagementID string

// Engagement is one firm's intensive follow-up (個別フォローアップ, programme.md 2-③b): an
// atsugi, the expert who sees them, and how many sessions there are to be. While it
// runs, the expert's "own atsugi" includes this one (design.md section 5).
type Engagement struct {
	ID       EngagementID
	Atsugi   PersonID
	Mentor   PersonID
	Survey   SurveyID // from whose results it was picked, "" for none
	Sessions int      // to be held, 2 or 3
	Made     time.Time
	By       PersonID
	Ended    time.Time // zero while it runs
	Version  int
}

// Runs says whether sessions are still to be held.
func (e Engagement) Runs() bool { return e.Ended.IsZero() }

// EngagementsTx keeps engagements.
type EngagementsTx interface {
	// CreateEngagement inserts; a second insert with the same op answers ErrRepeated,
	// and one for an atsugi and expert who have a running one ErrTaken.
	CreateEngagement(op string, e Engagement) error
	Engagement(EngagementID) (Engagement, error)
	Engagements() ([]Engagement, error) // running ones first, newest first
	SaveEngagement(Engagement) error    // compare and set on Version, else ErrStale
}

// EngagementView is an engagement with the people in it.
type EngagementView struct {
	Engagement
	AtsugiPerson Person
	MentorPerson Person
}

// EngagementForm is what the coordinator fills in to make an engagement.
type EngagementForm struct {
	Op       string // operation id of the form
	Atsugi   PersonID
	Mentor   PersonID
	Sessions int
	Survey   SurveyID // from whose results it was picked, "" for none
}
