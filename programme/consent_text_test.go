package programme

import (
	"strings"
	"testing"
)

// TestTextsHaveTheirOwnHash: no text and picture together have that of another pair, and
// line ends that a form changes change nothing.
func TestTextsHaveTheirOwnHash(t *testing.T) {
	seen := map[string][2]string{}
	for _, c := range [][2]string{{"文", ""}, {"", "文"}, {"文a", "b"}, {"文", "ab"}, {"文\",\"", ""}, {"文。", ""}, {"文 ", ""}} {
		h := textHash(c[0], c[1])
		if other, is := seen[h]; is {
			t.Errorf("%q and %q have one hash", c, other)
		}
		seen[h] = c
	}
	a, err := publicationText(" 一行目\r\n二行目 \n")
	b, err2 := publicationText("一行目\n二行目")
	if err != nil || err2 != nil || a != b {
		t.Errorf("%q and %q: %v %v", a, b, err, err2)
	}
	if _, err := publicationText(" \n "); err == nil {
		t.Error("a blank text went through")
	}
	if _, err := publicationText(strings.Repeat("𠮷", maxPublication/2+1)); err == nil {
		t.Error("a text went through that no form can hold")
	}
}

// TestTheDifferenceIsShown in whole sentences; what is left out of a very long one is marked.
func TestTheDifferenceIsShown(t *testing.T) {
	long := strings.Repeat("長", 150)
	for _, c := range []struct{ from, to, was, is string }{
		{"展示界に出ました。", "展示会に出ました。", "展示界に出ました。", "展示会に出ました。"},
		{"曲物の若い担い手が三人います。来年も続けます。", "曲げ物の若い担い手が三人います。来年も続けます。", "曲物の若い担い手が三人います。", "曲げ物の若い担い手が三人います。"},
		{"窯を直した。古い釉薬をためしている。\n来年も", "窯を直した。古い釉薬を試している。\n来年も", "古い釉薬をためしている。", "古い釉薬を試している。"},
		{long + "界" + long, long + "会" + long, "…" + long[:300] + "界" + long[:300] + "…", "…" + long[:300] + "会" + long[:300] + "…"},
		{"ああ", "あああ", "ああ", "あああ"},
		{"一つ。", "一つ。二つ。", "", "二つ。"},
	} {
		if was, is := Difference(c.from, c.to); was != c.was || is != c.is {
			t.Errorf("%q → %q shows %q → %q", c.from, c.to, was, is)
		}
	}
}
