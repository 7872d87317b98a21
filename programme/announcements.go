package programme

import (
	"slices"
	"time"
)

// AnnouncementID is a ULID of an announcement.
type AnnouncementID string

// The notices of announcements. Of the recipients' three, recalling takes back all.
const (
	NoticeAnnouncement         NoticeKind = "announcement"          // subject: announcement; to each recipient and each channel
	NoticeAnnouncementChase    NoticeKind = "announcement.chase"    // subject: announcement, occasion: operation; to who has not acknowledged it
	NoticeAnnouncementTest     NoticeKind = "announcement.test"     // subject: announcement, occasion: operation; to the coordinator who asked, marked as a test
	NoticeAnnouncementProgress NoticeKind = "announcement.progress" // subject: announcement; to the coordinator who sent it: how far it is
)

// AnnouncementState is where an announcement stands. The strings of draft, sending,
// stopped and recalled are stored; scheduled and sent follow from the clock and from the
// deliveries.
type AnnouncementState string

const (
	AnnouncementDraft     AnnouncementState = "draft"
	AnnouncementScheduled AnnouncementState = "scheduled" // its recipients are fixed, its moment is to come
	AnnouncementSending   AnnouncementState = "sending"
	AnnouncementStopped   AnnouncementState = "stopped" // by a coordinator, in the middle: it can go on
	AnnouncementSent      AnnouncementState = "sent"    // it was tried for everybody
	AnnouncementRecalled  AnnouncementState = "recalled"
)

// AnnouncementTemplate names words that an announcement may begin with; the words are
// bot/ui's.
type AnnouncementTemplate string

const (
	TemplateInvitation AnnouncementTemplate = "invitation" // 開催案内
	TemplateShortly    AnnouncementTemplate = "shortly"    // 開催直前のご案内
	TemplateThanks     AnnouncementTemplate = "thanks"     // 御礼
	TemplateMaterials  AnnouncementTemplate = "materials"  // 資料共有
)

// AnnouncementTemplates lists them in the order in which they are offered.
var AnnouncementTemplates = []AnnouncementTemplate{TemplateInvitation, TemplateShortly, TemplateThanks, TemplateMaterials}

// Bounds of what is written, in UTF-16 code units as Slack's inputs count (slack.md Sizes).
const (
	MaxAnnouncementTitle = 100
	MaxAnnouncementBody  = 3000
)

// Announcement is what the office writes once and sends to many.
type Announcement struct {
	ID          AnnouncementID
	Title       Text // En "" is Ja
	Body        Text
	Event       EventID   // attached, "" for none
	Survey      SurveyID  // likewise
	Channels    []Purpose // where it is posted
	Direct      bool      // as a direct message to everybody of To
	To          AnnouncementAudience
	At          time.Time // when it goes out; zero: as soon as it is sent
	Acknowledge bool      // recipients are asked to say that they took note of it

	State    AnnouncementState
	By       PersonID  // who made the draft, "" for the operator
	Made     time.Time // when
	SentBy   PersonID  // who sent it
	Sent     time.Time // when somebody said that it goes out; zero for a draft
	Recalled time.Time
	Edition  int // of the text: 1, and one more for each correction
	Version  int // of the draft, and of what was sent: compare and set
	// Going says that messages are still to go out, so that sending becomes sent when it
	// is over. Derived.
	Going bool
	// Todo says that recipients' messages are still to be put in order (putInOrder).
	Todo bool
}

// Announced is one recipient of an announcement: to whom it went was fixed when it was sent.
type Announced struct {
	Announcement AnnouncementID
	To           Recipient
	Acknowledged time.Time
	Ticked       time.Time // told by mail or telephone
	TickedBy     PersonID
}

// AnnouncedTo is a recipient with where the message stands; State is "" while there is none.
type AnnouncedTo struct {
	Announced
	State  DeliveryState
	Op     DeliveryOp
	Unsure bool
	Stands bool // its place in Slack is known
	Error  string
}

// AnnouncementsTx keeps announcements and their recipients.
type AnnouncementsTx interface {
	// CreateAnnouncement inserts; a second insert with the same op answers ErrRepeated.
	CreateAnnouncement(op string, a Announcement) error
	// SaveAnnouncement is compare and set on Version, else ErrStale; op is kept unless "".
	SaveAnnouncement(op string, a Announcement) error
	Announcement(AnnouncementID) (Announcement, error)
	// AnnouncementByOp is the one that the form with this op made or changed last.
	AnnouncementByOp(op string) (Announcement, error)
	Announcements() ([]Announcement, error) // newest first
	DropAnnouncement(AnnouncementID) error
	// AnnouncementsToDo are those with Todo, AnnouncementDone takes one off.
	AnnouncementsToDo() ([]AnnouncementID, error)
	AnnouncementDone(AnnouncementID) error
	// FixRecipients says to whom it goes, in place of whom it said before; the
	// coordinator's message is drawn again after every step deliveries that ended.
	FixRecipients(id AnnouncementID, to []Recipient, step int) error
	// RecipientsToDo are those whose messages are not in order for an edition, those who
	// have none yet first; RecipientDone says that one's is, RecipientsUnsent that those of
	// everybody who has no message in Slack are not.
	RecipientsToDo(id AnnouncementID, edition, limit int) ([]Recipient, error)
	RecipientDone(id AnnouncementID, to Recipient, edition int) error
	RecipientsUnsent(AnnouncementID) error
	Announced(AnnouncementID, Recipient) (Announced, error)
	SaveAnnounced(Announced) error
	AnnouncedTo(AnnouncementID) ([]AnnouncedTo, error)
	// CountAnnounced is how many people each was sent to, CountAcknowledged how many of
	// those of one acknowledged it.
	CountAnnounced() (map[AnnouncementID]int, error)
	CountAcknowledged(AnnouncementID) (done, of int, err error)
	// AnnouncementsReceived are those that stand for a recipient in Slack, or that they
	// were told another way, newest first; not what was recalled.
	AnnouncementsReceived(Recipient) ([]Announcement, error)
}

// standsAt fills in the states that are not stored.
func (a Announcement) standsAt(now time.Time) Announcement {
	switch {
	case a.State != AnnouncementSending:
	case a.At.After(now):
		a.State = AnnouncementScheduled
	case !a.Going && !a.Todo:
		a.State = AnnouncementSent
	}
	return a
}

// Out says whether recipients have it, or some of them.
func (a Announcement) Out() bool {
	return a.State == AnnouncementSending || a.State == AnnouncementStopped || a.State == AnnouncementSent
}

// EventAnswer is what somebody said about an event, for an audience. The strings are stored.
type EventAnswer string

const (
	AnswerComing    EventAnswer = "coming"    // in the room or online
	AnswerDeclined  EventAnswer = "declined"  // 欠席
	AnswerWaiting   EventAnswer = "waiting"   // キャンセル待ち
	AnswerUndecided EventAnswer = "undecided" // まだ分からない
	AnswerSilent    EventAnswer = "silent"    // was asked and said nothing
)

// EventAnswers lists them in the order in which they are offered.
var EventAnswers = []EventAnswer{AnswerComing, AnswerWaiting, AnswerUndecided, AnswerSilent, AnswerDeclined}

// AudienceAnswers are those who said one of Which about an event; any for no Which.
type AudienceAnswers struct {
	Event EventID       `json:"event"`
	Which []EventAnswer `json:"which,omitempty"`
}

// AudienceSurvey are those who were asked by a survey and answered to the end, or who are
// still to.
type AudienceSurvey struct {
	Survey   SurveyID `json:"survey"`
	Answered bool     `json:"answered"`
}

// AnnouncementAudience says to whom an announcement goes. Fields narrow each other, values
// within one add up; named people (Audience.People) are in whatever the others say, Except
// are never. People who left never are. The zero AnnouncementAudience is nobody.
type AnnouncementAudience struct {
	Everyone bool `json:"everyone,omitempty"` // the whole roster, to be narrowed by the other fields
	Audience
	Answers []AudienceAnswers `json:"answers,omitempty"`
	Survey  *AudienceSurvey   `json:"survey,omitempty"`
	Except  []PersonID        `json:"except,omitempty"`
}

// Empty says whether the audience names nobody at all.
func (a AnnouncementAudience) Empty() bool { return len(a.People) == 0 && !a.narrows() }

// narrows says whether anything but named people is said.
func (a AnnouncementAudience) narrows() bool {
	return a.Everyone || len(a.Roles)+len(a.Cohorts)+len(a.Prefectures)+len(a.Organisations)+len(a.Answers) > 0 || a.Survey != nil
}

// AnnouncementForm is what the coordinator's form says. The fields of refusals are title,
// title_en, body, body_en, event, survey, channels, to, at and acknowledge.
type AnnouncementForm struct {
	Op      string         // operation id of the form
	ID      AnnouncementID // "" for a new draft
	Version int            // of the announcement as the form showed it, 0 for a new one

	Title, Body Text
	Event       EventID
	Survey      SurveyID
	Channels    []Purpose
	Direct      bool
	To          AnnouncementAudience
	At          time.Time
	Acknowledge bool
}

// Form is the announcement as the form shows it.
func (a Announcement) Form() AnnouncementForm {
	return AnnouncementForm{
		ID: a.ID, Version: a.Version, Title: a.Title, Body: a.Body, Event: a.Event, Survey: a.Survey,
		Channels: a.Channels, Direct: a.Direct, To: a.To, At: a.At, Acknowledge: a.Acknowledge,
	}
}

// Unreached is why no direct message can reach somebody.
type Unreached string

const (
	UnreachedNone   Unreached = ""
	UnreachedOff    Unreached = "off"    // not on Slack, or not yet
	UnreachedClosed Unreached = "closed" // the account takes no messages any more
)

func unreached(p Person) Unreached {
	switch {
	case p.Reachable():
		return UnreachedNone
	case p.SlackID != "":
		return UnreachedClosed
	}
	return UnreachedOff
}

// UnreachedPerson is somebody whom an announcement does not reach on Slack.
type UnreachedPerson struct {
	Person Person
	Why    Unreached
}

// AnnouncementPreview is what is looked at before an announcement is sent.
type AnnouncementPreview struct {
	Announcement Announcement
	Attached     Attached
	Reach        []Person          // who gets it as a direct message, by kana
	Off          []UnreachedPerson // who is to be told another way, by kana
	// Fingerprint is of all of this, text and people: SendAnnouncement takes it, and
	// refuses when something is another by then.
	Fingerprint string
}

// Attached are what an announcement leads to; the zero values for none.
type Attached struct {
	Event  Event
	Survey Survey
}

// ReceiptState is where one recipient's announcement stands, as the office reads it.
type ReceiptState string

const (
	ReceiptWaiting  ReceiptState = "waiting"  // still to go out, or on its way
	ReceiptSent     ReceiptState = "sent"     // stands in Slack; nobody claims that it was read
	ReceiptRefused  ReceiptState = "refused"  // Slack said no
	ReceiptUnknown  ReceiptState = "unknown"  // nobody can tell whether it arrived
	ReceiptOff      ReceiptState = "off"      // to be told by mail or telephone
	ReceiptTicked   ReceiptState = "ticked"   // was told by mail or telephone
	ReceiptNot      ReceiptState = "not"      // did not go out: it was recalled, or they left
	ReceiptDeleting ReceiptState = "deleting" // recalled, still to be deleted
	ReceiptDeleted  ReceiptState = "deleted"  // recalled, and gone from Slack
	ReceiptKept     ReceiptState = "kept"     // recalled, but could not be deleted
)

// AnnouncementReceipt is one recipient, a person or a channel, and where theirs stands.
type AnnouncementReceipt struct {
	Person       Person  // zero for a channel
	Channel      Purpose // "" for a person
	State        ReceiptState
	Error        string // Slack's code for refused and kept
	Acknowledged time.Time
	Ticked       time.Time
	TickedBy     PersonID
}

// AnnouncementStanding is how an announcement that was sent stands.
type AnnouncementStanding struct {
	Announcement Announcement
	Attached     Attached
	Receipts     []AnnouncementReceipt // channels first, then people by kana
	Counts       map[ReceiptState]int
	People       int // recipients, without channels
	Acknowledged int
	ToChase      int // how many a chaser would go to now
}

// With lists the receipts in one of the states.
func (s AnnouncementStanding) With(states ...ReceiptState) []AnnouncementReceipt {
	return slices.DeleteFunc(slices.Clone(s.Receipts), func(r AnnouncementReceipt) bool { return !slices.Contains(states, r.State) })
}

// Silent lists who was reached and has not acknowledged it.
func (s AnnouncementStanding) Silent() []AnnouncementReceipt {
	return slices.DeleteFunc(s.With(ReceiptSent, ReceiptTicked), func(r AnnouncementReceipt) bool {
		return r.Channel != "" || !r.Acknowledged.IsZero()
	})
}

// AnnouncementLine is an announcement in the office's list.
type AnnouncementLine struct {
	Announcement
	ByName string // who made it
	People int    // recipients, 0 for a draft
}

// AnnouncementMatter is what notices of announcements are drawn from.
type AnnouncementMatter struct {
	Announcement Announcement
	Attached     Attached
	Attendance   Attendance           // the recipient's, at the attached event
	Response     Response             // the recipient's, to the attached survey
	Acknowledged time.Time            // by the recipient
	Now          time.Time            // when it was looked at: what is attached may be over
	Standing     AnnouncementStanding // of progress: without Receipts but those that need a person
}
