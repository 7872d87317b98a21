-- +goose Up

-- Marks the file as ours ("TSGT"), so that another program's database is never
-- taken for an empty one.
PRAGMA application_id = 1414743892;

-- Times are UTC text in TIMESTAMP columns (they sort as text), NULL when there
-- is none. Days are text 2026-09-18, '' when not given. Lists that are only
-- kept are JSON. References are deferred: a roster names experts in any order.

CREATE TABLE people (
  id             TEXT PRIMARY KEY NOT NULL,
  slack_id       TEXT NOT NULL,
  name           TEXT NOT NULL,
  kana           TEXT NOT NULL,
  email          TEXT NOT NULL,
  email_folded   TEXT NOT NULL,
  roles          TEXT NOT NULL,
  kind           TEXT NOT NULL,
  organisation   TEXT NOT NULL,
  prefecture     TEXT NOT NULL,
  cohorts        TEXT NOT NULL,
  recommended_by TEXT NOT NULL,
  craft          TEXT NOT NULL,
  bank           TEXT NOT NULL,
  notified       TEXT NOT NULL,
  pledged        TEXT NOT NULL,
  note           TEXT NOT NULL,
  locale         TEXT NOT NULL,
  left_at        TIMESTAMP,
  version        INTEGER NOT NULL
);
-- Every click and command looks its account up; an account is in one row only.
CREATE UNIQUE INDEX people_slack ON people (slack_id) WHERE slack_id <> '';
-- Matching a new account, and a roster's rows.
CREATE INDEX people_email ON people (email_folded) WHERE email_folded <> '';

-- Which experts advise which atsugi; position keeps the roster's order.
CREATE TABLE assignments (
  atsugi_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  mentor_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  position  INTEGER NOT NULL,
  PRIMARY KEY (atsugi_id, mentor_id)
) WITHOUT ROWID;
-- An expert's own atsugi, and the memos about them.
CREATE INDEX assignments_mentor ON assignments (mentor_id, atsugi_id);

-- Raised by every change of the roster, so that a reader knows whether the
-- roster in its memory is the one in its snapshot.
CREATE TABLE revisions (
  name TEXT PRIMARY KEY NOT NULL,
  rev  INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO revisions (name, rev) VALUES ('people', 0);

-- +goose StatementBegin
CREATE TRIGGER people_added AFTER INSERT ON people
BEGIN UPDATE revisions SET rev = rev + 1 WHERE name = 'people'; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER people_changed AFTER UPDATE ON people
BEGIN UPDATE revisions SET rev = rev + 1 WHERE name = 'people'; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER people_removed AFTER DELETE ON people
BEGIN UPDATE revisions SET rev = rev + 1 WHERE name = 'people'; END;
-- +goose StatementEnd

CREATE TABLE events (
  id           TEXT PRIMARY KEY NOT NULL,
  kind         TEXT NOT NULL,
  title        TEXT NOT NULL,
  start_at     TIMESTAMP,
  end_at       TIMESTAMP,
  place        TEXT NOT NULL,
  url          TEXT NOT NULL,
  audience     TEXT NOT NULL,
  capacity     INTEGER NOT NULL,
  bring        TEXT NOT NULL,
  approved     TEXT NOT NULL,
  cancelled_at TIMESTAMP,
  touched      INTEGER NOT NULL,
  version      INTEGER NOT NULL
);

CREATE TABLE attendance (
  event_id  TEXT NOT NULL REFERENCES events (id) DEFERRABLE INITIALLY DEFERRED,
  person_id TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  answer    TEXT NOT NULL,
  reason    TEXT NOT NULL,
  by_id     TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  at        TIMESTAMP NOT NULL,
  PRIMARY KEY (event_id, person_id)
) WITHOUT ROWID;

CREATE TABLE surveys (
  id          TEXT PRIMARY KEY NOT NULL,
  op          TEXT NOT NULL UNIQUE,
  def         TEXT NOT NULL,
  launched_at TIMESTAMP NOT NULL,
  closes_at   TIMESTAMP NOT NULL,
  by_id       TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE responses (
  id        TEXT PRIMARY KEY NOT NULL,
  survey_id TEXT NOT NULL REFERENCES surveys (id) DEFERRABLE INITIALLY DEFERRED,
  person_id TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  state     TEXT NOT NULL,
  current   TEXT NOT NULL,
  asked     INTEGER NOT NULL, -- order of a person's dialogues by their last question, 0 before the first
  done_at   TIMESTAMP,
  version   INTEGER NOT NULL
);
-- One response for each person asked, and a person's own on Home.
CREATE UNIQUE INDEX responses_person ON responses (person_id, survey_id);
-- Counts of a survey, read from the index alone.
CREATE INDEX responses_survey ON responses (survey_id, state);

-- Every version is kept. Which one stands is a matter of at, not of arrival.
CREATE TABLE answers (
  response_id TEXT NOT NULL REFERENCES responses (id) DEFERRABLE INITIALLY DEFERRED,
  question    TEXT NOT NULL,
  version     INTEGER NOT NULL,
  picked      TEXT NOT NULL,
  text        TEXT NOT NULL,
  number      INTEGER NOT NULL,
  skipped     INTEGER NOT NULL,
  by_id       TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  at          TIMESTAMP NOT NULL,
  PRIMARY KEY (response_id, question, version)
);

CREATE TABLE memos (
  id         TEXT PRIMARY KEY NOT NULL,
  op         TEXT NOT NULL UNIQUE,
  kind       TEXT NOT NULL,
  atsugi_id  TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  writer_id  TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  held       TEXT NOT NULL,
  written_at TIMESTAMP NOT NULL,
  shared_at  TIMESTAMP,
  version    INTEGER NOT NULL
);
-- Memos about one atsugi, newest first, and those of an expert's own.
CREATE INDEX memos_atsugi ON memos (atsugi_id, written_at, id);
-- The newest of all, for the office's Home.
CREATE INDEX memos_written ON memos (written_at, id);
-- The number of sessions, for the targets.
CREATE INDEX memos_kind ON memos (kind);

CREATE TABLE memo_parts (
  memo_id  TEXT NOT NULL REFERENCES memos (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL,
  key      TEXT NOT NULL,
  text     TEXT NOT NULL,
  readers  TEXT NOT NULL,
  PRIMARY KEY (memo_id, position)
);

CREATE TABLE readings (
  memo_id   TEXT NOT NULL REFERENCES memos (id) DEFERRABLE INITIALLY DEFERRED,
  person_id TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  at        TIMESTAMP NOT NULL
);
CREATE INDEX readings_memo ON readings (memo_id, at);

CREATE TABLE deliveries (
  id           TEXT PRIMARY KEY NOT NULL,
  kind         TEXT NOT NULL,
  subject      TEXT NOT NULL,
  recipient    TEXT NOT NULL,
  occasion     TEXT NOT NULL,
  due_at       TIMESTAMP NOT NULL,
  useful_until TIMESTAMP,
  state        TEXT NOT NULL,
  op           TEXT NOT NULL,
  rev          INTEGER NOT NULL,
  next_at      TIMESTAMP,
  attempts     INTEGER NOT NULL,
  owner        TEXT NOT NULL,
  unsure       INTEGER NOT NULL,
  first_try_at TIMESTAMP,
  slack_id     TEXT NOT NULL,
  slack_ts     TEXT NOT NULL,
  last_error   TEXT NOT NULL
);
-- The same thing is never said twice. Its first columns find what to redraw.
CREATE UNIQUE INDEX deliveries_notice ON deliveries (kind, subject, recipient, occasion);
-- What is due next: only rows in hand, so a hundred thousand old ones cost nothing.
CREATE INDEX deliveries_due ON deliveries (next_at, id) WHERE state IN ('pending', 'sending');
-- Whether something older waits for the same recipient.
CREATE INDEX deliveries_line ON deliveries (recipient, due_at, id) WHERE state IN ('pending', 'sending');
-- Whether something is on its way to the same recipient.
CREATE INDEX deliveries_sending ON deliveries (recipient, due_at, id) WHERE state = 'sending';
-- Lists by state, newest first.
CREATE INDEX deliveries_state ON deliveries (state, id);

-- How many deliveries stand where. Home shows it, and counting a hundred
-- thousand rows each time took 10 ms.
CREATE TABLE delivery_counts (
  state TEXT PRIMARY KEY NOT NULL,
  n     INTEGER NOT NULL
) WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER deliveries_added AFTER INSERT ON deliveries
BEGIN
  INSERT INTO delivery_counts (state, n) VALUES (NEW.state, 1)
  ON CONFLICT (state) DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deliveries_moved AFTER UPDATE OF state ON deliveries WHEN OLD.state <> NEW.state
BEGIN
  UPDATE delivery_counts SET n = n - 1 WHERE state = OLD.state;
  INSERT INTO delivery_counts (state, n) VALUES (NEW.state, 1)
  ON CONFLICT (state) DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deliveries_removed AFTER DELETE ON deliveries
BEGIN UPDATE delivery_counts SET n = n - 1 WHERE state = OLD.state; END;
-- +goose StatementEnd

-- AUTOINCREMENT remembers the highest number ever given, so a trail whose end
-- was cut off shows.
CREATE TABLE audit (
  seq     INTEGER PRIMARY KEY AUTOINCREMENT,
  id      TEXT NOT NULL UNIQUE,
  at      TIMESTAMP NOT NULL,
  by_kind TEXT NOT NULL,
  person  TEXT NOT NULL,
  action  TEXT NOT NULL,
  subject TEXT NOT NULL,
  prev    TEXT NOT NULL,
  hash    TEXT NOT NULL
);
-- +goose StatementBegin
CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_kept BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
-- +goose StatementEnd

-- seq is the order of arrival.
CREATE TABLE inbox (
  seq     INTEGER PRIMARY KEY,
  key     TEXT NOT NULL UNIQUE,
  type    TEXT NOT NULL,
  who     TEXT NOT NULL,
  payload BLOB,
  at      TIMESTAMP NOT NULL,
  ack     BLOB,
  handled INTEGER NOT NULL
);
-- What a stop left unfinished, without walking three days of keys.
CREATE INDEX inbox_unfinished ON inbox (seq) WHERE handled = 0;
-- Forgetting after 72 hours.
CREATE INDEX inbox_old ON inbox (at) WHERE handled = 1;

CREATE TABLE switches (
  name  TEXT PRIMARY KEY NOT NULL,
  is_on INTEGER NOT NULL
) WITHOUT ROWID;
