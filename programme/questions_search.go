package programme

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Finding is something published, and how well it fits what was asked.
type Finding struct {
	Posted
	Score float64 // how much of what was asked it speaks of, 0 to 1
}

const (
	// mostFound is how many answers are shown.
	mostFound = 3
	// leastFit is how much of a question an answer must speak of. Below it the office is
	// asked at once: a wrong answer costs more than a word too many to the office.
	leastFit = 0.5
	// leastSaid is how much must be said at all: one word of kanji or katakana, an English
	// word, or two syllables more than hiragana that stand anywhere.
	leastSaid = 0.7
	// besideBest is how near to the best one the others must come.
	besideBest = 0.75
)

// find looks in what was published to the person for what may answer the text, best first,
// with the spelling of the search in memos.
func (o *Office) find(tx Tx, me Person, text string, now time.Time) ([]Finding, error) {
	all, err := o.postings(reader{tx, me, now})
	if err != nil {
		return nil, err
	}
	return rank(text, all), nil
}

// term is a piece of a question, and how much it tells: two characters of Japanese, or an
// English word or number.
type term struct {
	at, end int // runes of the question
	weight  float64
}

// rank orders what was published by how much of the question it speaks of.
func rank(question string, all []posting) []Finding {
	q := readQuestion(question)
	if len(q.terms) == 0 || len(all) == 0 {
		return nil
	}
	hits := make([][]float64, len(all))
	in := make([]int, len(q.terms)) // in how many a term stands
	for i, p := range all {
		hits[i] = q.spokenOf(p)
		for j, hit := range hits[i] {
			if hit > 0 {
				in[j]++
			}
		}
	}
	found := make([]posting, 0, len(all))
	scores := map[string]float64{}
	for i, p := range all {
		var said, known, asked float64
		for j, t := range q.terms {
			rare := 1 + math.Log(float64(len(all)+1)/float64(max(in[j], 1)+1))
			asked += t.weight * rare
			said += t.weight * hits[i][j]
			known += t.weight * rare * hits[i][j]
		}
		if said >= leastSaid && known/asked >= leastFit {
			found = append(found, p)
			scores[string(p.Kind)+p.ID] = known / asked
		}
	}
	return best(found, scores)
}

// best are the first of them, and none far behind the best one: those that fit as well by
// when they are.
func best(found []posting, scores map[string]float64) []Finding {
	score := func(p posting) float64 { return scores[string(p.Kind)+p.ID] }
	slices.SortStableFunc(found, func(a, b posting) int {
		return cmp.Or(cmp.Compare(math.Round(20*score(b)), math.Round(20*score(a))), a.when.Compare(b.when))
	})
	var out []Finding
	for _, p := range found[:min(len(found), mostFound)] {
		if score(p) >= besideBest*score(found[0]) {
			out = append(out, Finding{p.Posted, score(p)})
		}
	}
	return out
}

// looked is a question as it is looked up.
type looked struct {
	runes []rune
	terms []term
}

func (q looked) word(t term) string { return string(q.runes[t.at:t.end]) }

// besides is how much it counts that an answer says a word which is not in its question.
const besides = 0.7

// spokenOf says how much a posting speaks of each term, 0 to 1: it stands in its texts, or is
// part of one of the words by which it is asked for.
func (q looked) spokenOf(p posting) []float64 {
	hits := make([]float64, len(q.terms))
	q.mark(p.texts, 1, hits)
	q.mark(p.says, besides, hits)
	for _, w := range p.words {
		q.markWord(spell(w).runes, hits)
	}
	return hits
}

// mark marks the terms that stand in texts.
func (q looked) mark(texts []string, as float64, hits []float64) {
	for _, text := range texts {
		text = " " + spell(text).String() + " "
		for i, t := range q.terms {
			w := q.word(t)
			if hits[i] < as && (latin(q.runes[t.at]) && containsWord(text, w) || !latin(q.runes[t.at]) && strings.Contains(text, w)) {
				hits[i] = as
			}
		}
	}
}

// markWord marks the terms that lie within a word, wherever it stands in the question.
func (q looked) markWord(word []rune, hits []float64) {
	for at := 0; len(word) > 1 && at+len(word) <= len(q.runes); at++ {
		if !slices.Equal(q.runes[at:at+len(word)], word) {
			continue
		}
		end := at + len(word)
		if latin(word[0]) && (at > 0 && latin(q.runes[at-1]) || end < len(q.runes) && latin(q.runes[end])) {
			continue
		}
		for i, t := range q.terms {
			if t.at >= at && t.end <= end {
				hits[i] = 1
			}
		}
	}
}

// containsWord says whether a text has the word, and not as a part of another one.
func containsWord(text, word string) bool {
	for rest := text; ; {
		at := strings.Index(rest, word)
		if at < 0 {
			return false
		}
		before, after := []rune(rest[:at]), []rune(rest[at+len(word):])
		if (len(before) == 0 || !latin(before[len(before)-1])) && (len(after) == 0 || !latin(after[0])) {
			return true
		}
		rest = rest[at+len(word):]
	}
}

func latin(r rune) bool { return r >= 'a' && r <= 'z' || unicode.IsDigit(r) }

// The scripts of which a question's characters are, as it was typed.
type script int

const (
	noScript script = iota
	inHiragana
	inKatakana
	inKanji
	inLetters
	inDigits
)

func scriptOf(r rune) script {
	switch {
	case unicode.IsDigit(r):
		return inDigits
	case unicode.Is(unicode.Han, r) || r == '々':
		return inKanji
	case unicode.Is(unicode.Hiragana, r):
		return inHiragana
	case unicode.Is(unicode.Katakana, r) || r == 'ー' || r == 'ｰ':
		return inKatakana
	case unicode.IsLetter(r):
		return inLetters
	}
	return noScript
}

// What every question has, and what says nothing of what it is about.
var (
	scaffold = []string{"教えてください", "教えて下さい", "教えて", "おしえてください", "おしえて", "お願いします", "おねがいします",
		"ください", "下さい", "でしょうか", "でしたか", "ですか", "ますか", "ました", "ません", "ですが", "します", "しますか", "です", "ます",
		"ありますか", "あります", "について", "に関して", "知りたい", "知りたいです", "質問", "すみません", "ですけど", "こんにちは", "お世話になります",
		"お世話になっております", "何", "なに", "どう", "したい", "したら", "すれば", "いい", "よい", "良い", "とは", "という", "ている", "から", "まで", "べき", "行く", "行って", "来る", "自由", "可能", "必要", "大丈夫"}
	emptyWords = wordSet(`a an the is are was were be been do does did can could will would shall should may i me my we our you your
		it its this that these those what which who whom how why when where to of for in on at by from with and or not no yes
		please tell about there here have has had if so as am let get any some know want need hello hi thanks thank`)
)

func wordSet(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// particleRunes join words and belong to none.
const particleRunes = "はがをにのともへでやかよね"

// readQuestion finds the terms of a question.
func readQuestion(text string) looked {
	s := spell(text)
	q := looked{runes: s.runes}
	kinds := make([]script, len(s.runes))
	for i, r := range s.runes {
		if r == ' ' {
			continue
		}
		typed := []rune(text[s.from[i]:s.to[i]])
		kinds[i] = scriptOf(typed[0])
		if latin(r) {
			kinds[i] = scriptOf(r)
		}
	}
	empty := scaffolded(s.runes)
	for at := 0; at < len(kinds); {
		end := at + 1
		for end < len(kinds) && kinds[end] == kinds[at] {
			end++
		}
		q.addRun(at, end, kinds[at], empty)
		if kinds[at] != noScript && end < len(kinds) && kinds[end] != noScript {
			q.addBorder(end-1, kinds, empty)
		}
		at = end
	}
	return q
}

// addRun adds the terms of a run of one script.
func (q *looked) addRun(at, end int, kind script, empty []bool) {
	switch kind {
	case noScript:
	case inLetters, inDigits:
		if w := string(q.runes[at:end]); kind == inDigits {
			q.add(at, end, 0.5)
		} else if end-at > 1 && !emptyWords[w] {
			q.add(at, end, 1)
		}
	case inKanji:
		if end-at == 1 {
			if !empty[at] {
				q.add(at, end, 0.4)
			}
			return
		}
		q.addPairs(at, end, min(1, 1.5/float64(end-at-1)), empty)
	case inKatakana:
		q.addPairs(at, end, min(1, 1/float64(end-at-1)), empty)
	case inHiragana:
		q.addPairs(at, end, 0.25, empty)
	}
}

func (q *looked) addPairs(at, end int, weight float64, empty []bool) {
	for i := at; i+1 < end; i++ {
		if !empty[i] && !empty[i+1] {
			q.add(i, i+2, weight)
		}
	}
}

// addBorder adds the pair across two scripts: much of a word such as 持ち物, little of a
// word and the particle behind it.
func (q *looked) addBorder(at int, kinds []script, empty []bool) {
	if empty[at] || empty[at+1] || kinds[at] == inLetters || kinds[at+1] == inLetters {
		return
	}
	if strings.ContainsRune(particleRunes, q.runes[at]) || strings.ContainsRune(particleRunes, q.runes[at+1]) {
		return
	}
	q.add(at, at+2, 0.4)
}

func (q *looked) add(at, end int, weight float64) { q.terms = append(q.terms, term{at, end, weight}) }

// scaffolded says which characters belong to what every question has.
func scaffolded(runes []rune) []bool {
	out := make([]bool, len(runes))
	for _, w := range scaffold {
		word := spell(w).runes
		for at := 0; at+len(word) <= len(runes); at++ {
			if slices.Equal(runes[at:at+len(word)], word) {
				for i := at; i < at+len(word); i++ {
					out[i] = true
				}
			}
		}
	}
	return out
}
