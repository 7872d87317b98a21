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
	// Fields are what experts say that they can help with (offering: open).
	Fields []Text
	Group  GroupChat
}

// GroupChat says who gets a conversation of their own with the bot when a session is
// agreed on. The strings are used in the configuration.
type GroupChat string

const (
	GroupNone   GroupChat = "off"
	GroupTwo    GroupChat = "two"    // the two
	GroupOffice GroupChat = "office" // and the coordinators
)

// HoldFor is how long a time is kept for who has its form open.
const HoldFor = 5 * time.Minute

// OfferedFor is how far ahead published times can be chosen.
const OfferedFor = 28 * 24 * time.Hour

// SessionLengths are the lengths that can be chosen.
var SessionLengths = []time.Duration{30 * time.Minute, 45 * time.Minute, time.Hour, 90 * time.Minute}

// DefaultSessions are the settings without a section in the configuration.
func DefaultSessions() SessionSettings {
	return SessionSettings{
		Offering: OfferingOffice, Length: time.Hour, Buffer: 15 * time.Minute, CutOff: 24 * time.Hour,
		Moves: 3, PerWeek: 5, PerAtsugi: 3, Most: 15, Group: GroupNone,
		Fields: []Text{
			{Ja: "新規事業", En: "New business"}, {Ja: "ブランディング", En: "Branding"}, {Ja: "販路", En: "Sales channels"},
			{Ja: "経営", En: "Management"}, {Ja: "文化資源", En: "Cultural resources"},
		},
	}
}
