package programme

import (
	"context"
	"errors"
	"time"
)

// SurveyAudience lists who would be asked, for the coordinator to look at
// before it is sent: those who can be reached and those who cannot.
func (o *Office) SurveyAudience(ctx context.Context, who Actor, def SurveyDef) (reach, off []Person, err error) {
	err = o.readAs(ctx, who, func(tx Tx, me Person) error {
		if !o.may(who, me, o.Now(), Coordinator) {
			return denied("error.denied")
		}
		if err := notOpen(tx, def.ID, o.Now()); err != nil {
			return err
		}
		reach, off, err = audience(tx, def.Audience)
		return err
	})
	return reach, off, err
}

// notOpen refuses to send out a survey that still takes answers: two coordinators
// at the same moment would ask everyone twice.
func notOpen(tx Tx, def string, now time.Time) error {
	surveys, err := tx.Surveys()
	if err != nil {
		return err
	}
	for _, s := range surveys {
		if s.Def.ID == def && s.Event == "" && now.Before(s.Closes) {
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

// LaunchSurvey sends the survey out to its audience, once per op. Everyone of
// the audience gets a response; those on Slack an invitation.
func (o *Office) LaunchSurvey(ctx context.Context, who Actor, op string, def SurveyDef) (Survey, error) {
	var s Survey
	err := o.write(ctx, who, func(c *change) error {
		if err := c.must(Coordinator); err != nil {
			return err
		}
		if err := notOpen(c.Tx, def.ID, c.now); err != nil {
			return err
		}
		reach, off, err := audience(c.Tx, def.Audience)
		if err != nil {
			return err
		}
		if len(reach)+len(off) == 0 {
			return invalid("", "error.audience_empty")
		}
		s = Survey{
			ID: SurveyID(o.NewID()), Def: def, Edition: 1, Launched: c.now, Opens: c.now, By: c.me.ID,
			Closes: DateOf(c.now.AddDate(0, 0, max(def.OpenDays, 1)), o.Settings.Zone).At(23, 59, o.Settings.Zone),
		}
		if err := c.CreateSurvey(op, s); err != nil {
			if errors.Is(err, ErrRepeated) {
				return &Error{Code: CodeConflict, Key: "error.survey_launched"}
			}
			return err
		}
		for _, p := range append(reach, off...) {
			if err := c.ask(s, p); err != nil {
				return err
			}
		}
		c.factsChanged()
		return c.audit("survey.launch", string(s.ID))
	})
	return s, err
}

func (c *change) ask(s Survey, p Person) error {
	r := Response{ID: ResponseID(c.office.NewID()), Survey: s.ID, Person: p.ID, State: Asked}
	if err := c.CreateResponse(r); err != nil {
		return err
	}
	if !p.Reachable() {
		return nil
	}
	return c.notify(Notice{
		Kind: NoticeSurveyInvite, Subject: string(r.ID), To: ToPerson(p.ID), UsefulUntil: s.Closes,
	})
}
