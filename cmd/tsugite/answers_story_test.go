package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/db/dbtest"
	"tsugite/programme"
)

// party is an event that the office makes for some people of the sample, on
// 10 September; the demo begins on the 1st.
func (l *local) party(capacity int, guests ...string) programme.Event {
	l.t.Helper()
	office, zone := l.demo.app.Office, l.demo.app.Office.Settings.Zone
	form := programme.EventForm{
		Op: office.NewID(), Kind: programme.OtherKind, Title: "窯場の見学会",
		Start: time.Date(2026, 9, 10, 14, 0, 0, 0, zone), End: time.Date(2026, 9, 10, 16, 0, 0, 0, zone),
		Place: "つぎて窯", Map: "https://maps.example.jp/kiln", URL: "https://meet.example.jp/kiln", Bring: "歩きやすい靴",
		Capacity: capacity, Host: programme.ByOffice,
	}
	for _, who := range guests {
		form.Audience.People = append(form.Audience.People, l.person(who).ID)
	}
	e, err := office.PutEvent(l.t.Context(), programme.Operator, form)
	if err != nil {
		l.t.Fatal(err)
	}
	return e
}

// person is a person of the sample by Slack account.
func (l *local) person(account string) programme.Person {
	l.t.Helper()
	p, err := l.demo.app.Office.PersonBySlack(l.t.Context(), account)
	if err != nil {
		l.t.Fatal(err)
	}
	return p
}

// standing waits until the message with the first words shows all the others, and
// is the one to press.
func (a actor) standing(words string, more ...string) (channel string, m seenMessage) {
	a.t.Helper()
	type hit struct {
		channel string
		message seenMessage
	}
	h := eventually(a.t, "a message to "+a.id+" with "+words+" and "+strings.Join(more, ", "), func() (hit, bool) {
		channel, ms := a.bot()
		for _, m := range ms {
			shown := m.Text + "\n" + wordsOf(m.Blocks)
			if strings.Contains(shown, words) && !slices.ContainsFunc(more, func(w string) bool { return !strings.Contains(shown, w) }) {
				return hit{channel, m}, true
			}
		}
		return hit{}, false
	})
	return h.channel, h.message
}

// say presses an answer under the message that shows the words.
func (a actor) answers(action, words string, more ...string) {
	a.t.Helper()
	channel, m := a.standing(words, more...)
	a.press(channel, m, action)
}

// hasHeard counts the messages of the app to this person that hold the words.
func (a actor) hasHeard(words string) int {
	_, ms := a.bot()
	n := 0
	for _, m := range ms {
		if strings.Contains(m.Text+"\n"+wordsOf(m.Blocks), words) {
			n++
		}
	}
	return n
}

func answersIn(t *testing.T, l *local, answer programme.Coming) int {
	t.Helper()
	return count(t, l.demo.app.DB.Path(), `SELECT count(*) FROM attendance a JOIN events e ON e.id = a.event_id
		WHERE e.title = '窯場の見学会' AND a.answer = $1`, string(answer))
}

// TestAFullRoomKeepsALine: of three who want the one seat two wait, in the order
// of their answers; a seat that comes free goes to the next, who may let it go.
func TestAFullRoomKeepsALine(t *testing.T) {
	l := openLocal(t, dbtest.File(t))
	l.party(1, comes, silent, declines)
	first, second, third := l.as(comes), l.as(silent), l.as(declines)
	for _, who := range []actor{first, second, third} {
		who.answers("event.yes", "出欠をお知らせください", "窯場の見学会")
		want := "お返事：参加"
		if who.id != first.id {
			want = "キャンセル待ち"
		}
		who.standing("窯場の見学会", want)
	}
	if yes, waiting := answersIn(t, l, programme.Yes), answersIn(t, l, programme.Waiting); yes != 1 || waiting != 2 {
		t.Fatalf("%d come and %d wait", yes, waiting)
	}

	first.answers("event.no", "窯場の見学会", "お返事：参加")
	second.standing("参加でお取りしています", "窯場の見学会")
	if third.hasHeard("参加でお取りしています") != 0 {
		t.Error("the third is offered the second's place")
	}
	second.answers("event.no", "参加でお取りしています", "そのままご参加いただけます")
	third.standing("参加でお取りしています", "窯場の見学会")
	if yes, waiting, no := answersIn(t, l, programme.Yes), answersIn(t, l, programme.Waiting), answersIn(t, l, programme.No); yes != 1 || waiting != 0 || no != 2 {
		t.Errorf("%d come, %d wait, %d do not", yes, waiting, no)
	}
	third.standing("窯場の見学会", "お返事：参加")
}

// TestReminderWordsFitThePerson: who comes, who joins online, who waits and who
// speaks each read their own words; who cannot come after all says so in one press
// and may say why.
func TestReminderWordsFitThePerson(t *testing.T) {
	t.Parallel()
	l := openLocal(t, dbtest.File(t))
	e := l.party(1, comes, silent, declines)
	coming, online, waiting, speaker := l.as(comes), l.as(silent), l.as(declines), l.as(mentor)
	if _, err := l.demo.app.Office.AskSpeaker(t.Context(), programme.Operator, e.ID, l.person(mentor).ID, "釉薬の話"); err != nil {
		t.Fatal(err)
	}
	coming.answers("event.yes", "出欠をお知らせください", "窯場の見学会")
	coming.standing("窯場の見学会", "お返事：参加")
	online.answers("event.online", "出欠をお知らせください", "窯場の見学会")
	waiting.answers("event.yes", "出欠をお知らせください", "窯場の見学会")
	waiting.standing("窯場の見学会", "キャンセル待ち")
	speaker.answers("speaker.yes", "お話をお願いできますか", "釉薬の話")
	speaker.standing("お引き受けいただき")
	l.as(coordinator).told("登壇を引き受けるお返事です")

	l.moveTo("2026-09-09T10:30:00+09:00") // the day before at ten
	_, reminder := coming.standing("開催直前のご案内", "歩きやすい靴")
	if !strings.Contains(reminder.Text, "9月10日(木) 14:00") || !linksTo(reminder.Blocks, e.Map) || linksTo(reminder.Blocks, e.URL) {
		t.Errorf("who comes reads: %s\n%s", reminder.Text, wordsOf(reminder.Blocks))
	}
	if _, m := online.standing("開催直前のご案内", "オンライン"); !linksTo(m.Blocks, e.URL) || linksTo(m.Blocks, e.Map) {
		t.Errorf("who joins online reads: %s", wordsOf(m.Blocks))
	}
	waiting.standing("開催直前のご案内", "席をご用意できません")
	speaker.standing("開催直前のご案内", "お話を、どうぞよろしく", "釉薬の話")

	l.moveTo("2026-09-10T08:00:00+09:00")
	coming.answers("event.no", "開催直前のご案内", "お返事：参加")
	waiting.standing("参加でお取りしています")
	channel, m := coming.standing("開催直前のご案内", "お返事：欠席")
	form := coming.page(coming.press(channel, m, "event.reason"))
	coming.must("submit", map[string]any{"view_id": form.ID, "values": fill(t, *form, map[string]any{"reason": text("窯の火が落とせません。")})})
	_, m = coming.standing("開催直前のご案内", "理由：窯の火が落とせません。")
	if strings.Contains(m.Text, "窯の火") {
		t.Errorf("the notification tells the reason: %s", m.Text)
	}
	if n := count(t, l.demo.app.DB.Path(), `SELECT count(*) FROM attendance WHERE reason = '窯の火が落とせません。' AND answer = 'no'`); n != 1 {
		t.Errorf("%d reasons are kept", n)
	}
}

// linksTo says whether a button of the blocks leads to the address.
func linksTo(blocks []block, address string) bool {
	leads := false
	for _, b := range blocks {
		walk(b, func(e block) { leads = leads || e["url"] == address })
	}
	return leads
}

// TestASecondQuestionDoesNotReadLikeTheFirst, and a third is not asked.
func TestASecondQuestionDoesNotReadLikeTheFirst(t *testing.T) {
	l := openLocal(t, dbtest.File(t))
	l.party(0, silent)
	who := l.as(silent)
	who.standing("出欠をお知らせください", "窯場の見学会")
	l.moveTo("2026-09-09T10:30:00+09:00")
	who.standing("もう一度お尋ねします", "まだお返事をいただいていません", "窯場の見学会")
	if n := who.hasHeard("まだお返事をいただいていません"); n != 1 {
		t.Errorf("asked again %d times", n)
	}
}

// TestTheCodeOfTheDay: the code is taken from Home, from the command and from the
// direct message; a question of a survey that is being asked comes first.
func TestTheCodeOfTheDay(t *testing.T) {
	t.Parallel()
	l := openLocal(t, dbtest.File(t))
	launchSurvey(t, l)
	asked := l.as(alumna)
	channel, invitation := asked.told("現状把握")
	asked.press(channel, invitation, "survey.start")
	asked.told("代替わりは、いつごろ")

	e := l.party(0, comes, silent, declines)
	e, err := l.demo.app.Office.OpenCheckIn(t.Context(), programme.Operator, e.ID)
	if err != nil {
		t.Fatal(err)
	}
	l.moveTo("2026-09-10T13:30:00+09:00")
	arrived := func() int {
		return count(t, l.demo.app.DB.Path(), `SELECT count(*) FROM arrivals WHERE event_id = $1`, string(e.ID))
	}

	fromHome := l.as(comes)
	form := fromHome.page(fromHome.pressIn(fromHome.openHome(), "checkin.code", ""))
	refused := fromHome.act("submit", map[string]any{"view_id": form.ID, "values": fill(t, *form, map[string]any{"code": text("0000")})})
	if len(refused.Errors) != 1 {
		t.Errorf("a wrong code: %+v", refused)
	}
	fromHome.must("submit", map[string]any{"view_id": form.ID, "values": fill(t, *form, map[string]any{"code": text(strings.ToLower(e.Code))})})
	eventually(t, "one arrival", func() (bool, bool) { return true, arrived() == 1 })

	l.as(silent).must("command", map[string]any{"command": "/tsugite", "text": "受付 " + e.Code})
	eventually(t, "two arrivals", func() (bool, bool) { return true, arrived() == 2 })

	typing := l.as(declines)
	channel, _ = typing.told("窯場の見学会")
	typing.must("say", map[string]any{"channel": channel, "text": "help"})
	typing.told("このアプリでできること")
	typing.must("say", map[string]any{"channel": channel, "text": e.Code})
	typing.told("受付が済みました")
	if n := arrived(); n != 3 {
		t.Errorf("%d arrived", n)
	}

	channel, _ = asked.told("代替わりは、いつごろ")
	asked.must("say", map[string]any{"channel": channel, "text": e.Code})
	asked.told("番号か言葉でお答えください")
	if n := arrived(); n != 3 {
		t.Errorf("an answer to a survey checked somebody in: %d arrived", n)
	}
}
