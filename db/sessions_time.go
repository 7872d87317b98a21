package db

import (
	"errors"
	"fmt"
	"time"

	"tsugite/programme"
)

// cell numbers the five minutes that a moment is in.
func cell(at time.Time) int64 { return at.Unix() / int64(programme.Grid/time.Second) }

// longest is more than anything of a session takes.
const longest = 24 * time.Hour

// onGrid refuses time that cells cannot hold exactly: what is left over of one would be
// free for others.
func onGrid(o programme.Occupied) error {
	from, until := o.Span.From, o.Span.Until
	if !from.Truncate(programme.Grid).Equal(from) || !until.Truncate(programme.Grid).Equal(until) {
		return fmt.Errorf("db: %v to %v is not on the grid of %v", from, until, programme.Grid)
	}
	if length := until.Sub(from); length <= 0 || length > longest {
		return fmt.Errorf("db: a session takes %v of somebody's time", length)
	}
	return nil
}

func (t *tx) Occupy(holder programme.SessionID, times []programme.Occupied) error {
	return t.occupy(string(holder), times, time.Time{})
}

func (t *tx) Hold(holder string, times []programme.Occupied, until time.Time) error {
	return t.occupy(holder, times, until)
}

func (t *tx) ExpireHolds(now time.Time) error {
	_, err := t.exec(`DELETE FROM occupied WHERE until_at IS NOT NULL AND until_at <= $1`, stamp(now))
	return err
}

func (t *tx) ReleaseHold(holder string) error {
	_, err := t.exec(`DELETE FROM occupied WHERE until_at IS NOT NULL AND holder = $1`, holder)
	return err
}

// occupy goes back to where it began when somebody else has some of the time: its caller
// may go on with the transaction.
func (t *tx) occupy(holder string, times []programme.Occupied, until time.Time) error {
	for _, o := range times {
		if err := onGrid(o); err != nil {
			return err
		}
	}
	if _, err := t.exec(`SAVEPOINT occupy`); err != nil {
		return err
	}
	err := t.take(holder, times, until)
	if errors.Is(err, programme.ErrTaken) {
		if _, undo := t.exec(`ROLLBACK TO SAVEPOINT occupy`); undo != nil {
			return undo
		}
	} else if err != nil {
		return err
	}
	if _, release := t.exec(`RELEASE SAVEPOINT occupy`); release != nil {
		return release
	}
	return err
}

// take relies on the table's key: what somebody else has is not written, and then the
// rows do not add up.
func (t *tx) take(holder string, times []programme.Occupied, until time.Time) error {
	if _, err := t.exec(`DELETE FROM occupied WHERE holder = $1`, holder); err != nil {
		return err
	}
	for _, o := range times {
		first, end := cell(o.Span.From), cell(o.Span.Until)
		n, err := t.exec(`WITH RECURSIVE cells (cell) AS (SELECT CAST($3 AS BIGINT) UNION ALL SELECT cell + 1 FROM cells WHERE cell + 1 < $4)
			INSERT INTO occupied (person_id, cell, holder, until_at) SELECT $1, cell, $2, $5 FROM cells WHERE true
			ON CONFLICT (person_id, cell) DO UPDATE SET holder = excluded.holder WHERE occupied.holder = excluded.holder`,
			o.Person, holder, first, end, stamp(until))
		if err != nil {
			return err
		}
		if n != end-first {
			return programme.ErrTaken
		}
	}
	return nil
}

func (t *tx) Occupied(p programme.PersonID, in programme.Span) ([]programme.Occupied, error) {
	cells, err := all(t.ctx, t.q, func(r row) (programme.Occupied, error) {
		o := programme.Occupied{Person: p}
		var n int64
		err := r.Scan(&n, &o.Holder, Time{&o.Until})
		o.Span.From = time.Unix(n*int64(programme.Grid/time.Second), 0).UTC()
		o.Span.Until = o.Span.From.Add(programme.Grid)
		return o, err
	}, `SELECT cell, holder, until_at FROM occupied WHERE person_id = $1 AND cell >= $2 AND cell < $3 ORDER BY cell`,
		p, cell(in.From), cell(in.Until.Add(programme.Grid-time.Nanosecond)))
	var out []programme.Occupied
	for _, c := range cells {
		if last := len(out) - 1; last >= 0 && out[last].Holder == c.Holder && out[last].Span.Until.Equal(c.Span.From) {
			out[last].Span.Until = c.Span.Until
			continue
		}
		out = append(out, c)
	}
	return out, err
}
