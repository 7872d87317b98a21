package programme_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// slot is an hour that begins at the moment, as "10 14:00" of September 2026 in Tokyo.
func slot(t *testing.T, clock string) programme.Span {
	t.Helper()
	from, err := time.ParseInLocation("2006-01-02 15:04", "2026-09-"+clock, tokyo)
	if err != nil {
		t.Fatal(err)
	}
	return programme.Span{From: from, Until: from.Add(time.Hour)}
}

// timesForm is a form for a new session of the engagement, at an hour each.
func (h *house) timesForm(op string, e programme.EngagementID, clocks ...string) programme.SessionForm {
	h.t.Helper()
	f := programme.SessionForm{Op: op, Engagement: e, Venue: programme.Venue{Mode: programme.ModeOnline}, Topic: "価格の言葉"}
	for _, c := range clocks {
		f.Spans = append(f.Spans, slot(h.t, c))
	}
	return f
}

// proposes names times, or fails: for a new session, or for one as it stands.
func (h *house) proposes(who programme.PersonID, f programme.SessionForm) programme.Session {
	h.t.Helper()
	s, err := h.ProposeTimes(h.t.Context(), programme.As(who), f)
	if err != nil {
		h.t.Fatalf("%s proposes: %v", who, err)
	}
	return s
}

func (h *house) picks(who programme.PersonID, s programme.Session, clock string) programme.Session {
	h.t.Helper()
	s, err := h.PickTime(h.t.Context(), programme.As(who), s.ID, s.Proposal.At, slot(h.t, clock).From, "")
	if err != nil {
		h.t.Fatalf("%s picks: %v", who, err)
	}
	return s
}

// again is the form for a session that there is, as it stands.
func again(f programme.SessionForm, s programme.Session) programme.SessionForm {
	f.Session, f.Version, f.Engagement, f.Op = s.ID, s.Version, "", f.Op+"-again"
	return f
}

// occupiedBy is occupiedIn the coming month.
func (h *house) occupiedBy(people ...programme.PersonID) []string {
	h.t.Helper()
	return h.occupiedIn(programme.Span{From: h.now, Until: h.now.AddDate(0, 1, 0)}, people...)
}

// refused checks a refusal by its code, field and key, written "conflict time1 error.time_taken".
func refused(t *testing.T, rule string, err error, want string) {
	t.Helper()
	got := "went through"
	if e, ok := programme.AsError(err); ok {
		got = strings.Join(strings.Fields(string(e.Code)+" "+e.Field+" "+e.Key), " ")
	} else if err != nil {
		got = err.Error()
	}
	if got != want {
		t.Errorf("%s: %s, want %s", rule, got, want)
	}
}

// TestTimesAreAgreedOn is the way from one form and one press to a session.
func TestTimesAreAgreedOn(t *testing.T) {
	h := newHouse(t)
	e := h.engaged("e")
	form := h.timesForm("op", e.ID, "12 10:00", "10 14:00", "11 09:00")
	form.Contest, form.Bring = true, "試作"
	s, twice := h.proposes("other-atsugi", form), h.proposes("other-atsugi", form)
	if s.ID != twice.ID || len(h.all()) != 1 {
		t.Fatalf("the same form made %v", h.all())
	}
	p := s.Proposal
	if s.State != programme.SessionOpen || s.Kind != programme.FollowUp || p.By != "other-atsugi" || p.For != "expert" ||
		!p.Spans[0].Same(slot(t, "10 14:00")) || len(p.Spans) != 3 || !s.Contest || s.Bring != "試作" {
		t.Errorf("proposed: %+v", s)
	}
	if got := h.notices()["session.proposed p:expert"]; got != 1 || h.notices()["session.proposed p:other-atsugi"] != 0 {
		t.Errorf("told: %v", h.notices())
	}
	want := []string{
		"other-atsugi 10 14:00-15:00", "other-atsugi 11 09:00-10:00", "other-atsugi 12 10:00-11:00",
		"expert 10 14:00-15:15", "expert 11 09:00-10:15", "expert 12 10:00-11:15",
	}
	if diff := cmp.Diff(want, h.occupiedBy("other-atsugi", "expert")); diff != "" {
		t.Errorf("kept free (-want +got):\n%s", diff)
	}

	for range 2 { // one press, pressed twice
		s = h.picks("expert", s, "11 09:00")
		if s.State != programme.SessionBooked || !s.Span.Same(slot(t, "11 09:00")) || s.Seq != 1 || s.Moves != 0 || s.Proposal.Waits() {
			t.Errorf("picked: %+v", s)
		}
	}
	want = []string{"other-atsugi 11 09:00-10:00", "expert 11 09:00-10:15"}
	if diff := cmp.Diff(want, h.occupiedBy("other-atsugi", "expert")); diff != "" {
		t.Errorf("taken (-want +got):\n%s", diff)
	}
	for _, notice := range []string{
		"session.booked p:other-atsugi", "session.booked p:expert", "session.calendar p:other-atsugi", "session.calendar p:expert",
	} {
		if h.notices()[notice] != 1 {
			t.Errorf("%s: %d times", notice, h.notices()[notice])
		}
	}
	_, err := h.PickTime(t.Context(), programme.As("expert"), s.ID, s.Proposal.At, slot(t, "10 14:00").From, "")
	refused(t, "another time of those that were proposed", err, "conflict error.proposal_changed")
	for _, line := range []string{"session.propose ", "session.pick "} {
		if n := countOf(h.trail(), line+string(s.ID)); n != 1 {
			t.Errorf("the trail has %s%s %d times", line, s.ID, n)
		}
	}
}

func countOf(lines []string, line string) (n int) {
	for _, l := range lines {
		if l == line {
			n++
		}
	}
	return n
}

func (h *house) all() (out []programme.Session) {
	h.t.Helper()
	h.read(func(tx programme.Tx) (err error) {
		out, err = tx.Sessions(programme.SessionFilter{})
		return err
	})
	return out
}

func TestFormForTimesRefuses(t *testing.T) {
	h := newHouse(t)
	e := h.engaged("e")
	first := func(change func(*programme.Span)) func(*programme.SessionForm) {
		return func(f *programme.SessionForm) { change(&f.Spans[0]) }
	}
	shift := func(d time.Duration) func(*programme.SessionForm) {
		return first(func(s *programme.Span) { s.From, s.Until = s.From.Add(d), s.Until.Add(d) })
	}
	for _, c := range []struct {
		rule, want string
		change     func(*programme.SessionForm)
	}{
		{"no operation", "invalid error.form_old", func(f *programme.SessionForm) { f.Op = "" }},
		{"no time", "invalid time1 error.time_missing", func(f *programme.SessionForm) { f.Spans = make([]programme.Span, 3) }},
		{"four times", "invalid time4 error.time_many", func(f *programme.SessionForm) {
			f.Spans = append(f.Spans, slot(t, "11 14:00"), slot(t, "12 14:00"), slot(t, "13 14:00"))
		}},
		{"in the past", "invalid time1 error.time_past", func(f *programme.SessionForm) { f.Spans[0] = slot(t, "01 08:00") }},
		{"now", "invalid time1 error.time_past", func(f *programme.SessionForm) { f.Spans[0] = slot(t, "01 09:00") }},
		{"the end before the start", "invalid time1 error.time_length", first(func(s *programme.Span) { s.Until = s.From.Add(-time.Hour) })},
		{"of no length", "invalid time1 error.time_length", first(func(s *programme.Span) { s.Until = s.From })},
		{"of a length that is not on offer", "invalid time1 error.time_length", first(func(s *programme.Span) { s.Until = s.From.Add(50 * time.Minute) })},
		{"off the five minutes", "invalid time1 error.time_grid", shift(time.Minute)},
		{"off the whole second", "invalid time1 error.time_grid", shift(time.Nanosecond)},
		{"after 120 days", "invalid time1 error.time_far", shift(120 * 24 * time.Hour)},
		{"twice the same", "invalid time3 error.time_twice", func(f *programme.SessionForm) {
			f.Spans = append(f.Spans, programme.Span{}, f.Spans[0])
		}},
		{"two that overlap", "invalid time2 error.time_overlaps", func(f *programme.SessionForm) { f.Spans = append(f.Spans, slot(t, "10 14:30")) }},
		{"no way to meet", "invalid mode error.choice", func(f *programme.SessionForm) { f.Mode = "" }},
		{"on site, nowhere", "invalid place error.session_place", func(f *programme.SessionForm) { f.Mode, f.Place = programme.ModeOnSite, " " }},
		{"an address that is none", "invalid url error.web_address", func(f *programme.SessionForm) { f.URL = "javascript:alert(1)" }},
		{"a long topic", "invalid topic error.too_long", func(f *programme.SessionForm) { f.Topic = strings.Repeat("あ", 1001) }},
		{"a long list of what to bring", "invalid bring error.too_long", func(f *programme.SessionForm) { f.Bring = strings.Repeat("あ", 1001) }},
		{"a long place", "invalid place error.too_long", func(f *programme.SessionForm) { f.Place = strings.Repeat("あ", 201) }},
		{"a topic that cannot be shown", "invalid topic error.unprintable", func(f *programme.SessionForm) { f.Topic = "a\x00b" }},
		{"an engagement that does not exist", "not_found error.engagement_gone", func(f *programme.SessionForm) { f.Engagement = "none" }},
		{"beyond a quota, by one of the two", "denied error.denied", func(f *programme.SessionForm) { f.Override = true }},
		{"on behalf of another", "denied error.denied", func(f *programme.SessionForm) { f.For = "expert" }},
		{"of a session that does not exist", "not_found error.session_gone", func(f *programme.SessionForm) { f.Session = "none" }},
		{"without engagement, by one of the two", "denied error.denied", func(f *programme.SessionForm) {
			f.Engagement, f.Atsugi, f.Mentor = "", "other-atsugi", "expert"
		}},
	} {
		f := h.timesForm("op "+c.rule, e.ID, "10 14:00")
		c.change(&f)
		_, err := h.ProposeTimes(t.Context(), programme.As("other-atsugi"), f)
		refused(t, c.rule, err, c.want)
	}
	if len(h.all()) != 0 || len(h.occupiedBy("other-atsugi", "expert")) != 0 {
		t.Errorf("refused forms left %v and %v", h.all(), h.occupiedBy("other-atsugi", "expert"))
	}
	edge := h.timesForm("edge", e.ID, "01 09:05", "01 10:05") // the next five minutes; two that touch
	last := h.now.AddDate(0, 0, 120)
	edge.Spans = append(edge.Spans, programme.Span{From: last, Until: last.Add(90 * time.Minute)})
	h.proposes("other-atsugi", edge)
}

// TestWhoNamesTimes: the two of the engagement, and the office on behalf of one.
func TestWhoNamesTimes(t *testing.T) {
	for _, id := range cast {
		want := programme.CodeNotFound
		switch id {
		case "other-atsugi", "expert":
			want = ""
		case "office":
			want = programme.CodeDenied
		case "left":
			want = programme.CodeUnknown
		}
		t.Run(string(id), func(t *testing.T) {
			h := newHouse(t)
			e := h.engaged("e")
			f := h.timesForm("op", e.ID, "10 14:00")
			_, err := h.ProposeTimes(t.Context(), programme.As(id), f)
			if id == "office" {
				refused(t, "for nobody", err, "invalid for error.choice")
				f.For = "atsugi"
				_, err = h.ProposeTimes(t.Context(), programme.As(id), f)
				refused(t, "for somebody else", err, "invalid for error.choice")
				f.For = "other-atsugi"
				s := h.proposes(id, f)
				if s.Proposal.By != "other-atsugi" || s.Proposal.For != "expert" || s.By != "office" {
					t.Errorf("proposed: %+v", s)
				}
				return
			}
			wantCode(t, err, want)
		})
	}
	t.Run("an expert who is not admitted any more", func(t *testing.T) {
		h := newHouse(t)
		e := h.engaged("e")
		s := h.proposes("other-atsugi", h.timesForm("op", e.ID, "10 14:00"))
		h.person("expert", func(p *programme.Person) { p.Pledged = "" })
		_, err := h.ProposeTimes(t.Context(), programme.As("expert"), h.timesForm("op2", e.ID, "11 14:00"))
		refused(t, "proposes", err, "not_found error.engagement_gone")
		_, err = h.PickTime(t.Context(), programme.As("expert"), s.ID, s.Proposal.At, slot(t, "10 14:00").From, "")
		refused(t, "picks", err, "not_found error.session_gone")
		_, err = h.PickTime(t.Context(), programme.As("office"), s.ID, s.Proposal.At, slot(t, "10 14:00").From, "expert")
		refused(t, "has the office pick", err, "conflict error.session_people")
	})
	t.Run("an engagement that ended", func(t *testing.T) {
		h := newHouse(t)
		e := h.engaged("e")
		must(t, h.EndEngagement(t.Context(), programme.As("office"), e.ID))
		_, err := h.ProposeTimes(t.Context(), programme.As("expert"), h.timesForm("op", e.ID, "11 14:00"))
		refused(t, "new times", err, "closed error.engagement_over")
	})
}

// TestWhoAnswersTimes: who did not name them, and the office on their behalf.
func TestWhoAnswersTimes(t *testing.T) {
	for _, id := range cast {
		pick := programme.CodeNotFound
		switch id {
		case "expert", "office":
			pick = ""
		case "other-atsugi":
			pick = programme.CodeDenied
		case "left":
			pick = programme.CodeUnknown
		}
		for _, decline := range []bool{false, true} {
			h := newHouse(t)
			s := h.proposes("other-atsugi", h.timesForm("op", h.engaged("e").ID, "10 14:00"))
			var err error
			if decline {
				err = h.DeclineTimes(t.Context(), programme.As(id), s.ID, s.Proposal.At, "")
			} else {
				_, err = h.PickTime(t.Context(), programme.As(id), s.ID, s.Proposal.At, s.Proposal.Spans[0].From, "")
			}
			t.Logf("%s, declines: %v", id, decline)
			wantCode(t, err, pick)
		}
	}
	h := newHouse(t)
	s := h.proposes("other-atsugi", h.timesForm("op", h.engaged("e").ID, "10 14:00"))
	_, err := h.PickTime(t.Context(), programme.As("office"), s.ID, s.Proposal.At, s.Proposal.Spans[0].From, "other-atsugi")
	refused(t, "the office for who proposed", err, "denied error.session_own_proposal")
}

// TestCounterProposal: other times in answer take the place of those that waited.
func TestCounterProposal(t *testing.T) {
	h := newHouse(t)
	f := h.timesForm("op", h.engaged("e").ID, "10 14:00", "11 14:00")
	s := h.proposes("other-atsugi", f)
	f.Spans = []programme.Span{slot(t, "12 09:00")}
	f.Topic, f.Mode, f.Place = "", programme.ModeOnSite, "工房"
	h.now = h.now.Add(time.Minute)
	other := h.proposes("expert", again(f, s))
	if other.ID != s.ID || other.Proposal.For != "other-atsugi" || other.Topic != s.Topic || other.Place != "工房" || len(other.Proposal.Spans) != 1 {
		t.Errorf("in answer: %+v", other)
	}
	want := []string{"other-atsugi 12 09:00-10:00", "expert 12 09:00-10:15"}
	if diff := cmp.Diff(want, h.occupiedBy("other-atsugi", "expert")); diff != "" {
		t.Errorf("kept free (-want +got):\n%s", diff)
	}
	_, err := h.PickTime(t.Context(), programme.As("expert"), s.ID, s.Proposal.At, slot(t, "10 14:00").From, "")
	refused(t, "a press on the first times", err, "conflict error.proposal_changed")
	refused(t, "declining the first times", h.DeclineTimes(t.Context(), programme.As("expert"), s.ID, s.Proposal.At, ""), "conflict error.proposal_changed")
	_, err = h.ProposeTimes(t.Context(), programme.As("other-atsugi"), again(h.timesForm("late", "", "13 14:00"), s))
	refused(t, "times for the session as it was", err, "conflict error.session_changed")
	if got := h.notices()["session.proposed p:other-atsugi"]; got != 1 {
		t.Errorf("told of the other times %d times", got)
	}
	if same := h.proposes("expert", again(f, s)); same.Version != other.Version {
		t.Errorf("sent twice it changed again: %+v", same)
	}
	s = h.picks("other-atsugi", other, "12 09:00")
	if s.Mode != programme.ModeOnSite || s.Place != "工房" {
		t.Errorf("they meet %s at %q", s.Mode, s.Place)
	}
}

// TestDeclining: the times are free again, the office and who proposed are told once.
func TestDeclining(t *testing.T) {
	h := newHouse(t)
	s := h.proposes("expert", h.timesForm("op", h.engaged("e").ID, "10 14:00"))
	refused(t, "a long reason", h.DeclineTimes(t.Context(), programme.As("other-atsugi"), s.ID, s.Proposal.At, strings.Repeat("あ", 301)), "invalid reason error.too_long")
	for range 2 {
		must(t, h.DeclineTimes(t.Context(), programme.As("other-atsugi"), s.ID, s.Proposal.At, "窯の日です"))
	}
	s = h.session(s.ID)
	if s.State != programme.SessionOpen || s.Proposal.Waits() || s.Reason != "窯の日です" || len(h.occupiedBy("other-atsugi", "expert")) != 0 {
		t.Errorf("declined: %+v", s)
	}
	if got := h.notices(); got["session.declined p:expert"] != 1 || got["session.declined c:office"] != 1 || got["session.declined p:other-atsugi"] != 0 {
		t.Errorf("told: %v", got)
	}
	_, err := h.PickTime(t.Context(), programme.As("other-atsugi"), s.ID, s.Proposal.At, slot(t, "10 14:00").From, "")
	refused(t, "picked after all", err, "conflict error.proposal_changed")
	if s = h.proposes("other-atsugi", again(h.timesForm("op", "", "10 14:00"), s)); s.Reason != "" {
		t.Errorf("new times keep the old reason %q", s.Reason)
	}
}

// TestMoving: the agreed time stands until another is picked.
func TestMoving(t *testing.T) {
	h := newHouse(t)
	s := h.proposes("other-atsugi", h.timesForm("op", h.engaged("e").ID, "10 14:00"))
	s = h.picks("expert", s, "10 14:00")
	f := again(h.timesForm("move", "", "10 14:30", "12 14:00"), s)
	_, err := h.ProposeTimes(t.Context(), programme.As("expert"), f)
	refused(t, "without a reason", err, "invalid reason error.required")
	f.Reason = "出張のため"
	same := f
	same.Spans = []programme.Span{slot(t, "10 14:00")}
	_, err = h.ProposeTimes(t.Context(), programme.As("expert"), same)
	refused(t, "to the same time", err, "invalid time1 error.time_agreed")
	f.Mode, f.Place = programme.ModeOnSite, "工房"
	s = h.proposes("expert", f)
	if s.State != programme.SessionBooked || !s.Span.Same(slot(t, "10 14:00")) || s.Mode != programme.ModeOnline || s.Proposal.Reason != "出張のため" || s.Seq != 1 {
		t.Errorf("meanwhile: %+v", s)
	}
	want := []string{"other-atsugi 10 14:00-15:30", "other-atsugi 12 14:00-15:00", "expert 10 14:00-15:45", "expert 12 14:00-15:15"}
	if diff := cmp.Diff(want, h.occupiedBy("other-atsugi", "expert")); diff != "" {
		t.Errorf("kept free (-want +got):\n%s", diff)
	}
	must(t, h.DeclineTimes(t.Context(), programme.As("other-atsugi"), s.ID, s.Proposal.At, "その週は展示です"))
	if s = h.session(s.ID); s.State != programme.SessionBooked || !s.Span.Same(slot(t, "10 14:00")) || s.Moves != 0 {
		t.Errorf("declined: %+v", s)
	}
	if want, got := []string{"other-atsugi 10 14:00-15:00", "expert 10 14:00-15:15"}, h.occupiedBy("other-atsugi", "expert"); !slices.Equal(want, got) {
		t.Errorf("declined, taken is %v", got)
	}

	f.Version = s.Version
	s = h.picks("other-atsugi", h.proposes("expert", f), "12 14:00")
	if !s.Span.Same(slot(t, "12 14:00")) || s.Moves != 1 || s.Seq != 2 || s.Place != "工房" || !s.Last.Was.Same(slot(t, "10 14:00")) {
		t.Errorf("moved: %+v", s)
	}
	if got := h.notices(); got["session.booked p:expert"] != 2 || got["session.calendar p:other-atsugi"] != 2 {
		t.Errorf("told: %v", got)
	}
}

// TestUntilWhenTheTwoMove: up to the cut-off and so many times; after that, the office.
func TestUntilWhenTheTwoMove(t *testing.T) {
	for _, c := range []struct {
		rule     string
		now      string // when they ask, of the session on the 10th at 14:00
		moves    int
		two      string // how the two fare
		office   string
		cancel   string // and with calling it off
		officeOf string
	}{
		{"at the cut-off", "09 14:00", 0, "went through", "went through", "went through", "went through"},
		{"just after it", "09 14:05", 0, "closed error.session_cut_off", "went through", "closed error.session_cut_off", "went through"},
		{"moved too often", "02 09:00", 3, "conflict error.session_moves", "went through", "went through", "went through"},
		{"moved nearly too often", "02 09:00", 2, "went through", "went through", "went through", "went through"},
		{"when it has begun", "10 14:00", 0, "closed error.session_over", "closed error.session_over", "closed error.session_cut_off", "went through"},
		{"when it is over", "10 15:00", 0, "closed error.session_over", "closed error.session_over", "closed error.session_over", "closed error.session_over"},
	} {
		for who, want := range map[programme.PersonID][2]string{"atsugi": {c.two, c.cancel}, "expert": {c.two, c.cancel}, "office": {c.office, c.officeOf}} {
			h := newHouse(t)
			s := h.kept("s", func(s *programme.Session) { s.Moves = c.moves })
			h.now = slot(t, c.now).From
			f := again(h.timesForm("move", "", "20 14:00"), s)
			f.Reason = "都合"
			if who == "office" {
				f.For = "atsugi"
			}
			_, err := h.ProposeTimes(t.Context(), programme.As(who), f)
			refused(t, c.rule+", "+string(who), err, want[0])
			s = h.session(s.ID)
			refused(t, c.rule+", called off by "+string(who), h.CancelSession(t.Context(), programme.As(who), s.ID, s.Version, "都合"), want[1])
		}
	}
}

// TestPicksThatComeTooLate: a time that is over, or at which somebody now goes to an event.
func TestPicksThatComeTooLate(t *testing.T) {
	h := newHouse(t)
	s := h.proposes("other-atsugi", h.timesForm("op", h.engaged("e").ID, "10 14:00", "12 14:00"))
	h.now = slot(t, "10 14:00").From
	_, err := h.PickTime(t.Context(), programme.As("expert"), s.ID, s.Proposal.At, slot(t, "10 14:00").From, "")
	refused(t, "at its start", err, "closed error.time_over")
	h.picks("expert", s, "12 14:00")

	s = h.kept("s", nil)
	f := again(h.timesForm("move", "", "20 14:00"), s)
	f.Reason = "都合"
	h.now = slot(t, "09 10:00").From
	s = h.proposes("atsugi", f)
	h.now = s.Span.From
	_, err = h.PickTime(t.Context(), programme.As("expert"), s.ID, s.Proposal.At, slot(t, "20 14:00").From, "")
	refused(t, "when the agreed time has begun", err, "closed error.session_over")
}
