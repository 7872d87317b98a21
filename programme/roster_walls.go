package programme

import "slices"

// RosterWall is that a roster file assigns an expert to an atsugi who would rather not be
// seen by them or theirs, or whose own bank or chamber they are of.
type RosterWall struct {
	Row   int
	Walls []Wall // Of is the atsugi
	to    PersonID
	from  Person
}

// rosterWalls are the walls in the plan, by row: of experts whom it assigns anew.
func rosterWalls(tx Tx, plan RosterPlan, people []Person) ([]RosterWall, error) {
	byID := make(map[PersonID]Person, len(people)+len(plan.Add))
	was := make(map[PersonID][]PersonID, len(people))
	for _, p := range people {
		byID[p.ID], was[p.ID] = p, p.Mentors
	}
	rows := map[int]Person{}
	for _, a := range plan.Add {
		byID[a.Person.ID], rows[a.Row] = a.Person, a.Person
	}
	for _, ch := range plan.Change {
		byID[ch.Person.ID], rows[ch.Row] = ch.Person, ch.Person
	}
	seen := map[PersonID]onlookers{}
	var out []RosterWall
	for row, atsugi := range rows {
		mentors := slices.DeleteFunc(slices.Clone(atsugi.Mentors), func(id PersonID) bool { return slices.Contains(was[atsugi.ID], id) })
		if len(mentors) == 0 {
			continue
		}
		hidden, err := tx.HiddenFrom(atsugi.ID)
		if err != nil {
			return nil, err
		}
		for _, id := range mentors {
			if _, ready := seen[id]; !ready {
				seen[id] = onlookersOf([]Person{byID[id]}, nil)
			}
			ws := wallsOf(atsugi, hidden, seen[id])
			for i := range ws {
				ws[i].Of = atsugi.Name
			}
			if len(ws) > 0 {
				out = append(out, RosterWall{Row: row, Walls: ws, to: id, from: atsugi})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b RosterWall) int { return a.Row - b.Row })
	return out, nil
}

// tellOfImport tells the office of walls which what was written of a plan raised between an
// atsugi and who had something about them before; people are those of before. Whom it
// assigns is no news: that was asked about (rosterWalls).
func (c *change) tellOfImport(plan RosterPlan, people []Person) error {
	after, of := plan.changes(people)
	if len(of) == 0 {
		return nil
	}
	engagements, err := c.Engagements()
	if err != nil {
		return err
	}
	was, now := wallFactsOf(people, engagements), wallFactsOf(after, engagements)
	for _, p := range of {
		hidden, err := c.HiddenFrom(p.ID)
		if err != nil {
			return err
		}
		experts := was.experts(p)
		if err := c.tellOfWalls(p.ID, was.walls(p, hidden, experts), now.walls(now.people[p.ID], hidden, experts)); err != nil {
			return err
		}
	}
	return nil
}

// changes are the people after the plan was carried out, and the atsugi among those before
// it about whom walls may have arisen: themselves changed, or all if somebody of the others is.
func (p RosterPlan) changes(people []Person) (after, of []Person) {
	to := map[PersonID]Person{}
	others := false
	for _, a := range p.Add {
		after = append(after, a.Person)
		others = others || holdsMemos(a.Person)
	}
	for _, ch := range p.Change {
		to[ch.Person.ID] = ch.Person
	}
	for _, was := range people {
		if next, changed := to[was.ID]; changed {
			after = append(after, next)
			others = others || holdsMemos(was) || holdsMemos(next)
		} else {
			after = append(after, was)
		}
	}
	for _, was := range people {
		if _, changed := to[was.ID]; was.Has(Atsugi) && (changed || others) {
			of = append(of, was)
		}
	}
	return after, of
}

// holdsMemos says whether somebody may have something about an atsugi.
func holdsMemos(p Person) bool { return p.Has(Bureau) || p.Has(Supporter) || p.Has(Mentor) }

// goOver refuses a plan with walls unless somebody says why, which is kept.
func (c *change) goOver(plan RosterPlan, reason string) error {
	var all []Wall
	for _, w := range plan.Walls {
		all = append(all, w.Walls...)
	}
	return overWalls(all, "", reason)
}

// keepOver keeps the walls over which these are assigned to each other.
func (c *change) keepOver(w RosterWall, reason string) error {
	err := c.copy(Copy{Kind: CopyEngaged, Subject: string(w.from.ID), To: ToPerson(w.to), Reason: reason})
	if err != nil {
		return err
	}
	return c.auditChange("person.assign", string(w.from.ID), wallDetail(w.Walls))
}
