package programme

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	// MaxEnquiry is how long a word of an enquiry may be, in characters.
	MaxEnquiry = 3000
	// maxWordsAnHour is how many words somebody may send the office in an hour.
	maxWordsAnHour = 20
	// foundKept is how long what somebody typed is kept while the office was not told.
	foundKept = 72 * time.Hour
)

// TakeWord takes what somebody said to the bot that answers nothing it asked: a further word
// of their open enquiry, or another one. What was published is shown first; if nothing fits
// the office is told at once. The same message is taken up once. ErrNoRow if it says nothing,
// or asks for help or greets alone.
func (o *Office) TakeWord(ctx context.Context, who Actor, s Said) (Enquiry, error) {
	var e Enquiry
	text := strings.TrimSpace(s.Text)
	if text == "" && len(s.Files) == 0 || WishOf(text) == WishHelp && s.Op == "" {
		return e, ErrNoRow
	}
	err := o.write(ctx, who, func(c *change) error {
		if c.me.ID == "" {
			return denied("error.denied")
		}
		before, repeated, err := repeatedWord(c.Tx, s.op())
		if err != nil {
			return err
		}
		if repeated {
			e, err = c.Enquiry(before.Enquiry)
			return err
		}
		if err := c.mayAsk(text); err != nil {
			return err
		}
		e, err = c.takeWord(s)
		return err
	})
	return e, err
}

// mayAsk keeps words within their bounds.
func (c *change) mayAsk(text string) error {
	if c.must(Coordinator) == nil {
		return officeAsks(text)
	}
	if utf8.RuneCountInString(text) > MaxEnquiry {
		return invalid("text", "error.enquiry_long", "Max", MaxEnquiry)
	}
	n, err := c.CountEnquiryWords(c.me.ID, c.now.Add(-time.Hour))
	if err == nil && n >= maxWordsAnHour {
		err = &Error{Code: CodeConflict, Key: "error.enquiry_often", Args: map[string]any{"Max": maxWordsAnHour}}
	}
	return err
}

func (c *change) takeWord(s Said) (Enquiry, error) {
	e, err := enquiryOfWord(c.Tx, c.me.ID, s, c.now)
	if err == nil && e.State != EnquiryOpen && WishOf(s.Text) == WishGreeting { // thanks reopen nothing
		err = ErrNoRow
	}
	switch {
	case err != nil && !errors.Is(err, ErrNoRow):
		return e, err
	case err == nil && !s.Anew:
		e.Asked = c.now
		if err := c.goOn(&e); err != nil {
			return e, err
		}
		w, err := c.saveWord(&e, s)
		if err != nil {
			return e, err
		}
		if err := c.passOn(e, w); err != nil {
			return e, err
		}
		return e, c.audit("enquiry.word", string(e.ID))
	}
	if strings.TrimSpace(s.Text) == "" || s.Op == "" && len(s.Files) == 0 && WishOf(s.Text) == WishGreeting {
		return e, ErrNoRow // a file alone is part of a conversation, or says nothing
	}
	return c.beginEnquiry(s)
}

// beginEnquiry keeps the first word, and shows what was published or tells the office.
func (c *change) beginEnquiry(s Said) (Enquiry, error) {
	e := Enquiry{ID: EnquiryID(c.office.NewID()), Person: c.me.ID, State: EnquiryFound, Begun: c.now, Asked: c.now}
	var err error
	if e.Shown, err = c.shows(s.Text); err != nil {
		return e, err
	}
	if _, err := c.saveWord(&e, s); err != nil {
		return e, err
	}
	if err := c.audit("enquiry.begin", string(e.ID)); err != nil {
		return e, err
	}
	if e.Shown == "" || len(s.Files) > 0 {
		return e, c.openEnquiry(&e)
	}
	return e, c.notify(Notice{Kind: NoticeEnquiryFound, Subject: string(e.ID), To: ToPerson(e.Person), UsefulUntil: c.now.Add(foundKept)})
}

// saveWord keeps a word of the asker, and the enquiry with it.
func (c *change) saveWord(e *Enquiry, s Said) (EnquiryWord, error) {
	if err := c.saveEnquiry(e); err != nil {
		return EnquiryWord{}, err
	}
	w := EnquiryWord{
		ID: EnquiryWordID(c.office.NewID()), Op: s.op(), Enquiry: e.ID, Side: FromAsker, By: c.me.ID,
		Channel: s.Channel, TS: s.TS, Text: s.Text, At: c.now, Version: 1,
	}
	if err := c.CreateEnquiryWord(w); err != nil {
		return w, err
	}
	_, err := c.addFiles(w, s.Files)
	return w, err
}

// saveEnquiry saves, and knows the version that stands now.
func (c *change) saveEnquiry(e *Enquiry) error {
	err := c.SaveEnquiry(*e)
	e.Version++
	return err
}

// openEnquiry tells the office, and the asker that it was told.
func (c *change) openEnquiry(e *Enquiry) error {
	e.State, e.Opened = EnquiryOpen, c.now
	if err := c.saveEnquiry(e); err != nil {
		return err
	}
	if err := c.redraw(Notice{Kind: NoticeEnquiryFound, Subject: string(e.ID)}); err != nil {
		return err
	}
	if err := c.audit("enquiry.open", string(e.ID)); err != nil {
		return err
	}
	c.factsChanged()
	if err := c.notify(
		Notice{Kind: NoticeEnquiryCard, Subject: string(e.ID), To: ToChannel(ChannelOffice)},
		Notice{Kind: NoticeEnquiryTold, Subject: string(e.ID), To: ToPerson(e.Person)}); err != nil {
		return err
	}
	return c.bringFirst(*e)
}

// SendEnquiry sends an enquiry to the office of whose asker the bot showed what was published.
// Doing it again changes nothing.
func (o *Office) SendEnquiry(ctx context.Context, who Actor, id EnquiryID) error {
	return o.write(ctx, who, func(c *change) error {
		e, err := c.ownEnquiry(id)
		if err != nil || e.State == EnquiryOpen || e.State == EnquiryClosed {
			return err
		}
		if e.State != EnquiryFound {
			return &Error{Code: CodeClosed, Key: "error.enquiry_forgotten"}
		}
		return c.openEnquiry(&e)
	})
}

// SolveEnquiry says that what was published was enough: the words are forgotten.
func (o *Office) SolveEnquiry(ctx context.Context, who Actor, id EnquiryID) error {
	return o.write(ctx, who, func(c *change) error {
		e, err := c.ownEnquiry(id)
		if err != nil || e.State != EnquiryFound {
			return err
		}
		return c.forgetEnquiry(e, EnquirySolved)
	})
}

// ForgetFound forgets what people typed and said no more about: some at a time. It is for
// the program itself, which does it every so often.
func (o *Office) ForgetFound(ctx context.Context) error {
	const some = 100
	var due []Enquiry
	if err := o.read(ctx, func(tx Tx) (err error) {
		due, err = tx.FoundBefore(o.Now().Add(-foundKept), some)
		return err
	}); err != nil || len(due) == 0 {
		return err
	}
	return o.write(ctx, System, func(c *change) error {
		due, err := c.FoundBefore(c.now.Add(-foundKept), some)
		for _, e := range due {
			if err == nil {
				err = c.forgetEnquiry(e, EnquiryLapsed)
			}
		}
		return err
	})
}

// forgetEnquiry ends an enquiry of which the office was never told, without its words.
func (c *change) forgetEnquiry(e Enquiry, as EnquiryState) error {
	e.State, e.Closed, e.ClosedBy = as, c.now, c.me.ID
	if err := c.saveEnquiry(&e); err != nil {
		return err
	}
	if err := c.ForgetEnquiryWords(e.ID); err != nil {
		return err
	}
	if err := c.redraw(Notice{Kind: NoticeEnquiryFound, Subject: string(e.ID)}); err != nil {
		return err
	}
	return c.audit("enquiry."+string(as), string(e.ID))
}

// ownEnquiry is one that the actor asked.
func (c *change) ownEnquiry(id EnquiryID) (Enquiry, error) {
	e, err := c.Enquiry(id)
	if err != nil {
		return e, orMissing(err, "error.enquiry_gone")
	}
	if c.actor.Kind != ByPerson || c.me.ID != e.Person {
		return Enquiry{}, missing("error.enquiry_gone")
	}
	return e, nil
}

// EditWord takes up an edit of a word, on either side, by who said it; ErrNoRow if the message
// is of no enquiry.
func (o *Office) EditWord(ctx context.Context, who Actor, channel, ts, text string) error {
	return o.changeWord(ctx, who, channel, ts, func(c *change, w *EnquiryWord) error {
		if !w.Deleted.IsZero() || c.when().Before(w.Edited) {
			return errUnchanged // of two edits the later one stands
		}
		if utf8.RuneCountInString(text) > MaxEnquiry {
			return invalid("text", "error.enquiry_long", "Max", MaxEnquiry)
		}
		w.Text, w.Edited = text, c.when()
		return nil
	})
}

// DeleteWord takes up that somebody deleted a word of theirs; ErrNoRow if the message is of no
// enquiry.
func (o *Office) DeleteWord(ctx context.Context, who Actor, channel, ts string) error {
	return o.changeWord(ctx, who, channel, ts, func(c *change, w *EnquiryWord) error {
		if !w.Deleted.IsZero() {
			return errUnchanged
		}
		w.Deleted = c.now
		return nil
	})
}

var errUnchanged = errors.New("nothing to change")

func (o *Office) changeWord(ctx context.Context, who Actor, channel, ts string, f func(*change, *EnquiryWord) error) error {
	err := o.write(ctx, who, func(c *change) error {
		w, err := c.EnquiryWordByOp(WordOp(channel, ts))
		if err != nil {
			return err
		}
		if c.me.ID == "" || w.By != c.me.ID {
			return ErrNoRow
		}
		e, err := c.Enquiry(w.Enquiry)
		if err != nil {
			return err
		}
		if e.State == EnquirySolved || e.State == EnquiryLapsed {
			return errUnchanged // the words are gone
		}
		if err := f(c, &w); err != nil {
			return err
		}
		if !w.Deleted.IsZero() && e.State == EnquiryFound {
			return c.forgetEnquiry(e, EnquirySolved)
		}
		if err := c.SaveEnquiryWord(w); err != nil {
			return err
		}
		if e.State == EnquiryFound {
			return c.lookAgain(e, w.Text)
		}
		return c.passChange(e, w)
	})
	if errors.Is(err, errUnchanged) {
		return nil
	}
	return err
}

// shows says what there is to show for what somebody typed, as Enquiry.Shown has it.
func (c *change) shows(text string) (string, error) {
	switch wish := WishOf(text); wish {
	case WishNext, WishCancel, WishBookings:
		return shownWish + string(wish), nil
	}
	found, err := c.office.find(c.Tx, c.me, text, c.now)
	var out []string
	for _, f := range found {
		out = append(out, f.key())
	}
	return strings.Join(out, "\n"), err
}

// lookAgain is for words that were edited before the office was told.
func (c *change) lookAgain(e Enquiry, text string) (err error) {
	if e.Shown, err = c.shows(text); err != nil {
		return err
	}
	if err := c.saveEnquiry(&e); err != nil {
		return err
	}
	return c.redraw(Notice{Kind: NoticeEnquiryFound, Subject: string(e.ID)})
}
