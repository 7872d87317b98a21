package programme

import "time"

// SurveyOccasion is the occasion of a step of a survey's chasers: the step's stable
// id and the closing in UTC, so that a survey that stays open longer has new ones.
func SurveyOccasion(step string, s Survey) string {
	return step + "@" + s.Closes.UTC().Format(occasionForm)
}

// SurveyHeard says that a person was told of a survey: invited after it opened, or
// chased otherwise than by the plan for its present closing.
type SurveyHeard struct {
	Survey SurveyID
	Person PersonID
	At     time.Time
}

// SurveyFactsTx looks up what the plan of chasers needs to know beside the surveys.
type SurveyFactsTx interface {
	// SurveyHeard lists what people were told of the survey since it opened: those who
	// are still to answer by an invitation, anybody by a chaser. It leaves out chasers
	// whose occasion ends in but, and what does not go out.
	SurveyHeard(s SurveyID, but string) ([]SurveyHeard, error)
}

// addSurveys adds what is known of surveys that are open at now or will be.
func (f *Facts) addSurveys(tx Tx, now time.Time) error {
	surveys, err := tx.Surveys()
	if err != nil {
		return err
	}
	for _, s := range surveys {
		if s.Event != "" || s.ClosedAt(now) {
			continue
		}
		told, err := tx.SurveyHeard(s.ID, SurveyOccasion("", s))
		if err != nil {
			return err
		}
		f.Surveys, f.SurveyHeard = append(f.Surveys, s), append(f.SurveyHeard, told...)
	}
	if len(f.Surveys) == 0 {
		return nil
	}
	f.Waiting, err = tx.WaitingResponses(now)
	return err
}
