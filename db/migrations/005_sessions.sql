-- +goose Up
CREATE TABLE sessions (
  id            TEXT PRIMARY KEY NOT NULL,
  op            TEXT NOT NULL UNIQUE,
  kind          TEXT NOT NULL,
  engagement_id TEXT REFERENCES engagements (id) DEFERRABLE INITIALLY DEFERRED,
  atsugi_id     TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  mentor_id     TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  state         TEXT NOT NULL,
  start_at      TIMESTAMP,
  end_at        TIMESTAMP,
  mode          TEXT NOT NULL,
  place         TEXT NOT NULL,
  url           TEXT NOT NULL,
  topic         TEXT NOT NULL,
  bring         TEXT NOT NULL,
  contest       INTEGER NOT NULL,
  proposal      TEXT NOT NULL, -- JSON: by, for, spans, reason, at
  moves         INTEGER NOT NULL,
  reason        TEXT NOT NULL,
  atsugi_says   TEXT NOT NULL,
  mentor_says   TEXT NOT NULL,
  office_says   TEXT NOT NULL,
  next          TEXT NOT NULL,
  to_office     TEXT NOT NULL,
  made_at       TIMESTAMP NOT NULL,
  by_id         TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  seq           INTEGER NOT NULL,
  version       INTEGER NOT NULL
);
CREATE INDEX sessions_atsugi ON sessions (atsugi_id);
CREATE INDEX sessions_mentor ON sessions (mentor_id);
CREATE INDEX sessions_engagement ON sessions (engagement_id) WHERE engagement_id IS NOT NULL;

-- Whose time is taken: a row for every five minutes. Nobody can be in two places,
-- whatever the program believes.
CREATE TABLE occupied (
  person_id  TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  cell       INTEGER NOT NULL, -- five minutes since 1970
  session_id TEXT NOT NULL REFERENCES sessions (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (person_id, cell)
) WITHOUT ROWID;
CREATE INDEX occupied_session ON occupied (session_id);

-- Whose memo it is. One of a session that was not booked here has none.
ALTER TABLE memos ADD COLUMN session_id TEXT REFERENCES sessions (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX memos_session ON memos (session_id) WHERE session_id IS NOT NULL;
