package db

import (
	"context"
	"time"

	"tsugite/programme"
)

const inboundColumns = `key, type, who, payload, at, ack, ack IS NOT NULL, handled`

// scanInbound tells an empty acknowledgement, which closes a form, from none.
func scanInbound(r row) (programme.Inbound, error) {
	var in programme.Inbound
	var acked bool
	err := r.Scan(&in.Key, &in.Type, &in.Who, &in.Payload, Time{&in.At}, &in.Ack, &acked, &in.Handled)
	if acked && in.Ack == nil {
		in.Ack = []byte{}
	}
	return in, err
}

// Receive writes down what the platform brought, before it is acknowledged.
// fresh says that its key is new; otherwise stored is what is known of it:
// whether it was handled, and the acknowledgement to replay. It answers once
// that is safe on disk (slack.md Receiving).
func (db *DB) Receive(ctx context.Context, in programme.Inbound) (stored programme.Inbound, fresh bool, err error) {
	type answer struct {
		stored programme.Inbound
		fresh  bool
	}
	got, err := batched(ctx, db.batch, func(ctx context.Context, q querier) (answer, error) {
		n, err := exec(ctx, q, `INSERT INTO inbox (key, type, who, payload, at, ack, handled)
			VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (key) DO NOTHING`,
			in.Key, in.Type, in.Who, in.Payload, stamp(in.At), blob(in.Ack), in.Handled)
		if err != nil || n > 0 {
			return answer{in, true}, err
		}
		known, err := one(ctx, q, scanInbound, `SELECT `+inboundColumns+` FROM inbox WHERE key = $1`, in.Key)
		return answer{known, false}, err
	})
	return got.stored, got.fresh, err
}

// blob keeps nil and empty apart.
func blob(b []byte) any {
	if b == nil {
		return nil
	}
	return b
}

// Acknowledge keeps the acknowledgement of a submission, to be replayed to a
// repeat, and marks it handled: a submission is handled before it is
// acknowledged. ErrNoRow says that the key was never received, or forgotten.
func (db *DB) Acknowledge(ctx context.Context, key string, ack []byte) error {
	return db.inbox(ctx, `UPDATE inbox SET ack = $2, handled = 1, payload = NULL WHERE key = $1`, key, blob(ack))
}

// Finish marks it handled and wipes its payload; the key stays for 72 hours.
// ErrNoRow says that the key was never received, or forgotten.
func (db *DB) Finish(ctx context.Context, key string) error {
	return db.inbox(ctx, `UPDATE inbox SET handled = 1, payload = NULL WHERE key = $1`, key)
}

// inbox runs a statement that changes one key.
func (db *DB) inbox(ctx context.Context, query string, args ...any) error {
	found, err := batched(ctx, db.batch, func(ctx context.Context, q querier) (bool, error) {
		n, err := exec(ctx, q, query, args...)
		return n > 0, err
	})
	if err == nil && !found {
		return programme.ErrNoRow
	}
	return err
}

// Unfinished lists what was received and not handled, in order of arrival: what
// a stop left behind.
func (db *DB) Unfinished(ctx context.Context) ([]programme.Inbound, error) {
	return all(ctx, db.readers, scanInbound, `SELECT `+inboundColumns+` FROM inbox WHERE handled = 0 ORDER BY seq`)
}

// Forget removes what was handled and arrived before before, and says how many.
// It never forgets what is unhandled.
func (db *DB) Forget(ctx context.Context, before time.Time) (int, error) {
	const chunk = 500 // keeps the writer free for others in between
	total := 0
	for {
		n, err := batched(ctx, db.batch, func(ctx context.Context, q querier) (int64, error) {
			return exec(ctx, q, `DELETE FROM inbox WHERE seq IN
				(SELECT seq FROM inbox WHERE handled = 1 AND at < $1 ORDER BY at LIMIT $2)`, stamp(before), chunk)
		})
		total += int(n)
		if err != nil || n < chunk {
			return total, err
		}
	}
}
