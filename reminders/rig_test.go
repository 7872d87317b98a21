package reminders_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/slack-go/slack"

	"tsugite/bot"
	"tsugite/bot/terse"
	"tsugite/db"
	"tsugite/db/dbtest"
	"tsugite/programme"
	"tsugite/rehearsal"
	"tsugite/reminders"
)

// patience bounds every wait of these tests, on wall time.
const patience = 30 * time.Second

// rig is a database, a local Slack with a clock that stands still, and a Courier
// between them that posts with the bot's own hand.
type rig struct {
	*reminders.Courier
	t      testing.TB
	db     *db.DB
	office *programme.Office
	slack  *rehearsal.Server
	poster *bot.Poster
}

// newID makes ids as the program does.
func newID() string { return ulid.Make().String() }

// atsugi is person number i, in the roster and in the workspace. The bot met them before
// and knows their language, about which it asks Slack once.
func atsugi(i int) programme.Person {
	return programme.Person{
		ID: programme.PersonID(fmt.Sprintf("person%05d", i)), SlackID: fmt.Sprintf("U%05d", i),
		Name: fmt.Sprint("アトツギ", i), Roles: []programme.Role{programme.Atsugi},
		Locale: "ja",
	}
}

// cast has n atsugi in its workspace.
func cast(n int) *rehearsal.Cast {
	c := &rehearsal.Cast{Team: rehearsal.Team{Name: "test", Domain: "test"}}
	for i := range n {
		c.People = append(c.People, rehearsal.Person{ID: atsugi(i).SlackID, Name: fmt.Sprint("atsugi", i), Locale: "ja-JP"})
	}
	return c
}

// workshop is event number i, for all atsugi, a week after 18:00 on 17 September 2026.
func workshop(t testing.TB, i int) programme.Event {
	start := moment(t, "2026-09-24T18:00:00+09:00")
	return programme.Event{
		ID: programme.EventID(fmt.Sprint("ws", i)), Kind: programme.Workshop, Title: fmt.Sprint("ワークショップ", i),
		Start: start, End: start.Add(2 * time.Hour), Place: "会議室", Approved: "2026-08-01", Host: programme.ByOffice,
		Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}},
	}
}

// newRig has n people and one workshop. tune may change the options of the Slack.
func newRig(t testing.TB, people int, tune func(*rehearsal.Options)) *rig {
	t.Helper()
	unlimited := rehearsal.Unlimited()
	o := rehearsal.Options{Now: moment(t, "2026-09-17T18:00:00+09:00"), Frozen: true, Cast: cast(people), Limits: &unlimited}
	if tune != nil {
		tune(&o)
	}
	server, err := rehearsal.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { noError(t, server.Close()) })
	store := dbtest.Open(t)

	r := &rig{t: t, db: store, slack: server, office: newOffice(store, server.Now)}
	enterPeople(t, store, people)
	noError(t, r.office.SyncEvents(context.Background(), []programme.Event{workshop(t, 0)}))
	r.poster = &bot.Poster{Office: r.office, API: client(server.APIURL(), server.BotToken(), 5*time.Second)}
	r.Courier = &reminders.Courier{
		Queue: store, Post: r.poster, Now: server.Now, Owner: newID(),
		Timeout: 5 * time.Second, Log: slog.New(slog.DiscardHandler),
	}
	r.office.NoticesDue = r.Wake
	return r
}

func newOffice(store *db.DB, now func() time.Time) *programme.Office {
	return &programme.Office{Store: store, Now: now, NewID: newID,
		Settings: programme.Settings{Name: "test", Zone: time.FixedZone("JST", 9*60*60)}}
}

func enterPeople(t testing.TB, store *db.DB, n int) {
	t.Helper()
	noError(t, store.Write(context.Background(), func(tx programme.Tx) error {
		for i := range n {
			if err := tx.SavePerson(atsugi(i)); err != nil {
				return err
			}
		}
		return nil
	}))
}

// client is a Slack client that retries nothing, on connections of its own.
func client(api, token string, timeout time.Duration) *slack.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 64
	return slack.New(token, slack.OptionAPIURL(api), slack.OptionHTTPClient(&http.Client{Timeout: timeout, Transport: terse.Transport{Next: transport}}))
}

func noError(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// start runs the Courier until the test ends, or until it is stopped.
func (r *rig) start() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := r.Run(ctx); err != nil {
			r.t.Error(err)
		}
	}()
	stop = func() { cancel(); <-done }
	r.t.Cleanup(stop)
	return stop
}

// ask enqueues event.ask for the people, due now.
func (r *rig) ask(people ...int) {
	r.t.Helper()
	r.enqueue(func(*programme.Notice) {}, people...)
}

func (r *rig) enqueue(change func(*programme.Notice), people ...int) {
	r.t.Helper()
	e := workshop(r.t, 0)
	var ns []programme.Notice
	for _, i := range people {
		n := programme.Notice{Kind: programme.NoticeEventAsk, Subject: string(e.ID), To: programme.ToPerson(atsugi(i).ID),
			Occasion: programme.EventOccasion("ask", e), Due: r.slack.Now(), UsefulUntil: e.Start}
		change(&n)
		ns = append(ns, n)
	}
	noError(r.t, r.office.EnqueueAll(context.Background(), ns))
}

// settled waits until nothing more happens at the present moment.
func (r *rig) settled() {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := r.Quiet(ctx); err != nil {
		r.t.Fatalf("the courier does not come to rest: %v", err)
	}
}

// leap moves the clock and waits again.
func (r *rig) leap(d time.Duration) {
	r.t.Helper()
	_, err := r.slack.Advance(context.Background(), r.slack.Now().Add(d))
	noError(r.t, err)
	r.Wake()
	r.settled()
}

// counts are the deliveries by state, those that are not there left out.
func (r *rig) counts() (c programme.DeliveryCounts) {
	r.t.Helper()
	noError(r.t, r.db.Read(context.Background(), func(tx programme.Tx) (err error) {
		c, err = tx.DeliveryCounts()
		return err
	}))
	return c
}

func (r *rig) expect(want programme.DeliveryCounts) {
	r.t.Helper()
	got := r.counts()
	for _, s := range programme.DeliveryStates {
		if got[s] != want[s] {
			r.t.Errorf("%d deliveries are %s, want %d (all: %v)", got[s], s, want[s], got)
		}
	}
}

// everyDelivery lists all deliveries, by state.
func everyDelivery(t testing.TB, store *db.DB) (all []programme.Delivery) {
	t.Helper()
	noError(t, store.Read(context.Background(), func(tx programme.Tx) error {
		for _, s := range programme.DeliveryStates {
			ds, err := tx.Deliveries(s, 1e6)
			if err != nil {
				return err
			}
			all = append(all, ds...)
		}
		return nil
	}))
	return all
}

// only is the one delivery in a state.
func (r *rig) only(s programme.DeliveryState) (d programme.Delivery) {
	r.t.Helper()
	noError(r.t, r.db.Read(context.Background(), func(tx programme.Tx) error {
		ds, err := tx.Deliveries(s, 10)
		if err == nil && len(ds) != 1 {
			return fmt.Errorf("%d deliveries are %s, want one", len(ds), s)
		}
		if err == nil {
			d = ds[0]
		}
		return err
	}))
	return d
}

// posted is a message that Slack took.
type posted struct {
	key, channel, text string
}

// postedIn reads a Slack's log: every message that it took, by its key.
func postedIn(t testing.TB, entries []rehearsal.LogEntry) (out []posted) {
	t.Helper()
	for _, e := range entries {
		if e.Method != "chat.postMessage" || !e.Accepted {
			continue
		}
		var request struct {
			Metadata json.RawMessage
		}
		var response struct {
			Channel string
			Message struct{ Text string }
		}
		noError(t, json.Unmarshal(e.Request, &request))
		noError(t, json.Unmarshal(e.Response, &response))
		out = append(out, posted{key: keyIn(t, request.Metadata), channel: response.Channel, text: response.Message.Text})
	}
	return out
}

// keyIn finds the key in metadata, which the log has as it was sent: an object,
// or an object in a string.
func keyIn(t testing.TB, raw json.RawMessage) string {
	t.Helper()
	var text string
	if json.Unmarshal(raw, &text) == nil {
		raw = json.RawMessage(text)
	}
	var m slack.SlackMetadata
	noError(t, json.Unmarshal(raw, &m))
	key, _ := m.EventPayload["key"].(string)
	return key
}

// once checks that Slack took exactly n messages, each key and each channel once.
func (r *rig) once(n int) {
	r.t.Helper()
	all := postedIn(r.t, r.slack.Log(0))
	keys, channels := map[string]int{}, map[string]int{}
	for _, p := range all {
		keys[p.key]++
		channels[p.channel]++
	}
	if len(all) != n || len(keys) != n || len(channels) != n {
		r.t.Errorf("%d messages with %d keys in %d channels, want %d of each", len(all), len(keys), len(channels), n)
	}
}

// calls counts what went to Slack, by method.
func (r *rig) calls(method string) int {
	return len(slices.DeleteFunc(r.slack.Log(0), func(e rehearsal.LogEntry) bool {
		return e.Method != method || strings.HasPrefix(e.Dir, "act")
	}))
}
