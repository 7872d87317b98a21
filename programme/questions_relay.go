package programme

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
)

// The notices of the conversation between an asker and the office: the words themselves are
// drawn from what is kept.
const (
	NoticeEnquiryReply  NoticeKind = "enquiry.reply"  // subject: word; to the asker: what the office answered
	NoticeEnquirySaid   NoticeKind = "enquiry.said"   // subject: word; to the office, under the card: what the asker said further
	NoticeEnquiryFile   NoticeKind = "enquiry.file"   // subject: file of a word; to the other side
	NoticeEnquiryClosed NoticeKind = "enquiry.closed" // subject: enquiry, occasion: when; to the other side, in the office under the card
	NoticeEnquiryChase  NoticeKind = "enquiry.chase"  // subject: enquiry, occasion: step and since when it waits; to the office
)

// OfRelay says whether notices of this kind are about the conversation after the first word.
func (k NoticeKind) OfRelay() bool {
	switch k {
	case NoticeEnquiryReply, NoticeEnquirySaid, NoticeEnquiryFile, NoticeEnquiryClosed, NoticeEnquiryChase, NoticeEnquiryUnheard:
		return true
	}
	return false
}

// UnderEnquiry says whether messages of this kind to the office stand under an enquiry's card.
func (k NoticeKind) UnderEnquiry() bool {
	return k == NoticeEnquirySaid || k == NoticeEnquiryFile || k == NoticeEnquiryClosed || k == NoticeEnquiryChase || k == NoticeEnquiryUnheard
}

const (
	// MaxEnquiryFile is how large a file may be that is passed on, in bytes, and
	// MaxEnquiryFiles how many of one message are.
	MaxEnquiryFile  = 10 << 20
	MaxEnquiryFiles = 5
	// ReopenWithin is for how long after an enquiry was closed the asker's next word goes on
	// with it; a later one begins another.
	ReopenWithin = 3 * 24 * time.Hour
)

// Gone says that the other side no longer sees the word, or never did.
func (w EnquiryWord) Gone() bool { return w.Inside || !w.Deleted.IsZero() }

// HearOffice takes what somebody said in a thread of the office's channel: if that is an
// enquiry's, and they are of the office, it goes to the asker, unless it stays inside; an
// enquiry that was closed goes on with it. It answers how many files are not passed on, for
// there are too many or they are too large. ErrNoRow says that it is nobody else's business:
// nothing of it is kept. The same message is taken up once.
func (o *Office) HearOffice(ctx context.Context, who Actor, s Said) (refused int, err error) {
	err = o.inEnquiry(ctx, who, s, func(c *change, e *Enquiry) error {
		_, repeated, err := repeatedWord(c.Tx, s.op())
		if err != nil || repeated || s.inside() || strings.TrimSpace(s.Text) == "" && len(s.Files) == 0 {
			return err
		}
		w, err := c.officeWord(*e, s, time.Time{})
		if err != nil {
			return err
		}
		refused, err = c.addFiles(w, s.Files)
		if err != nil {
			return err
		}
		return c.answerWith(e, w)
	})
	return refused, err
}

// inEnquiry runs f as the office on the enquiry under whose card something was said.
func (o *Office) inEnquiry(ctx context.Context, who Actor, s Said, f func(*change, *Enquiry) error) error {
	return o.write(ctx, who, func(c *change) error {
		if c.actor.Kind != ByPerson || c.must(Coordinator) != nil {
			return ErrNoRow
		}
		e, err := enquiryUnder(c.Tx, s)
		if err != nil {
			return err
		}
		return f(c, &e)
	})
}

// enquiryUnder is the enquiry under whose card in the office's channel something stands.
func enquiryUnder(tx Tx, s Said) (Enquiry, error) {
	card, err := tx.CardAt(s.Channel, s.Thread, []NoticeKind{NoticeEnquiryCard})
	if err != nil {
		return Enquiry{}, err
	}
	return tx.Enquiry(EnquiryID(card.Subject))
}

// officeWord keeps what the office said, or only that something stands there that the asker
// does not see: of that no words.
func (c *change) officeWord(e Enquiry, s Said, edited time.Time) (EnquiryWord, error) {
	w := EnquiryWord{
		ID: EnquiryWordID(c.office.NewID()), Op: s.op(), Enquiry: e.ID, Side: FromOffice, By: c.me.ID,
		Channel: s.Channel, TS: s.TS, Text: s.Text, At: c.now, Edited: edited, Inside: s.inside(), Version: 1,
	}
	if w.Inside {
		w.Text = ""
	}
	return w, c.CreateEnquiryWord(w)
}

// addFiles notes the files of a word, as far as they are passed on, and answers how many are
// not.
func (c *change) addFiles(w EnquiryWord, files []EnquiryFile) (refused int, err error) {
	for i, f := range files {
		f.ID, f.Word, f.State = c.office.NewID(), w.ID, FileWanted
		if refuses(i, f) {
			f.State = FileRefused
			refused++
		}
		if err := c.AddEnquiryFile(f); err != nil {
			return refused, err
		}
	}
	return refused, nil
}

// refuses says whether a file is not passed on, the i-th of its message.
func refuses(i int, f EnquiryFile) bool { return f.Bytes > MaxEnquiryFile || i >= MaxEnquiryFiles }

// FilesRefused is how many files of one message are not passed on.
func FilesRefused(files []EnquiryFile) (n int) {
	for i, f := range files {
		if refuses(i, f) {
			n++
		}
	}
	return n
}

// SpeaksWithOffice says whether the actor has an open enquiry.
func (o *Office) SpeaksWithOffice(ctx context.Context, who Actor) (bool, error) {
	var open []Enquiry
	err := o.readAs(ctx, who, func(tx Tx, me Person) (err error) {
		open, err = tx.EnquiriesOf(me.ID, 1, EnquiryOpen)
		return err
	})
	return len(open) > 0, err
}

// answerWith brings a word of the office to the asker.
func (c *change) answerWith(e *Enquiry, w EnquiryWord) error {
	asker, err := c.Person(e.Person)
	if err != nil {
		return err
	}
	if e.Answered = c.now; !asker.Reachable() {
		if err := c.settleAnswered(e); err != nil {
			return err
		}
	}
	if err := c.reopen(e); err != nil {
		return err
	}
	if err := c.audit("enquiry.answer", string(e.ID)); err != nil {
		return err
	}
	c.factsChanged()
	return c.bring(*e, w)
}

// reopen saves an enquiry that goes on, whether or not it was closed.
func (c *change) reopen(e *Enquiry) error {
	closed := e.State == EnquiryClosed
	e.State, e.Closed, e.ClosedBy = EnquiryOpen, time.Time{}, ""
	if err := c.saveEnquiry(e); err != nil {
		return err
	}
	if closed {
		return c.redrawEnquiry(*e)
	}
	c.notices = true
	return c.RedrawKinds([]NoticeKind{NoticeEnquiryCard, NoticeEnquiryChase}, string(e.ID), c.now)
}

// bring has a word and its files sent to the other side, and drawn again there if they stand.
func (c *change) bring(e Enquiry, w EnquiryWord) error {
	n := Notice{Kind: NoticeEnquirySaid, Subject: string(w.ID), To: ToChannel(ChannelOffice)}
	if w.Side == FromOffice {
		n.Kind, n.To = NoticeEnquiryReply, ToPerson(e.Person)
	}
	words, err := c.EnquiryWords(e.ID)
	if err != nil {
		return err
	}
	if w.Side == FromOffice {
		if err := c.redrawLastAnswer(words, w); err != nil {
			return err
		}
	}
	if len(words) == 0 || words[0].ID != w.ID { // the first is on the card
		if err := c.redraw(Notice{Kind: n.Kind, Subject: n.Subject}); err != nil {
			return err
		}
		if err := c.notify(n); err != nil {
			return err
		}
	}
	return c.bringFiles(w, n.To)
}

// redrawLastAnswer draws again the newest answer but w: the way on stands on the newest alone.
func (c *change) redrawLastAnswer(words []EnquiryWord, w EnquiryWord) error {
	words = slices.DeleteFunc(slices.Clone(words), func(v EnquiryWord) bool { return v.ID == w.ID })
	last, ok := EnquiryView{Words: words}.LastAnswer()
	if !ok {
		return nil
	}
	return c.redraw(Notice{Kind: NoticeEnquiryReply, Subject: string(last.ID)})
}

func (c *change) bringFiles(w EnquiryWord, to Recipient) error {
	files, err := c.EnquiryFiles(w.ID)
	for _, f := range files {
		if err == nil && f.State == FileWanted {
			err = c.bringFile(Notice{Kind: NoticeEnquiryFile, Subject: f.ID, To: to})
		}
	}
	return err
}

// bringFile sends a file once, and once more if it was taken back since.
func (c *change) bringFile(n Notice) error {
	before, err := c.DeliveriesOf(n)
	if err != nil {
		return err
	}
	if len(before) > 0 {
		n.Occasion = instant(c.now)
	}
	for _, d := range before {
		if d.Op != OpDelete {
			n.Occasion = d.Occasion
		}
	}
	return c.notify(n)
}

// takeFilesBack removes the files of a word on the other side.
func (c *change) takeFilesBack(w EnquiryWord) error {
	files, err := c.EnquiryFiles(w.ID)
	for _, f := range files {
		if err == nil {
			_, err = c.TakeBack(NoticeEnquiryFile, f.ID, withdrawnBackTaken, c.now, maxFilePosts)
		}
	}
	c.notices = true
	return err
}

// maxFilePosts bounds how often one file can have been sent.
const maxFilePosts = 1000

// passOn brings a further word of the asker under the office's card.
func (c *change) passOn(e Enquiry, w EnquiryWord) error {
	c.factsChanged()
	if err := c.redraw(Notice{Kind: NoticeEnquiryCard, Subject: string(e.ID)}); err != nil {
		return err
	}
	return c.bring(e, w)
}

// passChange draws again, on the other side, a word that was edited or taken back.
func (c *change) passChange(e Enquiry, w EnquiryWord) error {
	c.factsChanged()
	if err := c.redraw(Notice{Kind: NoticeEnquiryCard, Subject: string(e.ID)}); err != nil {
		return err
	}
	if w.Gone() {
		if err := c.takeFilesBack(w); err != nil {
			return err
		}
		kind := NoticeEnquirySaid
		if w.Side == FromOffice {
			kind = NoticeEnquiryReply
			words, err := c.EnquiryWords(e.ID)
			if err == nil {
				err = c.redrawLastAnswer(words, w)
			}
			if err != nil {
				return err
			}
		}
		return c.redraw(Notice{Kind: kind, Subject: string(w.ID)})
	}
	return c.bring(e, w)
}

// redrawEnquiry draws everything again that shows how an enquiry stands.
func (c *change) redrawEnquiry(e Enquiry) error {
	for _, kind := range []NoticeKind{NoticeEnquiryCard, NoticeEnquiryTold, NoticeEnquiryChase} {
		if err := c.redraw(Notice{Kind: kind, Subject: string(e.ID)}); err != nil {
			return err
		}
	}
	words, err := c.EnquiryWords(e.ID)
	for _, w := range words {
		if err == nil && w.Side == FromOffice && !w.Inside {
			err = c.redraw(Notice{Kind: NoticeEnquiryReply, Subject: string(w.ID)})
		}
	}
	return err
}

// HearEdited takes an edit of something in an enquiry's thread: the asker's copy follows, two
// slashes put before it take it back, and taking them away sends it. Of two edits the later
// one stands, whichever arrives first; one that comes before the message itself counts as
// that. ErrNoRow as of HearOffice.
func (o *Office) HearEdited(ctx context.Context, who Actor, s Said) error {
	return o.inEnquiry(ctx, who, s, func(c *change, e *Enquiry) error {
		w, err := c.EnquiryWordByOp(s.op())
		switch {
		case errors.Is(err, ErrNoRow):
			return c.editedFirst(e, s)
		case err != nil:
			return err
		case w.By != c.me.ID || !w.Deleted.IsZero() || c.when().Before(w.Edited):
			return nil
		}
		return c.rewordOffice(e, w, s)
	})
}

// editedFirst is for an edit of what was not kept: of a remark, or of a message that is still
// on its way.
func (c *change) editedFirst(e *Enquiry, s Said) error {
	w, err := c.officeWord(*e, s, c.when())
	if err != nil || w.Inside {
		return err
	}
	return c.answerWith(e, w)
}

// rewordOffice is what an edit makes of a word of the office.
func (c *change) rewordOffice(e *Enquiry, w EnquiryWord, s Said) error {
	was := w
	w.Text, w.Inside, w.Edited = s.Text, s.inside(), c.when()
	if w.Inside {
		w.Text = ""
	}
	if err := c.SaveEnquiryWord(w); err != nil || w.Text == was.Text && w.Inside == was.Inside {
		return err // an earlier edit that comes later must know of this one
	}
	if err := c.audit("enquiry.edit", string(e.ID)); err != nil {
		return err
	}
	switch {
	case was.Inside && !w.Inside:
		return c.answerWith(e, w)
	case w.Inside:
		return c.unanswer(e, w)
	}
	return c.passChange(*e, w)
}

// unanswer takes a word of the office back from the asker.
func (c *change) unanswer(e *Enquiry, w EnquiryWord) error {
	if err := c.settleAnswered(e); err != nil {
		return err
	}
	if err := c.saveEnquiry(e); err != nil {
		return err
	}
	return c.passChange(*e, w)
}

// HearDeleted takes up that something in an enquiry's thread was deleted, by whomever: the
// asker's copy says so. ErrNoRow as of HearOffice.
func (o *Office) HearDeleted(ctx context.Context, s Said) error {
	return o.write(ctx, System, func(c *change) error {
		e, err := enquiryUnder(c.Tx, s)
		if err != nil {
			return err
		}
		w, err := c.EnquiryWordByOp(s.op())
		if errors.Is(err, ErrNoRow) { // it may still be on its way, and is then not to be passed on
			return c.CreateEnquiryWord(EnquiryWord{
				ID: EnquiryWordID(o.NewID()), Op: s.op(), Enquiry: e.ID, Side: FromOffice, Channel: s.Channel, TS: s.TS,
				At: c.now, Deleted: c.now, Inside: true, Version: 1,
			})
		}
		if err != nil || !w.Deleted.IsZero() || w.Side != FromOffice {
			return err
		}
		w.Deleted = c.now
		if err := c.SaveEnquiryWord(w); err != nil {
			return err
		}
		if err := c.audit("enquiry.delete", string(e.ID)); err != nil {
			return err
		}
		return c.unanswer(&e, w)
	})
}

// IsEnquiryThread says whether what stands there is in the thread of an enquiry.
func (o *Office) IsEnquiryThread(ctx context.Context, s Said) (bool, error) {
	err := o.read(ctx, func(tx Tx) error {
		_, err := enquiryUnder(tx, s)
		return err
	})
	if errors.Is(err, ErrNoRow) {
		return false, nil
	}
	return err == nil, err
}

// instant writes a moment in UTC, to the microsecond, as occasions have it.
func instant(t time.Time) string { return t.UTC().Format("20060102T150405.000000Z") }
