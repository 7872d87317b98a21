package programme

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func at(n int) *int { return &n }

var (
	single = Question{ID: "q", Kind: Single, Choices: []Choice{
		{ID: "now", Words: Text{Ja: "すぐに", En: "Now"}},
		{ID: "soon", Words: Text{Ja: "３年以内", En: "Within 3 years"}},
		{ID: "open", Words: Text{Ja: "まだ決めていない", En: "Not decided"}},
	}}
	multi  = Question{ID: "q", Kind: Multi, Choices: single.Choices}
	issues = []Choice{
		{ID: "sales", Words: Text{Ja: "売り先", En: "Sales"}},
		{ID: "people", Words: Text{Ja: "人手", En: "People"}},
		{ID: "money", Words: Text{Ja: "お金", En: "Money"}},
		{ID: "none", Words: Text{Ja: "とくにない", En: "Nothing"}, Alone: true},
		{ID: "other", Words: Text{Ja: "そのほか", En: "Something else"}, Write: true},
	}
	oneOf     = Question{ID: "q", Kind: Single, Choices: issues}
	upToTwo   = Question{ID: "q", Kind: Multi, Choices: issues, Least: 2, Most: 2}
	someOf    = Question{ID: "q", Kind: Multi, Choices: issues}
	ranking   = Question{ID: "q", Kind: Ranking, Choices: issues[:4], Most: 3}
	scale     = Question{ID: "q", Kind: Scale, Max: 5, Low: Text{Ja: "役に立たない", En: "Not at all"}, High: Text{Ja: "とても役に立った", En: "Very"}}
	yesNo     = Question{ID: "q", Kind: YesNo}
	staff     = Question{ID: "q", Kind: Number, Unit: Text{Ja: "人", En: "people"}, From: at(0), Until: at(2000)}
	turnover  = Question{ID: "q", Kind: Number, Unit: Text{Ja: "万円", En: "x 10,000 yen"}, From: at(1)}
	growth    = Question{ID: "q", Kind: Number, Until: at(100)}
	anyNumber = Question{ID: "q", Kind: Number}
	anyDay    = Question{ID: "q", Kind: Day}
	thisYear  = Question{ID: "q", Kind: Day, Earliest: "2026-04-01", Latest: "2027-03-31"}
	fromApril = Question{ID: "q", Kind: Day, Earliest: "2026-04-01"}
	toMarch   = Question{ID: "q", Kind: Day, Latest: "2027-03-31"}
	whom      = Question{ID: "q", Kind: Whom}
	short     = Question{ID: "q", Kind: Short}
	long      = Question{ID: "q", Kind: LongText}
	freely    = Question{ID: "q", Kind: Short, Optional: true}
	limited   = Question{ID: "q", Kind: LongText, Max: 10}
)

var roster = []Person{
	{ID: "p1", Name: "佐藤 花子", Kana: "サトウ ハナコ", Organisation: "佐藤製陶"},
	{ID: "p2", Name: "鈴木 一郎", Kana: "スズキ イチロウ", Organisation: "鈴木木工"},
	{ID: "p3", Name: "鈴木 一郎", Kana: "スズキ イチロウ", Organisation: "鈴木酒造"},
	{ID: "p4", Name: "佐野 氏郷", Organisation: "佐野硝子"},
}

func picks(ids ...string) Answer { return Answer{Picked: ids} }
func writes(words string, ids ...string) Answer {
	return Answer{Picked: ids, Text: words}
}
func typing(s string) Input { return Input{Text: s} }
func pressing(ids ...string) Input {
	return Input{Picked: ids}
}

func TestReadAnswer(t *testing.T) {
	for _, c := range []struct {
		rule string
		q    Question
		in   Input
		want Answer
	}{
		{"a button", single, pressing("soon"), picks("soon")},
		{"a typed label", single, typing("すぐに"), picks("now")},
		{"a label in katakana", single, typing("スグニ"), picks("now")},
		{"a label in another width", single, typing(" 3年以内 "), picks("soon")},
		{"a label with です and a full stop", single, typing("3年以内です。"), picks("soon")},
		{"a label in English, any case", single, typing("NOT DECIDED"), picks("open")},
		{"a number", single, typing("3"), picks("open")},
		{"a wide number", single, typing("２"), picks("soon")},
		{"a number in a circle", single, typing("②"), picks("soon")},
		{"a number as one says it", single, typing("２番目です"), picks("soon")},
		{"a number among zero-width characters", single, typing("\u200b2\ufeff"), picks("soon")},
		{"a choice to be written out stays open", oneOf, pressing("other"), Answer{Picked: []string{"other"}, Open: true}},
		{"and is whole with its words", oneOf, Input{Picked: []string{"other"}, Text: "窯の修理"}, Answer{Picked: []string{"other"}, Text: "窯の修理"}},
		{"the choice and its words on one line", oneOf, typing("そのほか：窯の修理"), writes("窯の修理", "other")},
		{"parted by a blank", oneOf, typing("そのほか 窯の修理"), writes("窯の修理", "other")},
		{"parted by a comma", oneOf, typing("そのほか、窯、屋根"), writes("窯、屋根", "other")},
		{"in quotation marks", oneOf, typing("そのほか「窯の修理」"), writes("窯の修理", "other")},
		{"a quotation within the words stays", oneOf, typing("そのほか：「窯」の修理"), writes("「窯」の修理", "other")},
		{"whatever the kana and the width", oneOf, typing("ｿﾉﾎｶ: 窯"), writes("窯", "other")},
		{"in English", oneOf, typing("something else: the kiln"), writes("the kiln", "other")},
		{"a number is words behind the label", oneOf, typing("そのほか：２"), writes("２", "other")},
		{"the label and a colon wait for the words", oneOf, typing("そのほか："), Answer{Picked: []string{"other"}, Open: true}},
		{"words beside a choice without any are not kept", oneOf, Input{Picked: []string{"sales"}, Text: "窯"}, picks("sales")},
		{"several in any order are kept in the question's", multi, pressing("open", "now"), picks("now", "open")},
		{"several typed", multi, typing("1、３"), picks("now", "open")},
		{"several typed with blanks", multi, typing("1 3"), picks("now", "open")},
		{"several typed as one says them", someOf, typing("人手とお金"), picks("people", "money")},
		{"several typed on lines", someOf, typing("人手\n売り先です\n"), picks("sales", "people")},
		{"several and words of one's own", someOf, typing("2、そのほか：窯の修理、屋根"), writes("窯の修理、屋根", "people", "other")},
		{"words of one's own alone", someOf, typing("そのほか：窯の修理"), writes("窯の修理", "other")},
		{"words written out beside boxes tick theirs", someOf, Input{Picked: []string{"people"}, Text: "窯"}, Answer{Picked: []string{"people", "other"}, Text: "窯"}},
		{"as many as asked for", upToTwo, pressing("people", "sales"), picks("sales", "people")},
		{"none of these is enough", upToTwo, typing("とくにない"), picks("none")},
		{"yes in words", yesNo, typing("はい"), picks("yes")},
		{"yes as one says it", yesNo, typing("うん、お願いします！"), picks("yes")},
		{"yes with a sign", yesNo, typing("○"), picks("yes")},
		{"no in words", yesNo, typing("いいえ、結構です"), picks("no")},
		{"no in English", yesNo, typing("No."), picks("no")},
		{"no by its number", yesNo, typing("２"), picks("no")},
		{"a scale's button", scale, pressing("4"), Answer{Number: 4}},
		{"a scale typed wide", scale, typing("５"), Answer{Number: 5}},
		{"a scale in points", scale, typing("四点です"), Answer{Number: 4}},
		{"the words at a scale's low end", scale, typing("役に立たないです"), Answer{Number: 1}},
		{"the words at a scale's high end", scale, typing("very"), Answer{Number: 5}},
		{"text is kept verbatim", short, typing(" 髙橋と𠮷野の件 "), Answer{Text: " 髙橋と𠮷野の件 "}},
		{"exactly the most characters, not bytes", long, typing(strings.Repeat("継", 3000)), Answer{Text: strings.Repeat("継", 3000)}},
		{"an optional question may be skipped", freely, Input{Skip: true}, Answer{Skipped: true}},
		{"somebody from the menu", whom, pressing("p2"), picks("p2")},
		{"a whole name", whom, typing("佐藤花子"), picks("p1")},
		{"a name with courtesy", whom, typing("佐藤　花子さんです"), picks("p1")},
		{"kana in either script", whom, typing("さとうはなこ"), picks("p1")},
		{"a name and the firm", whom, typing("鈴木一郎 鈴木酒造"), picks("p3")},
		{"a name that ends like a courtesy", whom, typing("佐野氏郷"), picks("p4")},
	} {
		t.Run(c.rule, func(t *testing.T) {
			got, err := c.q.Read(c.in, Answer{}, roster)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadNumber(t *testing.T) {
	for _, c := range []struct {
		q     Question
		typed string
		want  int
	}{
		{staff, "12", 12}, {staff, "１２人", 12}, {staff, "12人です。", 12}, {staff, "12 people", 12}, {staff, "約1,200人くらい", 1200},
		{staff, "千人", 1000}, {staff, "十二", 12}, {staff, "二千人", 2000}, {staff, "0", 0},
		{turnover, "300", 300}, {turnover, "300万円", 300}, {turnover, "300万", 300}, {turnover, "3,000,000円", 300},
		{turnover, "1.5億円", 15000}, {turnover, "1億2千万", 12000}, {turnover, "2 億 5000 万 円", 25000}, {turnover, "￥50000円", 5},
		{growth, "-5", -5}, {growth, "マイナス５", -5}, {growth, "▲1万", -10000},
		{anyNumber, "3千5百", 3500}, {anyNumber, "2万5000", 25000}, {anyNumber, "千", 1000}, {anyNumber, "999999999999999", 999999999999999},
	} {
		got, err := c.q.Read(typing(c.typed), Answer{}, nil)
		if err != nil || got.Number != c.want {
			t.Errorf("%s in %q = %+v, %v; want %d", c.typed, c.q.Unit.Ja, got, err, c.want)
		}
	}
}

func TestReadDay(t *testing.T) {
	for _, typed := range []string{
		"2027-04-01", "2027/4/1", "2027.4.1", "２０２７／０４／０１", "20270401", "2027年4月1日", "2027年 4月 1日（木）", "2027年4月1日です。",
		"令和9年4月1日", "令和９年４月１日", "R9.4.1", "r09/04/01", "Ｒ９．４．１", "㋿9年4月1日", "April 1, 2027", "1 Apr 2027", "2027−4−1",
	} {
		got, err := anyDay.Read(typing(typed), Answer{}, nil)
		if err != nil || got.Date != "2027-04-01" {
			t.Errorf("%q = %+v, %v", typed, got, err)
		}
	}
	for typed, want := range map[string]Date{
		"令和元年5月1日": "2019-05-01", "平成31年4月30日": "2019-04-30", "S39.10.10": "1964-10-10", "2028年2月29日": "2028-02-29", "1868/1/25": "1868-01-25",
	} {
		if got, err := anyDay.Read(typing(typed), Answer{}, nil); err != nil || got.Date != want {
			t.Errorf("%q = %+v, %v; want %s", typed, got, err, want)
		}
	}
	for _, day := range []Date{"2026-04-01", "2027-03-31"} {
		if got, err := thisYear.Read(Input{Date: day}, Answer{}, nil); err != nil || got.Date != day {
			t.Errorf("the picker's %s = %+v, %v", day, got, err)
		}
	}
}

func TestReadGoesOnFromAnOpenAnswer(t *testing.T) {
	open := func(ids ...string) Answer { return Answer{Picked: ids, Open: true} }
	for _, c := range []struct {
		rule string
		q    Question
		was  Answer
		in   Input
		want Answer
	}{
		{"typed text completes the writing, whatever it says", oneOf, open("other"), typing("2"), Answer{Picked: []string{"other"}, Text: "2"}},
		{"other ticks stay as they were", someOf, open("sales", "other"), typing("窯"), Answer{Picked: []string{"sales", "other"}, Text: "窯"}},
		{"another button takes the place of the writing", oneOf, open("other"), pressing("sales"), picks("sales")},
		{"what was written stands while its box is ticked", someOf, Answer{Picked: []string{"other"}, Text: "窯"}, pressing("sales", "other"), Answer{Picked: []string{"sales", "other"}, Text: "窯"}},
		{"what was written goes with its tick", someOf, Answer{Picked: []string{"other"}, Text: "窯"}, Input{Picked: []string{"sales"}, Text: "窯"}, picks("sales")},
		{"the label before the words is none of them", oneOf, open("other"), typing("そのほか：窯"), writes("窯", "other")},
		{"the label again is a word like any other", oneOf, open("other"), typing("そのほか"), writes("そのほか", "other")},
		{"new words leave other ticks as they were", someOf, writes("窯", "sales", "other"), typing("そのほか：炉"), writes("炉", "sales", "other")},
		{"the first place of a ranking", ranking, Answer{}, Input{Next: "money"}, open("money")},
		{"the second place", ranking, open("money"), Input{Next: "sales"}, open("money", "sales")},
		{"the last place makes it whole", ranking, open("money", "sales"), Input{Next: "people"}, picks("money", "sales", "people")},
		{"a second press is the same press", ranking, open("money"), Input{Next: "money"}, open("money")},
		{"an end before all places are taken", ranking, open("money"), Input{End: true}, picks("money")},
		{"an end in words", ranking, open("money"), typing("以上です"), picks("money")},
		{"one typed place", ranking, open("money"), typing("1番"), open("money", "sales")},
		{"a whole ranking typed", ranking, open("people"), typing("3 1 2"), picks("money", "sales", "people")},
		{"a whole ranking typed without blanks", ranking, Answer{}, typing("３１２"), picks("money", "sales", "people")},
		{"a whole ranking in words", ranking, Answer{}, typing("お金＞売り先"), picks("money", "sales")},
		{"a whole ranking of a form", ranking, Answer{}, pressing("none", "sales"), picks("none", "sales")},
		{"a ranking that was whole begins anew", ranking, picks("money", "sales"), Input{Next: "people"}, open("people")},
	} {
		t.Run(c.rule, func(t *testing.T) {
			before := slices.Clone(c.was.Picked)
			got, err := c.q.Read(c.in, c.was, nil)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(before, c.was.Picked); diff != "" {
				t.Error("the answer that stood was changed:", diff)
			}
		})
	}
}

func TestReadAnswerRefuses(t *testing.T) {
	for _, c := range []struct {
		rule, key string
		q         Question
		in        Input
	}{
		{"a choice that there is not", "error.choice", single, pressing("never")},
		{"a real choice beside a made-up one", "error.choice", multi, pressing("now", "never")},
		{"two of a single question", "error.choice", single, pressing("now", "soon")},
		{"nothing at all", "error.choice", multi, Input{}},
		{"a number past the choices", "error.choice", single, typing("4")},
		{"words that are no choice", "error.choice", single, typing("いつか")},
		{"a number past the choices where one is written out", "error.choice", oneOf, typing("９番")},
		{"a number past the choices among others", "error.choice", someOf, typing("1、9")},
		{"an emoji where one is written out", "error.choice", oneOf, typing(":+1: :woman-bowing::skin-tone-2:")},
		{"an emoji as the words of a choice", "error.sticker", oneOf, typing("そのほか：:+1:")},
		{"words that name no choice where one is written out", "error.choice", oneOf, typing("今日は忙しいのでまた今度にします")},
		{"half a label where one is written out", "error.choice", oneOf, typing("売り")},
		{"a label within a sentence", "error.choice", oneOf, typing("たぶん そのほか：窯")},
		{"a word that begins like the label", "error.choice", oneOf, typing("そのほかには何もない")},
		{"words beside the choices of several", "error.choice", someOf, typing("2、窯の修理")},
		{"words before the choice that is written out", "error.choice", someOf, typing("窯、そのほか：屋根")},
		{"an emoji for words", "error.sticker", short, typing(" :fire: ")},
		{"none of these with others", "error.choice_alone", someOf, pressing("none", "sales")},
		{"fewer than the least", "error.choice_least", upToTwo, typing("1")},
		{"more than the most", "error.choice_most", upToTwo, typing("1 2 3")},
		{"a negation as a yes", "error.choice", yesNo, typing("お願いしません")},
		{"yes and no at once", "error.choice", yesNo, typing("はい、いいえ")},
		{"a word that means either", "error.choice", yesNo, typing("大丈夫です")},
		{"an answer that is none of the two", "error.choice", yesNo, pressing("maybe")},
		{"a scale's zero", "error.scale", scale, typing("0")},
		{"a scale past its end", "error.scale", scale, typing("6")},
		{"half a point of a scale", "error.scale", scale, typing("3.5")},
		{"words for a scale", "error.scale", scale, typing("とても")},
		{"only spaces", "error.answer_required", short, typing(" 　\n")},
		{"only zero-width characters", "error.answer_required", short, typing("\u200b\u2060\ufeff")},
		{"too long by one", "error.too_long", short, typing(strings.Repeat("継", 301))},
		{"longer than the question allows", "error.too_long", limited, typing(strings.Repeat("継", 11))},
		{"too many words beside a choice", "error.too_long", oneOf, Input{Picked: []string{"other"}, Text: strings.Repeat("継", 301)}},
		{"skipping what is needed", "error.answer_required", short, Input{Skip: true}},
		{"a ranking of nothing", "error.answer_required", ranking, Input{End: true}},
		{"the same place twice", "error.ranking_twice", ranking, typing("1 1 2")},
		{"more places than there are", "error.choice_most", ranking, typing("1 2 3 4")},
		{"a place for no choice", "error.choice", ranking, Input{Next: "never"}},
		{"words for a number", "error.number_wanted", staff, typing("たくさん")},
		{"two numbers", "error.number_wanted", staff, typing("1 2")},
		{"no whole number", "error.number_wanted", staff, typing("2.5人")},
		{"no whole number of the unit", "error.number_wanted", turnover, typing("5000円")},
		{"another unit", "error.number_wanted", turnover, typing("300ドル")},
		{"commas in odd places", "error.number_wanted", anyNumber, typing("3,00")},
		{"multipliers in odd places", "error.number_wanted", anyNumber, typing("3百千")},
		{"a number past what a sheet holds", "error.number_wanted", anyNumber, typing("1000000000000000")},
		{"a number without end", "error.number_wanted", anyNumber, typing(strings.Repeat("9", 300))},
		{"a number past both bounds", "error.number_between", staff, typing("2001")},
		{"a number under its bound", "error.number_low", turnover, typing("0")},
		{"a number over its bound", "error.number_high", growth, typing("三百")},
		{"a day that does not exist", "error.date", anyDay, typing("2027年2月29日")},
		{"a day of no year", "error.date", anyDay, typing("4月1日")},
		{"a month", "error.date", anyDay, typing("2027年4月")},
		{"the year zero of an era", "error.date", anyDay, typing("令和0年4月1日")},
		{"a year of two digits", "error.date", anyDay, typing("27/4/1")},
		{"what no picker sends", "error.date", anyDay, Input{Date: "2027-4-1"}},
		{"a day before the first", "error.date_between", thisYear, typing("2026-03-31")},
		{"a day after the last", "error.date_between", thisYear, typing("2027-04-01")},
		{"a day too early", "error.date_early", fromApril, typing("2026-03-31")},
		{"a day too late", "error.date_late", toMarch, typing("2027-04-01")},
		{"a name of two people", "error.person_which", whom, typing("鈴木一郎")},
		{"half a name", "error.person_which", whom, typing("佐藤")},
		{"a name of nobody", "error.person_none", whom, typing("田中")},
		{"somebody who may not be named", "error.person_none", whom, pressing("p9")},
	} {
		t.Run(c.rule, func(t *testing.T) {
			got, err := c.q.Read(c.in, Answer{}, roster)
			e, ok := AsError(err)
			if !ok || e.Key != c.key || e.Field != c.q.ID {
				t.Errorf("Read = %+v, %v, want %s beside %s", got, err, c.key, c.q.ID)
			}
		})
	}
}

func TestTheChoiceThatWasMeantIsNamed(t *testing.T) {
	for typed, want := range map[string]string{
		"3年": "soon", "決めていない": "open", "within 3 yers": "soon", "すくに": "now", "いつか": "", "年": "", "": "",
	} {
		_, err := single.Read(typing(typed), Answer{}, nil)
		e, _ := AsError(err)
		if e == nil {
			t.Errorf("%q was taken", typed)
			continue
		}
		got := ""
		if near := e.Args["Near"].(*Choice); near != nil {
			got = near.ID
		}
		if got != want {
			t.Errorf("near %q is %q, want %q", typed, got, want)
		}
		if e.Args["Write"] != nil {
			t.Errorf("%q: there is no choice to be written out", typed)
		}
		if diff := cmp.Diff(single.Choices, e.Args["Choices"]); diff != "" {
			t.Error(diff)
		}
	}
}

// TestHowToWriteAChoiceOutIsSaid: only after typed text, where there is such a choice.
func TestHowToWriteAChoiceOutIsSaid(t *testing.T) {
	for _, q := range []Question{oneOf, someOf} {
		for in, want := range map[string]any{"忙しい": issues[4], "": nil} {
			_, err := q.Read(typing(in), Answer{}, nil)
			e, _ := AsError(err)
			if diff := cmp.Diff(want, e.Args["Write"]); diff != "" {
				t.Errorf("%s, %q: %s", q.Kind, in, diff)
			}
		}
	}
}

// kinds has a question of every kind and limit.
var kinds = []Question{
	single, multi, oneOf, upToTwo, someOf, ranking, scale, yesNo, staff, turnover, growth, anyNumber, anyDay, thisYear, whom, short, long, freely, limited,
}

// FuzzReadTyped: whatever is typed is a refusal for people, or an answer within the
// limits of its question.
func FuzzReadTyped(f *testing.F) {
	for _, s := range []string{
		"", "1", "１、２", "すぐに", "\x00", "𠮷", "🙂", strings.Repeat("あ", 4000), "そのほか：窯", "1、そのほか「窯」", "人手とお金", "1億2千万円", "-3", "令和9年4月1日",
		"April 1, 2027", "さとうはなこ", "はい、お願いします", "3>1>2", "\u200b", "とくにない 1",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, q := range kinds {
			for _, was := range []Answer{{}, {Picked: []string{"other"}, Open: true}, {Picked: []string{"money"}, Open: true}} {
				if was.Open && !slices.ContainsFunc(q.Choices, func(c Choice) bool { return c.ID == was.Picked[0] }) {
					continue
				}
				a, err := q.Read(typing(s), was, roster)
				if err != nil {
					if e, ok := AsError(err); !ok || e.Field != q.ID {
						t.Errorf("%s: %v is not meant for people", q.Kind, err)
					}
					continue
				}
				if fault := outside(q, a); fault != "" {
					t.Errorf("%s: %q became %+v: %s", q.Kind, s, a, fault)
				}
			}
		}
	})
}

// outside says what of an answer does not go with its question.
func outside(q Question, a Answer) string {
	offered := map[string]Choice{}
	for _, c := range q.Choices {
		offered[c.ID] = c
	}
	write, alone := false, false
	for i, id := range a.Picked {
		c, known := offered[id]
		if q.Kind == YesNo {
			known = id == "yes" || id == "no"
		}
		if q.Kind == Whom {
			known = slices.ContainsFunc(roster, func(p Person) bool { return string(p.ID) == id })
		}
		if !known || slices.Contains(a.Picked[:i], id) {
			return "no choice, or twice: " + id
		}
		write, alone = write || c.Write, alone || c.Alone
	}
	n := len(a.Picked)
	switch q.Kind {
	case Single, YesNo, Whom:
		if n != 1 {
			return "not one"
		}
	case Multi:
		if n == 0 || alone && n > 1 || !alone && n < q.Least || q.Most > 0 && n > q.Most {
			return "outside its bounds"
		}
	case Ranking:
		if n == 0 || n > q.Most || a.Open && n == q.Most {
			return "not so many places"
		}
	case Scale:
		if a.Number < 1 || a.Number > q.Max {
			return "off the scale"
		}
	case Number:
		if q.From != nil && a.Number < *q.From || q.Until != nil && a.Number > *q.Until {
			return "outside its bounds"
		}
	case Day:
		if _, err := time.Parse(time.DateOnly, string(a.Date)); err != nil || a.Date < q.Earliest || q.Latest != "" && a.Date > q.Latest {
			return "no such day"
		}
	default:
		if strings.TrimSpace(a.Text) == "" {
			return "says nothing"
		}
	}
	if q.Kind != Ranking && a.Open != (write && a.Text == "") {
		return "is open, and should not be, or the other way round"
	}
	if len([]rune(a.Text)) > q.Longest() {
		return "too long"
	}
	return ""
}
