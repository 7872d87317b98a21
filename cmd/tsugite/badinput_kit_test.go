package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"tsugite/db/dbtest"
	"tsugite/programme"
	"tsugite/rehearsal"
)

// canary is in everything that people write in these tests. It may stand where
// answers and memos are kept, and nowhere else.
const canary = "canary7q"

// rare are characters that programs lose: beyond the basic plane, variants of
// kanji, a family joined of three emoji.
const rare = "髙﨑𠮷 👩‍👧‍👦 葛\U000E0100 ｱﾄﾂｷﾞ <&> *_~"

// english is somebody of the sample cast whose Slack is set to English.
const english = sampleEnglish

// record is a log kept for the test.
type record struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (r *record) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(p)
}

func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.String()
}

// openWatched is the sample's workspace and bot, running, without Slack's limits on
// calls, which have tests of their own. When the test is over, its log and its database
// are searched for what people wrote.
func openWatched(t *testing.T) *local {
	t.Helper()
	return openWatchedWith(t, func(*rehearsal.Cast) {})
}

// openShared is openWatched with a channel that is shared with other workspaces.
func openShared(t *testing.T, outsiders ...rehearsal.Person) (l *local, shared string) {
	t.Helper()
	shared = "C0SHARED01"
	return openWatchedWith(t, func(cast *rehearsal.Cast) {
		members := []string{coordinator}
		for _, p := range outsiders {
			cast.People, members = append(cast.People, p), append(members, p.ID)
		}
		cast.Channels = append(cast.Channels, rehearsal.Channel{ID: shared, Name: "shared", Members: members, App: true})
	}), shared
}

func openWatchedWith(t *testing.T, more func(*rehearsal.Cast)) *local {
	t.Helper()
	return openSet(t, more, func(*programme.Settings) {})
}

// openOffering is openWatchedWith where experts publish times.
func openOffering(t *testing.T, more func(*rehearsal.Cast)) *local {
	t.Helper()
	return openSet(t, more, func(set *programme.Settings) { set.Sessions.Offering = programme.OfferingOpen })
}

// openSet is openWatchedWith other settings than the sample's.
func openSet(t *testing.T, more func(*rehearsal.Cast), set func(*programme.Settings)) *local {
	t.Helper()
	file, log := watch(t)
	sample, err := sampleConfig()
	check(t, err)
	people, err := samplePeople()
	check(t, err)
	manifest, err := ownManifest(sample.Settings())
	check(t, err)
	cast := sampleCast(people)
	more(cast)
	begin, err := time.ParseInLocation("2006-01-02T15:04", sampleNow, sample.Settings().Zone)
	check(t, err)
	unlimited := rehearsal.Unlimited()
	server, err := startWorkspace(rehearsal.Options{
		Addr: loopback(0), Now: begin, Cast: cast, Manifest: manifest, Limits: &unlimited, TriggerLife: 15 * time.Second,
	})
	check(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	plan := sample.plan()
	set(&plan.settings)
	app, err := connect(ctx, server, plan, file, log)
	check(t, err)
	check(t, enterSample(ctx, app.Office, people))
	return listening(t, ctx, cancel, &demo{slack: server, app: app})
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// written are the columns that hold what people wrote.
var written = []string{
	"answers.text", "memo_parts.text", "memo_drafts.form",
	"sessions.topic", "sessions.bring", "sessions.reason", "sessions.proposal", "sessions.next", "sessions.to_office",
}

// watch makes the file and the log of a demo that is searched for what people
// wrote once it has stopped.
func watch(t *testing.T) (file string, log *slog.Logger) {
	t.Helper()
	t.Parallel() // each demo has a port and a file of its own
	text := &record{}
	file = dbtest.File(t)
	t.Cleanup(func() { // runs after the demo has stopped
		if t.Failed() {
			t.Logf("the log:\n%s", text)
		}
		for _, never := range []string{canary, "panic"} {
			if strings.Contains(text.String(), never) {
				t.Errorf("the log holds %q:\n%s", never, text)
			}
		}
		for _, place := range holding(t, file, canary) {
			if !slices.Contains(written, place) {
				t.Errorf("what people wrote stands in %s", place)
			}
		}
	})
	return file, slog.New(slog.NewTextHandler(text, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// holding names the columns of the database in which the word stands.
func holding(t *testing.T, file, word string) []string {
	t.Helper()
	store := readOnly(t, file)
	defer store.Close()
	rows, err := store.Query(`SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var columns [][2]string
	for rows.Next() {
		var c [2]string
		if err := rows.Scan(&c[0], &c[1]); err != nil {
			t.Fatal(err)
		}
		columns = append(columns, c)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	var places []string
	for _, c := range columns {
		query := fmt.Sprintf(`SELECT count(*) FROM %q WHERE instr(CAST(%q AS TEXT), $1) > 0`, c[0], c[1])
		if counted(t, store, query, word) > 0 {
			places = append(places, c[0]+"."+c[1])
		}
	}
	return places
}

func readOnly(t testing.TB, file string) *sql.DB {
	t.Helper()
	store, err := sql.Open("sqlite", "file:"+file+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// kept says how much of what people did is kept. That an account was recognised
// and its language noted is not their doing.
func (l *local) kept() string {
	l.t.Helper()
	store := readOnly(l.t, l.file())
	defer store.Close()
	var out []string
	for _, what := range []string{
		"people WHERE left_at IS NULL", "attendance", "surveys", "responses WHERE state <> 'asked'", "answers", "memos", "memo_parts",
		"memos WHERE shared_at IS NOT NULL", "readings", "sessions", "occupied", "audit WHERE action NOT LIKE 'person.%'",
	} {
		out = append(out, fmt.Sprintf("%s: %d", what, counted(l.t, store, "SELECT count(*) FROM "+what)))
	}
	return strings.Join(out, "\n")
}

func (l *local) file() string { return l.demo.app.DB.Path() }

// unchanged runs what must be refused and checks that nothing of it is kept.
func (l *local) unchanged(f func()) {
	l.t.Helper()
	before := l.kept()
	f()
	if after := l.kept(); after != before {
		l.t.Errorf("kept before:\n%s\nand after:\n%s", before, after)
	}
}

// heard counts what somebody sees with these words: messages and open pages.
func (a actor) heard(words string) int {
	a.t.Helper()
	s := a.state()
	n := 0
	for _, c := range s.Channels {
		for _, m := range c.Messages {
			if m.User != a.id && strings.Contains(m.Text+wordsOf(m.Blocks), words) {
				n++
			}
		}
	}
	for _, v := range s.Views {
		if strings.Contains(wordsOf(v.Blocks), words) {
			n++
		}
	}
	return n
}

// hears runs f and waits until it is answered with the words once more.
func (a actor) hears(words string, f func()) {
	a.t.Helper()
	before := a.heard(words)
	f()
	eventually(a.t, fmt.Sprintf("%s to be told %q", a.id, words), func() (bool, bool) { return true, a.heard(words) == before+1 })
}

// on is the actor in a subtest.
func (a actor) on(t *testing.T) actor { a.t = t; return a }

// button is one that the bot draws, or drew once.
type button struct{ action, value string }

// forge posts a button as the bot, as if a message of it were months old or had
// been passed on, and gives the click on it.
func (l *local) forge(t *testing.T, to string, b button) (click map[string]any) {
	t.Helper()
	return l.forgeAll(t, to, b)[0]
}

// forgeAll posts buttons in one message, and gives the clicks on each.
func (l *local) forgeAll(t *testing.T, to string, bs ...button) (clicks []map[string]any) {
	t.Helper()
	api := l.api(t)
	text := slack.NewTextBlockObject(slack.PlainTextType, "押す", false, false)
	var drawn []slack.BlockElement
	for _, b := range bs {
		drawn = append(drawn, slack.NewButtonBlockElement(b.action, b.value, text))
	}
	blocks := slack.NewActionBlock("forged", drawn...)
	channel, ts, err := api.PostMessageContext(t.Context(), to, slack.MsgOptionText("forged", false), slack.MsgOptionBlocks(blocks))
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range bs {
		clicks = append(clicks, map[string]any{"channel": channel, "ts": ts,
			"action": block{"type": "button", "block_id": "forged", "action_id": b.action, "value": b.value}})
	}
	return clicks
}

// api is a client with the bot's own token, beside the bot.
func (l *local) api(t *testing.T) *slack.Client {
	t.Helper()
	s := l.demo.slack
	api, err := newSlack(slackOptions{BotToken: s.BotToken(), AppToken: s.AppToken(), APIURL: s.APIURL(), Loopback: true})
	if err != nil {
		t.Fatal(err)
	}
	return api
}

// join adds somebody to the workspace whom the roster does not know.
func (l *local) join(t *testing.T, person map[string]any) actor {
	t.Helper()
	l.as(coordinator).on(t).must("person", map[string]any{"do": "join", "person": person})
	return l.as(person["id"].(string)).on(t)
}

// leaves takes somebody off the programme.
func (l *local) leaves(t *testing.T, slackID string) {
	t.Helper()
	l.alter(t, `UPDATE people SET left_at = '2026-09-01 00:00:00+00:00', version = version + 1 WHERE slack_id = $1`, slackID)
}

// unassign takes an expert's atsugi away.
func (l *local) unassign(t *testing.T, slackID string) {
	t.Helper()
	l.alter(t, `DELETE FROM assignments WHERE mentor_id = (SELECT id FROM people WHERE slack_id = $1)`, slackID)
	l.alter(t, `UPDATE people SET version = version + 1 WHERE slack_id = $1`, slackID)
}

// alter changes the database as another process would, beside the program.
func (l *local) alter(t *testing.T, statement string, args ...any) {
	t.Helper()
	store, err := sql.Open("sqlite", "file:"+l.file()+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if _, err := store.Exec(statement, args...); err != nil {
		t.Fatal(err)
	}
}

// locked runs f while another process holds the database.
func (l *local) locked(t *testing.T, f func()) {
	t.Helper()
	store, err := sql.Open("sqlite", "file:"+l.file()+"?_txlock=immediate&_pragma=busy_timeout(5000)")
	check(t, err)
	defer store.Close()
	tx, err := store.BeginTx(t.Context(), nil)
	check(t, err)
	defer func() { check(t, tx.Rollback()) }()
	f()
}

// one reads a single text from the database.
func (l *local) one(t *testing.T, query string, args ...any) string {
	t.Helper()
	store := readOnly(t, l.file())
	defer store.Close()
	var s string
	if err := store.QueryRow(query, args...).Scan(&s); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return s
}
