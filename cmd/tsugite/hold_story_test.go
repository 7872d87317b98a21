package main

import (
	"strings"
	"testing"

	"tsugite/db/dbtest"
	"tsugite/programme"
)

// TestAPressIsAnsweredWhileEverythingIsHeld: cards are not drawn again then, so a
// sentence says that the answer was understood.
func TestAPressIsAnsweredWhileEverythingIsHeld(t *testing.T) {
	const noted = "画面の表示は、あとで新しくなります"
	l := openLocal(t, dbtest.File(t))
	l.party(0, comes)
	who := l.as(comes)
	who.answers("event.yes", "出欠をお知らせください", "窯場の見学会")
	who.standing("窯場の見学会", "お返事：参加")
	if n := who.heard(noted); n != 0 {
		t.Errorf("said %d times although the card shows the answer", n)
	}
	hold := func(on bool) {
		t.Helper()
		if err := l.demo.app.Office.HoldDeliveries(t.Context(), programme.Operator, on); err != nil {
			t.Fatal(err)
		}
	}
	hold(true)
	who.hears(noted, func() { who.answers("event.no", "窯場の見学会", "お返事：参加") })
	if n := answersIn(t, l, programme.No); n != 1 {
		t.Errorf("%d answers are kept", n)
	}
	hold(false)
	who.standing("窯場の見学会", "お返事：欠席")
}

// TestTheCommandSpeaksOfWhatIsOnesOwn: nobody is told of words that would only
// refuse them, and who may not see all events learns where theirs are.
func TestTheCommandSpeaksOfWhatIsOnesOwn(t *testing.T) {
	l := openLocal(t, dbtest.File(t))
	type rule struct{ told, untold []string }
	for who, want := range map[string]rule{
		comes:        {[]string{"help", "受付", "session"}, []string{"event", "hold", "go", "next", "memo"}},
		coordinator:  {[]string{"help", "受付", "event", "hold", "go", "next", "memo", "session"}, nil},
		"U0SUPPRT01": {[]string{"help", "受付"}, []string{"session"}},
	} {
		me, said := l.as(who), "その書き方は分かりません"
		me.hears(said, func() { me.must("command", map[string]any{"command": "/tsugite", "text": "xyz"}) })
		help := me.sentence(said)
		for _, word := range want.told {
			if !strings.Contains(help, "`/tsugite "+word+"`") {
				t.Errorf("%s is not told of %s: %s", who, word, help)
			}
		}
		for _, word := range want.untold {
			if strings.Contains(help, "`/tsugite "+word+"`") {
				t.Errorf("%s is told of %s: %s", who, word, help)
			}
		}
	}
	me := l.as(comes)
	me.hears("「これからの催し」で見られます", func() { me.must("command", map[string]any{"command": "/tsugite", "text": "event"}) })
}

// sentence is what somebody was told with the words in it.
func (a actor) sentence(words string) string {
	a.t.Helper()
	for _, c := range a.state().Channels {
		for _, m := range c.Messages {
			if said := m.Text + wordsOf(m.Blocks); m.User != a.id && strings.Contains(said, words) {
				return said
			}
		}
	}
	a.t.Fatalf("%s was not told %q", a.id, words)
	return ""
}
