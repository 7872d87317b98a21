package rehearsal_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tsugite/rehearsal"
)

// object is a JSON object as a test reads it.
type object = map[string]any

// form calls a Web API method as a form, with the bot's token.
func form(t testing.TB, s *rehearsal.Server, method string, args ...string) object {
	t.Helper()
	v := url.Values{"token": {s.BotToken()}}
	for i := 0; i+1 < len(args); i += 2 {
		v.Set(args[i], args[i+1])
	}
	_, out := send(t, "POST", s.APIURL()+method, "application/x-www-form-urlencoded", v.Encode())
	return out
}

// send does one HTTP request and decodes a JSON answer.
func send(t testing.TB, verb, to, contentType, body string, headers ...string) (*http.Response, object) {
	t.Helper()
	r, err := http.NewRequest(verb, to, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	out := object{}
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json") {
		if err := json.Unmarshal(text, &out); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	} else {
		out["text"] = string(text)
	}
	return resp, out
}

// wantError fails unless an answer is this error.
func wantError(t testing.TB, got object, code string) {
	t.Helper()
	if got["ok"] != false || got["error"] != code {
		t.Errorf("got %v, want error %s", got, code)
	}
}

func wantOK(t testing.TB, got object) object {
	t.Helper()
	if got["ok"] != true {
		t.Fatalf("got %v, want ok", got)
	}
	return got
}

// dig follows keys and indexes into decoded JSON.
func dig(t testing.TB, v any, path ...any) any {
	t.Helper()
	for _, step := range path {
		switch step := step.(type) {
		case string:
			m, ok := v.(map[string]any)
			if !ok {
				t.Fatalf("%v has no %q", v, step)
			}
			v = m[step]
		case int:
			l, ok := v.([]any)
			if !ok || step >= len(l) {
				t.Fatalf("%v has no item %d", v, step)
			}
			v = l[step]
		}
	}
	return v
}

// post sends JSON to an endpoint under /_/.
func post(t testing.TB, s *rehearsal.Server, path string, body any) (*http.Response, object) {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return send(t, "POST", s.URL()+path, "application/json", string(text))
}

// act does something as a person over HTTP.
func act(t testing.TB, s *rehearsal.Server, body object) object {
	t.Helper()
	resp, out := post(t, s, "_/act", body)
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("act %v: %d %v", body, resp.StatusCode, out)
	}
	return out
}

// state is what a person sees, over HTTP.
func state(t testing.TB, s *rehearsal.Server, as string) object {
	t.Helper()
	resp, out := send(t, "GET", s.URL()+"_/state?as="+as, "", "")
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("state: %v", out)
	}
	return out
}

// channelOf is a channel of a state by its name or id.
func channelOf(t testing.TB, st object, name string) object {
	t.Helper()
	for _, c := range st["channels"].([]any) {
		if c := c.(object); c["name"] == name || c["id"] == name {
			return c
		}
	}
	t.Fatalf("no channel %s in %v", name, st["channels"])
	return nil
}

// general is the id of the channel #general, of which the bot is a member.
func general(t testing.TB, s *rehearsal.Server) string {
	t.Helper()
	return channelNamed(t, s, "general")
}

func channelNamed(t testing.TB, s *rehearsal.Server, name string) string {
	t.Helper()
	for _, c := range state(t, s, "U0000ALICE")["channels"].([]any) {
		if c := c.(object); c["name"] == name {
			return c["id"].(string)
		}
	}
	t.Fatalf("no channel %s", name)
	return ""
}

func mustJSON(t testing.TB, v any) string {
	t.Helper()
	var buf bytes.Buffer
	if err := json.NewEncoder(&buf).Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(buf.String())
}

func decode(r io.Reader, into any) error { return json.NewDecoder(r).Decode(into) }

// openSQLite opens a database as another program would.
func openSQLite(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	return db
}
