package rehearsal

import (
	"encoding/json"
	"io"
	"net/http"
	"time"
)

// Limits of a response_url.
const (
	responseUses = 5
	responseLife = 30 * time.Minute
)

// responseURL lets the app answer an interaction later.
type responseURL struct {
	channel   string
	user      string
	source    string // ts of the message that was clicked, if one was
	ephemeral bool   // that message was ephemeral
	uses      int
	expires   time.Time // on the workspace's clock
}

// newResponseURL makes a response_url for an interaction of a person in a channel.
func (ch *change) newResponseURL(c *channel, user, source string, ephemeral bool) string {
	secret := ch.ws.team.ID + "/" + ch.ids.secret("response url", 12) + "/" + ch.ids.secret("response url", 24)
	ch.responseURLs[secret] = &responseURL{c.ID, user, source, ephemeral, responseUses, ch.now.Add(responseLife)}
	if len(ch.responseURLs) > keptTriggers {
		for key, one := range ch.responseURLs {
			if ch.now.After(one.expires) {
				delete(ch.responseURLs, key)
			}
		}
	}
	return ch.URL() + "response/" + secret
}

// response is what an app posts to a response_url, or acknowledges a command with.
type response struct {
	Text            string          `json:"text"`
	Blocks          json.RawMessage `json:"blocks"`
	Attachments     json.RawMessage `json:"attachments"`
	Metadata        json.RawMessage `json:"metadata"`
	ResponseType    string          `json:"response_type"`
	ReplaceOriginal json.RawMessage `json:"replace_original"`
	DeleteOriginal  json.RawMessage `json:"delete_original"`
	ThreadTS        string          `json:"thread_ts"`
}

// isTrue reads a flag that may come as true or "true".
func isTrue(raw json.RawMessage) bool { return string(raw) == "true" || string(raw) == `"true"` }

func (r response) content() (content, error) {
	k := content{text: r.Text, hasText: true, blocks: unquoted(r.Blocks), attachments: unquoted(r.Attachments), metadata: r.Metadata}
	return k, k.check()
}

// unquoted is JSON that may have been sent as a string.
func unquoted(raw json.RawMessage) json.RawMessage {
	if s := text(raw); s != "" {
		return json.RawMessage(s)
	}
	if string(raw) == "null" {
		return nil
	}
	return raw
}

func (s *Server) serveResponseURL(w http.ResponseWriter, r *http.Request) {
	defer s.traffic.begin()()
	f := s.faults.take("response_url")
	f.hold(s.ctx)
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxCallBody))
	if err != nil {
		refuse(w, http.StatusBadRequest, "request_too_large", "the body is too large")
		return
	}
	var e *apiError
	switch {
	case f.refuses():
		e = f.apiError().(*apiError)
	default:
		e = s.respond(r.PathValue("secret"), body)
	}
	status, answer := http.StatusOK, "ok"
	if e != nil {
		status, answer = e.status, string(encode(reply{"ok": false, "error": e.code}))
	}
	logged := json.RawMessage(body)
	if !json.Valid(body) {
		logged = encode(string(body))
	}
	s.record(LogEntry{Dir: dirIn, Method: "response_url", Request: logged, Status: status, Response: encode(answer), Accepted: e == nil})
	if f.drops() {
		drop(w)
		return
	}
	if e != nil {
		writeJSON(w, status, []byte(answer))
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	io.WriteString(w, answer)
}

func (s *Server) respond(secret string, body []byte) *apiError {
	var r response
	if json.Unmarshal(body, &r) != nil {
		return &apiError{code: "invalid_payload", status: http.StatusBadRequest}
	}
	k, err := r.content()
	if e, bad := err.(*apiError); bad {
		e.status = http.StatusBadRequest
		return e
	}
	var failure *apiError
	err = s.change(func(ch *change) error {
		failure = ch.respond(secret, r, k)
		return nil
	})
	if err != nil {
		return &apiError{code: "internal_error", status: http.StatusInternalServerError}
	}
	return failure
}

func (ch *change) respond(secret string, r response, k content) *apiError {
	u := ch.responseURLs[secret]
	switch {
	case u == nil || ch.now.After(u.expires):
		return &apiError{code: "expired_url", status: http.StatusNotFound}
	case u.uses == 0:
		return &apiError{code: "used_url", status: http.StatusNotFound}
	case k.empty() && !isTrue(r.DeleteOriginal):
		return &apiError{code: "no_text", status: http.StatusBadRequest}
	}
	u.uses--
	c := ch.ws.channels[u.channel]
	switch {
	case c == nil:
		return &apiError{code: "channel_not_found", status: http.StatusNotFound}
	case isTrue(r.DeleteOriginal):
		ch.deleteSource(c, u)
	case isTrue(r.ReplaceOriginal) && u.source != "":
		return ch.replaceSource(c, u, k)
	default:
		ch.answer(c, u.user, r, k)
	}
	return nil
}

func (ch *change) deleteSource(c *channel, u *responseURL) {
	if u.ephemeral {
		ch.dropEphemeral(c, u.user, u.source)
	} else if m := c.byTS[u.source]; m != nil {
		ch.erase(c, m)
	}
}

func (ch *change) replaceSource(c *channel, u *responseURL, k content) *apiError {
	m := c.byTS[u.source]
	if u.ephemeral {
		m = ch.ws.ephemeral(c, u.user, u.source)
	}
	if m == nil {
		return &apiError{code: "message_not_found", status: http.StatusNotFound}
	}
	k.blocks, k.attachments = orEmpty(k.blocks), orEmpty(k.attachments) // a replacement leaves nothing of the old one
	before := m.copy(true)
	ch.rewrite(c, m, k)
	ch.changed("message", c.ID, u.user, m.TS)
	if u.ephemeral {
		return nil
	}
	m.Edited = &edited{User: m.User, TS: formatTS(ch.now)}
	ch.saveMessage(c, m)
	ch.tellChanged(c, before, m)
	return nil
}

// answer posts an answer to an interaction: for the person alone, or in the channel.
func (ch *change) answer(c *channel, user string, r response, k content) {
	m := ch.botMessage(k)
	if c.byTS[r.ThreadTS] != nil {
		m.ThreadTS = r.ThreadTS
	}
	if r.ResponseType == "in_channel" {
		ch.post(c, m)
		return
	}
	ch.whisper(c, user, m)
}
