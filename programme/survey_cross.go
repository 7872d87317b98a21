package programme

import (
	"maps"
	"slices"
)

// cohortsOf and placeOf are the groups that somebody is in; "" is for those of whom
// the roster says nothing. Somebody of two cohorts is in both.
func cohortsOf(p Person) []string {
	if len(p.Cohorts) == 0 {
		return []string{""}
	}
	return p.Cohorts
}

func placeOf(p Person) []string { return []string{p.Prefecture} }

// cross tallies one question for each group of those who answered it, by name. Groups
// are hidden so that neither they nor the people outside the shown ones, whom one
// could work out from the total, are few.
func cross(q Question, ts []taken, see sight, groups func(Person) []string) []Cross {
	in := map[string][]taken{}
	answered := 0
	for _, t := range ts {
		if a, ok := t.answers[q.ID]; ok && !a.Skipped {
			answered++
			for _, g := range groups(t.person) {
				in[g] = append(in[g], t)
			}
		}
	}
	see.each = false // what was said is in the tally of all
	shown := map[string]bool{}
	if !tooFew(answered, see) {
		shown = shownGroups(in, answered, see)
	}
	var out []Cross
	for _, g := range slices.Sorted(maps.Keys(in)) {
		t := Tally{Question: q, Hidden: true}
		if shown[g] {
			t = tallyOf(q, in[g], see)
		}
		out = append(out, Cross{Group: g, Tally: t})
	}
	return out
}

// shownGroups chooses the groups whose totals are shown. Hidden are groups of few and
// those outside of which there are few; then, as long as the shown ones betray few, the
// smallest of them goes, too (the first by name of several).
func shownGroups(in map[string][]taken, answered int, see sight) map[string]bool {
	shown := map[string]bool{}
	for g, members := range in {
		shown[g] = !tooFew(len(members), see) && !tooFew(answered-len(members), see)
	}
	for !see.few && betrayed(in, shown, answered, see) {
		smallest, found := "", false
		for _, g := range slices.Sorted(maps.Keys(in)) {
			if shown[g] && (!found || len(in[g]) < len(in[smallest])) {
				smallest, found = g, true
			}
		}
		if !found {
			break
		}
		shown[smallest] = false
	}
	return shown
}

// betrayed says whether the totals of the shown groups and of all tell those of few: of
// the people in no shown group; of those in several, who are what the groups are together
// more than all; or of those whom one group has beyond another.
func betrayed(in map[string][]taken, shown map[string]bool, answered int, see sight) bool {
	sets, people, times := map[string]map[PersonID]bool{}, map[PersonID]bool{}, 0
	for g, members := range in {
		if !shown[g] {
			continue
		}
		sets[g] = map[PersonID]bool{}
		for _, m := range members {
			sets[g][m.person.ID], people[m.person.ID] = true, true
		}
		times += len(members)
	}
	several := times - len(people)
	return tooFew(answered-len(people), see) || tooFew(several, see) || several > 0 && fewBeyond(sets, see)
}

// fewBeyond says whether some group is few people more than another has of it.
func fewBeyond(sets map[string]map[PersonID]bool, see sight) bool {
	for a, as := range sets {
		for b, bs := range sets {
			beyond := 0
			for id := range as {
				if !bs[id] {
					beyond++
				}
			}
			if a != b && tooFew(beyond, see) {
				return true
			}
		}
	}
	return false
}
