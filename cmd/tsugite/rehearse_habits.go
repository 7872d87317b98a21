package main

import (
	"context"
	"encoding/json"
	"errors"
	"hash/fnv"
	"slices"
	"time"

	"tsugite/bot/ui"
	"tsugite/cmd/internal/yearreport"
	"tsugite/programme"
)

// thinking is how long people take for one question of a survey.
const thinking = 40 * time.Second

// hear lets somebody who was told something decide what they will do about it.
func (p *performance) hear(r yearreport.Record) {
	if r.Kind == yearreport.Message && r.Notice == programme.NoticeEventMemo {
		p.hearOfEvent(r)
	}
	if r.Kind != yearreport.Message || r.To == "" || p.isSilent(r.To) {
		return
	}
	switch r.Notice {
	case programme.NoticeEventAsk:
		if h, ok := draw(p.script.invitations, r.To, r.About.Subject); ok && firstStep(p.scribe.records, r) {
			p.later(h.when(r), r.To, func(ctx context.Context) error { return p.answerInvitation(ctx, r.To, r.About.Subject, h.does) })
		}
	case programme.NoticeSurveyInvite:
		h, ok := draw(p.script.surveys, r.To, string(r.Notice))
		if !ok {
			return
		}
		action := ui.ActionSurveyStart
		if h.does == doesDecline {
			action = ui.ActionSurveyDecline
		}
		p.later(h.when(r), r.To, func(ctx context.Context) error { return p.press(ctx, r.To, action, r.About.Subject) })
	case programme.NoticeSurveyChase:
		// Every chaser brings some to answer, each time with the same shares.
		if h, ok := draw(p.script.surveys, r.To, r.About.Occasion); ok && h.does == doesAnswer {
			p.later(h.when(r), r.To, func(ctx context.Context) error { return p.startSurvey(ctx, r) })
		}
	case programme.NoticeSessionProposed, programme.NoticeSessionAfter:
		p.hearOfSession(r)
	case programme.NoticeSurveyQuestion:
		p.later(r.At.Add(thinking), r.To, func(ctx context.Context) error { return p.answerQuestion(ctx, r.To) })
		p.later(r.At.Add(2*thinking), r.To, func(ctx context.Context) error { return p.writeOut(ctx, r) })
	}
}

// startSurvey has somebody who was chased begin or go on, unless they are done.
func (p *performance) startSurvey(ctx context.Context, chaser yearreport.Record) error {
	var mine programme.Response
	err := p.app.DB.Read(ctx, func(tx programme.Tx) (err error) {
		mine, err = tx.ResponseOf(programme.SurveyID(chaser.About.Subject), chaser.About.To.Person())
		return err
	})
	if err != nil || !mine.State.Unanswered() {
		return err
	}
	return p.press(ctx, chaser.To, ui.ActionSurveyStart, string(mine.ID))
}

// spread is over how many minutes those of one habit do the same.
const spread = 40

// when is the moment at which somebody of the habit acts on what they were told.
func (h habit) when(r yearreport.Record) time.Time {
	return r.At.Add(h.after + time.Duration(lotOf(r.To, "when")%spread)*time.Minute)
}

// later puts what somebody may do by habit on the agenda. What cannot be done any
// more by then (the event is over, the account gone) is not done.
func (p *performance) later(at time.Time, as string, do func(context.Context) error) {
	p.put(at, as, func(ctx context.Context) error {
		err := do(ctx)
		var no *refusedAct
		if _, ours := programme.AsError(err); ours || errors.As(err, &no) {
			return nil
		}
		return err
	})
}

// firstStep says whether the person was not asked the same before.
func firstStep(all []yearreport.Record, r yearreport.Record) bool {
	return !slices.ContainsFunc(all, func(o yearreport.Record) bool {
		return o.Kind == r.Kind && o.To == r.To && o.Notice == r.Notice && o.About.Subject == r.About.Subject && o.At.Before(r.At)
	})
}

func (p *performance) isSilent(slackID string) bool {
	return slices.ContainsFunc(p.script.silent, func(s scriptRef) bool { return p.personOf(s.ref).SlackID == slackID })
}

// draw picks the habit that a person has towards a subject: always the same for the
// same two, and spread over people by their shares.
func draw(habits []habit, person, subject string) (habit, bool) {
	lot := lotOf(person, subject)
	for _, h := range habits {
		if lot -= h.share; lot < 0 {
			return h, true
		}
	}
	return habit{}, false
}

// lotOf is a number from 0 to 99.
func lotOf(person, subject string) int {
	h := fnv.New64a()
	h.Write([]byte(person + "\x00" + subject))
	sum := h.Sum64()
	return int((sum ^ sum>>32) % 100)
}

func (p *performance) answerInvitation(ctx context.Context, as, event, answer string) error {
	err := p.press(ctx, as, comeActions[programme.Coming(answer)], event)
	var no *refusedAct
	if errors.As(err, &no) && answer == string(programme.Online) {
		return p.press(ctx, as, comeActions[programme.Yes], event)
	}
	return err
}

// answerQuestion answers the question that is being asked: presses one of the
// buttons, chooses in the menu, ticks two boxes, or writes a sentence.
func (p *performance) answerQuestion(ctx context.Context, as string) error {
	screen, err := p.screen(as)
	if err != nil || len(screen) == 0 {
		return err
	}
	m := screen[len(screen)-1]
	var picks []control
	var choice, send *control
	for _, c := range m.controls() {
		switch ui.ActionOf(c.ActionID) {
		case ui.ActionSurveyPick:
			picks = append(picks, c)
		case ui.ActionSurveySelect:
			choice = &c
		case ui.ActionSurveySend:
			send = &c
		case ui.ActionSurveyChange:
			return nil // answered already
		}
	}
	lot := lotOf(as, m.TS)
	switch {
	case len(picks) > 0:
		return p.click(ctx, as, m, picks[lot%len(picks)], nil)
	case choice != nil && send != nil:
		return p.tick(ctx, as, m, *choice, *send, lot)
	case choice != nil && len(choice.Options) > 0:
		return p.click(ctx, as, m, *choice, choice.Options[lot%len(choice.Options)])
	}
	return p.say(ctx, as, p.answer(as))
}

// writeOut says in words what somebody picked that is to be written out.
func (p *performance) writeOut(ctx context.Context, question yearreport.Record) error {
	var given programme.Answer
	err := p.app.DB.Read(ctx, func(tx programme.Tx) error {
		r, err := tx.Response(programme.ResponseID(question.About.Subject))
		if err != nil {
			return err
		}
		answers, err := tx.Answers(r.ID)
		given = answers[r.Current]
		return err
	})
	if err != nil || !given.Open {
		return err
	}
	return p.say(ctx, question.To, p.answer(question.To))
}

// tick ticks one or two of the boxes and says that this is all.
func (p *performance) tick(ctx context.Context, as string, m shown, boxes, send control, lot int) error {
	n := len(boxes.Options)
	if n == 0 {
		return nil
	}
	ticked := []json.RawMessage{boxes.Options[lot%n]}
	// The last one may say that none of the others holds: it is ticked alone.
	if other := lot%n + 1; lot%2 == 0 && other < n-1 {
		ticked = append(ticked, boxes.Options[other])
	}
	value, err := json.Marshal(struct {
		Type     string            `json:"type"`
		Selected []json.RawMessage `json:"selected_options"`
	}{boxes.Type, ticked})
	if err != nil {
		return err
	}
	return p.clickWith(ctx, as, m, send, nil, map[string]map[string]json.RawMessage{boxes.Block: {boxes.ActionID: value}})
}
