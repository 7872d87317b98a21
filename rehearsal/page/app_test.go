package page_test

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"tsugite/rehearsal"
)

// app is a small Slack app on the local Slack: it draws the forms of testdata and
// remembers what it was sent.
type app struct {
	*slack.Client
	server *rehearsal.Server
	t      *testing.T

	mu       sync.Mutex
	got      []payload
	rejected bool // the first submission of the form is answered with a field error
	updates  bool // every submission is answered with another view in its place; set before any
}

// payload is what the page's tests look at in anything the app receives.
type payload struct {
	Type       string `json:"type"`
	Command    string `json:"command"`
	Text       string `json:"text"`
	TriggerID  string `json:"trigger_id"`
	CallbackID string `json:"callback_id"`
	Value      string `json:"value"`
	ChannelID  string `json:"channel_id"`
	Channel    struct {
		ID string `json:"id"`
	} `json:"channel"`
	User struct {
		ID string `json:"id"`
	} `json:"user"`
	UserID string `json:"user_id"`
	Event  struct {
		Type string `json:"type"`
		User string `json:"user"`
		Tab  string `json:"tab"`
	} `json:"event"`
	Actions []map[string]any `json:"actions"`
	State   struct {
		Values map[string]map[string]any `json:"values"`
	} `json:"state"`
	View struct {
		ID    string `json:"id"`
		State struct {
			Values map[string]map[string]map[string]any `json:"values"`
		} `json:"state"`
	} `json:"view"`
	IsCleared bool `json:"is_cleared"`
}

func fixture(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// startApp runs a workspace with the people of testdata and the app in it.
func startApp(t *testing.T) *app {
	t.Helper()
	return startAppWith(t, func(*rehearsal.Options) {})
}

// startAppWith is startApp with other options of the workspace.
func startAppWith(t *testing.T, set func(*rehearsal.Options)) *app {
	t.Helper()
	var files [2][]byte
	for i, name := range []string{"cast", "manifest"} {
		text, err := os.ReadFile("testdata/" + name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		files[i] = text
	}
	cast, err := rehearsal.ParseCast(files[0])
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := rehearsal.ParseManifest(files[1])
	if err != nil {
		t.Fatal(err)
	}
	limits := rehearsal.Unlimited()
	options := rehearsal.Options{
		Now: time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC), Frozen: true, Cast: &cast, Manifest: manifest, Limits: &limits,
		AckWait: 5 * time.Second, TriggerLife: 5 * time.Second, // the machine may be busy
	}
	set(&options)
	server, err := rehearsal.Start(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	a := &app{server: server, t: t, Client: slack.New(server.BotToken(), slack.OptionAPIURL(server.APIURL()), slack.OptionAppLevelToken(server.AppToken()))}
	a.listen()
	return a
}

// listen answers Socket Mode until the test ends; it returns once connected.
func (a *app) listen() {
	ctx, cancel := context.WithCancel(context.Background())
	link := socketmode.New(a.Client)
	hello := make(chan struct{})
	var running sync.WaitGroup
	running.Go(func() { _ = link.RunContext(ctx) })
	running.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case event := <-link.Events:
				if event.Type == socketmode.EventTypeHello {
					close(hello)
				}
				if event.Request != nil && event.Request.EnvelopeID != "" {
					a.handle(ctx, link, event.Request)
				}
			}
		}
	})
	a.t.Cleanup(func() {
		cancel()
		running.Wait()
	})
	select {
	case <-hello:
	case <-time.After(20 * time.Second):
		a.t.Fatal("the app was not connected")
	}
}

func (a *app) handle(ctx context.Context, link *socketmode.Client, request *socketmode.Request) {
	var p payload
	if err := json.Unmarshal(request.Payload, &p); err != nil {
		a.t.Errorf("payload: %v", err)
	}
	if p.Command == "/silent" {
		return // never acknowledged
	}
	if err := link.AckCtx(ctx, request.EnvelopeID, a.acknowledge(p)); err != nil {
		a.t.Logf("acknowledgement: %v", err)
	}
	a.answer(ctx, p)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.got = append(a.got, p)
}

// acknowledge is what must travel in the acknowledgement itself.
func (a *app) acknowledge(p payload) any {
	switch {
	case p.Type == "block_suggestion":
		options := []map[string]any{}
		for _, firm := range []string{"小林酒造", "小林木工", "大林織物"} {
			if strings.Contains(firm, p.Value) {
				options = append(options, map[string]any{"text": map[string]string{"type": "plain_text", "text": firm}, "value": firm})
			}
		}
		return map[string]any{"options": options}
	case p.Type == "view_submission" && a.updates:
		return map[string]any{"response_action": "update", "view": a.modal("step2")}
	case p.Type == "view_submission" && !a.rejected:
		a.rejected = true
		return map[string]any{"response_action": "errors", "errors": map[string]string{"in-title": "同じ題名の記録がすでにあります。"}}
	}
	return nil
}

// answer does what a real app would after acknowledging.
func (a *app) answer(ctx context.Context, p payload) {
	var err error
	switch {
	case p.Command == "/memo", p.Type == "shortcut", p.Type == "message_action", pressed(p, "form"):
		_, err = a.OpenViewContext(ctx, p.TriggerID, a.modal("form"))
	case pressed(p, "deeper"):
		step := map[any]string{"1": "step2", "2": "step3"}[p.Actions[0]["value"]]
		_, err = a.PushViewContext(ctx, p.TriggerID, a.modal(step))
	case pressed(p, "join") && p.Channel.ID != "":
		_, err = a.PostEphemeralContext(ctx, p.Channel.ID, p.User.ID, slack.MsgOptionText("受け付けました。受付コードは `A7K2` です。", false))
	case p.Event.Type == "app_home_opened" && p.Event.Tab == "home":
		var home slack.HomeTabViewRequest
		fixture(a.t, "home", &home)
		_, err = a.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: p.Event.User, View: home})
	}
	if err != nil {
		a.t.Errorf("answer to %s %s: %v", p.Type, p.Command, err)
	}
}

func pressed(p payload, action string) bool {
	return p.Type == "block_actions" && p.Actions[0]["action_id"] == action
}

func (a *app) modal(name string) slack.ModalViewRequest {
	var view slack.ModalViewRequest
	fixture(a.t, name, &view)
	return view
}

// post puts the message with every block and element into the channel.
func (a *app) post() string {
	a.t.Helper()
	var message struct{ Blocks slack.Blocks }
	fixture(a.t, "message", &message)
	_, ts, err := a.PostMessage("C0WORKSHOP", slack.MsgOptionText("ワークショップ第2回のご案内", false), slack.MsgOptionBlocks(message.Blocks.BlockSet...))
	if err != nil {
		a.t.Fatal(err)
	}
	return ts
}

// await returns the first payload that fits, waiting for it.
func (a *app) await(what string, fits func(payload) bool) payload {
	a.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		a.mu.Lock()
		for _, p := range a.got {
			if fits(p) {
				a.mu.Unlock()
				return p
			}
		}
		a.mu.Unlock()
	}
	a.t.Fatalf("the app never got %s", what)
	return payload{}
}

// action waits for a press or choice of an element and returns Slack's action object.
func (a *app) action(id string) map[string]any {
	a.t.Helper()
	return a.await("action "+id, func(p payload) bool { return pressed(p, id) }).Actions[0]
}
