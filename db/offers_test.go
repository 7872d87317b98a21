package db

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

// fullOffer has something in every field, s in those that people write.
func fullOffer(mentor programme.PersonID, s string) programme.Offer {
	ny := time.FixedZone("EST", -5*60*60)
	s = strings.ToValidUTF8(s, "?") // it is kept as JSON, which holds nothing else; nor does what Slack sends
	return programme.Offer{
		Mentor: mentor, Help: s, Fields: []string{"販路", s}, Languages: s, Online: true, URL: s, OnSite: true, Place: s,
		Length: 45 * time.Minute, Buffer: 10 * time.Minute, Notice: 36 * time.Hour, PerWeek: 2, Everyone: true, Accepts: true,
		Hours: programme.Hours{
			Zone:     "America/New_York",
			Weekly:   []programme.WeeklyTime{{Day: time.Friday, From: 1320, Until: 1500}, {Day: time.Sunday, From: 0, Until: 60}},
			Single:   []programme.Span{{From: minutes(60).In(ny), Until: minutes(105)}},
			Off:      []programme.DaySpan{{First: "2026-10-10", Last: "2026-10-12"}},
			Holidays: true,
		},
	}
}

func TestOfferComesBackVerbatim(t *testing.T) {
	for _, s := range odd {
		db := newSessions(t)
		want, bare := fullOffer("m", s), programme.Offer{Mentor: "n"}
		write(t, db, func(tx programme.Tx) error { return errors.Join(tx.SaveOffer(bare), tx.SaveOffer(want)) })
		want.Version, bare.Version = 1, 1
		exact(t, read(t, db, func(tx programme.Tx) (programme.Offer, error) { return tx.Offer("m") }), want)
		exact(t, read(t, db, programme.Tx.Offers), []programme.Offer{want, bare})
	}
}

func TestUnknownOfferIsNoRow(t *testing.T) {
	err := newSessions(t).Read(t.Context(), func(tx programme.Tx) error { _, err := tx.Offer("m"); return err })
	wantError(t, err, programme.ErrNoRow)
}

// Of two who save what they saw, the second is told.
func TestOfferIsSavedIfUnchanged(t *testing.T) {
	db := newSessions(t)
	save := func(version int, help string) error {
		return db.Write(t.Context(), func(tx programme.Tx) error {
			return tx.SaveOffer(programme.Offer{Mentor: "m", Help: help, Version: version})
		})
	}
	for _, step := range []struct {
		rule    string
		version int
		help    string
		want    error
		stands  string
	}{
		{"a first one", 0, "1", nil, "1"},
		{"a first one again", 0, "2", programme.ErrStale, "1"},
		{"a change", 1, "3", nil, "3"},
		{"a change of what stood before", 1, "4", programme.ErrStale, "3"},
		{"a change of what is to come", 3, "5", programme.ErrStale, "3"},
		{"another change", 2, "6", nil, "6"},
	} {
		if err := save(step.version, step.help); !errors.Is(err, step.want) {
			t.Errorf("%s: %v, want %v", step.rule, err, step.want)
		}
		if got := read(t, db, func(tx programme.Tx) (programme.Offer, error) { return tx.Offer("m") }); got.Help != step.stands {
			t.Errorf("%s: %q stands, want %q", step.rule, got.Help, step.stands)
		}
	}
	err := db.Write(t.Context(), func(tx programme.Tx) error { return tx.SaveOffer(programme.Offer{Mentor: "nobody"}) })
	if err == nil {
		t.Error("nobody offers something")
	}
}

// Who waits does so once for an expert, in the order in which they began to.
func TestWaitsAreKeptInOrder(t *testing.T) {
	db := newSessions(t)
	save := func(w programme.Wait) {
		write(t, db, func(tx programme.Tx) error { return tx.SaveWait(w) })
	}
	am := programme.Wait{Atsugi: "a", Mentor: "m", Since: minutes(2)}
	bm := programme.Wait{Atsugi: "b", Mentor: "m", Since: minutes(1)}
	an := programme.Wait{Atsugi: "a", Mentor: "n", Since: minutes(1)}
	for _, w := range []programme.Wait{am, an, bm} {
		save(w)
	}
	waits := func() []programme.Wait { return read(t, db, programme.Tx.Waits) }
	exact(t, waits(), []programme.Wait{bm, an, am})
	bm.Told = minutes(5)
	save(bm)
	exact(t, waits(), []programme.Wait{bm, an, am})
	bm.Since, bm.Told = minutes(6), time.Time{} // they wait anew
	save(bm)
	exact(t, waits(), []programme.Wait{an, am, bm})
	for range 2 { // again changes nothing
		write(t, db, func(tx programme.Tx) error { return tx.RemoveWait("m", "a") })
		exact(t, waits(), []programme.Wait{an, bm})
	}
}

// A calendar that was read again says what is taken in place of what it said before.
func TestBusyTimesAreThoseReadLast(t *testing.T) {
	db := newSessions(t)
	set := func(p programme.PersonID, spans ...programme.Span) {
		write(t, db, func(tx programme.Tx) error { return tx.SetBusy(p, spans) })
	}
	busy := func(p programme.PersonID, in programme.Span) []programme.Span {
		return read(t, db, func(tx programme.Tx) ([]programme.Span, error) { return tx.Busy(p, in) })
	}
	all := span(-10000, 20000)
	set("m", span(0, 1))
	set("m", span(100, 60), span(0, 60), span(30, 300))
	set("n", span(0, 60))
	exact(t, busy("m", all), []programme.Span{span(0, 60), span(30, 300), span(100, 60)})
	for rule, c := range map[string]struct {
		in   programme.Span
		want []programme.Span
	}{
		"before all":               {span(-60, 60), nil},
		"what touches its begin":   {span(-60, 61), []programme.Span{span(0, 60)}},
		"what begins before it":    {span(120, 5), []programme.Span{span(30, 300), span(100, 60)}},
		"from where the last ends": {span(330, 60), nil},
	} {
		t.Run(rule, func(t *testing.T) { exact(t, busy("m", c.in), c.want) })
	}
	set("m")
	exact(t, busy("m", all), []programme.Span(nil))
	exact(t, busy("n", all), []programme.Span{span(0, 60)})
}

func TestReadingsOfCalendarsComeBack(t *testing.T) {
	db := newSessions(t)
	save := func(b programme.BusyReading) {
		write(t, db, func(tx programme.Tx) error { return tx.SaveBusyReading(b) })
	}
	n := programme.BusyReading{Person: "n", Read: minutes(1)}
	m := programme.BusyReading{Person: "m", Failed: minutes(2), Fault: "unreachable"}
	save(n)
	save(m)
	exact(t, read(t, db, programme.Tx.BusyReadings), []programme.BusyReading{m, n})
	m.Read, m.Failed, m.Fault = minutes(3), time.Time{}, ""
	save(m)
	exact(t, read(t, db, programme.Tx.BusyReadings), []programme.BusyReading{m, n})
	write(t, db, func(tx programme.Tx) error {
		return errors.Join(tx.SetBusy("m", []programme.Span{span(0, 60)}), tx.RemoveBusy("m"))
	})
	exact(t, read(t, db, programme.Tx.BusyReadings), []programme.BusyReading{n})
	exact(t, read(t, db, func(tx programme.Tx) ([]programme.Span, error) { return tx.Busy("m", span(-60, 600)) }), []programme.Span(nil))
}

// What an open form holds is somebody's until its time is up, or the form is closed.
func TestFormsHoldTimeForAWhile(t *testing.T) {
	db := newSessions(t)
	emptySessions(t, db, "1")
	hold := func(form string, until time.Time, times ...programme.Occupied) error {
		return db.Write(t.Context(), func(tx programme.Tx) error { return tx.Hold(form, times, until) })
	}
	expired := func(now time.Time) func(programme.Tx) error {
		return func(tx programme.Tx) error { return tx.ExpireHolds(now) }
	}
	closed := func(form string) func(programme.Tx) error {
		return func(tx programme.Tx) error { return tx.ReleaseHold(form) }
	}
	holders := func() (out []string) {
		for _, o := range day(t, db, "m") {
			out = append(out, o.Holder)
			if (o.Holder == "1") != o.Until.IsZero() {
				t.Errorf("%+v", o)
			}
		}
		return out
	}
	if err := errors.Join(occupy(t, db, "1", holds("m", span(300, 60))), hold("form", minutes(5), holds("a", span(0, 60)), holds("m", span(0, 75)))); err != nil {
		t.Fatal(err)
	}
	if got := day(t, db, "a"); len(got) != 1 || !got[0].Until.Equal(minutes(5)) || got[0].Holder != "form" {
		t.Errorf("the form holds %+v", got)
	}
	wantError(t, hold("other", minutes(6), holds("b", span(0, 60)), holds("m", span(60, 60))), programme.ErrTaken)
	wantError(t, hold("other", minutes(6), holds("m", span(330, 60))), programme.ErrTaken)
	wantError(t, occupy(t, db, "1", holds("m", span(30, 60))), programme.ErrTaken)
	for _, step := range []struct {
		rule string
		do   func(programme.Tx) error
		want []string
	}{
		{"before its time is up", expired(minutes(5).Add(-1)), []string{"form", "1"}},
		{"another form is closed", closed("other"), []string{"form", "1"}},
		{"a session is no form", closed("1"), []string{"form", "1"}},
		{"its time is up", expired(minutes(5)), []string{"1"}},
	} {
		if write(t, db, step.do); !slices.Equal(holders(), step.want) {
			t.Errorf("%s: %v, want %v", step.rule, holders(), step.want)
		}
	}
	if err := hold("other", minutes(9), holds("m", span(0, 60))); err != nil {
		t.Error(err)
	}
	if write(t, db, closed("other")); !slices.Equal(holders(), []string{"1"}) {
		t.Errorf("the form was closed: %v", holders())
	}
}
