package programme_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/db"
	"tsugite/programme"
)

// gathering is an event for everyone, announced, at the hall, on 18 September.
func (h *house) gathering() programme.Event {
	h.t.Helper()
	f := h.form("gathering")
	f.Start, f.End = time.Date(2026, 9, 18, 14, 0, 0, 0, tokyo), time.Date(2026, 9, 18, 17, 0, 0, 0, tokyo)
	f.Audience = programme.Audience{Roles: programme.Roles}
	e, err := h.PutEvent(context.Background(), programme.As("office"), f)
	if err != nil {
		h.t.Fatal(err)
	}
	return e
}

func (h *house) answer(who programme.PersonID, e programme.EventID, answer programme.Coming) {
	h.t.Helper()
	h.now = h.now.Add(time.Second)
	if _, _, err := h.AnswerEvent(context.Background(), programme.As(who), e, answer, ""); err != nil {
		h.t.Fatal(err)
	}
}

// move changes the day of an event in September and the place.
func (h *house) move(id programme.EventID, day int, place string) {
	h.t.Helper()
	h.now = h.now.Add(time.Second)
	start := time.Date(2026, 9, day, 14, 0, 0, 0, tokyo)
	if _, err := h.MoveEvent(context.Background(), programme.As("office"), id, 0, start, time.Time{}, place); err != nil {
		h.t.Fatal(err)
	}
}

// concernedCast answers, is asked and speaks in every way there is: those whom a
// change concerns are named, the others are not.
func (h *house) concernedCast(e programme.Event) (concerned []programme.PersonID) {
	h.t.Helper()
	h.ask(e, "atsugi", "other-atsugi", "senior", "supporter")
	h.deliver()
	h.answer("atsugi", e.ID, programme.Yes)
	h.answer("supporter", e.ID, programme.NotYet)
	h.answer("senior", e.ID, programme.No) // in peace
	// other-atsugi was asked and is silent; expert is silent and was not asked.
	ctx, office := context.Background(), programme.As("office")
	for _, err := range []error{
		second(h.AskSpeaker(ctx, office, e.ID, "other-expert", "")),
		second(h.AskSpeaker(ctx, office, e.ID, "unpledged", "")),
		second(h.SetSpeaker(ctx, office, e.ID, "unpledged", programme.SpeakerDeclined)),
	} {
		if err != nil {
			h.t.Fatal(err)
		}
	}
	h.deliver()
	return []programme.PersonID{"atsugi", "other-atsugi", "other-expert", "supporter"}
}

func TestMovingTellsExactlyThoseConcerned(t *testing.T) {
	h := newHouse(t)
	e := h.gathering()
	var want []string
	for _, p := range h.concernedCast(e) {
		want = append(want, "event.moved p:"+string(p)+" 9/18 公民館 → 9/25 商工会館")
	}
	want = append(want, "event.calendar p:atsugi") // the one who has the file
	slices.Sort(want)
	h.move(e.ID, 25, "商工会館")
	if diff := cmp.Diff(want, h.deliver()); diff != "" {
		t.Error(diff)
	}
}

func TestCancellingTellsExactlyThoseConcerned(t *testing.T) {
	h := newHouse(t)
	e := h.gathering()
	want := []string{"event.calendar p:atsugi"}
	for _, p := range h.concernedCast(e) {
		want = append(want, "event.cancelled p:"+string(p))
	}
	if _, err := h.CancelEvent(t.Context(), programme.As("office"), e.ID, "台風"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, h.deliver()); diff != "" {
		t.Error(diff)
	}
	_, _, err := h.AnswerEvent(t.Context(), programme.As("atsugi"), e.ID, programme.Yes, "")
	wantCode(t, err, programme.CodeClosed)
	_, err = h.MoveEvent(t.Context(), programme.As("office"), e.ID, 0, e.Start.AddDate(0, 0, 1), time.Time{}, "")
	wantCode(t, err, programme.CodeClosed)
}

// TestMovesBeforeSendingAreOne: people hear of the net change, once, and of nothing
// if everything is as they knew it.
func TestMovesBeforeSendingAreOne(t *testing.T) {
	type step struct {
		day   int
		place string
		sent  []string // by the delivery after this step; nil for none before the next
	}
	none := []string{}
	for rule, steps := range map[string][]step{
		"one move": {{25, "", []string{"9/18 公民館 → 9/25 公民館"}}},
		"two moves are the net change": {
			{25, "", nil}, {26, "会館", []string{"9/18 公民館 → 9/26 会館"}},
		},
		"moved back says nothing": {{25, "", nil}, {18, "", none}},
		"moved back after it was told is told": {
			{25, "", []string{"9/18 公民館 → 9/25 公民館"}}, {18, "", []string{"9/25 公民館 → 9/18 公民館"}},
		},
		"there and back between two tellings": {
			{25, "", []string{"9/18 公民館 → 9/25 公民館"}}, {26, "", nil}, {25, "", none},
			{27, "", []string{"9/25 公民館 → 9/27 公民館"}},
		},
		"back and away again": {
			{25, "", nil}, {18, "", none}, {26, "", []string{"9/18 公民館 → 9/26 公民館"}},
		},
		"three before sending": {{25, "", nil}, {26, "", nil}, {27, "会館", []string{"9/18 公民館 → 9/27 会館"}}},
	} {
		t.Run(rule, func(t *testing.T) {
			h := newHouse(t)
			e := h.gathering()
			h.ask(e, "other-atsugi")
			h.deliver()
			for _, s := range steps {
				h.move(e.ID, s.day, s.place)
				if s.sent == nil {
					continue
				}
				want := []string{}
				for _, w := range s.sent {
					want = append(want, "event.moved p:other-atsugi "+w)
				}
				if got := append([]string{}, h.deliver()...); !slices.Equal(got, want) {
					t.Errorf("moved to %d: %q, want %q", s.day, got, want)
				}
			}
		})
	}
}

func TestMovedThenCancelledIsOneMessage(t *testing.T) {
	h := newHouse(t)
	e := h.gathering()
	h.ask(e, "other-atsugi")
	h.deliver()
	h.move(e.ID, 25, "")
	if _, err := h.CancelEvent(t.Context(), programme.As("office"), e.ID, ""); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"event.cancelled p:other-atsugi"}, h.deliver()); diff != "" {
		t.Error(diff)
	}
}

// TestWhoWasToHearOfAMoveHearsOfTheNext: a question was on its way when its event
// moved, and was never sent. The news of the move is then all that the person has, or
// was to have, and what happens to the event next is theirs to know.
func TestWhoWasToHearOfAMoveHearsOfTheNext(t *testing.T) {
	cancel := func(h *house, id programme.EventID) {
		if _, err := h.CancelEvent(t.Context(), programme.As("office"), id, ""); err != nil {
			t.Fatal(err)
		}
	}
	again := func(h *house, id programme.EventID) { h.move(id, 26, "") }
	for rule, c := range map[string]struct {
		told bool // the news of the move went out
		next func(*house, programme.EventID)
		want string
	}{
		"moved, told, cancelled":      {true, cancel, "event.cancelled p:other-atsugi"},
		"moved, cancelled":            {false, cancel, "event.cancelled p:other-atsugi"},
		"moved, told, moved again":    {true, again, "event.moved p:other-atsugi 9/25 公民館 → 9/26 公民館"},
		"moved twice before the news": {false, again, "event.moved p:other-atsugi 9/18 公民館 → 9/26 公民館"},
	} {
		t.Run(rule, func(t *testing.T) {
			h := newHouse(t)
			e := h.gathering()
			h.ask(e, "other-atsugi")
			settle := h.claimed()
			h.move(e.ID, 25, "")
			settle(programme.Outcome{State: programme.Cancelled, Error: "moved"})
			if c.told {
				h.deliver()
			}
			c.next(h, e.ID)
			if diff := cmp.Diff([]string{c.want}, h.deliver()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// claimed claims the only delivery that is due, as a Courier does that is about to
// send it, and answers how to say what came of it.
func (h *house) claimed() (settle func(programme.Outcome)) {
	h.t.Helper()
	store := h.Store.(*db.DB)
	claimed, err := store.Claim(h.t.Context(), "courier", h.now, time.Hour, 10)
	if err != nil || len(claimed) != 1 {
		h.t.Fatalf("claimed %d: %v", len(claimed), err)
	}
	return func(o programme.Outcome) {
		h.t.Helper()
		o.Delivery = claimed[0]
		o.Delivery.Rev++ // drawn after the move
		if accepted, err := store.Settle(h.t.Context(), []programme.Outcome{o}); err != nil || !accepted[0] {
			h.t.Fatalf("settled %v: %v", accepted, err)
		}
	}
}

// TestNewcomersHearNoOldNews: who answers after a move was never told another day.
func TestNewcomersHearNoOldNews(t *testing.T) {
	h := newHouse(t)
	e := h.gathering()
	h.move(e.ID, 25, "")
	h.answer("atsugi", e.ID, programme.Yes)
	if diff := cmp.Diff([]string{"event.calendar p:atsugi"}, h.deliver()); diff != "" {
		t.Error(diff)
	}
	h.move(e.ID, 26, "")
	if diff := cmp.Diff([]string{"event.calendar p:atsugi", "event.moved p:atsugi 9/25 公民館 → 9/26 公民館"}, h.deliver()); diff != "" {
		t.Error(diff)
	}
}

// TestChangesThatTellNobody: a title or what to bring is drawn anew, not told; what
// nobody knows of yet is not told either.
func TestChangesThatTellNobody(t *testing.T) {
	for rule, c := range map[string]struct {
		host   programme.Host
		change func(*programme.EventForm)
	}{
		"the title":                      {programme.ByOffice, func(f *programme.EventForm) { f.Title = "別の題" }},
		"what to bring":                  {programme.ByOffice, func(f *programme.EventForm) { f.Bring = "筆記用具" }},
		"a day that nobody was told yet": {programme.ByBureau, func(f *programme.EventForm) { f.Start = f.Start.Add(time.Hour) }},
	} {
		t.Run(rule, func(t *testing.T) {
			h := newHouse(t)
			f := h.form("op")
			f.Host, f.Audience = c.host, programme.Audience{Roles: programme.Roles}
			e, err := h.PutEvent(t.Context(), programme.As("office"), f)
			must(t, err)
			h.ask(e, "other-atsugi")
			h.deliver()
			f = e.Form()
			c.change(&f)
			_, err = h.PutEvent(t.Context(), programme.As("office"), f)
			must(t, err)
			if got := h.deliver(); len(got) > 0 {
				t.Errorf("said %q", got)
			}
		})
	}
}

// TestWaitingListGoesByTheOrderOfTheAnswers: who is let in is told, keeps the
// moment of the answer, and may still decline.
func TestWaitingListGoesByTheOrderOfTheAnswers(t *testing.T) {
	h := newHouse(t)
	f := h.form("small")
	f.Capacity, f.Audience = 1, programme.Audience{Roles: programme.Roles}
	e, err := h.PutEvent(t.Context(), programme.As("office"), f)
	must(t, err)
	for _, p := range []programme.PersonID{"senior", "expert", "atsugi"} {
		h.answer(p, e.ID, programme.Yes)
	}
	g, err := h.AddGuest(t.Context(), programme.As("office"), guest("g", e.ID))
	must(t, err)
	if g.Answer != programme.Waiting {
		t.Errorf("the guest is %q in a full room", g.Answer)
	}
	h.deliver()
	for _, s := range []struct {
		gives programme.PersonID
		told  []string
		sits  string
	}{
		{"senior", []string{"event.calendar p:expert", "event.place p:expert"}, "expert"},
		{"expert", []string{"event.calendar p:atsugi", "event.place p:atsugi"}, "atsugi"},
		{"atsugi", []string{"event.guest_place c:office"}, "g"},
	} {
		h.answer(s.gives, e.ID, programme.No)
		if diff := cmp.Diff(s.told, h.deliver()); diff != "" {
			t.Errorf("%s gives the place up: %s", s.gives, diff)
		}
		if q := h.line(e.ID); !slices.Equal(q.seated, []string{s.sits}) {
			t.Errorf("%s gives the place up: %v sit", s.gives, q.seated)
		}
	}
}

// TestALatePressOfSomebodyLetInStands: they pressed "no" before they were let in,
// and it arrives afterwards.
func TestALatePressOfSomebodyLetInStands(t *testing.T) {
	h := newHouse(t)
	f := h.form("small")
	f.Capacity, f.Audience = 1, programme.Audience{Roles: programme.Roles}
	e, err := h.PutEvent(t.Context(), programme.As("office"), f)
	must(t, err)
	h.answer("senior", e.ID, programme.Yes)
	h.answer("atsugi", e.ID, programme.Yes)
	pressed := programme.As("atsugi")
	pressed.At = h.now.Add(time.Second)
	h.now = h.now.Add(time.Minute)
	h.answer("senior", e.ID, programme.No)
	if _, _, err := h.AnswerEvent(t.Context(), pressed, e.ID, programme.No, ""); err != nil {
		t.Fatal(err)
	}
	if q := h.line(e.ID); len(q.seated) != 0 {
		t.Errorf("%v sit", q.seated)
	}
}
