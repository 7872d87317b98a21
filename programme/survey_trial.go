package programme

import (
	"context"
	"time"
)

// trialFor is how long a trial can be looked at.
const trialFor = 24 * time.Hour

// TrySurvey sends the survey to the coordinator alone, once per op, to be looked at
// and answered as others will; it counts nowhere. One who tries a definition again
// is done with their earlier trial of it.
func (o *Office) TrySurvey(ctx context.Context, who Actor, op string, def SurveyDef) (Survey, error) {
	var s Survey
	err := o.manage(ctx, who, func(c *change) error {
		if c.me.ID == "" { // the operator has no conversation to send it to
			return denied("error.denied")
		}
		if err := c.newOp(op); err != nil {
			return err
		}
		if err := c.endTrials(def.ID); err != nil {
			return err
		}
		s = Survey{
			ID: SurveyID(o.NewID()), Def: def, Trial: true,
			Launched: c.now, Opens: c.now, Closes: c.now.Add(trialFor), By: c.me.ID,
		}
		if err := c.createSurvey(op, &s); err != nil {
			return err
		}
		if err := c.ask(s, c.me); err != nil {
			return err
		}
		return c.audit("survey.try", string(s.ID))
	})
	return s, err
}

// endTrials closes the actor's own trials of a definition.
func (c *change) endTrials(def string) error {
	rs, err := c.ResponsesOf(c.me.ID)
	if err != nil {
		return err
	}
	for _, r := range rs {
		s, err := c.Survey(r.Survey)
		if err != nil {
			return err
		}
		if !s.Trial || s.Def.ID != def || s.ClosedAt(c.now) {
			continue
		}
		s.Closes = c.now
		if err := c.SaveSurvey(s); err != nil {
			return err
		}
		if _, err := c.retimeSome(s); err != nil {
			return err
		}
	}
	return nil
}
