package reminders

import (
	"iter"
	"slices"
	"strings"

	"tsugite/programme"
)

// crowd is who is invited to some events and what they answered, laid out so
// that ten thousand people are gone through quickly.
type crowd struct {
	people  []programme.Recipient                               // who can be reached, sorted
	invited map[programme.EventID][]int                         // indexes of people
	answers map[programme.EventID]map[int]*programme.Attendance // by index of people
}

// crowd gathers the people of the events that the rungs are of.
func (f Facts) crowd(rungs []rung) crowd {
	var reachable []*programme.Person
	for i := range f.People {
		if f.People[i].Reachable() {
			reachable = append(reachable, &f.People[i])
		}
	}
	slices.SortFunc(reachable, func(a, b *programme.Person) int { return strings.Compare(string(a.ID), string(b.ID)) })
	c := crowd{
		people:  make([]programme.Recipient, len(reachable)),
		invited: make(map[programme.EventID][]int),
		answers: make(map[programme.EventID]map[int]*programme.Attendance),
	}
	index := make(map[programme.PersonID]int, len(reachable))
	for i, p := range reachable {
		c.people[i] = programme.ToPerson(p.ID)
		index[p.ID] = i
	}
	for _, r := range rungs {
		if _, seen := c.invited[r.event.ID]; !seen {
			c.invited[r.event.ID] = invited(r.event, reachable)
			c.answers[r.event.ID] = make(map[int]*programme.Attendance)
		}
	}
	for i := range f.Attendance {
		a := &f.Attendance[i]
		if answers, ok := c.answers[a.Event]; ok {
			if p, ok := index[a.Person]; ok {
				answers[p] = a
			}
		}
	}
	return c
}

func invited(e *programme.Event, people []*programme.Person) []int {
	in := make([]int, 0, len(people))
	for i, p := range people {
		if e.Audience.Includes(*p) {
			in = append(in, i)
		}
	}
	return in
}

// notices are those of one rung, by recipient.
func (c crowd) notices(r rung) iter.Seq[programme.Notice] {
	return func(yield func(programme.Notice) bool) {
		answers := c.answers[r.event.ID]
		for _, i := range c.invited[r.event.ID] {
			if !r.concerns(answers[i]) {
				continue
			}
			n := programme.Notice{
				Kind: r.kind, Subject: string(r.event.ID), To: c.people[i],
				Occasion: r.occasion, Due: r.due, UsefulUntil: r.until,
			}
			if !yield(n) {
				return
			}
		}
	}
}

// concerns says whether somebody with this answer, nil for none, gets the
// rung's notice.
func (r rung) concerns(a *programme.Attendance) bool {
	if a == nil {
		return r.kind == programme.NoticeEventAsk
	}
	if a.At.After(r.due) {
		return false
	}
	if r.kind == programme.NoticeEventReminder {
		return a.Answer.Comes()
	}
	return a.Answer == programme.Undecided || a.Answer == programme.NotYet
}
