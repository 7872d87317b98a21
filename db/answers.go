package db

import (
	"errors"
	"slices"
	"strings"
	"time"

	"tsugite/programme"
)

func scanAnswer(r row) (programme.Answer, error) {
	var a programme.Answer
	err := r.Scan(&a.Response, &a.Question, &a.Version, JSON{&a.Picked}, &a.Text, &a.Number, &a.Date, &a.Skipped, &a.Open,
		&a.By, &a.Via, &a.Source, Time{&a.At})
	return a, err
}

const answerColumns = `a.response_id, a.question, a.version, a.picked, a.text, a.number, a.date, a.skipped, a.open,
	coalesce(a.by_id, ''), a.via, a.source, a.at`

func (t *tx) SaveAnswer(a programme.Answer) (saved bool, err error) {
	// Of two answers the later press stands, whichever arrived first.
	stands, err := one(t.ctx, t.q, scanAnswer, `SELECT `+answerColumns+` FROM answers a
		WHERE a.response_id = $1 AND a.question = $2 ORDER BY a.at DESC, a.version DESC LIMIT 1`, a.Response, a.Question)
	if err != nil && !errors.Is(err, programme.ErrNoRow) {
		return false, err
	}
	saved = err != nil || !stands.At.After(a.At)
	picked, err := asJSON(a.Picked)
	if err != nil {
		return false, err
	}
	_, err = t.exec(`INSERT INTO answers (response_id, question, version, picked, text, number, date, skipped, open,
			by_id, via, source, at)
		SELECT $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
		FROM answers WHERE response_id = $1 AND question = $2`,
		a.Response, a.Question, picked, a.Text, a.Number, a.Date, a.Skipped, a.Open,
		orNull(a.By), a.Via, a.Source, stamp(a.At))
	return saved && err == nil, err
}

func (t *tx) Answers(id programme.ResponseID) (map[string]programme.Answer, error) {
	versions, err := t.AnswerVersions(id)
	standing := make(map[string]programme.Answer, len(versions))
	for _, a := range versions { // the last of a question stands
		standing[a.Question] = a
	}
	return standing, err
}

func (t *tx) AnswerVersions(id programme.ResponseID) ([]programme.Answer, error) {
	return t.answers(`WHERE a.response_id = $1 ORDER BY a.question, a.at, a.version`, id)
}

func (t *tx) SurveyVersions(s programme.SurveyID) (map[programme.ResponseID][]programme.Answer, error) {
	given, err := t.answers(`JOIN responses r ON r.id = a.response_id
		WHERE r.survey_id = $1 ORDER BY a.response_id, a.question, a.at, a.version`, s)
	versions := map[programme.ResponseID][]programme.Answer{}
	for _, a := range given {
		versions[a.Response] = append(versions[a.Response], a)
	}
	return versions, err
}

func (t *tx) SurveyAnswers(s programme.SurveyID, before time.Time) (map[programme.ResponseID]map[string]programme.Answer, error) {
	versions, err := t.answers(`JOIN responses r ON r.id = a.response_id
		WHERE r.survey_id = $1 AND ($2 IS NULL OR a.at < $2)
		ORDER BY a.response_id, a.question, a.at, a.version`, s, stamp(before))
	standing := map[programme.ResponseID]map[string]programme.Answer{}
	for _, a := range versions {
		if standing[a.Response] == nil {
			standing[a.Response] = map[string]programme.Answer{}
		}
		standing[a.Response][a.Question] = a
	}
	return standing, err
}

func (t *tx) AnswerBySource(p programme.PersonID, source string) (programme.Answer, error) {
	return one(t.ctx, t.q, scanAnswer, `SELECT `+answerColumns+` FROM answers a JOIN responses r ON r.id = a.response_id
		WHERE a.source = $2 AND a.source <> '' AND r.person_id = $1 ORDER BY a.at DESC, a.version DESC LIMIT 1`, p, source)
}

func (t *tx) answers(rest string, args ...any) ([]programme.Answer, error) {
	return all(t.ctx, t.q, scanAnswer, `SELECT `+answerColumns+` FROM answers a `+rest, args...)
}

// mixedMost is up to how many answers of a survey are laid anew at each ballot: more
// would hold the writer for too long, and among so many an order says little.
const mixedMost = 5000

// CastBallot draws the ballot's key at random in the database, so that no id of ours,
// which tell the time, comes near it. A page of the file keeps rows in the order in
// which they came, whatever their keys, so all ballots of the survey are laid anew in
// the order of their keys.
func (t *tx) CastBallot(b programme.Ballot) error {
	key, err := one(t.ctx, t.q, single[string], `SELECT lower(hex(randomblob(16)))`)
	if err != nil {
		return err
	}
	kept, err := t.ballots(b.Survey)
	if err != nil {
		return err
	}
	fresh := keyedBallot{key, b}
	if len(kept)*len(b.Answers) > mixedMost {
		return t.insertBallot(fresh)
	}
	if _, err := t.exec(`DELETE FROM ballots WHERE survey_id = $1`, b.Survey); err != nil {
		return err
	}
	kept = append(kept, fresh)
	slices.SortFunc(kept, func(a, b keyedBallot) int { return strings.Compare(a.key, b.key) })
	for _, k := range kept {
		if err := t.insertBallot(k); err != nil {
			return err
		}
	}
	return nil
}

type keyedBallot struct {
	key string
	programme.Ballot
}

func (t *tx) insertBallot(b keyedBallot) error {
	for _, a := range b.Answers {
		picked, err := asJSON(a.Picked)
		if err != nil {
			return err
		}
		if _, err := t.exec(`INSERT INTO ballots (survey_id, key, question, picked, text, number, date, skipped)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			b.Survey, b.key, a.Question, picked, a.Text, a.Number, a.Date, a.Skipped); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) Ballots(s programme.SurveyID) ([]programme.Ballot, error) {
	kept, err := t.ballots(s)
	out := make([]programme.Ballot, len(kept))
	for i, k := range kept {
		out[i] = k.Ballot
	}
	return out, err
}

// ballots are those of a survey in the order of their keys.
func (t *tx) ballots(s programme.SurveyID) ([]keyedBallot, error) {
	type line struct {
		key string
		programme.Answer
	}
	lines, err := all(t.ctx, t.q, func(r row) (l line, err error) {
		return l, r.Scan(&l.key, &l.Question, JSON{&l.Picked}, &l.Text, &l.Number, &l.Date, &l.Skipped)
	}, `SELECT key, question, picked, text, number, date, skipped FROM ballots WHERE survey_id = $1 ORDER BY key, question`, s)
	var ballots []keyedBallot
	for i, l := range lines {
		if i == 0 || lines[i-1].key != l.key {
			ballots = append(ballots, keyedBallot{l.key, programme.Ballot{Survey: s}})
		}
		last := &ballots[len(ballots)-1]
		last.Answers = append(last.Answers, l.Answer)
	}
	return ballots, err
}
