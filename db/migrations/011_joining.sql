-- +goose Up
-- Slack accounts in nobody's row that came to the bot: the office says whose they are.
-- Names and addresses are Slack's word. Rows go 30 days after they were last seen to.
CREATE TABLE newcomers (
  slack_id   TEXT PRIMARY KEY NOT NULL,
  id         TEXT NOT NULL UNIQUE, -- what messages and buttons name it by
  name       TEXT NOT NULL,
  email      TEXT NOT NULL,
  locale     TEXT NOT NULL,
  stranger   INTEGER NOT NULL,     -- of another workspace
  guest      INTEGER NOT NULL,
  seen_at    TIMESTAMP NOT NULL,
  state      TEXT NOT NULL,        -- waits, matched, not_ours
  person_id  TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  decided_at TIMESTAMP,
  decided_by TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  version    INTEGER NOT NULL
);

-- What somebody wrote who asks to join.
CREATE TABLE join_requests (
  id           TEXT PRIMARY KEY NOT NULL,
  op           TEXT NOT NULL UNIQUE,
  slack_id     TEXT NOT NULL,
  name         TEXT NOT NULL,
  kana         TEXT NOT NULL,
  organisation TEXT NOT NULL,
  told_by      TEXT NOT NULL,
  message      TEXT NOT NULL,
  made_at      TIMESTAMP NOT NULL,
  state        TEXT NOT NULL,      -- open, taken, declined
  reason       TEXT NOT NULL,      -- of declining, to who asked
  person_id    TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  decided_at   TIMESTAMP,
  decided_by   TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  version      INTEGER NOT NULL
);
-- One open request for an account.
CREATE UNIQUE INDEX join_requests_open ON join_requests (slack_id) WHERE state = 'open';
CREATE INDEX join_requests_account ON join_requests (slack_id, made_at);

-- What somebody says of themself, and to whom they show it in the directory.
CREATE TABLE profiles (
  person_id    TEXT PRIMARY KEY NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  wants        TEXT NOT NULL,      -- from the programme
  confirmed_at TIMESTAMP,
  shown_to     TEXT NOT NULL,      -- '' nobody, atsugi, experts, both, everybody
  fields       TEXT NOT NULL,      -- JSON: what is shown beside the name
  share        TEXT NOT NULL,      -- what they can talk about
  version      INTEGER NOT NULL
);

-- What is other than the roster says: by the person's own word, or by Slack's.
CREATE TABLE profile_changes (
  id         TEXT PRIMARY KEY NOT NULL,
  op         TEXT NOT NULL UNIQUE,
  person_id  TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  source     TEXT NOT NULL,        -- self, slack
  applied    INTEGER NOT NULL,     -- the roster has it already
  fields     TEXT NOT NULL,        -- JSON: column, from, to
  made_at    TIMESTAMP NOT NULL,
  state      TEXT NOT NULL,        -- open, taken, dropped
  decided_at TIMESTAMP,
  decided_by TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  version    INTEGER NOT NULL
);
CREATE INDEX profile_changes_person ON profile_changes (person_id, state);

-- What Slack said last about the account of somebody of the roster.
CREATE TABLE accounts (
  person_id TEXT PRIMARY KEY NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  slack_id  TEXT NOT NULL,
  name      TEXT NOT NULL,
  email     TEXT NOT NULL,
  guest     INTEGER NOT NULL,
  at        TIMESTAMP NOT NULL
);
