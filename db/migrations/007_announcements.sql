-- +goose Up

CREATE TABLE announcements (
  id          TEXT PRIMARY KEY NOT NULL,
  op          TEXT NOT NULL UNIQUE, -- of the form that made it
  saved_op    TEXT NOT NULL,        -- of the form or press that changed it last
  title       TEXT NOT NULL, -- ja and en, JSON
  body        TEXT NOT NULL,
  event_id    TEXT REFERENCES events (id) DEFERRABLE INITIALLY DEFERRED,
  survey_id   TEXT REFERENCES surveys (id) DEFERRABLE INITIALLY DEFERRED,
  channels    TEXT NOT NULL,
  direct      INTEGER NOT NULL,
  audience    TEXT NOT NULL,
  at          TIMESTAMP,
  acknowledge INTEGER NOT NULL,
  state       TEXT NOT NULL,
  by_id       TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  made_at     TIMESTAMP NOT NULL,
  sent_by     TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  sent_at     TIMESTAMP,
  recalled_at TIMESTAMP,
  edition     INTEGER NOT NULL,
  version     INTEGER NOT NULL,
  -- How many deliveries ended, and after how many the coordinator's message is drawn again.
  settled     INTEGER NOT NULL,
  step        INTEGER NOT NULL,
  todo        INTEGER NOT NULL -- recipients' messages are still to be put in order
);
CREATE INDEX announcements_todo ON announcements (id) WHERE todo = 1;

-- To whom it goes was fixed when it was sent. done is the edition for which this
-- recipient's message was put in order: 0 while it is to be made, or made again.
CREATE TABLE announcement_recipients (
  announcement_id TEXT NOT NULL REFERENCES announcements (id) DEFERRABLE INITIALLY DEFERRED,
  recipient       TEXT NOT NULL, -- as in deliveries: p:… or c:…
  done            INTEGER NOT NULL,
  acknowledged_at TIMESTAMP,
  ticked_at       TIMESTAMP,
  ticked_by       TEXT REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (announcement_id, recipient)
) WITHOUT ROWID;
-- What is still to be put in order.
CREATE INDEX announcement_recipients_done ON announcement_recipients (announcement_id, done);
-- What somebody got.
CREATE INDEX announcement_recipients_mine ON announcement_recipients (recipient);

-- Whether an announcement is still going out, without walking all of its messages.
CREATE INDEX deliveries_announcing ON deliveries (subject, op)
  WHERE kind = 'announcement' AND state IN ('pending', 'sending');
