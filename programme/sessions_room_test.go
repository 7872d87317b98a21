package programme_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// rooms are the cards in conversations: of which session, and who is in it.
func (h *house) rooms() (out []string) {
	h.t.Helper()
	h.read(func(tx programme.Tx) error {
		for _, state := range programme.DeliveryStates {
			ds, err := tx.Deliveries(state, 1000)
			if err != nil {
				return err
			}
			for _, d := range ds {
				if d.Kind != programme.NoticeSessionRoom {
					continue
				}
				if string(d.To.Room()) != d.Subject || d.To.Person() != "" || d.To.Channel() != "" || d.To.Account() != "" {
					h.t.Errorf("%+v", d.Notice)
				}
				out = append(out, d.Occasion)
			}
		}
		return nil
	})
	return out
}

// edit changes a person of the roster.
func (h *house) edit(id programme.PersonID, change func(*programme.Person)) {
	h.t.Helper()
	h.write(func(tx programme.Tx) error {
		p, err := tx.Person(id)
		if err != nil {
			return err
		}
		change(&p)
		return tx.SavePerson(p)
	})
}

func TestWhoIsInTheConversationOfASession(t *testing.T) {
	coordinators := func(h *house, n int) {
		for i := range n {
			id := programme.PersonID(fmt.Sprintf("office%d", i))
			h.write(func(tx programme.Tx) error {
				return tx.SavePerson(programme.Person{ID: id, Name: string(id), Kana: string(id), SlackID: "U" + string(id),
					Roles: []programme.Role{programme.Coordinator}, Notified: "2026-06-01", Pledged: "2026-06-01"})
			})
		}
	}
	for _, c := range []struct {
		rule  string
		group programme.GroupChat
		house func(*house)
		want  []string
	}{
		{"none unless configured", programme.GroupNone, nil, nil},
		{"the two", programme.GroupTwo, nil, []string{"other-atsugi,expert"}},
		{"and the admitted coordinators who take part", programme.GroupOffice, nil, []string{"other-atsugi,expert,office"}},
		{"no coordinator who is not on Slack", programme.GroupOffice, func(h *house) {
			h.edit("office", func(p *programme.Person) { p.OffSlack = h.now })
		}, []string{"other-atsugi,expert"}},
		{"eight at most", programme.GroupOffice, func(h *house) { coordinators(h, 5) },
			[]string{"other-atsugi,expert,office,office0,office1,office2,office3,office4"}},
		{"none for nine", programme.GroupOffice, func(h *house) { coordinators(h, 6) }, nil},
		{"none without the atsugi", programme.GroupTwo, func(h *house) {
			h.edit("other-atsugi", func(p *programme.Person) { p.SlackID = "" })
		}, nil},
		{"none without the expert", programme.GroupTwo, func(h *house) {
			h.edit("expert", func(p *programme.Person) { p.OffSlack = h.now })
		}, nil},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := newHouse(t)
			h.Settings.Sessions.Group = c.group
			if c.house != nil {
				c.house(h)
			}
			h.books(h.timesForm("op", h.engaged("e").ID, "10 14:00"))
			if diff := cmp.Diff(c.want, h.rooms()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A session has one card in one conversation, whatever becomes of it and of the office: it
// is drawn again.
func TestConversationOfASessionStaysOne(t *testing.T) {
	h := newHouse(t)
	h.Settings.Sessions.Group = programme.GroupOffice
	f := h.timesForm("op", h.engaged("e").ID, "10 14:00")
	s := h.books(f)
	h.write(func(tx programme.Tx) error {
		return tx.SavePerson(programme.Person{ID: "second", Name: "second", SlackID: "Usecond",
			Roles: []programme.Role{programme.Coordinator}, Notified: "2026-06-01", Pledged: "2026-06-01"})
	})
	f = again(f, s)
	f.Spans, f.Reason = []programme.Span{slot(t, "11 10:00")}, "専門家の都合"
	s = h.books(f)
	must(t, h.CancelSession(t.Context(), programme.As("office"), s.ID, s.Version, "大雨のため"))
	if diff := cmp.Diff([]string{"other-atsugi,expert,office"}, h.rooms()); diff != "" {
		t.Error(diff)
	}
	people, err := h.RoomOf(t.Context(), programme.Notice{Kind: programme.NoticeSessionRoom, Subject: string(s.ID), Occasion: h.rooms()[0]})
	var accounts []string
	for _, p := range people {
		accounts = append(accounts, p.SlackID)
	}
	if diff := cmp.Diff([]string{"Uother-atsugi", "Uexpert", "Uoffice"}, accounts); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

// The card has when and where and no word of what about; it does not go out once it says
// what is not so, or somebody in there should not read it. One that stands is drawn again,
// and tells who should not know no more how to get there.
func TestWhatTheConversationOfASessionReads(t *testing.T) {
	const room = "https://example.jp/room"
	for _, c := range []struct {
		rule      string
		house     func(*house)
		withdrawn string
		shows     bool // the way to get there, to those who are in there
		over      bool
	}{
		{"as agreed", func(*house) {}, "", true, false},
		{"called off", func(h *house) {
			must(h.t, h.CancelSession(h.t.Context(), programme.As("office"), h.all()[0].ID, h.all()[0].Version, "大雨のため"))
		}, "cancelled", true, true},
		{"somebody is not on Slack any more", func(h *house) {
			h.edit("other-atsugi", func(p *programme.Person) { p.OffSlack = h.now })
		}, "left", false, false},
		{"a coordinator is none any more", func(h *house) {
			h.edit("office", func(p *programme.Person) { p.Roles = []programme.Role{programme.Supporter} })
		}, "left", false, false},
		{"no conversations are wanted any more", func(h *house) { h.Settings.Sessions.Group = programme.GroupNone }, "left", true, false},
		{"it is over", func(h *house) { h.now = slot(h.t, "10 16:00").From }, "", true, true},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := newHouse(t)
			h.Settings.Sessions.Group = programme.GroupOffice
			f := h.timesForm("op", h.engaged("e").ID, "10 14:00")
			f.URL, f.Topic, f.Bring = room, "価格の言葉", "試作の言葉"
			s := h.books(f)
			c.house(h)
			now, again := h.notice(programme.NoticeSessionRoom, s.ID, programme.ToRoom(s.ID), h.rooms()[0])
			if now.Withdrawn != c.withdrawn || again.Withdrawn != "" || again.Over != c.over {
				t.Errorf("withdrawn %q, want %q; drawn again %q, over %v", now.Withdrawn, c.withdrawn, again.Withdrawn, again.Over)
			}
			v := again.Session
			if (v.URL == room) != c.shows {
				t.Errorf("the room is %q", v.URL)
			}
			if words := v.Topic + v.Bring + v.Avoid + v.Reason + v.Proposal.Reason + v.Last.Reason; words != "" {
				t.Errorf("it tells %q", words)
			}
			if !slices.ContainsFunc(again.Room, func(p programme.Person) bool { return strings.HasPrefix(string(p.ID), "office") }) {
				t.Error("who is in there is not known")
			}
		})
	}
}

// TestConversationOfASessionIsDrawnAgain when somebody in it is of the office no longer, so
// that they read no more how to get there, and when they are again; else it is left alone.
func TestConversationOfASessionIsDrawnAgain(t *testing.T) {
	const room = "https://example.jp/room"
	h := newHouse(t)
	h.Settings.Sessions.Group = programme.GroupOffice
	h.write(func(tx programme.Tx) error {
		return tx.SavePerson(programme.Person{ID: "second", Name: "試験 second", Kana: "second", SlackID: "Usecond",
			Roles: []programme.Role{programme.Coordinator}, Notified: "2026-06-01", Pledged: "2026-06-01"})
	})
	f := h.timesForm("op", h.engaged("e").ID, "10 14:00")
	f.URL = room
	s := h.books(f)
	h.deliver()
	for _, c := range []struct {
		rule, role string
		more       []string
		again      bool
		url        string
	}{
		{"another telephone", "事務局", []string{string(programme.ColPhone), "03-0000-0000"}, false, room},
		{"no coordinator any more", "支援機関", nil, true, ""},
		{"nor as before", "支援機関", []string{string(programme.ColPhone), "03-0000-0001"}, false, ""},
		{"a coordinator again", "事務局", nil, true, room},
		{"whose pledge is taken off", "事務局", []string{string(programme.ColPledged), ""}, true, ""},
	} {
		h.enters("second", c.role, c.more...)
		if d := h.delivery(programme.NoticeSessionRoom, s.ID, programme.ToRoom(s.ID)); (d.State == programme.Pending) != c.again {
			t.Errorf("%s: the card is %s, to %s", c.rule, d.State, d.Op)
		}
		if _, drawn := h.notice(programme.NoticeSessionRoom, s.ID, programme.ToRoom(s.ID), h.rooms()[0]); drawn.Session.URL != c.url {
			t.Errorf("%s: it says %q", c.rule, drawn.Session.URL)
		}
		h.deliver()
	}
}
