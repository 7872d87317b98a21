package programme_test

import (
	"cmp"
	"testing"
	"time"

	"tsugite/programme"
)

// TestQuestionsComeAtTheEnd: a question that scrolled out of sight is asked anew, a
// press made twice asks nothing twice.
func TestQuestionsComeAtTheEnd(t *testing.T) {
	talk := newHouse(t).talker(branching())
	asked := func() int { return talk.notices()["survey.question p:atsugi"] }
	must(t, second(talk.start()))
	must(t, second(talk.start()))
	if n := asked(); n != 1 {
		t.Errorf("asked %d times after two presses", n)
	}
	must(t, second(talk.PauseSurvey(t.Context(), talk.at(), talk.id)))
	talk.now = talk.now.Add(time.Hour)
	must(t, second(talk.start()))
	if n := asked(); n != 2 {
		t.Errorf("asked %d times after an hour's pause, want 2", n)
	}
	must(t, second(talk.pick("plan", "soon")))
	must(t, second(talk.BackSurvey(t.Context(), talk.at(), talk.id)))
	if n := asked(); n != 4 {
		t.Errorf("asked %d times after going back, want 4", n)
	}
	early := programme.As("atsugi")
	early.At = talk.now.Add(-time.Second) // the second tap of two, before the question was there
	must(t, second(talk.BackSurvey(t.Context(), early, talk.id)))
	if n := asked(); n != 4 {
		t.Errorf("asked %d times after a double tap, want 4", n)
	}
}

// TestGoingOnAsksAtTheEnd: however soon somebody goes on, the question comes once more
// below everything else, and a press made twice asks once.
func TestGoingOnAsksAtTheEnd(t *testing.T) {
	for rule, c := range map[string]struct {
		steps func(t *talker) error
		want  int
	}{
		"after a pause": {func(t *talker) error {
			return cmp.Or(second(t.PauseSurvey(t.t.Context(), t.at(), t.id)), second(t.start()))
		}, 2},
		"pressed twice": {func(t *talker) error {
			return cmp.Or(second(t.PauseSurvey(t.t.Context(), t.at(), t.id)), second(t.start()), second(t.start()))
		}, 2},
		"after each pause": {func(t *talker) error {
			return cmp.Or(second(t.PauseSurvey(t.t.Context(), t.at(), t.id)), second(t.start()),
				second(t.PauseSurvey(t.t.Context(), t.at(), t.id)), second(t.start()))
		}, 3},
		"from Home, with the question asked": {func(t *talker) error {
			t.now = t.now.Add(2 * time.Second)
			return second(t.start())
		}, 2},
		"from Home, pressed twice": {func(t *talker) error {
			t.now = t.now.Add(2 * time.Second)
			return cmp.Or(second(t.start()), second(t.start()))
		}, 2},
		"instead of stopping": {func(t *talker) error {
			return cmp.Or(second(t.say("やめる")), second(t.start()), second(t.start()))
		}, 2},
		"before the question arrived": {func(t *talker) error {
			who := t.at()
			return cmp.Or(second(t.PauseSurvey(t.t.Context(), who, t.id)),
				second(t.StartSurvey(t.t.Context(), who, t.id)), second(t.StartSurvey(t.t.Context(), who, t.id)))
		}, 2},
		"after one that does not arrive for a minute": {func(t *talker) error {
			who := t.at()
			must(t.t, cmp.Or(second(t.PauseSurvey(t.t.Context(), who, t.id)), second(t.StartSurvey(t.t.Context(), who, t.id))))
			t.now = t.now.Add(time.Minute)
			who.At = t.now
			return second(t.StartSurvey(t.t.Context(), who, t.id))
		}, 3},
	} {
		t.Run(rule, func(t *testing.T) {
			talk := newHouse(t).talker(branching())
			must(t, second(talk.start()))
			talk.post(talk.now)
			must(t, c.steps(talk))
			if n := talk.notices()["survey.question p:atsugi"]; n != c.want {
				t.Errorf("asked %d times, want %d", n, c.want)
			}
			if got := talk.stands(); got != "started plan 0/4" {
				t.Error(got)
			}
		})
	}
}

func TestLater(t *testing.T) {
	day := func(d, hour, minute int) time.Time { return time.Date(2026, 9, d, hour, minute, 0, 0, tokyo) }
	for _, c := range []struct {
		rule string
		now  time.Time
		wish programme.Later
		want time.Time
	}{
		{"tonight", day(3, 9, 30), programme.LaterTonight, day(3, 20, 0)},
		{"too late for tonight", day(3, 20, 0), programme.LaterTonight, day(4, 8, 0)},
		{"tomorrow morning", day(3, 9, 30), programme.LaterMorning, day(4, 8, 0)},
		{"in three days", day(3, 23, 30), programme.LaterThreeDay, day(6, 10, 0)},
	} {
		t.Run(c.rule, func(t *testing.T) {
			talk := newHouse(t).talker(branching())
			must(t, second(talk.start()))
			talk.now = c.now
			at, err := talk.LaterSurvey(t.Context(), talk.at(), talk.id, c.wish)
			if err != nil || !at.Equal(c.want) {
				t.Fatalf("at %v, want %v: %v", at, c.want, err)
			}
			if got := talk.stands(); got != "started - 0/4" {
				t.Error(got)
			}
			occasion := c.want.UTC().Format("20060102T1504Z")
			again := func() string {
				return talk.matter(programme.NoticeSurveyLater, string(talk.id), occasion, "p:atsugi").Withdrawn
			}
			if n := talk.notices()["survey.later p:atsugi"]; n != 1 || again() != "" {
				t.Errorf("%d notices, withdrawn %q", n, again())
			}
			must(t, second(talk.start()))
			if again() != "answered" {
				t.Error("somebody who went on is asked all the same")
			}
		})
	}
}
