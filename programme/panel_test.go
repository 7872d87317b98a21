package programme_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/db"
	"tsugite/programme"
)

// TestPanel: what stands where, what arrived late and what still waits too long.
func TestPanel(t *testing.T) {
	h := newHouse(t)
	due := h.now
	send := func(who programme.PersonID, state programme.DeliveryState, after time.Duration) {
		t.Helper()
		h.now = due
		err := h.EnqueueAll(t.Context(), []programme.Notice{{Kind: programme.NoticeHint, Subject: string(who), To: programme.ToPerson(who), Due: due}})
		must(t, err)
		h.now = due.Add(after)
		store := h.Store.(*db.DB)
		claimed, err := store.Claim(t.Context(), "c", h.now, time.Hour, 1)
		if err != nil || len(claimed) != 1 {
			t.Fatal(claimed, err)
		}
		o := programme.Outcome{Delivery: claimed[0], State: state, Error: "why"}
		if state == programme.Sent {
			o.SlackID, o.SlackTS = "D1", fmt.Sprintf("%d.000100", h.now.Unix())
		}
		_, err = store.Settle(t.Context(), []programme.Outcome{o})
		must(t, err)
	}
	send("atsugi", programme.Sent, time.Second)
	send("expert", programme.Sent, 14*time.Minute)
	send("senior", programme.Sent, 16*time.Minute)
	send("supporter", programme.Lapsed, time.Hour)
	send("bureau", programme.Refused, time.Minute)
	send("left", programme.Unknown, time.Minute)
	must(t, h.EnqueueAll(t.Context(), []programme.Notice{{Kind: programme.NoticeHint, Subject: "x", To: programme.ToChannel(programme.ChannelOffice), Due: due}}))
	type line struct {
		held                                            bool
		due, sent, late, lapsed, refused, unknown       int
		lateLines, lapsedLines, refusedLines, undecided string
	}
	look := func() line {
		p, err := h.Panel(t.Context(), programme.As("office"))
		must(t, err)
		names := func(ls []programme.UnsettledLine) (s string) {
			for _, l := range ls {
				s += string(l.Person.ID) + ";"
			}
			return s
		}
		return line{
			p.Held, p.Due, p.Sent, p.Late, p.Lapsed, p.Refused, p.Unknown,
			names(p.LateLines), names(p.LapsedLines), names(p.RefusedLines), names(p.UnknownLines),
		}
	}
	same := cmp.AllowUnexported(line{})
	h.now = due.Add(10 * time.Minute)
	want := line{false, 1, 3, 1, 1, 1, 1, "senior;", "supporter;", "bureau;", "left;"}
	if diff := cmp.Diff(want, look(), same); diff != "" {
		t.Error(diff)
	}
	h.now = due.Add(20 * time.Minute) // what waits is late by now
	want.late, want.lateLines = 2, ";senior;"
	if diff := cmp.Diff(want, look(), same); diff != "" {
		t.Error(diff)
	}
}

// TestHoldingEverything: nothing goes out until somebody says go; Home and the panel
// say so, and the Courier is woken once for each turn.
func TestHoldingEverything(t *testing.T) {
	h := newHouse(t)
	e := h.gathering()
	ctx, office := t.Context(), programme.As("office")
	woken := 0
	h.Office.NoticesDue = func() { woken++ }
	for _, s := range []struct {
		on    bool
		woken int
		why   string
	}{{false, 0, ""}, {true, 1, programme.HeldByPerson}, {true, 1, programme.HeldByPerson}, {false, 2, ""}, {true, 3, programme.HeldByPerson}} {
		must(t, h.HoldDeliveries(ctx, office, s.on))
		home, err := h.Home(ctx, office)
		must(t, err)
		if home.Panel.Held != s.on || home.Panel.HeldWhy != s.why || woken != s.woken {
			t.Errorf("on hold %v: Home says %v %q, woken %d times", s.on, home.Panel.Held, home.Panel.HeldWhy, woken)
		}
	}
	h.ask(e, "atsugi")
	if got := h.deliver(); len(got) > 0 {
		t.Errorf("said on hold: %v", got)
	}
	must(t, h.HoldDeliveries(ctx, office, false))
	if got := h.deliver(); len(got) != 1 {
		t.Errorf("said after: %v", got)
	}
	home, err := h.Home(ctx, programme.As("bureau"))
	if err != nil || home.Panel.Sent != 0 {
		t.Errorf("the bureau sees the panel: %+v %v", home.Panel, err)
	}
}
