package programme_test

import (
	"testing"
	"time"

	"tsugite/programme"
)

// notice is what a notice about the session would say now, and says on its way again.
func (h *house) notice(kind programme.NoticeKind, s programme.SessionID, to programme.Recipient, occasion string) (now, again programme.Matter) {
	h.t.Helper()
	n := programme.Notice{Kind: kind, Subject: string(s), To: to, Occasion: occasion}
	now, err := h.Matter(h.t.Context(), n, false)
	must(h.t, err)
	again, err = h.Matter(h.t.Context(), n, true)
	must(h.t, err)
	return now, again
}

// TestNoticesOfSessionsThatCameToNothing: each kind goes out while it says what stands, and
// no longer. What was sent is drawn again all the same.
func TestNoticesOfSessionsThatCameToNothing(t *testing.T) {
	step := func(s programme.Session) string { return programme.SessionOccasion("eve", s) }
	start := func(s programme.Session) string { return programme.SessionOccasion("", s) }
	seq := func(s programme.Session) string { return programme.ChangeOccasion(s.Seq) }
	said := func(s programme.Session) string { return programme.ProposalOccasion(s.Proposal) }
	expert, atsugi, office := programme.ToPerson("expert"), programme.ToPerson("atsugi"), programme.ToChannel(programme.ChannelOffice)
	open := func(s *programme.Session) {
		s.State, s.Span = programme.SessionOpen, programme.Span{}
		s.Proposal = programme.Proposal{By: "atsugi", For: "expert", Spans: []programme.Span{slot(t, "12 14:00")}, At: s.Made}
	}
	declined := func(s *programme.Session) { open(s); s.Proposal.Spans = nil }
	asked := func(s *programme.Session) { open(s); s.Requested, s.Seq = true, 0 }
	askedAnew := func(s *programme.Session) { asked(s); s.Proposal.At = s.Made.Add(time.Hour) }
	none := func(s *programme.Session) { declined(s); s.Proposal = programme.Proposal{} }
	counter := func(s *programme.Session) {
		open(s)
		s.Proposal.By, s.Proposal.For, s.Proposal.At = "expert", "atsugi", s.Made.Add(time.Hour)
	}
	cancelled := func(s *programme.Session) {
		s.State, s.Seq, s.Proposal = programme.SessionCancelled, s.Seq+1, programme.Proposal{}
	}
	off := func(s *programme.Session) { s.State, s.Proposal = programme.SessionCancelled, programme.Proposal{} } // of that very notice
	moved := func(s *programme.Session) { s.Span, s.Seq = slot(t, "20 14:00"), s.Seq+1 }
	held := func(s *programme.Session) {
		s.State, s.AtsugiSays, s.MentorSays = programme.SessionHeld, programme.SaysHeld, programme.SaysHeld
	}
	expertSays := func(s *programme.Session) { s.MentorSays = programme.SaysHeld }
	differ := func(s *programme.Session) { s.MentorSays, s.AtsugiSays = programme.SaysHeld, programme.SaysNotHeld }
	decided := func(s *programme.Session) {
		differ(s)
		s.OfficeSays = programme.SaysHeld
		s.State = programme.SessionHeld
	}
	for _, c := range []struct {
		rule     string
		kind     programme.NoticeKind
		to       programme.Recipient
		occasion func(programme.Session) string
		first    func(*programme.Session) // as it was when the notice came up
		then     func(*programme.Session) // as it is when it would go out
		want     string
	}{
		{"times wait", programme.NoticeSessionProposed, expert, said, open, nil, ""},
		{"times were picked", programme.NoticeSessionProposed, expert, said, open, func(s *programme.Session) { s.Proposal = programme.Proposal{} }, "answered"},
		{"times were declined", programme.NoticeSessionProposed, expert, said, open, declined, "answered"},
		{"times were answered with others", programme.NoticeSessionProposed, expert, said, open, counter, "answered"},
		{"times were withdrawn", programme.NoticeSessionProposed, expert, said, open, cancelled, "cancelled"},
		{"booked", programme.NoticeSessionBooked, atsugi, seq, nil, nil, ""},
		{"booked, and moved", programme.NoticeSessionBooked, atsugi, seq, nil, moved, "moved"},
		{"booked, and called off", programme.NoticeSessionBooked, atsugi, seq, nil, cancelled, "moved"},
		{"a calendar's entry", programme.NoticeSessionCalendar, atsugi, seq, nil, nil, ""},
		{"a calendar's entry, and moved", programme.NoticeSessionCalendar, atsugi, seq, nil, moved, "moved"},
		{"nothing to take out of a calendar", programme.NoticeSessionCalendar, atsugi, seq, off, nil, "empty"},
		{"called off", programme.NoticeSessionCancelled, atsugi, seq, off, nil, ""},
		{"times went by", programme.NoticeSessionLapsed, atsugi, said, open, nil, ""},
		{"a request waits", programme.NoticeSessionNudge, expert, said, asked, nil, ""},
		{"a request is the expert's to answer", programme.NoticeSessionNudge, atsugi, said, asked, nil, "answered"},
		{"a request was agreed to", programme.NoticeSessionNudge, expert, said, asked, moved, "answered"},
		{"a request was answered with times", programme.NoticeSessionNudge, expert, said, asked, counter, "answered"},
		{"a request was declined", programme.NoticeSessionNudge, expert, said, asked, off, "cancelled"},
		{"a request was taken back", programme.NoticeSessionNudge, expert, said, asked, cancelled, "cancelled"},
		{"a request was replaced", programme.NoticeSessionNudge, expert, said, asked, askedAnew, "answered"},
		{"times went by, to the office", programme.NoticeSessionLapsed, office, said, open, nil, ""},
		{"times went by, and others were named", programme.NoticeSessionLapsed, atsugi, said, open, counter, "answered"},
		{"times went by, and were declined", programme.NoticeSessionLapsed, atsugi, said, open, declined, "answered"},
		{"times went by, and called off", programme.NoticeSessionLapsed, office, said, open, cancelled, "cancelled"},
		{"named by the office", programme.NoticeSessionBehalf, atsugi, said, open, nil, ""},
		{"named by the office, and answered with others", programme.NoticeSessionBehalf, atsugi, said, open, counter, "answered"},
		{"declined", programme.NoticeSessionDeclined, atsugi, said, declined, nil, ""},
		{"declined, to the office", programme.NoticeSessionDeclined, office, said, declined, nil, ""},
		{"declined, and other times named", programme.NoticeSessionDeclined, office, said, declined, counter, "answered"},
		{"declined, and proposed again in that second", programme.NoticeSessionDeclined, office, said, declined, open, "answered"},
		{"declined, and called off", programme.NoticeSessionDeclined, office, said, declined, cancelled, "cancelled"},
		{"reminded", programme.NoticeSessionReminder, expert, step, nil, nil, ""},
		{"reminded, and moved", programme.NoticeSessionReminder, expert, step, nil, moved, "moved"},
		{"reminded, and called off", programme.NoticeSessionReminder, atsugi, step, nil, cancelled, "cancelled"},
		{"reminded, and open again", programme.NoticeSessionReminder, atsugi, step, nil, none, "moved"},
		{"briefed", programme.NoticeSessionBriefing, expert, step, nil, nil, ""},
		{"briefed, and moved", programme.NoticeSessionBriefing, expert, step, nil, moved, "moved"},
		{"briefed, and not admitted any more", programme.NoticeSessionBriefing, expert, step, nil, nil, "denied"},
		{"asked whether it took place", programme.NoticeSessionAfter, atsugi, start, nil, nil, ""},
		{"asked, when the other one said so", programme.NoticeSessionAfter, atsugi, start, nil, expertSays, ""},
		{"asked, and said", programme.NoticeSessionAfter, expert, start, nil, expertSays, "answered"},
		{"asked, and settled", programme.NoticeSessionAfter, atsugi, start, nil, held, "answered"},
		{"asked, and moved", programme.NoticeSessionAfter, atsugi, start, nil, moved, "moved"},
		{"the two differ", programme.NoticeSessionDisputed, office, start, differ, nil, ""},
		{"the two differ, and the office decided", programme.NoticeSessionDisputed, office, start, differ, decided, "answered"},
		{"at another time, as the office says", programme.NoticeSessionReopened, atsugi, seq, none, nil, ""},
		{"at another time, and that is agreed on", programme.NoticeSessionReopened, atsugi, seq, none, moved, "answered"},
		{"at another time, and called off", programme.NoticeSessionReopened, atsugi, seq, none, cancelled, "cancelled"},
		{"left behind", programme.NoticeSessionOrphaned, office, func(programme.Session) string { return "expert" }, none, nil, ""},
		{"left behind, and called off", programme.NoticeSessionOrphaned, office, func(programme.Session) string { return "expert" }, none, cancelled, "cancelled"},
		{"somebody else's", programme.NoticeSessionReminder, programme.ToPerson("other-expert"), step, nil, nil, "denied"},
	} {
		h := newHouse(t)
		s := h.kept("s", func(s *programme.Session) {
			if s.Seq = 1; c.first != nil {
				c.first(s)
			}
		})
		occasion := c.occasion(s)
		if c.then != nil {
			c.then(&s)
			h.write(func(tx programme.Tx) error { return tx.SaveSession(s) })
		}
		if c.want == "denied" && c.to == expert {
			h.person("expert", func(p *programme.Person) { p.Pledged = "" })
		}
		now, again := h.notice(c.kind, s.ID, c.to, occasion)
		if now.Withdrawn != c.want || again.Withdrawn != "" {
			t.Errorf("%s: withdrawn %q and, once sent, %q; want %q", c.rule, now.Withdrawn, again.Withdrawn, c.want)
		}
		if again.Over != (c.want != "" && c.want != "denied" && c.want != "empty") {
			t.Errorf("%s: over is %v", c.rule, again.Over)
		}
		if again.Session.ID != s.ID || again.Session.AtsugiPerson.ID != "atsugi" || again.Session.MentorPerson.ID != "expert" {
			t.Errorf("%s: it is about %+v", c.rule, again.Session)
		}
		if c.want == "denied" && again.Session.Topic != "" {
			t.Errorf("%s: it still says %q", c.rule, again.Session.Topic)
		}
	}
	h := newHouse(t)
	if now, _ := h.notice(programme.NoticeSessionBooked, "none", atsugi, "1"); now.Withdrawn != "gone" {
		t.Errorf("of a session that does not exist: %q", now.Withdrawn)
	}
}

// TestWhatReceiversMayDo: who is to pick can, and nobody else by the same message.
func TestWhatReceiversMayDo(t *testing.T) {
	h := newHouse(t)
	s := h.proposes("other-atsugi", h.timesForm("op", h.engaged("e").ID, "12 14:00"))
	m, _ := h.notice(programme.NoticeSessionProposed, s.ID, programme.ToPerson("expert"), programme.ProposalOccasion(s.Proposal))
	if v := m.Session; !v.MayPick || v.MentorPerson.Email != "" || v.Topic == "" {
		t.Errorf("the expert is shown %+v", m.Session)
	}
	m, _ = h.notice(programme.NoticeSessionDeclined, s.ID, programme.ToChannel(programme.ChannelOffice), "")
	if v := m.Session; !v.MayCancel || !v.MayPropose {
		t.Errorf("the office is shown %+v", m.Session)
	}
}

// TestFilesOfSessions: a file takes the place of one that went out, and one of a session
// that is off goes out then only: also when somebody left, as the other one is told it.
func TestFilesOfSessions(t *testing.T) {
	h := newHouse(t)
	s := h.picks("expert", h.proposes("other-atsugi", h.timesForm("op", h.engaged("e").ID, "10 14:00")), "10 14:00")
	to := programme.ToPerson("other-atsugi")
	if m, _ := h.notice(programme.NoticeSessionCalendar, s.ID, to, "1"); m.Withdrawn != "" || m.Refiled {
		t.Errorf("the first: withdrawn %q, in place of another %v", m.Withdrawn, m.Refiled)
	}
	h.deliver()
	h.becomesSupporter("expert")
	m, _ := h.notice(programme.NoticeSessionCalendar, s.ID, to, "2")
	if v := m.Session; m.Withdrawn != "" || !m.Refiled || v.State != programme.SessionCancelled || !v.Span.Same(slot(t, "10 14:00")) || v.Seq != 2 {
		t.Errorf("after the expert left: withdrawn %q, in place of another %v, of %+v", m.Withdrawn, m.Refiled, m.Session)
	}
	if m, _ = h.notice(programme.NoticeSessionCancelled, s.ID, to, "2"); m.Withdrawn != "" || m.Session.State != programme.SessionCancelled {
		t.Errorf("told that it is off: withdrawn %q, %s", m.Withdrawn, m.Session.State)
	}
}

// TestBriefing: the expert of the session learns what the atsugi said for experts and what
// was agreed on last time, in so far as experts may read it. The atsugi gets none.
func TestBriefing(t *testing.T) {
	h := newHouse(t)
	h.answered()
	s := h.kept("s", func(s *programme.Session) { s.Atsugi = "f1" })
	h.assign("f1")
	brief := func(to programme.PersonID) programme.Matter {
		m, _ := h.notice(programme.NoticeSessionBriefing, s.ID, programme.ToPerson(to), programme.SessionOccasion("eve", s))
		return m
	}
	if m := brief("expert"); shared(m.Shared) != "s: whom topic" || m.Agreed != "" || m.Session.Topic != "価格の言葉" {
		t.Errorf("without a memo: %q, agreed %q, %+v", shared(m.Shared), m.Agreed, m.Session)
	}
	for _, c := range []struct {
		held programme.Date
		next string
	}{{"2026-08-20", "二番目の取組"}, {"2026-08-30", "最後の取組"}, {"2026-08-10", "最初の取組"}, {"2026-08-31", ""}} {
		f := memoForm("op" + string(c.held))
		f.Atsugi, f.Held, f.Parts["next"] = "f1", c.held, c.next
		_, err := h.WriteMemo(t.Context(), programme.As("expert"), f)
		must(t, err)
	}
	if m := brief("expert"); m.Agreed != "最後の取組" {
		t.Errorf("agreed on: %q", m.Agreed)
	}
	if m := brief("f1"); len(m.Shared) != 0 || m.Agreed != "" {
		t.Errorf("the atsugi is briefed: %q, %q", shared(m.Shared), m.Agreed)
	}
	h.Settings.Parts = []programme.PartDef{
		{Key: "next", Readers: []programme.Reader{programme.ReadOffice}}, {Key: "advice", Readers: []programme.Reader{programme.ReadMentor}},
	}
	f := memoForm("inside")
	f.Atsugi, f.Parts = "f1", map[string]string{"next": "内輪の取組", "advice": "助言"}
	_, err := h.WriteMemo(t.Context(), programme.As("office"), f)
	must(t, err)
	if m := brief("expert"); m.Agreed != "最後の取組" {
		t.Errorf("agreed on, for the office alone: %q", m.Agreed)
	}
}

// TestBriefingOfWhomAnAtsugiChose: an expert who is open to everyone reads what was written
// for this session, and of memos what they wrote themselves. What the atsugi entrusted to
// their own experts stays with those.
func TestBriefingOfWhomAnAtsugiChose(t *testing.T) {
	h := newHouse(t)
	h.answered()
	requested := func(id programme.SessionID, day int, with programme.PersonID) programme.Session {
		return h.kept(id, func(s *programme.Session) {
			s.Kind, s.Requested, s.Atsugi, s.Mentor = programme.Between, true, "f1", with
			s.Span = programme.Span{From: s.Span.From.AddDate(0, 0, day), Until: s.Span.Until.AddDate(0, 0, day)}
		})
	}
	h.assign("f1")
	own, first, second := requested("own", 0, "expert"), requested("first", 1, "other-expert"), requested("second", 2, "other-expert")
	brief := func(s programme.Session) programme.Matter {
		m, _ := h.notice(programme.NoticeSessionBriefing, s.ID, programme.ToPerson(s.Mentor), programme.SessionOccasion("eve", s))
		if m.Session.Topic != "価格の言葉" {
			t.Errorf("%s: about %q", s.ID, m.Session.Topic)
		}
		return m
	}
	write := func(s programme.Session, next string) {
		f := memoForm("memo-" + string(s.ID))
		f.Atsugi, f.Session, f.Held, f.Parts["next"] = "f1", s.ID, programme.DateOf(s.Span.From, tokyo), next
		_, err := h.WriteMemo(t.Context(), programme.As(s.Mentor), f)
		must(t, err)
	}
	h.now = own.Span.Until
	write(own, "担当の取組")
	if m := brief(own); shared(m.Shared) != "s: whom topic" || m.Agreed != "担当の取組" {
		t.Errorf("their own expert is briefed: %q, agreed %q", shared(m.Shared), m.Agreed)
	}
	if m := brief(first); len(m.Shared) != 0 || m.Agreed != "" {
		t.Errorf("who is open to everyone is briefed: %q, agreed %q", shared(m.Shared), m.Agreed)
	}
	h.now = first.Span.Until
	write(first, "初回の取組")
	if m := brief(second); len(m.Shared) != 0 || m.Agreed != "初回の取組" {
		t.Errorf("the second time: %q, agreed %q", shared(m.Shared), m.Agreed)
	}
}

// TestTheOfficesChannelReadsNoWords: what somebody wrote is on the session's page alone.
func TestTheOfficesChannelReadsNoWords(t *testing.T) {
	h := newHouse(t)
	f := h.timesForm("op", h.engaged("e").ID, "12 14:00")
	f.Bring, f.Avoid, f.URL = "試作の言葉", "触れない言葉", "https://example.jp/room"
	s := h.proposes("other-atsugi", f)
	must(t, h.DeclineTimes(t.Context(), programme.As("expert"), s.ID, s.Proposal.At, "佐藤さんの入院のため"))
	now, drawn := h.notice(programme.NoticeSessionDeclined, s.ID, programme.ToChannel(programme.ChannelOffice), programme.ProposalOccasion(s.Proposal))
	for _, m := range []programme.Matter{now, drawn} {
		if words := seen(m.Session); words != "" || !m.Session.MayPropose {
			t.Errorf("the channel reads %q, may name times %v", words, m.Session.MayPropose)
		}
	}
	for _, who := range []programme.PersonID{"other-atsugi", "office"} {
		if v, err := h.SessionPage(t.Context(), programme.As(who), s.ID); err != nil || v.Reason != "佐藤さんの入院のため" {
			t.Errorf("on the page, %s reads %q (%v)", who, v.Reason, err)
		}
	}
}
