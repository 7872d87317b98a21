package programme_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"tsugite/programme"
)

// The published times of these tests: so many experts, each of whom has so many times for
// which people race, and some more a week later that nobody asks for.
const (
	openExperts = 4
	openTimes   = 5
	openAtsugi  = 200
	openSpare   = 3
)

// newOpenRush has experts who publish times, every other of whom agrees to requests at
// once, and atsugi who may ask every one of them.
func newOpenRush(t testing.TB) *rush {
	t.Helper()
	r := newRush(t)
	r.Settings.Sessions.Offering = programme.OfferingOpen
	err := r.store.Write(t.Context(), func(tx programme.Tx) (errs error) {
		person := func(id programme.PersonID, role programme.Role) {
			errs = errors.Join(errs, tx.SavePerson(programme.Person{
				ID: id, Name: string(id), SlackID: "U" + string(id), Roles: []programme.Role{role}, Kind: programme.Expert,
				Notified: "2026-06-01", Pledged: "2026-06-01",
			}))
		}
		for i := range openAtsugi {
			person(openAsker(i), programme.Atsugi)
		}
		for i := range openExperts {
			person(openExpert(i), programme.Mentor)
			o := programme.Offer{
				Mentor: openExpert(i), Online: true, Length: time.Hour, Buffer: rushBuffer, PerWeek: 1e6, Everyone: true, Accepts: i%2 == 0,
				Hours: programme.Hours{Zone: "Asia/Tokyo"},
			}
			for slot := range openTimes {
				o.Hours.Single = append(o.Hours.Single, openTime(slot))
			}
			for slot := range openSpare {
				spare := openTime(slot)
				o.Hours.Single = append(o.Hours.Single, programme.Span{From: spare.From.AddDate(0, 0, 7), Until: spare.Until.AddDate(0, 0, 7)})
			}
			errs = errors.Join(errs, tx.SaveOffer(o))
		}
		return errs
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func openExpert(i int) programme.PersonID { return programme.PersonID(fmt.Sprint("m", i)) }
func openAsker(i int) programme.PersonID  { return programme.PersonID(fmt.Sprint("a", i)) }

// openTime is a stretch in which one session fits, with its buffer up to the next.
func openTime(slot int) programme.Span {
	from := rushStart.Add(time.Duration(slot) * rushSlot)
	return programme.Span{From: from, Until: from.Add(time.Hour)}
}

// openForm is what the i-th atsugi asks for: ten want each time.
func openForm(i int) programme.RequestForm {
	which := i % (openExperts * openTimes)
	return programme.RequestForm{
		Op: fmt.Sprint("op ", i), Mentor: openExpert(which / openTimes), Start: openTime(which % openTimes).From,
		Mode: programme.ModeOnline, Topic: "壁打ち",
	}
}

// requests are presses, so many for each atsugi, who may send the same form twice at once.
func (r *rush) requests(clicks int) (calls []*call) {
	for i := range openAtsugi {
		for range clicks {
			calls = append(calls, &call{press: func() (programme.Session, error) {
				return r.RequestSession(r.t.Context(), programme.As(openAsker(i)), openForm(i))
			}})
		}
	}
	return calls
}

// toldNext checks what a loser is told: which times the expert has instead. There are always
// some, since nobody asks for the spare ones; when the race is over there are no others.
func toldNext(t *testing.T, f programme.RequestForm, over bool, err error) {
	t.Helper()
	if !refusedWith(err, "error.time_taken_next") {
		t.Errorf("a loser is told %v", err)
		return
	}
	e, _ := programme.AsError(err)
	next, _ := e.Args["Next"].([]programme.Span)
	if len(next) != 3 {
		t.Errorf("a loser is offered %v", next)
	}
	for _, s := range next {
		known := func(slot int) bool {
			return !over && s.Same(openTime(slot)) || slot < openSpare && s.From.Equal(openTime(slot).From.AddDate(0, 0, 7))
		}
		if s.From.Equal(f.Start) || !slices.ContainsFunc([]int{0, 1, 2, 3, 4}, known) {
			t.Errorf("who wanted %v is offered %v", f.Start, s)
		}
	}
}

// winners are the sessions that were asked for, by op; every press of one form answers the
// same. over says that all had been given away before these presses.
func winners(t *testing.T, calls []*call, clicks int, over bool) map[string]programme.Session {
	t.Helper()
	won := map[string]programme.Session{}
	for n, c := range calls {
		f := openForm(n / clicks)
		if c.err != nil {
			toldNext(t, f, over, c.err)
			continue
		}
		if s, known := won[f.Op]; known && s.ID != c.got.ID {
			t.Errorf("%s made %q and %q", f.Op, s.ID, c.got.ID)
		}
		won[f.Op] = c.got
	}
	for n, c := range calls {
		if _, known := won[openForm(n/clicks).Op]; known && c.err != nil {
			t.Errorf("%s went through, and was told %v", openForm(n/clicks).Op, c.err)
		}
	}
	return won
}

// TestPublishedTimesOfWhich200WantOne: 200 atsugi ask for 20 published times, each sending
// their form twice at once; then everything is sent again to a program that was restarted,
// and what waits for its expert is picked by ten presses each.
func TestPublishedTimesOfWhich200WantOne(t *testing.T) {
	const clicks = 2
	r := newOpenRush(t)
	calls := r.requests(clicks)
	atOnce(calls)
	first := winners(t, calls, clicks, false)
	if len(first) != openExperts*openTimes {
		t.Fatalf("%d won, want %d", len(first), openExperts*openTimes)
	}

	r.stop()
	r.start()
	atOnce(calls)
	again := winners(t, calls, clicks, true)
	if len(again) != len(first) {
		t.Errorf("sent again, %d won, want %d", len(again), len(first))
	}
	for op, s := range again {
		if s.ID != first[op].ID {
			t.Errorf("%s made first %q and then %q", op, first[op].ID, s.ID)
		}
	}

	var presses []*call
	for _, s := range again {
		for way := range 10 {
			if s.State == programme.SessionOpen {
				presses = append(presses, r.pick(s, 0, way))
			}
		}
	}
	if want := 10 * openTimes * openExperts / 2; len(presses) != want {
		t.Fatalf("%d presses, want %d: half of the experts agree at once", len(presses), want)
	}
	var late []*call
	for i, c := range r.requests(1) {
		if first[openForm(i).Op].ID == "" {
			late = append(late, c)
		}
	}
	atOnce(slices.Concat(presses, late))
	for _, c := range presses {
		if c.err != nil || c.got.State != programme.SessionBooked {
			t.Errorf("a press on a time that was kept free: %s, %v", c.got.State, c.err)
		}
	}
	for _, c := range late {
		if !refusedWith(c.err, "error.time_taken_next") {
			t.Errorf("who was too late is told %v", c.err)
		}
	}
	r.verify(openExperts * openTimes)
}

// TestOpenFormsOfPublishedTimes: 200 open the form of one of 20 times at once, each twice.
// Twenty have it, also after a restart, and nobody else gets in between.
func TestOpenFormsOfPublishedTimes(t *testing.T) {
	r := newOpenRush(t)
	var holds []*call
	for i := range openAtsugi {
		f := openForm(i)
		for range 2 {
			holds = append(holds, &call{press: func() (programme.Session, error) {
				return programme.Session{}, r.HoldTime(r.t.Context(), programme.As(openAsker(i)), f.Op, f.Mentor, f.Start)
			}})
		}
	}
	atOnce(holds)
	held := map[string]bool{}
	for n, c := range holds {
		f := openForm(n / 2)
		if c.err != nil {
			toldNext(t, f, false, c.err)
		}
		if n%2 == 1 && (c.err == nil) != (holds[n-1].err == nil) {
			t.Errorf("%s is kept by one of two presses: %v, %v", f.Op, holds[n-1].err, c.err)
		}
		held[f.Op] = held[f.Op] || c.err == nil
	}

	r.stop()
	r.start()
	calls := r.requests(2)
	atOnce(calls)
	won := winners(t, calls, 2, true)
	if len(won) != openExperts*openTimes {
		t.Errorf("%d won, want %d", len(won), openExperts*openTimes)
	}
	for op := range won {
		if !held[op] {
			t.Errorf("%s got a time that another form kept", op)
		}
	}
	var presses []*call
	for _, s := range won {
		if s.State == programme.SessionOpen {
			presses = append(presses, r.pick(s, 0, 1))
		}
	}
	atOnce(presses)
	r.verify(openExperts * openTimes)
}

// TestTwoFormsOfOneAtsugi: who asks two experts for the same hour at once, with the forms
// of both open, gets one of them.
func TestTwoFormsOfOneAtsugi(t *testing.T) {
	r := newOpenRush(t)
	var calls, holds []*call
	for i := range openTimes {
		for m := range 2 {
			f := openForm(i)
			f.Op, f.Mentor = fmt.Sprintf("op %d %d", i, m), openExpert(2*m) // both agree at once
			holds = append(holds, &call{press: func() (programme.Session, error) {
				return programme.Session{}, r.HoldTime(r.t.Context(), programme.As(openAsker(i)), f.Op, f.Mentor, f.Start)
			}})
			calls = append(calls, &call{press: func() (programme.Session, error) {
				return r.RequestSession(r.t.Context(), programme.As(openAsker(i)), f)
			}})
		}
	}
	atOnce(holds)
	for _, c := range holds {
		if c.err != nil {
			t.Errorf("a form opens in spite of another of the same person: %v", c.err)
		}
	}
	atOnce(calls)
	if got := won(t, calls, "error.time_taken_next"); len(got) != openTimes {
		t.Errorf("%d won, want %d", len(got), openTimes)
	}
	r.verify(openTimes)
}

// BenchmarkRequestsAt50ASecond asks for published times, 50 a second, beside events to
// which everybody goes or may go.
func BenchmarkRequestsAt50ASecond(b *testing.B) {
	atRate(b, func() func(int) error {
		r := newOpenRush(b)
		must(b, r.store.Write(b.Context(), r.season))
		request := func(op, asker, which int) error {
			f := openForm(0)
			f.Op, f.Mentor = fmt.Sprint("op ", op), openExpert(which%openExperts)
			f.Start = rushStart.AddDate(0, 0, 1).Add(time.Duration(which/openExperts) * 30 * time.Minute)
			_, err := r.RequestSession(b.Context(), programme.As(openAsker(asker)), f)
			return err
		}
		for i := range 3 { // a program that runs has its queries compiled
			must(b, request(-1-i, openAtsugi-1-i, rushRate+i))
		}
		return func(n int) error { return request(n, n, n) }
	})
}

// season is twenty events in the coming four weeks, with answers, and experts who publish
// all their days in half hours.
func (r *rush) season(tx programme.Tx) (errs error) {
	for i := range openExperts {
		o, err := tx.Offer(openExpert(i))
		errs = errors.Join(errs, err)
		o.Length, o.Buffer, o.Hours.Single = 30*time.Minute, 0, nil
		for day := time.Monday; day <= time.Friday; day++ {
			o.Hours.Weekly = append(o.Hours.Weekly, programme.WeeklyTime{Day: day, From: 9 * 60, Until: 18 * 60})
		}
		errs = errors.Join(errs, tx.SaveOffer(o))
	}
	for i := range 20 {
		start := rushStart.AddDate(0, 0, i-10).Add(12 * time.Hour)
		e := programme.Event{
			ID: programme.EventID(fmt.Sprint("event ", i)), Title: "催し", Start: start, End: start.Add(2 * time.Hour), Approved: "2026-08-01",
			Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi, programme.Mentor}},
		}
		errs = errors.Join(errs, tx.SaveEvent(e))
		for a := range openAtsugi {
			_, err := tx.Attend(programme.Attendance{Event: e.ID, Person: openAsker(a), Answer: programme.Yes, At: r.Now()})
			errs = errors.Join(errs, err)
		}
	}
	return errs
}
