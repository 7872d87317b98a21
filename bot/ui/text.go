package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sizes of Slack (slack.md Sizes), in characters.
const (
	maxText        = 4000 // top-level text of a message
	maxSection     = 3000
	maxHeader      = 150
	maxContext     = 2000
	maxLabel       = 2000
	maxButton      = 75
	maxOption      = 75
	maxPlaceholder = 150
	maxModalWord   = 24 // title, submit, close
	maxConfirm     = 300
	maxInput       = 3000
)

// Sizes of ours: enough to know the thing by, so that no single item crowds out
// the others.
const (
	maxTitle  = 100
	maxName   = 60
	maxPlace  = 300
	maxAnswer = 200
)

// nothing stands where there is nothing to show: Slack refuses empty text.
const nothing = "－"

// ellipsis marks what was cut.
const ellipsis = "…"

// size counts characters so that a text of no more than a limit by this count
// keeps it by any other: those beyond the basic plane, emoji and rare kanji
// (𠮷), count twice, as in UTF-16.
func size(s string) int {
	n := 0
	for _, r := range s {
		n += runeSize(r)
	}
	return n
}

func runeSize(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// cut shortens s to limit characters, the last an ellipsis, and never between a
// character and what belongs to it (accents, variants of kanji, parts of an emoji).
func cut(s string, limit int) string {
	if size(s) <= limit {
		return s
	}
	head := take(s, limit-runeSize('…'))
	return strings.TrimRightFunc(head, unicode.IsSpace) + ellipsis
}

// take is the longest beginning of s within limit characters that ends between
// two whole ones.
func take(s string, limit int) string {
	n, end := 0, 0
	for i, r := range s {
		if n += runeSize(r); n > limit {
			break
		}
		end = i + utf8.RuneLen(r)
		if r == utf8.RuneError { // an invalid byte is one byte long
			_, width := utf8.DecodeRuneInString(s[i:])
			end = i + width
		}
	}
	return s[:whole(s, end)]
}

// whole moves end back until s[end:] does not begin inside a character. Text
// that is nothing but joined characters is cut where it was.
func whole(s string, end int) int {
	for at := end; at > 0; {
		next, _ := utf8.DecodeRuneInString(s[at:])
		last, width := utf8.DecodeLastRuneInString(s[:at])
		if at == len(s) || !joins(next) && last != zeroWidthJoiner {
			return at
		}
		at -= width
	}
	return end
}

const zeroWidthJoiner = '\u200d'

// joins says whether r belongs to the character before it.
func joins(r rune) bool {
	return r == zeroWidthJoiner || unicode.In(r, unicode.Mn, unicode.Me, unicode.Variation_Selector) ||
		r >= 0x1F3FB && r <= 0x1F3FF // skin tones
}

// pieces splits s into parts of at most limit characters, after a line break
// where there is one in the latter half. Joined they are s again.
func pieces(s string, limit int) []string {
	var out []string
	for size(s) > limit {
		part := take(s, limit)
		if i := strings.LastIndexByte(part, '\n'); i >= len(part)/2 {
			part = part[:i+1]
		}
		out = append(out, part)
		s = s[len(part):]
	}
	return append(out, s)
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// escape makes text harmless in mrkdwn: no mention, no link, no entity.
func escape(s string) string { return escaper.Replace(s) }

// cutEscaped shortens escaped text like cut, and never inside an entity.
func cutEscaped(s string, limit int) string {
	if size(s) <= limit {
		return s
	}
	head := take(s, limit-runeSize('…'))
	if amp := strings.LastIndexByte(head, '&'); amp >= 0 && !strings.Contains(head[amp:], ";") {
		head = head[:amp]
	}
	return strings.TrimRightFunc(head, unicode.IsSpace) + ellipsis
}

// line is s on one line, cut: for names and titles.
func line(s string, limit int) string {
	return cut(strings.Join(strings.Fields(s), " "), limit)
}

// or is s, or other if s is blank.
func or(s, other string) string {
	if strings.TrimSpace(s) == "" {
		return other
	}
	return s
}

// bold is plain text as a bold line of mrkdwn. An asterisk in it would end the
// bold, so it is shown as its look-alike.
func bold(s string) string {
	s = strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "*", "∗")
	if s == "" {
		return nothing
	}
	return "*" + escape(s) + "*"
}

// lines joins what is not blank.
func lines(parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if strings.TrimSpace(p) != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "\n")
}
