package programme_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"tsugite/programme"
)

// Facts tell of surveys that are open or will be, and of who is still to answer them:
// of no trial, no questionnaire of an event, and none that closed.
func TestFactsOfSurveys(t *testing.T) {
	h := newHouse(t)
	day := func(n int) time.Time { return h.now.AddDate(0, 0, n) }
	h.write(func(tx programme.Tx) error {
		var errs []error
		for _, s := range []struct {
			id, op        string
			opens, closes int
			trial         bool
		}{
			{"closed", "op-1", -9, 0, false}, {"open", "op-2", -9, 1, false}, {"opening", "op-3", 2, 9, false},
			{"trial", "op-4", -1, 1, true}, {"of-event", programme.EventSurveyOps + "e", -1, 1, false},
		} {
			errs = append(errs, tx.CreateSurvey(s.op, programme.Survey{
				ID: programme.SurveyID(s.id), Launched: day(-9), Opens: day(s.opens), Closes: day(s.closes), Trial: s.trial}))
			for _, p := range []programme.PersonID{"atsugi", "other-atsugi"} {
				state := programme.Asked
				if p == "other-atsugi" {
					state = programme.Done
				}
				errs = append(errs, tx.CreateResponse(programme.Response{
					ID: programme.ResponseID(s.id + "/" + string(p)), Survey: programme.SurveyID(s.id), Person: p, State: state}))
			}
		}
		s := programme.Survey{Closes: day(1)}
		planned := programme.Notice{Kind: programme.NoticeSurveyChase, Subject: "open", To: programme.ToPerson("atsugi"), Due: day(-1),
			Occasion: programme.SurveyOccasion("week", s)}
		byHand := planned
		byHand.Occasion, byHand.Due = "hand/1", day(-2)
		errs = append(errs, tx.Enqueue("d1", planned), tx.Enqueue("d2", byHand))
		return errors.Join(errs...)
	})
	f, err := h.Facts(t.Context())
	must(t, err)
	var surveys, waiting []string
	for _, s := range f.Surveys {
		surveys = append(surveys, string(s.ID))
	}
	for _, r := range f.Waiting {
		waiting = append(waiting, string(r.ID))
	}
	slices.Sort(surveys)
	slices.Sort(waiting)
	if !slices.Equal(surveys, []string{"open", "opening"}) || !slices.Equal(waiting, []string{"open/atsugi", "opening/atsugi"}) {
		t.Errorf("surveys %v, waiting %v", surveys, waiting)
	}
	if len(f.SurveyHeard) != 1 || f.SurveyHeard[0].Person != "atsugi" || !f.SurveyHeard[0].At.Equal(day(-2)) {
		t.Errorf("told of %+v, want the chaser by hand", f.SurveyHeard)
	}
}
