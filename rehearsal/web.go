package rehearsal

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// apiError is a failed Web API call, in Slack's words.
type apiError struct {
	code       string
	messages   []string // response_metadata.messages
	extra      reply
	status     int // HTTP status; 200 when zero
	retryAfter int // seconds, with 429
}

func (e *apiError) Error() string { return e.code }

// fail is an error with Slack's code alone.
func fail(code string) error { return &apiError{code: code} }

// badArguments is invalid_arguments with Slack's explanations.
func badArguments(messages ...string) error {
	return &apiError{code: "invalid_arguments", messages: messages}
}

// reply is the body of an answer; ok and response_metadata are added.
type reply map[string]any

// call is one Web API call.
type call struct {
	*Server
	method   *method
	args     args
	token    string
	warnings []string
}

func (c *call) warn(code string) { c.warnings = append(c.warnings, code) }

// args are the decoded arguments. A value that came as JSON and is not a string
// keeps its JSON; everything else is text, as in a form.
type args map[string]arg

type arg struct {
	text string
	json json.RawMessage
}

func (a args) str(name string) string {
	v := a[name]
	if v.json != nil {
		return string(v.json)
	}
	return v.text
}

func (a args) has(name string) bool { _, ok := a[name]; return ok }

func (a args) boolean(name string) bool {
	switch strings.ToLower(a.str(name)) {
	case "1", "true":
		return true
	}
	return false
}

// raw is an argument that holds JSON, sent as JSON or as text. It may be empty.
func (a args) raw(name string) json.RawMessage {
	v := a[name]
	if v.json != nil {
		return v.json
	}
	return json.RawMessage(strings.TrimSpace(v.text))
}

// list is a comma-separated argument, or a JSON array of strings.
func (a args) list(name string) []string {
	var out []string
	if raw := a.raw(name); bytes.HasPrefix(raw, []byte("[")) && json.Unmarshal(raw, &out) == nil {
		return out
	}
	for part := range strings.SplitSeq(a.str(name), ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

const (
	maxCallBody = 4 << 20
	maxFileBody = 256 << 20
)

// decodeArgs reads the arguments of a call from the query and the body: form,
// multipart or JSON.
func decodeArgs(r *http.Request) (args, []string, error) {
	out := args{}
	out.addValues(r.URL.Query())
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return out, nil, nil
	}
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxCallBody))
	if err != nil {
		var big *http.MaxBytesError
		if errors.As(err, &big) {
			return nil, nil, fail("request_too_large")
		}
		return nil, nil, fail("request_timeout")
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		if len(body) > 0 {
			return nil, nil, fail("missing_post_type")
		}
		return out, nil, nil
	}
	switch kind {
	case "application/x-www-form-urlencoded", "text/plain":
		values, err := url.ParseQuery(string(body))
		if err != nil {
			return nil, nil, fail("invalid_form_data")
		}
		out.addValues(values)
		if _, given := params["charset"]; given && kind == "application/x-www-form-urlencoded" {
			return out, []string{"superfluous_charset"}, nil
		}
	case "multipart/form-data":
		r.Body = io.NopCloser(bytes.NewReader(body))
		if err := r.ParseMultipartForm(maxCallBody); err != nil {
			return nil, nil, fail("invalid_form_data")
		}
		out.addValues(r.MultipartForm.Value)
	case "application/json":
		if err := out.addJSON(body); err != nil {
			return nil, nil, err
		}
		if _, given := params["charset"]; !given {
			return out, []string{"missing_charset"}, nil
		}
	default:
		return nil, nil, fail("invalid_post_type")
	}
	return out, nil, nil
}

func (a args) addValues(values url.Values) {
	for name, list := range values {
		if len(list) > 0 {
			a[name] = arg{text: list[len(list)-1]}
		}
	}
}

func (a args) addJSON(body []byte) error {
	if len(bytes.TrimSpace(body)) == 0 {
		return nil
	}
	if !json.Valid(body) {
		return fail("invalid_json")
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(body, &object); err != nil || object == nil {
		return fail("json_not_object")
	}
	for name, raw := range object {
		var text string
		switch {
		case string(raw) == "null":
		case json.Unmarshal(raw, &text) == nil:
			a[name] = arg{text: text}
		default:
			a[name] = arg{json: raw}
		}
	}
	return nil
}

// bearer takes the token out of the header or the arguments.
func bearer(r *http.Request, a args) string {
	token := a.str("token")
	delete(a, "token")
	if h := r.Header.Get("Authorization"); h != "" {
		kind, rest, _ := strings.Cut(h, " ")
		if strings.EqualFold(kind, "Bearer") {
			token = strings.TrimSpace(rest)
		}
	}
	return token
}

// serveMethod answers a Web API call: decode, faults, run, log, write.
func (s *Server) serveMethod(w http.ResponseWriter, r *http.Request) {
	defer s.traffic.begin()()
	came := time.Now().UTC()
	name := r.PathValue("method")
	a, warnings, err := decodeArgs(r)
	f := s.faults.take(name)
	f.hold(s.ctx)
	c := &call{Server: s, args: a, warnings: warnings}
	var out reply
	if a != nil {
		c.token = bearer(r, a)
	}
	m := s.methods[name]
	switch {
	case m == nil:
		err = &apiError{code: "unknown_method", extra: reply{"req_method": name}}
	case f.refuses():
		err = f.apiError()
	case err == nil:
		c.method = m
		out, err = s.run(c)
	}
	status, body := c.finish(out, err)
	var ae *apiError
	if errors.As(err, &ae) && ae.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(ae.retryAfter))
	}
	s.record(LogEntry{Wall: came, Dir: dirIn, Method: name, Request: a.logged(), Status: status, Response: body, Accepted: err == nil})
	if f.drops() {
		drop(w)
		return
	}
	s.scopeHeaders(w, m)
	writeJSON(w, status, body)
}

// run checks who calls and how often, then the arguments, then does it.
func (s *Server) run(c *call) (reply, error) {
	if err := s.authorise(c); err != nil {
		return nil, err
	}
	if wait := s.limiter.take(s.clock.now(), s.limiter.method(c.method.name, c.method.tier)); wait > 0 {
		return nil, ratelimited(wait)
	}
	var missing []string
	for _, name := range c.method.need {
		if c.args.str(name) == "" {
			missing = append(missing, "[ERROR] missing required field: "+name)
		}
	}
	if missing != nil {
		return nil, badArguments(missing...)
	}
	return c.method.run(c)
}

func (s *Server) authorise(c *call) error {
	if c.method.token == tokenNone {
		return nil
	}
	if c.token == "" {
		return fail("not_authed")
	}
	kind, known := s.tokens[c.token]
	switch {
	case !known:
		return fail("invalid_auth")
	case kind != c.method.token && c.method.token != tokenAny:
		return fail("not_allowed_token_type")
	}
	if len(c.method.scopes) == 0 || kind == tokenApp {
		return nil
	}
	for _, scope := range c.method.scopes {
		if s.grants.has(scope) {
			return nil
		}
	}
	return s.missingScope(c.method.scopes...)
}

func (s *Server) missingScope(needed ...string) error {
	return &apiError{code: "missing_scope", extra: reply{
		"needed": strings.Join(needed, ","), "provided": strings.Join(s.grants.scopes, ",")}}
}

func (s *Server) scopeHeaders(w http.ResponseWriter, m *method) {
	h := w.Header()
	h.Set("X-Slack-Req-Id", s.ids.secret("request", 32))
	if m == nil || m.token == tokenNone {
		return
	}
	h.Set("X-Oauth-Scopes", strings.Join(s.grants.scopes, ","))
	if len(m.scopes) > 0 {
		h.Set("X-Accepted-Oauth-Scopes", strings.Join(m.scopes, ","))
	}
}

// finish makes the body of the answer.
func (c *call) finish(out reply, err error) (int, json.RawMessage) {
	status := http.StatusOK
	if err != nil {
		var e *apiError
		if !errors.As(err, &e) {
			e = &apiError{code: "internal_error"}
		}
		out = reply{"ok": false, "error": e.code}
		for k, v := range e.extra {
			out[k] = v
		}
		if e.messages != nil {
			out["response_metadata"] = reply{"messages": e.messages}
		}
		if e.status != 0 {
			status = e.status
		}
	} else {
		if out == nil {
			out = reply{}
		}
		out["ok"] = true
	}
	if len(c.warnings) > 0 {
		meta, _ := out["response_metadata"].(reply)
		if meta == nil {
			meta = reply{}
			out["response_metadata"] = meta
		}
		meta["warnings"] = c.warnings
		out["warning"] = strings.Join(c.warnings, ",")
	}
	return status, encode(out)
}

// logged is the arguments as one JSON object, without the token.
func (a args) logged() json.RawMessage {
	out := make(map[string]json.RawMessage, len(a))
	for name, v := range a {
		raw := v.json
		if raw == nil {
			raw = json.RawMessage(v.text)
			if len(raw) == 0 || raw[0] != '{' && raw[0] != '[' || !json.Valid(raw) {
				raw = encode(v.text)
			}
		}
		out[name] = raw
	}
	return encode(out)
}

func writeJSON(w http.ResponseWriter, status int, body []byte) {
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "private, no-cache, no-store, must-revalidate")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	w.Write(body)
}

// refuse answers a request to /_/ that cannot be served.
func refuse(w http.ResponseWriter, status int, code, message string) {
	writeJSON(w, status, encode(reply{"ok": false, "error": code, "message": message}))
}

// drop ends the connection without an answer.
func drop(w http.ResponseWriter) {
	if h, ok := w.(http.Hijacker); ok {
		if conn, _, err := h.Hijack(); err == nil {
			conn.Close()
			return
		}
	}
	panic(http.ErrAbortHandler) // net/http's own way to end an answer early
}

// readBody reads a strict JSON body of an endpoint under /_/.
func readBody(w http.ResponseWriter, r *http.Request, limit int64, into any) error {
	dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, limit))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one JSON value")
	}
	return nil
}
