package programme

import (
	"context"
	"slices"
	"time"
)

// SourcesTx reads what publications are taken from, and what must not get into them.
type SourcesTx interface {
	// ConfidentialWords are the words of 取扱注意, in every version of the memos about
	// these people and of those about nobody, of memos that were taken back, too.
	ConfidentialWords(about []PersonID) ([]string, error)
	// PhotosByHash lists the photos that are that picture and were not removed, oldest first.
	PhotosByHash(hash string) ([]Photo, error)
	// PublicationsOf lists those taken from that source, newest first.
	PublicationsOf(source string) ([]Publication, error)
}

// Publishable says whether the part may be proposed for publication: one that whom it is
// about reads, or that is meant for the public. The proposal shows it to them.
func (p Part) Publishable() bool {
	return p.Key != Confidential && overlap(p.Readers, []Reader{ReadParticipant, ReadPublic})
}

// origin is what a publication is taken from.
type origin struct {
	source   string
	person   PersonID // whom it concerns, "" while nobody knows
	theirs   bool     // and nobody else
	text     string   // as it was written there
	question Question // of an answer
	picture  picture  // of a photo
}

// origin finds what the form speaks of, if that may be proposed.
func (c *change) origin(f PublicationForm) (origin, error) {
	switch f.Kind {
	case PublishPart:
		return c.partToPublish(f)
	case PublishAnswer:
		return c.answerToPublish(f)
	case PublishPhoto:
		return c.photoToPublish(f.Photo)
	case PublishWords:
		return origin{}, nil
	}
	return origin{}, invalid("kind", "error.choice")
}

func (c *change) partToPublish(f PublicationForm) (origin, error) {
	m, err := c.Memo(f.Memo)
	if err != nil {
		return origin{}, orMissing(err, "error.memo_gone")
	}
	i := slices.IndexFunc(m.Parts, func(p Part) bool { return p.Key == f.Part })
	switch {
	case !m.Withdrawn.IsZero() || m.Atsugi == "":
		return origin{}, missing("error.memo_gone")
	case f.Part == Confidential:
		return origin{}, invalid("part", "error.publication_confidential")
	case i < 0:
		return origin{}, invalid("part", "error.choice")
	case !m.Parts[i].Publishable():
		return origin{}, invalid("part", "error.publication_inside")
	}
	return origin{source: PartSource(m.ID, f.Part), person: m.Atsugi, theirs: true, text: m.Parts[i].Text}, nil
}

// Publishable says whether an answer that stands may be proposed for publication at now, to
// who gave it: it is in their own words, the survey is over for them, and nobody was
// promised that it stays unknown whose it is.
func (d Dialogue) Publishable(question string, now time.Time) bool {
	q, i := d.Survey.Def.Question(question)
	a, counts := d.Survey.Def.Counted(d.Answers)[question]
	promised := d.Survey.Def.Anonymous || i < 0 || q.TotalsOnly
	return !promised && !d.Survey.Trial && d.Survey.ClosedAt(now) && !d.Open(now) && d.Response.State != Declined &&
		d.Person.Has(Atsugi) && counts && !a.Skipped && a.Text != ""
}

func (c *change) answerToPublish(f PublicationForm) (origin, error) {
	d, err := dialogue(c.Tx, f.Response)
	if err != nil {
		return origin{}, err
	}
	if !d.Publishable(f.Question, c.now) {
		return origin{}, invalid("text", "error.publication_answer")
	}
	q, _ := d.Survey.Def.Question(f.Question)
	return origin{
		source: AnswerSource(d.Response.ID, q.ID), person: d.Person.ID, theirs: true,
		text: d.Answers[q.ID].Text, question: q,
	}, nil
}

// PublicationDraft is what the form that proposes something is drawn from.
type PublicationDraft struct {
	Form     PublicationForm // from where it is taken, with the words as they stand there
	Person   Person          // whom it concerns, zero while the office is to say
	Theirs   bool            // and nobody else
	Question Question        // of an answer
	Picture  Photo           // of a photo
}

// DraftPublication looks up what the office would propose. Its errors are those of
// ProposePublication.
func (o *Office) DraftPublication(ctx context.Context, who Actor, f PublicationForm) (PublicationDraft, error) {
	out := PublicationDraft{Form: f}
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		c := &change{Tx: tx, office: o, now: o.Now(), actor: who, me: me}
		if err := c.must(Coordinator); err != nil {
			return err
		}
		from, err := c.origin(f)
		if err != nil {
			return err
		}
		out.Form.Text, out.Theirs, out.Question, out.Picture = from.text, from.theirs, from.question, from.picture.photo
		if from.person == "" {
			return nil
		}
		if err := c.mustConcernAnother(Publication{Person: from.person}); err != nil {
			return err
		}
		out.Person, err = tx.Person(from.person)
		return err
	})
	return out, err
}

// mustNotQuote refuses words that are those of a 取扱注意, of whatever version: about the
// person, others of their firm or others who are asked, or about an event.
func (c *change) mustNotQuote(p Publication) error {
	about, err := c.concerned(p)
	if err != nil {
		return err
	}
	secrets, err := c.ConfidentialWords(about)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(secrets, func(secret string) bool { return quotes(p.Text, secret) }) {
		return invalid("text", "error.publication_confidential")
	}
	return nil
}

// concerned are those of the roster whom a publication may speak of: the person, everybody
// of their firm, and who has to agree beside them.
func (c *change) concerned(p Publication) ([]PersonID, error) {
	person, err := c.Person(p.Person)
	if err != nil {
		return nil, err
	}
	everyone, err := c.People()
	if err != nil {
		return nil, err
	}
	out := []PersonID{p.Person}
	firm := foldName(person.Organisation)
	for _, x := range everyone {
		if firm != "" && x.ID != p.Person && foldName(x.Organisation) == firm {
			out = append(out, x.ID)
		}
	}
	for _, n := range p.Needs {
		if n.Person != "" {
			out = append(out, n.Person)
		}
	}
	return out, nil
}
