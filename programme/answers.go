package programme

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// Input is what somebody gave as an answer: choices pressed, or text typed.
type Input struct {
	Picked []string
	Text   string
	Date   Date // from a date picker
	// Skip leaves an optional question without an answer.
	Skip bool
	// Next puts a choice at the next place of a ranking; End says that this is all.
	Next string
	End  bool
	// Source is the message in which it was typed, "" otherwise.
	Source string
}

// maxShort and maxLong are how many characters a typed answer may have: Slack's
// text input takes 3,000 (slack.md Sizes).
const (
	maxShort = 300
	maxLong  = 3000
)

// Read turns an input into an answer to q, or says kindly what is missing. Typed
// text answers a choice question by number, id or label, in any width and case.
func (q Question) Read(in Input) (Answer, error) {
	if in.Skip {
		if !q.Optional {
			return Answer{}, invalid(q.ID, "error.answer_required")
		}
		return Answer{Skipped: true}, nil
	}
	switch q.Kind {
	case Single, YesNo, Multi:
		return q.readChoice(in)
	case Scale:
		return q.readScale(in)
	default:
		return q.readText(in.Text)
	}
}

func (q Question) readChoice(in Input) (Answer, error) {
	picked := in.Picked
	if len(picked) == 0 && strings.TrimSpace(in.Text) != "" {
		picked = q.understand(in.Text)
	}
	var kept []string
	for _, c := range q.Options() { // the question's order, each once
		if slices.Contains(picked, c.ID) {
			kept = append(kept, c.ID)
		}
	}
	if len(kept) == 0 || len(kept) < len(picked) || q.Kind != Multi && len(kept) > 1 {
		return Answer{}, invalid(q.ID, "error.choice")
	}
	return Answer{Picked: kept}, nil
}

// understand reads typed text as one or several choices.
func (q Question) understand(text string) []string {
	parts := []string{text}
	if q.Kind == Multi {
		parts = strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",、，;；\n ・　", r) })
	}
	var ids []string
	for _, part := range append([]string{text}, parts...) {
		if id, ok := q.match(part); ok && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func (q Question) match(text string) (id string, ok bool) {
	t := fold(text)
	for i, c := range q.Options() {
		if t == strconv.Itoa(i+1) || t == fold(c.ID) || t == fold(c.Words.Ja) || t == fold(c.Words.En) {
			return c.ID, true
		}
	}
	return "", false
}

// fold makes width and kana variants and capitals equal, for comparing only:
// what people wrote is kept verbatim.
func fold(s string) string {
	s = strings.ToLower(norm.NFKC.String(width.Fold.String(strings.TrimSpace(s))))
	return strings.Map(func(r rune) rune {
		if r >= 'ァ' && r <= 'ヶ' {
			return r - 'ァ' + 'ぁ'
		}
		return r
	}, s)
}

func (q Question) readScale(in Input) (Answer, error) {
	text := in.Text
	if len(in.Picked) == 1 {
		text = in.Picked[0]
	}
	n, err := strconv.Atoi(fold(text))
	if err != nil || n < 1 || n > q.Max {
		return Answer{}, invalid(q.ID, "error.scale", "Max", q.Max)
	}
	return Answer{Number: n}, nil
}

// Longest is how many characters a typed answer may have.
func (q Question) Longest() int {
	limit := maxShort
	if q.Kind == LongText {
		limit = maxLong
	}
	if q.Max > 0 {
		limit = min(limit, q.Max)
	}
	return limit
}

func (q Question) readText(text string) (Answer, error) {
	limit := q.Longest()
	switch n := utf8.RuneCountInString(text); {
	case strings.TrimSpace(text) == "":
		return Answer{}, invalid(q.ID, "error.answer_required")
	case n > limit:
		return Answer{}, invalid(q.ID, "error.too_long", "Max", limit)
	}
	return Answer{Text: text}, nil
}

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
		a, err := q.Read(in)
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
