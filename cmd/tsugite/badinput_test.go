package main

import (
	"strings"
	"sync"
	"testing"
)

// long is as much as somebody may type into a command or input.
var long = canary + strings.Repeat("長", 3000-len(canary))

func TestUnknownCommandsAreAnsweredWithWhatCanBeTyped(t *testing.T) {
	l := openWatched(t)
	for _, who := range []struct{ id, words string }{
		{coordinator, "その書き方は分かりません"},
		{comes, "その書き方は分かりません"},
		{english, "I do not understand that"},
	} {
		for name, text := range map[string]string{
			"a word": canary, "near the mark": "memoo " + canary, "3,000 characters": long,
			"emoji and rare kanji": rare + canary, "a mention": "<@" + comes + "> " + canary,
			"lines": canary + "\n" + canary, "an older program's word": "booking " + canary,
		} {
			t.Run(who.id+"/"+name, func(t *testing.T) {
				me := l.as(who.id).on(t)
				l.unchanged(func() {
					me.hears(who.words, func() { me.must("command", map[string]any{"command": "/tsugite", "text": text}) })
				})
			})
		}
	}
}

func TestCommandIsKnownHoweverItIsTyped(t *testing.T) {
	l := openWatched(t)
	for _, c := range []struct{ who, text, page string }{
		{mentor, "", "このアプリでできること"},
		{english, "  ", "What this app can do"},
		{mentor, "memo", "どなたについて"},
		{mentor, "MEMO " + canary, "どなたについて"},
		{mentor, "\u3000ｍｅｍｏ\u3000" + canary, "どなたについて"},
		{english, "memo " + long[:2000], "About whom"},
	} {
		me := l.as(c.who)
		opened := me.page(me.must("command", map[string]any{"command": "/tsugite", "text": c.text}))
		if !strings.Contains(wordsOf(opened.Blocks)+labels(opened.Blocks), c.page) {
			t.Errorf("/tsugite %.20q opened %+v, want a page with %q", c.text, opened, c.page)
		}
		me.must("close", map[string]any{"view_id": opened.ID, "all": true})
	}
}

// labels are the words over the inputs.
func labels(blocks []block) string {
	var out []string
	for _, b := range blocks {
		if label, ok := b["label"].(map[string]any); ok {
			out = append(out, label["text"].(string))
		}
	}
	return strings.Join(out, "\n")
}

func TestMemoFormOfSomebodyWhoMayNotWrite(t *testing.T) {
	l := openWatched(t)
	for who, words := range map[string]string{
		comes: "メモを書けるのは、事務局と専門家です。", "U0SUPPRT01": "メモを書けるのは、事務局と専門家です。", officer: "メモを書けるのは、事務局と専門家です。",
	} {
		me := l.as(who)
		l.unchanged(func() {
			me.hears(words, func() { me.must("command", map[string]any{"command": "/tsugite", "text": "memo " + canary}) })
		})
	}
}

// atLastQuestion launches the survey and has the people answer all but its last
// question by typing.
func atLastQuestion(t *testing.T, l *local, people ...string) {
	t.Helper()
	launchSurvey(t, l)
	for _, id := range people {
		me := l.as(id)
		channel, invitation := me.told("現状把握")
		me.press(channel, invitation, "survey.start")
		for _, step := range []struct{ question, answer string }{
			{"代替わりは、いつごろ", "２"}, {"いちばん近いもの", "代表"}, {"やってみたこと", "これから"}, {"気にかかっている", "とくにない"},
			{"持ち味", "1、3"}, {"個別フォローアップ」（2〜3回）", "はい"}, {"どのような形", "オンライン"}, {"ご連絡してもよろしい", "はい"},
		} {
			me.told(step.question)
			me.must("say", map[string]any{"channel": channel, "text": step.answer})
		}
		me.told("話してみたいこと")
	}
}

// dm is the conversation with the app.
func (a actor) dm() string {
	a.t.Helper()
	channel, _ := a.bot()
	return channel
}

const lastAnswer = `SELECT text FROM answers a JOIN responses r ON r.id = a.response_id JOIN people p ON p.id = r.person_id
	WHERE p.slack_id = $1 AND a.question = 'talk-about' ORDER BY a.version DESC LIMIT 1`

func TestTypedAnswersAreKeptVerbatimAndShownBack(t *testing.T) {
	l := openWatched(t)
	texts := map[string]string{
		"U0ATSUGI11": canary + rare,
		"U0ATSUGI12": canary + "\n・一行目\n・二行目 &amp; &lt;b&gt;",
		"U0ATSUGI13": canary + strings.Repeat("𠮷", 2000-len(canary)),
		"U0ATSUGI14": "<!channel> <@" + comes + "> <https://example.jp|ここ> " + canary,
	}
	people := []string{"U0ATSUGI11", "U0ATSUGI12", "U0ATSUGI13", "U0ATSUGI14"}
	atLastQuestion(t, l, people...)
	for _, id := range people {
		me := l.as(id)
		me.must("say", map[string]any{"channel": me.dm(), "text": texts[id]})
		_, receipt := me.told("ご回答ありがとうございました")
		if got := l.one(t, lastAnswer, id); got != texts[id] {
			t.Errorf("kept %q, typed %q", got, texts[id])
		}
		shown := strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(wordsOf(receipt.Blocks))
		if beginning := string([]rune(texts[id])[:20]); !strings.Contains(shown, strings.Fields(beginning)[0]) {
			t.Errorf("shown back: %s", shown)
		}
	}
}

func TestTypedAnswersThatCannotBeTaken(t *testing.T) {
	l := openWatched(t)
	atLastQuestion(t, l, alumna)
	me := l.as(alumna)
	l.unchanged(func() {
		me.hears("長すぎます。2000文字までにしてください。", func() {
			me.must("say", map[string]any{"channel": me.dm(), "text": long})
		})
	})
	second := l.as("U0ATSUGI12")
	channel, invitation := second.told("現状把握")
	second.press(channel, invitation, "survey.start")
	second.told("代替わりは、いつごろ")
	for _, text := range []string{canary, rare + canary, "7", "🎉" + canary} {
		l.unchanged(func() {
			second.hears("番号か言葉でお答えください。", func() {
				second.must("say", map[string]any{"channel": channel, "text": text})
			})
		})
	}
}

func TestFileInPlaceOfAnAnswer(t *testing.T) {
	l := openWatched(t)
	atLastQuestion(t, l, alumna)
	me := l.as(alumna)
	l.unchanged(func() {
		me.hears("ファイルやスタンプは、回答としてお預かりできません", func() {
			me.must("upload", map[string]any{"channel": me.dm(), "name": canary + ".txt", "content_base64": []byte(canary)})
		})
	})
}

func TestTwoMessagesInOneBreath(t *testing.T) {
	l := openWatched(t)
	atLastQuestion(t, l, alumna)
	me := l.as(alumna)
	channel := me.dm()
	for _, text := range []string{"一つ目 " + canary, "二つ目 " + canary} {
		var out answer
		me.call("POST", "_/act", map[string]any{"as": me.id, "wait": "none", "say": map[string]any{"channel": channel, "text": text}}, &out)
	}
	// One thought in two messages is one answer: the second reached the bot before the
	// person could see that the survey was done.
	me.told("ご回答ありがとうございました")
	both := "一つ目 " + canary + "\n二つ目 " + canary
	eventually(t, "both messages in the answer", func() (bool, bool) { return true, l.one(t, lastAnswer, alumna) == both })
}

func TestAnswerEditedOrDeletedAfterwards(t *testing.T) {
	l := openWatched(t)
	atLastQuestion(t, l, alumna)
	me := l.as(alumna)
	first := "はじめの答え " + canary
	me.must("say", map[string]any{"channel": me.dm(), "text": first})
	me.told("ご回答ありがとうございました")
	var mine seenMessage
	for _, c := range me.state().Channels {
		for _, m := range c.Messages {
			if m.User == me.id && m.Text == first {
				mine = m
			}
		}
	}
	second := "あとの答え " + canary
	me.hears("書き直しを、回答に反映しました。", func() {
		me.must("edit", map[string]any{"channel": me.dm(), "ts": mine.TS, "text": second})
	})
	l.unchanged(func() {
		me.hears("メッセージを消しても、お送りいただいた回答は残ります", func() {
			me.must("delete", map[string]any{"channel": me.dm(), "ts": mine.TS})
		})
	})
	if got := l.one(t, lastAnswer, alumna); got != second {
		t.Errorf("kept %q", got)
	}
}

// TestTwoDevices: the same question answered on a phone and a laptop at once is
// answered by the later press, and the dialogue goes on once.
func TestTwoDevices(t *testing.T) {
	l := openWatched(t)
	launchSurvey(t, l)
	me := l.as(alumna)
	channel, invitation := me.told("現状把握")
	me.press(channel, invitation, "survey.start")
	_, q := me.told("代替わりは、いつごろ")
	var both sync.WaitGroup
	for _, choice := range []string{"|within-1y", "|later"} {
		click := map[string]any{"channel": channel, "ts": q.TS, "action": find(t, q.Blocks, "survey.pick", choice)}
		both.Go(func() { quiet{me.base, me.id}.do("click", click) })
	}
	both.Wait()
	me.told("いちばん近いもの")
	if err := l.demo.app.Settled(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := me.heard("いちばん近いもの"); n != 1 {
		t.Errorf("the second question is asked %d times", n)
	}
	if n := count(t, l.file(), `SELECT count(*) FROM answers WHERE question <> 'timing'`); n != 0 {
		t.Errorf("%d other questions are answered", n)
	}
	last := l.one(t, `SELECT picked FROM answers WHERE question = 'timing' ORDER BY at DESC LIMIT 1`)
	stands := map[string]string{`["within-1y"]`: "1年以内", `["later"]`: "もっと先"}[last]
	if _, m := me.told("代替わりは、いつごろ"); stands == "" || !strings.Contains(wordsOf(m.Blocks), stands) {
		t.Errorf("kept last %s, shown: %s", last, wordsOf(m.Blocks))
	}
}

func TestAnswersToAClosedSurvey(t *testing.T) {
	l := openWatched(t)
	atLastQuestion(t, l, alumna)
	me := l.as(alumna)
	late := l.as("U0ATSUGI12")
	late.told("現状把握")
	l.moveTo("2026-10-20T10:00:00+09:00")
	answers := func() int { return count(t, l.file(), `SELECT count(*) FROM answers`) }
	before := answers()
	me.hearsItIsClosed(func() {
		me.must("say", map[string]any{"channel": me.dm(), "text": "遅くなりました " + canary})
	})
	if n := answers(); n != before {
		t.Errorf("%d versions of answers, %d before the survey closed", n, before)
	}
	response := l.one(t, `SELECT r.id FROM responses r JOIN people p ON p.id = r.person_id WHERE p.slack_id = $1`, late.id)
	l.unchanged(func() {
		for _, b := range []button{{"survey.start", response}, {"survey.decline", response},
			{"survey.pick#a", response + "|timing|done"}, {"survey.skip", response + "|talk-about"}, {"survey.change", response + "|timing"}} {
			late.hearsItIsClosed(func() { late.must("click", l.forge(t, late.id, b)) })
		}
	})
}

// hearsItIsClosed runs f and waits until it is answered that the survey is closed;
// messages of the survey that say so themselves do not count.
func (a actor) hearsItIsClosed(f func()) {
	a.t.Helper()
	const closed = "このアンケートは締め切りました。"
	told := func() int { return a.heard(closed) - a.heard(closed+"ありがとうございました。") }
	before := told()
	f()
	eventually(a.t, a.id+" to be told that the survey is closed", func() (bool, bool) { return true, told() == before+1 })
}

// TestFaultsAreLoggedWithoutWhatWasTyped: the person gets a reference, the log the
// fault under it, and nothing of what was typed.
func TestFaultsAreLoggedWithoutWhatWasTyped(t *testing.T) {
	l := openWatched(t)
	for who, says := range map[string]string{mentor: "お手数ですが、番号 ", english: "Please tell the office the reference "} {
		me := l.as(who)
		me.openHome() // from here on their language is known
		l.unchanged(func() {
			l.alter(t, `ALTER TABLE responses RENAME TO responses_away`)
			me.hears(says, func() { me.must("say", map[string]any{"channel": l.demo.slack.BotUserID(), "text": canary}) })
			l.alter(t, `ALTER TABLE responses_away RENAME TO responses`)
		})
	}
	stranger := l.join(t, map[string]any{"id": "U0STRANGE1", "name": "stranger", "email": strangerEmail, "locale": "ja-JP"})
	stranger.told("参加を申し込む")
	stranger.call("POST", "_/faults", map[string]any{"method": "users.info", "error": "internal_error", "times": -1}, nil)
	l.unchanged(func() {
		stranger.hears("お手数ですが、番号 ", func() { stranger.must("command", map[string]any{"command": "/tsugite", "text": canary}) })
	})
}
