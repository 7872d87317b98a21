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
  stage         TEXT NOT NULL, -- of the idea
  bring         TEXT NOT NULL,
  avoid         TEXT NOT NULL, -- what not to touch on
  contest       INTEGER NOT NULL,
  requested     INTEGER NOT NULL, -- asked for from an expert's published times
  proposal      TEXT NOT NULL, -- JSON: the times of which one is to be picked
  last_change   TEXT NOT NULL, -- JSON: what last became of what was agreed on
  lapses_at     TIMESTAMP,     -- when the last of the proposed times begins
  moves         INTEGER NOT NULL,
  reason        TEXT NOT NULL,
  atsugi_says   TEXT NOT NULL,
  mentor_says   TEXT NOT NULL,
  office_says   TEXT NOT NULL,
  next          TEXT NOT NULL,
  to_office     TEXT NOT NULL,
  papers        TEXT NOT NULL, -- JSON: what the accounts need besides
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
  holder     TEXT NOT NULL,    -- a session's id, or "form <person> <op>" of one that is open
  until_at   TIMESTAMP,        -- of a form: it is free again from then on
  PRIMARY KEY (person_id, cell)
) WITHOUT ROWID;
CREATE INDEX occupied_holder ON occupied (holder);
CREATE INDEX occupied_until ON occupied (until_at) WHERE until_at IS NOT NULL;

-- What experts offer to those who choose for themselves.
CREATE TABLE offers (
  mentor_id  TEXT PRIMARY KEY NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  offer      TEXT NOT NULL, -- JSON
  version    INTEGER NOT NULL
);

-- Who waits for an expert to have time.
CREATE TABLE session_waits (
  mentor_id  TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  atsugi_id  TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  since_at   TIMESTAMP NOT NULL,
  told_at    TIMESTAMP,
  PRIMARY KEY (mentor_id, atsugi_id)
);

-- What an expert's own calendar says is taken, as it was last read well.
CREATE TABLE busy (
  person_id  TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  start_at   TIMESTAMP NOT NULL,
  end_at     TIMESTAMP NOT NULL
);
CREATE INDEX busy_person ON busy (person_id, start_at);
CREATE TABLE busy_readings (
  person_id  TEXT PRIMARY KEY NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  read_at    TIMESTAMP, -- when it was last read well
  failed_at  TIMESTAMP, -- when reading it failed since, null if it did not
  fault      TEXT NOT NULL
);

-- What an entry changed: names of states and times, never what people wrote.
ALTER TABLE audit ADD COLUMN detail TEXT NOT NULL DEFAULT '';
-- How often somebody did something to one thing just now, where that is limited.
CREATE INDEX audit_acts ON audit (action, subject, at);

-- Whose memo it is. One of a session that was not booked here has none.
ALTER TABLE memos ADD COLUMN session_id TEXT REFERENCES sessions (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX memos_session ON memos (session_id) WHERE session_id IS NOT NULL;
