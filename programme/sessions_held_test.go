package programme_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

// told is one press of somebody about the session of these tests: "atsugi held".
func (h *house) told(press string) (programme.Session, error) {
	h.t.Helper()
	who, word, _ := strings.Cut(press, " ")
	return h.SayWord(h.t.Context(), programme.As(programme.PersonID(who)), "s", programme.WordForm{Word: programme.Word(word)})
}

// TestWhatComesOfASession is the rule of the outcome: both the same, or the office.
func TestWhatComesOfASession(t *testing.T) {
	const open, booked, held, notHeld = programme.SessionOpen, programme.SessionBooked, programme.SessionHeld, programme.SessionNotHeld
	for _, c := range []struct {
		rule     string
		said     []string
		want     programme.SessionState
		disputed int // how often the office is told
	}{
		{"nobody said anything", nil, booked, 0},
		{"one word alone is none", []string{"atsugi held"}, booked, 0},
		{"nor is the expert's", []string{"expert not_held"}, booked, 0},
		{"both the same", []string{"atsugi held", "expert held"}, held, 0},
		{"both that it was not", []string{"expert not_held", "atsugi not_held"}, notHeld, 0},
		{"both that it is at another time", []string{"expert moved", "atsugi moved"}, open, 0},
		{"different words go to the office", []string{"atsugi held", "expert not_held"}, booked, 1},
		{"which is told once", []string{"atsugi held", "expert not_held", "expert moved", "atsugi not_held"}, booked, 1},
		{"a word can be changed until they agree", []string{"atsugi not_held", "atsugi held", "expert held"}, held, 0},
		{"two who differed can agree", []string{"atsugi held", "expert not_held", "expert held"}, held, 1},
		{"the office decides between them", []string{"atsugi held", "expert not_held", "office held"}, held, 1},
		{"the office alone is enough", []string{"office not_held"}, notHeld, 0},
		{"and so it says that it is at another time", []string{"office moved"}, open, 0},
		{"its word stands before what both say", []string{"atsugi held", "expert held", "office not_held"}, notHeld, 0},
		{"and it may change it", []string{"office not_held", "office held"}, held, 0},
		{"twice is once", []string{"atsugi held", "atsugi held", "expert held", "expert held"}, held, 0},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := newHouse(t)
			h.kept("s", nil)
			h.now = sessionStart.Add(time.Hour)
			for _, press := range c.said {
				if _, err := h.told(press); err != nil {
					t.Fatalf("%s: %v", press, err)
				}
			}
			if got := h.session("s").State; got != c.want {
				t.Errorf("it is %s, want %s", got, c.want)
			}
			if got := h.notices()["session.disputed c:office"]; got != c.disputed {
				t.Errorf("the office is told %d times, want %d", got, c.disputed)
			}
		})
	}
}

// TestWhatIsSettledStays: the two settle it, and after that the office alone undoes it.
func TestWhatIsSettledStays(t *testing.T) {
	h := newHouse(t)
	h.kept("s", nil)
	h.now = sessionStart.Add(time.Hour)
	for _, press := range []string{"atsugi held", "expert held"} {
		if _, err := h.told(press); err != nil {
			t.Fatal(err)
		}
	}
	before := h.session("s")
	_, err := h.told("expert not_held")
	wantCode(t, err, programme.CodeConflict)
	_, err = h.told("expert held")
	wantCode(t, err, "")
	if after := h.session("s"); after.Version != before.Version || after.State != programme.SessionHeld {
		t.Errorf("%+v became %+v", before, after)
	}
	if got := h.trail(); strings.Count(strings.Join(got, "\n"), "session.say") != 2 {
		t.Errorf("what says nothing new is in the trail: %q", got)
	}
}

// TestWhenAndWhatCanBeSaid: a word is heard once the agreed time is over.
func TestWhenAndWhatCanBeSaid(t *testing.T) {
	end := sessionStart.Add(time.Hour)
	for _, c := range []struct {
		rule   string
		now    time.Time
		form   programme.WordForm
		change func(*programme.Session)
		want   programme.Code
		field  string
	}{
		{"at its end", end, programme.WordForm{Word: programme.SaysHeld}, nil, "", ""},
		{"not before", end.Add(-time.Second), programme.WordForm{Word: programme.SaysHeld}, nil, programme.CodeConflict, ""},
		{"a word that there is not", end, programme.WordForm{Word: "maybe"}, nil, programme.CodeInvalid, "word"},
		{"no word", end, programme.WordForm{}, nil, programme.CodeInvalid, "word"},
		{"what I do next, at its longest", end, programme.WordForm{Word: programme.SaysHeld, Next: strings.Repeat("継", 3000)}, nil, "", ""},
		{"longer by one", end, programme.WordForm{Word: programme.SaysHeld, Next: strings.Repeat("継", 3001)}, nil, programme.CodeInvalid, "next"},
		{"too much for the office", end, programme.WordForm{Word: programme.SaysHeld, ToOffice: strings.Repeat("継", 3001)}, nil, programme.CodeInvalid, "to_office"},
		{"what I do next, with a sign that nobody can read", end, programme.WordForm{Word: programme.SaysHeld, Next: "継\u202eぐ"}, nil, programme.CodeInvalid, "next"},
		{"the like for the office", end, programme.WordForm{Word: programme.SaysHeld, ToOffice: "継\x00ぐ"}, nil, programme.CodeInvalid, "to_office"},
		{"two lines", end, programme.WordForm{Word: programme.SaysHeld, Next: "見積もり\n相談"}, nil, "", ""},
		{"no time was agreed on", end, programme.WordForm{Word: programme.SaysHeld},
			func(s *programme.Session) { s.State, s.Span = programme.SessionOpen, programme.Span{} }, programme.CodeClosed, ""},
		{"it was cancelled", end, programme.WordForm{Word: programme.SaysHeld},
			func(s *programme.Session) { s.State = programme.SessionCancelled }, programme.CodeClosed, ""},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := newHouse(t)
			h.kept("s", c.change)
			h.now = c.now
			_, err := h.SayWord(t.Context(), programme.As("atsugi"), "s", c.form)
			wantCode(t, err, c.want)
			if e, refused := programme.AsError(err); refused && e.Field != c.field {
				t.Errorf("stands beside %q, want %q", e.Field, c.field)
			}
		})
	}
}

// TestTheAtsugisLines may come with the word or later, and a blank one takes nothing back.
func TestTheAtsugisLines(t *testing.T) {
	h := newHouse(t)
	h.kept("s", nil)
	h.now = sessionStart.Add(time.Hour)
	say := func(who programme.PersonID, f programme.WordForm) error {
		f.Word = programme.SaysHeld
		return second(h.SayWord(t.Context(), programme.As(who), "s", f))
	}
	wantCode(t, say("expert", programme.WordForm{Next: "専門家の言葉"}), programme.CodeDenied)
	for _, err := range []error{
		say("atsugi", programme.WordForm{Next: "見積もりを取る"}), say("expert", programme.WordForm{}),
		say("atsugi", programme.WordForm{ToOffice: "内緒の相談\n"}), say("atsugi", programme.WordForm{Next: "　"}),
	} {
		wantCode(t, err, "")
	}
	s := h.session("s")
	if s.State != programme.SessionHeld || s.Next != "見積もりを取る" || s.ToOffice != "内緒の相談" {
		t.Errorf("%+v", s)
	}
	wantCode(t, say("office", programme.WordForm{Next: "電話で聞いた"}), "")
	if s = h.session("s"); s.Next != "電話で聞いた" || s.ToOffice != "内緒の相談" || s.OfficeSays != programme.Unsaid {
		t.Errorf("%+v", s)
	}
	wantCode(t, say("office", programme.WordForm{Lines: true}), "")
	if s = h.session("s"); s.Next != "電話で聞いた" || s.ToOffice != "内緒の相談" {
		t.Errorf("the office takes back what is the atsugi's: %+v", s)
	}
	wantCode(t, say("atsugi", programme.WordForm{Next: "電話で聞いた", Lines: true}), "")
	if s = h.session("s"); s.Next != "電話で聞いた" || s.ToOffice != "" || s.State != programme.SessionHeld {
		t.Errorf("emptied, it is %+v", s)
	}
	for _, entry := range h.trail() {
		if strings.Contains(entry, "相談") || strings.Contains(entry, "見積もり") {
			t.Errorf("the trail has words: %s", entry)
		}
	}
}

// TestWhoSays is who says what came of a session (design.md section 5, "sessions").
func TestWhoSays(t *testing.T) {
	want := map[programme.PersonID]programme.Code{
		"atsugi": "", "expert": "", "office": "", "bureau": programme.CodeDenied,
		"left": programme.CodeUnknown,
	}
	for _, who := range cast {
		h := newHouse(t)
		h.kept("s", nil)
		h.now = sessionStart.Add(time.Hour)
		code, ok := want[who]
		if !ok {
			code = programme.CodeNotFound
		}
		s, err := h.told(string(who) + " held")
		t.Run(string(who), func(t *testing.T) { wantCode(t, err, code) })
		if err == nil && who != "office" && (s.AtsugiSays != "") == (s.MentorSays != "") {
			t.Errorf("%s said it for %+v", who, s)
		}
	}
}

// TestWhatAnOutcomeFrees: a session that is at another time frees both, one that took
// place stands, and what was proposed in place of it is over.
func TestWhatAnOutcomeFrees(t *testing.T) {
	agreed := []string{"atsugi 10 14:00-15:00", "expert 10 14:00-15:15"}
	later := sessionStart.AddDate(0, 0, 3)
	proposal := programme.Proposal{By: "atsugi", For: "expert", At: sessionStart, Spans: []programme.Span{{From: later, Until: later.Add(30 * time.Minute)}}}
	for _, c := range []struct {
		rule     string
		proposal programme.Proposal
		word     string
		want     []string
		waits    bool
	}{
		{"held", programme.Proposal{}, "held", agreed, false},
		{"held, and another time was proposed", proposal, "held", agreed, false},
		{"at another time", programme.Proposal{}, "moved", nil, false},
		{"at another time, and one was proposed before", proposal, "moved", nil, false},
		{"not held, and another time was proposed", proposal, "not_held", agreed, false},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := newHouse(t)
			h.kept("s", func(s *programme.Session) { s.Proposal = c.proposal })
			h.write(func(tx programme.Tx) error {
				return tx.Occupy("s", []programme.Occupied{
					{Holder: "s", Person: "atsugi", Span: programme.Span{From: sessionStart, Until: sessionStart.Add(time.Hour)}},
					{Holder: "s", Person: "expert", Span: programme.Span{From: sessionStart, Until: sessionStart.Add(75 * time.Minute)}},
				})
			})
			h.now = sessionStart.Add(time.Hour)
			s, err := h.told("office " + c.word)
			if err != nil {
				t.Fatal(err)
			}
			if got := h.occupied(); !slices.Equal(got, c.want) {
				t.Errorf("taken is %q, want %q", got, c.want)
			}
			if s.Proposal.Waits() != c.waits {
				t.Errorf("%+v waits: %v", s.Proposal, !c.waits)
			}
		})
	}
}

// TestASessionAtAnotherTimeIsNewToCalendars: nothing that was said of the old time is
// said of the new one, and its number is a higher one.
func TestASessionAtAnotherTimeIsNewToCalendars(t *testing.T) {
	h := newHouse(t)
	old := h.kept("s", func(s *programme.Session) { s.Seq, s.Moves = 2, 1 })
	h.now = sessionStart.Add(time.Hour)
	for _, press := range []string{"expert moved", "atsugi moved", "atsugi moved"} {
		if _, err := h.told(press); err != nil {
			t.Fatalf("%s: %v", press, err)
		}
	}
	s := h.session("s")
	if s.AtsugiSays+s.MentorSays+s.OfficeSays != "" || !s.Span.From.IsZero() || s.Seq != 3 || s.Moves != 2 || s.Topic != old.Topic {
		t.Errorf("%+v", s)
	}
	_, err := h.told("atsugi held")
	wantCode(t, err, programme.CodeClosed)
}

// TestWhatIsBookedInABufferLeavesTheWordToTakeBack: the two said by mistake that it takes
// place at another time, and the expert has another session in the buffer by now. That
// stays, and so does the time that the one took which is over.
func TestWhatIsBookedInABufferLeavesTheWordToTakeBack(t *testing.T) {
	for _, c := range []struct {
		rule  string
		after time.Duration // the end
		want  []string
	}{
		{"at once", 0, []string{"expert 10 14:00-15:00", "expert 10 15:00-16:15"}},
		{"in the buffer", 5 * time.Minute, []string{"expert 10 14:00-15:05", "expert 10 15:05-16:20"}},
		{"after it", 15 * time.Minute, []string{"expert 10 14:00-15:15", "expert 10 15:15-16:30"}},
	} {
		h := newHouse(t)
		begun := h.now
		s := h.kept("s", nil)
		h.now = s.Span.Until
		for _, who := range []programme.PersonID{"atsugi", "expert"} {
			_, err := h.SayWord(t.Context(), programme.As(who), s.ID, programme.WordForm{Word: programme.SaysMoved})
			must(t, err)
		}
		from := s.Span.Until.Add(c.after)
		f := h.timesForm("b", h.engaged("e").ID, "10 14:00")
		f.Spans = []programme.Span{{From: from, Until: from.Add(time.Hour)}}
		h.now = h.now.Add(-time.Second) // what begins this very moment is not booked any more
		h.books(f)
		h.now = s.Span.Until.Add(48 * time.Hour)
		got, err := h.SayWord(t.Context(), programme.As("office"), s.ID, programme.WordForm{Word: programme.SaysHeld})
		if err != nil || got.State != programme.SessionHeld || !got.Span.Same(s.Span) {
			t.Errorf("%s: the office takes it back: %s %v: %v", c.rule, got.State, got.Span, err)
		}
		h.now = begun
		if got := h.occupiedBy("expert"); !slices.Equal(got, c.want) {
			t.Errorf("%s: taken is %q, want %q", c.rule, got, c.want)
		}
	}
}
