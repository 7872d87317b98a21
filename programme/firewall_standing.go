package programme

import (
	"context"
	"slices"
)

// Given is what somebody was given already. The strings are parts of keys of words.
type Given string

const (
	GivenBureau   Given = "bureau"   // memos that are shared with the bureau
	GivenOpened   Given = "opened"   // memos that the atsugi opened to an organisation
	GivenAssigned Given = "assigned" // the atsugi themself, to see: on the roster or by an engagement
)

// StandingWall is a wall between an atsugi and who has something about them already: it
// arose after that was given, or somebody went over it.
type StandingWall struct {
	Wall
	Given Given
	To    string // the organisation to which it is open, "" for all else
}

// wallFacts are what walls that stand follow from, beside an atsugi and their list.
type wallFacts struct {
	people  map[PersonID]Person
	engaged map[PersonID][]PersonID // by running engagements, by atsugi
	memos   []memoHolder
}

// memoHolder is who may have memos, whichever atsugi they are about.
type memoHolder struct {
	onlookers
	given Given
	to    string
}

func wallFactsOf(people []Person, engagements []Engagement) wallFacts {
	f := wallFacts{people: make(map[PersonID]Person, len(people)), engaged: map[PersonID][]PersonID{}}
	var bureau, staff []Person
	for _, p := range people {
		f.people[p.ID] = p
		if p.Active() && p.Has(Bureau) {
			bureau = append(bureau, p)
		}
		if p.Active() && p.Has(Supporter) {
			staff = append(staff, p)
		}
	}
	for _, e := range engagements {
		if e.Runs() {
			f.engaged[e.Atsugi] = append(f.engaged[e.Atsugi], e.Mentor)
		}
	}
	f.memos = append(f.memos, memoHolder{onlookersOf(bureau, nil), GivenBureau, ""})
	for _, name := range organisations(staff) {
		theirs := slices.DeleteFunc(slices.Clone(staff), func(p Person) bool { return p.Organisation != name })
		f.memos = append(f.memos, memoHolder{onlookersOf(theirs, nil), GivenOpened, name})
	}
	return f
}

// wallFactsNow are those of now.
func wallFactsNow(tx Tx) (f wallFacts, err error) {
	people, err := tx.People()
	if err != nil {
		return f, err
	}
	engagements, err := tx.Engagements()
	return wallFactsOf(people, engagements), err
}

// experts are those who see the atsugi, on the roster or by a running engagement.
func (f wallFacts) experts(atsugi Person) []PersonID {
	return append(slices.Clone(atsugi.Mentors), f.engaged[atsugi.ID]...)
}

// walls are those between an atsugi with this list and whoever may have something about
// them, seen by these experts: whether they have it is asked by given.
func (f wallFacts) walls(atsugi Person, hidden []HiddenEntry, experts []PersonID) (out []StandingWall) {
	var assigned []Person
	for _, id := range experts {
		if p := f.people[id]; p.Active() && id != atsugi.ID && p.ID != "" {
			assigned = append(assigned, p)
		}
	}
	for _, h := range append(slices.Clone(f.memos), memoHolder{onlookersOf(assigned, nil), GivenAssigned, ""}) {
		themself := func(p Person) bool { return p.ID == atsugi.ID }
		if slices.ContainsFunc(h.people, themself) {
			h.onlookers = onlookersOf(slices.DeleteFunc(slices.Clone(h.people), themself), nil)
		}
		for _, w := range wallsOf(atsugi, hidden, h.onlookers) {
			out = append(out, StandingWall{Wall: w, Given: h.given, To: h.to})
		}
	}
	return out
}

// given leaves the walls between an atsugi and those who have what they stand against.
func given(tx Tx, atsugi PersonID, walls []StandingWall) (out []StandingWall, err error) {
	for _, w := range walls {
		has := 1
		switch w.Given {
		case GivenBureau:
			has, err = tx.CountMemos(MemoFilter{Atsugi: atsugi, OnlyShared: true})
		case GivenOpened:
			has, err = tx.CountMemos(MemoFilter{Atsugi: atsugi, OpenTo: w.To})
		}
		if err != nil {
			return nil, err
		}
		if has > 0 {
			out = append(out, w)
		}
	}
	return out, nil
}

// standsAbout are the standing walls of one atsugi, as the facts are now.
func standsAbout(tx Tx, atsugi Person) ([]StandingWall, error) {
	facts, err := wallFactsNow(tx)
	if err != nil {
		return nil, err
	}
	hidden, err := tx.HiddenFrom(atsugi.ID)
	if err != nil {
		return nil, err
	}
	return given(tx, atsugi.ID, facts.walls(atsugi, hidden, facts.experts(atsugi)))
}

// StandingWalls are the walls between an atsugi and who has something about them already: to
// the office all of them, to the atsugi those of what they opened themself.
func (o *Office) StandingWalls(ctx context.Context, who Actor, person PersonID) ([]StandingWall, error) {
	var out []StandingWall
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		atsugi, err := o.mayHide(tx, who, me, person)
		if err != nil {
			return err
		}
		out, err = standsAbout(tx, atsugi)
		if who.Kind == ByPerson && me.ID == person {
			out = slices.DeleteFunc(out, func(w StandingWall) bool { return w.Given != GivenOpened })
		}
		return err
	})
	return out, err
}

// tellOfWalls tells the office once if walls stand about an atsugi now that did not before.
func (c *change) tellOfWalls(atsugi PersonID, was, now []StandingWall) error {
	arose := slices.DeleteFunc(now, func(w StandingWall) bool { return slices.Contains(was, w) })
	arose, err := given(c, atsugi, arose)
	if err != nil || len(arose) == 0 {
		return err
	}
	return c.notify(Notice{Kind: NoticeWallStands, Subject: string(atsugi), To: ToChannel(ChannelOffice), Occasion: c.office.NewID()})
}

// lookAtStanding fills in about whom walls stand, if any still do.
func (o *Office) lookAtStanding(tx Tx, m *Matter) (err error) {
	if m.Person, err = tx.Person(PersonID(m.Notice.Subject)); err != nil {
		return err
	}
	stand, err := standsAbout(tx, m.Person)
	if err == nil && len(stand) == 0 {
		m.Withdrawn = withdrawnAnswered
	}
	return err
}
