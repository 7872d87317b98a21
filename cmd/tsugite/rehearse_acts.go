package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"tsugite/bot/ui"
	"tsugite/cmd/internal/strict"
	"tsugite/programme"
	"tsugite/rehearsal"
)

// prepare puts the script's acts on the agenda, and the approvals that events still
// need.
func (p *performance) prepare() error {
	for _, s := range p.script.silent {
		if p.personOf(s.ref).ID == "" && !numbered.MatchString(s.ref) {
			return p.wrong(s.line, fmt.Sprintf("there is no person %q", s.ref), mendPerson)
		}
	}
	first := p.plan.settings.Contract.At(0, 0, p.zone())
	p.agree()
	if p.script.approve.String() != "" {
		for _, e := range p.plan.events {
			if e.Approved == "" {
				p.put(p.script.approve.At(e.Start, p.cal), "", func(ctx context.Context) error { return p.approve(ctx, e.ID) })
			}
		}
	}
	for _, a := range p.script.acts {
		r := resolved{scriptAct: a}
		ok, err := p.resolve(&r)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		anchor := first
		if r.id != "" {
			anchor = r.start
		}
		p.put(a.at.in(p.zone(), anchor, p.cal), r.person.SlackID, func(ctx context.Context) error { return p.do(ctx, r) })
	}
	return nil
}

// resolved is an act with the people and the event that it names.
type resolved struct {
	scriptAct
	person, atsugi programme.Person
	id             programme.EventID
	start          time.Time
	survey         programme.SurveyDef
}

// resolve finds who and what an act names. ok is false when it names by number
// something that this programme does not have: such an act is left out.
func (p *performance) resolve(r *resolved) (ok bool, err error) {
	ok = true
	miss := func(ref, what, mend string) {
		if numbered.MatchString(ref) || what == "event" && p.tolerant {
			p.skip(r.scriptAct, ref)
			ok = false
		} else if err == nil {
			err = p.wrong(r.line, fmt.Sprintf("there is no %s %q", what, ref), mend)
		}
	}
	if r.as != "" {
		if r.person = p.personOf(r.as); r.person.ID == "" {
			miss(r.as, "person", mendPerson)
		}
	}
	if r.event != "" {
		if e := p.eventOf(r.event); e.ID != "" {
			r.id, r.start = e.ID, e.Start
		} else {
			miss(r.event, "event", "write an id of the configuration, or kind/number such as workshop/2")
		}
	}
	switch r.verb {
	case verbSession, verbHearing, verbCall, verbEngage, verbPropose:
		if r.atsugi = p.personOf(r.what); r.atsugi.ID == "" {
			miss(r.what, "person", mendPerson)
		}
	case verbSurvey:
		i := slices.IndexFunc(p.plan.settings.Surveys, func(d programme.SurveyDef) bool { return d.ID == r.what })
		if i < 0 {
			p.skip(r.scriptAct, r.what)
			return false, err
		}
		r.survey = p.plan.settings.Surveys[i]
	}
	return ok, err
}

const mendPerson = "write a Slack id of the roster, or role/number such as atsugi/3"

// wrong is a mistake in the script that shows only once it is played.
func (p *performance) wrong(at strict.Value, text, mend string) error {
	return withHint(fmt.Errorf("%s:%s: %s", p.script.name, at.Place(), text), mend)
}

func (p *performance) skip(a scriptAct, ref string) {
	p.skipped = append(p.skipped, a.line.Place()+" "+a.verb+" "+ref)
}

// personOf finds somebody by Slack id, or as role/number in the order of the roster
// among those who are on Slack.
func (p *performance) personOf(ref string) programme.Person {
	m := numbered.FindStringSubmatch(ref)
	n := 0
	for _, one := range p.people {
		switch {
		case one.SlackID == "":
		case m == nil && one.SlackID == ref:
			return one
		case m != nil && one.Has(programme.Role(m[1])):
			if n++; strconv.Itoa(n) == m[2] {
				return one
			}
		}
	}
	return programme.Person{}
}

// eventOf finds an event by id, or as kind/number in the order of the starts.
func (p *performance) eventOf(ref string) programme.Event {
	m := numbered.FindStringSubmatch(ref)
	events := slices.SortedStableFunc(slices.Values(p.plan.events), func(a, b programme.Event) int { return a.Start.Compare(b.Start) })
	n := 0
	for _, e := range events {
		switch {
		case string(e.ID) == ref:
			return e
		case m != nil && string(e.Kind) == m[1]:
			if n++; strconv.Itoa(n) == m[2] {
				return e
			}
		}
	}
	return programme.Event{}
}

// do performs one act of the script. What the Office refuses is a mistake in the
// script, except of acts that name things by number: those are tried where they fit.
func (p *performance) do(ctx context.Context, r resolved) error {
	err := p.carryOut(ctx, r)
	refused, ours := programme.AsError(err)
	var no *refusedAct
	switch {
	case !ours && !errors.As(err, &no):
		return err
	case r.numbered():
		p.skip(r.scriptAct, strings.TrimSpace(r.as+" "+r.event+" "+r.atsugi.SlackID))
		return nil
	case ours:
		return p.wrong(r.line, "the office refuses it: "+ui.NewLocale("en", p.zone()).T(refused.Key, refused.Args), "change the act or its moment")
	}
	return p.wrong(r.line, no.Error(), "change the act or its moment: at "+p.slack.Now().In(p.zone()).Format("2006-01-02 15:04")+" it cannot be done")
}

// numbered says whether the act names somebody, or its event, by number.
func (r resolved) numbered() bool {
	return numbered.MatchString(r.as) || numbered.MatchString(r.event) || r.atsugi.ID != "" && numbered.MatchString(r.what)
}

func (p *performance) carryOut(ctx context.Context, r resolved) error {
	office := p.app.Office
	switch r.verb {
	case verbPress:
		return p.press(ctx, r.person.SlackID, comeActions[programme.Coming(r.what)], string(r.id))
	case verbSay:
		return p.say(ctx, r.person.SlackID, r.what)
	case verbLeave:
		return p.act(ctx, rehearsal.Act{As: r.person.SlackID, Person: &rehearsal.ActPerson{Do: "deactivate"}})
	case verbMove:
		start := r.start.AddDate(0, 0, r.move.days)
		if r.move.to != "" {
			start = inZone(r.move.to, p.zone())
		}
		_, err := office.MoveEvent(ctx, programme.Operator, r.id, 0, start, time.Time{}, r.move.place)
		return err
	case verbCancel:
		_, err := office.CancelEvent(ctx, programme.Operator, r.id, r.what)
		return err
	case verbApprove:
		return p.approve(ctx, r.id)
	case verbSurvey:
		_, err := office.LaunchSurvey(ctx, programme.Operator, office.NewID(), r.survey, programme.Window{})
		return err
	case verbEngage:
		return p.engage(ctx, r.atsugi)
	case verbPropose:
		return p.propose(ctx, r.atsugi)
	}
	return p.writeMemo(ctx, r.person.ID, programme.MemoForm{Kind: memoVerbs[r.verb], Atsugi: r.atsugi.ID, Held: p.plan.settings.Today(p.slack.Now())})
}

func (p *performance) approve(ctx context.Context, id programme.EventID) error {
	_, err := p.app.Office.DecideEvent(ctx, programme.Operator, id, p.plan.settings.Today(p.slack.Now()), "")
	if e, refused := programme.AsError(err); refused && e.Code != programme.CodeInvalid {
		return nil // cancelled or over by now, or approved by somebody else
	}
	return err
}

// comeActions are the buttons under an invitation.
var comeActions = map[programme.Coming]string{
	programme.Yes: ui.ActionComeYes, programme.Online: ui.ActionComeOnline, programme.No: ui.ActionComeNo, programme.NotYet: ui.ActionComeLater,
}

// refusedAct is an act that Slack, or what stands on the screen, does not allow.
type refusedAct struct{ why string }

func (e *refusedAct) Error() string { return e.why }

// act does something in the local Slack as a person, over the real wire.
func (p *performance) act(ctx context.Context, a rehearsal.Act) error {
	a.Wait = "ack" // settle waits for the rest
	answer, err := p.slack.Act(ctx, a)
	switch {
	case err != nil:
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	case !answer.OK:
		return &refusedAct{"Slack says " + answer.Error}
	case len(answer.Errors) > 0:
		field := slices.Min(slices.Collect(maps.Keys(answer.Errors)))
		return &refusedAct{"beside " + field + " it says: " + answer.Errors[field]}
	}
	return nil
}

// say writes to the bot.
func (p *performance) say(ctx context.Context, as, text string) error {
	return p.act(ctx, rehearsal.Act{As: as, Say: &rehearsal.ActSay{Channel: p.slack.BotUserID(), Text: text}})
}

// press presses the newest button with the action and the value that the person sees.
func (p *performance) press(ctx context.Context, as, action, value string) error {
	return p.pressThat(ctx, as, action, value, func(v string) bool { return v == value })
}

// pressThat presses, of the newest message that has any, the first button with the
// action whose value fits; about names what it is about, if there is none.
func (p *performance) pressThat(ctx context.Context, as, action, about string, fits func(value string) bool) error {
	screen, err := p.screen(as)
	if err != nil {
		return err
	}
	for _, m := range slices.Backward(screen) {
		if b, ok := m.find(func(e control) bool { return ui.ActionOf(e.ActionID) == action && fits(e.Value) }); ok {
			return p.click(ctx, as, m, b, nil)
		}
	}
	return &refusedAct{fmt.Sprintf("%s sees no button %s for %s", as, action, about)}
}
