package programme

import (
	"context"
	"errors"
	"strings"
)

// JoinForm is what somebody fills in to ask to join.
type JoinForm struct {
	Op                                        string
	Name, Kana, Organisation, ToldBy, Message string
}

// AskToJoin brings the wish of an account in nobody's row to the office, once for form.Op:
// one open wish for an account, and three in thirty days. Who has a row is told so, by
// CodeConflict.
func (o *Office) AskToJoin(ctx context.Context, a Account, f JoinForm) error {
	err := o.write(ctx, System, func(c *change) error {
		if p, err := c.PersonBySlack(a.SlackID); err == nil && p.Active() {
			return &Error{Code: CodeConflict, Key: "error.join_member"}
		} else if err != nil && !errors.Is(err, ErrNoRow) {
			return err
		}
		if err := f.check(); err != nil {
			return err
		}
		if err := c.mustBeAFewWishes(a.SlackID); err != nil {
			return err
		}
		n, err := c.arriveAsking(a)
		if err != nil {
			return err
		}
		r := JoinRequest{
			ID: o.NewID(), SlackID: a.SlackID, Name: strings.TrimSpace(f.Name), Kana: strings.TrimSpace(f.Kana),
			Organisation: strings.TrimSpace(f.Organisation), ToldBy: strings.TrimSpace(f.ToldBy), Message: strings.TrimSpace(f.Message),
			Made: c.now, State: RequestOpen,
		}
		if err := c.CreateJoinRequest(f.Op, r); err != nil {
			return err
		}
		if err := c.audit("join.ask", r.ID); err != nil {
			return err
		}
		told := []Notice{{Kind: NoticeJoinRequest, Subject: r.ID, To: ToChannel(ChannelOffice)}}
		if !n.Stranger { // whom the bot may not be able to write to: their Home says it
			told = append(told, Notice{Kind: NoticeJoinReceived, Subject: r.ID, To: ToAccount(a.SlackID)})
		}
		return c.notify(told...)
	})
	switch {
	case errors.Is(err, ErrTaken):
		return &Error{Code: CodeConflict, Key: "error.join_open"}
	case errors.Is(err, ErrRepeated):
		return nil
	}
	return err
}

// arriveAsking is arrive without a card of its own: the wish is one.
func (c *change) arriveAsking(a Account) (Newcomer, error) {
	quiet := a
	quiet.Stranger = true
	n, err := c.NewcomerBySlack(a.SlackID)
	if !errors.Is(err, ErrNoRow) {
		return n, err
	}
	if n, err = c.arrive(quiet); err != nil {
		return n, err
	}
	n.Stranger = a.Stranger
	err = c.SaveNewcomer(n)
	n.Version++
	return n, err
}

func (f JoinForm) check() error {
	if f.Op == "" {
		return invalid("", "error.form_old")
	}
	if strings.TrimSpace(f.Name) == "" {
		return invalid("name", "error.words_missing")
	}
	return withinLengths([]lengthOf{
		{"name", f.Name, maxJoinName}, {"kana", f.Kana, maxJoinName}, {"organisation", f.Organisation, maxJoinName},
		{"told_by", f.ToldBy, maxJoinName}, {"message", f.Message, maxJoinMessage},
	})
}

// lengthOf is what a field of a form holds, and how much it may.
type lengthOf struct {
	field, words string
	most         int
}

func withinLengths(fields []lengthOf) error {
	for _, f := range fields {
		if len([]rune(f.words)) > f.most {
			return invalid(f.field, "error.too_long", "Max", f.most)
		}
	}
	return nil
}

// mustBeAFewWishes refuses another wish of an account that has an open one, or asked often.
func (c *change) mustBeAFewWishes(slackID string) error {
	all, err := c.JoinRequestsOf(slackID)
	if err != nil {
		return err
	}
	recent := 0
	for _, r := range all {
		if r.Made.After(c.now.Add(-joiningKept)) {
			recent++
		}
	}
	if recent >= mostJoinRequests && all[0].State != RequestOpen {
		return &Error{Code: CodeConflict, Key: "error.join_often"}
	}
	return nil
}

// JoinStanding is how things stand for an account in nobody's row.
type JoinStanding struct {
	Request JoinRequest // the newest, zero if there is none
	Left    bool        // it is somebody's who left
}

// JoinStanding tells an account in nobody's row what became of its wish.
func (o *Office) JoinStanding(ctx context.Context, slackID string) (v JoinStanding, err error) {
	err = o.read(ctx, func(tx Tx) error {
		all, err := tx.JoinRequestsOf(slackID)
		if err != nil {
			return err
		}
		if len(all) > 0 {
			v.Request = all[0]
		}
		p, err := tx.PersonBySlack(slackID)
		if errors.Is(err, ErrNoRow) {
			return nil
		}
		v.Left = err == nil && !p.Active()
		return err
	})
	return v, err
}
