package rehearsal

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

// changes tells the page what happened, as server-sent events.
type changes struct {
	mu      sync.Mutex
	seq     int64
	readers map[chan reply]*bool // true: some were dropped
}

// backlog is how many changes wait for a slow reader before it is told to read
// everything again.
const backlog = 256

// changed tells every reader that something changed. It never blocks.
func (s *Server) changed(kind, channel, user, ts string) {
	c := &s.changes
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seq++
	if len(c.readers) == 0 {
		return
	}
	what := reply{"seq": c.seq, "kind": kind}
	for name, value := range map[string]string{"channel": channel, "user": user, "ts": ts} {
		if value != "" {
			what[name] = value
		}
	}
	for reader, lost := range c.readers {
		select {
		case reader <- what:
		default:
			*lost = true
		}
	}
}

func (c *changes) subscribe() chan reply {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.readers == nil {
		c.readers = map[chan reply]*bool{}
	}
	reader := make(chan reply, backlog)
	c.readers[reader] = new(bool)
	return reader
}

func (c *changes) unsubscribe(reader chan reply) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.readers, reader)
}

// lost says once whether a reader missed something.
func (c *changes) lost(reader chan reply) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	missed := c.readers[reader]
	if missed == nil || !*missed || len(reader) > 0 {
		return false
	}
	*missed = false
	return true
}

func (s *Server) serveChanges(w http.ResponseWriter, r *http.Request) {
	out := http.NewResponseController(w)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	reader := s.changes.subscribe()
	defer s.changes.unsubscribe(reader)
	fmt.Fprint(w, "retry: 1000\n\n")
	beat := time.NewTicker(15 * time.Second)
	defer beat.Stop()
	for out.Flush() == nil {
		select {
		case <-s.ctx.Done():
			return
		case <-r.Context().Done():
			return
		case <-beat.C:
			fmt.Fprint(w, ": still here\n\n")
		case what := <-reader:
			fmt.Fprintf(w, "id: %v\nevent: change\ndata: %s\n\n", what["seq"], encode(what))
			if s.changes.lost(reader) {
				fmt.Fprintf(w, "event: change\ndata: %s\n\n", encode(reply{"seq": what["seq"], "kind": "resync"}))
			}
		}
	}
}
