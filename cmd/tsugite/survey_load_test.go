package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"tsugite/programme"
	"tsugite/rehearsal"
)

// How many people answer at the same time, and how long they read a question before
// they answer, half of it at least and half more at most.
const (
	loadPeople = 2000
	loadThink  = 40 * time.Second
)

// TestManyAnswerAtTheSameTime is the load in small, in every run of the tests.
func TestManyAnswerAtTheSameTime(t *testing.T) {
	newLoad(t, 40, 50*time.Millisecond).run(t)
}

// BenchmarkSurvey has 2,000 people answer 12 questions at the same time and reports
// how long they waited for the acknowledgement of a press and of a message, and for
// the next question (10 to 15 minutes):
// go test ./cmd/tsugite -run '^$' -bench Survey -benchtime 1x -timeout 25m
//
// TSUGITE_SURVEY_PEOPLE and TSUGITE_SURVEY_THINK (a duration) make it another load,
// TSUGITE_SURVEY_LIMITS=slack one under Slack's limits.
func BenchmarkSurvey(b *testing.B) {
	people, think := loadPeople, loadThink
	if n, err := strconv.Atoi(os.Getenv("TSUGITE_SURVEY_PEOPLE")); err == nil {
		people = n
	}
	if d, err := time.ParseDuration(os.Getenv("TSUGITE_SURVEY_THINK")); err == nil {
		think = d
	}
	for range b.N {
		l := newLoad(b, people, think)
		b.ResetTimer()
		took := l.run(b)
		b.StopTimer()
		for name, all := range l.waits {
			b.ReportMetric(percentile(all, 0.5), name+"-p50-ms")
			b.ReportMetric(percentile(all, 0.99), name+"-p99-ms")
		}
		b.ReportMetric(float64(people*len(loadQuestions()))/took.Seconds(), "answers/s")
	}
}

// load is a workspace with many people who are asked one survey.
type load struct {
	server *rehearsal.Server
	app    *App
	file   string
	think  time.Duration
	people map[string]*respondent // by Slack id

	mu    sync.Mutex
	dms   map[string]*respondent // by channel
	left  map[string]time.Time   // when an envelope left, by its id
	kinds map[string]string
	waits map[string][]time.Duration
	posts chan []byte // answers to chat.postMessage
	done  sync.WaitGroup
}

// respondent is one person of the load.
type respondent struct {
	id      string
	asked   chan question
	since   time.Time // when they answered last
	choices []string  // what they picked or typed, a question each
}

// question is a message of the bot, as far as it has to be answered.
type question struct {
	channel, ts string
	blocks      []block
}

// loadQuestions are twelve: pressed, chosen, ticked, typed and dated.
func loadQuestions() []programme.Question {
	var qs []programme.Question
	kinds := []programme.QuestionKind{programme.Single, programme.YesNo, programme.Scale, programme.Number, programme.Single, programme.Short,
		programme.YesNo, programme.Scale, programme.Single, programme.Number, programme.YesNo, programme.LongText}
	for i, kind := range kinds {
		q := programme.Question{ID: fmt.Sprintf("q%02d", i+1), Kind: kind, Words: programme.Text{Ja: fmt.Sprintf("%d番目にお尋ねします。", i+1), En: "A question."}}
		switch kind {
		case programme.Single:
			for j := range 4 + i {
				q.Choices = append(q.Choices, programme.Choice{ID: fmt.Sprintf("c%d", j), Words: programme.Text{Ja: fmt.Sprintf("選択肢%d", j), En: "Choice"}})
			}
		case programme.Scale:
			q.Max = 5
		}
		qs = append(qs, q)
	}
	return qs
}

func newLoad(tb testing.TB, people int, think time.Duration) *load {
	tb.Helper()
	l := &load{
		file: filepath.Join(tb.TempDir(), "load.db"), think: think, people: map[string]*respondent{}, dms: map[string]*respondent{},
		left: map[string]time.Time{}, kinds: map[string]string{}, waits: map[string][]time.Duration{}, posts: make(chan []byte, 1<<16),
	}
	must := func(err error) {
		if err != nil {
			tb.Helper()
			tb.Fatal(err)
		}
	}
	sample, err := sampleConfig()
	must(err)
	staff, err := samplePeople()
	must(err)
	manifest, err := ownManifest(sample.Settings())
	must(err)
	cast := sampleCast(staff)
	for i := range people {
		id := fmt.Sprintf("U0LOAD%05d", i)
		cast.People = append(cast.People, rehearsal.Person{ID: id, Name: fmt.Sprintf("load%05d", i), RealName: fmt.Sprintf("試験 %d", i), Locale: "ja-JP"})
		l.people[id] = &respondent{id: id, asked: make(chan question, 32)}
	}
	limits := rehearsal.Unlimited()
	if os.Getenv("TSUGITE_SURVEY_LIMITS") == "slack" {
		limits = rehearsal.SlackLimits()
	}
	l.server, err = startWorkspace(rehearsal.Options{Addr: loopback(0), Cast: cast, Manifest: manifest, Limits: &limits, OnLog: l.see,
		LogBytes: 1 << 20, Now: time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)})
	must(err)
	ctx, cancel := context.WithCancel(context.Background())
	api, err := newSlack(slackOptions{BotToken: l.server.BotToken(), AppToken: l.server.AppToken(), APIURL: l.server.APIURL(), Loopback: true})
	must(err)
	l.app, err = newApp(ctx, parts{ // as serve has them
		plan: sample.plan(), database: l.file, api: api, now: l.server.Now, log: quietLog(),
		connections: 2, workers: 32, senders: 8, pace: localPace,
	})
	must(err)
	must(enterSample(ctx, l.app.Office, staff))
	must(l.app.DB.Write(ctx, func(tx programme.Tx) error {
		for id := range l.people {
			if err := tx.SavePerson(programme.Person{ID: programme.PersonID("P" + id), SlackID: id, Locale: "ja", Name: id, Kana: id,
				Roles: []programme.Role{programme.Atsugi}, Cohorts: []string{"R5"}}); err != nil {
				return err
			}
		}
		return nil
	}))
	over := make(chan error, 1)
	go func() { over <- l.app.Run(ctx) }()
	var reading sync.WaitGroup
	reading.Go(func() { l.read(ctx) })
	tb.Cleanup(func() {
		cancel()
		reading.Wait()
		for _, err := range []error{<-over, l.app.Close(), l.server.Close()} {
			if err != nil {
				tb.Error(err)
			}
		}
	})
	<-l.app.Bot.Ready()
	return l
}

// see takes from the wire when envelopes left and were acknowledged, and what the
// bot posted. It is called under the log's lock, so it parses nothing.
func (l *load) see(e rehearsal.LogEntry) {
	switch e.Method {
	case "chat.postMessage":
		if e.Accepted {
			l.posts <- e.Response
		}
		return
	case "interactive", "events_api", "ack":
	default:
		return
	}
	id := between(e.Request, `"envelope_id":"`)
	l.mu.Lock()
	defer l.mu.Unlock()
	if e.Method != "ack" {
		l.left[id], l.kinds[id] = e.Wall, map[string]string{"interactive": "click", "events_api": "message"}[e.Method]
	} else if t, ok := l.left[id]; ok {
		l.waits[l.kinds[id]] = append(l.waits[l.kinds[id]], e.Wall.Sub(t))
		delete(l.left, id)
	}
}

// between is the text of a JSON string that begins so.
func between(text []byte, begin string) string {
	_, rest, _ := bytes.Cut(text, []byte(begin))
	value, _, _ := bytes.Cut(rest, []byte(`"`))
	return string(value)
}

// read hands what the bot posted to whom it was posted.
func (l *load) read(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case raw := <-l.posts:
			var out struct {
				Channel string `json:"channel"`
				TS      string `json:"ts"`
				Message struct {
					Blocks []block `json:"blocks"`
				} `json:"message"`
			}
			if json.Unmarshal(raw, &out) == nil && l.dms[out.Channel] != nil {
				l.dms[out.Channel].asked <- question{out.Channel, out.TS, out.Message.Blocks}
			}
		}
	}
}

// run sends the survey out, has everyone answer, and counts what is kept. It
// answers how long the answering took.
func (l *load) run(tb testing.TB) time.Duration {
	tb.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Minute)
	defer cancel()
	for id, r := range l.people { // their direct messages
		a, err := l.server.Act(ctx, rehearsal.Act{As: id, OpenHome: &rehearsal.ActOpenHome{Tab: "about"}, Wait: "none"})
		if err != nil || !a.OK {
			tb.Fatalf("%v %+v", err, a)
		}
		l.dms[l.dm(tb, id)] = r
	}
	office, err := l.app.Office.PersonBySlack(ctx, coordinator)
	if err != nil {
		tb.Fatal(err)
	}
	def := programme.SurveyDef{ID: "load", Title: programme.Text{Ja: "多くの方に", En: "To many"}, Minutes: 5, OpenDays: 7,
		Audience: programme.Audience{Cohorts: []string{"R5"}}, Questions: loadQuestions()}
	if _, err := l.app.Office.LaunchSurvey(ctx, programme.As(office.ID), l.app.Office.NewID(), def, programme.Window{}); err != nil {
		tb.Fatal(err)
	}
	invitations := map[*respondent]question{}
	for _, r := range l.people {
		invitations[r] = <-r.asked
	}
	l.mu.Lock()
	l.waits = map[string][]time.Duration{}
	l.mu.Unlock()
	begun := time.Now()
	errs := make(chan error, len(l.people))
	for r, invitation := range invitations {
		l.done.Go(func() { errs <- l.answer(ctx, r, invitation) })
	}
	l.done.Wait()
	took := time.Since(begun)
	close(errs)
	for err := range errs {
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := l.app.Settled(ctx); err != nil {
		tb.Fatal(err)
	}
	l.count(tb)
	return took
}

// dm is the direct message of somebody with the bot.
func (l *load) dm(tb testing.TB, id string) string {
	tb.Helper()
	raw, err := l.server.State(id, rehearsal.StateQuery{})
	if err != nil {
		tb.Fatal(err)
	}
	var s seenState
	if err := json.Unmarshal(raw, &s); err != nil {
		tb.Fatal(err)
	}
	for _, c := range s.Channels {
		if c.Kind == "im" {
			return c.ID
		}
	}
	tb.Fatal("no direct message with ", id)
	return ""
}

// answer is one person's way through the survey.
func (l *load) answer(ctx context.Context, r *respondent, invitation question) error {
	rnd := rand.New(rand.NewPCG(1, uint64(len(r.id))+uint64(r.id[len(r.id)-1])<<8+uint64(r.id[len(r.id)-2])<<16+uint64(r.id[len(r.id)-3])<<24))
	q := invitation
	for i := range 1 + len(loadQuestions()) {
		time.Sleep(l.think/2 + time.Duration(rnd.Int64N(int64(l.think)))) // people read
		act := rehearsal.Act{As: r.id, Wait: "none"}
		if err := r.reply(&act, q, i, rnd); err != nil {
			return err
		}
		r.since = time.Now()
		a, err := l.server.Act(ctx, act)
		if err != nil || !a.OK {
			return fmt.Errorf("%s at %d: %v %s %s", r.id, i, err, a.Error, a.Message)
		}
		select {
		case q = <-r.asked:
			wait := time.Since(r.since)
			l.mu.Lock()
			l.waits["next"] = append(l.waits["next"], wait)
			l.mu.Unlock()
		case <-ctx.Done():
			return fmt.Errorf("%s was not asked after %d: %w", r.id, i, ctx.Err())
		}
	}
	return nil
}

// reply makes the act that answers a message: the first presses the invitation.
func (r *respondent) reply(act *rehearsal.Act, q question, i int, rnd *rand.Rand) error {
	if i > 0 && !strings.Contains(wordsOf(q.blocks), fmt.Sprintf("%d番目に", i)) {
		return fmt.Errorf("%s at %d reads:\n%s", r.id, i, wordsOf(q.blocks))
	}
	e, action := q.control(i == 0, rnd)
	if e == nil {
		r.choices = append(r.choices, "7")
		act.Say = &rehearsal.ActSay{Channel: q.channel, Text: "7"}
		return nil
	}
	raw, err := json.Marshal(action)
	if err != nil {
		return err
	}
	act.Click = &rehearsal.ActClick{Channel: q.channel, TS: q.ts, Action: raw}
	if i > 0 {
		value, _ := action["value"].(string)
		if o, ok := action["selected_option"].(map[string]any); ok {
			value, _ = o["value"].(string)
		}
		r.choices = append(r.choices, value[strings.LastIndex(value, "|")+1:])
	}
	return nil
}

// control is what to press: one of the choices, or the way into the survey; nil is
// to type.
func (q question) control(start bool, rnd *rand.Rand) (block, map[string]any) {
	var found []placed
	for _, b := range q.blocks {
		walk(b, func(e block) {
			id, _ := e["action_id"].(string)
			id, _, _ = strings.Cut(id, "#")
			if start && id == "survey.start" || !start && (id == "survey.pick" || id == "survey.select") {
				found = append(found, placed{b, e})
			}
		})
	}
	if len(found) == 0 {
		return nil, nil
	}
	e := found[rnd.IntN(len(found))]
	action := map[string]any{"type": e.element["type"], "block_id": e.block["block_id"], "action_id": e.element["action_id"]}
	if options, ok := e.element["options"].([]any); ok {
		action["selected_option"] = options[rnd.IntN(len(options))]
	} else {
		action["value"] = e.element["value"]
	}
	return e.element, action
}

// count reads the database itself: every answer is there once, and it is what was
// pressed or typed.
func (l *load) count(tb testing.TB) {
	tb.Helper()
	store := readOnly(tb, l.file)
	defer store.Close()
	rows, err := store.Query(`SELECT p.slack_id, a.question, a.picked, a.text, a.number FROM answers a
		JOIN responses r ON r.id = a.response_id JOIN people p ON p.id = r.person_id ORDER BY p.slack_id, a.question, a.version`)
	if err != nil {
		tb.Fatal(err)
	}
	defer rows.Close()
	kept := map[string][]string{}
	for rows.Next() {
		var who, question, picked, text string
		var number int
		if err := rows.Scan(&who, &question, &picked, &text, &number); err != nil {
			tb.Fatal(err)
		}
		said := strings.Trim(picked, `[]"`) + text
		if number != 0 {
			said = strconv.Itoa(number)
		}
		kept[who] = append(kept[who], question+"="+strings.TrimPrefix(said, "null"))
	}
	if err := rows.Err(); err != nil {
		tb.Fatal(err)
	}
	for id, r := range l.people {
		var want []string
		for i, choice := range r.choices {
			want = append(want, fmt.Sprintf("q%02d=%s", i+1, choice))
		}
		if !slices.Equal(kept[id], want) {
			tb.Errorf("%s answered %v, and %v is kept", id, want, kept[id])
		}
	}
	if n := count(tb, l.file, `SELECT count(*) FROM responses WHERE state = 'done'`); n != len(l.people) {
		tb.Errorf("%d are done, want %d", n, len(l.people))
	}
	if n, want := count(tb, l.file, `SELECT count(*) FROM answers`), len(l.people)*len(loadQuestions()); n != want {
		tb.Errorf("%d answers are kept, want %d", n, want)
	}
	if n := count(tb, l.file, `SELECT count(*) - count(DISTINCT slack_id || slack_ts) FROM deliveries WHERE slack_ts <> ''`); n != 0 {
		tb.Errorf("%d messages are doubled", n)
	}
}

// percentile is in milliseconds.
func percentile(all []time.Duration, p float64) float64 {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return float64(all[min(len(all)-1, int(p*float64(len(all))))].Microseconds()) / 1000
}
