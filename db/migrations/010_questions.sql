-- +goose Up
-- Questions to the office: what somebody wanted to know, and what was said of it. Nobody
-- but the office and who asked ever sees one.

CREATE TABLE enquiries (
  id          TEXT PRIMARY KEY NOT NULL,
  person_id   TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  state       TEXT NOT NULL, -- found, open, closed, solved, lapsed
  begun_at    TIMESTAMP NOT NULL, -- the first word
  opened_at   TIMESTAMP, -- the office was told
  asked_at    TIMESTAMP NOT NULL, -- the asker's last word
  answered_at TIMESTAMP, -- the office's last word that went to the asker
  closed_at   TIMESTAMP,
  closed_by   TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  shown       TEXT NOT NULL, -- what of all that was published the asker was shown, as kind:id, one a line
  version     INTEGER NOT NULL
);
CREATE INDEX enquiries_person ON enquiries (person_id, state, asked_at);
CREATE INDEX enquiries_state ON enquiries (state, opened_at);

CREATE TABLE enquiry_words (
  id         TEXT PRIMARY KEY NOT NULL,
  op         TEXT NOT NULL UNIQUE, -- channel and ts of the original, or the operation of a form
  enquiry_id TEXT NOT NULL REFERENCES enquiries (id) DEFERRABLE INITIALLY DEFERRED,
  side       TEXT NOT NULL, -- asker, office
  by_id      TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  channel    TEXT NOT NULL, -- Slack's, of the original, '' of a form
  ts         TEXT NOT NULL,
  text       TEXT NOT NULL, -- as it reads now
  at         TIMESTAMP NOT NULL,
  edited_at  TIMESTAMP,
  deleted_at TIMESTAMP, -- taken back by who said it
  inside     BOOLEAN NOT NULL, -- the office's own remark, which the asker never sees
  version    INTEGER NOT NULL
);
CREATE INDEX enquiry_words_enquiry ON enquiry_words (enquiry_id, at, id);
CREATE INDEX enquiry_words_by ON enquiry_words (by_id, at);

-- What a word said before it was edited.
CREATE TABLE enquiry_word_versions (
  word_id TEXT NOT NULL REFERENCES enquiry_words (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  version INTEGER NOT NULL,
  text    TEXT NOT NULL,
  until   TIMESTAMP NOT NULL,
  PRIMARY KEY (word_id, version)
);

-- Files that came with a word, by Slack's id: what is in them is fetched as they are passed on, and never kept.
CREATE TABLE enquiry_files (
  id         TEXT PRIMARY KEY NOT NULL,
  word_id    TEXT NOT NULL REFERENCES enquiry_words (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  slack_id   TEXT NOT NULL,
  name       TEXT NOT NULL,
  mimetype   TEXT NOT NULL,
  bytes      INTEGER NOT NULL,
  state      TEXT NOT NULL, -- wanted, refused
  UNIQUE (word_id, slack_id)
);

-- Answers of the office to what is asked often. Nobody's name is in them.
CREATE TABLE faq (
  id          TEXT PRIMARY KEY NOT NULL,
  op          TEXT NOT NULL UNIQUE,
  question_ja TEXT NOT NULL,
  question_en TEXT NOT NULL,
  answer_ja   TEXT NOT NULL,
  answer_en   TEXT NOT NULL,
  made_at     TIMESTAMP NOT NULL,
  by_id       TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  enquiry_id  TEXT REFERENCES enquiries (id) DEFERRABLE INITIALLY DEFERRED, -- from whose answer it was made
  retired_at  TIMESTAMP,
  version     INTEGER NOT NULL
);
