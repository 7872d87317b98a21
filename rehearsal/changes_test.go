package rehearsal_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"tsugite/rehearsal"
)

func TestThePageIsToldOfChanges(t *testing.T) {
	s := start(t, rehearsal.Options{})
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", s.URL()+"_/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	lines.Scan() // the retry line: from here on the reader is subscribed
	to := general(t, s)
	said := act(t, s, object{"as": alice, "wait": "none", "say": object{"channel": to, "text": "x"}})
	for lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		var change object
		if err := json.Unmarshal([]byte(data), &change); err != nil {
			t.Fatal(err)
		}
		if change["kind"] == "message" && change["channel"] == to && change["ts"] == said["ts"] && change["user"] == alice {
			return
		}
	}
	t.Errorf("no change came: %v", lines.Err())
}

func TestAConnectionIsWarnedBeforeItsEnd(t *testing.T) {
	s := start(t, rehearsal.Options{ConnectionLife: 10 * time.Second}) // the warning comes ten seconds before the end: at once
	l, hello := dial(t, s)
	if hello["type"] != "hello" {
		t.Fatalf("first came %v", hello)
	}
	if e := l.read(); e["type"] != "disconnect" || e["reason"] != "warning" {
		t.Errorf("got %v", e)
	}
	// It still works until it is closed.
	wait := during(t, s, object{"as": alice, "wait": "ack", "shortcut": object{"callback_id": "x"}})
	l.ack(l.read(), nil)
	wantOK(t, wait())
}

func TestTheAppIsInvitedAndHearsOfIt(t *testing.T) {
	p := play(t, rehearsal.Options{})
	random := channelNamed(t, p.s, "random")
	wantError(t, form(t, p.s, "chat.postMessage", "channel", random, "text", "x"), "not_in_channel")
	wantOK(t, act(t, p.s, object{"as": alice, "wait": "none", "person": object{"do": "invite", "channel": random, "user": p.s.BotUserID()}}))
	for {
		e := p.link.read()
		p.ack(e, nil)
		if event := dig(t, e, "payload", "event").(object); event["type"] == "member_joined_channel" {
			if event["user"] != p.s.BotUserID() || event["inviter"] != alice || event["channel"] != random {
				t.Errorf("event %v", event)
			}
			break
		}
	}
	wantOK(t, form(t, p.s, "chat.postMessage", "channel", random, "text", "x"))
}

func TestTheClockIsSharedWithTheApp(t *testing.T) {
	due := time.Date(2026, 9, 2, 0, 0, 0, 0, time.UTC)
	var told []time.Time
	s := start(t, rehearsal.Options{Now: due.Add(-24 * time.Hour), Frozen: true, Hooks: rehearsal.Hooks{
		NextDue: func(context.Context) (time.Time, bool) { return due, true },
		OnClock: func(now time.Time) { told = append(told, now) },
		Settled: func(ctx context.Context) error { return ctx.Err() },
	}})
	if _, out := send(t, "GET", s.URL()+"_/clock", "", ""); out["next_due"] != "2026-09-02T00:00:00Z" {
		t.Errorf("clock %v", out)
	}
	if _, out := post(t, s, "_/clock", object{"next": true}); out["now"] != "2026-09-02T00:00:00Z" || out["settled"] != true {
		t.Errorf("clock %v", out)
	}
	if len(told) != 1 || !told[0].Equal(due) || !s.Now().Equal(due) {
		t.Errorf("told %v", told)
	}
	s.SetHooks(rehearsal.Hooks{})
	if resp, _ := post(t, s, "_/clock", object{"next": true}); resp.StatusCode != 400 {
		t.Errorf("next without a hook: %d", resp.StatusCode)
	}
	for _, wrong := range []object{{}, {"advance": "soon"}, {"advance": "1h", "next": true}, {"tomorrow": true}} {
		if resp, _ := post(t, s, "_/clock", wrong); resp.StatusCode != 400 {
			t.Errorf("%v: %d", wrong, resp.StatusCode)
		}
	}
	if resp, _ := post(t, s, "_/clock", object{"advance": "-1h"}); resp.StatusCode != 409 {
		t.Errorf("back: %d", resp.StatusCode)
	}
	for _, far := range []object{{"now": "9999-12-31T00:00:00Z"}, {"now": "2036-09-02T00:00:01Z"}, {"advance": "3700d"}} {
		if resp, out := post(t, s, "_/clock", far); resp.StatusCode != 400 || !strings.Contains(mustJSON(t, out), "10 years") {
			t.Errorf("%v: %d %v", far, resp.StatusCode, out)
		}
	}
	if resp, out := post(t, s, "_/clock", object{"advance": "2d"}); resp.StatusCode != 200 || out["now"] != "2026-09-04T00:00:00Z" {
		t.Errorf("two days: %v", out)
	}
}

func TestTenThousandPeople(t *testing.T) {
	cast := rehearsal.Cast{Channels: []rehearsal.Channel{{Name: "general", App: true}}}
	for i := range 10000 {
		cast.People = append(cast.People, rehearsal.Person{Name: "p" + strings.Repeat("x", i%3) + time.Duration(i).String()})
	}
	s := start(t, rehearsal.Options{Cast: &cast})
	var n int
	cursor := ""
	for {
		out := wantOK(t, form(t, s, "users.list", "limit", "1000", "cursor", cursor))
		n += len(out["members"].([]any))
		if cursor = dig(t, out, "response_metadata", "next_cursor").(string); cursor == "" {
			break
		}
	}
	if n != 10002 {
		t.Errorf("%d people are listed", n)
	}
}

func TestActsAreBounded(t *testing.T) {
	s := start(t, rehearsal.Options{})
	to := general(t, s)
	long := strings.Repeat("あ", 12001)
	m := wantOK(t, act(t, s, object{"as": alice, "say": object{"channel": to, "text": long[3:]}}))
	for _, one := range []object{
		{"say": object{"channel": to, "text": long}},
		{"edit": object{"channel": to, "ts": m["ts"], "text": long}},
		{"upload": object{"channel": to, "name": "a", "content_base64": "YQ==", "text": long}},
	} {
		one["as"] = alice
		wantError(t, act(t, s, one), "msg_too_long")
	}
	resp, out := post(t, s, "_/act", object{"as": alice, "upload": object{"name": "a", "content_base64": strings.Repeat("A", 48<<20)}})
	if wantError(t, out, "request_too_large"); resp.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("a huge upload: %d", resp.StatusCode)
	}
}
