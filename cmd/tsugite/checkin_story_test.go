package main

import (
	"fmt"
	"strings"
	"testing"

	"tsugite/programme"
)

const (
	colleague = "U0COORDI02" // the other coordinator
	workday   = "workshop-1"
)

// TestCheckInStory is the day of a workshop with over fifty on the list: by ticks of
// two coordinators at once, by the code, and at the door.
func TestCheckInStory(t *testing.T) {
	l := openWatched(t)
	l.moveTo("2026-09-18T13:00:00+09:00")
	const guests = 45
	enterGuests(t, l, guests)
	asked := count(t, l.file(), `SELECT count(*) FROM people WHERE roles LIKE '%atsugi%' AND cohorts LIKE '%R8%' AND left_at IS NULL`)

	office, other := l.as(coordinator), l.as(colleague)
	mine := office.page(office.pressIn(office.toolsOf(workday), "checkin.open", workday))
	theirs := other.page(other.pressIn(other.toolsOf(workday), "checkin.open", workday))
	if n := len(boxesOf(mine.Blocks)); n != guests+asked {
		t.Fatalf("%d stand on the list, want %d", n, guests+asked)
	}

	byCode(t, l, *mine)
	l.submitTicks(office, *mine, "参加者 00", "参加者 01", "参加者 02")
	l.arrived(t, 4)
	l.submitTicks(other, *theirs, "参加者 03") // drawn before the others came: they stay
	l.arrived(t, 5)

	back := office.pressIn(office.opened("受付を保存しました"), "checkin.page", "").View
	page := office.opened("来場 5人")
	if back == nil || len(tickedOf(page.Blocks)) != 5 {
		t.Fatalf("the list shows %v", tickedOf(page.Blocks))
	}
	walkIn(t, l, office, page)
	takeBack(t, l, office)
}

// toolsOf opens an event's page with nothing else open.
func (a actor) toolsOf(id string) seenView {
	a.t.Helper()
	a.closeAll()
	return a.openEvent(id)
}

// enterGuests adds people of an application list.
func enterGuests(t *testing.T, l *local, n int) {
	t.Helper()
	for i := range n {
		_, err := l.demo.app.Office.AddGuest(t.Context(), programme.Operator, programme.Guest{
			ID: programme.GuestID(newID()), Event: workday, Name: fmt.Sprintf("参加者 %02d", i), Kana: fmt.Sprintf("さんかしゃ %02d", i),
			Organisation: "つぎて商工会", Prefecture: "埼玉県", Role: programme.Supporter, Answer: programme.Online,
		})
		check(t, err)
	}
}

// byCode has a person type the code that the coordinator's page shows.
func byCode(t *testing.T, l *local, page seenView) {
	t.Helper()
	header := page.Blocks[0]["text"].(map[string]any)["text"].(string)
	_, code, found := strings.Cut(header, "　")
	if !found {
		t.Fatalf("no code on top: %s", header)
	}
	l.as(comes).must("command", map[string]any{"command": "/tsugite", "text": "受付 " + strings.ToLower(strings.ReplaceAll(code, " ", ""))})
	l.arrived(t, 1)
}

// arrived waits until that many are there.
func (l *local) arrived(t *testing.T, n int) {
	t.Helper()
	eventually(t, fmt.Sprintf("%d to be there", n), func() (bool, bool) {
		return true, count(t, l.file(), `SELECT count(*) FROM arrivals WHERE event_id = $1`, workday) == n
	})
}

// boxesOf are the checkboxes' options by their words, with the block of each.
func boxesOf(blocks []block) map[string]block {
	found := map[string]block{}
	for _, b := range blocks {
		element, _ := b["element"].(map[string]any)
		if element["type"] != "checkboxes" {
			continue
		}
		for _, o := range element["options"].([]any) {
			option := o.(map[string]any)
			found[option["text"].(map[string]any)["text"].(string)] = block{"block_id": b["block_id"], "action_id": element["action_id"], "option": option}
		}
	}
	return found
}

// tickedOf are the names that were ticked when the page was drawn.
func tickedOf(blocks []block) []string {
	var names []string
	for _, b := range blocks {
		element, _ := b["element"].(map[string]any)
		ticked, _ := element["initial_options"].([]any)
		for _, o := range ticked {
			names = append(names, o.(map[string]any)["text"].(map[string]any)["text"].(string))
		}
	}
	return names
}

// ticks are the values of a page with those ticked whose names begin so, beside
// those ticked already; without takes ticks away.
func ticks(v seenView, without string, names ...string) map[string]map[string]any {
	picked := map[string][]any{}
	values := map[string]map[string]any{}
	already := tickedOf(v.Blocks)
	for words, box := range boxesOf(v.Blocks) {
		id := box["block_id"].(string)
		on := false
		for _, name := range append(names, already...) {
			on = on || strings.HasPrefix(words, name)
		}
		if on && (without == "" || !strings.HasPrefix(words, without)) {
			picked[id] = append(picked[id], box["option"])
		}
		values[id] = map[string]any{box["action_id"].(string): map[string]any{"type": "checkboxes", "selected_options": picked[id]}}
	}
	for id, options := range picked {
		for action := range values[id] {
			values[id][action] = map[string]any{"type": "checkboxes", "selected_options": options}
		}
	}
	return values
}

func (l *local) submitTicks(a actor, v seenView, names ...string) {
	a.t.Helper()
	a.must("submit", map[string]any{"view_id": v.ID, "values": ticks(v, "", names...)})
}

// walkIn adds somebody at the door while a tick is not saved yet: both are kept.
func walkIn(t *testing.T, l *local, office actor, page seenView) {
	t.Helper()
	office.must("click", map[string]any{"view_id": page.ID, "action": find(t, page.Blocks, "checkin.guest", ""),
		"values": ticks(page, "", "参加者 10")})
	l.arrived(t, 6)
	form := office.opened("お名前")
	values := fill(t, form, map[string]any{"name": text("飛び入り 花"), "answer": map[string]any{"type": "static_select",
		"selected_option": optionOf(t, form.Blocks, "yes")}})
	office.must("submit", map[string]any{"view_id": form.ID, "values": values})
	l.arrived(t, 7)
	office.pressIn(office.opened("受付も済ませました"), "checkin.page", "")
	page = office.opened("来場 7人")
	if words := strings.Join(tickedOf(page.Blocks), " "); !strings.Contains(words, "飛び入り 花") {
		t.Errorf("ticked are %s", words)
	}
	if words := wordsOf(page.Blocks); !strings.Contains(words, "支援機関 5/") {
		t.Errorf("the counts: %s", words)
	}
}

// takeBack unticks who was ticked by mistake, also somebody who typed the code.
func takeBack(t *testing.T, l *local, office actor) {
	t.Helper()
	page := office.opened("来場 7人")
	office.must("submit", map[string]any{"view_id": page.ID, "values": ticks(page, "参加者 00")})
	l.arrived(t, 6)
	office.pressIn(office.opened("受付を保存しました"), "checkin.page", "")
	page = office.opened("来場 6人")
	mine := l.one(t, `SELECT name FROM people WHERE slack_id = $1`, comes)
	office.must("submit", map[string]any{"view_id": page.ID, "values": ticks(page, mine)})
	l.arrived(t, 5)
}

// TestCheckInBeforeTheDay: the code can be made ready, ticks are refused.
func TestCheckInBeforeTheDay(t *testing.T) {
	l := openWatched(t)
	office := l.as(coordinator)
	page := office.page(office.pressIn(office.toolsOf(workday), "checkin.open", workday))
	name := l.one(t, `SELECT name FROM people WHERE slack_id = $1`, comes)
	out := office.must("submit", map[string]any{"view_id": page.ID, "values": ticks(*page, "", name)})
	if words := fmt.Sprint(out.Errors, out.View); !strings.Contains(words, "当日からできます") {
		t.Errorf("told %s", words)
	}
	l.arrived(t, 0)
}

// TestGuestsAndSpeakers: a guest is entered, changed and listed; a mentor is asked
// to speak, answers by the office's hand, and mail and telephone lists are there.
func TestGuestsAndSpeakers(t *testing.T) {
	l := openWatched(t)
	office := l.as(coordinator)
	list := office.page(office.pressIn(office.toolsOf(workday), "guest.list", workday))
	office.pressIn(*list, "guest.new", workday)
	form := office.opened("お名前")
	inputs := map[string]any{"name": text("倉本 湊"), "email": text("kuramoto@"), "phone": text("048-000-0000"), "answer": map[string]any{
		"type": "static_select", "selected_option": optionOf(t, form.Blocks, "yes")}}
	refused := office.act("submit", map[string]any{"view_id": form.ID, "values": fill(t, form, inputs)})
	if len(refused.Errors) != 1 {
		t.Fatalf("taken: %+v", refused)
	}
	inputs["email"] = text("kuramoto@example.jp")
	office.must("submit", map[string]any{"view_id": form.ID, "values": fill(t, form, inputs)})
	office.pressIn(office.opened("倉本 湊さんを保存しました"), "guest.list", "")
	page := office.opened("kuramoto@example.jp")

	office.pressIn(page, "guest.change", "")
	form = office.opened("お名前")
	inputs["answer"] = map[string]any{"type": "static_select", "selected_option": optionOf(t, form.Blocks, "no")}
	office.must("submit", map[string]any{"view_id": form.ID, "values": fill(t, form, inputs)})
	if answer := l.one(t, `SELECT answer FROM guests WHERE name = '倉本 湊'`); answer != "no" {
		t.Errorf("the guest answered %q", answer)
	}
	askMentor(t, l)
}

func askMentor(t *testing.T, l *local) {
	t.Helper()
	office := l.as(colleague)
	list := office.page(office.pressIn(office.toolsOf(workday), "speaker.list", workday))
	office.pressIn(*list, "speaker.new", workday)
	form := office.opened("お願いする方")
	name := l.one(t, `SELECT name FROM people WHERE slack_id = $1`, mentor)
	office.must("submit", map[string]any{"view_id": form.ID, "values": fill(t, form, map[string]any{
		"person": map[string]any{"type": "static_select", "selected_option": optionOf(t, form.Blocks, name)}, "topic": text("道具の話")})})
	office.pressIn(office.opened("登壇のお願いを送りました"), "speaker.list", "")
	page := office.opened("道具の話")
	choose := find(t, page.Blocks, "speaker.status", "")
	choose["selected_option"] = optionOf(t, page.Blocks, "materials")
	office.must("click", map[string]any{"view_id": page.ID, "action": choose})
	eventually(t, "the status", func() (bool, bool) {
		return true, count(t, l.file(), `SELECT count(*) FROM speakers WHERE status = 'materials'`) == 1
	})
	office.must("close", map[string]any{"view_id": page.ID})
	event := office.toolsOf(workday)
	if v := office.pressIn(event, "event.mail", workday).View; v == nil {
		t.Error("no mail text")
	}
	if v := office.pressIn(office.toolsOf(workday), "event.phones", workday).View; v == nil {
		t.Error("no telephone list")
	}
}

// TestToolsOfTheOfficeAreForTheOffice: whoever forges a press of the coordinator's
// tools is refused, and nothing changes.
func TestToolsOfTheOfficeAreForTheOffice(t *testing.T) {
	l := openWatched(t)
	notice := `["` + workday + `","event.reminder","remind-1d@20260918T0500Z"]`
	tools := []button{
		{"checkin.open", workday}, {"checkin.page", workday + "|0"}, {"checkin.guest", workday + "|0"},
		{"guest.list", workday}, {"guest.new", workday}, {"guest.change", workday + "|" + nobodysThing},
		{"speaker.list", workday}, {"speaker.new", workday}, {"event.mail", workday}, {"event.phones", workday},
		{"event.pack", workday}, {"event.hold", workday}, {"event.go", workday},
		{"notice.next", ""}, {"notice.hold", notice}, {"notice.skip", notice}, {"notice.early", notice}, {"notice.back", notice},
		{"delivery.hold", ""}, {"delivery.go", ""}, {"delivery.panel", ""},
	}
	for _, who := range []string{silent, mentor, officer} {
		clicks := l.forgeAll(t, who, tools...)
		for i, b := range tools {
			t.Run(b.action+" by "+who, func(t *testing.T) {
				me := l.as(who).on(t)
				l.unchanged(func() { me.hears(saysNoRight, func() { me.must("click", clicks[i]) }) })
			})
		}
	}
	for _, word := range []string{"next", "hold", "go", "再開"} {
		me := l.as(silent)
		l.unchanged(func() {
			me.hears(saysNoRight, func() { me.must("command", map[string]any{"command": "/tsugite", "text": word}) })
		})
	}
}
