package reminders_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tsugite/programme"
	"tsugite/reminders"
)

// drawSurvey adds a survey, and where people stand in it.
func drawSurvey(r *rapid.T, f *reminders.Facts, id string) {
	s := programme.Survey{ID: programme.SurveyID(id), Opens: drawTime(r, "opens")}
	s.Closes = s.Opens.Add(time.Duration(rapid.IntRange(1, 40*24*60).Draw(r, "open for")) * time.Minute)
	f.Surveys = append(f.Surveys, s)
	states := []programme.ResponseState{programme.Asked, programme.Started, programme.Asked, programme.Done, programme.Declined}
	within := func(label string) time.Time {
		return s.Opens.Add(time.Duration(rapid.Int64Range(0, int64(s.Closes.Sub(s.Opens))).Draw(r, label)))
	}
	for _, p := range f.People {
		if rapid.IntRange(0, 5).Draw(r, "not asked") == 0 {
			continue
		}
		w := programme.Response{Survey: s.ID, Person: p.ID, State: rapid.SampledFrom(states).Draw(r, "state")}
		if rapid.IntRange(0, 3).Draw(r, "wishes") == 0 {
			w.Later = within("later")
		}
		f.Waiting = append(f.Waiting, w)
		if rapid.IntRange(0, 3).Draw(r, "heard") == 0 {
			f.SurveyHeard = append(f.SurveyHeard, programme.SurveyHeard{Survey: s.ID, Person: p.ID, At: within("heard at")})
		}
	}
}

// checkChaser holds a chaser against the facts.
func checkChaser(r *rapid.T, f reminders.Facts, n programme.Notice) {
	s := f.Surveys[slices.IndexFunc(f.Surveys, func(s programme.Survey) bool { return string(s.ID) == n.Subject })]
	i := slices.IndexFunc(f.Waiting, func(w programme.Response) bool { return w.Survey == s.ID && w.Person == n.To.Person() })
	switch {
	case i < 0 || f.Waiting[i].State != programme.Asked && f.Waiting[i].State != programme.Started:
		r.Fatalf("to somebody who has nothing to answer: %v", n)
	case n.Due.Sub(s.Opens) < 24*time.Hour || n.UsefulUntil.After(s.Closes):
		r.Fatalf("not within %v..%v: %v", s.Opens, s.Closes, n)
	case n.Due.Before(f.Waiting[i].Later):
		r.Fatalf("before %v, when they wished to be asked: %v", f.Waiting[i].Later, n)
	case !strings.HasSuffix(n.Occasion, s.Closes.UTC().Format("@20060102T1504Z")):
		r.Fatalf("not of the closing %v: %v", s.Closes, n)
	}
	for _, h := range f.SurveyHeard {
		if h.Survey == s.ID && h.Person == n.To.Person() && n.Due.Sub(h.At) < 12*time.Hour {
			r.Fatalf("told of it at %v: %v", h.At, n)
		}
	}
}

func TestNobodyIsChasedMoreThanTwice(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := drawWorld(t, r)
		chasers := map[string]int{}
		for _, n := range reminders.Plan(never, f) {
			if n.Kind != programme.NoticeSurveyChase {
				continue
			}
			if chasers[n.Subject+" "+string(n.To)]++; chasers[n.Subject+" "+string(n.To)] > 2 {
				r.Fatalf("a third chaser: %v", n)
			}
		}
	})
}

// TestAnAnswerTakesAwayOnesOwnChasersOnly: whoever answers or declines gets no more,
// and for everybody else the plan stays.
func TestAnAnswerTakesAwayOnesOwnChasersOnly(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := drawWorld(t, r)
		if len(f.Waiting) == 0 {
			return
		}
		before := reminders.Plan(never, f)
		f.Waiting = slices.Clone(f.Waiting)
		w := &f.Waiting[rapid.IntRange(0, len(f.Waiting)-1).Draw(r, "who")]
		w.State = rapid.SampledFrom([]programme.ResponseState{programme.Done, programme.Declined}).Draw(r, "does")
		want := slices.DeleteFunc(before, func(n programme.Notice) bool {
			return n.Subject == string(w.Survey) && n.To.Person() == w.Person
		})
		if got := reminders.Plan(never, f); !slices.Equal(got, want) {
			r.Fatalf("%d notices, want %d", len(got), len(want))
		}
	})
}

// TestExtendingASurveyLeavesNothingStale: the plan has no occasion of the old closing,
// and what it says of other things stays.
func TestExtendingASurveyLeavesNothingStale(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := drawWorld(t, r)
		if len(f.Surveys) == 0 {
			return
		}
		before := reminders.Plan(never, f)
		f.Surveys = slices.Clone(f.Surveys)
		s := &f.Surveys[0]
		s.Closes = s.Closes.Add(time.Duration(rapid.IntRange(1, 60*24*60).Draw(r, "longer by")) * time.Minute)
		mine := func(n programme.Notice) bool { return n.Subject == string(s.ID) }
		after := reminders.Plan(never, f)
		for _, n := range after {
			if mine(n) {
				checkChaser(r, f, n)
			}
		}
		if !slices.Equal(slices.DeleteFunc(before, mine), slices.DeleteFunc(after, mine)) {
			r.Fatal("extending one survey changed what is planned for others")
		}
	})
}

// BenchmarkPlanSurvey is the plan of crowded with a survey that nobody answered yet.
func BenchmarkPlanSurvey(b *testing.B) {
	f, now := crowded(b)
	f.Rules.Steps = append(f.Rules.Steps, chasers(b)...)
	f.Surveys = []programme.Survey{{ID: "s", Opens: now.AddDate(0, 0, -20), Closes: now.AddDate(0, 0, 3)}}
	for i, p := range f.People {
		f.Waiting = append(f.Waiting, programme.Response{
			ID: programme.ResponseID(fmt.Sprint("r", i)), Survey: "s", Person: p.ID, State: programme.Asked})
	}
	b.ReportAllocs()
	var n int
	for b.Loop() {
		n = len(reminders.Plan(now, f))
	}
	b.ReportMetric(float64(n), "notices")
}
