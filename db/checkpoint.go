package db

import (
	"context"
	"database/sql"
)

// checkpointEvery is after how many commits the write-ahead log is brought into
// the database file. SQLite would do it inside the commit that fills the log,
// and whoever waits for that commit waits three times as long.
const checkpointEvery = 250

// checkpointer brings the log in beside the writer, which it does not hold up.
type checkpointer struct {
	commits chan struct{}
	quit    chan struct{}
	done    chan struct{}
}

func startCheckpointer(pool *sql.DB) *checkpointer {
	c := &checkpointer{commits: make(chan struct{}, checkpointEvery), quit: make(chan struct{}), done: make(chan struct{})}
	go c.run(pool)
	return c
}

// committed counts a commit. It never waits.
func (c *checkpointer) committed() {
	select {
	case c.commits <- struct{}{}:
	default: // a checkpoint is under way; the next commit counts again
	}
}

func (c *checkpointer) run(pool *sql.DB) {
	defer close(c.done)
	for n := 1; ; n++ {
		select {
		case <-c.commits:
		case <-c.quit:
			return
		}
		if n < checkpointEvery {
			continue
		}
		n = 0
		// What a reader still holds back, or a fault, the next round brings in;
		// SQLite's own bound on the log stands behind it.
		_, _ = pool.ExecContext(context.Background(), `PRAGMA wal_checkpoint(PASSIVE)`)
	}
}

// stop ends after the checkpoint under way.
func (c *checkpointer) stop() {
	close(c.quit)
	<-c.done
}
