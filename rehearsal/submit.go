package rehearsal

import (
	"context"
	"encoding/json"

	"tsugite/rehearsal/blockkit"
)

// submission is a view_submission that is under way.
type submission struct {
	view    *view
	payload json.RawMessage
	errors  map[string]string // what the client itself found
}

// submission checks a form as Slack's client does and makes the payload.
func (ch *change) submission(p *Person, viewID string, given values) (submission, *refusal) {
	v := ch.ws.views[viewID]
	switch {
	case v == nil || v.User != p.ID || v.Type != "modal":
		return submission{}, &refusal{"view_not_found", "This form is not open any more."}
	case ch.ws.top(p.ID) != v:
		return submission{}, &refusal{"view_not_on_top", "Another form lies on this one."}
	case rawObject(v.Body)["submit"] == nil:
		return submission{}, &refusal{"view_has_no_submit", "There is nothing to submit here."}
	}
	state := v.state(given)
	wrong := blockkit.CheckInputs(v.Body, state)
	ch.checkChosen(p, state, wrong)
	if len(wrong) > 0 {
		return submission{view: v, errors: wrong}, nil
	}
	v.Values = restrict(overlay(v.Values, given), v.Body)
	ch.saveView(v)
	out := ch.interaction("view_submission", p)
	out["trigger_id"] = ch.trigger(p.ID)
	out["view"] = v.object(ch.withFiles(restrict(state, v.Body)))
	out["response_urls"] = ch.responseURLsOf(v, state, p.ID)
	return submission{view: v, payload: encode(out)}, nil
}

const (
	sayNotHere     = "Please choose one of the options."
	sayFileNotHere = "This file could not be uploaded."
)

// checkChosen refuses people, conversations and files that are not there, which
// only the workspace can know.
func (ch *change) checkChosen(p *Person, state values, wrong map[string]string) {
	for block, actions := range state {
		for _, raw := range actions {
			value := rawObject(raw)
			if wrong[block] == "" {
				if say := ch.chosenProblem(p, value); say != "" {
					wrong[block] = say
				}
			}
		}
	}
}

func (ch *change) chosenProblem(p *Person, value map[string]json.RawMessage) string {
	for _, user := range chosen(value, "selected_user", "selected_users") {
		if ch.ws.people[user] == nil {
			return sayNotHere
		}
	}
	for _, id := range append(chosen(value, "selected_conversation", "selected_conversations"), chosen(value, "selected_channel", "selected_channels")...) {
		if _, no := ch.seen(p.ID, id); no != nil && ch.ws.people[id] == nil {
			return sayNotHere
		}
	}
	for _, id := range fileIDs(value["files"]) {
		if f := ch.ws.files[id]; f == nil || f.User != p.ID {
			return sayFileNotHere
		}
	}
	return ""
}

// chosen are the ids under a single and a plural key.
func chosen(value map[string]json.RawMessage, one, many string) []string {
	var out []string
	if id := text(value[one]); id != "" {
		out = append(out, id)
	}
	var list []string
	if json.Unmarshal(value[many], &list) == nil {
		out = append(out, list...)
	}
	return out
}

func fileIDs(raw json.RawMessage) []string {
	var list []struct {
		ID string `json:"id"`
	}
	if json.Unmarshal(raw, &list) != nil {
		return nil
	}
	out := make([]string, len(list))
	for i, f := range list {
		out[i] = f.ID
	}
	return out
}

// withFiles puts whole file objects in the place of their ids, as the app gets them.
func (ch *change) withFiles(state values) values {
	for _, actions := range state {
		for action, raw := range actions {
			value := rawObject(raw)
			ids := fileIDs(value["files"])
			if len(ids) == 0 {
				continue
			}
			files := make([]*file, len(ids))
			for i, id := range ids {
				files[i] = ch.ws.files[id]
			}
			value["files"] = encode(files)
			actions[action] = encode(value)
		}
	}
	return state
}

// responseURLsOf makes the response_urls of conversation selects that ask for one.
func (ch *change) responseURLsOf(v *view, state values, user string) []reply {
	out := []reply{}
	var blocks []map[string]json.RawMessage
	if json.Unmarshal(rawObject(v.Body)["blocks"], &blocks) != nil {
		return out
	}
	for _, b := range blocks {
		element := rawObject(b["element"])
		if string(element["response_url_enabled"]) != "true" {
			continue
		}
		block, action := text(b["block_id"]), text(element["action_id"])
		value := rawObject(state[block][action])
		chosen := text(value["selected_conversation"]) + text(value["selected_channel"])
		if c := ch.ws.channels[chosen]; c != nil && c.has(user) {
			out = append(out, reply{"block_id": block, "action_id": action, "channel_id": c.ID,
				"response_url": ch.newResponseURL(c, user, "", false)})
		}
	}
	return out
}

// verdict is what the app made of a submission.
type verdict struct {
	Action string            `json:"response_action"`
	Errors map[string]string `json:"errors"`
	View   json.RawMessage   `json:"view"`
}

// submit sends a submission and does what the acknowledgement says.
func (s *Server) submit(ctx context.Context, user string, sub submission) (ack json.RawMessage, errors map[string]string, no *refusal) {
	a := s.ask(ctx, envInteractive, sub.payload, true)
	if a.failure != "" {
		return nil, nil, s.trouble(user, a.failure)
	}
	err := s.change(func(ch *change) error {
		errors, no = ch.settleSubmission(sub.view, a.payload)
		if no != nil {
			ch.ws.notices[user] = no.message
		} else {
			delete(ch.ws.notices, user)
		}
		ch.changed("view", "", user, "")
		return nil
	})
	if err != nil {
		return a.payload, nil, &refusal{"internal_error", err.Error()}
	}
	return a.payload, errors, no
}

// trouble tells a person that the app did not answer.
func (s *Server) trouble(user, failure string) *refusal {
	code := map[string]string{failTimeout: "operation_timeout", failNoConnection: "dispatch_failed"}[failure]
	s.look(func() { s.ws.notices[user] = sayTrouble })
	s.changed("view", "", user, "")
	return &refusal{code, sayTrouble}
}

func (ch *change) settleSubmission(v *view, ack json.RawMessage) (map[string]string, *refusal) {
	bad := func(why string) (map[string]string, *refusal) {
		return nil, &refusal{"invalid_acknowledgement", sayTrouble + " (" + why + ")"}
	}
	var d verdict
	if len(ack) > 0 && json.Unmarshal(ack, &d) != nil {
		return bad("the acknowledgement is not an object with a response_action")
	}
	open := ch.ws.views[v.ID] == v
	switch d.Action {
	case "":
		if open {
			ch.closeFrom(v)
		}
	case "clear":
		if stack := ch.ws.stacks[v.User]; len(stack) > 0 {
			ch.closeFrom(stack[0])
		}
	case "errors":
		if len(d.Errors) == 0 {
			return bad("response_action errors without errors")
		}
		for block := range d.Errors {
			if !inputBlock(rawObject(v.Body)["blocks"], block) {
				return bad("no input block has the id " + block)
			}
		}
		return d.Errors, nil
	case "update", "push":
		return nil, ch.nextView(v, d, open)
	default:
		return bad("no response_action is called " + d.Action)
	}
	return nil, nil
}

// nextView replaces a submitted view or lays the next one on it.
func (ch *change) nextView(v *view, d verdict, open bool) *refusal {
	body, err := checkedView(unquoted(d.View), "modal")
	own := v
	if d.Action == "push" {
		own = nil
	}
	if err == nil {
		err = ch.claimExternal(body, own)
	}
	if err == nil && d.Action == "push" && len(ch.ws.stacks[v.User]) >= maxStack {
		err = fail("push_limit_reached")
	}
	if err != nil {
		why := err.Error()
		if e, ok := err.(*apiError); ok && len(e.messages) > 0 {
			why += ": " + e.messages[0]
		}
		return &refusal{"invalid_acknowledgement", sayTrouble + " (" + why + ")"}
	}
	switch {
	case !open:
	case d.Action == "update":
		ch.refill(v, body)
	default:
		ch.show(ch.newView(body, "modal", v.User), true)
	}
	return nil
}

// closing closes a view by hand; the payload is nil when the app did not ask to
// hear of it.
func (ch *change) closing(p *Person, viewID string, all bool) (payloads []json.RawMessage, no *refusal) {
	v := ch.ws.views[viewID]
	if v == nil || v.User != p.ID || v.Type != "modal" {
		return nil, &refusal{"view_not_found", "This form is not open any more."}
	}
	first, cleared := v, all || v.flag("clear_on_close")
	if stack := ch.ws.stacks[p.ID]; cleared && len(stack) > 0 {
		first = stack[0]
	}
	stack := ch.ws.stacks[p.ID]
	for i := len(stack) - 1; i >= 0; i-- {
		gone := stack[i]
		if gone.flag("notify_on_close") {
			out := ch.interaction("view_closed", p)
			out["view"], out["is_cleared"] = gone.object(gone.state(nil)), cleared
			payloads = append(payloads, encode(out))
		}
		if gone == first {
			break
		}
	}
	ch.closeFrom(first)
	delete(ch.ws.notices, p.ID)
	return payloads, nil
}
