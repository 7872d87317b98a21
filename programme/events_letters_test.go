package programme_test

import (
	"testing"

	"tsugite/programme"
)

// TestOnlyASecondCalendarFileIsNew: who answers after a move gets a first file.
func TestOnlyASecondCalendarFileIsNew(t *testing.T) {
	h := newHouse(t)
	e := h.gathering()
	refiled := func(who programme.PersonID) bool {
		t.Helper()
		m := h.matter(programme.NoticeEventCalendar, string(e.ID), programme.ChangeOccasion(h.event(e.ID).Seq), programme.ToPerson(who))
		if m.Withdrawn != "" {
			t.Fatalf("%s: withdrawn: %s", who, m.Withdrawn)
		}
		return m.Refiled
	}
	h.answer("atsugi", e.ID, programme.Yes)
	h.deliver()
	if refiled("atsugi") {
		t.Error("the first file is called new")
	}
	h.move(e.ID, 25, "")
	h.answer("supporter", e.ID, programme.Yes)
	if !refiled("atsugi") || refiled("supporter") {
		t.Error("who has an older file is not told so, or who has none is")
	}
}

// TestAPressThatCameTooLateDrawsTheMessageAgain: its buttons no longer work.
func TestAPressThatCameTooLateDrawsTheMessageAgain(t *testing.T) {
	h := newHouse(t)
	e := h.gathering()
	h.ask(e, "atsugi", "supporter")
	h.deliver()
	revisions := func(who programme.PersonID) (n int) {
		t.Helper()
		must(t, h.Store.Read(t.Context(), func(tx programme.Tx) error {
			ds, err := tx.DeliveriesOf(programme.Notice{Kind: programme.NoticeEventAsk, Subject: string(e.ID), To: programme.ToPerson(who)})
			for _, d := range ds {
				n += d.Rev
			}
			return err
		}))
		return n
	}
	mine, others := revisions("atsugi"), revisions("supporter")
	must(t, h.RedrawLetters(t.Context(), programme.As("atsugi"), e.ID))
	if revisions("atsugi") != mine+1 || revisions("supporter") != others {
		t.Error("it is not drawn again, or somebody else's is")
	}
	wantCode(t, h.RedrawLetters(t.Context(), programme.As("atsugi"), "none"), programme.CodeNotFound)
}

func TestWhoeverPressesMayKnowThatDeliveriesAreHeld(t *testing.T) {
	h := newHouse(t)
	e := h.gathering()
	for _, on := range []bool{true, false} {
		must(t, h.HoldDeliveries(t.Context(), programme.As("office"), on))
		held, err := h.DeliveriesHeld(t.Context())
		must(t, err)
		reach, err := h.EventReach(t.Context(), programme.As("office"), e.ID)
		must(t, err)
		if held != on || reach.Held != on {
			t.Errorf("held: %v, in the window %v; want %v", held, reach.Held, on)
		}
	}
}
