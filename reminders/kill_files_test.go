package reminders_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
	"tsugite/rehearsal"
)

// TestKillFiles is the kill harness for files: everybody comes to every event, and
// has its entry for the calendar, the newest and that once, by the Slack's own log.
// Its flags are those of TestKill.
func TestKillFiles(t *testing.T) {
	t.Parallel()
	s := *seed
	if s == 0 {
		s = rand.Uint64()
	}
	t.Logf("seed %d, %d kills (replay with -kills %d -seed %d)", s, *kills, *kills, s)
	h := newFilesHarness(t, rand.New(rand.NewPCG(s, s)))
	for range 3 {
		h.invite(0, killPeople)
	}
	for range *kills {
		h.invite(0, killPeople)
		h.fileWeather()
		c := h.spawn()
		if h.dice.IntN(2) == 0 {
			h.pass(h.upTo(400))
			h.move(h.dice.IntN(len(h.dates)))
		}
		h.pass(h.upTo(1500))
		h.kill(c)
	}
	h.lastLife()
	h.auditFiles()
}

// TestKillAtEveryStepOfAFile kills the courier while Slack has each of its calls in
// hand, which Slack carries out all the same, and right after each.
func TestKillAtEveryStepOfAFile(t *testing.T) {
	t.Parallel()
	h := newFilesHarness(t, rand.New(rand.NewPCG(1, 1)))
	person := 0 // another each time: nobody waits for somebody else's file
	for _, fault := range []rehearsal.Fault{{HangMS: 700}, {AcceptThenDrop: true}} {
		for _, step := range append(fileSteps, "files.info") {
			h.slack.ClearFaults()
			if step == "files.info" { // asked only after an answer that was lost
				h.slack.AddFault(rehearsal.Fault{Method: "files.completeUploadExternal", AcceptThenDrop: true})
			}
			h.invite(person, person+1)
			person++
			fault.Method = step
			h.slack.AddFault(fault)
			c := h.spawn()
			h.waitForFault()
			h.kill(c)
		}
	}
	h.lastLife()
	h.auditFiles()
}

// filesHarness is a harness whose events everybody has said they come to.
type filesHarness struct {
	*harness
	dates []*date
}

// date is an event with what the harness itself did with it: one of a kind in time.
type date struct {
	id     programme.EventID
	starts []time.Time
	people int
}

func newFilesHarness(t *testing.T, dice *rand.Rand) *filesHarness {
	return &filesHarness{harness: newHarness(t, dice)}
}

// invite adds an event to which people from up to before to come.
func (h *filesHarness) invite(from, to int) {
	h.t.Helper()
	ctx := context.Background()
	now := time.Now().UTC().Truncate(24 * time.Hour)
	i := len(h.dates)
	start := now.AddDate(0, 0, 7).Add(time.Duration(i) * 10 * time.Minute)
	e := programme.Event{
		ID: programme.EventID(fmt.Sprint("ws", i)), Kind: programme.Workshop, Title: fmt.Sprint("ワークショップ", i),
		Start: start, End: start.Add(time.Minute), Place: "会議室", Approved: programme.DateOf(now.AddDate(0, 0, -1), time.UTC),
		Host: programme.ByOffice, Audience: programme.Audience{People: []programme.PersonID{}},
	}
	for p := from; p < to; p++ {
		e.Audience.People = append(e.Audience.People, atsugi(p).ID)
	}
	noError(h.t, h.office.SyncEvents(ctx, []programme.Event{e}))
	for p := from; p < to; p++ {
		_, _, err := h.office.AnswerFor(ctx, programme.Operator, e.ID, atsugi(p).ID, programme.Yes, "")
		noError(h.t, err)
	}
	h.dates = append(h.dates, &date{id: e.ID, starts: []time.Time{start}, people: to - from})
}

// move has the event begin a minute or so later, at a time of its own.
func (h *filesHarness) move(i int) {
	h.t.Helper()
	d := h.dates[i]
	if len(d.starts) == 5 {
		return // ten minutes hold no more
	}
	start := d.starts[len(d.starts)-1].Add(2 * time.Minute)
	_, err := h.office.MoveEvent(context.Background(), programme.Operator, d.id, 0, start, time.Time{}, "")
	noError(h.t, err)
	d.starts = append(d.starts, start)
}

func (h *filesHarness) kill(c *child) {
	noError(h.t, c.Process.Kill())
	_ = c.Wait()
}

// fileWeather is what may befall the calls that a file needs.
func (h *filesHarness) fileWeather() {
	h.slack.ClearFaults()
	h.slack.AddFault(rehearsal.Fault{Method: "*", LatencyMS: 5 + h.dice.IntN(30), Times: -1})
	methods := append(fileSteps, "files.info", "files.completeUploadExternal")
	for range 3 + h.dice.IntN(5) {
		f := []rehearsal.Fault{
			{Status: 429, RetryAfter: 1}, {Status: 500}, {AcceptThenDrop: true}, {HangMS: 1 + h.dice.IntN(longestHang)},
		}[h.dice.IntN(4)]
		f.Method, f.Times = methods[h.dice.IntN(len(methods))], 1+h.dice.IntN(3)
		h.slack.AddFault(f)
	}
}

// waitForFault waits until the one fault there is has befallen a call.
func (h *filesHarness) waitForFault() {
	h.t.Helper()
	deadline := time.After(patience)
	for {
		resp, err := http.Get(h.slack.URL() + "_/faults")
		noError(h.t, err)
		body, err := io.ReadAll(resp.Body)
		noError(h.t, err)
		noError(h.t, resp.Body.Close())
		if strings.Contains(string(body), `"faults":[]`) {
			return
		}
		select {
		case <-deadline:
			h.t.Fatalf("nothing befell a call: %s", body)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// lastLife is in good weather: it ends when everything has been decided about.
func (h *filesHarness) lastLife() {
	h.t.Helper()
	h.slack.ClearFaults()
	c := h.spawn()
	deadline := time.After(2 * time.Minute)
	for waiting := 1; waiting > 0; {
		select {
		case <-deadline:
			h.t.Fatalf("after two minutes %v", h.counts())
		case <-time.After(50 * time.Millisecond):
		}
		n := h.counts()
		waiting = n[programme.Pending] + n[programme.Sending]
	}
	noError(h.t, c.stdin.Close())
	noError(h.t, c.Wait())
}

// auditFiles reads the Slack's log: nobody lacks the newest file of an event, and
// nobody was shown one twice. A file is told by the time in its comment.
func (h *filesHarness) auditFiles() {
	h.t.Helper()
	h.logMu.Lock()
	all := sharedIn(h.t, h.log)
	h.logMu.Unlock()
	times, doubled, lost := map[shared]int{}, 0, 0
	for _, s := range all {
		s.id = ""
		if times[s]++; times[s] > 1 {
			doubled++
			h.t.Errorf("%s was shown %q %d times", s.channel, s.comment, times[s])
		}
	}
	for _, d := range h.dates {
		newest := d.starts[len(d.starts)-1].In(time.FixedZone("JST", 9*60*60))
		n := 0
		for s := range times {
			if strings.Contains(s.comment, newest.Format("1月2日(")) && strings.Contains(s.comment, newest.Format(") 15:04〜")) {
				n++
			}
		}
		if n != d.people {
			lost += d.people - n
			h.t.Errorf("%d people have the newest file of %s, want %d", n, d.id, d.people)
		}
	}
	n := h.counts()
	if n[programme.Unknown]+n[programme.Refused] > 0 {
		h.t.Errorf("the database says %v", n)
	}
	h.t.Logf("%d files of %d events, %d lost, %d doubled; deliveries %v", len(all), len(h.dates), lost, doubled, n)
}
