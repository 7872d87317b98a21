package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"tsugite/bot/ui"
	"tsugite/cmd/internal/yearreport"
	"tsugite/programme"
	"tsugite/rehearsal"
)

// rehearsedSessions is how many sessions an engagement of a rehearsal is made for.
const rehearsedSessions = 2

// engage gives an atsugi an expert for follow-up, as the office does: theirs of the
// roster, else one on Slack who has the fewest.
func (p *performance) engage(ctx context.Context, atsugi programme.Person) error {
	office := p.app.Office
	experts, err := office.Experts(ctx, programme.Operator)
	if err != nil {
		return err
	}
	all, err := office.Engagements(ctx, programme.Operator)
	if err != nil {
		return err
	}
	experts = slices.DeleteFunc(experts, func(e programme.Person) bool { return !e.Reachable() })
	if len(experts) == 0 {
		return &refusedAct{"no expert of the roster can take " + atsugi.SlackID}
	}
	burden := func(e programme.Person) int {
		n := 0
		for _, other := range all {
			if other.Mentor == e.ID {
				n++
			}
		}
		if slices.Contains(atsugi.Mentors, e.ID) {
			n = -1
		}
		return n
	}
	expert := slices.MinFunc(experts, func(a, b programme.Person) int { return burden(a) - burden(b) })
	_, err = office.MakeEngagement(ctx, programme.Operator, programme.EngagementForm{
		Op: office.NewID(), Atsugi: atsugi.ID, Mentor: expert.ID, Sessions: rehearsedSessions,
	})
	return err
}

// propose has the expert of an atsugi's engagement name three times, in the bot's own
// form, which its button under the message about the engagement opens.
func (p *performance) propose(ctx context.Context, atsugi programme.Person) error {
	all, err := p.app.Office.Engagements(ctx, programme.Operator)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(e programme.EngagementView) bool { return e.Atsugi == atsugi.ID && e.Runs() })
	if i < 0 {
		return &refusedAct{atsugi.SlackID + " has no expert for follow-up"}
	}
	e := all[i]
	times, err := p.freeTimes(ctx, e.Engagement)
	if err != nil {
		return err
	}
	as := e.MentorPerson.SlackID
	p.acting = as
	if err := p.press(ctx, as, ui.ActionSessionNew, string(e.ID)); err != nil {
		return err
	}
	if err := p.answered(ctx); err != nil {
		return err
	}
	form, err := p.form(as)
	if err != nil {
		return err
	}
	return p.act(ctx, rehearsal.Act{As: as, Submit: &rehearsal.ActSubmit{ViewID: form.ID, Values: form.withTimes(times)}})
}

// Experts of a rehearsal name times on three working days, a week ahead or later, in the
// first of these hours that the two have.
const (
	weekAhead  = 7
	lookedAt   = 60 // days
	timesNamed = 3
)

var workingHours = []int{14, 16, 10}

// freeTimes are times that suit both of an engagement: neither has a session then, and
// there is no event on that day.
func (p *performance) freeTimes(ctx context.Context, e programme.Engagement) ([]time.Time, error) {
	var free []time.Time
	err := p.app.DB.Read(ctx, func(tx programme.Tx) error {
		events, err := tx.Events()
		if err != nil {
			return err
		}
		today := p.slack.Now().In(p.zone())
		for day := today.AddDate(0, 0, weekAhead); len(free) < timesNamed && day.Before(today.AddDate(0, 0, lookedAt)); day = day.AddDate(0, 0, 1) {
			if !p.cal.Open(day) || slices.ContainsFunc(events, func(e programme.Event) bool { return p.isOn(e, day) }) {
				continue
			}
			for _, hour := range workingHours {
				at := time.Date(day.Year(), day.Month(), day.Day(), hour, 0, 0, 0, p.zone())
				ok, err := p.bothFree(tx, e, at)
				if err != nil {
					return err
				}
				if ok {
					free = append(free, at)
					break
				}
			}
		}
		return nil
	})
	return free, err
}

// isOn says whether an event takes place on a day.
func (p *performance) isOn(e programme.Event, day time.Time) bool {
	date := programme.DateOf(day, p.zone())
	return programme.DateOf(e.Start, p.zone()) <= date && date <= programme.DateOf(e.End, p.zone())
}

// bothFree says whether neither of the two has a session at a moment, with the buffer.
func (p *performance) bothFree(tx programme.Tx, e programme.Engagement, at time.Time) (bool, error) {
	set := p.plan.settings.Sessions
	span := programme.Span{From: at, Until: at.Add(set.Length + set.Buffer)}
	for _, id := range []programme.PersonID{e.Atsugi, e.Mentor} {
		taken, err := tx.Occupied(id, span)
		if err != nil || len(taken) > 0 {
			return false, err
		}
	}
	return true, nil
}

// hearOfSession lets somebody decide what they do about a session: pick the first of the
// times that were named for them, or say that none suits; afterwards, that it took place.
func (p *performance) hearOfSession(r yearreport.Record) {
	h, ok := draw(p.script.sessions, r.To, r.About.Subject)
	if !ok {
		return
	}
	do := p.pickTime
	switch {
	case r.Notice == programme.NoticeSessionAfter:
		do = p.sayHeld
	case h.does == doesNone:
		do = p.declineTimes
	}
	p.later(h.when(r), r.To, func(ctx context.Context) error { return do(ctx, r) })
}

func (p *performance) pickTime(ctx context.Context, proposal yearreport.Record) error {
	return p.pressThat(ctx, proposal.To, ui.ActionSessionPick, proposal.About.Subject, func(value string) bool {
		p, err := ui.ReadSessionPick(value)
		return err == nil && string(p.Session) == proposal.About.Subject
	})
}

func (p *performance) declineTimes(ctx context.Context, proposal yearreport.Record) error {
	as := proposal.To
	err := p.pressThat(ctx, as, ui.ActionSessionNone, proposal.About.Subject, func(value string) bool {
		id, _, err := ui.ReadSessionNone(value)
		return err == nil && string(id) == proposal.About.Subject
	})
	if err != nil {
		return err
	}
	if err := p.answered(ctx); err != nil {
		return err
	}
	form, err := p.form(as)
	if err != nil {
		return err
	}
	return p.act(ctx, rehearsal.Act{As: as, Submit: &rehearsal.ActSubmit{ViewID: form.ID}})
}

// sayHeld says that a session took place; its expert writes the memo then.
func (p *performance) sayHeld(ctx context.Context, question yearreport.Record) error {
	err := p.pressThat(ctx, question.To, ui.ActionSessionSay, question.About.Subject, func(value string) bool {
		id, word, err := ui.ReadSessionSay(value)
		return err == nil && string(id) == question.About.Subject && word == programme.SaysHeld
	})
	if err != nil {
		return err
	}
	p.later(p.slack.Now().Add(time.Hour), question.To, func(ctx context.Context) error { return p.writeUp(ctx, question.About) })
	return nil
}

// writeUp writes the memo of a session, if it is the expert who was asked about it.
func (p *performance) writeUp(ctx context.Context, question programme.Notice) error {
	var s programme.Session
	err := p.app.DB.Read(ctx, func(tx programme.Tx) (err error) {
		s, err = tx.Session(programme.SessionID(question.Subject))
		return err
	})
	if err != nil || question.To.Person() != s.Mentor {
		return err
	}
	return p.writeMemo(ctx, s.Mentor, programme.MemoForm{
		Atsugi: s.Atsugi, Session: s.ID, Held: programme.DateOf(s.Span.From, p.zone()),
	})
}

// filledForm is a form as it stands on somebody's screen.
type filledForm struct {
	ID     string `json:"id"`
	Blocks []struct {
		ID      string  `json:"block_id"`
		Element control `json:"element"`
	} `json:"blocks"`
}

// form is the form on top of somebody's screen.
func (p *performance) form(as string) (filledForm, error) {
	state, err := p.slack.State(as, rehearsal.StateQuery{Limit: 1})
	if err != nil {
		return filledForm{}, err
	}
	var seen struct {
		Views []filledForm `json:"views"`
	}
	if err := json.Unmarshal(state, &seen); err != nil {
		return filledForm{}, err
	}
	if len(seen.Views) == 0 {
		return filledForm{}, &refusedAct{fmt.Sprintf("%s sees no form", as)}
	}
	return seen.Views[len(seen.Views)-1], nil
}

// withTimes are the form's values with a day and a time of day in each of its rows, as
// long as there are times.
func (f filledForm) withTimes(times []time.Time) map[string]map[string]json.RawMessage {
	values := map[string]map[string]json.RawMessage{}
	days, clocks := times, times
	for _, b := range f.Blocks {
		var picked map[string]string
		switch {
		case b.Element.Type == "datepicker" && len(days) > 0:
			picked = map[string]string{"type": b.Element.Type, "selected_date": days[0].Format(time.DateOnly)}
			days = days[1:]
		case b.Element.Type == "timepicker" && len(clocks) > 0:
			picked = map[string]string{"type": b.Element.Type, "selected_time": clocks[0].Format("15:04")}
			clocks = clocks[1:]
		default:
			continue
		}
		if raw, err := json.Marshal(picked); err == nil { // strings marshal
			values[b.ID] = map[string]json.RawMessage{b.Element.ActionID: raw}
		}
	}
	return values
}
