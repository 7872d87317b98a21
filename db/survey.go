package db

import (
	"time"

	"tsugite/programme"
)

func scanSurvey(r row) (programme.Survey, error) {
	var s programme.Survey
	var op string
	err := r.Scan(&s.ID, &op, JSON{&s.Def}, Time{&s.Launched}, Time{&s.Opens}, Time{&s.Closes}, &s.By, &s.Trial, &s.Edition)
	s.Event = programme.EventOfOp(op)
	return s, err
}

const surveyColumns = `id, op, def, launched_at, opens_at, closes_at, coalesce(by_id, ''), trial, edition`

func (t *tx) CreateSurvey(op string, s programme.Survey) error {
	def, err := asJSON(s.Def)
	if err != nil {
		return err
	}
	return once(t.exec(`INSERT INTO surveys (id, op, def, launched_at, opens_at, closes_at, by_id, trial, edition)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (op) DO NOTHING`,
		s.ID, op, def, stamp(s.Launched), stamp(s.Opens), stamp(s.Closes), orNull(s.By), s.Trial, s.Edition))
}

func (t *tx) SaveSurvey(s programme.Survey) error {
	return fresh(t.exec(`UPDATE surveys SET opens_at = $2, closes_at = $3 WHERE id = $1`, s.ID, stamp(s.Opens), stamp(s.Closes)))
}

func (t *tx) Survey(id programme.SurveyID) (programme.Survey, error) {
	return one(t.ctx, t.q, scanSurvey, `SELECT `+surveyColumns+` FROM surveys WHERE id = $1`, id)
}

func (t *tx) SurveyByOp(op string) (programme.Survey, error) {
	return one(t.ctx, t.q, scanSurvey, `SELECT `+surveyColumns+` FROM surveys WHERE op = $1`, op)
}

func (t *tx) Surveys() ([]programme.Survey, error) {
	return all(t.ctx, t.q, scanSurvey, `SELECT `+surveyColumns+` FROM surveys WHERE trial = 0
		ORDER BY launched_at DESC, id DESC`)
}

const responseColumns = `r.id, r.survey_id, r.person_id, r.state, r.current, r.round, r.asked_at, r.done_at,
	r.later_at, r.open_until, r.version`

func scanResponse(r row) (programme.Response, error) {
	var v programme.Response
	err := r.Scan(&v.ID, &v.Survey, &v.Person, &v.State, &v.Current, &v.Round, Time{&v.AskedAt}, Time{&v.DoneAt},
		Time{&v.Later}, Time{&v.OpenUntil}, &v.Version)
	return v, err
}

func (t *tx) CreateResponse(r programme.Response) error {
	_, err := t.exec(`INSERT INTO responses (id, survey_id, person_id, state, current, asked, done_at, later_at, open_until, version)
		VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, 1)`,
		r.ID, r.Survey, r.Person, r.State, r.Current, stamp(r.DoneAt), stamp(r.Later), stamp(r.OpenUntil))
	return err
}

func (t *tx) Response(id programme.ResponseID) (programme.Response, error) {
	return t.response(`WHERE r.id = $1`, id)
}

func (t *tx) ResponseOf(s programme.SurveyID, p programme.PersonID) (programme.Response, error) {
	return t.response(`WHERE r.survey_id = $1 AND r.person_id = $2`, s, p)
}

func (t *tx) OpenResponse(p programme.PersonID) (programme.Response, error) {
	return t.response(`WHERE r.person_id = $1 AND r.current <> '' ORDER BY r.asked DESC LIMIT 1`, p)
}

func (t *tx) response(where string, args ...any) (programme.Response, error) {
	return one(t.ctx, t.q, scanResponse, `SELECT `+responseColumns+` FROM responses r `+where, args...)
}

func (t *tx) ResponsesOf(p programme.PersonID) ([]programme.Response, error) {
	return t.responses(`JOIN surveys s ON s.id = r.survey_id WHERE r.person_id = $1
		ORDER BY s.launched_at DESC, s.id DESC`, p)
}

func (t *tx) Responses(s programme.SurveyID) ([]programme.Response, error) {
	return t.responses(`WHERE r.survey_id = $1 ORDER BY r.id`, s)
}

func (t *tx) WaitingResponses(now time.Time) ([]programme.Response, error) {
	return t.responses(`JOIN surveys s ON s.id = r.survey_id
		WHERE r.state IN ('asked', 'started') AND s.trial = 0 AND s.closes_at > $1 AND s.op NOT LIKE $2
		ORDER BY r.survey_id, r.person_id`, stamp(now), programme.EventSurveyOps+"%")
}

func (t *tx) responses(rest string, args ...any) ([]programme.Response, error) {
	return all(t.ctx, t.q, scanResponse, `SELECT `+responseColumns+` FROM responses r `+rest, args...)
}

// SaveResponse moves the dialogue to the front of the person's when it asks a
// question: what they type next answers the question they saw last.
func (t *tx) SaveResponse(r programme.Response) error {
	return fresh(t.exec(`UPDATE responses SET state = $2, current = $3, done_at = $4, version = version + 1,
		round = $6, asked_at = $7, later_at = $8, open_until = $9,
		asked = CASE WHEN $3 = '' THEN asked
			ELSE (SELECT max(o.asked) + 1 FROM responses o WHERE o.person_id = responses.person_id) END
		WHERE id = $1 AND version = $5`,
		r.ID, r.State, r.Current, stamp(r.DoneAt), r.Version, r.Round, stamp(r.AskedAt),
		stamp(r.Later), stamp(r.OpenUntil)))
}

func (t *tx) SurveyCounts(s programme.SurveyID) (programme.SurveyCounts, error) {
	type line struct {
		state programme.ResponseState
		n     int
	}
	lines, err := all(t.ctx, t.q, func(r row) (l line, err error) { return l, r.Scan(&l.state, &l.n) },
		`SELECT state, count(*) FROM responses WHERE survey_id = $1 GROUP BY state`, s)
	counts := make(programme.SurveyCounts, len(lines))
	for _, l := range lines {
		counts[l.state] = l.n
	}
	return counts, err
}

func (t *tx) SurveyInvites(s programme.SurveyID) (map[programme.ResponseID]programme.DeliveryState, error) {
	type line struct {
		response programme.ResponseID
		state    programme.DeliveryState
	}
	lines, err := all(t.ctx, t.q, func(r row) (l line, err error) { return l, r.Scan(&l.response, &l.state) },
		`SELECT r.id, CASE WHEN d.slack_ts <> '' THEN 'sent' ELSE d.state END FROM responses r JOIN deliveries d ON d.kind = $2 AND d.subject = r.id
		WHERE r.survey_id = $1`, s, programme.NoticeSurveyInvite)
	states := make(map[programme.ResponseID]programme.DeliveryState, len(lines))
	for _, l := range lines {
		states[l.response] = l.state
	}
	return states, err
}
