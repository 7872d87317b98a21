-- +goose Up
-- Memos are of events, too, which are about nobody; they keep their versions; they are
-- looked at by the office, shared, taken back. The tables are made anew because SQLite
-- cannot take NOT NULL off a column.
CREATE TABLE memos_now (
  id             TEXT PRIMARY KEY NOT NULL,
  seq            INTEGER NOT NULL UNIQUE, -- in the order they were written: the search's row numbers
  op             TEXT NOT NULL UNIQUE,
  kind           TEXT NOT NULL,
  atsugi_id      TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  event_id       TEXT REFERENCES events (id) DEFERRABLE INITIALLY DEFERRED,
  session_id     TEXT REFERENCES sessions (id) DEFERRABLE INITIALLY DEFERRED,
  writer_id      TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  held           TEXT NOT NULL,
  place          TEXT NOT NULL,
  present        TEXT NOT NULL, -- who was there, in the writer's words
  written_at     TIMESTAMP NOT NULL,
  version        INTEGER NOT NULL, -- the latest
  reviewed_at    TIMESTAMP,        -- the latest version, by the office; null until it is
  reviewed_by    TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  shared_at      TIMESTAMP,        -- with the bureau, for the first time
  shared_version INTEGER NOT NULL, -- the version that the bureau reads, 0 while it reads none
  withdrawn_at   TIMESTAMP,
  revision       INTEGER NOT NULL  -- of this row: compared and set
);
INSERT INTO memos_now SELECT id, row_number() OVER (ORDER BY written_at, id), op, kind, atsugi_id, NULL, session_id, writer_id,
  held, '', '', written_at, 1, shared_at, NULL, shared_at, iif(shared_at IS NULL, 0, 1), NULL, version FROM memos;

CREATE TABLE memo_parts_now (
  memo_id  TEXT NOT NULL REFERENCES memos_now (id) DEFERRABLE INITIALLY DEFERRED,
  version  INTEGER NOT NULL,
  position INTEGER NOT NULL,
  key      TEXT NOT NULL,
  text     TEXT NOT NULL,
  readers  TEXT NOT NULL, -- JSON
  PRIMARY KEY (memo_id, version, position)
);
INSERT INTO memo_parts_now SELECT memo_id, 1, position, key, text, readers FROM memo_parts;

CREATE TABLE readings_now (
  memo_id   TEXT NOT NULL REFERENCES memos_now (id) DEFERRABLE INITIALLY DEFERRED,
  person_id TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  version   INTEGER NOT NULL,
  at        TIMESTAMP NOT NULL
);
INSERT INTO readings_now SELECT memo_id, person_id, 1, at FROM readings;

DROP TABLE readings;
DROP TABLE memo_parts;
DROP TABLE memos;
ALTER TABLE memos_now RENAME TO memos;
ALTER TABLE memo_parts_now RENAME TO memo_parts;
ALTER TABLE readings_now RENAME TO readings;

-- Memos about one atsugi, newest first, and those of an expert's own.
CREATE INDEX memos_atsugi ON memos (atsugi_id, written_at, id);
-- The newest of all, for the office's Home.
CREATE INDEX memos_written ON memos (written_at, id);
-- The number of sessions, for the targets.
CREATE INDEX memos_kind ON memos (kind);
CREATE INDEX memos_session ON memos (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX memos_event ON memos (event_id) WHERE event_id IS NOT NULL;
-- What the office has to look at, and to share.
CREATE INDEX memos_to_review ON memos (written_at, id) WHERE reviewed_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX memos_to_share ON memos (written_at, id) WHERE shared_version < version AND reviewed_at IS NOT NULL AND withdrawn_at IS NULL;
CREATE INDEX readings_memo ON readings (memo_id, at);

-- Each version of a memo: when, by whom and why it is another than the one before.
CREATE TABLE memo_versions (
  memo_id   TEXT NOT NULL REFERENCES memos (id) DEFERRABLE INITIALLY DEFERRED,
  version   INTEGER NOT NULL,
  op        TEXT NOT NULL UNIQUE, -- the form that it came from
  at        TIMESTAMP NOT NULL,
  by_id     TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  reason    TEXT NOT NULL,
  held      TEXT NOT NULL,
  place     TEXT NOT NULL,
  present   TEXT NOT NULL,
  PRIMARY KEY (memo_id, version)
);
INSERT INTO memo_versions SELECT id, 1, op, written_at, writer_id, '', held, '', '' FROM memos;

-- Forms that are not sent yet, one row a form: taken up again on any device.
CREATE TABLE memo_drafts (
  op        TEXT PRIMARY KEY NOT NULL,
  person_id TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  memo_id   TEXT REFERENCES memos (id) DEFERRABLE INITIALLY DEFERRED, -- that it would correct
  form      TEXT NOT NULL, -- JSON
  at        TIMESTAMP NOT NULL,
  version   INTEGER NOT NULL
);
CREATE INDEX memo_drafts_person ON memo_drafts (person_id, at);

-- What was agreed on, as the atsugi's small list.
CREATE TABLE memo_actions (
  id        TEXT PRIMARY KEY NOT NULL,
  memo_id   TEXT NOT NULL REFERENCES memos (id) DEFERRABLE INITIALLY DEFERRED,
  position  INTEGER NOT NULL,
  atsugi_id TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  whose     TEXT NOT NULL, -- participant, mentor, office
  what      TEXT NOT NULL,
  until     TEXT NOT NULL, -- a day, '' for none
  state     TEXT NOT NULL, -- open, done, not_now, help, gone
  said_at   TIMESTAMP
);
CREATE INDEX memo_actions_memo ON memo_actions (memo_id, position);
CREATE INDEX memo_actions_atsugi ON memo_actions (atsugi_id, state);

-- What an atsugi asked to have put right, and what the office decided.
CREATE TABLE memo_corrections (
  id         TEXT PRIMARY KEY NOT NULL,
  op         TEXT NOT NULL UNIQUE, -- the form that it came from
  memo_id    TEXT NOT NULL REFERENCES memos (id) DEFERRABLE INITIALLY DEFERRED,
  by_id      TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  entered_by TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED, -- of the office, for whom it does not reach in Slack
  at         TIMESTAMP NOT NULL,
  text       TEXT NOT NULL,
  decision   TEXT NOT NULL, -- '' while it waits, yes, no
  reason     TEXT NOT NULL,
  decided_at TIMESTAMP,
  decided_by TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  made_version INTEGER NOT NULL -- of the memo, in which it was put right; 0 until then
);
CREATE INDEX memo_corrections_memo ON memo_corrections (memo_id, at);
CREATE INDEX memo_corrections_open ON memo_corrections (at) WHERE decision <> 'no' AND made_version = 0;

-- What the bureau said of a memo: that it has it, and what it asks.
CREATE TABLE memo_receipts (
  memo_id   TEXT NOT NULL REFERENCES memos (id) DEFERRABLE INITIALLY DEFERRED,
  version   INTEGER NOT NULL,
  person_id TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  at        TIMESTAMP NOT NULL,
  PRIMARY KEY (memo_id, version, person_id)
);
CREATE TABLE memo_questions (
  id          TEXT PRIMARY KEY NOT NULL,
  op          TEXT NOT NULL UNIQUE,
  memo_id     TEXT NOT NULL REFERENCES memos (id) DEFERRABLE INITIALLY DEFERRED,
  version     INTEGER NOT NULL, -- that the bureau read when it asked
  by_id       TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  at          TIMESTAMP NOT NULL,
  text        TEXT NOT NULL,
  answer      TEXT NOT NULL,
  answered_at TIMESTAMP,
  answered_by TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX memo_questions_memo ON memo_questions (memo_id, at);

-- Why a memo was taken back: for the office alone.
CREATE TABLE memo_withdrawals (
  memo_id TEXT PRIMARY KEY NOT NULL REFERENCES memos (id) DEFERRABLE INITIALLY DEFERRED,
  by_id   TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  at      TIMESTAMP NOT NULL,
  reason  TEXT NOT NULL
);

-- The search: a row for each set of parts of a memo that somebody may read. Its terms are
-- the pairs of characters and the kanji of the folded text, and marks for whom, about whom
-- and of when it is; the text itself stays in memo_parts. Where a term stands is not kept
-- (detail): whoever asks looks at the text. The number falls as the memo's seq rises, so
-- that the newest come first. To the tokenizer whatever is not ASCII is a letter: what
-- letters are was decided before. What is deleted goes out of the file when FTS5 merges
-- or optimises; secure-delete does not reach a table without content.
CREATE VIRTUAL TABLE memo_search USING fts5 (
  terms, content = '', contentless_delete = 1, tokenize = 'ascii', detail = none
);
-- Memos that have no rows there yet: those of earlier versions.
CREATE TABLE memos_to_index (seq INTEGER PRIMARY KEY NOT NULL);
INSERT INTO memos_to_index SELECT seq FROM memos;

-- Pictures: the files themselves lie in a folder beside the database, named by hash.
CREATE TABLE photos (
  id       TEXT PRIMARY KEY NOT NULL,
  op       TEXT NOT NULL UNIQUE, -- Slack's file id and where it was sent: the same is kept once
  hash     TEXT NOT NULL,        -- SHA-256 of what is kept, as hex
  mime     TEXT NOT NULL,
  bytes    INTEGER NOT NULL,
  width    INTEGER NOT NULL,
  height   INTEGER NOT NULL,
  by_id    TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  at       TIMESTAMP NOT NULL,
  memo_id  TEXT REFERENCES memos (id) DEFERRABLE INITIALLY DEFERRED,
  event_id TEXT REFERENCES events (id) DEFERRABLE INITIALLY DEFERRED,
  caption  TEXT NOT NULL,
  marked_at TIMESTAMP, -- the office said who may be recognised in it; null until then
  removed_at TIMESTAMP
);
CREATE INDEX photos_memo ON photos (memo_id) WHERE memo_id IS NOT NULL;
CREATE INDEX photos_event ON photos (event_id) WHERE event_id IS NOT NULL;
CREATE INDEX photos_hash ON photos (hash);
-- Who may be recognised in a picture: somebody of the roster, or a name.
CREATE TABLE photo_people (
  photo_id  TEXT NOT NULL REFERENCES photos (id) DEFERRABLE INITIALLY DEFERRED,
  person_id TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  name      TEXT NOT NULL,
  PRIMARY KEY (photo_id, person_id, name)
);
-- Pictures that came together, until they are kept: what Slack calls them, and where
-- they belong once that was said. What they show is still in Slack alone.
CREATE TABLE photo_parcels (
  id        TEXT PRIMARY KEY NOT NULL,
  op        TEXT NOT NULL UNIQUE, -- of the message or form that brought them
  person_id TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  at        TIMESTAMP NOT NULL,
  files     TEXT NOT NULL, -- JSON: Slack's ids
  memo_id   TEXT REFERENCES memos (id) DEFERRABLE INITIALLY DEFERRED,
  event_id  TEXT REFERENCES events (id) DEFERRABLE INITIALLY DEFERRED,
  caption   TEXT NOT NULL,
  people    TEXT NOT NULL, -- JSON
  marked    INTEGER NOT NULL, -- who may be recognised in them was said by the office
  state     TEXT NOT NULL, -- asked, wanted, done, dropped
  kept      INTEGER NOT NULL,
  faults    TEXT NOT NULL, -- JSON: why some were not kept
  version   INTEGER NOT NULL
);
CREATE INDEX photo_parcels_wanted ON photo_parcels (at) WHERE state = 'wanted';

-- What is to be published, as those concerned see it.
CREATE TABLE publications (
  id        TEXT PRIMARY KEY NOT NULL,
  op        TEXT NOT NULL UNIQUE,
  kind      TEXT NOT NULL, -- part, answer, photo, words
  source    TEXT NOT NULL, -- what it was taken from: memo and part, response and question, photo
  person_id TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED, -- the atsugi it concerns
  text      TEXT NOT NULL,
  hash      TEXT NOT NULL, -- of text and picture: what a consent binds to
  needs     TEXT NOT NULL, -- JSON: who has to agree beside the atsugi
  made_at   TIMESTAMP NOT NULL,
  by_id     TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  dropped_at TIMESTAMP,    -- by the office: it is not to be published after all
  proof_at  TIMESTAMP,     -- the last proof was asked for
  version   INTEGER NOT NULL
);
CREATE INDEX publications_person ON publications (person_id);
-- Every wording of it, and what made it another.
CREATE TABLE publication_texts (
  publication_id TEXT NOT NULL REFERENCES publications (id) DEFERRABLE INITIALLY DEFERRED,
  version        INTEGER NOT NULL,
  text           TEXT NOT NULL,
  hash           TEXT NOT NULL,
  by_id          TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  at             TIMESTAMP NOT NULL,
  spelling       INTEGER NOT NULL, -- of the one before: a consent to that stands
  PRIMARY KEY (publication_id, version)
);

-- What people said yes or no to. Never changed: what stands is what was said last.
CREATE TABLE consents (
  id             TEXT PRIMARY KEY NOT NULL,
  op             TEXT NOT NULL UNIQUE,
  kind           TEXT NOT NULL, -- taking_part, publication, named, recommender, llm
  publication_id TEXT REFERENCES publications (id) DEFERRABLE INITIALLY DEFERRED,
  person_id      TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED, -- whom it concerns
  party          TEXT NOT NULL, -- who said it: self, owner, organisation, depicted, author
  party_name     TEXT NOT NULL, -- of who is not on the roster
  hash           TEXT NOT NULL, -- of what they saw
  decision       TEXT NOT NULL, -- yes, nameless, no, withdrawn
  at             TIMESTAMP NOT NULL,
  paper          TEXT NOT NULL, -- the day on the paper, '' if said here
  witness        TEXT NOT NULL,
  entered_by     TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX consents_person ON consents (person_id, kind, at);
CREATE INDEX consents_publication ON consents (publication_id, at) WHERE publication_id IS NOT NULL;
-- What somebody wants to know of a text before they decide.
CREATE TABLE consent_questions (
  op             TEXT PRIMARY KEY NOT NULL,
  publication_id TEXT NOT NULL REFERENCES publications (id) DEFERRABLE INITIALLY DEFERRED,
  person_id      TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  at             TIMESTAMP NOT NULL,
  text           TEXT NOT NULL
);
CREATE INDEX consent_questions_publication ON consent_questions (publication_id, at);

-- What left the house, and to whom: a withdrawal names the copies that are out.
CREATE TABLE copies (
  id        TEXT PRIMARY KEY NOT NULL,
  kind      TEXT NOT NULL, -- memo.shared, memo.digest, memo.opened, memo.export, own, engagement, publication.export
  subject   TEXT NOT NULL, -- memo or publication
  version   INTEGER NOT NULL,
  recipient TEXT NOT NULL, -- as of a notice, operator, or "o:" and an organisation
  occasion  TEXT NOT NULL, -- of the notice that brought it, '' of what no notice did
  reason    TEXT NOT NULL, -- why it was given out although the program warned
  at        TIMESTAMP NOT NULL
);
CREATE INDEX copies_subject ON copies (subject, at);

-- By whom somebody would rather not be seen (見せたくない相手): the office knows, nobody else.
CREATE TABLE hidden_from (
  person_id  TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  other      TEXT NOT NULL, -- "p:" and a person's id, or "o:" and an organisation
  at         TIMESTAMP NOT NULL,
  entered_by TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED, -- NULL: from the command line
  PRIMARY KEY (person_id, other)
);

-- What an atsugi opened to a support organisation.
CREATE TABLE memo_openings (
  memo_id      TEXT NOT NULL REFERENCES memos (id) DEFERRABLE INITIALLY DEFERRED,
  organisation TEXT NOT NULL,
  version      INTEGER NOT NULL, -- that its people read, until the atsugi opens another
  at           TIMESTAMP NOT NULL,
  closed_at    TIMESTAMP,
  PRIMARY KEY (memo_id, organisation, at)
);
