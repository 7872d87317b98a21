package programme

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// AskSpeaker asks somebody to speak at an event. Asked again with another topic,
// the message changes; who declined is asked anew. This is preparation, not an
// announcement: it needs no approval of the event.
func (o *Office) AskSpeaker(ctx context.Context, who Actor, id EventID, person PersonID, topic string) (Speaker, error) {
	var s Speaker
	err := o.manage(ctx, who, func(c *change) error {
		e, err := c.openEvent(id)
		if err != nil {
			return err
		}
		topic = strings.TrimSpace(topic)
		if utf8.RuneCountInString(topic) > MaxEventText {
			return invalid("topic", "error.too_long", "Max", MaxEventText)
		}
		p, err := c.activePerson(person)
		if err != nil {
			return err
		}
		old, err := c.Speaker(id, person)
		if err != nil && !errors.Is(err, ErrNoRow) {
			return err
		}
		s = old
		s.Event, s.Person, s.Topic, s.By = id, person, topic, c.me.ID
		if old.Status == "" || old.Status == SpeakerDeclined {
			s.Status, s.At = SpeakerAsked, c.now
		}
		if s == old {
			return nil // the form came twice
		}
		if err := c.saveSpeaker(e, p, s, "event.ask_speaker"); err != nil {
			return err
		}
		if s.Status != SpeakerAsked || !p.Reachable() {
			return nil
		}
		return c.notify(Notice{
			Kind: NoticeSpeakerAsk, Subject: string(id), To: ToPerson(person),
			Occasion: momentOccasion(s.At), UsefulUntil: e.Start,
		})
	})
	return s, err
}

// activePerson finds somebody who takes part.
func (c *change) activePerson(id PersonID) (Person, error) {
	p, err := c.Person(id)
	if err != nil {
		return p, orMissing(err, "error.person_gone")
	}
	if !p.Active() {
		return p, missing("error.person_gone")
	}
	return p, nil
}

// saveSpeaker keeps how far a speaker is, and draws again what shows it.
func (c *change) saveSpeaker(e Event, p Person, s Speaker, action string) error {
	if err := c.SaveSpeaker(s); err != nil {
		return err
	}
	c.factsChanged()
	if err := c.redrawLetters(e, p); err != nil {
		return err
	}
	return c.audit(action, string(e.ID))
}

// AnswerSpeaker is the person's own word: speaks or declines. Of two presses the
// later stands. The office is told.
func (o *Office) AnswerSpeaker(ctx context.Context, who Actor, id EventID, agrees bool) (Speaker, error) {
	var s Speaker
	err := o.write(ctx, who, func(c *change) error {
		if c.me.ID == "" {
			return denied("error.denied")
		}
		var err error
		if s, err = c.Speaker(id, c.me.ID); err != nil {
			return orMissing(err, "error.event_gone")
		}
		e, err := c.openEvent(id)
		if err != nil {
			return err
		}
		old := s
		switch {
		case c.when().Before(old.At): // something was decided since this press
		case !agrees:
			s.Status = SpeakerDeclined
		case !old.Status.Speaks():
			s.Status = SpeakerAgreed
		}
		if s.Status == old.Status {
			return nil
		}
		s.By, s.At = c.me.ID, c.when()
		if err := c.saveSpeaker(e, c.me, s, "event.answer_speaker"); err != nil {
			return err
		}
		return c.notify(Notice{
			Kind: NoticeSpeakerAnswer, Subject: string(id), To: ToChannel(ChannelOffice),
			Occasion: speakerOccasion(s), UsefulUntil: later(e.End, c.now.Add(24*time.Hour)),
		})
	})
	return s, err
}

// speakerOccasion tells apart what one speaker said at several times.
func speakerOccasion(s Speaker) string {
	return strings.Join([]string{string(s.Person), string(s.Status), momentOccasion(s.At)}, "/")
}

// SetSpeaker is how far the office got with a speaker: what they said on the
// telephone, that the materials are there, that the journey is arranged.
func (o *Office) SetSpeaker(ctx context.Context, who Actor, id EventID, person PersonID, status SpeakerStatus) (Speaker, error) {
	var s Speaker
	err := o.manage(ctx, who, func(c *change) error {
		if !slices.Contains(SpeakerStatuses, status) {
			return invalid("status", "error.choice")
		}
		e, err := c.notCancelled(id)
		if err != nil {
			return err
		}
		if s, err = c.Speaker(id, person); err != nil {
			return orMissing(err, "error.speaker_gone")
		}
		p, err := c.Person(person)
		if err != nil {
			return err
		}
		if s.Status == status {
			return nil
		}
		s.Status, s.By, s.At = status, c.me.ID, c.now
		return c.saveSpeaker(e, p, s, "event.set_speaker")
	})
	return s, err
}

// lookAtSpeaker is for the messages to and about a speaker.
func lookAtSpeaker(tx Tx, m *Matter, update bool) (err error) {
	if m.Notice.Kind == NoticeSpeakerAsk {
		if m.Speaker.Status == "" {
			return ErrNoRow
		}
		switch {
		case update:
		case !m.Event.Cancelled.IsZero():
			m.Withdrawn = withdrawnCancelled
		case m.Speaker.Status != SpeakerAsked:
			m.Withdrawn = withdrawnAnswered
		}
		return nil
	}
	person, _, _ := strings.Cut(m.Notice.Occasion, "/")
	if m.Person, err = tx.Person(PersonID(person)); err != nil {
		return err
	}
	if m.Speaker, err = tx.Speaker(m.Event.ID, m.Person.ID); err != nil {
		return err
	}
	if !update && speakerOccasion(m.Speaker) != m.Notice.Occasion {
		m.Withdrawn = withdrawnAnswered // another notice says what holds now, or the office set it
	}
	return nil
}
