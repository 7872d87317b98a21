package programme

import "time"

// AttendeeID is a PersonID or a GuestID: whoever may come to an event. Both are
// ULIDs and never meet.
type AttendeeID string

// GuestID is the ULID of somebody who comes to one event and is not in the roster.
type GuestID string

// Guest is somebody who comes to an event without being in the roster: entered by
// the office or from an application list (programme.md "Not everyone is on Slack").
type Guest struct {
	ID           GuestID
	Event        EventID
	Name         string
	Kana         string
	Organisation string
	Prefecture   string
	Email        string
	Phone        string
	Role         Role // what they would be in the roster; "" if nobody said
	Note         string
	Answer       Coming // Yes, Online, Waiting or No
	By           PersonID
	At           time.Time
	Version      int
}

// Arrival says that somebody was there.
type Arrival struct {
	Event    EventID
	Attendee AttendeeID
	By       PersonID // who ticked: the office, or the person by the code
	At       time.Time
}

// SpeakerStatus is how far a speaker's preparation is. The strings are stored.
type SpeakerStatus string

const (
	SpeakerAsked     SpeakerStatus = "asked"     // 依頼中
	SpeakerAgreed    SpeakerStatus = "agreed"    // 承諾
	SpeakerMaterials SpeakerStatus = "materials" // 資料受領
	SpeakerTravel    SpeakerStatus = "travel"    // 旅費・移動手配済み
	SpeakerDeclined  SpeakerStatus = "declined"  // 辞退
)

// SpeakerStatuses lists them in the order in which they are reached.
var SpeakerStatuses = []SpeakerStatus{SpeakerAsked, SpeakerAgreed, SpeakerMaterials, SpeakerTravel, SpeakerDeclined}

// Speaks says whether the person has agreed and not declined since.
func (s SpeakerStatus) Speaks() bool {
	return s == SpeakerAgreed || s == SpeakerMaterials || s == SpeakerTravel
}

// Speaker is a speaker or mentor at an event.
type Speaker struct {
	Event  EventID
	Person PersonID
	Topic  string
	Status SpeakerStatus
	By     PersonID // who set the status
	At     time.Time
}

// GuestsTx keeps who comes beside the roster, who was there, and who speaks.
type GuestsTx interface {
	Guest(GuestID) (Guest, error)
	GuestsOf(EventID) ([]Guest, error) // by kana, then name
	SaveGuest(Guest) error             // inserts (Version 0, ErrRepeated if the id exists) or updates if unchanged, else ErrStale
	ArrivalsOf(EventID) ([]Arrival, error)
	AllArrivals() ([]Arrival, error)
	SaveArrival(Arrival) (saved bool, err error) // false if there is one already
	DropArrival(EventID, AttendeeID) (dropped bool, err error)
	Speaker(EventID, PersonID) (Speaker, error)
	SpeakersOf(EventID) ([]Speaker, error)
	AllSpeakers() ([]Speaker, error)
	SaveSpeaker(Speaker) error // inserts or replaces
}
