package programme_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// books books a time as the office, or fails.
func (h *house) books(f programme.SessionForm) programme.Session {
	h.t.Helper()
	s, err := h.BookSession(h.t.Context(), programme.As("office"), f)
	if err != nil {
		h.t.Fatalf("books: %v", err)
	}
	return s
}

func TestTheOfficeBooksForBoth(t *testing.T) {
	h := newHouse(t)
	form := h.timesForm("op", h.engaged("e").ID, "10 14:00")
	s, twice := h.books(form), h.books(form)
	if s.ID != twice.ID || s.State != programme.SessionBooked || !s.Span.Same(slot(t, "10 14:00")) || s.Seq != 1 || len(h.all()) != 1 {
		t.Errorf("booked %+v and %+v", s, twice)
	}
	other := form
	other.Spans = []programme.Span{slot(t, "11 14:00")}
	_, err := h.BookSession(t.Context(), programme.As("office"), other)
	refused(t, "another time by the same form", err, "conflict error.session_made_before")

	f := again(form, s)
	f.URL = "https://example.jp/room" // the same time in a room that was not known before
	s = h.books(f)
	if s.URL == "" || s.Moves != 0 || s.Seq != 2 || !s.Span.Same(slot(t, "10 14:00")) {
		t.Errorf("with a room: %+v", s)
	}
	if same := h.books(f); same.Version != s.Version {
		t.Errorf("sent twice it changed again: %+v", same)
	}
	f.URL = "https://example.jp/other"
	_, err = h.BookSession(t.Context(), programme.As("office"), f)
	refused(t, "another room, of the session as it was", err, "conflict error.session_changed")

	f = again(form, s)
	f.Spans = []programme.Span{slot(t, "10 14:30")}
	_, err = h.BookSession(t.Context(), programme.As("office"), f)
	refused(t, "moved without a reason", err, "invalid reason error.required")
	f.Reason = "専門家の都合"
	s = h.books(f)
	if s.Moves != 1 || s.Seq != 3 || !s.Span.Same(slot(t, "10 14:30")) || !s.Last.Was.Same(slot(t, "10 14:00")) || s.Last.Reason != "専門家の都合" {
		t.Errorf("moved: %+v", s)
	}
	if got := h.notices(); got["session.booked p:other-atsugi"] != 3 || got["session.calendar p:expert"] != 3 || got["session.proposed p:expert"] != 0 {
		t.Errorf("told: %v", got)
	}
}

func TestWhoBooksForBoth(t *testing.T) {
	for _, id := range cast {
		want := programme.CodeDenied
		switch id {
		case "office":
			want = ""
		case "left":
			want = programme.CodeUnknown
		case "nobody":
			want = programme.CodeNotFound
		}
		h := newHouse(t)
		_, err := h.BookSession(t.Context(), programme.As(id), h.timesForm("op", h.engaged("e").ID, "10 14:00"))
		t.Log(id)
		wantCode(t, err, want)
	}
}

// TestSessionsBetweenTheWorkshops need no engagement; the office brings the two together.
func TestSessionsBetweenTheWorkshops(t *testing.T) {
	h := newHouse(t)
	form := func(op string) programme.SessionForm {
		f := h.timesForm(op, "", "10 14:00")
		f.Atsugi, f.Mentor = "atsugi", "other-expert"
		return f
	}
	for _, c := range []struct {
		rule, want string
		change     func(*programme.SessionForm)
	}{
		{"no atsugi", "invalid atsugi error.choice", func(f *programme.SessionForm) { f.Atsugi = "supporter" }},
		{"no expert", "invalid mentor error.engagement_expert", func(f *programme.SessionForm) { f.Mentor = "senior" }},
		{"an expert who is not admitted", "invalid mentor error.engagement_expert", func(f *programme.SessionForm) { f.Mentor = "unpledged" }},
		{"two times", "invalid time2 error.time_many", func(f *programme.SessionForm) { f.Spans = append(f.Spans, slot(t, "11 14:00")) }},
	} {
		f := form(c.rule)
		c.change(&f)
		_, err := h.BookSession(t.Context(), programme.As("office"), f)
		refused(t, c.rule, err, c.want)
	}
	if s := h.books(form("op")); s.Kind != programme.Between || s.Engagement != "" {
		t.Errorf("booked %+v", s)
	}
	f := form("proposed")
	f.Spans, f.For = []programme.Span{slot(t, "11 14:00")}, "other-expert"
	s := h.proposes("office", f)
	h.picks("atsugi", s, "11 14:00")
}

func TestCallingOff(t *testing.T) {
	h := newHouse(t)
	e := h.engaged("e")
	s := h.picks("expert", h.proposes("other-atsugi", h.timesForm("op", e.ID, "10 14:00")), "10 14:00")
	for _, c := range []struct {
		rule, want, reason string
		who                programme.PersonID
		version            int
	}{
		{"without a reason", "invalid reason error.required", " ", "expert", s.Version},
		{"with a long reason", "invalid reason error.too_long", strings.Repeat("あ", 301), "expert", s.Version},
		{"as it was before", "conflict error.session_changed", "都合", "expert", s.Version - 1},
		{"by somebody else", "not_found error.session_gone", "都合", "atsugi", s.Version},
		{"by the bureau", "not_found error.session_gone", "都合", "bureau", s.Version},
	} {
		refused(t, c.rule, h.CancelSession(t.Context(), programme.As(c.who), s.ID, c.version, c.reason), c.want)
	}
	for range 2 {
		must(t, h.CancelSession(t.Context(), programme.As("expert"), s.ID, s.Version, "急な出張です"))
	}
	after := h.session(s.ID)
	if after.State != programme.SessionCancelled || after.Seq != s.Seq+1 || after.Reason != "急な出張です" || len(h.occupiedBy("other-atsugi", "expert")) != 0 {
		t.Errorf("called off: %+v, taken: %v", after, h.occupiedBy("other-atsugi", "expert"))
	}
	if got := h.notices(); got["session.cancelled p:other-atsugi"] != 1 || got["session.cancelled p:expert"] != 1 || got["session.calendar p:other-atsugi"] != 2 {
		t.Errorf("told: %v", got)
	}
	_, err := h.PickTime(t.Context(), programme.As("expert"), s.ID, s.Proposal.At, slot(t, "11 14:00").From, "")
	refused(t, "picked after that", err, "closed error.session_cancelled")
	_, err = h.ProposeTimes(t.Context(), programme.As("expert"), again(h.timesForm("more", "", "12 14:00"), after))
	refused(t, "new times after that", err, "closed error.session_cancelled")
}

// TestWithdrawing: what is not agreed on is its proposer's, or the office's, to withdraw;
// no calendar knows of it.
func TestWithdrawing(t *testing.T) {
	for who, want := range map[programme.PersonID]string{
		"other-atsugi": "went through", "office": "went through", "expert": "denied error.session_not_proposer",
	} {
		h := newHouse(t)
		s := h.proposes("other-atsugi", h.timesForm("op", h.engaged("e").ID, "10 14:00"))
		refused(t, string(who), h.CancelSession(t.Context(), programme.As(who), s.ID, s.Version, "都合"), want)
		if got := h.notices(); got["session.calendar p:expert"] != 0 || (got["session.cancelled p:expert"] == 1) != (want == "went through") {
			t.Errorf("%s: told %v", who, got)
		}
	}
}

// becomesSupporter makes somebody one on the roster: no atsugi and no expert any more.
func (h *house) becomesSupporter(id programme.PersonID) {
	h.t.Helper()
	address := string(id) + "@example.jp"
	h.person(id, func(p *programme.Person) { p.Email = address })
	row := rosterRow(2, "試験 "+string(id), address, "支援機関")
	if _, err := h.ImportRoster(h.t.Context(), programme.As("office"), []programme.RosterRow{row}, ""); err != nil {
		h.t.Fatalf("%s leaves: %v", id, err)
	}
}

// TestWhoLeavesLeavesSessionsToTheOffice: their times are free, the other one knows.
func TestWhoLeavesLeavesSessionsToTheOffice(t *testing.T) {
	h := newHouse(t)
	e := h.engaged("e")
	booked := h.picks("expert", h.proposes("other-atsugi", h.timesForm("op", e.ID, "10 14:00")), "10 14:00")
	open := h.proposes("other-atsugi", h.timesForm("op2", e.ID, "12 14:00"))
	begun := h.kept("begun", func(s *programme.Session) { s.Span = slot(t, "01 09:00") })
	h.becomesSupporter("expert")
	for _, s := range []programme.Session{booked, open} {
		s = h.session(s.ID)
		if s.State != programme.SessionOpen || s.Proposal.Waits() || !s.Span.From.IsZero() {
			t.Errorf("left behind: %+v", s)
		}
	}
	if s := h.session(begun.ID); s.State != programme.SessionBooked {
		t.Errorf("what has begun became %+v", s)
	}
	if got := h.occupiedBy("other-atsugi", "expert"); len(got) != 0 {
		t.Errorf("still taken: %v", got)
	}
	want := map[string]int{
		"session.orphaned c:office": 2, "session.cancelled p:other-atsugi": 1, "session.calendar p:other-atsugi": 2, "session.calendar p:expert": 1,
	}
	got := h.notices()
	for _, n := range []string{"session.orphaned c:office", "session.cancelled p:other-atsugi", "session.cancelled p:expert", "session.calendar p:other-atsugi", "session.calendar p:expert"} {
		if got[n] != want[n] {
			t.Errorf("%s: %d times, want %d", n, got[n], want[n])
		}
	}
	f := again(h.timesForm("more", "", "14 14:00"), h.session(open.ID))
	_, err := h.ProposeTimes(t.Context(), programme.As("other-atsugi"), f)
	refused(t, "new times with who left", err, "conflict error.session_people")
	must(t, h.CancelSession(t.Context(), programme.As("office"), open.ID, f.Version, "担当の交代"))
}

// TestEngagementThatEndsWithdrawsWhatWaits and leaves what is agreed on.
func TestEngagementThatEndsWithdrawsWhatWaits(t *testing.T) {
	h := newHouse(t)
	e := h.engaged("e")
	booked := h.picks("expert", h.proposes("other-atsugi", h.timesForm("op", e.ID, "10 14:00")), "10 14:00")
	open := h.proposes("other-atsugi", h.timesForm("op2", e.ID, "12 14:00"))
	must(t, h.EndEngagement(t.Context(), programme.As("office"), e.ID))
	got := map[programme.SessionID]programme.SessionState{booked.ID: h.session(booked.ID).State, open.ID: h.session(open.ID).State}
	want := map[programme.SessionID]programme.SessionState{booked.ID: programme.SessionBooked, open.ID: programme.SessionCancelled}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sessions (-want +got):\n%s", diff)
	}
	if got, want := strings.Join(h.occupiedBy("other-atsugi"), " "), "other-atsugi 10 14:00-15:00"; got != want {
		t.Errorf("taken: %s", got)
	}
}
