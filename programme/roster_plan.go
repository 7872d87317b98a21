package programme

import (
	"slices"
	"time"
)

// planner works out what a roster file would change. It looks at no clock and
// writes nothing; the order of its results is the order of the file.
type planner struct {
	people []Person
	byID   map[PersonID]Person
	slack  map[string]PersonID
	email  map[string][]PersonID
	name   map[string][]PersonID
	taken  map[PersonID]int // the row that means that person
	// written are those whom earlier rows of the same file became: no namesakes.
	written map[PersonID]bool

	entries []*entry
	plan    RosterPlan
	// mentors are those whom a mentor cell can mean, by address and by name.
	mentors map[string][]*entry
	newID   func() string
	zone    *time.Location
}

// planRoster works out what rows would do to the roster people, of whom earlier
// rows of the same file became written. New people get their ids from newID.
func planRoster(rows []RosterRow, people []Person, written map[PersonID]bool, newID func() string, zone *time.Location) RosterPlan {
	pl := &planner{people: people, written: written, newID: newID, zone: zone}
	pl.index()
	for _, r := range rows {
		e, faults := readRow(r)
		pl.entries = append(pl.entries, e)
		pl.plan.Faults = append(pl.plan.Faults, faults...)
	}
	pl.findTwins()
	for _, e := range pl.entries {
		pl.matchByKeys(e)
	}
	for _, e := range pl.entries {
		pl.matchWithoutKeys(e)
	}
	for _, e := range pl.entries {
		pl.matchByName(e)
	}
	pl.resolveMentors()
	pl.conclude()
	slices.SortStableFunc(pl.plan.Faults, func(a, b RosterFault) int { return a.Row - b.Row })
	return pl.plan
}

// index makes everyone findable. Whoever left is found by key only: a row that
// means them is a mistake, a namesake is not.
func (pl *planner) index() {
	pl.byID = make(map[PersonID]Person, len(pl.people))
	pl.slack = make(map[string]PersonID, len(pl.people))
	pl.email = make(map[string][]PersonID, len(pl.people))
	pl.name = make(map[string][]PersonID, len(pl.people))
	pl.taken = make(map[PersonID]int, len(pl.people))
	for _, p := range pl.people {
		pl.byID[p.ID] = p
		if p.SlackID != "" {
			pl.slack[p.SlackID] = p.ID
		}
		if p.Email != "" {
			key := FoldEmail(p.Email)
			pl.email[key] = append(pl.email[key], p.ID)
		}
		if p.Active() {
			key := foldName(p.Name)
			pl.name[key] = append(pl.name[key], p.ID)
		}
	}
}

func (pl *planner) fault(e *entry, c Column, key string, args ...any) {
	e.faulty = true
	pl.plan.Faults = append(pl.plan.Faults, e.row.fault(c, key, args...))
}

// findTwins finds the same person twice in the file: by Slack account, by
// address, or by name and kana where a row has neither.
func (pl *planner) findTwins() {
	slack, email, name := map[string]int{}, map[string]int{}, map[string]int{}
	seen := func(first map[string]int, key string, e *entry, c Column) {
		if key == "" {
			return
		}
		if row, twice := first[key]; twice {
			pl.fault(e, c, "roster.twice", "Row", row)
			return
		}
		first[key] = e.row.Row
	}
	for _, e := range pl.entries {
		seen(slack, e.p.SlackID, e, ColSlackID)
		seen(email, FoldEmail(e.p.Email), e, ColEmail)
		if e.p.SlackID == "" && e.p.Email == "" && e.p.Name != "" {
			seen(name, foldName(e.p.Name)+"\x00"+foldName(e.p.Kana), e, ColName)
		}
	}
}

// matchByKeys finds whom a row means by slack_id, else by e-mail (design.md
// section 9).
func (pl *planner) matchByKeys(e *entry) {
	bySlack, okSlack := pl.slack[e.p.SlackID]
	byEmail := pl.email[FoldEmail(e.p.Email)]
	switch {
	case okSlack && len(byEmail) > 0 && !slices.Contains(byEmail, bySlack):
		pl.fault(e, ColEmail, "roster.keys_conflict", "Slack", pl.byID[bySlack].Name, "Email", pl.byID[byEmail[0]].Name)
	case okSlack:
		pl.match(e, bySlack, ColSlackID)
	case len(byEmail) == 1:
		pl.match(e, byEmail[0], ColEmail)
	case len(byEmail) > 1:
		pl.ask(e, byEmail)
	}
}

func (pl *planner) match(e *entry, id PersonID, c Column) {
	p := pl.byID[id]
	if !p.Active() {
		pl.fault(e, c, "roster.left", "Day", string(DateOf(p.Left, pl.zone)))
		return
	}
	if row, twice := pl.taken[id]; twice {
		if !e.faulty { // findTwins may have said so
			pl.fault(e, c, "roster.twice", "Row", row)
		}
		return
	}
	pl.taken[id] = e.row.Row
	e.old, e.id = &p, id
}

// matchWithoutKeys takes a row without any key for the one person of the roster
// who has none either and has the same name and kana.
func (pl *planner) matchWithoutKeys(e *entry) {
	if !pl.open(e) || e.row.Match == MatchNew || e.p.SlackID != "" || e.p.Email != "" {
		return
	}
	found := slices.DeleteFunc(pl.namesakes(e), func(id PersonID) bool {
		p := pl.byID[id]
		return p.SlackID != "" || p.Email != "" || e.has(ColKana) && foldName(p.Kana) != foldName(e.p.Kana)
	})
	if len(found) == 1 {
		pl.match(e, found[0], ColName)
	}
}

// matchByName looks at rows that nothing matched so far: whether a namesake is
// the same person is for a human to judge.
func (pl *planner) matchByName(e *entry) {
	if !pl.open(e) || e.row.Match == MatchNew {
		return
	}
	switch found := pl.namesakes(e); {
	case len(found) == 1 && e.row.Match == MatchSame:
		pl.match(e, found[0], ColName)
	case len(found) > 0:
		pl.ask(e, found)
	case e.row.Match == MatchSame:
		pl.fault(e, ColName, "roster.nobody_same")
	}
}

// open says whether it is still unknown whom the row means.
func (pl *planner) open(e *entry) bool { return e.old == nil && !e.asked && !e.faulty }

// namesakes are the active people of the row's name whom no row means yet.
func (pl *planner) namesakes(e *entry) []PersonID {
	var found []PersonID
	for _, id := range pl.name[foldName(e.p.Name)] {
		if _, taken := pl.taken[id]; !taken && !pl.written[id] {
			found = append(found, id)
		}
	}
	return found
}

func (pl *planner) ask(e *entry, ids []PersonID) {
	e.asked = true
	q := RosterQuestion{Row: e.row.Row, Name: e.p.Name}
	for _, id := range ids {
		q.Candidates = append(q.Candidates, pl.byID[id])
	}
	pl.plan.Ask = append(pl.plan.Ask, q)
}

// resolveMentors finds whom the mentor cells mean, among the file and those of
// the roster whom the file does not name.
func (pl *planner) resolveMentors() {
	pl.mentors = map[string][]*entry{}
	for _, e := range pl.entries {
		if e.old == nil {
			e.id = PersonID(pl.newID())
			pl.addMentor(e, e.apply(Person{}))
			continue
		}
		pl.addMentor(e, e.apply(*e.old))
	}
	for _, p := range pl.people {
		if _, named := pl.taken[p.ID]; !named && p.Active() {
			pl.addMentor(&entry{id: p.ID}, p)
		}
	}
	for _, e := range pl.entries {
		pl.assign(e)
	}
}

// addMentor makes p findable as a mentor. The entry takes over what p is, as
// the file may have no column for it.
func (pl *planner) addMentor(e *entry, p Person) {
	e.p.Roles, e.p.Kind = p.Roles, p.Kind
	keys := []string{foldName(p.Name)}
	if p.Email != "" {
		keys = append(keys, FoldEmail(p.Email))
	}
	for _, k := range keys {
		pl.mentors[k] = append(pl.mentors[k], e)
	}
}

func (pl *planner) assign(e *entry) {
	for _, word := range splitList(e.row.Cell(ColMentor)) {
		found := pl.mentors[foldName(word)]
		// Among namesakes the one who is a mentor is meant.
		if len(found) > 1 {
			found = slices.DeleteFunc(slices.Clone(found), func(m *entry) bool { return !m.p.Has(Mentor) })
		}
		switch {
		case len(found) == 0:
			pl.fault(e, ColMentor, "roster.mentor_unknown", "Word", word)
		case len(found) > 1:
			pl.fault(e, ColMentor, "roster.mentor_ambiguous", "Word", word)
		case !found[0].p.Has(Mentor):
			pl.fault(e, ColMentor, "roster.mentor_role", "Word", word)
		case !found[0].p.expert():
			pl.fault(e, ColMentor, "roster.mentor_kind", "Word", word)
		case !slices.Contains(e.p.Mentors, found[0].id):
			e.p.Mentors = append(e.p.Mentors, found[0].id)
		}
	}
	if len(e.p.Mentors) > 0 && !e.p.Has(Atsugi) {
		pl.fault(e, ColMentor, "roster.mentor_for_atsugi")
	}
}

// conclude says for every row what becomes of it, and who is not in the file.
func (pl *planner) conclude() {
	names := make(map[PersonID]Person, len(pl.byID)+len(pl.entries))
	for id, p := range pl.byID {
		names[id] = p
	}
	for _, e := range pl.entries {
		if e.old == nil {
			names[e.id] = e.apply(Person{ID: e.id})
		}
	}
	for _, e := range pl.entries {
		switch {
		case e.faulty || e.asked:
		case e.old == nil:
			pl.plan.Add = append(pl.plan.Add, RosterAdd{Row: e.row.Row, Person: names[e.id]})
		default:
			p := e.apply(*e.old)
			if d := differences(*e.old, p, names); len(d) > 0 {
				pl.plan.Change = append(pl.plan.Change, RosterChange{Row: e.row.Row, Person: p, Fields: d})
			} else {
				pl.plan.Unchanged = append(pl.plan.Unchanged, p)
			}
		}
	}
	pl.missing()
}

func (pl *planner) missing() {
	unclear := map[PersonID]bool{}
	for _, q := range pl.plan.Ask {
		for _, p := range q.Candidates {
			unclear[p.ID] = true
		}
	}
	for _, p := range pl.people {
		if _, named := pl.taken[p.ID]; !named && p.Active() && !unclear[p.ID] {
			pl.plan.Missing = append(pl.plan.Missing, p)
		}
	}
}
