package blockkit

import "encoding/json"

// viewFields are those of every view (reference/views).
var viewFields = fields(
	must("blocks", topBlocks(maxViewBlocks)),
	may("private_metadata", str(0, 3000)),
	may("callback_id", str(0, 255)),
	may("external_id", str(0, 255)),
)

// viewTypes are the kinds of view. Slack has retired workflow_step.
var viewTypes = map[string]struct {
	object
	surface
}{
	"home": {viewFields, home},
	"modal": {fields(
		must("title", text(plain, 24)),
		may("submit", text(plain, 24)),
		may("close", text(plain, 24)),
		may("clear_on_close", boolean),
		may("notify_on_close", boolean),
	).and(viewFields.fields...).with(inputsNeedSubmit), modal},
}

// inputsNeedSubmit: a modal that asks for something can be submitted.
func inputsNeedSubmit(w *walk, at string, m map[string]any) {
	if has(m, "submit") {
		return
	}
	asks := false
	eachObject(m["blocks"], func(_ int, b map[string]any) {
		asks = asks || b["type"] == "input"
	})
	if asks {
		w.report(at, "missing required field: submit")
	}
}

// ValidateView checks a view for views.open, push, update and publish. The
// server answers view_too_large itself for more than MaxViewBytes; here such a
// view is one problem.
func ValidateView(view json.RawMessage) []Problem {
	const at = "/view"
	v, err := decode(view, MaxViewBytes)
	if err != nil {
		return []Problem{{at, err.Error()}}
	}
	w := newWalk(0)
	m, name, ok := typeOf(w, at, v)
	if !ok {
		return w.problems
	}
	t, known := viewTypes[name]
	if !known {
		w.unsupported(at, name)
		return w.problems
	}
	w.surface = t.surface
	t.checkFields(w, at, m)
	return w.problems
}
