package programme

import "time"

// Offering says how sessions are agreed on. The strings are used in the configuration.
type Offering string

const (
	// OfferingOffice: the office assigns an expert, either side names times, the other
	// picks one.
	OfferingOffice Offering = "office"
	// OfferingOpen: experts publish times, atsugi choose.
	OfferingOpen Offering = "open"
)

// SessionSettings are what the configuration says of sessions.
type SessionSettings struct {
	Offering Offering
	Length   time.Duration // of a session unless said otherwise: 30, 45, 60 or 90 minutes
	Buffer   time.Duration // between two sessions of one expert, a multiple of Grid
	CutOff   time.Duration // until how long before the start either side may move or cancel
	Moves    int           // how often an agreed time may be moved without the office
	PerWeek  int           // sessions of one expert in a week, Monday to Sunday
	// PerAtsugi and Most are how many sessions one atsugi may have and how many there
	// may be in the programme; what was cancelled or not held does not count.
	PerAtsugi int
	Most      int
}

// SessionLengths are the lengths that can be chosen.
var SessionLengths = []time.Duration{30 * time.Minute, 45 * time.Minute, time.Hour, 90 * time.Minute}

// DefaultSessions are the settings without a section in the configuration.
func DefaultSessions() SessionSettings {
	return SessionSettings{
		Offering: OfferingOffice, Length: time.Hour, Buffer: 15 * time.Minute, CutOff: 24 * time.Hour,
		Moves: 3, PerWeek: 5, PerAtsugi: 3, Most: 15,
	}
}
