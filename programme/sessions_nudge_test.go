package programme_test

import (
	"testing"
	"time"

	"tsugite/programme"
)

// TestAnExpertIsRemindedOfARequestInTime: a day before it lapses at the latest, half the way
// there if it came later than that; and of nothing that is answered.
func TestAnExpertIsRemindedOfARequestInTime(t *testing.T) {
	request := func(made, lapses string) programme.Session {
		return programme.Session{Atsugi: "atsugi", Mentor: "expert", State: programme.SessionOpen, Requested: true, Proposal: programme.Proposal{
			By: "atsugi", For: "expert", At: slot(t, made).From, Spans: []programme.Span{slot(t, lapses)},
		}}
	}
	with := func(change func(*programme.Session)) programme.Session {
		s := request("01 09:00", "10 14:00")
		change(&s)
		return s
	}
	for _, c := range []struct {
		rule string
		s    programme.Session
		want string // "" for never
	}{
		{"a day before", request("01 09:00", "10 14:00"), "09 14:00"},
		{"of one that came two days before", request("08 14:00", "10 14:00"), "09 14:00"},
		{"half the way", request("10 04:00", "10 14:00"), "10 09:00"},
		{"answered with other times", with(func(s *programme.Session) { s.Proposal.By, s.Proposal.For = "expert", "atsugi" }), ""},
		{"declined", with(func(s *programme.Session) { s.Proposal.Spans = nil }), ""},
		{"agreed to", with(func(s *programme.Session) { s.State = programme.SessionBooked }), ""},
		{"called off", with(func(s *programme.Session) { s.State = programme.SessionCancelled }), ""},
		{"agreed on once before", with(func(s *programme.Session) { s.Seq = 1 }), ""},
		{"times that nobody published", with(func(s *programme.Session) { s.Requested = false }), ""},
	} {
		var want time.Time
		if c.want != "" {
			want = slot(t, c.want).From
		}
		if got := c.s.NudgeAt(); !got.Equal(want) {
			t.Errorf("%s: %v, want %v", c.rule, got, want)
		}
	}
}

// TestARequestIsRemindedOfOnce whatever becomes of the process, and what was said is
// drawn again with what came of it.
func TestARequestIsRemindedOfOnce(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", nil)
	s := h.requests("atsugi", h.requestFor("op", "10 14:00"))
	n := programme.Notice{
		Kind: programme.NoticeSessionNudge, Subject: string(s.ID), To: programme.ToPerson("expert"),
		Occasion: programme.ProposalOccasion(s.Proposal), Due: s.NudgeAt(), UsefulUntil: s.Proposal.Lapses(),
	}
	for range 2 { // a plan is made again after a restart
		must(t, h.EnqueueAll(t.Context(), []programme.Notice{n}))
	}
	before := h.delivery(n.Kind, s.ID, n.To)
	if m, _ := h.notice(n.Kind, s.ID, n.To, n.Occasion); m.Withdrawn != "" || !m.Session.MayPick {
		t.Errorf("withdrawn %q, may pick %v", m.Withdrawn, m.Session.MayPick)
	}
	must(t, h.DeclineTimes(t.Context(), programme.As("expert"), s.ID, s.Proposal.At, ""))
	if after := h.delivery(n.Kind, s.ID, n.To); after.Rev == before.Rev {
		t.Error("what was said is not drawn again")
	}
	if m, again := h.notice(n.Kind, s.ID, n.To, n.Occasion); m.Withdrawn != "cancelled" || !again.Over {
		t.Errorf("withdrawn %q, over %v", m.Withdrawn, again.Over)
	}
}
