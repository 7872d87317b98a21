package programme_test

import (
	"testing"
	"time"

	"tsugite/programme"
)

func (h *house) home(who programme.PersonID) programme.Home {
	h.t.Helper()
	home, err := h.Home(h.t.Context(), programme.As(who))
	if err != nil {
		h.t.Fatal(err)
	}
	return home
}

func TestHomeOffersTheCodeOnTheDayUntilItIsEntered(t *testing.T) {
	h := newHouse(t)
	e := h.gathering()
	e, err := h.OpenCheckIn(t.Context(), programme.As("office"), e.ID)
	must(t, err)
	if h.home("atsugi").Today {
		t.Error("offered before the day")
	}
	h.now = e.Start.Add(-time.Hour)
	if !h.home("atsugi").Today {
		t.Error("not offered on the day")
	}
	if _, err := h.CheckInByCode(t.Context(), programme.As("atsugi"), e.Code); err != nil {
		t.Fatal(err)
	}
	if h.home("atsugi").Today || !h.home("other-atsugi").Today {
		t.Error("it is offered to who is here already, or not to who is not")
	}
}

func TestHomeSaysThatAnEventMoved(t *testing.T) {
	h := newHouse(t)
	e := h.gathering()
	if h.home("atsugi").Events[0].Moved {
		t.Error("moved before it was")
	}
	h.move(e.ID, 25, "")
	if !h.home("atsugi").Events[0].Moved {
		t.Error("a move does not show")
	}
	h.move(e.ID, 18, "")
	if h.home("atsugi").Events[0].Moved {
		t.Error("it is back where it was")
	}
}

func TestHomeLeadsToMaterialsForAWhile(t *testing.T) {
	h := newHouse(t)
	f := h.form("talk")
	f.Materials = "https://example.jp/talk"
	e, err := h.PutEvent(t.Context(), programme.As("office"), f)
	must(t, err)
	without := h.form("silence")
	_, err = h.PutEvent(t.Context(), programme.As("office"), without)
	must(t, err)
	for _, c := range []struct {
		rule string
		now  time.Time
		want int
	}{
		{"not while it lasts", e.End.Add(-time.Second), 0},
		{"once it is over", e.End, 1},
		{"a month after", e.End.AddDate(0, 0, 30), 1},
		{"no longer", e.End.AddDate(0, 0, 31), 0},
	} {
		h.now = c.now
		if got := h.home("atsugi").Past; len(got) != c.want {
			t.Errorf("%s: %d", c.rule, len(got))
		}
		if got := h.home("supporter").Past; len(got) != 0 {
			t.Errorf("%s: who is not of the audience sees %d", c.rule, len(got))
		}
	}
}

func TestASpeakerSeesTheEventBeforeItIsAnnounced(t *testing.T) {
	h := newHouse(t)
	h.sync(with(h.workshop(), func(e *programme.Event) { e.ID, e.Approved = "secret", "" }))
	if _, err := h.AskSpeaker(t.Context(), programme.As("office"), "secret", "senior", "火の番"); err != nil {
		t.Fatal(err)
	}
	got := h.home("senior").Events
	if len(got) != 1 || got[0].Mine || got[0].Speaker.Topic != "火の番" {
		t.Errorf("%+v", got)
	}
	if got := h.home("expert").Events; len(got) != 0 {
		t.Errorf("who is not asked sees %+v", got)
	}
}

func TestWhoIsAskedTwiceAndStaysSilentIsCounted(t *testing.T) {
	h := newHouse(t)
	e := h.gathering()
	for range 2 {
		h.askAgain(e, "atsugi", "other-atsugi", "supporter")
		h.deliver()
		h.now = h.now.Add(time.Hour)
	}
	h.ask(e, "senior") // once
	h.deliver()
	h.answer("supporter", e.ID, programme.NotYet)
	if got := h.home("office").Events[0]; got.Silent != 2 {
		t.Errorf("%d are silent, want the two atsugi", got.Silent)
	}
	h.move(e.ID, 25, "")
	if got := h.home("office").Events[0]; got.Silent != 0 {
		t.Errorf("%d are silent about a day that they were not asked about", got.Silent)
	}
}

// askAgain asks by a step of its own.
func (h *house) askAgain(e programme.Event, people ...programme.PersonID) {
	h.t.Helper()
	var ns []programme.Notice
	for _, p := range people {
		ns = append(ns, programme.Notice{Kind: programme.NoticeEventAsk, Subject: string(e.ID), To: programme.ToPerson(p),
			Occasion: programme.EventOccasion(h.NewID(), e), Due: h.now, UsefulUntil: e.End})
	}
	if err := h.EnqueueAll(h.t.Context(), ns); err != nil {
		h.t.Fatal(err)
	}
}
