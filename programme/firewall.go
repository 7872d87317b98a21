package programme

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// WallKind is why something should rather not be shown to somebody. The strings are
// stored in the audit trail.
type WallKind string

const (
	WallBank    WallKind = "own_bank"    // the atsugi's bank, from the roster
	WallChamber WallKind = "own_chamber" // who recommended them, from the roster
	WallHidden  WallKind = "hidden"      // whom they named privately (見せたくない相手)
)

// Wall is a warning before something is given out (programme.md "Consent and sharing in
// practice"): it goes on only if a person says why.
type Wall struct {
	Kind WallKind
	Who  string // the organisation or person in the audience, in words
	// Of several memos that are shared: which one, and the name of the atsugi it is about.
	Memo MemoID
	Of   string
}

// Over is that somebody goes on although walls stand: why, and which walls they were shown.
type Over struct {
	Reason string
	Seen   string // WallsPrint of these
}

// WallsPrint tells whether walls are still those that somebody was shown; "" of none.
func WallsPrint(ws []Wall) string {
	var words []string
	for _, w := range ws {
		words = append(words, strings.Join([]string{string(w.Kind), w.Who, string(w.Memo)}, "\x01"))
	}
	return fingerprint(words)
}

// WallsOf are the walls that stopped a use case, nil if none did.
func WallsOf(err error) []Wall {
	e, ok := AsError(err)
	if !ok {
		return nil
	}
	ws, _ := e.Args["Walls"].([]Wall)
	return ws
}

// mustBeOf refuses while walls stand and nobody says why to go on over these very walls: a
// reason given for others is none.
func (v Over) mustBeOf(ws []Wall) error {
	if len(ws) > 0 && v.Seen != WallsPrint(ws) && utf8.RuneCountInString(v.Reason) <= maxReason {
		v.Reason = ""
	}
	return overWalls(ws, "reason", v.Reason)
}

// walls are the warnings before something about the atsugi is shown to these people, and
// to those of these organisations.
func walls(tx HiddenTx, atsugi Person, people []Person, organisations []string) ([]Wall, error) {
	if atsugi.ID == "" {
		return nil, nil
	}
	hidden, err := tx.HiddenFrom(atsugi.ID)
	return wallsOf(atsugi, hidden, onlookersOf(people, organisations)), err
}

// onlookers are those who would see something, their names made ready for comparing once.
type onlookers struct {
	people        []Person
	organisations []string // those named, then the people's, each once
	plain         []string // plainName of each
}

func onlookersOf(people []Person, organisations []string) onlookers {
	a := onlookers{people: people}
	add := func(name string) {
		if !slices.Contains(a.organisations, name) {
			a.organisations, a.plain = append(a.organisations, name), append(a.plain, plainName(name))
		}
	}
	for _, name := range organisations {
		add(name)
	}
	for _, p := range people {
		add(p.Organisation)
	}
	return a
}

// called are the organisations of which a cell of the roster, or a typed name, may speak.
func (a onlookers) called(cell string) (out []string) {
	names := namesInCell(cell)
	for i, plain := range a.plain {
		if akinToOne(plain, names) {
			out = append(out, a.organisations[i])
		}
	}
	return out
}

// wallsOf is walls by what the atsugi named: each once, in the order of the kinds.
func wallsOf(atsugi Person, hidden []HiddenEntry, a onlookers) []Wall {
	var out []Wall
	add := func(kind WallKind, names ...string) {
		for _, who := range names {
			if w := (Wall{Kind: kind, Who: who}); !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	add(WallBank, a.called(atsugi.Bank)...)
	add(WallChamber, a.called(atsugi.RecommendedBy)...)
	for _, h := range hidden {
		add(WallHidden, a.called(h.Name())...)
		for _, p := range a.people {
			if p.ID == h.Person() || sameSomebody(p, h.Name()) {
				add(WallHidden, p.Name)
			}
		}
	}
	return out
}

// sameName says whether two names are one, however they are spelled; no name is none.
func sameName(a, b string) bool { return foldName(a) != "" && foldName(a) == foldName(b) }

// overWalls refuses while walls stand and nobody says why to go on. The field is the
// input beside which that is asked for.
func overWalls(ws []Wall, field, reason string) error {
	switch {
	case utf8.RuneCountInString(reason) > maxReason:
		return invalid(field, "error.too_long", "Max", maxReason)
	case len(ws) > 0 && strings.TrimSpace(reason) == "":
		return &Error{Code: CodeConflict, Field: field, Key: "error.wall", Args: map[string]any{"Walls": ws}}
	}
	return nil
}

// wallDetail is what the audit trail says of walls that somebody went over: their kinds
// alone, as whom an atsugi named is nobody's to read there.
func wallDetail(ws []Wall) string {
	var kinds []string
	for _, w := range ws {
		if !slices.Contains(kinds, string(w.Kind)) {
			kinds = append(kinds, string(w.Kind))
		}
	}
	if len(kinds) == 0 {
		return ""
	}
	return "walls=" + strings.Join(kinds, ",")
}

// bureauPeople are those who read what is shared with the bureau.
func bureauPeople(tx Tx) ([]Person, error) {
	people, err := tx.People()
	return slices.DeleteFunc(slices.Clone(people), func(p Person) bool { return !p.Active() || !p.Has(Bureau) }), err
}
