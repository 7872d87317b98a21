package programme

import (
	"context"
	"strconv"
	"time"
)

// An export of what is to be published, to whoever ran it: with the name of the person, and
// without.
const (
	CopyPublications = "publication.export"
	CopyNameless     = "publication.export_nameless"
)

// copyKind is how a text goes out as it stands.
func (s Standing) copyKind() string {
	if s.Nameless {
		return CopyNameless
	}
	return CopyPublications
}

// toOperator is who got an export at the command line.
const toOperator Recipient = "operator"

// chaseProof is after how many days those who did not confirm are told once more.
const chaseProof = 7

// proofNotices are the messages of a proof to one person: now, and once more after a week.
func (c *change) proofNotices(to PersonID) []Notice {
	occasion := c.now.UTC().Format(occasionForm)
	again := DateOf(c.now, c.office.Settings.Zone).Add(0, chaseProof)
	for i := 0; i < chaseProof && c.office.restDay(again); i++ {
		again = again.Add(0, 1)
	}
	at := c.now.In(c.office.Settings.Zone)
	n := Notice{Kind: NoticeConsentProof, Subject: string(to), To: ToPerson(to), Occasion: occasion}
	later := n
	later.Occasion, later.Due = occasion+"/again", again.At(at.Hour(), at.Minute(), c.office.Settings.Zone)
	return []Notice{n, later}
}

// restDay says whether nobody works that day.
func (o *Office) restDay(d Date) bool {
	weekday := d.At(12, 0, time.UTC).Weekday()
	return weekday == time.Saturday || weekday == time.Sunday || o.Holiday != nil && o.Holiday(d)
}

// StartProof asks for the final proof (校正確認) of everything that is agreed to and that
// was not sent to proof as it stands: each person gets one list. It answers how many texts
// were sent. The office alone does; what is about themself waits for a colleague.
func (o *Office) StartProof(ctx context.Context, who Actor) (int, error) {
	sent := 0
	err := o.manage(ctx, who, func(c *change) error {
		if err := c.mustBeUndelivered(); err != nil {
			return err
		}
		ps, err := c.Publications("")
		if err != nil {
			return err
		}
		var asked []PersonID
		seen := map[PersonID]bool{}
		for _, p := range ps {
			if c.mustConcernAnother(p) != nil || !p.Proof.IsZero() {
				continue
			}
			s, err := o.standingOf(c.Tx, p)
			if err != nil {
				return err
			}
			if !s.Agreed || s.Reworded || s.Gone {
				continue
			}
			p.Proof = c.now
			if err := c.SavePublication(p); err != nil {
				return err
			}
			sent++
			for _, party := range s.Parties {
				if party.proves() && !seen[party.Person] {
					seen[party.Person] = true
					asked = append(asked, party.Person)
				}
			}
		}
		if err := c.audit("publication.proof", strconv.Itoa(sent)); err != nil || sent == 0 {
			return err
		}
		for _, id := range asked {
			to, err := c.Person(id)
			if err != nil {
				return err
			}
			if !to.Reachable() {
				continue // on paper
			}
			if err := c.notify(c.proofNotices(id)...); err != nil {
				return err
			}
		}
		return nil
	})
	return sent, err
}

// PublicationStep is what is next to be done for a publication. The strings are words'
// keys.
type PublicationStep string

const (
	StepAccept   PublicationStep = "accept"   // the person wrote other words: the office takes them over or drops it
	StepNames    PublicationStep = "names"    // agreed without the name, which stands in the words: the office words it anew
	StepDeclined PublicationStep = "declined" // somebody said no: the office drops it or words it anew
	StepPeople   PublicationStep = "people"   // who is in the picture is not said, or not asked: the office does
	StepAnswer   PublicationStep = "answer"   // somebody of the roster has not answered
	StepPaper    PublicationStep = "paper"    // a paper is to come
	StepProof    PublicationStep = "proof"    // agreed: it goes with the next proof
	StepConfirm  PublicationStep = "confirm"  // the proof is not confirmed yet
	StepReady    PublicationStep = "ready"
	StepGone     PublicationStep = "gone"
)

// PublicationSteps lists them in the order in which the office looks at them.
var PublicationSteps = []PublicationStep{StepAccept, StepDeclined, StepNames, StepPeople, StepPaper, StepAnswer, StepProof, StepConfirm, StepReady, StepGone}

// Step is what is next to be done.
func (s Standing) Step(p Publication) PublicationStep {
	declined, answer, paper := false, false, false
	for _, party := range s.Parties {
		switch {
		case party.Says.Agrees():
		case party.Says != "":
			declined = true
		case party.Person != "":
			answer = true
		default:
			paper = true
		}
	}
	switch {
	case s.Gone:
		return StepGone
	case s.Reworded:
		return StepAccept
	case declined:
		return StepDeclined
	case s.Names:
		return StepNames
	case s.Unmarked || s.Unasked:
		return StepPeople
	case answer:
		return StepAnswer
	case paper:
		return StepPaper
	case p.Proof.IsZero():
		return StepProof
	case !s.Proven:
		return StepConfirm
	}
	return StepReady
}

// PublicationView is a publication as the office sees it.
type PublicationView struct {
	Publication Publication
	Standing    Standing
	Step        PublicationStep
	Person      Person
	People      map[PersonID]Person // of the parties that are on the roster
	Copies      []Copy              // already given out; of a single one only
	Questions   []ConsentQuestion   // what those who are asked want to know; of a single one only
	Delivered   time.Time
}

// PublicationDesk is the office's list.
type PublicationDesk struct {
	Views     []PublicationView // newest first
	Delivered time.Time
	Undo      bool // the delivery may still be undone
}

// PublicationDesk lists everything proposed, for the office; what is about the reader
// themself is left out.
func (o *Office) PublicationDesk(ctx context.Context, who Actor) (PublicationDesk, error) {
	var desk PublicationDesk
	err := o.readAsOffice(ctx, who, func(tx Tx) (err error) {
		if desk.Delivered, err = tx.Delivered(); err != nil {
			return err
		}
		desk.Undo = o.mayUndo(desk.Delivered)
		ps, err := tx.Publications("")
		if err != nil {
			return err
		}
		for _, p := range ps {
			if p.concerns(who) {
				continue
			}
			v, err := o.publicationView(tx, p)
			if err != nil {
				return err
			}
			desk.Views = append(desk.Views, v)
		}
		return nil
	})
	return desk, err
}

// Publication is one of them with the copies that were given out, for the office.
func (o *Office) Publication(ctx context.Context, who Actor, id PublicationID) (PublicationView, error) {
	var v PublicationView
	err := o.readAsOffice(ctx, who, func(tx Tx) error {
		p, err := tx.Publication(id)
		if err != nil {
			return orMissing(err, "error.publication_gone")
		}
		if p.concerns(who) {
			return denied("error.publication_own")
		}
		if v, err = o.publicationView(tx, p); err != nil {
			return err
		}
		if v.Delivered, err = tx.Delivered(); err != nil {
			return err
		}
		if v.Questions, err = tx.ConsentQuestions(p.ID); err != nil {
			return err
		}
		v.Copies, err = tx.CopiesOf(string(p.ID))
		return err
	})
	return v, err
}

func (o *Office) publicationView(tx Tx, p Publication) (PublicationView, error) {
	v := PublicationView{Publication: p, People: map[PersonID]Person{}}
	s, err := o.standingOf(tx, p)
	if err != nil {
		return v, err
	}
	for _, party := range s.Parties {
		if party.Person == "" {
			continue
		}
		if v.People[party.Person], err = tx.Person(party.Person); err != nil {
			return v, err
		}
	}
	v.Standing, v.Step, v.Person = s, s.Step(p), v.People[p.Person]
	return v, nil
}

// Published is one text as it may stand in the report.
type Published struct {
	Publication Publication // without who said what
	Person      Person      // zero where the name must not stand
}

// ExportPublications takes out what may be published, and nothing else: each asked of the
// gate, without the name where that was said. What is taken out is kept as a copy, so that
// a withdrawal later names it.
func (o *Office) ExportPublications(ctx context.Context, who Actor) ([]Published, error) {
	var out []Published
	err := o.manage(ctx, who, func(c *change) error {
		ps, err := c.Publications("")
		if err != nil {
			return err
		}
		to := toOperator
		if c.actor.Kind == ByPerson {
			to = ToPerson(c.me.ID)
		}
		for _, p := range ps {
			s, err := o.standingOf(c.Tx, p)
			if err != nil {
				return err
			}
			if !s.Out {
				continue
			}
			x := Published{Publication: p}
			if s.Nameless {
				x.Publication.Person = ""
			} else if x.Person, err = c.Person(p.Person); err != nil {
				return err
			}
			if err := c.copied(s.copyKind(), string(p.ID), p.Last().Version, to); err != nil {
				return err
			}
			out = append(out, x)
		}
		return c.audit("publication.export", strconv.Itoa(len(out)))
	})
	return out, err
}

// ConsentLine is one thing that was said, with whom it concerns.
type ConsentLine struct {
	Consent Consent
	Person  Person
}

// ExportConsents lists everything that was ever said, for the record: who agreed to what
// hash, when and how, without any text.
func (o *Office) ExportConsents(ctx context.Context, who Actor) ([]ConsentLine, error) {
	var out []ConsentLine
	err := o.manage(ctx, who, func(c *change) error {
		all, err := c.AllConsents()
		if err != nil {
			return err
		}
		people := map[PersonID]Person{}
		for _, x := range all {
			p, known := people[x.Person]
			if !known {
				if p, err = c.Person(x.Person); err != nil {
					return err
				}
				people[x.Person] = p
			}
			out = append(out, ConsentLine{x, p})
		}
		return c.audit("consent.export", strconv.Itoa(len(out)))
	})
	return out, err
}
