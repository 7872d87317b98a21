package blockkit_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tsugite/rehearsal/blockkit"
)

// sameJSON compares two values by what they say.
func sameJSON(t *testing.T, want, got string) {
	t.Helper()
	var w, g any
	if err := json.Unmarshal([]byte(want), &w); err != nil {
		t.Fatalf("the test's JSON is broken: %v", err)
	}
	if err := json.Unmarshal([]byte(got), &g); err != nil {
		t.Fatalf("no JSON: %q", got)
	}
	if diff := cmp.Diff(w, g); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestInitialState: every element that keeps a value, without and with one.
func TestInitialState(t *testing.T) {
	opts := `"options":[` + option("x") + `]`
	decimals := `"is_decimal_allowed":true`
	for _, c := range []struct{ kind, rest, want string }{
		{"plain_text_input", "", `"value":null`},
		{"plain_text_input", `"initial_value":"髙"`, `"value":"髙"`},
		{"email_text_input", `"initial_value":"a@example.org"`, `"value":"a@example.org"`},
		{"url_text_input", "", `"value":null`},
		{"number_input", decimals + `,"initial_value":"1.50"`, `"value":"1.50"`},
		{"number_input", decimals, `"value":null`},
		{"rich_text_input", "", `"rich_text_value":null`},
		{"rich_text_input", `"initial_value":` + rich, `"rich_text_value":` + rich},
		{"file_input", "", `"files":[]`},
		{"datepicker", "", `"selected_date":null`},
		{"datepicker", `"initial_date":"2026-11-23"`, `"selected_date":"2026-11-23"`},
		{"timepicker", `"initial_time":"09:00","timezone":"Asia/Tokyo"`, `"selected_time":"09:00","timezone":"Asia/Tokyo"`},
		{"datetimepicker", `"initial_date_time":1628633820`, `"selected_date_time":1628633820`},
		{"static_select", opts, `"selected_option":null`},
		{"static_select", opts + `,"initial_option":` + option("x"), `"selected_option":` + option("x")},
		{"external_select", "", `"selected_option":null`},
		{"radio_buttons", opts, `"selected_option":null`},
		{"checkboxes", opts, `"selected_options":[]`},
		{"checkboxes", opts + `,"initial_options":[` + option("x") + `]`, `"selected_options":[` + option("x") + `]`},
		{"multi_static_select", opts, `"selected_options":[]`},
		{"multi_external_select", "", `"selected_options":[]`},
		{"users_select", `"initial_user":"U1"`, `"selected_user":"U1"`},
		{"multi_users_select", "", `"selected_users":[]`},
		{"channels_select", "", `"selected_channel":null`},
		{"multi_channels_select", `"initial_channels":["C1"]`, `"selected_channels":["C1"]`},
		{"conversations_select", "", `"selected_conversation":null`},
		{"multi_conversations_select", "", `"selected_conversations":[]`},
	} {
		t.Run(c.kind, func(t *testing.T) {
			state := blockkit.InitialState(json.RawMessage(modal(input(element(c.kind, c.rest)))))
			sameJSON(t, fmt.Sprintf(`{"type":%q,%s}`, c.kind, c.want), string(state["b"]["a"]))
		})
	}
}

// TestStateCoversWhereElementsStand: input, section and actions blocks keep
// values, buttons and overflow menus keep none, nor does what has no id.
func TestStateCoversWhereElementsStand(t *testing.T) {
	date := `{"type":"datepicker","action_id":"d"}`
	view := modal(
		`{"type":"input","block_id":"i","label":`+plain("l")+`,"element":`+date+`}`,
		`{"type":"section","block_id":"s","text":`+plain("x")+`,"accessory":`+date+`}`,
		`{"type":"actions","block_id":"a","elements":[`+date+`,{"type":"timepicker","action_id":"t"},`+
			`{"type":"button","action_id":"b","text":`+plain("b")+`},{"type":"overflow","action_id":"o","options":`+options(1)+`}]}`,
		`{"type":"actions","elements":[`+date+`]}`,
		`{"type":"actions","block_id":"n","elements":[{"type":"datepicker"}]}`,
	)
	got, err := json.Marshal(blockkit.InitialState(json.RawMessage(view)))
	if err != nil {
		t.Fatal(err)
	}
	none := `{"type":"datepicker","selected_date":null}`
	sameJSON(t, `{"i":{"d":`+none+`},"s":{"d":`+none+`},"a":{"d":`+none+`,"t":{"type":"timepicker","selected_time":null}}}`, string(got))
	if got := blockkit.InitialState(json.RawMessage(`"x"`)); len(got) != 0 {
		t.Errorf("what is not a view has a state: %v", got)
	}
}

// counter makes ids 1, 2, 3 …
func counter() func() string {
	n := 0
	return func() string { n++; return fmt.Sprint(n) }
}

// TestNormaliseBlocks: what Slack fills in before it gives blocks back.
func TestNormaliseBlocks(t *testing.T) {
	for _, c := range []struct{ name, json, want string }{
		{"a block without an id", `[{"type":"divider"}]`, `[{"type":"divider","block_id":"1"}]`},
		{"an empty id is none", `[{"type":"divider","block_id":""}]`, `[{"type":"divider","block_id":"1"}]`},
		{"an id that is there stays, and is not given again", `[{"type":"divider"},{"type":"divider","block_id":"1"}]`,
			`[{"type":"divider","block_id":"2"},{"type":"divider","block_id":"1"}]`},
		{"texts get their flags, and nothing is escaped",
			`[{"type":"section","block_id":"s","text":{"type":"mrkdwn","text":"<@U1> & <b>"},"fields":[{"type":"plain_text","text":"x"}]}]`,
			`[{"type":"section","block_id":"s","text":{"type":"mrkdwn","text":"<@U1> & <b>","verbatim":false},"fields":[{"type":"plain_text","text":"x","emoji":true}]}]`},
		{"flags that are there stay", `[{"type":"header","block_id":"h","text":{"type":"plain_text","text":"x","emoji":false}}]`,
			`[{"type":"header","block_id":"h","text":{"type":"plain_text","text":"x","emoji":false}}]`},
		{"elements get an action_id, images none",
			`[{"type":"actions","block_id":"a","elements":[{"type":"datepicker"},{"type":"datepicker","action_id":"d"}]},
			  {"type":"section","block_id":"s","accessory":{"type":"image","image_url":"u","alt_text":"a"}}]`,
			`[{"type":"actions","block_id":"a","elements":[{"type":"datepicker","action_id":"1"},{"type":"datepicker","action_id":"d"}]},
			  {"type":"section","block_id":"s","accessory":{"type":"image","image_url":"u","alt_text":"a"}}]`},
		{"inputs say whether they are optional", `[{"type":"input","block_id":"i","optional":true,"element":{"type":"datepicker","action_id":"d"}}]`,
			`[{"type":"input","block_id":"i","optional":true,"dispatch_action":false,"element":{"type":"datepicker","action_id":"d"}}]`},
		{"blocks in blocks", `[{"type":"container","block_id":"c","child_blocks":[{"type":"divider"}]},{"type":"carousel","block_id":"d","elements":[{"type":"card","actions":[{"type":"button"}]}]}]`,
			`[{"type":"container","block_id":"c","child_blocks":[{"type":"divider","block_id":"1"}]},{"type":"carousel","block_id":"d","elements":[{"type":"card","block_id":"2","actions":[{"type":"button","action_id":"3"}]}]}]`},
		{"blocks of a layout", `[{"type":"layout","block_id":"l","label":"x","rows":[{"items":[{"block":{"type":"divider"}}]}]}]`,
			`[{"type":"layout","block_id":"l","label":"x","fallback":[],"rows":[{"items":[{"block":{"type":"divider","block_id":"1"}}]}]}]`},
		{"numbers stay as they were written", `[{"type":"x","block_id":"x","n":1628633820.10}]`, `[{"type":"x","block_id":"x","n":1628633820.10}]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			sameJSON(t, c.want, string(blockkit.NormaliseBlocks(json.RawMessage(c.json), counter())))
		})
	}
	if got := string(blockkit.NormaliseBlocks(json.RawMessage(`[{`), counter())); got != `[{` {
		t.Errorf("broken JSON became %q", got)
	}
	if got := string(blockkit.NormaliseBlocks(json.RawMessage(`[{"type":"x","block_id":"<&>"}]`), counter())); got != `[{"block_id":"<&>","type":"x"}]` {
		t.Errorf("escaped: %s", got)
	}
	ids := []string{"x", "x", "y"}
	next := func() string { id := ids[0]; ids = ids[1:]; return id }
	sameJSON(t, `[{"type":"a","block_id":"x"},{"type":"b","block_id":"y"}]`,
		string(blockkit.NormaliseBlocks(json.RawMessage(`[{"type":"a"},{"type":"b"}]`), next)))
	stuck := func() string { return "x" }
	if got := blockkit.NormaliseBlocks(json.RawMessage(`[{"type":"a"},{"type":"b"}]`), stuck); len(got) == 0 {
		t.Error("an id maker that repeats itself is never done with")
	}
}

// TestNormaliseView: the texts beside the blocks get their flags as well.
func TestNormaliseView(t *testing.T) {
	got := blockkit.NormaliseView(json.RawMessage(`{"type":"modal","title":`+plain("t")+`,"blocks":[{"type":"divider"}]}`), counter())
	sameJSON(t, `{"type":"modal","title":{"type":"plain_text","text":"t","emoji":true},"blocks":[{"type":"divider","block_id":"1"}]}`, string(got))
	if got := string(blockkit.NormaliseView(json.RawMessage(`{`), counter())); got != `{` {
		t.Errorf("broken JSON became %q", got)
	}
}

// TestFindAction: only what is drawn can be clicked.
func TestFindAction(t *testing.T) {
	b := func(id string) string { return `{"type":"button","action_id":"` + id + `"}` }
	blocks := json.RawMessage(`[
		{"type":"section","block_id":"s","accessory":` + b("acc") + `},
		{"type":"actions","block_id":"a","elements":[` + b("one") + `,` + b("two") + `]},
		{"type":"input","block_id":"i","element":` + b("in") + `},
		{"type":"context_actions","block_id":"x","elements":[` + b("icon") + `]},
		{"type":"context","block_id":"n","elements":[` + b("no") + `]},
		{"type":"container","block_id":"c","child_blocks":[{"type":"actions","block_id":"ca","elements":[` + b("deep") + `]}]},
		{"type":"carousel","block_id":"r","elements":[{"type":"card","block_id":"k","actions":[` + b("card") + `]}]},
		{"type":"data_table","block_id":"t","rows":[[{"type":"action_cell","element":` + b("cell") + `}]]},
		{"type":"layout","block_id":"l","rows":[{"items":[{"block":{"type":"actions","block_id":"la","elements":[` + b("side") + `]}}]}]},
		{"type":"actions","elements":[` + b("bare") + `]}]`)
	for _, c := range []struct {
		block, action string
		found         bool
	}{
		{"s", "acc", true}, {"a", "two", true}, {"i", "in", true}, {"x", "icon", true},
		{"ca", "deep", true}, {"k", "card", true}, {"t", "cell", true}, {"la", "side", true},
		{"a", "acc", false}, {"s", "one", false}, {"c", "deep", false}, {"n", "no", false},
		{"a", "three", false}, {"", "bare", false}, {"a", "", false},
	} {
		element, ok := blockkit.FindAction(blocks, c.block, c.action)
		if ok != c.found {
			t.Errorf("%s/%s: found %v, want %v", c.block, c.action, ok, c.found)
		}
		if ok {
			sameJSON(t, b(c.action), string(element))
		}
	}
	if _, ok := blockkit.FindAction(json.RawMessage(`{`), "a", "one"); ok {
		t.Error("found something in broken JSON")
	}
}
