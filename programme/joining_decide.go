package programme

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// linked welcomes somebody whose account was found, and closes what waited for that.
func (c *change) linked(p Person, a Account) error {
	if err := c.SaveSlackAccount(AccountSeen{Person: p.ID, SlackID: a.SlackID, Name: headOf(a.Name, maxJoinName),
		Email: headOf(a.Email, maxJoinName), Guest: a.Guest, At: c.now}); err != nil {
		return err
	}
	n, err := c.NewcomerBySlack(a.SlackID)
	if err == nil && n.State != NewcomerMatched {
		err = c.placed(n, NewcomerMatched, p.ID)
	}
	if err != nil && !errors.Is(err, ErrNoRow) {
		return err
	}
	if err := c.closeWishes(a.SlackID, p.ID); err != nil {
		return err
	}
	return c.notify(Notice{Kind: NoticeWelcome, Subject: string(p.ID), To: ToPerson(p.ID)})
}

// tellOfAccount tells the office that an account takes messages no more, or again.
func (c *change) tellOfAccount(kind NoticeKind, p Person) error {
	return c.notify(Notice{Kind: kind, Subject: string(p.ID), To: ToChannel(ChannelOffice), Occasion: toTheMilli(c.now), UsefulUntil: c.now.Add(7 * 24 * time.Hour)})
}

// placed keeps what was said of an account and draws its card again.
func (c *change) placed(n Newcomer, state NewcomerState, person PersonID) error {
	n.State, n.Person, n.Decided, n.DecidedBy = state, person, c.now, c.me.ID
	if err := c.SaveNewcomer(n); err != nil {
		return err
	}
	return c.redraw(Notice{Kind: NoticeNewcomer, Subject: n.ID})
}

// closeWishes takes the open wish of an account as granted.
func (c *change) closeWishes(slackID string, person PersonID) error {
	all, err := c.JoinRequestsOf(slackID)
	for _, r := range all {
		if r.State != RequestOpen {
			continue
		}
		if err := c.answerWish(r, RequestTaken, person, ""); err != nil {
			return err
		}
	}
	return err
}

func (c *change) answerWish(r JoinRequest, state RequestState, person PersonID, reason string) error {
	r.State, r.Person, r.Reason, r.Decided, r.DecidedBy = state, person, reason, c.now, c.me.ID
	if err := c.SaveJoinRequest(r); err != nil {
		return err
	}
	return c.redrawKinds(r.ID, NoticeJoinRequest, NoticeJoinReceived)
}

// waiting finds an account that the office decides about. Whoever comes second is told who
// decided, and what.
func (c *change) waiting(id string) (Newcomer, error) {
	n, err := c.Newcomer(id)
	if err != nil {
		return n, orMissing(err, "error.join_gone")
	}
	if n, err = asItStands(c.Tx, n); err != nil {
		return n, err
	}
	if n.State == NewcomerMatched {
		return n, c.decidedBefore(n.DecidedBy)
	}
	return n, nil
}

// asItStands is the newcomer, who waits again if the account is nobody's any more: its person left, or
// was given another one.
func asItStands(tx Tx, n Newcomer) (Newcomer, error) {
	if n.State != NewcomerMatched {
		return n, nil
	}
	p, err := tx.PersonBySlack(n.SlackID)
	if errors.Is(err, ErrNoRow) || err == nil && !p.Active() { // who left may come back
		n.State, n.Person, n.Decided, n.DecidedBy = NewcomerWaits, "", time.Time{}, ""
		return n, nil
	}
	return n, err
}

func (c *change) decidedBefore(by PersonID) error {
	who, err := c.Person(by)
	if err != nil && !errors.Is(err, ErrNoRow) {
		return err
	}
	if who.ID == "" {
		return &Error{Code: CodeConflict, Key: "error.join_decided"}
	}
	return &Error{Code: CodeConflict, Key: "error.join_decided_by", Args: map[string]any{"Who": who.Name}}
}

// MatchAccount says whose account it is: that person is linked with it and welcomed. sure
// is that the coordinator was asked twice, which it takes for an account of another
// workspace, for somebody who has another account, and for somebody who left, who takes part
// again then. An Error with Key error.join_sure_* asks for that.
func (o *Office) MatchAccount(ctx context.Context, who Actor, newcomer string, person PersonID, sure bool) error {
	return o.manage(ctx, who, func(c *change) error {
		n, err := c.waiting(newcomer)
		if err != nil {
			return err
		}
		p, err := c.Person(person)
		if err != nil {
			if errors.Is(err, ErrNoRow) {
				return invalid("person", "error.choice")
			}
			return err
		}
		if err := c.mayMatch(n, p, sure); err != nil {
			return err
		}
		return c.link(n, p)
	})
}

// mayMatch refuses an account that is somebody else's, and asks twice where a mistake would
// show one person's things to another.
func (c *change) mayMatch(n Newcomer, p Person, sure bool) error {
	owner, err := c.PersonBySlack(n.SlackID)
	if err != nil && !errors.Is(err, ErrNoRow) {
		return err
	}
	switch {
	case err == nil && owner.ID != p.ID:
		return &Error{Code: CodeConflict, Field: "person", Key: "error.join_other", Args: map[string]any{"Who": owner.Name}}
	case sure:
		return nil
	case !p.Active():
		return &Error{Code: CodeConflict, Field: "person", Key: "error.join_sure_left"}
	case p.SlackID != "" && p.SlackID != n.SlackID && p.OffSlack.IsZero():
		return &Error{Code: CodeConflict, Field: "person", Key: "error.join_sure_account"}
	case n.Stranger:
		return &Error{Code: CodeConflict, Field: "person", Key: "error.join_sure_stranger"}
	}
	return nil
}

func (c *change) link(n Newcomer, p Person) error {
	if !p.Active() {
		if err := c.takeBack(p); err != nil {
			return err
		}
		p.Left = time.Time{}
		p.Version++
	}
	p.SlackID, p.Locale, p.OffSlack = n.SlackID, n.Locale, time.Time{}
	if err := c.SavePerson(p); err != nil {
		return err
	}
	c.factsChanged()
	if err := c.linked(p, n.account()); err != nil {
		return err
	}
	return c.audit("person.match", string(p.ID))
}

func (n Newcomer) account() Account {
	return Account{SlackID: n.SlackID, Name: n.Name, Email: n.Email, Locale: n.Locale, Guest: n.Guest, Stranger: n.Stranger}
}

// NotOurs says that an account is nobody's of the programme. It can still be matched later.
// Doing it again changes nothing.
func (o *Office) NotOurs(ctx context.Context, who Actor, newcomer string) error {
	return o.manage(ctx, who, func(c *change) error {
		n, err := c.waiting(newcomer)
		if err != nil {
			return err
		}
		if n.State == NewcomerNotOurs {
			return c.decidedBefore(n.DecidedBy)
		}
		if err := c.placed(n, NewcomerNotOurs, ""); err != nil {
			return err
		}
		return c.audit("join.not_ours", n.ID)
	})
}

// NewMemberForm is what the office fills in to put somebody on the roster who asked to join.
type NewMemberForm struct {
	Newcomer                 string
	Name, Kana, Organisation string
	Role                     Role
	Cohort                   string // R8, "" for none
	Prefecture               string // stored form, "" for none
	RecommendedBy            string
	Sure                     bool // the office made sure who it is
}

// TakeUp makes a person of the roster of somebody who asked to join, links the account and
// welcomes them. Somebody of the same address is on the roster already: CodeConflict, as it
// is to be matched then. Of office and experts the dates of notice and pledge come from the
// roster, and nothing is open to them before (programme.md duty 4). Where a mistake would
// show somebody what is not theirs, f.Sure is asked for: error.join_sure_take, Field sure.
func (o *Office) TakeUp(ctx context.Context, who Actor, f NewMemberForm) error {
	return o.manage(ctx, who, func(c *change) error {
		n, err := c.waiting(f.Newcomer)
		if err != nil {
			return err
		}
		if err := f.check(); err != nil {
			return err
		}
		if p, err := c.PersonBySlack(n.SlackID); err == nil {
			return &Error{Code: CodeConflict, Key: "error.join_other", Args: map[string]any{"Who": p.Name}}
		} else if !errors.Is(err, ErrNoRow) {
			return err
		}
		mail := n.Email
		if n.Stranger {
			mail = "" // another workspace's word
		}
		same, err := c.PeopleByEmail(mail)
		if err != nil {
			return err
		}
		if mail != "" && len(same) > 0 {
			return &Error{Code: CodeConflict, Key: "error.join_same_mail", Args: map[string]any{"Who": same[0].Name}}
		}
		if err := c.mayTakeUp(n, f); err != nil {
			return err
		}
		p := Person{
			ID: PersonID(o.NewID()), SlackID: n.SlackID, Name: strings.TrimSpace(f.Name), Kana: strings.TrimSpace(f.Kana),
			Organisation: strings.TrimSpace(f.Organisation), Email: mail, Roles: []Role{f.Role}, Prefecture: f.Prefecture,
			RecommendedBy: strings.TrimSpace(f.RecommendedBy), Locale: n.Locale,
		}
		if f.Cohort != "" {
			p.Cohorts = []string{f.Cohort}
		}
		if err := c.savePerson(p, "person.add"); err != nil {
			return err
		}
		return c.linked(p, n.account())
	})
}

// mayTakeUp asks twice about an account of another workspace, about who would see more than their
// own, and about a name that is on the roster already.
func (c *change) mayTakeUp(n Newcomer, f NewMemberForm) error {
	if f.Sure {
		return nil
	}
	unsure := n.Stranger || f.Role != Atsugi
	people, err := c.People()
	for _, p := range people {
		unsure = unsure || p.Active() && sameName(p.Name, f.Name)
	}
	if err == nil && unsure {
		err = invalid("sure", "error.join_sure_take")
	}
	return err
}

func (f NewMemberForm) check() error {
	if strings.TrimSpace(f.Name) == "" {
		return invalid("name", "error.words_missing")
	}
	if !slices.Contains(Roles, f.Role) {
		return invalid("role", "error.choice")
	}
	if c, ok := ParseCohort(f.Cohort); f.Cohort != "" && (!ok || c != f.Cohort) {
		return invalid("cohort", "error.choice")
	}
	if f.Prefecture != "" && !slices.Contains(Prefectures, f.Prefecture) {
		return invalid("prefecture", "error.choice")
	}
	return withinLengths([]lengthOf{
		{"name", f.Name, maxJoinName}, {"kana", f.Kana, maxJoinName}, {"organisation", f.Organisation, maxJoinName},
		{"recommended_by", f.RecommendedBy, maxJoinName},
	})
}

// DeclineJoining answers a wish to join with a reason, which they are told. Whoever comes
// second is told who decided.
func (o *Office) DeclineJoining(ctx context.Context, who Actor, request, reason string) error {
	return o.manage(ctx, who, func(c *change) error {
		r, err := c.JoinRequest(request)
		if err != nil {
			return orMissing(err, "error.join_gone")
		}
		switch {
		case r.State != RequestOpen:
			return c.decidedBefore(r.DecidedBy)
		case strings.TrimSpace(reason) == "":
			return invalid("reason", "error.words_missing")
		case utf8.RuneCountInString(reason) > maxReason:
			return invalid("reason", "error.too_long", "Max", maxReason)
		}
		if err := c.answerWish(r, RequestDeclined, "", strings.TrimSpace(reason)); err != nil {
			return err
		}
		if err := c.audit("join.decline", r.ID); err != nil {
			return err
		}
		return c.notify(Notice{Kind: NoticeJoinDeclined, Subject: r.ID, To: ToAccount(r.SlackID)})
	})
}

// Welcome tells somebody who joined the workspace what there is to know first, once for ever.
func (o *Office) Welcome(ctx context.Context, id PersonID) error {
	return o.write(ctx, System, func(c *change) error {
		return c.notify(Notice{Kind: NoticeWelcome, Subject: string(id), To: ToPerson(id)})
	})
}
