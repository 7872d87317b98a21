package programme

import "testing"

// TestWhatIsACorrectionOfSpelling: what is written in another way; never what says
// something else.
func TestWhatIsACorrectionOfSpelling(t *testing.T) {
	for _, c := range []struct {
		rule, from, to string
		want           bool
	}{
		{"nothing", "展示会に出ました。", "展示会に出ました。", false},
		{"one kana too many", "展示会に出ましす。", "展示会に出ます。", true},
		{"one kana missing", "展示会出ました。", "展示会に出ました。", true},
		{"a full stop", "展示会に出ました", "展示会に出ました。", true},
		{"commas and blanks", "祖父 父と、私", "祖父、父と私", true},
		{"okurigana", "申込みました。", "申し込みました。", true},
		{"okurigana of a verb", "織り方を変る", "織り方を変わる", true},
		{"another width", "売上は3割、ＩＴは後回し。", "売上は３割、ITは後回し。", true},
		{"an old form of a kanji", "髙島屋に出す。", "高島屋に出す。", true},
		{"katakana for hiragana", "コトとリンゴ", "ことと林檎", false},
		{"hiragana for katakana", "よいコトとリンゴ", "よいこととりんご", true},
		{"a long mark at the end", "コンピュータを使う", "コンピューターを使う", true},
		{"a dot within a foreign name", "ジョン・スミスさん", "ジョンスミスさん", true},
		{"letters that changed places", "We recieve guests.", "We receive guests.", true},
		{"a letter too many", "an exhibitition abroad", "an exhibition abroad", false},
		{"a letter missing", "an exhbition abroad", "an exhibition abroad", true},

		{"a kanji of the same reading", "展示界に出ました。", "展示会に出ました。", false},
		{"a son, an apprentice", "息子に任せた。", "弟子に任せた。", false},
		{"thought of, done", "輸出を検討した。", "輸出を実施した。", false},
		{"another firm by its letter", "A社と組む。", "B社と組む。", false},
		{"a name", "佐藤さんと山田さん", "佐藤さんと山本さん", false},
		{"a name in katakana", "サトウさん", "カトウさん", false},
		{"a place", "インドに売る", "インドネシアに売る", false},
		{"a building, a beer", "ビルを建てる", "ビールを建てる", false},
		{"a short word with a long mark", "スキの話", "スキーの話", false},
		{"kanji put in", "展示会に出ました。", "海外の展示会に出ました。", false},
		{"a digit", "売上は3割でした。", "売上は5割でした。", false},
		{"a decimal point", "売上は3.5割でした。", "売上は35割でした。", false},
		{"two numbers, one", "3、4人", "34人", false},
		{"a numeral", "売上は三割でした。", "売上は五割でした。", false},
		{"a unit", "売上は三千円でした。", "売上は三万円でした。", false},
		{"a negation put in", "使います。", "使いません。", false},
		{"a negation taken out", "気にしないで続けた。", "気にして続けた。", false},
		{"a prohibition", "忘れる", "忘れるな", false},
		{"the contrary", "売上が増えました。", "売上が減りました。", false},
		{"past and future", "展示会に出た。", "展示会に出る。", false},
		{"who does it to whom", "父が呼んだ。", "父を呼んだ。", false},
		{"if", "売れた、うれしい。", "売れたら、うれしい。", false},
		{"a question", "売れました。", "売れましたか。", false},
		{"a question mark", "売れました。", "売れました？", false},
		{"another verb", "先が見る", "先が見える", false},
		{"two kana in one place", "展示会に出ました。", "展示会に出したでした。", false},
		{"an English negation", "We can sell it.", "We can't sell it.", false},
		{"another short English word", "We sold it.", "We sole it.", false},
		{"a tense", "we exported", "we exportes", false},
		{"another English beginning", "a reliable plan", "a deliable plan", false},
		{"a name in letters", "Tanaka", "Tanara", false},
		{"all of a very short text", "はい", "いえ", false},
		{"more places than a slip or two", "あき、かき、さき。1あ2い3う4え5お6か", "あき、かき、さき。1あき2いき3うき4えき5おき6かき", false},
	} {
		if got := isSpelling(c.from, c.to); got != c.want {
			t.Errorf("%s: %q → %q is %v", c.rule, c.from, c.to, got)
		}
		if got := isSpelling(c.to, c.from); got != c.want {
			t.Errorf("%s, the other way round: %q → %q is %v", c.rule, c.to, c.from, got)
		}
	}
}

// FuzzCorrections: it looks no different from either side, and never at another number of
// digits.
func FuzzCorrections(f *testing.F) {
	f.Add("売上は3.5割、ＩＴは後。", "売上は３．５割ITは後")
	f.Add("ー・a1,2", "らーめん\n１，２")
	f.Fuzz(func(t *testing.T, a, b string) {
		same := isSpelling(a, b)
		if same != isSpelling(b, a) {
			t.Errorf("%q and %q: %v from one side alone", a, b, same)
		}
		digits := func(s string) (n int) {
			for _, r := range s {
				if r >= '0' && r <= '9' || r >= '０' && r <= '９' {
					n++
				}
			}
			return n
		}
		if same && digits(a) != digits(b) {
			t.Errorf("%q is taken for %q", a, b)
		}
	})
}
