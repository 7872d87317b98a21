package programme_test

import (
	"slices"
	"testing"
	"time"

	"tsugite/programme"
)

// TestNobodyAgreesToWhatTheyDidNotSee: an hour online that was put before the expert first
// is not an hour and a half in Sado at the same time, however quickly it was exchanged.
func TestNobodyAgreesToWhatTheyDidNotSee(t *testing.T) {
	for _, later := range []time.Duration{0, time.Minute} {
		h := newHouse(t)
		first := h.proposes("other-atsugi", h.timesForm("op", h.engaged("e").ID, "10 14:00"))
		h.now = h.now.Add(later)
		f := again(h.timesForm("op", "", "10 14:00"), first)
		f.Mode, f.Place, f.Spans[0].Until = programme.ModeOnSite, "佐渡", f.Spans[0].From.Add(90*time.Minute)
		second := h.proposes("other-atsugi", f)
		start := first.Proposal.Spans[0].From
		for who, behalf := range map[programme.PersonID]programme.PersonID{"expert": "", "office": "expert"} {
			_, err := h.PickTime(t.Context(), programme.As(who), first.ID, first.Proposal.At, start, behalf)
			refused(t, string(who)+" presses what was there first", err, "conflict error.proposal_changed")
		}
		_, err := h.PickTime(t.Context(), programme.As("expert"), first.ID, time.Time{}, start, "")
		refused(t, "a press that does not say what was seen", err, "conflict error.proposal_changed")
		if s := h.session(first.ID); s.State != programme.SessionOpen || s.Version != second.Version {
			t.Fatalf("after old presses: %+v", s)
		}
		s := h.picks("expert", second, "10 14:00")
		if s.State != programme.SessionBooked || s.Place != "佐渡" || s.Span.Minutes() != 90 {
			t.Errorf("agreed on: %+v", s)
		}
		if twice := h.picks("expert", second, "10 14:00"); twice.Version != s.Version {
			t.Errorf("picked again it became %+v", twice)
		}
	}
}

// TestTimesThatWentByCannotBeDeclined: or else they would count in the quotas again, beside
// what was asked for in the meantime.
func TestTimesThatWentByCannotBeDeclined(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", nil)
	h.publishes("other-expert", func(o *programme.Offer) { o.Hours.Single = []programme.Span{afternoon(t, "20")} })
	h.Settings.Sessions.PerAtsugi = 1
	asked := h.requests("other-atsugi", h.requestFor("op", "10 14:00"))
	answered := h.proposes("expert", again(h.timesForm("counter", "", "11 14:00"), asked))
	h.now = slot(t, "11 14:00").From
	instead := h.requestFor("op2", "20 14:00")
	instead.Mentor = "other-expert"
	h.requests("other-atsugi", instead)
	told := h.notices()
	for _, who := range []programme.PersonID{"other-atsugi", "office"} {
		err := h.DeclineTimes(t.Context(), programme.As(who), asked.ID, answered.Proposal.At, "")
		refused(t, string(who)+" declines what went by", err, "closed error.time_over")
	}
	if s := h.session(asked.ID); s.Version != answered.Version || len(h.notices()) != len(told) {
		t.Errorf("it became %+v, and told are %v", s, h.notices())
	}
	_, err := h.ProposeTimes(t.Context(), programme.As("expert"), again(h.timesForm("more", "", "21 14:00"), answered))
	refused(t, "other times in their place", err, "conflict error.quota_atsugi")
}

// TestAnExpertsUnansweredRequestIsNotDeclinedLater: nobody is told that it was.
func TestAnExpertsUnansweredRequestIsNotDeclinedLater(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", nil)
	s := h.requests("other-atsugi", h.requestFor("op", "10 14:00"))
	h.deliver()
	h.now = slot(t, "10 14:00").From
	refused(t, "once its time began", h.DeclineTimes(t.Context(), programme.As("expert"), s.ID, s.Proposal.At, "都合"), "closed error.time_over")
	if said := h.deliver(); slices.Contains(said, "session.declined p:other-atsugi") || h.session(s.ID).State != programme.SessionOpen {
		t.Errorf("told: %v", said)
	}
}
