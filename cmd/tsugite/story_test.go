package main

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"
)

// The cast of the story, by the sample roster's Slack ids.
const (
	coordinator = "U0COORDI01"
	officer     = "U0BUREAU01"
	mentor      = "U0MENTOR01"
	comes       = "U0ATSUGI01" // of the workshops, assigned to the mentor
	silent      = "U0ATSUGI02"
	declines    = "U0ATSUGI03"
	alumna      = "U0ATSUGI11" // asked by the survey
)

// local is a running demo.
type local struct {
	t    *testing.T
	demo *demo
	stop func()
}

// quietLog is for tests: a demo's own warnings belong to the person who runs it.
func quietLog() *slog.Logger { return slog.New(slog.DiscardHandler) }

// openLocal starts the demo on a free port; close it with stop.
func openLocal(t *testing.T, file string) *local {
	t.Helper()
	return openLogging(t, file, quietLog())
}

// openLogging is openLocal with a log to look into.
func openLogging(t *testing.T, file string, log *slog.Logger) *local {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	d, err := startDemo(ctx, demoCmd{Port: 0, DB: file, Now: sampleNow, Patience: 15 * time.Second}, log)
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	return listening(t, ctx, cancel, d)
}

// listening runs a demo until stop.
func listening(t *testing.T, ctx context.Context, cancel context.CancelFunc, d *demo) *local {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- d.app.Run(ctx) }()
	stopped := false
	l := &local{t: t, demo: d}
	l.stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if err := d.close(); err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(l.stop)
	<-d.app.Bot.Ready()
	return l
}

func (l *local) as(id string) actor {
	return actor{t: l.t, base: l.demo.slack.URL(), id: id, handled: l.handled}
}

// handled waits until the bot did what people asked of it; not for ever, as the
// database may be locked by the test.
func (l *local) handled() bool {
	ctx, cancel := context.WithTimeout(l.t.Context(), time.Second)
	defer cancel()
	return l.demo.app.Bot.Quiet(ctx) == nil
}

// moveTo moves the clock and waits until what is due has gone out.
func (l *local) moveTo(when string) {
	l.t.Helper()
	l.as(coordinator).call("POST", "_/clock", map[string]string{"now": when}, nil)
}

// TestStory is the story of the README: survey, reminder, memo, and a restart.
func TestStory(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "story.db")
	l := openLocal(t, file)
	launchSurvey(t, l)
	answerSurvey(t, l)
	remind(t, l)
	memo(t, l)
	before := everything(l)
	l.stop()

	l = openLocal(t, file)
	if diff := everythingSame(before, everything(l)); diff != "" {
		t.Errorf("after the restart: %s", diff)
	}
	again := l.as(coordinator).openHome()
	if words := wordsOf(again.Blocks); !strings.Contains(words, "1") {
		t.Errorf("Home after the restart: %s", words)
	}
}

func launchSurvey(t *testing.T, l *local) {
	office := l.as(coordinator)
	home := office.openHome()
	if words := wordsOf(home.Blocks); !strings.Contains(words, "2-③b") {
		t.Errorf("Home shows no targets: %s", words)
	}
	preview := office.page(office.pressIn(home, "survey.preview", "status"))
	if !strings.Contains(wordsOf(preview.Blocks), "23") {
		t.Fatalf("the preview does not say that 23 are asked: %+v", preview)
	}
	office.must("submit", map[string]any{"view_id": preview.ID, "values": map[string]any{}})
}

func answerSurvey(t *testing.T, l *local) {
	me := l.as(alumna)
	channel, invitation := me.told("現状把握")
	me.press(channel, invitation, "survey.start")

	channel, q := me.told("代替わりは、いつごろ")
	me.must("click", map[string]any{"channel": channel, "ts": q.TS, "action": find(t, q.Blocks, "survey.pick", "|within-3y")})

	pick := func(question, choice string) {
		t.Helper()
		_, q := me.told(question)
		me.must("click", map[string]any{"channel": channel, "ts": q.TS, "action": find(t, q.Blocks, "survey.pick", "|"+choice)})
	}
	tick := func(question string, choices ...string) {
		t.Helper()
		_, q := me.told(question)
		ticks := find(t, q.Blocks, "survey.select", "")
		var picked []any
		for _, choice := range choices {
			picked = append(picked, optionOf(t, q.Blocks, choice))
		}
		me.must("click", map[string]any{"channel": channel, "ts": q.TS, "action": find(t, q.Blocks, "survey.send", ""),
			"values": map[string]any{ticks["block_id"].(string): map[string]any{
				"survey.select": map[string]any{"type": ticks["type"], "selected_options": picked}}}})
	}
	pick("いちばん近いもの", "head")
	tick("やってみたこと", "plan", "talk")
	tick("変わったこと", "family")
	tick("気にかかっている", "alone")
	tick("持ち味", "craft", "name")
	pick("個別フォローアップ」（2〜3回）", "yes")
	pick("どのような形", "either")
	pick("ご連絡してもよろしい", "yes")

	me.told("話してみたいこと")
	me.must("say", map[string]any{"channel": channel, "text": "髙﨑工房の見学に行きたいです。"})
	me.told("髙﨑工房の見学")

	_, receipt := me.told("ご回答ありがとうございました")
	me.must("click", map[string]any{"channel": channel, "ts": receipt.TS, "action": find(t, receipt.Blocks, "survey.change", "|timing")})
	page := me.opened("代替わりは、いつごろ")
	values := filledAs(t, page)
	for _, timing := range values["sheet.timing"] {
		timing.(map[string]any)["selected_option"] = optionOf(t, page.Blocks, "within-1y")
	}
	me.must("submit", map[string]any{"view_id": page.ID, "values": values})
	me.closeAll()
	eventually(t, "the receipt with the changed answer", func() (bool, bool) {
		_, receipt := me.told("ご回答ありがとうございました")
		words := wordsOf(receipt.Blocks)
		return true, strings.Contains(words, "1年以内") && strings.Contains(words, "髙﨑工房")
	})
	if n := count(t, l.demo.app.DB.Path(), `SELECT count(DISTINCT question) FROM answers`); n != 10 {
		t.Errorf("%d questions are answered in SQLite, want 10", n)
	}
	if n := count(t, l.demo.app.DB.Path(), `SELECT count(*) FROM answers`); n != 11 {
		t.Errorf("%d versions of answers in SQLite, want 11: the earlier one is kept", n)
	}
}

func remind(t *testing.T, l *local) {
	l.moveTo("2026-09-10T09:00:00+09:00") // everyone was asked two weeks before
	for who, action := range map[string]string{comes: "event.yes", declines: "event.no"} {
		channel, ask := l.as(who).told("の出欠をお知らせください")
		l.as(who).press(channel, ask, action)
	}
	l.moveTo("2026-09-17T10:30:00+09:00")
	// A second after the calendar entry of the answer: one message a second goes to a person.
	if _, m := l.as(comes).told("ご案内"); !strings.Contains(m.Text+wordsOf(m.Blocks), "9月18日(金) 14:00") {
		t.Errorf("the reminder says: %s", m.Text)
	}
	reminders := `SELECT count(*) FROM deliveries WHERE kind = 'event.reminder' AND state = 'sent' AND recipient = 'p:' || (SELECT id FROM people WHERE slack_id = $1)`
	asks := `SELECT count(*) FROM deliveries WHERE kind = 'event.ask' AND state = 'sent' AND occasion LIKE 'ask-1d@%' AND recipient = 'p:' || (SELECT id FROM people WHERE slack_id = $1)`
	for _, c := range []struct {
		who           string
		reminded, ask int
	}{{comes, 1, 0}, {silent, 0, 1}, {declines, 0, 0}} {
		// A message stands in Slack a moment before its outcome stands in SQLite.
		eventually(t, fmt.Sprintf("%s reminded %d times and asked %d times on the day before", c.who, c.reminded, c.ask), func() (bool, bool) {
			reminded, asked := count(t, l.demo.app.DB.Path(), reminders, c.who), count(t, l.demo.app.DB.Path(), asks, c.who)
			return true, reminded == c.reminded && asked == c.ask
		})
	}
}

func memo(t *testing.T, l *local) {
	writer := l.as(mentor)
	form := writer.page(writer.must("command", map[string]any{"command": "/tsugite", "text": "memo"}))
	values := fill(t, *form, map[string]any{
		"atsugi":       map[string]any{"type": "static_select", "selected_option": optionOf(t, form.Blocks, "檜川")},
		"kind":         map[string]any{"type": "static_select", "selected_option": optionOf(t, form.Blocks, "session")},
		"held":         map[string]any{"type": "datepicker", "selected_date": "2026-09-18"},
		"situation":    text("曲物の注文が減っている。"),
		"issues":       text("値段の付け方。"),
		"advice":       text("原価を一つずつ書き出す。"),
		"confidential": text("銀行との話は伏せる。"),
	})
	refused := writer.act("submit", map[string]any{"view_id": form.ID, "values": values})
	if len(refused.Errors) != 1 {
		t.Fatalf("a day to come was taken: %+v", refused)
	}
	fill(t, *form, nil)
	values = with(values, "held", map[string]any{"type": "datepicker", "selected_date": "2026-09-16"})
	writer.must("submit", map[string]any{"view_id": form.ID, "values": values})

	channel, card := l.as(coordinator).told("メモ")
	office := l.as(coordinator)
	checked := office.page(office.press(channel, card, "memo.open"))
	office.pressIn(*checked, "memo.review", "")
	channel, card = office.told("事務局が確認済み")
	office.press(channel, card, "memo.share")
	channel, card = l.as(officer).told("メモ")
	if words := card.Text + wordsOf(card.Blocks); strings.Contains(words, "曲物") || strings.Contains(words, "檜川") {
		t.Errorf("the bureau's card has content: %s", words)
	}
	page := wordsOf(l.as(officer).page(l.as(officer).press(channel, card, "memo.open")).Blocks)
	if !strings.Contains(page, "曲物の注文") || strings.Contains(page, "伏せる") {
		t.Errorf("the bureau reads: %s", page)
	}
	l.as("U0ATSUGI01").told("読めるようになりました")
}

func text(s string) map[string]any {
	return map[string]any{"type": "plain_text_input", "value": s}
}

// fill makes Slack's values of a form from what stands in its inputs, by the
// last word of their block ids.
func fill(t *testing.T, v seenView, inputs map[string]any) map[string]map[string]any {
	t.Helper()
	values := map[string]map[string]any{}
	for _, b := range v.Blocks {
		id, _ := b["block_id"].(string)
		element, ok := b["element"].(map[string]any)
		if !ok {
			continue
		}
		if value, given := inputs[id[strings.LastIndex(id, ".")+1:]]; given {
			values[id] = map[string]any{element["action_id"].(string): value}
		}
	}
	return values
}

// with replaces one input's value.
func with(values map[string]map[string]any, field string, value any) map[string]map[string]any {
	for id, inner := range values {
		if strings.HasSuffix(id, "."+field) || id == field {
			for action := range inner {
				values[id] = map[string]any{action: value}
			}
		}
	}
	return values
}

// optionOf finds the option whose value or words hold the text.
func optionOf(t *testing.T, blocks []block, has string) block {
	t.Helper()
	var found block
	for _, b := range blocks {
		walk(b, func(e block) {
			value, ok := e["value"].(string)
			label, isOption := e["text"].(map[string]any)
			if found != nil || !ok || !isOption || e["action_id"] != nil {
				return
			}
			if words, _ := label["text"].(string); value == has || strings.Contains(words, has) {
				found = e
			}
		})
	}
	if found == nil {
		t.Fatalf("no option %q in: %s", has, wordsOf(blocks))
	}
	return found
}

func hasAction(blocks []block, action string) bool {
	has := false
	for _, b := range blocks {
		walk(b, func(e block) {
			id, _ := e["action_id"].(string)
			has = has || id == action || strings.HasPrefix(id, action+"#")
		})
	}
	return has
}

// count asks the database itself, beside the program.
func count(t testing.TB, file, query string, args ...any) int {
	t.Helper()
	store := readOnly(t, file)
	defer store.Close()
	return counted(t, store, query, args...)
}

// counted is count in a file that is open: opening one takes longer than most counts.
func counted(t testing.TB, store *sql.DB, query string, args ...any) int {
	t.Helper()
	var n int
	if err := store.QueryRow(query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// everything is each person's messages, by who sees them.
func everything(l *local) map[string][]string {
	all := map[string][]string{}
	for _, who := range []string{coordinator, officer, mentor, comes, silent, declines, alumna} {
		for _, c := range l.as(who).state().Channels {
			for _, m := range c.Messages {
				all[who] = append(all[who], c.ID+" "+m.TS+" "+m.Text)
			}
		}
	}
	return all
}

func everythingSame(before, after map[string][]string) string {
	for who, messages := range before {
		if a, b := strings.Join(messages, "\n"), strings.Join(after[who], "\n"); a != b {
			return who + " saw\n" + a + "\nand sees\n" + b
		}
	}
	return ""
}

// TestClockAnswersWhenSettled: moving the clock waits for what became due.
func TestClockAnswersWhenSettled(t *testing.T) {
	l := openLocal(t, "")
	var clock struct {
		Now     time.Time `json:"now"`
		Settled bool      `json:"settled"`
	}
	l.as(coordinator).call("POST", "_/clock", map[string]string{"advance": "36h"}, &clock)
	if !clock.Settled {
		t.Error("the clock moved and nothing settled within its time")
	}
}
