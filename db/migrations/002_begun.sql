-- +goose Up

-- When things happened to the database as a whole.
CREATE TABLE moments (
  name TEXT PRIMARY KEY NOT NULL,
  at   TIMESTAMP NOT NULL
) WITHOUT ROWID;

-- A dialogue that is taken up again asks its question anew, at the end of the
-- conversation: round tells the two messages apart, asked_at when it was asked.
ALTER TABLE responses ADD COLUMN round INTEGER NOT NULL DEFAULT 0;
ALTER TABLE responses ADD COLUMN asked_at TIMESTAMP;
