package programme

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// HandoverID is a ULID.
type HandoverID string

// HandoverState is how far a hand-over is. The strings are stored.
type HandoverState string

const (
	HandoverAsked    HandoverState = "asked"    // the successor is new: the office puts them on the roster
	HandoverDone     HandoverState = "done"     // it is theirs, and the predecessor is out
	HandoverDeclined HandoverState = "declined" // the office did not do it
)

// Handover is that somebody of a support organisation is followed by somebody else
// (人事異動, programme.md "Who and why").
type Handover struct {
	ID           HandoverID
	Organisation string
	From         PersonID
	To           PersonID // "" until a new successor is on the roster
	// Name, Kana and Email are of a successor who was not on the roster.
	Name, Kana, Email string
	By                PersonID // who named them, "" from the command line
	At                time.Time
	State             HandoverState
	Since             time.Time
	Version           int
}

// HandoversTx keeps hand-overs.
type HandoversTx interface {
	// CreateHandover inserts; a second insert with the same op answers ErrRepeated.
	CreateHandover(op string, h Handover) error
	Handover(HandoverID) (Handover, error)
	HandoverByOp(op string) (Handover, error)
	Handovers() ([]Handover, error) // oldest first
	SaveHandover(Handover) error    // compare and set on Version, else ErrStale
}

// HandoverForm names the successor: one of the organisation's people, or somebody new.
type HandoverForm struct {
	Op                string
	From              PersonID // "" for who fills it in
	To                PersonID // "" for somebody new
	Name, Kana, Email string
}

// HandoverView is a hand-over with the people in it, and what of it is somebody's now.
type HandoverView struct {
	Handover
	FromPerson, ToPerson, ByPerson Person
}

// HandoverPlan is what a hand-over would do, before it is done.
type HandoverPlan struct {
	Form      HandoverForm
	From      Person
	Staff     []Person // of the organisation, without From, by kana
	Moves     HandoverMoves
	Direct    bool // somebody new is put on the roster at once; else the office does that first
	StaysWith bool // From has another part in the programme, and keeps that
}

// HandoverMoves counts what passes to the successor.
type HandoverMoves struct {
	Recommendations int // of which they hear from now on
	Events          int // to come, to which the predecessor is invited by name
	CoHosts         int // to come, that the organisation co-hosts: they see who comes
	Memos           int // that stay open to the organisation
}

// HandoverMatter is what a notice of a hand-over is about.
type HandoverMatter struct {
	HandoverView
	Moves        HandoverMoves
	Recommends   bool // the programme takes recommendations
	Organisation string
}

// The notices of hand-overs. Kinds are stored, as all are.
const (
	NoticeHandoverAsked NoticeKind = "handover.asked"     // subject: hand-over; to the office: somebody new is named
	NoticeHandoverDone  NoticeKind = "handover.done"      // subject: hand-over; to the office
	NoticeHandover      NoticeKind = "handover.welcome"   // subject: hand-over; to the successor: what is theirs now
	NoticeNobodyLeft    NoticeKind = "organisation.empty" // subject: who was the last, occasion: moment; to the office
)

// predecessor is whose part is handed over: the actor's own, or, for the office, anybody's
// of a support organisation.
func (o *Office) predecessor(tx Tx, who Actor, me Person, from PersonID, now time.Time) (Person, error) {
	if from == "" || from == me.ID {
		_, err := o.supports(who, me, now)
		return me, err
	}
	if !o.may(who, me, now, Coordinator) {
		return Person{}, denied("error.denied")
	}
	p, err := tx.Person(from)
	if err != nil {
		return p, orMissing(err, "error.handover_gone")
	}
	if !p.Active() || !p.Has(Supporter) || p.Organisation == "" {
		return p, &Error{Code: CodeClosed, Key: "error.handover_gone"}
	}
	return p, nil
}

// PlanHandover says what handing over somebody's part would do, and to whom it may go; from
// is "" for the actor's own. Nothing is written.
func (o *Office) PlanHandover(ctx context.Context, who Actor, from PersonID) (HandoverPlan, error) {
	var plan HandoverPlan
	err := o.readAs(ctx, who, func(tx Tx, me Person) (err error) {
		c := &change{Tx: tx, office: o, now: o.Now(), actor: who, me: me}
		plan, err = c.planHandover(HandoverForm{From: from})
		return err
	})
	return plan, err
}

func (c *change) planHandover(f HandoverForm) (plan HandoverPlan, err error) {
	plan.Form = f
	if plan.From, err = c.office.predecessor(c.Tx, c.actor, c.me, f.From, c.now); err != nil {
		return plan, err
	}
	if plan.Staff, err = supportersOf(c.Tx, plan.From.Organisation); err != nil {
		return plan, err
	}
	plan.Staff = slices.DeleteFunc(plan.Staff, func(p Person) bool { return p.ID == plan.From.ID })
	SortByKana(plan.Staff)
	plan.StaysWith = len(plan.From.Roles) > 1
	plan.Direct = c.office.may(c.actor, c.me, c.now, Coordinator)
	plan.Moves, err = c.office.movesOf(c.Tx, plan.From, c.now)
	return plan, err
}

// successor is the form as it is kept, and who it names of the roster.
func (c *change) successor(plan HandoverPlan) (HandoverForm, Person, error) {
	f := plan.Form
	for _, in := range []struct {
		field string
		text  *string
	}{{"name", &f.Name}, {"kana", &f.Kana}, {"email", &f.Email}} {
		*in.text = strings.TrimSpace(*in.text)
		if utf8.RuneCountInString(*in.text) > maxCell {
			return f, Person{}, invalid(in.field, "error.too_long", "Max", maxCell)
		}
	}
	f.Email = narrow(f.Email)
	switch {
	case f.To != "":
		i := slices.IndexFunc(plan.Staff, func(p Person) bool { return p.ID == f.To })
		if i < 0 {
			return f, Person{}, invalid("to", "error.choice")
		}
		f.Name, f.Kana, f.Email = "", "", ""
		return f, plan.Staff[i], nil
	case f.Name == "":
		return f, Person{}, invalid("name", "error.handover_who")
	case f.Kana == "":
		return f, Person{}, invalid("kana", "error.required")
	case !isAddress(f.Email):
		return f, Person{}, invalid("email", "error.email")
	}
	people, err := c.PeopleByEmail(f.Email)
	for _, p := range people {
		if p.Active() {
			return f, Person{}, &Error{Code: CodeConflict, Field: "email", Key: "error.handover_there"}
		}
	}
	return f, Person{}, err
}

// movesOf counts what of somebody's passes to whoever follows them.
func (o *Office) movesOf(tx Tx, from Person, now time.Time) (m HandoverMoves, err error) {
	all, err := tx.RecommendationsOf(from.Organisation)
	if err != nil {
		return m, err
	}
	for _, r := range all {
		if r.Contact == from.ID {
			m.Recommendations++
		}
	}
	events, err := tx.Events()
	if err != nil {
		return m, err
	}
	for _, e := range events {
		if !e.Open(now) {
			continue
		}
		if slices.Contains(e.Audience.People, from.ID) {
			m.Events++
		}
		if slices.Contains(e.CoHosts, from.Organisation) && e.Announced(o.Settings.Today(now)) {
			m.CoHosts++
		}
	}
	m.Memos, err = tx.CountMemos(MemoFilter{OpenTo: from.Organisation})
	return m, err
}

// HandOver hands somebody's part over to the successor at once, or, if a member names
// somebody new, asks the office to; once per f.Op. The predecessor is out in the same
// moment: their next press is refused, and nothing goes out to them. An error's Field is an
// input of the form.
func (o *Office) HandOver(ctx context.Context, who Actor, f HandoverForm) (Handover, error) {
	var h Handover
	err := o.write(ctx, who, func(c *change) (err error) {
		if f.Op == "" {
			return invalid("", "error.form_old")
		}
		if h, err = c.HandoverByOp(f.Op); !errors.Is(err, ErrNoRow) {
			if err == nil && h.By != c.me.ID {
				err = invalid("", "error.form_old")
			}
			return err
		}
		plan, err := c.planHandover(f)
		if err != nil {
			return err
		}
		f, to, err := c.successor(plan)
		if err != nil {
			return err
		}
		if err := c.onlyHandover(plan.From.ID); err != nil {
			return err
		}
		h = Handover{
			ID: HandoverID(o.NewID()), Organisation: plan.From.Organisation, From: plan.From.ID, To: to.ID,
			Name: f.Name, Kana: f.Kana, Email: f.Email, By: c.me.ID, At: c.now, State: HandoverAsked, Since: c.now, Version: 1,
		}
		if err := c.CreateHandover(f.Op, h); err != nil {
			return err
		}
		if !plan.Direct && to.ID == "" {
			if err := c.audit("handover.ask", string(h.ID)); err != nil {
				return err
			}
			return c.notify(Notice{Kind: NoticeHandoverAsked, Subject: string(h.ID), To: ToChannel(ChannelOffice)})
		}
		h, err = c.handOver(h)
		return err
	})
	return h, err
}

// onlyHandover refuses a second one of the same person while the office has the first.
func (c *change) onlyHandover(from PersonID) error {
	all, err := c.Handovers()
	for _, h := range all {
		if h.From == from && h.State == HandoverAsked {
			return &Error{Code: CodeConflict, Key: "error.handover_asked"}
		}
	}
	return err
}

// SettleHandover is the office's answer to a hand-over to somebody new: they are put on the
// roster and it is done, or it is not. Doing it again changes nothing.
func (o *Office) SettleHandover(ctx context.Context, who Actor, id HandoverID, yes bool) (Handover, error) {
	var h Handover
	err := o.manage(ctx, who, func(c *change) (err error) {
		if h, err = c.Handover(id); err != nil {
			return orMissing(err, "error.handover_gone")
		}
		switch {
		case yes && h.State == HandoverDone, !yes && h.State == HandoverDeclined:
			return nil
		case h.State != HandoverAsked:
			return &Error{Code: CodeConflict, Key: "error.handover_settled"}
		case yes:
			h, err = c.handOver(h)
			return err
		}
		h.State, h.Since = HandoverDeclined, c.now
		h.Name, h.Kana, h.Email = "", "", "" // nobody needs them any more
		if err := c.SaveHandover(h); err != nil {
			return err
		}
		if err := c.redraw(Notice{Kind: NoticeHandoverAsked, Subject: string(id)}); err != nil {
			return err
		}
		return c.audit("handover.decline", string(id))
	})
	return h, err
}

// handOver moves what is the predecessor's to the successor, who is put on the roster if
// they are new, and ends the predecessor's part.
func (c *change) handOver(h Handover) (Handover, error) {
	people, err := c.People()
	if err != nil {
		return h, err
	}
	from, err := c.Person(h.From)
	if err != nil {
		return h, err
	}
	if !from.Active() || !from.Has(Supporter) || from.Organisation != h.Organisation {
		return h, &Error{Code: CodeClosed, Key: "error.handover_gone"}
	}
	moves, err := c.office.movesOf(c.Tx, from, c.now)
	if err != nil {
		return h, err
	}
	if h.To == "" {
		if h.To, err = c.addSuccessor(h, from, people); err != nil {
			return h, err
		}
	}
	if err := c.moveInvitations(h); err != nil {
		return h, err
	}
	if err := c.moveRecommendations(h); err != nil {
		return h, err
	}
	if err := c.endSupport(from); err != nil {
		return h, err
	}
	h.State, h.Since = HandoverDone, c.now
	if err := c.SaveHandover(h); err != nil {
		return h, err
	}
	if err := c.redraw(Notice{Kind: NoticeHandoverAsked, Subject: string(h.ID)}); err != nil {
		return h, err
	}
	err = c.notify(Notice{Kind: NoticeHandover, Subject: string(h.ID), To: ToPerson(h.To)},
		Notice{Kind: NoticeHandoverDone, Subject: string(h.ID), To: ToChannel(ChannelOffice)})
	if err != nil {
		return h, err
	}
	return h, c.auditChange("handover.do", string(h.ID), moves.detail())
}

// addSuccessor puts the successor on the roster, in the predecessor's place.
func (c *change) addSuccessor(h Handover, from Person, people []Person) (PersonID, error) {
	there, err := c.PeopleByEmail(h.Email)
	if err != nil {
		return "", err
	}
	if slices.ContainsFunc(there, Person.Active) {
		return "", &Error{Code: CodeConflict, Key: "error.handover_there"}
	}
	p := Person{
		ID: PersonID(c.office.NewID()), Name: h.Name, Kana: h.Kana, Email: h.Email, Roles: []Role{Supporter}, Kind: from.Kind,
		Organisation: from.Organisation, Prefecture: from.Prefecture,
	}
	if err := c.savePerson(p, "person.add"); err != nil {
		return "", err
	}
	return p.ID, c.tellOfImport(RosterPlan{Add: []RosterAdd{{Person: p}}}, people)
}

// moveInvitations puts the successor in the predecessor's place wherever that one is
// invited by name to something to come. What the predecessor answered stays theirs.
func (c *change) moveInvitations(h Handover) error {
	events, err := c.Events()
	if err != nil {
		return err
	}
	for _, e := range events {
		if !e.Open(c.now) || !slices.Contains(e.Audience.People, h.From) {
			continue
		}
		named := slices.DeleteFunc(slices.Clone(e.Audience.People), func(p PersonID) bool { return p == h.From || p == h.To })
		e.Audience.People, e.Touched = append(named, h.To), true
		if err := c.SaveEvent(e); err != nil {
			return err
		}
		c.factsChanged()
	}
	return nil
}

func (c *change) moveRecommendations(h Handover) error {
	all, err := c.RecommendationsOf(h.Organisation)
	for _, r := range all {
		if r.Contact != h.From {
			continue
		}
		r.Contact = h.To
		if err := c.SaveRecommendation(r); err != nil {
			return err
		}
	}
	return err
}

// endSupport ends somebody's part as one of a support organisation: they leave, unless they
// have another part in the programme. The card of the hand-over is the office's word of it.
func (c *change) endSupport(p Person) error {
	if len(p.Roles) == 1 {
		return c.endPart(p)
	}
	p.Roles = slices.DeleteFunc(slices.Clone(p.Roles), func(r Role) bool { return r == Supporter })
	return c.savePerson(p, "person.handed_over")
}
