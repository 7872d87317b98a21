package blockkit

import (
	"encoding/json"
	"fmt"
	"net/mail"
	"net/url"
	"slices"
	"strings"
)

// What Slack's client says beside an input before it sends a submission. The
// first sentence is Slack's; the others are in its manner.
const (
	sayRequired  = "Please complete this required field."
	sayEmail     = "Please enter a valid email address."
	sayURL       = "Please enter a valid URL."
	sayNumber    = "Please enter a valid number."
	sayWhole     = "Please enter a whole number."
	sayDate      = "Please enter a valid date."
	sayTime      = "Please enter a valid time."
	sayOption    = "Please choose one of the options."
	sayMalformed = "This field could not be read."
	sayUnknown   = "This field is not part of the view."
)

// CheckInputs is what Slack's client checks before it submits a view. values
// are the state.values of the submission. The result has a sentence for each
// block that may not be sent like that, by block_id; it is empty if all may.
//
// A client can be hostile: values for elements that the view does not have, of
// another type, or options that it does not offer are refused as well. What an
// external select offers only the app knows, and whether a person, a
// conversation or a file exists only the server: there only the form counts.
func CheckInputs(view json.RawMessage, values map[string]map[string]json.RawMessage) map[string]string {
	wrong := map[string]string{}
	drawn := map[string]map[string]bool{}
	eachElement(viewBlocks(view), func(p placed) {
		name, kind, ok := p.kind()
		blockID, actionID := p.ids()
		if !ok || kind.state.key == "" {
			return
		}
		if drawn[blockID] == nil {
			drawn[blockID] = map[string]bool{}
		}
		drawn[blockID][actionID] = true
		if say := checkInput(p, name, kind.state, values[blockID][actionID]); say != "" && wrong[blockID] == "" {
			wrong[blockID] = say
		}
	})
	for blockID, actions := range values {
		for actionID := range actions {
			if !drawn[blockID][actionID] && wrong[blockID] == "" {
				wrong[blockID] = sayUnknown
			}
		}
	}
	return wrong
}

// checkInput looks at the value of one element; "" means that it may be sent.
func checkInput(p placed, name string, s stateShape, raw json.RawMessage) string {
	value, ok := readValue(name, s, raw)
	if !ok {
		return sayMalformed
	}
	if _, written := value.(map[string]any); written && name == "rich_text_input" && !valid(writtenText, value) {
		return sayMalformed
	}
	if empty(value) {
		if optional, _ := p.block["optional"].(bool); p.block["type"] == "input" && !optional {
			return sayRequired
		}
		return ""
	}
	return inputChecks[name](p.element, value)
}

// readValue takes the value out of an entry of state.values. No entry is an
// empty value; an entry of another type or with another property is none.
func readValue(name string, s stateShape, raw json.RawMessage) (value any, ok bool) {
	if len(raw) == 0 {
		return nil, true
	}
	v, err := decode(raw, MaxViewBytes)
	m, isObject := v.(map[string]any)
	if err != nil || !isObject || m["type"] != name {
		return nil, false
	}
	for key := range m {
		if key != "type" && key != s.key && key != "timezone" {
			return nil, false
		}
	}
	return m[s.key], true
}

// empty says whether a value is none: null, no text, nothing chosen, or rich
// text without a word.
func empty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return v["type"] == "rich_text" && !hasParts(v)
	}
	return false
}

// hasParts says whether rich text says anything.
func hasParts(v any) bool {
	switch v := v.(type) {
	case []any:
		return slices.ContainsFunc(v, hasParts)
	case map[string]any:
		if items, ok := v["elements"].([]any); ok {
			return hasParts(items)
		}
		t, isText := v["text"].(string)
		return !isText || strings.TrimSpace(t) != ""
	}
	return false
}

// An inputCheck looks at a value that is there. It answers what to say, or "".
type inputCheck func(e map[string]any, v any) string

// inputChecks has an entry for every element that keeps a value.
var inputChecks = map[string]inputCheck{
	"plain_text_input": checkText,
	"email_text_input": checkString(sayEmail, isEmail),
	"url_text_input":   checkString(sayURL, isURL),
	"number_input":     checkNumber,
	"rich_text_input":  checkRichText,
	"file_input":       checkFiles,

	"datepicker":     checkString(sayDate, isDate),
	"timepicker":     checkString(sayTime, isTime),
	"datetimepicker": checkMoment,

	"radio_buttons":              checkOption,
	"static_select":              checkOption,
	"external_select":            checkOption,
	"checkboxes":                 checkEach(checkOption),
	"multi_static_select":        checkEach(checkOption),
	"multi_external_select":      checkEach(checkOption),
	"users_select":               checkString(sayOption, isID),
	"conversations_select":       checkString(sayOption, isID),
	"channels_select":            checkString(sayOption, isID),
	"multi_users_select":         checkEach(checkString(sayOption, isID)),
	"multi_conversations_select": checkEach(checkString(sayOption, isID)),
	"multi_channels_select":      checkEach(checkString(sayOption, isID)),
}

// maxText is the most characters that a text input takes (slack.md Sizes).
const maxText = 3000

func checkText(e map[string]any, v any) string {
	s, ok := v.(string)
	if !ok {
		return sayMalformed
	}
	most := maxText
	if n, ok := asInt(e["max_length"]); ok {
		most = min(most, n)
	}
	least, _ := asInt(e["min_length"])
	switch n := chars(s); {
	case n < least:
		return fmt.Sprintf("Please enter at least %d characters.", least)
	case n > most:
		return fmt.Sprintf("Please enter no more than %d characters.", most)
	}
	return ""
}

func checkString(say string, valid func(string) bool) inputCheck {
	return func(_ map[string]any, v any) string {
		s, ok := v.(string)
		switch {
		case !ok:
			return sayMalformed
		case chars(s) > maxText || !valid(s):
			return say
		}
		return ""
	}
}

func checkNumber(e map[string]any, v any) string {
	s, ok := v.(string)
	if !ok {
		return sayMalformed
	}
	n, ok := parseNumber(s)
	if !ok {
		return sayNumber
	}
	if decimals, _ := e["is_decimal_allowed"].(bool); !decimals && !n.IsInt() {
		return sayWhole
	}
	if low, ok := numberField(e, "min_value"); ok && n.Cmp(low) < 0 {
		return fmt.Sprintf("Please enter a number of at least %s.", e["min_value"])
	}
	if high, ok := numberField(e, "max_value"); ok && n.Cmp(high) > 0 {
		return fmt.Sprintf("Please enter a number of at most %s.", e["max_value"])
	}
	return ""
}

// checkRichText: checkInput has held an object to the rules of rich text.
func checkRichText(_ map[string]any, v any) string {
	if _, ok := v.(map[string]any); !ok {
		return sayMalformed
	}
	return ""
}

// valid says whether a value in a submission keeps the rules of a check.
func valid(c check, v any) bool {
	w := newWalk(modal)
	c(w, "", v)
	return len(w.problems) == 0
}

func checkMoment(_ map[string]any, v any) string {
	if n, ok := asInt(v); !ok || n < 0 {
		return sayDate
	}
	return ""
}

// checkFiles looks at the number and the kinds of files. Each is an object
// with Slack's own file fields.
func checkFiles(e map[string]any, v any) string {
	files, ok := v.([]any)
	if !ok {
		return sayMalformed
	}
	most := maxFiles
	if n, ok := asInt(e["max_files"]); ok {
		most = min(most, n)
	}
	if len(files) > most {
		return fmt.Sprintf("Please choose no more than %d files.", most)
	}
	kinds, _ := e["filetypes"].([]any)
	for _, f := range files {
		file, ok := f.(map[string]any)
		if !ok {
			return sayMalformed
		}
		if len(kinds) > 0 && !slices.ContainsFunc(kinds, func(k any) bool { return isOfType(file, k) }) {
			return "Please choose files of these types: " + listed(kinds) + "."
		}
	}
	return ""
}

// isOfType says whether a file is of a kind that an element takes: by Slack's
// name of the type ("text") or by the ending of its name ("txt").
func isOfType(file map[string]any, kind any) bool {
	want, _ := kind.(string)
	kept, _ := file["filetype"].(string)
	name, _ := file["name"].(string)
	ending := name[strings.LastIndex(name, ".")+1:]
	return strings.EqualFold(want, kept) || strings.EqualFold(want, ending)
}

func listed(items []any) string {
	words := make([]string, len(items))
	for i, item := range items {
		words[i], _ = item.(string)
	}
	return strings.Join(words, ", ")
}

// checkOption demands an option that the element offers; an external select
// offers what the app says. Nothing beside an option's own fields comes through.
func checkOption(e map[string]any, v any) string {
	o, ok := v.(map[string]any)
	if !ok || !valid(option(anyText), v) {
		return sayMalformed
	}
	if t, _ := e["type"].(string); t == "external_select" || t == "multi_external_select" {
		return ""
	}
	offered := false
	eachOption(e, func(_ string, known map[string]any) {
		offered = offered || identity(known) == identity(o)
	})
	if !offered {
		return sayOption
	}
	return ""
}

// checkEach looks at all that was chosen, each at most once, not too many.
func checkEach(one inputCheck) inputCheck {
	return func(e map[string]any, v any) string {
		items, ok := v.([]any)
		if !ok {
			return sayMalformed
		}
		if most, ok := asInt(e["max_selected_items"]); ok && len(items) > most {
			return fmt.Sprintf("Please choose no more than %d.", most)
		}
		seen := map[string]bool{}
		for _, item := range items {
			if say := one(e, item); say != "" {
				return say
			}
			seen[string(encode(item))] = true
		}
		if len(seen) < len(items) {
			return sayOption
		}
		return ""
	}
}

func isID(s string) bool { return len(s) <= 255 }

// isEmail accepts a bare address with a domain that has a dot.
func isEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s {
		return false
	}
	domain := s[strings.LastIndex(s, "@")+1:]
	dot := strings.LastIndex(domain, ".")
	return dot > 0 && dot < len(domain)-1
}

// isURL accepts an absolute http or https address with a host.
func isURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
