package reminders

import (
	"fmt"
	"slices"
	"strings"

	"tsugite/programme"
)

// keyDates adds the reminders of the programme's key dates: told from the day to
// work to, the last of use until the date itself is over.
func (p *planning) keyDates() {
	for i := range p.KeyDates {
		k := &p.KeyDates[i]
		start := k.WorkBy.At(0, 0, p.Zone)
		end := k.Date.Add(0, 1).At(0, 0, p.Zone)
		if start.IsZero() || end.IsZero() {
			continue
		}
		var moments []moment
		for _, o := range p.keyDateSteps(k.ID) {
			due := p.Rules.before(o, start, p.cal)
			moments = append(moments, moment{occasion: programme.KeyDateOccasion(o.day(), *k), due: due, latest: end})
		}
		slices.SortStableFunc(moments, func(a, b moment) int { return a.due.Compare(b.due) })
		p.climb(rung{kind: programme.NoticeKeyDate, subject: k.ID, keyDate: k}, moments)
	}
}

func (p *planning) keyDateSteps(id string) []Offset {
	if own, has := p.Rules.KeyDatesOf[id]; has {
		return own
	}
	return p.Rules.KeyDates
}

// checkKeyDateSteps: every reminder of a key date is told by the day it counts.
func checkKeyDateSteps(steps []Offset) error {
	seen := map[string]bool{}
	for _, o := range steps {
		switch day := o.day(); {
		case o.unit != days && o.unit != businessDays || !o.hasClock:
			return fmt.Errorf("key date reminder %s: a key date is a day without a time; write -14d 10:00, -3bd 10:00 or 0d 09:00", o)
		case !o.Before():
			return fmt.Errorf("key date reminder %s is after the day", o)
		case seen[day]:
			return fmt.Errorf("two key date reminders %s (their day tells what was sent already: keep one)", day)
		default:
			seen[day] = true
		}
	}
	return nil
}

// day is the offset without its time of day, such as -14d.
func (o Offset) day() string {
	text, _, _ := strings.Cut(o.String(), " ")
	return text
}
