package programme

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// PaperConsent is what the office enters from a paper: programme.md "participants are
// told at application (paper consents are entered with date and witness)".
type PaperConsent struct {
	Op          string
	Kind        ConsentKind
	Person      PersonID      // of a general kind
	Publication PublicationID // of ConsentPublication
	Party       Party         // of ConsentPublication; else the person themself
	Name        string        // of the party, as the publication names it
	Depicted    PersonID      // of somebody depicted who is on the roster
	Decision    Decision
	Hash        string // of the text that the paper shows
	Day         Date
	Witness     string
}

// maxWitness is how many characters the name of a witness may have.
const maxWitness = 100

// ConsentOnPaper enters a paper: the office alone does, and nobody one of their own. Who
// can be reached is told, and a yes does not count against a no that they said themselves
// until they confirm it. An Error's Field is "kind", "party", "decision", "day" or
// "witness"; CodeConflict if the paper is of other words than those that stand.
func (o *Office) ConsentOnPaper(ctx context.Context, who Actor, f PaperConsent) error {
	return o.manage(ctx, who, func(c *change) error {
		x, err := c.fromPaper(f)
		if err != nil {
			return err
		}
		if f.Kind == ConsentPublication {
			return c.paperOfPublication(f, x)
		}
		return c.paperInGeneral(f, x)
	})
}

// fromPaper checks what every paper has. A day is no moment: a yes counts from its
// beginning, a no from its end, so that within one day the no stands.
func (c *change) fromPaper(f PaperConsent) (Consent, error) {
	x := Consent{Op: f.Op, Kind: f.Kind, Decision: f.Decision, Paper: f.Day, Witness: strings.TrimSpace(f.Witness), EnteredBy: c.me.ID}
	start := f.Day.At(0, 0, c.office.Settings.Zone)
	switch {
	case f.Decision != DecisionYes && f.Decision != DecisionNameless && f.Decision != DecisionNo && f.Decision != DecisionWithdrawn:
		return x, invalid("decision", "error.choice")
	case start.IsZero():
		return x, invalid("day", "error.required")
	case start.After(c.now):
		return x, invalid("day", "error.consent_paper_future")
	case x.Witness == "":
		return x, invalid("witness", "error.required")
	case utf8.RuneCountInString(x.Witness) > maxWitness:
		return x, invalid("witness", "error.too_long", "Max", maxWitness)
	}
	x.At = start
	if !f.Decision.Agrees() {
		if x.At = start.Add(24*time.Hour - time.Second); x.At.After(c.now) {
			x.At = c.now
		}
	}
	return x, nil
}

// paperInGeneral keeps what a paper says of a general kind.
func (c *change) paperInGeneral(f PaperConsent, x Consent) error {
	switch {
	case !isGeneral(f.Kind):
		return invalid("kind", "error.choice")
	case f.Decision == DecisionNameless:
		return invalid("decision", "error.choice")
	case c.actor.Kind == ByPerson && f.Person == c.me.ID:
		return denied("error.consent_own_paper")
	}
	if _, err := c.Person(f.Person); err != nil {
		return orMissing(err, "error.person_gone")
	}
	if f.Kind == ConsentNamed && !f.Decision.Agrees() {
		if err := c.mustBeUndelivered(); err != nil {
			return err
		}
	}
	x.Person, x.Party = f.Person, PartySelf
	return c.sayGeneral(x)
}

// paperOfPublication keeps what a paper says of a text. A yes is to the words that stand:
// those of the paper have to be the same, so that it is not older than they are.
func (c *change) paperOfPublication(f PaperConsent, x Consent) error {
	p, err := c.Publication(f.Publication)
	if err != nil {
		return orMissing(err, "error.publication_gone")
	}
	if err := c.mustConcernAnother(p); err != nil {
		return err
	}
	if c.actor.Kind == ByPerson && f.Depicted == c.me.ID {
		return denied("error.consent_own_paper")
	}
	if err := c.mustBeUndelivered(); err != nil {
		return err
	}
	need := Need{Party: f.Party, Name: f.Name, Person: f.Depicted}
	if f.Party == PartySelf {
		need = Need{Party: PartySelf, Person: p.Person}
	} else if !slices.Contains(p.Needs, need) {
		return invalid("party", "error.choice")
	}
	switch {
	case f.Decision == DecisionNameless && f.Party != PartySelf:
		return invalid("decision", "error.choice")
	case f.Decision.Agrees() && f.Hash != p.Hash:
		return &Error{Code: CodeConflict, Key: "error.publication_changed"}
	case f.Decision.Agrees() && f.Day < DateOf(p.worded(), c.office.Settings.Zone):
		return invalid("day", "error.consent_paper_old")
	}
	x.Publication, x.Party, x.Name, x.Hash, x.Person = p.ID, f.Party, need.Name, f.Hash, p.Person
	if need.Person != "" {
		x.Person = need.Person
	}
	before, err := c.saidOfText(p.ID, need)
	if err != nil {
		return err
	}
	return c.said(x, before)
}

// worded is since when there are the words that stand.
func (p Publication) worded() time.Time {
	i := slices.IndexFunc(p.Texts, func(t PublicationText) bool { return t.Hash == p.Hash })
	if i < 0 {
		return p.Made
	}
	return p.Texts[i].At
}
