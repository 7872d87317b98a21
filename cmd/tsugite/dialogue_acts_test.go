package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"tsugite/bot/ui"
)

// writes is what somebody types, edits, deletes or sends as a file, in the direct
// message with the bot or under the message at hand.
func (p *player) writes(s dialogueStep) {
	p.t.Helper()
	place := func(what map[string]any) map[string]any {
		what["channel"] = p.local.demo.slack.BotUserID()
		if s.Under {
			what["channel"], what["thread_ts"] = p.hand().channel, p.hand().ts
		}
		return what
	}
	switch {
	case s.Uploads != "":
		file := place(map[string]any{"name": s.Uploads, "content_base64": contentOf(s.Uploads)})
		if s.Types != nil {
			file["text"] = s.Types.words()
		}
		p.must("upload", file, "quiet")
	case s.Types != nil:
		p.must("say", place(map[string]any{"text": s.Types.words()}), "quiet")
	case s.Says != "":
		command, rest, _ := strings.Cut(s.Says, " ")
		p.must("command", map[string]any{"command": command, "text": rest}, "quiet")
	case s.Shortcut != "":
		channel, ts := p.own(s.Shortcut)
		p.must("shortcut", map[string]any{"callback_id": ui.ShortcutMemo, "channel": channel, "ts": ts}, "quiet")
	case s.Edits != nil:
		channel, ts := p.own(s.Edits.From)
		p.must("edit", map[string]any{"channel": channel, "ts": ts, "text": s.Edits.To}, "quiet")
	case s.Deletes != "":
		channel, ts := p.own(s.Deletes)
		p.must("delete", map[string]any{"channel": channel, "ts": ts}, "quiet")
	}
}

// own finds the newest message that one wrote with the words.
func (p *player) own(words string) (channel, ts string) {
	p.t.Helper()
	for _, c := range p.me().state().Channels {
		for _, m := range c.all() {
			if m.User == p.who && m.TS > ts && strings.Contains(unescaped(m.Text), words) {
				channel, ts = c.ID, m.TS
			}
		}
	}
	if ts == "" {
		p.fail("wrote nothing with %q", words)
	}
	return channel, ts
}

// chooses is what somebody picks or fills in of what is at hand.
func (p *player) chooses(s dialogueStep) {
	p.t.Helper()
	if len(s.Picks) > 0 {
		p.picks(s.Picks)
	}
	if s.Dates != "" {
		e := p.element("a date picker", func(e block) bool { return e["type"] == "datepicker" })
		p.clickOn(e, "datepicker", map[string]any{"selected_date": s.Dates})
	}
	if s.Names != nil {
		p.names(*s.Names)
	}
	for label, values := range s.Fills {
		p.fills(label, values)
	}
}

// placed is an element and the block that holds it.
type placed struct{ block, element block }

// element waits for an element of what is at hand.
func (p *player) element(what string, fits func(block) bool) placed {
	p.t.Helper()
	h := p.hand()
	var found *placed
	p.until(what, func() bool {
		found = findPlaced(p.now(h), fits)
		return found != nil
	}, func() string { return shownBy("", p.now(h)) + "\n[" + strings.Join(labelsOf(p.now(h)), "|") + "]" })
	return *found
}

func findPlaced(blocks []block, fits func(block) bool) *placed {
	for _, b := range blocks {
		var found *placed
		walk(b, func(e block) {
			if found == nil && e["action_id"] != nil && fits(e) {
				found = &placed{b, e}
			}
		})
		if found != nil {
			return found
		}
	}
	return nil
}

// optionNamed is an option of a menu or group by its words.
func optionNamed(e block, label string) block {
	options, _ := e["options"].([]any)
	groups, _ := e["option_groups"].([]any)
	for _, g := range groups {
		if g, ok := g.(map[string]any); ok {
			more, _ := g["options"].([]any)
			options = append(options, more...)
		}
	}
	for _, o := range options {
		if o, ok := o.(map[string]any); ok && says(labelOf(o), label) {
			return o
		}
	}
	return nil
}

// says compares the words on something with those of the script, which may leave
// out the number before them.
func says(label, wanted string) bool {
	_, unnumbered, _ := strings.Cut(label, ". ")
	return label == wanted || unnumbered == wanted
}

// picks clicks the options in a menu, radio buttons, boxes or a menu of several.
func (p *player) picks(labels texts) {
	p.t.Helper()
	e := p.element("a choice of "+labels[0], func(e block) bool { return optionNamed(e, labels[0]) != nil })
	var chosen []any
	for _, label := range labels {
		o := optionNamed(e.element, label)
		if o == nil {
			p.fail("%q is not offered: %s", label, strings.Join(labelsOf([]block{e.element}), "|"))
		}
		chosen = append(chosen, o)
	}
	kind := e.element["type"].(string)
	if kind == "checkboxes" || strings.HasPrefix(kind, "multi_") {
		p.clickOn(e, kind, map[string]any{"selected_options": chosen})
		return
	}
	p.clickOn(e, kind, map[string]any{"selected_option": chosen[0]})
}

// clickOn clicks an element with its new value, which the message or page keeps.
func (p *player) clickOn(e placed, kind string, value map[string]any) {
	p.t.Helper()
	h := p.hand()
	blockID, actionID := e.block["block_id"].(string), e.element["action_id"].(string)
	action := map[string]any{"type": kind, "block_id": blockID, "action_id": actionID}
	kept := map[string]any{"type": kind}
	for k, v := range value {
		action[k], kept[k] = v, v
	}
	h.values[blockID] = map[string]any{actionID: kept}
	p.click(h, action, "ack")
}

func (p *player) click(h *hand, action map[string]any, wait string) answer {
	p.t.Helper()
	what := map[string]any{"action": action, "values": h.values}
	if h.view != "" {
		what["view_id"] = h.view
	} else {
		what["channel"], what["ts"] = h.channel, h.ts
	}
	out := p.act("click", what, wait)
	if !out.OK {
		p.fail("click %v: %s %s", action["action_id"], out.Error, out.Message)
	}
	return out
}

// offered asks the app what a menu offers for what is typed into it.
func (p *player) offered(e placed, typed string) block {
	p.t.Helper()
	h := p.hand()
	what := map[string]any{"block_id": e.block["block_id"], "action_id": e.element["action_id"], "value": typed}
	if h.view != "" {
		what["view_id"] = h.view
	} else {
		what["channel"], what["ts"] = h.channel, h.ts
	}
	out := p.must("suggest", what, "ack")
	var menu block
	if err := json.Unmarshal(out.Ack, &menu); err != nil {
		p.fail("the menu offers %s: %v", out.Ack, err)
	}
	return menu
}

func isExternal(e block) bool { return e["type"] == "external_select" }

func (p *player) names(n naming) {
	p.t.Helper()
	e := p.element("a menu of people", isExternal)
	menu := p.offered(e, n.Type)
	for _, label := range append(n.Offers, n.Pick) {
		if label != "" && optionNamed(menu, label) == nil {
			p.fail("%q finds no %q: %s", n.Type, label, strings.Join(labelsOf([]block{menu}), "|"))
		}
	}
	if n.Pick != "" {
		p.clickOn(e, "external_select", map[string]any{"selected_option": optionNamed(menu, n.Pick)})
	}
}

// field finds an input of the page at hand by its label.
func (p *player) field(label string) placed {
	p.t.Helper()
	h := p.hand()
	var found placed
	p.until("a field "+label, func() bool {
		for _, b := range p.now(h) {
			e, ok := b["element"].(map[string]any)
			if ok && b["type"] == "input" && strings.Contains(labelOf(b), label) {
				found = placed{b, e}
				return true
			}
		}
		return false
	}, func() string { return shownBy("", p.now(h)) })
	return found
}

// fills enters something into a field; "" empties it.
func (p *player) fills(label string, values texts) {
	p.t.Helper()
	e := p.field(label)
	kind := e.element["type"].(string)
	value := map[string]any{"type": kind}
	choose := func(menu block, label string) any {
		o := optionNamed(menu, label)
		if o == nil {
			p.fail("%q is not offered: %s", label, strings.Join(labelsOf([]block{menu}), "|"))
		}
		return o
	}
	switch given := values[0]; {
	case kind == "multi_external_select":
		chosen := []any{}
		for _, v := range values {
			if name, _, _ := strings.Cut(v, "（"); v != "" {
				chosen = append(chosen, choose(p.offered(e, name), v))
			}
		}
		value["selected_options"] = chosen
	case kind == "checkboxes" || strings.HasPrefix(kind, "multi_"):
		chosen := []any{}
		for _, v := range values {
			if v != "" {
				chosen = append(chosen, choose(e.element, v))
			}
		}
		value["selected_options"] = chosen
	case kind == "file_input":
		value["files"] = p.filesOf(values)
	case kind == "datepicker":
		value["selected_date"] = orNil(given)
	case kind == "timepicker":
		value["selected_time"] = orNil(given)
	case kind == "datetimepicker":
		office := p.local.demo.app.Office
		at, err := momentFrom(given, office.Now(), office.Settings.Zone)
		if err != nil {
			p.fail("%s: %v", label, err)
		}
		value["selected_date_time"] = nil
		if given != "" {
			value["selected_date_time"] = at.Unix()
		}
	case kind == "radio_buttons" || kind == "static_select":
		value["selected_option"] = nil
		if given != "" {
			value["selected_option"] = choose(e.element, given)
		}
	case isExternal(e.element):
		value["selected_option"] = nil
		if given != "" {
			name, _, _ := strings.Cut(given, "（")
			value["selected_option"] = choose(p.offered(e, name), given)
		}
	default:
		value["value"] = orNil(given)
	}
	blockID, actionID := e.block["block_id"].(string), e.element["action_id"].(string)
	p.hand().values[blockID] = map[string]any{actionID: value}
	if tellsTyping(e) {
		p.click(p.hand(), map[string]any{"type": kind, "block_id": blockID, "action_id": actionID, "value": value["value"]}, "ack")
	}
}

// tellsTyping says whether the app is told while somebody types in a field.
func tellsTyping(e placed) bool {
	config, _ := e.element["dispatch_action_config"].(map[string]any)
	on, _ := config["trigger_actions_on"].([]any)
	return e.block["dispatch_action"] == true && slices.Contains(on, any("on_character_entered"))
}

func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// sends is what somebody presses, submits or closes.
func (p *player) sends(s dialogueStep) {
	p.t.Helper()
	switch {
	case s.Presses != "":
		p.presses(s)
	case s.Submits:
		p.submits(s.Errors)
	case s.Closes:
		p.must("close", map[string]any{"view_id": p.hand().view}, "ack")
		delete(p.hands, p.who)
	}
}

func (p *player) presses(s dialogueStep) {
	p.t.Helper()
	h := p.hand()
	pressable := func(e block) bool {
		return e["type"] == "button" && says(labelOf(e), s.Presses) || e["type"] == "overflow" && optionNamed(e, s.Presses) != nil
	}
	var e placed
	switch {
	case s.Beside != "":
		p.until("a button beside "+s.Beside, func() bool {
			blocks := p.now(h)
			from := slices.IndexFunc(blocks, func(b block) bool { return strings.Contains(shownBy("", []block{b}), s.Beside) })
			if from < 0 {
				return false
			}
			found := findPlaced(blocks[from:], pressable)
			if found != nil {
				e = *found
			}
			return found != nil
		}, p.everything)
	case s.Old:
		found := findPlaced(h.blocks, pressable)
		if found == nil {
			p.fail("there was no %q: %s", s.Presses, strings.Join(labelsOf(h.blocks), "|"))
		}
		e = *found
	default:
		e = p.element("a button "+s.Presses, pressable)
	}
	action := map[string]any{"type": e.element["type"], "block_id": e.block["block_id"], "action_id": e.element["action_id"]}
	if o := optionNamed(e.element, s.Presses); e.element["type"] == "overflow" {
		action["selected_option"] = o
	} else if v, ok := e.element["value"]; ok {
		action["value"] = v
	}
	if s.Late {
		p.me().call("POST", "_/faults", map[string]any{"method": "block_actions", "late_ms": lateBy}, nil)
		p.click(h, action, "none")
		p.until("the press to be on its way", func() bool { return p.faults() == 0 }, func() string { return "" })
		return
	}
	p.click(h, action, "ack")
	if s.Twice {
		what := map[string]any{"action": action, "channel": h.channel, "ts": h.ts}
		p.act("click", what, "ack") // the message may show the next thing already
	}
}

// lateBy is how long a late press is on its way, in milliseconds.
const lateBy = 700

// faults is how many faults are still to come.
func (p *player) faults() int {
	var out struct {
		Faults []json.RawMessage `json:"faults"`
	}
	p.me().call("GET", "_/faults", nil, &out)
	return len(out.Faults)
}

// submits sends the page at hand; the faults beside its fields are those of the
// script, and no others.
func (p *player) submits(want map[string]string) {
	p.t.Helper()
	h := p.hand()
	if h.view == "" || h.home {
		p.fail("no page is at hand")
	}
	out := p.must("submit", map[string]any{"view_id": h.view, "values": h.values}, "quiet")
	got := map[string]string{}
	for _, b := range p.now(h) {
		if id, _ := b["block_id"].(string); out.Errors[id] != "" {
			got[labelOf(b)] = out.Errors[id]
		}
	}
	problem := ""
	for label, said := range got {
		if !anyOf(want, func(l, w string) bool { return strings.Contains(label, l) && strings.Contains(said, w) }) {
			problem += fmt.Sprintf("%s: %s\n", label, said)
		}
	}
	if problem != "" || len(got) != len(want) {
		p.fail("beside the fields stand %d faults, want %v\n%s", len(out.Errors), want, problem)
	}
}

func anyOf(m map[string]string, holds func(k, v string) bool) bool {
	for k, v := range m {
		if holds(k, v) {
			return true
		}
	}
	return false
}
