package programme_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

// TestQuotas: what was cancelled or did not take place does not count; beyond a quota goes
// the office alone, when it says so.
func TestQuotas(t *testing.T) {
	const held, notHeld, cancelled, open = programme.SessionHeld, programme.SessionNotHeld, programme.SessionCancelled, programme.SessionOpen
	// before enters sessions of the two, or as change says, at nine o'clock from the 14th on.
	before := func(h *house, e programme.EngagementID, states []programme.SessionState, change func(*programme.Session)) {
		for i, state := range states {
			h.kept(programme.SessionID(fmt.Sprintf("before-%d", i)), func(s *programme.Session) {
				s.Engagement, s.Atsugi, s.State = e, "other-atsugi", state
				s.Span = slot(t, fmt.Sprintf("%d 09:00", 14+i))
				if state == open {
					s.Proposal, s.Span = programme.Proposal{By: "expert", For: "other-atsugi", Spans: []programme.Span{s.Span}}, programme.Span{}
				}
				if change != nil {
					change(s)
				}
			})
		}
	}
	booked := programme.SessionBooked
	others := func(s *programme.Session) { s.Engagement, s.Atsugi, s.Mentor = "", "atsugi", "other-expert" }
	sameAtsugi := func(s *programme.Session) { s.Engagement, s.Mentor = "", "other-expert" }
	sameExpert := func(s *programme.Session) { s.Engagement, s.Atsugi = "", "atsugi" }
	between := func(s *programme.Session) { s.Kind, s.Engagement = programme.Between, "" }
	for _, c := range []struct {
		rule, want string
		set        programme.SessionSettings
		states     []programme.SessionState
		change     func(*programme.Session)
	}{
		{"the engagement's third", "", programme.SessionSettings{}, []programme.SessionState{held, booked}, nil},
		{"its fourth", "conflict error.quota_engagement", programme.SessionSettings{PerAtsugi: 9}, []programme.SessionState{held, booked, booked}, nil},
		{"after one that was not held and one called off", "", programme.SessionSettings{}, []programme.SessionState{notHeld, cancelled, held, booked}, nil},
		{"the atsugi's third of two", "conflict error.quota_atsugi", programme.SessionSettings{PerAtsugi: 2}, []programme.SessionState{held, open}, sameAtsugi},
		{"those between workshops are counted apart", "", programme.SessionSettings{PerAtsugi: 2, Most: 2}, []programme.SessionState{held, held}, between},
		{"the programme's third of two", "conflict error.quota_programme", programme.SessionSettings{Most: 2}, []programme.SessionState{held, booked}, others},
		{"the programme's third of three", "", programme.SessionSettings{Most: 3}, []programme.SessionState{held, booked}, others},
		{"the expert's third of two in the week", "conflict time2 error.quota_week", programme.SessionSettings{PerWeek: 2}, []programme.SessionState{booked, open}, sameExpert},
		{"one of the week was held", "conflict time2 error.quota_week", programme.SessionSettings{PerWeek: 2}, []programme.SessionState{booked, held}, nil},
		{"one of the week was called off", "", programme.SessionSettings{PerWeek: 2}, []programme.SessionState{booked, cancelled}, nil},
		{"another expert's week", "", programme.SessionSettings{PerWeek: 2}, []programme.SessionState{booked, booked}, others},
		{"those between workshops fill a week, too", "conflict time2 error.quota_week", programme.SessionSettings{PerWeek: 2}, []programme.SessionState{booked, booked}, between},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := newHouse(t)
			set := &h.Settings.Sessions
			set.PerWeek = 9
			for _, f := range []struct{ mine, default_ *int }{
				{&c.set.PerAtsugi, &set.PerAtsugi}, {&c.set.Most, &set.Most}, {&c.set.PerWeek, &set.PerWeek},
			} {
				if *f.mine > 0 {
					*f.default_ = *f.mine
				}
			}
			e := h.engaged("e")
			before(h, e.ID, c.states, c.change)
			// A week ends on Sunday the 13th; Monday the 14th begins the full one, which
			// Sunday the 20th ends.
			f := h.timesForm("op", e.ID, "13 18:00", "20 18:00")
			for _, who := range []programme.PersonID{"other-atsugi", "office"} {
				g := f
				if who == "office" {
					g.For = "other-atsugi"
				}
				_, err := h.ProposeTimes(t.Context(), programme.As(who), g)
				if want := c.want; want != "" {
					refused(t, string(who), err, want)
				} else {
					refused(t, string(who), err, "went through")
					return
				}
			}
			f.For, f.Override = "other-atsugi", true
			s := h.proposes("office", f)
			if !slices.Contains(h.trail(), "session.override "+string(s.ID)) {
				t.Errorf("the trail says %v", h.trail())
			}
			h.picks("expert", s, "20 18:00") // not asked again
		})
	}
}

func TestNothingIsAuditedAsBeyondAQuotaThatIsWithin(t *testing.T) {
	h := newHouse(t)
	f := h.timesForm("op", h.engaged("e").ID, "10 14:00")
	f.Override = true
	s := h.books(f)
	if slices.Contains(h.trail(), "session.override "+string(s.ID)) {
		t.Errorf("the trail says %v", h.trail())
	}
}

// TestTimesThatAreTaken: spans that touch are free, an expert's buffer is not.
func TestTimesThatAreTaken(t *testing.T) {
	for _, c := range []struct {
		clock      string // of a session that the two, or one of them, have
		both       string
		sameAtsugi string // with another expert
		sameExpert string // with another atsugi
	}{
		{"10 14:00", "taken", "taken", "taken"},
		{"10 13:05", "taken", "taken", "taken"},
		{"10 14:55", "taken", "taken", "taken"},
		{"10 13:00", "taken", "free", "taken"}, // ends as the other begins: the buffer after it
		{"10 12:50", "taken", "free", "taken"},
		{"10 12:45", "free", "free", "free"},
		{"10 15:00", "taken", "free", "taken"},
		{"10 15:10", "taken", "free", "taken"},
		{"10 15:15", "free", "free", "free"},
	} {
		for i, want := range []string{c.both, c.sameAtsugi, c.sameExpert} {
			h := newHouse(t)
			f := h.timesForm("first", "", "10 14:00")
			f.Atsugi, f.Mentor = "atsugi", "expert"
			h.books(f)
			f = h.timesForm("second", "", "15 09:00", c.clock)
			f.Atsugi, f.Mentor, f.For = "atsugi", "expert", "atsugi"
			switch i {
			case 1:
				f.Mentor = "other-expert"
			case 2:
				f.Atsugi, f.For = "other-atsugi", "other-atsugi"
			}
			_, err := h.ProposeTimes(t.Context(), programme.As("office"), f)
			if want == "taken" {
				refused(t, c.clock, err, "conflict time2 error.time_taken")
			} else {
				refused(t, c.clock, err, "went through")
			}
		}
	}
}

// TestEventsTakeTimeToo: of who speaks, comes, or is invited and has not declined. Only they
// are told that it is an event.
func TestEventsTakeTimeToo(t *testing.T) {
	for _, c := range []struct {
		rule   string
		busy   bool
		change func(*house, *programme.Event)
	}{
		{"nobody is invited", false, nil},
		{"the expert speaks", true, func(h *house, e *programme.Event) { h.speaks("expert", programme.SpeakerAgreed) }},
		{"the expert is asked to speak", false, func(h *house, e *programme.Event) { h.speaks("expert", programme.SpeakerAsked) }},
		{"the atsugi speaks", true, func(h *house, e *programme.Event) { h.speaks("other-atsugi", programme.SpeakerAgreed) }},
		{"the atsugi comes", true, func(h *house, e *programme.Event) { h.answers("other-atsugi", programme.Yes) }},
		{"the atsugi comes online", true, func(h *house, e *programme.Event) { h.answers("other-atsugi", programme.Online) }},
		{"the atsugi waits for a place", true, func(h *house, e *programme.Event) { h.answers("other-atsugi", programme.Waiting) }},
		{"the atsugi, whom the office has on the list, does not know yet", true, func(h *house, e *programme.Event) { h.answers("other-atsugi", programme.NotYet) }},
		{"the atsugi is invited", true, func(h *house, e *programme.Event) { e.Audience.Roles = []programme.Role{programme.Atsugi} }},
		{"the atsugi is invited and does not know yet", true, func(h *house, e *programme.Event) {
			e.Audience.Roles = []programme.Role{programme.Atsugi}
			h.answers("other-atsugi", programme.NotYet)
		}},
		{"the atsugi is invited and does not come", false, func(h *house, e *programme.Event) {
			e.Audience.Roles = []programme.Role{programme.Atsugi}
			h.answers("other-atsugi", programme.No)
		}},
		{"the atsugi is invited and does not come, but speaks", true, func(h *house, e *programme.Event) {
			e.Audience.Roles = []programme.Role{programme.Atsugi}
			h.answers("other-atsugi", programme.No)
			h.speaks("other-atsugi", programme.SpeakerAgreed)
		}},
		{"the atsugi would be invited, were it announced", false, func(h *house, e *programme.Event) {
			e.Audience.Roles, e.Approved = []programme.Role{programme.Atsugi}, ""
		}},
		{"the expert is invited", true, func(h *house, e *programme.Event) { e.Audience.Roles = []programme.Role{programme.Mentor} }},
		{"the expert is invited and does not know yet", true, func(h *house, e *programme.Event) {
			e.Audience.Roles = []programme.Role{programme.Mentor}
			h.answers("expert", programme.NotYet)
		}},
		{"the expert is invited and does not come", false, func(h *house, e *programme.Event) {
			e.Audience.Roles = []programme.Role{programme.Mentor}
			h.answers("expert", programme.No)
		}},
		{"the expert would be invited, were it announced", false, func(h *house, e *programme.Event) {
			e.Audience.Roles, e.Approved = []programme.Role{programme.Mentor}, ""
		}},
		{"it was called off", false, func(h *house, e *programme.Event) {
			e.Cancelled = h.now
			h.answers("other-atsugi", programme.Yes)
		}},
		{"it ends as they would begin", false, func(h *house, e *programme.Event) {
			e.Start, e.End = e.Start.Add(-2*time.Hour), e.Start
			h.answers("other-atsugi", programme.Yes)
		}},
		{"it begins while they talk", true, func(h *house, e *programme.Event) {
			e.Start, e.End = e.Start.Add(55*time.Minute), e.End.Add(55*time.Minute)
			h.answers("other-atsugi", programme.Yes)
		}},
	} {
		h := newHouse(t)
		e := programme.Event{
			ID: "event", Kind: programme.Seminar, Title: "セミナー", Start: slot(t, "10 14:00").From, End: slot(t, "10 16:00").From,
			Place: "公民館", Audience: programme.Audience{People: []programme.PersonID{"supporter"}}, Host: programme.ByOffice, Approved: "2026-08-01",
		}
		engagement := h.engaged("e")
		waiting := h.proposes("other-atsugi", h.timesForm("waiting", engagement.ID, "10 14:00"))
		h.write(func(tx programme.Tx) error { return tx.SaveEvent(e) })
		if e.Version = 1; c.change != nil {
			c.change(h, &e)
		}
		h.write(func(tx programme.Tx) error { return tx.SaveEvent(e) })
		want := [2]string{"went through", "went through"}
		if c.busy {
			own := "error.time_event"
			if strings.Contains(c.rule, "speaks") {
				own = "error.time_speaks"
			}
			want = [2]string{"conflict time2 " + own, "conflict error.time_taken"}
			if strings.Contains(c.rule, "expert") { // whose event it is, is nobody else's business
				want = [2]string{"conflict time2 error.time_taken", "conflict " + own}
			}
		}
		f := again(h.timesForm("op", "", "15 14:00", "10 14:00"), waiting)
		_, err := h.ProposeTimes(t.Context(), programme.As("other-atsugi"), f)
		refused(t, c.rule, err, want[0])
		_, err = h.PickTime(t.Context(), programme.As("expert"), waiting.ID, h.session(waiting.ID).Proposal.At, slot(t, "10 14:00").From, "")
		refused(t, c.rule+", when it is picked", err, want[1])
	}
}

// speaks and answers are about the event of the test above.
func (h *house) speaks(who programme.PersonID, status programme.SpeakerStatus) {
	h.t.Helper()
	h.write(func(tx programme.Tx) error {
		return tx.SaveSpeaker(programme.Speaker{Event: "event", Person: who, Status: status, By: "office", At: h.now})
	})
}

func (h *house) answers(who programme.PersonID, answer programme.Coming) {
	h.t.Helper()
	h.write(func(tx programme.Tx) error {
		_, err := tx.Attend(programme.Attendance{Event: "event", Person: who, Answer: answer, By: who, At: h.now})
		return err
	})
}
