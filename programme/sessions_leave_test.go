package programme_test

import (
	"testing"

	"tsugite/programme"
)

// enters brings one row of a roster in for somebody.
func (h *house) enters(id programme.PersonID, role string, more ...string) {
	h.t.Helper()
	address := string(id) + "@example.jp"
	h.edit(id, func(p *programme.Person) { p.Email = address })
	row := rosterRow(2, "試験 "+string(id), address, role, more...)
	if _, err := h.ImportRoster(h.t.Context(), programme.As("office"), []programme.RosterRow{row}, ""); err != nil {
		h.t.Fatalf("%s becomes %s: %v", id, role, err)
	}
}

// TestWhoKeepsTheirSessions: who could agree on them today. The pledge of an expert is part
// of that (programme.md duty 4); what else the roster says of people is not.
func TestWhoKeepsTheirSessions(t *testing.T) {
	const pledged, notified = string(programme.ColPledged), string(programme.ColNotified)
	for _, c := range []struct {
		rule string
		who  programme.PersonID
		role string
		more []string
		want bool
	}{
		{"the expert's telephone is another", "expert", "専門家", []string{string(programme.ColPhone), "03-0000-0000"}, true},
		{"the pledge is dated anew", "expert", "専門家", []string{pledged, "2026-08-31"}, true},
		{"the pledge is taken off", "expert", "専門家", []string{pledged, ""}, false},
		{"the pledge is of a day to come", "expert", "専門家", []string{pledged, "2026-09-02"}, false},
		{"the notice is taken off", "expert", "専門家", []string{notified, ""}, false},
		{"a senior now", "expert", "専門家", []string{string(programme.ColKind), "先輩アトツギ"}, false},
		{"no expert any more", "expert", "支援機関", nil, false},
		{"the atsugi's telephone is another", "other-atsugi", "アトツギ", []string{string(programme.ColPhone), "03-0000-0000"}, true},
		{"no atsugi any more", "other-atsugi", "支援機関", nil, false},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := newHouse(t)
			s := h.books(h.timesForm("op", h.engaged("e").ID, "10 14:00"))
			h.enters(c.who, c.role, c.more...)
			after := h.session(s.ID)
			if kept := after.State == programme.SessionBooked; kept != c.want {
				t.Errorf("it became %+v", after)
			}
			if told := h.notices()["session.orphaned c:office"]; (told == 0) != c.want {
				t.Errorf("the office is told %d times", told)
			}
			if c.want {
				return
			}
			if got := h.occupiedBy("other-atsugi", "expert"); len(got) != 0 {
				t.Errorf("still taken: %v", got)
			}
			v, err := h.SessionPage(t.Context(), programme.As("office"), s.ID)
			if must(t, err); v.MayPropose || v.MayPick {
				t.Errorf("the page offers other times with them: %+v", v)
			}
			_, err = h.BookSession(t.Context(), programme.As("office"), again(h.timesForm("op", "", "12 14:00"), after))
			refused(t, "other times with them", err, "conflict error.session_people")
		})
	}
}
