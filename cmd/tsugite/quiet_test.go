package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// quiet is an actor in a program that may die at any moment: what fails is
// answered with false and nothing else.
type quiet struct{ base, id string }

func (q quiet) do(verb string, what any) (answer, bool) {
	body, err := json.Marshal(map[string]any{"as": q.id, verb: what})
	if err != nil {
		return answer{}, false
	}
	resp, err := http.Post(q.base+"_/act", "application/json", bytes.NewReader(body))
	if err != nil {
		return answer{}, false
	}
	defer resp.Body.Close()
	var out answer
	err = json.NewDecoder(resp.Body).Decode(&out)
	return out, err == nil
}

// memo writes one memo.
func (q quiet) memo(words string) bool {
	out, ok := q.do("command", map[string]any{"command": "/tsugite", "text": "memo"})
	if !ok {
		return false
	}
	if out.View == nil {
		return true // not connected yet
	}
	values := map[string]map[string]any{}
	for _, b := range out.View.Blocks {
		element, ok := b["element"].(map[string]any)
		if !ok {
			continue
		}
		var v map[string]any
		switch element["type"] {
		case "static_select":
			v = map[string]any{"type": "static_select", "selected_option": element["options"].([]any)[0]}
		case "datepicker":
			v = map[string]any{"type": "datepicker", "selected_date": "2026-08-31"}
		case "plain_text_input":
			v = map[string]any{"type": "plain_text_input", "value": words}
		default:
			continue
		}
		values[b["block_id"].(string)] = map[string]any{element["action_id"].(string): v}
	}
	_, ok = q.do("submit", map[string]any{"view_id": out.View.ID, "values": values})
	return ok
}

// launch sends the survey out from Home, once Home is drawn.
func (q quiet) launch() {
	deadline := time.Now().Add(5 * time.Second)
	for time.Now().Before(deadline) {
		q.do("open_home", map[string]any{})
		if q.tryLaunch() {
			return
		}
	}
}

func (q quiet) tryLaunch() bool {
	resp, err := http.Get(q.base + "_/state?as=" + q.id)
	if err != nil {
		return true // it died
	}
	defer resp.Body.Close()
	var s seenState
	if json.NewDecoder(resp.Body).Decode(&s) != nil || s.Home == nil {
		return false
	}
	var button block
	for _, b := range s.Home.Blocks {
		walk(b, func(e block) {
			if id, _ := e["action_id"].(string); strings.HasPrefix(id, "survey.preview") {
				button = block{"type": "button", "block_id": b["block_id"], "action_id": id, "value": e["value"]}
			}
		})
	}
	out, ok := q.do("click", map[string]any{"view_id": s.Home.ID, "action": button})
	if !ok || out.View == nil {
		return !ok
	}
	q.do("submit", map[string]any{"view_id": out.View.ID, "values": map[string]any{}})
	return true
}
