package programme

import (
	"context"
	"errors"
	"slices"
	"time"
)

// EnquiryID is a ULID of an enquiry.
type EnquiryID string

// Enquiry is what somebody wants to know of the office (issue "Questions to the office"):
// the words of both are its EnquiryWords. Nobody but the office and the asker sees it.
type Enquiry struct {
	ID       EnquiryID
	Person   PersonID // who asks
	State    EnquiryState
	Begun    time.Time // the first word
	Opened   time.Time // the office was told; zero while it was not
	Asked    time.Time // the asker's last word
	Answered time.Time // the office's last word that went to the asker; zero while there is none
	Closed   time.Time
	ClosedBy PersonID
	// Shown is what the asker was shown of what was published: kind:id, one a line.
	Shown   string
	Version int
}

// EnquiryState is where an enquiry stands. The strings are stored.
type EnquiryState string

const (
	EnquiryFound  EnquiryState = "found"  // the asker was shown what was published; the office knows nothing
	EnquiryOpen   EnquiryState = "open"   // the office was told
	EnquiryClosed EnquiryState = "closed" // one of the two said that it is done
	EnquirySolved EnquiryState = "solved" // what was published was enough: its words are gone
	EnquiryLapsed EnquiryState = "lapsed" // the asker said nothing to what was found: its words are gone
)

// Waits says whether the office has not answered the asker's last word yet.
func (e Enquiry) Waits() bool { return e.State == EnquiryOpen && e.Answered.Before(e.Asked) }

// EnquiryWordID is a ULID of one message of an enquiry.
type EnquiryWordID string

// EnquiryWord is one message of an enquiry, verbatim.
type EnquiryWord struct {
	ID      EnquiryWordID
	Op      string // unique: where the original stands (WordOp), or the operation of a form
	Enquiry EnquiryID
	Side    EnquirySide
	By      PersonID
	Channel string // Slack's, of the original; "" of a form
	TS      string
	Text    string
	At      time.Time
	Edited  time.Time
	Deleted time.Time // taken back by who said it
	Inside  bool      // the office's own remark (//), which the asker never sees
	Version int
}

// WordOp is the operation of a message: the same message is taken up once.
func WordOp(channel, ts string) string { return channel + "/" + ts }

// EnquirySide says who of the two said a word. The strings are stored.
type EnquirySide string

const (
	FromAsker  EnquirySide = "asker"
	FromOffice EnquirySide = "office"
)

// EnquiryFile is a file that came with a word. What is in it is fetched as it is passed on, and
// never kept.
type EnquiryFile struct {
	ID       string
	Word     EnquiryWordID
	SlackID  string
	Name     string
	Mimetype string
	Bytes    int64
	State    EnquiryFileState
}

// EnquiryFileState is where a file stands. The strings are stored.
type EnquiryFileState string

const (
	FileWanted  EnquiryFileState = "wanted"  // to be passed on
	FileRefused EnquiryFileState = "refused" // too large, or one too many
)

// FaqEntry is a question that is asked often, and its answer: of the configuration's file
// (ID "file:" and its id) or made by the office.
type FaqEntry struct {
	ID       string
	Question Text
	Answer   Text
	Words    []string // by which it is found besides; of the file only
	Made     time.Time
	By       PersonID
	Source   EnquiryID // from whose answer it was made, "" for none
	Retired  time.Time
	Version  int
}

// The notices of enquiries.
const (
	NoticeEnquiryFound NoticeKind = "enquiry.found" // subject: enquiry; to the asker: what was published that may answer it
	NoticeEnquiryTold  NoticeKind = "enquiry.told"  // subject: enquiry; to the asker: the office was told
	NoticeEnquiryCard  NoticeKind = "enquiry.card"  // subject: enquiry; to the office: who asks what; its thread is the conversation
)

// EnquiriesTx keeps enquiries, their words, and the office's FAQ.
type EnquiriesTx interface {
	// SaveEnquiry inserts (Version 0) or updates if unchanged, else ErrStale.
	SaveEnquiry(Enquiry) error
	Enquiry(EnquiryID) (Enquiry, error)
	// EnquiriesOf lists somebody's of these states, the one that was spoken of last first.
	EnquiriesOf(p PersonID, limit int, states ...EnquiryState) ([]Enquiry, error)
	// Enquiries lists those of a state, by when the office was told.
	Enquiries(state EnquiryState, limit int) ([]Enquiry, error)
	// CreateEnquiryWord inserts; a second insert with the same Op answers ErrRepeated.
	CreateEnquiryWord(EnquiryWord) error
	// SaveEnquiryWord updates what a word says, keeping what it said before; ErrStale if
	// it is another version by now.
	SaveEnquiryWord(EnquiryWord) error
	EnquiryWord(EnquiryWordID) (EnquiryWord, error)
	EnquiryWordByOp(op string) (EnquiryWord, error)
	// EnquiryWords lists those of an enquiry, oldest first.
	EnquiryWords(EnquiryID) ([]EnquiryWord, error)
	// CountEnquiryWords counts what somebody said since then.
	CountEnquiryWords(by PersonID, since time.Time) (int, error)
	// ForgetEnquiryWords removes the words of an enquiry that never went to the office.
	ForgetEnquiryWords(EnquiryID) error
	// FoundBefore lists enquiries in the state found that were last spoken of before then.
	FoundBefore(then time.Time, limit int) ([]Enquiry, error)
	AddEnquiryFile(EnquiryFile) error // once for each word and SlackID
	EnquiryFiles(EnquiryWordID) ([]EnquiryFile, error)
	EnquiryFile(id string) (EnquiryFile, error)
	// CreateFaq inserts; a second insert with the same op answers ErrRepeated.
	CreateFaq(op string, f FaqEntry) error
	FaqByOp(op string) (FaqEntry, error)
	Faq(id string) (FaqEntry, error)
	FaqEntries() ([]FaqEntry, error) // that are not retired, newest first
	SaveFaq(FaqEntry) error          // compare and set on Version, else ErrStale
}

// Said is one message that somebody typed to the bot, or a form's words.
type Said struct {
	Op      string // of a form; "" of a message, which Channel and TS name
	Channel string
	TS      string
	Thread  string // under which message it stands, "" for none
	Text    string // as it reads
	Typed   string // as Slack has it, with its markup; "" of a form
	Files   []EnquiryFile
	// Anew begins another enquiry although one is open.
	Anew bool
}

func (s Said) op() string {
	if s.Op != "" {
		return s.Op
	}
	return WordOp(s.Channel, s.TS)
}

// EnquiryView is an enquiry as the office or its asker sees it.
type EnquiryView struct {
	Enquiry
	Asker Person
	Words []EnquiryWord // oldest first; without what stays inside unless the reader is the office
	Found []Posted      // what the asker was shown of what was published, as far as it still is
	// Wish is what they asked for by name, "" for most; Events and Sessions are what there is
	// of that, Now when it was looked up.
	Wish     PlainWish
	Events   []EventLine
	Sessions []SessionView
	Now      time.Time
}

// First is the word with which it began; the zero word if its words are gone.
func (v EnquiryView) First() EnquiryWord {
	if len(v.Words) == 0 {
		return EnquiryWord{}
	}
	return v.Words[0]
}

// LastAnswer is the newest answer of the office that was not taken back.
func (v EnquiryView) LastAnswer() (w EnquiryWord, ok bool) {
	for _, w := range slices.Backward(v.Words) {
		if w.Side == FromOffice && !w.Gone() {
			return w, true
		}
	}
	return w, false
}

// EnquiryOf shows an enquiry to its asker or the office.
func (o *Office) EnquiryOf(ctx context.Context, who Actor, id EnquiryID) (EnquiryView, error) {
	var v EnquiryView
	err := o.readAs(ctx, who, func(tx Tx, me Person) (err error) {
		e, err := tx.Enquiry(id)
		if err != nil {
			return orMissing(err, "error.enquiry_gone")
		}
		if v, err = o.enquiryFor(tx, who, me, e); err != nil {
			return err
		}
		return nil
	})
	return v, err
}

// enquiryFor is the enquiry as the actor may see it: the asker what was said to them, the
// office what the asker sent it.
func (o *Office) enquiryFor(tx Tx, who Actor, me Person, e Enquiry) (EnquiryView, error) {
	office := o.may(who, me, o.Now(), Coordinator) && !e.Opened.IsZero()
	asker := who.Kind == ByPerson && me.ID != "" && me.ID == e.Person
	if !office && !asker {
		return EnquiryView{}, missing("error.enquiry_gone") // whether there is one is nobody's business
	}
	return enquiryView(tx, e, office)
}

func enquiryView(tx Tx, e Enquiry, office bool) (v EnquiryView, err error) {
	v.Enquiry = e
	if v.Asker, err = tx.Person(e.Person); err != nil {
		return v, err
	}
	words, err := tx.EnquiryWords(e.ID)
	for _, w := range words {
		if office || !w.Inside {
			v.Words = append(v.Words, w)
		}
	}
	return v, err
}

// repeatedWord finds a word that was taken up before.
func repeatedWord(tx Tx, op string) (w EnquiryWord, repeated bool, err error) {
	w, err = tx.EnquiryWordByOp(op)
	if errors.Is(err, ErrNoRow) {
		return w, false, nil
	}
	return w, err == nil, err
}

// homeEnquiries is how many open enquiries of somebody Home shows.
const homeEnquiries = 3

// openEnquiries are somebody's own that are open, as they see them.
func openEnquiries(tx Tx, p PersonID) ([]EnquiryView, error) {
	es, err := tx.EnquiriesOf(p, homeEnquiries, EnquiryOpen)
	if err != nil {
		return nil, err
	}
	var out []EnquiryView
	for _, e := range es {
		v, err := enquiryView(tx, e, false)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}
