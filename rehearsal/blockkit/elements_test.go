package blockkit_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"tsugite/rehearsal/blockkit"
)

// element is the JSON of an element.
func element(kind, rest string) string {
	if rest != "" {
		rest = "," + rest
	}
	return fmt.Sprintf(`{"type":%q,"action_id":"a"%s}`, kind, rest)
}

// TestElementRules: each element as Slack takes it, and each of its rules
// broken. An element stands in the actions block of a message if it may, else
// in an input block of a modal.
func TestElementRules(t *testing.T) {
	at := "/view/blocks/0/element"
	confirm := `"confirm":{"title":` + plain("t") + `,"text":` + mrkdwn("x") + `,"confirm":` + plain("y") + `,"deny":` + plain("n") + `,"style":"danger"}`
	opt := `"options":[` + option("x") + `,` + option("y") + `]`
	group := `{"label":` + plain("g") + `,"options":[` + option("x") + `]}`

	var rules []rule
	add := func(name, json string, want []string) { rules = append(rules, rule{name, json, want}) }

	for _, kind := range []string{"static_select", "multi_static_select"} {
		add(kind+" with options", element(kind, opt+`,"focus_on_load":true,"placeholder":`+plain("p")+`,`+confirm), nil)
		add(kind+" with groups", element(kind, `"option_groups":[`+group+`]`), nil)
		add(kind+" with neither", element(kind, ""), refused("must define either `options` or `option_groups`", at))
		add(kind+" with both", element(kind, opt+`,"option_groups":[]`),
			append(refused("no fewer than 1 items allowed", at+"/option_groups"), refused("must define either `options` or `option_groups`", at)...))
		add(kind+" with 100 options", element(kind, `"options":`+options(100)), nil)
		add(kind+" with 101 options", element(kind, `"options":`+options(101)), refused("no more than 100 items allowed", at+"/options"))
		add(kind+" with mrkdwn options", element(kind, `"options":[{"value":"v","text":`+mrkdwn("x")+`}]`),
			refused("unsupported type: mrkdwn", at+"/options/0/text/type"))
		add(kind+" with the same value twice", element(kind, `"options":[`+option("x")+`,`+option("x")+`]`),
			refused("`value` must be unique: x", at+"/options/1/value"))
	}
	for _, kind := range []string{"radio_buttons", "checkboxes"} {
		add(kind, element(kind, opt+","+confirm), nil)
		add(kind+" in mrkdwn", element(kind, `"options":[{"value":"v","text":`+mrkdwn("x")+`,"description":`+mrkdwn("d")+`}]`), nil)
		add(kind+" with ten", element(kind, `"options":`+options(10)), nil)
		add(kind+" with eleven", element(kind, `"options":`+options(11)), refused("no more than 10 items allowed", at+"/options"))
		add(kind+" with none", element(kind, `"options":[]`), refused("no fewer than 1 items allowed", at+"/options"))
		add(kind+" without options", element(kind, ""), refused("missing required field: options", at))
		add(kind+" with a placeholder", element(kind, opt+`,"placeholder":`+plain("p")), refused("invalid additional property: placeholder", at))
	}
	for kind, initial := range map[string]string{"static_select": "initial_option", "radio_buttons": "initial_option"} {
		add(kind+" starting with an option", element(kind, opt+`,"`+initial+`":`+option("y")), nil)
		add(kind+" starting with no option", element(kind, opt+`,"`+initial+`":`+option("z")), refused("must match one of the options", at+"/"+initial))
		add(kind+" starting with another text", element(kind, opt+`,"`+initial+`":{"value":"x","text":`+plain("X")+`}`),
			refused("must match one of the options", at+"/"+initial))
	}
	for _, kind := range []string{"multi_static_select", "checkboxes"} {
		add(kind+" starting with options", element(kind, opt+`,"initial_options":[`+option("y")+`]`), nil)
		add(kind+" starting with a foreign one", element(kind, opt+`,"initial_options":[`+option("y")+`,`+option("z")+`]`),
			refused("must match one of the options", at+"/initial_options/1"))
	}
	for kind, initial := range map[string]string{
		"multi_users_select": "initial_users", "multi_channels_select": "initial_channels", "multi_conversations_select": "initial_conversations",
	} {
		add(kind, element(kind, `"`+initial+`":["A","B"],"max_selected_items":2`), nil)
		add(kind+" starting with too many", element(kind, `"`+initial+`":["A","B"],"max_selected_items":1`), refused("no more than 1 items allowed", at+"/"+initial))
		add(kind+" of at most none", element(kind, `"max_selected_items":0`), refused("must be greater than 0", at+"/max_selected_items"))
		add(kind+" starting with one", element(kind, `"`+initial+`":"A"`), refused("must provide an array", at+"/"+initial))
	}
	for kind, initial := range map[string]string{
		"users_select": "initial_user", "channels_select": "initial_channel", "conversations_select": "initial_conversation",
	} {
		add(kind, element(kind, `"`+initial+`":"A"`), nil)
		add(kind+" starting with several", element(kind, `"`+initial+`":["A"]`), refused("must provide a string", at+"/"+initial))
		add(kind+" with a maximum", element(kind, `"max_selected_items":1`), refused("invalid additional property: max_selected_items", at))
		add(kind+" with options", element(kind, opt), refused("invalid additional property: options", at))
	}

	rules = append(rules, []rule{
		{"external_select", element("external_select", `"min_query_length":0,"initial_option":`+option("x")), nil},
		{"multi_external_select", element("multi_external_select", `"min_query_length":2,"initial_options":[`+option("x")+`],"max_selected_items":3`), nil},
		{"external_select with options", element("external_select", opt), refused("invalid additional property: options", at)},
		{"external_select with half a letter", element("external_select", `"min_query_length":0.5`), refused("must provide an integer", at+"/min_query_length")},
		{"conversations_select of channels", element("conversations_select", `"filter":{"include":["public","private"],"exclude_bot_users":true},"default_to_current_conversation":true,"response_url_enabled":true`), nil},
		{"filter of nothing", element("conversations_select", `"filter":{}`),
			refused("must define at least one of `include`, `exclude_external_shared_channels`, `exclude_bot_users`", at+"/filter")},
		{"filter of unknown conversations", element("conversations_select", `"filter":{"include":["secret"]}`), refused("must be a valid enum value", at+"/filter/include/0")},
		{"filter including none", element("conversations_select", `"filter":{"include":[]}`), refused("no fewer than 1 items allowed", at+"/filter/include")},

		{"datepicker", element("datepicker", `"initial_date":"2026-11-23","placeholder":`+plain("p")), nil},
		{"datepicker on no day", element("datepicker", `"initial_date":"2026-02-30"`), refused("must be a date in the form YYYY-MM-DD", at+"/initial_date")},
		{"datepicker in another form", element("datepicker", `"initial_date":"23.11.2026"`), refused("must be a date in the form YYYY-MM-DD", at+"/initial_date")},
		{"timepicker", element("timepicker", `"initial_time":"09:05","timezone":"Asia/Tokyo"`), nil},
		{"timepicker past midnight", element("timepicker", `"initial_time":"24:00"`), refused("must be a time in the form HH:mm", at+"/initial_time")},
		{"timepicker with one digit", element("timepicker", `"initial_time":"9:05"`), refused("must be a time in the form HH:mm", at+"/initial_time")},
		{"datetimepicker", element("datetimepicker", `"initial_date_time":1628633820`), nil},
		{"datetimepicker with nine digits", element("datetimepicker", `"initial_date_time":162863382`), refused("must be greater than 999999999", at+"/initial_date_time")},
		{"datetimepicker with a string", element("datetimepicker", `"initial_date_time":"1628633820"`), refused("must provide an integer", at+"/initial_date_time")},

		{"plain_text_input", element("plain_text_input", `"initial_value":"`+long(3000)+`","multiline":true,"min_length":1,"max_length":3000,
			"dispatch_action_config":{"trigger_actions_on":["on_enter_pressed","on_character_entered"]}`), nil},
		{"plain_text_input starting too long", element("plain_text_input", `"initial_value":"`+long(3001)+`"`), refused("must be less than 3001 characters", at+"/initial_value")},
		{"plain_text_input of 3,001", element("plain_text_input", `"max_length":3001`), refused("must be less than 3001", at+"/max_length")},
		{"plain_text_input of none", element("plain_text_input", `"max_length":0`), refused("must be greater than 0", at+"/max_length")},
		{"plain_text_input of less than nothing", element("plain_text_input", `"min_length":-1`), refused("must be greater than -1", at+"/min_length")},
		{"plain_text_input of no length", element("plain_text_input", `"min_length":5,"max_length":4`), refused("`min_length` must not be greater than `max_length`", at+"/min_length")},
		{"dispatch on something else", element("plain_text_input", `"dispatch_action_config":{"trigger_actions_on":["on_hover"]}`),
			refused("must be a valid enum value", at+"/dispatch_action_config/trigger_actions_on/0")},
		{"placeholder too long", element("plain_text_input", `"placeholder":`+plain(long(151))), refused("must be less than 151 characters", at+"/placeholder/text")},
		{"placeholder in mrkdwn", element("plain_text_input", `"placeholder":`+mrkdwn("p")), refused("unsupported type: mrkdwn", at+"/placeholder/type")},
		{"email_text_input", element("email_text_input", `"initial_value":"a@example.org"`), nil},
		{"url_text_input", element("url_text_input", `"initial_value":"https://example.org"`), nil},
		{"email_text_input with a length", element("email_text_input", `"max_length":5`), refused("invalid additional property: max_length", at)},
		{"number_input", element("number_input", `"is_decimal_allowed":true,"initial_value":"2.5","min_value":"-1","max_value":"10"`), nil},
		{"number_input that does not say of decimals", element("number_input", ""), refused("missing required field: is_decimal_allowed", at)},
		{"number_input with numbers", element("number_input", `"is_decimal_allowed":false,"min_value":1`), refused("must provide a string", at+"/min_value")},
		{"number_input with words", element("number_input", `"is_decimal_allowed":false,"min_value":"one"`), refused("must be a number", at+"/min_value")},
		{"number_input with a huge exponent", element("number_input", `"is_decimal_allowed":true,"max_value":"1e999999999"`), refused("must be a number", at+"/max_value")},
		{"number_input of no number", element("number_input", `"is_decimal_allowed":true,"min_value":"10","max_value":"9.5"`), refused("`min_value` must not be greater than `max_value`", at+"/min_value")},
		{"number_input starting with a decimal", element("number_input", `"is_decimal_allowed":false,"initial_value":"2.5"`), refused("must be a whole number", at+"/initial_value")},
		{"rich_text_input", element("rich_text_input", `"initial_value":`+rich+`,"min_lines":2,"max_lines":8`), nil},
		{"rich_text_input starting with a string", element("rich_text_input", `"initial_value":"x"`), refused("must provide an object", at+"/initial_value")},
		{"rich_text_input of 101 lines", element("rich_text_input", `"max_lines":101`), refused("must be less than 101", at+"/max_lines")},
		{"file_input", element("file_input", `"filetypes":["pdf","png"],"max_files":10`), nil},
		{"file_input of eleven", element("file_input", `"max_files":11`), refused("must be less than 11", at+"/max_files")},
		{"file_input of none", element("file_input", `"max_files":0`), refused("must be greater than 0", at+"/max_files")},
		{"file_input of types in one string", element("file_input", `"filetypes":"pdf"`), refused("must provide an array", at+"/filetypes")},

		{"action_id too long", `{"type":"datepicker","action_id":"` + long(256) + `"}`, refused("must be less than 256 characters", at+"/action_id")},
		{"action_id empty", `{"type":"datepicker","action_id":""}`, refused("must be more than 0 characters", at+"/action_id")},
		{"element of unknown type", `{"type":"slider"}`, refused("unsupported type: slider", at+"/type")},
		{"element that is no object", `[]`, refused("must provide an object", at)},
		{"focus that is no boolean", element("datepicker", `"focus_on_load":1`), refused("must provide a boolean", at+"/focus_on_load")},
	}...)
	check(t, rules, func(raw json.RawMessage) []blockkit.Problem {
		return blockkit.ValidateView(json.RawMessage(modal(input(string(raw)))))
	})
}

// TestButtonRules: what is pressed rather than filled in.
func TestButtonRules(t *testing.T) {
	at := "/blocks/0/elements/0"
	text := `"text":` + plain("t")
	dialog := func(rest string) string {
		return element("button", text+`,"confirm":{"title":`+plain("t")+`,"text":`+plain("x")+`,"confirm":`+plain("y")+rest+`}`)
	}
	overflow := func(n int) string { return element("overflow", `"options":`+options(n)) }
	link := `{"text":` + plain("x") + `,"value":"v","url":"https://example.org"}`
	check(t, []rule{
		{"button", element("button", text+`,"value":"v","url":"https://example.org","style":"primary","accessibility_label":"l"`), nil},
		{"button without text", element("button", ""), refused("missing required field: text", at)},
		{"button in mrkdwn", element("button", `"text":`+mrkdwn("t")), refused("unsupported type: mrkdwn", at+"/text/type")},
		{"button text too long", element("button", `"text":`+plain(long(76))), refused("must be less than 76 characters", at+"/text/text")},
		{"button value too long", element("button", text+`,"value":"`+long(2001)+`"`), refused("must be less than 2001 characters", at+"/value")},
		{"button url too long", element("button", text+`,"url":"`+long(3001)+`"`), refused("must be less than 3001 characters", at+"/url")},
		{"button label too long", element("button", text+`,"accessibility_label":"`+long(76)+`"`), refused("must be less than 76 characters", at+"/accessibility_label")},
		{"button of no colour", element("button", text+`,"style":"default"`), refused("must be a valid enum value", at+"/style")},
		{"disabled button", element("button", text+`,"disabled":true`), refused("invalid additional property: disabled", at)},
		{"confirm", dialog(`,"deny":` + plain("n")), nil},
		{"confirm without a way out", dialog(""), refused("missing required field: deny", at+"/confirm")},
		{"deny too long", dialog(`,"deny":` + plain(long(31))), refused("must be less than 31 characters", at+"/confirm/deny/text")},
		{"confirm of unknown colour", dialog(`,"deny":` + plain("n") + `,"style":"blue"`), refused("must be a valid enum value", at+"/confirm/style")},
		{"overflow of five", overflow(5), nil},
		{"overflow of six", overflow(6), refused("no more than 5 items allowed", at+"/options")},
		{"overflow of none", overflow(0), refused("no fewer than 1 items allowed", at+"/options")},
		{"overflow with a link", element("overflow", `"options":[`+link+`]`), nil},
		{"links are for overflow alone", element("static_select", `"options":[`+link+`]`), refused("invalid additional property: url", at+"/options/0")},
		{"option without value", element("overflow", `"options":[{"text":`+plain("x")+`}]`), refused("missing required field: value", at+"/options/0")},
		{"workflow_button", element("workflow_button", text+`,"workflow":{"trigger":{"url":"https://slack.com/x","customizable_input_parameters":[{"name":"n","value":"v"}]}}`), nil},
		{"workflow_button without trigger", element("workflow_button", text+`,"workflow":{}`), refused("missing required field: trigger", at+"/workflow")},
	}, func(raw json.RawMessage) []blockkit.Problem {
		return blockkit.ValidateMessage(json.RawMessage("[" + actions(string(raw)) + "]"))
	})
}

// TestOptionSizes: 75 characters of text and description, 150 of value.
func TestOptionSizes(t *testing.T) {
	at := "/view/blocks/0/element/options/0"
	of := func(text, value, description int) string {
		return fmt.Sprintf(`{"text":%s,"value":%q,"description":%s}`, plain(long(text)), long(value), plain(long(description)))
	}
	check(t, []rule{
		{"as long as may be", of(75, 150, 75), nil},
		{"text too long", of(76, 1, 1), refused("must be less than 76 characters", at+"/text/text")},
		{"value too long", of(1, 151, 1), refused("must be less than 151 characters", at+"/value")},
		{"description too long", of(1, 1, 76), refused("must be less than 76 characters", at+"/description/text")},
		{"empty value", of(1, 0, 1), refused("must be more than 0 characters", at+"/value")},
	}, func(raw json.RawMessage) []blockkit.Problem {
		return blockkit.ValidateView(json.RawMessage(modal(input(element("static_select", `"options":[`+string(raw)+`]`)))))
	})
}

// TestPlaces: in which block each element may stand.
func TestPlaces(t *testing.T) {
	text := `"text":` + plain("t")
	opt := `"options":[` + option("x") + `]`
	everywhere := []string{"accessory", "actions", "input"}
	clickable := []string{"accessory", "actions"}
	inputOnly := []string{"input"}
	elements := map[string]struct {
		rest   string
		places []string
	}{
		"button":                     {text, clickable},
		"workflow_button":            {text + `,"workflow":{"trigger":{"url":"u"}}`, clickable},
		"overflow":                   {opt, clickable},
		"checkboxes":                 {opt, everywhere},
		"radio_buttons":              {opt, everywhere},
		"static_select":              {opt, everywhere},
		"multi_static_select":        {opt, everywhere},
		"external_select":            {"", everywhere},
		"multi_external_select":      {"", everywhere},
		"users_select":               {"", everywhere},
		"multi_users_select":         {"", everywhere},
		"conversations_select":       {"", everywhere},
		"multi_conversations_select": {"", everywhere},
		"channels_select":            {"", everywhere},
		"multi_channels_select":      {"", everywhere},
		"datepicker":                 {"", everywhere},
		"timepicker":                 {"", everywhere},
		"datetimepicker":             {"", []string{"actions", "input"}},
		"plain_text_input":           {"", inputOnly},
		"email_text_input":           {"", inputOnly},
		"url_text_input":             {"", inputOnly},
		"number_input":               {`"is_decimal_allowed":true`, inputOnly},
		"rich_text_input":            {"", []string{"actions", "input"}},
		"file_input":                 {"", inputOnly},
		"icon_button":                {text + `,"icon":"trash"`, nil},
		"feedback_buttons":           {"", nil},
	}
	for kind, e := range elements {
		of := element(kind, e.rest)
		for place, block := range map[string]string{
			"accessory": `{"type":"section","text":` + plain("x") + `,"accessory":` + of + `}`,
			"actions":   actions(of),
			"input":     input(of),
		} {
			problems := blockkit.ValidateView(json.RawMessage(modal(block)))
			if slices.Contains(e.places, place) {
				if len(problems) > 0 {
					t.Errorf("%s in %s: %v", kind, place, problems)
				}
			} else if len(problems) != 1 || !strings.HasPrefix(problems[0].Message, "unsupported type: "+kind) {
				t.Errorf("%s in %s: want it unsupported, got %v", kind, place, problems)
			}
		}
	}
}
