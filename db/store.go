package db

import (
	"context"

	"tsugite/programme"
)

var _ programme.Store = (*DB)(nil)

// tx is a programme.Tx: one transaction and the context it runs under.
type tx struct {
	ctx    context.Context
	q      *session
	db     *DB
	writes bool
	people []programme.Person // of this snapshot, once asked for; see roster

	// What many messages that are drawn from one snapshot ask for again and again.
	events        map[programme.EventID]programme.Event
	overrides     map[string][]programme.Override
	announcements map[programme.AnnouncementID]programme.Announcement
}

// remembered reads what a reader has not read before: its snapshot does not change.
// A writer reads everything anew.
func remembered[K comparable, V any](t *tx, known *map[K]V, key K, read func() (V, error)) (V, error) {
	if v, ok := (*known)[key]; ok {
		return v, nil
	}
	v, err := read()
	if err != nil || t.writes {
		return v, err
	}
	if *known == nil {
		*known = make(map[K]V)
	}
	(*known)[key] = v
	return v, nil
}

// Read runs f on one snapshot: what others commit meanwhile does not show.
func (db *DB) Read(ctx context.Context, f func(programme.Tx) error) error {
	q, err := db.reading.begin(ctx)
	if err != nil {
		return err
	}
	defer q.Rollback() // a reader leaves nothing behind
	return stopped(ctx, f(&tx{ctx: ctx, q: q, db: db}))
}

// Write runs f alone and commits when it returns nil. An error, a panic and a
// context that ended leave nothing behind. f must not use the DB itself.
func (db *DB) Write(ctx context.Context, f func(programme.Tx) error) error {
	return db.write(ctx, func(q *session) error {
		return f(&tx{ctx: ctx, q: q, db: db, writes: true})
	})
}

// write is Write on the bare transaction.
func (db *DB) write(ctx context.Context, f func(*session) error) error {
	release, err := db.takeTurn(ctx)
	if err != nil {
		return err
	}
	defer release()
	q, err := db.writing.begin(ctx)
	if err != nil {
		return err
	}
	defer q.Rollback() // after a commit it does nothing
	if err := f(q); err != nil {
		return stopped(ctx, err)
	}
	if err := q.Commit(); err != nil {
		return stopped(ctx, err)
	}
	db.log.committed()
	return nil
}

// takeTurn waits until nobody else of this process writes.
func (db *DB) takeTurn(ctx context.Context) (release func(), err error) {
	select {
	case db.turn <- struct{}{}:
		return func() { <-db.turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (t *tx) exec(query string, args ...any) (int64, error) {
	return exec(t.ctx, t.q, query, args...)
}
