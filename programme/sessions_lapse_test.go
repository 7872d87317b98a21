package programme_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

// delivery is the one delivery of a kind about a session to somebody.
func (h *house) delivery(kind programme.NoticeKind, s programme.SessionID, to programme.Recipient) (d programme.Delivery) {
	h.t.Helper()
	h.read(func(tx programme.Tx) error {
		ds, err := tx.DeliveriesOf(programme.Notice{Kind: kind, Subject: string(s), To: to})
		if err == nil && len(ds) != 1 {
			h.t.Fatalf("%d deliveries of %s to %s, want one", len(ds), kind, to)
		}
		if err == nil {
			d = ds[0]
		}
		return err
	})
	return d
}

func (h *house) page(who programme.PersonID, s programme.SessionID) programme.SessionView {
	h.t.Helper()
	v, err := h.SessionPage(h.t.Context(), programme.As(who), s)
	must(h.t, err)
	return v
}

// TestTimesThatWentByWaitForNobody: they wait up to the start of the last of them, and are
// the office's from then on.
func TestTimesThatWentByWaitForNobody(t *testing.T) {
	for _, c := range []struct {
		rule, now      string
		waiting, stuck bool
	}{
		{"one is ahead", "11 08:59", true, false},
		{"the last one begins", "11 09:00", false, true},
	} {
		h := newHouse(t)
		s := h.proposes("other-atsugi", h.timesForm("op", h.engaged("e").ID, "11 09:00", "10 14:00"))
		h.now = slot(t, c.now).From
		b, err := h.SessionBoard(t.Context(), programme.As("office"))
		must(t, err)
		if len(b.Waiting) == 1 != c.waiting || len(b.Stuck) == 1 != c.stuck {
			t.Errorf("%s: %d wait, %d are stuck", c.rule, len(b.Waiting), len(b.Stuck))
		}
		if n := h.home("office").Board; n.Waiting == 1 != c.waiting || n.Stuck == 1 != c.stuck {
			t.Errorf("%s: Home counts %+v", c.rule, n)
		}
		v := h.page("expert", s.ID)
		if v.Waits() != c.waiting || v.Lapsed() == c.waiting || v.MayPick != c.waiting || !v.MayPropose {
			t.Errorf("%s: waits %v, lapsed %v, may pick %v, propose %v", c.rule, v.Waits(), v.Lapsed(), v.MayPick, v.MayPropose)
		}
	}
}

// TestTimesThatWentByCountNoLonger in the expert's week and in the quotas, and do again
// once there are others in their place.
func TestTimesThatWentByCountNoLonger(t *testing.T) {
	for _, c := range []struct {
		rule, want string
		set        func(*programme.SessionSettings)
	}{
		{"the expert's week", "conflict time1 error.quota_week", func(s *programme.SessionSettings) { s.PerWeek = 1 }},
		{"the programme", "conflict error.quota_programme", func(s *programme.SessionSettings) { s.Most = 1 }},
	} {
		h := newHouse(t)
		c.set(&h.Settings.Sessions)
		first := h.proposes("other-atsugi", h.timesForm("op", h.engaged("e").ID, "08 09:00"))
		f := engagementForm("e2")
		f.Atsugi = "atsugi"
		e2, err := h.MakeEngagement(t.Context(), programme.As("office"), f)
		must(t, err)
		second := h.timesForm("op2", e2.ID, "11 09:00")
		_, err = h.ProposeTimes(t.Context(), programme.As("atsugi"), second)
		refused(t, c.rule+", while they wait", err, c.want)
		h.now = slot(t, "08 09:00").From
		h.proposes("atsugi", second)
		_, err = h.ProposeTimes(t.Context(), programme.As("other-atsugi"), again(h.timesForm("op", "", "12 09:00"), first))
		refused(t, c.rule+", for others in their place", err, c.want)
	}
}

// TestWhoeverSeesTimesThatWentByIsShownSo: the messages are drawn again when the notices of
// it come up, and not at every look at the plan.
func TestWhoeverSeesTimesThatWentByIsShownSo(t *testing.T) {
	h := newHouse(t)
	s := h.proposes("other-atsugi", h.timesForm("op", h.engaged("e").ID, "10 14:00"))
	before := h.delivery(programme.NoticeSessionProposed, s.ID, programme.ToPerson("expert")).Rev
	h.now = slot(t, "10 14:00").From
	var planned []programme.Notice
	for _, to := range []programme.Recipient{programme.ToChannel(programme.ChannelOffice), programme.ToPerson("other-atsugi")} {
		planned = append(planned, programme.Notice{
			Kind: programme.NoticeSessionLapsed, Subject: string(s.ID), To: to, Occasion: programme.ProposalOccasion(s.Proposal), Due: h.now,
		})
	}
	for range 2 { // a plan is made again after a restart
		must(t, h.EnqueueAll(t.Context(), planned))
	}
	if after := h.delivery(programme.NoticeSessionProposed, s.ID, programme.ToPerson("expert")).Rev; after != before+1 {
		t.Errorf("drawn again %d times, want once", after-before)
	}
	for _, n := range planned {
		if m, _ := h.notice(n.Kind, s.ID, n.To, n.Occasion); m.Withdrawn != "" || !m.Session.Lapsed() {
			t.Errorf("to %s: withdrawn %q, lapsed %v", n.To, m.Withdrawn, m.Session.Lapsed())
		}
	}
}

// TestFactsHaveProposedTimes until a fortnight after the last of them.
func TestFactsHaveProposedTimes(t *testing.T) {
	h := newHouse(t)
	e := h.engaged("e")
	s := h.proposes("other-atsugi", h.timesForm("op", e.ID, "10 14:00"))
	move := h.kept("move", func(s *programme.Session) {
		s.Span = slot(t, "20 14:00")
		s.Proposal = programme.Proposal{By: "atsugi", For: "expert", At: s.Made, Spans: []programme.Span{slot(t, "09 14:00")}}
	})
	h.kept("booked", func(s *programme.Session) { s.Span = slot(t, "21 14:00") })
	proposed := func() string {
		f, err := h.Facts(t.Context())
		must(t, err)
		var ids []string
		for _, s := range f.Proposed {
			ids = append(ids, string(s.ID))
		}
		slices.Sort(ids)
		return strings.Join(ids, " ")
	}
	both := []string{string(s.ID), string(move.ID)}
	slices.Sort(both)
	if got := proposed(); got != strings.Join(both, " ") {
		t.Errorf("there are %q", got)
	}
	h.now = slot(t, "10 14:00").From.AddDate(0, 0, 14)
	if got := proposed(); got != "" {
		t.Errorf("a fortnight later there are %q", got)
	}
}

// TestAMoveThatCameToNothingIsTheOffices until the agreed time begins or is settled anew.
func TestAMoveThatCameToNothingIsTheOffices(t *testing.T) {
	declined := func(h *house, s programme.Session) {
		must(h.t, h.DeclineTimes(h.t.Context(), programme.As("other-atsugi"), s.ID, s.Proposal.At, ""))
	}
	wait := func(clock string) func(*house, programme.Session) {
		return func(h *house, _ programme.Session) { h.now = slot(h.t, clock).From }
	}
	for _, c := range []struct {
		rule           string
		then           func(*house, programme.Session)
		waiting, stuck int
	}{
		{"it waits", func(*house, programme.Session) {}, 1, 0},
		{"declined", declined, 0, 1},
		{"the other time went by", wait("12 09:00"), 0, 1},
		{"declined, and the agreed time began", func(h *house, s programme.Session) { declined(h, s); wait("20 14:00")(h, s) }, 0, 0},
		{"withdrawn", func(h *house, s programme.Session) {
			_, err := h.WithdrawTimes(h.t.Context(), programme.As("expert"), s.ID, s.Proposal.At)
			must(h.t, err)
		}, 0, 0},
		{"picked", func(h *house, s programme.Session) { h.picks("other-atsugi", s, "12 09:00") }, 0, 0},
	} {
		h := newHouse(t)
		s := h.picks("expert", h.proposes("other-atsugi", h.timesForm("op", h.engaged("e").ID, "20 14:00")), "20 14:00")
		f := again(h.timesForm("move", "", "12 09:00"), s)
		f.Reason = "都合"
		s = h.proposes("expert", f)
		c.then(h, s)
		b, err := h.SessionBoard(t.Context(), programme.As("office"))
		must(t, err)
		if len(b.Waiting) != c.waiting || len(b.Stuck) != c.stuck {
			t.Errorf("%s: %d wait, %d are stuck; want %d and %d", c.rule, len(b.Waiting), len(b.Stuck), c.waiting, c.stuck)
		}
		if v := h.page("office", s.ID); v.Unmoved() != (c.stuck == 1) {
			t.Errorf("%s: unmoved is %v", c.rule, v.Unmoved())
		}
	}
}

// TestSinceWhenSomethingIsToBeDone: since times were last named, whenever it was made.
func TestSinceWhenSomethingIsToBeDone(t *testing.T) {
	made := time.Date(2026, 9, 1, 9, 0, 0, 0, tokyo)
	s := programme.Session{Made: made}
	if !s.Since().Equal(made) {
		t.Errorf("of one without times: %s", s.Since())
	}
	s.Proposal.At = made.AddDate(0, 0, 3)
	if !s.Since().Equal(s.Proposal.At) {
		t.Errorf("of one with times: %s", s.Since())
	}
}

// TestOnWhoseBehalfTheOfficeProposesIsTold, and nobody of what they do themselves.
func TestOnWhoseBehalfTheOfficeProposesIsTold(t *testing.T) {
	h := newHouse(t)
	f := h.timesForm("op", h.engaged("e").ID, "10 14:00")
	s := h.proposes("other-atsugi", f)
	f = again(f, s)
	f.Spans, f.For = []programme.Span{slot(t, "11 14:00")}, "expert"
	h.now = h.now.Add(time.Minute)
	s = h.proposes("office", f)
	got := h.notices()
	for notice, want := range map[string]int{
		"session.proposed p:other-atsugi": 1, "session.behalf p:expert": 1, "session.behalf p:other-atsugi": 0,
	} {
		if got[notice] != want {
			t.Errorf("%s: %d times, want %d", notice, got[notice], want)
		}
	}
	behalf := func() programme.Matter {
		m, _ := h.notice(programme.NoticeSessionBehalf, s.ID, programme.ToPerson("expert"), programme.ProposalOccasion(s.Proposal))
		return m
	}
	if m := behalf(); m.Withdrawn != "" || m.Session.MayPick {
		t.Errorf("withdrawn %q, may pick %v", m.Withdrawn, m.Session.MayPick)
	}
	h.picks("other-atsugi", s, "11 14:00")
	if m := behalf(); m.Withdrawn != "answered" {
		t.Errorf("once it is answered: withdrawn %q", m.Withdrawn)
	}
}

// TestOneSessionOfAnEngagementIsArrangedAtATime: whoever names times second answers the
// first, whether those wait, were declined or went by. The office may begin another.
func TestOneSessionOfAnEngagementIsArrangedAtATime(t *testing.T) {
	for _, c := range []struct {
		rule, want string
		then       func(*house, programme.Session)
	}{
		{"times wait", "conflict error.session_open", func(*house, programme.Session) {}},
		{"they were declined", "conflict error.session_open", func(h *house, s programme.Session) {
			must(h.t, h.DeclineTimes(h.t.Context(), programme.As("expert"), s.ID, s.Proposal.At, ""))
		}},
		{"they went by", "conflict error.session_open", func(h *house, _ programme.Session) { h.now = slot(h.t, "10 14:00").From }},
		{"one was picked", "went through", func(h *house, s programme.Session) { h.picks("expert", s, "10 14:00") }},
		{"it was called off", "went through", func(h *house, s programme.Session) {
			must(h.t, h.CancelSession(h.t.Context(), programme.As("office"), s.ID, s.Version, "都合"))
		}},
	} {
		h := newHouse(t)
		e := h.engaged("e")
		first := h.timesForm("op", e.ID, "10 14:00")
		s := h.proposes("other-atsugi", first)
		c.then(h, s)
		_, err := h.ProposeTimes(t.Context(), programme.As("expert"), h.timesForm("op2", e.ID, "14 14:00"))
		refused(t, c.rule, err, c.want)
		if c.want == "went through" {
			continue
		}
		if same, err := h.ProposeTimes(t.Context(), programme.As("other-atsugi"), first); err == nil && same.ID != s.ID {
			t.Errorf("%s: the same form made %s, too", c.rule, same.ID)
		}
		f := h.timesForm("op3", e.ID, "15 14:00")
		f.For = "expert"
		if other := h.proposes("office", f); other.ID == s.ID {
			t.Errorf("%s: the office began none", c.rule)
		}
	}
}

// TestWhatAnEngagementThatEndsLeaves: the agreed time, which nobody asks to change any more.
func TestWhatAnEngagementThatEndsLeaves(t *testing.T) {
	h := newHouse(t)
	e := h.engaged("e")
	s := h.picks("expert", h.proposes("other-atsugi", h.timesForm("op", e.ID, "20 14:00")), "20 14:00")
	f := again(h.timesForm("move", "", "22 14:00"), s)
	f.Reason = "都合"
	h.proposes("expert", f)
	still := h.picks("expert", h.proposes("other-atsugi", h.timesForm("op2", e.ID, "24 14:00")), "24 14:00")
	booked := programme.ToPerson("other-atsugi")
	before := h.delivery(programme.NoticeSessionBooked, still.ID, booked).Rev
	if v := h.page("other-atsugi", s.ID); !v.MayPick || !v.MayMove || v.Ended {
		t.Fatalf("before: may pick %v, move %v, ended %v", v.MayPick, v.MayMove, v.Ended)
	}
	must(t, h.EndEngagement(t.Context(), programme.As("office"), e.ID))
	v := h.page("other-atsugi", s.ID)
	if v.State != programme.SessionBooked || v.Waits() || v.MayPick || v.MayMove || !v.MayCancel || !v.Ended {
		t.Errorf("after: %s, waits %v, may pick %v, move %v, cancel %v, ended %v", v.State, v.Waits(), v.MayPick, v.MayMove, v.MayCancel, v.Ended)
	}
	want := []string{"other-atsugi 20 14:00-15:00", "other-atsugi 24 14:00-15:00"}
	if got := h.occupiedBy("other-atsugi"); !slices.Equal(got, want) {
		t.Errorf("taken: %v", got)
	}
	if after := h.delivery(programme.NoticeSessionBooked, still.ID, booked).Rev; after <= before {
		t.Error("the message with the button to move it is not drawn again")
	}
	b, err := h.SessionBoard(t.Context(), programme.As("office"))
	if must(t, err); len(b.Stuck) != 0 {
		t.Errorf("stuck: %s", sessionIDs(b.Stuck))
	}
}

// TestWhatIsProposedElsewhereIsCalledThat, to whom it is proposed or by whom; of others'
// sessions nothing is said.
func TestWhatIsProposedElsewhereIsCalledThat(t *testing.T) {
	for _, c := range []struct {
		who         programme.PersonID
		clock, want string
	}{
		{"expert", "10 14:00", "conflict time1 error.time_proposed"},
		{"atsugi", "10 14:00", "conflict time1 error.time_taken"}, // it is the expert's with another
		{"office", "10 14:00", "conflict time1 error.time_taken"},
		{"expert", "16 14:00", "conflict time1 error.time_taken"}, // agreed on
		{"expert", "16 15:00", "conflict time1 error.time_taken"}, // the buffer after it
	} {
		h := newHouse(t)
		h.proposes("other-atsugi", h.timesForm("op", h.engaged("e").ID, "10 14:00"))
		agreed := h.timesForm("agreed", "", "16 14:00")
		agreed.Atsugi, agreed.Mentor = "other-atsugi", "expert"
		h.books(agreed)
		f := engagementForm("e2")
		f.Atsugi = "atsugi"
		e2, err := h.MakeEngagement(t.Context(), programme.As("office"), f)
		must(t, err)
		form := h.timesForm("op2", e2.ID, c.clock)
		if c.who == "office" {
			form.For = "expert"
		}
		_, err = h.ProposeTimes(t.Context(), programme.As(c.who), form)
		refused(t, string(c.who)+" at "+c.clock, err, c.want)
	}
}

// TestARequestTakesThePlaceOfOneThatWentBy, of the same two and for the same: of one that
// waits it does not, nor of another expert's.
func TestARequestTakesThePlaceOfOneThatWentBy(t *testing.T) {
	for _, c := range []struct {
		rule, want string // what becomes of the first
		engaged    bool
		then       func(*house, programme.Session)
		mentor     programme.PersonID
	}{
		{"between workshops", "cancelled", false, nil, "expert"},
		{"of a follow-up", "cancelled", true, nil, "expert"},
		{"of another expert", "open", false, nil, "other-expert"},
		{"it was answered with other times", "open", false, func(h *house, s programme.Session) {
			h.proposes("expert", again(h.timesForm("other", "", "20 14:00"), s))
		}, "expert"},
	} {
		h := newHouse(t)
		days := func(o *programme.Offer) {
			o.Hours.Single = []programme.Span{afternoon(t, "10"), afternoon(t, "17")}
		}
		h.publishes("expert", days)
		h.publishes("other-expert", days)
		if c.engaged {
			h.engaged("e")
		}
		first := h.requests("other-atsugi", h.requestFor("op", "10 14:00"))
		if c.then != nil {
			c.then(h, first)
		}
		h.now = slot(t, "10 14:00").From
		f := h.requestFor("op2", "17 14:00")
		f.Mentor = c.mentor
		must(t, h.HoldTime(t.Context(), programme.As("other-atsugi"), f.Op, f.Mentor, f.Start))
		h.requests("other-atsugi", f)
		s := h.session(first.ID)
		if string(s.State) != c.want || s.RequestDeclined() {
			t.Errorf("%s: it is %s, declined: %v", c.rule, s.State, s.RequestDeclined())
		}
		if n := h.notices()["session.cancelled p:expert"]; n != 0 {
			t.Errorf("%s: the expert is told %d times", c.rule, n)
		}
		b, err := h.SessionBoard(t.Context(), programme.As("office"))
		if must(t, err); c.want == "cancelled" && len(b.Stuck) != 0 {
			t.Errorf("%s: the office still has %s", c.rule, sessionIDs(b.Stuck))
		}
	}
}

// TestARequestThatWaitsIsTheOnlyOneOfAFollowUp.
func TestARequestThatWaitsIsTheOnlyOneOfAFollowUp(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", nil)
	h.engaged("e")
	h.requests("other-atsugi", h.requestFor("op", "10 14:00"))
	_, err := h.RequestSession(t.Context(), programme.As("other-atsugi"), h.requestFor("op2", "10 15:30"))
	refused(t, "while one waits", err, "conflict error.session_open")
}
