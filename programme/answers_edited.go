package programme

import (
	"context"
	"errors"
	"slices"
	"strings"
)

// TypedIn says whether an answer of the actor was typed in the message.
func (o *Office) TypedIn(ctx context.Context, who Actor, source string) (bool, error) {
	found := false
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		_, err := (&change{Tx: tx, me: me}).typedIn(source)
		found = err == nil
		if errors.Is(err, ErrNoRow) {
			return nil
		}
		return err
	})
	return found, err
}

// EditTyped takes another wording of a message in which an answer was typed. A text
// has its words replaced where they stand; anything else is read anew, and if it is
// not understood the old answer stands. changed is false, too, when the answer was
// given in another way since: an old message undoes nothing. ErrNoRow says that no
// answer was typed in the message.
func (o *Office) EditTyped(ctx context.Context, who Actor, source, before, after string) (changed bool, err error) {
	err = o.write(ctx, who, func(c *change) error {
		first, err := c.typedIn(source)
		if err != nil {
			return err
		}
		t, err := c.talk(first.Response)
		if err != nil {
			return err
		}
		if !t.d.Open(c.now) {
			return notTaking(t.d.Survey, c.now)
		}
		changed, err = t.edit(first.Question, source, before, after)
		return err
	})
	return changed && err == nil, err
}

func (t *talk) edit(question, source, before, after string) (changed bool, err error) {
	q, _ := t.d.Survey.Def.Question(question)
	stands := t.d.Answers[q.ID]
	was, text := Answer{}, after
	switch {
	case q.Kind == Short || q.Kind == LongText:
		text = replaceMessage(stands.Text, before, after)
		if text == stands.Text {
			return false, nil
		}
	case stands.Source != source || before == after:
		return false, nil
	default:
		if was, err = t.stoodWhenTyped(q, source); err != nil {
			return false, err
		}
	}
	people, err := nameable(t.Tx, q, t.d.Person)
	if err != nil {
		return false, err
	}
	a, err := q.Read(Input{Text: text}, was, people)
	if err != nil {
		return false, err
	}
	a.Via, a.Source = ViaChat, source
	if kept, err := t.keep(q, a); err != nil || !kept {
		return false, err
	}
	if err := t.audit("survey.edit", string(t.d.Response.ID)); err != nil {
		return false, err
	}
	chat := t.d.Response.Current != "" || t.d.Response.State == Done
	t.answered(q, a)
	return true, t.settle(chat)
}

// stoodWhenTyped is the answer to q that stood when the message was first read: a
// ranking or a choice to be written out went on from there.
func (t *talk) stoodWhenTyped(q Question, source string) (Answer, error) {
	versions, err := t.AnswerVersions(t.d.Response.ID)
	versions = slices.DeleteFunc(versions, func(a Answer) bool { return a.Question != q.ID })
	i := slices.IndexFunc(versions, func(a Answer) bool { return a.Source == source })
	if i < 1 {
		return Answer{}, err
	}
	return versions[i-1], err
}

// replaceMessage puts another wording in the place of a message's, in a text of one
// or several messages with a line break between them. A text without the old wording
// stays as it is.
func replaceMessage(text, before, after string) string {
	if before == "" {
		return text
	}
	framed := strings.Replace("\n"+text+"\n", "\n"+before+"\n", "\n"+after+"\n", 1)
	return framed[1 : len(framed)-1]
}
