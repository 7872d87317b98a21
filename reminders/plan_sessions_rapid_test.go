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

// drawSession adds a session of two of the people.
func drawSession(r *rapid.T, f *reminders.Facts, id string) {
	if len(f.People) < 2 {
		return
	}
	two := rapid.Permutation(f.People).Draw(r, "two")
	start := drawTime(r, "session").Truncate(programme.Grid)
	s := programme.BookedSession{Told: start.Add(-time.Duration(rapid.IntRange(1, 30*24*60).Draw(r, "told")) * time.Minute)}
	s.ID, s.Atsugi, s.Mentor = programme.SessionID(id), two[0].ID, two[1].ID
	s.State = rapid.SampledFrom([]programme.SessionState{programme.SessionBooked, programme.SessionBooked, programme.SessionOpen, programme.SessionHeld}).Draw(r, "stands")
	s.Span = programme.Span{From: start, Until: start.Add(rapid.SampledFrom(programme.SessionLengths).Draw(r, "lasts"))}
	s.AtsugiSays = rapid.SampledFrom([]programme.Word{programme.Unsaid, programme.SaysHeld}).Draw(r, "atsugi says")
	s.MentorSays = rapid.SampledFrom([]programme.Word{programme.Unsaid, programme.SaysMoved}).Draw(r, "mentor says")
	if s.State != programme.SessionHeld && rapid.Bool().Draw(r, "times are proposed") {
		s.Proposal = programme.Proposal{By: two[0].ID, For: two[1].ID, At: s.Told}
		for range rapid.IntRange(1, programme.MaxTimes).Draw(r, "times") {
			from := drawTime(r, "time").Truncate(programme.Grid)
			s.Proposal.Spans = append(s.Proposal.Spans, programme.Span{From: from, Until: from.Add(time.Hour)})
		}
		s.Requested = rapid.Bool().Draw(r, "a request")
		f.Proposed = append(f.Proposed, s.Session)
	}
	f.Sessions = append(f.Sessions, s)
}

// checkLapsed holds the notice of times that went by against the facts.
func checkLapsed(r *rapid.T, s programme.Session, n programme.Notice) {
	var last time.Time
	for _, t := range s.Proposal.Spans {
		if t.From.After(last) {
			last = t.From
		}
	}
	switch {
	case n.To != programme.ToPerson(s.Proposal.By) && n.To != programme.ToChannel(programme.ChannelOffice):
		r.Fatalf("not for %s: %v", n.To, n)
	case n.Due.Before(last):
		r.Fatalf("the last time begins at %v: %v", last, n)
	case s.State == programme.SessionBooked && n.UsefulUntil.After(s.Span.From):
		r.Fatalf("of use after the agreed time begins at %v: %v", s.Span.From, n)
	}
}

// ofSession says whether the kind is about a session.
func ofSession(k programme.NoticeKind) bool { return strings.HasPrefix(string(k), "session.") }

// checkSessionNotice holds a session's notice against the facts.
func checkSessionNotice(r *rapid.T, f reminders.Facts, n programme.Notice) {
	s := f.Sessions[slices.IndexFunc(f.Sessions, func(s programme.BookedSession) bool { return string(s.ID) == n.Subject })]
	if n.Kind == programme.NoticeSessionNudge {
		last := s.Proposal.Lapses()
		if !s.Requested || s.State != programme.SessionOpen || n.To != programme.ToPerson(s.Mentor) || !n.Due.Before(last) || n.UsefulUntil.After(last) {
			r.Fatalf("of %+v: %v", s.Session, n)
		}
		return
	}
	if n.Kind == programme.NoticeSessionLapsed {
		checkLapsed(r, s.Session, n)
		return
	}
	start := s.Span.From.UTC().Format("20060102T1504Z")
	switch who := n.To.Person(); {
	case s.State != programme.SessionBooked || who != s.Atsugi && who != s.Mentor:
		r.Fatalf("not for %s, of a session that is %s: %v", who, s.State, n)
	case n.Kind == programme.NoticeSessionBriefing && who != s.Mentor:
		r.Fatalf("not the expert's: %v", n)
	case who == s.Mentor && !f.People[slices.IndexFunc(f.People, func(p programme.Person) bool { return p.ID == who })].Admitted(programme.DateOf(n.Due, f.Zone)):
		r.Fatalf("to an expert who is not admitted: %v", n)
	case n.Kind == programme.NoticeSessionAfter:
		said := map[programme.PersonID]programme.Word{s.Atsugi: s.AtsugiSays, s.Mentor: s.MentorSays}[who]
		if said != programme.Unsaid || n.Due.Before(s.Span.Until) || n.Occasion != start || n.UsefulUntil.Sub(s.Span.Until) != 7*24*time.Hour {
			r.Fatalf("said %q, over at %v: %v", said, s.Span.Until, n)
		}
	case n.Due.Before(s.Told) || n.UsefulUntil.After(s.Span.From):
		r.Fatalf("told at %v, begins at %v: %v", s.Told, s.Span.From, n)
	case n.Kind == programme.NoticeSessionReminder && n.Due.Sub(s.Told) < time.Hour:
		r.Fatalf("told at %v: %v", s.Told, n)
	case !strings.HasSuffix(n.Occasion, "@"+start):
		r.Fatalf("not of the start %v: %v", s.Span.From, n)
	}
}

// TestWhateverHappensTheTwoAreAsked: of every session that was booked and is over, each
// of the two who can be reached and has said nothing is asked once, unless the office
// decided otherwise.
func TestWhateverHappensTheTwoAreAsked(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := drawWorld(t, r)
		f.Overrides = nil
		asked := map[string]int{}
		for _, n := range reminders.Plan(never, f) {
			if n.Kind == programme.NoticeSessionAfter {
				asked[n.Subject+string(n.To)]++
			}
		}
		for _, s := range f.Sessions {
			for who, said := range map[programme.PersonID]programme.Word{s.Atsugi: s.AtsugiSays, s.Mentor: s.MentorSays} {
				p := f.People[slices.IndexFunc(f.People, func(p programme.Person) bool { return p.ID == who })]
				if who == s.Mentor && !p.Admitted(programme.DateOf(s.Span.Until, f.Zone)) {
					continue
				}
				want := 0
				if s.State == programme.SessionBooked && said == programme.Unsaid && p.Left.IsZero() && p.SlackID != "" {
					want = 1
				}
				if got := asked[string(s.ID)+"p:"+string(who)]; got != want {
					r.Fatalf("%s was asked %d times of %+v, want %d", who, got, s, want)
				}
			}
		}
	})
}

// TestMovingASessionLeavesNothingStale: the plan of a moved session has no occasion of
// the old start, and what it says of other things stays.
func TestMovingASessionLeavesNothingStale(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := drawWorld(t, r)
		if len(f.Sessions) == 0 {
			return
		}
		before := reminders.Plan(never, f)
		by := time.Duration(rapid.IntRange(1, 60*24*12).Draw(r, "moved by")) * programme.Grid
		f.Sessions = slices.Clone(f.Sessions)
		s := &f.Sessions[0]
		s.Span.From, s.Span.Until = s.Span.From.Add(by), s.Span.Until.Add(by)
		mine := func(n programme.Notice) bool { return n.Subject == string(s.ID) }
		after := reminders.Plan(never, f)
		for _, n := range after {
			if mine(n) {
				checkSessionNotice(r, f, n)
			}
		}
		if !slices.Equal(slices.DeleteFunc(before, mine), slices.DeleteFunc(after, mine)) {
			r.Fatal("moving one session changed what is planned for others")
		}
	})
}

// BenchmarkPlanSessions is the plan of crowded with 200 sessions in the weeks around.
func BenchmarkPlanSessions(b *testing.B) {
	f, now := crowded(b)
	f.Rules.Steps = append(f.Rules.Steps, meetings(b)...)
	for i := range 200 {
		start := now.Add(time.Duration(i-100) * 6 * time.Hour)
		f.Sessions = append(f.Sessions, programme.BookedSession{Told: start.AddDate(0, 0, -10), Session: programme.Session{
			ID: programme.SessionID(fmt.Sprint("s", i)), Atsugi: f.People[2*i].ID, Mentor: f.People[2*i+1].ID,
			State: programme.SessionBooked, Span: programme.Span{From: start, Until: start.Add(time.Hour)},
		}})
	}
	b.ReportAllocs()
	var n int
	for b.Loop() {
		n = len(reminders.Plan(now, f))
	}
	b.ReportMetric(float64(n), "notices")
}
