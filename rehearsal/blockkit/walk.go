package blockkit

import "fmt"

// maxProblems bounds an answer: who broke this many rules has enough to read.
const maxProblems = 100

// A surface is where blocks are shown.
type surface uint8

const (
	message surface = 1 << iota
	modal
	home
	everywhere = message | modal | home
)

// walk is one validation under way: what was found, and what must be unique
// or bounded across the whole payload.
type walk struct {
	surface  surface
	problems []Problem

	// blocks is the table of block types. It travels with the walk because a
	// container's table refers to all the others.
	blocks map[string]blockType
	// nested counts the containers and layouts around the current block.
	nested int
	// laidOut counts the blocks inside layouts so far.
	laidOut int

	blockIDs  map[string]bool
	actionIDs map[string]bool // of the current block
	focused   bool
	markdown  int // characters in markdown blocks so far
	tables    int
	charts    int
}

func newWalk(s surface) *walk {
	return &walk{surface: s, blocks: blockTypes, blockIDs: map[string]bool{}, actionIDs: map[string]bool{}}
}

func (w *walk) report(at, message string) {
	if len(w.problems) < maxProblems {
		w.problems = append(w.problems, Problem{at, message})
	}
}

func (w *walk) unsupported(at, name string) {
	w.report(at+"/type", "unsupported type: "+cut(name))
}

// length reports a string with too few or too many characters.
func (w *walk) length(at, s string, least, most int) {
	switch n := chars(s); {
	case n < least:
		w.report(at, fmt.Sprintf("must be more than %d characters", least-1))
	case most >= 0 && n > most:
		w.report(at, fmt.Sprintf("must be less than %d characters", most+1))
	}
}

// count reports an array with too few or too many items.
func (w *walk) count(at string, n, least, most int) {
	switch {
	case n < least:
		w.report(at, fmt.Sprintf("no fewer than %d items allowed", least))
	case n > most:
		w.report(at, fmt.Sprintf("no more than %d items allowed", most))
	}
}

// claim reports an id that was used before in the same set.
func (w *walk) claim(at, field string, m map[string]any, used map[string]bool) {
	id, ok := m[field].(string)
	if !ok {
		return
	}
	if used[id] {
		w.report(at+"/"+field, fmt.Sprintf("`%s` must be unique: %s", field, cut(id)))
	}
	used[id] = true
}
