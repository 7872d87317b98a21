package programme

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// ActionID is a ULID.
type ActionID string

// ActionState says what became of a next action. The strings are stored.
type ActionState string

const (
	ActionOpen   ActionState = "open"
	ActionDone   ActionState = "done"
	ActionNotNow ActionState = "not_now" // put aside by the atsugi
	ActionHelp   ActionState = "help"    // the atsugi would like help with it
	ActionGone   ActionState = "gone"    // the memo says it no longer, or was taken back
)

// MemoAction is one line of what was agreed on in a memo.
type MemoAction struct {
	ID       ActionID
	Memo     MemoID
	Position int // in the memo, from 0
	Atsugi   PersonID
	Whose    Reader // ReadParticipant, ReadMentor or ReadOffice
	What     string
	Until    Date // "" for none
	State    ActionState
	Said     time.Time // when somebody last said how it stands, zero if nobody did
}

// Waits says whether it is still to be done.
func (a MemoAction) Waits() bool { return a.State == ActionOpen || a.State == ActionHelp }

// ActionList is what was agreed on with one atsugi, as its reader may see it.
type ActionList struct {
	Atsugi  Person
	Own     bool         // the reader is the atsugi
	Actions []MemoAction // those that wait first
}

// MemoActionsTx keeps next actions.
type MemoActionsTx interface {
	// SaveMemoAction keeps it as it is now, whether it was kept before or not.
	SaveMemoAction(MemoAction) error
	MemoAction(ActionID) (MemoAction, error)
	// ActionsOf are those of a memo by their position, without those that are gone.
	ActionsOf(MemoID) ([]MemoAction, error)
	// ActionsAbout are those of all memos about an atsugi, newest memo first, without
	// those that are gone.
	ActionsAbout(PersonID) ([]MemoAction, error)
}

// keepActions makes the list of next actions what the memo says now: only if the part is
// meant for the atsugi, and the memo stands. What says the same as before keeps its state;
// what is not in the memo any more is gone.
func (c *change) keepActions(m Memo) error {
	had, err := c.ActionsOf(m.ID)
	if err != nil {
		return err
	}
	for _, a := range actionsIn(m) {
		a.Memo, a.Atsugi = m.ID, m.Atsugi
		if i := slices.IndexFunc(had, func(b MemoAction) bool { return a.What == b.What }); i >= 0 {
			a.ID, a.State, a.Said = had[i].ID, had[i].State, had[i].Said
			had = slices.Delete(had, i, i+1)
		} else {
			a.ID = ActionID(c.office.NewID())
		}
		if err := c.SaveMemoAction(a); err != nil {
			return err
		}
	}
	for _, a := range had {
		a.State = ActionGone
		if err := c.SaveMemoAction(a); err != nil {
			return err
		}
		if err := c.redraw(Notice{Kind: NoticeMemoHelp, Subject: string(a.ID)}); err != nil {
			return err
		}
	}
	return nil
}

// actionsIn are the next actions that a memo says, for its atsugi to see.
func actionsIn(m Memo) []MemoAction {
	if m.Atsugi == "" || !m.Withdrawn.IsZero() {
		return nil
	}
	for _, p := range m.Parts {
		if p.Key == NextActions && slices.Contains(p.Readers, ReadParticipant) {
			return ReadActions(p.Text, m.Held)
		}
	}
	return nil
}

// SayAction keeps how a next action stands. What is the atsugi's own they can say to be
// done, open again, put aside, or that they would like help; their experts and the office,
// who hear of it by word of mouth, can say of every action that it is done or open again.
// Nobody else may. Help tells the office and the expert, once a day at most. Of two presses
// the later one stands, whichever came first.
func (o *Office) SayAction(ctx context.Context, who Actor, id ActionID, state ActionState) (MemoAction, error) {
	var a MemoAction
	err := o.write(ctx, who, func(c *change) (err error) {
		if a, err = c.MemoAction(id); err != nil {
			return orMissing(err, "error.action_gone")
		}
		m, err := c.mayAnswerFor(a, state)
		if err != nil || a.State == state || a.Said.After(c.when()) {
			return err
		}
		was := a.State
		a.State, a.Said = state, c.when()
		if err := c.SaveMemoAction(a); err != nil {
			return err
		}
		if err := c.auditChange("action.say", string(id), "state="+string(was)+">"+string(state)); err != nil {
			return err
		}
		if err := c.redraw(Notice{Kind: NoticeMemoHelp, Subject: string(id)}); err != nil || state != ActionHelp {
			return err
		}
		return c.callForHelp(a, m)
	})
	return a, err
}

// mayAnswerFor finds the action's memo if the actor may say that the action stands so.
func (c *change) mayAnswerFor(a MemoAction, state ActionState) (Memo, error) {
	m, err := c.Memo(a.Memo)
	if err != nil {
		return m, err
	}
	v, err := c.office.seenBy(c.Tx, c.actor, c.me, m, c.now)
	if err != nil {
		return m, err
	}
	own := aboutSelf(c.actor, c.me, m)
	switch {
	case !own && !slices.Contains(v.As, ReadMentor) && !slices.Contains(v.As, ReadOffice):
		return m, denied("error.denied")
	case a.State == ActionGone || !saysNext(v):
		return m, missing("error.action_gone")
	case own && a.Whose != ReadParticipant:
		return m, denied("error.action_not_own")
	case state == ActionDone, state == ActionOpen:
		return m, nil
	case state != ActionNotNow && state != ActionHelp:
		return m, invalid("", "error.choice")
	case !own:
		return m, denied("error.action_theirs")
	}
	return m, nil
}

// saysNext says whether the reader of the view may see the next actions.
func saysNext(v MemoView) bool {
	return slices.ContainsFunc(v.Memo.Parts, func(p Part) bool { return p.Key == NextActions })
}

// callForHelp tells the office, and the expert of the memo, that an atsugi would like help.
func (c *change) callForHelp(a MemoAction, m Memo) error {
	n := Notice{Kind: NoticeMemoHelp, Subject: string(a.ID), To: ToChannel(ChannelOffice), Occasion: string(c.office.Settings.Today(c.now))}
	if err := c.notify(n); err != nil {
		return err
	}
	expert := m.Writer
	if m.Session != "" {
		s, err := c.Session(m.Session)
		if err != nil {
			return err
		}
		expert = s.Mentor
	}
	if expert == "" || expert == a.Atsugi {
		return nil
	}
	p, err := c.Person(expert)
	if err != nil || !c.office.may(As(p.ID), p, c.now, Mentor) {
		return err // who wrote it in the office reads the office's channel
	}
	n.To = ToPerson(p.ID)
	return c.notify(n)
}

// Actions are what was agreed on with an atsugi, as far as the reader may see the memos:
// the atsugi themself, their experts, the office.
func (o *Office) Actions(ctx context.Context, who Actor, atsugi PersonID) (ActionList, error) {
	var l ActionList
	err := o.readAs(ctx, who, func(tx Tx, me Person) (err error) {
		if l.Atsugi, err = tx.Person(atsugi); err != nil {
			return orMissing(err, "error.not_in_roster")
		}
		l.Own = who.Kind == ByPerson && me.ID == atsugi
		now := o.Now()
		if !l.Own && !o.may(who, me, now, Mentor, Coordinator) {
			return denied("error.denied")
		}
		l.Actions, err = o.actionsFor(tx, who, me, atsugi, now)
		return err
	})
	return l, err
}

// actionsFor are the next actions about an atsugi that the person may see: those that wait
// first, of these what is to be done soonest.
func (o *Office) actionsFor(tx Tx, who Actor, me Person, atsugi PersonID, now time.Time) ([]MemoAction, error) {
	return actionsAbout(tx, atsugi, func(m Memo) (bool, error) {
		v, err := o.seenBy(tx, who, me, m, now)
		return saysNext(v) && !slices.Equal(v.As, []Reader{ReadBureau}), err
	})
}

// actionsAbout are the next actions of those memos about an atsugi that may be seen.
func actionsAbout(tx Tx, atsugi PersonID, sees func(Memo) (bool, error)) ([]MemoAction, error) {
	all, err := tx.ActionsAbout(atsugi)
	if err != nil {
		return nil, err
	}
	seen := map[MemoID]bool{}
	var out []MemoAction
	for _, a := range all {
		if _, asked := seen[a.Memo]; !asked {
			m, err := tx.Memo(a.Memo)
			if err != nil {
				return nil, err
			}
			if seen[a.Memo], err = sees(m); err != nil {
				return nil, err
			}
		}
		if seen[a.Memo] {
			out = append(out, a)
		}
	}
	slices.SortStableFunc(out, func(a, b MemoAction) int {
		return cmp.Or(a.rank()-b.rank(), cmp.Compare(cmp.Or(a.Until, "9999"), cmp.Or(b.Until, "9999")))
	})
	return out, nil
}

// rank is the order of the states in a list.
func (a MemoAction) rank() int {
	switch {
	case a.Waits():
		return 0
	case a.State == ActionNotNow:
		return 1
	}
	return 2
}

// ownActions are what an atsugi agreed to do themself, however it stands.
func (o *Office) ownActions(tx Tx, me Person, now time.Time) ([]MemoAction, error) {
	if !me.Has(Atsugi) {
		return nil, nil
	}
	all, err := o.actionsFor(tx, As(me.ID), me, me.ID, now)
	return slices.DeleteFunc(all, func(a MemoAction) bool { return a.Whose != ReadParticipant }), err
}
