package terse_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"tsugite/bot/terse"
)

func TestTransportLeavesOutTheEchoAndNothingElse(t *testing.T) {
	const whole = `{"ok":true,"channel":"D1","ts":"1.2","message":{"text":"long","blocks":[]},"response_metadata":{"warnings":["w"]}}`
	const short = `{"channel":"D1","ok":true,"response_metadata":{"warnings":["w"]},"ts":"1.2"}`
	for _, c := range []struct {
		rule, method string
		status       int
		body, want   string
	}{
		{"a post", "chat.postMessage", 200, whole, short},
		{"an update", "chat.update", 200, whole, short},
		{"a form", "views.open", 200, `{"ok":true,"view":{"blocks":[]},"warning":"w"}`, `{"ok":true,"warning":"w"}`},
		{"a Home", "views.publish", 200, `{"ok":true,"view":{"blocks":[]}}`, `{"ok":true}`},
		{"another method", "conversations.history", 200, whole, whole},
		{"a refusal", "chat.postMessage", 200, `{"error":"is_archived","ok":false}`, `{"error":"is_archived","ok":false}`},
		{"a limit", "chat.postMessage", 429, whole, whole},
		{"a proxy's page", "chat.postMessage", 200, "<html>", "<html>"},
		{"an answer that stops short in itself", "chat.postMessage", 200, `{"ok":true,"ts"`, `{"ok":true,"ts"`},
	} {
		t.Run(c.rule, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(c.status)
				fmt.Fprint(w, c.body)
			}))
			defer server.Close()
			client := http.Client{Transport: terse.Transport{Next: http.DefaultTransport}}
			resp, err := client.Post(server.URL+"/api/"+c.method, "", nil)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			got, err := io.ReadAll(resp.Body)
			if err != nil || string(got) != c.want || resp.StatusCode != c.status {
				t.Errorf("%d %s %v, want %s", resp.StatusCode, got, err, c.want)
			}
		})
	}
}

func TestTransportReportsAnAnswerThatBreaksOff(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		fmt.Fprint(w, `{"ok":true}`) // fewer: the server closes the connection
	}))
	defer server.Close()
	client := http.Client{Transport: terse.Transport{Next: http.DefaultTransport}}
	resp, err := client.Post(server.URL+"/api/chat.postMessage", "", nil)
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%v %v, want an unexpected end", resp, err)
	}
}
