package programme

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// readChoice reads one or several choices that were pressed, ticked or typed.
func (q Question) readChoice(in Input, was Answer) (Answer, error) {
	if len(in.Picked) == 0 {
		return q.typedChoice(in.Text, was)
	}
	picked := in.Picked
	words, anew := in.Text, in.Text != was.Text
	if write, ok := q.writable(); ok && q.Kind == Multi && !blank(words) && anew && !q.Writes(picked) {
		picked = append(slices.Clone(picked), write.ID) // it was written out and not ticked
	}
	if q.Kind == Multi && words == "" && !was.Open && q.Writes(was.Picked) {
		words = was.Text // still ticked: what was written stands
	}
	return q.choose(picked, words)
}

// choose makes an answer of choice ids and of what the one to be written out says.
// Without those words the answer is open.
func (q Question) choose(picked []string, words string) (Answer, error) {
	var kept []string
	for _, c := range q.Choices { // the question's order, each once
		if slices.Contains(picked, c.ID) {
			kept = append(kept, c.ID)
		}
	}
	unknown := slices.ContainsFunc(picked, func(id string) bool { return !slices.Contains(kept, id) })
	if len(kept) == 0 || unknown || q.Kind == Single && len(kept) > 1 {
		return Answer{}, q.choiceError("")
	}
	if err := q.bounds(kept); err != nil {
		return Answer{}, err
	}
	a := Answer{Picked: kept}
	if q.Writes(kept) {
		if a.Open = blank(words); !a.Open {
			a.Text = words
		}
	}
	return a, nil
}

// bounds checks how many choices of several were picked, and which go together.
func (q Question) bounds(picked []string) error {
	if q.Kind != Multi {
		return nil
	}
	for _, c := range q.Choices {
		switch {
		case !c.Alone || !slices.Contains(picked, c.ID):
		case len(picked) == 1:
			return nil // "none of these" is enough, whatever the least
		default:
			return invalid(q.ID, "error.choice_alone", "Choice", c)
		}
	}
	switch n := len(picked); {
	case n < q.Least:
		return invalid(q.ID, "error.choice_least", "Least", q.Least)
	case q.Most > 0 && n > q.Most:
		return invalid(q.ID, "error.choice_most", "Most", q.Most)
	}
	return nil
}

// typedChoice reads typed text: the words of a choice that was picked and is still to
// be written out, else choices by label or number. Nothing else becomes the words of a
// choice unless its label stands before them: a refusal or a choice half named
// would be kept as an answer that nobody gave.
func (q Question) typedChoice(text string, was Answer) (Answer, error) {
	write, said, labelled := q.afterLabel(text)
	switch {
	case was.Open && q.Writes(was.Picked):
		if !labelled || blank(said) {
			said = text
		}
		return q.writeOut(was.Picked, said)
	case blank(text):
		return Answer{}, q.choiceError("")
	}
	if id, ok := q.match(text); ok {
		return q.choose([]string{id}, "")
	}
	ids, rest := q.several(text)
	switch {
	case q.Kind == Multi && len(ids) > 0 && len(rest) == 0:
		return q.choose(ids, "")
	case q.Kind == Multi:
		return q.typedList(text, was)
	case labelled && blank(said):
		return q.choose([]string{write.ID}, "")
	case labelled:
		return q.writeOut([]string{write.ID}, said)
	}
	return Answer{}, q.choiceError(text)
}

// typedList reads a list of choices that ends in one with its words: 人手、そのほか：窯.
// Words alone, for a choice that is ticked, leave the other ticks as they were.
func (q Question) typedList(text string, was Answer) (Answer, error) {
	for start := range text {
		if before, _ := utf8.DecodeLastRuneInString(text[:start]); start > 0 && !isComma(before) {
			continue
		}
		write, said, ok := q.afterLabel(text[start:])
		if !ok {
			continue
		}
		ids, rest := q.several(text[:start])
		switch {
		case len(rest) > 0:
			return Answer{}, q.choiceError(text)
		case start == 0 && q.Writes(was.Picked):
			ids = was.Picked
		default:
			ids = append(ids, write.ID)
		}
		if blank(said) {
			return q.choose(ids, "")
		}
		return q.writeOut(ids, said)
	}
	return Answer{}, q.choiceError(text)
}

// writeOut makes an answer of choices and the words that were typed for one of them.
func (q Question) writeOut(picked []string, text string) (Answer, error) {
	switch {
	case blank(text):
		return Answer{}, invalid(q.ID, "error.answer_required")
	case sticker(text):
		return Answer{}, invalid(q.ID, "error.sticker")
	}
	return q.choose(picked, text)
}

// afterLabel parts "other: such a thing" after the label of the choice that is written
// out, in either language. said is verbatim but for what parts it from the label, and
// blank if only the label and a colon were typed.
func (q Question) afterLabel(text string) (write Choice, said string, ok bool) {
	if write, ok = q.writable(); !ok {
		return write, "", false
	}
	for i, r := range text {
		if !partsLabel(r) {
			continue
		}
		if head := bare(text[:i]); head != "" && (head == bare(write.Words.Ja) || head == bare(write.Words.En)) {
			return write, unquoted(text[i:]), true
		}
	}
	return write, "", false
}

// writable is the choice that is written out, if the question has one.
func (q Question) writable() (Choice, bool) {
	i := slices.IndexFunc(q.Choices, func(c Choice) bool { return c.Write })
	if i < 0 {
		return Choice{}, false
	}
	return q.Choices[i], true
}

// match reads typed text as one choice: by label, then by the number that it has in
// lists, then by id, which nobody is shown.
func (q Question) match(text string) (id string, ok bool) {
	t, options := bare(text), q.Options()
	if t == "" {
		return "", false
	}
	for _, c := range options {
		if whole := fold(text); whole == fold(c.Words.Ja) || whole == fold(c.Words.En) {
			return c.ID, true
		}
	}
	for _, c := range options {
		if t == bare(c.Words.Ja) || t == bare(c.Words.En) {
			return c.ID, true
		}
	}
	if n, err := strconv.Atoi(t); err == nil && n >= 1 && n <= len(options) {
		return options[n-1].ID, true
	}
	for _, c := range options {
		if t == fold(c.ID) {
			return c.ID, true
		}
	}
	return "", false
}

// several reads typed text as a list of choices, and returns what in it is none.
func (q Question) several(text string) (ids, rest []string) {
	for _, part := range strings.FieldsFunc(text, isComma) {
		switch found, all := q.allOf(part); {
		case all:
			ids = append(ids, found...)
		case !blank(part):
			rest = append(rest, strings.TrimSpace(part))
		}
	}
	return ids, rest
}

// allOf reads a part between commas: a choice, or several with blanks, と or > between
// them. all is false if anything in it is no choice.
func (q Question) allOf(part string) (ids []string, all bool) {
	if id, ok := q.match(part); ok {
		return []string{id}, true
	}
	for _, split := range []func(rune) bool{isBlankOrArrow, isBlankOrAnd} {
		ids = nil
		words := strings.FieldsFunc(part, split)
		for _, w := range words {
			if id, ok := q.match(w); ok {
				ids = append(ids, id)
			}
		}
		if len(words) > 1 && len(ids) == len(words) {
			return ids, true
		}
	}
	return nil, false
}

// choiceError asks for one of the choices. Args: Choices is all of them, in the order
// of their numbers, Near the one whose label is next to what was typed, or nil, and
// Write, after typed text, the one that can be written out, if there is one.
func (q Question) choiceError(text string) *Error {
	e := invalid(q.ID, "error.choice", "Choices", q.Options(), "Near", q.near(text))
	if write, ok := q.writable(); ok && text != "" {
		e.Args["Write"] = write
	}
	return e
}

// near is the choice whose label is next to what was typed: one lies within the
// other, or a third of the letters differ at most.
func (q Question) near(text string) *Choice {
	t := []rune(bare(text))
	if len(t) < 2 || len(t) > maxCompared {
		return nil
	}
	var near *Choice
	best := 0
	for _, c := range q.Options() {
		for _, label := range []string{bare(c.Words.Ja), bare(c.Words.En)} {
			l := []rune(label)
			if len(l) < 2 || len(l) > maxCompared {
				continue
			}
			d := distance(t, l)
			within := strings.Contains(label, string(t)) || strings.Contains(string(t), label)
			if (within || 3*d <= max(len(l), len(t))) && (near == nil || d < best) {
				near, best = &c, d
			}
		}
	}
	return near
}

// readYesNo takes a button or the words by which people say yes and no. What is not
// surely one of them is asked about: a negation is never read as a yes.
func (q Question) readYesNo(in Input) (Answer, error) {
	if len(in.Picked) > 0 {
		if len(in.Picked) == 1 && (in.Picked[0] == yesID || in.Picked[0] == noID) {
			return Answer{Picked: in.Picked}, nil
		}
		return Answer{}, q.choiceError("")
	}
	said := ""
	for _, word := range strings.FieldsFunc(in.Text, isCommaOrBlank) {
		meant, known := yesNoWords[bare(word)]
		if !known || said != "" && meant != said {
			return Answer{}, q.choiceError("")
		}
		said = meant
	}
	if said == "" {
		return Answer{}, q.choiceError("")
	}
	return Answer{Picked: []string{said}}, nil
}

// yesID and noID are the choices of a yes/no question. The strings are stored and
// used in survey files.
const (
	yesID = "yes"
	noID  = "no"
)

// yesNoWords are the ways to say yes and no, as bare makes them. 大丈夫 and いいです
// mean either and are not among them.
var yesNoWords = spoken(map[string][]string{
	yesID: {
		"はい", "はーい", "うん", "ええ", "そう", "もちろん", "ぜひ", "是非", "お願い", "お願いします", "おねがいします",
		"お願いいたします", "お願い致します", "希望", "希望します", "希望する", "ある", "あります", "1", "○", "◯", "〇",
		"オーケー", "オッケー", "了解", "yes", "y", "yeah", "yep", "ok", "okay", "sure", "please", ":+1:", "👍",
	},
	noID: {
		"いいえ", "いえ", "いや", "ううん", "結構", "結構です", "けっこう", "けっこうです", "遠慮します", "遠慮しておきます",
		"不要", "いらない", "いりません", "要りません", "希望しない", "希望しません", "ない", "なし", "ありません", "2", "×",
		"✕", "ノー", "no", "n", "nope", ":-1:", "👎",
	},
})

func spoken(words map[string][]string) map[string]string {
	out := map[string]string{}
	for id, list := range words {
		for _, w := range list {
			out[bare(w)] = id
		}
	}
	return out
}
