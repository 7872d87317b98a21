package papers_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tsugite/bot/papers"
	"tsugite/programme"
)

func both(ja, en string) programme.Text { return programme.Text{Ja: ja, En: en} }

func num(n int) *int { return &n }

// printed is a survey with a question of every kind.
func printed() programme.SurveyDef {
	when := func(question string, is ...string) programme.Condition {
		return programme.Condition{Question: question, Is: is}
	}
	return programme.SurveyDef{
		ID: "status", Title: both("現状把握", "Where you stand"), Intro: both("近況を教えてください。", "How are you?"),
		Sections: []programme.Section{{ID: "firm", Title: both("家業について", "Your firm")}, {ID: "you", Title: both("あなたについて", "You"), Help: both("もう少しです。", "")}},
		Questions: []programme.Question{
			{ID: "when", Section: "firm", Kind: programme.Single, Words: both("継ぐのはいつ", "When"), Help: both("今のお考えで", "As it is"), Choices: []programme.Choice{
				{ID: "done", Words: both("もう継いだ", "I have")}, {ID: "soon", Words: both("1年以内", "Soon")}, {ID: "other", Words: both("そのほか", "Else"), Write: true},
			}},
			{ID: "staff", Section: "firm", Kind: programme.Number, Words: both("従業員", "Staff"), Unit: both("人", "people"), From: num(0), Until: num(500)},
			{ID: "day", Section: "firm", Kind: programme.Day, Words: both("交代の日", "Day"), When: when("when", "done", "soon")},
			{ID: "tried", Section: "you", Kind: programme.Multi, Most: 2, Words: both("試したこと", "Tried"), Choices: []programme.Choice{{ID: "a", Words: both("新商品", "Product")}}},
			{ID: "rank", Section: "you", Kind: programme.Ranking, Most: 2, Words: both("大切なもの", "Dear"), Choices: []programme.Choice{{ID: "a", Words: both("技", "Craft")}, {ID: "b", Words: both("人", "People")}, {ID: "c", Words: both("金", "Money")}}},
			{ID: "scale", Section: "you", Kind: programme.Scale, Max: 5, Low: both("低い", "low"), High: both("高い", "high"), Words: both("満足", "Content"),
				When: programme.Condition{All: []programme.Condition{
					{Question: "staff", AtLeast: num(10)},
					{Any: []programme.Condition{{Question: "day", Since: "2027-04-01", Before: "2028-04-01"}, {Not: &programme.Condition{Question: "tried", Answered: true}}}},
				}}},
			{ID: "wish", Section: "you", Kind: programme.YesNo, Words: both("個別の相談", "Talks"), Optional: true},
			{ID: "who", Section: "you", Kind: programme.Whom, Words: both("相談相手", "Who")},
			{ID: "free", Section: "you", Kind: programme.LongText, Words: both("=自由に", "=Freely")},
		},
	}
}

// sheet reads a survey's sheet as lines of cells that have words.
func sheet(t *testing.T, def programme.SurveyDef, lang string) (*excelize.File, string) {
	t.Helper()
	data, err := papers.SurveySheet(def, time.Date(2026, 9, 15, 14, 59, 0, 0, time.UTC), tokyo, lang)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	var lines []string
	for _, r := range rows(t, f, f.GetSheetName(0)) {
		if words := strings.Join(strings.Fields(strings.Join(r, " ")), " "); words != "" {
			lines = append(lines, words)
		}
	}
	return f, strings.Join(lines, "\n")
}

func TestASheetHasEveryQuestionInOrder(t *testing.T) {
	for lang, want := range map[string]string{"ja": `現状把握
締切：2026年9月15日(火) 23:59
お名前：
近況を教えてください。
家業について
問1 継ぐのはいつ
今のお考えで
一つに印をつけてください。
□ もう継いだ
□ 1年以内
□ そのほか（ ）
問2 従業員
0人から500人まで
____________ 人
問3 交代の日
→ 問1で「もう継いだ」か「1年以内」と答えた方だけ、お答えください。
________ 年 ______ 月 ______ 日
あなたについて
もう少しです。
問4 試したこと
2つまで印をつけてください。
□ 新商品
問5 大切なもの
大切な順に、番号を書いてください。
(1) 技
(2) 人
(3) 金
1番目：
2番目：
問6 満足
→ 問2で10人以上と答えた、かつ、（問3で2027年4月1日以降、2028年4月1日より前と答えた、または、「問4に答えた」に当てはまらない）方だけ、お答えください。
一つに印をつけてください。
□ 1 □ 2 □ 3 □ 4 □ 5
1：低い 〜 5：高い
問7 個別の相談（任意）
一つに印をつけてください。
□ はい
□ いいえ
問8 相談相手
お名前を書いてください。
問9 =自由に`, "en": `Where you stand
Please return by Tuesday, 15 September 2026, 23:59
Name:
How are you?
Your firm
Q1 When
As it is
Tick one box.
□ I have
□ Soon
□ Else: ______________________________
Q2 Staff
From 0 people to 500 people
____________ people
Q3 Day
→ Only if you answered “I have” or “Soon” to Q1.
Day ______ Month ______ Year ________
You
もう少しです。
Q4 Tried
Tick up to 2 boxes.
□ Product
Q5 Dear
Write the numbers, the most important first.
(1) Craft
(2) People
(3) Money
No. 1:
No. 2:
Q6 Content
→ Only if you answered 10 people or more to Q2, and (you answered 1 April 2027 or later and before 1 April 2028 to Q3, or it is not so that you answered Q4).
Tick one box.
□ 1 □ 2 □ 3 □ 4 □ 5
1: low … 5: high
Q7 Talks (optional)
Tick one box.
□ Yes
□ No
Q8 Who
Write a name.
Q9 =Freely`} {
		if _, got := sheet(t, printed(), lang); got != want {
			t.Errorf("%s:\n%s", lang, got)
		}
	}
}

func TestANamelessSheetAsksForNoName(t *testing.T) {
	def := printed()
	def.Anonymous = true
	if _, got := sheet(t, def, "ja"); strings.Contains(got, "お名前：") || !strings.Contains(got, "お名前は書かないでください") {
		t.Error(got)
	}
}

func TestASheetIsForA4(t *testing.T) {
	f, _ := sheet(t, printed(), "ja")
	layout, err := f.GetPageLayout("アンケート")
	if err != nil || *layout.Size != 9 || *layout.Orientation != "portrait" || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 {
		t.Errorf("%+v: %v", layout, err)
	}
	names := f.GetDefinedName()
	if len(names) != 1 || names[0].Name != "_xlnm.Print_Titles" || names[0].RefersTo != "'アンケート'!$1:$2" {
		t.Errorf("%+v", names)
	}
}

// TestLongWordsHaveRoom: a row is as high as its words, two digits to a character.
func TestLongWordsHaveRoom(t *testing.T) {
	def := printed()
	def.Intro = both(strings.Repeat("あ", 82)+"\n短い", "")
	f, _ := sheet(t, def, "ja")
	if h, err := f.GetRowHeight("アンケート", 4); err != nil || h != 54 { // two full lines, and the short one
		t.Errorf("%v points: %v", h, err)
	}
}

func TestNothingOnASheetIsAFormula(t *testing.T) {
	f, _ := sheet(t, printed(), "ja")
	for i, r := range rows(t, f, "アンケート") {
		for j := range r {
			cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
			if formula, err := f.GetCellFormula("アンケート", cell); err != nil || formula != "" {
				t.Error(fmt.Sprint(cell, formula, err))
			}
		}
	}
}
