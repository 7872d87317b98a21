package programme

import (
	"slices"
	"strings"
	"unicode"
)

// Snippet is a piece of a memo's part around what was searched, verbatim.
type Snippet struct {
	Key   string // of the part, SnippetPlace or SnippetPresent
	Text  string
	Found []Highlight // what was found, in order, apart from each other
	// Cut says whether the part goes on before and after.
	CutBefore, CutAfter bool
}

// Highlight is from one byte of a snippet's text up to another.
type Highlight struct{ From, To int }

// What a snippet can be of beside a part: they are no keys of parts.
const (
	SnippetPlace   = "\x00place"
	SnippetPresent = "\x00present"
)

// How many characters of a text a snippet shows, and how many of them before the first
// that was found.
const (
	snippetLength = 90
	snippetBefore = 20
)

// snippet cuts the piece around the first of the words out of the text; not ok without
// any. The words are as searchWords gives them.
func snippet(text string, words []string) (out Snippet, ok bool) {
	found := spell(text).find(words)
	if len(found) == 0 {
		return out, false
	}
	from := back(text, found[0].From, snippetBefore)
	to := max(found[0].To, ahead(text, from, snippetLength))
	for _, m := range found {
		if m.To <= to {
			out.Found = append(out.Found, Highlight{m.From - from, m.To - from})
		}
	}
	out.Text, out.CutBefore, out.CutAfter = text[from:to], from > 0, to < len(text)
	return out, true
}

// back is the byte some characters before another, ahead the one after.
func back(text string, at, characters int) int {
	starts := make([]int, 0, at)
	for i := range text[:at] {
		starts = append(starts, i)
	}
	if characters >= len(starts) {
		return 0
	}
	return starts[len(starts)-characters]
}

func ahead(text string, at, characters int) int {
	for i := range text[at:] {
		if characters == 0 {
			return at + i
		}
		characters--
	}
	return len(text)
}

// find marks every place of the words, in order; where they meet they are one.
func (s spelled) find(words []string) []Highlight {
	var out []Highlight
	for _, w := range words {
		word := []rune(w)
		for i := 0; len(word) > 0 && i+len(word) <= len(s.runes); i++ {
			if slices.Equal(s.runes[i:i+len(word)], word) {
				out = append(out, Highlight{s.from[i], s.to[i+len(word)-1]})
			}
		}
	}
	slices.SortFunc(out, func(a, b Highlight) int { return a.From - b.From })
	var apart []Highlight
	for _, m := range out {
		if last := len(apart) - 1; last >= 0 && m.From <= apart[last].To {
			apart[last].To = max(apart[last].To, m.To)
			continue
		}
		apart = append(apart, m)
	}
	return apart
}

// Bounds of what is searched at once.
const (
	maxSearchWords  = 10
	maxSearchLength = 100 // characters typed
)

// searchWords are the words that were typed, as they are searched: parted at blanks and
// signs, folded, each once; signs alone are none. A word of one character is of use if it is a kanji (窯); one
// that is of none is answered as short.
func searchWords(typed string) (words []string, short string) {
	for _, w := range strings.Fields(typed) {
		runs := strings.Fields(spell(w).String())
		usable := len(runs) == 0
		for _, run := range runs {
			if searchable(run) {
				usable = true
				if !slices.Contains(words, run) {
					words = append(words, run)
				}
			}
		}
		if !usable && short == "" {
			short = w
		}
	}
	if len(words) == 0 && short == "" {
		short = strings.TrimSpace(typed) // nothing but signs
	}
	return words, short
}

func searchable(run string) bool {
	rs := []rune(run)
	return len(rs) > 1 || len(rs) == 1 && unicode.Is(unicode.Han, rs[0])
}
