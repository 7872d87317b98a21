package programme

import (
	"context"
	"slices"
	"time"
)

// ConsentKind is what somebody is asked to agree to. The strings are stored.
type ConsentKind string

const (
	ConsentTakingPart  ConsentKind = "taking_part" // and the notice of what is kept, who sees it and how long
	ConsentPublication ConsentKind = "publication" // of one text, in the report
	ConsentNamed       ConsentKind = "named"       // being named in the report
	ConsentRecommender ConsentKind = "recommender" // showing the recommending organisation which firm comes how often
	ConsentLLM         ConsentKind = "llm"         // use of a language model on what one wrote: whatever sends it anything asks first
)

// GeneralConsents are the kinds that are of a person and not of a text, in the order in
// which they are shown.
var GeneralConsents = []ConsentKind{ConsentTakingPart, ConsentNamed, ConsentRecommender, ConsentLLM}

// Party is who has to agree. The strings are stored.
type Party string

const (
	PartySelf         Party = "self"         // whom it concerns
	PartyOwner        Party = "owner"        // of the firm
	PartyOrganisation Party = "organisation" // a support organisation, of its own case
	PartyDepicted     Party = "depicted"     // who may be recognised in a picture
	PartyAuthor       Party = "author"       // of material
)

// OtherParties are those who may have to agree beside the person, in the order shown.
var OtherParties = []Party{PartyOwner, PartyOrganisation, PartyDepicted, PartyAuthor}

// Decision is what a party said. The strings are stored; "" is nothing yet.
type Decision string

const (
	DecisionYes       Decision = "yes"
	DecisionNameless  Decision = "nameless"  // yes, without a name
	DecisionNo        Decision = "no"        // asked, and refused
	DecisionWithdrawn Decision = "withdrawn" // was yes once
)

// Agrees says whether it is a yes of either sort.
func (d Decision) Agrees() bool { return d == DecisionYes || d == DecisionNameless }

// Consent is one thing that one party said. It is never changed: what stands is what was
// said last.
type Consent struct {
	ID          string
	Op          string // the form's operation id: the same form never says it twice
	Kind        ConsentKind
	Publication PublicationID // of ConsentPublication
	Person      PersonID      // whom it concerns; of somebody depicted who is on the roster: that person
	Party       Party
	Name        string // of a party that is not on the roster
	Hash        string // of the words and picture that they saw
	Decision    Decision
	At          time.Time // when it was said; of a paper, a moment of its day
	Paper       Date      // the day on the paper, "" if it was said here
	Witness     string    // who was there when the paper was signed
	EnteredBy   PersonID  // of a paper; "" for the operator
}

// ConsentTx keeps consents and what is to be published.
type ConsentTx interface {
	// AddConsent inserts; a second insert with the same op answers ErrRepeated.
	AddConsent(Consent) error
	// ConsentsOf lists what was said of the person of that kind, "" for every kind, in the
	// order in which it was said (At, then as it came in).
	ConsentsOf(PersonID, ConsentKind) ([]Consent, error)
	// AllConsents lists everybody's, in that order.
	AllConsents() ([]Consent, error)
	// PublicationConsents lists what was said of one text, in that order.
	PublicationConsents(PublicationID) ([]Consent, error)

	// CreatePublication inserts it with its first text; a second insert with the same op
	// answers ErrRepeated.
	CreatePublication(Publication) error
	// AddPublicationText inserts the last of p.Texts and saves p.
	AddPublicationText(p Publication) error
	SavePublication(Publication) error // compare and set on Version, else ErrStale
	Publication(PublicationID) (Publication, error)
	PublicationByOp(op string) (Publication, error)
	// Publications lists those about the person, of everybody for "", newest first, those
	// that were dropped too.
	Publications(PersonID) ([]Publication, error)
	// Delivered is when the report was delivered (納入), zero until then.
	Delivered() (time.Time, error)
	KeepDelivered(time.Time) error
	ForgetDelivered() error
}

// BureauReads lists the parts of a memo about somebody that the bureau reads once the
// office has looked at the memo and shared it, unless its writer means them for others.
func BureauReads(parts []PartDef) []PartDef {
	return slices.DeleteFunc(slices.Clone(parts), func(d PartDef) bool {
		return !slices.Contains(d.Audience(nil, OfSession, false), ReadBureau)
	})
}

// ConsentState is where somebody stands with one general kind.
type ConsentState struct {
	Kind     ConsentKind
	Decision Decision // "" if nothing was said: that is no
	Since    time.Time
	Paper    Date
}

// Allows says whether the person agreed to what the kind is about, and did not take it
// back: no unless yes. It is the gate for the kinds that are of a person; texts have
// publishable.
func (o *Office) Allows(tx Tx, person PersonID, kind ConsentKind) (bool, error) {
	p, err := tx.Person(person)
	if err != nil {
		return false, err
	}
	s, err := consentState(tx, p, kind)
	return s.Decision == DecisionYes, err
}

// consentStates are where the person stands with every general kind.
func consentStates(tx Tx, p Person) ([]ConsentState, error) {
	out := make([]ConsentState, 0, len(GeneralConsents))
	for _, kind := range GeneralConsents {
		s, err := consentState(tx, p, kind)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

func consentState(tx Tx, p Person, kind ConsentKind) (ConsentState, error) {
	said, err := saidInGeneral(tx, p.ID, kind)
	last, _ := heard(said, p.Reachable())
	return ConsentState{Kind: kind, Decision: last.Decision, Since: last.At, Paper: last.Paper}, err
}

// saidInGeneral is what the person said of a general kind, in order. Whoever agrees to a
// text with their name says of being named that they agree to that.
func saidInGeneral(tx Tx, person PersonID, kind ConsentKind) ([]Consent, error) {
	if kind != ConsentNamed {
		return tx.ConsentsOf(person, kind)
	}
	all, err := tx.ConsentsOf(person, "")
	return slices.DeleteFunc(all, func(x Consent) bool {
		ofText := x.Kind == ConsentPublication && x.Party == PartySelf && x.Decision == DecisionYes
		return x.Kind != ConsentNamed && !ofText
	}), err
}

// SayConsent records what the person says of a general kind for themself: nobody else
// can, but on paper. Taking back a yes is withdrawing it, and the office hears of it. The
// same again changes nothing. Being named cannot be taken back once the report is
// delivered: CodeClosed, and the office is told all the same.
func (o *Office) SayConsent(ctx context.Context, who Actor, op string, kind ConsentKind, yes bool) error {
	return o.writeOrLate(ctx, who, func(c *change) (late bool, err error) {
		if c.actor.Kind != ByPerson {
			return false, denied("error.denied")
		}
		if !isGeneral(kind) {
			return false, invalid("kind", "error.choice")
		}
		delivered, err := c.Delivered()
		if err != nil {
			return false, err
		}
		if kind == ConsentNamed && !yes && !delivered.IsZero() {
			return true, c.tellLate(string(kind), c.me.ID)
		}
		decision := DecisionNo
		if yes {
			decision = DecisionYes
		}
		return false, c.sayGeneral(Consent{Op: op, Kind: kind, Person: c.me.ID, Party: PartySelf, Decision: decision, At: c.when()})
	})
}

// sayGeneral keeps what was said of a general kind: what changes something, and every
// paper.
func (c *change) sayGeneral(x Consent) error {
	before, err := saidInGeneral(c.Tx, x.Person, x.Kind)
	if err != nil || x.Paper == "" && again(before, x.Decision) {
		return err
	}
	_, err = c.keepConsent(x, before)
	return err
}

func isGeneral(kind ConsentKind) bool { return slices.Contains(GeneralConsents, kind) }
