package programme

import (
	"context"
	"errors"
	"strings"
)

// lookAtAfter is for what follows an event: the thanks with the questionnaire, the
// materials for who could not come, and the office's reminder of the memo.
func (o *Office) lookAtAfter(tx Tx, m *Matter, update bool) error {
	if err := o.eventOf(tx, m); err != nil {
		return err
	}
	e := m.Event
	m.Over = false // what follows an event is pressed after it
	there, err := presence(tx, e, m.To.ID, m.Attendance, m.Speaker)
	if err != nil {
		return err
	}
	if m.Notice.Kind == NoticeEventThanks && there.WasThere() {
		if m.Questionnaire, err = o.questionnaireOpen(tx, e, m.To.ID); err != nil {
			return err
		}
	}
	switch {
	case update:
	case !e.Cancelled.IsZero():
		m.Withdrawn = withdrawnCancelled
	case !ofPresentStart(m.Notice.Occasion, e) || !e.Held(o.Now()):
		m.Withdrawn = withdrawnMoved
	case m.Notice.Kind == NoticeEventThanks && !there.WasThere(),
		m.Notice.Kind == NoticeEventCatchUp && (e.Materials == "" || !there.Missed(e, o.Settings.Zone)):
		m.Withdrawn = withdrawnNo
	}
	return nil
}

// EventSurveyOps is how the operations begin that made questionnaires of events.
const EventSurveyOps = "event:"

// eventSurveyOp is the operation that makes an event's questionnaire, once.
func eventSurveyOp(id EventID) string { return EventSurveyOps + string(id) }

// EventOfOp is the event whose questionnaire an operation made, "" if it made a
// survey of another kind.
func EventOfOp(op string) EventID {
	if id, ok := strings.CutPrefix(op, EventSurveyOps); ok {
		return EventID(id)
	}
	return ""
}

// survey finds a definition of the configuration.
func (s Settings) survey(id string) (SurveyDef, bool) {
	for _, def := range s.Surveys {
		if def.ID == id && id != "" {
			return def, true
		}
	}
	return SurveyDef{}, false
}

// eventSurvey is the event's questionnaire as it was made, or as it would be:
// open for the definition's days from the end of the event, the same for everyone.
func (o *Office) eventSurvey(tx Tx, e Event) (s Survey, made bool, err error) {
	s, err = tx.SurveyByOp(eventSurveyOp(e.ID))
	if !errors.Is(err, ErrNoRow) {
		return s, err == nil, err
	}
	def, known := o.Settings.survey(e.Survey)
	if !known {
		return s, false, missing("error.survey_gone")
	}
	last := DateOf(e.End.AddDate(0, 0, max(def.OpenDays, 1)), o.Settings.Zone)
	return Survey{Def: def, Event: e.ID, Closes: last.At(23, 59, o.Settings.Zone)}, false, nil
}

// questionnaireOpen says whether the person can answer the event's questionnaire.
func (o *Office) questionnaireOpen(tx Tx, e Event, p PersonID) (bool, error) {
	s, made, err := o.eventSurvey(tx, e)
	if refused, ok := AsError(err); ok && refused.Code == CodeNotFound {
		return false, nil
	}
	if err != nil || s.ClosedAt(o.Now()) {
		return false, err
	}
	if !made {
		return true, nil
	}
	r, err := tx.ResponseOf(s.ID, p)
	if errors.Is(err, ErrNoRow) {
		return true, nil
	}
	return r.State != Done, err
}

// StartEventSurvey begins or resumes the questionnaire of an event that the person
// was at. The first who does makes it.
func (o *Office) StartEventSurvey(ctx context.Context, who Actor, id EventID) (Dialogue, error) {
	var t talk
	err := o.write(ctx, who, func(c *change) error {
		e, err := c.Event(id)
		if err != nil {
			return orMissing(err, "error.event_gone")
		}
		r, err := c.eventResponse(e)
		if err != nil {
			return err
		}
		if t, err = c.talk(r); err != nil {
			return err
		}
		if !t.d.Open(c.now) {
			return notTaking(t.d.Survey, c.now)
		}
		return t.begin()
	})
	return t.d, err
}

// eventResponse is the actor's way through the event's questionnaire, made if
// there is none yet.
func (c *change) eventResponse(e Event) (ResponseID, error) {
	if err := c.mustHaveBeenAt(e); err != nil {
		return "", err
	}
	s, made, err := c.office.eventSurvey(c.Tx, e)
	if err != nil {
		return "", err
	}
	if !made {
		s.ID, s.Launched, s.Opens, s.By = SurveyID(c.office.NewID()), c.now, c.now, c.me.ID
		if err := c.createSurvey(eventSurveyOp(e.ID), &s); err != nil {
			return "", err
		}
	}
	r, err := c.ResponseOf(s.ID, c.me.ID)
	if errors.Is(err, ErrNoRow) {
		r = Response{ID: ResponseID(c.office.NewID()), Survey: s.ID, Person: c.me.ID, State: Asked}
		err = c.CreateResponse(r)
	}
	return r.ID, err
}

func (c *change) mustHaveBeenAt(e Event) error {
	m := Matter{Notice: Notice{Subject: string(e.ID)}, To: c.me}
	if err := c.office.eventOf(c.Tx, &m); err != nil {
		return err
	}
	there, err := presence(c.Tx, e, c.me.ID, m.Attendance, m.Speaker)
	switch {
	case err != nil:
		return err
	case c.me.ID == "" || !there.WasThere() || !e.Cancelled.IsZero() || c.now.Before(e.Start):
		return missing("error.survey_gone")
	}
	return nil
}
