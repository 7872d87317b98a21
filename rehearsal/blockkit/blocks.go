package blockkit

import "encoding/json"

// Sizes of a payload (slack.md Sizes).
const (
	maxMessageBlocks = 50
	maxViewBlocks    = 100
	maxMarkdown      = 12_000 // characters of all markdown blocks together
)

// A blockType is the table of one kind of block and where it is shown.
type blockType struct {
	object
	surfaces surface
	inside   nesting
}

var blockID = may("block_id", str(1, 255))

// block makes a table with the field that every block has.
func block(fs ...field) object { return fields(fs...).and(blockID) }

// blockTypes are all blocks of docs.slack.dev/reference/block-kit/blocks.
var blockTypes = map[string]blockType{
	"section": {block(
		may("text", text(anyText, 3000)),
		may("fields", list(1, 10, text(anyText, 2000))),
		may("accessory", elementAt(accessory)),
		may("expand", boolean),
	).with(sectionHasText), everywhere, anyNesting},
	"header":  {block(must("text", text(plain, 150)), may("level", integer(1, 4))), everywhere, anyNesting},
	"divider": {block(), everywhere, anyNesting},
	"image": {imageSource.and(must("alt_text", str(1, 2000)), may("title", text(plain, 2000)), blockID),
		everywhere, anyNesting},
	"context":   {block(must("elements", list(1, 10, contextElement))), everywhere, anyNesting},
	"actions":   {block(must("elements", list(1, 25, elementAt(actions)))), everywhere, inContainer | inLayout},
	"rich_text": {richTextBody.and(blockID), everywhere, anyNesting},
	"input": {block(
		must("label", text(plain, 2000)),
		must("element", elementAt(input)),
		may("hint", text(plain, 2000)),
		may("optional", boolean),
		may("dispatch_action", boolean),
	), everywhere, inContainer | inLayout},
	"video": {block(
		must("alt_text", str(1, 200)),
		must("title", text(plain, 199)),
		must("thumbnail_url", str(1, 3000)),
		must("video_url", secureURL),
		may("title_url", secureURL),
		may("description", text(plain, 200)),
		may("author_name", str(1, 49)),
		may("provider_name", str(1, 50)),
		may("provider_icon_url", str(1, 3000)),
	), everywhere, anyNesting},
	"file": {block(must("external_id", name), must("source", enum("remote"))), message, inContainer | inLayout},
	"call": {block(must("call_id", name)), message, onTop},

	"markdown":        {block(must("text", markdownText)), message, onTop},
	"context_actions": {block(must("elements", list(1, 5, elementAt(contextActions)))), message, onTop},
	"alert": {block(must("text", text(anyText, 200)),
		may("level", enum("default", "info", "warning", "error", "success"))), modal, inLayout},

	"table":              {tableFields.and(blockID), message, anyNesting},
	"data_table":         {dataTableFields.and(blockID), message, inLayout},
	"data_visualization": {chartFields.and(blockID), message, inLayout},

	"card":      {cardFields.and(blockID), message | home, inLayout},
	"carousel":  {block(must("elements", list(1, 10, childOf("card")))), message | home, inLayout},
	"task_card": {taskFields.and(blockID), message, onTop},
	"plan":      {block(must("title", str(1, 3000)), may("tasks", list(1, maxMessageBlocks, task))), message, onTop},
	"container": {containerFields.and(blockID), message, inLayout},
	"layout":    {layoutFields.and(blockID), everywhere, inContainer},
}

// secureURL is an https address.
var secureURL = format("must be an https URL", func(s string) bool {
	return isURL(s) && len(s) > len("https://") && s[:len("https://")] == "https://" && chars(s) <= 3000
})

// sectionHasText: a section says something, in `text` or in `fields`.
func sectionHasText(w *walk, at string, m map[string]any) {
	if !has(m, "text") && !has(m, "fields") {
		w.report(at+"/type", "must define either `text` or `fields`")
	}
}

// contextElement is an image or a text of a context block.
func contextElement(w *walk, at string, v any) {
	if m, ok := v.(map[string]any); ok && m["type"] == "image" {
		elementAt(picture)(w, at, v)
		return
	}
	text(anyText, 3000)(w, at, v)
}

// markdownText counts the characters of all markdown blocks of a payload.
func markdownText(w *walk, at string, v any) {
	str(1, maxMarkdown)(w, at, v)
	s, _ := v.(string)
	n := chars(s)
	w.markdown += n
	if n <= maxMarkdown && w.markdown > maxMarkdown {
		w.report(at, "must be less than 12001 characters in all markdown blocks together")
	}
}

// ValidateMessage checks the blocks of a message: chat.postMessage,
// chat.update, chat.postEphemeral, response_urls. It returns nothing for a
// message that Slack would take. An empty array is a message without blocks.
func ValidateMessage(blocks json.RawMessage) []Problem {
	v, err := decode(blocks, MaxMessageBytes)
	if err != nil {
		return []Problem{{"/blocks", err.Error()}}
	}
	w := newWalk(message)
	topBlocks(maxMessageBlocks)(w, "/blocks", v)
	return w.problems
}
