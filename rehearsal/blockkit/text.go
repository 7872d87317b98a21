package blockkit

import "fmt"

// textKind is a set of kinds of text object.
type textKind uint8

const (
	plain textKind = 1 << iota
	mrkdwn
	anyText = plain | mrkdwn
)

// textTypes are the text objects (composition-objects/text-object). `emoji`
// belongs to plain_text and `verbatim` to mrkdwn; the size is the owner's.
var textTypes = []struct {
	name string
	kind textKind
	flag string
}{
	{"plain_text", plain, "emoji"},
	{"mrkdwn", mrkdwn, "verbatim"},
}

// text is a text object of one of the kinds with 1 to most characters.
func text(kinds textKind, most int) check {
	types := map[string]object{}
	for _, t := range textTypes {
		if t.kind&kinds != 0 {
			types[t.name] = fields(must("text", str(1, most)), may(t.flag, boolean))
		}
	}
	return func(w *walk, at string, v any) {
		m, name, ok := typeOf(w, at, v)
		if !ok {
			return
		}
		o, ok := types[name]
		if !ok {
			w.unsupported(at, name)
			return
		}
		before := len(w.problems)
		o.checkFields(w, at, m)
		if kinds == anyText && len(w.problems) > before {
			w.explain(before, at)
		}
	}
}

// explain puts in front of the latest problems the line that Slack puts there
// when an object that could be of several types matched none.
func (w *walk) explain(before int, at string) {
	if len(w.problems) == maxProblems {
		return
	}
	first := Problem{at, "failed to match all allowed schemas"}
	w.problems = append(w.problems[:before:before], append([]Problem{first}, w.problems[before:]...)...)
}

// confirm is a confirmation dialog (composition-objects/confirmation-dialog-object).
var confirm = fields(
	must("title", text(plain, 100)),
	must("text", text(anyText, 300)),
	must("confirm", text(plain, 30)),
	must("deny", text(plain, 30)),
	may("style", colour),
).check

// colour is the style of a button.
var colour = enum("primary", "danger")

// dispatch is when an input tells the app of what is typed
// (composition-objects/dispatch-action-configuration-object).
var dispatch = fields(
	may("trigger_actions_on", list(1, 2, enum("on_enter_pressed", "on_character_entered"))),
).check

// imageSource are the fields of an image; exactly one of the two.
var imageSource = fields(
	may("image_url", str(1, 3000)),
	may("slack_file", slackFile),
).with(oneField("image_url", "slack_file"))

// slackFile names an uploaded image (composition-objects/slack-file-object).
var slackFile = fields(
	may("id", str(1, 255)),
	may("url", str(1, 3000)),
).with(oneField("id", "url")).check

// option is one thing to choose (composition-objects/option-object).
func option(kinds textKind, extra ...field) check {
	return fields(
		must("text", text(kinds, 75)),
		must("value", str(1, 150)),
		may("description", text(kinds, 75)),
	).and(extra...).check
}

// distinctOptions refuses two options of one element with the same value: the
// app could not tell which was chosen.
func distinctOptions(w *walk, at string, m map[string]any) {
	used := map[string]bool{}
	eachOption(m, func(place string, o map[string]any) {
		w.claim(at+place, "value", o, used)
	})
}

// eachOption visits the options of an element, in groups or not, with their
// pointers from the element. What is not an object is passed over.
func eachOption(m map[string]any, visit func(place string, o map[string]any)) {
	eachObject(m["options"], func(i int, o map[string]any) {
		visit(fmt.Sprintf("/options/%d", i), o)
	})
	eachObject(m["option_groups"], func(g int, group map[string]any) {
		eachObject(group["options"], func(i int, o map[string]any) {
			visit(fmt.Sprintf("/option_groups/%d/options/%d", g, i), o)
		})
	})
}

// eachObject visits the objects of an array.
func eachObject(v any, visit func(i int, m map[string]any)) {
	items, _ := v.([]any)
	for i, item := range items {
		if m, ok := item.(map[string]any); ok {
			visit(i, m)
		}
	}
}
