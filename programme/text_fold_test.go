package programme

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// TestOldAndNewKanjiAreOneForComparing: the forms that stand in names and firms.
func TestOldAndNewKanjiAreOneForComparing(t *testing.T) {
	for _, same := range []string{
		"斎藤 齋藤 齊藤 斉藤", "渡辺 渡邊 渡邉", "高橋 髙橋 髙𣘺", "山崎 山﨑 山嵜", "吉沢 吉澤 𠮷澤", "広瀬 廣瀬 廣瀨", "浜田 濱田 濵田",
		"滝本 瀧本", "国際 國際", "竜 龍", "桜井 櫻井", "真壁 眞壁", "関 關", "学校 學校", "富 冨", "島 嶋 嶌", "桑原 桒原", "柳 栁",
		"鉄工 鐵工 鐡工", "醤油 醬油", "塩 鹽", "酔 醉", "竃 竈", "麹 麴", "窓 窗", "釜 釡", "体験 體驗",
		"鎌ケ谷 鎌ヶ谷 鎌け谷", "ガラス がらす ｶﾞﾗｽ", "ＡＢＣ abc ＡbＣ", "株式会社 ㍿", "(株) ㈱", "神 \uFA19", "㎏ kg",
	} {
		forms := strings.Fields(same)
		for _, other := range forms[1:] {
			if fold(forms[0]) != fold(other) {
				t.Errorf("%s is another word than %s", forms[0], other)
			}
		}
	}
	for _, pair := range []string{"国 園", "土 士", "斎 済", "辺 込", "吉 舌", "は ば", "ー 一", "a b"} {
		if a, b, _ := strings.Cut(pair, " "); fold(a) == fold(b) {
			t.Errorf("%s is the same as %s", a, b)
		}
	}
}

// TestTableOfKanjiIsSound: a form of today is nobody's old form, so that folding once is
// folding for ever, and what Unicode folds by itself is not in it.
func TestTableOfKanjiIsSound(t *testing.T) {
	if len(modern) < 500 {
		t.Errorf("only %d forms", len(modern))
	}
	for old, now := range modern {
		if _, chain := modern[now]; chain {
			t.Errorf("%c becomes %c, which becomes another", old, now)
		}
		if s := string(old); norm.NFKC.String(s) != s {
			t.Errorf("%c is folded before", old)
		}
		if !unicode.Is(unicode.Han, now) && !unicode.Is(unicode.Hiragana, now) {
			t.Errorf("%c becomes %c", old, now)
		}
	}
}

// FuzzSpelling: what is searched is the folded text without its signs, and each
// character of it comes from a piece of the text, in order.
func FuzzSpelling(f *testing.F) {
	for _, s := range []string{
		"", "ｶﾞﾗｽ工房・窯元", "髙橋㍿の㎏", "a\xffb", "e\u0301\u0302\u0300x", "か\u3099き", "葛\U000E0100城", "\u200b見え\u200bない",
		"👨‍👩‍👧 家族", "İstanbul ß ﬁ", "각각 ᄀ\u1161\u11a8", "ﾞ゛", "ハ\u309aル\u309b、\u3099", "ヷヺー々〆ゝ", "a\u030a9\u20e3", strings.Repeat("\u0301", 70),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := spell(s)
		plain := func(s string) string {
			return strings.Join(strings.FieldsFunc(strings.Map(func(r rune) rune {
				if unseen(r) {
					return -1
				}
				return r
			}, s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) }), " ")
		}
		if a, b := strings.Join(strings.Fields(got.String()), " "), plain(foldWhole(s)); a != b {
			t.Errorf("%q is spelled %q, folded %q", s, a, b)
		}
		last := 0
		for i := range got.runes {
			if got.from[i] < last || got.to[i] <= got.from[i] || got.to[i] > len(s) {
				t.Fatalf("%q: character %d from %d to %d", s, i, got.from[i], got.to[i])
			}
			last = got.from[i]
		}
	})
}
