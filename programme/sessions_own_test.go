package programme_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// joinsTheOffice makes somebody a coordinator, besides what they are.
func (h *house) joinsTheOffice(id programme.PersonID) {
	h.t.Helper()
	h.edit(id, func(p *programme.Person) {
		p.Roles = append(p.Roles, programme.Coordinator)
		p.Notified, p.Pledged = "2026-06-01", "2026-06-01"
	})
}

// TestACoordinatorSeesTheirOwnSessionAsOneOfTheTwo: exactly as if they were no coordinator,
// wherever it stands, and so do the lists and messages that have it.
func TestACoordinatorSeesTheirOwnSessionAsOneOfTheTwo(t *testing.T) {
	span := slot(t, "15 14:00")
	open := func(s *programme.Session) { s.State, s.Span = programme.SessionOpen, programme.Span{} }
	from := func(by, to programme.PersonID) programme.Proposal {
		return programme.Proposal{By: by, For: to, At: slot(t, "05 14:00").From, Spans: []programme.Span{span}, Venue: programme.Venue{Mode: programme.ModeOnline}}
	}
	for state, change := range map[string]func(*programme.Session){
		"booked":                  nil,
		"booked and moved thrice": func(s *programme.Session) { s.Moves = 3 },
		"the atsugi's times wait": func(s *programme.Session) { open(s); s.Proposal = from("atsugi", "expert") },
		"the expert's times wait": func(s *programme.Session) { open(s); s.Proposal = from("expert", "atsugi") },
		"another time waits":      func(s *programme.Session) { s.Proposal = from("expert", "atsugi") },
		"put off by a word": func(s *programme.Session) {
			open(s)
			s.Last = programme.SessionChange{Was: slot(t, "10 14:00"), Reopened: true}
		},
		"the two differ": func(s *programme.Session) { s.AtsugiSays, s.MentorSays = programme.SaysNotHeld, programme.SaysHeld },
		"held":           func(s *programme.Session) { s.State, s.OfficeSays = programme.SessionHeld, programme.SaysHeld },
	} {
		for _, who := range []programme.PersonID{"atsugi", "expert"} {
			h := newHouse(t)
			s := h.kept("s", func(s *programme.Session) {
				s.ToOffice, s.Papers.Travel = "内緒の言葉", programme.PaperAwaited
				if change != nil {
					change(s)
				}
			})
			look := func(now time.Time) programme.SessionView {
				h.now = now
				v, err := h.SessionPage(t.Context(), programme.As(who), s.ID)
				must(t, err)
				return v
			}
			moments := []time.Time{sessionStart.AddDate(0, 0, -3), sessionStart.Add(-time.Hour), sessionStart.Add(time.Hour)}
			var alone []programme.SessionView
			for _, now := range moments {
				alone = append(alone, look(now))
			}
			h.joinsTheOffice(who)
			for i, now := range moments {
				v := look(now)
				v.AtsugiPerson.Roles, v.MentorPerson.Roles = alone[i].AtsugiPerson.Roles, alone[i].MentorPerson.Roles
				if d := cmp.Diff(alone[i], v); d != "" {
					t.Errorf("%s, %s: -the %s +the coordinator who is:\n%s", state, now.In(tokyo), who, d)
				}
			}
			b, err := h.SessionBoard(t.Context(), programme.As(who))
			if must(t, err); len(b.Disputed)+h.home(who).Board.Disputed != 0 {
				t.Errorf("%s: the board tells the %s that the other one says something else", state, who)
			}
		}
	}
}

// TestWhatACoordinatorLeavesToOthers: in a session of their own they answer for nobody else
// and decide nothing. Another coordinator does, and the session is as it was until then.
func TestWhatACoordinatorLeavesToOthers(t *testing.T) {
	const own, denied = "denied error.session_own", "denied error.denied"
	papers := programme.FeePapers{Travel: programme.PaperReceived}
	proposed := func(s *programme.Session) {
		s.State, s.Span = programme.SessionOpen, programme.Span{}
		s.Proposal = programme.Proposal{By: "expert", For: "atsugi", At: sessionStart.AddDate(0, 0, -5), Spans: []programme.Span{slot(t, "15 14:00")}, Venue: programme.Venue{Mode: programme.ModeOnline}}
	}
	settled := func(s *programme.Session) {
		s.State, s.AtsugiSays, s.MentorSays = programme.SessionHeld, programme.SaysHeld, programme.SaysHeld
	}
	reopened := func(s *programme.Session) {
		s.State, s.Span = programme.SessionOpen, programme.Span{}
		s.Last = programme.SessionChange{Was: slot(t, "10 14:00"), Reopened: true}
	}
	before, after := sessionStart.AddDate(0, 0, -3), sessionStart.Add(2*time.Hour)
	for _, c := range []struct {
		rule  string
		state func(*programme.Session)
		now   time.Time
		do    func(*house, programme.Actor, programme.Session) error
		want  string
	}{
		{"picks for the other", proposed, before, func(h *house, who programme.Actor, s programme.Session) error {
			return second(h.PickTime(h.t.Context(), who, s.ID, s.Proposal.At, s.Proposal.Spans[0].From, "atsugi"))
		}, denied},
		{"declines their own times", proposed, before, func(h *house, who programme.Actor, s programme.Session) error {
			return h.DeclineTimes(h.t.Context(), who, s.ID, s.Proposal.At, "")
		}, "denied error.session_own_proposal"},
		{"names times for the other", nil, before, func(h *house, who programme.Actor, s programme.Session) error {
			f := again(h.timesForm("op", "", "16 14:00"), s)
			f.For, f.Reason = "atsugi", "都合"
			return second(h.ProposeTimes(h.t.Context(), who, f))
		}, denied},
		{"books for both", proposed, before, func(h *house, who programme.Actor, s programme.Session) error {
			return second(h.BookSession(h.t.Context(), who, again(h.timesForm("op", "", "16 14:00"), s)))
		}, own},
		{"books a new one for both", nil, before, func(h *house, who programme.Actor, s programme.Session) error {
			return second(h.BookSession(h.t.Context(), who, h.timesForm("op", s.Engagement, "16 14:00")))
		}, own},
		{"brings an atsugi together with themselves", nil, before, func(h *house, who programme.Actor, s programme.Session) error {
			f := h.timesForm("op", "", "16 14:00")
			f.Atsugi, f.Mentor, f.For = "other-atsugi", "expert", "expert"
			return second(h.ProposeTimes(h.t.Context(), who, f))
		}, own},
		{"goes beyond a quota", nil, before, func(h *house, who programme.Actor, s programme.Session) error {
			h.Settings.Sessions.PerWeek = 1
			f := h.timesForm("op", s.Engagement, "11 14:00")
			if f.Override = true; who.Person == "office" {
				f.For = "expert"
			}
			return second(h.ProposeTimes(h.t.Context(), who, f))
		}, denied},
		{"moves it once more", func(s *programme.Session) { s.Moves = 3 }, before, func(h *house, who programme.Actor, s programme.Session) error {
			f := again(h.timesForm("op", "", "16 14:00"), s)
			if f.Reason = "都合"; who.Person == "office" {
				f.For = "expert"
			}
			return second(h.ProposeTimes(h.t.Context(), who, f))
		}, "conflict error.session_moves"},
		{"calls it off late", nil, sessionStart.Add(-time.Hour), func(h *house, who programme.Actor, s programme.Session) error {
			return h.CancelSession(h.t.Context(), who, s.ID, s.Version, "都合")
		}, "closed error.session_cut_off"},
		{"decides what was settled", settled, after, func(h *house, who programme.Actor, s programme.Session) error {
			return second(h.SayWord(h.t.Context(), who, s.ID, programme.WordForm{Word: programme.SaysNotHeld}))
		}, "conflict error.session_settled"},
		{"takes back that it is at another time", reopened, after, func(h *house, who programme.Actor, s programme.Session) error {
			return second(h.SayWord(h.t.Context(), who, s.ID, programme.WordForm{Word: programme.SaysHeld}))
		}, "closed error.session_off"},
		{"records the papers of their own fee", settled, after, func(h *house, who programme.Actor, s programme.Session) error {
			return second(h.SetPapers(h.t.Context(), who, s.ID, s.Version, papers))
		}, own},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := newHouse(t)
			h.joinsTheOffice("expert")
			s := h.kept("s", c.state)
			h.now = c.now
			refused(t, "their own", c.do(h, programme.As("expert"), s), c.want)
			if d := cmp.Diff(s, h.session("s")); d != "" || len(h.notices()) != 0 {
				t.Errorf("refused, it became (-before +after) %s, told %v", d, h.notices())
			}
			refused(t, "another coordinator's", c.do(h, programme.As("office"), s), "went through")
		})
	}
}

// TestTheWordOfACoordinatorAboutTheirOwnSession is that of one of the two: it decides
// nothing that the other says otherwise.
func TestTheWordOfACoordinatorAboutTheirOwnSession(t *testing.T) {
	for _, who := range []programme.PersonID{"atsugi", "expert"} {
		h := newHouse(t)
		h.joinsTheOffice(who)
		s := h.kept("s", nil)
		h.now = s.Span.Until
		for _, press := range []string{string(s.Other(who)) + " not_held", string(who) + " not_held", string(who) + " held"} {
			_, err := h.told(press)
			if refusal, ok := programme.AsError(err); err != nil && (!ok || refusal.Key != "error.session_settled") {
				t.Fatalf("%s: %v", press, err)
			}
		}
		if got := h.session("s"); got.State != programme.SessionNotHeld || got.OfficeSays != programme.Unsaid {
			t.Errorf("the %s made it %+v", who, got)
		}
	}
}

// TestWhoWritesTheMemoOfACoordinatorsOwnSession: its expert, and no atsugi about themselves.
func TestWhoWritesTheMemoOfACoordinatorsOwnSession(t *testing.T) {
	for who, want := range map[programme.PersonID]string{"expert": "went through", "atsugi": "not_found error.session_gone", "office": "went through"} {
		h := newHouse(t)
		if who != "office" {
			h.joinsTheOffice(who)
		}
		s := h.kept("s", nil)
		h.now = s.Span.Until
		f := memoForm("op")
		f.Session, f.Held = "s", "2026-09-10"
		_, err := h.WriteMemo(t.Context(), programme.As(who), f)
		refused(t, string(who), err, want)
	}
	h := newHouse(t)
	h.joinsTheOffice("atsugi")
	s := h.kept("s", nil)
	h.now = s.Span.Until
	f := memoForm("op")
	f.Held = "2026-09-10"
	_, err := h.WriteMemo(t.Context(), programme.As("atsugi"), f)
	refused(t, "not named", err, "invalid atsugi error.memo_not_own")
}
