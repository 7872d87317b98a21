package programme_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"tsugite/programme"
)

// BenchmarkOffers lists fifty experts who publish some of each working day, for one of
// fifty atsugi: beside a session of each expert, and four events to which many are invited.
func BenchmarkOffers(b *testing.B) {
	var pairs []rushPair
	for i := range 50 {
		pairs = append(pairs, rushPair{programme.PersonID(fmt.Sprintf("a%02d", i)), programme.PersonID(fmt.Sprintf("m%02d", i))})
	}
	r := newRush(b, pairs...)
	r.Settings.Sessions.Offering = programme.OfferingOpen
	for i, p := range pairs {
		f := p.form(fmt.Sprint("op ", i), rushStart.AddDate(0, 0, i%20), time.Hour)
		if _, err := r.BookSession(b.Context(), programme.As("office"), f); err != nil {
			b.Fatal(err)
		}
	}
	err := r.store.Write(b.Context(), func(tx programme.Tx) (errs error) {
		for _, p := range pairs {
			of := thursdays(p.mentor)
			of.Hours.Weekly = nil
			for day := time.Monday; day <= time.Friday; day++ {
				of.Hours.Weekly = append(of.Hours.Weekly, programme.WeeklyTime{Day: day, From: 13 * 60, Until: 18 * 60})
			}
			errs = errors.Join(errs, tx.SaveOffer(of))
		}
		for i := range 4 {
			start := rushStart.AddDate(0, 0, 3*i).Add(5 * time.Hour)
			errs = errors.Join(errs, tx.SaveEvent(programme.Event{
				ID: programme.EventID(fmt.Sprint("event ", i)), Title: "催し", Start: start, End: start.Add(2 * time.Hour), Approved: "2026-08-01",
				Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi, programme.Mentor}},
			}))
		}
		return errs
	})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		list, err := r.Offers(b.Context(), programme.As("a00"))
		if err != nil || len(list) != len(pairs) {
			b.Fatalf("%d experts, %v", len(list), err)
		}
	}
}
