package main

import (
	"strings"
	"testing"
)

// reminded is how often somebody was sent the reminder of the day before.
func (l *local) reminded(t *testing.T, who string) int {
	t.Helper()
	return count(t, l.file(), `SELECT count(*) FROM deliveries WHERE kind = 'event.reminder' AND state = 'sent' AND subject = 'workshop-1'
		AND recipient = 'p:' || (SELECT id FROM people WHERE slack_id = $1)`, who)
}

// comingBySeptember moves to a week before the workshop, with one who comes.
func comingBySeptember(t *testing.T) *local {
	t.Helper()
	l := openWatched(t)
	l.moveTo("2026-09-10T09:00:00+09:00")
	channel, ask := l.as(comes).told("の出欠をお知らせください")
	l.as(comes).press(channel, ask, "event.yes")
	return l
}

// nextPage opens what comes next, as the command does.
func (a actor) nextPage() seenView {
	a.t.Helper()
	a.closeAll()
	v := a.must("command", map[string]any{"command": "/tsugite", "text": "next"}).View
	if v == nil {
		a.t.Fatal("/tsugite next opened nothing")
	}
	return *v
}

// decideOn presses the button of the first planned notice whose value holds the words.
func (a actor) decideOn(v seenView, action string, words ...string) {
	a.t.Helper()
	for _, b := range v.Blocks {
		elements, _ := b["elements"].([]any)
		for _, e := range elements {
			element := e.(map[string]any)
			value, _ := element["value"].(string)
			fits := element["action_id"] == action
			for _, w := range words {
				fits = fits && strings.Contains(value, w)
			}
			if fits {
				a.must("click", map[string]any{"view_id": v.ID, "action": block{"type": "button", "block_id": b["block_id"], "action_id": action, "value": value}})
				return
			}
		}
	}
	a.t.Fatalf("nothing to press: %s %v in %s", action, words, wordsOf(v.Blocks))
}

// TestAnEventIsHeldAndReleased: what is held does not come at its time, and comes
// when it is released while it is still of use.
func TestAnEventIsHeldAndReleased(t *testing.T) {
	l := comingBySeptember(t)
	office := l.as(coordinator)
	office.pressIn(office.toolsOf(workday), "event.hold", workday)
	office.opened("この催しのお知らせは、止めています")
	l.moveTo("2026-09-17T10:30:00+09:00")
	if n := l.reminded(t, comes); n != 0 {
		t.Fatalf("reminded %d times while the event was held", n)
	}
	if words := wordsOf(office.nextPage().Blocks); !strings.Contains(words, "保留中") {
		t.Errorf("what comes next does not say that it is held: %s", words)
	}
	office.pressIn(office.toolsOf(workday), "event.go", workday)
	eventually(t, "the reminder", func() (bool, bool) { return true, l.reminded(t, comes) == 1 })
}

// TestOneNoticeIsSkipped: the others of the event come.
func TestOneNoticeIsSkipped(t *testing.T) {
	l := comingBySeptember(t)
	office := l.as(coordinator)
	page := office.nextPage()
	if words := wordsOf(page.Blocks); !strings.Contains(words, "開催直前のご案内") || !strings.Contains(words, "第1回ミニワークショップ") {
		t.Fatalf("what comes next: %s", words)
	}
	office.decideOn(page, "notice.skip", workday, "event.reminder")
	office.decideOn(office.opened("*送りません*"), "notice.back", workday, "event.reminder")
	page = eventually(t, "the plan as it was", func() (seenView, bool) {
		v := office.opened("早いものから") // the help on top
		return v, !strings.Contains(wordsOf(v.Blocks), "*送りません*")
	})
	office.decideOn(page, "notice.skip", workday, "event.reminder")
	office.opened("*送りません*")
	l.moveTo("2026-09-17T20:00:00+09:00")
	if n := l.reminded(t, comes); n != 0 {
		t.Errorf("the notice that was skipped came %d times", n)
	}
}

// TestOneNoticeIsSentEarly: it comes now, and not again at its time.
func TestOneNoticeIsSentEarly(t *testing.T) {
	l := comingBySeptember(t)
	office := l.as(coordinator)
	office.decideOn(office.nextPage(), "notice.early", workday, "event.reminder")
	eventually(t, "the reminder", func() (bool, bool) { return true, l.reminded(t, comes) == 1 })
	before := l.reminded(t, comes)
	l.moveTo("2026-09-17T11:00:00+09:00")
	if n := l.reminded(t, comes); n != before {
		t.Errorf("reminded %d times, %d of them early", n, before)
	}
}

// TestEverythingIsHeldUntilGo: nothing goes out, Home says so and why, and go lets
// it go.
func TestEverythingIsHeldUntilGo(t *testing.T) {
	l := comingBySeptember(t)
	office := l.as(coordinator)
	page := office.must("command", map[string]any{"command": "/tsugite", "text": "hold"}).View
	if page == nil {
		t.Fatal("/tsugite hold opened nothing")
	}
	office.pressIn(*page, "delivery.hold", "")
	office.opened("お知らせの送信を止めています")
	sent := count(t, l.file(), `SELECT count(*) FROM deliveries WHERE state = 'sent'`)
	l.as(coordinator).call("POST", "_/clock", map[string]string{"now": "2026-09-17T10:30:00+09:00"}, nil)
	if n := count(t, l.file(), `SELECT count(*) FROM deliveries WHERE state = 'sent'`); n != sent {
		t.Errorf("%d messages went out on hold", n-sent)
	}
	home := office.openHome()
	if words := wordsOf(home.Blocks); !strings.Contains(words, "お知らせの送信を止めています") || !strings.Contains(words, "事務局が止めました") {
		t.Errorf("Home does not say so: %s", words)
	}
	office.pressIn(home, "delivery.go", "")
	eventually(t, "the reminder", func() (bool, bool) { return true, l.reminded(t, comes) == 1 })
	page = office.must("command", map[string]any{"command": "/tsugite", "text": "再開"}).View
	if page == nil || !strings.Contains(wordsOf(page.Blocks), "予定どおり送られます") {
		t.Errorf("the page after go: %+v", page)
	}
}
