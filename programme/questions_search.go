package programme

import "time"

// Posted is something that was published to a person and may answer what they ask.
type Posted struct {
	Kind    PostedKind
	ID      string // of the event, announcement, FAQ entry or key date
	Event   Event
	Faq     FaqEntry
	KeyDate KeyDate
}

// PostedKind says what was published.
type PostedKind string

const (
	PostedEvent        PostedKind = "event"
	PostedFaq          PostedKind = "faq"
	PostedKeyDate      PostedKind = "key_date"
	PostedAnnouncement PostedKind = "announcement"
)

// Finding is something published, and how well it fits what was asked.
type Finding struct {
	Posted
	Score float64
}

// find looks in what was published to the person for what may answer the text, best first.
func (o *Office) find(tx Tx, me Person, text string, now time.Time) ([]Finding, error) {
	return nil, nil
}
