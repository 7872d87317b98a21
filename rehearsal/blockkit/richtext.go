package blockkit

// Rich text: a block of sections, lists, quotes and preformatted text, each a
// row of styled parts (blocks/rich-text-block).

// style is how a part of rich text looks; which of them apply to a part is
// left to the client, as in Slack.
var style = may("style", fields(
	may("bold", boolean), may("italic", boolean), may("strike", boolean), may("code", boolean),
	may("underline", boolean), may("highlight", boolean), may("client_highlight", boolean), may("unlink", boolean),
).check)

// name is a short required string: an id, a name, a range.
var name = str(1, 255)

// richParts are the parts of a line of rich text.
var richParts = oneOf(map[string]object{
	"text": fields(must("text", str(1, -1)), style),
	"tag": fields(must("text", name), style,
		may("color", enum("gray", "brown", "purple", "indigo", "blue", "green", "yellow", "orange", "red"))),
	"link":      fields(must("url", str(1, 3000)), may("text", str(0, -1)), may("unsafe", boolean), style),
	"emoji":     fields(must("name", name), may("unicode", str(1, 255)), may("url", str(1, 3000)), may("skin_tone", integer(1, 6)), style),
	"user":      fields(must("user_id", name), style),
	"usergroup": fields(must("usergroup_id", name), style),
	"channel":   fields(must("channel_id", name), style),
	"team":      fields(must("team_id", name), style),
	"broadcast": fields(must("range", enum("here", "channel", "everyone")), style),
	"color":     fields(must("value", name), style),
	"date": fields(must("timestamp", integer(0, 9_999_999_999)), must("format", str(1, 3000)),
		may("url", orNull(str(1, 3000))), may("fallback", orNull(str(1, 3000))), may("timezone", name), style),
})

// maxParts bounds a row of rich text. Slack publishes no figure; the size of
// the payload binds first.
const maxParts = 10_000

var (
	parts  = must("elements", list(0, maxParts, richParts))
	border = may("border", integer(0, 1))
)

// richSections are the paragraphs of rich text.
var richSections = oneOf(map[string]object{
	"rich_text_section":      fields(parts),
	"rich_text_preformatted": fields(parts, border, may("language", name)),
	"rich_text_quote":        fields(parts, border),
	"rich_text_list": fields(must("style", enum("bullet", "ordered")),
		must("elements", list(1, maxParts, oneOf(map[string]object{"rich_text_section": fields(parts)}))),
		may("indent", integer(0, 8)), may("offset", integer(0, maxParts)), border),
})

// richTextBody are the fields of a rich_text block.
var richTextBody = fields(must("elements", list(1, maxParts, richSections)))

// richText is a rich_text block inside something else: an initial value, the
// details of a task, the title of a container, the cell of a table.
var richText = oneOf(map[string]object{"rich_text": richTextBody.and(blockID)})

// writtenText is what a person wrote into a rich_text_input: as richText, but
// it may be empty.
var writtenText = oneOf(map[string]object{
	"rich_text": fields(must("elements", list(0, maxParts, richSections)), blockID),
})
