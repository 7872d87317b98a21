package reminders_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math"
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
	"tsugite/db/dbtest"
	"tsugite/programme"
	"tsugite/rehearsal"
	"tsugite/reminders"
)

// The kill harness: the Courier runs in a process of its own, over a database
// that outlives it, and is killed or frozen at random moments while its Slack
// answers 429 and 500, hangs, loses answers and restarts, and while the office
// moves and cancels the events that it tells of, and stops, corrects and recalls what it
// announces. Nothing may be lost and nothing
// doubled, by that Slack's own log.
//
//	go test ./reminders -run TestKill                          # a short one
//	go test ./reminders -run TestKill -kills 30                # CI; or TSUGITE_KILLS=30
//	go test ./reminders -run TestKill -kills 500 -timeout 60m  # on demand
//	go test ./reminders -run TestKill -kills 30 -seed 12345    # the same again
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
	killFirst   = 13 // events at the beginning: 312 notices
)

// childEnv makes the test binary the courier's process: database, API URL and
// token, separated by blanks.
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
	path, api, token := args[0], args[1], args[2]
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
	fmt.Println("ready")
	var loops sync.WaitGroup
	for _, run := range []func(context.Context) error{courier.Run, planner.Run, watcher(store, courier, planner)} {
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

// watcher notices what the office writes from another process, as the program does.
func watcher(store *db.DB, courier *reminders.Courier, planner *reminders.Planner) func(context.Context) error {
	return func(ctx context.Context) error {
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for last := int64(0); ; {
			v, err := store.DataVersion(ctx)
			if err == nil && v != last {
				last = v
				planner.Wake()
				courier.Wake()
			}
			select {
			case <-ctx.Done():
				return nil
			case <-tick.C:
			}
		}
	}
}

func askStep() reminders.Step {
	o, err := reminders.ParseOffset("-30d")
	if err != nil {
		panic(err)
	}
	return reminders.Step{ID: "ask", Kind: programme.NoticeEventAsk, Offset: o}
}

func TestKill(t *testing.T) {
	t.Parallel()
	s := *seed
	if s == 0 {
		s = rand.Uint64()
	}
	t.Logf("seed %d, %d kills (replay with -kills %d -seed %d)", s, *kills, *kills, s)
	h := newHarness(t, rand.New(rand.NewPCG(s, s)))
	for range killFirst {
		h.announce()
	}
	for range *kills {
		h.announce()
		h.publish()
		h.live()
	}
	h.finish()
	h.audit()
}

// harness is what outlives the courier's processes.
type harness struct {
	t             *testing.T
	dice          *rand.Rand
	dir           string
	slack         *rehearsal.Server
	log           []rehearsal.LogEntry // of all lives of the Slack
	logMu         sync.Mutex
	store         *db.DB
	office        *programme.Office
	events        []*told
	announcements []*announced
}

// told is an event with what the harness itself did with it.
type told struct {
	id        programme.EventID
	starts    []time.Time // by number of the change
	cancelled bool
}

func newHarness(t *testing.T, dice *rand.Rand) *harness {
	h := &harness{t: t, dice: dice, dir: filepath.Dir(dbtest.File(t))}
	h.openSlack("")
	t.Cleanup(func() { noError(t, h.slack.Close()) })
	var err error
	h.store, err = db.Open(context.Background(), h.database())
	noError(t, err)
	t.Cleanup(func() { noError(t, h.store.Close()) })
	h.office = newOffice(h.store, time.Now)
	enterPeople(t, h.store, killPeople)
	return h
}

func (h *harness) database() string { return filepath.Join(h.dir, "tsugite.db") }

// openSlack starts the Slack, on the address that it had.
func (h *harness) openSlack(addr string) {
	h.t.Helper()
	unlimited := rehearsal.Unlimited()
	var err error
	h.slack, err = rehearsal.Start(rehearsal.Options{
		Path: filepath.Join(h.dir, "slack"), Addr: addr, Cast: cast(killPeople), Limits: &unlimited,
		OnLog: func(e rehearsal.LogEntry) {
			h.logMu.Lock()
			defer h.logMu.Unlock()
			h.log = append(h.log, e)
		},
	})
	noError(h.t, err)
}

// restartSlack closes the Slack for a moment: what it answered it still knows.
func (h *harness) restartSlack() {
	h.t.Helper()
	addr := strings.TrimSuffix(strings.TrimPrefix(h.slack.URL(), "http://"), "/")
	noError(h.t, h.slack.Close())
	h.pass(h.upTo(500))
	h.openSlack(addr)
}

// announce adds an event that everybody is to be asked about at once.
func (h *harness) announce() {
	h.t.Helper()
	day := time.Now().UTC().Truncate(24 * time.Hour)
	i := len(h.events)
	e := programme.Event{
		ID: programme.EventID(fmt.Sprint("ws", i)), Kind: programme.Workshop, Title: fmt.Sprintf("ワークショップ%03d", i),
		Start: day.AddDate(0, 0, 7), End: day.AddDate(0, 0, 8), Place: "会議室",
		Approved: programme.DateOf(day.AddDate(0, 0, -1), time.UTC), Host: programme.ByOffice,
		Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}},
	}
	noError(h.t, h.office.SyncEvents(context.Background(), []programme.Event{e}))
	h.events = append(h.events, &told{id: e.ID, starts: []time.Time{e.Start}})
}

// decide has the office move or cancel an event now and then.
func (h *harness) decide() {
	h.t.Helper()
	e := h.events[h.dice.IntN(len(h.events))]
	if e.cancelled {
		return
	}
	if h.dice.IntN(3) == 0 {
		e.cancelled = true
		h.insist(func() error {
			_, err := h.office.CancelEvent(context.Background(), programme.Operator, e.id, "")
			return err
		})
		return
	}
	start := e.starts[len(e.starts)-1].Add(time.Duration(1+h.dice.IntN(300)) * time.Minute)
	e.starts = append(e.starts, start)
	h.insist(func() error {
		_, err := h.office.MoveEvent(context.Background(), programme.Operator, e.id, 0, start, time.Time{}, "")
		return err
	})
}

// insist does it again while the courier's process has the database, as somebody does
// who is told so: on a busy machine that may take longer than SQLite waits.
func (h *harness) insist(act func() error) {
	h.t.Helper()
	err := act()
	for deadline := time.Now().Add(time.Minute); err != nil && strings.Contains(err.Error(), "SQLITE_BUSY") && time.Now().Before(deadline); {
		err = act()
	}
	noError(h.t, err)
}

// child is one life of the courier.
type child struct {
	*exec.Cmd
	stdin io.WriteCloser
}

// spawn starts a courier, and returns once it is about to work.
func (h *harness) spawn() *child {
	h.t.Helper()
	exe, err := os.Executable()
	noError(h.t, err)
	c := &child{Cmd: exec.Command(exe)}
	c.Env = append(os.Environ(), fmt.Sprintf("%s=%s %s %s", childEnv, h.database(), h.slack.APIURL(), h.slack.BotToken()))
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
func (h *harness) live() {
	h.weather()
	c := h.spawn()
	for range h.dice.IntN(3) {
		h.pass(h.upTo(400))
		h.decide()
		h.reconsider()
	}
	if h.dice.IntN(5) == 0 {
		h.restartSlack()
	}
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
			{Method: "chat.delete", AcceptThenDrop: true},
			{Method: "chat.delete", Status: 429, RetryAfter: 1},
			{Method: "chat.update", AcceptThenDrop: true},
			{Method: "chat.update", Status: 500},
		}[h.dice.IntN(13)]
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
func (h *harness) finish() {
	h.t.Helper()
	h.slack.ClearFaults()
	for _, a := range h.announcements {
		if a.stopped {
			h.goOn(a)
		}
	}
	c := h.spawn()
	least, progress := math.MaxInt, time.Now()
	for waiting := 1; waiting > 0; {
		h.pass(50 * time.Millisecond)
		n := h.counts()
		waiting = n[programme.Pending] + n[programme.Sending]
		if waiting == 0 {
			waiting = len(h.uninformed(h.messages()))
		}
		if waiting < least {
			least, progress = waiting, time.Now()
		}
		if time.Since(progress) > time.Minute {
			h.t.Fatalf("nothing more happens: %v; who lacks the last word:\n%s", n, h.whoLacks())
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
