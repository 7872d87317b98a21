package programme_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tsugite/db"
	"tsugite/programme"
)

// TestAnAnnouncementReachesEverybodyOnceUnderAnyOrder plays the office, which stops,
// corrects and recalls, against a courier that is slow, loses answers and dies, and a Slack
// of which this test knows by itself what stands. In the end everybody has the last text
// once, or, after a recall, nobody has anything; no look before sending that is taken after
// the recall lets anything out.
func TestAnAnnouncementReachesEverybodyOnceUnderAnyOrder(t *testing.T) {
	fewer(t, "60")
	rapid.Check(t, func(rt *rapid.T) {
		m := newAnnouncementModel(t, rt)
		rt.Repeat(map[string]func(*rapid.T){
			"claim": m.claim, "draw": m.draw, "send": m.send, "send on": m.send, "die": m.die,
			"stop": m.stop, "go on": m.resume, "correct": m.correct, "recall": m.recall, "acknowledge": m.acknowledge,
			"": m.check,
		})
		m.finish()
	})
}

// queue is the courier's side of the house's database.
func (h *house) queue() *db.DB { return h.Store.(*db.DB) }

// stood is what a recipient has in Slack.
type stood struct {
	posts  int
	stands bool
	text   string
}

// flight is a delivery between claim and settlement.
type flight struct {
	programme.Delivery
	drawn bool
	text  string // as drawn
	gone  string // why it must not go out, as drawn
}

type announcementModel struct {
	*house
	rt      *rapid.T
	store   *db.DB
	id      programme.AnnouncementID
	text    string // the last that the office wrote
	version int
	state   programme.AnnouncementState
	slack   map[programme.Recipient]*stood
	flights []*flight
	to      []programme.Recipient
	n       int
}

func newAnnouncementModel(t *testing.T, rt *rapid.T) *announcementModel {
	h := newHouse(t)
	m := &announcementModel{house: h, rt: rt, store: h.queue(), text: "一", slack: map[programme.Recipient]*stood{}}
	f := programme.AnnouncementForm{
		Op: "draft", Title: programme.Text{Ja: "お知らせ"}, Body: programme.Text{Ja: m.text}, Direct: true, Acknowledge: true,
		Channels: []programme.Purpose{programme.ChannelAnnounce},
		To:       programme.AnnouncementAudience{Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi, programme.Mentor}}},
	}
	a := h.send(f)
	m.id, m.version, m.state = a.ID, a.Version, programme.AnnouncementSending
	m.to = []programme.Recipient{"c:announce"}
	for _, p := range []programme.PersonID{"atsugi", "other-atsugi", "expert", "other-expert", "unpledged", "senior"} {
		m.to = append(m.to, programme.ToPerson(p))
	}
	for _, r := range m.to {
		m.slack[r] = &stood{}
	}
	return m
}

// send makes a draft of the form and sends it as the office.
func (h *house) send(f programme.AnnouncementForm) programme.Announcement {
	h.t.Helper()
	ctx, who := context.Background(), programme.As("office")
	a, err := h.SaveAnnouncement(ctx, who, f)
	if err != nil {
		h.t.Fatal(err)
	}
	v, err := h.PreviewAnnouncement(ctx, who, a.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	if a, err = h.SendAnnouncement(ctx, who, f.Op+"/send", a.ID, a.Version, v.Fingerprint); err != nil {
		h.t.Fatal(err)
	}
	return a
}

func (m *announcementModel) must(err error) {
	m.rt.Helper()
	if err != nil {
		m.rt.Fatal(err)
	}
}

func (m *announcementModel) claim(rt *rapid.T) { m.take(rapid.IntRange(1, 4).Draw(rt, "n")) }

func (m *announcementModel) take(n int) int {
	m.now = m.now.Add(time.Second)
	got, err := m.store.Claim(context.Background(), fmt.Sprint("courier", m.n), m.now, time.Minute, n)
	m.must(err)
	for _, d := range got {
		m.flights = append(m.flights, &flight{Delivery: d})
	}
	return len(got)
}

func (m *announcementModel) pick(rt *rapid.T, drawn bool) *flight {
	var fit []*flight
	for _, f := range m.flights {
		if f.drawn == drawn {
			fit = append(fit, f)
		}
	}
	if len(fit) == 0 {
		rt.Skip("nothing is there")
	}
	return fit[rapid.IntRange(0, len(fit)-1).Draw(rt, "which")]
}

func (m *announcementModel) draw(rt *rapid.T) { m.look(m.pick(rt, false)) }

// look does what the courier does before it sends: an unsure post is looked up, others are
// drawn.
func (m *announcementModel) look(f *flight) {
	mine := f.Kind == programme.NoticeAnnouncement
	if f.Unsure && f.Op != programme.OpUpdate && f.SlackTS == "" && mine {
		if s := m.slack[f.To]; s.stands {
			f.SlackTS = "1." + string(f.To)
			if f.Op == programme.OpPost {
				f.Rev = 0
				m.settle(f, programme.Outcome{State: programme.Sent})
				return
			}
		}
		f.Unsure = false
	}
	f.drawn = true
	if f.Op == programme.OpDelete {
		return
	}
	x, err := m.Matter(context.Background(), f.Notice, f.Op == programme.OpUpdate)
	m.must(err)
	f.text, f.gone = x.Announcement.Announcement.Body.Ja, x.Withdrawn
	if m.state == programme.AnnouncementRecalled && mine && f.Op == programme.OpPost && f.gone == "" {
		m.rt.Fatalf("%s goes to %s after the recall", f.ID, f.To)
	}
}

func (m *announcementModel) send(rt *rapid.T) {
	m.perform(m.pick(rt, true), rapid.SampledFrom([]string{"ok", "ok", "ok", "limited", "lost", "accepted"}).Draw(rt, "answer"))
}

// perform is one call to Slack and its outcome, or none that anybody hears of.
func (m *announcementModel) perform(f *flight, answer string) {
	s := m.slack[f.To]
	if s == nil || f.Kind != programme.NoticeAnnouncement { // the coordinator's own
		s = &stood{stands: f.Op != programme.OpPost}
	}
	if f.gone != "" || f.Op == programme.OpDelete && f.SlackTS == "" {
		state := programme.Cancelled
		if f.Op == programme.OpUpdate {
			state = programme.Sent
		}
		m.settle(f, programme.Outcome{State: state, Error: f.gone})
		return
	}
	if answer == "limited" {
		m.settle(f, programme.Outcome{State: programme.Pending, NextAt: m.now.Add(2 * time.Second), GiveBack: true})
		return
	}
	if answer != "lost" {
		m.arrive(f, s)
	}
	if answer != "ok" {
		m.settle(f, programme.Outcome{State: programme.Pending, NextAt: m.now.Add(20 * time.Second), Unsure: f.Op == programme.OpPost})
		return
	}
	f.SlackTS = "1." + string(f.To)
	state := programme.Sent
	if f.Op == programme.OpDelete {
		state = programme.Deleted
	}
	m.settle(f, programme.Outcome{State: state})
}

// arrive is Slack's side.
func (m *announcementModel) arrive(f *flight, s *stood) {
	switch f.Op {
	case programme.OpPost:
		s.posts++
		s.stands, s.text = true, f.text
		if s.posts > 1 {
			m.rt.Fatalf("%s got %s %d times", f.To, f.ID, s.posts)
		}
	case programme.OpUpdate:
		if s.stands {
			s.text = f.text
		}
	case programme.OpDelete:
		s.stands = false
	}
}

func (m *announcementModel) settle(f *flight, o programme.Outcome) {
	o.Delivery, o.SlackID, o.SlackTS = f.Delivery, "D", f.SlackTS
	_, err := m.store.Settle(context.Background(), []programme.Outcome{o})
	m.must(err)
	m.flights = slices.DeleteFunc(m.flights, func(g *flight) bool { return g == f })
}

// die is a kill: what is in hand is nobody's, and some of it arrives all the same.
func (m *announcementModel) die(rt *rapid.T) {
	for _, f := range m.flights {
		if s := m.slack[f.To]; s != nil && f.Kind == programme.NoticeAnnouncement && f.drawn && f.gone == "" &&
			(f.Op != programme.OpDelete || f.SlackTS != "") && rapid.Bool().Draw(rt, "arrives") {
			m.arrive(f, s)
		}
	}
	m.flights = nil
	m.n++
	_, err := m.store.Orphans(context.Background(), m.now.Add(20*time.Second))
	m.must(err)
}

// ended says whether the refusal is one that the state explains.
func (m *announcementModel) ended(err error) {
	m.rt.Helper()
	if e, refused := programme.AsError(err); err != nil && (!refused || e.Code != programme.CodeClosed && e.Code != programme.CodeConflict) {
		m.rt.Fatal(err)
	}
}

func (m *announcementModel) stop(*rapid.T) {
	err := m.StopAnnouncement(context.Background(), programme.As("office"), m.id)
	m.ended(err)
	if err == nil && m.state != programme.AnnouncementRecalled {
		m.state = programme.AnnouncementStopped
	}
	m.reload()
}

func (m *announcementModel) resume(*rapid.T) {
	err := m.ResumeAnnouncement(context.Background(), programme.As("office"), m.id)
	m.ended(err)
	if err == nil {
		m.state = programme.AnnouncementSending
	}
	m.reload()
}

func (m *announcementModel) reload() {
	s, err := m.Announcement(context.Background(), programme.As("office"), m.id)
	m.must(err)
	m.version = s.Announcement.Version
}

func (m *announcementModel) correct(rt *rapid.T) {
	text := m.text + "改"
	_, err := m.CorrectAnnouncement(context.Background(), programme.As("office"), m.id, m.version, programme.Text{Ja: "お知らせ"}, programme.Text{Ja: text})
	m.ended(err)
	if err == nil {
		m.text = text
	}
	m.reload()
}

func (m *announcementModel) recall(rt *rapid.T) {
	if rapid.IntRange(0, 2).Draw(rt, "really") > 0 {
		rt.Skip("not yet")
	}
	m.must(m.RecallAnnouncement(context.Background(), programme.As("office"), m.id))
	m.state = programme.AnnouncementRecalled
}

func (m *announcementModel) acknowledge(*rapid.T) {
	m.ended(m.Acknowledge(context.Background(), programme.As("atsugi"), m.id))
}

func (m *announcementModel) check(*rapid.T) {}

// finish lets a courier in good weather work until nothing is left, and looks at what
// stands.
func (m *announcementModel) finish() {
	if m.state == programme.AnnouncementStopped {
		m.resume(m.rt)
	}
	for quiet := 0; quiet < 3; {
		for len(m.flights) > 0 {
			f := m.flights[0]
			if !f.drawn {
				m.look(f)
			}
			if slices.Contains(m.flights, f) {
				m.perform(f, "ok")
			}
		}
		m.now = m.now.Add(time.Minute)
		if quiet++; m.take(10) > 0 {
			quiet = 0
		}
	}
	s, err := m.Announcement(context.Background(), programme.As("office"), m.id)
	m.must(err)
	for _, to := range m.to {
		got := m.slack[to]
		switch {
		case m.state == programme.AnnouncementRecalled && got.stands:
			m.rt.Errorf("%s still has %q", to, got.text)
		case m.state != programme.AnnouncementRecalled && (!got.stands || got.text != m.text):
			m.rt.Errorf("%s has %q (%v), want %q", to, got.text, got.stands, m.text)
		}
	}
	want := map[programme.ReceiptState]int{programme.ReceiptSent: len(m.to)}
	if m.state == programme.AnnouncementRecalled {
		want = map[programme.ReceiptState]int{}
		for _, to := range m.to {
			if m.slack[to].posts > 0 {
				want[programme.ReceiptDeleted]++
			} else {
				want[programme.ReceiptNot]++
			}
		}
	} else if s.Announcement.State != programme.AnnouncementSent {
		m.rt.Errorf("it is %s", s.Announcement.State)
	}
	for state, n := range want {
		if s.Counts[state] != n {
			m.rt.Errorf("%d are %s, want %d: %v", s.Counts[state], state, n, s.Counts)
		}
	}
}
