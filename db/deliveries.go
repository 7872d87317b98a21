package db

import (
	"context"
	"fmt"
	"strings"
	"time"

	"tsugite/programme"
)

const deliveryColumns = `id, kind, subject, recipient, occasion, due_at, useful_until, state, op, rev, next_at,
	attempts, owner, unsure, first_try_at, slack_id, slack_ts, file_id, last_error`

func scanDelivery(r row) (programme.Delivery, error) {
	var d programme.Delivery
	err := r.Scan(&d.ID, &d.Kind, &d.Subject, &d.To, &d.Occasion, Time{&d.Due}, Time{&d.UsefulUntil}, &d.State, &d.Op,
		&d.Rev, Time{&d.NextAt}, &d.Attempts, &d.Owner, &d.Unsure, Time{&d.FirstTryAt}, &d.SlackID, &d.SlackTS, &d.FileID, &d.LastError)
	return d, err
}

// Enqueue inserts a notice, or revives one that was never posted: a cancelled
// one, since whoever plans it again looked at the facts, and a lapsed one only
// if it is useful for longer than before. Planning the same thing again and
// again must not revive what lapsed for good.
func (t *tx) Enqueue(id string, n programme.Notice) error {
	_, err := t.exec(`INSERT INTO deliveries (`+deliveryColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 'pending', 'post', 0, $6, 0, '', 0, NULL, '', '', '', '')
		ON CONFLICT (kind, subject, recipient, occasion) DO UPDATE
		SET state = 'pending', op = 'post', rev = rev + 1, due_at = excluded.due_at, useful_until = excluded.useful_until,
			next_at = excluded.due_at, attempts = 0, owner = '', unsure = 0, first_try_at = NULL, file_id = '', last_error = ''
		WHERE slack_ts = '' AND op <> 'delete' AND (state = 'cancelled' OR
			state = 'lapsed' AND useful_until IS NOT NULL AND
			(excluded.useful_until IS NULL OR excluded.useful_until > useful_until))`,
		id, n.Kind, n.Subject, n.To, n.Occasion, stamp(n.Due), stamp(n.UsefulUntil))
	return err
}

func (t *tx) DeliveryOf(n programme.Notice) (programme.Delivery, error) {
	return one(t.ctx, t.q, scanDelivery, `SELECT `+deliveryColumns+` FROM deliveries
		WHERE kind = $1 AND subject = $2 AND recipient = $3 AND occasion = $4`, n.Kind, n.Subject, n.To, n.Occasion)
}

// Redraw raises the revision of every message that matches. One that stands in
// Slack becomes due as an update at now; an update asks for no look-up, because
// doing it twice does no harm. One that is in hand needs nothing more: it is
// drawn after it is claimed, and Settle notices a revision that came later.
func (t *tx) Redraw(match programme.Notice, now time.Time) error {
	where, args := matching(match)
	return redrawAll(t.ctx, t.q, where, args, now)
}

func (t *tx) RedrawKinds(kinds []programme.NoticeKind, subject string, now time.Time) error {
	var in []string
	var args []any
	for _, kind := range kinds {
		args = append(args, kind)
		in = append(in, fmt.Sprintf(`$%d`, len(args)))
	}
	args = append(args, subject)
	return redrawAll(t.ctx, t.q, fmt.Sprintf(` WHERE kind IN (%s) AND subject = $%d`, strings.Join(in, `, `), len(args)), args, now)
}

// redrawAll leaves alone what was taken back.
func redrawAll(ctx context.Context, q querier, where string, args []any, now time.Time) error {
	where += ` AND op <> 'delete'`
	n, err := exec(ctx, q, `UPDATE deliveries SET rev = rev + 1`+where, args...)
	if err != nil || n == 0 {
		return err
	}
	args = append(args, stamp(now))
	_, err = exec(ctx, q, fmt.Sprintf(`UPDATE deliveries SET state = 'pending', op = 'update', next_at = $%d, attempts = 0,
			owner = '', unsure = 0, first_try_at = NULL, last_error = ''`, len(args))+where+
		` AND slack_ts <> '' AND state IN ('sent', 'cancelled', 'lapsed', 'refused')`, args...)
	return err
}

// matching is the condition for what a notice matches: Kind and Subject always,
// To and Occasion unless "".
func matching(match programme.Notice) (where string, args []any) {
	where, args = ` WHERE kind = $1 AND subject = $2`, []any{match.Kind, match.Subject}
	// Spelt out, because a condition such as ($3 = '' OR recipient = $3) would
	// walk all ten thousand messages of an event to find one.
	if match.To != "" {
		args = append(args, match.To)
		where += fmt.Sprintf(` AND recipient = $%d`, len(args))
	}
	if match.Occasion != "" {
		args = append(args, match.Occasion)
		where += fmt.Sprintf(` AND occasion = $%d`, len(args))
	}
	return where, args
}

func (t *tx) DeliveriesOf(match programme.Notice) ([]programme.Delivery, error) {
	where, args := matching(match)
	return all(t.ctx, t.q, scanDelivery, `SELECT `+deliveryColumns+` FROM deliveries`+where+` ORDER BY id`, args...)
}

func (t *tx) Recipients(match programme.Notice, since time.Time, tried bool) ([]programme.Recipient, error) {
	return all(t.ctx, t.q, single[programme.Recipient], `SELECT DISTINCT recipient FROM deliveries
		WHERE kind = $1 AND ($2 = '' OR subject = $2) AND due_at >= $3
			AND (NOT $4 OR slack_ts <> '' OR unsure <> 0 OR state IN ('sending', 'unknown', 'refused'))`,
		match.Kind, match.Subject, since.UTC(), tried)
}

func (t *tx) Delivery(id string) (programme.Delivery, error) {
	return one(t.ctx, t.q, scanDelivery, `SELECT `+deliveryColumns+` FROM deliveries WHERE id = $1`, id)
}

func (t *tx) DeliveryCounts() (programme.DeliveryCounts, error) {
	type line struct {
		state programme.DeliveryState
		n     int
	}
	lines, err := all(t.ctx, t.q, func(r row) (l line, err error) { return l, r.Scan(&l.state, &l.n) },
		`SELECT state, n FROM delivery_counts WHERE n > 0`)
	counts := make(programme.DeliveryCounts, len(lines))
	for _, l := range lines {
		counts[l.state] = l.n
	}
	return counts, err
}

func (t *tx) Deliveries(state programme.DeliveryState, limit int) ([]programme.Delivery, error) {
	return all(t.ctx, t.q, scanDelivery,
		`SELECT `+deliveryColumns+` FROM deliveries WHERE state = $1 ORDER BY id DESC LIMIT $2`, state, limit)
}

// SettleDelivery does what a person decided about an unknown delivery. It
// answers ErrStale when the delivery is not unknown any more.
func (t *tx) SettleDelivery(id string, state programme.DeliveryState, now time.Time) error {
	n, err := t.exec(`UPDATE deliveries SET state = $2, op = CASE WHEN op = 'delete' THEN op WHEN slack_ts = '' THEN 'post' ELSE 'update' END,
			next_at = $3, attempts = 0, owner = '', unsure = 0, first_try_at = NULL, last_error = ''
		WHERE id = $1 AND state = 'unknown'`, id, state, stamp(now))
	if err != nil || n > 0 {
		return err
	}
	if _, err := t.Delivery(id); err != nil {
		return err
	}
	return programme.ErrStale
}
