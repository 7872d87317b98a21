package ui

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func TestTextIsCutBetweenCharacters(t *testing.T) {
	for _, c := range []struct {
		rule, in string
		limit    int
		want     string
	}{
		{"short text stays", "後継者", 3, "後継者"},
		{"the last character tells of the cut", "後継者支援", 4, "後継者…"},
		{"a rare kanji counts twice", "𠮷野家", 4, "𠮷野家"},
		{"and is never halved", "𠮷𠮷𠮷", 5, "𠮷𠮷…"},
		{"a variant stays with its kanji", "渡邉\U000E0102です", 4, "渡…"},
		{"a voiced mark stays with its kana", "は\u3099んた\u3099い", 4, "は\u3099ん…"},
		{"a family stays together", "a👨\u200d👩\u200d👧b", 7, "a…"},
		{"no space before the ellipsis", "one two three", 5, "one…"},
		{"an invalid byte is no reason to stop", "\xff\xffab", 3, "\xff\xff…"},
	} {
		if got := cut(c.in, c.limit); got != c.want {
			t.Errorf("%s: cut(%q, %d) = %q, want %q", c.rule, c.in, c.limit, got, c.want)
		}
	}
}

func TestEscapedTextIsCutBetweenEntities(t *testing.T) {
	for _, c := range []struct {
		in    string
		limit int
		want  string
	}{
		{"a&amp;b", 7, "a&amp;b"},
		{"a&amp;bc", 7, "a&amp;…"},
		{"a&amp;bc", 6, "a…"},
		{"a&amp;bc", 3, "a…"},
	} {
		if got := cutEscaped(c.in, c.limit); got != c.want {
			t.Errorf("cutEscaped(%q, %d) = %q, want %q", c.in, c.limit, got, c.want)
		}
	}
}

func TestBoldIsOneLineWithoutMarkup(t *testing.T) {
	for in, want := range map[string]string{
		"第1回":             "*第1回*",
		"a\nb":            "*a b*",
		"2*3":             "*2∗3*",
		"<!channel> & co": "*&lt;!channel&gt; &amp; co*",
		" \n ":            nothing,
	} {
		if got := bold(in); got != want {
			t.Errorf("bold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestOnlyWebAddressesAreLinks(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.jp/room":   "https://example.jp/room",
		"http://example.jp":         "http://example.jp",
		"javascript:alert(1)":       "",
		"https://":                  "",
		"会議室A":                      "",
		"":                          "",
		"https://a" + long3000 + "": "",
	} {
		if got := link(in); got != want {
			t.Errorf("link(%.20q) = %.20q", in, got)
		}
	}
}

var long3000 = strings.Repeat("あ", 3000)

func FuzzCut(f *testing.F) {
	f.Add("髙﨑𠮷 👨\u200d👩\u200d👧", 5)
	f.Add("&amp;&lt;", 3)
	f.Add("\u3099\u3099\u3099", 2)
	f.Fuzz(func(t *testing.T, s string, limit int) {
		limit = 1 + abs(limit)%4000
		for _, got := range []string{cut(s, limit), cutEscaped(escape(s), limit), take(s, limit)} {
			if n := len(utf16.Encode([]rune(got))); n > limit {
				t.Fatalf("%q has %d characters, limit %d", got, n, limit)
			}
			if utf8.ValidString(s) && !utf8.ValidString(got) {
				t.Fatalf("%q is cut inside a character", got)
			}
		}
		limit++ // room for a character of two
		if got := strings.Join(pieces(s, limit), ""); got != s {
			t.Fatalf("pieces lose text: %q from %q", got, s)
		}
		for _, p := range pieces(s, limit) {
			if size(p) > limit {
				t.Fatalf("a piece of %d, limit %d", size(p), limit)
			}
		}
	})
}

func abs(n int) int {
	if n < 0 {
		return -(n + 1)
	}
	return n
}
