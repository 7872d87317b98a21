package programme

import (
	"context"
	"slices"
	"time"
)

// SharedAnswers shows what an atsugi said that is meant for their expert, newest
// survey first: to experts of their own atsugi who take part, to the office of any.
// That it was read is audited.
func (o *Office) SharedAnswers(ctx context.Context, who Actor, id PersonID) ([]SharedAnswers, error) {
	var out []SharedAnswers
	err := o.write(ctx, who, func(c *change) error {
		if err := c.must(Mentor, Coordinator); err != nil {
			return err
		}
		atsugi, err := c.Person(id)
		if err != nil {
			return orMissing(err, "error.person_gone")
		}
		own := atsugi.Has(Atsugi) && atsugi.Active() && c.me.Advises(atsugi)
		if !own && c.must(Coordinator) != nil {
			return denied("error.denied")
		}
		if out, err = sharedAnswers(c.Tx, atsugi); err != nil {
			return err
		}
		return c.audit("survey.read_shared", string(id))
	})
	return out, err
}

func sharedAnswers(tx Tx, atsugi Person) ([]SharedAnswers, error) {
	responses, err := tx.ResponsesOf(atsugi.ID)
	if err != nil {
		return nil, err
	}
	var out []SharedAnswers
	for _, r := range responses {
		if r.State == Declined {
			continue
		}
		s, err := tx.Survey(r.Survey)
		if err != nil {
			return nil, err
		}
		shared := SharedAnswers{Survey: s, Person: atsugi}
		if s.Trial {
			continue
		}
		answers, err := tx.Answers(r.ID)
		if err != nil {
			return nil, err
		}
		if err := shared.add(tx, s.Def.Counted(answers)); err != nil {
			return nil, err
		}
		if len(shared.Items) > 0 {
			out = append(out, shared)
		}
	}
	return out, nil
}

// add takes in what is meant for experts. What is for totals only never is.
func (s *SharedAnswers) add(tx Tx, counted map[string]Answer) (err error) {
	var naming []Answer
	for _, q := range s.Survey.Def.Questions {
		a, ok := counted[q.ID]
		if !ok || a.Skipped || q.TotalsOnly || !slices.Contains(q.ShownTo, ReadMentor) {
			continue
		}
		s.Items = append(s.Items, SharedAnswer{Question: q, Answer: a})
		if a.At.After(s.Answered) {
			s.Answered = a.At
		}
		if q.Kind == Whom {
			naming = append(naming, a)
		}
	}
	s.People, err = namedIn(tx, naming)
	return err
}

// Wishes are those who want intensive follow-up by their answers to a survey, by kana,
// with the engagements that they have (programme.md 2-③b). Who left is not among them.
func (o *Office) Wishes(ctx context.Context, who Actor, id SurveyID) ([]Wish, error) {
	var out []Wish
	err := o.readAsOffice(ctx, who, func(tx Tx) error {
		s, err := sentSurvey(tx, id)
		if err != nil {
			return err
		}
		q, i := s.Def.Question(s.Def.Wish)
		if i < 0 || q.TotalsOnly || s.Def.Anonymous {
			return nil
		}
		all, err := surveyAsked(tx, s, time.Time{})
		if err != nil {
			return err
		}
		running, err := runningEngagements(tx)
		if err != nil {
			return err
		}
		for _, a := range all {
			if !a.person.Active() || !slices.Contains(a.answers[q.ID].Picked, "yes") {
				continue
			}
			w := Wish{Person: a.person, Response: a.response.ID, Answers: map[string]Answer{}, Engaged: running[a.person.ID]}
			for id, x := range a.answers {
				if q, _ := s.Def.Question(id); !q.TotalsOnly {
					w.Answers[id] = x
				}
			}
			out = append(out, w)
		}
		return nil
	})
	return out, err
}
