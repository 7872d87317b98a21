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

// Transport leaves the message itself out of Slack's answers to
// chat.postMessage and chat.update. slack-go would read it, block by block, into
// types that nobody looks at; that takes longer than to compose the message.
type Transport struct{ Next http.RoundTripper }

// echoing are the methods whose answer repeats the message.
var echoing = map[string]bool{"chat.postMessage": true, "chat.update": true}

// RoundTrip passes on everything else as it is, an answer that is no JSON too. One
// that breaks off is an error: whether Slack has the message is not known.
func (t Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := t.Next.RoundTrip(r)
	if err != nil || resp.StatusCode != http.StatusOK || !echoing[path.Base(r.URL.Path)] {
		return resp, err
	}
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close() // it was read to its end, or is given up
	if err != nil {
		return nil, err
	}
	body = withoutMessage(body)
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	resp.Header.Del("Content-Length") // of the whole
	return resp, nil
}

func withoutMessage(answer []byte) []byte {
	var fields map[string]json.RawMessage
	if json.Unmarshal(answer, &fields) != nil {
		return answer
	}
	delete(fields, "message")
	short, err := json.Marshal(fields)
	if err != nil {
		return answer
	}
	return short
}
