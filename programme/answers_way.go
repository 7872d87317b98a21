package programme

import (
	"context"
	"errors"
	"time"
)

// StartSurvey begins or goes on with the dialogue: the question being asked, else the
// first one without an answer, is asked at the end of the conversation. Who declined
// takes that back.
func (o *Office) StartSurvey(ctx context.Context, who Actor, id ResponseID) (Dialogue, error) {
	return o.converse(ctx, who, id, (*talk).begin)
}

func (t *talk) begin() error {
	r, def := &t.d.Response, t.d.Survey.Def
	if r.State == Done {
		return alreadyDone()
	}
	if err := t.take(); err != nil {
		return err
	}
	if _, counts := def.Counted(t.d.Answers)[r.Current]; counts {
		r.Current = "" // what was being changed stays as it is
	}
	if err := t.goOn(); err != nil {
		return err
	}
	return t.settle(true)
}

// goOn asks the question to go on with anew if it has a message already, however new
// that is: it may have scrolled out of sight. A press made twice asks nothing twice.
func (t *talk) goOn() error {
	r := t.d.Response // a copy: what was never asked is left for settle to ask
	paused := r.Current == ""
	if paused {
		next, more := t.d.Survey.Def.Next(t.d.Answers)
		if !more {
			return nil
		}
		r.Current = next.ID
	}
	sent, err := t.DeliveryOf(r.question())
	if errors.Is(err, ErrNoRow) {
		return nil
	}
	if err != nil {
		return err
	}
	again := paused || !t.when().Before(sent.samePressUntil())
	if !again {
		if again, err = t.spokenBelow(sent); err != nil {
			return err
		}
	}
	if again {
		t.askAnew(r.Current)
	}
	return nil
}

// samePress is how soon after a question came into sight a press is still the one that
// led to it, made twice.
const samePress = 2 * time.Second

// samePressUntil is until when a press is the one that led to the message, made twice.
// One that does not arrive is waited for as long as one that scrolled out of sight.
func (d Delivery) samePressUntil() time.Time {
	if d.SlackTS == "" {
		return d.Due.Add(askAgainAfter)
	}
	return Moment(d.SlackTS).Add(samePress)
}

// spokenBelow says whether a question's message has others with a button to go on
// below it: whether the person would stop, or a chaser.
func (t *talk) spokenBelow(question Delivery) (bool, error) {
	if question.SlackTS == "" {
		return false, nil
	}
	r := t.d.Response
	for _, n := range []Notice{
		{Kind: NoticeSurveyStop, Subject: string(r.ID)},
		{Kind: NoticeSurveyChase, Subject: string(r.Survey), To: ToPerson(r.Person)},
	} {
		sent, err := t.DeliveriesOf(n)
		if err != nil {
			return false, err
		}
		for _, d := range sent {
			if Moment(d.SlackTS).After(Moment(question.SlackTS)) {
				return true, nil
			}
		}
	}
	return false, nil
}

// take notes that the person is at it.
func (t *talk) take() error {
	r := &t.d.Response
	r.Later = time.Time{}
	if r.State != Asked && r.State != Declined {
		return nil
	}
	r.State = Started
	return t.audit("survey.start", string(r.ID))
}

func alreadyDone() *Error { return &Error{Code: CodeClosed, Key: "error.survey_done"} }

// DeclineSurvey is 今回は回答を控える: answers given so far are kept, nothing more is asked.
func (o *Office) DeclineSurvey(ctx context.Context, who Actor, id ResponseID) (Dialogue, error) {
	return o.respond(ctx, who, id, (*talk).decline)
}

func (t *talk) decline() error {
	r := &t.d.Response
	switch r.State {
	case Done:
		return alreadyDone()
	case Declined:
		return nil
	}
	r.State, r.Current, r.Later = Declined, "", time.Time{}
	if err := t.audit("survey.decline", string(r.ID)); err != nil {
		return err
	}
	return t.settle(false)
}

// PauseSurvey is 中断: nothing is asked until the person goes on.
func (o *Office) PauseSurvey(ctx context.Context, who Actor, id ResponseID) (Dialogue, error) {
	return o.converse(ctx, who, id, (*talk).pause)
}

func (t *talk) pause() error {
	if t.d.Response.Current == "" {
		return nil
	}
	t.d.Response.Current = ""
	if err := t.audit("survey.pause", string(t.d.Response.ID)); err != nil {
		return err
	}
	return t.settle(false)
}

// LaterSurvey is あとで: nothing is asked, and nobody chases the person, until the
// moment that it answers; then they are asked again. A wish beyond the end is refused.
func (o *Office) LaterSurvey(ctx context.Context, who Actor, id ResponseID, when Later) (at time.Time, err error) {
	_, err = o.respond(ctx, who, id, func(t *talk) error {
		r := &t.d.Response
		var known bool
		at, known = when.moment(t.now, o.Settings.Zone)
		switch {
		case r.State == Done:
			return alreadyDone()
		case !known || !at.Before(t.d.Closes()):
			return &Error{Code: CodeInvalid, Key: "error.survey_later"}
		}
		if r.State == Declined {
			r.State = Asked
			if len(t.d.Answers) > 0 {
				r.State = Started
			}
		}
		r.Later, r.Current = at, ""
		if err := t.audit("survey.later", string(id)); err != nil {
			return err
		}
		if err := t.settle(false); err != nil || !t.me.Reachable() {
			return err
		}
		return t.notify(Notice{
			Kind: NoticeSurveyLater, Subject: string(id), To: ToPerson(t.me.ID),
			Occasion: laterOccasion(at), Due: at, UsefulUntil: t.d.Closes(),
		})
	})
	return at, err
}

// laterOccasion is the occasion of asking again at a moment that the person wished.
func laterOccasion(at time.Time) string { return at.UTC().Format(occasionForm) }

// moment is when the wish comes true; known is false for what is no wish.
func (l Later) moment(now time.Time, zone *time.Location) (at time.Time, known bool) {
	today := DateOf(now, zone)
	switch l {
	case LaterTonight:
		if at = today.At(20, 0, zone); now.Before(at) {
			return at, true
		}
		return today.Add(0, 1).At(8, 0, zone), true
	case LaterMorning:
		return today.Add(0, 1).At(8, 0, zone), true
	case LaterThreeDay:
		return today.Add(0, 3).At(10, 0, zone), true
	}
	return time.Time{}, false
}

// BackSurvey asks the due question before the one being asked once more; when none
// is being asked, the one before which the person stopped.
func (o *Office) BackSurvey(ctx context.Context, who Actor, id ResponseID) (Dialogue, error) {
	return o.converse(ctx, who, id, func(t *talk) error {
		// Pressed before the question now asked was in sight, it is the press that
		// led to it, made twice.
		if shown, err := t.shown(); err != nil || !shown && t.d.Response.Current != "" {
			return err
		}
		return t.back()
	})
}

func (t *talk) back() error {
	def, at := t.d.Survey.Def, t.d.Response.Current
	if at == "" {
		next, _ := def.Next(t.d.Answers)
		at = next.ID
	}
	before := ""
	for _, q := range def.Due(t.d.Answers) {
		if q.ID == at {
			break
		}
		before = q.ID
	}
	if before == "" {
		return &Error{Code: CodeConflict, Key: "error.survey_first"}
	}
	return t.reconsider(before)
}

// ChangeAnswer asks a question once more in the chat, or one that is still to come. Its
// answer stands until another one is given. Who has answered everything changes it on
// QuestionSheet instead.
func (o *Office) ChangeAnswer(ctx context.Context, who Actor, id ResponseID, question string) (Dialogue, error) {
	return o.converse(ctx, who, id, func(t *talk) error {
		if err := t.d.changeable(question); err != nil {
			return err
		}
		if r := t.d.Response; r.Current == question && t.now.Sub(r.AskedAt) < askAgainAfter {
			return nil // it is being asked: a second press is the same press
		}
		return t.reconsider(question)
	})
}

func (t *talk) reconsider(question string) error {
	if err := t.take(); err != nil {
		return err
	}
	t.askAnew(question)
	return t.settle(false)
}
