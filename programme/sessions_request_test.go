package programme_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// publishes has the expert publish an afternoon, Thursday 10 September 2026 from 13:00 to
// 17:00, in hours with half an hour after each, or what change makes of it.
func (h *house) publishes(mentor programme.PersonID, change func(*programme.Offer)) {
	h.t.Helper()
	h.Settings.Sessions.Offering = programme.OfferingOpen
	h.write(func(tx programme.Tx) error {
		o, err := tx.Offer(mentor)
		if errors.Is(err, programme.ErrNoRow) {
			o = programme.Offer{
				Mentor: mentor, Help: "価格の言葉", Online: true, URL: "https://example.jp/" + string(mentor), OnSite: true, Place: "公民館",
				Length: time.Hour, Buffer: 30 * time.Minute, Notice: 24 * time.Hour, PerWeek: 5, Everyone: true,
				Hours: programme.Hours{Zone: "Asia/Tokyo", Single: []programme.Span{afternoon(h.t, "10")}},
			}
		}
		if change != nil {
			change(&o)
		}
		return tx.SaveOffer(o)
	})
}

// afternoon is from one to five o'clock.
func afternoon(t *testing.T, day string) programme.Span {
	return programme.Span{From: slot(t, day+" 13:00").From, Until: slot(t, day+" 16:00").Until}
}

// requestFor is a form for a time of the expert's.
func (h *house) requestFor(op, clock string) programme.RequestForm {
	return programme.RequestForm{
		Op: op, Mentor: "expert", Start: slot(h.t, clock).From, Mode: programme.ModeOnline, Topic: "価格の決め方",
		Stage: programme.StageTrying, Bring: "試作", Avoid: "家のこと", Contest: true,
	}
}

func (h *house) requests(who programme.PersonID, f programme.RequestForm) programme.Session {
	h.t.Helper()
	s, err := h.RequestSession(h.t.Context(), programme.As(who), f)
	if err != nil {
		h.t.Fatalf("%s asks: %v", who, err)
	}
	return s
}

func (h *house) holds(who programme.PersonID, op, clock string) error {
	h.t.Helper()
	return h.HoldTime(h.t.Context(), programme.As(who), op, "expert", slot(h.t, clock).From)
}

// takenWith checks that a time was taken, and which are offered in its place, as "10 14:00".
func takenWith(t *testing.T, rule string, err error, next ...string) {
	t.Helper()
	refused(t, rule, err, "conflict error.time_taken_next")
	e, _ := programme.AsError(err)
	if e == nil {
		return
	}
	var got []string
	spans, _ := e.Args["Next"].([]programme.Span)
	for _, s := range spans {
		got = append(got, s.From.In(tokyo).Format("02 15:04"))
		if s.Minutes() != 60 {
			t.Errorf("%s: %v in its place", rule, s)
		}
	}
	if !slices.Equal(got, next) {
		t.Errorf("%s: offered %v in its place, want %v", rule, got, next)
	}
}

// TestARequestIsAProposalToTheExpert: the same form makes one, and one press agrees on it.
func TestARequestIsAProposalToTheExpert(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", nil)
	must(t, h.holds("other-atsugi", "op", "10 14:00"))
	form := h.requestFor("op", "10 14:00")
	s, twice := h.requests("other-atsugi", form), h.requests("other-atsugi", form)
	if s.ID != twice.ID || len(h.all()) != 1 {
		t.Fatalf("the same form made %v", h.all())
	}
	want := programme.Session{
		ID: s.ID, Kind: programme.Between, Atsugi: "other-atsugi", Mentor: "expert", State: programme.SessionOpen,
		Venue: programme.Venue{Mode: programme.ModeOnline, URL: "https://example.jp/expert"}, Topic: "価格の決め方", Stage: programme.StageTrying, Bring: "試作",
		Avoid: "家のこと", Contest: true, Requested: true, Made: h.now, By: "other-atsugi", Version: 1,
		Proposal: programme.Proposal{
			By: "other-atsugi", For: "expert", Spans: []programme.Span{slot(t, "10 14:00")}, At: h.now,
			Venue: programme.Venue{Mode: programme.ModeOnline, URL: "https://example.jp/expert"},
		},
	}
	if diff := cmp.Diff(want, h.session(s.ID), cmp.Comparer(time.Time.Equal)); diff != "" {
		t.Errorf("asked for (-want +got):\n%s", diff)
	}
	kept := []string{"other-atsugi 10 14:00-15:00", "expert 10 14:00-15:30"}
	if diff := cmp.Diff(kept, h.occupiedBy("other-atsugi", "expert")); diff != "" {
		t.Errorf("kept free (-want +got):\n%s", diff)
	}
	if said := h.deliver(); !slices.Equal(said, []string{"session.proposed p:expert"}) {
		t.Errorf("told: %v", said)
	}
	if trail := h.trail(); trail[0] != "session.request "+string(s.ID) {
		t.Errorf("the trail says %v", trail)
	}

	s = h.picks("expert", s, "10 14:00")
	if s.State != programme.SessionBooked || s.URL != "https://example.jp/expert" {
		t.Errorf("agreed on: %+v", s)
	}
	if diff := cmp.Diff(kept, h.occupiedBy("other-atsugi", "expert")); diff != "" {
		t.Errorf("agreed on (-want +got):\n%s", diff)
	}
	if twice := h.requests("other-atsugi", form); twice.ID != s.ID || twice.State != programme.SessionBooked {
		t.Errorf("the form sent again answers %+v", twice)
	}
	form.Start = slot(t, "10 13:00").From
	form.Mentor = "other-expert"
	_, err := h.RequestSession(t.Context(), programme.As("other-atsugi"), form)
	refused(t, "the form of another request", err, "conflict error.session_made_before")
}

// TestAnExpertMayAgreeToRequestsAtOnce: then both are told, and nobody is asked.
func TestAnExpertMayAgreeToRequestsAtOnce(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", func(o *programme.Offer) { o.Accepts = true })
	form := h.requestFor("op", "10 14:00")
	form.Mode = programme.ModeOnSite
	s, twice := h.requests("other-atsugi", form), h.requests("other-atsugi", form)
	if s.ID != twice.ID || s.State != programme.SessionBooked || !s.Span.Same(slot(t, "10 14:00")) || s.Seq != 1 ||
		s.Place != "公民館" || s.URL != "" || s.Proposal.Waits() || !s.Requested {
		t.Errorf("booked %+v and %+v", s, twice)
	}
	want := []string{
		"session.booked p:expert", "session.booked p:other-atsugi", "session.calendar p:expert", "session.calendar p:other-atsugi",
	}
	if said := h.deliver(); !slices.Equal(said, want) {
		t.Errorf("told: %v", said)
	}
	if trail := h.trail(); trail[0] != "session.accepted "+string(s.ID) {
		t.Errorf("the trail says %v", trail)
	}
}

// TestARequestIsOfTheEngagementThatRuns: of the two, and one of it at a time.
func TestARequestIsOfTheEngagementThatRuns(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", nil)
	e := h.engaged("e")
	s := h.requests("other-atsugi", h.requestFor("op", "10 14:00"))
	if s.Kind != programme.FollowUp || s.Engagement != e.ID {
		t.Errorf("of %s %q", s.Kind, s.Engagement)
	}
	_, err := h.RequestSession(t.Context(), programme.As("other-atsugi"), h.requestFor("op2", "10 13:00"))
	refused(t, "another while that one waits", err, "conflict error.session_open")
	if s := h.requests("atsugi", h.requestFor("op3", "10 15:30")); s.Kind != programme.Between || s.Engagement != "" {
		t.Errorf("another atsugi's is of %s %q", s.Kind, s.Engagement)
	}
}

func TestWhatARequestSays(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", func(o *programme.Offer) { o.OnSite, o.Place = false, "" })
	for _, c := range []struct {
		rule, want string
		change     func(*programme.RequestForm)
	}{
		{"no form", "invalid error.form_old", func(f *programme.RequestForm) { f.Op = "" }},
		{"no way to meet", "invalid mode error.choice", func(f *programme.RequestForm) { f.Mode = "" }},
		{"a way that the expert does not offer", "invalid mode error.request_mode", func(f *programme.RequestForm) { f.Mode = programme.ModeOnSite }},
		{"nothing to talk about", "invalid topic error.required", func(f *programme.RequestForm) { f.Topic = " \n" }},
		{"a stage that there is not", "invalid stage error.choice", func(f *programme.RequestForm) { f.Stage = "sold" }},
		{"a long topic", "invalid topic error.too_long", func(f *programme.RequestForm) { f.Topic = strings.Repeat("あ", 1001) }},
		{"a long list to bring", "invalid bring error.too_long", func(f *programme.RequestForm) { f.Bring = strings.Repeat("あ", 1001) }},
		{"much not to be asked", "invalid avoid error.too_long", func(f *programme.RequestForm) { f.Avoid = strings.Repeat("あ", 1001) }},
		{"what cannot be printed", "invalid avoid error.unprintable", func(f *programme.RequestForm) { f.Avoid = "a\x00b" }},
		{"between two starts", "conflict error.time_taken_next", func(f *programme.RequestForm) { f.Start = f.Start.Add(5 * time.Minute) }},
		{"beyond what is published", "conflict error.time_taken_next", func(f *programme.RequestForm) { f.Start = slot(t, "10 16:30").From }},
		{"no stage", "went through", func(f *programme.RequestForm) { f.Stage = programme.StageUnsaid }},
	} {
		f := h.requestFor("op", "10 14:00")
		c.change(&f)
		_, err := h.RequestSession(t.Context(), programme.As("other-atsugi"), f)
		refused(t, c.rule, err, c.want)
		if c.want != "went through" && len(h.all()) != 0 {
			t.Fatalf("%s: there is %v", c.rule, h.all())
		}
	}
}

// TestWhoMayAskAnExpert: atsugi alone, of an expert who is open to all, or whose own they
// are.
func TestWhoMayAskAnExpert(t *testing.T) {
	own := func(o *programme.Offer) { o.Everyone = false }
	for _, c := range []struct {
		rule    string
		who, of programme.PersonID
		change  func(*programme.Offer)
		want    string
	}{
		{"an atsugi", "other-atsugi", "expert", nil, "went through"},
		{"their own atsugi alone", "other-atsugi", "expert", own, "not_found error.offer_gone"},
		{"their own atsugi", "atsugi", "expert", own, "went through"},
		{"who offers nothing", "atsugi", "other-expert", nil, "not_found error.offer_gone"},
		{"who is not admitted", "atsugi", "unpledged", nil, "not_found error.offer_gone"},
		{"themselves, as the other side", "expert", "expert", nil, "denied error.denied"},
		{"another expert", "other-expert", "expert", nil, "denied error.denied"},
		{"a supporter", "supporter", "expert", nil, "denied error.denied"},
		{"the bureau", "bureau", "expert", nil, "denied error.denied"},
		{"the office", "office", "expert", nil, "denied error.denied"},
		{"who left", "left", "expert", nil, "unknown error.not_in_roster"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := newHouse(t)
			h.publishes("expert", c.change)
			h.publishes("unpledged", nil)
			f := h.requestFor("op", "10 14:00")
			f.Mentor = c.of
			_, err := h.RequestSession(t.Context(), programme.As(c.who), f)
			refused(t, c.rule, err, c.want)
			err = h.HoldTime(t.Context(), programme.As(c.who), "another", c.of, slot(t, "10 13:00").From)
			if c.want == "went through" {
				takenWith(t, "a time in the half hour after which the other begins", err, "10 15:30", "10 16:00")
			} else {
				refused(t, c.rule+", who keeps one", err, c.want)
			}
		})
	}
	h := newHouse(t)
	h.publishes("expert", nil)
	h.Settings.Sessions.Offering = programme.OfferingOffice
	_, err := h.RequestSession(t.Context(), programme.As("atsugi"), h.requestFor("op", "10 14:00"))
	refused(t, "where the office brings people together", err, "closed error.offering_office")
	refused(t, "a time there", h.holds("atsugi", "op", "10 14:00"), "closed error.offering_office")
}

// TestARequestCountsAgainstTheQuotasOfItsKind: what atsugi ask for between the workshops
// has the limits of follow-ups, apart from them; what the office brings about has none.
func TestARequestCountsAgainstTheQuotasOfItsKind(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", nil)
	h.Settings.Sessions.PerAtsugi = 1
	h.kept("follow-up", func(s *programme.Session) { s.Atsugi, s.Mentor = "other-atsugi", "other-expert" })
	s := h.requests("other-atsugi", h.requestFor("op", "10 13:00"))
	second := h.requestFor("op2", "10 14:30")
	_, err := h.RequestSession(t.Context(), programme.As("other-atsugi"), second)
	refused(t, "the second of one", err, "conflict error.quota_atsugi")
	refused(t, "a time for it", h.holds("other-atsugi", "op2", "10 14:30"), "conflict error.quota_atsugi")

	must(t, h.DeclineTimes(t.Context(), programme.As("expert"), s.ID, s.Proposal.At, ""))
	h.requests("other-atsugi", second) // what was declined counts no longer
	form := h.timesForm("op3", "", "10 19:00")
	form.Atsugi, form.Mentor = "other-atsugi", "expert"
	h.books(form)

	h.Settings.Sessions.PerAtsugi, h.Settings.Sessions.Most = 9, 2
	_, err = h.RequestSession(t.Context(), programme.As("atsugi"), h.requestFor("op4", "10 13:00"))
	refused(t, "the programme's third of two", err, "conflict error.quota_programme")
}

// TestADeclinedRequestIsOff: the atsugi alone is told, with what they can ask for instead.
func TestADeclinedRequestIsOff(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", nil)
	s := h.requests("other-atsugi", h.requestFor("op", "10 14:00"))
	h.deliver()
	for range 2 {
		must(t, h.DeclineTimes(t.Context(), programme.As("expert"), s.ID, s.Proposal.At, "今月は立て込んでおります"))
	}
	s = h.session(s.ID)
	if s.State != programme.SessionCancelled || s.Reason != "今月は立て込んでおります" || !s.RequestDeclined() {
		t.Errorf("declined: %+v", s)
	}
	if got := h.occupiedBy("other-atsugi", "expert"); len(got) > 0 {
		t.Errorf("still kept free: %v", got)
	}
	now, again := h.notice(programme.NoticeSessionDeclined, s.ID, programme.ToPerson("other-atsugi"), programme.ProposalOccasion(s.Proposal))
	for _, m := range []programme.Matter{now, again} {
		var next []string
		for _, x := range m.Times {
			next = append(next, x.From.In(tokyo).Format("02 15:04"))
		}
		if m.Withdrawn != "" || m.Session.Reason != s.Reason || !slices.Equal(next, []string{"10 13:00", "10 15:00", "10 15:30"}) {
			t.Errorf("what they are told: withdrawn %q, %q, instead %v", m.Withdrawn, m.Session.Reason, next)
		}
	}
	if said := h.deliver(); !slices.Equal(said, []string{"session.declined p:other-atsugi"}) {
		t.Errorf("told: %v", said)
	}
	if got := h.notices()["session.cancelled p:other-atsugi"] + h.notices()["session.declined c:office"]; got != 0 {
		t.Errorf("told besides: %v", h.notices())
	}
	_, err := h.PickTime(t.Context(), programme.As("expert"), s.ID, s.Proposal.At, slot(t, "10 14:00").From, "")
	refused(t, "picked after all", err, "closed error.session_cancelled")
}

// TestAnExpertAnswersARequestWithOtherTimes: as any times are; declined by the atsugi it is
// the office's to see to, by the expert it is off.
func TestAnExpertAnswersARequestWithOtherTimes(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", nil)
	asked := h.requests("other-atsugi", h.requestFor("op", "10 14:00"))
	form := h.timesForm("counter", "", "11 10:00", "12 10:00")
	s := h.proposes("expert", again(form, asked))
	if s.Proposal.For != "other-atsugi" || !s.Requested || s.RequestDeclined() {
		t.Errorf("answered with %+v", s)
	}
	if full := h.session(s.ID); full.Topic != "価格の決め方" || full.Stage != programme.StageTrying || full.Avoid != "家のこと" {
		t.Errorf("the atsugi's words are %+v", full)
	}
	h.deliver()
	must(t, h.DeclineTimes(t.Context(), programme.As("other-atsugi"), s.ID, s.Proposal.At, ""))
	if s = h.session(s.ID); s.State != programme.SessionOpen || s.RequestDeclined() {
		t.Errorf("declined by the atsugi: %+v", s)
	}
	if said := h.deliver(); !slices.Equal(said, []string{"session.declined c:office", "session.declined p:expert"}) {
		t.Errorf("told: %v", said)
	}
	s = h.proposes("other-atsugi", again(h.timesForm("third", "", "10 15:00"), s))
	must(t, h.DeclineTimes(t.Context(), programme.As("expert"), s.ID, s.Proposal.At, ""))
	if s = h.session(s.ID); !s.RequestDeclined() {
		t.Errorf("declined by the expert: %+v", s)
	}
}

// TestARequestEndsWithWhoLeaves: the other one is told, and the office has nothing to do.
func TestARequestEndsWithWhoLeaves(t *testing.T) {
	for _, c := range []struct{ leaves, stays programme.PersonID }{{"expert", "other-atsugi"}, {"other-atsugi", "expert"}} {
		h := newHouse(t)
		h.publishes("expert", nil)
		s := h.requests("other-atsugi", h.requestFor("op", "10 14:00"))
		h.deliver()
		h.becomesSupporter(c.leaves)
		if s = h.session(s.ID); s.State != programme.SessionCancelled || s.RequestDeclined() {
			t.Errorf("%s left: %+v", c.leaves, s)
		}
		if got := h.occupiedBy("other-atsugi", "expert"); len(got) > 0 {
			t.Errorf("%s left, kept is %v", c.leaves, got)
		}
		if said := h.deliver(); !slices.Equal(said, []string{"session.cancelled p:" + string(c.stays)}) {
			t.Errorf("%s left, told: %v", c.leaves, said)
		}
	}
}

// TestAMoveOfARequestedSessionThatIsDeclinedLeavesTheAgreedTime, as of any session.
func TestAMoveOfARequestedSessionThatIsDeclinedLeavesTheAgreedTime(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", func(o *programme.Offer) { o.Accepts = true })
	s := h.requests("other-atsugi", h.requestFor("op", "10 14:00"))
	form := again(h.timesForm("move", "", "10 16:00"), s)
	form.Reason = "窯の都合"
	s = h.proposes("other-atsugi", form)
	must(t, h.DeclineTimes(t.Context(), programme.As("expert"), s.ID, s.Proposal.At, ""))
	if s = h.session(s.ID); s.State != programme.SessionBooked || !s.Span.Same(slot(t, "10 14:00")) || s.RequestDeclined() {
		t.Errorf("after its move was declined: %+v", s)
	}
}
