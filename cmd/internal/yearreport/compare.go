package yearreport

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"tsugite/programme"
)

// How a message differs between two years. The strings are part of the output.
const (
	Added = "added"
	Gone  = "gone"
	Moved = "moved"
)

// Change is one message that one of two years has, or both have at different
// moments.
type Change struct {
	How     string
	To      string // Slack user id
	Name    string
	Notice  programme.NoticeKind
	Subject string // event:ID, or the kind of what it is about
	Event   string // the event's title, "" if it is about none
	At      time.Time
	Was     time.Time // zero unless it moved, or is gone
}

// MarshalJSON writes the change as a line of its own.
func (c Change) MarshalJSON() ([]byte, error) {
	moment := func(t time.Time) *string {
		if t.IsZero() {
			return nil
		}
		return orNull(stamp(t))
	}
	return marshal(struct {
		How     string  `json:"change"`
		To      string  `json:"to"`
		Notice  string  `json:"notice"`
		Subject string  `json:"subject"`
		At      *string `json:"at"`
		Was     *string `json:"was"`
	}{c.How, c.To, string(c.Notice), c.Subject, moment(c.At), moment(c.Was)})
}

var _ json.Marshaler = Change{}

// Comparison is what changes for whom when one year takes the place of another.
type Comparison struct {
	Old, New Report
	Changes  []Change // by person in the order of the roster, then by moment
}

// slot is what makes a message the same in both years: who gets it, what about,
// and which of several.
type slot struct {
	to, subject, step string
	notice            programme.NoticeKind
	nth               int
}

// Compare finds what is different. Answers to people's own acts are not compared:
// they follow from the rest.
func Compare(old, now Report) Comparison {
	c := Comparison{Old: old, New: now}
	before, after := old.slots(), now.slots()
	for s, rec := range after {
		was, stood := before[s]
		switch {
		case !stood:
			c.Changes = append(c.Changes, now.change(Added, rec, time.Time{}))
		case !was.At.Equal(rec.At):
			c.Changes = append(c.Changes, now.change(Moved, rec, was.At))
		}
	}
	for s, rec := range before {
		if _, stands := after[s]; !stands {
			gone := old.change(Gone, rec, rec.At)
			gone.At = time.Time{}
			c.Changes = append(c.Changes, gone)
		}
	}
	c.sort()
	return c
}

func (r Report) slots() map[slot]Record {
	out := map[slot]Record{}
	count := map[slot]int{}
	for _, lane := range r.Lanes {
		for _, rec := range lane.Messages {
			s := slot{to: rec.To, subject: r.subject(rec.About), step: step(rec.About.Occasion), notice: rec.Notice}
			count[s]++
			s.nth = count[s]
			out[s] = rec
		}
	}
	return out
}

// step is the part of an occasion that stays when an event moves.
func step(occasion string) string {
	before, _, found := strings.Cut(occasion, "@")
	if !found {
		return ""
	}
	return before
}

func (r Report) change(how string, rec Record, was time.Time) Change {
	c := Change{How: how, To: rec.To, Notice: rec.Notice, Subject: r.subject(rec.About), Event: r.title(rec.About), At: rec.At, Was: was}
	for _, lane := range r.Lanes {
		if lane.Person.SlackID == rec.To {
			c.Name = lane.Person.Name
		}
	}
	return c
}

func (c *Comparison) sort() {
	place := map[string]int{}
	for i, lane := range c.New.Lanes {
		place[lane.Person.SlackID] = i
	}
	when := func(x Change) time.Time {
		if x.At.IsZero() {
			return x.Was
		}
		return x.At
	}
	slices.SortFunc(c.Changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(place[a.To], place[b.To]), when(a).Compare(when(b)), cmp.Compare(a.How, b.How),
			cmp.Compare(a.Notice, b.Notice), cmp.Compare(a.Subject, b.Subject), a.Was.Compare(b.Was))
	})
}
