package programme

import (
	"context"
	"slices"
	"strings"
	"time"
)

// EventSheet is an event as its forms are drawn from: with the people whom it
// names, and what its audience can be chosen from.
type EventSheet struct {
	Event         Event    // zero for a new one
	Named         []Person // of the audience's People, those who still take part, by kana
	Cohorts       []string // of the roster, by name
	Organisations []string // likewise
}

// EventSheet gathers what the coordinator's form for an event is drawn from; ""
// is for an event to be made.
func (o *Office) EventSheet(ctx context.Context, who Actor, id EventID) (EventSheet, error) {
	var s EventSheet
	err := o.readAsOffice(ctx, who, func(tx Tx) (err error) {
		if id != "" {
			if s.Event, err = tx.Event(id); err != nil {
				return orMissing(err, "error.event_gone")
			}
		}
		people, err := tx.People()
		if err != nil {
			return err
		}
		for _, p := range people {
			if p.Active() && slices.Contains(s.Event.Audience.People, p.ID) {
				s.Named = append(s.Named, p)
			}
			s.Cohorts = append(s.Cohorts, p.Cohorts...)
		}
		slices.Sort(s.Cohorts)
		s.Cohorts = slices.Compact(s.Cohorts)
		s.Organisations = organisations(people)
		return nil
	})
	return s, err
}

// EventReach says who would be told if the event moved or were cancelled now.
type EventReach struct {
	Event  Event
	Slack  []Person // by the bot, by kana
	Others []Person // not on Slack: by the office
	Guests []Guest  // likewise
	Held   bool     // nothing goes out by the bot before deliveries are resumed
}

// EventReach counts those concerned by a change, before the coordinator makes it:
// nobody while the event is not announced.
func (o *Office) EventReach(ctx context.Context, who Actor, id EventID) (EventReach, error) {
	var r EventReach
	err := o.readAsOffice(ctx, who, func(tx Tx) (err error) {
		if r.Event, err = tx.Event(id); err != nil {
			return orMissing(err, "error.event_gone")
		}
		if r.Held, _, err = tx.Held(); err != nil {
			return err
		}
		now := o.Now()
		if !r.Event.Announced(o.Settings.Today(now)) || !r.Event.Open(now) {
			return nil
		}
		people, err := concerned(tx, r.Event)
		if err != nil {
			return err
		}
		for _, p := range people {
			if p.Reachable() {
				r.Slack = append(r.Slack, p)
			} else {
				r.Others = append(r.Others, p)
			}
		}
		guests, err := tx.GuestsOf(id)
		for _, g := range guests {
			if g.Answer.Expected() {
				r.Guests = append(r.Guests, g)
			}
		}
		return err
	})
	return r, err
}

// FindPeople lists those who take part and whose name, kana, organisation or
// address holds what was typed, by kana, limit at most. It is for the coordinator.
func (o *Office) FindPeople(ctx context.Context, who Actor, typed string, limit int) ([]Person, error) {
	var found []Person
	err := o.readAsOffice(ctx, who, func(tx Tx) error {
		people, err := tx.People()
		if err != nil {
			return err
		}
		want := foldName(typed)
		for _, p := range people {
			if len(found) == limit {
				break
			}
			if p.Active() && holds(want, p.Name, p.Kana, p.Organisation, p.Email) {
				found = append(found, p)
			}
		}
		return nil
	})
	return found, err
}

// FindOrganisations lists the organisations of the roster that hold what was
// typed, by name, limit at most. It is for the coordinator.
func (o *Office) FindOrganisations(ctx context.Context, who Actor, typed string, limit int) ([]string, error) {
	var found []string
	err := o.readAsOffice(ctx, who, func(tx Tx) error {
		people, err := tx.People()
		if err != nil {
			return err
		}
		want := foldName(typed)
		for _, name := range organisations(people) {
			if len(found) == limit {
				break
			}
			if holds(want, name) {
				found = append(found, name)
			}
		}
		return nil
	})
	return found, err
}

// organisations are those that somebody who takes part works for, by name.
func organisations(people []Person) []string {
	seen := map[string]bool{"": true}
	var out []string
	for _, p := range people {
		if p.Active() && !seen[p.Organisation] {
			seen[p.Organisation] = true
			out = append(out, p.Organisation)
		}
	}
	slices.Sort(out)
	return out
}

// holds says whether one of the words holds the folded text.
func holds(folded string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(foldName(w), folded) })
}

// Undated is the form of an event to be made like this one, on another day.
func (f EventForm) Undated() EventForm {
	f.ID, f.Version = "", 0
	f.Start, f.End, f.Deadline = time.Time{}, time.Time{}, time.Time{}
	return f
}
