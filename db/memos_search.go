package db

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tsugite/programme"
)

// The rows of a memo of the search have the numbers from firstPlace(seq) on, which fall as
// seq rises: FTS5 reads forwards with far less work than backwards.
const (
	placesEach = 64
	lastSeq    = 1 << 40
)

func firstPlace(seq int64) int64 { return (lastSeq - seq) * placesEach }

func (t *tx) IndexMemo(id programme.MemoID, rows []programme.MemoRow) error {
	seq, err := one(t.ctx, t.q, single[int64], `SELECT seq FROM memos WHERE id = $1`, id)
	if err != nil {
		return err
	}
	if len(rows) > placesEach {
		return fmt.Errorf("db: %d rows of a memo for the search", len(rows))
	}
	if err := t.unindex(seq); err != nil {
		return err
	}
	for place, r := range rows {
		terms := append(grams(r.Text), named(grams(r.Names))...)
		for _, mark := range r.Marks {
			terms = append(terms, term(mark))
		}
		if _, err := t.exec(`INSERT INTO memo_search (rowid, terms) VALUES ($1, $2)`,
			firstPlace(seq)+int64(place), strings.Join(terms, " ")); err != nil {
			return err
		}
	}
	_, err = t.exec(`DELETE FROM memos_to_index WHERE seq = $1`, seq)
	return err
}

// unindex deletes the memo's rows one by one: before a statement that may change several,
// FTS5 writes out whatever it has in hand.
func (t *tx) unindex(seq int64) error {
	rows, err := all(t.ctx, t.q, single[int64], `SELECT rowid FROM memo_search WHERE rowid BETWEEN $1 AND $2`,
		firstPlace(seq), firstPlace(seq)+placesEach-1)
	for _, row := range rows {
		if _, err := t.exec(`DELETE FROM memo_search WHERE rowid = $1`, row); err != nil {
			return err
		}
	}
	return err
}

// grams are the pairs of neighbouring characters of each word of a spelled text, and its
// kanji, which are words by themselves; each once.
func grams(text string) []string {
	var out []string
	seen := map[string]bool{}
	add := func(gram string) {
		if !seen[gram] {
			seen[gram] = true
			out = append(out, gram)
		}
	}
	for word := range strings.FieldsSeq(text) {
		rs := []rune(word)
		for i, r := range rs {
			if unicode.Is(unicode.Han, r) {
				add(string(r))
			}
			if i > 0 {
				add(string(rs[i-1 : i+1]))
			}
		}
	}
	return out
}

// gramsOfWord are those by which a word is found: the pairs say more than the kanji.
func gramsOfWord(word string) []string {
	all := grams(word)
	if utf8.RuneCountInString(word) > 1 {
		all = slices.DeleteFunc(all, func(g string) bool { return utf8.RuneCountInString(g) == 1 })
	}
	return all
}

// named are the terms of names, which no text has and no mark begins with.
func named(grams []string) []string {
	for i, g := range grams {
		grams[i] = "nn" + g
	}
	return grams
}

// term is a mark as one term for the tokenizer: an id without signs. No mark is as short
// as a pair of characters.
func term(mark string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, mark)
}

func (t *tx) FindMemos(s programme.MemoSearch) (found []programme.MemoID, more bool, err error) {
	after := int64(0)
	if s.After > 0 {
		after = firstPlace(s.After) + placesEach - 1
	}
	// Who reads as two readers, or every row, finds a memo twice.
	ids, err := all(t.ctx, t.q, single[programme.MemoID], `SELECT m.id FROM
			(SELECT rowid FROM memo_search WHERE memo_search MATCH $1 AND rowid > $2 ORDER BY rowid LIMIT $3) AS found
		CROSS JOIN memos m ON m.seq = $4 - found.rowid / $5 ORDER BY m.seq DESC`, expression(s), after, s.Limit, lastSeq, placesEach)
	return slices.Compact(ids), len(ids) == s.Limit, err
}

// expression is the search in FTS5's words. Whatever people typed stands between quotes.
func expression(s programme.MemoSearch) string {
	var all []string
	for _, w := range s.Words {
		all = append(all, "("+every(gramsOfWord(w))+" OR "+every(named(gramsOfWord(w)))+")")
	}
	for _, w := range s.Names {
		all = append(all, every(named(gramsOfWord(w))))
	}
	var as []string
	for _, m := range s.As {
		as = append(as, "("+marked(m)+")")
	}
	if !slices.ContainsFunc(s.As, func(m programme.MemoMarks) bool { return len(m) == 0 }) {
		all = append(all, "("+strings.Join(as, " OR ")+")")
	}
	if len(s.Only) > 0 {
		all = append(all, marked(s.Only))
	}
	return strings.Join(all, " AND ")
}

// every is all of the terms.
func every(terms []string) string {
	var all []string
	for _, term := range terms {
		all = append(all, quoted(term))
	}
	return "(" + strings.Join(all, " AND ") + ")"
}

// marked is all of, each any of.
func marked(m programme.MemoMarks) string {
	var all []string
	for _, any := range m {
		var alternatives []string
		for _, mark := range any {
			alternatives = append(alternatives, quoted(term(mark)))
		}
		all = append(all, "("+strings.Join(alternatives, " OR ")+")")
	}
	return strings.Join(all, " AND ")
}

func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

func (t *tx) IndexMemosAbout(id programme.PersonID) error {
	_, err := t.exec(`INSERT INTO memos_to_index SELECT seq FROM memos WHERE atsugi_id = $1 ON CONFLICT DO NOTHING`, id)
	return err
}

func (t *tx) MemosToIndex(limit int) ([]programme.MemoID, error) {
	return all(t.ctx, t.q, single[programme.MemoID], `SELECT m.id FROM memos_to_index i JOIN memos m ON m.seq = i.seq ORDER BY m.seq DESC LIMIT $1`, limit)
}
