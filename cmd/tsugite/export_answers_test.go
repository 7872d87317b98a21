package main

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"tsugite/db"
	"tsugite/programme"
)

// exportDef is a survey with a question of every kind that an export writes.
func exportDef() programme.SurveyDef {
	words := func(ja, en string) programme.Text { return programme.Text{Ja: ja, En: en} }
	three, hundred := 3, 100
	return programme.SurveyDef{ID: "status", Title: words("現状把握", "Where you stand"), Questions: []programme.Question{
		{ID: "role", Kind: programme.Single, Words: words("役割", "Role"), ShownTo: []programme.Reader{programme.ReadMentor, programme.ReadBureau},
			Choices: []programme.Choice{{ID: "head", Words: words("代表", "Head")}, {ID: "other", Words: words("その他", "Other"), Write: true}}},
		{ID: "tried", Kind: programme.Multi, Words: words("試したこと", "Tried"), Optional: true, Most: 2,
			Choices: []programme.Choice{{ID: "shop", Words: words("直売", "Shop")}, {ID: "fair", Words: words("展示会", "Fair")}}},
		{ID: "mood", Kind: programme.Scale, Max: 5, Words: words("手応え", "Mood"), Low: words("弱い", "weak"), High: words("強い", "strong")},
		{ID: "staff", Kind: programme.Number, Words: words("人数", "Staff"), From: &three, Until: &hundred, Unit: words("人", "people")},
		{ID: "when", Kind: programme.Day, Words: words("時期", "When"), Earliest: "2026-04-01"},
		{ID: "rank", Kind: programme.Ranking, Words: words("順位", "Rank"), Most: 2,
			Choices: []programme.Choice{{ID: "money", Words: words("資金", "Money")}, {ID: "heirs", Words: words("後継", "Heirs")}}},
		{ID: "whom", Kind: programme.Whom, Words: words("相談相手", "Whom")},
		{ID: "secret", Kind: programme.YesNo, Words: words("内緒", "Secret"), TotalsOnly: true},
		{ID: "word", Kind: programme.LongText, Words: words("ひとこと", "A word"), When: programme.Condition{Any: []programme.Condition{
			{All: []programme.Condition{{Question: "role", Is: []string{"head", "other"}}, {Question: "mood", AtLeast: &three}}},
			{Not: &programme.Condition{Question: "tried", Answered: true}},
			{Question: "when", Since: "2027-04-01", Before: "2030-04-01"},
		}}},
	}}
}

// fillAnswers keeps the survey "S1", with two who were asked, and the anonymous "V1".
func fillAnswers(file string) error {
	store, err := db.Open(context.Background(), file)
	if err != nil {
		return err
	}
	at := time.Date(2026, 9, 1, 9, 30, 0, 0, time.FixedZone("JST", 9*60*60))
	err = store.Write(context.Background(), func(tx programme.Tx) error {
		first := programme.Person{ID: "P1", Name: "一番 朝子", Kana: "いちばん", Organisation: "=一番工業", Prefecture: "茨城県",
			Cohorts: []string{"R6", "R7"}, Roles: []programme.Role{programme.Atsugi}}
		second := programme.Person{ID: "P2", Name: "二番 夕子", Kana: "にばん", Roles: []programme.Role{programme.Atsugi}}
		errs := errors.Join(tx.SavePerson(first), tx.SavePerson(second),
			tx.CreateSurvey("op1", programme.Survey{ID: "S1", Def: exportDef(), Edition: 2, Launched: at, Opens: at, Closes: at.AddDate(0, 0, 14)}),
			tx.CreateSurvey("op2", programme.Survey{ID: "V1", Def: programme.SurveyDef{ID: "voice", Anonymous: true}, Launched: at.Add(-1),
				Opens: at, Closes: at.AddDate(200, 0, 0)}),
			tx.CreateResponse(programme.Response{ID: "R1", Survey: "S1", Person: "P1", State: programme.Done, DoneAt: at.Add(time.Hour)}),
			tx.CreateResponse(programme.Response{ID: "R2", Survey: "S1", Person: "P2", State: programme.Asked}))
		for i, a := range []programme.Answer{
			{Question: "role", Picked: []string{"head"}},
			{Question: "role", Picked: []string{"other"}, Text: "工場長"},
			{Question: "tried", Picked: []string{"shop", "fair"}},
			{Question: "mood", Number: 4, By: "P2", Via: programme.ViaPhone},
			{Question: "staff", Number: 1200},
			{Question: "when", Date: "2027-04-01"},
			{Question: "rank", Picked: []string{"heirs", "money"}},
			{Question: "whom", Picked: []string{"P2"}},
			{Question: "secret", Picked: []string{"yes"}},
			{Question: "word", Text: "=HYPERLINK(\"x\")\n二行目"},
		} {
			a.Response, a.At = "R1", at.Add(time.Duration(i)*time.Second)
			if a.By == "" {
				a.By, a.Via = "P1", programme.ViaChat
			}
			_, err := tx.SaveAnswer(a)
			errs = errors.Join(errs, err)
		}
		return errs
	})
	return errors.Join(err, store.Close())
}

// answered fills a new database of a script.
func answered(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(fillAnswers(ts.MkAbs(args[0])))
}

func TestWorkbookOfAnswers(t *testing.T) {
	dir := t.TempDir()
	database, out := filepath.Join(dir, "a.db"), filepath.Join(dir, "a.xlsx")
	if err := fillAnswers(database); err != nil {
		t.Fatal(err)
	}
	c := exportAnswers{outlet: outlet{where: where{DB: database}, Out: out, Lang: "ja"}}
	f := workbook(t, out, c.Run)
	rows := func(name string) [][]string {
		t.Helper()
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	for name, want := range map[string][][]string{
		"回答": {
			{"氏名", "ふりがな", "所属", "都道府県", "年度", "状態", "回答日時", "事務局の入力", "変更した設問（番号・設問ID）",
				"役割", "試したこと", "手応え", "人数", "時期", "順位", "相談相手", "ひとこと"},
			{"一番 朝子", "いちばん", "=一番工業", "茨城県", "R6;R7", "回答済み", "2026-09-01 10:30", "電話 1問", "1 role",
				"その他「工場長」", "直売、展示会", "4", "1200", "2027-04-01", "1位 後継、2位 資金", "二番 夕子", "=HYPERLINK(\"x\")\n二行目"},
			{"二番 夕子", "にばん", "", "", "", "未回答"},
		},
		"設問一覧": {
			{"番号", "設問ID", "設問（日本語）", "設問（英語）", "答え方", "必須", "選択肢", "範囲・単位", "たずねる条件", "見る人", "備考"},
			{"1", "role", "役割", "Role", "一つ選ぶ", "必須", "head: 代表 / Head\nother: その他 / Other", "", "", "事務局、担当専門家、関東経済産業局"},
			{"2", "tried", "試したこと", "Tried", "いくつでも選ぶ", "任意", "shop: 直売 / Shop\nfair: 展示会 / Fair", "〜2", "", "事務局"},
			{"3", "mood", "手応え", "Mood", "段階で答える", "必須", "", "1〜5\n1: 弱い\n5: 強い", "", "事務局"},
			{"4", "staff", "人数", "Staff", "数", "必須", "", "3〜100\n人", "", "事務局"},
			{"5", "when", "時期", "When", "日付", "必須", "", "2026-04-01〜", "", "事務局"},
			{"6", "rank", "順位", "Rank", "順位をつける", "必須", "money: 資金 / Money\nheirs: 後継 / Heirs", "〜2", "", "事務局"},
			{"7", "whom", "相談相手", "Whom", "人", "必須", "", "", "", "事務局"},
			{"8", "secret", "内緒", "Secret", "はい・いいえ", "必須", "yes: はい / Yes\nno: いいえ / No", "", "", "集計だけ（だれの回答かは、だれにも見えません）",
				"集計だけを見る設問か、回答が少ない設問のため、回答は書き出していません"},
			{"9", "word", "ひとこと", "A word", "文章", "必須", "", "",
				"（role の答えが「代表」か「その他」 かつ mood の答えが 3 以上） または 次でないとき（tried に答えたとき） または （when の答えが 2027-04-01 以降 かつ when の答えが 2030-04-01 より前）", "事務局"},
		},
	} {
		if diff := cmp.Diff(want, rows(name)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	about := map[string]string{}
	for _, row := range rows("この書き出しについて") {
		about[row[0]] = row[1]
	}
	for item, want := range map[string]string{
		"題": "現状把握", "アンケートの番号": "S1", "定義ファイルの id": "status", "版": "2", "締切": "2026-09-15 09:30", "行の数": "2", "回答済み": "1", "未回答": "1", "回答中": "0",
	} {
		if about[item] != want {
			t.Errorf("%s is %q, want %q", item, about[item], want)
		}
	}
	for _, at := range []string{"C2", "Q2"} {
		if formula, err := f.GetCellFormula("回答", at); formula != "" || err != nil {
			t.Errorf("%s is the formula %q: %v", at, formula, err)
		}
	}
	if kind, err := f.GetCellType("回答", "M2"); kind != excelize.CellTypeUnset || err != nil {
		t.Errorf("a number is of type %v: %v", kind, err)
	}
}

// TestWhatWasWrittenOutIsToldFromChoices: whatever somebody writes, their quotation
// ends where they ended, and choices are what stands outside.
func TestWhatWasWrittenOutIsToldFromChoices(t *testing.T) {
	q := programme.Question{ID: "tried", Kind: programme.Multi, Choices: []programme.Choice{
		{ID: "shop", Words: programme.Text{Ja: "直売", En: "Shop"}},
		{ID: "else", Words: programme.Text{Ja: "そのほか", En: "Something else"}, Write: true},
	}}
	for _, c := range []struct{ text, ja, en string }{
		{"蔵", "直売、そのほか「蔵」", "Shop, Something else “蔵”"},
		{"直売、蔵", "直売、そのほか「直売、蔵」", "Shop, Something else “直売、蔵”"},
		{"蔵」、直売", "直売、そのほか「蔵」」、直売」", "Shop, Something else “蔵」」、直売”"},
		{"a”, Shop", "直売、そのほか「a””, Shop」", "Shop, Something else “a””, Shop”"},
	} {
		a := programme.Answer{Picked: []string{"shop", "else"}, Text: c.text}
		for lang, want := range map[string]string{"ja": c.ja, "en": c.en} {
			if got := speechFor(lang).cell(q, a, true, nil); got != want {
				t.Errorf("%s: %s, want %s", lang, got, want)
			}
		}
	}
}

// TestTheRowsOfBallotsAreSaidToBeNobodys, beside each column and for all of them.
func TestTheRowsOfBallotsAreSaidToBeNobodys(t *testing.T) {
	e := programme.AnswersExport{Survey: programme.Survey{Def: exportDef()}}
	e.Omitted, e.Columns = e.Survey.Def.Questions[:1], e.Survey.Def.Questions[1:]
	for _, anonymous := range []bool{true, false} {
		e.Survey.Def.Anonymous = anonymous
		for i, row := range codebook(e, speechFor("ja")).Rows {
			remark := row[len(row)-1]
			if own := strings.Contains(remark, "一行は"); own != (anonymous && i > 0) || (i == 0) != strings.Contains(remark, "書き出していません") {
				t.Errorf("anonymous %v: %s: %q", anonymous, row[1], remark)
			}
		}
		said := false
		for _, row := range aboutExport(e, time.UTC, speechFor("ja")).Rows {
			said = said || strings.Contains(row[1], "設問ごとに別々の順")
		}
		if said != anonymous {
			t.Errorf("anonymous %v: the order is explained: %v", anonymous, said)
		}
	}
}
