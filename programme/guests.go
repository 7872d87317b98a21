package programme

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

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
	// Arrived says whether the attendee was there, and whether anybody was.
	Arrived(EventID, AttendeeID) (here, anybody bool, err error)
	SaveArrival(Arrival) (saved bool, err error) // false if there is one already
	DropArrival(EventID, AttendeeID) (dropped bool, err error)
	Speaker(EventID, PersonID) (Speaker, error)
	SpeakersOf(EventID) ([]Speaker, error)
	AllSpeakers() ([]Speaker, error)
	SpeakingIn(PersonID, Span) ([]Speaker, error) // somebody's part in the events of EventsIn
	SaveSpeaker(Speaker) error                    // inserts or replaces
}

// AddGuest enters somebody who is not in the roster. Guest.ID is the operation id of
// the form: the same form adds one guest. Who says yes to a full room waits, like
// everyone. Somebody of the roster is refused: their answer is entered by AnswerFor.
func (o *Office) AddGuest(ctx context.Context, who Actor, g Guest) (Guest, error) {
	err := o.manage(ctx, who, func(c *change) error {
		e, err := c.notCancelled(g.Event)
		if err != nil {
			return err
		}
		if old, err := c.Guest(g.ID); !errors.Is(err, ErrNoRow) {
			g = old // the form came twice
			return err
		}
		if g, err = g.checked(e); err != nil {
			return err
		}
		if err := c.onlyOnce(g); err != nil {
			return err
		}
		g.Version = 0
		g, err = c.enterGuest(e, g, Undecided, c.full, "guest.add")
		return err
	})
	return g, err
}

// SetGuest changes what is known of a guest and whether they come. Of two people
// who change one guest at once, the second is told to look again.
func (o *Office) SetGuest(ctx context.Context, who Actor, g Guest) (Guest, error) {
	err := o.manage(ctx, who, func(c *change) error {
		old, err := c.Guest(g.ID)
		if err != nil {
			return orMissing(err, "error.guest_gone")
		}
		if old.Version != g.Version {
			return &Error{Code: CodeConflict, Key: "error.guest_changed"}
		}
		e, err := c.notCancelled(old.Event)
		if err != nil {
			return err
		}
		g.Event = old.Event
		if g, err = g.checked(e); err != nil {
			return err
		}
		if err := c.onlyOnce(g); err != nil {
			return err
		}
		g.At = old.At
		if g, err = c.enterGuest(e, g, old.Answer, c.full, "guest.change"); err != nil {
			return err
		}
		if old.Answer == Yes && g.Answer != Yes {
			return c.fillPlaces(e)
		}
		return nil
	})
	return g, err
}

// enterGuest saves a guest who answered old before: whoever newly wants a place in
// a full room waits, and whoever waits keeps the place in the line.
func (c *change) enterGuest(e Event, g Guest, old Coming, full func(Event) (bool, error), action string) (Guest, error) {
	g.By = c.me.ID
	if g.Answer == Waiting {
		g.Answer = Yes
	}
	if asked := old == Yes || old == Waiting; g.Answer != old && !(g.Answer == Yes && asked) {
		g.At = c.when() // of the answer: it is the place in the line
	}
	if g.Answer == Yes && old != Yes {
		waits, err := full(e)
		if err != nil {
			return g, err
		}
		if waits {
			g.Answer = Waiting
		}
	}
	if err := c.SaveGuest(g); err != nil {
		return g, err
	}
	g.Version++
	c.factsChanged()
	return g, c.audit(action, string(g.ID))
}

// checked is the guest in the stored spelling, or what is wrong with them.
func (g Guest) checked(e Event) (Guest, error) {
	for _, f := range []struct {
		field string
		text  *string
		most  int
	}{
		{"name", &g.Name, maxCell}, {"kana", &g.Kana, maxCell}, {"organisation", &g.Organisation, maxCell},
		{"email", &g.Email, maxCell}, {"phone", &g.Phone, maxCell}, {"note", &g.Note, maxNote},
	} {
		*f.text = strings.TrimSpace(*f.text)
		if utf8.RuneCountInString(*f.text) > f.most {
			return g, invalid(f.field, "error.too_long", "Max", f.most)
		}
	}
	g.Email, g.Phone = narrow(g.Email), narrow(g.Phone)
	prefecture, known := ParsePrefecture(g.Prefecture)
	switch {
	case g.Name == "":
		return g, invalid("name", "error.required")
	case g.Email != "" && !isAddress(g.Email):
		return g, invalid("email", "error.email")
	case g.Phone != "" && !isPhone(g.Phone):
		return g, invalid("phone", "error.phone")
	case g.Prefecture != "" && !known:
		return g, invalid("prefecture", "error.choice")
	case g.Role != "" && !slices.Contains(Roles, g.Role):
		return g, invalid("role", "error.choice")
	case g.Answer != Yes && g.Answer != Online && g.Answer != Waiting && g.Answer != No:
		return g, invalid("answer", "error.choice")
	case g.Answer == Online && e.URL == "":
		return g, invalid("answer", "error.event_not_online")
	}
	g.Prefecture = prefecture
	return g, nil
}

// onlyOnce refuses a guest who is on the list already, or in the roster.
func (c *change) onlyOnce(g Guest) error {
	if g.Email == "" {
		return nil // namesakes of one organisation are the office's to tell apart
	}
	people, err := c.PeopleByEmail(g.Email)
	if err != nil {
		return err
	}
	for _, p := range people {
		if p.Active() {
			return &Error{Code: CodeConflict, Field: "email", Key: "error.guest_in_roster", Args: pairs([]any{"Name", p.Name})}
		}
	}
	guests, err := c.GuestsOf(g.Event)
	if err != nil {
		return err
	}
	for _, other := range guests {
		if other.ID != g.ID && FoldEmail(other.Email) == FoldEmail(g.Email) {
			return &Error{Code: CodeConflict, Field: "email", Key: "error.guest_twice", Args: pairs([]any{"Name", other.Name})}
		}
	}
	return nil
}
