package ui_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
	"tsugite/rehearsal/blockkit"
)

func TestNotificationsNameNobodyAndNoAnswer(t *testing.T) {
	c := sample()
	secret := []string{c.atsugi.Name, c.atsugi.Organisation, c.mentor.Name, c.supporter.Name, c.typed, c.topic, "まだ話していない", "資金"}
	for _, p := range c.memo.Memo.Parts {
		secret = append(secret, p.Text)
	}
	for _, lang := range ui.Languages {
		for name, d := range c.drawings(t, ui.NewLocale(lang, tokyo)) {
			for _, s := range secret {
				if strings.Contains(d.Text, s) {
					t.Errorf("%s.%s: the text holds %q", name, lang, s)
				}
			}
		}
	}
}

func TestCardsAboutMemosHaveNoContent(t *testing.T) {
	c := sample()
	drawn := c.drawings(t, ui.NewLocale("ja", tokyo))
	for _, name := range []string{"memo-written", "memo-shared"} {
		for _, p := range c.memo.Memo.Parts {
			if strings.Contains(string(drawn[name].Blocks), p.Text) {
				t.Errorf("%s holds %q", name, p.Text)
			}
		}
	}
	for _, who := range []string{c.atsugi.Name, c.atsugi.Organisation, c.mentor.Name} {
		if strings.Contains(string(drawn["memo-shared"].Blocks), who) {
			t.Errorf("the bureau's card names %q", who)
		}
	}
}

// TestWhatNobodyOpenedIsNotShared: the card and Home share what somebody reviewed, once;
// the memo's page, which is open, shares a first version, too.
func TestWhatNobodyOpenedIsNotShared(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	for name, want := range map[string]bool{
		"memo-written": false, "memo-written-reviewed": true, "memo-written-again": false, "memo-written-shared": false,
		"memo-page-office-unread": true, "memo-shared": false, "home-bureau": false,
	} {
		d := drawn[name]
		if got := slices.Contains(actionsOf(t, d), ui.ActionMemoShare); got != want {
			t.Errorf("%s offers to share: %v, want %v", name, got, want)
		}
	}
}

// elements finds every object with an action id.
func elements(t *testing.T, d drawing) (out []map[string]any) {
	t.Helper()
	var tree any
	if err := json.Unmarshal(append(slices.Clone(d.Blocks), d.View...), &tree); err != nil {
		t.Fatal(err)
	}
	var visit func(v any, block string)
	visit = func(v any, block string) {
		switch v := v.(type) {
		case map[string]any:
			if e, ok := v["element"].(map[string]any); ok && v["dispatch_action"] != true {
				e["input"] = true
			}
			if id, ok := v["block_id"].(string); ok {
				block = id
			}
			if v["action_id"] != nil {
				v["block"] = block
				out = append(out, v)
			}
			for _, key := range slices.Sorted(maps.Keys(v)) {
				visit(v[key], block)
			}
		case []any:
			for _, child := range v {
				visit(child, block)
			}
		}
	}
	visit(tree, "")
	return out
}

func actionsOf(t *testing.T, d drawing) (ids []string) {
	for _, e := range elements(t, d) {
		if e["input"] == nil { // read when the form is submitted
			ids = append(ids, ui.ActionOf(e["action_id"].(string)))
		}
	}
	return ids
}

func TestEveryActionIsDrawnAndEveryDrawnOneKnown(t *testing.T) {
	drawn := map[string]bool{}
	for name, d := range sample().drawings(t, ui.NewLocale("ja", tokyo)) {
		for _, id := range actionsOf(t, d) {
			drawn[id] = true
			if !slices.Contains(ui.Actions, id) {
				t.Errorf("%s draws %q, which is no action", name, id)
			}
		}
	}
	for _, id := range ui.Actions {
		if !drawn[id] {
			t.Errorf("nothing draws %q", id)
		}
	}
}

// clickOn makes Slack's action object of pressing the element whose label, or
// whose option, is given.
func clickOn(t *testing.T, d drawing, label string) slack.BlockAction {
	t.Helper()
	for _, e := range elements(t, d) {
		click := slack.BlockAction{ActionID: e["action_id"].(string), BlockID: e["block"].(string)}
		if text, ok := e["text"].(map[string]any); ok && text["text"] == label {
			click.Value, _ = e["value"].(string)
			return click
		}
		options, _ := e["options"].([]any)
		for _, o := range options {
			option := o.(map[string]any)
			if option["text"].(map[string]any)["text"] == label {
				click.SelectedOption.Value = option["value"].(string)
				return click
			}
		}
	}
	t.Fatalf("nothing is labelled %q", label)
	return slack.BlockAction{}
}

func TestClicksAreReadAsTheAnswerTheyShow(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	ticked := map[string]map[string]slack.BlockAction{"answer|01KR|worry": {ui.ActionSurveySelect: {
		SelectedOptions: []slack.OptionBlockObject{{Value: "c1"}, {Value: "c4"}}}}}
	for _, c := range []struct {
		rule, drawing, label string
		state                map[string]map[string]slack.BlockAction
		question             string
		want                 programme.Input
	}{
		{"a button is a choice", "survey-asked-stage", "話し合っている", nil, "stage", programme.Input{Picked: []string{"c2"}}},
		{"yes", "survey-asked-koshien", "はい", nil, "koshien", programme.Input{Picked: []string{"yes"}}},
		{"a number", "survey-asked-sure", "4", nil, "sure", programme.Input{Picked: []string{"4"}}},
		{"a menu answers at once", "survey-asked-where", "埼玉県", nil, "where", programme.Input{Picked: []string{"c4"}}},
		{"ticks are sent by the button", "survey-asked-worry", "次へ", ticked, "worry", programme.Input{Picked: []string{"c1", "c4"}}},
		{"nothing ticked is nothing picked", "survey-asked-worry", "次へ", nil, "worry", programme.Input{}},
		{"an optional question can be left", "survey-asked-free", "とばす", nil, "free", programme.Input{Skip: true}},
		{"change names the question", "survey-answered-sure", "変更", nil, "sure", programme.Input{}},
	} {
		got, err := ui.ReadAnswer(clickOn(t, drawn[c.drawing], c.label), c.state)
		want := ui.Answered{Response: "01KR", Question: c.question, Input: c.want}
		if d := cmp.Diff(want, got); err != nil || d != "" {
			t.Errorf("%s: %v %s", c.rule, err, d)
		}
	}
}

func TestOnlyTicksWaitForTheirButton(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	tick := clickOn(t, drawn["survey-asked-worry"], "資金")
	tick.SelectedOptions, tick.SelectedOption = []slack.OptionBlockObject{tick.SelectedOption}, slack.OptionBlockObject{}
	for rule, c := range map[string]struct {
		click slack.BlockAction
		want  bool
	}{
		"a tick":            {tick, true},
		"the button":        {clickOn(t, drawn["survey-asked-worry"], "次へ"), false},
		"a choice":          {clickOn(t, drawn["survey-asked-where"], "埼玉県"), false},
		"a choice, pressed": {clickOn(t, drawn["survey-asked-stage"], "引き継いだ"), false},
	} {
		if got := ui.WaitsForSend(c.click); got != c.want {
			t.Errorf("%s waits: %v", rule, got)
		}
	}
}

func TestClicksOfAnotherProgramAreRefused(t *testing.T) {
	for _, click := range []slack.BlockAction{
		{ActionID: ui.ActionSurveyPick},
		{ActionID: ui.ActionSurveyPick + "#a", Value: "01KR|stage"},
		{ActionID: ui.ActionSurveySkip, Value: "01KR"},
		{ActionID: ui.ActionSurveySelect, BlockID: "x"},
	} {
		_, err := ui.ReadAnswer(click, nil)
		if !errors.Is(err, &programme.Error{Code: programme.CodeClosed}) {
			t.Errorf("%+v: %v", click, err)
		}
	}
}

// returned is a view as it comes back when it is submitted as it was opened.
func returned(t *testing.T, d drawing) slack.View {
	t.Helper()
	var v slack.View
	if err := json.Unmarshal(d.View, &v); err != nil {
		t.Fatal(err)
	}
	state, err := json.Marshal(map[string]any{"values": blockkit.InitialState(d.View)})
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(state, &v.State); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestFieldErrorsFindTheirInput(t *testing.T) {
	c := sample()
	v := returned(t, c.drawings(t, ui.NewLocale("ja", tokyo))["memo-form"])
	fields := []string{"atsugi", "held", "kind"}
	for _, p := range c.parts {
		fields = append(fields, p.Key)
	}
	for _, field := range fields {
		block := ui.FieldBlock(v, field)
		if _, ok := v.State.Values[block]; !ok {
			t.Errorf("%s stands beside %q, which is no input", field, block)
		}
	}
	for _, field := range []string{"", "reason", "event"} {
		if block := ui.FieldBlock(v, field); block != "" {
			t.Errorf("%q stands beside %q", field, block)
		}
	}
}

func TestFormsOfAnotherProgramAreRefused(t *testing.T) {
	for _, metadata := range []string{"", "{", `{"op":""}`, `{"op":7}`, "[]"} {
		_, _, err := ui.ReadMemoDraft(slack.View{PrivateMetadata: metadata}, programme.DefaultParts())
		if !errors.Is(err, &programme.Error{Code: programme.CodeClosed, Key: "error.form_old"}) {
			t.Errorf("%q: %v", metadata, err)
		}
	}
	form, err := ui.ReadForm(`{"op":"01KOP","subject":"status"}`)
	if err != nil || form != (ui.Form{Op: "01KOP", Subject: "status"}) {
		t.Errorf("%+v %v", form, err)
	}
}

func TestErrorsForPeopleAreSentencesOthersAReference(t *testing.T) {
	ja, en := ui.NewLocale("ja", tokyo), ui.NewLocale("en", tokyo)
	for _, c := range []struct {
		rule        string
		err         error
		l           ui.Locale
		field, text string
	}{
		{"beside its field", &programme.Error{Field: "held", Key: "error.date_future"}, ja,
			"held", "まだ来ていない日付です。実施した日を選んでください。"},
		{"with its arguments", &programme.Error{Key: "error.scale", Args: map[string]any{"Max": 5}}, en,
			"", "Please answer with a number from 1 to 5."},
		{"wrapped", fmt.Errorf("write: %w", &programme.Error{Key: "error.denied"}), ja,
			"", "この操作はできません。必要なときは事務局にご相談ください。"},
		{"anything else", errors.New("disk full"), ja,
			"", "うまくいきませんでした。お手数ですが、番号 K7Q2 を事務局にお知らせください。"},
		{"a key without a sentence", &programme.Error{Field: "x", Key: "error.no_such"}, en,
			"", "Something went wrong. Please tell the office the reference K7Q2."},
	} {
		field, text := ui.Sentence(c.err, "K7Q2", c.l)
		if field != c.field || text != c.text {
			t.Errorf("%s: %q %q", c.rule, field, text)
		}
	}
}

func TestAnUnknownKindOfNoticeIsAnErrorNotAMessage(t *testing.T) {
	letter, err := ui.Letter(programme.Matter{Notice: notice("party")}, ui.NewLocale("ja", tokyo))
	if err == nil || letter.Text != "" {
		t.Errorf("%+v %v", letter, err)
	}
}

func TestTheCommandHelpNamesEveryWord(t *testing.T) {
	got := ui.UnknownCommand([]string{"help", "memo"}, ui.NewLocale("en", tokyo))
	for _, want := range []string{"`/tsugite`", "`/tsugite help`", "`/tsugite memo`"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q lacks %s", got, want)
		}
	}
}

func TestPagesAreFittedByDroppingTheEndNotTheNotice(t *testing.T) {
	c := sample()
	h := c.homes()["office"]
	h.Memos = many(c.memo, 8)
	h.Progress = many(h.Progress[0], 20)
	h.Events = many(programme.EventLine{Event: c.workshop, Mine: true}, 6)
	h.Dialogues = many(c.dialogue(1, programme.Started, ""), 5)
	for i := range h.Dialogues {
		h.Dialogues[i].Response.ID += programme.ResponseID(fmt.Sprint(i))
	}
	h.Surveys = many(h.Surveys[0], 5)
	d := view(t, ui.Home(h, many(c.def, 5), ui.NewLocale("ja", tokyo)))
	check(t, "home", d)
	if !strings.Contains(string(d.View), "ここに入りきらない") || !strings.HasSuffix(string(d.View), `"action_id":"known.open"}]}]}`) ||
		!strings.Contains(string(d.View), "通信する相手は Slack だけです。") {
		t.Errorf("the end of Home: …%s", string(d.View[len(d.View)-300:]))
	}
}

func FuzzReadAnswer(f *testing.F) {
	f.Add(ui.ActionSurveyPick+"#a", "", "01KR|stage|c1")
	f.Add(ui.ActionSurveySelect, "answer|01KR|where", "")
	f.Fuzz(func(t *testing.T, action, block, value string) {
		click := slack.BlockAction{ActionID: action, BlockID: block, Value: value}
		a, err := ui.ReadAnswer(click, nil)
		if err != nil && (a.Response != "" || a.Question != "") {
			t.Fatalf("refused, yet %+v", a)
		}
	})
}
