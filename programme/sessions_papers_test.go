package programme_test

import (
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

// TestTheOfficeRecordsPapers: once, by its own word alone, and nobody is told.
func TestTheOfficeRecordsPapers(t *testing.T) {
	papers := programme.FeePapers{Appointment: programme.PaperReceived, Travel: programme.PaperNotNeeded, Receipts: programme.PaperAwaited}
	for _, who := range cast {
		h := newHouse(t)
		s := h.kept("s", nil)
		_, err := h.SetPapers(t.Context(), programme.As(who), "s", s.Version, papers)
		if (who == "office") != (err == nil) {
			t.Errorf("%s: %v", who, err)
		}
		if who != "office" {
			if got := h.session("s").Papers; got != (programme.FeePapers{}) {
				t.Errorf("%s recorded %+v", who, got)
			}
			continue
		}
		_, err = h.SetPapers(t.Context(), programme.As(who), "s", s.Version, papers) // pressed twice
		must(t, err)
		after := h.session("s")
		if after.Papers != papers || after.State != s.State || after.Seq != s.Seq || len(h.notices()) != 0 {
			t.Errorf("it became %+v, told %v", after, h.notices())
		}
		if n := countOf(h.trail(), "session.papers s"); n != 1 {
			t.Errorf("it is in the trail %d times", n)
		}
		other := papers
		other.Receipts = programme.PaperReceived
		_, err = h.SetPapers(t.Context(), programme.As(who), "s", s.Version, other)
		refused(t, "of the session as it was", err, "conflict error.session_changed")
	}
}

func TestPapersThatAreRefused(t *testing.T) {
	h := newHouse(t)
	s := h.kept("s", nil)
	h.kept("of-a-senior", func(s *programme.Session) { s.Kind, s.Mentor = programme.Between, "senior" })
	for _, c := range []struct {
		rule   string
		id     programme.SessionID
		papers programme.FeePapers
		want   string
	}{
		{"a status that there is not", s.ID, programme.FeePapers{Appointment: "lost"}, "invalid appointment error.choice"},
		{"another", s.ID, programme.FeePapers{Travel: "lost"}, "invalid travel error.choice"},
		{"and another", s.ID, programme.FeePapers{Receipts: "lost"}, "invalid receipts error.choice"},
		{"no fee is due to a senior", "of-a-senior", programme.FeePapers{Travel: programme.PaperReceived}, "closed error.session_no_fee"},
		{"there is no such session", "none", programme.FeePapers{}, "not_found error.session_gone"},
	} {
		_, err := h.SetPapers(t.Context(), programme.As("office"), c.id, 1, c.papers)
		refused(t, c.rule, err, c.want)
	}
}

// TestWhoSeesPapers: office and bureau, and in the records of the accounts.
func TestWhoSeesPapers(t *testing.T) {
	papers := programme.FeePapers{Appointment: programme.PaperReceived}
	h := newHouse(t)
	h.kept("s", func(s *programme.Session) { s.Papers = papers })
	for who, want := range map[programme.PersonID]bool{"office": true, "bureau": true, "atsugi": false, "expert": false} {
		v, err := h.SessionPage(t.Context(), programme.As(who), "s")
		if must(t, err); (v.Papers == papers) != want || v.Paid != want || !want && v.Papers != (programme.FeePapers{}) {
			t.Errorf("%s sees %+v, paid: %v", who, v.Papers, v.Paid)
		}
	}
	records, err := h.SessionRecords(t.Context(), programme.As("office"))
	if must(t, err); len(records) != 1 || records[0].Papers != papers {
		t.Errorf("the records have %+v", records)
	}
	for _, entry := range h.trail() {
		if strings.Contains(entry, string(programme.PaperReceived)) {
			t.Errorf("the trail says %s", entry)
		}
	}
}

// TestANewSessionKnowsTheAppointment that was last recorded of its expert, and no other
// paper, nor another expert's.
func TestANewSessionKnowsTheAppointment(t *testing.T) {
	h := newHouse(t)
	made := h.now.AddDate(0, 0, -9)
	for i, s := range []programme.Session{
		{ID: "first", Papers: programme.FeePapers{Appointment: programme.PaperAwaited, Travel: programme.PaperReceived}},
		{ID: "latest", Papers: programme.FeePapers{Appointment: programme.PaperReceived, Receipts: programme.PaperReceived}},
		{ID: "silent"},
		{ID: "of-another", Mentor: "other-expert", Papers: programme.FeePapers{Appointment: programme.PaperNotNeeded}},
	} {
		h.kept(s.ID, func(k *programme.Session) {
			k.Kind, k.Span, k.State, k.Papers = programme.Between, at(-20-i), programme.SessionHeld, s.Papers
			if k.Made = made.Add(time.Duration(i) * time.Hour); s.Mentor != "" {
				k.Mentor = s.Mentor
			}
		})
	}
	e := h.engaged("e")
	want := programme.FeePapers{Appointment: programme.PaperReceived}
	s := h.proposes("other-atsugi", h.timesForm("op", e.ID, "10 14:00"))
	if got := h.session(s.ID).Papers; got != want {
		t.Errorf("a session that is proposed has %+v", got)
	}
	booked := h.books(h.timesForm("op2", e.ID, "12 14:00"))
	if got := h.session(booked.ID).Papers; got != want {
		t.Errorf("a session that is booked has %+v", got)
	}
	_, err := h.SetPapers(t.Context(), programme.As("office"), booked.ID, booked.Version, programme.FeePapers{Appointment: programme.PaperAwaited})
	must(t, err)
	s = h.proposes("expert", again(h.timesForm("op", "", "11 14:00"), s))
	if got := h.session(s.ID).Papers; got != want {
		t.Errorf("one that there was becomes %+v", got)
	}
}

// TestTheBoardListsPapersToCome: of what was held and is paid, until every paper arrived or
// is not needed.
func TestTheBoardListsPapersToCome(t *testing.T) {
	h := newHouse(t)
	all := programme.FeePapers{Appointment: programme.PaperReceived, Travel: programme.PaperNotNeeded, Receipts: programme.PaperReceived}
	lacks := all
	lacks.Receipts = programme.PaperAwaited
	for id, change := range map[programme.SessionID]func(*programme.Session){
		"complete": func(s *programme.Session) { s.Span, s.Papers = at(-9), all },
		"lacks":    func(s *programme.Session) { s.Span, s.Papers = at(-8), lacks },
		"silent":   func(s *programme.Session) { s.Span = at(-7) },
		"senior":   func(s *programme.Session) { s.Span, s.Kind, s.Mentor = at(-6), programme.Between, "senior" },
		"booked":   func(s *programme.Session) { s.State, s.Papers = programme.SessionBooked, lacks },
		"missed":   func(s *programme.Session) { s.Span, s.State = at(-5), programme.SessionNotHeld },
	} {
		h.kept(id, func(s *programme.Session) { s.State = programme.SessionHeld; change(s) })
	}
	for _, who := range []programme.PersonID{"office", "bureau"} {
		b, err := h.SessionBoard(t.Context(), programme.As(who))
		if must(t, err); sessionIDs(b.NoPapers) != "lacks silent" {
			t.Errorf("%s finds %q", who, sessionIDs(b.NoPapers))
		}
	}
}
