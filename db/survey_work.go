package db

import (
	"strings"
	"time"

	"tsugite/programme"
)

// surveyWork is how switches begin that stand for work on a survey: one that is
// there is to be done.
const surveyWork = "survey."

func (t *tx) SetSurveyWork(s programme.SurveyID, w programme.SurveyWork, todo bool) error {
	name := surveyWork + string(w) + "." + string(s)
	query := `DELETE FROM switches WHERE name = $1`
	if todo {
		query = `INSERT INTO switches (name, is_on, why) VALUES ($1, 1, '') ON CONFLICT (name) DO NOTHING`
	}
	_, err := t.exec(query, name)
	return err
}

func (t *tx) SurveyWork(w programme.SurveyWork) ([]programme.SurveyID, error) {
	prefix := surveyWork + string(w) + "."
	names, err := all(t.ctx, t.q, single[string],
		`SELECT name FROM switches WHERE substr(name, 1, $1) = $2 ORDER BY name`, len(prefix), prefix)
	ids := make([]programme.SurveyID, len(names))
	for i, name := range names {
		ids[i] = programme.SurveyID(strings.TrimPrefix(name, prefix))
	}
	return ids, err
}

// surveyMessages are the messages about survey $1 that say when it ends, with the
// end that they should say if it closes at $2. Of a person's questions it is the one
// being asked, in every round: an answered one says no end.
const surveyMessages = `WITH ends AS (
		SELECT id, person_id, current, CASE WHEN open_until > $2 THEN open_until ELSE $2 END AS until
		FROM responses WHERE survey_id = $1)
	SELECT d.id, d.useful_until, e.until FROM ends e
	JOIN deliveries d ON d.subject = e.id AND d.kind IN ('survey.invite', 'survey.later', 'survey.receipt')
	UNION ALL
	SELECT d.id, d.useful_until, e.until FROM ends e JOIN deliveries d ON d.kind = 'survey.question' AND d.subject = e.id
	WHERE e.current <> '' AND substr(d.occasion || '#', 1, length(e.current) + 1) = e.current || '#'
	UNION ALL
	SELECT d.id, d.useful_until, e.until FROM ends e
	JOIN deliveries d ON d.kind = 'survey.chase' AND d.subject = $1 AND d.recipient = 'p:' || e.person_id`

func (t *tx) RetimeSurvey(s programme.Survey, now time.Time, limit int) (int, error) {
	type line struct {
		delivery string
		until    time.Time
	}
	wrong, err := all(t.ctx, t.q, func(r row) (l line, err error) { return l, r.Scan(&l.delivery, Time{&l.until}) },
		`SELECT id, until FROM (`+surveyMessages+`) WHERE useful_until IS NOT until LIMIT $3`, s.ID, stamp(s.Closes), limit)
	if err != nil {
		return 0, err
	}
	for _, l := range wrong {
		if _, err := t.exec(`UPDATE deliveries SET useful_until = $2, rev = rev + 1 WHERE id = $1`,
			l.delivery, stamp(l.until)); err != nil {
			return 0, err
		}
		// An invitation that never went out is sent if it is of use again; whether the
		// person has answered meanwhile is looked at then.
		if _, err := t.exec(`UPDATE deliveries SET state = 'pending', op = CASE WHEN slack_ts = '' THEN 'post' ELSE 'update' END,
				next_at = $2, attempts = 0, owner = '', unsure = 0, first_try_at = NULL, last_error = ''
			WHERE id = $1 AND (slack_ts <> '' AND state IN ('sent', 'cancelled', 'lapsed', 'refused')
				OR slack_ts = '' AND kind = 'survey.invite' AND state IN ('cancelled', 'lapsed') AND useful_until > $2)`,
			l.delivery, stamp(now)); err != nil {
			return 0, err
		}
	}
	return len(wrong), nil
}

func (t *tx) SurveyTold(s programme.SurveyID, since time.Time) (map[programme.ResponseID]bool, error) {
	ids, err := all(t.ctx, t.q, single[programme.ResponseID], `WITH told AS (
			SELECT r.id, d.state, d.due_at, d.slack_ts FROM responses r
			JOIN deliveries d ON d.subject = r.id AND d.kind IN ('survey.invite', 'survey.later', 'survey.reopened')
			WHERE r.survey_id = $1
			UNION ALL
			SELECT r.id, d.state, d.due_at, d.slack_ts FROM responses r
			JOIN deliveries d ON d.kind = 'survey.chase' AND d.subject = $1 AND d.recipient = 'p:' || r.person_id
			WHERE r.survey_id = $1)
		SELECT DISTINCT id FROM told WHERE CASE
			WHEN slack_ts <> '' THEN CAST(slack_ts AS REAL) >= $3
			ELSE state IN ('pending', 'sending') OR state = 'unknown' AND due_at >= $2 END`,
		s, stamp(since), since.Unix())
	told := make(map[programme.ResponseID]bool, len(ids))
	for _, id := range ids {
		told[id] = true
	}
	return told, err
}
