package programme_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/programme"
)

// at is a session's span of an hour, days after the one of these tests.
func at(days int) programme.Span {
	from := sessionStart.AddDate(0, 0, days)
	return programme.Span{From: from, Until: from.Add(time.Hour)}
}

// sessionsOfABoard enters sessions of every standing; it is the afternoon of Thursday 10
// September.
func (h *house) sessionsOfABoard() {
	h.t.Helper()
	proposed := func(days int) programme.Proposal {
		return programme.Proposal{By: "atsugi", For: "expert", At: sessionStart.AddDate(0, 0, days), Spans: []programme.Span{at(20)}, Reason: "変更の言葉"}
	}
	for id, change := range map[programme.SessionID]func(*programme.Session){
		"held":      func(s *programme.Session) { s.State, s.Span = programme.SessionHeld, at(-9) },
		"written":   func(s *programme.Session) { s.State, s.Span = programme.SessionHeld, at(-8) },
		"monday":    func(s *programme.Session) { s.State, s.Span = programme.SessionHeld, at(-3) },
		"sunday":    func(s *programme.Session) { s.Span = at(3) },
		"next-week": func(s *programme.Session) { s.Span = at(4) },
		"moving":    func(s *programme.Session) { s.Span, s.Proposal = at(5), proposed(-2) },
		"asked": func(s *programme.Session) {
			s.State, s.Span, s.Proposal = programme.SessionOpen, programme.Span{}, proposed(-4)
		},
		"stuck":    func(s *programme.Session) { s.State, s.Span = programme.SessionOpen, programme.Span{} },
		"silent":   func(s *programme.Session) { s.Span = at(-1) },
		"one-word": func(s *programme.Session) { s.Span, s.AtsugiSays = at(-2), programme.SaysHeld },
		"disputed": func(s *programme.Session) {
			s.Span, s.AtsugiSays, s.MentorSays = at(-5), programme.SaysHeld, programme.SaysNotHeld
		},
		"cancelled": func(s *programme.Session) { s.State = programme.SessionCancelled },
		"missed":    func(s *programme.Session) { s.State, s.Span = programme.SessionNotHeld, at(-6) },
		"between": func(s *programme.Session) {
			s.Kind, s.Engagement, s.Atsugi, s.Mentor, s.State, s.Span = programme.Between, "", "other-atsugi", "other-expert", programme.SessionHeld, at(-7)
		},
		"requested": func(s *programme.Session) {
			s.Kind, s.Engagement, s.Atsugi, s.State, s.Span, s.Requested = programme.Between, "", "other-atsugi", programme.SessionOpen, programme.Span{}, true
			s.Proposal = programme.Proposal{By: "other-atsugi", For: "expert", At: sessionStart.AddDate(0, 0, -1), Spans: []programme.Span{at(21)}, Reason: "変更の言葉"}
		},
		"refused": func(s *programme.Session) {
			s.Kind, s.Engagement, s.State, s.Span, s.Requested = programme.Between, "", programme.SessionCancelled, programme.Span{}, true
		},
	} {
		h.kept(id, change)
	}
	h.write(func(tx programme.Tx) error {
		for _, id := range []programme.SessionID{"written", "between"} {
			m := programme.Memo{ID: programme.MemoID(id), Kind: programme.OfSession, Atsugi: "atsugi", Session: id, Held: "2026-09-02", Written: h.now}
			if err := tx.CreateMemo("memo-"+string(id), m); err != nil {
				return err
			}
		}
		return nil
	})
	h.now = sessionStart.Add(2 * time.Hour)
}

func sessionIDs(list []programme.SessionView) string {
	var out []string
	for _, v := range list {
		out = append(out, string(v.ID))
	}
	return strings.Join(out, " ")
}

// TestBoard is what the office and the bureau find on the board, and nobody else.
func TestBoard(t *testing.T) {
	h := newHouse(t)
	h.sessionsOfABoard()
	for _, who := range cast {
		b, err := h.SessionBoard(t.Context(), programme.As(who))
		if who != "office" && who != "bureau" {
			t.Run(string(who), func(t *testing.T) { wantCode(t, err, codeOf(who)) })
			continue
		}
		must(t, err)
		want := map[string]string{
			"waiting": "asked moving requested", "stuck": "stuck", "unsaid": "one-word silent", "disputed": "disputed", "no memo": "held monday",
		}
		if who == "bureau" { // is not told that the two differ
			want["unsaid"], want["disputed"] = "disputed one-word silent", ""
		}
		got := map[string]string{
			"waiting": sessionIDs(b.Waiting), "stuck": sessionIDs(b.Stuck), "unsaid": sessionIDs(b.Unsaid), "disputed": sessionIDs(b.Disputed), "no memo": sessionIDs(b.NoMemo),
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", who, diff)
		}
		counts := programme.SessionTallies{
			FollowUp: programme.SessionTally{Held: 3, Booked: 6, Open: 2}, Between: programme.SessionTally{Held: 1, Open: 1},
		}
		if diff := cmp.Diff(counts, b.Counts); diff != "" || b.Most != 15 {
			t.Errorf("%s: of %d: %s", who, b.Most, diff)
		}
		var lines, between, loads []string
		for _, l := range b.Engagements {
			lines = append(lines, fmt.Sprintf("%s %s: %d %d %d of %d", l.Atsugi, l.MentorPerson.ID, l.Held, l.Booked, l.Open, l.Sessions))
		}
		for _, l := range b.Mentors {
			loads = append(loads, fmt.Sprintf("%s: %v, %d", l.Person.ID, l.SessionTallies, l.ThisWeek))
		}
		for _, l := range b.Between {
			between = append(between, fmt.Sprintf("%s %s: %v", l.AtsugiPerson.ID, l.MentorPerson.ID, l.SessionTally))
		}
		if diff := cmp.Diff([]string{"atsugi expert: 3 6 2 of 3"}, lines); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"other-atsugi expert: {0 0 1}", "other-atsugi other-expert: {1 0 0}"}, between); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"expert: {{3 6 0} {0 0 0}}, 4", "other-expert: {{0 0 0} {1 0 0}}, 0"}, loads); diff != "" {
			t.Error(diff)
		}
		for _, v := range append(b.Waiting, b.Unsaid...) {
			if words := seen(v) != ""; words != (who == "office") {
				t.Errorf("%s sees %q of %s", who, seen(v), v.ID)
			}
		}
	}
}

// TestHomeOfSessions: the two see their own that run, the office and the bureau the same
// numbers, those of the target among them; of a dispute the bureau does not know.
func TestHomeOfSessions(t *testing.T) {
	h := newHouse(t)
	h.sessionsOfABoard()
	h.memo("of no session")
	home := h.home("office")
	want := programme.BoardCounts{
		SessionTallies: programme.SessionTallies{
			FollowUp: programme.SessionTally{Held: 4, Booked: 6, Open: 2}, Between: programme.SessionTally{Held: 1, Open: 1},
		},
		Most: 15, Waiting: 3, Stuck: 1, Unsaid: 2, Disputed: 1, NoMemo: 2,
	}
	if diff := cmp.Diff(want, home.Board); diff != "" {
		t.Error(diff)
	}
	bureau := h.home("bureau")
	want.Unsaid, want.Disputed = want.Unsaid+want.Disputed, 0
	if diff := cmp.Diff(want, bureau.Board); diff != "" {
		t.Errorf("the bureau's Home: %s", diff)
	}
	for _, p := range append(home.Progress, bureau.Progress...) {
		if p.Code == programme.TargetFollowUp && (p.Done != want.FollowUp.Held || p.Planned != want.FollowUp.Booked) {
			t.Errorf("the target says %d held and %d to come, the board %+v", p.Done, p.Planned, want.FollowUp)
		}
	}
	for who, want := range map[programme.PersonID]struct{ sessions, engagements int }{
		"atsugi": {8, 1}, "expert": {9, 1}, "other-atsugi": {1, 0}, "other-expert": {0, 0}, "office": {0, 0}, "supporter": {0, 0}, "senior": {0, 0},
	} {
		if got := h.home(who); len(got.Sessions) != want.sessions || len(got.Engagements) != want.engagements {
			t.Errorf("%s has %q and %d engagements, want %v", who, sessionIDs(got.Sessions), len(got.Engagements), want)
		}
	}
	if got := sessionIDs(h.home("atsugi").Sessions[:3]); got != "disputed one-word silent" {
		t.Errorf("what waits for a word is not first: %s", got)
	}
	var e programme.Engagement
	h.read(func(tx programme.Tx) (err error) {
		e, err = tx.Engagement("e-atsugi-expert")
		return err
	})
	must(t, h.EndEngagement(t.Context(), programme.As("office"), e.ID))
	if got := h.home("atsugi"); len(got.Engagements) != 0 || got.Sessions[0].MayMove {
		t.Errorf("of an engagement that ended there is %+v", got.Engagements)
	}
}

// TestRecordsAreEvidence: who, whom, when, how long, what kind, and no words; a fee is due
// for what an expert held.
func TestRecordsAreEvidence(t *testing.T) {
	h := newHouse(t)
	h.kept("2", func(s *programme.Session) { s.State, s.Span = programme.SessionHeld, at(1) })
	h.kept("1", func(s *programme.Session) {
		s.Kind, s.State, s.Span, s.Next, s.ToOffice, s.Reason = programme.Between, programme.SessionHeld, at(0), "次", "内緒", "都合"
		s.Proposal.Reason, s.Last.Reason, s.Proposal.URL = "変更", "変更", "https://example.jp"
	})
	h.kept("3", func(s *programme.Session) { s.State, s.Span = programme.SessionNotHeld, at(2) })
	h.kept("4", func(s *programme.Session) {
		s.Kind, s.Mentor, s.State, s.Span = programme.Between, "senior", programme.SessionHeld, at(3)
	})
	h.kept("5", nil)
	h.kept("6", func(s *programme.Session) { s.State, s.Span = programme.SessionOpen, programme.Span{} })
	records, err := h.SessionRecords(t.Context(), programme.As("office"))
	must(t, err)
	var got []string
	for _, r := range records {
		got = append(got, fmt.Sprintf("%s %s %s→%s %d %v", r.ID, r.Kind, r.MentorPerson.ID, r.AtsugiPerson.ID, r.Span.Minutes(), r.Payable))
		words := r.Topic + r.Bring + r.Reason + r.Next + r.ToOffice + r.Proposal.Reason + r.Last.Reason + r.URL + r.Proposal.URL
		if words != "" || r.Contest {
			t.Errorf("%s has %q", r.ID, words)
		}
	}
	want := []string{
		"1 between expert→atsugi 60 true", "5 follow_up expert→atsugi 60 false", "2 follow_up expert→atsugi 60 true",
		"3 follow_up expert→atsugi 60 false", "4 between senior→atsugi 60 false", "6 follow_up expert→atsugi 0 false",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, who := range cast {
		if _, err := h.SessionRecords(t.Context(), programme.As(who)); who != "office" {
			t.Run(string(who), func(t *testing.T) { wantCode(t, err, codeOf(who)) })
		}
	}
	if trail := strings.Join(h.trail(), "\n"); strings.Count(trail, "sessions.export") != 2 {
		t.Errorf("the trail of exports is %s", trail)
	}
}
