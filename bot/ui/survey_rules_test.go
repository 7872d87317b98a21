package ui_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func TestEveryKindOfClickIsReadAsTheAnswerItShows(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	for _, c := range []struct {
		rule, drawing, label, question string
		want                           programme.Input
	}{
		{"the first place of a ranking", "full-asked-issues", "お金まわり", "issues", programme.Input{Next: "money"}},
		{"the next place among few", "survey-ranking", "人手・働く人のこと", "issues", programme.Input{Next: "people"}},
		{"a ranking ends early", "survey-ranking", "2つまでにする", "issues", programme.Input{End: true}},
		{"a choice that is written out", "full-asked-role", "そのほか", "role", programme.Input{Picked: []string{"other"}}},
		{"an optional day is left out", "full-asked-since", "とばす", "since", programme.Input{Skip: true}},
	} {
		got, err := ui.ReadAnswer(clickOn(t, drawn[c.drawing], c.label), nil)
		want := ui.Answered{Response: "01KR", Question: c.question, Input: c.want}
		if d := cmp.Diff(want, got); err != nil || d != "" {
			t.Errorf("%s: %v %s", c.rule, err, d)
		}
	}
	for rule, c := range map[string]struct {
		click slack.BlockAction
		want  programme.Input
	}{
		"a day": {slack.BlockAction{ActionID: ui.ActionSurveyDate, BlockID: "answer|01KR|q", SelectedDate: "2027-04-01"}, programme.Input{Date: "2027-04-01"}},
		"a person": {slack.BlockAction{ActionID: ui.MenuSurveyPeople, BlockID: "answer|01KR|q",
			SelectedOption: slack.OptionBlockObject{Value: "01JM"}}, programme.Input{Picked: []string{"01JM"}}},
		"a place from a menu": {slack.BlockAction{ActionID: ui.ActionSurveyRank, BlockID: "answer|01KR|q|2",
			SelectedOption: slack.OptionBlockObject{Value: "c7"}}, programme.Input{Next: "c7"}},
	} {
		got, err := ui.ReadAnswer(c.click, nil)
		if d := cmp.Diff(ui.Answered{Response: "01KR", Question: "q", Input: c.want}, got); err != nil || d != "" {
			t.Errorf("%s: %v %s", rule, err, d)
		}
	}
}

func TestLaterIsReadAsTheMomentChosen(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	id, when, err := ui.LaterWished(clickOn(t, drawn["survey-invite"], "明日の朝（8:00）"))
	if id != "01KR" || when != programme.LaterMorning || err != nil {
		t.Errorf("%q %q %v", id, when, err)
	}
	for _, click := range []slack.BlockAction{
		{}, {BlockID: "later|01KR"},
		{BlockID: "later|01KR", SelectedOption: slack.OptionBlockObject{Value: "never"}},
		{BlockID: "x", SelectedOption: slack.OptionBlockObject{Value: "tonight"}},
	} {
		if _, _, err := ui.LaterWished(click); !errors.Is(err, &programme.Error{Code: programme.CodeClosed}) {
			t.Errorf("%+v: %v", click, err)
		}
	}
}

func TestAMenuOfPeopleSaysWhichQuestionItIsOf(t *testing.T) {
	sheet := returned(t, sample().drawings(t, ui.NewLocale("ja", tokyo))["sheet-2"])
	for rule, c := range map[string]struct {
		block string
		view  *slack.View
	}{
		"in a message": {"answer|01KR|whom", nil},
		"in a sheet":   {ui.FieldBlock(sheet, "whom"), &sheet},
	} {
		if id, q, err := ui.Offered(c.block, c.view); id != "01KR" || q != "whom" || err != nil {
			t.Errorf("%s: %q %q %v", rule, id, q, err)
		}
	}
	if _, _, err := ui.Offered("answer|", nil); !errors.Is(err, &programme.Error{Code: programme.CodeClosed}) {
		t.Errorf("of another program: %v", err)
	}
}

func TestASheetIsReadAsItWasFilled(t *testing.T) {
	c := sample()
	drawn := c.drawings(t, ui.NewLocale("ja", tokyo))
	want := map[string]map[string]programme.Input{
		"sheet-1": {"taken": {}, "since": {}, "staff": {}, "issues": {}},
		"sheet-1-filled": {"taken": {Picked: []string{"yes"}}, "since": {Date: "2026-04-01"}, "staff": {Text: "1200"},
			"issues": {Picked: []string{"money", "sales"}}},
		"sheet-2-filled": {"role": {Picked: []string{"owner"}}, "tried": {Picked: []string{"people", "money"}}, "sure": {Picked: []string{"5"}},
			"whom": {Picked: []string{"01JM"}}, "word": {Text: c.typed}, "free": {Text: c.typed}},
	}
	for name, answers := range want {
		for _, draft := range []bool{false, true} {
			form, in, err := ui.ReadSheet(returned(t, drawn[name]), draft)
			page := map[byte]string{'1': "firm", '2': "wishes"}[name[len("sheet-")]]
			expected := programme.SheetInput{Page: page, Opened: time.UnixMilli(1_788_300_000_123).UTC(), Draft: draft,
				Via: programme.ViaForm, Answers: answers}
			if d := cmp.Diff(expected, in); err != nil || d != "" || form.Subject != "01KR" || form.Op != "01KOP" {
				t.Errorf("%s: %+v %v %s", name, form, err, d)
			}
		}
	}
	if _, _, err := ui.ReadSheet(slack.View{PrivateMetadata: "{"}, false); !errors.Is(err, &programme.Error{Code: programme.CodeClosed}) {
		t.Errorf("of another program: %v", err)
	}
}

func TestWhatIsWrittenOutOnASheetGoesWithItsChoice(t *testing.T) {
	v := returned(t, sample().drawings(t, ui.NewLocale("ja", tokyo))["sheet-2"])
	role := ui.FieldBlock(v, "role")
	v.State.Values[role]["value"] = slack.BlockAction{SelectedOption: slack.OptionBlockObject{Value: "other"}}
	v.State.Values[role+"#write"]["value"] = slack.BlockAction{Value: "顧問"}
	_, in, err := ui.ReadSheet(v, false)
	if d := cmp.Diff(programme.Input{Picked: []string{"other"}, Text: "顧問"}, in.Answers["role"]); err != nil || d != "" {
		t.Errorf("%v %s", err, d)
	}
}

func TestTheOfficeSaysHowItGotTheAnswers(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	if _, in, err := ui.ReadSheet(returned(t, drawn["sheet-office-phone"]), false); err != nil || in.Via != programme.ViaPhone {
		t.Errorf("as on the page before: %+v %v", in, err)
	}
	v := returned(t, drawn["sheet-office"])
	v.State.Values[ui.FieldBlock(v, "#via")]["value"] = slack.BlockAction{SelectedOption: slack.OptionBlockObject{Value: "paper"}}
	if _, in, err := ui.ReadSheet(v, false); err != nil || in.Via != programme.ViaPaper || len(in.Answers) != 4 {
		t.Errorf("%+v %v", in, err)
	}
}

func TestFaultsOfASheetFindTheirInputs(t *testing.T) {
	c := sample()
	drawn := c.drawings(t, ui.NewLocale("ja", tokyo))
	for i, p := range c.full.Pages() {
		v := returned(t, drawn[[]string{"sheet-1", "sheet-2"}[i]])
		for _, q := range p.Questions {
			block := ui.FieldBlock(v, q.ID)
			if _, ok := v.State.Values[block]; !ok {
				t.Errorf("%s stands beside %q, which is no input", q.ID, block)
			}
		}
	}
}

// surveyDrawings are those that answers stand in.
func surveyDrawings(t *testing.T, c cast) map[string]drawing {
	out := map[string]drawing{}
	c.answering(t, ui.NewLocale("ja", tokyo), out)
	return out
}

func TestAnswersAreShownAsWrittenWithoutMarkup(t *testing.T) {
	c := sample()
	c.typed = "*太字* <@U1> & `窯` :fire:\n> 引用"
	shown := 0
	for name, d := range surveyDrawings(t, c) {
		var tree any
		if err := json.Unmarshal(append(slices.Clone(d.Blocks), d.View...), &tree); err != nil {
			t.Fatal(err)
		}
		for _, s := range markedUp(tree) {
			if strings.Contains(s, "太字") {
				t.Errorf("%s: markup of a person: %q", name, s)
			}
		}
		written, err := json.Marshal(c.typed)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(d.Blocks), strings.Trim(string(written), `"`)) {
			shown++
		}
	}
	if shown < 4 {
		t.Errorf("shown verbatim in %d messages only", shown)
	}
}

func TestNotificationsDoNotSayWhatIsAsked(t *testing.T) {
	c := sample()
	for name, d := range surveyDrawings(t, c) {
		for _, q := range slices.Concat(c.def.Questions, c.full.Questions) {
			if strings.Contains(d.Text, strings.TrimRight(q.Words.Ja, "。")) {
				t.Errorf("%s: %q", name, d.Text)
			}
		}
	}
}

func TestASetAsideQuestionShowsNoAnswerAndNoButton(t *testing.T) {
	d := surveyDrawings(t, sample())["survey-set-aside"]
	if got := actionsOf(t, d); len(got) > 0 || strings.Contains(string(d.Blocks), "2026年4月1日") {
		t.Errorf("%v in %s", got, d.Blocks)
	}
}

func TestNothingOfAClosedSurveyCanBePressed(t *testing.T) {
	c := sample()
	l := ui.NewLocale("ja", tokyo)
	for _, m := range []programme.Matter{
		{Notice: notice(programme.NoticeSurveyInvite), Dialogue: c.dialogue(2, programme.Started, "where")},
		{Notice: notice(programme.NoticeSurveyQuestion), Dialogue: c.dialogue(2, programme.Started, "where"), Question: c.def.Questions[2], Asked: true},
		{Notice: notice(programme.NoticeSurveyQuestion), Dialogue: c.dialogue(2, programme.Started, "where"), Question: c.def.Questions[0]},
		{Notice: notice(programme.NoticeSurveyReceipt), Dialogue: c.dialogue(6, programme.Done, "")},
		{Notice: notice(programme.NoticeSurveyStop), Dialogue: c.dialogue(2, programme.Started, "where"), Asked: true},
		{Notice: notice(programme.NoticeSurveyLater), Dialogue: c.dialogue(2, programme.Started, "")},
		{Notice: notice(programme.NoticeSurveyChase), Dialogue: c.dialogue(2, programme.Started, "")},
		{Notice: notice(programme.NoticeSurveyReopened), Dialogue: c.dialogue(6, programme.Done, "")},
	} {
		m.To, m.Over = c.atsugi, true
		if got := actionsOf(t, message(t, m, l)); len(got) > 0 {
			t.Errorf("%s offers %v", m.Notice.Kind, got)
		}
	}
}

func TestAnAnonymousSurveyOffersTheSheetOnly(t *testing.T) {
	drawn := surveyDrawings(t, sample())
	if got := actionsOf(t, drawn["survey-invite-secret"]); slices.Contains(got, ui.ActionSurveyStart) || !slices.Contains(got, ui.ActionSurveyForm) {
		t.Errorf("invitation: %v", got)
	}
	for _, name := range []string{"survey-invite-cast", "sheet-secret", "sheet-cast"} {
		if got := actionsOf(t, drawn[name]); len(got) > 0 {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func FuzzReadSheet(f *testing.F) {
	f.Add(`{"private_metadata":"{\"op\":\"01\"}","blocks":[{"type":"input","block_id":"sheet.q"}],"state":{"values":{"sheet.q":{"value":{"value":"x"}}}}}`)
	f.Fuzz(func(t *testing.T, raw string) {
		var v slack.View
		if json.Unmarshal([]byte(raw), &v) != nil {
			return
		}
		form, in, err := ui.ReadSheet(v, false)
		if err == nil && (form.Op == "" || in.Via == "") {
			t.Fatal("a form without an operation id was taken")
		}
	})
}
