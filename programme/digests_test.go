package programme_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// autumn has four events: the seminar was on Wednesday 26 August and a meeting on
// the day after; the workshop is on Friday 18 September, and the second, which the
// bureau has not approved, on 9 October. Bank 〇〇 recommended both atsugi and
// co-hosts the seminar.
func autumn(t *testing.T) *house {
	h := newHouse(t)
	event := func(id programme.EventID, month time.Month, day int, approved programme.Date) programme.Event {
		return programme.Event{
			ID: id, Kind: programme.Workshop, Title: string(id), Place: "会館", Approved: approved, Notes: "内輪の話",
			Start: time.Date(2026, month, day, 14, 0, 0, 0, tokyo), End: time.Date(2026, month, day, 17, 0, 0, 0, tokyo),
			Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}},
		}
	}
	seminar := event("seminar", 8, 26, "2026-07-01")
	seminar.Kind, seminar.CoHosts, seminar.Survey = programme.Seminar, []string{"〇〇信用金庫"}, "event"
	seminar.Audience.Roles = append(seminar.Audience.Roles, programme.Supporter)
	meeting := event("meeting", 8, 27, "2026-07-01")
	meeting.Kind = programme.Meeting
	workshop := event("workshop", 9, 18, "2026-08-01")
	workshop.Materials, workshop.Survey = "https://example.jp/1", "event"
	h.sync(seminar, meeting, workshop, event("second", 10, 9, ""))
	h.write(func(tx programme.Tx) error {
		for id, firm := range map[programme.PersonID]string{"atsugi": "木工所", "other-atsugi": "木工所", "supporter": "〇〇信用金庫"} {
			p, err := tx.Person(id)
			if err != nil {
				return err
			}
			if p.Organisation = firm; p.Has(programme.Atsugi) {
				p.RecommendedBy = "〇〇信用金庫"
			}
			if err := tx.SavePerson(p); err != nil {
				return err
			}
		}
		return nil
	})
	h.Settings.KeyDates = []programme.KeyDate{
		{ID: "security", Title: "報告", Date: "2026-09-20", WorkBy: "2026-09-18", For: programme.Audience{Roles: []programme.Role{programme.Coordinator}}},
		{ID: "contest", Title: "締切", Date: "2026-09-30", WorkBy: "2026-09-30", For: programme.Audience{Roles: []programme.Role{programme.Atsugi}}},
	}
	h.Settings.Surveys = []programme.SurveyDef{{
		ID: "event", Title: programme.Text{Ja: "感想"}, OpenDays: 21, AfterEvents: true,
		Questions: []programme.Question{{ID: "useful", Kind: programme.Scale, Max: 5, Words: programme.Text{Ja: "役に立ちましたか"}}},
	}}
	return h
}

func (h *house) says(who programme.PersonID, id programme.EventID, a programme.Coming, at time.Time) {
	h.t.Helper()
	h.write(func(tx programme.Tx) error {
		_, err := tx.Attend(programme.Attendance{Event: id, Person: who, Answer: a, At: at, By: who})
		return err
	})
}

func (h *house) arrives(id programme.EventID, who ...programme.AttendeeID) {
	h.t.Helper()
	h.write(func(tx programme.Tx) error {
		for _, a := range who {
			if _, err := tx.SaveArrival(programme.Arrival{Event: id, Attendee: a, At: h.now}); err != nil {
				return err
			}
		}
		return nil
	})
}

// matter looks into a notice as the Courier does before it sends it.
func (h *house) matter(kind programme.NoticeKind, subject, occasion string, to programme.Recipient) programme.Matter {
	h.t.Helper()
	m, err := h.Matter(h.t.Context(), programme.Notice{Kind: kind, Subject: subject, Occasion: occasion, To: to}, false)
	if err != nil {
		h.t.Fatal(err)
	}
	return m
}

func (h *house) digest(kind programme.NoticeKind, at time.Time, to programme.PersonID) programme.Matter {
	return h.matter(kind, "digest", programme.DigestOccasion(at), programme.ToPerson(to))
}

func ids(d programme.Digest) (out []programme.EventID) {
	for _, e := range d.Events {
		out = append(out, e.Event.ID)
	}
	return out
}

func TestTheCoordinatorsWeek(t *testing.T) {
	h := autumn(t)
	h.says("atsugi", "workshop", programme.Yes, h.now)
	m := h.digest(programme.NoticeDigestWeek, time.Date(2026, 9, 14, 9, 0, 0, 0, tokyo), "office")
	d := m.Digest
	if m.Withdrawn != "" || d.From != "2026-09-14" || d.To != "2026-09-20" {
		t.Fatalf("withdrawn %q, %s to %s", m.Withdrawn, d.From, d.To)
	}
	if diff := cmp.Diff([]programme.EventID{"workshop"}, ids(d)); diff != "" {
		t.Fatal(diff)
	}
	e := d.Events[0]
	if e.Counts[programme.Yes] != 1 || e.Asked != 2 || len(e.Silent) != 1 || e.Silent[0].ID != "other-atsugi" {
		t.Errorf("of %d asked %v, silent %v", e.Asked, e.Counts, e.Silent)
	}
	if len(d.Unapproved) != 1 || d.Unapproved[0].ID != "second" {
		t.Errorf("not approved: %v", d.Unapproved)
	}
	if len(d.Dates) != 1 || d.Dates[0].ID != "security" {
		t.Errorf("key dates: %v", d.Dates)
	}
}

func TestWhoGetsNoDigest(t *testing.T) {
	at := time.Date(2026, 9, 14, 9, 0, 0, 0, tokyo)
	for _, c := range []struct {
		rule string
		kind programme.NoticeKind
		at   time.Time
		to   programme.PersonID
		want string
	}{
		{"an office that the bureau was not told of", programme.NoticeDigestWeek, at, "new-office", "gone"},
		{"whose week it is not", programme.NoticeDigestWeek, at, "bureau", "gone"},
		{"who is no support organisation", programme.NoticeDigestSupport, at, "atsugi", "gone"},
		{"a week with nothing in it", programme.NoticeDigestWeek, time.Date(2027, 1, 11, 9, 0, 0, 0, tokyo), "office", "empty"},
		{"a month with nothing for the reader", programme.NoticeDigestMonth, at, "expert", "empty"},
		{"a month before which nothing happened", programme.NoticeDigestSupport, time.Date(2026, 8, 5, 9, 0, 0, 0, tokyo), "supporter", "empty"},
		{"who left", programme.NoticeDigestWeek, at, "left", "left"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			if m := autumn(t).digest(c.kind, c.at, c.to); m.Withdrawn != c.want {
				t.Errorf("withdrawn %q, want %q: %+v", m.Withdrawn, c.want, m.Digest)
			}
		})
	}
	if m := autumn(t).matter(programme.NoticeDigestWeek, "week", "soon", programme.ToPerson("office")); m.Withdrawn != "gone" {
		t.Errorf("an occasion that is no moment: %q", m.Withdrawn)
	}
}

func TestTheMonthAhead(t *testing.T) {
	h := autumn(t)
	h.says("other-atsugi", "workshop", programme.Online, h.now)
	first := time.Date(2026, 9, 10, 10, 0, 0, 0, tokyo)
	d := h.digest(programme.NoticeDigestMonth, first, "other-atsugi").Digest
	// 10 September to 9 October; the second workshop is not announced.
	if d.From != "2026-09-10" || d.To != "2026-10-09" || len(d.Events) != 1 || d.Events[0].Answer != programme.Online {
		t.Errorf("%+v", d)
	}
	if len(d.Dates) != 1 || d.Dates[0].ID != "contest" {
		t.Errorf("key dates: %v", d.Dates)
	}

	h.Settings.KeyDates = nil
	h.says("other-atsugi", "workshop", programme.No, h.now.Add(time.Minute))
	if m := h.digest(programme.NoticeDigestMonth, first, "other-atsugi"); m.Withdrawn != "empty" {
		t.Errorf("written to somebody who said no to everything: %+v", m.Digest)
	}
	h.write(func(tx programme.Tx) error {
		return tx.SaveSpeaker(programme.Speaker{Event: "workshop", Person: "senior", Status: programme.SpeakerAgreed, At: h.now})
	})
	if d := h.digest(programme.NoticeDigestMonth, first, "senior").Digest; len(d.Events) != 1 || !d.Events[0].Speaks {
		t.Errorf("the speaker's month: %+v", d)
	}
}

// TestTheMonthAheadHasOnesOwnSessions: those that are agreed on and begin within its days,
// of the two and of nobody else.
func TestTheMonthAheadHasOnesOwnSessions(t *testing.T) {
	h := autumn(t)
	h.Settings.KeyDates = nil
	for id, clock := range map[programme.SessionID]string{"first": "10 00:00", "before": "09 14:00", "later": "30 14:00"} {
		h.kept(id, func(s *programme.Session) { s.Span = slot(t, clock) })
	}
	next := slot(t, "10 00:00").From.AddDate(0, 1, 0)
	h.kept("after", func(s *programme.Session) { s.Span = programme.Span{From: next, Until: next.Add(time.Hour)} })
	h.kept("off", func(s *programme.Session) { s.Span, s.State = slot(t, "11 14:00"), programme.SessionCancelled })
	h.kept("open", func(s *programme.Session) { s.Span, s.State = programme.Span{}, programme.SessionOpen })
	first := time.Date(2026, 9, 10, 10, 0, 0, 0, tokyo)
	for who, want := range map[programme.PersonID]string{"expert": "first later", "atsugi": "first later", "other-atsugi": "", "senior": "", "office": ""} {
		m := h.digest(programme.NoticeDigestMonth, first, who)
		var got []string
		for _, s := range m.Digest.Sessions {
			got = append(got, string(s.ID))
			if s.ToOffice != "" || s.AtsugiPerson.Email != "" {
				t.Errorf("%s reads %+v", who, s)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %q", who, got, want)
		}
		if who == "expert" && m.Withdrawn != "" {
			t.Errorf("an expert with sessions alone gets no letter: %q", m.Withdrawn)
		}
	}
	h.now = slot(t, "10 00:00").Until
	if d := h.digest(programme.NoticeDigestMonth, first, "atsugi").Digest; len(d.Sessions) != 1 {
		t.Errorf("what is over is ahead: %+v", d.Sessions)
	}
}

func TestASupportOrganisationsMonth(t *testing.T) {
	h := autumn(t)
	h.says("atsugi", "seminar", programme.Yes, h.now)
	h.says("other-atsugi", "seminar", programme.Yes, h.now)
	h.write(func(tx programme.Tx) error {
		return tx.SaveGuest(programme.Guest{ID: "01GUEST", Event: "seminar", Name: "客", Kana: "きゃく", Answer: programme.Yes, At: h.now})
	})
	h.arrives("seminar", "atsugi", "01GUEST")
	want := programme.DigestEvent{
		Expected: 3, CheckedIn: true, Came: 2, FirmsCame: 1, CoHosts: true, Names: []string{"試験 atsugi", "客"},
	}
	at := time.Date(2026, 9, 5, 10, 0, 0, 0, tokyo)
	d := h.digest(programme.NoticeDigestSupport, at, "supporter").Digest
	if d.From != "2026-08-01" || d.To != "2026-08-31" || d.Firms != 1 {
		t.Errorf("%s to %s, %d firms", d.From, d.To, d.Firms)
	}
	if diff := cmp.Diff([]programme.EventID{"seminar"}, ids(d)); diff != "" {
		t.Fatalf("an individual meeting is none of theirs: %s", diff)
	}
	got := d.Events[0]
	if got.Event.Notes != "" {
		t.Errorf("the office's notes reach a support organisation: %q", got.Event.Notes)
	}
	got.Event = programme.Event{}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}

	// What it does not co-host shows counts alone.
	h.write(func(tx programme.Tx) error {
		e, err := tx.Event("seminar")
		if err != nil {
			return err
		}
		e.CoHosts = []string{"別の組織"}
		return tx.SaveEvent(e)
	})
	if got := h.digest(programme.NoticeDigestSupport, at, "supporter").Digest.Events[0]; got.CoHosts || got.Names != nil || got.Came != 2 {
		t.Errorf("names without co-hosting: %+v", got)
	}
}

func TestKeyDateLetters(t *testing.T) {
	h := autumn(t)
	for _, c := range []struct {
		rule, subject, occasion string
		to                      programme.PersonID
		want                    string
	}{
		{"as planned", "security", "-3bd@2026-09-20", "office", ""},
		{"of another day", "security", "-3bd@2026-09-27", "office", "moved"},
		{"that is gone", "audit", "-3bd@2026-09-20", "office", "gone"},
		{"for others", "security", "-3bd@2026-09-20", "atsugi", "gone"},
	} {
		m := h.matter(programme.NoticeKeyDate, c.subject, c.occasion, programme.ToPerson(c.to))
		if m.Withdrawn != c.want {
			t.Errorf("a key date %s: withdrawn %q, want %q", c.rule, m.Withdrawn, c.want)
		}
		if c.want == "" && m.KeyDate.WorkBy != "2026-09-18" {
			t.Errorf("%+v", m.KeyDate)
		}
	}
}
