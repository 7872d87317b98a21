package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tsugite/programme"
)

// querier is what a transaction and a connection have in common.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// row is one row of an answer, ready to be scanned.
type row interface{ Scan(dest ...any) error }

// all reads every row of a query.
func all[T any](ctx context.Context, q querier, scan func(row) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// one reads the first row of a query, or answers programme.ErrNoRow if there is
// none, and only then.
func one[T any](ctx context.Context, q querier, scan func(row) (T, error), query string, args ...any) (T, error) {
	var none T
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return none, err
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return none, err
		}
		return none, programme.ErrNoRow
	}
	v, err := scan(rows)
	if err != nil {
		return none, err
	}
	return v, rows.Close()
}

// exec runs a statement and says how many rows it changed.
func exec(ctx context.Context, q querier, query string, args ...any) (int64, error) {
	res, err := q.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// fresh turns "no row changed" into ErrStale: the row was changed, or made, by
// somebody else since it was loaded.
func fresh(n int64, err error) error {
	if err == nil && n == 0 {
		return programme.ErrStale
	}
	return err
}

// once turns "no row was added" into ErrRepeated: the operation id was used.
func once(n int64, err error) error {
	if err == nil && n == 0 {
		return programme.ErrRepeated
	}
	return err
}

// single scans rows of one column.
func single[T any](r row) (v T, err error) { return v, r.Scan(&v) }

// storedLayouts are how a moment may stand in the file: as the driver writes
// it, and as SQLite's own functions do.
var storedLayouts = []string{"2006-01-02 15:04:05.999999999-07:00", "2006-01-02 15:04:05.999999999"}

// Time scans a moment into To: NULL becomes the zero time. Expressions such as
// max() and COALESCE, and RETURNING, lose the column's type, so the driver
// hands those over as text.
type Time struct{ To *time.Time }

// Scan reads what the driver found.
func (t Time) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*t.To = time.Time{}
		return nil
	case time.Time:
		*t.To = v.UTC()
		return nil
	case string:
		for _, layout := range storedLayouts {
			if at, err := time.Parse(layout, v); err == nil {
				*t.To = at.UTC()
				return nil
			}
		}
	}
	return fmt.Errorf("db: %T is no moment in time", src)
}

// stamp is a moment as it is stored: UTC, and NULL for the zero time.
func stamp(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC()
}

// orNull stores an empty reference as NULL, so that it refers to nothing.
func orNull[S ~string](s S) any {
	if s == "" {
		return nil
	}
	return string(s)
}

// JSON scans a list or a definition that is kept as JSON text into To.
type JSON struct{ To any }

// Scan reads what the driver found.
func (j JSON) Scan(src any) error {
	s, ok := src.(string)
	if !ok {
		return fmt.Errorf("db: %T is no JSON text", src)
	}
	return json.Unmarshal([]byte(s), j.To)
}

// asJSON is v as JSON text. A nil slice is stored as null and comes back as nil.
func asJSON(v any) (string, error) {
	b, err := json.Marshal(v)
	return string(b), err
}

// stopped prefers the context's own error to that of a transaction which the
// context ended.
func stopped(ctx context.Context, err error) error {
	if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}
