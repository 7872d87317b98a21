package rehearsal_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"tsugite/rehearsal"
)

// link is a bare Socket Mode connection.
type link struct {
	t  testing.TB
	ws *websocket.Conn
}

// dial opens a connection and reads its hello.
func dial(t testing.TB, s *rehearsal.Server) (*link, object) {
	t.Helper()
	l, err := tryDial(t, ticket(t, s))
	if err != nil {
		t.Fatal(err)
	}
	return l, l.read()
}

func ticket(t testing.TB, s *rehearsal.Server) string {
	t.Helper()
	_, out := send(t, "POST", s.APIURL()+"apps.connections.open", formType, "", "Authorization", "Bearer "+s.AppToken())
	return wantOK(t, out)["url"].(string)
}

func tryDial(t testing.TB, url string) (*link, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	ws, _, err := websocket.Dial(ctx, url, &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {"https://api.slack.com"}}})
	if err != nil {
		return nil, err
	}
	t.Cleanup(func() { ws.CloseNow() })
	return &link{t, ws}, nil
}

// read is the next frame; it fails when none comes.
func (l *link) read() object {
	l.t.Helper()
	out, err := l.tryRead(5 * time.Second)
	if err != nil {
		l.t.Fatal(err)
	}
	return out
}

func (l *link) tryRead(wait time.Duration) (object, error) {
	ctx, cancel := context.WithTimeout(context.Background(), wait)
	defer cancel()
	_, frame, err := l.ws.Read(ctx)
	if err != nil {
		return nil, err
	}
	out := object{}
	return out, json.Unmarshal(frame, &out)
}

func (l *link) ack(envelope object, payload any) {
	l.t.Helper()
	body := object{"envelope_id": envelope["envelope_id"]}
	if payload != nil {
		body["payload"] = payload
	}
	if err := l.ws.Write(context.Background(), websocket.MessageText, []byte(mustJSON(l.t, body))); err != nil {
		l.t.Fatal(err)
	}
}

// during runs an act while the test plays the app.
func during(t testing.TB, s *rehearsal.Server, body object) func() object {
	t.Helper()
	done := make(chan object, 1)
	text := mustJSON(t, body)
	go func() {
		resp, err := http.Post(s.URL()+"_/act", "application/json", strings.NewReader(text))
		if err != nil {
			done <- object{"error": err.Error()}
			return
		}
		defer resp.Body.Close()
		out := object{}
		if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
			out["error"] = err.Error()
		}
		done <- out
	}()
	return func() object {
		t.Helper()
		select {
		case out := <-done:
			return out
		case <-time.After(10 * time.Second):
			t.Fatal("the act does not end")
			return nil
		}
	}
}

func TestHelloCountsTheConnections(t *testing.T) {
	s := start(t, rehearsal.Options{})
	var first *link
	for i := 1; i <= 10; i++ {
		l, hello := dial(t, s)
		if first == nil {
			first = l
		}
		if hello["type"] != "hello" || hello["num_connections"] != float64(i) || dig(t, hello, "connection_info", "app_id") == "" ||
			dig(t, hello, "debug_info", "approximate_connection_time") != float64(4*60*60) {
			t.Errorf("hello %d: %v", i, hello)
		}
	}
	l, refused := dial(t, s)
	if refused["type"] != "disconnect" || refused["reason"] != "too_many_websockets" {
		t.Errorf("the eleventh got %v", refused)
	}
	if _, err := l.tryRead(5 * time.Second); err == nil {
		t.Error("the eleventh stays open")
	}
}

func TestATicketOpensOneConnection(t *testing.T) {
	s := start(t, rehearsal.Options{})
	url := ticket(t, s)
	if _, err := tryDial(t, url); err != nil {
		t.Fatal(err)
	}
	if _, err := tryDial(t, url); err == nil {
		t.Error("a ticket was taken twice")
	}
	if _, err := tryDial(t, strings.Split(url, "?")[0]+"?ticket=nonsense"); err == nil {
		t.Error("a made-up ticket was taken")
	}
}

func TestTheServerPingsFirst(t *testing.T) {
	s := start(t, rehearsal.Options{})
	pinged := make(chan struct{}, 8)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	ws, _, err := websocket.Dial(ctx, ticket(t, s), &websocket.DialOptions{OnPingReceived: func(context.Context, []byte) bool { pinged <- struct{}{}; return true }})
	if err != nil {
		t.Fatal(err)
	}
	defer ws.CloseNow()
	go func() {
		for {
			if _, _, err := ws.Read(ctx); err != nil {
				return
			}
		}
	}()
	select {
	case <-pinged:
	case <-ctx.Done():
		t.Error("no ping")
	}
}

func TestEachPayloadGoesToOneConnectionInTurn(t *testing.T) {
	s := start(t, rehearsal.Options{})
	arrived := make(chan int, 16)
	for i := range 2 {
		l, _ := dial(t, s)
		go func() {
			for {
				e, err := l.tryRead(time.Minute)
				if err != nil {
					return
				}
				arrived <- i
				l.ack(e, nil)
			}
		}()
	}
	got := map[int]int{}
	for range 6 {
		if out := act(t, s, object{"as": alice, "wait": "ack", "shortcut": object{"callback_id": "x"}}); out["ok"] != true {
			t.Fatalf("shortcut: %v", out)
		}
		got[<-arrived]++
	}
	if got[0] != 3 || got[1] != 3 || len(arrived) != 0 {
		t.Errorf("payloads went %v, %d more than once", got, len(arrived))
	}
}

func TestAnUnansweredEventComesAgainWithTheSameID(t *testing.T) {
	s := start(t, rehearsal.Options{AckWait: 50 * time.Millisecond, Now: time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC), Frozen: true})
	l, _ := dial(t, s)
	act(t, s, object{"as": alice, "wait": "none", "say": object{"channel": general(t, s), "text": "hello"}})
	var id any
	for attempt, advance := range []string{"", "", "1m", "5m"} {
		if advance != "" {
			// The wait for an acknowledgement ends on wall time; only then is the next attempt on the clock.
			waitFor(t, func() bool { return advanceBy(t, s, advance) })
		}
		e := l.read()
		if id == nil {
			id = dig(t, e, "payload", "event_id")
		}
		if dig(t, e, "payload", "event_id") != id || e["retry_attempt"] != float64(attempt) {
			t.Errorf("attempt %d: %v, retry_attempt %v", attempt, dig(t, e, "payload", "event_id"), e["retry_attempt"])
		}
		if want := map[bool]any{true: "timeout", false: ""}[attempt > 0]; e["retry_reason"] != want {
			t.Errorf("attempt %d: reason %v", attempt, e["retry_reason"])
		}
		if attempt == 3 {
			l.ack(e, nil)
		}
	}
	advanceBy(t, s, "24h")
	if e, err := l.tryRead(300 * time.Millisecond); err == nil {
		t.Errorf("after the acknowledgement came %v", e)
	}
}

// advanceBy moves the clock once nothing is on the wire.
func advanceBy(t testing.TB, s *rehearsal.Server, by string) bool {
	_, now := send(t, "GET", s.URL()+"_/clock", "", "")
	if now["settled"] != true {
		return false
	}
	resp, _ := post(t, s, "_/clock", object{"advance": by})
	return resp.StatusCode == 200
}

// waitFor polls until something holds.
func waitFor(t testing.TB, holds func() bool) {
	t.Helper()
	end := time.Now().Add(10 * time.Second)
	for !holds() {
		if time.Now().After(end) {
			t.Fatal("it does not come to pass")
		}
		time.Sleep(2 * time.Millisecond)
	}
}

func TestInteractivePayloadsDoNotComeAgain(t *testing.T) {
	s := start(t, rehearsal.Options{AckWait: 50 * time.Millisecond})
	l, _ := dial(t, s)
	wait := during(t, s, object{"as": alice, "command": object{"command": "/slow"}})
	l.read()
	out := wait()
	wantError(t, out, "operation_timeout")
	if out["message"] != "/slow failed because the app did not respond" {
		t.Errorf("message %v", out["message"])
	}
	if e, err := l.tryRead(300 * time.Millisecond); err == nil {
		t.Errorf("it came again: %v", e)
	}
}

func TestWithoutTheAppACommandFails(t *testing.T) {
	s := start(t, rehearsal.Options{})
	wantError(t, act(t, s, object{"as": alice, "command": object{"command": "/x"}}), "dispatch_failed")
}

func TestAnAcknowledgementOver20KBIsDropped(t *testing.T) {
	s := start(t, rehearsal.Options{AckWait: 300 * time.Millisecond})
	l, _ := dial(t, s)
	for _, c := range []struct {
		size int
		ok   bool
	}{{3000, true}, {21000, false}} {
		wait := during(t, s, object{"as": alice, "command": object{"command": "/x"}})
		e := l.read()
		l.ack(e, object{"text": strings.Repeat("x", c.size)})
		if out := wait(); out["ok"] != c.ok {
			t.Errorf("%d bytes: %v", c.size, out["ok"])
		}
	}
}

func TestFaultsDisconnectAndRedeliver(t *testing.T) {
	s := start(t, rehearsal.Options{})
	l, _ := dial(t, s)
	wantOK(t, second(post(t, s, "_/faults", object{"redeliver": true, "method": "slash_commands"})))
	wait := during(t, s, object{"as": alice, "command": object{"command": "/x"}})
	e := l.read()
	l.ack(e, nil)
	again := l.read()
	l.ack(again, nil)
	wait()
	if dig(t, e, "payload", "trigger_id") != dig(t, again, "payload", "trigger_id") || e["envelope_id"] == again["envelope_id"] {
		t.Errorf("redelivered %v after %v", again, e)
	}
	wantOK(t, second(post(t, s, "_/faults", object{"disconnect": true})))
	if bye := l.read(); bye["type"] != "disconnect" || bye["reason"] != "refresh_requested" {
		t.Errorf("disconnect %v", bye)
	}
	if _, err := l.tryRead(5 * time.Second); err == nil {
		t.Error("the connection stays open")
	}
}

func second(_ *http.Response, out object) object { return out }

func TestFaultsOfTheWebAPI(t *testing.T) {
	s := start(t, rehearsal.Options{})
	to := general(t, s)
	call := func() (*http.Response, error) {
		return http.Post(s.APIURL()+"chat.postMessage", formType, strings.NewReader("token="+s.BotToken()+"&channel="+to+"&text=x"))
	}
	count := func() int {
		return len(wantOK(t, form(t, s, "conversations.history", "channel", to))["messages"].([]any))
	}
	post(t, s, "_/faults", object{"method": "chat.postMessage", "status": 429, "retry_after": 2})
	resp, err := call()
	if err != nil || resp.StatusCode != 429 || resp.Header.Get("Retry-After") != "2" || count() != 0 {
		t.Errorf("429: %v %v, %d messages", resp, err, count())
	}
	post(t, s, "_/faults", object{"method": "chat.postMessage", "accept_then_drop": true})
	if resp, err := call(); err == nil {
		t.Errorf("the answer was not lost: %v", resp)
	}
	if count() != 1 {
		t.Errorf("accepted and lost: %d messages", count())
	}
	var accepted []bool
	for _, e := range s.Log(0) {
		if e.Method == "chat.postMessage" {
			accepted = append(accepted, e.Accepted)
		}
	}
	if len(accepted) != 2 || accepted[0] || !accepted[1] {
		t.Errorf("the log says accepted %v", accepted)
	}
	post(t, s, "_/faults", object{"method": "chat.postMessage", "hang_ms": 200})
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "POST", s.APIURL()+"chat.postMessage", strings.NewReader("token="+s.BotToken()+"&channel="+to+"&text=x"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", formType)
	if _, err := http.DefaultClient.Do(r); err == nil {
		t.Error("it did not hang")
	}
	waitFor(t, func() bool { return count() == 2 }) // Slack did it although the caller had gone
	post(t, s, "_/faults", object{"method": "*", "error": "fatal_error", "times": -1})
	wantError(t, form(t, s, "auth.test"), "fatal_error")
	wantError(t, form(t, s, "auth.test"), "fatal_error")
	if _, out := send(t, "DELETE", s.URL()+"_/faults", "", ""); len(out["faults"].([]any)) != 0 {
		t.Errorf("after DELETE: %v", out)
	}
	wantOK(t, form(t, s, "auth.test"))
	if resp, _ := post(t, s, "_/faults", object{"method": "x"}); resp.StatusCode != 400 {
		t.Errorf("a fault that is none: %d", resp.StatusCode)
	}
}

func TestTheLogHoldsNoToken(t *testing.T) {
	s := start(t, rehearsal.Options{})
	dial(t, s)
	form(t, s, "chat.postMessage", "channel", general(t, s), "text", "x")
	_, out := send(t, "GET", s.URL()+"_/log", "", "")
	text := out["text"].(string)
	if strings.Contains(text, s.BotToken()) || strings.Contains(text, s.AppToken()) {
		t.Error("a token is in the log")
	}
	if !strings.Contains(text, `"method":"chat.postMessage"`) {
		t.Error("the call is not in the log")
	}
}
