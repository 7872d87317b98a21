package programme

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// Input is what somebody gave as an answer: choices pressed, or text typed.
type Input struct {
	Picked []string
	Text   string
	Date   Date // from a date picker
	// Skip leaves an optional question without an answer.
	Skip bool
	// Next puts a choice at the next place of a ranking; End says that this is all.
	Next string
	End  bool
	// Source is the message in which it was typed, "" otherwise.
	Source string
}

// maxShort and maxLong are how many characters a typed answer may have: Slack's
// text input takes 3,000 (slack.md Sizes).
const (
	maxShort = 300
	maxLong  = 3000
)

// Read turns an input into an answer to q, or says kindly what is missing. Typed
// text answers a choice question by number, id or label, in any width and case.
func (q Question) Read(in Input, was Answer, people []Person) (Answer, error) {
	if in.Skip {
		if !q.Optional {
			return Answer{}, invalid(q.ID, "error.answer_required")
		}
		return Answer{Skipped: true}, nil
	}
	switch q.Kind {
	case Single, YesNo, Multi:
		return q.readChoice(in)
	case Scale:
		return q.readScale(in)
	default:
		return q.readText(in.Text)
	}
}

func (q Question) readChoice(in Input) (Answer, error) {
	picked := in.Picked
	if len(picked) == 0 && strings.TrimSpace(in.Text) != "" {
		picked = q.understand(in.Text)
	}
	var kept []string
	for _, c := range q.Options() { // the question's order, each once
		if slices.Contains(picked, c.ID) {
			kept = append(kept, c.ID)
		}
	}
	if len(kept) == 0 || len(kept) < len(picked) || q.Kind != Multi && len(kept) > 1 {
		return Answer{}, invalid(q.ID, "error.choice")
	}
	return Answer{Picked: kept}, nil
}

// understand reads typed text as one or several choices.
func (q Question) understand(text string) []string {
	parts := []string{text}
	if q.Kind == Multi {
		parts = strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",、，;；\n ・　", r) })
	}
	var ids []string
	for _, part := range append([]string{text}, parts...) {
		if id, ok := q.match(part); ok && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func (q Question) match(text string) (id string, ok bool) {
	t := fold(text)
	for i, c := range q.Options() {
		if t == strconv.Itoa(i+1) || t == fold(c.ID) || t == fold(c.Words.Ja) || t == fold(c.Words.En) {
			return c.ID, true
		}
	}
	return "", false
}

// fold makes width and kana variants and capitals equal, for comparing only:
// what people wrote is kept verbatim.
func fold(s string) string {
	s = strings.ToLower(norm.NFKC.String(width.Fold.String(strings.TrimSpace(s))))
	return strings.Map(func(r rune) rune {
		if r >= 'ァ' && r <= 'ヶ' {
			return r - 'ァ' + 'ぁ'
		}
		return r
	}, s)
}

func (q Question) readScale(in Input) (Answer, error) {
	text := in.Text
	if len(in.Picked) == 1 {
		text = in.Picked[0]
	}
	n, err := strconv.Atoi(fold(text))
	if err != nil || n < 1 || n > q.Max {
		return Answer{}, invalid(q.ID, "error.scale", "Max", q.Max)
	}
	return Answer{Number: n}, nil
}

// Longest is how many characters a typed answer may have.
func (q Question) Longest() int {
	limit := maxShort
	if q.Kind == LongText {
		limit = maxLong
	}
	if q.Max > 0 {
		limit = min(limit, q.Max)
	}
	return limit
}

func (q Question) readText(text string) (Answer, error) {
	limit := q.Longest()
	switch n := utf8.RuneCountInString(text); {
	case strings.TrimSpace(text) == "":
		return Answer{}, invalid(q.ID, "error.answer_required")
	case n > limit:
		return Answer{}, invalid(q.ID, "error.too_long", "Max", limit)
	}
	return Answer{Text: text}, nil
}
