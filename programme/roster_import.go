package programme

import (
	"cmp"
	"context"
	"slices"
)

// importChunk is how many people one transaction of an import writes. It keeps
// the writer held for less than 500 ms (design.md 2b); the rosters of the
// programme itself fit one.
const importChunk = 1000

// PlanRoster says what ImportRoster would do with the rows, and writes nothing.
func (o *Office) PlanRoster(ctx context.Context, who Actor, rows []RosterRow) (RosterPlan, error) {
	var plan RosterPlan
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		if !o.may(who, me, o.Now(), Coordinator) {
			return denied("error.denied")
		}
		people, err := tx.People()
		plan = planRoster(rows, people, o.NewID, o.Settings.Zone)
		return err
	})
	return plan, err
}

// ImportRoster brings the rows of a roster file in and says what it did. A plan
// with faults or questions is refused as a whole, with an Error of CodeInvalid,
// and nothing is written. A roster of more than importChunk changes is written
// in several transactions, each planned anew on what then is; after a crash
// between two, importing the same file again completes it.
func (o *Office) ImportRoster(ctx context.Context, who Actor, rows []RosterRow) (RosterPlan, error) {
	var done RosterPlan
	rows = slices.Clone(rows)
	for {
		var plan RosterPlan
		rest := 0
		err := o.write(ctx, who, func(c *change) (err error) {
			plan, rest, err = c.importRoster(rows)
			return err
		})
		if err != nil {
			done.Faults, done.Ask = plan.Faults, plan.Ask
			return done, err
		}
		remember(rows, plan.Add)
		done.Add = append(done.Add, plan.Add...)
		done.Change = append(done.Change, plan.Change...)
		if rest == 0 {
			done.Unchanged = untouched(plan.Unchanged, done)
			done.Missing = plan.Missing
			return done.inOrder(), nil
		}
	}
}

// remember ties rows to the people that were made of them.
func remember(rows []RosterRow, added []RosterAdd) {
	made := make(map[int]PersonID, len(added))
	for _, a := range added {
		made[a.Row] = a.Person.ID
	}
	for i := range rows {
		if id, ok := made[rows[i].Row]; ok {
			rows[i].written = id
		}
	}
}

// importRoster carries out the first chunk of the plan; rest is how many
// changes remain.
func (c *change) importRoster(rows []RosterRow) (plan RosterPlan, rest int, err error) {
	if err := c.must(Coordinator); err != nil {
		return plan, 0, err
	}
	people, err := c.People()
	if err != nil {
		return plan, 0, err
	}
	plan = planRoster(rows, people, c.office.NewID, c.office.Settings.Zone)
	if !plan.Ready() {
		return plan, 0, invalid("", "error.roster_refused")
	}
	rest = plan.cut(importChunk)
	for _, a := range plan.Add {
		if err := c.savePerson(a.Person, "person.add"); err != nil {
			return plan, 0, err
		}
	}
	for _, ch := range plan.Change {
		if err := c.savePerson(ch.Person, "person.change"); err != nil {
			return plan, 0, err
		}
	}
	return plan, rest, nil
}

func (c *change) savePerson(p Person, action string) error {
	if err := c.SavePerson(p); err != nil {
		return err
	}
	c.factsChanged()
	return c.audit(action, string(p.ID))
}

// cut keeps the first n additions and changes, mentors before those who are
// assigned to them, and says how many it left out.
func (p *RosterPlan) cut(n int) (rest int) {
	slices.SortStableFunc(p.Add, func(a, b RosterAdd) int { return mentorsFirst(a.Person, b.Person) })
	slices.SortStableFunc(p.Change, func(a, b RosterChange) int { return mentorsFirst(a.Person, b.Person) })
	// Changes may assign people who are only now added.
	add := min(len(p.Add), n)
	change := min(len(p.Change), n-add)
	rest = len(p.Add) - add + len(p.Change) - change
	p.Add, p.Change = p.Add[:add], p.Change[:change]
	return rest
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

// untouched are those of the last plan's unchanged whom no earlier chunk wrote.
func untouched(unchanged []Person, done RosterPlan) []Person {
	wrote := make(map[PersonID]bool, len(done.Add)+len(done.Change))
	for _, a := range done.Add {
		wrote[a.Person.ID] = true
	}
	for _, c := range done.Change {
		wrote[c.Person.ID] = true
	}
	return slices.DeleteFunc(unchanged, func(p Person) bool { return wrote[p.ID] })
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
