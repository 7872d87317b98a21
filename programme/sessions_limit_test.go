package programme_test

import (
	"fmt"
	"maps"
	"testing"
	"time"

	"tsugite/programme"
)

// publishAll has four experts publish their times, who agree to requests at once if so said.
func (h *house) publishAll(accepts bool) []programme.PersonID {
	h.t.Helper()
	experts := []programme.PersonID{"expert", "other-expert", "third-expert", "fourth-expert"}
	h.write(func(tx programme.Tx) error {
		for _, id := range experts[2:] {
			err := tx.SavePerson(programme.Person{
				ID: id, Name: string(id), SlackID: "U" + string(id), Roles: []programme.Role{programme.Mentor}, Kind: programme.Expert,
				Notified: "2026-06-01", Pledged: "2026-06-01",
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	for _, id := range experts {
		h.publishes(id, func(o *programme.Offer) { o.Accepts = accepts })
	}
	return experts
}

// asksAndWithdraws asks an expert for a time and, if that went through, calls it off.
func (h *house) asksAndWithdraws(op string, who, mentor programme.PersonID) error {
	h.t.Helper()
	f := h.requestFor(op, "10 14:00")
	f.Mentor = mentor
	s, err := h.RequestSession(h.t.Context(), programme.As(who), f)
	if err == nil {
		must(h.t, h.CancelSession(h.t.Context(), programme.As(who), s.ID, s.Version, "都合"))
	}
	return err
}

// TestWhoAsksOftenIsRefused: three requests to one expert and ten in all within 24 hours,
// whatever became of them. The form of one that is too much does not even open.
func TestWhoAsksOftenIsRefused(t *testing.T) {
	for _, accepts := range []bool{false, true} {
		t.Run(fmt.Sprintf("accepts=%v", accepts), func(t *testing.T) {
			h := newHouse(t)
			experts := h.publishAll(accepts)
			begun := h.now
			ask := func(rule string, mentor programme.PersonID, want string) {
				t.Helper()
				h.now = h.now.Add(time.Minute)
				refused(t, rule, h.asksAndWithdraws("op "+rule, "other-atsugi", mentor), want)
			}
			for n := range 3 {
				ask(fmt.Sprint("request ", n), "expert", "went through")
			}
			told := len(h.deliver())
			ask("a fourth to one expert", "expert", "conflict error.request_often_expert")
			err := h.HoldTime(t.Context(), programme.As("other-atsugi"), "op", "expert", slot(t, "10 14:00").From)
			refused(t, "the form of a fourth", err, "conflict error.request_often_expert")
			if said := h.deliver(); len(said) != 0 || told == 0 {
				t.Errorf("%d were told of three requests, and of the fourth %v", told, said)
			}
			again := h.requests("other-atsugi", h.requestFor("op request 0", "10 14:00"))
			if again.State != programme.SessionCancelled {
				t.Errorf("the first form again answers %+v", again)
			}
			refused(t, "somebody else", h.asksAndWithdraws("theirs", "atsugi", "expert"), "went through")

			for n := range 6 {
				ask(fmt.Sprint("others ", n), experts[1+n/3], "went through")
			}
			ask("the tenth", experts[3], "went through")
			ask("an eleventh", experts[3], "conflict error.request_often")

			h.now = begun.Add(24*time.Hour - time.Minute)
			ask("a day after there was none", "expert", "conflict error.request_often_expert")
			h.now = begun.Add(24 * time.Hour)
			ask("a day after the first", "expert", "went through")
			ask("a minute later, of the second", "expert", "went through")
		})
	}
}

// TestPlacesAreToldAFewTimes: each of the two says anew how and where they meet three times
// a day, and never uses up what the other one has. The same place again is none, a day later
// it is possible again, another session is another matter, and the office goes beyond.
func TestPlacesAreToldAFewTimes(t *testing.T) {
	h := newHouse(t)
	s, other := h.kept("s", nil), h.kept("other", func(s *programme.Session) { s.Span = slot(t, "11 14:00") })
	begun := h.now
	set := func(who programme.PersonID, id programme.SessionID, room string) error {
		t.Helper()
		h.now = h.now.Add(time.Minute)
		_, err := h.SetVenue(t.Context(), programme.As(who), id, h.session(id).Version, programme.Venue{
			Mode: programme.ModeOnline, URL: "https://example.jp/room/" + room,
		})
		return err
	}
	for _, who := range []programme.PersonID{"atsugi", "expert"} {
		for n := range 3 {
			refused(t, fmt.Sprintf("%s, place %d", who, n), set(who, s.ID, fmt.Sprint(who, n)), "went through")
		}
		before := h.notices()
		refused(t, "a fourth by "+string(who), set(who, s.ID, "fourth"), "conflict error.session_venue_often")
		refused(t, "the same place by "+string(who), set(who, s.ID, fmt.Sprint(who, 2)), "went through")
		if after := h.notices(); !maps.Equal(before, after) {
			t.Errorf("told %v, and after a refusal %v", before, after)
		}
		refused(t, "of another session by "+string(who), set(who, other.ID, string(who)), "went through")
	}
	refused(t, "the office", set("office", s.ID, "office"), "went through")
	refused(t, "who has none left, after the office", set("atsugi", s.ID, "after"), "conflict error.session_venue_often")

	h.now = begun.Add(24 * time.Hour) // and a minute, when it is pressed
	refused(t, "a day after the first", set("atsugi", s.ID, "next day"), "went through")
	h.now = h.now.Add(-time.Minute)
	refused(t, "the second is not a day ago", set("atsugi", s.ID, "once more"), "conflict error.session_venue_often")
}

// TestTimesAreNamedAFewTimes: each of the two names times to the other five times a day, for
// one session and by beginning others, and never uses up what the other one has. A day after
// the first it is possible again, and the office goes beyond.
func TestTimesAreNamedAFewTimes(t *testing.T) {
	h := newHouse(t)
	e := h.engaged("e")
	begun := h.now
	names := func(who programme.PersonID, s programme.Session, clock string) (programme.Session, error) {
		t.Helper()
		h.now = h.now.Add(time.Minute)
		f := h.timesForm("op "+h.now.Format(time.DateTime), e.ID, clock)
		if s.ID != "" {
			f = again(f, s)
		}
		if who == "office" {
			f.For = "other-atsugi"
		}
		return h.ProposeTimes(t.Context(), programme.As(who), f)
	}
	s := h.proposes("other-atsugi", h.timesForm("op", e.ID, "10 10:00"))
	var err error
	for n := range 4 {
		s, err = names("other-atsugi", s, fmt.Sprintf("10 %d:00", 11+n))
		refused(t, fmt.Sprint("again ", n), err, "went through")
	}
	before := h.notices()
	_, err = names("other-atsugi", s, "10 16:00")
	refused(t, "a sixth time", err, "conflict error.session_propose_often")
	if after := h.notices(); !maps.Equal(before, after) {
		t.Errorf("told %v, and after a refusal %v", before, after)
	}
	s, err = names("expert", s, "11 10:00")
	refused(t, "the other one", err, "went through")
	s, err = names("office", s, "11 11:00")
	refused(t, "the office", err, "went through")
	h.now = begun.Add(24 * time.Hour)
	_, err = names("other-atsugi", s, "11 12:00")
	refused(t, "a day after the first", err, "went through")
}

// TestSessionsAreBegunAFewTimes: who begins a session of the two and calls it off at once is
// limited likewise.
func TestSessionsAreBegunAFewTimes(t *testing.T) {
	h := newHouse(t)
	e := h.engaged("e")
	for n := range 6 {
		s, err := h.ProposeTimes(t.Context(), programme.As("other-atsugi"), h.timesForm(fmt.Sprint("op", n), e.ID, "10 10:00"))
		if n == 5 {
			refused(t, "a sixth session", err, "conflict error.session_propose_often")
			return
		}
		refused(t, fmt.Sprint("session ", n), err, "went through")
		must(t, h.CancelSession(t.Context(), programme.As("other-atsugi"), s.ID, s.Version, "都合"))
	}
}
