package programme

import (
	"context"
	"slices"
	"time"
)

// DecisionForm is what somebody says of a text that they were shown.
type DecisionForm struct {
	Op          string // the form's operation id: the same form never says it twice
	Publication PublicationID
	Hash        string // of what they saw
	Decision    Decision
	// Wording is what the person wrote in place of the text, "" for nothing: with a yes,
	// that is what they agree to.
	Wording string
}

// Decide records what the acting person says of a text: of one about themself, or of a
// picture that they may be recognised in. A yes is to exactly what they saw: CodeConflict
// if that is another by now. A no after a yes withdraws it, at any time until the delivery;
// later it is CodeClosed, and the office is told all the same. Other words than the
// office's wait until the office takes them over.
func (o *Office) Decide(ctx context.Context, who Actor, f DecisionForm) (Publication, error) {
	var p Publication
	err := o.writeOrLate(ctx, who, func(c *change) (late bool, err error) {
		var need Need
		if p, need, err = c.askedOf(f.Publication); err != nil {
			return false, err
		}
		delivered, err := c.Delivered()
		switch {
		case err != nil:
			return false, err
		case delivered.IsZero():
			return false, c.decided(&p, need, f)
		case f.Decision.Agrees():
			return false, alreadyDelivered()
		}
		return true, c.tellLate(string(p.ID), c.me.ID)
	})
	return p, err
}

// askedOf is the publication, and as whom the acting person is asked; to others it does
// not exist.
func (c *change) askedOf(id PublicationID) (Publication, Need, error) {
	p, err := c.Publication(id)
	if err != nil {
		return p, Need{}, orMissing(err, "error.publication_gone")
	}
	need, ok := p.askedAs(c.me.ID)
	if !ok || c.actor.Kind != ByPerson {
		return Publication{}, need, missing("error.publication_gone")
	}
	return p, need, nil
}

// askedAs says as whom somebody of the roster is asked about the publication.
func (p Publication) askedAs(person PersonID) (Need, bool) {
	if person == "" {
		return Need{}, false
	}
	if p.Person == person {
		return Need{Party: PartySelf, Person: person}, true
	}
	for _, n := range p.Needs {
		if n.Person == person {
			return n, true
		}
	}
	return Need{}, false
}

// decided keeps what was said before the delivery.
func (c *change) decided(p *Publication, need Need, f DecisionForm) error {
	x := Consent{
		Op: f.Op, Kind: ConsentPublication, Publication: p.ID, Person: c.me.ID, Party: need.Party,
		Hash: p.Hash, Decision: f.Decision, At: c.when(),
	}
	before, err := c.saidOfText(p.ID, need)
	if err != nil || slices.ContainsFunc(before, func(b Consent) bool { return b.Op == f.Op }) {
		return err
	}
	if !f.Decision.Agrees() {
		x.Hash, x.Decision = f.Hash, DecisionNo
		if again(before, x.Decision) {
			return nil
		}
		return c.said(x, before)
	}
	switch {
	case f.Decision == DecisionNameless && need.Party != PartySelf:
		return invalid("decision", "error.choice")
	case !p.Dropped.IsZero():
		return &Error{Code: CodeClosed, Key: "error.publication_dropped"}
	case f.Hash != p.Hash:
		return &Error{Code: CodeConflict, Key: "error.publication_changed"}
	}
	if need.Party == PartySelf && f.Wording != "" {
		reworded, err := c.reword(p, f)
		if err != nil {
			return err
		}
		if reworded {
			x.Hash = p.Hash
			return c.said(x, before)
		}
	}
	same, err := c.agreedBefore(*p, x, before)
	if err != nil || same {
		return err
	}
	return c.said(x, before)
}

// agreedBefore says whether a yes changes nothing: it was said to these words, was there
// after the proof was asked for, and lets the text name them if this one does.
func (c *change) agreedBefore(p Publication, x Consent, before []Consent) (bool, error) {
	last, _ := heard(before, true)
	if last.Decision != x.Decision || last.Hash != x.Hash || !p.Proof.IsZero() && !confirmed(p.Proof, last, c.office.Settings.Zone) {
		return false, nil
	}
	if x.Party != PartySelf || x.Decision != DecisionYes {
		return true, nil
	}
	refused, err := refusedName(c.Tx, p.Person)
	return last.names(refused, true), err
}

// reword makes the words that the person wrote those that stand, if they are others.
func (c *change) reword(p *Publication, f DecisionForm) (bool, error) {
	text, err := publicationText(f.Wording)
	if err != nil || text == p.Text {
		return false, err
	}
	p.add(PublicationText{Text: text, By: c.me.ID, At: c.now})
	p.Proof = time.Time{}
	if err := c.keepWording(p, "publication.reword"); err != nil {
		return false, err
	}
	return true, c.notify(Notice{Kind: NoticeConsentReworded, Subject: string(p.ID), To: ToChannel(ChannelOffice), Occasion: textOccasion(*p)})
}

// OwnPublication is a text that somebody is asked about, with where they stand.
type OwnPublication struct {
	Publication Publication
	As          Party
	// Says is what counts of the words that stand, "" while they are asked. A yes with the
	// name is one without it once they refused to be named at all.
	Says     Decision
	Since    time.Time
	Paper    Date
	Answered string  // the words to which they said yes, if the spelling was corrected since
	Unnamed  bool    // they said yes with their name, and later that they do not want to be named
	Awaits   []Party // the others who have not agreed to the words that stand, each once
	Reworded bool    // the words are theirs, and wait for the office
	ToProve  bool    // they are asked to confirm the final proof
	Gone     bool
}

// Asks says whether an answer is waited for.
func (p OwnPublication) Asks() bool { return !p.Gone && (p.Says == "" || p.ToProve) }

// OwnConsents are somebody's consents, as they see them.
type OwnConsents struct {
	Me           Person
	States       []ConsentState
	Publications []OwnPublication // newest first
	Delivered    time.Time        // of the report; zero until then everything can be changed
	Completion   Date             // of the programme
	Parts        []PartDef        // of a memo: who reads them is in the notice of use
}

// OwnConsents gathers what the acting person was asked and said.
func (o *Office) OwnConsents(ctx context.Context, who Actor) (OwnConsents, error) {
	var out OwnConsents
	err := o.readAs(ctx, who, func(tx Tx, me Person) (err error) {
		if who.Kind != ByPerson {
			return denied("error.denied")
		}
		out.Me, out.Completion, out.Parts = me, o.Settings.Completion, o.Settings.Parts
		if out.States, err = consentStates(tx, me); err != nil {
			return err
		}
		if out.Delivered, err = tx.Delivered(); err != nil {
			return err
		}
		out.Publications, err = o.ownPublications(tx, me.ID)
		return err
	})
	return out, err
}

// ownPublications are the texts that somebody of the roster is asked about. One that was
// dropped before they said anything is no matter of theirs.
func (o *Office) ownPublications(tx Tx, person PersonID) ([]OwnPublication, error) {
	ps, err := tx.Publications(person)
	if err != nil {
		return nil, err
	}
	var out []OwnPublication
	for _, p := range ps {
		own, err := o.ownPublication(tx, p, person)
		if err != nil {
			return nil, err
		}
		if !own.Gone || own.Says != "" {
			out = append(out, own)
		}
	}
	return out, nil
}

func (o *Office) ownPublication(tx Tx, p Publication, person PersonID) (OwnPublication, error) {
	own := OwnPublication{Publication: p}
	s, err := o.standingOf(tx, p)
	if err != nil {
		return own, err
	}
	for _, party := range s.Parties {
		if own.As == "" && party.Person == person {
			own.stands(s, party)
		} else if !party.Says.Agrees() && !slices.Contains(own.Awaits, party.Party) {
			own.Awaits = append(own.Awaits, party.Party)
		}
	}
	own.Gone, own.Reworded = s.Gone, s.Reworded && own.As == PartySelf
	return own, nil
}

// stands fills in where the party that they are stands.
func (own *OwnPublication) stands(s Standing, party PartyStanding) {
	p := own.Publication
	own.As, own.Says, own.Since, own.Paper = party.Party, party.Says, party.Consent.At, party.Consent.Paper
	if party.Party == PartySelf && party.Says == DecisionYes && s.Nameless {
		own.Says, own.Unnamed = DecisionNameless, true
	}
	own.ToProve = party.Says.Agrees() && !p.Proof.IsZero() && !party.Proven
	for _, t := range p.Texts {
		if party.Says.Agrees() && t.Hash == party.Consent.Hash && t.Hash != p.Hash {
			own.Answered = t.Text
		}
	}
}

// OwnPublication is one text that the acting person is asked about; to others it does not
// exist.
func (o *Office) OwnPublication(ctx context.Context, who Actor, id PublicationID) (own OwnPublication, delivered time.Time, err error) {
	err = o.readAs(ctx, who, func(tx Tx, me Person) error {
		p, err := tx.Publication(id)
		if err != nil {
			return orMissing(err, "error.publication_gone")
		}
		if _, ok := p.askedAs(me.ID); !ok {
			return missing("error.publication_gone")
		}
		if delivered, err = tx.Delivered(); err != nil {
			return err
		}
		own, err = o.ownPublication(tx, p, me.ID)
		return err
	})
	return own, delivered, err
}

// HomeConsents is what Home says of consents.
type HomeConsents struct {
	First   bool // the notice of use is not answered yet
	Asks    int  // texts that the person is asked about
	ToProve int  // of these: for the final proof
}

// homeConsents gathers it. Application papers count as an answer; the notice is for those
// who take part, and locks nobody out.
func (o *Office) homeConsents(tx Tx, me Person) (HomeConsents, error) {
	var out HomeConsents
	if me.Has(Atsugi) {
		said, err := tx.ConsentsOf(me.ID, ConsentTakingPart)
		if err != nil {
			return out, err
		}
		out.First = len(said) == 0
	}
	delivered, err := tx.Delivered()
	if err != nil || !delivered.IsZero() {
		return out, err
	}
	ps, err := o.ownPublications(tx, me.ID)
	for _, p := range ps {
		if p.Asks() {
			out.Asks++
		}
		if p.Asks() && p.ToProve {
			out.ToProve++
		}
	}
	return out, err
}
