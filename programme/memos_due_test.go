package programme_test

import (
	"slices"
	"testing"
	"time"

	"tsugite/programme"
)

// unwritten is what the facts for reminders say is to be written, "subject since".
func (h *house) unwritten() (out []string) {
	h.t.Helper()
	f, err := h.Facts(h.t.Context())
	must(h.t, err)
	for _, d := range f.Unwritten {
		out = append(out, d.Subject()+" "+d.Since.In(tokyo).Format("1/2 15:04"))
	}
	return out
}

// TestWhichSessionsHaveAMemoToWrite: what took place, or will for all that is known.
func TestWhichSessionsHaveAMemoToWrite(t *testing.T) {
	say := func(atsugi, mentor, office programme.Word) func(*programme.Session) {
		return func(s *programme.Session) { s.AtsugiSays, s.MentorSays, s.OfficeSays = atsugi, mentor, office }
	}
	state := func(state programme.SessionState) func(*programme.Session) {
		return func(s *programme.Session) { s.State = state }
	}
	for _, c := range []struct {
		rule   string
		change func(*programme.Session)
		want   string
	}{
		{"agreed on", nil, "9/10 15:00"},
		{"held", state(programme.SessionHeld), "9/10 15:00"},
		{"one of the two says so", say(programme.SaysHeld, programme.Unsaid, programme.Unsaid), "9/10 15:00"},
		{"the expert says otherwise", say(programme.Unsaid, programme.SaysNotHeld, programme.Unsaid), ""},
		{"the two say different things", say(programme.SaysNotHeld, programme.SaysHeld, programme.Unsaid), ""},
		{"it is to be at another time", say(programme.SaysMoved, programme.Unsaid, programme.Unsaid), ""},
		{"not held", state(programme.SessionNotHeld), ""},
		{"cancelled", state(programme.SessionCancelled), ""},
		{"entered afterwards", func(s *programme.Session) { s.State, s.Made = programme.SessionHeld, sessionStart.AddDate(0, 0, 5) }, "9/15 14:00"},
		{"long ago", func(s *programme.Session) {
			s.State, s.Span = programme.SessionHeld, programme.Span{From: sessionStart.AddDate(-1, 0, 0), Until: sessionStart.AddDate(-1, 0, 0).Add(time.Hour)}
		}, ""},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := newHouse(t)
			h.kept("s", c.change)
			var want []string
			if c.want != "" {
				want = []string{"s " + c.want}
			}
			if got := h.unwritten(); !slices.Equal(got, want) {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}

// TestWhichEventsHaveAMemoToWrite: those that the bureau approved, until somebody writes one.
func TestWhichEventsHaveAMemoToWrite(t *testing.T) {
	h := newHouse(t)
	e := h.workshop()
	at := func(id programme.EventID, change func(*programme.Event)) programme.Event {
		return with(e, func(e *programme.Event) {
			e.ID, e.Start, e.End = id, h.now.Add(-3*time.Hour), h.now.Add(-time.Hour)
			if change != nil {
				change(e)
			}
		})
	}
	h.sync(at("held", nil), at("unapproved", func(e *programme.Event) { e.Approved = "" }),
		at("off", func(e *programme.Event) { e.Cancelled = h.now.Add(-4 * time.Hour) }))
	has := func(id string) bool {
		return slices.ContainsFunc(h.unwritten(), func(line string) bool { return line[:len(id)] == id })
	}
	if got := h.unwritten(); !has("held") || has("unapproved") || has("off") {
		t.Fatalf("%q", got)
	}
	overdue := func() programme.Matter {
		return h.matter(programme.NoticeMemoOverdue, "held", programme.MemoOccasion("due", programme.MemoDue{Since: h.now.Add(-time.Hour)}), programme.ToChannel(programme.ChannelOffice))
	}
	if m := overdue(); m.Withdrawn != "" || m.Due.Event != "held" || m.Due.Title != e.Title {
		t.Errorf("withdrawn %q, of %+v", m.Withdrawn, m.Due)
	}
	f := memoForm("op")
	f.Kind, f.Event, f.Atsugi = programme.OfEvent, "held", ""
	_, err := h.WriteMemo(t.Context(), programme.As("office"), f)
	must(t, err)
	if has("held") {
		t.Error("asked for what is written")
	}
	if m := overdue(); m.Withdrawn != "answered" {
		t.Errorf("withdrawn %q", m.Withdrawn)
	}
}

// TestTheDeskSaysWhatIsLate: once it is past until when a memo is to be written.
func TestTheDeskSaysWhatIsLate(t *testing.T) {
	h := newHouse(t)
	h.MemoDue = func(since time.Time) time.Time { return since.AddDate(0, 0, 3) }
	s := h.kept("s", nil)
	for past, want := range map[time.Duration]bool{0: false, time.Minute: true} {
		h.now = s.Span.Until.AddDate(0, 0, 3).Add(past)
		desk, err := h.MemoDesk(t.Context(), programme.As("office"))
		must(t, err)
		if len(desk.Due) != 1 || desk.Due[0].Late != want {
			t.Errorf("%v past it: %+v", past, desk.Due)
		}
	}
}

// TestNobodyIsAskedForAMemoThatIsThere: the notices, as they would go out, before and after it
// is written, and once it was taken back.
func TestNobodyIsAskedForAMemoThatIsThere(t *testing.T) {
	h := newHouse(t)
	h.MemoDue = func(since time.Time) time.Time { return since.AddDate(0, 0, 3) }
	s := h.kept("s", nil)
	h.now = s.Span.Until.AddDate(0, 0, 3)
	occasion := programme.MemoOccasion("due", programme.MemoDue{Since: s.Span.Until})
	expert, office := programme.ToPerson("expert"), programme.ToChannel(programme.ChannelOffice)
	check := func(rule, want string, over bool) {
		t.Helper()
		for kind, to := range map[programme.NoticeKind]programme.Recipient{programme.NoticeMemoDue: expert, programme.NoticeMemoOverdue: office} {
			now, again := h.notice(kind, "s", to, occasion)
			if now.Withdrawn != want || again.Withdrawn != "" || again.Over != over {
				t.Errorf("%s: %s is withdrawn %q, over %v", rule, kind, now.Withdrawn, again.Over)
			}
		}
	}
	check("due", "", false)
	if m := h.matter(programme.NoticeMemoDue, "s", occasion, expert); m.Due.Atsugi.ID != "atsugi" || m.Session.Topic != "" || !m.Due.Due.Equal(h.now) {
		t.Errorf("asked about %q, until %v, with the words %q", m.Due.Atsugi.ID, m.Due.Due, m.Session.Topic)
	}
	if m := h.matter(programme.NoticeMemoDue, "s", "due@20260101T0000Z", expert); m.Withdrawn != "moved" {
		t.Errorf("of another time: %q", m.Withdrawn)
	}
	if m := h.matter(programme.NoticeMemoDue, "s", occasion, programme.ToPerson("other-expert")); m.Withdrawn != "denied" {
		t.Errorf("another expert: %q", m.Withdrawn)
	}
	if m := h.matter(programme.NoticeMemoDue, "gone", occasion, expert); m.Withdrawn != "gone" {
		t.Errorf("of nothing: %q", m.Withdrawn)
	}
	f := memoForm("op")
	f.Session, f.Held = "s", "2026-09-10"
	memo, err := h.WriteMemo(t.Context(), programme.As("expert"), f)
	must(t, err)
	check("written", "answered", true)
	must(t, h.WithdrawMemo(t.Context(), programme.As("office"), memo.ID, "取り違え"))
	check("taken back", "", false)
	h.edit("expert", func(p *programme.Person) { p.Pledged = "" })
	if m := h.matter(programme.NoticeMemoDue, "s", occasion, expert); m.Withdrawn != "denied" {
		t.Errorf("an expert who is not admitted: %q", m.Withdrawn)
	}
}
