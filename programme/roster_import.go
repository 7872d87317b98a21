package programme

import (
	"cmp"
	"context"
	"errors"
	"slices"
)

// importAtOnce is how many people one transaction of an import writes. It keeps
// the writer held for less than 500 ms (design.md 2b); the rosters of the
// programme itself fit one.
const importAtOnce = 1000

// PlanRoster says what ImportRoster would do with the rows, and writes nothing.
func (o *Office) PlanRoster(ctx context.Context, who Actor, rows []RosterRow) (RosterPlan, error) {
	var plan RosterPlan
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		if !o.may(who, me, o.Now(), Coordinator) {
			return denied("error.denied")
		}
		people, err := tx.People()
		if err != nil {
			return err
		}
		plan = planRoster(rows, people, nil, o.NewID, o.Settings.Zone)
		plan.Walls, err = rosterWalls(tx, plan, people)
		return err
	})
	return plan, err
}

// ImportRoster brings the rows of a roster file in and says what it did. A plan
// with faults or questions is refused as a whole, with an Error of CodeInvalid,
// and nothing is written; so is one that assigns experts over walls without a reason (over),
// with an Error of CodeConflict. A roster of more than importAtOnce changes is written
// in several transactions, each of which plans what remains anew on what then
// is; after a crash between two, importing the same file again completes it.
func (o *Office) ImportRoster(ctx context.Context, who Actor, rows []RosterRow, over string) (RosterPlan, error) {
	done, rest, err := o.importChunk(ctx, who, rows, over, nil)
	for err == nil && len(rest) > 0 {
		var next RosterPlan
		if next, rest, err = o.importChunk(ctx, who, rest, over, done.written()); err != nil {
			done.Faults, done.Ask = next.Faults, next.Ask
		} else {
			done.Add = append(done.Add, next.Add...)
			done.Change = append(done.Change, next.Change...)
		}
	}
	return done.inOrder(), err
}

// importChunk plans the rows and carries out the first of it; rest are the rows
// that remain.
func (o *Office) importChunk(ctx context.Context, who Actor, rows []RosterRow, over string, written map[PersonID]bool) (plan RosterPlan, rest []RosterRow, err error) {
	err = o.write(ctx, who, func(c *change) error {
		if err := c.must(Coordinator); err != nil {
			return err
		}
		people, err := c.People()
		if err != nil {
			return err
		}
		plan = planRoster(rows, people, written, o.NewID, o.Settings.Zone)
		if !plan.Ready() {
			plan.Add, plan.Change = nil, nil
			return invalid("", "error.roster_refused")
		}
		if plan.Walls, err = rosterWalls(c.Tx, plan, people); err != nil {
			return err
		}
		if err := c.goOver(plan, over); err != nil {
			plan.Add, plan.Change = nil, nil
			return err
		}
		left := plan.cut(importAtOnce)
		rest = slices.DeleteFunc(slices.Clone(rows), func(r RosterRow) bool { return !left[r.Row] })
		if err := c.carryOut(plan, over); err != nil {
			return err
		}
		return c.tellOfImport(plan, people)
	})
	return plan, rest, err
}

func (c *change) carryOut(plan RosterPlan, over string) error {
	written := plan.written()
	for _, a := range plan.Add {
		if err := c.savePerson(a.Person, "person.add"); err != nil {
			return err
		}
	}
	for _, ch := range plan.Change {
		if err := c.savePerson(ch.Person, "person.change"); err != nil {
			return err
		}
	}
	for _, w := range plan.Walls {
		if !written[w.from.ID] { // the next chunk's
			continue
		}
		if err := c.keepOver(w, over); err != nil {
			return err
		}
	}
	return nil
}

func (c *change) savePerson(p Person, action string) error {
	was, err := c.Person(p.ID)
	if err != nil && !errors.Is(err, ErrNoRow) {
		return err
	}
	if err := c.SavePerson(p); err != nil {
		return err
	}
	if err := c.giveUpSessions(p); err != nil {
		return err
	}
	if err := c.redrawRooms(was, p); err != nil {
		return err
	}
	if err := c.giveUpWaits(p); err != nil {
		return err
	}
	if err := c.tellOfNobodyLeft(was, p); err != nil {
		return err
	}
	c.factsChanged()
	return c.audit(action, string(p.ID))
}

// cut keeps the first n additions and changes, mentors before those who are
// assigned to them, and gives the rows of the others.
func (p *RosterPlan) cut(n int) (left map[int]bool) {
	slices.SortStableFunc(p.Add, func(a, b RosterAdd) int { return mentorsFirst(a.Person, b.Person) })
	slices.SortStableFunc(p.Change, func(a, b RosterChange) int { return mentorsFirst(a.Person, b.Person) })
	// Changes may assign people who are only now added.
	add := min(len(p.Add), n)
	change := min(len(p.Change), n-add)
	left = map[int]bool{}
	for _, a := range p.Add[add:] {
		left[a.Row] = true
	}
	for _, c := range p.Change[change:] {
		left[c.Row] = true
	}
	p.Add, p.Change = p.Add[:add], p.Change[:change]
	return left
}

func mentorsFirst(a, b Person) int {
	rank := func(p Person) int {
		switch {
		case !p.Has(Mentor):
			return 2
		case len(p.Mentors) > 0:
			return 1
		}
		return 0
	}
	return cmp.Compare(rank(a), rank(b))
}

// written are those whom the plan adds and changes.
func (p RosterPlan) written() map[PersonID]bool {
	ids := make(map[PersonID]bool, len(p.Add)+len(p.Change))
	for _, a := range p.Add {
		ids[a.Person.ID] = true
	}
	for _, c := range p.Change {
		ids[c.Person.ID] = true
	}
	return ids
}

func (p RosterPlan) inOrder() RosterPlan {
	slices.SortStableFunc(p.Add, func(a, b RosterAdd) int { return cmp.Compare(a.Row, b.Row) })
	slices.SortStableFunc(p.Change, func(a, b RosterChange) int { return cmp.Compare(a.Row, b.Row) })
	return p
}

// ExportRoster lists everyone who takes part, by kana, for a roster file.
func (o *Office) ExportRoster(ctx context.Context, who Actor) ([]Person, error) {
	var active []Person
	err := o.write(ctx, who, func(c *change) error {
		if err := c.must(Coordinator); err != nil {
			return err
		}
		people, err := c.People()
		if err != nil {
			return err
		}
		active = slices.DeleteFunc(slices.Clone(people), func(p Person) bool { return !p.Active() })
		SortByKana(active)
		return c.audit("roster.export", "")
	})
	return active, err
}
