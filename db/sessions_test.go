package db

import (
	"database/sql"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

// newSessions are a database with two atsugi, two experts and an engagement.
func newSessions(t testing.TB) *DB {
	t.Helper()
	db := newDB(t)
	savePeople(t, db, person("a"), person("b"), person("m"), person("n"), person("office"))
	write(t, db, func(tx programme.Tx) error {
		return tx.CreateEngagement("op-e", programme.Engagement{ID: "e", Atsugi: "a", Mentor: "m", Sessions: 3, Made: t0})
	})
	return db
}

func createSession(t testing.TB, db *DB, s programme.Session) {
	t.Helper()
	write(t, db, func(tx programme.Tx) error { return tx.CreateSession("op "+string(s.ID), s) })
}

// emptySessions are sessions "1", "2", … for a test that only needs holders of time.
func emptySessions(t testing.TB, db *DB, ids ...programme.SessionID) {
	t.Helper()
	for _, id := range ids {
		createSession(t, db, programme.Session{ID: id, Kind: programme.Between, Atsugi: "a", Mentor: "m", State: programme.SessionOpen, Made: t0})
	}
}

// span is n minutes that begin so many minutes after t0.
func span(from, n int) programme.Span {
	return programme.Span{From: minutes(from), Until: minutes(from + n)}
}

// fullSession has something in every field, s in those that people write.
func fullSession(s string) programme.Session {
	ny := time.FixedZone("EST", -5*60*60)
	return programme.Session{
		ID: "s1", Kind: programme.FollowUp, Engagement: "e", Atsugi: "a", Mentor: "m", State: programme.SessionBooked,
		Span:  programme.Span{From: minutes(60).In(ny), Until: minutes(105)},
		Venue: programme.Venue{Mode: programme.ModeOnSite, Place: s, URL: s}, Topic: s, Bring: s, Contest: true,
		Proposal: programme.Proposal{
			By: "m", For: "a", Spans: []programme.Span{span(200, 30), span(300, 90)},
			Reason: strings.ToValidUTF8(s, "?"), // it is kept as JSON, which holds nothing else; nor does what Slack sends
			At:     minutes(2).Add(7 * time.Nanosecond), Venue: programme.Venue{Mode: programme.ModeOnline, Place: "会館", URL: "https://example.jp/"},
		},
		Last: programme.SessionChange{
			Was: span(60, 30), Reason: strings.ToValidUTF8(s, "?"), Where: true, Reopened: true, Withdrawn: minutes(1).Add(7 * time.Nanosecond),
		},
		Moves: 2, Reason: s, AtsugiSays: programme.SaysHeld, MentorSays: programme.SaysMoved, OfficeSays: programme.SaysNotHeld,
		Next: s, ToOffice: s, Made: minutes(1), By: "office", Seq: 4,
	}
}

func TestSessionComesBackVerbatim(t *testing.T) {
	for _, s := range odd {
		db := newSessions(t)
		want := fullSession(s)
		createSession(t, db, want)
		bare := programme.Session{ID: "s2", Kind: programme.Between, Atsugi: "b", Mentor: "m", State: programme.SessionOpen, Made: minutes(2)}
		createSession(t, db, bare)
		want.Version, bare.Version = 1, 1
		got := read(t, db, func(tx programme.Tx) (programme.Session, error) { return tx.Session("s1") })
		exact(t, got, want)
		exact(t, read(t, db, func(tx programme.Tx) (programme.Session, error) { return tx.SessionByOp("op s2") }), bare)
		if got.Span.From.Location() != time.UTC {
			t.Errorf("came back in %v, want UTC", got.Span.From.Location())
		}
	}
}

func TestUnknownSessionIsNoRow(t *testing.T) {
	db := newSessions(t)
	for how, find := range map[string]func(programme.Tx) error{
		"id": func(tx programme.Tx) error { _, err := tx.Session("s9"); return err },
		"op": func(tx programme.Tx) error { _, err := tx.SessionByOp("op s9"); return err },
	} {
		if err := db.Read(t.Context(), find); !errors.Is(err, programme.ErrNoRow) {
			t.Errorf("by %s: %v", how, err)
		}
	}
}

// Who and whom are evidence: saving changes the rest alone.
func TestSavedSessionComesBackVerbatim(t *testing.T) {
	db := newSessions(t)
	made := fullSession("前")
	createSession(t, db, made)
	changed := programme.Session{
		ID: "s1", Atsugi: "b", Mentor: "n", By: "b", Made: minutes(9), // none of these is saved
		Kind:  programme.Between,
		State: programme.SessionOpen, Venue: programme.Venue{Mode: programme.ModeOnline, Place: "後", URL: "https://example.jp/"}, Topic: "題", Bring: "図面",
		Proposal: programme.Proposal{By: "a", For: "m", Spans: []programme.Span{span(400, 60)}, At: minutes(3)},
		Moves:    3, Reason: "雪", AtsugiSays: programme.SaysMoved, MentorSays: programme.SaysHeld, Next: "次", ToOffice: "内々", Seq: 5,
		Version: 1,
	}
	write(t, db, func(tx programme.Tx) error { return tx.SaveSession(changed) })
	want := changed
	want.Atsugi, want.Mentor, want.By, want.Made = made.Atsugi, made.Mentor, made.By, made.Made
	want.Version = 2
	exact(t, read(t, db, func(tx programme.Tx) (programme.Session, error) { return tx.Session("s1") }), want)
}

func TestSessionIsMadeOnce(t *testing.T) {
	db := newSessions(t)
	createSession(t, db, fullSession("一"))
	again := fullSession("二")
	again.ID = "s2"
	err := db.Write(t.Context(), func(tx programme.Tx) error { return tx.CreateSession("op s1", again) })
	wantError(t, err, programme.ErrRepeated)
	all := read(t, db, func(tx programme.Tx) ([]programme.Session, error) { return tx.Sessions(programme.SessionFilter{}) })
	if len(all) != 1 || all[0].Topic != "一" {
		t.Errorf("sessions are %+v", all)
	}
}

func TestSavingASessionThatSomebodyElseChangedIsStale(t *testing.T) {
	db := newSessions(t)
	s := fullSession("題")
	createSession(t, db, s)
	for _, step := range []struct {
		version int
		want    error
	}{{0, programme.ErrStale}, {2, programme.ErrStale}, {1, nil}, {1, programme.ErrStale}, {2, nil}} {
		s.Version = step.version
		err := db.Write(t.Context(), func(tx programme.Tx) error { return tx.SaveSession(s) })
		if !errors.Is(err, step.want) {
			t.Errorf("saving version %d: %v, want %v", step.version, err, step.want)
		}
	}
	s.ID, s.Version = "s9", 1
	wantError(t, db.Write(t.Context(), func(tx programme.Tx) error { return tx.SaveSession(s) }), programme.ErrStale)
}

func TestSessionsBookedOnesByStartThenTheOthersNewestFirst(t *testing.T) {
	db := newSessions(t)
	for _, s := range []programme.Session{
		{ID: "open", Atsugi: "a", Mentor: "m", State: programme.SessionOpen, Made: minutes(5),
			Proposal: programme.Proposal{Spans: []programme.Span{span(700, 60), span(850, 60)}}},
		{ID: "later", Atsugi: "a", Mentor: "n", State: programme.SessionBooked, Span: span(900, 60), Made: minutes(1), Kind: programme.FollowUp},
		{ID: "held", Atsugi: "b", Mentor: "m", State: programme.SessionHeld, Span: span(10, 60), Made: minutes(2)},
		{ID: "sooner", Atsugi: "b", Mentor: "n", State: programme.SessionBooked, Span: span(800, 60), Made: minutes(9)},
		{ID: "cancelled", Atsugi: "a", Mentor: "m", State: programme.SessionCancelled, Made: minutes(7), Kind: programme.FollowUp, Engagement: "e"},
		{ID: "guest", Atsugi: "m", Mentor: "n", State: programme.SessionNotHeld, Span: span(20, 60), Made: minutes(0)},
	} {
		createSession(t, db, s)
	}
	for rule, c := range map[string]struct {
		filter programme.SessionFilter
		want   []programme.SessionID
	}{
		"all":                              {programme.SessionFilter{}, []programme.SessionID{"sooner", "later", "cancelled", "open", "held", "guest"}},
		"of an atsugi":                     {programme.SessionFilter{Person: "b"}, []programme.SessionID{"sooner", "held"}},
		"of an expert":                     {programme.SessionFilter{Person: "m"}, []programme.SessionID{"cancelled", "open", "held", "guest"}},
		"of one as an atsugi":              {programme.SessionFilter{Atsugi: "m"}, []programme.SessionID{"guest"}},
		"of one as an expert":              {programme.SessionFilter{Mentor: "m"}, []programme.SessionID{"cancelled", "open", "held"}},
		"that begin then or later, or may": {programme.SessionFilter{Since: minutes(800)}, []programme.SessionID{"sooner", "later", "open"}},
		"that begin after all may":         {programme.SessionFilter{Since: minutes(851)}, []programme.SessionID{"later"}},
		"made after a moment":              {programme.SessionFilter{MadeAfter: minutes(5)}, []programme.SessionID{"sooner", "cancelled"}},
		"of a kind":                        {programme.SessionFilter{Kind: programme.FollowUp}, []programme.SessionID{"later", "cancelled"}},
		"of an engagement":                 {programme.SessionFilter{Engagement: "e"}, []programme.SessionID{"cancelled"}},
		"in some states":                   {programme.SessionFilter{States: []programme.SessionState{programme.SessionHeld, programme.SessionBooked}}, []programme.SessionID{"sooner", "later", "held"}},
		"all of these":                     {programme.SessionFilter{Person: "a", Engagement: "e", States: []programme.SessionState{programme.SessionOpen}}, nil},
	} {
		var ids []programme.SessionID
		for _, s := range read(t, db, func(tx programme.Tx) ([]programme.Session, error) { return tx.Sessions(c.filter) }) {
			ids = append(ids, s.ID)
		}
		n := read(t, db, func(tx programme.Tx) (int, error) { return tx.CountSessions(c.filter) })
		if !slices.Equal(ids, c.want) || n != len(c.want) {
			t.Errorf("%s: %d, %v, want %v", rule, n, ids, c.want)
		}
	}
}

// Memos that were written before there were sessions belong to none, and new ones to
// theirs.
func TestMemosOfAnEarlierVersionBelongToNoSession(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.db")
	stopAt(t, path, 4)
	pool, err := sql.Open("sqlite", dsn(path, writerOptions))
	if err != nil {
		t.Fatal(err)
	}
	_, err = pool.Exec(`INSERT INTO memos (id, op, kind, atsugi_id, writer_id, held, written_at, shared_at, version)
		VALUES ('old', 'op-old', 'session', 'before', 'before', '2026-09-10', $1, NULL, 3)`, stamp(t0))
	if err := errors.Join(err, pool.Close()); err != nil {
		t.Fatal(err)
	}
	db := open(t, path)
	old := programme.Memo{ID: "old", Kind: programme.OfSession, Atsugi: "before", Writer: "before", Held: "2026-09-10", Written: t0, Version: 1, Seq: 1, Revision: 3}
	exact(t, read(t, db, func(tx programme.Tx) (programme.Memo, error) { return tx.Memo("old") }), old)
	createSession(t, db, programme.Session{ID: "s1", Kind: programme.Between, Atsugi: "before", Mentor: "before", State: programme.SessionHeld, Made: t0})
	memo := programme.Memo{ID: "new", Kind: programme.OfSession, Atsugi: "before", Writer: "before", Session: "s1", Held: "2026-09-11", Written: minutes(1)}
	write(t, db, func(tx programme.Tx) error { return tx.CreateMemo("op-new", memo) })
	memo.Version, memo.Seq, memo.Revision = 1, 2, 1
	exact(t, read(t, db, func(tx programme.Tx) (programme.Memo, error) { return tx.Memo("new") }), memo)
	exact(t, read(t, db, programme.Tx.SessionsWithMemo), map[programme.SessionID]bool{"s1": true})
}
