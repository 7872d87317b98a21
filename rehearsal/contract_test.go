package rehearsal_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"tsugite/rehearsal"
)

var update = flag.Bool("update", false, "write the answers of the golden transcripts anew, to be read by a person")

// schemas compiles the frozen schemas.
func schemas(t testing.TB) func(name string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	files, err := filepath.Glob("testdata/schemas/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := c.AddResource("https://tsugite.invalid/rehearsal/"+filepath.Base(name), doc); err != nil {
			t.Fatal(err)
		}
	}
	return func(name string) *jsonschema.Schema {
		t.Helper()
		s, err := c.Compile("https://tsugite.invalid/rehearsal/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
}

// step is one request of a transcript and what it is answered with.
type step struct {
	Why    string          `json:"why"`
	Do     string          `json:"do"` // verb and path
	Body   json.RawMessage `json:"body,omitempty"`
	Status int             `json:"status"`
	Answer json.RawMessage `json:"answer"`
}

// schemaOf is the schema of a request's body and of its answer.
func schemaOf(do string) (request, answer string) {
	verb, path, _ := strings.Cut(do, " ")
	path, _, _ = strings.Cut(path, "?")
	switch path {
	case "/_/people":
		return "", "people.schema.json"
	case "/_/state":
		return "", "state.schema.json"
	case "/_/act":
		return "act.schema.json", "act-answer.schema.json"
	case "/_/clock":
		if verb == "POST" {
			return "clock.schema.json#/$defs/request", "clock.schema.json"
		}
		return "", "clock.schema.json"
	case "/_/faults":
		if verb == "POST" {
			return "faults.schema.json", "faults.schema.json#/$defs/answer"
		}
		return "", "faults.schema.json#/$defs/answer"
	}
	return "", ""
}

func TestGoldenTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/transcripts/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no transcripts", err)
	}
	schema := schemas(t)
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".json"), func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var steps []step
			if err := json.Unmarshal(text, &steps); err != nil {
				t.Fatal(err)
			}
			s := start(t, rehearsal.Options{Now: time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC), Frozen: true, Seed: 1, AckWait: 2 * time.Second})
			if !strings.Contains(name, "without") {
				runEcho(t, s)
			}
			for i := range steps {
				steps[i].play(t, s, schema)
			}
			for _, e := range s.Log(0) {
				check(t, schema("log.schema.json"), "log", []byte(mustJSON(t, e)))
			}
			if *update {
				out, err := json.MarshalIndent(steps, "", "  ")
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, append(out, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// play does one step, holds it to the schemas and to the recorded answer.
func (st *step) play(t *testing.T, s *rehearsal.Server, schema func(string) *jsonschema.Schema) {
	t.Helper()
	verb, path, _ := strings.Cut(st.Do, " ")
	kind := ""
	if st.Body != nil {
		kind = "application/json"
	}
	resp, out := send(t, verb, strings.TrimSuffix(s.URL(), "/")+path, kind, string(st.Body))
	answer := stable(out)
	request, reply := schemaOf(st.Do)
	if request != "" && resp.StatusCode != 400 {
		check(t, schema(request), st.Why+": request", st.Body)
	}
	if resp.StatusCode == 200 {
		check(t, schema(reply), st.Why+": answer", []byte(mustJSON(t, answer)))
	}
	if *update {
		st.Status, st.Answer = resp.StatusCode, json.RawMessage(mustJSON(t, answer))
		return
	}
	var want object
	if err := json.Unmarshal(st.Answer, &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, answer); diff != "" || resp.StatusCode != st.Status {
		t.Errorf("%s: status %d, want %d; answer differs (-want +got):\n%s", st.Why, resp.StatusCode, st.Status, diff)
	}
}

func check(t testing.TB, s *jsonschema.Schema, what string, text []byte) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if err := s.Validate(v); err != nil {
		t.Errorf("%s breaks its schema: %v\n%s", what, err, text)
	}
}

// runEcho plays a small app: a command opens a form, a bad form gets an error, a
// good one a message, a greeting is returned, Home is drawn when it is opened.
func runEcho(t testing.TB, s *rehearsal.Server) {
	l, _ := dial(t, s)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			e, err := l.tryRead(time.Minute)
			if err != nil {
				return
			}
			p := e["payload"].(object)
			switch kind := e["type"]; {
			case kind == "slash_commands":
				form(t, s, "views.open", "trigger_id", p["trigger_id"].(string), "view", modal)
				l.ack(e, nil)
			case kind == "events_api":
				l.ack(e, nil)
				echoEvent(t, s, p["event"].(object))
			case p["type"] == "view_submission" && dig(t, p, "view", "state", "values", "b", "a", "value") == "bad":
				l.ack(e, object{"response_action": "errors", "errors": object{"b": "Not that."}})
			case p["type"] == "view_submission":
				l.ack(e, nil)
				form(t, s, "chat.postMessage", "channel", dig(t, p, "user", "id").(string), "text", "saved",
					"blocks", `[{"type":"actions","block_id":"more","elements":[{"type":"button","action_id":"go","text":{"type":"plain_text","text":"Again"},"value":"1"}]}]`)
			case p["type"] == "block_suggestion":
				l.ack(e, object{"options": []object{{"text": object{"type": "plain_text", "text": "One"}, "value": "1"}}})
			default:
				l.ack(e, nil)
			}
		}
	}()
	t.Cleanup(func() { l.ws.CloseNow(); <-done })
}

func echoEvent(t testing.TB, s *rehearsal.Server, event object) {
	switch {
	case event["type"] == "app_home_opened":
		form(t, s, "views.publish", "user_id", event["user"].(string), "view",
			`{"type":"home","blocks":[{"type":"section","block_id":"s","text":{"type":"mrkdwn","text":"*Home*"}}]}`)
	case event["type"] == "message" && event["bot_id"] == nil && event["text"] == "hello":
		form(t, s, "chat.postMessage", "channel", event["channel"].(string), "text", "hello to you", "thread_ts", event["ts"].(string))
	}
}
