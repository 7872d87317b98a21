package programme

import (
	"context"
	"errors"
	"time"
)

// PublicationForm is what the office proposes to publish.
type PublicationForm struct {
	Op       string // the form's operation id: the same form never proposes twice
	Kind     PublicationKind
	Memo     MemoID     // of PublishPart
	Part     string     // its part's key
	Response ResponseID // of PublishAnswer
	Question string     // its id
	Photo    PhotoID    // of PublishPhoto
	// Person is whom it concerns: of a part the memo's atsugi, of an answer who gave it, of
	// a photo with a memo its atsugi unless somebody else is named.
	Person PersonID
	Text   string // of an answer, what they wrote
	Needs  []Need
}

// ProposePublication asks the person, and whoever else has to agree, for a text to be
// published: the office alone does, and nobody about themself. 取扱注意 is never proposed,
// nor is a text that quotes it. An answer goes to who gave it alone: they were told that
// the office sees it. An error's Field is "part", "photo", "person", "text" or a party.
func (o *Office) ProposePublication(ctx context.Context, who Actor, f PublicationForm) (Publication, error) {
	var p Publication
	err := o.manage(ctx, who, func(c *change) error {
		old, err := c.PublicationByOp(f.Op)
		if !errors.Is(err, ErrNoRow) {
			p = old // the form came twice
			return err
		}
		if err := c.mustBeUndelivered(); err != nil {
			return err
		}
		if p, err = c.proposed(f); err != nil {
			return err
		}
		if err := c.mustConcernAnother(p); err != nil {
			return err
		}
		if err := c.mustNotQuote(p); err != nil {
			return err
		}
		if err := c.CreatePublication(p); err != nil {
			return err
		}
		p.Version = 1
		if err := c.audit("publication.propose", string(p.ID)); err != nil {
			return err
		}
		return c.askForConsent(p)
	})
	return p, err
}

// proposed is the publication of the form.
func (c *change) proposed(f PublicationForm) (Publication, error) {
	p := Publication{ID: PublicationID(c.office.NewID()), Op: f.Op, Kind: f.Kind, Person: f.Person, Made: c.now, By: c.me.ID, Needs: f.Needs}
	from, err := c.origin(f)
	if err != nil {
		return p, err
	}
	p.Source = from.source
	if from.theirs || p.Person == "" {
		p.Person = from.person
	}
	if f.Kind == PublishAnswer {
		f.Text = from.text
	}
	p.Needs = from.picture.needs(p)
	person, err := c.Person(p.Person)
	if err != nil {
		if errors.Is(err, ErrNoRow) {
			err = invalid("person", "error.required")
		}
		return p, err
	}
	if !person.Active() {
		return p, invalid("person", "error.person_gone")
	}
	text, err := publicationText(f.Text)
	if err != nil {
		return p, err
	}
	if p.Needs, err = checkedNeeds(c.Tx, p.Needs, p.Person); err != nil {
		return p, err
	}
	p.add(PublicationText{Text: text, By: c.me.ID, At: c.now})
	return p, nil
}

// add makes the words of t those that stand.
func (p *Publication) add(t PublicationText) {
	t.Version, t.Hash = len(p.Texts)+1, textHash(t.Text, p.Picture())
	p.Texts = append(p.Texts, t)
	p.Text, p.Hash = t.Text, t.Hash
}

// mustConcernAnother refuses what somebody of the office would do about themself: there
// they are the person alone.
func (c *change) mustConcernAnother(p Publication) error {
	if p.concerns(c.actor) {
		return denied("error.publication_own")
	}
	return nil
}

// concerns says whether it is about the acting person.
func (p Publication) concerns(who Actor) bool { return who.Kind == ByPerson && who.Person == p.Person }

// textOccasion is the occasion of what is said of one wording.
func textOccasion(p Publication) string { return versionOf(p.Last().Version) }

// askForConsent asks those of the roster who have to agree to the words that stand.
func (c *change) askForConsent(p Publication) error {
	return c.tellParties(p, NoticeConsentAsk, func(PartyStanding) bool { return true })
}

// tellParties sends a notice of the words that stand to those of the roster who have a say
// and of whom it is of use.
func (c *change) tellParties(p Publication, kind NoticeKind, of func(PartyStanding) bool) error {
	s, err := c.office.standingOf(c.Tx, p)
	if err != nil {
		return err
	}
	for _, party := range s.Parties {
		if party.Person == "" || !of(party) {
			continue
		}
		to, err := c.Person(party.Person)
		if err != nil {
			return err
		}
		if !to.Reachable() {
			continue // on paper
		}
		if err := c.notify(Notice{Kind: kind, Subject: string(p.ID), To: ToPerson(to.ID), Occasion: textOccasion(p)}); err != nil {
			return err
		}
	}
	return nil
}

// managePublication runs what the office does with a publication that is not dropped and
// not about themself, as it was seen.
func (o *Office) managePublication(ctx context.Context, who Actor, id PublicationID, version int, f func(*change, *Publication) error) (Publication, error) {
	var p Publication
	err := o.manage(ctx, who, func(c *change) (err error) {
		if p, err = c.Publication(id); err != nil {
			return orMissing(err, "error.publication_gone")
		}
		if err := c.mustBeUndelivered(); err != nil {
			return err
		}
		if err := c.mustConcernAnother(p); err != nil {
			return err
		}
		switch {
		case !p.Dropped.IsZero():
			return &Error{Code: CodeClosed, Key: "error.publication_dropped"}
		case p.Version != version:
			return &Error{Code: CodeConflict, Key: "error.publication_changed"}
		}
		return f(c, &p)
	})
	return p, err
}

// EditPublication changes the wording, of the row as it was seen. A correction of spelling
// keeps the consents that stand, and those who gave them are told with the difference; any
// other change asks everybody anew. Of either the final proof has to be asked for again:
// what was confirmed is not what stands. An error's Field is "text".
func (o *Office) EditPublication(ctx context.Context, who Actor, id PublicationID, version int, text string, spelling bool) (Publication, error) {
	return o.managePublication(ctx, who, id, version, func(c *change, p *Publication) error {
		text, err := publicationText(text)
		if err != nil || text == p.Text {
			return err
		}
		if spelling && (p.Last().By == p.Person || text != p.root().Text && !isSpelling(p.root().Text, text)) {
			return invalid("text", "error.not_spelling")
		}
		p.add(PublicationText{Text: text, By: c.me.ID, At: c.now, Spelling: spelling})
		if err := c.mustNotQuote(*p); err != nil {
			return err
		}
		p.Proof = time.Time{}
		action := "publication.spelling"
		if !spelling {
			action = "publication.edit"
		}
		if err := c.keepWording(p, action); err != nil {
			return err
		}
		if !spelling {
			return c.askForConsent(*p)
		}
		return c.tellParties(*p, NoticeConsentChanged, func(s PartyStanding) bool { return s.Says.Agrees() })
	})
}

// keepWording saves a new wording, and draws again what asks for another one.
func (c *change) keepWording(p *Publication, action string) error {
	if err := c.AddPublicationText(*p); err != nil {
		return err
	}
	p.Version++
	if err := c.redrawAsks(*p); err != nil {
		return err
	}
	return c.audit(action, string(p.ID))
}

// redrawAsks draws the messages again that ask for the text, or for its proof.
func (c *change) redrawAsks(p Publication) error {
	if err := c.redraw(Notice{Kind: NoticeConsentAsk, Subject: string(p.ID)}); err != nil {
		return err
	}
	for _, n := range p.parties() {
		if n.Person == "" {
			continue
		}
		if err := c.redraw(Notice{Kind: NoticeConsentProof, Subject: string(n.Person)}); err != nil {
			return err
		}
	}
	return nil
}

// AcceptWording takes over the words that the person wrote in place of the office's.
// Others who have to agree are asked for these.
func (o *Office) AcceptWording(ctx context.Context, who Actor, id PublicationID, version int) (Publication, error) {
	return o.managePublication(ctx, who, id, version, func(c *change, p *Publication) error {
		if p.Last().By != p.Person {
			return nil // pressed twice
		}
		p.add(PublicationText{Text: p.Text, By: c.me.ID, At: c.now, Spelling: true})
		if err := c.mustNotQuote(*p); err != nil {
			return err
		}
		if err := c.keepWording(p, "publication.accept"); err != nil {
			return err
		}
		return c.tellParties(*p, NoticeConsentAsk, func(s PartyStanding) bool { return s.Says == "" })
	})
}

// DropPublication gives the plan up to publish it; what was given out already is listed.
func (o *Office) DropPublication(ctx context.Context, who Actor, id PublicationID, version int) (Publication, error) {
	return o.managePublication(ctx, who, id, version, func(c *change, p *Publication) error {
		p.Dropped = c.now
		if err := c.SavePublication(*p); err != nil {
			return err
		}
		p.Version++
		if err := c.redrawAsks(*p); err != nil {
			return err
		}
		return c.audit("publication.drop", string(p.ID))
	})
}
