package programme_test

import (
	"slices"
	"testing"
	"time"

	"tsugite/programme"
)

// waits puts somebody among those who wait for the expert, a minute later than before.
func (h *house) waits(who programme.PersonID) {
	h.t.Helper()
	h.now = h.now.Add(time.Minute)
	must(h.t, h.WaitFor(h.t.Context(), programme.As(who), "expert"))
}

// tells has those told who wait, and says who was, in order, and whether anybody waits on.
func (h *house) tells() (told []programme.Recipient, waiting bool) {
	h.t.Helper()
	waiting, err := h.TellWaiting(h.t.Context())
	must(h.t, err)
	h.read(func(tx programme.Tx) error {
		ds, err := tx.Deliveries(programme.Pending, 100)
		for _, d := range slices.Backward(ds) {
			if d.Kind == programme.NoticeSessionFree && d.Op == programme.OpPost {
				told = append(told, d.To)
			}
		}
		return err
	})
	return told, waiting
}

func (h *house) waiters() (out []programme.Wait) {
	h.t.Helper()
	h.read(func(tx programme.Tx) (err error) {
		out, err = tx.Waits()
		return err
	})
	return out
}

// full has the expert publish nothing, freed their afternoon.
func (h *house) full() {
	h.t.Helper()
	h.publishes("expert", func(o *programme.Offer) { o.Hours.Single = nil })
}

func (h *house) freed() {
	h.t.Helper()
	h.publishes("expert", func(o *programme.Offer) { o.Hours.Single = []programme.Span{afternoon(h.t, "10")} })
}

// TestWhoWaitsIsToldOnceInOrder: when the expert has time, and not before; who was told
// can wait again.
func TestWhoWaitsIsToldOnceInOrder(t *testing.T) {
	h := newHouse(t)
	h.full()
	h.waits("other-atsugi")
	h.waits("atsugi")
	h.waits("other-atsugi") // keeps their place
	if told, waiting := h.tells(); len(told) > 0 || !waiting {
		t.Errorf("told %v, waiting %t", told, waiting)
	}
	h.freed()
	for range 2 {
		told, waiting := h.tells()
		if !slices.Equal(told, []programme.Recipient{"p:other-atsugi", "p:atsugi"}) || waiting {
			t.Errorf("told %v, waiting %t", told, waiting)
		}
	}
	if said := h.deliver(); !slices.Equal(said, []string{"session.free p:atsugi", "session.free p:other-atsugi"}) {
		t.Errorf("told: %v", said)
	}
	h.full()
	h.waits("atsugi")
	if told, waiting := h.tells(); len(told) > 0 || !waiting {
		t.Errorf("told %v, waiting %t", told, waiting)
	}
	h.freed()
	if told, waiting := h.tells(); !slices.Equal(told, []programme.Recipient{"p:atsugi"}) || waiting {
		t.Errorf("told again %v, waiting %t", told, waiting)
	}
	trail := h.trail()
	if want := "session.wait expert"; trail[0] != want || len(trail) != 3 {
		t.Errorf("the trail says %v", trail)
	}
}

// TestAWaitEnds: by asking for a time, by stopping, and after 90 days; then nobody is told.
func TestAWaitEnds(t *testing.T) {
	for _, c := range []struct {
		rule string
		ends func(*house)
	}{
		{"asked for a time", func(h *house) { h.freed(); h.requests("atsugi", h.requestFor("op", "10 14:00")) }},
		{"stopped", func(h *house) { must(h.t, h.StopWaiting(h.t.Context(), programme.As("atsugi"), "expert")); h.freed() }},
		{"waited for 90 days", func(h *house) {
			h.now = h.now.AddDate(0, 0, 90).Add(time.Second)
			h.publishes("expert", func(o *programme.Offer) {
				o.Hours.Single = []programme.Span{{From: h.now.AddDate(0, 0, 5).Truncate(time.Hour), Until: h.now.AddDate(0, 0, 6).Truncate(time.Hour)}}
			})
			_, _ = h.tells()
		}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := newHouse(t)
			h.full()
			h.waits("atsugi")
			c.ends(h)
			if told, waiting := h.tells(); len(told) > 0 || waiting || len(h.waiters()) > 0 {
				t.Errorf("told %v, waiting %t: %v", told, waiting, h.waiters())
			}
		})
	}
	h := newHouse(t)
	h.full()
	h.waits("atsugi")
	h.now = h.now.AddDate(0, 0, 90)
	if _, waiting := h.tells(); !waiting {
		t.Error("waits no more after 90 days to the second")
	}
	must(t, h.StopWaiting(t.Context(), programme.As("other-atsugi"), "expert")) // who never did
	if len(h.waiters()) != 1 {
		t.Errorf("somebody else stopped: %v", h.waiters())
	}
}

// TestWhatIsGoneAgainIsNotTold: who was to be told, and was not, is when there is time again.
func TestWhatIsGoneAgainIsNotTold(t *testing.T) {
	h := newHouse(t)
	h.full()
	h.waits("atsugi")
	h.freed()
	h.tells()
	h.full()
	if said := h.deliver(); len(said) > 0 {
		t.Errorf("told: %v", said)
	}
	if told, waiting := h.tells(); len(told) > 0 || !waiting {
		t.Errorf("told %v, waiting %t", told, waiting)
	}
	h.freed()
	h.tells()
	if said := h.deliver(); !slices.Equal(said, []string{"session.free p:atsugi"}) {
		t.Errorf("told: %v", said)
	}
	h.full()
	h.tells()
	h.freed()
	h.tells()
	if said := h.deliver(); len(said) > 0 {
		t.Errorf("told twice: %v", said)
	}
}

// TestOnlyTimeThatOneCanHaveIsTold: not what others keep, what is at the time of something
// else, or what is not open to them any more.
func TestOnlyTimeThatOneCanHaveIsTold(t *testing.T) {
	for _, c := range []struct {
		rule string
		then func(*house)
	}{
		{"another form keeps it", func(h *house) {
			h.publishes("expert", func(o *programme.Offer) { o.Hours.Single = []programme.Span{slot(h.t, "10 14:00")} })
			must(h.t, h.holds("atsugi", "op", "10 14:00"))
		}},
		{"they have a session then", func(h *house) {
			form := h.timesForm("op", "", "10 14:30")
			form.Atsugi, form.Mentor = "other-atsugi", "other-expert"
			h.books(form)
			h.publishes("expert", func(o *programme.Offer) { o.Hours.Single = []programme.Span{slot(h.t, "10 14:00")} })
		}},
		{"the expert is for their own now", func(h *house) {
			h.freed()
			h.publishes("expert", func(o *programme.Offer) { o.Everyone = false })
		}},
		{"the expert is no longer admitted", func(h *house) {
			h.freed()
			h.person("expert", func(p *programme.Person) { p.Pledged = "" })
		}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := newHouse(t)
			h.full()
			h.waits("other-atsugi")
			c.then(h)
			if told, waiting := h.tells(); len(told) > 0 || !waiting {
				t.Errorf("told %v, waiting %t", told, waiting)
			}
		})
	}
}

// TestWhatWaitersAreShown: whose time it is and which; once they asked, or wait no more,
// nothing can be pressed.
func TestWhatWaitersAreShown(t *testing.T) {
	h := newHouse(t)
	h.full()
	h.waits("atsugi")
	w := h.waiters()[0]
	h.freed()
	look := func() programme.Matter {
		now, again := h.notice(programme.NoticeSessionFree, "expert", programme.ToPerson("atsugi"), programme.WaitOccasion(w))
		if again.Withdrawn != "" {
			t.Errorf("what was sent is withdrawn: %s", again.Withdrawn)
		}
		return now
	}
	m := look()
	if m.Withdrawn != "" || m.Over || m.Expert.ID != "expert" || m.Expert.SlackID != "" || len(m.Times) != 3 || !m.Times[0].Same(slot(t, "10 13:00")) {
		t.Errorf("shown: withdrawn %q, over %t, %+v, %v", m.Withdrawn, m.Over, m.Expert, m.Times)
	}
	h.requests("atsugi", h.requestFor("op", "10 14:00"))
	if m := look(); m.Withdrawn != "answered" || !m.Over || len(m.Times) > 0 {
		t.Errorf("after they asked: withdrawn %q, over %t, %v", m.Withdrawn, m.Over, m.Times)
	}
	h.full()
	h.waits("atsugi")
	first := h.waiters()[0]
	h.freed()
	h.tells()
	h.deliver()
	h.full()
	h.waits("atsugi")
	sent, err := h.Matter(t.Context(), programme.Notice{
		Kind: programme.NoticeSessionFree, Subject: "expert", To: programme.ToPerson("atsugi"), Occasion: programme.WaitOccasion(first),
	}, true)
	must(t, err)
	if !sent.Over || h.pending()["session.free p:atsugi"] != programme.OpUpdate {
		t.Errorf("what they were told before they waited anew: over %t, %v", sent.Over, h.pending())
	}
	w = h.waiters()[0]
	if m := look(); m.Withdrawn != "taken" {
		t.Errorf("without any time: withdrawn %q", m.Withdrawn)
	}
}

// TestWhoMayWait: atsugi, for an expert of whom they may ask for a time.
func TestWhoMayWait(t *testing.T) {
	h := newHouse(t)
	h.publishes("expert", func(o *programme.Offer) { o.Everyone = false })
	for _, c := range []struct {
		who, for_ programme.PersonID
		want      string
	}{
		{"atsugi", "expert", "went through"},
		{"other-atsugi", "expert", "not_found error.offer_gone"},
		{"atsugi", "other-expert", "not_found error.offer_gone"},
		{"expert", "expert", "denied error.denied"},
		{"office", "expert", "denied error.denied"},
		{"bureau", "expert", "denied error.denied"},
		{"supporter", "expert", "denied error.denied"},
	} {
		refused(t, string(c.who)+" for "+string(c.for_), h.WaitFor(t.Context(), programme.As(c.who), c.for_), c.want)
	}
	h.Settings.Sessions.Offering = programme.OfferingOffice
	refused(t, "where the office brings people together", h.WaitFor(t.Context(), programme.As("atsugi"), "expert"), "closed error.offering_office")
	if told, waiting := h.tells(); len(told) > 0 || waiting {
		t.Errorf("there, told %v, waiting %t", told, waiting)
	}
}
