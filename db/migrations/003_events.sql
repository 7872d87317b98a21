-- +goose Up

-- What the office enters about an event in the chat.
ALTER TABLE events ADD COLUMN map TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN deadline_at TIMESTAMP;
ALTER TABLE events ADD COLUMN host TEXT NOT NULL DEFAULT 'bureau';
ALTER TABLE events ADD COLUMN co_hosts TEXT NOT NULL DEFAULT 'null';
ALTER TABLE events ADD COLUMN materials TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN notes TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN survey TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN submitted_at TIMESTAMP;
ALTER TABLE events ADD COLUMN returned TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN cancel_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN code TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;

-- What an event said to calendars and people after its nth change; seq 0 is what
-- it said first. Old → new is told from here.
CREATE TABLE event_changes (
  event_id TEXT NOT NULL REFERENCES events (id) DEFERRABLE INITIALLY DEFERRED,
  seq      INTEGER NOT NULL,
  title    TEXT NOT NULL,
  start_at TIMESTAMP,
  end_at   TIMESTAMP,
  place    TEXT NOT NULL,
  url      TEXT NOT NULL,
  at       TIMESTAMP NOT NULL,
  PRIMARY KEY (event_id, seq)
) WITHOUT ROWID;
INSERT INTO event_changes (event_id, seq, title, start_at, end_at, place, url, at)
  SELECT id, 0, title, start_at, end_at, place, url, start_at FROM events;

-- Who comes to an event without being in the roster (programme.md "Not everyone is on Slack").
CREATE TABLE guests (
  id           TEXT PRIMARY KEY NOT NULL,
  event_id     TEXT NOT NULL REFERENCES events (id) DEFERRABLE INITIALLY DEFERRED,
  name         TEXT NOT NULL,
  kana         TEXT NOT NULL,
  organisation TEXT NOT NULL,
  prefecture   TEXT NOT NULL,
  email        TEXT NOT NULL,
  email_folded TEXT NOT NULL,
  phone        TEXT NOT NULL,
  role         TEXT NOT NULL,
  note         TEXT NOT NULL,
  answer       TEXT NOT NULL,
  by_id        TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  at           TIMESTAMP NOT NULL,
  version      INTEGER NOT NULL
);
CREATE INDEX guests_event ON guests (event_id, kana, name);

-- Who was there. attendee is a person of the roster or a guest.
CREATE TABLE arrivals (
  event_id TEXT NOT NULL REFERENCES events (id) DEFERRABLE INITIALLY DEFERRED,
  attendee TEXT NOT NULL,
  by_id    TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  at       TIMESTAMP NOT NULL,
  PRIMARY KEY (event_id, attendee)
) WITHOUT ROWID;

CREATE TABLE speakers (
  event_id  TEXT NOT NULL REFERENCES events (id) DEFERRABLE INITIALLY DEFERRED,
  person_id TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  topic     TEXT NOT NULL,
  status    TEXT NOT NULL,
  by_id     TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  at        TIMESTAMP NOT NULL,
  PRIMARY KEY (event_id, person_id)
) WITHOUT ROWID;

-- What the coordinator decided about a planned notice, or (kind and occasion '')
-- about all of an event's.
CREATE TABLE overrides (
  subject  TEXT NOT NULL,
  kind     TEXT NOT NULL,
  occasion TEXT NOT NULL,
  action   TEXT NOT NULL,
  by_id    TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  at       TIMESTAMP NOT NULL,
  PRIMARY KEY (subject, kind, occasion)
) WITHOUT ROWID;

-- Of a delivery that is a file: what Slack calls it, kept before it is completed.
ALTER TABLE deliveries ADD COLUMN file_id TEXT NOT NULL DEFAULT '';

ALTER TABLE people ADD COLUMN phone TEXT NOT NULL DEFAULT '';
-- Since when the Slack account takes no messages.
ALTER TABLE people ADD COLUMN off_slack_at TIMESTAMP;

-- Why a switch is on, for whoever looks at it.
ALTER TABLE switches ADD COLUMN why TEXT NOT NULL DEFAULT '';

-- How often the Courier started or settled something, and when it last did. The
-- lock file has the number too, so that an older copy of the database shows.
CREATE TABLE life (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  n  INTEGER NOT NULL,
  at TIMESTAMP
);
INSERT INTO life (id, n) VALUES (1, 0);

-- What arrived more than a quarter of an hour late. slack_ts is the moment of its
-- arrival in seconds.
CREATE INDEX deliveries_late ON deliveries (id)
  WHERE state = 'sent' AND CAST(slack_ts AS REAL) > unixepoch(due_at) + 900;
