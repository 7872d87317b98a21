package blockkit

import (
	"fmt"
	"math/big"
	"strings"
)

// id is the id of a person or a conversation. Whether it exists is the
// server's to say.
var id = str(1, 255)

var ids = list(1, 100, id)

// selectFields are the fields of every select menu, and some of its own.
func selectFields(own ...field) object {
	return fields(actionID, confirmable, focusable, placeholder).and(own...)
}

// choiceFields are those of a menu whose options stand in the payload.
func choiceFields(initial string, c check) object {
	return selectFields(
		may("options", list(1, 100, option(plain))),
		may("option_groups", list(1, 100, optionGroup)),
		may(initial, c),
	).with(oneField("options", "option_groups"), distinctOptions, initialAmongOptions)
}

// optionGroup is composition-objects/option-group-object.
var optionGroup = fields(
	must("label", text(plain, 75)),
	must("options", list(1, 100, option(plain))),
).check

// externalFields are those of a menu whose options the app is asked for.
func externalFields(initial string, c check) object {
	return selectFields(may("min_query_length", integer(0, 3000)), may(initial, c))
}

// conversationFields are those of a menu of conversations.
func conversationFields(own ...field) object {
	return selectFields(may("default_to_current_conversation", boolean), may("filter", filter)).and(own...)
}

// filter narrows a menu of conversations (composition-objects/conversation-filter-object).
var filter = fields(
	may("include", list(1, 4, enum("im", "mpim", "private", "public"))),
	may("exclude_external_shared_channels", boolean),
	may("exclude_bot_users", boolean),
).with(func(w *walk, at string, m map[string]any) {
	if len(m) == 0 {
		w.report(at, "must define at least one of `include`, `exclude_external_shared_channels`, `exclude_bot_users`")
	}
}).check

// severalOf makes a menu one of which several may be chosen.
func severalOf(o object, initial string) object {
	return o.and(may("max_selected_items", integer(1, 1000))).
		with(func(w *walk, at string, m map[string]any) {
			most, ok := asInt(m["max_selected_items"])
			if chosen, _ := m[initial].([]any); ok && len(chosen) > most {
				w.report(at+"/"+initial, fmt.Sprintf("no more than %d items allowed", most))
			}
		})
}

// initialAmongOptions demands that what is chosen from the start is one of the
// options: the same text and the same value.
func initialAmongOptions(w *walk, at string, m map[string]any) {
	known := map[[2]string]bool{}
	eachOption(m, func(_ string, o map[string]any) { known[identity(o)] = true })
	demand := func(place string, o map[string]any) {
		if !known[identity(o)] {
			w.report(at+place, "must match one of the options")
		}
	}
	if o, ok := m["initial_option"].(map[string]any); ok {
		demand("/initial_option", o)
	}
	eachObject(m["initial_options"], func(i int, o map[string]any) {
		demand(fmt.Sprintf("/initial_options/%d", i), o)
	})
}

// identity is what makes an option the same as another.
func identity(o map[string]any) [2]string {
	value, _ := o["value"].(string)
	t, _ := o["text"].(map[string]any)
	words, _ := t["text"].(string)
	return [2]string{value, words}
}

// numeral is a number written as a string, as number_input has them.
var numeral = format("must be a number", func(s string) bool {
	_, ok := parseNumber(s)
	return ok
})

// numberBounds demands that the numbers of a number_input agree.
func numberBounds(w *walk, at string, m map[string]any) {
	low, hasLow := numberField(m, "min_value")
	high, hasHigh := numberField(m, "max_value")
	if hasLow && hasHigh && low.Cmp(high) > 0 {
		w.report(at+"/min_value", "`min_value` must not be greater than `max_value`")
	}
	decimals, _ := m["is_decimal_allowed"].(bool)
	for _, name := range []string{"min_value", "max_value", "initial_value"} {
		if n, ok := numberField(m, name); ok && !decimals && !n.IsInt() {
			w.report(at+"/"+name, "must be a whole number")
		}
	}
}

func numberField(m map[string]any, name string) (*big.Rat, bool) {
	s, _ := m[name].(string)
	return parseNumber(s)
}

// parseNumber reads a decimal number exactly. Only digits, a sign and a point
// count: fractions and exponents, which could ask for huge amounts of memory,
// do not.
func parseNumber(s string) (*big.Rat, bool) {
	digits := strings.TrimPrefix(s, "-")
	if digits == "" || len(digits) > 100 || strings.Trim(digits, "0123456789.") != "" {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}
