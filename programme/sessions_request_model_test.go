package programme_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tsugite/programme"
)

// TestFormsAndRequestsNeverShareAMinute: whatever forms two atsugi open, leave open for too
// long, close and send to two experts, who answer, a time is theirs exactly when nobody
// else has a minute of it; what is kept is what was agreed on, asked for, or is in an open
// form, and no more. What the database keeps is counted in its five minutes.
func TestFormsAndRequestsNeverShareAMinute(t *testing.T) {
	h := openHouse(t)
	h.Settings.Sessions.PerAtsugi, h.Settings.Sessions.Most, h.Settings.Sessions.PerWeek = 1e6, 1e6, 1e6
	runs := 0
	rapid.Check(t, func(rt *rapid.T) {
		runs++
		m := newFormsModel(h, rt, runs)
		for range rapid.IntRange(5, 25).Draw(rt, "steps") {
			rapid.SampledFrom([]func(){m.opens, m.opens, m.opens, m.closes, m.sends, m.sends, m.sends, m.answers, m.passes}).Draw(rt, "step")()
			m.check()
		}
	})
}

type formsModel struct {
	*house
	rt      *rapid.T
	ops     int
	run     int
	atsugi  []programme.PersonID
	experts []programme.Offer
	forms   []keptForm // that keep a time, as far as the test knows
	asked   []programme.Session
	begin   time.Time
}

// keptForm is a form that is open, and what it keeps.
type keptForm struct {
	op     string
	atsugi programme.PersonID
	offer  programme.Offer
	start  time.Time
	until  time.Time
}

func newFormsModel(h *house, rt *rapid.T, run int) *formsModel {
	h.now = h.now.Truncate(time.Hour).Add(time.Hour)
	m := &formsModel{house: h, rt: rt, run: run, begin: h.now.AddDate(0, 0, 3)}
	for i := range 2 {
		a, e := programme.PersonID(fmt.Sprintf("a%d-%d", i, run)), programme.PersonID(fmt.Sprintf("e%d-%d", i, run))
		m.atsugi = append(m.atsugi, a)
		h.person(a, func(*programme.Person) {})
		h.person(e, func(p *programme.Person) {
			p.Roles, p.Notified, p.Pledged = []programme.Role{programme.Mentor}, "2026-06-01", "2026-06-01"
		})
		offer := programme.Offer{
			Mentor: e, Online: true, Everyone: true, PerWeek: 1e6, Accepts: rapid.Bool().Draw(rt, "agrees at once"),
			Length: rapid.SampledFrom(programme.SessionLengths).Draw(rt, "length"),
			Buffer: time.Duration(rapid.IntRange(0, 6).Draw(rt, "buffer")) * programme.Grid,
			Hours:  programme.Hours{Zone: "Asia/Tokyo", Single: []programme.Span{{From: m.begin, Until: m.begin.Add(3 * time.Hour)}}},
		}
		h.write(func(tx programme.Tx) error { return tx.SaveOffer(offer) })
		m.experts = append(m.experts, offer)
	}
	return m
}

// wish is a time of somebody's, now and then one that is not published.
func (m *formsModel) wish() keptForm {
	return keptForm{
		atsugi: rapid.SampledFrom(m.atsugi).Draw(m.rt, "atsugi"), offer: rapid.SampledFrom(m.experts).Draw(m.rt, "expert"),
		start: m.begin.Add(time.Duration(rapid.IntRange(0, 12).Draw(m.rt, "quarter")) * 15 * time.Minute),
	}
}

// takes is what the time takes of the two.
func (f keptForm) takes() map[programme.PersonID]programme.Span {
	until := f.start.Add(f.offer.Length)
	return map[programme.PersonID]programme.Span{f.atsugi: {From: f.start, Until: until}, f.offer.Mentor: {From: f.start, Until: until.Add(f.offer.Buffer)}}
}

// standing are all times that are taken, as if each had come from a form; those that open
// forms keep have an op.
func (m *formsModel) standing() []keptForm {
	m.forms = slices.DeleteFunc(m.forms, func(f keptForm) bool { return !m.now.Before(f.until) })
	out := slices.Clone(m.forms)
	for _, s := range m.asked {
		at := s.Span
		if s.State == programme.SessionOpen {
			at = s.Proposal.Spans[0]
		}
		if s.State != programme.SessionCancelled {
			out = append(out, keptForm{atsugi: s.Atsugi, offer: m.offerOf(s.Mentor), start: at.From})
		}
	}
	return out
}

func (m *formsModel) offerOf(e programme.PersonID) programme.Offer {
	return m.experts[slices.IndexFunc(m.experts, func(o programme.Offer) bool { return o.Mentor == e })]
}

// free says whether the time is to be had: published, and nothing of it taken but by forms
// of the same atsugi.
func (m *formsModel) free(f keptForm) bool {
	from := f.start.Sub(m.begin)
	if from%(30*time.Minute) != 0 || from+f.offer.Length > 3*time.Hour {
		return false
	}
	wanted := f.takes()
	for _, x := range m.standing() {
		if x.op != "" && x.atsugi == f.atsugi {
			continue
		}
		for who, span := range x.takes() {
			if mine, both := wanted[who]; both && mine.Overlaps(span) {
				return false
			}
		}
	}
	return true
}

// often says whether the atsugi asked the expert three times already: all of it is one day.
func (m *formsModel) often(f keptForm) bool {
	n := 0
	for _, s := range m.asked {
		if s.Atsugi == f.atsugi && s.Mentor == f.offer.Mentor {
			n++
		}
	}
	return n >= 3
}

// outcome checks that what was asked for went through if and only if it was to be had, and
// says whether it did.
func (m *formsModel) outcome(act string, f keptForm, err error) bool {
	free, often := m.free(f), m.often(f)
	var ok bool
	switch {
	case often:
		ok = refusedWith(err, "error.request_often_expert")
	case free:
		ok = err == nil
	default:
		ok = refusedWith(err, "error.time_taken_next")
	}
	if !ok {
		m.rt.Fatalf("%s %s at %v of %s: free is %t, often %t, and it says %v; %+v stand", act, f.atsugi, f.start, f.offer.Mentor, free, often, err, m.standing())
	}
	return err == nil
}

func (m *formsModel) opens() {
	f := m.wish()
	m.ops++
	f.op, f.until = fmt.Sprintf("op %d %d", m.run, m.ops), m.now.Add(programme.HoldFor)
	for _, x := range m.standing() { // another form for some of the same time prolongs nothing
		if x.op != "" && x.atsugi == f.atsugi && x.takes()[f.atsugi].Overlaps(f.takes()[f.atsugi]) && x.until.Before(f.until) {
			f.until = x.until
		}
	}
	err := m.HoldTime(m.t.Context(), programme.As(f.atsugi), f.op, f.offer.Mentor, f.start)
	if m.outcome("opens", f, err) {
		m.forms = append(slices.DeleteFunc(m.forms, func(x keptForm) bool { return x.atsugi == f.atsugi }), f)
	}
}

func (m *formsModel) closes() {
	if len(m.forms) == 0 {
		return
	}
	f := rapid.SampledFrom(m.forms).Draw(m.rt, "closed")
	by := rapid.SampledFrom(m.atsugi).Draw(m.rt, "by")
	must(m.rt, m.FreeTime(m.t.Context(), programme.As(by), f.op))
	if by == f.atsugi {
		m.forms = slices.DeleteFunc(m.forms, func(x keptForm) bool { return x.op == f.op })
	}
}

// sends asks for a time: that of a form, which may be open for too long, or another.
func (m *formsModel) sends() {
	f := m.wish()
	m.ops++
	f.op = fmt.Sprintf("op %d %d", m.run, m.ops)
	if len(m.forms) > 0 && rapid.Bool().Draw(m.rt, "of an open form") {
		f = rapid.SampledFrom(m.forms).Draw(m.rt, "form")
	}
	s, err := m.RequestSession(m.t.Context(), programme.As(f.atsugi), programme.RequestForm{
		Op: f.op, Mentor: f.offer.Mentor, Start: f.start, Mode: programme.ModeOnline, Topic: "壁打ち",
	})
	if !m.outcome("sends", f, err) {
		return
	}
	m.forms = slices.DeleteFunc(m.forms, func(x keptForm) bool {
		mine, expert := f.takes(), x.offer.Mentor
		return x.atsugi == f.atsugi && (x.op == f.op || x.takes()[x.atsugi].Overlaps(mine[f.atsugi]) || x.takes()[expert].Overlaps(mine[expert]))
	})
	if (s.State == programme.SessionBooked) != f.offer.Accepts {
		m.rt.Fatalf("asked for %+v", s)
	}
	m.asked = append(m.asked, s)
}

// answers has an expert agree to a request or decline it.
func (m *formsModel) answers() {
	i := slices.IndexFunc(m.asked, func(s programme.Session) bool { return s.State == programme.SessionOpen })
	if i < 0 {
		return
	}
	s, expert := m.asked[i], programme.As(m.asked[i].Mentor)
	if rapid.Bool().Draw(m.rt, "agrees") {
		_, err := m.PickTime(m.t.Context(), expert, s.ID, s.Proposal.At, s.Proposal.Spans[0].From, "")
		must(m.rt, err)
	} else {
		must(m.rt, m.DeclineTimes(m.t.Context(), expert, s.ID, s.Proposal.At, ""))
	}
	m.asked[i] = m.session(s.ID)
}

func (m *formsModel) passes() {
	m.now = m.now.Add(time.Duration(rapid.IntRange(1, 6).Draw(m.rt, "minutes")) * time.Minute)
}

// check compares what is kept with what stands, by five minutes.
func (m *formsModel) check() {
	want, got := map[string]bool{}, map[string]bool{}
	cells := func(of map[string]bool, who programme.PersonID, s programme.Span, kind string) {
		for at := s.From; at.Before(s.Until); at = at.Add(programme.Grid) {
			cell := fmt.Sprint(who, " ", at.Sub(m.begin))
			if of[cell+" form"] || of[cell+" session"] {
				m.rt.Fatalf("%s is in two places", cell)
			}
			of[cell+" "+kind] = true
		}
	}
	for _, x := range m.standing() {
		kind := "session"
		if x.op != "" {
			kind = "form"
		}
		for who, span := range x.takes() {
			cells(want, who, span, kind)
		}
	}
	m.read(func(tx programme.Tx) error {
		for _, who := range append(slices.Clone(m.atsugi), m.experts[0].Mentor, m.experts[1].Mentor) {
			times, err := tx.Occupied(who, programme.Span{From: m.now, Until: m.now.AddDate(0, 1, 0)})
			if err != nil {
				return err
			}
			for _, o := range times {
				switch {
				case o.Until.IsZero():
					cells(got, who, o.Span, "session")
				case o.Until.After(m.now):
					cells(got, who, o.Span, "form")
				}
			}
		}
		return nil
	})
	for cell := range want {
		if !got[cell] {
			m.rt.Fatalf("%s is not kept", cell)
		}
	}
	for cell := range got {
		if !want[cell] {
			m.rt.Fatalf("%s is kept for nothing", cell)
		}
	}
}
