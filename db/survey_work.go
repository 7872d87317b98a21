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

// SurveyMessages leaves out answered questions, which say no end. Of the one being
// asked it has every round, whose occasions are the question and, behind a #, a number.
func (t *tx) SurveyMessages(s programme.SurveyID) ([]programme.SurveyMessage, error) {
	return all(t.ctx, t.q, func(r row) (m programme.SurveyMessage, err error) {
		return m, r.Scan(&m.Delivery, &m.Kind, Time{&m.UsefulUntil}, Time{&m.OpenUntil})
	}, `SELECT d.id, d.kind, d.useful_until, r.open_until FROM responses r
			JOIN deliveries d ON d.subject = r.id AND d.kind IN ('survey.invite', 'survey.later', 'survey.receipt', 'survey.reopened')
		WHERE r.survey_id = $1
		UNION ALL SELECT d.id, d.kind, d.useful_until, r.open_until FROM responses r
			JOIN deliveries d ON d.subject = r.id AND d.kind = 'survey.question'
		WHERE r.survey_id = $1 AND r.current <> '' AND substr(d.occasion || '#', 1, length(r.current) + 1) = r.current || '#'
		UNION ALL SELECT d.id, d.kind, d.useful_until, r.open_until FROM responses r
			JOIN deliveries d ON d.kind = 'survey.chase' AND d.subject = $1 AND d.recipient = 'p:' || r.person_id
		WHERE r.survey_id = $1`, s)
}

// Retime revives an invitation that never went out if it is of use again; whether the
// person answered meanwhile is looked at before it is sent.
func (t *tx) Retime(delivery string, until, now time.Time) error {
	if _, err := t.exec(`UPDATE deliveries SET useful_until = $2, rev = rev + 1 WHERE id = $1`, delivery, stamp(until)); err != nil {
		return err
	}
	_, err := t.exec(`UPDATE deliveries SET state = 'pending', op = CASE WHEN slack_ts = '' THEN 'post' ELSE 'update' END,
			next_at = max(due_at, $2), attempts = 0, owner = '', unsure = 0, first_try_at = NULL, last_error = ''
		WHERE id = $1 AND (slack_ts <> '' AND state IN ('sent', 'cancelled', 'lapsed', 'refused')
			OR slack_ts = '' AND kind = $3 AND state IN ('cancelled', 'lapsed') AND useful_until > $2)`,
		delivery, stamp(now), programme.NoticeSurveyInvite)
	return err
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
