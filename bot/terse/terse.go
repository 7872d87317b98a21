// Package terse shortens Slack's answers on their way to slack-go. It knows HTTP and
// nothing of ours, so that the bot itself need not know HTTP.
package terse

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"path"
)

// Transport leaves the message or view itself out of Slack's answers to the calls
// that brought it there. slack-go would read it, block by block, into types that
// nobody looks at; for a message that takes longer than to compose it.
type Transport struct{ Next http.RoundTripper }

// echo is the field of a method's answer that repeats what was sent.
var echo = map[string]string{
	"chat.postMessage": "message", "chat.update": "message",
	"views.open": "view", "views.push": "view", "views.update": "view", "views.publish": "view",
}

// RoundTrip passes on everything else as it is, an answer that is no JSON too. One
// that breaks off is an error: whether Slack has what was sent is not known.
func (t Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := t.Next.RoundTrip(r)
	field := echo[path.Base(r.URL.Path)]
	if err != nil || resp.StatusCode != http.StatusOK || field == "" {
		return resp, err
	}
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close() // it was read to its end, or is given up
	if err != nil {
		return nil, err
	}
	body = without(field, body)
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	resp.Header.Del("Content-Length") // of the whole
	return resp, nil
}

func without(field string, answer []byte) []byte {
	var fields map[string]json.RawMessage
	if json.Unmarshal(answer, &fields) != nil {
		return answer
	}
	delete(fields, field)
	short, err := json.Marshal(fields)
	if err != nil {
		return answer
	}
	return short
}
