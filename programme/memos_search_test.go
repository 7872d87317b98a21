package programme_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

func (h *house) search(who programme.PersonID, q programme.MemoQuery) programme.MemoHits {
	h.t.Helper()
	hits, err := h.SearchMemos(h.t.Context(), programme.As(who), q)
	if err != nil {
		h.t.Fatalf("%s searches %+v: %v", who, q, err)
	}
	return hits
}

// writesAbout keeps a memo by the office about the atsugi, whose situation says this.
func (h *house) writesAbout(op string, atsugi programme.PersonID, situation, advice string) programme.Memo {
	h.t.Helper()
	f := memoForm(op)
	f.Atsugi, f.Parts = atsugi, map[string]string{"situation": situation, "advice": advice}
	m, err := h.WriteMemo(h.t.Context(), programme.As("office"), f)
	must(h.t, err)
	return m
}

func (h *house) shares(m programme.Memo) {
	h.t.Helper()
	_, err := h.ShareMemos(h.t.Context(), programme.As("office"), []programme.MemoID{m.ID}, programme.Over{})
	must(h.t, err)
}

// TestSearchFindsWithinWhatOneMaySee: each part holds a word of its own; a word is found by
// those who may read its part, and no snippet shows another.
func TestSearchFindsWithinWhatOneMaySee(t *testing.T) {
	const all, core, theirs, none = "現状 課題 助言 今後 評価 取扱注意", "現状 課題 助言 今後 評価", "助言 今後 評価", ""
	type by = map[programme.PersonID]string
	unshared := by{"office": all, "expert": all, "atsugi": theirs}
	shared := by{"office": all, "expert": all, "atsugi": theirs, "bureau": core}
	h := newHouse(t)
	check := func(when string, want by) {
		t.Helper()
		for _, who := range cast {
			if who == "left" || who == "nobody" {
				continue // they are nobody: TestSearchIsForPeopleOfTheRoster
			}
			for _, word := range strings.Fields(all) {
				hits := h.search(who, programme.MemoQuery{Words: word + "の言葉"}).Hits
				may := slices.Contains(strings.Fields(want[who]), word)
				if (len(hits) == 1) != may {
					t.Errorf("%s: %s finds %s: %v, want %v", when, who, word, !may, may)
				}
				for _, hit := range hits {
					for _, s := range hit.Snippets {
						if !strings.Contains(s.Text, word) {
							t.Errorf("%s: %s sees %q for %s", when, who, s.Text, word)
						}
					}
				}
			}
		}
	}
	m := h.memo("op")
	check("written", unshared)
	h.shares(m)
	check("shared", shared)
	must(t, h.WithdrawMemo(t.Context(), programme.As("office"), m.ID, "誤り"))
	check("taken back", by{"office": all})
}

// TestSearchFindsNamesAmongTheWords: a name or a firm finds the memos about them, by itself
// and beside other words, to who may read them alone; nothing of it was read by that.
func TestSearchFindsNamesAmongTheWords(t *testing.T) {
	h := newHouse(t)
	h.person("atsugi", func(p *programme.Person) {
		p.Name, p.Kana, p.Organisation = "髙槻 蓮", "たかつき れん", "髙槻製作所"
	})
	m := h.memo("op")
	h.writesAbout("op2", "other-atsugi", "高槻さんの工場を見た。", "別の助言")
	for words, want := range map[string]int{"高槻": 2, "髙槻 蓮": 1, "タカツキ": 1, "高槻製作所": 1, "蓮 助言の言葉": 1, "蓮 別の助言": 0} {
		if got := h.search("office", programme.MemoQuery{Words: words}).Hits; len(got) != want {
			t.Errorf("%s finds %d, want %d", words, len(got), want)
		}
	}
	for who, want := range map[programme.PersonID]int{"bureau": 0, "supporter": 0, "other-atsugi": 0, "atsugi": 1, "expert": 1} {
		if got := h.search(who, programme.MemoQuery{Words: "髙槻製作所"}).Hits; len(got) != want {
			t.Errorf("%s finds %d by the firm, want %d", who, len(got), want)
		}
	}
	h.read(func(tx programme.Tx) error {
		readings, err := tx.Readings(m.ID)
		for _, r := range readings {
			if r.Person == "expert" {
				t.Errorf("a memo that is found by its firm was read: %v", r)
			}
		}
		return err
	})
}

// TestSearchIsForPeopleOfTheRoster: those who left and strangers do not search.
func TestSearchIsForPeopleOfTheRoster(t *testing.T) {
	h := newHouse(t)
	for who, want := range map[programme.PersonID]programme.Code{"left": programme.CodeUnknown, "nobody": programme.CodeNotFound} {
		_, err := h.SearchMemos(t.Context(), programme.As(who), programme.MemoQuery{Words: "言葉"})
		if e, ok := programme.AsError(err); !ok || e.Code != want && e.Code != programme.CodeUnknown {
			t.Errorf("%s: %v", who, err)
		}
	}
}

// TestBureauSearchesTheVersionItReads: a correction that the office has not reviewed is
// found by those who read it, and the words that it replaced by the bureau alone.
func TestBureauSearchesTheVersionItReads(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	h.shares(m)
	f := memoForm("op 2")
	f.Parts["situation"], f.Corrects = "改めた様子", 1
	m, err := h.CorrectMemo(t.Context(), programme.As("expert"), m.ID, f, "聞き違い")
	must(t, err)
	finds := func(who programme.PersonID, words string) bool {
		return len(h.search(who, programme.MemoQuery{Words: words}).Hits) > 0
	}
	for who, want := range map[programme.PersonID][2]bool{"office": {false, true}, "expert": {false, true}, "bureau": {true, false}} {
		if got := [2]bool{finds(who, "現状の言葉"), finds(who, "改めた様子")}; got != want {
			t.Errorf("%s finds the old and the new words: %v, want %v", who, got, want)
		}
	}
	_, err = h.ReviewMemo(t.Context(), programme.As("office"), m.ID, m.Version)
	must(t, err)
	if finds("bureau", "現状の言葉") || !finds("bureau", "改めた様子") {
		t.Error("the bureau does not search what the office reviewed")
	}
}

// TestWordsAreFoundAsPeopleTypeThem: two characters, one kanji, old kanji, width and kana;
// several words in different parts; a pair of characters never across a sign.
func TestWordsAreFoundAsPeopleTypeThem(t *testing.T) {
	h := newHouse(t)
	h.writesAbout("op", "atsugi", "髙橋窯の登り竈、ガラス工房と相談。受注・改善", "ＥＣサイトの国際版を作る")
	for words, want := range map[string]bool{
		"改善": true, "窯": true, "高橋窯": true, "登り竃": true, "がらす": true, "ｶﾞﾗｽ": true, "ecサイト": true, "國際": true,
		"窯　改善": true, "窯 国際": true, "工房と相談": true, "相談。受注": true, "受注・改善": true, "ＥＣ": true,
		"窯の国際": false, "改善策": false, "改国": false, "注改": false, "窯 酒蔵": false, "善受": false,
		"\"窯\" OR 酒蔵": false, "words : 改善": false, "NEAR(改善)": false, "-酒蔵": false, "改善*": true, "(改善": true,
	} {
		if got := len(h.search("office", programme.MemoQuery{Words: words}).Hits) == 1; got != want {
			t.Errorf("%q is found: %v, want %v", words, got, want)
		}
	}
}

func TestSearchSaysWhatIsWrong(t *testing.T) {
	h := newHouse(t)
	for field, q := range map[string]programme.MemoQuery{
		"words a": {Words: "窯 a"}, "words !": {Words: "!?"}, "words long": {Words: strings.Repeat("窯", 101)},
		"words many": {Words: "一 二 三 四 五 六 七 八 九 十 百"}, "till": {From: "2026-08-02", Till: "2026-08-01"},
		"about long": {About: strings.Repeat("窯", 101)}, "about a": {About: "あ"},
	} {
		_, err := h.SearchMemos(t.Context(), programme.As("office"), q)
		if e, ok := programme.AsError(err); !ok || e.Code != programme.CodeInvalid || !strings.HasPrefix(field, e.Field) {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// TestSearchIsNarrowed by person, firm, day, kind and prefecture, and by all at once.
func TestSearchIsNarrowed(t *testing.T) {
	h := newHouse(t)
	h.write(func(tx programme.Tx) error {
		for id, where := range map[programme.PersonID][2]string{"atsugi": {"鈴木窯業", "茨城県"}, "other-atsugi": {"廣田酒造", "栃木県"}} {
			p, err := tx.Person(id)
			if err != nil {
				return err
			}
			p.Organisation, p.Prefecture = where[0], where[1]
			if err := tx.SavePerson(p); err != nil {
				return err
			}
		}
		return nil
	})
	for i, held := range []programme.Date{"2026-07-31", "2026-08-01", "2026-08-31"} {
		for _, atsugi := range []programme.PersonID{"atsugi", "other-atsugi"} {
			f := memoForm(fmt.Sprint(held, atsugi))
			f.Atsugi, f.Held, f.Kind = atsugi, held, programme.MemoKinds[[]int{0, 2, 3}[i]]
			_, err := h.WriteMemo(t.Context(), programme.As("office"), f)
			must(t, err)
		}
	}
	const every = 6
	for _, c := range []struct {
		shows string
		q     programme.MemoQuery
		want  int
	}{
		{"nothing narrows", programme.MemoQuery{}, every},
		{"the person", programme.MemoQuery{Atsugi: "atsugi"}, 3},
		{"nobody of that id", programme.MemoQuery{Atsugi: "a"}, 0},
		{"the firm in new kanji", programme.MemoQuery{About: "広田"}, 3},
		{"the person's name", programme.MemoQuery{About: "試験 OTHER"}, 3},
		{"an unknown firm", programme.MemoQuery{About: "山田"}, 0},
		{"from a day on", programme.MemoQuery{From: "2026-08-01"}, 4},
		{"up to a day", programme.MemoQuery{Till: "2026-08-01"}, 4},
		{"one day", programme.MemoQuery{From: "2026-08-01", Till: "2026-08-01"}, 2},
		{"a month", programme.MemoQuery{From: "2026-08-01", Till: "2026-08-31"}, 4},
		{"days to come", programme.MemoQuery{From: "2026-09-02"}, 0},
		{"the kind", programme.MemoQuery{Kind: programme.OfCall}, 2},
		{"the prefecture", programme.MemoQuery{Prefecture: "栃木県"}, 3},
		{"a prefecture of nobody", programme.MemoQuery{Prefecture: "東京都"}, 0},
		{"firm and prefecture that do not go together", programme.MemoQuery{About: "広田", Prefecture: "茨城県"}, 0},
		{"all", programme.MemoQuery{Atsugi: "atsugi", About: "窯業", From: "2026-08-30", Till: "2026-08-31", Kind: programme.OfCall, Prefecture: "茨城県"}, 1},
	} {
		for _, c.q.Words = range []string{"", "助言の言葉"} {
			if got := len(h.search("office", c.q).Hits); got != c.want {
				t.Errorf("%s, words %q: %d found, want %d", c.shows, c.q.Words, got, c.want)
			}
		}
	}
	if got := len(h.search("expert", programme.MemoQuery{Prefecture: "栃木県"}).Hits); got != 0 {
		t.Errorf("an expert finds %d memos about others' atsugi by the prefecture", got)
	}
}

// TestSearchTurnsPages: newest written first, each memo once, whatever is written meanwhile.
func TestSearchTurnsPages(t *testing.T) {
	h := newHouse(t)
	var want []programme.MemoID
	for n := range 23 {
		want = append(want, h.writesAbout(fmt.Sprint("op ", n), "atsugi", "窯の様子", "助言").ID)
		h.writesAbout(fmt.Sprint("another ", n), "atsugi", "別の様子", "助言")
	}
	slices.Reverse(want)
	var got []programme.MemoID
	q := programme.MemoQuery{Words: "窯"}
	for more := true; more; {
		hits := h.search("office", q)
		for _, hit := range hits.Hits {
			got = append(got, hit.View.Memo.ID)
		}
		q.After, more = hits.Next, hits.More
		h.writesAbout(fmt.Sprint("meanwhile ", len(got)), "atsugi", "窯の様子", "助言")
	}
	if !slices.Equal(got, want) {
		t.Errorf("%d memos %v, want %v", len(got), got, want)
	}
}

// TestSearchFollowsTheRoster: whoever moves, or whose firm is called otherwise, is found as
// they are now, and not as they were.
func TestSearchFollowsTheRoster(t *testing.T) {
	h := newHouse(t)
	h.memo("op")
	var p programme.Person
	h.write(func(tx programme.Tx) (err error) {
		p, err = tx.Person("atsugi")
		return err
	})
	found := func(q programme.MemoQuery) int { return len(h.search("office", q).Hits) }
	for _, now := range []struct{ prefecture, firm, notThere, notCalled string }{
		{"茨城県", "鈴木窯業", "栃木県", "廣田"}, {"栃木県", "広田酒造", "茨城県", "窯業"},
	} {
		p.Prefecture, p.Organisation = now.prefecture, now.firm
		must(t, programme.SavePerson(t.Context(), h.Office, p))
		p.Version++
		for _, c := range []struct {
			q    programme.MemoQuery
			want int
		}{
			{programme.MemoQuery{Prefecture: now.prefecture}, 1}, {programme.MemoQuery{Prefecture: now.notThere}, 0},
			{programme.MemoQuery{About: now.firm}, 1}, {programme.MemoQuery{About: now.notCalled}, 0},
		} {
			if n := found(c.q); n != c.want {
				t.Errorf("%s in %s: %+v finds %d, want %d", now.firm, now.prefecture, c.q, n, c.want)
			}
		}
	}
}

// TestPageLooksAtTwoHundred memos in which the words' pairs of characters stand apart, says
// that there may be more, and is gone on from there.
func TestPageLooksAtTwoHundred(t *testing.T) {
	const looked, rest = 200, 30
	h := newHouse(t)
	h.write(func(tx programme.Tx) error {
		for n := range looked + rest {
			text := "改善の話と、善後策" // 改善後 is none of it
			if n == 0 {
				text = "改善後の話"
			}
			m := programme.Memo{ID: programme.MemoID(fmt.Sprintf("m%03d", n)), Kind: programme.OfCall, Held: "2026-08-01", Version: 1, Written: time.Date(2026, 8, 1, 9, 0, 0, 0, tokyo),
				Parts: []programme.Part{{Key: "advice", Text: text, Readers: []programme.Reader{programme.ReadOffice}}}}
			if err := tx.CreateMemo(string(m.ID), m); err != nil {
				return err
			}
			if err := tx.IndexMemo(m.ID, programme.RowsOf(m, programme.Person{})); err != nil {
				return err
			}
		}
		return nil
	})
	first := h.search("office", programme.MemoQuery{Words: "改善後"})
	if len(first.Hits) != 0 || !first.More || first.Next != rest+1 {
		t.Errorf("the first page has %d memos, more %v, and goes on before memo %d, want before %d", len(first.Hits), first.More, first.Next, rest+1)
	}
	second := h.search("office", programme.MemoQuery{Words: "改善後", After: first.Next})
	if len(second.Hits) != 1 || second.More {
		t.Errorf("the second page has %d memos, more %v", len(second.Hits), second.More)
	}
}

// TestWhatSnippetsShowWasRead: the office can tell who saw what; a list of titles is none.
func TestWhatSnippetsShowWasRead(t *testing.T) {
	h := newHouse(t)
	m := h.memo("op")
	h.shares(m)
	readings := func() (n int) {
		h.write(func(tx programme.Tx) error {
			rs, err := tx.Readings(m.ID)
			n = len(rs)
			return err
		})
		return n
	}
	before := readings()
	h.search("bureau", programme.MemoQuery{})
	h.search("bureau", programme.MemoQuery{Words: "取扱注意の言葉"})
	if n := readings() - before; n != 0 {
		t.Errorf("%d readings of what nobody saw", n)
	}
	h.search("bureau", programme.MemoQuery{Words: "助言の言葉"})
	if n := readings() - before; n != 1 {
		t.Errorf("%d readings of what the bureau saw", n)
	}
}

// TestCoordinatorsOwnMemoIsSearchedAsTheirs: of a memo about themself a coordinator finds
// what an atsugi finds.
func TestCoordinatorsOwnMemoIsSearchedAsTheirs(t *testing.T) {
	h := newHouse(t)
	h.joinsTheOffice("atsugi")
	h.memo("op")
	for words, want := range map[string]int{"助言の言葉": 1, "現状の言葉": 0, "取扱注意の言葉": 0} {
		if got := len(h.search("atsugi", programme.MemoQuery{Words: words}).Hits); got != want {
			t.Errorf("%q: %d", words, got)
		}
	}
}

// TestOpenedMemosAreSearchedByTheOrganisation, as far as the atsugi reads them.
func TestOpenedMemosAreSearchedByTheOrganisation(t *testing.T) {
	h := newHouse(t)
	h.write(func(tx programme.Tx) error {
		p, err := tx.Person("supporter")
		if err != nil {
			return err
		}
		p.Organisation = "常陸商工会"
		return tx.SavePerson(p)
	})
	m := h.memo("op")
	h.memo("op not opened")
	found := func(words string) int { return len(h.search("supporter", programme.MemoQuery{Words: words}).Hits) }
	if n := found("助言の言葉"); n != 0 {
		t.Errorf("%d found before anything was opened", n)
	}
	must(t, h.OpenToOrganisation(t.Context(), programme.As("atsugi"), m.ID, 1, "常陸商工会", true))
	if a, b := found("助言の言葉"), found("現状の言葉"); a != 1 || b != 0 {
		t.Errorf("%d and %d found of what was opened, want 1 and 0", a, b)
	}
	f := memoForm("op 2")
	f.Corrects, f.Parts["advice"] = m.Version, "改めた助言"
	_, err := h.CorrectMemo(t.Context(), programme.As("expert"), m.ID, f, "聞き違い")
	must(t, err)
	if a, b := found("助言の言葉"), found("改めた助言"); a != 1 || b != 0 {
		t.Errorf("after a correction %d and %d found of what was opened and of what was not, want 1 and 0", a, b)
	}
	must(t, h.CloseToOrganisation(t.Context(), programme.As("atsugi"), m.ID, "常陸商工会"))
	if n := found("助言の言葉"); n != 0 {
		t.Errorf("%d found after it was closed", n)
	}
}

// FuzzSearch: whatever is typed is a search or a refusal, never a fault.
func FuzzSearch(f *testing.F) {
	for _, s := range []string{"改善", "\"", "a\"b", "* OR", "改善\" OR \"a", "{words}:", "\x00\xff", "窯\u3000^改", "+a", "AND NOT", "ﾞ", "🏺窯"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, words, about string) {
		h := newHouse(t)
		h.memo("op")
		_, err := h.SearchMemos(t.Context(), programme.As("expert"), programme.MemoQuery{Words: words, About: about})
		if _, refused := programme.AsError(err); err != nil && !refused {
			t.Errorf("%q, %q: %v", words, about, err)
		}
	})
}
