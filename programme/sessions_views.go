package programme

import "time"

// SessionView is a session as one reader sees it. What is not theirs is blank: ToOffice is
// for the office; Topic, Bring, Next and reasons for the two and the office.
type SessionView struct {
	Session
	AtsugiPerson Person
	MentorPerson Person
	Now          time.Time
	Office       bool // the reader is the coordinator, and none of the two

	MayPropose bool // name times, or others
	// Published says that the times which the reader names are of those that the expert
	// published: see Office.TimesInstead.
	Published bool
	MayPick   bool // pick one of the proposed times, or decline them
	MayMove   bool // propose other times in place of the agreed one
	// MayWithdraw is taking such a request back: the agreed time stands.
	MayWithdraw bool
	MayCancel   bool
	MayVenue    bool // say how and where they meet at the agreed time
	MaySay      bool // whether it took place
	MayReopen   bool // say, too, that it takes place at another time
	// OfficeOnly says that it is too late for the two, MovesUsed that they moved it as
	// often as they may: the office can still move or cancel it. They can still cancel
	// by themselves what was only moved too often.
	OfficeOnly bool
	MovesUsed  bool
	Memo       bool // the expert wrote its memo
	Ended      bool // its engagement ended
	// Paid says, to office and bureau, that the expert is paid for it once it is held: its
	// Papers are theirs to see, and the office's to record.
	Paid      bool
	MayPapers bool
	// MayKind is to say anew what it counts for, and Engaged that the two have a running
	// engagement for which it can.
	MayKind bool
	Engaged bool
}

// Disputed says whether the two said different things, and the office has not decided.
func (s Session) Disputed() bool {
	return s.OfficeSays == Unsaid && s.AtsugiSays != Unsaid && s.MentorSays != Unsaid && s.AtsugiSays != s.MentorSays
}

// SessionForm is what is filled in to propose times, or to book one.
type SessionForm struct {
	Op      string    // operation id of the form
	Session SessionID // "" for a new one
	Version int       // of the session as it was seen, 0 for a new one

	// Of a new one: the engagement, or without one (a session between workshops, for the
	// office alone) the two people.
	Engagement EngagementID
	Atsugi     PersonID
	Mentor     PersonID

	// For is on whose behalf the coordinator proposes; "" for oneself.
	For   PersonID
	Spans []Span // 1 to 3; exactly one to book
	Venue
	Topic    string
	Bring    string
	Avoid    string // the atsugi's alone to say: what they would rather not be asked about
	Contest  bool
	Reason   string // why an agreed time is to change
	Override bool   // the office goes beyond a quota
	// Over is why the office brings the two together without an engagement although the
	// atsugi would rather not be seen by the expert or theirs, or their own bank or chamber
	// is; for the office alone.
	Over string
}

// WordForm is what somebody says after a session.
type WordForm struct {
	Word     Word
	Next     string // the atsugi's: what I do next
	ToOffice string // the atsugi's, for the office alone
	// Lines says that the atsugi saw their lines in the form: one that they emptied is
	// taken back. Without it a blank one leaves what was written.
	Lines bool
}

// Board is how the sessions of the programme stand, for the office and the bureau.
type Board struct {
	Now         time.Time
	Office      bool // the reader is the coordinator, who acts on it
	Counts      SessionTallies
	Most        int // how many follow-ups (2-③b) there may be in the programme
	Engagements []EngagementLine
	Between     []BetweenLine
	Mentors     []MentorLoad
	Waiting     []SessionView // proposals that nobody picked from, oldest first
	Stuck       []SessionView // no time is left to pick, or a change of the agreed one came to nothing: the office is to help
	Unsaid      []SessionView // over, and not both have said whether they took place
	Disputed    []SessionView
	Clashes     []Clash       // agreed times at which one of the two is counted on at an event, for the office alone
	NoMemo      []SessionView // held, and the memo is not written
	NoPapers    []SessionView // held, a fee is due, and some paper of it is still to come
}

// EngagementLine is an engagement with its sessions.
type EngagementLine struct {
	EngagementView
	SessionTally
}

// BetweenLine is a firm with its sessions with one expert that are of no engagement (2-②).
type BetweenLine struct {
	AtsugiPerson Person
	MentorPerson Person
	SessionTally
}

// done is 1 if no session is to come or to be agreed on, else 0.
func (l BetweenLine) done() int {
	if l.Booked+l.Open > 0 {
		return 0
	}
	return 1
}

// MentorLoad is what one expert has.
type MentorLoad struct {
	Person Person
	SessionTallies
	ThisWeek int // booked or held, of both kinds, Monday to Sunday
}

// SessionRecord is one session as evidence for the accounts (programme.md 2-③b).
type SessionRecord struct {
	Session
	AtsugiPerson Person
	MentorPerson Person
	// Payable says that a fee is due: an expert advised a firm, and it took place
	// (programme.md "What happens").
	Payable bool
	Memo    bool // the expert wrote its memo
	// Unsettled is what it waits for as the records are drawn up.
	Unsettled Unsettled
}
