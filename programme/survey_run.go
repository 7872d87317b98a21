package programme

import (
	"context"
	"time"
)

// chasedByHand is how the occasions of chasers begin that a coordinator sent.
const chasedByHand = "hand/"

// chasePause is for how long nobody is chased by hand who was told of the survey.
const chasePause = 12 * time.Hour

// ChaseSurvey reminds those who neither answered nor declined, once per op, and
// answers how many: not those off Slack, not those who wished to be asked later, and
// not those whom the survey reached in the last 12 hours.
func (o *Office) ChaseSurvey(ctx context.Context, who Actor, id SurveyID, op string) (told int, err error) {
	for n := surveyChunk; n == surveyChunk; {
		err := o.manage(ctx, who, func(c *change) (err error) {
			if n, err = c.chaseSome(id, op); err != nil || n == 0 {
				return err
			}
			return c.audit("survey.chase", string(id))
		})
		if err != nil {
			return told, err
		}
		told += n
	}
	return told, nil
}

// chaseSome reminds the next who are to be reminded. Whoever was reminded a moment
// ago, for this op or by somebody else, is not any more.
func (c *change) chaseSome(id SurveyID, op string) (int, error) {
	s, err := sentSurvey(c.Tx, id)
	if err != nil {
		return 0, err
	}
	rs, err := c.Responses(id)
	if err != nil {
		return 0, err
	}
	people, err := peopleByID(c.Tx)
	if err != nil {
		return 0, err
	}
	due, err := dueForChaser(c.Tx, s, c.now)
	if err != nil {
		return 0, err
	}
	chaser := Notice{Kind: NoticeSurveyChase, Subject: string(id), Occasion: chasedByHand + op}
	had, err := c.had(chaser)
	if err != nil {
		return 0, err
	}
	open, n := s.OpenAt(c.now), 0
	for _, r := range rs {
		d := Dialogue{Survey: s, Response: r, Person: people[r.Person]}
		open = open || d.Open(c.now)
		if n == surveyChunk || had[r.Person] || !due(d) {
			continue
		}
		n++
		chaser.To, chaser.UsefulUntil = ToPerson(r.Person), d.Closes()
		if err := c.notify(chaser); err != nil {
			return 0, err
		}
	}
	if !open {
		return 0, notTaking(s, c.now)
	}
	return n, nil
}

// dueForChaser says who is reminded when a coordinator chases at now: who is waited
// for and can be reached, and whom the survey did not reach lately.
func dueForChaser(tx Tx, s Survey, now time.Time) (func(Dialogue) bool, error) {
	told, err := tx.SurveyTold(s.ID, now.Add(-chasePause))
	return func(d Dialogue) bool {
		return d.waits(now) && d.Person.Reachable() && !told[d.Response.ID]
	}, err
}

// had says who had this chaser, however long ago.
func (c *change) had(chaser Notice) (map[PersonID]bool, error) {
	sent, err := c.DeliveriesOf(chaser)
	had := make(map[PersonID]bool, len(sent))
	for _, d := range sent {
		had[d.To.Person()] = true
	}
	return had, err
}

// notTaking is why the survey takes no answers at now.
func notTaking(s Survey, now time.Time) *Error {
	if now.Before(s.Opens) {
		return &Error{Code: CodeConflict, Key: "error.survey_not_open"}
	}
	return &Error{Code: CodeClosed, Key: "error.survey_closed"}
}

// waits says whether an answer of this person is waited for at now, and they did not
// wish to be left alone until later.
func (d Dialogue) waits(now time.Time) bool {
	return d.Open(now) && d.Response.State.Unanswered() && !d.Response.Later.After(now)
}

// peopleByID is the roster by id, with those who left.
func peopleByID(tx Tx) (map[PersonID]Person, error) {
	people, err := tx.People()
	byID := make(map[PersonID]Person, len(people))
	for _, p := range people {
		byID[p.ID] = p
	}
	return byID, err
}

// ExtendSurvey gives the survey another end, before it opens, while it is open, or
// after it closed, which opens it again. What was sent about it is drawn again with
// the new end. One with totals of what nobody may know stays closed: they were seen.
func (o *Office) ExtendSurvey(ctx context.Context, who Actor, id SurveyID, closes time.Time) (Survey, error) {
	return o.endAt(ctx, who, id, "survey.extend", func(c *change, s *Survey) error {
		if s.ClosedAt(c.now) {
			if s.Def.sealed() {
				return &Error{Code: CodeClosed, Key: "error.survey_anonymous_closed"}
			}
			if s.Event == "" { // beside a newer one of its definition it stays closed
				if err := notOpen(c.Tx, s.Def.ID, c.now); err != nil {
					return err
				}
			}
		}
		from := c.now
		if s.Opens.After(from) {
			from = s.Opens
		}
		if fault := closingFault(from, closes); fault != nil {
			return fault
		}
		s.Closes = closes
		return nil
	})
}

// CloseSurvey ends the survey now. One that has not opened yet never opens; what is
// closed already stays as it is.
func (o *Office) CloseSurvey(ctx context.Context, who Actor, id SurveyID) (Survey, error) {
	return o.endAt(ctx, who, id, "survey.close", func(c *change, s *Survey) error {
		if !s.ClosedAt(c.now) {
			s.Closes = c.now
		}
		return nil
	})
}

// endAt gives a survey the end that set says, and messages about it, too.
func (o *Office) endAt(ctx context.Context, who Actor, id SurveyID, action string, set func(*change, *Survey) error) (Survey, error) {
	var s Survey
	n := 0
	err := o.manage(ctx, who, func(c *change) (err error) {
		if s, err = sentSurvey(c.Tx, id); err != nil {
			return err
		}
		was := s.Closes
		if err := set(c, &s); err != nil {
			return err
		}
		if s.Closes.Equal(was) {
			return nil
		}
		if err := c.SaveSurvey(s); err != nil {
			return err
		}
		if err := c.redrawAnnouncements(func(a Announcement) bool { return a.Survey == id }); err != nil {
			return err
		}
		if n, err = c.retimeSome(s); err != nil {
			return err
		}
		if err := c.SetSurveyWork(id, workEnd, n == surveyChunk); err != nil {
			return err
		}
		if s.Event != "" { // the thanks lead to it
			if err := c.redraw(Notice{Kind: NoticeEventThanks, Subject: string(s.Event)}); err != nil {
				return err
			}
		}
		c.factsChanged()
		return c.audit(action, string(id))
	})
	if err != nil || n < surveyChunk {
		return s, err
	}
	return s, o.workLeft(ctx)
}

// retime makes all messages about the survey say when it ends, some at a time.
func (o *Office) retime(ctx context.Context, id SurveyID) error {
	for n := surveyChunk; n == surveyChunk; {
		err := o.write(ctx, System, func(c *change) error {
			s, err := c.Survey(id)
			if err != nil {
				return err
			}
			if n, err = c.retimeSome(s); err != nil || n == surveyChunk {
				return err
			}
			return c.SetSurveyWork(id, workEnd, false)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// retimeSome makes some messages that say another end right, and answers how many:
// 0 is that none was left.
func (c *change) retimeSome(s Survey) (int, error) {
	messages, err := c.SurveyMessages(s.ID)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, m := range messages {
		until := Dialogue{Survey: s, Response: Response{OpenUntil: m.OpenUntil}}.Closes()
		if m.Kind == NoticeSurveyReceipt {
			until = until.Add(receiptUseful)
		}
		if m.UsefulUntil.Equal(until) {
			continue
		}
		if err := c.Retime(m.Delivery, until, c.now); err != nil {
			return n, err
		}
		if n++; n == surveyChunk {
			break
		}
	}
	c.notices = c.notices || n > 0
	return n, nil
}

// ReopenSurvey lets one person answer until then, whatever the survey does for
// others, and tells them so if they can be reached. Somebody who answered can change
// their answers, somebody who declined can answer after all. Nothing of an anonymous
// survey is opened again: who answered is kept apart from what was said.
func (o *Office) ReopenSurvey(ctx context.Context, who Actor, id ResponseID, until time.Time) error {
	return o.manage(ctx, who, func(c *change) error {
		d, err := dialogue(c.Tx, id)
		switch {
		case err != nil:
			return err
		case d.Survey.Trial:
			return missing("error.survey_gone")
		case d.Survey.Def.Anonymous:
			return &Error{Code: CodeDenied, Key: "error.survey_anonymous"}
		case c.now.Before(d.Survey.Opens):
			return notTaking(d.Survey, c.now)
		}
		if fault := closingFault(c.now, until); fault != nil {
			fault.Field = "until"
			return fault
		}
		if until.Equal(d.Response.OpenUntil) {
			return nil // a second press is the same press
		}
		d.Response.OpenUntil, d.Response.Later = until, time.Time{}
		if err := c.SaveResponse(d.Response); err != nil {
			return err
		}
		if err := c.tellReopened(d); err != nil {
			return err
		}
		c.factsChanged()
		return c.audit("survey.reopen", string(id))
	})
}

// tellReopened draws again what says until when somebody can answer, and tells them.
func (c *change) tellReopened(d Dialogue) error {
	for _, kind := range []NoticeKind{NoticeSurveyInvite, NoticeSurveyReceipt, NoticeSurveyReopened} {
		if err := c.redraw(Notice{Kind: kind, Subject: string(d.Response.ID)}); err != nil {
			return err
		}
	}
	if err := c.redrawQuestion(d.Response, d.Response.Current); err != nil {
		return err
	}
	if !d.Person.Reachable() {
		return nil
	}
	return c.notify(Notice{
		Kind: NoticeSurveyReopened, Subject: string(d.Response.ID), To: ToPerson(d.Person.ID),
		Occasion: laterOccasion(d.Response.OpenUntil), UsefulUntil: d.Closes(),
	})
}

// sheetUseful is how long somebody waits for a sheet to print.
const sheetUseful = 24 * time.Hour

// RequestSurveySheet has the survey as a sheet to print sent to the coordinator who
// asks, once for each operation op.
func (o *Office) RequestSurveySheet(ctx context.Context, who Actor, id SurveyID, op string) error {
	return o.manage(ctx, who, func(c *change) error {
		if c.me.ID == "" { // the operator has no conversation to send it to
			return denied("error.denied")
		}
		if _, err := c.Survey(id); err != nil {
			return orMissing(err, "error.survey_gone")
		}
		err := c.notify(Notice{
			Kind: NoticeSurveySheet, Subject: string(id), To: ToPerson(c.me.ID),
			Occasion: op, UsefulUntil: c.now.Add(sheetUseful),
		})
		if err != nil {
			return err
		}
		return c.audit("survey.sheet", string(id))
	})
}

// lookAtSurveySheet finds the survey that is printed for the coordinator who asked,
// if they still may see it.
func (o *Office) lookAtSurveySheet(tx Tx, m *Matter) (err error) {
	if !o.may(Actor{Kind: ByPerson, Person: m.To.ID}, m.To, o.Now(), Coordinator) {
		m.Withdrawn = withdrawnDenied
		return nil
	}
	m.Survey, err = tx.Survey(SurveyID(m.Notice.Subject))
	return err
}
