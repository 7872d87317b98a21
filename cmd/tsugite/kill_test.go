package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"tsugite/bot/ui"
)

// childEnv makes the test binary be the program itself, so that it can be killed.
const childEnv = "TSUGITE_TEST_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(childEnv) != "" {
		os.Exit(run(os.Args[1:], streams{os.Stdout, os.Stderr}))
	}
	// A story mostly waits until all is quiet, so more of them run than there are processors.
	if err := flag.Set("test.parallel", "5"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// child is the demo in a process of its own.
type child struct {
	t    *testing.T
	cmd  *exec.Cmd
	base string
}

func startChild(t *testing.T, file string) *child {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(context.Background(), exe, "demo", "--port", "0", "--db", file)
	cmd.Env = append(os.Environ(), childEnv+"=1")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c := &child{t: t, cmd: cmd}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if base, ok := strings.CutPrefix(lines.Text(), "workspace: "); ok {
			c.base = base
			break
		}
	}
	if c.base == "" {
		t.Fatal("the demo did not start")
	}
	return c
}

func (c *child) as(id string) actor { return actor{t: c.t, base: c.base, id: id} }

// kill is kill -9.
func (c *child) kill() {
	c.t.Helper()
	if err := c.cmd.Process.Kill(); err != nil {
		c.t.Fatal(err)
	}
	_ = c.cmd.Wait() // "signal: killed" is what was asked for
}

// kills is how often to kill: a few in every run, more on demand.
func kills(t *testing.T) int {
	t.Helper()
	n, err := strconv.Atoi(os.Getenv("TSUGITE_KILLS"))
	if err != nil {
		return 3
	}
	return n
}

// TestKilledDemoLosesAndDoublesNothing kills the demo at random moments while
// memos are written and a survey goes out, and counts afterwards: every memo has
// one card in the office's channel, every message sent stands once in Slack.
func TestKilledDemoLosesAndDoublesNothing(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	if s, err := strconv.ParseUint(os.Getenv("TSUGITE_SEED"), 10, 64); err == nil {
		seed = s
	}
	t.Logf("replay with TSUGITE_SEED=%d", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	file := filepath.Join(t.TempDir(), "killed.db")
	for i := range kills(t) {
		c := startChild(t, file)
		timer := time.AfterFunc(time.Duration(rnd.IntN(2500))*time.Millisecond, func() { _ = c.cmd.Process.Kill() })
		c.busy(i)
		timer.Stop()
		c.kill()
	}
	c := startChild(t, file)
	defer c.kill()
	c.as(coordinator).openHome() // the bot is connected
	settle(t, c, file)
	memos := count(t, file, `SELECT count(*) FROM memos`)
	if cards := c.cards("事務局"); cards != memos {
		t.Errorf("%d memos are kept and %d cards stand in the office's channel", memos, cards)
	}
	sent := count(t, file, `SELECT count(*) FROM deliveries WHERE slack_ts <> ''`)
	if stand := c.standing(); stand != sent {
		t.Errorf("%d messages are recorded as sent and %d stand in Slack", sent, stand)
	}
	if open := count(t, file, `SELECT count(*) FROM deliveries WHERE state IN ('unknown', 'refused')`); open != 0 {
		t.Errorf("%d deliveries were given up", open)
	}
	t.Logf("%d memos, %d messages", memos, sent)
}

// busy does what people do, until the program dies under it. Errors are the point.
func (c *child) busy(round int) {
	writer, office := quiet{c.base, mentor}, quiet{c.base, coordinator}
	if round == 0 {
		office.launch()
	}
	for n := range 20 {
		if !writer.memo(fmt.Sprintf("%d-%d", round, n)) {
			return
		}
	}
}

// settle moves the clock on until everything has gone out: what the local Slack
// told to wait (429) and what backs off is due a little later.
func settle(t *testing.T, c *child, file string) {
	t.Helper()
	eventually(t, "every delivery to be over", func() (bool, bool) {
		c.as(coordinator).call("POST", "_/clock", map[string]string{"advance": "1m"}, nil)
		open := count(t, file, `SELECT count(*) FROM deliveries WHERE state IN ('pending', 'sending')`)
		return true, open == 0
	})
}

// cards counts the memo cards in a channel.
func (c *child) cards(channel string) int {
	n := 0
	for _, m := range c.messages(coordinator, channel) {
		if strings.Contains(m.Text+wordsOf(m.Blocks), "メモ") {
			n++
		}
	}
	return n
}

func (c *child) messages(who, channel string) []seenMessage {
	c.t.Helper()
	var s seenState
	c.as(who).call("GET", "_/state?limit=1000&as="+who, nil, &s)
	for _, ch := range s.Channels {
		if ch.Name == channel {
			return ch.Messages
		}
	}
	return nil
}

// standing counts the messages that stand in the workspace, those apart with which
// the bot answers on the spot a click that a kill interrupted.
func (c *child) standing() int {
	c.t.Helper()
	var people struct {
		App struct {
			User string `json:"user"`
		} `json:"app"`
		People []struct {
			ID string `json:"id"`
		} `json:"people"`
	}
	c.as(coordinator).call("GET", "_/people", nil, &people)
	interrupted := ui.TriggerGone(ui.NewLocale("ja", nil))
	stand := map[string]bool{}
	for _, p := range people.People {
		var s seenState
		c.as(p.ID).call("GET", "_/state?limit=1000&as="+p.ID, nil, &s)
		for _, ch := range s.Channels {
			for _, m := range ch.Messages {
				if m.User == people.App.User && m.Subtype == "" && m.Text != interrupted {
					stand[ch.ID+m.TS] = true
				}
			}
		}
	}
	return len(stand)
}
