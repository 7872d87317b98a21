-- +goose Up

ALTER TABLE surveys ADD COLUMN opens_at TIMESTAMP;
UPDATE surveys SET opens_at = launched_at;
ALTER TABLE surveys ADD COLUMN trial INTEGER NOT NULL DEFAULT 0;
-- Counts the versions of a definition that were sent out.
ALTER TABLE surveys ADD COLUMN edition INTEGER NOT NULL DEFAULT 1;

ALTER TABLE responses ADD COLUMN later_at TIMESTAMP;
ALTER TABLE responses ADD COLUMN open_until TIMESTAMP;
-- Who is still to be chased, for the plan.
CREATE INDEX responses_waiting ON responses (survey_id, person_id) WHERE state IN ('asked', 'started');

ALTER TABLE answers ADD COLUMN date TEXT NOT NULL DEFAULT '';
-- Begun and not yet given.
ALTER TABLE answers ADD COLUMN open INTEGER NOT NULL DEFAULT 0;
ALTER TABLE answers ADD COLUMN via TEXT NOT NULL DEFAULT 'chat';
-- The message in which it was typed, so that an edited message is an edited answer.
ALTER TABLE answers ADD COLUMN source TEXT NOT NULL DEFAULT '';
CREATE INDEX answers_source ON answers (source) WHERE source <> '';

-- Answers to anonymous surveys. key is random and the table has no row number, so
-- nothing here tells who answered, when, or in which order.
CREATE TABLE ballots (
  survey_id TEXT NOT NULL REFERENCES surveys (id) DEFERRABLE INITIALLY DEFERRED,
  key       TEXT NOT NULL,
  question  TEXT NOT NULL,
  picked    TEXT NOT NULL,
  text      TEXT NOT NULL,
  number    INTEGER NOT NULL,
  date      TEXT NOT NULL,
  skipped   INTEGER NOT NULL,
  PRIMARY KEY (survey_id, key, question)
) WITHOUT ROWID;

CREATE TABLE engagements (
  id        TEXT PRIMARY KEY NOT NULL,
  op        TEXT NOT NULL UNIQUE,
  atsugi_id TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  mentor_id TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  survey_id TEXT REFERENCES surveys (id) DEFERRABLE INITIALLY DEFERRED,
  sessions  INTEGER NOT NULL,
  made_at   TIMESTAMP NOT NULL,
  by_id     TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  ended_at  TIMESTAMP,
  version   INTEGER NOT NULL
);
-- An atsugi and an expert have one running engagement at most.
CREATE UNIQUE INDEX engagements_running ON engagements (mentor_id, atsugi_id) WHERE ended_at IS NULL;
CREATE INDEX engagements_atsugi ON engagements (atsugi_id) WHERE ended_at IS NULL;

-- Who may see whom changes with an engagement, so the roster in memory is read anew.
-- +goose StatementBegin
CREATE TRIGGER engagements_added AFTER INSERT ON engagements
BEGIN UPDATE revisions SET rev = rev + 1 WHERE name = 'people'; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER engagements_changed AFTER UPDATE ON engagements
BEGIN UPDATE revisions SET rev = rev + 1 WHERE name = 'people'; END;
-- +goose StatementEnd
