package rehearsal

import (
	"encoding/json"
	"fmt"
	"slices"

	"tsugite/rehearsal/blockkit"
)

// maxStack is how many modals lie on one another.
const maxStack = 3

// values are Slack's state.values: block id, action id, value.
type values = map[string]map[string]json.RawMessage

// view is a modal or a Home tab.
type view struct {
	ID       string          `json:"id"`
	Type     string          `json:"type"` // modal or home
	User     string          `json:"user"`
	Body     json.RawMessage `json:"body"` // what the app sent, with ids filled in
	Hash     string          `json:"hash"`
	Root     string          `json:"root"`
	Previous string          `json:"previous,omitempty"`
	External string          `json:"external,omitempty"`
	Values   values          `json:"values,omitempty"` // what the person's client last said
	Depth    int             `json:"depth"`
	team     string
	app      string
	bot      string
}

// object is a view in Slack's own JSON.
func (v *view) object(state values) reply {
	body := rawObject(v.Body)
	if state == nil {
		state = values{}
	}
	o := reply{"id": v.ID, "team_id": v.team, "type": v.Type, "hash": v.Hash, "app_id": v.app, "bot_id": v.bot, "app_installed_team_id": v.team,
		"root_view_id": v.Root, "previous_view_id": nil, "external_id": v.External, "state": reply{"values": state},
		"private_metadata": "", "callback_id": "", "clear_on_close": false, "notify_on_close": false, "submit_disabled": false,
		"title": nil, "close": nil, "submit": nil, "blocks": []any{}}
	if v.Previous != "" {
		o["previous_view_id"] = v.Previous
	}
	for _, name := range []string{"private_metadata", "callback_id", "clear_on_close", "notify_on_close", "submit_disabled", "title", "close", "submit", "blocks"} {
		if raw, ok := body[name]; ok && string(raw) != "null" {
			o[name] = raw
		}
	}
	return o
}

func (v *view) flag(name string) bool { return string(rawObject(v.Body)[name]) == "true" }

// state is what the inputs hold: what they began with, then what the person's
// client last said, then what it says now.
func (v *view) state(now values) values {
	return overlay(blockkit.InitialState(v.Body), v.Values, now)
}

// overlay puts values over the ones that an element has; values of elements that
// are not there are left for CheckInputs to refuse.
func overlay(layers ...values) values {
	out := values{}
	for _, layer := range layers {
		for block, actions := range layer {
			if out[block] == nil {
				out[block] = map[string]json.RawMessage{}
			}
			for action, value := range actions {
				out[block][action] = value
			}
		}
	}
	return out
}

// restrict keeps the values of elements that a view still has.
func restrict(v values, body json.RawMessage) values {
	out := values{}
	for block, actions := range blockkit.InitialState(body) {
		for action, initial := range actions {
			given, ok := v[block][action]
			if !ok || string(rawObject(given)["type"]) != string(rawObject(initial)["type"]) {
				continue
			}
			if out[block] == nil {
				out[block] = map[string]json.RawMessage{}
			}
			out[block][action] = given
		}
	}
	return out
}

// checkedView is a view that may be shown as a kind (modal, home, or either when empty).
func checkedView(raw json.RawMessage, kind string) (json.RawMessage, error) {
	if len(raw) > blockkit.MaxViewBytes {
		return nil, fail("view_too_large")
	}
	if problems := blockkit.ValidateView(raw); len(problems) > 0 {
		return nil, &apiError{code: "invalid_arguments", messages: explain(problems)}
	}
	if got := text(rawObject(raw)["type"]); kind != "" && got != kind {
		return nil, badArguments("[ERROR] must be a valid enum value [json-pointer:/view/type]")
	}
	return raw, nil
}

// text is a JSON string's value, or nothing.
func text(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}

// newView makes a view of a checked body; it is not shown yet.
func (ch *change) newView(body json.RawMessage, kind, user string) *view {
	v := &view{ID: ch.ids.next("V"), Type: kind, User: user, team: ch.ws.team.ID, app: ch.bot.app, bot: ch.bot.id}
	v.Root = v.ID
	ch.fill(v, body)
	return v
}

// fill gives a view another content and hash.
func (ch *change) fill(v *view, body json.RawMessage) {
	n := 0
	v.Hash = fmt.Sprintf("%d.%s", ch.now.Unix(), ch.ids.secret("hash", 8))
	v.Body = blockkit.NormaliseView(body, func() string {
		n++
		return spell(digest(ch.ids.seed, "view block", v.ID, v.Hash, string(rune('a'+n))), 5)
	})
	v.External = text(rawObject(body)["external_id"])
	v.Values = restrict(v.Values, v.Body)
}

// claimExternal checks that nobody else has an external id.
func (ch *change) claimExternal(body json.RawMessage, own *view) error {
	id := text(rawObject(body)["external_id"])
	if other := ch.ws.externals[id]; id != "" && other != nil && other != own {
		return fail("duplicate_external_id")
	}
	return nil
}

// show lays a modal on a person's stack; a first one clears what was there.
func (ch *change) show(v *view, push bool) {
	stack := ch.ws.stacks[v.User]
	if !push {
		for _, old := range stack {
			ch.discard(old)
		}
		stack = nil
	} else if len(stack) > 0 {
		top := stack[len(stack)-1]
		v.Root, v.Previous = top.Root, top.ID
	}
	v.Depth = len(stack)
	ch.ws.stacks[v.User] = append(slices.Clone(stack), v)
	ch.keepView(v)
}

func (ch *change) keepView(v *view) {
	ch.ws.views[v.ID] = v
	if v.External != "" {
		ch.ws.externals[v.External] = v
	}
	if v.Type == "home" {
		ch.ws.homes[v.User] = v
		ch.save(rowHome, v.User, v)
		ch.changed("home", "", v.User, "")
		return
	}
	ch.save(rowView, v.ID, v)
	ch.changed("view", "", v.User, "")
}

// discard forgets a modal without touching the stack.
func (ch *change) discard(v *view) {
	delete(ch.ws.views, v.ID)
	if ch.ws.externals[v.External] == v {
		delete(ch.ws.externals, v.External)
	}
	ch.forget(rowView, v.ID)
	ch.changed("view", "", v.User, "")
}

// closeFrom closes a modal and what lies on it.
func (ch *change) closeFrom(v *view) {
	stack := ch.ws.stacks[v.User]
	at := slices.Index(stack, v)
	if at < 0 {
		return
	}
	for _, gone := range stack[at:] {
		ch.discard(gone)
	}
	ch.ws.stacks[v.User] = slices.Clone(stack[:at])
	if at == 0 {
		delete(ch.ws.stacks, v.User)
	}
}

func (w *workspace) top(user string) *view {
	if stack := w.stacks[user]; len(stack) > 0 {
		return stack[len(stack)-1]
	}
	return nil
}

func (c *call) viewsOpen() (reply, error) { return c.showView(false) }
func (c *call) viewsPush() (reply, error) { return c.showView(true) }

func (c *call) showView(push bool) (reply, error) {
	body, err := checkedView(c.args.raw("view"), "modal")
	if err != nil {
		return nil, err
	}
	var out reply
	err = c.change(func(ch *change) error {
		t, err := ch.triggers.find(c.args.str("trigger_id"), ch.opts.TriggerLife)
		if err != nil {
			return err
		}
		if err := ch.claimExternal(body, nil); err != nil {
			return err
		}
		if push {
			stack := ch.ws.stacks[t.user]
			switch {
			case len(stack) == 0:
				return fail("not_found")
			case len(stack) >= maxStack:
				return fail("push_limit_reached")
			}
		}
		t.used = true
		v := ch.newView(body, "modal", t.user)
		ch.show(v, push)
		out = reply{"view": v.object(nil)}
		return nil
	})
	return out, err
}

func (c *call) viewsUpdate() (reply, error) {
	body, err := checkedView(c.args.raw("view"), "")
	if err != nil {
		return nil, err
	}
	id, external := c.args.str("view_id"), c.args.str("external_id")
	if id == "" && external == "" {
		return nil, badArguments("[ERROR] missing required field: view_id")
	}
	var out reply
	err = c.change(func(ch *change) error {
		v := ch.ws.views[id]
		if id == "" {
			v = ch.ws.externals[external]
		}
		if v == nil {
			return fail("not_found")
		}
		if got := text(rawObject(body)["type"]); got != v.Type {
			return badArguments("[ERROR] must be of the type of the view that is updated [json-pointer:/view/type]")
		}
		if hash := c.args.str("hash"); hash != "" && hash != v.Hash {
			return fail("hash_conflict")
		}
		if err := ch.claimExternal(body, v); err != nil {
			return err
		}
		ch.refill(v, body)
		out = reply{"view": v.object(v.Values)}
		return nil
	})
	return out, err
}

// refill replaces the content of a view that is shown.
func (ch *change) refill(v *view, body json.RawMessage) {
	if ch.ws.externals[v.External] == v {
		delete(ch.ws.externals, v.External)
	}
	ch.fill(v, body)
	ch.keepView(v)
}

func (c *call) viewsPublish() (reply, error) {
	body, err := checkedView(c.args.raw("view"), "home")
	if err != nil {
		return nil, err
	}
	user := c.args.str("user_id")
	var out reply
	err = c.change(func(ch *change) error {
		p := ch.ws.people[user]
		switch {
		case p == nil || user == ch.bot.user || user == slackbotID:
			return badArguments("[ERROR] invalid user_id [json-pointer:/user_id]")
		case !ch.grants.homeTab():
			return fail("not_enabled")
		}
		v := ch.ws.homes[user]
		if hash := c.args.str("hash"); v != nil && hash != "" && hash != v.Hash {
			return fail("hash_conflict")
		}
		if err := ch.claimExternal(body, v); err != nil {
			return err
		}
		if v == nil {
			v = ch.newView(body, "home", user)
			ch.keepView(v)
		} else {
			ch.refill(v, body)
		}
		out = reply{"view": v.object(v.Values)}
		return nil
	})
	return out, err
}
