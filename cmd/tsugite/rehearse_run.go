package main

import (
	"cmp"
	"container/heap"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"tsugite/cmd/internal/yearreport"
	"tsugite/programme"
	"tsugite/rehearsal"
	"tsugite/reminders"
)

// performance is one rehearsal: the real App against a local Slack whose clock
// stands still between moments.
//
// It is deterministic because one thing happens at a time. People act one after
// the other; what an act or a moment sets off is let run in a fixed order (the bot
// answers, the Planner plans, the Courier delivers), each to its end, before the
// next begins. What tells them to begin passes through gates that are opened here.
type performance struct {
	slack  *rehearsal.Server
	app    *App
	cal    *reminders.Calendar
	plan   plan
	script script
	from   time.Time // in the programme's zone
	to     time.Time // the first moment that is not in it
	people []programme.Person
	// tolerant: events that the script names by id may be missing, for it is
	// another configuration that has them.
	tolerant bool
	progress func(time.Time)

	acts    agenda
	seq     int
	acting  string // Slack id of who acts at present
	skipped []string

	// phrase is what people write, by what it is in and whom it is about.
	phrase  func(what string, about programme.PersonID) string
	written int // memos

	facts, notices atomic.Bool // gates
	mu             sync.Mutex
	withdrawn      []programme.Notice
	wire           []rehearsal.LogEntry

	scribe scribe
}

// Calls to Slack may take long on a busy machine; nothing is to be learned from
// their failing for that in a rehearsal.
const unhurried = time.Minute

// staging is what one performance is made of.
type staging struct {
	config   *Config
	cohort   cohort
	script   script
	from, to time.Time
	tolerant bool
	log      io.Writer
	progress func(time.Time)
	phrase   func(what string, about programme.PersonID) string // nil for the same words everywhere
}

// perform rehearses one configuration and says what came of it.
func perform(ctx context.Context, st staging) (yearreport.Facts, error) {
	dir, err := os.MkdirTemp("", "tsugite-rehearsal-")
	if err != nil {
		return yearreport.Facts{}, err
	}
	defer os.RemoveAll(dir)
	p, err := st.begin(ctx, filepath.Join(dir, "rehearsal.db"))
	if err != nil {
		return yearreport.Facts{}, err
	}
	err = p.run(ctx)
	var facts yearreport.Facts
	if err == nil {
		facts, err = p.outcome(ctx)
		facts.Cohort = st.cohort.name()
	}
	return facts, errors.Join(err, p.app.Close(), p.slack.Close())
}

// begin makes the performance, with its database in a file.
func (st staging) begin(ctx context.Context, file string) (*performance, error) {
	p := &performance{plan: st.config.plan(), script: st.script, from: st.from, to: st.to, tolerant: st.tolerant, progress: st.progress, phrase: st.phrase}
	if p.phrase == nil {
		p.phrase = rehearsedWords
	}
	p.cal = reminders.NewCalendar(p.zone(), p.plan.rules.Closed)
	log := slog.New(&onceHandler{Handler: slog.NewTextHandler(st.log, &slog.HandlerOptions{Level: slog.LevelError}), said: map[string]bool{}})
	return p, p.open(ctx, st.cohort, file, log)
}

func (p *performance) zone() *time.Location { return p.plan.settings.Zone }

// open makes the workspace and the App in it. Nothing leaves this machine: the
// client refuses any other address.
func (p *performance) open(ctx context.Context, who cohort, file string, log *slog.Logger) error {
	ids := &seededIDs{now: func() time.Time { return p.from }}
	var err error
	if p.people, err = who.enter(ctx, file, p.plan.settings, p.from, ids); err != nil {
		return err
	}
	manifest, err := ownManifest(p.plan.settings)
	if err != nil {
		return err
	}
	limits := rehearsal.Unlimited()
	p.slack, err = rehearsal.Start(rehearsal.Options{
		Now: p.from, Frozen: true, Cast: who.cast(p.plan, p.people), Manifest: manifest, Limits: &limits,
		AckWait: unhurried, TriggerLife: unhurried, OnLog: p.note,
	})
	if err != nil {
		return withHint(err, "the roster's Slack ids and the names of the channels must be ones that Slack has")
	}
	ids.now = p.slack.Now
	api, err := newSlack(slackOptions{BotToken: p.slack.BotToken(), AppToken: p.slack.AppToken(), APIURL: p.slack.APIURL(), Loopback: true})
	if err == nil {
		p.app, err = newApp(ctx, parts{
			plan: p.plan, database: file, api: api, now: p.slack.Now, log: log,
			connections: 1, workers: 1, senders: 1, pace: localPace, newID: ids.next,
		})
	}
	if err != nil {
		return errors.Join(err, p.slack.Close())
	}
	p.gate()
	return nil
}

// gate puts this performance between what happens and who acts on it.
func (p *performance) gate() {
	p.app.Office.FactsChanged = func() { p.facts.Store(true) }
	p.app.Office.NoticesDue = func() { p.notices.Store(true) }
	p.app.Office.Changed = nil // a Home is drawn anew by its owner's own acts
	p.app.Courier.Withdrawn = func(n programme.Notice) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.withdrawn = append(p.withdrawn, n)
	}
	p.app.Planner.Pause = time.Nanosecond // what comes together is gathered by the gate
}

// note is told of everything on the wire; it must not block.
func (p *performance) note(e rehearsal.LogEntry) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wire = append(p.wire, e)
}

// run plays the period from its first moment to its last, as long as the App lives.
func (p *performance) run(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	ended := make(chan error, 1)
	go func() {
		err := p.app.Run(ctx)
		stop(cmp.Or(err, errAppEnded))
		ended <- err
	}()
	err := p.play(ctx)
	if err != nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	stop(nil)
	return errors.Join(err, <-ended)
}

// errAppEnded says that the App stopped by itself and without a reason.
var errAppEnded = errors.New("the bot ended before the rehearsal did")

func (p *performance) play(ctx context.Context) error {
	select {
	case <-p.app.Bot.Ready():
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := p.prepare(); err != nil {
		return err
	}
	p.facts.Store(true)
	p.notices.Store(true)
	if err := p.settle(ctx); err != nil {
		return err
	}
	for {
		at, ok := p.next(ctx)
		if !ok {
			return nil
		}
		if err := p.advance(ctx, at); err != nil {
			return err
		}
	}
}

// next is the next moment at which anything happens, in the period.
func (p *performance) next(ctx context.Context) (time.Time, bool) {
	at, ok := p.app.NextDue(ctx)
	if len(p.acts) > 0 && (!ok || p.acts[0].at.Before(at)) {
		at, ok = p.acts[0].at, true
	}
	return at, ok && at.Before(p.to)
}

// mostAtOnce bounds how often the same moment may come: a program that is due again
// and again at one moment would never end.
const mostAtOnce = 10000

// advance moves the clock, lets what is due go out, and then people act.
func (p *performance) advance(ctx context.Context, at time.Time) error {
	if now := p.slack.Now(); at.After(now) {
		if err := p.slack.Move(at); err != nil {
			return err
		}
		p.progress(at)
	}
	p.facts.Store(true)
	p.notices.Store(true)
	if err := p.settle(ctx); err != nil {
		return err
	}
	for range mostAtOnce {
		if len(p.acts) == 0 || p.acts[0].at.After(p.slack.Now()) {
			return nil
		}
		one := heap.Pop(&p.acts).(*deed)
		p.acting = one.as
		if err := one.do(ctx); err != nil {
			return err
		}
		if err := p.settle(ctx); err != nil {
			return err
		}
		p.acting = ""
	}
	return fmt.Errorf("the rehearsal does not get past %s", at.In(p.zone()).Format(time.DateTime))
}

// stuck is how long one moment may take on wall time, with thousands of messages in
// it. A loop that only meets faults would never rest.
const stuck = 15 * time.Minute

// settle lets everything that was set off run to its end, in a fixed order.
func (p *performance) settle(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, stuck, fmt.Errorf("the rehearsal is stuck at %s", p.slack.Now().In(p.zone()).Format(time.DateTime)))
	defer cancel()
	if err := p.settleDown(ctx); err != nil {
		return cmp.Or(context.Cause(ctx), err)
	}
	return nil
}

func (p *performance) settleDown(ctx context.Context) error {
	for {
		if err := p.answered(ctx); err != nil {
			return err
		}
		switch {
		case p.facts.Swap(false):
			p.app.Planner.Wake()
			if err := p.app.Planner.Quiet(ctx); err != nil {
				return err
			}
		case p.notices.Swap(false):
			p.app.Courier.Wake()
			if err := p.app.Courier.Quiet(ctx); err != nil {
				return err
			}
			if err := p.planAgain(ctx); err != nil {
				return err
			}
		default:
			return p.write(ctx)
		}
	}
}

// answered waits until the bot has answered all that came in.
func (p *performance) answered(ctx context.Context) error {
	if err := p.slack.Idle(ctx); err != nil {
		return err
	}
	if err := p.app.Bot.Quiet(ctx); err != nil {
		return err
	}
	return p.slack.Idle(ctx) // what the bot's answers brought about
}

// planAgain tells the Planner what the Courier did not send.
func (p *performance) planAgain(ctx context.Context) error {
	p.mu.Lock()
	withdrawn := p.withdrawn
	p.withdrawn = nil
	p.mu.Unlock()
	for _, n := range withdrawn {
		p.app.Planner.Withdrawn(n)
	}
	return p.app.Planner.Quiet(ctx)
}

// deed is an act of the script, or of a habit, at its moment.
type deed struct {
	at  time.Time
	seq int
	as  string // Slack id, "" for the office
	do  func(context.Context) error
}

// put puts a deed on the agenda. What lies before the period is left out.
func (p *performance) put(at time.Time, as string, do func(context.Context) error) {
	if at.Before(p.from) || !at.Before(p.to) {
		return
	}
	p.seq++
	heap.Push(&p.acts, &deed{at: at, seq: p.seq, as: as, do: do})
}

// agenda is a heap of deeds by moment, then in the order in which they were put.
type agenda []*deed

func (a agenda) Len() int { return len(a) }
func (a agenda) Less(i, j int) bool {
	return cmp.Or(a[i].at.Compare(a[j].at), cmp.Compare(a[i].seq, a[j].seq)) < 0
}
func (a agenda) Swap(i, j int) { a[i], a[j] = a[j], a[i] }
func (a *agenda) Push(x any)   { *a = append(*a, x.(*deed)) }
func (a *agenda) Pop() any {
	old := *a
	last := old[len(old)-1]
	*a = old[:len(old)-1]
	return last
}
