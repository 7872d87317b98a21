package programme

import (
	"context"
	"errors"
	"maps"
	"time"
)

// Dialogue shows a response to the person it belongs to, or to the office, which
// sees none of an anonymous survey.
func (o *Office) Dialogue(ctx context.Context, who Actor, id ResponseID) (Dialogue, error) {
	var d Dialogue
	err := o.readAs(ctx, who, func(tx Tx, me Person) (err error) {
		var own bool
		if d, own, err = o.dialogueFor(tx, who, me, id); err == nil && !own {
			d = d.forOffice()
		}
		return err
	})
	return d, err
}

// dialogueFor is a response that the actor may see, own if it is theirs; what the
// office must not see of another's is still in it.
func (o *Office) dialogueFor(tx Tx, who Actor, me Person, id ResponseID) (d Dialogue, own bool, err error) {
	if d, err = dialogue(tx, id); err != nil {
		return d, false, err
	}
	if d.Response.Person == me.ID {
		return d, true, nil
	}
	if d.Survey.Def.Anonymous || !o.may(who, me, o.Now(), Coordinator) {
		return Dialogue{}, false, missing("error.survey_gone")
	}
	return d, false, nil
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
	if d.Person, err = tx.Person(d.Response.Person); err != nil {
		return d, err
	}
	d.People, err = peopleIn(tx, d)
	return d, err
}

// peopleIn are those whom answers to questions for a person name.
func peopleIn(tx Tx, d Dialogue) (map[PersonID]Person, error) {
	var answers []Answer
	for _, q := range d.Survey.Def.Questions {
		if a, ok := d.Answers[q.ID]; ok && q.Kind == Whom {
			answers = append(answers, a)
		}
	}
	return namedIn(tx, answers)
}

// forOffice is the dialogue without what even the office must not know: who said
// what to questions of which only totals are shown.
func (d Dialogue) forOffice() Dialogue {
	d.Answers = maps.Clone(d.Answers)
	for _, q := range d.Survey.Def.Questions {
		if a, ok := d.Answers[q.ID]; ok && q.TotalsOnly {
			d.Answers[q.ID] = a.withoutContent()
		}
	}
	return d
}

// withoutContent leaves that somebody answered, and when.
func (a Answer) withoutContent() Answer {
	a.Picked, a.Text, a.Number, a.Date, a.Source = nil, "", 0, "", ""
	return a
}

// same says whether two answers say the same and are as far.
func (a Answer) same(b Answer) bool { return a.says(b) && a.Open == b.Open }

// talk is a dialogue in the transaction that changes it. Acts change its response
// and keep answers; settle then brings everything else in line.
type talk struct {
	*change
	d      Dialogue
	was    Response          // as it was found
	before map[string]Answer // that stood then
	adds   bool              // the act only adds to what was said a moment ago
}

func (c *change) talk(id ResponseID) (talk, error) {
	d, err := dialogue(c.Tx, id)
	return talk{change: c, d: d, was: d.Response, before: maps.Clone(d.Answers)}, err
}

// respond opens a transaction on one's own open response.
func (o *Office) respond(ctx context.Context, who Actor, id ResponseID, f func(*talk) error) (Dialogue, error) {
	var t talk
	err := o.write(ctx, who, func(c *change) (err error) {
		if t, err = c.talk(id); err != nil {
			return err
		}
		switch {
		case t.d.Response.Person != c.me.ID:
			return missing("error.survey_gone")
		case !t.d.Open(c.now):
			return notTaking(t.d.Survey, c.now)
		}
		return f(&t)
	})
	return t.d, err
}

// converse is respond for what is said in the chat, where nothing of an anonymous
// survey is.
func (o *Office) converse(ctx context.Context, who Actor, id ResponseID, f func(*talk) error) (Dialogue, error) {
	return o.respond(ctx, who, id, func(t *talk) error {
		if t.d.Survey.Def.Anonymous {
			return &Error{Code: CodeConflict, Key: "error.survey_form_only"}
		}
		return f(t)
	})
}

// AnswerQuestion keeps an answer and asks the next question, or thanks. A button of
// any message of the question will do, but places of a ranking are given to the
// question being asked only.
func (o *Office) AnswerQuestion(ctx context.Context, who Actor, id ResponseID, question string, in Input) (Dialogue, error) {
	return o.converse(ctx, who, id, func(t *talk) error {
		q, i := t.d.Survey.Def.Question(question)
		if i < 0 {
			return missing("error.survey_gone")
		}
		return t.answer(q, in)
	})
}

func (t *talk) answer(q Question, in Input) error {
	was, stands := t.d.Answers[q.ID]
	place := in.Next != "" || in.End
	asIs := in.Skip && !q.Optional && stands && !was.Open // asked again, and left as it was
	if place || asIs {
		if now, err := t.nowAsked(q); err != nil || !now {
			return err
		}
	}
	if asIs {
		t.answered(q, was)
		return t.settle(true)
	}
	people, err := nameable(t.Tx, q, t.d.Person)
	if err != nil {
		return err
	}
	a, err := q.Read(in, was, people)
	if err != nil {
		return err
	}
	a.Via, a.Source = ViaChat, in.Source
	kept, err := t.keep(q, a)
	if err != nil || !kept {
		return err
	}
	if err := t.audit("survey.answer", string(t.d.Response.ID)); err != nil {
		return err
	}
	t.answered(q, a)
	if a.Open && t.d.Response.Current != q.ID {
		if err := t.ask(q.ID); err != nil {
			return err
		}
	}
	return t.settle(true)
}

// nowAsked says whether q is the question being asked, and the actor did not act before
// its message was there: such a press is one of an earlier round that came again.
func (t *talk) nowAsked(q Question) (bool, error) {
	if t.d.Response.Current != q.ID {
		return false, nil
	}
	d, err := t.DeliveryOf(t.d.Response.question())
	if errors.Is(err, ErrNoRow) {
		return true, nil // somebody without messages
	}
	return d.SlackTS == "" || d.shownBefore(t.actor.At), err
}

// keep saves an answer to q, of the actor and now unless it says when. kept is false
// when it stands no more than before: a later one was given, or it came again.
func (t *talk) keep(q Question, a Answer) (kept bool, err error) {
	a.Response, a.Question, a.By = t.d.Response.ID, q.ID, t.me.ID
	if a.At.IsZero() {
		a.At = t.when()
	}
	if was, stands := t.d.Answers[q.ID]; stands && was.same(a) && !a.At.After(was.At) {
		asked := t.d.Response
		return asked.Current == q.ID && !a.At.Before(asked.AskedAt), nil
	}
	if kept, err = t.SaveAnswer(a); err != nil || !kept {
		return false, err
	}
	t.d.Answers[q.ID] = a
	t.d.People, err = peopleIn(t.Tx, t.d)
	return true, err
}

// answered moves the response on: who answers has begun, takes back a refusal and
// waits for nothing.
func (t *talk) answered(q Question, a Answer) {
	r := &t.d.Response
	if r.State == Asked || r.State == Declined {
		r.State = Started
	}
	if t.own() {
		r.Later = time.Time{}
	}
	if r.Current == q.ID && !a.Open {
		r.Current = ""
	}
}

// own says whether the actor answers for themselves.
func (t *talk) own() bool { return t.me.ID != "" && t.me.ID == t.d.Response.Person }

// nameable are those whom an answer to q may name: its audience without the person.
func nameable(tx Tx, q Question, but Person) ([]Person, error) {
	if q.Kind != Whom {
		return nil, nil
	}
	all, err := tx.People()
	var people []Person
	for _, p := range all {
		if p.ID != but.ID && q.Audience.Includes(p) {
			people = append(people, p)
		}
	}
	return people, err
}

// askAgainAfter is how long a question may have scrolled out of sight before it
// is asked anew; sooner, a second press is the same press.
const askAgainAfter = time.Minute

// ask makes a question the one being asked. If it was asked a while ago it comes in
// a new round, at the end of the conversation.
func (t *talk) ask(question string) error {
	r := &t.d.Response
	was := *r
	r.Current = question
	sent, err := t.DeliveryOf(r.question())
	switch {
	case errors.Is(err, ErrNoRow):
	case err != nil:
		return err
	case t.now.Sub(sent.Due) >= askAgainAfter:
		r.Round++
	}
	if r.Current != was.Current || r.Round != was.Round {
		r.AskedAt = t.now
	}
	return nil
}

// askAnew asks a question at the end of the conversation, where the person is
// looking, as a new round. Its answer stands until another one is given.
func (t *talk) askAnew(question string) {
	r := &t.d.Response
	r.Round++
	r.Current, r.AskedAt = question, t.now
}
