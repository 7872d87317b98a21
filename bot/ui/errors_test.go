package ui_test

import (
	"testing"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// TestRefusedAnswersNameWhatIsTaken: the words name choices with their numbers, bounds
// with their unit and days with their year.
func TestRefusedAnswersNameWhatIsTaken(t *testing.T) {
	zero, most := 0, 20000
	choices := []programme.Choice{{ID: "a", Words: programme.Text{Ja: "すぐに", En: "Now"}}, {ID: "b", Words: programme.Text{Ja: "3年以内", En: "Within 3 years"}}}
	many := make([]programme.Choice, 14)
	for i := range many {
		many[i] = programme.Choice{ID: string(rune('a' + i)), Words: programme.Text{Ja: string(rune('あ' + i))}}
	}
	single := programme.Question{ID: "q", Kind: programme.Single, Choices: choices}
	staff := programme.Question{ID: "q", Kind: programme.Number, Unit: programme.Text{Ja: "人", En: "people"}, From: &zero, Until: &most}
	day := programme.Question{ID: "q", Kind: programme.Day, Earliest: "2027-04-01"}
	whom := programme.Question{ID: "q", Kind: programme.Whom}
	twins := []programme.Person{{ID: "1", Name: "鈴木一郎", Organisation: "鈴木木工"}, {ID: "2", Name: "鈴木一郎", Organisation: "鈴木酒造"}}
	ja, en := ui.NewLocale("ja", tokyo), ui.NewLocale("en", tokyo)
	for _, c := range []struct {
		rule  string
		q     programme.Question
		typed string
		l     ui.Locale
		want  string
	}{
		{"choices by number", single, "いつか", ja, "次の中から、番号か言葉でお答えください。\n1. すぐに\n2. 3年以内"},
		{"the nearest first", single, "within 3 yers", en, "Do you mean “Within 3 years”? Please answer by number or in words.\n1. Now\n2. Within 3 years"},
		{"how to write one out", programme.Question{ID: "q", Kind: programme.Single, Choices: []programme.Choice{
			choices[0], {ID: "other", Words: programme.Text{Ja: "そのほか"}, Write: true}}}, "忙しい", ja,
			"次の中から、番号か言葉でお答えください。\n1. すぐに\n2. そのほか\nそのほかのときは、「そのほか」を押すか、「そのほか：」に続けて書いてください。"},
		{"twelve of many", programme.Question{ID: "q", Kind: programme.Single, Choices: many}, "ん？", ja,
			"次の中から、番号か言葉でお答えください。\n1. あ\n2. ぃ\n3. い\n4. ぅ\n5. う\n6. ぇ\n7. え\n8. ぉ\n9. お\n10. か\n11. が\n12. き\n…"},
		{"bounds with their unit", staff, "20001", ja, "0人から20,000人までの数字でお答えください。"},
		{"bounds with their unit in English", staff, "-1", en, "Please answer with a number from 0 people to 20,000 people."},
		{"days with their year", day, "2026-03-31", ja, "2027年4月1日(木)以降の日でお答えください。"},
		{"people with their firm", whom, "鈴木一郎", ja, "次の中の、どなたでしょうか。氏名と会社名でお答えください。\n鈴木一郎（鈴木木工）、鈴木一郎（鈴木酒造）"},
		{"a choice that goes with no other", programme.Question{ID: "q", Kind: programme.Multi, Choices: []programme.Choice{
			choices[0], {ID: "none", Words: programme.Text{Ja: "とくにない"}, Alone: true}}}, "1、2", ja, "「とくにない」は、ほかの答えと一緒には選べません。"},
	} {
		_, err := c.q.Read(programme.Input{Text: c.typed}, programme.Answer{}, twins)
		if field, text := ui.Sentence(err, "", c.l); field != "q" || text != c.want {
			t.Errorf("%s: %q beside %q", c.rule, text, field)
		}
	}
}
