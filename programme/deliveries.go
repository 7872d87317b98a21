package programme

import (
	"context"
	"strconv"
	"strings"
	"time"
)

// NoticeKind names a kind of message. The strings are stored for ever: rename
// the Go name if you must, never the string.
type NoticeKind string

const (
	NoticeEventAsk         NoticeKind = "event.ask"             // subject: event; to somebody who has not said whether they come
	NoticeEventReminder    NoticeKind = "event.reminder"        // subject: event; to somebody who comes, waits or speaks
	NoticeEventThanks      NoticeKind = "event.thanks"          // subject: event; to those who were there, with the questionnaire
	NoticeEventCatchUp     NoticeKind = "event.catch_up"        // subject: event; materials for those who could not come
	NoticeEventMemo        NoticeKind = "event.memo"            // subject: event; to the office: the memo of the event is to be written
	NoticeEventAbsent      NoticeKind = "event.absent"          // subject: event, occasion: person and moment; to the office: somebody cannot come today
	NoticeEventChanged     NoticeKind = "event.changed"         // subject: event, occasion: version; to the bureau: what it approved is another now
	NoticeEventMoved       NoticeKind = "event.moved"           // subject: event, occasion: number of the change; old → new
	NoticeEventCancelled   NoticeKind = "event.cancelled"       // subject: event, occasion: number of the change
	NoticeEventPlace       NoticeKind = "event.place"           // subject: event, occasion: when; a place came free
	NoticeGuestPlace       NoticeKind = "event.guest_place"     // subject: event, occasion: guest or person, and moment; to the office, who writes the mail
	NoticeEventCalendar    NoticeKind = "event.calendar"        // subject: event, occasion: number of the change; the ICS file
	NoticeEventPack        NoticeKind = "event.pack"            // subject: event, occasion: operation; the print pack, a file
	NoticeEventApproval    NoticeKind = "event.approval"        // subject: event, occasion: when asked; to the bureau's channel
	NoticeEventDecided     NoticeKind = "event.decided"         // subject: event, occasion: when; to the office: what the bureau said
	NoticeSpeakerAsk       NoticeKind = "event.speaker"         // subject: event; to somebody asked to speak
	NoticeSpeakerAnswer    NoticeKind = "event.spoken"          // subject: event, occasion: speaker and status; to the office
	NoticeDigestWeek       NoticeKind = "digest.week"           // subject: digest, occasion: when; the coordinator's week
	NoticeDigestMonth      NoticeKind = "digest.month"          // subject: digest, occasion: when; the month ahead, for everyone
	NoticeDigestSupport    NoticeKind = "digest.support"        // subject: digest, occasion: when; a support organisation's participation
	NoticeKeyDate          NoticeKind = "key_date"              // subject: key date of the configuration, occasion: step and day
	NoticeSurveyInvite     NoticeKind = "survey.invite"         // subject: response
	NoticeSurveyQuestion   NoticeKind = "survey.question"       // subject: response, occasion: question and round
	NoticeSurveyReceipt    NoticeKind = "survey.receipt"        // subject: response
	NoticeSurveyLater      NoticeKind = "survey.later"          // subject: response, occasion: when; asked for by the person (あとで)
	NoticeSurveyStop       NoticeKind = "survey.stop"           // subject: response, occasion: message; which is meant, 中断 or 回答を控える
	NoticeSurveyChase      NoticeKind = "survey.chase"          // subject: survey, occasion: step and closing, or by hand and when
	NoticeSurveyReopened   NoticeKind = "survey.reopened"       // subject: response, occasion: until when; open again for this person
	NoticeSurveyChanged    NoticeKind = "survey.changed"        // subject: response, occasion: day; to the office: what changed after the receipt
	NoticeSurveyResults    NoticeKind = "survey.results"        // subject: survey, occasion: operation and part; to who asked for them
	NoticeSurveySheet      NoticeKind = "survey.sheet"          // subject: survey, occasion: operation; the sheet to print, a file
	NoticeEngagement       NoticeKind = "engagement.made"       // subject: engagement; to its atsugi and to its expert
	NoticeSessionProposed  NoticeKind = "session.proposed"      // subject: session, occasion: when proposed; to who is to pick
	NoticeSessionBooked    NoticeKind = "session.booked"        // subject: session, occasion: number of the change; to both
	NoticeSessionCalendar  NoticeKind = "session.calendar"      // subject: session, occasion: number of the change; the ICS file, to both
	NoticeSessionCancelled NoticeKind = "session.cancelled"     // subject: session, occasion: number of the change; to both
	NoticeSessionDeclined  NoticeKind = "session.declined"      // subject: session, occasion: when proposed; to who proposed, and to the office
	NoticeSessionBehalf    NoticeKind = "session.behalf"        // subject: session, occasion: when proposed; to on whose behalf the office proposed
	NoticeSessionLapsed    NoticeKind = "session.lapsed"        // subject: session, occasion: when proposed; to who proposed, and to the office: the times went by
	NoticeSessionNudge     NoticeKind = "session.nudge"         // subject: session, occasion: when proposed; to an expert who has not answered a request
	NoticeSessionReminder  NoticeKind = "session.reminder"      // subject: session, occasion: step and start; to both
	NoticeSessionBriefing  NoticeKind = "session.briefing"      // subject: session, occasion: step and start; to the expert
	NoticeSessionAfter     NoticeKind = "session.after"         // subject: session, occasion: start; to both: did it take place?
	NoticeSessionDisputed  NoticeKind = "session.disputed"      // subject: session, occasion: start; to the office: the two say different things
	NoticeSessionReopened  NoticeKind = "session.reopened"      // subject: session, occasion: number of the change; to both: the office says that it is at another time
	NoticeSessionOrphaned  NoticeKind = "session.orphaned"      // subject: session, occasion: who left; to the office
	NoticeSessionFree      NoticeKind = "session.free"          // subject: expert, occasion: since when they wait; to an atsugi who waits for the expert to have time
	NoticeSessionRoom      NoticeKind = "session.room"          // subject: session, occasion: who is in it; to the conversation of the two
	NoticeMemoWritten      NoticeKind = "memo.written"          // subject: memo, occasion: version if it is another; to the office
	NoticeMemoOwn          NoticeKind = "memo.own"              // subject: memo; to its atsugi, without content: there is one that they may read
	NoticeMemoShared       NoticeKind = "memo.shared"           // subject: memo; to the bureau, without content
	NoticeMemoCorrection   NoticeKind = "memo.correction"       // subject: correction; to the office: somebody asks for it
	NoticeMemoDecided      NoticeKind = "memo.decided"          // subject: correction; to who asked for it
	NoticeMemoOpened       NoticeKind = "memo.opened"           // subject: memo, occasion: version and moment; to the people of an organisation to which its atsugi opened it
	NoticeMemoCorrected    NoticeKind = "memo.corrected"        // subject: memo, occasion: version; to its atsugi and its writer
	NoticeMemoReshared     NoticeKind = "memo.corrected_shared" // subject: memo, occasion: version; to the bureau, without content
	NoticeMemoWithdrawn    NoticeKind = "memo.withdrawn"        // subject: memo; to those who had received it, without content
	NoticeMemoQuestion     NoticeKind = "memo.question"         // subject: question; to the office: the bureau asks something of a memo
	NoticeMemoAsked        NoticeKind = "memo.asked"            // subject: question; to the bureau's channel, under the memo's card
	NoticeMemoAnswer       NoticeKind = "memo.answer"           // subject: question; likewise, what the office answered
	NoticeMemoDigest       NoticeKind = "memo.digest"           // subject: digest, occasion: when; to the bureau, a file
	NoticeMemoHelp         NoticeKind = "memo.help"             // subject: next action, occasion: day; to the office and its expert: the atsugi would like help
	NoticeMemoDue          NoticeKind = "memo.due"              // subject: session, occasion: step and since when; to its expert: the memo is to be written
	NoticeMemoOverdue      NoticeKind = "memo.overdue"          // subject: session or event, occasion: likewise; to the office: it is still not written
	NoticePhotoAsk         NoticeKind = "photo.ask"             // subject: parcel; to who sent pictures: where they belong, and what came of it
	NoticeMemoPhoto        NoticeKind = "photo.file"            // subject: photo, occasion: operation; a photo, a file to who asked for it
	NoticeOwnData          NoticeKind = "own.data"              // subject: person, occasion: operation; what is known about them, a file to themself
	NoticeHiddenChanged    NoticeKind = "hidden.changed"        // subject: person, occasion: operation; to them: the office took somebody from their list
	NoticeWallStands       NoticeKind = "wall.stands"           // subject: person, occasion: operation; to the office: who has something about them is a wall now
	NoticeHint             NoticeKind = "hint"                  // subject: inbound event; what the bot can do
)

// IsFile says whether what goes out is a file. It is sent once and never drawn
// again: news has an occasion of its own, and a file of its own.
func (k NoticeKind) IsFile() bool {
	return k == NoticeSupportMonth || k == NoticeEnquiryFile || k == NoticeMemoPhoto || k == NoticeConsentPhoto || k == NoticeMemoDigest || k == NoticeOwnData || k == NoticeEventCalendar || k == NoticeEventPack || k == NoticeSurveySheet || k == NoticeSessionCalendar
}

// Recipient is to whom a notice goes, as one stored word: a person of the
// roster, a channel by purpose, a Slack account that is in nobody's row, or the
// conversation of those who meet in a session.
type Recipient string

// ToPerson, ToChannel, ToAccount and ToRoom make recipients.
func ToPerson(p PersonID) Recipient       { return Recipient("p:" + string(p)) }
func ToChannel(p Purpose) Recipient       { return Recipient("c:" + string(p)) }
func ToAccount(slackID string) Recipient  { return Recipient("a:" + slackID) }
func ToRoom(s SessionID) Recipient        { return Recipient("g:" + string(s)) }
func (r Recipient) cut(pre string) string { s, _ := strings.CutPrefix(string(r), pre); return s }

// Person is the person of the roster, "" if the recipient is none.
func (r Recipient) Person() PersonID {
	if strings.HasPrefix(string(r), "p:") {
		return PersonID(r.cut("p:"))
	}
	return ""
}

// Channel is the channel's purpose, "" if the recipient is none.
func (r Recipient) Channel() Purpose {
	if strings.HasPrefix(string(r), "c:") {
		return Purpose(r.cut("c:"))
	}
	return ""
}

// Account is the Slack account, "" if the recipient is in the roster or a channel.
func (r Recipient) Account() string {
	if strings.HasPrefix(string(r), "a:") {
		return r.cut("a:")
	}
	return ""
}

// Room is the session whose people are told together, "" if the recipient is none.
func (r Recipient) Room() SessionID {
	if strings.HasPrefix(string(r), "g:") {
		return SessionID(r.cut("g:"))
	}
	return ""
}

// Notice is something that somebody should be told: never text, which is drawn
// from the facts at the moment of sending. (Kind, Subject, To, Occasion) is
// unique for ever, so saying the same thing twice is impossible.
type Notice struct {
	Kind    NoticeKind
	Subject string
	To      Recipient
	// Occasion tells apart notices of one kind about one subject: a stable step
	// id plus the event's start in UTC, or a question's id.
	Occasion string
	Due      time.Time
	// UsefulUntil is the end of the notice's use; zero means always useful.
	UsefulUntil time.Time
}

// DeliveryState is where a delivery stands. The strings are stored.
type DeliveryState string

const (
	Pending   DeliveryState = "pending"
	Sending   DeliveryState = "sending"
	Sent      DeliveryState = "sent"
	Cancelled DeliveryState = "cancelled" // the facts changed before it went out
	Lapsed    DeliveryState = "lapsed"    // too late to be of use
	Refused   DeliveryState = "refused"   // Slack said no for good
	Unknown   DeliveryState = "unknown"   // nobody can tell whether it arrived: a person decides
	Deleted   DeliveryState = "deleted"   // it stood in Slack and was taken back
)

// DeliveryStates lists every state in the order the office reads them.
var DeliveryStates = []DeliveryState{Pending, Sending, Sent, Cancelled, Lapsed, Refused, Unknown, Deleted}

// DeliveryOp is what is to be done with the message. The strings are stored.
type DeliveryOp string

const (
	OpPost   DeliveryOp = "post"
	OpUpdate DeliveryOp = "update" // the message stands; its facts changed
	// OpDelete is for good: nothing is sent or drawn in its row any more.
	OpDelete DeliveryOp = "delete" // it was recalled: what stands is to go
)

// Delivery is a notice on its way: one row, one message. ID is a ULID and is
// the opaque key in the message's metadata (slack.md Sending).
type Delivery struct {
	ID string
	Notice
	State      DeliveryState
	Op         DeliveryOp
	Rev        int       // raised whenever the drawn facts change
	NextAt     time.Time // due, end of a back-off, or end of the lease
	Attempts   int
	Owner      string    // which Courier holds it, "" for none
	Unsure     bool      // an earlier attempt's answer was lost: look before sending
	FirstTryAt time.Time // of this op
	SlackID    string    // channel id of the message once known ("D…")
	SlackTS    string    // "" until it is known to stand
	FileID     string    // of a file: Slack's id, kept before the upload is completed
	LastError  string    // a code, never message text
}

// Moment reads Slack's seconds with a fraction; the zero time if there are none.
func Moment(ts string) time.Time {
	sec, frac, _ := strings.Cut(ts, ".")
	s, err := strconv.ParseInt(sec, 10, 64)
	if err != nil {
		return time.Time{}
	}
	frac = (frac + "000000")[:6]
	us, err := strconv.ParseInt(frac, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.Unix(s, us*1000).UTC()
}

// shownBefore says whether the message was in sight when somebody acted at t. One
// whose arrival is not known yet may have been.
func (d Delivery) shownBefore(t time.Time) bool {
	if d.SlackTS == "" {
		return d.Attempts > 0
	}
	return t.IsZero() || !t.Before(Moment(d.SlackTS))
}

// Letter is a drawn message, opaque to everyone but bot: Text is complete by
// itself (screen readers, notifications); Body is Slack's blocks as JSON.
type Letter struct {
	Text string
	Body []byte
	// Spare is Body in blocks that every workspace knows, nil if Body is such already:
	// it goes out when Slack refuses Body.
	Spare []byte
	// Account is the Slack account of the person that it was drawn for, "" if there
	// is none: asking the roster again for where to send it would cost a second look.
	Account string
	// File is what goes out when the notice is a file; Text then is the comment
	// beside it, and there is no Body.
	File *File
	// Withdrawn, when not empty, says why nothing must be sent: the facts
	// changed since the notice became due.
	Withdrawn string
}

// File is a file on its way: its name, as people see it, and its content, which
// is never empty.
type File struct {
	Name string
	Data []byte
}

// Upload is the place in Slack that was reserved for a file's content.
type Upload struct {
	FileID string
	URL    string
}

// Outcome is what came of an attempt, accepted only from the Courier that
// claimed the row (same Owner and Attempts).
type Outcome struct {
	Delivery Delivery // as claimed
	State    DeliveryState
	NextAt   time.Time // when State is Pending or Sending
	Unsure   bool
	// GiveBack takes the attempt back: a 429 is no attempt (slack.md Sending).
	GiveBack bool
	SlackID  string
	SlackTS  string
	Error    string
}

// Receipt is where a message stands in Slack.
type Receipt struct {
	SlackID string // channel id, "D…" for a direct message
	SlackTS string // "" for a file whose message Slack does not name
	// FileID is of a file that Slack has and that nobody was shown yet.
	FileID string
}

// SendVerdict says what a failed call to Slack means for the message: the one
// question is whether it may have arrived (slack.md Sending).
type SendVerdict string

const (
	SendLimited   SendVerdict = "limited"    // 429: not delivered, RetryAfter says when to go on
	SendRefused   SendVerdict = "refused"    // ok:false for good: not delivered, and never will be
	SendRetry     SendVerdict = "retry"      // ok:false for now: not delivered, later it may be
	SendNeverLeft SendVerdict = "never_left" // no connection: not delivered
	SendLost      SendVerdict = "lost"       // timeout, EOF, 5xx, internal_error, fatal_error: it may have arrived
)

// SendError is a failed call to Slack, told by what it means.
type SendError struct {
	Verdict    SendVerdict
	RetryAfter time.Duration // of SendLimited
	Code       string        // Slack's error code or ours, never message text
}

func (e *SendError) Error() string { return string(e.Verdict) + ": " + e.Code }

// DeliveryCounts are how many deliveries stand where.
type DeliveryCounts map[DeliveryState]int

// DeliveriesTx keeps the notices and where they stand.
type DeliveriesTx interface {
	// Enqueue inserts a pending delivery with the given id (a ULID). A notice
	// that exists is left as it is, except that a cancelled or lapsed one which
	// was never posted and is useful again becomes pending with the new times.
	Enqueue(id string, n Notice) error
	// Redraw raises Rev of the messages that match (Kind and Subject always; To
	// and Occasion unless ""); those that were sent become due as updates at now.
	Redraw(match Notice, now time.Time) error
	// RedrawKinds is Redraw of all messages of some kinds about one subject.
	RedrawKinds(kinds []NoticeKind, subject string, now time.Time) error
	Delivery(id string) (Delivery, error)
	// DeliveryOf finds the delivery of a notice by what makes it unique.
	DeliveryOf(n Notice) (Delivery, error)
	// DeliveriesOf lists what was or will be sent: Kind and Subject always match,
	// To and Occasion unless "".
	DeliveriesOf(match Notice) ([]Delivery, error)
	// Recipients are those for whom there is a message of match's Kind, and Subject
	// unless "", that was due since then; tried leaves out those for whom nothing
	// stands, may stand or was refused.
	Recipients(match Notice, since time.Time, tried bool) ([]Recipient, error)
	DeliveryCounts() (DeliveryCounts, error)
	// Deliveries lists those in a state, newest first, limit at most.
	Deliveries(state DeliveryState, limit int) ([]Delivery, error)
	// CancelPosts cancels messages of one kind about one subject that wait and certainly
	// do not stand, limit at most, and answers how many.
	CancelPosts(kind NoticeKind, subject, why string, limit int) (int, error)
	// TakeBack recalls messages of one kind about one subject, limit at most, and answers
	// how many: those that wait are cancelled, those that stand or may stand become due as
	// deletions, and those on their way once it is known that they arrived.
	TakeBack(kind NoticeKind, subject, why string, now time.Time, limit int) (int, error)
	// TakeBackAgain makes deletions that Slack refused due once more, and answers how many.
	TakeBackAgain(kind NoticeKind, subject string, now time.Time) (int, error)
	// SettleDelivery moves an unknown delivery to state (sent or pending).
	SettleDelivery(id string, state DeliveryState, now time.Time) error
}

// SettleUnknown lets the office decide about a message of which nobody can tell
// whether it arrived: arrived says it did, else it is sent again.
func (o *Office) SettleUnknown(ctx context.Context, who Actor, id string, arrived bool) error {
	return o.write(ctx, who, func(c *change) error {
		if err := c.must(Coordinator); err != nil {
			return err
		}
		d, err := c.Delivery(id)
		if err != nil {
			return orMissing(err, "error.delivery_gone")
		}
		if d.State != Unknown {
			return &Error{Code: CodeConflict, Key: "error.delivery_settled"}
		}
		state, action := Pending, "delivery.again"
		if arrived {
			state, action = Sent, "delivery.arrived"
		}
		c.notices = true
		if err := c.SettleDelivery(id, state, c.now); err != nil {
			return err
		}
		return c.audit(action, id)
	})
}

// EnqueueAll inserts planned notices that became due. It is for the planner of
// reminders, which derives them from facts; no person asks for this.
func (o *Office) EnqueueAll(ctx context.Context, ns []Notice) error {
	const chunk = 500 // keeps the writer held for well under 100 ms
	for len(ns) > 0 {
		part := ns[:min(chunk, len(ns))]
		ns = ns[len(part):]
		if err := o.write(ctx, System, func(c *change) error {
			if err := c.showLapsed(part); err != nil {
				return err
			}
			return c.notify(part...)
		}); err != nil {
			return err
		}
	}
	return nil
}

// Addressee finds the person a notice goes to, for the hand that delivers it.
func (o *Office) Addressee(ctx context.Context, id PersonID) (Person, error) {
	var p Person
	err := o.read(ctx, func(tx Tx) (err error) {
		p, err = tx.Person(id)
		return err
	})
	return p, err
}
