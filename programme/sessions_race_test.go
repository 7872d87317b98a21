package programme_test

import (
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tsugite/db"
	"tsugite/db/dbtest"
	"tsugite/programme"
)

// rush is an Office over a database file to which many come at once, and which is
// restarted between. Quotas are out of the way: time alone is scarce.
type rush struct {
	*programme.Office
	t     testing.TB
	file  string
	store *db.DB
	ids   atomic.Int64
}

// rushPair is who meets whom.
type rushPair struct{ atsugi, mentor programme.PersonID }

func (p rushPair) engagement() programme.EngagementID {
	return programme.EngagementID(p.atsugi + " " + p.mentor)
}

// newRush has an office, and an engagement of each pair.
func newRush(t testing.TB, pairs ...rushPair) *rush {
	t.Helper()
	r := &rush{t: t, file: rushFile(t)}
	now := time.Date(2026, 9, 1, 9, 0, 0, 0, tokyo)
	r.Office = &programme.Office{
		Settings: programme.Settings{Zone: tokyo, Sessions: programme.SessionSettings{
			Offering: programme.OfferingOffice, Length: time.Hour, Buffer: rushBuffer, CutOff: 24 * time.Hour,
			Moves: 3, PerWeek: 1e6, PerAtsugi: 1e6, Most: 1e6,
		}},
		Now:   func() time.Time { return now },
		NewID: func() string { return fmt.Sprintf("01RUSH%020d", r.ids.Add(1)) },
	}
	r.start()
	t.Cleanup(r.stop)
	known := map[programme.PersonID]bool{}
	err := r.store.Write(t.Context(), func(tx programme.Tx) error {
		person := func(id programme.PersonID, role programme.Role) error {
			if known[id] {
				return nil
			}
			known[id] = true
			return tx.SavePerson(programme.Person{
				ID: id, Name: string(id), SlackID: "U" + string(id), Roles: []programme.Role{role}, Kind: programme.Expert,
				Notified: "2026-06-01", Pledged: "2026-06-01",
			})
		}
		errs := person("office", programme.Coordinator)
		for _, p := range pairs {
			errs = errors.Join(errs, person(p.atsugi, programme.Atsugi), person(p.mentor, programme.Mentor), tx.CreateEngagement(
				string(p.engagement()), programme.Engagement{ID: p.engagement(), Atsugi: p.atsugi, Mentor: p.mentor, Sessions: 1e6, Made: now}))
		}
		return errs
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// rushFile is that of the database. What is measured is on the disk, as in a program that runs.
func rushFile(t testing.TB) string {
	if _, measured := t.(*testing.B); measured {
		return filepath.Join(t.TempDir(), "rush.db")
	}
	return dbtest.File(t)
}

// rushBuffer is between two sessions of an expert, and rushSlot from the start of one to
// that of the next when they touch.
const (
	rushBuffer = 15 * time.Minute
	rushSlot   = time.Hour + rushBuffer
)

// rushStart is when the first of the times begins.
var rushStart = time.Date(2026, 9, 14, 9, 0, 0, 0, tokyo)

func (r *rush) start() {
	r.t.Helper()
	store, err := db.Open(r.t.Context(), r.file)
	if err != nil {
		r.t.Fatal(err)
	}
	r.store, r.Store = store, store
}

func (r *rush) stop() {
	if err := r.store.Close(); err != nil {
		r.t.Error(err)
	}
}

// form asks for an hour, or what length says, of the pair's time.
func (p rushPair) form(op string, from time.Time, length time.Duration) programme.SessionForm {
	return programme.SessionForm{
		Op: op, Engagement: p.engagement(), Venue: programme.Venue{Mode: programme.ModeOnline}, Topic: "壁打ち",
		Spans: []programme.Span{{From: from, Until: from.Add(length)}},
	}
}

// call is one press, and what came of it.
type call struct {
	press func() (programme.Session, error)
	got   programme.Session
	err   error
}

// atOnce does all of them at the same time.
func atOnce(calls []*call) {
	var all sync.WaitGroup
	gate := make(chan struct{})
	for _, i := range rand.Perm(len(calls)) {
		all.Go(func() {
			<-gate
			calls[i].got, calls[i].err = calls[i].press()
		})
	}
	close(gate)
	all.Wait()
}

// refusedWith says whether the error is this refusal, made for people.
func refusedWith(err error, key string) bool {
	e, ours := programme.AsError(err)
	return ours && e.Code == programme.CodeConflict && e.Key == key
}

// ways are how time is asked for: the office books for both, or one side proposes it, or
// the office on behalf of one.
func (r *rush) ways(p rushPair, f programme.SessionForm, way int) func() (programme.Session, error) {
	who, behalf := programme.As("office"), programme.PersonID("")
	switch way {
	case 0:
		return func() (programme.Session, error) { return r.BookSession(r.t.Context(), who, f) }
	case 1:
		who = programme.As(p.atsugi)
	case 2:
		who = programme.As(p.mentor)
	default:
		behalf = p.mentor
	}
	f.For = behalf
	return func() (programme.Session, error) { return r.ProposeTimes(r.t.Context(), who, f) }
}

// picks are presses on the time of a proposal, by who is asked or the office.
func (r *rush) pick(s programme.Session, i, way int) *call {
	who, behalf := programme.As(s.Proposal.For), programme.PersonID("")
	if way%3 == 0 {
		who, behalf = programme.As("office"), s.Proposal.For
	}
	return &call{press: func() (programme.Session, error) {
		return r.PickTime(r.t.Context(), who, s.ID, s.Proposal.At, s.Proposal.Spans[i].From, behalf)
	}}
}

// tooLate are what who lost a time is told: it is taken, maybe by what they proposed to
// somebody else; or the two are agreeing on another one already.
var tooLate = []string{"error.time_taken", "error.time_proposed", "error.session_open"}

// won are those that went through; all others must have been told one of the keys.
func won(t *testing.T, calls []*call, keys ...string) (out []*call) {
	t.Helper()
	for _, c := range calls {
		switch {
		case c.err == nil:
			out = append(out, c)
		case !slices.ContainsFunc(keys, func(key string) bool { return refusedWith(c.err, key) }):
			t.Errorf("a loser is told %v, want %v", c.err, keys)
		}
	}
	return out
}

// TestTwentyTimesOfWhich200WantOne: four experts have five times each that touch; each of
// ten atsugi wants every one of them, whoever asks. Then everything is sent again to a
// program that was restarted, and what was proposed is picked by ten presses each, while
// those who lost try once more.
func TestTwentyTimesOfWhich200WantOne(t *testing.T) {
	const experts, times, atsugi = 4, 5, 10
	var pairs []rushPair
	for m := range experts {
		for a := range atsugi {
			pairs = append(pairs, rushPair{programme.PersonID(fmt.Sprint("a", a)), programme.PersonID(fmt.Sprint("m", m))})
		}
	}
	r := newRush(t, pairs...)
	var calls []*call
	for i, p := range pairs {
		for slot := range times {
			f := p.form(fmt.Sprintf("op %d %d", i, slot), rushStart.Add(time.Duration(slot)*rushSlot), time.Hour)
			calls = append(calls, &call{press: r.ways(p, f, (i+slot)%4)})
		}
	}
	atOnce(calls)
	first := won(t, calls, tooLate...)
	if len(first) != experts*times {
		t.Fatalf("%d of %d won, want %d", len(first), len(calls), experts*times)
	}

	r.stop()
	r.start()
	had := map[*call]programme.SessionID{}
	for _, c := range first {
		had[c] = c.got.ID
	}
	atOnce(calls)
	again := won(t, calls, tooLate...)
	for _, c := range again {
		if c.got.ID != had[c] {
			t.Errorf("the same form made %q first and then %q", had[c], c.got.ID)
		}
	}
	if len(again) != len(first) {
		t.Errorf("sent again, %d won, want %d", len(again), len(first))
	}

	var presses, losers []*call
	for _, c := range calls {
		switch {
		case c.err != nil:
			losers = append(losers, c)
		case c.got.State == programme.SessionOpen:
			for way := range 10 {
				presses = append(presses, r.pick(c.got, 0, way))
			}
		}
	}
	if len(presses) == 0 || len(presses) == 10*len(first) {
		t.Fatalf("%d presses: both ways are to be tried", len(presses))
	}
	atOnce(slices.Concat(presses, losers))
	for _, c := range presses {
		if c.err != nil || c.got.State != programme.SessionBooked {
			t.Errorf("a press on a time that was kept free: %s, %v", c.got.State, c.err)
		}
	}
	if late := won(t, losers, tooLate...); len(late) > 0 {
		t.Errorf("%d got a time that was taken", len(late))
	}
	r.verify(experts * times)
}

// TestOnePressOfAProposalStands: of ten proposals of two times, each time is pressed ten
// times at once. One time of each is agreed on, and who pressed the other is told that
// the proposal changed.
func TestOnePressOfAProposalStands(t *testing.T) {
	const proposals = 10
	var pairs []rushPair
	for i := range proposals {
		pairs = append(pairs, rushPair{programme.PersonID(fmt.Sprint("a", i)), programme.PersonID(fmt.Sprint("m", i%3))})
	}
	r := newRush(t, pairs...)
	var calls []*call
	for i, p := range pairs {
		from := rushStart.Add(time.Duration(2*i) * rushSlot)
		f := p.form(fmt.Sprint("op ", i), from, time.Hour)
		f.Spans = append(f.Spans, programme.Span{From: from.Add(rushSlot), Until: from.Add(rushSlot + time.Hour)})
		s, err := r.ProposeTimes(t.Context(), programme.As(p.atsugi), f)
		if err != nil {
			t.Fatal(err)
		}
		for way := range 20 {
			calls = append(calls, r.pick(s, way%2, way))
		}
	}
	atOnce(calls)
	agreed := map[programme.SessionID]time.Time{}
	for _, c := range won(t, calls, "error.proposal_changed") {
		if at, known := agreed[c.got.ID]; known && !at.Equal(c.got.Span.From) {
			t.Errorf("%s was agreed on at %v and at %v", c.got.ID, at, c.got.Span.From)
		}
		agreed[c.got.ID] = c.got.Span.From
	}
	if won := won(t, calls, "error.proposal_changed"); len(won) != len(calls)/2 || len(agreed) != proposals {
		t.Errorf("%d presses went through, want half of %d; %d are agreed on", len(won), len(calls), len(agreed))
	}
	r.verify(proposals)
}

// TestTimesThatOverlapAnyhow: 200 ask for times of any length that begin anywhere in an
// afternoon of two experts. Whatever is booked, nobody is in two places.
func TestTimesThatOverlapAnyhow(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	var pairs []rushPair
	for m := range 2 {
		for a := range 5 {
			pairs = append(pairs, rushPair{programme.PersonID(fmt.Sprint("a", a)), programme.PersonID(fmt.Sprint("m", m))})
		}
	}
	r := newRush(t, pairs...)
	var calls []*call
	for i := range 200 {
		p := pairs[i%len(pairs)]
		from := rushStart.Add(time.Duration(random.IntN(12*24)) * programme.Grid)
		length := programme.SessionLengths[random.IntN(len(programme.SessionLengths))]
		calls = append(calls, &call{press: r.ways(p, p.form(fmt.Sprint("op ", i), from, length), 0)})
	}
	atOnce(calls)
	booked := won(t, calls, "error.time_taken")
	if len(booked) < 10 || len(booked) == len(calls) {
		t.Errorf("%d of %d were booked: nothing was tried", len(booked), len(calls))
	}
	r.verify(len(booked))
}

// verify reads the file itself: so many are booked, nobody is in two places by the spans
// of the sessions, time is taken for just these, and each was told and written down once.
func (r *rush) verify(booked int) {
	r.t.Helper()
	raw, err := sql.Open("sqlite", "file:"+r.file+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		r.t.Fatal(err)
	}
	defer raw.Close()
	buffer := int(rushBuffer / time.Second)
	for rule, c := range map[string]struct {
		query string
		args  []any
		want  int
	}{
		"sessions that are booked": {`SELECT count(*) FROM sessions WHERE state = 'booked' AND unixepoch(start_at) < unixepoch(end_at)`, nil, booked},
		"sessions besides":         {`SELECT count(*) FROM sessions WHERE state <> 'booked'`, nil, 0},
		"two sessions of an atsugi at once": {`SELECT count(*) FROM sessions a JOIN sessions b ON a.id < b.id AND a.atsugi_id = b.atsugi_id
			WHERE unixepoch(a.start_at) < unixepoch(b.end_at) AND unixepoch(b.start_at) < unixepoch(a.end_at)`, nil, 0},
		"two sessions of an expert at once, or without the buffer": {`SELECT count(*) FROM sessions a JOIN sessions b ON a.id < b.id AND a.mentor_id = b.mentor_id
			WHERE unixepoch(a.start_at) < unixepoch(b.end_at) + $1 AND unixepoch(b.start_at) < unixepoch(a.end_at) + $1`, []any{buffer}, 0},
		"five minutes of the sessions that nobody keeps": {`WITH RECURSIVE wanted (session, person, cell, until) AS (
				SELECT id, atsugi_id, unixepoch(start_at) / 300, unixepoch(end_at) / 300 FROM sessions
				UNION ALL SELECT id, mentor_id, unixepoch(start_at) / 300, (unixepoch(end_at) + $1) / 300 FROM sessions
				UNION ALL SELECT session, person, cell + 1, until FROM wanted WHERE cell + 1 < until)
			SELECT count(*) FROM wanted w LEFT JOIN occupied o ON o.person_id = w.person AND o.cell = w.cell AND o.holder = w.session
			WHERE o.cell IS NULL`, []any{buffer}, 0},
		"five minutes that are kept for no session": {`SELECT count(*) FROM occupied o LEFT JOIN sessions s ON s.id = o.holder
				AND o.person_id IN (s.atsugi_id, s.mentor_id) AND o.cell >= unixepoch(s.start_at) / 300
				AND o.cell < (unixepoch(s.end_at) + CASE o.person_id WHEN s.mentor_id THEN $1 ELSE 0 END) / 300
			WHERE s.id IS NULL`, []any{buffer}, 0},
		"bookings written down": {`SELECT count(*) FROM audit WHERE action IN ('session.book', 'session.pick', 'session.accepted')`, nil, booked},
		"people told of it":     {`SELECT count(*) FROM deliveries WHERE kind = 'session.booked'`, nil, 2 * booked},
		"calendar entries":      {`SELECT count(*) FROM deliveries WHERE kind = 'session.calendar'`, nil, 2 * booked},
	} {
		var n int
		if err := raw.QueryRowContext(r.t.Context(), c.query, c.args...).Scan(&n); err != nil {
			r.t.Fatal(rule, err)
		}
		if n != c.want {
			r.t.Errorf("%s: %d, want %d", rule, n, c.want)
		}
	}
}

// stand enters so many sessions that are booked already, far from those that will be.
func (r *rush) stand(pairs []rushPair, n int) {
	r.t.Helper()
	err := r.store.Write(r.t.Context(), func(tx programme.Tx) error {
		for i := range n {
			p := pairs[i%len(pairs)]
			from := rushStart.AddDate(0, 0, 60).Add(time.Duration(i/len(pairs)) * rushSlot)
			s := programme.Session{
				ID: programme.SessionID(fmt.Sprint("standing ", i)), Kind: programme.FollowUp, Engagement: p.engagement(), Atsugi: p.atsugi,
				Mentor: p.mentor, State: programme.SessionBooked, Span: programme.Span{From: from, Until: from.Add(time.Hour)},
				Venue: programme.Venue{Mode: programme.ModeOnline}, Topic: "壁打ち", Made: r.Now(), By: "office", Seq: 1,
			}
			err := errors.Join(tx.CreateSession(string(s.ID), s), tx.Occupy(s.ID, []programme.Occupied{
				{Person: p.atsugi, Span: s.Span}, {Person: p.mentor, Span: programme.Span{From: from, Until: s.Span.Until.Add(rushBuffer)}},
			}))
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		r.t.Fatal(err)
	}
}

// BenchmarkBookingsAt50ASecond books for both, 50 a second.
func BenchmarkBookingsAt50ASecond(b *testing.B) {
	var pairs []rushPair
	for i := range rushRate {
		pairs = append(pairs, rushPair{programme.PersonID(fmt.Sprint("a", i)), programme.PersonID(fmt.Sprint("m", i))})
	}
	for _, standing := range []int{15, 200} { // what a programme aims at, and more than anybody plans
		b.Run(fmt.Sprintf("standing=%d", standing), func(b *testing.B) {
			atRate(b, func() func(int) error {
				r := newRush(b, pairs...)
				r.stand(pairs, standing)
				book := func(f programme.SessionForm) error {
					_, err := r.BookSession(b.Context(), programme.As("office"), f)
					return err
				}
				for i := range 3 { // a program that runs has its queries compiled
					must(b, book(pairs[i].form(fmt.Sprint("first ", i), rushStart.AddDate(0, 0, 30), time.Hour)))
				}
				return func(n int) error {
					return book(pairs[n].form(fmt.Sprint("op", n), rushStart.Add(time.Duration(n%7)*rushSlot), time.Hour))
				}
			})
		})
	}
}

// rushRate is how many presses a second the benchmarks make.
const rushRate = 50

// atRate presses rushRate times a second however long the presses before take: what is
// measured begins at the moment that the press was due. Every second begins with a
// database of its own, so that it is not the benchmark that makes it large.
func atRate(b *testing.B, begin func() (press func(n int) error)) {
	b.Helper()
	var all sync.WaitGroup
	var press func(int) error
	var begun time.Time
	took := make([]time.Duration, 0, b.N)
	var mu sync.Mutex
	for n := 0; b.Loop(); n++ {
		if n%rushRate == 0 {
			all.Wait()
			press = begin()
			begun = time.Now()
		}
		due := begun.Add(time.Duration(n%rushRate) * time.Second / rushRate)
		<-time.After(time.Until(due))
		all.Go(func() {
			err := press(n % rushRate)
			mu.Lock()
			defer mu.Unlock()
			if took = append(took, time.Since(due)); err != nil {
				b.Error(err)
			}
		})
	}
	all.Wait()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(0, "ns/op")
}
