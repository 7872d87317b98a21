package programme_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// writes enters the memo of a session that began, as its expert.
func (h *house) writes(s programme.Session) {
	h.t.Helper()
	f := memoForm("memo-" + string(s.ID))
	f.Session, f.Held = s.ID, programme.DateOf(s.Span.From, tokyo)
	_, err := h.WriteMemo(h.t.Context(), programme.As(s.Mentor), f)
	must(h.t, err)
}

// TestNoWordWipesEvidence: that a session is at another time can be said while nobody said
// or wrote anything else of the agreed one, and after that by nobody. What was refused left
// everything as it was.
func TestNoWordWipesEvidence(t *testing.T) {
	const otherwise = "conflict error.session_said_otherwise"
	for _, c := range []struct {
		rule   string
		before []string // what was said
		memo   bool
		word   string
		want   string
		page   bool // offers it
	}{
		{"nothing was said", nil, false, "office moved", "went through", true},
		{"one said the same", []string{"atsugi moved"}, false, "office moved", "went through", true},
		{"one said that it took place", []string{"atsugi held"}, false, "office moved", otherwise, false},
		{"one said that it did not", []string{"expert not_held"}, false, "office moved", otherwise, false},
		{"the two differ", []string{"atsugi held", "expert moved"}, false, "office moved", otherwise, false},
		{"both said that it took place", []string{"atsugi held", "expert held"}, false, "office moved", otherwise, false},
		{"the office itself said so", []string{"office held"}, false, "office moved", otherwise, false},
		{"it is settled that it did not", []string{"office not_held"}, false, "office moved", otherwise, false},
		{"its memo is written", nil, true, "office moved", otherwise, false},
		{"and one of the two says it then", []string{"atsugi moved"}, true, "expert moved", otherwise, false},
		{"one of the two, of what is settled", []string{"office held"}, false, "expert moved", "conflict error.session_settled", false},
		{"one of the two, whatever the other said", []string{"atsugi held"}, false, "expert moved", "went through", true},
		{"who said otherwise may think again", []string{"atsugi held"}, false, "atsugi moved", "went through", true},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := newHouse(t)
			s := h.kept("s", func(s *programme.Session) { s.Next, s.ToOffice = "次の言葉", "内緒の言葉" })
			h.now = s.Span.Until
			for _, press := range c.before {
				_, err := h.told(press)
				must(t, err)
			}
			if c.memo {
				h.writes(s)
			}
			before := h.session("s")
			who, _, _ := strings.Cut(c.word, " ")
			v, err := h.SessionPage(t.Context(), programme.As(programme.PersonID(who)), "s")
			if must(t, err); v.MayReopen != c.page {
				t.Errorf("the page offers it: %v", v.MayReopen)
			}
			_, err = h.told(c.word)
			refused(t, c.word, err, c.want)
			after := h.session("s")
			if err != nil {
				if d := cmp.Diff(before, after); d != "" {
					t.Errorf("refused, it changed (-before +after):\n%s", d)
				}
				return
			}
			if after.Next != "次の言葉" || after.ToOffice != "内緒の言葉" || after.State == programme.SessionOpen && !after.Last.Was.Same(s.Span) {
				t.Errorf("it became %+v", after)
			}
		})
	}
}

// TestBothAreToldThatTheOfficeReopenedIt: once, and of both times when there is a new one.
// What the two said by themselves they know.
func TestBothAreToldThatTheOfficeReopenedIt(t *testing.T) {
	h := newHouse(t)
	s := h.kept("s", nil)
	h.now = s.Span.Until
	for range 2 {
		_, err := h.told("office moved")
		must(t, err)
	}
	got := h.notices()
	if got["session.reopened p:atsugi"] != 1 || got["session.reopened p:expert"] != 1 {
		t.Errorf("told: %v", got)
	}
	reopened := h.session("s")
	notice := func() programme.Matter {
		m, _ := h.notice(programme.NoticeSessionReopened, "s", programme.ToPerson("atsugi"), programme.ChangeOccasion(reopened.Seq))
		return m
	}
	if m := notice(); m.Withdrawn != "" || !m.Session.MayPropose || !m.Session.Last.Was.Same(s.Span) {
		t.Errorf("it says %+v", m)
	}
	f := again(h.timesForm("op", "", "20 14:00"), reopened)
	s = h.picks("expert", h.proposes("atsugi", f), "20 14:00")
	if m := notice(); m.Withdrawn != "answered" {
		t.Errorf("when there is a time, it goes out all the same: %+v", m)
	}
	if !s.Last.Was.Same(slot(t, "10 14:00")) || s.Moves != 1 {
		t.Errorf("booked, it is %+v", s)
	}

	h = newHouse(t)
	h.kept("s", nil)
	h.now = sessionStart.Add(time.Hour)
	for _, press := range []string{"atsugi moved", "expert moved"} {
		_, err := h.told(press)
		must(t, err)
	}
	if got := h.notices(); got["session.reopened p:atsugi"]+got["session.reopened p:expert"] != 0 {
		t.Errorf("of what they said themselves they are told: %v", got)
	}
}

// moving is a booked session for which the expert proposed another time.
func moving(h *house) programme.Session {
	s := h.picks("expert", h.proposes("other-atsugi", h.timesForm("op", h.engaged("e").ID, "10 14:00")), "10 14:00")
	f := again(h.timesForm("move", "", "12 14:00"), s)
	f.Reason = "出張のため"
	return h.proposes("expert", f)
}

// TestARequestToMoveIsWithdrawn by who made it, or the office: the agreed time stands, and
// the other one is free again.
func TestARequestToMoveIsWithdrawn(t *testing.T) {
	for _, who := range cast {
		want := "not_found error.session_gone"
		switch who {
		case "expert", "office":
			want = "went through"
		case "other-atsugi":
			want = "denied error.session_not_proposer"
		case "left":
			want = "unknown error.not_in_roster"
		case "nobody":
			want = "not_found error.not_in_roster"
		}
		h := newHouse(t)
		s := moving(h)
		_, err := h.WithdrawTimes(t.Context(), programme.As(who), s.ID, s.Proposal.At)
		if who == "left" || who == "nobody" {
			if _, ok := programme.AsError(err); !ok {
				t.Errorf("%s: %v", who, err)
			}
			continue
		}
		if refused(t, string(who), err, want); err != nil {
			continue
		}
		after := h.session(s.ID)
		if after.State != programme.SessionBooked || !after.Span.Same(s.Span) || after.Proposal.Waits() || after.Moves != 0 || after.Seq != s.Seq {
			t.Errorf("%s: it became %+v", who, after)
		}
		taken := []string{"other-atsugi 10 14:00-15:00", "expert 10 14:00-15:15"}
		if got := h.occupiedBy("other-atsugi", "expert"); !slices.Equal(got, taken) {
			t.Errorf("%s: taken is %v", who, got)
		}
		again, err := h.WithdrawTimes(t.Context(), programme.As(who), s.ID, s.Proposal.At)
		if must(t, err); again.Version != after.Version {
			t.Errorf("%s: pressed twice it changed again: %+v", who, again)
		}
		if n := countOf(h.trail(), "session.withdraw "+string(s.ID)); n != 1 {
			t.Errorf("%s: it is in the trail %d times", who, n)
		}
	}
}

// TestWithdrawnAgainNothingChanges, whatever became of the agreed time before and since, and
// what people were told of that still holds.
func TestWithdrawnAgainNothingChanges(t *testing.T) {
	room := programme.Venue{Mode: programme.ModeOnline, URL: "https://example.jp/new"}
	meetsThere := func(h *house, id programme.SessionID) {
		_, err := h.SetVenue(h.t.Context(), programme.As("expert"), id, h.session(id).Version, room)
		must(h.t, err)
	}
	nothing := func(*house, programme.SessionID) {}
	for rule, c := range map[string]struct {
		before, since func(*house, programme.SessionID)
		where         bool // they were told that they meet elsewhere
	}{
		"at once":                   {nothing, nothing, false},
		"they meet elsewhere since": {nothing, meetsThere, true},
		"they met elsewhere before": {meetsThere, nothing, true},
		"the agreed time began":     {nothing, func(h *house, id programme.SessionID) { h.now = h.session(id).Span.From }, false},
	} {
		h := newHouse(t)
		s := moving(h)
		c.before(h, s.ID)
		withdraw := func() error {
			return second(h.WithdrawTimes(t.Context(), programme.As("expert"), s.ID, s.Proposal.At))
		}
		must(t, withdraw())
		c.since(h, s.ID)
		stands := h.session(s.ID)
		must(t, withdraw())
		got := h.session(s.ID)
		if got.Version != stands.Version || got.Last.Where != c.where || !got.Last.Withdrawn.Equal(s.Proposal.At) {
			t.Errorf("%s: it became %+v, from version %d", rule, got, stands.Version)
		}
	}
}

func TestWhatIsAnsweredIsNotWithdrawn(t *testing.T) {
	const changed = "conflict error.proposal_changed"
	for rule, meanwhile := range map[string]func(*house, programme.Session){
		"it was picked": func(h *house, s programme.Session) { h.picks("other-atsugi", s, "12 14:00") },
		"it was declined": func(h *house, s programme.Session) {
			must(h.t, h.DeclineTimes(h.t.Context(), programme.As("other-atsugi"), s.ID, s.Proposal.At, ""))
		},
		"other times were proposed": func(h *house, s programme.Session) {
			h.now = h.now.Add(time.Minute)
			f := again(h.timesForm("more", "", "13 14:00"), s)
			f.Reason = "出張のため"
			h.proposes("expert", f)
		},
		"the agreed time has begun": func(h *house, s programme.Session) { h.now = s.Span.From },
	} {
		h := newHouse(t)
		s := moving(h)
		meanwhile(h, s)
		_, err := h.WithdrawTimes(t.Context(), programme.As("expert"), s.ID, s.Proposal.At)
		refused(t, rule, err, changed)
	}
	h := newHouse(t)
	s := h.proposes("other-atsugi", h.timesForm("op", h.engaged("e").ID, "10 14:00"))
	_, err := h.WithdrawTimes(t.Context(), programme.As("other-atsugi"), s.ID, s.Proposal.At)
	refused(t, "without an agreed time, the session is called off", err, changed)
}

// TestARequestToMoveEndsWhenTheAgreedTimeBegins: nobody can pick it then, and it does not
// come back when the session takes place at another time after all.
func TestARequestToMoveEndsWhenTheAgreedTimeBegins(t *testing.T) {
	h := newHouse(t)
	s := moving(h)
	h.now = s.Span.From
	v, err := h.SessionPage(t.Context(), programme.As("other-atsugi"), s.ID)
	if must(t, err); v.MayPick || v.Waits() {
		t.Errorf("it still waits: %+v", v)
	}
	h.now = s.Span.Until
	asked := programme.Notice{Kind: programme.NoticeSessionAfter, Subject: string(s.ID), To: programme.ToPerson("expert"), Occasion: programme.SessionOccasion("", s), Due: h.now}
	for range 2 {
		must(t, h.EnqueueAll(t.Context(), []programme.Notice{asked}))
	}
	if got := h.occupiedBy("other-atsugi", "expert"); !slices.Equal(got, []string{"expert 10 15:00-15:15"}) || countOf(h.trail(), "session.lapse "+string(s.ID)) != 1 {
		t.Errorf("when the two are asked whether it took place, still taken is %v", got)
	}
	_, err = h.SayWord(t.Context(), programme.As("office"), s.ID, programme.WordForm{Word: programme.SaysMoved})
	must(t, err)
	if after := h.session(s.ID); after.State != programme.SessionOpen || after.Proposal.Waits() {
		t.Errorf("it became %+v", after)
	}
	_, err = h.PickTime(t.Context(), programme.As("other-atsugi"), s.ID, s.Proposal.At, slot(t, "12 14:00").From, "")
	refused(t, "picked after that", err, "conflict error.proposal_changed")
}

// TestTheVenueChangesAndTheTimeStands: both are told, their calendars too, past the cut-off
// and however often it was moved.
func TestTheVenueChangesAndTheTimeStands(t *testing.T) {
	room := programme.Venue{Mode: programme.ModeOnline, URL: "https://example.jp/new"}
	for _, who := range []programme.PersonID{"atsugi", "expert", "office"} {
		h := newHouse(t)
		s := h.kept("s", func(s *programme.Session) { s.Moves, s.Seq = 3, 4 })
		h.now = s.Span.From.Add(-10 * time.Minute)
		for range 2 {
			_, err := h.SetVenue(t.Context(), programme.As(who), "s", s.Version, room)
			must(t, err)
		}
		after := h.session("s")
		if after.URL != room.URL || after.Place != "" || after.Mode != room.Mode || !after.Span.Same(s.Span) || after.Moves != 3 || after.Seq != 5 || after.State != programme.SessionBooked {
			t.Errorf("%s: it became %+v", who, after)
		}
		got := h.notices()
		for _, n := range []string{"session.booked p:atsugi", "session.booked p:expert", "session.calendar p:atsugi", "session.calendar p:expert"} {
			if got[n] != 1 {
				t.Errorf("%s: %s went out %d times", who, n, got[n])
			}
		}
		if n := countOf(h.trail(), "session.venue s"); n != 1 {
			t.Errorf("%s: it is in the trail %d times", who, n)
		}
	}
	h := newHouse(t)
	s := moving(h) // another time is being talked about meanwhile
	s, err := h.SetVenue(t.Context(), programme.As("other-atsugi"), s.ID, s.Version, room)
	if must(t, err); !s.Proposal.Waits() || s.Proposal.URL != "" || s.URL != room.URL {
		t.Errorf("while another time waits: %+v", s)
	}
	h.picks("other-atsugi", s, "12 14:00")
}

func TestVenuesThatAreRefused(t *testing.T) {
	online := programme.Venue{Mode: programme.ModeOnline, URL: "https://example.jp/new"}
	state := func(to programme.SessionState) func(*programme.Session) {
		return func(s *programme.Session) { s.State = to }
	}
	for _, c := range []struct {
		rule   string
		change func(*programme.Session)
		venue  programme.Venue
		before int // versions ago it was seen
		want   string
	}{
		{"an address that is none", nil, programme.Venue{Mode: programme.ModeOnline, URL: "javascript:alert(1)"}, 0, "invalid url error.web_address"},
		{"a long address", nil, programme.Venue{Mode: programme.ModeOnline, URL: "https://example.jp/" + strings.Repeat("a", 3000)}, 0, "invalid url error.too_long"},
		{"on site, nowhere", nil, programme.Venue{Mode: programme.ModeOnSite, Place: "　"}, 0, "invalid place error.session_place"},
		{"a long place", nil, programme.Venue{Mode: programme.ModeOnSite, Place: strings.Repeat("あ", 201)}, 0, "invalid place error.too_long"},
		{"no way to meet", nil, programme.Venue{}, 0, "invalid mode error.choice"},
		{"of the session as it was", nil, online, 1, "conflict error.session_changed"},
		{"no time is agreed on", func(s *programme.Session) { s.State, s.Span = programme.SessionOpen, programme.Span{} }, online, 0, "closed error.session_off"},
		{"it was called off", state(programme.SessionCancelled), online, 0, "closed error.session_cancelled"},
		{"it was held", state(programme.SessionHeld), online, 0, "closed error.session_over"},
		{"it is over", func(s *programme.Session) { s.Span = slot(t, "01 07:00") }, online, 0, "closed error.session_over"},
	} {
		h := newHouse(t)
		s := h.kept("s", c.change)
		_, err := h.SetVenue(t.Context(), programme.As("expert"), "s", s.Version-c.before, c.venue)
		refused(t, c.rule, err, c.want)
		if got := h.notices(); len(got) != 0 {
			t.Errorf("%s: told %v", c.rule, got)
		}
	}
	for _, who := range cast {
		h := newHouse(t)
		s := h.kept("s", nil)
		_, err := h.SetVenue(t.Context(), programme.As(who), "s", s.Version, online)
		if may := who == "atsugi" || who == "expert" || who == "office"; may != (err == nil) {
			t.Errorf("%s: %v", who, err)
		}
	}
}

// TestWhyTheTwoCannotMoveIt: too late and too often are told apart, and what was only moved
// too often they still call off themselves.
func TestWhyTheTwoCannotMoveIt(t *testing.T) {
	for _, c := range []struct {
		rule                             string
		moves                            int
		before                           time.Duration
		office, used, mayMove, mayCancel bool
	}{
		{"in time", 0, 48 * time.Hour, false, false, true, true},
		{"moved too often", 3, 48 * time.Hour, false, true, false, true},
		{"too late", 0, 23 * time.Hour, true, false, false, false},
		{"both", 3, 23 * time.Hour, true, false, false, false},
	} {
		h := newHouse(t)
		s := h.kept("s", func(s *programme.Session) { s.Moves = c.moves })
		h.now = s.Span.From.Add(-c.before)
		v, err := h.SessionPage(t.Context(), programme.As("atsugi"), "s")
		if must(t, err); v.OfficeOnly != c.office || v.MovesUsed != c.used || v.MayMove != c.mayMove || v.MayCancel != c.mayCancel {
			t.Errorf("%s: office only %v, moves used %v, may move %v, may cancel %v", c.rule, v.OfficeOnly, v.MovesUsed, v.MayMove, v.MayCancel)
		}
		if v, err = h.SessionPage(t.Context(), programme.As("office"), "s"); err != nil || v.OfficeOnly || v.MovesUsed || !v.MayMove {
			t.Errorf("%s: the office sees %+v (%v)", c.rule, v, err)
		}
	}
}

// TestTheTopicIsTheAtsugis: what they empty is empty, an expert writes only where nothing
// stands, and the office writes down what it was told.
func TestTheTopicIsTheAtsugis(t *testing.T) {
	type words struct{ topic, bring, avoid string }
	for _, c := range []struct {
		rule      string
		who       programme.PersonID
		had, form words
		want      words
	}{
		{"the atsugi empties it", "other-atsugi", words{"価格", "試作", "家族"}, words{}, words{}},
		{"the atsugi writes another", "other-atsugi", words{"価格", "試作", "家族"}, words{"販路", "写真", "借入"}, words{"販路", "写真", "借入"}},
		{"the expert leaves it blank", "expert", words{"価格", "試作", "家族"}, words{}, words{"価格", "試作", "家族"}},
		{"the expert writes another", "expert", words{"価格", "", "家族"}, words{"販路", "写真", "借入"}, words{"価格", "写真", "家族"}},
		{"nothing stands yet", "expert", words{}, words{"販路", "写真", ""}, words{"販路", "写真", ""}},
		{"the office for the expert", "office", words{"価格", "試作", "家族"}, words{"", "写真", ""}, words{"", "写真", ""}},
	} {
		h := newHouse(t)
		first := h.timesForm("op", h.engaged("e").ID, "10 14:00")
		first.Topic, first.Bring, first.Avoid = c.had.topic, c.had.bring, c.had.avoid
		s := h.proposes("other-atsugi", first)
		h.now = h.now.Add(time.Minute)
		f := again(h.timesForm("op", "", "11 14:00"), s)
		f.Topic, f.Bring, f.Avoid = c.form.topic, c.form.bring, c.form.avoid
		if c.who == "office" {
			f.For = "expert"
		}
		s = h.proposes(c.who, f)
		if got := (words{s.Topic, s.Bring, s.Avoid}); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.rule, got, c.want)
		}
	}
}

// TestTheOfficeTakesBackThatItIsAtAnotherTime, which may have been pressed by mistake: until
// other times are named, and nobody else does.
func TestTheOfficeTakesBackThatItIsAtAnotherTime(t *testing.T) {
	h := newHouse(t)
	old := h.kept("s", func(s *programme.Session) { s.Moves, s.Next = 1, "次の言葉" })
	h.now = old.Span.Until
	for _, press := range []string{"expert moved", "atsugi moved"} {
		_, err := h.told(press)
		must(t, err)
	}
	for _, who := range []string{"atsugi", "expert"} {
		_, err := h.told(who + " held")
		refused(t, who, err, "closed error.session_off")
	}
	if got := h.occupied(); len(got) != 0 {
		t.Errorf("meanwhile taken is %q", got)
	}
	s, err := h.told("office held")
	must(t, err)
	if s.State != programme.SessionHeld || !s.Span.Same(old.Span) || s.Moves != 1 || s.Next != "次の言葉" || s.Seq <= old.Seq {
		t.Errorf("it became %+v", s)
	}
	if got := h.occupied(); !slices.Equal(got, []string{"atsugi 10 14:00-15:00", "expert 10 14:00-15:15"}) {
		t.Errorf("taken is %q", got)
	}

	h = newHouse(t)
	h.kept("s", nil)
	h.now = old.Span.Until
	_, err = h.told("office moved")
	must(t, err)
	h.proposes("atsugi", again(h.timesForm("op", "", "20 14:00"), h.session("s")))
	_, err = h.told("office held")
	refused(t, "once other times are named", err, "closed error.session_off")
	h.kept("left", func(s *programme.Session) {
		s.State, s.Span, s.Last = programme.SessionOpen, programme.Span{}, programme.SessionChange{Was: slot(t, "01 08:00")}
	})
	_, err = h.SayWord(t.Context(), programme.As("office"), "left", programme.WordForm{Word: programme.SaysHeld})
	refused(t, "a time that was given up otherwise", err, "closed error.session_off")
}

// TestNoTimesThatCameToNothingWipeEvidence: that it is at another time can be taken back,
// too, when other times were named for it and declined, went by, or were given up.
func TestNoTimesThatCameToNothingWipeEvidence(t *testing.T) {
	for rule, meanwhile := range map[string]func(*house, programme.Session){
		"declined": func(h *house, s programme.Session) {
			must(h.t, h.DeclineTimes(h.t.Context(), programme.As("expert"), s.ID, s.Proposal.At, ""))
		},
		"gone by": func(h *house, s programme.Session) { h.now = s.Proposal.Spans[0].From },
		"answered with others, and those declined": func(h *house, s programme.Session) {
			h.now = h.now.Add(time.Minute)
			s = h.proposes("expert", again(h.timesForm("more", "", "21 14:00"), s))
			must(h.t, h.DeclineTimes(h.t.Context(), programme.As("atsugi"), s.ID, s.Proposal.At, ""))
		},
		"of an expert who left": func(h *house, _ programme.Session) { h.becomesSupporter("expert") },
	} {
		h := newHouse(t)
		old := h.kept("s", nil)
		h.now = old.Span.Until
		for _, press := range []string{"atsugi moved", "expert moved"} {
			_, err := h.told(press)
			must(t, err)
		}
		meanwhile(h, h.proposes("atsugi", again(h.timesForm("op", "", "20 14:00"), h.session("s"))))
		v, err := h.SessionPage(t.Context(), programme.As("office"), "s")
		if must(t, err); !v.MaySay {
			t.Errorf("%s: the page does not offer it", rule)
		}
		_, err = h.told("office held")
		if refused(t, rule, err, "went through"); !h.session("s").Span.Same(old.Span) || h.session("s").State != programme.SessionHeld {
			t.Errorf("%s: it became %+v", rule, h.session("s"))
		}
	}
}

// TestTimesNamedAtOnceAfterAWithdrawalAreOthers: they are told of like the first, and a card
// of those that were taken back picks none of them.
func TestTimesNamedAtOnceAfterAWithdrawalAreOthers(t *testing.T) {
	h := newHouse(t)
	h.kept("s", nil)
	var before time.Time
	for n, clock := range []string{"14 14:00", "15 14:00", "14 14:00"} {
		f := again(h.timesForm("op", "", clock), h.session("s"))
		f.Reason = "窯の都合"
		s := h.proposes("atsugi", f)
		if !s.Proposal.At.After(before) {
			t.Errorf("proposal %d is of %v, the one before of %v", n, s.Proposal.At, before)
		}
		if _, told := h.notice(programme.NoticeSessionProposed, "s", programme.ToPerson("expert"), programme.ProposalOccasion(s.Proposal)); told.Session.ID != "s" {
			t.Errorf("the expert is not told of proposal %d", n)
		}
		if !before.IsZero() {
			_, err := h.PickTime(t.Context(), programme.As("expert"), "s", before, slot(t, clock).From, "")
			refused(t, "a pick from what was taken back", err, "conflict error.proposal_changed")
		}
		before = s.Proposal.At
		_, err := h.WithdrawTimes(t.Context(), programme.As("atsugi"), "s", before)
		must(t, err)
	}
}
