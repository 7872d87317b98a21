package yearreport

import (
	"slices"

	"tsugite/programme"
)

// mostChasers is how often somebody is chased for one survey, by the plan and by hand
// together: who does not answer then is telephoned, or left in peace.
const mostChasers = 2

// surveyFindings tells of people who are chased too often, and of surveys that are
// open for so short a time that several chasers fell together into one.
func (r Report) surveyFindings() []Finding {
	var out []Finding
	for _, lane := range r.Lanes {
		n := tally[string]{}
		for _, rec := range lane.Messages {
			if rec.Notice != programme.NoticeSurveyChase {
				continue
			}
			id := rec.About.Subject
			if n[id]++; n[id] == mostChasers+1 {
				s, _ := r.survey(programme.SurveyID(id))
				out = append(out, Finding{Key: "rehearse.warn_chased", At: rec.At, Subject: "person:" + lane.Person.SlackID, To: lane.Person.SlackID,
					Args: args("When", rec.At, "Name", lane.Person.Name, "Survey", s.Def.Title, "Most", mostChasers)})
			}
		}
	}
	for _, l := range r.Ladders {
		if s, ok := r.survey(l.Survey); ok && l.Left < l.Full {
			out = append(out, Finding{Key: "rehearse.warn_short_survey", At: r.within(s.Opens.In(r.Settings.Zone)), Subject: "survey:" + s.Def.ID,
				Args: args("Survey", s.Def.Title, "When", s.Closes.In(r.Settings.Zone), "Full", l.Full, "Left", l.Left)})
		}
	}
	return out
}

// survey finds a survey by its id.
func (f Facts) survey(id programme.SurveyID) (programme.Survey, bool) {
	i := slices.IndexFunc(f.Surveys, func(s programme.Survey) bool { return s.ID == id })
	if i < 0 {
		return programme.Survey{}, false
	}
	return f.Surveys[i], true
}
