package db

import (
	"errors"

	"tsugite/programme"
)

func scanSurvey(r row) (programme.Survey, error) {
	var s programme.Survey
	var op string
	err := r.Scan(&s.ID, &op, JSON{&s.Def}, Time{&s.Launched}, Time{&s.Closes}, &s.By)
	s.Event = programme.EventOfOp(op)
	return s, err
}

const surveyColumns = `id, op, def, launched_at, closes_at, coalesce(by_id, '')`

func (t *tx) CreateSurvey(op string, s programme.Survey) error {
	def, err := asJSON(s.Def)
	if err != nil {
		return err
	}
	return once(t.exec(`INSERT INTO surveys (id, op, def, launched_at, closes_at, by_id)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (op) DO NOTHING`,
		s.ID, op, def, stamp(s.Launched), stamp(s.Closes), orNull(s.By)))
}

func (t *tx) Survey(id programme.SurveyID) (programme.Survey, error) {
	return one(t.ctx, t.q, scanSurvey, `SELECT `+surveyColumns+` FROM surveys WHERE id = $1`, id)
}

func (t *tx) SurveyByOp(op string) (programme.Survey, error) {
	return one(t.ctx, t.q, scanSurvey, `SELECT `+surveyColumns+` FROM surveys WHERE op = $1`, op)
}

func (t *tx) Surveys() ([]programme.Survey, error) {
	return all(t.ctx, t.q, scanSurvey, `SELECT `+surveyColumns+` FROM surveys ORDER BY launched_at DESC, id DESC`)
}

const responseColumns = `r.id, r.survey_id, r.person_id, r.state, r.current, r.round, r.asked_at, r.done_at, r.version`

func scanResponse(r row) (programme.Response, error) {
	var v programme.Response
	err := r.Scan(&v.ID, &v.Survey, &v.Person, &v.State, &v.Current, &v.Round, Time{&v.AskedAt}, Time{&v.DoneAt}, &v.Version)
	return v, err
}

func (t *tx) CreateResponse(r programme.Response) error {
	_, err := t.exec(`INSERT INTO responses (id, survey_id, person_id, state, current, asked, done_at, version)
		VALUES ($1, $2, $3, $4, $5, 0, $6, 1)`,
		r.ID, r.Survey, r.Person, r.State, r.Current, stamp(r.DoneAt))
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

func (t *tx) responses(rest string, args ...any) ([]programme.Response, error) {
	return all(t.ctx, t.q, scanResponse, `SELECT `+responseColumns+` FROM responses r `+rest, args...)
}

// SaveResponse moves the dialogue to the front of the person's when it asks a
// question: what they type next answers the question they saw last.
func (t *tx) SaveResponse(r programme.Response) error {
	return fresh(t.exec(`UPDATE responses SET state = $2, current = $3, done_at = $4, version = version + 1,
		round = $6, asked_at = $7,
		asked = CASE WHEN $3 = '' THEN asked
			ELSE (SELECT max(o.asked) + 1 FROM responses o WHERE o.person_id = responses.person_id) END
		WHERE id = $1 AND version = $5`,
		r.ID, r.State, r.Current, stamp(r.DoneAt), r.Version, r.Round, stamp(r.AskedAt)))
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

func scanAnswer(r row) (programme.Answer, error) {
	var a programme.Answer
	err := r.Scan(&a.Response, &a.Question, &a.Version, JSON{&a.Picked}, &a.Text, &a.Number, &a.Skipped, &a.By, Time{&a.At})
	return a, err
}

const answerColumns = `response_id, question, version, picked, text, number, skipped, coalesce(by_id, ''), at`

func (t *tx) SaveAnswer(a programme.Answer) (saved bool, err error) {
	// Of two answers the later press stands, whichever arrived first.
	stands, err := one(t.ctx, t.q, scanAnswer, `SELECT `+answerColumns+` FROM answers
		WHERE response_id = $1 AND question = $2 ORDER BY at DESC, version DESC LIMIT 1`, a.Response, a.Question)
	if err != nil && !errors.Is(err, programme.ErrNoRow) {
		return false, err
	}
	saved = err != nil || !stands.At.After(a.At)
	picked, err := asJSON(a.Picked)
	if err != nil {
		return false, err
	}
	_, err = t.exec(`INSERT INTO answers (response_id, question, version, picked, text, number, skipped, by_id, at)
		SELECT $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6, $7, $8
		FROM answers WHERE response_id = $1 AND question = $2`,
		a.Response, a.Question, picked, a.Text, a.Number, a.Skipped, orNull(a.By), stamp(a.At))
	return saved && err == nil, err
}

func (t *tx) Answers(id programme.ResponseID) (map[string]programme.Answer, error) {
	versions, err := all(t.ctx, t.q, scanAnswer, `SELECT `+answerColumns+` FROM answers
		WHERE response_id = $1 ORDER BY question, at, version`, id)
	standing := make(map[string]programme.Answer, len(versions))
	for _, a := range versions { // the last of a question stands
		standing[a.Question] = a
	}
	return standing, err
}
