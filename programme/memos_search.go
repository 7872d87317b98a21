package programme

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"
)

// MemoQuery is what to look for in memos. Zero fields do not narrow.
type MemoQuery struct {
	Words      string // parted by blanks; each stands in what the searcher may read of the memo, or names its atsugi
	Atsugi     PersonID
	About      string // of the atsugi's name, reading or firm
	From, Till Date   // on which it was held, both included
	Kind       MemoKind
	Prefecture string // of the atsugi, as stored
	After      int64  // MemoHits.Next of the page before, 0 for the first
	Limit      int    // memos at most; 0 means as many as a page
}

// MemoHits are some of what was found, newest written first.
type MemoHits struct {
	Hits []MemoHit
	Next int64 // where the next page begins
	More bool  // there may be some
}

// MemoHit is a memo as the searcher may read it, and where the words stand in it.
type MemoHit struct {
	View     MemoView
	Snippets []Snippet
}

// MemoMarks narrow rows of the search: all of, each any of.
type MemoMarks [][]string

// MemoSearch is a MemoQuery as the search's rows are asked for it.
type MemoSearch struct {
	Words []string    // as searchWords gives them, each in the text or in the names of whom it is about
	Names []string    // likewise, in the names alone
	As    []MemoMarks // any of: as whom the searcher reads; one without marks is every row
	Only  MemoMarks
	After int64
	Limit int
}

// MemoRow is a row of the search: what some readers may read of a memo and the names of
// whom it is about, spelled, and the marks by which it is narrowed.
type MemoRow struct {
	Text  string
	Names string
	Marks []string
}

// MemoSearchTx finds memos by words.
type MemoSearchTx interface {
	// IndexMemo replaces the memo's rows; its seq is looked up.
	IndexMemo(id MemoID, rows []MemoRow) error
	// FindMemos lists memos of which a row matches, newest written first, and whether there
	// may be more. It narrows and decides nothing: whoever asks looks at each again.
	FindMemos(MemoSearch) (found []MemoID, more bool, err error)
	// IndexMemosAbout puts the memos about somebody on the list of those whose rows are to
	// be made anew.
	IndexMemosAbout(PersonID) error
	// MemosToIndex lists some of these, and of those that an earlier version of the program
	// left without rows. IndexMemo takes a memo off the list.
	MemosToIndex(limit int) ([]MemoID, error)
}

// FindsOthers says whether it is the person's part to look for memos about others; the
// Office decides at every memo.
func (p Person) FindsOthers() bool {
	return p.WritesMemos() || p.Has(Bureau) || p.Has(Supporter)
}

const (
	searchPage = 10
	// snippetsEach is how many snippets of a memo are shown.
	snippetsEach = 2
	// maxLooked is how many memos are looked at for one page at most. Those in which the
	// words' pairs of characters stand apart, and those of somebody who reads as two readers,
	// are looked at in vain: whoever turns the page goes on looking.
	maxLooked = 200
	// maxCalled is how many people of a name are looked for one by one.
	maxCalled = 50
	// indexAtOnce is how many memos are indexed in one transaction: some tens of ms.
	indexAtOnce = 50
)

// SearchMemos finds memos by their words among what the searcher may read: neither a hit
// nor a snippet shows anything else. The words may stand in different parts, and those that
// name its atsugi or their firm in none. What snippets show was read, and is recorded as
// that; a memo that is found without one is not.
func (o *Office) SearchMemos(ctx context.Context, who Actor, q MemoQuery) (MemoHits, error) {
	var out MemoHits
	words, names, err := q.check()
	if err != nil {
		return out, err
	}
	err = o.readAs(ctx, who, func(tx Tx, me Person) error {
		s := memoSearcher{o: o, tx: tx, who: who, me: me, q: q, words: words, names: names}
		out, err = s.page()
		return err
	})
	if err != nil || len(words) == 0 || len(out.Hits) == 0 {
		return out, err
	}
	return out, o.write(ctx, who, func(c *change) error {
		for _, h := range out.Hits {
			if len(h.Snippets) == 0 {
				continue
			}
			if err := c.reads(h.View.Memo); err != nil {
				return err
			}
		}
		return c.audit("memo.search", "")
	})
}

// check answers the words and the runs of the name, or what is wrong with the query beside
// its field.
func (q MemoQuery) check() (words, names []string, err error) {
	words, short := searchWords(q.Words)
	names, shortName := searchWords(foldName(q.About))
	switch {
	case utf8.RuneCountInString(q.Words) > maxSearchLength || len(words) > maxSearchWords:
		return nil, nil, invalid("words", "error.search_long", "Max", maxSearchWords)
	case short != "":
		return nil, nil, invalid("words", "error.search_short")
	case q.From != "" && q.Till != "" && q.From > q.Till:
		return nil, nil, invalid("till", "error.search_dates")
	case utf8.RuneCountInString(q.About) > maxSearchLength:
		return nil, nil, invalid("about", "error.too_long", "Max", maxSearchLength)
	case shortName != "":
		return nil, nil, invalid("about", "error.search_short")
	}
	return words, names, nil
}

// memoSearcher is one search within one snapshot.
type memoSearcher struct {
	o     *Office
	tx    Tx
	who   Actor
	me    Person
	q     MemoQuery
	words []string
	names []string
}

func (s *memoSearcher) page() (MemoHits, error) {
	out := MemoHits{Next: s.q.After}
	as, err := s.readsAs()
	if err != nil || len(as) == 0 {
		return out, err
	}
	only, possible, err := s.narrowed()
	if err != nil || !possible {
		return out, err
	}
	most := s.q.Limit
	if most <= 0 || most > searchPage {
		most = searchPage
	}
	find := MemoSearch{Words: s.words, Names: s.names, As: as, Only: only, Limit: most}
	for looked := 0; looked < maxLooked; {
		find.After, find.Limit = out.Next, min(2*find.Limit, maxLooked-looked)
		ids, more, err := s.tx.FindMemos(find)
		if err != nil {
			return out, err
		}
		for _, id := range ids {
			if out.More = len(out.Hits) == most; out.More {
				return out, nil
			}
			if err := s.look(id, &out); err != nil {
				return out, err
			}
			looked++
		}
		if out.More = more; !more {
			break
		}
	}
	return out, nil
}

// look opens a memo and keeps it if what is to be read of it is what is looked for.
func (s *memoSearcher) look(id MemoID, out *MemoHits) error {
	m, err := s.tx.Memo(id)
	if err != nil {
		return err
	}
	out.Next = m.Seq
	var of Person
	if m.Atsugi != "" {
		if of, err = s.tx.Person(m.Atsugi); err != nil {
			return err
		}
	}
	unnamed := notNaming(of, s.words)
	if m.Version == 1 && !says(searched(m), unnamed) {
		return nil // whatever is theirs to read of it
	}
	v, err := s.o.seenBy(s.tx, s.who, s.me, m, s.o.Now())
	if err != nil || len(v.Memo.Parts) == 0 || !s.fits(v) {
		return err
	}
	texts := searched(v.Memo)
	if !says(texts, unnamed) {
		return nil
	}
	out.Hits = append(out.Hits, MemoHit{View: v, Snippets: snippets(texts, s.words)})
	return nil
}

// notNaming are the words that stand in none of the names by which somebody is found. What
// somebody is called is shown with every memo about them.
func notNaming(p Person, words []string) (out []string) {
	names := spelledNames(p)
	for _, w := range words {
		if !strings.Contains(names, w) {
			out = append(out, w)
		}
	}
	return out
}

// says whether all words stand in the texts.
func says(texts []Part, words []string) bool {
	spelled := make([]string, len(texts))
	for i, t := range texts {
		spelled[i] = spell(t.Text).String()
	}
	for _, w := range words {
		if !slices.ContainsFunc(spelled, func(text string) bool { return strings.Contains(text, w) }) {
			return false
		}
	}
	return true
}

// fits says whether the memo is of the day, the kind and about whom it is looked for.
func (s *memoSearcher) fits(v MemoView) bool {
	m, p, q := v.Memo, v.Atsugi, s.q
	return (q.From == "" || m.Held >= q.From) && (q.Till == "" || m.Held <= q.Till) && (q.Kind == "" || m.Kind == q.Kind) &&
		(q.Atsugi == "" || m.Atsugi == q.Atsugi) && (q.Prefecture == "" || p.Prefecture == q.Prefecture) &&
		holds(foldName(q.About), p.Name, p.Kana, p.Organisation)
}

// searched are the texts of a memo that are searched, parts first.
func searched(m Memo) []Part {
	return append(slices.Clone(m.Parts), Part{Key: SnippetPlace, Text: m.Place}, Part{Key: SnippetPresent, Text: m.Present})
}

// snippets are of the parts that have most of the words, in the order of the memo.
func snippets(texts []Part, words []string) []Snippet {
	var out []Snippet
	for _, t := range texts {
		if s, ok := snippet(t.Text, words); ok && len(out) < snippetsEach {
			s.Key = t.Key
			out = append(out, s)
		}
	}
	return out
}

// readsAs says in marks what the searcher may find: never less than seenBy lets them
// read, so that nothing is missed, and little more, so that little is opened in vain. Who
// is an expert and of the bureau at once finds words within one of the two only.
func (s *memoSearcher) readsAs() ([]MemoMarks, error) {
	now := s.o.Now()
	var out []MemoMarks
	if s.o.may(s.who, s.me, now, Coordinator) {
		if len(s.words) > 0 {
			return []MemoMarks{{}}, nil // the mark of every memo is the longest list to go through
		}
		out = append(out, MemoMarks{{readBy(ReadOffice)}})
	}
	if s.o.may(s.who, s.me, now, Bureau) {
		out = append(out, MemoMarks{{readBy(ReadBureau)}})
	}
	if s.o.may(s.who, s.me, now, Mentor) {
		own, err := s.tx.AssignedTo(s.me.ID)
		if err != nil {
			return nil, err
		}
		whose := []string{writtenBy(s.me.ID)}
		for _, p := range own {
			if s.me.Advises(p) {
				whose = append(whose, about(p.ID))
			}
		}
		out = append(out, MemoMarks{whose}) // few enough for seenBy to tell their parts from others
	}
	if s.o.may(s.who, s.me, now, Supporter) && s.me.Organisation != "" {
		out = append(out, MemoMarks{{openedTo(s.me.Organisation)}})
	}
	if s.who.Kind == ByPerson && s.me.Has(Atsugi) {
		out = append(out, MemoMarks{{readBy(ReadParticipant)}, {about(s.me.ID)}})
	}
	return out, nil
}

// narrowed says the query's other fields in marks, and whether anything can be so.
func (s *memoSearcher) narrowed() (out MemoMarks, possible bool, err error) {
	if s.q.Atsugi != "" {
		out = append(out, []string{about(s.q.Atsugi)})
	}
	if s.q.Prefecture != "" {
		out = append(out, []string{ofPrefecture(s.q.Prefecture)})
	}
	if s.q.Kind != "" {
		out = append(out, []string{ofKind(s.q.Kind)})
	}
	if s.q.From != "" || s.q.Till != "" {
		days := heldBetween(s.q.From, s.q.Till, s.o.Settings.Today(s.o.Now()))
		if len(days) == 0 {
			return nil, false, nil
		}
		out = append(out, days)
	}
	if len(s.names) == 0 {
		return out, true, nil
	}
	whose, few, err := s.called()
	if few {
		out, s.names = append(out, whose), nil
	}
	return out, !few || len(whose) > 0, err
}

// called are the marks of those who are called so, unless they are many: then the names in
// the rows narrow better.
func (s *memoSearcher) called() (whose []string, few bool, err error) {
	people, err := s.tx.People()
	named := foldName(s.q.About)
	for _, p := range people {
		if holds(named, p.Name, p.Kana, p.Organisation) {
			whose = append(whose, about(p.ID))
		}
		if len(whose) > maxCalled {
			return nil, false, nil
		}
	}
	return whose, err == nil, err
}

// The marks of the search's rows. They are stored.
func readBy(r Reader) string              { return "r" + string(r) }
func about(id PersonID) string            { return "a" + string(id) }
func writtenBy(id PersonID) string        { return "w" + string(id) }
func ofKind(k MemoKind) string            { return "k" + string(k) }
func ofPrefecture(p string) string        { return "pf" + p }
func openedTo(organisation string) string { return "op" + organisation }
func heldIn(d Date, n int) string {
	return "d" + strings.ReplaceAll(string(d[:min(len(d), n)]), "-", "")
}
func heldMarks(d Date) []string {
	return []string{heldIn(d, len("2006")), heldIn(d, len("2006-01")), heldIn(d, len(d))}
}

// firstHeld is where a search without a first day begins.
const firstHeld Date = "2000-01-01"

// heldBetween are the fewest marks of years, months and days that are the days between
// two, both included; none if there is no such day.
func heldBetween(from, till, today Date) []string {
	from = max(from, firstHeld)
	if till == "" || till > today {
		till = today
	}
	var out []string
	for day := from.Add(0, 0); day != "" && day <= till; {
		length, next := len(day), day.Add(0, 1)
		if month := day.Add(1, 0); strings.HasSuffix(string(day), "-01") && month.Add(0, -1) <= till {
			length, next = len("2006-01"), month
			if year := day.Add(12, 0); strings.HasSuffix(string(day), "-01-01") && year.Add(0, -1) <= till {
				length, next = len("2006"), year
			}
		}
		out = append(out, heldIn(day, length))
		day = next
	}
	return out
}
