package programme

import (
	"slices"
	"strings"
)

// The kinds of notices about consents: to whoever is asked, and to the office. None has any
// of the text.
const (
	NoticeConsentAsk       NoticeKind = "consent.ask"       // subject: publication, occasion: wording; to somebody of the roster who has to agree
	NoticeConsentChanged   NoticeKind = "consent.changed"   // subject: publication, occasion: wording; a correction of spelling, to who agreed
	NoticeConsentPhoto     NoticeKind = "consent.photo"     // subject: publication, occasion: operation; the picture, a file to who is asked about it
	NoticeConsentProof     NoticeKind = "consent.proof"     // subject: person, occasion: when asked; the final proof
	NoticeConsentPaper     NoticeKind = "consent.paper"     // subject: publication or general kind, occasion: the consent; to whom a paper was entered for
	NoticeConsentReworded  NoticeKind = "consent.reworded"  // subject: publication, occasion: wording; to the office: the person's own words wait
	NoticeConsentQuestion  NoticeKind = "consent.question"  // subject: publication, occasion: person, day and number; to the office
	NoticeConsentWithdrawn NoticeKind = "consent.withdrawn" // subject: publication or general kind, occasion: person, moment, and whether it was late; to the office
)

// OfConsent says whether the notice is about a consent.
func (k NoticeKind) OfConsent() bool { return strings.HasPrefix(string(k), "consent.") }

// ConsentMatter is what a notice about a consent is drawn from.
type ConsentMatter struct {
	Publication Publication // zero if it is about a general kind; of the final proof one that is to be confirmed
	Kind        ConsentKind // ConsentPublication, or the general kind
	Person      Person      // of the office's cards: who said it
	Says        Decision    // what the reader said of the words that stand
	Waits       bool        // of a paper: it counts only once the reader confirms it
	Open        int         // of the final proof: how many texts are to be confirmed
	Copies      []Copy      // already given out
	Late        bool        // after the delivery
}

// lookAtConsent gathers what a notice about a consent is about. A question that was
// answered, is of other words by now, or is given up is not sent any more.
func (o *Office) lookAtConsent(tx Tx, m *Matter, update bool) error {
	switch m.Notice.Kind {
	case NoticeConsentPhoto:
		return o.lookAtPicture(tx, m)
	case NoticeConsentProof:
		return o.lookAtProof(tx, m, update)
	case NoticeConsentWithdrawn:
		return o.lookAtWithdrawal(tx, m)
	case NoticeConsentPaper:
		return o.lookAtPaper(tx, m)
	}
	p, err := tx.Publication(PublicationID(m.Notice.Subject))
	if err != nil {
		return err
	}
	m.Consent.Publication, m.Consent.Kind = p, ConsentPublication
	s, err := o.standingOf(tx, p)
	if err != nil {
		return err
	}
	delivered, err := tx.Delivered()
	if err != nil {
		return err
	}
	m.Over = s.Gone || !delivered.IsZero()
	switch m.Notice.Kind {
	case NoticeConsentAsk, NoticeConsentChanged:
		need, asked := p.askedAs(m.To.ID)
		for _, party := range s.Parties {
			if asked && party.Need == need {
				m.Consent.Says = party.Says
			}
		}
		stands := m.Notice.Occasion == textOccasion(p) && !m.Over
		if !asked || !update && (!stands || m.Notice.Kind == NoticeConsentAsk && m.Consent.Says != "") ||
			!update && m.Notice.Kind == NoticeConsentChanged && !m.Consent.Says.Agrees() {
			m.Withdrawn = withdrawnAnswered
		}
		m.Over = m.Over || m.Notice.Occasion != textOccasion(p)
	case NoticeConsentReworded:
		if !update && !s.Reworded {
			m.Withdrawn = withdrawnAnswered
		}
		m.Consent.Person, err = tx.Person(p.Person)
	case NoticeConsentQuestion:
		id, _, _ := strings.Cut(m.Notice.Occasion, "/")
		m.Consent.Person, err = tx.Person(PersonID(id))
	}
	return err
}

// lookAtProof counts what the person is still to confirm, and finds the first of it.
func (o *Office) lookAtProof(tx Tx, m *Matter, update bool) error {
	delivered, err := tx.Delivered()
	if err != nil {
		return err
	}
	ps, err := o.ownPublications(tx, m.To.ID)
	for _, p := range ps {
		if p.Asks() && p.ToProve && delivered.IsZero() {
			m.Consent.Open++
			m.Consent.Publication = p.Publication
		}
	}
	if m.Consent.Open == 0 && !update {
		m.Withdrawn = withdrawnAnswered
	}
	return err
}

// lookAtPaper says whether a paper waits for the reader's own word.
func (o *Office) lookAtPaper(tx Tx, m *Matter) error {
	m.Consent.Kind = ConsentKind(m.Notice.Subject)
	if isGeneral(m.Consent.Kind) {
		said, err := saidInGeneral(tx, m.To.ID, m.Consent.Kind)
		_, waits := heard(said, m.To.Reachable())
		m.Consent.Waits = waits != ""
		return err
	}
	p, err := tx.Publication(PublicationID(m.Notice.Subject))
	if err != nil {
		return err
	}
	m.Consent.Publication, m.Consent.Kind = p, ConsentPublication
	s, err := o.standingOf(tx, p)
	for _, party := range s.Parties {
		if party.Person == m.To.ID {
			m.Consent.Waits = party.Waits != ""
			break
		}
	}
	return err
}

// lookAtWithdrawal names who took something back, and the copies that are out.
func (o *Office) lookAtWithdrawal(tx Tx, m *Matter) error {
	parts := strings.Split(m.Notice.Occasion, "/")
	m.Consent.Late = parts[len(parts)-1] == consentLate
	person, err := tx.Person(PersonID(parts[0]))
	if err != nil {
		return err
	}
	m.Consent.Person, m.Consent.Kind = person, ConsentKind(m.Notice.Subject)
	if m.Consent.Kind == ConsentNamed {
		m.Consent.Copies, err = namedCopies(tx, person.ID)
		return err
	}
	if isGeneral(m.Consent.Kind) {
		return nil
	}
	m.Consent.Kind = ConsentPublication
	if m.Consent.Publication, err = tx.Publication(PublicationID(m.Notice.Subject)); err != nil {
		return err
	}
	m.Consent.Copies, err = tx.CopiesOf(m.Notice.Subject)
	return err
}

// namedCopies are what was given out with the person's name, of all texts about them.
func namedCopies(tx Tx, person PersonID) ([]Copy, error) {
	ps, err := tx.Publications(person)
	if err != nil {
		return nil, err
	}
	var out []Copy
	for _, p := range ps {
		if p.Person != person {
			continue // they are in the picture
		}
		copies, err := tx.CopiesOf(string(p.ID))
		if err != nil {
			return nil, err
		}
		for _, x := range copies {
			if x.Kind == CopyPublications {
				out = append(out, x)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Copy) int { return a.At.Compare(b.At) })
	return out, nil
}
