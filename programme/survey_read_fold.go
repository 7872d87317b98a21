package programme

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// bare is fold without what people put around an answer: full stops, です, 番目, and
// signs that nobody sees.
func bare(s string) string {
	s = strings.Map(func(r rune) rune {
		if unseen(r) {
			return -1
		}
		return r
	}, fold(s))
	return cutSuffixes(s, "です", "でお願いします", "にします", "番目", "番")
}

// cutSuffixes takes endings, stops and blanks off, as often as there are some, but
// never everything.
func cutSuffixes(s string, endings ...string) string {
	for {
		short := strings.TrimRight(strings.TrimSpace(s), "。．.!！、,… ")
		for _, e := range endings {
			short = strings.TrimSuffix(short, e)
		}
		if short == "" || short == s {
			return s
		}
		s = short
	}
}

// blank says whether nobody would see anything of s.
func blank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsSpace(r) && !unseen(r) })
}

// sticker says whether s is nothing but emoji, as the platform spells them: :+1:.
func sticker(s string) bool {
	return !blank(s) && blank(stickers.ReplaceAllString(s, ""))
}

var stickers = regexp.MustCompile(`:[a-z0-9_+'-]+:`)

// fillers are letters and marks without a shape of their own.
var fillers = []rune{'\u034F', '\u115F', '\u1160', '\u17B4', '\u17B5', '\u2800', '\u3164', '\uFFA0'}

// unseen says whether a character has no shape: controls, zero-width characters,
// variation selectors and fillers.
func unseen(r rune) bool {
	return unicode.IsControl(r) && !unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) ||
		unicode.Is(unicode.Variation_Selector, r) || slices.Contains(fillers, r)
}

// The characters that stand between several answers. The first set never stands
// within a label that people type; the others may, and count if all parts are known.
func isComma(r rune) bool { return strings.ContainsRune(",，、､;；\n\r/／", r) }
func isBlankOrArrow(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(">＞→・･", r)
}
func isBlankOrAnd(r rune) bool   { return unicode.IsSpace(r) || strings.ContainsRune("と&＆+＋", r) }
func isCommaOrBlank(r rune) bool { return isComma(r) || unicode.IsSpace(r) || r == '。' }

// partsLabel says whether a character can stand between a choice's label and what is
// written for it.
func partsLabel(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(":：,，、､「｢", r)
}

// unquoted takes off the one sign that parts s from a label before it, and quotation
// marks around the whole of it.
func unquoted(s string) string {
	s = strings.TrimSpace(s)
	if r, size := utf8.DecodeRuneInString(s); partsLabel(r) && r != '「' && r != '｢' {
		s = strings.TrimSpace(s[size:])
	}
	inner := strings.TrimLeft(s, "「｢")
	if end := strings.TrimRight(inner, "」｣。 　"); inner != s && !strings.ContainsAny(end, "」｣") {
		return strings.TrimSpace(end)
	}
	return s
}

// maxCompared is how many characters of a label are compared with what was typed.
const maxCompared = 100

// distance counts the characters to insert, delete or replace to get from a to b.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		before := row[0]
		row[0] = i + 1
		for j := range b {
			change := before
			if a[i] != b[j] {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
