package programme_test

import (
	"testing"
	"time"

	"tsugite/programme"
)

// TestWhichSessionAMemoIsOf: the one that is named, or the one of that day.
func TestWhichSessionAMemoIsOf(t *testing.T) {
	const day = programme.Date("2026-09-10")
	second := func(s *programme.Session) {
		s.Span = programme.Span{From: sessionStart.Add(3 * time.Hour), Until: sessionStart.Add(4 * time.Hour)}
	}
	for _, c := range []struct {
		rule    string
		who     programme.PersonID
		session func(*programme.Session)
		form    func(*programme.MemoForm)
		want    programme.SessionID
		code    programme.Code
	}{
		{"the one that is named", "expert", nil, func(f *programme.MemoForm) { f.Session, f.Held = "s", "2026-09-11" }, "s", ""},
		{"else the one of the day", "expert", nil, nil, "s", ""},
		{"not of another day", "expert", nil, func(f *programme.MemoForm) { f.Held = "2026-09-09" }, "", ""},
		{"nor one that is to come", "expert", func(s *programme.Session) {
			s.Span = programme.Span{From: sessionStart.Add(9 * time.Hour), Until: sessionStart.Add(10 * time.Hour)}
		}, nil, "", ""},
		{"nor one that was not held", "expert", func(s *programme.Session) { s.State = programme.SessionNotHeld }, nil, "", ""},
		{"nor another expert's", "expert", func(s *programme.Session) { s.Mentor = "other-expert" }, nil, "", ""},
		{"the office writes of anybody's", "office", nil, nil, "s", ""},
		{"a telephone call is of none", "expert", nil, func(f *programme.MemoForm) { f.Kind, f.Session = programme.OfCall, "s" }, "", ""},
		{"an expert of that session alone may, too", "other-expert", func(s *programme.Session) { s.Kind, s.Mentor = programme.Between, "other-expert" }, nil, "s", ""},
		{"named, but another expert's", "expert", func(s *programme.Session) { s.Mentor = "other-expert" },
			func(f *programme.MemoForm) { f.Session = "s" }, "", programme.CodeNotFound},
		{"named, but of another atsugi", "office", func(s *programme.Session) { s.Atsugi = "other-atsugi" },
			func(f *programme.MemoForm) { f.Session = "s" }, "", programme.CodeInvalid},
		{"named, but not held", "expert", func(s *programme.Session) { s.State = programme.SessionNotHeld },
			func(f *programme.MemoForm) { f.Session = "s" }, "", programme.CodeConflict},
		{"named, and there is none", "expert", nil, func(f *programme.MemoForm) { f.Session = "x" }, "", programme.CodeNotFound},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := newHouse(t)
			h.kept("s", c.session)
			h.kept("t", second)
			h.now = sessionStart.Add(time.Minute)
			f := memoForm("op")
			f.Held = day
			if c.form != nil {
				c.form(&f)
			}
			if f.Held > day {
				h.now = h.now.AddDate(0, 0, 1)
			}
			m, err := h.WriteMemo(t.Context(), programme.As(c.who), f)
			wantCode(t, err, c.code)
			if m.Session != c.want && err == nil {
				t.Errorf("it is of %q, want %q", m.Session, c.want)
			}
		})
	}
}

// TestEveryMemoOfADayHasASessionOfItsOwn: a second memo is of the second session, and when
// all have one, of none.
func TestEveryMemoOfADayHasASessionOfItsOwn(t *testing.T) {
	h := newHouse(t)
	h.kept("late", func(s *programme.Session) {
		s.Span = programme.Span{From: sessionStart.Add(3 * time.Hour), Until: sessionStart.Add(4 * time.Hour)}
	})
	h.kept("early", nil)
	h.now = sessionStart.Add(5 * time.Hour)
	for i, want := range []programme.SessionID{"early", "late", ""} {
		f := memoForm(string(rune('a' + i)))
		f.Held = "2026-09-10"
		m, err := h.WriteMemo(t.Context(), programme.As("expert"), f)
		if must(t, err); m.Session != want {
			t.Errorf("memo %d is of %q, want %q", i+1, m.Session, want)
		}
	}
}

// TestWhomAnExpertMayWriteAbout: their own, and who they had a session with until its memo
// is written.
func TestWhomAnExpertMayWriteAbout(t *testing.T) {
	h := newHouse(t)
	h.kept("s", func(s *programme.Session) { s.Kind, s.Mentor = programme.Between, "other-expert" })
	subjects := func() string {
		t.Helper()
		people, err := h.MemoSubjects(t.Context(), programme.As("other-expert"))
		must(t, err)
		out := ""
		for _, p := range people {
			out += " " + string(p.ID)
		}
		return out
	}
	if got := subjects(); got != " other-atsugi" {
		t.Errorf("before the session:%s", got)
	}
	h.now = sessionStart
	if got := subjects(); got != " atsugi other-atsugi" {
		t.Errorf("from its start:%s", got)
	}
	f := memoForm("op")
	f.Session, f.Held = "s", "2026-09-10"
	if _, err := h.WriteMemo(t.Context(), programme.As("other-expert"), f); err != nil {
		t.Fatal(err)
	}
	if got := subjects(); got != " other-atsugi" {
		t.Errorf("once its memo is written:%s", got)
	}
}

// TestASessionCountsOnce however its memo is written, and a session that was not booked
// here counts by its memo (programme.md 2-③b).
func TestASessionCountsOnce(t *testing.T) {
	h := newHouse(t)
	h.Settings.Targets = []programme.Target{{Code: programme.TargetFollowUp, Least: 10, Most: 15}}
	check := func(when string, done, planned int) {
		t.Helper()
		p := h.home("bureau").Progress[0]
		if p.Done != done || p.Planned != planned {
			t.Errorf("%s: %d held and %d planned, want %d and %d", when, p.Done, p.Planned, done, planned)
		}
	}
	h.memo("before") // of a session that was agreed on elsewhere
	check("a memo alone", 1, 0)
	h.kept("s", nil)
	h.kept("b", func(s *programme.Session) { s.Kind, s.State, s.Span = programme.Between, programme.SessionHeld, at(-1) })
	check("booked", 1, 1)
	if next := h.home("bureau").Progress[0].Next; !next.Equal(sessionStart) {
		t.Errorf("the next is at %s", next)
	}
	h.now = sessionStart.Add(time.Hour)
	check("over", 1, 1)
	f := memoForm("after")
	f.Held = "2026-09-10"
	if _, err := h.WriteMemo(t.Context(), programme.As("expert"), f); err != nil {
		t.Fatal(err)
	}
	check("with a memo", 1, 1)
	if _, err := h.told("office held"); err != nil {
		t.Fatal(err)
	}
	check("held", 2, 0)
	f.Op, f.Held = "between", "2026-09-09"
	if _, err := h.WriteMemo(t.Context(), programme.As("expert"), f); err != nil {
		t.Fatal(err)
	}
	check("the memo of one between workshops", 2, 0)
	if b, err := h.SessionBoard(t.Context(), programme.As("office")); err != nil || len(b.NoMemo) != 0 {
		t.Errorf("without memo: %q (%v)", sessionIDs(b.NoMemo), err)
	}
}

// TestAnExpertReadsWhatTheyWrote of a session of theirs whose atsugi is not theirs, or no
// longer, and nothing else of that atsugi's.
func TestAnExpertReadsWhatTheyWrote(t *testing.T) {
	between := func(s *programme.Session) { s.Kind, s.Mentor = programme.Between, "other-expert" }
	for _, c := range []struct {
		rule    string
		writer  programme.PersonID
		session func(*programme.Session)
		reads   bool
	}{
		{"their own", "other-expert", between, true},
		{"the office's of their session", "office", between, false},
		{"their own of a follow-up that ended", "other-expert", func(s *programme.Session) { s.Mentor = "other-expert" }, true},
		{"another expert's", "expert", nil, false},
	} {
		h := newHouse(t)
		s := h.kept("s", c.session)
		h.now = sessionStart.Add(2 * time.Hour)
		f := memoForm("op")
		f.Session, f.Held = "s", "2026-09-10"
		m, err := h.WriteMemo(t.Context(), programme.As(c.writer), f)
		must(t, err)
		if s.Engagement != "" && s.Mentor == "other-expert" {
			must(t, h.EndEngagement(t.Context(), programme.As("office"), s.Engagement))
		}
		v, err := h.ReadMemo(t.Context(), programme.As("other-expert"), m.ID)
		if (err == nil) != c.reads {
			t.Errorf("%s: %v", c.rule, err)
		}
		if c.reads && len(v.Memo.Parts) != len(f.Parts) {
			t.Errorf("%s: reads %d parts of %d", c.rule, len(v.Memo.Parts), len(f.Parts))
		}
		listed := len(h.home("other-expert").Memos) == 1
		if listed != c.reads {
			t.Errorf("%s: on Home %v", c.rule, listed)
		}
	}
}

// TestAKindTakesNoMemoAway: what the expert wrote of a session stays theirs when the office
// counts it for their engagement with the atsugi, and when that ends.
func TestAKindTakesNoMemoAway(t *testing.T) {
	h := newHouse(t)
	s := h.kept("s", func(s *programme.Session) {
		s.Atsugi, s.Kind, s.Requested, s.State = "other-atsugi", programme.Between, true, programme.SessionHeld
	})
	h.now = sessionStart.Add(2 * time.Hour)
	f := memoForm("op")
	f.Session, f.Atsugi, f.Held = s.ID, s.Atsugi, "2026-09-10"
	m, err := h.WriteMemo(t.Context(), programme.As("expert"), f)
	must(t, err)
	reads := func(when string) {
		t.Helper()
		v, err := h.ReadMemo(t.Context(), programme.As("expert"), m.ID)
		if err != nil || len(v.Memo.Parts) != len(f.Parts) || len(h.home("expert").Memos) != 1 {
			t.Errorf("%s: reads %v: %v", when, v.Memo.Parts, err)
		}
	}
	reads("between the workshops")
	e := h.engaged("e")
	_, err = h.SetSessionKind(t.Context(), programme.As("office"), s.ID, h.session(s.ID).Version, programme.FollowUp, false)
	must(t, err)
	reads("of the follow-up")
	must(t, h.EndEngagement(t.Context(), programme.As("office"), e.ID))
	reads("of the follow-up that ended")
}

// TestASessionHasOneMemo: who sends a second one is told, and what they typed is the
// correction of the first if that is theirs to correct, which shows what the first says and
// writes over nothing unasked; else it is the draft that it was.
func TestASessionHasOneMemo(t *testing.T) {
	h := newHouse(t)
	h.kept("s", nil)
	h.now = sessionStart.AddDate(0, 0, 1)
	form := func(op, advice string) programme.MemoForm {
		f := memoForm(op)
		f.Session, f.Held, f.Parts["advice"] = "s", "2026-09-10", advice
		return f
	}
	begun, err := h.BeginMemo(t.Context(), programme.As("office"), programme.MemoStart{Session: "s"})
	must(t, err)
	m, err := h.WriteMemo(t.Context(), programme.As("expert"), form("first", "専門家の助言"))
	must(t, err)
	for range 2 { // pressed twice
		_, err = h.WriteMemo(t.Context(), programme.As("office"), form(begun.Form.Op, "事務局の助言"))
		wantCode(t, err, programme.CodeConflict)
	}
	d, err := h.BeginMemo(t.Context(), programme.As("office"), programme.MemoStart{Session: "s"})
	must(t, err)
	if e, _ := programme.AsError(second(h.WriteMemo(t.Context(), programme.As("office"), form(begun.Form.Op, "事務局の助言")))); e.Args["Draft"] != d.Form.Op {
		t.Errorf("it leads on to %v, the draft is %s", e.Args, d.Form.Op)
	}
	if d.Memo != m.ID || !d.Newer() || d.Latest.ID != m.ID || d.Form.Parts["advice"] != "事務局の助言" || len(h.drafts("office")) != 1 {
		t.Fatalf("what was typed is %+v of %+v", d, h.drafts("office"))
	}
	_, err = h.CorrectMemo(t.Context(), programme.As("office"), m.ID, d.Form, "足した")
	wantCode(t, err, programme.CodeConflict)
	d.Form.Over = d.Latest.Version
	must(t, second(h.CorrectMemo(t.Context(), programme.As("office"), m.ID, d.Form, "足した")))
	if got := h.memoNow(m.ID); got.Version != 2 || len(h.drafts("office")) != 0 {
		t.Errorf("corrected it is %+v", got)
	}

	h.kept("t", nil)
	office := form("office", "事務局の助言")
	office.Session = "t"
	must(t, second(h.WriteMemo(t.Context(), programme.As("office"), office)))
	late := form("late", "遅れた助言")
	late.Session = "t"
	_, err = h.WriteMemo(t.Context(), programme.As("expert"), late)
	wantCode(t, err, programme.CodeConflict)
	if ds := h.drafts("expert"); len(ds) != 1 || ds[0].Memo != "" || ds[0].Form.Parts["advice"] != "遅れた助言" {
		t.Errorf("what an expert wrote of a memo that is not theirs is %+v", ds)
	}
	h.write(func(tx programme.Tx) error {
		memos, err := tx.Memos(programme.MemoFilter{Atsugi: "atsugi"})
		if len(memos) != 2 {
			t.Errorf("there are %d memos of two sessions", len(memos))
		}
		return err
	})
}
