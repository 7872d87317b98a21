package programme

import (
	"errors"
	"time"
)

// NoticeEnquiryUnheard tells the office, under the card, that an answer did not reach who asked.
// Subject: word.
const NoticeEnquiryUnheard NoticeKind = "enquiry.unheard"

// arrives says whether a word of the office reached who asked, or still may.
func arrives(tx Tx, asker Person, w EnquiryWord) (bool, error) {
	if asker.Reachable() {
		return true, nil
	}
	d, err := tx.DeliveryOf(Notice{Kind: NoticeEnquiryReply, Subject: string(w.ID), To: ToPerson(asker.ID)})
	if errors.Is(err, ErrNoRow) {
		return false, nil
	}
	return d.SlackTS != "", err
}

// answeredAt is when the office last said something that reached who asked, or may: what did not
// answers nothing. unheard are the words that did not.
func answeredAt(tx Tx, asker Person, words []EnquiryWord) (at time.Time, unheard []EnquiryWord, err error) {
	for _, w := range words {
		if w.Side != FromOffice || w.Gone() {
			continue
		}
		heard, err := arrives(tx, asker, w)
		switch {
		case err != nil:
			return at, nil, err
		case !heard:
			unheard = append(unheard, w)
		case w.At.After(at):
			at = w.At
		}
	}
	return at, unheard, nil
}

// settleAnswered notes since when an enquiry is answered, and tells the office of what did not
// arrive.
func (c *change) settleAnswered(e *Enquiry) error {
	asker, err := c.Person(e.Person)
	if err != nil {
		return err
	}
	words, err := c.EnquiryWords(e.ID)
	if err != nil {
		return err
	}
	var unheard []EnquiryWord
	if e.Answered, unheard, err = answeredAt(c.Tx, asker, words); err != nil {
		return err
	}
	for _, w := range unheard {
		if err := c.notify(Notice{Kind: NoticeEnquiryUnheard, Subject: string(w.ID), To: ToChannel(ChannelOffice)}); err != nil {
			return err
		}
	}
	return nil
}

// mostOfOne bounds how many open enquiries of one person are looked at.
const mostOfOne = 100

// unhear is for somebody who cannot be reached from now on: what the office answered and is
// still on its way does not arrive.
func (c *change) unhear(p PersonID) error {
	open, err := c.EnquiriesOf(p, mostOfOne, EnquiryOpen)
	for _, e := range open {
		if err == nil {
			err = c.settleAnswered(&e)
		}
		if err == nil {
			err = c.saveEnquiry(&e)
		}
		if err == nil {
			err = c.redrawKinds(string(e.ID), NoticeEnquiryCard, NoticeEnquiryChase)
		}
	}
	return err
}
