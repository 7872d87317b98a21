package programme_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

func TestAddGuestRefuses(t *testing.T) {
	for rule, c := range map[string]struct {
		change func(*programme.Guest)
		want   programme.Code
		field  string
	}{
		"no name":                            {func(g *programme.Guest) { g.Name = " " }, programme.CodeInvalid, "name"},
		"too long a name":                    {func(g *programme.Guest) { g.Name = strings.Repeat("名", 201) }, programme.CodeInvalid, "name"},
		"what is no address":                 {func(g *programme.Guest) { g.Email = "one@" }, programme.CodeInvalid, "email"},
		"what is no number":                  {func(g *programme.Guest) { g.Phone = "=1+1" }, programme.CodeInvalid, "phone"},
		"what is no prefecture":              {func(g *programme.Guest) { g.Prefecture = "火星" }, programme.CodeInvalid, "prefecture"},
		"what is no role":                    {func(g *programme.Guest) { g.Role = "president" }, programme.CodeInvalid, "role"},
		"an answer that guests do not give":  {func(g *programme.Guest) { g.Answer = programme.NotYet }, programme.CodeInvalid, "answer"},
		"online where there is no address":   {func(g *programme.Guest) { g.Answer = programme.Online }, programme.CodeInvalid, "answer"},
		"somebody of the roster":             {func(g *programme.Guest) { g.Email = "ＡＴＳＵＧＩ@example.jp" }, programme.CodeConflict, "email"},
		"somebody who is on the list":        {func(g *programme.Guest) { g.Email = "First@example.jp" }, programme.CodeConflict, "email"},
		"an event that there is not":         {func(g *programme.Guest) { g.Event = "nowhere" }, programme.CodeNotFound, ""},
		"an event that does not take place":  {func(g *programme.Guest) { g.Event = "off" }, programme.CodeClosed, ""},
		"nobody: widths are made the same":   {func(g *programme.Guest) { g.Phone, g.Prefecture = "０２９－０００－００００", "茨城" }, "", ""},
		"nobody: namesakes without address":  {func(g *programme.Guest) { g.Name = "客 first" }, "", ""},
		"nobody: who came without a word":    {func(g *programme.Guest) { g.Event = "over" }, "", ""},
		"nobody: international numbers":      {func(g *programme.Guest) { g.Phone = "+81 29 000 0000" }, "", ""},
		"nobody: who says that they do not ": {func(g *programme.Guest) { g.Answer = programme.No }, "", ""},
	} {
		t.Run(rule, func(t *testing.T) {
			h := newHouse(t)
			h.mail("atsugi")
			e := h.workshop()
			h.sync(with(e, func(e *programme.Event) { e.ID = "off" }),
				with(e, func(e *programme.Event) {
					e.ID, e.Start, e.End = "over", h.now.Add(-2*time.Hour), h.now.Add(-time.Hour)
				}))
			_, err := h.CancelEvent(t.Context(), programme.As("office"), "off", "")
			must(t, err)
			first := guest("first", e.ID)
			first.Email = "first@example.jp"
			_, err = h.AddGuest(t.Context(), programme.As("office"), first)
			must(t, err)
			g := guest("second", e.ID)
			c.change(&g)
			kept, err := h.AddGuest(t.Context(), programme.As("office"), g)
			wantCode(t, err, c.want)
			if refusal, ok := programme.AsError(err); ok && refusal.Field != c.field {
				t.Errorf("beside %q, want %q", refusal.Field, c.field)
			}
			if err == nil && g.Prefecture == "茨城" && (kept.Phone != "029-000-0000" || kept.Prefecture != "茨城県") {
				t.Errorf("kept as %+v", kept)
			}
		})
	}
}

// mail gives people the address id@example.jp.
func (h *house) mail(ids ...programme.PersonID) {
	h.t.Helper()
	h.write(func(tx programme.Tx) error {
		for _, id := range ids {
			p, err := tx.Person(id)
			if err != nil {
				return err
			}
			p.Email = string(id) + "@example.jp"
			if err := tx.SavePerson(p); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestTheSameFormAddsOneGuest(t *testing.T) {
	h := newHouse(t)
	e := h.workshop()
	for range 2 {
		g, err := h.AddGuest(t.Context(), programme.As("office"), guest("op", e.ID))
		if err != nil || g.Version != 1 {
			t.Errorf("%+v: %v", g, err)
		}
	}
	if q := h.line(e.ID); len(q.seated) != 1 {
		t.Errorf("%v come", q.seated)
	}
}

func TestOfTwoWhoChangeAGuestTheSecondLooksAgain(t *testing.T) {
	h := newHouse(t)
	e := h.workshop()
	g, err := h.AddGuest(t.Context(), programme.As("office"), guest("g", e.ID))
	must(t, err)
	first, second := g, g
	first.Note, second.Note = "先", "後"
	if first, err = h.SetGuest(t.Context(), programme.As("office"), first); err != nil || first.Version != 2 {
		t.Errorf("%+v: %v", first, err)
	}
	_, err = h.SetGuest(t.Context(), programme.As("office"), second)
	wantCode(t, err, programme.CodeConflict)
	second.ID = "nobody"
	_, err = h.SetGuest(t.Context(), programme.As("office"), second)
	wantCode(t, err, programme.CodeNotFound)
}

// TestAWaitingGuestKeepsTheirPlaceInTheLine: whatever else of them is changed.
func TestAWaitingGuestKeepsTheirPlaceInTheLine(t *testing.T) {
	h := newHouse(t)
	f := h.form("small")
	f.Capacity = 1
	e, err := h.PutEvent(t.Context(), programme.As("office"), f)
	must(t, err)
	h.answer("atsugi", e.ID, programme.Yes)
	g, err := h.AddGuest(t.Context(), programme.As("office"), guest("g", e.ID))
	must(t, err)
	h.answer("other-atsugi", e.ID, programme.Yes)
	for _, answer := range []programme.Coming{programme.Yes, programme.Waiting} {
		h.now = h.now.Add(time.Minute)
		g.Note, g.Answer = "変更", answer
		if g, err = h.SetGuest(t.Context(), programme.As("office"), g); err != nil || g.Answer != programme.Waiting {
			t.Fatalf("%+v: %v", g, err)
		}
	}
	if q := h.line(e.ID); !slices.Equal(q.waiting, []string{"g", "other-atsugi"}) {
		t.Errorf("the line is %v", q.waiting)
	}
}

func row(n int, cells ...string) programme.RosterRow {
	r := programme.RosterRow{Row: n, Cells: map[programme.Column]string{}}
	for i := 0; i+1 < len(cells); i += 2 {
		r.Cells[programme.Column(cells[i])] = cells[i+1]
	}
	return r
}

// TestImportGuests: whom the rows mean, and what becomes of it. The event is full
// with two.
func TestImportGuests(t *testing.T) {
	set := func(h *house) programme.Event {
		h.mail("atsugi", "senior", "expert")
		f := h.form("event")
		f.Capacity, f.Audience = 2, programme.Audience{Roles: programme.Roles}
		e, err := h.PutEvent(h.t.Context(), programme.As("office"), f)
		must(h.t, err)
		h.answer("expert", e.ID, programme.No)
		g := guest("known", e.ID)
		g.Email, g.Organisation, g.Answer = "known@example.jp", "商工会", programme.No
		_, err = h.AddGuest(h.t.Context(), programme.As("office"), g)
		must(h.t, err)
		return e
	}
	for rule, c := range map[string]struct {
		rows []programme.RosterRow
		want []string // "row what name answer"
		bad  []string // "row column key"
	}{
		"a new guest": {[]programme.RosterRow{row(2, "name", "客")}, []string{"2 add 客 yes"}, nil},
		"the room fills in the order of the file": {
			[]programme.RosterRow{row(2, "name", "一"), row(3, "name", "", "email", "atsugi@example.jp"), row(4, "name", "三")},
			nil, []string{"3 name roster.required"},
		},
		"places go to whoever stands first": {
			[]programme.RosterRow{row(2, "name", "一"), row(3, "name", "試験 atsugi", "email", "atsugi@example.jp"), row(4, "name", "三")},
			[]string{"2 add 一 yes", "3 person 試験 atsugi yes", "4 add 三 waiting"}, nil,
		},
		"somebody of the roster, by address in any width": {
			[]programme.RosterRow{row(2, "name", "別名", "email", "ＳＥＮＩＯＲ@example.jp")}, []string{"2 person 試験 senior yes"}, nil,
		},
		"somebody of the roster, by name where there is no address": {
			[]programme.RosterRow{row(2, "name", "試験senior")}, []string{"2 person 試験 senior yes"}, nil,
		},
		"a namesake of the roster with another address": {
			[]programme.RosterRow{row(2, "name", "試験 senior", "email", "else@example.jp")}, []string{"2 add 試験 senior yes"}, nil,
		},
		"nobody's no becomes a yes": {
			[]programme.RosterRow{row(2, "name", "試験 expert"), row(3, "name", "客 known", "organisation", "商工会")},
			[]string{"2 person 試験 expert no", "3 same 客 known no"}, nil,
		},
		"a guest who is on the list, with news": {
			[]programme.RosterRow{row(2, "name", "客 known", "email", "KNOWN@example.jp", "phone", "03-0000-0000", "kana", "")},
			[]string{"2 change 客 known no"}, nil,
		},
		"the same person twice": {
			[]programme.RosterRow{row(2, "name", "一", "email", "one@example.jp"), row(3, "name", "二", "email", "One@example.jp"), row(4, "name", "一")},
			nil, []string{"3 email roster.twice", "4 name roster.twice"},
		},
		"two of one name with addresses of their own": {
			[]programme.RosterRow{row(2, "name", "一", "email", "one@example.jp"), row(3, "name", "一", "email", "two@example.jp")},
			[]string{"2 add 一 yes", "3 add 一 yes"}, nil,
		},
		"every fault at once": {
			[]programme.RosterRow{row(2, "name", "=1", "email", "x", "phone", "y", "prefecture", "z", "role", "w"), row(3, "name", "一", "role", "アトツギ;支援機関")},
			nil, []string{"2 name roster.formula", "2 prefecture roster.prefecture", "2 email roster.email", "2 phone roster.phone", "2 role roster.role", "3 role guests.one_role"},
		},
	} {
		t.Run(rule, func(t *testing.T) {
			h := newHouse(t)
			e := set(h)
			before := h.line(e.ID)
			dry, err := h.ImportGuests(t.Context(), programme.Operator, e.ID, c.rows, true)
			must(t, err)
			if after := h.line(e.ID); !slices.Equal(before.seated, after.seated) || len(dry.Faults) != len(c.bad) {
				t.Errorf("a dry run left %v, and found %v", after, dry.Faults)
			}
			plan, err := h.ImportGuests(t.Context(), programme.Operator, e.ID, c.rows, false)
			if (err != nil) != (len(c.bad) > 0) {
				t.Fatal(err)
			}
			var bad []string
			for _, f := range plan.Faults {
				bad = append(bad, strings.Join([]string{string(rune('0' + f.Row)), string(f.Column), f.Key}, " "))
			}
			slices.Sort(bad)
			slices.Sort(c.bad)
			if diff := cmp.Diff(c.bad, bad); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.want, planned(plan)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(planned(dry), planned(plan)); diff != "" {
				t.Errorf("the dry run said otherwise: %s", diff)
			}
			// The same list once more changes nothing.
			if again, err := h.ImportGuests(t.Context(), programme.Operator, e.ID, c.rows, false); err == nil && len(again.Add)+len(again.Change) > 0 {
				t.Errorf("again: %v", planned(again))
			}
		})
	}
}

func planned(p programme.GuestPlan) []string {
	var out []string
	say := func(row int, what, name string, answer programme.Coming) {
		out = append(out, string(rune('0'+row))+" "+what+" "+name+" "+string(answer))
	}
	for what, lines := range map[string][]programme.GuestLine{"add": p.Add, "change": p.Change, "same": p.Unchanged} {
		for _, l := range lines {
			say(l.Row, what, l.Guest.Name, l.Guest.Answer)
		}
	}
	for _, l := range p.People {
		say(l.Row, "person", l.Person.Name, l.Answer)
	}
	slices.Sort(out)
	return out
}

// TestContacts: who is told by mail and telephone, by where they can be reached.
func TestContacts(t *testing.T) {
	h := newHouse(t)
	h.write(func(tx programme.Tx) error {
		for _, id := range []programme.PersonID{"atsugi", "supporter", "bureau", "senior"} {
			p, err := tx.Person(id)
			if err != nil {
				return err
			}
			p.Phone = "029-000-0000"
			if id != "atsugi" { // not on Slack
				p.SlackID = ""
			}
			if err := tx.SavePerson(p); err != nil {
				return err
			}
		}
		return nil
	})
	e := h.gathering()
	h.answer("atsugi", e.ID, programme.Yes)
	h.answer("expert", e.ID, programme.Yes) // on Slack, without a number: named all the same
	if _, _, err := h.AnswerFor(t.Context(), programme.As("office"), e.ID, "senior", programme.No, ""); err != nil {
		t.Fatal(err)
	}
	for id, answer := range map[string]programme.Coming{"comes": programme.Yes, "stays": programme.No} {
		g := guest(id, e.ID)
		g.Answer, g.Phone = answer, "03-0000-0000"
		_, err := h.AddGuest(context.Background(), programme.As("office"), g)
		must(t, err)
	}
	c, err := h.Contacts(t.Context(), programme.As("office"), e.ID)
	must(t, err)
	names := func(list []programme.Attendee) (out []string) {
		for _, a := range list {
			out = append(out, string(a.ID))
		}
		slices.Sort(out)
		return out
	}
	if diff := cmp.Diff([]string{"bureau", "comes", "supporter"}, names(c.Mail)); diff != "" {
		t.Error("mail:", diff)
	}
	if diff := cmp.Diff([]string{"atsugi", "bureau", "comes", "expert", "supporter"}, names(c.Phone)); diff != "" {
		t.Error("telephone:", diff)
	}
}

func TestContactsKnowWhatWasAnnouncedBefore(t *testing.T) {
	h := newHouse(t)
	e := h.gathering()
	before := func() time.Time {
		t.Helper()
		c, err := h.Contacts(t.Context(), programme.As("office"), e.ID)
		must(t, err)
		return c.Before.Start
	}
	if got := before(); !got.IsZero() {
		t.Errorf("before any move: %v", got)
	}
	h.move(e.ID, 25, "")
	if got := before(); !got.Equal(e.Start) {
		t.Errorf("after a move: %v, want %v", got, e.Start)
	}
	h.move(e.ID, 28, "")
	if got, want := before(), time.Date(2026, 9, 25, 14, 0, 0, 0, tokyo); !got.Equal(want) {
		t.Errorf("after a second move: %v, want %v", got, want)
	}
}
