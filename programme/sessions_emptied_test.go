package programme_test

import (
	"testing"
	"time"

	"tsugite/programme"
)

// TestWhatEmptiedATimeStays: what the two said of a time that their word emptied is evidence,
// which the office's correction puts back and no other time takes away.
func TestWhatEmptiedATimeStays(t *testing.T) {
	reopened := func(t *testing.T) (*house, programme.Session) {
		h := newHouse(t)
		h.kept("s", nil)
		h.now = sessionStart.Add(time.Hour)
		for _, press := range []string{"atsugi moved", "expert moved"} {
			if _, err := h.told(press); err != nil {
				t.Fatal(err)
			}
		}
		return h, h.session("s")
	}
	const moved = programme.SaysMoved

	h, s := reopened(t)
	if a, m := s.Said(); a != moved || m != moved {
		t.Errorf("emptied, they said %q and %q", a, m)
	}
	seen, err := h.told("atsugi moved")
	must(t, err)
	if a, m := seen.Said(); a != moved || m != programme.Unsaid {
		t.Errorf("the atsugi sees %q and %q", a, m)
	}
	if _, err := h.told("office held"); err != nil {
		t.Fatal(err)
	}
	if s = h.session("s"); s.State != programme.SessionHeld || s.AtsugiSays != moved || s.MentorSays != moved || s.OfficeSays != programme.SaysHeld {
		t.Errorf("taken back, it is %+v", s)
	}

	h, s = reopened(t)
	booked, err := h.BookSession(t.Context(), programme.As("office"), programme.SessionForm{
		Op: "again", Session: "s", Version: s.Version, Spans: []programme.Span{at(3)}, Venue: s.Venue, Topic: s.Topic,
	})
	must(t, err)
	if a, m := booked.Said(); a+m != programme.Unsaid {
		t.Errorf("of the new time they said %q and %q", a, m)
	}
	must(t, h.CancelSession(t.Context(), programme.As("office"), "s", h.session("s").Version, "都合"))
	want := programme.EmptiedTime{Span: programme.Span{From: sessionStart.UTC(), Until: sessionStart.Add(time.Hour).UTC()}, AtsugiSays: moved, MentorSays: moved}
	if got := h.session("s").Last.Emptied; got != want {
		t.Errorf("after another time there is %+v, want %+v", got, want)
	}
}
