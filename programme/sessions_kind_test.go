package programme_test

import (
	"testing"

	"tsugite/programme"
)

// askedAndHeld enters a session of the two that the atsugi asked for, and that took place.
func (h *house) askedAndHeld(id programme.SessionID) programme.Session {
	h.t.Helper()
	return h.kept(id, func(s *programme.Session) {
		s.Kind, s.Requested, s.State = programme.Between, true, programme.SessionHeld
	})
}

// TestTheOfficeSaysWhatASessionCountsFor: for the running engagement of its two, and back,
// by its own word alone, and nobody is told.
func TestTheOfficeSaysWhatASessionCountsFor(t *testing.T) {
	for _, who := range cast {
		h := newHouse(t)
		s := h.askedAndHeld("s")
		e := h.kept("other", func(s *programme.Session) { s.Span = at(1) }).Engagement
		_, err := h.SetSessionKind(t.Context(), programme.As(who), "s", s.Version, programme.FollowUp, false)
		if (who == "office") != (err == nil) {
			t.Errorf("%s: %v", who, err)
		}
		if who != "office" {
			if got := h.session("s"); got.Kind != programme.Between || got.Engagement != "" {
				t.Errorf("%s made it %s of %q", who, got.Kind, got.Engagement)
			}
			continue
		}
		after, err := h.SetSessionKind(t.Context(), programme.As(who), "s", s.Version, programme.FollowUp, false) // pressed twice
		must(t, err)
		if after.Kind != programme.FollowUp || after.Engagement != e || after.Seq != s.Seq || len(h.notices()) != 0 {
			t.Errorf("it became %+v, told %v", after, h.notices())
		}
		b, err := h.SessionBoard(t.Context(), programme.As("office"))
		must(t, err)
		if want := (programme.SessionTallies{FollowUp: programme.SessionTally{Held: 1, Booked: 1}}); b.Counts != want || b.Engagements[0].Held != 1 {
			t.Errorf("the board has %+v, the engagement %+v", b.Counts, b.Engagements[0].SessionTally)
		}
		back, err := h.SetSessionKind(t.Context(), programme.As(who), "s", after.Version, programme.Between, false)
		if must(t, err); back.Kind != programme.Between || back.Engagement != "" || h.session("s").Kind != programme.Between {
			t.Errorf("back it is %+v", back)
		}
		trail := h.trail()
		if countOf(trail, "session.kind s") != 2 {
			t.Errorf("the trail has %v", trail)
		}
	}
}

func TestKindsThatAreRefused(t *testing.T) {
	complete := programme.FeePapers{
		Appointment: programme.PaperReceived, Travel: programme.PaperNotNeeded, Receipts: programme.PaperReceived,
	}
	for _, c := range []struct {
		rule    string
		change  func(*programme.Session)
		engaged bool
		kind    programme.SessionKind
		want    string
	}{
		{"a kind that there is not", nil, true, "paid", "invalid kind error.choice"},
		{"none at all", nil, true, "", "invalid kind error.choice"},
		{"the two have no engagement", nil, false, programme.FollowUp, "conflict kind error.session_no_engagement"},
		{"the accounts rest on it", func(s *programme.Session) { s.Papers = complete }, true, programme.FollowUp, "closed error.session_papers_done"},
		{"it was called off", func(s *programme.Session) { s.State = programme.SessionCancelled }, true, programme.FollowUp, "closed error.session_cancelled"},
		{"it was seen otherwise", func(s *programme.Session) { s.State = programme.SessionBooked }, true, programme.FollowUp, "conflict error.session_changed"},
	} {
		h := newHouse(t)
		if c.engaged {
			h.engaged("e")
		}
		s := h.kept("s", func(s *programme.Session) {
			s.Kind, s.Atsugi, s.State = programme.Between, "other-atsugi", programme.SessionHeld
			if c.change != nil {
				c.change(s)
			}
		})
		if s.State == programme.SessionBooked {
			h.write(func(tx programme.Tx) error { return tx.SaveSession(s) })
		}
		_, err := h.SetSessionKind(t.Context(), programme.As("office"), "s", s.Version, c.kind, true)
		refused(t, c.rule, err, c.want)
	}
	h := newHouse(t)
	_, err := h.SetSessionKind(t.Context(), programme.As("office"), "none", 1, programme.FollowUp, false)
	refused(t, "there is no such session", err, "not_found error.session_gone")
}

// TestAnEngagementThatEndedGetsNoMoreSessions: what is of it can be taken out all the same.
func TestAnEngagementThatEndedGetsNoMoreSessions(t *testing.T) {
	h := newHouse(t)
	s := h.askedAndHeld("s")
	of := h.kept("of-it", func(s *programme.Session) { s.State, s.Span = programme.SessionHeld, at(1) })
	must(t, h.EndEngagement(t.Context(), programme.As("office"), of.Engagement))
	_, err := h.SetSessionKind(t.Context(), programme.As("office"), "s", s.Version, programme.FollowUp, false)
	refused(t, "into it", err, "conflict kind error.session_no_engagement")
	_, err = h.SetSessionKind(t.Context(), programme.As("office"), "of-it", of.Version, programme.Between, false)
	must(t, err)
}

// TestAKindWithinItsQuotas: as if the session were made now; beyond them the office goes if
// it says so.
func TestAKindWithinItsQuotas(t *testing.T) {
	const booked = programme.SessionBooked
	for _, c := range []struct {
		rule string
		set  programme.SessionSettings
		to   programme.SessionKind
		have func(*programme.Session) // of three others, and of the session itself
		of   func(*programme.Session)
		want string
	}{
		{"the engagement's fourth", programme.SessionSettings{PerAtsugi: 9, Most: 9}, programme.FollowUp, nil, nil, "conflict error.quota_engagement"},
		{"the atsugi's fourth of three", programme.SessionSettings{PerAtsugi: 3, Most: 9}, programme.FollowUp,
			func(s *programme.Session) { s.Mentor = "other-expert" }, nil, "conflict error.quota_atsugi"},
		{"the programme's fourth of three", programme.SessionSettings{PerAtsugi: 9, Most: 3}, programme.FollowUp,
			func(s *programme.Session) { s.Atsugi, s.Mentor = "other-atsugi", "other-expert" }, nil, "conflict error.quota_programme"},
		{"one that did not take place", programme.SessionSettings{PerAtsugi: 9, Most: 9}, programme.FollowUp, nil,
			func(s *programme.Session) { s.State = programme.SessionNotHeld }, ""},
		{"one whose proposed times went by", programme.SessionSettings{PerAtsugi: 9, Most: 9}, programme.FollowUp, nil,
			func(s *programme.Session) {
				s.State, s.Span = programme.SessionOpen, programme.Span{}
				s.Proposal = programme.Proposal{By: "atsugi", For: "expert", At: sessionStart.AddDate(0, 0, -9), Spans: []programme.Span{at(-3)}}
			}, ""},
		{"a full week is the same for both kinds", programme.SessionSettings{PerAtsugi: 9, Most: 9, PerWeek: 1}, programme.FollowUp,
			func(s *programme.Session) { s.State = programme.SessionNotHeld }, nil, ""},
		{"what was asked for, the fourth between workshops", programme.SessionSettings{PerAtsugi: 3, Most: 9}, programme.Between,
			func(s *programme.Session) { s.Kind, s.Engagement = programme.Between, "" },
			func(s *programme.Session) { s.Requested = true }, "conflict error.quota_atsugi"},
		{"what the office brings about between workshops is without limit", programme.SessionSettings{PerAtsugi: 1, Most: 1}, programme.Between,
			func(s *programme.Session) { s.Kind, s.Engagement = programme.Between, "" }, nil, ""},
	} {
		h := newHouse(t)
		set := &h.Settings.Sessions
		set.PerAtsugi, set.Most = c.set.PerAtsugi, c.set.Most
		if c.set.PerWeek > 0 {
			set.PerWeek = c.set.PerWeek
		}
		for i, id := range []programme.SessionID{"1", "2", "3"} {
			h.kept(id, func(s *programme.Session) {
				s.Span = at(i + 1)
				if c.have != nil {
					c.have(s)
				}
			})
		}
		h.kept("makes-the-engagement", func(s *programme.Session) { s.State = programme.SessionCancelled })
		s := h.kept("s", func(s *programme.Session) {
			s.State = booked
			if s.Kind = programme.Between; c.to == programme.Between {
				s.Kind = programme.FollowUp
			}
			if c.of != nil {
				c.of(s)
			}
		})
		h.now = sessionStart
		_, err := h.SetSessionKind(t.Context(), programme.As("office"), "s", s.Version, c.to, false)
		if c.want == "" {
			if err != nil {
				t.Errorf("%s: %v", c.rule, err)
			}
			continue
		}
		refused(t, c.rule, err, c.want)
		_, err = h.SetSessionKind(t.Context(), programme.As("office"), "s", s.Version, c.to, true)
		if must(t, err); h.session("s").Kind != c.to || countOf(h.trail(), "session.override s") != 1 {
			t.Errorf("%s, beyond it: %s, the trail has %v", c.rule, h.session("s").Kind, h.trail())
		}
	}
}

// TestWhoIsToldWhatASessionCountsFor: that it can be said otherwise is the office's alone to
// see, with whether the two have an engagement.
func TestWhoIsToldWhatASessionCountsFor(t *testing.T) {
	h := newHouse(t)
	h.askedAndHeld("s")
	for _, engaged := range []bool{false, true} {
		if engaged {
			h.kept("of-it", func(s *programme.Session) { s.Span = at(1) })
		}
		for _, who := range []programme.PersonID{"office", "bureau", "atsugi", "expert"} {
			v, err := h.SessionPage(t.Context(), programme.As(who), "s")
			office := who == "office"
			if must(t, err); v.MayKind != office || v.Engaged != (office && engaged) {
				t.Errorf("%s may: %v, engaged: %v", who, v.MayKind, v.Engaged)
			}
		}
	}
}
