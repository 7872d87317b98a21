package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
)

// showcase is the title of the event that the story makes.
const showcase = "見学会「炭窯をたずねる」"

// TestEventsStory is an event's way through chat: made by the coordinator, approved
// by the bureau, answered, moved, called off; each step reaches exactly those whom
// it concerns.
func TestEventsStory(t *testing.T) {
	l := openWatched(t)
	id := makeEvent(t, l)
	approveEvent(t, l, id)
	answerEvent(t, l, id)
	answerForSomebody(t, l, id)
	moveEvent(t, l, id)
	cancelEvent(t, l, id)
}

// momentOf is Slack's value of a day and time.
func momentOf(t *testing.T, s string) map[string]any {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	check(t, err)
	return map[string]any{"type": "datetimepicker", "selected_date_time": at.Unix()}
}

// picked is Slack's value of a menu or ticks.
func picked(t *testing.T, kind string, v seenView, option string) map[string]any {
	t.Helper()
	o := optionOf(t, v.Blocks, option)
	if strings.HasPrefix(kind, "multi") || kind == "checkboxes" {
		return map[string]any{"type": kind, "selected_options": []any{o}}
	}
	return map[string]any{"type": kind, "selected_option": o}
}

// view waits for an open page that is as it should be; what names it.
func (a actor) view(what string, is func(seenView) bool) seenView {
	a.t.Helper()
	return eventually(a.t, what, func() (seenView, bool) {
		for _, v := range a.state().Views {
			if is(v) {
				return v, true
			}
		}
		return seenView{}, false
	})
}

// opened waits for the page that a press brought, by words of it.
func (a actor) opened(words string) seenView {
	a.t.Helper()
	return a.view("a page with "+words, func(v seenView) bool { return strings.Contains(wordsOf(v.Blocks), words) })
}

// form waits for a form with the field.
func (a actor) form(field string) seenView {
	a.t.Helper()
	return a.view("a form with "+field, func(v seenView) bool {
		return slices.ContainsFunc(v.Blocks, func(b block) bool { return b["block_id"] == "event."+field })
	})
}

// openList opens the list of events from Home.
func (a actor) openList() seenView {
	a.t.Helper()
	a.pressIn(a.openHome(), "event.list", "")
	return a.opened("これから")
}

// openEvent opens the event's page from the list.
func (a actor) openEvent(id string) seenView {
	a.t.Helper()
	a.pressIn(a.openList(), "event.open", id)
	return a.opened("出欠")
}

func (a actor) closeAll() {
	a.t.Helper()
	for _, v := range a.state().Views {
		a.act("close", map[string]any{"view_id": v.ID, "all": true})
		return
	}
}

func makeEvent(t *testing.T, l *local) string {
	office := l.as(coordinator)
	office.must("command", map[string]any{"command": "/tsugite", "text": "event"})
	office.pressIn(office.opened("第1回ミニワークショップ"), "event.new", "")
	form := office.form("title")
	inputs := map[string]any{
		"title": text(showcase), "place": text("炭窯の里 集会所"), "notes": text("駐車場は8台。"),
		"kind":     picked(t, "static_select", form, "other_kind"),
		"start":    momentOf(t, "2026-10-06T14:00:00+09:00"),
		"end":      momentOf(t, "2026-10-06T13:00:00+09:00"),
		"audience": picked(t, "checkboxes", form, "atsugi"),
		"cohorts":  picked(t, "multi_static_select", form, "R8"),
		"host":     picked(t, "radio_buttons", form, "bureau"),
		"capacity": map[string]any{"type": "number_input", "value": "12"},
	}
	refused := office.act("submit", map[string]any{"view_id": form.ID, "values": fill(t, form, inputs)})
	if refused.Errors["event.end"] != "終わりは、始まりより後にしてください。" {
		t.Fatalf("an end before the start: %+v", refused)
	}
	inputs["end"] = momentOf(t, "2026-10-06T16:00:00+09:00")
	saved := office.must("submit", map[string]any{"view_id": form.ID, "values": fill(t, form, inputs)}).View
	if saved == nil || !strings.Contains(wordsOf(saved.Blocks), "催しを保存しました。") {
		t.Fatalf("saved: %+v", saved)
	}
	id := l.one(t, `SELECT id FROM events WHERE title = $1`, showcase)
	office.pressIn(*saved, "event.open", id)
	page := office.opened("事務局の覚え書き")
	if words := wordsOf(page.Blocks); !strings.Contains(words, "対象：アトツギ / R8") || !strings.Contains(words, "定員：12人") ||
		!strings.Contains(words, "未提出") {
		t.Errorf("the page says: %s", words)
	}
	office.closeAll()
	if words := wordsOf(l.as(comes).openHome().Blocks); strings.Contains(words, showcase) {
		t.Error("it is announced before the bureau approved")
	}
	return id
}

func approveEvent(t *testing.T, l *local, id string) {
	office, bureau := l.as(coordinator), l.as(officer)
	page := office.openEvent(id)
	office.pressIn(page, "event.submit", id)
	office.opened("確認待ち")

	channel, card := bureau.told("催しの内容をご確認ください")
	bureau.press(channel, card, "event.return")
	form := bureau.form("returned")
	bureau.must("submit", map[string]any{"view_id": form.ID, "values": fill(t, form, map[string]any{"returned": text("地図を付けてください。")})})
	bureau.closeAll()
	office.told("関東経済産業局から差し戻しがありました")
	bureau.told("差し戻し済み")

	office.pressIn(office.openEvent(id), "event.change", id)
	change := office.form("title")
	if !strings.Contains(wordsOf(change.Blocks), "関係する方に") {
		t.Fatalf("the form: %s", wordsOf(change.Blocks))
	}
	values := filledAs(t, change)
	values["event.map"] = map[string]any{"value": text("https://example.jp/map")}
	if out := office.must("submit", map[string]any{"view_id": change.ID, "values": values}); !strings.Contains(wordsOf(out.View.Blocks), "変更を保存しました。") {
		t.Fatalf("changed: %+v", out)
	}
	beneath := office.opened("地図：https://example.jp/map") // drawn anew under the form
	office.closeAll()
	office.pressIn(office.openEvent(id), "event.submit", id)
	office.opened("確認待ち")
	if beneath.ID == "" {
		t.Error("the page beneath the form is not drawn anew")
	}
	office.closeAll()

	again := eventually(t, "the second card", func() (seenMessage, bool) {
		channel, card = bureau.last("催しの内容をご確認ください")
		return card, hasAction(card.Blocks, "event.approve")
	})
	bureau.press(channel, again, "event.approve")
	decided, said := office.told("関東経済産業局が承認しました")
	office.press(decided, said, "event.open")
	office.opened("関東経済産業局の承認：9月1日(火)")
	office.closeAll()
	eventually(t, "a card that says so and cannot be pressed", func() (seenMessage, bool) {
		_, card := bureau.last("催しの内容をご確認ください")
		return card, strings.Contains(wordsOf(card.Blocks), "承認済み") && !hasAction(card.Blocks, "event.approve")
	})
}

// last is the newest message of the app with the words.
func (a actor) last(words string) (channel string, found seenMessage) {
	a.t.Helper()
	for _, c := range a.state().Channels {
		for _, m := range c.Messages {
			if m.User != a.id && strings.Contains(wordsOf(m.Blocks), words) && m.TS > found.TS {
				channel, found = c.ID, m
			}
		}
	}
	return channel, found
}

// filledAs is a form's values as it was opened.
func filledAs(t *testing.T, v seenView) map[string]map[string]any {
	t.Helper()
	values := map[string]map[string]any{}
	for _, b := range v.Blocks {
		e, ok := b["element"].(map[string]any)
		if !ok {
			continue
		}
		value := map[string]any{"type": e["type"]}
		for initial, field := range map[string]string{"initial_value": "value", "initial_date_time": "selected_date_time",
			"initial_option": "selected_option", "initial_options": "selected_options"} {
			if e[initial] != nil {
				value[field] = e[initial]
			}
		}
		values[b["block_id"].(string)] = map[string]any{e["action_id"].(string): value}
	}
	return values
}

func answerEvent(t *testing.T, l *local, id string) {
	for who, action := range map[string]string{comes: "event.yes", declines: "event.no"} {
		me := l.as(who)
		home := eventually(t, "the event on Home", func() (seenView, bool) {
			v := me.openHome()
			return v, strings.Contains(wordsOf(v.Blocks), showcase)
		})
		me.pressIn(home, action, id)
	}
	eventually(t, "both answers", func() (bool, bool) {
		return true, count(t, l.file(), `SELECT count(*) FROM attendance WHERE event_id = $1`, id) == 2
	})
}

// answerForSomebody enters what an atsugi said by telephone.
func answerForSomebody(t *testing.T, l *local, id string) {
	office := l.as(coordinator)
	office.pressIn(office.openEvent(id), "event.answer_for", id)
	form := office.form("person")
	offered := office.must("suggest", map[string]any{"view_id": form.ID, "action_id": "people.find", "value": "ｼｵｶﾞﾏ"})
	option := onlyOption(t, offered)
	values := fill(t, form, map[string]any{
		"person": map[string]any{"type": "external_select", "selected_option": option},
		"answer": picked(t, "radio_buttons", form, "yes"),
	})
	out := office.must("submit", map[string]any{"view_id": form.ID, "values": values})
	if !strings.Contains(wordsOf(out.View.Blocks), "返事を入れました。") {
		t.Fatalf("answered for somebody: %+v", out)
	}
	by := l.one(t, `SELECT b.slack_id FROM attendance a JOIN people p ON p.id = a.person_id JOIN people b ON b.id = a.by_id
		WHERE a.event_id = $1 AND p.slack_id = 'U0ATSUGI04' AND a.answer = 'yes'`, id)
	if by != coordinator {
		t.Errorf("entered by %s", by)
	}
	office.opened("塩竈 こはる") // the page beneath
	office.closeAll()
}

func moveEvent(t *testing.T, l *local, id string) {
	office := l.as(coordinator)
	office.pressIn(office.openEvent(id), "event.move", id)
	form := office.form("start")
	if words := wordsOf(form.Blocks); !strings.Contains(words, "Slack で 2人に") {
		t.Errorf("the form does not say that two are told: %s", words)
	}
	out := office.must("submit", map[string]any{"view_id": form.ID, "values": fill(t, form, map[string]any{
		"start": momentOf(t, "2026-10-07T10:00:00+09:00"), "place": text("炭窯の里 体験棟")})})
	if words := wordsOf(out.View.Blocks); !strings.Contains(words, "10月7日(水) 10:00〜12:00") {
		t.Errorf("moved to: %s", words)
	}
	office.closeAll()
	for _, who := range []string{comes, "U0ATSUGI04"} {
		_, m := l.as(who).told("日時や場所が変わりました")
		for _, words := range []string{"10月6日(火) 14:00", "10月7日(水) 10:00", "炭窯の里 集会所", "炭窯の里 体験棟"} {
			if !strings.Contains(wordsOf(m.Blocks), words) {
				t.Errorf("%s is not told %q: %s", who, words, wordsOf(m.Blocks))
			}
		}
	}
	toldExactly(t, l, "event.moved", id)
}

// toldExactly checks that a change reached the two who come and nobody else.
func toldExactly(t *testing.T, l *local, kind, id string) {
	t.Helper()
	check(t, l.demo.app.Settled(t.Context()))
	all := count(t, l.file(), `SELECT count(*) FROM deliveries WHERE kind = $1 AND subject = $2`, kind, id)
	theirs := count(t, l.file(), `SELECT count(*) FROM deliveries d JOIN people p ON d.recipient = 'p:' || p.id
		WHERE d.kind = $1 AND d.subject = $2 AND d.state = 'sent' AND p.slack_id IN ($3, 'U0ATSUGI04')`, kind, id, comes)
	if all != 2 || theirs != 2 {
		t.Errorf("%s: %d notices, %d of them to those who come", kind, all, theirs)
	}
}

func cancelEvent(t *testing.T, l *local, id string) {
	office := l.as(coordinator)
	office.pressIn(office.openEvent(id), "event.cancel", id)
	form := office.form("reason")
	if words := wordsOf(form.Blocks); !strings.Contains(words, "檜川 茜") || strings.Contains(words, "髙槻 湊") {
		t.Errorf("the form does not name whom it would reach: %s", words)
	}
	out := office.must("submit", map[string]any{"view_id": form.ID, "values": fill(t, form, map[string]any{"reason": text("大雨のため")})})
	if !strings.Contains(wordsOf(out.View.Blocks), "中止しました。") || !hasAction(out.View.Blocks, "event.phones") {
		t.Fatalf("called off: %s", wordsOf(out.View.Blocks))
	}
	office.pressIn(*out.View, "event.phones", id)
	office.opened("電話")
	office.closeAll()
	for _, who := range []string{comes, "U0ATSUGI04"} {
		l.as(who).told("この催しは中止になりました")
	}
	toldExactly(t, l, "event.cancelled", id)
	if words := wordsOf(office.openEvent(id).Blocks); !strings.Contains(words, "大雨のため") {
		t.Errorf("the page says: %s", words)
	}
}

// onlyOption is the one option that a menu was offered.
func onlyOption(t *testing.T, a answer) block {
	t.Helper()
	var ack struct {
		Options []block `json:"options"`
	}
	check(t, json.Unmarshal(a.Ack, &ack))
	if len(ack.Options) != 1 {
		t.Fatalf("offered %s", a.Ack)
	}
	return ack.Options[0]
}

// TestTheOfficeEntersTheBureausWord: the bureau may not be on Slack. The event is
// then copied, which makes another one that waits for approval.
func TestTheOfficeEntersTheBureausWord(t *testing.T) {
	l := openWatched(t)
	id, office := makeEvent(t, l), l.as(coordinator)
	office.pressIn(office.openEvent(id), "event.approved", id)
	form := office.form("approved")
	day := func(s string) map[string]any {
		return map[string]any{"view_id": form.ID, "values": fill(t, form, map[string]any{
			"approved": map[string]any{"type": "datepicker", "selected_date": s}})}
	}
	if out := office.act("submit", day("2026-09-02")); out.Errors["event.approved"] != "まだ来ていない日付です。" {
		t.Errorf("a day to come: %+v", out)
	}
	out := office.must("submit", day("2026-08-31"))
	if !strings.Contains(wordsOf(out.View.Blocks), "承認を記録しました。") {
		t.Errorf("entered: %+v", out)
	}
	page := office.opened("関東経済産業局の承認：8月31日(月)")
	office.must("close", map[string]any{"view_id": out.View.ID})
	office.pressIn(page, "event.copy", id)
	copied := office.form("title")
	values := filledAs(t, copied)
	values["event.start"] = map[string]any{"value": momentOf(t, "2026-11-10T14:00:00+09:00")}
	values["event.end"] = map[string]any{"value": momentOf(t, "2026-11-10T16:00:00+09:00")}
	office.must("submit", map[string]any{"view_id": copied.ID, "values": values})
	if n := count(t, l.file(), `SELECT count(*) FROM events WHERE title = $1 AND approved = '' AND capacity = 12`, showcase); n != 1 {
		t.Errorf("%d copies wait for approval", n)
	}
}

// TestForgedEventButtons: a button of the coordinator's that somebody else presses,
// and a form of theirs that somebody else sends in, do nothing.
func TestForgedEventButtons(t *testing.T) {
	l := openWatched(t)
	these := []string{"event.open", "event.change", "event.copy", "event.move", "event.cancel", "event.submit"}
	those := []string{"event.approve", "event.return", "event.approved", "event.answer_for", "event.new", "event.list"}
	for who, actions := range map[string][]string{silent: these, comes: those, "U0SUPPRT01": these, "U0SUPPRT02": those} {
		for _, action := range actions {
			t.Run(who+" "+action, func(t *testing.T) {
				me := l.as(who).on(t)
				click := l.forge(t, who, button{action, "workshop-3"})
				l.unchanged(func() { me.hears(saysNoRight, func() { me.must("click", click) }) })
			})
		}
	}
	me := l.as(silent)
	l.unchanged(func() {
		me.hears("「これからの催し」で見られます", func() { me.must("command", map[string]any{"command": "/tsugite", "text": "event"}) })
	})
	office := l.as(coordinator)
	office.pressIn(office.openEvent("workshop-3"), "event.cancel", "workshop-3")
	form := office.form("reason")
	submit := map[string]any{"view_id": form.ID, "values": fill(t, form, map[string]any{"reason": text("うそ")})}
	l.unchanged(func() {
		if out := me.act("submit", submit); out.OK {
			t.Errorf("somebody else's form was submitted: %+v", out)
		}
	})
	// Whoever is no longer of the office when the form comes back is refused too.
	l.leaves(t, coordinator)
	l.unchanged(func() {
		out := office.must("submit", submit)
		if out.View == nil || !strings.Contains(wordsOf(out.View.Blocks), saysNoRow) {
			t.Errorf("the form of somebody who left: %+v", out)
		}
	})
}

// TestTwoPeopleChangeOneEvent: the second is told, and nothing of the first is lost.
func TestTwoPeopleChangeOneEvent(t *testing.T) {
	l := openWatched(t)
	forms := map[string]seenView{}
	for _, who := range []string{coordinator, "U0COORDI02"} {
		l.as(who).pressIn(l.as(who).openEvent("workshop-3"), "event.change", "workshop-3")
		forms[who] = l.as(who).form("title")
	}
	for who, title := range map[string]string{coordinator: "第3回 先に直した", "U0COORDI02": "第3回 後に直した"} {
		values := filledAs(t, forms[who])
		values["event.title"] = map[string]any{"value": text(title)}
		l.as(who).must("submit", map[string]any{"view_id": forms[who].ID, "values": values})
	}
	told := l.as(coordinator).heard("ほかの人が先に変更しました") + l.as("U0COORDI02").heard("ほかの人が先に変更しました")
	if n := count(t, l.file(), `SELECT count(*) FROM events WHERE id = 'workshop-3' AND version = 2`); n != 1 || told != 1 {
		t.Errorf("changed once: %d, told: %d", n, told)
	}
}
