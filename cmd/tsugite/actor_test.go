package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// actor is somebody in the local Slack, driven through the same endpoints as its
// page: what they see is what /_/state says, what they do goes through /_/act.
type actor struct {
	t    *testing.T
	base string // of the workspace, with a trailing slash
	id   string
	// handled, if not nil, waits until the bot did what was asked of it, and says
	// whether it did.
	handled func() bool
}

// answer is what an act came to.
type answer struct {
	OK      bool              `json:"ok"`
	Error   string            `json:"error"`
	Message string            `json:"message"`
	Errors  map[string]string `json:"errors"`
	View    *seenView         `json:"view"`
	Ack     json.RawMessage   `json:"ack"`
	File    json.RawMessage   `json:"file"`
	Calls   []struct {
		Method   string `json:"method"`
		Accepted bool   `json:"accepted"`
	} `json:"calls"`
}

type seenView struct {
	ID     string  `json:"id"`
	Type   string  `json:"type"`
	Title  block   `json:"title"`
	Blocks []block `json:"blocks"`
}

// page is the page that an act opened.
func (a actor) page(out answer) *seenView {
	a.t.Helper()
	if out.View == nil {
		a.t.Fatal("no page was opened")
	}
	return out.View
}

func (v seenView) title() string {
	s, _ := v.Title["text"].(string)
	return s
}

type seenMessage struct {
	TS      string  `json:"ts"`
	User    string  `json:"user"`
	Subtype string  `json:"subtype"`
	Text    string  `json:"text"`
	Blocks  []block `json:"blocks"`
	Files   []block `json:"files"`
}

type seenChannel struct {
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	Kind     string        `json:"kind"`
	Messages []seenMessage `json:"messages"`
	// Threads are the replies by the ts of the message under which they stand.
	Threads map[string][]seenMessage `json:"threads"`
}

// all are the messages of a channel and their replies, each thread after its message.
func (c seenChannel) all() (out []seenMessage) {
	for _, m := range c.Messages {
		out = append(out, m)
		for _, r := range c.Threads[m.TS] {
			if r.Subtype != "thread_broadcast" { // it stands in the channel, too
				out = append(out, r)
			}
		}
	}
	return out
}

type seenState struct {
	Channels []seenChannel `json:"channels"`
	Home     *seenView     `json:"home"`
	Views    []seenView    `json:"views"`
}

// block is a Block Kit block or element, as far as a reader looks.
type block map[string]any

func (a actor) call(method, path string, in, out any) {
	a.t.Helper()
	var body bytes.Buffer
	if in != nil {
		if err := json.NewEncoder(&body).Encode(in); err != nil {
			a.t.Fatal(err)
		}
	}
	req, err := http.NewRequestWithContext(a.t.Context(), method, a.base+path, &body)
	if err != nil {
		a.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		a.t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		a.t.Fatalf("%s %s: %s", method, path, resp.Status)
	}
	if out == nil {
		return
	}
	if err := json.NewDecoder(resp.Body).Decode(out); err != nil {
		a.t.Fatalf("%s %s: %v", method, path, err)
	}
}

func (a actor) act(verb string, what any) answer {
	a.t.Helper()
	var out answer
	a.call("POST", "_/act", map[string]any{"as": a.id, verb: what}, &out)
	if a.handled == nil || !a.handled() {
		return out
	}
	// On a busy machine a page may come after the answer.
	if views := a.state().Views; len(views) > 0 {
		out.View = &views[len(views)-1]
	} else {
		out.View = nil
	}
	return out
}

// must is act for acts that the app has to take.
func (a actor) must(verb string, what any) answer {
	a.t.Helper()
	out := a.act(verb, what)
	if !out.OK {
		a.t.Fatalf("%s by %s: %s %s %v", verb, a.id, out.Error, out.Message, out.Errors)
	}
	return out
}

func (a actor) state() seenState {
	a.t.Helper()
	var s seenState
	a.call("GET", "_/state?as="+a.id, nil, &s)
	return s
}

// openHome opens the app's Home and waits until it is drawn.
func (a actor) openHome() seenView {
	a.t.Helper()
	a.must("open_home", map[string]any{})
	return eventually(a.t, "a Home for "+a.id, func() (seenView, bool) {
		s := a.state()
		if s.Home == nil {
			return seenView{}, false
		}
		return *s.Home, true
	})
}

// bot lists the messages of the app to this person alone, oldest first.
func (a actor) bot() (channel string, messages []seenMessage) {
	a.t.Helper()
	for _, c := range a.state().Channels {
		if c.Kind != "im" {
			continue
		}
		for _, m := range c.Messages {
			if m.User != a.id {
				messages = append(messages, m)
				channel = c.ID
			}
		}
	}
	return channel, messages
}

// told waits for the first message of the app that holds the words.
func (a actor) told(words string) (channel string, m seenMessage) {
	a.t.Helper()
	type hit struct {
		channel string
		message seenMessage
	}
	h := eventually(a.t, fmt.Sprintf("a message to %s with %q", a.id, words), func() (hit, bool) {
		for _, c := range a.state().Channels {
			for _, m := range c.Messages {
				if m.User != a.id && (strings.Contains(m.Text, words) || strings.Contains(wordsOf(m.Blocks), words)) {
					return hit{c.ID, m}, true
				}
			}
		}
		return hit{}, false
	})
	return h.channel, h.message
}

// press clicks the first element of the message with this action.
func (a actor) press(channel string, m seenMessage, action string) answer {
	a.t.Helper()
	return a.must("click", map[string]any{"channel": channel, "ts": m.TS, "action": find(a.t, m.Blocks, action, "")})
}

// pressIn clicks an element of a view; value narrows it when several have the action.
func (a actor) pressIn(v seenView, action, value string) answer {
	a.t.Helper()
	return a.must("click", map[string]any{"view_id": v.ID, "action": find(a.t, v.Blocks, action, value)})
}

// find makes Slack's action object of an element drawn in the blocks.
func find(t *testing.T, blocks []block, action, value string) block {
	t.Helper()
	var found block
	for _, b := range blocks {
		walk(b, func(e block) {
			id, _ := e["action_id"].(string)
			if found != nil || id != action && !strings.HasPrefix(id, action+"#") {
				return
			}
			if v, _ := e["value"].(string); value != "" && !strings.HasSuffix(v, value) {
				return
			}
			found = block{"type": e["type"], "block_id": b["block_id"], "action_id": id}
			if v, ok := e["value"]; ok {
				found["value"] = v
			}
		})
	}
	if found == nil {
		t.Fatalf("no element with action %s %s in: %s", action, value, wordsOf(blocks))
	}
	return found
}

// walk visits every object inside a block.
func walk(v any, visit func(block)) {
	switch x := v.(type) {
	case block:
		walk(map[string]any(x), visit)
	case map[string]any:
		visit(block(x))
		for _, inner := range x {
			walk(inner, visit)
		}
	case []any:
		for _, inner := range x {
			walk(inner, visit)
		}
	}
}

// wordsOf is all text in the blocks, to look for words in.
func wordsOf(blocks []block) string {
	var out []string
	for _, b := range blocks {
		walk(b, func(e block) {
			if s, ok := e["text"].(string); ok {
				out = append(out, s)
			}
		})
	}
	return strings.Join(out, "\n")
}

// eventually polls until f is satisfied; what names what is waited for.
func eventually[T any](t *testing.T, what string, f func() (T, bool)) T {
	t.Helper()
	deadline := time.Now().Add(patience)
	for {
		v, ok := f()
		if ok {
			return v
		}
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
		time.Sleep(20 * time.Millisecond)
	}
}
