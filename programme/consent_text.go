package programme

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// maxPublication is how long a text to publish may be, in UTF-16 code units: what Slack's
// text input takes, so that whoever is asked can change all of it.
const maxPublication = 3000

// textHash is what a consent binds to: the exact bytes of the text, and the picture that
// stands beside it ("" for none, else the hash of its content).
func textHash(text, picture string) string {
	raw, _ := json.Marshal([2]string{text, picture}) // strings marshal; the two cannot run into each other
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// publicationText is a text as it is kept: one way to write line ends and composed
// characters, no blanks around it, so that a form that comes back unchanged is unchanged.
func publicationText(s string) (string, error) {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = strings.TrimSpace(norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD")))
	switch {
	case s == "":
		return s, invalid("text", "error.required")
	case len(utf16.Encode([]rune(s))) > maxPublication:
		return s, invalid("text", "error.too_long", "Max", maxPublication)
	}
	return s, nil
}

// folded is a text in one width and case.
func folded(s string) string { return strings.ToLower(width.Fold.String(norm.NFKC.String(s))) }

// aroundDifference is how many characters stand at most on either side of what is
// different.
const aroundDifference = 100

// leftOut stands where a sentence was cut.
const leftOut = "…"

// sentenceEnds close a sentence.
const sentenceEnds = "。．！？!?\n"

// Difference is what two texts have instead of each other, from the first character in
// which they differ until the last, within the whole sentences in which that stands. Where
// one is very long, what is left out of it is marked.
func Difference(from, to string) (was, is string) {
	a, b := []rune(from), []rune(to)
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	before, after := sentenceBefore(a[:head]), sentenceAfter(a[len(a)-tail:])
	around := func(text []rune) string {
		return strings.TrimSpace(before + string(text[head:len(text)-tail]) + after)
	}
	return around(a), around(b)
}

// sentenceBefore is the end of the text from where its last sentence begins.
func sentenceBefore(text []rune) string {
	start := len(text)
	for start > 0 && !strings.ContainsRune(sentenceEnds, text[start-1]) {
		start--
	}
	if len(text)-start > aroundDifference {
		return leftOut + string(text[len(text)-aroundDifference:])
	}
	return string(text[start:])
}

// sentenceAfter is the beginning of the text until its first sentence ends.
func sentenceAfter(text []rune) string {
	end := 0
	for end < len(text) && !strings.ContainsRune(sentenceEnds, text[end]) {
		end++
	}
	if end > aroundDifference {
		return string(text[:aroundDifference]) + leftOut
	}
	return string(text[:min(end+1, len(text))])
}

// quotes says whether the text repeats something of the other one: a line of it that is
// long enough to be no coincidence, or all of it.
func quotes(text, other string) bool {
	const telling = 12
	text = folded(text)
	for line := range strings.SplitSeq(folded(other), "\n") {
		if line = strings.TrimSpace(line); utf8.RuneCountInString(line) >= telling && strings.Contains(text, line) {
			return true
		}
	}
	return false
}
