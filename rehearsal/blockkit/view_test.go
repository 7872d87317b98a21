package blockkit_test

import (
	"fmt"
	"strings"
	"testing"

	"tsugite/rehearsal/blockkit"
)

// TestViewRules: modals and Homes as Slack takes them, and each rule broken.
func TestViewRules(t *testing.T) {
	of := func(kind, rest string) string { return fmt.Sprintf(`{"type":%q,%s}`, kind, rest) }
	title := `"title":` + plain("t")
	none := `"blocks":[]`
	ask := `"blocks":[` + input(`{"type":"plain_text_input"}`) + `]`
	focus := element("datepicker", `"focus_on_load":true`)
	check(t, []rule{
		{"modal", of("modal", title+`,"submit":`+plain("s")+`,"close":`+plain("c")+`,"callback_id":"x","private_metadata":"{}",
			"external_id":"e","clear_on_close":true,"notify_on_close":false,`+none), nil},
		{"home", of("home", `"callback_id":"x","private_metadata":"","external_id":"e",`+none), nil},
		{"modal of nothing", of("modal", `"callback_id":"x"`),
			append(refused("missing required field: title", "/view"), refused("missing required field: blocks", "/view")...)},
		{"workflow_step is retired", of("workflow_step", none), refused("unsupported type: workflow_step", "/view/type")},
		{"view of unknown type", of("page", none), refused("unsupported type: page", "/view/type")},
		{"view without type", `{}`, refused("missing required field: type", "/view")},
		{"view that is no object", `[]`, refused("must provide an object", "/view")},
		{"home with a title", of("home", title+","+none), refused("invalid additional property: title", "/view")},
		{"view as it came back", of("home", `"id":"V1","state":{},`+none),
			append(refused("invalid additional property: id", "/view"), refused("invalid additional property: state", "/view")...)},
		{"submit_disabled is for workflow steps", of("modal", title+`,"submit_disabled":true,`+none), refused("invalid additional property: submit_disabled", "/view")},

		{"title of 24", of("modal", `"title":`+plain(long(24))+","+none), nil},
		{"title of 25", of("modal", `"title":`+plain(long(25))+","+none), refused("must be less than 25 characters", "/view/title/text")},
		{"submit of 25", of("modal", title+`,"submit":`+plain(long(25))+","+none), refused("must be less than 25 characters", "/view/submit/text")},
		{"close of 25", of("modal", title+`,"close":`+plain(long(25))+","+none), refused("must be less than 25 characters", "/view/close/text")},
		{"title in mrkdwn", of("modal", `"title":`+mrkdwn("t")+","+none), refused("unsupported type: mrkdwn", "/view/title/type")},
		{"private_metadata of 3,000", of("home", `"private_metadata":"`+long(3000)+`",`+none), nil},
		{"private_metadata of 3,001", of("home", `"private_metadata":"`+long(3001)+`",`+none), refused("must be less than 3001 characters", "/view/private_metadata")},
		{"callback_id of 256", of("home", `"callback_id":"`+long(256)+`",`+none), refused("must be less than 256 characters", "/view/callback_id")},
		{"external_id of 256", of("home", `"external_id":"`+long(256)+`",`+none), refused("must be less than 256 characters", "/view/external_id")},
		{"notify_on_close in words", of("modal", title+`,"notify_on_close":"yes",`+none), refused("must provide a boolean", "/view/notify_on_close")},

		{"100 blocks", of("home", `"blocks":`+several(100, same(divider))), nil},
		{"101 blocks", of("home", `"blocks":`+several(101, same(divider))), refused("no more than 100 items allowed", "/view/blocks")},
		{"modal that asks without submit", of("modal", title+","+ask), refused("missing required field: submit", "/view")},
		{"home asks without submit", of("home", ask), nil},
		{"same block_id twice", modal(input(`{"type":"datepicker"}`), input(`{"type":"datepicker"}`)), refused("`block_id` must be unique: b", "/view/blocks/1/block_id")},
		{"focus twice in a view", modal(actions(focus), actions(focus)),
			refused("`focus_on_load` must be set for only one element", "/view/blocks/1/elements/0/focus_on_load")},
		{"problems inside blocks", modal(divider, `{"type":"section"}`), refused("must define either `text` or `fields`", "/view/blocks/1/type")},
	}, blockkit.ValidateView)
}

// TestViewBytes: a view of exactly MaxViewBytes is read, one byte more is not.
func TestViewBytes(t *testing.T) {
	head, tail := `{"type":"home","blocks":[]`, "}"
	pad := strings.Repeat(" ", blockkit.MaxViewBytes-len(head)-len(tail))
	check(t, []rule{
		{"250 KB", head + pad + tail, nil},
		{"a byte more", head + pad + " " + tail, refused("too large", "/view")},
	}, blockkit.ValidateView)
}
