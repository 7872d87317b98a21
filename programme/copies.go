package programme

import (
	"strings"
	"time"
)

// What is given out, and how. The strings are stored. CopyDigest is the notice's kind, too.
const (
	CopyShared = "memo.shared" // the bureau can read that version
	CopyOpened = "memo.opened" // by the atsugi, to a support organisation
	CopyDigest = string(NoticeMemoDigest)
	CopyExport = "memo.export" // a file for the office's record
	// CopyOwnData is the file with all that is known about somebody, for themself.
	CopyOwnData = string(NoticeOwnData)
	// CopyEngaged is that an expert was given an atsugi although the program warned: they
	// read what is about them from then on. Subject: engagement, session without one, or the
	// atsugi, if the roster assigns them.
	CopyEngaged = "engagement"
)

// Copy is one thing that left the house: what, in which version, to whom. It is kept
// before it goes out, so that none is out of which nobody knows.
type Copy struct {
	Kind    string
	Subject string // memo or publication
	Version int
	To      Recipient
	// Occasion is of the notice that brought it; one notice is one copy, however often
	// it is drawn. "" of what no notice brings.
	Occasion string
	Reason   string // why it was given out although the program warned
	At       time.Time
}

// CopiesTx keeps what was given out.
type CopiesTx interface {
	RecordCopy(id string, c Copy) error
	// CopiesOf lists them by when they went out.
	CopiesOf(subject string) ([]Copy, error)
	// MemosUndigested are the memos whose shared version is in no digest of another
	// occasion that went out, may have, or is on its way; without parts, by day.
	MemosUndigested(occasion string) ([]Memo, error)
}

// ToOrganisation is a support organisation as the recipient of a copy; no notice goes
// to one.
func ToOrganisation(name string) Recipient { return Recipient("o:" + name) }

// Organisation is the organisation, "" if the recipient is none.
func (r Recipient) Organisation() string {
	if name, ok := strings.CutPrefix(string(r), "o:"); ok {
		return name
	}
	return ""
}

// copied keeps that something is given out now.
func (c *change) copied(kind, subject string, version int, to Recipient) error {
	return c.copy(Copy{Kind: kind, Subject: subject, Version: version, To: to})
}

// copy is copied with all that there is to say.
func (c *change) copy(of Copy) error {
	of.At = c.now
	return c.RecordCopy(c.office.NewID(), of)
}
