package main

import (
	"slices"
	"strings"
	"testing"

	"tsugite/db/dbtest"
)

// thread is the office's channel, the card with the words, and what stands under it.
func (a actor) thread(words string) (channel, card string, replies []seenMessage) {
	a.t.Helper()
	for _, c := range a.state().Channels {
		for _, m := range c.Messages {
			if strings.Contains(wordsOf(m.Blocks), words) && strings.Contains(m.Text, "質問が届きました") {
				return c.ID, m.TS, c.Threads[m.TS]
			}
		}
	}
	return "", "", nil
}

// TestTheConversationStandsUnderItsCard: what who asked says further, their files, that they
// are done, and that they wait, are in the card's thread, the last in the channel, too. Somebody
// of the bureau who was invited into the channel reads it, and what they write stays there.
func TestTheConversationStandsUnderItsCard(t *testing.T) {
	t.Parallel()
	l := openLocal(t, dbtest.File(t))
	office, asker, guest := l.as(coordinator), l.as(comes), l.as(officer)
	bot := l.demo.slack.BotUserID()
	say := func(a actor, what map[string]any) { t.Helper(); a.must("say", what) }

	say(asker, map[string]any{"channel": bot, "text": "看板は立てられますか"})
	channel, card := eventually2(t, "the card", func() (string, string, bool) {
		channel, ts, _ := office.thread("看板は立てられますか")
		return channel, ts, ts != ""
	})
	say(asker, map[string]any{"channel": bot, "text": "高さは2メートルです"})
	asker.must("upload", map[string]any{"channel": bot, "name": "sign.pdf", "content_base64": []byte("content"), "text": "図面です"})
	office.must("person", map[string]any{"do": "invite", "channel": channel, "user": officer})
	say(guest, map[string]any{"channel": channel, "thread_ts": card, "text": "局からは許可できません"})
	eventually(t, "the guest is told that it stays there", func() (bool, bool) { return true, guest.says("質問した方には届きません") })
	l.moveTo("2026-09-02T12:00:00+09:00")
	say(office, map[string]any{"channel": channel, "thread_ts": card, "text": "<@" + bot + "> 立てられます"})
	_, reply := asker.told("立てられます")
	dm, _ := asker.told("立てられます")
	asker.press(dm, reply, "enquiry.close")

	for _, words := range []string{"高さは2メートルです", "図面です", "「解決しました」を押しました", "この質問には返事をしました"} {
		eventually(t, "under the card: "+words, func() (bool, bool) {
			_, _, replies := office.thread("看板は立てられますか")
			return true, slices.ContainsFunc(replies, func(m seenMessage) bool { return strings.Contains(wordsOf(m.Blocks), words) })
		})
	}
	eventually(t, "the file under the card", func() (bool, bool) {
		_, _, replies := office.thread("看板は立てられますか")
		return true, slices.ContainsFunc(replies, func(m seenMessage) bool { return len(m.Files) == 1 && m.Files[0]["name"] == "sign.pdf" })
	})
	if n := office.heard("高さは2メートルです"); n != 0 {
		t.Errorf("what was said further stands in the channel itself %d times", n)
	}
	if n := office.heard("この質問には返事をしました"); n != 1 {
		t.Errorf("who waits stands in the channel %d times, want 1", n)
	}
	if n := office.heard("事務局に伝えました"); n != 0 {
		t.Errorf("an answer that calls the bot is a question of the office's own")
	}
	if asker.says("許可できません") {
		t.Errorf("the asker reads what the bureau wrote")
	}
}

// eventually2 is eventually for two values.
// says whether something stands anywhere in what somebody sees, in a thread, too.
func (a actor) says(words string) bool {
	for _, c := range a.state().Channels {
		for _, m := range c.all() {
			if strings.Contains(m.Text+wordsOf(m.Blocks), words) {
				return true
			}
		}
	}
	return false
}

func eventually2[A, B any](t *testing.T, what string, f func() (A, B, bool)) (A, B) {
	t.Helper()
	type both struct {
		a A
		b B
	}
	v := eventually(t, what, func() (both, bool) { a, b, ok := f(); return both{a, b}, ok })
	return v.a, v.b
}
