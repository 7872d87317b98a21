package programme

import (
	"context"
	"time"
)

// CastBallot keeps an anonymous survey's sheet, once and whole. That somebody took
// part and what they said are kept apart, and nothing says when: the response is done
// without a time, the ballot has no person, and the audit entry names the survey only
// (programme.md Consent and sharing). Faults lists every field to be mended.
func (o *Office) CastBallot(ctx context.Context, who Actor, id ResponseID, answers map[string]Input) error {
	return o.write(ctx, who, func(c *change) error {
		t, err := c.talk(id)
		if err != nil {
			return err
		}
		if !t.own() || !t.d.Survey.Def.Anonymous {
			return missing("error.survey_gone")
		}
		if err := fillable(t.d, c.now); err != nil {
			return err
		}
		b, err := t.ballot(answers)
		if err != nil {
			return err
		}
		if err := c.CastBallot(b); err != nil {
			return err
		}
		r := &t.d.Response
		r.State, r.Later, r.Current = Done, time.Time{}, ""
		return t.save()
	})
}

// ballot reads the sheet of an anonymous survey.
func (t *talk) ballot(answers map[string]Input) (Ballot, error) {
	b := Ballot{Survey: t.d.Survey.ID}
	var faults Faults
	for _, q := range t.d.Survey.Def.Questions {
		people, err := nameable(t.Tx, q, t.d.Person)
		if err != nil {
			return b, err
		}
		a, fault := t.readField(q, answers[q.ID], Answer{}, people, false)
		if fault != nil {
			faults = append(faults, fault)
			continue
		}
		b.Answers = append(b.Answers, Answer{
			Question: q.ID, Picked: a.Picked, Text: a.Text, Number: a.Number, Date: a.Date, Skipped: a.Skipped,
		})
	}
	if len(faults) > 0 {
		return b, faults
	}
	return b, nil
}
