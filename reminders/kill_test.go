package reminders_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"tsugite/bot"
	"tsugite/db"
	"tsugite/programme"
	"tsugite/rehearsal"
	"tsugite/reminders"
)

// The kill harness: the Courier runs in a process of its own, over a database
// that outlives it, and is killed or frozen at random moments while its Slack
// answers 429 and 500, hangs, and loses answers. Nothing may be lost and nothing
// doubled, by that Slack's own log.
//
//	go test ./reminders -run TestKill                        # a short one
//	go test ./reminders -run TestKill -kills 30              # CI; or TSUGITE_KILLS=30
//	go test ./reminders -run TestKill -kills 30 -seed 12345  # the same again
var (
	kills = flag.Int("kills", atoiOr(os.Getenv("TSUGITE_KILLS"), 3), "how many lives the courier of the kill harness has before the last")
	seed  = flag.Uint64("seed", 0, "seed of the kill harness; 0 takes a new one")
)

func atoiOr(s string, n int) int {
	if v, err := strconv.Atoi(s); err == nil {
		return v
	}
	return n
}

// Times of the harness. What matters is their order: a request that hangs is
// over well within settle, as Slack's are within the 20 s of production.
const (
	killLease   = 6 * time.Second
	killTimeout = 1 * time.Second
	killSettle  = 2500 * time.Millisecond
	longestHang = 1500 // ms
	killPeople  = 24
)

// childEnv makes the test binary the courier's process: database, API URL, token
// and number of workshops, separated by blanks.
const childEnv = "TSUGITE_COURIER_CHILD"

func TestMain(m *testing.M) {
	if args := os.Getenv(childEnv); args != "" {
		if err := courierChild(strings.Fields(args)); err != nil {
			fmt.Println("ERROR", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// courierChild plans and delivers until its standard input ends.
func courierChild(args []string) error {
	path, api, token, workshops := args[0], args[1], args[2], args[3]
	n, err := strconv.Atoi(workshops)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	store, err := db.Open(ctx, path)
	if err != nil {
		return err
	}
	unlock, err := store.TryLock()
	if err != nil {
		return err
	}
	defer unlock()
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	office := newOffice(store, time.Now)
	courier := &reminders.Courier{
		Queue: store, Post: &bot.Poster{Office: office, API: client(api, token, killTimeout)},
		Now: time.Now, Owner: newID(), Workers: 6, Log: log,
		Lease: killLease, Timeout: killTimeout, Settle: killSettle, MaxAttempts: 100,
		Backoff: func(attempts int) time.Duration {
			return min(time.Duration(attempts)*100*time.Millisecond, time.Second)
		},
	}
	planner := &reminders.Planner{
		Facts: func(ctx context.Context) (reminders.Facts, error) {
			f, err := office.Facts(ctx)
			return reminders.Facts{Facts: f, Zone: time.UTC, Rules: reminders.Rules{Steps: []reminders.Step{askStep()}}}, err
		},
		Enqueue: office.EnqueueAll, Now: time.Now, Log: log,
	}
	office.NoticesDue, office.FactsChanged = courier.Wake, planner.Wake
	if err := office.SyncEvents(ctx, killEvents(n)); err != nil {
		return err
	}
	fmt.Println("ready")
	var loops sync.WaitGroup
	for _, run := range []func(context.Context) error{courier.Run, planner.Run} {
		loops.Go(func() {
			if err := run(ctx); err != nil {
				fmt.Println("ERROR", err)
			}
		})
	}
	_, _ = io.Copy(io.Discard, os.Stdin)
	stop()
	loops.Wait()
	return store.Close()
}

func askStep() reminders.Step {
	o, err := reminders.ParseOffset("-30d")
	if err != nil {
		panic(err)
	}
	return reminders.Step{ID: "ask", Kind: programme.NoticeEventAsk, Offset: o}
}

// killEvents are n workshops in a few days, all of them to be asked about by now.
func killEvents(n int) []programme.Event {
	day := time.Now().UTC().Truncate(24 * time.Hour)
	var events []programme.Event
	for i := range n {
		events = append(events, programme.Event{
			ID: programme.EventID(fmt.Sprint("ws", i)), Kind: programme.Workshop, Title: fmt.Sprintf("ワークショップ%03d", i),
			Start: day.AddDate(0, 0, 7), End: day.AddDate(0, 0, 8), Approved: programme.DateOf(day.AddDate(0, 0, -1), time.UTC),
			Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}},
		})
	}
	return events
}

func TestKill(t *testing.T) {
	s := *seed
	if s == 0 {
		s = rand.Uint64()
	}
	t.Logf("seed %d, %d kills (replay with -kills %d -seed %d)", s, *kills, *kills, s)
	h := newHarness(t, rand.New(rand.NewPCG(s, s)))
	for life := 1; life <= *kills; life++ {
		h.live(life)
	}
	h.finish(*kills + 1)
	h.audit((*kills + 1) * killPeople)
}

// harness is what outlives the courier's processes.
type harness struct {
	t     *testing.T
	dice  *rand.Rand
	slack *rehearsal.Server
	path  string
	store *db.DB
}

func newHarness(t *testing.T, dice *rand.Rand) *harness {
	unlimited := rehearsal.Unlimited()
	server, err := rehearsal.Start(rehearsal.Options{Cast: cast(killPeople), Limits: &unlimited, LogBytes: 256 << 20})
	noError(t, err)
	t.Cleanup(func() { noError(t, server.Close()) })
	h := &harness{t: t, dice: dice, slack: server, path: filepath.Join(t.TempDir(), "tsugite.db")}
	h.store, err = db.Open(context.Background(), h.path)
	noError(t, err)
	t.Cleanup(func() { noError(t, h.store.Close()) })
	enterPeople(t, h.store, killPeople)
	return h
}

// child is one life of the courier.
type child struct {
	*exec.Cmd
	stdin io.WriteCloser
}

// spawn starts a courier that knows the first n workshops, and returns once it
// is about to work.
func (h *harness) spawn(n int) *child {
	h.t.Helper()
	exe, err := os.Executable()
	noError(h.t, err)
	c := &child{Cmd: exec.Command(exe)}
	c.Env = append(os.Environ(), fmt.Sprintf("%s=%s %s %s %d", childEnv, h.path, h.slack.APIURL(), h.slack.BotToken(), n))
	c.Stderr = os.Stderr
	if c.stdin, err = c.StdinPipe(); err != nil {
		h.t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	noError(h.t, err)
	noError(h.t, c.Start())
	h.t.Cleanup(func() { _ = c.Process.Kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || strings.TrimSpace(line) != "ready" {
		h.t.Fatalf("the courier's process said %q: %v", line, err)
	}
	return c
}

// live is one life that ends by SIGKILL, with a freeze in some, in bad weather.
func (h *harness) live(life int) {
	h.weather()
	c := h.spawn(life)
	h.pass(h.upTo(1200))
	if h.dice.IntN(4) == 0 {
		frozen := h.upTo(2000)
		if h.dice.IntN(3) == 0 {
			frozen += killLease // somebody else could have had the rows
		}
		noError(h.t, c.Process.Signal(syscall.SIGSTOP))
		h.pass(frozen)
		noError(h.t, c.Process.Signal(syscall.SIGCONT))
		h.pass(h.upTo(800))
	}
	noError(h.t, c.Process.Kill())
	_ = c.Wait()
}

// weather is what may befall calls during a life.
func (h *harness) weather() {
	h.slack.ClearFaults()
	h.slack.AddFault(rehearsal.Fault{Method: "chat.postMessage", LatencyMS: 20 + h.dice.IntN(100), Times: -1})
	for range 2 + h.dice.IntN(5) {
		f := []rehearsal.Fault{
			{Method: "chat.postMessage", Status: 429, RetryAfter: 1},
			{Method: "chat.postMessage", Status: 500},
			{Method: "chat.postMessage", HangMS: 1 + h.dice.IntN(longestHang)},
			{Method: "chat.postMessage", AcceptThenDrop: true},
			{Method: "chat.postMessage", Error: "internal_error"},
			{Method: "conversations.history", Status: 503},
			{Method: "conversations.history", HangMS: 1 + h.dice.IntN(longestHang)},
			{Method: "conversations.open", AcceptThenDrop: true},
			{Method: "conversations.open", Status: 429, RetryAfter: 1},
		}[h.dice.IntN(9)]
		f.Times = 1 + h.dice.IntN(3)
		h.slack.AddFault(f)
	}
}

func (h *harness) upTo(ms int) time.Duration {
	return time.Duration(h.dice.IntN(ms)) * time.Millisecond
}

// pass lets time go by. The moment of a kill is the one thing here that no
// signal can give.
func (h *harness) pass(d time.Duration) { <-time.After(d) }

// finish is the last life, in good weather: it ends when every message that
// there should be has been decided about.
func (h *harness) finish(workshops int) {
	h.t.Helper()
	h.slack.ClearFaults()
	c := h.spawn(workshops)
	deadline := time.After(2 * time.Minute)
	for decided := 0; decided < workshops*killPeople; {
		select {
		case <-deadline:
			h.t.Fatalf("after two minutes %v", h.counts())
		case <-time.After(50 * time.Millisecond):
		}
		decided = 0
		for state, n := range h.counts() {
			if state != programme.Pending && state != programme.Sending {
				decided += n
			}
		}
	}
	noError(h.t, c.stdin.Close())
	noError(h.t, c.Wait())
}

func (h *harness) counts() (c programme.DeliveryCounts) {
	h.t.Helper()
	noError(h.t, h.store.Read(context.Background(), func(tx programme.Tx) (err error) {
		c, err = tx.DeliveryCounts()
		return err
	}))
	return c
}

// audit reads the Slack's log: everybody has the message of every workshop, once.
func (h *harness) audit(want int) {
	h.t.Helper()
	keys, messages := map[string]int{}, map[string]int{}
	doubled := 0
	for _, p := range postedIn(h.t, h.slack.Log(0)) {
		keys[p.key]++
		messages[p.channel+" "+p.text]++
		if keys[p.key] > 1 {
			doubled++
			h.t.Errorf("key %s was posted %d times", p.key, keys[p.key])
		}
	}
	calls := map[string]int{}
	for _, e := range h.slack.Log(0) {
		calls[e.Method]++
	}
	h.t.Logf("%d messages, %d lost, %d doubled; calls %v; deliveries %v", len(keys), want-len(messages), doubled, calls, h.counts())
	if len(messages) != want || len(keys) != want {
		h.t.Errorf("%d different messages with %d keys, want %d", len(messages), len(keys), want)
	}
	if sent := h.counts()[programme.Sent]; sent != want {
		h.t.Errorf("the database says that %d were sent, want %d", sent, want)
	}
}
