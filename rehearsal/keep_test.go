package rehearsal_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tsugite/rehearsal"
)

// child is a workspace in a process of its own.
type child struct {
	cmd       *exec.Cmd
	api, bot  string
	stdinPipe io.Closer
}

func startChild(t testing.TB, path string) *child {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childFile+"="+path)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	words := strings.Fields(line)
	if err != nil || len(words) != 3 {
		t.Fatalf("the child says %q, %v", line, err)
	}
	return &child{cmd, words[0], words[1], in}
}

// kill ends the child as kill -9 does and waits for its end.
func (c *child) kill(t testing.TB) {
	t.Helper()
	if err := c.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = c.cmd.Wait()
}

func (c *child) call(method string, args ...string) (object, error) {
	form := "token=" + c.bot
	for i := 0; i+1 < len(args); i += 2 {
		form += "&" + args[i] + "=" + args[i+1]
	}
	resp, err := http.Post(c.api+method, formType, strings.NewReader(form))
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	out := object{}
	return out, decode(resp.Body, &out)
}

func TestEveryAnsweredPostSurvivesAKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kept.slack")
	answered := map[string]string{} // ts by text
	channel := ""
	for round := range 3 {
		c := startChild(t, path)
		var mu sync.Mutex
		var posting sync.WaitGroup
		enough := make(chan struct{}, 1)
		before := len(answered)
		for w := range 4 {
			posting.Go(func() {
				for i := 0; ; i++ {
					text := fmt.Sprintf("r%d-w%d-%d", round, w, i)
					out, err := c.call("chat.postMessage", "channel", alice, "text", text)
					if err != nil || out["ok"] != true {
						return // killed in the middle: nobody was told that it was done
					}
					mu.Lock()
					answered[text], channel = out["ts"].(string), out["channel"].(string)
					if len(answered) > before+40 {
						select {
						case enough <- struct{}{}:
						default:
						}
					}
					mu.Unlock()
				}
			})
		}
		select {
		case <-enough:
		case <-time.After(20 * time.Second):
			t.Fatal("too slow")
		}
		c.kill(t)
		posting.Wait()
	}
	c := startChild(t, path)
	found := map[string]string{}
	cursor := ""
	for {
		page, err := c.call("conversations.history", "channel", channel, "limit", "200", "cursor", cursor)
		if err != nil || page["ok"] != true {
			t.Fatalf("history: %v %v", page, err)
		}
		for _, m := range page["messages"].([]any) {
			m := m.(object)
			text := m["text"].(string)
			if found[text] != "" {
				t.Errorf("%s is there twice", text)
			}
			found[text] = m["ts"].(string)
		}
		if page["has_more"] != true {
			break
		}
		cursor = strings.ReplaceAll(dig(t, page, "response_metadata", "next_cursor").(string), "=", "%3D")
	}
	for text, ts := range answered {
		if found[text] != ts {
			t.Errorf("%s was answered with %s, kept is %q", text, ts, found[text])
		}
	}
	if len(answered) < 120 {
		t.Errorf("only %d posts were answered", len(answered))
	}
}

func TestAWorkspaceGoesOnWhereItStopped(t *testing.T) {
	o := rehearsal.Options{Path: filepath.Join(t.TempDir(), "a b%.slack"), Now: time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC), Frozen: true}
	unlimited := rehearsal.Unlimited()
	o.Limits = &unlimited
	s, err := rehearsal.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	if other, err := rehearsal.Start(o); err == nil {
		other.Close()
		t.Error("two workspaces have one file open")
	}
	to := general(t, s)
	first := act(t, s, object{"as": alice, "say": object{"channel": to, "text": "first"}})
	act(t, s, object{"as": bob, "react": object{"channel": to, "ts": first["ts"], "name": "+1"}})
	act(t, s, object{"as": alice, "say": object{"channel": to, "text": "reply", "thread_ts": first["ts"]}})
	file := act(t, s, object{"as": alice, "upload": object{"channel": to, "name": "a.txt", "content_base64": "aGVsbG8="}})
	act(t, s, object{"as": alice, "person": object{"do": "join", "person": object{"name": "newcomer", "real_name": "New Comer"}}})
	act(t, s, object{"as": bob, "person": object{"do": "rename", "real_name": "Robert"}})
	wantOK(t, form(t, s, "conversations.open", "users", alice+","+bob))
	wantOK(t, form(t, s, "conversations.create", "name", "made"))
	wantOK(t, form(t, s, "views.publish", "user_id", alice, "view", `{"type":"home","blocks":[{"type":"divider"}]}`))
	wantOK(t, form(t, s, "chat.scheduleMessage", "channel", to, "text", "scheduled", "post_at", "1788253200")) // 2026-09-01T09:00Z
	post(t, s, "_/clock", object{"advance": "1h"})
	before, people := mustJSON(t, stable(state(t, s, alice))), mustJSON(t, second(send(t, "GET", s.URL()+"_/people", "", "")))
	bot, app := s.BotToken(), s.AppToken()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	s = start(t, o)
	if s.BotToken() != bot || s.AppToken() != app {
		t.Error("other tokens")
	}
	if got := mustJSON(t, second(send(t, "GET", s.URL()+"_/people", "", ""))); got != people {
		t.Errorf("people\n%s\nbefore\n%s", got, people)
	}
	after := stable(state(t, s, alice))
	if got := mustJSON(t, after); got != before {
		t.Errorf("state\n%s\nbefore\n%s", got, before)
	}
	if after["now"] != "2026-09-01T01:00:00Z" {
		t.Errorf("now %v", after["now"])
	}
	resp, out := send(t, "GET", s.URL()+"_/files/"+dig(t, file, "file", "id").(string)+"?as="+alice, "", "")
	if resp.StatusCode != 200 || out["text"] != "hello" {
		t.Errorf("the file: %d %v", resp.StatusCode, out)
	}
	if out := wantOK(t, form(t, s, "conversations.open", "users", bob+","+alice)); out["already_open"] != true {
		t.Errorf("the group DM is new: %v", out)
	}
	next := act(t, s, object{"as": alice, "say": object{"channel": to, "text": "second"}})
	if next["ts"].(string) <= first["ts"].(string) {
		t.Errorf("ts %v after %v", next["ts"], first["ts"])
	}
	post(t, s, "_/clock", object{"advance": "12h"})
	if got := texts(wantOK(t, form(t, s, "conversations.history", "channel", to, "limit", "1"))["messages"]); got != "scheduled" {
		t.Errorf("after the clock went on: %s", got)
	}
}

// stable takes the address of this run, which changes from run to run, out of a state.
func stable(st object) object {
	return strip(st, func(s string) string {
		if at := strings.Index(s, "http://127.0.0.1:"); at >= 0 {
			rest := s[at+len("http://"):]
			return s[:at] + "http://HOST" + rest[strings.Index(rest, "/"):]
		}
		return s
	}).(object)
}

func strip(v any, f func(string) string) any {
	switch v := v.(type) {
	case string:
		return f(v)
	case []any:
		for i := range v {
			v[i] = strip(v[i], f)
		}
	case object:
		for k := range v {
			v[k] = strip(v[k], f)
		}
	}
	return v
}

func TestTheFileIsItsOwnersAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "own.slack")
	for _, before := range []os.FileMode{0, 0o644} { // new, then made by others
		if before != 0 {
			if err := os.Chmod(path, before); err != nil {
				t.Fatal(err)
			}
		}
		s, err := rehearsal.Start(rehearsal.Options{Path: path})
		if err != nil {
			t.Fatal(err)
		}
		made, err := filepath.Glob(path + "*")
		if err != nil || len(made) < 2 {
			t.Errorf("files %v, %v", made, err)
		}
		for _, one := range made {
			if info, err := os.Stat(one); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%s after %v: %v, %v", one, before, info.Mode(), err)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAFileOfANewerVersionIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new.slack")
	db := openSQLite(t, path)
	if _, err := db.Exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := rehearsal.Start(rehearsal.Options{Path: path})
	if err == nil {
		s.Close()
		t.Fatal("it was opened")
	}
	if !strings.Contains(err.Error(), "newer version") {
		t.Errorf("error %v", err)
	}
}

func BenchmarkPost(b *testing.B) {
	for _, kept := range []bool{false, true} {
		b.Run(map[bool]string{false: "memory", true: "file"}[kept], func(b *testing.B) {
			o := rehearsal.Options{}
			if kept {
				o.Path = filepath.Join(b.TempDir(), "bench.slack")
			}
			s := start(b, o)
			to := general(b, s)
			client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
			body := "token=" + s.BotToken() + "&channel=" + to + "&text=hello&blocks=" +
				`%5B%7B%22type%22%3A%22section%22%2C%22text%22%3A%7B%22type%22%3A%22mrkdwn%22%2C%22text%22%3A%22hi%22%7D%7D%5D`
			b.SetParallelism(16)
			b.ResetTimer()
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					resp, err := client.Post(s.APIURL()+"chat.postMessage", formType, strings.NewReader(body))
					if err != nil {
						b.Error(err)
						return
					}
					_, _ = io.Copy(io.Discard, resp.Body)
					resp.Body.Close()
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "posts/s")
		})
	}
}
