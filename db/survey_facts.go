package db

import "tsugite/programme"

func (t *tx) SurveyHeard(s programme.SurveyID, but string) ([]programme.SurveyHeard, error) {
	return all(t.ctx, t.q, func(r row) (told programme.SurveyHeard, err error) {
		told.Survey = s
		return told, r.Scan(&told.Person, Time{&told.At})
	}, `SELECT r.person_id, d.due_at FROM responses r
			JOIN surveys s ON s.id = r.survey_id
			JOIN deliveries d ON d.kind = $3 AND d.subject = r.id AND d.due_at > s.opens_at
		WHERE r.survey_id = $1 AND r.state IN ('asked', 'started') AND d.state NOT IN ('cancelled', 'lapsed', 'refused')
		UNION ALL SELECT substr(d.recipient, 3), d.due_at FROM deliveries d
		WHERE d.kind = $4 AND d.subject = $1 AND substr(d.occasion, -length($2)) <> $2
			AND d.state NOT IN ('cancelled', 'lapsed', 'refused')
		ORDER BY 1, 2`, s, but, programme.NoticeSurveyInvite, programme.NoticeSurveyChase)
}
