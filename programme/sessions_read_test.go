package programme_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

// seen is what a reader finds in a session, as words, of what not everybody may see.
func seen(v programme.SessionView) string {
	var out []string
	for name, shown := range map[string]bool{
		"topic": v.Topic != "", "bring": v.Bring != "", "contest": v.Contest, "url": v.URL != "", "reason": v.Reason != "",
		"why": v.Proposal.Reason != "" || v.Last.Reason != "", "room": v.Proposal.URL != "", "next": v.Next != "", "to_office": v.ToOffice != "",
		"atsugi": v.AtsugiSays != "", "expert": v.MentorSays != "", "office": v.OfficeSays != "",
		"stage": v.Stage != "", "avoid": v.Avoid != "",
		"private": v.AtsugiPerson.Email+v.MentorPerson.Email != "",
	} {
		if shown {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// TestWhoSeesWhatOfASession is the row "sessions" of design.md section 5, field by field:
// of one session that has everything, on its page and in the list.
func TestWhoSeesWhatOfASession(t *testing.T) {
	const hidden = "-"
	want := map[programme.PersonID]string{
		"atsugi": "atsugi avoid bring contest next office reason room stage topic url why",
		"expert": "avoid bring contest expert next office reason room stage topic url why",
		"office": "atsugi avoid bring contest expert next office private reason room stage to_office topic url why",
		"bureau": "",
	}
	h := newHouse(t)
	for _, id := range []programme.PersonID{"atsugi", "expert"} {
		h.person(id, func(p *programme.Person) { p.Email = string(id) + "@example.jp" })
	}
	h.kept("s", func(s *programme.Session) {
		s.AtsugiSays, s.MentorSays, s.OfficeSays = programme.SaysHeld, programme.SaysNotHeld, programme.SaysHeld
		s.Stage, s.Avoid = programme.StageTrying, "触れない言葉"
		s.Next, s.ToOffice, s.Reason, s.Proposal.Reason, s.Proposal.URL = "次の言葉", "内緒の言葉", "理由の言葉", "変更の言葉", "https://example.jp/2"
		s.Last.Reason = s.Proposal.Reason
	})
	h.kept("other", func(s *programme.Session) {
		s.Kind, s.Atsugi, s.Mentor = programme.Between, "other-atsugi", "other-expert"
	})
	for _, who := range cast {
		v, err := h.SessionPage(t.Context(), programme.As(who), "s")
		expect, may := want[who]
		if !may {
			expect = hidden
		}
		got := hidden
		if err == nil {
			got = seen(v)
		} else if e, refused := programme.AsError(err); !refused || e.Code != programme.CodeNotFound && who != "left" {
			t.Errorf("%s: %v", who, err)
		}
		if got != expect {
			t.Errorf("%s sees %q on the page, want %q", who, got, expect)
		}
		list, _ := h.Sessions(t.Context(), programme.As(who))
		if i := slices.IndexFunc(list, func(v programme.SessionView) bool { return v.ID == "s" }); i < 0 != !may || i >= 0 && seen(list[i]) != expect {
			t.Errorf("%s sees %d in the list: %+v", who, i, list)
		}
	}
}

// TestWhoListsSessions: one's own, all for the office and the bureau, none for others.
func TestWhoListsSessions(t *testing.T) {
	h := newHouse(t)
	for i, two := range [][2]programme.PersonID{{"atsugi", "expert"}, {"other-atsugi", "other-expert"}, {"atsugi", "other-expert"}, {"atsugi", "unpledged"}} {
		h.kept(programme.SessionID(fmt.Sprint(i)), func(s *programme.Session) { s.Kind, s.Atsugi, s.Mentor = programme.Between, two[0], two[1] })
	}
	want := map[programme.PersonID]string{
		"atsugi": "023", "other-atsugi": "1", "expert": "0", "other-expert": "12", "office": "0123", "bureau": "0123", "senior": "",
	}
	for _, who := range cast {
		list, err := h.Sessions(t.Context(), programme.As(who))
		expect, may := want[who]
		if !may {
			if e, refused := programme.AsError(err); !refused || e.Code != codeOf(who) {
				t.Errorf("%s: %v", who, err)
			}
			continue
		}
		var ids []string
		for _, v := range list {
			ids = append(ids, string(v.ID))
		}
		slices.Sort(ids)
		if got := strings.Join(ids, ""); got != expect || err != nil {
			t.Errorf("%s lists %q, want %q (%v)", who, got, expect, err)
		}
	}
}

func TestSessionsAreListedAsPeopleLookForThem(t *testing.T) {
	h := newHouse(t)
	day := func(n int) programme.Span {
		return programme.Span{From: sessionStart.AddDate(0, 0, n), Until: sessionStart.AddDate(0, 0, n).Add(time.Hour)}
	}
	for i, s := range []programme.Session{
		{ID: "held-early", State: programme.SessionHeld, Span: day(-9)},
		{ID: "open-old", State: programme.SessionOpen},
		{ID: "booked-late", State: programme.SessionBooked, Span: day(9)},
		{ID: "withdrawn", State: programme.SessionCancelled},
		{ID: "not-held-late", State: programme.SessionNotHeld, Span: day(-2)},
		{ID: "open-new", State: programme.SessionOpen},
		{ID: "booked-soon", State: programme.SessionBooked, Span: day(1)},
	} {
		h.kept(s.ID, func(k *programme.Session) {
			k.State, k.Span, k.Made = s.State, s.Span, h.now.Add(time.Duration(i)*time.Minute)
		})
	}
	list, err := h.Sessions(t.Context(), programme.As("expert"))
	must(t, err)
	var got []programme.SessionID
	for _, v := range list {
		got = append(got, v.ID)
	}
	want := []programme.SessionID{"booked-soon", "booked-late", "open-new", "open-old", "not-held-late", "held-early", "withdrawn"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestSupportersSeeCounts of the firms that they recommended, whatever their number, and
// nobody else does by this way.
func TestSupportersSeeCounts(t *testing.T) {
	h := newHouse(t)
	h.person("supporter", func(p *programme.Person) { p.Organisation = "商工会" })
	h.person("atsugi", func(p *programme.Person) { p.RecommendedBy = "商工会" })
	h.kept("1", nil)
	h.kept("2", func(s *programme.Session) { s.State = programme.SessionHeld })
	h.kept("3", func(s *programme.Session) { s.State = programme.SessionHeld })
	h.kept("4", func(s *programme.Session) { s.Kind, s.Atsugi = programme.Between, "other-atsugi" })
	h.kept("5", func(s *programme.Session) { s.Kind, s.State = programme.Between, programme.SessionHeld })
	want := programme.SessionTallies{FollowUp: programme.SessionTally{Held: 2, Booked: 1}, Between: programme.SessionTally{Held: 1}}
	for _, who := range cast {
		counts, err := h.SessionCounts(t.Context(), programme.As(who))
		if who != "supporter" {
			t.Run(string(who), func(t *testing.T) { wantCode(t, err, codeOf(who)) })
			continue
		}
		if err != nil || counts != want {
			t.Errorf("%v (%v)", counts, err)
		}
	}
	if got := h.home("supporter").Recommended; got != want {
		t.Errorf("Home says %v", got)
	}
	h.person("supporter", func(p *programme.Person) { p.Organisation = "" })
	h.person("atsugi", func(p *programme.Person) { p.RecommendedBy = "" })
	counts, err := h.SessionCounts(t.Context(), programme.As("supporter"))
	if must(t, err); counts != (programme.SessionTallies{}) {
		t.Errorf("who is of no organisation sees %v", counts)
	}
}

// TestWhatIsOfferedCanBeDone: what a page offers is exactly what is not refused, for
// everybody, wherever a session stands.
func TestWhatIsOfferedCanBeDone(t *testing.T) {
	later := sessionStart.AddDate(0, 0, 5)
	span := programme.Span{From: later, Until: later.Add(time.Hour)}
	proposal := programme.Proposal{By: "atsugi", For: "expert", At: sessionStart.AddDate(0, 0, -5), Spans: []programme.Span{span}, Venue: programme.Venue{Mode: programme.ModeOnline}}
	open := func(s *programme.Session) { s.State, s.Span = programme.SessionOpen, programme.Span{} }
	stands := map[string]func(*programme.Session){
		"booked":                           nil,
		"booked and moved thrice":          func(s *programme.Session) { s.Moves = 3 },
		"booked and another time proposed": func(s *programme.Session) { s.Proposal = proposal },
		"open":                             open,
		"open and proposed":                func(s *programme.Session) { open(s); s.Proposal = proposal },
		"put off by a word": func(s *programme.Session) {
			open(s)
			s.Last = programme.SessionChange{Was: programme.Span{From: sessionStart, Until: sessionStart.Add(time.Hour)}, Reopened: true}
		},
		"held":      func(s *programme.Session) { s.State, s.OfficeSays = programme.SessionHeld, programme.SaysHeld },
		"cancelled": func(s *programme.Session) { s.State = programme.SessionCancelled },
	}
	moments := []struct {
		called string
		now    time.Time
	}{
		{"long before", sessionStart.AddDate(0, 0, -3)}, {"at the cut-off", sessionStart.Add(-24 * time.Hour)},
		{"after the cut-off", sessionStart.Add(-24*time.Hour + time.Second)}, {"meanwhile", sessionStart.Add(time.Minute)},
		{"afterwards", sessionStart.Add(time.Hour)}, {"after the proposed time", later},
	}
	onlyAfter := map[string]bool{"put off by a word": true}
	for around, enter := range aroundSessions {
		for state, change := range stands {
			t.Run(around+", "+state, func(t *testing.T) {
				var h *house
				var s programme.Session
				for i, moment := range moments {
					if i%3 == 0 { // what one says in a day of where they meet is limited
						h = newHouse(t)
						s = h.kept("s", func(s *programme.Session) {
							if s.Requested = around == "a request"; change != nil {
								change(s)
							}
						})
						enter(h)
					}
					if onlyAfter[state] && moment.now.Before(sessionStart.Add(time.Hour)) {
						continue // a word is heard once the time went by
					}
					for _, who := range []programme.PersonID{"atsugi", "expert", "office", "bureau"} {
						h.now = moment.now
						h.checkOffers(moment.called, s, who)
					}
				}
			})
		}
	}
}

// aroundSessions is what a session does not say of its two, by what it is called.
var aroundSessions = map[string]func(*house){
	"both take part": func(*house) {},
	"the engagement ended": func(h *house) {
		h.write(func(tx programme.Tx) error {
			e, err := tx.Engagement("e-atsugi-expert")
			e.Ended = h.now
			return errors.Join(err, tx.SaveEngagement(e))
		})
	},
	"the atsugi left":            func(h *house) { h.person("atsugi", func(p *programme.Person) { p.Left = h.now }) },
	"the expert is not admitted": func(h *house) { h.person("expert", func(p *programme.Person) { p.Pledged = "" }) },
	"a request": func(h *house) {
		h.publishes("expert", func(o *programme.Offer) { o.Hours.Single = []programme.Span{afternoon(h.t, "17")} })
	},
}

// checkOffers has somebody try everything with the session s, which stands as it stood
// again after each. Who cannot open its page is offered nothing.
func (h *house) checkOffers(moment string, s programme.Session, who programme.PersonID) {
	h.t.Helper()
	actor, ctx := programme.As(who), h.t.Context()
	v, err := h.SessionPage(ctx, actor, s.ID)
	if _, refused := programme.AsError(err); err != nil && !refused {
		h.t.Fatal(err)
	}
	named := programme.Span{From: sessionStart.AddDate(0, 0, 7), Until: sessionStart.AddDate(0, 0, 7).Add(time.Hour)}
	picked := named
	if s.Proposal.Waits() {
		picked = s.Proposal.Spans[0]
	}
	f := programme.SessionForm{Op: "op", Session: s.ID, Spans: []programme.Span{named}, Venue: programme.Venue{Mode: programme.ModeOnline}, Reason: "都合"}
	if who == "office" {
		f.For = "expert"
	}
	for act, do := range map[string]struct {
		offered bool
		try     func(version int) error
	}{
		"say": {v.MaySay, func(int) error {
			return second(h.SayWord(ctx, actor, s.ID, programme.WordForm{Word: programme.SaysNotHeld}))
		}},
		"cancel": {v.MayCancel, func(version int) error { return h.CancelSession(ctx, actor, s.ID, version, "都合") }},
		"pick": {v.MayPick, func(int) error {
			return second(h.PickTime(ctx, actor, s.ID, s.Proposal.At, picked.From, ""))
		}},
		"withdraw": {v.MayWithdraw, func(int) error {
			return second(h.WithdrawTimes(ctx, actor, s.ID, s.Proposal.At))
		}},
		"meet elsewhere": {v.MayVenue, func(version int) error {
			return second(h.SetVenue(ctx, actor, s.ID, version, programme.Venue{Mode: programme.ModeOnSite, Place: "工房"}))
		}},
		"record papers": {v.MayPapers, func(version int) error {
			return second(h.SetPapers(ctx, actor, s.ID, version, programme.FeePapers{Travel: programme.PaperAwaited}))
		}},
		"count it otherwise": {v.MayKind, func(version int) error {
			return second(h.SetSessionKind(ctx, actor, s.ID, version, programme.Between, false))
		}},
		"say another time": {v.MayReopen, func(int) error {
			return second(h.SayWord(ctx, actor, s.ID, programme.WordForm{Word: programme.SaysMoved}))
		}},
		"propose": {v.MayPropose || v.MayMove, func(version int) error {
			f.Version = version
			return second(h.ProposeTimes(ctx, actor, f))
		}},
	} {
		if act == "cancel" && s.State == programme.SessionCancelled {
			continue // which is done already, and no refusal
		}
		err := do.try(h.session(s.ID).Version)
		if _, refused := programme.AsError(err); err != nil && !refused {
			h.t.Errorf("%s, %s: %s: %v", moment, who, act, err)
		}
		if (err == nil) != do.offered {
			h.t.Errorf("%s, %s: %s is offered: %v, tried: %v", moment, who, act, do.offered, err)
		}
		if err != nil {
			continue // it stands as it stood
		}
		h.write(func(tx programme.Tx) error {
			now, err := tx.Session(s.ID)
			if err != nil {
				return err
			}
			again := s
			again.Version = now.Version
			return errors.Join(tx.SaveSession(again), tx.Occupy(s.ID, nil))
		})
	}
}
