package programme

import (
	"context"
	"errors"
	"slices"
	"time"
)

// SurveyWork is something of a survey that takes more than one transaction. It is
// noted in the first one, so that what a stop left over is taken up at the next
// start. The strings are stored.
type SurveyWork string

const (
	workAsk SurveyWork = "ask" // people of the audience are still to be asked
	workEnd SurveyWork = "end" // messages still say another end than the survey has
)

// SurveyWorkTx keeps what is still to be done for surveys.
type SurveyWorkTx interface {
	// SetSurveyWork notes that w is to be done for the survey, or is not any more.
	SetSurveyWork(s SurveyID, w SurveyWork, todo bool) error
	// SurveyWork are the surveys for which w is still to be done, oldest first.
	SurveyWork(w SurveyWork) ([]SurveyID, error)
	// SurveyMessages are the messages about a survey that say when it ends; of a
	// person's questions only the one being asked.
	SurveyMessages(SurveyID) ([]SurveyMessage, error)
	// Retime gives a message another end of its use. One that stands is drawn again from
	// now on; an invitation that came too late goes out after all.
	Retime(delivery string, until, now time.Time) error
	// SurveyTold are the responses whose person was told of the survey since then, or
	// is about to be: by the invitation, a chaser, or because they wished it.
	SurveyTold(s SurveyID, since time.Time) (map[ResponseID]bool, error)
}

// SurveyMessage is a delivery that says when its survey ends for its person.
type SurveyMessage struct {
	Delivery    string
	Kind        NoticeKind
	UsefulUntil time.Time
	OpenUntil   time.Time // of the response
}

// surveyChunk is how many people one transaction asks or tells: it holds the
// writer for well under 100 ms.
const surveyChunk = 100

// A survey is open for an hour at least and 200 days at most, and is sent out at
// most as long ahead.
const (
	surveyShortest = time.Hour
	surveyLongest  = 200 * 24 * time.Hour
)

// SurveyAudience lists who would be asked, for the coordinator to look at
// before it is sent: those who can be reached and those who cannot.
func (o *Office) SurveyAudience(ctx context.Context, who Actor, def SurveyDef) (reach, off []Person, err error) {
	err = o.readAsOffice(ctx, who, func(tx Tx) error {
		if err := notOpen(tx, def.ID, o.Now()); err != nil {
			return err
		}
		reach, off, err = audience(tx, def.Audience)
		return err
	})
	return reach, off, err
}

// SurveyTerms are which edition of its definition a survey would be that is sent out
// now, and when it would close unless said otherwise, for the coordinator to look at.
func (o *Office) SurveyTerms(ctx context.Context, who Actor, def SurveyDef) (nth int, closes time.Time, err error) {
	err = o.readAsOffice(ctx, who, func(tx Tx) (err error) {
		nth, err = edition(tx, def)
		return err
	})
	return nth, o.closing(o.Now(), def.OpenDays), err
}

// notOpen refuses to have two surveys of one definition that take answers, or will:
// two coordinators at the same moment would ask everyone twice.
func notOpen(tx Tx, def string, now time.Time) error {
	surveys, err := tx.Surveys()
	if err != nil {
		return err
	}
	for _, s := range surveys {
		if s.Def.ID == def && s.Event == "" && !s.ClosedAt(now) {
			return &Error{Code: CodeConflict, Key: "error.survey_open"}
		}
	}
	return nil
}

func audience(tx Tx, a Audience) (reach, off []Person, err error) {
	people, err := tx.People()
	if err != nil {
		return nil, nil, err
	}
	for _, p := range people {
		switch {
		case !a.Includes(p):
		case p.Reachable():
			reach = append(reach, p)
		default:
			off = append(off, p)
		}
	}
	return reach, off, nil
}

// LaunchSurvey sends the survey out to its audience, once per op, for as long as w
// says. Everyone of the audience gets a response; those on Slack an invitation when
// it opens. What is wrong with w is refused with Faults, Field opens or closes, and
// what is another definition than the one that was looked at not sent.
//
// Of a large audience the first are asked when it returns, the others a little later
// (workLeft). Nobody is asked twice, whatever happens in between.
func (o *Office) LaunchSurvey(ctx context.Context, who Actor, op string, def SurveyDef, w Window) (Survey, error) {
	var s Survey
	n := 0
	err := o.manage(ctx, who, func(c *change) (err error) {
		if err := c.newOp(op); err != nil {
			return err
		}
		switch {
		case def.AfterEvents: // comes with the thanks of an event, and not by itself
			return missing("error.survey_gone")
		case w.Seen != "" && w.Seen != def.Fingerprint():
			return &Error{Code: CodeConflict, Key: "error.survey_file_changed"}
		}
		if err := notOpen(c.Tx, def.ID, c.now); err != nil {
			return err
		}
		opens, closes, err := o.window(w, def.OpenDays, c.now)
		if err != nil {
			return err
		}
		reach, off, err := audience(c.Tx, def.Audience)
		if err != nil {
			return err
		}
		if len(reach)+len(off) == 0 {
			return invalid("", "error.audience_empty")
		}
		s = Survey{ID: SurveyID(o.NewID()), Def: def, Launched: c.now, Opens: opens, Closes: closes, By: c.me.ID}
		if err := c.createSurvey(op, &s); err != nil {
			return err
		}
		if err := c.SetSurveyWork(s.ID, workAsk, true); err != nil {
			return err
		}
		if n, err = c.askSome(s); err != nil {
			return err
		}
		return c.audit("survey.launch", string(s.ID))
	})
	if err != nil || n < surveyChunk {
		return s, err
	}
	return s, o.workLeft(ctx)
}

// workLeft sees to it that what is left to do for surveys and announcements is done: by whoever waits for
// it, else now. That the caller goes away must not leave anybody unasked.
func (o *Office) workLeft(ctx context.Context) error {
	if o.SurveyWork != nil {
		o.SurveyWork()
		return nil
	}
	return o.DoWork(context.WithoutCancel(ctx))
}

// DoWork does what takes more than one transaction and is left to do, also by a stop.
func (o *Office) DoWork(ctx context.Context) error {
	if err := o.DoSurveyWork(ctx); err != nil {
		return err
	}
	return o.DoAnnouncementWork(ctx)
}

// newOp refuses an operation that made a survey already.
func (c *change) newOp(op string) error {
	switch _, err := c.SurveyByOp(op); {
	case err == nil:
		return &Error{Code: CodeConflict, Key: "error.survey_launched"}
	case errors.Is(err, ErrNoRow):
		return nil
	default:
		return err
	}
}

// createSurvey keeps a new survey, with the edition that its definition makes it.
func (c *change) createSurvey(op string, s *Survey) (err error) {
	if s.Edition, err = edition(c.Tx, s.Def); err != nil {
		return err
	}
	c.factsChanged()
	return c.CreateSurvey(op, *s)
}

// edition is which version of its definition def is: that of the newest survey, or
// the next one if anything in the definition changed since.
func edition(tx Tx, def SurveyDef) (int, error) {
	surveys, err := tx.Surveys()
	if err != nil {
		return 0, err
	}
	i := slices.IndexFunc(surveys, func(s Survey) bool { return s.Def.ID == def.ID })
	if i < 0 {
		return 1, nil
	}
	if surveys[i].Def.Fingerprint() == def.Fingerprint() {
		return surveys[i].Edition, nil
	}
	return surveys[i].Edition + 1, nil
}

// window is from when until when a survey is open that is open for days unless w
// says otherwise.
func (o *Office) window(w Window, days int, now time.Time) (opens, closes time.Time, err error) {
	var faults Faults
	if opens = w.Opens; opens.IsZero() {
		opens = now
	}
	switch {
	case opens.Before(now):
		faults = append(faults, invalid("opens", "error.survey_opens_past"))
	case opens.Sub(now) > surveyLongest:
		faults = append(faults, invalid("opens", "error.survey_opens_far", "Days", wholeDays(surveyLongest)))
	}
	if closes = w.Closes; closes.IsZero() {
		closes = o.closing(opens, days)
	}
	if fault := closingFault(opens, closes); fault != nil {
		faults = append(faults, fault)
	}
	if len(faults) > 0 {
		return opens, closes, faults
	}
	return opens, closes, nil
}

// closing is the end of the day on which a survey closes that is open for days.
func (o *Office) closing(opens time.Time, days int) time.Time {
	return DateOf(opens.AddDate(0, 0, max(days, 1)), o.Settings.Zone).At(23, 59, o.Settings.Zone)
}

// closingFault is what is wrong with closing a survey that is open from then on, nil
// for nothing.
func closingFault(from, closes time.Time) *Error {
	switch long := closes.Sub(from); {
	case long < surveyShortest:
		return invalid("closes", "error.survey_closes_early")
	case long > surveyLongest:
		return invalid("closes", "error.survey_closes_far", "Days", wholeDays(surveyLongest))
	}
	return nil
}

func wholeDays(d time.Duration) int { return int(d / (24 * time.Hour)) }

// askRest asks everyone of the audience who was not asked yet, some at a time, and
// answers how many.
func (o *Office) askRest(ctx context.Context, id SurveyID) (asked int, err error) {
	for more := true; more; {
		err := o.write(ctx, System, func(c *change) error {
			s, err := c.Survey(id)
			if err != nil {
				return err
			}
			n, err := c.askSome(s)
			asked, more = asked+n, n == surveyChunk
			return err
		})
		if err != nil {
			return asked, err
		}
	}
	return asked, nil
}

// askSome asks the next people of the audience as it is now who were not asked yet:
// whoever joins while a survey is going out is asked, whoever leaves is not. When
// that was the last of them, or the survey closed meanwhile, nothing is left to do.
func (c *change) askSome(s Survey) (int, error) {
	var next []Person
	if !s.ClosedAt(c.now) {
		unasked, err := newcomers(c.Tx, s)
		if err != nil {
			return 0, err
		}
		next = unasked[:min(surveyChunk, len(unasked))]
	}
	for _, p := range next {
		if err := c.ask(s, p); err != nil {
			return 0, err
		}
	}
	if len(next) > 0 {
		c.factsChanged()
	}
	if len(next) == surveyChunk {
		return len(next), nil
	}
	return len(next), c.SetSurveyWork(s.ID, workAsk, false)
}

// newcomers are those of the survey's audience today who were not asked, those who
// can be reached first.
func newcomers(tx Tx, s Survey) ([]Person, error) {
	reach, off, err := audience(tx, s.Def.Audience)
	if err != nil {
		return nil, err
	}
	rs, err := tx.Responses(s.ID)
	if err != nil {
		return nil, err
	}
	asked := make(map[PersonID]bool, len(rs))
	for _, r := range rs {
		asked[r.Person] = true
	}
	return slices.DeleteFunc(append(reach, off...), func(p Person) bool { return asked[p.ID] }), nil
}

// ask gives somebody a response and, if they can be reached, the invitation.
func (c *change) ask(s Survey, p Person) error {
	r := Response{ID: ResponseID(c.office.NewID()), Survey: s.ID, Person: p.ID, State: Asked}
	if err := c.CreateResponse(r); err != nil {
		return err
	}
	if !p.Reachable() {
		return nil
	}
	n := Notice{Kind: NoticeSurveyInvite, Subject: string(r.ID), To: ToPerson(p.ID), UsefulUntil: s.Closes}
	if s.Opens.After(c.now) {
		n.Due = s.Opens
	}
	return c.notify(n)
}

// DoSurveyWork does what is left to do, also by a stop: people who are still to be
// asked, and messages that are to say another end. Newcomers of
// surveys that went out to the end are left to AskNewcomers.
func (o *Office) DoSurveyWork(ctx context.Context) error {
	for _, w := range []struct {
		work SurveyWork
		do   func(context.Context, SurveyID) error
	}{
		{workAsk, func(ctx context.Context, id SurveyID) error { _, err := o.askRest(ctx, id); return err }},
		{workEnd, o.retime},
	} {
		var todo []SurveyID
		err := o.read(ctx, func(tx Tx) (err error) {
			todo, err = tx.SurveyWork(w.work)
			return err
		})
		if err != nil {
			return err
		}
		for _, id := range todo {
			if err := w.do(ctx, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// AskNewcomers asks those who belong to the survey's audience today and were not
// asked, and answers how many they were.
func (o *Office) AskNewcomers(ctx context.Context, who Actor, id SurveyID) (int, error) {
	err := o.manage(ctx, who, func(c *change) error {
		s, err := sentOut(c.Tx, id)
		if err != nil {
			return err
		}
		if s.ClosedAt(c.now) {
			return &Error{Code: CodeClosed, Key: "error.survey_closed"}
		}
		if err := c.SetSurveyWork(id, workAsk, true); err != nil {
			return err
		}
		return c.audit("survey.newcomers", string(id))
	})
	if err != nil {
		return 0, err
	}
	return o.askRest(context.WithoutCancel(ctx), id)
}

// sentOut is a survey that was sent out by itself: no trial, and no questionnaire
// of an event, whose participants come to it on their own.
func sentOut(tx Tx, id SurveyID) (Survey, error) {
	s, err := sentSurvey(tx, id)
	if err == nil && s.Event != "" {
		return s, missing("error.survey_gone")
	}
	return s, err
}
