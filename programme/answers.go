package programme

import (
	"context"
	"errors"
	"time"
)

// Dialogue shows a response to the person it belongs to, or to the office.
func (o *Office) Dialogue(ctx context.Context, who Actor, id ResponseID) (Dialogue, error) {
	var d Dialogue
	err := o.readAs(ctx, who, func(tx Tx, me Person) (err error) {
		if d, err = dialogue(tx, id); err != nil {
			return err
		}
		if d.Response.Person != me.ID && !o.may(who, me, o.Now(), Coordinator) {
			return missing("error.survey_gone")
		}
		return nil
	})
	return d, err
}

func dialogue(tx Tx, id ResponseID) (Dialogue, error) {
	var d Dialogue
	var err error
	if d.Response, err = tx.Response(id); err != nil {
		return d, orMissing(err, "error.survey_gone")
	}
	if d.Survey, err = tx.Survey(d.Response.Survey); err != nil {
		return d, err
	}
	if d.Answers, err = tx.Answers(id); err != nil {
		return d, err
	}
	d.Person, err = tx.Person(d.Response.Person)
	return d, err
}

// respond opens a transaction on one's own open dialogue.
func (o *Office) respond(ctx context.Context, who Actor, id ResponseID, f func(*change, *Dialogue) error) (Dialogue, error) {
	var d Dialogue
	err := o.write(ctx, who, func(c *change) (err error) {
		if d, err = dialogue(c.Tx, id); err != nil {
			return err
		}
		switch {
		case d.Response.Person != c.me.ID:
			return missing("error.survey_gone")
		case !d.Open(c.now):
			return &Error{Code: CodeClosed, Key: "error.survey_closed"}
		}
		return f(c, &d)
	})
	return d, err
}

// StartSurvey begins or resumes the dialogue: the question now due is asked.
func (o *Office) StartSurvey(ctx context.Context, who Actor, id ResponseID) (Dialogue, error) {
	return o.respond(ctx, who, id, (*change).begin)
}

// begin asks the question now due.
func (c *change) begin(d *Dialogue) error {
	switch d.Response.State {
	case Done:
		return &Error{Code: CodeClosed, Key: "error.survey_done"}
	case Asked, Declined:
		d.Response.State = Started
		if err := c.audit("survey.start", string(d.Response.ID)); err != nil {
			return err
		}
	}
	if !d.Response.AskedAt.IsZero() && c.now.Sub(d.Response.AskedAt) >= askAgainAfter {
		if err := c.askAgain(d); err != nil {
			return err
		}
	}
	return c.advance(d)
}

// askAgainAfter is how long a question may have scrolled out of sight before it
// is asked anew; sooner, a second press is the same press.
const askAgainAfter = time.Minute

// askAgain begins a new round: the open question comes once more, at the end of
// the conversation, and its earlier message no longer asks.
func (c *change) askAgain(d *Dialogue) error {
	q, more := d.Survey.Def.Next(d.Answers)
	if !more {
		return nil
	}
	d.Response.Round++
	return c.redrawQuestion(d.Response, q.ID)
}

// redrawQuestion draws a question's message of every round again.
func (c *change) redrawQuestion(r Response, question string) error {
	for ; r.Round >= 0 && question != ""; r.Round-- {
		n := Notice{Kind: NoticeSurveyQuestion, Subject: string(r.ID), Occasion: r.occasion(question)}
		if err := c.redraw(n); err != nil {
			return err
		}
	}
	return nil
}

// DeclineSurvey is 今回は回答を控える: answers given so far are kept, nothing more is asked.
func (o *Office) DeclineSurvey(ctx context.Context, who Actor, id ResponseID) (Dialogue, error) {
	return o.respond(ctx, who, id, func(c *change, d *Dialogue) error {
		if d.Response.State == Done {
			return &Error{Code: CodeClosed, Key: "error.survey_done"}
		}
		asked := d.Response.Current
		d.Response.State, d.Response.Current = Declined, ""
		if err := c.saveResponse(d); err != nil {
			return err
		}
		if err := c.redrawQuestion(d.Response, asked); err != nil {
			return err
		}
		return c.audit("survey.decline", string(id))
	})
}

// AnswerQuestion keeps an answer and asks the next question, or thanks.
func (o *Office) AnswerQuestion(ctx context.Context, who Actor, id ResponseID, question string, in Input) (Dialogue, error) {
	return o.respond(ctx, who, id, func(c *change, d *Dialogue) error {
		q, i := d.Survey.Def.Question(question)
		if i < 0 {
			return missing("error.survey_gone")
		}
		a, err := q.Read(in, d.Answers[q.ID], nil)
		if err != nil {
			return err
		}
		a.Response, a.Question, a.By, a.Via, a.At = id, q.ID, c.me.ID, ViaChat, c.when()
		saved, err := c.SaveAnswer(a)
		if err != nil || !saved {
			return err
		}
		d.Answers[q.ID] = a
		if err := c.audit("survey.answer", string(id)); err != nil {
			return err
		}
		if d.Response.State != Done {
			d.Response.State = Started
		}
		if d.Response.Current == q.ID {
			d.Response.Current = ""
		}
		if err := c.redrawQuestion(d.Response, q.ID); err != nil {
			return err
		}
		return c.advance(d)
	})
}

// AnswerTyped takes what somebody typed in the direct message as the answer to
// the question they are being asked. ErrNoRow says that they are asked nothing.
//
// People write one thought in two messages. What was typed before the question
// was in sight belongs to the answer before it, if that was typed, too; else
// they are asked to wait for the question.
func (o *Office) AnswerTyped(ctx context.Context, who Actor, text string) (Dialogue, error) {
	var r Response
	shown := false
	err := o.read(ctx, func(tx Tx) (err error) {
		if r, err = tx.OpenResponse(who.Person); err != nil {
			return err
		}
		d, err := tx.DeliveryOf(r.question())
		if errors.Is(err, ErrNoRow) {
			return nil
		}
		shown = d.shownBefore(who.At)
		return err
	})
	if err != nil {
		return Dialogue{}, err
	}
	if !shown {
		return o.addToAnswer(ctx, who, r, text)
	}
	return o.AnswerQuestion(ctx, who, r.ID, r.Current, Input{Text: text})
}

// addToAnswer puts text behind the answer that was typed last before the question
// now due.
func (o *Office) addToAnswer(ctx context.Context, who Actor, r Response, text string) (Dialogue, error) {
	d, err := o.Dialogue(ctx, who, r.ID)
	if err != nil {
		return d, err
	}
	_, i := d.Survey.Def.Question(r.Current)
	if i < 1 {
		return d, &Error{Code: CodeConflict, Key: "error.answer_early"}
	}
	last := d.Survey.Def.Questions[i-1]
	before := d.Answers[last.ID].Text
	if before == "" {
		return d, &Error{Code: CodeConflict, Key: "error.answer_early"}
	}
	return o.AnswerQuestion(ctx, who, r.ID, last.ID, Input{Text: before + "\n" + text})
}

// ChangeAnswer asks a question that was answered once more, at the end of the
// conversation, where the person is looking. Its answer stands until another one
// is given.
func (o *Office) ChangeAnswer(ctx context.Context, who Actor, id ResponseID, question string) (Dialogue, error) {
	return o.respond(ctx, who, id, func(c *change, d *Dialogue) error {
		if _, i := d.Survey.Def.Question(question); i < 0 {
			return missing("error.survey_gone")
		}
		if d.Response.Current == question && c.now.Sub(d.Response.AskedAt) < askAgainAfter {
			return nil // it is being asked: a second press is the same press
		}
		asked := d.Response
		d.Response.Round++
		d.Response.Current, d.Response.AskedAt = question, c.now
		if err := c.saveResponse(d); err != nil {
			return err
		}
		for _, q := range []string{asked.Current, question} {
			if err := c.redrawQuestion(asked, q); err != nil {
				return err
			}
		}
		n := d.Response.question()
		n.UsefulUntil = d.Survey.Closes
		return c.notify(n)
	})
}

// advance asks the first question that has no answer; when none is left, the
// response is done and the person is thanked with a receipt. A question that is
// being asked again stays asked.
func (c *change) advance(d *Dialogue) error {
	q, more := d.Survey.Def.Next(d.Answers)
	_, changing := d.Answers[d.Response.Current]
	var n Notice
	switch {
	case more && changing:
	case more:
		if d.Response.Current != q.ID {
			d.Response.Current, d.Response.AskedAt = q.ID, c.now
		}
		if err := c.redrawQuestion(d.Response, q.ID); err != nil {
			return err
		}
		n = d.Response.question()
	default:
		if !changing {
			d.Response.Current = ""
		}
		d.Response.State, d.Response.DoneAt = Done, c.now
		n = Notice{Kind: NoticeSurveyReceipt, Subject: string(d.Response.ID), To: ToPerson(d.Response.Person)}
		if err := c.redraw(n); err != nil {
			return err
		}
	}
	if err := c.saveResponse(d); err != nil || n.Kind == "" {
		return err
	}
	n.UsefulUntil = d.Survey.Closes
	return c.notify(n)
}

// saveResponse saves and lets the invitation, or the thanks that came with the
// questionnaire, show where the person stands.
func (c *change) saveResponse(d *Dialogue) error {
	if err := c.SaveResponse(d.Response); err != nil {
		return err
	}
	d.Response.Version++
	c.factsChanged()
	if e := d.Survey.Event; e != "" {
		return c.redraw(Notice{Kind: NoticeEventThanks, Subject: string(e), To: ToPerson(d.Response.Person)})
	}
	return c.redraw(Notice{Kind: NoticeSurveyInvite, Subject: string(d.Response.ID)})
}
