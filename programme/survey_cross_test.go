package programme

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// members makes the people of groups from lines such as "A: 1 2 3".
func members(lines ...string) (in map[string][]taken, answered int) {
	in = map[string][]taken{}
	everyone := map[string]bool{}
	for _, line := range lines {
		group, ids, _ := strings.Cut(line, ":")
		for _, id := range strings.Fields(ids) {
			in[group] = append(in[group], taken{person: Person{ID: PersonID(id)}})
			everyone[id] = true
		}
	}
	return in, len(everyone)
}

func TestWhichGroupsAreShown(t *testing.T) {
	for _, c := range []struct {
		rule   string
		groups []string
		few    bool
		want   string
	}{
		{"groups of five", []string{"A: 1 2 3 4 5", "B: 6 7 8 9 10"}, false, "A B"},
		{"the office sees all", []string{"A: 1", "B: 2 3"}, true, "A B"},
		{"the smallest goes with a group of few", []string{"A: 1 2 3 4 5 6", "B: 7 8 9 10 11", "C: 12 13"}, false, "A"},
		{"of two alike the first by name goes", []string{"A: 1 2 3 4 5", "B: 6 7 8 9 10", "C: 12 13"}, false, "B"},
		{"groups of few that are many together go alone", []string{"A: 1 2 3 4 5", "B: 6 7 8", "C: 9 10"}, false, "A"},
		{"two of few are still few together", []string{"A: 1 2 3 4 5", "B: 6 7 8 9 10", "C: 11", "D: 12 13"}, false, "B"},
		{"one group of everyone", []string{"A: 1 2 3 4 5"}, false, "A"},
		{"few are outside a group, though in another", []string{"A: 1 2 3 4 5 6", "B: 2 3 4 5 6 7"}, false, ""},
		{"a group of few within a shown one cannot be worked out", []string{"A: 1 2 3 4 5 6", "B: 5 6", "C: 7 8 9 10 11"}, false, "A C"},
		{"one person in two groups is what these have more than all", []string{"A: 1 2 3 4 5 6", "B: 6 7 8 9 10 11"}, false, "B"},
		{"a group of one more than another", []string{"A: 1 2 3 4 5 6", "B: 1 2 3 4 5", "C: 7 8 9 10 11"}, false, "A C"},
	} {
		in, answered := members(c.groups...)
		var got []string
		shown := shownGroups(in, answered, sight{few: c.few})
		for _, g := range slices.Sorted(maps.Keys(shown)) {
			if shown[g] {
				got = append(got, g)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", c.rule, got, c.want)
		}
	}
}

// TestNoFewCanBeWorkedOut: whatever groups people are in, a shown group has five
// answers or more, and outside of it, outside of all shown ones and in several of them
// are none or five.
func TestNoFewCanBeWorkedOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		answered := rapid.IntRange(5, 40).Draw(t, "answered")
		in := map[string][]taken{}
		for i := range answered {
			for _, g := range rapid.SliceOfNDistinct(rapid.IntRange(0, 4), 1, 2, rapid.ID[int]).Draw(t, "groups") {
				name := fmt.Sprint(g)
				in[name] = append(in[name], taken{person: Person{ID: PersonID(fmt.Sprint(i))}})
			}
		}
		few := func(n int) bool { return 0 < n && n < 5 }
		inside, times := map[PersonID]bool{}, 0
		for g, show := range shownGroups(in, answered, sight{}) {
			if !show {
				continue
			}
			if n := len(in[g]); few(n) || few(answered-n) {
				t.Fatalf("a group of %d among %d is shown", n, answered)
			}
			times += len(in[g])
			for _, m := range in[g] {
				inside[m.person.ID] = true
			}
		}
		if few(times - len(inside)) {
			t.Fatalf("%d of %d are in two shown groups", times-len(inside), answered)
		}
		if few(answered - len(inside)) {
			t.Fatalf("%d of %d are in no shown group", answered-len(inside), answered)
		}
	})
}
