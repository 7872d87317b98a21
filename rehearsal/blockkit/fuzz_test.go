package blockkit_test

import (
	"encoding/json"
	"testing"

	"tsugite/rehearsal/blockkit"
)

// FuzzValidateMessage: nothing panics, and filling in what Slack fills in
// leaves a valid message valid and changes nothing the second time.
func FuzzValidateMessage(f *testing.F) {
	for _, seed := range []string{
		`[]`, `null`, `[` + divider + `,` + image + `,` + rich + `]`, `[` + actions(button(`,"action_id":"a"`)) + `]`,
		`[{"type":"section","text":` + mrkdwn("x") + `,"accessory":` + element("checkboxes", `"options":`+options(2)) + `}]`,
		`[{"type":"data_table","caption":"c","rows":[[1],[{"type":"raw_text"}],null]}]`,
		`[{"type":"data_visualization","title":"t","chart":{"type":"bar","series":[{"data":[null]}],"axis_config":[]}}]`,
		`[{"type":"container","child_blocks":[{"type":"container"}]},{"type":"plan","tasks":[{}]}]`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		problems := blockkit.ValidateMessage(raw)
		for _, p := range problems {
			if p.Pointer == "" || p.Message == "" {
				t.Errorf("a problem that says nothing: %+v", p)
			}
		}
		blockkit.FindAction(raw, "b", "a")
		filled := blockkit.NormaliseBlocks(raw, counter())
		if len(problems) > 0 {
			return
		}
		if after := blockkit.ValidateMessage(filled); len(after) > 0 {
			t.Errorf("%s became %s: %v", raw, filled, after)
		}
		if again := blockkit.NormaliseBlocks(filled, counter()); string(again) != string(filled) {
			t.Errorf("%s became %s", filled, again)
		}
	})
}

// FuzzValidateView: nothing panics, whatever is submitted in whatever view.
func FuzzValidateView(f *testing.F) {
	for _, e := range []string{
		element("static_select", `"options":`+options(2)), element("number_input", `"is_decimal_allowed":true,"min_value":"1"`),
		element("rich_text_input", `"initial_value":`+rich), element("file_input", `"filetypes":[1]`), element("multi_users_select", `"max_selected_items":1`),
	} {
		f.Add([]byte(modal(input(e))), []byte(`{"b":{"a":{"type":"static_select","selected_option":{}}}}`))
	}
	f.Add([]byte(`{"type":"home","blocks":[]}`), []byte(`{"b":{"a":null}}`))
	f.Fuzz(func(t *testing.T, view, submitted []byte) {
		problems := blockkit.ValidateView(view)
		var state values
		if json.Unmarshal(submitted, &state) == nil {
			blockkit.CheckInputs(view, state)
		}
		filled := blockkit.NormaliseView(view, counter())
		initial := blockkit.InitialState(filled)
		if len(problems) > 0 || len(filled) > blockkit.MaxViewBytes {
			return
		}
		if after := blockkit.ValidateView(filled); len(after) > 0 {
			t.Errorf("%s became %s: %v", view, filled, after)
		}
		for block, say := range blockkit.CheckInputs(filled, initial) {
			if say == "This field is not part of the view." || say == "This field could not be read." {
				t.Errorf("%s: the untouched state of %s is refused: %s", filled, block, say)
			}
		}
	})
}
