package programme_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"tsugite/programme"
)

// instead is a form for times in place of those of a request.
func (h *house) instead(s programme.Session, clocks ...string) programme.SessionForm {
	h.t.Helper()
	return again(h.timesForm(fmt.Sprint("instead ", clocks), "", clocks...), s)
}

// TestWhatAtsugiNameForARequestIsPublished: in its place, or in answer to the expert's, they
// choose from what they could ask for now. The request's own time counts as free.
func TestWhatAtsugiNameForARequestIsPublished(t *testing.T) {
	for _, c := range []struct {
		rule, want string
		set        func(*house, *programme.SessionForm)
		clocks     []string
	}{
		{"a published time", "went through", nil, []string{"10 16:00"}},
		{"three of them", "went through", nil, []string{"10 13:00", "10 14:30", "10 16:00"}},
		{"one that touches its own", "went through", nil, []string{"10 14:30"}},
		{"in the night", "conflict time2 error.time_not_offered", nil, []string{"10 16:00", "11 03:00"}},
		{"between two starts", "conflict time1 error.time_not_offered", nil, []string{"10 15:05"}},
		{"longer than is offered", "conflict time1 error.time_not_offered", func(_ *house, f *programme.SessionForm) {
			f.Spans[0].Until = f.Spans[0].From.Add(90 * time.Minute)
		}, []string{"10 15:00"}},
		{"too soon", "conflict time1 error.time_not_offered", func(h *house, _ *programme.SessionForm) {
			h.publishes("expert", func(o *programme.Offer) { o.Notice = 240 * time.Hour })
		}, []string{"10 16:00"}},
		{"in a week that is full", "conflict time1 error.time_not_offered", func(h *house, _ *programme.SessionForm) {
			h.publishes("expert", func(o *programme.Offer) { o.PerWeek = 1 })
			h.kept("another", func(s *programme.Session) { s.Span = slot(t, "08 09:00") })
		}, []string{"10 16:00"}},
		{"in the one week that it uses up itself", "went through", func(h *house, _ *programme.SessionForm) {
			h.publishes("expert", func(o *programme.Offer) { o.PerWeek = 1 })
		}, []string{"10 16:00"}},
		{"when the expert is busy elsewhere", "conflict time1 error.time_not_offered", func(h *house, _ *programme.SessionForm) {
			h.write(func(tx programme.Tx) error { return tx.SetBusy("expert", []programme.Span{slot(t, "10 16:00")}) })
		}, []string{"10 16:00"}},
		{"another's", "conflict time1 error.time_not_offered", func(h *house, _ *programme.SessionForm) {
			h.requests("atsugi", h.requestFor("theirs", "10 16:00"))
		}, []string{"10 16:00"}},
		{"on site, which is not offered", "invalid mode error.request_mode", func(h *house, f *programme.SessionForm) {
			h.publishes("expert", func(o *programme.Offer) { o.OnSite, o.Place = false, "" })
			f.Mode = programme.ModeOnSite
		}, []string{"10 16:00"}},
		{"of an expert who offers none to them now", "not_found error.offer_gone", func(h *house, _ *programme.SessionForm) {
			h.person("expert", func(p *programme.Person) { p.Pledged = "" })
		}, []string{"10 16:00"}},
		{"the session as it was before", "conflict error.session_changed", func(_ *house, f *programme.SessionForm) { f.Version-- }, []string{"10 16:00"}},
	} {
		for _, expertAnswered := range []bool{false, true} {
			h := newHouse(t)
			h.publishes("expert", nil)
			s := h.requests("other-atsugi", h.requestFor("op", "10 14:00"))
			if expertAnswered {
				s = h.proposes("expert", h.instead(s, "10 13:00", "18 20:00"))
			}
			f := h.instead(s, c.clocks...)
			if c.set != nil {
				c.set(h, &f)
			}
			got, err := h.ProposeTimes(t.Context(), programme.As("other-atsugi"), f)
			refused(t, fmt.Sprintf("%s, in answer %v", c.rule, expertAnswered), err, c.want)
			if c.want != "went through" {
				continue
			}
			if got.Proposal.By != "other-atsugi" || len(got.Proposal.Spans) != len(c.clocks) {
				t.Errorf("%s: %+v", c.rule, got)
			}
			if twice := h.proposes("other-atsugi", f); twice.Version != got.Version {
				t.Errorf("%s: sent again it became %+v", c.rule, twice)
			}
		}
	}
}

// TestWhoElseNamesTimesForARequest is bound to no offer: the expert and the office on
// behalf of either, also once the two agreed on a time; the atsugi then, where times are
// published no longer.
func TestWhoElseNamesTimesForARequest(t *testing.T) {
	agreed := func(h *house, s programme.Session) { h.picks("expert", s, "10 14:00") }
	for _, c := range []struct {
		rule        string
		who, behalf programme.PersonID
		before      func(*house, programme.Session)
	}{
		{"the expert", "expert", "", nil},
		{"the office for them", "office", "expert", nil},
		{"the office for atsugi", "office", "other-atsugi", nil},
		{"the expert of an agreed one", "expert", "", agreed},
		{"the office for atsugi of an agreed one", "office", "other-atsugi", agreed},
		{"the atsugi, where the office brings people together", "other-atsugi", "", func(h *house, s programme.Session) {
			agreed(h, s)
			h.Settings.Sessions.Offering = programme.OfferingOffice
		}},
	} {
		h := newHouse(t)
		h.publishes("expert", nil)
		s := h.requests("other-atsugi", h.requestFor("op", "10 14:00"))
		if c.before != nil {
			c.before(h, s)
		}
		f := h.instead(h.session(s.ID), "12 07:00")
		f.For, f.Reason = c.behalf, "都合"
		if got := h.proposes(c.who, f); !got.Proposal.Spans[0].Same(slot(t, "12 07:00")) {
			t.Errorf("%s: %+v", c.rule, got)
		}
	}
}

// TestToWhatAtsugiMoveWhatTheyAskedForIsPublished: in place of the agreed time, too, they
// choose from what they could ask for now, within the expert's own limit of the week. Where
// they meet is not theirs to say there.
func TestToWhatAtsugiMoveWhatTheyAskedForIsPublished(t *testing.T) {
	another := func(h *house) {
		h.publishes("expert", func(o *programme.Offer) {
			o.PerWeek = 1
			o.Hours.Single = append(o.Hours.Single, slot(t, "17 14:00"))
		})
		h.kept("another", func(s *programme.Session) { s.Span = slot(t, "15 09:00") })
	}
	for _, c := range []struct {
		rule, want string
		set        func(*house)
		clocks     []string
	}{
		{"a published time", "went through", nil, []string{"10 16:00"}},
		{"one that touches the agreed one, and two more", "went through", nil, []string{"10 13:00", "10 14:30", "10 16:00"}},
		{"the agreed one", "invalid time1 error.time_agreed", nil, []string{"10 14:00"}},
		{"in the night", "conflict time2 error.time_not_offered", nil, []string{"10 16:00", "11 03:00"}},
		{"in another week that is full for the expert", "conflict time1 error.time_not_offered", another, []string{"17 14:00"}},
		{"in the week that it uses up itself", "went through", another, []string{"10 16:00"}},
	} {
		for _, accepts := range []bool{false, true} {
			h := newHouse(t)
			h.publishes("expert", func(o *programme.Offer) { o.Accepts = accepts })
			s := h.requests("other-atsugi", h.requestFor("op", "10 14:00"))
			if !accepts {
				s = h.picks("expert", s, "10 14:00")
			}
			if c.set != nil {
				c.set(h)
			}
			f := h.instead(s, c.clocks...)
			f.Reason, f.URL = "都合", "https://example.jp/elsewhere"
			got, err := h.ProposeTimes(t.Context(), programme.As("other-atsugi"), f)
			refused(t, fmt.Sprintf("%s, agreed at once %v", c.rule, accepts), err, c.want)
			if c.want == "went through" && (got.State != programme.SessionBooked || got.Proposal.URL != s.URL || s.URL == "" || len(got.Proposal.Spans) != len(c.clocks)) {
				t.Errorf("%s: %+v", c.rule, got)
			}
		}
	}
}

// TestNoAtsugiEmptiesAnExpert: whatever one of them asks for and then names in the night,
// in three weeks at once, others have the times that one request a week leaves.
func TestNoAtsugiEmptiesAnExpert(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", func(o *programme.Offer) {
		o.PerWeek = 2
		o.Hours = programme.Hours{Zone: "Asia/Tokyo"}
		for day := range time.Saturday + 1 {
			o.Hours.Weekly = append(o.Hours.Weekly, programme.WeeklyTime{Day: day, From: 18 * 60, Until: 21 * 60})
		}
	})
	free := func(who programme.PersonID) []programme.Span {
		t.Helper()
		times, err := h.OfferedTimes(t.Context(), programme.As(who), "expert")
		must(t, err)
		return times
	}
	for i := range 3 {
		times := free("other-atsugi")
		s := h.requests("other-atsugi", programme.RequestForm{
			Op: fmt.Sprint("op", i), Mentor: "expert", Start: times[len(times)-1].From, Mode: programme.ModeOnline, Topic: "壁打ち",
		})
		f := again(h.timesForm("nights", ""), s)
		for week := range 3 {
			from := slot(t, "07 03:00").From.AddDate(0, 0, 7*week+i)
			f.Spans = append(f.Spans, programme.Span{From: from, Until: from.Add(time.Hour)})
		}
		_, err := h.ProposeTimes(t.Context(), programme.As("other-atsugi"), f)
		refused(t, "nights", err, "conflict time1 error.time_not_offered")
	}
	weeks := map[int]bool{}
	for _, x := range free("atsugi") {
		_, week := x.From.In(tokyo).ISOWeek()
		weeks[week] = true
	}
	if len(weeks) < 3 {
		t.Errorf("others have times in %d weeks", len(weeks))
	}
}

// TestWhatAtsugiCanChooseInstead: all that is offered them now, their request's own time,
// too, without the expert's room.
func TestWhatAtsugiCanChooseInstead(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", nil)
	s := h.requests("other-atsugi", h.requestFor("op", "10 14:00"))
	h.requests("atsugi", h.requestFor("theirs", "10 16:00"))
	line, times, err := h.TimesInstead(t.Context(), programme.As("other-atsugi"), s.ID)
	must(t, err)
	var got []string
	for _, x := range times {
		got = append(got, x.From.In(tokyo).Format("15:04"))
	}
	// The other's hour is from four, and the expert's half an hour after each.
	if want := []string{"13:00", "13:30", "14:00", "14:30"}; !slices.Equal(got, want) {
		t.Errorf("from %v, want %v", got, want)
	}
	if line.Offer.URL != "" || line.Offer.Place != "公民館" || line.Person.ID != "expert" || line.Person.Email != "" {
		t.Errorf("the expert as they see them: %+v", line)
	}
	for _, who := range cast {
		if who == "other-atsugi" {
			continue
		}
		if _, times, err := h.TimesInstead(t.Context(), programme.As(who), s.ID); err == nil {
			t.Errorf("%s chooses from %v", who, times)
		}
	}
	s = h.picks("expert", s, "10 14:00")
	_, agreed, err := h.TimesInstead(t.Context(), programme.As("other-atsugi"), s.ID)
	must(t, err)
	if len(agreed) != len(times)-1 || slices.ContainsFunc(agreed, slot(t, "10 14:00").Same) {
		t.Errorf("in place of the agreed time they choose from %v", agreed)
	}
	v, err := h.SessionPage(t.Context(), programme.As("other-atsugi"), s.ID)
	if err != nil || !v.Published {
		t.Errorf("their page: %+v (%v)", v, err)
	}
	must(t, h.CancelSession(t.Context(), programme.As("other-atsugi"), s.ID, s.Version, "都合"))
	_, _, err = h.TimesInstead(t.Context(), programme.As("other-atsugi"), s.ID)
	refused(t, "once it is called off", err, "not_found error.session_gone")
}

// TestAnExpertsRoomIsForWhoAgreedOnATime: who asked for one, whatever became of it, is not
// told the way into it, nor by what an answer or a message shows.
func TestAnExpertsRoomIsForWhoAgreedOnATime(t *testing.T) {
	const room = "https://example.jp/expert"
	for _, c := range []struct {
		rule   string
		atsugi bool
		do     func(*house, programme.Session)
	}{
		{"asked for", false, func(*house, programme.Session) {}},
		{"answered", false, func(h *house, s programme.Session) {
			f := h.instead(s, "11 14:00")
			f.URL = room
			h.proposes("expert", f)
		}},
		{"named again", false, func(h *house, s programme.Session) {
			if got := h.proposes("other-atsugi", h.instead(s, "10 16:00")); got.URL+got.Proposal.URL != "" {
				t.Errorf("the answer has the room: %+v", got)
			}
		}},
		{"declined", false, func(h *house, s programme.Session) {
			must(t, h.DeclineTimes(t.Context(), programme.As("expert"), s.ID, s.Proposal.At, "都合"))
		}},
		{"taken back", false, func(h *house, s programme.Session) {
			must(t, h.CancelSession(t.Context(), programme.As("other-atsugi"), s.ID, s.Version, "都合"))
		}},
		{"of an expert who left", false, func(h *house, _ programme.Session) { h.becomesSupporter("expert") }},
		{"gone by", false, func(h *house, _ programme.Session) { h.now = slot(t, "10 14:00").From }},
		{"agreed on", true, func(h *house, s programme.Session) { h.picks("expert", s, "10 14:00") }},
		{"agreed on and called off", true, func(h *house, s programme.Session) {
			s = h.picks("expert", s, "10 14:00")
			must(t, h.CancelSession(t.Context(), programme.As("other-atsugi"), s.ID, s.Version, "都合"))
		}},
	} {
		h := newHouse(t)
		h.publishes("expert", nil)
		s := h.requests("other-atsugi", h.requestFor("op", "10 14:00"))
		if s.URL+s.Proposal.URL != "" {
			t.Errorf("the answer to a request has the room: %+v", s)
		}
		c.do(h, s)
		knows := map[programme.PersonID]bool{"other-atsugi": c.atsugi, "expert": c.rule != "of an expert who left", "office": true, "bureau": false}
		for who, want := range knows {
			list, err := h.Sessions(t.Context(), programme.As(who))
			if who == "expert" && !want {
				continue // for whom there are none any more
			}
			must(t, err)
			if v := list[0]; (v.URL+v.Proposal.URL != "") != want {
				t.Errorf("%s: %s knows the room: %q %q", c.rule, who, v.URL, v.Proposal.URL)
			}
		}
		_, told := h.notice(programme.NoticeSessionProposed, s.ID, programme.ToPerson("other-atsugi"), programme.ProposalOccasion(s.Proposal))
		if (told.Session.URL+told.Session.Proposal.URL != "") != c.atsugi {
			t.Errorf("%s: a message has the room: %+v", c.rule, told.Session)
		}
	}
}

// TestWhereTheyMeetIsTheExperts: an atsugi who names other times keeps the room that they
// cannot see, and what their form says instead is nothing.
func TestWhereTheyMeetIsTheExperts(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", nil)
	s := h.requests("other-atsugi", h.requestFor("op", "10 14:00"))
	for _, c := range []struct {
		mode       programme.SessionMode
		url, place string
	}{
		{programme.ModeOnline, "https://example.jp/expert", ""},
		{programme.ModeOnSite, "", "公民館"},
		{programme.ModeOnline, "https://example.jp/expert", ""},
	} {
		f := h.instead(h.session(s.ID), "10 16:00")
		f.Mode, f.Place, f.URL = c.mode, "自宅", "https://example.jp/elsewhere"
		h.proposes("other-atsugi", f)
		if got := h.session(s.ID); got.Mode != c.mode || got.URL != c.url || got.Place != c.place || got.Proposal.URL != c.url || got.Proposal.Place != c.place {
			t.Errorf("they would meet %+v", got)
		}
	}
	h.proposes("expert", func() programme.SessionForm {
		f := h.instead(h.session(s.ID), "12 10:00")
		f.Mode, f.Place = programme.ModeOnSite, "専門家の工房"
		return f
	}())
	f := h.instead(h.session(s.ID), "10 16:00")
	f.Mode = programme.ModeOnSite
	if got := h.proposes("other-atsugi", f); got.Place != "専門家の工房" {
		t.Errorf("in answer to the expert, they would meet at %q", got.Place)
	}
}

// TestWhoKnowsWhereAnExpertMeetsPeople: the place, who can ask them for a time; the address
// online, they themself and the office.
func TestWhoKnowsWhereAnExpertMeetsPeople(t *testing.T) {
	const both, place = "公民館 https://example.jp/expert", "公民館 "
	h := newHouse(t)
	h.publishes("expert", nil)
	want := map[programme.PersonID]string{"expert": both, "office": both, "atsugi": place, "other-atsugi": place}
	rooms := func(who programme.PersonID) string {
		place, url, err := h.Rooms(t.Context(), programme.As(who), "expert")
		if _, refused := programme.AsError(err); err != nil && !refused {
			t.Errorf("%s: %v", who, err)
		}
		if err != nil || place+url == "" {
			return ""
		}
		return place + " " + url
	}
	for _, who := range cast {
		if got := rooms(who); got != want[who] {
			t.Errorf("%s: %q, want %q", who, got, want[who])
		}
	}
	h.publishes("expert", func(o *programme.Offer) { o.Everyone = false })
	if got := rooms("other-atsugi"); got != "" {
		t.Errorf("who cannot ask them: %q", got)
	}
	h.Settings.Sessions.Offering = programme.OfferingOffice
	if got := rooms("expert"); got != "" {
		t.Errorf("where nothing is published: %q", got)
	}
	if place, url, err := h.Rooms(t.Context(), programme.As("atsugi"), "other-expert"); place+url != "" || err != nil {
		t.Errorf("of who published nothing: %q %q %v", place, url, err)
	}
}
