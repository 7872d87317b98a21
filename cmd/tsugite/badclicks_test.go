package main

import (
	"strings"
	"sync"
	"testing"

	"tsugite/rehearsal"
)

// writtenMemo has the mentor write a memo about their atsugi and gives its id.
func writtenMemo(t *testing.T, l *local) string {
	t.Helper()
	form, values := memoForm(t, l.as(mentor))
	l.as(mentor).must("submit", map[string]any{"view_id": form.ID, "values": values})
	l.as(coordinator).told("メモが届きました")
	return l.one(t, `SELECT id FROM memos ORDER BY written_at DESC LIMIT 1`)
}

// memoForm opens the form and fills it in.
func memoForm(t *testing.T, writer actor) (seenView, map[string]map[string]any) {
	t.Helper()
	form := writer.page(writer.must("command", map[string]any{"command": "/tsugite", "text": "memo"}))
	about := "檜川"
	if writer.id == english {
		about = firstOption(t, form.Blocks, "atsugi")
	}
	return *form, fill(t, *form, map[string]any{
		"atsugi":       map[string]any{"type": "static_select", "selected_option": optionOf(t, form.Blocks, about)},
		"kind":         map[string]any{"type": "static_select", "selected_option": optionOf(t, form.Blocks, "session")},
		"held":         map[string]any{"type": "datepicker", "selected_date": "2026-08-31"},
		"situation":    text("現状 " + canary + rare),
		"advice":       text("助言 " + canary),
		"confidential": text("取扱注意 " + canary),
	})
}

// firstOption is the value of the first thing to choose in one menu of a form.
func firstOption(t *testing.T, blocks []block, field string) string {
	t.Helper()
	for _, b := range blocks {
		id, _ := b["block_id"].(string)
		if e, ok := b["element"].(map[string]any); ok && e["type"] == "static_select" && strings.HasSuffix(id, "."+field) {
			return e["options"].([]any)[0].(map[string]any)["value"].(string)
		}
	}
	t.Fatalf("nothing to choose for %q in the form", field)
	return ""
}

const (
	saysOld       = "このメッセージのボタンは、もう使えません。"
	saysNoRight   = "この操作はできません。"
	saysNoMemo    = "このメモは見つからないか、ご覧になれません。"
	saysNoSurvey  = "このアンケートは見つかりません。"
	saysNoEvent   = "この催しは見つかりません。"
	saysNoRow     = "このアカウントは名簿にありません。"
	saysNoRowEn   = "This account is not on the roster."
	nobodysThing  = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
	strangerEmail = "stranger@example.jp"
)

func TestClicksOnOldMessages(t *testing.T) {
	l := openWatched(t)
	for name, c := range map[string]struct {
		who   string
		press button
		says  string
	}{
		"an id of an older program":        {comes, button{"booking.make", nobodysThing}, saysOld},
		"the same in English":              {english, button{"booking.make", nobodysThing}, "The buttons of this message no longer work."},
		"an event that is gone":            {comes, button{"event.yes", "workshop-0"}, saysNoEvent},
		"an event without an id":           {comes, button{"event.no", ""}, saysNoEvent},
		"an event that was":                {comes, button{"event.yes", "seminar-1"}, "この催しは終わりました。"},
		"a dialogue that is gone":          {alumna, button{"survey.start", nobodysThing}, saysNoSurvey},
		"a question that is gone":          {alumna, button{"survey.pick#a", nobodysThing + "|q9|a"}, saysNoSurvey},
		"a button of another shape":        {alumna, button{"survey.pick#a", "?"}, saysOld},
		"a survey that is not sent here":   {coordinator, button{"survey.preview", "status-2019"}, saysNoSurvey},
		"a memo that is gone":              {coordinator, button{"memo.open", nobodysThing}, saysNoMemo},
		"a memo to share that is gone":     {coordinator, button{"memo.share", nobodysThing}, saysNoMemo},
		"a memo in English":                {english, button{"memo.open", nobodysThing}, "This memo cannot be found, or is not for you to see."},
		"a message that is gone":           {coordinator, button{"delivery.arrived", nobodysThing}, "このお知らせは見つかりません。"},
		"a value that is no id of any row": {coordinator, button{"memo.open", "'; DROP TABLE memos; --"}, saysNoMemo},
	} {
		t.Run(name, func(t *testing.T) {
			me := l.as(c.who).on(t)
			click := l.forge(t, c.who, c.press)
			l.unchanged(func() { me.hears(c.says, func() { me.must("click", click) }) })
		})
	}
}

// TestClicksWithoutTheRight: every click is authorised anew, whoever's message
// the button stands in.
func TestClicksWithoutTheRight(t *testing.T) {
	l := openWatched(t)
	memo := writtenMemo(t, l)
	launchSurvey(t, l)
	l.as(alumna).told("現状把握")
	response := l.one(t, `SELECT r.id FROM responses r JOIN people p ON p.id = r.person_id WHERE p.slack_id = $1`, alumna)
	delivery := l.one(t, `SELECT id FROM deliveries LIMIT 1`)
	stranger := l.join(t, map[string]any{"id": "U0STRANGE1", "name": "stranger", "email": strangerEmail, "locale": "ja-JP"})
	visitor := l.join(t, map[string]any{"id": "U0STRANGE2", "name": "visitor", "email": "visitor@example.jp", "locale": "en-GB"})
	gone := "U0MENTOR04"
	l.leaves(t, gone)
	supporter, other := "U0SUPPRT01", "U0MENTOR02"

	open, share := button{"memo.open", memo}, button{"memo.share", memo}
	for name, c := range map[string]struct {
		who   string
		press button
		says  string
	}{
		"another atsugi opens a memo":           {silent, open, saysNoMemo},
		"another atsugi shares a memo":          {silent, share, saysNoRight},
		"the atsugi it is about shares it":      {comes, share, saysNoRight},
		"its writer shares it":                  {mentor, share, saysNoRight},
		"a supporter opens a memo":              {supporter, open, saysNoMemo},
		"a supporter shares a memo":             {supporter, share, saysNoRight},
		"an expert of other firms opens it":     {other, open, saysNoMemo},
		"an expert reading English opens it":    {english, open, "This memo cannot be found, or is not for you to see."},
		"an expert reading English shares it":   {english, share, "You cannot do this."},
		"the bureau opens it before sharing":    {officer, open, saysNoMemo},
		"the bureau shares it":                  {officer, share, saysNoRight},
		"somebody who left opens it":            {gone, open, saysNoRow},
		"a stranger opens it":                   {stranger.id, open, saysNoRow},
		"a stranger reading English opens it":   {visitor.id, open, saysNoRowEn},
		"a stranger shares it":                  {stranger.id, share, saysNoRow},
		"an atsugi sends out the survey":        {silent, button{"survey.preview", "status"}, saysNoRight},
		"the bureau sends out the survey":       {officer, button{"survey.preview", "status"}, saysNoRight},
		"somebody starts another's survey":      {"U0ATSUGI12", button{"survey.start", response}, saysNoSurvey},
		"somebody declines another's survey":    {"U0ATSUGI12", button{"survey.decline", response}, saysNoSurvey},
		"somebody answers in another's place":   {"U0ATSUGI12", button{"survey.pick#a", response + "|timing|done"}, saysNoSurvey},
		"the office answers in another's place": {coordinator, button{"survey.pick#a", response + "|timing|done"}, saysNoSurvey},
		"somebody comes who was not invited":    {alumna, button{"event.yes", "workshop-1"}, saysNoEvent},
		"somebody comes to what is not public":  {comes, button{"event.yes", "workshop-2"}, saysNoEvent},
		"an atsugi decides on a delivery":       {silent, button{"delivery.again", delivery}, saysNoRight},
		"a stranger decides on a delivery":      {stranger.id, button{"delivery.again", delivery}, saysNoRow},
	} {
		t.Run(name, func(t *testing.T) {
			me := l.as(c.who).on(t)
			click := l.forge(t, c.who, c.press)
			l.unchanged(func() { me.hears(c.says, func() { me.must("click", click) }) })
		})
	}
}

// TestOutsiderPressesAButton: people of another workspace have no commands, but
// in a channel that is shared with theirs they can press what stands there. An
// address of the roster proves nothing: it is the other workspace's word.
func TestOutsiderPressesAButton(t *testing.T) {
	const free = "kujirai@example.jp" // in the roster, not on Slack yet
	l, shared := openShared(t,
		rehearsal.Person{ID: "U0OUTSIDE1", Name: "outsider-1", Outsider: true, Locale: "ja-JP", Email: free},
		rehearsal.Person{ID: "U0OUTSIDE2", Name: "outsider-2", Outsider: true, Locale: "en-US", Email: strangerEmail})
	memo := writtenMemo(t, l)
	l.alter(t, `UPDATE people SET slack_id = '', email = $1, email_folded = $1, version = version + 1 WHERE slack_id = 'U0COORDI02'`, free)
	for id, says := range map[string]string{"U0OUTSIDE1": saysNoRow, "U0OUTSIDE2": saysNoRowEn} {
		if info, err := l.api(t).GetUserInfoContext(t.Context(), id); err != nil || info.IsStranger {
			t.Fatalf("the test is about outsiders who share a channel: %+v, %v", info, err)
		}
		me := l.as(id)
		click := l.forge(t, shared, button{"memo.open", memo})
		l.unchanged(func() { me.hears(says, func() { me.must("click", click) }) })
		if n := count(t, l.file(), `SELECT count(*) FROM people WHERE slack_id = $1`, id); n != 0 {
			t.Errorf("%s was taken for somebody of the roster by the address", id)
		}
	}
}

func TestSameFormSubmittedTwice(t *testing.T) {
	l := openWatched(t)
	form, values := memoForm(t, l.as(mentor))
	submit := map[string]any{"view_id": form.ID, "values": values}
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() { quiet{l.demo.slack.URL(), mentor}.do("submit", submit) })
	}
	both.Wait()
	l.as(coordinator).told("メモが届きました")
	if n := count(t, l.file(), `SELECT count(*) FROM memos`); n != 1 {
		t.Errorf("%d memos are kept", n)
	}
}

// TestFormChangedAfterItWasKept: who was told that the first submission failed,
// although it was kept, and has changed the form since must not think that the
// change is in the memo: it waits as a draft.
func TestFormChangedAfterItWasKept(t *testing.T) {
	l := openWatched(t)
	for who, says := range map[string]string{mentor: "その後に直した内容は、下書きに残してあります。", english: "What you changed since is kept as a draft."} {
		form, values := memoForm(t, l.as(who))
		n := count(t, l.file(), `SELECT count(*) FROM memos`) + 1
		l.locked(t, func() {
			if out := l.as(who).act("submit", map[string]any{"view_id": form.ID, "values": values}); out.OK {
				t.Fatalf("acknowledged while nothing could be written: %+v", out)
			}
		})
		eventually(t, "the memo", func() (bool, bool) { return true, count(t, l.file(), `SELECT count(*) FROM memos`) == n })
		values = with(values, "advice", text("直した助言 "+canary))
		out := l.as(who).must("submit", map[string]any{"view_id": form.ID, "values": values})
		if out.View == nil || !strings.Contains(wordsOf(out.View.Blocks), says) {
			t.Errorf("%s sees %+v", who, out)
		}
		if now := count(t, l.file(), `SELECT count(*) FROM memos`); now != n {
			t.Errorf("%d memos after %d", now, n)
		}
		if in := count(t, l.file(), `SELECT count(*) FROM memo_parts WHERE text LIKE '直した%'`); in != 0 {
			t.Error("the change went into the memo")
		}
		const drafts = `SELECT count(*) FROM memo_drafts d JOIN people p ON p.id = d.person_id WHERE p.slack_id = $1 AND d.form LIKE '%直した助言%'`
		if kept := count(t, l.file(), drafts, who); kept != 1 {
			t.Errorf("%d drafts hold the change", kept)
		}
	}
}

func TestSubmissionDeliveredTwice(t *testing.T) {
	l := openWatched(t)
	form, values := memoForm(t, l.as(mentor))
	var ok map[string]any
	l.as(mentor).call("POST", "_/faults", map[string]any{"redeliver": true, "method": "interactive"}, &ok)
	l.as(mentor).must("submit", map[string]any{"view_id": form.ID, "values": values})
	l.as(coordinator).told("メモが届きました")
	if err := l.demo.app.Settled(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := count(t, l.file(), `SELECT count(*) FROM memos`); n != 1 {
		t.Errorf("%d memos are kept", n)
	}
	if n := l.as(coordinator).heard("メモが届きました"); n != 1 {
		t.Errorf("the office was told %d times", n)
	}
}

func TestFormOpenForAnHour(t *testing.T) {
	l := openWatched(t)
	for who, kept := range map[string]string{mentor: "メモを保存し、事務局に知らせました。", english: "The memo is saved and the office has been told."} {
		form, values := memoForm(t, l.as(who))
		l.as(coordinator).call("POST", "_/clock", map[string]string{"advance": "1h"}, nil)
		out := l.as(who).must("submit", map[string]any{"view_id": form.ID, "values": values})
		if out.View == nil || !strings.Contains(wordsOf(out.View.Blocks), kept) {
			t.Errorf("%s sees %+v", who, out)
		}
		text := l.one(t, `SELECT text FROM memo_parts WHERE key = 'situation' ORDER BY rowid DESC LIMIT 1`)
		if text != "現状 "+canary+rare {
			t.Errorf("kept %q", text)
		}
	}
}

func TestFormThatIsNotOpenAnyMore(t *testing.T) {
	l := openWatched(t)
	form, values := memoForm(t, l.as(mentor))
	submit := map[string]any{"view_id": form.ID, "values": values}
	l.unchanged(func() {
		if out := l.as(coordinator).act("submit", submit); out.OK {
			t.Errorf("somebody else's form was submitted: %+v", out)
		}
		l.as(mentor).must("close", map[string]any{"view_id": form.ID, "all": true})
		if out := l.as(mentor).act("submit", submit); out.OK {
			t.Errorf("a closed form was submitted: %+v", out)
		}
	})
}

// TestRightLostWhileTheFormWasOpen: who comes back with a form is authorised again.
func TestRightLostWhileTheFormWasOpen(t *testing.T) {
	l := openWatched(t)
	form, values := memoForm(t, l.as(mentor))
	formEn, valuesEn := memoForm(t, l.as(english))
	office := l.as(coordinator)
	preview := office.page(office.pressIn(office.openHome(), "survey.preview", "status"))
	l.unassign(t, english)
	l.leaves(t, coordinator)
	l.unchanged(func() {
		out := office.must("submit", map[string]any{"view_id": preview.ID, "values": map[string]any{}})
		if out.View == nil || !strings.Contains(wordsOf(out.View.Blocks), saysNoRow) {
			t.Errorf("the survey's page: %+v", out)
		}
		out = l.as(english).must("submit", map[string]any{"view_id": formEn.ID, "values": valuesEn})
		if got := strings.Join(mapValues(out.Errors), ""); got != "You can write about your own successors only." {
			t.Errorf("beside the input: %q", got)
		}
	})
	l.leaves(t, mentor)
	before := count(t, l.file(), `SELECT count(*) FROM memos`)
	out := l.as(mentor).must("submit", map[string]any{"view_id": form.ID, "values": values})
	if out.View == nil || !strings.Contains(wordsOf(out.View.Blocks), saysNoRow) {
		t.Errorf("the memo's page: %+v", out)
	}
	if after := count(t, l.file(), `SELECT count(*) FROM memos`); after != before {
		t.Errorf("%d memos after %d", after, before)
	}
	l.as(mentor).must("close", map[string]any{"view_id": out.View.ID})
	if views := l.as(mentor).state().Views; len(views) != 1 || views[0].ID != form.ID {
		t.Error("the form and what was typed in it are gone")
	}
}

func mapValues(m map[string]string) []string {
	var out []string
	for _, v := range m {
		out = append(out, v)
	}
	return out
}

// TestNotInTheRoster: whatever way somebody comes, they learn how to ask to join.
func TestNotInTheRoster(t *testing.T) {
	l := openWatched(t)
	var announce string
	for _, c := range l.as(coordinator).state().Channels {
		if c.Name == "お知らせ" {
			announce = c.ID
		}
	}
	gone := "U0MENTOR04"
	l.leaves(t, gone)
	for name, c := range map[string]struct{ locale, join, refused string }{
		"ja": {"ja-JP", "参加を申し込む", saysNoRow},
		"en": {"en-US", "Ask to join", saysNoRowEn},
	} {
		t.Run(name, func(t *testing.T) {
			me := l.join(t, map[string]any{"id": "U0STRANGE" + strings.ToUpper(name), "name": "stranger-" + name, "email": name + strangerEmail, "locale": c.locale})
			l.unchanged(func() {
				me.told(c.join) // joining is answered
				if words := wordsOf(me.openHome().Blocks); !strings.Contains(words, c.join) {
					t.Errorf("Home says: %s", words)
				}
				me.hears(c.join, func() { me.must("say", map[string]any{"channel": me.dm(), "text": canary}) })
				me.hears(c.join, func() {
					me.must("say", map[string]any{"channel": announce, "text": "<@" + l.demo.slack.BotUserID() + "> " + canary})
				})
				me.hears(c.refused, func() { me.must("command", map[string]any{"command": "/tsugite", "text": canary}) })
				me.hears(c.refused, func() { me.must("command", map[string]any{"command": "/tsugite", "text": "memo"}) })
			})
		})
	}
	t.Run("left", func(t *testing.T) {
		me := l.as(gone).on(t)
		if words := wordsOf(me.openHome().Blocks); !strings.Contains(words, "ご利用は終了しています") {
			t.Errorf("Home says: %s", words)
		}
		me.hears(saysNoRow, func() { me.must("command", map[string]any{"command": "/tsugite", "text": "memo"}) })
		me.hears("参加を申し込む", func() { me.must("say", map[string]any{"channel": l.demo.slack.BotUserID(), "text": canary}) })
	})
}
