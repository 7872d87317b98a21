package rehearsal

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Timing of an act (design.md 7), on wall time.
const (
	actQuiet = 100 * time.Millisecond
	actMost  = 3 * time.Second
)

// Act is what somebody does, as POST /_/act takes it: exactly one of the verbs.
type Act struct {
	As   string `json:"as"`
	Wait string `json:"wait,omitempty"` // quiet (default), ack or none

	Command  *ActCommand  `json:"command,omitempty"`
	Say      *ActSay      `json:"say,omitempty"`
	Edit     *ActEdit     `json:"edit,omitempty"`
	Delete   *ActDelete   `json:"delete,omitempty"`
	React    *ActReact    `json:"react,omitempty"`
	Upload   *ActUpload   `json:"upload,omitempty"`
	Click    *ActClick    `json:"click,omitempty"`
	Suggest  *ActSuggest  `json:"suggest,omitempty"`
	Submit   *ActSubmit   `json:"submit,omitempty"`
	Close    *ActClose    `json:"close,omitempty"`
	Shortcut *ActShortcut `json:"shortcut,omitempty"`
	OpenHome *ActOpenHome `json:"open_home,omitempty"`
	Read     *ActRead     `json:"read,omitempty"`
	Person   *ActPerson   `json:"person,omitempty"`
}

// The verbs; testdata/README.md says what each does.
type (
	ActCommand struct {
		Command string `json:"command"`
		Text    string `json:"text,omitempty"`
		Channel string `json:"channel,omitempty"`
	}
	ActSay struct {
		Channel   string   `json:"channel"`
		Text      string   `json:"text"`
		ThreadTS  string   `json:"thread_ts,omitempty"`
		Broadcast bool     `json:"broadcast,omitempty"`
		Files     []string `json:"files,omitempty"`
	}
	ActEdit struct {
		Channel string `json:"channel"`
		TS      string `json:"ts"`
		Text    string `json:"text"`
	}
	ActDelete struct {
		Channel string `json:"channel"`
		TS      string `json:"ts"`
	}
	ActReact struct {
		Channel string `json:"channel"`
		TS      string `json:"ts"`
		Name    string `json:"name"`
		Remove  bool   `json:"remove,omitempty"`
	}
	ActUpload struct {
		Channel  string `json:"channel,omitempty"`
		Name     string `json:"name"`
		Content  []byte `json:"content_base64"`
		Text     string `json:"text,omitempty"`
		ThreadTS string `json:"thread_ts,omitempty"`
	}
	ActClick struct {
		Channel string                                `json:"channel,omitempty"`
		TS      string                                `json:"ts,omitempty"`
		ViewID  string                                `json:"view_id,omitempty"`
		Action  json.RawMessage                       `json:"action"`
		Values  map[string]map[string]json.RawMessage `json:"values,omitempty"`
	}
	ActSuggest struct {
		Channel  string `json:"channel,omitempty"`
		TS       string `json:"ts,omitempty"`
		ViewID   string `json:"view_id,omitempty"`
		BlockID  string `json:"block_id,omitempty"`
		ActionID string `json:"action_id"`
		Value    string `json:"value"`
	}
	ActSubmit struct {
		ViewID string                                `json:"view_id"`
		Values map[string]map[string]json.RawMessage `json:"values,omitempty"`
	}
	ActClose struct {
		ViewID string `json:"view_id"`
		All    bool   `json:"all,omitempty"`
	}
	ActShortcut struct {
		CallbackID string `json:"callback_id"`
		Channel    string `json:"channel,omitempty"`
		TS         string `json:"ts,omitempty"`
	}
	ActOpenHome struct {
		Tab string `json:"tab,omitempty"`
	}
	ActRead struct {
		Channel string `json:"channel"`
		TS      string `json:"ts,omitempty"`
	}
	ActPerson struct {
		Do          string  `json:"do"`
		Channel     string  `json:"channel,omitempty"`
		User        string  `json:"user,omitempty"`
		Name        string  `json:"name,omitempty"`
		RealName    string  `json:"real_name,omitempty"`
		DisplayName string  `json:"display_name,omitempty"`
		Email       string  `json:"email,omitempty"`
		Title       string  `json:"title,omitempty"`
		Locale      string  `json:"locale,omitempty"`
		TZ          string  `json:"tz,omitempty"`
		Person      *Person `json:"person,omitempty"`
	}
)

// Answer is what came of an act.
type Answer struct {
	OK      bool              `json:"ok"`
	Error   string            `json:"error,omitempty"`   // a word, when it could not be done
	Message string            `json:"message,omitempty"` // the sentence that Slack would show
	Ack     json.RawMessage   `json:"ack"`               // what the app acknowledged with
	Errors  map[string]string `json:"errors"`            // field errors by block id; OK stays true
	View    json.RawMessage   `json:"view"`              // the view on top for this person
	Calls   []MadeCall        `json:"calls"`             // what the app called since, in order
	TS      string            `json:"ts,omitempty"`
	Channel string            `json:"channel,omitempty"`
	File    json.RawMessage   `json:"file,omitempty"`
	Person  json.RawMessage   `json:"person,omitempty"`
}

// MadeCall is a Web API call of the app.
type MadeCall struct {
	Method   string `json:"method"`
	Accepted bool   `json:"accepted"`
}

// refusal is why something could not be done: a word and a sentence.
type refusal struct {
	code    string
	message string
}

// doing is one act under way.
type doing struct {
	*Server
	ctx    context.Context
	person *Person
	act    *Act
	answer *Answer
}

// errAct is a malformed act.
var errAct = errors.New("give exactly one verb")

// verb is the act's one verb, its name and what it does.
func (a *Act) verb() (name string, do func(*doing) *refusal, err error) {
	var found int
	pick := func(given bool, n string, f func(*doing) *refusal) {
		if given {
			name, do = n, f
			found++
		}
	}
	pick(a.Command != nil, "command", (*doing).command)
	pick(a.Say != nil, "say", (*doing).say)
	pick(a.Edit != nil, "edit", (*doing).edit)
	pick(a.Delete != nil, "delete", (*doing).delete)
	pick(a.React != nil, "react", (*doing).react)
	pick(a.Upload != nil, "upload", (*doing).upload)
	pick(a.Click != nil, "click", (*doing).click)
	pick(a.Suggest != nil, "suggest", (*doing).suggest)
	pick(a.Submit != nil, "submit", (*doing).submit)
	pick(a.Close != nil, "close", (*doing).close)
	pick(a.Shortcut != nil, "shortcut", (*doing).shortcut)
	pick(a.OpenHome != nil, "open_home", (*doing).openHome)
	pick(a.Read != nil, "read", (*doing).read)
	pick(a.Person != nil, "person", (*doing).alter)
	if found != 1 {
		return "", nil, errAct
	}
	switch a.Wait {
	case "", "quiet", "ack", "none":
		return name, do, nil
	}
	return "", nil, fmt.Errorf("wait is quiet, ack or none, not %q", a.Wait)
}

// Act does something as a person and returns what came of it: after the app's
// acknowledgement and 100 ms of quiet, 3 s at most. The error is for a malformed act.
func (s *Server) Act(ctx context.Context, a Act) (Answer, error) {
	name, do, err := a.verb()
	if err != nil {
		return Answer{}, err
	}
	from := s.log.last()
	answer := Answer{OK: true}
	d := &doing{Server: s, ctx: ctx, act: &a, answer: &answer}
	s.look(func() { d.person = s.ws.people[a.As] })
	no := d.refuse()
	deadline, cancel := context.WithTimeout(ctx, actMost)
	defer cancel()
	if no == nil {
		no = do(d)
	}
	if no != nil {
		answer.OK, answer.Error, answer.Message = false, no.code, no.message
	}
	s.record(LogEntry{Dir: dirAct, Method: name, Request: d.logged(), Response: encode(reply{"ok": answer.OK, "error": answer.Error}), Accepted: answer.OK})
	if a.Wait == "" || a.Wait == "quiet" {
		s.traffic.quiet(deadline, actQuiet)
	}
	s.finish(&answer, a.As, from)
	return answer, nil
}

// refuse turns away who cannot act at all.
func (d *doing) refuse() *refusal {
	switch p := d.person; {
	case p == nil:
		return &refusal{"user_not_found", "There is nobody with this id."}
	case p.ID == d.bot.user || p.ID == slackbotID:
		return &refusal{"not_a_person", "The app acts by itself."}
	case p.Deleted && d.act.Person == nil:
		return &refusal{"user_disabled", "This account has been deactivated."}
	}
	return nil
}

// logged is an act for the log, without the bytes of uploads.
func (d *doing) logged() json.RawMessage {
	a := *d.act
	if a.Upload != nil {
		short := *a.Upload
		short.Content = nil
		a.Upload = &short
	}
	return encode(a)
}

// finish fills in the view on top and what the app called since.
func (s *Server) finish(answer *Answer, user string, from int64) {
	answer.View = json.RawMessage("null")
	s.look(func() {
		if v := s.ws.top(user); v != nil {
			answer.View = encode(v.object(v.state(nil)))
		}
	})
	answer.Calls = []MadeCall{}
	for _, e := range s.log.since(from) {
		if e.Dir == dirIn && s.methods[e.Method] != nil && e.Method != "apps.connections.open" {
			answer.Calls = append(answer.Calls, MadeCall{e.Method, e.Accepted})
		}
	}
	if answer.Ack == nil {
		answer.Ack = json.RawMessage("null")
	}
}

// do runs a change; a failure of the disk is the only error it has of its own.
func (d *doing) do(f func(*change) *refusal) *refusal {
	var no *refusal
	err := d.Server.change(func(ch *change) error {
		no = f(ch)
		if no != nil {
			return errRefused
		}
		return nil
	})
	if no == nil && err != nil {
		return &refusal{"internal_error", err.Error()}
	}
	return no
}

var errRefused = errors.New("refused")

// ask sends a payload, waits for its acknowledgement and notes it.
func (d *doing) ask(kind string, payload json.RawMessage, accepts bool) acknowledgement {
	a := d.Server.ask(d.ctx, kind, payload, accepts)
	if len(bytes.TrimSpace(a.payload)) > 0 {
		d.answer.Ack = a.payload
	}
	return a
}

// background runs the rest of an act after the answer, when nobody waits for it.
func (d *doing) background(f func() *refusal) *refusal {
	if d.act.Wait != "none" {
		return f()
	}
	later := *d
	later.answer, later.ctx = &Answer{}, d.Server.ctx
	d.done.Go(func() { f() })
	*d.answer = Answer{OK: true}
	return nil
}

// maxActBody bounds an act in bytes: room for an upload of 36 MB, which is a third
// longer as base64. An act is held in memory as a whole.
const maxActBody = 48 << 20

func (s *Server) serveAct(w http.ResponseWriter, r *http.Request) {
	var a Act
	err := readBody(w, r, maxActBody, &a)
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		refuse(w, http.StatusRequestEntityTooLarge, "request_too_large", fmt.Sprintf("an act has %d MB at most, an upload in base64 included", maxActBody>>20))
		return
	}
	if err != nil {
		refuse(w, http.StatusBadRequest, "invalid_request", err.Error())
		return
	}
	answer, err := s.Act(r.Context(), a)
	if err != nil {
		refuse(w, http.StatusBadRequest, "invalid_act", err.Error())
		return
	}
	writeJSON(w, http.StatusOK, encode(answer))
}
