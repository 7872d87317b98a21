package blockkit

import "time"

// A place is where an element may stand.
type place uint8

const (
	accessory place = 1 << iota
	actions
	input
	contextActions
	picture // image elements: in context blocks, as accessories, in cards
)

// An element is the table of one kind of element: its fields, where it may
// stand, on which surfaces, and what it keeps in state.values ("" for nothing).
type element struct {
	object
	places   place
	surfaces surface
	state    stateShape
}

// A stateShape says how an element with a value appears in state.values.
type stateShape struct {
	key     string // the property that holds the value
	initial string // the field of the element that it starts from
	many    bool   // an array, which is empty where others are null
}

// Fields that many elements share.
var (
	actionID    = may("action_id", str(1, 255))
	confirmable = may("confirm", confirm)
	focusable   = may("focus_on_load", focus)
	placeholder = may("placeholder", text(plain, 150))
	dispatching = may("dispatch_action_config", dispatch)
	labelled    = may("accessibility_label", str(1, 75))
	valued      = may("value", str(0, 2000))
)

// focus refuses a second focus_on_load: true in one payload.
func focus(w *walk, at string, v any) {
	boolean(w, at, v)
	if on, _ := v.(bool); on {
		if w.focused {
			w.report(at, "`focus_on_load` must be set for only one element")
		}
		w.focused = true
	}
}

const (
	anywhere  = accessory | actions | input
	clickable = accessory | actions
)

// elementTypes are all elements of docs.slack.dev/reference/block-kit/block-elements
// but the parts of rich text.
var elementTypes = map[string]element{
	"button": {fields(actionID, must("text", text(plain, 75)),
		may("url", str(0, 3000)), valued, may("style", colour), confirmable, labelled),
		clickable, everywhere, stateShape{}},
	"workflow_button": {fields(actionID, must("text", text(plain, 75)),
		must("workflow", workflow), may("style", colour), confirmable, labelled),
		clickable, everywhere, stateShape{}},
	"overflow": {fields(actionID, confirmable,
		must("options", list(1, 5, option(plain, may("url", str(1, 3000)))))).with(distinctOptions),
		clickable, everywhere, stateShape{}},
	"icon_button": {fields(actionID, must("icon", enum("trash")), must("text", text(plain, 75)),
		valued, confirmable, labelled, may("visible_to_user_ids", list(1, 10, id))),
		contextActions, message, stateShape{}},
	"feedback_buttons": {fields(actionID,
		must("positive_button", feedback), must("negative_button", feedback)),
		contextActions, message, stateShape{}},
	"image": {imageSource.and(must("alt_text", str(1, 2000))),
		accessory | picture, everywhere, stateShape{}},

	"checkboxes": {fields(actionID, must("options", list(1, 10, option(anyText))),
		may("initial_options", list(1, 10, option(anyText))), confirmable, focusable).
		with(distinctOptions, initialAmongOptions),
		anywhere, everywhere, stateShape{"selected_options", "initial_options", true}},
	"radio_buttons": {fields(actionID, must("options", list(1, 10, option(anyText))),
		may("initial_option", option(anyText)), confirmable, focusable).
		with(distinctOptions, initialAmongOptions),
		anywhere, everywhere, stateShape{"selected_option", "initial_option", false}},

	"datepicker": {fields(actionID, may("initial_date", format("must be a date in the form YYYY-MM-DD", isDate)),
		confirmable, focusable, placeholder),
		anywhere, everywhere, stateShape{"selected_date", "initial_date", false}},
	"timepicker": {fields(actionID, may("initial_time", format("must be a time in the form HH:mm", isTime)),
		may("timezone", str(1, 255)), confirmable, focusable, placeholder),
		anywhere, everywhere, stateShape{"selected_time", "initial_time", false}},
	"datetimepicker": {fields(actionID, may("initial_date_time", integer(1_000_000_000, 9_999_999_999)),
		confirmable, focusable),
		actions | input, message | modal, stateShape{"selected_date_time", "initial_date_time", false}},

	"plain_text_input": {fields(actionID, may("initial_value", str(0, 3000)), may("multiline", boolean),
		may("min_length", integer(0, 3000)), may("max_length", integer(1, 3000)),
		dispatching, focusable, placeholder).with(ordered("min_length", "max_length")),
		input, everywhere, stateShape{"value", "initial_value", false}},
	"email_text_input": {fields(actionID, may("initial_value", str(0, 3000)),
		dispatching, focusable, placeholder),
		input, everywhere, stateShape{"value", "initial_value", false}},
	"url_text_input": {fields(actionID, may("initial_value", str(0, 3000)),
		dispatching, focusable, placeholder),
		input, everywhere, stateShape{"value", "initial_value", false}},
	"number_input": {fields(actionID, must("is_decimal_allowed", boolean), may("initial_value", numeral),
		may("min_value", numeral), may("max_value", numeral),
		dispatching, focusable, placeholder).with(numberBounds),
		input, everywhere, stateShape{"value", "initial_value", false}},
	"rich_text_input": {fields(actionID, may("initial_value", richText),
		may("min_lines", integer(1, 100)), may("max_lines", integer(1, 100)),
		dispatching, focusable, placeholder).with(ordered("min_lines", "max_lines")),
		input | actions, everywhere, stateShape{"rich_text_value", "initial_value", false}},
	"file_input": {fields(actionID, may("filetypes", list(1, 100, str(1, 255))), may("max_files", integer(1, maxFiles))),
		input, modal, stateShape{"files", "", true}},

	"static_select": {choiceFields("initial_option", option(plain)),
		anywhere, everywhere, stateShape{"selected_option", "initial_option", false}},
	"multi_static_select": {severalOf(choiceFields("initial_options", list(1, 100, option(plain))), "initial_options"),
		anywhere, everywhere, stateShape{"selected_options", "initial_options", true}},
	"external_select": {externalFields("initial_option", option(plain)),
		anywhere, everywhere, stateShape{"selected_option", "initial_option", false}},
	"multi_external_select": {severalOf(externalFields("initial_options", list(1, 100, option(plain))), "initial_options"),
		anywhere, everywhere, stateShape{"selected_options", "initial_options", true}},
	"users_select": {selectFields(may("initial_user", id)),
		anywhere, everywhere, stateShape{"selected_user", "initial_user", false}},
	"multi_users_select": {severalOf(selectFields(may("initial_users", ids)), "initial_users"),
		anywhere, everywhere, stateShape{"selected_users", "initial_users", true}},
	"conversations_select": {conversationFields(may("initial_conversation", id), may("response_url_enabled", boolean)),
		anywhere, everywhere, stateShape{"selected_conversation", "initial_conversation", false}},
	"multi_conversations_select": {severalOf(conversationFields(may("initial_conversations", ids)), "initial_conversations"),
		anywhere, everywhere, stateShape{"selected_conversations", "initial_conversations", true}},
	"channels_select": {selectFields(may("initial_channel", id), may("response_url_enabled", boolean)),
		anywhere, everywhere, stateShape{"selected_channel", "initial_channel", false}},
	"multi_channels_select": {severalOf(selectFields(may("initial_channels", ids)), "initial_channels"),
		anywhere, everywhere, stateShape{"selected_channels", "initial_channels", true}},
}

// maxFiles is the most files that one file input takes, and its default.
const maxFiles = 10

// feedback is one half of feedback_buttons.
var feedback = fields(must("text", text(plain, 75)), must("value", str(1, 2000)), labelled).check

// workflow is what a workflow button starts (composition-objects/workflow-object).
var workflow = fields(must("trigger", fields(
	must("url", str(1, 3000)),
	may("customizable_input_parameters", list(1, 100, fields(
		must("name", str(1, 255)), must("value", str(0, 3000)),
	).check)),
).check)).check

// elementAt is an element that may stand at one of the places.
func elementAt(p place) check {
	return func(w *walk, at string, v any) {
		m, name, ok := typeOf(w, at, v)
		if !ok {
			return
		}
		e, known := elementTypes[name]
		if !known || e.places&p == 0 || e.surfaces&w.surface == 0 {
			w.unsupported(at, name)
			return
		}
		w.claim(at, "action_id", m, w.actionIDs)
		e.checkFields(w, at, m)
	}
}

// buttonOnly is a button where no other element may stand.
func buttonOnly(w *walk, at string, v any) {
	if m, name, ok := typeOf(w, at, v); ok && name != "button" {
		w.unsupported(at, name)
	} else if ok {
		elementAt(actions)(w, at, m)
	}
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

func isTime(s string) bool {
	_, err := time.Parse("15:04", s)
	return err == nil && len(s) == len("15:04")
}
