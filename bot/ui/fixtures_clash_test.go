package ui_test

import (
	"strings"
	"testing"
	"time"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// agreedThen is a session of somebody's while the workshop lasts.
func (c cast) agreedThen() []programme.AgreedTime {
	return []programme.AgreedTime{{Session: "01KSESSION", Span: hour(c.workshop.Start.Add(30 * time.Minute))}}
}

// clashing is the message of a kind about the workshop, to who answered and has a session
// at the same time.
func (c cast) clashing(kind programme.NoticeKind, answer programme.Coming) programme.Matter {
	return programme.Matter{
		Notice: notice(kind), To: c.atsugi, Event: c.workshop, Attendance: programme.Attendance{Answer: answer}, Meetings: c.agreedThen(),
	}
}

// clashes draws what is said of events and agreed sessions at the same time.
func (c cast) clashes(t testing.TB, l ui.Locale, out map[string]drawing) {
	out["event-ask-clash"] = message(t, c.clashing(programme.NoticeEventAsk, programme.Undecided), l)
	out["event-ask-clash-yes"] = message(t, c.clashing(programme.NoticeEventAsk, programme.Yes), l)
	out["event-reminder-clash"] = message(t, c.clashing(programme.NoticeEventReminder, programme.Yes), l)
	out["event-reminder-clash-waiting"] = message(t, c.clashing(programme.NoticeEventReminder, programme.Waiting), l)
	speaker := c.clashing(programme.NoticeSpeakerAsk, programme.Undecided)
	speaker.To, speaker.Speaker = c.mentor, programme.Speaker{Topic: c.topic, Status: programme.SpeakerAgreed}
	out["event-speaker-clash"] = message(t, speaker, l)
	speaker.Notice = notice(programme.NoticeEventReminder)
	out["event-reminder-clash-speaker"] = message(t, speaker, l)

	h := c.homes()["atsugi"]
	for i := range h.Events {
		h.Events[i].Meetings = c.agreedThen()
	}
	out["home-clash"] = view(t, ui.Home(h, nil, l))

	b := programme.Board{Office: true, Now: at(9, 10, 9, 0), Most: 15}
	v := c.session()
	v.Span = c.agreedThen()[0].Span
	for _, x := range []programme.Clash{
		{Person: c.atsugi, Answer: programme.Yes}, {Person: c.atsugi}, {Person: c.mentor, Speaks: true},
		{Person: c.atsugi, Answer: programme.NotYet}, {Person: c.mentor, Answer: programme.Online},
	} {
		x.Session, x.Event = v, c.workshop
		b.Clashes = append(b.Clashes, x)
	}
	out["session-board-clash"] = view(t, ui.SessionBoard(ui.SessionBoardData{Board: b}, l))

	days := ui.RequestDays(nil, l)
	out["request-days-events"] = view(t, ui.WithEvents(days, []programme.Event{c.workshop, c.seminar}, l))
}

// TestWhoDeclinesReadsOfNoSession, and nobody's notification tells of one.
func TestWhoDeclinesReadsOfNoSession(t *testing.T) {
	c, l := sample(), ui.NewLocale("ja", tokyo)
	for answer, told := range map[programme.Coming]bool{
		programme.Undecided: true, programme.NotYet: true, programme.Yes: true, programme.Online: true, programme.Waiting: true, programme.No: false,
	} {
		with := c.clashing(programme.NoticeEventAsk, answer)
		without := with
		without.Meetings = nil
		said, silent := message(t, with, l), message(t, without, l)
		if said.Text != silent.Text {
			t.Errorf("%q: the notification says %q, without a session %q", answer, said.Text, silent.Text)
		}
		if d := string(golden(t, said)); strings.Contains(d, "相談の日時") != told {
			t.Errorf("%q: told of the session is %v, want %v: %s", answer, !told, told, d)
		}
	}
}

// TestTheOfficeThatEntersAnAnswerReadsOfASession of those who come.
func TestTheOfficeThatEntersAnAnswerReadsOfASession(t *testing.T) {
	c, l := sample(), ui.NewLocale("ja", tokyo)
	for answer, want := range map[programme.Coming]string{
		programme.Yes:     "返事を入れました。事務局が入れたことも記録しました。\nこの方は、同じ時間に個別相談（壁打ち）が決まっています（9月18日(金) 14:30〜15:30）。どちらかの変更を、ご本人とご相談ください。",
		programme.Waiting: "満席のため、キャンセル待ちに入れました。\nこの方は、同じ時間に個別相談（壁打ち）が決まっています（9月18日(金) 14:30〜15:30）。どちらかの変更を、ご本人とご相談ください。",
		programme.No:      "返事を入れました。事務局が入れたことも記録しました。",
	} {
		if got := ui.EventAnswered(programme.Attendance{Answer: answer}, c.agreedThen(), l); got != want {
			t.Errorf("%q: %s", answer, got)
		}
	}
}

// TestASentenceNamesTheEvent that takes a time, to those whom it concerns, and what frees it.
func TestASentenceNamesTheEvent(t *testing.T) {
	c := sample()
	args := map[string]any{"Event": programme.Event{Title: "「継ぐ」を考える"}, "Who": []programme.Person{c.atsugi}}
	for key, want := range map[string][2]string{
		"error.time_event": {
			"その時間には「『継ぐ』を考える」があります。別の日時を選んでください。参加しない場合は、「欠席」と答えると、その時間が空きます。",
			"\"『継ぐ』を考える\" takes place at that time. Please choose another time. If you are not coming to it, answer \"I cannot come\" and the time is free again."},
		"error.time_event_of": {
			"その時間には「『継ぐ』を考える」があります（髙橋 陶子（髙橋窯））。別の日時を選んでください。欠席と聞いているときは、催しの画面の「代わりに返事を入れる」で欠席を入れると、その時間が空きます。",
			"\"『継ぐ』を考える\" takes place at that time (髙橋 陶子 (髙橋窯)). Please choose another time. If you know that they are not coming, enter that on the page of the event (\"Answer for somebody\") and the time is free again."},
		"error.time_speaks": {
			"その時間には「『継ぐ』を考える」での登壇があります。別の日時を選んでください。",
			"There is a talk at \"『継ぐ』を考える\" at that time. Please choose another time."},
	} {
		for i, lang := range []string{"ja", "en"} {
			err := &programme.Error{Code: programme.CodeConflict, Field: "time1", Key: key, Args: args}
			if field, text := ui.Sentence(err, "", ui.NewLocale(lang, tokyo)); field != "time1" || text != want[i] {
				t.Errorf("%s: beside %q it says\n%s\nwant\n%s", key, field, text, want[i])
			}
		}
	}
}
