package programme_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// TestConfigurationAndProgram: what the configuration moves is told as if the
// coordinator had; what somebody changed in the program is not overwritten.
func TestConfigurationAndProgram(t *testing.T) {
	moved := func(e *programme.Event) { e.Start, e.End = e.Start.AddDate(0, 0, 1), e.End.AddDate(0, 0, 1) }
	for rule, c := range map[string]struct {
		touch  bool // the coordinator changes the event first
		change func(*programme.Event)
		day    int // on which it then is
		said   []string
	}{
		"the same again":                     {false, func(*programme.Event) {}, 18, nil},
		"the same moment in another zone":    {false, func(e *programme.Event) { e.Start, e.End = e.Start.UTC(), e.End.UTC() }, 18, nil},
		"a move":                             {false, moved, 19, []string{"event.changed c:bureau", "event.moved p:atsugi 9/18  → 9/19 "}},
		"a move of what was changed by hand": {true, moved, 18, nil},
	} {
		t.Run(rule, func(t *testing.T) {
			h := newHouse(t)
			e := h.workshop()
			h.ask(e, "atsugi")
			h.deliver()
			if c.touch {
				f := h.event(e.ID).Form()
				f.Title, f.Place = "第1回（改）", "公民館"
				_, err := h.PutEvent(t.Context(), programme.As("office"), f)
				must(t, err)
				h.deliver()
			}
			before := h.event(e.ID)
			h.sync(with(e, c.change))
			after := h.event(e.ID)
			if day := after.Start.In(tokyo).Day(); day != c.day {
				t.Errorf("on the %d, want the %d", day, c.day)
			}
			if (c.said == nil) != (before.Version == after.Version) {
				t.Errorf("version %d, then %d", before.Version, after.Version)
			}
			if diff := cmp.Diff(c.said, h.deliver()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestWhatOnlyTheProgramKnowsOutlivesTheConfiguration: the code of the day is no
// change, and a configuration that is read again keeps it.
func TestWhatOnlyTheProgramKnowsOutlivesTheConfiguration(t *testing.T) {
	h := newHouse(t)
	e := h.workshop()
	opened, err := h.OpenCheckIn(t.Context(), programme.As("office"), e.ID)
	must(t, err)
	h.sync(with(e, func(e *programme.Event) { e.Start = e.Start.Add(-time.Hour) }))
	if got := h.event(e.ID); got.Code != opened.Code || got.Code == "" || got.Seq != 1 {
		t.Errorf("code %q, want %q; changed %d times", got.Code, opened.Code, got.Seq)
	}
}

func TestACancelledEventStaysCancelled(t *testing.T) {
	h := newHouse(t)
	e := h.workshop()
	_, err := h.CancelEvent(t.Context(), programme.As("office"), e.ID, "")
	must(t, err)
	h.sync(with(e, func(e *programme.Event) { e.Title = "別" }))
	if got := h.event(e.ID); got.Cancelled.IsZero() {
		t.Error("takes place again")
	}
}
