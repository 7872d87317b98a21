package programme

import (
	"context"
	"errors"
	"time"
)

// What one party said of one thing, a general kind or a text, is a list that only grows.
// This file says what of it counts, and keeps what is added.

// lastSaid is the last of some consents, which are in order; zero if there is none.
func lastSaid(said []Consent) Consent {
	if len(said) == 0 {
		return Consent{}
	}
	return said[len(said)-1]
}

// after is what is kept of a party that says said, after what they said last: a no after a
// yes takes that back (it is withdrawn), and what was taken back stays so.
func after(last, said Decision) Decision {
	if said == DecisionNo && (last.Agrees() || last == DecisionWithdrawn) {
		return DecisionWithdrawn
	}
	return said
}

// heard is what counts of what one party said, in order: the last of it. Only a yes on
// paper does not count against a no that they said themselves, as long as they can be
// asked: waits is the day of such a paper, until they say yes themselves.
func heard(said []Consent, reachable bool) (last Consent, waits Date) {
	refused := false
	for _, x := range said {
		if x.Paper == "" {
			refused = !x.Decision.Agrees()
		}
		if x.Paper != "" && x.Decision.Agrees() && refused && reachable {
			waits = x.Paper
			continue
		}
		last, waits = x, ""
	}
	return last, waits
}

// again says whether it changes nothing that a party says this themselves.
func again(said []Consent, d Decision) bool {
	last := lastSaid(said)
	if d.Agrees() {
		last, _ = heard(said, true)
	}
	return last.Decision == after(last.Decision, d)
}

// refusedName is when the person last said that they do not want to be named, zero if
// they never did.
func refusedName(tx Tx, person PersonID) (Consent, error) {
	said, err := tx.ConsentsOf(person, ConsentNamed)
	var refused Consent
	for _, x := range said {
		if !x.Decision.Agrees() {
			refused = x
		}
	}
	return refused, err
}

// names says whether a yes of the person to a text lets it name them: one with the name,
// said after they last refused to be named at all. So a yes to one text never brings the
// name back into another. A paper does not do so against their own word.
func (x Consent) names(refused Consent, reachable bool) bool {
	switch {
	case x.Decision != DecisionYes:
		return false
	case refused.Decision == "":
		return true
	case x.Paper != "" && refused.Paper == "" && reachable:
		return false
	}
	return x.At.After(refused.At)
}

// keepConsent adds what was said to the record, once for its form, after what the party
// had said before. The office hears of what is taken back, here or on paper, with the
// copies that are out, and of who does not want to take part; who can be reached hears of a paper that is entered for them.
func (c *change) keepConsent(x Consent, before []Consent) (saved bool, err error) {
	var last Consent
	for _, b := range before {
		if !b.At.After(x.At) {
			last = b
		}
	}
	x.ID, x.Decision = c.office.NewID(), after(last.Decision, x.Decision)
	if err := c.AddConsent(x); err != nil {
		if errors.Is(err, ErrRepeated) {
			err = nil
		}
		return false, err
	}
	if err := c.auditChange("consent."+string(x.Kind), x.subject(), "party="+string(x.Party)+" decision="+string(x.Decision)); err != nil {
		return true, err
	}
	declined := x.Decision == DecisionWithdrawn || x.Kind == ConsentTakingPart && x.Decision == DecisionNo
	if err := c.tellOfPaper(x); err != nil || !declined || last.Decision == x.Decision {
		return true, err
	}
	return true, c.tellTakenBack(x)
}

// subject is what the trail says that it is about.
func (x Consent) subject() string {
	if x.Publication != "" {
		return string(x.Publication)
	}
	return string(x.Person)
}

// about is the subject of notices about it.
func (x Consent) about() string {
	if x.Publication != "" {
		return string(x.Publication)
	}
	return string(x.Kind)
}

// tellOfPaper tells whom it concerns, without content, that a paper was entered for them.
// What they then say themselves is drawn into that message.
func (c *change) tellOfPaper(x Consent) error {
	own := x.Party == PartySelf || x.Party == PartyDepicted && x.Name == ""
	if !own {
		return nil
	}
	n := Notice{Kind: NoticeConsentPaper, Subject: x.about(), To: ToPerson(x.Person)}
	if x.Paper == "" {
		return c.redraw(n)
	}
	p, err := c.Person(x.Person)
	if err != nil || !p.Reachable() {
		return err
	}
	n.Occasion = x.ID
	return c.notify(n)
}

// tellTakenBack tells the office, without content, that somebody took a consent back;
// tellLate that they wanted to after the delivery.
func (c *change) tellTakenBack(x Consent) error {
	return c.tellOfConsent(x.about(), x.Person, "")
}

func (c *change) tellLate(subject string, person PersonID) error {
	if err := c.auditChange("consent.late", subject, "person="+string(person)); err != nil {
		return err
	}
	return c.tellOfConsent(subject, person, consentLate)
}

// consentLate ends the occasion of a withdrawal that came after the delivery.
const consentLate = "late"

func (c *change) tellOfConsent(subject string, person PersonID, late string) error {
	occasion := string(person) + "/" + c.now.UTC().Format(occasionForm)
	if late != "" {
		occasion += "/" + late
	}
	return c.notify(Notice{Kind: NoticeConsentWithdrawn, Subject: subject, To: ToChannel(ChannelOffice), Occasion: occasion})
}

// alreadyDelivered is the answer to what is of use before the delivery only.
func alreadyDelivered() error { return &Error{Code: CodeClosed, Key: "error.consent_delivered"} }

// mustBeUndelivered refuses what is of use before the delivery only.
func (c *change) mustBeUndelivered() error {
	delivered, err := c.Delivered()
	if err == nil && !delivered.IsZero() {
		err = alreadyDelivered()
	}
	return err
}

// writeOrLate writes what somebody says who may be late: that they wanted to is kept and
// told, and answered with a refusal.
func (o *Office) writeOrLate(ctx context.Context, who Actor, f func(*change) (late bool, err error)) error {
	late := false
	err := o.write(ctx, who, func(c *change) (err error) {
		late, err = f(c)
		return err
	})
	if err == nil && late {
		err = alreadyDelivered()
	}
	return err
}

// saidOfText is what a party said of a publication, in order.
func (c *change) saidOfText(id PublicationID, need Need) ([]Consent, error) {
	all, err := c.PublicationConsents(id)
	return saidBy(need, all), err
}

// saidBy are those of some consents that are of one party.
func saidBy(need Need, all []Consent) []Consent {
	var said []Consent
	for _, x := range all {
		if need.saidBy(x) {
			said = append(said, x)
		}
	}
	return said
}

// said keeps what a party said of a text, and draws again what asks for it.
func (c *change) said(x Consent, before []Consent) error {
	saved, err := c.keepConsent(x, before)
	if err != nil || !saved {
		return err
	}
	if err := c.redraw(Notice{Kind: NoticeConsentAsk, Subject: string(x.Publication)}); err != nil {
		return err
	}
	return c.redraw(Notice{Kind: NoticeConsentProof, Subject: string(x.Person)})
}

// confirmed says whether a yes came after the proof was asked for. A paper has a day only,
// so that one of the very day may be older than the proof: it is no confirmation.
func confirmed(proof time.Time, x Consent, zone *time.Location) bool {
	if proof.IsZero() {
		return false
	}
	if x.Paper != "" {
		return x.Paper > DateOf(proof, zone)
	}
	return !x.At.Before(proof)
}
