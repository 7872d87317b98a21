package programme

import (
	"slices"
	"strings"
)

// relayedWord finds the word that the notice is about, and the file of it if it is one.
func relayedWord(tx Tx, n Notice) (w EnquiryWord, f EnquiryFile, err error) {
	id := EnquiryWordID(n.Subject)
	if n.Kind == NoticeEnquiryFile {
		if f, err = tx.EnquiryFile(n.Subject); err != nil {
			return w, f, err
		}
		id = f.Word
	}
	w, err = tx.EnquiryWord(id)
	return w, f, err
}

// enquiryOf is the enquiry that a notice is about.
func enquiryOf(tx Tx, n Notice) (Enquiry, EnquiryWord, EnquiryFile, error) {
	if n.Kind == NoticeEnquiryClosed || n.Kind == NoticeEnquiryChase {
		e, err := tx.Enquiry(EnquiryID(n.Subject))
		return e, EnquiryWord{}, EnquiryFile{}, err
	}
	w, f, err := relayedWord(tx, n)
	if err != nil {
		return Enquiry{}, w, f, err
	}
	e, err := tx.Enquiry(w.Enquiry)
	return e, w, f, err
}

// lookAtRelay finds the word, or how the enquiry stands. Nobody but its asker and the office's
// channel is told.
func (o *Office) lookAtRelay(tx Tx, m *Matter, update bool) error {
	e, w, f, err := enquiryOf(tx, m.Notice)
	if err != nil {
		return err
	}
	office := m.Notice.To == ToChannel(ChannelOffice)
	if !office && (m.To.ID == "" || m.To.ID != e.Person) {
		m.Withdrawn = withdrawnDenied
		return nil
	}
	m.Word, m.File = w, f
	if m.Enquiry, err = enquiryView(tx, e, office); err != nil {
		return err
	}
	m.Since = waitsSince(e, m.Enquiry.Words)
	if m.Refused, err = refusedFiles(tx, w); err != nil || update {
		return err
	}
	switch m.Notice.Kind {
	case NoticeEnquiryReply, NoticeEnquirySaid, NoticeEnquiryFile, NoticeEnquiryUnheard:
		if w.Gone() || f.State == FileRefused {
			m.Withdrawn = withdrawnBackTaken
		}
	case NoticeEnquiryClosed:
		if e.State != EnquiryClosed || m.Notice.Occasion != instant(e.Closed) {
			m.Withdrawn = withdrawnMoved
		}
	case NoticeEnquiryChase:
		if m.Since.IsZero() || !strings.HasSuffix(m.Notice.Occasion, ChaseOccasion("", m.Since)) {
			m.Withdrawn = withdrawnAnswered
		}
	}
	return nil
}

// withdrawnBackTaken says that who said it took it back before it went out.
const withdrawnBackTaken = "taken_back"

func refusedFiles(tx Tx, w EnquiryWord) (int, error) {
	if w.ID == "" {
		return 0, nil
	}
	files, err := tx.EnquiryFiles(w.ID)
	return len(slices.DeleteFunc(files, func(f EnquiryFile) bool { return f.State != FileRefused })), err
}

// lookAtCard finds what the office's card of an enquiry shows beside the words.
func (o *Office) lookAtCard(tx Tx, m *Matter) (err error) {
	m.Word = m.Enquiry.First()
	if m.Refused, err = refusedFiles(tx, m.Word); err != nil {
		return err
	}
	m.Ahead, err = aheadOf(tx, m.Enquiry.Person, o.Now())
	return err
}
