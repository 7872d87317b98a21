package reminders

import (
	"context"
	"slices"
	"time"

	"tsugite/programme"
)

// unlessAnswered are the kinds that only come if nobody does anything until then.
var unlessAnswered = []programme.NoticeKind{programme.NoticeSessionNudge, programme.NoticeSessionLapsed, programme.NoticeEnquiryChase}

// Upcoming lists what is due next after now, limit at most, by its moment: each
// step with the number of people who would get it as things stand. What the
// coordinator holds or skips is listed, too, and what is held as long as it would
// still be of use if it were released. What only comes if nobody does anything until then
// is not, nor the memo of what is not over yet.
func Upcoming(now time.Time, f Facts, limit int) []programme.Upcoming {
	rungs := slices.DeleteFunc(f.rungs(), func(r rung) bool {
		held := r.decision.Action == programme.OverrideHold
		return slices.Contains(unlessAnswered, r.kind) || r.memo != nil && r.memo.Since.After(now) || !r.due.After(now) && !(held && r.until.After(now))
	})
	var list []programme.Upcoming
	for len(rungs) > 0 && len(list) < limit {
		// A part at a time: looking at who is invited is the costly part.
		part := rungs[:min(len(rungs), limit-len(list))]
		rungs = rungs[len(part):]
		crowd := f.crowd(part)
		for _, r := range part {
			n := 0
			for range crowd.notices(r) {
				n++
			}
			if n > 0 {
				list = append(list, crowd.upcoming(r, n))
			}
		}
	}
	return list
}

// upcoming is the rung, with how many people would get it and the name of what it is
// about, which a digest has none of.
func (c crowd) upcoming(r rung, people int) programme.Upcoming {
	u := programme.Upcoming{
		Kind: r.kind, Subject: r.subject, Occasion: r.occasion, Due: r.due, People: people, Action: r.decision.Action,
	}
	switch {
	case r.event != nil:
		u.Title = r.event.Title
	case r.keyDate != nil:
		u.Title = r.keyDate.Title
	case r.survey != nil:
		u.Survey = r.survey.Def.Title
	case r.session != nil:
		u.Title = c.names(r.session)
	case r.memo != nil:
		u.Title = memoTitle(*r.memo)
	}
	return u
}

// Upcoming lists what is due next, limit at most.
func (p *Planner) Upcoming(ctx context.Context, limit int) ([]programme.Upcoming, error) {
	f, err := p.Facts(ctx)
	if err != nil {
		return nil, err
	}
	return Upcoming(p.Now(), f, limit), nil
}
