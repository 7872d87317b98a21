package programme

import "time"

// Offer is what an expert offers to atsugi who choose for themselves (offering: open).
type Offer struct {
	Mentor    PersonID
	Help      string   // what they can help with, in their words
	Fields    []string // of SessionSettings.Fields, by their Japanese name
	Languages string   // in their words
	Online    bool
	URL       string // of their room, for those who agreed on a time
	OnSite    bool
	Place     string
	Length    time.Duration // one of SessionLengths
	Buffer    time.Duration // after each, a multiple of Grid
	Notice    time.Duration // how long before its start a time can still be asked for
	PerWeek   int           // most in a week, Monday to Sunday of the programme's zone
	Everyone  bool          // open to every atsugi, else to their own
	Accepts   bool          // a request is agreed to at once, without asking them
	Hours     Hours
	Version   int `json:"-"` // 0: never saved
}

// Hours are the times that an expert publishes.
type Hours struct {
	Zone   string // of the tz database: in which Weekly and Off are read
	Weekly []WeeklyTime
	Single []Span // besides, on public holidays, too
	Off    []DaySpan
	// Holidays says that weekly times hold on public holidays, too.
	Holidays bool
}

// WeeklyTime is a stretch of every week. From and Until are minutes after midnight; past
// midnight Until goes on counting: 22:00 to 1:00 is 1320 to 1500.
type WeeklyTime struct {
	Day         time.Weekday
	From, Until int
}

// DaySpan is a stretch of days, both included.
type DaySpan struct{ First, Last Date }

// Wait is an atsugi who wants to be told when an expert has time.
type Wait struct {
	Mentor PersonID
	Atsugi PersonID
	Since  time.Time
	Told   time.Time // zero while they were not
}

// BusyReading says how an expert's own calendar was last read.
type BusyReading struct {
	Person PersonID
	Read   time.Time // when it was last read well, zero if never
	Failed time.Time // when reading it failed since, zero if it did not
	Fault  string    // why, a BusyFault
}

// OffersTx keeps what experts offer, who waits for them, and when they are busy elsewhere.
type OffersTx interface {
	Offer(PersonID) (Offer, error) // ErrNoRow if they never made one
	Offers() ([]Offer, error)      // by mentor
	SaveOffer(Offer) error         // compare and set on Version, 0 for a first one, else ErrStale

	// SaveWait puts somebody at the end of those who wait, or keeps when they were told.
	SaveWait(Wait) error
	RemoveWait(mentor, atsugi PersonID) error
	Waits() ([]Wait, error) // by Since

	// SetBusy puts what a calendar says in place of what it said before.
	SetBusy(p PersonID, spans []Span) error
	Busy(p PersonID, in Span) ([]Span, error) // what touches the span, by start
	SaveBusyReading(BusyReading) error
	BusyReadings() ([]BusyReading, error)
	RemoveBusy(PersonID) error // what their calendar said, and how it was read
}
