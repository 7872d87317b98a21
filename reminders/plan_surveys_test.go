package reminders_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
	"tsugite/reminders"
)

// chasers are the steps of surveys that most tests use.
func chasers(t testing.TB) []reminders.Step {
	return []reminders.Step{
		{ID: "week", Kind: programme.NoticeSurveyChase, Offset: offset(t, "-7d 10:00")},
		{ID: "last", Kind: programme.NoticeSurveyChase, Offset: offset(t, "-2bd 10:00")},
	}
}

// polled is world with a survey that is open from Tuesday 1 to Wednesday 30 September
// 2026, 23:59, and nothing else to tell: aki and bun are still to answer it, bun has
// begun; so are fumi, who left, and gen, who has no account.
func polled(t testing.TB) reminders.Facts {
	f := world(t)
	f.Events, f.Attendance = nil, nil
	f.Rules.BusinessDays, f.Rules.Steps = true, chasers(t)
	f.Surveys = []programme.Survey{{
		ID: "s1", Opens: moment(t, "2026-09-01T10:00:00+09:00"), Closes: moment(t, "2026-09-30T23:59:00+09:00"),
		Def: programme.SurveyDef{ID: "status", Title: programme.Text{Ja: "現状把握"}},
	}}
	for id, state := range map[programme.PersonID]programme.ResponseState{
		"aki": programme.Asked, "bun": programme.Started, "fumi": programme.Asked, "gen": programme.Asked,
	} {
		f.Waiting = append(f.Waiting, programme.Response{Survey: "s1", Person: id, State: state})
	}
	return f
}

// later has aki wish to be asked again then.
func later(t testing.TB, at string) func(*reminders.Facts) {
	return func(f *reminders.Facts) {
		for i := range f.Waiting {
			if f.Waiting[i].Person == "aki" {
				f.Waiting[i].Later = moment(t, at)
			}
		}
	}
}

// heard has aki be told of the survey then.
func heard(t testing.TB, at string) func(*reminders.Facts) {
	return func(f *reminders.Facts) {
		f.SurveyHeard = []programme.SurveyHeard{{Survey: "s1", Person: "aki", At: moment(t, at)}}
	}
}

func TestPlanOfSurveys(t *testing.T) {
	const (
		weekAki = "survey.chase week aki 09-23 10:00..09-28 10:00"
		weekBun = "survey.chase week bun 09-23 10:00..09-28 10:00"
		lastAki = "survey.chase last aki 09-28 10:00..09-30 23:59"
		lastBun = "survey.chase last bun 09-28 10:00..09-30 23:59"
		after   = "2026-12-01T00:00:00+09:00"
	)
	window := func(opens, closes string) func(*reminders.Facts) {
		return func(f *reminders.Facts) {
			f.Surveys[0].Opens, f.Surveys[0].Closes = moment(t, opens), moment(t, closes)
			f.Rules.Closed = nil
		}
	}
	for _, c := range []struct {
		rule   string
		now    string
		change func(*reminders.Facts)
		want   []string
	}{
		{"nothing before the first step", "2026-09-18T09:59:59+09:00", nil, nil},
		// The 23rd is a holiday, as are the two days before it.
		{"a week before, moved off the holidays, to who can be reached", "2026-09-18T10:00:00+09:00", nil, []string{
			"survey.chase week aki 09-18 10:00..09-28 10:00", "survey.chase week bun 09-18 10:00..09-28 10:00"}},
		{"twice in all", after, func(f *reminders.Facts) { f.Rules.BusinessDays = false }, []string{weekAki, weekBun, lastAki, lastBun}},
		{"who answered or declined is left alone", after, func(f *reminders.Facts) {
			f.Rules.BusinessDays = false
			for i, r := range f.Waiting {
				switch r.Person {
				case "aki":
					f.Waiting[i].State = programme.Done
				case "bun":
					f.Waiting[i].State = programme.Declined
				}
			}
		}, nil},
		{"a chaser due before the moment that somebody chose is not for them", after, func(f *reminders.Facts) {
			f.Rules.BusinessDays = false
			later(t, "2026-09-26T10:00:00+09:00")(f)
		}, []string{weekBun, lastAki, lastBun}},
		{"nor one on the morning of that moment", after, func(f *reminders.Facts) {
			f.Rules.BusinessDays = false
			later(t, "2026-09-28T08:00:00+09:00")(f)
		}, []string{weekBun, lastBun}},
		{"who was invited yesterday evening is not chased this morning", after, func(f *reminders.Facts) {
			f.Rules.BusinessDays = false
			heard(t, "2026-09-27T18:00:00+09:00")(f)
		}, []string{weekBun, lastBun}},
		{"who was invited the day before yesterday is", after, func(f *reminders.Facts) {
			f.Rules.BusinessDays = false
			heard(t, "2026-09-26T18:00:00+09:00")(f)
		}, []string{weekBun, lastAki, lastBun}},
		{"what others were told of another survey counts for neither", after, func(f *reminders.Facts) {
			f.Rules.BusinessDays = false
			f.SurveyHeard = []programme.SurveyHeard{{Survey: "s2", Person: "aki", At: moment(t, "2026-09-27T18:00:00+09:00")}}
		}, []string{weekAki, weekBun, lastAki, lastBun}},
		{"a short survey has one chaser, a day after it opened", after,
			window("2026-10-05T15:00:00+09:00", "2026-10-07T23:59:00+09:00"), []string{
				"survey.chase last aki 10-06 15:00..10-07 23:59", "survey.chase last bun 10-06 15:00..10-07 23:59"}},
		{"which is no day off and not at night", after, // Thursday night, to Monday
			window("2026-10-01T22:00:00+09:00", "2026-10-05T23:59:00+09:00"), []string{
				"survey.chase last aki 10-05 07:30..10-05 23:59", "survey.chase last bun 10-05 07:30..10-05 23:59"}},
		{"a survey of a day has none", after,
			window("2026-10-05T15:00:00+09:00", "2026-10-06T12:00:00+09:00"), nil},
		{"one that opens later is chased for then", after, // as if it had opened long ago
			window("2026-11-02T10:00:00+09:00", "2026-11-12T12:00:00+09:00"), []string{
				"survey.chase week aki 11-05 10:00..11-10 10:00", "survey.chase week bun 11-05 10:00..11-10 10:00",
				"survey.chase last aki 11-10 10:00..11-12 12:00", "survey.chase last bun 11-10 10:00..11-12 12:00"}},
		{"on hold", after, func(f *reminders.Facts) {
			f.Rules.BusinessDays = false
			f.Overrides = []programme.Override{{Subject: "s1", Kind: programme.NoticeSurveyChase, Occasion: "last@20260930T1459Z", Action: programme.OverrideHold}}
		}, []string{weekAki, weekBun}},
		{"early, but not before people had their day", after, func(f *reminders.Facts) {
			f.Rules.BusinessDays = false
			f.Overrides = []programme.Override{{Subject: "s1", Kind: programme.NoticeSurveyChase, Occasion: "week@20260930T1459Z",
				Action: programme.OverrideEarly, At: moment(t, "2026-09-01T12:00:00+09:00")}}
		}, []string{"survey.chase week aki 09-02 10:00..09-28 10:00", "survey.chase week bun 09-02 10:00..09-28 10:00", lastAki, lastBun}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			f := polled(t)
			if c.change != nil {
				c.change(&f)
			}
			samePlan(t, c.want, lines(reminders.Plan(moment(t, c.now), f)))
		})
	}
}

// TestAnExtensionHasChasersOfItsOwn: those of the former closing are in the plan no
// more, and each that was due by then does not come at once for who had one today.
func TestAnExtensionHasChasersOfItsOwn(t *testing.T) {
	f := polled(t)
	f.Surveys[0].Closes = moment(t, "2026-10-01T23:59:00+09:00")
	now := moment(t, "2026-09-29T15:00:00+09:00")
	f.Since = now.Add(-time.Hour)
	heard(t, "2026-09-29T10:00:00+09:00")(&f)
	samePlan(t, []string{"survey.chase last bun 09-29 10:00..10-01 23:59"}, lines(reminders.Plan(now, f)))
	for _, n := range reminders.Plan(never, f) {
		if n.Occasion != "last@20261001T1459Z" {
			t.Errorf("occasion %s is not of the new closing", n.Occasion)
		}
	}
}

func TestNextOfSurveys(t *testing.T) {
	f := polled(t)
	f.Rules.BusinessDays = false
	now := f.Surveys[0].Opens
	for _, w := range []string{"2026-09-23T10:00:00+09:00", "2026-09-28T10:00:00+09:00"} {
		at, ok := reminders.Next(now, f)
		if !ok || !at.Equal(moment(t, w)) {
			t.Fatalf("after %v comes %v %v, want %s", now, at, ok, w)
		}
		now = at
	}
	if at, ok := reminders.Next(now, f); ok {
		t.Errorf("after the last step comes %v", at)
	}
	f.Waiting = nil
	if at, ok := reminders.Next(f.Surveys[0].Opens, f); ok {
		t.Errorf("woken at %v for nobody", at)
	}
}

func TestUpcomingListsChasers(t *testing.T) {
	f := polled(t)
	f.Rules.BusinessDays = false
	later(t, "2026-09-23T20:00:00+09:00")(&f)
	f.Overrides = []programme.Override{{Subject: "s1", Kind: programme.NoticeSurveyChase, Occasion: "last@20260930T1459Z", Action: programme.OverrideHold}}
	of := func(step, due string, people int, action programme.OverrideAction) programme.Upcoming {
		return programme.Upcoming{Kind: programme.NoticeSurveyChase, Subject: "s1", Survey: programme.Text{Ja: "現状把握"},
			Occasion: step + "@20260930T1459Z", Due: moment(t, due).In(f.Zone), People: people, Action: action}
	}
	want := []programme.Upcoming{
		of("week", "2026-09-23T10:00:00+09:00", 1, ""), of("last", "2026-09-28T10:00:00+09:00", 2, programme.OverrideHold),
	}
	if diff := cmp.Diff(want, reminders.Upcoming(f.Surveys[0].Opens, f, 10)); diff != "" {
		t.Errorf("upcoming (-want +got):\n%s", diff)
	}
}
