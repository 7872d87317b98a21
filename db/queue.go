package db

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"tsugite/programme"
)

// This file is the Courier's side of the deliveries (design.md section 3). One
// recipient's messages keep their order, oldest first by (due_at, id): one that
// backs off or is on its way holds the later ones of its recipient up, and
// nobody else's.

// ready is the condition for handing out d: it is the first in its recipient's
// line, and nothing is on its way there. A row in sending is not held up by
// older ones that joined meanwhile (an update of an old message), else the two
// would wait for each other.
const ready = `d.state IN ('pending', 'sending')
	AND NOT EXISTS (SELECT 1 FROM switches WHERE name = 'hold' AND is_on = 1)
	AND NOT EXISTS (SELECT 1 FROM deliveries s WHERE s.recipient = d.recipient AND s.state = 'sending' AND s.id <> d.id
		AND (d.state = 'pending' OR (s.due_at, s.id) < (d.due_at, d.id)))
	AND (d.state = 'sending' OR NOT EXISTS (SELECT 1 FROM deliveries p WHERE p.recipient = d.recipient
		AND p.state IN ('pending', 'sending') AND (p.due_at, p.id) < (d.due_at, d.id)))`

// Claim hands out up to n deliveries that are due at now, at most one for each
// recipient, to owner until now+lease. A row whose lease ran out comes back
// unsure if it was a post: an update or a deletion may be repeated without looking. While
// deliveries are on hold it hands out nothing.
func (db *DB) Claim(ctx context.Context, owner string, now time.Time, lease time.Duration, n int) ([]programme.Delivery, error) {
	claimed, err := batched(ctx, db.batch, func(ctx context.Context, q querier) ([]programme.Delivery, error) {
		return all(ctx, q, scanDelivery, `UPDATE deliveries SET state = 'sending', owner = $1, attempts = attempts + 1,
				next_at = $2, unsure = (unsure OR (state = 'sending' AND (op = 'post' OR op = 'delete' AND slack_ts = ''))),
				first_try_at = coalesce(first_try_at, $3)
			WHERE id IN (SELECT d.id FROM deliveries d INDEXED BY deliveries_due WHERE d.next_at <= $3 AND `+ready+`
				ORDER BY d.next_at, d.id LIMIT $4)
			RETURNING `+deliveryColumns,
			owner, stamp(now.Add(lease)), stamp(now), n)
	})
	slices.SortFunc(claimed, func(a, b programme.Delivery) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID))
	})
	return claimed, err
}

// NextAt is when Claim will next have something to hand out, which may be in
// the past; ok is false when nothing waits, or everything is on hold.
func (db *DB) NextAt(ctx context.Context) (at time.Time, ok bool, err error) {
	q, err := db.reading.begin(ctx) // for its compiled queries: to read this one takes longer than to answer it
	if err != nil {
		return time.Time{}, false, err
	}
	defer q.Rollback()
	at, err = one(ctx, q, func(r row) (at time.Time, err error) { return at, r.Scan(Time{&at}) },
		`SELECT d.next_at FROM deliveries d INDEXED BY deliveries_due WHERE `+ready+` ORDER BY d.next_at, d.id LIMIT 1`)
	if errors.Is(err, programme.ErrNoRow) {
		return time.Time{}, false, nil
	}
	return at, err == nil, err
}

// Settle records what came of claimed deliveries, all in one commit. An outcome
// is accepted only for the claim that it answers: the row is still in sending
// with the same owner, attempts and end of lease (attempts begin anew with an
// update, and a 429 gives one back, so they alone do not tell claims apart). The
// others change nothing.
//
// Delivery.Rev of an outcome is the revision that was drawn. If the row's is
// newer by now, what was decided rests on old facts: the delivery becomes due at
// once, as an update if its message stands, else as a post; as a deletion if it was
// taken back meanwhile and stands.
func (db *DB) Settle(ctx context.Context, outcomes []programme.Outcome) (accepted []bool, err error) {
	var n int64
	outcomes = slices.Clone(outcomes) // a caller who gives up may change theirs while they are written
	accepted, err = batched(ctx, db.batch, func(ctx context.Context, q querier) ([]bool, error) {
		accepted := make([]bool, len(outcomes))
		var latest time.Time
		for i, o := range outcomes {
			var err error
			if accepted[i], err = settle(ctx, q, o); err != nil {
				return nil, err
			}
			if o.Delivery.FirstTryAt.After(latest) {
				latest = o.Delivery.FirstTryAt
			}
		}
		if err := progress(ctx, q, outcomes, accepted); err != nil {
			return nil, err
		}
		var err error
		n, err = db.life.grow(ctx, q, latest)
		return accepted, err
	})
	if err == nil {
		db.life.keep(n)
	}
	return accepted, err
}

func settle(ctx context.Context, q querier, o programme.Outcome) (bool, error) {
	back := 0
	if o.GiveBack {
		back = 1
	}
	next := o.NextAt
	if o.State != programme.Pending && o.State != programme.Sending {
		next = o.Delivery.NextAt
	}
	n, err := exec(ctx, q, `UPDATE deliveries SET state = $5, next_at = $6, unsure = $7, attempts = attempts - $8, owner = '',
			slack_id = CASE WHEN $9 = '' THEN slack_id ELSE $9 END,
			slack_ts = CASE WHEN $10 = '' THEN slack_ts ELSE $10 END, last_error = $11
		WHERE id = $1 AND state = 'sending' AND owner = $2 AND attempts = $3 AND next_at = $4`,
		o.Delivery.ID, o.Delivery.Owner, o.Delivery.Attempts, stamp(o.Delivery.NextAt),
		o.State, stamp(next), o.Unsure, back, o.SlackID, o.SlackTS, o.Error)
	if err != nil || n == 0 {
		return false, err
	}
	return true, again(ctx, q, o)
}

// again makes a settled delivery due once more if its facts changed since it was
// drawn. An unknown one is a person's to decide about, and one that was sent
// without leaving a ts cannot be updated and must not be posted twice. Its first
// try stands for "now", which only the Courier's clock knows: it has passed.
func again(ctx context.Context, q querier, o programme.Outcome) error {
	switch o.State {
	case programme.Sent, programme.Cancelled, programme.Lapsed, programme.Refused:
	default:
		return nil
	}
	_, err := exec(ctx, q, `UPDATE deliveries SET state = 'pending', op = CASE WHEN op = 'delete' THEN op WHEN slack_ts = '' THEN 'post' ELSE 'update' END,
			next_at = coalesce(first_try_at, due_at), attempts = 0, unsure = 0, first_try_at = NULL, last_error = ''
		WHERE id = $1 AND rev > $2 AND (slack_ts <> '' OR state <> 'sent' AND op <> 'delete' OR state = 'sent' AND op = 'delete' AND file_id <> '')`, o.Delivery.ID, o.Delivery.Rev)
	return err
}

// NoteFile keeps what Slack calls the file of a delivery, before anybody can see
// it there. Like Settle it is accepted only for the claim that d is of.
func (db *DB) NoteFile(ctx context.Context, d programme.Delivery, fileID string) (accepted bool, err error) {
	n, err := batched(ctx, db.batch, func(ctx context.Context, q querier) (int64, error) {
		return exec(ctx, q, `UPDATE deliveries SET file_id = $5
			WHERE id = $1 AND state = 'sending' AND owner = $2 AND attempts = $3 AND next_at = $4`,
			d.ID, d.Owner, d.Attempts, stamp(d.NextAt), fileID)
	})
	return n > 0, err
}

// Orphans is for the start of the only Courier: whatever is in sending belonged
// to one that is gone. It comes back at at, when Slack must be done with the
// dead one's requests, and nobody's outcome for it is accepted any more.
func (db *DB) Orphans(ctx context.Context, at time.Time) (int, error) {
	n, err := batched(ctx, db.batch, func(ctx context.Context, q querier) (int64, error) {
		return exec(ctx, q, `UPDATE deliveries SET next_at = $1, owner = '' WHERE state = 'sending'`, stamp(at))
	})
	return int(n), err
}
