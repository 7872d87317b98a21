package main

import (
	"context"
	"errors"
	"fmt"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// consentCmd is the record of consents: what was said, and papers to enter. What may be
// published is taken out by `export publications`.
type consentCmd struct {
	List  consentList  `cmd:"" help:"Everything that was ever agreed to, declined or withdrawn, without any text."`
	Paper consentPaper `cmd:"" help:"Enter what a signed paper says, with its day and the witness."`
}

// consentList writes a line for everything that was said.
type consentList struct{ outlet }

// consentLine is one line of the list. Moments are RFC 3339 in the programme's zone.
type consentLine struct {
	Person      programme.PersonID      `json:"person"`
	Name        string                  `json:"name"`
	Kind        programme.ConsentKind   `json:"kind"`
	Publication programme.PublicationID `json:"publication,omitempty"`
	Party       programme.Party         `json:"party"`
	PartyName   string                  `json:"party_name,omitempty"`
	Decision    programme.Decision      `json:"decision"`
	At          string                  `json:"at"`
	Hash        string                  `json:"hash,omitempty"`
	Paper       programme.Date          `json:"paper,omitempty"`
	Witness     string                  `json:"witness,omitempty"`
}

// Run writes the list, oldest first.
func (c consentList) Run(ctx context.Context, std streams) error {
	say := speechFor(c.Lang)
	found, zone, err := takeOut(ctx, c.where, (*programme.Office).ExportConsents)
	if err != nil {
		return err
	}
	lines := make([]consentLine, len(found))
	for i, f := range found {
		x := f.Consent
		lines[i] = consentLine{
			Person: x.Person, Name: f.Person.Name, Kind: x.Kind, Publication: x.Publication, Party: x.Party, PartyName: x.Name,
			Decision: x.Decision, At: stampOf(x.At, zone), Hash: x.Hash, Paper: x.Paper, Witness: x.Witness,
		}
	}
	l := ui.NewLocale(say.lang, zone)
	return write(c.outlet, std, table[consentLine]{
		name: say.say("consent.list", nil),
		header: say.words("export.name", "consent.kind", "consent.publication", "consent.party", "consent.party_name",
			"consent.decision", "consent.at", "consent.paper_day", "consent.witness", "consent.hash"),
		lines: lines,
		cells: func(x consentLine) []string {
			return []string{
				x.Name, l.T("consent.kind."+string(x.Kind), nil), string(x.Publication), l.T("consent.party."+string(x.Party), nil),
				x.PartyName, say.say("consent.said_"+string(x.Decision), nil), clock(x.At), string(x.Paper), x.Witness, x.Hash,
			}
		},
	})
}

// consentPaper enters one paper.
type consentPaper struct {
	where
	Kind        string `required:"" enum:"taking_part,named,recommender,llm,publication" help:"What it is about: taking_part, named, recommender, llm or publication."`
	Person      string `placeholder:"ID" help:"Whose it is, unless it is of a publication."`
	Publication string `placeholder:"ID" help:"The text that the paper shows."`
	Wording     int    `placeholder:"N" help:"The number of the wording that the paper shows."`
	Party       string `enum:"self,owner,organisation,depicted,author" default:"self" help:"Who signed it, of a publication."`
	Name        string `placeholder:"NAME" help:"Of who signed it, as the publication names them."`
	Decision    string `required:"" enum:"yes,nameless,no,withdrawn" help:"yes, nameless, no or withdrawn."`
	Day         string `required:"" placeholder:"YYYY-MM-DD" help:"The day on the paper."`
	Witness     string `required:"" placeholder:"NAME" help:"Who was there when it was signed."`
	Lang        string `enum:"ja,en," default:"" help:"ja or en; else LANG decides."`
}

// Run enters the paper as the operator.
func (c consentPaper) Run(ctx context.Context, std streams) error {
	say := speechFor(c.Lang)
	office, closeOffice, err := openKept(ctx, c.Config, c.DB)
	if err != nil {
		return err
	}
	err = c.enter(ctx, office)
	if e, ours := programme.AsError(err); ours {
		err = say.refusal(e)
	}
	if err = errors.Join(err, closeOffice()); err != nil {
		return err
	}
	_, err = fmt.Fprintln(std.Out, say.say("consent.entered", nil))
	return err
}

func (c consentPaper) enter(ctx context.Context, office *programme.Office) error {
	paper := programme.PaperConsent{
		Op: office.NewID(), Kind: programme.ConsentKind(c.Kind), Person: programme.PersonID(c.Person),
		Publication: programme.PublicationID(c.Publication), Party: programme.Party(c.Party), Name: c.Name,
		Decision: programme.Decision(c.Decision), Day: programme.Date(c.Day), Witness: c.Witness,
	}
	if paper.Kind == programme.ConsentPublication {
		v, err := office.Publication(ctx, programme.Operator, paper.Publication)
		if err != nil {
			return err
		}
		for _, w := range v.Publication.Texts {
			if w.Version == c.Wording {
				paper.Hash = w.Hash
			}
		}
	}
	return office.ConsentOnPaper(ctx, programme.Operator, paper)
}
