package blockkit_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tsugite/rehearsal/blockkit"
)

// values are the state.values of a submission.
type values = map[string]map[string]json.RawMessage

// TestInputsBeforeSubmission: what the client says of one value in one input.
func TestInputsBeforeSubmission(t *testing.T) {
	const (
		required = "Please complete this required field."
		choose   = "Please choose one of the options."
		broken   = "This field could not be read."
	)
	text := func(rest string) string { return element("plain_text_input", rest) }
	number := func(rest string) string { return element("number_input", rest) }
	one := element("static_select", `"options":[`+option("x")+`,`+option("y")+`]`)
	multi := element("multi_static_select", `"max_selected_items":2,"options":`+options(5))
	groups := element("static_select", `"option_groups":[{"label":`+plain("g")+`,"options":[`+option("x")+`]}]`)
	radio := element("radio_buttons", `"options":[`+option("x")+`]`)
	boxes := element("checkboxes", `"options":[`+option("x")+`,`+option("y")+`]`)
	files := element("file_input", `"max_files":2,"filetypes":["pdf"]`)
	str := func(s string) string { return fmt.Sprintf(`"value":%q`, s) }

	for _, c := range []struct {
		name    string
		element string
		value   string // beside the type; "-" for no value at all
		want    string
	}{
		{"text", text(""), str("髙﨑𠮷"), ""},
		{"no value", text(""), "-", required},
		{"null", text(""), `"value":null`, required},
		{"empty text", text(""), str(""), required},
		{"shortest text, counted in characters", text(`"min_length":3`), str("髙﨑𠮷"), ""},
		{"too short", text(`"min_length":4`), str("髙﨑𠮷"), "Please enter at least 4 characters."},
		{"longest text, counted in characters", text(`"max_length":3`), str("髙﨑𠮷"), ""},
		{"too long", text(`"max_length":2`), str("髙﨑𠮷"), "Please enter no more than 2 characters."},
		{"3,000 characters", text(""), str(long(3000)), ""},
		{"3,001 characters", text(""), str(long(3001)), "Please enter no more than 3000 characters."},
		{"text that is a number", text(""), `"value":5`, broken},
		{"text of another property", text(""), `"selected_date":"2026-01-01"`, broken},

		{"whole number", number(`"is_decimal_allowed":false`), str("-12"), ""},
		{"no number", number(`"is_decimal_allowed":true`), str("12 cm"), "Please enter a valid number."},
		{"exponent", number(`"is_decimal_allowed":true`), str("1e9"), "Please enter a valid number."},
		{"a number of 101 digits", number(`"is_decimal_allowed":true`), str(strings.Repeat("1", 101)), "Please enter a valid number."},
		{"decimal", number(`"is_decimal_allowed":true`), str("0.25"), ""},
		{"decimal where none may be", number(`"is_decimal_allowed":false`), str("0.25"), "Please enter a whole number."},
		{"least", number(`"is_decimal_allowed":true,"min_value":"1.5"`), str("1.5"), ""},
		{"less than least", number(`"is_decimal_allowed":true,"min_value":"1.5"`), str("1.49"), "Please enter a number of at least 1.5."},
		{"most", number(`"is_decimal_allowed":true,"max_value":"10"`), str("10"), ""},
		{"more than most", number(`"is_decimal_allowed":true,"max_value":"10"`), str("10.01"), "Please enter a number of at most 10."},

		{"e-mail", element("email_text_input", ""), str("sato@example.co.jp"), ""},
		{"e-mail without a domain", element("email_text_input", ""), str("sato@"), "Please enter a valid email address."},
		{"e-mail without a dot", element("email_text_input", ""), str("sato@example"), "Please enter a valid email address."},
		{"e-mail with a name", element("email_text_input", ""), str("Sato <sato@example.org>"), "Please enter a valid email address."},
		{"two e-mails", element("email_text_input", ""), str("a@example.org, b@example.org"), "Please enter a valid email address."},
		{"URL", element("url_text_input", ""), str("https://example.org/a?b=c"), ""},
		{"URL without scheme", element("url_text_input", ""), str("example.org"), "Please enter a valid URL."},
		{"URL that runs", element("url_text_input", ""), str("javascript:alert(1)"), "Please enter a valid URL."},

		{"date", element("datepicker", ""), `"selected_date":"2026-11-23"`, ""},
		{"no such date", element("datepicker", ""), `"selected_date":"2026-02-30"`, "Please enter a valid date."},
		{"date not chosen", element("datepicker", ""), `"selected_date":null`, required},
		{"time", element("timepicker", ""), `"selected_time":"23:59","timezone":"Asia/Tokyo"`, ""},
		{"no such time", element("timepicker", ""), `"selected_time":"25:00"`, "Please enter a valid time."},
		{"moment", element("datetimepicker", ""), `"selected_date_time":1628633820`, ""},
		{"moment in words", element("datetimepicker", ""), `"selected_date_time":"noon"`, "Please enter a valid date."},

		{"option", one, `"selected_option":` + option("y"), ""},
		{"option in a group", groups, `"selected_option":` + option("x"), ""},
		{"option that is not offered", one, `"selected_option":` + option("z"), choose},
		{"option with another text", one, `"selected_option":{"value":"x","text":` + plain("z") + `}`, choose},
		{"option with more in it", one, `"selected_option":{"value":"x","text":` + plain("x") + `,"admin":true}`, broken},
		{"option as a string", one, `"selected_option":"x"`, broken},
		{"radio button", radio, `"selected_option":` + option("x"), ""},
		{"radio button not offered", radio, `"selected_option":` + option("z"), choose},
		{"checkboxes", boxes, `"selected_options":[` + option("x") + `,` + option("y") + `]`, ""},
		{"no checkbox", boxes, `"selected_options":[]`, required},
		{"a checkbox twice", boxes, `"selected_options":[` + option("x") + `,` + option("x") + `]`, choose},
		{"two of several", multi, `"selected_options":` + options(2), ""},
		{"three where two may be", multi, `"selected_options":` + options(3), "Please choose no more than 2."},
		{"external option", element("external_select", ""), `"selected_option":` + option("whatever"), ""},
		{"external option without value", element("external_select", ""), `"selected_option":{"text":` + plain("x") + `}`, broken},
		{"person", element("users_select", ""), `"selected_user":"U1"`, ""},
		{"people", element("multi_users_select", `"max_selected_items":2`), `"selected_users":["U1","U2"]`, ""},
		{"too many people", element("multi_users_select", `"max_selected_items":1`), `"selected_users":["U1","U2"]`, "Please choose no more than 1."},
		{"people as one", element("multi_users_select", ""), `"selected_users":"U1"`, broken},
		{"channel", element("channels_select", ""), `"selected_channel":"C1"`, ""},
		{"conversations", element("multi_conversations_select", ""), `"selected_conversations":["C1"]`, ""},

		{"rich text", element("rich_text_input", ""), `"rich_text_value":` + rich, ""},
		{"rich text of nothing", element("rich_text_input", ""), `"rich_text_value":{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[]}]}`, required},
		{"rich text of spaces", element("rich_text_input", ""), `"rich_text_value":{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":" "}]}]}`, required},
		{"rich text of an emoji", element("rich_text_input", ""), `"rich_text_value":{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"emoji","name":"wave"}]}]}`, ""},
		{"rich text of something else", element("rich_text_input", ""), `"rich_text_value":{"type":"rich_text","elements":[{"type":"script"}]}`, broken},
		{"rich text as a string", element("rich_text_input", ""), `"rich_text_value":"x"`, broken},

		{"files", files, `"files":[{"id":"F1","name":"a.pdf"},{"id":"F2","name":"b","filetype":"pdf"}]`, ""},
		{"no file", files, `"files":[]`, required},
		{"too many files", files, `"files":[{"name":"a.pdf"},{"name":"b.pdf"},{"name":"c.pdf"}]`, "Please choose no more than 2 files."},
		{"file of another type", files, `"files":[{"name":"a.exe"}]`, "Please choose files of these types: pdf."},
		{"file without a name", files, `"files":["F1"]`, broken},
		{"eleven files", element("file_input", ""), `"files":` + several(11, same(`{"name":"a"}`)), "Please choose no more than 10 files."},
	} {
		t.Run(c.name, func(t *testing.T) {
			var e struct{ Type string }
			if err := json.Unmarshal([]byte(c.element), &e); err != nil {
				t.Fatal(err)
			}
			state := values{}
			if c.value != "-" {
				state["b"] = map[string]json.RawMessage{"a": json.RawMessage(fmt.Sprintf(`{"type":%q,%s}`, e.Type, c.value))}
			}
			want := map[string]string{}
			if c.want != "" {
				want["b"] = c.want
			}
			got := blockkit.CheckInputs(json.RawMessage(modal(input(c.element))), state)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("errors (-want +got):\n%s", diff)
			}
		})
	}
}

// TestInputsOfAView: rules across the inputs of a view.
func TestInputsOfAView(t *testing.T) {
	block := func(id, rest, e string) string {
		return fmt.Sprintf(`{"type":"input","block_id":%q,"label":%s,"element":%s%s}`, id, plain("l"), e, rest)
	}
	email := element("email_text_input", "")
	menu := element("static_select", `"options":[`+option("x")+`]`)
	view := json.RawMessage(modal(
		block("must", "", email),
		block("may", `,"optional":true`, email),
		`{"type":"section","block_id":"section","text":`+plain("x")+`,"accessory":`+menu+`}`,
		`{"type":"actions","block_id":"actions","elements":[`+menu+`,`+`{"type":"button","action_id":"go","text":`+plain("g")+`}]}`,
	))
	mail := func(s string) map[string]json.RawMessage {
		return map[string]json.RawMessage{"a": json.RawMessage(fmt.Sprintf(`{"type":"email_text_input","value":%q}`, s))}
	}
	chosen := func(v string) map[string]json.RawMessage {
		return map[string]json.RawMessage{"a": json.RawMessage(`{"type":"static_select","selected_option":` + option(v) + `}`)}
	}
	for _, c := range []struct {
		name   string
		values values
		want   map[string]string
	}{
		{"only what must be", values{"must": mail("a@example.org")}, map[string]string{}},
		{"nothing at all", nil, map[string]string{"must": "Please complete this required field."}},
		{"optional, but wrong", values{"must": mail("a@example.org"), "may": mail("x")}, map[string]string{"may": "Please enter a valid email address."}},
		{"menus outside inputs", values{"must": mail("a@example.org"), "section": chosen("x"), "actions": chosen("x")}, map[string]string{}},
		{"menus outside inputs, not offered", values{"must": mail("a@example.org"), "section": chosen("z"), "actions": chosen("z")},
			map[string]string{"section": "Please choose one of the options.", "actions": "Please choose one of the options."}},
		{"a block that is not there", values{"must": mail("a@example.org"), "other": mail("a@example.org")},
			map[string]string{"other": "This field is not part of the view."}},
		{"an action that is not there", values{"must": {"a": mail("a@example.org")["a"], "b": mail("a@example.org")["a"]}},
			map[string]string{"must": "This field is not part of the view."}},
		{"a value for a button", values{"must": mail("a@example.org"), "actions": {"go": json.RawMessage(`{"type":"button","value":"v"}`)}},
			map[string]string{"actions": "This field is not part of the view."}},
		{"a value of another type", values{"must": chosen("x")}, map[string]string{"must": "This field could not be read."}},
		{"a value of a like type", values{"must": {"a": json.RawMessage(`{"type":"url_text_input","value":"a@example.org"}`)}},
			map[string]string{"must": "This field could not be read."}},
		{"a value that is no JSON", values{"must": {"a": json.RawMessage(`{`)}}, map[string]string{"must": "This field could not be read."}},
		{"a value nested too deeply", values{"must": {"a": json.RawMessage(strings.Repeat("[", 9999))}}, map[string]string{"must": "This field could not be read."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, blockkit.CheckInputs(view, c.values)); diff != "" {
				t.Errorf("errors (-want +got):\n%s", diff)
			}
		})
	}
}
