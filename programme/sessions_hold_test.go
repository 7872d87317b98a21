package programme_test

import (
	"slices"
	"testing"
	"time"

	"tsugite/programme"
)

// TestAFormKeepsItsTime: for five minutes nobody else gets it, and not a moment longer.
func TestAFormKeepsItsTime(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", nil)
	h.Settings.Sessions.Buffer = 0
	form := h.timesForm("book", h.engaged("e").ID, "10 14:00")
	opened := h.now
	must(t, h.holds("atsugi", "op", "10 14:00"))

	takenWith(t, "another form", h.holds("other-atsugi", "op2", "10 14:00"), "10 15:30", "10 16:00")
	_, err := h.RequestSession(t.Context(), programme.As("other-atsugi"), h.requestFor("op2", "10 13:30"))
	takenWith(t, "a request into it", err, "10 15:30", "10 16:00")
	_, err = h.ProposeTimes(t.Context(), programme.As("expert"), form)
	refused(t, "the expert themself", err, "conflict time1 error.time_taken")
	times, err := h.OfferedTimes(t.Context(), programme.As("atsugi"), "expert")
	if err != nil || !slices.ContainsFunc(times, func(s programme.Span) bool { return s.Same(slot(t, "10 14:00")) }) {
		t.Errorf("it is not theirs: %v, %v", times, err)
	}

	h.now = opened.Add(4 * time.Minute)
	must(t, h.holds("atsugi", "op", "10 14:00")) // prolongs nothing
	h.now = opened.Add(5*time.Minute - time.Second)
	takenWith(t, "another form, a second before", h.holds("other-atsugi", "op2", "10 14:00"), "10 15:30", "10 16:00")
	h.now = opened.Add(5 * time.Minute)
	must(t, h.holds("other-atsugi", "op2", "10 14:00"))
	_, err = h.RequestSession(t.Context(), programme.As("atsugi"), h.requestFor("op", "10 14:00"))
	takenWith(t, "the form that was open for too long", err, "10 15:30", "10 16:00")

	h.now = h.now.Add(5 * time.Minute)
	h.proposes("expert", form) // nothing but the clock freed it
}

// TestAFormWithoutItsTimeStillAsks: if nobody else took it meanwhile.
func TestAFormWithoutItsTimeStillAsks(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", nil)
	must(t, h.holds("atsugi", "op", "10 14:00"))
	h.now = h.now.Add(time.Hour)
	h.requests("atsugi", h.requestFor("op", "10 14:00"))
	must(t, h.holds("atsugi", "op", "10 14:00")) // a press that comes late keeps nothing
	if got := h.occupiedBy("atsugi", "expert"); !slices.Equal(got, []string{"atsugi 10 14:00-15:00", "expert 10 14:00-15:30"}) {
		t.Errorf("kept: %v", got)
	}
}

// TestAClosedFormFreesItsTime: its own, and nobody else's.
func TestAClosedFormFreesItsTime(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", nil)
	booked := h.requests("other-atsugi", h.requestFor("booked", "10 13:00"))
	must(t, h.holds("atsugi", "op", "10 14:30"))
	want := []string{"atsugi 10 14:30-15:30", "other-atsugi 10 13:00-14:00"}
	for _, c := range []struct {
		rule string
		who  programme.PersonID
		op   string
	}{
		{"another person's", "other-atsugi", "op"},
		{"another form", "atsugi", "op2"},
		{"what was asked for", "other-atsugi", "booked"},
		{"a session, under its own name", "other-atsugi", string(booked.ID)},
	} {
		must(t, h.FreeTime(t.Context(), programme.As(c.who), c.op))
		if got := h.occupiedBy("atsugi", "other-atsugi"); !slices.Equal(got, want) {
			t.Errorf("%s: kept is %v", c.rule, got)
		}
	}
	for range 2 {
		must(t, h.FreeTime(t.Context(), programme.As("atsugi"), "op"))
		if got := h.occupiedBy("atsugi", "other-atsugi"); !slices.Equal(got, want[1:]) {
			t.Errorf("closed: kept is %v", got)
		}
	}
}

// TestTheNameOfASessionFreesNothing: a form that was tampered with keeps another time under
// it, and the session's stays.
func TestTheNameOfASessionFreesNothing(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", nil)
	s := h.requests("other-atsugi", h.requestFor("op", "10 13:00"))
	must(t, h.holds("atsugi", string(s.ID), "10 14:30"))
	if got := h.occupiedBy("other-atsugi"); !slices.Equal(got, []string{"other-atsugi 10 13:00-14:00"}) {
		t.Errorf("kept: %v", got)
	}
}

// TestAnAtsugiKeepsOneTime: the form opened last has it, and closing the first changes
// nothing.
func TestAnAtsugiKeepsOneTime(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", nil)
	must(t, h.holds("atsugi", "op", "10 13:00"))
	must(t, h.holds("atsugi", "op2", "10 14:30"))
	must(t, h.holds("other-atsugi", "op3", "10 13:00"))
	must(t, h.FreeTime(t.Context(), programme.As("atsugi"), "op"))
	want := []string{"atsugi 10 14:30-15:30", "expert 10 13:00-14:30", "expert 10 14:30-16:00", "other-atsugi 10 13:00-14:00"}
	if got := h.occupiedBy("atsugi", "expert", "other-atsugi"); !slices.Equal(got, want) {
		t.Errorf("kept: %v", got)
	}
	must(t, h.holds("atsugi", "op2", "10 16:00")) // another time in the same form
	if got := h.occupiedBy("atsugi"); !slices.Equal(got, []string{"atsugi 10 16:00-17:00"}) {
		t.Errorf("another time: kept is %v", got)
	}
}

// TestOnesOwnOtherFormIsNotInTheWay: of two forms for the same hour the one that is sent
// first gets it.
func TestOnesOwnOtherFormIsNotInTheWay(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", nil)
	h.publishes("other-expert", nil)
	must(t, h.holds("atsugi", "op", "10 14:00"))
	must(t, h.HoldTime(t.Context(), programme.As("atsugi"), "op2", "other-expert", slot(t, "10 14:30").From))
	h.requests("atsugi", h.requestFor("op", "10 14:00"))
	other := h.requestFor("op2", "10 14:30")
	other.Mentor = "other-expert"
	_, err := h.RequestSession(t.Context(), programme.As("atsugi"), other)
	takenWith(t, "the other one", err, "10 15:00", "10 15:30", "10 16:00")
}

// TestWhatIsOfferedInPlaceOfATimeThatWasTaken are the next ones, or the last before it.
func TestWhatIsOfferedInPlaceOfATimeThatWasTaken(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", func(o *programme.Offer) {
		o.Buffer, o.Hours.Single = 0, []programme.Span{slot(t, "10 13:00"), slot(t, "11 13:00"), slot(t, "14 13:00"), slot(t, "15 13:00"), slot(t, "16 13:00")}
	})
	for _, c := range []struct {
		taken string
		next  []string
	}{
		{"10 13:00", []string{"11 13:00", "14 13:00", "15 13:00"}},
		{"11 13:00", []string{"14 13:00", "15 13:00", "16 13:00"}},
		{"15 13:00", []string{"11 13:00", "14 13:00", "16 13:00"}},
		{"16 13:00", []string{"11 13:00", "14 13:00", "15 13:00"}},
	} {
		must(t, h.holds("atsugi", "op "+c.taken, c.taken))
		takenWith(t, c.taken, h.holds("other-atsugi", "op2", c.taken), c.next...)
	}
}

// TestABufferThatGrewGivesWay: what follows a session closely stays, and the session can be
// changed and talked about all the same.
func TestABufferThatGrewGivesWay(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", func(o *programme.Offer) {
		o.Buffer, o.Accepts, o.Hours.Single = 0, true, []programme.Span{afternoon(t, "10")}
	})
	first := h.requests("other-atsugi", h.requestFor("op", "10 13:00"))
	second := h.requests("atsugi", h.requestFor("op2", "10 14:00"))
	h.publishes("expert", func(o *programme.Offer) { o.Buffer = 30 * time.Minute })

	for _, s := range []programme.Session{first, second} {
		_, err := h.SetVenue(t.Context(), programme.As("expert"), s.ID, s.Version, programme.Venue{Mode: programme.ModeOnline, URL: "https://example.jp/new"})
		must(t, err)
	}
	want := []string{"atsugi 10 14:00-15:00", "expert 10 13:00-14:00", "expert 10 14:00-15:30", "other-atsugi 10 13:00-14:00"}
	if got := h.occupiedBy("atsugi", "expert", "other-atsugi"); !slices.Equal(got, want) {
		t.Errorf("kept: %v", got)
	}
}

// TestTheOfficeBooksOverAForm that somebody has open, and over nothing that was agreed on.
func TestTheOfficeBooksOverAForm(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", nil)
	e := h.engaged("e").ID
	must(t, h.holds("atsugi", "op", "10 14:00"))
	h.books(h.timesForm("book", e, "10 14:00"))
	_, err := h.RequestSession(t.Context(), programme.As("atsugi"), h.requestFor("op", "10 14:00"))
	takenWith(t, "the form", err, "10 15:30", "10 16:00")
	_, err = h.BookSession(t.Context(), programme.As("office"), h.timesForm("again", e, "10 14:30"))
	refused(t, "a session", err, "conflict time1 error.time_taken")
}

// TestAnotherFormProlongsNothing: opened anew for the same time, or for some of it, it ends
// when the first one would have; for another time it does not.
func TestAnotherFormProlongsNothing(t *testing.T) {
	for clock, free := range map[string]bool{"10 14:00": true, "10 14:30": true, "10 15:30": false} {
		h := newHouse(t)
		h.publishes("expert", nil)
		begun := h.now
		must(t, h.holds("atsugi", "op", "10 14:00"))
		h.now = begun.Add(4 * time.Minute)
		must(t, h.holds("atsugi", "op2", clock))
		h.now = begun.Add(5 * time.Minute)
		if err := h.holds("other-atsugi", "op3", clock); (err == nil) != free {
			t.Errorf("%s after five minutes: %v", clock, err)
		}
	}
}
