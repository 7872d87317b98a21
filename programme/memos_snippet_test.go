package programme

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// highlighted is a snippet with what was found between angle brackets.
func highlighted(s Snippet) string {
	var b strings.Builder
	at := 0
	for _, m := range s.Found {
		b.WriteString(s.Text[at:m.From] + "<" + s.Text[m.From:m.To] + ">")
		at = m.To
	}
	b.WriteString(s.Text[at:])
	if s.CutBefore {
		return "…" + b.String()
	}
	return b.String()
}

// TestSnippetsShowWordsAsWritten: what was found is marked in the writer's own spelling.
func TestSnippetsShowWordsAsWritten(t *testing.T) {
	for _, c := range []struct{ text, words, want string }{
		{"登り窯を直す", "窯", "登り<窯>を直す"},
		{"髙橋さんと高橋さん", "髙橋", "<髙橋>さんと<高橋>さん"},
		{"ｶﾞﾗｽとガラス", "がらす", "<ｶﾞﾗｽ>と<ガラス>"},
		{"㍿窯元", "会社窯元", "<㍿窯元>"},
		{"葛\U000E0100城の酒", "葛城", "<葛\U000E0100城>の酒"},
		{"改善、また改善策", "改善 善策", "<改善>、また<改善策>"},
		{"ABCとａｂｃ", "abc", "<ABC>と<ａｂｃ>"},
		{"窯。\n改善", "窯 改善", "<窯>。\n<改善>"},
		{strings.Repeat("長", 40) + "窯", "窯", "…" + strings.Repeat("長", 20) + "<窯>"},
		{"酒蔵", "窯", "nothing"},
		{"", "窯", "nothing"},
	} {
		words, _ := searchWords(c.words)
		s, ok := snippet(c.text, words)
		got := highlighted(s)
		if !ok {
			got = "nothing"
		}
		if got != c.want {
			t.Errorf("%q in %q: %s, want %s", c.words, c.text, got, c.want)
		}
	}
}

func TestSnippetsAreShort(t *testing.T) {
	s, _ := snippet(strings.Repeat("窯と酒と", 700), []string{"窯"})
	if n := utf8.RuneCountInString(s.Text); n != snippetLength || !s.CutAfter || s.CutBefore {
		t.Errorf("%d characters, cut %v, %v", n, s.CutBefore, s.CutAfter)
	}
	long := strings.Repeat("窯", 120)
	if s, _ := snippet("あ"+long+"い", []string{long}); s.Text != "あ"+long {
		t.Errorf("a long word is cut: %s", s.Text)
	}
}

// FuzzSnippet: a snippet is a piece of the text; what is marked lies in it in order, in
// whole characters, and is one of the words when it is folded.
func FuzzSnippet(f *testing.F) {
	for _, s := range [][2]string{
		{"登り窯を直す", "窯"}, {"ｶﾞﾗｽ工房㍿", "会社 ガラス"}, {"a\xffb\xfe窯", "b窯"}, {"e\u0301\u0302窯", "é"}, {"각각 ᄀ\u1161\u11a8", "각"},
		{strings.Repeat("あ窯", 99), "窯あ"}, {"\u200b窯\u200b元", "窯元"}, {"ﬁﬂ㎏", "fi kg"}, {"İİ", "i̇i̇"},
	} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, text, typed string) {
		words, _ := searchWords(typed)
		s, ok := snippet(text, words)
		has := slices.ContainsFunc(words, func(w string) bool { return strings.Contains(spell(text).String(), w) })
		if ok != has {
			t.Fatalf("%q in %q: found %v, want %v", typed, text, ok, has)
		}
		if !ok {
			return
		}
		if !strings.Contains(text, s.Text) || len(s.Found) == 0 {
			t.Fatalf("%q is no piece of %q, or without %q", s.Text, text, words)
		}
		last := -1
		for _, m := range s.Found {
			if m.From <= last || m.To <= m.From || m.To > len(s.Text) {
				t.Fatalf("%+v in %q", s.Found, s.Text)
			}
			last = m.To
			inside := spell(s.Text[m.From:m.To]).String()
			if !slices.ContainsFunc(words, func(w string) bool { return strings.Contains(inside, w) }) {
				t.Fatalf("%q is marked for %q", s.Text[m.From:m.To], words)
			}
			if utf8.ValidString(text) && !utf8.ValidString(s.Text[m.From:m.To]) {
				t.Fatalf("half a character is marked in %q", s.Text)
			}
		}
	})
}

// TestDaysAreMarkedByYearsMonthsAndDays: a day has one of the marks between two others
// exactly if it lies between them.
func TestDaysAreMarkedByYearsMonthsAndDays(t *testing.T) {
	day := rapid.Custom(func(t *rapid.T) Date {
		return Date("2023-12-01").Add(0, rapid.IntRange(0, 1200).Draw(t, "day"))
	})
	rapid.Check(t, func(t *rapid.T) {
		from, till, held, today := day.Draw(t, "from"), day.Draw(t, "till"), day.Draw(t, "held"), Date("2028-12-31")
		marks := heldBetween(from, till, today)
		got := slices.ContainsFunc(heldMarks(held), func(m string) bool { return slices.Contains(marks, m) })
		if want := from <= held && held <= till; got != want {
			t.Errorf("%s between %s and %s: %v by %v", held, from, till, got, marks)
		}
		if len(marks) > 31+31+11+11+4 {
			t.Errorf("%d marks", len(marks))
		}
	})
	if got := heldBetween("", "", "2027-01-31"); len(got) != 28 {
		t.Errorf("all days up to today: %v", got)
	}
	for _, odd := range []Date{"soon", "2026-02-30", "9999-12-31"} {
		if got := heldBetween(odd, "", "2026-09-01"); len(got) != 0 {
			t.Errorf("from %s: %v", odd, got)
		}
	}
}
