package programme_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tsugite/programme"
)

// TestNobodyIsInTwoPlaces: whatever two atsugi, two experts and the office do in whatever
// order, as time goes by, no minute of anybody belongs to two sessions, an expert's buffer
// included; a time is refused as taken exactly when it is; and what is kept free is what
// is agreed on or proposed, and no more. Minutes are counted one by one.
func TestNobodyIsInTwoPlaces(t *testing.T) {
	var h *house
	runs := 0
	rapid.Check(t, func(rt *rapid.T) {
		if h == nil {
			h = newHouse(t)
			h.Settings.Sessions = programme.SessionSettings{
				Length: time.Hour, Buffer: 15 * time.Minute, CutOff: time.Hour, Moves: 2, PerWeek: 1000, PerAtsugi: 1000, Most: 100_000,
			}
		}
		runs++
		m := newSessionsModel(h, rt, runs)
		for range rapid.IntRange(5, 30).Draw(rt, "steps") {
			m.step()
			m.check()
		}
	})
}

// buffered is the buffer of these tests, in minutes.
const buffered = 15

type sessionsModel struct {
	*house
	rt      *rapid.T
	run     int
	steps   int
	atsugi  []programme.PersonID
	mentors []programme.PersonID
	begin   time.Time
}

func newSessionsModel(h *house, rt *rapid.T, run int) *sessionsModel {
	h.now = h.now.Truncate(time.Hour).AddDate(0, 0, 3) // what was before is over
	m := &sessionsModel{house: h, rt: rt, run: run, begin: h.now}
	for i := range 2 {
		a, b := programme.PersonID(fmt.Sprintf("a%d-%d", i, run)), programme.PersonID(fmt.Sprintf("m%d-%d", i, run))
		m.atsugi, m.mentors = append(m.atsugi, a), append(m.mentors, b)
		h.person(a, func(p *programme.Person) { p.Email = string(a) + "@example.jp" })
		h.person(b, func(p *programme.Person) {
			p.Email, p.Roles, p.Notified, p.Pledged = string(b)+"@example.jp", []programme.Role{programme.Mentor}, "2026-06-01", "2026-06-01"
		})
	}
	h.write(func(tx programme.Tx) error {
		for _, a := range m.atsugi {
			for _, b := range m.mentors {
				e := programme.Engagement{ID: engagementOf(a, b), Atsugi: a, Mentor: b, Sessions: 1000, Made: h.now, Version: 1}
				if err := tx.CreateEngagement(string(e.ID), e); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return m
}

func engagementOf(a, b programme.PersonID) programme.EngagementID {
	return programme.EngagementID(string(a) + "/" + string(b))
}

// sessions are those of this run.
func (m *sessionsModel) sessions() (out []programme.Session) {
	m.read(func(tx programme.Tx) error {
		for _, a := range m.atsugi {
			some, err := tx.Sessions(programme.SessionFilter{Person: a})
			if err != nil {
				return err
			}
			out = append(out, some...)
		}
		return nil
	})
	return out
}

// minutes says which session has each minute of each person, and reports one that two have.
func (m *sessionsModel) minutes(sessions []programme.Session) map[programme.PersonID]map[int64]programme.SessionID {
	taken := map[programme.PersonID]map[int64]programme.SessionID{}
	mark := func(p programme.PersonID, s programme.SessionID, from, until int64) {
		if taken[p] == nil {
			taken[p] = map[int64]programme.SessionID{}
		}
		for minute := from; minute < until; minute++ {
			if other, ok := taken[p][minute]; ok && other != s {
				m.rt.Fatalf("%s has %s and %s at %v", p, s, other, time.Unix(minute*60, 0).In(tokyo))
			}
			taken[p][minute] = s
		}
	}
	for _, s := range sessions {
		var spans []programme.Span
		if s.State != programme.SessionCancelled && !s.Span.From.IsZero() {
			spans = append(spans, s.Span)
		}
		if s.State == programme.SessionOpen || s.State == programme.SessionBooked {
			spans = append(spans, s.Proposal.Spans...)
		}
		for _, x := range spans {
			mark(s.Atsugi, s.ID, x.From.Unix()/60, x.Until.Unix()/60)
			mark(s.Mentor, s.ID, x.From.Unix()/60, x.Until.Unix()/60+buffered)
		}
	}
	return taken
}

// check compares what is kept free with the minutes of the sessions.
func (m *sessionsModel) check() {
	want := m.minutes(m.sessions())
	m.read(func(tx programme.Tx) error {
		for _, p := range slices.Concat(m.atsugi, m.mentors) {
			times, err := tx.Occupied(p, programme.Span{From: m.begin.AddDate(0, 0, -1), Until: m.begin.AddDate(0, 0, 3)})
			if err != nil {
				return err
			}
			n := 0
			for _, o := range times {
				for minute := o.Span.From.Unix() / 60; minute < o.Span.Until.Unix()/60; minute++ {
					if n++; want[p][minute] != programme.SessionID(o.Holder) {
						m.rt.Fatalf("%s keeps %v free for %s, which is for %q", p, time.Unix(minute*60, 0).In(tokyo), o.Holder, want[p][minute])
					}
				}
			}
			if n != len(want[p]) {
				m.rt.Fatalf("%s keeps %d minutes free of %d", p, n, len(want[p]))
			}
		}
		return nil
	})
}

// takenIn says whether the time is another session's than s of one of the two.
func takenIn(minutes map[programme.PersonID]map[int64]programme.SessionID, s programme.Session, x programme.Span) bool {
	for minute := x.From.Unix() / 60; minute < x.Until.Unix()/60+buffered; minute++ {
		for _, p := range []programme.PersonID{s.Atsugi, s.Mentor} {
			if p == s.Atsugi && minute >= x.Until.Unix()/60 {
				continue
			}
			if other, ok := minutes[p][minute]; ok && other != s.ID {
				return true
			}
		}
	}
	return false
}

func (m *sessionsModel) step() {
	m.steps++
	m.now = m.now.Add(time.Duration(rapid.IntRange(0, 20).Draw(m.rt, "minutes")) * time.Minute)
	all := m.sessions()
	what := rapid.SampledFrom([]string{"new", "new", "new", "times", "times", "pick", "pick", "pick", "decline", "book", "cancel", "say", "withdraw", "venue", "leave"}).Draw(m.rt, "what")
	if len(all) == 0 && what != "leave" {
		what = "new"
	}
	if what == "leave" {
		if rapid.IntRange(0, 5).Draw(m.rt, "whether") == 0 {
			m.becomesSupporter(rapid.SampledFrom(slices.Concat(m.atsugi, m.mentors)).Draw(m.rt, "who"))
		}
		return
	}
	if what == "new" {
		m.names(programme.Session{Atsugi: rapid.SampledFrom(m.atsugi).Draw(m.rt, "a"), Mentor: rapid.SampledFrom(m.mentors).Draw(m.rt, "m")}, all)
		return
	}
	s := rapid.SampledFrom(all).Draw(m.rt, "session")
	who := programme.As(rapid.SampledFrom([]programme.PersonID{s.Atsugi, s.Mentor, "office"}).Draw(m.rt, "who"))
	ctx := context.Background()
	var err error
	switch what {
	case "times", "book":
		m.names(s, all)
	case "pick":
		start := m.time("start").From
		if len(s.Proposal.Spans) > 0 && rapid.IntRange(0, 9).Draw(m.rt, "which") > 0 {
			start = rapid.SampledFrom(s.Proposal.Spans).Draw(m.rt, "time").From
		}
		_, err = m.PickTime(ctx, who, s.ID, s.Proposal.At, start, "")
	case "decline":
		err = m.DeclineTimes(ctx, who, s.ID, s.Proposal.At, "都合")
	case "withdraw":
		_, err = m.WithdrawTimes(ctx, who, s.ID, s.Proposal.At)
	case "venue":
		_, err = m.SetVenue(ctx, who, s.ID, s.Version, programme.Venue{Mode: programme.ModeOnline, URL: fmt.Sprintf("https://example.jp/%d", m.steps)})
	case "cancel":
		err = m.CancelSession(ctx, who, s.ID, s.Version, "都合")
	case "say":
		_, err = m.SayWord(ctx, who, s.ID, programme.WordForm{Word: rapid.SampledFrom(programme.Words).Draw(m.rt, "word")})
	}
	m.onlyRefused(err)
}

// onlyRefused lets through what people are told, and no failure.
func (m *sessionsModel) onlyRefused(err error) {
	e, refused := programme.AsError(err)
	if err != nil && !refused || refused && isTaken(e) {
		m.rt.Fatalf("%v", err)
	}
}

// time is one of the next five hours' times.
func (m *sessionsModel) time(label string) programme.Span {
	from := m.now.Truncate(5 * time.Minute).Add(time.Duration(rapid.IntRange(1, 60).Draw(m.rt, label)) * 5 * time.Minute)
	return programme.Span{From: from, Until: from.Add(rapid.SampledFrom(programme.SessionLengths).Draw(m.rt, label+" length"))}
}

// names proposes or books times of a session, a new one if it has no id.
func (m *sessionsModel) names(s programme.Session, all []programme.Session) {
	f := programme.SessionForm{
		Op: fmt.Sprintf("op-%d-%d", m.run, m.steps), Session: s.ID, Version: s.Version, Engagement: engagementOf(s.Atsugi, s.Mentor),
		Venue: programme.Venue{Mode: programme.ModeOnline}, Reason: "都合",
	}
	for i := range rapid.IntRange(1, 3).Draw(m.rt, "times") {
		f.Spans = append(f.Spans, m.time(fmt.Sprint("time", i)))
	}
	minutes := m.minutes(all)
	taken := slices.IndexFunc(f.Spans, func(x programme.Span) bool { return takenIn(minutes, s, x) })
	who := rapid.SampledFrom([]programme.PersonID{s.Atsugi, s.Mentor, "office", "both"}).Draw(m.rt, "names")
	var err error
	switch who {
	case "both":
		f.Spans = f.Spans[:1]
		_, err = m.BookSession(context.Background(), programme.As("office"), f)
	case "office":
		f.For = s.Mentor
		fallthrough
	default:
		_, err = m.ProposeTimes(context.Background(), programme.As(who), f)
	}
	if who == "both" && taken > 0 {
		taken = -1
	}
	second := who != "office" && who != "both" && s.ID == "" && arranged(s, all)
	e, refused := programme.AsError(err)
	switch {
	case err == nil && taken >= 0:
		m.rt.Fatalf("%v went through, and %v is taken", f.Spans, f.Spans[taken])
	case refused && e.Key == "error.session_open" && !second:
		m.rt.Fatalf("%s begins no session of %s and %s, none of which is arranged: %v", who, s.Atsugi, s.Mentor, all)
	case err == nil && second:
		m.rt.Fatalf("%s began another session of %s and %s", who, s.Atsugi, s.Mentor)
	case refused && isTaken(e) && (taken < 0 || e.Field != fmt.Sprint("time", taken+1)):
		m.rt.Fatalf("%v: %v, and %d is the first that is taken", f.Spans, err, taken+1)
	case err != nil && !refused:
		m.rt.Fatalf("%v", err)
	}
}

// isTaken says whether the refusal is of a time that is another session's.
func isTaken(e *programme.Error) bool {
	return e.Key == "error.time_taken" || e.Key == "error.time_proposed"
}

// arranged says whether a session of the two has no time yet.
func arranged(s programme.Session, all []programme.Session) bool {
	return slices.ContainsFunc(all, func(x programme.Session) bool {
		return x.Atsugi == s.Atsugi && x.Mentor == s.Mentor && x.State == programme.SessionOpen
	})
}
