package programme_test

import (
	"time"

	"tsugite/programme"
)

// The sessions of these tests are of atsugi and expert, on Thursday 10 September 2026 at
// 14:00, for an hour.
var sessionStart = time.Date(2026, 9, 10, 14, 0, 0, 0, tokyo)

// kept enters a session as it stands, booked unless change says otherwise, in an
// engagement of the two if its kind wants one.
func (h *house) kept(id programme.SessionID, change func(*programme.Session)) programme.Session {
	h.t.Helper()
	s := programme.Session{
		ID: id, Kind: programme.FollowUp, Atsugi: "atsugi", Mentor: "expert", State: programme.SessionBooked,
		Span: programme.Span{From: sessionStart, Until: sessionStart.Add(time.Hour)}, Venue: programme.Venue{Mode: programme.ModeOnline, Place: "公民館", URL: "https://example.jp/room"}, Topic: "価格の言葉", Bring: "試作の言葉", Contest: true,
		Made: h.now, By: "office", Version: 1,
	}
	if change != nil {
		change(&s)
	}
	h.write(func(tx programme.Tx) error {
		if s.Kind == programme.FollowUp && s.Engagement == "" {
			s.Engagement = programme.EngagementID("e-" + s.Atsugi + "-" + s.Mentor)
			if _, err := tx.Engagement(s.Engagement); err != nil {
				e := programme.Engagement{ID: s.Engagement, Atsugi: s.Atsugi, Mentor: s.Mentor, Sessions: 3, Made: h.now, Version: 1}
				if err := tx.CreateEngagement("op-"+string(e.ID), e); err != nil {
					return err
				}
			}
		}
		return tx.CreateSession("op-"+string(id), s)
	})
	return s
}

func (h *house) session(id programme.SessionID) (s programme.Session) {
	h.t.Helper()
	h.read(func(tx programme.Tx) (err error) {
		s, err = tx.Session(id)
		return err
	})
	return s
}

// occupied is occupiedIn around the session of these tests.
func (h *house) occupied() []string {
	h.t.Helper()
	return h.occupiedIn(programme.Span{From: sessionStart.AddDate(0, 0, -1), Until: sessionStart.AddDate(0, 0, 30)}, "atsugi", "expert")
}

// occupiedIn is whose time sessions take within the span, as "expert 10 14:00-15:15" in Tokyo.
func (h *house) occupiedIn(in programme.Span, people ...programme.PersonID) (out []string) {
	h.t.Helper()
	h.read(func(tx programme.Tx) error {
		for _, p := range people {
			times, err := tx.Occupied(p, in)
			if err != nil {
				return err
			}
			for _, o := range times {
				out = append(out, string(p)+" "+o.Span.From.In(tokyo).Format("02 15:04")+"-"+o.Span.Until.In(tokyo).Format("15:04"))
			}
		}
		return nil
	})
	return out
}
