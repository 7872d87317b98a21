package db

import (
	"context"
	"sync"
)

// foreign is what DataVersion needs to compare answers of one connection only.
type foreign struct {
	mu         sync.Mutex
	conn       any   // the driver's, held so that its address is not given again
	generation int64 // raised when the writer's connection was replaced
}

// DataVersion changes whenever somebody else wrote: another process, or another
// DB on the same file. What this DB writes does not change it, because it is
// asked of the connection that writes. Only "same as before?" means anything.
func (db *DB) DataVersion(ctx context.Context) (int64, error) {
	release, err := db.takeTurn(ctx)
	if err != nil {
		return 0, err
	}
	defer release()
	conn, err := db.writer.Conn(ctx)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	version, err := one(ctx, conn, single[int64], `PRAGMA data_version`)
	if err != nil {
		return 0, err
	}
	f := &db.foreign
	f.mu.Lock()
	defer f.mu.Unlock()
	err = conn.Raw(func(c any) error {
		if f.conn != c {
			f.conn = c
			f.generation++
		}
		return nil
	})
	return f.generation<<32 + version, err
}
