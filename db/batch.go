package db

import (
	"context"
	"errors"
)

// errClosed is the answer to a write after Close.
var errClosed = errors.New("db: closed")

// maxBatch bounds how long one shared commit holds the writer.
const maxBatch = 256

// batcher lets small writes that come at the same time share one commit, which
// costs one fsync however many they are. It never waits for company: a write
// that comes alone is committed at once, and those that come meanwhile make up
// the next batch.
type batcher struct {
	db   *DB
	jobs chan *job // without a buffer: what was taken is always carried out
	quit chan struct{}
	done chan struct{}
}

// job is one small write and what came of it.
type job struct {
	ctx  context.Context
	run  func(context.Context, querier) error
	err  error
	done chan struct{} // closed after the commit
}

func startBatcher(db *DB) *batcher {
	b := &batcher{db: db, jobs: make(chan *job), quit: make(chan struct{}), done: make(chan struct{})}
	go b.loop()
	return b
}

func (b *batcher) stop() {
	close(b.quit)
	<-b.done
}

func (b *batcher) loop() {
	defer close(b.done)
	for {
		select {
		case first := <-b.jobs:
			b.carryOut(first)
		case <-b.quit:
			return
		}
	}
}

// batched runs f in a transaction that it may share with others and answers once
// that is committed. f may run twice, the second time alone. A caller whose ctx
// ends while waiting does not learn whether the write was committed.
func batched[R any](ctx context.Context, b *batcher, f func(context.Context, querier) (R, error)) (R, error) {
	var none, out R
	j := &job{ctx: ctx, done: make(chan struct{})}
	j.run = func(ctx context.Context, q querier) (err error) {
		out, err = f(ctx, q)
		return err
	}
	select {
	case b.jobs <- j:
	case <-ctx.Done():
		return none, ctx.Err()
	case <-b.quit:
		return none, errClosed
	}
	select {
	case <-j.done:
	case <-ctx.Done():
		return none, ctx.Err()
	}
	if j.err != nil {
		return none, j.err
	}
	return out, nil
}

// carryOut commits first together with whatever waits by the time the writer is
// free. If one of them fails, nothing of the others may be lost with it: each
// then runs alone.
func (b *batcher) carryOut(first *job) {
	jobs, err := b.commit([]*job{first}, maxBatch)
	if err != nil && len(jobs) > 1 {
		for i := range jobs {
			_, err := b.commit(jobs[i:i+1:i+1], 1)
			finish(jobs[i:i+1], err)
		}
		return
	}
	finish(jobs, err)
}

// finish tells the callers. A job that has an error of its own keeps it.
func finish(jobs []*job, err error) {
	for _, j := range jobs {
		if j.err == nil {
			j.err = err
		}
		close(j.done)
	}
}

// commit runs the jobs, and those waiting up to limit in all, in one
// transaction. It runs under no caller's context: one who gives up must not
// undo the others'.
func (b *batcher) commit(jobs []*job, limit int) ([]*job, error) {
	err := b.db.write(context.Background(), func(q *session) error {
		jobs = b.gather(jobs, limit)
		for _, j := range jobs {
			if j.err = j.ctx.Err(); j.err != nil {
				continue // its caller is gone
			}
			if err := j.run(context.Background(), q); err != nil {
				return err
			}
		}
		return nil
	})
	return jobs, err
}

func (b *batcher) gather(jobs []*job, limit int) []*job {
	for len(jobs) < limit {
		select {
		case j := <-b.jobs:
			jobs = append(jobs, j)
		default:
			return jobs
		}
	}
	return jobs
}
