package db

import (
	"encoding/json"
	"time"

	"tsugite/programme"
)

const channelColumns = `purpose, slack_id, name, made`

func scanChannel(r row) (programme.Channel, error) {
	var c programme.Channel
	err := r.Scan(&c.Purpose, &c.SlackID, &c.Name, &c.Made)
	return c, err
}

func (t *tx) Channels() ([]programme.Channel, error) {
	return all(t.ctx, t.q, scanChannel, `SELECT `+channelColumns+` FROM channels ORDER BY purpose`)
}

func (t *tx) ChannelFor(p programme.Purpose) (programme.Channel, error) {
	return one(t.ctx, t.q, scanChannel, `SELECT `+channelColumns+` FROM channels WHERE purpose = $1`, p)
}

func (t *tx) SaveChannel(c programme.Channel, at time.Time) error {
	_, err := t.exec(`INSERT INTO channels (purpose, slack_id, name, made, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (purpose) DO UPDATE SET slack_id = excluded.slack_id, name = excluded.name, made = excluded.made, at = excluded.at`,
		c.Purpose, c.SlackID, c.Name, c.Made, stamp(at))
	return err
}

const runColumns = `id, coalesce(by_id, ''), begun_at, seen_at, ended_at, steps, done, failed, broken, yes`

func scanRun(r row) (programme.WorkspaceRun, error) {
	var w programme.WorkspaceRun
	var yes string
	err := r.Scan(&w.ID, &w.By, Time{&w.Begun}, Time{&w.Seen}, Time{&w.Ended}, &w.Steps, &w.Done, &w.Failed, &w.Broken, &yes)
	if err == nil {
		err = json.Unmarshal([]byte(yes), &w.Yes)
	}
	return w, err
}

func (t *tx) CreateRun(op string, r programme.WorkspaceRun) error {
	yes, err := json.Marshal(r.Yes)
	if err != nil {
		return err
	}
	return once(t.exec(`INSERT INTO workspace_runs (id, op, by_id, begun_at, seen_at, ended_at, steps, done, failed, broken, yes)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (op) DO NOTHING`,
		r.ID, op, orNull(r.By), stamp(r.Begun), stamp(r.Seen), stamp(r.Ended), r.Steps, r.Done, r.Failed, r.Broken, string(yes)))
}

func (t *tx) Run(id programme.RunID) (programme.WorkspaceRun, error) {
	return one(t.ctx, t.q, scanRun, `SELECT `+runColumns+` FROM workspace_runs WHERE id = $1`, id)
}

func (t *tx) RunByOp(op string) (programme.WorkspaceRun, error) {
	return one(t.ctx, t.q, scanRun, `SELECT `+runColumns+` FROM workspace_runs WHERE op = $1`, op)
}

func (t *tx) RunsGoing() ([]programme.WorkspaceRun, error) {
	return all(t.ctx, t.q, scanRun, `SELECT `+runColumns+` FROM workspace_runs WHERE ended_at IS NULL ORDER BY id`)
}

func (t *tx) SaveRun(r programme.WorkspaceRun) error {
	return fresh(t.exec(`UPDATE workspace_runs SET seen_at = $2, ended_at = $3, steps = $4, done = $5, failed = $6, broken = $7 WHERE id = $1`,
		r.ID, stamp(r.Seen), stamp(r.Ended), r.Steps, r.Done, r.Failed, r.Broken))
}

func (t *tx) SaveOutcome(run programme.RunID, o programme.StepOutcome) error {
	step, err := json.Marshal(o.Step)
	if err != nil {
		return err
	}
	_, err = t.exec(`INSERT INTO workspace_steps (key, run_id, step, state, code, needed, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (key) DO UPDATE SET run_id = excluded.run_id, step = excluded.step, state = excluded.state,
		code = excluded.code, needed = excluded.needed, at = excluded.at`,
		o.Step.Key(), run, string(step), o.State, o.Code, o.Needed, stamp(o.At))
	return err
}

func (t *tx) Outcomes(run programme.RunID) ([]programme.StepOutcome, error) {
	return all(t.ctx, t.q, func(r row) (o programme.StepOutcome, err error) {
		var step string
		if err = r.Scan(&step, &o.State, &o.Code, &o.Needed, Time{&o.At}); err == nil {
			err = json.Unmarshal([]byte(step), &o.Step)
		}
		return o, err
	}, `SELECT step, state, code, needed, at FROM workspace_steps
		WHERE state <> 'done' AND (run_id = $1 OR $1 = '') ORDER BY key`, run)
}
