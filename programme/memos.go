package programme

import "time"

// MemoID is a ULID.
type MemoID string

// MemoKind says what the memo is of. The strings are stored.
type MemoKind string

const (
	OfSession MemoKind = "session" // 個別相談（壁打ち）, 2-③b
	OfEvent   MemoKind = "event"
	OfHearing MemoKind = "hearing"
	OfCall    MemoKind = "call"
)

// MemoKinds lists every kind in the order the form shows them.
var MemoKinds = []MemoKind{OfSession, OfEvent, OfHearing, OfCall}

// Part is one part of a memo, kept verbatim.
type Part struct {
	Key     string
	Text    string
	Readers []Reader
}

// Memo is the record of a follow-up or an event: draft → written → reviewed by the office
// → shared with the bureau. Held, Place, Present and Parts are of the latest version, or of
// the one asked for (MemoAsOf).
type Memo struct {
	ID      MemoID
	Seq     int64 // in the order they were written, from 1; the store gives it
	Kind    MemoKind
	Atsugi  PersonID  // whom it is about, "" for an event
	Event   EventID   // of OfEvent
	Writer  PersonID  // "" if it was entered from the command line
	Session SessionID // whose memo it is, "" if it was not booked here
	Held    Date
	Place   string
	Present string // who was there, in the writer's words
	Parts   []Part
	Written time.Time
	Version int // the latest, from 1

	Reviewed      time.Time // the latest version by the office, zero until then
	ReviewedBy    PersonID
	Shared        time.Time // with the bureau for the first time, zero until then
	SharedVersion int       // which the bureau reads, 0 while it reads none
	Withdrawn     time.Time // taken back by the office: nobody else reads it
	Revision      int       // of the row: SaveMemo compares it
}

// MemoVersion is how one version of a memo came about.
type MemoVersion struct {
	Version int
	At      time.Time
	By      PersonID
	Reason  string // of a correction, "" of the first
}

// MemoForm is what the form brought.
type MemoForm struct {
	Op     string // the form's operation id: the same form never writes twice
	Kind   MemoKind
	Atsugi PersonID // "" for an event
	Event  EventID  // of OfEvent
	// Session is the one that it is of; "" finds it by the day, if there is one.
	Session SessionID
	Held    Date
	Place   string
	Present string
	Parts   map[string]string // by part key
	// Readers is for whom the writer meant the parts, by part key; what is not in it is as
	// configured, or as it was in the version that is corrected.
	Readers map[string][]Reader
	// DraftVersion is of the kept draft that the form went on from, 0 for none: what another
	// device wrote into it since stays a draft.
	DraftVersion int
	// Screen is the opened form in which it was typed, "" if there is none: what it kept
	// itself is no other device's.
	Screen string
	// Corrects is the version that the form puts right, 0 if its writer saw none: of a new
	// memo, or of one that somebody else wrote of the same session meanwhile.
	Corrects int
	// Over is a newer version that the writer was shown and decided to replace, 0 for none.
	// A draft does not keep it.
	Over int
}

// MemoView is a memo as one reader may see it: Memo.Parts holds only theirs.
type MemoView struct {
	Memo   Memo
	Atsugi Person
	Writer Person
	Event  Event
	As     []Reader // as whom they read it
	Photos int      // of ReadMemo: how many they see with it
}

// Reading is one look at a memo by somebody.
type Reading struct {
	Memo    MemoID
	Version int
	Person  PersonID
	At      time.Time
}

// MemosTx keeps memos.
type MemosTx interface {
	// CreateMemo inserts version 1; a second insert with the same op answers ErrRepeated.
	CreateMemo(op string, m Memo) error
	// AddMemoVersion keeps m as another version of the memo, m.Version, and makes it the
	// latest; ErrRepeated for an op that wrote before, ErrStale if m.Revision is not the
	// stored one. The row's other fields are saved, too.
	AddMemoVersion(op string, m Memo, v MemoVersion) error
	// SaveMemo updates what is not of a version (reviewed, shared, withdrawn) if the
	// stored revision is still m.Revision, else ErrStale.
	SaveMemo(m Memo) error
	Memo(MemoID) (Memo, error)
	// MemoAsOf is the memo as that version of it says.
	MemoAsOf(id MemoID, version int) (Memo, error)
	MemoVersions(MemoID) ([]MemoVersion, error)
	// MemoByOp is the memo that this form wrote, as it wrote it.
	MemoByOp(op string) (Memo, error)
	// Memos lists newest first, with parts.
	Memos(f MemoFilter) ([]Memo, error)
	CountMemos(f MemoFilter) (int, error)
	// SessionsWithMemo are the sessions whose memo is written and stands.
	SessionsWithMemo() (map[SessionID]bool, error)
	RecordReading(Reading) error
	Readings(MemoID) ([]Reading, error)
}

// MemoFilter narrows Memos; zero fields do not. Those that were taken back are left out
// unless asked for.
type MemoFilter struct {
	Atsugi     PersonID
	NotAbout   PersonID // leaves out those about this person
	Event      EventID
	Session    SessionID
	Mentor     PersonID // about atsugi assigned to this expert, on the roster or by an engagement
	Writer     PersonID
	Kind       MemoKind
	NoSession  bool // of no session that is kept here
	OnlyShared bool
	Unshared   bool // reviewed or not
	Unreviewed bool
	Reviewed   bool   // the latest version is
	OpenTo     string // opened by their atsugi to this organisation
	Withdrawn  bool   // those that were taken back, too
	Oldest     bool   // first, instead of the newest
	Limit      int
}
