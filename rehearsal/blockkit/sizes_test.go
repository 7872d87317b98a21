package blockkit_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"tsugite/rehearsal/blockkit"
)

// TestSizes: each published size is accepted, and one more is refused where it
// is too much. Texts are of characters that take several bytes each.
func TestSizes(t *testing.T) {
	words := func(template string) func(n int) string {
		return func(n int) string { return strings.ReplaceAll(template, "%", long(n)) }
	}
	items := func(template, item string) func(n int) string {
		return func(n int) string {
			return strings.ReplaceAll(template, "%", several(n, func(i int) string { return strings.ReplaceAll(item, "#", fmt.Sprint(i)) }))
		}
	}
	inInput := func(of func(n int) string) func(n int) string {
		return func(n int) string { return input(of(n)) }
	}
	inActions := func(of func(n int) string) func(n int) string {
		return func(n int) string { return actions(of(n)) }
	}
	text := `{"type":"plain_text","text":"%"}`
	videoOf := func(field, value string) string {
		fields := map[string]string{"alt_text": `"a"`, "title": plain("t"), "thumbnail_url": `"u"`, "video_url": `"https://example.org/v"`}
		fields[field] = value
		var b strings.Builder
		for name, v := range fields {
			fmt.Fprintf(&b, `,%q:%s`, name, v)
		}
		return `{"type":"video"` + b.String() + `}`
	}
	richOf := func(part string) string {
		return `{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[` + part + `]}]}`
	}
	dialog := func(field string) string {
		fields := map[string]string{"title": plain("t"), "text": plain("x"), "confirm": plain("y"), "deny": plain("n")}
		fields[field] = text
		return fmt.Sprintf(`{"type":"button","text":%s,"confirm":{"title":%s,"text":%s,"confirm":%s,"deny":%s}}`,
			plain("b"), fields["title"], fields["text"], fields["confirm"], fields["deny"])
	}
	feedback := func(field string) string {
		half := `{"text":` + plain("+") + `,"value":"+","accessibility_label":"+"}`
		switch field {
		case "text":
			half = `{"text":` + text + `,"value":"+"}`
		case "value":
			half = `{"text":` + plain("+") + `,"value":"%"}`
		case "accessibility_label":
			half = `{"text":` + plain("+") + `,"value":"+","accessibility_label":"%"}`
		}
		return `{"type":"context_actions","elements":[{"type":"feedback_buttons","positive_button":` + half + `,"negative_button":{"text":` + plain("-") + `,"value":"-"}}]}`
	}
	plotOf := func(series, categories string) string {
		return `{"type":"data_visualization","title":"t","chart":{"type":"line","series":` + series + `,"axis_config":{"categories":` + categories + `}}}`
	}
	axis := func(label string) string {
		return `{"type":"data_visualization","title":"t","chart":{"type":"area","series":[{"name":"s","data":[{"label":"a","value":1}]}],"axis_config":{"categories":["a"],"` + label + `":"%"}}}`
	}

	for _, c := range []struct {
		name    string
		of      func(n int) string
		most    int
		pointer string // from the block
	}{
		{"block_id", words(`{"type":"divider","block_id":"%"}`), 255, "/block_id"},
		{"section text", words(`{"type":"section","text":{"type":"mrkdwn","text":"%"}}`), 3000, "/text/text"},
		{"section field", words(`{"type":"section","fields":[` + text + `]}`), 2000, "/fields/0/text"},
		{"section fields", items(`{"type":"section","fields":%}`, plain("x")), 10, "/fields"},
		{"header", words(`{"type":"header","text":` + text + `}`), 150, "/text/text"},
		{"image alt_text", words(`{"type":"image","image_url":"u","alt_text":"%"}`), 2000, "/alt_text"},
		{"image title", words(`{"type":"image","image_url":"u","alt_text":"a","title":` + text + `}`), 2000, "/title/text"},
		{"image_url", words(`{"type":"image","image_url":"%","alt_text":"a"}`), 3000, "/image_url"},
		{"Slack file", words(`{"type":"image","slack_file":{"id":"%"},"alt_text":"a"}`), 255, "/slack_file/id"},
		{"Slack file by URL", words(`{"type":"image","slack_file":{"url":"%"},"alt_text":"a"}`), 3000, "/slack_file/url"},
		{"context elements", items(`{"type":"context","elements":%}`, plain("x")), 10, "/elements"},
		{"context text", words(`{"type":"context","elements":[` + text + `]}`), 3000, "/elements/0/text"},
		{"context image", words(`{"type":"context","elements":[{"type":"image","image_url":"u","alt_text":"%"}]}`), 2000, "/elements/0/alt_text"},
		{"actions elements", items(`{"type":"actions","elements":%}`, `{"type":"datepicker"}`), 25, "/elements"},
		{"input label", words(`{"type":"input","label":` + text + `,"element":{"type":"datepicker"}}`), 2000, "/label/text"},
		{"input hint", words(`{"type":"input","label":` + plain("l") + `,"hint":` + text + `,"element":{"type":"datepicker"}}`), 2000, "/hint/text"},
		{"video alt_text", words(videoOf("alt_text", `"%"`)), 200, "/alt_text"},
		{"video title", words(videoOf("title", text)), 199, "/title/text"},
		{"video description", words(videoOf("description", text)), 200, "/description/text"},
		{"video thumbnail", words(videoOf("thumbnail_url", `"%"`)), 3000, "/thumbnail_url"},
		{"video author", words(videoOf("author_name", `"%"`)), 49, "/author_name"},
		{"video provider", words(videoOf("provider_name", `"%"`)), 50, "/provider_name"},
		{"video provider's icon", words(videoOf("provider_icon_url", `"%"`)), 3000, "/provider_icon_url"},
		{"remote file", words(`{"type":"file","source":"remote","external_id":"%"}`), 255, "/external_id"},
		{"markdown", words(`{"type":"markdown","text":"%"}`), 12000, "/text"},
		{"context_actions elements", items(`{"type":"context_actions","elements":%}`, `{"type":"icon_button","icon":"trash","text":`+plain("x")+`}`), 5, "/elements"},
		{"icon_button viewers", items(`{"type":"context_actions","elements":[{"type":"icon_button","icon":"trash","text":`+plain("x")+`,"visible_to_user_ids":%}]}`, `"U#"`), 10, "/elements/0/visible_to_user_ids"},
		{"feedback text", words(feedback("text")), 75, "/elements/0/positive_button/text/text"},
		{"feedback value", words(feedback("value")), 2000, "/elements/0/positive_button/value"},
		{"feedback label", words(feedback("accessibility_label")), 75, "/elements/0/positive_button/accessibility_label"},

		{"rich text user", words(richOf(`{"type":"user","user_id":"%"}`)), 255, "/elements/0/elements/0/user_id"},
		{"rich text link", words(richOf(`{"type":"link","url":"%"}`)), 3000, "/elements/0/elements/0/url"},
		{"rich text date", words(richOf(`{"type":"date","timestamp":1,"format":"%"}`)), 3000, "/elements/0/elements/0/format"},

		{"table rows", items(`{"type":"table","rows":%}`, `[{"type":"raw_text","text":"x"}]`), 100, "/rows"},
		{"table columns", items(`{"type":"table","rows":[%]}`, `{"type":"raw_text","text":"x"}`), 20, "/rows/0"},
		{"table column_settings", items(`{"type":"table","rows":[[{"type":"raw_text","text":"x"}]],"column_settings":%}`, `null`), 20, "/column_settings"},
		{"data_table rows", items(`{"type":"data_table","caption":"c","rows":%}`, `[{"type":"raw_text","text":"x"}]`), 101, "/rows"},
		{"chart title", words(`{"type":"data_visualization","title":"%","chart":{"type":"pie","segments":[{"label":"l","value":1}]}}`), 50, "/title"},
		{"chart segments", items(`{"type":"data_visualization","title":"t","chart":{"type":"pie","segments":%}}`, `{"label":"l","value":1}`), 6, "/chart/segments"},
		{"chart series", items(plotOf("%", `["a"]`), `{"name":"s#","data":[{"label":"a","value":1}]}`), 6, "/chart/series"},
		{"chart series name", words(plotOf(`[{"name":"%","data":[{"label":"a","value":1}]}]`, `["a"]`)), 20, "/chart/series/0/name"},
		{"chart axis", words(axis("x_label")), 50, "/chart/axis_config/x_label"},
		{"chart other axis", words(axis("y_label")), 50, "/chart/axis_config/y_label"},
		{"card title", words(`{"type":"card","title":` + text + `}`), 150, "/title/text"},
		{"card subtitle", words(`{"type":"card","title":` + plain("t") + `,"subtitle":` + text + `}`), 150, "/subtitle/text"},
		{"card body", words(`{"type":"card","body":` + text + `}`), 200, "/body/text"},
		{"card subtext", words(`{"type":"card","title":` + plain("t") + `,"subtext":` + text + `}`), 200, "/subtext/text"},
		{"card actions", items(`{"type":"card","actions":%}`, `{"type":"button","text":`+plain("b")+`}`), 3, "/actions"},
		{"carousel", items(`{"type":"carousel","elements":%}`, `{"type":"card","title":`+plain("t")+`}`), 10, "/elements"},
		{"container title", words(`{"type":"container","title":` + text + `,"child_blocks":[{"type":"divider"}]}`), 150, "/title/text"},
		{"container subtitle", words(`{"type":"container","title":` + plain("t") + `,"subtitle":` + text + `,"child_blocks":[{"type":"divider"}]}`), 150, "/subtitle/text"},
		{"container blocks", items(`{"type":"container","title":`+plain("t")+`,"child_blocks":%}`, divider), 10, "/child_blocks"},
		{"layout label", words(`{"type":"layout","label":"%","rows":[{"items":[{"block":{"type":"divider"}}]}]}`), 150, "/label"},
		{"layout rows", items(`{"type":"layout","label":"l","rows":%}`, `{"items":[{"block":`+divider+`}]}`), 5, "/rows"},
		{"layout items", items(`{"type":"layout","label":"l","rows":[{"items":%}]}`, `{"block":`+divider+`}`), 3, "/rows/0/items"},

		{"action_id", inActions(words(`{"type":"datepicker","action_id":"%"}`)), 255, "/elements/0/action_id"},
		{"button text", inActions(words(`{"type":"button","text":` + text + `}`)), 75, "/elements/0/text/text"},
		{"button value", inActions(words(`{"type":"button","text":` + plain("b") + `,"value":"%"}`)), 2000, "/elements/0/value"},
		{"button url", inActions(words(`{"type":"button","text":` + plain("b") + `,"url":"%"}`)), 3000, "/elements/0/url"},
		{"button label", inActions(words(`{"type":"button","text":` + plain("b") + `,"accessibility_label":"%"}`)), 75, "/elements/0/accessibility_label"},
		{"workflow_button text", inActions(words(`{"type":"workflow_button","workflow":{"trigger":{"url":"u"}},"text":` + text + `}`)), 75, "/elements/0/text/text"},
		{"confirm title", inActions(words(dialog("title"))), 100, "/elements/0/confirm/title/text"},
		{"confirm text", inActions(words(dialog("text"))), 300, "/elements/0/confirm/text/text"},
		{"confirm yes", inActions(words(dialog("confirm"))), 30, "/elements/0/confirm/confirm/text"},
		{"confirm no", inActions(words(dialog("deny"))), 30, "/elements/0/confirm/deny/text"},
		{"overflow", inActions(items(`{"type":"overflow","options":%}`, `{"text":`+plain("x")+`,"value":"#"}`)), 5, "/elements/0/options"},
		{"overflow link", inActions(words(`{"type":"overflow","options":[{"text":` + plain("x") + `,"value":"v","url":"%"}]}`)), 3000, "/elements/0/options/0/url"},

		{"placeholder", inInput(words(`{"type":"datepicker","placeholder":` + text + `}`)), 150, "/element/placeholder/text"},
		{"plain_text_input start", inInput(words(`{"type":"plain_text_input","initial_value":"%"}`)), 3000, "/element/initial_value"},
		{"email_text_input start", inInput(words(`{"type":"email_text_input","initial_value":"%"}`)), 3000, "/element/initial_value"},
		{"url_text_input start", inInput(words(`{"type":"url_text_input","initial_value":"%"}`)), 3000, "/element/initial_value"},
		{"select options", inInput(items(`{"type":"static_select","options":%}`, `{"text":`+plain("x")+`,"value":"#"}`)), 100, "/element/options"},
		{"select groups", inInput(items(`{"type":"static_select","option_groups":%}`, `{"label":`+plain("g")+`,"options":[{"text":`+plain("x")+`,"value":"#"}]}`)), 100, "/element/option_groups"},
		{"options of a group", inInput(items(`{"type":"multi_static_select","option_groups":[{"label":`+plain("g")+`,"options":%}]}`, `{"text":`+plain("x")+`,"value":"#"}`)), 100, "/element/option_groups/0/options"},
		{"group label", inInput(words(`{"type":"static_select","option_groups":[{"label":` + text + `,"options":[{"text":` + plain("x") + `,"value":"v"}]}]}`)), 75, "/element/option_groups/0/label/text"},
		{"radio buttons", inInput(items(`{"type":"radio_buttons","options":%}`, `{"text":`+plain("x")+`,"value":"#"}`)), 10, "/element/options"},
		{"checkboxes", inInput(items(`{"type":"checkboxes","options":%}`, `{"text":`+plain("x")+`,"value":"#"}`)), 10, "/element/options"},
		{"people at the start", inInput(items(`{"type":"multi_users_select","initial_users":%}`, `"U#"`)), 100, "/element/initial_users"},
	} {
		t.Run(c.name, func(t *testing.T) {
			of := func(n int) json.RawMessage {
				raw := json.RawMessage("[" + c.of(n) + "]")
				if !json.Valid(raw) {
					t.Fatalf("the test's JSON is broken: %.500s", raw)
				}
				return raw
			}
			if problems := blockkit.ValidateMessage(of(c.most)); len(problems) > 0 {
				t.Errorf("%d: %v", c.most, problems)
			}
			tooMuch := fmt.Sprintf("no more than %d items allowed", c.most)
			if strings.Contains(c.of(1), long(1)) {
				tooMuch = fmt.Sprintf("must be less than %d characters", c.most+1)
			}
			problems := blockkit.ValidateMessage(of(c.most + 1))
			want := blockkit.Problem{Pointer: "/blocks/0" + c.pointer, Message: tooMuch}
			if len(problems) == 0 || problems[len(problems)-1] != want {
				t.Errorf("%d: got %v, want %v", c.most+1, problems, want)
			}
		})
	}
}
