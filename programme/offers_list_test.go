package programme_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// allDay are the starts of a Thursday's times, while nothing is taken.
const allDay = "14:00 14:30 15:00 15:30 16:00 16:30 17:00"

// on are the starts of the times on a day of September, in Tokyo.
func on(day int, times []programme.Span) string {
	var out []string
	for _, s := range times {
		if from := s.From.In(tokyo); from.Month() == time.September && from.Day() == day {
			out = append(out, from.Format("15:04"))
		}
	}
	return strings.Join(out, " ")
}

// offered are the times of the expert that the atsugi can choose.
func (h *house) offered() []programme.Span {
	h.t.Helper()
	times, err := h.OfferedTimes(h.t.Context(), programme.As("atsugi"), "expert")
	if err != nil {
		h.t.Fatal(err)
	}
	return times
}

// takes enters whose time is taken by a session.
func (h *house) takes(id programme.SessionID, who programme.PersonID, from, until string) {
	h.t.Helper()
	h.kept(id, func(s *programme.Session) {
		s.Kind, s.Atsugi, s.Mentor, s.State = programme.Between, "other-atsugi", "other-expert", programme.SessionCancelled
	})
	h.write(func(tx programme.Tx) error {
		return tx.Occupy(id, []programme.Occupied{{Person: who, Span: programme.Span{From: slot(h.t, from).From, Until: slot(h.t, until).From}}})
	})
}

// TestWhatTakesATimeOfAnExpert: what can be chosen on Thursday the 10th.
func TestWhatTakesATimeOfAnExpert(t *testing.T) {
	const without15 = "16:00 16:30 17:00" // what is taken is 15:00 to 16:00; the buffer would reach into it
	gathering := func(h *house, change func(*programme.Event)) {
		e := programme.Event{
			ID: "event", Kind: programme.Seminar, Title: "セミナー", Start: slot(t, "10 15:00").From, End: slot(t, "10 16:00").From,
			Place: "公民館", Audience: programme.Audience{People: []programme.PersonID{"supporter"}}, Host: programme.ByOffice, Approved: "2026-08-01",
		}
		if change != nil {
			change(&e)
		}
		h.write(func(tx programme.Tx) error { return tx.SaveEvent(e) })
	}
	hold := func(h *house, op string, until time.Time, people ...programme.PersonID) {
		h.write(func(tx programme.Tx) error {
			var times []programme.Occupied
			for _, p := range people {
				times = append(times, programme.Occupied{Person: p, Span: slot(t, "10 15:00")})
			}
			return tx.Hold(op, times, until)
		})
	}
	for _, c := range []struct {
		rule, want string
		do         func(h *house)
	}{
		{"nothing", allDay, func(h *house) {}},
		{"a session of theirs", without15, func(h *house) { h.takes("s", "expert", "10 15:00", "10 16:00") }},
		{"its buffer", "16:30 17:00", func(h *house) { h.takes("s", "expert", "10 15:00", "10 16:15") }},
		{"one whose buffer touches", "15:00 15:30 16:00 16:30 17:00", func(h *house) { h.takes("s", "expert", "10 13:00", "10 15:00") }},
		{"one after what is published, into which the buffer would reach", "14:00 14:30 15:00 15:30 16:00 16:30", func(h *house) { h.takes("s", "expert", "10 18:10", "10 19:10") }},
		{"one beyond the buffer", allDay, func(h *house) { h.takes("s", "expert", "10 18:15", "10 19:15") }},
		{"another expert's", allDay, func(h *house) { h.takes("s", "other-expert", "10 15:00", "10 16:00") }},
		{"the atsugi's own session, before and after which there is no buffer", "14:00 16:00 16:30 17:00", func(h *house) { h.takes("s", "atsugi", "10 15:00", "10 16:00") }},
		{"another's form", without15, func(h *house) { hold(h, "form", h.now.Add(time.Minute), "other-atsugi", "expert") }},
		{"another's form, whose time is up", allDay, func(h *house) { hold(h, "form", h.now, "other-atsugi", "expert") }},
		{"the atsugi's own form", allDay, func(h *house) { hold(h, "form atsugi op", h.now.Add(time.Minute), "atsugi", "expert") }},
		{"their own calendar", without15, func(h *house) {
			h.write(func(tx programme.Tx) error { return tx.SetBusy("expert", []programme.Span{slot(t, "10 15:00")}) })
		}},
		{"an event at which they speak", without15, func(h *house) {
			gathering(h, nil)
			h.speaks("expert", programme.SpeakerAgreed)
		}},
		{"an event at which they are asked to speak", allDay, func(h *house) {
			gathering(h, nil)
			h.speaks("expert", programme.SpeakerAsked)
		}},
		{"an event to which they are invited", without15, func(h *house) {
			gathering(h, func(e *programme.Event) { e.Audience.Roles = []programme.Role{programme.Mentor} })
		}},
		{"an event to which they do not come", allDay, func(h *house) {
			gathering(h, func(e *programme.Event) { e.Audience.Roles = []programme.Role{programme.Mentor} })
			h.answers("expert", programme.No)
		}},
		{"an event that was called off", allDay, func(h *house) {
			gathering(h, func(e *programme.Event) { e.Cancelled = h.now })
			h.speaks("expert", programme.SpeakerAgreed)
		}},
		{"an event to which the atsugi comes", "14:00 16:00 16:30 17:00", func(h *house) {
			gathering(h, nil)
			h.answers("atsugi", programme.Yes)
		}},
		{"an event to which the atsugi is invited", "14:00 16:00 16:30 17:00", func(h *house) {
			gathering(h, func(e *programme.Event) { e.Audience.Roles = []programme.Role{programme.Atsugi} })
		}},
		{"an event of which the atsugi does not know yet whether they come", "14:00 16:00 16:30 17:00", func(h *house) {
			gathering(h, func(e *programme.Event) { e.Audience.Roles = []programme.Role{programme.Atsugi} })
			h.answers("atsugi", programme.NotYet)
		}},
		{"an event to which the atsugi does not come", allDay, func(h *house) {
			gathering(h, func(e *programme.Event) { e.Audience.Roles = []programme.Role{programme.Atsugi} })
			h.answers("atsugi", programme.No)
		}},
		{"an event that is not announced to the atsugi yet", allDay, func(h *house) {
			gathering(h, func(e *programme.Event) {
				e.Audience.Roles, e.Approved = []programme.Role{programme.Atsugi}, "2026-09-02"
			})
		}},
		{"a holiday", "", func(h *house) { h.Holiday = func(d programme.Date) bool { return d == "2026-09-10" } }},
		{"a holiday on which they offer times, too", allDay, func(h *house) {
			h.Holiday = func(d programme.Date) bool { return d == "2026-09-10" }
			h.changes(func(of *programme.Offer) { of.Hours.Holidays = true })
		}},
		{"a day off", "", func(h *house) {
			h.changes(func(of *programme.Offer) {
				of.Hours.Off = []programme.DaySpan{{First: "2026-09-09", Last: "2026-09-10"}}
			})
		}},
		{"the notice", "15:30 16:00 16:30 17:00", func(h *house) { h.now = slot(t, "09 15:20").From }},
	} {
		h := openHouse(t)
		h.offers("expert", nil)
		c.do(h)
		if got := on(10, h.offered()); got != c.want {
			t.Errorf("%s: %q, want %q", c.rule, got, c.want)
		}
	}
}

// changes changes the expert's offer.
func (h *house) changes(change func(*programme.Offer)) {
	h.t.Helper()
	h.write(func(tx programme.Tx) error {
		of, err := tx.Offer("expert")
		if err != nil {
			return err
		}
		change(&of)
		return tx.SaveOffer(of)
	})
}

// TestAWeekOfAnExpertThatIsFull: with sessions of any kind, as often as the expert or the
// programme says; a session counts once in a week, whatever is proposed for it.
func TestAWeekOfAnExpertThatIsFull(t *testing.T) {
	booked := func(clock string) func(*programme.Session) {
		return func(s *programme.Session) { s.Span = slot(t, clock) }
	}
	proposed := func(clocks ...string) func(*programme.Session) {
		return func(s *programme.Session) {
			s.State, s.Span = programme.SessionOpen, programme.Span{}
			for _, c := range clocks {
				s.Proposal.Spans = append(s.Proposal.Spans, slot(t, c))
			}
		}
	}
	state := func(state programme.SessionState) func(*programme.Session) {
		return func(s *programme.Session) { s.Span, s.State = slot(t, "07 09:00"), state }
	}
	for _, c := range []struct {
		rule     string
		perWeek  int // of the expert
		most     int // of the programme
		sessions []func(*programme.Session)
		full     bool // the week of the 10th
	}{
		{"one of two", 2, 5, []func(*programme.Session){booked("07 09:00")}, false},
		{"two of two", 2, 5, []func(*programme.Session){booked("07 09:00"), booked("13 20:00")}, true},
		{"two of the programme's two", 5, 2, []func(*programme.Session){booked("07 09:00"), booked("13 20:00")}, true},
		{"on the Sunday before, and two weeks later", 1, 5, []func(*programme.Session){booked("06 20:00"), booked("21 09:00")}, false},
		{"on its Monday", 1, 5, []func(*programme.Session){booked("07 00:00")}, true},
		{"on its Sunday", 1, 5, []func(*programme.Session){booked("13 23:00")}, true},
		{"proposed", 1, 5, []func(*programme.Session){proposed("12 09:00")}, true},
		{"three times proposed for one", 2, 5, []func(*programme.Session){proposed("11 09:00", "12 09:00", "13 09:00")}, false},
		{"held", 1, 5, []func(*programme.Session){state(programme.SessionHeld)}, true},
		{"not held", 1, 5, []func(*programme.Session){state(programme.SessionNotHeld)}, false},
		{"called off", 1, 5, []func(*programme.Session){state(programme.SessionCancelled)}, false},
		{"another's", 1, 5, []func(*programme.Session){func(s *programme.Session) { s.Mentor = "other-expert" }}, false},
	} {
		h := openHouse(t)
		h.Settings.Sessions.PerWeek = c.most
		h.offers("expert", func(of *programme.Offer) { of.PerWeek = c.perWeek })
		for i, change := range c.sessions {
			h.kept(programme.SessionID(rune('a'+i)), func(s *programme.Session) {
				s.Kind, s.Atsugi = programme.Between, "other-atsugi"
				change(s)
			})
		}
		want := allDay
		if c.full {
			want = ""
		}
		if times := h.offered(); on(10, times) != want || on(17, times) != allDay {
			t.Errorf("%s: on the 10th %q, on the 17th %q", c.rule, on(10, times), on(17, times))
		}
	}
}

// TestWhoseTimesAnAtsugiCanChoose: those of experts open to everyone, and of their own.
func TestWhoseTimesAnAtsugiCanChoose(t *testing.T) {
	own := func(of *programme.Offer) { of.Everyone = false }
	session := func(state programme.SessionState) func(*house) {
		return func(h *house) {
			h.kept("s", func(s *programme.Session) { s.Kind, s.Atsugi, s.State = programme.Between, "other-atsugi", state })
		}
	}
	for _, c := range []struct {
		rule       string
		can, known bool
		change     func(*programme.Offer)
		do         func(*house)
	}{
		{"open to everyone", true, false, nil, nil},
		{"open to their own", false, false, own, nil},
		{"their own on the roster", true, true, own, func(h *house) {
			h.person("other-atsugi", func(p *programme.Person) { p.Mentors = append(p.Mentors, "expert") })
		}},
		{"their own by an engagement", true, true, own, func(h *house) { h.engaged("e") }},
		{"their own by one that ended", false, false, own, func(h *house) {
			if err := h.EndEngagement(h.t.Context(), programme.As("office"), h.engaged("e").ID); err != nil {
				h.t.Fatal(err)
			}
		}},
		{"their own by a session to come", true, true, own, session(programme.SessionBooked)},
		{"they met once", false, false, own, session(programme.SessionHeld)},
		{"they met once, open to everyone", true, true, nil, session(programme.SessionHeld)},
		{"a session was called off", true, false, nil, session(programme.SessionCancelled)},
		{"who left", false, false, nil, func(h *house) { h.person("expert", func(p *programme.Person) { p.Left = h.now }) }},
		{"whose pledge is missing", false, false, nil, func(h *house) { h.person("expert", func(p *programme.Person) { p.Pledged = "" }) }},
		{"who is no expert any more", false, false, nil, func(h *house) { h.person("expert", func(p *programme.Person) { p.Kind = programme.Senior }) }},
	} {
		h := openHouse(t)
		h.offers("expert", c.change)
		if c.do != nil {
			c.do(h)
		}
		atsugi := programme.As("other-atsugi")
		list, err := h.Offers(t.Context(), atsugi)
		if err != nil || len(list) > 0 != c.can || c.can && list[0].Known != c.known {
			t.Errorf("%s: the list is %+v, %v", c.rule, list, err)
		}
		first, err := h.TimesFirst(t.Context(), atsugi)
		if err != nil || len(first) > 0 != c.can {
			t.Errorf("%s: %d times first, %v", c.rule, len(first), err)
		}
		times, err := h.OfferedTimes(t.Context(), atsugi, "expert")
		if !c.can {
			refused(t, c.rule, err, "not_found error.offer_gone")
		} else if err != nil || len(times) == 0 {
			t.Errorf("%s: %d times, %v", c.rule, len(times), err)
		}
	}
}

// TestExpertsAreListedAsAtsugiLookForThem: known ones, then who has time soonest, then by
// kana; without what is not an atsugi's to see.
func TestExpertsAreListedAsAtsugiLookForThem(t *testing.T) {
	h := openHouse(t)
	const named = programme.Date("2026-06-01")
	from := func(day string) func(*programme.Offer) {
		return func(of *programme.Offer) {
			of.Hours.Weekly = nil
			if day != "" {
				of.Hours.Single = []programme.Span{{From: slot(t, day+" 10:00").From, Until: slot(t, day+" 12:30").From}}
			}
		}
	}
	for id, day := range map[programme.PersonID]string{"i": "12", "u": "11", "e": "", "o": "11", "a": "", "known": ""} {
		h.person(id, func(p *programme.Person) {
			p.Roles, p.Notified, p.Pledged, p.Email, p.Phone = []programme.Role{programme.Mentor}, named, named, "a@example.jp", "03"
		})
		h.offers(id, from(day))
	}
	h.kept("s", func(s *programme.Session) {
		s.Kind, s.Mentor, s.State = programme.Between, "known", programme.SessionHeld
	})
	if err := h.WaitFor(t.Context(), programme.As("atsugi"), "known"); err != nil {
		t.Fatal(err)
	}
	list, err := h.Offers(t.Context(), programme.As("atsugi"))
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, l := range list {
		order = append(order, string(l.Person.ID))
		if l.Offer.URL != "" || l.Offer.Hours.Weekly != nil || l.Offer.Hours.Single != nil || l.Person.Email+l.Person.Phone != "" {
			t.Errorf("an atsugi sees %+v", l)
		}
		if l.Offer.Help == "" || l.Offer.Place == "" || l.Waiting != (l.Person.ID == "known") {
			t.Errorf("an atsugi does not see %+v", l)
		}
	}
	if want := []string{"known", "o", "u", "i", "a", "e"}; !slices.Equal(order, want) {
		t.Errorf("in the order %v, want %v", order, want)
	}
	if diff := cmp.Diff([]programme.Span{slot(t, "11 10:00"), slot(t, "11 10:30"), slot(t, "11 11:00")}, list[1].Next); diff != "" {
		t.Error(diff)
	}
}

// TestTimesOfSeveralExpertsAreOneLine.
func TestTimesOfSeveralExpertsAreOneLine(t *testing.T) {
	h := openHouse(t)
	h.offers("other-expert", nil)
	h.offers("expert", func(of *programme.Offer) { of.Hours.Weekly[0].From = 16 * 60 })
	h.takes("s", "other-atsugi", "10 14:00", "10 15:00")
	lines, err := h.TimesFirst(t.Context(), programme.As("other-atsugi"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range lines[:min(7+5, len(lines))] {
		var who []string
		for _, p := range l.Mentors {
			who = append(who, string(p.ID))
		}
		got = append(got, l.From.In(tokyo).Format("02 15:04 ")+strings.Join(who, ","))
	}
	want := []string{
		"03 14:00 other-expert", "03 14:30 other-expert", "03 15:00 other-expert", "03 15:30 other-expert",
		"03 16:00 other-expert,expert", "03 16:30 other-expert,expert", "03 17:00 other-expert,expert",
		"10 15:00 other-expert", "10 15:30 other-expert",
		"10 16:00 other-expert,expert", "10 16:30 other-expert,expert", "10 17:00 other-expert,expert",
	}
	if diff := cmp.Diff(want, got); diff != "" { // the atsugi knows other-expert
		t.Error(diff)
	}
}

// TestWhoLeavesWaitsForNobody, and nobody waits for them.
func TestWhoLeavesWaitsForNobody(t *testing.T) {
	for leaves, left := range map[programme.PersonID][]programme.PersonID{
		"expert": {"other-atsugi other-expert"}, "atsugi": {"other-atsugi expert", "other-atsugi other-expert"}, "supporter": nil,
	} {
		h := openHouse(t)
		waits := []programme.Wait{
			{Atsugi: "atsugi", Mentor: "expert", Since: h.now}, {Atsugi: "other-atsugi", Mentor: "expert", Since: h.now},
			{Atsugi: "other-atsugi", Mentor: "other-expert", Since: h.now, Told: h.now},
		}
		h.write(func(tx programme.Tx) error {
			for _, w := range waits {
				if err := tx.SaveWait(w); err != nil {
					return err
				}
			}
			return nil
		})
		if leaves == "supporter" {
			left = []programme.PersonID{"atsugi expert", "other-atsugi expert", "other-atsugi other-expert"}
		}
		h.becomesSupporter(leaves)
		var got []programme.PersonID
		h.read(func(tx programme.Tx) error {
			waits, err := tx.Waits()
			for _, w := range waits {
				got = append(got, w.Atsugi+" "+w.Mentor)
			}
			return err
		})
		slices.Sort(got)
		if !slices.Equal(got, left) {
			t.Errorf("%s leaves: %v wait, want %v", leaves, got, left)
		}
	}
}
