package programme_test

import (
	"cmp"
	"errors"
	"testing"
	"time"

	"tsugite/programme"
)

// sayAt types text in a message of its own at a moment.
func (t *talker) sayAt(at time.Time, text, source string) error {
	who := programme.As("atsugi")
	who.At = at
	return second(t.AnswerTyped(t.t.Context(), who, text, source))
}

func TestTypedWishes(t *testing.T) {
	for _, c := range []struct {
		rule, text string
		want       string
		stops      int
	}{
		{"back", "もどる", "started plan plan=soon 1/3", 0},
		{"back, in kanji with a stop", "戻る。", "started plan plan=soon 1/3", 0},
		{"back, in katakana", "モドル", "started plan plan=soon 1/3", 0},
		{"back, in English", "Back", "started plan plan=soon 1/3", 0},
		{"a pause", "中断", "started - plan=soon 1/3", 0},
		{"later asks when", "あとで", "started story plan=soon 1/3", 1},
		{"stopping asks which is meant", "やめます", "started story plan=soon 1/3", 1},
		{"declining where words are asked for asks which is meant", "控えます", "started story plan=soon 1/3", 1},
		{"declining within a sentence is an answer", "控えるか迷った", "started call plan=soon story=控えるか迷った 2/3", 0},
		{"a wish within a sentence is an answer", "やめるか迷った", "started call plan=soon story=やめるか迷った 2/3", 0},
	} {
		t.Run(c.rule, func(t *testing.T) {
			talk := newHouse(t).talker(branching())
			must(t, cmp.Or(second(talk.start()), second(talk.pick("plan", "soon")), second(talk.say(c.text))))
			if got := talk.stands(); got != c.want {
				t.Errorf("%s\nwant %s", got, c.want)
			}
			if n := talk.notices()["survey.stop p:atsugi"]; n != c.stops {
				t.Errorf("asked %d times which is meant", n)
			}
		})
	}
}

func TestTheLabelOfAChoiceComesBeforeAWish(t *testing.T) {
	talk := newHouse(t).talker(branching())
	must(t, cmp.Or(second(talk.start()), second(talk.say("あとで。"))))
	if got, want := talk.stands(), "started years plan=later 1/5"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestTypedDeclining(t *testing.T) {
	for text, declines := range map[string]bool{
		"控える": true, "控えます。": true, "回答を控える": true, "今回は控える": true, "今回は回答を控える": true, "今回は、回答を控えます": true,
		"　今回は　回答を　控える　。": true, "ヒカエル": true, "ﾋｶｴﾏｽ｡": true, "こんかいはかいとうをひかえる！": true, "今回は控えさせていただきます。": true,
		"控えたいです": true, "ご回答は差し控えます": true, "今回は回答を控\u200bえる": true,
		"控え": false, "控えない": false, "控えめ": false, "控えますか": false, "今回": false, "回答": false, "次回は控える": false, "いいえ": false,
	} {
		t.Run(text, func(t *testing.T) {
			talk := newHouse(t).talker(branching())
			must(t, second(talk.start()))
			_, err := talk.say(text)
			if declined := talk.stands() == "declined - 0/4"; declined != declines || declines && err != nil {
				t.Errorf("%s: %v", talk.stands(), err)
			}
			if n := talk.notices()["survey.stop p:atsugi"]; n != 0 {
				t.Errorf("asked %d times which is meant", n)
			}
		})
	}
}

func TestDecliningWhereWordsAreAskedFor(t *testing.T) {
	toStory := func(t *talker) error { return cmp.Or(second(t.start()), second(t.pick("plan", "soon"))) }
	for rule, c := range map[string]struct {
		steps func(t *talker) error
		want  string
		stops int
	}{
		"a choice to be written out asks which is meant": {func(t *talker) error {
			return cmp.Or(second(t.start()), second(t.pick("plan", "other")), second(t.say("控える")))
		}, "started plan 0/4", 1},
		"said again it is meant": {func(t *talker) error {
			return cmp.Or(second(t.start()), second(t.pick("plan", "other")), second(t.say("控える")), second(t.say("回答を控える。")))
		}, "declined - 0/4", 1},
		"it answers which is meant": {func(t *talker) error {
			return cmp.Or(toStory(t), second(t.say("やめる")), second(t.say("控えます")))
		}, "declined - plan=soon 1/3", 1},
		"it does not answer when later would be": {func(t *talker) error {
			return cmp.Or(toStory(t), second(t.say("あとで")), second(t.say("控えます")))
		}, "started story plan=soon 1/3", 2},
		"who went on is asked again": {func(t *talker) error {
			return cmp.Or(toStory(t), second(t.say("やめる")), second(t.start()), second(t.say("控えます")))
		}, "started story plan=soon 1/3", 2},
		"it answers which is meant at a choice": {func(t *talker) error {
			return cmp.Or(second(t.start()), second(t.say("やめる")), second(t.say("控える")))
		}, "declined - 0/4", 1},
	} {
		t.Run(rule, func(t *testing.T) {
			talk := newHouse(t).talker(branching())
			must(t, c.steps(talk))
			if got := talk.stands(); got != c.want {
				t.Errorf("%s\nwant %s", got, c.want)
			}
			if n := talk.notices()["survey.stop p:atsugi"]; n != c.stops {
				t.Errorf("asked %d times which is meant, want %d", n, c.stops)
			}
		})
	}
}

// TestAChoiceToDeclineComesBeforeDeclining: who types it in other words is shown the
// choices, and declines nothing more than that.
func TestAChoiceToDeclineComesBeforeDeclining(t *testing.T) {
	def := branching()
	words := programme.Text{Ja: "回答を控える", En: "Rather not say"}
	def.Questions[0].Choices[0] = programme.Choice{ID: "none", Words: words}
	for text, want := range map[string]string{
		"回答を控える。": "started story plan=none 1/4",
		"控えます":    "started plan 0/4",
	} {
		talk := newHouse(t).talker(def)
		must(t, second(talk.start()))
		_, err := talk.say(text)
		if e, ok := programme.AsError(err); err != nil && (!ok || e.Key != "error.choice") {
			t.Error(err)
		}
		if got := talk.stands(); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestTypedWithNothingAsked(t *testing.T) {
	talk := newHouse(t).talker(branching())
	for rule, do := range map[string]func() error{
		"before the start": func() error { return nil },
		"after a pause":    func() error { return cmp.Or(second(talk.start()), second(talk.say("中断"))) },
		"after declining":  func() error { return second(talk.DeclineSurvey(t.Context(), talk.at(), talk.id)) },
	} {
		must(t, do())
		if _, err := talk.say("こんにちは"); !errors.Is(err, programme.ErrNoRow) {
			t.Errorf("%s: %v", rule, err)
		}
	}
}

func TestTypedAfterTheEnd(t *testing.T) {
	talk := newHouse(t).talker(branching())
	must(t, second(talk.start()))
	talk.now = talk.now.AddDate(0, 0, 30)
	_, err := talk.say("すぐに")
	wantCode(t, err, programme.CodeClosed)
	if _, err := talk.say("すぐに"); !errors.Is(err, programme.ErrNoRow) {
		t.Errorf("the second message: %v", err)
	}
	if got, want := talk.stands(), "started - 0/4"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestOneThoughtInSeveralMessages(t *testing.T) {
	ended := func(t *testing.T) (*talker, time.Time) {
		def := branching()
		def.Questions = def.Questions[2:3] // one long text
		talk := newHouse(t).talker(def)
		must(t, second(talk.start()))
		must(t, second(talk.say("父が倒れた")))
		return talk, talk.now
	}
	t.Run("after the last answer", func(t *testing.T) {
		talk, at := ended(t)
		talk.now = talk.now.Add(3 * time.Minute) // it was brought late
		must(t, talk.sayAt(at.Add(40*time.Second), "それで戻った", "more"))
		must(t, talk.sayAt(at.Add(80*time.Second), "去年のこと", "yet more"))
		if got, want := talk.stands(), "done - story=父が倒れた|それで戻った|去年のこと 1/1"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if n := talk.notices()["survey.changed c:office"]; n != 0 {
			t.Error("the office is told of a change")
		}
	})
	t.Run("which came before the first one", func(t *testing.T) {
		talk, at := ended(t)
		must(t, talk.sayAt(at.Add(-10*time.Second), "昔の話ですが", "first"))
		if got, want := talk.stands(), "done - story=昔の話ですが|父が倒れた 1/1"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	})
	t.Run("not a minute later", func(t *testing.T) {
		talk, at := ended(t)
		talk.now = talk.now.Add(3 * time.Minute)
		if err := talk.sayAt(at.Add(time.Minute), "こんにちは", "other"); !errors.Is(err, programme.ErrNoRow) {
			t.Error(err)
		}
	})
	t.Run("not once something else is asked", func(t *testing.T) {
		talk, at := ended(t)
		next := surveyDef()
		other := talk.talker(next)
		must(t, second(other.start()))
		other.post(other.now)
		must(t, talk.sayAt(at.Add(30*time.Second), "はい", "other"))
		if got, want := other.stands(), "started two one=yes 1/3"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	})
	t.Run("before the next question is in sight", func(t *testing.T) {
		talk := newHouse(t).talker(branching())
		must(t, cmp.Or(second(talk.start()), second(talk.pick("plan", "soon")), second(talk.say("父が倒れた"))))
		must(t, talk.sayAt(talk.now.Add(time.Second), "それで戻った", "more")) // not posted
		if got, want := talk.stands(), "started call plan=soon story=父が倒れた|それで戻った 2/3"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	})
	t.Run("a button before is no text to add to", func(t *testing.T) {
		talk := newHouse(t).talker(branching())
		must(t, cmp.Or(second(talk.start()), second(talk.pick("plan", "soon"))))
		wantCode(t, talk.sayAt(talk.now, "父が倒れた", "early"), programme.CodeConflict)
	})
	t.Run("a message brought twice is taken once", func(t *testing.T) {
		talk := newHouse(t).talker(branching())
		must(t, cmp.Or(second(talk.start()), second(talk.pick("plan", "later")), second(talk.say("３年"))))
		talk.post(talk.now)
		talk.now = talk.now.Add(time.Second)
		must(t, talk.sayAt(talk.now, "３年", "m1"))
		if got, want := talk.stands(), "started story plan=later years=3 2/5"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	})
}

func TestEditedMessages(t *testing.T) {
	for rule, c := range map[string]struct {
		steps         func(t *talker) error
		source        string
		before, after string
		changed       bool
		want          string
	}{
		"a choice is read anew": {func(t *talker) error { return second(t.say("すぐに")) },
			"m1", "すぐに", "2", true, "started story plan=later 1/5"},
		"what was written out": {func(t *talker) error { return cmp.Or(second(t.pick("plan", "other")), second(t.say("すぐに"))) },
			"m1", "すぐに", "未定", true, "started story plan=other:未定 1/4"},
		"a number": {func(t *talker) error { return cmp.Or(second(t.pick("plan", "later")), second(t.say("3年"))) },
			"m1", "3年", "５年", true, "started story plan=later years=5 2/5"},
		"a text": {func(t *talker) error { return cmp.Or(second(t.pick("plan", "soon")), second(t.say("父か倒れた"))) },
			"m1", "父か倒れた", "父が倒れた", true, "started call plan=soon story=父が倒れた 2/3"},
		"one message of a text of two": {func(t *talker) error {
			return cmp.Or(second(t.pick("plan", "soon")), second(t.say("父が")), t.sayAt(t.now.Add(time.Second), "父が倒れた", "more"))
		}, "m1", "父が", "昔、父が", true, "started call plan=soon story=昔、父が|父が倒れた 2/3"},
		"the last place of a ranking": {func(t *talker) error {
			return cmp.Or(second(t.pick("plan", "other")), second(t.say("未定")), second(t.say("話")), second(t.say("資金")), second(t.say("人材")))
		}, "m4", "人材", "販路", true, "started call plan=other:未定 story=話 rank=money+sales 3/4"},
		"the same edit twice": {func(t *talker) error {
			return cmp.Or(second(t.pick("plan", "soon")), second(t.say("父")), second(t.EditTyped(t.t.Context(), t.at(), "m1", "父", "父母")))
		}, "m1", "父", "父母", false, "started call plan=soon story=父母 2/3"},
		"a text that was replaced since": {func(t *talker) error {
			return cmp.Or(second(t.pick("plan", "soon")), second(t.say("父")), second(t.press("story", programme.Input{Text: "母"})))
		}, "m1", "父", "祖父", false, "started call plan=soon story=母 2/3"},
		"a choice that was pressed since": {func(t *talker) error { return cmp.Or(second(t.say("すぐに")), second(t.pick("plan", "later"))) },
			"m1", "すぐに", "すぐに！", false, "started story plan=later 1/5"},
	} {
		t.Run(rule, func(t *testing.T) {
			talk := newHouse(t).talker(branching())
			must(t, cmp.Or(second(talk.start()), c.steps(talk)))
			changed, err := talk.EditTyped(t.Context(), talk.at(), c.source, c.before, c.after)
			if err != nil || changed != c.changed {
				t.Errorf("changed %v: %v", changed, err)
			}
			if got := talk.stands(); got != c.want {
				t.Errorf("%s\nwant %s", got, c.want)
			}
		})
	}
}

func TestAnEditThatIsNotUnderstood(t *testing.T) {
	talk := newHouse(t).talker(branching())
	must(t, cmp.Or(second(talk.start()), second(talk.pick("plan", "later")), second(talk.say("3年"))))
	_, err := talk.EditTyped(t.Context(), talk.at(), "m1", "3年", "そのうち")
	wantCode(t, err, programme.CodeInvalid)
	if got, want := talk.stands(), "started story plan=later years=3 2/5"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	_, err = talk.EditTyped(t.Context(), talk.at(), "m9", "あ", "い")
	if !errors.Is(err, programme.ErrNoRow) {
		t.Errorf("a message without an answer: %v", err)
	}
	other := programme.As("other-atsugi")
	if _, err := talk.EditTyped(t.Context(), other, "m1", "3年", "4年"); !errors.Is(err, programme.ErrNoRow) {
		t.Errorf("somebody else's message: %v", err)
	}
	for source, want := range map[string]bool{"m1": true, "m9": false, "": false} {
		if got, err := talk.TypedIn(t.Context(), talk.at(), source); err != nil || got != want {
			t.Errorf("typed in %q: %v %v", source, got, err)
		}
	}
	talk.now = talk.now.AddDate(0, 0, 30)
	_, err = talk.EditTyped(t.Context(), talk.at(), "m1", "3年", "4年")
	wantCode(t, err, programme.CodeClosed)
}

// TestEarlierVersionsAreKept: whatever stands, the office can see what was said before.
func TestEarlierVersionsAreKept(t *testing.T) {
	talk := newHouse(t).talker(branching())
	must(t, cmp.Or(second(talk.start()), second(talk.pick("plan", "soon")), second(talk.say("父"))))
	must(t, second(talk.EditTyped(t.Context(), talk.at(), "m1", "父", "母")))
	_, versions, err := talk.AnswerHistory(t.Context(), programme.As("office"), talk.id)
	must(t, err)
	var story []string
	for _, a := range versions {
		if a.Question == "story" {
			story = append(story, a.Text)
		}
	}
	if len(story) != 2 || story[0] != "父" || story[1] != "母" {
		t.Error(story)
	}
	for _, who := range []programme.PersonID{"atsugi", "expert", "bureau", "other-atsugi"} {
		_, _, err := talk.AnswerHistory(t.Context(), programme.As(who), talk.id)
		wantCode(t, err, programme.CodeDenied)
	}
}
