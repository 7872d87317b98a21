package rehearsal_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"tsugite/rehearsal"
)

// start runs a workspace for a test, without rate limits unless told.
func start(t testing.TB, o rehearsal.Options) *rehearsal.Server {
	t.Helper()
	if o.Limits == nil {
		l := rehearsal.Unlimited()
		o.Limits = &l
	}
	s, err := rehearsal.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func client(s *rehearsal.Server) *slack.Client {
	return slack.New(s.BotToken(), slack.OptionAPIURL(s.APIURL()), slack.OptionAppLevelToken(s.AppToken()))
}

// listen runs a Socket Mode client that hands every request to a function, which
// returns the payload to acknowledge with.
func listen(t testing.TB, s *rehearsal.Server, handle func(socketmode.Event) any) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	sm := socketmode.New(client(s))
	hello, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		_ = sm.RunContext(ctx)
	}()
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-sm.Events:
				if e.Type == socketmode.EventTypeHello {
					close(hello)
				}
				if e.Request == nil || e.Request.EnvelopeID == "" {
					continue
				}
				if p := handle(e); p != nil {
					_ = sm.AckCtx(ctx, e.Request.EnvelopeID, p)
				} else {
					_ = sm.AckCtx(ctx, e.Request.EnvelopeID, nil)
				}
			}
		}
	}()
	select {
	case <-hello:
	case <-time.After(5 * time.Second):
		t.Fatal("no hello")
	}
	t.Cleanup(func() { cancel(); <-done })
}

func TestCommandOpensModalThatIsCorrectedAndSubmitted(t *testing.T) {
	s := start(t, rehearsal.Options{})
	api := client(s)
	listen(t, s, func(e socketmode.Event) any {
		switch d := e.Data.(type) {
		case slack.SlashCommand:
			v := slack.ModalViewRequest{Type: slack.VTModal, CallbackID: "memo",
				Title:  slack.NewTextBlockObject("plain_text", "Memo", false, false),
				Submit: slack.NewTextBlockObject("plain_text", "Save", false, false),
				Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewInputBlock("text", slack.NewTextBlockObject("plain_text", "Text", false, false), nil,
					slack.NewPlainTextInputBlockElement(nil, "text"))}}}
			if _, err := api.OpenView(d.TriggerID, v); err != nil {
				t.Errorf("views.open: %v", err)
			}
		case slack.InteractionCallback:
			if d.View.State.Values["text"]["text"].Value == "bad" {
				return slack.NewErrorsViewSubmissionResponse(map[string]string{"text": "Not that."})
			}
			if _, _, err := api.PostMessage(d.User.ID, slack.MsgOptionText("saved", false)); err != nil {
				t.Errorf("chat.postMessage: %v", err)
			}
		}
		return nil
	})
	ctx := context.Background()
	a, err := s.Act(ctx, rehearsal.Act{As: "U0000ALICE", Command: &rehearsal.ActCommand{Command: "/memo"}})
	if err != nil || !a.OK || string(a.View) == "null" {
		t.Fatalf("command: %v %+v", err, a)
	}
	var v struct{ ID string }
	if err := json.Unmarshal(a.View, &v); err != nil {
		t.Fatal(err)
	}
	submit := func(text string) rehearsal.Answer {
		a, err := s.Act(ctx, rehearsal.Act{As: "U0000ALICE", Submit: &rehearsal.ActSubmit{ViewID: v.ID,
			Values: map[string]map[string]json.RawMessage{"text": {"text": json.RawMessage(`{"type":"plain_text_input","value":"` + text + `"}`)}}}})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	if a := submit("bad"); a.Errors["text"] != "Not that." || string(a.View) == "null" {
		t.Errorf("bad: %+v", a)
	}
	if a := submit("good"); !a.OK || string(a.View) != "null" || len(a.Calls) != 1 || a.Calls[0] != (rehearsal.MadeCall{Method: "chat.postMessage", Accepted: true}) {
		t.Errorf("good: %+v", a)
	}
}
