package bot_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/slack-go/slack"

	"tsugite/bot"
	"tsugite/bot/terse"
	"tsugite/db"
	"tsugite/programme"
	"tsugite/rehearsal"
)

// The size of the house in the benchmarks (the measures).
const (
	benchPeople     = 10_000
	benchMentors    = 1000
	benchDeliveries = 100_000
	benchRate       = 200 // interactions a second
)

// benchHouse is a bot on a local Slack with many people and a long past.
type benchHouse struct {
	server *rehearsal.Server
	office *programme.Office
	client *http.Client
	wire   *wire
	store  *db.DB
}

// wire measures on the local Slack's own log, so that the bot cannot flatter
// itself: when an envelope left, when its acknowledgement and its views.open came.
type wire struct {
	mu      sync.Mutex
	left    map[string]time.Time // by envelope id
	trigger map[string]time.Time // by trigger id
	acks    map[string][]time.Duration
	opens   []time.Duration
	kind    map[string]string
	arrived chan struct{}
}

func newWire() *wire {
	return &wire{
		left: map[string]time.Time{}, trigger: map[string]time.Time{}, acks: map[string][]time.Duration{},
		kind: map[string]string{}, arrived: make(chan struct{}, 1<<16),
	}
}

func (w *wire) see(e rehearsal.LogEntry) {
	var r struct {
		EnvelopeID string `json:"envelope_id"`
		TriggerID  string `json:"trigger_id"`
		Payload    struct {
			TriggerID string `json:"trigger_id"`
			Type      string `json:"type"`
		} `json:"payload"`
	}
	switch e.Method {
	case "slash_commands", "interactive", "ack", "views.open":
		if err := json.Unmarshal(e.Request, &r); err != nil {
			return
		}
	default:
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e.Method {
	case "ack":
		if t, ok := w.left[r.EnvelopeID]; ok {
			kind := w.kind[r.EnvelopeID]
			w.acks[kind] = append(w.acks[kind], e.Wall.Sub(t))
			w.arrived <- struct{}{}
		}
	case "views.open":
		if t, ok := w.trigger[r.TriggerID]; ok {
			w.opens = append(w.opens, e.Wall.Sub(t))
			w.arrived <- struct{}{}
		}
	default:
		kind := r.Payload.Type
		if kind == "" {
			kind = e.Method
		}
		w.left[r.EnvelopeID], w.kind[r.EnvelopeID] = e.Wall, kind
		w.trigger[r.Payload.TriggerID] = e.Wall
	}
}

func (w *wire) reset() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.opens, w.acks = nil, map[string][]time.Duration{}
	for len(w.arrived) > 0 {
		<-w.arrived
	}
}

func openBench(b *testing.B) *benchHouse {
	b.Helper()
	w := newWire()
	unlimited := rehearsal.Unlimited()
	cast := &rehearsal.Cast{People: make([]rehearsal.Person, benchPeople)}
	for i := range cast.People {
		cast.People[i] = rehearsal.Person{ID: account(i), Name: fmt.Sprintf("p%05d", i), RealName: fmt.Sprintf("試験 %d", i), Locale: "ja-JP"}
	}
	server, err := rehearsal.Start(rehearsal.Options{Cast: cast, Limits: &unlimited, OnLog: w.see, LogBytes: 1 << 20})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { server.Close() })
	store, office := benchOffice(b, server.Now)
	client := &http.Client{Transport: terse.Transport{Next: &http.Transport{MaxIdleConnsPerHost: 64}}, Timeout: 10 * time.Second}
	api := slack.New(server.BotToken(), slack.OptionAPIURL(server.APIURL()), slack.OptionAppLevelToken(server.AppToken()), slack.OptionHTTPClient(client))
	robot := &bot.Bot{
		Office: office, Inbox: store, API: api, Log: slog.New(slog.DiscardHandler),
		Connections: 1, Workers: 32, NewRef: func() string { return "REF" },
	}
	if err := robot.Prepare(); err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- robot.Run(ctx) }()
	b.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			b.Error(err)
		}
	})
	<-robot.Ready()
	return &benchHouse{server: server, office: office, client: client, wire: w, store: store}
}

func account(i int) string { return fmt.Sprintf("U%09d", i) }

// benchOffice is an Office with 10,000 people and 100,000 old deliveries.
func benchOffice(b *testing.B, now func() time.Time) (*db.DB, *programme.Office) {
	b.Helper()
	path := filepath.Join(b.TempDir(), "bench.db")
	store, err := db.Open(context.Background(), path)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	office := &programme.Office{
		Store: store, Now: now, NewID: func() string { return ulid.Make().String() },
		Settings: programme.Settings{
			Zone: time.FixedZone("JST", 9*3600), Targets: programme.DefaultTargets(), Parts: programme.DefaultParts(), Sessions: programme.DefaultSessions(),
		},
	}
	const named = programme.Date("2020-01-01")
	for at := 0; at < benchPeople; at += 1000 {
		err := store.Write(context.Background(), func(tx programme.Tx) error {
			for i := at; i < at+1000; i++ {
				p := programme.Person{
					ID: programme.PersonID(fmt.Sprintf("P%05d", i)), SlackID: account(i), Locale: "ja",
					Name: fmt.Sprintf("試験 %d", i), Kana: fmt.Sprintf("しけん%05d", i), Roles: []programme.Role{programme.Atsugi}, Cohorts: []string{"R8"},
					Mentors: []programme.PersonID{programme.PersonID(fmt.Sprintf("P%05d", i%benchMentors))},
				}
				if i < benchMentors {
					p.Roles, p.Kind, p.Mentors, p.Notified, p.Pledged = []programme.Role{programme.Mentor}, programme.Expert, nil, named, named
				}
				if err := tx.SavePerson(p); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	oldDeliveries(b, path)
	start := now().Add(24 * time.Hour)
	if err := office.SyncEvents(context.Background(), []programme.Event{{
		ID: "workshop-1", Kind: programme.Workshop, Title: "第1回", Start: start, End: start.Add(3 * time.Hour),
		Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}}, Approved: named,
	}}); err != nil {
		b.Fatal(err)
	}
	return store, office
}

func oldDeliveries(b *testing.B, path string) {
	b.Helper()
	raw, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		b.Fatal(err)
	}
	defer raw.Close()
	_, err = raw.Exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
		INSERT INTO deliveries (id, kind, subject, recipient, occasion, due_at, state, op, rev, next_at, attempts, owner, unsure, slack_id, slack_ts, last_error)
		SELECT printf('OLD%023d', i), 'event.reminder', 'past', printf('p:P%05d', i % $2), printf('step-%d', i), '2026-01-01 00:00:00+00:00',
		'sent', 'post', 0, '2026-01-01 00:00:00+00:00', 1, '', 0, 'D0', '1.000001', '' FROM n`, benchDeliveries, benchPeople)
	if err != nil {
		b.Fatal(err)
	}
}

func (h *benchHouse) act(who, verb string, what map[string]any) error {
	body, err := json.Marshal(map[string]any{"as": who, verb: what, "wait": "none"})
	if err != nil {
		return err
	}
	resp, err := h.client.Post(h.server.URL()+"_/act", "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var out struct {
		OK      bool   `json:"ok"`
		Error   string `json:"error"`
		Message string `json:"message"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		return err
	}
	if !out.OK {
		return fmt.Errorf("%s: %s %s", verb, out.Error, out.Message)
	}
	return nil
}

// BenchmarkCommandToView is the time from the envelope to views.open.
func BenchmarkCommandToView(b *testing.B) {
	h := openBench(b)
	h.wire.reset()
	b.ResetTimer()
	for i := range b.N {
		if err := h.act(account(i%benchMentors), "command", map[string]any{"command": "/tsugite", "text": "memo"}); err != nil {
			b.Fatal(err)
		}
		for range 2 { // its acknowledgement and its view
			<-h.wire.arrived
		}
	}
	report(b, "open", h.wire.opens)
	report(b, "ack", h.wire.acks["slash_commands"])
}

// BenchmarkAcknowledge is how long people wait for an acknowledgement while 200
// interactions a second come in: clicks, commands that open a view, submissions.
func BenchmarkAcknowledge(b *testing.B) {
	h := openBench(b)
	forms := h.screens(b, benchForms, 0, "command", map[string]any{"command": "/tsugite", "text": "memo"})
	homes := h.screens(b, min(b.N, benchPeople-benchMentors), benchMentors, "open_home", map[string]any{})
	h.wire.reset()
	b.ResetTimer()
	tick := time.NewTicker(time.Second / benchRate)
	defer tick.Stop()
	rnd := rand.New(rand.NewPCG(1, 2))
	var acting sync.WaitGroup
	for i := range b.N {
		<-tick.C
		who, verb, what := h.interaction(rnd, i, forms, homes)
		acting.Go(func() {
			if err := h.act(who, verb, what); err != nil {
				b.Error(err)
			}
		})
	}
	acting.Wait()
	for range b.N {
		select {
		case <-h.wire.arrived:
		case <-time.After(5 * time.Second):
			b.Fatal("an interaction was not acknowledged")
		}
	}
	h.wire.mu.Lock()
	defer h.wire.mu.Unlock()
	report(b, "click", h.wire.acks["block_actions"])
	report(b, "command", h.wire.acks["slash_commands"])
	report(b, "submit", h.wire.acks["view_submission"])
	fsync(b)
}

// screen is a form or Home that somebody has open.
type screen struct {
	who    string
	ID     string `json:"id"`
	Blocks []struct {
		ID      string `json:"block_id"`
		Element struct {
			Type   string `json:"type"`
			ID     string `json:"action_id"`
			Choice []any  `json:"options"`
		} `json:"element"`
		Elements []struct {
			ID    string `json:"action_id"`
			Value string `json:"value"`
		} `json:"elements"`
	} `json:"blocks"`
}

// benchForms is how many people have a form open.
const benchForms = 100

// screens opens something for n people from the first on.
func (h *benchHouse) screens(b *testing.B, n, first int, verb string, what map[string]any) []screen {
	b.Helper()
	var out []screen
	for i := first; i < first+n; i++ {
		if err := h.act(account(i), verb, what); err != nil {
			b.Fatal(err)
		}
		deadline := time.Now().Add(10 * time.Second)
		for {
			if s, ok := h.screen(b, account(i)); ok {
				out = append(out, s)
				break
			}
			if time.Now().After(deadline) {
				b.Fatal("no screen for ", account(i))
			}
		}
	}
	return out
}

func (h *benchHouse) screen(b *testing.B, who string) (screen, bool) {
	b.Helper()
	resp, err := h.client.Get(h.server.URL() + "_/state?as=" + who)
	if err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	var state struct {
		Home  *screen  `json:"home"`
		Views []screen `json:"views"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&state); err != nil {
		b.Fatal(err)
	}
	switch {
	case len(state.Views) > 0:
		state.Views[0].who = who
		return state.Views[0], true
	case state.Home != nil && len(state.Home.Blocks) > 0:
		state.Home.who = who
		return *state.Home, true
	}
	return screen{}, false
}

// button is the action object of a button on the screen.
func (s screen) button(action string) map[string]any {
	for _, block := range s.Blocks {
		for _, e := range block.Elements {
			if e.ID == action {
				return map[string]any{"type": "button", "block_id": block.ID, "action_id": action, "value": e.Value}
			}
		}
	}
	panic("no button " + action)
}

// values fill the form, with the day that is given.
func (s screen) values(day string) map[string]any {
	values := map[string]any{}
	for _, block := range s.Blocks {
		var v map[string]any
		switch e := block.Element; e.Type {
		case "static_select":
			v = map[string]any{"type": e.Type, "selected_option": e.Choice[0]}
		case "datepicker":
			v = map[string]any{"type": e.Type, "selected_date": day}
		case "plain_text_input":
			v = map[string]any{"type": e.Type, "value": "原価を一つずつ書き出す。"}
		default:
			continue
		}
		values[block.ID] = map[string]any{block.Element.ID: v}
	}
	return values
}

// interaction is one of: a click on Home (80 %), a command (10 %), a submission.
func (h *benchHouse) interaction(rnd *rand.Rand, i int, forms, homes []screen) (who, verb string, what map[string]any) {
	switch n := rnd.IntN(10); {
	case n == 0:
		return account(benchPeople/2 + i%benchForms), "command", map[string]any{"command": "/tsugite", "text": "help"}
	case n == 1:
		// A future day: refused by the rules, so that the form stays for the next.
		form := forms[i%len(forms)]
		return form.who, "submit", map[string]any{"view_id": form.ID, "values": form.values("2100-01-01")}
	default:
		home := homes[i%len(homes)] // each presses once: afterwards their Home has other buttons
		answer := []string{"event.yes", "event.no"}[rnd.IntN(2)]
		return home.who, "click", map[string]any{"view_id": home.ID, "action": home.button(answer)}
	}
}

// report gives the median and the 99th percentile in milliseconds.
func report(b *testing.B, name string, all []time.Duration) {
	b.Helper()
	if len(all) == 0 {
		return
	}
	slices.Sort(all)
	at := func(p float64) float64 {
		return float64(all[min(len(all)-1, int(p*float64(len(all))))].Microseconds()) / 1000
	}
	b.ReportMetric(at(0.50), name+"-p50-ms")
	b.ReportMetric(at(0.99), name+"-p99-ms")
}

// fsync measures the machine beside the figures: a 4 KiB write made durable.
func fsync(b *testing.B) {
	b.Helper()
	f, err := os.Create(filepath.Join(b.TempDir(), "fsync"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var all []time.Duration
	for range 200 {
		start := time.Now()
		if _, err := f.Write(make([]byte, 4096)); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
		all = append(all, time.Since(start))
	}
	report(b, "fsync", all)
}
