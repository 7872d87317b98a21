package reminders

import (
	"fmt"
	"regexp"
	"sync"
	"time"

	"tsugite/programme"
)

// memoDay is the time of day at which people hear of memos that are to be written.
const memoDay = "10:00"

// dueWithin is how long somebody has for a memo, in days: within half a quarter whatever
// the calendar.
var dueWithin = regexp.MustCompile(`^([1-9]|[1-4][0-9])(bd|d)$`)

// ParseMemoDue reads within how many days of what it is of a memo is to be written: 3bd in
// business days, 5d in days.
func ParseMemoDue(s string) (Offset, error) {
	if !dueWithin.MatchString(s) {
		return Offset{}, fmt.Errorf("%.40q is not how long a memo may take (write 3bd for business days or 5d, 1 to 49)", s)
	}
	return ParseOffset("+" + s + " " + memoDay)
}

// memoAgain is how long after the day on which a memo was due its writer is asked once
// more, and as long after that the office hears of it.
var memoAgain = Offset{n: 2, unit: businessDays}

// Steps of a memo that is due, as occasions have them.
const (
	stepMemoDue   = "due"
	stepMemoAgain = "again"
)

// MemoDueBy is Office.MemoDue: until when a memo is to be written that could be since then.
func (r Rules) MemoDueBy(zone *time.Location) func(since time.Time) time.Time {
	if r.MemoDue == (Offset{}) {
		return nil
	}
	cal := NewCalendar(zone, r.Closed)
	var mu sync.Mutex // the calendar of days off fills itself as it is asked
	return func(since time.Time) time.Time {
		mu.Lock()
		defer mu.Unlock()
		return r.after(r.MemoDue, since, since, cal)
	}
}

// memos adds the ladders of memos that are to be written: memo.due to who writes the memo of
// a session, on the day it is due and once more, and memo.overdue to the office, once, when
// that did not help. The memo of an event is the office's own: nobody else is asked for it.
// What was over before From is history.
func (p *planning) memos() {
	if p.Rules.MemoDue == (Offset{}) {
		return
	}
	for i := range p.Unwritten {
		d := &p.Unwritten[i]
		if d.Since.Before(p.From) {
			continue
		}
		first := p.Rules.after(p.Rules.MemoDue, d.Since, d.Since, p.cal)
		again := p.Rules.after(memoAgain, first, first, p.cal)
		earliest, overdue := p.Rules.Quiet.later(d.Since, p.Zone), first
		if d.Session != "" {
			overdue = p.Rules.after(memoAgain, again, again, p.cal)
			p.climb(rung{kind: programme.NoticeMemoDue, subject: d.Subject(), memo: d}, []moment{
				{programme.MemoOccasion(stepMemoDue, *d), first, earliest, overdue},
				{programme.MemoOccasion(stepMemoAgain, *d), again, earliest, overdue},
			})
		}
		p.climb(rung{kind: programme.NoticeMemoOverdue, subject: d.Subject(), memo: d}, []moment{
			{programme.MemoOccasion(stepMemoDue, *d), overdue, earliest, overdue.Add(usefulAfter)},
		})
	}
}

// writes says whether a person, by index, is the one to ask for a memo: its session's
// expert, as long as they are admitted (programme.md duty 4).
func (c crowd) writes(r rung, i int) bool {
	p := c.people[i]
	return r.kind == programme.NoticeMemoDue && p.ID == r.memo.Writer.ID && p.Admitted(programme.DateOf(r.due, c.facts.Zone))
}

// memoTitle is what the memo is of: the two of a session, or the event.
func memoTitle(d programme.MemoDue) string {
	if d.Session == "" {
		return d.Title
	}
	return d.Atsugi.Name + " × " + d.Writer.Name
}
