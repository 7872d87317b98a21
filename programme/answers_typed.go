package programme

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"
)

// AnswerTyped takes what somebody typed in the direct message, in the message source,
// as the answer to the question they are being asked, or as what they wish to do with
// the survey. ErrNoRow says that they are asked nothing.
//
// People write one thought in two messages. What was typed before the question
// was in sight belongs to the answer before it, if that was typed just before, too;
// else they are asked to wait for the question.
//
// After the end the first message is told so, and nothing is being asked any more.
func (o *Office) AnswerTyped(ctx context.Context, who Actor, text, source string) (Dialogue, error) {
	var t talk
	var refusal error
	err := o.write(ctx, who, func(c *change) (err error) {
		refusal = nil
		if a, err := c.typedIn(source); !errors.Is(err, ErrNoRow) {
			if err == nil {
				t, err = c.talk(a.Response) // it came again
			}
			return err
		}
		open, err := c.OpenResponse(c.me.ID)
		if err != nil && !errors.Is(err, ErrNoRow) {
			return err
		}
		late, err := c.endsIn(open)
		if err != nil {
			return err
		}
		if late.ID == "" && open.ID == "" {
			return ErrNoRow
		}
		if late.ID != "" {
			t, err = c.talk(late.ID)
			if err == nil {
				t.d.Response.DoneAt, t.adds = c.now, true
				err = t.addToLast(text, source)
			}
			return err
		}
		if t, err = c.talk(open.ID); err != nil {
			return err
		}
		if !t.d.Open(c.now) {
			refusal = notTaking(t.d.Survey, c.now)
			t.d.Response.Current = ""
			return t.settle(false)
		}
		return t.typed(text, source)
	})
	if err == nil {
		err = refusal
	}
	return t.d, err
}

// typedIn is the latest answer that the actor typed in the message.
func (c *change) typedIn(source string) (Answer, error) {
	if source == "" || c.me.ID == "" {
		return Answer{}, ErrNoRow
	}
	return c.AnswerBySource(c.me.ID, source)
}

// typed takes text for the question being asked. The label of a choice comes before
// the word for a wish.
func (t *talk) typed(text, source string) error {
	r := t.d.Response
	q, _ := t.d.Survey.Def.Question(r.Current)
	w := wishIn(text)
	if q.labelled(text) || w == wishDecline && q.offersToDecline() {
		w = ""
	}
	switch w {
	case wishBack:
		return t.back()
	case wishPause:
		return t.pause()
	case wishLater, wishStop:
		return t.askWhich(w, source)
	case wishDecline:
		return t.declineTyped(q, source)
	}
	shown, err := t.inSight()
	switch {
	case err != nil:
		return err
	case shown:
		return t.answer(q, Input{Text: text, Skip: w == wishSkip, Source: source})
	case w == wishSkip:
		return tooEarly()
	}
	return t.addToLast(text, source)
}

// inSight says whether the question being asked was in sight when the actor acted.
// One that was begun, or that they asked for themselves, is known to them.
func (t *talk) inSight() (bool, error) {
	if _, begun := t.d.Answers[t.d.Response.Current]; begun {
		return true, nil
	}
	return t.shown()
}

// shown says whether the message of the question being asked was there when the
// actor acted.
func (t *talk) shown() (bool, error) {
	d, err := t.DeliveryOf(t.d.Response.question())
	if errors.Is(err, ErrNoRow) {
		return false, nil
	}
	return d.shownBefore(t.actor.At), err
}

func (q Question) labelled(text string) bool {
	for _, c := range q.Options() {
		if t := bare(text); t == bare(c.Words.Ja) || t == bare(c.Words.En) {
			return true
		}
	}
	return false
}

// offersToDecline says whether a choice of q is to decline, so that who types it in
// other words may mean that one.
func (q Question) offersToDecline() bool {
	return slices.ContainsFunc(q.Options(), func(c Choice) bool { return wishIn(c.Words.Ja) == wishDecline })
}

// wish is what somebody types to do something with the survey.
type wish string

const (
	wishBack  wish = "back"
	wishSkip  wish = "skip"
	wishPause wish = "pause"
	wishLater wish = "later" // stored in occasions
	wishStop  wish = "stop"  // stored in occasions

	wishDecline wish = "decline"
)

// wishIn is the wish that the whole of a text says, "" if it says none.
func wishIn(text string) wish {
	word := strings.Join(strings.Fields(bare(text)), "")
	if declining.MatchString(word) {
		return wishDecline
	}
	return wishes[word]
}

// declining are the ways to say 今回は回答を控える, as bare makes them, without blanks.
var declining = regexp.MustCompile(`^(?:(?:今回|こんかい)は?[、,]?)?(?:(?:ご?回答|かいとう)[をは]?)?(?:差し|さし)?(?:控え|ひかえ)` +
	`(?:る|ます|たい|たいと思います|ておきます|させて(?:いただきます|頂きます|ください|下さい))$`)

// wishes are the words for the others, as bare makes them.
var wishes = wishWords(map[wish]string{
	wishBack:  "もどる 戻る もどります 戻ります もどりたい 戻りたい 前にもどる 前に戻る ひとつ戻る 一つ戻る back",
	wishSkip:  "とばす 飛ばす とばします 飛ばします とばしたい 飛ばしたい スキップ スキップする パス skip pass",
	wishPause: "中断 中断する 中断します 中断したい 一時停止 pause",
	wishLater: "あとで 後で あとにする 後にする あとにします 後にします またあとで また後で あとで答える 後で答える later",
	wishStop:  "やめる 止める 辞める やめます 止めます やめたい 止めたい もうやめる stop quit",
})

func wishWords(words map[wish]string) map[string]wish {
	out := map[string]wish{}
	for w, list := range words {
		for word := range strings.FieldsSeq(list) {
			out[bare(word)] = w
		}
	}
	return out
}

// stopUseful is how long the question what somebody meant is of use.
const stopUseful = time.Hour

// askWhich asks what somebody means who typed やめる or あとで.
func (t *talk) askWhich(w wish, source string) error {
	if source == "" {
		source = t.office.NewID()
	}
	return t.notify(Notice{
		Kind: NoticeSurveyStop, Subject: string(t.d.Response.ID), To: ToPerson(t.me.ID),
		Occasion: string(w) + ":" + source, UsefulUntil: t.now.Add(stopUseful),
	})
}

// declineTyped declines the survey for somebody who typed 控える. Where they are asked
// for words of their own it may be this one question that they mean, so they are asked
// which, unless they have just been.
func (t *talk) declineTyped(q Question, source string) error {
	a := t.d.Answers[q.ID]
	if q.Kind == Short || q.Kind == LongText || a.Open && q.Writes(a.Picked) {
		waits, err := t.stopWaits()
		if err != nil {
			return err
		}
		if !waits {
			return t.askWhich(wishStop, source)
		}
	}
	return t.decline()
}

// stopWaits says whether the person was asked which they mean, to go on later or to
// decline, and has not gone on since.
func (t *talk) stopWaits() (bool, error) {
	which, err := t.waiting(t.d.Response)
	return slices.ContainsFunc(which, func(d Delivery) bool { return !Matter{Notice: d.Notice}.WantsLater() }), err
}

// waiting are the messages that ask what the person meant, as the response stood: those
// that came after the question then asked.
func (t *talk) waiting(r Response) ([]Delivery, error) {
	which, err := t.DeliveriesOf(Notice{Kind: NoticeSurveyStop, Subject: string(r.ID)})
	return slices.DeleteFunc(which, func(d Delivery) bool { return r.AskedAt.After(d.Due) }), err
}

// redrawWaiting draws those again that waited, once something is asked since.
func (t *talk) redrawWaiting() error {
	if t.d.Response.AskedAt.Equal(t.was.AskedAt) {
		return nil
	}
	which, err := t.waiting(t.was)
	if err != nil {
		return err
	}
	for _, d := range which {
		if err := t.redraw(Notice{Kind: d.Kind, Subject: d.Subject, Occasion: d.Occasion}); err != nil {
			return err
		}
	}
	return nil
}

// WantsLater says of a message that asks what somebody meant (NoticeSurveyStop)
// whether they typed あとで, so that it offers when; else they typed やめる.
func (m Matter) WantsLater() bool { return strings.HasPrefix(m.Notice.Occasion, string(wishLater)+":") }

// oneThought is how long after a typed answer another message still belongs to it.
const oneThought = time.Minute

func tooEarly() *Error { return &Error{Code: CodeConflict, Key: "error.answer_early"} }

// lastTyped is the answer that the actor gave last, if they typed it as text just now.
func (t *talk) lastTyped() (Question, Answer, bool) {
	var last Answer
	for _, q := range t.d.Survey.Def.Questions {
		if a, ok := t.d.Answers[q.ID]; ok && !a.At.Before(last.At) {
			last = a
		}
	}
	q, _ := t.d.Survey.Def.Question(last.Question)
	typed := (q.Kind == Short || q.Kind == LongText) && last.Text != "" && last.Via == ViaChat && last.By == t.me.ID
	return q, last, typed && t.when().Sub(last.At).Abs() < oneThought
}

// addToLast puts text behind the answer that was typed last. Of two messages that
// came in the wrong order the earlier one goes before.
func (t *talk) addToLast(text, source string) error {
	q, last, ok := t.lastTyped()
	if !ok {
		return tooEarly()
	}
	at := t.when()
	text, late := last.Text+"\n"+text, text
	if at.Before(last.At) {
		text, at = late+"\n"+last.Text, last.At
	}
	a, err := q.Read(Input{Text: text}, last, nil)
	if err != nil {
		return err
	}
	a.Via, a.Source, a.At = ViaChat, source, at
	if kept, err := t.keep(q, a); err != nil || !kept {
		return err
	}
	if err := t.audit("survey.answer", string(t.d.Response.ID)); err != nil {
		return err
	}
	return t.settle(t.d.Response.Current != "")
}

// endsIn is the response that the actor finished just now with a typed text, "" if
// there is none or open asks something since: what they type belongs to that text.
func (c *change) endsIn(open Response) (Response, error) {
	rs, err := c.ResponsesOf(c.me.ID)
	if err != nil {
		return Response{}, err
	}
	for _, r := range rs {
		if r.State != Done || r.Current != "" || c.now.Sub(r.DoneAt) > endsWithin || r.DoneAt.Before(open.AskedAt) {
			continue
		}
		t, err := c.talk(r.ID)
		if err != nil {
			return Response{}, err
		}
		if _, _, ok := t.lastTyped(); ok && t.d.Open(c.now) {
			return r, nil
		}
	}
	return Response{}, nil
}

// endsWithin spares looking at what was done long ago; a message can be brought to us
// that much later than it was typed.
const endsWithin = time.Hour
