package programme

import (
	"math/big"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Amount is a number with its unit, as an argument of an Error.
type Amount struct {
	N    int
	Unit Text
}

// readNumber takes a whole number within the question's bounds.
func (q Question) readNumber(text string) (Answer, error) {
	if blank(text) {
		return Answer{}, invalid(q.ID, "error.answer_required")
	}
	n, ok := amountIn(text, q.Unit)
	if !ok {
		return Answer{}, invalid(q.ID, "error.number_wanted")
	}
	low, high := q.From != nil && n < *q.From, q.Until != nil && n > *q.Until
	switch {
	case !low && !high:
		return Answer{Number: n}, nil
	case q.From != nil && q.Until != nil:
		return Answer{}, invalid(q.ID, "error.number_between", "From", Amount{*q.From, q.Unit}, "Until", Amount{*q.Until, q.Unit})
	case low:
		return Answer{}, invalid(q.ID, "error.number_low", "From", Amount{*q.From, q.Unit})
	}
	return Answer{}, invalid(q.ID, "error.number_high", "Until", Amount{*q.Until, q.Unit})
}

// amountIn reads a number with or without the unit. A unit such as 万円 counts in
// tens of thousands: 300, 300万 and 3000000円 are all 300 of it, and 5000円 is no
// whole number of it.
func amountIn(text string, unit Text) (int, bool) {
	t := cutSuffixes(bare(text), "くらい", "ぐらい", "ほど", "程度")
	for _, about := range []string{"約", "およそ", "だいたい", "大体", "about ", "¥", "\\"} {
		t = strings.TrimSpace(strings.TrimPrefix(t, about))
	}
	scale, base := unitScale(fold(unit.Ja))
	counted := strings.ContainsAny(t, "千万億") // in the base unit, whatever follows
	short := t
	for _, u := range []string{base, fold(unit.En), strings.TrimSuffix(fold(unit.En), "s")} {
		if rest, found := strings.CutSuffix(t, u); found && u != "" && rest != "" {
			short, counted = strings.TrimSpace(rest), counted || u == base && scale.Cmp(one) != 0
			break
		}
	}
	n, ok := quantity(short)
	if !ok {
		return 0, false
	}
	if counted {
		n.Quo(n, scale)
	}
	return whole(n)
}

// wholeNumber reads a number without a unit.
func wholeNumber(text string) (int, bool) {
	n, ok := quantity(text)
	if !ok {
		return 0, false
	}
	return whole(n)
}

// farthest keeps numbers within what every spreadsheet holds exactly: 15 digits.
var farthest = new(big.Rat).SetInt64(1e15 - 1)

func whole(n *big.Rat) (int, bool) {
	if !n.IsInt() || new(big.Rat).Abs(n).Cmp(farthest) > 0 {
		return 0, false
	}
	return int(n.Num().Int64()), true
}

var (
	one       = big.NewRat(1, 1)
	tens      = map[rune]int64{'十': 10, '百': 100, '千': 1000}
	myriads   = map[rune]int64{'万': 1e4, '億': 1e8}
	kanjiOnes = map[rune]int64{'〇': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}
)

// unitScale parts a unit such as 万円 or 百万円 into 10,000 and 円.
func unitScale(unit string) (*big.Rat, string) {
	scale := big.NewRat(1, 1)
	for i, r := range unit {
		n := max(tens[r], myriads[r])
		if n == 0 || r == '十' || i+utf8.RuneLen(r) == len(unit) {
			return scale, unit[i:]
		}
		scale.Mul(scale, big.NewRat(n, 1))
	}
	return scale, unit
}

// spaced is a multiplier with blanks around it: 300 万.
var spaced = regexp.MustCompile(`\s*([十百千万億])\s*`)

var digits = regexp.MustCompile(`^(?:\d{1,3}(?:,\d{3})+|\d{1,18})(?:\.\d{1,6})?`)

// maxQuantity is how many bytes a typed number has at most.
const maxQuantity = 80

// quantity reads 1,200, 1.5億, 3千5百, 2万5000 and 三百二十, and negative ones.
func quantity(s string) (*big.Rat, bool) {
	s = spaced.ReplaceAllString(strings.TrimSpace(s), "$1")
	negative := false
	for _, sign := range []string{"-", "−", "‐", "–", "まいなす", "△", "▲"} {
		if after, found := strings.CutPrefix(s, sign); found {
			s, negative = after, true
			break
		}
	}
	if s == "" || len(s) > maxQuantity {
		return nil, false
	}
	n := spokenNumber{sum: new(big.Rat), part: new(big.Rat), below: 1e4, above: 1e12}
	for s != "" {
		rest, ok := n.take(s)
		if !ok {
			return nil, false
		}
		s = rest
	}
	total := n.sum.Add(n.sum, n.upTo())
	if negative {
		total.Neg(total)
	}
	return total, true
}

// spokenNumber is a number as it is being spoken. Multipliers come in falling order.
type spokenNumber struct {
	sum   *big.Rat // of what was multiplied by 万 or 億
	part  *big.Rat // of what was multiplied by 千, 百 or 十 since
	last  *big.Rat // not multiplied yet, nil for none
	below int64    // what the next of 千, 百 and 十 must stay under
	above int64    // what the next of 億 and 万 must stay under
}

// take reads the next digits, kanji digit or multiplier of s.
func (n *spokenNumber) take(s string) (rest string, ok bool) {
	if m := digits.FindString(s); m != "" {
		if n.last != nil {
			return "", false
		}
		n.last, ok = new(big.Rat).SetString(strings.ReplaceAll(m, ",", ""))
		return s[len(m):], ok
	}
	r, size := utf8.DecodeRuneInString(s)
	kanji, isKanji := kanjiOnes[r]
	switch {
	case isKanji && n.last == nil:
		n.last = big.NewRat(kanji, 1)
	case tens[r] > 0 && tens[r] < n.below:
		if n.last == nil {
			n.last = big.NewRat(1, 1)
		}
		n.part.Add(n.part, n.last.Mul(n.last, big.NewRat(tens[r], 1)))
		n.last, n.below = nil, tens[r]
	case myriads[r] > 0 && myriads[r] < n.above && (n.last != nil || n.part.Sign() > 0):
		n.sum.Add(n.sum, new(big.Rat).Mul(n.upTo(), big.NewRat(myriads[r], 1)))
		n.part, n.last, n.below, n.above = new(big.Rat), nil, 1e4, myriads[r]
	default:
		return "", false
	}
	return s[size:], true
}

// upTo is what was said since the last 万 or 億.
func (n *spokenNumber) upTo() *big.Rat {
	if n.last == nil {
		return n.part
	}
	return new(big.Rat).Add(n.part, n.last)
}
