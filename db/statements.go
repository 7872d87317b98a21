package db

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"sync"
)

// maxStatements bounds what a pool keeps compiled. We have far fewer queries.
const maxStatements = 200

// statements keeps a pool's queries compiled: SQLite takes as long to read an
// INSERT with its triggers as to carry it out. A query is compiled for keeping
// before the next transaction after the one that first used it, since inside
// one the pool may have no connection left to do it on.
type statements struct {
	pool   *sql.DB
	mu     sync.Mutex
	ready  map[string]*sql.Stmt
	wanted map[string]bool
}

func newStatements(pool *sql.DB) *statements {
	return &statements{pool: pool, ready: make(map[string]*sql.Stmt), wanted: make(map[string]bool)}
}

// begin opens a transaction that uses what is compiled.
func (s *statements) begin(ctx context.Context) (*session, error) {
	s.compile(ctx)
	q, err := s.pool.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	return &session{Tx: q, shared: s, own: make(map[string]*sql.Stmt)}, nil
}

// compile prepares what was asked for since it last ran. One that cannot be
// compiled now runs uncompiled: its own transaction gets the error, if any.
func (s *statements) compile(ctx context.Context) {
	s.mu.Lock()
	wanted := slices.Collect(maps.Keys(s.wanted))
	clear(s.wanted)
	s.mu.Unlock()
	for _, query := range wanted {
		stmt, err := s.pool.PrepareContext(ctx, query)
		if err != nil {
			return
		}
		s.mu.Lock()
		if s.ready[query] == nil && len(s.ready) < maxStatements {
			s.ready[query], stmt = stmt, nil
		}
		s.mu.Unlock()
		if stmt != nil { // compiled twice at once, or one too many
			_ = stmt.Close() // it was only for speed
		}
	}
}

// lookup answers the compiled query, nil for one that is yet to be.
func (s *statements) lookup(query string) *sql.Stmt {
	s.mu.Lock()
	defer s.mu.Unlock()
	stmt := s.ready[query]
	if stmt == nil && len(s.ready)+len(s.wanted) < maxStatements {
		s.wanted[query] = true
	}
	return stmt
}

// session is one transaction. Like its sql.Tx, it is for one goroutine.
type session struct {
	*sql.Tx
	shared *statements
	own    map[string]*sql.Stmt
}

// statement answers the compiled query bound to this transaction, or nil.
func (s *session) statement(ctx context.Context, query string) *sql.Stmt {
	if stmt := s.own[query]; stmt != nil {
		return stmt
	}
	shared := s.shared.lookup(query)
	if shared == nil {
		return nil
	}
	stmt := s.Tx.StmtContext(ctx, shared)
	s.own[query] = stmt
	return stmt
}

// ExecContext runs a statement that answers no rows.
func (s *session) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if stmt := s.statement(ctx, query); stmt != nil {
		return stmt.ExecContext(ctx, args...)
	}
	return s.Tx.ExecContext(ctx, query, args...)
}

// QueryContext runs a statement that answers rows.
func (s *session) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if stmt := s.statement(ctx, query); stmt != nil {
		return stmt.QueryContext(ctx, args...)
	}
	return s.Tx.QueryContext(ctx, query, args...)
}
