package programme_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// Facts tell of sessions at an agreed time that nobody accounted for yet, and of when
// the two were last told of it: of none that is open, held or cancelled, nor of one that
// was long ago.
func TestFactsOfSessions(t *testing.T) {
	h := newHouse(t)
	day := func(n int) time.Time { return h.now.AddDate(0, 0, n) }
	h.write(func(tx programme.Tx) error {
		var errs []error
		for _, s := range []struct {
			id    programme.SessionID
			state programme.SessionState
			end   time.Time
		}{
			{"to-come", programme.SessionBooked, day(40)}, {"moved", programme.SessionBooked, day(2)},
			{"over", programme.SessionBooked, day(-14)}, {"long-over", programme.SessionBooked, day(-14).Add(-time.Second)},
			{"open", programme.SessionOpen, time.Time{}}, {"held", programme.SessionHeld, day(-1)},
			{"not-held", programme.SessionNotHeld, day(-1)}, {"cancelled", programme.SessionCancelled, day(3)},
		} {
			session := programme.Session{ID: s.id, Kind: programme.Between, Atsugi: "atsugi", Mentor: "expert", State: s.state, Made: day(-30)}
			if !s.end.IsZero() {
				session.Span = programme.Span{From: s.end.Add(-time.Hour), Until: s.end}
			}
			errs = append(errs, tx.CreateSession("op-"+string(s.id), session))
		}
		for i, n := range []programme.Notice{
			{Kind: programme.NoticeSessionBooked, Occasion: "2", Due: day(-3)}, {Kind: programme.NoticeSessionBooked, Occasion: "1", Due: day(-20)},
			{Kind: programme.NoticeSessionReminder, Occasion: "eve", Due: day(-1)}, // says no time that they did not know
		} {
			n.Subject, n.To = "moved", programme.ToPerson("atsugi")
			errs = append(errs, tx.Enqueue([]string{"d1", "d2", "d3"}[i], n))
		}
		return errors.Join(errs...)
	})
	f, err := h.Facts(t.Context())
	must(t, err)
	got := map[programme.SessionID]string{}
	for _, s := range f.Sessions {
		got[s.ID] = s.Told.In(tokyo).Format(time.DateOnly)
	}
	want := map[programme.SessionID]string{"to-come": "2026-08-02", "moved": "2026-08-29", "over": "2026-08-02"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sessions and when they were told of (-want +got):\n%s", diff)
	}
}

// An occasion is of one start, whatever the zone it is told in.
func TestSessionOccasion(t *testing.T) {
	s := programme.Session{Span: programme.Span{From: time.Date(2026, 9, 18, 8, 30, 0, 0, tokyo)}}
	for step, want := range map[string]string{"eve": "eve@20260917T2330Z", "": "20260917T2330Z"} {
		if got := programme.SessionOccasion(step, s); got != want {
			t.Errorf("occasion %q of step %q, want %q", got, step, want)
		}
	}
}
