package blockkit_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"tsugite/rehearsal/blockkit"
)

const (
	image   = `{"type":"image","image_url":"https://example.org/a.png","alt_text":"a"}`
	divider = `{"type":"divider"}`
	rich    = `{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"x"}]}]}`
)

func button(extra string) string {
	return `{"type":"button","text":` + plain("b") + extra + `}`
}

// TestBlockRules: each block as Slack takes it, and each of its rules broken.
func TestBlockRules(t *testing.T) {
	at := "/blocks/0"
	section := func(rest string) string { return `{"type":"section",` + rest + `}` }
	table := func(rows string) string { return `{"type":"table","rows":` + rows + `}` }
	raw := `{"type":"raw_text","text":"x"}`
	row := "[" + raw + "]"
	dataTable := func(rows, rest string) string {
		return `{"type":"data_table","caption":"c","rows":` + rows + rest + `}`
	}
	pie := func(segments string) string {
		return `{"type":"data_visualization","title":"t","chart":{"type":"pie","segments":` + segments + `}}`
	}
	bar := func(series string) string {
		return `{"type":"data_visualization","title":"t","chart":{"type":"bar","series":` + series +
			`,"axis_config":{"categories":["a","b"],"x_label":"x"}}}`
	}
	points := `[{"label":"a","value":1},{"label":"b","value":-2.5}]`
	segment := `{"label":"l","value":1}`
	card := func(rest string) string { return `{"type":"card",` + rest + `}` }
	task := func(rest string) string { return `{"type":"task_card","task_id":"1","title":"t"` + rest + `}` }
	container := func(children string) string {
		return `{"type":"container","title":` + plain("t") + `,"child_blocks":[` + children + `]}`
	}
	layout := func(block, rest string) string {
		return `{"type":"layout","label":"l","rows":[{"items":[{"block":` + block + `,"width":"wide"}]}]` + rest + `}`
	}
	video := func(rest string) string {
		return `{"type":"video","title":` + plain("t") + `,"alt_text":"a","thumbnail_url":"https://example.org/t.png",` + rest + `}`
	}

	one := []rule{
		{"section with text", section(`"text":` + mrkdwn("*x*")), nil},
		{"section with fields", section(`"fields":[` + plain("x") + `,` + mrkdwn("y") + `]`), nil},
		{"section with accessory and expand", section(`"text":` + plain("x") + `,"accessory":` + image + `,"expand":true`), nil},
		{"section says nothing", `{"type":"section"}`, refused("must define either `text` or `fields`", at+"/type")},
		{"section text too long", section(`"text":` + mrkdwn(long(3001))), neither("must be less than 3001 characters", at+"/text")},
		{"section text empty", section(`"text":` + mrkdwn("")), neither("must be more than 0 characters", at+"/text")},
		{"section text a string", section(`"text":"x"`), refused("must provide an object", at+"/text")},
		{"section text a number", section(`"text":{"type":"mrkdwn","text":5}`), neither("must provide a string", at+"/text")},
		{"section text without text", section(`"text":{"type":"mrkdwn"}`),
			append(refused("failed to match all allowed schemas", at+"/text"), refused("missing required field: text", at+"/text")...)},
		{"section text of unknown kind", section(`"text":{"type":"html","text":"x"}`), refused("unsupported type: html", at+"/text/type")},
		{"emoji belongs to plain_text", section(`"text":{"type":"mrkdwn","text":"x","emoji":true}`),
			append(refused("failed to match all allowed schemas", at+"/text"), refused("invalid additional property: emoji", at+"/text")...)},
		{"emoji is a boolean", section(`"text":{"type":"plain_text","text":"x","emoji":"yes"}`),
			append(refused("failed to match all allowed schemas", at+"/text"), refused("must provide a boolean", at+"/text/emoji")...)},
		{"section with eleven fields", section(`"fields":` + several(11, same(plain("x")))), refused("no more than 10 items allowed", at+"/fields")},
		{"section with no fields", section(`"fields":[]`), refused("no fewer than 1 items allowed", at+"/fields")},
		{"section field too long", section(`"fields":[` + plain(long(2001)) + `]`), neither("must be less than 2001 characters", at+"/fields/0")},
		{"section with an input as accessory", section(`"text":` + plain("x") + `,"accessory":{"type":"plain_text_input"}`),
			refused("unsupported type: plain_text_input", at+"/accessory/type")},

		{"header", `{"type":"header","text":` + plain("x") + `,"block_id":"h"}`, nil},
		{"header without text", `{"type":"header"}`, refused("missing required field: text", at)},
		{"header in mrkdwn", `{"type":"header","text":` + mrkdwn("x") + `}`, refused("unsupported type: mrkdwn", at+"/text/type")},
		{"header too long", `{"type":"header","text":` + plain(long(151)) + `}`, refused("must be less than 151 characters", at+"/text/text")},

		{"divider", divider, nil},
		{"divider with text", `{"type":"divider","text":"x"}`, refused("invalid additional property: text", at)},
		{"block_id too long", `{"type":"divider","block_id":"` + long(256) + `"}`, refused("must be less than 256 characters", at+"/block_id")},
		{"block_id empty", `{"type":"divider","block_id":""}`, refused("must be more than 0 characters", at+"/block_id")},
		{"block_id a number", `{"type":"divider","block_id":1}`, refused("must provide a string", at+"/block_id")},

		{"image by URL", image, nil},
		{"image by Slack file", `{"type":"image","slack_file":{"id":"F1"},"alt_text":"a","title":` + plain("t") + `}`, nil},
		{"image by nothing", `{"type":"image","alt_text":"a"}`, refused("must define either `image_url` or `slack_file`", at)},
		{"image by both", `{"type":"image","alt_text":"a","image_url":"u","slack_file":{"id":"F1"}}`, refused("must define either `image_url` or `slack_file`", at)},
		{"Slack file by both", `{"type":"image","alt_text":"a","slack_file":{"id":"F1","url":"u"}}`, refused("must define either `id` or `url`", at+"/slack_file")},
		{"image without alt_text", `{"type":"image","image_url":"u"}`, refused("missing required field: alt_text", at)},

		{"context", `{"type":"context","elements":[` + image + `,` + mrkdwn("x") + `]}`, nil},
		{"context without elements", `{"type":"context"}`, refused("missing required field: elements", at)},
		{"context with eleven", `{"type":"context","elements":` + several(11, same(mrkdwn("x"))) + `}`, refused("no more than 10 items allowed", at+"/elements")},
		{"context with a button", `{"type":"context","elements":[` + button("") + `]}`, refused("unsupported type: button", at+"/elements/0/type")},

		{"actions", actions(button(`,"action_id":"a"`), button(`,"action_id":"b"`)), nil},
		{"actions with none", actions(), refused("no fewer than 1 items allowed", at+"/elements")},
		{"actions with 26", `{"type":"actions","elements":` + several(26, same(button(""))) + `}`, refused("no more than 25 items allowed", at+"/elements")},
		{"same action_id twice in a block", actions(button(`,"action_id":"a"`), button(`,"action_id":"a"`)),
			refused("`action_id` must be unique: a", at+"/elements/1/action_id")},
		{"actions not an array", `{"type":"actions","elements":{}}`, refused("must provide an array", at+"/elements")},

		{"input in a message", input(`{"type":"plain_text_input"}`), nil},
		{"input without label and element", `{"type":"input"}`,
			append(refused("missing required field: label", at), refused("missing required field: element", at)...)},
		{"input with a button", input(button("")), refused("unsupported type: button", at+"/element/type")},
		{"input label too long", `{"type":"input","label":` + plain(long(2001)) + `,"element":{"type":"datepicker"}}`,
			refused("must be less than 2001 characters", at+"/label/text")},

		{"rich_text", rich, nil},
		{"rich_text with every part", `{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[
			{"type":"text","text":"x","style":{"bold":true,"code":false}},{"type":"link","url":"https://e.org","text":"e"},
			{"type":"emoji","name":"wave"},{"type":"user","user_id":"U1"},{"type":"usergroup","usergroup_id":"S1"},
			{"type":"channel","channel_id":"C1"},{"type":"team","team_id":"T1"},{"type":"broadcast","range":"here"},
			{"type":"color","value":"#fff"},{"type":"date","timestamp":1700000000,"format":"{date}"}]},
			{"type":"rich_text_list","style":"ordered","indent":1,"border":0,"offset":2,"elements":[{"type":"rich_text_section","elements":[]}]},
			{"type":"rich_text_quote","elements":[{"type":"text","text":"q"}]},
			{"type":"rich_text_preformatted","border":1,"elements":[{"type":"text","text":"p"}]}]}`, nil},
		{"rich_text with a paragraph of unknown kind", `{"type":"rich_text","elements":[{"type":"text","text":"x"}]}`,
			refused("unsupported type: text", at+"/elements/0/type")},
		{"rich_text with a list of unknown style", `{"type":"rich_text","elements":[{"type":"rich_text_list","style":"x","elements":[{"type":"rich_text_section","elements":[]}]}]}`,
			refused("must be a valid enum value", at+"/elements/0/style")},
		{"rich_text with empty text", `{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":""}]}]}`,
			refused("must be more than 0 characters", at+"/elements/0/elements/0/text")},

		{"video", video(`"video_url":"https://example.org/v"`), nil},
		{"video without https", video(`"video_url":"http://example.org/v"`), refused("must be an https URL", at+"/video_url")},
		{"remote file", `{"type":"file","external_id":"x","source":"remote"}`, nil},
		{"other file", `{"type":"file","external_id":"x","source":"local"}`, refused("must be a valid enum value", at+"/source")},
		{"call", `{"type":"call","call_id":"R1"}`, nil},
		{"markdown", `{"type":"markdown","text":"# x"}`, nil},
		{"markdown too long", `{"type":"markdown","text":"` + long(12001) + `"}`, refused("must be less than 12001 characters", at+"/text")},

		{"feedback and icon buttons", `{"type":"context_actions","elements":[{"type":"feedback_buttons","action_id":"f",
			"positive_button":{"text":` + plain("+") + `,"value":"+"},"negative_button":{"text":` + plain("-") + `,"value":"-"}},
			{"type":"icon_button","icon":"trash","text":` + plain("x") + `}]}`, nil},
		{"context_actions with a button", `{"type":"context_actions","elements":[` + button("") + `]}`, refused("unsupported type: button", at+"/elements/0/type")},
		{"icon_button with another icon", `{"type":"context_actions","elements":[{"type":"icon_button","icon":"bin","text":` + plain("x") + `}]}`,
			refused("must be a valid enum value", at+"/elements/0/icon")},
		{"feedback without value", `{"type":"context_actions","elements":[{"type":"feedback_buttons",
			"positive_button":{"text":` + plain("+") + `},"negative_button":{"text":` + plain("-") + `,"value":"-"}}]}`,
			refused("missing required field: value", at+"/elements/0/positive_button")},

		{"table", `{"type":"table","rows":[[` + raw + `,` + rich + `],[` + raw + `,{"type":"raw_number","value":1.5}]],
			"column_settings":[null,{"align":"right","is_wrapped":true}]}`, nil},
		{"table without rows", table("[]"), refused("no fewer than 1 items allowed", at+"/rows")},
		{"table with 101 rows", table(several(101, same(row))), refused("no more than 100 items allowed", at+"/rows")},
		{"table with 21 columns", table("[" + several(21, same(raw)) + "]"), refused("no more than 20 items allowed", at+"/rows/0")},
		{"table with a button", table("[[" + button("") + "]]"), refused("unsupported type: button", at+"/rows/0/0/type")},
		{"data_table", dataTable("["+row+",["+`{"type":"raw_number","value":1}`+"],["+`{"type":"action_cell","element":`+button("")+`}`+"]]",
			`,"page_size":5,"row_header_column_index":0`), nil},
		{"data_table of a header only", dataTable("["+row+"]", ""), refused("no fewer than 2 items allowed", at+"/rows")},
		{"data_table with uneven rows", dataTable("["+row+",["+raw+","+raw+"]]", ""), refused("must have 1 items as the first row has", at+"/rows/1")},
		{"data_table with a rich header", dataTable("[["+rich+"],"+row+"]", ""), refused("unsupported type: rich_text", at+"/rows/0/0/type")},
		{"data_table with a row header outside", dataTable("["+row+","+row+"]", `,"row_header_column_index":1`),
			refused("must be less than 1", at+"/row_header_column_index")},
		{"data_table too full", dataTable("["+row+`,[{"type":"raw_text","text":"`+long(10_000)+`"}]]`, ""),
			refused("must be less than 10001 characters in all cells together", at+"/rows")},

		{"pie", pie("[" + segment + "]"), nil},
		{"pie with seven slices", pie(several(7, same(segment))), refused("no more than 6 items allowed", at+"/chart/segments")},
		{"pie with nothing in a slice", pie(`[{"label":"l","value":0}]`), refused("must be greater than 0", at+"/chart/segments/0/value")},
		{"chart label too long", pie(`[{"label":"` + long(21) + `","value":1}]`), refused("must be less than 21 characters", at+"/chart/segments/0/label")},
		{"chart title too long", `{"type":"data_visualization","title":"` + long(51) + `","chart":{"type":"pie","segments":[` + segment + `]}}`,
			refused("must be less than 51 characters", at+"/title")},
		{"chart of unknown kind", `{"type":"data_visualization","title":"t","chart":{"type":"radar"}}`, refused("unsupported type: radar", at+"/chart/type")},
		{"bar", bar(`[{"name":"n","data":` + points + `}]`), nil},
		{"series of the same name", bar(`[{"name":"n","data":` + points + `},{"name":"n","data":` + points + `}]`),
			refused("`name` must be unique: n", at+"/chart/series/1/name")},
		{"series without a category", bar(`[{"name":"n","data":[{"label":"a","value":1}]}]`),
			refused("must have a data point for each category", at+"/chart/series/0/data")},
		{"series with a foreign point", bar(`[{"name":"n","data":[{"label":"a","value":1},{"label":"b","value":1},{"label":"c","value":1}]}]`),
			refused("must match one of the categories, once", at+"/chart/series/0/data/2/label")},

		{"card", card(`"title":` + mrkdwn("t") + `,"icon":` + image + `,"actions":[` + button("") + `]`), nil},
		{"card of nothing", card(`"subtitle":` + plain("t")), refused("must define at least one of `hero_image`, `title`, `actions`, `body`", at)},
		{"card with two icons", card(`"title":` + plain("t") + `,"icon":` + image + `,"slack_icon":{"type":"icon","name":"book"}`),
			refused("must define either `icon` or `slack_icon`", at)},
		{"card with a menu", card(`"actions":[{"type":"datepicker"}]`), refused("unsupported type: datepicker", at+"/actions/0/type")},
		{"carousel", `{"type":"carousel","elements":[` + card(`"title":`+plain("t")) + `]}`, nil},
		{"carousel of sections", `{"type":"carousel","elements":[` + section(`"text":`+plain("t")) + `]}`, refused("unsupported type: section", at+"/elements/0/type")},
		{"carousel of eleven", `{"type":"carousel","elements":` + several(11, same(card(`"title":`+plain("t")))) + `}`, refused("no more than 10 items allowed", at+"/elements")},
		{"task_card", task(`,"status":"complete","details":` + rich + `,"sources":[{"type":"url","url":"https://e.org","text":"e"}]`), nil},
		{"task_card of unknown status", task(`,"status":"lost"`), refused("must be a valid enum value", at+"/status")},
		{"task_card details as text", task(`,"details":` + plain("x")), refused("unsupported type: plain_text", at+"/details/type")},
		{"plan", `{"type":"plan","title":"p","tasks":[` + task("") + `,{"task_id":"2","title":"t"}]}`, nil},
		{"plan of dividers", `{"type":"plan","title":"p","tasks":[` + divider + `]}`, refused("unsupported type: divider", at+"/tasks/0/type")},
		{"container", container(divider + "," + rich), nil},
		{"container without title", `{"type":"container","child_blocks":[` + divider + `]}`, refused("must define either `title` or `rich_text_title`", at)},
		{"container of eleven", container(strings.Repeat(divider+",", 10) + divider), refused("no more than 10 items allowed", at+"/child_blocks")},
		{"container of markdown", container(`{"type":"markdown","text":"x"}`), refused("unsupported type: markdown", at+"/child_blocks/0/type")},
		{"container in a container", container(container(divider)), refused("unsupported type: container", at+"/child_blocks/0/type")},
		{"container in a layout", layout(container(divider), ""), nil},
		{"layout in a container in a layout", layout(container(layout(divider, "")), ""),
			refused("no more than 2 levels of containers and layouts allowed", at+"/rows/0/items/0/block/child_blocks/0/rows")},

		{"container collapsed for ever", `{"type":"container","title":` + plain("t") + `,"default_collapsed":true,"child_blocks":[` + divider + `]}`,
			refused("`default_collapsed` requires `is_collapsible`", at+"/default_collapsed")},
		{"layout", layout(divider, `,"grid_lines":"rows","fallback":[`+divider+`]`), nil},
		{"a fallback may repeat the ids", `{"type":"layout","label":"l","rows":[{"items":[{"block":{"type":"divider","block_id":"x"}}]}],"fallback":[{"type":"divider","block_id":"x"}]}`, nil},
		{"layout without label", `{"type":"layout","rows":[{"items":[{"block":` + divider + `}]}]}`, refused("missing required field: label", at)},
		{"layout of six rows", `{"type":"layout","label":"l","rows":` + several(6, same(`{"items":[{"block":`+divider+`}]}`)) + `}`, refused("no more than 5 items allowed", at+"/rows")},
		{"layout of four in a row", `{"type":"layout","label":"l","rows":[{"items":` + several(4, same(`{"block":`+divider+`}`)) + `}]}`, refused("no more than 3 items allowed", at+"/rows/0/items")},
		{"layout of markdown", layout(`{"type":"markdown","text":"x"}`, ""), refused("unsupported type: markdown", at+"/rows/0/items/0/block/type")},
		{"layout in a layout", layout(layout(divider, ""), ""), refused("unsupported type: layout", at+"/rows/0/items/0/block/type")},
		{"layout with buttons for fallback", layout(divider, `,"fallback":[`+actions(button(""))+`]`), refused("unsupported type: actions", at+"/fallback/0/type")},
		{"layout in a container", container(layout(divider, "")), nil},

		{"block of unknown type", `{"type":"foo"}`, refused("unsupported type: foo", at+"/type")},
		{"block without type", `{}`, refused("missing required field: type", at)},
		{"block whose type is no string", `{"type":1}`, refused("must provide a string", at+"/type")},
		{"block that is no object", `"section"`, refused("must provide an object", at)},
		{"null is no text", section(`"text":null`), refused("must provide an object", at+"/text")},
	}
	check(t, one, func(raw json.RawMessage) []blockkit.Problem {
		return blockkit.ValidateMessage(slices.Concat([]byte("["), raw, []byte("]")))
	})
}

// TestMessageRules: rules across the blocks of a message.
func TestMessageRules(t *testing.T) {
	chart := `{"type":"data_visualization","title":"t","chart":{"type":"pie","segments":[{"label":"l","value":1}]}}`
	table := `{"type":"table","rows":[[{"type":"raw_text","text":"x"}]]}`
	markdown := func(n int) string { return `{"type":"markdown","text":"` + long(n) + `"}` }
	check(t, []rule{
		{"no blocks", `[]`, nil},
		{"fifty blocks", several(50, same(divider)), nil},
		{"51 blocks", several(51, same(divider)), refused("no more than 50 items allowed", "/blocks")},
		{"25 layouts of one block", several(25, same(`{"type":"layout","label":"l","rows":[{"items":[{"block":`+divider+`}]}]}`)), nil},
		{"26 layouts of one block", several(26, same(`{"type":"layout","label":"l","rows":[{"items":[{"block":`+divider+`}]}]}`)),
			refused("no more than 50 items allowed", "/blocks")},
		{"not an array", `{"type":"divider"}`, refused("must provide an array", "/blocks")},
		{"null", `null`, refused("must provide an array", "/blocks")},
		{"same block_id twice", `[{"type":"divider","block_id":"x"},{"type":"divider","block_id":"x"}]`,
			refused("`block_id` must be unique: x", "/blocks/1/block_id")},
		{"same action_id in two blocks", "[" + actions(button(`,"action_id":"a"`)) + "," + actions(button(`,"action_id":"a"`)) + "]", nil},
		{"two charts", "[" + chart + "," + chart + "]", nil},
		{"three charts", "[" + chart + "," + chart + "," + chart + "]", refused("no more than 2 data_visualization blocks allowed", "/blocks/2")},
		{"two tables", "[" + table + "," + table + "]", refused("only one table is allowed in a message", "/blocks/1")},
		{"markdown of 12,000 in all", "[" + markdown(6000) + "," + markdown(6000) + "]", nil},
		{"markdown of 12,001 in all", "[" + markdown(6000) + "," + markdown(6001) + "]",
			refused("must be less than 12001 characters in all markdown blocks together", "/blocks/1/text")},
		{"focus twice", "[" + actions(`{"type":"datepicker","focus_on_load":true}`, `{"type":"datepicker","focus_on_load":true}`) + "]",
			refused("`focus_on_load` must be set for only one element", "/blocks/0/elements/1/focus_on_load")},
		{"every problem is told", `[{"type":"foo"},{"type":"header"}]`,
			append(refused("unsupported type: foo", "/blocks/0/type"), refused("missing required field: text", "/blocks/1")...)},
	}, blockkit.ValidateMessage)
}

// TestSurfaces: where each block may be shown.
func TestSurfaces(t *testing.T) {
	title := `"title":` + plain("t")
	blocks := map[string]struct {
		json                string
		message, modal, hom bool
	}{
		"section":            {`{"type":"section","text":` + plain("x") + `}`, true, true, true},
		"header":             {`{"type":"header","text":` + plain("x") + `}`, true, true, true},
		"divider":            {divider, true, true, true},
		"image":              {image, true, true, true},
		"context":            {`{"type":"context","elements":[` + plain("x") + `]}`, true, true, true},
		"actions":            {actions(button("")), true, true, true},
		"rich_text":          {rich, true, true, true},
		"input":              {input(`{"type":"plain_text_input"}`), true, true, true},
		"video":              {`{"type":"video",` + title + `,"alt_text":"a","thumbnail_url":"u","video_url":"https://e.org/v"}`, true, true, true},
		"alert":              {`{"type":"alert","text":` + mrkdwn("x") + `,"level":"info"}`, false, true, false},
		"file":               {`{"type":"file","external_id":"x","source":"remote"}`, true, false, false},
		"call":               {`{"type":"call","call_id":"x"}`, true, false, false},
		"markdown":           {`{"type":"markdown","text":"x"}`, true, false, false},
		"table":              {`{"type":"table","rows":[[{"type":"raw_text","text":"x"}]]}`, true, false, false},
		"data_table":         {`{"type":"data_table","caption":"c","rows":[[{"type":"raw_text","text":"x"}],[{"type":"raw_text","text":"x"}]]}`, true, false, false},
		"data_visualization": {`{"type":"data_visualization","title":"t","chart":{"type":"pie","segments":[{"label":"l","value":1}]}}`, true, false, false},
		"context_actions":    {`{"type":"context_actions","elements":[{"type":"icon_button","icon":"trash","text":` + plain("x") + `}]}`, true, false, false},
		"card":               {`{"type":"card",` + title + `}`, true, false, true},
		"carousel":           {`{"type":"carousel","elements":[{"type":"card",` + title + `}]}`, true, false, true},
		"task_card":          {`{"type":"task_card","task_id":"1","title":"t"}`, true, false, false},
		"plan":               {`{"type":"plan","title":"t"}`, true, false, false},
		"container":          {`{"type":"container",` + title + `,"child_blocks":[` + divider + `]}`, true, false, false},
		"layout":             {`{"type":"layout","label":"l","rows":[{"items":[{"block":` + divider + `}]}]}`, true, true, true},
		"input of a file":    {input(`{"type":"file_input"}`), false, true, false},
		"input of a moment":  {input(`{"type":"datetimepicker"}`), true, true, false},
	}
	for name, b := range blocks {
		surfaces := map[string]struct {
			problems []blockkit.Problem
			shown    bool
		}{
			"message": {blockkit.ValidateMessage(json.RawMessage("[" + b.json + "]")), b.message},
			"modal":   {blockkit.ValidateView(json.RawMessage(modal(b.json))), b.modal},
			"home":    {blockkit.ValidateView(json.RawMessage(`{"type":"home","blocks":[` + b.json + `]}`)), b.hom},
		}
		for surface, s := range surfaces {
			if s.shown && len(s.problems) > 0 {
				t.Errorf("%s in a %s: %v", name, surface, s.problems)
			}
			if !s.shown && (len(s.problems) != 1 || !strings.HasPrefix(s.problems[0].Message, "unsupported type: ")) {
				t.Errorf("%s in a %s: want it unsupported, got %v", name, surface, s.problems)
			}
		}
	}
}

// TestHostileInputIsRefusedEarly: size, depth and number of problems are bounded.
func TestHostileInputIsRefusedEarly(t *testing.T) {
	deep := strings.Repeat(`[`, 10_000) + strings.Repeat(`]`, 10_000)
	huge := `[{"type":"section","text":` + plain(strings.Repeat("x", 10<<20)) + `}]`
	check(t, []rule{
		{"10,000 levels", deep, refused("nested too deeply", "/blocks")},
		{"10 MB", huge, refused("too large", "/blocks")},
	}, blockkit.ValidateMessage)
	check(t, []rule{
		{"10,000 levels in a view", deep, refused("nested too deeply", "/view")},
		{"10 MB in a view", huge, refused("too large", "/view")},
	}, blockkit.ValidateView)
	for _, broken := range []string{"", "{", "[]]", "[] []", "nil", `"\ud800"x`, "[1e]", strings.Repeat("{", 20)} {
		if got := said(blockkit.ValidateMessage(json.RawMessage(broken))); !slices.Equal(got, refused("must be valid JSON", "/blocks")) {
			t.Errorf("%q: got %v", broken, got)
		}
	}
	quoted := `[{"type":"divider","block_id":"\"` + strings.Repeat("[", 40) + `"}]`
	if got := blockkit.ValidateMessage(json.RawMessage(quoted)); len(got) > 0 {
		t.Errorf("brackets in a text count as depth: %v", got)
	}
	many := several(50, func(i int) string {
		return fmt.Sprintf(`{"type":"section","a%d":1,"b":1,"c":1,"d":1}`, i)
	})
	if got := blockkit.ValidateMessage(json.RawMessage(many)); len(got) != 100 {
		t.Errorf("got %d problems, want the first 100", len(got))
	}
	long := `[{"type":"` + strings.Repeat("x", 100_000) + `"}]`
	if got := blockkit.ValidateMessage(json.RawMessage(long)); len(got) != 1 || len(got[0].Message) > 200 {
		t.Errorf("a type of 100,000 characters is repeated in full")
	}
}
