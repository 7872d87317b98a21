package programme_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// lecture enters an announced event for atsugi at the time of the session of these tests,
// half an hour into it, as change says.
func (h *house) lecture(change func(*programme.Event)) programme.Event {
	h.t.Helper()
	e := programme.Event{
		ID: "event", Kind: programme.Seminar, Title: "セミナー", Start: sessionStart.Add(30 * time.Minute), End: sessionStart.Add(2 * time.Hour),
		Place: "公民館", Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}}, Host: programme.ByOffice, Approved: "2026-08-01",
	}
	if change != nil {
		change(&e)
	}
	h.write(func(tx programme.Tx) error { return tx.SaveEvent(e) })
	e.Version = 1
	return e
}

// TestWhatIsSaidOfATimeOfAnEvent: to who is counted on there, which event it is; to the
// office, whose answer it can enter; to the other one, nothing of it.
func TestWhatIsSaidOfATimeOfAnEvent(t *testing.T) {
	for _, c := range []struct {
		rule, who, want string
		change          func(*house, *programme.Event)
	}{
		{"the atsugi is invited", "other-atsugi", "error.time_event", nil},
		{"the office can enter their answer", "office", "error.time_event_of", nil},
		{"the expert", "expert", "error.time_taken", nil},
		{"the atsugi speaks", "other-atsugi", "error.time_speaks", func(h *house, e *programme.Event) { h.speaks("other-atsugi", programme.SpeakerAgreed) }},
		{"the atsugi speaks before it is announced", "other-atsugi", "error.time_speaks", func(h *house, e *programme.Event) {
			e.Approved = ""
			h.speaks("other-atsugi", programme.SpeakerAgreed)
		}},
		{"the atsugi speaks, to the office", "office", "error.time_speaks", func(h *house, e *programme.Event) { h.speaks("other-atsugi", programme.SpeakerAgreed) }},
		{"entered by the office before the atsugi may know of it", "other-atsugi", "error.time_taken", func(h *house, e *programme.Event) {
			e.Approved = ""
			h.answers("other-atsugi", programme.Yes)
		}},
	} {
		h := newHouse(t)
		e := h.lecture(nil)
		if c.change != nil {
			c.change(h, &e)
			h.write(func(tx programme.Tx) error { return tx.SaveEvent(e) })
		}
		f := h.timesForm("op", h.engaged("e").ID, "10 14:00")
		if c.who == "office" {
			f.For = "expert"
		}
		_, err := h.ProposeTimes(t.Context(), programme.As(programme.PersonID(c.who)), f)
		refused(t, c.rule, err, "conflict time1 "+c.want)
		refusal, _ := programme.AsError(err)
		if refusal == nil {
			continue
		}
		event, named := refusal.Args["Event"].(programme.Event)
		if want := c.want != "error.time_taken"; named != want || named && event.ID != "event" {
			t.Errorf("%s: it names %v, want %t", c.rule, refusal.Args, want)
		}
		if people, ok := refusal.Args["Who"].([]programme.Person); ok && (len(people) != 1 || people[0].ID != "other-atsugi") {
			t.Errorf("%s: it is the time of %v", c.rule, people)
		}
	}
}

// meetings are the sessions that somebody reads of with the event, in its message and on
// their Home.
func (h *house) meetings(who programme.PersonID) (letter, home []programme.AgreedTime) {
	h.t.Helper()
	n := programme.Notice{Kind: programme.NoticeEventAsk, Subject: "event", To: programme.ToPerson(who)}
	m, err := h.Matter(h.t.Context(), n, true)
	must(h.t, err)
	for _, line := range h.home(who).Events {
		home = append(home, line.Meetings...)
	}
	return m.Meetings, home
}

// TestAnEventSaysWhichSessionIsThen, in the answer itself, until the session is over or off.
func TestAnEventSaysWhichSessionIsThen(t *testing.T) {
	h := newHouse(t)
	s := h.kept("s", nil)
	h.kept("open", func(s *programme.Session) {
		s.Atsugi, s.Span, s.State = "other-atsugi", programme.Span{}, programme.SessionOpen
	})
	h.lecture(nil)
	want := []programme.AgreedTime{{Session: "s", Span: s.Span}}
	h.now = h.now.Add(time.Minute)
	if _, a, err := h.AnswerEvent(t.Context(), programme.As("atsugi"), "event", programme.Yes, ""); err != nil || a.Answer != programme.Yes {
		t.Fatalf("the answer is %v: %v", a, err)
	}
	for who, want := range map[programme.PersonID][]programme.AgreedTime{"atsugi": want, "other-atsugi": nil} {
		letter, home := h.meetings(who)
		if diff := cmp.Diff(want, letter); diff != "" {
			t.Errorf("%s's message: %s", who, diff)
		}
		if diff := cmp.Diff(want, home); diff != "" {
			t.Errorf("%s's Home: %s", who, diff)
		}
	}
	got, err := h.AgreedDuring(t.Context(), programme.As("office"), "event", "atsugi")
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("to the office: %s %v", diff, err)
	}
	for _, who := range cast {
		if who == "office" {
			continue
		}
		_, err := h.AgreedDuring(t.Context(), programme.As(who), "event", "atsugi")
		if err == nil {
			t.Errorf("%s may know when the atsugi has a session", who)
		}
	}
	h.now = s.Span.Until
	if letter, home := h.meetings("atsugi"); letter != nil || home != nil {
		t.Errorf("after the session: %v %v", letter, home)
	}
}

// TestAMessageOfAnEventIsDrawnAgainWhenTheSessionIsOff or takes place at another time.
func TestAMessageOfAnEventIsDrawnAgainWhenTheSessionIsOff(t *testing.T) {
	for rule, off := range map[string]func(*house, programme.Session){
		"called off": func(h *house, s programme.Session) {
			must(t, h.CancelSession(t.Context(), programme.As("office"), s.ID, s.Version, "体調"))
		},
		"moved": func(h *house, s programme.Session) {
			f := again(h.timesForm("other", "", "15 14:00"), s)
			f.Reason = "都合"
			h.books(f)
		},
		"its expert left": func(h *house, s programme.Session) { h.becomesSupporter("expert") },
	} {
		h := newHouse(t)
		s := h.kept("s", nil)
		e := h.lecture(nil)
		h.ask(e, "atsugi")
		h.deliver()
		h.now = h.now.Add(time.Minute)
		_, _, err := h.AnswerEvent(t.Context(), programme.As("atsugi"), "event", programme.Yes, "")
		must(t, err)
		if h.pending()["event.ask p:atsugi"] != programme.OpUpdate {
			t.Fatalf("the answer draws %v", h.pending())
		}
		h.deliver()
		off(h, h.session(s.ID))
		if h.pending()["event.ask p:atsugi"] != programme.OpUpdate {
			t.Errorf("%s: it draws %v", rule, h.pending())
		}
		if letter, home := h.meetings("atsugi"); letter != nil || home != nil {
			t.Errorf("%s: the event says still %v %v", rule, letter, home)
		}
	}
}

// TestTheBoardShowsClashes of agreed sessions with events at which one of the two is counted
// on: to the office, which talks with them.
func TestTheBoardShowsClashes(t *testing.T) {
	for _, c := range []struct {
		rule string
		want []string
		do   func(*house, *programme.Event)
	}{
		{"the atsugi is invited", []string{"s event atsugi "}, nil},
		{"the atsugi comes", []string{"s event atsugi yes"}, func(h *house, e *programme.Event) { h.answers("atsugi", programme.Yes) }},
		{"the atsugi declined", nil, func(h *house, e *programme.Event) { h.answers("atsugi", programme.No) }},
		{"the atsugi declined, the expert speaks", []string{"s event expert  speaks"}, func(h *house, e *programme.Event) {
			h.answers("atsugi", programme.No)
			h.speaks("expert", programme.SpeakerAgreed)
		}},
		{"both", []string{"s event atsugi ", "s event expert online"}, func(h *house, e *programme.Event) { h.answers("expert", programme.Online) }},
		{"it was moved away", nil, func(h *house, e *programme.Event) { e.Start, e.End = e.End, e.End.Add(time.Hour) }},
		{"it was called off", nil, func(h *house, e *programme.Event) { e.Cancelled = h.now }},
		{"it is not announced", nil, func(h *house, e *programme.Event) { e.Approved = "" }},
		{"the session is over", nil, func(h *house, e *programme.Event) { h.now = sessionStart.Add(time.Hour) }},
	} {
		h := newHouse(t)
		h.kept("s", nil)
		h.kept("off", func(s *programme.Session) { s.State = programme.SessionCancelled })
		e := h.lecture(nil)
		if c.do != nil {
			c.do(h, &e)
			h.write(func(tx programme.Tx) error { return tx.SaveEvent(e) })
		}
		board, err := h.SessionBoard(t.Context(), programme.As("office"))
		must(t, err)
		var got []string
		for _, x := range board.Clashes {
			line := string(x.Session.ID) + " " + string(x.Event.ID) + " " + string(x.Person.ID) + " " + string(x.Answer)
			if x.Speaks {
				line += " speaks"
			}
			got = append(got, line)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.rule, got, c.want)
		}
		if board, err = h.SessionBoard(t.Context(), programme.As("bureau")); err != nil || board.Clashes != nil {
			t.Errorf("%s: the bureau sees %v: %v", c.rule, board.Clashes, err)
		}
	}
}

// TestEventsInTheWay of choosing: those that can be declined, and are not.
func TestEventsInTheWay(t *testing.T) {
	for _, c := range []struct {
		rule string
		want bool
		do   func(*house, *programme.Event)
	}{
		{"the atsugi is invited", true, nil},
		{"they come", true, func(h *house, e *programme.Event) { h.answers("atsugi", programme.Yes) }},
		{"they declined", false, func(h *house, e *programme.Event) { h.answers("atsugi", programme.No) }},
		{"they speak", false, func(h *house, e *programme.Event) { h.speaks("atsugi", programme.SpeakerAgreed) }},
		{"entered before it is announced", false, func(h *house, e *programme.Event) {
			e.Approved = ""
			h.answers("atsugi", programme.Yes)
		}},
		{"called off", false, func(h *house, e *programme.Event) { e.Cancelled = h.now }},
		{"over", false, func(h *house, e *programme.Event) { h.now = e.End }},
		{"in two months", false, func(h *house, e *programme.Event) { e.Start, e.End = e.Start.AddDate(0, 2, 0), e.End.AddDate(0, 2, 0) }},
	} {
		h := openHouse(t)
		e := h.lecture(nil)
		if c.do != nil {
			c.do(h, &e)
			h.write(func(tx programme.Tx) error { return tx.SaveEvent(e) })
		}
		events, err := h.EventsInTheWay(t.Context(), programme.As("atsugi"))
		if err != nil || (len(events) == 1) != c.want {
			t.Errorf("%s: %v %v", c.rule, events, err)
		}
	}
}
