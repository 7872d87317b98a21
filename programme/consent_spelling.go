package programme

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// isSpelling says whether the change from one text to the other is a mere correction of
// spelling (誤字・表記), which keeps a consent (programme.md "Consent and sharing in
// practice"). Nobody can tell from characters alone what a change does to the sense, so
// that only few kinds of change count: other widths, punctuation, blanks, old forms of
// kanji, katakana for hiragana, a long mark at the end of a word, one hiragana too many or
// missing in a place, and one slip within a longer English word. Another kanji, name,
// number or sign is another text, to which everybody is asked anew.
func isSpelling(from, to string) bool {
	if from == to {
		return false
	}
	return outlineOf(foldWhole(from)).is(outlineOf(foldWhole(to))) || outlineOf(from).corrects(outlineOf(to))
}

// spellingMost is in how many places a text may be corrected.
const spellingMost = 5

// weighty are hiragana that say something by themselves, and those that make another verb
// or another form of it: 売れたら is not 売れた, 見える is not 見る.
const weighty = "かがなばもらずぬんえせめれ"

// stops are punctuation of which a correction may put in, change or take out any.
const stops = "、。・,.「」『』()\"'“”‘’"

// outline is a text without blanks and stops: what has to stay, each kanji, word, number
// and sign by itself, and the hiragana before each of them and after the last.
type outline struct {
	marks []string
	kana  []string // one more than marks
}

// outlineOf is the outline of a text in one width, with kanji in the form of today.
func outlineOf(text string) outline {
	out := outline{kana: []string{""}}
	runes := []rune(norm.NFKC.String(text))
	open := apart // what the last mark may be continued with
	for i, r := range runes {
		if now, ok := modern[r]; ok {
			r = now
		}
		is := glyphOf(r)
		inNumber := is == stop && i > 0 && i+1 < len(runes) && unicode.IsDigit(runes[i-1]) && unicode.IsDigit(runes[i+1])
		if inNumber && (r == '.' || r == ',') {
			is = letter
		}
		last := len(out.kana) - 1
		switch {
		case is == stop && open == katakana:
		case is == stop:
			open = apart
		case is == hiragana || r == longMark && open != katakana && out.kana[last] != "":
			out.kana[last] += string(r)
			open = apart
		case is == open && is != apart:
			out.marks[last-1] += string(r)
		default:
			out.marks, out.kana = append(out.marks, string(r)), append(out.kana, "")
			open = is
		}
	}
	return out
}

// glyph is what a character is, as far as spelling goes.
type glyph int

const (
	apart glyph = iota // a kanji or a sign: for itself
	stop
	hiragana
	katakana
	letter // or digit
)

// longMark is the mark of a long vowel.
const longMark = 'ー'

func glyphOf(r rune) glyph {
	switch {
	case unicode.IsSpace(r) || strings.ContainsRune(stops, r):
		return stop
	case unicode.Is(unicode.Hiragana, r):
		return hiragana
	case unicode.Is(unicode.Katakana, r) || r == longMark:
		return katakana
	case unicode.Is(unicode.Han, r):
		return apart
	case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
		return letter
	}
	return apart
}

func (o outline) is(other outline) bool {
	return slices.Equal(o.marks, other.marks) && slices.Equal(o.kana, other.kana)
}

// corrects says whether few slips are all that lies between two outlines.
func (o outline) corrects(other outline) bool {
	if len(o.marks) != len(other.marks) {
		return false
	}
	places := 0
	for i, kana := range o.kana {
		if kana != other.kana[i] {
			if places++; !oneKana([]rune(kana), []rune(other.kana[i])) {
				return false
			}
		}
		if i < len(o.marks) && o.marks[i] != other.marks[i] {
			if places++; !slip(o.marks[i], other.marks[i]) && !slip(other.marks[i], o.marks[i]) {
				return false
			}
		}
	}
	return places <= spellingMost
}

// oneKana says whether one kana is put in or taken out, and none that says something by
// itself.
func oneKana(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	r, one := putIn(a, b)
	return one && !strings.ContainsRune(weighty, r)
}

// How long a word is in which a slip is one: shorter ones become other words.
const (
	leastKatakana = 3
	leastLetters  = 6
	headLetters   = 2 // that have to be the same, as has the last: un- and -ed turn a word
)

// slip says whether the second word is the first, spelled in another way: a katakana
// word with a long mark at its end, or an English one with one letter more, another one, or
// two that changed places.
func slip(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if b == a+string(longMark) {
		return len(x) >= leastKatakana
	}
	small := func(r rune) bool { return r < 'a' || r > 'z' }
	if len(x) < leastLetters || slices.ContainsFunc(x, small) || slices.ContainsFunc(y, small) ||
		!slices.Equal(x[:headLetters], y[:min(headLetters, len(y))]) || x[len(x)-1] != y[len(y)-1] {
		return false
	}
	if _, one := putIn(x, y); one || len(x) != len(y) {
		return one
	}
	var other []int
	for i := range x {
		if x[i] != y[i] {
			other = append(other, i)
		}
	}
	return len(other) == 1 || len(other) == 2 && other[1] == other[0]+1 && x[other[0]] == y[other[1]] && x[other[1]] == y[other[0]]
}

// putIn says whether b is a with one character more, and which.
func putIn(a, b []rune) (rune, bool) {
	if len(b) != len(a)+1 {
		return 0, false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	return b[i], slices.Equal(a[i:], b[i+1:])
}
