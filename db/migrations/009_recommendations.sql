-- +goose Up
-- Atsugi whom support organisations recommend. A recommendation belongs to the organisation
-- by its name on the roster, as everything of an organisation does.
CREATE TABLE recommendations (
  id           TEXT PRIMARY KEY NOT NULL,
  op           TEXT NOT NULL UNIQUE,
  organisation TEXT NOT NULL,
  by_id        TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  contact_id   TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED, -- who hears of it
  at           TIMESTAMP NOT NULL,
  state        TEXT NOT NULL, -- sent, approached, agreed, declined, withdrawn
  since        TIMESTAMP NOT NULL,
  firm         TEXT NOT NULL,
  name         TEXT NOT NULL,
  kana         TEXT NOT NULL,
  prefecture   TEXT NOT NULL,
  craft        TEXT NOT NULL,
  why          TEXT NOT NULL,
  may_contact  INTEGER NOT NULL, -- the person agreed to be approached
  email        TEXT NOT NULL,    -- '' without that, and when it came to nothing
  phone        TEXT NOT NULL,    -- likewise
  own_no       INTEGER NOT NULL, -- declined by the person, not by the office
  reason       TEXT NOT NULL,    -- of the office, for the office
  told         TEXT NOT NULL,    -- what the organisation reads of it
  person_id    TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED, -- on the roster, once they agreed
  version      INTEGER NOT NULL
);

-- Those of one organisation, for its list and its quota.
CREATE INDEX recommendations_organisation ON recommendations (organisation, at, id);

-- Other quotas than the configured one: the newest of an organisation holds.
CREATE TABLE recommend_quotas (
  op           TEXT PRIMARY KEY NOT NULL,
  organisation TEXT NOT NULL,
  quota        INTEGER NOT NULL,
  reason       TEXT NOT NULL,
  by_id        TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  at           TIMESTAMP NOT NULL
);

-- Who of a support organisation followed whom.
CREATE TABLE handovers (
  id           TEXT PRIMARY KEY NOT NULL,
  op           TEXT NOT NULL UNIQUE,
  organisation TEXT NOT NULL,
  from_id      TEXT NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  to_id        TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED, -- null until they are on the roster
  name         TEXT NOT NULL, -- of a successor who was not there
  kana         TEXT NOT NULL,
  email        TEXT NOT NULL,
  by_id        TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  at           TIMESTAMP NOT NULL,
  state        TEXT NOT NULL, -- asked, done, declined
  since        TIMESTAMP NOT NULL,
  version      INTEGER NOT NULL
);
