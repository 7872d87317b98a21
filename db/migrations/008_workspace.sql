-- +goose Up

-- Channels of Slack by what they are for, as they were made or found; those that the
-- configuration names are not here unless the program made them.
CREATE TABLE channels (
  purpose  TEXT PRIMARY KEY NOT NULL,
  slack_id TEXT NOT NULL,
  name     TEXT NOT NULL, -- as it was wished for then
  made     INTEGER NOT NULL,
  at       TIMESTAMP NOT NULL
) WITHOUT ROWID;

-- Performances of the plan of the workspace.
CREATE TABLE workspace_runs (
  id       TEXT PRIMARY KEY NOT NULL,
  op       TEXT NOT NULL UNIQUE,
  by_id    TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED, -- null: the operator
  begun_at TIMESTAMP NOT NULL,
  seen_at  TIMESTAMP NOT NULL, -- its last sign of life
  ended_at TIMESTAMP,
  steps    INTEGER NOT NULL,
  done     INTEGER NOT NULL,
  failed   INTEGER NOT NULL,
  broken   INTEGER NOT NULL,
  yes      TEXT NOT NULL -- keys of the steps that were said yes to, as JSON
);

-- What came of each step the last time.
CREATE TABLE workspace_steps (
  key    TEXT PRIMARY KEY NOT NULL,
  run_id TEXT NOT NULL REFERENCES workspace_runs (id) DEFERRABLE INITIALLY DEFERRED,
  step   TEXT NOT NULL, -- JSON
  state  TEXT NOT NULL,
  code   TEXT NOT NULL,
  needed TEXT NOT NULL,
  at     TIMESTAMP NOT NULL
) WITHOUT ROWID;
CREATE INDEX workspace_steps_run ON workspace_steps (run_id);
