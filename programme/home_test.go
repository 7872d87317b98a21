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

func TestHomeKnowsWhoIsHere(t *testing.T) {
	h := newHouse(t)
	e := h.gathering()
	h.now = e.Start
	must(t, h.CheckIn(t.Context(), programme.As("office"), e.ID, "atsugi", true))
	if !h.home("atsugi").Events[0].Here || h.home("other-atsugi").Events[0].Here {
		t.Error("who is here is not told so, or who is not is")
	}
}

// TestHomeShowsOnesOwnEventsFirst: of many events those that the reader is invited
// to are never cut off by others, and those without room are counted.
func TestHomeShowsOnesOwnEventsFirst(t *testing.T) {
	h := newHouse(t)
	for i := range 9 {
		f := h.form(string(rune('a' + i)))
		f.Start, f.End = f.Start.AddDate(0, 0, i), f.End.AddDate(0, 0, i)
		if i >= 7 {
			f.Audience = programme.Audience{Roles: []programme.Role{programme.Coordinator}}
		}
		_, err := h.PutEvent(t.Context(), programme.As("office"), f)
		must(t, err)
	}
	for who, want := range map[programme.PersonID]struct {
		first string
		more  int
	}{"office": {"hiabcd", 3}, "bureau": {"abcdef", 3}, "atsugi": {"abcdef", 1}, "supporter": {"", 0}} {
		home, got := h.home(who), ""
		for _, line := range home.Events {
			got += string(line.Event.ID)
		}
		if got != want.first || home.More != want.more {
			t.Errorf("%s sees %q and %d more, want %q and %d", who, got, home.More, want.first, want.more)
		}
	}
}

// TestTheCountsAreThoseOfTheList: who speaks or came without a word owes no answer.
func TestTheCountsAreThoseOfTheList(t *testing.T) {
	h := newHouse(t)
	e := h.gathering()
	awaited := func() (counted, listed int) {
		t.Helper()
		page, err := h.EventPage(t.Context(), programme.As("office"), e.ID)
		must(t, err)
		for _, a := range page.Attendees {
			if a.Awaited() {
				listed++
			}
		}
		return page.Counts[programme.Undecided], listed
	}
	all, listed := awaited()
	if all < 5 || listed != all {
		t.Fatalf("%d are counted and %d listed", all, listed)
	}
	_, err := h.AskSpeaker(t.Context(), programme.As("office"), e.ID, "senior", "")
	must(t, err)
	_, err = h.AnswerSpeaker(t.Context(), programme.As("senior"), e.ID, true)
	must(t, err)
	h.now = e.Start
	must(t, h.CheckIn(t.Context(), programme.As("office"), e.ID, "supporter", true))
	if counted, listed := awaited(); counted != all-2 || listed != all-2 {
		t.Errorf("%d are counted and %d listed, want %d", counted, listed, all-2)
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
